//! Tests of contingency tables.

use serde::Serialize;

/// Fisher's exact test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FisherTest {
    /// Two-sided p value: all tables no more probable than the observed one.
    pub p_value: f64,
    /// Whether all tables were enumerated; else `draws` tables were simulated.
    pub draws: Option<u32>,
}

/// Fisher's exact test of a 2 × k table: `counts[g] = (with, without)` of group g.
pub fn fisher_exact(counts: &[(usize, usize)], seed: u64) -> FisherTest {
    todo!("{counts:?} {seed}")
}
