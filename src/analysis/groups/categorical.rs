//! Categories compared between groups.

use serde::{Deserialize, Serialize};

use super::super::{FrequencyArm, SEED};
use super::{GroupEffect, GroupTest, GroupsOptions, TestName};
use crate::cohort::Factor;
use crate::stats::{
    ChiSquareVariant, Counts, Ratio, UnconditionalTest, chi_square, cochran_armitage,
    expected_counts, fisher_exact_table, linear_by_linear, mantel_haenszel, odds_ratio, proportion,
    risk_difference, risk_ratio, standardised_category_difference,
    standardised_proportion_difference, unconditional_test,
};

/// Test of a column of categories between groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CategoryTest {
    /// χ² where Cochran's rule allows it, else Fisher's exact test.
    Automatic,
    /// Pearson's χ².
    ChiSquare,
    /// χ² with Yates' correction; of larger tables than 2 × 2 without.
    Yates,
    /// χ² with the factor (N − 1) / N.
    NMinus1,
    /// Fisher's exact test; over strata the exact conditional test.
    Fisher,
    /// Boschloo's exact test; of larger tables than 2 × 2 Fisher's.
    Boschloo,
}

/// How two proportions are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectMeasure {
    /// The other group's minus the first's.
    Difference,
    /// The other group's over the first's.
    Ratio,
    /// The other group's odds over the first's.
    Odds,
}

/// Categories between groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CategoryComparison {
    /// The values in display order; of two, the second is what effects are about.
    pub levels: Vec<String>,
    /// One arm a group in display order.
    pub arms: Vec<FrequencyArm>,
    /// All analysed subjects.
    pub overall: FrequencyArm,
    /// Smallest of the counts that are expected when the groups do not differ.
    pub smallest_expected: Option<f64>,
    /// `None` when there is nothing to compare.
    pub test: Option<GroupTest>,
    /// Of every group but the first; none unless the column has two values.
    pub effects: Vec<GroupEffect>,
    /// Standardised difference of two groups; without a sign when there are more than two values.
    pub standardised: Option<f64>,
    /// Trend over the groups, when asked for.
    pub trend: Option<GroupTest>,
    /// Two groups within strata, when asked for and the column has two values.
    pub strata: Option<StrataComparison>,
}

/// Two groups within strata.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StrataComparison {
    /// The strata that have patients, in display order.
    pub strata: Vec<Stratum>,
    /// Odds ratio common to the strata.
    pub odds_ratio: Ratio,
    /// Test of no difference in any stratum.
    pub test: GroupTest,
    /// Test that the odds ratio is the same in all strata.
    pub homogeneity: Option<GroupTest>,
}

/// One stratum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stratum {
    /// Label.
    pub label: String,
    /// How many of the first group have the second value, and of how many.
    pub first: Counts,
    /// Likewise the second group.
    pub second: Counts,
    /// Odds ratio of the second group against the first.
    pub odds_ratio: Ratio,
}

/// The analysed patients.
pub(super) struct Patients<'a> {
    /// The value of each: index into the levels.
    pub levels: Vec<usize>,
    /// The group of each: index into the labels.
    pub of: &'a [usize],
}

