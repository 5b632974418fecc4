//! The report as one HTML file that needs nothing else: no script, no network, no second file.

use serde::Serialize;

use super::brand::BrandView;
use super::credit;
use super::frameworks::related;
use super::movement::{MOVEMENT_CSS, Since};
use super::prose;
use super::style::{BASE_CSS, REPORT_CSS, Style, accent, page_margins, shortened};
use super::svg;
use super::template::{self, Markup, TemplateError};
use crate::report::{
    AcceptedRisk, Action, Ageing, Area, Chapter, FindOut, Finding, Framework, Gate, Head, Incident,
    IncidentNote, Incidents, Ledger, Movement, Passage, Points, QuestionRef, Report, Services, Status,
    StatusCounts, Step, Verdict, WordCounts, Worlds,
};
use crate::text::Words;

/// The report as a page.
///
/// # Errors
///
/// When a template does not fit the report, which is a mistake in the program.
pub fn report(report: &Report) -> Result<String, TemplateError> {
    let moved = if report.since.is_some() { MOVEMENT_CSS } else { "" };
    let style = Style::new(report.words, &[BASE_CSS, REPORT_CSS, moved], &rules(report));
    template::fill_in(report.words, "report/page.html", &Page::new(report, style))
}

/// What the templates of the page are given, as JSON: the reference for those who write templates of their own.
///
/// # Errors
///
/// Never, unless the program is wrong.
pub fn context(report: &Report) -> serde_json::Result<serde_json::Value> {
    let style = Style::new(report.words, &[BASE_CSS, REPORT_CSS], &rules(report));
    serde_json::to_value(Page::new(report, style))
}

/// The rules of the style sheet that depend on the report.
pub(super) fn rules(report: &Report) -> String {
    let findings = report.areas.iter().flat_map(|area| &area.findings);
    credit::styles(findings) + &accent(&report.head) + &page_margins(&report.head)
}

/// What the templates are given: the parts of a report, with the pictures that go with them.
#[derive(Serialize)]
pub(super) struct Page<'a> {
    head: &'a Head,
    /// Whether it is a short report without answers.
    short: bool,
    brand: Option<BrandView<'a>>,
    foreword: Vec<Text<'a>>,
    afterword: Vec<Text<'a>>,
    passages: &'a [Passage],
    verdict: &'a Verdict,
    gates: &'a [Gate],
    actions: &'a [Action],
    find_out: &'a [FindOut],
    waivers: &'a [AcceptedRisk],
    ageing: &'a Ageing,
    ledger: Option<&'a Ledger>,
    services: &'a Services,
    notices: &'a [String],
    title: String,
    style: Style,
    verdict_bar: Option<Markup>,
    areas: Vec<AreaRow<'a>>,
    incidents: IncidentRows<'a>,
    frameworks: Frameworks<'a>,
    plan_line: Option<Markup>,
    since: Option<Since<'a>>,
}

/// A text that somebody wrote.
#[derive(Serialize)]
struct Text<'a> {
    id: &'a str,
    heading: &'a str,
    prose: Markup,
}

impl<'a> Text<'a> {
    fn new(chapter: &'a Chapter) -> Self {
        Self { id: chapter.id, heading: chapter.heading, prose: prose::html(&chapter.text, 3) }
    }
}

impl<'a> Page<'a> {
    pub(super) fn new(report: &'a Report, style: Style) -> Self {
        let words = report.words;
        let organisation = shortened(&report.head.organisation.name, 48);
        let before =
            report.since.as_ref().and_then(|since| since.score.as_ref()).map(|score| score.headline_old);
        Self {
            head: &report.head,
            short: report.head.audience.is_short(),
            brand: report.head.brand.as_ref().map(BrandView::new),
            foreword: report.foreword.iter().map(Text::new).collect(),
            afterword: report.afterword.iter().map(Text::new).collect(),
            passages: &report.passages,
            verdict: &report.verdict,
            gates: &report.gates,
            actions: &report.actions,
            find_out: &report.find_out,
            waivers: &report.waivers,
            ageing: &report.ageing,
            ledger: report.ledger.as_ref(),
            services: &report.services,
            notices: &report.notices,
            title: words.fill("{organisation}: security assessment", &[("organisation", &organisation)]),
            style,
            verdict_bar: svg::verdict_bar(words, &report.verdict, before),
            areas: report.areas.iter().map(|area| AreaRow::new(area, report.since.as_ref())).collect(),
            incidents: IncidentRows::new(&report.incidents, words),
            frameworks: Frameworks::new(&report.frameworks),
            plan_line: svg::plan_line(words, &report.verdict, &report.actions),
            since: report.since.as_ref().map(|since| Since::new(since, words, true)),
        }
    }
}

