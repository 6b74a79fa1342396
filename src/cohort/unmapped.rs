//! Columns without a role among groups, counts and measurements: a table of the patients can describe them.

use std::borrow::Cow;
use std::collections::HashSet;

use super::covariate;
use super::factor::factor;
use super::view::View;
use super::{CohortError, Factor, Grouping, Mapping, NumericColumn};
use crate::table::{ColumnType, Table};

/// More values than this are no categories.
const MOST_LEVELS: usize = 30;

/// The columns that are mapped to no group, count or measurement, as they can be described. One of few
/// numbers is in both.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Unmapped {
    /// As categories: of at most 30 values.
    pub factors: Vec<Factor>,
    /// As numbers.
    pub numbers: Vec<NumericColumn>,
}

/// What the columns without such a role hold; dates and free text are nothing to describe.
pub(super) fn unmapped(
    table: &Table,
    mapping: &Mapping,
    rows: &[usize],
) -> Result<Unmapped, CohortError> {
    let groupings = mapping.groups.iter().chain(&mapping.counted);
    let mapped: HashSet<&str> = (groupings.map(|grouping| grouping.column.as_str()))
        .chain(mapping.covariates.iter().map(String::as_str))
        .chain(mapping.patient.as_deref())
        .collect();
    let mut found = Unmapped::default();
    let free = |heading: &str| !mapped.contains(heading);
    for column in table.columns.iter().filter(|column| free(&column.heading)) {
        let numeric = match column.column_type {
            ColumnType::Number => true,
            ColumnType::YesNo | ColumnType::Category => false,
            ColumnType::Date { .. } | ColumnType::Text | ColumnType::Empty => continue,
        };
        let view = View::new(table, mapping, &column.heading)?;
        if numeric {
            found.numbers.push(covariate::numbers(&view, rows).0);
        }
        if has_few_values(&view, rows) {
            let grouping = Grouping {
                column: column.heading.clone(),
                ..Grouping::default()
            };
            found.factors.push(factor(&view, &grouping, rows));
        }
    }
    Ok(found)
}

fn has_few_values(view: &View<'_>, rows: &[usize]) -> bool {
    let mut texts: HashSet<Cow<'_, str>> = HashSet::new();
    for &row in rows {
        if !view.is_missing(row) && texts.insert(view.text(row)) && texts.len() > MOST_LEVELS {
            return false;
        }
    }
    !texts.is_empty()
}
