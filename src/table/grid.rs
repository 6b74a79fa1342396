//! The cells of one sheet, as they stand in the file, in as few bytes as they need.

use chrono::{Datelike, NaiveDate};

use super::Cell;

/// One stored cell. Texts lie in the arena of their [`Grid`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    Empty,
    Text(Span),
    Number(f64),
    Date(NaiveDate),
    Bool(bool),
}

/// A piece of the arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    start: u32,
    len: u32,
}

impl Span {
    /// `None` where the arena has outgrown 32-bit positions.
    pub fn new(start: usize, len: usize) -> Option<Self> {
        Some(Self {
            start: u32::try_from(start).ok()?,
            len: u32::try_from(len).ok()?,
        })
    }
}

/// A row that holds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GridRow {
    /// Spreadsheet row (1-based).
    pub number: u32,
    start: u32,
}

/// Rows of cells, ragged, blank rows left out; the first cell of a row is that of column A.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Grid {
    arena: String,
    cells: Vec<Value>,
    rows: Vec<GridRow>,
    open: usize,
}

impl Grid {
    pub fn arena(&self) -> &str {
        &self.arena
    }

    /// Adds a text to the arena; `None` where it has outgrown 32-bit positions.
    pub fn store(&mut self, text: &str) -> Option<Span> {
        let span = Span::new(self.arena.len(), text.len())?;
        self.arena.push_str(text);
        Some(span)
    }

    /// Appends a cell to the row in the making.
    #[inline]
    pub fn push(&mut self, value: Value) {
        self.cells.push(value);
    }

    /// How many cells the row in the making has.
    pub fn open_len(&self) -> usize {
        self.cells.len() - self.open
    }

    /// Ends the row in the making; a row without values leaves no trace.
    pub fn end_row(&mut self, number: u32) {
        let used = self.cells[self.open..]
            .iter()
            .rposition(|value| *value != Value::Empty);
        match used {
            Some(last) => {
                self.cells.truncate(self.open + last + 1);
                self.rows.push(GridRow {
                    number,
                    start: self.open as u32,
                });
            }
            None => self.cells.truncate(self.open),
        }
        self.open = self.cells.len();
    }

    /// All cells, for limits.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    pub fn rows(&self) -> &[GridRow] {
        &self.rows
    }

    /// The cells of row `index` of [`Grid::rows`].
    #[inline]
    pub fn row(&self, index: usize) -> &[Value] {
        let start = self.rows[index].start as usize;
        let end = self
            .rows
            .get(index + 1)
            .map_or(self.cells.len(), |next| next.start as usize);
        &self.cells[start..end]
    }

    /// The cell of row `index` in column `column`; empty beyond the end of the row.
    #[inline]
    pub fn value(&self, index: usize, column: usize) -> Value {
        self.row(index).get(column).copied().unwrap_or(Value::Empty)
    }

    #[inline]
    pub fn text(&self, span: Span) -> &str {
        let start = span.start as usize;
        self.arena
            .get(start..start + span.len as usize)
            .unwrap_or_default()
    }

    /// Whether two stored cells hold the same.
    #[inline]
    pub fn same(&self, a: Value, b: Value) -> bool {
        match (a, b) {
            (Value::Text(a), Value::Text(b)) => {
                a == b || (a.len == b.len && self.text(a) == self.text(b))
            }
            _ => a == b,
        }
    }

    /// A hash of what a cell holds: its length and up to 16 bytes from its ends.
    #[inline]
    pub fn hash(&self, value: Value) -> u32 {
        let mix = |seed: u64, word: u64| {
            (seed ^ word)
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .rotate_left(29)
        };
        let word = |bytes: &[u8]| {
            bytes
                .iter()
                .fold(0_u64, |word, byte| word << 8 | u64::from(*byte))
        };
        let hash = match value {
            Value::Empty => 0,
            Value::Text(span) => {
                let bytes = self.text(span).as_bytes();
                let head = &bytes[..bytes.len().min(8)];
                let tail = &bytes[bytes.len().saturating_sub(8)..];
                mix(mix(bytes.len() as u64, word(head)), word(tail))
            }
            Value::Number(number) => mix(1, number.to_bits()),
            Value::Date(date) => mix(2, date.num_days_from_ce() as u64),
            Value::Bool(value) => mix(3, u64::from(value)),
        };
        (hash >> 32) as u32
    }

    /// A stored cell as others see it.
    #[inline]
    pub fn cell(&self, value: Value) -> Cell<'_> {
        match value {
            Value::Empty => Cell::Empty,
            Value::Text(span) => Cell::Text(self.text(span)),
            Value::Number(number) => Cell::Number(number),
            Value::Date(date) => Cell::Date(date),
            Value::Bool(value) => Cell::Bool(value),
        }
    }
}
