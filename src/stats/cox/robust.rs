//! Robust errors: Lin & Wei's sandwich.

use super::baseline::hazards;
use super::data::Rows;
use super::likelihood::DEPENDENT;
use crate::math::Factor;

/// Calls `visit(place, martingale, score)` for every row, at these coefficients; all on the scale of the rows.
///
/// **Source.** Therneau, Grambsch & Fleming (1990), Biometrika 77:147, equations 4 and 8; Efron's ties as in
/// Therneau & Grambsch (2000), E.
pub(super) fn influences(rows: &Rows, beta: &[f64], mut visit: impl FnMut(usize, f64, &[f64])) {
    let mut score = vec![0.0; rows.size];
    for (stratum, hazard) in rows.strata.iter().zip(hazards(rows, beta)) {
        for place in stratum.places.clone() {
            let start = rows.entries.as_ref().map(|entries| entries.start[place]);
            let (time, event) = (rows.time[place], rows.event[place]);
            let exposure = hazard.exposure(start, time, event);
            let risk = rows.predictor(place, beta).exp();
            let cells = score.iter_mut().zip(rows.values(place)).zip(&exposure.mean);
            cells.for_each(|((cell, x), mean)| *cell = risk * (mean - x * exposure.hazard));
            if event {
                let cells = score.iter_mut().zip(rows.values(place));
                let means = hazard.event_mean(time);
                cells
                    .zip(means)
                    .for_each(|((cell, x), mean)| *cell += x - mean);
            }
            visit(place, f64::from(event) - risk * exposure.hazard, &score);
        }
    }
}

/// Scores summed within clusters, cluster after cluster.
pub(super) struct Scores {
    size: usize,
    sums: Vec<f64>,
}

impl Scores {
    /// `cluster` gives the cluster at each place, counted from 0.
    pub(super) fn new(rows: &Rows, beta: &[f64], cluster: &[u32]) -> Self {
        let size = rows.size;
        let clusters = cluster.iter().max().map_or(0, |&last| last as usize + 1);
        let mut sums = vec![0.0; clusters * size];
        influences(rows, beta, |place, _, score| {
            let first = cluster[place] as usize * size;
            let weight = rows.weight(place);
            let cells = sums[first..first + size].iter_mut().zip(score);
            cells.for_each(|(cell, x)| *cell += weight * x);
        });
        Self { size, sums }
    }

    /// Σ U Uᵀ over the clusters.
    fn middle(&self) -> Vec<f64> {
        let size = self.size;
        let mut middle = vec![0.0; size * size];
        for score in self.sums.chunks_exact(size) {
            for (row, x) in middle.chunks_exact_mut(size).zip(score) {
                row.iter_mut()
                    .zip(score)
                    .for_each(|(cell, y)| *cell += x * y);
            }
        }
        middle
    }

    /// V (Σ U Uᵀ) V for the naive variance V.
    pub(super) fn sandwich(&self, naive: &[f64]) -> Vec<f64> {
        let product = |a: &[f64], b: &[f64]| -> Vec<f64> {
            let size = self.size;
            let cell =
                |i: usize, j: usize| (0..size).map(|k| a[i * size + k] * b[k * size + j]).sum();
            (0..size * size).map(|k| cell(k / size, k % size)).collect()
        };
        product(&product(naive, &self.middle()), naive)
    }

    /// Σ Uᵀ (Σ U Uᵀ)⁻¹ Σ U: the robust score statistic.
    pub(super) fn statistic(&self) -> f64 {
        let mut total = vec![0.0; self.size];
        for score in self.sums.chunks_exact(self.size) {
            total.iter_mut().zip(score).for_each(|(sum, x)| *sum += x);
        }
        Factor::new(&self.middle(), self.size, DEPENDENT).quadratic_form(&total)
    }
}
