//! Cumulative incidence, Gray's test and Fine-Gray against survival, cmprsk, etm and prodlim.

use std::collections::BTreeMap;

use oncurve::stats::{
    CompetingRisks, CumulativeIncidence, FineGrayConvention, FineGrayFit, FineGrayOptions,
    GrayOptions, IncidenceOptions, IncidenceStep, IncidenceVariance, Probability, Ties,
    cause_specific, cox, cumulative_incidence, fine_gray, gray_test, merge_near_ties,
};
use serde_json::Value;

use crate::compare::{Tally, number, numbers};
use crate::data::{DataSet, cases, expected, text};
use crate::differences::{AskedOtherwise, Difference};
use crate::survival::TYPES;

/// Sums and products of up to 800 terms: rounding.
const TOLERANCE: f64 = 1e-11;

/// The standard errors of crr and survival take differences of sums that we take of smaller ones.
const REGRESSION_TOLERANCE: f64 = 1e-9;

/// crr stops when its score is near 0, at a coefficient that is off by up to this.
const CRR_TOLERANCE: f64 = 1e-7;

/// The rows of a case with the cause of each, from 1, and 0 for censored.
struct Competing {
    data: DataSet,
    rows: Vec<usize>,
    time: Vec<f64>,
    cause: Vec<usize>,
    n_causes: usize,
}

impl Competing {
    fn new(case: &Value) -> Self {
        let data = DataSet::load(text(case, "data"));
        let found = data.rows(text(case, "formula"));
        let cause = data.model_matrix("cause", &found.rows).remove(0);
        let mut all = Self {
            time: merge_near_ties(&found.time).into_owned(),
            cause: cause.iter().map(|&cause| cause as usize).collect(),
            rows: found.rows,
            n_causes: cause.iter().fold(0.0, |most: f64, &cause| most.max(cause)) as usize,
            data,
        };
        if case["options"]["note"] == "rows with time 0 dropped" {
            let kept: Vec<usize> = (0..all.time.len()).filter(|&i| all.time[i] > 0.0).collect();
            all = all.only(&kept);
        }
        all
    }

    fn only(self, members: &[usize]) -> Self {
        Self {
            time: members.iter().map(|&i| self.time[i]).collect(),
            cause: members.iter().map(|&i| self.cause[i]).collect(),
            rows: members.iter().map(|&i| self.rows[i]).collect(),
            ..self
        }
    }

    fn all(&self) -> CompetingRisks {
        CompetingRisks::new(&self.time, &self.cause, self.n_causes).unwrap()
    }

    /// The curves of each group, by its name.
    fn curves(
        &self,
        names: &[String],
        options: IncidenceOptions,
    ) -> BTreeMap<String, CumulativeIncidence> {
        let of_group = |name: &String| {
            let members = || (0..names.len()).filter(|&i| names[i] == *name);
            let time: Vec<f64> = members().map(|i| self.time[i]).collect();
            let cause: Vec<usize> = members().map(|i| self.cause[i]).collect();
            let data = CompetingRisks::new(&time, &cause, self.n_causes).unwrap();
            (name.clone(), cumulative_incidence(&data, options))
        };
        names.iter().map(of_group).collect()
    }

    /// The level of each row, or "all".
    fn group_names(&self, group: &str) -> Vec<String> {
        let Some(levels) = self.data.levels(group) else {
            return vec!["all".to_string(); self.rows.len()];
        };
        let codes = self.data.codes(group, &self.rows);
        codes.iter().map(|&code| levels[code].to_string()).collect()
    }
}

fn of_kind<'a>(file: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    cases(file)
        .iter()
        .filter(move |case| text(case, "kind") == kind)
}

/// Event-free first, then cause after cause.
fn states(step: Option<&IncidenceStep>, n_causes: usize) -> Vec<Probability> {
    let at_start = |estimate| Probability {
        estimate,
        std_err: 0.0,
        conf_low: None,
        conf_high: None,
    };
    match step {
        Some(step) => {
            let causes = step.causes.iter().map(|cause| cause.cum_incidence);
            std::iter::once(step.survival).chain(causes).collect()
        }
        None => (0..=n_causes)
            .map(|state| at_start(if state == 0 { 1.0 } else { 0.0 }))
            .collect(),
    }
}

