//! The cut-point of a number with the largest log-rank statistic, and what the search for it costs.

use serde::{Deserialize, Serialize};

use super::arrangements::{
    ArrangedTest, ArrangementCounts, Arrangements, Count, PermutationMethod,
};
use super::{PermutationTest, merge_near_ties};
use crate::math::{Rng, bisect};

/// The log-rank statistic at every admissible cut-point.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MaximalLogRank {
    /// The admissible cut-points, ascending.
    pub points: Vec<CutPointStatistic>,
    /// Index of the largest statistic into `points`; of equal ones the lowest cut-point.
    pub largest: usize,
    /// p value of the largest statistic, corrected for the search.
    pub p_value: f64,
}

/// One cut-point.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CutPointStatistic {
    /// A value of the data: it belongs to the lower group.
    pub cut: f64,
    /// Subjects at or below `cut`.
    pub n_low: usize,
    /// Standardised: positive when those at or below `cut` have more events than expected.
    pub statistic: f64,
}

/// Statistics that differ by less than this share are equal: the order of summation differs.
const EQUAL: f64 = 1e-9;

/// A variance below this share of the number of events is rounding.
const NO_VARIANCE: f64 = 1e-12;

/// Beyond this statistic no p value is left in floating point.
const LARGEST_STATISTIC: f64 = 40.0;

/// Log-rank score of every subject: event indicator less the Nelson-Aalen hazard at the exit.
///
/// Their sum over a group is its observed less its expected events; over all subjects it is 0.
///
/// **Conventions.** Near ties are ties. Tied events share the hazard d / n, so that the sums are those of
/// `survdiff`; maxstat, whose subjects with one time have 1 / (n of the last of them) each, differs where
/// times are tied.
/// **Source.** Hothorn & Lausen (2003), Comput Stat Data Anal 43:121.
/// **Checked against** observed − expected of `survdiff`, in `tests/reference/cut_point.rs`.
pub fn log_rank_scores(time: &[f64], event: &[bool]) -> Vec<f64> {
    let time = merge_near_ties(time);
    let mut order: Vec<usize> = (0..time.len()).collect();
    order.sort_unstable_by(|&a, &b| time[a].total_cmp(&time[b]));
    let mut scores = vec![0.0; time.len()];
    let (mut at_risk, mut hazard) = (time.len() as f64, 0.0);
    for tied in order.chunk_by(|&a, &b| time[a] == time[b]) {
        let events = tied.iter().filter(|&&i| event[i]).count() as f64;
        hazard += events / at_risk;
        for &i in tied {
            scores[i] = f64::from(u8::from(event[i])) - hazard;
        }
        at_risk -= tied.len() as f64;
    }
    scores
}

/// The maximally selected log-rank statistic of `value`, which is finite.
///
/// A cut-point is admissible when at least the share `least` (0 < `least` < 0.5) of the subjects is on each side.
/// `None` when there is none, or when all scores are equal (no events).
///
/// **Conventions.** The variance of a statistic is that of the scores over all arrangements of the subjects.
/// The p value is [`lausen_schumacher`]'s, with `least` whatever the shares at the outermost cut-points are.
/// **Cost.** Linear after two sorts.
/// **Source.** Lausen & Schumacher (1992), Biometrics 48:73.
/// **Checked against** the definition, one cut-point at a time, in `tests/reference/r/cut_point.R`.
pub fn maximally_selected_log_rank(
    time: &[f64],
    event: &[bool],
    value: &[f64],
    least: f64,
) -> Option<MaximalLogRank> {
    Some(Search::new(time, event, value, least)?.observed(least))
}

/// The p value of the maximally selected statistic by permutation of the whole search.
///
/// `None` where the statistic is.
///
/// **Conventions.** The values are dealt to the subjects at random, and the largest statistic counts when it is
/// at least the observed one: p = (b + 1) / (draws + 1) (Davison & Hinkley 1997, 4.25). This is the exact
/// conditional distribution but for the error of drawing.
/// **Cost.** Linear in the subjects for every draw: no p value of this kind comes for less.
/// **Source.** Hothorn & Lausen (2003), Comput Stat Data Anal 43:121.
/// **Checked against** all arrangements of small samples in R, in `tests/reference/cut_point.rs`.
#[allow(clippy::too_many_arguments)] // The data, the option, and what drawing needs.
pub fn permuted_maximum(
    time: &[f64],
    event: &[bool],
    value: &[f64],
    least: f64,
    draws: u32,
    seed: u64,
    count: Count<'_>,
) -> Option<PermutationTest> {
    let method = PermutationMethod::MonteCarlo { draws, seed };
    let search = Search::new(time, event, value, least)?;
    let counts = count(&Arrangements::new(ArrangedTest::CutPoint(search), method));
    Some(PermutationTest {
        p_value: (counts.tests[0].statistic as f64 + 1.0) / (counts.seen as f64 + 1.0),
        method,
    })
}

