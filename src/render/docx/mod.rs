//! The report as a Word document that a consultant can edit: real styles, captions and page numbers, and nothing in it
//! of the person who made it. The order is that of the page in a browser.

mod answers;
mod bars;
mod closing;
mod handover;
mod incidents;
mod movement;
mod opening;
mod runs;
mod word;

use zip::result::ZipResult;

use super::package::packed;
use super::style::shortened;
use crate::report::{Head, QuestionRef, Report};
use crate::text::Words;
use bars::Tint;
use runs::{Runs, escaped, filled};
use word::{Body, WIDTH};

const STYLES: &str = include_str!("../../../templates/document/styles.xml");
const NUMBERING: &str = include_str!("../../../templates/document/numbering.xml");
const SETTINGS: &str = include_str!("../../../templates/document/settings.xml");
const CONTENT_TYPES: &str = include_str!("../../../templates/document/content-types.xml");
const PACKAGE_RELATIONS: &str = include_str!("../../../templates/document/package-rels.xml");

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
/// What stands for the language in the parts above.
const LANGUAGE: &str = "{language}";
/// Where the colour stands in the parts that are made beforehand.
const ACCENT: &str = "{accent}";
/// What the parts of a document are called, before the words that say which.
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const NAMESPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
    r#"xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" "#,
    r#"xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape""#
);

/// The report as a Word document.
///
/// # Errors
/// When the writer fails, which writing to memory does not.
pub fn report(report: &Report) -> ZipResult<Vec<u8>> {
    let words = report.words;
    let mut body = Body::new(words);
    opening::write(&mut body, report);
    handover::upkeep(&mut body, report);
    if let Some(since) = &report.since {
        movement::write(&mut body, since);
    }
    incidents::write(&mut body, &report.incidents);
    answers::write(&mut body, &report.areas);
    closing::write(&mut body, report);
    handover::chapters(&mut body, &report.afterword);
    handover::footer(&mut body, &report.head);
    let (text, links) = body.into_parts();
    packed(&[
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", PACKAGE_RELATIONS),
        ("docProps/core.xml", &core(&report.head, words)),
        ("docProps/app.xml", &application(&report.head)),
        ("word/document.xml", &document(&text)),
        ("word/_rels/document.xml.rels", &relations(&links)),
        ("word/styles.xml", &dressed(STYLES, &report.head)),
        ("word/numbering.xml", NUMBERING),
        ("word/settings.xml", &dressed(SETTINGS, &report.head)),
        ("word/header1.xml", &header(&report.head)),
        ("word/footer1.xml", &footer(&report.head, words)),
    ])
}

/// A part in the language and the colour of the report.
fn dressed(part: &str, head: &Head) -> String {
    part.replace(LANGUAGE, &escaped(head.language)).replace(ACCENT, &Tint::of(head).solid)
}

/// The document on pages of A4, with its header and footer.
fn document(body: &str) -> String {
    let margin = (11_906 - WIDTH) / 2;
    format!(
        r#"{XML}<w:document {NAMESPACES}><w:body>
{body}<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="{margin}" w:bottom="1134" w:left="{margin}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>"#
    )
}