/// One row of an n × states matrix of R.
fn compare_row(
    tally: &mut Tally,
    ours: impl Iterator<Item = Option<f64>>,
    theirs: &Value,
    at: &str,
) {
    let theirs = theirs.as_array().unwrap();
    for (state, ours) in ours.enumerate() {
        tally.close(ours, &theirs[state], || format!("{at}, state {state}"));
    }
}

fn compare_limits(tally: &mut Tally, ours: &[Probability], theirs: &Value, row: usize, at: &str) {
    for (name, ours_of) in [
        ("lower", (|p| p.conf_low) as fn(&Probability) -> Option<f64>),
        ("upper", |p| p.conf_high),
    ] {
        for (state, probability) in ours.iter().enumerate() {
            let theirs = &theirs[name][row][state];
            let at = || format!("{at} {name}, state {state}");
            // At 0 and 1 R gives the limits of a certainty on some scales and nothing on others.
            let certain = probability.estimate == 0.0 || probability.std_err == 0.0;
            let reason = certain.then_some(Difference::NoIntervalOfCertainty);
            tally.close_or(reason, ours_of(probability), theirs, at);
        }
    }
}

#[test]
pub fn cumulative_incidence_equals_survfit() {
    let file = expected("competing");
    let mut tally = Tally::new("Cumulative incidence, Aalen-Johansen", &file, TOLERANCE)
        .against("survival", "survfit");
    tally.expect(Difference::NoIntervalOfCertainty);
    for case in of_kind(&file, "AJ") {
        let competing = Competing::new(case);
        let options = &case["options"];
        let (_, conf_type) = *TYPES.iter().find(|t| options["conf_type"] == t.0).unwrap();
        let options = IncidenceOptions {
            conf_type,
            conf_level: options["conf_int"].as_f64().unwrap(),
            variance: IncidenceVariance::Greenwood,
        };
        let names = competing
            .data
            .strata(text(case, "formula"), &competing.rows);
        let curves = competing.curves(&names, options);
        for (name, theirs) in case["result"]["curves"].as_object().unwrap() {
            let at = format!("{} {name}", text(case, "id"));
            compare_curve(&mut tally, &curves[name], theirs, &at);
            compare_landmarks(&mut tally, &curves[name], theirs, competing.n_causes, &at);
        }
    }
    tally.finish(60_000);
}

#[test]
pub fn mean_times_in_states_equal_survfit() {
    let file = expected("competing");
    let mut tally = Tally::new(
        "Mean time free of events and after each cause",
        &file,
        TOLERANCE,
    )
    .against("survival", "survfit");
    let has_any = |case: &&Value| case["result"]["sojourn"].is_array();
    for case in of_kind(&file, "AJ").filter(has_any) {
        let competing = Competing::new(case);
        let names = competing
            .data
            .strata(text(case, "formula"), &competing.rows);
        let curves = competing.curves(&names, IncidenceOptions::default());
        for theirs in case["result"]["sojourn"].as_array().unwrap() {
            let tau = theirs["tau"].as_f64().unwrap();
            let rows = theirs["rows"].as_array().unwrap();
            for (name, values) in rows.iter().zip(theirs["values"].as_array().unwrap()) {
                // "group=A, cause1"; the event-free state is "(s0)".
                let name = name.as_str().unwrap();
                let (group, state) = name.rsplit_once(", ").unwrap_or(("all", name));
                let state = state
                    .strip_prefix("cause")
                    .map_or(0, |k| k.parse().unwrap());
                let at = || format!("{} {name} up to {tau}", text(case, "id"));
                let curve = &curves[group];
                tally.close(Some(curve.n as f64), &values[0], at);
                let events: u64 = match state {
                    0 => 0,
                    cause => {
                        let events = curve
                            .steps
                            .iter()
                            .map(|s| s.causes[cause - 1].n_event as u64);
                        events.sum()
                    }
                };
                tally.close(Some(events as f64), &values[1], at);
                tally.close(Some(curve.mean_times(tau)[state]), &values[2], at);
            }
        }
    }
    tally.finish(340);
}

