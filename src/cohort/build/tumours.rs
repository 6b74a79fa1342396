//! Tumour assessments and measurements into histories, judged by RECIST.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::super::assessment::{
    lesion_kind, lesion_state, non_target, response, says_new, says_node,
};
use super::super::heading::plain;
use super::super::records::{RecordTable, text};
use super::super::view::{Read, View};
use super::super::wide::RoleColumns;
use super::super::{CohortError, IssueKind, RecordKind, Severity, Therapy, Tumour, WidePart};
use super::Builder;
use super::records::{Opened, People};
use crate::recist::{
    History, Lesion, LesionKind, LesionState, Measurement, Visit, Warning, assess,
};
use crate::table::Table;

/// The lesions and visits of one patient while they are collected.
#[derive(Clone, Default)]
struct Collected {
    lesions: Vec<Lesion>,
    visits: Vec<Visit>,
}

/// A row, or a part of a wide one, that says something of a date.
struct Dated<'a> {
    row: usize,
    subject: usize,
    part: Option<&'a WidePart>,
    on: NaiveDate,
}

impl Collected {
    /// The visit of that date; where visits have names, of that name.
    fn visit(&mut self, date: NaiveDate, label: Option<String>) -> &mut Visit {
        let same = |visit: &Visit| match (&visit.label, &label) {
            (Some(known), Some(label)) => known == label,
            _ => visit.date == date,
        };
        let place = self.visits.iter().position(same).unwrap_or_else(|| {
            self.visits.push(Visit {
                label,
                ..Visit::on(date)
            });
            self.visits.len() - 1
        });
        let visit = &mut self.visits[place];
        // The scans of one visit may take several days: it counts from the first.
        visit.date = visit.date.min(date);
        visit
    }

    /// The place of a lesion; a lesion that is a target, a node or new in one row is so in all.
    fn lesion(
        &mut self,
        id: String,
        organ: Option<String>,
        kind: Option<LesionKind>,
        nodal: bool,
    ) -> usize {
        let known = plain(&id);
        let place = self
            .lesions
            .iter()
            .position(|lesion| plain(&lesion.id) == known);
        let Some(place) = place else {
            self.lesions.push(Lesion {
                id,
                organ,
                kind: kind.unwrap_or(LesionKind::Target),
                nodal,
            });
            return self.lesions.len() - 1;
        };
        let lesion = &mut self.lesions[place];
        lesion.organ = lesion.organ.take().or(organ);
        lesion.nodal |= nodal;
        place
    }
}

/// A subject, and one of its lesions.
type OfSubject = (usize, usize);

/// A date, and the part of a row that tells it.
type Told<'a> = (NaiveDate, usize, Option<&'a WidePart>);

/// Lesions whose state is said to be new.
#[derive(Default)]
struct News<'a> {
    said: Vec<(OfSubject, Told<'a>)>,
    /// The first date of every lesion.
    first: HashMap<OfSubject, NaiveDate>,
}

impl<'a> News<'a> {
    fn note(&mut self, lesion: OfSubject, told: Told<'a>, is_new: bool) {
        let first = self.first.entry(lesion).or_insert(told.0);
        *first = told.0.min(*first);
        if is_new {
            self.said.push((lesion, told));
        }
    }
}

