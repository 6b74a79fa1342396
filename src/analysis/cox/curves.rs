//! Survival that a model predicts for chosen profiles.

use serde::Serialize;

use super::super::{AnalysisError, landmarks};
use super::covariate::{Covariate, Values};
use super::fit::Fit;
use super::{CoxOptions, NumberScale};
use crate::cohort::{Factor, TimeRules, TimeUnit};
use crate::stats::{CoxModel, PredictedCurve, PredictedStep, QuantileType, quantile};

/// Quantiles of a number whose curves are drawn.
const QUARTILES: [f64; 3] = [0.25, 0.5, 0.75];

/// Survival that a model predicts: a curve for each value of one covariate, and in each stratum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoxCurves {
    /// The covariate that they differ by: its characteristic.
    pub by: usize,
    /// Where the other covariates are held.
    pub held: Vec<HeldCovariate>,
    /// The curves, profile after profile.
    pub curves: Vec<ProfileCurve>,
    /// The baseline in each stratum: factors at their reference and numbers where they are held, `by` at its own
    /// reference or mean.
    pub baseline: Vec<ProfileCurve>,
    /// The value of `by` at the baseline, where it is a number.
    pub baseline_number: Option<f64>,
    /// Times of the table in the unit of display.
    pub landmarks: Vec<f64>,
}

/// Where a covariate is held.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeldCovariate {
    /// Its characteristic.
    pub characteristic: usize,
    /// Its level.
    pub level: Option<String>,
    /// Its number, as the column has it.
    pub number: Option<f64>,
    /// Whether that is the mean of the patients of the model.
    pub mean: bool,
}

/// Predicted survival of one profile in one stratum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProfileCurve {
    /// Level of the covariate that the curves differ by.
    pub level: Option<String>,
    /// Its number, as the column has it.
    pub number: Option<f64>,
    /// Levels of the strata.
    pub stratum: Vec<String>,
    /// The curve; times in the unit of the outcome.
    pub curve: PredictedCurve,
    /// Median; `None` when it is not reached.
    pub median: Option<f64>,
    /// Lower limit of the median.
    pub median_low: Option<f64>,
    /// Upper limit of the median.
    pub median_high: Option<f64>,
    /// Last step at each landmark; `None` before the first and beyond the follow-up of the stratum.
    pub at: Vec<Option<PredictedStep>>,
}

/// Why no curves were predicted that were asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum NoCurves {
    /// There is no fit by the ordinary likelihood.
    NoModel,
    /// The covariate that they should differ by is not in the model.
    NotInModel {
        /// Its heading.
        column: String,
    },
}

/// What the curves are predicted from.
pub(super) struct Prediction<'a> {
    pub fit: &'a Fit,
    pub covariates: &'a [Covariate<'a>],
    /// Who is in the model.
    pub complete: &'a [bool],
    pub weights: Option<&'a [f64]>,
    pub strata: &'a [&'a Factor],
    pub options: &'a CoxOptions,
    pub unit: TimeUnit,
    pub rules: TimeRules,
}

/// A value of each covariate: a level, or a number as the model has it.
#[derive(Clone, Copy)]
enum At {
    Level(usize),
    Number(f64),
}

