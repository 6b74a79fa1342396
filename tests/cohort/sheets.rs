//! A whole workbook, sheets joined by patient, and wide sheets.

use oncurve::Study;
use oncurve::cohort::{
    Correction, Endpoint, Issue, IssueKind, JoinedSheet, Mapping, ReadValue, RecordKind, RecordRow,
    RecordUse, RecordsAsRead,
};
use oncurve::report;
use oncurve::table::{ReadOptions, TableName};
use oncurve::text::Text;

use super::{day, reasons};

const WORKBOOK: &[u8] = include_bytes!("files/synthetic_study.xlsx");
const FOLLOW_UP: &[u8] = include_bytes!("files/synthetic_follow_up.csv");

fn sheet(name: &str) -> TableName {
    TableName {
        file: None,
        sheet: Some(name.to_owned()),
    }
}

fn file(name: &str) -> TableName {
    TableName {
        file: Some(name.to_owned()),
        sheet: None,
    }
}

fn workbook() -> Study {
    Study::open(WORKBOOK, "study.xlsx", ReadOptions::default()).unwrap()
}

fn opened(files: &[(&str, &str)]) -> Study {
    let reading = ReadOptions::default;
    let (first, text) = files[0];
    let mut study = Study::open(text.as_bytes(), first, reading()).unwrap();
    for (name, text) in &files[1..] {
        study.add(text.as_bytes(), name, reading()).unwrap();
    }
    study
}

/// Table, row and kind of the issues of sheets.
fn of_sheets(issues: &[Issue]) -> Vec<(Option<&TableName>, Option<u32>, &IssueKind)> {
    (issues.iter())
        .filter(|issue| !matches!(issue.kind, IssueKind::Reading { .. }))
        .map(|issue| (issue.table.as_ref(), issue.row, &issue.kind))
        .collect()
}

#[track_caller]
fn read(study: &Study, mapping: &Mapping, kind: RecordKind) -> RecordsAsRead {
    (study.records(mapping, kind, 0, 1000).unwrap()).expect("a sheet of that kind")
}

#[test]
fn every_sheet_of_a_workbook_is_recognised_and_its_messy_ids_are_joined() {
    let study = workbook();
    let mapping = study.guess();
    assert_eq!(mapping.patient.as_deref(), Some("Patient ID"));
    assert_eq!(mapping.joined, []);
    let assessments = mapping.assessments.as_ref().expect("assessments");
    assert_eq!(assessments.table, sheet("Assessments"));
    assert_eq!(assessments.sum.as_deref(), Some("Sum of diameters (mm)"));
    let lesions = mapping.lesions.as_ref().expect("lesions");
    assert_eq!(
        (&lesions.table, &*lesions.lesion),
        (&sheet("Lesions"), "Lesion")
    );
    let events = mapping.adverse_events.as_ref().expect("events");
    assert_eq!(events.table, sheet("Adverse events"));
    assert_eq!(
        mapping.therapies.as_ref().unwrap().table,
        sheet("Therapies")
    );

    let counts = |kind| {
        let read = read(&study, &mapping, kind);
        (read.n, read.used, read.unmatched, read.patients)
    };
    // One visit has no date; one event belongs to nobody, one to an unknown patient.
    assert_eq!(counts(RecordKind::Assessments), (92, 91, 0, 23));
    assert_eq!(counts(RecordKind::Lesions), (184, 184, 0, 23));
    assert_eq!(counts(RecordKind::AdverseEvents), (38, 36, 1, 18));
    assert_eq!(counts(RecordKind::Therapies).3, 24);
}