fn compare_curve(tally: &mut Tally, curve: &CumulativeIncidence, theirs: &Value, at: &str) {
    if theirs["time"].is_array() {
        let rows = numbers(&theirs["time"]).len();
        assert_eq!(
            (curve.n, curve.steps.len()),
            (theirs["n"].as_u64().unwrap() as usize, rows)
        );
        for (row, step) in curve.steps.iter().enumerate() {
            let at = |what: &str| format!("{at} {what} at {}", step.time);
            let causes = || step.causes.iter();
            let states = states(Some(step), causes().len());
            tally.close(Some(step.time), &theirs["time"][row], || at("time"));
            tally.close(Some(step.n_risk as f64), &theirs["n_risk"][row][0], || {
                at("n_risk")
            });
            let censored = Some(step.n_censor as f64);
            tally.close(censored, &theirs["n_censor"][row][0], || at("n_censor"));
            let events = causes().map(|cause| Some(cause.n_event as f64));
            let events = std::iter::once(Some(0.0)).chain(events);
            compare_row(tally, events, &theirs["n_event"][row], &at("n_event"));
            let estimates = states.iter().map(|p| Some(p.estimate));
            compare_row(tally, estimates, &theirs["pstate"][row], &at("estimate"));
            let std_errs = states.iter().map(|p| Some(p.std_err));
            compare_row(tally, std_errs, &theirs["std_err"][row], &at("std_err"));
            let hazards = causes().map(|cause| Some(cause.cum_hazard));
            compare_row(tally, hazards, &theirs["cumhaz"][row], &at("cum_hazard"));
        }
    }
    let band = &theirs["band"];
    for (row, index) in numbers(&band["rows"]).into_iter().flatten().enumerate() {
        let step = &curve.steps[index as usize];
        let states = states(Some(step), step.causes.len());
        compare_limits(tally, &states, band, row, &format!("{at} at {}", step.time));
    }
}

fn compare_landmarks(
    tally: &mut Tally,
    curve: &CumulativeIncidence,
    theirs: &Value,
    n_causes: usize,
    at: &str,
) {
    let landmark = &theirs["landmark"];
    for (row, time) in numbers(&landmark["times"])
        .into_iter()
        .flatten()
        .enumerate()
    {
        let states = states(curve.at(time), n_causes);
        let at = format!("{at} landmark {time}");
        if landmark["pstate"].is_array() {
            let estimates = states.iter().map(|p| Some(p.estimate));
            compare_row(tally, estimates, &landmark["pstate"][row], &at);
            let std_errs = states.iter().map(|p| Some(p.std_err));
            compare_row(tally, std_errs, &landmark["se"][row], &at);
            let hazards = |cause: usize| {
                let step = curve.at(time);
                Some(step.map_or(0.0, |step| step.causes[cause].cum_hazard))
            };
            compare_row(
                tally,
                (0..n_causes).map(hazards),
                &landmark["cumhaz"][row],
                &at,
            );
        }
        compare_limits(tally, &states, landmark, row, &at);
    }
}

#[test]
pub fn cumulative_incidence_equals_etm_and_prodlim() {
    let file = expected("competing");
    let mut tally = Tally::new(
        "Cumulative incidence, two further packages",
        &file,
        TOLERANCE,
    );
    tally.expect(Difference::CausesByOccurrence);
    tally.expect(Difference::NobodyLeft);
    for case in of_kind(&file, "etm").chain(of_kind(&file, "prodlim")) {
        let competing = Competing::new(case);
        let names = competing.group_names(text(case, "formula"));
        let curves = competing.curves(&names, IncidenceOptions::default());
        let mut etm = of_kind(&file, "etm");
        let etm = etm.find(|etm| etm["data"] == case["data"] && etm["formula"] == case["formula"]);
        let times = numbers(&case["result"]["times"]).into_iter().flatten();
        for (name, causes) in case["result"]["groups"].as_object().unwrap() {
            let last = curves[name].steps.last().unwrap();
            let occurs = |k: &usize| last.causes[*k].cum_hazard > 0.0;
            let listed: Vec<&String> = causes.as_object().unwrap().keys().collect();
            for (k, key) in listed.iter().enumerate() {
                // They list the causes that occur first, under the names of the first ones.
                let named = occurs(&k).then(|| listed[(0..k).filter(occurs).count()]);
                for (row, time) in times.clone().enumerate() {
                    let ours = states(curves[name].at(time), competing.n_causes)[k + 1];
                    let at = || format!("{} {name} {key} at {time}", text(case, "id"));
                    let instead = |of: &str, from: &Value| {
                        named.map_or(Some(0.0), |name| number(&from[name][of][row]))
                    };
                    let estimate = Some((Difference::CausesByOccurrence, instead("cif", causes)));
                    let theirs = &causes[*key];
                    tally.close_or_instead(estimate, Some(ours.estimate), &theirs["cif"][row], at);
                    // Where prodlim has divided 0 by 0, etm has not.
                    let std_err = match instead("se", causes) {
                        None => {
                            let etm = &etm.unwrap()["result"]["groups"][name];
                            (Difference::NobodyLeft, instead("se", etm))
                        }
                        std_err => (Difference::CausesByOccurrence, std_err),
                    };
                    let theirs = &theirs["se"][row];
                    tally.close_or_instead(Some(std_err), Some(ours.std_err), theirs, at);
                }
            }
        }
    }
    tally.finish(1_000);
}

