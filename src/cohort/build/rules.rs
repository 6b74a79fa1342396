//! Endpoints by the rules of censoring: what they need of every subject beside the plain dates.

use chrono::NaiveDate;

use super::super::endpoint::{Course, Decision, Frame, Happened, Place, fault};
use super::super::view::Read;
use super::super::{CohortError, Derived, Endpoint, Event, IssueKind, Reason, Therapy, Tumour};
use super::Builder;
use crate::recist::{self, End, EndpointSettings, Preset, Problem, TimeEndpoint};

/// What the rules need, by data row.
pub(super) struct Rules {
    pub settings: EndpointSettings,
    /// Whether assessments are known.
    assessed: bool,
    /// Whether a column says when the disease progressed; it stands before the assessments.
    progression_mapped: bool,
    second_mapped: bool,
    treatment_mapped: bool,
    /// Data rows of the subjects.
    rows: Vec<usize>,
    /// What is known of each; the plain dates are filled in later.
    courses: Vec<recist::Course>,
}

impl Builder<'_> {
    pub(super) fn rules(
        &mut self,
        tumours: Option<&[Option<Tumour>]>,
        therapies: Option<&[Vec<Therapy>]>,
    ) -> Result<Rules, CohortError> {
        let mapping = self.mapping;
        let censoring = mapping.rules.censoring;
        let new_therapies = self.new_therapies(therapies)?;
        let treatment_end = self.view(mapping.treatment_end.as_deref())?;
        let clinical = self.view(mapping.clinical_progression.as_deref())?;
        let second = self.view(mapping.second_progression.as_deref())?;
        let known = |view: &Option<super::View<'_>>, row: usize| match view.as_ref()?.date(row) {
            Read::Known(date) => Some(date),
            Read::Missing | Read::Unreadable => None,
        };
        let courses = (self.rows.iter().enumerate())
            .map(|(subject, &row)| {
                let course = recist::Course {
                    new_therapy: new_therapies[subject],
                    treatment_end: known(&treatment_end, row)
                        .or_else(|| end_of_treatment(therapies?.get(subject)?)),
                    clinical_progression: known(&clinical, row),
                    second_progression: known(&second, row),
                    ..recist::Course::from_start(NaiveDate::MIN)
                };
                match tumours.map(|tumours| &tumours[subject]) {
                    None => course,
                    Some(Some(tumour)) => course.with(&tumour.assessment),
                    Some(None) => recist::Course {
                        adequate: Some(Vec::new()),
                        ..course
                    },
                }
            })
            .collect();
        let plain = match tumours {
            Some(_) => Preset::Fda,
            None => Preset::Plain,
        };
        Ok(Rules {
            settings: EndpointSettings {
                // Without assessments there is nothing that the other rules could look at.
                preset: (censoring.preset.filter(|_| tumours.is_some())).unwrap_or(plain),
                gap_days: censoring.gap_days,
                clinical_progression: censoring.clinical_progression,
                count_first_day: mapping.rules.count_first_day,
                cut_off: mapping.cut_off,
            },
            assessed: tumours.is_some(),
            progression_mapped: mapping.progression.is_some(),
            second_mapped: second.is_some(),
            treatment_mapped: treatment_end.is_some() || therapies.is_some(),
            rows: self.rows.clone(),
            courses,
        })
    }
}

/// The end of the treatment that is studied; `None` while a phase of it goes on.
fn end_of_treatment(therapies: &[Therapy]) -> Option<NaiveDate> {
    let studied = || {
        let is_studied = |therapy: &&Therapy| therapy.subsequent != Some(true);
        therapies.iter().filter(is_studied)
    };
    if studied().any(|therapy| therapy.end.is_none()) {
        return None;
    }
    studied().filter_map(|therapy| therapy.end).max()
}

impl Rules {
    /// Whether the endpoint can be had by the rules.
    pub fn provides(&self, endpoint: Endpoint) -> bool {
        match endpoint {
            Endpoint::Pfs
            | Endpoint::Ipfs
            | Endpoint::Ttp
            | Endpoint::Ttr
            | Endpoint::Dor
            | Endpoint::Idor => self.assessed,
            Endpoint::Pfs2 => self.second_mapped,
            Endpoint::TimeOnTreatment => self.treatment_mapped,
            Endpoint::Os | Endpoint::Efs => false,
        }
    }

