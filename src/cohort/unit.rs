//! The unit of a column of times: by its name, or by their size.

use super::TimeUnit;
use super::heading::Heading;
use super::view::{Read, View};
use crate::table::Column;

/// The unit that the heading of a column names, or the row of units below it.
pub(super) fn named_unit(column: &Column) -> Option<TimeUnit> {
    let below = || Heading::new(column.unit.as_deref()?).unit();
    Heading::new(&column.heading).unit().or_else(below)
}

/// The unit that a column names, else the one that its times show.
pub(super) fn suggested_unit(view: &View<'_>, rows: &[usize]) -> Option<TimeUnit> {
    named_unit(view.column).or_else(|| evident_unit(view, rows))
}

/// Whole numbers beyond this are days: 400 months are 33 years, longer than a cohort is followed.
const MOST_MONTHS: f64 = 400.0;

/// The unit that the times themselves show, if any: large whole numbers are days.
fn evident_unit(view: &View<'_>, rows: &[usize]) -> Option<TimeUnit> {
    let mut largest = 0.0_f64;
    for &row in rows {
        if let Read::Known(time) = view.number(row) {
            if time.fract() != 0.0 {
                return None;
            }
            largest = largest.max(time);
        }
    }
    (largest > MOST_MONTHS).then_some(TimeUnit::Days)
}
