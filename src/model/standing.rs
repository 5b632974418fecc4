use super::{Answer, Assessment, FactId, Given, Question, QuestionId};

/// How one question stands in one assessment: exactly one of these, for every question, so that nothing later can
/// meet a missing answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A definite answer.
    Answered,
    /// "I don't know".
    Unknown,
    /// No answer yet.
    Unanswered,
    /// "Does not apply", with a reason.
    NotApplicable,
    /// A fact that it depends on is answered "no".
    OutOfScope,
}

impl Standing {
    /// The standing of a question, and its answer when it counts.
    pub fn of<'a>(question: &Question, assessment: &'a Assessment) -> (Self, Option<&'a Answer>) {
        Self::by_id(&question.id, &question.applies_if, assessment)
    }

    /// The same of a question of which only its id and the facts that switch it off are at hand.
    pub fn by_id<'a>(
        id: &QuestionId,
        applies_if: &[FactId],
        assessment: &'a Assessment,
    ) -> (Self, Option<&'a Answer>) {
        if applies_if.iter().any(|fact| assessment.denies(fact)) {
            return (Self::OutOfScope, None);
        }
        let Some(answer) = assessment.answers.get(id) else { return (Self::Unanswered, None) };
        let standing = match answer.given {
            Given::Definite(_) => Self::Answered,
            Given::Unknown => Self::Unknown,
            Given::NotApplicable(_) => Self::NotApplicable,
        };
        (standing, Some(answer))
    }

    /// Whether it is in scope and has no definite answer yet.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unknown | Self::Unanswered)
    }

    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Unknown => "unknown",
            Self::Unanswered => "unanswered",
            Self::NotApplicable => "not-applicable",
            Self::OutOfScope => "out-of-scope",
        }
    }
}
