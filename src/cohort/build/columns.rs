//! Whether the mapped columns can fill their roles.

use super::super::coding::{self, Coded};
use super::super::view::View;
use super::super::{Endpoint, EventRole, IssueKind, Severity, TimeUnit, Wanted, unit};
use super::{Builder, Dates, Source};
use crate::table::{ColumnType, FindingKind};

impl<'a> Builder<'a> {
    /// Drops the endpoints that rest on a column of the wrong type, and says so.
    pub(super) fn check_columns(
        &mut self,
        dates: &Dates<'a>,
        sources: &mut Vec<(Endpoint, Source<'a>)>,
    ) {
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
        let texts: Vec<&str> = (coding.values.iter())
            .map(|value| &*value.text)
            .filter(|text| !text.is_empty())
            .collect();
        let certain = coding::event_coding(heading, &texts).is_some_and(|coding| coding.certain);
        let agrees = dates.and_then(|dates| coded.agrees_with(dates, &self.rows));
        let blanks = coded.unexplained_blanks(&coding);
        if let Some(kind) = blanks {
            let dated =
                dates.is_some_and(|_| matches!(role, EventRole::Died | EventRole::Progressed));
            let issue = self.issue(Severity::Warning, Some(heading), kind);
            issue.left_out = if dated {
                Vec::new()
            } else {
                endpoints.to_vec()
            };
            self.asked.push(role);
        } else if !texts.is_empty() && !certain && agrees != Some(true) {
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
}
