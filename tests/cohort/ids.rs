//! Patient ids of several sheets that are spelt differently, and sheets of nobody among the patients.

use oncurve::Study;
use oncurve::cohort::{
    Endpoint, IdMatching, Issue, IssueKind, JoinedSheet, Mapping, RecordKind, Severity,
};
use oncurve::report;
use oncurve::table::{ReadOptions, TableName};
use oncurve::text::Text;

const PATIENTS: &str = "Patient ID,Arm,First dose,Death date,Last contact\n\
                        ABC-001,A,2023-01-13,2023-03-15,2023-03-15\n\
                        ABC-002,B,2023-01-13,,2023-09-23\n\
                        ABC-003,A,2023-01-20,,2023-09-23\n\
                        ABC-004,B,2023-01-20,2023-05-01,2023-05-01\n";

fn name(file: &str) -> TableName {
    TableName {
        file: Some(file.to_owned()),
        sheet: None,
    }
}

fn opened(patients: &str, file: &str, text: &str) -> Study {
    let reading = ReadOptions::default;
    let mut study = Study::open(patients.as_bytes(), "patients.csv", reading()).unwrap();
    study.add(text.as_bytes(), file, reading()).unwrap();
    study
}

/// A sheet of lesions, two visits a patient, under the given ids and heading of ids.
fn lesions(heading: &str, ids: &[&str]) -> String {
    let rows: String = (ids.iter())
        .flat_map(|id| {
            [("2023-01-10", 30), ("2023-03-10", 15)]
                .map(|(date, size)| format!("{id},{date},T1,{size}\n"))
        })
        .collect();
    format!("{heading},Scan date,Lesion,Diameter (mm)\n{rows}")
}

fn sentences(study: &mut Study, mapping: &Mapping) -> (Vec<Issue>, Vec<String>) {
    let (cohort, issues) = study.assign(mapping.clone()).unwrap();
    let words = report::assigned(cohort, &issues, &Text::new("en"));
    let of_ids = |issue: &&Issue| {
        matches!(
            issue.kind,
            IssueKind::UnmatchedRecord { .. }
                | IssueKind::AmbiguousId { .. }
                | IssueKind::NoIdMatches { .. }
                | IssueKind::IdsRespelt { .. }
                | IssueKind::IdsByNumber { .. }
                | IssueKind::NoJoinedId
                | IssueKind::RecordColumnMissing { .. }
        )
    };
    let sentences = (words.issues.iter())
        .filter(|words| of_ids(&&words.issue))
        .map(|words| words.sentence.clone())
        .collect();
    (issues.iter().filter(of_ids).cloned().collect(), sentences)
}

#[test]
fn ids_that_differ_in_spelling_only_are_matched_and_said_once() {
    let sheet = lesions("Pat. no.", &["ABC001", "abc 002", "ABC-3", "ABC-009"]);
    let mut study = opened(PATIENTS, "lesions.csv", &sheet);
    let mapping = study.guess();
    assert_eq!(mapping.lesions.as_ref().unwrap().patient, "Pat. no.");
    let (issues, words) = sentences(&mut study, &mapping);
    assert_eq!(
        words,
        [
            "Sheet “lesions.csv”, row 8, “Pat. no.”: “ABC-009” is not among the patients. Correct the id here or \
             in the patients’ sheet; until then the 2 rows of this id are not used.",
            "Sheet “lesions.csv”, “Pat. no.”: 3 ids are matched although they are spelt differently: \
             ABC001 = ABC-001, abc 002 = ABC-002, ABC-3 = ABC-003. Match ids exactly if that is wrong.",
        ]
    );
    assert_eq!(issues[1].severity, Severity::Note);
    let counts = |study: &Study, mapping: &Mapping| {
        let read = study.records(mapping, RecordKind::Lesions, 0, 0);
        let read = read.unwrap().unwrap();
        (read.n, read.used, read.unmatched, read.patients)
    };
    assert_eq!(counts(&study, &mapping), (8, 6, 2, 3));
    let exact = Mapping {
        ids: IdMatching::Exact,
        ..mapping
    };
    assert_eq!(counts(&study, &exact), (8, 0, 8, 0));
}

