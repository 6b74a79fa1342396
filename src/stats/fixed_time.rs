//! Survival at a fixed time: differences between groups, survival of those who got that far, and crossing curves.

use serde::Serialize;

use super::follow_up::{FollowUp, FollowUpError};
use super::kaplan_meier::rounding;
use super::{ConfType, Landmark, SurvivalCurve, SurvivalStep, kaplan_meier};
use crate::math::{normal_critical, normal_two_sided};

/// Difference of survival at one time, second group minus first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SurvivalDifference {
    /// The time.
    pub time: f64,
    /// S₂ − S₁; `None` where a curve is not known.
    pub estimate: Option<f64>,
    /// Standard error of `estimate`.
    pub std_err: Option<f64>,
    /// Lower limit; `None`, as the others, where a curve is at 0 or 1.
    pub conf_low: Option<f64>,
    /// Upper limit.
    pub conf_high: Option<f64>,
    /// Two-sided p value.
    pub p_value: Option<f64>,
}

/// Compares two curves at a time.
///
/// **Conventions.** The interval combines those of the two curves by their distances from the estimates, so that it
/// keeps their scale (`conf_type`); with plain limits that are not cut off it is the normal one. The test compares
/// the curves on the same scale.
/// **Source.** Interval: Zou & Donner (2008), Stat Med 27:1693. Test: Klein et al. (2007), Stat Med 26:4505.
/// **Checked against** the formulas applied to `summary(survfit)`, in `tests/reference/fixed_time.rs`.
pub fn survival_difference(
    first: &SurvivalCurve,
    second: &SurvivalCurve,
    time: f64,
    conf_type: ConfType,
) -> SurvivalDifference {
    let (a, b) = (first.landmark(time), second.landmark(time));
    let estimate = a.survival.zip(b.survival).map(|(a, b)| b - a);
    // A curve at 0 or 1 has no error that says how sure it is.
    let varies = |at: &Landmark| at.survival.is_some_and(|s| s > 0.0 && s < 1.0);
    let vary = varies(&a) && varies(&b);
    let limit = |below: Option<f64>, above: Option<f64>, sign: f64| {
        let (below, above) = (below.filter(|_| vary), above.filter(|_| vary));
        let (one, other) = (b.survival? - below?, above? - a.survival?);
        Some(estimate? + sign * one.hypot(other))
    };
    SurvivalDifference {
        time,
        estimate,
        std_err: a.std_err.zip(b.std_err).map(|(a, b)| a.hypot(b)),
        conf_low: limit(b.conf_low, a.conf_high, -1.0),
        conf_high: limit(b.conf_high, a.conf_low, 1.0),
        p_value: test(&a, &b, conf_type),
    }
}

/// The test of equal survival on the scale of the interval.
fn test(a: &Landmark, b: &Landmark, conf_type: ConfType) -> Option<f64> {
    let transformed = |at: &Landmark| {
        let (s, std_err) = (at.survival?, at.std_err?);
        // g(S) and |g′(S)|.
        let (value, slope) = match conf_type {
            ConfType::Plain => (s, 1.0),
            ConfType::Log => (s.ln(), 1.0 / s),
            ConfType::LogLog => ((-s.ln()).ln(), 1.0 / (s * s.ln()).abs()),
            ConfType::Logit => ((s / (1.0 - s)).ln(), 1.0 / (s * (1.0 - s))),
            ConfType::Arcsine => (s.sqrt().asin(), 0.5 / (s * (1.0 - s)).sqrt()),
        };
        (s > 0.0 && s < 1.0).then_some((value, slope * std_err))
    };
    let ((a, a_err), (b, b_err)) = (transformed(a)?, transformed(b)?);
    let std_err = a_err.hypot(b_err);
    (std_err > 0.0).then(|| normal_two_sided((b - a) / std_err))
}

/// The survival curve of those who are still followed at `start`, on the scale of all: its value at t is the
/// probability of surviving t for somebody who has survived `start`.
///
/// **Conventions.** Those who leave at `start` itself, but for rounding, do not count. The same as S(t) / S(`start`), with the variance
/// of what happens between them.
/// **Errors.** [`FollowUpError::Empty`] when nobody is left.
/// **Checked against** `survfit(start.time = )`, in `tests/reference/fixed_time.rs` and `survival_more.rs`.
pub fn conditional_survival(
    time: &[f64],
    event: &[bool],
    start: f64,
    conf_type: ConfType,
    conf_level: f64,
) -> Result<SurvivalCurve, FollowUpError> {
    let beyond = start + rounding(start);
    let left = || (0..time.len()).filter(|&i| time[i] > beyond);
    let times: Vec<f64> = left().map(|i| time[i]).collect();
    let events: Vec<bool> = left().map(|i| event[i]).collect();
    let data = FollowUp::new(&times, &events)?;
    Ok(kaplan_meier(&data, conf_type, conf_level))
}

