//! A short round of every fuzz target: its seeds as they are, among them all that ever broke something, and then a few
//! hundred changes of them. `scripts/fuzz` does this for longer, and is led by what it reaches.

use std::panic;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

mod targets;

use crate::runner::repository;
use targets::mutation::{self, Dice};

/// A round ends after so many changed inputs, or after this time on a slow machine.
const INPUTS: u64 = 400;
const TIME: Duration = Duration::from_secs(8);

fn round(target: &str, run: fn(&[u8])) {
    let seeds = seeds(target);
    assert!(!seeds.is_empty());
    for (path, seed) in &seeds {
        let done = panic::catch_unwind(|| run(seed));
        assert!(done.is_ok(), "{target} with {}", path.display());
    }
    let start = Instant::now();
    let mut dice = Dice::new(INPUTS);
    for round in (0..INPUTS).take_while(|_| start.elapsed() < TIME) {
        let (path, seed) = &seeds[dice.below(seeds.len())];
        let input = mutation::changed(seed, round);
        if panic::catch_unwind(|| run(&input)).is_err() {
            let kept = std::env::temp_dir().join(format!("safeseat-{target}-{round}"));
            std::fs::write(&kept, &input).unwrap();
            panic!("{target} with {} changed: {}", path.display(), kept.display());
        }
    }
}

/// The files that `tests/fixtures/seeds/folders.txt` names for a target.
fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let list = include_str!("../fixtures/seeds/folders.txt");
    let line = list.lines().find_map(|line| line.strip_prefix(target)?.strip_prefix(": ")).unwrap();
    let mut files = Vec::new();
    line.split(' ').for_each(|folder| collect(&repository(folder), &mut files));
    files.sort();
    files.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}

macro_rules! rounds {
    ($($(#[$condition:meta])? $target:ident,)+) => {
        $(
            $(#[$condition])?
            #[test]
            fn $target() {
                round(stringify!($target), targets::$target::run);
            }
        )+

        #[test]
        fn every_target_has_a_round_and_a_binary() {
            let names: Vec<_> = include_str!("../fixtures/seeds/folders.txt").lines().filter_map(|line| line.split(':').next()).collect();
            assert_eq!(names, [$(stringify!($target)),+]);
            for name in names {
                assert!(repository(&format!("fuzz/fuzz_targets/{name}.rs")).is_file(), "{name}");
            }
        }
    };
}

rounds! {
    questionnaire,
    answers,
    incident,
    brand,
    template,
    #[cfg(feature = "office")]
    workbook,
    interview,
    rewrite,
}
