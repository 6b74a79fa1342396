//! A column of the cohort into the columns of a model.

use super::fit::Column;
use super::{
    AnalysisError, Characteristic, CharacteristicKind, CoxOptions, CoxRow, NumberScale, NumberUse,
};
use crate::cohort::{Cohort, Factor, NumericColumn};

/// A covariate over the subjects of the sample.
pub(in crate::analysis) struct Covariate<'a> {
    pub column: &'a str,
    pub values: Values,
    /// Whether it belongs to the model of all covariates.
    pub in_model: bool,
    /// Whether it is among the strata too: each of its levels has a baseline hazard, so that it has no ratio.
    pub stratum: bool,
}

/// Its values, one a subject of the sample.
pub(in crate::analysis) enum Values {
    /// Levels that somebody has, the reference first.
    Levels {
        labels: Vec<String>,
        of: Vec<Option<usize>>,
    },
    /// Numbers, transformed.
    Numbers {
        scale: NumberScale,
        step: f64,
        unit: Option<String>,
        of: Vec<Option<f64>>,
    },
}

/// The pairs that are to interact: two columns, each pair once.
pub(super) fn pairs(options: &CoxOptions) -> impl Iterator<Item = &[String; 2]> {
    let pairs = &options.interactions;
    (pairs.iter().enumerate())
        .filter(|(i, [first, second])| {
            let same = |pair: &[String; 2]| pair.contains(first) && pair.contains(second);
            first != second && !pairs[..*i].iter().any(same)
        })
        .map(|(_, pair)| pair)
}

/// The covariates that are asked for, and those that are to interact.
pub(in crate::analysis) fn all<'a>(
    cohort: &'a Cohort,
    options: &'a CoxOptions,
    subjects: &[usize],
) -> Result<Vec<Covariate<'a>>, AnalysisError> {
    let pair: Vec<&String> = pairs(options).flatten().collect();
    let mut columns: Vec<&String> = Vec::new();
    for column in options.covariates.iter().chain(pair.iter().copied()) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    if columns.is_empty() {
        return Err(AnalysisError::NoCovariates);
    }
    (columns.into_iter())
        .map(|column| {
            let values = values(cohort, options, column, subjects)?;
            let left_out = options.univariable_only.contains(column) && !pair.contains(&column);
            let stratum = options.strata.contains(column);
            Ok(Covariate {
                column,
                values,
                in_model: !left_out && !stratum,
                stratum,
            })
        })
        .collect()
}

fn values(
    cohort: &Cohort,
    options: &CoxOptions,
    column: &str,
    subjects: &[usize],
) -> Result<Values, AnalysisError> {
    let numbers = cohort.covariate(column);
    let as_numbers = options.as_numbers.iter().any(|chosen| chosen == column);
    match (cohort.factor(column), numbers) {
        (Some(factor), None) => Ok(levels(factor, options, subjects)),
        (Some(factor), Some(_)) if !as_numbers => Ok(levels(factor, options, subjects)),
        (_, Some(numbers)) => {
            let chosen = options.numbers.get(column).copied().unwrap_or_default();
            measured(numbers, chosen, subjects)
        }
        (None, None) => Err(AnalysisError::NotACovariate {
            column: column.to_owned(),
        }),
    }
}

fn levels(factor: &Factor, options: &CoxOptions, subjects: &[usize]) -> Values {
    let of: Vec<Option<usize>> = subjects.iter().map(|&i| factor.values[i]).collect();
    let reference = options.references.get(&factor.column);
    let mut order: Vec<usize> = (0..factor.levels.len())
        .filter(|level| of.contains(&Some(*level)))
        .collect();
    // Stable: the others keep their order.
    order.sort_by_key(|&level| Some(&factor.levels[level]) != reference);
    let place = |level: usize| order.iter().position(|&known| known == level);
    Values::Levels {
        labels: (order.iter())
            .map(|&level| factor.levels[level].clone())
            .collect(),
        of: (of.into_iter())
            .map(|level| level.and_then(place))
            .collect(),
    }
}

