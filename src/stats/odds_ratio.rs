//! Odds ratios of 2 × 2 tables, one or several, with the exact conditional distribution.

use serde::{Deserialize, Serialize};

use super::risk::{Counts, Ratio, ScoreVariance, falling_ratio};
use crate::math::{ln_choose, normal_critical};

/// Estimate and interval of an odds ratio.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OddsMethod {
    /// Conditional maximum likelihood with Cornfield's exact limits, as in `fisher.test`. The default.
    #[default]
    Exact,
    /// Likewise with the mid-P value.
    MidP,
    /// Cross product with Miettinen & Nurminen's (1985) score limits.
    MiettinenNurminen,
    /// Cross product with score limits of the divisor N instead of N − 1 (Cornfield 1956, uncorrected).
    Score,
    /// Cross product with Woolf's (1955) limits: Wald's on the logarithmic scale.
    Woolf,
    /// Likewise after ½ is added to every cell (Haldane 1956; Anscombe 1956).
    HaldaneAnscombe,
}

/// The odds ratio of the second group against the first.
///
/// **Conventions.** A limit that is infinite is `None`, and so is an estimate of ∞ or 0 / 0.
/// **Source.** Cornfield (1956), Proc Third Berkeley Symp 4:135; Miettinen & Nurminen (1985), Stat Med 4:213; Woolf
/// (1955), Ann Hum Genet 19:251.
/// **Checked against** R, its conditional estimates found to the last digit, in `tests/reference/groups.rs`.
pub fn odds_ratio(first: Counts, second: Counts, method: OddsMethod, conf_level: f64) -> Ratio {
    let [(x1, r1), (x2, r2)] = [first, second].map(|(x, n)| (x as f64, (n - x) as f64));
    let with_limits = |(conf_low, conf_high): (Option<f64>, Option<f64>)| Ratio {
        estimate: (x1 > 0.0 && r2 > 0.0).then(|| x2 * r1 / (x1 * r2)),
        conf_low,
        conf_high,
    };
    let z = normal_critical(conf_level);
    match method {
        OddsMethod::Exact => ConditionalOdds::new(&[(first, second)]).ratio(conf_level, false),
        OddsMethod::MidP => ConditionalOdds::new(&[(first, second)]).ratio(conf_level, true),
        OddsMethod::MiettinenNurminen => {
            with_limits(score_limits(first, second, ScoreVariance::Unbiased, z))
        }
        OddsMethod::Score => with_limits(score_limits(first, second, ScoreVariance::Plain, z)),
        OddsMethod::Woolf => with_limits(match woolf([x1, r1, x2, r2], z) {
            Some((_, low, high)) => (Some(low), Some(high)),
            None => (None, None),
        }),
        OddsMethod::HaldaneAnscombe => {
            let limits = woolf([x1, r1, x2, r2].map(|cell| cell + 0.5), z);
            Ratio {
                estimate: limits.map(|limits| limits.0),
                conf_low: limits.map(|limits| limits.1),
                conf_high: limits.map(|limits| limits.2),
            }
        }
    }
}

fn woolf(cells: [f64; 4], z: f64) -> Option<(f64, f64, f64)> {
    let [x1, r1, x2, r2] = cells;
    let estimate = x2 * r1 / (x1 * r2);
    let step = (z * cells.iter().map(|cell| 1.0 / cell).sum::<f64>().sqrt()).exp();
    let empty = cells.contains(&0.0);
    (!empty).then(|| (estimate, estimate / step, estimate * step))
}

fn score_limits(
    first: Counts,
    second: Counts,
    variance: ScoreVariance,
    z: f64,
) -> (Option<f64>, Option<f64>) {
    let ((x1, n1), (x2, n2)) = (first, second);
    let limit = |wanted: f64| falling_ratio(|ln| score(first, second, ln.exp(), variance) - wanted);
    if x1 + x2 == 0 || x1 + x2 == n1 + n2 {
        return (None, None);
    }
    let (unbounded_below, unbounded_above) = (x2 == 0 || x1 == n1, x1 == 0 || x2 == n2);
    (
        Some(if unbounded_below { 0.0 } else { limit(z) }),
        (!unbounded_above).then(|| limit(-z)),
    )
}

