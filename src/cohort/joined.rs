//! Further sheets with one row a patient: their columns beside those of the patients' sheet.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::build::matching;
use super::heading::plain;
use super::ids::KnownIds;
use super::view::{Read, View};
use super::{CohortError, Issue, IssueKind, Mapping, PartialMatch, Severity};
use crate::table::{ColumnType, Table, TableName};

/// A sheet whose columns are added to those of the patients' sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JoinedSheet {
    /// Which sheet.
    pub table: TableName,
    /// Patient id.
    pub patient: String,
}

/// The patients' table with the columns of the sheets that are joined to it: what the roles of
/// `mapping` choose from.
///
/// **Conventions.** Rows belong together by patient id, compared as the mapping says. Of two rows
/// of one patient the first counts. Patients without a row have empty cells.
pub fn patients_table<'a>(
    table: &'a Table,
    others: &[Table],
    mapping: &Mapping,
) -> Result<Cow<'a, Table>, CohortError> {
    Ok(join(table, others, mapping)?.0)
}

/// A table with what is joined to it, what a person should know about the rows, and the sheets of which
/// nothing can be used.
type JoinedTable<'a> = (Cow<'a, Table>, Vec<Issue>, Vec<TableName>);

/// The same, and what a person should know about it.
pub(super) fn join<'a>(
    table: &'a Table,
    others: &[Table],
    mapping: &Mapping,
) -> Result<JoinedTable<'a>, CohortError> {
    if mapping.joined.is_empty() {
        return Ok((Cow::Borrowed(table), Vec::new(), Vec::new()));
    }
    let (mut whole, mut issues, mut refused) = (table.clone(), Vec::new(), Vec::new());
    let ids = (mapping.patient.as_deref())
        .filter(|heading| table.column(heading).is_some())
        .map(|heading| View::new(table, mapping, heading))
        .transpose()?;
    if ids.is_none() {
        let label = Some(table.label().to_owned());
        issues.push(issue(Severity::Error, label, IssueKind::NothingToJoinBy));
    }
    for sheet in &mapping.joined {
        let other = (others.iter())
            .find(|other| other.name.as_ref() == Some(&sheet.table))
            .ok_or_else(|| CohortError::NoSuchTable {
                table: sheet.table.to_string(),
            })?;
        let found = match &ids {
            Some(_) if sheet.patient.is_empty() => {
                let label = Some(other.label().to_owned());
                issues.push(issue(Severity::Error, label, IssueKind::NoJoinedId));
                None
            }
            Some(ids) => Match::new(table, mapping, ids).rows(other, sheet, &mut issues)?,
            None => None,
        };
        let rows = found.unwrap_or_else(|| {
            refused.push(sheet.table.clone());
            vec![None; table.rows.len()]
        });
        whole.join(other, &sheet.table, &rows, &sheet.patient);
    }
    Ok((Cow::Owned(whole), issues, refused))
}

fn issue(severity: Severity, sheet: Option<String>, kind: IssueKind) -> Issue {
    Issue {
        severity,
        sheet,
        table: None,
        row: None,
        column: None,
        value: None,
        kind,
        also: Vec::new(),
        left_out: Vec::new(),
    }
}

/// The patients, to find rows for.
struct Match<'a> {
    table: &'a Table,
    mapping: &'a Mapping,
    ids: &'a View<'a>,
}

impl<'a> Match<'a> {
    fn new(table: &'a Table, mapping: &'a Mapping, ids: &'a View<'a>) -> Self {
        Self {
            table,
            mapping,
            ids,
        }
    }

