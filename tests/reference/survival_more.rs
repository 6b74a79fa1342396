//! What `survfit` says of its curves besides: means, counts, limits of other levels, and curves that start later.

use std::collections::HashMap;

use oncurve::stats::{
    ConfType, FollowUp, FollowUpOptions, SurvivalCurve, conditional_survival, kaplan_meier,
    merge_near_ties, rmst,
};
use serde_json::Value;

use crate::compare::{Tally, number, numbers};
use crate::data::{DataSet, cases, expected, text};
use crate::differences::{self, Difference};
use crate::survival::{TOLERANCE, keys, strata};

#[test]
pub fn areas_under_curves_equal_survfit() {
    let file = expected("survfit_more");
    let mut tally = Tally::new(
        "Area under a curve up to a time, with its error",
        &file,
        TOLERANCE,
    )
    .against("survival", "survfit");
    tally.expect(Difference::BeyondFollowUp);
    for case in cases(&file) {
        let strata: HashMap<String, FollowUp> = strata(case).into_iter().collect();
        let last = |data: &FollowUp| kaplan_meier(data, ConfType::Log, 0.95).last_time();
        let longest = strata.values().map(last).fold(0.0, f64::max);
        for theirs in case["rmean"].as_array().unwrap() {
            // R refuses times before the first step.
            if theirs["error"].is_string() {
                continue;
            }
            for (row, stratum) in case["strata"].as_array().unwrap().iter().enumerate() {
                let data = &strata[stratum.as_str().unwrap()];
                let tau = match theirs["tau"].as_str() {
                    Some("common") => longest,
                    Some(_) => last(data),
                    None => theirs["tau"].as_f64().unwrap(),
                };
                // The curve of one stratum is not known as long as that of another.
                let ours = rmst(data, tau, 0.95).ok();
                let beyond = ours.is_none().then_some(Difference::BeyondFollowUp);
                let at =
                    |part: &str| format!("{} {stratum} {} {part}", text(case, "id"), theirs["tau"]);
                let mean = ours.map(|ours| ours.rmst);
                tally.close_or(beyond, mean, &theirs["rmean"][row], || at("mean"));
                let std_err = ours.map(|ours| ours.std_err);
                tally.close_or(beyond, std_err, &theirs["se"][row], || at("error"));
            }
        }
    }
    tally.finish(1_500);
}

#[test]
pub fn counts_between_landmarks_equal_survfit() {
    let file = expected("survfit_more");
    let mut tally = Tally::new("Events and censored up to landmarks", &file, TOLERANCE)
        .against("survival", "summary");
    for case in cases(&file) {
        for (stratum, data) in strata(case) {
            let curve = kaplan_meier(&data, ConfType::Log, 0.95);
            let theirs = &case["landmark"][&stratum];
            // R's are those since the landmark before, up to and with this one.
            let (mut events, mut censored) = (0.0, 0.0);
            for (row, time) in numbers(&theirs["time"]).into_iter().flatten().enumerate() {
                events += number(&theirs["n_event"][row]).unwrap();
                censored += number(&theirs["n_censor"][row]).unwrap();
                let now = curve.at(time).filter(|step| step.time == time);
                let (event, censor) = now.map_or((0.0, 0.0), |step| (step.n_event, step.n_censor));
                let at = || format!("{} {stratum} at {time}", text(case, "id"));
                tally.close(Some(curve.cum_event(time) + event), &events.into(), at);
                tally.close(Some(curve.cum_censor(time) + censor), &censored.into(), at);
            }
        }
    }
    tally.finish(3_800);
}

#[test]
pub fn limits_of_other_levels_at_landmarks_equal_survfit() {
    let file = expected("survfit_more");
    let mut tally = Tally::new("Limits at landmarks, 90 % and 99 %", &file, TOLERANCE)
        .against("survival", "summary");
    tally.expect(Difference::BeyondFollowUp);
    tally.expect(Difference::NoIntervalBeforeTheFirstStep);
    for case in cases(&file) {
        for (stratum, data) in strata(case) {
            let times = numbers(&case["landmark"][&stratum]["time"]);
            for (key, conf_type, level) in keys(&case["landmark_ci"]) {
                let curve = kaplan_meier(&data, conf_type, level);
                let limits = &case["landmark_ci"][&key][&stratum];
                for (row, time) in times.iter().copied().flatten().enumerate() {
                    let ours = curve.landmark(time);
                    let reason = differences::of_landmark(&curve, time);
                    let at = || format!("{} {stratum} {key} at {time}", text(case, "id"));
                    tally.close_or(reason, ours.conf_low, &limits["lower"][row], at);
                    tally.close_or(reason, ours.conf_high, &limits["upper"][row], at);
                }
            }
        }
    }
    tally.finish(28_000);
}

