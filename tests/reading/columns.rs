//! What the values of a column are: types, dates, missing codes.

use super::*;

fn column(values: &[&str]) -> Table {
    column_with(values, ColumnReading::default())
}

/// A table whose column `x` has these values, quoted, in rows 2, 3, …
fn column_with(values: &[&str], reading: ColumnReading) -> Table {
    let rows: String = values
        .iter()
        .enumerate()
        .map(|(row, value)| format!("P{row},\"{value}\"\n"))
        .collect();
    let columns = [("x".to_owned(), reading)].into();
    read_with(
        &format!("id,x\n{rows}"),
        &ReadOptions {
            columns,
            ..ReadOptions::default()
        },
    )
}

fn some(texts: &[&str]) -> Vec<Option<String>> {
    texts.iter().map(|text| Some((*text).to_owned())).collect()
}

const DAY_FIRST: ColumnType = ColumnType::Date {
    order: Some(DateOrder::DayMonthYear),
};
const MONTH_FIRST: ColumnType = ColumnType::Date {
    order: Some(DateOrder::MonthDayYear),
};
const CERTAIN: ColumnType = ColumnType::Date {
    order: Some(DateOrder::YearMonthDay),
};
const UNDECIDED: ColumnType = ColumnType::Date { order: None };

#[test]
fn dates_of_every_form_may_share_a_column() {
    let table = column(&[
        "2024-03-05",
        "2024/3/6",
        "2024.3.7",
        "2024年3月8日",
        "09-Mar-2024",
        "10 March 2024",
        "2024-03-11 14:30",
        "2024-03-12T08:00:00Z",
    ]);
    assert_eq!(column_type(&table, "x"), CERTAIN);
    assert_eq!(
        dates(&table, "x"),
        some(&[
            "2024-03-05",
            "2024-03-06",
            "2024-03-07",
            "2024-03-08",
            "2024-03-09",
            "2024-03-10",
            "2024-03-11",
            "2024-03-12"
        ])
    );
    assert_eq!(table.findings, []);
}

#[test]
fn one_day_beyond_twelve_decides_day_and_month_for_all() {
    let table = column(&["05/03/2024", "04/06/2024", "25/12/2023"]);
    assert_eq!(column_type(&table, "x"), DAY_FIRST);
    assert_eq!(
        dates(&table, "x"),
        some(&["2024-03-05", "2024-06-04", "2023-12-25"])
    );
    let table = column(&["05/03/2024", "04/06/2024", "12/25/2023"]);
    assert_eq!(column_type(&table, "x"), MONTH_FIRST);
    assert_eq!(
        dates(&table, "x"),
        some(&["2024-05-03", "2024-04-06", "2023-12-25"])
    );
    let table = column(&["05.03.2024", "25.12.2023"]);
    assert_eq!(column_type(&table, "x"), DAY_FIRST);
}

#[test]
fn undecidable_dates_are_unreadable_until_the_person_decides() {
    for values in [["05/03/2024", "04/06/2024"], ["25/03/2024", "03/25/2024"]] {
        let table = column(&values);
        assert_eq!(column_type(&table, "x"), UNDECIDED);
        assert_eq!(dates(&table, "x"), [None, None]);
        assert_eq!(
            table.findings,
            [finding(
                None,
                Some("x"),
                None,
                FindingKind::AmbiguousDateOrder
            )]
        );
    }
    let order = |order| ColumnReading {
        date_order: Some(order),
        ..ColumnReading::default()
    };
    let table = column_with(
        &["05/03/2024", "04/06/2024"],
        order(DateOrder::MonthDayYear),
    );
    assert_eq!(column_type(&table, "x"), MONTH_FIRST);
    assert_eq!(dates(&table, "x"), some(&["2024-05-03", "2024-04-06"]));
    assert_eq!(table.findings, []);
    let table = column_with(
        &["25/03/2024", "03/25/2024"],
        order(DateOrder::DayMonthYear),
    );
    assert_eq!(dates(&table, "x"), [Some("2024-03-25".into()), None]);
    assert_eq!(
        table.findings,
        [finding(
            Some(3),
            Some("x"),
            Some("03/25/2024"),
            FindingKind::NotADate
        )]
    );
}

#[test]
fn certain_dates_stay_readable_among_undecidable_ones() {
    let table = column(&["05/03/2024", "2024-04-06", "07/07/2024"]);
    assert_eq!(column_type(&table, "x"), UNDECIDED);
    assert_eq!(
        dates(&table, "x"),
        [None, Some("2024-04-06".into()), Some("2024-07-07".into())]
    );
}

