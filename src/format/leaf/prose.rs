//! Prose in Markdown: read into a tree of blocks, so that nothing of it is ever taken for markup later.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag};

use super::inline_schema;
use super::text::text;
use crate::format::read::{Node, Read, Reader, quoted};
use crate::model::{Block, Inline, Prose};
use crate::problem::{Code, Problem};

/// The most characters of one text: about four pages.
const LONGEST: usize = 10_000;
/// How deeply lists, quotes and emphasis may stand within each other.
const DEEPEST: usize = 8;

impl Read for Prose {
    fn expected() -> String {
        "text".to_owned()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let written = text::<Self>(node, reader)?;
        let length = written.chars().count();
        if length > LONGEST {
            let message = format!("this text has {length} characters; there is room for {LONGEST}");
            let help = "a report is read when it is short; put the rest into a document of its own";
            reader.report(Problem::new(Code::TooLong, node.span(), message).help(help));
            return None;
        }
        match prose(written) {
            Ok(prose) => Some(prose),
            Err(Refused { message, help }) => {
                reader.report(Problem::new(Code::BadMarkdown, node.span(), message).help(help));
                None
            }
        }
    }

    fn is_blank(&self) -> bool {
        self.0.is_empty()
    }
}

inline_schema!(Prose, schemars::json_schema!({ "type": "string", "maxLength": LONGEST }));

/// Why a text cannot be part of a report.
struct Refused {
    message: String,
    help: &'static str,
}

fn prose(text: &str) -> Result<Prose, Refused> {
    let mut events = Events { parser: Parser::new(text), last_heading: 0 };
    events.blocks(0).map(Prose)
}

struct Events<'t> {
    parser: Parser<'t>,
    last_heading: u8,
}

impl<'t> Events<'t> {
    /// The blocks up to the end of what they stand in.
    fn blocks(&mut self, depth: usize) -> Result<Vec<Block>, Refused> {
        not_too_deep(depth)?;
        let (mut blocks, mut loose) = (Vec::new(), Vec::new());
        while let Some(event) = self.parser.next() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) if is_inline(&tag) => loose.push(self.span(tag, depth)?),
                Event::Start(tag) => {
                    flush(&mut loose, &mut blocks);
                    blocks.extend(self.block(&tag, depth)?);
                }
                Event::Rule => {
                    flush(&mut loose, &mut blocks);
                    blocks.push(Block::Rule);
                }
                event => loose.extend(piece(event)),
            }
        }
        flush(&mut loose, &mut blocks);
        Ok(blocks)
    }

    fn block(&mut self, tag: &Tag<'t>, depth: usize) -> Result<Option<Block>, Refused> {
        Ok(Some(match tag {
            Tag::Heading { level, .. } => {
                // People choose a level by its size; those who listen to a page go by its order.
                self.last_heading = (*level as u8).min(self.last_heading + 1);
                Block::Heading(self.last_heading, self.pieces(depth)?)
            }
            Tag::List(first) => Block::List { first: *first, items: self.items(depth)? },
            Tag::BlockQuote(_) => Block::Quote(self.blocks(depth + 1)?),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                Block::Code(self.lines().trim_end().to_owned())
            }
            // HTML is shown as it was typed.
            Tag::HtmlBlock => Block::Paragraph(vec![Inline::Text(self.lines().trim().replace('\n', " "))]),
            _ => {
                return Ok(Some(self.pieces(depth)?)
                    .filter(|pieces| !pieces.is_empty())
                    .map(Block::Paragraph));
            }
        }))
    }

    fn items(&mut self, depth: usize) -> Result<Vec<Vec<Block>>, Refused> {
        let mut items = Vec::new();
        while let Some(Event::Start(_)) = self.parser.next() {
            items.push(self.blocks(depth + 1)?);
        }
        Ok(items)
    }

    /// The pieces of a line up to the end of what they stand in.
    fn pieces(&mut self, depth: usize) -> Result<Vec<Inline>, Refused> {
        not_too_deep(depth)?;
        let mut pieces = Vec::new();
        while let Some(event) = self.parser.next() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) => pieces.push(self.span(tag, depth)?),
                event => pieces.extend(piece(event)),
            }
        }
        Ok(pieces)
    }

    fn span(&mut self, tag: Tag<'t>, depth: usize) -> Result<Inline, Refused> {
        match tag {
            Tag::Strong => Ok(Inline::Strong(self.pieces(depth + 1)?)),
            Tag::Link { link_type, dest_url, .. } => {
                let address = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.into_string(),
                };
                if !may_be_followed(&address) {
                    return Err(Refused {
                        message: format!("a link leads to {}", quoted(&address)),
                        help: "links may lead to https:// and mailto: addresses",
                    });
                }
                Ok(Inline::Link { address, words: self.pieces(depth + 1)? })
            }
            Tag::Image { dest_url, .. } => Err(Refused {
                message: format!("there is a picture, {}", quoted(&dest_url)),
                help: "a report is one file that fetches nothing; say it in words",
            }),
            _ => Ok(Inline::Emphasis(self.pieces(depth + 1)?)),
        }
    }

    /// Plain text up to the end of what it stands in.
    fn lines(&mut self) -> String {
        let mut lines = String::new();
        for event in self.parser.by_ref() {
            match event {
                Event::End(_) => break,
                Event::Text(text) | Event::Html(text) => lines += &text,
                _ => {}
            }
        }
        lines
    }
}

