//! The cohort, and everything that a person should know about it.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::coding::Coded;
use super::competing;
use super::guess::wide_sheets;
use super::other_rules::Courses;
use super::therapy::tell_studied;
use super::view::{Read, View};
use super::{
    BestResponse, Cohort, CohortError, Endpoint, EndpointData, EventCoding, EventRole, Grouping,
    Issue, IssueKind, Mapping, NumericColumn, Severity, StatusColumn, Subject, TimeAndCause,
    TimeAndEvent, Tumour, Wanted, covariate, dated, factor, joined, progression, response,
    unmapped,
};
use crate::table::{ColumnType, FindingKind, Table, TableName};

mod adverse_events;
mod columns;
pub(in crate::cohort) mod matching;
mod own;
mod records;
mod rows;
mod rules;
mod source;
mod tumours;

use records::People;
use rules::Rules;
use source::{Dates, Source};

/// Builds the cohort, and lists everything that a person should know about it: errors first, then
/// warnings, then notes, each by row.
pub fn build(table: &Table, mapping: &Mapping) -> Result<(Cohort, Vec<Issue>), CohortError> {
    build_workbook(table, &[], mapping)
}

/// The same with the sheets that hold several rows a patient.
pub fn build_workbook(
    table: &Table,
    others: &[Table],
    mapping: &Mapping,
) -> Result<(Cohort, Vec<Issue>), CohortError> {
    let (whole, issues, refused) = joined::join(table, others, mapping)?;
    let table: &Table = &whole;
    let usable = (!refused.is_empty()).then(|| {
        mapping.without(|heading| {
            let from = table.column(heading).and_then(|c| c.joined_from.as_deref());
            from.is_some_and(|from| refused.contains(&from.table))
        })
    });
    let mapping = usable.as_ref().unwrap_or(mapping);
    let excluded: HashSet<u32> = mapping.excluded_rows.iter().copied().collect();
    let (rows, excluded): (Vec<usize>, Vec<usize>) =
        (0..table.rows.len()).partition(|&row| !excluded.contains(&table.rows[row]));
    if rows.is_empty() {
        return Err(CohortError::NoPatients);
    }
    let any_event = mapping.competing.as_ref().map(TimeAndCause::any_event);
    let mut builder = Builder {
        table,
        mapping,
        any_event: any_event.as_ref(),
        rows,
        issues,
        codings: Vec::new(),
        asked: Vec::new(),
    };
    let id = builder.view(mapping.patient.as_deref())?;
    let subject = |&row: &usize| subject(table, id.as_ref(), row);
    let subjects: Vec<Subject> = builder.rows.iter().map(subject).collect();
    let left_out: Vec<Subject> = excluded.iter().map(subject).collect();
    if let Some(id) = &id {
        builder.check_ids(id, &subjects);
    }
    let people = People {
        subjects: &subjects,
        left_out: &left_out,
        identified: id.is_some(),
    };
    let mut therapies = builder.therapies(others, &people)?;
    let starts = builder.starts()?;
    let new_therapies = builder.new_therapies(therapies.as_deref())?;
    for (subject, therapies) in therapies.iter_mut().flatten().enumerate() {
        tell_studied(therapies, starts[subject], new_therapies[subject]);
    }
    let adverse_events = builder.adverse_events(others, &people, therapies.as_deref())?;
    let tumours = builder.tumours(others, &people, &new_therapies)?;
    let rules = builder.rules(tumours.as_deref(), therapies.as_deref(), &new_therapies)?;
    let (mut endpoints, courses) = builder.endpoints(&rules)?;
    let competing = competing::competing(
        table,
        mapping,
        &builder.rows,
        &mut endpoints,
        &mut builder.issues,
    );
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
    let unmapped = unmapped::unmapped(table, mapping, &builder.rows)?;
    let dates = dated::dates(table, mapping, &builder.rows)?;
    let responses = match builder.responses()? {
        Some(entered) => Some(entered),
        None => tumours.as_deref().map(best_responses),
    };
    builder.findings();
    builder.lost_corrections(others);
    builder.unread(others);

    let mut issues = builder.issues;
    // Stable: within a row the order is that in which the problems were found.
    issues.sort_by(|a, b| (b.severity.cmp(&a.severity)).then_with(|| a.row.cmp(&b.row)));
    let cohort = Cohort {
        subjects,
        endpoints,
        competing,
        factors,
        counted,
        covariates,
        unmapped,
        responses,
        responses_entered: mapping.response.is_some(),
        adverse_events,
        therapies,
        starts,
        dates,
        tumours,
        courses,
        recist: mapping.recist,
        codings: builder.codings,
        left_out,
        headings: (table.columns.iter())
            .map(|column| column.heading.clone())
            .collect(),
        rules: mapping.rules,
    };
    Ok((cohort, issues))
}

