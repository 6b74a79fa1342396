//! Competing risks: several causes can end follow-up, and the first to happen prevents the others.

mod cumulative_incidence;
mod fine_gray;
mod gray;

pub use cumulative_incidence::*;
pub use fine_gray::*;
pub use gray::*;

use super::{FollowUpError, merge_near_ties};

/// Follow-up times with what ended them, checked and sorted once.
///
/// **Conventions.** As for [`FollowUp`](super::FollowUp): a subject censored at t is still at risk at t,
/// and times that differ by rounding alone are one time.
#[derive(Debug, Clone, PartialEq)]
pub struct CompetingRisks {
    n_causes: usize,
    /// By time, ascending.
    exits: Vec<Exit>,
}

/// How one subject's follow-up ended.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Exit {
    time: f64,
    /// 0 for censored, else the cause, from 1.
    cause: usize,
    /// Position of the subject in the data, from 0.
    subject: usize,
}

/// Why competing-risks data cannot be analysed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CompetingRisksError {
    /// The times are not usable.
    #[error(transparent)]
    FollowUp(#[from] FollowUpError),
    /// A cause beyond the number of causes. `subject` counts from 0.
    #[error("subject {subject} has cause {cause} of {n_causes}")]
    UnknownCause {
        /// Position, from 0.
        subject: usize,
        /// The cause.
        cause: usize,
        /// How many there are.
        n_causes: usize,
    },
}

impl CompetingRisks {
    /// Right-censored data of one group, one row a subject. `cause` is 0 for censored, else 1 to `n_causes`.
    pub fn new(
        time: &[f64],
        cause: &[usize],
        n_causes: usize,
    ) -> Result<Self, CompetingRisksError> {
        if time.len() != cause.len() {
            return Err(FollowUpError::UnequalLengths(time.len(), cause.len()).into());
        }
        if time.is_empty() {
            return Err(FollowUpError::Empty.into());
        }
        let invalid = |&time: &f64| !(time.is_finite() && time >= 0.0);
        if let Some(subject) = time.iter().position(invalid) {
            let time = time[subject];
            return Err(FollowUpError::InvalidTime { subject, time }.into());
        }
        if let Some(subject) = cause.iter().position(|&cause| cause > n_causes) {
            return Err(CompetingRisksError::UnknownCause {
                subject,
                cause: cause[subject],
                n_causes,
            });
        }
        let merged = merge_near_ties(time);
        let rows = merged.iter().zip(cause).enumerate();
        let mut exits: Vec<Exit> = rows
            .map(|(subject, (&time, &cause))| Exit {
                time,
                cause,
                subject,
            })
            .collect();
        exits.sort_unstable_by(|a, b| {
            let by_time = a.time.total_cmp(&b.time);
            by_time.then_with(|| a.subject.cmp(&b.subject))
        });
        Ok(Self { n_causes, exits })
    }

    /// Subjects.
    pub fn n(&self) -> usize {
        self.exits.len()
    }

    /// Causes, whether or not they occur.
    pub fn n_causes(&self) -> usize {
        self.n_causes
    }

    /// The exits of each distinct time, ascending.
    fn ties(&self) -> impl Iterator<Item = &[Exit]> {
        self.exits.chunk_by(|a, b| a.time == b.time)
    }
}

/// Event indicators for the cause-specific hazard of one cause: the other causes censor.
///
/// Times with these indicators go into `cox` for the cause-specific hazard ratio. They must not go into
/// `kaplan_meier`: 1 − Kaplan-Meier overstates the risk, see [`cumulative_incidence`].
pub fn cause_specific(cause: &[usize], of: usize) -> Vec<bool> {
    cause.iter().map(|&cause| cause == of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_analysed_is_named() {
        let error =
            |time: &[f64], cause: &[usize]| CompetingRisks::new(time, cause, 2).unwrap_err();
        assert_eq!(error(&[], &[]), FollowUpError::Empty.into());
        assert_eq!(
            error(&[1.0], &[1, 2]),
            FollowUpError::UnequalLengths(1, 2).into()
        );
        let negative = FollowUpError::InvalidTime {
            subject: 1,
            time: -1.0,
        };
        assert_eq!(error(&[1.0, -1.0], &[0, 1]), negative.into());
        let message = error(&[1.0, 2.0], &[0, 3]).to_string();
        assert_eq!(message, "subject 1 has cause 3 of 2");
    }

    #[test]
    fn the_other_causes_censor() {
        assert_eq!(cause_specific(&[0, 1, 2, 1], 1), [false, true, false, true]);
    }
}
