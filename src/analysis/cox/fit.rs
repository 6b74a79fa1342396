//! One Cox model: ordinary, and penalised where that is asked for.

use super::{CoxEffect, CoxFailure, CoxModelOutcome, CoxOptions, FirthUse, WeightKind};
use crate::analysis::Progress;
use crate::analysis::case::{Followed, only};
use crate::cohort::Factor;
use crate::stats::{
    CoxData, CoxError, CoxModel, CoxSettings, CoxTermStatus, CoxTest, FirthFit, Ties,
    cox_model_watched, firth_watched,
};

/// A characteristic and its row.
pub(super) type Place = (usize, usize);

/// A column of a model, one value a subject of the sample.
#[derive(Clone)]
pub(in crate::analysis) struct Column {
    /// The characteristic and its row.
    pub place: (usize, usize),
    /// The covariates' rows whose product it is: its own place, or those of two that interact.
    pub parts: Vec<Place>,
    pub values: Vec<f64>,
}

/// The subjects of the sample, with what every model takes.
pub(super) struct Rows<'a> {
    followed: &'a Followed,
    strata: Option<Vec<usize>>,
    cluster: Option<Vec<usize>>,
    options: &'a CoxOptions,
}

/// A model and its ratios.
pub(super) struct Fit {
    pub outcome: CoxModelOutcome,
    /// Each with its characteristic and row.
    pub effects: Vec<((usize, usize), CoxEffect)>,
    /// Test of each characteristic with several columns.
    joint: Vec<(usize, CoxTest)>,
    /// The ordinary fit, unless another was used.
    pub model: Option<CoxModel>,
    /// The columns that vary, by [`Column::place`] and [`Column::parts`].
    pub columns: Vec<(Place, Vec<Place>)>,
}

impl Fit {
    /// Test of all rows of a characteristic, where it has several.
    pub fn joint(&self, characteristic: usize) -> Option<CoxTest> {
        let found = self.joint.iter().find(|(of, _)| *of == characteristic);
        found.map(|(_, test)| *test)
    }

    /// Whether a row has a ratio.
    pub fn estimates(&self, row: (usize, usize)) -> bool {
        let effect = self.effects.iter().find(|(place, _)| *place == row);
        effect.is_some_and(|(_, effect)| effect.status == CoxTermStatus::Estimated)
    }

    /// p value of a characteristic: of the joint test, or of its only ratio.
    pub fn p_value(&self, characteristic: usize) -> Option<f64> {
        if let Some(test) = self.joint(characteristic) {
            return Some(test.p_value);
        }
        let mut own = (self.effects.iter()).filter(|(place, _)| place.0 == characteristic);
        match (own.next(), own.next()) {
            (Some((_, effect)), None) => effect.p_value,
            _ => None,
        }
    }
}

impl<'a> Rows<'a> {
    pub fn new(
        followed: &'a Followed,
        strata: &[&Factor],
        cluster: Option<Vec<usize>>,
        options: &'a CoxOptions,
    ) -> Self {
        let level = |factor: &Factor, i: usize| factor.values[i].unwrap_or_default();
        let combined = |i: usize| {
            (strata.iter()).fold(0, |of, factor| of * factor.levels.len() + level(factor, i))
        };
        let subjects = || followed.sample.subjects.iter().copied();
        Self {
            followed,
            strata: (!strata.is_empty()).then(|| subjects().map(combined).collect()),
            cluster,
            options,
        }
    }

