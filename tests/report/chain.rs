//! Whole analyses against R: the csv is read, mapped, built and analysed as a person's file is.

use oncurve::analysis::{
    Analysis, ConfType, Outcome, Quantile, SurvivalArm, SurvivalOptions, SurvivalOutcome,
};
use oncurve::cohort::Endpoint;
use serde_json::Value;

use crate::study;

/// Relative: both sides round sums of some hundred terms.
const TOLERANCE: f64 = 1e-9;

fn close(ours: Option<f64>, theirs: &Value, what: &str) {
    match (ours, theirs.as_f64()) {
        (None, None) => {}
        (Some(ours), Some(theirs)) => assert!(
            (ours - theirs).abs() <= TOLERANCE * theirs.abs().max(1e-4),
            "{what}: {ours} and {theirs}"
        ),
        (ours, _) => panic!("{what}: {ours:?} and {theirs}"),
    }
}

fn analyse(case: &Value) -> SurvivalOutcome {
    let name = case["name"].as_str().unwrap();
    let group = ["sex", "ph.ecog", "trt", "celltype", "PD-L1"]
        .into_iter()
        .find(|group| name.contains(&format!("by {group}")));
    let (study, endpoint) = if name.starts_with("example") {
        (study::example(), Endpoint::Pfs)
    } else {
        let file = name.split(' ').next().unwrap();
        (study::reference(file, group), Endpoint::Os)
    };
    let landmarks = match &case["landmarks"] {
        Value::Array(landmarks) => landmarks.iter().map(|l| l.as_f64().unwrap()).collect(),
        landmark => vec![landmark.as_f64().unwrap()],
    };
    let options = SurvivalOptions {
        endpoint,
        group: group.map(str::to_owned),
        conf_type: match case["conf_type"].as_str().unwrap() {
            "log-log" => ConfType::LogLog,
            "log" => ConfType::Log,
            "plain" => ConfType::Plain,
            "logit" => ConfType::Logit,
            "arcsin" => ConfType::Arcsine,
            other => panic!("{other}"),
        },
        conf_level: case["level"].as_f64().unwrap(),
        landmarks,
        ..SurvivalOptions::default()
    };
    match study::run(&study, &Analysis::Survival(options)) {
        Outcome::Survival(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

fn compare_quantile(ours: &Quantile, theirs: &Value, what: &str) {
    close(ours.estimate, &theirs["estimate"], what);
    close(
        ours.conf_low,
        &theirs["conf_low"],
        &format!("{what}, lower"),
    );
    close(
        ours.conf_high,
        &theirs["conf_high"],
        &format!("{what}, upper"),
    );
}

fn compare_arm(ours: &SurvivalArm, theirs: &Value, what: &str) {
    assert_eq!(ours.n as u64, theirs["n"], "{what}");
    assert_eq!(ours.n_event as u64, theirs["n_event"], "{what}");
    let quantiles = theirs["quantiles"].as_array().unwrap();
    assert_eq!(ours.quantiles.len(), quantiles.len());
    for (ours, theirs) in ours.quantiles.iter().zip(quantiles) {
        compare_quantile(
            ours,
            theirs,
            &format!("{what}, quantile {}", ours.probability),
        );
    }
    let rates = theirs["rates"].as_array().unwrap();
    assert_eq!(ours.rates.len(), rates.len());
    for (ours, theirs) in ours.rates.iter().zip(rates) {
        let what = format!("{what}, rate at {}", ours.time);
        assert_eq!(ours.n_risk as u64, theirs["n_risk"], "{what}");
        close(ours.estimate, &theirs["estimate"], &what);
        close(
            ours.conf_low,
            &theirs["conf_low"],
            &format!("{what}, lower"),
        );
        close(
            ours.conf_high,
            &theirs["conf_high"],
            &format!("{what}, upper"),
        );
    }
    compare_quantile(
        &ours.follow_up,
        &theirs["follow_up"],
        &format!("{what}, follow-up"),
    );
}

#[test]
fn whole_analyses_equal_those_of_r() {
    let reference: Value =
        serde_json::from_slice(&study::file("tests/report/expected/chain.json")).unwrap();
    let cases = reference["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 8);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let outcome = analyse(case);
        compare_arm(&outcome.overall, &case["overall"], name);
        let Some(comparison) = &outcome.comparison else {
            assert!(case.get("arms").is_none(), "{name}");
            continue;
        };
        let labels: Vec<&str> = (outcome.arms.iter())
            .map(|arm| arm.label.as_deref().unwrap())
            .collect();
        assert_eq!(serde_json::json!(labels), case["labels"], "{name}");
        for arm in &outcome.arms {
            let label = arm.label.as_deref().unwrap();
            compare_arm(arm, &case["arms"][label], &format!("{name}: {label}"));
        }
        let log_rank = &case["log_rank"];
        close(comparison.log_rank.statistic, &log_rank["statistic"], name);
        close(comparison.log_rank.p_value, &log_rank["p_value"], name);
        for (i, expected) in log_rank["expected"].as_array().unwrap().iter().enumerate() {
            close(Some(comparison.log_rank.expected[i]), expected, name);
        }
        if let Some(cox) = &comparison.cox {
            let term = &cox.terms[0];
            close(term.hazard_ratio, &case["cox"]["hazard_ratio"], name);
            close(term.conf_low, &case["cox"]["conf_low"], name);
            close(term.conf_high, &case["cox"]["conf_high"], name);
            close(term.p_value, &case["cox"]["p_value"], name);
        }
        let pairs = case["pairwise"].as_array().map_or(&[][..], Vec::as_slice);
        assert_eq!(comparison.pairwise.len(), pairs.len(), "{name}");
        for pair in pairs {
            let ours = (comparison.pairwise.iter())
                .find(|ours| {
                    let mut both = [labels[ours.first], labels[ours.second]];
                    both.sort_unstable();
                    let mut wanted = ["first", "second"].map(|side| pair[side].as_str().unwrap());
                    wanted.sort_unstable();
                    both == wanted
                })
                .unwrap();
            close(ours.p_value, &pair["p_value"], name);
            close(ours.p_adjusted, &pair["p_adjusted"], name);
        }
    }
}
