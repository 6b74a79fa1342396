//! Rows that are intervals of patients, as start-stop data have them.

use std::collections::HashMap;
use std::hash::Hash;

use serde::Serialize;

use crate::analysis::case::Followed;
use crate::cohort::{Cohort, Factor};

/// The patients of rows that are intervals at risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CoxPatients {
    /// Patients with the endpoint, each with one row or more.
    pub n: usize,
    /// Those with a row in the model of all covariates.
    pub model_n: usize,
    /// Whether somebody had the event more than once.
    pub recurrent: bool,
}

impl CoxPatients {
    /// Those of rows whose patients, events and part in the model are given.
    pub(super) fn of(owners: &[usize], event: &[bool], complete: &[bool]) -> Self {
        // How many rows each has among those to count.
        let rows = |counted: &[bool]| {
            let mut rows = vec![0usize; owners.len()];
            for (&owner, _) in owners.iter().zip(counted).filter(|(_, counted)| **counted) {
                rows[owner] += 1;
            }
            rows
        };
        Self {
            n: owners.iter().max().map_or(0, |last| last + 1),
            model_n: rows(complete).iter().filter(|&&rows| rows > 0).count(),
            recurrent: rows(event).iter().any(|&events| events > 1),
        }
    }
}

/// The patient of each row, counted from 0, where rows are intervals of patients; `None` where each row is a patient.
///
/// **Conventions.** The ids say whose a row is; in a file without ids, the clusters of the robust errors. Several rows
/// are intervals of one patient when no two of them overlap, or when the clusters are the patients. Else they are
/// patients who were entered twice, or patients of one centre.
pub(super) fn owners(
    cohort: &Cohort,
    followed: &Followed,
    cluster: Option<&Factor>,
) -> Option<Vec<usize>> {
    let entry = followed.cases.entry.as_deref();
    if entry.is_none() && cluster.is_none() {
        return None;
    }
    let rows = || followed.sample.subjects.iter().copied();
    let clusters = cluster.map(|factor| numbered(rows().map(|i| factor.values[i])));
    let id = |i: usize| cohort.subjects()[i].id.as_deref();
    let named = rows().any(|i| id(i).is_some());
    let owners = if named {
        numbered(rows().map(|i| id(i).ok_or(i)))
    } else {
        clusters.clone()?
    };
    let several = owners
        .iter()
        .max()
        .is_some_and(|&last| last + 1 < owners.len());
    let clustered = named && clusters.as_ref() == Some(&owners);
    let apart = || entry.is_some_and(|entry| apart(&owners, entry, &followed.sample.time));
    (several && (clustered || apart())).then_some(owners)
}

/// Numbers for keys, from 0 in the order in which they occur.
pub(super) fn numbered<K: Eq + Hash>(keys: impl Iterator<Item = K>) -> Vec<usize> {
    let mut known = HashMap::new();
    keys.map(|key| {
        let next = known.len();
        *known.entry(key).or_insert(next)
    })
    .collect()
}

/// Whether no two intervals of one owner overlap.
fn apart(owners: &[usize], entry: &[f64], time: &[f64]) -> bool {
    let mut order: Vec<usize> = (0..owners.len()).collect();
    order.sort_by(|&a, &b| (owners[a].cmp(&owners[b])).then(entry[a].total_cmp(&entry[b])));
    (order.windows(2))
        .all(|pair| owners[pair[0]] != owners[pair[1]] || entry[pair[1]] >= time[pair[0]])
}
