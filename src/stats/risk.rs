//! Differences and ratios of two proportions, with the score statistic that their intervals come from.

use serde::{Deserialize, Serialize};

use super::proportion::{Difference, newcombe};
use super::unconditional_interval::{exact_difference, exact_ratio};
use crate::math::{normal_critical, normal_two_sided, normal_upper};

/// How many had it, and of how many.
pub type Counts = (usize, usize);

/// A ratio with its interval. A limit that is infinite, or that cannot be found, is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ratio {
    /// Second over first; `None` when the first is 0.
    pub estimate: Option<f64>,
    /// Lower limit.
    pub conf_low: Option<f64>,
    /// Upper limit.
    pub conf_high: Option<f64>,
}

/// Interval of a difference of two proportions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceMethod {
    /// Newcombe (1998), method 10: of Wilson's intervals. The default.
    #[default]
    Newcombe,
    /// Miettinen & Nurminen (1985): score.
    MiettinenNurminen,
    /// Chan & Zhang (1999): exact, from two one-sided score tests, whatever the proportions.
    Exact,
    /// Mee (1984), Farrington & Manning (1990): score with the divisor N instead of N − 1.
    Mee,
    /// Agresti & Caffo (2000): Wald's after one more with and one more without in each group.
    AgrestiCaffo,
    /// Wald's.
    Wald,
    /// Wald's with Yates' continuity correction, as in `prop.test`.
    WaldContinuity,
}

/// Interval of a ratio of two proportions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RatioMethod {
    /// Miettinen & Nurminen (1985): score. The default.
    #[default]
    MiettinenNurminen,
    /// Chan & Zhang (1999): exact, from two one-sided score tests, whatever the proportions.
    Exact,
    /// Koopman (1984): score with the divisor N instead of N − 1.
    Koopman,
    /// Katz et al. (1978): Wald's on the logarithmic scale.
    Katz,
    /// Walter (1975): Katz' after half a case and half a subject more in each group.
    KatzAdjusted,
}

/// Divisor of the variance of a score statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoreVariance {
    /// N − 1, as Miettinen & Nurminen.
    Unbiased,
    /// N, as Mee, Koopman, Farrington & Manning.
    Plain,
}

impl ScoreVariance {
    /// The factor of a variance of `n` subjects.
    pub(super) fn factor(self, n: f64) -> f64 {
        match self {
            Self::Unbiased => n / (n - 1.0),
            Self::Plain => 1.0,
        }
    }
}

/// A test by a statistic that is standard normal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct NormalTest {
    /// z.
    pub statistic: f64,
    /// Two-sided p value.
    pub p_value: f64,
    /// One-sided p value: below the null value.
    pub p_less: f64,
    /// One-sided p value: above the null value.
    pub p_greater: f64,
}

impl NormalTest {
    /// The p values of this z.
    pub(super) fn new(z: f64) -> Self {
        Self {
            statistic: z,
            p_value: normal_two_sided(z),
            p_less: normal_upper(-z),
            p_greater: normal_upper(z),
        }
    }
}

fn rate((count, n): Counts) -> f64 {
    count as f64 / n as f64
}

/// The difference second − first with its interval; `None` when a group is empty, and for `Exact` beyond 10,000
/// possible tables.
///
/// **Conventions.** Wald's limits are cut to [−1, 1], as in `prop.test`.
/// **Source.** Newcombe (1998), Stat Med 17:873; Miettinen & Nurminen (1985), Stat Med 4:213; Agresti & Caffo
/// (2000), Am Stat 54:280.
/// **Checked against** R, in `tests/reference/groups.rs`.
pub fn risk_difference(
    first: Counts,
    second: Counts,
    method: DifferenceMethod,
    conf_level: f64,
) -> Option<Difference> {
    if first.1 == 0 || second.1 == 0 {
        return None;
    }
    let estimate = rate(second) - rate(first);
    let z = normal_critical(conf_level);
    let [n1, n2] = [first.1 as f64, second.1 as f64];
    let around = |centre: f64, margin: f64| Difference {
        estimate,
        conf_low: (centre - margin).max(-1.0),
        conf_high: (centre + margin).min(1.0),
    };
    let spread = |p1: f64, n1: f64, p2: f64, n2: f64| {
        z * (p1 * (1.0 - p1) / n1 + p2 * (1.0 - p2) / n2).sqrt()
    };
    let wald = spread(rate(first), n1, rate(second), n2);
    let score = |variance| {
        let (low, high) = score_limits_of_difference(first, second, variance, z);
        Difference {
            estimate,
            conf_low: low,
            conf_high: high,
        }
    };
    match method {
        DifferenceMethod::Newcombe => newcombe(first, second, conf_level),
        DifferenceMethod::MiettinenNurminen => Some(score(ScoreVariance::Unbiased)),
        DifferenceMethod::Exact => {
            let (conf_low, conf_high) = exact_difference(first, second, conf_level)?;
            Some(Difference {
                estimate,
                conf_low,
                conf_high,
            })
        }
        DifferenceMethod::Mee => Some(score(ScoreVariance::Plain)),
        DifferenceMethod::AgrestiCaffo => {
            let [p1, p2] = [first, second].map(|(x, n)| (x as f64 + 1.0) / (n as f64 + 2.0));
            Some(around(p2 - p1, spread(p1, n1 + 2.0, p2, n2 + 2.0)))
        }
        DifferenceMethod::Wald => Some(around(estimate, wald)),
        DifferenceMethod::WaldContinuity => {
            let correction = f64::min((1.0 / n1 + 1.0 / n2) / 2.0, estimate.abs());
            Some(around(estimate, wald + correction))
        }
    }
}

