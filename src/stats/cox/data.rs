//! The rows of a Cox model, and their order.

use std::ops::Range;

use super::{CoxError, Ties};
use crate::stats::follow_up::{NearTies, check, check_weights};
use crate::stats::{FollowUpError, merge_near_ties};

/// Rows for a Cox model; `covariates[j][i]` is covariate j of row i.
#[derive(Debug, Clone, Copy)]
pub struct CoxData<'a> {
    /// End of follow-up of each row.
    pub time: &'a [f64],
    /// Whether it ends with an event.
    pub event: &'a [bool],
    /// One vector a covariate.
    pub covariates: &'a [Vec<f64>],
    /// When the row came under observation (left truncation, start-stop data): at risk at t if start < t ≤ time.
    pub start: Option<&'a [f64]>,
    /// The stratum of each row: those at risk are compared within it only.
    pub strata: Option<&'a [usize]>,
    /// Case weights, positive.
    pub weights: Option<&'a [f64]>,
    /// Rows that belong together (a subject, a centre), for robust errors; each row by itself when `None`.
    pub cluster: Option<&'a [usize]>,
    /// Added to the linear predictor with coefficient 1.
    pub offset: Option<&'a [f64]>,
}

impl<'a> CoxData<'a> {
    /// Right-censored data, one row a subject.
    pub fn new(time: &'a [f64], event: &'a [bool], covariates: &'a [Vec<f64>]) -> Self {
        Self {
            time,
            event,
            covariates,
            start: None,
            strata: None,
            weights: None,
            cluster: None,
            offset: None,
        }
    }
}

/// Choices for a Cox model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoxSettings {
    /// How tied events enter.
    pub ties: super::Ties,
    /// Confidence level in (0, 1).
    pub conf_level: f64,
    /// Whether standard errors are robust (Lin & Wei), summed within clusters.
    pub robust: bool,
}

impl Default for CoxSettings {
    fn default() -> Self {
        Self {
            ties: super::Ties::Efron,
            conf_level: 0.95,
            robust: false,
        }
    }
}

/// The rows in the order of the summation: by stratum, falling time, and events first.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    pub(super) ties: Ties,
    /// How many covariates.
    pub(super) size: usize,
    pub(super) scales: Vec<Scale>,
    /// Covariates of row after row, scaled.
    pub(super) values: Vec<f64>,
    /// The row of the data at each place.
    pub(super) row: Vec<u32>,
    pub(super) time: Vec<f64>,
    pub(super) event: Vec<bool>,
    pub(super) weights: Option<Vec<f64>>,
    pub(super) offset: Option<Vec<f64>>,
    pub(super) entries: Option<Entries>,
    pub(super) strata: Vec<Stratum>,
}

/// When rows came under observation.
#[derive(Debug, Clone)]
pub(super) struct Entries {
    /// Of the row at each place.
    pub(super) start: Vec<f64>,
    /// Places by stratum and falling start.
    order: Vec<u32>,
}

/// The places of one stratum.
#[derive(Debug, Clone)]
pub(super) struct Stratum {
    pub(super) label: usize,
    pub(super) places: Range<usize>,
}

/// How a covariate is moved to mean 0 and mean distance 1 from it, so that coefficients and steps are of comparable
/// size whatever the unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    pub(super) mean: f64,
    pub(super) scale: f64,
}

impl Scale {
    pub(super) fn of(j: usize, values: &[f64], n: usize) -> Result<Self, CoxError> {
        if values.len() != n {
            return Err(CoxError::UnequalLengths(j, values.len()));
        }
        if let Some(row) = values.iter().position(|value| !value.is_finite()) {
            return Err(CoxError::InvalidValue(j, row));
        }
        if values.iter().all(|value| *value == values[0]) {
            return Err(CoxError::Constant(j));
        }
        let mean = values.iter().sum::<f64>() / n as f64;
        let scale = values.iter().map(|value| (value - mean).abs()).sum::<f64>() / n as f64;
        Ok(Self { mean, scale })
    }

    pub(super) fn apply(self, value: f64) -> f64 {
        (value - self.mean) / self.scale
    }
}

/// The rows that leave at one time: the first `deaths` of them by an event.
#[derive(Debug, Clone)]
pub(super) struct Tie {
    /// Position in [`Rows::strata`].
    pub(super) stratum: usize,
    pub(super) places: Range<usize>,
    pub(super) deaths: usize,
}

impl Tie {
    pub(super) fn dying(&self) -> Range<usize> {
        self.places.start..self.places.start + self.deaths
    }
}

