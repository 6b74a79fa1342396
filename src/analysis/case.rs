//! Columns of numbers that say how much a subject counts, and from when.

use serde_json::Value;

use super::form::{Choice, Field, FieldKind, choice_or_none};
use super::{AnalysisError, ExclusionReason};
use crate::cohort::{Cohort, NumericColumn, TimeUnit};
use crate::stats::{FollowUp, FollowUpError, FollowUpOptions, merge_near_ties};

/// The fields of weights and delayed entry, where there are numbers.
pub(super) fn case_fields(cohort: &Cohort) -> Vec<Field> {
    let numbers = || cohort.covariates().iter().map(|numbers| &*numbers.column);
    if numbers().next().is_none() {
        return Vec::new();
    }
    let columns: Vec<Value> = numbers().map(Value::from).collect();
    let unit = |value: Value, label: &str| Choice {
        value,
        label: label.to_owned(),
        literal: false,
    };
    let units = FieldKind::Choice {
        choices: vec![
            unit(Value::Null, "form-entry-unit-same"),
            unit("days".into(), "form-unit-days"),
            unit("weeks".into(), "form-unit-weeks"),
            unit("months".into(), "form-unit-months"),
            unit("years".into(), "form-unit-years"),
        ],
    };
    vec![
        Field {
            label: "form-field-competing-weights".to_owned(),
            ..Field::new(
                "weights",
                "weights",
                choice_or_none("form-weights-none", numbers()),
            )
        }
        .help(),
        Field::new(
            "entry",
            "weights",
            choice_or_none("form-entry-none", numbers()),
        )
        .help(),
        Field {
            shown_if: Some(("entry".to_owned(), columns)),
            ..Field::new("entry_unit", "weights", units)
        },
    ]
}

/// The columns of weights and entries, where they are asked for.
pub(super) struct CaseColumns<'a> {
    weights: Option<&'a NumericColumn>,
    entry: Option<&'a NumericColumn>,
    /// Of the unit of the entries in that of the times.
    share: f64,
}

/// Weights and entries of the subjects of a sample.
#[derive(Default)]
pub(super) struct Cases {
    /// Positive.
    pub weights: Option<Vec<f64>>,
    /// In the unit of the times, each before the time of its subject.
    pub entry: Option<Vec<f64>>,
}

impl<'a> CaseColumns<'a> {
    /// `entry_unit` is the unit of the entries, that of the times when `None`.
    pub fn of(
        cohort: &'a Cohort,
        weights: Option<&str>,
        entry: Option<&str>,
        entry_unit: Option<TimeUnit>,
        unit: TimeUnit,
    ) -> Result<Self, AnalysisError> {
        let numbers = |column: Option<&str>| {
            let found = |column: &str| {
                let numbers = cohort.covariate(column);
                numbers.ok_or_else(|| AnalysisError::NotACovariate {
                    column: column.to_owned(),
                })
            };
            column.map(found).transpose()
        };
        let days = |unit: TimeUnit| unit.days(cohort.rules().month);
        Ok(Self {
            weights: numbers(weights)?,
            entry: numbers(entry)?,
            share: match entry_unit {
                Some(from) if from != unit => days(from) / days(unit),
                Some(_) | None => 1.0,
            },
        })
    }

    /// Why subject `i` of the cohort has no weight above 0 or no entry.
    pub fn lacking(&self, i: usize) -> Option<ExclusionReason> {
        let weight = || {
            let weights = self.weights?;
            let column = weights.column.clone();
            match weights.values[i] {
                None => Some(ExclusionReason::NoWeight { column }),
                Some(weight) if weight <= 0.0 => {
                    Some(ExclusionReason::WeightNotPositive { column })
                }
                Some(_) => None,
            }
        };
        let entry = || {
            let entry = self.entry.filter(|entry| entry.values[i].is_none())?;
            let column = entry.column.clone();
            Some(ExclusionReason::NoEntry { column })
        };
        weight().or_else(entry)
    }

    /// The weights and entries of these subjects, who lack none. With entries, near ties of `time` and these become
    /// ties; whether each entered before their time is returned beside.
    pub fn cases(&self, subjects: &[usize], time: &mut Vec<f64>) -> (Cases, Vec<bool>) {
        let of = |numbers: &NumericColumn| -> Vec<f64> {
            let values = subjects.iter().map(|&i| numbers.values[i]);
            values.map(Option::unwrap_or_default).collect()
        };
        let mut cases = Cases {
            weights: self.weights.map(of),
            entry: None,
        };
        let Some(column) = self.entry else {
            return (cases, vec![true; time.len()]);
        };
        let n = time.len();
        let entry = of(column).into_iter().map(|entry| entry * self.share);
        let both: Vec<f64> = time.iter().copied().chain(entry).collect();
        let mut both = merge_near_ties(&both).into_owned();
        let entry = both.split_off(n);
        *time = both;
        let entered = (0..n).map(|i| entry[i] < time[i]).collect();
        cases.entry = Some(entry);
        (cases, entered)
    }

    /// Why somebody who entered after the end of follow-up is left out.
    pub fn late(&self) -> ExclusionReason {
        ExclusionReason::LateEntry {
            column: self
                .entry
                .map_or_else(String::new, |entry| entry.column.clone()),
        }
    }
}

impl Cases {
    /// Whether there are any weights or entries.
    pub fn any(&self) -> bool {
        self.weights.is_some() || self.entry.is_some()
    }

    /// Those of some subjects.
    pub fn only(&self, members: &[usize]) -> Self {
        let of = |values: &Option<Vec<f64>>| {
            let values = values.as_ref()?;
            Some(members.iter().map(|&i| values[i]).collect())
        };
        Self {
            weights: of(&self.weights),
            entry: of(&self.entry),
        }
    }

    /// Their follow-up, the faster way where there is nothing to weigh.
    pub fn follow_up(&self, time: &[f64], event: &[bool]) -> Result<FollowUp, FollowUpError> {
        if self.any() {
            FollowUp::with(time, event, self.options())
        } else {
            FollowUp::new(time, event)
        }
    }

    /// What an estimator takes. Near ties with entries have been merged already.
    pub fn options(&self) -> FollowUpOptions<'_> {
        FollowUpOptions {
            entry: self.entry.as_deref(),
            weights: self.weights.as_deref(),
            exact_ties: self.entry.is_some(),
        }
    }
}
