//! A [`Table`](crate::table::Table) and a [`Mapping`] into a validated [`Cohort`] and its [`Issue`]s.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::recist;

mod adverse_event;
mod answers;
mod as_read;
mod assessment;
mod build;
mod coding;
mod competing;
mod covariate;
mod dated;
mod endpoint;
mod factor;
mod guess;
mod heading;
mod ids;
mod issue;
mod joined;
mod mapping;
mod other_rules;
mod own;
mod progression;
mod records;
mod response;
mod start;
mod therapy;
mod tumour;
mod unit;
mod unmapped;
mod view;
mod wide;

pub use adverse_event::*;
pub use as_read::*;
pub use assessment::*;
pub use build::{build, build_workbook};
pub use competing::{Cause, CauseCodes, CauseValue, CompetingData, DerivedCause, TimeAndCause};
pub use covariate::NumericColumn;
pub use dated::DateColumn;
pub use guess::{
    Proposal, Suggestion, guess, guess_workbook, propose, suggest, table_of_patients, wide_sheets,
};
pub use ids::IdMatching;
pub use issue::*;
pub use joined::{JoinedColumn, JoinedSheet, joined_columns, patients_table};
pub use mapping::*;
pub use own::*;
pub use records::{RecordHolds, RecordKind, RecordRole, RecordRoleKind};
pub use start::StartEvent;
pub use therapy::*;
pub use tumour::*;
pub use unmapped::Unmapped;
pub use wide::WidePart;

pub use crate::recist::BestResponse;

/// The patients that can be analysed. If you hold one, it is valid: only [`build`] makes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cohort {
    pub(crate) subjects: Vec<Subject>,
    pub(crate) endpoints: Vec<EndpointData>,
    pub(crate) competing: Option<CompetingData>,
    pub(crate) factors: Vec<Factor>,
    pub(crate) counted: Vec<Factor>,
    pub(crate) covariates: Vec<NumericColumn>,
    #[serde(skip)]
    pub(crate) unmapped: Unmapped,
    pub(crate) responses: Option<Vec<BestResponse>>,
    pub(crate) responses_entered: bool,
    pub(crate) adverse_events: Option<AdverseEvents>,
    pub(crate) therapies: Option<Vec<Vec<Therapy>>>,
    pub(crate) starts: Vec<Option<NaiveDate>>,
    /// Every column of dates but the start, mapped or not.
    #[serde(skip)]
    pub(crate) dates: Vec<DateColumn>,
    pub(crate) tumours: Option<Vec<Option<Tumour>>>,
    /// What endpoints by the rules of censoring rest on; `None` without assessments.
    #[serde(skip)]
    pub(crate) courses: Option<other_rules::Courses>,
    pub(crate) recist: recist::Settings,
    pub(crate) codings: Vec<EventCoding>,
    pub(crate) left_out: Vec<Subject>,
    /// Every heading, in the order of the sheet.
    #[serde(skip)]
    pub(crate) headings: Vec<String>,
    pub(crate) rules: TimeRules,
}

/// Who a row is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Subject {
    /// The patient id as text; `None` when none is given or no column is mapped to it.
    pub id: Option<String>,
    /// Spreadsheet row (1-based).
    pub row: u32,
}

/// A time-to-event endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// Progression-free survival.
    Pfs,
    /// Overall survival.
    Os,
    /// Event-free survival: until the first of the events of a column of causes.
    Efs,
    /// Progression-free survival with the progression that counts by iRECIST.
    Ipfs,
    /// Time to progression: deaths without it are censored.
    Ttp,
    /// Time to response, of responders.
    Ttr,
    /// Duration of response, of responders.
    Dor,
    /// Duration of response by iRECIST.
    Idor,
    /// From the start to the progression on the next therapy, or death.
    Pfs2,
    /// Time on treatment.
    TimeOnTreatment,
    /// One of the person's own, by its name.
    #[serde(untagged)]
    Own(OwnName),
}

impl Endpoint {
    /// Those that are derived by rule.
    pub const BUILT_IN: [Endpoint; 10] = [
        Endpoint::Pfs,
        Endpoint::Os,
        Endpoint::Efs,
        Endpoint::Ipfs,
        Endpoint::Ttp,
        Endpoint::Ttr,
        Endpoint::Dor,
        Endpoint::Idor,
        Endpoint::Pfs2,
        Endpoint::TimeOnTreatment,
    ];

    /// What the wire and the message ids call it; for one of the person's own, its name.
    pub fn code(self) -> &'static str {
        match self {
            Endpoint::Pfs => "pfs",
            Endpoint::Os => "os",
            Endpoint::Efs => "efs",
            Endpoint::Ipfs => "ipfs",
            Endpoint::Ttp => "ttp",
            Endpoint::Ttr => "ttr",
            Endpoint::Dor => "dor",
            Endpoint::Idor => "idor",
            Endpoint::Pfs2 => "pfs2",
            Endpoint::TimeOnTreatment => "time_on_treatment",
            Endpoint::Own(name) => name.as_str(),
        }
    }
}

