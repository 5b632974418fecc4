//! The scores of an area as a small vector drawing: solid ink is proven, the lighter part stated, the outline possible.

use crate::report::{Points, Worlds};
use crate::text::Words;

use super::runs::escaped;

/// One point of the score is so many units of a drawing (English Metric Units, 360 000 to the centimetre).
const UNIT: u32 = 120;
/// Width and height of a bar.
const WIDTH: u32 = 10_000 * UNIT;
const HEIGHT: u32 = 130_000;

/// A bar, with a name for people who do not see it. Nothing without a score.
pub(super) fn bar(
    words: &Words,
    number: usize,
    title: &str,
    score: &Worlds<Option<Points>>,
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
    let shapes = [
        shape(1, WIDTH, 30_000, r#"<a:solidFill><a:srgbClr val="DDE3E8"/></a:solidFill><a:ln><a:noFill/></a:ln>"#),
        shape(2, width(score.possible), HEIGHT, r#"<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="0B5C8A"/></a:solidFill><a:prstDash val="sysDot"/></a:ln>"#),
        shape(3, width(Some(stated)), HEIGHT, r#"<a:solidFill><a:srgbClr val="8FBBD6"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="0B5C8A"/></a:solidFill></a:ln>"#),
        shape(4, width(score.proven), HEIGHT, r#"<a:solidFill><a:srgbClr val="0B5C8A"/></a:solidFill><a:ln><a:noFill/></a:ln>"#),
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
