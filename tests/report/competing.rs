//! Competing risks: from the csv to the report, held to R; and what the section says.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use oncurve::Study;
use oncurve::analysis::{
    Analysis, AnalysisError, CompetingArm, CompetingFigure, CompetingOptions, CompetingOutcome,
    ConfType, CoxTerm, FineGrayWeights, Outcome,
};
use oncurve::cohort::{Cause, CauseCodes, IssueKind, Mapping, TimeAndCause, TimeUnit};
use oncurve::format::Style;
use oncurve::report::{Block, ReportFormat, compose};
use oncurve::table::ReadOptions;
use oncurve::text::Text;
use serde_json::Value;

use crate::documents::{numbers, run_r, sections, write};
use crate::study;

/// Relative: both sides round sums of some hundred terms, and coxph stops at a change of 1e-11.
const TOLERANCE: f64 = 1e-9;

/// crr stops when its score is near 0.
const CRR_TOLERANCE: f64 = 1e-6;

fn close(ours: Option<f64>, theirs: &Value, tolerance: f64, what: &str) {
    match (ours, theirs.as_f64()) {
        (None, None) => {}
        (Some(ours), Some(theirs)) => assert!(
            (ours - theirs).abs() <= tolerance * theirs.abs().max(1e-4),
            "{what}: {ours} and {theirs}"
        ),
        (ours, _) => panic!("{what}: {ours:?} and {theirs}"),
    }
}

fn causes(labels: &[&str]) -> Vec<CauseCodes> {
    let code = |(index, label): (usize, &&str)| CauseCodes {
        label: (*label).to_owned(),
        values: vec![(index + 1).to_string()],
    };
    labels.iter().enumerate().map(code).collect()
}

/// A data set of the reference, its times in days that are shown in days.
fn given(name: &str, labels: &[&str], groups: &[&str]) -> Study {
    let mut mapping = Mapping {
        competing: Some(TimeAndCause {
            time: "time".to_owned(),
            cause: "cause".to_owned(),
            unit: TimeUnit::Days,
            causes: causes(labels),
            censored: vec!["0".to_owned()],
        }),
        groups: groups.iter().map(|group| study::grouping(group)).collect(),
        ..Mapping::default()
    };
    mapping.rules.display = TimeUnit::Days;
    study::open(&format!("tests/reference/data/{name}.csv"), mapping)
}

const CUT_OFF: NaiveDate = NaiveDate::from_ymd_opt(2021, 9, 30).unwrap();

/// The same patients with dates; those who progressed died later, which does not matter.
fn dates_csv() -> String {
    let bytes = study::file("tests/reference/data/r_cr2_a.csv");
    let text = String::from_utf8(bytes).unwrap();
    let mut csv = String::from("id,group,start,progression,death,seen\n");
    for (index, line) in text.lines().skip(1).enumerate() {
        let cells: Vec<&str> = line.split(',').collect();
        let days = (30.0 * cells[6].parse::<f64>().unwrap()).round() as u64;
        let start = NaiveDate::from_ymd_opt(2020, 1, 2).unwrap() + Days::new(index as u64);
        let end = start + Days::new(days);
        let (progression, death) = match cells[8] {
            "1" => (end.to_string(), (end + Days::new(40)).to_string()),
            "2" => (String::new(), end.to_string()),
            _ => (String::new(), String::new()),
        };
        csv += &format!(
            "{},{},{start},{progression},{death},{end}\n",
            cells[0], cells[1]
        );
    }
    csv
}

fn dated() -> Study {
    let mut study =
        Study::open(dates_csv().as_bytes(), "dates.csv", ReadOptions::default()).unwrap();
    let mapping = Mapping {
        cut_off: Some(CUT_OFF),
        last_contact: Some("seen".to_owned()),
        groups: vec![study::grouping("group")],
        ..study.guess()
    };
    study.assign(mapping).unwrap();
    study
}

