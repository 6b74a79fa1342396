//! One column compared between groups of patients, or between two answers of the same patients.

use serde::{Deserialize, Serialize};

use super::selection::{Exclusions, GROUP_LIMIT, Groups, check_level, factor};
use super::{AnalysisError, Exclusion, ExclusionReason, FigureWidth};
use crate::cohort::{Cohort, Factor, NumericColumn, Subject};
use crate::stats::{DifferenceMethod, OddsMethod, ProportionMethod, RatioMethod};

mod categorical;
mod form;
mod numeric;
mod paired;

pub(super) use categorical::table_test;
pub use categorical::*;
pub(super) use form::{CATEGORY_TESTS, NUMERIC_TESTS, groups_form};
pub(super) use numeric::number_test;
pub use numeric::*;
pub use paired::*;

/// Options of a comparison of groups. Those that do not suit the column are not looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GroupsOptions {
    /// Heading of the column that is compared: one to count, one that makes groups, or one of measurements.
    pub column: String,
    /// Heading of a column with the same two values, of the same patients: compares the two instead of groups.
    pub paired_with: Option<String>,
    /// Heading of the grouping column.
    pub group: String,
    /// Heading of a grouping column within whose levels two groups are compared.
    pub strata: Option<String>,
    /// Test of a column of categories.
    pub test: CategoryTest,
    /// Test of a column of measurements; any but the automatic one compares a column that also makes groups as numbers.
    pub numeric_test: NumericTest,
    /// Test of two answers of the same patients.
    pub paired_test: PairedTest,
    /// How a column with two values is compared.
    pub measure: EffectMeasure,
    /// Interval of a difference of two proportions.
    pub difference: DifferenceMethod,
    /// Interval of a risk ratio.
    pub ratio: RatioMethod,
    /// Interval of an odds ratio.
    pub odds: OddsMethod,
    /// Whether the groups have an order, so that a trend over them is tested.
    pub ordered: bool,
    /// Interval of the percentages.
    pub method: ProportionMethod,
    /// Confidence level, 0.5 to 0.999.
    pub conf_level: f64,
    /// Options of the figure.
    pub figure: GroupsFigure,
}

impl Default for GroupsOptions {
    fn default() -> Self {
        Self {
            column: String::new(),
            paired_with: None,
            group: String::new(),
            strata: None,
            test: CategoryTest::Automatic,
            numeric_test: NumericTest::Automatic,
            paired_test: PairedTest::Exact,
            measure: EffectMeasure::Difference,
            difference: DifferenceMethod::default(),
            ratio: RatioMethod::default(),
            odds: OddsMethod::default(),
            ordered: false,
            method: ProportionMethod::ClopperPearson,
            conf_level: 0.95,
            figure: GroupsFigure::default(),
        }
    }
}

/// Options of the figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GroupsFigure {
    /// Width preset.
    pub width: FigureWidth,
    /// A title over the figure.
    pub title: Option<String>,
}

impl Default for GroupsFigure {
    fn default() -> Self {
        Self {
            width: FigureWidth::One,
            title: None,
        }
    }
}

/// Result of a comparison of groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupsOutcome {
    /// The options that were used.
    pub options: GroupsOptions,
    /// What was compared.
    pub comparison: GroupsComparison,
    /// Subjects left out.
    pub exclusions: Vec<Exclusion>,
    /// Labels of the groups without analysed subjects: they have no arm.
    pub empty_groups: Vec<String>,
}

/// What was compared, by the kind of column.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum GroupsComparison {
    /// Categories between groups.
    Categories(CategoryComparison),
    /// A number between groups.
    Numbers(NumberComparison),
    /// Two answers of the same patients.
    Paired(PairedComparison),
}

/// The tests that compare groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TestName {
    /// Fisher's exact test.
    Fisher,
    /// Pearson's χ².
    ChiSquare,
    /// χ² with Yates' correction.
    Yates,
    /// χ² with the factor (N − 1) / N.
    NMinus1,
    /// Boschloo's exact test.
    Boschloo,
    /// Cochran & Armitage's test of trend.
    CochranArmitage,
    /// Linear-by-linear association.
    LinearByLinear,
    /// Cochran, Mantel & Haenszel's χ² with continuity correction.
    MantelHaenszel,
    /// The exact conditional test over strata.
    ExactStrata,
    /// Breslow & Day's test of homogeneity with Tarone's correction.
    BreslowDay,
    /// Welch's t test.
    Welch,
    /// Student's t test.
    Student,
    /// Welch's analysis of variance.
    WelchAnova,
    /// One-way analysis of variance.
    Anova,
    /// Wilcoxon's rank sum test, exact.
    RankSumExact,
    /// The same by the normal approximation with continuity correction.
    RankSumCorrected,
    /// The same without.
    RankSum,
    /// Kruskal & Wallis' test.
    KruskalWallis,
    /// Jonckheere & Terpstra's test of trend.
    Jonckheere,
    /// McNemar's exact test.
    McNemarExact,
    /// McNemar's mid-P test.
    McNemarMidP,
    /// McNemar's χ² with continuity correction.
    McNemarCorrected,
    /// McNemar's χ².
    McNemar,
}

/// A test with its result.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GroupTest {
    /// Which test.
    pub name: TestName,
    /// t, F, χ², W, z, H or J; `None` for tests without one.
    pub statistic: Option<f64>,
    /// Degrees of freedom.
    pub df: Option<f64>,
    /// Degrees of freedom within the groups, of an analysis of variance.
    pub df_within: Option<f64>,
    /// Two-sided p value.
    pub p_value: f64,
    /// How many tables were simulated; `None` when none were.
    pub draws: Option<u32>,
    /// Monte Carlo standard error of a simulated `p_value`.
    pub std_err: Option<f64>,
}

