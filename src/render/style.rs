//! The one style sheet of a page, and the hash by which the page's policy allows it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::template::Markup;
use crate::report::Head;
use crate::text::Words;

/// What every page of ours shares.
pub(super) const BASE_CSS: &str = include_str!("../../templates/base.css");
/// What pages that report share.
pub(super) const REPORT_CSS: &str = include_str!("../../templates/report/report.css");

/// A style sheet with its hash.
#[derive(Debug, Serialize)]
pub(super) struct Style {
    sheet: Markup,
    /// SHA-256 of exactly the text between the tags, in Base64.
    hash: String,
}

impl Style {
    /// Our own style sheets one after the other in a language, then rules that depend on the page. Text of a person in
    /// these has gone through [`css_text`].
    pub(super) fn new(words: &Words, sheets: &[&str], rules: &str) -> Self {
        Self::of(sheets.iter().map(|sheet| squeezed(&in_words(sheet, words))).collect::<String>() + rules)
    }

    /// A whole style sheet as it is.
    pub(super) fn of(sheet: String) -> Self {
        Self { hash: Self::hash_of(&sheet), sheet: Markup::of_ours(sheet) }
    }

    /// SHA-256 of a style sheet in Base64, as a policy names it.
    pub(super) fn hash_of(sheet: &str) -> String {
        BASE64_STANDARD.encode(Sha256::digest(sheet))
    }
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

/// What stands in the margins of every printed page. The only words of a person inside a style sheet.
pub(super) fn page_margins(head: &Head) -> String {
    let name = css_text(&shortened(&head.organisation.name, 90));
    let marking = css_text(&shortened(&head.marking.as_deref().unwrap_or_default().to_uppercase(), 40));
    let made = css_text(&format!("{} {}, {}", head.tool.name, head.tool.version, head.date.words));
    format!(
        "@page{{@top-left{{content:\"{name}\"}}@top-right{{content:\"{marking}\"}}@bottom-left{{content:\"{made}\"}}}}"
    )
}

/// The colour of whoever hands the page over, for links and pictures. Where the reader has chosen colours, those stay.
pub(super) fn accent(head: &Head) -> String {
    let Some(accent) = head.brand.as_ref().and_then(|brand| brand.accent) else { return String::new() };
    let (light, dark) = (accent.light, accent.dark);
    format!(
        "@media (forced-colors:none){{:root{{--accent:{light}}}}}\n\
         @media screen and (prefers-color-scheme:dark) and (forced-colors:none){{:root{{--accent:{dark}}}}}\n"
    )
}

/// At most so many characters, with an ellipsis where some are left out.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

/// A style sheet in a language. Its phrases stand inside strings, as `"[[phrase]]"`, and may name the number of a page
/// and how many there are: `{page}`, `{pages}`.
pub(super) fn in_words(sheet: &str, words: &Words) -> String {
    let counter = |name: &str| format!("\" counter({name}) \"");
    let (page, pages) = (counter("page"), counter("pages"));
    let mut said = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, (phrase, after))) =
        rest.split_once("[[").and_then(|(before, rest)| Some((before, rest.split_once("]]")?)))
    {
        said.push_str(before);
        said.push_str(&words.fill(phrase, &[("page", &page), ("pages", &pages)]));
        rest = after;
    }
    said + rest
}

/// A style sheet of ours without remarks and needless spaces, a rule a line.
pub(super) fn squeezed(css: &str) -> String {
    const NEEDLESS: [(&str, &str); 10] = [
        (": ", ":"),
        (", ", ","),
        ("; ", ";"),
        (" > ", ">"),
        (" {", "{"),
        ("{ ", "{"),
        (" }", "}"),
        ("} ", "}"),
        (";}", "}"),
        (" \"\"", ""),
    ];
    let lines = css.lines().map(str::trim).filter(|line| !line.starts_with("/*") && !line.is_empty());
    let joined = lines.collect::<Vec<_>>().join(" ");
    let squeezed = NEEDLESS.iter().fold(joined, |css, (with, without)| css.replace(with, without));
    squeezed.replace('}', "}\n").replace("}\n}", "}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_are_squeezed_without_changing_them() {
        let css =
            "/* palette */\na, b {\n  color: red;\n  margin: 0 1px;\n}\n@media print { p { top: 0; } }\n";
        assert_eq!(squeezed(css), "a,b{color:red;margin:0 1px}\n@media print{p{top:0}}\n");
    }

    #[test]
    fn style_sheets_are_said_in_a_language() {
        let css =
            "p::before { content: \"[[Score]] \"; }\n@page { content: \"[[Page {page} of {pages}]]\"; }\n";
        let english =
            "p::before{content:\"Score \"}\n@page{content:\"Page \" counter(page) \" of \" counter(pages)}\n";
        assert_eq!(squeezed(&in_words(css, Words::ENGLISH)), english);
        let phrases = [("Score", "Sgôr"), ("Page {page} of {pages}", "{pages}: {page}.")];
        let phrases = phrases.map(|(english, welsh)| (english.to_owned(), welsh.to_owned())).into();
        let welsh = in_words(css, &Words::new("cy".into(), phrases, [].into()));
        assert!(
            welsh.contains("\"Sgôr \"") && welsh.contains("\"\" counter(pages) \": \" counter(page) \".\"")
        );
    }

    #[test]
    fn words_in_the_margins_cannot_leave_their_string() {
        assert_eq!(css_text("A & B"), "A \\26  B");
        assert_eq!(css_text("\"}</style>"), "\\22 \\7d \\3c \\2f style\\3e ");
        assert_eq!(css_text("党\n"), "\\515a ");
        assert_eq!(shortened("abcdef", 4), "abc…");
        assert_eq!(shortened("abcd", 4), "abcd");
    }
}
