//! Whether a finished page is as harmless as one of ours: the same policy first in its head, its one style sheet, only
//! elements and attributes from a list, and links to the page itself or to the web.
//!
//! It is a strict scan, not a browser: what it cannot read as plainly written markup, it refuses. It holds whatever the
//! templates were, and whatever the data.

use std::ops::Range;

use super::super::template;

/// The elements there may be.
const ELEMENTS: &str = " a abbr address article aside b bdi bdo blockquote body br caption circle cite clippath code col \
     colgroup dd defs desc details dfn div dl dt ellipse em figcaption figure footer g h1 h2 h3 h4 h5 h6 head header \
     hr html i img kbd li line lineargradient main mark meta nav ol p path pattern polygon polyline pre q rect s \
     section small span stop strong style sub summary sup svg symbol table tbody td text tfoot th thead time title tr \
     tspan u ul use var wbr ";

/// The attributes there may be; those beginning with `aria-` and `data-` as well.
const ATTRIBUTES: &str = " alt charset class clip-path clippathunits colspan content cx cy d datetime dir \
     dominant-baseline dx dy fill fill-opacity fill-rule focusable font-size font-weight gradientunits height hidden \
     href http-equiv id lang name offset opacity open patterntransform patternunits points preserveaspectratio r \
     reversed role rowspan rx ry scope src start stop-color stop-opacity stroke stroke-dasharray stroke-linecap \
     stroke-linejoin stroke-opacity stroke-width tabindex text-anchor title transform value viewbox width x x1 x2 \
     xmlns y y1 y2 ";

/// What is wrong with a page, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Flaw {
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
}

impl Flaw {
    fn new(at: Range<usize>, message: impl Into<String>, help: &'static str) -> Self {
        Self { at, message: message.into(), help }
    }
}

const AS_OURS: &str = "begin the page as the embedded `report/page.html` does";
const QUOTED: &str = "write tags as <name attribute=\"value\">, and &lt; where a < is meant";

/// Our policy as it stands in a page whose style sheet has this hash.
pub(super) fn policy(hash: &str) -> String {
    let (_, page) = template::of_report().find(|(name, _)| *name == "report/page.html").unwrap_or_default();
    let line = page.lines().find(|line| line.starts_with("<meta http-equiv=")).unwrap_or_default();
    line.replace("{{ style.hash }}", hash)
}

/// What is wrong with a page that has this style sheet, with its hash.
pub(super) fn flaw(page: &str, sheet: &str, hash: &str) -> Option<Flaw> {
    let policy = policy(hash);
    let start = match after_policy(page, &policy) {
        Ok(start) => start,
        Err(flaw) => return Some(flaw),
    };
    let mut at = start;
    let mut styled = false;
    while let Some(found) = page[at..].find('<') {
        let tag = match Tag::read(page, at + found) {
            Ok(tag) => tag,
            Err(flaw) => return Some(flaw),
        };
        if let Some(flaw) = tag.flaw() {
            return Some(flaw);
        }
        at = tag.at.end;
        if tag.name == "style" && !tag.closes {
            let end = page[at..].strip_prefix(sheet).filter(|rest| rest.starts_with("</style>"));
            if styled || end.is_none() || !tag.attributes.is_empty() {
                let help = "write <style>{{ style.sheet }}</style> once; rules of your own belong into `report/report.css`";
                return Some(Flaw::new(tag.at, "the page has another style sheet than its own", help));
            }
            styled = true;
            at += sheet.len() + "</style>".len();
        }
    }
    None
}