/// An area without its findings, which stand beside it.
#[derive(Serialize)]
struct AreaRow<'a> {
    id: &'a str,
    number: usize,
    title: &'a str,
    score: Worlds<Option<Points>>,
    /// The stated score of the assessment before, when there is one to compare with.
    before: Option<Points>,
    weakest: bool,
    unknown: usize,
    loss: Points,
    bar: Markup,
    narrative: Option<Markup>,
    asked: Vec<Answered<'a>>,
    not_asked: Vec<&'a Finding>,
}

#[derive(Serialize)]
struct Answered<'a> {
    finding: &'a Finding,
    mark: String,
    /// Whether there is nothing to unfold.
    brief: bool,
    /// Whether no document and no check supports it yet.
    unproven: bool,
    /// The items of frameworks that it relates to: `CE firewalls; CAF B2.a, B2.c`.
    related: String,
}

impl<'a> AreaRow<'a> {
    fn new(area: &'a Area, since: Option<&Movement>) -> Self {
        let before = since.and_then(|since| since.area_before(&area.id));
        let (asked, not_asked): (Vec<_>, Vec<_>) =
            area.findings.iter().partition(|finding| finding.standing != "out-of-scope");
        Self {
            id: &area.id,
            number: area.number,
            title: &area.title,
            score: area.score,
            before,
            weakest: area.weakest,
            unknown: area.unknown,
            loss: area.loss,
            bar: svg::area_bar(&area.score, before),
            narrative: area.narrative.as_ref().map(|text| prose::html(text, 4)),
            asked: asked.into_iter().map(Answered::new).collect(),
            not_asked,
        }
    }
}

impl<'a> Answered<'a> {
    fn new(finding: &'a Finding) -> Self {
        Self {
            finding,
            mark: credit::mark(finding),
            brief: finding.is_full() || finding.standing == "not-applicable",
            unproven: !finding
                .evidence
                .as_ref()
                .is_some_and(|evidence| ["documented", "verified"].contains(&evidence.level)),
            related: related(&finding.references),
        }
    }
}

#[derive(Serialize)]
struct IncidentRows<'a> {
    counts: WordCounts,
    do_not_apply: &'a [IncidentNote],
    not_assessed: &'a [IncidentNote],
    in_full: Vec<Chain<'a>>,
    in_short: Vec<Strip<'a>>,
}

/// An incident step by step.
#[derive(Serialize)]
struct Chain<'a> {
    id: &'a str,
    title: &'a str,
    when: &'a str,
    word: &'static str,
    cheapest: Option<&'a QuestionRef>,
    /// Whether the score is capped because it is not interrupted.
    caps: bool,
    steps: Vec<Link<'a>>,
    /// What happened, when there is room to tell it.
    story: Option<Story<'a>>,
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
struct Story<'a> {
    actor: &'a str,
    attribution: Option<&'a str>,
    sentence: &'a str,
    caveat: Option<&'a str>,
    summary: &'a str,
    harm: &'a str,
    lessons: &'a [String],
    sources: &'a [String],
}

/// An incident in one row.
#[derive(Serialize)]
struct Strip<'a> {
    title: &'a str,
    word: &'static str,
    shapes: Markup,
    /// The number of the step at which it is interrupted.
    broken_at: Option<usize>,
}

impl<'a> IncidentRows<'a> {
    fn new(incidents: &'a Incidents, words: &'static Words) -> Self {
        let (in_full, in_short): (Vec<&Incident>, Vec<&Incident>) =
            incidents.replayed.iter().partition(|incident| incident.in_full);
        Self {
            counts: incidents.counts,
            do_not_apply: &incidents.do_not_apply,
            not_assessed: &incidents.not_assessed,
            in_full: in_full.into_iter().map(|incident| Chain::new(incident, words)).collect(),
            in_short: in_short.into_iter().map(|incident| Strip::new(incident, words)).collect(),
        }
    }
}

