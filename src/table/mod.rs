//! Bytes into a [`Table`] of typed columns.
//!
//! Nothing is decided here about what a column *means*: that is `cohort`'s work. A `Table` is never
//! edited; a re-mapping starts from it again.

mod content;
mod csv;
mod date;
mod encoding;
mod grid;
mod infer;
mod join;
mod layout;
mod missing;
mod number;
mod workbook;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use content::Content;
use grid::{Grid, Value};
pub use join::JoinedFrom;
use join::NO_ROW;

/// The most bytes that are read, unpacked ones included.
const MAX_BYTES: u64 = 200_000_000;

/// The most cells that are read.
const MAX_CELLS: usize = 5_000_000;

/// How to read the bytes. Every field left `None` is decided by evidence and reported in [`Source`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReadOptions {
    /// Sheet name of a workbook; the first sheet with data when `None`.
    pub sheet: Option<String>,
    /// Encoding label of a text file (WHATWG name, e.g. `gb18030`).
    pub encoding: Option<String>,
    /// Field separator of a text file.
    pub delimiter: Option<char>,
    /// Spreadsheet row (1-based) that holds the headings.
    pub header_row: Option<u32>,
    /// Whether the numbers of a text use a decimal comma.
    pub decimal_comma: Option<bool>,
    /// How the text of single columns is read, by heading.
    pub columns: BTreeMap<String, ColumnReading>,
    /// How the other sheets of the workbook are read, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sheets: BTreeMap<String, SheetReading>,
}

/// How one of the other sheets of a workbook is read. Fields left out are decided by evidence.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SheetReading {
    /// Spreadsheet row (1-based) that holds the headings.
    pub header_row: Option<u32>,
    /// How the text of single columns is read, by heading.
    pub columns: BTreeMap<String, ColumnReading>,
}

/// Which table: a sheet of a workbook, or a text file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TableName {
    /// The file; `None` for the one that the study began with, whatever its name today.
    pub file: Option<String>,
    /// The sheet; `None` for text.
    pub sheet: Option<String>,
}

impl std::fmt::Display for TableName {
    /// The sheet, or the file where that is all there is.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = self.sheet.as_deref().or(self.file.as_deref());
        f.write_str(name.unwrap_or_default())
    }
}

/// The reader's decisions about the text of one column.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ColumnReading {
    /// The order of day and month, where the column itself cannot decide it.
    pub date_order: Option<DateOrder>,
    /// The texts that stand for a missing value; recognised ones when `None`.
    pub missing: Option<Vec<String>>,
}

/// Order of the parts of a date written with numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 2024-03-05.
    YearMonthDay,
    /// 05/03/2024.
    DayMonthYear,
    /// 03/05/2024.
    MonthDayYear,
}

/// Where the table came from and how it was read: shown to the person, each part changeable.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// The name of the file, or what stands for it.
    pub file_name: String,
    /// The format that the bytes turned out to have.
    pub format: Format,
    /// The sheet read; `None` for text.
    pub sheet: Option<String>,
    /// All sheets of the workbook, in order.
    pub sheets: Vec<String>,
    /// Encoding of a text file (WHATWG name).
    pub encoding: Option<String>,
    /// Field separator of a text file.
    pub delimiter: Option<char>,
    /// Spreadsheet row (1-based) of the headings.
    pub header_row: u32,
    /// Whether the numbers of a text file use a decimal comma.
    pub decimal_comma: bool,
}

/// File formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Delimited text: comma, tab, semicolon, pipe.
    Delimited,
    /// Excel 2007 and later.
    Xlsx,
    /// Excel binary workbook.
    Xlsb,
    /// Excel 97–2003.
    Xls,
    /// OpenDocument.
    Ods,
}

/// A rectangle of cells with headings.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Which of the tables of a study it is; `None` for the patients'.
    pub name: Option<TableName>,
    /// Where it came from.
    pub source: Source,
    /// Columns in the order of the sheet; headings are unique and never empty.
    pub columns: Vec<Column>,
    /// Spreadsheet row (1-based) of each data row.
    pub rows: Vec<u32>,
    /// What the reader noticed and a person should know.
    pub findings: Vec<Finding>,
}

/// One cell as it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing, or white space only.
    Empty,
    /// Text as written, trimmed.
    Text(&'a str),
    /// A number stored as a number (workbooks only).
    Number(f64),
    /// A date stored as a date (workbooks only).
    Date(NaiveDate),
    /// A logical value stored as such (workbooks only).
    Bool(bool),
}