fn measured(
    numbers: &NumericColumn,
    chosen: NumberUse,
    subjects: &[usize],
) -> Result<Values, AnalysisError> {
    let raw: Vec<Option<f64>> = subjects.iter().map(|&i| numbers.values[i]).collect();
    let known: Vec<f64> = raw.iter().copied().flatten().collect();
    let step = match chosen.scale {
        NumberScale::Step => (chosen.step)
            .filter(|step| step.is_finite() && *step > 0.0)
            .unwrap_or_else(|| usual_step(&known)),
        NumberScale::Log2 => 1.0,
        // Numbers that do not vary have no deviation; the model leaves them out.
        NumberScale::Standardised => Some(deviation(&known))
            .filter(|deviation| *deviation > 0.0)
            .unwrap_or(1.0),
    };
    if chosen.scale == NumberScale::Log2
        && let Some(value) = known.iter().find(|value| **value <= 0.0)
    {
        return Err(AnalysisError::NotPositive {
            column: numbers.column.clone(),
            value: value.to_string(),
        });
    }
    let transformed = |value: f64| match chosen.scale {
        NumberScale::Step | NumberScale::Standardised => value / step,
        NumberScale::Log2 => value.log2(),
    };
    Ok(Values::Numbers {
        scale: chosen.scale,
        step,
        unit: numbers.unit.clone(),
        of: (raw.into_iter())
            .map(|value| value.map(transformed))
            .collect(),
    })
}

/// The largest of 1 and 5 times a power of ten that is at most the interquartile range; 1 where that is 0.
fn usual_step(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share).round() as usize];
    let range = if sorted.is_empty() {
        0.0
    } else {
        at(0.75) - at(0.25)
    };
    if range <= 0.0 || !range.is_finite() {
        return 1.0;
    }
    let power = 10f64.powi(range.log10().floor() as i32);
    if 5.0 * power <= range {
        5.0 * power
    } else {
        power
    }
}

/// Standard deviation with n − 1; 0 for fewer than two values.
fn deviation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    if n > 1.0 {
        (squares / (n - 1.0)).sqrt()
    } else {
        0.0
    }
}

