//! The log-rank test.

use serde::Serialize;

use super::follow_up::{Exits, NearTies};
use super::holm;
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
    let mut near = NearTies::default();
    walk(&groups, 0.0, |time, _, _| near.add(time));
    let mut score = Score::new(n_groups);
    let mut at_risk: Vec<usize> = groups.iter().map(Exits::len).collect();
    walk(&groups, near.width(), |_, events, exits| {
        score.add(&at_risk, events);
        for (at_risk, exits) in at_risk.iter_mut().zip(exits) {
            *at_risk -= exits;
        }
    });
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
    let adjusted = holm(&p_values);
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

impl Score {
    fn new(n_groups: usize) -> Self {
        Self {
            observed: vec![0.0; n_groups],
            expected: vec![0.0; n_groups],
            variance: vec![0.0; n_groups * n_groups],
        }
    }

    /// One distinct time.
    fn add(&mut self, at_risk: &[usize], events: &[usize]) {
        let deaths = events.iter().sum::<usize>() as f64;
        if deaths == 0.0 {
            return;
        }
        let size = at_risk.len();
        let n = at_risk.iter().sum::<usize>() as f64;
        let spread = if n > 1.0 {
            deaths * (n - deaths) / (n - 1.0) / (n * n)
        } else {
            0.0
        };
        for a in 0..size {
            let n_a = at_risk[a] as f64;
            self.observed[a] += events[a] as f64;
            self.expected[a] += deaths * n_a / n;
            for b in 0..a {
                self.variance[a * size + b] -= spread * n_a * at_risk[b] as f64;
            }
            self.variance[a * size + a] += spread * n_a * (n - n_a);
        }
    }

    fn finish(self, n: Vec<usize>) -> LogRank {
        let size = self.observed.len();
        // One group is redundant; one that is never at risk at an event time says nothing.
        let used: Vec<usize> = (0..size)
            .filter(|&g| self.expected[g] > 0.0)
            .skip(1)
            .collect();
        let difference: Vec<f64> = used
            .iter()
            .map(|&g| self.observed[g] - self.expected[g])
            .collect();
        let variance: Vec<f64> = used
            .iter()
            .flat_map(|&a| used.iter().map(move |&b| (a.max(b), a.min(b))))
            .map(|(a, b)| self.variance[a * size + b])
            .collect();
        let factor = Factor::new(&variance, used.len(), RANK_TOLERANCE);
        let df = factor.rank();
        let statistic = (df > 0).then(|| factor.quadratic_form(&difference));
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

/// Pivots of the variance below this share of the diagonal are rounding.
pub(super) const RANK_TOLERANCE: f64 = 1e-10;

/// Visits the distinct pooled times of sorted groups with each group's events and exits.
///
/// Neighbours up to `width` apart are one time.
fn walk(groups: &[Exits], width: f64, mut visit: impl FnMut(f64, &[usize], &[usize])) {
    let mut next = vec![0; groups.len()];
    let mut events = vec![0; groups.len()];
    let mut exits = vec![0; groups.len()];
    let earliest = |next: &[usize]| {
        let times = groups.iter().zip(next).filter_map(|(g, &i)| g.time(i));
        times.reduce(f64::min)
    };
    let mut upcoming = earliest(&next);
    while let Some(first) = upcoming {
        events.fill(0);
        exits.fill(0);
        let mut last = first;
        while let Some(time) = upcoming.filter(|time| time - last <= width) {
            for (g, group) in groups.iter().enumerate() {
                while group.time(next[g]) == Some(time) {
                    events[g] += usize::from(group.event(next[g]));
                    exits[g] += 1;
                    next[g] += 1;
                }
            }
            last = time;
            upcoming = earliest(&next);
        }
        visit(first, &events, &exits);
    }
}