#[test]
fn years_of_two_digits_need_a_proven_order_and_are_listed() {
    let table = column(&["31/03/85", "05/04/24", "01/02/29"]);
    assert_eq!(column_type(&table, "x"), DAY_FIRST);
    assert_eq!(
        dates(&table, "x"),
        some(&["1985-03-31", "2024-04-05", "2029-02-01"])
    );
    assert_eq!(
        table.findings,
        [finding(
            None,
            Some("x"),
            Some("31/03/85"),
            FindingKind::TwoDigitYears
        )]
    );
    let table = column(&["25/03/24", "05/04/24"]);
    assert_eq!(
        column_type(&table, "x"),
        UNDECIDED,
        "2025-03-24 fits as well"
    );
}

#[test]
fn eight_digits_are_dates_only_if_all_of_them_are() {
    let table = column(&["20240305", "20240315", "NA"]);
    assert_eq!(column_type(&table, "x"), CERTAIN);
    assert_eq!(
        dates(&table, "x"),
        [Some("2024-03-05".into()), Some("2024-03-15".into()), None]
    );
    assert_eq!(
        column_type(&column(&["20240305", "20249915"]), "x"),
        ColumnType::Number
    );
}

#[test]
fn serial_numbers_in_text_are_numbers() {
    let table = column(&["45356", "45366"]);
    assert_eq!(column_type(&table, "x"), ColumnType::Number);
    assert_eq!(dates(&table, "x"), [None, None]);
}

#[test]
fn a_text_that_is_no_date_among_dates_is_listed() {
    let table = column(&[
        "2024-03-05",
        "2024-02-30",
        "2024-03-07",
        "2024-03",
        "2024-03-09",
        "2024-03-10",
        "2024-03-11",
        "2024-03-12",
        "2024-03-13",
        "2024-03-14",
    ]);
    assert_eq!(column_type(&table, "x"), CERTAIN);
    assert_eq!(
        table.findings,
        [
            finding(
                Some(3),
                Some("x"),
                Some("2024-02-30"),
                FindingKind::NotADate
            ),
            finding(Some(5), Some("x"), Some("2024-03"), FindingKind::NotADate),
        ]
    );
}

#[test]
fn a_text_that_is_no_number_among_numbers_is_listed() {
    let table = column(&["1.5", "<5", "3", "4.25", "-2", "1e3"]);
    assert_eq!(column_type(&table, "x"), ColumnType::Number);
    assert_eq!(
        numbers(&table, "x"),
        [
            Some(1.5),
            None,
            Some(3.0),
            Some(4.25),
            Some(-2.0),
            Some(1000.0)
        ]
    );
    assert_eq!(
        table.findings,
        [finding(
            Some(3),
            Some("x"),
            Some("<5"),
            FindingKind::NotANumber
        )]
    );
}

#[test]
fn numbers_with_leading_zeros_are_names() {
    assert_eq!(
        column_type(&column(&["001", "002", "003", "010"]), "x"),
        ColumnType::Text
    );
}

#[test]
fn yes_and_no_are_known_in_several_languages() {
    for values in [
        ["yes", "no"],
        ["Y", "N"],
        ["TRUE", "false"],
        ["是", "否"],
        ["有", "无"],
        ["oui", "non"],
    ] {
        let table = column(&[values[0], values[1], values[0], "NA"]);
        assert_eq!(column_type(&table, "x"), ColumnType::YesNo, "{values:?}");
        assert_eq!(missing(&table, "x"), [("NA".to_owned(), 1)], "{values:?}");
    }
    assert_eq!(
        column_type(&column(&["0", "1", "0"]), "x"),
        ColumnType::Number
    );
}

#[test]
fn few_distinct_texts_are_categories() {
    assert_eq!(
        column_type(&column(&["PR", "SD", "PD", "SD", "PR"]), "x"),
        ColumnType::Category
    );
    assert_eq!(
        column_type(&column(&["Li Lei", "Han Mei", "Jim"]), "x"),
        ColumnType::Text
    );
    let many: Vec<String> = (0..300).map(|n| format!("word {}", n % 60)).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(
        column_type(&column(&many), "x"),
        ColumnType::Text,
        "60 are not few"
    );
}

#[test]
fn missing_codes_are_recognised_and_counted() {
    let table = column(&[
        "3", "NA", "n/a", ".", "-", "unknown", "不详", "未知", "无", "", "NA", "4",
    ]);
    assert_eq!(column_type(&table, "x"), ColumnType::Number);
    let found = [
        ("", 1),
        ("NA", 2),
        ("n/a", 1),
        (".", 1),
        ("-", 1),
        ("unknown", 1),
        ("不详", 1),
        ("未知", 1),
        ("无", 1),
    ];
    assert_eq!(
        missing(&table, "x"),
        found.map(|(code, count)| (code.to_owned(), count))
    );
    assert_eq!(table.findings, []);
    let column = table.column("x").unwrap();
    assert_eq!(
        (0..12)
            .filter(|row| !column.is_missing(*row))
            .collect::<Vec<_>>(),
        [0, 11]
    );
    assert_eq!(
        column_type(&self::column(&["NA", "", "unknown"]), "x"),
        ColumnType::Empty
    );
}

