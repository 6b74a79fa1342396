//! Test of proportional hazards.

use super::data::{Rows, Stratum};
use super::likelihood::{DEPENDENT, Point};
use super::smooth::Smoother;
use super::{
    CoxModel, CoxTermStatus, CoxTest, ProportionalityTerm, ProportionalityTest, Ties, TimeTransform,
};
use crate::math::{Factor, normal_critical};
use crate::stats::{ConfType, FollowUp, FollowUpOptions, kaplan_meier};

/// Sums over the events, for the coefficients β + θ g(t) of scaled covariates at θ = 0.
struct Sums {
    /// Scores of θ.
    score: Vec<f64>,
    /// Information of β; of β and θ; of θ.
    information: [Vec<f64>; 3],
    /// Schoenfeld's residuals, event after event by stratum and time.
    residuals: Vec<f64>,
    /// The place of each.
    places: Vec<usize>,
    /// By stratum and covariate: the events of the stratum, or none where the covariate does not vary.
    used: Vec<Vec<f64>>,
    /// Events of each stratum.
    events: Vec<usize>,
}

impl CoxModel {
    /// Test of proportional hazards; `terms[k]` are the columns of term k, every column in one term. Collinear
    /// columns do not count.
    ///
    /// The score test that adds to each coefficient a multiple of a function of time. A small p value says that the
    /// ratio of hazards changes with time.
    ///
    /// **Conventions.** `transform` takes Kaplan-Meier just before each time, of all strata together and without
    /// weights. Exact ties take Breslow's information. The band of the smooth is pointwise. `None` under separation.
    /// **Source.** Grambsch & Therneau (1994), Biometrika 81:515, as R's survival has it since 3.0-10.
    /// **Checked against** `cox.zph` and `plot.cox.zph`, in `tests/reference/cox_zph.rs`.
    pub fn proportionality(
        &self,
        transform: TimeTransform,
        terms: &[Vec<usize>],
    ) -> Option<ProportionalityTest> {
        if self.fit.separation {
            return None;
        }
        let scale = time_scale(&self.rows, transform)?;
        let sums = self.sums(&scale);
        let x: Vec<f64> = sums.places.iter().map(|&place| scale[place]).collect();
        let time: Vec<f64> = sums
            .places
            .iter()
            .map(|&place| self.rows.time[place])
            .collect();
        let estimated = |&j: &usize| self.fit.terms[j].status == CoxTermStatus::Estimated;
        let terms: Vec<Vec<usize>> = terms
            .iter()
            .map(|columns| columns.iter().copied().filter(estimated).collect())
            .collect();
        let all: Vec<usize> = (0..self.rows.size).filter(estimated).collect();
        let y = self.time_varying(&sums, &terms);
        let smoother = Smoother::new(&x, &time);
        let z = normal_critical(self.settings.conf_level);
        let rows = terms
            .iter()
            .zip(y)
            .map(|(columns, (y, variance))| ProportionalityTerm {
                test: self.score_test(&sums, columns),
                smooth: smoother
                    .as_ref()
                    .and_then(|smoother| smoother.fit(&y, variance?, z))
                    .unwrap_or_default(),
                columns: columns.clone(),
                y,
            });
        Some(ProportionalityTest {
            transform,
            terms: rows.collect(),
            global: self.score_test(&sums, &all),
            time,
            x,
        })
    }

