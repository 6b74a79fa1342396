//! Cumulative hazards and predicted survival.

use super::data::{Rows, Step};
use super::{CoxModel, PredictedCurve, PredictedStep, Ties};
use crate::math::normal_critical;
use crate::stats::ConfType;
use crate::stats::interval::survival_interval;

/// Cumulative hazard of one stratum for covariates at 0 on their own scale, with what influences and errors need.
#[derive(Debug, Clone)]
pub(super) struct Hazard {
    size: usize,
    /// Times with events, ascending.
    pub(super) time: Vec<f64>,
    /// Cumulative hazard after so many of them, from 0 of them.
    cum: Vec<f64>,
    /// The same, each step times the mean covariates of those at risk.
    cum_mean: Vec<f64>,
    /// Cumulative variance.
    variance: Vec<f64>,
    /// The step for those who have the event: with Efron's ties they are at risk for part of it.
    own: Vec<f64>,
    own_mean: Vec<f64>,
    /// Mean covariates of those at risk, over the tied events.
    event_mean: Vec<f64>,
}

/// Hazards and their means over one span of time.
pub(super) struct Exposure {
    pub(super) hazard: f64,
    pub(super) mean: Vec<f64>,
}

impl Hazard {
    fn new(size: usize) -> Self {
        Self {
            size,
            time: Vec::new(),
            cum: Vec::new(),
            cum_mean: Vec::new(),
            variance: Vec::new(),
            own: Vec::new(),
            own_mean: Vec::new(),
            event_mean: Vec::new(),
        }
    }

    /// From steps of falling time to sums of rising time.
    fn accumulate(&mut self) {
        let size = self.size;
        self.time.reverse();
        for steps in [&mut self.cum, &mut self.variance] {
            steps.push(0.0);
            steps.reverse();
            for k in 1..steps.len() {
                steps[k] += steps[k - 1];
            }
        }
        self.own.reverse();
        for rows in [&mut self.cum_mean, &mut self.own_mean, &mut self.event_mean] {
            *rows = rows.chunks_exact(size).rev().flatten().copied().collect();
        }
        self.cum_mean.splice(0..0, std::iter::repeat_n(0.0, size));
        for k in size..self.cum_mean.len() {
            self.cum_mean[k] += self.cum_mean[k - size];
        }
    }

    /// How many times with events are not after `time`.
    pub(super) fn until(&self, time: f64) -> usize {
        self.time.partition_point(|&event| event <= time)
    }

    /// What a row was exposed to from its start to its end, `event` or not.
    pub(super) fn exposure(&self, start: Option<f64>, time: f64, event: bool) -> Exposure {
        let size = self.size;
        let first = start.map_or(0, |start| self.until(start));
        let last = self.until(time) - usize::from(event);
        let row = |k: usize| k * size..(k + 1) * size;
        let (from, to) = (&self.cum_mean[row(first)], &self.cum_mean[row(last)]);
        let mut exposure = Exposure {
            hazard: self.cum[last] - self.cum[first],
            mean: to.iter().zip(from).map(|(to, from)| to - from).collect(),
        };
        if event {
            exposure.hazard += self.own[last];
            let own = exposure.mean.iter_mut().zip(&self.own_mean[row(last)]);
            own.for_each(|(mean, own)| *mean += own);
        }
        exposure
    }

    /// Mean covariates of those at risk at the time of an event.
    pub(super) fn event_mean(&self, time: f64) -> &[f64] {
        let k = self.until(time) - 1;
        &self.event_mean[k * self.size..(k + 1) * self.size]
    }
}

/// The hazards of all strata at these coefficients. Exact ties take Breslow's, as in R.
pub(super) fn hazards(rows: &Rows, beta: &[f64]) -> Vec<Hazard> {
    let size = rows.size;
    let mut hazards: Vec<Hazard> = rows.strata.iter().map(|_| Hazard::new(size)).collect();
    rows.risk_sets(size, &rows.values, beta, |tie, set| {
        let hazard = &mut hazards[tie.stratum];
        let at = hazard.own.len();
        let deaths = tie.deaths as f64;
        let weight = rows.weight_of(tie.dying()) / deaths;
        let unit = (-set.origin).exp();
        let (mut step, mut variance, mut own) = (0.0, 0.0, 0.0);
        hazard.cum_mean.resize((at + 1) * size, 0.0);
        hazard.own_mean.resize((at + 1) * size, 0.0);
        hazard.event_mean.resize((at + 1) * size, 0.0);
        for tied in 0..tie.deaths {
            let share = match rows.ties {
                Ties::Efron => tied as f64 / deaths,
                Ties::Breslow | Ties::Exact => 0.0,
            };
            let risk = set.at_risk.risk - share * set.dying.risk;
            let increment = weight * unit / risk;
            step += increment;
            variance += increment * unit / risk;
            own += (1.0 - share) * increment;
            for j in 0..size {
                let mean = (set.at_risk.first[j] - share * set.dying.first[j]) / risk;
                hazard.cum_mean[at * size + j] += increment * mean;
                hazard.own_mean[at * size + j] += (1.0 - share) * increment * mean;
                hazard.event_mean[at * size + j] += mean / deaths;
            }
        }
        hazard.time.push(rows.time[tie.places.start]);
        hazard.cum.push(step);
        hazard.variance.push(variance);
        hazard.own.push(own);
    });
    hazards.iter_mut().for_each(Hazard::accumulate);
    hazards
}

