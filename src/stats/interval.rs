//! Pointwise confidence intervals of a survival probability.

use serde::{Deserialize, Serialize};

/// Scale on which the interval is symmetric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfType {
    /// log S.
    Log,
    /// log(−log S): the default.
    LogLog,
    /// S itself.
    Plain,
    /// log(S / (1 − S)).
    Logit,
    /// arcsin √S.
    Arcsine,
}

/// Interval of `survival`, cut to [0, 1], for the standard error of its logarithm and the
/// two-sided normal quantile `z`.
///
/// **Conventions.** `None` at S = 0, and at S = 1 where the scale has no finite value there.
/// **Source.** Kalbfleisch & Prentice (2002), 1.4; Borgan & Liestøl (1990), Scand J Stat 17:35, for
/// log-log and arcsine. R's `survfit_confint` computes the same five.
pub(super) fn survival_interval(
    conf_type: ConfType,
    survival: f64,
    log_std_err: f64,
    z: f64,
) -> Option<(f64, f64)> {
    if survival <= 0.0 {
        return None;
    }
    let step = z * log_std_err;
    let inside = survival < 1.0;
    match conf_type {
        ConfType::Plain => {
            let step = step * survival;
            Some(((survival - step).max(0.0), (survival + step).min(1.0)))
        }
        ConfType::Log => {
            let factor = step.exp();
            Some((survival / factor, (survival * factor).min(1.0)))
        }
        ConfType::LogLog => inside.then(|| {
            let log = survival.ln();
            let factor = (-step / log).exp();
            ((log * factor).exp(), (log / factor).exp())
        }),
        ConfType::Logit => inside.then(|| {
            let odds = survival / (1.0 - survival);
            let factor = (step / (1.0 - survival)).exp();
            let (low, high) = (odds / factor, odds * factor);
            (low / (1.0 + low), 1.0 - 1.0 / (1.0 + high))
        }),
        ConfType::Arcsine => inside.then(|| {
            let angle = survival.sqrt().asin();
            let step = 0.5 * step * (survival / (1.0 - survival)).sqrt();
            let low = (angle - step).max(0.0).sin();
            let high = (angle + step).min(std::f64::consts::FRAC_PI_2).sin();
            (low * low, high * high)
        }),
    }
}
