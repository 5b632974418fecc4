//! The house keeps its floors: a module imports only what the table allows.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module and the modules that it may import. `docs` of the crate show the same table.
const TABLE: &[(&str, u8, &[&str])] = &[
    ("problem", 0, &[]),
    ("text", 0, &[]),
    ("model", 1, &["text"]),
    ("format", 2, &["problem", "text", "model"]),
    ("scoring", 2, &["model"]),
    ("interview", 2, &["model", "text"]),
    ("report", 3, &["scoring", "model", "text"]),
    ("render", 4, &["report", "problem", "text"]),
    ("catalog", 4, &["format", "model", "problem"]),
    ("store", 5, &["format", "model", "problem", "text"]),
    ("web", 6, &["interview", "problem", "text", "model", "format", "scoring", "report", "render", "store"]),
    ("wizard", 6, &["problem", "text", "model", "format", "scoring", "interview", "render", "store"]),
    (
        "cli",
        7,
        &[
            "problem",
            "text",
            "model",
            "format",
            "scoring",
            "interview",
            "report",
            "render",
            "catalog",
            "store",
            "wizard",
            "web",
        ],
    ),
];

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
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let table: BTreeMap<&str, &[&str]> = TABLE.iter().map(|(name, _, allowed)| (*name, *allowed)).collect();
    let mut seen = 0;
    for file in sources(&src) {
        let module = module_of(&file, &src);
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let allowed =
            table.get(module.as_str()).unwrap_or_else(|| panic!("`{module}` has no row in the table"));
        for import in imports(product(&fs::read_to_string(&file).unwrap())) {
            assert!(
                import == module || allowed.contains(&import.as_str()),
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
    let floor: BTreeMap<&str, u8> = TABLE.iter().map(|(name, floor, _)| (*name, *floor)).collect();
    for (name, own, allowed) in TABLE {
        for import in *allowed {
            assert!(floor[import] < *own, "{name} -> {import}");
        }
    }
}

#[test]
fn the_scan_sees_every_form_of_import() {
    let text = "use crate::model::{self, Date}; use crate::{text, report::{A, B}}; crate::scoring::f();";
    assert_eq!(imports(text), ["model", "text", "report", "scoring"]);
}

#[test]
fn the_crate_documentation_shows_the_same_table() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for (name, floor, allowed) in TABLE {
        let row = format!(
            "//! | `{name}` | {floor} | {} |",
            if allowed.is_empty() { "nothing".to_owned() } else { allowed.join(", ") }
        );
        assert!(
            text.lines().any(|line| line.starts_with(&row[..row.len() - 1])),
            "missing in src/lib.rs: {row}"
        );
    }
}

#[test]
fn nothing_connects_and_only_serve_listens() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
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
