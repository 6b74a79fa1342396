//! Sheets with several rows a patient: joined by id, guessed, read with their issues.

use oncurve::Study;
use oncurve::cohort::{
    Correction, Endpoint, Issue, IssueKind, Mapping, PartialMatch, RecordKind, RecordRow,
};
use oncurve::table::{ReadOptions, TableName};

use super::day;

const PATIENTS: &str = "Patient id,Start date,Death date,Last contact\n\
                        P01,2023-01-13,2023-03-15,2023-03-15\n\
                        P02,2023-01-13,,2023-04-23\n\
                        P03,2023-01-20,,2023-04-23\n";

const EVENTS: &str = "Subject ID,Adverse event,SOC,CTCAE grade,Related,Serious,Onset date,End date\n\
                      P01,Fatigue,General,1,Yes,No,2023-01-20,2023-02-01\n\
                      p01,Hypertension,Vascular,Grade 3,Yes,Yes,2023-01-25,\n\
                      P02,Nausea,Gastrointestinal,severe,No,No,2023-02-20,2023-02-22\n\
                      P09,Rash,Skin,2,Yes,No,2023-02-20,2023-02-22\n\
                      ,Rash,Skin,2,Yes,No,2023-02-20,2023-02-22\n\
                      P02,,Skin,2,Yes,No,2023-02-20,2023-02-22\n";

fn name(file: &str) -> TableName {
    TableName {
        file: Some(file.to_owned()),
        sheet: None,
    }
}

fn study(others: &[(&str, &str)]) -> Study {
    let reading = ReadOptions::default;
    let mut study = Study::open(PATIENTS.as_bytes(), "patients.csv", reading()).unwrap();
    for (file, text) in others {
        study.add(text.as_bytes(), file, reading()).unwrap();
    }
    study
}

fn of_records(issues: &[Issue]) -> Vec<(Option<u32>, &IssueKind)> {
    (issues.iter())
        .filter(|issue| {
            issue.table.is_some() || matches!(issue.kind, IssueKind::PatientWithoutRecords { .. })
        })
        .map(|issue| (issue.row, &issue.kind))
        .collect()
}

#[test]
fn a_sheet_of_adverse_events_is_recognised_and_joined_by_patient() {
    let mut study = study(&[("events.csv", EVENTS)]);
    let mapping = study.guess();
    let sheet = mapping.adverse_events.clone().expect("recognised");
    assert_eq!(sheet.table, name("events.csv"));
    assert_eq!(sheet.patient, "Subject ID");
    assert_eq!(sheet.term, "Adverse event");
    assert_eq!(sheet.system.as_deref(), Some("SOC"));
    assert_eq!(sheet.grade.as_deref(), Some("CTCAE grade"));
    assert_eq!(sheet.related.unwrap().event_values, ["Yes"]);
    assert_eq!(sheet.serious.unwrap().event_values, ["Yes"]);
    assert_eq!(sheet.start.as_deref(), Some("Onset date"));
    assert_eq!(sheet.end.as_deref(), Some("End date"));

    let (cohort, issues) = study.assign(mapping).unwrap();
    let events = cohort.adverse_events().unwrap();
    let grades: Vec<Vec<Option<u8>>> = (events.iter())
        .map(|events| events.iter().map(|event| event.grade).collect())
        .collect();
    assert_eq!(grades, [vec![Some(1), Some(3)], vec![None], vec![]]);
    let hypertension = &events[0][1];
    assert_eq!((hypertension.row, &*hypertension.term), (3, "Hypertension"));
    assert_eq!(
        (hypertension.related, hypertension.serious),
        (Some(true), Some(true))
    );
    assert_eq!(
        (hypertension.start, hypertension.end),
        (Some(day("2023-01-25")), None)
    );
    let records = RecordKind::AdverseEvents;
    let sheet = "events.csv".to_owned();
    assert_eq!(
        of_records(&issues),
        [
            (
                None,
                &IssueKind::PartlyMatched(Box::new(PartialMatch {
                    records: Some(records),
                    matched: 2,
                    patients: 3,
                    ids: 1,
                    unknown: vec!["P09".to_owned()],
                    without: vec!["P03".to_owned()],
                }))
            ),
            (Some(4), &IssueKind::UnknownGrade),
            (Some(5), &IssueKind::UnmatchedRecord { records, rows: 1 }),
            (Some(6), &IssueKind::RecordWithoutPatient { records }),
            (Some(7), &IssueKind::IncompleteRecord { records }),
            (
                Some(4),
                &IssueKind::PatientWithoutRecords { records, sheet }
            ),
        ]
    );
}

#[test]
fn corrections_and_left_out_rows_are_of_their_sheet() {
    let mut study = study(&[("events.csv", EVENTS)]);
    let table = Some(name("events.csv"));
    let correction = |row, column: &str, value: &str| Correction {
        table: table.clone(),
        row,
        column: column.to_owned(),
        value: value.to_owned(),
    };
    let mapping = Mapping {
        corrections: vec![
            correction(4, "CTCAE grade", "4"),
            correction(5, "Subject ID", "P03"),
        ],
        excluded_records: [6, 7]
            .map(|row| RecordRow {
                table: name("events.csv"),
                row,
            })
            .into(),
        ..study.guess()
    };
    let (cohort, issues) = study.assign(mapping).unwrap();
    let grades = |subject: usize| -> Vec<Option<u8>> {
        let events = &cohort.adverse_events().unwrap()[subject];
        events.iter().map(|event| event.grade).collect()
    };
    assert_eq!((grades(1), grades(2)), (vec![Some(4)], vec![Some(2)]));
    assert_eq!(of_records(&issues), []);
    let shown = study.rows(table.as_ref(), 2, 1).unwrap();
    assert_eq!(shown[0].cells[3], "4");
    let patients = study.rows(None, 2, 1).unwrap();
    assert_eq!(patients[0].cells[0], "P03");
}

