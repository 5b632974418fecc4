//! Markdown, for tickets, wikis and people's own documents.

/// Writing to a `String` cannot fail, so results of `write!` are dropped here and nowhere else.
macro_rules! line {
    ($out:expr) => { $out.push('\n') };
    ($out:expr, $($arg:tt)*) => {{ let _ = writeln!($out, $($arg)*); }};
}

mod answers;
mod booklet;
mod handover;
mod history;
mod incidents;
mod movement;
mod plan;
mod prose;
mod services;
mod story;
mod upkeep;

use std::fmt::Write as _;

use crate::report::{IncidentNote, Ledger, Points, Prose, Report, Status, Verdict, Worlds};
use crate::text::{Words, percent, sentence_case, visible};

pub use booklet::booklet;
pub use history::history;
pub use movement::movement;
pub use plan::plan;
pub use story::story;

/// A text that a person wrote, by itself.
pub(super) fn text(prose: &Prose) -> String {
    prose::prose(prose, 1)
}

/// The whole report.
pub fn report(report: &Report) -> String {
    if report.head.audience.is_short() {
        return handover::short(report);
    }
    let words = report.words;
    let parts = [
        head(report),
        handover::chapters(&report.foreword),
        verdict(report),
        report.since.as_ref().map(|since| movement::since_last_time(words, since)).unwrap_or_default(),
        actions(report),
        find_out(report),
        upkeep::ageing(words, &report.ageing),
        upkeep::waivers(words, &report.waivers),
        areas(report),
        incidents::incidents(report),
        answers::answers(report),
        frameworks(report),
        services::services(report),
        handover::chapters(&report.afterword),
        method(report),
        handover::brand(&report.head),
    ];
    joined(&parts)
}

fn joined(parts: &[String]) -> String {
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join("\n") + "\n"
}

/// Text that Markdown shows as it is: nothing becomes a link, an image, HTML, a table cell or a heading.
fn plain(text: &str) -> String {
    let text = visible(text);
    // White space at an edge breaks emphasis, or makes a block of code.
    let text = text.trim();
    // At the beginning of a line these would make a list or underline a heading.
    let number = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let mut escaped = String::with_capacity(text.len());
    for (place, c) in text.char_indices() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '!' | '~' | '$' => escaped.extend(['\\', c]),
            '-' | '+' | '=' if place == 0 => escaped.extend(['\\', c]),
            '.' | ')' if place == number && !text[place + 1..].starts_with(char::is_alphanumeric) => {
                escaped.extend(['\\', c]);
            }
            c => escaped.push(c),
        }
    }
    // Bare addresses become links in many dialects, whatever their scheme.
    escaped.replace("://", ":&#8203;//").replace("www.", "www&#8203;.")
}

/// The same for web and mail addresses that have been checked, which may be links.
fn link(url: &str) -> String {
    let safe = (url.starts_with("https://") || url.starts_with("mailto:"))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>()".contains(c));
    if safe { format!("<{url}>") } else { plain(url) }
}

/// A row of a table.
fn row(cells: &[&str]) -> String {
    format!("| {} |", cells.join(" | "))
}

fn number(points: Option<Points>) -> String {
    points.map_or_else(|| "–".to_owned(), |points| points.printed().to_string())
}

fn head(report: &Report) -> String {
    let head = &report.head;
    let mut out = String::new();
    line!(out, "# {}", plain(&head.organisation.name));
    line!(out);
    if let Some(marking) = &head.marking {
        line!(out, "**{}**", plain(marking));
        line!(out);
    }
    if let Some(for_whom) = head.for_whom {
        line!(out, "**{for_whom}**");
        line!(out);
    }
    let words = report.words;
    let (title, version) = (plain(&head.questionnaire.title), plain(&head.questionnaire.version));
    let questionnaire =
        words.fill("{questionnaire}, version {version}", &[("questionnaire", &title), ("version", &version)]);
    line!(out, "- {}: {}", words.say("Date"), head.date.words);
    line!(out, "- {}: {questionnaire}", words.say("Questionnaire"));
    line!(out, "- {}: {}", words.say("Assessed by"), plain(&head.assessed_by));
    let (kind, country) = (head.organisation.kind_words, plain(&head.organisation.country));
    line!(out, "- {}: {kind}, {country}", words.say("Kind"));
    if let Some(cover) = head.brand.as_ref().and_then(|brand| brand.cover.as_ref()) {
        line!(out);
        line!(out, "{}", plain(cover));
    }
    out
}

