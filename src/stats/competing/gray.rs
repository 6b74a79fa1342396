//! Gray's test that a cumulative incidence is the same in several groups.

use serde::Serialize;

use super::{CompetingRisks, Exit};
use crate::math::{Factor, chi_square_upper};

/// Choices for [`gray_test`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GrayOptions<'a> {
    /// The cause whose incidence is compared, from 1.
    pub cause: usize,
    /// Events are weighted by (1 − F)^rho: 0 weighs them alike, 1 the early ones more.
    pub rho: f64,
    /// Stratum of each subject, from 0; one stratum when `None`.
    pub stratum: Option<&'a [usize]>,
}

/// Result of Gray's test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GrayTest {
    /// Observed minus expected of each group, weighted; the groups add up to 0.
    pub score: Vec<f64>,
    /// χ² statistic; `None` when there is nothing to compare.
    pub statistic: Option<f64>,
    /// Degrees of freedom.
    pub df: usize,
    /// Two-sided p value.
    pub p_value: Option<f64>,
}

/// Gray's k-sample test of the cumulative incidence of one cause; `group[i]` of subject i counts from 0.
///
/// It compares subdistribution hazards: those who had another event first stay in the risk set, in the
/// proportion in which they would still be under observation.
///
/// **Conventions.** Tie corrections as in `cmprsk::cuminc`. Strata add up their scores and variances. There is no
/// such test of weighted subjects or of those who enter late: it is not estimable then.
/// **Source.** Gray (1988), Ann Stat 16:1141, sections 2 and 3.
/// **Checked against** `cmprsk::cuminc`, also with `strata` and `rho = 1`, in `tests/reference/competing.rs`.
pub fn gray_test(
    data: &CompetingRisks,
    group: &[usize],
    n_groups: usize,
    options: GrayOptions<'_>,
) -> GrayTest {
    let stratum_of = |exit: &Exit| options.stratum.map_or(0, |stratum| stratum[exit.subject]);
    let n_strata = data
        .exits
        .iter()
        .map(stratum_of)
        .max()
        .map_or(0, |last| last + 1);
    let mut strata: Vec<Vec<Exit>> = vec![Vec::new(); n_strata];
    for &exit in &data.exits {
        strata[stratum_of(&exit)].push(exit);
    }
    let mut score = vec![0.0; n_groups];
    let mut variance = vec![0.0; n_groups * n_groups];
    for exits in &strata {
        let mut sums = Sums::new(exits, group, n_groups);
        for tie in exits.chunk_by(|a, b| a.time == b.time) {
            sums.add(tie, group, options);
        }
        sums.finish(&mut score, &mut variance);
    }
    let df = n_groups.saturating_sub(1);
    // The last group follows from the others.
    let reduced: Vec<f64> = (0..df)
        .flat_map(|i| variance[i * n_groups..i * n_groups + df].to_vec())
        .collect();
    let factor = Factor::new(&reduced, df, SINGULAR);
    let estimable = data.is_plain() && df > 0 && factor.rank() == df;
    let statistic = estimable.then(|| factor.quadratic_form(&score[..df]));
    GrayTest {
        score,
        statistic,
        df,
        p_value: statistic.map(|statistic| chi_square_upper(statistic, df)),
    }
}

/// Relative pivot under which a variance matrix counts as singular: R's `qr` takes 1e-7.
const SINGULAR: f64 = 1e-7;

/// One group on its way through time; `_before` is the value just before the present time.
#[derive(Debug, Clone, Copy)]
struct Group {
    at_risk: f64,
    /// Probability of no event of any cause.
    survival_before: f64,
    survival: f64,
    /// Cumulative incidence of the cause of interest.
    incidence_before: f64,
    incidence: f64,
    /// Events of the cause of interest, and of the others, at the present time.
    events: f64,
    others: f64,
}

impl Group {
    /// At risk per surviving share: the size of the group had nobody been censored.
    fn uncensored(&self) -> f64 {
        if self.at_risk > 0.0 {
            self.at_risk / self.survival_before
        } else {
            0.0
        }
    }
}

