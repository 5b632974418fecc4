//! Reports from templates of one's own: single embedded templates replaced, the others as they are.
//!
//! A template sees what it is given and nothing else. What may stand in one is limited (`grammar`), the size of the
//! page is limited, and a finished page is only handed out when it is as harmless as ours (`page`). The time that
//! filling in takes is for the caller to limit: loops in loops over what is given can take long.

mod blame;
mod grammar;
mod page;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use super::html::{self, Page};
use super::movement::MOVEMENT_CSS;
use super::squeeze;
use super::style::{self, BASE_CSS, REPORT_CSS, Style, squeezed};
use super::template::{self, Fault, Mixed};
use crate::problem::{Code, Problem, Problems, Source};
use crate::report::Report;
use crate::text::{Words, nearest, plural, visible};

/// Bytes of the largest template.
const LARGEST: usize = 64 * 1024;
/// The largest page, in bytes.
const LARGEST_PAGE: usize = 16 * 1024 * 1024;
/// How many templates may stand in each other, so that filling them in never needs more room than there is.
const MOST_INCLUSIONS: usize = 8;
/// The folder of templates that take no other's place and are included by those that do.
const OWN: &str = "own/";
/// The template that includes the others.
const PAGE: &str = "report/page.html";

/// The templates there are and what each is for, in the order in which a page shows them.
const NAMES: [(&str, &str); 19] = [
    ("base.css", "colours, type and shapes that every page shares"),
    ("report/report.css", "the looks of the report"),
    ("movement/movement.css", "the looks of what moved since last time"),
    (PAGE, "the whole page: its head, its parts in their order, its foot"),
    ("report/shapes.html", "the shapes that pictures and marks use"),
    ("report/parts.html", "small pieces that several parts use"),
    ("report/head.html", "who was assessed, when, by whom; the contents"),
    ("report/verdict.html", "the score and what it means"),
    ("report/first.html", "what to do first, and what to find out"),
    ("report/upkeep.html", "what runs out, and which risks were accepted"),
    ("report/areas.html", "the areas with their scores"),
    ("movement/since.html", "what moved since last time"),
    ("report/incidents.html", "the recorded incidents, replayed"),
    ("report/answers.html", "every answer"),
    ("report/frameworks.html", "the frameworks that the questions relate to"),
    ("report/plan.html", "the plan, step by step"),
    ("report/services.html", "who helps"),
    ("report/method.html", "how the score was made"),
    ("report/short.html", "the short report, for the board and the public"),
];

/// An embedded template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embedded {
    /// Its name: a path with `/`.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// The templates of a report that may be replaced.
pub fn embedded() -> impl Iterator<Item = Embedded> {
    NAMES.into_iter().map(|(name, about)| Embedded { name, about, text: text_of(name) })
}

fn text_of(name: &str) -> &'static str {
    match name {
        "base.css" => BASE_CSS,
        "report/report.css" => REPORT_CSS,
        "movement/movement.css" => MOVEMENT_CSS,
        _ => {
            template::of_report().find(|(known, _)| *known == name).map(|(_, text)| text).unwrap_or_default()
        }
    }
}

/// Templates of one's own that can be used.
#[derive(Debug)]
pub struct Templates {
    own: BTreeMap<String, Source>,
    mixed: Mixed,
    words: &'static Words,
}

impl Templates {
    /// Templates by their names, as paths with `/`, for reports in a language. One that is the same as the embedded
    /// one counts as that.
    ///
    /// # Errors
    /// Everything that is wrong with them and can be seen before a page is made.
    pub fn new(
        files: impl IntoIterator<Item = (String, Source)>,
        words: &'static Words,
    ) -> Result<Self, Problems> {
        let own: BTreeMap<String, Source> =
            files.into_iter().filter(|(name, file)| text_of(name) != file.text()).collect();
        let mut problems = Problems::default();
        for (name, file) in &own {
            problems.extend(Problems::of(file, check(name, file.text())));
        }
        if problems.has_errors() {
            return Err(problems);
        }
        let html = own.iter().filter(|(name, _)| is_html(name));
        let mixed = Mixed::new(html.map(|(name, file)| (name.as_str(), file.text())), words);
        let mixed = mixed.map_err(|fault| located(&own, words, &fault))?;
        for (name, file) in own.iter().filter(|(name, _)| is_html(name)) {
            if grammar::refusals(&squeeze::squeezed(file.text())).is_err() {
                let problem = Problem::new(Code::BrokenTemplate, 0..0, format!("`{name}` cannot be read"));
                return Err(Problems::of(file, vec![problem]));
            }
        }
        match own.keys().find(|name| inclusions(name, &own) > MOST_INCLUSIONS) {
            None => Ok(Self { own, mixed, words }),
            Some(name) => {
                let message = format!("more than {MOST_INCLUSIONS} templates include each other");
                Err(located(&own, words, &Fault { template: Some(name.clone()), at: 0..0, message }))
            }
        }
    }