/// The options with the steps and references that were used.
pub(super) fn filled(options: &CoxOptions, covariates: &[Covariate<'_>]) -> CoxOptions {
    let mut options = options.clone();
    for covariate in covariates {
        let column = covariate.column.to_owned();
        match &covariate.values {
            Values::Levels { labels, .. } => {
                if let Some(reference) = labels.first() {
                    options.references.insert(column, reference.clone());
                }
            }
            Values::Numbers { scale, step, .. } => {
                let chosen = NumberUse {
                    scale: *scale,
                    step: (*scale == NumberScale::Step).then_some(*step),
                };
                options.numbers.insert(column, chosen);
            }
        }
    }
    options
}

impl Covariate<'_> {
    /// Whether subject `i` of the sample has a value.
    pub fn has(&self, i: usize) -> bool {
        match &self.values {
            Values::Levels { of, .. } => of[i].is_some(),
            Values::Numbers { of, .. } => of[i].is_some(),
        }
    }

    /// Whether the patients of the model of all covariates have a value of it.
    pub fn is_needed(&self) -> bool {
        self.in_model || self.stratum
    }

    /// Who has a value.
    pub fn complete(&self) -> Vec<bool> {
        let n = match &self.values {
            Values::Levels { of, .. } => of.len(),
            Values::Numbers { of, .. } => of.len(),
        };
        (0..n).map(|i| self.has(i)).collect()
    }

    /// What the design needs of it: a column a level but the reference, or its numbers.
    pub fn columns(&self, characteristic: usize) -> Vec<Column> {
        match &self.values {
            Values::Levels { labels, of } => (1..labels.len())
                .map(|level| Column {
                    place: (characteristic, level),
                    parts: vec![(characteristic, level)],
                    values: (of.iter())
                        .map(|value| f64::from(u8::from(*value == Some(level))))
                        .collect(),
                })
                .collect(),
            Values::Numbers { of, .. } => vec![Column {
                place: (characteristic, 0),
                parts: vec![(characteristic, 0)],
                values: of.iter().map(|value| value.unwrap_or(0.0)).collect(),
            }],
        }
    }

    /// Patients and events of each row, among those to `keep`.
    pub fn counts(&self, event: &[bool], keep: &[bool]) -> Vec<(usize, usize)> {
        let count = |is: &dyn Fn(usize) -> bool| {
            let of = || (0..event.len()).filter(|&i| keep[i] && is(i));
            (of().count(), of().filter(|&i| event[i]).count())
        };
        match &self.values {
            Values::Levels { labels, of } => (0..labels.len())
                .map(|level| count(&|i| of[i] == Some(level)))
                .collect(),
            Values::Numbers { .. } => vec![count(&|i| self.has(i))],
        }
    }

    /// Its rows with their counts, without any ratio.
    pub fn characteristic(&self, event: &[bool]) -> Characteristic {
        let complete = self.complete();
        let counts = self.counts(event, &complete);
        let labels: Vec<Option<&String>> = match &self.values {
            Values::Levels { labels, .. } => labels.iter().map(Some).collect(),
            Values::Numbers { .. } => vec![None],
        };
        let rows = (labels.into_iter().zip(counts).enumerate())
            .map(|(level, (label, (n, n_event)))| CoxRow {
                label: label.cloned(),
                second_label: None,
                n,
                n_event,
                model_n: 0,
                model_n_event: 0,
                reference: label.is_some() && level == 0,
                univariable: None,
                model: None,
            })
            .collect();
        let kind = match &self.values {
            Values::Levels { .. } => CharacteristicKind::Levels,
            Values::Numbers {
                scale, step, unit, ..
            } => CharacteristicKind::Numbers {
                scale: *scale,
                step: *step,
                unit: unit.clone(),
            },
        };
        Characteristic {
            column: self.column.to_owned(),
            kind,
            n: complete.iter().filter(|&&known| known).count(),
            n_event: (complete.iter().zip(event))
                .filter(|&(&known, &event)| known && event)
                .count(),
            rows,
            univariable: None,
            univariable_test: None,
            model_test: None,
            in_model: self.in_model,
            stratum: self.stratum,
        }
    }
}

/// The products of two covariates, each with its number, as a characteristic and its columns.
pub(super) fn interaction(
    (of_first, first): (usize, &Covariate<'_>),
    (of_second, second): (usize, &Covariate<'_>),
    index: usize,
    complete: &[bool],
    event: &[bool],
) -> (Characteristic, Vec<Column>) {
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    let label = |covariate: &Covariate<'_>, level: usize| match &covariate.values {
        Values::Levels { labels, .. } => Some(labels[level].clone()),
        Values::Numbers { .. } => None,
    };
    for one in first.columns(of_first) {
        for other in second.columns(of_second) {
            let values: Vec<f64> = (one.values.iter().zip(&other.values))
                .map(|(a, b)| a * b)
                .collect();
            let is = |i: &usize| complete[*i] && values[*i] != 0.0;
            let n = (0..event.len()).filter(is).count();
            let n_event = (0..event.len()).filter(is).filter(|&i| event[i]).count();
            rows.push(CoxRow {
                label: label(first, one.place.1),
                second_label: label(second, other.place.1),
                n,
                n_event,
                model_n: n,
                model_n_event: n_event,
                reference: false,
                univariable: None,
                model: None,
            });
            columns.push(Column {
                place: (index, rows.len() - 1),
                parts: vec![one.place, other.place],
                values,
            });
        }
    }
    let all = || (0..event.len()).filter(|&i| complete[i]);
    let characteristic = Characteristic {
        column: first.column.to_owned(),
        kind: CharacteristicKind::Interaction {
            second: second.column.to_owned(),
        },
        n: all().count(),
        n_event: all().filter(|&i| event[i]).count(),
        rows,
        univariable: None,
        univariable_test: None,
        model_test: None,
        in_model: true,
        stratum: false,
    };
    (characteristic, columns)
}
