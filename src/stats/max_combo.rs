//! The largest of several weighted log-rank tests.

use serde::Serialize;

use super::risk_table::RiskTable;
use super::weighted_log_rank::Weight;
use crate::math::normal_beyond;

/// The weights of MaxCombo: proportional, early, late and middle differences.
pub const MAX_COMBO: [Weight; 4] = [
    Weight::FlemingHarrington { p: 0.0, q: 0.0 },
    Weight::FlemingHarrington { p: 1.0, q: 0.0 },
    Weight::FlemingHarrington { p: 0.0, q: 1.0 },
    Weight::FlemingHarrington { p: 1.0, q: 1.0 },
];

/// The largest of several standardised log-rank scores of two groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MaxCombo {
    /// The standardised scores, positive when the second group has more events than expected; `None` where
    /// no event time counts.
    pub z: Vec<Option<f64>>,
    /// Their correlation if the groups do not differ, row by row, of those that are not `None`.
    pub correlation: Vec<f64>,
    /// The largest |z|.
    pub statistic: f64,
    /// Which one it is.
    pub largest: usize,
    /// Two-sided p value: the chance of a |z| that large among them.
    pub p_value: f64,
}

impl RiskTable {
    /// MaxCombo of two groups, within strata; `None` with another number of groups, or when nothing is compared.
    ///
    /// **Conventions.** The covariance of two scores is the sum of w₁ w₂ times the hypergeometric variance.
    /// **Source.** Lee (2007), Comput Stat Data Anal 51:6557; Lin et al. (2020), Stat Biopharm Res 12:187.
    /// **Checked against** the formula with `mvtnorm::pmvnorm` in R, in `tests/reference/max_combo.rs`.
    pub fn max_combo(&self, weights: &[Weight]) -> Option<MaxCombo> {
        if self.n_groups != 2 {
            return None;
        }
        let size = weights.len();
        let values: Vec<Vec<f64>> = weights.iter().map(|w| w.values(&self.times)).collect();
        let (mut score, mut covariance) = (vec![0.0; size], vec![0.0; size * size]);
        for (t, (time, at_risk, events)) in self.rows().enumerate() {
            let difference = events[1] - time.n_event / time.n_risk * at_risk[1];
            let variance = time.spread() * at_risk[0] * at_risk[1];
            for a in 0..size {
                score[a] += values[a][t] * difference;
                for b in 0..size {
                    covariance[a * size + b] += values[a][t] * values[b][t] * variance;
                }
            }
        }
        let std_err = |a: usize| covariance[a * size + a].sqrt();
        let z: Vec<Option<f64>> = (0..size)
            .map(|a| (std_err(a) > 0.0).then(|| score[a] / std_err(a)))
            .collect();
        let used: Vec<usize> = (0..size).filter(|&a| z[a].is_some()).collect();
        let correlation: Vec<f64> = (used.iter())
            .flat_map(|&a| used.iter().map(move |&b| (a, b)))
            .map(|(a, b)| covariance[a * size + b] / (std_err(a) * std_err(b)))
            .collect();
        let absolute = |a: usize| z[a].map_or(0.0, f64::abs);
        let largest = used
            .iter()
            .copied()
            .reduce(|a, b| if absolute(b) > absolute(a) { b } else { a })?;
        let statistic = absolute(largest);
        Some(MaxCombo {
            p_value: normal_beyond(&correlation, used.len(), statistic),
            z,
            correlation,
            statistic,
            largest,
        })
    }
}
