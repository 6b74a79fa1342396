//! The person's decisions about what the columns mean.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    AdverseEventSheet, AssessmentSheet, BestResponse, Censoring, IdMatching, JoinedSheet,
    LesionSheet, OwnEndpoint, TherapySheet, TimeAndCause,
};
use crate::recist;
use crate::table::{Table, TableName};

/// What each column means. Saved with the study; holds headings and codes, never data rows
/// (but for corrections, which the person typed).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// Patient id.
    pub patient: Option<String>,
    /// Start of treatment (or randomisation, diagnosis): where every time begins.
    pub start: Option<String>,
    /// First documented progression.
    pub progression: Option<String>,
    /// Death from any cause.
    pub death: Option<String>,
    /// Last contact: last known alive. Where `died` is mapped and `death` is not, the date of death
    /// for those who died.
    pub last_contact: Option<String>,
    /// Whether the disease progressed, beside the date of progression.
    pub progressed: Option<StatusColumn>,
    /// Whether the patient died, beside the date of death or instead of it.
    pub died: Option<StatusColumn>,
    /// Data cut-off, one date for the study, written `2024-06-30`.
    pub cut_off: Option<NaiveDate>,
    /// Ready-made time and event for PFS; wins over the dates.
    pub pfs: Option<TimeAndEvent>,
    /// Ready-made time and event for OS; wins over the dates.
    pub os: Option<TimeAndEvent>,
    /// Ready-made time with several kinds of event; wins over the dates.
    pub competing: Option<TimeAndCause>,
    /// Grouping columns, each with its choices.
    pub groups: Vec<Grouping>,
    /// Columns whose values are counted, such as the worst grade of adverse events: what happened after
    /// the start, so that comparing survival by them would mislead. Grouping columns can be counted too.
    pub counted: Vec<Grouping>,
    /// Headings of columns whose numbers stood at the start, such as age or LDH. A column can make groups
    /// and be measured.
    pub covariates: Vec<String>,
    /// Start of a new anticancer therapy.
    pub new_therapy: Option<String>,
    /// End of the treatment that is studied; empty while it goes on.
    pub treatment_end: Option<String>,
    /// Progression that no assessment documents.
    pub clinical_progression: Option<String>,
    /// Progression on the next therapy.
    pub second_progression: Option<String>,
    /// Endpoints of the person's own, beside those above.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub own: Vec<OwnEndpoint>,
    /// Best overall response.
    pub response: Option<ResponseColumn>,
    /// How the patient ids of different sheets are compared.
    #[serde(skip_serializing_if = "IdMatching::is_usual")]
    pub ids: IdMatching,
    /// Further sheets with one row a patient: their columns can have the roles above, too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub joined: Vec<JoinedSheet>,
    /// Tumour assessments, one row a visit.
    pub assessments: Option<AssessmentSheet>,
    /// Tumour measurements, one row a lesion and visit.
    pub lesions: Option<LesionSheet>,
    /// Adverse events, one row each.
    pub adverse_events: Option<AdverseEventSheet>,
    /// Lines or phases of therapy, one row each.
    pub therapies: Option<TherapySheet>,
    /// How dates become times.
    pub rules: TimeRules,
    /// How measurements become responses.
    pub recist: recist::Settings,
    /// Values that replace those of the file, in the order they were made.
    pub corrections: Vec<Correction>,
    /// Spreadsheet rows (1-based) that are left out altogether, such as a totals row.
    pub excluded_rows: Vec<u32>,
    /// Rows of other sheets than the patients' that are left out.
    pub excluded_records: Vec<RecordRow>,
    /// Issues that the person has looked at and lets stand. The page hides them; nothing is computed
    /// otherwise.
    pub accepted: Vec<AcceptedIssue>,
}

impl Mapping {
    /// Whether a row of one of the other sheets is left out.
    pub(super) fn leaves_out(&self, table: &Table, row: usize) -> bool {
        (self.excluded_records.iter()).any(|record| {
            table.name.as_ref() == Some(&record.table) && table.rows[row] == record.row
        })
    }

    /// The same without the roles of columns that `is_gone`.
    pub(super) fn without(&self, is_gone: impl Fn(&str) -> bool) -> Self {
        let mut mapping = self.clone();
        let columns = [
            &mut mapping.start,
            &mut mapping.progression,
            &mut mapping.death,
            &mut mapping.last_contact,
            &mut mapping.new_therapy,
            &mut mapping.treatment_end,
            &mut mapping.clinical_progression,
            &mut mapping.second_progression,
        ];
        for column in columns {
            column.take_if(|heading| is_gone(heading));
        }
        for status in [&mut mapping.progressed, &mut mapping.died] {
            status.take_if(|status| is_gone(&status.column));
        }
        for given in [&mut mapping.pfs, &mut mapping.os] {
            given.take_if(|given| is_gone(&given.time) || is_gone(&given.event));
        }
        (mapping.competing).take_if(|given| is_gone(&given.time) || is_gone(&given.cause));
        (mapping.response).take_if(|response| is_gone(&response.column));
        (mapping.groups).retain(|group| !is_gone(&group.column));
        (mapping.counted).retain(|group| !is_gone(&group.column));
        (mapping.covariates).retain(|heading| !is_gone(heading));
        mapping
    }

