//! Cox proportional hazards.

use serde::Serialize;

/// A fitted Cox model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoxFit {
    /// Subjects.
    pub n: usize,
    /// Events.
    pub n_event: usize,
    /// One row a covariate.
    pub terms: Vec<CoxTerm>,
    /// Log partial likelihood at 0.
    pub log_likelihood_null: f64,
    /// Log partial likelihood at the estimate.
    pub log_likelihood: f64,
    /// Likelihood ratio statistic.
    pub likelihood_ratio: f64,
    /// Wald statistic; `None` under separation.
    pub wald: Option<f64>,
    /// Score statistic.
    pub score: f64,
    /// Iterations used.
    pub iterations: usize,
    /// Whether a coefficient runs to infinity (separation): no ratio may be printed then.
    pub separation: bool,
}

/// One covariate of a Cox model. Everything `None` under separation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoxTerm {
    /// Log hazard ratio.
    pub coef: Option<f64>,
    /// Its standard error.
    pub std_err: Option<f64>,
    /// Hazard ratio.
    pub hazard_ratio: Option<f64>,
    /// Lower limit of the hazard ratio.
    pub conf_low: Option<f64>,
    /// Upper limit of the hazard ratio.
    pub conf_high: Option<f64>,
    /// coef / std_err.
    pub statistic: Option<f64>,
    /// Two-sided Wald p value.
    pub p_value: Option<f64>,
}

/// How tied event times enter the likelihood.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// Efron (1977): the default.
    #[default]
    Efron,
    /// Breslow (1974).
    Breslow,
}

/// Why a Cox model cannot be fitted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CoxError {
    /// No event at all.
    #[error("there are no events")]
    NoEvents,
    /// A covariate that does not vary.
    #[error("covariate {0} does not vary")]
    Constant(usize),
    /// The iteration did not settle.
    #[error("no convergence after {0} iterations")]
    NoConvergence(usize),
}

/// Fits a Cox model; `covariates[j][i]` is covariate j of subject i.
pub fn cox(
    time: &[f64],
    event: &[bool],
    covariates: &[Vec<f64>],
    ties: Ties,
    conf_level: f64,
) -> Result<CoxFit, CoxError> {
    todo!("{time:?} {event:?} {covariates:?} {ties:?} {conf_level}")
}
