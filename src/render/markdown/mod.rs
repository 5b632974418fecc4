//! Markdown, for tickets, wikis and people's own documents.

/// Writing to a `String` cannot fail, so results of `write!` are dropped here and nowhere else.
macro_rules! line {
    ($out:expr) => { $out.push('\n') };
    ($out:expr, $($arg:tt)*) => {{ let _ = writeln!($out, $($arg)*); }};
}

mod booklet;
mod handover;
mod history;
mod movement;
mod plan;
mod prose;
mod services;
mod story;
mod upkeep;

use std::fmt::Write as _;

use crate::report::{Finding, IncidentNote, Points, Prose, Report, Status, Step, Technique};
use crate::text::{percent, plural, sentence_case, visible};

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
    let parts = [
        head(report),
        handover::chapters(&report.foreword),
        verdict(report),
        report.since.as_ref().map(movement::since_last_time).unwrap_or_default(),
        actions(report),
        find_out(report),
        upkeep::ageing(&report.ageing),
        upkeep::waivers(&report.waivers),
        areas(report),
        incidents(report),
        answers(report),
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
    line!(out, "- Date: {}", head.date.words);
    line!(
        out,
        "- Questionnaire: {}, version {}",
        plain(&head.questionnaire.title),
        plain(&head.questionnaire.version)
    );
    line!(out, "- Assessed by: {}", plain(&head.assessed_by));
    line!(out, "- Kind: {}, {}", head.organisation.kind_words, plain(&head.organisation.country));
    if let Some(cover) = head.brand.as_ref().and_then(|brand| brand.cover.as_ref()) {
        line!(out);
        line!(out, "{}", plain(cover));
    }
    out
}

fn verdict(report: &Report) -> String {
    let verdict = &report.verdict;
    let mut out = String::new();
    line!(out, "## The verdict");
    line!(out);
    if let (Some(score), Some(band)) = (&verdict.score, &verdict.band) {
        line!(out, "**{} of 100. {}: {}.**", score.headline.printed(), band.title, band.meaning);
        line!(out);
        line!(out, "| Proven | Stated | Possible |");
        line!(out, "| ---: | ---: | ---: |");
        let worlds = score.worlds;
        line!(out, "| {} | {} | {} |", number(worlds.proven), number(worlds.stated), number(worlds.possible));
        line!(out);
    }
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
        line!(out, "{} of the weight has a definite answer. ", percent(coverage.get().into()));
    }
    line!(out, "{}", plain(&verdict.stability_sentence));
    out
}

fn actions(report: &Report) -> String {
    let mut out = String::new();
    if report.actions.is_empty() {
        return out;
    }
    line!(out, "## The plan");
    line!(out);
    out.push_str(&plan::actions(&report.actions));
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
    line!(out, "## Find these out");
    line!(out);
    for open in &report.find_out {
        let how = open.how.as_deref().unwrap_or_default();
        line!(
            out,
            "- **{} {}** {} (up to {} points)",
            open.question.number,
            plain(&open.question.title),
            plain(how),
            open.at_stake
        );
    }
    out
}