fn run(study: &Study, options: CompetingOptions) -> CompetingOutcome {
    match study::run(study, &Analysis::Competing(options)) {
        Outcome::Competing(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

fn study_of(case: &str) -> (Study, Option<&str>, Option<&str>) {
    match case {
        "r_cr2_a overall" => (given("r_cr2_a", &["a", "b"], &[]), None, None),
        "r_cr2_a by group" => (
            given("r_cr2_a", &["a", "b"], &["group"]),
            Some("group"),
            None,
        ),
        "r_cr2_a by group within x2" => (
            given("r_cr2_a", &["a", "b"], &["group", "x2"]),
            Some("group"),
            Some("x2"),
        ),
        "r_cr3_a by x4" => (
            given("r_cr3_a", &["a", "b", "c"], &["x4"]),
            Some("x4"),
            None,
        ),
        "transplant by abo" => (
            given(
                "transplant",
                &["death", "transplant", "withdrawn"],
                &["abo"],
            ),
            Some("abo"),
            None,
        ),
        "dates by group" => (dated(), Some("group"), None),
        other => panic!("{other}"),
    }
}

fn conf_type(name: &Value) -> ConfType {
    match name.as_str().unwrap() {
        "log" => ConfType::Log,
        "log-log" => ConfType::LogLog,
        "plain" => ConfType::Plain,
        "logit" => ConfType::Logit,
        other => panic!("{other}"),
    }
}

fn compare_arm(ours: &CompetingArm, theirs: &Value, what: &str) {
    assert_eq!(ours.n as u64, theirs["n"], "{what}");
    let events: Vec<u64> = ours.n_event.iter().map(|&n| n as u64).collect();
    assert_eq!(Value::from(events), theirs["n_event"], "{what}");
    for (k, rates) in ours.rates.iter().enumerate() {
        let theirs_of = &theirs["rates"][k];
        assert_eq!(rates.len(), theirs_of["estimate"].as_array().unwrap().len());
        for (i, rate) in rates.iter().enumerate() {
            let what = format!("{what}, cause {k}, landmark {i}");
            assert_eq!(rate.n_risk as u64, theirs["n_risk"][i], "{what}");
            close(rate.estimate, &theirs_of["estimate"][i], TOLERANCE, &what);
            // An incidence of 0 has no interval.
            if rate.estimate != Some(0.0) {
                close(rate.conf_low, &theirs_of["conf_low"][i], TOLERANCE, &what);
                close(rate.conf_high, &theirs_of["conf_high"][i], TOLERANCE, &what);
            }
        }
    }
}

fn compare_terms(ours: &[CoxTerm], theirs: &Value, tolerance: f64, what: &str) {
    assert_eq!(
        ours.len(),
        theirs["ratio"].as_array().unwrap().len(),
        "{what}"
    );
    for (i, term) in ours.iter().enumerate() {
        close(term.hazard_ratio, &theirs["ratio"][i], tolerance, what);
        close(term.conf_low, &theirs["conf_low"][i], tolerance, what);
        close(term.conf_high, &theirs["conf_high"][i], tolerance, what);
        close(term.p_value, &theirs["p"][i], 10.0 * tolerance, what);
    }
}

fn options(
    case: &Value,
    group: Option<&str>,
    strata: Option<&str>,
    display: f64,
) -> CompetingOptions {
    let landmarks = case["landmarks"].as_array().unwrap().iter();
    CompetingOptions {
        group: group.map(str::to_owned),
        strata: strata.map(str::to_owned),
        conf_type: conf_type(&case["conf_type"]),
        conf_level: case["level"].as_f64().unwrap(),
        landmarks: landmarks
            .map(|time| time.as_f64().unwrap() / display)
            .collect(),
        ..CompetingOptions::default()
    }
}

#[test]
fn whole_analyses_equal_survival_and_cmprsk() {
    let file = study::file("tests/report/expected/competing.json");
    let file: Value = serde_json::from_slice(&file).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 6);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let (study, group, strata) = study_of(name);
        // The dates are shown in months.
        let display = if name.starts_with("dates") {
            365.25 / 12.0
        } else {
            1.0
        };
        let options = options(case, group, strata, display);
        let outcome = run(&study, options.clone());
        compare_arm(&outcome.overall, &case["overall"], name);
        let overstatement = outcome.overstatement.unwrap();
        let ours = Some(overstatement.one_minus_kaplan_meier);
        close(ours, &case["one_minus_km"], TOLERANCE, name);
        if group.is_none() {
            assert!(outcome.comparisons.is_empty());
            continue;
        }
        let arms: BTreeMap<&str, &CompetingArm> = (outcome.arms.iter())
            .map(|arm| (arm.label.as_deref().unwrap(), arm))
            .collect();
        let theirs = case["arms"].as_object().unwrap();
        assert_eq!(arms.len(), theirs.len());
        for (label, theirs) in theirs {
            compare_arm(arms[&**label], theirs, &format!("{name}, {label}"));
        }
        let cmprsk = run(
            &study,
            CompetingOptions {
                convention: FineGrayWeights::Cmprsk,
                ..options
            },
        );
        for (k, theirs) in case["comparisons"].as_array().unwrap().iter().enumerate() {
            let what = format!("{name}, cause {k}");
            let ours = &outcome.comparisons[k];
            close(ours.gray.statistic, &theirs["gray"][0], TOLERANCE, &what);
            close(ours.gray.p_value, &theirs["gray"][1], TOLERANCE, &what);
            let specific = ours.cause_specific.as_ref().unwrap();
            compare_terms(&specific.terms, &theirs["specific"], TOLERANCE, &what);
            let survival = ours.subdistribution.as_ref().unwrap();
            compare_terms(&survival.terms, &theirs["survival"], TOLERANCE, &what);
            if name.starts_with("transplant") {
                // It has times of 0: `Difference::CensoredAtTimeZero` of tests/reference.
                continue;
            }
            let cmprsk = cmprsk.comparisons[k].subdistribution.as_ref().unwrap();
            compare_terms(&cmprsk.terms, &theirs["cmprsk"], CRR_TOLERANCE, &what);
        }
    }
}

#[test]
fn the_r_script_gives_the_same_numbers() {
    const PRINT: &str = r#"
show <- function(marker, ...) cat("shown", marker, sprintf("%.17g", c(...)), "\n")
show("rates", rates1$pstate[, 2])
show("km", 1 - summary(overstated1, times = LAST, extend = TRUE)$surv)
show("specific", exp(coef(specific1[[2]])))
coef_of <- function(fit) if (inherits(fit, "crr")) fit$coef else coef(fit)
show("subdistribution", exp(coef_of(subdistribution1[[1]])))
if (exists("gray1")) show("gray", gray1[, "stat"])
"#;
    let by_group = |convention| CompetingOptions {
        group: Some("group".to_owned()),
        convention,
        ..CompetingOptions::default()
    };
    let bytes = study::file("tests/reference/data/r_cr2_a.csv");
    let stratified = CompetingOptions {
        strata: Some("x2".to_owned()),
        ..by_group(FineGrayWeights::Survival)
    };
    for (study, bytes, options) in [
        (
            dated(),
            dates_csv().into_bytes(),
            by_group(FineGrayWeights::Survival),
        ),
        (
            given("r_cr2_a", &["a \"b\"", "c"], &["group", "x2"]),
            bytes.clone(),
            stratified,
        ),
        (
            given("r_cr2_a", &["a", "b"], &["group"]),
            bytes,
            by_group(FineGrayWeights::Cmprsk),
        ),
    ] {
        let outcome = run(&study, options.clone());
        let sections = sections(&study, &[Analysis::Competing(options)]);
        let last = outcome.overall.rates[0].last().unwrap().time.to_string();
        let script = write(&study, &sections, ReportFormat::R) + &PRINT.replace("LAST", &last);
        let Some(output) = run_r(&study, &bytes, &script) else {
            return;
        };
        let same = |ours: &[f64], marker: &str| {
            let theirs = numbers(&output, marker);
            assert_eq!(ours.len(), theirs.len(), "{marker}");
            for (ours, theirs) in ours.iter().zip(theirs) {
                let theirs = theirs.unwrap();
                assert!(
                    (ours - theirs).abs() <= 1e-6 * theirs.abs(),
                    "{marker}: {ours} {theirs}"
                );
            }
        };
        let rates: Vec<f64> = (outcome.arms.iter())
            .flat_map(|arm| {
                arm.rates[0].iter().map(|rate| {
                    rate.estimate.unwrap_or(
                        arm.curves.steps.last().unwrap().causes[0]
                            .cum_incidence
                            .estimate,
                    )
                })
            })
            .collect();
        same(&rates, "rates");
        same(
            &[outcome.overstatement.unwrap().one_minus_kaplan_meier],
            "km",
        );
        let ratio = |terms: &[CoxTerm]| terms[0].hazard_ratio.unwrap();
        let specific = outcome.comparisons[1].cause_specific.as_ref().unwrap();
        same(&[ratio(&specific.terms)], "specific");
        let subdistribution = outcome.comparisons[0].subdistribution.as_ref().unwrap();
        same(&[ratio(&subdistribution.terms)], "subdistribution");
        if output.contains("shown gray") {
            let gray: Vec<f64> = (outcome.comparisons.iter())
                .map(|comparison| comparison.gray.statistic.unwrap())
                .collect();
            same(&gray, "gray");
        }
    }
}

/// Five patients: relapse at 1, death at 2, censored at 3, relapse at 4, and a code without a meaning.
const SMALL: &str = "id,months,first event,arm\nA,1,relapse,x\nB,2,death,x\nC,3,alive,y\nD,4,relapse,y\nE,5,moved,y\n";

fn small() -> Study {
    let mapping = Mapping {
        patient: Some("id".to_owned()),
        competing: Some(TimeAndCause {
            time: "months".to_owned(),
            cause: "first event".to_owned(),
            unit: TimeUnit::Months,
            causes: ["relapse", "death"]
                .map(|label| CauseCodes {
                    label: label.to_owned(),
                    values: vec![label.to_owned()],
                })
                .to_vec(),
            censored: vec!["alive".to_owned()],
        }),
        groups: vec![study::grouping("arm")],
        ..Mapping::default()
    };
    study::of_bytes(SMALL.as_bytes(), "small.csv", mapping)
}

fn blocks(outcome: &CompetingOutcome) -> Vec<Block> {
    let outcome = Outcome::Competing(outcome.clone());
    compose(&outcome, &Style::default(), &Text::new("en"))
}

fn texts(blocks: &[Block]) -> Vec<&str> {
    let text = |block: &'_ Block| match block {
        Block::Heading { .. }
        | Block::Figure { .. }
        | Block::Table { .. }
        | Block::Exclusions { .. } => None,
        Block::Paragraph { .. } | Block::Caution { .. } | Block::Methods { .. } => Some(()),
    };
    (blocks.iter())
        .filter(|block| text(block).is_some())
        .map(|block| match block {
            Block::Paragraph { text } | Block::Caution { text } | Block::Methods { text, .. } => {
                &**text
            }
            _ => "",
        })
        .collect()
}

