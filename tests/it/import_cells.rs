//! What a spreadsheet says without saying it plainly is asked for and never guessed, and one that could do more than hold
//! answers is refused.

use crate::documents::{packed, parts};
use crate::importing::{ANSWER, COMMENT, DETAIL, EVIDENCE_DATE, Form};
use crate::runner::Desk;

/// The parts of a sheet to fill in, with one of its cells as it is given.
fn with_cell(desk: &Desk, name: &str, cell: &str, content: &str) {
    let changed = parts(&desk.bytes("questions.xlsx")).into_iter().map(|(part, text)| {
        let Some(start) = text.find(&format!("<c r=\"{cell}\"")).filter(|_| part.ends_with("sheet2.xml"))
        else {
            return (part, text);
        };
        let end = start + text[start..].find("/>").unwrap() + 2;
        (part, format!("{}<c r=\"{cell}\"{content}</c>{}", &text[..start], &text[end..]))
    });
    desk.write(name, packed(changed));
}

#[test]
fn a_formula_that_nobody_has_worked_out_is_no_empty_cell() {
    let desk = Desk::new();
    let form = Form::new(&desk, "political-organisation");
    desk.run(0, "new answers.toml --name Northmoor");
    let before = desk.read("answers.toml");
    let cell = format!("F{}", form.row("Questions", "acc.mfa-email"));
    for content in ["><f>50+45</f>", "><f>50+45</f><v></v>", "><f/>"] {
        with_cell(&desk, "back.xlsx", &cell, content);
        let said = desk.run(3, "import back.xlsx --into answers.toml").err;
        assert!(said.contains(&format!("Questions!{cell}: the cell has a formula")), "{content}: {said}");
        assert_eq!(desk.read("answers.toml"), before, "{content}");
    }
    // One that was worked out says what it says, and one without words is empty.
    with_cell(&desk, "back.xlsx", &cell, "><f>50+45</f><v>95</v>");
    assert!(desk.run(0, "import back.xlsx --into answers.toml").err.contains("1 answer,"));
    assert!(desk.read("answers.toml").contains("answer = 95"));
    with_cell(&desk, "back.xlsx", &cell, " t=\"str\"><f>\"\"</f><v></v>");
    assert!(desk.run(0, "import back.xlsx --into answers.toml").err.contains("0 answers,"));
}

#[test]
fn a_date_in_which_day_and_month_can_be_mixed_up_is_asked_for() {
    let desk = Desk::new();
    let mut form = Form::new(&desk, "political-organisation");
    let fill = |form: &mut Form, date: &str| {
        form.fill("name", DETAIL, "Northmoor");
        form.fill("date", DETAIL, date);
        form.fill("bak.restore-test", ANSWER, date);
        form.fill("gov.owner", ANSWER, "Yes");
        form.fill("gov.owner", EVIDENCE_DATE, date);
    };
    for date in ["3/4/2026", "03.04.2026", "3-4-2026"] {
        fill(&mut form, date);
        form.save(&desk, "back.xlsx");
        let said = desk.run(3, "import back.xlsx --into answers.toml --today 2026-05-12").err;
        let owner = form.row("Questions", "gov.owner");
        let places = [
            format!("‘Start here’!C{}", form.row("Start here", "date")),
            format!("Questions!F{}", form.row("Questions", "bak.restore-test")),
            format!("Questions!I{owner}"),
        ];
        for place in places {
            assert!(said.contains(&format!("error: {place}: “{date}” is not accepted")), "{place}: {said}");
        }
        assert_eq!(said.matches("possible: “3 April 2026” or “4 March 2026”").count(), 3, "{said}");
        assert!(!desk.path("answers.toml").exists());
    }
    for date in ["2026-04-03", "3 April 2026", "April 3, 2026"] {
        fill(&mut form, date);
        form.save(&desk, "back.xlsx");
        desk.run(0, "import back.xlsx --into answers.toml --today 2026-05-12");
        assert_eq!(desk.read("answers.toml").matches("2026-04-03").count(), 3, "{date}");
        std::fs::remove_file(desk.path("answers.toml")).unwrap();
    }
}

