//! The façade: the grid with corrections, and the saved study.

use oncurve::analysis::{Analysis, SurvivalOptions};
use oncurve::cohort::{AcceptedIssue, CohortError, Correction, Endpoint, Mapping};
use oncurve::format::Style;
use oncurve::study::{RestoreError, SavedAnalysis, SavedStudy};
use oncurve::table::ReadOptions;
use oncurve::{Error, Study};

const TEXT: &str = "Patient,Start date,Progression date,Death date,Last contact,Sex\n\
                    A,2023-01-13,2023-02-14,2023-03-15,2023-03-15,M\n\
                    B,2023-01-13,,,2023-04-23,F\n\
                    C,2023-01-13,2023-02-24,,2023-04-23,F\n\
                    D,2023-01-13,,2023-05-25,2023-05-25,M\n";

fn open(text: &str, reading: ReadOptions) -> Study {
    Study::open(text.as_bytes(), "ward.csv", reading).expect("a readable file")
}

fn pfs(study: &Study) -> Vec<Option<f64>> {
    let cohort = study.cohort().expect("columns are assigned");
    let data = cohort.endpoint(Endpoint::Pfs).expect("PFS is mapped");
    let times = data
        .derived
        .iter()
        .map(|derived| derived.value.map(|value| value.time));
    times.collect()
}

fn corrected(study: &Study) -> Mapping {
    Mapping {
        corrections: vec![
            Correction {
                table: None,
                row: 3,
                column: "Progression date".to_owned(),
                value: "2023-03-01".to_owned(),
            },
            Correction {
                table: None,
                row: 3,
                column: "Progression date".to_owned(),
                value: " 2023-03-14 ".to_owned(),
            },
        ],
        ..study.guess()
    }
}

#[test]
fn the_grid_shows_the_corrections() {
    let mut study = open(TEXT, ReadOptions::default());
    let mapping = corrected(&study);
    assert_eq!(
        study.rows(None, 1, 1).unwrap()[0].cells,
        ["B", "2023-01-13", "", "", "2023-04-23", "F"]
    );
    study.assign(mapping).expect("a cohort");
    let rows = study.rows(None, 1, 2).unwrap();
    assert_eq!(
        rows[0].cells,
        ["B", "2023-01-13", "2023-03-14", "", "2023-04-23", "F"]
    );
    assert_eq!((rows[0].row, rows[1].row), (3, 4));
    assert_eq!(study.rows(None, 2, 100).unwrap().len(), 2);
    assert_eq!(study.rows(None, 100, 100).unwrap(), []);
    assert_eq!(
        pfs(&study),
        [Some(32.0), Some(60.0), Some(42.0), Some(132.0)]
    );
}

#[test]
fn a_saved_study_comes_back_as_it_was() {
    let mut study = open(TEXT, ReadOptions::default());
    study.assign(corrected(&study)).expect("a cohort");
    let analyses = vec![SavedAnalysis {
        title: Some("Main result".to_owned()),
        analysis: Analysis::Survival(SurvivalOptions {
            group: Some("Sex".to_owned()),
            ..SurvivalOptions::default()
        }),
    }];
    let saved = study.save(Style::default(), analyses);
    let restored = SavedStudy::from_text(&saved.to_text()).expect("a saved study");
    assert_eq!(restored, saved);

    let mut again = open(TEXT, restored.reading);
    again.assign(restored.mapping).expect("a cohort");
    assert_eq!(again.cohort(), study.cohort());
}

#[test]
fn a_saved_study_holds_no_data_but_what_the_person_typed() {
    let mut study = open(TEXT, ReadOptions::default());
    study.assign(corrected(&study)).expect("a cohort");
    let text = study.save(Style::default(), Vec::new()).to_text();
    assert!(text.contains("2023-03-14"));
    assert!(!text.contains("2023-01-13") && !text.contains("\"A\""));
}

#[test]
fn a_study_of_another_file_says_which_column_it_lacks() {
    let mapping = open(TEXT, ReadOptions::default()).guess();
    let mut other = open(
        &TEXT.replace("Death date", "Exitus"),
        ReadOptions::default(),
    );
    let error = other.assign(mapping).expect_err("a column is missing");
    assert_eq!(
        error,
        Error::Cohort(CohortError::NoSuchColumn {
            column: "Death date".to_owned()
        })
    );
    assert_eq!(error.to_string(), "there is no column named Death date");
    assert!(other.cohort().is_none());
}

