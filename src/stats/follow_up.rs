//! Checked follow-up data, the input of every survival method.

use std::borrow::Cow;

/// Follow-up times with event indicators, checked and sorted once.
///
/// **Conventions.** A subject censored at t is still at risk at t. Times that differ by rounding
/// alone are one time, as R's `timefix` has it (see [`merge_near_ties`]).
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp {
    n: usize,
    n_event: usize,
    ties: Vec<Tie>,
}

/// One distinct time of a [`FollowUp`]. Counts are sums of weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tie {
    /// The time.
    pub time: f64,
    /// At risk just before `time`.
    pub n_risk: f64,
    /// Events at `time`.
    pub n_event: f64,
    /// Censored at `time`.
    pub n_censor: f64,
}

/// What else is known about the subjects of a [`FollowUp`].
#[derive(Debug, Clone, Copy, Default)]
pub struct FollowUpOptions<'a> {
    /// When each subject came under observation (left truncation): at risk at t if entry < t ≤ time.
    /// Everyone from the start when `None`.
    pub entry: Option<&'a [f64]>,
    /// Case weights, positive.
    pub weights: Option<&'a [f64]>,
    /// Whether times are taken to the last digit; near ties are merged otherwise.
    pub exact_ties: bool,
}

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
    /// A subject who came under observation at or after the end of follow-up.
    #[error("subject {subject} enters at {entry}, not before the end of follow-up at {time}")]
    InvalidEntry {
        /// Position, from 0.
        subject: usize,
        /// The entry.
        entry: f64,
        /// The time.
        time: f64,
    },
    /// A weight that is not a finite number above 0.
    #[error("subject {subject} has weight {weight}, which is not a finite number > 0")]
    InvalidWeight {
        /// Position, from 0.
        subject: usize,
        /// The weight.
        weight: f64,
    },
}

impl FollowUp {
    /// Right-censored data of one group, one row a subject.
    pub fn new(time: &[f64], event: &[bool]) -> Result<Self, FollowUpError> {
        check(time, event)?;
        let mut exits = Exits::new(time.len());
        for (&time, &event) in time.iter().zip(event) {
            exits.push(time, event);
        }
        exits.sort();
        let near = exits.near_ties();
        let width = near.width();
        let mut at_risk = time.len();
        let mut n_event = 0;
        let mut ties = Vec::with_capacity(near.count);
        let mut rows = exits.iter().peekable();
        while let Some((time, first)) = rows.next() {
            let (mut events, mut all, mut last) = (usize::from(first), 1, time);
            while let Some((next, event)) = rows.next_if(|(next, _)| next - last <= width) {
                events += usize::from(event);
                all += 1;
                last = next;
            }
            ties.push(Tie {
                time,
                n_risk: at_risk as f64,
                n_event: events as f64,
                n_censor: (all - events) as f64,
            });
            at_risk -= all;
            n_event += events;
        }
        Ok(Self {
            n: time.len(),
            n_event,
            ties,
        })
    }

