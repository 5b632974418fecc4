//! Questionnaires on a terminal: which there are, and one for reading before answering.

use anstyle::Style;

use crate::render::screen::{Look, SOFT, STRONG, Screen};
use crate::report::{Booklet, BookletArea, BookletQuestion, QuestionRef, Shelf};
use crate::text::plural;

/// The questionnaires that there are.
pub fn shelf(shelf: &Shelf, look: Look) -> String {
    let mut screen = Screen::new(look);
    for entry in &shelf.entries {
        screen.ends(&entry.id, &entry.version);
        screen.paragraph(Style::new(), 2, &entry.title);
        let questions = plural(entry.questions, "question", "questions");
        screen.paragraph(
            SOFT,
            2,
            &format!("{questions}, about {}", plural(entry.minutes.into(), "minute", "minutes")),
        );
        screen.paragraph(SOFT, 2, &entry.audience);
        screen.blank();
    }
    screen.paragraph(
        Style::new(),
        0,
        "Read one with `safeseat show ID`; begin with `safeseat new FILE --questionnaire ID`.",
    );
    screen.into_text()
}

/// A questionnaire, for reading before answering.
pub fn booklet(booklet: &Booklet, look: Look) -> String {
    let words = booklet.words;
    let mut screen = Screen::speaking(words, look);
    screen.ends(&booklet.title, &format!("{} {}", booklet.id, booklet.version));
    screen.paragraph(Style::new(), 0, &booklet.summary);
    screen.paragraph(SOFT, 0, &words.fill("For: {audience}", &[("audience", &booklet.audience)]));
    let size = words.fill(
        "{questions}, about {minutes}",
        &[
            ("questions", &words.plural(booklet.questions, "question", "questions")),
            ("minutes", &words.plural(booklet.minutes.into(), "minute", "minutes")),
        ],
    );
    screen.paragraph(SOFT, 0, &format!("{size}. {}", booklet.licence));
    facts(&mut screen, booklet);
    for area in &booklet.areas {
        booklet_area(&mut screen, area);
    }
    booklet_gates(&mut screen, booklet);
    screen.into_text()
}

fn facts(screen: &mut Screen, booklet: &Booklet) {
    if booklet.facts.is_empty() {
        return;
    }
    let words = screen.words();
    screen.heading(words.say("First: what you have"));
    screen.paragraph(
        SOFT,
        2,
        words
            .say("Yes, no or unknown. Unknown counts as yes. A no leaves out the questions named behind it."),
    );
    for fact in &booklet.facts {
        screen.hanging(Style::new(), "  -", 4, &format!("{} ({})", fact.ask, fact.id));
        if let Some(help) = &fact.help {
            screen.paragraph(SOFT, 4, help);
        }
        if !fact.switches.is_empty() {
            let line = words.fill("No leaves out {questions}", &[("questions", &numbers(&fact.switches))]);
            screen.paragraph(SOFT, 4, &line);
        }
    }
}

/// Questions by their numbers.
fn numbers(questions: &[QuestionRef]) -> String {
    let numbers: Vec<&str> = questions.iter().map(|question| question.number.as_str()).collect();
    numbers.join(", ")
}

fn booklet_area(screen: &mut Screen, area: &BookletArea) {
    screen.heading(&format!("{} {}", area.number, area.title));
    screen.paragraph(SOFT, 0, &area.summary);
    for question in &area.questions {
        screen.blank();
        booklet_question(screen, question);
    }
}

fn booklet_question(screen: &mut Screen, question: &BookletQuestion) {
    let words = screen.words();
    screen.hanging(STRONG, &question.question.number, 5, &question.ask);
    if let Some(help) = &question.help {
        screen.paragraph(SOFT, 5, help);
    }
    for fact in &question.only_if {
        screen.paragraph(SOFT, 5, &words.fill("Only if: {fact}", &[("fact", fact)]));
    }
    screen.paragraph(Style::new(), 5, &format!("{}:", question.instruction));
    for option in &question.options {
        let credit = option.credit.map(|credit| format!(" [{credit}]")).unwrap_or_default();
        screen.hanging(Style::new(), "     [ ]", 9, &format!("{}{credit}", option.label));
    }
    screen.hanging(Style::new(), "     [ ]", 9, words.say("I don’t know"));
    if question.may_be_skipped {
        screen.hanging(Style::new(), "     [ ]", 9, words.say("Does not apply, because:"));
    }
    screen.paragraph(SOFT, 5, &words.fill("Why: {why}", &[("why", &question.why)]));
    screen.paragraph(SOFT, 5, &words.fill("Proof: {proof}", &[("proof", &question.proof)]));
}

fn booklet_gates(screen: &mut Screen, booklet: &Booklet) {
    if booklet.gates.is_empty() {
        return;
    }
    let words = screen.words();
    screen.heading(words.say("What caps the score"));
    for gate in &booklet.gates {
        let line = words.fill(
            "At most {cap}: {gate} ({questions})",
            &[("cap", &gate.cap), ("gate", &gate.title), ("questions", &numbers(&gate.questions))],
        );
        screen.hanging(Style::new(), "  -", 4, &line);
        screen.paragraph(SOFT, 4, &gate.grounds);
    }
}
