//! Weighted log-rank tests, their trend versions, and the one-step hazard ratio.

use serde::{Deserialize, Serialize};

use super::log_rank::score_statistic;
use super::risk_table::{EventTime, RiskTable};
use crate::math::{chi_square_upper, normal_critical};

/// How much the difference at an event time counts in a log-rank test.
///
/// S is the Kaplan-Meier estimate of all groups together, n the number at risk and d the events, within the
/// stratum.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Weight {
    /// 1: the log-rank test (Mantel 1966).
    LogRank,
    /// n: the generalised Wilcoxon test of Gehan (1965), Biometrika 52:203, and Breslow (1970).
    GehanBreslow,
    /// √n: Tarone & Ware (1977), Biometrika 64:156.
    TaroneWare,
    /// ∏ (1 − d / (n + 1)), this time included: Peto & Peto (1972), J R Stat Soc A 135:185, as Prentice (1978).
    PetoPeto,
    /// The same times n / (n + 1): Andersen, Borgan, Gill & Keiding (1982), Int Stat Rev 50:219.
    ModifiedPetoPeto,
    /// S^p (1 − S)^q just before: Fleming & Harrington (1991), 7.1. R's `survdiff(rho = p)` has q = 0.
    FlemingHarrington {
        /// Counts early differences.
        p: f64,
        /// Counts late differences.
        q: f64,
    },
}

impl Weight {
    /// The weights of event times.
    pub(super) fn values(self, times: &[EventTime]) -> Vec<f64> {
        let (mut stratum, mut survival, mut peto) = (None, 1.0, 1.0);
        let weight = |time: &EventTime| {
            let (n, d) = (time.n_risk, time.n_event);
            if stratum != Some(time.stratum) {
                (stratum, survival, peto) = (Some(time.stratum), 1.0, 1.0);
            }
            let before: f64 = survival;
            survival *= (n - d) / n;
            peto *= 1.0 - d / (n + 1.0);
            match self {
                Weight::LogRank => 1.0,
                Weight::GehanBreslow => n,
                Weight::TaroneWare => n.sqrt(),
                Weight::PetoPeto => peto,
                Weight::ModifiedPetoPeto => peto * n / (n + 1.0),
                Weight::FlemingHarrington { p, q } => before.powf(p) * (1.0 - before).powf(q),
            }
        };
        times.iter().map(weight).collect()
    }
}

/// A weighted log-rank test of k groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeightedLogRank {
    /// How event times are weighted.
    pub weight: Weight,
    /// Weighted observed events of each group.
    pub observed: Vec<f64>,
    /// Weighted observed minus expected events of each group.
    pub score: Vec<f64>,
    /// Covariance of `score`, row by row.
    pub variance: Vec<f64>,
    /// χ²; `None` when there is nothing to compare.
    pub statistic: Option<f64>,
    /// Degrees of freedom.
    pub df: usize,
    /// Two-sided p value.
    pub p_value: Option<f64>,
}

/// A test for trend over ordered groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LogRankTrend {
    /// Positive when events come sooner in groups with higher scores.
    pub z: f64,
    /// z².
    pub statistic: f64,
    /// Two-sided p value.
    pub p_value: f64,
}

/// A hazard ratio from one step of Newton's method.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct OneStepHazardRatio {
    /// Hazard of the second group over the first.
    pub hazard_ratio: f64,
    /// Standard error of its logarithm.
    pub log_std_err: f64,
    /// Lower limit.
    pub conf_low: f64,
    /// Upper limit.
    pub conf_high: f64,
}

impl RiskTable {
    /// The weighted log-rank test of all groups, within strata.
    ///
    /// **Conventions.** Hypergeometric variance, with its correction for ties. Subjects who come under
    /// observation late are at risk from then on.
    /// **Source.** Fleming & Harrington (1991), 7.2; Klein & Moeschberger (2003), 7.3 and 7.5.
    /// **Checked against** `survdiff` and the formula in R, in `tests/reference/log_rank_weighted.rs`.
    pub fn test(&self, weight: Weight) -> WeightedLogRank {
        let k = self.n_groups;
        let (mut observed, mut score) = (vec![0.0; k], vec![0.0; k]);
        let (mut expected, mut variance) = (vec![0.0; k], vec![0.0; k * k]);
        for (weight, (time, at_risk, events)) in weight.values(&self.times).iter().zip(self.rows())
        {
            let hazard = time.n_event / time.n_risk;
            let spread = weight * weight * time.spread();
            for a in 0..k {
                observed[a] += weight * events[a];
                expected[a] += hazard * at_risk[a];
                score[a] += weight * (events[a] - hazard * at_risk[a]);
                for b in 0..a {
                    variance[a * k + b] -= spread * at_risk[a] * at_risk[b];
                }
                variance[a * k + a] += spread * at_risk[a] * (time.n_risk - at_risk[a]);
            }
        }
        for a in 0..k {
            for b in 0..a {
                variance[b * k + a] = variance[a * k + b];
            }
        }
        let (statistic, df) = score_statistic(&score, &expected, &variance);
        WeightedLogRank {
            weight,
            observed,
            score,
            variance,
            statistic,
            df,
            p_value: statistic.map(|statistic| chi_square_upper(statistic, df)),
        }
    }

