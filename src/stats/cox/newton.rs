//! Newton's method, and coefficients on the scale of the data.

use super::data::Scale;
use super::likelihood::Point;
use super::{CoxError, CoxTerm, CoxTermStatus};
use crate::math::{normal_critical, normal_two_sided};

/// A covariate on the scale of [`Scale`].
pub(in crate::stats) struct Scaled {
    pub(in crate::stats) values: Vec<f64>,
    pub(in crate::stats) scale: f64,
}

impl Scaled {
    pub(in crate::stats) fn new(j: usize, values: &[f64], n: usize) -> Result<Self, CoxError> {
        let scale = Scale::of(j, values, n)?;
        Ok(Self {
            values: values.iter().map(|&value| scale.apply(value)).collect(),
            scale: scale.scale,
        })
    }
}

/// Where the iteration ended; coefficients are on the scale of [`Scaled`].
#[derive(Debug, Clone)]
pub(in crate::stats) struct Maximum {
    pub(in crate::stats) beta: Vec<f64>,
    pub(in crate::stats) point: Point,
    pub(in crate::stats) iterations: usize,
    pub(in crate::stats) separation: bool,
    /// The last step.
    step: Vec<f64>,
}

/// More Newton steps than any finite maximum needs; a monotone likelihood is flat after about 30.
pub(super) const MAX_ITERATIONS: usize = 100;

/// A Newton step below this, on the scale of [`Scaled`], is the last one where no predictor moves by [`LAST_MOVE`]:
/// its error is squared.
const LAST_STEP: f64 = 1e-10;

/// The information changes by about the share by which the last step moves a linear predictor, which for a rare level
/// is far more than the step itself.
const LAST_MOVE: f64 = 1e-10;

/// A step that promises to raise the likelihood by less than this share of itself, and that is not smaller than the
/// one before, is rounding.
const NOISE: f64 = 1e-12;

/// The likelihood stands still when it changes by less than this share of itself: more than the
/// rounding of a sum over a million subjects.
const FLAT: f64 = 1e-10;

/// A step that moves a linear predictor by more than this where the likelihood stands still leads
/// to infinity. Near a finite maximum it is about the root of [`FLAT`], 1e-5.
const STILL_MOVING: f64 = 0.01;

/// Where the likelihood stands still, coefficients that have settled move by less than this share of the one that
/// moves most.
const SETTLED: f64 = 1e-4;

/// Those that run to infinity move by more than this share of it; what is in between drifts.
const RUNNING: f64 = 0.05;

/// Newton's method with step halving, from 0 to the maximum of the likelihood that `at` gives.
///
/// `largest_move` is the largest change of a subject's linear predictor that a step makes.
pub(in crate::stats) fn maximise(
    at: impl Fn(&[f64]) -> Point,
    largest_move: impl Fn(&[f64]) -> f64,
    null: &Point,
) -> Result<Maximum, CoxError> {
    let mut beta = vec![0.0; null.gradient.len()];
    let mut point = null.clone();
    let mut last = f64::INFINITY;
    for iterations in 1..=MAX_ITERATIONS {
        let mut step = point.factor().solve(&point.gradient);
        let before = point.log_likelihood;
        let length = step.iter().fold(0.0, |length, s| f64::max(length, s.abs()));
        let gain = step
            .iter()
            .zip(&point.gradient)
            .map(|(s, g)| s * g)
            .sum::<f64>()
            / 2.0;
        let noise = gain < NOISE * (before.abs() + 1.0) && length > last / 2.0;
        last = length;
        let settled = length < LAST_STEP && largest_move(&step) < LAST_MOVE;
        if settled || noise {
            beta.iter_mut().zip(&step).for_each(|(b, s)| *b += s);
            point.log_likelihood += gain;
            return Ok(Maximum {
                beta,
                point,
                iterations,
                separation: false,
                step,
            });
        }
        let standstill = FLAT * (before.abs() + 1.0);
        let moved =
            |step: &[f64]| -> Vec<f64> { beta.iter().zip(step).map(|(b, s)| b + s).collect() };
        let mut next = moved(&step);
        point = at(&next);
        let mut halvings = 0;
        let falls = |point: &Point| {
            point.log_likelihood.is_nan() || point.log_likelihood < before - standstill
        };
        while falls(&point) && halvings < 30 {
            step.iter_mut().for_each(|s| *s /= 2.0);
            next = moved(&step);
            point = at(&next);
            halvings += 1;
        }
        beta = next;
        let flat = point.log_likelihood - before < standstill;
        if flat && largest_move(&step) > STILL_MOVING {
            return Ok(Maximum {
                beta,
                point,
                iterations,
                separation: true,
                step,
            });
        }
    }
    Err(CoxError::NoConvergence(MAX_ITERATIONS))
}

impl Maximum {
    /// What became of covariate `j`.
    pub(super) fn status(&self, j: usize) -> CoxTermStatus {
        let longest = self
            .step
            .iter()
            .fold(0.0, |longest, s| f64::max(longest, s.abs()));
        let share = self.step[j] / longest;
        if self.separation && share.abs() > SETTLED {
            if share > RUNNING {
                CoxTermStatus::RunsUp
            } else if share < -RUNNING {
                CoxTermStatus::RunsDown
            } else {
                CoxTermStatus::Undetermined
            }
        } else if self.point.factor().is_dependent(j) {
            CoxTermStatus::Collinear
        } else {
            CoxTermStatus::Estimated
        }
    }

    pub(super) fn statuses(&self) -> Vec<CoxTermStatus> {
        (0..self.beta.len()).map(|j| self.status(j)).collect()
    }
}

/// The coefficients on the scale of the data; `variance` is on that of [`Scaled`].
pub(in crate::stats) fn terms(
    maximum: &Maximum,
    scaled: &[Scaled],
    variance: &[f64],
    conf_level: f64,
) -> Vec<CoxTerm> {
    let scales: Vec<f64> = scaled.iter().map(|covariate| covariate.scale).collect();
    terms_of(maximum, &scales, variance, variance, conf_level)
}

/// The same with the variance that takes rows as independent.
pub(super) fn terms_of(
    maximum: &Maximum,
    scales: &[f64],
    naive: &[f64],
    variance: &[f64],
    conf_level: f64,
) -> Vec<CoxTerm> {
    let size = scales.len();
    let z = normal_critical(conf_level);
    let term = |(j, status): (usize, CoxTermStatus)| {
        let known = status == CoxTermStatus::Estimated;
        let of_diagonal = |matrix: &[f64]| known.then(|| matrix[j * size + j].sqrt() / scales[j]);
        let coef = known.then(|| maximum.beta[j] / scales[j]);
        let std_err = of_diagonal(variance);
        let statistic = coef.zip(std_err).map(|(coef, std_err)| coef / std_err);
        let statistic = statistic.filter(|statistic| statistic.is_finite());
        let limit = |steps: f64| ratio(coef? + steps * std_err?);
        CoxTerm {
            status,
            coef,
            std_err,
            naive_std_err: of_diagonal(naive),
            hazard_ratio: limit(0.0),
            conf_low: limit(-z),
            conf_high: limit(z),
            statistic,
            p_value: statistic.map(normal_two_sided),
        }
    };
    maximum
        .statuses()
        .into_iter()
        .enumerate()
        .map(term)
        .collect()
}

/// exp(coef). A unit of a covariate may be so large that its ratio is beyond numbers: not estimable.
pub(super) fn ratio(coef: f64) -> Option<f64> {
    let ratio = coef.exp();
    ratio.is_finite().then_some(ratio)
}
