//! A sheet in the making: cells arrive in any order and leave as a [`Grid`].

use super::cell_format::Format;
use super::grid::{Grid, Span, Value};
use super::{MAX_BYTES, MAX_CELLS, ReadError, csv, date, too_many_bytes, too_many_cells};

/// A sheet of a workbook as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetName {
    pub name: String,
    pub visible: bool,
}

/// Merged cells, counted from 0, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merge {
    pub first: (u32, u32),
    pub last: (u32, u32),
}

/// Collects the cells of one sheet.
#[derive(Default)]
pub(super) struct Sheet {
    grid: Grid,
    cells: Vec<(u32, u32, Value)>,
    pub merges: Vec<Merge>,
}

/// Rows and columns beyond these exist in no spreadsheet.
const MAX_ROW: u32 = 1 << 20;
const MAX_COLUMN: u32 = 1 << 14;

impl Sheet {
    fn put(&mut self, row: u32, column: u32, value: Value) -> Result<(), ReadError> {
        if self.cells.len() >= MAX_CELLS {
            return Err(too_many_cells());
        }
        if row < MAX_ROW && column < MAX_COLUMN {
            self.cells.push((row, column, value));
        }
        Ok(())
    }

    /// Stores a text for any number of cells; `None` for blanks.
    pub fn intern(&mut self, text: &str) -> Result<Option<Span>, ReadError> {
        let text = csv::trim(text);
        if text.is_empty() {
            return Ok(None);
        }
        if (self.grid.arena().len() + text.len()) as u64 > MAX_BYTES {
            return Err(too_many_bytes());
        }
        self.grid.store(text).map(Some).ok_or_else(too_many_bytes)
    }

    pub fn put_span(&mut self, row: u32, column: u32, span: Option<Span>) -> Result<(), ReadError> {
        span.map_or(Ok(()), |span| self.put(row, column, Value::Text(span)))
    }

    pub fn put_text(&mut self, row: u32, column: u32, text: &str) -> Result<(), ReadError> {
        let span = self.intern(text)?;
        self.put_span(row, column, span)
    }

    /// A text of a shared table, stored once: `span` remembers where.
    pub fn put_shared(
        &mut self,
        row: u32,
        column: u32,
        text: &str,
        span: &mut Option<Span>,
    ) -> Result<(), ReadError> {
        if span.is_none() {
            *span = self.intern(text)?;
        }
        self.put_span(row, column, *span)
    }

    pub fn put_bool(&mut self, row: u32, column: u32, value: bool) -> Result<(), ReadError> {
        self.put(row, column, Value::Bool(value))
    }

    /// A number; formatted as a date it becomes one, as a time of day or a duration a text such as 14:30.
    pub fn put_number(
        &mut self,
        row: u32,
        column: u32,
        number: f64,
        format: Format,
        is_1904: bool,
    ) -> Result<(), ReadError> {
        if !number.is_finite() {
            return Ok(());
        }
        match format {
            Format::Plain => self.put(row, column, Value::Number(number)),
            Format::Date if number >= 1.0 || (is_1904 && number == 0.0) => {
                match date::from_serial(number, is_1904) {
                    Some(date) => self.put(row, column, Value::Date(date)),
                    None if number.floor() == 60.0 => self.put_text(row, column, "1900-02-29"),
                    None => self.put(row, column, Value::Number(number)),
                }
            }
            Format::Date | Format::Duration if (0.0..1e6).contains(&number) => {
                self.put_text(row, column, &clock(number))
            }
            Format::Date | Format::Duration => self.put(row, column, Value::Number(number)),
        }
    }

    /// A date written as ISO 8601; other texts stay texts.
    pub fn put_iso_date(&mut self, row: u32, column: u32, text: &str) -> Result<(), ReadError> {
        match date::scan(text) {
            Some(date::Written::Certain(date)) => self.put(row, column, Value::Date(date)),
            _ => self.put_text(row, column, text),
        }
    }

    /// The cells in the order of the sheet; of two in one place the later counts.
    pub fn into_grid(mut self) -> Result<(Grid, Vec<Merge>), ReadError> {
        if !self
            .cells
            .is_sorted_by_key(|(row, column, _)| (*row, *column))
        {
            self.cells.sort_by_key(|(row, column, _)| (*row, *column));
        }
        let mut grid = self.grid;
        for row in self.cells.chunk_by(|a, b| a.0 == b.0) {
            for (index, (_, column, value)) in row.iter().enumerate() {
                if row.get(index + 1).is_some_and(|next| next.1 == *column) {
                    continue;
                }
                while grid.open_len() < *column as usize {
                    grid.push(Value::Empty);
                }
                grid.push(*value);
            }
            if grid.len() > MAX_CELLS {
                return Err(too_many_cells());
            }
            grid.end_row(row[0].0 + 1);
        }
        Ok((grid, self.merges))
    }
}

/// Hours and minutes, and seconds where there are any.
fn clock(days: f64) -> String {
    let seconds = (days * 86_400.0).round() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if seconds == 0 {
        format!("{hours:02}:{minutes:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    }
}