    /// Sums with the transformed time `scale` at each place.
    fn sums(&self, scale: &[f64]) -> Sums {
        let (rows, size) = (&self.rows, self.rows.size);
        let events = || (0..rows.n()).filter(|&place| rows.event[place]);
        let centre = events().map(|place| scale[place]).sum::<f64>() / self.fit.n_event as f64;
        let mut sums = Sums {
            score: vec![0.0; size],
            information: std::array::from_fn(|_| vec![0.0; size * size]),
            residuals: Vec::with_capacity(self.fit.n_event * size),
            places: Vec::with_capacity(self.fit.n_event),
            events: rows
                .strata
                .iter()
                .map(|stratum| events_of(rows, stratum))
                .collect(),
            used: rows
                .strata
                .iter()
                .map(|stratum| used(rows, stratum))
                .collect(),
        };
        // Walked back in time; turned round below.
        let mut means: Vec<Vec<f64>> = Vec::new();
        let mut ties = Vec::new();
        rows.risk_sets(size, &rows.values, &self.beta, |tie, set| {
            let deaths = tie.deaths as f64;
            let weight = rows.weight_of(tie.dying()) / deaths;
            let shift = scale[tie.places.start] - centre;
            let mut point = Point::new(size);
            let mut mean = vec![0.0; size];
            for tied in 0..tie.deaths {
                let share = match rows.ties {
                    Ties::Efron => tied as f64 / deaths,
                    Ties::Breslow | Ties::Exact => 0.0,
                };
                point.subtract_weighted(weight, &set.at_risk, &set.dying, share);
                let risk = set.at_risk.risk - share * set.dying.risk;
                let firsts = set.at_risk.first.iter().zip(&set.dying.first);
                let means = firsts.map(|(all, dying)| (all - share * dying) / risk);
                mean.iter_mut()
                    .zip(means)
                    .for_each(|(mean, m)| *mean += m / deaths);
            }
            for (power, information) in sums.information.iter_mut().enumerate() {
                let factor = shift.powi(power as i32);
                let cells = information.iter_mut().zip(&point.information);
                cells.for_each(|(sum, cell)| *sum += factor * cell);
            }
            for place in tie.dying() {
                let away = rows.values(place).iter().zip(&mean).map(|(x, m)| x - m);
                let cells = sums.score.iter_mut().zip(away);
                cells.for_each(|(sum, x)| *sum += rows.weight(place) * shift * x);
            }
            means.push(mean);
            ties.push(tie.clone());
        });
        let mut order: Vec<usize> = (0..ties.len()).collect();
        order.sort_by(|&a, &b| ties[a].stratum.cmp(&ties[b].stratum).then(b.cmp(&a)));
        for k in order {
            for place in ties[k].dying() {
                let values = rows.values(place).iter().zip(&means[k]);
                sums.residuals.extend(values.map(|(x, mean)| x - mean));
                sums.places.push(place);
            }
        }
        sums
    }

    /// The score test of the columns: those of β stay, those of θ that are not tested are left out.
    fn score_test(&self, sums: &Sums, columns: &[usize]) -> Option<CoxTest> {
        let size = self.rows.size;
        let [first, mixed, second] = &sums.information;
        let cell = |matrix: &[f64], i: usize, j: usize| matrix[i.max(j) * size + i.min(j)];
        let all = size + columns.len();
        let mut information = vec![0.0; all * all];
        for i in 0..all {
            for j in 0..=i {
                let value = match (i.checked_sub(size), j.checked_sub(size)) {
                    (None, _) => cell(first, i, j),
                    (Some(i), None) => cell(mixed, columns[i], j),
                    (Some(i), Some(j)) => cell(second, columns[i], columns[j]),
                };
                information[i * all + j] = value;
            }
        }
        let factor = Factor::new(&information, all, DEPENDENT);
        let tested = size..all;
        if columns.is_empty() || tested.clone().any(|j| factor.is_dependent(j)) {
            return None;
        }
        let mut score = vec![0.0; all];
        for (cell, &j) in score[tested].iter_mut().zip(columns) {
            *cell = sums.score[j];
        }
        Some(CoxTest::new(factor.quadratic_form(&score), columns.len()))
    }

    /// For each term its coefficient at each event, with noise, and the variance of one of them.
    fn time_varying(
        &self,
        sums: &Sums,
        terms: &[Vec<usize>],
    ) -> Vec<(Vec<Option<f64>>, Option<f64>)> {
        let (size, k) = (self.rows.size, terms.len());
        // A term of several columns is taken in units of its fitted effect.
        let weights: Vec<Vec<f64>> = terms
            .iter()
            .map(|columns| {
                let weight = |j: usize| match columns[..] {
                    [only] => f64::from(j == only),
                    _ if columns.contains(&j) => self.beta[j],
                    _ => 0.0,
                };
                (0..size).map(weight).collect()
            })
            .collect();
        let used = |stratum: &[f64], term: usize| -> f64 {
            let columns = terms[term].iter().map(|&j| stratum[j]);
            columns.fold(0.0, f64::max)
        };
        let mean_variance = self.mean_variance(sums, terms);
        let mut cells = vec![0.0; k * k];
        for (a, left) in weights.iter().enumerate() {
            for (b, right) in weights.iter().enumerate() {
                for (i, x) in left.iter().enumerate() {
                    for (j, y) in right.iter().enumerate() {
                        cells[a * k + b] += x * y * mean_variance[i * size + j];
                    }
                }
            }
        }
        let mut y = vec![Vec::with_capacity(sums.places.len()); k];
        let mut residuals = sums.residuals.chunks_exact(size);
        for (stratum, &events) in sums.used.iter().zip(&sums.events) {
            let known: Vec<usize> = (0..k).filter(|&term| used(stratum, term) > 0.0).collect();
            let block = known
                .iter()
                .flat_map(|&a| known.iter().map(move |&b| a * k + b));
            let block: Vec<f64> = block.map(|cell| cells[cell]).collect();
            let factor = Factor::new(&block, known.len(), DEPENDENT);
            for residual in residuals.by_ref().take(events) {
                let of_term = |&term: &usize| -> f64 {
                    weights[term].iter().zip(residual).map(|(w, x)| w * x).sum()
                };
                let solved = factor.solve(&known.iter().map(of_term).collect::<Vec<_>>());
                y.iter_mut().for_each(|y| y.push(None));
                for (&term, value) in known.iter().zip(solved) {
                    let last = y[term]
                        .last_mut()
                        .expect("a value was pushed for every term");
                    *last = Some(self.on_own_scale(&terms[term], value));
                }
            }
        }
        let inverse = Factor::new(&cells, k, DEPENDENT).inverse();
        let variance = |term: usize| {
            let scale = match terms[term][..] {
                [only] => self.rows.scales[only].scale,
                _ => 1.0,
            };
            let variance = inverse[term * k + term] / (scale * scale);
            (variance > 0.0).then_some(variance)
        };
        y.into_iter()
            .enumerate()
            .map(|(term, y)| (y, variance(term)))
            .collect()
    }