    /// Data of one group with delayed entry, weights or exact ties.
    pub fn with(
        time: &[f64],
        event: &[bool],
        options: FollowUpOptions<'_>,
    ) -> Result<Self, FollowUpError> {
        check(time, event)?;
        let weights = check_weights(time.len(), options.weights)?;
        let (time, entry) = merged(time, options)?;
        let mut order: Vec<usize> = (0..time.len()).collect();
        order.sort_by(|&a, &b| time[b].total_cmp(&time[a]));
        let mut entries: Vec<(f64, f64)> = entry
            .iter()
            .flat_map(|entry| entry.iter().zip(&*weights))
            .map(|(&entry, &weight)| (entry, weight))
            .collect();
        entries.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut entries = entries.into_iter().peekable();

        // Backwards in time, so that the risk set starts from nothing and the last one is exact.
        let mut ties: Vec<Tie> = Vec::new();
        let (mut at_risk, mut subjects_at_risk) = (0.0, 0usize);
        for group in order.chunk_by(|&a, &b| time[a] == time[b]) {
            let now = time[group[0]];
            while let Some((_, weight)) = entries.next_if(|&(entry, _)| entry >= now) {
                at_risk -= weight;
                subjects_at_risk -= 1;
            }
            if subjects_at_risk == 0 {
                at_risk = 0.0;
            }
            let sum = |wanted: bool| -> f64 {
                let rows = group.iter().filter(|&&i| event[i] == wanted);
                rows.map(|&i| weights[i]).sum()
            };
            let (n_event, n_censor) = (sum(true), sum(false));
            at_risk += n_event + n_censor;
            subjects_at_risk += group.len();
            ties.push(Tie {
                time: now,
                n_risk: at_risk,
                n_event,
                n_censor,
            });
        }
        ties.reverse();
        Ok(Self {
            n: time.len(),
            n_event: event.iter().filter(|&&event| event).count(),
            ties,
        })
    }

    /// Subjects.
    pub fn n(&self) -> usize {
        self.n
    }

    /// Subjects with an event.
    pub fn n_event(&self) -> usize {
        self.n_event
    }

    /// The distinct times, ascending.
    pub fn ties(&self) -> &[Tie] {
        &self.ties
    }
}

/// Times in which near ties are ties: each takes the earliest time of its chain of near neighbours.
///
/// **Conventions.** Two times are near if they differ by less than 1.5e-8, absolutely or relative
/// to the mean of the distinct times. Groups that are compared must be merged together, before they
/// are split.
/// **Source.** `aeqSurv` of R's survival (`timefix = TRUE`, its default).
pub fn merge_near_ties(time: &[f64]) -> Cow<'_, [f64]> {
    let mut sorted = time.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.dedup();
    let mut near = NearTies::new();
    sorted.iter().for_each(|&time| near.add(time));
    let width = near.width();
    if width == 0.0 {
        return Cow::Borrowed(time);
    }
    let mut previous = f64::NEG_INFINITY;
    sorted.retain(|&time| {
        let starts = time - previous > width;
        previous = time;
        starts
    });
    let start_of = |&time: &f64| sorted[sorted.partition_point(|&start| start <= time) - 1];
    Cow::Owned(time.iter().map(start_of).collect())
}

/// Finds out whether ascending distinct times have neighbours so near that they are one time.
#[derive(Debug)]
pub(super) struct NearTies {
    sum: f64,
    count: usize,
    smallest_gap: f64,
    previous: f64,
}

impl NearTies {
    pub(super) fn new() -> Self {
        Self {
            sum: 0.0,
            count: 0,
            smallest_gap: f64::INFINITY,
            previous: f64::NEG_INFINITY,
        }
    }

    pub(super) fn add(&mut self, time: f64) {
        self.smallest_gap = f64::min(self.smallest_gap, time - self.previous);
        self.sum += time;
        self.count += 1;
        self.previous = time;
    }

    /// How far apart tied neighbours may be; 0 when there are no near ties.
    pub(super) fn width(&self) -> f64 {
        // R's tolerance, for a difference and for a difference over the mean.
        let mean = self.sum / self.count.max(1) as f64;
        let width = f64::EPSILON.sqrt() * mean.max(1.0);
        if self.smallest_gap <= width {
            width
        } else {
            0.0
        }
    }
}

/// Exit times of one group with their event indicators, packed so that they sort as integers.
///
/// The bits of a number ≥ 0 sort as the number does; the sign bit, always 0, makes room for the
/// event indicator at the other end.
#[derive(Debug, Clone)]
pub(super) struct Exits(Vec<u64>);

impl Exits {
    pub(super) fn new(capacity: usize) -> Self {
        Self(Vec::with_capacity(capacity))
    }

