//! The sheet of adverse events, and when the patients were treated and followed.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::super::adverse_event::Grade;
use super::super::coding::Coded;
use super::super::endpoint::Happened;
use super::super::heading::plain;
use super::super::records::{RecordTable, text};
use super::super::therapy::end_of_treatment;
use super::super::view::{Read, View};
use super::super::{
    AdverseEvent, AdverseEventSheet, AdverseEvents, CohortError, EventProblem, IssueKind,
    MappedEvents, RecordKind, Severity, Therapy, TreatmentPeriod, Undecided,
};
use super::Builder;
use super::records::People;
use crate::table::Table;

/// The columns of the sheet.
struct Columns<'a> {
    term: View<'a>,
    system: Option<View<'a>>,
    grade: Option<View<'a>>,
    related: Option<Coded<'a>>,
    serious: Option<Coded<'a>>,
    discontinued: Option<Coded<'a>>,
    dose_changed: Option<Coded<'a>>,
    fatal: Option<Coded<'a>>,
    start: Option<View<'a>>,
    end: Option<View<'a>>,
}

impl<'a> Columns<'a> {
    fn open(
        records: &RecordTable<'a>,
        sheet: &'a AdverseEventSheet,
        term: View<'a>,
    ) -> Result<Self, CohortError> {
        Ok(Self {
            term,
            system: records.view(sheet.system.as_deref())?,
            grade: records.view(sheet.grade.as_deref())?,
            related: records.coded(sheet.related.as_ref())?,
            serious: records.coded(sheet.serious.as_ref())?,
            discontinued: records.coded(sheet.discontinued.as_ref())?,
            dose_changed: records.coded(sheet.dose_changed.as_ref())?,
            fatal: records.coded(sheet.fatal.as_ref())?,
            start: records.view(sheet.start.as_deref())?,
            end: records.view(sheet.end.as_deref())?,
        })
    }

    /// The columns of yes and no by role.
    fn answers(&self) -> [(&'static str, Option<&Coded<'a>>); 5] {
        [
            ("related", self.related.as_ref()),
            ("serious", self.serious.as_ref()),
            ("discontinued", self.discontinued.as_ref()),
            ("dose_changed", self.dose_changed.as_ref()),
            ("fatal", self.fatal.as_ref()),
        ]
    }

    fn mapped(&self) -> MappedEvents {
        MappedEvents {
            system: self.system.is_some(),
            grade: self.grade.is_some(),
            related: self.related.is_some(),
            serious: self.serious.is_some(),
            discontinued: self.discontinued.is_some(),
            dose_changed: self.dose_changed.is_some(),
            fatal: self.fatal.is_some(),
            start: self.start.is_some(),
        }
    }
}

/// An event with its data row (0-based).
type Placed = (usize, AdverseEvent);

impl<'a> Builder<'a> {
    pub(super) fn adverse_events(
        &mut self,
        others: &'a [Table],
        people: &People<'_>,
        therapies: Option<&[Vec<Therapy>]>,
    ) -> Result<Option<AdverseEvents>, CohortError> {
        let Some(sheet) = &self.mapping.adverse_events else {
            return Ok(None);
        };
        let place = (&sheet.table, &*sheet.patient);
        let kind = RecordKind::AdverseEvents;
        let Some((records, rows)) = self.open_records(others, people, kind, place)? else {
            return Ok(None);
        };
        let term = View::new(records.table, self.mapping, &sheet.term)?;
        let columns = Columns::open(&records, sheet, term)?;
        let mut undecided = Vec::new();
        for (role, coded) in columns.answers() {
            let events = self.ask_answers(&records, kind, role, coded);
            let role = role.to_owned();
            undecided.extend((events > 0).then_some(Undecided { role, events }));
        }
        let (periods, deaths_known) = self.periods(therapies)?;
        let respelt_ids = respelt_ids(&records, &rows, people);
        let mut events: Vec<Vec<Placed>> = vec![Vec::new(); people.subjects.len()];
        for (row, subject) in rows {
            let event = self.adverse_event(&records, &columns, row);
            events[subject].extend(event.map(|event| (row, event)));
        }
        self.one_spelling(&records, &columns.term, &mut events, |event| {
            Some(&mut event.term)
        });
        if let Some(system) = &columns.system {
            self.one_spelling(&records, system, &mut events, |event| event.system.as_mut());
        }
        for (events, period) in events.iter_mut().zip(&periods) {
            self.check_events(&records, &columns, events, period, deaths_known);
        }
        let without_rows = |events: Vec<Placed>| events.into_iter().map(|(_, event)| event);
        Ok(Some(AdverseEvents {
            events: (events.into_iter())
                .map(|events| without_rows(events).collect())
                .collect(),
            respelt_ids,
            mapped: columns.mapped().without(&undecided),
            undecided,
            periods,
            by_therapies: therapies.is_some_and(treats),
            deaths_known,
        }))
    }

