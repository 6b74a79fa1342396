//! The larger example: what its script drew is found in the spreadsheet, with all its mess.
//!
//! `make_trial.py` writes `trial.json`, `r/trial.R` the figures of these patients. Neither knows this program.

use std::collections::BTreeMap;

use oncurve::Study;
use oncurve::analysis::{Analysis, Outcome, SurvivalOptions, SurvivalOutcome};
use oncurve::cohort::{Cohort, Endpoint, Issue};
use oncurve::recist::Preset;
use oncurve::table::ReadOptions;
use serde_json::{Value, json};

const TRIAL: &[u8] =
    include_bytes!("../../www/examples/oncurve-example-300-synthetic-patients.xlsx");

/// R's numbers and ours come from other orders of summation.
const TOLERANCE: f64 = 1e-9;

fn drawn() -> Value {
    serde_json::from_str(include_str!("trial.json")).expect("JSON")
}

/// The workbook as it opens by itself, but for the rules of censoring: the script knows the plain ones.
fn opened() -> (Study, Cohort, Vec<Issue>) {
    let mut study =
        Study::open(TRIAL, "trial.xlsx", ReadOptions::default()).expect("a readable workbook");
    let mut mapping = study.guess();
    mapping.rules.censoring.preset = Some(Preset::Plain);
    let (cohort, issues) = study.assign(mapping).expect("a cohort");
    let cohort = cohort.clone();
    (study, cohort, issues)
}

/// The index of each patient of the script among the subjects, with its arm.
fn places(cohort: &Cohort, drawn: &Value) -> Vec<usize> {
    let find = |patient: &Value| {
        (cohort.subjects().iter())
            .position(|subject| subject.id.as_deref() == patient["id"].as_str())
            .expect("a patient of the script")
    };
    (drawn["patients"].as_array().expect("patients").iter())
        .map(find)
        .collect()
}

#[test]
fn every_patient_has_the_times_events_arm_and_response_that_were_drawn() {
    let (_, cohort, _) = opened();
    let drawn = drawn();
    assert_eq!(cohort.subjects().len(), 312);
    let patients = drawn["patients"].as_array().unwrap();
    let arm = cohort.factor("Arm").expect("arms");
    let times = |endpoint: Endpoint, place: usize| {
        let value = cohort.endpoint(endpoint).unwrap().derived[place].value;
        value.map_or((Value::Null, false), |value| {
            (json!(value.time as i64), value.event)
        })
    };
    for (patient, place) in patients.iter().zip(places(&cohort, &drawn)) {
        let response = cohort.responses().unwrap()[place];
        let found = json!({
            "id": patient["id"],
            "arm": arm.values[place].map(|level| &arm.levels[level]),
            "ecog": patient["ecog"],
            "pfs": times(Endpoint::Pfs, place).0,
            "pfs_event": patient["pfs"].is_null() || times(Endpoint::Pfs, place).1,
            "os": times(Endpoint::Os, place).0,
            "os_event": times(Endpoint::Os, place).1,
            "response": format!("{response:?}").to_uppercase(),
        });
        let mut expected = patient.clone();
        if patient["pfs"].is_null() {
            expected["pfs_event"] = true.into();
        }
        assert_eq!(found, expected);
    }
}

#[test]
fn the_curves_of_the_arms_are_those_of_r() {
    let (study, _, _) = opened();
    let expected: Value = serde_json::from_str(include_str!("trial_figures.json")).unwrap();
    for (endpoint, name) in [(Endpoint::Pfs, "pfs"), (Endpoint::Os, "os")] {
        let analysis = Analysis::Survival(SurvivalOptions {
            endpoint,
            group: Some("Arm".to_owned()),
            ..SurvivalOptions::default()
        });
        let Outcome::Survival(outcome) = study.run(&analysis, &mut |_| ()).unwrap() else {
            panic!("a survival analysis");
        };
        let found = figures(&outcome);
        for (key, values) in found {
            let expected = &expected[name][key];
            let expected: Vec<f64> = match expected.as_array() {
                Some(list) => list.iter().map(|value| value.as_f64().unwrap()).collect(),
                None => vec![expected.as_f64().unwrap()],
            };
            assert_eq!(values.len(), expected.len());
            for (found, expected) in values.iter().zip(expected) {
                let far = (found - expected).abs();
                assert!(far <= TOLERANCE * expected.abs(), "{name} {key}: {found}");
            }
        }
    }
}

