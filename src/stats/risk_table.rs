//! Who is at risk and who has the event, by group, at every event time: what tests of curves are made of.

use super::follow_up::{FollowUpError, check};
use super::merge_near_ties;

/// Follow-up of several groups.
#[derive(Debug, Clone, Copy)]
pub struct GroupedFollowUp<'a> {
    /// End of follow-up.
    pub time: &'a [f64],
    /// Whether it ended with the event.
    pub event: &'a [bool],
    /// Group of each subject, from 0.
    pub group: &'a [usize],
    /// How many groups there are.
    pub n_groups: usize,
    /// When each subject came under observation (left truncation): at risk at t if entry < t ≤ time.
    pub entry: Option<&'a [f64]>,
    /// Stratum of each subject: groups are compared within strata only.
    pub strata: Option<&'a [usize]>,
}

impl<'a> GroupedFollowUp<'a> {
    /// Right-censored data without strata.
    pub fn new(time: &'a [f64], event: &'a [bool], group: &'a [usize], n_groups: usize) -> Self {
        Self {
            time,
            event,
            group,
            n_groups,
            entry: None,
            strata: None,
        }
    }
}

/// The event times of several groups, stratum after stratum.
///
/// **Conventions.** A subject censored at t is still at risk at t. Near ties of all times together are ties.
#[derive(Debug, Clone)]
pub struct RiskTable {
    pub(super) n_groups: usize,
    /// Subjects of each group.
    pub(super) n: Vec<usize>,
    /// Distinct event times, ascending within each stratum.
    pub(super) times: Vec<EventTime>,
    /// Those at risk in each group, time by time.
    at_risk: Vec<f64>,
    /// Events of each group, time by time.
    events: Vec<f64>,
}

/// All groups together at one event time.
#[derive(Debug, Clone, Copy)]
pub(super) struct EventTime {
    pub stratum: usize,
    pub n_risk: f64,
    pub n_event: f64,
}

impl EventTime {
    /// d (n − d) / (n − 1) / n²: the variance of the events of a group is this times nₐ (n − nₐ).
    pub fn spread(&self) -> f64 {
        let (n, d) = (self.n_risk, self.n_event);
        if n > 1.0 {
            d * (n - d) / (n - 1.0) / (n * n)
        } else {
            0.0
        }
    }
}

impl RiskTable {
    /// Counts, in linear time once the times are sorted.
    pub fn new(data: &GroupedFollowUp<'_>) -> Result<Self, FollowUpError> {
        let n = data.time.len();
        check(data.time, data.event)?;
        if data.group.len() != n {
            return Err(FollowUpError::UnequalLengths(n, data.group.len()));
        }
        let (time, entry) = merged(data)?;
        let mut table = Self {
            n_groups: data.n_groups,
            n: vec![0; data.n_groups],
            times: Vec::new(),
            at_risk: Vec::new(),
            events: Vec::new(),
        };
        data.group.iter().for_each(|&group| table.n[group] += 1);
        let stratum = |i: usize| data.strata.map_or(0, |strata| strata[i]);
        let ordered = |by: &[f64]| {
            let mut order: Vec<usize> = (0..n).collect();
            order.sort_unstable_by(|&a, &b| {
                (stratum(a).cmp(&stratum(b))).then(by[a].total_cmp(&by[b]))
            });
            order
        };
        let exits = ordered(&time);
        let mut entries = entry
            .as_deref()
            .map(ordered)
            .unwrap_or_default()
            .into_iter()
            .peekable();
        for members in exits.chunk_by(|&a, &b| stratum(a) == stratum(b)) {
            let mut at_risk = vec![0.0; data.n_groups];
            if entry.is_none() {
                members.iter().for_each(|&i| at_risk[data.group[i]] += 1.0);
            }
            for tied in members.chunk_by(|&a, &b| time[a] == time[b]) {
                let now = time[tied[0]];
                let entered = |&i: &usize| {
                    let entry = entry.as_ref().map_or(0.0, |entry| entry[i]);
                    stratum(i) == stratum(tied[0]) && entry < now
                };
                while let Some(i) = entries.next_if(entered) {
                    at_risk[data.group[i]] += 1.0;
                }
                table.add(stratum(tied[0]), &at_risk, tied, data);
                tied.iter().for_each(|&i| at_risk[data.group[i]] -= 1.0);
            }
        }
        Ok(table)
    }

    /// One distinct time, if anybody has an event at it.
    fn add(&mut self, stratum: usize, at_risk: &[f64], tied: &[usize], data: &GroupedFollowUp<'_>) {
        let n_event = tied.iter().filter(|&&i| data.event[i]).count();
        if n_event == 0 {
            return;
        }
        self.times.push(EventTime {
            stratum,
            n_risk: at_risk.iter().sum(),
            n_event: n_event as f64,
        });
        self.at_risk.extend_from_slice(at_risk);
        let start = self.events.len();
        self.events.resize(start + self.n_groups, 0.0);
        for &i in tied.iter().filter(|&&i| data.event[i]) {
            self.events[start + data.group[i]] += 1.0;
        }
    }

    /// Each event time with those at risk and the events of each group.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&EventTime, &[f64], &[f64])> {
        (self.times.iter())
            .zip(self.at_risk.chunks(self.n_groups.max(1)))
            .zip(self.events.chunks(self.n_groups.max(1)))
            .map(|((time, at_risk), events)| (time, at_risk, events))
    }
}

/// Times and entries with near ties merged, entries checked.
fn merged(data: &GroupedFollowUp<'_>) -> Result<(Vec<f64>, Option<Vec<f64>>), FollowUpError> {
    let n = data.time.len();
    let Some(raw) = data.entry else {
        return Ok((merge_near_ties(data.time).into_owned(), None));
    };
    if raw.len() != n {
        return Err(FollowUpError::UnequalLengths(n, raw.len()));
    }
    let mut time = merge_near_ties(&[data.time, raw].concat()).into_owned();
    let entry = time.split_off(n);
    match (0..n).find(|&i| !(entry[i].is_finite() && entry[i] < time[i])) {
        Some(subject) => Err(FollowUpError::InvalidEntry {
            subject,
            entry: raw[subject],
            time: data.time[subject],
        }),
        None => Ok((time, Some(entry))),
    }
}