/// The curve of those who are followed beyond `start`.
fn from_start(case: &Value, start: f64) -> SurvivalCurve {
    let rows = DataSet::load(text(case, "data")).rows(text(case, "formula"));
    let Some(entry) = &rows.entry else {
        return conditional_survival(&rows.time, &rows.event, start, ConfType::Log, 0.95).unwrap();
    };
    let n = rows.time.len();
    let merged: Vec<f64> = rows.time.iter().chain(entry).copied().collect();
    let merged = merge_near_ties(&merged);
    let left: Vec<usize> = (0..n).filter(|&i| merged[i] > start).collect();
    let time: Vec<f64> = left.iter().map(|&i| merged[i]).collect();
    let event: Vec<bool> = left.iter().map(|&i| rows.event[i]).collect();
    let entry: Vec<f64> = left.iter().map(|&i| merged[n + i].max(start)).collect();
    let options = FollowUpOptions {
        entry: Some(&entry),
        ..FollowUpOptions::default()
    };
    kaplan_meier(
        &FollowUp::with(&time, &event, options).unwrap(),
        ConfType::Log,
        0.95,
    )
}

#[test]
pub fn curves_from_a_later_start_equal_survfit() {
    let file = expected("start_time");
    let mut tally = Tally::new("Curves of those who got to a time", &file, TOLERANCE)
        .against("survival", "survfit(start.time = )");
    tally.expect(Difference::EventsAtTheStart);
    for case in cases(&file) {
        let (start, theirs) = (number(&case["start"]).unwrap(), &case["result"]);
        let curve = from_start(case, start);
        let value = |part: &str, row: usize| number(&theirs[part][row]).unwrap();
        let rows = numbers(&theirs["time"]).len();
        // R counts those who leave at the start itself.
        let skipped = usize::from(value("time", 0) == start);
        assert_eq!(curve.steps.len(), rows - skipped, "{}", case["id"]);
        let before = match skipped {
            1 => (value("surv", 0), value("std_err_raw", 0)),
            _ => (1.0, 0.0),
        };
        let survived = (before.0 < 1.0).then_some(Difference::EventsAtTheStart);
        for (step, row) in curve.steps.iter().zip(skipped..) {
            let at = |part: &str| format!("{} {part} at {}", text(case, "id"), step.time);
            tally.close(Some(step.time), &theirs["time"][row], || at("time"));
            tally.close(Some(step.n_risk), &theirs["n_risk"][row], || at("n_risk"));
            tally.close(Some(step.n_event), &theirs["n_event"][row], || {
                at("n_event")
            });
            tally.close(Some(step.n_censor), &theirs["n_censor"][row], || {
                at("n_censor")
            });
            let survival = value("surv", row) / before.0;
            let log_err = number(&theirs["std_err_raw"][row])
                .map(|raw| (raw * raw - before.1 * before.1).max(0.0).sqrt());
            let std_err = log_err.map(|log_err| log_err * survival);
            // R's limits by their definition, where those who leave at the start do not count.
            let limit = |sign: f64| {
                let z = 1.959_963_984_540_054 * sign;
                log_err.map(|log_err| (survival.ln() + z * log_err).exp().min(1.0))
            };
            let instead = |value: Option<f64>| survived.map(|reason| (reason, value));
            tally.close_or_instead(
                instead(Some(survival)),
                Some(step.survival),
                &theirs["surv"][row],
                || at("surv"),
            );
            let ours = step.std_err.map(|std_err| std_err / step.survival);
            tally.close_or_instead(
                instead(std_err.map(|err| err / survival)),
                ours,
                &theirs["std_err_raw"][row],
                || at("std_err"),
            );
            if step.survival < 1.0 {
                tally.close_or_instead(
                    instead(limit(-1.0)),
                    step.conf_low,
                    &theirs["lower"][row],
                    || at("lower"),
                );
                tally.close_or_instead(
                    instead(limit(1.0)),
                    step.conf_high,
                    &theirs["upper"][row],
                    || at("upper"),
                );
            }
        }
    }
    tally.finish(15_000);
}
