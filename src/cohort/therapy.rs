//! Lines and phases of therapy, one row each.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::StatusColumn;
use super::heading::plain;
use crate::table::TableName;

/// The sheet of therapies and what its columns mean.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TherapySheet {
    /// Which sheet.
    pub table: TableName,
    /// Patient id.
    pub patient: String,
    /// What was given.
    pub name: Option<String>,
    /// Line or phase.
    pub line: Option<String>,
    /// First day.
    pub start: String,
    /// Last day; empty while it goes on.
    pub end: Option<String>,
    /// Whether it is a new anticancer therapy after the one that is studied.
    pub subsequent: Option<StatusColumn>,
}

/// A therapy of one patient.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Therapy {
    /// Spreadsheet row (1-based).
    pub row: u32,
    /// What was given.
    pub name: Option<String>,
    /// Line or phase.
    pub line: Option<String>,
    /// First day.
    pub start: NaiveDate,
    /// Last day; `None` while it goes on.
    pub end: Option<NaiveDate>,
    /// A new anticancer therapy after the one that is studied; `None` where nothing says so.
    pub subsequent: Option<bool>,
    /// Whether it is part of the treatment that is studied.
    pub studied: bool,
}

/// Tells the treatment that is studied, of one patient, from earlier and later lines: what is said to be subsequent is
/// none; where lines are numbered or named, only that of the therapy begun nearest to the start is; and nothing that
/// began with the new anticancer therapy or after it, unless it is said not to be subsequent.
pub(super) fn tell_studied(
    therapies: &mut [Therapy],
    start: Option<NaiveDate>,
    new_therapy: Option<NaiveDate>,
) {
    let numbered = therapies
        .iter()
        .filter(|therapy| therapy.subsequent != Some(true) && line_of(therapy).is_some());
    let line = numbered
        .min_by_key(|therapy| start.map_or(0, |start| (therapy.start - start).num_days().abs()))
        .and_then(line_of);
    for therapy in therapies {
        let of_line = match (line_of(therapy), &line) {
            (Some(own), Some(line)) => own == *line,
            (None, _) | (_, None) => true,
        };
        therapy.studied = match therapy.subsequent {
            Some(subsequent) => !subsequent,
            None => of_line && new_therapy.is_none_or(|on| therapy.start < on),
        };
    }
}

/// The line of a therapy, by its number or name; `None` for a phase, which is none.
fn line_of(therapy: &Therapy) -> Option<String> {
    let text = plain(therapy.line.as_deref()?);
    let (digits, rest): (String, String) = (text.chars())
        .filter(|c| c.is_alphanumeric())
        .partition(char::is_ascii_digit);
    let is_named = ["line", "linie", "ligne", "linea", "línea", "线", "線"];
    let is_line = is_named.iter().any(|word| rest.contains(word));
    match (digits.is_empty(), is_line || rest == "l" || rest.is_empty()) {
        (false, true) => Some(digits),
        (true, true) if is_line => Some(rest),
        (true | false, _) => None,
    }
}

/// The end of the treatment that is studied; `None` while a phase of it goes on.
pub(super) fn end_of_treatment(therapies: &[Therapy]) -> Option<NaiveDate> {
    let studied = therapies.iter().filter(|therapy| therapy.studied);
    let ends: Option<Vec<NaiveDate>> = studied.map(|therapy| therapy.end).collect();
    ends?.into_iter().max()
}