impl GroupTest {
    /// A test that has only a p value.
    fn new(name: TestName, p_value: f64) -> Self {
        Self {
            name,
            statistic: None,
            df: None,
            df_within: None,
            p_value,
            draws: None,
            std_err: None,
        }
    }

    /// The same with its statistic.
    fn with(self, statistic: f64, df: Option<f64>) -> Self {
        Self {
            statistic: Some(statistic),
            df,
            ..self
        }
    }
}

/// An effect of one group against the first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GroupEffect {
    /// Index of the arm that is compared with the first.
    pub arm: usize,
    /// Difference or ratio; `None` when it cannot be estimated.
    pub estimate: Option<f64>,
    /// Lower limit; `None` when there is no finite one.
    pub conf_low: Option<f64>,
    /// Upper limit; `None` when there is no finite one.
    pub conf_high: Option<f64>,
}

/// The column that is compared.
enum Variable<'a> {
    Categories(&'a Factor),
    Numbers(&'a NumericColumn),
}

impl<'a> Variable<'a> {
    /// A column that is measured and makes groups is compared as categories, as Table 1 describes it, unless its
    /// values are too many or the person chose a test of numbers.
    fn find(cohort: &'a Cohort, options: &GroupsOptions) -> Result<Self, AnalysisError> {
        let column = &options.column;
        let Some(numbers) = cohort.covariate(column) else {
            return countable(cohort, column).map(Self::Categories);
        };
        let as_number = options.numeric_test != NumericTest::Automatic;
        match countable(cohort, column) {
            Ok(factor) if !as_number && factor.levels.len() <= GROUP_LIMIT => {
                Ok(Self::Categories(factor))
            }
            _ => Ok(Self::Numbers(numbers)),
        }
    }
}

/// The column of categories of that heading.
fn countable<'a>(cohort: &'a Cohort, column: &str) -> Result<&'a Factor, AnalysisError> {
    (cohort.countable())
        .find(|factor| factor.column == column)
        .ok_or_else(|| AnalysisError::NotCounted {
            column: column.to_owned(),
        })
}

/// Compares groups of patients, or two answers of the same patients.
///
/// **Conventions.** Patients without a value in a column that is used are left out and listed. Effects compare each
/// group with the first; of a column with two values they are those of the second value.
pub fn groups(cohort: &Cohort, options: &GroupsOptions) -> Result<GroupsOutcome, AnalysisError> {
    check_level(options.conf_level)?;
    if let Some(other) = &options.paired_with {
        return paired(cohort, options, other);
    }
    let variable = Variable::find(cohort, options)?;
    let no_group = || AnalysisError::NoGroup {
        column: options.group.clone(),
    };
    let grouping = factor(cohort, Some(&options.group))?.ok_or_else(no_group)?;
    let strata = factor(cohort, options.strata.as_deref())?;
    let used = [Some(&options.group), options.strata.as_ref()];
    if used.contains(&Some(&options.column)) || options.strata.as_ref() == Some(&options.group) {
        return Err(AnalysisError::SameColumn {
            column: options.column.clone(),
        });
    }
    // Strata are only looked at where they are combined.
    let strata = strata.filter(|_| matches!(variable, Variable::Categories(_)));
    let mut sample = Sample::default();
    for (i, subject) in cohort.subjects().iter().enumerate() {
        let value = match variable {
            Variable::Categories(factor) => factor.values[i].map(|level| level as f64),
            Variable::Numbers(numbers) => numbers.values[i],
        };
        let stratum = strata.map(|strata| (strata.column.as_str(), strata.values[i]));
        let group = (grouping.column.as_str(), grouping.values[i]);
        sample.add(subject, (&options.column, value), group, stratum);
    }
    if sample.values.is_empty() {
        return Err(AnalysisError::NoSubjects);
    }
    let Groups { labels, empty, of } = Groups::new(grouping, sample.groups)?;
    let comparison = match variable {
        Variable::Categories(factor) => {
            let levels = sample.values.iter().map(|&level| level as usize).collect();
            let strata = strata.map(|strata| (strata, &sample.strata[..]));
            let patients = Patients { levels, of: &of };
            GroupsComparison::Categories(categories(factor, &labels, patients, strata, options))
        }
        Variable::Numbers(numbers) => {
            let values = &sample.values[..];
            GroupsComparison::Numbers(numbers_of(numbers, &labels, values, &of, options))
        }
    };
    let mut exclusions = Exclusions::of(cohort);
    for (column, subject) in sample.left_out {
        exclusions.add(ExclusionReason::NoGroup { column }, &subject);
    }
    Ok(GroupsOutcome {
        options: options.clone(),
        comparison,
        exclusions: exclusions.into_vec(),
        empty_groups: empty,
    })
}

/// The analysed patients, and those left out with the column that they have no value in.
#[derive(Default)]
struct Sample {
    values: Vec<f64>,
    groups: Vec<usize>,
    strata: Vec<usize>,
    left_out: Vec<(String, Subject)>,
}

impl Sample {
    fn add(
        &mut self,
        subject: &Subject,
        (column, value): (&str, Option<f64>),
        (grouping, group): (&str, Option<usize>),
        stratum: Option<(&str, Option<usize>)>,
    ) {
        let missing = match (value, group, stratum) {
            (None, _, _) => column,
            (Some(_), None, _) => grouping,
            (Some(_), Some(_), Some((strata, None))) => strata,
            (Some(value), Some(group), stratum) => {
                self.values.push(value);
                self.groups.push(group);
                self.strata.extend(stratum.and_then(|(_, level)| level));
                return;
            }
        };
        self.left_out.push((missing.to_owned(), subject.clone()));
    }
}
