//! Restricted means of pairs and adjusted ones, as the page gives them, against survRM2 and p.adjust's rules.

use oncurve::analysis::{
    Adjustment, Analysis, ComparisonOptions, ComparisonOutcome, CurveTest, ExclusionReason,
    Outcome, PermutationChoice, RmstContrast, SurvivalOptions,
};
use oncurve::cohort::{Endpoint, Mapping, TimeUnit};
use oncurve::format::Style;
use oncurve::report::{Block, ReportFormat, compose};
use oncurve::text::Text;
use serde_json::Value;

use crate::documents::{run_r, sections, write};
use crate::study;

/// Weighted least squares solves the same equations on both sides.
const TOLERANCE: f64 = 1e-9;

/// glm stops when its deviance changes by less than 1e-8.
const GLM: f64 = 1e-6;

fn data(name: &str, group: &str, covariates: &[&str]) -> oncurve::Study {
    let mut mapping = Mapping {
        covariates: covariates.iter().map(|&column| column.to_owned()).collect(),
        ..study::reference(name, Some(group)).mapping().clone()
    };
    mapping.rules.display = TimeUnit::Days;
    study::open(&format!("tests/reference/data/{name}.csv"), mapping)
}

fn options(group: &str, covariates: &[&str], tau: Option<f64>) -> ComparisonOptions {
    ComparisonOptions {
        endpoint: Endpoint::Os,
        group: group.to_owned(),
        adjust: covariates.iter().map(|&column| column.to_owned()).collect(),
        permutation: PermutationChoice::Never,
        tau,
        ..ComparisonOptions::default()
    }
}

fn compare(study: &oncurve::Study, options: ComparisonOptions) -> (ComparisonOutcome, String) {
    let outcome = study::run(study, &Analysis::Comparison(options));
    let blocks = compose(&outcome, &Style::default(), &Text::new("en"));
    let told = blocks.iter().map(|block| match block {
        Block::Paragraph { text } | Block::Caution { text } | Block::Methods { text, .. } => {
            text.clone()
        }
        Block::Table {
            caption,
            columns,
            rows,
            ..
        } => {
            let rows = rows
                .iter()
                .map(|row| format!("{} | {}", row.head, row.cells.join(" | ")));
            let rows: Vec<String> = rows.collect();
            format!("{caption}\n{}\n{}", columns.join(" | "), rows.join("\n"))
        }
        _ => String::new(),
    });
    let told = told.collect::<Vec<_>>().join("\n");
    match outcome {
        Outcome::Comparison(outcome) => (outcome, told),
        other => panic!("{other:?}"),
    }
}

fn close(ours: f64, theirs: &Value, tolerance: f64, what: &str) {
    let theirs = theirs.as_f64().unwrap();
    let difference = (ours - theirs).abs() / theirs.abs().max(1e-4);
    assert!(difference <= tolerance, "{what}: {ours} and {theirs}");
}

#[test]
fn adjusted_means_of_a_pair_equal_survrm2() {
    let file = String::from_utf8(study::file("tests/reference/expected/rmst.json")).unwrap();
    let file: Value = serde_json::from_str(&file).unwrap();
    let cases = file["cases"].as_array().unwrap();
    let mut compared = 0;
    for case in cases {
        let (id, name) = (case["id"].as_str().unwrap(), case["data"].as_str().unwrap());
        if !id.ends_with("adjusted") || !["veteran", "lung"].contains(&name) {
            continue;
        }
        let of = |field: &str| case["options"][field].as_str().unwrap();
        let covariates: Vec<&str> = case["options"]["covariates"]
            .as_array()
            .unwrap()
            .iter()
            .map(|column| column.as_str().unwrap())
            .collect();
        let tau = case["options"]["tau_given"].as_f64();
        let study = data(name, of("group"), &covariates);
        let (outcome, _) = compare(&study, options(of("group"), &covariates, tau));
        if outcome.tau > outcome.tau_limit {
            // The other groups end before: the page wants one time for all.
            continue;
        }
        let arm = |label: &str| {
            outcome
                .arms
                .iter()
                .position(|arm| arm.label == label)
                .unwrap()
        };
        let (first, second) = (arm(of("arm0")), arm(of("arm1")));
        let pair = (outcome.pairs.iter())
            .find(|pair| [pair.first, pair.second] == [first.min(second), first.max(second)])
            .unwrap();
        let adjusted = pair.adjusted.unwrap();
        let sign = if pair.second == second { 1.0 } else { -1.0 };
        let result = &case["result"];
        let arm1 = |of: &str| &result[of][1];
        let difference = adjusted.difference.unwrap();
        close(sign * difference.estimate, &arm1("diff")[0], TOLERANCE, id);
        close(difference.p_value.unwrap(), &arm1("diff")[3], TOLERANCE, id);
        let log = |ratio: Option<RmstContrast>| sign * ratio.unwrap().estimate.ln();
        close(log(adjusted.ratio), &arm1("log_ratio")[0], GLM, id);
        close(
            log(adjusted.rmtl_ratio),
            &arm1("log_rmtl_ratio")[0],
            GLM,
            id,
        );
        compared += 1;
    }
    assert_eq!(compared, 5);
}

