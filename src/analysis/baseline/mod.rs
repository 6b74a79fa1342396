//! Table 1: who the patients are, overall and by group.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::groups::{number_test, table_test};
use super::selection::{Exclusions, GROUP_LIMIT, Groups, factor};
use super::{
    AnalysisError, CategoryTest, Exclusion, ExclusionReason, GroupTest, GroupsOptions, NumericTest,
    SMALL_GROUP,
};
use crate::cohort::{Cohort, Factor, NumericColumn};
use crate::stats::{
    QuantileType, Summary, standardised_category_difference, standardised_mean_difference,
    standardised_proportion_difference, summary,
};

mod form;

pub(super) use form::baseline_form;

/// Options of a table of baseline characteristics.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BaselineOptions {
    /// Headings in the order of the rows: columns of groups, of measurements, to count, or without such a role.
    pub columns: Vec<String>,
    /// Heading of the grouping column, which has no row of its own; overall only when `None`.
    pub group: Option<String>,
    /// Whether all patients stand beside the groups.
    pub overall: bool,
    /// Headings of columns that make groups and are measured, and are shown as measured.
    pub as_numbers: Vec<String>,
    /// What is said of a column of measurements, in the order of [`NumberStatistic`].
    pub statistics: Vec<NumberStatistic>,
    /// Definition of the quartiles.
    pub quantiles: QuantileType,
    /// What the percentages are of.
    pub percent_of: PercentOf,
    /// Standardised differences between the groups.
    pub standardised: bool,
    /// When the groups are tested.
    pub p_values: PValues,
    /// Test of columns of categories.
    pub category_test: CategoryTest,
    /// Test of columns of measurements.
    pub numeric_test: NumericTest,
    /// Tests of single columns of categories, by heading; `None` as all others.
    pub category_tests: BTreeMap<String, Option<CategoryTest>>,
    /// Tests of single columns of measurements, by heading; `None` as all others.
    pub numeric_tests: BTreeMap<String, Option<NumericTest>>,
}

impl Default for BaselineOptions {
    fn default() -> Self {
        Self {
            columns: Vec::new(),
            group: None,
            overall: true,
            as_numbers: Vec::new(),
            statistics: vec![NumberStatistic::MedianQuartiles, NumberStatistic::Range],
            quantiles: QuantileType::default(),
            percent_of: PercentOf::Known,
            standardised: true,
            p_values: PValues::Automatic,
            category_test: CategoryTest::Automatic,
            numeric_test: NumericTest::Automatic,
            category_tests: BTreeMap::new(),
            numeric_tests: BTreeMap::new(),
        }
    }
}

/// What is said of a column of measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberStatistic {
    /// Mean with standard deviation.
    MeanSd,
    /// Median with quartiles.
    MedianQuartiles,
    /// Median with the smallest and largest value.
    MedianRange,
    /// The smallest and largest value.
    Range,
}

/// What the percentages of a column are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PercentOf {
    /// The patients with a known value; the others are counted.
    Known,
    /// All patients of the group; those without a value have a percentage too.
    All,
}

/// When the groups are tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PValues {
    /// Where every group has at least [`SMALL_GROUP`] patients.
    Automatic,
    /// Always.
    Always,
    /// Never, as in a randomised trial.
    Never,
}

/// A table of baseline characteristics.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BaselineOutcome {
    /// The options that were used.
    pub options: BaselineOptions,
    /// The groups that have patients, in display order; empty when overall only.
    pub arms: Vec<BaselineArm>,
    /// How many patients are described.
    pub n: usize,
    /// Whether the groups are tested.
    pub tested: bool,
    /// What the columns hold, in the order of the options.
    pub variables: Vec<BaselineVariable>,
    /// Columns left out for their many values, with how many they have.
    pub too_many: Vec<TooManyValues>,
    /// Subjects left out.
    pub exclusions: Vec<Exclusion>,
    /// Labels of the groups without analysed subjects: they have no arm.
    pub empty_groups: Vec<String>,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BaselineArm {
    /// Its label.
    pub label: String,
    /// How many patients it has.
    pub n: usize,
}

/// A column with more values than a table can list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TooManyValues {
    /// Its heading.
    pub column: String,
    /// How many values it has.
    pub values: usize,
}

/// Standardised differences up to this are commonly taken as balanced.
pub const BALANCED: f64 = 0.1;

