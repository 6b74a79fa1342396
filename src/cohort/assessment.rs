//! Tumour assessments: a sheet with one row a visit, a sheet with one row a lesion and visit, or both.

use serde::{Deserialize, Serialize};

use super::StatusColumn;
use crate::table::TableName;

/// The sheet with one row a visit and what its columns mean.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AssessmentSheet {
    /// Which sheet.
    pub table: TableName,
    /// Patient id.
    pub patient: String,
    /// Date of the visit.
    pub date: String,
    /// Name of the visit.
    pub visit: Option<String>,
    /// Sum of the diameters of the target lesions, mm.
    pub sum: Option<String>,
    /// Response of the non-target lesions.
    pub non_target: Option<String>,
    /// Whether there was a new lesion.
    pub new_lesion: Option<StatusColumn>,
    /// Response of the visit as the investigator called it.
    pub response: Option<String>,
}

/// The sheet with one row a lesion and visit and what its columns mean.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LesionSheet {
    /// Which sheet.
    pub table: TableName,
    /// Patient id.
    pub patient: String,
    /// Date of the visit.
    pub date: String,
    /// Name of the visit.
    pub visit: Option<String>,
    /// Name of the lesion, the same at every visit.
    pub lesion: String,
    /// Organ that it is in.
    pub organ: Option<String>,
    /// Target, non-target or new; target when no column says.
    pub role: Option<String>,
    /// Whether it is a lymph node.
    pub nodal: Option<StatusColumn>,
    /// Longest diameter (short axis of a node), mm.
    pub diameter: Option<String>,
    /// What is said of it instead of a diameter: absent, too small to measure, not assessed, growth.
    pub state: Option<String>,
}
