//! One binary for all integration tests: it links once, and a forgotten file is an error.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[cfg(unix)]
mod answering;
mod architecture;
mod audiences;
mod commands;
mod comparing;
mod content;
mod determinism;
#[cfg(all(feature = "office", feature = "web"))]
mod docs;
#[cfg(feature = "office")]
mod documents;
#[cfg(target_os = "linux")]
mod faults;
mod files;
mod fuzzing;
mod golden;
mod history;
mod hostile;
#[cfg(all(feature = "office", unix))]
mod import_cells;
#[cfg(all(feature = "office", unix))]
mod importing;
mod json;
#[cfg(all(feature = "office", feature = "web", unix))]
mod languages;
mod marked;
mod own;
#[cfg(feature = "pdf")]
mod pdf;
mod phrases;
mod plan;
mod plan_calendar;
mod problems;
mod runner;
mod saving;
mod schemas;
#[cfg(all(feature = "web", target_os = "linux"))]
mod serving;
mod small;
mod stories;
#[cfg(target_os = "linux")]
mod supply;
#[cfg(unix)]
mod typing;
mod upkeep;

use std::path::Path;

#[test]
fn every_test_file_is_wired_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let main = std::fs::read_to_string(folder.join("main.rs")).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().trim_end_matches(".rs").to_owned();
        assert!(
            name == "main" || main.contains(&format!("mod {name};")),
            "tests/it/{name}.rs is not in main.rs"
        );
    }
}
