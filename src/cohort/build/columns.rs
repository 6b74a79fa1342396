//! Whether the mapped columns can fill their roles.

use std::collections::BTreeSet;

use super::super::coding::{self, Coded};
use super::super::competing;
use super::super::endpoint::Place;
use super::super::guess;
use super::super::view::View;
use super::super::{Endpoint, EventRole, IssueKind, Severity, TimeUnit, Wanted, unit};
use super::{Builder, Dates, Source};
use crate::table::{ColumnType, FindingKind};

impl<'a> Builder<'a> {
    /// Drops the columns that cannot fill their role with the endpoints that rest on them, and says so.
    pub(super) fn check_columns(
        &mut self,
        dates: &mut Dates<'a>,
        sources: &mut Vec<(Endpoint, Source<'a>)>,
    ) {
        let from_dates = |endpoint: Endpoint| {
            let found = sources.iter().find(|(of, _)| *of == endpoint);
            found.is_some_and(|(_, source)| matches!(source, Source::Dates))
        };
        let resting = |rests: &dyn Fn(Endpoint, &Source<'_>) -> bool| -> Vec<Endpoint> {
            (sources.iter())
                .filter(|(endpoint, source)| rests(*endpoint, source))
                .map(|(endpoint, _)| *endpoint)
                .collect()
        };
        let counted_from_start = resting(&|_, source| match source {
            Source::Dates | Source::Rules(_) => true,
            Source::Given { dated, .. } => *dated,
            // Its own columns are looked at below.
            Source::Own(_) => false,
        });
        let pfs = resting(&|endpoint, source| match source {
            Source::Dates => endpoint == Endpoint::Pfs,
            Source::Rules(_) => {
                matches!(endpoint, Endpoint::Pfs | Endpoint::Ttp | Endpoint::Dor)
            }
            Source::Given { .. } | Source::Own(_) => false,
        });
        let both = resting(&|endpoint, source| match source {
            Source::Dates => true,
            Source::Rules(_) => endpoint != Endpoint::Ttr,
            Source::Given { .. } | Source::Own(_) => false,
        });

        let and_own = |endpoints: &[Endpoint], place: Place| -> Vec<Endpoint> {
            let own = sources.iter().filter(
                |(_, source)| matches!(source, Source::Own(own) if own.view(place).is_some()),
            );
            let own = own.map(|(endpoint, _)| *endpoint);
            endpoints.iter().copied().chain(own).collect()
        };

        for view in [&dates.progression, &dates.death].into_iter().flatten() {
            self.note_denials(view);
        }
        let mut unusable: Vec<Endpoint> = Vec::new();
        for (view, endpoints) in [
            (&mut dates.start, and_own(&counted_from_start, Place::Start)),
            (&mut dates.progression, and_own(&pfs, Place::Progression)),
            (&mut dates.death, and_own(&both, Place::Death)),
            (&mut dates.last_contact, and_own(&both, Place::LastContact)),
        ] {
            if let Some(column) = view
                && !self.can_be_dates(column, &endpoints)
            {
                unusable.extend(endpoints);
                *view = None;
            }
        }
        for (coded, role, dated, endpoints) in [
            (
                &mut dates.progressed,
                EventRole::Progressed,
                &dates.progression,
                &pfs,
            ),
            (&mut dates.died, EventRole::Died, &dates.death, &both),
        ] {
            if let Some(column) = coded
                && !self.can_be_events(column, role, dated.as_ref(), endpoints)
            {
                unusable.extend(endpoints);
                *coded = None;
            }
        }
        unusable.extend(self.check_given(sources, dates.death.as_ref()));
        unusable.extend(self.check_own(sources));
        let deaths_mapped = self.mapping.death.is_some() || self.mapping.died.is_some();
        if from_dates(Endpoint::Pfs) && !deaths_mapped {
            self.issue(Severity::Note, None, IssueKind::PfsWithoutDeath);
        }
        sources.retain(|(endpoint, _)| !unusable.contains(endpoint));
    }

    /// The ready-made endpoints whose columns cannot fill their role. Dates of death bear out who died.
    fn check_given(
        &mut self,
        sources: &[(Endpoint, Source<'_>)],
        deaths: Option<&View<'_>>,
    ) -> Vec<Endpoint> {
        let mut unusable = Vec::new();
        for (endpoint, source) in sources {
            let Source::Given {
                time,
                dated,
                unit,
                event,
                ..
            } = source
            else {
                continue;
            };
            let endpoints = [*endpoint];
            let times = self.can_be_times(time, *dated, *unit, &endpoints);
            let events = match endpoint {
                Endpoint::Pfs => self.can_be_events(event, EventRole::Pfs, None, &endpoints),
                Endpoint::Efs => self.can_be_causes(event, &endpoints),
                _ => self.can_be_events(event, EventRole::Os, deaths, &endpoints),
            };
            if !times || !events {
                unusable.push(*endpoint);
            } else if *endpoint == Endpoint::Os
                && !guess::says_survival(&time.column.heading, &event.view.column.heading)
            {
                let heading = Some(&*time.column.heading);
                self.issue(Severity::Warning, heading, IssueKind::EndpointAssumed);
            } else if source.is_without_deaths() {
                let heading = Some(&*event.view.column.heading);
                self.issue(Severity::Note, heading, IssueKind::EventsWithoutDeaths);
            }
        }
        unusable
    }

    /// Says once which words in a column of dates are read as "it did not happen".
    fn note_denials(&mut self, view: &View<'_>) {
        let denying: Vec<usize> = (self.rows.iter().copied())
            .filter(|&row| view.denies(row))
            .collect();
        if denying.is_empty() {
            return;
        }
        let texts = denying.iter().map(|&row| view.text(row).into_owned());
        let words: BTreeSet<String> = texts.collect();
        let kind = IssueKind::DatesDenied {
            words: words.into_iter().collect(),
            patients: denying.len(),
        };
        self.issue(Severity::Note, Some(&view.column.heading), kind);
    }

    /// Whether a column can be one of dates; says so if not, with the endpoints that fall with it.
    pub(super) fn can_be_dates(&mut self, view: &View<'_>, endpoints: &[Endpoint]) -> bool {
        let kind = match view.column.column_type {
            ColumnType::Date { order: Some(_) } | ColumnType::Empty => return true,
            ColumnType::Date { order: None } => IssueKind::Reading {
                finding: FindingKind::AmbiguousDateOrder,
            },
            // A text or two: each is an issue of its own.
            ColumnType::YesNo | ColumnType::Category | ColumnType::Text
                if view.is_hardly_filled(&self.rows) =>
            {
                return true;
            }
            ColumnType::Number | ColumnType::YesNo | ColumnType::Category | ColumnType::Text => {
                IssueKind::WrongType {
                    wanted: Wanted::Dates,
                }
            }
        };
        self.column_error(view, kind, endpoints);
        false
    }

    pub(super) fn column_error(
        &mut self,
        view: &View<'_>,
        kind: IssueKind,
        endpoints: &[Endpoint],
    ) {
        let severity = if endpoints.is_empty() {
            Severity::Warning
        } else {
            Severity::Error
        };
        let issue = self.issue(severity, Some(&view.column.heading), kind);
        issue.left_out = endpoints.to_vec();
    }

    fn can_be_times(
        &mut self,
        view: &View<'_>,
        dated: bool,
        unit: TimeUnit,
        endpoints: &[Endpoint],
    ) -> bool {
        if dated {
            if self.mapping.start.is_none() {
                self.column_error(view, IssueKind::NoStartMapped, endpoints);
                return false;
            }
            return self.can_be_dates(view, endpoints);
        }
        if view.column.column_type != ColumnType::Number {
            let wanted = Wanted::Times;
            self.column_error(view, IssueKind::WrongType { wanted }, endpoints);
            return false;
        }
        let suggested = unit::suggested_unit(view, &self.rows);
        if suggested != Some(unit) {
            let kind = IssueKind::UnitAssumed { unit, suggested };
            self.issue(Severity::Note, Some(&view.column.heading), kind);
        }
        true
    }

    /// Whether a column can tell events from censorings. Counts its values, and says how sure their
    /// reading is.
    fn can_be_events(
        &mut self,
        coded: &Coded<'_>,
        role: EventRole,
        dates: Option<&View<'_>>,
        endpoints: &[Endpoint],
    ) -> bool {
        let heading = &coded.view.column.heading;
        let Some(coding) = coded.count(role, &self.rows) else {
            let wanted = Wanted::Events;
            self.column_error(&coded.view, IssueKind::WrongType { wanted }, endpoints);
            return false;
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
        true
    }

    /// The same for a column of causes.
    fn can_be_causes(&mut self, coded: &Coded<'_>, endpoints: &[Endpoint]) -> bool {
        let heading = &coded.view.column.heading;
        let Some(coding) = coded.count(EventRole::Efs, &self.rows) else {
            let wanted = Wanted::Events;
            self.column_error(&coded.view, IssueKind::WrongType { wanted }, endpoints);
            return false;
        };
        let texts: Vec<&str> = coding.values.iter().map(|value| &*value.text).collect();
        let known = competing::cause_coding(heading, &texts);
        if !texts.is_empty() && !known.is_some_and(|coding| coding.certain) {
            let given = self.mapping.competing.iter();
            let censored = given.flat_map(|given| given.censored.clone()).collect();
            let kind = IssueKind::CausesAssumed { censored };
            self.issue(Severity::Note, Some(heading), kind);
        }
        for missing in coded.without_rows(&coding) {
            let kind = IssueKind::CodeWithoutRows { missing };
            self.issue(Severity::Note, Some(heading), kind);
        }
        self.codings.push(coding);
        true
    }
}
