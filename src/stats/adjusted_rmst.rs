//! Restricted mean survival time of two groups, adjusted for covariates.

use serde::Serialize;

use super::RmstError;
use super::follow_up::merge_near_ties;
use crate::math::{Factor, normal_critical, normal_two_sided};

/// What of the restricted mean a regression describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RmstLink {
    /// The mean itself: coefficients are differences.
    Difference,
    /// Its logarithm: coefficients are logarithms of ratios.
    Ratio,
    /// The logarithm of the time lost.
    LossRatio,
}

/// A coefficient of a regression of the restricted mean.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RmstCoefficient {
    /// Difference, or logarithm of the ratio.
    pub coef: f64,
    /// Standard error of `coef`.
    pub std_err: f64,
    /// `coef` / `std_err`.
    pub z: f64,
    /// Two-sided p value.
    pub p_value: f64,
    /// Lower limit of `coef`.
    pub conf_low: f64,
    /// Upper limit of `coef`.
    pub conf_high: f64,
}

/// Why a regression of the restricted mean cannot be fitted.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum AdjustedRmstError {
    /// The restriction time.
    #[error(transparent)]
    Tau(#[from] RmstError),
    /// A covariate, counted from 0 after intercept and arm, depends on those before it.
    #[error("column {column} of the model depends on those before it")]
    Dependent {
        /// Column of the design: 0 the intercept, 1 the arm, then the covariates.
        column: usize,
    },
    /// The iterations did not settle.
    #[error("no convergence in {iterations} iterations")]
    NoConvergence {
        /// How many were made.
        iterations: usize,
    },
}

/// Regression of the restricted mean on arm and covariates, weighted by the inverse probability of censoring.
///
/// Gives intercept, arm (second against first) and covariates in order.
///
/// **Conventions.** Only those whose restricted time is known count, each weighted by one over the probability of
/// being followed that long in its own arm (Kaplan-Meier of the censoring). The variance takes that estimate into
/// account.
/// **Errors.** A `tau` not above 0, dependent covariates, no convergence of the ratio models.
/// **Source.** Tian, Zhao & Wei (2014), Biostatistics 15:222.
/// **Checked against** `survRM2::rmst2(covariates = )`, in `tests/reference/rmst.rs`.
pub fn adjusted_rmst(
    time: &[f64],
    event: &[bool],
    second: &[bool],
    covariates: &[Vec<f64>],
    tau: f64,
    link: RmstLink,
    conf_level: f64,
) -> Result<Vec<RmstCoefficient>, AdjustedRmstError> {
    if tau <= 0.0 || tau.is_nan() {
        return Err(RmstError::NotPositive { tau }.into());
    }
    let merged = merge_near_ties(time);
    let subjects = Subjects::new(&merged, event, second, covariates, tau);
    let coef = subjects.fit(link, tau)?;
    let size = coef.len();
    let residual_rows = subjects.influence(&coef, link, tau);
    let mut middle = vec![0.0; size * size];
    for row in residual_rows.chunks(size) {
        add_outer(&mut middle, row, 1.0);
    }
    let bread = subjects.information(&coef, link, false)?;
    let inverse = bread.inverse();
    let z = normal_critical(conf_level);
    Ok((0..size)
        .map(|j| {
            let row = &inverse[j * size..][..size];
            let variance: f64 = (0..size)
                .map(|a| {
                    row[a]
                        * (0..size)
                            .map(|b| middle[a * size + b] * row[b])
                            .sum::<f64>()
                })
                .sum();
            let std_err = variance.sqrt();
            RmstCoefficient {
                coef: coef[j],
                std_err,
                z: coef[j] / std_err,
                p_value: normal_two_sided(coef[j] / std_err),
                conf_low: coef[j] - z * std_err,
                conf_high: coef[j] + z * std_err,
            }
        })
        .collect())
}

/// Newton's method on a concave quasi-likelihood settles in fewer.
const MAX_ITERATIONS: usize = 50;