fn areas(report: &Report) -> String {
    let mut out = String::new();
    line!(out, "## Areas");
    line!(out);
    line!(out, "| Area | Stated | Proven | Possible | Not known | Points lost |");
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

fn incidents(report: &Report) -> String {
    let mut out = String::new();
    if report.incidents.replayed.is_empty() {
        return out;
    }
    line!(out, "## Would it have worked here?");
    line!(out);
    line!(
        out,
        "Recorded incidents, step by step, against your answers. This does not say that you would not have been hacked."
    );
    for incident in &report.incidents.replayed {
        line!(out);
        line!(out, "### {}: {}", sentence_case(incident.word.stated), plain(&incident.title));
        line!(out);
        line!(out, "{}", plain(&incident.sentence));
        line!(out);
        for met in &incident.steps {
            out.push_str(&step(met));
        }
        if let Some(change) = &incident.cheapest {
            line!(out);
            line!(
                out,
                "Cheapest single change that would interrupt it: {} {}.",
                change.number,
                plain(&change.title)
            );
        }
    }
    out
}

fn step(step: &Step) -> String {
    let mut out = String::new();
    let by: Vec<String> = step
        .by
        .iter()
        .map(|measure| format!("{} ({} of 100)", plain(&measure.title), measure.strength))
        .collect();
    let by = if by.is_empty() { String::new() } else { format!(": {}", by.join(", ")) };
    let doubt = if step.confidence == "reported" { String::new() } else { format!(" ({})", step.confidence) };
    line!(out, "{}. **{}** {}{doubt}{by}", step.number, step.state.in_words(), plain(&step.title));
    if !step.techniques.is_empty() {
        let techniques: Vec<String> = step.techniques.iter().map(Technique::in_words).collect();
        line!(out, "   - ATT&amp;CK: {}", plain(&techniques.join("; ")));
    }
    out
}

fn answers(report: &Report) -> String {
    let mut out = String::new();
    line!(out, "## Every answer");
    for area in &report.areas {
        line!(out);
        line!(out, "### {} {}", area.number, plain(&area.title));
        if let Some(text) = &area.narrative {
            line!(out);
            out.push_str(&prose::prose(text, 4));
        }
        for finding in &area.findings {
            line!(out);
            out.push_str(&answer(finding));
        }
    }
    out
}

fn answer(finding: &Finding) -> String {
    let mut out = String::new();
    line!(out, "**{} {}**", finding.question.number, plain(&finding.ask));
    line!(out);
    line!(out, "- Answer: {} ({})", plain(&finding.answer_words), finding.credit_words);
    if let Some(evidence) = &finding.evidence {
        let kept = evidence.kept.as_deref().map(|kept| format!(": {}", plain(kept))).unwrap_or_default();
        let old = if evidence.fresh {
            String::new()
        } else {
            format!(" (written as {}, too old)", evidence.written)
        };
        line!(out, "- Evidence: {}{old}{kept}, {}", evidence.level, evidence.since.words);
    }
    let told = [
        ("Reason", &finding.reason),
        ("Answered by", &finding.by),
        ("Provided by", &finding.provided_by),
        ("Comment", &finding.comment),
    ];
    for (label, text) in told {
        if let Some(text) = text {
            line!(out, "- {label}: {}", plain(text));
        }
    }
    if finding.loss > Points::ZERO {
        line!(out, "- Points lost: {}", finding.loss);
        line!(out, "- Why: {}", plain(&finding.why));
        line!(
            out,
            "- First step: {} Effort: {}. Cost: {}.",
            plain(&finding.fix),
            finding.effort,
            finding.cost
        );
    }
    if let Some(waiver) = &finding.waiver {
        line!(out, "- Accepted risk: {}", upkeep::waiver(waiver));
    }
    out
}

fn frameworks(report: &Report) -> String {
    let mut out = String::new();
    if report.frameworks.is_empty() {
        return out;
    }
    line!(out, "## Frameworks");
    line!(out);
    line!(out, "Related to these frameworks, never certified by them.");
    line!(out);
    line!(out, "| Framework | Met | Partly | Not met | Not known | Not asked |");
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
    line!(out, "## How this was scored");
    line!(out);
    line!(
        out,
        "The score is coverage of good practice, as you reported it. It is not the chance of being attacked."
    );
    line!(out);
    if let Some(ledger) = &report.ledger {
        line!(out, "| Where the 100 points went | Points |");
        line!(out, "| --- | ---: |");
        line!(out, "| Your score | {} |", ledger.headline);
        for row in &ledger.areas {
            line!(out, "| Lost in {} | {} |", plain(&row.title), row.loss);
        }
        let cap = ledger.cap_title.as_deref().map(|title| format!(": {}", plain(title))).unwrap_or_default();
        line!(out, "| Held back by a cap{cap} | {} |", ledger.cap);
        line!(out, "| Held back for lack of proof | {} |", ledger.assurance);
        line!(out, "| Sum | 100.00 |");
        line!(out);
    }
    let head = &report.head;
    line!(out, "- {}", plural(report.verdict.counts.questions, "question", "questions"));
    line!(out, "- Answers: sha256 {}", head.answers_sha256);
    line!(
        out,
        "- Questionnaire: {} {}, sha256 {}",
        head.questionnaire.id,
        plain(&head.questionnaire.version),
        head.questionnaire.sha256
    );
    for notice in &report.notices {
        line!(out, "- {}", plain(notice));
    }
    for incident in report.incidents.replayed.iter().filter(|incident| !incident.sources.is_empty()) {
        let sources: Vec<String> = incident.sources.iter().map(|url| link(url)).collect();
        line!(out, "- {}: {}", plain(&incident.title), sources.join(", "));
    }
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
}
