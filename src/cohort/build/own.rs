//! Endpoints of the person's own: their columns, and what a row of them says.

use chrono::NaiveDate;

use super::super::endpoint::{self, Decision, Fault, Frame, Place, fault};
use super::super::own::is_taken_by_rule;
use super::super::view::{Read, View};
use super::super::{
    CohortError, Endpoint, Event, IssueKind, OwnEndpoint, OwnName, Reason, Severity,
};
use super::{Builder, Source};
use crate::recist::{self, Custom, End, EndpointSettings, Problem};

/// A column of dates, and where its faults stand.
struct Dated<'a> {
    view: View<'a>,
    place: Place,
}

/// The columns of an endpoint of the person's own.
pub(super) struct OwnSource<'a> {
    start: Dated<'a>,
    events: Vec<Dated<'a>>,
    censoring: Vec<Dated<'a>>,
    last_contact: Option<Dated<'a>>,
    /// With the columns that stand where the person names none.
    pub definition: OwnEndpoint,
}

impl<'a> Builder<'a> {
    /// The endpoints of the person's own that can be derived. What keeps the others from it is said.
    pub(super) fn own_sources(&mut self) -> Result<Vec<(Endpoint, Source<'a>)>, CohortError> {
        let mapping = self.mapping;
        let mut sources: Vec<(Endpoint, Source<'a>)> = Vec::with_capacity(mapping.own.len());
        let mut names: Vec<String> = Vec::with_capacity(mapping.own.len());
        for (index, own) in mapping.own.iter().enumerate() {
            let definition = OwnEndpoint {
                name: own.name.trim().to_owned(),
                start: own.start.clone().or_else(|| mapping.start.clone()),
                last_contact: (own.last_contact.clone()).or_else(|| mapping.last_contact.clone()),
                ..own.clone()
            };
            let name = || definition.name.clone();
            let events = self.columns_of_dates(&definition.events)?;
            let censoring = self.columns_of_dates(&definition.censoring)?;
            let last_contact = self
                .columns_of_dates(definition.last_contact.as_slice())?
                .pop();
            let start = self.columns_of_dates(definition.start.as_slice())?.pop();
            let position = index + 1;
            let told_apart = definition.name.to_lowercase();
            let problem = if told_apart.is_empty() {
                Some(IssueKind::OwnUnnamed { position })
            } else if is_taken_by_rule(&told_apart) || names.contains(&told_apart) {
                Some(IssueKind::OwnNameTaken { name: name() })
            } else if start.is_none() {
                Some(IssueKind::OwnWithoutStart { name: name() })
            } else if events.is_empty() {
                Some(IssueKind::OwnWithoutEvents { name: name() })
            } else {
                None
            };
            names.push(told_apart);
            match (problem, start) {
                (None, Some(start)) => {
                    let source = OwnSource {
                        start,
                        events,
                        censoring,
                        last_contact,
                        definition: definition.clone(),
                    };
                    let endpoint = Endpoint::Own(OwnName::new(&definition.name));
                    sources.push((endpoint, Source::Own(source)));
                }
                (problem, _) => {
                    if let Some(kind) = problem {
                        self.issue(Severity::Error, None, kind);
                    }
                }
            }
        }
        Ok(sources)
    }

    fn columns_of_dates(&self, headings: &[String]) -> Result<Vec<Dated<'a>>, CohortError> {
        let dated = |heading: &String| {
            let view = View::new(self.table, self.mapping, heading)?;
            let place = self.place(&view);
            Ok(Dated { view, place })
        };
        headings.iter().map(dated).collect()
    }

    /// The role that a column has among the plain dates, if any.
    fn place(&self, view: &View<'_>) -> Place {
        let mapping = self.mapping;
        let heading = &view.column.heading;
        let roles = [
            (Place::Start, &mapping.start),
            (Place::Progression, &mapping.progression),
            (Place::Death, &mapping.death),
            (Place::LastContact, &mapping.last_contact),
        ];
        let role = |(_, mapped): &(Place, &Option<String>)| mapped.as_ref() == Some(heading);
        roles.into_iter().find(role).map_or_else(
            || {
                let mut columns = self.table.columns.iter();
                let index = columns.position(|column| column.heading == *heading);
                Place::Column(index.expect("the column was found by its heading"))
            },
            |(place, _)| place,
        )
    }

