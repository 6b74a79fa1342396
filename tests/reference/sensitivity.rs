//! One endpoint under three rules of censoring: times worked by hand from the dates, estimates by survfit.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, Outcome, RuleOutcome, SensitivityOptions, SensitivityOutcome, SurvivalArm,
};
use oncurve::cohort::{Cohort, Endpoint, Grouping, TimeRules, TimeUnit};
use oncurve::recist::Preset;
use oncurve::table::ReadOptions;
use serde_json::Value;

use crate::compare::Tally;
use crate::data::{cases, expected, text};

/// Closed forms, and a Cox model iterated to the end.
const TOLERANCE: f64 = 1e-9;

fn study() -> Study {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/data");
    let sheet = |name: &str| std::fs::read(folder.join(format!("sensitivity_{name}.csv"))).unwrap();
    let reading = ReadOptions::default;
    let mut study = Study::open(&sheet("patients"), "patients.csv", reading()).unwrap();
    study
        .add(&sheet("visits"), "visits.csv", reading())
        .unwrap();
    let mut mapping = study.guess();
    mapping.new_therapy = Some("New therapy".to_owned());
    mapping.progression = None;
    mapping.clinical_progression = Some("Clinical progression".to_owned());
    mapping.groups = vec![Grouping {
        column: "Arm".to_owned(),
        ..Grouping::default()
    }];
    mapping.rules = TimeRules {
        display: TimeUnit::Days,
        ..TimeRules::default()
    };
    study.assign(mapping).unwrap();
    study
}

fn preset(case: &Value) -> Preset {
    serde_json::from_value(case["rule"].clone()).unwrap()
}

fn endpoint(case: &Value) -> Endpoint {
    serde_json::from_value(case["endpoint"].clone()).unwrap()
}

fn outcome(study: &Study, case: &Value) -> SensitivityOutcome {
    let options = SensitivityOptions {
        endpoint: endpoint(case),
        group: case.get("arms").map(|_| "Arm".to_owned()),
        landmarks: serde_json::from_value(case["times"].clone()).unwrap(),
        ..SensitivityOptions::default()
    };
    let outcome = study.run(&Analysis::Sensitivity(options), &mut |_| ());
    match outcome.unwrap() {
        Outcome::Sensitivity(outcome) => *outcome,
        other => panic!("{other:?}"),
    }
}

/// The times of every patient by hand; `None` where left out.
fn by_hand(case: &Value) -> Vec<Option<(f64, bool)>> {
    let days = case["days"].as_array().unwrap();
    let events = case["event"].as_array().unwrap();
    (days.iter().zip(events))
        .map(|(days, event)| Some((days.as_f64()?, event.as_bool()?)))
        .collect()
}

fn derived(cohort: &Cohort, case: &Value) -> Vec<Option<(f64, bool)>> {
    let data = cohort.by_rules(endpoint(case), preset(case)).unwrap();
    let value = |value: oncurve::cohort::FollowUpValue| (value.time, value.event);
    (data.derived.iter())
        .map(|derived| derived.value.map(value))
        .collect()
}

fn compare_arm(tally: &mut Tally, id: &str, ours: &SurvivalArm, theirs: &Value) {
    let at = |what: &str| format!("{id}: {what}");
    tally.close(Some(ours.n as f64), &theirs["n"], || at("n"));
    tally.close(Some(ours.n_event as f64), &theirs["events"], || {
        at("events")
    });
    let median = ours.median();
    tally.close(median.estimate, &theirs["median"], || at("median"));
    tally.close(median.conf_low, &theirs["low"], || at("low"));
    tally.close(median.conf_high, &theirs["high"], || at("high"));
    for (rate, theirs) in ours.rates.iter().zip(theirs["rates"].as_array().unwrap()) {
        tally.close(rate.estimate, &theirs["survival"], || at("rate"));
        tally.close(rate.conf_low, &theirs["low"], || at("rate, low"));
        tally.close(rate.conf_high, &theirs["high"], || at("rate, high"));
    }
}

#[test]
pub fn endpoints_by_three_rules_equal_those_by_hand_and_survfit() {
    let file = expected("sensitivity");
    let study = study();
    let cohort = study.cohort().unwrap();
    let method = "One endpoint under three rules of censoring";
    let mut tally = Tally::new(method, &file, TOLERANCE).against("survival", "survfit, coxph");
    for case in cases(&file) {
        let id = text(case, "id");
        assert_eq!(derived(cohort, case), by_hand(case), "{id}");
        let outcome = outcome(&study, case);
        let of_rule = |rule: &&RuleOutcome| rule.preset == preset(case);
        let ours = &outcome.by.iter().find(of_rule).unwrap().survival;
        compare_arm(&mut tally, id, &ours.overall, &case["overall"]);
        let Some(arms) = case.get("arms") else {
            assert_eq!(ours.comparison, None);
            continue;
        };
        for (arm, theirs) in ours.arms.iter().zip(arms.as_array().unwrap()) {
            compare_arm(&mut tally, id, arm, theirs);
        }
        let comparison = ours.comparison.as_ref().unwrap();
        let term = &comparison.cox.as_ref().unwrap().terms[0];
        let ratio = &case["ratio"];
        tally.close(term.hazard_ratio, &ratio[0], || format!("{id}: ratio"));
        tally.close(term.conf_low, &ratio[1], || format!("{id}: ratio, low"));
        tally.close(term.conf_high, &ratio[2], || format!("{id}: ratio, high"));
        let p = comparison.log_rank.p_value;
        tally.close(p, &case["log_rank"], || format!("{id}: log-rank"));
    }
    tally.finish(200);
}