    /// The columns whose every value must be a date or a number.
    pub(super) fn columns_read_strictly(&self) -> impl Iterator<Item = &str> {
        let dates = [
            &self.start,
            &self.progression,
            &self.death,
            &self.last_contact,
            &self.new_therapy,
            &self.treatment_end,
            &self.clinical_progression,
            &self.second_progression,
        ];
        let times = [&self.pfs, &self.os].into_iter().flatten();
        (dates.into_iter().flatten())
            .chain(times.map(|given| &given.time))
            .chain(self.competing.iter().map(|given| &given.time))
            .chain(&self.covariates)
            .chain(self.own.iter().flat_map(OwnEndpoint::columns))
            .map(String::as_str)
    }
}

/// A column that says whether something happened.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusColumn {
    /// Heading.
    pub column: String,
    /// The value texts that mean "yes"; every other non-missing value means "no", unless `no_values` say which do.
    pub event_values: Vec<String>,
    /// The value texts that mean "no", in a sheet of records: a value that is in neither list says nothing
    /// until a person explains it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_values: Option<Vec<String>>,
    /// Whether an empty cell means "no". Only the person can say so.
    #[serde(default)]
    pub blank_is_no_event: bool,
}

/// Ready-made follow-up: a column of times and a column of events.
///
/// The times may also be dates, those of the event or of censoring: they are counted from the start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeAndEvent {
    /// Heading of the times.
    pub time: String,
    /// Heading of the event indicator.
    pub event: String,
    /// Unit of the times; dates need none.
    pub unit: TimeUnit,
    /// The value texts that mean "event"; every other non-missing value is censored.
    pub event_values: Vec<String>,
    /// Whether an empty cell means "censored". Only the person can say so.
    #[serde(default)]
    pub blank_is_no_event: bool,
}

/// A grouping column.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Grouping {
    /// Heading.
    pub column: String,
    /// Levels in display order, first = reference; by first appearance or natural order when empty.
    pub levels: Vec<String>,
    /// What to call a level in results, by its text in the file. Two texts with one label are merged;
    /// a missing code with a label is a level of its own.
    pub labels: BTreeMap<String, String>,
}

/// A column with the best overall response.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseColumn {
    /// Heading.
    pub column: String,
    /// What each text of the column means.
    pub codes: BTreeMap<String, BestResponse>,
}

/// A value that replaces one of the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The sheet; `None` for the patients'.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<TableName>,
    /// Spreadsheet row (1-based).
    pub row: u32,
    /// Heading.
    pub column: String,
    /// The new text, read as the column's other texts are; empty for a missing value.
    pub value: String,
}

/// A row of another sheet than the patients'.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordRow {
    /// The sheet.
    pub table: TableName,
    /// Spreadsheet row (1-based).
    pub row: u32,
}

/// An [`Issue`](super::Issue) that the person lets stand, by its place and kind: never by its value,
/// which is data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptedIssue {
    /// The sheet; `None` for the patients'.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<TableName>,
    /// Spreadsheet row (1-based), where it concerns one.
    pub row: Option<u32>,
    /// Heading, where it concerns one.
    pub column: Option<String>,
    /// Code of the kind; of the finding, where it was noticed while reading.
    pub code: String,
}

/// How dates become times, and times are shown. One setting for the whole study.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TimeRules {
    /// Count the first day (CDISC ADaM: end − start + 1) or not (end − start, the default).
    pub count_first_day: bool,
    /// Days in a month.
    pub month: MonthLength,
    /// Unit of display.
    pub display: TimeUnit,
    /// The rules of censoring.
    pub censoring: Censoring,
}

impl TimeRules {
    /// Whether times from dates are counted in calendar months instead of days.
    ///
    /// **Conventions.** The whole months since the start, and the days left over as a share of the month
    /// that they fall in. Where a month lacks the day of the start, the first of the next stands for it.
    /// **Checked against.** `time_length(interval(start, end), "month")` of lubridate.
    pub fn counts_calendar_months(self) -> bool {
        self.month == MonthLength::Calendar && self.display == TimeUnit::Months
    }

    /// A time in `unit` in the unit of display, unrounded.
    pub fn shown(self, time: f64, unit: TimeUnit) -> f64 {
        self.convert(time, unit, self.display)
    }

    /// A time of the unit of display in `unit`, unrounded.
    pub fn in_unit(self, shown: f64, unit: TimeUnit) -> f64 {
        self.convert(shown, self.display, unit)
    }

    fn convert(self, time: f64, from: TimeUnit, to: TimeUnit) -> f64 {
        if from == to {
            time
        } else {
            time * from.days(self.month) / to.days(self.month)
        }
    }
}

/// Length of a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthLength {
    /// 365.25 / 12 = 30.4375 days.
    #[default]
    Average,
    /// 30 days.
    Thirty,
    /// Months of the calendar: times from dates that are shown in months are counted in them, see
    /// [`TimeRules::counts_calendar_months`]. What has no dates has months of 30.4375 days.
    Calendar,
}

/// Units of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Days.
    Days,
    /// Weeks of 7 days.
    Weeks,
    /// Months, see [`MonthLength`].
    #[default]
    Months,
    /// Years of 365.25 days.
    Years,
}

impl TimeUnit {
    /// Days in one unit.
    pub fn days(self, month: MonthLength) -> f64 {
        match self {
            TimeUnit::Days => 1.0,
            TimeUnit::Weeks => 7.0,
            TimeUnit::Months => match month {
                MonthLength::Average | MonthLength::Calendar => 365.25 / 12.0,
                MonthLength::Thirty => 30.0,
            },
            TimeUnit::Years => 365.25,
        }
    }
}
