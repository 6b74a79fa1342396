//! The cohort in words: endpoints with their counts, codings, derived values, issues.

use chrono::{Datelike, NaiveDate};
use fluent_bundle::FluentValue;
use serde::Serialize;

use super::{assessed, endpoint, event_problem, issue_group, tumours, words};
use crate::cohort::{
    Cause, Cohort, CompetingData, Derived, Endpoint, EndpointData, EndpointOrigin, Event,
    EventCoding, EventRole, Issue, IssueKind, Reason, RecordKind, Severity, TimeRules, TimeUnit,
    Wanted,
};
use crate::format::Style;
use crate::recist::{EndReason, Response};
use crate::table::FindingKind;
use crate::text::{Argument, Text};

/// More issues than this are counted by kind but not listed one by one.
pub const ISSUES_LISTED: usize = 5000;

/// What the page shows once columns are assigned; every string is finished.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assigned {
    /// Patients.
    pub n: usize,
    /// One row an endpoint.
    pub endpoints: Vec<EndpointSummary>,
    /// How the event columns are read.
    pub codings: Vec<CodingInWords>,
    /// Everything to look at, the gravest first; at most [`ISSUES_LISTED`].
    pub issues: Vec<IssueInWords>,
    /// How many there are of each kind, listed or not.
    pub issue_counts: Vec<IssueCount>,
}

/// Counts of one endpoint.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EndpointSummary {
    /// Which endpoint.
    pub endpoint: Endpoint,
    /// Its name in words.
    pub label: String,
    /// Analysed patients.
    pub n: usize,
    /// With the event.
    pub n_event: usize,
    /// Censored.
    pub n_censor: usize,
    /// Left out.
    pub n_excluded: usize,
    /// One sentence with these counts.
    pub sentence: String,
    /// By which rules it is censored, where it rests on assessments.
    pub rules: Option<String>,
}

/// How an event column is read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CodingInWords {
    /// The coding.
    #[serde(flatten)]
    pub coding: EventCoding,
    /// `1 = event: 11 patients, 0 = censored: 3 patients`.
    pub sentence: String,
    /// The values that mean the event once it is flipped.
    pub flipped: Vec<String>,
}

/// An issue with its sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IssueInWords {
    /// The issue.
    #[serde(flatten)]
    pub issue: Issue,
    /// Name of its kind, for the filter.
    pub kind_label: String,
    /// What those of one kind in one sheet have in common: they can be shown together.
    pub group: String,
    /// What is wrong, where, and what to do.
    pub sentence: String,
}

/// How many issues of one kind there are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IssueCount {
    /// Name of the kind.
    pub kind_label: String,
    /// How much the gravest of them matters.
    pub severity: Severity,
    /// How many.
    pub n: usize,
}

/// What one patient contributes to an endpoint, in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DerivedRow {
    /// Patient id, or what stands for it.
    pub id: String,
    /// Spreadsheet row (1-based).
    pub row: u32,
    /// Time in the display unit; empty when excluded.
    pub time: String,
    /// "event", "censored" or "left out".
    pub status: String,
    /// Whether the event was observed; `None` when excluded.
    pub event: Option<bool>,
    /// Which rule decided, with its dates.
    pub reason: String,
}

/// Cohort and issues in words.
pub fn assigned(cohort: &Cohort, issues: &[Issue], text: &Text) -> Assigned {
    Assigned {
        n: cohort.subjects().len(),
        endpoints: (cohort.endpoints().iter())
            .map(|data| endpoint_summary(data, cohort, text))
            .collect(),
        codings: (cohort.codings().iter())
            .map(|coding| coding_in_words(coding, text))
            .collect(),
        issues: (issues.iter().take(ISSUES_LISTED))
            .map(|issue| issue_in_words(issue, text))
            .collect(),
        issue_counts: issue_counts(issues, text),
    }
}

