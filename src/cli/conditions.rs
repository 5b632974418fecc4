//! What a person makes a report fail on.

use super::args::{self, FailOn};
use super::failure::Failure;
use super::terminal::Terminal;
use crate::report::{Movement, Report, Turn, WaiverState};
use crate::text::{and_list, plural, visible};

/// A line for each condition that failed: which it is and why.
pub fn failed(args: &args::Report, report: &Report) -> Vec<String> {
    let too_low = args.fail_under.and_then(|least| too_low(least, report));
    // The same case may be named twice.
    let cases = FailOn::ALL.into_iter().filter(|case| args.fail_on.contains(case));
    too_low.into_iter().chain(cases.filter_map(|case| case.failure(report))).collect()
}

/// Says which conditions failed.
///
/// # Errors
/// When one failed.
pub fn hold(failed: &[String], terminal: Terminal) -> Result<(), Failure> {
    for line in failed {
        terminal.note(&format!("failed: {}\n", visible(line)));
    }
    if failed.is_empty() { Ok(()) } else { Err(Failure::Shown(1)) }
}

fn too_low(least: u16, report: &Report) -> Option<String> {
    match &report.verdict.score {
        None => Some(format!("there is no score, and --fail-under asks for {least}")),
        Some(score) if score.headline.printed() < least => {
            Some(format!("the score is {}, and --fail-under asks for {least}", score.headline.printed()))
        }
        Some(_) => None,
    }
}

impl FailOn {
    const ALL: [Self; 4] = [Self::Gate, Self::Regression, Self::Lapsed, Self::WaiverExpired];

    fn failure(self, report: &Report) -> Option<String> {
        let (found, one, many) = match self {
            Self::Gate => (gates(report), "gate fails", "gates fail"),
            Self::Regression => {
                let moved = report.since.as_ref().map(regressions).unwrap_or_default();
                (moved, "thing got worse since last time", "things got worse since last time")
            }
            Self::Lapsed => {
                (lapsed(report), "answer counts for less than it did", "answers count for less than they did")
            }
            Self::WaiverExpired => {
                (expired(report), "acceptance of a risk ran out", "acceptances of risks ran out")
            }
        };
        (!found.is_empty()).then(|| format!("{}: {}", plural(found.len(), one, many), named(&found)))
    }
}

/// The first few, and how many others there are.
fn named(found: &[String]) -> String {
    const NAMED: usize = 10;
    let (first, others) = found.split_at(found.len().min(NAMED));
    let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
    first.join(", ") + &more
}

fn gates(report: &Report) -> Vec<String> {
    let failing = report.gates.iter().filter(|gate| gate.state.stated == "failed");
    let named = failing.map(|gate| {
        let because: Vec<&str> = gate.failing.iter().map(|question| question.id.as_str()).collect();
        format!("{} (cap {}, because of {})", gate.id, gate.cap, and_list(&because))
    });
    named.collect()
}

/// What got worse in itself. What only ran out is a case of its own.
fn regressions(movement: &Movement) -> Vec<String> {
    let worse =
        movement.changes().filter(|change| change.is_regression()).map(|change| change.question.id.clone());
    let gates = movement.gates.iter().filter(|gate| !gate.closed).map(|gate| format!("gate {}", gate.id));
    let opened = movement.incidents.iter().filter(|incident| incident.turn == Turn::Opened);
    worse.chain(gates).chain(opened.map(|incident| format!("incident {}", incident.id))).collect()
}

fn lapsed(report: &Report) -> Vec<String> {
    let dues = report.ageing.past.iter();
    dues.flat_map(|due| due.items.iter().map(|item| format!("{} ({})", item.question.id, due.on.iso)))
        .collect()
}

fn expired(report: &Report) -> Vec<String> {
    let expired = report.waivers.iter().filter(|risk| risk.waiver.state == WaiverState::Expired);
    expired.map(|risk| format!("{} ({})", risk.question.id, risk.waiver.expires.iso)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_ten_and_counts_the_others() {
        let ids: Vec<String> = (1..=12).map(|id| id.to_string()).collect();
        assert_eq!(named(&ids), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more");
        assert_eq!(named(&ids[..10]), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10");
    }
}
