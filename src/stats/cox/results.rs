//! What a Cox model gives.

use serde::{Deserialize, Serialize};

use crate::math::chi_square_upper;

/// A fitted Cox model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoxFit {
    /// Rows; subjects where each has one row.
    pub n: usize,
    /// Events.
    pub n_event: usize,
    /// One row a covariate.
    pub terms: Vec<CoxTerm>,
    /// Log partial likelihood at 0.
    pub log_likelihood_null: f64,
    /// Log partial likelihood at the estimate.
    pub log_likelihood: f64,
    /// Likelihood ratio test of all covariates together.
    pub likelihood_ratio: CoxTest,
    /// Wald test, with the robust variance where that is asked for; `None` under separation.
    pub wald: Option<CoxTest>,
    /// Score test.
    pub score: CoxTest,
    /// Score test with the robust variance; `None` unless that is asked for.
    pub robust_score: Option<CoxTest>,
    /// Akaike's information criterion.
    pub aic: f64,
    /// Schwarz's information criterion, with the number of events in place of that of rows, as in R.
    pub bic: f64,
    /// Iterations used.
    pub iterations: usize,
    /// Whether a coefficient runs to infinity (separation, monotone likelihood); `terms` says which.
    pub separation: bool,
    /// Where R centres each covariate: its mean (weighted, unless rows have a start), or 0 for one that takes no
    /// values but −1, 0 and 1.
    pub means: Vec<f64>,
}

/// One covariate of a Cox model. Everything but `status` is `None` unless that is `Estimated`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoxTerm {
    /// Whether there is a coefficient.
    pub status: CoxTermStatus,
    /// Log hazard ratio.
    pub coef: Option<f64>,
    /// Its standard error; robust where that is asked for.
    pub std_err: Option<f64>,
    /// Its standard error from the information; the same as `std_err` unless that is robust.
    pub naive_std_err: Option<f64>,
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

/// Whether a covariate has a coefficient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CoxTermStatus {
    /// It has one.
    Estimated,
    /// It depends linearly on the covariates before it, or never varies among those at risk together.
    Collinear,
    /// The likelihood rises without end as the coefficient grows.
    RunsUp,
    /// The likelihood rises without end as the coefficient falls.
    RunsDown,
    /// Another covariate runs to infinity, and in that limit the likelihood does not depend on this one.
    Undetermined,
}

/// A χ² test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CoxTest {
    /// χ².
    pub statistic: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// p value.
    pub p_value: f64,
}

impl CoxTest {
    pub(crate) fn new(statistic: f64, df: usize) -> Self {
        Self {
            statistic,
            df,
            p_value: chi_square_upper(statistic, df),
        }
    }
}

/// A weighted sum of coefficients: the log ratio between two sets of covariates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CoxContrast {
    /// The sum.
    pub estimate: f64,
    /// Its standard error.
    pub std_err: f64,
    /// exp(estimate); `None` beyond numbers.
    pub hazard_ratio: Option<f64>,
    /// Lower limit of the ratio.
    pub conf_low: Option<f64>,
    /// Upper limit of the ratio.
    pub conf_high: Option<f64>,
    /// Two-sided Wald p value; `None` for a contrast without error.
    pub p_value: Option<f64>,
}

/// How well the linear predictor orders the events.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Concordance {
    /// Pairs in which the earlier event has the higher risk, as all counts by the product of their weights.
    pub concordant: f64,
    /// Pairs in which it has the lower one.
    pub discordant: f64,
    /// Comparable pairs of equal risk.
    pub tied_x: f64,
    /// Pairs of events at the same time.
    pub tied_y: f64,
    /// Pairs of events at the same time and of equal risk.
    pub tied_xy: f64,
    /// Harrell's c: share of comparable pairs that are concordant, equal risks counted half.
    pub concordance: f64,
    /// Its standard error (infinitesimal jackknife).
    pub std_err: f64,
}

/// Predicted survival of one profile in one stratum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PredictedCurve {
    /// The stratum, as numbered in the data.
    pub stratum: usize,
    /// Rows of the stratum.
    pub n: usize,
    /// One row a distinct time of exit, ascending.
    pub steps: Vec<PredictedStep>,
}

/// One step of a [`PredictedCurve`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PredictedStep {
    /// Time.
    pub time: f64,
    /// At risk in the stratum just before `time`; sums of weights, as the two below.
    pub n_risk: f64,
    /// Events at `time`.
    pub n_event: f64,
    /// Censored at `time`.
    pub n_censor: f64,
    /// Cumulative hazard.
    pub cum_hazard: f64,
    /// Standard error of `cum_hazard`.
    pub cum_hazard_std_err: f64,
    /// exp(−cum_hazard).
    pub survival: f64,
    /// Standard error of `survival`.
    pub std_err: f64,
    /// Lower limit of `survival`; `None` where the scale has none.
    pub conf_low: Option<f64>,
    /// Upper limit of `survival`.
    pub conf_high: Option<f64>,
}

