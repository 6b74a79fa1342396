//! Aalen-Johansen estimate of the cumulative incidence of each cause.

use serde::{Deserialize, Serialize};

use super::CompetingRisks;
use crate::math::normal_critical;
use crate::stats::ConfType;
use crate::stats::interval::survival_interval;
use crate::stats::kaplan_meier::rounding;

/// Cumulative incidence of every cause, with the probability of none so far.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CumulativeIncidence {
    /// Subjects at the start.
    pub n: usize,
    /// One step per distinct time, ascending, censoring times included. All start from 0, survival from 1.
    pub steps: Vec<IncidenceStep>,
}

/// One step of all the curves, unrounded. At every step they add up to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IncidenceStep {
    /// Time in the unit of the data.
    pub time: f64,
    /// Subjects at risk just before `time`, whatever their weights.
    pub n_risk: usize,
    /// Subjects censored at `time`.
    pub n_censor: usize,
    /// Probability that no cause has occurred by `time`.
    pub survival: Probability,
    /// One for each cause, in their order.
    pub causes: Vec<CauseStep>,
}

/// One cause at one time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CauseStep {
    /// Subjects with this cause at `time`, whatever their weights.
    pub n_event: usize,
    /// Nelson-Aalen estimate of the cause-specific cumulative hazard.
    pub cum_hazard: f64,
    /// Probability that this cause has occurred by `time`.
    pub cum_incidence: Probability,
}

/// A probability with its pointwise interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Probability {
    /// In [0, 1].
    pub estimate: f64,
    /// Standard error of `estimate`.
    pub std_err: f64,
    /// Lower pointwise limit; `None` at 0, and at 1 on the scales that are infinite there.
    pub conf_low: Option<f64>,
    /// Upper pointwise limit.
    pub conf_high: Option<f64>,
}

/// Choices for [`cumulative_incidence`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct IncidenceOptions {
    /// Scale on which the intervals are symmetric; log here is log of the incidence itself.
    pub conf_type: ConfType,
    /// Confidence level in (0, 1).
    pub conf_level: f64,
    /// Variance of the incidence.
    pub variance: IncidenceVariance,
}

impl Default for IncidenceOptions {
    fn default() -> Self {
        Self {
            conf_type: ConfType::LogLog,
            conf_level: 0.95,
            variance: IncidenceVariance::default(),
        }
    }
}

/// Variance of a cumulative incidence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidenceVariance {
    /// The infinitesimal jackknife, equal to Greenwood's formula for the Aalen-Johansen estimate where nobody
    /// has a weight or enters late: the default here and in R's survival, and what etm and prodlim print.
    #[default]
    Greenwood,
    /// Aalen's (1978) counting-process variance with a correction for ties, as R's cmprsk prints it: a
    /// little larger in the tail. It takes sums of weights for counts, which cmprsk does not know.
    Aalen,
}

