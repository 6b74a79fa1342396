//! What the assessments of a patient say, by RECIST 1.1 and iRECIST.

use serde::{Deserialize, Serialize};

use crate::recist::{Assessment, History, Preset};

/// The assessments of one patient and what they come to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tumour {
    /// Lesions and visits as read.
    pub history: History,
    /// Responses, with their reasons.
    pub assessment: Assessment,
}

/// The rules of censoring of endpoints with progression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Censoring {
    /// Which rules; FDA-style where assessments are mapped, else plain, when `None`.
    pub preset: Option<Preset>,
    /// Longer than so many days without an adequate assessment is a gap (FDA-style).
    pub gap_days: u32,
    /// Whether clinical progression counts as progression (EMA-style and plain).
    pub clinical_progression: bool,
}

impl Default for Censoring {
    /// A gap of 14 weeks.
    fn default() -> Self {
        Self {
            preset: None,
            gap_days: 98,
            clinical_progression: false,
        }
    }
}