fn endpoint_summary(data: &EndpointData, cohort: &Cohort, text: &Text) -> EndpointSummary {
    let values = data.derived.iter().filter_map(|derived| derived.value);
    let n_event = values.clone().filter(|value| value.event).count();
    let n = values.count();
    let n_excluded = data.derived.len() - n;
    let name = |after: &str| endpoint::worded(data.endpoint, "cohort-endpoint-", after, text);
    let mut sentences = vec![text.with(
        "cohort-endpoint-counts",
        &[
            ("endpoint", name("").into()),
            ("n", n.into()),
            ("events", n_event.into()),
            ("censored", (n - n_event).into()),
            ("excluded", n_excluded.into()),
        ],
    )];
    let competing = cohort
        .competing()
        .filter(|_| data.endpoint == Endpoint::Efs);
    sentences.extend(competing.map(|competing| first_events(competing, text)));
    EndpointSummary {
        endpoint: data.endpoint,
        label: name("-in-full"),
        n,
        n_event,
        n_censor: n - n_event,
        n_excluded,
        sentence: words::sentences(&sentences, text),
        rules: assessed::rules(data, cohort, text),
    }
}

/// "First event: relapse in 37, death in 20."
fn first_events(competing: &CompetingData, text: &Text) -> String {
    let values = || competing.derived.iter().filter_map(|derived| derived.value);
    let counts: Vec<String> = (competing.causes.iter().enumerate())
        .map(|(index, cause)| {
            let n = values().filter(|value| value.cause == index + 1).count();
            let cause = cause_name(cause, text);
            text.with(
                "cohort-cause-count",
                &[("cause", cause.into()), ("n", n.into())],
            )
        })
        .collect();
    let causes = counts.join(&text.get("report-list-join"));
    text.with("cohort-cause-counts", &[("causes", causes.into())])
}

fn cause_name(cause: &Cause, text: &Text) -> String {
    match cause {
        Cause::Progression => text.get("competing-cause-progression"),
        Cause::Death => text.get("competing-cause-death"),
        Cause::Given { label } => label.clone(),
    }
}

fn coding_in_words(coding: &EventCoding, text: &Text) -> CodingInWords {
    let role = match coding.role {
        EventRole::Pfs | EventRole::Os | EventRole::Efs => "given",
        EventRole::Progressed => "progressed",
        EventRole::Died => "died",
    };
    let shown = |value: &str| match value {
        "" => text.get("cohort-coding-empty"),
        value => value.to_owned(),
    };
    let mut parts: Vec<String> = (coding.values.iter())
        .map(|value| {
            text.with(
                "cohort-coding-value",
                &[
                    ("text", shown(&value.text).into()),
                    ("role", role.into()),
                    ("event", yes_no(value.event)),
                    ("n", value.n.into()),
                ],
            )
        })
        .collect();
    if coding.missing > 0 {
        parts.push(text.with("cohort-coding-missing", &[("n", coding.missing.into())]));
    }
    CodingInWords {
        sentence: parts.join(&text.get("cohort-coding-join")),
        flipped: (coding.values.iter())
            .filter(|value| !value.event && !value.text.is_empty())
            .map(|value| value.text.clone())
            .collect(),
        coding: coding.clone(),
    }
}

fn issue_counts(issues: &[Issue], text: &Text) -> Vec<IssueCount> {
    let mut counts: Vec<(&str, IssueCount)> = Vec::new();
    for issue in issues {
        let code = code(&issue.kind);
        match counts.iter_mut().find(|(of, _)| *of == code) {
            Some((_, count)) => count.n += 1,
            // The gravest come first, so the first of a kind is the gravest of it.
            None => counts.push((
                code,
                IssueCount {
                    kind_label: text.get(&format!("issue-kind-{code}")),
                    severity: issue.severity,
                    n: 1,
                },
            )),
        }
    }
    counts.into_iter().map(|(_, count)| count).collect()
}

