//! Colours.

use super::inline_schema;
use super::text::text;
use crate::format::read::{Node, Read, Reader, unexpected};
use crate::format::schema;
use crate::model::Colour;
use crate::problem::Code;

impl Read for Colour {
    fn expected() -> String {
        "a colour, such as `#0b5961`".to_owned()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let written = text::<Self>(node, reader)?;
        let colour = Self::parse(written);
        if colour.is_none() {
            let meant = Self::parse(&format!("#{}", written.trim().trim_start_matches('#')));
            let problem = unexpected::<Self>(Code::BadColour, node, written);
            reader.report(problem.suggest(meant.map(|colour| format!("\"{colour}\""))));
        }
        colour
    }
}

inline_schema!(Colour, schema::pattern("^#[0-9A-Fa-f]{6}$"));