/// Aalen-Johansen estimate of the cumulative incidence of each cause, with pointwise intervals.
///
/// Where another cause can come first, 1 − Kaplan-Meier with the others censored overstates the risk: it
/// answers how many would have the event if nothing else could happen to them. This counts how many have it.
///
/// **Shape.** One step per distinct time, ascending, censoring times included.
/// **Units.** `time` as in `data`; all probabilities in [0, 1].
/// **Conventions.** Subjects censored at t are still at risk at t. Weighted subjects and those who enter late
/// are each a cluster of the jackknife. The variance of the event-free probability is that of the jackknife,
/// Greenwood's, whatever the option; 0 once the curve is at 0.
/// **Source.** Aalen & Johansen (1978), Scand J Stat 5:141; Greenwood-type variance: Marubini & Valsecchi
/// (1995), equation 10.12; tie correction of Aalen's variance: Gray (1988), Ann Stat 16:1141.
/// **Checked against** `survfit(Surv(time, factor(cause)) ~ 1)`, `cmprsk::cuminc`, `etm::etmCIF` and `prodlim`,
/// in `tests/reference/competing.rs`; with weights and delayed entry in `tests/reference/competing_cases.rs`.
pub fn cumulative_incidence(
    data: &CompetingRisks,
    options: IncidenceOptions,
) -> CumulativeIncidence {
    let z = normal_critical(options.conf_level);
    let probability = |estimate: f64, variance: f64| {
        let std_err = variance.max(0.0).sqrt();
        let limits = survival_interval(options.conf_type, estimate, std_err / estimate, z);
        Probability {
            estimate,
            std_err,
            conf_low: limits.map(|(low, _)| low),
            conf_high: limits.map(|(_, high)| high),
        }
    };
    let mut survival = 1.0;
    let mut survival_now = probability(1.0, 0.0);
    let mut jackknife = Jackknife::new(data);
    let mut sums = vec![CauseSums::default(); data.n_causes()];
    let mut causes_now = vec![
        CauseStep {
            n_event: 0,
            cum_hazard: 0.0,
            cum_incidence: probability(0.0, 0.0),
        };
        data.n_causes()
    ];
    let mut weights = vec![0.0; data.n_causes()];
    let mut steps = Vec::new();
    let mut first = 0;
    for (tie, at_risk) in data.ties().zip(data.at_risk()) {
        causes_now.iter_mut().for_each(|cause| cause.n_event = 0);
        weights.fill(0.0);
        for (exit, place) in tie.iter().zip(first..).filter(|(exit, _)| exit.cause > 0) {
            causes_now[exit.cause - 1].n_event += 1;
            weights[exit.cause - 1] += data.weight(place);
        }
        let n_event = tie.iter().filter(|exit| exit.cause > 0).count();
        let now = Now::new(at_risk.weight, weights.iter().sum(), survival);
        jackknife.step(tie[0].time, first..first + tie.len(), &now, &weights);
        if n_event > 0 {
            survival = now.survival();
            survival_now = probability(survival, jackknife.survival_variance(survival));
            let causes = causes_now.iter_mut().zip(&mut sums).zip(&weights);
            for (k, ((cause, sums), &weight)) in causes.enumerate() {
                sums.add(&now, weight);
                if cause.n_event > 0 {
                    let variance = match options.variance {
                        IncidenceVariance::Greenwood => jackknife.variance(k),
                        IncidenceVariance::Aalen => sums.aalen[2],
                    };
                    cause.cum_hazard += weight / now.at_risk;
                    cause.cum_incidence = probability(sums.incidence, variance);
                }
            }
        }
        steps.push(IncidenceStep {
            time: tie[0].time,
            n_risk: at_risk.subjects,
            n_censor: tie.len() - n_event,
            survival: survival_now,
            causes: causes_now.clone(),
        });
        first += tie.len();
    }
    CumulativeIncidence { n: data.n(), steps }
}

impl CumulativeIncidence {
    /// The last step at or before `time`; `None` before the first one (survival 1, incidences 0).
    ///
    /// A `time` that misses a step by rounding alone is the time of that step, here and below.
    pub fn at(&self, time: f64) -> Option<&IncidenceStep> {
        let end = time + rounding(time);
        let later = self.steps.partition_point(|step| step.time <= end);
        self.steps[..later].last()
    }

    /// Number at risk just before `time`.
    pub fn n_risk(&self, time: f64) -> usize {
        let start = time - rounding(time);
        let next = self.steps.partition_point(|step| step.time < start);
        self.steps.get(next).map_or(0, |step| step.n_risk)
    }

    /// End of the longest follow-up.
    pub fn last_time(&self) -> f64 {
        self.steps.last().map_or(0.0, |step| step.time)
    }

    /// Whether the curves say anything about `time`: not beyond the last follow-up, unless nobody was left
    /// without an event.
    pub fn covers(&self, time: f64) -> bool {
        let nobody_left = |step: &IncidenceStep| step.survival.estimate == 0.0;
        time <= self.last_time() + rounding(time) || self.steps.last().is_some_and(nobody_left)
    }

