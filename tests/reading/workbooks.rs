//! Workbooks of every format. The files are made by `make_files.py` and `make_files.mjs`.

use super::*;

#[test]
fn every_kind_of_cell_reads_the_same_in_every_format() {
    for (name, format) in [
        ("every_kind.xlsx", Format::Xlsx),
        ("every_kind.xlsb", Format::Xlsb),
        ("every_kind.xls", Format::Xls),
        ("every_kind.ods", Format::Ods),
    ] {
        let table = read_file(name);
        let source = &table.source;
        assert_eq!(
            (source.format, source.sheet.as_deref()),
            (format, Some("Patients")),
            "{name}"
        );
        assert_eq!(
            (source.encoding.as_deref(), source.delimiter),
            (None, None),
            "{name}"
        );
        assert_eq!(
            headings(&table),
            ["id", "age", "start", "died", "note", "marker"],
            "{name}"
        );
        assert_eq!(table.rows, [2, 3, 4, 5], "{name}");
        let types: Vec<ColumnType> = table
            .columns
            .iter()
            .map(|column| column.column_type)
            .collect();
        let date = ColumnType::Date {
            order: Some(DateOrder::YearMonthDay),
        };
        use ColumnType::{Number, Text, YesNo};
        assert_eq!(types, [Text, Number, date, YesNo, Text, Number], "{name}");
        assert_eq!(
            numbers(&table, "age"),
            [Some(61.0), Some(48.5), None, Some(1_234_567.0)],
            "{name}"
        );
        let start = ["2024-03-05", "2024-03-15", "1999-12-31", "2024-02-29"]
            .map(|date| Some(date.to_owned()));
        assert_eq!(dates(&table, "start"), start, "{name}");
        assert_eq!(texts(&table, "start"), start.map(Option::unwrap), "{name}");
        assert_eq!(
            table.column("died").unwrap().cell(1),
            Cell::Bool(false),
            "{name}"
        );
        assert_eq!(
            texts(&table, "died"),
            ["TRUE", "FALSE", "TRUE", "FALSE"],
            "{name}"
        );
        assert_eq!(
            texts(&table, "note"),
            ["胸腔积液", "two\nlines", "é & <b>", &"x".repeat(300)],
            "{name}"
        );
        assert_eq!(
            numbers(&table, "marker"),
            [Some(0.5), None, Some(-1.25), Some(1e-7)],
            "{name}"
        );
        let errors = of_kind(&table, FindingKind::CellError);
        assert_eq!(
            errors,
            [&finding(
                Some(3),
                Some("marker"),
                Some("#N/A"),
                FindingKind::CellError
            )],
            "{name}"
        );
    }
}

/// SheetJS numbers its own formats from 50 on, Excel from 164; calamine 0.38 knows the latter only.
#[test]
fn dates_in_xls_files_of_sheetjs_stay_serial_numbers() {
    let table = read_file("every_kind_97.xls");
    assert_eq!(
        numbers(&table, "start"),
        [
            Some(45_356.0),
            Some(45_366.0),
            Some(36_525.0),
            Some(45_351.0)
        ]
    );
    assert_eq!(texts(&table, "note")[0], "胸腔积液");
}

#[test]
fn a_workbook_of_excel_95_is_read() {
    let table = read_file("every_kind_95.xls");
    assert_eq!(
        numbers(&table, "age"),
        [Some(61.0), Some(48.5), None, Some(1_234_567.0)]
    );
    assert_eq!(texts(&table, "died"), ["TRUE", "FALSE", "TRUE", "FALSE"]);
    assert_eq!(texts(&table, "note")[1], "two\nlines");
}

#[test]
fn dates_of_the_1900_system_leave_out_the_day_that_never_was() {
    let table = read_file("dates_1900.xlsx");
    let day = |text: &str| Some(text.to_owned());
    assert_eq!(
        dates(&table, "day"),
        [
            day("1900-01-01"),
            day("1900-02-28"),
            None,
            day("1900-03-01"),
            day("2024-03-05"),
            day("2024-03-05"),
            day("2099-12-31")
        ]
    );
    assert_eq!(
        table.findings,
        [finding(
            Some(4),
            Some("day"),
            Some("1900-02-29"),
            FindingKind::NotADate
        )]
    );
}

#[test]
fn dates_of_the_1904_system_count_from_1904() {
    for name in ["dates_1904.xlsx", "dates_1904.xls"] {
        let expected = ["1904-01-01", "1904-01-02", "2024-03-05"].map(|text| Some(text.to_owned()));
        assert_eq!(dates(&read_file(name), "day"), expected, "{name}");
    }
}

