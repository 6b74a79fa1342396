//! Models of every cause with covariates: of its own hazard, and of the subdistribution hazard.

use serde::Serialize;

use super::case::Cases;
use super::cox::covariate;
use super::cox::fit::Column;
use super::steps::Steps;
use super::{
    AnalysisError, Characteristic, CompetingOptions, CoxEffect, CoxOptions, FineGrayWeights,
    MissingCovariate,
};
use crate::cohort::Cohort;
use crate::stats::{
    CompetingRisks, CoxData, CoxError, CoxFit, CoxSettings, FineGrayConvention, FineGrayError,
    FineGrayFit, FineGrayOptions, Ties, cause_specific, cox_model_watched, fine_gray,
};

/// The models of all causes, each with all the covariates.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompetingModels {
    /// Patients with a value of every covariate.
    pub n: usize,
    /// The covariates, with the counts of these patients and of all their events; their ratios are in `causes`.
    pub covariates: Vec<Characteristic>,
    /// One for each cause.
    pub causes: Vec<CauseModels>,
    /// How many patients lack each covariate; a patient can lack several.
    pub missing: Vec<MissingCovariate>,
}

/// Both models of one cause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CauseModels {
    /// Events of the cause.
    pub n_event: usize,
    /// Coefficients of each model.
    pub parameters: usize,
    /// For each covariate its rows.
    pub rows: Vec<Vec<CauseRow>>,
    /// Why there is no model of the cause-specific hazard; `None` when there is one.
    pub specific_failure: Option<ModelFailure>,
    /// Why there is no model of the subdistribution hazard; `None` when there is one.
    pub subdistribution_failure: Option<ModelFailure>,
}

/// One row of a covariate in the models of one cause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CauseRow {
    /// Events of the cause in the row.
    pub n_event: usize,
    /// Ratio of cause-specific hazards; `None` for a reference and without a model.
    pub specific: Option<CoxEffect>,
    /// Ratio of subdistribution hazards, likewise.
    pub subdistribution: Option<CoxEffect>,
}

/// Why a model of competing risks could not be fitted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum ModelFailure {
    /// No patient had this event.
    NoEvents,
    /// No covariate varies among the patients.
    NothingVaries,
    /// The iteration did not settle.
    NoConvergence,
    /// With delayed entry: nobody was under observation when others entered, so that the weights of those with
    /// another event are not defined.
    Gap {
        /// When, in the unit of the outcome.
        time: f64,
    },
}

impl From<CoxError> for ModelFailure {
    fn from(error: CoxError) -> Self {
        match error {
            CoxError::NoEvents => Self::NoEvents,
            CoxError::FollowUp(_)
            | CoxError::NoCovariates
            | CoxError::UnequalLengths(..)
            | CoxError::InvalidValue(..)
            | CoxError::InvalidOffset(_)
            | CoxError::Constant(_) => Self::NothingVaries,
            // Ties are never exact here.
            CoxError::WeightedExact
            | CoxError::PenalisedExact
            | CoxError::TooManyTies { .. }
            | CoxError::NoConvergence(_) => Self::NoConvergence,
        }
    }
}

impl From<FineGrayError> for ModelFailure {
    fn from(error: FineGrayError) -> Self {
        match error {
            FineGrayError::Cox(error) => error.into(),
            FineGrayError::Gap { time } => Self::Gap { time },
            // `convention` does not ask for it.
            FineGrayError::NotInCmprsk => Self::NoConvergence,
        }
    }
}

/// The first covariate that each subject lacks.
pub(super) type Lacking = Vec<Option<String>>;

/// The subjects of the analysis as every model takes them.
pub(super) struct Modelled<'a> {
    pub time: &'a [f64],
    pub cause: &'a [usize],
    pub n_causes: usize,
    pub cases: &'a Cases,
    pub options: &'a CompetingOptions,
}

