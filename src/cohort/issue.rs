//! Problems are data: all of them at once, with spreadsheet coordinates.

use serde::Serialize;

use super::Endpoint;
use crate::table::FindingKind;

/// Something in the spreadsheet that a person should look at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Issue {
    /// How much it matters.
    pub severity: Severity,
    /// Sheet name; `None` for text files.
    pub sheet: Option<String>,
    /// Spreadsheet row (1-based), where it concerns one.
    pub row: Option<u32>,
    /// Heading of the column, where it concerns one.
    pub column: Option<String>,
    /// The text of the cell.
    pub value: Option<String>,
    /// What is wrong, and the facts that its sentence needs.
    pub kind: IssueKind,
}

/// How much an [`Issue`] matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing is left out.
    Note,
    /// The row is left out of an endpoint or analysis, and listed there.
    Warning,
    /// No result until it is settled.
    Error,
}

/// What is wrong. Each kind has its message `issue-…` in the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum IssueKind {
    /// Noticed while reading the file.
    Reading {
        /// What the reader noticed.
        finding: FindingKind,
    },
    /// A patient id that an earlier row has.
    DuplicatePatient {
        /// The earlier row.
        first_row: u32,
    },
    /// A row without a patient id.
    NoPatientId,
    /// The row is left out of an endpoint for want of a value.
    MissingValue {
        /// The endpoint.
        endpoint: Endpoint,
    },
    /// An end before its start, or a negative time.
    NegativeTime {
        /// The endpoint.
        endpoint: Endpoint,
        /// Text of the start date, or of the time.
        start: String,
    },
    /// A date after the data cut-off.
    AfterCutOff {
        /// The cut-off, as 2024-06-30.
        cut_off: String,
    },
    /// A death before the progression.
    DeathBeforeProgression {
        /// Date of progression, as text in the file.
        progression: String,
    },
    /// A last contact before the start.
    LastContactBeforeStart {
        /// Start date, as text in the file.
        start: String,
    },
    /// A date of last contact after the death.
    ContactAfterDeath {
        /// Date of death, as text in the file.
        death: String,
    },
    /// A text that is not one of the response codes.
    UnknownResponse,
    /// A text that the column's type does not admit.
    Unreadable,
    /// A correction that no longer finds its cell.
    CorrectionWithoutCell,
}
