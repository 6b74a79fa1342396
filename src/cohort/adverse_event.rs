//! Adverse events, one row each.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::StatusColumn;
use crate::table::TableName;

/// The sheet of adverse events and what its columns mean.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AdverseEventSheet {
    /// Which sheet.
    pub table: TableName,
    /// Patient id.
    pub patient: String,
    /// Term of the event.
    pub term: String,
    /// System organ class.
    pub system: Option<String>,
    /// CTCAE grade, 1 to 5.
    pub grade: Option<String>,
    /// Whether it was related to treatment.
    pub related: Option<StatusColumn>,
    /// Whether it was serious.
    pub serious: Option<StatusColumn>,
    /// Whether treatment was discontinued for it.
    pub discontinued: Option<StatusColumn>,
    /// Whether a dose was changed or interrupted for it.
    pub dose_changed: Option<StatusColumn>,
    /// Whether it led to death.
    pub fatal: Option<StatusColumn>,
    /// Date of onset.
    pub start: Option<String>,
    /// Date of resolution.
    pub end: Option<String>,
}

/// An adverse event of one patient. Yes and no are `None` where missing or not mapped.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AdverseEvent {
    /// Spreadsheet row (1-based).
    pub row: u32,
    /// Term, as written.
    pub term: String,
    /// System organ class.
    pub system: Option<String>,
    /// CTCAE grade, 1 to 5.
    pub grade: Option<u8>,
    /// Related to treatment.
    pub related: Option<bool>,
    /// Serious.
    pub serious: Option<bool>,
    /// Treatment discontinued.
    pub discontinued: Option<bool>,
    /// A dose changed or interrupted.
    pub dose_changed: Option<bool>,
    /// Led to death.
    pub fatal: Option<bool>,
    /// Onset.
    pub start: Option<NaiveDate>,
    /// Resolution.
    pub end: Option<NaiveDate>,
}