fn issue_in_words(issue: &Issue, text: &Text) -> IssueInWords {
    let code = code(&issue.kind);
    let mut arguments: Vec<Argument<'_>> = vec![
        ("place", place(issue, text).into()),
        ("left", yes_no(!issue.left_out.is_empty())),
        ("endpoints", endpoints(&issue.left_out, text).into()),
        ("n", issue.left_out.len().into()),
    ];
    arguments.push(("row", issue.row.unwrap_or_default().into()));
    arguments.push(("value", issue.value.as_deref().unwrap_or_default().into()));
    facts(issue, text, &mut arguments);
    IssueInWords {
        kind_label: text.get(&format!("issue-kind-{code}")),
        group: issue_group::name(issue, &format!("issue-kind-{code}"), text),
        sentence: text.with(&format!("issue-{code}"), &arguments),
        issue: issue.clone(),
    }
}

/// Where the issue stands, to begin its sentence with.
fn place(issue: &Issue, text: &Text) -> String {
    let row = ("row", issue.row.unwrap_or_default().into());
    let column = ("column", issue.column.as_deref().unwrap_or_default().into());
    if issue.table.is_some() {
        let sheet = ("sheet", issue.sheet.as_deref().unwrap_or_default().into());
        let id = match issue.row {
            Some(_) => "issue-place-record",
            None => "issue-place-record-column",
        };
        return text.with(id, &[sheet, row, column]);
    }
    match (issue.row, &issue.column) {
        (Some(_), Some(_)) => text.with("issue-place-cell", &[row, column]),
        (Some(_), None) => text.with("issue-place-row", &[row]),
        (None, Some(_)) => text.with("issue-place-column", &[column]),
        (None, None) => text.get("issue-place-sheet"),
    }
}

fn endpoints(endpoints: &[Endpoint], text: &Text) -> String {
    let name = |of: &Endpoint| endpoint::worded(*of, "cohort-endpoint-", "", text);
    let names = endpoints.iter().map(name);
    names
        .reduce(|first, second| {
            let pair = [("first", first.into()), ("second", second.into())];
            text.with("cohort-endpoints-both", &pair)
        })
        .unwrap_or_default()
}