/// The sums of one stratum, in the notation of the paper: a and c are matrices of groups × groups.
struct Sums {
    n: usize,
    groups: Vec<Group>,
    /// Incidence of the cause of interest under the null hypothesis, F⁰.
    pooled: f64,
    score: Vec<f64>,
    /// c: the integral of a / (1 − F⁰) over F⁰ up to now.
    c: Vec<f64>,
    /// Σ v u uᵀ, with the variance v of every martingale increment of every group and its present loading u.
    squares: Vec<f64>,
    /// For each group k, Σ v f u and Σ v f², where the loading is yet to grow by f times column k of c.
    crossed: Vec<f64>,
    growing: Vec<f64>,
}

impl Sums {
    fn new(exits: &[Exit], group: &[usize], n: usize) -> Self {
        let mut groups = vec![
            Group {
                at_risk: 0.0,
                survival_before: 1.0,
                survival: 1.0,
                incidence_before: 0.0,
                incidence: 0.0,
                events: 0.0,
                others: 0.0,
            };
            n
        ];
        for exit in exits {
            groups[group[exit.subject]].at_risk += 1.0;
        }
        Self {
            n,
            groups,
            pooled: 0.0,
            score: vec![0.0; n],
            c: vec![0.0; n * n],
            squares: vec![0.0; n * n],
            crossed: vec![0.0; n * n],
            growing: vec![0.0; n],
        }
    }

    fn add(&mut self, tie: &[Exit], group: &[usize], options: GrayOptions<'_>) {
        for group in &mut self.groups {
            (group.events, group.others) = (0.0, 0.0);
        }
        for exit in tie.iter().filter(|exit| exit.cause > 0) {
            let group = &mut self.groups[group[exit.subject]];
            if exit.cause == options.cause {
                group.events += 1.0;
            } else {
                group.others += 1.0;
            }
        }
        if tie.iter().any(|exit| exit.cause > 0) {
            self.events(options.rho);
        }
        for exit in tie {
            self.groups[group[exit.subject]].at_risk -= 1.0;
        }
        for group in &mut self.groups {
            group.survival_before = group.survival;
            group.incidence_before = group.incidence;
        }
    }

    /// Takes in the events of the present time.
    fn events(&mut self, rho: f64) {
        for group in self.groups.iter_mut().filter(|group| group.at_risk > 0.0) {
            let left = group.at_risk - group.events - group.others;
            group.survival = group.survival_before * left / group.at_risk;
            group.incidence += group.survival_before * group.events / group.at_risk;
        }
        let events: f64 = self.groups.iter().map(|group| group.events).sum();
        let uncensored: Vec<f64> = self.groups.iter().map(Group::uncensored).collect();
        let total: f64 = uncensored.iter().sum();
        let free_before = 1.0 - self.pooled;
        let weight = free_before.powf(rho);
        let growth = events / total;
        self.pooled += growth;

        let a = |i: usize, j: usize| {
            let own = if i == j { 1.0 } else { 0.0 };
            weight * uncensored[i] * (own - uncensored[j] / total)
        };
        if events > 0.0 {
            for i in 0..self.n {
                for j in 0..self.n {
                    self.c[i * self.n + j] += a(i, j) * growth / free_before;
                }
            }
            self.observed_minus_expected(&uncensored, events, weight);
            for (k, &uncensored) in uncensored.iter().enumerate() {
                let group = self.groups[k];
                if group.at_risk == 0.0 {
                    continue;
                }
                let share = if group.survival > 0.0 {
                    (1.0 - self.pooled) / group.survival
                } else {
                    0.0
                };
                let ties = if events > 1.0 {
                    1.0 - (events - 1.0) / (total * group.survival_before - 1.0)
                } else {
                    1.0
                };
                let column: Vec<f64> = (0..self.n).map(|i| a(i, k)).collect();
                self.martingale(k, ties * growth / uncensored, 1.0 - share, &column);
            }
        }
        for (k, &uncensored) in uncensored.iter().enumerate() {
            let group = self.groups[k];
            if group.survival > 0.0 && group.others > 0.0 {
                let share = (1.0 - self.pooled) / group.survival;
                let ties = if group.others > 1.0 {
                    1.0 - (group.others - 1.0) / (group.at_risk - 1.0)
                } else {
                    1.0
                };
                let variance = ties * group.others / uncensored.powi(2);
                self.martingale(k, variance, -share, &vec![0.0; self.n]);
            }
        }
    }

