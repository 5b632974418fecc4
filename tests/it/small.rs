//! A questionnaire of one question, answers to it and an incident of one step.

/// A questionnaire of one question, which measures one control.
pub fn questionnaire(id: &str, title: &str, control: &str) -> String {
    format!(
        r#"format = 1
id = "{id}"
version = "1"
title = "{title}"
summary = "s"
audience = "a"
minutes = 1
language = "en"
licence = "CC0-1.0"
[[area]]
id = "a"
title = "Area"
summary = "s"
weight = 1
[[question]]
id = "a.b"
weight = 1
weight_reason = "r"
severity = "low"
controls = ["{control}"]
title = "Question"
ask = "Ask?"
why = "w"
fix = "f"
effort = "hours"
cost = "free"
proof = "p"
valid_months = 12
kind = "yes-no"
partly = "p"
"#
    )
}

/// Answers to it.
pub fn answers(questionnaire: &str) -> String {
    format!(
        r#"format = 1
questionnaire = "{questionnaire}"
version = "1"
[organisation]
name = "N"
kind = "other"
country = "GB"
[assessment]
date = 2026-11-23
self_assessed = true
[answers.a.b]
answer = "yes"
"#
    )
}

/// An incident of one step, stopped by a control.
pub fn incident(id: &str, control: &str) -> String {
    format!(
        r#"format = 1
id = "{id}"
title = "Incident"
when = "2020"
victim = "v"
actor = "a"
attribution = {{ level = "unknown" }}
summary = "s"
harm = "h"
attack_version = "19.1"
priority = false
[[step]]
id = "only"
title = "Step"
confidence = "reported"
prevent = [{{ control = "{control}", effect = "stops" }}]
"#
    )
}
