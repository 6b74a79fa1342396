//! The kinds of sheets with several rows a patient, in words.

use serde::Serialize;

use crate::cohort::{ReadValue, RecordAsRead, RecordKind, RecordRole, RecordUse, RecordsAsRead};
use crate::text::Text;

/// A kind of sheet, as the page offers it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordKindInWords {
    /// Which kind: the name of its field in the mapping.
    pub kind: RecordKind,
    /// Its name.
    pub label: String,
    /// What such a sheet looks like.
    pub help: String,
    /// What its columns can be.
    pub roles: Vec<RecordRoleInWords>,
}

/// A role, as the page offers it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordRoleInWords {
    /// The role.
    #[serde(flatten)]
    pub role: RecordRole,
    /// Its name.
    pub label: String,
}

/// Every kind in words.
pub fn record_kinds(text: &Text) -> Vec<RecordKindInWords> {
    RecordKind::ALL
        .into_iter()
        .map(|kind| {
            let name = message(kind);
            let role = |role: RecordRole| RecordRoleInWords {
                label: role_name(kind, role.id, text),
                role,
            };
            RecordKindInWords {
                kind,
                label: text.get(&format!("records-{name}")),
                help: text.get(&format!("records-{name}-help")),
                roles: kind.roles().into_iter().map(role).collect(),
            }
        })
        .collect()
}

/// The part of the message ids that names the kind.
fn message(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Assessments => "assessments",
        RecordKind::Lesions => "lesions",
        RecordKind::AdverseEvents => "adverse-events",
        RecordKind::Therapies => "therapies",
    }
}

/// The name of a role.
pub(super) fn role_name(kind: RecordKind, role: &str, text: &Text) -> String {
    text.get(&format!("records-role-{}-{role}", message(kind)))
}

/// Records as they are read, in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordsInWords {
    /// How many records there are, and how many count.
    pub sentence: String,
    /// Whether enough of them count for the sheet to be what it is read as.
    pub usable: bool,
    /// Heads of the columns.
    pub headings: Vec<String>,
    /// How many records there are in all.
    pub n: usize,
    /// Those asked for.
    pub rows: Vec<RecordRowInWords>,
}

/// A record in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordRowInWords {
    /// Spreadsheet row (1-based).
    pub row: u32,
    /// What was read, and last whether it counts.
    pub cells: Vec<String>,
    /// Whether it counts.
    pub used: bool,
}

/// Records as they are read, in words.
pub fn records(kind: RecordKind, records: &RecordsAsRead, text: &Text) -> RecordsInWords {
    let headings = records
        .roles
        .iter()
        .map(|role| role_name(kind, role.id, text));
    let usable = if is_usable(records) { "yes" } else { "no" };
    RecordsInWords {
        sentence: text.with(
            "records-count",
            &[
                ("records", records.n.into()),
                ("used", records.used.into()),
                ("patients", records.patients.into()),
                ("all", records.of_patients.into()),
                ("unmatched", records.unmatched.into()),
                ("usable", usable.into()),
            ],
        ),
        usable: is_usable(records),
        headings: headings.chain([text.get("records-use")]).collect(),
        n: records.n,
        rows: (records.rows.iter())
            .map(|record| record_row(kind, record, text))
            .collect(),
    }
}

/// Where fewer than one in ten counts, the sheet most likely holds something else.
fn is_usable(records: &RecordsAsRead) -> bool {
    10 * records.used >= records.n
}

fn record_row(kind: RecordKind, record: &RecordAsRead, text: &Text) -> RecordRowInWords {
    let value = |value: &ReadValue| match value {
        ReadValue::Missing => String::new(),
        ReadValue::Text(text) => text.clone(),
        ReadValue::Date(date) => date.to_string(),
        ReadValue::Grade(grade) => grade.to_string(),
        ReadValue::YesNo(true) => text.get("records-yes"),
        ReadValue::YesNo(false) => text.get("records-no"),
        ReadValue::Unreadable(raw) => {
            text.with("records-unreadable", &[("value", raw.as_str().into())])
        }
    };
    let usage = match &record.usage {
        RecordUse::Used => text.get("records-used"),
        RecordUse::UnknownPatient => text.get("records-unknown-patient"),
        RecordUse::NoPatient => text.get("records-no-patient"),
        RecordUse::LeftOut => text.get("records-left-out"),
        RecordUse::Incomplete { role } => text.with(
            "records-incomplete",
            &[("role", role_name(kind, role.id, text).into())],
        ),
    };
    RecordRowInWords {
        row: record.row,
        cells: record.values.iter().map(value).chain([usage]).collect(),
        used: record.usage == RecordUse::Used,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_role_has_words() {
        for kind in record_kinds(&Text::new("en")) {
            let words =
                (kind.roles.iter().map(|role| &role.label)).chain([&kind.label, &kind.help]);
            for word in words {
                assert!(!word.starts_with("records-"), "{word} has no message");
            }
        }
    }
}
