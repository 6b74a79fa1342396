//! Lines and phases of therapy, one row each.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::StatusColumn;
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
}

impl Therapy {
    /// Whether it belongs to the treatment that is studied: whatever is not said to be a subsequent one.
    pub(crate) fn is_studied(&self) -> bool {
        self.subsequent != Some(true)
    }
}

/// The end of the treatment that is studied; `None` while a phase of it goes on.
pub(super) fn end_of_treatment(therapies: &[Therapy]) -> Option<NaiveDate> {
    let studied = therapies.iter().filter(|therapy| therapy.is_studied());
    let ends: Option<Vec<NaiveDate>> = studied.map(|therapy| therapy.end).collect();
    ends?.into_iter().max()
}
