//! Permutation versions of the tests of curves, for small samples.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::arrangements::{
    ArrangedTest, ArrangementCounts, Arrangements, Count, PermutationMethod,
};
use super::log_rank::RANK_TOLERANCE;
use super::merge_near_ties;
use super::risk_table::{EventTime, GroupedFollowUp};
use super::weighted_log_rank::Weight;
use crate::math::{Factor, Rng, chi_square_upper};

/// Result of a permutation test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PermutationTest {
    /// p value of the χ² statistic under all (or the drawn) arrangements.
    pub p_value: f64,
    /// How it was found.
    pub method: PermutationMethod,
}

/// Permutation log-rank test: exact when there are at most 10⁶ arrangements, else Monte Carlo.
///
/// `None` when the statistic does not exist. See [`Permutation`].
pub fn permutation_log_rank(
    time: &[f64],
    event: &[bool],
    group: &[usize],
    n_groups: usize,
    draws: u32,
    seed: u64,
    count: Count<'_>,
) -> Option<PermutationTest> {
    let data = GroupedFollowUp::new(time, event, group, n_groups);
    let permutation = Permutation::new(&data, &[&[Weight::LogRank]])?;
    let (method, results) = permutation.run(draws, seed, count);
    let p_value = results[0].as_ref()?.p_value;
    Some(PermutationTest { p_value, method })
}

/// Patients ready to be dealt to the groups again and again, for several tests at once.
///
/// **Conventions.** Every arrangement of the group labels (within strata) is as probable as the observed one; it
/// counts when its statistic is at least the observed one. The statistic of a test is χ² with the arrangement's
/// own variance; with several weights (MaxCombo) the largest χ². Monte Carlo: p = (b + 1) / (draws + 1).
/// **Source.** Heimann & Neuhaus (1998), Biometrics 54:168; Davison & Hinkley (1997), 4.25.
/// **Checked against** full enumeration in R and `coin::logrank_test`, in `tests/reference/permutation.rs`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Permutation {
    n_groups: usize,
    /// Group of each subject, by stratum and ascending time.
    labels: Vec<usize>,
    strata: Vec<Range<usize>>,
    /// Subjects in that order, for each weight.
    subjects: Vec<Vec<Subject>>,
    /// The weights of each test.
    tests: Vec<Range<usize>>,
    /// What the tests found in the data.
    observed: Vec<Option<Observed>>,
}

/// The observed statistics of a test.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Observed {
    chi_square: f64,
    score: Option<ScoreTest>,
}

/// The score of a weighted log-rank test with its variance over all arrangements.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ScoreTest {
    /// Weighted observed minus expected events of each group.
    pub score: Vec<f64>,
    /// Covariance of `score` over the arrangements, row by row.
    pub variance: Vec<f64>,
    /// χ².
    pub statistic: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// p value of the χ² distribution.
    pub p_value: f64,
    factor: Factor,
}

/// Permutation p values of one test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Permuted {
    /// By χ² with the arrangement's own variance.
    pub p_value: f64,
    /// By the score itself, as `coin::logrank_test` has it; `None` for tests with several weights.
    pub by_score: Option<PermutedScore>,
}

/// Permutation p values of a score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PermutedScore {
    /// Two-sided.
    pub p_value: f64,
    /// Two-sided, ties counted half.
    pub mid_p: f64,
    /// The first group has as few events or fewer. Of interest with two groups.
    pub p_less: f64,
    /// The first group has as many events or more.
    pub p_greater: f64,
}

/// The largest number of arrangements that are all looked at.
const MAX_ARRANGEMENTS: u64 = 1_000_000;

/// Arrangements between two reports of progress.
const PROGRESS_EVERY: u64 = 4096;

/// Statistics that differ by less than this share are equal: the order of summation differs.
const EQUAL: f64 = 1e-9;

/// A variance below this share of what it is the difference of is rounding.
const NO_VARIANCE: f64 = 1e-11;

/// What one subject adds to the statistic of the group it is put in.
///
/// With c = w² d (n − d) / (n − 1) / n² at each event time, the covariance of two groups is minus the
/// sum over event times of c nₐ n_b: over pairs of subjects, that of c up to the earlier exit.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Subject {
    /// Event weight minus the weighted cumulative hazard at the exit: adds to observed − expected.
    score: f64,
    /// Σ c n up to the exit.
    single: f64,
    /// Σ c up to the exit.
    pair: f64,
}