/// The facts of its kind that the sentence of an issue needs.
fn facts<'a>(issue: &'a Issue, text: &Text, arguments: &mut Vec<Argument<'a>>) {
    let date = |on: &NaiveDate| FluentValue::from(date(*on, text));
    match &issue.kind {
        IssueKind::Reading { .. } => arguments.push(("severity", severity(issue.severity))),
        IssueKind::WrongType { wanted } => arguments.push(("wanted", wanted_values(*wanted))),
        IssueKind::UnitAssumed { unit, suggested } => {
            let suggested = suggested.map(|unit| words::unit(unit, text));
            arguments.push(("unit", words::unit(*unit, text).into()));
            arguments.push(("suggested", suggested.unwrap_or("none".to_owned()).into()));
        }
        IssueKind::CodingAssumed { event } => {
            let quoted = |value: &String| text.with("cohort-quoted", &[("text", value.into())]);
            let quoted: Vec<String> = event.iter().map(quoted).collect();
            let listed = Some(quoted.join(&text.get("cohort-coding-join")));
            let event = listed.filter(|listed| !listed.is_empty());
            arguments.push(("event", event.unwrap_or("none".to_owned()).into()));
        }
        IssueKind::CausesAssumed { censored } => {
            let quoted = |value: &String| text.with("cohort-quoted", &[("text", value.into())]);
            let quoted: Vec<String> = censored.iter().map(quoted).collect();
            let listed = quoted.join(&text.get("cohort-coding-join"));
            arguments.push(("count", censored.len().into()));
            arguments.push(("censored", listed.into()));
        }
        IssueKind::CodeWithoutRows { missing } => {
            arguments.push(("missing", missing.as_str().into()));
        }
        IssueKind::BlankEvents {
            value, patients, ..
        } => {
            arguments.push(("only", value.as_str().into()));
            arguments.push(("patients", (*patients).into()));
        }
        IssueKind::PresumedNoEvent { event: happened } => {
            arguments.push(("event", event(*happened)));
        }
        IssueKind::NoCensoringDate { patients } => arguments.push(("patients", (*patients).into())),
        IssueKind::DuplicatePatient { first_row } => {
            arguments.push(("firstrow", (*first_row).into()));
        }
        IssueKind::EndBeforeStart { end, on, start } => {
            arguments.push(("end", event(*end)));
            arguments.push(("on", date(on)));
            arguments.push(("start", date(start)));
        }
        IssueKind::EventWithoutDate { event: happened } => {
            arguments.push(("event", event(*happened)));
        }
        IssueKind::DateWithoutEvent {
            event: happened,
            on,
        } => {
            arguments.push(("event", event(*happened)));
            arguments.push(("on", date(on)));
        }
        IssueKind::AfterCutOff { on, cut_off } => {
            arguments.push(("on", date(on)));
            arguments.push(("cutoff", date(cut_off)));
        }
        IssueKind::DeathBeforeProgression { death, progression } => {
            arguments.push(("death", date(death)));
            arguments.push(("progression", date(progression)));
        }
        IssueKind::LastContactBeforeStart { on, start } => {
            arguments.push(("on", date(on)));
            arguments.push(("start", date(start)));
        }
        IssueKind::LastContactBeforeProgression { on, progression } => {
            arguments.push(("on", date(on)));
            arguments.push(("progression", date(progression)));
        }
        IssueKind::ContactAfterDeath { on, death } | IssueKind::TherapyAfterDeath { on, death } => {
            arguments.push(("on", date(on)));
            arguments.push(("death", date(death)));
        }
        IssueKind::DatesDenied { words, patients } => {
            arguments.push(("words", quoted_list(words, text).into()));
            arguments.push(("patients", (*patients).into()));
        }
        IssueKind::NotMeasured => {
            let is_limit = issue_group::is_limit(issue.value.as_deref());
            arguments.push(("limit", yes_no(is_limit)));
        }
        IssueKind::UnmatchedRecord { rows, .. } => arguments.push(("rows", (*rows).into())),
        IssueKind::UnmatchedJoinedRow => arguments.push(("rows", 1.into())),
        IssueKind::AmbiguousId { rows, patients } => {
            arguments.push(("rows", (*rows).into()));
            arguments.push(("patients", quoted_list(patients, text).into()));
        }
        IssueKind::NoIdMatches {
            rows,
            patients,
            known,
            numbered,
        } => {
            arguments.push(("rows", (*rows).into()));
            arguments.push(("patients", patients.as_str().into()));
            arguments.push(("known", known.as_str().into()));
            arguments.push(("numbered", (*numbered).into()));
            arguments.push(("sheet", issue.sheet.as_deref().unwrap_or_default().into()));
        }
        IssueKind::IdsRespelt { ids, examples } => spellings(*ids, examples, text, arguments),
        IssueKind::IdsByNumber {
            ids,
            rows,
            examples,
        } => {
            arguments.push(("rows", (*rows).into()));
            spellings(*ids, examples, text, arguments);
        }
        IssueKind::NoJoinedId => {
            arguments.push(("sheet", issue.sheet.as_deref().unwrap_or_default().into()));
        }
        IssueKind::NoPatientColumn { records }
        | IssueKind::RecordWithoutPatient { records }
        | IssueKind::IncompleteRecord { records } => arguments.push(("records", kind_of(*records))),
        IssueKind::SheetNotRead { records } => {
            arguments.push(("records", kind_of(*records)));
            arguments.push(("sheet", issue.sheet.as_deref().unwrap_or_default().into()));
        }
        IssueKind::PatientWithoutRecords { records, sheet } => {
            arguments.push(("records", kind_of(*records)));
            arguments.push(("sheet", sheet.as_str().into()));
        }
        IssueKind::RecordColumnMissing { records, role } => {
            arguments.push(("role", super::role_name(*records, role, text).into()));
            arguments.push(("sheet", issue.sheet.as_deref().unwrap_or("none").into()));
            arguments.push(("id", yes_no(role == "patient")));
        }
        IssueKind::UnclearAnswer {
            records,
            role,
            rows,
        } => {
            arguments.push(("role", super::role_name(*records, role, text).into()));
            arguments.push(("rows", (*rows).into()));
        }
        IssueKind::PartlyMatched(found) => issue_group::matches(found, text, arguments),
        IssueKind::SecondJoinedRow { first_row } => {
            arguments.push(("firstrow", (*first_row).into()));
        }
        IssueKind::PatientWithoutJoinedRow { sheet } => {
            arguments.push(("sheet", sheet.as_str().into()));
        }
        IssueKind::Tumour { warning } => {
            arguments.push(("finding", tumours::warning(warning, text).into()));
        }
        IssueKind::Course { problem } => {
            arguments.push(("finding", tumours::problem(problem, text).into()));
        }
        IssueKind::ProgressionDiffers {
            entered,
            computed,
            because,
        } => {
            let known = |on: &Option<NaiveDate>| on.as_ref().map_or("none".into(), date);
            let style = Style::default();
            let because = (because.as_ref())
                .map(|because| tumours::reason(because, Response::Pd, &style, text));
            arguments.push(("entered", known(entered)));
            arguments.push(("computed", known(computed)));
            arguments.push(("because", because.unwrap_or_default().into()));
        }
        IssueKind::OwnUnnamed { position } => arguments.push(("position", (*position).into())),
        IssueKind::OwnNameTaken { name }
        | IssueKind::OwnWithoutStart { name }
        | IssueKind::OwnWithoutEvents { name } => arguments.push(("name", name.into())),
        IssueKind::EndpointAssumed
        | IssueKind::NothingToJoinBy
        | IssueKind::JoinedRowWithoutPatient
        | IssueKind::NoStartMapped
        | IssueKind::ClinicalProgressionOnly
        | IssueKind::PfsWithoutDeath
        | IssueKind::EventsWithoutDeaths
        | IssueKind::NoPatientId
        | IssueKind::MissingValue
        | IssueKind::NegativeTime
        | IssueKind::UnknownResponse
        | IssueKind::UnknownCause
        | IssueKind::Unreadable
        | IssueKind::UnknownFinding
        | IssueKind::UnknownGrade
        | IssueKind::CorrectionWithoutCell => {}
        IssueKind::AdverseEvent { problem } => event_problem::facts(problem, text, arguments),
    }
}