impl Prediction<'_> {
    /// The curves, or why there are none.
    ///
    /// **Conventions.** Numbers are held at their mean (that of the logarithms where they are transformed to them;
    /// weighted where patients are), factors at their reference.
    /// **Checked against** `survfit.coxph`, in `tests/report/cox_more.rs`.
    pub fn curves(&self) -> Result<Result<CoxCurves, NoCurves>, AnalysisError> {
        let Some(model) = self
            .fit
            .model
            .as_ref()
            .filter(|model| !model.fit.separation)
        else {
            return Ok(Err(NoCurves::NoModel));
        };
        let by = match self.by() {
            Ok(by) => by,
            Err(reason) => return Ok(Err(reason)),
        };
        let mut held = (0..self.covariates.len())
            .map(|of| self.held(of))
            .collect::<Result<Vec<At>, AnalysisError>>()?;
        let mut chosen = self.options.curves.landmarks.clone();
        let mut longest = 0.0;
        held[by] = self.origin(by);
        let Some(mut baseline) = self.profile(model, &held, by) else {
            return Ok(Err(NoCurves::NoModel));
        };
        for curve in &baseline {
            let last = curve.curve.steps.last().map_or(0.0, |step| step.time);
            longest = f64::max(longest, last);
        }
        landmarks::fill(&mut chosen, longest, self.unit, self.rules);
        let baseline_number = match held[by] {
            At::Number(_) => baseline.first().and_then(|curve| curve.number),
            At::Level(_) => None,
        };
        let mut curves = Vec::new();
        for value in self.values(by)? {
            held[by] = value;
            match self.profile(model, &held, by) {
                Some(profile) => curves.extend(profile),
                None => return Ok(Err(NoCurves::NoModel)),
            }
        }
        for curve in curves.iter_mut().chain(&mut baseline) {
            curve.at = (chosen.iter())
                .map(|&shown| at(&curve.curve, self.rules.in_unit(shown, self.unit)))
                .collect();
        }
        let others = (0..self.covariates.len()).filter(|&of| of != by && self.in_model(of));
        Ok(Ok(CoxCurves {
            by,
            held: others.map(|of| self.named(of, held[of])).collect(),
            curves,
            baseline,
            baseline_number,
            landmarks: chosen,
        }))
    }

    fn in_model(&self, of: usize) -> bool {
        (self.fit.columns.iter()).any(|(place, _)| place.0 == of && self.fit.estimates(*place))
    }

    /// The covariate that the curves differ by.
    fn by(&self) -> Result<usize, NoCurves> {
        let there = || (0..self.covariates.len()).filter(|&of| self.in_model(of));
        if let Some(column) = &self.options.curves.by {
            return there()
                .find(|&of| self.covariates[of].column == column)
                .ok_or_else(|| NoCurves::NotInModel {
                    column: column.clone(),
                });
        }
        let factor = |of: &usize| matches!(self.covariates[*of].values, Values::Levels { .. });
        (there().find(factor))
            .or_else(|| there().next())
            .ok_or(NoCurves::NoModel)
    }

    /// The reference, or the mean.
    fn origin(&self, of: usize) -> At {
        match &self.covariates[of].values {
            Values::Levels { .. } => At::Level(0),
            Values::Numbers { of, .. } => {
                let (mut sum, mut total) = (0.0, 0.0);
                for (i, value) in of.iter().enumerate() {
                    if let Some(value) = value.filter(|_| self.complete[i]) {
                        let weight = self.weights.map_or(1.0, |weights| weights[i]);
                        sum += weight * value;
                        total += weight;
                    }
                }
                At::Number(if total > 0.0 { sum / total } else { 0.0 })
            }
        }
    }

    /// Where a covariate is held: as chosen, else at its origin.
    fn held(&self, of: usize) -> Result<At, AnalysisError> {
        let covariate = &self.covariates[of];
        let options = &self.options.curves;
        let level = options.levels.get(covariate.column).cloned().flatten();
        let number = options.numbers.get(covariate.column).copied().flatten();
        match (&covariate.values, level, number) {
            (Values::Levels { labels, .. }, Some(level), _) => {
                let place = labels.iter().position(|label| *label == level);
                Ok(place.map_or_else(|| self.origin(of), At::Level))
            }
            (Values::Numbers { .. }, _, Some(number)) => self.number(of, number),
            _ => Ok(self.origin(of)),
        }
    }

    /// A number of the column as the model has it.
    fn number(&self, of: usize, raw: f64) -> Result<At, AnalysisError> {
        let covariate = &self.covariates[of];
        Ok(match &covariate.values {
            Values::Levels { .. } => At::Level(0),
            Values::Numbers { scale, step, .. } => At::Number(match scale {
                NumberScale::Step | NumberScale::Standardised => raw / step,
                NumberScale::Log2 if raw > 0.0 => raw.log2(),
                NumberScale::Log2 => {
                    return Err(AnalysisError::NotPositive {
                        column: covariate.column.to_owned(),
                        value: raw.to_string(),
                    });
                }
            }),
        })
    }

    /// A number of the model as the column has it.
    fn raw(&self, of: usize, number: f64) -> f64 {
        match &self.covariates[of].values {
            Values::Numbers {
                scale: NumberScale::Log2,
                ..
            } => number.exp2(),
            Values::Numbers { step, .. } => number * step,
            Values::Levels { .. } => number,
        }
    }

    /// The values of `by` that have a curve each.
    fn values(&self, by: usize) -> Result<Vec<At>, AnalysisError> {
        match &self.covariates[by].values {
            Values::Levels { labels, .. } => {
                let known = |level: &usize| *level == 0 || self.fit.estimates((by, *level));
                Ok((0..labels.len()).filter(known).map(At::Level).collect())
            }
            Values::Numbers { of, .. } => {
                if !self.options.curves.values.is_empty() {
                    let chosen = self.options.curves.values.iter();
                    return chosen.map(|&raw| self.number(by, raw)).collect();
                }
                let mut known: Vec<f64> = (of.iter().enumerate())
                    .filter(|(i, _)| self.complete[*i])
                    .filter_map(|(_, value)| *value)
                    .collect();
                known.sort_by(f64::total_cmp);
                let mut quartiles: Vec<f64> = (QUARTILES.iter())
                    .filter_map(|&p| quantile(&known, p, QuantileType::Type7))
                    .collect();
                quartiles.dedup();
                Ok(quartiles.into_iter().map(At::Number).collect())
            }
        }
    }

    fn named(&self, of: usize, at: At) -> HeldCovariate {
        let (level, number) = self.words(of, at);
        let mean = match (at, self.origin(of)) {
            (At::Number(held), At::Number(mean)) => held == mean,
            _ => false,
        };
        HeldCovariate {
            characteristic: of,
            level,
            number,
            mean,
        }
    }

    fn words(&self, of: usize, at: At) -> (Option<String>, Option<f64>) {
        match (&self.covariates[of].values, at) {
            (Values::Levels { labels, .. }, At::Level(level)) => (labels.get(level).cloned(), None),
            (_, At::Number(number)) => (None, Some(self.raw(of, number))),
            (Values::Numbers { .. }, At::Level(_)) => (None, None),
        }
    }

    /// The curves where the covariates are held, one a stratum; `None` where they are beyond numbers.
    fn predicted(&self, model: &CoxModel, held: &[At]) -> Option<Vec<PredictedCurve>> {
        let part = |&(of, row): &(usize, usize)| match held[of] {
            At::Level(level) => f64::from(u8::from(level == row)),
            At::Number(number) => number,
        };
        let covariates: Vec<f64> = (self.fit.columns.iter())
            .map(|(_, parts)| parts.iter().map(part).product())
            .collect();
        model.predict(&covariates, self.options.curves.conf_type)
    }

    /// The same with the covariates that are strata where each stratum is: they are in the model by interactions.
    fn predicted_in_strata(&self, model: &CoxModel, held: &[At]) -> Option<Vec<PredictedCurve>> {
        let mut curves = self.predicted(model, held)?;
        let parts = self.fit.columns.iter().flat_map(|(_, parts)| parts);
        let mut own: Vec<usize> = (parts.map(|part| part.0))
            .filter(|&of| self.covariates[of].stratum)
            .collect();
        own.dedup();
        if own.is_empty() {
            return Some(curves);
        }
        for (k, curve) in curves.iter_mut().enumerate() {
            let levels = self.stratum(curve.stratum);
            let mut held = held.to_vec();
            for &of in &own {
                let covariate = &self.covariates[of];
                let labels = match &covariate.values {
                    Values::Levels { labels, .. } => labels,
                    // Its number is not known from the label of a stratum.
                    Values::Numbers { .. } => return None,
                };
                let column = |factor: &&Factor| factor.column == covariate.column;
                let place = self.strata.iter().position(column)?;
                let level = labels.iter().position(|label| *label == levels[place])?;
                held[of] = At::Level(level);
            }
            *curve = self.predicted(model, &held)?.swap_remove(k);
        }
        Some(curves)
    }

    /// The curves of a profile, one a stratum; `None` where it is beyond numbers.
    fn profile(&self, model: &CoxModel, held: &[At], by: usize) -> Option<Vec<ProfileCurve>> {
        let (level, number) = self.words(by, held[by]);
        let curves = self.predicted_in_strata(model, held)?;
        let curve = |curve: PredictedCurve| {
            let crosses = |of: fn(&PredictedStep) -> Option<f64>| {
                let below = |step: &&PredictedStep| of(step).is_some_and(|value| value <= 0.5);
                curve.steps.iter().find(below).map(|step| step.time)
            };
            ProfileCurve {
                level: level.clone(),
                number,
                stratum: self.stratum(curve.stratum),
                median: crosses(|step| Some(step.survival)),
                median_low: crosses(|step| step.conf_low),
                median_high: crosses(|step| step.conf_high),
                at: Vec::new(),
                curve,
            }
        };
        Some(curves.into_iter().map(curve).collect())
    }

    /// The levels of a stratum from its number.
    fn stratum(&self, mut number: usize) -> Vec<String> {
        let mut levels: Vec<String> = (self.strata.iter().rev())
            .map(|factor| {
                let level = number % factor.levels.len();
                number /= factor.levels.len();
                factor.levels[level].clone()
            })
            .collect();
        levels.reverse();
        levels
    }
}

/// The last step until `time`; `None` before the first and beyond the last.
fn at(curve: &PredictedCurve, time: f64) -> Option<PredictedStep> {
    let steps = &curve.steps;
    let last = steps.last()?;
    if time > last.time {
        return None;
    }
    let until = steps.partition_point(|step| step.time <= time);
    until.checked_sub(1).map(|k| steps[k])
}
