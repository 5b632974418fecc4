//! The scores of an area as a small vector drawing: solid ink is proven, the lighter part stated, the outline possible.

use crate::report::{Colour, Head, Points, Worlds};
use crate::text::Words;

use super::runs::escaped;

/// One point of the score is so many units of a drawing (English Metric Units, 360 000 to the centimetre).
const UNIT: u32 = 120;
/// Width and height of a bar.
const WIDTH: u32 = 10_000 * UNIT;
const HEIGHT: u32 = 130_000;

/// The colours of drawings and titles, as documents write them.
pub(super) struct Tint {
    /// Of what is proven, and of titles and links.
    pub(super) solid: String,
    /// Of what is only stated.
    pale: String,
}

impl Tint {
    /// Ours, or those of whoever hands the report over.
    pub(super) fn of(head: &Head) -> Self {
        let accent = head.brand.as_ref().and_then(|brand| brand.accent);
        let written = |colour: Colour| colour.to_string().trim_start_matches('#').to_uppercase();
        match accent {
            Some(accent) => Self { solid: written(accent.light), pale: written(accent.light.paler()) },
            None => Self { solid: "0B5C8A".to_owned(), pale: "8FBBD6".to_owned() },
        }
    }
}

/// A bar, with a name for people who do not see it. Nothing without a score.
pub(super) fn bar(
    words: &Words,
    number: usize,
    title: &str,
    score: &Worlds<Option<Points>>,
    Tint { solid, pale }: &Tint,
) -> Option<String> {
    let width = |points: Option<Points>| u32::from(points.unwrap_or_default().get()) * UNIT;
    let stated = score.stated?;
    let alternative = escaped(&words.fill(
        "{area}: proven {proven}, stated {stated}, possible {possible} of 100",
        &[
            ("area", &title),
            ("proven", &score.proven.unwrap_or_default().printed()),
            ("stated", &stated.printed()),
            ("possible", &score.possible.unwrap_or_default().printed()),
        ],
    ));
    let filled = |colour: &str| format!(r#"<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>"#);
    let edge = |dash: &str| format!(r#"<a:ln w="9525">{}{dash}</a:ln>"#, filled(solid));
    let bare = "<a:ln><a:noFill/></a:ln>";
    let shapes = [
        shape(1, WIDTH, 30_000, &(filled("DDE3E8") + bare)),
        shape(2, width(score.possible), HEIGHT, &(filled("FFFFFF") + &edge(r#"<a:prstDash val="sysDot"/>"#))),
        shape(3, width(Some(stated)), HEIGHT, &(filled(pale) + &edge(""))),
        shape(4, width(score.proven), HEIGHT, &(filled(solid) + bare)),
    ]
    .concat();
    Some(format!(
        r#"<mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{WIDTH}" cy="{HEIGHT}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{number}" name="Bar {number}" descr="{alternative}"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{WIDTH}" cy="{HEIGHT}"/><a:chOff x="0" y="0"/><a:chExt cx="{WIDTH}" cy="{HEIGHT}"/></a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent>"#
    ))
}

/// A rectangle from the left edge, set in the middle of the height.
fn shape(number: u32, width: u32, height: u32, look: &str) -> String {
    if width == 0 {
        return String::new();
    }
    let top = (HEIGHT - height) / 2;
    format!(
        r#"<wps:wsp><wps:cNvPr id="{number}" name="Part {number}"/><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{look}</wps:spPr><wps:bodyPr/></wps:wsp>"#
    )
}
