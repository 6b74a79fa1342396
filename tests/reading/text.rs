//! Delimited text.

use super::*;

#[test]
fn a_plain_file_gives_its_cells_types_and_rows() {
    let table = read_text(
        "id,age,sex,died,start\nP1,61,F,yes,2024-03-05\nP2,48,M,no,2024-03-15\nP3,NA,F,no,\nP4,70,M,yes,2024-04-01\n",
    );
    assert_eq!(headings(&table), ["id", "age", "sex", "died", "start"]);
    assert_eq!(table.rows, [2, 3, 4, 5]);
    assert_eq!(column_type(&table, "id"), ColumnType::Text);
    assert_eq!(column_type(&table, "age"), ColumnType::Number);
    assert_eq!(column_type(&table, "sex"), ColumnType::Category);
    assert_eq!(column_type(&table, "died"), ColumnType::YesNo);
    assert_eq!(
        column_type(&table, "start"),
        ColumnType::Date {
            order: Some(DateOrder::YearMonthDay)
        }
    );
    assert_eq!(
        numbers(&table, "age"),
        [Some(61.0), Some(48.0), None, Some(70.0)]
    );
    assert_eq!(
        dates(&table, "start"),
        [
            Some("2024-03-05".into()),
            Some("2024-03-15".into()),
            None,
            Some("2024-04-01".into())
        ]
    );
    assert_eq!(missing(&table, "age"), [("NA".to_owned(), 1)]);
    assert_eq!(missing(&table, "start"), [(String::new(), 1)]);
    assert_eq!(table.findings, []);
    assert_eq!(
        (
            table.source.delimiter,
            table.source.header_row,
            table.source.decimal_comma
        ),
        (Some(','), 1, false)
    );
    assert_eq!(table.columns[0].cell(1), Cell::Text("P2"));
}

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
