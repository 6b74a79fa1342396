//! How many patients have each value of a column.

use serde::{Deserialize, Serialize};

use super::selection::{Exclusions, Groups, check_level, factor};
use super::{AnalysisError, Exclusion, ExclusionReason, SEED};
use crate::cohort::Cohort;
use crate::stats::{FisherTest, Proportion, ProportionMethod, fisher_exact, proportion};

/// Options of a frequency analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FrequencyOptions {
    /// Heading of the column that is counted.
    pub column: String,
    /// Heading of the grouping column; overall only when `None`.
    pub group: Option<String>,
    /// Interval of the percentages.
    pub method: ProportionMethod,
    /// Confidence level, 0.5 to 0.999.
    pub conf_level: f64,
}

impl Default for FrequencyOptions {
    fn default() -> Self {
        Self {
            column: String::new(),
            group: None,
            method: ProportionMethod::ClopperPearson,
            conf_level: 0.95,
        }
    }
}

/// Result of a frequency analysis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FrequencyOutcome {
    /// The options that were used.
    pub options: FrequencyOptions,
    /// The values in display order.
    pub levels: Vec<String>,
    /// One arm a group in display order; empty when overall only.
    pub arms: Vec<FrequencyArm>,
    /// All analysed subjects.
    pub overall: FrequencyArm,
    /// Fisher's exact test of a column with two values, when there are two or more groups.
    pub fisher: Option<FisherTest>,
    /// Subjects left out.
    pub exclusions: Vec<Exclusion>,
    /// Labels of the groups without analysed subjects: they have no arm.
    pub empty_groups: Vec<String>,
}

/// Counts of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FrequencyArm {
    /// Label of the level; `None` when overall.
    pub label: Option<String>,
    /// Subjects with a value.
    pub n: usize,
    /// One proportion a value, in the order of the values; the denominator is `n`.
    pub counts: Vec<Proportion>,
}

/// Runs a frequency analysis.
///
/// **Conventions.** Subjects without a value are left out of the denominator and listed.
pub fn frequency(
    cohort: &Cohort,
    options: &FrequencyOptions,
) -> Result<FrequencyOutcome, AnalysisError> {
    check_level(options.conf_level)?;
    let counted = (cohort.countable())
        .find(|factor| factor.column == options.column)
        .ok_or_else(|| AnalysisError::NotCounted {
            column: options.column.clone(),
        })?;
    let grouping = factor(cohort, options.group.as_deref())?;
    let mut exclusions = Exclusions::default();
    let (mut values, mut groups) = (Vec::new(), Vec::new());
    for (i, subject) in cohort.subjects().iter().enumerate() {
        let missing = |column: &str| ExclusionReason::NoGroup {
            column: column.to_owned(),
        };
        let Some(value) = counted.values[i] else {
            exclusions.add(missing(&counted.column), subject);
            continue;
        };
        if let Some(grouping) = grouping {
            let Some(group) = grouping.values[i] else {
                exclusions.add(missing(&grouping.column), subject);
                continue;
            };
            groups.push(group);
        }
        values.push(value);
    }
    if values.is_empty() {
        return Err(AnalysisError::NoSubjects);
    }
    let groups = grouping
        .map(|grouping| Groups::new(grouping, groups))
        .transpose()?;
    let arm = |label: Option<&String>, members: &mut dyn Iterator<Item = usize>| {
        let mut counts = vec![0; counted.levels.len()];
        for value in members {
            counts[value] += 1;
        }
        let n = counts.iter().sum();
        FrequencyArm {
            label: label.cloned(),
            n,
            counts: (counts.into_iter())
                .map(|count| proportion(count, n, options.method, options.conf_level))
                .collect(),
        }
    };
    let (arms, empty_groups) = match groups {
        None => (Vec::new(), Vec::new()),
        Some(Groups { labels, empty, of }) => {
            let arms: Vec<FrequencyArm> = (labels.iter().enumerate())
                .map(|(group, label)| {
                    let members = values.iter().zip(&of).filter(|(_, of)| **of == group);
                    arm(Some(label), &mut members.map(|(&value, _)| value))
                })
                .collect();
            (arms, empty)
        }
    };
    Ok(FrequencyOutcome {
        options: options.clone(),
        levels: counted.levels.clone(),
        fisher: fisher(&arms),
        arms,
        overall: arm(None, &mut values.iter().copied()),
        exclusions: exclusions.into_vec(),
        empty_groups,
    })
}

/// Fisher's test of a column with two values between two or more groups.
fn fisher(arms: &[FrequencyArm]) -> Option<FisherTest> {
    let table = (arms.iter())
        .map(|arm| match arm.counts[..] {
            [first, second] => Some((first.count, second.count)),
            _ => None,
        })
        .collect::<Option<Vec<_>>>()?;
    (table.len() > 1).then(|| fisher_exact(&table, SEED))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::cohort::{BestResponse, Factor};

    /// Grade 0, 1, 3, missing in group a; grade 1 in group b.
    fn cohort() -> Cohort {
        let groups = [Some(0), Some(0), Some(0), Some(0), Some(1)];
        let rows = groups.map(|group| (BestResponse::Sd, group));
        let mut cohort = sample::responses(&rows, &["a", "b"]);
        cohort.counted.push(Factor {
            column: "grade".to_owned(),
            levels: ["0", "1", "3"].map(str::to_owned).to_vec(),
            values: vec![Some(0), Some(1), Some(2), None, Some(1)],
        });
        cohort
    }

    fn counts(arm: &FrequencyArm) -> Vec<usize> {
        arm.counts.iter().map(|count| count.count).collect()
    }

    #[test]
    fn every_value_is_counted_and_missing_ones_are_listed() {
        let options = FrequencyOptions {
            column: "grade".to_owned(),
            ..FrequencyOptions::default()
        };
        let outcome = frequency(&cohort(), &options).unwrap();
        assert_eq!(
            (outcome.overall.n, counts(&outcome.overall)),
            (4, vec![1, 2, 1])
        );
        let left_out = &outcome.exclusions[0].subjects[..];
        assert_eq!(left_out, &cohort().subjects()[3..=3]);
        assert!(outcome.arms.is_empty());
    }

    #[test]
    fn groups_are_counted_apart() {
        let options = FrequencyOptions {
            column: "grade".to_owned(),
            group: Some("PD-L1".to_owned()),
            ..FrequencyOptions::default()
        };
        let outcome = frequency(&cohort(), &options).unwrap();
        let arms: Vec<_> = outcome.arms.iter().map(counts).collect();
        assert_eq!(arms, [vec![1, 1, 1], vec![0, 1, 0]]);
        assert_eq!(outcome.fisher, None);
    }

    #[test]
    fn a_column_that_is_not_mapped_is_refused() {
        let error = frequency(&cohort(), &FrequencyOptions::default());
        assert_eq!(
            error,
            Err(AnalysisError::NotCounted {
                column: String::new()
            })
        );
    }
}
