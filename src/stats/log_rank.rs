//! The log-rank test.

use serde::Serialize;

use super::follow_up::{Cursor, Exits, NearTies};
use super::{Adjustment, adjust};
use crate::math::{Factor, chi_square_upper};

/// Result of a k-sample log-rank test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LogRank {
    /// Subjects of each group.
    pub n: Vec<usize>,
    /// Observed events of each group.
    pub observed: Vec<f64>,
    /// Expected events of each group.
    pub expected: Vec<f64>,
    /// χ² statistic; `None` when there is nothing to compare (no event at a time with two groups at risk).
    pub statistic: Option<f64>,
    /// Degrees of freedom.
    pub df: usize,
    /// Two-sided p value.
    pub p_value: Option<f64>,
}

/// One pair of groups with its p value, raw and adjusted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairwiseTest {
    /// Index of the one group.
    pub first: usize,
    /// Index of the other.
    pub second: usize,
    /// p value of the pair.
    pub p_value: Option<f64>,
    /// p value after Holm's correction.
    pub p_adjusted: Option<f64>,
}

/// Log-rank test of `n_groups` groups; `group[i]` counts from 0.
///
/// **Conventions.** Near ties of the pooled times are ties. A group that is never at risk at an
/// event time does not count in `df`.
/// **Source.** Mantel (1966); Peto & Peto (1972), J R Stat Soc A 135:185.
/// **Checked against** `survdiff(rho = 0)`, in `tests/reference/log_rank.rs`.
pub fn log_rank(time: &[f64], event: &[bool], group: &[usize], n_groups: usize) -> LogRank {
    let groups = sorted_groups(time, event, group, n_groups);
    let mut near = NearTies::new();
    let mut score = Score::of(&groups, 0.0, &mut near);
    if near.width() > 0.0 {
        score = Score::of(&groups, near.width(), &mut NearTies::new());
    }
    score.finish(groups.iter().map(Exits::len).collect())
}

/// Log-rank test of every pair of groups, with Holm's correction.
pub fn pairwise_log_rank(
    time: &[f64],
    event: &[bool],
    group: &[usize],
    n_groups: usize,
) -> Vec<PairwiseTest> {
    let pairs: Vec<(usize, usize)> = (0..n_groups)
        .flat_map(|second| (0..second).map(move |first| (first, second)))
        .collect();
    let p_values: Vec<Option<f64>> = pairs
        .iter()
        .map(|&(first, second)| {
            let rows = || (0..group.len()).filter(|&i| group[i] == first || group[i] == second);
            let time: Vec<f64> = rows().map(|i| time[i]).collect();
            let event: Vec<bool> = rows().map(|i| event[i]).collect();
            let group: Vec<usize> = rows().map(|i| usize::from(group[i] == second)).collect();
            log_rank(&time, &event, &group, 2).p_value
        })
        .collect();
    let adjusted = adjust(&p_values, Adjustment::Holm);
    pairs
        .into_iter()
        .zip(p_values.into_iter().zip(adjusted))
        .map(|((first, second), (p_value, p_adjusted))| PairwiseTest {
            first,
            second,
            p_value,
            p_adjusted,
        })
        .collect()
}

fn sorted_groups(time: &[f64], event: &[bool], group: &[usize], n_groups: usize) -> Vec<Exits> {
    let mut sizes = vec![0; n_groups];
    group.iter().for_each(|&g| sizes[g] += 1);
    let mut groups: Vec<Exits> = sizes.into_iter().map(Exits::new).collect();
    for ((&time, &event), &g) in time.iter().zip(event).zip(group) {
        groups[g].push(time, event);
    }
    groups.iter_mut().for_each(Exits::sort);
    groups
}

/// Observed and expected events and their hypergeometric covariance, summed over event times.
struct Score {
    observed: Vec<f64>,
    expected: Vec<f64>,
    /// Row by row; the lower triangle is filled.
    variance: Vec<f64>,
}

/// One group on the walk through the pooled times.
struct Walker<'a> {
    cursor: Cursor<'a>,
    at_risk: f64,
    /// At the current time.
    events: f64,
    /// At the current time.
    exits: f64,
}

