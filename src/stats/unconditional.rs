//! Exact unconditional tests of two proportions.

use serde::{Deserialize, Serialize};

use super::risk::Counts;
use crate::math::ln_choose;

/// What orders the tables of an unconditional test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnconditionalTest {
    /// Boschloo (1970): Fisher's one-sided p value. Never less powerful than Fisher's test.
    Boschloo,
    /// Barnard (1945) with the z of a pooled variance.
    Barnard,
    /// Barnard with the z of separate variances.
    BarnardUnpooled,
}

/// p values of an unconditional test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct UnconditionalPValues {
    /// Two-sided: Boschloo's twice the smaller one-sided, Barnard's by |z|.
    pub p_value: f64,
    /// The second proportion is smaller.
    pub p_less: f64,
    /// It is larger.
    pub p_greater: f64,
}

/// More possible tables than this are not gone through.
const MAX_TABLES: usize = 2_500_000;

/// Points at which the common proportion is tried before the search goes into detail.
const GRID: usize = 512;

/// Relative difference up to which statistics are equal.
const EQUAL: f64 = 1e-11;

/// An exact test that two proportions are equal: the largest probability, over all common proportions, of tables as
/// extreme as the observed one. `None` when a group is empty or there are more than 2.5 million possible tables.
///
/// **Source.** Barnard (1945), Nature 156:177; Boschloo (1970), Stat Neerl 24:1.
/// **Checked against** scipy's `boschloo_exact` and `barnard_exact`, in `tests/reference/groups.rs`.
pub fn unconditional_test(
    first: Counts,
    second: Counts,
    test: UnconditionalTest,
) -> Option<UnconditionalPValues> {
    let ((x1, n1), (x2, n2)) = (first, second);
    let tables = (n1 + 1).saturating_mul(n2 + 1);
    if n1 == 0 || n2 == 0 || tables > MAX_TABLES {
        return None;
    }
    let possible = Possible::new(n1, n2);
    let largest = |statistic: &[Vec<f64>], extreme: &dyn Fn(f64, f64) -> bool| {
        let observed = statistic[x1][x2];
        possible.largest(&runs(statistic, |value| extreme(value, observed)))
    };
    let at_least = |value: f64, observed: f64| value >= observed - EQUAL * observed.abs();
    let at_most = |value: f64, observed: f64| value <= observed + EQUAL * observed.abs();
    let (p_less, p_greater, p_value) = if test == UnconditionalTest::Boschloo {
        let (less, greater) = fisher_p_values(n1, n2);
        let (p_less, p_greater) = (largest(&less, &at_most), largest(&greater, &at_most));
        (p_less, p_greater, 2.0 * f64::min(p_less, p_greater))
    } else {
        let z = z_values(n1, n2, test == UnconditionalTest::Barnard);
        (
            largest(&z, &at_most),
            largest(&z, &at_least),
            largest(&z, &|value, observed| at_least(value.abs(), observed.abs())),
        )
    };
    Some(UnconditionalPValues {
        p_value: p_value.min(1.0),
        p_less: p_less.min(1.0),
        p_greater: p_greater.min(1.0),
    })
}

/// Fisher's one-sided p values of all tables, below and above.
fn fisher_p_values(n1: usize, n2: usize) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let mut less = vec![vec![1.0; n2 + 1]; n1 + 1];
    let mut greater = less.clone();
    for with in 0..=n1 + n2 {
        let all = ln_choose(n1 + n2, with);
        let (low, high) = (with.saturating_sub(n1), with.min(n2));
        let p = |x: usize| (ln_choose(n2, x) + ln_choose(n1, with - x) - all).exp();
        let mut sum = 0.0;
        for x in low..=high {
            sum += p(x);
            less[with - x][x] = sum;
        }
        sum = 0.0;
        for x in (low..=high).rev() {
            sum += p(x);
            greater[with - x][x] = sum;
        }
    }
    (less, greater)
}

/// z of the difference second − first of all tables; 0 where nothing varies.
fn z_values(n1: usize, n2: usize, pooled: bool) -> Vec<Vec<f64>> {
    let z = |x1: usize, x2: usize| {
        let [a, b, m, n] = [x1, x2, n1, n2].map(|count| count as f64);
        let (p1, p2, p) = (a / m, b / n, (a + b) / (m + n));
        let variance = if pooled {
            p * (1.0 - p) * (1.0 / m + 1.0 / n)
        } else {
            p1 * (1.0 - p1) / m + p2 * (1.0 - p2) / n
        };
        let difference = p2 - p1;
        // Without variance a difference is infinitely many standard errors.
        if difference == 0.0 {
            0.0
        } else {
            difference / variance.sqrt()
        }
    };
    (0..=n1)
        .map(|x1| (0..=n2).map(|x2| z(x1, x2)).collect())
        .collect()
}

/// Of each row the stretches, from and before, of what is wanted.
pub(super) fn runs(
    statistic: &[Vec<f64>],
    wanted: impl Fn(f64) -> bool,
) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    for (x1, row) in statistic.iter().enumerate() {
        let mut from = None;
        for (x2, &value) in row.iter().enumerate() {
            match (wanted(value), from) {
                (true, None) => from = Some(x2),
                (false, Some(start)) => {
                    found.push((x1, start, x2));
                    from = None;
                }
                (true, Some(_)) | (false, None) => {}
            }
        }
        if let Some(start) = from {
            found.push((x1, start, row.len()));
        }
    }
    found
}

