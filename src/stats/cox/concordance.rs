//! How well a model orders the events.

use super::data::{Rows, Step, Stratum};
use super::{Concordance, CoxModel};

/// Sums of weights by rank.
struct Ranked(Vec<f64>);

/// Sums of weights over rows of lower, equal and higher risk than one of them.
#[derive(Debug, Clone, Copy, Default)]
struct Around {
    lower: f64,
    equal: f64,
    higher: f64,
}

impl Ranked {
    fn new(ranks: usize) -> Self {
        Self(vec![0.0; ranks + 1])
    }

    fn add(&mut self, rank: usize, weight: f64) {
        let mut k = rank + 1;
        while k < self.0.len() {
            self.0[k] += weight;
            k += k & k.wrapping_neg();
        }
    }

    /// The sum over the first `ranks` ranks.
    fn below(&self, ranks: usize) -> f64 {
        let (mut k, mut sum) = (ranks, 0.0);
        while k > 0 {
            sum += self.0[k];
            k &= k - 1;
        }
        sum
    }

    fn around(&self, rank: usize, total: f64) -> Around {
        let lower = self.below(rank);
        let up_to = self.below(rank + 1);
        Around {
            lower,
            equal: up_to - lower,
            higher: total - up_to,
        }
    }
}

/// Pairs of one row with others, by the product of the others' weights.
#[derive(Debug, Clone, Copy, Default)]
struct Pairs {
    concordant: f64,
    discordant: f64,
    tied: f64,
}

/// Counts and influences over all strata.
struct Count {
    concordant: f64,
    discordant: f64,
    tied_x: f64,
    tied_y: f64,
    tied_xy: f64,
    pairs: Vec<Pairs>,
}

impl CoxModel {
    /// Harrell's concordance of the linear predictor; `None` when no pair is comparable, and under separation.
    ///
    /// **Conventions.** Two rows of a stratum are comparable at the event of one if the other is at risk then and has
    /// no event at that time. The error is summed within clusters where robust errors are asked for.
    /// **Cost.** n log n.
    /// **Source.** Harrell, Lee & Mark (1996), Stat Med 15:361; Therneau & Watson (2015), Mayo Clinic Technical
    /// Report 85, for the infinitesimal jackknife.
    /// **Checked against** `coxph(...)$concordance`, in `tests/reference/cox.rs`.
    pub fn concordance(&self) -> Option<Concordance> {
        if self.fit.separation {
            return None;
        }
        let rows = &self.rows;
        let predictors: Vec<f64> = (0..rows.n())
            .map(|p| rows.predictor(p, &self.beta))
            .collect();
        let mut count = Count {
            concordant: 0.0,
            discordant: 0.0,
            tied_x: 0.0,
            tied_y: 0.0,
            tied_xy: 0.0,
            pairs: vec![Pairs::default(); rows.n()],
        };
        let mut walk = rows.walk();
        for stratum in &rows.strata {
            count.stratum(rows, stratum, &predictors, &mut walk);
        }
        let comparable = count.concordant + count.discordant + count.tied_x;
        if comparable <= 0.0 {
            return None;
        }
        let somers = (count.concordant - count.discordant) / comparable;
        let clusters = self.cluster.as_ref();
        let n_clusters =
            clusters.map_or(0, |c| c.iter().max().map_or(0, |&last| last as usize + 1));
        let mut sums = vec![0.0; n_clusters];
        let mut variance = 0.0;
        for (place, pairs) in count.pairs.iter().enumerate() {
            let all = pairs.concordant + pairs.discordant + pairs.tied;
            let influence = (pairs.concordant - pairs.discordant - somers * all) / comparable;
            let influence = influence * rows.weight(place);
            match clusters {
                None => variance += influence * influence,
                Some(clusters) => sums[clusters[place] as usize] += influence,
            }
        }
        variance += sums.iter().map(|sum| sum * sum).sum::<f64>();
        Some(Concordance {
            concordant: count.concordant,
            discordant: count.discordant,
            tied_x: count.tied_x,
            tied_y: count.tied_y,
            tied_xy: count.tied_xy,
            concordance: (somers + 1.0) / 2.0,
            std_err: variance.sqrt() / 2.0,
        })
    }
}