#[test]
fn therapies_are_sorted_by_their_first_day() {
    let text = "patient,regimen,line,start date,end date,subsequent therapy\n\
                P01,Docetaxel,2,2023-03-01,,yes\n\
                P01,Anlotinib,1,2023-01-13,2023-02-27,no\n\
                P02,Anlotinib,1,,2023-02-27,no\n\
                P03,Anlotinib,1,2023-01-20,2023-04-01,no\n";
    let mut study = study(&[("therapies.csv", text)]);
    let mapping = study.guess();
    let (cohort, issues) = study.assign(mapping).unwrap();
    let therapies = cohort.therapies().unwrap();
    let first: Vec<_> = (therapies[0].iter())
        .map(|therapy| (therapy.name.as_deref(), therapy.start, therapy.subsequent))
        .collect();
    assert_eq!(
        first,
        [
            (Some("Anlotinib"), day("2023-01-13"), Some(false)),
            (Some("Docetaxel"), day("2023-03-01"), Some(true)),
        ]
    );
    let records = RecordKind::Therapies;
    let expected = [(Some(4), &IssueKind::IncompleteRecord { records })];
    assert_eq!(of_records(&issues), expected);
}

/// Line 1 counts and not the docetaxel after it, which outlives the patient; what went before the start does not
/// count; phases without a number do; nor does what began with the new anticancer therapy.
#[test]
fn time_on_treatment_is_that_of_the_line_begun_at_the_start_and_ends_with_life() {
    let patients = "Patient id,Start date,Death date,Last contact,New therapy date\n\
                    P01,2023-01-13,2023-03-15,2023-03-15,2023-02-10\n\
                    P02,2023-01-13,,2023-04-23,\n\
                    P03,2023-01-20,,2023-04-23,\n\
                    P04,2023-01-20,,2023-04-23,2023-03-01\n\
                    P05,2023-01-20,2023-02-01,2023-02-01,\n";
    let text = "patient,regimen,line,start date,end date\n\
                P01,Drug X,Line 1,2023-01-13,2023-02-12\n\
                P01,Docetaxel,Line 2,2023-02-10,2023-04-30\n\
                P02,Cisplatin,1,2022-06-01,2022-09-01\n\
                P02,Drug X,2,2023-01-13,2023-03-01\n\
                P03,Drug X,induction,2023-01-20,2023-02-20\n\
                P03,Drug X,maintenance,2023-02-21,2023-04-01\n\
                P04,Drug X,,2023-01-20,2023-02-19\n\
                P04,Docetaxel,,2023-03-01,2023-04-01\n\
                P05,Drug X,1L,2023-01-20,2023-02-09\n";
    let reading = ReadOptions::default;
    let mut study = Study::open(patients.as_bytes(), "patients.csv", reading()).unwrap();
    (study.add(text.as_bytes(), "therapies.csv", reading())).unwrap();
    let mut mapping = study.guess();
    mapping.new_therapy = Some("New therapy date".to_owned());
    mapping.therapies.as_mut().unwrap().line = Some("line".to_owned());
    let (cohort, issues) = study.assign(mapping).unwrap();
    let data = cohort.endpoint(Endpoint::TimeOnTreatment).unwrap();
    let times: Vec<_> = (data.derived.iter())
        .map(|derived| derived.value.map(|value| (value.time, value.event)))
        .collect();
    let ended = |days: f64| Some((days, true));
    assert_eq!(times, [30.0, 47.0, 71.0, 30.0, 12.0].map(ended));
    let after = |row, column, value: &str, on, death| {
        let kind = IssueKind::TherapyAfterDeath { on, death };
        (Some(row), column, Some(value.to_owned()), kind)
    };
    let said: Vec<_> = (issues.into_iter())
        .filter(|issue| matches!(issue.kind, IssueKind::TherapyAfterDeath { .. }))
        .map(|issue| (issue.row, issue.column, issue.value, issue.kind))
        .collect();
    let column = || Some("end date".to_owned());
    let first = (day("2023-04-30"), day("2023-03-15"));
    let second = (day("2023-02-09"), day("2023-02-01"));
    assert_eq!(
        said,
        [
            after(3, column(), "2023-04-30", first.0, first.1),
            after(10, column(), "2023-02-09", second.0, second.1),
        ]
    );
}

#[test]
fn without_a_column_of_patient_ids_nothing_is_joined_and_that_is_said() {
    let mut study = study(&[("events.csv", EVENTS)]);
    let mapping = Mapping {
        patient: None,
        ..study.guess()
    };
    let (cohort, issues) = study.assign(mapping).unwrap();
    assert_eq!(cohort.adverse_events(), None);
    let records = RecordKind::AdverseEvents;
    assert_eq!(issues[0].kind, IssueKind::NoPatientColumn { records });
}

#[test]
fn an_added_file_is_saved_by_name_and_can_be_replaced_and_closed() {
    let mut study = study(&[("events.csv", EVENTS)]);
    assert_eq!(study.tables().len(), 2);
    study
        .add(b"id,grade\nP01,1\n", "events.csv", ReadOptions::default())
        .unwrap();
    assert_eq!(study.tables()[1].headings, ["id", "grade"]);
    let saved = study.save(oncurve::format::Style::default(), Vec::new());
    assert_eq!(saved.added[0].file_name, "events.csv");
    let again = oncurve::study::SavedStudy::from_text(&saved.to_text()).unwrap();
    assert_eq!(again, saved);
    study.remove("events.csv");
    assert_eq!(study.tables().len(), 1);
    assert!(study.find(Some(&name("events.csv"))).is_err());
}