/// What the values of a column are, by evidence of all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum ColumnType {
    /// Every value missing.
    Empty,
    /// Numbers.
    Number,
    /// Dates; `order` is `None` when the column cannot decide between day and month.
    Date {
        /// The order that the values prove, or that the person chose.
        order: Option<DateOrder>,
    },
    /// Two values that mean yes and no.
    YesNo,
    /// Few distinct texts.
    Category,
    /// Anything else.
    Text,
}

/// Something noticed while reading, with spreadsheet coordinates.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Spreadsheet row (1-based), where it concerns one.
    pub row: Option<u32>,
    /// Heading of the column, where it concerns one.
    pub column: Option<String>,
    /// The text in question.
    pub value: Option<String>,
    /// What was noticed.
    pub kind: FindingKind,
}

/// What a reader can notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A row above the headings, left out.
    TitleRow,
    /// A row of units below the headings, left out.
    UnitsRow,
    /// A note below the data, left out.
    Footnote,
    /// A heading was empty and got a name.
    EmptyHeading,
    /// A heading occurred twice and got a number.
    DuplicateHeading,
    /// The last row looks like a total, not a patient.
    TotalsRow,
    /// Merged cells: the value was taken for the first cell only.
    MergedCells,
    /// A date column in which day and month cannot be told apart.
    AmbiguousDateOrder,
    /// A date column with years of two digits: 00 to 29 are read as 2000 to 2029.
    TwoDigitYears,
    /// Ages that are written with their unit, such as `77 years`: read as numbers.
    AgeWithUnit,
    /// A text that is not a number in a column of numbers.
    NotANumber,
    /// A text that is not a date in a column of dates.
    NotADate,
    /// A spreadsheet error such as #N/A or #REF!.
    CellError,
    /// A field beyond the last heading, left out.
    ExtraFields,
    /// A byte sequence that the encoding cannot decode.
    Undecodable,
}

/// A column of cells as read, with the one type inferred for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Unique heading.
    pub heading: String,
    /// Position in the sheet, 0 = A.
    pub position: u32,
    /// What its values are.
    pub column_type: ColumnType,
    /// The distinct texts taken for missing values, with their counts (empty cells are "").
    pub missing: Vec<(String, usize)>,
    /// The unit given in a row below the headings.
    pub unit: Option<String>,
    /// Where it stands, if another table was joined to this one.
    pub joined_from: Option<Arc<JoinedFrom>>,
    grid: Arc<Grid>,
    rows: Arc<[u32]>,
    decimal_comma: bool,
    codes: Codes,
    missing_numbers: Vec<f64>,
}

/// The texts that a column takes for missing values.
#[derive(Debug, Clone, PartialEq)]
enum Codes {
    /// Those that are usual.
    Recognised,
    /// Those that the person chose.
    Chosen {
        texts: Vec<String>,
        numbers: Vec<f64>,
    },
}

impl Codes {
    fn new(reading: &ColumnReading, decimal_comma: bool) -> Self {
        reading
            .missing
            .as_ref()
            .map_or(Self::Recognised, |texts| Self::Chosen {
                texts: texts
                    .iter()
                    .map(|text| csv::trim(text).to_owned())
                    .collect(),
                numbers: texts
                    .iter()
                    .filter_map(|text| number::parse(csv::trim(text), decimal_comma))
                    .collect(),
            })
    }
}

impl Cell<'_> {
    /// Its text as a person would read it in the spreadsheet.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Number(number) => Cow::Owned(number::show(*number)),
            Cell::Date(date) => Cow::Owned(date.to_string()),
            Cell::Bool(true) => Cow::Borrowed("TRUE"),
            Cell::Bool(false) => Cow::Borrowed("FALSE"),
        }
    }
}

impl Column {
    fn value(&self, row: usize) -> Value {
        self.index(row).map_or(Value::Empty, |index| {
            self.grid.value(index, self.position as usize)
        })
    }

    /// The row of the grid.
    fn index(&self, row: usize) -> Option<usize> {
        let index = self.rows.get(row).filter(|index| **index != NO_ROW)?;
        Some(*index as usize)
    }

    /// Spreadsheet row (1-based) of data row `row`; `None` where a joined table has none.
    pub fn sheet_row(&self, row: usize) -> Option<u32> {
        self.index(row).map(|index| self.grid.rows()[index].number)
    }