/// The place after the policy, which must stand before everything else in the head.
fn after_policy(page: &str, policy: &str) -> Result<usize, Flaw> {
    let missing = |at: Range<usize>| {
        Flaw::new(
            at,
            "the first thing in the head is not the policy that keeps the page from running or loading anything",
            AS_OURS,
        )
    };
    let spaces = |at: usize| page[at..].len() - page[at..].trim_ascii_start().len();
    let doctype = "<!DOCTYPE html>";
    let mut at = spaces(0);
    if !page[at..].starts_with(doctype) {
        return Err(Flaw::new(at..at, "the page does not begin with <!DOCTYPE html>", AS_OURS));
    }
    at += doctype.len();
    for name in ["html", "head"] {
        at += spaces(at);
        let tag = Tag::read(page, at).map_err(|flaw| missing(flaw.at))?;
        if tag.name != name || tag.closes {
            return Err(missing(tag.at));
        }
        if let Some(flaw) = tag.flaw() {
            return Err(flaw);
        }
        at = tag.at.end;
    }
    at += spaces(at);
    if page[at..].starts_with(policy) { Ok(at + policy.len()) } else { Err(missing(at..at)) }
}

/// A tag of a page.
struct Tag {
    name: String,
    closes: bool,
    attributes: Vec<(String, String)>,
    at: Range<usize>,
}

impl Tag {
    /// The tag whose `<` stands at a place.
    fn read(page: &str, start: usize) -> Result<Self, Flaw> {
        let line_end = |from: usize| page[from..].find('\n').map_or(page.len(), |length| from + length);
        let unreadable = || Flaw::new(start..line_end(start), "a tag is not plainly written", QUOTED);
        let rest = page.get(start..).and_then(|rest| rest.strip_prefix('<')).ok_or_else(unreadable)?;
        let closes = rest.starts_with('/');
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let (name, mut rest) = word(rest, |c| c.is_ascii_alphanumeric());
        let mut attributes = Vec::new();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err(unreadable());
        }
        loop {
            rest = rest.trim_ascii_start();
            if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
                let at = start..page.len() - after.len();
                return Ok(Self { name: name.to_ascii_lowercase(), closes, attributes, at });
            }
            let (key, after) = word(rest, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':'));
            if key.is_empty() {
                return Err(unreadable());
            }
            let (value, after) = match after.trim_ascii_start().strip_prefix('=') {
                None => ("", after),
                Some(after) => quoted(after.trim_ascii_start()).ok_or_else(unreadable)?,
            };
            attributes.push((key.to_ascii_lowercase(), value.to_owned()));
            rest = after;
        }
    }

    fn flaw(&self) -> Option<Flaw> {
        let flaw = |message: String, help| Some(Flaw::new(self.at.clone(), message, help));
        if !listed(ELEMENTS, &self.name) {
            let message = format!("the page has an element <{}>", self.name);
            return flaw(message, "a report has no scripts, forms, frames or other active elements");
        }
        let refused = self.attributes.iter().find(|(name, _)| {
            !listed(ATTRIBUTES, name) && !name.starts_with("aria-") && !name.starts_with("data-")
        });
        if let Some((name, _)) = refused {
            let message = format!("an element has the attribute `{name}`");
            return flaw(
                message,
                "looks belong into `report/report.css`; nothing in a report reacts or loads",
            );
        }
        let leads_out = self.attributes.iter().find(|(name, value)| !self.leads_well(name, value));
        if let Some((name, _)) = leads_out {
            let help =
                "links lead to #places of the page or to https://; pictures are data:image/ inside the page";
            return flaw(format!("`{name}` leads out of the page in another way than a link"), help);
        }
        if self.name == "meta" && self.attributes.iter().any(|(name, value)| weakens(name, value)) {
            return flaw("a second <meta> changes what the page may do".to_owned(), AS_OURS);
        }
        None
    }

    /// Whether an attribute holds no address, or one that may be there.
    fn leads_well(&self, name: &str, value: &str) -> bool {
        let lower = value.to_ascii_lowercase();
        match name {
            "href" if self.name == "a" => {
                lower.starts_with('#') || lower.starts_with("https://") || lower.starts_with("http://")
            }
            "href" => lower.starts_with('#'),
            "src" => self.name == "img" && lower.starts_with("data:image/"),
            "fill" | "stroke" | "clip-path" => {
                !lower.contains(['&', '\\'])
                    && lower.matches("url(").count() == lower.matches("url(#").count()
            }
            _ => true,
        }
    }
}

