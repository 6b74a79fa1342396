//! Permutation version of the log-rank test for small samples.

use serde::Serialize;

/// Result of a permutation test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PermutationTest {
    /// p value of the χ² statistic under all (or the drawn) arrangements.
    pub p_value: f64,
    /// How it was found.
    pub method: PermutationMethod,
}

/// How a permutation p value was found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum PermutationMethod {
    /// Every arrangement was looked at.
    Exact {
        /// How many there are.
        arrangements: u64,
    },
    /// A random sample of the arrangements.
    MonteCarlo {
        /// How many were drawn.
        draws: u32,
        /// Seed of the generator.
        seed: u64,
    },
}

/// Permutation log-rank test: exact when there are at most 10⁶ arrangements, else Monte Carlo.
///
/// `None` when the statistic does not exist. `progress` hears the share done.
pub fn permutation_log_rank(
    time: &[f64],
    event: &[bool],
    group: &[usize],
    n_groups: usize,
    draws: u32,
    seed: u64,
    progress: &mut dyn FnMut(f64),
) -> Option<PermutationTest> {
    progress(0.0);
    todo!("{time:?} {event:?} {group:?} {n_groups} {draws} {seed}")
}