/// Compares a column of categories between the groups with these labels.
pub(super) fn categories(
    factor: &Factor,
    labels: &[String],
    patients: Patients<'_>,
    strata: Option<(&Factor, &[usize])>,
    options: &GroupsOptions,
) -> CategoryComparison {
    let mut table = vec![vec![0; factor.levels.len()]; labels.len()];
    for (&level, &group) in patients.levels.iter().zip(patients.of) {
        table[group][level] += 1;
    }
    let arm = |label: Option<&String>, counts: &[usize]| {
        let n = counts.iter().sum();
        let rates =
            (counts.iter()).map(|&count| proportion(count, n, options.method, options.conf_level));
        FrequencyArm {
            label: label.cloned(),
            n,
            counts: rates.collect(),
        }
    };
    let column = |level: usize| table.iter().map(|counts| counts[level]).sum();
    let all: Vec<usize> = (0..factor.levels.len()).map(column).collect();
    let smallest = expected_counts(&occurring(&table)).concat();
    let groups: Option<Vec<Counts>> = (table.iter())
        .map(|counts| match counts[..] {
            [without, with] => Some((with, without + with)),
            _ => None,
        })
        .collect();
    let strata = match (strata, &groups) {
        (Some(strata), Some(groups)) if groups.len() == 2 => stratified(strata, &patients, options),
        _ => None,
    };
    CategoryComparison {
        levels: factor.levels.clone(),
        arms: (labels.iter().zip(&table))
            .map(|(label, counts)| arm(Some(label), counts))
            .collect(),
        overall: arm(None, &all),
        smallest_expected: smallest.into_iter().reduce(f64::min),
        test: table_test(&table, options.test),
        effects: groups
            .iter()
            .flat_map(|groups| effects(groups, options))
            .collect(),
        standardised: match (&table[..], &groups) {
            ([_, _], Some(groups)) => {
                let [first, second] = [0, 1].map(|i| groups[i].0 as f64 / groups[i].1 as f64);
                standardised_proportion_difference(first, second)
            }
            ([first, second], None) => standardised_category_difference(first, second),
            _ => None,
        },
        trend: options
            .ordered
            .then(|| trend(&table, groups.as_deref()))
            .flatten(),
        strata,
    }
}

/// The table without the values that nobody has.
fn occurring(table: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let width = table.first().map_or(0, Vec::len);
    let used: Vec<usize> = (0..width)
        .filter(|&level| table.iter().any(|counts| counts[level] > 0))
        .collect();
    let row = |counts: &Vec<usize>| used.iter().map(|&level| counts[level]).collect();
    table.iter().map(row).collect()
}

/// The test of a table of groups by values; values that nobody has say nothing.
pub(in crate::analysis) fn table_test(
    table: &[Vec<usize>],
    choice: CategoryTest,
) -> Option<GroupTest> {
    test(&occurring(table), choice)
}

/// Whether χ² can be trusted: no expected count below 1, at most a fifth of them below 5.
///
/// **Source.** Cochran (1954), Biometrics 10:417.
fn large_enough(table: &[Vec<usize>]) -> bool {
    let expected = expected_counts(table).concat();
    let small = expected.iter().filter(|count| **count < 5.0).count();
    expected.iter().all(|count| *count >= 1.0) && 5 * small <= expected.len()
}

fn test(table: &[Vec<usize>], choice: CategoryTest) -> Option<GroupTest> {
    let by_chi_square = |name: TestName, variant: ChiSquareVariant| {
        let test = chi_square(table, variant)?;
        let df = Some(test.df as f64);
        Some(GroupTest::new(name, test.p_value).with(test.statistic, df))
    };
    let two_by_two = table.len() == 2 && table[0].len() == 2;
    match choice {
        CategoryTest::Automatic if large_enough(table) => {
            by_chi_square(TestName::ChiSquare, ChiSquareVariant::Pearson)
        }
        CategoryTest::ChiSquare => by_chi_square(TestName::ChiSquare, ChiSquareVariant::Pearson),
        CategoryTest::Yates if two_by_two => {
            by_chi_square(TestName::Yates, ChiSquareVariant::Yates)
        }
        CategoryTest::Yates => by_chi_square(TestName::ChiSquare, ChiSquareVariant::Pearson),
        CategoryTest::NMinus1 => by_chi_square(TestName::NMinus1, ChiSquareVariant::NMinus1),
        CategoryTest::Boschloo if two_by_two => boschloo(table).or_else(|| fisher(table)),
        CategoryTest::Automatic | CategoryTest::Fisher | CategoryTest::Boschloo => fisher(table),
    }
}

fn fisher(table: &[Vec<usize>]) -> Option<GroupTest> {
    // Nothing to compare, as for χ².
    chi_square(table, ChiSquareVariant::Pearson)?;
    let test = fisher_exact_table(table, SEED);
    Some(GroupTest {
        draws: test.draws,
        std_err: test.std_err,
        ..GroupTest::new(TestName::Fisher, test.p_value)
    })
}