    /// Mean time up to `tau` spent free of events (first) and after each cause (the others): areas under the
    /// curves, which add up to `tau`. Beyond the last step the curves are taken as flat.
    pub fn mean_times(&self, tau: f64) -> Vec<f64> {
        let n_causes = self.steps.first().map_or(0, |step| step.causes.len());
        let mut level = vec![0.0; n_causes + 1];
        level[0] = 1.0;
        let mut areas = vec![0.0; n_causes + 1];
        let mut from = 0.0;
        let mut add = |areas: &mut [f64], level: &[f64], to: f64| {
            for (area, level) in areas.iter_mut().zip(level) {
                *area += level * (to - from);
            }
            from = to;
        };
        for step in self.steps.iter().take_while(|step| step.time < tau) {
            add(&mut areas, &level, step.time);
            level[0] = step.survival.estimate;
            for (level, cause) in level[1..].iter_mut().zip(&step.causes) {
                *level = cause.cum_incidence.estimate;
            }
        }
        add(&mut areas, &level, tau);
        areas
    }
}

/// What happens at one time, all causes together. Counts are sums of weights.
struct Now {
    at_risk: f64,
    n_event: f64,
    /// Still at risk after it.
    left: f64,
    survival_before: f64,
}

impl Now {
    fn new(at_risk: f64, n_event: f64, survival_before: f64) -> Self {
        // Sums of weights may miss 0 by their rounding.
        let left = Some(at_risk - n_event).filter(|left| *left > at_risk * 1e-14);
        Self {
            at_risk,
            n_event,
            left: left.unwrap_or(0.0),
            survival_before,
        }
    }

    fn survival(&self) -> f64 {
        self.survival_before * (self.left / self.at_risk)
    }

    /// By how much F grows through so many events.
    fn growth(&self, n_event: f64) -> f64 {
        self.survival_before * n_event / self.at_risk
    }
}

/// The infinitesimal jackknife: Σ of the squares of w u, with the influence u of each subject on F(t).
///
/// A subject's influences are kept as f, that on F, and b, that on S over S. When F grows by δ, f grows by b δ;
/// those at risk add a step that is the same for all of them, and those who have an event a jump of their own. So
/// the sums over those at risk and over those who have left move on without a look at the subjects, and f and b
/// of a subject follow from where they stood when it entered.
struct Jackknife<'a> {
    data: &'a CompetingRisks,
    /// Σ w² b² of those who have left.
    left: f64,
    /// Σ w², Σ w² b, Σ w² b² of those at risk, and how many they are.
    at_risk: [f64; 3],
    subjects: usize,
    /// b of somebody at risk from the start.
    base: f64,
    causes: Vec<CauseJackknife>,
    /// How many have entered, and for each exit b of the base then.
    entered: usize,
    base_at_entry: Vec<f64>,
}

/// The part of one cause.
#[derive(Debug, Clone, Default)]
struct CauseJackknife {
    incidence: f64,
    /// Σ w² f² and Σ w² f b of those who have left.
    left: [f64; 2],
    /// Σ w² f, Σ w² f², Σ w² f b of those at risk.
    at_risk: [f64; 3],
    /// f of somebody at risk from the start.
    base: f64,
    /// f of the base, and F, when each exit entered.
    at_entry: Vec<(f64, f64)>,
}

impl<'a> Jackknife<'a> {
    fn new(data: &'a CompetingRisks) -> Self {
        let late = data.entries.as_ref().map_or(0, |_| data.n());
        let squares = |exit: usize| data.weight(exit).powi(2);
        let (all, subjects) = match data.entries {
            None => ((0..data.n()).map(squares).sum(), data.n()),
            Some(_) => (0.0, 0),
        };
        let cause = CauseJackknife {
            at_entry: vec![(0.0, 0.0); late],
            ..CauseJackknife::default()
        };
        Self {
            data,
            left: 0.0,
            at_risk: [all, 0.0, 0.0],
            subjects,
            base: 0.0,
            causes: vec![cause; data.n_causes()],
            entered: 0,
            base_at_entry: vec![0.0; late],
        }
    }

    /// Takes in the `exits` at `time`, with the weight of the events of each cause.
    fn step(&mut self, time: f64, exits: std::ops::Range<usize>, now: &Now, weights: &[f64]) {
        self.enter(time);
        if now.n_event > 0.0 {
            self.grow(now, weights);
        }
        for exit in exits {
            self.leave(exit, now);
        }
        if self.subjects == 0 {
            self.at_risk = [0.0; 3];
            self.causes
                .iter_mut()
                .for_each(|cause| cause.at_risk = [0.0; 3]);
        }
    }