fn verdict(report: &Report) -> String {
    let verdict = &report.verdict;
    let mut out = String::new();
    let words = report.words;
    line!(out, "## {}", words.say("The verdict"));
    line!(out);
    out.push_str(&score(words, verdict));
    line!(out, "{}", plain(&verdict.sentence));
    if let Some(since) = &report.ageing.since {
        line!(out);
        line!(out, "**{}**", plain(since));
    }
    if let Some(banner) = &verdict.scope_banner {
        line!(out);
        line!(out, "**{}**", plain(banner));
    }
    if let Some(hold) = &verdict.hold {
        line!(out);
        line!(out, "**{}.** {}", plain(&sentence_case(&hold.title)), plain(&hold.sentence));
    }
    line!(out);
    if let Some(coverage) = verdict.coverage {
        let share = percent(coverage.get().into());
        line!(out, "{} ", words.fill("{share} of the weight has a definite answer.", &[("share", &share)]));
    }
    line!(out, "{}", plain(&verdict.stability_sentence));
    out
}

fn score(words: &Words, verdict: &Verdict) -> String {
    let mut out = String::new();
    let (Some(score), Some(band)) = (&verdict.score, &verdict.band) else { return out };
    let of_100 = words.fill("{score} of 100", &[("score", &score.headline.printed())]);
    line!(out, "**{of_100}. {}: {}.**", band.title, band.meaning);
    line!(out);
    line!(out, "{}", row(&[words.say("Proven"), words.say("Stated"), words.say("Possible")]));
    line!(out, "| ---: | ---: | ---: |");
    let Worlds { proven, stated, possible } = score.worlds.map(number);
    line!(out, "{}", row(&[&proven, &stated, &possible]));
    line!(out);
    out
}

fn actions(report: &Report) -> String {
    let mut out = String::new();
    if report.actions.is_empty() {
        return out;
    }
    line!(out, "## {}", report.words.say("The plan"));
    line!(out);
    out.push_str(&plan::actions(report.words, &report.actions));
    out
}

/// The incidents that a change interrupts, as a table cell.
fn closes(incidents: &[IncidentNote]) -> String {
    let titles: Vec<String> = incidents.iter().map(|incident| plain(&incident.title)).collect();
    titles.join("; ")
}

fn find_out(report: &Report) -> String {
    let mut out = String::new();
    if report.find_out.is_empty() {
        return out;
    }
    let words = report.words;
    line!(out, "## {}", words.say("Find these out"));
    line!(out);
    for open in &report.find_out {
        let how = open.how.as_deref().unwrap_or_default();
        let stake = words.fill("up to {points} points", &[("points", &open.at_stake)]);
        let (number, title) = (&open.question.number, plain(&open.question.title));
        line!(out, "- **{number} {title}** {} ({stake})", plain(how));
    }
    out
}

fn areas(report: &Report) -> String {
    let mut out = String::new();
    let words = report.words;
    let header = [
        words.say("Area"),
        words.say("Stated"),
        words.say("Proven"),
        words.say("Possible"),
        words.say("Not known"),
        words.say("Points lost"),
    ];
    line!(out, "## {}", words.say("Areas"));
    line!(out);
    line!(out, "{}", row(&header));
    line!(out, "| --- | ---: | ---: | ---: | ---: | ---: |");
    for area in &report.areas {
        line!(
            out,
            "| {} {} | {} | {} | {} | {} | {} |",
            area.number,
            plain(&area.title),
            number(area.score.stated),
            number(area.score.proven),
            number(area.score.possible),
            area.unknown,
            area.loss
        );
    }
    out
}

