//! Odds ratios of 2 × 2 tables, one or several, with the exact conditional distribution.

use serde::{Deserialize, Serialize};

use super::risk::{Counts, FARTHEST, Ratio, ScoreVariance};
use crate::math::{bisect, ln_choose, normal_critical};

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
        OddsMethod::Exact => {
            ConditionalOdds::new(&[(first, second)]).ratio(conf_level, false)
        }
        OddsMethod::MidP => {
            ConditionalOdds::new(&[(first, second)]).ratio(conf_level, true)
        }
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
    let score = |ln_odds: f64| score(first, second, ln_odds.exp(), variance);
    let limit = |wanted: f64| bisect(-FARTHEST, FARTHEST, |o| score(o) - wanted).exp();
    let (unbounded_below, unbounded_above) = (x2 == 0 || x1 == n1, x1 == 0 || x2 == n2);
    (
        Some(if unbounded_below { 0.0 } else { limit(z) }),
        (!unbounded_above).then(|| limit(-z)),
    )
}

/// z of an odds ratio, which falls as the ratio rises.
fn score(first: Counts, second: Counts, odds: f64, variance: ScoreVariance) -> f64 {
    let [(x1, n1), (x2, n2)] = [first, second].map(|(x, n)| (x as f64, n as f64));
    // The likeliest proportion of the first group solves a p² + b p = with, written without a difference.
    let with = x1 + x2;
    let a = n1 * (odds - 1.0);
    let b = n2 * odds + n1 - with * (odds - 1.0);
    let root = (b * b + 4.0 * a * with).max(0.0).sqrt();
    let p1 = if b >= 0.0 {
        2.0 * with / (b + root)
    } else {
        (root - b) / (2.0 * a)
    };
    let p2 = p1 * odds / (1.0 - p1 + p1 * odds);
    // n p (1 − p) of each group; the second by way of the first keeps the digits of 1 − p.
    let rest = (1.0 - p1) / (1.0 - p1 + p1 * odds);
    let information = 1.0 / (n1 * p1 * (1.0 - p1)) + 1.0 / (n2 * p2 * rest);
    (x2 - n2 * p2) * (information / variance.factor(n1 + n2)).sqrt()
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
        let solve = |f: &dyn Fn(f64) -> f64| bisect(-FARTHEST, FARTHEST, f).exp();
        let above = |ln_odds: f64| {
            let (_, equal, above) = self.tails(ln_odds);
            above + share * equal - alpha
        };
        let below = |ln_odds: f64| {
            let (below, equal, _) = self.tails(ln_odds);
            below + share * equal - alpha
        };
        let excess = |ln_odds: f64| {
            let p = self.probabilities(ln_odds);
            let mean: f64 = p.iter().enumerate().map(|(i, p)| i as f64 * p).sum();
            mean - self.at() as f64
        };
        Ratio {
            estimate: match (at_lowest, at_highest) {
                (_, true) => None,
                (true, false) => Some(0.0),
                (false, false) => Some(solve(&excess)),
            },
            conf_low: Some(if at_lowest { 0.0 } else { solve(&above) }),
            conf_high: (!at_highest).then(|| solve(&below)),
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
        assert!((value - expected).abs() <= 1e-12 * expected, "{value} is not {expected}");
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
        close(Some(fisher_tails((1, 4), (3, 4), true).p_greater), 9.0 / 70.0);
    }
}
