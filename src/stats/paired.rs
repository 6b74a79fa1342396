//! Two yes/no answers of the same subjects, and a count against a given probability.

use serde::Serialize;

use super::ProportionMethod;
use super::chi_square::ChiSquareTest;
use super::proportion::proportion;
use super::risk::Ratio;
use crate::math::{binomial_upper, ln_choose};

/// McNemar's test of two paired proportions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct McNemarTest {
    /// Exact p value: the discordant pairs fall either way with probability ½.
    pub p_exact: f64,
    /// Likewise with half the probability of what was observed.
    pub p_mid: f64,
    /// χ² with continuity correction, R's default.
    pub corrected: ChiSquareTest,
    /// χ² without.
    pub uncorrected: ChiSquareTest,
    /// Ratio of the discordant pairs with its exact limits: the conditional odds ratio.
    pub odds_ratio: Ratio,
}

/// McNemar's test of the discordant pairs: `only_first` had it the first time alone, `only_second` the second time;
/// `None` when there are none.
///
/// **Conventions.** The odds ratio is `only_second` / `only_first`; its limits are those of Clopper & Pearson.
/// **Source.** McNemar (1947), Psychometrika 12:153; Fagerland, Lydersen & Laake (2013), BMC Med Res Methodol 13:91.
/// **Checked against** `mcnemar.test` and `binom.test`, in `tests/reference/groups.rs`.
pub fn mcnemar(only_first: usize, only_second: usize, conf_level: f64) -> Option<McNemarTest> {
    let n = only_first + only_second;
    if n == 0 {
        return None;
    }
    let more = only_first.max(only_second);
    let upper = 2.0 * binomial_upper(more, n, 0.5);
    let equal = (ln_choose(n, more) - n as f64 * std::f64::consts::LN_2).exp();
    let apart = only_first.abs_diff(only_second) as f64;
    let chi_square = |apart: f64| ChiSquareTest::new(apart * apart / n as f64, 1);
    let share = proportion(only_second, n, ProportionMethod::ClopperPearson, conf_level);
    let odds = |share: Option<f64>| share.filter(|p| *p < 1.0).map(|p| p / (1.0 - p));
    Some(McNemarTest {
        p_exact: upper.min(1.0),
        p_mid: (upper - equal).min(1.0),
        corrected: chi_square((apart - 1.0).max(0.0)),
        uncorrected: chi_square(apart),
        odds_ratio: Ratio {
            estimate: odds(share.estimate),
            conf_low: odds(share.conf_low),
            conf_high: odds(share.conf_high),
        },
    })
}

/// Test of a count against a given probability.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BinomialTest {
    /// Two-sided p value: all counts no more probable than the observed one.
    pub p_value: f64,
    /// One-sided: the probability is smaller.
    pub p_less: f64,
    /// One-sided: it is larger.
    pub p_greater: f64,
    /// The score test, χ² without continuity correction.
    pub score: ChiSquareTest,
    /// The score test with it.
    pub score_corrected: ChiSquareTest,
}

/// Exact binomial test that `count` of `n` come from `probability`, 0 < `probability` < 1; `None` when n is 0.
///
/// **Conventions.** Probabilities within 1e-7 of the observed one are equal to it, as in R.
/// **Checked against** `binom.test` and `prop.test`, in `tests/reference/groups.rs`.
pub fn binomial_test(count: usize, n: usize, probability: f64) -> Option<BinomialTest> {
    if n == 0 || !(probability > 0.0 && probability < 1.0) {
        return None;
    }
    let ln_p = |x: usize| {
        ln_choose(n, x) + x as f64 * probability.ln() + (n - x) as f64 * (-probability).ln_1p()
    };
    let limit = ln_p(count) + 1e-7;
    // Both tails as tails, so that the small one keeps its digits.
    let mode = ((n as f64 + 1.0) * probability) as usize;
    let lower = (0..=mode.min(n)).take_while(|&x| ln_p(x) <= limit).count();
    let upper = (mode.min(n)..=n)
        .rev()
        .take_while(|&x| ln_p(x) <= limit)
        .count();
    let at_least = |x: usize| binomial_upper(x, n, probability);
    // P(X < x), from the other end.
    let below = |x: usize| binomial_upper(n + 1 - x, n, 1.0 - probability);
    let p_value = if lower + upper > n {
        1.0
    } else {
        let low = if lower == 0 { 0.0 } else { below(lower) };
        low + if upper == 0 {
            0.0
        } else {
            at_least(n + 1 - upper)
        }
    };
    let expected = n as f64 * probability;
    let distance = (count as f64 - expected).abs();
    let score = |distance: f64| {
        ChiSquareTest::new(distance * distance / (expected * (1.0 - probability)), 1)
    };
    Some(BinomialTest {
        p_value: p_value.min(1.0),
        p_less: below(count + 1),
        p_greater: at_least(count),
        score: score(distance),
        score_corrected: score(distance - f64::min(0.5, distance)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discordant_pairs_are_tossed_coins() {
        // 0 v 3: 2 / 8; mid-P half of it; χ² = 3 and 4 / 3.
        let test = mcnemar(0, 3, 0.95).unwrap();
        assert!((test.p_exact - 0.25).abs() < 1e-14);
        assert!((test.p_mid - 0.125).abs() < 1e-14);
        assert_eq!(test.uncorrected.statistic, 3.0);
        assert!((test.corrected.statistic - 4.0 / 3.0).abs() < 1e-14);
        assert_eq!(
            (test.odds_ratio.estimate, test.odds_ratio.conf_high),
            (None, None)
        );
        assert_eq!(mcnemar(0, 0, 0.95), None);
    }

    #[test]
    fn one_of_three_at_one_half_is_as_likely_as_anything() {
        let test = binomial_test(1, 3, 0.5).unwrap();
        assert_eq!(test.p_value, 1.0);
        assert!((test.p_less - 0.5).abs() < 1e-14 && (test.p_greater - 0.875).abs() < 1e-14);
        // 0 of 2 at 1 / 4: 9 / 16, and the other end, 1 / 16, is less likely.
        let test = binomial_test(2, 2, 0.25).unwrap();
        assert!((test.p_value - 1.0 / 16.0).abs() < 1e-14);
    }
}
