//! The log-rank test.

use serde::Serialize;

/// Result of a k-sample log-rank test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LogRank {
    /// Subjects of each group.
    pub n: Vec<usize>,
    /// Observed events of each group.
    pub observed: Vec<f64>,
    /// Expected events of each group.
    pub expected: Vec<f64>,
    /// χ² statistic; `None` when there is nothing to compare (no event at a time with two groups at risk).
    pub statistic: Option<f64>,
    /// Degrees of freedom.
    pub df: usize,
    /// Two-sided p value.
    pub p_value: Option<f64>,
}

/// One pair of groups with its p value, raw and adjusted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairwiseTest {
    /// Index of the one group.
    pub first: usize,
    /// Index of the other.
    pub second: usize,
    /// p value of the pair.
    pub p_value: Option<f64>,
    /// p value after Holm's correction.
    pub p_adjusted: Option<f64>,
}

/// Log-rank test of `n_groups` groups; `group[i]` counts from 0.
pub fn log_rank(time: &[f64], event: &[bool], group: &[usize], n_groups: usize) -> LogRank {
    todo!("{time:?} {event:?} {group:?} {n_groups}")
}

/// Log-rank test of every pair of groups, with Holm's correction.
pub fn pairwise_log_rank(
    time: &[f64],
    event: &[bool],
    group: &[usize],
    n_groups: usize,
) -> Vec<PairwiseTest> {
    todo!("{time:?} {event:?} {group:?} {n_groups}")
}
