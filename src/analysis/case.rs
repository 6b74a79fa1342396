//! Columns that say how much a subject counts, and from when.

use serde_json::Value;

use super::follow_up::EndpointSample;
use super::form::{Choice, Field, FieldKind, choice, choice_or_none, in_words, none};
use super::selection::{Exclusions, check};
use super::{AnalysisError, ExclusionReason};
use crate::cohort::{Cohort, Endpoint, NumericColumn, TimeUnit};
use crate::stats::{FollowUp, FollowUpError, FollowUpOptions, merge_near_ties};

/// The units of the entries; that of the times first.
fn entry_units() -> Vec<Choice> {
    let units = in_words([
        ("days", "form-unit-days"),
        ("weeks", "form-unit-weeks"),
        ("months", "form-unit-months"),
        ("years", "form-unit-years"),
    ]);
    std::iter::once(none("form-entry-unit-same"))
        .chain(units)
        .collect()
}

/// The fields of weights, where there are numbers, and of delayed entry, where there are numbers or dates.
pub(super) fn case_fields(cohort: &Cohort) -> Vec<Field> {
    let numbers = || cohort.covariates().iter().map(|numbers| &*numbers.column);
    let dates = cohort.dates().iter().map(|dates| &*dates.column);
    let entries: Vec<&str> = numbers().chain(dates).collect();
    let mut fields = Vec::new();
    if numbers().next().is_some() {
        let column = choice_or_none("form-weights-none", numbers());
        fields.push(Field::new("weights", "weights", column).help());
        let kinds = choice([
            ("frequency", "form-weights-frequency"),
            ("sampling", "form-weights-sampling"),
        ]);
        fields.push(
            Field {
                shown_if: Some(("weights".to_owned(), numbers().map(Value::from).collect())),
                ..Field::new("weight_kind", "weights", kinds)
            }
            .help(),
        );
    }
    if !entries.is_empty() {
        let column = choice_or_none("form-entry-none", entries.into_iter());
        fields.push(Field::new("entry", "weights", column).help());
    }
    if numbers().next().is_some() {
        fields.push(Field {
            shown_if: Some(("entry".to_owned(), numbers().map(Value::from).collect())),
            ..Field::new(
                "entry_unit",
                "weights",
                FieldKind::Choice {
                    choices: entry_units(),
                },
            )
        });
    }
    fields
}

/// What a person chooses of weights and entries.
#[derive(Clone, Copy)]
pub(super) struct CaseChoice<'a> {
    pub weights: &'a Option<String>,
    /// Of numbers, or of dates.
    pub entry: &'a Option<String>,
    /// Unit of numbers; that of the times when `None`.
    pub entry_unit: Option<TimeUnit>,
}

/// Whether the entries are dates.
pub(super) fn is_date(cohort: &Cohort, entry: &Option<String>) -> bool {
    (entry.as_ref()).is_some_and(|column| cohort.covariate(column).is_none())
}

/// The columns of weights and entries, where they are asked for.
pub(super) struct CaseColumns<'a> {
    weights: Option<&'a NumericColumn>,
    entry: Option<Entries>,
}

/// When the subjects of a cohort came under observation.
struct Entries {
    /// Heading of the column.
    column: String,
    /// In the unit of the times.
    values: Vec<Option<f64>>,
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
    /// The columns chosen, with entries in `unit`.
    pub fn of(
        cohort: &'a Cohort,
        choice: CaseChoice<'_>,
        unit: TimeUnit,
    ) -> Result<Self, AnalysisError> {
        let numbers = |column: &String| {
            let numbers = cohort.covariate(column);
            numbers.ok_or_else(|| AnalysisError::NotACovariate {
                column: column.to_owned(),
            })
        };
        let entries = |column: &String| {
            let (from, values) = match (cohort.covariate(column), cohort.dated(column)) {
                (None, Some(dates)) => cohort.since_start(dates),
                _ => (
                    choice.entry_unit.unwrap_or(unit),
                    numbers(column)?.values.clone(),
                ),
            };
            let days = |unit: TimeUnit| unit.days(cohort.rules().month);
            let in_unit = |entry: f64| match from == unit {
                true => entry,
                false => entry * (days(from) / days(unit)),
            };
            Ok(Entries {
                column: column.clone(),
                values: (values.into_iter())
                    .map(|entry| entry.map(in_unit))
                    .collect(),
            })
        };
        Ok(Self {
            weights: choice.weights.as_ref().map(numbers).transpose()?,
            entry: choice.entry.as_ref().map(entries).transpose()?,
        })
    }