#[test]
fn the_section_says_what_happened_and_how_wrong_one_minus_kaplan_meier_is() {
    let options = CompetingOptions {
        landmarks: vec![2.0, 4.0],
        conf_type: ConfType::Plain,
        ..CompetingOptions::default()
    };
    let outcome = run(&small(), options);
    assert_eq!(
        outcome.causes[0],
        Cause::Given {
            label: "relapse".to_owned()
        }
    );
    // 1/4 + 1/2 × 1/1; with the death censored 1 − 3/4 × 0.
    let overstatement = outcome.overstatement.unwrap();
    assert_eq!(
        (
            overstatement.cum_incidence,
            overstatement.one_minus_kaplan_meier
        ),
        (0.75, 1.0)
    );
    let blocks = blocks(&outcome);
    let texts = texts(&blocks);
    assert!(
        texts[0].starts_with(
            "The first event was “relapse” in 2 of 4 patients (50.0 %), “death” in 1; 1 was censored without an \
             event. The cumulative incidence of “relapse” was 25.0 % (95 % CI 0.0–67.4) at 2 months; 75.0 %"
        ),
        "{}",
        texts[0]
    );
    assert_eq!(
        texts[1],
        "1 − Kaplan-Meier would put the incidence of “relapse” by 4 months at 100.0 % instead of 75.0 %, 25.0 \
         percentage points too high: it treats the patient in whom another event came first as one who could \
         still have it. It is right only where nothing can come before the event."
    );
    let exclusions = blocks.iter().find_map(|block| match block {
        Block::Exclusions { lines } => Some(lines),
        _ => None,
    });
    assert_eq!(
        exclusions.unwrap()[..],
        ["Left out, a value that cannot be read (1 patient): E (row 6)."]
    );
    let methods = texts.last().unwrap();
    assert!(
        methods.contains("by the method of Aalen and Johansen [1]"),
        "{methods}"
    );
    assert!(!methods.contains("Gray"), "{methods}");
}