/// “A”, “B”.
pub(super) fn quoted_list(values: &[String], text: &Text) -> String {
    let quoted = |value: &String| text.with("cohort-quoted", &[("text", value.into())]);
    let quoted: Vec<String> = values.iter().map(quoted).collect();
    quoted.join(&text.get("cohort-coding-join"))
}

/// How many ids are spelt differently, and the first few of them.
fn spellings(
    ids: usize,
    examples: &[(String, String)],
    text: &Text,
    arguments: &mut Vec<Argument<'_>>,
) {
    let pair = |(own, patient): &(String, String)| {
        let pair = [("own", own.into()), ("patient", patient.into())];
        text.with("issue-id-pair", &pair)
    };
    let listed: Vec<String> = examples.iter().map(pair).collect();
    let more = if ids > examples.len() { "yes" } else { "no" };
    arguments.push(("ids", ids.into()));
    arguments.push(("more", more.into()));
    arguments.push((
        "examples",
        listed.join(&text.get("cohort-coding-join")).into(),
    ));
}

pub(super) fn kind_of(records: RecordKind) -> FluentValue<'static> {
    match records {
        RecordKind::Assessments => "assessments",
        RecordKind::Lesions => "lesions",
        RecordKind::AdverseEvents => "adverse_events",
        RecordKind::Therapies => "therapies",
    }
    .into()
}

