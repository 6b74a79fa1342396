//! Delimited text: delimiters, quotes, line ends, decimal signs.

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
    let source = &table.source;
    assert_eq!(
        (source.format, source.sheet.as_deref()),
        (Format::Delimited, None)
    );
    assert_eq!(
        (source.encoding.as_deref(), source.delimiter),
        (Some("UTF-8"), Some(','))
    );
    assert_eq!((source.header_row, source.decimal_comma), (1, false));
    assert_eq!(table.columns[0].cell(1), Cell::Text("P2"));
    assert_eq!(table.columns[4].cell(2), Cell::Empty);
}

#[test]
fn each_delimiter_is_found() {
    for delimiter in [',', '\t', ';', '|'] {
        let table =
            read_text(&"id,age,note\nP1,61,a\nP2,48,b\n".replace(',', &delimiter.to_string()));
        assert_eq!(table.source.delimiter, Some(delimiter));
        assert_eq!(
            numbers(&table, "age"),
            [Some(61.0), Some(48.0)],
            "{delimiter:?}"
        );
    }
}

#[test]
fn the_first_line_of_excel_that_names_the_delimiter_is_no_row() {
    let table = read_text("sep=|\nid|age\nP1|61\n");
    assert_eq!(
        (table.source.header_row, table.rows.as_slice()),
        (1, &[2][..])
    );
    assert_eq!(headings(&table), ["id", "age"]);
    assert_eq!(table.findings, []);
}

#[test]
fn a_chosen_delimiter_overrules_the_evidence() {
    let options = ReadOptions {
        delimiter: Some(';'),
        ..ReadOptions::default()
    };
    let table = read_with("a,b;c\n1,2;3\n", &options);
    assert_eq!(headings(&table), ["a,b", "c"]);
}

#[test]
fn quoted_fields_hold_delimiters_line_breaks_and_quotes() {
    let table = read_text("id,note\r\nP1,\"lung, left\r\nand \"\"liver\"\"\"\r\nP2,none\r\n");
    assert_eq!(
        texts(&table, "note"),
        ["lung, left\r\nand \"liver\"", "none"]
    );
    assert_eq!(table.rows, [2, 3], "a quoted line break is no row");
}

#[test]
fn cells_pasted_from_excel_are_read() {
    let table = read_text(
        "id\tnote\tdate\r\nP1\t\"two\nlines, \"\"quoted\"\"\"\t2024/3/5\r\nP2\tx\t2024/3/15\r\n",
    );
    assert_eq!(table.source.delimiter, Some('\t'));
    assert_eq!(texts(&table, "note"), ["two\nlines, \"quoted\"", "x"]);
    assert_eq!(
        dates(&table, "date"),
        [Some("2024-03-05".into()), Some("2024-03-15".into())]
    );
}

#[test]
fn decimal_commas_are_told_by_evidence() {
    let table = read_text("id;time;dose\nP1;3,5;1.250,5\nP2;11,7;900\nP3;4;1.000\n");
    assert!(table.source.decimal_comma);
    assert_eq!(numbers(&table, "time"), [Some(3.5), Some(11.7), Some(4.0)]);
    assert_eq!(
        numbers(&table, "dose"),
        [Some(1250.5), Some(900.0), Some(1000.0)]
    );
    let quoted = read_text("id,time\nP1,\"3,5\"\nP2,\"11,7\"\n");
    assert!(quoted.source.decimal_comma);
    assert_eq!(numbers(&quoted, "time"), [Some(3.5), Some(11.7)]);
}

#[test]
fn grouped_digits_follow_the_other_numbers_and_the_person() {
    let text = "id,cells,ratio\nP1,\"1,234\",0.5\nP2,\"12,500\",1.5\n";
    assert_eq!(
        numbers(&read_text(text), "cells"),
        [Some(1234.0), Some(12500.0)]
    );
    let chosen = read_with(
        text,
        &ReadOptions {
            decimal_comma: Some(true),
            ..ReadOptions::default()
        },
    );
    assert!(chosen.source.decimal_comma);
    assert_eq!(numbers(&chosen, "cells"), [Some(1.234), Some(12.5)]);
}

#[test]
fn blank_lines_count_as_rows_but_are_none_of_the_table() {
    let table = read_text("\n\nid,age\n\nP1,61\n,\n   ,\nP2,48\n\n");
    assert_eq!(
        (table.source.header_row, table.rows.as_slice()),
        (3, &[5, 8][..])
    );
}

#[test]
fn fields_beyond_the_headings_are_listed() {
    let table = read_text("id,age\nP1,61\nP2,48,left, over\nP3,70\n");
    assert_eq!(headings(&table), ["id", "age"]);
    assert_eq!(
        table.findings,
        [
            finding(Some(3), None, Some("left"), FindingKind::ExtraFields),
            finding(Some(3), None, Some("over"), FindingKind::ExtraFields),
        ]
    );
}

#[test]
fn formulas_and_markup_stay_the_text_they_are() {
    let table = read_text("<img src=x onerror=alert(1)>,b\n=HYPERLINK(\"http://x\"),1\n@cmd,2\n");
    assert_eq!(headings(&table), ["<img src=x onerror=alert(1)>", "b"]);
    assert_eq!(
        texts(&table, "<img src=x onerror=alert(1)>"),
        ["=HYPERLINK(\"http://x\")", "@cmd"]
    );
}
