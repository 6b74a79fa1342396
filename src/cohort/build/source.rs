//! Where an endpoint comes from, and what one row of it says.

use super::super::coding::Coded;
use super::super::endpoint::{self, Course, Decision, Fault, Frame, Happened, Place};
use super::super::view::{Read, View};
use super::super::{Endpoint, EndpointOrigin, IssueKind, StartEvent, TimeRules, TimeUnit};
use super::own::OwnSource;
use super::rules::Rules;

/// The columns that endpoints are derived from.
pub(super) struct Dates<'a> {
    pub start: Option<View<'a>>,
    pub progression: Option<View<'a>>,
    pub death: Option<View<'a>>,
    pub last_contact: Option<View<'a>>,
    pub progressed: Option<Coded<'a>>,
    pub died: Option<Coded<'a>>,
}

/// How an endpoint is obtained.
pub(super) enum Source<'a> {
    Dates,
    /// The dates and the assessments of every subject, by the rules of censoring.
    Rules(&'a Rules),
    /// The dates of the person's own definition.
    Own(OwnSource<'a>),
    Given {
        time: View<'a>,
        /// Whether `time` holds dates.
        dated: bool,
        unit: TimeUnit,
        event: Coded<'a>,
        /// Whether headings and values speak of progression only.
        without_deaths: bool,
    },
}

impl Dates<'_> {
    /// Whether a column says who died.
    pub fn say_who_died(&self) -> bool {
        self.death.is_some() || self.died.is_some()
    }

    /// The dates of one patient.
    pub fn course(&self, row: usize) -> Course {
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

impl Source<'_> {
    /// What a row contributes.
    pub fn decide(
        &self,
        endpoint: Endpoint,
        row: usize,
        course: &Course,
        frame: &Frame,
    ) -> Decision {
        match (self, endpoint) {
            (Source::Dates, Endpoint::Pfs | Endpoint::Efs) => endpoint::pfs(course, frame),
            (Source::Dates, _) => endpoint::os(course, frame),
            (Source::Rules(rules), _) => rules.decide(endpoint, row, course, frame),
            (Source::Own(own), _) => own.decide(row, frame),
            (
                Source::Given {
                    time, dated, event, ..
                },
                _,
            ) => {
                let happened = event.happened(row);
                if *dated {
                    endpoint::given_date(endpoint, course.start, time.date(row), happened, frame)
                } else {
                    endpoint::given(endpoint, time.number(row), happened)
                }
            }
        }
    }

    /// The remarks on dates of its own that are after the cut-off or cannot be read.
    pub fn remarks(&self, endpoint: Endpoint, row: usize, frame: &Frame) -> Vec<Fault> {
        match self {
            Source::Given {
                time, dated: true, ..
            } => match time.date(row) {
                Read::Known(on) => endpoint::after_cut_off(Place::Time(endpoint), on, frame)
                    .into_iter()
                    .collect(),
                Read::Unreadable => vec![Fault {
                    place: Place::Time(endpoint),
                    kind: IssueKind::Unreadable,
                }],
                Read::Missing => Vec::new(),
            },
            Source::Own(own) => own.remarks(row, frame),
            Source::Given { dated: false, .. } | Source::Dates | Source::Rules(_) => Vec::new(),
        }
    }

    /// Where the times come from, counted from a start of that name.
    pub fn origin(&self, start: StartEvent) -> EndpointOrigin {
        match self {
            Source::Dates => EndpointOrigin::Course { start },
            Source::Rules(rules) => EndpointOrigin::Rules {
                start,
                preset: rules.settings.preset,
                gap_days: rules.settings.gap_days,
                clinical_progression: rules.settings.clinical_progression,
                new_therapy: rules.know_of_new_therapy(),
            },
            Source::Own(own) => EndpointOrigin::Own {
                start: StartEvent::named(own.definition.start.as_deref().unwrap_or_default()),
                definition: own.definition.clone(),
            },
            Source::Given { dated: true, .. } => EndpointOrigin::EndDates { start },
            Source::Given { dated: false, .. } => EndpointOrigin::Times,
        }
    }

    /// Whether it is ready-made and speaks of progression only.
    pub fn is_without_deaths(&self) -> bool {
        matches!(
            self,
            Source::Given {
                without_deaths: true,
                ..
            }
        )
    }

    /// Unit of the times.
    pub fn unit(&self, rules: TimeRules) -> TimeUnit {
        match self {
            Source::Dates
            | Source::Rules(_)
            | Source::Own(_)
            | Source::Given { dated: true, .. } => {
                if rules.counts_calendar_months() {
                    TimeUnit::Months
                } else {
                    TimeUnit::Days
                }
            }
            Source::Given { unit, .. } => *unit,
        }
    }
}
