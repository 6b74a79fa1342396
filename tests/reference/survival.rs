//! Kaplan-Meier curves, bands, quantiles and landmarks against `survfit`.

use oncurve::stats::{
    ConfType, FollowUp, FollowUpOptions, SurvivalCurve, SurvivalStep, kaplan_meier,
    median_follow_up, merge_near_ties, reverse_kaplan_meier,
};
use serde_json::Value;

use crate::compare::{Tally, numbers};
use crate::data::{DataSet, cases, expected, text};
use crate::differences::{self, AskedOtherwise, Difference};

/// Products and sums of up to 1,500 factors, and R's own logarithms and exponentials: rounding.
pub const TOLERANCE: f64 = 1e-11;

pub const TYPES: [(&str, ConfType); 5] = [
    ("plain", ConfType::Plain),
    ("log", ConfType::Log),
    ("log-log", ConfType::LogLog),
    ("logit", ConfType::Logit),
    ("arcsin", ConfType::Arcsine),
];

/// The follow-up of each stratum of a case. Near ties are merged in all strata together, as R does.
pub fn strata(case: &Value) -> Vec<(String, FollowUp)> {
    let data = DataSet::load(text(case, "data"));
    let formula = text(case, "formula");
    let rows = data.rows(formula);
    let exact_ties = text(case, "kind") == "timefix=FALSE";
    let n = rows.time.len();
    let mut times = rows.time.clone();
    times.extend(rows.entry.iter().flatten());
    if !exact_ties {
        times = merge_near_ties(&times).into_owned();
    }
    let weights = (case["weighted"] == true).then(|| data.weights(&rows.rows));
    let names = data.strata(formula, &rows.rows);
    let mut distinct = names.clone();
    distinct.sort();
    distinct.dedup();
    let of_stratum = |stratum: &String| {
        let members: Vec<usize> = (0..n).filter(|&i| names[i] == *stratum).collect();
        let pick = |from: &[f64]| members.iter().map(|&i| from[i]).collect::<Vec<f64>>();
        let event: Vec<bool> = members.iter().map(|&i| rows.event[i]).collect();
        let entry = rows.entry.is_some().then(|| pick(&times[n..]));
        let weights = weights.as_deref().map(pick);
        let time = pick(&times[..n]);
        if entry.is_none() && weights.is_none() && !exact_ties {
            return FollowUp::new(&time, &event).unwrap();
        }
        let options = FollowUpOptions {
            entry: entry.as_deref(),
            weights: weights.as_deref(),
            exact_ties,
        };
        FollowUp::with(&time, &event, options).unwrap()
    };
    distinct
        .iter()
        .map(|s| (s.clone(), of_stratum(s)))
        .collect()
}