/// One step back in time.
#[derive(Debug)]
pub(super) enum Step {
    /// Nobody is at risk.
    Empty,
    /// The row at this place is not under observation yet.
    Leave(usize),
    /// These rows come under observation, and some have an event.
    Tie(Tie),
}

impl Rows {
    /// Checks and sorts.
    pub(super) fn new(data: &CoxData<'_>, ties: Ties) -> Result<Self, CoxError> {
        check(data.time, data.event)?;
        let n = data.time.len();
        let of_rows = [data.start, data.offset].into_iter().flatten();
        let lengths = of_rows.map(<[f64]>::len);
        let labels = [data.strata, data.cluster].into_iter().flatten();
        if let Some(other) = lengths.chain(labels.map(<[usize]>::len)).find(|&m| m != n) {
            return Err(FollowUpError::UnequalLengths(n, other).into());
        }
        if data.weights.is_some() {
            check_weights(n, data.weights)?;
        }
        if let Some(row) = data
            .offset
            .and_then(|o| o.iter().position(|o| !o.is_finite()))
        {
            return Err(CoxError::InvalidOffset(row));
        }
        if data.covariates.is_empty() {
            return Err(CoxError::NoCovariates);
        }
        if !data.event.contains(&true) {
            return Err(CoxError::NoEvents);
        }
        let columns = data.covariates.iter().enumerate();
        let scales = columns
            .map(|(j, values)| Scale::of(j, values, n))
            .collect::<Result<Vec<_>, _>>()?;
        let (mut order, start) = match data.start {
            None => (by_falling_time(data.time, data.event), None),
            Some(start) => {
                let (time, start) = merged(data.time, start)?;
                (sorted(&time, data.event), Some(start))
            }
        };
        let strata = match data.strata {
            None => vec![Stratum {
                label: 0,
                places: 0..n,
            }],
            Some(labels) => by_stratum(&mut order, labels),
        };
        let row: Vec<u32> = order.iter().map(|key| key.row()).collect();
        let time = order.iter().map(|key| key.time()).collect();
        let event = order.iter().map(|key| key.event()).collect();
        drop(order);
        let mut values = Vec::with_capacity(n * scales.len());
        for &i in &row {
            let columns = data.covariates.iter().zip(&scales);
            values.extend(columns.map(|(column, scale)| scale.apply(column[i as usize])));
        }
        let placed = |of_row: &[f64]| row.iter().map(|&i| of_row[i as usize]).collect();
        Ok(Self {
            ties,
            size: scales.len(),
            scales,
            values,
            time,
            event,
            weights: data.weights.map(placed),
            offset: data.offset.map(placed),
            entries: start.map(|start| Entries::new(placed(&start), &strata)),
            strata,
            row,
        })
    }

    pub(super) fn n(&self) -> usize {
        self.row.len()
    }

    pub(super) fn n_event(&self) -> usize {
        self.event.iter().filter(|&&event| event).count()
    }

    pub(super) fn values(&self, place: usize) -> &[f64] {
        &self.values[place * self.size..(place + 1) * self.size]
    }

    pub(super) fn weight(&self, place: usize) -> f64 {
        self.weights.as_ref().map_or(1.0, |weights| weights[place])
    }

    pub(super) fn offset(&self, place: usize) -> f64 {
        self.offset.as_ref().map_or(0.0, |offset| offset[place])
    }

    /// The linear predictor at one place.
    pub(super) fn predictor(&self, place: usize, beta: &[f64]) -> f64 {
        let terms = self.values(place).iter().zip(beta).map(|(x, b)| x * b);
        terms.sum::<f64>() + self.offset(place)
    }

    /// The sum of the weights of some places.
    pub(super) fn weight_of(&self, places: Range<usize>) -> f64 {
        match &self.weights {
            None => places.len() as f64,
            Some(weights) => weights[places].iter().sum(),
        }
    }

    /// Those at risk at the time of `tie`.
    pub(super) fn at_risk(&self, tie: &Tie) -> impl Iterator<Item = usize> {
        let time = self.time[tie.places.start];
        let first = self.strata[tie.stratum].places.start;
        let entries = self.entries.as_ref();
        (first..tie.places.end)
            .filter(move |&place| entries.is_none_or(|entries| entries.start[place] < time))
    }

    /// Back in time through every stratum.
    pub(super) fn walk(&self) -> Walk<'_> {
        Walk {
            rows: self,
            stratum: 0,
            place: 0,
            entered: 0,
            at_risk: 0,
            empty: true,
        }
    }
}

/// See [`Rows::walk`].
pub(super) struct Walk<'a> {
    rows: &'a Rows,
    stratum: usize,
    place: usize,
    /// How many entries are behind.
    entered: usize,
    at_risk: usize,
    /// Whether nobody is at risk, which has not been said.
    empty: bool,
}