    /// The event of a row, if it is one.
    fn adverse_event(
        &mut self,
        records: &RecordTable<'_>,
        columns: &Columns<'_>,
        row: usize,
    ) -> Option<AdverseEvent> {
        let grade = self.grade(records, columns.grade.as_ref(), row);
        if grade == Some(0) {
            let problem = EventProblem::GradeZero;
            self.event_issue(records, columns.grade.as_ref()?, row, problem);
            return None;
        }
        let Some(term) = text(Some(&columns.term), row) else {
            let kind = IssueKind::IncompleteRecord {
                records: RecordKind::AdverseEvents,
            };
            self.record_issue(Severity::Warning, records, &columns.term, row, kind);
            return None;
        };
        let flag = |coded: &Option<Coded<'_>>| coded.as_ref()?.happened(row);
        Some(AdverseEvent {
            row: records.table.rows[row],
            term,
            system: text(columns.system.as_ref(), row),
            grade,
            related: flag(&columns.related),
            serious: flag(&columns.serious),
            discontinued: flag(&columns.discontinued),
            dose_changed: flag(&columns.dose_changed),
            fatal: flag(&columns.fatal),
            start: self.record_date(records, columns.start.as_ref(), row),
            end: self.record_date(records, columns.end.as_ref(), row),
        })
    }

    fn event_issue(
        &mut self,
        records: &RecordTable<'_>,
        view: &View<'_>,
        row: usize,
        problem: EventProblem,
    ) {
        let severity = match problem {
            EventProblem::GradeZero | EventProblem::Respelled { .. } => Severity::Note,
            EventProblem::GradeRange { .. }
            | EventProblem::BeforeStart { .. }
            | EventProblem::Repeated { .. }
            | EventProblem::AfterCutOff { .. }
            | EventProblem::AfterDeath { .. }
            | EventProblem::EndBeforeStart { .. }
            | EventProblem::FatalWithoutGrade5
            | EventProblem::Grade5NotFatal
            | EventProblem::FatalWithoutDeath => Severity::Warning,
        };
        let kind = IssueKind::AdverseEvent { problem };
        self.record_issue(severity, records, view, row, kind);
    }

    /// A grade, see [`Grade::read`]; what cannot be read is said and counts as missing.
    fn grade(
        &mut self,
        records: &RecordTable<'_>,
        view: Option<&View<'_>>,
        row: usize,
    ) -> Option<u8> {
        let view = view.filter(|view| !view.is_missing(row))?;
        match Grade::read(&view.text(row)) {
            Grade::Known(grade) => Some(grade),
            Grade::UpTo(grade) => {
                let problem = EventProblem::GradeRange { grade };
                self.event_issue(records, view, row, problem);
                Some(grade)
            }
            Grade::Unknown => {
                let kind = IssueKind::UnknownGrade;
                self.record_issue(Severity::Warning, records, view, row, kind);
                None
            }
        }
    }

