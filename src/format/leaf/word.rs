//! One of several words.

use super::text::text;
use crate::format::read::{Node, Read, Reader, unexpected};
use crate::model;
use crate::problem::Code;
use crate::text::nearest;

/// Types that are one of several words.
macro_rules! words {
    ($($type:ty: $($word:expr),+;)+) => {$(
        impl $crate::format::read::Read for $type {
            fn expected() -> String {
                $crate::text::or_list(&[$($word),+].map(|word: $type| format!("`{}`", word.as_str())))
            }

            fn read(
                node: &$crate::format::read::Node<'_>,
                reader: &mut $crate::format::read::Reader<'_>,
            ) -> Option<Self> {
                $crate::format::leaf::word(node, &[$($word),+], <$type>::as_str, reader)
            }
        }

        $crate::format::leaf::inline_schema!($type, $crate::format::schema::one_of([$($word),+].map(|word: $type| word.as_str())));
    )+};
}
pub(in crate::format) use words;

/// One of several words.
pub(in crate::format) fn word<T: Copy + Read>(
    node: &Node<'_>,
    words: &[T],
    as_str: impl Fn(T) -> &'static str,
    reader: &mut Reader<'_>,
) -> Option<T> {
    let boolean = node.get_ref().as_bool().map(|yes| if yes { "yes" } else { "no" });
    if let Some(meant) = boolean {
        let exists = words.iter().any(|word| as_str(*word) == meant);
        reader.wrong_type::<T>(node, exists.then(|| format!("\"{meant}\"")));
        return None;
    }
    let found = text::<T>(node, reader)?;
    let value = words.iter().copied().find(|word| as_str(*word) == found);
    if value.is_none() {
        let near = nearest(&found.to_lowercase(), words.iter().map(|word| as_str(*word)));
        let problem = unexpected::<T>(Code::UnknownWord, node, found);
        reader.report(problem.suggest(near.map(|near| format!("\"{near}\""))));
    }
    value
}

words! {
    model::Severity: Self::Critical, Self::High, Self::Medium, Self::Low;
    model::Effort: Self::Minutes, Self::Hours, Self::Days, Self::Weeks;
    model::Cost: Self::Free, Self::Low, Self::Medium, Self::High;
    model::Ternary: Self::Yes, Self::No, Self::Unknown;
    model::Evidence: Self::Claimed, Self::Documented, Self::Verified;
    model::OrganisationKind:
        Self::PartyHq, Self::LocalParty, Self::RepresentativeOffice, Self::Campaign, Self::ThinkTank,
        Self::ElectoralBody, Self::Other;
    model::Certainty: Self::Official, Self::Likely, Self::Alleged, Self::Unknown;
    model::Confidence: Self::Reported, Self::Alleged, Self::Inferred;
    model::Effect: Self::Stops, Self::Hinders, Self::Slight;
    model::ServiceRole:
        Self::FreeService, Self::ReportIncident, Self::ReportCrime, Self::ReportDataBreach, Self::Advice;
    model::ServiceUser:
        Self::Organisation(model::OrganisationKind::PartyHq), Self::Organisation(model::OrganisationKind::LocalParty),
        Self::Organisation(model::OrganisationKind::RepresentativeOffice),
        Self::Organisation(model::OrganisationKind::Campaign), Self::Organisation(model::OrganisationKind::ThinkTank),
        Self::Organisation(model::OrganisationKind::ElectoralBody), Self::Organisation(model::OrganisationKind::Other),
        Self::Individual;
    model::WorkStatus: Self::ToDo, Self::Doing, Self::Done, Self::Dropped;
    model::Seen: Self::Publisher, Self::Secondary, Self::Memory;
}
