//! Cox proportional hazards.

mod data;
mod likelihood;
mod model;
mod results;
mod spline;

use serde::{Deserialize, Serialize};

pub use data::*;
pub use model::*;
pub use results::*;
pub use spline::*;

use super::FollowUpError;
use super::follow_up::check;
use crate::math::{normal_critical, normal_two_sided};
use likelihood::Likelihood;
pub(super) use likelihood::{Moments, Point};

/// How tied event times enter the likelihood.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// Efron (1977): the default.
    #[default]
    Efron,
    /// Breslow (1974).
    Breslow,
    /// The exact partial likelihood of discrete times (Cox 1972): every set of as many of those at risk counts.
    Exact,
}

impl Ties {
    /// The share of the tied `deaths` that is out of the risk set when `tied` of them have been counted.
    pub(super) fn share_gone(self, tied: u32, deaths: u32) -> f64 {
        match self {
            Ties::Efron => f64::from(tied) / f64::from(deaths),
            Ties::Breslow | Ties::Exact => 0.0,
        }
    }
}

/// Why a Cox model cannot be fitted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CoxError {
    /// The follow-up times cannot be analysed.
    #[error(transparent)]
    FollowUp(#[from] FollowUpError),
    /// No event at all.
    #[error("there are no events")]
    NoEvents,
    /// Nothing to estimate.
    #[error("there are no covariates")]
    NoCovariates,
    /// A covariate of another length than the times.
    #[error("covariate {0} has {1} values")]
    UnequalLengths(usize, usize),
    /// A covariate with a value that is infinite or not a number.
    #[error("covariate {0} is not a number for subject {1}")]
    InvalidValue(usize, usize),
    /// A covariate that does not vary.
    #[error("covariate {0} does not vary")]
    Constant(usize),
    /// Exact ties with case weights, which have no such likelihood.
    #[error("exact ties cannot be weighted")]
    WeightedExact,
    /// More work than is bearable: tied events times those at risk.
    #[error("{events} events of {at_risk} at risk at time {time} are too many for exact ties")]
    TooManyTies {
        /// The time.
        time: f64,
        /// Events at it.
        events: usize,
        /// At risk at it.
        at_risk: usize,
    },
    /// The iteration did not settle.
    #[error("no convergence after {0} iterations")]
    NoConvergence(usize),
}

/// Fits a Cox model; `covariates[j][i]` is covariate j of subject i.
///
/// **Conventions.** Near ties are ties. A covariate that depends linearly on those before it has no
/// coefficient. Under separation the likelihood has no maximum: no coefficient is given, and the
/// likelihood ratio is that of the limit.
/// **Source.** Cox (1972), J R Stat Soc B 34:187; Efron (1977), J Am Stat Assoc 72:557.
/// **Checked against** `coxph`, in `tests/reference/cox.rs`.
pub fn cox(
    time: &[f64],
    event: &[bool],
    covariates: &[Vec<f64>],
    ties: Ties,
    conf_level: f64,
) -> Result<CoxFit, CoxError> {
    check(time, event)?;
    let n_event = event.iter().filter(|&&event| event).count();
    if n_event == 0 {
        return Err(CoxError::NoEvents);
    }
    if covariates.is_empty() {
        return Err(CoxError::NoCovariates);
    }
    let scaled = covariates
        .iter()
        .enumerate()
        .map(|(j, values)| Scaled::new(j, values, time.len()))
        .collect::<Result<Vec<_>, _>>()?;
    let likelihood = Likelihood::new(time, event, &scaled, ties);
    let null = likelihood.at(&vec![0.0; scaled.len()]);
    let maximum = maximise(
        |beta| likelihood.at(beta),
        |step| likelihood.largest_move(step),
        &null,
    )?;
    let log_likelihood = maximum.point.log_likelihood;
    let df = maximum.point.factor().rank();
    let test = |statistic| CoxTest::new(statistic, df);
    Ok(CoxFit {
        n: time.len(),
        n_event,
        terms: terms(
            &maximum,
            &scaled,
            &maximum.point.factor().inverse(),
            conf_level,
        ),
        log_likelihood_null: null.log_likelihood,
        log_likelihood,
        likelihood_ratio: test(2.0 * (log_likelihood - null.log_likelihood)),
        wald: (!maximum.separation).then(|| test(maximum.point.curvature(&maximum.beta))),
        score: test(null.factor().quadratic_form(&null.gradient)),
        robust_score: None,
        aic: 2.0 * df as f64 - 2.0 * log_likelihood,
        bic: (n_event as f64).ln() * df as f64 - 2.0 * log_likelihood,
        means: Vec::new(),
        iterations: maximum.iterations,
        separation: maximum.separation,
    })
}

