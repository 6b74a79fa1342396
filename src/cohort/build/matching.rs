//! What a person should know about the patient ids of another sheet.

use std::collections::HashMap;

use super::super::heading::plain;
use super::super::ids::MatchedIds;
use super::super::records::{Joined, RecordTable};
use super::super::{IssueKind, PartialMatch, RecordKind, Severity};
use super::Builder;
use super::records::People;

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
        people: &People<'_>,
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
        let mut rows_of: HashMap<String, Vec<usize>> = HashMap::new();
        let mut first: Vec<usize> = Vec::new();
        for &row in &joined.unmatched {
            let rows = rows_of.entry(plain(&view.text(row))).or_default();
            rows.push(row);
            if rows.len() == 1 {
                first.push(row);
            }
        }
        let rows_of = |row: usize| &rows_of[&plain(&view.text(row))][..];
        let (numbered, unknown): (Vec<usize>, Vec<usize>) =
            (first.into_iter()).partition(|&row| ids.is_numbered(&view.text(row)));
        if !numbered.is_empty() {
            let rows = numbered.into_iter().map(|row| rows_of(row).len()).sum();
            let kind = IssueKind::IdsByNumber {
                ids: ids.numbered.len(),
                rows,
                examples: ids.numbered.iter().take(EXAMPLES).cloned().collect(),
            };
            self.sheet_issue(Severity::Warning, sheet, kind);
        }
        self.partly_matched(sheet, joined, records, people, &unknown);
        for row in unknown {
            let rows = rows_of(row).len();
            let kind = match ids.ambiguous.get(&plain(&view.text(row))) {
                Some(patients) => IssueKind::AmbiguousId {
                    rows,
                    patients: patients.clone(),
                },
                None => IssueKind::UnmatchedRecord { records, rows },
            };
            self.record_issue(Severity::Warning, sheet, view, row, kind);
            let also = rows_of(row)[1..].iter();
            let also = also.map(|&other| sheet.table.rows[other]).collect();
            self.issues.last_mut().expect("one was pushed").also = also;
        }
        true
    }

    /// Says how many patients a sheet matches, where some of its ids belong to nobody: `unknown` are the first
    /// rows of these.
    fn partly_matched(
        &mut self,
        sheet: &RecordTable<'_>,
        joined: &Joined,
        records: RecordKind,
        people: &People<'_>,
        unknown: &[usize],
    ) {
        let without = people.without(joined);
        let patients = people.subjects.len();
        let matched = patients - joined.without.len();
        let few = match records {
            // Many patients have none, so that single misspelt ids tell nothing more.
            RecordKind::AdverseEvents | RecordKind::Therapies => matched / 10,
            RecordKind::Assessments | RecordKind::Lesions => 0,
        };
        if unknown.len() <= few || without.is_empty() {
            return;
        }
        let text = |&row: &usize| sheet.patient.text(row).into_owned();
        let kind = IssueKind::PartlyMatched(Box::new(PartialMatch {
            records: Some(records),
            matched,
            patients,
            ids: unknown.len(),
            unknown: unknown.iter().take(EXAMPLES).map(text).collect(),
            without: (without.iter().take(EXAMPLES))
                .filter_map(|&subject| people.subjects[subject].id.clone())
                .collect(),
        }));
        self.sheet_issue(Severity::Warning, sheet, kind);
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