    /// The data row of `other` for each data row of the patients' table; `None` where no id is a patient's.
    fn rows(
        &self,
        other: &Table,
        sheet: &JoinedSheet,
        issues: &mut Vec<Issue>,
    ) -> Result<Option<Vec<Option<usize>>>, CohortError> {
        let patient = View::new(other, self.mapping, &sheet.patient)?;
        let known = || {
            let rows = 0..self.table.rows.len();
            let named = rows.filter(|&row| !self.ids.is_missing(row));
            named.map(|row| self.ids.text(row).into_owned())
        };
        let named = || {
            let rows = 0..other.rows.len();
            rows.filter(|&row| !self.mapping.leaves_out(other, row) && !patient.is_missing(row))
        };
        let known = KnownIds::new(known());
        let texts = named().map(|row| patient.text(row).into_owned());
        let ids = known.matched(texts, self.mapping.ids);
        let about = |severity: Severity, kind: IssueKind| Issue {
            table: Some(sheet.table.clone()),
            column: Some(sheet.patient.clone()),
            ..issue(severity, Some(other.label().to_owned()), kind)
        };
        let is_known = |&row: &usize| ids.find(&patient.text(row)).is_some();
        if let (Some(first), Some(example)) = (named().next(), known.example())
            && !named().any(|row| is_known(&row))
        {
            let kind = IssueKind::NoIdMatches {
                rows: named().count(),
                patients: self.table.label().to_owned(),
                known: example.to_owned(),
                numbered: ids.numbered.len(),
            };
            issues.push(Issue {
                row: Some(other.rows[first]),
                value: Some(patient.text(first).into_owned()),
                ..about(Severity::Error, kind)
            });
            return Ok(None);
        }
        issues.extend(matching::respelt(&ids).map(|kind| about(Severity::Note, kind)));
        if !ids.numbered.is_empty() {
            let kind = IssueKind::IdsByNumber {
                ids: ids.numbered.len(),
                rows: ids.numbered.len(),
                examples: (ids.numbered.iter().take(matching::EXAMPLES))
                    .cloned()
                    .collect(),
            };
            issues.push(about(Severity::Warning, kind));
        }
        let mut at = |severity: Severity, row: usize, kind: IssueKind| {
            let value = Some(patient.text(row).into_owned());
            issues.push(Issue {
                table: Some(sheet.table.clone()),
                row: Some(other.rows[row]),
                column: Some(sheet.patient.clone()),
                value: value.filter(|text| !text.is_empty()),
                ..issue(severity, Some(other.label().to_owned()), kind)
            });
        };
        let mut found: HashMap<String, usize> = HashMap::new();
        for row in 0..other.rows.len() {
            if self.mapping.leaves_out(other, row) {
                continue;
            }
            if patient.is_missing(row) {
                at(Severity::Warning, row, IssueKind::JoinedRowWithoutPatient);
                continue;
            }
            let written = patient.text(row);
            let id = ids
                .find(&written)
                .map_or_else(|| plain(&written), str::to_owned);
            if let Some(&first) = found.get(&id) {
                let first_row = other.rows[first];
                let kind = IssueKind::SecondJoinedRow { first_row };
                at(Severity::Warning, row, kind);
                continue;
            }
            found.insert(id, row);
        }
        let mut known: HashMap<usize, bool> = found.values().map(|&row| (row, false)).collect();
        let mut without = Vec::new();
        let rows: Vec<Option<usize>> = (0..self.table.rows.len())
            .map(|row| {
                if self.ids.is_missing(row) {
                    return None;
                }
                let match_of = found.get(&plain(&self.ids.text(row))).copied();
                match match_of {
                    Some(other) => {
                        known.insert(other, true);
                    }
                    None => without.push(row),
                }
                match_of
            })
            .collect();
        let mut unmatched: Vec<usize> = (known.into_iter())
            .filter_map(|(row, known)| (!known).then_some(row))
            .collect();
        unmatched.sort_unstable();
        let excluded = |row: &usize| self.mapping.excluded_rows.contains(&self.table.rows[*row]);
        without.retain(|row| !excluded(row));
        let unknown = || {
            let texts = unmatched.iter().map(|&row| patient.text(row));
            texts.filter(|text| !ids.is_numbered(text))
        };
        let matched = |row: &usize| !excluded(row) && rows[*row].is_some();
        let all = || 0..self.table.rows.len();
        let partly = (unknown().next().is_some() && !without.is_empty()).then(|| {
            let kind = IssueKind::PartlyMatched(Box::new(PartialMatch {
                records: None,
                matched: all().filter(matched).count(),
                patients: all().filter(|row| !excluded(row)).count(),
                ids: unknown().count(),
                unknown: (unknown().take(matching::EXAMPLES))
                    .map(Cow::into_owned)
                    .collect(),
                without: (without.iter().take(matching::EXAMPLES))
                    .map(|&row| self.ids.text(row).into_owned())
                    .collect(),
            }));
            about(Severity::Warning, kind)
        });
        for row in unmatched {
            let written = patient.text(row);
            if ids.is_numbered(&written) {
                continue;
            }
            let kind = match ids.ambiguous.get(&plain(&written)) {
                Some(patients) => IssueKind::AmbiguousId {
                    rows: 1,
                    patients: patients.clone(),
                },
                None => IssueKind::UnmatchedJoinedRow,
            };
            at(Severity::Warning, row, kind);
        }
        issues.extend(partly);
        for row in without {
            let sheet = other.label().to_owned();
            let kind = IssueKind::PatientWithoutJoinedRow { sheet };
            issues.push(Issue {
                row: Some(self.table.rows[row]),
                column: self.mapping.patient.clone(),
                value: Some(self.ids.text(row).into_owned()),
                ..issue(Severity::Warning, self.table.source.sheet.clone(), kind)
            });
        }
        Ok(Some(rows))
    }
}