/// z of an odds ratio, which falls as the ratio rises; 0 where nothing varies.
fn score(first: Counts, second: Counts, odds: f64, variance: ScoreVariance) -> f64 {
    let [(x1, n1), (x2, n2)] = [first, second].map(|(x, n)| (x as f64, n as f64));
    let cells = expected_cells(n1, n2, x1 + x2, odds);
    let information: f64 = cells.iter().map(|cell| 1.0 / cell).sum();
    let z = (x2 - cells[2]) * (information / variance.factor(n1 + n2)).sqrt();
    if z.is_nan() { 0.0 } else { z }
}

/// The 2 × 2 table with this odds ratio of the second group and these margins: with and without it in the first
/// group, then in the second.
pub(super) fn expected_cells(n1: f64, n2: f64, with: f64, odds: f64) -> [f64; 4] {
    let without = n1 + n2 - with;
    // Each cell by its own equation: differences of margins would lose the digits of the small ones.
    [
        expected_cell(n1, n2, with, odds),
        expected_cell(n1, n2, without, 1.0 / odds),
        expected_cell(n2, n1, with, 1.0 / odds),
        expected_cell(n2, n1, without, odds),
    ]
}

/// x of (1 − ψ) x² − b x + own with = 0, the discriminant written as a sum of positive terms.
fn expected_cell(own: f64, other: f64, with: f64, odds: f64) -> f64 {
    let b = with + own + odds * (other - with);
    let middle = with * (own + other - with) + own * other;
    let root =
        ((with - own).powi(2) + 2.0 * odds * middle + (odds * (other - with)).powi(2)).sqrt();
    if b >= 0.0 {
        2.0 * with * own / (b + root)
    } else {
        (b - root) / (2.0 * (1.0 - odds))
    }
}

/// How many of those who had it are in the second groups of one or several 2 × 2 tables, all margins given.
#[derive(Debug, Clone)]
pub(super) struct ConditionalOdds {
    /// The smallest possible number.
    lowest: usize,
    /// ln of the number of ways of each number from `lowest`.
    ln_ways: Vec<f64>,
    observed: usize,
}

/// Relative difference up to which probabilities are equal (`fisher.test` of R).
const EQUAL: f64 = 1e-7;

impl ConditionalOdds {
    /// Of tables with a first and a second group each.
    pub fn new(tables: &[(Counts, Counts)]) -> Self {
        let mut all = Self {
            lowest: 0,
            ln_ways: vec![0.0],
            observed: 0,
        };
        for &((x1, n1), (x2, n2)) in tables {
            let with = x1 + x2;
            let (lowest, highest) = (with.saturating_sub(n1), with.min(n2));
            let ways = (lowest..=highest).map(|x| ln_choose(n2, x) + ln_choose(n1, with - x));
            all.ln_ways = convolved(&all.ln_ways, &ways.collect::<Vec<_>>());
            all.lowest += lowest;
            all.observed += x2;
        }
        all
    }

    /// Place of what was observed.
    fn at(&self) -> usize {
        self.observed - self.lowest
    }

    /// Probabilities at a logarithm of the odds ratio.
    fn probabilities(&self, ln_odds: f64) -> Vec<f64> {
        let log = |(i, ways): (usize, &f64)| ways + i as f64 * ln_odds;
        let logs: Vec<f64> = self.ln_ways.iter().enumerate().map(log).collect();
        let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut probabilities: Vec<f64> = logs.iter().map(|log| (log - highest).exp()).collect();
        let total: f64 = probabilities.iter().sum();
        probabilities.iter_mut().for_each(|p| *p /= total);
        probabilities
    }

    /// P(X < x), P(X = x) and P(X > x) of what was observed.
    pub fn tails(&self, ln_odds: f64) -> (f64, f64, f64) {
        let p = self.probabilities(ln_odds);
        let at = self.at();
        (p[..at].iter().sum(), p[at], p[at + 1..].iter().sum())
    }

    /// Two-sided p value of no association: all numbers no more probable than the observed one, or, for mid-P,
    /// those with half of what is as probable.
    pub fn p_value(&self, mid: bool) -> f64 {
        let p = self.probabilities(0.0);
        let limit = p[self.at()];
        let below: f64 = p.iter().filter(|p| **p <= limit * (1.0 + EQUAL)).sum();
        let equal = |p: &&f64| (**p - limit).abs() <= limit * EQUAL;
        let half: f64 = p.iter().filter(equal).sum::<f64>() / 2.0;
        (if mid { below - half } else { below }).min(1.0)
    }