#[test]
fn other_files_are_no_saved_studies() {
    for text in ["", "[]", "{}", "{\"oncurve\": 1}", "Patient,Age"] {
        let error = SavedStudy::from_text(text).expect_err("not a study");
        assert!(matches!(error, RestoreError::NotAStudy { .. }), "{text}");
    }
    assert_eq!(
        SavedStudy::from_text("{\"oncurve\": 99, \"unknown\": true}"),
        Err(RestoreError::LaterVersion { version: 99 })
    );
}

#[test]
fn columns_are_summarised_with_their_commonest_values() {
    let study = open(TEXT, ReadOptions::default());
    let columns = study.columns(None).unwrap();
    let death = &columns[3];
    assert_eq!(
        (&*death.heading, death.n, death.distinct),
        ("Death date", 2, 2)
    );
    assert_eq!(death.missing, [(String::new(), 2)]);
    let sex = &columns[5];
    assert_eq!(sex.values, [("F".to_owned(), 2), ("M".to_owned(), 2)]);
}

/// Names, dates and notes of patients in every column, and something wrong with nearly every row.
const HOSTILE: &str = "Patient,Start date,Progression date,Death date,Last contact,Vital status,Best response,Sex,Notes\n\
     Anna Adler,2023-01-13,2022-02-14,,2023-03-15,alive,PR,female,tel 0151-5550101\n\
     Anna Adler,2023-01-14,,2023-03-16,2023-06-17,dead,SD,female,PR in Mrs Adler\n\
     Bruno Braun,,2023-02-24,2023-04-23,2023-04-24,dead,mixed after surgery,male,<b>see letter</b>\n\
     ,2023-01-15,2023-08-25,2023-05-26,2023-05-27,dead,PD,male,\"born 1950-12-31\"\n\
     Dora Dahl,2023-01-16,2023-05-28,,2023-02-20,,PR,female,=1+1\n\
     Emil Engel,2023-01-18,,,ask Dr Wolf,alive,SD,male,moved to 20095 Hamburg\n\
     Frida Falk,2023-01-19,,,2025-09-09,alive,CR,female,none\n";

#[test]
fn no_value_of_a_patient_is_in_a_saved_study_where_every_issue_is_accepted() {
    let mut study = open(HOSTILE, ReadOptions::default());
    let mut mapping = Mapping {
        cut_off: Some("2024-12-24".parse().expect("a date")),
        excluded_rows: vec![8],
        ..study.guess()
    };
    let (_, issues) = study.assign(mapping.clone()).expect("a cohort");
    assert!(issues.len() >= 9, "{issues:#?}");
    assert!(issues.iter().filter(|issue| issue.value.is_some()).count() >= 7);
    // As the page does: place and kind.
    mapping.accepted = (issues.iter())
        .map(|issue| {
            let kind = serde_json::to_value(&issue.kind).expect("plain data");
            let code = match &kind["finding"] {
                serde_json::Value::Null => &kind["code"],
                finding => finding,
            };
            AcceptedIssue {
                table: None,
                row: issue.row,
                column: issue.column.clone(),
                code: code.as_str().expect("a code").to_owned(),
            }
        })
        .collect();
    let chosen: Vec<String> = (mapping.died.iter())
        .flat_map(|died| died.event_values.clone())
        .chain(
            mapping
                .response
                .iter()
                .flat_map(|response| response.codes.keys().cloned()),
        )
        .collect();
    study.assign(mapping).expect("a cohort");
    let analyses = vec![SavedAnalysis {
        title: None,
        analysis: Analysis::Survival(SurvivalOptions {
            group: Some("Sex".to_owned()),
            ..SurvivalOptions::default()
        }),
    }];
    let text = study.save(Style::default(), analyses).to_text();
    assert_eq!(text.matches("\"code\"").count(), issues.len());
    let mut looked_for = 0;
    for row in study.rows(None, 0, 100).unwrap() {
        for cell in row.cells.iter().filter(|cell| !cell.is_empty()) {
            if !chosen.contains(cell) {
                looked_for += 1;
                assert!(!text.contains(cell.as_str()), "{cell} is in {text}");
            }
        }
    }
    assert_eq!(looked_for, 44);
    assert!(!text.contains("Adler") && !text.contains("letter"));
    assert_eq!(chosen, ["dead", "CR", "PD", "PR", "SD"]);
}
