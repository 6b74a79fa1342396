//! Columns of dates, whatever they are mapped to: when a patient came under observation.

use chrono::NaiveDate;
use serde::Serialize;

use super::endpoint::elapsed;
use super::view::{Read, View};
use super::{Cohort, CohortError, Mapping, TimeUnit};
use crate::table::{ColumnType, Table};

/// A column of dates.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DateColumn {
    /// Heading of the column.
    pub column: String,
    /// The date of every subject; `None` when missing or unreadable.
    pub values: Vec<Option<NaiveDate>>,
}

/// The columns whose cells are dates without doubt about their order, but for the start itself; of the subjects in
/// `rows`.
pub(super) fn dates(
    table: &Table,
    mapping: &Mapping,
    rows: &[usize],
) -> Result<Vec<DateColumn>, CohortError> {
    let dated =
        |column_type: &ColumnType| matches!(column_type, ColumnType::Date { order: Some(_) });
    let is_start = |heading: &String| mapping.start.as_ref() == Some(heading);
    (table.columns.iter())
        .filter(|column| dated(&column.column_type) && !is_start(&column.heading))
        .map(|column| {
            let view = View::new(table, mapping, &column.heading)?;
            let date = |&row: &usize| match view.date(row) {
                Read::Known(date) => Some(date),
                Read::Missing | Read::Unreadable => None,
            };
            Ok(DateColumn {
                column: column.heading.clone(),
                values: rows.iter().map(date).collect(),
            })
        })
        .collect()
}

impl Cohort {
    /// The columns of dates but for the start, where there is a start to count them from.
    pub fn dates(&self) -> &[DateColumn] {
        if self.starts.iter().any(Option::is_some) {
            &self.dates
        } else {
            &[]
        }
    }

    /// The column of dates of that heading.
    pub fn dated(&self, column: &str) -> Option<&DateColumn> {
        self.dates().iter().find(|dates| dates.column == column)
    }

    /// From the start to the date of every subject, and the unit of these times; negative where it is before the
    /// start, `None` without one of the two.
    ///
    /// **Conventions.** The first day is not counted, whether or not the times to events count it: who came on the
    /// first day was there from its beginning.
    pub fn since_start(&self, dates: &DateColumn) -> (TimeUnit, Vec<Option<f64>>) {
        let unit = if self.rules.counts_calendar_months() {
            TimeUnit::Months
        } else {
            TimeUnit::Days
        };
        let times = (self.starts.iter().zip(&dates.values))
            .map(|(start, date)| Some(elapsed((*start)?, (*date)?, self.rules)))
            .collect();
        (unit, times)
    }
}
