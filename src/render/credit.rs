//! The credit of a question as a small bar, drawn by the style sheet: there are hundreds of them on a page, and few kinds.

use std::collections::BTreeSet;

use super::svg::share;
use crate::report::{Finding, Points};

/// The bars of these questions as rules of a style sheet, each kind once.
pub(super) fn styles<'a>(findings: impl Iterator<Item = &'a Finding>) -> String {
    let kinds: BTreeSet<Credit> = findings.filter_map(Credit::of).collect();
    let rule = |credit: &Credit| {
        let (stated, proven) = (share(credit.stated.get()), share(credit.proven.get()));
        format!(".{}{{--s:{stated};--p:{proven}}}\n", credit.class())
    };
    kinds.iter().map(rule).collect()
}

/// The class of the bar of one question.
pub(super) fn mark(finding: &Finding) -> String {
    match (finding.standing, Credit::of(finding)) {
        ("unknown" | "unanswered", _) => "ku".to_owned(),
        (_, Some(credit)) => credit.class(),
        ("answered", None) => "k0".to_owned(),
        _ => "kn".to_owned(),
    }
}

/// What a question earns, when it earns something.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Credit {
    stated: Points,
    proven: Points,
}

impl Credit {
    fn of(finding: &Finding) -> Option<Self> {
        let stated = finding.credit.stated.filter(|credit| *credit > Points::ZERO)?;
        Some(Self { stated, proven: finding.credit.proven.unwrap_or_default() })
    }

    /// The share that is proven is one of four, so a letter names it.
    fn class(&self) -> String {
        let proven = match u32::from(self.proven.get()) * 100 / u32::from(self.stated.get()) {
            0 => 'l',
            1..=50 => 'c',
            51..=75 => 'd',
            _ => 'v',
        };
        format!("k{}{proven}", self.stated.printed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    #[test]
    fn each_kind_of_bar_is_described_once_and_exactly() {
        let report = fixture::report();
        let findings = || report.areas.iter().flat_map(|area| &area.findings);
        let styles = styles(findings());
        assert_eq!(
            styles,
            ".k40c{--s:40%;--p:20%}\n.k75d{--s:75%;--p:56.25%}\n.k100d{--s:100%;--p:75%}\n.k100v{--s:100%;--p:100%}\n"
        );
        let classes: Vec<String> = findings().map(mark).collect();
        assert_eq!(classes, ["k75d", "k100d", "ku", "k0", "k40c", "ku", "kn", "kn", "k100v"]);
    }
}
