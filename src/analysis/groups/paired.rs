//! Two yes/no answers of the same patients.

use serde::{Deserialize, Serialize};

use super::super::selection::Exclusions;
use super::{GroupTest, GroupsComparison, GroupsOptions, GroupsOutcome, TestName, countable};
use crate::analysis::{AnalysisError, ExclusionReason};
use crate::cohort::Cohort;
use crate::stats::{Proportion, Ratio, mcnemar, proportion};

/// Variant of McNemar's test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairedTest {
    /// Exact.
    Exact,
    /// Exact with the mid-P value.
    MidP,
    /// χ² with continuity correction.
    Corrected,
    /// χ² without.
    Uncorrected,
}

/// Two answers of the same patients.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairedComparison {
    /// The two values that both columns have; percentages are those of the second.
    pub levels: [String; 2],
    /// Patients by their first answer (row) and second answer (column).
    pub table: [[usize; 2]; 2],
    /// Who gave the second value in the first column.
    pub first: Proportion,
    /// Likewise in the second column.
    pub second: Proportion,
    /// `None` when nobody's answers differ.
    pub test: Option<GroupTest>,
    /// Changes to the second value over changes from it, with exact limits; `None` like the test.
    pub odds_ratio: Option<Ratio>,
}

/// Compares two columns of the same patients.
pub(super) fn paired(
    cohort: &Cohort,
    options: &GroupsOptions,
    other: &str,
) -> Result<GroupsOutcome, AnalysisError> {
    let (first, second) = (
        countable(cohort, &options.column)?,
        countable(cohort, other)?,
    );
    let not_paired = || AnalysisError::NotPaired {
        first: options.column.clone(),
        second: other.to_owned(),
    };
    if options.column == other {
        return Err(AnalysisError::SameColumn {
            column: other.to_owned(),
        });
    }
    let mut levels = first.levels.clone();
    levels.extend(
        second
            .levels
            .iter()
            .filter(|level| !first.levels.contains(level))
            .cloned(),
    );
    let levels: [String; 2] = levels.try_into().map_err(|_| not_paired())?;
    let answer = |factor: &crate::cohort::Factor, i: usize| {
        let label = &factor.levels[factor.values[i]?];
        levels.iter().position(|level| level == label)
    };
    let mut table = [[0; 2]; 2];
    let mut exclusions = Exclusions::of(cohort);
    for (i, subject) in cohort.subjects().iter().enumerate() {
        let missing = |column: &str| ExclusionReason::NoGroup {
            column: column.to_owned(),
        };
        match (answer(first, i), answer(second, i)) {
            (Some(a), Some(b)) => table[a][b] += 1,
            (None, _) => exclusions.add(missing(&first.column), subject),
            (Some(_), None) => exclusions.add(missing(&second.column), subject),
        }
    }
    let n = table.concat().iter().sum();
    if n == 0 {
        return Err(AnalysisError::NoSubjects);
    }
    let rate = |count: usize| proportion(count, n, options.method, options.conf_level);
    let result = mcnemar(table[1][0], table[0][1], options.conf_level);
    let test = result.map(|result| match options.paired_test {
        PairedTest::Exact => GroupTest::new(TestName::McNemarExact, result.p_exact),
        PairedTest::MidP => GroupTest::new(TestName::McNemarMidP, result.p_mid),
        PairedTest::Corrected => {
            let test = result.corrected;
            GroupTest::new(TestName::McNemarCorrected, test.p_value).with(test.statistic, Some(1.0))
        }
        PairedTest::Uncorrected => {
            let test = result.uncorrected;
            GroupTest::new(TestName::McNemar, test.p_value).with(test.statistic, Some(1.0))
        }
    });
    Ok(GroupsOutcome {
        options: options.clone(),
        comparison: GroupsComparison::Paired(PairedComparison {
            table,
            first: rate(table[1][0] + table[1][1]),
            second: rate(table[0][1] + table[1][1]),
            test,
            odds_ratio: result.map(|result| result.odds_ratio),
            levels,
        }),
        exclusions: exclusions.into_vec(),
        empty_groups: Vec::new(),
    })
}