fn severity(severity: Severity) -> FluentValue<'static> {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
    .into()
}

fn wanted_values(wanted: Wanted) -> FluentValue<'static> {
    match wanted {
        Wanted::Dates => "dates",
        Wanted::Times => "times",
        Wanted::Numbers => "numbers",
        Wanted::Events => "events",
    }
    .into()
}

fn event(event: Event) -> FluentValue<'static> {
    match event {
        Event::Progression => "progression",
        Event::Death => "death",
        Event::EndOfFollowUp => "end_of_follow_up",
        Event::Own => "own",
    }
    .into()
}

/// The part of the message ids that names the kind.
fn code(kind: &IssueKind) -> &'static str {
    match kind {
        IssueKind::Reading { finding } => match finding {
            FindingKind::TitleRow => "title-row",
            FindingKind::UnitsRow => "units-row",
            FindingKind::Footnote => "footnote",
            FindingKind::EmptyHeading => "empty-heading",
            FindingKind::DuplicateHeading => "duplicate-heading",
            FindingKind::TotalsRow => "totals-row",
            FindingKind::MergedCells => "merged-cells",
            FindingKind::AmbiguousDateOrder => "ambiguous-date-order",
            FindingKind::TwoDigitYears => "two-digit-years",
            FindingKind::AgeWithUnit => "age-with-unit",
            FindingKind::NotANumber => "not-a-number",
            FindingKind::NotADate => "not-a-date",
            FindingKind::CellError => "cell-error",
            FindingKind::ExtraFields => "extra-fields",
            FindingKind::Undecodable => "undecodable",
        },
        IssueKind::WrongType { .. } => "wrong-type",
        IssueKind::UnitAssumed { .. } => "unit-assumed",
        IssueKind::EndpointAssumed => "endpoint-assumed",
        IssueKind::CodingAssumed { .. } => "coding-assumed",
        IssueKind::CausesAssumed { .. } => "causes-assumed",
        IssueKind::CodeWithoutRows { .. } => "code-without-rows",
        IssueKind::BlankEvents { .. } => "blank-events",
        IssueKind::PresumedNoEvent { .. } => "presumed-no-event",
        IssueKind::OwnUnnamed { .. } => "own-unnamed",
        IssueKind::OwnNameTaken { .. } => "own-name-taken",
        IssueKind::OwnWithoutStart { .. } => "own-without-start",
        IssueKind::OwnWithoutEvents { .. } => "own-without-events",
        IssueKind::NoStartMapped => "no-start-mapped",
        IssueKind::ClinicalProgressionOnly => "clinical-progression-only",
        IssueKind::PartlyMatched(_) => "partly-matched",
        IssueKind::PfsWithoutDeath => "pfs-without-death",
        IssueKind::EventsWithoutDeaths => "events-without-deaths",
        IssueKind::NoCensoringDate { .. } => "no-censoring-date",
        IssueKind::DuplicatePatient { .. } => "duplicate-patient",
        IssueKind::NoPatientId => "no-patient-id",
        IssueKind::MissingValue => "missing-value",
        IssueKind::NegativeTime => "negative-time",
        IssueKind::EndBeforeStart { .. } => "end-before-start",
        IssueKind::EventWithoutDate { .. } => "event-without-date",
        IssueKind::DateWithoutEvent { .. } => "date-without-event",
        IssueKind::AfterCutOff { .. } => "after-cut-off",
        IssueKind::DeathBeforeProgression { .. } => "death-before-progression",
        IssueKind::LastContactBeforeStart { .. } => "last-contact-before-start",
        IssueKind::LastContactBeforeProgression { .. } => "last-contact-before-progression",
        IssueKind::ContactAfterDeath { .. } => "contact-after-death",
        IssueKind::TherapyAfterDeath { .. } => "therapy-after-death",
        IssueKind::NotMeasured => "not-measured",
        IssueKind::UnknownResponse => "unknown-response",
        IssueKind::UnknownCause => "unknown-cause",
        IssueKind::Unreadable => "unreadable",
        IssueKind::CorrectionWithoutCell => "correction-without-cell",
        IssueKind::NoPatientColumn { .. } => "no-patient-column",
        IssueKind::UnmatchedRecord { .. } => "unmatched-record",
        IssueKind::RecordWithoutPatient { .. } => "record-without-patient",
        IssueKind::PatientWithoutRecords { .. } => "patient-without-records",
        IssueKind::IncompleteRecord { .. } => "incomplete-record",
        IssueKind::UnknownGrade => "unknown-grade",
        IssueKind::RecordColumnMissing { .. } => "record-column-missing",
        IssueKind::NothingToJoinBy => "nothing-to-join-by",
        IssueKind::UnmatchedJoinedRow => "unmatched-record",
        IssueKind::JoinedRowWithoutPatient => "record-without-patient",
        IssueKind::SecondJoinedRow { .. } => "second-joined-row",
        IssueKind::PatientWithoutJoinedRow { .. } => "patient-without-joined-row",
        IssueKind::AdverseEvent { problem } => event_problem::code(problem),
        IssueKind::UnknownFinding => "unknown-finding",
        IssueKind::Tumour { .. } => "tumour",
        IssueKind::Course { .. } => "course",
        IssueKind::ProgressionDiffers { .. } => "progression-differs",
        IssueKind::AmbiguousId { .. } => "ambiguous-id",
        IssueKind::NoIdMatches { .. } => "no-id-matches",
        IssueKind::IdsRespelt { .. } => "ids-respelt",
        IssueKind::IdsByNumber { .. } => "ids-by-number",
        IssueKind::NoJoinedId => "no-joined-id",
        IssueKind::DatesDenied { .. } => "dates-denied",
        IssueKind::UnclearAnswer { .. } => "unclear-answer",
        IssueKind::SheetNotRead { .. } => "sheet-not-read",
    }
}

