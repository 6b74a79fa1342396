//! The cohort, and everything that a person should know about it.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::coding::{self, Coded};
use super::endpoint::{self, Course, Fault, Frame, Happened, Place};
use super::view::{Read, View};
use super::{
    BestResponse, Cohort, CohortError, Derived, Endpoint, EndpointData, EventCoding, EventRole,
    Grouping, Issue, IssueKind, Mapping, NumericColumn, Severity, StatusColumn, Subject,
    TimeAndEvent, TimeUnit, Wanted, covariate, factor, response, unit,
};
use crate::table::{ColumnType, FindingKind, Table};

/// Builds the cohort, and lists everything that a person should know about it: errors first, then
/// warnings, then notes, each by row.
pub fn build(table: &Table, mapping: &Mapping) -> Result<(Cohort, Vec<Issue>), CohortError> {
    let excluded: HashSet<u32> = mapping.excluded_rows.iter().copied().collect();
    let (rows, excluded): (Vec<usize>, Vec<usize>) =
        (0..table.rows.len()).partition(|&row| !excluded.contains(&table.rows[row]));
    if rows.is_empty() {
        return Err(CohortError::NoPatients);
    }
    let mut builder = Builder {
        table,
        mapping,
        rows,
        issues: Vec::new(),
        codings: Vec::new(),
    };
    let id = builder.view(mapping.patient.as_deref())?;
    let subject = |&row: &usize| subject(table, id.as_ref(), row);
    let subjects: Vec<Subject> = builder.rows.iter().map(subject).collect();
    let left_out = excluded.iter().map(subject).collect();
    if let Some(id) = &id {
        builder.check_ids(id, &subjects);
    }
    let endpoints = builder.endpoints()?;
    let factors = |groupings: &[Grouping]| {
        (groupings.iter())
            .map(|grouping| {
                let view = View::new(table, mapping, &grouping.column)?;
                Ok(factor::factor(&view, grouping, &builder.rows))
            })
            .collect::<Result<Vec<_>, CohortError>>()
    };
    let (counted, factors) = (factors(&mapping.counted)?, factors(&mapping.groups)?);
    let covariates = builder.covariates()?;
    let responses = builder.responses()?;
    builder.findings();
    builder.lost_corrections();

    let mut issues = builder.issues;
    // Stable: within a row the order is that in which the problems were found.
    issues.sort_by(|a, b| (b.severity.cmp(&a.severity)).then_with(|| a.row.cmp(&b.row)));
    let cohort = Cohort {
        subjects,
        endpoints,
        factors,
        counted,
        covariates,
        responses,
        codings: builder.codings,
        left_out,
        rules: mapping.rules,
    };
    Ok((cohort, issues))
}

fn subject(table: &Table, id: Option<&View<'_>>, row: usize) -> Subject {
    let id = id.filter(|id| !id.is_missing(row));
    Subject {
        id: id.map(|id| id.text(row).into_owned()),
        row: table.rows[row],
    }
}

struct Builder<'a> {
    table: &'a Table,
    mapping: &'a Mapping,
    /// Data rows (0-based) of the subjects.
    rows: Vec<usize>,
    issues: Vec<Issue>,
    codings: Vec<EventCoding>,
}

/// The columns that endpoints are derived from.
struct Dates<'a> {
    start: Option<View<'a>>,
    progression: Option<View<'a>>,
    death: Option<View<'a>>,
    last_contact: Option<View<'a>>,
    progressed: Option<Coded<'a>>,
    died: Option<Coded<'a>>,
}

/// How an endpoint is obtained.
enum Source<'a> {
    Dates,
    Given {
        time: View<'a>,
        /// Whether `time` holds dates.
        dated: bool,
        unit: TimeUnit,
        event: Coded<'a>,
    },
}

