//! Corrections for several tests.

/// Holm's (1979) step-down correction, in the order given; `None` stays `None` and does not count.
pub fn holm(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut order: Vec<(usize, f64)> = p_values
        .iter()
        .enumerate()
        .filter_map(|(i, p)| Some((i, (*p)?)))
        .collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let tests = order.len();
    let mut adjusted = vec![None; p_values.len()];
    let mut largest = 0.0;
    for (rank, (i, p)) in order.into_iter().enumerate() {
        largest = f64::max(largest, (p * (tests - rank) as f64).min(1.0));
        adjusted[i] = Some(largest);
    }
    adjusted
}
