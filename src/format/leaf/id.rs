//! Ids and references.

use schemars::json_schema;

use super::inline_schema;
use super::text::text;
use crate::format::read::{Node, Read, Reader, quoted, unexpected};
use crate::format::schema;
use crate::model::{self, IdError, Reference, Selector};
use crate::problem::{Code, Problem};

pub(super) const KEBAB: &str = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";
const AREA_TOPIC: &str = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z][a-z0-9]*(-[a-z0-9]+)*$";
const AREA_OR_QUESTION: &str = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z][a-z0-9]*(-[a-z0-9]+)*)?$";
const PUBLISHED: &str = "^[A-Za-z0-9][A-Za-z0-9.-]*$";
const PREFIXED: &str = "^[A-Za-z0-9][A-Za-z0-9.-]*:[A-Za-z0-9][A-Za-z0-9.-]*$";

/// Types that are ids.
macro_rules! ids {
    ($($type:ident $expected:literal $pattern:ident;)+) => {$(
        impl Read for model::$type {
            fn expected() -> String {
                $expected.to_owned()
            }

            fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                id(node, Self::parse, reader)
            }
        }

        inline_schema!(
            model::$type,
            json_schema!({ "type": "string", "pattern": $pattern, "maxLength": 64 })
        );
    )+};
}

ids! {
    QuestionnaireId "an id such as `political-organisation`" KEBAB;
    AreaId "an id such as `acc`" KEBAB;
    QuestionId "an id such as `acc.mfa-email`" AREA_TOPIC;
    FactId "an id such as `own-domain`" KEBAB;
    GateId "an id such as `mfa`" KEBAB;
    LevelId "an id such as `none`" KEBAB;
    ChoiceId "an id such as `bank`" KEBAB;
    ControlId "an id such as `mfa-email`" KEBAB;
    SourceId "an id such as `ncsc-pol`" KEBAB;
    IncidentId "an id such as `storting-2020`" KEBAB;
    StepId "an id such as `spray`" KEBAB;
    ServiceId "an id such as `ncsc-report`" KEBAB;
    FrameworkId "an identifier such as `ncsc-caf-4.0`" PUBLISHED;
    ItemId "an identifier such as `PR.AA-03`" PUBLISHED;
}

impl Read for Selector {
    fn expected() -> String {
        "the id of a question or an area".to_owned()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        id(node, Self::parse, reader)
    }
}

inline_schema!(Selector, schema::pattern(AREA_OR_QUESTION));

fn id<T: Read>(
    node: &Node<'_>,
    parse: impl Fn(&str) -> Result<T, IdError>,
    reader: &mut Reader<'_>,
) -> Option<T> {
    let written = text::<T>(node, reader)?;
    parse(written)
        .map_err(|error| {
            let meant = Some(mended_id(written)).filter(|mended| parse(mended).is_ok());
            let problem = Problem::new(Code::BadId, node.span(), format!("{} is {error}", quoted(written)));
            reader.report(problem.suggest(meant.map(|id| format!("\"{id}\""))));
        })
        .ok()
}

/// The id that was probably meant.
pub(in crate::format) fn mended_id(written: &str) -> String {
    written.trim().to_lowercase().replace([' ', '_', '/'], "-")
}

impl Read for Reference {
    fn expected() -> String {
        "a reference such as `CAF:B2.a`".to_owned()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let written = text::<Self>(node, reader)?;
        let reference = Self::parse(written);
        if reference.is_none() {
            let problem = unexpected::<Self>(Code::BadReference, node, written);
            reader.report(
                problem.help("write the prefix of a framework, a colon and the id of one of its items"),
            );
        }
        reference
    }
}

inline_schema!(Reference, schema::pattern(PREFIXED));