    /// The report as a page.
    ///
    /// # Errors
    /// When a template does not fit the report, or the page would not be as harmless as ours.
    pub fn page(&self, report: &Report) -> Result<String, Problems> {
        let (page, flaw) = self.fill(report).map_err(|fault| located(&self.own, self.words, &fault))?;
        let Some(flaw) = flaw else { return Ok(page) };
        let culprit = blame::culprit(self, report, &page, &flaw);
        let from =
            culprit.map(|file| format!("; it comes from `{}`", visible(file.name()))).unwrap_or_default();
        let problem = Problem::new(Code::UnsafePage, flaw.at, flaw.message + &from).help(flaw.help);
        Err(Problems::of(&Source::new("the finished page", page), vec![problem]))
    }

    /// The report as a page, and what makes it less harmless than ours.
    fn fill(&self, report: &Report) -> Result<(String, Option<page::Flaw>), Fault> {
        let moved = report.since.as_ref().map(|_| "movement/movement.css");
        let sheets = ["base.css", "report/report.css"].into_iter().chain(moved);
        let sheet: String = sheets.map(|name| self.sheet(name)).collect();
        // As it stands in the page: its hash must be that of what a browser reads.
        let sheet = template::without_empty_lines(&(sheet + &html::rules(report)));
        let hash = Style::hash_of(&sheet);
        let page = Page::new(report, Style::of(sheet.clone()));
        let page = self.mixed.fill(PAGE, &page, LARGEST_PAGE)?;
        let flaw = page::flaw(&page, &sheet, &hash);
        Ok((page, flaw))
    }

    /// The names of those that are not the embedded ones.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.own.keys().map(String::as_str)
    }

    /// What there is to say when a page is not done in time.
    pub fn too_slow(&self) -> Problems {
        let message = "the templates do not come to an end in time";
        located(&self.own, self.words, &Fault { template: None, at: 0..0, message: message.to_owned() })
    }

    /// A style sheet in a language: a person's own as it is, ours without remarks.
    fn sheet(&self, name: &str) -> String {
        let said = |sheet: &str| style::in_words(sheet, self.words);
        let own = |file: &Source| said(&file.text().replace("\r\n", "\n").replace('\r', "\n")) + "\n";
        self.own.get(name).map_or_else(|| squeezed(&said(text_of(name))), own)
    }
}

fn is_html(name: &str) -> bool {
    name.strip_suffix(".html").is_some()
}

/// What is wrong with a single template.
fn check(name: &str, text: &str) -> Vec<Problem> {
    let is_own = name.starts_with(OWN) && is_html(name) && is_plain(name);
    if !is_own && !NAMES.iter().any(|(known, _)| *known == name) {
        let near = nearest(name, NAMES.iter().map(|(known, _)| *known));
        let problem = Problem::new(Code::UnknownTemplate, 0..0, format!("there is no template `{name}`"));
        let help = "`safeseat templates list` lists them; templates that yours include go into `own/` and end in .html";
        return vec![problem.help(help).suggest(near)];
    }
    if text.len() > LARGEST {
        let message = format!("the template has more than {} KiB", LARGEST / 1024);
        let problem = Problem::new(Code::BrokenTemplate, 0..0, message);
        return vec![problem.help("put parts of it into files of their own under `own/`, and include them")];
    }
    if !is_html(name) {
        return sheet_problem(text).into_iter().collect();
    }
    let refusals = grammar::refusals(&squeeze::squeezed(text)).unwrap_or_default();
    let problem = |refusal: grammar::Refusal| {
        let at = squeeze::unsqueezed(text, Words::ENGLISH, refusal.at.start)
            ..squeeze::unsqueezed(text, Words::ENGLISH, refusal.at.end.saturating_sub(1)) + 1;
        Problem::new(Code::BrokenTemplate, at, refusal.message).help(refusal.help).suggest(refusal.meant)
    };
    refusals.into_iter().map(problem).collect()
}