impl Iterator for Walk<'_> {
    type Item = Step;

    #[inline]
    fn next(&mut self) -> Option<Step> {
        let rows = self.rows;
        let stratum = rows.strata.get(self.stratum)?;
        if self.empty {
            self.empty = false;
            self.at_risk = 0;
            return Some(Step::Empty);
        }
        let first = self.place;
        let time = rows.time[first];
        if let Some(entries) = &rows.entries
            && self.at_risk > 0
        {
            let next = entries.order[self.entered] as usize;
            if entries.start[next] >= time {
                self.entered += 1;
                self.at_risk -= 1;
                self.empty = self.at_risk == 0;
                return Some(Step::Leave(next));
            }
        }
        let mut end = first;
        let mut deaths = 0;
        while end < stratum.places.end && rows.time[end] == time {
            deaths += usize::from(rows.event[end]);
            end += 1;
        }
        let tie = Tie {
            stratum: self.stratum,
            places: first..end,
            deaths,
        };
        self.at_risk += tie.places.len();
        self.place = end;
        if end == stratum.places.end {
            self.stratum += 1;
            self.entered = end;
            self.empty = true;
        }
        Some(Step::Tie(tie))
    }
}

impl Entries {
    fn new(start: Vec<f64>, strata: &[Stratum]) -> Self {
        let mut order: Vec<u32> = (0..start.len() as u32).collect();
        for stratum in strata {
            order[stratum.places.clone()]
                .sort_unstable_by(|&a, &b| start[b as usize].total_cmp(&start[a as usize]));
        }
        Self { start, order }
    }
}

/// A row packed so that integers sort by falling time, events first, then by row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key(u128);

impl Key {
    fn new(time: f64, event: bool, row: usize) -> Self {
        // The bits of a number ≥ 0 sort as the number does; adding 0 turns −0 into 0.
        let falling = !((time + 0.0).to_bits() << 1 | u64::from(event));
        Self(u128::from(falling) << 32 | row as u128)
    }

    fn time(self) -> f64 {
        f64::from_bits(!((self.0 >> 32) as u64) >> 1)
    }

    fn event(self) -> bool {
        !((self.0 >> 32) as u64) & 1 == 1
    }

    fn row(self) -> u32 {
        self.0 as u32
    }
}

fn sorted(time: &[f64], event: &[bool]) -> Vec<Key> {
    let rows = time.iter().zip(event).enumerate();
    let mut keys: Vec<Key> = rows
        .map(|(row, (&time, &event))| Key::new(time, event, row))
        .collect();
    keys.sort_unstable();
    keys
}

fn by_falling_time(time: &[f64], event: &[bool]) -> Vec<Key> {
    let mut keys = sorted(time, event);
    let mut near = NearTies::new();
    let mut last = -1.0;
    for key in keys.iter().rev() {
        if key.time() > last {
            last = key.time();
            near.add(last);
        }
    }
    let width = near.width();
    // Each chain of near neighbours gets its earliest time, as in `merge_near_ties`, but where it stands.
    let mut end = if width > 0.0 { keys.len() } else { 0 };
    while end > 0 {
        let mut first = end - 1;
        let earliest = keys[first].time();
        while first > 0 && keys[first - 1].time() - keys[first].time() <= width {
            first -= 1;
        }
        if keys[first].time() > earliest {
            for key in &mut keys[first..end] {
                *key = Key::new(earliest, key.event(), key.row() as usize);
            }
            keys[first..end].sort_unstable();
        }
        end = first;
    }
    keys
}

/// Times and starts with near ties merged.
fn merged(time: &[f64], start: &[f64]) -> Result<(Vec<f64>, Vec<f64>), FollowUpError> {
    let n = time.len();
    let mut all = merge_near_ties(&[time, start].concat()).into_owned();
    let entry = all.split_off(n);
    match (0..n).find(|&i| !(entry[i].is_finite() && entry[i] < all[i])) {
        Some(subject) => Err(FollowUpError::InvalidEntry {
            subject,
            entry: start[subject],
            time: time[subject],
        }),
        None => Ok((all, entry)),
    }
}

/// Sorts by stratum, each kept in order.
fn by_stratum(order: &mut [Key], labels: &[usize]) -> Vec<Stratum> {
    order.sort_by_key(|key| labels[key.row() as usize]);
    let mut first = 0;
    order
        .chunk_by(|a, b| labels[a.row() as usize] == labels[b.row() as usize])
        .map(|rows| {
            let places = first..first + rows.len();
            first = places.end;
            Stratum {
                label: labels[rows[0].row() as usize],
                places,
            }
        })
        .collect()
}