#[test]
fn a_sheet_of_nobody_among_the_patients_is_refused_and_the_rest_goes_on() {
    let mut study = opened(PATIENTS, "lesions.csv", &lesions("Patient ID", &["3", "1"]));
    let mapping = study.guess();
    assert!(
        mapping.lesions.is_some(),
        "named as an id, and the numbers fit"
    );
    let (issues, words) = sentences(&mut study, &mapping);
    assert_eq!(
        words,
        [
            "None of the 4 rows of “lesions.csv” belongs to a patient of “patients.csv”: its ids look like “3”, \
             those of the patients like “ABC-001”. Match ids by their number if that is what they are, choose \
             another column of ids, or correct them; until then nothing of this sheet is used."
        ]
    );
    assert_eq!(issues[0].severity, Severity::Error);
    let cohort = study.cohort().unwrap();
    assert!(cohort.tumours().is_none());
    let endpoints: Vec<Endpoint> = cohort
        .endpoints()
        .iter()
        .map(|data| data.endpoint)
        .collect();
    assert_eq!(endpoints, [Endpoint::Os], "no PFS of nobody's lesions");

    // The person says that the numbers are those of the ids.
    let by_number = Mapping {
        ids: IdMatching::Number,
        ..mapping
    };
    let (_, words) = sentences(&mut study, &by_number);
    assert_eq!(
        words,
        [
            "Sheet “lesions.csv”, “Patient ID”: 2 ids are matched although they are spelt differently: \
             3 = ABC-003, 1 = ABC-001. Match ids exactly if that is wrong."
        ]
    );
    let tumours = study.cohort().unwrap().tumours().unwrap();
    let assessed: Vec<bool> = tumours.iter().map(Option::is_some).collect();
    assert_eq!(assessed, [true, false, true, false]);
}

#[test]
fn some_ids_of_numbers_alone_are_asked_about_in_one_issue() {
    let sheet = lesions("Subject", &["ABC-001", "ABC-002", "003", "4"]);
    let mut study = opened(PATIENTS, "lesions.csv", &sheet);
    let mapping = study.guess();
    let (_, words) = sentences(&mut study, &mapping);
    assert_eq!(
        words,
        [
            "Sheet “lesions.csv”, “Subject”: 2 ids are not among the patients, unless the number alone tells who \
             it is: 003 = ABC-003, 4 = ABC-004. Match ids by their number if so; until then these 4 rows are not \
             used."
        ]
    );
    let (_, issues) = study.assign(mapping).unwrap();
    let without = |issue: &Issue| matches!(issue.kind, IssueKind::PatientWithoutRecords { .. });
    assert!(!issues.iter().any(without), "said once");
}

#[test]
fn leading_zeros_do_not_keep_a_joined_sheet_from_its_patients() {
    let patients = "Patient-ID,Sex\n0001,f\n0002,m\n0003,m\n";
    let outcome = "ID,OS (months),Status (1=dead)\n1,8.5,1\n2,25.6,0\n3,18.7,1\n";
    let mut study = opened(patients, "outcome.csv", outcome);
    let mapping = study.guess();
    let joined = JoinedSheet {
        table: name("outcome.csv"),
        patient: "ID".to_owned(),
    };
    assert_eq!(mapping.joined, [joined]);
    let (_, words) = sentences(&mut study, &mapping);
    assert_eq!(
        words,
        [
            "Sheet “outcome.csv”, “ID”: 3 ids are matched although they are spelt differently: 1 = 0001, \
             2 = 0002, 3 = 0003. Match ids exactly if that is wrong."
        ]
    );
    let os = &study.cohort().unwrap().endpoints()[0];
    let events = os.derived.iter().filter_map(|derived| derived.value);
    assert_eq!(events.filter(|value| value.event).count(), 2);
}

#[test]
fn a_joined_sheet_without_a_column_of_ids_is_asked_about_and_gives_no_results() {
    let outcome = "Label,Death,Last seen\nx,2023-05-01,2023-05-01\ny,,2023-06-01\n";
    let patients = "Patient ID,First dose\nP1,2023-01-13\nP2,2023-01-20\n";
    let mut study = opened(patients, "outcome.csv", outcome);
    let mut mapping = Mapping {
        joined: vec![JoinedSheet {
            table: name("outcome.csv"),
            patient: String::new(),
        }],
        death: Some("Death".to_owned()),
        last_contact: Some("Last seen".to_owned()),
        ..study.guess()
    };
    let (issues, words) = sentences(&mut study, &mapping);
    assert_eq!(
        words,
        [
            "No column of “outcome.csv” was recognised as the patient’s id. Choose it in Columns; until then \
             nothing of this sheet is used."
        ]
    );
    assert_eq!(issues[0].severity, Severity::Error);
    assert!(study.cohort().unwrap().endpoints().is_empty());

    mapping.joined[0].patient = "Label".to_owned();
    let (issues, _) = sentences(&mut study, &mapping);
    assert!(matches!(
        issues[0].kind,
        IssueKind::NoIdMatches { rows: 2, .. }
    ));
    assert!(study.cohort().unwrap().endpoints().is_empty());
}

