//! The report as one HTML file that needs nothing else: no script, no network, no second file.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::svg;
use super::template::{self, Markup, TemplateError};
use crate::report::{Area, Finding, Framework, FrameworkItem, Head, Incident, Report, Status, Step};

const BASE_CSS: &str = include_str!("../../templates/base.css");
const REPORT_CSS: &str = include_str!("../../templates/report/report.css");

/// The framework whose items fail an assessment by themselves; it comes first.
const AUTOMATIC_FAILURES: &str = "cyber-essentials-autofail";
/// The framework that is shown item by item.
const IN_FULL: &str = "cyber-essentials";
/// What references to techniques of attackers begin with.
const TECHNIQUES: &str = "ATT";

/// The report as a page.
///
/// # Errors
///
/// When a template does not fit the report, which is a mistake in the program.
pub fn report(report: &Report) -> Result<String, TemplateError> {
    let style = format!("{}{}{}", squeezed(BASE_CSS), squeezed(REPORT_CSS), page_margins(&report.head));
    let findings = || report.areas.iter().flat_map(|area| &area.findings);
    template::fill(
        "report/page.html",
        &Page {
            report,
            title: format!("{}: security assessment", shortened(&report.head.organisation.name, 48)),
            style_hash: base64(&Sha256::digest(&style)),
            style: Markup::of_ours(style),
            verdict_bar: svg::verdict_bar(&report.verdict),
            credit_shapes: svg::credit_shapes(findings()),
            areas: report.areas.iter().map(AreaRow::new).collect(),
            incidents: IncidentRows::new(&report.incidents.replayed),
            frameworks: Frameworks::new(&report.frameworks),
            plan_line: svg::plan_line(&report.verdict, &report.actions),
        },
    )
}

/// What the templates are given: the report, and the pictures that go with its parts.
#[derive(Serialize)]
struct Page<'a> {
    report: &'a Report,
    title: String,
    style_hash: String,
    style: Markup,
    verdict_bar: Option<Markup>,
    credit_shapes: Markup,
    areas: Vec<AreaRow<'a>>,
    incidents: IncidentRows<'a>,
    frameworks: Frameworks<'a>,
    plan_line: Option<Markup>,
}

#[derive(Serialize)]
struct AreaRow<'a> {
    area: &'a Area,
    bar: Markup,
    asked: Vec<Answered<'a>>,
    not_asked: Vec<&'a Finding>,
}

#[derive(Serialize)]
struct Answered<'a> {
    finding: &'a Finding,
    mark: Markup,
    /// Whether there is nothing to unfold.
    brief: bool,
    /// Whether no document and no check supports it yet.
    unproven: bool,
    /// The items of frameworks that it relates to: `CE firewalls; CAF B2.a, B2.c`.
    related: String,
}

impl<'a> AreaRow<'a> {
    fn new(area: &'a Area) -> Self {
        let (asked, not_asked): (Vec<_>, Vec<_>) =
            area.findings.iter().partition(|finding| finding.standing != "out-of-scope");
        Self {
            area,
            bar: svg::area_bar(&area.score),
            asked: asked.into_iter().map(Answered::new).collect(),
            not_asked,
        }
    }
}

impl<'a> Answered<'a> {
    fn new(finding: &'a Finding) -> Self {
        Self {
            finding,
            mark: svg::credit_mark(finding),
            brief: finding.is_full() || finding.standing == "not-applicable",
            unproven: !finding
                .evidence
                .as_ref()
                .is_some_and(|evidence| ["documented", "verified"].contains(&evidence.level)),
            related: related(&finding.references),
        }
    }
}

/// References with the name of each framework said once. Techniques of attackers are nothing to relate an answer to.
fn related(references: &[String]) -> String {
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

#[derive(Serialize)]
struct IncidentRows<'a> {
    in_full: Vec<Chain<'a>>,
    in_short: Vec<Strip<'a>>,
}

#[derive(Serialize)]
struct Chain<'a> {
    incident: &'a Incident,
    steps: Vec<Link<'a>>,
}