    /// Gives texts that differ by case and spaces only their commonest spelling, of equally common ones the
    /// first by the alphabet; says so once for every other spelling.
    fn one_spelling(
        &mut self,
        records: &RecordTable<'_>,
        view: &View<'_>,
        events: &mut [Vec<Placed>],
        of: impl Fn(&mut AdverseEvent) -> Option<&mut String>,
    ) {
        let mut spellings: HashMap<String, HashMap<String, Vec<usize>>> = HashMap::new();
        for (row, event) in events.iter_mut().flatten() {
            let Some(text) = of(event) else { continue };
            let spelling = spellings.entry(folded(text)).or_default();
            spelling.entry(text.clone()).or_default().push(*row);
        }
        spellings.retain(|_, spellings| spellings.len() > 1);
        let standards: HashMap<String, String> = (spellings.iter())
            .filter_map(|(folded, spellings)| {
                let commonest = (spellings.iter())
                    .max_by(|(a, n), (b, m)| n.len().cmp(&m.len()).then_with(|| b.cmp(a)));
                Some((folded.clone(), commonest?.0.clone()))
            })
            .collect();
        let mut others: Vec<(Vec<usize>, String)> = Vec::new();
        for (folded, spellings) in spellings {
            let standard = &standards[&folded];
            let other = spellings.into_iter().filter(|(text, _)| text != standard);
            others.extend(other.map(|(_, mut rows)| {
                rows.sort_unstable();
                (rows, standard.clone())
            }));
        }
        others.sort();
        for (rows, standard) in others {
            let problem = EventProblem::Respelled {
                standard,
                rows: rows.len(),
            };
            self.event_issue(records, view, rows[0], problem);
            let also = rows[1..].iter().map(|&row| records.table.rows[row]);
            self.issues.last_mut().expect("one was pushed").also = also.collect();
        }
        for (_, event) in events.iter_mut().flatten() {
            let Some(text) = of(event) else { continue };
            if let Some(standard) = standards.get(&folded(text)) {
                text.clone_from(standard);
            }
        }
    }

    /// Checks the events of one patient; those that are not used are gone afterwards.
    fn check_events(
        &mut self,
        records: &RecordTable<'_>,
        columns: &Columns<'_>,
        events: &mut Vec<Placed>,
        period: &TreatmentPeriod,
        deaths_known: bool,
    ) {
        let mut known: HashMap<String, u32> = HashMap::new();
        let cut_off = self.mapping.cut_off;
        events.retain(|(row, event)| {
            let (onset, row) = (columns.start.as_ref(), *row);
            if let (Some(on), Some(cut_off), Some(view)) = (event.start, cut_off, onset)
                && on > cut_off
            {
                let problem = EventProblem::AfterCutOff { on, cut_off };
                self.event_issue(records, view, row, problem);
                return false;
            }
            // Without a date of onset two rows can be two events.
            if event.start.is_some() {
                let used = AdverseEvent {
                    row: 0,
                    ..event.clone()
                };
                match known.entry(format!("{used:?}")) {
                    Entry::Vacant(entry) => {
                        entry.insert(event.row);
                    }
                    Entry::Occupied(entry) => {
                        let first_row = *entry.get();
                        let problem = EventProblem::Repeated { first_row };
                        self.event_issue(records, &columns.term, row, problem);
                        return false;
                    }
                }
            }
            for (view, problem) in problems(event, columns, period, deaths_known) {
                self.event_issue(records, view, row, problem);
            }
            true
        });
    }

    /// Treatment and follow-up of every subject, and whether the columns say who died.
    fn periods(
        &self,
        therapies: Option<&[Vec<Therapy>]>,
    ) -> Result<(Vec<TreatmentPeriod>, bool), CohortError> {
        let mapping = self.mapping;
        let start = self.view(mapping.start.as_deref())?;
        let death = self.event_dates(mapping.death.as_deref())?;
        let last_contact = self.view(mapping.last_contact.as_deref())?;
        let died = self.coded(&mapping.died)?;
        let therapies = therapies.filter(|therapies| treats(therapies));
        let date = |view: &Option<View<'_>>, row: usize| match view.as_ref()?.date(row) {
            Read::Known(date) => Some(date),
            Read::Missing | Read::Unreadable => None,
        };
        let periods = self.rows.iter().enumerate().map(|(subject, &row)| {
            let contact = date(&last_contact, row);
            let happened = Happened::new(
                death.as_ref().map(|view| view.date(row)),
                died.as_ref().map(|coded| coded.happened(row)),
                contact.map_or(Read::Missing, Read::Known),
            );
            let died_on = match happened {
                Happened::On(on) => Some(on),
                Happened::No
                | Happened::Undated
                | Happened::Denied(_)
                | Happened::Unreadable
                | Happened::Presumed
                | Happened::Unsaid => None,
            };
            let followed = Followed {
                died_on,
                contact,
                cut_off: mapping.cut_off,
            };
            let given = therapies.map(|therapies| &therapies[subject][..]);
            followed.period(date(&start, row), given)
        });
        let deaths_known = death.is_some() || died.is_some();
        Ok((periods.collect(), deaths_known))
    }
}