fn boschloo(table: &[Vec<usize>]) -> Option<GroupTest> {
    let [first, second] = [0, 1].map(|i| (table[i][1], table[i][0] + table[i][1]));
    let test = unconditional_test(first, second, UnconditionalTest::Boschloo)?;
    Some(GroupTest::new(TestName::Boschloo, test.p_value))
}

fn effects(groups: &[Counts], options: &GroupsOptions) -> Vec<GroupEffect> {
    let Some((&first, others)) = groups.split_first() else {
        return Vec::new();
    };
    let effect = |(i, &other): (usize, &Counts)| {
        let ratio = match options.measure {
            EffectMeasure::Difference => {
                let difference =
                    risk_difference(first, other, options.difference, options.conf_level);
                Ratio {
                    estimate: difference.map(|difference| difference.estimate),
                    conf_low: difference.map(|difference| difference.conf_low),
                    conf_high: difference.map(|difference| difference.conf_high),
                }
            }
            EffectMeasure::Ratio => risk_ratio(first, other, options.ratio, options.conf_level),
            EffectMeasure::Odds => odds_ratio(first, other, options.odds, options.conf_level),
        };
        GroupEffect {
            arm: i + 1,
            estimate: ratio.estimate,
            conf_low: ratio.conf_low,
            conf_high: ratio.conf_high,
        }
    };
    others.iter().enumerate().map(effect).collect()
}

/// Trend over three or more groups: of proportions, or of the values in their order.
fn trend(table: &[Vec<usize>], groups: Option<&[Counts]>) -> Option<GroupTest> {
    let scores = |n: usize| (1..=n).map(|score| score as f64).collect::<Vec<_>>();
    let of_groups = scores(table.len());
    let (name, test) = match groups {
        Some(groups) => (
            TestName::CochranArmitage,
            cochran_armitage(groups, &of_groups),
        ),
        None => (
            TestName::LinearByLinear,
            linear_by_linear(table, &of_groups, &scores(table[0].len())),
        ),
    };
    let test = test.filter(|_| table.len() > 2)?;
    Some(GroupTest::new(name, test.p_value).with(test.statistic, None))
}

fn stratified(
    (strata, of): (&Factor, &[usize]),
    patients: &Patients<'_>,
    options: &GroupsOptions,
) -> Option<StrataComparison> {
    let mut tables = vec![[(0, 0); 2]; strata.levels.len()];
    for ((&level, &group), &stratum) in patients.levels.iter().zip(patients.of).zip(of) {
        let cell = &mut tables[stratum][group];
        *cell = (cell.0 + level, cell.1 + 1);
    }
    let pairs: Vec<(Counts, Counts)> = tables.iter().map(|&[a, b]| (a, b)).collect();
    let all = mantel_haenszel(&pairs, options.conf_level)?;
    let exact = all.exact.filter(|_| options.test == CategoryTest::Fisher);
    let of_table = |test: crate::stats::ChiSquareTest, name: TestName| {
        GroupTest::new(name, test.p_value).with(test.statistic, Some(test.df as f64))
    };
    let rows = (strata.levels.iter().zip(&pairs))
        .filter(|(_, (first, second))| first.1 + second.1 > 0)
        .map(|(label, &(first, second))| Stratum {
            label: label.clone(),
            first,
            second,
            odds_ratio: odds_ratio(first, second, options.odds, options.conf_level),
        });
    Some(StrataComparison {
        strata: rows.collect(),
        odds_ratio: exact.map_or(all.odds_ratio, |exact| exact.odds_ratio),
        test: match exact {
            Some(exact) => GroupTest::new(TestName::ExactStrata, exact.p_value),
            None => of_table(all.corrected, TestName::MantelHaenszel),
        },
        homogeneity: (all.homogeneity).map(|test| of_table(test, TestName::BreslowDay)),
    })
}
