//! A number compared between groups.

use serde::{Deserialize, Serialize};

use super::{GroupEffect, GroupTest, GroupsOptions, TestName};
use crate::cohort::NumericColumn;
use crate::stats::{
    QuantileType, RankMethod, Summary, TrendVariance, Variances, anova, jonckheere, kruskal_wallis,
    pooled_difference, skewness, standardised_mean_difference, summary, t_test, wilcoxon_rank_sum,
};

/// Test of a column of measurements between groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumericTest {
    /// Means where all groups are large and none is strongly skewed, else ranks.
    Automatic,
    /// Means, each group with its own variance.
    Welch,
    /// Means, one variance for all groups.
    Student,
    /// Ranks; exact where two groups have fewer than 50 values each.
    Ranks,
    /// Ranks, exact where that can be counted.
    RanksExact,
    /// Ranks by the normal approximation, without continuity correction.
    RanksNormal,
}

/// A number between groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NumberComparison {
    /// The unit in the row below the headings, where the file has one.
    pub unit: Option<String>,
    /// One arm a group in display order.
    pub arms: Vec<NumberArm>,
    /// All analysed subjects.
    pub overall: NumberArm,
    /// Whether ranks are compared, so that effects are shifts of the median; else means.
    pub by_ranks: bool,
    /// `None` when there is nothing to compare.
    pub test: Option<GroupTest>,
    /// Of every group but the first.
    pub effects: Vec<GroupEffect>,
    /// Standardised mean difference of two groups.
    pub standardised: Option<f64>,
    /// Trend over the groups, when asked for.
    pub trend: Option<GroupTest>,
}

/// The numbers of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NumberArm {
    /// Label of the level; `None` when overall.
    pub label: Option<String>,
    /// In the order of the patients.
    pub values: Vec<f64>,
    /// Mean, standard deviation, range, quartiles.
    pub summary: Summary,
}

/// Groups smaller than this are compared by ranks unless the person asks for means.
pub const SMALL_GROUP: usize = 30;

/// Skewness beyond which groups are compared by ranks unless the person asks for means.
pub const STRONG_SKEWNESS: f64 = 1.0;

/// Compares a column of measurements between the groups with these labels.
pub(super) fn numbers_of(
    column: &NumericColumn,
    labels: &[String],
    values: &[f64],
    of: &[usize],
    options: &GroupsOptions,
) -> NumberComparison {
    let arm = |label: Option<&String>, values: Vec<f64>| NumberArm {
        label: label.cloned(),
        summary: summary(&values, QuantileType::Type7),
        values,
    };
    let members = |group: usize| {
        let members = values.iter().zip(of).filter(|(_, of)| **of == group);
        members.map(|(value, _)| *value).collect()
    };
    let arms: Vec<NumberArm> = (labels.iter().enumerate())
        .map(|(group, label)| arm(Some(label), members(group)))
        .collect();
    let slices: Vec<&[f64]> = arms.iter().map(|arm| &arm.values[..]).collect();
    let (by_ranks, test) = number_test(&slices, options);
    NumberComparison {
        unit: column.unit.clone(),
        by_ranks,
        test,
        effects: effects(&slices, by_ranks, options),
        standardised: match slices[..] {
            [first, second] => standardised_mean_difference(first, second),
            _ => None,
        },
        trend: options.ordered.then(|| trend(&slices)).flatten(),
        overall: arm(None, values.to_vec()),
        arms,
    }
}

/// The test of the numbers of each group, and whether it compares ranks.
pub(in crate::analysis) fn number_test(
    groups: &[&[f64]],
    options: &GroupsOptions,
) -> (bool, Option<GroupTest>) {
    let by_ranks = match options.numeric_test {
        NumericTest::Automatic => !groups.iter().all(|values| suits_means(values)),
        NumericTest::Welch | NumericTest::Student => false,
        NumericTest::Ranks | NumericTest::RanksExact | NumericTest::RanksNormal => true,
    };
    let test = if by_ranks {
        test_of_ranks(groups, options)
    } else {
        test_of_means(groups, options)
    };
    (by_ranks, test)
}