/// How many templates follow each other where one includes the next, from this one on. There are no circles.
fn inclusions(name: &str, own: &BTreeMap<String, Source>) -> usize {
    // In how many steps each template is reached at most; each round goes one further.
    let mut reached: BTreeSet<String> = BTreeSet::from([name.to_owned()]);
    let mut steps = 0;
    while !reached.is_empty() && steps <= MOST_INCLUSIONS {
        steps += 1;
        let text = |name: &str| own.get(name).map_or_else(|| text_of(name), Source::text).to_owned();
        reached = reached
            .iter()
            .flat_map(|name| {
                let text = squeeze::squeezed(&text(name));
                grammar::included(&text).into_iter().map(str::to_owned).collect::<Vec<_>>()
            })
            .collect();
    }
    steps
}

/// Whether a name can be nothing but a name.
fn is_plain(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_'))
}

/// What may not stand in a style sheet: an end of it, and what loads something, also when its phrases are said.
fn sheet_problem(sheet: &str) -> Option<Problem> {
    let (at, mark) = if let Some((at, mark)) = forbidden(sheet) {
        (at..at + mark.len(), mark)
    } else {
        let (_, mark) = forbidden(&style::in_words(sheet, Words::ENGLISH))?;
        let at = sheet.find("[[")?;
        (at..at + 2, mark)
    };
    let message = format!("a style sheet may not have `{mark}` here");
    let help = "a report loads nothing: pictures are url(data:image/…) inside the sheet, fonts are those of the reader";
    Some(Problem::new(Code::BrokenTemplate, at, message).help(help))
}

fn forbidden(sheet: &str) -> Option<(usize, &'static str)> {
    let lower = sheet.to_ascii_lowercase();
    let find = |mark: &'static str| lower.find(mark).map(|at| (at, mark));
    let loads = || {
        let mut addresses = lower.match_indices("url(");
        let leads_out = addresses.find(|(at, mark)| {
            let address = lower[at + mark.len()..].trim_start_matches(['"', '\'', ' ']);
            !address.starts_with('#') && !address.starts_with("data:image/")
        });
        leads_out.map(|(at, _)| (at, "url("))
    };
    find("<").or_else(|| find("@import")).or_else(loads)
}