    /// The cell to look at first: that of the date which contradicts another.
    fn place_of(&self, problem: &Problem) -> Place {
        let progression = if self.progression_mapped {
            Place::Progression
        } else {
            Place::Start
        };
        match problem {
            Problem::DeathBeforeProgression { .. } => Place::Death,
            Problem::SecondBeforeFirst { .. } => progression,
            Problem::BeforeStart { end, .. } => match end {
                End::Progression => progression,
                End::Death => Place::Death,
                End::LastContact => Place::LastContact,
                End::NewTherapy | End::Treatment | End::Response | End::Assessment | End::Own => {
                    Place::Start
                }
            },
            Problem::StartAfterCutOff { .. }
            | Problem::NoLastContact
            | Problem::NoAssessmentDates
            | Problem::ResponseAfterEnd { .. } => Place::Start,
        }
    }

    /// What a row contributes.
    pub fn decide(
        &self,
        endpoint: Endpoint,
        row: usize,
        plain: &Course,
        frame: &Frame,
    ) -> Decision {
        let start = frame.start(plain.start)?;
        let by = match endpoint {
            Endpoint::Ipfs => TimeEndpoint::Ipfs,
            Endpoint::Ttp => TimeEndpoint::Ttp,
            Endpoint::Ttr => TimeEndpoint::Ttr,
            Endpoint::Dor => TimeEndpoint::Dor,
            Endpoint::Idor => TimeEndpoint::Idor,
            Endpoint::Pfs2 => TimeEndpoint::Pfs2,
            Endpoint::TimeOnTreatment => TimeEndpoint::TimeOnTreatment,
            Endpoint::Pfs | Endpoint::Efs => TimeEndpoint::Pfs,
            Endpoint::Os => TimeEndpoint::Os,
        };
        let Some(known) = (self.rows.binary_search(&row).ok()).map(|place| &self.courses[place])
        else {
            return fault(Reason::NoStart, Place::Start, IssueKind::MissingValue);
        };
        let mut course = recist::Course {
            start,
            death: dated(plain.death, Event::Death)?,
            last_contact: match plain.last_contact {
                Read::Known(on) => Some(on),
                Read::Missing => None,
                Read::Unreadable => {
                    return fault(
                        Reason::Unreadable,
                        Place::LastContact,
                        IssueKind::Unreadable,
                    );
                }
            },
            ..known.clone()
        };
        if self.progression_mapped {
            course.progression = dated(plain.progression, Event::Progression)?;
        }
        match recist::derive(&course, by, &self.settings) {
            Ok(Some(found)) => {
                let reason = Reason::Rule {
                    by: found.reason,
                    on: found.end,
                };
                Ok(frame.at(found.start, found.end, found.event, reason))
            }
            Ok(None) => Ok(Derived {
                value: None,
                reason: Reason::NoResponse,
            }),
            Err(Problem::NoLastContact) => {
                fault(Reason::NoEnd, Place::LastContact, IssueKind::MissingValue)
            }
            Err(problem) => {
                let place = self.place_of(&problem);
                let kind = IssueKind::Course { problem };
                fault(Reason::Contradiction, place, kind)
            }
        }
    }
}

/// The date of an event, if it happened.
fn dated(
    happened: Happened,
    event: Event,
) -> Result<Option<NaiveDate>, (Reason, super::super::endpoint::Fault)> {
    let (date, status) = match event {
        Event::Death => (Place::Death, Place::Died),
        Event::Progression | Event::EndOfFollowUp => (Place::Progression, Place::Progressed),
    };
    match happened {
        Happened::On(on) => Ok(Some(on)),
        Happened::No | Happened::Presumed => Ok(None),
        Happened::Undated => fault(
            Reason::EventWithoutDate,
            status,
            IssueKind::EventWithoutDate { event },
        ),
        Happened::Denied(on) => fault(
            Reason::Contradiction,
            date,
            IssueKind::DateWithoutEvent { event, on },
        ),
        Happened::Unreadable => fault(Reason::Unreadable, date, IssueKind::Unreadable),
        Happened::Unsaid => fault(Reason::NoValue, status, IssueKind::MissingValue),
    }
}