/// Where two curves are compared to say that they cross: when these shares of the events have happened.
const CROSSING_SHARES: [f64; 5] = [0.1, 0.3, 0.5, 0.7, 0.9];

/// The chance of saying that a curve is above another where it is not.
const CROSSING_LEVEL: f64 = 0.05;

/// When two curves trade places, if each is shown to be above the other at some time: the first time after which the
/// difference has the other sign.
///
/// **Conventions.** Each direction is a one-sided test at 5 % of all the curve: at each of five times (10, 30, 50, 70 and
/// 90 % of the events) with Bonferroni's correction. So curves of which one is nowhere above the other are said to cross in at most 5 % of
/// cohorts. The tests are on the arcsine scale, where a curve that is still at 1 has an error too, of one over twice the
/// root of the number at risk.
/// **Source.** Test at one time: Klein et al. (2007), Stat Med 26:4505.
/// **Checked against** the rates of findings in simulated cohorts with and without a crossing, below.
pub fn crossing(first: &SurvivalCurve, second: &SurvivalCurve) -> Option<f64> {
    let covered = first.last_time().min(second.last_time());
    let mut events: Vec<(f64, f64)> = [first, second]
        .iter()
        .flat_map(|curve| &curve.steps)
        .filter(|step| step.time <= covered && step.n_event > 0.0)
        .map(|step| (step.time, step.n_event))
        .collect();
    events.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: f64 = events.iter().map(|event| event.1).sum();
    // A two-sided level of twice the one-sided one.
    let clearly = normal_critical(1.0 - 2.0 * CROSSING_LEVEL / CROSSING_SHARES.len() as f64);
    let mut happened = 0.0;
    let mut times = events.into_iter().filter_map(|(time, n)| {
        let before = happened;
        happened += n;
        let passes = |share: &f64| before < share * total && happened >= share * total;
        CROSSING_SHARES.iter().any(passes).then_some(time)
    });
    let mut crossing = None;
    let mut looked_at = times.next();
    // The sign of the clear difference so far, and when the difference last changed to the other sign.
    let (mut clear_sign, mut turned) = (0.0, None);
    for (time, difference, _) in differences(first, second) {
        if difference * clear_sign >= 0.0 {
            turned = None;
        } else {
            turned = turned.or(Some(time));
        }
        if looked_at != Some(time) {
            continue;
        }
        while looked_at == Some(time) {
            looked_at = times.next();
        }
        if arcsine_distance(first, second, time).is_some_and(|z| z.abs() > clearly) {
            if clear_sign * difference < 0.0 {
                crossing = crossing.or(turned);
            }
            clear_sign = difference.signum();
        }
    }
    crossing
}

/// The difference of two curves on the arcsine scale over its standard error; `None` where a curve has come to 0.
fn arcsine_distance(first: &SurvivalCurve, second: &SurvivalCurve, time: f64) -> Option<f64> {
    let transformed = |curve: &SurvivalCurve| {
        let at = curve.landmark(time);
        let s = at.survival.filter(|&s| s > 0.0)?;
        let std_err = if s < 1.0 {
            0.5 * at.std_err? / (s * (1.0 - s)).sqrt()
        } else {
            0.5 / at.n_risk.sqrt()
        };
        Some((s.sqrt().asin(), std_err))
    };
    let ((a, a_err), (b, b_err)) = (transformed(first)?, transformed(second)?);
    Some((a - b) / a_err.hypot(b_err))
}

/// A step of the difference of two curves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DifferenceStep {
    /// Where a curve steps.
    pub time: f64,
    /// Difference from there.
    pub estimate: f64,
    /// Lower pointwise limit; `None` once a curve has reached 0.
    pub conf_low: Option<f64>,
    /// Upper pointwise limit.
    pub conf_high: Option<f64>,
}