/// One endpoint for every subject, in the order of the subjects.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EndpointData {
    /// Which endpoint.
    pub endpoint: Endpoint,
    /// Unit of every `time` below: days (or calendar months) when derived from dates, else the unit of
    /// the column.
    pub unit: TimeUnit,
    /// Where the times come from.
    pub origin: EndpointOrigin,
    /// Whether the columns that it comes from say who died; of ready-made times that is taken for
    /// granted unless their headings speak of progression only.
    pub deaths_known: bool,
    /// What each subject contributes.
    pub derived: Vec<Derived>,
}

/// Where the times of an endpoint come from.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EndpointOrigin {
    /// A column of times.
    Times,
    /// A start date, and a column of the dates on which follow-up ended.
    EndDates {
        /// What the times begin with.
        start: StartEvent,
    },
    /// Those dates and the assessments, by the rules of censoring.
    Rules {
        /// What the times begin with.
        start: StartEvent,
        /// Which rules.
        preset: recist::Preset,
        /// Longer than so many days without an adequate assessment is a gap (FDA-style).
        gap_days: u32,
        /// Whether clinical progression counts as progression (EMA-style and plain).
        clinical_progression: bool,
        /// Whether the start of a new anticancer therapy is recorded of anybody.
        new_therapy: bool,
    },
    /// The dates of start, progression, death and last contact.
    Course {
        /// What the times begin with.
        start: StartEvent,
    },
    /// The dates of the person's own definition.
    Own {
        /// What the times begin with.
        start: StartEvent,
        /// The definition, with the columns that stand where it names none.
        definition: OwnEndpoint,
    },
}

/// What one subject contributes to an endpoint, and why.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Derived {
    /// Time and event; `None` when the subject is excluded from this endpoint.
    pub value: Option<FollowUpValue>,
    /// Which rule decided, with the dates that it used.
    pub reason: Reason,
}

/// A follow-up time and whether it ended in the event.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FollowUpValue {
    /// In the unit of the endpoint; finite and ≥ 0.
    pub time: f64,
    /// True when the event was observed.
    pub event: bool,
}

/// The rule that decided a derived value (CLINICAL rules for OS and PFS), or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "rule")]
pub enum Reason {
    /// Time and event were read from their columns.
    GivenEvent,
    /// Time was read from its column; no event.
    GivenCensored,
    /// Event: progression on this date.
    Progressed {
        /// Date of progression.
        on: NaiveDate,
    },
    /// Event: death on this date.
    Died {
        /// Date of death.
        on: NaiveDate,
    },
    /// Event on this date, both read from their columns.
    GivenEventOn {
        /// Date of the event.
        on: NaiveDate,
    },
    /// Censored on this date, both read from their columns.
    GivenCensoredOn {
        /// Date of censoring.
        on: NaiveDate,
    },
    /// Censored at the date of last contact.
    LastContact {
        /// Date last known alive.
        on: NaiveDate,
    },
    /// Censored at the data cut-off: what followed is not counted.
    CutOff {
        /// The data cut-off.
        on: NaiveDate,
    },
    /// By the rules of censoring.
    Rule {
        /// Which of them.
        by: recist::EndReason,
        /// The date that ended the time.
        on: NaiveDate,
    },
    /// Not concerned: no response that could last or be waited for.
    NoResponse,
    /// Excluded: no start date.
    NoStart,
    /// Excluded: neither an event date nor a date of last contact.
    NoEnd,
    /// Excluded: the event is said to have happened, but not when.
    EventWithoutDate,
    /// Excluded: a value that cannot be read.
    Unreadable,
    /// Excluded: the end is before the start, or the time is negative.
    Negative,
    /// Excluded: the dates contradict each other.
    Contradiction,
    /// Excluded: no time or no event in the columns.
    NoValue,
}

impl Reason {
    /// The data cut-off, where that is what censored.
    pub(crate) fn cut_off(self) -> Option<NaiveDate> {
        match self {
            Reason::CutOff { on }
            | Reason::Rule {
                by: recist::EndReason::CutOff,
                on,
            } => Some(on),
            _ => None,
        }
    }
}

/// How the values of an event column are read, with the number of patients who have each.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventCoding {
    /// What the column is mapped to.
    pub role: EventRole,
    /// Heading.
    pub column: String,
    /// The distinct values in natural order; the empty one only where it means "no event".
    pub values: Vec<CodedValue>,
    /// Patients without a value.
    pub missing: usize,
    /// Patients whose cell is empty, whether or not that means anything.
    pub blank: usize,
}

