//! Permutation version of the log-rank test for small samples.

use serde::Serialize;

use super::log_rank::RANK_TOLERANCE;
use super::merge_near_ties;
use crate::math::{Factor, Rng};

/// Result of a permutation test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PermutationTest {
    /// p value of the χ² statistic under all (or the drawn) arrangements.
    pub p_value: f64,
    /// How it was found.
    pub method: PermutationMethod,
}

/// How a permutation p value was found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum PermutationMethod {
    /// Every arrangement was looked at.
    Exact {
        /// How many there are.
        arrangements: u64,
    },
    /// A random sample of the arrangements.
    MonteCarlo {
        /// How many were drawn.
        draws: u32,
        /// Seed of the generator.
        seed: u64,
    },
}

/// Permutation log-rank test: exact when there are at most 10⁶ arrangements, else Monte Carlo.
///
/// `None` when the statistic does not exist. `progress` hears the share done.
///
/// **Conventions.** Every arrangement of the group labels is as probable as the observed one; it
/// counts when its χ², with its own variance, is at least the observed χ². Monte Carlo:
/// p = (b + 1) / (draws + 1) (Davison & Hinkley 1997, 4.25).
/// **Checked against** full enumeration in R, in `tests/reference/log_rank.rs`.
pub fn permutation_log_rank(
    time: &[f64],
    event: &[bool],
    group: &[usize],
    n_groups: usize,
    draws: u32,
    seed: u64,
    progress: &mut dyn FnMut(f64),
) -> Option<PermutationTest> {
    let (subjects, mut labels) = in_time_order(time, event, group);
    let observed = Sums::of(&subjects, &labels, n_groups).statistic()?;
    let threshold = observed * (1.0 - EQUAL);
    let mut sizes = vec![0; n_groups];
    labels.iter().for_each(|&g| sizes[g] += 1);

    let (mut seen, mut extreme) = (0u64, 0u64);
    let total = arrangements(&sizes).unwrap_or(u64::from(draws));
    let mut count = |sums: &Sums| {
        seen += 1;
        extreme += u64::from(sums.statistic().unwrap_or(0.0) >= threshold);
        if seen % PROGRESS_EVERY == 0 {
            progress(seen as f64 / total as f64);
        }
    };
    let method = if arrangements(&sizes).is_some() {
        enumerate(&subjects, &sizes, &mut count);
        PermutationMethod::Exact {
            arrangements: total,
        }
    } else {
        let mut rng = Rng::new(seed);
        for _ in 0..draws {
            rng.shuffle(&mut labels);
            count(&Sums::of(&subjects, &labels, n_groups));
        }
        PermutationMethod::MonteCarlo { draws, seed }
    };
    let p_value = match method {
        PermutationMethod::Exact { .. } => extreme as f64 / total as f64,
        PermutationMethod::MonteCarlo { .. } => (extreme + 1) as f64 / (total + 1) as f64,
    };
    Some(PermutationTest { p_value, method })
}

/// The largest number of arrangements that are all looked at.
const MAX_ARRANGEMENTS: u64 = 1_000_000;

/// Statistics that differ by less than this share are equal: the order of summation differs.
const EQUAL: f64 = 1e-9;

/// A variance below this share of what it is the difference of is rounding.
const NO_VARIANCE: f64 = 1e-11;

/// Arrangements between two reports of progress.
const PROGRESS_EVERY: u64 = 4096;

/// What one subject adds to the statistic of the group it is put in.
///
/// With c = d (n − d) / (n − 1) / n² at each event time, the covariance of two groups is minus the
/// sum over event times of c nₐ n_b: over pairs of subjects, that of c up to the earlier exit.
#[derive(Debug, Clone, Copy)]
struct Subject {
    /// Event indicator minus the cumulative hazard at the exit: adds to observed − expected.
    score: f64,
    /// Σ c n up to the exit.
    single: f64,
    /// Σ c up to the exit.
    pair: f64,
}

/// Subjects by ascending time, with their groups.
fn in_time_order(time: &[f64], event: &[bool], group: &[usize]) -> (Vec<Subject>, Vec<usize>) {
    let time = merge_near_ties(time);
    let mut order: Vec<usize> = (0..time.len()).collect();
    order.sort_by(|&a, &b| time[a].total_cmp(&time[b]));
    let mut at_risk = time.len() as f64;
    let (mut hazard, mut single, mut pair) = (0.0, 0.0, 0.0);
    let mut subjects = Vec::with_capacity(time.len());
    for tied in order.chunk_by(|&a, &b| time[a] == time[b]) {
        let deaths = tied.iter().filter(|&&i| event[i]).count() as f64;
        hazard += deaths / at_risk;
        if at_risk > 1.0 {
            let c = deaths * (at_risk - deaths) / (at_risk - 1.0) / (at_risk * at_risk);
            single += c * at_risk;
            pair += c;
        }
        subjects.extend(tied.iter().map(|&i| Subject {
            score: f64::from(u8::from(event[i])) - hazard,
            single,
            pair,
        }));
        at_risk -= tied.len() as f64;
    }
    (subjects, order.into_iter().map(|i| group[i]).collect())
}

