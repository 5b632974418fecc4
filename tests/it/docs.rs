//! The documentation is true: every command in it runs, every file in it is accepted, in the order of the page.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::architecture::sources;
use crate::commands::commands;
use crate::importing::{DETAIL, Form};
use crate::runner::{Desk, names, program, repository, run};

/// The pages with their texts: those in the root of this repository, then those of `docs/`.
fn pages() -> Vec<(String, String)> {
    let root = names(&repository(".")).into_iter();
    let docs = names(&repository("docs")).into_iter().map(|name| format!("docs/{name}"));
    let is_page = |name: &String| name != "CHANGELOG.md" && name.strip_suffix(".md").is_some();
    let text = |name: &str| fs::read_to_string(repository(name)).unwrap();
    let pages: Vec<_> = root.chain(docs).filter(is_page).map(|name| (text(&name), name)).collect();
    assert!(pages.len() > 3);
    pages.into_iter().map(|(text, name)| (name, text)).collect()
}

/// The fenced blocks of a page: what stands behind the fence, and the text.
pub fn blocks(page: &str) -> Vec<(&str, &str)> {
    let parts: Vec<_> = page.split("```").collect();
    assert!(parts.len() % 2 == 1, "a fence without an end");
    parts.iter().skip(1).step_by(2).map(|block| block.split_once('\n').unwrap_or((block, ""))).collect()
}

/// The words of a command line, with those in double quotes kept together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Runs a command of a page as far as it is one of this program.
fn obey(desk: &Desk, page: &str, line: &str) {
    let words = words(line);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["safeseat", .., "|", "install", "-D", "-m", "644", "/dev/stdin", _] => {
            let path = format!("{}:/usr/bin:/bin", desk.path("bin").display());
            fs::create_dir_all(desk.path("bin")).unwrap();
            let _ = std::os::unix::fs::symlink(program(), desk.path("bin/safeseat"));
            let shell = desk.path("");
            run(0, desk.command_of("sh", ["-c", line]).env("PATH", path).env("HOME", shell));
        }
        ["safeseat", "answer", file, ..] => {
            // It needs a person at a terminal, whose answers the next commands of the page use.
            let said = run(2, desk.command("").args(&words[1..]));
            assert!(said.err.contains("there is none here"), "{}", said.err);
            if !desk.path(file).exists() {
                desk.write(file, fs::read(repository("examples/local-party.toml")).unwrap());
            }
        }
        ["safeseat", "import", file, ..] => {
            // It needs somebody who fills in at least who they are.
            let mut form = Form::read(desk, file);
            form.fill("name", DETAIL, "Northmoor");
            form.save(desk, file);
            run(0, desk.command("").args(&words[1..]));
        }
        ["safeseat", ref arguments @ ..] => {
            run(0, desk.command("").args(arguments));
        }
        ["cargo", "run", ref rest @ ..] => {
            let arguments = rest.iter().skip_while(|word| **word != "--").skip(1);
            run(0, desk.command("").args(arguments));
        }
        [script @ ("scripts/test" | "scripts/sbom" | "scripts/release" | ".ci/run")] => {
            let about = fs::metadata(repository(script)).unwrap_or_else(|_| panic!("{page}: {line}"));
            assert!(about.permissions().mode() & 0o100 != 0, "{script} can be run");
        }
        ["git", "clone", ..] | ["cd", _] | ["cargo", "install" | "uninstall" | "build" | "bench", ..] => {}
        _ => panic!("{page}: nobody checks `{line}`"),
    }
}

#[test]
fn what_the_documentation_tells_people_to_type_works() {
    for (page, text) in pages() {
        let desk = Desk::new();
        for folder in ["examples", "examples/brand"] {
            for sample in names(&repository(folder)).into_iter().map(|name| format!("{folder}/{name}")) {
                let path = repository(&sample);
                if path.is_file() {
                    desk.write(&sample, fs::read(path).unwrap());
                }
            }
        }
        for (kind, block) in blocks(&text) {
            if let Some(file) = kind.strip_prefix("toml file=") {
                // What a command wrote is what the page then tells people to change.
                desk.write(file, block);
                desk.run(0, &format!("check {file}"));
            } else if let Some(file) =
                kind.strip_prefix("html file=").or_else(|| kind.strip_prefix("css file="))
            {
                desk.write(file, block);
            } else if kind == "toml" {
                block.parse::<toml::Table>().unwrap_or_else(|error| panic!("{page}: {error}\n{block}"));
            } else if kind == "console" {
                for line in block.lines().filter_map(|line| line.strip_prefix("$ ")) {
                    obey(&desk, &page, line);
                }
            }
        }
    }
}

#[test]
fn the_documentation_names_only_commands_and_options_that_there_are() {
    let help = Desk::new().run(0, "--help").out;
    let (_, commands) = help.split_once("Commands:").unwrap();
    for (page, text) in pages() {
        for code in text.split('`').skip(1).step_by(2).filter_map(|code| code.strip_prefix("safeseat ")) {
            let command = code.split([' ', '\n']).next().unwrap();
            assert!(commands.contains(&format!("\n  {command} ")), "{page}: `safeseat {code}`");
            let mut help = Desk::new().run(0, &format!("{command} --help")).out;
            if help.contains("Commands:") {
                let below = code.split([' ', '\n']).nth(1).unwrap();
                assert!(help.contains(&format!("\n  {below} ")), "{page}: `safeseat {code}`");
                help = Desk::new().run(0, &format!("{command} {below} --help")).out;
            }
            for option in code.split([' ', '\n']).filter(|word| word.starts_with("--")) {
                assert!(help.contains(option), "{page}: `safeseat {code}`");
            }
        }
    }
}

#[test]
fn the_changelog_names_every_command() {
    let text = fs::read_to_string(repository("CHANGELOG.md")).unwrap();
    for command in commands() {
        let named = [format!("`{command}`"), format!("`{command} ")];
        assert!(named.iter().any(|name| text.contains(name)), "{command}");
    }
}

#[test]
fn every_protection_that_is_promised_is_held_by_a_test_that_there_is() {
    let mut code = String::new();
    for folder in ["src", "tests/it"] {
        for file in sources(&repository(folder)) {
            code += &fs::read_to_string(file).unwrap();
        }
    }
    let text = fs::read_to_string(repository("SECURITY.md")).unwrap();
    let rows: Vec<_> = text.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(rows.len() > 10);
    for row in rows {
        let held_by = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let names: Vec<_> = held_by.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "{row}");
        for name in names {
            assert!(
                code.contains(&format!("#[test]\n    fn {name}()"))
                    || code.contains(&format!("#[test]\nfn {name}()")),
                "{name}"
            );
        }
    }
}
