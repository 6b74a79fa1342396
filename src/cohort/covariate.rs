//! A column of measurements into the number of every subject.

use serde::Serialize;

use super::view::{Read, View};
use crate::table::ColumnType;

/// A column of measurements that stood at the start: age, LDH, tumour size.
///
/// The same column can be a [`Factor`](super::Factor) too, when it is mapped to both.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NumericColumn {
    /// Heading of the column.
    pub column: String,
    /// The unit in the row below the headings, where the file has one.
    pub unit: Option<String>,
    /// The number of every subject, finite; `None` when missing or unreadable.
    pub values: Vec<Option<f64>>,
}

/// Whether the column holds numbers: at least half of its values in `rows` can be read as one.
pub(super) fn holds_numbers(view: &View<'_>, rows: &[usize]) -> bool {
    if matches!(view.column.column_type, ColumnType::Date { .. }) {
        return false;
    }
    let (mut known, mut unreadable) = (0, 0);
    for &row in rows {
        match view.number(row) {
            Read::Known(_) => known += 1,
            Read::Unreadable => unreadable += 1,
            Read::Missing => {}
        }
    }
    known >= unreadable
}

/// The numbers of the subjects in `rows`, and the rows that hold something else.
pub(super) fn numbers(view: &View<'_>, rows: &[usize]) -> (NumericColumn, Vec<usize>) {
    let mut unreadable = Vec::new();
    let values = (rows.iter())
        .map(|&row| match view.number(row) {
            Read::Known(number) => Some(number),
            Read::Missing => None,
            Read::Unreadable => {
                unreadable.push(row);
                None
            }
        })
        .collect();
    let numbers = NumericColumn {
        column: view.column.heading.clone(),
        unit: view.column.unit.clone(),
        values,
    };
    (numbers, unreadable)
}