impl CoxModel {
    /// Predicted survival of one set of covariates, a curve a stratum; at zeros it is the baseline.
    ///
    /// **Shape.** One step a distinct time of exit. `None` under separation, and where the profile is so far from
    /// the data that its risk is beyond numbers.
    /// **Conventions.** Survival is exp(−Λ), Λ the cumulative hazard with the ties of the model (exact ones take
    /// Breslow's). An offset is taken at its mean.
    /// **Source.** Tsiatis (1981), Ann Stat 9:93, for the errors; Therneau & Grambsch (2000), 10.2.
    /// **Checked against** `basehaz` and `survfit.coxph`, in `tests/reference/cox_curves.rs`.
    pub fn predict(&self, covariates: &[f64], conf_type: ConfType) -> Option<Vec<PredictedCurve>> {
        if self.fit.separation || covariates.len() != self.rows.size {
            return None;
        }
        let scales = self.rows.scales.iter().zip(covariates);
        let profile: Vec<f64> = scales.map(|(scale, &x)| scale.apply(x)).collect();
        let terms = profile.iter().zip(&self.beta).map(|(x, b)| x * b);
        let risk = (terms.sum::<f64>() + self.mean_offset).exp();
        let z = normal_critical(self.settings.conf_level);
        let curve = |(k, (hazard, mut steps)): (usize, (&Hazard, Vec<PredictedStep>))| {
            for step in &mut steps {
                let events = hazard.until(step.time);
                let cum = hazard.cum[events];
                let mean = &hazard.cum_mean[events * hazard.size..(events + 1) * hazard.size];
                let away: Vec<f64> = profile.iter().zip(mean).map(|(x, m)| x * cum - m).collect();
                let variance = hazard.variance[events] + quadratic(&self.variance, &away);
                step.cum_hazard = cum * risk;
                step.cum_hazard_std_err = variance.sqrt() * risk;
                step.survival = (-step.cum_hazard).exp();
                step.std_err = step.survival * step.cum_hazard_std_err;
                let interval =
                    survival_interval(conf_type, step.survival, step.cum_hazard_std_err, z);
                step.conf_low = interval.map(|(low, _)| low);
                step.conf_high = interval.map(|(_, high)| high);
            }
            let known = |x: f64| x.is_finite();
            let all = steps
                .iter()
                .all(|s| known(s.cum_hazard) && known(s.cum_hazard_std_err));
            let stratum = &self.rows.strata[k];
            all.then(|| PredictedCurve {
                stratum: stratum.label,
                n: stratum.places.len(),
                steps,
            })
        };
        let hazards = hazards(&self.rows, &self.beta);
        hazards
            .iter()
            .zip(self.exits())
            .enumerate()
            .map(curve)
            .collect()
    }

    /// The distinct times of exit of each stratum with their counts.
    fn exits(&self) -> Vec<Vec<PredictedStep>> {
        let rows = &self.rows;
        let mut strata: Vec<Vec<PredictedStep>> = vec![Vec::new(); rows.strata.len()];
        let mut n_risk = 0.0;
        for step in rows.walk() {
            let tie = match step {
                Step::Empty => {
                    n_risk = 0.0;
                    continue;
                }
                Step::Leave(place) => {
                    n_risk -= rows.weight(place);
                    continue;
                }
                Step::Tie(tie) => tie,
            };
            n_risk += rows.weight_of(tie.places.clone());
            strata[tie.stratum].push(PredictedStep {
                time: rows.time[tie.places.start],
                n_risk,
                n_event: rows.weight_of(tie.dying()),
                n_censor: rows.weight_of(tie.dying().end..tie.places.end),
                cum_hazard: 0.0,
                cum_hazard_std_err: 0.0,
                survival: 1.0,
                std_err: 0.0,
                conf_low: None,
                conf_high: None,
            });
        }
        strata.iter_mut().for_each(|steps| steps.reverse());
        strata
    }
}

/// xᵀ A x.
pub(super) fn quadratic(matrix: &[f64], x: &[f64]) -> f64 {
    let rows = matrix.chunks_exact(x.len()).zip(x);
    rows.map(|(row, a)| a * row.iter().zip(x).map(|(cell, b)| cell * b).sum::<f64>())
        .sum()
}