    /// The cell of data row `row` (0-based) as it stands in the file.
    pub fn cell(&self, row: usize) -> Cell<'_> {
        self.grid.cell(self.value(row))
    }

    /// Its text as a person would read it in the spreadsheet; empty for an empty cell.
    pub fn text(&self, row: usize) -> Cow<'_, str> {
        match self.cell(row) {
            Cell::Text(text) => Cow::Borrowed(text),
            cell => Cow::Owned(cell.text().into_owned()),
        }
    }

    /// Whether it is empty or one of the missing codes.
    pub fn is_missing(&self, row: usize) -> bool {
        match self.cell(row) {
            Cell::Empty => true,
            Cell::Text(text) => self.missing.iter().any(|(code, _)| code == text),
            Cell::Number(number) => self.missing_numbers.contains(&number),
            Cell::Date(_) | Cell::Bool(_) => false,
        }
    }

    /// Its value as a number; `None` when missing or not a number.
    pub fn number(&self, row: usize) -> Option<f64> {
        match self.cell(row) {
            Cell::Number(number) => (!self.missing_numbers.contains(&number)).then_some(number),
            Cell::Text(text) if !self.is_missing(row) => self.written_number(text),
            Cell::Empty | Cell::Text(_) | Cell::Date(_) | Cell::Bool(_) => None,
        }
    }

    /// A number, or in a column of ages a number of years.
    fn written_number(&self, text: &str) -> Option<f64> {
        let comma = self.decimal_comma;
        number::parse(text, comma).or_else(|| {
            let age = number::age(text, comma)?;
            number::asks_age(&self.heading).then_some(age)
        })
    }

    /// Its value as a date in the order of the column; `None` when missing, undecided or not a date.
    pub fn date(&self, row: usize) -> Option<NaiveDate> {
        match self.cell(row) {
            Cell::Date(date) => Some(date),
            Cell::Text(text) if !self.is_missing(row) => self.parse_date(text),
            Cell::Number(number) if self.is_of_dates() => date::compact(number),
            Cell::Empty | Cell::Text(_) | Cell::Number(_) | Cell::Bool(_) => None,
        }
    }

    /// Whether `text`, typed as a correction, is empty or one of the missing codes of this column.
    pub fn is_missing_text(&self, text: &str) -> bool {
        let text = csv::trim(text);
        let usual = || match missing::code(text) {
            Some(missing::Code::Always) => true,
            Some(missing::Code::Quantity) => {
                self.is_of_dates() || self.column_type == ColumnType::Number
            }
            Some(missing::Code::Sign) | None => false,
        };
        text.is_empty()
            || self.missing.iter().any(|(code, _)| infer::same(code, text))
            || match &self.codes {
                Codes::Recognised => usual(),
                Codes::Chosen { texts, .. } => texts.iter().any(|code| infer::same(code, text)),
            }
    }

    /// Reads `text`, typed as a correction, as the numbers of this column are read.
    pub fn parse_number(&self, text: &str) -> Option<f64> {
        let text = csv::trim(text);
        if self.is_missing_text(text) {
            None
        } else {
            self.written_number(text)
        }
    }

    /// Reads `text` as the dates of this column are read: a form that needs an order takes the
    /// column's, and is `None` while that is undecided.
    pub fn parse_date(&self, text: &str) -> Option<NaiveDate> {
        let text = csv::trim(text);
        let order = match self.column_type {
            ColumnType::Date { order } => order,
            ColumnType::Empty
            | ColumnType::Number
            | ColumnType::YesNo
            | ColumnType::Category
            | ColumnType::Text => None,
        };
        match date::scan(text) {
            Some(date::Written::Certain(date)) => Some(date),
            Some(written) => written.in_order(order?),
            None if self.is_of_dates() && text.len() == 8 => {
                number::parse(text, false).and_then(date::compact)
            }
            None => None,
        }
    }

    fn is_of_dates(&self) -> bool {
        matches!(self.column_type, ColumnType::Date { .. })
    }

    /// Whether the value of a row can be read as the type of the column, or needs only the order of
    /// day and month to be.
    fn fits(&self, row: usize) -> bool {
        match self.column_type {
            ColumnType::Number => self.number(row).is_some(),
            ColumnType::Date { order: None } => {
                self.date(row).is_some() || date::scan(&self.text(row)).is_some()
            }
            ColumnType::Date { order: Some(_) } => self.date(row).is_some(),
            ColumnType::Empty | ColumnType::YesNo | ColumnType::Category | ColumnType::Text => true,
        }
    }
}

impl Table {
    /// What a person calls it: the sheet, or the file where that is all there is.
    pub fn label(&self) -> &str {
        (self.source.sheet.as_deref()).unwrap_or(&self.source.file_name)
    }

    fn cells(&self) -> usize {
        self.rows.len() * self.columns.len()
    }

    /// The column of that heading.
    pub fn column(&self, heading: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.heading == heading)
    }
}

