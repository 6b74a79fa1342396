//! Which of the sheets have one row a patient: that of the patients, and those to join to it.

use std::collections::HashSet;

use super::look::Look;
use super::records::{Candidate, patient_column};
use super::{IDS, WHOLE_IDS, guess};
use crate::cohort::heading::plain;
use crate::cohort::{JoinedSheet, Mapping, RecordKind};
use crate::table::{Table, TableName};

/// The ids of a column, and how many rows have one.
fn ids(table: &Table, heading: &str) -> Option<(HashSet<String>, usize)> {
    let column = table.column(heading)?;
    let rows = (0..table.rows.len()).filter(|&row| !column.is_missing(row));
    let ids: Vec<String> = rows.map(|row| plain(&column.text(row))).collect();
    let n = ids.len();
    Some((ids.into_iter().collect(), n))
}

/// The column that is named as one of patient ids.
fn named(table: &Table) -> Option<&str> {
    let looks = || (table.columns.iter()).map(|column| Look::new(table, column));
    let names = |look: &Look<'_>| WHOLE_IDS.iter().any(|name| look.words.is(name));
    (looks().find(|look| look.words.has_any(IDS)))
        .or_else(|| looks().find(names))
        .map(|look| look.name)
}

/// The table of the patients, where that is evidently another than `table`: this one repeats its
/// patient ids, the other has each of them once.
pub fn table_of_patients(table: &Table, others: &[Table]) -> Option<TableName> {
    let (known, n) = ids(table, named(table)?)?;
    // One id in ten may be there twice by mistake.
    if 10 * known.len() >= 9 * n {
        return None;
    }
    let once = |other: &&Table| {
        let found = named(other).and_then(|heading| ids(other, heading));
        found.is_some_and(|(unique, n)| {
            unique.len() == n && 2 * known.intersection(&unique).count() >= known.len()
        })
    };
    others
        .iter()
        .find(once)
        .and_then(|other| other.name.clone())
}

/// The sheets to join to that of the patients: those with each patient once that say how patients
/// fared, or that hold nothing else that is known.
pub(super) fn sheets(table: &Table, others: &[Table], mapping: &Mapping) -> Vec<JoinedSheet> {
    let Some((known, _)) = (mapping.patient.as_deref()).and_then(|heading| ids(table, heading))
    else {
        return Vec::new();
    };
    let joins = |other: &Table| {
        let name = other.name.clone()?;
        let patient = patient_column(other, &known)?;
        let (unique, n) = ids(other, patient)?;
        let shared = known.intersection(&unique).count();
        if unique.len() < n || 2 * shared < known.len() || other.columns.len() < 2 {
            return None;
        }
        let own = guess(other);
        let fared = own.progression.is_some()
            || own.death.is_some()
            || own.last_contact.is_some()
            || own.pfs.is_some()
            || own.os.is_some();
        let holds_records = || {
            let mut scratch = Mapping::default();
            RecordKind::ALL.into_iter().any(|kind| {
                Candidate::new(other, &name, patient).fill(kind, patient.to_owned(), &mut scratch)
            })
        };
        (fared || !holds_records()).then(|| JoinedSheet {
            table: name.clone(),
            patient: patient.to_owned(),
        })
    };
    others.iter().filter_map(joins).collect()
}