/// Steps below this share of the coefficients are rounding.
const SETTLED: f64 = 1e-12;

/// Columns that depend on others up to this share.
const DEPENDENT: f64 = 1e-11;

/// Subjects sorted by arm and restricted time.
struct Subjects {
    /// Restricted time.
    time: Vec<f64>,
    /// Whether it is known.
    known: Vec<bool>,
    weight: Vec<f64>,
    /// Design row by row: intercept, arm, covariates.
    design: Vec<f64>,
    size: usize,
    /// Where the second arm begins.
    second: usize,
}

impl Subjects {
    fn new(
        time: &[f64],
        event: &[bool],
        second: &[bool],
        covariates: &[Vec<f64>],
        tau: f64,
    ) -> Self {
        let mut order: Vec<usize> = (0..time.len()).collect();
        let restricted = |i: usize| time[i].min(tau);
        order.sort_by(|&a, &b| {
            (second[a].cmp(&second[b])).then(restricted(a).total_cmp(&restricted(b)))
        });
        let size = 2 + covariates.len();
        let row = |&i: &usize| {
            let arm = f64::from(u8::from(second[i]));
            let own = covariates.iter().map(move |column| column[i]);
            [1.0, arm].into_iter().chain(own)
        };
        let mut subjects = Self {
            time: order.iter().map(|&i| restricted(i)).collect(),
            known: order.iter().map(|&i| event[i] || time[i] >= tau).collect(),
            weight: Vec::new(),
            design: order.iter().flat_map(row).collect(),
            size,
            second: second.iter().filter(|&&second| !second).count(),
        };
        for arm in subjects.arms() {
            let mut followed = 1.0;
            let mut weights = Vec::with_capacity(arm.len());
            let mut at_risk = arm.len() as f64;
            for tied in subjects.ties(arm) {
                let censored = tied.clone().filter(|&i| !subjects.known[i]).count() as f64;
                followed *= 1.0 - censored / at_risk;
                at_risk -= tied.len() as f64;
                let weight = |i: usize| {
                    if subjects.known[i] {
                        1.0 / followed
                    } else {
                        0.0
                    }
                };
                weights.extend(tied.map(weight));
            }
            subjects.weight.extend(weights);
        }
        subjects
    }

    fn arms(&self) -> [std::ops::Range<usize>; 2] {
        [0..self.second, self.second..self.time.len()]
    }

    /// The runs of equal times in an arm.
    fn ties(&self, arm: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
        let mut start = arm.start;
        (self.time[arm].chunk_by(|a, b| a == b))
            .map(|tied| {
                start += tied.len();
                start - tied.len()..start
            })
            .collect()
    }

    fn row(&self, i: usize) -> &[f64] {
        &self.design[i * self.size..][..self.size]
    }

    fn outcome(&self, i: usize, link: RmstLink, tau: f64) -> f64 {
        match link {
            RmstLink::Difference | RmstLink::Ratio => self.time[i],
            RmstLink::LossRatio => tau - self.time[i],
        }
    }

    fn mean(&self, i: usize, coef: &[f64], link: RmstLink) -> f64 {
        let linear: f64 = self.row(i).iter().zip(coef).map(|(x, b)| x * b).sum();
        match link {
            RmstLink::Difference => linear,
            RmstLink::Ratio | RmstLink::LossRatio => linear.exp(),
        }
    }

    /// Σ x xᵀ dμ/dη, of everybody or weighted.
    fn information(
        &self,
        coef: &[f64],
        link: RmstLink,
        weighted: bool,
    ) -> Result<Factor, AdjustedRmstError> {
        let mut matrix = vec![0.0; self.size * self.size];
        for i in 0..self.time.len() {
            let slope = match link {
                RmstLink::Difference => 1.0,
                RmstLink::Ratio | RmstLink::LossRatio => self.mean(i, coef, link),
            };
            let weight = if weighted { self.weight[i] } else { 1.0 };
            add_outer(&mut matrix, self.row(i), weight * slope);
        }
        let factor = Factor::new(&matrix, self.size, DEPENDENT);
        match (0..self.size).find(|&column| factor.is_dependent(column)) {
            Some(column) => Err(AdjustedRmstError::Dependent { column }),
            None => Ok(factor),
        }
    }