/// One column of the spreadsheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BaselineVariable {
    /// Its heading.
    pub column: String,
    /// What it holds.
    pub values: BaselineValues,
    /// Test between the groups; `None` when it is not asked for, or there is nothing to compare.
    pub test: Option<GroupTest>,
    /// Standardised difference of the groups, without its sign; of three or more the largest of all pairs.
    pub standardised: Option<f64>,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum BaselineValues {
    /// Categories.
    Categories {
        /// The values in display order.
        levels: Vec<String>,
        /// One a group.
        arms: Vec<CategoryCounts>,
        /// All patients.
        overall: CategoryCounts,
    },
    /// Measurements.
    Numbers {
        /// The unit in the row below the headings, where the file has one.
        unit: Option<String>,
        /// One a group.
        arms: Vec<NumberCounts>,
        /// All patients.
        overall: NumberCounts,
        /// The known values in the order of the patients, from which the decimals are taken.
        #[serde(skip)]
        values: Vec<f64>,
    },
}

/// How many patients of a group have each value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CategoryCounts {
    /// One a value.
    pub counts: Vec<usize>,
    /// Patients without a value.
    pub missing: usize,
    /// Denominator of the percentages.
    pub of: usize,
}

/// The measurements of a group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct NumberCounts {
    /// Of the patients with a value.
    pub summary: Summary,
    /// Patients without a value.
    pub missing: usize,
}

/// Describes the patients by the columns of the options.
///
/// **Conventions.** Every patient counts; those without a value in a column are counted as missing there, and tests and
/// standardised differences are of the known values. With groups, patients in none of them are left out and listed. The
/// standardised difference is 0 where groups have the same mean without variation, or the same proportions.
/// **Errors.** No column, an unknown one, no statistic of numbers, more than [`GROUP_LIMIT`] groups, or no patients.
/// **Source.** Austin (2009), Stat Med 28:3083; Yang & Dalton (2012), SAS Global Forum 335.
/// **Checked against** base R, in `tests/reference/baseline.rs`.
pub fn baseline(
    cohort: &Cohort,
    options: &BaselineOptions,
) -> Result<BaselineOutcome, AnalysisError> {
    if options.statistics.is_empty() {
        return Err(AnalysisError::OutOfRange {
            option: "statistics".to_owned(),
            value: "0".to_owned(),
        });
    }
    let grouping = factor(cohort, options.group.as_deref())?;
    let variables = (options.columns.iter())
        .filter(|column| options.group.as_ref() != Some(column))
        .map(|column| Variable::find(cohort, column, options))
        .collect::<Result<Vec<_>, _>>()?;
    if variables.is_empty() {
        return Err(AnalysisError::NoColumns);
    }
    let mut exclusions = Exclusions::of(cohort);
    let (mut subjects, mut levels) = (Vec::new(), Vec::new());
    for (i, subject) in cohort.subjects().iter().enumerate() {
        if let Some(grouping) = grouping {
            let Some(level) = grouping.values[i] else {
                let column = grouping.column.clone();
                exclusions.add(ExclusionReason::NoGroup { column }, subject);
                continue;
            };
            levels.push(level);
        }
        subjects.push(i);
    }
    if subjects.is_empty() {
        return Err(AnalysisError::NoSubjects);
    }
    let groups = grouping.map(|grouping| Groups::new(grouping, levels));
    let Groups { labels, empty, of } = groups.transpose()?.unwrap_or(Groups {
        labels: Vec::new(),
        empty: Vec::new(),
        of: Vec::new(),
    });
    let sizes = |group: usize| of.iter().filter(|of| **of == group).count();
    let arms: Vec<BaselineArm> = (labels.into_iter().enumerate())
        .map(|(group, label)| BaselineArm {
            label,
            n: sizes(group),
        })
        .collect();
    let described = Described {
        tested: tests(&arms, options.p_values),
        arms: arms.len(),
        subjects,
        of,
        options,
    };
    let too_many = (variables.iter()).filter_map(Variable::too_many).collect();
    let variables = (variables.iter())
        .filter(|variable| variable.too_many().is_none())
        .map(|variable| described.variable(variable))
        .collect();
    Ok(BaselineOutcome {
        options: options.clone(),
        n: described.subjects.len(),
        tested: described.tested,
        arms,
        variables,
        too_many,
        exclusions: exclusions.into_vec(),
        empty_groups: empty,
    })
}

