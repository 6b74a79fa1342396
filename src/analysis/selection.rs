//! Who is analysed, in which group, and who is left out and why.

use super::{AnalysisError, Exclusion, ExclusionReason};
use crate::cohort::{Cohort, Factor, Subject};

/// More groups than this cannot be told apart in a figure, nor compared in pairs with any power.
pub const GROUP_LIMIT: usize = 10;

/// The groups that have subjects, in display order.
pub(super) struct Groups {
    /// Labels.
    pub labels: Vec<String>,
    /// Labels of the levels that no analysed subject has.
    pub empty: Vec<String>,
    /// Group of each analysed subject: index into `labels`.
    pub of: Vec<usize>,
}

impl Groups {
    /// Numbers the levels that occur among the analysed subjects; `levels` holds one a subject.
    pub fn new(factor: &Factor, mut levels: Vec<usize>) -> Result<Self, AnalysisError> {
        let mut used = vec![false; factor.levels.len()];
        for &level in &levels {
            used[level] = true;
        }
        let mut number = vec![0; used.len()];
        let (mut labels, mut empty) = (Vec::new(), Vec::new());
        for (level, label) in factor.levels.iter().enumerate() {
            number[level] = labels.len();
            let list = if used[level] { &mut labels } else { &mut empty };
            list.push(label.clone());
        }
        if labels.len() > GROUP_LIMIT {
            return Err(AnalysisError::TooManyGroups {
                column: factor.column.clone(),
                groups: labels.len(),
                limit: GROUP_LIMIT,
            });
        }
        for level in &mut levels {
            *level = number[*level];
        }
        Ok(Self {
            labels,
            empty,
            of: levels,
        })
    }
}

/// The grouping column of that heading.
pub(super) fn factor<'a>(
    cohort: &'a Cohort,
    column: Option<&str>,
) -> Result<Option<&'a Factor>, AnalysisError> {
    column
        .map(|column| {
            cohort.factor(column).ok_or_else(|| AnalysisError::NoGroup {
                column: column.to_owned(),
            })
        })
        .transpose()
}

/// Subjects left out, gathered by reason in the order of their first appearance.
#[derive(Default)]
pub(super) struct Exclusions(Vec<Exclusion>);

impl Exclusions {
    /// Those of the cohort itself: rows that the person left out.
    pub fn of(cohort: &Cohort) -> Self {
        let mut exclusions = Self::default();
        for subject in cohort.left_out() {
            exclusions.add(ExclusionReason::ByPerson, subject);
        }
        exclusions
    }

    /// Those that are known already.
    pub fn from(exclusions: Vec<Exclusion>) -> Self {
        Self(exclusions)
    }

    pub fn add(&mut self, reason: ExclusionReason, subject: &Subject) {
        match self.0.iter_mut().find(|known| known.reason == reason) {
            Some(known) => known.subjects.push(subject.clone()),
            None => self.0.push(Exclusion {
                reason,
                subjects: vec![subject.clone()],
            }),
        }
    }

    pub fn into_vec(self) -> Vec<Exclusion> {
        self.0
    }
}

/// Refuses a confidence level that no interval is made for.
pub(super) fn check_level(conf_level: f64) -> Result<(), AnalysisError> {
    check(
        "conf_level",
        conf_level,
        (0.5..=0.999).contains(&conf_level),
    )
}

/// Refuses a value that is out of its range.
pub(super) fn check(option: &str, value: f64, fits: bool) -> Result<(), AnalysisError> {
    if fits {
        Ok(())
    } else {
        Err(AnalysisError::OutOfRange {
            option: option.to_owned(),
            value: value.to_string(),
        })
    }
}