/// Whether a `<meta>` does more than tell about the page.
fn weakens(name: &str, value: &str) -> bool {
    name == "http-equiv" || name == "content" && value.to_ascii_lowercase().contains("unsafe-url")
}

fn listed(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == name)
}

fn word(text: &str, part: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !part(c)).unwrap_or(text.len()))
}

/// What stands between quotes, and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, after) = text[1..].split_once(quote)?;
    (!value.contains('<')).then_some((value, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with something in its head and in its body.
    fn page(head: &str, body: &str) -> String {
        let policy = policy("x");
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n{policy}\n{head}<style>p{{}}</style></head><body>{body}</body></html>"
        )
    }

    fn flaw_of(page: &str) -> Option<String> {
        flaw(page, "p{}", "x").map(|flaw| flaw.message)
    }

    #[test]
    fn plain_pages_pass() {
        let body =
            "<p class='a'>a &lt; b</p><br/><a href=\"https://a.example\" title=\"on load=1\">x</a><a href=#>";
        assert_eq!(flaw_of(&page("", &body.replace("<a href=#>", "<a href=\"#p\">y</a>"))), None);
        let picture = "<svg viewBox=\"0 0 1 1\"><use href=\"#p\"/><rect fill=\"url(#hatch)\"/></svg>";
        assert_eq!(flaw_of(&page("<meta charset=\"utf-8\">", picture)), None);
        assert_eq!(flaw_of(&page("", "<img alt=\"\" src=\"data:image/png;base64,AA==\">")), None);
    }

    #[test]
    fn whatever_runs_or_loads_or_hides_is_found() {
        for body in [
            "<script>alert(1)</script>",
            "<SCRIPT src=\"x\"></SCRIPT>",
            "<svg><script>x</script></svg>",
            "<iframe></iframe>",
            "<form action=\"x\"></form>",
            "<p onclick=\"x\">",
            "<p title=\"x\"onclick=\"x\">",
            "<p style=\"color:red\">",
            "<p title=x onload=y>",
            "<a href=\"javascript:alert(1)\">",
            "<a href=\"java&#115;cript:alert(1)\">",
            "<a href=\" https://a\">",
            "<a href=\"//a.example\">",
            "<img src=\"https://a.example/x.png\">",
            "<img src=\"x.png\">",
            "<svg><use href=\"https://a.example/#x\"/></svg>",
            "<rect fill=\"url(https://a.example)\"/>",
            "<rect fill=\"u&#114;l(https://a.example)\"/>",
            "<style>p{}</style>",
            "<!-- <script> -->",
            "<![CDATA[x]]>",
            "<p title=\"<b>\">",
            "a < b",
            "<p",
            "<link rel=\"stylesheet\" href=\"#x\">",
            "<base href=\"#\">",
            "<svg><animate/></svg>",
        ] {
            assert!(flaw_of(&page("", body)).is_some(), "{body}");
        }
    }

    #[test]
    fn the_policy_is_first_whole_and_alone() {
        let good = page("", "");
        assert_eq!(flaw_of(&good), None);
        for (was, is) in [
            ("default-src 'none'", "default-src *"),
            ("'sha256-x'", "'sha256-y'"),
            ("<head>\n", "<head>\n<title>x</title>"),
            ("<head>\n", "<head>\n<meta charset=\"utf-8\">"),
            ("<html lang=\"en\">", "<html lang=\"en\"><body>"),
            ("<html lang=\"en\">", "x<html lang=\"en\">"),
            ("<!DOCTYPE html>", ""),
            ("p{}", "p{color:red}"),
            ("<style>", "<style media=\"print\">"),
        ] {
            assert!(good.contains(was) && flaw_of(&good.replacen(was, is, 1)).is_some(), "{is}");
        }
        let refresh = "<meta http-equiv=\"refresh\" content=\"0;url=https://a.example\">";
        assert!(flaw_of(&page(refresh, "")).is_some());
        let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"\">";
        assert!(flaw_of(&page(policy, "")).is_some());
    }
}