impl Permutation {
    /// Prepares these tests, each the largest of weighted log-rank tests. `None` with delayed entry, for
    /// patients who enter at different times cannot be exchanged.
    pub fn new(data: &GroupedFollowUp<'_>, tests: &[&[Weight]]) -> Option<Self> {
        if data.entry.is_some() {
            return None;
        }
        let n = data.time.len();
        let time = merge_near_ties(data.time);
        let stratum = |i: usize| data.strata.map_or(0, |strata| strata[i]);
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&a, &b| {
            stratum(a)
                .cmp(&stratum(b))
                .then(time[a].total_cmp(&time[b]))
        });
        let mut start = 0;
        let strata = (order.chunk_by(|&a, &b| stratum(a) == stratum(b)))
            .map(|members| {
                start += members.len();
                start - members.len()..start
            })
            .collect();
        let mut first = 0;
        let ranges = (tests.iter())
            .map(|weights| {
                first += weights.len();
                first - weights.len()..first
            })
            .collect();
        let mut permutation = Self {
            n_groups: data.n_groups,
            labels: order.iter().map(|&i| data.group[i]).collect(),
            strata,
            subjects: Vec::new(),
            tests: ranges,
            observed: Vec::new(),
        };
        let walk = Walk::new(&order, &time, data.event, stratum);
        let weights = tests.iter().copied().flatten();
        permutation.subjects = weights.map(|&weight| walk.subjects(weight)).collect();
        let sums = permutation.sums(&permutation.labels);
        permutation.observed = (permutation.tests.iter())
            .map(|weights| {
                let chi_square = sums.largest(weights.clone())?;
                let single = weights.len() == 1;
                let score = single
                    .then(|| permutation.score_test(weights.start, &sums))
                    .flatten();
                Some(Observed { chi_square, score })
            })
            .collect();
        Some(permutation)
    }

    /// The score of each test with its variance over all arrangements; `None` for tests with several weights or
    /// nothing to compare.
    pub fn score_tests(&self) -> Vec<Option<&ScoreTest>> {
        (self.observed.iter())
            .map(|observed| {
                observed
                    .as_ref()
                    .and_then(|observed| observed.score.as_ref())
            })
            .collect()
    }

    /// All p values: exact when there are at most 10⁶ arrangements and no strata, else Monte Carlo. `None` for
    /// tests with nothing to compare.
    pub fn run(
        &self,
        draws: u32,
        seed: u64,
        count: Count<'_>,
    ) -> (PermutationMethod, Vec<Option<Permuted>>) {
        let method = match self.arrangements() {
            Some(arrangements) => PermutationMethod::Exact { arrangements },
            None => PermutationMethod::MonteCarlo { draws, seed },
        };
        let test = ArrangedTest::Curves(self.clone());
        let counts = count(&Arrangements::new(test, method));
        (method, self.p_values(&counts, method))
    }

    /// How many arrangements there are, if they are few enough to look at all.
    pub fn arrangements(&self) -> Option<u64> {
        let mut sizes = vec![0; self.n_groups];
        self.labels.iter().for_each(|&g| sizes[g] += 1);
        (self.strata.len() == 1)
            .then(|| arrangements(&sizes))
            .flatten()
    }

    /// Counts every arrangement, of which there are so many.
    pub(super) fn all(
        &self,
        arrangements: u64,
        progress: &mut dyn FnMut(f64),
    ) -> ArrangementCounts {
        let mut counts = ArrangementCounts::none(self.n_tests());
        enumerate(self, &mut |sums| {
            self.count(sums, &mut counts);
            if counts.seen.is_multiple_of(PROGRESS_EVERY) {
                progress(counts.seen as f64 / arrangements as f64);
            }
        });
        counts
    }

    /// Counts so many draws.
    pub(super) fn draw(&self, draws: u32, rng: &mut Rng) -> ArrangementCounts {
        let mut labels = self.labels.clone();
        let mut sums = Sums::new(self.n_groups, self.subjects.len());
        let mut counts = ArrangementCounts::none(self.n_tests());
        for _ in 0..draws {
            for stratum in &self.strata {
                rng.shuffle(&mut labels[stratum.clone()]);
            }
            self.add_up(&labels, &mut sums);
            self.count(&sums, &mut counts);
        }
        counts
    }

    /// What one draw costs: every patient dealt, and added up for each weight.
    pub(super) fn steps(&self) -> usize {
        self.labels.len() * (1 + self.subjects.len())
    }

    pub(super) fn n_tests(&self) -> usize {
        self.tests.len()
    }

    /// The p values of these counts.
    fn p_values(
        &self,
        counts: &ArrangementCounts,
        method: PermutationMethod,
    ) -> Vec<Option<Permuted>> {
        // The observed arrangement is one of all, but not one of the drawn.
        let own = match method {
            PermutationMethod::Exact { .. } => 0.0,
            PermutationMethod::MonteCarlo { .. } => 1.0,
        };
        let share = |count: f64| (count + own) / (counts.seen as f64 + own);
        (self.observed.iter().zip(&counts.tests))
            .map(|(observed, test)| {
                observed.as_ref().map(|observed| Permuted {
                    p_value: share(test.statistic as f64),
                    by_score: observed.score.as_ref().map(|_| PermutedScore {
                        p_value: share(test.score as f64),
                        mid_p: share(test.score as f64 - 0.5 * (test.score_ties as f64 + own)),
                        p_less: share(test.less as f64),
                        p_greater: share(test.greater as f64),
                    }),
                })
            })
            .collect()
    }

    fn sums(&self, labels: &[usize]) -> Sums {
        let mut sums = Sums::new(self.n_groups, self.subjects.len());
        self.add_up(labels, &mut sums);
        sums
    }

    /// The sums of one arrangement.
    fn add_up(&self, labels: &[usize], sums: &mut Sums) {
        sums.values.fill(0.0);
        for stratum in &self.strata {
            if self.n_groups == 2 {
                self.add_up_first_of_two(labels, stratum.clone(), sums);
                continue;
            }
            for (weight, subjects) in self.subjects.iter().enumerate() {
                sums.start_stratum(weight);
                for (subject, &g) in subjects[stratum.clone()]
                    .iter()
                    .zip(&labels[stratum.clone()])
                {
                    sums.put(weight, g, 1.0, *subject, subject.pair);
                }
            }
        }
    }

    /// The sums of the first of two groups, which the other one's follow from.
    fn add_up_first_of_two(&self, labels: &[usize], stratum: Range<usize>, sums: &mut Sums) {
        // Who is in the first group, written without a branch that could be foretold wrongly.
        sums.members.resize(labels.len(), 0);
        let mut n = 0;
        for i in stratum {
            sums.members[n] = i;
            n += usize::from(labels[i] == 0);
        }
        let size = (3 + 2) * 2;
        for (subjects, values) in self.subjects.iter().zip(sums.values.chunks_mut(size)) {
            let (mut score, mut single, mut pair, mut pairs) = (0.0, 0.0, 0.0, 0.0);
            for &i in &sums.members[..n] {
                let subject = &subjects[i];
                score += subject.score;
                single += subject.single;
                pairs += 2.0 * pair + subject.pair;
                pair += subject.pair;
            }
            values[0] += score;
            values[1] -= score;
            values[2] += single;
            values[6] += pairs;
        }
    }

    /// Counts one arrangement.
    fn count(&self, sums: &Sums, counts: &mut ArrangementCounts) {
        counts.seen += 1;
        let tests = self.tests.iter().zip(&self.observed).zip(&mut counts.tests);
        for ((weights, observed), count) in tests {
            let Some(observed) = observed else { continue };
            let chi_square = sums.largest(weights.clone()).unwrap_or(0.0);
            count.statistic += u64::from(chi_square >= observed.chi_square * (1.0 - EQUAL));
            if let Some(test) = &observed.score {
                let score = sums.score(weights.start);
                let statistic = test.statistic_of(score);
                let near = EQUAL * test.statistic;
                count.score += u64::from(statistic >= test.statistic - near);
                count.score_ties += u64::from((statistic - test.statistic).abs() <= near);
                let near = EQUAL * test.variance[0].sqrt();
                count.less += u64::from(score[0] <= test.score[0] + near);
                count.greater += u64::from(score[0] >= test.score[0] - near);
            }
        }
    }

    /// The score of a weight with its covariance when labels are dealt at random within strata.
    fn score_test(&self, weight: usize, sums: &Sums) -> Option<ScoreTest> {
        let k = self.n_groups;
        let mut variance = vec![0.0; k * k];
        for stratum in &self.strata {
            let n = stratum.len() as f64;
            if n < 2.0 {
                continue;
            }
            let scores = || {
                self.subjects[weight][stratum.clone()]
                    .iter()
                    .map(|subject| subject.score)
            };
            let mean = scores().sum::<f64>() / n;
            let squares: f64 = scores().map(|score| (score - mean).powi(2)).sum();
            let mut sizes = vec![0.0; k];
            self.labels[stratum.clone()]
                .iter()
                .for_each(|&g| sizes[g] += 1.0);
            for a in 0..k {
                for b in 0..k {
                    let own = if a == b { sizes[a] } else { 0.0 };
                    variance[a * k + b] += squares / (n - 1.0) * (own - sizes[a] * sizes[b] / n);
                }
            }
        }
        let free = k.checked_sub(1)?;
        let block: Vec<f64> = (0..free * free)
            .map(|i| variance[i / free * k + i % free])
            .collect();
        let factor = Factor::new(&block, free, RANK_TOLERANCE);
        let df = factor.rank();
        let score = sums.score(weight).to_vec();
        let statistic = factor.quadratic_form(&score[..free]);
        (df > 0).then(|| ScoreTest {
            score,
            variance,
            statistic,
            df,
            p_value: chi_square_upper(statistic, df),
            factor,
        })
    }
}