impl Count {
    fn stratum(
        &mut self,
        rows: &Rows,
        stratum: &Stratum,
        predictors: &[f64],
        walk: &mut impl Iterator<Item = Step>,
    ) {
        let first = stratum.places.start;
        let mut distinct = predictors[stratum.places.clone()].to_vec();
        distinct.sort_unstable_by(f64::total_cmp);
        distinct.dedup();
        let rank = |place: usize| distinct.partition_point(|&other| other < predictors[place]);
        let ranks: Vec<usize> = stratum.places.clone().map(rank).collect();
        let rank = |place: usize| ranks[place - first];
        // Those at risk, and the events so far; walking back in time, those are the later ones.
        let (mut at_risk, mut at_risk_weight) = (Ranked::new(distinct.len()), 0.0);
        let (mut events, mut event_weight) = (Ranked::new(distinct.len()), 0.0);
        let mut seen = 0;
        while seen < stratum.places.len() {
            let tie = match walk.next() {
                None => break,
                Some(Step::Empty) => continue,
                Some(Step::Leave(place)) => {
                    at_risk.add(rank(place), -rows.weight(place));
                    at_risk_weight -= rows.weight(place);
                    self.compare(place, events.around(rank(place), event_weight), 1.0);
                    continue;
                }
                Some(Step::Tie(tie)) => tie,
            };
            seen += tie.places.len();
            for place in tie.dying().end..tie.places.end {
                self.compare(place, events.around(rank(place), event_weight), -1.0);
                at_risk.add(rank(place), rows.weight(place));
                at_risk_weight += rows.weight(place);
            }
            for place in tie.dying() {
                let weight = rows.weight(place);
                let around = at_risk.around(rank(place), at_risk_weight);
                let pairs = &mut self.pairs[place];
                pairs.concordant += around.lower;
                pairs.discordant += around.higher;
                pairs.tied += around.equal;
                self.concordant += weight * around.lower;
                self.discordant += weight * around.higher;
                self.tied_x += weight * around.equal;
            }
            let mut dying: Vec<usize> = tie.dying().collect();
            dying.sort_unstable_by_key(|&place| rank(place));
            let (mut all, mut equal, mut previous) = (0.0, 0.0, None);
            for &place in &dying {
                if previous != Some(rank(place)) {
                    equal = 0.0;
                }
                previous = Some(rank(place));
                let weight = rows.weight(place);
                self.tied_xy += weight * equal;
                self.tied_y += weight * (all - equal);
                all += weight;
                equal += weight;
            }
            for place in tie.dying() {
                events.add(rank(place), rows.weight(place));
                event_weight += rows.weight(place);
            }
            for place in tie.dying() {
                self.compare(place, events.around(rank(place), event_weight), -1.0);
                at_risk.add(rank(place), rows.weight(place));
                at_risk_weight += rows.weight(place);
            }
        }
        for place in stratum.places.clone() {
            let entry = rows.entries.as_ref().map(|entries| entries.start[place]);
            let left = entry.is_some_and(|start| self.has_left(rows, stratum, start));
            if !left {
                self.compare(place, events.around(rank(place), event_weight), 1.0);
            }
        }
    }

    /// Adds or takes off the pairs of a row with events during which it is at risk.
    fn compare(&mut self, place: usize, events: Around, sign: f64) {
        let pairs = &mut self.pairs[place];
        pairs.concordant += sign * events.higher;
        pairs.discordant += sign * events.lower;
        pairs.tied += sign * events.equal;
    }

    /// Whether a row that starts at `start` has left before the end of the walk through its stratum.
    fn has_left(&self, rows: &Rows, stratum: &Stratum, start: f64) -> bool {
        start >= rows.time[stratum.places.end - 1]
    }
}