    fn enter(&mut self, time: f64) {
        let Some(entries) = &self.data.entries else {
            return;
        };
        while let Some(&exit) = entries.order.get(self.entered) {
            let exit = exit as usize;
            if entries.of[exit] >= time {
                break;
            }
            self.entered += 1;
            self.subjects += 1;
            self.at_risk[0] += self.data.weight(exit).powi(2);
            self.base_at_entry[exit] = self.base;
            for cause in &mut self.causes {
                cause.at_entry[exit] = (cause.base, cause.incidence);
            }
        }
    }

    /// Everybody moves on, those with an event as if they had none.
    fn grow(&mut self, now: &Now, weights: &[f64]) {
        let rise = if now.left > 0.0 {
            now.n_event / (now.at_risk * now.left)
        } else {
            // Nobody is left: the curves stay where they are.
            0.0
        };
        let [all, b, bb] = self.at_risk;
        for (cause, &weight) in self.causes.iter_mut().zip(weights) {
            let growth = now.growth(weight);
            let step = -growth / now.at_risk;
            let [ff, fb] = &mut cause.left;
            *ff += growth * (2.0 * *fb + growth * self.left);
            *fb += growth * self.left;
            let [f, ff, fb] = &mut cause.at_risk;
            *ff +=
                growth * (2.0 * *fb + growth * bb) + step * (2.0 * (*f + growth * b) + step * all);
            *f += growth * b + step * all;
            *fb += growth * bb + step * b + rise * *f;
            cause.base += self.base * growth + step;
            cause.incidence += growth;
        }
        self.at_risk = [all, b + rise * all, bb + rise * (2.0 * b + rise * all)];
        self.base += rise;
    }

    fn leave(&mut self, exit: usize, now: &Now) {
        let square = self.data.weight(exit).powi(2);
        let (late, own) = (self.data.entries.is_some(), self.data.exits[exit].cause);
        let base = if late { self.base_at_entry[exit] } else { 0.0 };
        let before = self.base - base;
        let jump = if own > 0 && now.left > 0.0 {
            1.0 / now.left
        } else {
            0.0
        };
        let after = before - jump;
        self.at_risk[0] -= square;
        self.at_risk[1] -= square * before;
        self.at_risk[2] -= square * before * before;
        self.left += square * after * after;
        self.subjects -= 1;
        for (k, cause) in self.causes.iter_mut().enumerate() {
            let (f, incidence) = if late {
                cause.at_entry[exit]
            } else {
                (0.0, 0.0)
            };
            let f = cause.base - f - base * (cause.incidence - incidence);
            cause.at_risk[0] -= square * f;
            cause.at_risk[1] -= square * f * f;
            cause.at_risk[2] -= square * f * before;
            let jump = if own == k + 1 { now.growth(1.0) } else { 0.0 };
            cause.left[0] += square * (f + jump).powi(2);
            cause.left[1] += square * (f + jump) * after;
        }
    }

    /// Of the cumulative incidence of a cause.
    fn variance(&self, cause: usize) -> f64 {
        let cause = &self.causes[cause];
        cause.left[0] + cause.at_risk[1]
    }

    /// Of the event-free probability.
    fn survival_variance(&self, survival: f64) -> f64 {
        survival * survival * (self.left + self.at_risk[2])
    }
}

/// Running sums of one cause.
///
/// Aalen's variance is a sum over the past times s of squares that involve F(t) − F(s). It is kept as its value at
/// the present t and moved on when F grows by δ, so that nothing cancels and every step costs the same.
#[derive(Debug, Clone, Copy, Default)]
struct CauseSums {
    /// F.
    incidence: f64,
    /// Σ w b², Σ w b u, Σ w u², with Aalen's terms w, b = 1 / S(s) and u = [own cause] − b (F(t) − F(s)).
    aalen: [f64; 3],
}

