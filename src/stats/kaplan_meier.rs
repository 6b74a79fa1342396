//! Kaplan-Meier estimate, its quantiles and its values at landmarks.

use serde::Serialize;

use super::interval::survival_interval;
use super::{ConfType, FollowUp, Tie};
use crate::math::normal_critical;

/// A Kaplan-Meier curve with its pointwise band.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SurvivalCurve {
    /// Subjects at the start.
    pub n: usize,
    /// One step per distinct time, ascending, censoring times included. S(0) = 1 is implied.
    pub steps: Vec<SurvivalStep>,
}

/// One step of a survival curve, unrounded.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SurvivalStep {
    /// Time in the unit of the data.
    pub time: f64,
    /// Number at risk just before `time`.
    pub n_risk: f64,
    /// Events at `time`.
    pub n_event: f64,
    /// Censored at `time`.
    pub n_censor: f64,
    /// S(time).
    pub survival: f64,
    /// Standard error of `survival` (not of its logarithm); `None` once the curve is at 0.
    pub std_err: Option<f64>,
    /// Lower pointwise limit.
    pub conf_low: Option<f64>,
    /// Upper pointwise limit.
    pub conf_high: Option<f64>,
}

/// Survival at a landmark, with what was seen before it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Landmark {
    /// The landmark.
    pub time: f64,
    /// Number at risk just before `time`.
    pub n_risk: f64,
    /// S(time); `None` (not estimable) beyond the last follow-up unless S has reached 0.
    pub survival: Option<f64>,
    /// Standard error of `survival`.
    pub std_err: Option<f64>,
    /// Lower confidence limit.
    pub conf_low: Option<f64>,
    /// Upper confidence limit.
    pub conf_high: Option<f64>,
}

/// A quantile of survival time; each part `None` when not reached.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Quantile {
    /// The probability of having had the event (0.5 for the median).
    pub probability: f64,
    /// The time.
    pub estimate: Option<f64>,
    /// Lower Brookmeyer-Crowley limit.
    pub conf_low: Option<f64>,
    /// Upper Brookmeyer-Crowley limit.
    pub conf_high: Option<f64>,
}

/// Kaplan-Meier estimate with Greenwood's variance and a pointwise band.
///
/// **Shape.** One step per distinct time, ascending, censoring times included.
/// **Conventions.** Subjects censored at t are still at risk at t.
/// **Source.** Kaplan & Meier (1958), J Am Stat Assoc 53:457; Greenwood (1926).
/// **Checked against** `survfit(Surv(time, event) ~ 1)`, in `tests/reference/survival.rs`.
pub fn kaplan_meier(data: &FollowUp, conf_type: ConfType, conf_level: f64) -> SurvivalCurve {
    let steps = product_limit(data, conf_type, conf_level, |tie| {
        (tie.n_event, tie.n_censor)
    });
    SurvivalCurve {
        n: data.n(),
        steps: steps.collect(),
    }
}

/// Reverse Kaplan-Meier: events and censorings swap roles (Schemper & Smith 1996).
///
/// **Conventions.** A subject with an event at t is still at risk of being censored at t, as in
/// `survfit(Surv(time, !event) ~ 1)`; R's `prodlim(reverse = TRUE)` takes it out before.
/// **Source.** Schemper & Smith (1996), Control Clin Trials 17:343.
/// **Checked against** both, in `tests/reference/survival.rs`.
pub fn reverse_kaplan_meier(
    data: &FollowUp,
    conf_type: ConfType,
    conf_level: f64,
) -> SurvivalCurve {
    SurvivalCurve {
        n: data.n(),
        steps: reverse_steps(data, conf_type, conf_level).collect(),
    }
}

/// Median follow-up: the median of the reverse Kaplan-Meier curve, without keeping the curve.
pub fn median_follow_up(data: &FollowUp, conf_type: ConfType, conf_level: f64) -> Quantile {
    // Once the upper limit has come down past one half, nothing later can move the median or a limit.
    let mut past = false;
    let until_past = |step: &SurvivalStep| {
        let wanted = !past;
        past = step
            .conf_high
            .is_some_and(|high| high < 0.5 - f64::EPSILON.sqrt());
        wanted
    };
    let steps = reverse_steps(data, conf_type, conf_level);
    SurvivalCurve {
        n: data.n(),
        steps: steps.take_while(until_past).collect(),
    }
    .quantile(0.5)
}

fn reverse_steps(
    data: &FollowUp,
    conf_type: ConfType,
    conf_level: f64,
) -> impl Iterator<Item = SurvivalStep> {
    product_limit(data, conf_type, conf_level, |tie| {
        (tie.n_censor, tie.n_event)
    })
}

