//! Kaplan-Meier estimate, its quantiles and its values at landmarks.

use serde::Serialize;

use super::{ConfType, FollowUp};

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
pub fn kaplan_meier(data: &FollowUp, conf_type: ConfType, conf_level: f64) -> SurvivalCurve {
    todo!("{data:?} {conf_type:?} {conf_level}")
}

/// Reverse Kaplan-Meier: events and censorings swap roles (Schemper & Smith 1996).
pub fn reverse_kaplan_meier(
    data: &FollowUp,
    conf_type: ConfType,
    conf_level: f64,
) -> SurvivalCurve {
    todo!("{data:?} {conf_type:?} {conf_level}")
}

impl SurvivalCurve {
    /// The last step at or before `time`; `None` before the first one (S = 1).
    pub fn at(&self, time: f64) -> Option<&SurvivalStep> {
        todo!("{time}")
    }

    /// Number at risk just before `time`.
    pub fn n_risk(&self, time: f64) -> f64 {
        todo!("{time}")
    }

    /// The quantile with Brookmeyer-Crowley limits: the band inverted.
    pub fn quantile(&self, probability: f64) -> Quantile {
        todo!("{probability}")
    }
}