#[derive(Serialize)]
struct Link<'a> {
    step: &'a Step,
    shape: &'static str,
    word: &'static str,
    /// Whether the path from here on no longer leads anywhere.
    cut: bool,
}

#[derive(Serialize)]
struct Strip<'a> {
    incident: &'a Incident,
    shapes: Markup,
    /// The number of the step at which it is interrupted.
    broken_at: Option<usize>,
}

impl<'a> IncidentRows<'a> {
    fn new(incidents: &'a [Incident]) -> Self {
        let (in_full, in_short): (Vec<&Incident>, Vec<&Incident>) =
            incidents.iter().partition(|incident| incident.in_full);
        Self {
            in_full: in_full.into_iter().map(Chain::new).collect(),
            in_short: in_short.into_iter().map(Strip::new).collect(),
        }
    }
}

impl<'a> Chain<'a> {
    fn new(incident: &'a Incident) -> Self {
        let link = |step: &'a Step| Link {
            step,
            shape: svg::step_shape(step.state),
            word: step.state.in_words(),
            cut: step.after_break || svg::ends_here(step),
        };
        Self { incident, steps: incident.steps.iter().map(link).collect() }
    }
}

impl<'a> Strip<'a> {
    fn new(incident: &'a Incident) -> Self {
        let broken = incident.broken_at.stated.as_ref();
        let step = incident.steps.iter().find(|step| Some(&step.id) == broken);
        Self { incident, shapes: svg::strip(&incident.steps), broken_at: step.map(|step| step.number) }
    }
}

#[derive(Serialize)]
struct Frameworks<'a> {
    automatic: Option<Automatic<'a>>,
    in_full: Option<&'a Framework>,
    others: Vec<ByStatus<'a>>,
}

/// The items that fail an assessment by themselves.
#[derive(Serialize)]
struct Automatic<'a> {
    framework: &'a Framework,
    /// The ids of those that would fail.
    fails: Vec<&'a str>,
    /// The ids of those of which it is not known.
    open: Vec<&'a str>,
}

/// A framework with its items gathered by status.
#[derive(Serialize)]
struct ByStatus<'a> {
    framework: &'a Framework,
    groups: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    status: Status,
    items: Vec<&'a FrameworkItem>,
}

impl<'a> Frameworks<'a> {
    fn new(frameworks: &'a [Framework]) -> Self {
        let find = |id: &str| frameworks.iter().find(|framework| framework.id == id);
        let others = frameworks
            .iter()
            .filter(|framework| ![AUTOMATIC_FAILURES, IN_FULL].contains(&framework.id.as_str()));
        Self {
            automatic: find(AUTOMATIC_FAILURES).map(Automatic::new),
            in_full: find(IN_FULL),
            others: others.map(ByStatus::new).collect(),
        }
    }
}

impl<'a> Automatic<'a> {
    fn new(framework: &'a Framework) -> Self {
        let ids = |statuses: &[Status]| {
            let chosen = framework.items.iter().filter(|item| statuses.contains(&item.status));
            chosen.map(|item| item.id.as_str()).collect()
        };
        Self { framework, fails: ids(&[Status::Partly, Status::NotMet]), open: ids(&[Status::Unknown]) }
    }
}

impl<'a> ByStatus<'a> {
    fn new(framework: &'a Framework) -> Self {
        let statuses = [Status::NotMet, Status::Partly, Status::Unknown, Status::Met, Status::NotAsked];
        let groups = statuses.map(|status| Group {
            status,
            items: framework.items.iter().filter(|item| item.status == status).collect(),
        });
        Self { framework, groups: groups.into_iter().filter(|group| !group.items.is_empty()).collect() }
    }
}