impl ScoreTest {
    fn statistic_of(&self, score: &[f64]) -> f64 {
        match score {
            [first, _] => first * first / self.variance[0],
            _ => self.factor.quadratic_form(&score[..score.len() - 1]),
        }
    }
}

/// Subjects by stratum and ascending time, and the event times that they pass.
struct Walk {
    times: Vec<EventTime>,
    /// The subjects in that order.
    exits: Vec<Exit>,
}

/// Where a subject leaves.
struct Exit {
    /// First event time of its stratum.
    first: usize,
    /// The event times up to its exit end before this one.
    end: usize,
    event: bool,
}

impl Walk {
    fn new(
        order: &[usize],
        time: &[f64],
        event: &[bool],
        stratum: impl Fn(usize) -> usize,
    ) -> Self {
        let mut walk = Self {
            times: Vec::new(),
            exits: Vec::with_capacity(order.len()),
        };
        for members in order.chunk_by(|&a, &b| stratum(a) == stratum(b)) {
            let (first, mut at_risk) = (walk.times.len(), members.len());
            for tied in members.chunk_by(|&a, &b| time[a] == time[b]) {
                let n_event = tied.iter().filter(|&&i| event[i]).count();
                if n_event > 0 {
                    walk.times.push(EventTime {
                        stratum: stratum(tied[0]),
                        n_risk: at_risk as f64,
                        n_event: n_event as f64,
                    });
                }
                let end = walk.times.len();
                walk.exits.extend(tied.iter().map(|&i| Exit {
                    first,
                    end,
                    event: event[i],
                }));
                at_risk -= tied.len();
            }
        }
        walk
    }

