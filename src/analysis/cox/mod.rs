//! Cox models: each covariate by itself, and all together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::follow_up::EndpointSample;
use super::selection::{Exclusions, check_level};
use super::{AnalysisError, EndpointDefinition, Exclusion, ExclusionReason, FigureWidth};
use crate::cohort::{Cohort, Endpoint, Factor, TimeRules, TimeUnit};
use crate::stats::{
    Concordance, CoxTerm, CoxTermStatus, CoxTest, ProportionalityTest, Ties, TimeTransform,
};

pub(super) mod covariate;
pub(super) mod fit;

use covariate::Covariate;
use fit::{Column, Fit, Rows};

/// Options of Cox models.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CoxOptions {
    /// Which endpoint.
    pub endpoint: Endpoint,
    /// Headings of the covariates, in the order of the table.
    pub covariates: Vec<String>,
    /// Those of them that stay out of the multivariable model.
    pub univariable_only: Vec<String>,
    /// Those that make groups but are used as the numbers that they are.
    pub as_numbers: Vec<String>,
    /// How the numbers of a column are used; see [`NumberUse`] for those not named.
    pub numbers: BTreeMap<String, NumberUse>,
    /// The reference level of a grouping column; its first level for those not named.
    pub references: BTreeMap<String, String>,
    /// Two covariates whose effects depend on each other.
    pub interaction: Interaction,
    /// Grouping columns with a baseline hazard for each combination of their levels.
    pub strata: Vec<String>,
    /// How tied event times enter.
    pub ties: Ties,
    /// Robust (sandwich) standard errors.
    pub robust: bool,
    /// Grouping column whose levels are clusters of the robust errors; each patient by itself when `None`.
    pub cluster: Option<String>,
    /// Confidence level, 0.5 to 0.999.
    pub conf_level: f64,
    /// How the intervals are made.
    pub interval: CoxInterval,
    /// When the likelihood is penalised.
    pub firth: FirthUse,
    /// Scale of time of the test of proportional hazards.
    pub transform: TimeTransform,
    /// How the forest figure looks.
    pub figure: ForestFigure,
}

impl Default for CoxOptions {
    fn default() -> Self {
        Self {
            endpoint: Endpoint::Pfs,
            covariates: Vec::new(),
            univariable_only: Vec::new(),
            as_numbers: Vec::new(),
            numbers: BTreeMap::new(),
            references: BTreeMap::new(),
            interaction: Interaction::default(),
            strata: Vec::new(),
            ties: Ties::Efron,
            robust: false,
            cluster: None,
            conf_level: 0.95,
            interval: CoxInterval::Wald,
            firth: FirthUse::Automatic,
            transform: TimeTransform::KaplanMeier,
            figure: ForestFigure::default(),
        }
    }
}

/// How the numbers of a column are used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NumberUse {
    /// Their scale.
    pub scale: NumberScale,
    /// The ratio is per so many units; when `None`, 1 or 5 times a power of ten, at most the interquartile range.
    pub step: Option<f64>,
}

/// The scale of numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberScale {
    /// As they are, per step.
    #[default]
    Step,
    /// Logarithm to base 2: per doubling.
    Log2,
    /// Per standard deviation of the patients with the endpoint.
    Standardised,
}

/// Two covariates that interact; none unless both are named.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Interaction {
    /// Heading of one.
    pub first: Option<String>,
    /// Heading of the other.
    pub second: Option<String>,
}

/// How intervals of hazard ratios are made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoxInterval {
    /// Estimate ± error.
    #[default]
    Wald,
    /// Profile likelihood, with likelihood ratio p values.
    Profile,
}

/// When Firth's penalised likelihood is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirthUse {
    /// Where a coefficient has no finite estimate.
    #[default]
    Automatic,
    /// In every model.
    Always,
    /// In none.
    Never,
}

/// What a forest figure shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ForestFigure {
    /// Width preset.
    pub width: FigureWidth,
    /// Which ratios.
    pub show: ForestModel,
    /// Title above the figure; none when `None`.
    pub title: Option<String>,
}

impl Default for ForestFigure {
    fn default() -> Self {
        Self {
            width: FigureWidth::Two,
            show: ForestModel::Multivariable,
            title: None,
        }
    }
}

/// Which ratios a forest figure shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForestModel {
    /// Those of the multivariable model.
    #[default]
    Multivariable,
    /// Those of each covariate by itself.
    Univariable,
}

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
    /// Patients with the endpoint (and a stratum and cluster, where there are some).
    pub n: usize,
    /// Their events.
    pub n_event: usize,
    /// The covariates in the order of the table, then their interaction.
    pub characteristics: Vec<Characteristic>,
    /// All covariates together. The only one by itself, where there is one.
    pub model: CoxModelOutcome,
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
    /// Likelihood ratio test of all coefficients.
    pub likelihood_ratio: Option<CoxTest>,
    /// Wald test of all coefficients.
    pub wald: Option<CoxTest>,
    /// Score test of all coefficients; the robust one with robust errors.
    pub score: Option<CoxTest>,
    /// Harrell's concordance.
    pub concordance: Option<Concordance>,
    /// Akaike's information criterion.
    pub aic: Option<f64>,
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
}

/// Fewer events than this for each coefficient are said (Peduzzi et al. 1995).
pub const EVENTS_PER_COEFFICIENT: usize = 10;

