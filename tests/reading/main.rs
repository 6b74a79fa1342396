//! Awkward spreadsheets in; exact tables and findings out.

mod bad;
mod columns;
mod encodings;
mod hostile;
mod layout;
mod sheets;
mod text;
mod workbooks;

use oncurve::table::{
    self, Cell, ColumnReading, ColumnType, Content, DateOrder, Finding, FindingKind, Format,
    ReadError, ReadOptions, Table,
};

/// The bytes of a file under `tests/reading/files`.
fn file(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/reading/files")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn read_file(name: &str) -> Table {
    table::read(&file(name), name, &ReadOptions::default())
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Reads text as the file `cohort.csv`.
fn read_text(text: &str) -> Table {
    read_with(text, &ReadOptions::default())
}

fn read_with(text: &str, options: &ReadOptions) -> Table {
    table::read(text.as_bytes(), "cohort.csv", options).expect("a readable table")
}

/// The texts of a column, row by row.
fn texts(table: &Table, heading: &str) -> Vec<String> {
    let column = table.column(heading).expect(heading);
    (0..table.rows.len())
        .map(|row| column.text(row).into_owned())
        .collect()
}

fn numbers(table: &Table, heading: &str) -> Vec<Option<f64>> {
    let column = table.column(heading).expect(heading);
    (0..table.rows.len())
        .map(|row| column.number(row))
        .collect()
}

/// The dates of a column, as 2024-03-05.
fn dates(table: &Table, heading: &str) -> Vec<Option<String>> {
    let column = table.column(heading).expect(heading);
    (0..table.rows.len())
        .map(|row| column.date(row).map(|date| date.to_string()))
        .collect()
}

fn column_type(table: &Table, heading: &str) -> ColumnType {
    table.column(heading).expect(heading).column_type
}

fn headings(table: &Table) -> Vec<&str> {
    table
        .columns
        .iter()
        .map(|column| column.heading.as_str())
        .collect()
}

fn missing(table: &Table, heading: &str) -> Vec<(String, usize)> {
    table.column(heading).expect(heading).missing.clone()
}

/// The findings of one kind.
fn of_kind(table: &Table, kind: FindingKind) -> Vec<&Finding> {
    table
        .findings
        .iter()
        .filter(|finding| finding.kind == kind)
        .collect()
}

fn finding(
    row: Option<u32>,
    column: Option<&str>,
    value: Option<&str>,
    kind: FindingKind,
) -> Finding {
    Finding {
        row,
        column: column.map(str::to_owned),
        value: value.map(str::to_owned),
        kind,
    }
}