fn frameworks(report: &Report) -> String {
    let mut out = String::new();
    if report.frameworks.is_empty() {
        return out;
    }
    let words = report.words;
    let header = [
        words.say("Framework"),
        words.say(Status::Met.in_words()),
        words.say(Status::Partly.in_words()),
        words.say(Status::NotMet.in_words()),
        words.say(Status::Unknown.in_words()),
        words.say(Status::NotAsked.in_words()),
    ];
    line!(out, "## {}", words.say("Frameworks"));
    line!(out);
    line!(out, "{}", words.say("Related to these frameworks, never certified by them."));
    line!(out);
    line!(out, "{}", row(&header));
    line!(out, "| --- | ---: | ---: | ---: | ---: | ---: |");
    for framework in &report.frameworks {
        let count = |status: Status| framework.items.iter().filter(|item| item.status == status).count();
        line!(
            out,
            "| {} {} | {} | {} | {} | {} | {} |",
            plain(&framework.title),
            plain(&framework.version),
            count(Status::Met),
            count(Status::Partly),
            count(Status::NotMet),
            count(Status::Unknown),
            count(Status::NotAsked)
        );
    }
    out
}

fn method(report: &Report) -> String {
    let mut out = String::new();
    let words = report.words;
    line!(out, "## {}", words.say("How this was scored"));
    line!(out);
    line!(
        out,
        "{}",
        words.say(
            "The score is coverage of good practice, as you reported it. It is not the chance of being attacked."
        )
    );
    line!(out);
    if let Some(ledger) = &report.ledger {
        out.push_str(&sum(words, ledger));
        line!(out);
    }
    let questionnaire = &report.head.questionnaire;
    let (id, version, sha256) = (&questionnaire.id, plain(&questionnaire.version), &questionnaire.sha256);
    line!(out, "- {}", words.plural(report.verdict.counts.questions, "question", "questions"));
    line!(out, "- {}: sha256 {}", words.say("Answers"), report.head.answers_sha256);
    line!(out, "- {}: {id} {version}, sha256 {sha256}", words.say("Questionnaire"));
    for notice in &report.notices {
        line!(out, "- {}", plain(notice));
    }
    for incident in report.incidents.replayed.iter().filter(|incident| !incident.sources.is_empty()) {
        let sources: Vec<String> = incident.sources.iter().map(|url| link(url)).collect();
        line!(out, "- {}: {}", plain(&incident.title), sources.join(", "));
    }
    out
}

/// Where the 100 points went.
fn sum(words: &Words, ledger: &Ledger) -> String {
    let mut out = String::new();
    line!(out, "{}", row(&[words.say("Where the 100 points went"), words.say("Points")]));
    line!(out, "| --- | ---: |");
    line!(out, "| {} | {} |", words.say("Your score"), ledger.headline);
    for row in &ledger.areas {
        let lost = words.fill("Lost in {area}", &[("area", &plain(&row.title))]);
        line!(out, "| {lost} | {} |", row.loss);
    }
    let cap = ledger.cap_title.as_deref().map(|title| format!(": {}", plain(title))).unwrap_or_default();
    line!(out, "| {}{cap} | {} |", words.say("Held back by a cap"), ledger.cap);
    line!(out, "| {} | {} |", words.say("Held back for lack of proof"), ledger.assurance);
    line!(out, "| {} | 100.00 |", words.say("Sum"));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_a_file_stays_text() {
        assert_eq!(plain("<script>"), "&lt;script&gt;");
        assert_eq!(plain("[x](javascript:y)"), "\\[x\\](javascript:y)");
        assert_eq!(plain("a | b\n# c"), "a \\| b \\# c");
        assert_eq!(plain(" - x $y$ - "), "\\- x \\$y\\$ -");
        assert_eq!(plain("1. x 2."), "1\\. x 2.");
        assert_eq!(plain("2026.1"), "2026.1");
        assert_eq!(link("javascript:alert(1)"), "javascript:alert(1)");
        assert_eq!(link("https://example.org/x"), "<https://example.org/x>");
    }

    #[test]
    fn nothing_gets_out_of_a_link() {
        for url in
            ["https://a.example/> <b>", "https://a.example/ x", "https://a.example/\u{7}", "https://a/(x)"]
        {
            assert!(!link(url).starts_with('<'), "{url:?}");
        }
    }
}
