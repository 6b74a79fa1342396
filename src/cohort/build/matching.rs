//! What a person should know about the patient ids of another sheet.

use std::collections::HashMap;

use super::super::heading::plain;
use super::super::ids::MatchedIds;
use super::super::records::{Joined, RecordTable};
use super::super::{IssueKind, RecordKind, Severity};
use super::Builder;

/// How many ids are shown as examples.
pub(in crate::cohort) const EXAMPLES: usize = 5;

impl Builder<'_> {
    /// Lists the ids of a sheet that are spelt differently or belong to nobody, once each; whether the
    /// sheet can be used.
    pub(super) fn check_matches(
        &mut self,
        sheet: &RecordTable<'_>,
        joined: &Joined,
        records: RecordKind,
    ) -> bool {
        let view = &sheet.patient;
        let ids = &joined.ids;
        if joined.is_of_nobody()
            && let (Some(known), Some(&row)) = (&joined.example, joined.unmatched.first())
        {
            let kind = IssueKind::NoIdMatches {
                rows: joined.n_named,
                patients: self.table.label().to_owned(),
                known: known.clone(),
                numbered: ids.numbered.len(),
            };
            self.record_issue(Severity::Error, sheet, view, row, kind);
            return false;
        }
        if let Some(kind) = respelt(ids) {
            self.sheet_issue(Severity::Note, sheet, kind);
        }
        let mut rows_of: HashMap<String, usize> = HashMap::new();
        let mut first: Vec<usize> = Vec::new();
        for &row in &joined.unmatched {
            let rows = rows_of.entry(plain(&view.text(row))).or_default();
            *rows += 1;
            if *rows == 1 {
                first.push(row);
            }
        }
        let rows_of = |row: usize| rows_of[&plain(&view.text(row))];
        let (numbered, unknown): (Vec<usize>, Vec<usize>) =
            (first.into_iter()).partition(|&row| ids.is_numbered(&view.text(row)));
        if !numbered.is_empty() {
            let rows = numbered.into_iter().map(rows_of).sum();
            let kind = IssueKind::IdsByNumber {
                ids: ids.numbered.len(),
                rows,
                examples: ids.numbered.iter().take(EXAMPLES).cloned().collect(),
            };
            self.sheet_issue(Severity::Warning, sheet, kind);
        }
        for row in unknown {
            let rows = rows_of(row);
            let kind = match ids.ambiguous.get(&plain(&view.text(row))) {
                Some(patients) => IssueKind::AmbiguousId {
                    rows,
                    patients: patients.clone(),
                },
                None => IssueKind::UnmatchedRecord { records, rows },
            };
            self.record_issue(Severity::Warning, sheet, view, row, kind);
        }
        true
    }

    /// An issue of the column of ids of a sheet.
    fn sheet_issue(&mut self, severity: Severity, sheet: &RecordTable<'_>, kind: IssueKind) {
        let heading = sheet.patient.column.heading.clone();
        let issue = self.issue(severity, None, kind);
        issue.sheet = Some(sheet.table.label().to_owned());
        issue.table.clone_from(&sheet.table.name);
        issue.column = Some(heading);
    }
}

/// The note on ids that are spelt differently, where some are.
pub(in crate::cohort) fn respelt(ids: &MatchedIds) -> Option<IssueKind> {
    (!ids.respelt.is_empty()).then(|| IssueKind::IdsRespelt {
        ids: ids.respelt.len(),
        examples: ids.respelt.iter().take(EXAMPLES).cloned().collect(),
    })
}
