//! Arrangements of a permutation test, counted by whoever has time: the draws come in blocks.

use serde::{Deserialize, Serialize};

use super::cut_point::Search;
use super::permutation::Permutation;
use crate::math::Rng;

/// How a permutation p value was found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
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

/// The arrangements that a permutation test asks to be counted, with all that counting needs: small, so that it can
/// be handed on as text.
///
/// **Conventions.** Draws come in blocks of [`BLOCK`], each with a generator of its own: the counts depend on the seed
/// alone, not on who counts which part.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Arrangements {
    test: ArrangedTest,
    method: PermutationMethod,
}

/// What is arranged.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum ArrangedTest {
    Curves(Permutation),
    CutPoint(Search),
}

/// How many arrangements were as extreme as the observed one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ArrangementCounts {
    pub(super) seen: u64,
    pub(super) tests: Vec<TestCounts>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct TestCounts {
    pub statistic: u64,
    pub score: u64,
    pub score_ties: u64,
    pub less: u64,
    pub greater: u64,
}

/// Whoever counts arrangements when a test asks for it; [`Arrangements::count`] does it at once.
pub type Count<'a> = &'a mut dyn FnMut(&Arrangements) -> ArrangementCounts;

/// Draws of one block. The generator starts anew with each.
pub const BLOCK: u32 = 1024;

impl ArrangementCounts {
    pub(super) fn none(tests: usize) -> Self {
        Self {
            seen: 0,
            tests: vec![TestCounts::default(); tests],
        }
    }

    /// Those of this and another set of arrangements.
    pub fn merge(mut self, other: &ArrangementCounts) -> Self {
        self.seen += other.seen;
        for (a, b) in self.tests.iter_mut().zip(&other.tests) {
            a.statistic += b.statistic;
            a.score += b.score;
            a.score_ties += b.score_ties;
            a.less += b.less;
            a.greater += b.greater;
        }
        self
    }
}

impl Arrangements {
    pub(super) fn new(test: ArrangedTest, method: PermutationMethod) -> Self {
        Self { test, method }
    }

    /// Nothing counted yet.
    pub fn none(&self) -> ArrangementCounts {
        ArrangementCounts::none(match &self.test {
            ArrangedTest::Curves(permutation) => permutation.n_tests(),
            ArrangedTest::CutPoint(_) => 1,
        })
    }

    /// Counts all of them.
    pub fn count(&self) -> ArrangementCounts {
        self.part(0, 1, &mut |_| ())
    }

    /// Counts part number `part` (from 0) of `parts`; all parts together are all arrangements. `progress` hears the
    /// share of this part that is done.
    pub fn part(
        &self,
        part: usize,
        parts: usize,
        progress: &mut dyn FnMut(f64),
    ) -> ArrangementCounts {
        let (draws, seed) = match (self.method, &self.test) {
            (PermutationMethod::MonteCarlo { draws, seed }, _) => (draws, seed),
            // Arrangements that are all looked at share their beginnings: they are one part.
            (PermutationMethod::Exact { arrangements }, ArrangedTest::Curves(permutation))
                if part == 0 =>
            {
                return permutation.all(arrangements, progress);
            }
            (PermutationMethod::Exact { .. }, _) => return self.none(),
        };
        let blocks = draws.div_ceil(BLOCK) as usize;
        let (first, end) = (blocks * part / parts, blocks * (part + 1) / parts);
        (first..end).fold(self.none(), |counts, block| {
            let mut rng = Rng::block(seed, block as u64);
            let before = block as u32 * BLOCK;
            let size = BLOCK.min(draws - before);
            let drawn = match &self.test {
                ArrangedTest::Curves(permutation) => permutation.draw(size, &mut rng),
                ArrangedTest::CutPoint(search) => search.draw(size, &mut rng),
            };
            progress((block + 1 - first) as f64 / (end - first) as f64);
            counts.merge(&drawn)
        })
    }

    /// What counting costs, in steps of one patient dealt and added up.
    pub fn steps(&self) -> f64 {
        match self.method {
            PermutationMethod::Exact { .. } => 0.0,
            PermutationMethod::MonteCarlo { draws, .. } => {
                let each = match &self.test {
                    ArrangedTest::Curves(permutation) => permutation.steps(),
                    ArrangedTest::CutPoint(search) => search.steps(),
                };
                f64::from(draws) * each as f64
            }
        }
    }
}
