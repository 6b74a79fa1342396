//! Corrections for several tests.

/// Holm's (1979) step-down correction, in the order given; `None` stays `None` and does not count.
pub fn holm(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    todo!("{p_values:?}")
}