impl Score {
    /// The score of sorted groups. Neighbours up to `width` apart are one time; `near` hears of
    /// every time.
    fn of(groups: &[Exits], width: f64, near: &mut NearTies) -> Self {
        let size = groups.len();
        let mut score = Self {
            observed: vec![0.0; size],
            expected: vec![0.0; size],
            variance: vec![0.0; size * size],
        };
        let mut walkers: Vec<Walker> = groups.iter().map(Walker::new).collect();
        let mut time = earliest(&walkers);
        while time < f64::INFINITY {
            let mut last = time;
            while time - last <= width {
                near.add(time);
                walkers.iter_mut().for_each(|walker| walker.take(time));
                last = time;
                time = earliest(&walkers);
            }
            score.add(&walkers);
            walkers.iter_mut().for_each(Walker::leave);
        }
        score
    }

    /// One distinct time.
    fn add(&mut self, walkers: &[Walker]) {
        let (mut n, mut deaths) = (0.0, 0.0);
        for walker in walkers {
            n += walker.at_risk;
            deaths += walker.events;
        }
        if deaths == 0.0 {
            return;
        }
        let hazard = deaths / n;
        // d (n − d) / (n − 1) / n²; a single death, the usual case, needs no second division.
        let spread = if deaths == 1.0 {
            hazard * hazard
        } else {
            hazard * (n - deaths) / ((n - 1.0) * n)
        };
        for (a, walker) in walkers.iter().enumerate() {
            self.observed[a] += walker.events;
            self.expected[a] += hazard * walker.at_risk;
            let row = &mut self.variance[a * walkers.len()..][..=a];
            for (cell, other) in row.iter_mut().zip(&walkers[..a]) {
                *cell -= spread * walker.at_risk * other.at_risk;
            }
            row[a] += spread * walker.at_risk * (n - walker.at_risk);
        }
    }

    fn finish(self, n: Vec<usize>) -> LogRank {
        let difference: Vec<f64> = (self.observed.iter().zip(&self.expected))
            .map(|(observed, expected)| observed - expected)
            .collect();
        let (statistic, df) = score_statistic(&difference, &self.expected, &self.variance);
        LogRank {
            n,
            observed: self.observed,
            expected: self.expected,
            statistic,
            df,
            p_value: statistic.map(|statistic| chi_square_upper(statistic, df)),
        }
    }
}

/// χ² of the scores of all groups with its degrees of freedom; the lower triangle of `variance` is read.
pub(super) fn score_statistic(
    score: &[f64],
    expected: &[f64],
    variance: &[f64],
) -> (Option<f64>, usize) {
    let size = score.len();
    // One group is redundant; one that is never at risk at an event time says nothing.
    let used: Vec<usize> = (0..size).filter(|&g| expected[g] > 0.0).skip(1).collect();
    let kept: Vec<f64> = used.iter().map(|&g| score[g]).collect();
    let variance: Vec<f64> = used
        .iter()
        .flat_map(|&a| used.iter().map(move |&b| (a.max(b), a.min(b))))
        .map(|(a, b)| variance[a * size + b])
        .collect();
    let factor = Factor::new(&variance, used.len(), RANK_TOLERANCE);
    let df = factor.rank();
    ((df > 0).then(|| factor.quadratic_form(&kept)), df)
}

/// Pivots of the variance below this share of the diagonal are rounding.
pub(super) const RANK_TOLERANCE: f64 = 1e-10;

impl<'a> Walker<'a> {
    fn new(group: &'a Exits) -> Self {
        Self {
            cursor: group.cursor(),
            at_risk: group.len() as f64,
            events: 0.0,
            exits: 0.0,
        }
    }

    /// Takes those who leave at `time`.
    fn take(&mut self, time: f64) {
        while self.cursor.time() == time {
            self.events += f64::from(u8::from(self.cursor.event()));
            self.exits += 1.0;
            self.cursor.advance();
        }
    }

    /// Takes them out of the risk set.
    fn leave(&mut self) {
        self.at_risk -= self.exits;
        (self.events, self.exits) = (0.0, 0.0);
    }
}

/// The next time in any group; infinite at the end.
fn earliest(walkers: &[Walker]) -> f64 {
    let times = walkers.iter().map(|walker| walker.cursor.time());
    times.fold(f64::INFINITY, |a, b| if b < a { b } else { a })
}
