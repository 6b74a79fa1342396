//! Incidence rates: events over time at risk, and their ratios.

use serde::Serialize;

use super::Ratio;
use crate::math::{beta_quantile, bisect, chi_square_upper};

/// A rate with its interval, in events per unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct IncidenceRate {
    /// Events, or subjects with one.
    pub count: usize,
    /// Time at risk of all subjects.
    pub time: f64,
    /// count / time; `None` without time at risk.
    pub estimate: Option<f64>,
    /// Lower limit.
    pub conf_low: Option<f64>,
    /// Upper limit.
    pub conf_high: Option<f64>,
}

/// A rate with the exact interval of a Poisson count.
///
/// **Conventions.** The lower limit of no events is 0; without time at risk there is no rate.
/// **Source.** Garwood (1936), Biometrika 28:437: χ² quantiles with 2 count and 2 count + 2 degrees of freedom.
/// **Checked against** `poisson.test`, in `tests/reference/safety.rs`.
pub fn incidence_rate(count: usize, time: f64, conf_level: f64) -> IncidenceRate {
    let known = time > 0.0 && time.is_finite();
    let per = |mean: f64| known.then(|| mean / time);
    let alpha = (1.0 - conf_level) / 2.0;
    // P(χ² with 2 k degrees of freedom > 2 mean) = P(Poisson(mean) < k).
    let mean = |df: usize, upper: f64, highest: f64| {
        bisect(0.0, highest, |mean| {
            chi_square_upper(2.0 * mean, df) - upper
        })
    };
    let most = count as f64;
    let low = if count == 0 {
        0.0
    } else {
        mean(2 * count, 1.0 - alpha, most)
    };
    // Beyond 10 standard deviations and 50 more no limit lies for a level of 0.999.
    let highest = most + 10.0 * most.sqrt() + 50.0;
    IncidenceRate {
        count,
        time,
        estimate: per(most),
        conf_low: per(low),
        conf_high: per(mean(2 * count + 2, alpha, highest)),
    }
}

/// The ratio second / first of two rates, each `(count, time)`, with the exact interval given the sum of both counts.
///
/// **Conventions.** The lower limit is 0 where the second has no event, and there is no finite upper one where the
/// first has none; nothing is estimated where neither has one, or without time at risk.
/// **Source.** Clopper & Pearson's interval of the share of the second: Przyborowski & Wilenski (1940), Biometrika
/// 31:313.
/// **Checked against** `poisson.test` of two samples, in `tests/reference/safety.rs`.
pub fn rate_ratio(first: (usize, f64), second: (usize, f64), conf_level: f64) -> Ratio {
    let usable = |time: f64| time > 0.0 && time.is_finite();
    if !(usable(first.1) && usable(second.1)) || first.0 + second.0 == 0 {
        return Ratio {
            estimate: None,
            conf_low: None,
            conf_high: None,
        };
    }
    let alpha = (1.0 - conf_level) / 2.0;
    let times = first.1 / second.1;
    let (x, rest) = (second.0 as f64, first.0 as f64);
    // Odds of a share, and of its mirror image, which keeps the digits of the upper tail.
    let low = (second.0 > 0).then(|| {
        let share = beta_quantile(alpha, x, rest + 1.0);
        share / (1.0 - share)
    });
    let high = (first.0 > 0).then(|| {
        let share = beta_quantile(alpha, rest, x + 1.0);
        (1.0 - share) / share
    });
    Ratio {
        estimate: (first.0 > 0).then(|| x / rest * times),
        conf_low: Some(low.unwrap_or(0.0) * times),
        conf_high: high.map(|high| high * times),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: Option<f64>, expected: f64) {
        let value = value.unwrap();
        assert!(
            (value - expected).abs() < 1e-12,
            "{value} is not {expected}"
        );
    }

    #[test]
    fn without_events_the_upper_limit_is_that_of_an_exponential() {
        let rate = incidence_rate(0, 2.0, 0.95);
        assert_eq!((rate.estimate, rate.conf_low), (Some(0.0), Some(0.0)));
        close(rate.conf_high, -(0.025f64).ln() / 2.0);
    }

    #[test]
    fn without_time_there_is_no_rate() {
        let rate = incidence_rate(3, 0.0, 0.95);
        assert_eq!(
            (rate.estimate, rate.conf_low, rate.conf_high),
            (None, None, None)
        );
        assert_eq!(rate_ratio((1, 0.0), (1, 2.0), 0.95).estimate, None);
        assert_eq!(rate_ratio((0, 1.0), (0, 2.0), 0.95).conf_low, None);
    }

    #[test]
    fn exchanging_the_groups_inverts_the_ratio() {
        let (ours, theirs) = (
            rate_ratio((3, 5.0), (8, 4.0), 0.95),
            rate_ratio((8, 4.0), (3, 5.0), 0.95),
        );
        close(ours.estimate, 8.0 / 4.0 / (3.0 / 5.0));
        close(ours.conf_low, 1.0 / theirs.conf_high.unwrap());
        close(ours.conf_high, 1.0 / theirs.conf_low.unwrap());
    }

    #[test]
    fn a_ratio_is_unbounded_where_the_first_has_no_event() {
        let ratio = rate_ratio((0, 1.0), (2, 1.0), 0.95);
        assert_eq!((ratio.estimate, ratio.conf_high), (None, None));
        // The lower limit of the share is α^(1 / 2).
        let share = 0.025f64.sqrt();
        close(ratio.conf_low, share / (1.0 - share));
        let none = rate_ratio((2, 1.0), (0, 1.0), 0.95);
        assert_eq!((none.estimate, none.conf_low), (Some(0.0), Some(0.0)));
    }
}
