//! What a person is told, where, and how gravely.

use oncurve::cohort::Endpoint::{Os, Pfs};
use oncurve::cohort::{
    self, BestResponse, CohortError, Correction, Grouping, IssueKind, Mapping, Reason,
    ResponseColumn, Severity, Wanted,
};
use oncurve::table::FindingKind;

use crate::{build, by_dates, given, kinds, only, reasons, table, texts, values};

const HEADINGS: &str = "id,start,progression,death,last contact\n";

fn correction(row: u32, column: &str, value: &str) -> Correction {
    Correction {
        table: None,
        row,
        column: column.to_owned(),
        value: value.to_owned(),
    }
}

fn with_corrections(corrections: &[Correction]) -> Mapping {
    Mapping {
        corrections: corrections.to_vec(),
        ..by_dates()
    }
}

#[test]
fn a_patient_id_that_occurs_twice_is_an_issue_and_both_rows_count() {
    let text = format!(
        "{HEADINGS}A,2023-01-01,,,2023-04-11\nB,2023-01-01,,,2023-04-11\nA,2023-01-01,,,2023-01-31\n"
    );
    let (cohort, issues) = build(&text, &by_dates());
    assert_eq!(cohort.subjects().len(), 3);
    let issue = only(&issues, Severity::Warning);
    assert_eq!(issue.kind, IssueKind::DuplicatePatient { first_row: 2 });
    assert_eq!(
        (issue.row, issue.column.as_deref(), issue.value.as_deref()),
        (Some(4), Some("id"), Some("A"))
    );
    assert_eq!(issue.left_out, []);
}

#[test]
fn a_patient_without_an_id_is_known_by_the_row() {
    let text = format!("{HEADINGS}A,2023-01-01,,,2023-04-11\n,2023-01-01,,,2023-04-11\n");
    let (cohort, issues) = build(&text, &by_dates());
    let patient = &cohort.subjects()[1];
    assert_eq!((&patient.id, patient.row), (&None, 3));
    assert_eq!(only(&issues, Severity::Note).kind, IssueKind::NoPatientId);
}

#[test]
fn rows_left_out_by_choice_are_no_subjects_but_listed() {
    let text = format!("{HEADINGS}A,2023-01-01,,,2023-04-11\nB,2023-01-01,,,2023-01-31\n");
    let mapping = Mapping {
        excluded_rows: vec![2],
        ..by_dates()
    };
    let (cohort, _) = build(&text, &mapping);
    assert_eq!(values(&cohort, Os), [Some((30.0, false))]);
    assert_eq!(
        (cohort.left_out()[0].id.as_deref(), cohort.left_out()[0].row),
        (Some("A"), 2)
    );
    let nobody = Mapping {
        excluded_rows: vec![2, 3],
        ..by_dates()
    };
    assert_eq!(
        cohort::build(&table(&text), &nobody),
        Err(CohortError::NoPatients)
    );
}

#[test]
fn a_correction_is_read_as_the_column_is() {
    let text = format!(
        "{HEADINGS}A,13/01/2023,,,11/04/2023\nB,14/01/2023,15/02/2023,16/03/2023,16/03/2023\n"
    );
    let corrections = [
        correction(2, "progression", "12/02/2023"),
        correction(3, "death", ""),
        correction(3, "last contact", "n/a"),
        correction(3, "last contact", "25/03/2023"),
    ];
    let (cohort, issues) = build(&text, &with_corrections(&corrections));
    assert_eq!(
        values(&cohort, Pfs),
        [Some((30.0, true)), Some((32.0, true))]
    );
    assert_eq!(
        values(&cohort, Os),
        [Some((88.0, false)), Some((70.0, false))]
    );
    assert_eq!(issues, []);
}

#[test]
fn a_correction_that_cannot_be_read_is_an_issue() {
    let text = format!("{HEADINGS}A,2023-01-01,2023-01-31,,2023-04-11\n");
    let (cohort, issues) = build(
        &text,
        &with_corrections(&[correction(2, "start", "spring")]),
    );
    assert_eq!(reasons(&cohort, Pfs), [Reason::Unreadable]);
    let issue = only(&issues, Severity::Warning);
    assert_eq!(
        (issue.value.as_deref(), &issue.kind),
        (Some("spring"), &IssueKind::Unreadable)
    );
}