impl Modelled<'_> {
    /// The conventions asked for; R's survival where crr has none.
    fn convention(&self) -> FineGrayConvention {
        match self.options.convention {
            FineGrayWeights::Cmprsk if !self.cases.any() => FineGrayConvention::Cmprsk,
            FineGrayWeights::Cmprsk | FineGrayWeights::Survival => {
                FineGrayConvention::Survival { ties: Ties::Efron }
            }
        }
    }

    /// Cox model of the hazard of one cause, from 1; robust where subjects have weights.
    pub fn specific(
        &self,
        cause: usize,
        covariates: &[Vec<f64>],
        steps: &mut Steps<'_>,
    ) -> Result<CoxFit, CoxError> {
        let event = cause_specific(self.cause, cause);
        let data = CoxData {
            start: self.cases.entry.as_deref(),
            weights: self.cases.weights.as_deref(),
            ..CoxData::new(self.time, &event, covariates)
        };
        let settings = CoxSettings {
            ties: Ties::Efron,
            conf_level: self.options.conf_level,
            robust: self.cases.weights.is_some(),
        };
        let model = steps.next(|part| cox_model_watched(&data, settings, part));
        Ok(model?.fit)
    }

    /// Fine-Gray model of one cause, from 1.
    pub fn subdistribution(
        &self,
        data: &CompetingRisks,
        cause: usize,
        covariates: &[Vec<f64>],
    ) -> Result<FineGrayFit, FineGrayError> {
        let options = FineGrayOptions {
            cause,
            convention: self.convention(),
            conf_level: self.options.conf_level,
        };
        fine_gray(data, covariates, options)
    }

    /// The data of the estimators.
    pub fn data(&self) -> CompetingRisks {
        let options = self.cases.options();
        CompetingRisks::with(self.time, self.cause, self.n_causes, options)
            .expect("a cohort's times are finite, not negative and after their entries")
    }

    /// The models with the covariates asked for; `subjects` are the positions in the cohort. `None` without
    /// covariates.
    pub fn models(
        &self,
        cohort: &Cohort,
        subjects: &[usize],
        steps: &mut Steps<'_>,
    ) -> Result<Option<(CompetingModels, Lacking)>, AnalysisError> {
        if self.options.covariates.is_empty() {
            return Ok(None);
        }
        let options = CoxOptions {
            covariates: self.options.covariates.clone(),
            as_numbers: self.options.as_numbers.clone(),
            numbers: self.options.numbers.clone(),
            references: self.options.references.clone(),
            ..CoxOptions::default()
        };
        let covariates = covariate::all(cohort, &options, subjects)?;
        let n = self.time.len();
        // Who lacks which covariate first.
        let lacking: Lacking = (0..n)
            .map(|i| {
                let lacks = covariates.iter().find(|covariate| !covariate.has(i));
                lacks.map(|covariate| covariate.column.to_owned())
            })
            .collect();
        let complete: Vec<bool> = lacking.iter().map(Option::is_none).collect();
        let members: Vec<usize> = (0..n).filter(|&i| complete[i]).collect();
        let columns: Vec<Column> = (covariates.iter().enumerate())
            .flat_map(|(index, covariate)| covariate.columns(index))
            .collect();
        let events = |of: &dyn Fn(usize) -> bool| -> Vec<bool> {
            self.cause.iter().map(|&cause| of(cause)).collect()
        };
        let counts = |event: &[bool]| -> Vec<Vec<(usize, usize)>> {
            let of = covariates.iter();
            of.map(|covariate| covariate.counts(event, &complete))
                .collect()
        };
        let any = counts(&events(&|cause| cause > 0));
        let mut characteristics = Vec::new();
        for (covariate, counts) in covariates.iter().zip(&any) {
            let mut characteristic = covariate.characteristic(&vec![false; n]);
            characteristic.n = members.len();
            characteristic.n_event = members.iter().filter(|&&i| self.cause[i] > 0).count();
            for (row, &(n, n_event)) in characteristic.rows.iter_mut().zip(counts) {
                (row.n, row.n_event) = (n, n_event);
            }
            characteristics.push(characteristic);
        }
        let complete_cases = self.complete(&members);
        let part = complete_cases.modelled(self);
        let causes = (1..=self.n_causes)
            .map(|cause| {
                let counts = counts(&events(&|of| of == cause));
                part.cause_models(cause, &columns, &members, &counts, steps)
            })
            .collect();
        let missing = (covariates.iter())
            .map(|covariate| MissingCovariate {
                column: covariate.column.to_owned(),
                n: (0..n).filter(|&i| !covariate.has(i)).count(),
            })
            .filter(|missing| missing.n > 0)
            .collect();
        let models = CompetingModels {
            n: members.len(),
            covariates: characteristics,
            causes,
            missing,
        };
        Ok(Some((models, lacking)))
    }

    fn complete(&self, members: &[usize]) -> Complete {
        Complete {
            time: members.iter().map(|&i| self.time[i]).collect(),
            cause: members.iter().map(|&i| self.cause[i]).collect(),
            cases: self.cases.only(members),
        }
    }

    /// Both models of one cause with the columns that vary among the `members` of the columns' rows.
    fn cause_models(
        &self,
        cause: usize,
        columns: &[Column],
        members: &[usize],
        counts: &[Vec<(usize, usize)>],
        steps: &mut Steps<'_>,
    ) -> CauseModels {
        let (places, values): (Vec<_>, Vec<Vec<f64>>) = (columns.iter())
            .map(|column| {
                let values: Vec<f64> = members.iter().map(|&i| column.values[i]).collect();
                (column.place, values)
            })
            .filter(|(_, values)| values.iter().any(|value| *value != values[0]))
            .unzip();
        let row = |&(_, n_event): &(usize, usize)| CauseRow {
            n_event,
            specific: None,
            subdistribution: None,
        };
        let mut models = CauseModels {
            n_event: self.cause.iter().filter(|&&of| of == cause).count(),
            parameters: values.len(),
            rows: counts
                .iter()
                .map(|rows| rows.iter().map(row).collect())
                .collect(),
            specific_failure: None,
            subdistribution_failure: None,
        };
        if values.is_empty() {
            models.specific_failure = Some(ModelFailure::NothingVaries);
            models.subdistribution_failure = Some(ModelFailure::NothingVaries);
            return models;
        }
        match self.specific(cause, &values, steps) {
            Ok(fit) => {
                for (&(of, row), term) in places.iter().zip(&fit.terms) {
                    models.rows[of][row].specific = Some(term.into());
                }
            }
            Err(error) => models.specific_failure = Some(error.into()),
        }
        match steps.next(|_| self.subdistribution(&self.data(), cause, &values)) {
            Ok(fit) => {
                for (&(of, row), term) in places.iter().zip(&fit.terms) {
                    models.rows[of][row].subdistribution = Some(term.into());
                }
            }
            Err(error) => models.subdistribution_failure = Some(error.into()),
        }
        models
    }
}

/// The subjects with every covariate.
struct Complete {
    time: Vec<f64>,
    cause: Vec<usize>,
    cases: Cases,
}

impl Complete {
    fn modelled<'a>(&'a self, of: &Modelled<'a>) -> Modelled<'a> {
        Modelled {
            time: &self.time,
            cause: &self.cause,
            cases: &self.cases,
            ..*of
        }
    }
}
