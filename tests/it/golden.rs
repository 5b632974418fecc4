//! Whole reports of sample organisations, as files that a person can open: nothing in them changes unnoticed.

use crate::runner::{Desk, FORMATS, assert_golden, assert_no_other_golden, files_of};

/// A party branch with weak basics, and a head office with most in place, each judged on the day of its assessment.
const SAMPLES: [(&str, &str); 2] = [("local-party", "2026-11-23"), ("party-hq-november", "2026-11-16")];

#[test]
fn reports_say_what_they_said_before() {
    let mut used = Vec::new();
    for (sample, today) in SAMPLES {
        let reports = Desk::with_sample(sample).reports(&format!("answers.toml --today {today}"));
        for format in files_of(&FORMATS) {
            let file = format!("{sample}.{format}");
            assert_golden(&format!("reports/{file}"), &reports[format]);
            used.push(file);
        }
    }
    assert_no_other_golden("reports", used);
}
