//! The sheets with several rows a patient.

use std::collections::BTreeMap;

use super::super::coding::{Coded, MAX_CODES};
use super::super::records::{Joined, RecordTable, SheetMapping, date, text};
use super::super::view::{Read, View};
use super::super::{CohortError, Issue, IssueKind, RecordKind, Severity, Subject, Therapy, Wanted};
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
pub(super) type Opened<'a> = (RecordTable<'a>, Vec<(usize, usize)>);

impl People<'_> {
    /// The subjects without a row. Those whose rows an issue of the numbers in the ids would find are said there.
    pub fn without(&self, joined: &Joined) -> Vec<usize> {
        let is_asked = |subject: &usize| {
            let id = self.subjects[*subject].id.as_ref();
            (joined.ids.numbered.iter()).any(|(_, patient)| Some(patient) == id)
        };
        let without = joined.without.iter().copied();
        without.filter(|subject| !is_asked(subject)).collect()
    }
}

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
        let missing =
            SheetMapping::of(self.mapping, records).and_then(|sheet| sheet.missing(records));
        if let Some(role) = missing {
            let role = role.id.to_owned();
            let kind = IssueKind::RecordColumnMissing { records, role };
            let issue = self.issue(Severity::Error, None, kind);
            issue.sheet = Some(name.to_string()).filter(|sheet| !sheet.is_empty());
            return Ok(None);
        }
        let opened = RecordTable::open(self.table, others, self.mapping, name, patient)?;
        let joined = opened.join(people.subjects, people.left_out);
        if !self.check_matches(&opened, &joined, records, people) {
            return Ok(None);
        }
        for &row in &joined.nameless {
            let kind = IssueKind::RecordWithoutPatient { records };
            self.record_issue(Severity::Warning, &opened, &opened.patient, row, kind);
        }
        let severity = match records {
            // Nothing happened to them, or so it seems.
            RecordKind::AdverseEvents | RecordKind::Therapies => Severity::Note,
            RecordKind::Assessments | RecordKind::Lesions => Severity::Warning,
        };
        for subject in people.without(&joined) {
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
            also: Vec::new(),
            left_out: Vec::new(),
        });
    }

    /// Asks what the values of a column of yes and no mean that say neither, once for each value. In how many rows
    /// they stand.
    pub(super) fn ask_answers(
        &mut self,
        sheet: &RecordTable<'_>,
        records: RecordKind,
        role: &str,
        coded: Option<&Coded<'_>>,
    ) -> usize {
        let Some(coded) = coded else { return 0 };
        let mut open: BTreeMap<String, usize> = BTreeMap::new();
        for row in 0..sheet.table.rows.len() {
            let unsaid = !coded.view.is_missing(row) && coded.happened(row).is_none();
            if unsaid && !sheet.mapping.leaves_out(sheet.table, row) {
                *open.entry(coded.view.text(row).into_owned()).or_default() += 1;
            }
        }
        let too_many = open.len() > MAX_CODES;
        let undecided = open.values().sum();
        let asked = |(value, rows): (String, usize)| {
            let role = role.to_owned();
            let kind = IssueKind::UnclearAnswer {
                records,
                role,
                rows,
            };
            (Some(value), kind)
        };
        let wanted = Wanted::Events;
        let issues: Vec<(Option<String>, IssueKind)> = match too_many {
            true => vec![(None, IssueKind::WrongType { wanted })],
            false => open.into_iter().map(asked).collect(),
        };
        for (value, kind) in issues {
            self.issues.push(Issue {
                severity: Severity::Warning,
                sheet: Some(sheet.table.label().to_owned()),
                table: sheet.table.name.clone(),
                row: None,
                column: Some(coded.view.column.heading.clone()),
                value,
                kind,
                also: Vec::new(),
                left_out: Vec::new(),
            });
        }
        undecided
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
        self.ask_answers(&records, kind, "subsequent", subsequent.as_ref());
        let death = self.event_dates(self.mapping.death.as_deref())?;
        let mut therapies = vec![Vec::new(); people.subjects.len()];
        for (row, subject) in rows {
            let Some(first) = self.record_date(&records, Some(&start), row) else {
                if start.is_missing(row) {
                    let kind = IssueKind::IncompleteRecord { records: kind };
                    self.record_issue(Severity::Warning, &records, &start, row, kind);
                }
                continue;
            };
            let last = self.record_date(&records, end.as_ref(), row);
            let dates = [(Some(&start), Some(first)), (end.as_ref(), last)];
            let died = death.as_ref().map(|view| view.date(self.rows[subject]));
            if let Some(Read::Known(death)) = died
                && let Some((Some(view), Some(on))) =
                    (dates.into_iter()).find(|(_, on)| on.is_some_and(|on| on > death))
            {
                let kind = IssueKind::TherapyAfterDeath { on, death };
                self.record_issue(Severity::Warning, &records, view, row, kind);
            }
            therapies[subject].push(Therapy {
                row: records.table.rows[row],
                name: text(name.as_ref(), row),
                line: text(line.as_ref(), row),
                start: first,
                end: last,
                subsequent: subsequent.as_ref().and_then(|coded| coded.happened(row)),
                studied: true,
            });
        }
        for therapies in &mut therapies {
            therapies.sort_by_key(|therapy: &Therapy| therapy.start);
        }
        Ok(Some(therapies))
    }
}