/// The difference of two curves (second minus first) over the time that both cover, with the pointwise normal
/// interval cut to [−1, 1].
pub fn difference_curve(
    first: &SurvivalCurve,
    second: &SurvivalCurve,
    conf_level: f64,
) -> Vec<DifferenceStep> {
    let z = normal_critical(conf_level);
    differences(second, first)
        .map(|(time, estimate, std_err)| {
            let known = [first, second]
                .iter()
                .all(|curve| curve.at(time).is_none_or(|step| step.survival > 0.0));
            let limit = |sign: f64| known.then(|| (estimate + sign * z * std_err).clamp(-1.0, 1.0));
            DifferenceStep {
                time,
                estimate,
                conf_low: limit(-1.0),
                conf_high: limit(1.0),
            }
        })
        .collect()
}

/// The difference of two curves (first minus second) with its standard error, at every step of either that both
/// cover.
fn differences<'a>(
    first: &'a SurvivalCurve,
    second: &'a SurvivalCurve,
) -> impl Iterator<Item = (f64, f64, f64)> + 'a {
    let mut a = first.steps.iter().peekable();
    let mut b = second.steps.iter().peekable();
    let (mut s, mut t) = ((1.0, 0.0), (1.0, 0.0));
    std::iter::from_fn(move || {
        let time = a.peek()?.time.min(b.peek()?.time);
        let value = |step: &SurvivalStep| (step.survival, step.std_err.unwrap_or(0.0));
        if let Some(step) = a.next_if(|step| step.time == time) {
            s = value(step);
        }
        if let Some(step) = b.next_if(|step| step.time == time) {
            t = value(step);
        }
        Some((time, s.0 - t.0, f64::hypot(s.1, t.1)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::Rng;

    fn curve(time: &[f64], event: &[bool]) -> SurvivalCurve {
        let data = FollowUp::new(time, event).unwrap();
        kaplan_meier(&data, ConfType::Plain, 0.95)
    }

    #[test]
    fn plain_limits_make_the_normal_interval_of_the_difference() {
        let early: Vec<f64> = (1..=40).map(f64::from).collect();
        let late: Vec<f64> = (1..=40).map(|i| f64::from(i) * 1.5).collect();
        let (first, second) = (curve(&early, &[true; 40]), curve(&late, &[true; 40]));
        let at = survival_difference(&first, &second, 20.0, ConfType::Plain);
        // S₁ = 20/40, S₂ = 27/40; variances S (1 − S) / 40.
        let (estimate, variance): (f64, f64) = (7.0 / 40.0, (0.25 + 0.675 * 0.325) / 40.0);
        let close = |value: Option<f64>, expected: f64| {
            assert!(
                (value.unwrap() - expected).abs() < 1e-14,
                "{value:?} {expected}"
            );
        };
        close(at.estimate, estimate);
        close(at.std_err, variance.sqrt());
        close(
            at.conf_low,
            estimate - crate::math::normal_critical(0.95) * variance.sqrt(),
        );
        close(at.p_value, normal_two_sided(estimate / variance.sqrt()));
        let beyond = survival_difference(&first, &second, 70.0, ConfType::Plain);
        assert_eq!((beyond.estimate, beyond.p_value), (Some(0.0), None));
        // Nobody of the second has died by 1, nobody of a group of censored ever does.
        let alive = curve(&[0.5, 80.0], &[false, false]);
        for (other, time) in [(&second, 1.0), (&alive, 20.0)] {
            let certain = survival_difference(&first, other, time, ConfType::Plain);
            let claims = [certain.conf_low, certain.conf_high, certain.p_value];
            assert!(certain.estimate.is_some_and(|estimate| estimate > 0.0));
            assert_eq!(claims, [None; 3]);
        }
    }

    #[test]
    fn the_difference_over_time_has_the_plain_interval_until_a_curve_ends() {
        let first = curve(&[1.0, 2.0, 3.0, 4.0], &[true, true, false, true]);
        let second = curve(&[2.5, 3.0, 5.0], &[true, false, true]);
        let steps = difference_curve(&first, &second, 0.95);
        let times: Vec<f64> = steps.iter().map(|step| step.time).collect();
        assert_eq!(times, [1.0, 2.0, 2.5, 3.0, 4.0]);
        assert_eq!(steps[1].estimate, 0.5);
        // Greenwood: S² × (1/12 + 1/6) = 1/16 for the first, 0 for the second.
        let high = 0.5 + normal_critical(0.95) / 4.0;
        assert!((steps[1].conf_high.unwrap() - high).abs() < 1e-15);
        assert_eq!((steps[4].estimate, steps[4].conf_low), (2.0 / 3.0, None));
    }

    #[test]
    fn conditional_survival_is_the_ratio_of_two_points_of_the_curve() {
        let (time, event) = (
            [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
            [true, false, true, true, false, true],
        );
        let whole = curve(&time, &event);
        let left = conditional_survival(&time, &event, 3.0, ConfType::Plain, 0.95).unwrap();
        let at = |time: f64| whole.landmark(time).survival.unwrap();
        assert_eq!((left.n, left.landmark(4.5).survival), (3, Some(2.0 / 3.0)));
        assert!((at(4.5) / at(3.0) - 2.0 / 3.0).abs() < 1e-15);
        let nobody = conditional_survival(&time, &event, 6.0, ConfType::Plain, 0.95);
        assert_eq!(nobody, Err(FollowUpError::Empty));
    }

    #[test]
    fn who_leaves_at_the_start_but_for_rounding_is_not_followed_beyond_it() {
        let (time, event) = ([0.1 + 0.2, 1.0], [true, true]);
        assert!(time[0] > 0.3);
        let left = conditional_survival(&time, &event, 0.3, ConfType::Plain, 0.95).unwrap();
        assert_eq!((left.n, left.landmark(0.5).survival), (1, Some(1.0)));
    }

    #[test]
    fn curves_that_trade_places_clearly_cross_at_the_turn_and_others_do_not() {
        // Half of the first die at 10 to 19, the rest are followed to 500; the second die at 200 to 219.
        let first: Vec<f64> = (0..20)
            .map(|i| if i < 10 { 10.0 + f64::from(i) } else { 500.0 })
            .collect();
        let events: Vec<bool> = (0..20).map(|i| i < 10).collect();
        let second: Vec<f64> = (0..20).map(|i| 200.0 + f64::from(i)).collect();
        let (first, second) = (curve(&first, &events), curve(&second, &[true; 20]));
        // The second is above until its eleventh death, at 210, leaves 9 of 20 against 10 of 20.
        assert_eq!(crossing(&first, &second), Some(210.0));
        assert_eq!(crossing(&second, &first), Some(210.0));
        assert_eq!(crossing(&first, &first), None);
    }

    /// The share of 400 simulated cohorts in which the curves are said to cross. A group has `n` patients, times with
    /// these hazards before and after time 1, and censoring between times 0.5 and 3.
    fn found_to_cross(n: usize, hazards: [[f64; 2]; 2], seed: u64) -> f64 {
        let mut rng = Rng::new(seed);
        let mut group = |[early, late]: [f64; 2]| {
            let (mut time, mut event) = (Vec::new(), Vec::new());
            for _ in 0..n {
                let cumulated = -(1.0 - rng.uniform()).ln();
                let died = if cumulated < early {
                    cumulated / early
                } else {
                    1.0 + (cumulated - early) / late
                };
                let censored = 0.5 + 2.5 * rng.uniform();
                time.push(died.min(censored));
                event.push(died <= censored);
            }
            curve(&time, &event)
        };
        let found = (0..400)
            .filter(|_| crossing(&group(hazards[0]), &group(hazards[1])).is_some())
            .count();
        found as f64 / 400.0
    }

    #[test]
    fn curves_that_do_not_cross_are_said_to_in_at_most_one_of_twenty_cohorts() {
        let (alike, better) = ([1.0, 1.0], [0.7, 0.7]);
        for (n, others) in [
            (15, alike),
            (50, alike),
            (150, alike),
            (50, better),
            (150, better),
        ] {
            let found = found_to_cross(n, [alike, others], 20_261);
            assert!(found <= 0.05, "{n} {others:?}: {found}");
        }
    }

    #[test]
    fn curves_that_do_cross_are_found() {
        // S = 0.74 against 0.45 at time 1, and 0.08 against 0.41 at time 1.9.
        let found = found_to_cross(150, [[0.3, 2.5], [0.8, 0.1]], 7);
        assert!(found > 0.75, "{found}");
        let apart = found_to_cross(150, [[0.8, 0.8], [0.3, 0.3]], 7);
        assert_eq!(apart, 0.0);
    }
}