    /// Expected events of each group if the groups do not differ.
    pub fn expected(&self) -> Vec<f64> {
        let mut expected = vec![0.0; self.n_groups];
        for (time, at_risk, _) in self.rows() {
            for (sum, at_risk) in expected.iter_mut().zip(at_risk) {
                *sum += time.n_event / time.n_risk * at_risk;
            }
        }
        expected
    }

    /// Subjects of each group.
    pub fn n(&self) -> &[usize] {
        &self.n
    }
}

impl WeightedLogRank {
    /// The test for trend over groups with these scores; `None` when the score does not vary.
    ///
    /// **Source.** Tarone (1975), Biometrika 62:679; Klein & Moeschberger (2003), 7.4.
    pub fn trend(&self, scores: &[f64]) -> Option<LogRankTrend> {
        let k = self.score.len();
        let sum: f64 = scores.iter().zip(&self.score).map(|(a, u)| a * u).sum();
        let (mut variance, mut scale) = (0.0, 0.0);
        for a in 0..k {
            for b in 0..k {
                let term = scores[a] * scores[b] * self.variance[a * k + b];
                variance += term;
                scale += term.abs();
            }
        }
        (variance > scale * f64::EPSILON * k as f64 * 16.0).then(|| {
            let z = sum / variance.sqrt();
            LogRankTrend {
                z,
                statistic: z * z,
                p_value: chi_square_upper(z * z, 1),
            }
        })
    }

    /// Peto's hazard ratio of two groups, of the log-rank test; `None` when nothing is compared.
    ///
    /// **Source.** Yusuf et al. (1985), Prog Cardiovasc Dis 27:335.
    /// **Checked against** the formula in R, in `tests/reference/log_rank_weighted.rs`.
    pub fn one_step_hazard_ratio(&self, conf_level: f64) -> Option<OneStepHazardRatio> {
        let (&[_, score], &[.., variance]) = (&self.score[..], &self.variance[..]) else {
            return None;
        };
        (variance > 0.0).then(|| {
            let (log, log_std_err) = (score / variance, 1.0 / variance.sqrt());
            let step = normal_critical(conf_level) * log_std_err;
            OneStepHazardRatio {
                hazard_ratio: log.exp(),
                log_std_err,
                conf_low: (log - step).exp(),
                conf_high: (log + step).exp(),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::GroupedFollowUp;
    use super::*;

    /// Group 0 at 1, 3, 5; group 1 at 2, 4, 6; everybody has the event.
    fn table() -> RiskTable {
        let time = [1.0, 3.0, 5.0, 2.0, 4.0, 6.0];
        RiskTable::new(&GroupedFollowUp::new(
            &time,
            &[true; 6],
            &[0, 0, 0, 1, 1, 1],
            2,
        ))
        .unwrap()
    }

    #[test]
    fn the_weights_of_six_events_by_hand() {
        let times = table().times;
        let close = |weight: Weight, expected: [f64; 6]| {
            for (value, expected) in weight.values(&times).iter().zip(expected) {
                assert!((value - expected).abs() < 1e-15, "{weight:?}: {value}");
            }
        };
        close(Weight::LogRank, [1.0; 6]);
        close(Weight::GehanBreslow, [6.0, 5.0, 4.0, 3.0, 2.0, 1.0]);
        let peto = [
            6.0 / 7.0,
            5.0 / 7.0,
            4.0 / 7.0,
            3.0 / 7.0,
            2.0 / 7.0,
            1.0 / 7.0,
        ];
        close(Weight::PetoPeto, peto);
        let (p, q) = (1.0, 0.0);
        let s = [1.0, 5.0 / 6.0, 4.0 / 6.0, 0.5, 2.0 / 6.0, 1.0 / 6.0];
        close(Weight::FlemingHarrington { p, q }, s);
        close(
            Weight::FlemingHarrington { p: 0.0, q: 1.0 },
            s.map(|s| 1.0 - s),
        );
    }

    #[test]
    fn the_gehan_score_counts_who_outlives_whom() {
        // Group 0 outlives group 1 in 0 + 1 + 2 pairs of 9, and is outlived in 6.
        assert_eq!(table().test(Weight::GehanBreslow).score[0], 6.0 - 3.0);
    }

    #[test]
    fn two_strata_add_up_and_the_trend_of_two_groups_is_their_test() {
        let single = table().test(Weight::TaroneWare);
        let time = [1.0, 3.0, 5.0, 2.0, 4.0, 6.0].repeat(2);
        let strata = [[0; 6], [1; 6]].concat();
        let group = [0, 0, 0, 1, 1, 1].repeat(2);
        let data = GroupedFollowUp {
            strata: Some(&strata),
            ..GroupedFollowUp::new(&time, &[true; 12], &group, 2)
        };
        let double = RiskTable::new(&data).unwrap().test(Weight::TaroneWare);
        assert!((double.score[1] - 2.0 * single.score[1]).abs() < 1e-14);
        assert!((double.variance[3] - 2.0 * single.variance[3]).abs() < 1e-14);
        let trend = double.trend(&[0.0, 1.0]).unwrap();
        assert!((trend.statistic - double.statistic.unwrap()).abs() < 1e-14);
        assert_eq!(double.trend(&[2.0, 2.0]), None);
    }
}
