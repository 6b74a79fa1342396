//! Bytes into a [`Table`] of typed columns.
//!
//! Nothing is decided here about what a column *means*: that is `cohort`'s work. A `Table` is never
//! edited; a re-mapping starts from it again.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

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
    /// How the text of single columns is read, by heading.
    pub columns: std::collections::BTreeMap<String, ColumnReading>,
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
    /// A text that is not a number in a column of numbers.
    NotANumber,
    /// A text that is not a date in a column of dates.
    NotADate,
    /// A spreadsheet error such as #N/A or #REF!.
    CellError,
    /// A row with more fields than there are headings.
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
}

impl Column {
    /// The cell of data row `row` (0-based) as it stands in the file.
    pub fn cell(&self, row: usize) -> Cell<'_> {
        todo!("{row}")
    }

    /// Its text as a person would read it in the spreadsheet; empty for an empty cell.
    pub fn text(&self, row: usize) -> std::borrow::Cow<'_, str> {
        todo!("{row}")
    }

    /// Whether it is empty or one of the missing codes.
    pub fn is_missing(&self, row: usize) -> bool {
        todo!("{row}")
    }

    /// Its value as a number; `None` when missing or not a number.
    pub fn number(&self, row: usize) -> Option<f64> {
        todo!("{row}")
    }

    /// Its value as a date in the order of the column; `None` when missing, undecided or not a date.
    pub fn date(&self, row: usize) -> Option<NaiveDate> {
        todo!("{row}")
    }
}

impl Table {
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
    NotASpreadsheet,
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

/// Reads a file (or pasted cells, as tab-separated text) into a [`Table`].
pub fn read(bytes: &[u8], file_name: &str, options: &ReadOptions) -> Result<Table, ReadError> {
    todo!("{} {file_name} {options:?}", bytes.len())
}
