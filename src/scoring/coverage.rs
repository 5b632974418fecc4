//! How much is answered, and how much is declared not applicable.

use super::aggregation::points;
use super::evaluation::QuestionResult;
use super::scheme::Scheme;
use crate::model::{Points, Standing};

/// The share of weight in scope with a definite answer, "not applicable" included; nothing when nothing is in scope.
pub(super) fn coverage(scheme: &Scheme, questions: &[QuestionResult]) -> Option<Points> {
    share(scheme, questions, |standing| matches!(standing, Standing::Answered | Standing::NotApplicable))
}

/// The share of weight in scope that is declared not applicable; nothing when nothing is in scope.
pub(super) fn scope_reduced(scheme: &Scheme, questions: &[QuestionResult]) -> Option<Points> {
    share(scheme, questions, |standing| standing == Standing::NotApplicable)
}

/// A share of the weight in scope, where each area has its own weight, however many questions it has.
fn share(scheme: &Scheme, questions: &[QuestionResult], chosen: impl Fn(Standing) -> bool) -> Option<Points> {
    let mut areas = vec![(0, 0); scheme.areas.len()];
    for (rule, question) in scheme.questions.iter().zip(questions) {
        if question.standing != Standing::OutOfScope {
            let (part, whole) = &mut areas[rule.area];
            *part += if chosen(question.standing) { rule.weight } else { 0 };
            *whole += rule.weight;
        }
    }
    let in_scope = || scheme.areas.iter().zip(&areas).filter(|(_, (_, whole))| *whole > 0);
    let shares: Vec<(u64, u64)> =
        in_scope().map(|(weight, (part, whole))| (10_000 * weight * part, *whole)).collect();
    let weights: u64 = in_scope().map(|(weight, _)| weight).sum();
    // Rounding down before dividing by a whole number changes nothing.
    floor_of_sum(&shares).checked_div(weights).map(points)
}

/// The sum of fractions, each above and below, rounded down once and exactly, however many there are.
///
/// A common denominator can outgrow every machine word, so this is long division by hand: the fractions are written
/// side by side in base 2^32, the columns are added up from the right, and what is carried out is the whole part.
fn floor_of_sum(fractions: &[(u64, u64)]) -> u64 {
    let whole: u64 = fractions.iter().map(|(above, below)| above / below).sum();
    let count = fractions.len() as u64;
    let bits = |number: u64| u64::BITS - number.leading_zeros();
    let of_denominator: u32 = fractions.iter().map(|(_, below)| bits(*below)).sum();
    let digits = (of_denominator + bits(count)) / 32 + 1;
    let mut columns = vec![0; digits as usize];
    for (above, below) in fractions {
        let mut rest = above % below;
        for column in &mut columns {
            *column += (rest << 32) / below;
            rest = (rest << 32) % below;
        }
    }
    // A sum that is whole can read 0.999...: each fraction was cut off by less than one unit of the last column. So many
    // units close that gap, and there are enough columns for it to be the only gap that they can close.
    whole + columns.iter().rev().fold(count, |carried, column| (carried + column) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_of_fractions_is_rounded_down_once() {
        assert_eq!(floor_of_sum(&[]), 0);
        assert_eq!(floor_of_sum(&[(1, 3), (2, 3)]), 1);
        assert_eq!(floor_of_sum(&[(1, 2), (1, 3), (1, 6)]), 1);
        assert_eq!(floor_of_sum(&[(1, 2), (1, 3), (1, 7)]), 0);
        assert_eq!(floor_of_sum(&[(7, 2), (7, 3), (1, 6)]), 6);
    }

    #[test]
    fn a_sum_just_below_a_whole_number_is_not_rounded_up() {
        // Two and three large denominators without a common divisor; the sums miss 1 and 2 by one part of their product.
        let mut two = [(2_147_483_648, 4_294_967_295), (2_147_483_646, 4_294_967_293)];
        assert_eq!(floor_of_sum(&two), 0);
        two[1].0 += 1;
        assert_eq!(floor_of_sum(&two), 1);
        let mut three =
            [(3_644_756_965, 4_294_967_291), (1_797_026_240, 4_294_967_279), (3_148_151_328, 4_294_967_231)];
        assert_eq!(floor_of_sum(&three), 1);
        three[2].0 += 1;
        assert_eq!(floor_of_sum(&three), 2);
    }

    #[test]
    fn no_common_denominator_is_too_large() {
        // One n-th for n = 2..=500 and as much as it takes to make 499 whole: the common denominator has 700 bits.
        let mut fractions: Vec<(u64, u64)> = (2..=500).map(|n| (1, n)).collect();
        fractions.extend((2..=500).map(|n| (n - 1, n)));
        assert_eq!(floor_of_sum(&fractions), 499);
        // A thousandth less.
        fractions[0] = (499, 1_000);
        assert_eq!(floor_of_sum(&fractions), 498);
    }
}
