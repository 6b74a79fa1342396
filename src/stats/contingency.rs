//! Tests of contingency tables.

use serde::Serialize;

use crate::math::{Rng, ln_choose};

/// Fisher's exact test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FisherTest {
    /// Two-sided p value: all tables no more probable than the observed one.
    pub p_value: f64,
    /// How many tables were simulated; `None` when all of them were enumerated.
    pub draws: Option<u32>,
    /// Monte Carlo standard error of a simulated `p_value`.
    pub std_err: Option<f64>,
}

impl FisherTest {
    /// The only table with its margins.
    pub(super) fn certain() -> Self {
        Self {
            p_value: 1.0,
            draws: None,
            std_err: None,
        }
    }
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
    let Some(network) = Network::new(&sizes, with) else {
        return simulate(&sizes, counts, seed);
    };
    let observed = ln_ways(&network.ways, counts.iter().map(|c| c.0));
    let mut visits_left = MAX_VISITS;
    match network.tail(0, with, 0.0, observed + EQUAL, &mut visits_left) {
        Some(p_value) => FisherTest {
            p_value: p_value.min(1.0),
            ..FisherTest::certain()
        },
        None => simulate(&sizes, counts, seed),
    }
}

/// Relative difference up to which probabilities of tables are equal (`fisher.test` of R).
const EQUAL: f64 = 1e-7;

/// Branches looked at before giving up on enumeration; about half a second.
const MAX_VISITS: u32 = 10_000_000;

/// Steps to prepare an enumeration; more are not worth it.
const MAX_STEPS: usize = 20_000_000;

/// Tables simulated when there are too many to enumerate; fewer if there are so many subjects that
/// [`MAX_PLACED`] would have to be placed.
const DRAWS: usize = 100_000;

/// Subjects placed in all simulated tables together; about half a second.
const MAX_PLACED: usize = 50_000_000;

/// Never fewer tables than this.
const MIN_DRAWS: usize = 1_000;

/// `ln choose(size, count)` of every group and count.
fn ways_of(sizes: &[usize]) -> Vec<Vec<f64>> {
    let ways = |&size: &usize| (0..=size).map(|count| ln_choose(size, count)).collect();
    sizes.iter().map(ways).collect()
}

fn ln_ways(ways: &[Vec<f64>], counts: impl Iterator<Item = usize>) -> f64 {
    counts.zip(ways).map(|(count, ways)| ways[count]).sum()
}

/// What the groups from g on can still contribute, for every number of subjects left to place.
struct Network {
    ways: Vec<Vec<f64>>,
    /// Subjects in the groups from g on.
    rest: Vec<usize>,
    /// `longest[g][left]`: largest Σ ln choose(size, count) over the groups from g on.
    longest: Vec<Vec<f64>>,
    /// Likewise the smallest.
    shortest: Vec<Vec<f64>>,
    /// ln of the number of ways of all tables together.
    all: f64,
}

impl Network {
    /// `None` if there are too many subjects to prepare.
    fn new(sizes: &[usize], with: usize) -> Option<Self> {
        let groups = sizes.len();
        // The first group has no use for bounds, and the last has no choice.
        let steps = |&size: &usize| size.saturating_mul(with);
        let middle = sizes.get(1..groups.saturating_sub(1)).unwrap_or(&[]);
        if middle.iter().map(steps).fold(0, usize::saturating_add) > MAX_STEPS {
            return None;
        }
        let ways = ways_of(sizes);
        let mut rest = vec![0; groups + 1];
        let mut longest = vec![vec![f64::NEG_INFINITY; with + 1]; groups + 1];
        let mut shortest = vec![vec![f64::INFINITY; with + 1]; groups + 1];
        (longest[groups][0], shortest[groups][0]) = (0.0, 0.0);
        for g in (0..groups).rev() {
            rest[g] = rest[g + 1] + sizes[g];
            for left in 0..=with.min(rest[g]) {
                if g == 0 {
                    (longest[g][left], shortest[g][left]) = (f64::INFINITY, f64::NEG_INFINITY);
                    continue;
                }
                for count in choices(sizes[g], rest[g + 1], left) {
                    let (high, low) = (longest[g + 1][left - count], shortest[g + 1][left - count]);
                    longest[g][left] = longest[g][left].max(ways[g][count] + high);
                    shortest[g][left] = shortest[g][left].min(ways[g][count] + low);
                }
            }
        }
        Some(Self {
            ways,
            all: ln_choose(rest[0], with),
            rest,
            longest,
            shortest,
        })
    }

    /// Probability of the tables that are no more probable than `limit` and continue a beginning
    /// that has `past` ways; `None` when the visits run out.
    fn tail(&self, g: usize, left: usize, past: f64, limit: f64, visits: &mut u32) -> Option<f64> {
        *visits = visits.checked_sub(1)?;
        if past + self.longest[g][left] <= limit {
            return Some((past + ln_choose(self.rest[g], left) - self.all).exp());
        }
        if past + self.shortest[g][left] > limit {
            return Some(0.0);
        }
        let mut sum = 0.0;
        for count in choices(self.ways[g].len() - 1, self.rest[g + 1], left) {
            let ways = past + self.ways[g][count];
            sum += self.tail(g + 1, left - count, ways, limit, visits)?;
        }
        Some(sum)
    }
}

/// The share of random tables no more probable than the observed one, itself counted among them.
fn simulate(sizes: &[usize], counts: &[(usize, usize)], seed: u64) -> FisherTest {
    let ways = ways_of(sizes);
    let limit = ln_ways(&ways, counts.iter().map(|c| c.0)) + EQUAL;
    let with: usize = counts.iter().map(|(with, _)| with).sum();
    let members = |(g, &size): (usize, &usize)| std::iter::repeat_n(g, size);
    let mut groups: Vec<usize> = sizes.iter().enumerate().flat_map(members).collect();
    // Whom to place is whoever are fewer: those with or those without.
    let placed = with.min(groups.len() - with);
    let draws = (MAX_PLACED / placed.max(1)).clamp(MIN_DRAWS, DRAWS);
    let mut rng = Rng::new(seed);
    let mut extreme = 0;
    let mut drawn = vec![0; sizes.len()];
    for _ in 0..draws {
        drawn.fill(0);
        for i in 0..placed {
            let j = i + rng.below(groups.len() - i);
            groups.swap(i, j);
            drawn[groups[i]] += 1;
        }
        extreme += usize::from(ln_ways(&ways, drawn.iter().copied()) <= limit);
    }
    share_of_draws(extreme, draws)
}

/// The p value of `extreme` among `draws` simulated tables, the observed one counted among both.
pub(super) fn share_of_draws(extreme: usize, draws: usize) -> FisherTest {
    let p_value = (extreme + 1) as f64 / (draws + 1) as f64;
    FisherTest {
        p_value,
        draws: Some(draws as u32),
        std_err: Some((p_value * (1.0 - p_value) / draws as f64).sqrt()),
    }
}

/// How many of `left` a group of `size` can take when `after` places follow it.
fn choices(size: usize, after: usize, left: usize) -> std::ops::RangeInclusive<usize> {
    left.saturating_sub(after)..=size.min(left)
}
