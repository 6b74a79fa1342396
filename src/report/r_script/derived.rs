//! The values of each patient that the script cannot make of the spreadsheet, as a file beside it.

use super::{Origin, Script, code, comment, quote, stem};
use crate::analysis::{PatientResponse, ResponseSource, patient_responses};
use crate::cohort::{Cohort, Derived, Endpoint, JoinedColumn, TreatmentPeriod};
use crate::recist::Preset;
use crate::report::csv;

/// Reads the file.
const READ: &str = include_str!("derived.R");

/// A column: its name, and its text for each subject.
type Column = (String, Vec<String>);

impl Script {
    /// Where the values are, and how they are read.
    pub(super) fn derived_values(&mut self, origin: Origin<'_>) {
        let path = format!("{}-derived.csv", stem(origin));
        self.line("");
        for sheet in &origin.mapping.joined {
            self.line(&comment(&format!(
                "The columns of {} are read from the file of derived values.",
                sheet.table
            )));
        }
        self.set("derived_path", &quote(&path));
        self.text.push_str(READ);
    }
}

/// All that is derived of every patient, whatever the sections are: one file serves every script of a study.
pub(super) fn document(cohort: &Cohort, joined: &[JoinedColumn]) -> String {
    let subjects = cohort.subjects();
    let mut columns: Vec<Column> = vec![
        column("row", subjects, |subject| subject.row.to_string()),
        column("patient", subjects, |subject| {
            subject.id.clone().unwrap_or_default()
        }),
    ];
    columns.extend(endpoints(cohort));
    columns.extend(responses(cohort));
    if let Some(data) = cohort.safety() {
        columns.extend(treatment(&data.periods));
    }
    columns.extend((joined.iter()).map(|of| {
        column(&of.heading, subjects, |subject| {
            of.texts.get(&subject.row).cloned().unwrap_or_default()
        })
    }));
    let mut lines = String::from(csv::BOM);
    let names: Vec<&String> = columns.iter().map(|(name, _)| name).collect();
    csv::push_line(&mut lines, &names);
    for i in 0..subjects.len() {
        let cells: Vec<&String> = columns.iter().map(|(_, texts)| &texts[i]).collect();
        csv::push_line(&mut lines, &cells);
    }
    lines
}

fn column<T>(name: &str, of: &[T], text: impl Fn(&T) -> String) -> Column {
    (name.to_owned(), of.iter().map(text).collect())
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// What the columns of an endpoint by particular rules of censoring begin with.
pub(super) fn by_rules(endpoint: Endpoint, preset: Preset) -> String {
    format!("{}_{}", endpoint.code(), preset.code())
}

/// Times in the unit of their endpoint, and events as 1 and 0; of competing events the number of the event.
fn endpoints(cohort: &Cohort) -> Vec<Column> {
    let mut columns = Vec::new();
    let mut push = |code: &str, derived: &[Derived]| {
        columns.push(column(&format!("{code}_time"), derived, |derived| {
            shown(derived.value.map(|value| value.time))
        }));
        columns.push(column(&format!("{code}_event"), derived, |derived| {
            shown(derived.value.map(|value| u8::from(value.event)))
        }));
    };
    for data in cohort.endpoints() {
        push(data.endpoint.code(), &data.derived);
    }
    for endpoint in cohort.sensitive_endpoints() {
        for preset in Preset::ALL {
            if let Some(data) = cohort.by_rules(endpoint, preset) {
                push(&by_rules(endpoint, preset), &data.derived);
            }
        }
    }
    if let Some(data) = cohort.competing() {
        columns.push(column("competing_time", &data.derived, |derived| {
            shown(derived.value.map(|value| value.time))
        }));
        columns.push(column("competing_cause", &data.derived, |derived| {
            shown(derived.value.map(|value| value.cause))
        }));
    }
    columns
}

/// What the assessments come to: days from the start, changes as fractions of the baseline.
fn responses(cohort: &Cohort) -> Vec<Column> {
    let mut columns = Vec::new();
    for (name, by) in [
        ("recist", ResponseSource::Recist),
        ("irecist", ResponseSource::Irecist),
    ] {
        // Refused where there are no assessments.
        let Ok(of) = patient_responses(cohort, by) else {
            continue;
        };
        let mut push = |what: &str, text: &dyn Fn(&PatientResponse) -> String| {
            columns.push(column(&format!("{name}_{what}"), &of, text));
        };
        push("response", &|of| code(of.best).to_owned());
        push("response_days", &|of| shown(of.response_days));
        push("stable_days", &|of| shown(of.stable_days));
        push("best_change", &|of| shown(of.depth));
    }
    columns
}

/// When patients were treated and followed.
fn treatment(periods: &[TreatmentPeriod]) -> Vec<Column> {
    vec![
        column("treatment_start", periods, |period| shown(period.start)),
        column("last_dose", periods, |period| shown(period.last_dose)),
        column("follow_up_end", periods, |period| shown(period.end)),
        column("follow_up_ended_in_death", periods, |period| {
            u8::from(period.died()).to_string()
        }),
    ]
}