/// A covariate with mean 0 and mean distance 1 from it, so that coefficients and steps are of
/// comparable size whatever the unit.
pub(super) struct Scaled {
    pub(super) values: Vec<f64>,
    pub(super) scale: f64,
}

impl Scaled {
    pub(super) fn new(j: usize, values: &[f64], n: usize) -> Result<Self, CoxError> {
        if values.len() != n {
            return Err(CoxError::UnequalLengths(j, values.len()));
        }
        if let Some(subject) = values.iter().position(|value| !value.is_finite()) {
            return Err(CoxError::InvalidValue(j, subject));
        }
        if values.iter().all(|value| *value == values[0]) {
            return Err(CoxError::Constant(j));
        }
        let mean = values.iter().sum::<f64>() / n as f64;
        let scale = values.iter().map(|value| (value - mean).abs()).sum::<f64>() / n as f64;
        Ok(Self {
            values: values.iter().map(|value| (value - mean) / scale).collect(),
            scale,
        })
    }
}

/// Where the iteration ended; `beta` is on the scale of [`Scaled`].
pub(super) struct Maximum {
    pub(super) beta: Vec<f64>,
    pub(super) point: Point,
    pub(super) iterations: usize,
    pub(super) separation: bool,
}

/// More Newton steps than any finite maximum needs; a monotone likelihood is flat after about 30.
const MAX_ITERATIONS: usize = 100;

/// A Newton step below this, on the scale of [`Scaled`], is the last one: its error is squared.
const LAST_STEP: f64 = 1e-8;

/// The likelihood stands still when it changes by less than this share of itself: more than the
/// rounding of a sum over a million subjects.
const FLAT: f64 = 1e-10;

/// A step that moves a linear predictor by more than this where the likelihood stands still leads
/// to infinity. Near a finite maximum it is about the root of [`FLAT`], 1e-5.
const STILL_MOVING: f64 = 0.01;

/// Newton's method with step halving, from 0 to the maximum of the likelihood that `at` gives.
///
/// `largest_move` is the largest change of a subject's linear predictor that a step makes.
pub(super) fn maximise(
    at: impl Fn(&[f64]) -> Point,
    largest_move: impl Fn(&[f64]) -> f64,
    null: &Point,
) -> Result<Maximum, CoxError> {
    let mut beta = vec![0.0; null.gradient.len()];
    let mut point = null.clone();
    for iterations in 1..=MAX_ITERATIONS {
        let mut step = point.factor().solve(&point.gradient);
        let moved = |step: &[f64]| {
            beta.iter()
                .zip(step)
                .map(|(b, s)| b + s)
                .collect::<Vec<_>>()
        };
        let before = point.log_likelihood;
        let standstill = FLAT * (before.abs() + 1.0);
        let mut next = moved(&step);
        point = at(&next);
        let mut halvings = 0;
        while point.log_likelihood < before - standstill && halvings < 30 {
            step.iter_mut().for_each(|s| *s /= 2.0);
            next = moved(&step);
            point = at(&next);
            halvings += 1;
        }
        beta = next;
        let flat = point.log_likelihood - before < standstill;
        let separation = flat && largest_move(&step) > STILL_MOVING;
        let settled = step.iter().all(|s| s.abs() < LAST_STEP);
        if separation || settled {
            return Ok(Maximum {
                beta,
                point,
                iterations,
                separation,
            });
        }
    }
    Err(CoxError::NoConvergence(MAX_ITERATIONS))
}

/// The coefficients on the scale of the data; `variance` is on that of [`Scaled`].
pub(super) fn terms(
    maximum: &Maximum,
    scaled: &[Scaled],
    variance: &[f64],
    conf_level: f64,
) -> Vec<CoxTerm> {
    let factor = maximum.point.factor();
    let z = normal_critical(conf_level);
    let term = |(j, covariate): (usize, &Scaled)| {
        let known = !maximum.separation && !factor.is_dependent(j);
        let coef = known.then(|| maximum.beta[j] / covariate.scale);
        let std_err = known.then(|| variance[j * scaled.len() + j].sqrt() / covariate.scale);
        let statistic = coef.zip(std_err).map(|(coef, std_err)| coef / std_err);
        // A unit of the covariate may be so large that its ratio is beyond numbers: not estimable.
        let ratio = |steps: f64| {
            let ratio = (coef? + steps * std_err?).exp();
            ratio.is_finite().then_some(ratio)
        };
        CoxTerm {
            status: if known {
                CoxTermStatus::Estimated
            } else {
                CoxTermStatus::Collinear
            },
            coef,
            std_err,
            naive_std_err: std_err,
            hazard_ratio: ratio(0.0),
            conf_low: ratio(-z),
            conf_high: ratio(z),
            statistic,
            p_value: statistic.map(normal_two_sided),
        }
    };
    scaled.iter().enumerate().map(term).collect()
}