/// Residuals, one a row of the data in its order; `x[j][i]` belongs to covariate j of row i.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoxResiduals {
    /// Event indicator less expected events.
    pub martingale: Vec<f64>,
    /// Martingale residuals made symmetric.
    pub deviance: Vec<f64>,
    /// x β + offset, less its value at the means (see [`CoxFit::means`]) and the mean offset.
    pub linear_predictor: Vec<f64>,
    /// Influence on the score; `None` for exact ties, as in R.
    pub score: Option<Vec<Vec<f64>>>,
    /// Approximate change of each coefficient when the row is left out, case weights included.
    pub dfbeta: Option<Vec<Vec<f64>>>,
    /// `dfbeta` over the standard error of the coefficient.
    pub dfbetas: Option<Vec<Vec<f64>>>,
}

/// Schoenfeld's residuals of one event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SchoenfeldResidual {
    /// The row of the data.
    pub row: usize,
    /// Time of the event.
    pub time: f64,
    /// Covariates less their mean over those at risk.
    pub residual: Vec<f64>,
    /// Grambsch & Therneau's scaled residuals: the coefficient at that time, with noise.
    pub scaled: Vec<f64>,
}

/// Test of proportional hazards.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProportionalityTest {
    /// The scale of time.
    pub transform: TimeTransform,
    /// One row a term.
    pub terms: Vec<ProportionalityTerm>,
    /// All terms together; `None` when it cannot be found.
    pub global: Option<CoxTest>,
    /// Time of each event, by stratum and time.
    pub time: Vec<f64>,
    /// The same on the transformed scale: where to draw the points of each term.
    pub x: Vec<f64>,
}

/// Proportional hazards of one term.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProportionalityTerm {
    /// The columns that make up the term.
    pub columns: Vec<usize>,
    /// The test; `None` when it cannot be found.
    pub test: Option<CoxTest>,
    /// Scaled Schoenfeld residual of each event: the coefficient at that time, with noise. For a term of several
    /// columns their sum in units of the fitted effect, about 1. `None` where the term does not vary.
    pub y: Vec<Option<f64>>,
    /// Smooth of `y`: a natural spline with 4 degrees of freedom; empty when there are too few events.
    pub smooth: Vec<SmoothPoint>,
}

/// One point of a smoothed coefficient.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SmoothPoint {
    /// On the transformed scale.
    pub x: f64,
    /// The time that belongs to it, between the times of events.
    pub time: f64,
    /// The coefficient.
    pub estimate: f64,
    /// Its standard error.
    pub std_err: f64,
    /// Lower limit.
    pub conf_low: f64,
    /// Upper limit.
    pub conf_high: f64,
}

/// Scale of time on which a change of the coefficient is looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeTransform {
    /// 1 − Kaplan-Meier: the default.
    #[default]
    KaplanMeier,
    /// Ranks of the times.
    Rank,
    /// Time itself.
    Identity,
    /// Its logarithm.
    Log,
}

/// Limits from the profile likelihood; `None` where there is none: the ratio is unbounded, or so nearly that the
/// search for the limit does not settle.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ProfileInterval {
    /// Lower limit of the log hazard ratio.
    pub coef_low: Option<f64>,
    /// Upper limit of the log hazard ratio.
    pub coef_high: Option<f64>,
    /// Lower limit of the hazard ratio; `None` also beyond numbers.
    pub conf_low: Option<f64>,
    /// Upper limit of the hazard ratio.
    pub conf_high: Option<f64>,
    /// p value of the likelihood ratio test of this covariate.
    pub p_value: f64,
}

/// A Cox model by Firth's penalised likelihood.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FirthFit {
    /// Rows.
    pub n: usize,
    /// Events.
    pub n_event: usize,
    /// One row a covariate.
    pub terms: Vec<FirthTerm>,
    /// Penalised log likelihood at 0.
    pub log_likelihood_null: f64,
    /// Penalised log likelihood at the estimate.
    pub log_likelihood: f64,
    /// Penalised likelihood ratio test of all covariates together.
    pub likelihood_ratio: CoxTest,
    /// Iterations used.
    pub iterations: usize,
}

/// One covariate of a [`FirthFit`]. Everything `None` for a collinear covariate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FirthTerm {
    /// Log hazard ratio.
    pub coef: Option<f64>,
    /// Its standard error, from the information at the estimate.
    pub std_err: Option<f64>,
    /// Lower limit of `coef`, by the profile of the penalised likelihood; `None` where it has none.
    pub coef_low: Option<f64>,
    /// Upper limit of `coef`.
    pub coef_high: Option<f64>,
    /// Hazard ratio.
    pub hazard_ratio: Option<f64>,
    /// Lower limit of the hazard ratio.
    pub conf_low: Option<f64>,
    /// Upper limit; `None` beyond numbers.
    pub conf_high: Option<f64>,
    /// Penalised likelihood ratio statistic, 1 degree of freedom.
    pub statistic: Option<f64>,
    /// Its p value.
    pub p_value: Option<f64>,
}