/// The endpoints that only the rules of censoring provide.
const BY_RULES: [Endpoint; 7] = [
    Endpoint::Ipfs,
    Endpoint::Ttp,
    Endpoint::Ttr,
    Endpoint::Dor,
    Endpoint::Idor,
    Endpoint::Pfs2,
    Endpoint::TimeOnTreatment,
];

/// Best responses as the assessments have them.
fn best_responses(tumours: &[Option<Tumour>]) -> Vec<BestResponse> {
    let best = |tumour: &Option<Tumour>| match tumour {
        Some(tumour) => tumour.assessment.best_response.response,
        None => BestResponse::Missing,
    };
    tumours.iter().map(best).collect()
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
    /// Any of the events that compete.
    any_event: Option<&'a TimeAndEvent>,
    /// Data rows (0-based) of the subjects.
    rows: Vec<usize>,
    issues: Vec<Issue>,
    codings: Vec<EventCoding>,
    /// The event columns whose empty cells an issue of the column asks about.
    asked: Vec<EventRole>,
}

impl<'a> Builder<'a> {
    fn view(&self, heading: Option<&str>) -> Result<Option<View<'a>>, CohortError> {
        heading
            .map(|heading| View::new(self.table, self.mapping, heading))
            .transpose()
    }

    /// The dates of an event, in which a word can say that it did not happen.
    fn event_dates(&self, heading: Option<&str>) -> Result<Option<View<'a>>, CohortError> {
        Ok(self.view(heading)?.map(View::of_event))
    }

    /// The start of every subject, where it can be read.
    fn starts(&self) -> Result<Vec<Option<NaiveDate>>, CohortError> {
        let view = self.view(self.mapping.start.as_deref())?;
        let start = |&row: &usize| match view.as_ref()?.date(row) {
            Read::Known(date) => Some(date),
            Read::Missing | Read::Unreadable => None,
        };
        Ok(self.rows.iter().map(start).collect())
    }

    fn coded(&self, status: &'a Option<StatusColumn>) -> Result<Option<Coded<'a>>, CohortError> {
        let Some(status) = status else {
            return Ok(None);
        };
        let view = View::new(self.table, self.mapping, &status.column)?;
        Ok(Some(Coded::of(view, status)))
    }

    fn issue(&mut self, severity: Severity, column: Option<&str>, kind: IssueKind) -> &mut Issue {
        let from = column.and_then(|heading| self.table.column(heading)?.joined_from.clone());
        let from = from.as_deref();
        let label = from.map(|from| from.label.clone());
        let column = from.map_or(column, |from| Some(&from.heading));
        self.issues.push(Issue {
            severity,
            sheet: label.or_else(|| self.table.source.sheet.clone()),
            table: from.map(|from| from.table.clone()),
            row: None,
            column: column.map(str::to_owned),
            value: None,
            kind,
            also: Vec::new(),
            left_out: Vec::new(),
        });
        self.issues.last_mut().expect("one was pushed")
    }

    /// An issue of one cell.
    fn cell_issue(&mut self, severity: Severity, view: &View<'_>, row: usize, kind: IssueKind) {
        let own = self.table.rows[row];
        let joined = view.column.joined_from.is_some();
        let there = view.column.sheet_row(row).filter(|_| joined);
        let (table, sheet) = (self.table.name.clone(), self.table.source.sheet.clone());
        let value = Some(view.text(row).into_owned()).filter(|text| !text.is_empty());
        let issue = self.issue(severity, Some(&view.column.heading), kind);
        issue.row = Some(there.unwrap_or(own));
        if joined && there.is_none() {
            // The patient has no row there: the one in the patients' sheet stands for it.
            (issue.table, issue.sheet) = (table, sheet);
            issue.column = Some(view.column.heading.clone());
        }
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

    /// Every endpoint, and the dates by which other rules of censoring would derive it.
    fn endpoints(
        &mut self,
        rules: &'a Rules,
    ) -> Result<(Vec<EndpointData>, Option<Courses>), CohortError> {
        let mapping = self.mapping;
        let mut dates = Dates {
            start: self.view(mapping.start.as_deref())?,
            progression: self.event_dates(mapping.progression.as_deref())?,
            death: self.event_dates(mapping.death.as_deref())?,
            last_contact: self.view(mapping.last_contact.as_deref())?,
            progressed: self.coded(&mapping.progressed)?,
            died: self.coded(&mapping.died)?,
        };
        let mut sources = Vec::new();
        for (endpoint, given) in [
            (Endpoint::Pfs, mapping.pfs.as_ref()),
            (Endpoint::Os, mapping.os.as_ref()),
            (Endpoint::Efs, self.any_event),
        ] {
            if let Some(source) = self.source(endpoint, given, &dates, rules)? {
                sources.push((endpoint, source));
            }
        }
        if let (Some(heading), None) = (&mapping.clinical_progression, &mapping.progression)
            && !sources.iter().any(|(of, _)| *of == Endpoint::Pfs)
        {
            let kind = IssueKind::ClinicalProgressionOnly;
            self.issue(Severity::Warning, Some(heading), kind);
        }
        let by_rules = BY_RULES
            .into_iter()
            .filter(|&endpoint| rules.provides(endpoint));
        if dates.start.is_some() {
            sources.extend(by_rules.map(|endpoint| (endpoint, Source::Rules(rules))));
        }
        sources.extend(self.own_sources()?);
        self.check_columns(&mut dates, &mut sources);
        let (frame, start) = (self.frame(), self.start_event());
        let courses = rules.courses(&dates, frame, start, dates.say_who_died());
        Ok((self.derive(&dates, sources), courses))
    }

    fn source(
        &self,
        endpoint: Endpoint,
        given: Option<&'a TimeAndEvent>,
        dates: &Dates<'a>,
        rules: &'a Rules,
    ) -> Result<Option<Source<'a>>, CohortError> {
        let Some(given) = given else {
            if rules.provides(endpoint) {
                return Ok(dates.start.is_some().then_some(Source::Rules(rules)));
            }
            let ends = match endpoint {
                Endpoint::Pfs => dates.progression.is_some(),
                Endpoint::Os => dates.death.is_some() || dates.died.is_some(),
                _ => false,
            };
            return Ok((dates.start.is_some() && ends).then_some(Source::Dates));
        };
        let time = View::new(self.table, self.mapping, &given.time)?;
        let event = View::new(self.table, self.mapping, &given.event)?;
        Ok(Some(Source::Given {
            dated: matches!(time.column.column_type, ColumnType::Date { .. }),
            time,
            unit: given.unit,
            without_deaths: endpoint == Endpoint::Pfs && progression::is_without_deaths(given),
            event: Coded::new(event, &given.event_values, given.blank_is_no_event),
        }))
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
                | FindingKind::TwoDigitYears
                | FindingKind::AgeWithUnit => Severity::Note,
            };
            let kind = IssueKind::Reading {
                finding: finding.kind,
            };
            let issue = self.issue(severity, finding.column.as_deref(), kind);
            issue.row = finding.row;
            issue.value.clone_from(&finding.value);
        }
    }

    /// Says which sheets could be turned long, and are not read at all.
    fn unread(&mut self, others: &[Table]) {
        for proposal in wide_sheets(self.table, others, self.mapping) {
            let (records, mapping) = (proposal.kind, &proposal.mapping);
            let lesions = mapping.lesions.as_ref().map(|sheet| &sheet.table);
            let visits = || mapping.assessments.as_ref().map(|sheet| &sheet.table);
            let Some(name) = lesions.or_else(visits) else {
                continue;
            };
            // The patients' own sheet is read as such.
            let is_joined = self.mapping.joined.iter().any(|sheet| sheet.table == *name);
            if *name != TableName::default() && !is_joined {
                let kind = IssueKind::SheetNotRead { records };
                let issue = self.issue(Severity::Warning, None, kind);
                issue.sheet = Some(proposal.label);
                issue.table = Some(name.clone());
            }
        }
    }

    fn lost_corrections(&mut self, others: &[Table]) {
        for correction in &self.mapping.corrections {
            let table = (std::iter::once(self.table).chain(others))
                .find(|table| table.name == correction.table);
            let found = table.is_some_and(|table| {
                table.rows.binary_search(&correction.row).is_ok()
                    && table.column(&correction.column).is_some()
            });
            if !found {
                let issue = self.issue(
                    Severity::Warning,
                    Some(&correction.column),
                    IssueKind::CorrectionWithoutCell,
                );
                issue.row = Some(correction.row);
                issue.value = Some(correction.value.clone());
                issue.table.clone_from(&correction.table);
            }
        }
    }
}