    /// Conditional maximum likelihood estimate with its exact limits.
    pub fn ratio(&self, conf_level: f64, mid: bool) -> Ratio {
        let alpha = (1.0 - conf_level) / 2.0;
        let last = self.ln_ways.len() - 1;
        let share = if mid { 0.5 } else { 1.0 };
        let (at_lowest, at_highest) = (self.at() == 0, self.at() == last);
        let above = |ln_odds: f64| {
            let (_, equal, above) = self.tails(ln_odds);
            alpha - above - share * equal
        };
        let below = |ln_odds: f64| {
            let (below, equal, _) = self.tails(ln_odds);
            below + share * equal - alpha
        };
        let excess = |ln_odds: f64| {
            let p = self.probabilities(ln_odds);
            let mean: f64 = p.iter().enumerate().map(|(i, p)| i as f64 * p).sum();
            self.at() as f64 - mean
        };
        Ratio {
            estimate: match (at_lowest, at_highest) {
                (_, true) => None,
                (true, false) => Some(0.0),
                (false, false) => Some(falling_ratio(excess)),
            },
            conf_low: Some(if at_lowest { 0.0 } else { falling_ratio(above) }),
            conf_high: (!at_highest).then(|| falling_ratio(below)),
        }
    }
}

/// Logarithms of the sums of products over all pairs of places.
fn convolved(first: &[f64], second: &[f64]) -> Vec<f64> {
    if let [only] = first {
        return second.iter().map(|value| value + only).collect();
    }
    let mut sums = vec![f64::NEG_INFINITY; first.len() + second.len() - 1];
    for (i, a) in first.iter().enumerate() {
        for (j, b) in second.iter().enumerate() {
            let (high, low) = (sums[i + j].max(a + b), sums[i + j].min(a + b));
            sums[i + j] = high + (low - high).exp().ln_1p();
        }
    }
    sums
}

/// One-sided and two-sided p values of Fisher's exact test of a 2 × 2 table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FisherTails {
    /// Two-sided: all tables no more probable than the observed one.
    pub p_value: f64,
    /// The odds ratio of the second group against the first is below 1.
    pub p_less: f64,
    /// It is above 1.
    pub p_greater: f64,
    /// Twice the smaller of the two.
    pub p_central: f64,
}

/// Fisher's exact test of a 2 × 2 table with its one-sided p values; `mid` halves the probability of what was
/// observed (Lancaster 1961).
///
/// **Checked against** `fisher.test` and `exact2x2`, in `tests/reference/groups.rs`.
pub fn fisher_tails(first: Counts, second: Counts, mid: bool) -> FisherTails {
    let odds = ConditionalOdds::new(&[(first, second)]);
    let (below, equal, above) = odds.tails(0.0);
    let share = if mid { 0.5 } else { 1.0 };
    let (p_less, p_greater) = (below + share * equal, above + share * equal);
    FisherTails {
        p_value: odds.p_value(mid),
        p_less: p_less.min(1.0),
        p_greater: p_greater.min(1.0),
        p_central: (2.0 * f64::min(p_less, p_greater)).min(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: Option<f64>, expected: f64) {
        let value = value.unwrap();
        assert!(
            (value - expected).abs() <= 1e-12 * expected,
            "{value} is not {expected}"
        );
    }

    #[test]
    fn the_exact_limits_of_one_against_one_by_hand() {
        // One of 1 v none of 1: P(X = 1) = ψ / (1 + ψ) = 0.025.
        let ratio = odds_ratio((0, 1), (1, 1), OddsMethod::Exact, 0.95);
        assert_eq!((ratio.estimate, ratio.conf_high), (None, None));
        close(ratio.conf_low, 0.025 / 0.975);
        // The other way round everything is reciprocal.
        let ratio = odds_ratio((1, 1), (0, 1), OddsMethod::Exact, 0.95);
        assert_eq!((ratio.estimate, ratio.conf_low), (Some(0.0), Some(0.0)));
        close(ratio.conf_high, 0.975 / 0.025);
    }

    #[test]
    fn lady_tasting_tea() {
        // 3 of 4 and 1 of 4: 17 / 70 one-sided, 34 / 70 two-sided.
        let test = fisher_tails((1, 4), (3, 4), false);
        close(Some(test.p_greater), 17.0 / 70.0);
        close(Some(test.p_value), 34.0 / 70.0);
        close(
            Some(fisher_tails((1, 4), (3, 4), true).p_greater),
            9.0 / 70.0,
        );
    }
}