/// Score and variance of a beginning of the subjects, put in groups.
#[derive(Debug, Clone)]
struct Sums {
    score: Vec<f64>,
    single: Vec<f64>,
    pair: Vec<f64>,
    /// Row by row: Σ c nₐ n_b.
    pairs: Vec<f64>,
}

impl Sums {
    fn new(n_groups: usize) -> Self {
        Self {
            score: vec![0.0; n_groups],
            single: vec![0.0; n_groups],
            pair: vec![0.0; n_groups],
            pairs: vec![0.0; n_groups * n_groups],
        }
    }

    fn of(subjects: &[Subject], labels: &[usize], n_groups: usize) -> Self {
        let mut sums = Self::new(n_groups);
        for (subject, &g) in subjects.iter().zip(labels) {
            sums.put(g, 1.0, *subject, subject.pair);
        }
        sums
    }

    /// Puts `n` later subjects, summed in `all`, in group `g`; `own_pairs` is Σ c n² of themselves.
    fn put(&mut self, g: usize, n: f64, all: Subject, own_pairs: f64) {
        let size = self.score.len();
        for h in 0..size {
            self.pairs[g * size + h] += n * self.pair[h];
            self.pairs[h * size + g] += n * self.pair[h];
        }
        self.pairs[g * size + g] += own_pairs;
        self.score[g] += all.score;
        self.single[g] += all.single;
        self.pair[g] += all.pair;
    }

    /// χ² of the groups; `None` when there is no variance. The last group is redundant.
    fn statistic(&self) -> Option<f64> {
        let size = self.score.len();
        let free = size.checked_sub(1)?;
        let mut variance: Vec<f64> = Vec::with_capacity(free * free);
        for a in 0..free {
            let own = self.single[a] - self.pairs[a * size + a];
            let none = own <= NO_VARIANCE * self.single[a];
            variance.extend((0..free).map(|b| match (none, a == b) {
                (true, _) => 0.0,
                (false, true) => own,
                (false, false) => -self.pairs[a * size + b],
            }));
        }
        if free == 1 {
            return (variance[0] > 0.0).then(|| self.score[0] * self.score[0] / variance[0]);
        }
        let factor = Factor::new(&variance, free, RANK_TOLERANCE);
        (factor.rank() > 0).then(|| factor.quadratic_form(&self.score[..free]))
    }
}

/// In how many ways groups of these sizes can be drawn, if that is few enough to look at all.
fn arrangements(sizes: &[usize]) -> Option<u64> {
    let (mut ways, mut placed) = (1u64, 0u64);
    for &size in sizes {
        for i in 1..=size as u64 {
            placed += 1;
            ways = ways.checked_mul(placed)? / i;
            if ways > MAX_ARRANGEMENTS {
                return None;
            }
        }
    }
    Some(ways)
}

/// Visits the sums of every arrangement, subject after subject, sharing all beginnings.
fn enumerate(subjects: &[Subject], sizes: &[usize], visit: &mut dyn FnMut(&Sums)) {
    let n_groups = sizes.len();
    let rest = sums_of_ends(subjects);
    let mut left = sizes.to_vec();
    let mut placed: Vec<usize> = Vec::new();
    let mut beginnings = vec![Sums::new(n_groups)];
    let mut complete = Sums::new(n_groups);
    let mut candidate = 0;
    loop {
        let depth = placed.len();
        let mut open = (0..n_groups).filter(|&g| left[g] > 0);
        let only = open.next().filter(|_| open.next().is_none());
        if let Some(g) = only {
            let (all, own_pairs) = rest[depth];
            complete.clone_from(&beginnings[depth]);
            complete.put(g, left[g] as f64, all, own_pairs);
            visit(&complete);
            candidate = n_groups;
        }
        if let Some(g) = (candidate..n_groups).find(|&g| left[g] > 0) {
            left[g] -= 1;
            placed.push(g);
            if beginnings.len() == depth + 1 {
                beginnings.push(Sums::new(n_groups));
            }
            let (before, after) = beginnings.split_at_mut(depth + 1);
            after[0].clone_from(&before[depth]);
            after[0].put(g, 1.0, subjects[depth], subjects[depth].pair);
            candidate = 0;
        } else if let Some(g) = placed.pop() {
            left[g] += 1;
            candidate = g + 1;
        } else {
            return;
        }
    }
}

/// For every start, the sums over the subjects from there on, and Σ c n² of their pairs.
fn sums_of_ends(subjects: &[Subject]) -> Vec<(Subject, f64)> {
    let nobody = Subject {
        score: 0.0,
        single: 0.0,
        pair: 0.0,
    };
    let mut ends = vec![(nobody, 0.0); subjects.len() + 1];
    for (i, subject) in subjects.iter().enumerate().rev() {
        let (later, pairs) = ends[i + 1];
        let after = (subjects.len() - 1 - i) as f64;
        let all = Subject {
            score: subject.score + later.score,
            single: subject.single + later.single,
            pair: subject.pair + later.pair,
        };
        ends[i] = (all, pairs + subject.pair * (2.0 * after + 1.0));
    }
    ends
}
