//! Endpoints from dates: the dates of a patient, the rules to choose from, and what a patient contributes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Assessment, Baseline};

/// An endpoint of one patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeEndpoint {
    /// Overall survival: start to death.
    Os,
    /// Progression-free survival: start to the first of progression and death.
    Pfs,
    /// The same with the progression that counts by iRECIST.
    Ipfs,
    /// Time to progression: deaths without it are censored.
    Ttp,
    /// Time to response, of responders.
    Ttr,
    /// Duration of response, of responders: response to the end of PFS.
    Dor,
    /// Duration of response by iRECIST: to the end of iPFS.
    Idor,
    /// Start to the progression on the next therapy, or death.
    Pfs2,
    /// Start to the end of treatment for any reason, death included.
    TimeOnTreatment,
}

/// The rules of censoring for endpoints with progression. The others have only one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// New therapy and missed assessments censor at the last adequate assessment before them.
    Fda,
    /// New therapy and missed assessments are ignored.
    Ema,
    /// First of progression and death, else last contact: for data without dates of assessment.
    Plain,
}

impl Preset {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Fda, Self::Ema, Self::Plain];

    /// The name of the rules in data.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fda => "fda",
            Self::Ema => "ema",
            Self::Plain => "plain",
        }
    }
}

/// The settings of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", default)]
pub struct EndpointSettings {
    /// The rules of censoring.
    pub preset: Preset,
    /// Longer than so many days without an adequate assessment is a gap (FDA-style).
    pub gap_days: u32,
    /// Whether clinical progression counts as progression (EMA-style and plain).
    pub clinical_progression: bool,
    /// Whether the first day counts: end − start + 1.
    pub count_first_day: bool,
    /// Data cut-off: what lies after it has not happened yet.
    pub cut_off: Option<NaiveDate>,
}

impl Default for EndpointSettings {
    /// FDA-style with a gap of 14 weeks: two assessments missed every six weeks, with a window of one
    /// week each.
    fn default() -> Self {
        Self {
            preset: Preset::Fda,
            gap_days: 98,
            clinical_progression: false,
            count_first_day: false,
            cut_off: None,
        }
    }
}

/// The dates of one patient.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// Start of treatment, or randomisation.
    pub start: NaiveDate,
    /// First documented progression.
    pub progression: Option<NaiveDate>,
    /// Progression that counts by iRECIST.
    pub ipfs_progression: Option<NaiveDate>,
    /// Progression that was not documented by an assessment.
    pub clinical_progression: Option<NaiveDate>,
    /// Progression on the next therapy.
    pub second_progression: Option<NaiveDate>,
    /// Death from any cause.
    pub death: Option<NaiveDate>,
    /// Last date known alive.
    pub last_contact: Option<NaiveDate>,
    /// Start of a new anticancer therapy.
    pub new_therapy: Option<NaiveDate>,
    /// End of treatment; `None` while it goes on.
    pub treatment_end: Option<NaiveDate>,
    /// First CR or PR.
    pub response: Option<NaiveDate>,
    /// First iCR or iPR.
    pub iresponse: Option<NaiveDate>,
    /// Dates of the assessments that say something, in order; `None` if no assessments are known.
    pub adequate: Option<Vec<NaiveDate>>,
    /// Whether the patient is known to have no baseline that can be compared with.
    pub no_baseline: bool,
}

impl Course {
    /// A patient of whom nothing but the start is known.
    pub fn from_start(start: NaiveDate) -> Self {
        Self {
            start,
            progression: None,
            ipfs_progression: None,
            clinical_progression: None,
            second_progression: None,
            death: None,
            last_contact: None,
            new_therapy: None,
            treatment_end: None,
            response: None,
            iresponse: None,
            adequate: None,
            no_baseline: false,
        }
    }

    /// The same patient with what the assessments say. A baseline that is not recorded counts as adequate.
    pub fn with(self, assessment: &Assessment) -> Self {
        Self {
            progression: assessment.progression,
            ipfs_progression: assessment.ipfs_date,
            response: assessment.first_response,
            iresponse: assessment.first_iresponse,
            adequate: Some(assessment.adequate_dates()),
            no_baseline: assessment.baseline == Baseline::Missing,
            ..self
        }
    }
}

/// What one patient contributes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Contribution {
    /// What the time is counted from.
    pub start: NaiveDate,
    /// What it is counted to.
    pub end: NaiveDate,
    /// Time in days.
    pub days: i64,
    /// Whether it ends with the event.
    pub event: bool,
    /// The row of the rules that decided.
    pub reason: EndReason,
}

/// The row of the rules that decided, with its dates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum EndReason {
    /// No adequate baseline: censored at the start.
    NoBaseline,
    /// No assessment after the baseline: censored at the start.
    NoAssessment,
    /// No progression, no death: censored at the last adequate assessment.
    LastAssessment,
    /// New therapy before progression or death: censored at the last adequate assessment up to it, else
    /// at the start.
    NewTherapy {
        /// When it began.
        on: NaiveDate,
    },
    /// Progression or death after missed assessments: censored at the last adequate one before them, else
    /// at the start.
    Gap {
        /// Date of the progression or death.
        event: NaiveDate,
        /// Days without an adequate assessment.
        days: i64,
    },
    /// Documented progression.
    Progressed,
    /// Clinical progression.
    ClinicallyProgressed,
    /// Progression on the next therapy.
    SecondProgression,
    /// Death.
    Died,
    /// Death without progression, which does not count: censored.
    DiedWithoutProgression {
        /// When.
        on: NaiveDate,
    },
    /// Censored at the last contact.
    LastContact,
    /// Censored at the data cut-off.
    CutOff,
    /// Response.
    Responded,
    /// Treatment ended.
    TreatmentEnded,
    /// An event of the person's own definition.
    Event {
        /// Place in the definition.
        place: usize,
    },
    /// Censored by a date of the person's own definition.
    Censored {
        /// Place in the definition.
        place: usize,
    },
}

/// Why a patient cannot contribute: dates that contradict each other, or are missing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Problem {
    /// The start is after the data cut-off.
    StartAfterCutOff {
        /// The start.
        start: NaiveDate,
        /// The cut-off.
        cut_off: NaiveDate,
    },
    /// A date before the start.
    BeforeStart {
        /// What it ends.
        end: End,
        /// The date.
        on: NaiveDate,
        /// The start.
        start: NaiveDate,
    },
    /// A death before the progression.
    DeathBeforeProgression {
        /// Date of death.
        death: NaiveDate,
        /// Date of progression.
        progression: NaiveDate,
    },
    /// A progression on the next therapy before the first progression.
    SecondBeforeFirst {
        /// Date of the second.
        second: NaiveDate,
        /// Date of the first.
        first: NaiveDate,
    },
    /// No event, and no date at which the patient was last seen.
    NoLastContact,
    /// The rules need dates of assessment, and none are known.
    NoAssessmentDates,
    /// The response is later than the end of PFS, as when a new therapy came first.
    ResponseAfterEnd {
        /// Date of response.
        response: NaiveDate,
        /// End of PFS.
        end: NaiveDate,
    },
}

/// What a date ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// Progression.
    Progression,
    /// Progression on the next therapy.
    SecondProgression,
    /// Death.
    Death,
    /// Last contact.
    LastContact,
    /// New anticancer therapy.
    NewTherapy,
    /// Treatment.
    Treatment,
    /// Response.
    Response,
    /// An assessment.
    Assessment,
    /// A date of the person's own definition.
    Own,
}