#[test]
fn times_of_day_and_durations_are_texts() {
    let table = read_file("times_of_day.xlsx");
    assert_eq!(texts(&table, "at"), ["12:00", "14:30"]);
    assert_eq!(texts(&table, "for"), ["36:00", "00:01"]);
}

#[test]
fn a_formula_is_what_it_last_gave() {
    let table = read_file("formulas.xlsx");
    let column = table.column("value").unwrap();
    let cells: Vec<Cell> = (0..5).map(|row| column.cell(row)).collect();
    assert_eq!(
        cells,
        [
            Cell::Number(2.0),
            Cell::Text("ab"),
            Cell::Bool(true),
            Cell::Text("#DIV/0!"),
            Cell::Empty
        ]
    );
}

#[test]
fn strings_written_in_their_cells_are_read() {
    let table = read_file("inline_strings.xlsx");
    assert_eq!(texts(&table, "PD-L1"), ["+", "-", "+", "未知"]);
    assert_eq!(column_type(&table, "PD-L1"), ColumnType::Category);
    assert_eq!(missing(&table, "PD-L1"), [("未知".to_owned(), 1)]);
}

#[test]
fn shared_strings_that_run_over_many_records_are_whole() {
    let table = read_file("long_strings.xls");
    let expected: Vec<String> = (0..40)
        .map(|row| {
            format!(
                "{row}:{}",
                if row % 2 == 1 { "ab病" } else { "abc" }.repeat(400)
            )
        })
        .collect();
    assert_eq!(texts(&table, "note"), expected);
    assert_eq!(
        table.findings,
        [finding(
            Some(2),
            Some("id"),
            Some("A2:A3"),
            FindingKind::MergedCells
        )]
    );
}

#[test]
fn merged_cells_hold_their_value_once_and_are_listed() {
    let table = read_file("merged_cells.xlsx");
    assert_eq!(texts(&table, "arm"), ["A", "", "B"]);
    assert_eq!(
        table.findings,
        [
            finding(
                Some(1),
                None,
                Some("Cohort of the year 2024"),
                FindingKind::TitleRow
            ),
            finding(
                Some(3),
                Some("arm"),
                Some("A3:A4"),
                FindingKind::MergedCells
            ),
        ]
    );
}

#[test]
fn the_first_visible_sheet_with_a_table_is_read_and_any_may_be_chosen() {
    let table = read_file("sheets.xlsx");
    assert_eq!(
        table.source.sheets,
        ["Read me", "Codes", "Patients", "随访"]
    );
    assert_eq!(table.source.sheet.as_deref(), Some("Patients"));
    let read = |sheet: &str| {
        let options = ReadOptions {
            sheet: Some(sheet.to_owned()),
            ..ReadOptions::default()
        };
        table::read(&file("sheets.xlsx"), "sheets.xlsx", &options)
    };
    assert_eq!(texts(&read("随访").unwrap(), "状态"), ["存活"]);
    assert_eq!(texts(&read("Codes").unwrap(), "meaning"), ["dead"]);
    assert_eq!(read("Read me"), Err(ReadError::OneColumn));
    assert_eq!(
        read("None"),
        Err(ReadError::NoSuchSheet {
            sheet: "None".to_owned()
        })
    );
}

#[test]
fn repeated_cells_notes_and_hidden_sheets_of_opendocument_are_understood() {
    let table = read_file("repeated.ods");
    assert_eq!(table.source.sheets, ["Codes", "Patients"]);
    assert_eq!(
        (table.source.sheet.as_deref(), table.source.header_row),
        (Some("Patients"), 3)
    );
    assert_eq!(table.rows, [4, 5, 6, 7]);
    assert_eq!(texts(&table, "id"), ["P1", "P2", "P3", "P3"]);
    assert_eq!(
        numbers(&table, "first"),
        [Some(7.0), None, Some(1.0), Some(1.0)]
    );
    assert_eq!(
        numbers(&table, "second"),
        [Some(7.0), Some(9.0), Some(2.0), Some(2.0)]
    );
    // Calamine 0.38 does not tell the merged cells of OpenDocument: else B5:C5 would be listed.
    assert_eq!(table.findings, []);
}

#[test]
fn a_stray_cell_in_the_last_corner_costs_nothing() {
    let table = read_file("far_cell.xlsx");
    assert_eq!(table.rows, [2, 3, 4]);
    assert_eq!(headings(&table), ["id", "age"]);
    assert_eq!(
        table.findings,
        [finding(
            Some(1_048_576),
            None,
            Some("stray"),
            FindingKind::ExtraFields
        )]
    );
}