    pub fn event(&self) -> &'a [bool] {
        &self.followed.sample.event
    }

    /// Weights of the subjects, where there are some.
    pub fn weights(&self) -> Option<&'a [f64]> {
        self.followed.cases.weights.as_deref()
    }

    fn sampled(&self) -> bool {
        self.followed.cases.weights.is_some() && self.options.weight_kind == WeightKind::Sampling
    }

    /// Why Firth's likelihood cannot be used, where it cannot: it has neither exact ties nor robust errors.
    fn not_penalised(&self) -> Option<CoxFailure> {
        if self.options.ties == Ties::Exact {
            return Some(CoxFailure::PenalisedExact);
        }
        (self.options.has_robust_errors()).then_some(CoxFailure::PenalisedRobust)
    }

    pub fn n(&self) -> usize {
        self.followed.sample.time.len()
    }

    /// Fits the columns to those who are `complete`.
    pub fn fit(&self, columns: &[Column], complete: &[bool], progress: Progress<'_>) -> Fit {
        let taken: Vec<usize> = (0..self.n()).filter(|&i| complete[i]).collect();
        let sample = &self.followed.sample;
        let time = only(&sample.time, &taken);
        let event = only(&sample.event, &taken);
        let of = |group: &Option<Vec<usize>>| Some(only(group.as_ref()?, &taken));
        let (strata, cluster) = (of(&self.strata), of(&self.cluster));
        let cases = self.followed.cases.only(&taken);
        let (columns, values): (Vec<_>, Vec<Vec<f64>>) = (columns.iter())
            .map(|column| {
                let of = (column.place, column.parts.clone());
                (of, only(&column.values, &taken))
            })
            .filter(|(_, values)| values.iter().any(|value| *value != values[0]))
            .unzip();
        let places: Vec<(usize, usize)> = columns.iter().map(|(place, _)| *place).collect();
        let data = CoxData {
            start: cases.entry.as_deref(),
            strata: strata.as_deref(),
            weights: cases.weights.as_deref(),
            cluster: cluster.as_deref(),
            ..CoxData::new(&time, &event, &values)
        };
        let n_event = event.iter().filter(|&&event| event).count();
        let effective_events = match &cases.weights {
            Some(weights) if !self.sampled() => (weights.iter().zip(&event))
                .filter(|(_, event)| **event)
                .map(|(weight, _)| weight)
                .sum(),
            _ => n_event as f64,
        };
        let mut fit = Fit {
            outcome: CoxModelOutcome {
                n: taken.len(),
                n_event,
                effective_events,
                parameters: places.len(),
                ..CoxModelOutcome::nothing()
            },
            effects: Vec::new(),
            joint: Vec::new(),
            model: None,
            columns,
        };
        if let Err(failure) = self.fill(&mut fit, &data, &places, progress) {
            fit.outcome.failure = Some(failure);
        }
        fit
    }

    fn fill(
        &self,
        fit: &mut Fit,
        data: &CoxData<'_>,
        places: &[(usize, usize)],
        progress: Progress<'_>,
    ) -> Result<(), CoxFailure> {
        if data.time.is_empty() {
            return Err(CoxFailure::NoSubjects);
        }
        if fit.outcome.n_event == 0 {
            return Err(CoxFailure::NoEvents);
        }
        if places.is_empty() {
            return Err(CoxFailure::NothingVaries);
        }
        if self.options.firth == FirthUse::Always
            && let Some(failure) = self.not_penalised()
        {
            return Err(failure);
        }
        let settings = CoxSettings {
            ties: self.options.ties,
            conf_level: self.options.conf_level,
            robust: self.options.has_robust_errors(),
        };
        let profiled = self.options.has_profile_limits();
        let fitted = if profiled { 0.2 } else { 0.6 };
        let model = cox_model_watched(data, settings, &mut |share| progress(fitted * share))
            .map_err(failure)?;
        progress(fitted);
        fit.describe(&model, places);
        progress(fitted + 0.05);
        let penalised = match self.options.firth {
            FirthUse::Automatic => model.fit.separation && self.not_penalised().is_none(),
            FirthUse::Always => true,
            FirthUse::Never => false,
        };
        if penalised {
            let settings = CoxSettings {
                robust: false,
                ..settings
            };
            let from = fitted + 0.05;
            let mut part = |share: f64| progress(from + (1.0 - from) * share);
            let penalised = firth_watched(data, settings, &mut part).map_err(failure)?;
            fit.penalise(&penalised, places);
            return Ok(());
        }
        let terms: Vec<Vec<usize>> = fit.terms(places);
        progress(fitted + 0.08);
        fit.outcome.proportionality = model.proportionality(self.options.transform, &terms);
        if self.sampled() {
            // Their sum is not the likelihood of anybody.
            fit.outcome.likelihood_ratio = None;
            fit.outcome.aic = None;
            fit.outcome.bic = None;
        } else if profiled {
            let size = places.len() as f64;
            let done = |coefficients: f64| 0.3 + 0.7 * coefficients / size;
            for (j, (_, effect)) in fit.effects.iter_mut().enumerate() {
                let mut part = |share: f64| progress(done(j as f64 + share));
                let interval = model.profile_interval_watched(j, &mut part);
                if let Some(interval) = interval.map_err(failure)? {
                    effect.conf_low = interval.conf_low;
                    effect.conf_high = interval.conf_high;
                    effect.p_value = Some(interval.p_value);
                }
            }
        }
        fit.model = Some(model);
        Ok(())
    }
}

