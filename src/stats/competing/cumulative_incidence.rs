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
    /// Number at risk just before `time`.
    pub n_risk: usize,
    /// Censored at `time`.
    pub n_censor: usize,
    /// Probability that no cause has occurred by `time`.
    pub survival: Probability,
    /// One for each cause, in their order.
    pub causes: Vec<CauseStep>,
}

/// One cause at one time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CauseStep {
    /// Events of this cause at `time`.
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
    /// The infinitesimal jackknife, equal to Greenwood's formula for the Aalen-Johansen estimate: the
    /// default here and in R's survival, and what etm and prodlim print.
    #[default]
    Greenwood,
    /// Aalen's (1978) counting-process variance with a correction for ties, as R's cmprsk prints it: a
    /// little larger in the tail.
    Aalen,
}

/// Aalen-Johansen estimate of the cumulative incidence of each cause, with pointwise intervals.
///
/// Where another cause can come first, 1 − Kaplan-Meier with the others censored overstates the risk: it
/// answers how many would have the event if nothing else could happen to them. This counts how many have it.
///
/// **Shape.** One step per distinct time, ascending, censoring times included.
/// **Units.** `time` as in `data`; all probabilities in [0, 1].
/// **Conventions.** Subjects censored at t are still at risk at t. The variance of the event-free
/// probability is Greenwood's whatever the option; 0 once the curve is at 0.
/// **Source.** Aalen & Johansen (1978), Scand J Stat 5:141; Greenwood-type variance: Marubini & Valsecchi
/// (1995), equation 10.12; tie correction of Aalen's variance: Gray (1988), Ann Stat 16:1141.
/// **Checked against** `survfit(Surv(time, factor(cause)) ~ 1)`, `cmprsk::cuminc`, `etm::etmCIF` and `prodlim`,
/// in `tests/reference/competing.rs`.
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
    let mut at_risk = data.n();
    let (mut survival, mut greenwood) = (1.0, 0.0);
    let mut survival_now = probability(1.0, 0.0);
    let mut sums = vec![CauseSums::default(); data.n_causes()];
    let mut causes_now = vec![
        CauseStep {
            n_event: 0,
            cum_hazard: 0.0,
            cum_incidence: probability(0.0, 0.0),
        };
        data.n_causes()
    ];
    let mut steps = Vec::new();
    for tie in data.ties() {
        causes_now.iter_mut().for_each(|cause| cause.n_event = 0);
        for exit in tie.iter().filter(|exit| exit.cause > 0) {
            causes_now[exit.cause - 1].n_event += 1;
        }
        let n_event = tie.iter().filter(|exit| exit.cause > 0).count();
        if n_event > 0 {
            let now = Now {
                at_risk: at_risk as f64,
                n_event: n_event as f64,
                survival_before: survival,
            };
            survival = now.survival();
            greenwood += now.greenwood();
            survival_now = probability(survival, survival * survival * greenwood);
            for (cause, sums) in causes_now.iter_mut().zip(&mut sums) {
                let n_event = cause.n_event as f64;
                sums.add(&now, n_event);
                if cause.n_event > 0 {
                    let variance = sums.variance(options.variance);
                    cause.cum_hazard += n_event / now.at_risk;
                    cause.cum_incidence = probability(sums.incidence, variance);
                }
            }
        }
        steps.push(IncidenceStep {
            time: tie[0].time,
            n_risk: at_risk,
            n_censor: tie.len() - n_event,
            survival: survival_now,
            causes: causes_now.clone(),
        });
        at_risk -= tie.len();
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

/// What happens at one time, all causes together.
struct Now {
    at_risk: f64,
    n_event: f64,
    survival_before: f64,
}

impl Now {
    fn survival(&self) -> f64 {
        self.survival_before * ((self.at_risk - self.n_event) / self.at_risk)
    }

    /// Greenwood's term; 0 where nobody is left, for then the curves stay where they are.
    fn greenwood(&self) -> f64 {
        let left = self.at_risk - self.n_event;
        if left > 0.0 {
            self.n_event / (self.at_risk * left)
        } else {
            0.0
        }
    }
}

/// Running sums of one cause, from which both variances follow.
///
/// Both are sums over the past times s of squares that involve F(t) − F(s). Each is kept as its value at
/// the present t and moved on when F grows by δ, so that nothing cancels and every step costs the same.
#[derive(Debug, Clone, Copy, Default)]
struct CauseSums {
    /// F.
    incidence: f64,
    /// Σ g, Σ g (F(t) − F(s)), Σ g (F(t) − F(s))², with Greenwood's terms g.
    greenwood: [f64; 3],
    /// Σ e and Σ e (F(t) − F(s)), with e = S(s−) d / n².
    covariance: [f64; 2],
    /// Σ S(s−)² d (n − d) / n³.
    own: f64,
    /// Σ w b², Σ w b u, Σ w u², with Aalen's terms w, b = 1 / S(s) and u = [own cause] − b (F(t) − F(s)).
    aalen: [f64; 3],
}

impl CauseSums {
    /// Takes in the `n_event` events of this cause now.
    fn add(&mut self, now: &Now, n_event: f64) {
        let n = now.at_risk;
        let growth = now.survival_before * n_event / n;
        self.incidence += growth;
        self.greenwood[2] += growth * (2.0 * self.greenwood[1] + growth * self.greenwood[0]);
        self.greenwood[1] += growth * self.greenwood[0];
        self.greenwood[0] += now.greenwood();
        self.covariance[1] += growth * self.covariance[0];
        self.covariance[0] += now.survival_before * n_event / (n * n);
        self.own += now.survival_before.powi(2) * n_event * (n - n_event) / (n * n * n);

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

    fn variance(&self, which: IncidenceVariance) -> f64 {
        match which {
            IncidenceVariance::Greenwood => self.greenwood[2] + self.own - 2.0 * self.covariance[1],
            IncidenceVariance::Aalen => self.aalen[2],
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