impl CauseSums {
    /// Takes in the `n_event` events of this cause now.
    fn add(&mut self, now: &Now, n_event: f64) {
        let n = now.at_risk;
        let growth = now.growth(n_event);
        self.incidence += growth;
        self.aalen[2] += growth * (growth * self.aalen[0] - 2.0 * self.aalen[1]);
        self.aalen[1] -= growth * self.aalen[0];
        let survival = now.survival();
        let inverse = if survival > 0.0 { 1.0 / survival } else { 0.0 };
        for (count, own) in [(n_event, 1.0), (now.n_event - n_event, 0.0)] {
            if count > 0.0 {
                let ties = 1.0
                    - if count > 1.0 {
                        (count - 1.0) / (n - 1.0)
                    } else {
                        0.0
                    };
                let weight = now.survival_before.powi(2) * ties * count / (n * n);
                self.aalen[0] += weight * inverse * inverse;
                self.aalen[1] += weight * inverse * own;
                self.aalen[2] += weight * own;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: f64, expected: f64) {
        assert!(
            (value - expected).abs() < 1e-15,
            "{value} is not {expected}"
        );
    }

    fn options(variance: IncidenceVariance) -> IncidenceOptions {
        IncidenceOptions {
            conf_type: ConfType::Plain,
            variance,
            ..IncidenceOptions::default()
        }
    }

    #[test]
    fn a_competing_event_lowers_what_is_left_to_happen() {
        // 4 subjects: cause 1 at 1, cause 2 at 2, censored at 3, cause 1 at 4.
        let data = CompetingRisks::new(&[1.0, 2.0, 3.0, 4.0], &[1, 2, 0, 1], 2).unwrap();
        let curves = cumulative_incidence(&data, options(IncidenceVariance::Greenwood));
        let last = curves.at(9.0).unwrap();
        close(last.survival.estimate, 0.0);
        // 1/4 + 1/2 × 1/1, while 1 − Kaplan-Meier with cause 2 censored would be 1.
        close(last.causes[0].cum_incidence.estimate, 0.75);
        close(last.causes[1].cum_incidence.estimate, 0.25);
        close(last.causes[0].cum_hazard, 1.25);
        assert_eq!(curves.at(0.5), None);
        // Nobody is left, so nothing more can happen.
        assert!(curves.covers(9.0));
        assert_eq!(
            (curves.n_risk(2.0), curves.n_risk(2.5), curves.n_risk(5.0)),
            (3, 2, 0)
        );
    }

    #[test]
    fn without_censoring_the_variance_is_binomial() {
        let time = [1.0, 2.0, 2.0, 3.0, 5.0, 5.0, 5.0, 8.0];
        let data = CompetingRisks::new(&time, &[1, 2, 1, 2, 1, 1, 2, 1], 2).unwrap();
        let curves = cumulative_incidence(&data, options(IncidenceVariance::Greenwood));
        for step in &curves.steps {
            for cause in &step.causes {
                let share = cause.cum_incidence.estimate;
                close(
                    cause.cum_incidence.std_err.powi(2),
                    share * (1.0 - share) / 8.0,
                );
            }
        }
    }

    #[test]
    fn aalens_variance_of_the_first_event_is_that_of_the_counting_process() {
        // d / n² for one event among n, where Greenwood's formula has d (n − d) / n³.
        let data = CompetingRisks::new(&[1.0, 2.0, 3.0, 4.0], &[1, 0, 0, 0], 1).unwrap();
        let curves = cumulative_incidence(&data, options(IncidenceVariance::Aalen));
        close(curves.steps[0].causes[0].cum_incidence.std_err, 0.25);
        let curves = cumulative_incidence(&data, options(IncidenceVariance::Greenwood));
        close(
            curves.steps[0].causes[0].cum_incidence.std_err,
            (3.0f64 / 64.0).sqrt(),
        );
    }

    #[test]
    fn the_mean_times_add_up_to_the_horizon() {
        let data = CompetingRisks::new(&[1.0, 2.0, 4.0], &[1, 2, 0], 2).unwrap();
        let curves = cumulative_incidence(&data, IncidenceOptions::default());
        // The last was censored: what followed is not known.
        assert!(curves.covers(4.0) && !curves.covers(4.1));
        let times = curves.mean_times(3.0);
        // Free of events: 1 + 2/3 + 1/3; after cause 1: 2 × 1/3; after cause 2: 1 × 1/3.
        for (time, expected) in times.iter().zip([2.0, 2.0 / 3.0, 1.0 / 3.0]) {
            close(*time, expected);
        }
    }
}