/// One value of an event column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CodedValue {
    /// Its text.
    pub text: String,
    /// How many patients have it.
    pub n: usize,
    /// Whether it means the event.
    pub event: bool,
}

/// The roles that an event column can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EventRole {
    /// Event of the ready-made PFS.
    Pfs,
    /// Event of the ready-made OS.
    Os,
    /// Any event of a column of causes.
    Efs,
    /// Whether the disease progressed.
    Progressed,
    /// Whether the patient died.
    Died,
}

/// A categorical column: the group that a subject belongs to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Factor {
    /// Heading of the column.
    pub column: String,
    /// Labels in display order; the first is the reference.
    pub levels: Vec<String>,
    /// Index into `levels` for every subject; `None` when missing.
    pub values: Vec<Option<usize>>,
}

impl Cohort {
    /// The subjects, in the order of the rows.
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// The data of an endpoint, if its columns are mapped.
    pub fn endpoint(&self, endpoint: Endpoint) -> Option<&EndpointData> {
        self.endpoints.iter().find(|data| data.endpoint == endpoint)
    }

    /// All endpoints that the mapping provides.
    pub fn endpoints(&self) -> &[EndpointData] {
        &self.endpoints
    }

    /// Events that compete, if the mapping provides them.
    pub fn competing(&self) -> Option<&CompetingData> {
        self.competing.as_ref()
    }

    /// The grouping columns.
    pub fn factors(&self) -> &[Factor] {
        &self.factors
    }

    /// The columns mapped to be counted.
    pub fn counted(&self) -> &[Factor] {
        &self.counted
    }

    /// The columns whose values can be counted: those mapped for it, then the grouping columns.
    pub fn countable(&self) -> impl Iterator<Item = &Factor> {
        self.counted.iter().chain(&self.factors)
    }

    /// The grouping column of that heading.
    pub fn factor(&self, column: &str) -> Option<&Factor> {
        self.factors.iter().find(|factor| factor.column == column)
    }

    /// The columns of measurements. One of them can be among the grouping columns too.
    pub fn covariates(&self) -> &[NumericColumn] {
        &self.covariates
    }

    /// The column of measurements of that heading.
    pub fn covariate(&self, column: &str) -> Option<&NumericColumn> {
        (self.covariates.iter()).find(|covariate| covariate.column == column)
    }

    /// The columns that are mapped to no group, count or measurement, as they can be described.
    pub fn unmapped(&self) -> &Unmapped {
        &self.unmapped
    }

    /// Best response of every subject: as entered, else by RECIST 1.1 where there are assessments.
    pub fn responses(&self) -> Option<&[BestResponse]> {
        self.responses.as_deref()
    }

    /// Best response of every subject, if a column is mapped to it.
    pub fn entered_responses(&self) -> Option<&[BestResponse]> {
        self.responses().filter(|_| self.responses_entered)
    }

    /// The adverse events of every subject in the order of their sheet, if one is mapped.
    pub fn adverse_events(&self) -> Option<&[Vec<AdverseEvent>]> {
        (self.adverse_events.as_ref()).map(|events| &events.events[..])
    }

    /// The same with what is known of treatment and follow-up.
    pub fn safety(&self) -> Option<&AdverseEvents> {
        self.adverse_events.as_ref()
    }

    /// The therapies of every subject by their first day, if a sheet of them is mapped.
    pub fn therapies(&self) -> Option<&[Vec<Therapy>]> {
        self.therapies.as_deref()
    }

    /// The start of every subject, where a column has it.
    pub fn starts(&self) -> &[Option<NaiveDate>] {
        &self.starts
    }

    /// The assessments of every subject and what they come to, if a sheet of them is mapped; `None` for a
    /// subject without a start or without assessments.
    pub fn tumours(&self) -> Option<&[Option<Tumour>]> {
        self.tumours.as_deref()
    }

    /// How measurements were turned into responses.
    pub fn recist(&self) -> recist::Settings {
        self.recist
    }

    /// How the event columns are read, with counts.
    pub fn codings(&self) -> &[EventCoding] {
        &self.codings
    }

    /// The rows that the person left out altogether; they are not among the subjects.
    pub fn left_out(&self) -> &[Subject] {
        &self.left_out
    }

    /// The headings of the sheet in their order, whatever they are mapped to.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// How dates were turned into times.
    pub fn rules(&self) -> TimeRules {
        self.rules
    }
}

/// Why no cohort can be built. Problems of single rows are [`Issue`]s instead.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum CohortError {
    /// The mapping names a column that the table does not have.
    #[error("there is no column named {column}")]
    NoSuchColumn {
        /// The heading asked for.
        column: String,
    },
    /// The mapping names a sheet that the study does not have.
    #[error("there is no sheet or file named {table}")]
    NoSuchTable {
        /// What a person calls the one asked for.
        table: String,
    },
    /// Every row was excluded.
    #[error("no patients are left")]
    NoPatients,
}
