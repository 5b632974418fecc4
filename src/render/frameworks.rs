//! What the formats that show frameworks item by item share.

/// The framework whose items fail an assessment by themselves; it comes first.
pub(super) const AUTOMATIC_FAILURES: &str = "cyber-essentials-autofail";
/// The framework that is shown item by item.
pub(super) const IN_FULL: &str = "cyber-essentials";
/// What references to techniques of attackers begin with.
const TECHNIQUES: &str = "ATT";

/// References with the name of each framework said once. Techniques of attackers are nothing to relate an answer to.
pub(super) fn related(references: &[String]) -> String {
    let mut related = String::new();
    let mut last = "";
    for (framework, item) in references.iter().filter_map(|reference| reference.split_once(':')) {
        if framework == TECHNIQUES {
            continue;
        }
        related += match (last == framework, related.is_empty()) {
            (true, _) => ", ",
            (false, true) => "",
            (false, false) => "; ",
        };
        if last != framework {
            related += framework;
            related += " ";
        }
        related += item;
        last = framework;
    }
    related
}
