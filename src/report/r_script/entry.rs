//! Delayed entries, in R.

use super::{Script, quote};
use crate::cohort::{Mapping, TimeRules, TimeUnit};

/// A column of entries.
pub(super) struct Entries<'a> {
    pub column: &'a str,
    pub is_date: bool,
    /// Unit of numbers; that of the times when `None`.
    pub unit: Option<TimeUnit>,
}

impl Script {
    /// The entries as `data$entry`, in `unit`.
    pub(super) fn entry(
        &mut self,
        entries: &Entries<'_>,
        unit: TimeUnit,
        rules: TimeRules,
        mapping: &Mapping,
    ) {
        if entries.is_date {
            self.entry_date(entries.column, unit, rules, mapping);
        } else {
            self.entry_number(entries.column, entries.unit, unit, rules);
        }
    }

    /// The numbers of a column as entries, in `unit`.
    fn entry_number(
        &mut self,
        column: &str,
        from: Option<TimeUnit>,
        unit: TimeUnit,
        rules: TimeRules,
    ) {
        let value = format!("as_number({})", quote(column));
        self.set(
            "data$entry",
            &in_unit(value, from.unwrap_or(unit), unit, rules),
        );
    }

    /// The dates of a column as entries, counted from the start.
    fn entry_date(&mut self, column: &str, unit: TimeUnit, rules: TimeRules, mapping: &Mapping) {
        self.date("start", &mapping.start);
        let day = format!("as_day({})", quote(column));
        let (from, value) = if rules.counts_calendar_months() {
            (TimeUnit::Months, format!("calendar_months(start, {day})"))
        } else {
            (TimeUnit::Days, format!("({day} - start)"))
        };
        self.set("data$entry", &in_unit(value, from, unit, rules));
    }
}

fn in_unit(value: String, from: TimeUnit, to: TimeUnit, rules: TimeRules) -> String {
    let days = |unit: TimeUnit| unit.days(rules.month);
    if from == to {
        value
    } else {
        format!("{value} * {} / {}", days(from), days(to))
    }
}
