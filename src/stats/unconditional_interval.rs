//! Exact unconditional intervals of a difference and a ratio of two proportions.

use super::risk::{Counts, ScoreVariance, score_of_difference, score_of_ratio};
use super::unconditional::{Possible, runs};

/// Tables whose interval is sought; more would take many seconds.
const MAX_TABLES: usize = 10_000;

/// Parts in which the range is looked through before the limit is found by halving.
const LOOKS: usize = 32;

/// Halvings of such a part: 1e-13 of the range is left.
const HALVINGS: usize = 36;

/// Proportions that are tried first.
const PLACES: usize = 128;

/// Difference of scores up to which tables are as extreme.
const EQUAL: f64 = 1e-9;

/// Exact limits of the difference second − first: the differences that neither of two one-sided tests by the score
/// rejects at (1 − `conf_level`) / 2, whatever the proportions; `None` when a group is empty or there are more than
/// 10,000 possible tables.
///
/// **Source.** Chan & Zhang (1999), Biometrics 55:1202.
/// **Checked against** the definition in R, in `tests/reference/groups.rs`.
pub(super) fn exact_difference(
    first: Counts,
    second: Counts,
    conf_level: f64,
) -> Option<(f64, f64)> {
    let alpha = (1.0 - conf_level) / 2.0;
    let limit = |first: Counts, second: Counts| {
        let tables = Tables::new(first, second)?;
        let estimate = tables.rate(1) - tables.rate(0);
        let rejected = |difference: f64| {
            let score = |first, second| {
                score_of_difference(first, second, difference, ScoreVariance::Plain)
            };
            let bounds = (f64::max(0.0, -difference), f64::min(1.0, 1.0 - difference));
            tables.p_value(score, bounds, |p| p + difference) <= alpha
        };
        Some(first_kept(-1.0, estimate, rejected))
    };
    // The upper limit is the lower one with the groups in the other order, turned around.
    Some((limit(first, second)?, -limit(second, first)?))
}

/// Exact limits of the ratio second / first, likewise; an infinite one is `None`.
///
/// **Source.** Chan & Zhang (1999), Biometrics 55:1202.
/// **Checked against** the definition in R, in `tests/reference/groups.rs`.
pub(super) fn exact_ratio(
    first: Counts,
    second: Counts,
    conf_level: f64,
) -> Option<(Option<f64>, Option<f64>)> {
    let alpha = (1.0 - conf_level) / 2.0;
    let limit = |first: Counts, second: Counts| {
        let tables = Tables::new(first, second)?;
        if second.0 == 0 {
            return Some(0.0);
        }
        // Without anybody in the first group nothing is known above.
        let estimate = if first.0 == 0 {
            FARTHEST
        } else {
            (tables.rate(1) / tables.rate(0)).ln()
        };
        let rejected = |ln: f64| {
            let ratio = ln.exp();
            let score = |first, second| score_of_ratio(first, second, ratio, ScoreVariance::Plain);
            let bounds = (0.0, f64::min(1.0, 1.0 / ratio));
            tables.p_value(score, bounds, |p| p * ratio) <= alpha
        };
        Some(first_kept(-FARTHEST, estimate, rejected).exp())
    };
    let (low, high) = (limit(first, second)?, limit(second, first)?);
    let nobody = first.0 + second.0 == 0;
    Some((
        (!nobody).then_some(low),
        (high > 0.0 && !nobody).then(|| 1.0 / high),
    ))
}

/// Logarithms of ratios between which limits are sought.
const FARTHEST: f64 = 12.0;

/// The smallest value from `low` to `high` that is not rejected.
fn first_kept(low: f64, high: f64, rejected: impl Fn(f64) -> bool) -> f64 {
    if high <= low || !rejected(low) {
        return low;
    }
    let at = |look: usize| low + (high - low) * look as f64 / LOOKS as f64;
    let kept = (1..LOOKS)
        .find(|&look| !rejected(at(look)))
        .unwrap_or(LOOKS);
    let (mut out, mut kept) = (at(kept - 1), at(kept));
    for _ in 0..HALVINGS {
        let middle = out + (kept - out) / 2.0;
        if rejected(middle) {
            out = middle;
        } else {
            kept = middle;
        }
    }
    kept
}

/// All tables of two groups, one of them observed.
struct Tables {
    first: Counts,
    second: Counts,
    possible: Possible,
}

impl Tables {
    fn new(first: Counts, second: Counts) -> Option<Self> {
        let tables = (first.1 + 1).saturating_mul(second.1 + 1);
        let usable = first.1 > 0 && second.1 > 0 && tables <= MAX_TABLES;
        usable.then(|| Self {
            first,
            second,
            possible: Possible::new(first.1, second.1),
        })
    }

    fn rate(&self, group: usize) -> f64 {
        let (count, n) = [self.first, self.second][group];
        count as f64 / n as f64
    }

    /// The largest probability of tables with at least the observed score, over the first group's proportion
    /// between these bounds; `other` gives the second's.
    fn p_value(
        &self,
        score: impl Fn(Counts, Counts) -> f64,
        bounds: (f64, f64),
        other: impl Fn(f64) -> f64,
    ) -> f64 {
        let ((_, n1), (_, n2)) = (self.first, self.second);
        // A score of 0 / 0 is one of 0: what is observed is what is expected.
        let score = |first: Counts, second: Counts| {
            let score = score(first, second);
            if score.is_nan() { 0.0 } else { score }
        };
        let scores: Vec<Vec<f64>> = (0..=n1)
            .map(|x1| (0..=n2).map(|x2| score((x1, n1), (x2, n2))).collect())
            .collect();
        let observed = score(self.first, self.second);
        let extreme = runs(&scores, |score| score >= observed - EQUAL);
        (self.possible).largest_between(&extreme, bounds, PLACES, |p| (p, other(p)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_of_one_against_one_by_hand() {
        // None of 1 v 1 of 1 is the most extreme table: its probability (1 − p) (p + d) is largest midway, where
        // both are (1 + d) / 2. That squared is 0.025 at d = 2 √0.025 − 1.
        let (low, high) = exact_difference((0, 1), (1, 1), 0.95).unwrap();
        assert!((low - (2.0 * 0.025f64.sqrt() - 1.0)).abs() < 1e-9, "{low}");
        assert_eq!(high, 1.0);
    }

    #[test]
    fn the_other_way_round_the_ratio_is_the_reciprocal() {
        let (low, high) = exact_ratio((3, 10), (7, 10), 0.95).unwrap();
        let (other_low, other_high) = exact_ratio((7, 10), (3, 10), 0.95).unwrap();
        assert!((low.unwrap() * other_high.unwrap() - 1.0).abs() < 1e-9);
        assert!((high.unwrap() * other_low.unwrap() - 1.0).abs() < 1e-9);
        assert_eq!(exact_ratio((0, 5), (3, 5), 0.95).unwrap().1, None);
    }
}
