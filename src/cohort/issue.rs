//! Problems are data: all of them at once, with spreadsheet coordinates.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Endpoint, EventProblem, EventRole, RecordKind, TimeUnit};
use crate::recist::{Problem, Warning};
use crate::table::{FindingKind, TableName};

/// Something in the spreadsheet that a person should look at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Issue {
    /// How much it matters.
    pub severity: Severity,
    /// Sheet name; `None` for the text file that the study began with.
    pub sheet: Option<String>,
    /// The table that it is in; `None` for the patients'.
    pub table: Option<TableName>,
    /// Spreadsheet row (1-based), where it concerns one.
    pub row: Option<u32>,
    /// Heading of the column, where it concerns one.
    pub column: Option<String>,
    /// The text of the cell.
    pub value: Option<String>,
    /// What is wrong, and the facts that its sentence needs.
    pub kind: IssueKind,
    /// Further rows (1-based) of the same text: a correction is one of them all.
    pub also: Vec<u32>,
    /// The endpoints that the row (or, without a row, every patient concerned) is left out of.
    pub left_out: Vec<Endpoint>,
}

/// How much an [`Issue`] matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing is left out.
    Note,
    /// A row is left out of an endpoint and listed there, or counts on an assumption.
    Warning,
    /// An endpoint has no result until it is settled.
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
    /// A column is mapped to a role that its values cannot fill.
    WrongType {
        /// What the role needs.
        wanted: Wanted,
    },
    /// Neither the heading nor the size of the times says that they are in this unit.
    UnitAssumed {
        /// The unit that they are read in.
        unit: TimeUnit,
        /// The unit that the heading or the size of the times suggests, where it is another one.
        suggested: Option<TimeUnit>,
    },
    /// Nothing says which endpoint these times and events belong to: they are read as overall survival.
    EndpointAssumed,
    /// The values do not say themselves which of them mean the event.
    CodingAssumed {
        /// Those that are read as the event.
        event: Vec<String>,
    },
    /// The values do not say themselves which of them mean that nothing happened, and what the others mean.
    CausesAssumed {
        /// Those that are read as no event.
        censored: Vec<String>,
    },
    /// A value of a column of causes that has no meaning yet.
    UnknownCause,
    /// A value that is to mean the event, but that no row has.
    CodeWithoutRows {
        /// The value.
        missing: String,
    },
    /// The event is the only value of its column, and other cells are empty. They are left out, or
    /// count as without the event where a column holds its date, until the person says what they mean.
    BlankEvents {
        /// What the column is mapped to.
        role: EventRole,
        /// The only value.
        value: String,
        /// How many patients have an empty cell.
        patients: usize,
    },
    /// Nothing says whether the event happened, and it has no date: it counts as not having happened.
    PresumedNoEvent {
        /// Which event.
        event: Event,
    },
    /// An endpoint of the person's own without a name.
    OwnUnnamed {
        /// Which of them, from 1.
        position: usize,
    },
    /// An endpoint of the person's own that has the name of another endpoint.
    OwnNameTaken {
        /// The name.
        name: String,
    },
    /// An endpoint of the person's own without a start: it names none, and none is mapped.
    OwnWithoutStart {
        /// Its name.
        name: String,
    },
    /// An endpoint of the person's own for which no column of events is chosen.
    OwnWithoutEvents {
        /// Its name.
        name: String,
    },
    /// Times are given as dates, but no column is mapped to the start.
    NoStartMapped,
    /// Clinical progression is all that is known of progression: there is no PFS.
    ClinicalProgressionOnly,
    /// PFS is mapped, but nothing says who died.
    PfsWithoutDeath,
    /// The event column of ready-made PFS speaks of progression only.
    EventsWithoutDeaths,
    /// No column says when patients without the event were last seen.
    NoCensoringDate {
        /// How many patients have no event.
        patients: usize,
    },
    /// A patient id that an earlier row has.
    DuplicatePatient {
        /// The earlier row.
        first_row: u32,
    },
    /// A row without a patient id.
    NoPatientId,
    /// The row lacks a value that an endpoint needs.
    MissingValue,
    /// A time below zero.
    NegativeTime,
    /// A progression or death before the start.
    EndBeforeStart {
        /// Which of them.
        end: Event,
        /// Its date.
        on: NaiveDate,
        /// Date of the start.
        start: NaiveDate,
    },
    /// The event is said to have happened, but its date is missing.
    EventWithoutDate {
        /// Which event.
        event: Event,
    },
    /// The event is said not to have happened, but it has a date.
    DateWithoutEvent {
        /// Which event.
        event: Event,
        /// Its date.
        on: NaiveDate,
    },
    /// A date after the data cut-off.
    AfterCutOff {
        /// The date.
        on: NaiveDate,
        /// The cut-off.
        cut_off: NaiveDate,
    },
    /// A death before the progression.
    DeathBeforeProgression {
        /// Date of death.
        death: NaiveDate,
        /// Date of progression.
        progression: NaiveDate,
    },
    /// A last contact before the start.
    LastContactBeforeStart {
        /// Date of last contact.
        on: NaiveDate,
        /// Date of the start.
        start: NaiveDate,
    },
    /// A last contact before the progression of a patient who is not known to have died.
    LastContactBeforeProgression {
        /// Date of last contact.
        on: NaiveDate,
        /// Date of progression.
        progression: NaiveDate,
    },
    /// A last contact after the death.
    ContactAfterDeath {
        /// Date of last contact.
        on: NaiveDate,
        /// Date of death.
        death: NaiveDate,
    },
    /// A therapy that began or ended after the death.
    TherapyAfterDeath {
        /// Its first day after the death.
        on: NaiveDate,
        /// Date of death.
        death: NaiveDate,
    },
    /// A text that is not one of the response codes.
    UnknownResponse,
    /// A text in a column of measurements: it counts as missing.
    NotMeasured,
    /// A text that the column's type does not admit.
    Unreadable,
    /// Words in a column of dates that are read as "it did not happen".
    DatesDenied {
        /// The words.
        words: Vec<String>,
        /// How many patients have one of them.
        patients: usize,
    },
    /// A correction that no longer finds its cell.
    CorrectionWithoutCell,
    /// A sheet of several rows a patient, while no column of the patients' sheet says who is who.
    NoPatientColumn {
        /// What the sheet holds.
        records: RecordKind,
    },
    /// An id of such a sheet that is not among the patients': at its first row.
    UnmatchedRecord {
        /// What the sheet holds.
        records: RecordKind,
        /// How many rows have it.
        rows: usize,
    },
    /// An id that more than one patient could have: nobody has its rows.
    AmbiguousId {
        /// How many rows have it.
        rows: usize,
        /// The ids of the patients.
        patients: Vec<String>,
    },
    /// None of the ids of a sheet is among the patients': nothing of it is used.
    NoIdMatches {
        /// How many rows have an id.
        rows: usize,
        /// What a person calls the patients' sheet.
        patients: String,
        /// An id of the patients.
        known: String,
        /// How many ids their number alone would match.
        numbered: usize,
    },
    /// Ids that are spelt differently than the patients'.
    IdsRespelt {
        /// How many.
        ids: usize,
        /// The first few, each with the patient's.
        examples: Vec<(String, String)>,
    },
    /// Ids that their number alone would match.
    IdsByNumber {
        /// How many.
        ids: usize,
        /// How many rows have one of them.
        rows: usize,
        /// The first few, each with the patient's.
        examples: Vec<(String, String)>,
    },
    /// No column of a sheet that is to be joined is known to hold the patient id.
    NoJoinedId,
    /// Some ids of a sheet belong to nobody, and some patients have no row in it: they may be the same people.
    PartlyMatched(Box<PartialMatch>),
    /// A row of such a sheet without a patient id.
    RecordWithoutPatient {
        /// What the sheet holds.
        records: RecordKind,
    },
    /// A patient without a row in such a sheet.
    PatientWithoutRecords {
        /// What the sheet holds.
        records: RecordKind,
        /// What a person calls the sheet.
        sheet: String,
    },
    /// A row of such a sheet without a value that it needs: it is left out.
    IncompleteRecord {
        /// What the sheet holds.
        records: RecordKind,
    },
    /// A text about a lesion or a visit that is not understood: it counts as not said.
    UnknownFinding,
    /// Something unusual in the assessments of a patient.
    Tumour {
        /// What.
        warning: Warning,
    },
    /// Dates that contradict each other, or a date that the rules of censoring need.
    Course {
        /// What is wrong.
        problem: Problem,
    },
    /// The progression as entered is another one than that of the assessments. The one entered counts.
    ProgressionDiffers {
        /// As entered.
        entered: Option<NaiveDate>,
        /// By RECIST 1.1.
        computed: Option<NaiveDate>,
        /// Why the assessment of that date is PD.
        because: Option<crate::recist::Reason>,
    },
    /// A text that is not a grade from 0 to 5.
    UnknownGrade,
    /// A sheet of several rows a patient of which a column is not chosen yet that it cannot do without.
    RecordColumnMissing {
        /// What the sheet holds.
        records: RecordKind,
        /// The role.
        role: String,
    },
    /// A value of a column of yes and no in such a sheet that means neither by itself: it counts as not said.
    UnclearAnswer {
        /// What the sheet holds.
        records: RecordKind,
        /// The role.
        role: String,
        /// How many rows have it.
        rows: usize,
    },
    /// A sheet in which one row holds several visits or lesions, and that nothing reads.
    SheetNotRead {
        /// What it could hold.
        records: RecordKind,
    },
    /// Sheets are joined to that of the patients, while none of its columns says who is who.
    NothingToJoinBy,
    /// A row of a joined sheet whose patient is not among the patients.
    UnmatchedJoinedRow,
    /// A row of a joined sheet without a patient id.
    JoinedRowWithoutPatient,
    /// A patient with more than one row in a joined sheet: the first counts.
    SecondJoinedRow {
        /// The first row.
        first_row: u32,
    },
    /// A patient without a row in a joined sheet.
    PatientWithoutJoinedRow {
        /// What a person calls the sheet.
        sheet: String,
    },
    /// Something in a row of adverse events.
    AdverseEvent {
        /// What.
        #[serde(flatten)]
        problem: EventProblem,
    },
}

/// A sheet that matches some of the patients only.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartialMatch {
    /// What the sheet holds; `None` of a sheet with one row a patient.
    pub records: Option<RecordKind>,
    /// Patients with a row.
    pub matched: usize,
    /// All patients.
    pub patients: usize,
    /// How many ids belong to nobody.
    pub ids: usize,
    /// The first few of them.
    pub unknown: Vec<String>,
    /// The first few patients without a row.
    pub without: Vec<String>,
}

/// What a role needs its column to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// Dates.
    Dates,
    /// Numbers, or the dates on which follow-up ended.
    Times,
    /// Numbers.
    Numbers,
    /// Two values, or a few, that tell events from censorings.
    Events,
}

/// What can happen to a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Progression of the disease.
    Progression,
    /// Death from any cause.
    Death,
    /// Whatever ended the follow-up, where one column holds its date.
    EndOfFollowUp,
    /// A date of an endpoint of the person's own.
    Own,
}
