//! What the R script cannot make of the patients' sheet: it reads the file that the page saves with it.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, CompetingOptions, Outcome, ResponseArm, ResponseOptions, ResponseSource,
    SafetyOptions, SurvivalOptions,
};
use oncurve::cohort::{Endpoint, JoinedSheet, Mapping, StatusColumn};
use oncurve::report::ReportFormat;
use oncurve::table::{ReadOptions, TableName};

use crate::documents::{PRINT, assert_close, numbers, run_r_with, sections, write};
use crate::safety::{compare_safety, print_safety};
use crate::study::{self, file, grouping};

/// A sheet as a spreadsheet saves it as csv: every row where it was.
fn csv(study: &Study, name: Option<&TableName>) -> String {
    let quoted = |cells: Vec<String>| {
        let cells = cells
            .iter()
            .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        cells.collect::<Vec<_>>().join(",")
    };
    let table = study.find(name).unwrap();
    let headings = table.columns.iter().map(|column| column.heading.clone());
    let mut lines = vec![String::new(); table.source.header_row as usize - 1];
    lines.push(quoted(headings.collect()));
    for row in study.rows(name, 0, usize::MAX).unwrap() {
        lines.resize(row.row as usize - 1, String::new());
        lines.push(quoted(row.cells));
    }
    lines.join("\n") + "\n"
}

#[test]
fn the_r_script_of_the_whole_example_gives_the_same_numbers() {
    let path = "www/examples/oncurve-example-14-synthetic-patients.xlsx";
    let mut study = Study::open(&file(path), "example.xlsx", ReadOptions::default()).unwrap();
    let mapping = Mapping {
        progression: None,
        response: None,
        groups: vec![grouping("PD-L1")],
        ..study.guess()
    };
    study.assign(mapping).unwrap();
    let group = Some("PD-L1".to_owned());
    let response = |by| {
        Analysis::Response(ResponseOptions {
            by,
            group: group.clone(),
            ..ResponseOptions::default()
        })
    };
    let analyses = [
        Analysis::Survival(SurvivalOptions {
            group: group.clone(),
            ..SurvivalOptions::default()
        }),
        response(ResponseSource::Recist),
        response(ResponseSource::Irecist),
        Analysis::Safety(SafetyOptions {
            group: group.clone(),
            by_system: true,
            ..SafetyOptions::default()
        }),
        Analysis::Competing(CompetingOptions::default()),
        Analysis::Survival(SurvivalOptions {
            endpoint: Endpoint::TimeOnTreatment,
            ..SurvivalOptions::default()
        }),
    ];
    let sections = sections(&study, &analyses);
    let script =
        write(&study, &sections, ReportFormat::R) + PRINT + PRINT_EXAMPLE + &print_safety(4);
    let derived = write(&study, &sections, ReportFormat::Derived);
    let events = study
        .mapping()
        .adverse_events
        .as_ref()
        .unwrap()
        .table
        .clone();
    let (patients, events) = (csv(&study, None), csv(&study, Some(&events)));
    let files = [
        ("example.csv", patients.as_bytes()),
        ("example-derived.csv", derived.as_bytes()),
        ("Synthetic adverse events.csv", events.as_bytes()),
    ];
    let Some(output) = run_r_with(&study, &files, &script) else {
        return;
    };
    for (i, section) in (1..).zip(&sections) {
        match &section.outcome {
            Outcome::Survival(outcome) => {
                let arms = match &outcome.arms[..] {
                    [] => std::slice::from_ref(&outcome.overall),
                    arms => arms,
                };
                for (k, arm) in (1..).zip(arms) {
                    let median = &arm.quantiles[1];
                    let ours = [median.estimate, median.conf_low, median.conf_high];
                    assert_close(
                        &ours,
                        &numbers(&output, &format!("median {i} {k}")),
                        "median",
                    );
                }
            }
            Outcome::Response(outcome) => {
                for (k, arm) in (1..).zip(&outcome.arms) {
                    compare_response(arm, &output, &format!("{i} {k}"));
                }
                let overall = [&outcome.overall.orr, &outcome.overall.dcr].map(|rate| rate.count);
                assert_eq!((overall, outcome.overall.n), ([4, 13], 14));
            }
            Outcome::Safety(outcome) => {
                assert!(compare_safety(outcome, &output) > 500);
            }
            Outcome::Competing(outcome) => {
                let curves = &outcome.overall;
                assert_close(
                    &[
                        curves.n as f64,
                        curves.n_event[0] as f64,
                        curves.n_event[1] as f64,
                    ]
                    .map(Some),
                    &numbers(&output, "causes"),
                    "causes",
                );
            }
            other => panic!("{other:?}"),
        }
    }
}

const PRINT_EXAMPLE: &str = r#"
for (k in 1:2) { q <- quantile(fit1[k], 0.5); show(paste("median 1", k), q$quantile, q$lower, q$upper) }
q <- quantile(fit6, 0.5)
show("median 6 1", q$quantile, q$lower, q$upper)
show("causes", nrow(cohort5), sum(cohort5$cause == 1), sum(cohort5$cause == 2))
for (i in 2:3) {
  own <- function(name) get(paste0(name, i))
  groups <- own("cohort")$group
  for (k in 1:2) {
    of <- groups == levels(groups)[k]
    rate <- function(x) c(mean(x), interval(sum(x), length(x), 0.95))
    for (name in c("objective", "control", "benefit")) show(paste(name, i, k), rate(own(name)[of]))
    show(paste("days", i, k), median(own("response_days")[of & own("objective")]))
    show(paste("change", i, k), median(own("best_change")[of], na.rm = TRUE))
  }
}
"#;