#[test]
fn a_correction_without_its_cell_is_an_issue() {
    let text = format!("{HEADINGS}A,2023-01-01,2023-01-31,,2023-04-11\n");
    let corrections = [
        correction(99, "start", "2023-01-01"),
        correction(2, "gone", "x"),
    ];
    let (_, issues) = build(&text, &with_corrections(&corrections));
    let lost = IssueKind::CorrectionWithoutCell;
    assert_eq!(kinds(&issues), [&lost, &lost]);
    assert_eq!((issues[0].row, issues[1].row), (Some(2), Some(99)));
}

#[test]
fn corrections_reach_ids_groups_and_responses() {
    let text = "id,arm,response\nA,x,PR\nB,y,SD\nB,y,SD\n";
    let mapping = Mapping {
        patient: Some("id".to_owned()),
        groups: vec![Grouping {
            column: "arm".to_owned(),
            ..Grouping::default()
        }],
        response: Some(responses()),
        corrections: vec![
            correction(4, "id", "C"),
            correction(4, "arm", "x"),
            correction(4, "response", "PR"),
        ],
        ..Mapping::default()
    };
    let (cohort, issues) = build(text, &mapping);
    assert_eq!(issues, []);
    assert_eq!(cohort.factors()[0].values, [Some(0), Some(1), Some(0)]);
    assert_eq!(
        cohort.responses().expect("mapped"),
        [BestResponse::Pr, BestResponse::Sd, BestResponse::Pr]
    );
}

fn responses() -> ResponseColumn {
    ResponseColumn {
        column: "response".to_owned(),
        codes: [
            ("PR".to_owned(), BestResponse::Pr),
            ("SD".to_owned(), BestResponse::Sd),
        ]
        .into(),
    }
}

#[test]
fn a_response_without_a_meaning_counts_as_not_assessed_and_is_an_issue() {
    let mapping = Mapping {
        response: Some(responses()),
        ..Mapping::default()
    };
    let (cohort, issues) = build("id,response\nA,PR\nB,mixed\nC,\n", &mapping);
    assert_eq!(
        cohort.responses().expect("mapped"),
        [
            BestResponse::Pr,
            BestResponse::Missing,
            BestResponse::Missing
        ]
    );
    let issue = only(&issues, Severity::Warning);
    assert_eq!(issue.kind, IssueKind::UnknownResponse);
    assert_eq!(
        (issue.row, issue.value.as_deref()),
        (Some(3), Some("mixed"))
    );
}

#[test]
fn an_undecided_order_of_day_and_month_stops_the_endpoints_that_rest_on_it() {
    let text = format!(
        "{HEADINGS}A,2023-01-01,03/02/2023,,2023-04-11\nB,2023-01-01,05/02/2023,,2023-04-11\n"
    );
    let (cohort, issues) = build(&text, &by_dates());
    assert!(cohort.endpoint(Pfs).is_none());
    assert_eq!(values(&cohort, Os), [Some((100.0, false)); 2]);
    let error = only(&issues, Severity::Error);
    assert_eq!(error.column.as_deref(), Some("progression"));
    assert_eq!(error.left_out, [Pfs]);
    let finding = FindingKind::AmbiguousDateOrder;
    assert_eq!(error.kind, IssueKind::Reading { finding });
    assert_eq!(issues.len(), 1);
    // Of a column without a role it is worth a note.
    let mapping = Mapping {
        progression: None,
        ..by_dates()
    };
    let (_, issues) = build(&text, &mapping);
    assert_eq!(
        only(&issues, Severity::Note).kind,
        IssueKind::Reading { finding }
    );
}

#[test]
fn a_column_of_the_wrong_type_stops_the_endpoint() {
    let text = "id,start,death,last contact,age\nA,2023-01-01,,2023-04-11,61\nB,2023-01-01,,2023-04-11,72\n";
    let mapping = Mapping {
        progression: None,
        last_contact: Some("age".to_owned()),
        ..by_dates()
    };
    let (cohort, issues) = build(text, &mapping);
    assert_eq!(cohort.endpoints(), []);
    let error = only(&issues, Severity::Error);
    assert_eq!(
        error.kind,
        IssueKind::WrongType {
            wanted: Wanted::Dates
        }
    );
    assert_eq!(error.left_out, [Os]);

    let mapping = Mapping {
        os: Some(given("id", "age", &["61"])),
        ..Mapping::default()
    };
    let (_, issues) = build(text, &mapping);
    assert_eq!(
        only(&issues, Severity::Error).kind,
        IssueKind::WrongType {
            wanted: Wanted::Times
        }
    );
}