fn failure(error: CoxError) -> CoxFailure {
    match error {
        CoxError::FollowUp(_) => CoxFailure::NoSubjects,
        CoxError::NoEvents => CoxFailure::NoEvents,
        CoxError::NoCovariates
        | CoxError::UnequalLengths(..)
        | CoxError::InvalidValue(..)
        | CoxError::InvalidOffset(_)
        | CoxError::Constant(_) => CoxFailure::NothingVaries,
        CoxError::TooManyTies { .. } => CoxFailure::TooManyTies,
        CoxError::PenalisedExact => CoxFailure::PenalisedExact,
        CoxError::WeightedExact => CoxFailure::WeightedExact,
        CoxError::NoConvergence(_) => CoxFailure::NoConvergence,
    }
}

impl CoxModelOutcome {
    /// A model of nobody.
    pub(super) fn nothing() -> Self {
        Self {
            n: 0,
            n_event: 0,
            effective_events: 0.0,
            parameters: 0,
            failure: None,
            penalised: false,
            separated: Vec::new(),
            collinear: Vec::new(),
            likelihood_ratio: None,
            wald: None,
            score: None,
            concordance: None,
            aic: None,
            bic: None,
            proportionality: None,
            proportionality_of: Vec::new(),
        }
    }
}

impl Fit {
    /// The columns of each characteristic, in order.
    fn terms(&mut self, places: &[(usize, usize)]) -> Vec<Vec<usize>> {
        let mut terms: Vec<Vec<usize>> = Vec::new();
        let mut of: Vec<usize> = Vec::new();
        for (column, place) in places.iter().enumerate() {
            match of.iter().position(|known| *known == place.0) {
                Some(term) => terms[term].push(column),
                None => {
                    of.push(place.0);
                    terms.push(vec![column]);
                }
            }
        }
        self.outcome.proportionality_of = of;
        terms
    }

    /// What the ordinary likelihood gives.
    fn describe(&mut self, model: &CoxModel, places: &[(usize, usize)]) {
        let ordinary = &model.fit;
        for (place, term) in places.iter().zip(&ordinary.terms) {
            match term.status {
                CoxTermStatus::Estimated => {}
                CoxTermStatus::Collinear => self.outcome.collinear.push(*place),
                CoxTermStatus::RunsUp | CoxTermStatus::RunsDown | CoxTermStatus::Undetermined => {
                    self.outcome.separated.push(*place);
                }
            }
            self.effects.push((*place, term.into()));
        }
        let terms = self.terms(places);
        let of = self.outcome.proportionality_of.clone();
        self.joint = (of.into_iter().zip(&terms))
            .filter(|(_, columns)| columns.len() > 1)
            .filter_map(|(of, columns)| Some((of, model.joint_test(columns)?)))
            .collect();
        let outcome = &mut self.outcome;
        outcome.parameters = ordinary.terms.len() - outcome.collinear.len();
        outcome.likelihood_ratio = Some(ordinary.likelihood_ratio);
        outcome.wald = ordinary.wald;
        outcome.score = Some(ordinary.robust_score.unwrap_or(ordinary.score));
        outcome.aic = Some(ordinary.aic);
        outcome.bic = Some(ordinary.bic);
        outcome.concordance = model.concordance();
    }

    /// What the penalised likelihood gives instead.
    fn penalise(&mut self, penalised: &FirthFit, places: &[(usize, usize)]) {
        self.effects = (places.iter().zip(&penalised.terms))
            .map(|(place, term)| {
                let status = match term.coef {
                    Some(_) => CoxTermStatus::Estimated,
                    None => CoxTermStatus::Collinear,
                };
                let effect = CoxEffect {
                    status,
                    coef: term.coef,
                    std_err: term.std_err,
                    hazard_ratio: term.hazard_ratio,
                    conf_low: term.conf_low,
                    conf_high: term.conf_high,
                    p_value: term.p_value,
                };
                (*place, effect)
            })
            .collect();
        self.joint = Vec::new();
        let outcome = &mut self.outcome;
        outcome.penalised = true;
        outcome.likelihood_ratio = Some(penalised.likelihood_ratio);
        outcome.wald = None;
        outcome.score = None;
        outcome.aic = None;
        outcome.bic = None;
        outcome.concordance = None;
        outcome.proportionality_of = Vec::new();
    }
}