/// Whether the groups are tested.
fn tests(arms: &[BaselineArm], when: PValues) -> bool {
    let large = || arms.iter().all(|arm| arm.n >= SMALL_GROUP);
    arms.len() > 1
        && match when {
            PValues::Automatic => large(),
            PValues::Always => true,
            PValues::Never => false,
        }
}

/// A column that is described.
enum Variable<'a> {
    Categories(&'a Factor),
    Numbers(&'a NumericColumn),
}

impl<'a> Variable<'a> {
    /// A column of categories that are numbers is counted, unless its values are too many or the person says so.
    fn find(
        cohort: &'a Cohort,
        column: &str,
        options: &BaselineOptions,
    ) -> Result<Self, AnalysisError> {
        let unmapped = cohort.unmapped();
        let mut factors = cohort.countable().chain(&unmapped.factors);
        let factor = factors.find(|factor| factor.column == column);
        let numbers = (cohort.covariates().iter().chain(&unmapped.numbers))
            .find(|numbers| numbers.column == column);
        let as_number = options.as_numbers.iter().any(|number| number == column);
        let counts = |factor: &&Factor| !as_number && factor.levels.len() <= GROUP_LIMIT;
        match (factor, numbers) {
            (Some(factor), Some(_)) if counts(&factor) => Ok(Self::Categories(factor)),
            (_, Some(numbers)) => Ok(Self::Numbers(numbers)),
            (Some(factor), None) => Ok(Self::Categories(factor)),
            (None, None) => Err(AnalysisError::NotCounted {
                column: column.to_owned(),
            }),
        }
    }

    fn too_many(&self) -> Option<TooManyValues> {
        match self {
            Self::Categories(factor) if factor.levels.len() > GROUP_LIMIT => Some(TooManyValues {
                column: factor.column.clone(),
                values: factor.levels.len(),
            }),
            Self::Categories(_) | Self::Numbers(_) => None,
        }
    }
}

/// The patients who are described, and how.
struct Described<'a> {
    options: &'a BaselineOptions,
    /// Indices of the patients.
    subjects: Vec<usize>,
    /// The group of each; none when overall only.
    of: Vec<usize>,
    arms: usize,
    tested: bool,
}

impl Described<'_> {
    fn variable(&self, variable: &Variable<'_>) -> BaselineVariable {
        match variable {
            Variable::Categories(factor) => self.categories(factor),
            Variable::Numbers(numbers) => self.numbers(numbers),
        }
    }

    /// The values of every patient, and of those of each group.
    fn split<T: Copy>(&self, values: &[T]) -> (Vec<T>, Vec<Vec<T>>) {
        let all: Vec<T> = self.subjects.iter().map(|&i| values[i]).collect();
        let mut arms = vec![Vec::new(); self.arms];
        for (&value, &group) in all.iter().zip(&self.of) {
            arms[group].push(value);
        }
        (all, arms)
    }

    fn categories(&self, factor: &Factor) -> BaselineVariable {
        let count = |values: &[Option<usize>]| {
            let mut counts = vec![0; factor.levels.len()];
            for &level in values.iter().flatten() {
                counts[level] += 1;
            }
            let known: usize = counts.iter().sum();
            CategoryCounts {
                counts,
                missing: values.len() - known,
                of: match self.options.percent_of {
                    PercentOf::Known => known,
                    PercentOf::All => values.len(),
                },
            }
        };
        let (all, arms) = self.split(&factor.values);
        let arms: Vec<CategoryCounts> = arms.iter().map(|values| count(values)).collect();
        let table: Vec<Vec<usize>> = arms.iter().map(|arm| arm.counts.clone()).collect();
        let of_column = self.options.category_tests.get(&factor.column);
        let choice = of_column.copied().flatten();
        let choice = choice.unwrap_or(self.options.category_test);
        let pair = |i: usize, j: usize| category_difference(&table[i], &table[j]);
        BaselineVariable {
            column: factor.column.clone(),
            test: (self.tested).then(|| table_test(&table, choice)).flatten(),
            standardised: self.largest(pair),
            values: BaselineValues::Categories {
                levels: factor.levels.clone(),
                arms,
                overall: count(&all),
            },
        }
    }

    fn numbers(&self, column: &NumericColumn) -> BaselineVariable {
        let known = |values: &[Option<f64>]| values.iter().copied().flatten().collect::<Vec<f64>>();
        let describe = |values: &[Option<f64>]| {
            let summary = summary(&known(values), self.options.quantiles);
            NumberCounts {
                missing: values.len() - summary.n,
                summary,
            }
        };
        let (all, arms) = self.split(&column.values);
        let groups: Vec<Vec<f64>> = arms.iter().map(|values| known(values)).collect();
        let slices: Vec<&[f64]> = groups.iter().map(Vec::as_slice).collect();
        let of_column = self.options.numeric_tests.get(&column.column);
        let choice = of_column.copied().flatten();
        let options = GroupsOptions {
            numeric_test: choice.unwrap_or(self.options.numeric_test),
            ..GroupsOptions::default()
        };
        let comparable = self.tested && groups.iter().all(|values| !values.is_empty());
        let pair = |i: usize, j: usize| number_difference(slices[i], slices[j]);
        BaselineVariable {
            column: column.column.clone(),
            test: comparable
                .then(|| number_test(&slices, &options).1)
                .flatten(),
            standardised: self.largest(pair),
            values: BaselineValues::Numbers {
                unit: column.unit.clone(),
                arms: arms.iter().map(|values| describe(values)).collect(),
                overall: describe(&all),
                values: known(&all),
            },
        }
    }

    /// The largest of the differences of all pairs; `None` when one of them is not known.
    fn largest(&self, pair: impl Fn(usize, usize) -> Option<f64>) -> Option<f64> {
        if !self.options.standardised || self.arms < 2 {
            return None;
        }
        let mut largest = 0.0_f64;
        for second in 1..self.arms {
            for first in 0..second {
                largest = largest.max(pair(first, second)?.abs());
            }
        }
        Some(largest)
    }
}