fn compare_response(arm: &ResponseArm, output: &str, of: &str) {
    let rates = [
        ("objective", Some(&arm.orr)),
        ("control", Some(&arm.dcr)),
        ("benefit", arm.cbr.as_ref()),
    ];
    for (name, rate) in rates {
        let rate = rate.unwrap();
        let ours = [rate.estimate, rate.conf_low, rate.conf_high];
        assert_close(&ours, &numbers(output, &format!("{name} {of}")), name);
    }
    let days = arm.time_to_response.and_then(|days| days.median);
    assert_close(
        &[days],
        &numbers(output, &format!("days {of}")),
        "time to response",
    );
    let depth = arm.depth.and_then(|depth| depth.median);
    assert_close(
        &[depth],
        &numbers(output, &format!("change {of}")),
        "best change",
    );
}

/// Texts that a spreadsheet would take for formulas, and one that would be code.
const GROUPS: [&str; 2] = [
    "=HYPERLINK(\"http://x\",\"y\")",
    "\"); system(\"echo hacked\"); c(\"",
];

#[test]
fn the_r_script_reads_the_columns_of_joined_sheets() {
    let patients = "id;start;Age\nA;2023-01-10;61,5\nB;2023-01-10;70,25\nC;2023-01-10;55\nD;2023-01-10;48\nE;2023-01-10;66\nF;2023-01-10;59\n";
    // Another way of writing dates and numbers than that of the patients' sheet.
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut ends = "id,died,seen,arm,LDH\n".to_owned();
    for (i, (id, died, seen)) in [
        ("F", "1", "25/08/2023"),
        ("B", "1", "13/09/2023"),
        ("A", "1", "14/04/2023"),
        ("D", "0", "30/11/2023"),
        ("E", "1", "31/05/2023"),
        ("C", "1", "06/10/2023"),
    ]
    .into_iter()
    .enumerate()
    {
        let arm = quoted(GROUPS[i % 2]);
        ends.push_str(&format!("{id},{died},{seen},{arm},{}.5\n", 200 + i));
    }
    let mut study =
        Study::open(patients.as_bytes(), "patients.csv", ReadOptions::default()).unwrap();
    study
        .add(ends.as_bytes(), "ends.csv", ReadOptions::default())
        .unwrap();
    let table = TableName {
        file: Some("ends.csv".to_owned()),
        sheet: None,
    };
    let mapping = Mapping {
        patient: Some("id".to_owned()),
        start: Some("start".to_owned()),
        last_contact: Some("seen".to_owned()),
        died: Some(StatusColumn {
            column: "died".to_owned(),
            event_values: vec!["1".to_owned()],
            blank_is_no_event: false,
            ..StatusColumn::default()
        }),
        joined: vec![JoinedSheet {
            table,
            patient: "id".to_owned(),
        }],
        groups: vec![grouping("arm")],
        covariates: vec!["Age".to_owned(), "LDH".to_owned()],
        ..Mapping::default()
    };
    study.assign(mapping).unwrap();
    let survival = SurvivalOptions {
        endpoint: Endpoint::Os,
        group: Some("arm".to_owned()),
        ..SurvivalOptions::default()
    };
    let sections = sections(&study, &[Analysis::Survival(survival)]);
    let derived = write(&study, &sections, ReportFormat::Derived);
    assert!(
        derived.contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
        "{derived}"
    );
    let script = write(&study, &sections, ReportFormat::R)
        + PRINT
        + r#"
for (k in 1:2) { q <- quantile(fit1[k], 0.5); show(paste("median", k), q$quantile) }
show("numbers", as_number("Age"), as_number("LDH"))
cat("levels", levels(cohort1$group), sep = "\n")
"#;
    let files = [
        ("patients.csv", patients.as_bytes()),
        ("patients-derived.csv", derived.as_bytes()),
    ];
    let Some(output) = run_r_with(&study, &files, &script) else {
        return;
    };
    assert!(!output.lines().any(|line| line == "hacked"), "{output}");
    for group in GROUPS {
        assert!(
            output.lines().any(|line| line == group),
            "{group}: {output}"
        );
    }
    let Outcome::Survival(outcome) = study::run(
        &study,
        &Analysis::Survival(SurvivalOptions {
            endpoint: Endpoint::Os,
            group: Some("arm".to_owned()),
            ..SurvivalOptions::default()
        }),
    ) else {
        panic!("not survival");
    };
    for (k, arm) in (1..).zip(&outcome.arms) {
        let median = arm.quantiles[1].estimate;
        assert_close(
            &[median],
            &numbers(&output, &format!("median {k}")),
            "median",
        );
    }
    let ages = [
        61.5, 70.25, 55.0, 48.0, 66.0, 59.0, 202.5, 201.5, 205.5, 203.5, 204.5, 200.5,
    ];
    assert_close(&ages.map(Some), &numbers(&output, "numbers"), "numbers");
}

#[test]
fn a_script_that_needs_no_more_than_the_sheet_reads_no_other_file() {
    let study = study::example();
    let sections = sections(&study, &[Analysis::Survival(SurvivalOptions::default())]);
    assert_eq!(write(&study, &sections, ReportFormat::Derived), "");
    assert!(!write(&study, &sections, ReportFormat::R).contains("derived"));
}