#[test]
fn records_are_shown_as_they_are_read_with_the_reason_why_one_does_not_count() {
    let study = workbook();
    let events = read(&study, &study.guess(), RecordKind::AdverseEvents);
    let row = |row: u32| events.rows.iter().find(|record| record.row == row).unwrap();
    let roles: Vec<&str> = events.roles.iter().map(|role| role.id).collect();
    assert_eq!(
        roles,
        [
            "patient", "term", "system", "grade", "related", "serious", "start", "end"
        ]
    );
    assert_eq!(row(6).values[3], ReadValue::Unreadable("severe".to_owned()));
    assert_eq!(row(6).values[4], ReadValue::YesNo(true));
    assert_eq!(row(6).usage, RecordUse::Used);
    assert_eq!(row(38).usage, RecordUse::UnknownPatient);
    assert_eq!(row(39).usage, RecordUse::NoPatient);
    assert_eq!(row(39).values[6], ReadValue::Date(day("2023-05-01")));

    let text = Text::new("en");
    let words = report::records(RecordKind::AdverseEvents, &events, &text);
    assert_eq!(
        words.sentence,
        "36 of 38 records can be used; they belong to 18 of the 24 patients. 1 row belongs to nobody among the patients."
    );
    let shown = words.rows.iter().find(|shown| shown.row == 6).unwrap();
    assert_eq!(
        shown.cells[1..5],
        [
            "Nausea",
            "Gastrointestinal",
            "“severe” cannot be read",
            "yes"
        ]
    );
    assert_eq!(shown.cells.last().unwrap(), "yes");
    assert_eq!(words.headings.last().unwrap(), "Counts");

    let dates = read(&study, &study.guess(), RecordKind::Assessments);
    let without = dates
        .rows
        .iter()
        .find(|record| record.usage != RecordUse::Used)
        .unwrap();
    let RecordUse::Incomplete { role } = &without.usage else {
        panic!("{without:?}");
    };
    assert_eq!(role.id, "date");
}

#[test]
fn a_further_sheet_with_one_row_a_patient_is_joined_and_its_columns_have_roles() {
    let mut study = workbook();
    study
        .add(FOLLOW_UP, "follow_up.csv", ReadOptions::default())
        .unwrap();
    let mapping = study.guess();
    let joined = JoinedSheet {
        table: file("follow_up.csv"),
        patient: "patient id".to_owned(),
    };
    assert_eq!(mapping.joined, [joined]);
    assert_eq!(mapping.death.as_deref(), Some("Death date"));
    assert_eq!(mapping.last_contact.as_deref(), Some("Last contact"));
    let columns = study.role_columns(&mapping).unwrap();
    let headings: Vec<&str> = columns.iter().map(|column| &*column.heading).collect();
    assert_eq!(
        headings[5..],
        ["Progression date", "Death date", "Last contact"]
    );
    assert_eq!(study.columns(None).unwrap().len(), 5);

    let (cohort, issues) = study.assign(mapping).unwrap();
    let os = cohort.endpoint(Endpoint::Os).unwrap();
    let analysed = os.derived.iter().filter(|derived| derived.value.is_some());
    assert_eq!((os.derived.len(), analysed.count()), (24, 23));
    let found = of_sheets(&issues);
    let sheet = "follow_up.csv".to_owned();
    let without = IssueKind::PatientWithoutJoinedRow { sheet };
    assert!(found.contains(&(None, Some(9), &without)), "{found:?}");
    let name = file("follow_up.csv");
    let unknown = (Some(&name), Some(25), &IssueKind::UnmatchedJoinedRow);
    assert!(found.contains(&unknown), "{found:?}");
}

const PEOPLE: &str =
    "Patient ID,Start date\nA,2023-01-01\nB,2023-01-01\nC,2023-01-01\nD,2023-01-01\n";
const ENDS: &str = "ID,Death date,Last contact\n\
                    c ,2022-12-01,2023-04-01\n\
                    a,2023-03-01,2023-03-01\n\
                    B,,2023-05-01\n\
                    a,2024-03-01,2024-03-01\n\
                    ,2024-03-01,2024-03-01\n\
                    X,2024-03-01,2024-03-01\n";