/// What stands in the margins of every printed page. The only words of a person inside a style sheet.
fn page_margins(head: &Head) -> String {
    let name = css_text(&shortened(&head.organisation.name, 90));
    let marking = css_text(&shortened(&head.marking.as_deref().unwrap_or_default().to_uppercase(), 40));
    let made = css_text(&format!("{} {}, {}", head.tool.name, head.tool.version, head.date.words));
    format!(
        "@page{{@top-left{{content:\"{name}\"}}@top-right{{content:\"{marking}\"}}@bottom-left{{content:\"{made}\"}}}}"
    )
}

/// Text inside a string of a style sheet: everything but ASCII letters, digits and spaces as `\hex `, so that nothing
/// can end the string, the rule or the element.
fn css_text(text: &str) -> String {
    let written = |c: char| match c {
        c if c.is_ascii_alphanumeric() || c == ' ' => c.to_string(),
        c => format!("\\{:x} ", u32::from(c)),
    };
    text.chars().filter(|c| !c.is_control()).map(written).collect()
}

/// At most so many characters, with an ellipsis where some are left out.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

/// A style sheet of ours without remarks and needless spaces, a rule a line.
pub(super) fn squeezed(css: &str) -> String {
    const NEEDLESS: [(&str, &str); 9] = [
        (": ", ":"),
        (", ", ","),
        ("; ", ";"),
        (" > ", ">"),
        (" {", "{"),
        ("{ ", "{"),
        (" }", "}"),
        ("} ", "}"),
        (";}", "}"),
    ];
    let lines = css.lines().map(str::trim).filter(|line| !line.starts_with("/*") && !line.is_empty());
    let joined = lines.collect::<Vec<_>>().join(" ");
    let squeezed = NEEDLESS.iter().fold(joined, |css, (with, without)| css.replace(with, without));
    squeezed.replace('}', "}\n").replace("}\n}", "}}")
}

