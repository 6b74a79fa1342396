//! What a person can choose for Cox models.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::FigureWidth;
use crate::cohort::{Endpoint, TimeUnit};
use crate::stats::{ConfType, Ties, TimeTransform};

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
    /// Pairs of covariates whose effects depend on each other, by their headings.
    pub interactions: Vec<[String; 2]>,
    /// Grouping columns with a baseline hazard for each combination of their levels.
    pub strata: Vec<String>,
    /// Column of numbers that says how much each patient counts; all alike when `None`.
    pub weights: Option<String>,
    /// What these numbers mean.
    pub weight_kind: WeightKind,
    /// Column of numbers with the time after the start at which each patient came under observation (delayed entry,
    /// left truncation), or of dates; everybody from the start when `None`.
    pub entry: Option<String>,
    /// Unit of the numbers; that of the endpoint when `None`.
    pub entry_unit: Option<TimeUnit>,
    /// How tied event times enter.
    pub ties: Ties,
    /// Robust (sandwich) standard errors.
    pub robust: bool,
    /// Grouping column whose levels are clusters of the robust errors; each patient by itself when `None`, with all
    /// the rows that are intervals of that patient.
    pub cluster: Option<String>,
    /// Confidence level, 0.5 to 0.999.
    pub conf_level: f64,
    /// How the intervals are made.
    pub interval: CoxInterval,
    /// When the likelihood is penalised.
    pub firth: FirthUse,
    /// Scale of time of the test of proportional hazards.
    pub transform: TimeTransform,
    /// Whether p values choose the covariates of the model.
    pub selection: SelectionOptions,
    /// Survival that the model predicts.
    pub curves: CurveOptions,
    /// Residuals and influence of the patients.
    pub checks: bool,
    /// How the figures look.
    pub figure: ForestFigure,
}

impl CoxOptions {
    /// Whether standard errors are robust: where that is asked for, and where weights undo an unequal sampling.
    pub fn has_robust_errors(&self) -> bool {
        self.robust || (self.weights.is_some() && self.weight_kind == WeightKind::Sampling)
    }

    /// Whether intervals are those of the profile likelihood, which knows of no robust errors.
    pub fn has_profile_limits(&self) -> bool {
        self.interval == CoxInterval::Profile && !self.has_robust_errors()
    }
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
            interactions: Vec::new(),
            strata: Vec::new(),
            weights: None,
            weight_kind: WeightKind::Frequency,
            entry: None,
            entry_unit: None,
            ties: Ties::Efron,
            robust: false,
            cluster: None,
            conf_level: 0.95,
            interval: CoxInterval::Wald,
            firth: FirthUse::Automatic,
            transform: TimeTransform::KaplanMeier,
            selection: SelectionOptions::default(),
            curves: CurveOptions::default(),
            checks: false,
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

/// What case weights mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeightKind {
    /// A row stands for so many patients who are alike.
    #[default]
    Frequency,
    /// One over the probability of being in the data (or of the treatment given): errors are robust.
    Sampling,
}

/// Whether p values choose the covariates of the model, which is not advised.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SelectionOptions {
    /// How.
    pub method: SelectionMethod,
    /// A covariate whose p value is below this is kept.
    pub p: f64,
}

impl Default for SelectionOptions {
    fn default() -> Self {
        Self {
            method: SelectionMethod::None,
            p: 0.05,
        }
    }
}

/// How p values choose covariates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SelectionMethod {
    /// They do not: the model has what the person chose.
    #[default]
    None,
    /// One after another the covariate with the largest p value leaves.
    Backward,
    /// Those with a small p value by themselves enter.
    Univariable,
}

/// Which survival a model predicts: a curve for each value of one covariate, the others held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CurveOptions {
    /// Whether it is asked for.
    pub show: bool,
    /// The covariate that the curves differ by; the first factor of the model, else its first number, when `None`.
    pub by: Option<String>,
    /// Its values, where it is a number; quartiles of the patients when empty.
    pub values: Vec<f64>,
    /// Where other numbers are held; at their mean when not named.
    pub numbers: BTreeMap<String, Option<f64>>,
    /// Where other factors are held; at their reference when not named.
    pub levels: BTreeMap<String, Option<String>>,
    /// Times of the table in the unit of display; chosen from the follow-up when empty.
    pub landmarks: Vec<f64>,
    /// Scale of the intervals.
    pub conf_type: ConfType,
}

impl Default for CurveOptions {
    fn default() -> Self {
        Self {
            show: false,
            by: None,
            values: Vec::new(),
            numbers: BTreeMap::new(),
            levels: BTreeMap::new(),
            landmarks: Vec::new(),
            conf_type: ConfType::LogLog,
        }
    }
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