impl<'a> Builder<'a> {
    /// The tumour of every subject with a start and an assessment; `None` where no sheet can be used.
    pub(super) fn tumours(
        &mut self,
        others: &'a [Table],
        people: &People<'_>,
        new_therapies: &[Option<NaiveDate>],
    ) -> Result<Option<Vec<Option<Tumour>>>, CohortError> {
        let mapping = self.mapping;
        if mapping.lesions.is_none() && mapping.assessments.is_none() {
            return Ok(None);
        }
        let mut collected = vec![Collected::default(); people.subjects.len()];
        let start = self.view(mapping.start.as_deref())?;
        let starts: Vec<Option<NaiveDate>> = (self.rows.iter())
            .map(|&row| match start.as_ref().map(|start| start.date(row)) {
                Some(Read::Known(start)) => Some(start),
                Some(Read::Missing | Read::Unreadable) | None => None,
            })
            .collect();
        let lesions = self.collect_lesions(others, people, &starts, &mut collected)?;
        let visits = self.collect_visits(others, people, &starts, &mut collected)?;
        if !lesions && !visits {
            return Ok(None);
        }
        if start.is_none() {
            self.issue(Severity::Error, None, IssueKind::NoStartMapped);
        }
        let mut tumours = Vec::with_capacity(collected.len());
        for (subject, collected) in collected.into_iter().enumerate() {
            let Some(start) = starts[subject].filter(|_| !collected.visits.is_empty()) else {
                tumours.push(None);
                continue;
            };
            let history = History {
                start,
                lesions: collected.lesions,
                visits: collected.visits,
                new_therapy: new_therapies[subject],
            };
            let assessment = assess(&history, &mapping.recist);
            for warning in &assessment.warnings {
                self.tumour_issue(subject, people, warning.clone());
            }
            tumours.push(Some(Tumour {
                history,
                assessment,
            }));
        }
        Ok(Some(tumours))
    }

    /// When a new anticancer therapy began: by its own column, else the first such therapy.
    pub(super) fn new_therapies(
        &mut self,
        therapies: Option<&[Vec<Therapy>]>,
    ) -> Result<Vec<Option<NaiveDate>>, CohortError> {
        let column = self.dates(self.mapping.new_therapy.as_deref())?;
        let first = |subject: usize| {
            if let Some(date) = column.as_ref().and_then(|column| column[subject]) {
                return Some(date);
            }
            let of_subject = therapies?.get(subject)?.iter();
            let later = of_subject.filter(|therapy| therapy.subsequent == Some(true));
            later.map(|therapy| therapy.start).min()
        };
        Ok((0..self.rows.len()).map(first).collect())
    }