/// The ids of the sheet that differ from their patient's by more than capitals and spaces, each once.
fn respelt_ids(
    records: &RecordTable<'_>,
    rows: &[(usize, usize)],
    people: &People<'_>,
) -> Vec<(String, String)> {
    let words = |id: &str| {
        id.to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let respelt = rows.iter().filter_map(|&(row, subject)| {
        let (id, known) = (
            records.patient.text(row),
            people.subjects[subject].id.as_ref()?,
        );
        (words(&id) != words(known)).then(|| (id.into_owned(), known.clone()))
    });
    let each: BTreeSet<(String, String)> = respelt.collect();
    each.into_iter().collect()
}

/// Whether any patient has a therapy of the treatment that is studied.
fn treats(therapies: &[Vec<Therapy>]) -> bool {
    therapies.iter().flatten().any(|therapy| therapy.studied)
}

/// How the follow-up of a patient ended.
struct Followed {
    died_on: Option<NaiveDate>,
    contact: Option<NaiveDate>,
    cut_off: Option<NaiveDate>,
}

impl Followed {
    fn period(&self, start: Option<NaiveDate>, given: Option<&[Therapy]>) -> TreatmentPeriod {
        let until_cut_off =
            |date: NaiveDate| self.cut_off.map_or(date, |cut_off| date.min(cut_off));
        let before_cut_off = |date: &NaiveDate| self.cut_off.is_none_or(|cut_off| *date <= cut_off);
        let studied = (given.into_iter().flatten()).filter(|therapy| therapy.studied);
        let first = studied.map(|therapy| therapy.start).min();
        let last_dose = given.and_then(end_of_treatment);
        let end = self.died_on.or(self.contact).map(until_cut_off);
        TreatmentPeriod {
            treated: given.is_none() || first.is_some(),
            start: first.or(start),
            last_dose: last_dose.filter(before_cut_off),
            end,
            death: self.died_on,
        }
    }
}

/// What a person should look at in one event, and in which column.
fn problems<'v, 'a>(
    event: &AdverseEvent,
    columns: &'v Columns<'a>,
    period: &TreatmentPeriod,
    deaths_known: bool,
) -> Vec<(&'v View<'a>, EventProblem)> {
    let onset = columns.start.as_ref();
    let fatal = (columns.fatal.as_ref()).map(|coded| &coded.view);
    let mut problems: Vec<(Option<&View<'a>>, EventProblem)> = Vec::new();
    if let (Some(on), Some(start)) = (event.start, period.start)
        && on < start
    {
        problems.push((onset, EventProblem::BeforeStart { on, start }));
    }
    if let (Some(on), Some(death)) = (event.start, period.death)
        && on > death
    {
        problems.push((onset, EventProblem::AfterDeath { on, death }));
    }
    if let (Some(start), Some(end)) = (event.start, event.end)
        && end < start
    {
        let problem = EventProblem::EndBeforeStart { end, start };
        problems.push((columns.end.as_ref(), problem));
    }
    let (said, graded) = (event.fatal == Some(true), event.grade == Some(5));
    if said && event.grade.is_some_and(|grade| grade < 5) {
        problems.push((columns.grade.as_ref(), EventProblem::FatalWithoutGrade5));
    }
    if graded && event.fatal == Some(false) {
        problems.push((fatal, EventProblem::Grade5NotFatal));
    }
    if (said || graded) && deaths_known && period.death.is_none() {
        let view = if said { fatal } else { columns.grade.as_ref() };
        problems.push((view, EventProblem::FatalWithoutDeath));
    }
    (problems.into_iter())
        .filter_map(|(view, problem)| Some((view?, problem)))
        .collect()
}

/// A text without differences of case, width and spaces.
fn folded(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
