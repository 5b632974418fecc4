//! What the program is made of is what its documentation says.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::runner::{repository, run};

/// The packages that cargo builds along these edges, without ours.
fn packages(edges: &str, features: &str) -> BTreeSet<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(repository(".")).args(["tree", "--locked", "--offline", "--prefix", "none"]);
    cargo.args(["--target", "x86_64-unknown-linux-gnu", "--format", "{p}", "--edges", edges]);
    let tree = run(0, cargo.args(features.split_whitespace())).out;
    let named = tree.lines().map(|line| line.split(" (").next().unwrap_or(line).to_owned());
    named.filter(|package| !package.is_empty() && !package.starts_with("safeseat ")).collect()
}

#[test]
fn the_number_of_packages_is_the_one_that_is_stated() {
    let page = fs::read_to_string(repository("docs/supply-chain.md")).unwrap();
    for (row, features) in [
        ("with everything", ""),
        ("`--no-default-features`", "--no-default-features"),
        ("and `--features office`", "--no-default-features --features office"),
        ("and `--features pdf`", "--no-default-features --features pdf"),
        ("and `--features web`", "--no-default-features --features web"),
    ] {
        let inside = packages("normal,no-proc-macro", features).len();
        let building = packages("normal,build", features).len() - inside;
        let line = format!("| {row} | {inside} | {building} |");
        assert!(page.contains(&line), "docs/supply-chain.md should say: {line}");
    }
}
