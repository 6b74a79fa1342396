//! Columns of measurements: which are proposed, and how they are read.

use oncurve::cohort::{Correction, IssueKind, Mapping, Severity, Wanted, guess};
use oncurve::report;
use oncurve::text::Text;

use crate::{build, only, table, texts};

/// Twelve patients; every column repeats its values.
fn sheet(columns: &[(&str, &[&str])]) -> String {
    let headings: Vec<&str> = columns.iter().map(|(heading, _)| *heading).collect();
    let mut text = headings.join(",") + "\n";
    for row in 0..12 {
        let cells: Vec<&str> = (columns.iter())
            .map(|(_, values)| values[row % values.len()])
            .collect();
        text += &(cells.join(",") + "\n");
    }
    text
}

const NUMBERS: &[&str] = &[
    "61.5", "58", "70.2", "49", "66", "57.1", "73", "62", "55", "68.4", "60", "64",
];

fn covariates(columns: &[(&str, &[&str])]) -> Vec<String> {
    guess(&table(&sheet(columns))).covariates
}

#[test]
fn what_was_measured_at_the_start_is_proposed() {
    let columns = [
        "Age",
        "LDH (U/L)",
        "CEA",
        "Tumour size (mm)",
        "BMI",
        "年龄",
        "Pack years",
    ];
    let sheet: Vec<(&str, &[&str])> = columns.iter().map(|&name| (name, NUMBERS)).collect();
    assert_eq!(covariates(&sheet), columns);
}

#[test]
fn what_came_later_is_not_proposed_nor_are_ids_dates_and_times() {
    let never = [
        "Best change (%)",
        "Worst AE grade",
        "PFS (months)",
        "Follow-up",
        "Year of diagnosis",
        "Time to response",
        "Patient ID",
        "Cycles",
        "Nadir neutrophils",
        "CEA after cycle 2",
        "Death",
        "Birth year",
        "Phone",
        "缓解时间",
    ];
    let sheet: Vec<(&str, &[&str])> = never.iter().map(|&name| (name, NUMBERS)).collect();
    assert_eq!(covariates(&sheet), [""; 0]);
    let running: &[&str] = &[
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12",
    ];
    assert_eq!(covariates(&[("Row", running), ("Age", NUMBERS)]), ["Age"]);
}

#[test]
fn a_few_whole_numbers_are_quantities_only_where_the_heading_says_so() {
    let few: &[&str] = &["0", "1", "2"];
    let sheet: &[(&str, &[&str])] = &[
        ("Age", NUMBERS),
        ("ECOG", few),
        ("Prior lines", few),
        ("Histology", few),
        ("Sex", &["1", "2"]),
    ];
    assert_eq!(covariates(sheet), ["Age", "ECOG", "Prior lines"]);
    // They make groups as well.
    let groups = guess(&table(&self::sheet(sheet))).groups;
    let groups: Vec<&str> = groups.iter().map(|group| &*group.column).collect();
    assert_eq!(groups, ["ECOG", "Prior lines", "Histology", "Sex"]);
}

fn measured(columns: &[&str]) -> Mapping {
    Mapping {
        covariates: texts(columns),
        ..Mapping::default()
    }
}

#[test]
fn numbers_are_read_and_missing_codes_are_missing() {
    let text = "id,LDH\nA,210\nB,NA\nC,\nD,1e3\nE,-3.5\nF,9\n";
    let (cohort, issues) = build(text, &measured(&["LDH"]));
    let values = &cohort.covariate("LDH").expect("mapped").values;
    assert_eq!(
        *values,
        [Some(210.0), None, None, Some(1000.0), Some(-3.5), Some(9.0)]
    );
    assert!(
        issues.iter().all(|issue| issue.severity == Severity::Note),
        "{issues:?}"
    );
}

#[test]
fn a_text_among_numbers_is_an_issue_until_it_is_corrected() {
    let text = "id,CEA\nA,3.1\nB,<0.5\nC,12\nD,8\nE,7\n";
    let mut mapping = measured(&["CEA"]);
    let (cohort, issues) = build(text, &mapping);
    let issue = only(&issues, Severity::Warning);
    assert_eq!(issue.kind, IssueKind::NotMeasured);
    assert_eq!(
        (issue.row, issue.column.as_deref(), issue.value.as_deref()),
        (Some(3), Some("CEA"), Some("<0.5"))
    );
    assert_eq!(issue.left_out, []);
    assert_eq!(cohort.covariates()[0].values[1], None);
    let said = report::assigned(&cohort, &issues, &Text::new("en"));
    assert_eq!(
        said.issues[0].sentence,
        "Row 3, “CEA”: “<0.5” is a limit and not a number, and none is guessed. Correct it to the number that is to \
         count, or use the column for groups; until then it counts as missing, and the patient is left out of the \
         models and comparisons that need it."
    );

    mapping.corrections.push(Correction {
        table: None,
        row: 3,
        column: "CEA".to_owned(),
        value: "0.5".to_owned(),
    });
    let (cohort, issues) = build(text, &mapping);
    assert_eq!(cohort.covariates()[0].values[1], Some(0.5));
    assert_eq!(issues, []);
}

#[test]
fn a_column_of_words_or_dates_is_no_measurement() {
    for column in [
        "II,III,IV,II",
        "2023-01-02,2023-02-03,2023-04-05,2023-01-04",
    ] {
        let rows: Vec<String> = (column.split(','))
            .map(|value| format!("{value},1"))
            .collect();
        let text = format!("Stage,x\n{}\n", rows.join("\n"));
        let (cohort, issues) = build(&text, &measured(&["Stage"]));
        assert_eq!(cohort.covariates(), []);
        assert_eq!(
            only(&issues, Severity::Warning).kind,
            IssueKind::WrongType {
                wanted: Wanted::Numbers
            }
        );
    }
}

#[test]
fn a_study_saved_before_covariates_opens_without_any() {
    let mapping: Mapping = serde_json::from_str(r#"{"patient": "id"}"#).expect("a mapping");
    assert_eq!(mapping.covariates, [""; 0]);
}

#[test]
fn the_unit_below_the_heading_is_kept() {
    let text = "LDH,death\n(U/L),\n203,1\n312,0\n220,1\n231,0\n";
    let (cohort, _) = build(text, &measured(&["LDH"]));
    let ldh = &cohort.covariates()[0];
    assert_eq!(ldh.unit.as_deref(), Some("(U/L)"));
    assert_eq!(ldh.values.len(), 4);
}
