//! How one column would be read, for a person who chooses it for a role.

use std::collections::BTreeMap;

use serde::Serialize;

use super::look::Look;
use super::{event_values, response_code};
use crate::cohort::{BestResponse, Mapping, TimeUnit, unit, view::View};
use crate::table::Table;

/// What a column's heading and values say by themselves.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Suggestion {
    /// The values that mean the event, if it were an event column; empty where they do not say.
    pub event_values: Vec<String>,
    /// The unit, if they were times.
    pub unit: TimeUnit,
    /// What the texts mean, if they were best responses.
    pub codes: BTreeMap<String, BestResponse>,
}

/// A response column has no more different texts than this.
const MOST_RESPONSES: usize = 30;

/// How the column of that heading would be read; nothing when there is none.
pub fn suggest(table: &Table, heading: &str) -> Suggestion {
    let Some(column) = table.column(heading) else {
        return Suggestion::default();
    };
    let look = Look::new(table, column);
    let evident = || {
        let nothing = Mapping::default();
        let view = View::new(table, &nothing, heading).ok()?;
        let rows: Vec<usize> = (0..table.rows.len()).collect();
        unit::evident_unit(&view, &rows)
    };
    Suggestion {
        event_values: event_values(table, &look, None).unwrap_or_default(),
        unit: (look.words.unit())
            .or_else(|| look.is_number().then(evident).flatten())
            .unwrap_or_default(),
        codes: (look.distinct(MOST_RESPONSES).unwrap_or_default().iter())
            .filter_map(|text| Some((text.to_string(), response_code(text)?)))
            .collect(),
    }
}