#[test]
fn issues_and_corrections_of_joined_columns_are_at_their_own_cells() {
    let mut study = opened(&[("people.csv", PEOPLE), ("ends.csv", ENDS)]);
    let joined = vec![JoinedSheet {
        table: file("ends.csv"),
        patient: "ID".to_owned(),
    }];
    let mapping = Mapping {
        patient: Some("Patient ID".to_owned()),
        start: Some("Start date".to_owned()),
        death: Some("Death date".to_owned()),
        last_contact: Some("Last contact".to_owned()),
        joined,
        ..Mapping::default()
    };
    let (cohort, issues) = study.assign(mapping.clone()).unwrap();
    let values = super::values(cohort, Endpoint::Os);
    let expected = [Some((59.0, true)), Some((120.0, false)), None, None];
    assert_eq!(values, expected);
    let name = file("ends.csv");
    let at = |row| (Some(&name), Some(row));
    let found = of_sheets(&issues);
    let has = |(table, row), kind: &IssueKind| found.contains(&(table, row, kind));
    assert!(has(at(5), &IssueKind::SecondJoinedRow { first_row: 3 }));
    assert!(has(at(6), &IssueKind::JoinedRowWithoutPatient));
    assert!(has(at(7), &IssueKind::UnmatchedJoinedRow));
    let before = issues
        .iter()
        .find(|issue| matches!(issue.kind, IssueKind::EndBeforeStart { .. }));
    let before = before.expect("a death before the start");
    assert_eq!(before.table.as_ref(), Some(&name));
    assert_eq!(
        (before.row, before.column.as_deref()),
        (Some(2), Some("Death date"))
    );
    assert_eq!(before.value.as_deref(), Some("2022-12-01"));

    let corrected = Mapping {
        corrections: vec![Correction {
            table: Some(name.clone()),
            row: 2,
            column: "Death date".to_owned(),
            value: "2023-02-01".to_owned(),
        }],
        excluded_records: [5, 6, 7]
            .map(|row| RecordRow {
                table: name.clone(),
                row,
            })
            .into(),
        ..mapping
    };
    let (cohort, issues) = study.assign(corrected).unwrap();
    assert_eq!(super::values(cohort, Endpoint::Os)[2], Some((31.0, true)));
    let sheet = "ends.csv".to_owned();
    assert_eq!(
        of_sheets(&issues)
            .iter()
            .filter(|(_, _, kind)| matches!(
                kind,
                IssueKind::PatientWithoutJoinedRow { .. } | IssueKind::UnmatchedJoinedRow
            ))
            .collect::<Vec<_>>(),
        [&(None, Some(5), &IssueKind::PatientWithoutJoinedRow { sheet })]
    );
    assert_eq!(reasons(cohort, Endpoint::Os).len(), 4);
}

#[test]
fn sheets_are_not_joined_without_a_column_of_patient_ids_and_that_is_said() {
    let mut study = opened(&[("people.csv", PEOPLE), ("ends.csv", ENDS)]);
    let mapping = Mapping {
        joined: vec![JoinedSheet {
            table: file("ends.csv"),
            patient: "ID".to_owned(),
        }],
        start: Some("Start date".to_owned()),
        death: Some("Death date".to_owned()),
        ..Mapping::default()
    };
    let (_, issues) = study.assign(mapping).unwrap();
    assert_eq!(issues[0].kind, IssueKind::NothingToJoinBy);
}

const VISITS: &str = "Patient ID,Scan date,Response\n\
                      A,2023-02-01,PR\nA,2023-03-01,PR\nB,2023-02-01,SD\nB,2023-03-01,PD\n";

#[test]
fn the_table_of_the_patients_is_the_one_that_has_each_of_them_once() {
    let study = opened(&[("visits.csv", VISITS), ("people.csv", PEOPLE)]);
    assert_eq!(study.table_of_patients(), Some(file("people.csv")));
    let study = opened(&[("people.csv", PEOPLE), ("visits.csv", VISITS)]);
    assert_eq!(study.table_of_patients(), None);
    let twice = format!("{PEOPLE}A,2023-01-01\n").replace(
        "C,",
        "E,2023-02-01\nF,2023-02-01\nG,2023-02-01\nH,2023-02-01\nI,2023-02-01\nC,",
    );
    let study = opened(&[("people.csv", &twice), ("ends.csv", ENDS)]);
    assert_eq!(study.table_of_patients(), None, "one id twice is a mistake");
}

const WIDE: &str = "Patient ID,Start date,Baseline SLD,Week 6 SLD,Week 6 date,Week 12 SLD\n\
                    A,2023-01-01,67,46,2023-02-10,40\n\
                    B,2023-01-01,50,,2023-02-11,55\n\
                    C,,50,40,2023-02-12,55\n";

