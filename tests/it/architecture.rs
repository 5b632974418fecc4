//! The house keeps its floors: a module imports only what the table allows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::runner::repository;

/// A row of the table in the documentation of the crate, which is the only one.
struct Row {
    floor: u8,
    allowed: Vec<String>,
}

/// The rows by module.
fn table() -> BTreeMap<String, Row> {
    let text = fs::read_to_string(repository("src/lib.rs")).unwrap();
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | `")).map(cells);
    let rows = rows.map(|cells| {
        let allowed = if cells[2] == "nothing" { "" } else { &cells[2] };
        let allowed = allowed.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect();
        (cells[0].trim_matches('`').to_owned(), Row { floor: cells[1].parse().unwrap(), allowed })
    });
    rows.collect()
}

/// The Rust files of a folder and of those in it.
pub fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    found.filter(|path| path.extension().is_some_and(|ending| ending == "rs")).collect()
}

/// The module of a file below `src/`: its first folder, or its own name.
fn module_of(path: &Path, src: &Path) -> String {
    let first = path.strip_prefix(src).unwrap().components().next().unwrap();
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// The top-level modules that a text names after `crate::`, with the names inside `crate::{...}`.
fn imports(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rest in text.split("crate::").skip(1) {
        if let Some(group) = rest.strip_prefix('{') {
            let (mut depth, mut name) = (1, String::new());
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    c if depth == 1 && (c.is_alphanumeric() || c == '_' || c == ':') => name.push(c),
                    _ => {}
                }
                if depth == 0 || (depth == 1 && c == ',') {
                    names.push(name.split(':').next().unwrap_or_default().to_owned());
                    name.clear();
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            names.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The text without its unit tests: those may use more.
fn product(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or_default()
}

#[test]
fn modules_import_only_what_the_table_allows() {
    let (src, table) = (repository("src"), table());
    let mut seen = 0;
    for file in sources(&src) {
        let module = module_of(&file, &src);
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let row = table.get(&module).unwrap_or_else(|| panic!("`{module}` has no row in the table"));
        for import in imports(product(&fs::read_to_string(&file).unwrap())) {
            assert!(
                import == module || row.allowed.contains(&import),
                "{} imports `{import}`, which `{module}` may not",
                file.display()
            );
            seen += 1;
        }
    }
    assert!(seen > 50, "the scan finds imports at all: {seen}");
}

#[test]
fn a_module_stands_above_what_it_imports() {
    let table = table();
    for (name, row) in &table {
        for import in &row.allowed {
            assert!(table[import].floor < row.floor, "{name} -> {import}");
        }
    }
}

#[test]
fn the_scan_sees_every_form_of_import() {
    let text = "use crate::model::{self, Date}; use crate::{text, report::{A, B}}; crate::scoring::f();";
    assert_eq!(imports(text), ["model", "text", "report", "scoring"]);
}

#[test]
fn the_picture_of_the_house_shows_every_module_on_its_floor_and_no_other() {
    let page = fs::read_to_string(repository("docs/architecture.md")).unwrap();
    let picture = page.split("```").nth(1).unwrap();
    let words: Vec<&str> =
        picture.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let shown: BTreeSet<_> =
        words.windows(2).filter_map(|pair| Some((pair[1].to_owned(), pair[0].parse::<u8>().ok()?))).collect();
    let held: BTreeSet<_> = table().into_iter().map(|(name, row)| (name, row.floor)).collect();
    assert_eq!(shown, held);
}

#[test]
fn every_place_that_the_map_names_is_there() {
    let page = fs::read_to_string(repository("docs/architecture.md")).unwrap();
    let (_, tables) = page.split_once("## Which room").unwrap();
    let places: Vec<&str> = tables.split('`').skip(1).step_by(2).filter(|name| name.contains('/')).collect();
    assert!(places.len() > 20);
    for place in places {
        assert!(repository(place).exists(), "{place}");
    }
}

#[test]
fn nothing_connects_and_only_serve_listens() {
    let src = repository("src");
    let mut listening = Vec::new();
    for file in sources(&src) {
        let text = fs::read_to_string(&file).unwrap();
        let (code, name) = (product(&text), file.strip_prefix(&src).unwrap().display().to_string());
        if name.ends_with("tests.rs") {
            continue;
        }
        for word in
            ["connect(", "UdpSocket", "UnixStream", "ToSocketAddrs", "lookup_host", "process::Command"]
        {
            assert!(!code.contains(word), "{name}: {word}");
        }
        if ["std::net", "tokio::net", "TcpListener"].iter().any(|word| code.contains(word)) {
            listening.push(name);
        }
    }
    listening.sort();
    assert_eq!(listening, ["cli/commands/serve.rs", "web/serve.rs"]);
}
