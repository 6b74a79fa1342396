//! Intervals of a proportion and of a difference of two.

use serde::{Deserialize, Serialize};

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
pub fn proportion(count: usize, n: usize, method: ProportionMethod, conf_level: f64) -> Proportion {
    todo!("{count} {n} {method:?} {conf_level}")
}

/// Newcombe's (1998, method 10) hybrid score interval of `second − first`; `None` when a group is empty.
pub fn newcombe(
    first: (usize, usize),
    second: (usize, usize),
    conf_level: f64,
) -> Option<Difference> {
    todo!("{first:?} {second:?} {conf_level}")
}
