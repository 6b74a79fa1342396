//! From a spreadsheet to the cohort: rules of the endpoints, the guess, codings, issues, saved studies.

use chrono::NaiveDate;
use oncurve::cohort::{
    self, Cohort, Derived, Endpoint, Issue, IssueKind, Mapping, Reason, Severity, StatusColumn,
    TimeAndEvent, TimeUnit,
};
use oncurve::table::{self, ReadOptions, Table};

mod adverse_events;
mod blanks;
mod codings;
mod competing;
mod covariates;
mod endpoints;
mod example;
mod further_dates;
mod guess;
mod ids;
mod issues;
mod languages;
mod order_of_dates;
mod own;
mod partly;
mod properties;
mod records;
mod rules;
mod sheets;
mod study;
mod trial;
mod tumours;
mod unreadable;
mod words;

/// The table of a comma-separated text.
fn table(text: &str) -> Table {
    table::read(text.as_bytes(), "cohort.csv", &ReadOptions::default()).expect("a readable table")
}

/// Cohort and issues of a comma-separated text.
#[track_caller]
fn build(text: &str, mapping: &Mapping) -> (Cohort, Vec<Issue>) {
    cohort::build(&table(text), mapping).expect("a cohort")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date as 2024-06-30")
}

/// A mapping of the headings `id`, `start`, `progression`, `death`, `last contact`.
fn by_dates() -> Mapping {
    Mapping {
        patient: Some("id".to_owned()),
        start: Some("start".to_owned()),
        progression: Some("progression".to_owned()),
        death: Some("death".to_owned()),
        last_contact: Some("last contact".to_owned()),
        ..Mapping::default()
    }
}

fn given(time: &str, event: &str, event_values: &[&str]) -> TimeAndEvent {
    TimeAndEvent {
        time: time.to_owned(),
        event: event.to_owned(),
        unit: TimeUnit::Months,
        event_values: texts(event_values),
        blank_is_no_event: false,
    }
}

fn status(column: &str, event_values: &[&str]) -> StatusColumn {
    StatusColumn {
        column: column.to_owned(),
        event_values: texts(event_values),
        ..StatusColumn::default()
    }
}

fn texts(values: &[&str]) -> Vec<String> {
    values.iter().map(|&value| value.to_owned()).collect()
}

/// What the patients contribute: (time, event), or `None` when left out.
fn values(cohort: &Cohort, endpoint: Endpoint) -> Vec<Option<(f64, bool)>> {
    let data = cohort.endpoint(endpoint).expect("a mapped endpoint");
    let value = |derived: &Derived| derived.value.map(|value| (value.time, value.event));
    data.derived.iter().map(value).collect()
}

fn reasons(cohort: &Cohort, endpoint: Endpoint) -> Vec<Reason> {
    let data = cohort.endpoint(endpoint).expect("a mapped endpoint");
    data.derived.iter().map(|derived| derived.reason).collect()
}

/// The only issue of a severity.
#[track_caller]
fn only(issues: &[Issue], severity: Severity) -> &Issue {
    let of_it: Vec<&Issue> = issues
        .iter()
        .filter(|issue| issue.severity == severity)
        .collect();
    assert_eq!(of_it.len(), 1, "{issues:#?}");
    of_it[0]
}

fn kinds(issues: &[Issue]) -> Vec<&IssueKind> {
    issues.iter().map(|issue| &issue.kind).collect()
}