/// Probability that a standardised statistic exceeds `statistic` at some cut-point with a share of at least `least`
/// on each side: Miller & Siegmund's approximation, 1 for statistics of at most 1.
///
/// **Source.** Miller & Siegmund (1982), Biometrics 38:1011; Lausen & Schumacher (1992), Biometrics 48:73.
pub fn lausen_schumacher(statistic: f64, least: f64) -> f64 {
    if statistic <= 1.0 {
        return 1.0;
    }
    let density = (-0.5 * statistic * statistic).exp() / std::f64::consts::TAU.sqrt();
    let odds = (1.0 - least) / least;
    let bridge = (statistic - 1.0 / statistic) * 2.0 * odds.ln();
    (density * (4.0 / statistic + bridge)).min(1.0)
}

/// The statistic whose [`lausen_schumacher`] p value is `p` (0 < `p` < 0.9).
pub fn critical_maximum(p: f64, least: f64) -> f64 {
    // The approximation rises above `p` at 1, and falls after its only maximum.
    bisect(1.0 + f64::EPSILON, LARGEST_STATISTIC, |statistic| {
        lausen_schumacher(statistic, least) - p
    })
}

/// The scores in the order of the values, and where they can be cut.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Search {
    /// Centred, by ascending value.
    scores: Vec<f64>,
    places: Vec<Place>,
}

/// A cut-point between two different values.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Place {
    cut: f64,
    n_low: usize,
    std_err: f64,
}

impl Search {
    fn new(time: &[f64], event: &[bool], value: &[f64], least: f64) -> Option<Self> {
        let scores = log_rank_scores(time, event);
        let n = scores.len() as f64;
        let mean = scores.iter().sum::<f64>() / n;
        let squares: f64 = scores.iter().map(|score| (score - mean).powi(2)).sum();
        let events = event.iter().filter(|&&event| event).count() as f64;
        if squares <= NO_VARIANCE * events {
            return None;
        }
        let mut order: Vec<usize> = (0..value.len()).collect();
        order.sort_unstable_by(|&a, &b| value[a].total_cmp(&value[b]));
        // A product such as 0.1 · 30 may miss a whole number by rounding.
        let fewest = least * n * (1.0 - 4.0 * f64::EPSILON);
        let places: Vec<Place> = (order.windows(2).zip(1..))
            .filter(|(pair, _)| value[pair[0]] < value[pair[1]])
            .map(|(pair, n_low)| (value[pair[0]], n_low))
            .filter(|&(_, n_low)| n_low as f64 >= fewest && n - n_low as f64 >= fewest)
            .map(|(cut, n_low)| {
                let low = n_low as f64;
                let variance = low * (n - low) / (n * (n - 1.0)) * squares;
                Place {
                    cut,
                    n_low,
                    std_err: variance.sqrt(),
                }
            })
            .collect();
        (!places.is_empty()).then(|| Self {
            scores: order.iter().map(|&i| scores[i] - mean).collect(),
            places,
        })
    }

    /// Counts so many draws.
    pub(super) fn draw(&self, draws: u32, rng: &mut Rng) -> ArrangementCounts {
        let threshold = self.largest(&self.scores) * (1.0 - EQUAL);
        let mut scores = self.scores.clone();
        let mut counts = ArrangementCounts::none(1);
        counts.seen = u64::from(draws);
        for _ in 0..draws {
            rng.shuffle(&mut scores);
            counts.tests[0].statistic += u64::from(self.largest(&scores) >= threshold);
        }
        counts
    }

    /// What one draw costs: every patient dealt and added up.
    pub(super) fn steps(&self) -> usize {
        2 * self.scores.len()
    }

    /// The statistic of every place, in order.
    fn statistics(&self, scores: &[f64]) -> impl Iterator<Item = f64> {
        let (mut sum, mut taken) = (0.0, 0);
        self.places.iter().map(move |place| {
            sum += scores[taken..place.n_low].iter().sum::<f64>();
            taken = place.n_low;
            sum / place.std_err
        })
    }

    fn largest(&self, scores: &[f64]) -> f64 {
        self.statistics(scores).map(f64::abs).fold(0.0, f64::max)
    }

