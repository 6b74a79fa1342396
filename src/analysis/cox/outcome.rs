//! What Cox models give.

use serde::Serialize;

use super::super::{EndpointDefinition, Exclusion};
use super::{CoxChecks, CoxCurves, CoxOptions, CoxPatients, CoxSelection, NoCurves, NumberScale};
use crate::cohort::{TimeRules, TimeUnit};
use crate::stats::{Concordance, CoxTerm, CoxTermStatus, CoxTest, ProportionalityTest};

/// Result of Cox models. Times are in `unit`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoxOutcome {
    /// The options that were used, steps and references filled in.
    pub options: CoxOptions,
    /// Unit of the times.
    pub unit: TimeUnit,
    /// How times are displayed.
    pub rules: TimeRules,
    /// Where times and events came from.
    pub definition: EndpointDefinition,
    /// Rows with the endpoint (and a stratum and cluster, where there are some): patients, or intervals of `patients`.
    pub n: usize,
    /// Their events.
    pub n_event: usize,
    /// Whose intervals the rows are, in start-stop data; `None` where each row is a patient.
    pub patients: Option<CoxPatients>,
    /// What the rows count, where they are weighted: patients and events.
    pub weighted: Option<[f64; 2]>,
    /// Whether weights that count patients are not all whole numbers.
    pub broken_weights: bool,
    /// Whether delayed entries are dates.
    pub entry_is_date: bool,
    /// The covariates in the order of the table, then their interactions.
    pub characteristics: Vec<Characteristic>,
    /// All covariates together. The only one by itself, where there is one.
    pub model: CoxModelOutcome,
    /// How p values chose its covariates, where they did.
    pub selection: Option<CoxSelection>,
    /// Survival that it predicts, where that is asked for and can be.
    pub curves: Option<CoxCurves>,
    /// Why there are none that were asked for.
    pub no_curves: Option<NoCurves>,
    /// Its residuals, where they are asked for and can be had.
    pub checks: Option<CoxChecks>,
    /// How many patients the model lacks for want of each covariate; a patient can lack several.
    pub missing: Vec<MissingCovariate>,
    /// Subjects left out, of everything or of the model only.
    pub exclusions: Vec<Exclusion>,
}

/// Patients without a value of a covariate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MissingCovariate {
    /// Heading.
    pub column: String,
    /// How many.
    pub n: usize,
}

/// A covariate, or the interaction of two, with its ratios.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Characteristic {
    /// Heading; of the interaction, that of the first covariate.
    pub column: String,
    /// What is compared.
    pub kind: CharacteristicKind,
    /// Patients with the endpoint and a value.
    pub n: usize,
    /// Their events.
    pub n_event: usize,
    /// One row a level, the reference among them; one row of numbers.
    pub rows: Vec<CoxRow>,
    /// Its own model; `None` for an interaction, or when it could not be fitted.
    pub univariable: Option<CoxModelOutcome>,
    /// Test of all its levels together in its own model, where it has more than two.
    pub univariable_test: Option<CoxTest>,
    /// Test of all its levels together in the model of all, where it has more than two.
    pub model_test: Option<CoxTest>,
    /// Whether it belongs to the model of all covariates.
    pub in_model: bool,
    /// Whether it is among the strata, so that it has no ratio in any model.
    pub stratum: bool,
}

/// What a characteristic compares.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum CharacteristicKind {
    /// Levels with a reference, which is the first row.
    Levels,
    /// Numbers.
    Numbers {
        /// Their scale.
        scale: NumberScale,
        /// The ratio is per so many units; the standard deviation, when standardised.
        step: f64,
        /// Unit of the column, where the file has one.
        unit: Option<String>,
    },
    /// Products of two covariates; `column` is the first.
    Interaction {
        /// The second.
        second: String,
    },
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoxRow {
    /// Level; levels of both where they interact, `None` for numbers.
    pub label: Option<String>,
    /// Level of the second of two covariates that interact.
    pub second_label: Option<String>,
    /// Patients with the endpoint.
    pub n: usize,
    /// Their events.
    pub n_event: usize,
    /// Patients of the model of all covariates; 0 where the row has no part in it.
    pub model_n: usize,
    /// Their events.
    pub model_n_event: usize,
    /// Whether the others are compared with this level.
    pub reference: bool,
    /// The ratio in the covariate's own model.
    pub univariable: Option<CoxEffect>,
    /// The ratio in the model of all covariates.
    pub model: Option<CoxEffect>,
}

/// A hazard ratio. Everything but `status` is `None` when it could not be estimated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoxEffect {
    /// Whether it was estimated, or why not.
    pub status: CoxTermStatus,
    /// Log hazard ratio.
    pub coef: Option<f64>,
    /// Its standard error.
    pub std_err: Option<f64>,
    /// Hazard ratio.
    pub hazard_ratio: Option<f64>,
    /// Lower limit.
    pub conf_low: Option<f64>,
    /// Upper limit; `None` where there is none.
    pub conf_high: Option<f64>,
    /// p value: Wald's, or of the likelihood ratio with profile intervals and Firth's likelihood.
    pub p_value: Option<f64>,
}

impl From<&CoxTerm> for CoxEffect {
    fn from(term: &CoxTerm) -> Self {
        Self {
            status: term.status,
            coef: term.coef,
            std_err: term.std_err,
            hazard_ratio: term.hazard_ratio,
            conf_low: term.conf_low,
            conf_high: term.conf_high,
            p_value: term.p_value,
        }
    }
}

/// A fitted model as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoxModelOutcome {
    /// Patients.
    pub n: usize,
    /// Events.
    pub n_event: usize,
    /// The events that count for its size: their weights where a row stands for several patients.
    pub effective_events: f64,
    /// Coefficients.
    pub parameters: usize,
    /// Why there is no model; `None` when there is one.
    pub failure: Option<CoxFailure>,
    /// Whether Firth's penalised likelihood was used.
    pub penalised: bool,
    /// The rows whose ordinary coefficients run to infinity: characteristic and row.
    pub separated: Vec<(usize, usize)>,
    /// The rows that depend on those before them: characteristic and row.
    pub collinear: Vec<(usize, usize)>,
    /// Likelihood ratio test of all coefficients; none with sampling weights.
    pub likelihood_ratio: Option<CoxTest>,
    /// Wald test of all coefficients.
    pub wald: Option<CoxTest>,
    /// Score test of all coefficients; the robust one with robust errors.
    pub score: Option<CoxTest>,
    /// Harrell's concordance.
    pub concordance: Option<Concordance>,
    /// Akaike's information criterion; none with sampling weights.
    pub aic: Option<f64>,
    /// Bayesian information criterion, with the events for its sample size; likewise.
    pub bic: Option<f64>,
    /// Test of proportional hazards; its term k is the characteristic `proportionality_of[k]`.
    pub proportionality: Option<ProportionalityTest>,
    /// The characteristics of the terms of `proportionality`.
    pub proportionality_of: Vec<usize>,
}

/// Why a Cox model could not be fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CoxFailure {
    /// No patient has all the values.
    NoSubjects,
    /// None of the patients had the event.
    NoEvents,
    /// No covariate varies among the patients.
    NothingVaries,
    /// The iteration did not settle.
    NoConvergence,
    /// Too many ties for the exact method.
    TooManyTies,
    /// Firth's likelihood with exact ties, which does not exist.
    PenalisedExact,
    /// Firth's likelihood with robust errors, which it does not have.
    PenalisedRobust,
    /// Exact ties with weights, which have no likelihood.
    WeightedExact,
    /// No p value was small enough.
    NoneSelected,
}