type OfStep = fn(&SurvivalStep) -> Option<f64>;
type Column = (&'static str, OfStep);

const COLUMNS: [Column; 5] = [
    ("time", |s| Some(s.time)),
    ("n_risk", |s| Some(s.n_risk)),
    ("n_event", |s| Some(s.n_event)),
    ("n_censor", |s| Some(s.n_censor)),
    ("surv", |s| Some(s.survival)),
];

fn compare_column(
    tally: &mut Tally,
    curve: &SurvivalCurve,
    theirs: &Value,
    column: Column,
    at: &str,
) {
    let Some(theirs) = theirs.as_array() else {
        return;
    };
    assert_eq!(curve.steps.len(), theirs.len(), "{at}: number of steps");
    for (step, theirs) in curve.steps.iter().zip(theirs) {
        tally.close(column.1(step), theirs, || {
            format!("{at} {} at {}", column.0, step.time)
        });
    }
}

#[test]
pub fn curves_and_bands_equal_survfit() {
    let file = expected("survfit");
    let mut curves =
        Tally::new("Kaplan-Meier curve", &file, TOLERANCE).against("survival", "survfit");
    let mut bands = Tally::new("Pointwise intervals, five transforms", &file, TOLERANCE)
        .against("survival", "survfit");
    let mut reverse =
        Tally::new("Reverse Kaplan-Meier curve", &file, TOLERANCE).against("survival", "survfit");
    for case in cases(&file) {
        let is_reverse = text(case, "kind") == "reverseKM";
        for (stratum, data) in strata(case) {
            let at = format!("{} {stratum}", text(case, "id"));
            let theirs = &case["curves"][&stratum];
            let (curve, tally) = if is_reverse {
                let curve = reverse_kaplan_meier(&data, ConfType::LogLog, 0.95);
                (curve, &mut reverse)
            } else {
                (kaplan_meier(&data, ConfType::LogLog, 0.95), &mut curves)
            };
            tally.close(Some(curve.n as f64), &theirs["n"], || at.clone());
            for column in COLUMNS {
                compare_column(tally, &curve, &theirs[column.0], column, &at);
            }
            let std_err: Column = ("std_err", |s| s.std_err);
            compare_column(tally, &curve, &theirs["se_surv"], std_err, &at);
            for (key, conf_type, level) in keys(&case["ci"]) {
                let curve = kaplan_meier(&data, conf_type, level);
                let theirs = &case["ci"][&key][&stratum];
                let at = format!("{at} {key}");
                compare_column(
                    &mut bands,
                    &curve,
                    &theirs["lower"],
                    ("lower", |s| s.conf_low),
                    &at,
                );
                compare_column(
                    &mut bands,
                    &curve,
                    &theirs["upper"],
                    ("upper", |s| s.conf_high),
                    &at,
                );
            }
        }
    }
    curves.finish(73_000);
    bands.finish(145_000);
    reverse.finish(40_000);
}

/// The keys "type@level" of an object.
pub fn keys(object: &Value) -> Vec<(String, ConfType, f64)> {
    let parse = |key: &String| {
        let (name, level) = key.split_once('@').unwrap_or((key, "0.95"));
        let conf_type = TYPES.iter().find(|t| t.0 == name).unwrap().1;
        (key.clone(), conf_type, level.parse().unwrap())
    };
    object
        .as_object()
        .map_or_else(Vec::new, |object| object.keys().map(parse).collect())
}

#[test]
pub fn quantiles_equal_survfit() {
    let file = expected("survfit");
    let mut tally = Tally::new("Quantiles with Brookmeyer-Crowley limits", &file, TOLERANCE)
        .against("survival", "quantile");
    let otherwise = AskedOtherwise::load();
    for case in cases(&file) {
        for (stratum, data) in strata(case) {
            for (field, estimator) in [
                ("quantiles", kaplan_meier as Estimator),
                ("quantiles95", reverse_kaplan_meier),
            ] {
                for (key, conf_type, level) in keys(&case[field]) {
                    let at = format!("{}|{stratum}|{key}", text(case, "id"));
                    let curve = estimator(&data, conf_type, level);
                    let theirs = &case[field][&key][&stratum];
                    compare_quantiles(&mut tally, &curve, theirs, &otherwise, &at);
                }
            }
        }
    }
    tally.expect(Difference::BandNotMonotone);
    tally.expect(Difference::PlateauToTheEnd);
    tally.finish(27_000);
}

type Estimator = fn(&FollowUp, ConfType, f64) -> SurvivalCurve;

fn compare_quantiles(
    tally: &mut Tally,
    curve: &SurvivalCurve,
    theirs: &Value,
    otherwise: &AskedOtherwise,
    at: &str,
) {
    for (i, p) in numbers(&theirs["probs"]).into_iter().enumerate() {
        let p = p.unwrap();
        let ours = curve.quantile(p);
        for (part, ours) in [
            ("quantile", ours.estimate),
            ("lower", ours.conf_low),
            ("upper", ours.conf_high),
        ] {
            let at = format!("{at}|{part}|{p}");
            let instead = otherwise.of(&at);
            tally.close_or_instead(instead, ours, &theirs[part][i], || at.clone());
        }
    }
}

#[test]
pub fn median_follow_up_equals_survfit_of_the_censorings() {
    let file = expected("survfit");
    let mut tally = Tally::new("Median follow-up with limits", &file, TOLERANCE)
        .against("survival", "survfit of 1 − status");
    tally.expect(Difference::PlateauToTheEnd);
    let otherwise = AskedOtherwise::load();
    let is_reverse = |case: &&Value| text(case, "kind") == "reverseKM";
    for case in cases(&file).iter().filter(is_reverse) {
        for (stratum, data) in strata(case) {
            for (key, conf_type, level) in keys(&case["quantiles95"]) {
                let ours = median_follow_up(&data, conf_type, level);
                let theirs = &case["quantiles95"][&key][&stratum];
                let half = numbers(&theirs["probs"])
                    .iter()
                    .position(|p| *p == Some(0.5));
                for (part, ours) in [
                    ("quantile", ours.estimate),
                    ("lower", ours.conf_low),
                    ("upper", ours.conf_high),
                ] {
                    let at = format!("{}|{stratum}|{key}|{part}|0.5", text(case, "id"));
                    let theirs = &theirs[part][half.unwrap()];
                    tally.close_or_instead(otherwise.of(&at), ours, theirs, || at.clone());
                }
            }
        }
    }
    tally.finish(1_000);
}

/// prodlim takes those who die at t out before those who are censored at t; survfit and we after.
#[test]
pub fn reverse_curves_equal_prodlim_where_no_death_ties_with_a_censoring() {
    let file = expected("reverse_prodlim");
    let mut tally = Tally::new("Reverse Kaplan-Meier curve", &file, TOLERANCE)
        .against("prodlim", "prodlim(reverse = TRUE)");
    tally.expect(Difference::TiedDeathsStay);
    for case in cases(&file) {
        let column = |name: &str| numbers(&case["result"][name]).into_iter().flatten();
        let mut theirs: Vec<[f64; 4]> = column("time")
            .zip(column("n_risk"))
            .zip(column("n_lost").zip(column("surv")))
            .map(|((time, n_risk), (n_lost, survival))| [time, n_risk, n_lost, survival])
            .collect();
        let curves: Vec<SurvivalCurve> = strata(case)
            .iter()
            .map(|(_, data)| reverse_kaplan_meier(data, ConfType::LogLog, 0.95))
            .collect();
        for size in numbers(&case["result"]["size_strata"])
            .into_iter()
            .flatten()
        {
            let rest = theirs.split_off(size as usize);
            let rows = std::mem::replace(&mut theirs, rest);
            let same = |curve: &&SurvivalCurve| {
                let near = |(s, row): (&SurvivalStep, &[f64; 4])| {
                    (s.n_risk, s.n_event) == (row[1], row[2]) && (s.time - row[0]).abs() < 1e-7
                };
                curve.steps.len() == rows.len() && curve.steps.iter().zip(&rows).all(near)
            };
            let curve = curves.iter().find(same);
            let curve = curve.unwrap_or_else(|| panic!("{}: {rows:?}", case["id"]));
            let mut left = 1.0;
            for (step, [time, n_risk, n_lost, survival]) in curve.steps.iter().zip(rows) {
                left *= 1.0 - n_lost / n_risk;
                let instead = Some((Difference::TiedDeathsStay, Some(left)));
                let at = || format!("{} at {time}", text(case, "id"));
                tally.close_or_instead(instead, Some(step.survival), &survival.into(), at);
            }
        }
    }
    tally.finish(1_000);
}

#[test]
pub fn medians_equal_what_r_prints() {
    let file = expected("survfit");
    let mut tally =
        Tally::new("Median with limits as printed", &file, TOLERANCE).against("survival", "print");
    for case in cases(&file).iter().filter(|case| case["table"].is_object()) {
        let columns = case["table"]["columns"].as_array().unwrap();
        let column = |name: &str| columns.iter().position(|c| c == name).unwrap();
        let names = case["strata"].as_array().unwrap();
        for (stratum, data) in strata(case) {
            let row = names.iter().position(|name| *name == stratum.as_str());
            let row = &case["table"]["rows"][row.unwrap()];
            let at = |part: &str| format!("{} {stratum} {part}", text(case, "id"));
            let median = kaplan_meier(&data, ConfType::Log, 0.95).quantile(0.5);
            tally.close(median.estimate, &row[column("median")], || at("median"));
            tally.close(median.conf_low, &row[column("0.95LCL")], || at("lower"));
            tally.close(median.conf_high, &row[column("0.95UCL")], || at("upper"));
        }
    }
    tally.finish(474);
}

#[test]
pub fn landmarks_equal_survfit() {
    let file = expected("survfit");
    let mut tally =
        Tally::new("Survival at landmarks", &file, TOLERANCE).against("survival", "summary");
    for case in cases(&file) {
        for (stratum, data) in strata(case) {
            let theirs = &case["landmark"][&stratum];
            let times = numbers(&theirs["time"]);
            for (key, conf_type, level) in keys(&case["landmark_ci"]) {
                let curve = kaplan_meier(&data, conf_type, level);
                let limits = &case["landmark_ci"][&key][&stratum];
                for (i, time) in times.iter().map(|time| time.unwrap()).enumerate() {
                    let at = |part: &str| {
                        format!("{} {stratum} {key} {part} at {time}", text(case, "id"))
                    };
                    let ours = curve.landmark(time);
                    let reason = differences::of_landmark(&curve, time);
                    // R gives the estimates once, whatever the limits.
                    if conf_type == ConfType::Plain {
                        tally.close(Some(ours.n_risk), &theirs["n_risk"][i], || at("n_risk"));
                        let beyond = reason.filter(|r| *r == Difference::BeyondFollowUp);
                        let survival = &theirs["surv"][i];
                        tally.close_or(beyond, ours.survival, survival, || at("survival"));
                        let std_err = &theirs["se_surv"][i];
                        tally.close_or(beyond, ours.std_err, std_err, || at("std_err"));
                    }
                    tally.close_or(reason, ours.conf_low, &limits["lower"][i], || at("lower"));
                    tally.close_or(reason, ours.conf_high, &limits["upper"][i], || at("upper"));
                }
            }
        }
    }
    tally.expect(Difference::BeyondFollowUp);
    tally.expect(Difference::NoIntervalBeforeTheFirstStep);
    tally.finish(19_000);
}

#[test]
pub fn golden_values_are_what_r_prints() {
    let file = expected("golden");
    let mut tally =
        Tally::new("Curves known by heart", &file, TOLERANCE).against("survival", "survfit");
    for case in cases(&file) {
        let follow_up = || {
            let time: Vec<f64> = numbers(&case["time"]).into_iter().flatten().collect();
            let event = numbers(&case["event"]).into_iter().map(|e| e == Some(1.0));
            FollowUp::new(&time, &event.collect::<Vec<_>>()).unwrap()
        };
        match text(case, "kind") {
            "median" => {
                for (i, name) in case["types"].as_array().unwrap().iter().enumerate() {
                    let conf_type = TYPES.iter().find(|t| t.0 == name).unwrap().1;
                    let ours = kaplan_meier(&follow_up(), conf_type, 0.95).quantile(0.5);
                    let theirs = &case["printed"][i];
                    let at = || format!("{} {name}", text(case, "name"));
                    tally.close(ours.estimate, &theirs[0], at);
                    tally.close(ours.conf_low, &theirs[1], at);
                    tally.close(ours.conf_high, &theirs[2], at);
                }
            }
            "at_risk" => {
                let curve = kaplan_meier(&follow_up(), ConfType::LogLog, 0.95);
                for (i, time) in numbers(&case["at"]).into_iter().flatten().enumerate() {
                    let at = || format!("at risk at {time}");
                    tally.close(Some(curve.n_risk(time)), &case["n_risk"][i], at);
                }
            }
            _ => {}
        }
    }
    tally.finish(31);
}