    /// Weighted least squares, or quasi-Poisson by Newton's method.
    fn fit(&self, link: RmstLink, tau: f64) -> Result<Vec<f64>, AdjustedRmstError> {
        let mut coef = vec![0.0; self.size];
        if link != RmstLink::Difference {
            let total = |value: &dyn Fn(usize) -> f64| -> f64 {
                (0..self.time.len())
                    .map(|i| self.weight[i] * value(i))
                    .sum()
            };
            coef[0] = (total(&|i| self.outcome(i, link, tau)) / total(&|_| 1.0)).ln();
        }
        for _ in 0..MAX_ITERATIONS {
            let mut score = vec![0.0; self.size];
            for i in 0..self.time.len() {
                let error = self.outcome(i, link, tau) - self.mean(i, &coef, link);
                for (sum, x) in score.iter_mut().zip(self.row(i)) {
                    *sum += self.weight[i] * error * x;
                }
            }
            let step = self.information(&coef, link, true)?.solve(&score);
            let scale = coef.iter().fold(1.0, |scale: f64, b| scale.max(b.abs()));
            let largest = step
                .iter()
                .fold(0.0, |largest: f64, b| largest.max(b.abs()));
            coef.iter_mut().zip(&step).for_each(|(b, step)| *b += step);
            if !largest.is_finite() {
                break;
            }
            if largest <= SETTLED * scale {
                return Ok(coef);
            }
        }
        Err(AdjustedRmstError::NoConvergence {
            iterations: MAX_ITERATIONS,
        })
    }

    /// What each subject adds to the score, the estimate of the censoring included: row by row.
    ///
    /// A censoring at t adds the mean score of those still followed, and everybody followed at t loses its share.
    fn influence(&self, coef: &[f64], link: RmstLink, tau: f64) -> Vec<f64> {
        let size = self.size;
        let mut rows = vec![0.0; self.time.len() * size];
        for i in 0..self.time.len() {
            let error = self.outcome(i, link, tau) - self.mean(i, coef, link);
            for (j, x) in self.row(i).iter().enumerate() {
                rows[i * size + j] = self.weight[i] * error * x;
            }
        }
        for arm in self.arms() {
            let ties = self.ties(arm.clone());
            // Backwards: the scores of those followed at each time.
            let mut later = vec![vec![0.0; size]; ties.len() + 1];
            for (t, tied) in ties.iter().enumerate().rev() {
                later[t] = later[t + 1].clone();
                for i in tied.clone() {
                    for j in 0..size {
                        later[t][j] += rows[i * size + j];
                    }
                }
            }
            let mut lost = vec![0.0; size];
            for (t, tied) in ties.iter().enumerate() {
                let at_risk = (arm.end - tied.start) as f64;
                let censored = tied.clone().filter(|&i| !self.known[i]).count() as f64;
                for j in 0..size {
                    lost[j] += later[t][j] * censored / (at_risk * at_risk);
                }
                for i in tied.clone() {
                    for j in 0..size {
                        let own = if self.known[i] {
                            0.0
                        } else {
                            later[t][j] / at_risk
                        };
                        rows[i * size + j] += own - lost[j];
                    }
                }
            }
        }
        rows
    }
}

/// Adds w x xᵀ.
fn add_outer(matrix: &mut [f64], x: &[f64], w: f64) {
    for (row, a) in matrix.chunks_mut(x.len()).zip(x) {
        for (cell, b) in row.iter_mut().zip(x) {
            *cell += w * a * b;
        }
    }
}