    /// What each subject adds to the test with this weight.
    fn subjects(&self, weight: Weight) -> Vec<Subject> {
        let weights = weight.values(&self.times);
        let (mut first, mut passed) = (0, 0);
        let mut sum = Subject::default();
        let subject = |exit: &Exit| {
            if first != exit.first {
                (first, sum) = (exit.first, Subject::default());
            }
            for (time, w) in self.times[passed..exit.end].iter().zip(&weights[passed..]) {
                let c = w * w * time.spread();
                sum.score -= w * time.n_event / time.n_risk;
                sum.single += c * time.n_risk;
                sum.pair += c;
            }
            passed = exit.end;
            let own = if exit.event {
                weights[exit.end - 1]
            } else {
                0.0
            };
            Subject {
                score: sum.score + own,
                ..sum
            }
        };
        self.exits.iter().map(subject).collect()
    }
}

/// Scores and variances of a beginning of the subjects, put in groups.
///
/// For each weight: the score, Σ c n and Σ c of each group, then Σ c nₐ n_b row by row.
#[derive(Debug, Clone)]
struct Sums {
    n_groups: usize,
    values: Vec<f64>,
    /// Room for the members of a group.
    members: Vec<usize>,
}

impl Sums {
    fn new(n_groups: usize, weights: usize) -> Self {
        Self {
            n_groups,
            values: vec![0.0; weights * (3 + n_groups) * n_groups],
            members: Vec::new(),
        }
    }

    fn of(&self, weight: usize) -> &[f64] {
        let size = (3 + self.n_groups) * self.n_groups;
        &self.values[weight * size..][..size]
    }