impl<'a> Chain<'a> {
    fn new(incident: &'a Incident, words: &'static Words) -> Self {
        Self {
            id: &incident.id,
            title: &incident.title,
            when: &incident.when,
            word: incident.word.stated,
            cheapest: incident.cheapest.as_ref(),
            caps: incident.priority && incident.broken_at.stated.is_none(),
            steps: incident.steps.iter().map(|step| Link::new(step, words)).collect(),
            story: incident.told.then(|| Story::new(incident)),
        }
    }
}

impl<'a> Link<'a> {
    fn new(step: &'a Step, words: &'static Words) -> Self {
        Self {
            step,
            shape: svg::step_shape(step.state),
            word: words.say(step.state.in_words()),
            cut: step.after_break || svg::ends_here(step),
        }
    }
}

impl<'a> Story<'a> {
    fn new(incident: &'a Incident) -> Self {
        Self {
            actor: &incident.actor,
            attribution: incident.attribution.as_deref(),
            sentence: &incident.sentence,
            caveat: incident.caveat.as_deref(),
            summary: &incident.summary,
            harm: &incident.harm,
            lessons: &incident.lessons,
            sources: &incident.sources,
        }
    }
}

impl<'a> Strip<'a> {
    fn new(incident: &'a Incident, words: &Words) -> Self {
        let broken = incident.broken_at.stated.as_ref();
        let step = incident.steps.iter().find(|step| Some(&step.id) == broken);
        Self {
            title: &incident.title,
            word: incident.word.stated,
            shapes: svg::strip(words, &incident.steps),
            broken_at: step.map(|step| step.number),
        }
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
    title: &'a str,
    version: &'a str,
    url: &'a str,
    prefix: &'a str,
    counts: StatusCounts,
    groups: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    status: Status,
    items: Vec<(&'a str, &'a str)>,
}

impl<'a> Frameworks<'a> {
    fn new(frameworks: &'a [Framework]) -> Self {
        let find = |id: &str| frameworks.iter().find(|framework| framework.id == id);
        let others = frameworks.iter().filter(|framework| {
            ![Framework::AUTOMATIC_FAILURES, Framework::IN_FULL].contains(&framework.id.as_str())
        });
        Self {
            automatic: find(Framework::AUTOMATIC_FAILURES).map(Automatic::new),
            in_full: find(Framework::IN_FULL),
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
        let items = |status| framework.items.iter().filter(move |item| item.status == status);
        let groups = statuses.map(|status| Group {
            status,
            items: items(status).map(|item| (item.id.as_str(), item.title.as_str())).collect(),
        });
        Self {
            title: &framework.title,
            version: &framework.version,
            url: &framework.url,
            prefix: &framework.prefix,
            counts: framework.counts,
            groups: groups.into_iter().filter(|group| !group.items.is_empty()).collect(),
        }
    }
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
            ("since-last-time", fixture::report_since(str::to_owned)),
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
            let golden = format!("{}/tests/golden/pages/{name}.html", env!("CARGO_MANIFEST_DIR"));
            snapbox::assert_data_eq!(page(&report), snapbox::Data::read_from(golden.as_ref(), None).raw());
        }
    }

    #[test]
    fn the_policy_allows_exactly_the_style_of_the_page() {
        for (name, report) in hard_cases() {
            let page = page(&report);
            let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
            let hash = Style::hash_of(style);
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
    }

    #[test]
    fn a_page_needs_nothing_but_itself() {
        for (name, report) in hard_cases() {
            let page = page(&report);
            for piece in ["<script", " style=", " src=", "@import", "url(http", "<link", "<iframe", "<form"] {
                assert!(!page.contains(piece), "{name} holds {piece}");
            }
            assert_eq!(page.matches("url(").count(), page.matches("url(#hatch)").count(), "{name}");
        }
    }

    #[test]
    fn the_ledger_is_said_to_sum_to_a_hundred_because_it_does() {
        let page = page(&fixture::report());
        let sum = page.split("<tfoot>").nth(1).unwrap().split("</tfoot>").next().unwrap();
        assert!(sum.contains("<td>100.00</td>"), "{sum}");
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
}