    /// An opened sheet with those of its rows, or parts of wide ones, that have a date.
    fn dated(
        &mut self,
        opened: Option<Opened<'a>>,
        starts: &[Option<NaiveDate>],
        kind: RecordKind,
        (heading, wide): (&str, &'a [WidePart]),
    ) -> Result<Option<(RecordTable<'a>, Vec<Dated<'a>>)>, CohortError> {
        let Some((records, rows)) = opened else {
            return Ok(None);
        };
        let date = RoleColumns::new(&records, "date", Some(heading), wide)?;
        let mut dated = Vec::new();
        for ((row, subject), part) in records.long(&rows, |(row, _)| row, wide)? {
            let place = (part, row, starts[subject]);
            dated.extend(
                (self.needed_date(&records, &date, place, kind)).map(|on| Dated {
                    row,
                    subject,
                    part,
                    on,
                }),
            );
        }
        Ok(Some((records, dated)))
    }

    /// Whether the sheet can be used.
    fn collect_lesions(
        &mut self,
        others: &'a [Table],
        people: &People<'_>,
        starts: &[Option<NaiveDate>],
        collected: &mut [Collected],
    ) -> Result<bool, CohortError> {
        let kind = RecordKind::Lesions;
        let Some(sheet) = &self.mapping.lesions else {
            return Ok(false);
        };
        let place = (&sheet.table, &*sheet.patient);
        let dates = (&*sheet.date, &sheet.wide[..]);
        let opened = self.open_records(others, people, kind, place)?;
        let Some((records, rows)) = self.dated(opened, starts, kind, dates)? else {
            return Ok(false);
        };
        let column = |role, own| RoleColumns::new(&records, role, own, &sheet.wide);
        let name = column("lesion", Some(&sheet.lesion))?;
        let visit = records.view(sheet.visit.as_deref())?;
        let organ = column("organ", sheet.organ.as_deref())?;
        let role = records.view(sheet.role.as_deref())?;
        let nodal = records.coded(sheet.nodal.as_ref())?;
        self.ask_answers(&records, kind, "nodal", nodal.as_ref());
        let diameter = column("diameter", sheet.diameter.as_deref())?;
        let state = column("state", sheet.state.as_deref())?;
        let mut news = News::default();
        for Dated {
            row,
            subject,
            part,
            on,
        } in rows
        {
            let name = name.of(part);
            let in_heading = part.and_then(|part| part.lesion.clone());
            let Some(id) = in_heading.or_else(|| text(name, row)) else {
                let kind = IssueKind::IncompleteRecord { records: kind };
                if let Some(name) = name {
                    self.record_issue(Severity::Warning, &records, name, row, kind);
                }
                continue;
            };
            let organ = text(organ.of(part), row);
            let is_node = nodal.as_ref().and_then(|coded| coded.happened(row));
            let is_node = is_node.unwrap_or_else(|| {
                nodal.is_none()
                    && [&organ, &Some(id.clone())]
                        .into_iter()
                        .flatten()
                        .any(|text| says_node(text))
            });
            let kind = self.told(&records, role.as_ref(), row, lesion_kind);
            let (diameter_mm, told) = self.size(&records, diameter.of(part), row);
            let is_new = text(state.of(part), row).is_some_and(|text| says_new(&text));
            let told = match is_new {
                true => Some(LesionState::Present),
                false => (self.told(&records, state.of(part), row, lesion_state)).or(told),
            };
            let unsaid = match diameter_mm {
                Some(_) => LesionState::Present,
                None => LesionState::NotAssessed,
            };
            let patient = &mut collected[subject];
            let lesion = patient.lesion(id, organ, kind, is_node);
            news.note((subject, lesion), (on, row, part), is_new);
            let label = part.and_then(|part| part.visit.clone());
            patient
                .visit(on, label.or_else(|| text(visit.as_ref(), row)))
                .measurements
                .push(Measurement {
                    lesion,
                    diameter_mm,
                    state: told.unwrap_or(unsaid),
                });
        }
        for ((subject, lesion), (on, row, part)) in news.said {
            // One that was there before, or when treatment began, cannot be new: what is meant is asked.
            let after_start = starts[subject].is_none_or(|start| start < on);
            if after_start && news.first[&(subject, lesion)] == on {
                collected[subject].lesions[lesion].kind = LesionKind::New;
            } else if let Some(view) = state.of(part) {
                let kind = IssueKind::UnknownFinding;
                self.record_issue(Severity::Warning, &records, view, row, kind);
            }
        }
        Ok(true)
    }

    /// A diameter, or what its cell says instead of one.
    fn size(
        &mut self,
        records: &RecordTable<'_>,
        view: Option<&View<'_>>,
        row: usize,
    ) -> (Option<f64>, Option<LesionState>) {
        let Some(view) = view else {
            return (None, None);
        };
        match view.number(row) {
            Read::Known(diameter) => (Some(diameter), None),
            Read::Missing => (None, None),
            Read::Unreadable => (None, self.told(records, Some(view), row, lesion_state)),
        }
    }

    /// What a text means; one that means nothing is an issue.
    fn told<T>(
        &mut self,
        records: &RecordTable<'_>,
        view: Option<&View<'_>>,
        row: usize,
        meaning: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = text(view, row)?;
        let told = meaning(&text);
        if told.is_none() {
            let kind = IssueKind::UnknownFinding;
            self.record_issue(Severity::Warning, records, view?, row, kind);
        }
        told
    }

    /// The date that a record cannot do without: of a part of a row, and the patient's start.
    fn needed_date(
        &mut self,
        records: &RecordTable<'_>,
        dates: &RoleColumns<'_>,
        (part, row, start): (Option<&WidePart>, usize, Option<NaiveDate>),
        kind: RecordKind,
    ) -> Option<NaiveDate> {
        let Some(view) = dates.of(part) else {
            // Counted from the start, whose absence is an issue of its own.
            return match dates.date(part, row, start) {
                Read::Known(date) => Some(date),
                Read::Missing | Read::Unreadable => None,
            };
        };
        let date = self.record_date(records, Some(view), row);
        if date.is_none() && view.is_missing(row) {
            let kind = IssueKind::IncompleteRecord { records: kind };
            self.record_issue(Severity::Warning, records, view, row, kind);
        }
        date
    }

    /// Whether the sheet can be used.
    fn collect_visits(
        &mut self,
        others: &'a [Table],
        people: &People<'_>,
        starts: &[Option<NaiveDate>],
        collected: &mut [Collected],
    ) -> Result<bool, CohortError> {
        let kind = RecordKind::Assessments;
        let Some(sheet) = &self.mapping.assessments else {
            return Ok(false);
        };
        let place = (&sheet.table, &*sheet.patient);
        let dates = (&*sheet.date, &sheet.wide[..]);
        let opened = self.open_records(others, people, kind, place)?;
        let Some((records, rows)) = self.dated(opened, starts, kind, dates)? else {
            return Ok(false);
        };
        let column = |role, own| RoleColumns::new(&records, role, own, &sheet.wide);
        let label = records.view(sheet.visit.as_deref())?;
        let sum = column("sum", sheet.sum.as_deref())?;
        let rest = records.view(sheet.non_target.as_deref())?;
        let new_lesion = records.coded(sheet.new_lesion.as_ref())?;
        self.ask_answers(&records, kind, "new_lesion", new_lesion.as_ref());
        let called = column("response", sheet.response.as_deref())?;
        let from_lesions: Vec<usize> = collected
            .iter()
            .map(|patient| patient.visits.len())
            .collect();
        for Dated {
            row,
            subject,
            part,
            on,
        } in rows
        {
            let (sum_mm, _) = self.size(&records, sum.of(part), row);
            let rest = self.told(&records, rest.as_ref(), row, non_target);
            let called = self.told(&records, called.of(part), row, response);
            let in_heading = part.and_then(|part| part.visit.clone());
            let label = in_heading.or_else(|| text(label.as_ref(), row));
            let patient = &mut collected[subject];
            // Two rows of one date are two assessments, of which the rules choose; a row beside
            // measurements of that date completes them.
            let beside = patient.visits[..from_lesions[subject]]
                .iter_mut()
                .find(|visit| visit.date == on || (label.is_some() && visit.label == label));
            let visit = match beside {
                Some(visit) => visit,
                None => {
                    patient.visits.push(Visit {
                        label,
                        ..Visit::on(on)
                    });
                    patient.visits.last_mut().expect("one was pushed")
                }
            };
            visit.sum_mm = sum_mm.or(visit.sum_mm);
            visit.non_target = rest.unwrap_or(visit.non_target);
            visit.new_lesion |=
                new_lesion.as_ref().and_then(|coded| coded.happened(row)) == Some(true);
            if let Some(called) = called {
                (visit.investigator, visit.investigator_irecist) = called;
            }
        }
        Ok(true)
    }

    /// What a person should look at in the assessments of a patient, at the patient's row.
    fn tumour_issue(&mut self, subject: usize, people: &People<'_>, warning: Warning) {
        let severity = match warning {
            Warning::NoBaseline
            | Warning::BaselineTooEarly { .. }
            | Warning::NoBaselineSum { .. }
            | Warning::TwoBaselines { .. }
            | Warning::SameDate { .. }
            | Warning::InvalidSize { .. }
            | Warning::UnknownLesion { .. }
            | Warning::MeasuredTwice { .. }
            | Warning::TargetNotAtBaseline { .. }
            | Warning::DiseaseAfterComplete { .. }
            | Warning::Discrepancy { .. } => Severity::Warning,
            Warning::OutOfOrder
            | Warning::BeforeBaseline { .. }
            | Warning::BaselineSumZero { .. }
            | Warning::Duplicate { .. }
            | Warning::TooManyTargets { .. }
            | Warning::TooManyInOrgan { .. }
            | Warning::TooManyNodes { .. }
            | Warning::TargetTooSmall { .. }
            | Warning::NormalNode { .. } => Severity::Note,
        };
        let kind = IssueKind::Tumour { warning };
        let column = self.mapping.patient.as_deref();
        let patient = &people.subjects[subject];
        let issue = self.issue(severity, column, kind);
        (issue.row, issue.value) = (Some(patient.row), patient.id.clone());
    }
}