#[test]
fn visits_in_columns_are_offered_as_records_and_read_so_only_when_a_person_agrees() {
    let study = opened(&[("wide.csv", WIDE)]);
    let mapping = study.guess();
    assert_eq!(mapping.assessments, None);
    let offered = study.wide_sheets(&mapping);
    assert_eq!(offered.len(), 1);
    assert_eq!(offered[0].kind, RecordKind::Assessments);
    let mapping = Mapping {
        assessments: offered[0].mapping.assessments.clone(),
        ..mapping
    };
    assert_eq!(study.wide_sheets(&mapping), []);
    let records = read(&study, &mapping, RecordKind::Assessments);
    let text = |value: &ReadValue| match value {
        ReadValue::Text(text) => text.clone(),
        ReadValue::Date(date) => date.to_string(),
        ReadValue::Missing => String::new(),
        other => panic!("{other:?}"),
    };
    let shown: Vec<(u32, Vec<String>)> = (records.rows.iter())
        .map(|record| (record.row, record.values.iter().map(text).collect()))
        .collect();
    let row = |row: u32, cells: [&str; 4]| (row, cells.map(str::to_owned).to_vec());
    assert_eq!(
        shown,
        [
            row(2, ["A", "2023-01-01", "baseline", "67"]),
            row(2, ["A", "2023-02-10", "week 6", "46"]),
            row(2, ["A", "2023-03-26", "week 12", "40"]),
            row(3, ["B", "2023-01-01", "baseline", "50"]),
            row(3, ["B", "2023-03-26", "week 12", "55"]),
            row(4, ["C", "", "baseline", "50"]),
            row(4, ["C", "2023-02-12", "week 6", "40"]),
            row(4, ["C", "", "week 12", "55"]),
        ]
    );
    assert_eq!(records.used, 6, "a visit without a date says nothing");

    let mut study = study;
    let (cohort, _) = study.assign(mapping).unwrap();
    let visits = |subject: usize| -> Vec<(String, Option<f64>)> {
        let tumour = cohort.tumours().unwrap()[subject].as_ref().unwrap();
        (tumour.history.visits.iter())
            .map(|visit| (visit.date.to_string(), visit.sum_mm))
            .collect()
    };
    let visit = |date: &str, sum: f64| (date.to_owned(), Some(sum));
    assert_eq!(
        visits(0),
        [
            visit("2023-01-01", 67.0),
            visit("2023-02-10", 46.0),
            visit("2023-03-26", 40.0),
        ]
    );
    assert_eq!(
        visits(1),
        [visit("2023-01-01", 50.0), visit("2023-03-26", 55.0)]
    );
    assert!(cohort.tumours().unwrap()[2].is_none(), "no start");
}

/// Nothing says how long a cycle lasted or when treatment ended: until a person types these days, or leaves the visits
/// out, nothing is read. The first day of the first cycle is the start.
#[test]
fn visits_called_by_words_wait_for_their_days_where_nothing_tells_them() {
    let text = "Patient ID,Start date,C1D1 SLD,C3D1 SLD,FU1 SLD,EOT SLD\nA,2023-01-01,67,46,30,40\n\
                B,2023-01-01,50,,45,55\n";
    let study = opened(&[("wide.csv", text)]);
    let mapping = study.guess();
    let offered = study.wide_sheets(&mapping);
    let mut sheet = offered[0].mapping.assessments.clone().expect("a sheet");
    let days: Vec<_> = (sheet.wide.iter())
        .map(|part| (part.visit.as_deref().unwrap_or_default(), part.day))
        .collect();
    assert_eq!(
        days,
        [
            ("c1d1", Some(0)),
            ("c3d1", None),
            ("fu 1", None),
            ("eot", None)
        ]
    );
    let with = |sheet| Mapping {
        assessments: Some(sheet),
        ..mapping.clone()
    };
    let (kind, asked) = (RecordKind::Assessments, with(sheet.clone()));
    assert_eq!(
        study.records(&asked, kind, 0, 9).unwrap(),
        None,
        "three days are asked for"
    );
    // Typed: the end of treatment was before the first follow-up.
    for (part, day) in sheet.wide.iter_mut().zip([0, 42, 126, 84]) {
        part.day = Some(day);
    }
    let mapping = with(sheet);
    assert_eq!(read(&study, &mapping, RecordKind::Assessments).used, 7);
    let mut study = study;
    let (cohort, _) = study.assign(mapping).unwrap();
    let sums: Vec<_> = (cohort.tumours().unwrap()[0]
        .as_ref()
        .unwrap()
        .assessment
        .timepoints
        .iter())
    .map(|point| (point.date.to_string(), point.sum))
    .collect();
    let point = |date: &str, sum: f64| (date.to_owned(), Some(sum));
    assert_eq!(
        sums,
        [
            point("2023-02-12", 46.0),
            point("2023-03-26", 40.0),
            point("2023-05-07", 30.0)
        ]
    );
}