    /// Why subject `i` of the cohort has no weight above 0 or no entry from the start on.
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
            let entry = self.entry.as_ref()?;
            let column = entry.column.clone();
            match entry.values[i] {
                None => Some(ExclusionReason::NoEntry { column }),
                Some(entry) if entry < 0.0 => Some(ExclusionReason::EarlyEntry { column }),
                Some(_) => None,
            }
        };
        weight().or_else(entry)
    }

    /// The weights and entries of these subjects, who lack none, and the places of those who entered before their
    /// `time`; the others are left out of all but `subjects` and `time`. With entries, near ties of `time` and these
    /// become ties.
    pub fn cases(
        &self,
        cohort: &Cohort,
        subjects: &[usize],
        time: &mut Vec<f64>,
        exclusions: &mut Exclusions,
    ) -> (Cases, Vec<usize>) {
        let of = |values: &[Option<f64>]| -> Vec<f64> {
            let values = subjects.iter().map(|&i| values[i]);
            values.map(Option::unwrap_or_default).collect()
        };
        let n = time.len();
        let weights = self.weights.map(|weights| of(&weights.values));
        let Some(column) = &self.entry else {
            let entry = None;
            return (Cases { weights, entry }, (0..n).collect());
        };
        let both = [&time[..], &of(&column.values)].concat();
        let mut both = merge_near_ties(&both).into_owned();
        let entry = both.split_off(n);
        *time = both;
        let (kept, late): (Vec<usize>, Vec<usize>) = (0..n).partition(|&i| entry[i] < time[i]);
        for i in late {
            let reason = ExclusionReason::LateEntry {
                column: column.column.clone(),
            };
            exclusions.add(reason, &cohort.subjects()[subjects[i]]);
        }
        let entry = Some(entry);
        (Cases { weights, entry }.only(&kept), kept)
    }
}

/// Those at the places `members`.
pub(super) fn only<T: Copy>(values: &[T], members: &[usize]) -> Vec<T> {
    members.iter().map(|&i| values[i]).collect()
}

impl Cases {
    /// Whether there are any weights or entries.
    pub fn any(&self) -> bool {
        self.weights.is_some() || self.entry.is_some()
    }

    /// Those of some subjects.
    pub fn only(&self, members: &[usize]) -> Self {
        let of = |values: &Option<Vec<f64>>| Some(only(values.as_ref()?, members));
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

/// Rows that count several subjects each, as so many rows.
pub(super) enum Copies {
    /// There are no weights.
    None,
    /// The weights are not all whole numbers.
    Broken,
    /// The places of the rows, each as often as it counts.
    Of(Vec<usize>),
}

/// More subjects than this are not laid out one by one.
const MOST_COPIES: f64 = 1e7;

impl Cases {
    /// The rows as often as their weights say.
    pub fn copies(&self) -> Result<Copies, AnalysisError> {
        let Some(weights) = &self.weights else {
            return Ok(Copies::None);
        };
        if weights.iter().any(|weight| weight.fract() != 0.0) {
            return Ok(Copies::Broken);
        }
        let total: f64 = weights.iter().sum();
        check("weights", total, total <= MOST_COPIES)?;
        let copies = weights.iter().enumerate();
        let copies = copies.flat_map(|(row, &weight)| std::iter::repeat_n(row, weight as usize));
        Ok(Copies::Of(copies.collect()))
    }
}

/// The subjects with an endpoint, and their weights and entries.
pub(super) struct Followed {
    pub sample: EndpointSample,
    pub cases: Cases,
}

impl Followed {
    /// Leaves out, with the reason, whom `lacks` finds something missing of (by index), who has no weight above 0, and
    /// whose observation began when the follow-up had ended.
    pub fn of(
        cohort: &Cohort,
        endpoint: Endpoint,
        choice: CaseChoice<'_>,
        lacks: impl Fn(usize) -> Option<ExclusionReason>,
    ) -> Result<Self, AnalysisError> {
        let data = cohort.endpoint(endpoint);
        let unit = data.map_or_else(TimeUnit::default, |data| data.unit);
        let columns = CaseColumns::of(cohort, choice, unit)?;
        let mut sample = EndpointSample::of(cohort, endpoint, |i| {
            lacks(i).or_else(|| columns.lacking(i))
        })?;
        let mut exclusions = Exclusions::from(std::mem::take(&mut sample.exclusions));
        let (cases, kept) =
            columns.cases(cohort, &sample.subjects, &mut sample.time, &mut exclusions);
        sample.exclusions = exclusions.into_vec();
        if kept.is_empty() {
            return Err(AnalysisError::NoSubjects);
        }
        sample.subjects = only(&sample.subjects, &kept);
        sample.time = only(&sample.time, &kept);
        sample.event = only(&sample.event, &kept);
        Ok(Self { sample, cases })
    }

    /// Patients and events that the rows count.
    pub fn weighted(&self) -> Option<[f64; 2]> {
        let weights = self.cases.weights.as_ref()?;
        let events = (weights.iter().zip(&self.sample.event)).filter(|(_, event)| **event);
        Some([weights.iter().sum(), events.map(|(weight, _)| weight).sum()])
    }
}
