//! Competing risks: several causes can end follow-up, and the first to happen prevents the others.

mod cumulative_incidence;
mod fine_gray;
mod gray;
mod weighted;

pub use cumulative_incidence::*;
pub use fine_gray::*;
pub use gray::*;

use super::follow_up::{check_weights, merged};
use super::{FollowUpError, FollowUpOptions};

/// Follow-up times with what ended them, checked and sorted once.
///
/// **Conventions.** As for [`FollowUp`](super::FollowUp): a subject censored at t is still at risk at t,
/// and times that differ by rounding alone are one time.
#[derive(Debug, Clone, PartialEq)]
pub struct CompetingRisks {
    n_causes: usize,
    /// By time, ascending.
    exits: Vec<Exit>,
    /// Case weight of each exit; all 1 when `None`.
    weights: Option<Vec<f64>>,
    /// When those who left came under observation; all from the start when `None`.
    entries: Option<Entries>,
}

/// Delayed entries.
#[derive(Debug, Clone, PartialEq)]
struct Entries {
    /// Of each exit: at risk at t if entry < t ≤ time.
    of: Vec<f64>,
    /// The exits by entry, ascending.
    order: Vec<u32>,
}

/// Those at risk at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
struct AtRisk {
    subjects: usize,
    /// Sum of their weights.
    weight: f64,
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
        Self::with(time, cause, n_causes, FollowUpOptions::default())
    }

    /// The same with delayed entry, case weights or exact ties.
    pub fn with(
        time: &[f64],
        cause: &[usize],
        n_causes: usize,
        options: FollowUpOptions<'_>,
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
        if options.weights.is_some() {
            check_weights(time.len(), options.weights)?;
        }
        let (time, entry) = merged(time, options)?;
        let rows = time.iter().zip(cause).enumerate();
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
        let placed = |of: &[f64]| exits.iter().map(|exit| of[exit.subject]).collect();
        Ok(Self {
            n_causes,
            weights: options.weights.map(placed),
            entries: entry.map(|entry| Entries::new(placed(&entry))),
            exits,
        })
    }

    /// Subjects.
    pub fn n(&self) -> usize {
        self.exits.len()
    }

    /// Causes, whether or not they occur.
    pub fn n_causes(&self) -> usize {
        self.n_causes
    }

    /// Whether subjects have weights or delayed entries.
    fn is_plain(&self) -> bool {
        self.weights.is_none() && self.entries.is_none()
    }

    /// Case weight of an exit.
    fn weight(&self, exit: usize) -> f64 {
        self.weights.as_ref().map_or(1.0, |weights| weights[exit])
    }

    /// Those at risk at each distinct time, ascending.
    ///
    /// Backwards in time, so that the risk set starts from nothing and the last ones are exact.
    fn at_risk(&self) -> Vec<AtRisk> {
        let mut later = (self.entries.iter())
            .flat_map(|entries| entries.order.iter().rev().map(|&exit| exit as usize))
            .peekable();
        let entry = |exit: usize| {
            self.entries
                .as_ref()
                .map_or(0.0, |entries| entries.of[exit])
        };
        let (mut subjects, mut weight) = (0usize, 0.0);
        let mut end = self.exits.len();
        let mut sets = Vec::new();
        for tie in self.exits.chunk_by(|a, b| a.time == b.time).rev() {
            while let Some(exit) = later.next_if(|&exit| entry(exit) >= tie[0].time) {
                subjects -= 1;
                weight = if subjects == 0 {
                    0.0
                } else {
                    weight - self.weight(exit)
                };
            }
            let first = end - tie.len();
            subjects += tie.len();
            weight += (first..end).map(|exit| self.weight(exit)).sum::<f64>();
            end = first;
            sets.push(AtRisk { subjects, weight });
        }
        sets.reverse();
        sets
    }

    /// The exits of each distinct time, ascending.
    fn ties(&self) -> impl Iterator<Item = &[Exit]> {
        self.exits.chunk_by(|a, b| a.time == b.time)
    }
}

impl Entries {
    fn new(of: Vec<f64>) -> Self {
        let mut order: Vec<u32> = (0..of.len() as u32).collect();
        order.sort_by(|&a, &b| of[a as usize].total_cmp(&of[b as usize]));
        Self { of, order }
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
