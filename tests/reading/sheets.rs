//! All sheets of a workbook at once.

use oncurve::table::{ReadOptions, SheetReading, Table, read_all};

const WORKBOOK: &[u8] = include_bytes!("../cohort/files/synthetic_study.xlsx");

#[test]
fn every_sheet_with_a_table_is_read_and_an_empty_one_is_passed_over() {
    let (patients, others, unread) =
        read_all(WORKBOOK, "study.xlsx", &ReadOptions::default()).unwrap();
    assert_eq!((patients.name.as_ref(), patients.rows.len()), (None, 24));
    let read: Vec<(&str, usize)> = (others.iter())
        .map(|table| (table.label(), table.rows.len()))
        .collect();
    assert_eq!(
        read,
        [
            ("Assessments", 92),
            ("Lesions", 184),
            ("Adverse events", 38),
            ("Therapies", 34),
        ]
    );
    assert!(
        unread.is_empty(),
        "the sheet of notes is empty, not unreadable"
    );
    assert_eq!(patients.source.sheets.len(), 6);
}

#[test]
fn another_sheet_can_be_that_of_the_patients_and_each_sheet_be_read_in_its_own_way() {
    let events = SheetReading {
        header_row: Some(99),
        ..SheetReading::default()
    };
    let options = ReadOptions {
        sheet: Some("Therapies".to_owned()),
        sheets: [("Adverse events".to_owned(), events)].into(),
        ..ReadOptions::default()
    };
    let (patients, others, unread) = read_all(WORKBOOK, "study.xlsx", &options).unwrap();
    assert_eq!(patients.label(), "Therapies");
    let read: Vec<&str> = others.iter().map(Table::label).collect();
    assert_eq!(read, ["Patients", "Assessments", "Lesions"]);
    let unread: Vec<String> = unread.iter().map(|sheet| sheet.table.to_string()).collect();
    assert_eq!(unread, ["Adverse events"]);
}