#[test]
fn a_spreadsheet_that_could_do_more_than_hold_answers_is_refused_by_what_is_in_it() {
    let desk = Desk::new();
    desk.run(0, "show individual -o good.xlsx");
    let good = || parts(&desk.bytes("good.xlsx"));
    let with = |name: &str| packed(good().into_iter().chain([(name.to_owned(), "<x/>".to_owned())]));
    // What a spreadsheet program goes by is the type of a part, whatever its name is.
    let typed = |kind: &str| {
        packed(good().into_iter().map(|(name, part)| {
            let kind = format!("<Default Extension=\"bin\" ContentType=\"application/{kind}\"/></Types>");
            (name, part.replace("</Types>", &kind))
        }))
    };
    let cases = [
        (with("xl/vbaProject.bin"), "macros (xl/vbaProject.bin)"),
        (with("xl/macrosheets/sheet1.xml"), "macros (xl/macrosheets/sheet1.xml)"),
        (with("xl/embeddings/oleObject1.bin"), "embedded objects (xl/embeddings/oleObject1.bin)"),
        (
            with("xl/externalLinks/externalLink1.xml"),
            "links to other files (xl/externalLinks/externalLink1.xml)",
        ),
        (with("xl/activeX/activeX1.bin"), "controls that run"),
        (with("xl/connections.xml"), "connections to data elsewhere"),
        (typed("vnd.ms-office.vbaProject"), "macros ([Content_Types].xml)"),
        (typed("vnd.ms-excel.sheet.macroEnabled.main+xml"), "macros"),
        (typed("vnd.openxmlformats-officedocument.oleObject"), "embedded objects ([Content_Types].xml)"),
    ];
    for (bytes, words) in cases {
        desk.write("odd.xlsx", bytes);
        let said = desk.run(3, "import odd.xlsx --into answers.toml").err;
        assert!(said.contains(&format!("holds more than cells: {words}")), "{words}: {said}");
        assert!(said.contains("help: copy the answers into a new one"), "{said}");
    }
    assert!(!desk.path("answers.toml").exists());
}

#[test]
fn what_an_import_takes_the_place_of_is_said() {
    let desk = Desk::with_sample("constituency-office");
    let mut form = Form::new(&desk, "political-organisation");
    form.fill("date", DETAIL, "13 October 2026");
    form.fill("acc.mfa-email", ANSWER, "12");
    form.fill("dev.office-network", COMMENT, "said by the client");
    form.save(&desk, "back.xlsx");
    let said = desk.run(0, "import back.xlsx --into answers.toml --today 2026-10-13").err;
    let replaced: Vec<&str> = said.lines().skip_while(|line| !line.starts_with("replaced ")).collect();
    assert_eq!(replaced[0], "replaced 2 entries of the answers file that said otherwise:", "{said}");
    assert_eq!(replaced[1], "  date: “12 October 2026” is now “13 October 2026”");
    assert!(replaced[2].starts_with("  acc.mfa-email: “") && replaced[2].contains("is now “12%”"), "{said}");
}

#[test]
fn the_next_commands_know_the_questionnaire_that_was_named() {
    let desk = Desk::new();
    desk.write("own.toml", crate::small::questionnaire("own", "title", "control"));
    desk.run(0, "show own.toml -o own.xlsx");
    let mut form = Form::read(&desk, "own.xlsx");
    form.fill("name", DETAIL, "Northmoor");
    form.save(&desk, "back.xlsx");
    let said = desk.run(0, "import back.xlsx --into answers.toml --questionnaire own.toml").err;
    assert!(said.contains("safeseat check answers.toml --questionnaire own.toml\n"), "{said}");
    assert!(said.contains("report answers.toml --questionnaire own.toml -o report.html"), "{said}");
    for next in said.lines().filter_map(|line| line.strip_prefix("  safeseat ")) {
        desk.run(0, next);
    }
}