    /// The endpoints of which a column that has no other role holds no dates.
    pub(super) fn check_own(&mut self, sources: &[(Endpoint, Source<'_>)]) -> Vec<Endpoint> {
        let mut columns: Vec<(&Dated<'_>, Vec<Endpoint>)> = Vec::new();
        for (endpoint, source) in sources {
            let Source::Own(own) = source else { continue };
            let unknown = |dated: &&Dated<'_>| matches!(dated.place, Place::Column(_));
            for dated in own.columns().filter(unknown) {
                match (columns.iter_mut()).find(|(known, _)| known.place == dated.place) {
                    Some((_, endpoints)) if endpoints.contains(endpoint) => {}
                    Some((_, endpoints)) => endpoints.push(*endpoint),
                    None => columns.push((dated, vec![*endpoint])),
                }
            }
        }
        let mut unusable = Vec::new();
        for (dated, endpoints) in columns {
            if !self.can_be_dates(&dated.view, &endpoints) {
                unusable.extend(endpoints);
            }
        }
        unusable
    }
}

impl OwnSource<'_> {
    fn columns(&self) -> impl Iterator<Item = &Dated<'_>> {
        std::iter::once(&self.start)
            .chain(&self.events)
            .chain(&self.censoring)
            .chain(&self.last_contact)
    }

    /// The column whose faults stand there.
    pub fn view(&self, place: Place) -> Option<&View<'_>> {
        let found = self.columns().find(|dated| dated.place == place);
        found.map(|dated| &dated.view)
    }

    /// What a row contributes.
    pub fn decide(&self, row: usize, frame: &Frame) -> Decision {
        let start = frame.start_at(self.start.place, self.start.view.date(row))?;
        let dates = |columns: &[Dated<'_>]| {
            (columns.iter())
                .map(|dated| match dated.view.date(row) {
                    Read::Known(on) => Ok(Some(on)),
                    Read::Missing => Ok(None),
                    Read::Unreadable => {
                        fault(Reason::Unreadable, dated.place, IssueKind::Unreadable)
                    }
                })
                .collect::<Result<Vec<Option<NaiveDate>>, _>>()
        };
        let contact = self.last_contact.as_ref().map(|dated| dated.view.date(row));
        let own = Custom {
            start,
            events: dates(&self.events)?,
            censoring: dates(&self.censoring)?,
            last_contact: match contact {
                Some(Read::Known(on)) => Some(on),
                Some(Read::Missing | Read::Unreadable) | None => None,
            },
        };
        let settings = EndpointSettings {
            cut_off: frame.cut_off,
            ..EndpointSettings::default()
        };
        let seen = (self.last_contact.as_ref()).map_or(Place::LastContact, |dated| dated.place);
        match recist::custom(&own, &settings) {
            Ok(found) => {
                let (by, on) = (found.reason, found.end);
                Ok(frame.at(start, on, found.event, Reason::Rule { by, on }))
            }
            Err(Problem::NoLastContact) if contact == Some(Read::Unreadable) => {
                fault(Reason::Unreadable, seen, IssueKind::Unreadable)
            }
            Err(Problem::NoLastContact) => fault(Reason::NoEnd, seen, IssueKind::MissingValue),
            Err(Problem::BeforeStart {
                end: End::LastContact,
                on,
                start,
            }) => fault(
                Reason::Negative,
                seen,
                IssueKind::LastContactBeforeStart { on, start },
            ),
            Err(Problem::BeforeStart { on, start, .. }) => {
                let place = self.place_of(&own, on);
                let end = match place {
                    Place::Progression => Event::Progression,
                    Place::Death => Event::Death,
                    _ => Event::Own,
                };
                let kind = IssueKind::EndBeforeStart { end, on, start };
                fault(Reason::Negative, place, kind)
            }
            Err(problem) => fault(
                Reason::Contradiction,
                self.start.place,
                IssueKind::Course { problem },
            ),
        }
    }

    /// The column that holds this date of an event or a censoring.
    fn place_of(&self, own: &Custom, on: NaiveDate) -> Place {
        let dates = own.events.iter().chain(&own.censoring);
        let columns = self.events.iter().chain(&self.censoring);
        let mut found = dates.zip(columns).filter(|(date, _)| **date == Some(on));
        found
            .next()
            .map_or(self.start.place, |(_, dated)| dated.place)
    }

    /// What a person should look at in a row, whether or not the endpoint rests on it.
    pub fn remarks(&self, row: usize, frame: &Frame) -> Vec<Fault> {
        let remark = |dated: &Dated<'_>| match dated.view.date(row) {
            Read::Known(_) if dated.place == self.start.place => None,
            Read::Known(on) => endpoint::after_cut_off(dated.place, on, frame),
            Read::Unreadable => Some(Fault {
                place: dated.place,
                kind: IssueKind::Unreadable,
            }),
            Read::Missing => None,
        };
        self.columns().filter_map(remark).collect()
    }
}