    pub(super) fn push(&mut self, time: f64, event: bool) {
        debug_assert!(time >= 0.0, "follow-up times are ≥ 0");
        // Adding 0 turns −0 into 0.
        self.0.push((time + 0.0).to_bits() << 1 | u64::from(event));
    }

    pub(super) fn sort(&mut self) {
        self.0.sort_unstable();
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// A walk through the sorted exits.
    pub(super) fn cursor(&self) -> Cursor<'_> {
        let mut rest = self.0.iter();
        let next = rest.next().copied().unwrap_or(Cursor::END);
        Cursor { next, rest }
    }

    fn iter(&self) -> impl Iterator<Item = (f64, bool)> + '_ {
        let unpack = |&key: &u64| (f64::from_bits(key >> 1), key & 1 == 1);
        self.0.iter().map(unpack)
    }

    fn near_ties(&self) -> NearTies {
        let mut near = NearTies::new();
        for (time, _) in self.iter() {
            if time > near.previous {
                near.add(time);
            }
        }
        near
    }
}

/// Where a walk through sorted [`Exits`] stands.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    next: u64,
    rest: std::slice::Iter<'a, u64>,
}

impl Cursor<'_> {
    /// The packed time ∞, which no exit has.
    const END: u64 = 0x7ff0_0000_0000_0000 << 1;

    /// Time of the next exit; infinite at the end.
    pub(super) fn time(&self) -> f64 {
        f64::from_bits(self.next >> 1)
    }

    /// Whether the next exit is an event.
    pub(super) fn event(&self) -> bool {
        self.next & 1 == 1
    }

    pub(super) fn advance(&mut self) {
        self.next = self.rest.next().copied().unwrap_or(Self::END);
    }
}

pub(super) fn check(time: &[f64], event: &[bool]) -> Result<(), FollowUpError> {
    if time.len() != event.len() {
        return Err(FollowUpError::UnequalLengths(time.len(), event.len()));
    }
    if time.is_empty() {
        return Err(FollowUpError::Empty);
    }
    match time.iter().position(|&time| !usable(time)) {
        Some(subject) => Err(FollowUpError::InvalidTime {
            subject,
            time: time[subject],
        }),
        None => Ok(()),
    }
}

fn usable(time: f64) -> bool {
    time.is_finite() && time >= 0.0
}

pub(super) fn check_weights(
    n: usize,
    weights: Option<&[f64]>,
) -> Result<Cow<'_, [f64]>, FollowUpError> {
    let Some(weights) = weights else {
        return Ok(Cow::Owned(vec![1.0; n]));
    };
    if weights.len() != n {
        return Err(FollowUpError::UnequalLengths(n, weights.len()));
    }
    let bad = |&weight: &f64| !(weight.is_finite() && weight > 0.0);
    match weights.iter().position(bad) {
        Some(subject) => Err(FollowUpError::InvalidWeight {
            subject,
            weight: weights[subject],
        }),
        None => Ok(Cow::Borrowed(weights)),
    }
}

/// Times and entries with near ties merged, entries checked.
pub(super) fn merged(
    time: &[f64],
    options: FollowUpOptions<'_>,
) -> Result<(Vec<f64>, Option<Vec<f64>>), FollowUpError> {
    let n = time.len();
    let mut all = time.to_vec();
    if let Some(entry) = options.entry {
        if entry.len() != n {
            return Err(FollowUpError::UnequalLengths(n, entry.len()));
        }
        all.extend_from_slice(entry);
    }
    if !options.exact_ties {
        all = merge_near_ties(&all).into_owned();
    }
    let Some(raw) = options.entry else {
        return Ok((all, None));
    };
    let entry = all.split_off(n);
    match (0..n).find(|&i| !(entry[i].is_finite() && entry[i] < all[i])) {
        Some(subject) => Err(FollowUpError::InvalidEntry {
            subject,
            entry: raw[subject],
            time: time[subject],
        }),
        None => Ok((all, Some(entry))),
    }
}