fn suits_means(values: &[f64]) -> bool {
    values.len() >= SMALL_GROUP
        && skewness(values).is_some_and(|skewness| skewness.abs() <= STRONG_SKEWNESS)
}

fn variances(options: &GroupsOptions) -> Variances {
    match options.numeric_test {
        NumericTest::Student => Variances::Equal,
        NumericTest::Automatic
        | NumericTest::Welch
        | NumericTest::Ranks
        | NumericTest::RanksExact
        | NumericTest::RanksNormal => Variances::Unequal,
    }
}

fn rank_method(options: &GroupsOptions) -> RankMethod {
    match options.numeric_test {
        NumericTest::RanksExact => RankMethod::Exact,
        NumericTest::RanksNormal => RankMethod::Normal { continuity: false },
        NumericTest::Automatic | NumericTest::Welch | NumericTest::Student | NumericTest::Ranks => {
            RankMethod::Automatic
        }
    }
}

fn test_of_means(groups: &[&[f64]], options: &GroupsOptions) -> Option<GroupTest> {
    let equal = variances(options) == Variances::Equal;
    if let [first, second] = groups {
        let test = t_test(first, second, variances(options), options.conf_level)?;
        let name = if equal {
            TestName::Student
        } else {
            TestName::Welch
        };
        return Some(GroupTest::new(name, test.p_value).with(test.statistic, Some(test.df)));
    }
    let test = anova(groups, variances(options))?;
    let name = if equal {
        TestName::Anova
    } else {
        TestName::WelchAnova
    };
    Some(GroupTest {
        df_within: Some(test.df_within),
        ..GroupTest::new(name, test.p_value).with(test.statistic, Some(test.df))
    })
}

fn test_of_ranks(groups: &[&[f64]], options: &GroupsOptions) -> Option<GroupTest> {
    if let [first, second] = groups {
        let method = rank_method(options);
        let test = wilcoxon_rank_sum(first, second, method, options.conf_level)?;
        let name = match method {
            _ if test.exact => TestName::RankSumExact,
            RankMethod::Normal { continuity: false } => TestName::RankSum,
            RankMethod::Automatic | RankMethod::Exact | RankMethod::Normal { .. } => {
                TestName::RankSumCorrected
            }
        };
        return Some(GroupTest::new(name, test.p_value).with(test.statistic, None));
    }
    let test = kruskal_wallis(groups)?;
    let df = Some(test.df as f64);
    Some(GroupTest::new(TestName::KruskalWallis, test.p_value).with(test.statistic, df))
}

fn effects(groups: &[&[f64]], by_ranks: bool, options: &GroupsOptions) -> Vec<GroupEffect> {
    let Some((first, others)) = groups.split_first() else {
        return Vec::new();
    };
    let limits = |other: &[f64]| {
        if by_ranks {
            let test = wilcoxon_rank_sum(first, other, rank_method(options), options.conf_level)?;
            Some((test.shift, test.conf_low, test.conf_high))
        } else {
            let test = match variances(options) {
                Variances::Equal => pooled_difference(groups, first, other, options.conf_level),
                Variances::Unequal => t_test(first, other, Variances::Unequal, options.conf_level),
            }?;
            Some((test.estimate, test.conf_low, test.conf_high))
        }
    };
    let effect = |(i, other): (usize, &&[f64])| {
        let limits = limits(other);
        GroupEffect {
            arm: i + 1,
            estimate: limits.map(|limits| limits.0),
            conf_low: limits.map(|limits| limits.1),
            conf_high: limits.map(|limits| limits.2),
        }
    };
    others.iter().enumerate().map(effect).collect()
}

/// Trend over three or more groups.
fn trend(groups: &[&[f64]]) -> Option<GroupTest> {
    let test = jonckheere(groups, TrendVariance::Tied).filter(|_| groups.len() > 2)?;
    Some(GroupTest::new(TestName::Jonckheere, test.p_value).with(test.statistic, None))
}
