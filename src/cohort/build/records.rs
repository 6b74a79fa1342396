//! The sheets with several rows a patient.

use super::super::records::{RecordTable, date, text};
use super::super::view::{Read, View};
use super::super::{
    AdverseEvent, CohortError, Issue, IssueKind, RecordKind, Severity, Subject, Therapy,
};
use super::Builder;
use crate::table::{Table, TableName};

/// The patients that records can belong to.
pub(super) struct People<'a> {
    pub subjects: &'a [Subject],
    pub left_out: &'a [Subject],
    /// Whether a column says who is who.
    pub identified: bool,
}

/// An open sheet, and the data row and subject of each of its records.
type Opened<'a> = (RecordTable<'a>, Vec<(usize, usize)>);

impl<'a> Builder<'a> {
    /// Opens a sheet of records and lists the rows and patients that find no other.
    pub(super) fn open_records(
        &mut self,
        others: &'a [Table],
        people: &People<'_>,
        records: RecordKind,
        (name, patient): (&TableName, &str),
    ) -> Result<Option<Opened<'a>>, CohortError> {
        if !people.identified {
            self.issue(
                Severity::Error,
                None,
                IssueKind::NoPatientColumn { records },
            );
            return Ok(None);
        }
        let opened = RecordTable::open(others, self.mapping, name, patient)?;
        let joined = opened.join(people.subjects, people.left_out);
        for row in joined.unmatched {
            let kind = IssueKind::UnmatchedRecord { records };
            self.record_issue(Severity::Warning, &opened, &opened.patient, row, kind);
        }
        for row in joined.nameless {
            let kind = IssueKind::RecordWithoutPatient { records };
            self.record_issue(Severity::Warning, &opened, &opened.patient, row, kind);
        }
        let severity = match records {
            // Nothing happened to them, or so it seems.
            RecordKind::AdverseEvents | RecordKind::Therapies => Severity::Note,
            RecordKind::Assessments | RecordKind::Lesions => Severity::Warning,
        };
        for subject in joined.without {
            let sheet = opened.table.label().to_owned();
            let kind = IssueKind::PatientWithoutRecords { records, sheet };
            let Subject { id, row } = &people.subjects[subject];
            let column = self.mapping.patient.as_deref();
            let issue = self.issue(severity, column, kind);
            (issue.row, issue.value) = (Some(*row), id.clone());
        }
        Ok(Some((opened, joined.rows)))
    }

    /// An issue of one cell of a sheet of records.
    pub(super) fn record_issue(
        &mut self,
        severity: Severity,
        records: &RecordTable<'_>,
        view: &View<'_>,
        row: usize,
        kind: IssueKind,
    ) {
        let value = Some(view.text(row).into_owned());
        self.issues.push(Issue {
            severity,
            sheet: Some(records.table.label().to_owned()),
            table: records.table.name.clone(),
            row: Some(records.table.rows[row]),
            column: Some(view.column.heading.clone()),
            value: value.filter(|text| !text.is_empty()),
            kind,
            left_out: Vec::new(),
        });
    }

    /// A date of a record; an unreadable one is said and counts as missing.
    pub(super) fn record_date(
        &mut self,
        records: &RecordTable<'_>,
        view: Option<&View<'_>>,
        row: usize,
    ) -> Option<chrono::NaiveDate> {
        match date(view, row) {
            Read::Known(date) => Some(date),
            Read::Missing => None,
            Read::Unreadable => {
                let view = view?;
                self.record_issue(Severity::Warning, records, view, row, IssueKind::Unreadable);
                None
            }
        }
    }

    pub(super) fn adverse_events(
        &mut self,
        others: &'a [Table],
        people: &People<'_>,
    ) -> Result<Option<Vec<Vec<AdverseEvent>>>, CohortError> {
        let kind = RecordKind::AdverseEvents;
        let Some(sheet) = &self.mapping.adverse_events else {
            return Ok(None);
        };
        let place = (&sheet.table, &*sheet.patient);
        let Some((records, rows)) = self.open_records(others, people, kind, place)? else {
            return Ok(None);
        };
        let term = View::new(records.table, self.mapping, &sheet.term)?;
        let system = records.view(sheet.system.as_deref())?;
        let grade = records.view(sheet.grade.as_deref())?;
        let related = records.coded(sheet.related.as_ref())?;
        let serious = records.coded(sheet.serious.as_ref())?;
        let discontinued = records.coded(sheet.discontinued.as_ref())?;
        let dose_changed = records.coded(sheet.dose_changed.as_ref())?;
        let fatal = records.coded(sheet.fatal.as_ref())?;
        let start = records.view(sheet.start.as_deref())?;
        let end = records.view(sheet.end.as_deref())?;
        let mut events = vec![Vec::new(); people.subjects.len()];
        for (row, subject) in rows {
            let Some(name) = text(Some(&term), row) else {
                let kind = IssueKind::IncompleteRecord { records: kind };
                self.record_issue(Severity::Warning, &records, &term, row, kind);
                continue;
            };
            let flag = |coded: &Option<super::Coded<'_>>| coded.as_ref()?.happened(row);
            let event = AdverseEvent {
                row: records.table.rows[row],
                term: name,
                system: text(system.as_ref(), row),
                grade: self.grade(&records, grade.as_ref(), row),
                related: flag(&related),
                serious: flag(&serious),
                discontinued: flag(&discontinued),
                dose_changed: flag(&dose_changed),
                fatal: flag(&fatal),
                start: self.record_date(&records, start.as_ref(), row),
                end: self.record_date(&records, end.as_ref(), row),
            };
            events[subject].push(event);
        }
        Ok(Some(events))
    }

    /// A grade: the only digit from 0 to 5 of its text (`3`, `G3`, `Grade 3`, `3级`).
    fn grade(
        &mut self,
        records: &RecordTable<'_>,
        view: Option<&View<'_>>,
        row: usize,
    ) -> Option<u8> {
        let view = view.filter(|view| !view.is_missing(row))?;
        let text = view.text(row);
        let mut digits = text.chars().filter_map(|letter| letter.to_digit(10));
        let grade = match (digits.next(), digits.next()) {
            (Some(grade @ 0..=5), None) => Some(grade as u8),
            _ => None,
        };
        if grade.is_none() {
            let kind = IssueKind::UnknownGrade;
            self.record_issue(Severity::Warning, records, view, row, kind);
        }
        grade
    }

    pub(super) fn therapies(
        &mut self,
        others: &'a [Table],
        people: &People<'_>,
    ) -> Result<Option<Vec<Vec<Therapy>>>, CohortError> {
        let kind = RecordKind::Therapies;
        let Some(sheet) = &self.mapping.therapies else {
            return Ok(None);
        };
        let place = (&sheet.table, &*sheet.patient);
        let Some((records, rows)) = self.open_records(others, people, kind, place)? else {
            return Ok(None);
        };
        let start = View::new(records.table, self.mapping, &sheet.start)?;
        let end = records.view(sheet.end.as_deref())?;
        let name = records.view(sheet.name.as_deref())?;
        let line = records.view(sheet.line.as_deref())?;
        let subsequent = records.coded(sheet.subsequent.as_ref())?;
        let mut therapies = vec![Vec::new(); people.subjects.len()];
        for (row, subject) in rows {
            let Some(first) = self.record_date(&records, Some(&start), row) else {
                if start.is_missing(row) {
                    let kind = IssueKind::IncompleteRecord { records: kind };
                    self.record_issue(Severity::Warning, &records, &start, row, kind);
                }
                continue;
            };
            therapies[subject].push(Therapy {
                row: records.table.rows[row],
                name: text(name.as_ref(), row),
                line: text(line.as_ref(), row),
                start: first,
                end: self.record_date(&records, end.as_ref(), row),
                subsequent: subsequent.as_ref().and_then(|coded| coded.happened(row)),
            });
        }
        for therapies in &mut therapies {
            therapies.sort_by_key(|therapy: &Therapy| therapy.start);
        }
        Ok(Some(therapies))
    }
}