/// Why bytes cannot be read as a table.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum ReadError {
    /// Nothing in the file, or nothing but blanks.
    #[error("the file is empty")]
    Empty,
    /// Neither text nor a known workbook.
    #[error("this is not a spreadsheet")]
    NotASpreadsheet {
        /// What it is, where that can be told.
        found: Content,
    },
    /// A workbook protected by a password.
    #[error("the workbook is protected by a password")]
    PasswordProtected,
    /// A workbook that cannot be opened.
    #[error("the workbook is damaged: {detail}")]
    Corrupt {
        /// What the reader said.
        detail: String,
    },
    /// Only one column: most likely the wrong delimiter.
    #[error("only one column was found")]
    OneColumn,
    /// Headings but no rows.
    #[error("there are headings but no rows")]
    NoRows,
    /// More than the reader accepts, so that a zip bomb cannot exhaust the memory.
    #[error("the file is larger than {limit} {unit}")]
    TooLarge {
        /// The limit.
        limit: u64,
        /// Of what: `megabytes` or `cells`.
        unit: String,
    },
    /// A sheet that the workbook does not have.
    #[error("there is no sheet named {sheet}")]
    NoSuchSheet {
        /// The name asked for.
        sheet: String,
    },
    /// An encoding that is not known.
    #[error("there is no encoding named {encoding}")]
    NoSuchEncoding {
        /// The label asked for.
        encoding: String,
    },
    /// A header row outside the sheet.
    #[error("row {row} is not in the sheet")]
    NoSuchRow {
        /// The row asked for (1-based).
        row: u32,
    },
}

fn too_many_cells() -> ReadError {
    ReadError::TooLarge {
        limit: MAX_CELLS as u64,
        unit: "cells".to_owned(),
    }
}

fn too_many_bytes() -> ReadError {
    ReadError::TooLarge {
        limit: MAX_BYTES / 1_000_000,
        unit: "megabytes".to_owned(),
    }
}

/// Reads a file (or pasted cells, as tab-separated text) into a [`Table`].
///
/// **Conventions.** Blank rows are skipped, as are title rows above the headings, one row of units
/// below them and footnotes below the data; each but the blank ones is a [`Finding`]. A year of two
/// digits is read by Excel's rule (00–29 are of the 2000s, 30–99 of the 1900s), and in an all-number
/// date only once the column proves the order of its parts. Excel serial numbers in a text file are
/// numbers. Times of day are left out of dates, and there is no time zone.
/// **Errors.** The first thing that makes the bytes unreadable as a table.
pub fn read(bytes: &[u8], file_name: &str, options: &ReadOptions) -> Result<Table, ReadError> {
    match open(bytes)? {
        Some(mut workbook) => workbook.read(file_name, options),
        None => read_text(bytes, file_name, options),
    }
}

/// Reads every sheet of a file that holds a table: the chosen one (see [`read`]) first, then the others
/// in their order, each with its [`Table::name`].
///
/// **Conventions.** Another sheet without a table (nothing, one column, no rows) is passed over. All
/// sheets together may have as many cells as one.
/// **Errors.** Those of the chosen sheet; those of another that cannot be read come with its name.
pub fn read_all(
    bytes: &[u8],
    file_name: &str,
    options: &ReadOptions,
) -> Result<(Table, Vec<Table>, Vec<UnreadSheet>), ReadError> {
    read_within(bytes, file_name, options, MAX_CELLS)
}

fn read_within(
    bytes: &[u8],
    file_name: &str,
    options: &ReadOptions,
    max_cells: usize,
) -> Result<(Table, Vec<Table>, Vec<UnreadSheet>), ReadError> {
    let Some(mut workbook) = open(bytes)? else {
        return Ok((
            read_text(bytes, file_name, options)?,
            Vec::new(),
            Vec::new(),
        ));
    };
    let chosen = workbook.read(file_name, options)?;
    let mut room = max_cells.saturating_sub(chosen.cells());
    let (mut others, mut unread) = (Vec::new(), Vec::new());
    for sheet in &chosen.source.sheets {
        if Some(sheet) == chosen.source.sheet.as_ref() {
            continue;
        }
        let SheetReading {
            header_row,
            columns,
        } = options.sheets.get(sheet).cloned().unwrap_or_default();
        let options = ReadOptions {
            sheet: Some(sheet.clone()),
            header_row,
            columns,
            ..ReadOptions::default()
        };
        let error = match workbook.read(file_name, &options) {
            Ok(mut table) if table.cells() <= room => {
                room -= table.cells();
                table.name = Some(TableName {
                    file: None,
                    sheet: Some(sheet.clone()),
                });
                others.push(table);
                continue;
            }
            Ok(_) => too_many_cells(),
            Err(ReadError::Empty | ReadError::OneColumn | ReadError::NoRows) => continue,
            Err(error) => error,
        };
        let (file, sheet) = (None, Some(sheet.clone()));
        let table = TableName { file, sheet };
        unread.push(UnreadSheet { table, error });
    }
    Ok((chosen, others, unread))
}