/// What `count` patients from patient `from` contribute to an endpoint.
pub fn derived(
    cohort: &Cohort,
    endpoint: Endpoint,
    from: usize,
    count: usize,
    style: &Style,
    text: &Text,
) -> Vec<DerivedRow> {
    let Some(data) = cohort.endpoint(endpoint) else {
        return Vec::new();
    };
    let rules = cohort.rules();
    let competing = cohort.competing().filter(|_| endpoint == Endpoint::Efs);
    // Of event-free survival: which event it was.
    let first_event = |index: usize| {
        let competing = competing?;
        let cause = competing.derived[index].value?.cause.checked_sub(1)?;
        Some(cause_name(&competing.causes[cause], text))
    };
    (cohort.subjects().iter().zip(&data.derived))
        .enumerate()
        .skip(from)
        .take(count)
        .map(|(index, (subject, derived))| DerivedRow {
            id: (subject.id.clone()).unwrap_or_else(|| words::row(subject, text)),
            row: subject.row,
            time: (derived.value)
                .map(|value| style.time(Some(value.time), data.unit, rules))
                .unwrap_or_default(),
            status: match derived.value.map(|value| value.event) {
                Some(true) => first_event(index).unwrap_or_else(|| status(derived, text)),
                Some(false) | None => status(derived, text),
            },
            event: derived.value.map(|value| value.event),
            reason: assessed::without_any(
                (data, index),
                cohort,
                reason(
                    data.endpoint,
                    derived,
                    own_column(derived.reason, &data.origin),
                    rules,
                    style,
                    text,
                ),
                text,
            ),
        })
        .collect()
}

/// "event", "censored" or "left out".
pub(super) fn status(derived: &Derived, text: &Text) -> String {
    text.get(match derived.value.map(|value| value.event) {
        Some(true) => "cohort-status-event",
        Some(false) => "cohort-status-censored",
        None => "cohort-status-left-out",
    })
}