#[test]
fn groups_are_compared_cause_by_cause() {
    let options = CompetingOptions {
        group: Some("group".to_owned()),
        strata: Some("x2".to_owned()),
        cause: Some("death".to_owned()),
        figure: CompetingFigure {
            stacked: false,
            ..CompetingFigure::default()
        },
        ..CompetingOptions::default()
    };
    let outcome = run(
        &given("r_cr2_a", &["relapse", "death"], &["group", "x2"]),
        options,
    );
    let blocks = blocks(&outcome);
    assert_eq!(
        blocks[0],
        Block::Heading {
            text: "Cumulative incidence of “death” by group".to_owned()
        }
    );
    let figures = blocks
        .iter()
        .filter(|block| matches!(block, Block::Figure { .. }))
        .count();
    assert_eq!(figures, 1);
    let rows = blocks.iter().rev().find_map(|block| match block {
        Block::Table { rows, .. } => Some(rows),
        _ => None,
    });
    let rows = rows.unwrap();
    // The event of interest comes first; cuminc(..., strata = x2) has 5.147 and p = 0.0233 for it.
    assert_eq!((&*rows[0].head, &*rows[1].head), ("“death”", "“relapse”"));
    assert_eq!(rows[0].cells[..2], ["5.15 (1)", "0.023"]);
    let texts = texts(&blocks);
    assert!(
        texts[0].contains("p = 0.023 (Gray’s test, stratified by x2)"),
        "{}",
        texts[0]
    );
    let methods = texts.last().unwrap();
    assert!(
        methods.contains("Gray’s test, stratified by x2"),
        "{methods}"
    );
}