/// A sheet of a workbook that could not be read beside the chosen one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnreadSheet {
    /// Which sheet.
    pub table: TableName,
    /// Why.
    pub error: ReadError,
}

/// The workbook, where the bytes are one; `None` where they are text.
fn open(bytes: &[u8]) -> Result<Option<workbook::Workbook<'_>>, ReadError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_many_bytes());
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook::open_package(bytes).map(Some);
    }
    if bytes.starts_with(workbook::COMPOUND) {
        return workbook::open_compound(bytes).map(Some);
    }
    match content::of(bytes) {
        Ok(()) => Ok(None),
        Err(found) => Err(ReadError::NotASpreadsheet { found }),
    }
}

fn read_text(bytes: &[u8], file_name: &str, options: &ReadOptions) -> Result<Table, ReadError> {
    let encoding::Decoded {
        mut text,
        encoding,
        undecodable,
    } = encoding::decode(bytes, options.encoding.as_deref())?;
    let hint = csv::take_hint(&mut text);
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let chosen = options
        .delimiter
        .and_then(|delimiter| u8::try_from(delimiter).ok())
        .filter(u8::is_ascii);
    let delimiter = chosen
        .or(hint)
        .or_else(|| csv::sniff(&text))
        .ok_or(ReadError::OneColumn)?;
    let source = Source {
        file_name: file_name.to_owned(),
        format: Format::Delimited,
        sheet: None,
        sheets: Vec::new(),
        encoding: Some(encoding.name().to_owned()),
        delimiter: Some(char::from(delimiter)),
        header_row: 0,
        decimal_comma: false,
    };
    let grid = csv::parse(&text, delimiter)?;
    let mut findings = Vec::new();
    if undecodable {
        csv::undecodable(&grid, &mut findings);
    }
    build(grid, source, options, findings)
}

/// Turns the cells of a sheet into a table.
fn build(
    grid: Grid,
    mut source: Source,
    options: &ReadOptions,
    mut findings: Vec<Finding>,
) -> Result<Table, ReadError> {
    let layout = layout::find(&grid, options.header_row, &mut findings)?;
    let delimiter = source
        .delimiter
        .and_then(|delimiter| u8::try_from(delimiter).ok());
    source.header_row = grid.rows()[layout.header].number;
    source.decimal_comma = options
        .decimal_comma
        .unwrap_or_else(|| infer::decimal_comma(&grid, &layout.data, delimiter));
    let rows = layout
        .data
        .iter()
        .map(|index| grid.rows()[*index as usize].number)
        .collect();
    let body = infer::Body {
        grid: Arc::new(grid),
        rows: layout.data.into(),
        decimal_comma: source.decimal_comma,
    };
    let mut columns = infer::columns(&body, layout.columns, options, &mut findings);
    if let Some(units) = layout.units {
        for column in &mut columns {
            let cell = body
                .grid
                .cell(body.grid.value(units, column.position as usize));
            column.unit = Some(cell.text().into_owned()).filter(|unit| !unit.is_empty());
        }
    }
    Ok(Table {
        name: None,
        source,
        columns,
        rows,
        findings,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_beyond_the_limit_of_all_cells_are_left_unread_and_smaller_ones_are_not() {
        let bytes = include_bytes!("../../tests/cohort/files/synthetic_study.xlsx");
        // Patients: 24 × 5; assessments: 92 × 6; events: 38 × 8; therapies: 34 × 6.
        let (patients, others, unread) =
            read_within(bytes, "study.xlsx", &ReadOptions::default(), 400).unwrap();
        assert_eq!((patients.label(), patients.cells()), ("Patients", 120));
        let read: Vec<&str> = others.iter().map(Table::label).collect();
        assert_eq!(read, ["Therapies"]);
        let unread: Vec<(String, &ReadError)> = (unread.iter())
            .map(|sheet| (sheet.table.to_string(), &sheet.error))
            .collect();
        let too_large = too_many_cells();
        let expected = ["Assessments", "Lesions", "Adverse events"];
        assert_eq!(unread, expected.map(|sheet| (sheet.to_owned(), &too_large)));
    }
}
