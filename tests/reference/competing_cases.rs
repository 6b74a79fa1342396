//! Competing risks with case weights and delayed entry against R's survival.

use oncurve::stats::{
    CompetingRisks, CoxData, CoxSettings, FineGrayConvention, FineGrayError, FineGrayOptions,
    FollowUpOptions, GrayOptions, IncidenceOptions, Ties, cause_specific, cox_model,
    cumulative_incidence, fine_gray, gray_test,
};
use serde_json::Value;

use crate::compare::{Tally, numbers};
use crate::data::{cases, expected, text};

const TOLERANCE: f64 = 1e-9;

/// A data set with its weights and entries, where the case has them.
struct Used {
    time: Vec<f64>,
    cause: Vec<usize>,
    covariates: Vec<Vec<f64>>,
    weights: Option<Vec<f64>>,
    entry: Option<Vec<f64>>,
}

impl Used {
    fn of(file: &Value, case: &Value) -> Self {
        let name = text(case, "data");
        let data = cases(file)
            .iter()
            .find(|data| data["kind"] == "data" && data["data"] == name)
            .unwrap();
        let column = |column: &str| -> Vec<f64> {
            let values = numbers(&data["columns"][column]);
            values.into_iter().map(Option::unwrap).collect()
        };
        let covariates = data["covariates"].as_array().unwrap();
        let asked = |option: &str| case[option] == true;
        Self {
            time: column("time"),
            cause: column("cause")
                .iter()
                .map(|&cause| cause as usize)
                .collect(),
            covariates: covariates
                .iter()
                .map(|name| column(name.as_str().unwrap()))
                .collect(),
            weights: asked("weighted").then(|| column("weight")),
            entry: asked("late").then(|| column("entry")),
        }
    }

    fn competing(&self) -> CompetingRisks {
        let options = FollowUpOptions {
            entry: self.entry.as_deref(),
            weights: self.weights.as_deref(),
            exact_ties: false,
        };
        CompetingRisks::with(&self.time, &self.cause, 2, options).unwrap()
    }
}

fn of_kind<'a>(file: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    cases(file).iter().filter(move |case| case["kind"] == kind)
}

fn named(case: &Value) -> String {
    let of = |name: &str| case[name].to_string();
    ["kind", "data", "weighted", "late", "cause", "ties"]
        .map(of)
        .join(" ")
}

#[test]
pub fn weighted_and_truncated_incidence_equals_survfit() {
    let file = expected("competing_cases");
    let method = "Cumulative incidence with weights and delayed entry";
    let mut tally = Tally::new(method, &file, TOLERANCE).against("survival", "survfit");
    for case in of_kind(&file, "incidence") {
        let data = Used::of(&file, case).competing();
        let curves = cumulative_incidence(&data, IncidenceOptions::default());
        for (row, time) in numbers(&case["time"]).into_iter().flatten().enumerate() {
            let at = || format!("{} at {time}", named(case));
            let step = curves.at(time).unwrap();
            assert_eq!(step.time, time, "{}", at());
            assert_eq!(
                Some(step.n_risk as u64),
                case["n_risk"][row].as_u64(),
                "{}",
                at()
            );
            let causes = step.causes.iter().map(|cause| cause.cum_incidence);
            for (k, ours) in [step.survival].into_iter().chain(causes).enumerate() {
                tally.close(Some(ours.estimate), &case["estimate"][row][k], at);
                tally.close(Some(ours.std_err), &case["std_err"][row][k], at);
            }
        }
    }
    tally.finish(2_500);
}

#[test]
pub fn weighted_and_truncated_cause_specific_models_equal_coxph() {
    let file = expected("competing_cases");
    let method = "Cause-specific Cox model with weights and delayed entry";
    let mut tally = Tally::new(method, &file, TOLERANCE).against("survival", "coxph");
    for case in of_kind(&file, "specific") {
        let used = Used::of(&file, case);
        let event = cause_specific(&used.cause, case["cause"].as_u64().unwrap() as usize);
        let data = CoxData {
            start: used.entry.as_deref(),
            weights: used.weights.as_deref(),
            ..CoxData::new(&used.time, &event, &used.covariates)
        };
        let settings = CoxSettings {
            robust: true,
            ..CoxSettings::default()
        };
        let fit = cox_model(&data, settings).unwrap().fit;
        for (j, term) in fit.terms.iter().enumerate() {
            let at = || format!("{} term {j}", named(case));
            tally.close(term.coef, &case["coef"][j], at);
            tally.close(term.naive_std_err, &case["naive_std_err"][j], at);
            tally.close(term.std_err, &case["std_err"][j], at);
        }
        tally.close(Some(fit.log_likelihood), &case["loglik"][1], || named(case));
    }
    tally.finish(200);
}