/// Fits the Cox model of each covariate by itself, and of all together.
///
/// **Conventions.** Each model takes the patients who have all its covariates; strata and robust errors are those
/// of every model. Covariates that are to interact are in the model, whether chosen or not. A level that nobody
/// has is left out.
pub fn cox_models(cohort: &Cohort, options: &CoxOptions) -> Result<CoxOutcome, AnalysisError> {
    check_level(options.conf_level)?;
    let strata = factors(cohort, &options.strata)?;
    let robust_by = options.cluster.as_ref().filter(|_| options.robust);
    let cluster = factors(cohort, robust_by)?;
    let needed: Vec<&Factor> = strata.iter().chain(&cluster).copied().collect();
    let sample = EndpointSample::of(cohort, options.endpoint, |i| {
        let lacking = needed.iter().find(|factor| factor.values[i].is_none())?;
        let column = lacking.column.clone();
        Some(ExclusionReason::NoGroup { column })
    })?;
    let covariates = covariate::all(cohort, options, &sample.subjects)?;
    let rows = Rows::new(&sample, &strata, cluster.first().copied(), options);

    let mut characteristics: Vec<Characteristic> = (covariates.iter())
        .map(|covariate| covariate.characteristic(&sample.event))
        .collect();
    for (index, covariate) in covariates.iter().enumerate() {
        let fit = rows.fit(covariate.columns(index), &covariate.complete());
        let characteristic = &mut characteristics[index];
        for (place, effect) in &fit.effects {
            characteristic.rows[place.1].univariable = Some(effect.clone());
        }
        characteristic.univariable_test = fit.joint(index);
        characteristic.univariable = Some(fit.outcome);
    }
    let (fit, missing) = model(&rows, &covariates, options, &mut characteristics);
    for (place, effect) in &fit.effects {
        characteristics[place.0].rows[place.1].model = Some(effect.clone());
    }
    for (index, characteristic) in characteristics.iter_mut().enumerate() {
        characteristic.model_test = fit.joint(index);
    }
    let exclusions = exclusions(cohort, &sample, &covariates);
    Ok(CoxOutcome {
        options: covariate::filled(options, &covariates),
        unit: sample.unit,
        rules: cohort.rules(),
        definition: sample.definition,
        n: sample.time.len(),
        n_event: sample.event.iter().filter(|&&event| event).count(),
        characteristics,
        model: fit.outcome,
        missing,
        exclusions,
    })
}

/// The model of all covariates, with the interaction as one more characteristic.
fn model(
    rows: &Rows<'_>,
    covariates: &[Covariate<'_>],
    options: &CoxOptions,
    characteristics: &mut Vec<Characteristic>,
) -> (Fit, Vec<MissingCovariate>) {
    let in_model = |covariate: &&Covariate<'_>| covariate.in_model;
    let complete: Vec<bool> = (0..rows.n())
        .map(|i| (covariates.iter().filter(in_model)).all(|covariate| covariate.has(i)))
        .collect();
    for (covariate, characteristic) in covariates.iter().zip(characteristics.iter_mut()) {
        if covariate.in_model {
            let counts = covariate.counts(rows.event, &complete);
            for (row, (n, n_event)) in characteristic.rows.iter_mut().zip(counts) {
                (row.model_n, row.model_n_event) = (n, n_event);
            }
        }
    }
    let mut columns: Vec<Column> = (covariates.iter().enumerate())
        .filter(|(_, covariate)| covariate.in_model)
        .flat_map(|(index, covariate)| covariate.columns(index))
        .collect();
    if let Some((first, second)) = interaction(covariates, options) {
        let index = characteristics.len();
        let (characteristic, products) =
            covariate::interaction(first, second, index, &complete, rows.event);
        characteristics.push(characteristic);
        columns.extend(products);
    }
    let missing = (covariates.iter().filter(in_model))
        .map(|covariate| MissingCovariate {
            column: covariate.column.to_owned(),
            n: (0..rows.n()).filter(|&i| !covariate.has(i)).count(),
        })
        .filter(|missing| missing.n > 0)
        .collect();
    (rows.fit(columns, &complete), missing)
}

fn interaction<'a, 'b>(
    covariates: &'a [Covariate<'b>],
    options: &CoxOptions,
) -> Option<(&'a Covariate<'b>, &'a Covariate<'b>)> {
    let of = |column: &Option<String>| {
        let column = column.as_deref()?;
        (covariates.iter()).find(|covariate| covariate.column == column)
    };
    let (first, second) = (
        of(&options.interaction.first)?,
        of(&options.interaction.second)?,
    );
    (first.column != second.column).then_some((first, second))
}

fn factors<'a, 'b>(
    cohort: &'a Cohort,
    columns: impl IntoIterator<Item = &'b String>,
) -> Result<Vec<&'a Factor>, AnalysisError> {
    (columns.into_iter())
        .map(|column| {
            cohort.factor(column).ok_or_else(|| AnalysisError::NoGroup {
                column: column.clone(),
            })
        })
        .collect()
}

/// Those of the sample, then those who lack a covariate of the model, each by the first that they lack.
fn exclusions(
    cohort: &Cohort,
    sample: &EndpointSample,
    covariates: &[Covariate<'_>],
) -> Vec<Exclusion> {
    let mut exclusions = Exclusions::from(sample.exclusions.clone());
    for covariate in covariates.iter().filter(|covariate| covariate.in_model) {
        for (i, &subject) in sample.subjects.iter().enumerate() {
            let before = (covariates.iter())
                .filter(|covariate| covariate.in_model)
                .find(|covariate| !covariate.has(i));
            if before.is_some_and(|before| before.column == covariate.column) {
                let column = covariate.column.to_owned();
                exclusions.add(
                    ExclusionReason::NoCovariate { column },
                    &cohort.subjects()[subject],
                );
            }
        }
    }
    exclusions.into_vec()
}

#[cfg(test)]
mod tests;