fn not_too_deep(depth: usize) -> Result<(), Refused> {
    if depth <= DEEPEST {
        return Ok(());
    }
    Err(Refused {
        message: "lists, quotes or emphasis stand too deeply within each other".to_owned(),
        help: "nobody could read that; eight levels are the most",
    })
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Strong | Tag::Emphasis | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

fn piece(event: Event<'_>) -> Option<Inline> {
    match event {
        Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => {
            Some(Inline::Text(text.into_string()))
        }
        Event::Code(text) => Some(Inline::Code(text.into_string())),
        Event::SoftBreak => Some(Inline::Text(" ".to_owned())),
        Event::HardBreak => Some(Inline::Break),
        _ => None,
    }
}

/// Pieces that stand in no paragraph of their own, as the items of a short list do, become one.
fn flush(loose: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    if !loose.is_empty() {
        blocks.push(Block::Paragraph(std::mem::take(loose)));
    }
}

fn may_be_followed(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("mailto:"));
    let plain = |c: char| c.is_alphanumeric() || (c.is_ascii_punctuation() && !"<>\"'\\`^{}|".contains(c));
    rest.is_some_and(|rest| rest.starts_with(char::is_alphanumeric) && rest.chars().all(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    fn refused(text: &str) -> bool {
        prose(text).is_err()
    }

    #[test]
    fn headings_lists_and_links_are_kept() {
        let Ok(read) =
            prose("### One\n\nSome **bold** and [ours](https://example.org/a).\n\n3. a\n4. b\n   - c\n")
        else {
            panic!()
        };
        let link = Inline::Link { address: "https://example.org/a".to_owned(), words: vec![words("ours")] };
        let item = |text| vec![Block::Paragraph(vec![words(text)])];
        let inner = Block::List { first: None, items: vec![item("c")] };
        assert_eq!(
            read.0,
            [
                Block::Heading(1, vec![words("One")]),
                Block::Paragraph(vec![
                    words("Some "),
                    Inline::Strong(vec![words("bold")]),
                    words(" and "),
                    link,
                    words("."),
                ]),
                Block::List {
                    first: Some(3),
                    items: vec![item("a"), vec![Block::Paragraph(vec![words("b")]), inner]],
                },
            ]
        );
    }

    #[test]
    fn no_level_of_heading_is_left_out() {
        let Ok(read) = prose("## a\n\n#### b\n\n###### c\n\n## d\n\n# e") else { panic!() };
        let levels = read.0.iter().filter_map(|block| match block {
            Block::Heading(level, _) => Some(*level),
            _ => None,
        });
        assert_eq!(levels.collect::<Vec<_>>(), [1, 2, 3, 2, 1]);
    }

    #[test]
    fn html_is_text_and_stays_harmless() {
        let shown = |text: &str| prose(text).map(|prose| format!("{prose:?}")).unwrap_or_default();
        for html in ["<script>alert(1)</script>", "a <img src=x onerror=y> b", "<!-- c -->\n\n<div>\n\nd"] {
            let tree = shown(html);
            assert!(tree.contains("Text(") && !tree.contains("Link"), "{tree}");
        }
    }

    #[test]
    fn other_links_and_pictures_are_refused() {
        for text in [
            "[a](javascript:alert(1))",
            "[a](JavaScript:alert(1))",
            "[a](http://example.org)",
            "[a](//example.org)",
            "[a](file:///etc/passwd)",
            "[a](data:text/html,x)",
            "[a](#q1-1)",
            "[a](<https://example.org/ b>)",
            "<javascript:alert(1)>",
            "[a][b]\n\n[b]: vbscript:x",
            "![a](https://example.org/a.png)",
            "- ![a](data:image/png;base64,AA==)",
        ] {
            assert!(refused(text), "{text}");
        }
        for text in ["<https://example.org>", "<desk@example.org>", "[a](mailto:desk@example.org)"] {
            assert!(!refused(text), "{text}");
        }
    }

    #[test]
    fn nesting_ends_and_takes_no_time() {
        for text in
            [">".repeat(LONGEST), "- ".repeat(LONGEST / 2), "*a **b ".repeat(1_000), "[".repeat(LONGEST)]
        {
            let _ = prose(&text);
        }
        assert!(refused(&format!("{} a", ">".repeat(12))));
        assert!(!refused(&format!("{} a", ">".repeat(8))));
    }
}
