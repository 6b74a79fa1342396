//! The patients of the models: those with the endpoint, a stratum and cluster, a weight, and follow-up after they
//! came under observation.

use super::super::follow_up::EndpointSample;
use super::super::selection::Exclusions;
use super::{AnalysisError, CoxOptions, ExclusionReason};
use crate::cohort::{Cohort, Factor, NumericColumn};
use crate::stats::merge_near_ties;

/// The sample with its weights and entries, one a subject.
pub(super) struct Followed {
    pub sample: EndpointSample,
    /// Positive.
    pub weights: Option<Vec<f64>>,
    /// In the unit of the sample, before the time of each.
    pub entry: Option<Vec<f64>>,
}

impl Followed {
    /// Leaves out, with the reason, who lacks one of the factors or has no weight above 0, and whose observation
    /// began when the follow-up had ended.
    pub fn of(
        cohort: &Cohort,
        options: &CoxOptions,
        needed: &[&Factor],
    ) -> Result<Self, AnalysisError> {
        let weights = numbers(cohort, &options.weights)?;
        let entry = numbers(cohort, &options.entry)?;
        let sample = EndpointSample::of(cohort, options.endpoint, |i| {
            if let Some(lacking) = needed.iter().find(|factor| factor.values[i].is_none()) {
                let column = lacking.column.clone();
                return Some(ExclusionReason::NoGroup { column });
            }
            weights
                .and_then(|weights| no_weight(weights, i))
                .or_else(|| {
                    let entry = entry.filter(|entry| entry.values[i].is_none())?;
                    let column = entry.column.clone();
                    Some(ExclusionReason::NoEntry { column })
                })
        })?;
        let of = |numbers: &NumericColumn| -> Vec<f64> {
            let values = sample.subjects.iter().map(|&i| numbers.values[i]);
            values.map(Option::unwrap_or_default).collect()
        };
        let mut followed = Self {
            weights: weights.map(of),
            entry: entry.map(of),
            sample,
        };
        if let Some(entry) = entry {
            let days = |unit: crate::cohort::TimeUnit| unit.days(cohort.rules().month);
            let from = options.entry_unit.unwrap_or(followed.sample.unit);
            let share = if from == followed.sample.unit {
                1.0
            } else {
                days(from) / days(followed.sample.unit)
            };
            followed.enter(cohort, &entry.column, share)?;
        }
        Ok(followed)
    }

    /// Leaves out whose entry, times `share`, is not before the end of follow-up; near ties are ties.
    fn enter(&mut self, cohort: &Cohort, column: &str, share: f64) -> Result<(), AnalysisError> {
        let Some(entry) = &mut self.entry else {
            return Ok(());
        };
        entry.iter_mut().for_each(|entry| *entry *= share);
        let sample = &mut self.sample;
        let n = sample.time.len();
        let both = [&sample.time[..], entry].concat();
        let both = merge_near_ties(&both);
        let kept: Vec<bool> = (0..n).map(|i| both[n + i] < both[i]).collect();
        let mut exclusions = Exclusions::from(std::mem::take(&mut sample.exclusions));
        for (&subject, _) in sample
            .subjects
            .iter()
            .zip(&kept)
            .filter(|(_, kept)| !**kept)
        {
            let column = column.to_owned();
            let reason = ExclusionReason::LateEntry { column };
            exclusions.add(reason, &cohort.subjects()[subject]);
        }
        sample.exclusions = exclusions.into_vec();
        keep(&mut sample.subjects, &kept);
        keep(&mut sample.time, &kept);
        keep(&mut sample.event, &kept);
        keep(entry, &kept);
        if let Some(weights) = &mut self.weights {
            keep(weights, &kept);
        }
        if sample.time.is_empty() {
            return Err(AnalysisError::NoSubjects);
        }
        Ok(())
    }

    /// Patients and events that the rows count.
    pub fn weighted(&self) -> Option<[f64; 2]> {
        let weights = self.weights.as_ref()?;
        let events = (weights.iter().zip(&self.sample.event)).filter(|(_, event)| **event);
        Some([weights.iter().sum(), events.map(|(weight, _)| weight).sum()])
    }
}

fn no_weight(weights: &NumericColumn, i: usize) -> Option<ExclusionReason> {
    let column = weights.column.clone();
    match weights.values[i] {
        None => Some(ExclusionReason::NoWeight { column }),
        Some(weight) if weight <= 0.0 => Some(ExclusionReason::WeightNotPositive { column }),
        Some(_) => None,
    }
}

fn keep<T>(values: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    values.retain(|_| kept.next().is_some_and(|kept| *kept));
}

/// The column of numbers of that heading.
fn numbers<'a>(
    cohort: &'a Cohort,
    column: &Option<String>,
) -> Result<Option<&'a NumericColumn>, AnalysisError> {
    let Some(column) = column else {
        return Ok(None);
    };
    match cohort.covariate(column) {
        Some(numbers) => Ok(Some(numbers)),
        None => Err(AnalysisError::NotACovariate {
            column: column.clone(),
        }),
    }
}