#[test]
fn signs_and_words_for_none_are_values_among_words() {
    let table = column(&["+", "-", "+", "-", "NA"]);
    assert_eq!(missing(&table, "x"), [("NA".to_owned(), 1)]);
    let table = column(&["肝", "无", "骨", "无", "肝", "骨"]);
    assert_eq!(missing(&table, "x"), []);
    let table = column(&["II", "-", "III", "II", "III", "II"]);
    assert_eq!(missing(&table, "x"), [("-".to_owned(), 1)]);
}

#[test]
fn numbers_are_codes_only_where_they_clearly_outlie() {
    let table = column(&["61", "48", "999", "70", "-9", "99"]);
    assert_eq!(
        missing(&table, "x"),
        [("999".to_owned(), 1), ("-9".to_owned(), 1)]
    );
    assert_eq!(
        numbers(&table, "x"),
        [Some(61.0), Some(48.0), None, Some(70.0), None, Some(99.0)]
    );
    assert_eq!(missing(&column(&["250", "999", "1400"]), "x"), []);
    assert_eq!(missing(&column(&["-9", "-3.5", "12"]), "x"), []);
}

#[test]
fn the_person_may_change_the_codes() {
    let chosen = |codes: &[&str]| ColumnReading {
        missing: Some(codes.iter().map(|code| (*code).to_owned()).collect()),
        ..ColumnReading::default()
    };
    let table = column_with(
        &["1", "2", "9", "NA", "3", "1", "2"],
        chosen(&["9", "lost"]),
    );
    assert_eq!(column_type(&table, "x"), ColumnType::Number);
    assert_eq!(missing(&table, "x"), [("9".to_owned(), 1)]);
    assert_eq!(
        table.findings,
        [finding(
            Some(5),
            Some("x"),
            Some("NA"),
            FindingKind::NotANumber
        )]
    );
    let table = column_with(&["61", "999", "70"], chosen(&[]));
    assert_eq!(numbers(&table, "x"), [Some(61.0), Some(999.0), Some(70.0)]);
}

#[test]
fn a_typed_correction_is_read_as_the_column_is() {
    let table =
        read_text("id;from;size\nP1;05/03/2024;3,5\nP2;25/03/2024;999\nP3;26/03/2024;1,5\n");
    let (from, size) = (table.column("from").unwrap(), table.column("size").unwrap());
    assert_eq!(
        from.parse_date(" 06/03/2024 ").unwrap().to_string(),
        "2024-03-06"
    );
    assert_eq!(
        from.parse_date("2024-03-07").unwrap().to_string(),
        "2024-03-07"
    );
    assert_eq!(from.parse_date("03/26/2024"), None);
    assert_eq!(
        (size.parse_number("4,25"), size.parse_number("4.25")),
        (Some(4.25), None)
    );
    assert_eq!(
        size.parse_number("999"),
        None,
        "a missing code of this column"
    );
    assert!(
        ["", " ", "NA", "na", "无", "999"]
            .iter()
            .all(|text| size.is_missing_text(text))
    );
    assert!(!size.is_missing_text("4,25"));
}

#[test]
fn errors_of_a_spreadsheet_in_text_are_missing_and_listed() {
    let table = column(&["1", "#REF!", "3", "#N/A"]);
    assert_eq!(
        missing(&table, "x"),
        [("#REF!".to_owned(), 1), ("#N/A".to_owned(), 1)]
    );
    assert_eq!(
        table.findings,
        [
            finding(Some(3), Some("x"), Some("#REF!"), FindingKind::CellError),
            finding(Some(5), Some("x"), Some("#N/A"), FindingKind::CellError),
        ]
    );
}

#[test]
fn dates_are_dates_where_they_outnumber_the_texts() {
    let table = column(&["2024-03-05", "待查", "2024-03-07", "2024-03-08"]);
    assert_eq!(column_type(&table, "x"), CERTAIN);
    assert_eq!(
        table.findings,
        [finding(
            Some(3),
            Some("x"),
            Some("待查"),
            FindingKind::NotADate
        )]
    );
    let half = column(&["2024-03-05", "liver", "2024-03-07", "lung"]);
    assert_eq!(column_type(&half, "x"), ColumnType::Text);
    assert_eq!(half.findings, []);
}