fn number_difference(first: &[f64], second: &[f64]) -> Option<f64> {
    let same = || {
        let value = first.first()?;
        let mut all = first.iter().chain(second);
        (!second.is_empty() && all.all(|other| other == value)).then_some(0.0)
    };
    standardised_mean_difference(first, second).or_else(same)
}

fn category_difference(first: &[usize], second: &[usize]) -> Option<f64> {
    let (n1, n2): (usize, usize) = (first.iter().sum(), second.iter().sum());
    if n1 == 0 || n2 == 0 {
        return None;
    }
    if (first.iter().zip(second)).all(|(a, b)| a * n2 == b * n1) {
        return Some(0.0);
    }
    match (first, second) {
        ([_, a], [_, b]) => {
            standardised_proportion_difference(*a as f64 / n1 as f64, *b as f64 / n2 as f64)
        }
        _ => standardised_category_difference(first, second),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::cohort::BestResponse;

    /// Group a: ages 50, 60, unknown; group b: 70, 90; one patient in neither. `grade` is 0 1 1 | 1 1 | 2.
    fn cohort() -> Cohort {
        let groups = [Some(0), Some(0), Some(0), Some(1), Some(1), None];
        let rows = groups.map(|group| (BestResponse::Sd, group));
        let mut cohort = sample::responses(&rows, &["a", "b"]);
        cohort.counted.push(Factor {
            column: "grade".to_owned(),
            levels: ["0", "1", "2"].map(str::to_owned).to_vec(),
            values: [0, 1, 1, 1, 1, 2].map(Some).to_vec(),
        });
        let ages = [
            Some(50.0),
            Some(60.0),
            None,
            Some(70.0),
            Some(90.0),
            Some(1.0),
        ];
        cohort.covariates.push(NumericColumn {
            column: "age".to_owned(),
            unit: Some("years".to_owned()),
            values: ages.to_vec(),
        });
        cohort
    }

    fn options() -> BaselineOptions {
        BaselineOptions {
            columns: ["PD-L1", "age", "grade"].map(str::to_owned).to_vec(),
            group: Some("PD-L1".to_owned()),
            p_values: PValues::Always,
            ..BaselineOptions::default()
        }
    }

    #[test]
    fn every_patient_of_a_group_counts_and_missing_values_are_counted() {
        let outcome = baseline(&cohort(), &options()).unwrap();
        assert_eq!(outcome.n, 5);
        assert_eq!(outcome.exclusions[0].subjects.len(), 1);
        assert_eq!(outcome.variables.len(), 2, "the groups have no row");
        let BaselineValues::Numbers { arms, overall, .. } = &outcome.variables[0].values else {
            panic!("{outcome:?}");
        };
        assert_eq!((arms[0].missing, arms[1].missing), (1, 0));
        assert_eq!(overall.summary.median, Some(65.0));
        // Means 55 and 80, variances 50 and 200: 25 / √125.
        let expected = 25.0 / 125f64.sqrt();
        assert!((outcome.variables[0].standardised.unwrap() - expected).abs() < 1e-15);
        let BaselineValues::Categories { arms, .. } = &outcome.variables[1].values else {
            panic!("{outcome:?}");
        };
        assert_eq!((&arms[0].counts[..], arms[0].of), (&[1, 2, 0][..], 3));
    }

    #[test]
    fn percentages_can_be_of_all_patients() {
        let mut cohort = cohort();
        cohort.counted[0].values[1] = None;
        let all = BaselineOptions {
            percent_of: PercentOf::All,
            ..options()
        };
        for (options, of) in [(options(), 2), (all, 3)] {
            let outcome = baseline(&cohort, &options).unwrap();
            let BaselineValues::Categories { arms, .. } = &outcome.variables[1].values else {
                panic!("{outcome:?}");
            };
            assert_eq!((arms[0].missing, arms[0].of), (1, of));
        }
    }

    #[test]
    fn small_groups_are_not_tested_unless_asked_for() {
        let automatic = BaselineOptions {
            p_values: PValues::Automatic,
            ..options()
        };
        assert!(!baseline(&cohort(), &automatic).unwrap().tested);
        let outcome = baseline(&cohort(), &options()).unwrap();
        assert!(outcome.tested && outcome.variables.iter().all(|of| of.test.is_some()));
        let overall = BaselineOptions {
            group: None,
            ..options()
        };
        let outcome = baseline(&cohort(), &overall).unwrap();
        assert_eq!((outcome.n, outcome.tested), (6, false));
        assert_eq!(outcome.variables.len(), 3);
    }

    #[test]
    fn groups_that_are_the_same_differ_by_nothing() {
        assert_eq!(number_difference(&[5.0, 5.0], &[5.0]), Some(0.0));
        assert_eq!(number_difference(&[5.0, 5.0], &[6.0, 6.0]), None);
        assert_eq!(number_difference(&[], &[6.0, 6.0]), None);
        assert_eq!(category_difference(&[0, 4], &[0, 9]), Some(0.0));
        assert_eq!(category_difference(&[1, 2, 3], &[2, 4, 6]), Some(0.0));
        assert_eq!(category_difference(&[0, 4], &[9, 0]), None);
        assert_eq!(category_difference(&[0, 0], &[9, 0]), None);
    }

    #[test]
    fn columns_of_too_many_values_are_named_and_left_out() {
        let mut cohort = cohort();
        cohort.counted[0].levels = (0..11).map(|level| level.to_string()).collect();
        let outcome = baseline(&cohort, &options()).unwrap();
        assert_eq!(outcome.variables.len(), 1);
        let expected = TooManyValues {
            column: "grade".to_owned(),
            values: 11,
        };
        assert_eq!(outcome.too_many, [expected]);
    }

    #[test]
    fn a_column_of_groups_that_is_measured_is_counted_unless_the_person_says_so() {
        let mut cohort = cohort();
        cohort.counted[0].column = "age".to_owned();
        let mut options = options();
        options.columns.truncate(2);
        let is_counted = |options: &BaselineOptions| {
            let outcome = baseline(&cohort, options).unwrap();
            matches!(
                outcome.variables[0].values,
                BaselineValues::Categories { .. }
            )
        };
        assert!(is_counted(&options));
        options.as_numbers = vec!["age".to_owned()];
        assert!(!is_counted(&options));
    }

    #[test]
    fn nothing_to_describe_is_refused() {
        let none = BaselineOptions::default();
        assert_eq!(baseline(&cohort(), &none), Err(AnalysisError::NoColumns));
        let unknown = BaselineOptions {
            columns: vec!["weight".to_owned()],
            ..BaselineOptions::default()
        };
        let refused = baseline(&cohort(), &unknown);
        assert!(matches!(refused, Err(AnalysisError::NotCounted { .. })));
    }
}
