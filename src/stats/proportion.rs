//! Intervals of a proportion and of a difference of two.

use serde::{Deserialize, Serialize};

use crate::math::{beta_quantile, binomial_upper, bisect, normal_critical};

/// Interval of a single proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProportionMethod {
    /// Clopper & Pearson (1934): exact, the default.
    ClopperPearson,
    /// Wilson (1927) score interval.
    Wilson,
    /// Agresti & Coull (1998).
    AgrestiCoull,
    /// Jeffreys: equal-tailed with the prior Beta(½, ½).
    Jeffreys,
    /// Clopper-Pearson with the mid-P value.
    MidP,
}

/// A proportion with its interval; all in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Proportion {
    /// How many had it.
    pub count: usize,
    /// Of how many.
    pub n: usize,
    /// count / n; `None` for n = 0.
    pub estimate: Option<f64>,
    /// Lower limit.
    pub conf_low: Option<f64>,
    /// Upper limit.
    pub conf_high: Option<f64>,
}

/// A difference of two proportions with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Difference {
    /// Second minus first.
    pub estimate: f64,
    /// Lower limit.
    pub conf_low: f64,
    /// Upper limit.
    pub conf_high: f64,
}

/// A proportion with the interval of the chosen method.
///
/// **Conventions.** At 0 and at n the lower limit is 0 and the upper one 1, for Jeffreys' interval
/// too (Brown, Cai & DasGupta 2001, Stat Sci 16:101). Agresti-Coull limits are cut to [0, 1].
/// **Checked against** `binom.test`, `prop.test` and the definitions in `tests/reference`.
pub fn proportion(count: usize, n: usize, method: ProportionMethod, conf_level: f64) -> Proportion {
    let limits = (n > 0).then(|| match method {
        ProportionMethod::ClopperPearson => clopper_pearson(count, n, conf_level),
        ProportionMethod::Wilson => wilson(count, n, conf_level),
        ProportionMethod::AgrestiCoull => agresti_coull(count, n, conf_level),
        ProportionMethod::Jeffreys => jeffreys(count, n, conf_level),
        ProportionMethod::MidP => mid_p(count, n, conf_level),
    });
    Proportion {
        count,
        n,
        estimate: (n > 0).then(|| count as f64 / n as f64),
        conf_low: limits.map(|(low, _)| if count == 0 { 0.0 } else { low.max(0.0) }),
        conf_high: limits.map(|(_, high)| if count == n { 1.0 } else { high.min(1.0) }),
    }
}

/// The tails of a Beta posterior. Each limit is only used where the other count is not 0.
fn beta_limits(low: (f64, f64), high: (f64, f64), conf_level: f64) -> (f64, f64) {
    let alpha = (1.0 - conf_level) / 2.0;
    let quantile = |p: f64, (a, b): (f64, f64)| {
        if a > 0.0 && b > 0.0 {
            beta_quantile(p, a, b)
        } else {
            f64::from(a > 0.0)
        }
    };
    // The upper limit from its mirror image: α is exact, 1 − α is not.
    (
        quantile(alpha, low),
        1.0 - quantile(alpha, (high.1, high.0)),
    )
}

fn clopper_pearson(count: usize, n: usize, conf_level: f64) -> (f64, f64) {
    let (x, rest) = (count as f64, (n - count) as f64);
    beta_limits((x, rest + 1.0), (x + 1.0, rest), conf_level)
}

fn jeffreys(count: usize, n: usize, conf_level: f64) -> (f64, f64) {
    let posterior = (count as f64 + 0.5, (n - count) as f64 + 0.5);
    beta_limits(posterior, posterior, conf_level)
}

fn wilson(count: usize, n: usize, conf_level: f64) -> (f64, f64) {
    let (x, n, z) = (count as f64, n as f64, normal_critical(conf_level));
    let z2 = z * z;
    let centre = x + z2 / 2.0;
    let half = z * (x * (n - x) / n + z2 / 4.0).sqrt();
    ((centre - half) / (n + z2), (centre + half) / (n + z2))
}

fn agresti_coull(count: usize, n: usize, conf_level: f64) -> (f64, f64) {
    let z = normal_critical(conf_level);
    let n = n as f64 + z * z;
    let p = (count as f64 + z * z / 2.0) / n;
    let half = z * (p * (1.0 - p) / n).sqrt();
    (p - half, p + half)
}

/// Clopper-Pearson with half the probability of what was observed (Lancaster 1961; Berry & Armitage
/// 1995, Statistician 44:417).
fn mid_p(count: usize, n: usize, conf_level: f64) -> (f64, f64) {
    let alpha = (1.0 - conf_level) / 2.0;
    let mid_upper = |count: usize, p: f64| {
        (binomial_upper(count, n, p) + binomial_upper(count + 1, n, p)) / 2.0
    };
    let low = bisect(0.0, 1.0, |p| mid_upper(count, p) - alpha);
    // The upper limit is 1 − the lower limit of the others.
    let high = 1.0 - bisect(0.0, 1.0, |p| mid_upper(n - count, p) - alpha);
    (low, high)
}

/// Newcombe's (1998, method 10) hybrid score interval of `second − first`; `None` when a group is empty.
///
/// Each group is `(count, n)`. **Source.** Newcombe (1998), Stat Med 17:873.
pub fn newcombe(
    first: (usize, usize),
    second: (usize, usize),
    conf_level: f64,
) -> Option<Difference> {
    let rate = |(count, n): (usize, usize)| {
        let rate = proportion(count, n, ProportionMethod::Wilson, conf_level);
        Some((rate.estimate?, rate.conf_low?, rate.conf_high?))
    };
    let (p1, low1, high1) = rate(first)?;
    let (p2, low2, high2) = rate(second)?;
    let estimate = p2 - p1;
    Some(Difference {
        estimate,
        conf_low: estimate - (p2 - low2).hypot(high1 - p1),
        conf_high: estimate + (high2 - p2).hypot(p1 - low1),
    })
}
