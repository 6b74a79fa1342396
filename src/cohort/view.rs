//! A column with the person's corrections laid over it.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::{CohortError, Mapping, coding};
use crate::table::{Cell, Column, ColumnType, Table};

/// A value that an endpoint needs from one cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Read<T> {
    /// Nothing, or a missing code.
    Missing,
    /// A text that the column's type does not admit.
    Unreadable,
    /// The value.
    Known(T),
}

/// A column as corrected. Typed text is read as the column's own texts are.
pub(super) struct View<'a> {
    pub column: &'a Column,
    typed: HashMap<usize, &'a str>,
    /// Whether a word for "it did not happen" is an empty cell.
    of_event: bool,
}

impl<'a> View<'a> {
    /// The column of that heading with the corrections that concern it; the last one of a cell counts.
    pub fn new(table: &'a Table, mapping: &'a Mapping, heading: &str) -> Result<Self, CohortError> {
        let column = table
            .column(heading)
            .ok_or_else(|| CohortError::NoSuchColumn {
                column: heading.to_owned(),
            })?;
        let from = column.joined_from.as_deref();
        let own = from.map_or(heading, |from| &from.heading);
        let name = from.map_or(table.name.as_ref(), |from| Some(&from.table));
        let typed = mapping
            .corrections
            .iter()
            .filter(|correction| correction.column == own && correction.table.as_ref() == name)
            .filter_map(|correction| {
                let row = match from {
                    None => table.rows.binary_search(&correction.row).ok()?,
                    Some(_) => (0..table.rows.len())
                        .find(|&row| column.sheet_row(row) == Some(correction.row))?,
                };
                Some((row, correction.value.trim()))
            })
            .collect();
        Ok(Self {
            column,
            typed,
            of_event: false,
        })
    }

    /// The same of the dates of an event: `未死亡` or `alive` instead of a date is none.
    pub fn of_event(self) -> Self {
        Self {
            of_event: matches!(self.column.column_type, ColumnType::Date { .. }),
            ..self
        }
    }

    /// Whether the cell says in a word that the event did not happen.
    pub fn denies(&self, row: usize) -> bool {
        self.of_event
            && !self.is_empty(row)
            && match self.typed(row) {
                Some(text) => self.column.parse_date(text).is_none() && coding::says_no_event(text),
                None => {
                    self.column.date(row).is_none() && coding::says_no_event(&self.column.text(row))
                }
            }
    }

    fn typed(&self, row: usize) -> Option<&'a str> {
        if self.typed.is_empty() {
            return None;
        }
        self.typed.get(&row).copied()
    }

    pub fn text(&self, row: usize) -> Cow<'a, str> {
        match self.typed(row) {
            Some(text) => Cow::Borrowed(text),
            None => self.column.text(row),
        }
    }

    /// Whether there is nothing in the cell, not even a missing code.
    pub fn is_blank(&self, row: usize) -> bool {
        match self.typed(row) {
            Some(text) => text.is_empty(),
            None => self.column.cell(row) == Cell::Empty,
        }
    }

    pub fn is_missing(&self, row: usize) -> bool {
        self.is_empty(row) || self.denies(row)
    }

    fn is_empty(&self, row: usize) -> bool {
        match self.typed(row) {
            Some(text) => self.column.is_missing_text(text),
            None => self.column.is_missing(row),
        }
    }

    /// Whether only one row in five has a value, or a single one.
    pub fn is_hardly_filled(&self, rows: &[usize]) -> bool {
        let filled = rows.iter().filter(|&&row| !self.is_missing(row)).count();
        filled == 1 || 5 * filled <= rows.len()
    }

    pub fn number(&self, row: usize) -> Read<f64> {
        let value = match self.typed(row) {
            Some(text) => self.column.parse_number(text),
            None => self.column.number(row),
        };
        self.read(row, value.filter(|number| number.is_finite()))
    }

    pub fn date(&self, row: usize) -> Read<NaiveDate> {
        let value = match self.typed(row) {
            Some(text) => self.column.parse_date(text),
            None => self.column.date(row),
        };
        self.read(row, value)
    }

    fn read<T>(&self, row: usize, value: Option<T>) -> Read<T> {
        match value {
            Some(value) => Read::Known(value),
            None if self.is_missing(row) => Read::Missing,
            None => Read::Unreadable,
        }
    }
}