/// Which rule decided, with its dates; `column` is the one that ended a time of the person's own definition.
pub(super) fn reason(
    endpoint: Endpoint,
    derived: &Derived,
    column: Option<&str>,
    rules: TimeRules,
    style: &Style,
    text: &Text,
) -> String {
    let mut arguments = Vec::new();
    let (id, on) = match derived.reason {
        Reason::Rule { by, on } => {
            let (id, facts) = tumours::rule(by, text);
            arguments.extend(facts);
            arguments.extend(column.map(|column| ("column", column.into())));
            let unassessed = tumours::is_unassessed(by, endpoint, derived, rules);
            let end = if unassessed { "-unassessed" } else { "" };
            (format!("cohort-rule-{id}{end}"), Some(on))
        }
        reason => {
            let (id, on) = plain_reason(reason);
            (format!("cohort-reason-{id}"), on)
        }
    };
    if let (Some(on), Some(value)) = (on, derived.value) {
        let from = match endpoint {
            Endpoint::Dor | Endpoint::Idor => "response",
            _ => "start",
        };
        let from = ("from", from.into());
        let after = if rules.counts_calendar_months() {
            let months = style.time(Some(value.time), TimeUnit::Months, rules);
            text.with(
                "cohort-months-after-start",
                &[("months", months.into()), from],
            )
        } else if rules.count_first_day {
            text.with(
                "cohort-day-counted-from-start",
                &[("days", value.time.into())],
            )
        } else {
            text.with(
                "cohort-days-after-start",
                &[("days", value.time.into()), from],
            )
        };
        arguments.push(("on", date(on, text).into()));
        arguments.push(("after", after.into()));
    }
    text.with(&id, &arguments)
}

/// The column that ended a time of the person's own definition.
fn own_column(reason: Reason, origin: &EndpointOrigin) -> Option<&str> {
    let (EndpointOrigin::Own { definition, .. }, Reason::Rule { by, .. }) = (origin, reason) else {
        return None;
    };
    match by {
        EndReason::Event { place } => definition.events.get(place),
        EndReason::Censored { place } => definition.censoring.get(place),
        EndReason::LastContact => definition.last_contact.as_ref(),
        _ => None,
    }
    .map(String::as_str)
}

/// The end of the message id, and the date of its sentence.
fn plain_reason(reason: Reason) -> (&'static str, Option<NaiveDate>) {
    match reason {
        Reason::GivenEvent => ("given-event", None),
        Reason::GivenCensored => ("given-censored", None),
        Reason::GivenEventOn { on } => ("given-event-on", Some(on)),
        Reason::GivenCensoredOn { on } => ("given-censored-on", Some(on)),
        Reason::Progressed { on } => ("progressed", Some(on)),
        Reason::Died { on } => ("died", Some(on)),
        Reason::LastContact { on } => ("last-contact", Some(on)),
        Reason::CutOff { on } => ("cut-off", Some(on)),
        Reason::NoStart => ("no-start", None),
        Reason::NoEnd => ("no-end", None),
        Reason::EventWithoutDate => ("event-without-date", None),
        Reason::Unreadable => ("unreadable", None),
        Reason::Negative => ("negative", None),
        Reason::Contradiction => ("contradiction", None),
        Reason::NoValue => ("no-value", None),
        Reason::NoResponse => ("no-response", None),
        Reason::Rule { on, .. } => ("rule", Some(on)),
    }
}

/// A date as a sentence says it: `3 May 2023`.
pub(super) fn date(date: NaiveDate, text: &Text) -> String {
    text.with(
        "cohort-date",
        &[
            ("day", date.day().into()),
            ("month", date.month().into()),
            // As text: a year takes no separators.
            ("year", date.year().to_string().into()),
        ],
    )
}

fn yes_no(yes: bool) -> FluentValue<'static> {
    if yes { "yes" } else { "no" }.into()
}