/// The product-limit estimate of whatever `counts` takes for (events, censorings).
fn product_limit(
    data: &FollowUp,
    conf_type: ConfType,
    conf_level: f64,
    counts: impl Fn(&Tie) -> (f64, f64),
) -> impl Iterator<Item = SurvivalStep> {
    let z = normal_critical(conf_level);
    let (mut survival, mut greenwood) = (1.0, 0.0f64);
    let (mut std_err, mut limits) = (None, None);
    let mut stale = true;
    let step = move |tie: &Tie| {
        let (n_event, n_censor) = counts(tie);
        if n_event > 0.0 && survival > 0.0 {
            let left = tie.n_risk - n_event;
            // Sums of weights may miss 0 by their rounding.
            let nobody_left = left <= tie.n_risk * 1e-14;
            survival *= if nobody_left { 0.0 } else { left / tie.n_risk };
            greenwood += n_event / (tie.n_risk * left);
            stale = true;
        }
        if stale {
            let log_std_err = greenwood.sqrt();
            std_err = (survival > 0.0).then_some(survival * log_std_err);
            limits = survival_interval(conf_type, survival, log_std_err, z);
            stale = false;
        }
        SurvivalStep {
            time: tie.time,
            n_risk: tie.n_risk,
            n_event,
            n_censor,
            survival,
            std_err,
            conf_low: limits.map(|(low, _)| low),
            conf_high: limits.map(|(_, high)| high),
        }
    };
    data.ties().iter().map(step)
}

impl SurvivalCurve {
    /// The last step at or before `time`; `None` before the first one (S = 1).
    ///
    /// A `time` that misses a step by rounding alone is the time of that step, here and below.
    pub fn at(&self, time: f64) -> Option<&SurvivalStep> {
        let end = time + rounding(time);
        let later = self.steps.partition_point(|step| step.time <= end);
        self.steps[..later].last()
    }

    /// The steps strictly before `time`.
    fn before(&self, time: f64) -> &[SurvivalStep] {
        let end = time - rounding(time);
        &self.steps[..self.steps.partition_point(|step| step.time < end)]
    }

    /// Number at risk just before `time`.
    ///
    /// With delayed entry: just before the first step from `time` on, as R has it.
    pub fn n_risk(&self, time: f64) -> f64 {
        let next = self.steps.get(self.before(time).len());
        next.map_or(0.0, |step| step.n_risk)
    }

    /// Events before `time`. With the censored and those at risk they add up to all subjects.
    pub fn cum_event(&self, time: f64) -> f64 {
        self.before(time).iter().map(|step| step.n_event).sum()
    }

    /// Censored before `time`.
    pub fn cum_censor(&self, time: f64) -> f64 {
        self.before(time).iter().map(|step| step.n_censor).sum()
    }

    /// End of the longest follow-up.
    pub fn last_time(&self) -> f64 {
        self.steps.last().map_or(0.0, |step| step.time)
    }

    /// Survival at a landmark.
    ///
    /// **Conventions.** Not estimable beyond the last follow-up, unless nobody survived. Before
    /// the first step S is 1 and has no interval.
    pub fn landmark(&self, time: f64) -> Landmark {
        let step = self.at(time);
        let known = time <= self.last_time() + rounding(time)
            || step.is_some_and(|step| step.survival == 0.0);
        let step = step.filter(|_| known);
        let value = |take: fn(&SurvivalStep) -> Option<f64>| step.and_then(take);
        Landmark {
            time,
            n_risk: self.n_risk(time),
            survival: known.then_some(step.map_or(1.0, |step| step.survival)),
            std_err: if known && step.is_none() {
                Some(0.0)
            } else {
                value(|step| step.std_err)
            },
            conf_low: value(|step| step.conf_low),
            conf_high: value(|step| step.conf_high),
        }
    }

    /// The quantile with Brookmeyer-Crowley limits: the band inverted.
    ///
    /// **Conventions.** On a plateau at exactly the wanted level: its midpoint if the curve drops
    /// later, else the time at which it was reached, as `print(survfit)` in R.
    /// **Source.** Brookmeyer & Crowley (1982), Biometrics 38:29.
    pub fn quantile(&self, probability: f64) -> Quantile {
        let crossing = |value: fn(&SurvivalStep) -> Option<f64>| {
            crossing(
                self.steps.iter().filter_map(|s| Some((s.time, value(s)?))),
                1.0 - probability,
            )
        };
        Quantile {
            probability,
            estimate: crossing(|step| Some(step.survival)),
            conf_low: crossing(|step| step.conf_low),
            conf_high: crossing(|step| step.conf_high),
        }
    }
}

/// How far a landmark in one unit may miss a time in another by the rounding of the conversion.
pub fn rounding(time: f64) -> f64 {
    4.0 * f64::EPSILON * time
}

/// When a falling step function first comes down to `level`, midway along a plateau at `level`.
fn crossing(mut values: impl Iterator<Item = (f64, f64)>, level: f64) -> Option<f64> {
    // √ε, as R: the product of the factors may miss 0.5 by rounding.
    let tolerance = f64::EPSILON.sqrt();
    let (time, reached) = values.find(|&(_, value)| value < level + tolerance)?;
    let on_level = (reached - level).abs() < tolerance;
    let drop = values.find(|&(_, value)| on_level && value < reached);
    Some(drop.map_or(time, |(drop, _)| (time + drop) / 2.0))
}