#[test]
fn a_sheet_whose_ids_are_not_recognised_says_so() {
    let sheet = "Label,Scan date,Lesion,Diameter (mm)\nx,2023-01-10,T1,30\nx,2023-03-10,T1,15\n";
    let mut study = opened(PATIENTS, "lesions.csv", sheet);
    let mapping = study.guess();
    assert!(mapping.lesions.is_none());
    let kind = RecordKind::Lesions;
    let proposed = study.propose(&mapping, kind, &name("lesions.csv")).unwrap();
    let mapping = Mapping {
        lesions: proposed.mapping.lesions,
        ..mapping
    };
    let (_, words) = sentences(&mut study, &mapping);
    assert_eq!(
        words,
        [
            "Sheet “lesions.csv”: no column was recognised as the patient’s id. Choose it in Columns, or none of \
             these rows is used."
        ]
    );
}

#[test]
fn headings_of_ids_are_known() {
    for heading in [
        "Pat. no.",
        "Subject",
        "Patient no",
        "姓名",
        "编号",
        "姓名/编号",
        "病历号",
        "住院号",
        "Pat.-Nr.",
        "Patientennummer",
        "Patienten-ID",
        "ID paciente",
        "Numéro patient",
    ] {
        let patients = format!("{heading},Arm\n101,A\n102,B\n103,A\n104,B\n");
        let sheet = lesions(heading, &["101", "102"]);
        let study = opened(&patients, "lesions.csv", &sheet);
        let mapping = study.guess();
        assert_eq!(mapping.patient.as_deref(), Some(heading));
        let lesions = mapping.lesions.expect(heading);
        assert_eq!(lesions.patient, heading);
    }
}

#[test]
fn sums_in_columns_are_offered_as_assessments_only() {
    let sums = "Patient,Arm,Start,Baseline sum,Week 6,Week 12,Week 18,New lesion,Death,Last FU\n\
                P1,A,2021-03-01,46,28,23,25,,,2022-12-31\n\
                P2,B,2021-03-10,75,68,64,82,Week 18,2022-04-28,2022-04-28\n\
                P3,A,2021-03-19,50,48,60,,,,2022-12-31\n";
    let study = Study::open(sums.as_bytes(), "wide.csv", ReadOptions::default()).unwrap();
    let mapping = study.guess();
    let offered = study.wide_sheets(&mapping);
    let kinds: Vec<RecordKind> = offered.iter().map(|sheet| sheet.kind).collect();
    assert_eq!(kinds, [RecordKind::Assessments]);
    let read = Mapping {
        assessments: offered[0].mapping.assessments.clone(),
        ..mapping.clone()
    };
    let kind = RecordKind::Assessments;
    let records = study.records(&read, kind, 0, 0).unwrap().unwrap();
    assert_eq!((records.n, records.used, records.patients), (11, 11, 3));
    let words = report::records(kind, &records, &Text::new("en"));
    assert_eq!(
        (words.usable, &*words.sentence),
        (
            true,
            "11 of 11 records can be used; they belong to 3 of the 3 patients."
        )
    );
    // Chosen all the same, lesions begin empty.
    let own = TableName::default();
    let lesions = study.propose(&mapping, RecordKind::Lesions, &own).unwrap();
    assert_eq!(lesions.mapping.lesions.unwrap().wide, []);
}

#[test]
fn a_sheet_of_which_hardly_a_row_can_be_used_is_not_offered() {
    let mut study = opened(PATIENTS, "lesions.csv", &lesions("Patient ID", &["3", "1"]));
    let mapping = study.guess();
    study.assign(mapping.clone()).unwrap();
    let kind = RecordKind::Lesions;
    let records = study.records(&mapping, kind, 0, 0).unwrap().unwrap();
    let words = report::records(kind, &records, &Text::new("en"));
    assert!(!words.usable);
    assert_eq!(
        words.sentence,
        "0 of 4 records can be used; they belong to 0 of the 4 patients. 4 rows belong to nobody among the \
         patients. That is hardly any: the sheet is most likely read as the wrong kind, or by the wrong columns."
    );
}