/// A fault of a template as a problem of its file.
fn located(own: &BTreeMap<String, Source>, words: &Words, fault: &Fault) -> Problems {
    let name = fault.template.as_deref();
    let source = match name.and_then(|name| own.get(name)) {
        Some(file) => file.clone(),
        None => name.map_or_else(
            || own.values().next().cloned().unwrap_or_else(|| Source::new(PAGE, text_of(PAGE))),
            |name| Source::new(format!("{name} (embedded)"), text_of(name)),
        ),
    };
    let text = source.text();
    let start = squeeze::unsqueezed(text, words, fault.at.start);
    let end = squeeze::unsqueezed(text, words, fault.at.end.saturating_sub(1).max(fault.at.start)) + 1;
    let end = (start..=end.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(start);
    let start = if text.is_char_boundary(start) { start } else { end };
    let (message, available) = told(&fault.message);
    let word = text.get(start..end).unwrap_or_default();
    let near = nearest(word.rsplit('.').next().unwrap_or(word), available.iter().map(String::as_str));
    let help = if fault.template.is_none() {
        "take out loops in loops, and templates and components that use each other".to_owned()
    } else if available.is_empty() {
        "`safeseat templates context` shows what templates are given".to_owned()
    } else {
        format!(
            "{} here: {}",
            plural(available.len(), "name is given", "names are given"),
            available.join(", ")
        )
    };
    Problems::of(
        &source,
        vec![Problem::new(Code::BrokenTemplate, start..end, message).help(help).suggest(near)],
    )
}

/// The engine's words as ours, and the names that it says there are.
fn told(message: &str) -> (String, Vec<String>) {
    let (first, rest) = message.split_once(". ").unwrap_or((message, ""));
    let names = rest.split_once(": ").map(|(_, names)| names.split(", ").map(str::to_owned).collect());
    let mut letters = first.trim_end_matches('.').chars();
    let first = letters.next().map_or_else(String::new, |c| c.to_lowercase().chain(letters).collect());
    (first, names.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    fn templates(files: &[(&str, &str)]) -> Result<Templates, Problems> {
        let file = |(name, text): &(&str, &str)| ((*name).to_owned(), Source::new(*name, (*text).to_owned()));
        Templates::new(files.iter().map(file), Words::ENGLISH)
    }

    /// The page from templates, or the first problem: its code, the text at its place, and its message.
    fn page(files: &[(&str, &str)]) -> Result<String, (Code, String, String)> {
        let made =
            templates(files).and_then(|templates| templates.page(&fixture::report_since(str::to_owned)));
        made.map_err(|problems| {
            let problem = problems.iter().next().unwrap();
            let text = problems.source(&problem.place).unwrap().text();
            let at = text.get(problem.place.start..problem.place.end).unwrap_or("nowhere").to_owned();
            (problem.code, at, problem.message.clone())
        })
    }

    fn embedded_text(name: &str) -> String {
        text_of(name).to_owned()
    }

    #[test]
    fn every_embedded_template_has_a_line() {
        let listed: BTreeSet<&str> = NAMES.iter().map(|(name, _)| *name).collect();
        let html: BTreeSet<&str> = template::of_report().map(|(name, _)| name).collect();
        assert_eq!(
            listed.iter().filter(|name| is_html(name)).copied().collect::<Vec<_>>(),
            Vec::from_iter(html)
        );
        assert!(
            embedded().all(|one| one.text.len() > 100 && one.about.len() < 70),
            "every name has its text"
        );
        let explained = Code::BrokenTemplate.explanation().replace('\n', " ");
        assert!(explained.contains(&grammar::FILTERS.join(", ")), "the explanation lists the filters");
    }

    #[test]
    fn templates_that_change_nothing_make_the_same_page() {
        let report = fixture::report_since(str::to_owned);
        let all: Vec<_> = embedded().map(|one| (one.name, one.text)).collect();
        let ours = html::report(&report).unwrap();
        assert_eq!(templates(&all).unwrap().page(&report).unwrap(), ours);
        // Copies with a remark are read as a person's own from beginning to end.
        let copies: Vec<_> = embedded()
            .filter(|one| is_html(one.name))
            .map(|one| (one.name, format!("{{# mine #}}\n{}", one.text)))
            .collect();
        let copies: Vec<_> = copies.iter().map(|(name, text)| (*name, text.as_str())).collect();
        assert_eq!(templates(&copies).unwrap().page(&report).unwrap(), ours);
    }

    #[test]
    fn every_page_of_ours_is_as_harmless_as_we_ask_of_others() {
        for report in [
            fixture::report(),
            fixture::without_score(),
            fixture::tiny(),
            fixture::report_saying(|text| format!("{text}</style><script>\" onload=\"x'&lt;")),
        ] {
            templates(&[]).unwrap().page(&report).unwrap();
        }
    }

    #[test]
    fn a_template_takes_the_place_of_one_and_includes_others() {
        let own = "<section id=\"areas\"><h2>Ours</h2>{% include \"own/foot.html\" %}</section>\n";
        let html =
            page(&[("report/areas.html", own), ("own/foot.html", "<p>{{ head.organisation.name }}</p>")]);
        assert!(html.unwrap().contains("<h2>Ours</h2><p>"));
        let html = page(&[("report/report.css", "/* two\n lines */\nbody { color: #123; }")]).unwrap();
        assert!(html.contains("/* two\n lines */\nbody { color: #123; }"));
    }

    #[test]
    fn what_is_printed_is_escaped_whatever_the_file_is_called() {
        let own = "<p title=\"{{ head.organisation.name }}\">{{ head.organisation.name | upper }}</p>";
        let report = fixture::report_saying(|_| "<b onclick=\"x\">'".to_owned());
        for name in ["report/areas.html", "own/x.html"] {
            let head = ("report/head.html", "{% include \"own/x.html\" %}");
            let files = [(name, own), head, ("own/x.html", own)];
            let page = templates(&files).unwrap().page(&report).unwrap();
            assert!(!page.to_lowercase().contains("<b on"), "{name}");
        }
    }

    #[test]
    fn mistakes_are_found_where_they_stand() {
        for (text, code, at) in [
            ("<p>{{ heading }}</p>", Code::BrokenTemplate, "heading"),
            ("<p>\n   {{ head.organisation.nam }}</p>", Code::BrokenTemplate, "nam"),
            ("<p>\n\n  {% if head %}", Code::BrokenTemplate, "nowhere"),
            ("<p>{% if x is oddly %}{% endif %}", Code::BrokenTemplate, "oddly"),
            ("\n  <p>{{ <boxx a=\"b\" /> }}", Code::BrokenTemplate, "<boxx a=\"b\" />"),
            ("{% include \"own/missing.html\" %}", Code::BrokenTemplate, "\"own/missing.html\""),
            ("   <p>{{ head.tool.name | sentence }}", Code::BrokenTemplate, "sentence"),
            ("  <p>[[The plan]] {{ \"Areas\" | say | sentence }}", Code::BrokenTemplate, "sentence"),
            ("<i>[[Areas]]</i>\n <p>[[The plan of {{ head.nam }}]]", Code::BrokenTemplate, "nam"),
            ("<p onclick=\"x\">", Code::UnsafePage, "<p onclick=\"x\">"),
        ] {
            let found = page(&[("report/areas.html", text)]).unwrap_err();
            assert!(found.0 == code && (found.1 == at || at == "nowhere"), "{text}: {found:?}");
        }
    }

    #[test]
    fn files_that_no_template_has_are_told_with_what_was_meant() {
        for name in
            ["report/area.html", "areas.html", "own/x.txt", "own/..", "own/a b.html", "form/page.html"]
        {
            let problems = templates(&[(name, "x")]).unwrap_err();
            assert_eq!(problems.iter().next().unwrap().code, Code::UnknownTemplate, "{name}");
        }
        let problems = templates(&[("report/area.html", "x")]).unwrap_err();
        let meant = problems.iter().next().unwrap().suggestion.clone();
        assert_eq!(meant.unwrap().replacement, "report/areas.html");
    }

    #[test]
    fn circles_and_endless_pages_end() {
        let circle = page(&[
            ("report/areas.html", "{% include \"own/a.html\" %}"),
            ("own/a.html", "{% include \"report/areas.html\" %}"),
        ]);
        assert!(circle.unwrap_err().2.contains("circle"));
        let itself =
            "{% component deep(a) %}{{ <deep a={a} /> }}{% endcomponent deep %}{{ <deep a=\"x\" /> }}";
        assert!(page(&[("report/areas.html", itself)]).unwrap_err().2.contains("recursion"));
        let loops = "{% for a in areas %}".repeat(12) + &"x".repeat(9999) + &"{% endfor %}".repeat(12);
        assert!(page(&[("report/areas.html", &loops)]).unwrap_err().2.contains("larger"));
        let large = "x".repeat(LARGEST + 1);
        assert!(page(&[("report/areas.html", &large)]).unwrap_err().2.contains("64 KiB"));
    }

    #[test]
    fn style_sheets_load_nothing_and_end_nowhere() {
        for sheet in [
            "p{}</style><script>",
            "@IMPORT 'x';",
            "p{background:url( 'https://a.example')}",
            "p{background:u[[rl(]]'https://a.example')}",
        ] {
            assert_eq!(page(&[("base.css", sheet)]).unwrap_err().0, Code::BrokenTemplate, "{sheet}");
        }
        let picture = "p{background:url(\"data:image/png;base64,AA==\")}";
        assert!(page(&[("base.css", picture)]).unwrap().contains(picture));
    }

    /// What people type by mistake, and what strangers would try.
    const NASTY: [&str; 16] = [
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "\"",
        "é東",
        " x ~ x ",
        "{% for a in areas %}",
        "{% endfor %}",
        "[",
        "<script>",
        " onload=\"x\"",
        "<!--",
        "{{ head }}",
        "\u{202e}",
    ];

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(120))]

        #[test]
        fn no_edit_of_a_template_goes_wrong_in_another_way_than_being_told(
            which in 3..NAMES.len(),
            edits in proptest::collection::vec((0..1000_usize, 0..NASTY.len(), 0..30_usize), 1..4),
        ) {
            let name = NAMES[which].0;
            let mut text: Vec<char> = text_of(name).chars().collect();
            for (thousandths, nasty, cut) in edits {
                let at = text.len() * thousandths / 1000;
                text.splice(at..(at + cut).min(text.len()), NASTY[nasty].chars());
            }
            let text: String = text.into_iter().collect();
            let made = templates(&[(name, &text)]).and_then(|own| own.page(&fixture::report()));
            match made {
                Ok(page) => proptest::prop_assert!(!page.contains("<script") && !page.contains("\" onload=")),
                Err(problems) => for problem in problems.iter() {
                    let source = problems.source(&problem.place).unwrap();
                    proptest::prop_assert!(source.text().get(problem.place.start..problem.place.end).is_some());
                },
            }
        }
    }

    #[test]
    fn a_page_without_our_policy_is_not_handed_out() {
        let ours = embedded_text(PAGE);
        let policy = ours.lines().find(|line| line.contains("Content-Security-Policy")).unwrap();
        for instead in ["", "<meta charset=\"utf-8\">"] {
            let found = page(&[(PAGE, &ours.replace(policy, instead))]).unwrap_err();
            assert_eq!(found.0, Code::UnsafePage);
        }
        let weaker = ours.replace("default-src 'none'", "default-src 'none' https://a.example");
        assert_eq!(page(&[(PAGE, &weaker)]).unwrap_err().0, Code::UnsafePage);
    }
}