#[test]
pub fn aalens_variance_equals_cuminc() {
    let file = expected("competing");
    let mut tally = Tally::new(
        "Cumulative incidence with Aalen's variance",
        &file,
        TOLERANCE,
    )
    .against("cmprsk", "cuminc");
    for case in of_kind(&file, "cuminc") {
        let competing = Competing::new(case);
        let names = competing.group_names(text(case, "formula"));
        let options = IncidenceOptions {
            variance: IncidenceVariance::Aalen,
            ..IncidenceOptions::default()
        };
        let curves = competing.curves(&names, options);
        let of = |name: &str| {
            let (group, cause) = name.rsplit_once(' ').unwrap();
            (&curves[group], cause.parse::<usize>().unwrap())
        };
        let mut compare = |name: &str, time: f64, estimate: &Value, variance: &Value| {
            let (curve, cause) = of(name);
            let ours = states(curve.at(time), competing.n_causes)[cause];
            let at = || format!("{} {name} at {time}", text(case, "id"));
            tally.close(Some(ours.estimate), estimate, at);
            tally.close(Some(ours.std_err.powi(2)), variance, at);
        };
        for (name, theirs) in case["result"]["curves"].as_object().into_iter().flatten() {
            for (row, time) in numbers(&theirs["time"]).into_iter().flatten().enumerate() {
                compare(name, time, &theirs["est"][row], &theirs["var"][row]);
            }
        }
        let points = &case["result"]["timepoints"];
        for (k, name) in points["curves"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
        {
            let name = name.as_str().unwrap();
            for (row, time) in numbers(&points["times"]).into_iter().flatten().enumerate() {
                // cuminc says nothing beyond the last follow-up of a group.
                let last = of(name).0.steps.last().unwrap().time;
                if time > last {
                    assert!(points["est"][k][row].is_null());
                } else {
                    compare(name, time, &points["est"][k][row], &points["var"][k][row]);
                }
            }
        }
    }
    tally.finish(4_000);
}

#[test]
pub fn grays_test_equals_cuminc() {
    let file = expected("competing");
    let mut tally = Tally::new("Gray's test", &file, 1e-9).against("cmprsk", "cuminc");
    for case in of_kind(&file, "cuminc").chain(of_kind(&file, "gray_stratified")) {
        let gray = &case["result"]["gray"];
        if !gray["stat"].is_array() {
            continue;
        }
        let competing = Competing::new(case);
        let data = competing.all();
        let formula = text(case, "formula");
        let group = competing.data.codes(formula, &competing.rows);
        let n_groups = competing.data.levels(formula).unwrap().len();
        let stratum = case["options"]["strata"].as_str().map(|strata| {
            let mut names = competing.data.strata(strata, &competing.rows);
            let rows = names.clone();
            names.sort();
            names.dedup();
            let code = |name| names.binary_search(name).unwrap();
            rows.iter().map(code).collect::<Vec<usize>>()
        });
        for (k, cause) in gray["cause"].as_array().unwrap().iter().enumerate() {
            let options = GrayOptions {
                cause: cause.as_str().unwrap().parse().unwrap(),
                rho: case["options"]["rho"].as_f64().unwrap(),
                stratum: stratum.as_deref(),
            };
            let test = gray_test(&data, &group, n_groups, options);
            let at = || format!("{} cause {cause}", text(case, "id"));
            tally.close(test.statistic, &gray["stat"][k], at);
            tally.close(test.p_value, &gray["p"][k], at);
            tally.close(Some(test.df as f64), &gray["df"][k], at);
        }
    }
    tally.finish(90);
}

#[test]
pub fn cause_specific_cox_equals_coxph() {
    let file = expected("competing");
    let mut tally = Tally::new("Cause-specific Cox model", &file, REGRESSION_TOLERANCE)
        .against("survival", "coxph");
    tally.expect(Difference::Separation);
    for case in of_kind(&file, "causespecific") {
        let competing = Competing::new(case);
        let covariates = competing
            .data
            .model_matrix(text(case, "formula"), &competing.rows);
        let event = cause_specific(&competing.cause, of_interest(case));
        let ties = match text(&case["options"], "ties") {
            "efron" => Ties::Efron,
            _ => Ties::Breslow,
        };
        let fit = cox(&competing.time, &event, &covariates, ties, 0.95).unwrap();
        let diverges = fit.separation.then_some(Difference::Separation);
        let result = &case["result"];
        for (j, term) in fit.terms.iter().enumerate() {
            let at = || format!("{} term {j}", text(case, "id"));
            tally.close_or(diverges, term.coef, &result["coef"][j], at);
            tally.close_or(diverges, term.std_err, &result["se"][j], at);
        }
        let at = || format!("{} likelihood", text(case, "id"));
        tally.close(Some(fit.log_likelihood_null), &result["loglik"][0], at);
        tally.close(Some(fit.log_likelihood), &result["loglik"][1], at);
    }
    tally.finish(400);
}

fn of_interest(case: &Value) -> usize {
    case["options"]["cause"].as_u64().unwrap() as usize
}

fn fitted(case: &Value, competing: &Competing, convention: FineGrayConvention) -> FineGrayFit {
    let covariates = competing
        .data
        .model_matrix(text(case, "formula"), &competing.rows);
    let options = FineGrayOptions {
        cause: of_interest(case),
        convention,
        conf_level: 0.95,
    };
    fine_gray(&competing.all(), &covariates, options).unwrap()
}

#[test]
pub fn fine_gray_equals_coxph_on_finegray_data() {
    let file = expected("competing");
    let mut tally =
        Tally::new("Fine-Gray model", &file, REGRESSION_TOLERANCE).against("survival", "finegray");
    tally.expect(Difference::Separation);
    for case in of_kind(&file, "finegray") {
        let competing = Competing::new(case);
        for (name, ties) in [("efron", Ties::Efron), ("breslow", Ties::Breslow)] {
            let fit = fitted(case, &competing, FineGrayConvention::Survival { ties });
            let result = &case["result"][name];
            let diverges = fit.separation.then_some(Difference::Separation);
            for (j, term) in fit.terms.iter().enumerate() {
                let at = || format!("{} {name} term {j}", text(case, "id"));
                tally.close_or(diverges, term.coef, &result["coef"][j], at);
                if result["robust_se"].is_array() {
                    tally.close_or(diverges, term.std_err, &result["robust_se"][j], at);
                }
            }
            if result["loglik"].is_array() {
                let at = || format!("{} {name} likelihood", text(case, "id"));
                tally.close(Some(fit.log_likelihood_null), &result["loglik"][0], at);
                tally.close(Some(fit.log_likelihood), &result["loglik"][1], at);
            }
        }
    }
    tally.finish(270);
}

#[test]
pub fn standard_errors_equal_coxph_with_either_ties() {
    let file = expected("fine_gray");
    let mut tally = Tally::new(
        "Fine-Gray model, standard errors",
        &file,
        REGRESSION_TOLERANCE,
    )
    .against("survival", "finegray");
    for case in cases(&file) {
        let competing = Competing::new(case);
        let ties = match text(&case["options"], "ties") {
            "efron" => Ties::Efron,
            _ => Ties::Breslow,
        };
        let fit = fitted(case, &competing, FineGrayConvention::Survival { ties });
        for (j, term) in fit.terms.iter().enumerate() {
            let at = || format!("{} {ties:?} term {j}", text(case, "id"));
            tally.close(term.coef, &case["coef"][j], at);
            tally.close(fit.naive_std_err[j], &case["naive_std_err"][j], at);
            tally.close(term.std_err, &case["std_err"][j], at);
        }
    }
    tally.finish(340);
}

#[test]
pub fn fine_gray_equals_crr() {
    let file = expected("competing");
    let mut tally =
        Tally::new("Fine-Gray model as in cmprsk", &file, CRR_TOLERANCE).against("cmprsk", "crr");
    tally.expect(Difference::Separation);
    tally.expect(Difference::CensoredAtTimeZero);
    let otherwise = AskedOtherwise::load();
    for case in of_kind(&file, "crr") {
        let competing = Competing::new(case);
        let fit = fitted(case, &competing, FineGrayConvention::Cmprsk);
        let result = &case["result"];
        let at = |what: &str| format!("{} {what}", text(case, "id"));
        let mut close = |place: &str, ours: Option<f64>, theirs: &Value| {
            let at = || format!("{}|{place}", text(case, "id"));
            if fit.separation {
                tally.close_or(Some(Difference::Separation), ours, theirs, at);
            } else {
                tally.close_or_instead(otherwise.of(&at()), ours, theirs, at);
            }
        };
        close(
            "loglik_null",
            Some(fit.log_likelihood_null),
            &result["loglik_null"],
        );
        close("loglik", Some(fit.log_likelihood), &result["loglik"]);
        for (j, term) in fit.terms.iter().enumerate() {
            let naive = fit.naive_std_err[j].map(|std_err| std_err * std_err);
            for (of, ours) in [
                ("coef", term.coef),
                ("se", term.std_err),
                ("z", term.statistic),
                ("p", term.p_value),
                ("hr", term.hazard_ratio),
                ("lower", term.conf_low),
                ("upper", term.conf_high),
            ] {
                close(&format!("{of}|{j}"), ours, &result[of][j]);
            }
            let theirs = &result["inv_information"][j][j];
            close(&format!("inv_information|{j}"), naive, theirs);
        }
        if !fit.separation && !competing.time.contains(&0.0) {
            compare_baseline(&mut tally, &fit, result, &at("baseline"));
            let covariates = competing
                .data
                .model_matrix(text(case, "formula"), &competing.rows);
            compare_predictions(&mut tally, &fit, &covariates, result, &at("prediction"));
        }
    }
    tally.finish(3_000);
}

/// crr's baseline is at covariates of 0, in jumps.
fn compare_baseline(tally: &mut Tally, fit: &FineGrayFit, result: &Value, at: &str) {
    let rows = fit.terms.iter().zip(&fit.means);
    let at_means: f64 = rows.map(|(term, mean)| term.coef.unwrap() * mean).sum();
    let mut before = 0.0;
    assert_eq!(fit.baseline.len(), numbers(&result["uftime"]).len(), "{at}");
    for (row, step) in fit.baseline.iter().enumerate() {
        let jump = (step.cum_hazard - before) * (-at_means).exp();
        before = step.cum_hazard;
        tally.close(Some(step.time), &result["uftime"][row], || at.to_string());
        tally.close(Some(jump), &result["bfitj"][row], || at.to_string());
    }
}

fn compare_predictions(
    tally: &mut Tally,
    fit: &FineGrayFit,
    covariates: &[Vec<f64>],
    result: &Value,
    at: &str,
) {
    let predict = &result["predict_first2"];
    for subject in 0..2 {
        let profile: Vec<f64> = covariates.iter().map(|values| values[subject]).collect();
        let curve = fit.predict(&profile).unwrap();
        for (row, time) in numbers(&predict["time"]).into_iter().flatten().enumerate() {
            let (_, incidence) = *curve.iter().find(|(at, _)| *at == time).unwrap();
            let at = || format!("{at} of subject {subject} at {time}");
            tally.close(Some(incidence), &predict["cif"][row][subject], at);
        }
    }
}