/// All tables of two groups.
pub(super) struct Possible {
    ln_ways: [Vec<f64>; 2],
}

impl Possible {
    pub fn new(n1: usize, n2: usize) -> Self {
        let ways = |n: usize| (0..=n).map(|x| ln_choose(n, x)).collect();
        Self {
            ln_ways: [ways(n1), ways(n2)],
        }
    }

    /// Probability of these tables at proportions of the two groups.
    fn probability(&self, runs: &[(usize, usize, usize)], proportions: (f64, f64)) -> f64 {
        let [first, second] = [proportions.0, proportions.1].map(|proportion| {
            // Of 0 and 1 there is no logarithm; the largest probability does not jump there.
            let p = proportion.clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON);
            (p.ln(), (-p).ln_1p())
        });
        let of_group = |group: usize, (with, without): (f64, f64)| {
            let ways = &self.ln_ways[group];
            let n = ways.len() - 1;
            let p = |(x, ways): (usize, &f64)| {
                (ways + x as f64 * with + (n - x) as f64 * without).exp()
            };
            ways.iter().enumerate().map(p).collect::<Vec<f64>>()
        };
        let (first, second) = (of_group(0, first), of_group(1, second));
        let mut before = Vec::with_capacity(second.len() + 1);
        before.push(0.0);
        for p in &second {
            before.push(before[before.len() - 1] + p);
        }
        let run = |&(x1, from, to): &(usize, usize, usize)| first[x1] * (before[to] - before[from]);
        runs.iter().map(run).sum()
    }

    /// The largest probability of these tables over all common proportions.
    fn largest(&self, runs: &[(usize, usize, usize)]) -> f64 {
        let (last1, last2) = (self.ln_ways[0].len() - 1, self.ln_ways[1].len() - 1);
        let has = |x1: usize, x2: usize| {
            runs.iter()
                .any(|&(row, from, to)| row == x1 && (from..to).contains(&x2))
        };
        // With a proportion of 0 or 1 there is only one table.
        if has(0, 0) || has(last1, last2) {
            return 1.0;
        }
        self.largest_between(runs, (0.0, 1.0), GRID, |p| (p, p))
    }

    /// The largest probability of these tables where the two proportions are functions of a number between these
    /// bounds, tried at so many places first.
    pub fn largest_between(
        &self,
        runs: &[(usize, usize, usize)],
        (low, high): (f64, f64),
        places: usize,
        proportions: impl Fn(f64) -> (f64, f64),
    ) -> f64 {
        let at = |place: usize| low + (high - low) * place as f64 / (places + 1) as f64;
        let f = |p: f64| self.probability(runs, proportions(p));
        let grid: Vec<f64> = (0..=places + 1).map(|place| f(at(place))).collect();
        let mut peaks: Vec<usize> = (0..=places + 1)
            .filter(|&place| {
                let beside = [place.saturating_sub(1), (place + 1).min(places + 1)];
                beside.iter().all(|&beside| grid[place] >= grid[beside])
            })
            .collect();
        peaks.sort_by(|&a, &b| grid[b].total_cmp(&grid[a]));
        let refined = peaks.iter().take(4).map(|&place| {
            let ends = (at(place.saturating_sub(1)), at((place + 1).min(places + 1)));
            highest(ends.0, ends.1, f).max(grid[place])
        });
        refined.fold(0.0, f64::max)
    }
}

/// Largest value of a function with one peak, by golden sections.
fn highest(mut low: f64, mut high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let share = (5f64.sqrt() - 1.0) / 2.0;
    let (mut a, mut b) = (high - share * (high - low), low + share * (high - low));
    let (mut at_a, mut at_b) = (f(a), f(b));
    // Each time 0.618 of the interval is left: 1e-9 of it after 43.
    for _ in 0..43 {
        if at_a > at_b {
            (high, b, at_b) = (b, a, at_a);
            a = high - share * (high - low);
            at_a = f(a);
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = low + share * (high - low);
            at_b = f(b);
        }
    }
    at_a.max(at_b)
}

#[cfg(test)]
mod tests {
    use super::super::odds_ratio::fisher_tails;
    use super::*;

    #[test]
    fn one_of_one_against_none_of_one_is_a_quarter_at_most() {
        // The only table as extreme has probability p (1 − p).
        let test = unconditional_test((0, 1), (1, 1), UnconditionalTest::Barnard).unwrap();
        assert!((test.p_greater - 0.25).abs() < 1e-12);
        assert!((test.p_value - 0.5).abs() < 1e-12);
        assert_eq!(test.p_less, 1.0);
    }

    #[test]
    fn boschloo_is_never_above_fisher() {
        for (first, second) in [((3, 10), (7, 10)), ((0, 12), (4, 12)), ((2, 9), (9, 11))] {
            let ours = unconditional_test(first, second, UnconditionalTest::Boschloo).unwrap();
            let fisher = fisher_tails(first, second, false);
            assert!(ours.p_greater <= fisher.p_greater && ours.p_less <= fisher.p_less + 1e-12);
        }
    }
}