    fn observed_minus_expected(&mut self, uncensored: &[f64], events: f64, weight: f64) {
        // R of the paper: at risk of the subdistribution, those with another event included.
        let at_risk = |i: usize| uncensored[i] * (1.0 - self.groups[i].incidence_before);
        let total: f64 = (0..self.n).map(at_risk).sum();
        for i in 0..self.n {
            let expected = events * at_risk(i) / total;
            self.score[i] += weight * (self.groups[i].events - expected);
        }
    }

    /// An increment of group `k` with this variance. In the end it is loaded with
    /// `now` + `factor` × (column k of c at the end − column k of c now).
    fn martingale(&mut self, k: usize, variance: f64, factor: f64, now: &[f64]) {
        let n = self.n;
        let loading: Vec<f64> = (0..n)
            .map(|i| now[i] - factor * self.c[i * n + k])
            .collect();
        for i in 0..n {
            for j in 0..n {
                self.squares[i * n + j] += variance * loading[i] * loading[j];
            }
            self.crossed[k * n + i] += variance * factor * loading[i];
        }
        self.growing[k] += variance * factor * factor;
    }

    /// Adds this stratum to the totals.
    fn finish(&self, score: &mut [f64], variance: &mut [f64]) {
        let n = self.n;
        for i in 0..n {
            score[i] += self.score[i];
            for j in 0..n {
                variance[i * n + j] += self.squares[i * n + j];
                for k in 0..n {
                    let (ci, cj) = (self.c[i * n + k], self.c[j * n + k]);
                    variance[i * n + j] += ci * cj * self.growing[k]
                        + ci * self.crossed[k * n + j]
                        + cj * self.crossed[k * n + i];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAUSE_1: GrayOptions<'_> = GrayOptions {
        cause: 1,
        rho: 0.0,
        stratum: None,
    };

    #[test]
    fn without_competing_events_the_first_step_is_the_log_rank() {
        // One event in the first group with 2 + 2 at risk: observed 1, expected 1/2, variance 1/4.
        let data = CompetingRisks::new(&[1.0, 2.0, 2.0, 2.0], &[1, 0, 0, 0], 1).unwrap();
        let test = gray_test(&data, &[0, 0, 1, 1], 2, CAUSE_1);
        assert_eq!(test.score, [0.5, -0.5]);
        assert_eq!(test.df, 1);
        assert!((test.statistic.unwrap() - 1.0).abs() < 1e-15);
    }

    #[test]
    fn without_events_of_the_cause_there_is_nothing_to_compare() {
        let data = CompetingRisks::new(&[1.0, 2.0, 3.0, 4.0], &[2, 0, 2, 0], 2).unwrap();
        let test = gray_test(&data, &[0, 0, 1, 1], 2, CAUSE_1);
        assert_eq!((test.statistic, test.p_value), (None, None));
    }

    #[test]
    fn the_order_of_the_groups_does_not_matter() {
        let time = [1.0, 2.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.0, 7.0];
        let data = CompetingRisks::new(&time, &[1, 2, 1, 0, 1, 2, 1, 0, 1], 2).unwrap();
        let group = [0, 1, 2, 0, 1, 2, 0, 1, 2];
        let renamed = group.map(|group| 2 - group);
        let statistic = |group: &[usize]| gray_test(&data, group, 3, CAUSE_1).statistic.unwrap();
        assert!((statistic(&group) - statistic(&renamed)).abs() < 1e-12);
    }
}
