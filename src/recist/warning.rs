//! What a person should look at in the assessments of a patient. Nothing is refused for it.

use chrono::NaiveDate;
use serde::Serialize;

use super::response::Response;

/// Something unusual in the assessments of a patient, and what was done about it. Lengths in mm.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Warning {
    /// The assessments were not in the order of their dates: they were sorted.
    OutOfOrder,
    /// An assessment before the baseline, or on the day of the start without a use as baseline: ignored.
    BeforeBaseline {
        /// Its date.
        date: NaiveDate,
    },
    /// No assessment can be the baseline: targets are not evaluable.
    NoBaseline,
    /// The last assessment before the start is too long before it to be the baseline.
    BaselineTooEarly {
        /// Its date.
        date: NaiveDate,
        /// How many days before the start.
        days: i64,
    },
    /// The baseline has no sum of targets, but later assessments have one: targets are not evaluable.
    NoBaselineSum {
        /// Date of the baseline.
        date: NaiveDate,
    },
    /// The baseline sum is 0: the patient counts as one without target lesions.
    BaselineSumZero {
        /// Date of the baseline.
        date: NaiveDate,
    },
    /// Two assessments on the date of the baseline: the smaller sum is the baseline.
    TwoBaselines {
        /// Their date.
        date: NaiveDate,
    },
    /// The same assessment twice: one of them counts.
    Duplicate {
        /// Its date.
        date: NaiveDate,
    },
    /// Two assessments on one date: the worse response counts.
    SameDate {
        /// Their date.
        date: NaiveDate,
        /// The response that counts.
        kept: Response,
        /// The one that does not.
        dropped: Response,
    },
    /// A size that is no length: it counts as not assessed.
    InvalidSize {
        /// Date of the assessment.
        date: NaiveDate,
        /// The lesion; `None` for a sum.
        lesion: Option<String>,
        /// The number; `None` if it is none.
        mm: Option<f64>,
    },
    /// A measurement of a lesion that is not listed: ignored.
    UnknownLesion {
        /// Date of the assessment.
        date: NaiveDate,
    },
    /// A lesion measured more than once at one assessment: the largest size counts.
    MeasuredTwice {
        /// Date of the assessment.
        date: NaiveDate,
        /// The lesion.
        lesion: String,
    },
    /// A target without a size at the baseline: it is left out of every sum.
    TargetNotAtBaseline {
        /// The lesion.
        lesion: String,
    },
    /// More than five target lesions.
    TooManyTargets {
        /// How many.
        targets: usize,
    },
    /// More than two target lesions in one organ.
    TooManyInOrgan {
        /// The organ.
        organ: String,
        /// How many.
        targets: usize,
    },
    /// More than two target nodes: all nodes count as one organ.
    TooManyNodes {
        /// How many.
        targets: usize,
    },
    /// A target below 10 mm at the baseline, a node below 15 mm.
    TargetTooSmall {
        /// The lesion.
        lesion: String,
        /// Its size.
        mm: f64,
        /// The smallest size of such a target.
        smallest: f64,
    },
    /// A non-target node below 10 mm at the baseline: such nodes are normal.
    NormalNode {
        /// The lesion.
        lesion: String,
        /// Its short axis.
        mm: f64,
    },
    /// PR, SD or non-CR/non-PD as entered after CR: disease that has come back after CR is PD.
    DiseaseAfterComplete {
        /// Date of the CR.
        complete: NaiveDate,
        /// Date of the later assessment.
        date: NaiveDate,
        /// Its response.
        response: Response,
    },
    /// The overall response as entered is not the computed one.
    Discrepancy {
        /// Date of the assessment.
        date: NaiveDate,
        /// As entered.
        investigator: Response,
        /// As computed.
        computed: Response,
    },
}