#[test]
fn pairs_of_means_are_corrected_as_the_tests_are() {
    let study = data("veteran", "celltype", &["karno", "age"]);
    let options = ComparisonOptions {
        adjustment: Adjustment::Bonferroni,
        ..options("celltype", &["karno", "age"], Some(130.0))
    };
    let (outcome, told) = compare(&study, options);
    assert_eq!(outcome.pairs.len(), 6);
    for pair in &outcome.pairs {
        let raw = pair.rmst.unwrap().difference.p_value.unwrap();
        assert_eq!(pair.rmst_p_adjusted, Some((6.0 * raw).min(1.0)));
        let adjusted = pair.adjusted.unwrap();
        let raw = adjusted.difference.unwrap().p_value.unwrap();
        assert_eq!(adjusted.p_adjusted, Some((6.0 * raw).min(1.0)));
    }
    for words in [
        "Pairs of groups (log-rank test, and restricted means)",
        "Difference of means up to 130, days (95 % CI) | p | p (Bonferroni)",
        "Restricted means adjusted for karno, age",
        "with all values)",
        "The p values of differences of restricted means were corrected alike.",
        "Restricted means were also compared by regression on the group and karno, age",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
}

#[test]
fn two_groups_are_told_adjusted_and_those_without_a_value_listed() {
    let study = data("lung", "sex", &["age", "ph.ecog"]);
    let (outcome, told) = compare(&study, options("sex", &["age", "ph.ecog"], Some(676.0)));
    assert_eq!(outcome.n, 228);
    let adjusted = outcome.pairs[0].adjusted.unwrap();
    assert_eq!(adjusted.n, 227);
    let left_out = outcome.exclusions.last().unwrap();
    let column = "ph.ecog".to_owned();
    assert_eq!(left_out.reason, ExclusionReason::NotAdjusted { column });
    assert_eq!(left_out.subjects.len(), 1);
    assert!(
        told.contains("Adjusted for age, ph.ecog, the difference of the means of “"),
        "{told}"
    );
    assert!(told.contains("227 patients with all values"), "{told}");
}

#[test]
fn the_r_script_of_adjusted_means_runs() {
    let study = data("lung", "sex", &["age", "ph.ecog"]);
    let options = options("sex", &["age", "ph.ecog"], Some(676.0));
    let sections = sections(&study, &[Analysis::Comparison(options)]);
    let script = write(&study, &sections, ReportFormat::R)
        + "cat(\"shown n\", nrow(cohort1), nrow(complete1), \"\\n\")\n";
    let bytes = study::file("tests/reference/data/lung.csv");
    if let Some(output) = run_r(&study, &bytes, &script) {
        assert!(output.contains("shown n 228 227"), "{output}");
    }
}

#[test]
fn the_r_script_goes_on_where_the_curves_cannot_be_compared() {
    // Everybody dies on one day; in the second stratum nobody does.
    let csv = b"time,dead,arm,site\n5,1,a,x\n5,1,a,x\n5,1,b,x\n5,1,c,x\n7,0,b,y\n8,0,c,y\n";
    let grouped = ["arm", "site"].map(study::grouping);
    let mapping = Mapping {
        os: Some(study::in_months("dead")),
        groups: grouped.to_vec(),
        ..Mapping::default()
    };
    let study = study::of_bytes(csv, "one-day.csv", mapping);
    let restricted = SurvivalOptions {
        endpoint: Endpoint::Os,
        group: Some("arm".to_owned()),
        ..SurvivalOptions::default()
    };
    let comparison = |primary, strata: Option<&str>| {
        Analysis::Comparison(ComparisonOptions {
            endpoint: Endpoint::Os,
            group: "arm".to_owned(),
            primary,
            tests: vec![primary],
            strata: strata.map(str::to_owned),
            ..ComparisonOptions::default()
        })
    };
    let sections = sections(
        &study,
        &[
            Analysis::Survival(restricted),
            comparison(CurveTest::LogRank, None),
            comparison(CurveTest::GehanBreslow, Some("site")),
        ],
    );
    let script = write(&study, &sections, ReportFormat::R) + "cat(\"to the end\\n\")\n";
    if let Some(output) = run_r(&study, csv, &script) {
        assert!(output.contains("to the end"), "{output}");
    }
}