    fn observed(&self, least: f64) -> MaximalLogRank {
        let points: Vec<CutPointStatistic> =
            (self.places.iter().zip(self.statistics(&self.scores)))
                .map(|(place, statistic)| CutPointStatistic {
                    cut: place.cut,
                    n_low: place.n_low,
                    statistic,
                })
                .collect();
        let size = |at: usize| points[at].statistic.abs();
        let largest = (1..points.len()).fold(0, |largest, at| {
            let exceeds = size(at) * (1.0 - EQUAL) > size(largest);
            if exceeds { at } else { largest }
        });
        MaximalLogRank {
            largest,
            p_value: lausen_schumacher(size(largest), least),
            points,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: exits at 1 (event), 2 (censored), 3 (two events) and 4 (event).
    const TIME: [f64; 5] = [3.0, 1.0, 2.0, 3.0, 4.0];
    const EVENT: [bool; 5] = [true, true, false, true, true];

    #[test]
    fn scores_are_events_less_the_hazard_and_sum_to_nothing() {
        let scores = log_rank_scores(&TIME, &EVENT);
        // Hazards: 1/5, then 2/3 of the three left, then 1.
        let byhand = [2.0 / 15.0, 0.8, -0.2, 2.0 / 15.0, 1.0 - 28.0 / 15.0];
        for (ours, byhand) in scores.iter().zip(byhand) {
            assert!((ours - byhand).abs() < 1e-15, "{ours} {byhand}");
        }
        assert!(scores.iter().sum::<f64>().abs() < 1e-15);
    }

    #[test]
    fn cut_points_leave_the_least_share_on_each_side_and_never_part_equal_values() {
        let cuts = |value: &[f64], least| -> Vec<(f64, usize)> {
            maximally_selected_log_rank(&TIME, &EVENT, value, least)
                .map(|of| of.points.iter().map(|p| (p.cut, p.n_low)).collect())
                .unwrap_or_default()
        };
        let rising = [1.0, 2.0, 3.0, 4.0, 5.0];
        assert_eq!(cuts(&rising, 0.2), [(1.0, 1), (2.0, 2), (3.0, 3), (4.0, 4)]);
        assert_eq!(cuts(&rising, 0.4), [(2.0, 2), (3.0, 3)]);
        assert_eq!(cuts(&[1.0, 1.0, 1.0, 2.0, 2.0], 0.2), [(1.0, 3)]);
        assert_eq!(cuts(&[1.0; 5], 0.2), []);
        assert_eq!(cuts(&[1.0, 2.0, 2.0, 2.0, 2.0], 0.4), []);
    }

    #[test]
    fn without_events_nothing_is_selected() {
        let value = [1.0, 2.0, 3.0, 4.0, 5.0];
        assert_eq!(
            maximally_selected_log_rank(&TIME, &[false; 5], &value, 0.1),
            None
        );
    }

    #[test]
    fn mirrored_values_give_the_mirrored_search_and_the_same_p_values() {
        let n = 60;
        let time: Vec<f64> = (0..n).map(|i| f64::from(i * 37 % 61 + 1)).collect();
        let event: Vec<bool> = (0..n).map(|i| i % 3 != 0).collect();
        let value: Vec<f64> = (0..n).map(|i| f64::from(i * 17 % 59)).collect();
        let mirrored: Vec<f64> = value.iter().map(|x| -x).collect();
        let of = |value: &[f64]| maximally_selected_log_rank(&time, &event, value, 0.1).unwrap();
        let (one, other) = (of(&value), of(&mirrored));
        assert_eq!(one.points.len(), other.points.len());
        for (a, b) in one.points.iter().zip(other.points.iter().rev()) {
            assert_eq!(a.n_low, 60 - b.n_low);
            assert!((a.statistic + b.statistic).abs() < 1e-9);
        }
        assert!((one.p_value - other.p_value).abs() < 1e-9);
    }

    #[test]
    fn the_critical_statistic_has_the_p_value_that_it_was_asked_for() {
        for least in [0.01, 0.1, 0.25, 0.4] {
            for p in [0.5, 0.05, 0.001] {
                let critical = critical_maximum(p, least);
                assert!((lausen_schumacher(critical, least) - p).abs() < 1e-9 * p);
            }
        }
        assert_eq!(lausen_schumacher(0.7, 0.1), 1.0);
    }

    #[test]
    fn the_same_seed_gives_the_same_permutation_p_value() {
        let value = [5.0, 1.0, 2.0, 4.0, 3.0];
        let p = |seed| {
            permuted_maximum(
                &TIME,
                &EVENT,
                &value,
                0.2,
                2000,
                seed,
                &mut Arrangements::count,
            )
        };
        assert_eq!(p(1), p(1));
        assert_eq!(
            p(1).unwrap().method,
            PermutationMethod::MonteCarlo {
                draws: 2000,
                seed: 1
            }
        );
    }
}