#[test]
fn dates_as_times_need_a_start() {
    let text = "PFS date,event\n2023-01-31,1\n2023-03-02,0\n";
    let mapping = Mapping {
        pfs: Some(given("PFS date", "event", &["1"])),
        ..Mapping::default()
    };
    let (cohort, issues) = build(text, &mapping);
    assert_eq!(cohort.endpoints(), []);
    assert_eq!(
        only(&issues, Severity::Error).kind,
        IssueKind::NoStartMapped
    );
}

#[test]
fn a_totals_row_is_a_warning_while_it_counts_and_a_note_once_left_out() {
    let mut text = String::from(HEADINGS);
    for patient in 0..5 {
        text += &format!("P{patient},2023-01-01,,,2023-04-11\n");
    }
    text += "Total,,,,5\n";
    let totals = IssueKind::Reading {
        finding: FindingKind::TotalsRow,
    };
    let severity = |mapping: &Mapping| {
        let (cohort, issues) = build(&text, mapping);
        let issue = issues.into_iter().find(|issue| issue.kind == totals);
        (
            cohort.subjects().len(),
            issue.map(|issue| (issue.severity, issue.row)),
        )
    };
    assert_eq!(
        severity(&by_dates()),
        (6, Some((Severity::Warning, Some(7))))
    );
    let left_out = Mapping {
        excluded_rows: vec![7],
        ..by_dates()
    };
    assert_eq!(severity(&left_out), (5, Some((Severity::Note, Some(7)))));
}

#[test]
fn the_gravest_come_first_and_then_the_rows() {
    let text = "id,start,progression,death,last contact,PFS,event\n\
                A,2023-01-01,,2022-12-31,,1.5,1\n\
                ,2023-01-01,,,2023-04-11,2.5,0\n\
                B,,,,2023-04-11,3.5,0\n";
    let mapping = Mapping {
        pfs: Some(given("id", "event", &["1"])),
        ..by_dates()
    };
    let (_, issues) = build(text, &mapping);
    let order: Vec<_> = issues
        .iter()
        .map(|issue| (issue.severity, issue.row))
        .collect();
    assert_eq!(
        order,
        [
            (Severity::Error, None),
            (Severity::Warning, Some(2)),
            (Severity::Warning, Some(4)),
            (Severity::Note, Some(3)),
        ]
    );
}

// ---- Groups ----------------------------------------------------------------------------------------

fn grouped(text: &str, grouping: Grouping) -> cohort::Factor {
    let mapping = Mapping {
        groups: vec![grouping],
        ..Mapping::default()
    };
    build(text, &mapping).0.factors()[0].clone()
}

#[test]
fn levels_stand_in_natural_order_unless_chosen() {
    let text = "id,g\n1,positive\n2,negative\n3,\n4,positive\n";
    let column = || "g".to_owned();
    let natural = grouped(
        text,
        Grouping {
            column: column(),
            ..Grouping::default()
        },
    );
    assert_eq!(natural.levels, ["negative", "positive"]);
    assert_eq!(natural.values, [Some(1), Some(0), None, Some(1)]);
    let chosen = grouped(
        text,
        Grouping {
            column: column(),
            levels: texts(&["positive", "negative"]),
            ..Grouping::default()
        },
    );
    assert_eq!(chosen.levels, ["positive", "negative"]);
    assert_eq!(chosen.values, [Some(0), Some(1), None, Some(0)]);
}

#[test]
fn texts_with_one_label_are_one_group_and_a_missing_code_can_be_among_them() {
    let text = "id,g\n1,positive\n2,negative\n3,unknown\n4,\n";
    let label = "negative or unknown".to_owned();
    let factor = grouped(
        text,
        Grouping {
            column: "g".to_owned(),
            levels: Vec::new(),
            labels: [
                ("negative".to_owned(), label.clone()),
                ("unknown".to_owned(), label.clone()),
            ]
            .into(),
        },
    );
    assert_eq!(factor.levels, [label.as_str(), "positive"]);
    assert_eq!(factor.values, [Some(1), Some(0), Some(0), None]);
}