fn options(case: &Value, convention: FineGrayConvention) -> FineGrayOptions {
    FineGrayOptions {
        cause: case["cause"].as_u64().unwrap() as usize,
        convention,
        conf_level: 0.95,
    }
}

#[test]
pub fn weighted_and_truncated_fine_gray_equals_coxph_on_finegray_data() {
    let file = expected("competing_cases");
    let method = "Fine-Gray model with weights and delayed entry";
    let mut tally = Tally::new(method, &file, TOLERANCE).against("survival", "finegray");
    for case in of_kind(&file, "subdistribution") {
        let used = Used::of(&file, case);
        let ties = match text(case, "ties") {
            "efron" => Ties::Efron,
            _ => Ties::Breslow,
        };
        let options = options(case, FineGrayConvention::Survival { ties });
        let fit = fine_gray(&used.competing(), &used.covariates, options).unwrap();
        for (j, term) in fit.terms.iter().enumerate() {
            let at = || format!("{} term {j}", named(case));
            tally.close(term.coef, &case["coef"][j], at);
            tally.close(fit.naive_std_err[j], &case["naive_std_err"][j], at);
            tally.close(term.std_err, &case["std_err"][j], at);
        }
        tally.close(Some(fit.log_likelihood_null), &case["loglik"][0], || {
            named(case)
        });
        tally.close(Some(fit.log_likelihood), &case["loglik"][1], || named(case));
    }
    tally.finish(480);
}

#[test]
fn whole_weights_count_as_so_many_subjects() {
    let file = expected("competing_cases");
    let case = of_kind(&file, "incidence").next().unwrap();
    let used = Used::of(&file, case);
    let n = used.time.len();
    let weights: Vec<f64> = (0..n).map(|i| f64::from(i as u32 % 3 + 1)).collect();
    let options = FollowUpOptions {
        weights: Some(&weights),
        ..FollowUpOptions::default()
    };
    let weighted = CompetingRisks::with(&used.time, &used.cause, 2, options).unwrap();
    let rows: Vec<usize> = (0..n).flat_map(|i| vec![i; i % 3 + 1]).collect();
    let time: Vec<f64> = rows.iter().map(|&i| used.time[i]).collect();
    let cause: Vec<usize> = rows.iter().map(|&i| used.cause[i]).collect();
    let repeated = CompetingRisks::new(&time, &cause, 2).unwrap();
    let curves = |data| cumulative_incidence(data, IncidenceOptions::default());
    for (one, other) in curves(&weighted).steps.iter().zip(&curves(&repeated).steps) {
        for (one, other) in one.causes.iter().zip(&other.causes) {
            let difference = one.cum_incidence.estimate - other.cum_incidence.estimate;
            assert!(difference.abs() < 1e-13);
            // Repeated subjects are independent of each other, weighted ones are not.
            assert!(one.cum_incidence.std_err >= other.cum_incidence.std_err);
        }
    }
}

#[test]
fn what_knows_neither_weights_nor_entries_says_so() {
    let time = [2.0, 3.0, 4.0, 5.0];
    let entry = [0.0, 0.0, 1.0, 2.0];
    let options = FollowUpOptions {
        entry: Some(&entry),
        ..FollowUpOptions::default()
    };
    let data = CompetingRisks::with(&time, &[1, 2, 1, 1], 2, options).unwrap();
    let gray = GrayOptions {
        cause: 1,
        rho: 0.0,
        stratum: None,
    };
    let test = gray_test(&data, &[0, 1, 0, 1], 2, gray);
    assert_eq!((test.statistic, test.p_value), (None, None));
    let model = FineGrayOptions {
        cause: 1,
        convention: FineGrayConvention::Cmprsk,
        conf_level: 0.95,
    };
    let fit = fine_gray(&data, &[vec![0.0, 1.0, 1.0, 0.0]], model);
    assert_eq!(fit.unwrap_err(), FineGrayError::NotInCmprsk);
}

#[test]
fn a_gap_between_those_who_left_and_those_who_enter_is_named() {
    // After 2 nobody is under observation until 3.
    let entry = [0.0, 0.0, 3.0, 3.0];
    let options = FollowUpOptions {
        entry: Some(&entry),
        ..FollowUpOptions::default()
    };
    let data = CompetingRisks::with(&[1.0, 2.0, 4.0, 5.0], &[1, 2, 1, 1], 2, options).unwrap();
    let model = FineGrayOptions {
        cause: 1,
        convention: FineGrayConvention::default(),
        conf_level: 0.95,
    };
    let fit = fine_gray(&data, &[vec![0.0, 1.0, 1.0, 0.0]], model);
    assert_eq!(fit.unwrap_err(), FineGrayError::Gap { time: 3.0 });
}
