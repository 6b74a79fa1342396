//! Cox proportional hazards.

mod baseline;
mod concordance;
mod data;
mod exact;
mod firth;
mod likelihood;
mod model;
mod newton;
mod profile;
mod residuals;
mod results;
mod robust;
mod smooth;
mod spline;
mod watch;
mod zph;

use serde::{Deserialize, Serialize};

pub use data::{CoxData, CoxSettings};
pub use firth::{firth, firth_watched};
pub use model::{CoxModel, cox_model, cox_model_watched};
pub use results::*;
pub use smooth::residual_smooth;
pub use spline::*;
pub use watch::Watch;

use super::FollowUpError;
pub(super) use likelihood::{Moments, Point};
pub(super) use newton::{Maximum, Scaled, maximise, terms};

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
    /// An offset that is infinite or not a number.
    #[error("the offset of row {0} is not a number")]
    InvalidOffset(usize),
    /// Exact ties with case weights, which have no such likelihood.
    #[error("exact ties cannot be weighted")]
    WeightedExact,
    /// Exact ties with Firth's penalty, for which there is no formula here.
    #[error("exact ties cannot be penalised")]
    PenalisedExact,
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

/// Fits a Cox model of right-censored data; `covariates[j][i]` is covariate j of subject i.
///
/// As [`cox_model`], of which this gives the fit alone.
pub fn cox(
    time: &[f64],
    event: &[bool],
    covariates: &[Vec<f64>],
    ties: Ties,
    conf_level: f64,
) -> Result<CoxFit, CoxError> {
    let settings = CoxSettings {
        ties,
        conf_level,
        robust: false,
    };
    Ok(cox_model(&CoxData::new(time, event, covariates), settings)?.fit)
}
