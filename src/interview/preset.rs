//! What most organisations of a kind would say about themselves: a proposal, to be confirmed or changed.

use crate::model::{FactId, OrganisationKind, Ternary};

/// A line for each fact, a column for each kind in the order of [`OrganisationKind::ALL`]: `y` yes, `n` no, `-` nothing
/// is proposed. A "no" takes questions away, so it is proposed only where it is plain.
const PROPOSALS: [(&str, &str); 19] = [
    //                         headquarters, local, representative, campaign, think-tank, electoral, other
    ("own-domain", "yy-yyy-"),
    ("own-mail-server", "-nnnn--"),
    ("internet-facing-systems", "y---yy-"),
    ("remote-access", "y---yy-"),
    ("own-network", "yn--yy-"),
    ("office", "y-yyyy-"),
    ("it-supplier", "y--yyy-"),
    ("personal-devices", "yyyyy--"),
    ("website", "yyyyyy-"),
    ("own-apps", "y-ny-y-"),
    ("online-donations", "yynyyn-"),
    ("social-media", "yyyyyy-"),
    ("electoral-register", "yyyyny-"),
    ("supporter-data", "yyyyyn-"),
    ("elected-or-candidates", "yyyy-y-"),
    ("travel-abroad", "yn--y--"),
    ("takes-part-in-elections", "yy-ynn-"),
    ("polling-stations", "-----y-"),
    ("counts", "-----y-"),
];

/// What most organisations of a kind would answer to a fact; nothing when it depends, or nobody can say.
pub fn proposal(fact: &FactId, kind: OrganisationKind) -> Option<Ternary> {
    let (_, answers) = PROPOSALS.iter().find(|(id, _)| *id == fact.as_str())?;
    let column = OrganisationKind::ALL.iter().position(|other| *other == kind)?;
    match answers.as_bytes().get(column)? {
        b'y' => Some(Ternary::Yes),
        b'n' => Some(Ternary::No),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_proposal_is_for_a_fact_of_ours_and_has_a_column_for_each_kind() {
        let questionnaires = concat!(
            include_str!("../../questionnaires/political-organisation.toml"),
            include_str!("../../questionnaires/election-body.toml")
        );
        for (id, answers) in PROPOSALS {
            assert!(questionnaires.contains(&format!("[[fact]]\nid = \"{id}\"\n")), "{id}");
            assert_eq!(answers.len(), OrganisationKind::ALL.len(), "{id}");
            assert!(answers.bytes().all(|letter| b"yn-".contains(&letter)), "{id}");
        }
    }

    #[test]
    fn nothing_is_proposed_for_other_organisations_or_unknown_facts() {
        let fact = |id: &str| FactId::parse(id).unwrap();
        assert_eq!(proposal(&fact("own-mail-server"), OrganisationKind::LocalParty), Some(Ternary::No));
        assert_eq!(proposal(&fact("own-mail-server"), OrganisationKind::ElectoralBody), None);
        assert_eq!(proposal(&fact("own-mail-server"), OrganisationKind::Other), None);
        assert_eq!(proposal(&fact("no-such-fact"), OrganisationKind::PartyHq), None);
    }
}
