//! Where the headings stand, and which rows are patients.

use super::*;

#[test]
fn titles_units_blank_rows_and_footnotes_are_left_out_and_listed() {
    let table = read_text(
        "Lung cohort 2024,,\n\nid,time,stage\n,months,\nP1,3.5,II\n\nP2,4,III\nP3,1.25,II\n\n* imputed,,\n",
    );
    assert_eq!(table.source.header_row, 3);
    assert_eq!(table.rows, [5, 7, 8]);
    assert_eq!(
        table.column("time").unwrap().unit.as_deref(),
        Some("months")
    );
    assert_eq!(table.column("stage").unwrap().unit, None);
    assert_eq!(numbers(&table, "time"), [Some(3.5), Some(4.0), Some(1.25)]);
    assert_eq!(
        table.findings,
        [
            finding(
                Some(1),
                None,
                Some("Lung cohort 2024"),
                FindingKind::TitleRow
            ),
            finding(Some(4), None, Some("months"), FindingKind::UnitsRow),
            finding(Some(10), None, Some("* imputed"), FindingKind::Footnote),
        ]
    );
}

#[test]
fn a_row_of_group_titles_above_the_headings_is_left_out() {
    let table =
        read_text("Patient,,Outcome,,\nid,age,PFS,event,response\nP1,61,3.5,1,PR\nP2,48,4,0,SD\n");
    assert_eq!(headings(&table), ["id", "age", "PFS", "event", "response"]);
    assert_eq!(
        table.findings,
        [finding(
            Some(1),
            None,
            Some("Patient"),
            FindingKind::TitleRow
        )]
    );
}

#[test]
fn the_person_may_name_the_row_of_headings() {
    let text = "a,b\nid,age\nP1,61\n";
    let table = read_with(
        text,
        &ReadOptions {
            header_row: Some(2),
            ..ReadOptions::default()
        },
    );
    assert_eq!(
        (headings(&table), table.rows.as_slice()),
        (vec!["id", "age"], &[3][..])
    );
    let beyond = ReadOptions {
        header_row: Some(9),
        ..ReadOptions::default()
    };
    assert_eq!(
        table::read(text.as_bytes(), "x.csv", &beyond),
        Err(ReadError::NoSuchRow { row: 9 })
    );
}

#[test]
fn empty_and_repeated_headings_get_names() {
    let table = read_text("id,age,,age,age,age (2)\nP1,61,x,62,63,64\nP2,48,y,49,50,51\n");
    assert_eq!(
        headings(&table),
        ["id", "age", "Column C", "age (2)", "age (3)", "age (2) (2)"]
    );
    assert_eq!(numbers(&table, "age (3)"), [Some(63.0), Some(50.0)]);
    assert_eq!(
        table.findings,
        [
            finding(Some(1), Some("Column C"), None, FindingKind::EmptyHeading),
            finding(
                Some(1),
                Some("age (2)"),
                Some("age"),
                FindingKind::DuplicateHeading
            ),
            finding(
                Some(1),
                Some("age (3)"),
                Some("age"),
                FindingKind::DuplicateHeading
            ),
            finding(
                Some(1),
                Some("age (2) (2)"),
                Some("age (2)"),
                FindingKind::DuplicateHeading
            ),
        ]
    );
}

#[test]
fn columns_without_heading_and_values_are_none() {
    let table = read_text("id,,age,,\nP1,,61,,\nP2,,48,,\n");
    assert_eq!(headings(&table), ["id", "age"]);
    assert_eq!(table.column("age").unwrap().position, 2);
    assert_eq!(table.findings, []);
}

#[test]
fn line_breaks_in_headings_become_blanks() {
    assert_eq!(
        headings(&read_text("id,\"PFS\n  (months)\"\nP1,3\n")),
        ["id", "PFS (months)"]
    );
}

#[test]
fn a_totals_row_is_flagged_and_kept() {
    for word in ["Total", "合计", "Mean:", "Median", "N = 2"] {
        let table = read_text(&format!("id,age\nP1,61\nP2,48\n{word},109\n"));
        assert_eq!(table.rows, [2, 3, 4]);
        assert_eq!(
            table.findings,
            [finding(Some(4), None, Some(word), FindingKind::TotalsRow)],
            "{word}"
        );
    }
}

#[test]
fn a_last_patient_with_nothing_but_an_id_is_no_footnote() {
    let table = read_text("id,age,sex\nP1,61,F\nP2,48,M\n\nP3,,\n");
    assert_eq!(table.rows, [2, 3, 5]);
    assert_eq!(table.findings, []);
}

#[test]
fn a_table_need_not_begin_in_the_corner() {
    let table = read_file("off_the_corner.xlsx");
    assert_eq!(table.source.header_row, 5);
    assert_eq!(table.rows, [7, 8]);
    assert_eq!(headings(&table), ["id", "PFS", "age"]);
    assert_eq!(
        table
            .columns
            .iter()
            .map(|column| column.position)
            .collect::<Vec<_>>(),
        [3, 4, 5]
    );
    assert_eq!(table.column("PFS").unwrap().unit.as_deref(), Some("months"));
    assert_eq!(numbers(&table, "PFS"), [Some(3.5), Some(11.7)]);
    assert_eq!(
        table.findings,
        [
            finding(
                Some(2),
                None,
                Some("Invented cohort"),
                FindingKind::TitleRow
            ),
            finding(Some(6), None, Some("months"), FindingKind::UnitsRow),
        ]
    );
}