#[test]
fn codes_without_a_meaning_are_an_issue_and_the_dates_need_no_column() {
    let mut study = Study::open(SMALL.as_bytes(), "small.csv", ReadOptions::default()).unwrap();
    let (_, issues) = study.assign(small().mapping().clone()).unwrap();
    let unknown: Vec<_> = (issues.iter())
        .filter(|issue| issue.kind == IssueKind::UnknownCause)
        .map(|issue| (issue.row, issue.value.as_deref()))
        .collect();
    assert_eq!(unknown, [(Some(6), Some("moved"))]);
    let dated = dated();
    let competing = dated.cohort().unwrap().competing().unwrap();
    assert_eq!(competing.causes, [Cause::Progression, Cause::Death]);
    // Without deaths there is nothing that competes.
    let mapping = Mapping {
        death: None,
        ..dated.mapping().clone()
    };
    let study = study::of_bytes(dates_csv().as_bytes(), "dates.csv", mapping);
    let error = study.run(
        &Analysis::Competing(CompetingOptions::default()),
        &mut |_| (),
    );
    assert_eq!(error.unwrap_err(), AnalysisError::NoCompeting.into());
}

#[test]
fn without_other_events_there_is_nothing_to_warn_of_and_without_any_nothing_to_run() {
    let csv = "months,first event\n1,relapse\n2,alive\n3,relapse\n";
    let mapping = |causes: Vec<CauseCodes>| Mapping {
        competing: Some(TimeAndCause {
            time: "months".to_owned(),
            cause: "first event".to_owned(),
            unit: TimeUnit::Months,
            causes,
            censored: vec!["alive".to_owned()],
        }),
        ..Mapping::default()
    };
    let relapse = CauseCodes {
        label: "relapse".to_owned(),
        values: vec!["relapse".to_owned()],
    };
    let study = study::of_bytes(csv.as_bytes(), "one.csv", mapping(vec![relapse]));
    let outcome = run(&study, CompetingOptions::default());
    assert_eq!(outcome.overstatement, None);
    let blocks = blocks(&outcome);
    let first = texts(&blocks)[0];
    assert!(
        first.starts_with(
            "The first event was “relapse” in 2 of 3 patients (66.7 %); 1 was censored without an event."
        ),
        "{first}"
    );
    let study = study::of_bytes(csv.as_bytes(), "none.csv", mapping(Vec::new()));
    let error = study.run(
        &Analysis::Competing(CompetingOptions::default()),
        &mut |_| (),
    );
    assert_eq!(error.unwrap_err(), AnalysisError::NoCompeting.into());
    let missing = CompetingOptions {
        cause: Some("progression".to_owned()),
        ..CompetingOptions::default()
    };
    let error = small().run(&Analysis::Competing(missing), &mut |_| ());
    let cause = "progression".to_owned();
    assert_eq!(error.unwrap_err(), AnalysisError::NoCause { cause }.into());
}

/// As if the package were not there.
const WITHOUT_CMPRSK: &str = r#"
requireNamespace <- function(...) FALSE
`::` <- function(package, name) {
  package <- as.character(substitute(package))
  if (package == "cmprsk") stop("there is no package cmprsk")
  getExportedValue(package, as.character(substitute(name)))
}
"#;

#[test]
fn without_cmprsk_the_r_script_leaves_out_what_needs_it_and_says_so() {
    let study = given("r_cr2_a", &["a", "b"], &["group"]);
    let options = CompetingOptions {
        group: Some("group".to_owned()),
        convention: FineGrayWeights::Cmprsk,
        ..CompetingOptions::default()
    };
    let sections = sections(&study, &[Analysis::Competing(options)]);
    let script = WITHOUT_CMPRSK.to_owned() + &write(&study, &sections, ReportFormat::R);
    let bytes = study::file("tests/reference/data/r_cr2_a.csv");
    let Some(output) = run_r(&study, &bytes, &script) else {
        return;
    };
    for said in [
        "Gray's test needs the package cmprsk",
        "The Fine-Gray model needs the package cmprsk",
        "coxph(formula = Surv(time, cause == k) ~ group",
    ] {
        assert!(output.contains(said), "{said}: {output}");
    }
}
