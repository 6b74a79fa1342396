//! Weights and delayed entries, in R.

use super::{Script, quote};
use crate::cohort::{Mapping, TimeRules, TimeUnit};

/// The columns of weights and of entries.
pub(super) struct Cases<'a> {
    pub weights: &'a Option<String>,
    pub entry: &'a Option<String>,
    /// Unit of numbers; that of the times when `None`.
    pub entry_unit: Option<TimeUnit>,
    pub entry_is_date: bool,
}

impl Script {
    /// The weights under `name`, and the entries as `data$entry`, in `unit`.
    pub(super) fn cases(
        &mut self,
        cases: &Cases<'_>,
        name: &str,
        unit: TimeUnit,
        rules: TimeRules,
        mapping: &Mapping,
    ) {
        if let Some(weights) = cases.weights {
            let value = format!("as_number({})", quote(weights));
            self.set(&format!("data${name}"), &value);
        }
        match cases.entry {
            Some(column) if cases.entry_is_date => self.entry_date(column, unit, rules, mapping),
            Some(column) => self.entry_number(column, cases.entry_unit, unit, rules),
            None => {}
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