/// A column of a joined sheet as the patients have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinedColumn {
    /// Its heading beside those of the patients' sheet.
    pub heading: String,
    /// Its text for each row of the patients' sheet (1-based) that has one.
    pub texts: BTreeMap<u32, String>,
}

/// The columns that [`patients_table`] has joined, with corrections.
///
/// **Conventions.** Dates are written `2024-06-30` and numbers with a point, however the sheet writes them. A
/// missing code is `NA`, unless the mapping gives it a meaning.
pub fn joined_columns(
    table: &Table,
    others: &[Table],
    mapping: &Mapping,
) -> Result<Vec<JoinedColumn>, CohortError> {
    let whole = patients_table(table, others, mapping)?;
    let labels = (mapping.groups.iter().chain(&mapping.counted)).flat_map(|of| of.labels.keys());
    let events = [&mapping.pfs, &mapping.os].into_iter().flatten();
    let events = events.flat_map(|given| &given.event_values);
    let status = [&mapping.progressed, &mapping.died].into_iter().flatten();
    let status = status.flat_map(|status| &status.event_values);
    let codes = mapping.response.iter().flat_map(|of| of.codes.keys());
    let causes = mapping.competing.iter().flat_map(|given| &given.causes);
    let causes = causes.flat_map(|cause| &cause.values);
    let meant: HashSet<&str> = (labels
        .chain(events)
        .chain(status)
        .chain(codes)
        .chain(causes))
    .map(String::as_str)
    .collect();
    let joined = whole
        .columns
        .iter()
        .filter(|column| column.joined_from.is_some());
    joined
        .map(|column| {
            let view = View::new(&whole, mapping, &column.heading)?;
            let texts = (whole.rows.iter().enumerate())
                .filter(|(row, _)| !view.is_blank(*row))
                .map(|(row, &number)| (number, plain_text(&view, row, &meant)))
                .collect();
            Ok(JoinedColumn {
                heading: column.heading.clone(),
                texts,
            })
        })
        .collect()
}

/// A cell in one way of writing, whatever that of its sheet.
fn plain_text(view: &View<'_>, row: usize, meant: &HashSet<&str>) -> String {
    let text = view.text(row);
    if view.is_missing(row) && !meant.contains(&*text) {
        return "NA".to_owned();
    }
    match view.column.column_type {
        ColumnType::Date { .. } => match view.date(row) {
            Read::Known(date) => date.to_string(),
            Read::Missing | Read::Unreadable => text.into_owned(),
        },
        ColumnType::Number if text.parse::<f64>().is_err() => match view.number(row) {
            Read::Known(number) => number.to_string(),
            Read::Missing | Read::Unreadable => text.into_owned(),
        },
        _ => text.into_owned(),
    }
}