/// Base64 with padding, as a policy for style sheets wants its hash.
pub(super) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let index = usize::try_from(group >> (18 - 6 * place) & 63).unwrap_or_default();
            text.push(if place <= chunk.len() { char::from(ALPHABET[index]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::render::fixture;
    use crate::report::HoldKind;

    /// The reports that look least like the ordinary one.
    fn hard_cases() -> Vec<(&'static str, Report)> {
        vec![
            ("everything", fixture::report()),
            ("without-score", fixture::without_score()),
            ("tiny", fixture::tiny()),
            ("held-by-proof", fixture::held_by(HoldKind::Proof)),
            (
                "arabic",
                fixture::report_saying(|_| {
                    "حزب المثال: ما نسبة الأشخاص الذين يستخدمون خطوة ثانية؟".to_owned()
                }),
            ),
            ("one-long-word", fixture::report_saying(|_| "Donaudampfschifffahrtsgesellschaft".repeat(6))),
            ("hostile", fixture::report_saying(hostile)),
        ]
    }

    fn hostile(text: &str) -> String {
        format!(
            "{text}</style></title></script><script>alert(1)</script>\" onload=\"x' \u{1b}]0;x\u{7}\u{202e}*/}}&lt;"
        )
    }

    fn page(report: &Report) -> String {
        super::report(report).unwrap()
    }

    /// Every piece of a page between these two marks.
    fn pieces<'a>(page: &'a str, before: &str, after: char) -> Vec<&'a str> {
        page.split(before).skip(1).filter_map(|rest| rest.split(after).next()).collect()
    }

    #[test]
    fn pages_are_as_they_were_when_somebody_last_looked() {
        for (name, report) in hard_cases() {
            let golden = format!("{}/tests/golden/report/{name}.html", env!("CARGO_MANIFEST_DIR"));
            snapbox::assert_data_eq!(page(&report), snapbox::Data::read_from(golden.as_ref(), None).raw());
        }
    }

    #[test]
    fn the_policy_allows_exactly_the_style_of_the_page() {
        for (name, report) in hard_cases() {
            let page = page(&report);
            let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
            let hash = base64(&Sha256::digest(style));
            assert_eq!(page.matches("<style").count(), 1, "{name}");
            assert!(page.contains(&format!("style-src 'sha256-{hash}'")), "{name}");
            let first = page.split("<head>").nth(1).unwrap().trim_start();
            assert!(first.starts_with("<meta http-equiv=\"Content-Security-Policy\""), "{name}");
        }
    }

    #[test]
    fn no_text_becomes_markup() {
        let plain = page(&fixture::report());
        let hostile = page(&fixture::report_saying(hostile));
        for mark in ['<', '>', '"'] {
            assert_eq!(plain.matches(mark).count(), hostile.matches(mark).count(), "a text escaped: {mark}");
        }
        assert!(!hostile.contains("<script") && !hostile.contains(['\u{1b}', '\u{7}', '\u{202e}']));
    }

    #[test]
    fn every_text_of_the_hostile_report_is_hostile() {
        let ours =
            ["id", "number", "anchor", "sha256", "answers_sha256", "iso", "words", "standing", "severity"];
        let report = serde_json::to_value(fixture::report_saying(hostile)).unwrap();
        let mut texts = 0;
        let mut open = vec![(String::new(), &report)];
        while let Some((key, value)) = open.pop() {
            match value {
                serde_json::Value::Object(map) => {
                    open.extend(map.iter().map(|(key, value)| (key.clone(), value)));
                }
                serde_json::Value::Array(items) => {
                    open.extend(items.iter().map(|value| (key.clone(), value)));
                }
                serde_json::Value::String(text) if text.len() > 40 && !ours.contains(&key.as_str()) => {
                    texts += 1;
                    let exempt = ["meaning", "credit_words"].contains(&key.as_str());
                    assert!(exempt || text.contains("<script>"), "{key}: {text}");
                }
                _ => {}
            }
        }
        assert!(texts > 150, "{texts}");
    }

    #[test]
    fn no_text_becomes_an_address_that_runs_something() {
        let page = page(&fixture::report_saying(|text| format!("javascript:alert(1)//{text}")));
        for address in pieces(&page, "href=\"", '"') {
            assert!(address.starts_with('#') || address.starts_with("https://"), "{address}");
        }
        assert!(!page.contains("src=") && !page.contains("action="));
    }

    #[test]
    fn every_link_inside_the_page_leads_somewhere_and_names_are_used_once() {
        for (name, report) in hard_cases() {
            let page = page(&report);
            let ids = pieces(&page, " id=\"", '"');
            let unique: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(ids.len(), unique.len(), "{name}");
            if name != "tiny" && name != "without-score" {
                for to in pieces(&page, "href=\"#", '"') {
                    assert!(unique.contains(to), "{name}: #{to}");
                }
            }
        }
    }

    #[test]
    fn the_parts_come_in_the_order_in_which_they_are_read() {
        let page = page(&fixture::report());
        let parts =
            ["<header", "verdict", "first", "areas", "incidents", "answers", "frameworks", "plan", "method"];
        let places: Vec<usize> = parts
            .iter()
            .map(|part| {
                page.find(part.strip_prefix('<').map_or(&*format!("<section id=\"{part}\""), |_| part))
                    .unwrap()
            })
            .collect();
        assert!(places.is_sorted());
    }

    #[test]
    fn words_in_the_margins_cannot_leave_their_string() {
        assert_eq!(css_text("A & B"), "A \\26  B");
        assert_eq!(css_text("\"}</style>"), "\\22 \\7d \\3c \\2f style\\3e ");
        assert_eq!(css_text("党\n"), "\\515a ");
        assert_eq!(shortened("abcdef", 4), "abc…");
        assert_eq!(shortened("abcd", 4), "abcd");
    }

    #[test]
    fn style_sheets_are_squeezed_without_changing_them() {
        let css =
            "/* palette */\na, b {\n  color: red;\n  margin: 0 1px;\n}\n@media print { p { top: 0; } }\n";
        assert_eq!(squeezed(css), "a,b{color:red;margin:0 1px}\n@media print{p{top:0}}\n");
    }

    #[test]
    fn base64_is_as_the_standard_has_it() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
