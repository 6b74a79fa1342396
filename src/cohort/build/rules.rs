//! Endpoints by the rules of censoring: what they need of every subject beside the plain dates.

use chrono::NaiveDate;

use super::super::endpoint::{Course, Decision, Fault, Frame, Happened, Place, fault};
use super::super::other_rules::{Courses, contribution};
use super::super::therapy::end_of_treatment;
use super::super::view::Read;
use super::super::{
    CohortError, Endpoint, Event, IssueKind, Reason, Severity, StartEvent, Therapy, Tumour,
};
use super::{Builder, Dates};
use crate::recist::{self, End, EndpointSettings, Preset, Problem};
use crate::table::FindingKind;

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
    /// The first PD of each subject's assessments; `None` for a subject without any.
    shown: Vec<Option<Shown>>,
}

/// What the assessments of a subject show of progression.
#[derive(Clone, Copy)]
struct Shown {
    on: Option<NaiveDate>,
    because: Option<recist::Reason>,
}

impl Shown {
    fn by(tumour: &Tumour) -> Self {
        let mut points = tumour.assessment.timepoints.iter();
        let first = points.find(|point| Some(point.date) == tumour.assessment.progression);
        Self {
            on: tumour.assessment.progression,
            because: first.map(|point| point.reason),
        }
    }
}

impl Builder<'_> {
    pub(super) fn rules(
        &mut self,
        tumours: Option<&[Option<Tumour>]>,
        therapies: Option<&[Vec<Therapy>]>,
        new_therapies: &[Option<NaiveDate>],
    ) -> Result<Rules, CohortError> {
        let mapping = self.mapping;
        let censoring = mapping.rules.censoring;
        let treatment_end = self.dates(mapping.treatment_end.as_deref())?;
        let clinical = self.dates(mapping.clinical_progression.as_deref())?;
        let second = self.dates(mapping.second_progression.as_deref())?;
        self.treated_after_death(treatment_end.as_deref())?;
        let known =
            |dates: &Option<Vec<Option<NaiveDate>>>, subject: usize| dates.as_ref()?[subject];
        let courses = (0..self.rows.len())
            .map(|subject| {
                let course = recist::Course {
                    new_therapy: new_therapies[subject],
                    treatment_end: known(&treatment_end, subject)
                        .or_else(|| end_of_treatment(therapies?.get(subject)?)),
                    clinical_progression: known(&clinical, subject),
                    second_progression: known(&second, subject),
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
            shown: (0..self.rows.len())
                .map(|subject| Some(Shown::by(tumours?[subject].as_ref()?)))
                .collect(),
        })
    }
}

impl Builder<'_> {
    /// Says which of the ends of treatment are after the death.
    fn treated_after_death(
        &mut self,
        ends: Option<&[Option<NaiveDate>]>,
    ) -> Result<(), CohortError> {
        let end = self.view(self.mapping.treatment_end.as_deref())?;
        let death = self.event_dates(self.mapping.death.as_deref())?;
        let (Some(ends), Some(end), Some(death)) = (ends, end, death) else {
            return Ok(());
        };
        for (row, on) in self.rows.clone().into_iter().zip(ends) {
            if let (Some(on), Read::Known(death)) = (*on, death.date(row))
                && on > death
            {
                let kind = IssueKind::TherapyAfterDeath { on, death };
                self.cell_issue(Severity::Warning, &end, row, kind);
            }
        }
        Ok(())
    }

    /// The dates of a column, one a subject; those that cannot be read count as missing, and are said.
    pub(super) fn dates(
        &mut self,
        heading: Option<&str>,
    ) -> Result<Option<Vec<Option<NaiveDate>>>, CohortError> {
        let Some(view) = self.view(heading)? else {
            return Ok(None);
        };
        if !self.can_be_dates(&view, &[]) {
            return Ok(None);
        }
        let mut dates = Vec::with_capacity(self.rows.len());
        for row in self.rows.clone() {
            dates.push(match view.date(row) {
                Read::Known(date) => Some(date),
                Read::Missing => None,
                Read::Unreadable => {
                    let finding = FindingKind::NotADate;
                    let kind = IssueKind::Reading { finding };
                    self.cell_issue(Severity::Warning, &view, row, kind);
                    None
                }
            });
        }
        Ok(Some(dates))
    }
}

impl Rules {
    /// Whether the start of a new anticancer therapy is recorded of anybody.
    pub fn know_of_new_therapy(&self) -> bool {
        (self.courses.iter()).any(|course| course.new_therapy.is_some())
    }

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
            Endpoint::Os | Endpoint::Efs | Endpoint::Own(_) => false,
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
            Problem::SecondBeforeFirst { .. } => Place::SecondProgression,
            Problem::BeforeStart { end, .. } => match end {
                End::Progression => progression,
                End::SecondProgression => Place::SecondProgression,
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
        let course = self.course(row, plain, frame)?;
        contribution(&course, endpoint, &self.settings, frame).map_err(|(reason, mut fault)| {
            if let IssueKind::Course { problem } = &fault.kind {
                fault.place = self.place_of(problem);
            }
            (reason, fault)
        })
    }

    /// The dates of every subject; `None` without assessments.
    pub fn courses(
        &self,
        dates: &Dates<'_>,
        frame: Frame,
        start: StartEvent,
        deaths_known: bool,
    ) -> Option<Courses> {
        let course = |&row: &usize| {
            self.course(row, &dates.course(row), &frame)
                .map_err(|(reason, _)| reason)
        };
        self.assessed.then(|| Courses {
            settings: self.settings,
            start,
            deaths_known,
            frame,
            of: self.rows.iter().map(course).collect(),
        })
    }

    /// The remark on a progression as entered that is another one than that of the assessments.
    pub fn remark(&self, row: usize, plain: &Course, frame: &Frame) -> Option<Fault> {
        let entered = match plain.progression {
            Happened::On(on) => Some(on),
            Happened::No | Happened::Presumed => None,
            // Each is an issue of its own.
            Happened::Undated | Happened::Denied(_) | Happened::Unreadable | Happened::Unsaid => {
                return None;
            }
        };
        let shown = self.shown[self.rows.binary_search(&row).ok()?]?;
        let counted = |date: Option<NaiveDate>| date.filter(|&date| !frame.is_after_cut_off(date));
        let (entered, computed) = (counted(entered), counted(shown.on));
        (self.progression_mapped && entered != computed).then_some(Fault {
            place: Place::Progression,
            kind: IssueKind::ProgressionDiffers {
                entered,
                computed,
                because: shown.because.filter(|_| computed.is_some()),
            },
        })
    }

    /// The dates of a row, as far as they can be read.
    fn course(
        &self,
        row: usize,
        plain: &Course,
        frame: &Frame,
    ) -> Result<recist::Course, (Reason, Fault)> {
        let start = frame.start(plain.start)?;
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
        Ok(course)
    }
}

/// The date of an event, if it happened.
fn dated(happened: Happened, event: Event) -> Result<Option<NaiveDate>, (Reason, Fault)> {
    let (date, status) = match event {
        Event::Death => (Place::Death, Place::Died),
        Event::Progression | Event::EndOfFollowUp | Event::Own => {
            (Place::Progression, Place::Progressed)
        }
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