    /// The fitted coefficient plus this change of it, on the scale of the data.
    fn on_own_scale(&self, columns: &[usize], change: f64) -> f64 {
        match columns[..] {
            [only] => (self.beta[only] + change) / self.rows.scales[only].scale,
            _ => 1.0 + change,
        }
    }

    /// Mean variance of the covariates over the events at which both vary, as a full matrix.
    fn mean_variance(&self, sums: &Sums, terms: &[Vec<usize>]) -> Vec<f64> {
        let size = self.rows.size;
        // The columns of a term that varies in a stratum count together.
        let mut used = sums.used.clone();
        for stratum in &mut used {
            for columns in terms {
                let most = columns.iter().map(|&j| stratum[j]).fold(0.0, f64::max);
                columns.iter().for_each(|&j| stratum[j] = most);
            }
        }
        let cell = |k: usize| {
            let (i, j) = (k / size, k % size);
            let events: f64 = used.iter().map(|stratum| stratum[i].min(stratum[j])).sum();
            let sum = sums.information[0][i.max(j) * size + i.min(j)];
            if events > 0.0 { sum / events } else { sum }
        };
        (0..size * size).map(cell).collect()
    }
}

fn events_of(rows: &Rows, stratum: &Stratum) -> usize {
    stratum
        .places
        .clone()
        .filter(|&place| rows.event[place])
        .count()
}

/// See [`Sums::used`].
fn used(rows: &Rows, stratum: &Stratum) -> Vec<f64> {
    let events = events_of(rows, stratum) as f64;
    let first = rows.values(stratum.places.start);
    let varies = |j: usize| {
        stratum
            .places
            .clone()
            .any(|place| rows.values(place)[j] != first[j])
    };
    (0..rows.size)
        .map(|j| if varies(j) { events } else { 0.0 })
        .collect()
}

/// The transformed time at each place; `None` where an event has none.
fn time_scale(rows: &Rows, transform: TimeTransform) -> Option<Vec<f64>> {
    let time = &rows.time;
    let scale: Vec<f64> = match transform {
        TimeTransform::Identity => time.clone(),
        TimeTransform::Log => time.iter().map(|time| time.ln()).collect(),
        TimeTransform::Rank => {
            let mut sorted = time.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let rank = |time: &f64| {
                let before = sorted.partition_point(|other| other < time);
                let up_to = sorted.partition_point(|other| other <= time);
                (before + up_to + 1) as f64 / 2.0
            };
            time.iter().map(rank).collect()
        }
        TimeTransform::KaplanMeier => {
            let options = FollowUpOptions {
                entry: rows.entries.as_ref().map(|entries| &entries.start[..]),
                weights: None,
                exact_ties: true,
            };
            let data = FollowUp::with(time, &rows.event, options).ok()?;
            let steps = kaplan_meier(&data, ConfType::Plain, 0.95).steps;
            let before = |time: &f64| match steps.partition_point(|step| step.time < *time) {
                0 => 0.0,
                k => 1.0 - steps[k - 1].survival,
            };
            time.iter().map(before).collect()
        }
    };
    let known = |(scale, event): (&f64, &bool)| !event || scale.is_finite();
    scale.iter().zip(&rows.event).all(known).then_some(scale)
}