    fn score(&self, weight: usize) -> &[f64] {
        &self.of(weight)[..self.n_groups]
    }

    /// Pairs are within strata.
    fn start_stratum(&mut self, weight: usize) {
        let k = self.n_groups;
        let size = (3 + k) * k;
        self.values[weight * size + 2 * k..][..k].fill(0.0);
    }

    /// Puts `n` later subjects, summed in `all`, in group `g`; `own_pairs` is Σ c n² of themselves.
    fn put(&mut self, weight: usize, g: usize, n: f64, all: Subject, own_pairs: f64) {
        let k = self.n_groups;
        let size = (3 + k) * k;
        let (sums, pairs) = self.values[weight * size..][..size].split_at_mut(3 * k);
        let (score, rest) = sums.split_at_mut(k);
        let (single, pair) = rest.split_at_mut(k);
        for h in 0..k {
            pairs[g * k + h] += n * pair[h];
            pairs[h * k + g] += n * pair[h];
        }
        pairs[g * k + g] += own_pairs;
        score[g] += all.score;
        single[g] += all.single;
        pair[g] += all.pair;
    }

    /// The largest χ² of these weights; `None` when none has a variance.
    fn largest(&self, weights: Range<usize>) -> Option<f64> {
        weights
            .filter_map(|weight| self.chi_square(weight))
            .reduce(f64::max)
    }

    /// χ² of the groups; `None` when there is no variance. The last group is redundant.
    fn chi_square(&self, weight: usize) -> Option<f64> {
        let k = self.n_groups;
        let free = k.checked_sub(1)?;
        let (sums, pairs) = self.of(weight).split_at(3 * k);
        let (score, single) = (&sums[..k], &sums[k..2 * k]);
        let own = |a: usize| {
            let own = single[a] - pairs[a * k + a];
            if own > NO_VARIANCE * single[a] {
                own
            } else {
                0.0
            }
        };
        if free == 1 {
            let variance = own(0);
            return (variance > 0.0).then(|| score[0] * score[0] / variance);
        }
        let mut variance: Vec<f64> = Vec::with_capacity(free * free);
        for a in 0..free {
            let own = own(a);
            variance.extend((0..free).map(|b| match (own == 0.0, a == b) {
                (true, _) => 0.0,
                (false, true) => own,
                (false, false) => -pairs[a * k + b],
            }));
        }
        let factor = Factor::new(&variance, free, RANK_TOLERANCE);
        (factor.rank() > 0).then(|| factor.quadratic_form(&score[..free]))
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

/// Visits the sums of every arrangement of one stratum, subject after subject, sharing all beginnings.
fn enumerate(permutation: &Permutation, visit: &mut dyn FnMut(&Sums)) {
    let (n_groups, weights) = (permutation.n_groups, permutation.subjects.len());
    let rest: Vec<_> = permutation
        .subjects
        .iter()
        .map(|all| sums_of_ends(all))
        .collect();
    let mut left = vec![0; n_groups];
    permutation.labels.iter().for_each(|&g| left[g] += 1);
    let mut placed: Vec<usize> = Vec::new();
    let mut beginnings = vec![Sums::new(n_groups, weights)];
    let mut complete = Sums::new(n_groups, weights);
    let mut candidate = 0;
    loop {
        let depth = placed.len();
        let mut open = (0..n_groups).filter(|&g| left[g] > 0);
        let only = open.next().filter(|_| open.next().is_none());
        if let Some(g) = only {
            complete.values.clone_from(&beginnings[depth].values);
            for (weight, rest) in rest.iter().enumerate() {
                let (all, own_pairs) = rest[depth];
                complete.put(weight, g, left[g] as f64, all, own_pairs);
            }
            visit(&complete);
            candidate = n_groups;
        }
        if let Some(g) = (candidate..n_groups).find(|&g| left[g] > 0) {
            left[g] -= 1;
            placed.push(g);
            if beginnings.len() == depth + 1 {
                beginnings.push(Sums::new(n_groups, weights));
            }
            let (before, after) = beginnings.split_at_mut(depth + 1);
            after[0].values.clone_from(&before[depth].values);
            for (weight, subjects) in permutation.subjects.iter().enumerate() {
                let subject = subjects[depth];
                after[0].put(weight, g, 1.0, subject, subject.pair);
            }
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
    let mut ends = vec![(Subject::default(), 0.0); subjects.len() + 1];
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
