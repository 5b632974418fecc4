//! How the formats name the items of frameworks that an answer relates to.

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