/// The score test of a difference second − first of `null`; `None` when a group is empty or nothing varies.
///
/// With `null` below 0 and `p_greater` the test of non-inferiority by a margin of −`null`.
/// **Source.** Farrington & Manning (1990), Stat Med 9:1447; Miettinen & Nurminen (1985), Stat Med 4:213.
pub fn risk_difference_test(
    first: Counts,
    second: Counts,
    null: f64,
    variance: ScoreVariance,
) -> Option<NormalTest> {
    let z = score_of_difference(first, second, null, variance);
    (first.1 > 0 && second.1 > 0 && z.is_finite()).then(|| NormalTest::new(z))
}

/// z of a difference: what is observed less `difference`, over its standard error where that is true.
pub(super) fn score_of_difference(
    first: Counts,
    second: Counts,
    difference: f64,
    variance: ScoreVariance,
) -> f64 {
    let p1 = rate_given_difference(first, second, difference);
    let p2 = p1 + difference;
    let [n1, n2] = [first.1 as f64, second.1 as f64];
    let spread = (p1 * (1.0 - p1) / n1 + p2 * (1.0 - p2) / n2).max(0.0);
    (rate(second) - rate(first) - difference) / (spread * variance.factor(n1 + n2)).sqrt()
}

/// The likeliest proportion of the first group when the second is larger by `difference`.
fn rate_given_difference(first: Counts, second: Counts, difference: f64) -> f64 {
    let [(x1, r1), (x2, r2)] = [first, second].map(|(x, n)| (x as f64, (n - x) as f64));
    // 0 / 0 at a bound is a group that has nothing to say.
    let part = |count: f64, p: f64| if count > 0.0 { count / p } else { 0.0 };
    let slope = |p: f64| {
        let other = p + difference;
        part(x1, p) - part(r1, 1.0 - p) + part(x2, other) - part(r2, 1.0 - other)
    };
    let (low, high) = (f64::max(0.0, -difference), f64::min(1.0, 1.0 - difference));
    // Without a root a bound is the likeliest.
    let p = falling_root(low, high, slope);
    if p - low < 1e-40 { low } else { p }
}

fn score_limits_of_difference(
    first: Counts,
    second: Counts,
    variance: ScoreVariance,
    z: f64,
) -> (f64, f64) {
    let estimate = rate(second) - rate(first);
    let excess = |difference: f64, wanted: f64| {
        score_of_difference(first, second, difference, variance) - wanted
    };
    (
        falling_root(-1.0, estimate, |difference| excess(difference, z)),
        falling_root(estimate, 1.0, |difference| excess(difference, -z)),
    )
}

/// The ratio second / first of two proportions with its interval.
///
/// **Conventions.** The lower limit is 0 where nobody in the second group had it, and there is no finite upper one
/// where nobody in the first had it; neither where
/// nobody had it at all. Katz' interval needs both.
/// **Source.** Miettinen & Nurminen (1985), Stat Med 4:213; Koopman (1984), Biometrics 40:513; Katz et al. (1978),
/// Biometrics 34:469; Walter (1975), Biometrika 62:371.
/// **Checked against** R and statsmodels, in `tests/reference/groups.rs`.
pub fn risk_ratio(first: Counts, second: Counts, method: RatioMethod, conf_level: f64) -> Ratio {
    if first.1 == 0 || second.1 == 0 {
        return Ratio {
            estimate: None,
            conf_low: None,
            conf_high: None,
        };
    }
    let z = normal_critical(conf_level);
    let (conf_low, conf_high) = match method {
        RatioMethod::MiettinenNurminen => {
            score_limits_of_ratio(first, second, ScoreVariance::Unbiased, z)
        }
        RatioMethod::Exact => exact_ratio(first, second, conf_level).unwrap_or((None, None)),
        RatioMethod::Koopman => score_limits_of_ratio(first, second, ScoreVariance::Plain, z),
        RatioMethod::Katz => katz(first, second, 0.0, z),
        RatioMethod::KatzAdjusted => katz(first, second, 0.5, z),
    };
    Ratio {
        estimate: (first.0 > 0).then(|| rate(second) / rate(first)),
        conf_low,
        conf_high,
    }
}