fn relations(links: &[String]) -> String {
    let part = |id: &str| {
        let file = if matches!(id, "header" | "footer") { format!("{id}1") } else { id.to_owned() };
        format!(r#"<Relationship Id="{id}" Type="{RELATION}/{id}" Target="{file}.xml"/>"#)
    };
    let parts = ["styles", "numbering", "settings", "header", "footer"].map(part).concat();
    let link = |(number, url): (usize, &String)| {
        let url = escaped(url);
        format!(
            r#"<Relationship Id="link{number}" Type="{RELATION}/hyperlink" Target="{url}" TargetMode="External"/>"#
        )
    };
    let links: String = (1..).zip(links).map(link).collect();
    format!(
        r#"{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{parts}{links}</Relationships>"#
    )
}

/// What the file says of itself. It was made by a program, on the day of the assessment.
fn core(head: &Head, words: &Words) -> String {
    let title = escaped(&title(head, words));
    let (tool, day, language) = (maker(head), &head.date.iso, escaped(head.language));
    format!(
        r#"{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{tool}</dc:creator><cp:lastModifiedBy>{tool}</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified><dc:language>{language}</dc:language></cp:coreProperties>"#
    )
}

fn application(head: &Head) -> String {
    let tool = escaped(head.tool.name);
    format!(
        r#"{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>{tool}</Application></Properties>"#
    )
}

/// The title of the document, as its window shows it.
fn title(head: &Head, words: &Words) -> String {
    let organisation = shortened(&head.organisation.name, 90);
    words.fill("{organisation}: security assessment", &[("organisation", &organisation)])
}

fn maker(head: &Head) -> String {
    escaped(&format!("{} {}", head.tool.name, head.tool.version))
}

fn header(head: &Head) -> String {
    let name = escaped(&shortened(&head.organisation.name, 70));
    let marking = escaped(&shortened(head.marking.as_deref().unwrap_or_default(), 40));
    format!(
        r#"{XML}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t xml:space="preserve">{name}</w:t></w:r><w:r><w:tab/></w:r><w:r><w:rPr><w:b/><w:caps/></w:rPr><w:t xml:space="preserve">{marking}</w:t></w:r></w:p></w:hdr>"#
    )
}

fn footer(head: &Head, words: &Words) -> String {
    let field =
        |name: &str| format!(r#"<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>"#);
    let (page, pages) = (field("PAGE"), field("NUMPAGES"));
    let page = filled(words.say("Page {page} of {pages}"), &[("page", &page), ("pages", &pages)]);
    let tool = format!("{} {}", head.tool.name, head.tool.version);
    let made = words.fill("Made with {tool}, {day}", &[("tool", &tool), ("day", &head.date.words)]);
    let made = escaped(&made);
    format!(
        r#"{XML}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">{made}</w:t></w:r><w:r><w:tab/></w:r>{page}</w:p></w:ftr>"#
    )
}

/// The numbers of questions, each leading to its answer: `1.1, 1.6`.
fn numbers(questions: &[QuestionRef]) -> Runs {
    questions.iter().enumerate().fold(Runs::new(), |words, (place, question)| {
        let words = if place > 0 { words.plain(", ") } else { words };
        words.jump(&question.anchor, &question.number)
    })
}

/// A question by number and short name, leading to its answer.
fn question(question: &QuestionRef) -> Runs {
    Runs::new().jump(&question.anchor, format!("{} {}", question.number, question.title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{fixture, package};

    fn text(whole: &Report) -> String {
        let parts = package::parts(&report(whole).unwrap(), "word/document.xml").unwrap();
        parts.into_iter().next().unwrap().1
    }

    fn headings(document: &str) -> Vec<&str> {
        let chapters = document.split("<w:pStyle w:val=\"Heading1\"/>").skip(1);
        chapters.map(|rest| rest.split("preserve\">").nth(1).unwrap().split('<').next().unwrap()).collect()
    }

    /// What stands between tags, and what stands for tables and drawings.
    fn told(part: &str) -> Vec<&str> {
        let told = part.split('<').filter_map(|piece| {
            let (tag, text) = piece.split_once('>')?;
            let value = |name: &str| tag.split_once(name)?.1.split('"').next();
            match tag.split(' ').next()? {
                "w:t" | "dc:title" => Some(text),
                "w:tblCaption" => value("w:val=\""),
                "wp:docPr" => value("descr=\""),
                _ => None,
            }
        });
        told.collect::<Vec<_>>()
    }

    #[test]
    fn every_fixed_word_is_said_in_the_language_of_the_report() {
        let whole = fixture::pretend::report(fixture::report_since);
        let parts = package::parts(&report(&whole).unwrap(), "").unwrap();
        let left = fixture::pretend::left(parts.iter().flat_map(|(_, part)| told(part)));
        assert_eq!(left, Vec::<String>::new());
        for (name, part) in parts {
            assert!(!part.contains("en-GB"), "{name} is in another language");
        }
    }

    #[test]
    fn the_chapters_come_in_the_order_of_the_page() {
        let document = text(&fixture::report_since(str::to_owned));
        let expected = [
            "In short",
            "The verdict",
            "Do these first",
            "Find these out",
            "Areas",
            "What to look after",
            "Since last time",
            "Would it have worked here?",
            "Every answer",
            "Frameworks",
            "The plan",
            "Who helps",
            "How this was scored",
            "To end with",
        ];
        assert_eq!(headings(&document), expected);
    }

    #[test]
    fn what_is_missing_leaves_no_heading_behind() {
        for whole in [fixture::report(), fixture::without_score(), fixture::tiny()] {
            let document = text(&fixture::emptied(whole));
            assert_eq!(headings(&document), ["The verdict", "How this was scored"]);
        }
    }

    #[test]
    fn nothing_that_a_person_wrote_becomes_markup() {
        let hostile = |text: &str| format!("{text}</w:t></w:r></w:p><w:p/>&x;\u{1b}\u{202e}");
        let plain = text(&fixture::report());
        let changed = text(&fixture::report_saying(hostile));
        for mark in ["<w:p>", "<w:r>", "<w:tbl>", "<w:tr>"] {
            assert_eq!(plain.matches(mark).count(), changed.matches(mark).count(), "{mark}");
        }
        assert!(!changed.contains(['\u{1b}', '\u{202e}']));
    }

    #[test]
    fn an_area_without_a_score_has_no_bar_and_one_with_a_score_says_it_in_words() {
        let whole = fixture::report();
        let bars = whole.areas.iter().filter(|area| area.score.stated.is_some()).count();
        let document = text(&whole);
        assert_eq!(document.matches("<w:drawing>").count(), bars);
        assert_eq!(document.matches(" of 100\"/><a:graphic>").count(), bars);
    }
}
