//! Reports as PDF: readable aloud, the same to the byte, and nothing in them that acts.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};

use flate2::read::ZlibDecoder;

use crate::runner::{Desk, run, samples};

/// A PDF of a report of the answers on a desk.
fn made(desk: &Desk) -> Vec<u8> {
    desk.run(0, "report answers.toml --today 2026-12-01 -o report.pdf");
    desk.bytes("report.pdf")
}

/// A file with everything in it that was packed. The letters of the text are numbers of glyphs.
fn unpacked(pdf: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(pdf).into_owned();
    let starts = pdf.windows(8).enumerate().filter(|(_, window)| *window == b"\nstream\n");
    for (place, _) in starts {
        let mut packed = Vec::new();
        if ZlibDecoder::new(&pdf[place + 8..]).read_to_end(&mut packed).is_ok() {
            text.push_str(&String::from_utf8_lossy(&packed));
        }
    }
    text
}

/// What somebody who copies everything gets; nothing where poppler is not installed.
fn read(desk: &Desk, name: &str) -> Option<String> {
    let mut command = Command::new("pdftotext");
    let out = command.arg(desk.path(name)).arg("-").stderr(Stdio::null()).output().ok()?;
    Some(String::from_utf8(out.stdout).unwrap())
}

#[test]
fn every_sample_becomes_a_document_that_can_be_read_aloud() {
    for sample in samples() {
        let desk = Desk::with_sample(&sample);
        let pdf = made(&desk);
        assert!(pdf.starts_with(b"%PDF-1.7\n") && pdf.len() < 500_000, "{sample}: {} bytes", pdf.len());
        let text = unpacked(&pdf);
        let wanted = [
            "<pdfuaid:part>1</pdfuaid:part>",
            "/Lang (en-GB)",
            "/DisplayDocTitle true",
            "/Marked true",
            "/StructTreeRoot",
            "/Outlines",
            "/S /H1",
            "/S /TH",
            "/S /Lbl",
            "/S /Caption",
        ];
        for piece in wanted {
            assert!(text.contains(piece), "{sample} lacks {piece}");
        }
        let figures = text.matches("/S /Figure").count();
        assert!(figures > 1 && text.matches("/Alt ").count() == figures, "{sample}: a figure says nothing");
        assert!(text.matches("/Type /Page\n").count() > 9, "{sample} is short");
        for piece in ["/JavaScript", "/Launch", "/OpenAction", "/EmbeddedFile", "/AcroForm"] {
            assert!(!text.contains(piece), "{sample} holds {piece}");
        }
    }
}

#[test]
fn time_language_and_folder_change_no_byte() {
    let desk = Desk::with_sample("short-campaign");
    let first = made(&desk);
    let elsewhere = Desk::new();
    let mut command = elsewhere.command("report --force --today 2026-12-01");
    command.arg(desk.path("answers.toml")).arg("-o").arg(desk.path("other.pdf"));
    command.envs([("TZ", "Pacific/Kiritimati"), ("LC_ALL", "de_DE.UTF-8"), ("SOURCE_DATE_EPOCH", "1")]);
    run(0, &mut command);
    assert!(desk.bytes("other.pdf") == first);
}

#[test]
fn text_of_a_person_stays_text_and_a_private_note_stays_away() {
    let desk = Desk::new();
    let answers = fs::read_to_string(crate::runner::repository("examples/short-campaign.toml")).unwrap();
    let (name, owner) = ("name = \"Yes to the Harbour Bridge\"", "[answers.gov.owner]\nanswer = \"yes\"");
    assert!(answers.contains(name) && answers.contains(owner));
    let long = "Donaudampfschifffahrtsgesellschaft".repeat(20);
    let comment = "#let x = 1 ) Tj ET /JS (app.alert) endstream endobj \\u001b[31m حزب Партия Ελλάδα 👩‍👩‍👧 end";
    let hostile = answers
        .replace(name, &format!("name = \"{long} \\u202e \\ue000\""))
        .replace(owner, &format!("{owner}\ncomment = \"{comment}\"\nnote = \"keep this to yourself\""));
    desk.write("answers.toml", hostile);
    let text = unpacked(&made(&desk));
    assert!(!text.contains("app.alert") && !text.contains("keep this"));
    let Some(read) = read(&desk, "report.pdf") else { return };
    let read = read.replace('\n', " ");
    assert!(
        read.contains("#let x = 1 ) Tj ET /JS (app.alert) endstream endobj \\u{1b}[31m"),
        "the comment is not there"
    );
    assert!(read.contains("Партия Ελλάδα") && read.contains("👩‍👩‍👧"));
    assert!(!read.contains("keep this to yourself") && !read.contains(['\u{202e}', '\u{1b}', '\u{e000}']));
}

#[test]
fn what_is_read_comes_in_the_order_of_the_report() {
    let desk = Desk::with_sample("constituency-office");
    made(&desk);
    let Some(read) = read(&desk, "report.pdf") else { return };
    let parts = [
        "The verdict",
        "Do these first",
        "Areas",
        "Would it have worked here?",
        "Every answer",
        "Frameworks",
        "The plan",
        "Who helps",
        "How this was scored",
    ];
    let places: Vec<_> = parts.map(|part| read.find(&format!("\n{part}\n"))).into();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    let sheets: Vec<&str> = read.split_terminator('\u{c}').collect();
    for (place, sheet) in sheets.iter().enumerate() {
        assert!(sheet.contains(&format!("Page {} of {}", place + 1, sheets.len())), "page {}", place + 1);
    }
}

#[test]
fn a_pdf_is_replaced_when_it_is_ours_and_not_otherwise() {
    let desk = Desk::with_sample("constituency-office");
    made(&desk);
    desk.run(0, "report answers.toml -o report.pdf");
    desk.write("report.pdf", "%PDF-1.7\nsomebody else's\n");
    assert!(desk.run(4, "report answers.toml -o report.pdf").err.contains("report.pdf"));
    assert!(desk.bytes("report.pdf").starts_with(b"%PDF-1.7\nsomebody"));
}

/// What a consultant adds, and what has to be looked after, is in the document that is handed over.
#[test]
fn a_brand_texts_of_ones_own_and_what_runs_out_are_in_the_document() {
    let desk = Desk::with_sample("party-hq-november");
    let narrative = "\n[narrative]\nsummary = \"Wordsummary **in bold**\\n\\n- Worditem\"\nclosing = \"Wordclosing\"\n[narrative.areas]\nacc = \"Wordarea\"\n";
    desk.write("answers.toml", desk.read("answers.toml") + narrative);
    desk.write(
        "brand.toml",
        "format = 1\n[brand]\nname = \"Wordbrand\"\ncover = \"Wordcover\"\nfooter = \"Wordfooter\"\n",
    );
    desk.run(0, "report answers.toml --today 2027-06-01 -q -o report.pdf");
    let Some(read) = read(&desk, "report.pdf") else { return };
    let read = read.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in [
        "Wordsummary in bold",
        "Worditem",
        "Wordclosing",
        "Wordarea",
        "Handed over by: Wordbrand",
        "Wordcover",
        "Wordfooter",
        "Accepted risks",
        "What has run out",
        "The acceptance ran out on 31 March 2027",
        "This assessment is 6 months old",
    ] {
        assert!(read.contains(told), "{told}");
    }
}