fn katz(first: Counts, second: Counts, more: f64, z: f64) -> (Option<f64>, Option<f64>) {
    let [(x1, n1), (x2, n2)] = [first, second].map(|(x, n)| (x as f64 + more, n as f64 + more));
    if x1 == 0.0 || x2 == 0.0 {
        return (None, None);
    }
    let estimate = x2 / n2 / (x1 / n1);
    let step = (z * (1.0 / x1 - 1.0 / n1 + 1.0 / x2 - 1.0 / n2).sqrt()).exp();
    (Some(estimate / step), Some(estimate * step))
}

/// Logarithms of ratios beyond this are as good as infinite.
const FARTHEST: f64 = 80.0;

/// Where a falling function crosses 0 between `low` and `high`, to the last digit.
///
/// Other than [`bisect`](crate::math::bisect) it does not look at the ends, where a score can be 0 / 0.
pub(super) fn falling_root(mut low: f64, mut high: f64, f: impl Fn(f64) -> f64) -> f64 {
    // A root at 0 is near enough after 200 halvings.
    for _ in 0..200 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if f(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    low + (high - low) / 2.0
}

/// The ratio whose logarithm is where a falling function crosses 0.
pub(super) fn falling_ratio(f: impl Fn(f64) -> f64) -> f64 {
    falling_root(-FARTHEST, FARTHEST, f).exp()
}

fn score_limits_of_ratio(
    first: Counts,
    second: Counts,
    variance: ScoreVariance,
    z: f64,
) -> (Option<f64>, Option<f64>) {
    let limit = |wanted: f64| {
        falling_ratio(|ln| score_of_ratio(first, second, ln.exp(), variance) - wanted)
    };
    match (first.0, second.0) {
        (0, 0) => (None, None),
        (0, _) => (Some(limit(z)), None),
        (_, 0) => (Some(0.0), Some(limit(-z))),
        _ => (Some(limit(z)), Some(limit(-z))),
    }
}

/// z of a ratio, which falls as the ratio rises; 0 where nothing varies.
pub(super) fn score_of_ratio(
    first: Counts,
    second: Counts,
    ratio: f64,
    variance: ScoreVariance,
) -> f64 {
    let [(x1, n1), (x2, n2)] = [first, second].map(|(x, n)| (x as f64, n as f64));
    // The likeliest proportion of the first group, second = ratio × first: the smaller root of a square.
    let a = (n1 + n2) * ratio;
    let b = ratio * (n2 + x1) + x2 + n1;
    let c = x1 + x2;
    let p1 = 2.0 * c / (b + (b * b - 4.0 * a * c).max(0.0).sqrt());
    let p2 = (ratio * p1).min(1.0);
    let spread = p2 * (1.0 - p2) / n2 + ratio * ratio * p1 * (1.0 - p1) / n1;
    let z = (rate(second) - ratio * rate(first)) / (spread * variance.factor(n1 + n2)).sqrt();
    if z.is_nan() { 0.0 } else { z }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: f64, expected: f64) {
        assert!(
            (value - expected).abs() <= 1e-12,
            "{value} is not {expected}"
        );
    }

    #[test]
    fn at_the_limits_of_a_score_interval_the_score_is_the_normal_quantile() {
        let z = normal_critical(0.95);
        let (first, second) = ((3, 10), (7, 10));
        let limits =
            risk_difference(first, second, DifferenceMethod::MiettinenNurminen, 0.95).unwrap();
        let score = |d| score_of_difference(first, second, d, ScoreVariance::Unbiased);
        close(score(limits.conf_low), z);
        close(score(limits.conf_high), -z);
    }

    #[test]
    fn the_score_test_of_no_difference_is_the_chi_square_test() {
        // 7 of 10 and 3 of 10: χ² = 3.2.
        let test = risk_difference_test((3, 10), (7, 10), 0.0, ScoreVariance::Plain).unwrap();
        close(test.statistic.powi(2), 3.2);
    }

    #[test]
    fn nobody_in_either_group_has_a_difference_and_no_ratio() {
        let method = DifferenceMethod::MiettinenNurminen;
        let none = risk_difference((0, 10), (0, 10), method, 0.95).unwrap();
        assert_eq!(none.estimate, 0.0);
        close(none.conf_low, -none.conf_high);
        assert!(none.conf_high > 0.25 && none.conf_high < 0.35);
        let none = risk_ratio((0, 10), (0, 10), RatioMethod::Koopman, 0.95);
        assert_eq!(
            (none.estimate, none.conf_low, none.conf_high),
            (None, None, None)
        );
    }
}
