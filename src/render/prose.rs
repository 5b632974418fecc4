//! Prose that a person wrote, as markup: tags are ours, everything between them is escaped.

use std::fmt::Write as _;

use super::template::{Markup, escaped};
use crate::report::{Block, Inline, Prose};

/// A text as markup; its own headings begin at a level of the page, 2 to 6.
pub(super) fn html(prose: &Prose, top: u8) -> Markup {
    let mut out = String::new();
    blocks(&prose.0, top, &mut out);
    Markup::of_ours(out)
}

// Writing to a string cannot fail.
fn blocks(text: &[Block], top: u8, out: &mut String) {
    for block in text {
        match block {
            Block::Heading(level, pieces) => {
                let level = (top + level - 1).min(6);
                let _ = write!(out, "<h{level}>{}</h{level}>", line(pieces));
            }
            Block::Paragraph(pieces) => {
                let _ = write!(out, "<p>{}</p>", line(pieces));
            }
            Block::List { first, items } => list(*first, items, top, out),
            Block::Quote(inner) => {
                out.push_str("<blockquote>");
                blocks(inner, top, out);
                out.push_str("</blockquote>");
            }
            Block::Code(code) => {
                let _ = write!(out, "<pre><code>{}</code></pre>", escaped(code));
            }
            Block::Rule => out.push_str("<hr>"),
        }
        out.push('\n');
    }
}

fn list(first: Option<u64>, items: &[Vec<Block>], top: u8, out: &mut String) {
    let (tag, start) = match first {
        None => ("ul", String::new()),
        Some(1) => ("ol", String::new()),
        Some(first) => ("ol", format!(" start=\"{first}\"")),
    };
    let _ = write!(out, "<{tag}{start}>");
    for item in items {
        out.push_str("<li>");
        match item.as_slice() {
            [Block::Paragraph(pieces), rest @ ..] => {
                out.push_str(&line(pieces));
                blocks(rest, top, out);
            }
            item => blocks(item, top, out),
        }
        out.push_str("</li>");
    }
    let _ = write!(out, "</{tag}>");
}

fn line(pieces: &[Inline]) -> String {
    pieces.iter().map(piece).collect()
}

fn piece(piece: &Inline) -> String {
    match piece {
        Inline::Text(text) => escaped(text),
        Inline::Strong(pieces) => format!("<strong>{}</strong>", line(pieces)),
        Inline::Emphasis(pieces) => format!("<em>{}</em>", line(pieces)),
        Inline::Code(code) => format!("<code>{}</code>", escaped(code)),
        Inline::Link { address, words } => format!("<a href=\"{}\">{}</a>", escaped(address), line(words)),
        Inline::Break => "<br>".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_written_stays_between_our_tags() {
        let text = || Inline::Text("</p><script>\"'\u{202e}".to_owned());
        let link = Inline::Link { address: "https://example.org/?a=\"><b>".to_owned(), words: vec![text()] };
        let prose = Prose(vec![
            Block::Heading(1, vec![text()]),
            Block::Heading(6, vec![Inline::Strong(vec![link])]),
            Block::Quote(vec![Block::Code("</code><b>".to_owned()), Block::Rule]),
            Block::List {
                first: Some(7),
                items: vec![vec![Block::Paragraph(vec![Inline::Code("<b>".to_owned())])]],
            },
        ]);
        let html = html(&prose, 3).as_str().to_owned();
        assert!(!html.contains("<script") && !html.contains("<b>") && !html.contains('\u{202e}'), "{html}");
        assert!(
            html.starts_with("<h3>") && html.contains("<h6>") && html.contains("<ol start=\"7\">"),
            "{html}"
        );
        assert!(html.contains("href=\"https://example.org/?a=&quot;&gt;&lt;b&gt;\""), "{html}");
    }
}
