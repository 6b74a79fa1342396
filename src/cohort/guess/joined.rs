//! Which of the sheets have one row a patient: that of the patients, and those to join to it.

use std::collections::HashSet;

use super::guess;
use super::records::{Candidate, known_ids, named_patient_column, patient_column};
use crate::cohort::ids::loose_key;
use crate::cohort::{JoinedSheet, Mapping, RecordKind};
use crate::table::{Table, TableName};

/// The ids of a column, leaving aside how they are spelt, and how many rows have one.
fn ids(table: &Table, heading: &str) -> Option<(HashSet<String>, usize)> {
    let column = table.column(heading)?;
    let rows = (0..table.rows.len()).filter(|&row| !column.is_missing(row));
    let ids: Vec<String> = rows.map(|row| loose_key(&column.text(row))).collect();
    let n = ids.len();
    Some((ids.into_iter().collect(), n))
}

/// The table of the patients, where that is evidently another than `table`: this one repeats its
/// patient ids, the other has each of them once.
pub fn table_of_patients(table: &Table, others: &[Table]) -> Option<TableName> {
    let (known, n) = ids(table, named_patient_column(table)?)?;
    // One id in ten may be there twice by mistake.
    if 10 * known.len() >= 9 * n {
        return None;
    }
    let once = |other: &&Table| {
        let found = named_patient_column(other).and_then(|heading| ids(other, heading));
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
    let Some(ids_known) = known_ids(table, mapping) else {
        return Vec::new();
    };
    let joins = |other: &Table| {
        let name = other.name.clone()?;
        let patient = patient_column(other, &ids_known)?;
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