#[test]
fn lesions_in_columns_are_measured_at_the_date_of_their_row() {
    let text = "Patient ID,Scan date,Lesion 1 (mm),Lesion 2 (mm),Lesion 2 site\n\
                A,2022-12-28,40,27,Lung\nA,2023-02-10,30,,Lung\nB,2022-12-30,20,15,Liver\n";
    let mut study = opened(&[("people.csv", PEOPLE), ("lesions.csv", text)]);
    let mapping = study.guess();
    let offered = study.wide_sheets(&mapping);
    assert_eq!(offered[0].kind, RecordKind::Lesions);
    let unread = |issues: &[Issue]| {
        let is_said = |issue: &&Issue| matches!(issue.kind, IssueKind::SheetNotRead { .. });
        issues.iter().find(is_said).map(|issue| {
            let named = issue.table.as_ref().and_then(|table| table.file.clone());
            (issue.kind.clone(), named)
        })
    };
    let mapping = Mapping {
        start: Some("Start date".to_owned()),
        ..mapping
    };
    let (_, issues) = study.assign(mapping.clone()).unwrap();
    let records = RecordKind::Lesions;
    let kind = IssueKind::SheetNotRead { records };
    assert_eq!(
        unread(&issues),
        Some((kind, Some("lesions.csv".to_owned())))
    );
    let mapping = Mapping {
        lesions: offered[0].mapping.lesions.clone(),
        ..mapping
    };
    assert_eq!(study.wide_sheets(&mapping), [], "it is not offered twice");
    assert_eq!(read(&study, &mapping, RecordKind::Lesions).used, 6);
    let (cohort, issues) = study.assign(mapping).unwrap();
    assert_eq!(unread(&issues), None);
    let history = &cohort.tumours().unwrap()[0].as_ref().unwrap().history;
    let lesions: Vec<_> = (history.lesions.iter())
        .map(|lesion| (&*lesion.id, lesion.organ.as_deref()))
        .collect();
    assert_eq!(lesions, [("lesion 1", None), ("lesion 2", Some("Lung"))]);
    let sizes: Vec<Vec<Option<f64>>> = (history.visits.iter())
        .map(|visit| {
            (visit.measurements.iter())
                .map(|measured| measured.diameter_mm)
                .collect()
        })
        .collect();
    // The site of a lesion that was not measured says nothing of its size.
    assert_eq!(
        sizes,
        [vec![Some(40.0), Some(27.0)], vec![Some(30.0), None]]
    );
}

#[test]
fn a_sheet_that_a_person_chooses_is_read_as_far_as_its_headings_tell() {
    let mut study = opened(&[("people.csv", PEOPLE), ("visits.csv", VISITS)]);
    let mapping = study.guess();
    let kind = RecordKind::AdverseEvents;
    let proposal = study.propose(&mapping, kind, &file("visits.csv")).unwrap();
    let sheet = proposal.mapping.adverse_events.clone().unwrap();
    assert_eq!((&*sheet.patient, &*sheet.term), ("Patient ID", ""));
    let mapping = Mapping {
        adverse_events: Some(sheet),
        ..mapping
    };
    assert_eq!(study.records(&mapping, kind, 0, 9).unwrap(), None);
    let (cohort, issues) = study.assign(mapping).unwrap();
    assert_eq!(cohort.adverse_events(), None);
    let role = "term".to_owned();
    assert_eq!(
        issues[0].kind,
        IssueKind::RecordColumnMissing {
            records: kind,
            role
        }
    );
    assert_eq!(
        study.propose(&Mapping::default(), kind, &file("none.csv")),
        None
    );
}