impl<'a> Builder<'a> {
    fn view(&self, heading: Option<&str>) -> Result<Option<View<'a>>, CohortError> {
        heading
            .map(|heading| View::new(self.table, self.mapping, heading))
            .transpose()
    }

    fn coded(&self, status: &'a Option<StatusColumn>) -> Result<Option<Coded<'a>>, CohortError> {
        let Some(status) = status else {
            return Ok(None);
        };
        let view = View::new(self.table, self.mapping, &status.column)?;
        Ok(Some(Coded::new(view, &status.event_values)))
    }

    fn issue(&mut self, severity: Severity, column: Option<&str>, kind: IssueKind) -> &mut Issue {
        self.issues.push(Issue {
            severity,
            sheet: self.table.source.sheet.clone(),
            row: None,
            column: column.map(str::to_owned),
            value: None,
            kind,
            left_out: Vec::new(),
        });
        self.issues.last_mut().expect("one was pushed")
    }

    /// An issue of one cell.
    fn cell_issue(&mut self, severity: Severity, view: &View<'_>, row: usize, kind: IssueKind) {
        let sheet_row = self.table.rows[row];
        let value = Some(view.text(row).into_owned()).filter(|text| !text.is_empty());
        let issue = self.issue(severity, Some(&view.column.heading), kind);
        issue.row = Some(sheet_row);
        issue.value = value;
    }

    fn check_ids(&mut self, id: &View<'_>, subjects: &[Subject]) {
        let mut first: HashMap<&str, u32> = HashMap::with_capacity(subjects.len());
        for (index, subject) in subjects.iter().enumerate() {
            let row = self.rows[index];
            let Some(text) = &subject.id else {
                self.cell_issue(Severity::Note, id, row, IssueKind::NoPatientId);
                continue;
            };
            match first.entry(text) {
                Entry::Vacant(entry) => {
                    entry.insert(subject.row);
                }
                Entry::Occupied(entry) => {
                    let first_row = *entry.get();
                    let kind = IssueKind::DuplicatePatient { first_row };
                    self.cell_issue(Severity::Warning, id, row, kind);
                }
            }
        }
    }

    fn endpoints(&mut self) -> Result<Vec<EndpointData>, CohortError> {
        let mapping = self.mapping;
        let dates = Dates {
            start: self.view(mapping.start.as_deref())?,
            progression: self.view(mapping.progression.as_deref())?,
            death: self.view(mapping.death.as_deref())?,
            last_contact: self.view(mapping.last_contact.as_deref())?,
            progressed: self.coded(&mapping.progressed)?,
            died: self.coded(&mapping.died)?,
        };
        let mut sources = Vec::new();
        for (endpoint, given) in [(Endpoint::Pfs, &mapping.pfs), (Endpoint::Os, &mapping.os)] {
            if let Some(source) = self.source(endpoint, given.as_ref(), &dates)? {
                sources.push((endpoint, source));
            }
        }
        self.check_columns(&dates, &mut sources);
        Ok(self.derive(&dates, sources))
    }

    fn source(
        &self,
        endpoint: Endpoint,
        given: Option<&'a TimeAndEvent>,
        dates: &Dates<'a>,
    ) -> Result<Option<Source<'a>>, CohortError> {
        let Some(given) = given else {
            let ends = match endpoint {
                Endpoint::Pfs => dates.progression.is_some(),
                Endpoint::Os => dates.death.is_some() || dates.died.is_some(),
            };
            return Ok((dates.start.is_some() && ends).then_some(Source::Dates));
        };
        let time = View::new(self.table, self.mapping, &given.time)?;
        let event = View::new(self.table, self.mapping, &given.event)?;
        Ok(Some(Source::Given {
            dated: matches!(time.column.column_type, ColumnType::Date { .. }),
            time,
            unit: given.unit,
            event: Coded::new(event, &given.event_values),
        }))
    }

    /// Drops the endpoints that rest on a column of the wrong type, and says so.
    fn check_columns(&mut self, dates: &Dates<'a>, sources: &mut Vec<(Endpoint, Source<'a>)>) {
        let from_dates = |endpoint: Endpoint| {
            let found = sources.iter().find(|(of, _)| *of == endpoint);
            found.is_some_and(|(_, source)| matches!(source, Source::Dates))
        };
        let counted_from_start: Vec<Endpoint> = sources
            .iter()
            .filter(|(_, source)| {
                matches!(source, Source::Dates | Source::Given { dated: true, .. })
            })
            .map(|(endpoint, _)| *endpoint)
            .collect();
        let pfs: Vec<Endpoint> = (from_dates(Endpoint::Pfs).then_some(Endpoint::Pfs))
            .into_iter()
            .collect();
        let both: Vec<Endpoint> = [Endpoint::Pfs, Endpoint::Os]
            .into_iter()
            .filter(|&endpoint| from_dates(endpoint))
            .collect();

        let mut unusable: Vec<Endpoint> = Vec::new();
        for (view, endpoints) in [
            (&dates.start, &counted_from_start),
            (&dates.progression, &pfs),
            (&dates.death, &both),
            (&dates.last_contact, &both),
        ] {
            if let Some(view) = view {
                unusable.extend(self.check_dates(view, endpoints));
            }
        }
        for (coded, role, dated, endpoints) in [
            (
                &dates.progressed,
                EventRole::Progressed,
                &dates.progression,
                &pfs,
            ),
            (&dates.died, EventRole::Died, &dates.death, &both),
        ] {
            if let Some(coded) = coded {
                unusable.extend(self.check_events(coded, role, dated.as_ref(), endpoints));
            }
        }
        for (endpoint, source) in &*sources {
            let Source::Given {
                time,
                dated,
                unit,
                event,
            } = source
            else {
                continue;
            };
            let endpoints = [*endpoint];
            let (role, evidence) = match endpoint {
                Endpoint::Pfs => (EventRole::Pfs, None),
                Endpoint::Os => (EventRole::Os, dates.death.as_ref()),
            };
            unusable.extend(self.check_times(time, *dated, *unit, &endpoints));
            unusable.extend(self.check_events(event, role, evidence, &endpoints));
        }
        if from_dates(Endpoint::Pfs) && dates.death.is_none() && dates.died.is_none() {
            self.issue(Severity::Note, None, IssueKind::PfsWithoutDeath);
        }
        sources.retain(|(endpoint, _)| !unusable.contains(endpoint));
    }

    /// Says so when a column mapped to a date cannot be one; returns the endpoints that fall with it.
    fn check_dates(&mut self, view: &View<'_>, endpoints: &[Endpoint]) -> Vec<Endpoint> {
        let kind = match view.column.column_type {
            ColumnType::Date { order: Some(_) } | ColumnType::Empty => return Vec::new(),
            ColumnType::Date { order: None } => IssueKind::Reading {
                finding: FindingKind::AmbiguousDateOrder,
            },
            ColumnType::Number | ColumnType::YesNo | ColumnType::Category | ColumnType::Text => {
                IssueKind::WrongType {
                    wanted: Wanted::Dates,
                }
            }
        };
        self.column_error(view, kind, endpoints)
    }

    fn column_error(
        &mut self,
        view: &View<'_>,
        kind: IssueKind,
        endpoints: &[Endpoint],
    ) -> Vec<Endpoint> {
        let severity = if endpoints.is_empty() {
            Severity::Warning
        } else {
            Severity::Error
        };
        let issue = self.issue(severity, Some(&view.column.heading), kind);
        issue.left_out = endpoints.to_vec();
        endpoints.to_vec()
    }

    fn check_times(
        &mut self,
        view: &View<'_>,
        dated: bool,
        unit: TimeUnit,
        endpoints: &[Endpoint],
    ) -> Vec<Endpoint> {
        if dated {
            if self.mapping.start.is_none() {
                return self.column_error(view, IssueKind::NoStartMapped, endpoints);
            }
            return self.check_dates(view, endpoints);
        }
        if view.column.column_type != ColumnType::Number {
            let wanted = Wanted::Times;
            return self.column_error(view, IssueKind::WrongType { wanted }, endpoints);
        }
        let suggested = unit::suggested_unit(view, &self.rows);
        if suggested != Some(unit) {
            let kind = IssueKind::UnitAssumed { unit, suggested };
            self.issue(Severity::Note, Some(&view.column.heading), kind);
        }
        Vec::new()
    }

    /// Counts the values of an event column and says how sure their reading is.
    fn check_events(
        &mut self,
        coded: &Coded<'_>,
        role: EventRole,
        dates: Option<&View<'_>>,
        endpoints: &[Endpoint],
    ) -> Vec<Endpoint> {
        let heading = &coded.view.column.heading;
        let Some(coding) = coded.count(role, &self.rows) else {
            let wanted = Wanted::Events;
            return self.column_error(&coded.view, IssueKind::WrongType { wanted }, endpoints);
        };
        let texts: Vec<&str> = coding.values.iter().map(|value| &*value.text).collect();
        let certain = coding::event_coding(heading, &texts).is_some_and(|coding| coding.certain);
        let agrees = dates.and_then(|dates| coded.agrees_with(dates, &self.rows));
        if !texts.is_empty() && !certain && agrees != Some(true) {
            let event = (coding.values.iter())
                .filter(|value| value.event)
                .map(|value| value.text.clone())
                .collect();
            let kind = IssueKind::CodingAssumed { event };
            self.issue(Severity::Note, Some(heading), kind);
        }
        for missing in coded.without_rows(&coding) {
            let kind = IssueKind::CodeWithoutRows { missing };
            self.issue(Severity::Note, Some(heading), kind);
        }
        self.codings.push(coding);
        Vec::new()
    }

    fn derive(
        &mut self,
        dates: &Dates<'_>,
        sources: Vec<(Endpoint, Source<'_>)>,
    ) -> Vec<EndpointData> {
        let frame = Frame {
            cut_off: self.mapping.cut_off,
            count_first_day: self.mapping.rules.count_first_day,
        };
        let any_from_dates = sources
            .iter()
            .any(|(_, source)| matches!(source, Source::Dates));
        let mut derived: Vec<Vec<Derived>> = sources
            .iter()
            .map(|_| Vec::with_capacity(self.rows.len()))
            .collect();
        let mut unseen: Vec<usize> = vec![0; sources.len()];
        for row in self.rows.clone() {
            let course = dates.course(row);
            let mut faults: Vec<(Fault, Vec<Endpoint>)> = Vec::new();
            if any_from_dates {
                let remarks = endpoint::remarks(&course, &frame);
                faults.extend(remarks.into_iter().map(|remark| (remark, Vec::new())));
            }
            for (index, (endpoint, source)) in sources.iter().enumerate() {
                let decision = match (source, endpoint) {
                    (Source::Dates, Endpoint::Pfs) => endpoint::pfs(&course, &frame),
                    (Source::Dates, Endpoint::Os) => endpoint::os(&course, &frame),
                    (
                        Source::Given {
                            time, dated, event, ..
                        },
                        _,
                    ) => {
                        let happened = event.happened(row);
                        if *dated {
                            let end = time.date(row);
                            if let Read::Known(on) = end {
                                let place = Place::Time(*endpoint);
                                let remark = endpoint::after_cut_off(place, on, &frame);
                                faults.extend(remark.map(|remark| (remark, Vec::new())));
                            }
                            endpoint::given_date(*endpoint, course.start, end, happened, &frame)
                        } else {
                            endpoint::given(*endpoint, time.number(row), happened)
                        }
                    }
                };
                derived[index].push(decision.unwrap_or_else(|(reason, fault)| {
                    if fault.place == Place::LastContact && dates.last_contact.is_none() {
                        unseen[index] += 1;
                    } else {
                        blame(&mut faults, fault, *endpoint);
                    }
                    Derived {
                        value: None,
                        reason,
                    }
                }));
            }
            for (fault, left_out) in faults {
                self.report(dates, &sources, row, fault, left_out);
            }
        }
        for ((endpoint, _), patients) in sources.iter().zip(unseen) {
            if patients > 0 {
                let kind = IssueKind::NoCensoringDate { patients };
                self.issue(Severity::Warning, None, kind).left_out = vec![*endpoint];
            }
        }
        let data = sources.into_iter().zip(derived);
        let deaths_mapped = dates.death.is_some() || dates.died.is_some();
        data.map(|((endpoint, source), derived)| EndpointData {
            endpoint,
            deaths_known: deaths_mapped || matches!(source, Source::Given { .. }),
            unit: match source {
                Source::Dates | Source::Given { dated: true, .. } => TimeUnit::Days,
                Source::Given { unit, .. } => unit,
            },
            derived,
        })
        .collect()
    }

    /// Makes an issue of a fault, at its cell.
    fn report(
        &mut self,
        dates: &Dates<'_>,
        sources: &[(Endpoint, Source<'_>)],
        row: usize,
        fault: Fault,
        left_out: Vec<Endpoint>,
    ) {
        let given = |endpoint: Endpoint| {
            sources.iter().find_map(|(of, source)| match source {
                Source::Given { time, event, .. } if *of == endpoint => Some((time, &event.view)),
                Source::Given { .. } | Source::Dates => None,
            })
        };
        let view = match fault.place {
            Place::Start => dates.start.as_ref(),
            Place::Progression => dates.progression.as_ref(),
            Place::Progressed => dates.progressed.as_ref().map(|coded| &coded.view),
            Place::Death => dates.death.as_ref().or(dates.last_contact.as_ref()),
            Place::Died => dates.died.as_ref().map(|coded| &coded.view),
            Place::LastContact => dates.last_contact.as_ref(),
            Place::Time(endpoint) => given(endpoint).map(|(time, _)| time),
            Place::Event(endpoint) => given(endpoint).map(|(_, event)| event),
        };
        let view = view.expect("a fault stands in a mapped column");
        let severity = if left_out.is_empty() {
            Severity::Note
        } else {
            Severity::Warning
        };
        self.cell_issue(severity, view, row, fault.kind);
        if let Some(issue) = self.issues.last_mut() {
            issue.left_out = left_out;
        }
    }

    /// The columns of measurements; one that holds something else is left out, and said.
    fn covariates(&mut self) -> Result<Vec<NumericColumn>, CohortError> {
        let mut covariates = Vec::with_capacity(self.mapping.covariates.len());
        for heading in &self.mapping.covariates {
            let view = View::new(self.table, self.mapping, heading)?;
            if !covariate::holds_numbers(&view, &self.rows) {
                let wanted = Wanted::Numbers;
                self.column_error(&view, IssueKind::WrongType { wanted }, &[]);
                continue;
            }
            let (numbers, unreadable) = covariate::numbers(&view, &self.rows);
            for row in unreadable {
                self.cell_issue(Severity::Warning, &view, row, IssueKind::NotMeasured);
            }
            covariates.push(numbers);
        }
        Ok(covariates)
    }

    fn responses(&mut self) -> Result<Option<Vec<BestResponse>>, CohortError> {
        let Some(mapped) = &self.mapping.response else {
            return Ok(None);
        };
        let view = View::new(self.table, self.mapping, &mapped.column)?;
        let mut responses = Vec::with_capacity(self.rows.len());
        for row in self.rows.clone() {
            let response = response::response(&view, &mapped.codes, row);
            if response.is_none() {
                self.cell_issue(Severity::Warning, &view, row, IssueKind::UnknownResponse);
            }
            responses.push(response.unwrap_or(BestResponse::Missing));
        }
        Ok(Some(responses))
    }

    /// What the reader noticed, unless the mapped columns have already said it better.
    fn findings(&mut self) {
        let read_strictly: Vec<&str> = self.mapping.columns_read_strictly().collect();
        for finding in &self.table.findings {
            let mapped = finding
                .column
                .as_deref()
                .is_some_and(|column| read_strictly.contains(&column));
            let excluded = finding
                .row
                .is_some_and(|row| self.mapping.excluded_rows.contains(&row));
            let severity = match finding.kind {
                FindingKind::NotANumber
                | FindingKind::NotADate
                | FindingKind::AmbiguousDateOrder => {
                    if mapped {
                        continue;
                    }
                    Severity::Note
                }
                FindingKind::TotalsRow if !excluded => Severity::Warning,
                FindingKind::TotalsRow
                | FindingKind::EmptyHeading
                | FindingKind::DuplicateHeading
                | FindingKind::MergedCells
                | FindingKind::CellError
                | FindingKind::ExtraFields
                | FindingKind::Undecodable
                | FindingKind::TitleRow
                | FindingKind::UnitsRow
                | FindingKind::Footnote
                | FindingKind::TwoDigitYears => Severity::Note,
            };
            let kind = IssueKind::Reading {
                finding: finding.kind,
            };
            let issue = self.issue(severity, finding.column.as_deref(), kind);
            issue.row = finding.row;
            issue.value.clone_from(&finding.value);
        }
    }

    fn lost_corrections(&mut self) {
        for correction in &self.mapping.corrections {
            let found = self.table.rows.binary_search(&correction.row).is_ok()
                && self.table.column(&correction.column).is_some();
            if !found {
                let issue = self.issue(
                    Severity::Warning,
                    Some(&correction.column),
                    IssueKind::CorrectionWithoutCell,
                );
                issue.row = Some(correction.row);
                issue.value = Some(correction.value.clone());
            }
        }
    }
}

impl Dates<'_> {
    fn course(&self, row: usize) -> Course {
        let date = |view: &Option<View<'_>>| view.as_ref().map(|view| view.date(row));
        let status = |coded: &Option<Coded<'_>>| coded.as_ref().map(|coded| coded.happened(row));
        let last_contact = date(&self.last_contact).unwrap_or(Read::Missing);
        let died = status(&self.died);
        Course {
            start: date(&self.start).unwrap_or(Read::Missing),
            progression: Happened::new(
                date(&self.progression),
                status(&self.progressed),
                Read::Missing,
            ),
            death: Happened::new(date(&self.death), died, last_contact),
            last_contact: match (&self.death, died) {
                // Then it is the date of death.
                (None, Some(Some(true))) => Read::Missing,
                _ => last_contact,
            },
        }
    }
}

/// Adds the endpoint to the fault, which the remarks may already hold.
fn blame(faults: &mut Vec<(Fault, Vec<Endpoint>)>, fault: Fault, endpoint: Endpoint) {
    match faults.iter_mut().find(|(known, _)| *known == fault) {
        Some((_, endpoints)) => endpoints.push(endpoint),
        None => faults.push((fault, vec![endpoint])),
    }
}
