//! Checked follow-up data, the input of every survival method.

/// Follow-up times with event indicators, checked and sorted once.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp {}

/// Why a set of follow-up times cannot be analysed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FollowUpError {
    /// No subject is left to analyse, usually because a filter removed them all.
    #[error("there are no subjects to analyse")]
    Empty,
    /// The columns come from different selections of rows.
    #[error("the columns have {0} and {1} values")]
    UnequalLengths(usize, usize),
    /// A time that is negative, infinite or not a number. `subject` counts from 0.
    #[error("subject {subject} has follow-up time {time}, which is not a finite number ≥ 0")]
    InvalidTime {
        /// Position, from 0.
        subject: usize,
        /// The time.
        time: f64,
    },
}

impl FollowUp {
    /// Right-censored data of one group, one row a subject.
    pub fn new(time: &[f64], event: &[bool]) -> Result<Self, FollowUpError> {
        todo!("{time:?} {event:?}")
    }
}
