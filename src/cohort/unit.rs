//! The unit of a column of times, by their size.

use super::TimeUnit;
use super::view::{Read, View};

/// Whole numbers beyond this are days: 400 months are 33 years, longer than a cohort is followed.
const MOST_MONTHS: f64 = 400.0;

/// The unit that the times themselves show, if any: large whole numbers are days.
pub(super) fn evident_unit(view: &View<'_>, rows: &[usize]) -> Option<TimeUnit> {
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
