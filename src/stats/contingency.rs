//! Tests of contingency tables.

use serde::Serialize;

use crate::math::{Rng, ln_choose};

/// Fisher's exact test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FisherTest {
    /// Two-sided p value: all tables no more probable than the observed one.
    pub p_value: f64,
    /// Whether all tables were enumerated; else `draws` tables were simulated.
    pub draws: Option<u32>,
}

/// Fisher's exact test of a 2 × k table: `counts[g] = (with, without)` of group g.
///
/// **Conventions.** Probabilities within 1e-7 of the observed one are equal to it, as in R.
/// **Source.** Freeman & Halton (1951), Biometrika 38:141; branches of the enumeration are cut as
/// in the network algorithm of Mehta & Patel (1983), J Am Stat Assoc 78:427.
pub fn fisher_exact(counts: &[(usize, usize)], seed: u64) -> FisherTest {
    let sizes: Vec<usize> = counts
        .iter()
        .map(|(with, without)| with + without)
        .collect();
    let with: usize = counts.iter().map(|(with, _)| with).sum();
    let network = Network::new(&sizes, with);
    let observed: f64 = counts
        .iter()
        .zip(&sizes)
        .map(|(&(with, _), &size)| ln_choose(size, with))
        .sum();
    let limit = observed + EQUAL;
    let mut visits_left = MAX_VISITS;
    match network.tail(0, with, 0.0, limit, &mut visits_left) {
        Some(p_value) => FisherTest {
            p_value: p_value.min(1.0),
            draws: None,
        },
        None => simulate(&sizes, with, limit, seed),
    }
}

/// Relative difference up to which probabilities of tables are equal (`fisher.test` of R).
const EQUAL: f64 = 1e-7;

/// Branches looked at before giving up on enumeration; about half a second.
const MAX_VISITS: u32 = 10_000_000;

/// Tables simulated when there are too many to enumerate.
const DRAWS: u32 = 100_000;

/// What the groups from g on can still contribute, for every number of subjects left to place.
struct Network<'a> {
    sizes: &'a [usize],
    /// Subjects in the groups from g on.
    rest: Vec<usize>,
    /// `longest[g][left]`: largest Σ ln choose(size, count) over the groups from g on.
    longest: Vec<Vec<f64>>,
    /// Likewise the smallest.
    shortest: Vec<Vec<f64>>,
    /// ln of the number of ways of all tables together.
    all: f64,
}

impl<'a> Network<'a> {
    fn new(sizes: &'a [usize], with: usize) -> Self {
        let groups = sizes.len();
        let mut rest = vec![0; groups + 1];
        let mut longest = vec![vec![f64::NEG_INFINITY; with + 1]; groups + 1];
        let mut shortest = vec![vec![f64::INFINITY; with + 1]; groups + 1];
        (longest[groups][0], shortest[groups][0]) = (0.0, 0.0);
        for g in (0..groups).rev() {
            rest[g] = rest[g + 1] + sizes[g];
            for left in 0..=with.min(rest[g]) {
                for count in choices(sizes[g], rest[g + 1], left) {
                    let ways = ln_choose(sizes[g], count);
                    let (high, low) = (longest[g + 1][left - count], shortest[g + 1][left - count]);
                    longest[g][left] = longest[g][left].max(ways + high);
                    shortest[g][left] = shortest[g][left].min(ways + low);
                }
            }
        }
        Self {
            sizes,
            all: ln_choose(rest[0], with),
            rest,
            longest,
            shortest,
        }
    }

    /// Probability of the tables that are no more probable than `limit` and continue a beginning
    /// that has `past` ways; `None` when the visits run out.
    fn tail(&self, g: usize, left: usize, past: f64, limit: f64, visits: &mut u32) -> Option<f64> {
        if past + self.longest[g][left] <= limit {
            return Some((past + ln_choose(self.rest[g], left) - self.all).exp());
        }
        if past + self.shortest[g][left] > limit {
            return Some(0.0);
        }
        *visits = visits.checked_sub(1)?;
        let mut sum = 0.0;
        for count in choices(self.sizes[g], self.rest[g + 1], left) {
            let ways = past + ln_choose(self.sizes[g], count);
            sum += self.tail(g + 1, left - count, ways, limit, visits)?;
        }
        Some(sum)
    }
}

/// How many of `left` a group of `size` can take when `after` places follow it.
fn choices(size: usize, after: usize, left: usize) -> std::ops::RangeInclusive<usize> {
    left.saturating_sub(after)..=size.min(left)
}

/// The share of random tables no more probable than `limit`, the observed one counted among them.
fn simulate(sizes: &[usize], with: usize, limit: f64, seed: u64) -> FisherTest {
    let mut groups: Vec<usize> = sizes
        .iter()
        .enumerate()
        .flat_map(|(g, &size)| std::iter::repeat_n(g, size))
        .collect();
    let mut rng = Rng::new(seed);
    let mut extreme = 0;
    let mut counts = vec![0; sizes.len()];
    for _ in 0..DRAWS {
        counts.fill(0);
        for i in 0..with {
            groups.swap(i, i + rng.below(sizes.iter().sum::<usize>() - i));
            counts[groups[i]] += 1;
        }
        let ways = counts
            .iter()
            .zip(sizes)
            .map(|(&count, &size)| ln_choose(size, count));
        extreme += u32::from(ways.sum::<f64>() <= limit);
    }
    FisherTest {
        p_value: f64::from(extreme + 1) / f64::from(DRAWS + 1),
        draws: Some(DRAWS),
    }
}