fn figures(outcome: &SurvivalOutcome) -> BTreeMap<&'static str, Vec<f64>> {
    let arms = || outcome.arms.iter();
    let comparison = outcome.comparison.as_ref().expect("two arms");
    let term = &comparison.cox.as_ref().expect("a model").terms[0];
    let known = |value: Option<f64>| value.expect("estimable");
    BTreeMap::from([
        ("n", arms().map(|arm| arm.n as f64).collect()),
        ("n_event", arms().map(|arm| arm.n_event as f64).collect()),
        (
            "median",
            arms().map(|arm| known(arm.median().estimate)).collect(),
        ),
        (
            "conf_low",
            arms().map(|arm| known(arm.median().conf_low)).collect(),
        ),
        (
            "conf_high",
            arms().map(|arm| known(arm.median().conf_high)).collect(),
        ),
        ("log_rank", vec![known(comparison.log_rank.statistic)]),
        (
            "hazard_ratio",
            [term.hazard_ratio, term.conf_low, term.conf_high]
                .map(known)
                .to_vec(),
        ),
    ])
}

#[test]
fn adverse_events_are_counted_as_drawn_whatever_the_spelling_of_ids_and_terms() {
    let (_, cohort, _) = opened();
    let drawn = drawn();
    let arm = cohort.factor("Arm").unwrap();
    let mut found: BTreeMap<String, [[usize; 2]; 2]> = BTreeMap::new();
    for (events, level) in cohort.adverse_events().unwrap().iter().zip(&arm.values) {
        let mut terms: BTreeMap<&str, u8> = BTreeMap::new();
        for event in events {
            let worst = terms.entry(&event.term).or_default();
            *worst = (*worst).max(event.grade.unwrap_or(0));
        }
        for (term, worst) in terms {
            let counts = &mut found.entry(term.to_owned()).or_default()[level.expect("an arm")];
            counts[0] += 1;
            counts[1] += usize::from(worst >= 3);
        }
    }
    assert_eq!(serde_json::to_value(found).unwrap(), drawn["terms"]);
}

#[test]
fn spellings_of_a_level_are_one_group() {
    let (_, cohort, _) = opened();
    let sex = cohort.factor("Sex").unwrap();
    let n = |level| {
        (sex.values.iter())
            .filter(|value| **value == Some(level))
            .count()
    };
    assert_eq!(sex.levels, ["Female", "Male"]);
    assert_eq!(json!([n(0), n(1)]), drawn()["sexes"]);
}

#[test]
fn each_mistake_in_the_spreadsheet_has_its_issue_and_nothing_else_has_one() {
    let (_, _, issues) = opened();
    let drawn = drawn();
    let place = |issue: &Issue| {
        let kind = serde_json::to_value(&issue.kind).unwrap();
        let table = issue.table.as_ref().and_then(|table| table.sheet.clone());
        json!([kind["code"], table, issue.row, issue.column]).to_string()
    };
    let (records, others): (Vec<&Issue>, Vec<&Issue>) = (issues.iter()).partition(|issue| {
        serde_json::to_value(&issue.kind).unwrap()["code"] == "patient_without_records"
    });
    let mut found: Vec<String> = others.into_iter().map(place).collect();
    let mut expected: Vec<String> = (drawn["issues"].as_array().unwrap().iter())
        .map(Value::to_string)
        .collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    // The twelve who were not enrolled are in no other sheet.
    let without_events = drawn["without_events"].as_u64().unwrap() as usize;
    assert_eq!(records.len(), without_events + 3 * 12);
}
