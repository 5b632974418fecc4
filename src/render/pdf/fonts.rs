//! The fonts that are carried along, and text turned into their glyphs.
//!
//! They hold the letters of Latin, Greek and Cyrillic, with a few signs. What none of them has is drawn as a box; whoever
//! copies or hears the text still gets what was written.

use std::ops::Range;

use harfrust::{Direction, FontRef, GlyphBuffer, ShapePlan, Shaper, ShaperData, UnicodeBuffer, script};
use krilla::text::Font;

use super::PdfError;

/// The face of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Running text.
    Sans,
    /// What has to be seen first.
    SansBold,
    /// What leads.
    Serif,
    /// Headings.
    SerifBold,
    /// Signs that the others lack, and the box for what no face has.
    Symbols,
}

/// The files, in the order of the faces.
const FILES: [&[u8]; 5] = [
    include_bytes!("../../../templates/pdf/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../../templates/pdf/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../../templates/pdf/fonts/NotoSerif-Regular.ttf"),
    include_bytes!("../../../templates/pdf/fonts/NotoSerif-Bold.ttf"),
    include_bytes!("../../../templates/pdf/fonts/NotoSymbols.ttf"),
];
/// What stands for a letter that no face has.
const BOX: &str = "\u{25a1}";
/// Units of a glyph in one em, in all of these fonts.
const EM: f32 = 1000.0;
/// The glyph of a font for what it does not have.
const MISSING: u32 = 0;

/// A glyph with its place in the text. Lengths are in ems.
#[derive(Debug, Clone)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// The font.
    pub face: Face,
    /// The bytes of the text that it stands for.
    pub text: Range<usize>,
    /// How far the next glyph is.
    pub advance: f32,
    /// How far it is moved to the right.
    pub dx: f32,
    /// How far it is moved up.
    pub dy: f32,
}

/// The fonts, read.
pub struct Fonts {
    faces: Vec<Loaded>,
}

struct Loaded {
    font: Font,
    file: FontRef<'static>,
    data: ShaperData,
    latin: ShapePlan,
}

impl Fonts {
    /// Reads the fonts.
    ///
    /// # Errors
    /// When a font is broken, which is a fault of this program.
    pub fn new() -> Result<Self, PdfError> {
        let load = |bytes: &&'static [u8]| {
            let file = FontRef::new(bytes).map_err(|_| PdfError::Font)?;
            let data = ShaperData::new(&file);
            let shaper = data.shaper(&file).build();
            let latin = ShapePlan::new(&shaper, Direction::LeftToRight, Some(script::LATIN), None, &[]);
            let font = Font::new(bytes.to_vec().into(), 0).ok_or(PdfError::Font)?;
            Ok(Loaded { font, file, data, latin })
        };
        Ok(Self { faces: FILES.iter().map(load).collect::<Result<_, PdfError>>()? })
    }

    /// The font of a face as the writer wants it.
    pub fn font(&self, face: Face) -> Option<Font> {
        self.faces.get(face as usize).map(|loaded| loaded.font.clone())
    }

    /// The glyphs of a text in a face, and in other faces where it lacks something.
    pub fn shape(&self, face: Face, text: &str) -> Vec<Glyph> {
        let mut glyphs = Vec::with_capacity(text.len());
        for cluster in self.clusters(face, text) {
            if cluster.iter().any(|glyph| glyph.id == MISSING) {
                let range = cluster.first().map_or(0..0, |glyph| glyph.text.clone());
                glyphs.extend(self.elsewhere(text.get(range.clone()).unwrap_or_default(), &range));
            } else {
                glyphs.extend(cluster);
            }
        }
        glyphs
    }

    /// The glyphs that belong together, each group standing for the same piece of the text.
    fn clusters(&self, face: Face, text: &str) -> Vec<Vec<Glyph>> {
        let Some(shaped) = self.faces.get(face as usize).map(|loaded| loaded.shape(text)) else {
            return Vec::new();
        };
        let mut clusters: Vec<Vec<Glyph>> = Vec::new();
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let start = info.cluster as usize;
            let glyph = Glyph {
                id: info.glyph_id,
                face,
                text: start..text.len(),
                advance: ems(position.x_advance),
                dx: ems(position.x_offset),
                dy: ems(position.y_offset),
            };
            match clusters.last_mut() {
                Some(cluster) if cluster.iter().all(|other| other.text.start == start) => cluster.push(glyph),
                Some(cluster) => {
                    for other in cluster {
                        other.text.end = start;
                    }
                    clusters.push(vec![glyph]);
                }
                None => clusters.push(vec![glyph]),
            }
        }
        clusters
    }

    /// A piece of text in the face with the signs, or as a box.
    fn elsewhere(&self, text: &str, range: &Range<usize>) -> Vec<Glyph> {
        let signs: Vec<Glyph> = self.clusters(Face::Symbols, text).into_iter().flatten().collect();
        let mut signs = if signs.iter().any(|glyph| glyph.id == MISSING) {
            self.clusters(Face::Symbols, BOX).into_iter().flatten().collect()
        } else {
            signs
        };
        for sign in &mut signs {
            sign.text = range.clone();
        }
        signs
    }
}

impl Loaded {
    fn shape(&self, text: &str) -> GlyphBuffer {
        let shaper: Shaper = self.data.shaper(&self.file).build();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        if [script::GREEK, script::CYRILLIC].contains(&buffer.script()) {
            return shaper.shape(buffer, &[]);
        }
        buffer.set_script(script::LATIN);
        shaper.shape_with_plan(&self.latin, buffer, &[])
    }
}

/// Units of a font in ems. A font knows no lengths that a float could not hold.
#[expect(clippy::cast_precision_loss, reason = "units of a font are small numbers")]
fn ems(units: i32) -> f32 {
    units as f32 / EM
}
