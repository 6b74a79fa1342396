//! Endpoints from dates: what one patient contributes, by which rule, and why.
//!
//! **Source.** FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics (2018),
//! appendix 3; EMA, Appendix 1 to the guideline on the evaluation of anticancer medicinal products in man,
//! EMA/CHMP/27994/2008 Rev. 1; time to progression and PFS2 likewise.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Assessment, Baseline};

/// An endpoint of one patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeEndpoint {
    /// Overall survival: start to death.
    Os,
    /// Progression-free survival: start to the first of progression and death.
    Pfs,
    /// The same with the progression that counts by iRECIST.
    Ipfs,
    /// Time to progression: deaths without it are censored.
    Ttp,
    /// Time to response, of responders.
    Ttr,
    /// Duration of response, of responders: response to the end of PFS.
    Dor,
    /// Duration of response by iRECIST: to the end of iPFS.
    Idor,
    /// Start to the progression on the next therapy, or death.
    Pfs2,
    /// Start to the end of treatment for any reason, death included.
    TimeOnTreatment,
}

/// The rules of censoring for endpoints with progression. The others have only one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// New therapy and missed assessments censor at the last adequate assessment before them.
    Fda,
    /// New therapy and missed assessments are ignored.
    Ema,
    /// First of progression and death, else last contact: for data without dates of assessment.
    Plain,
}

/// The settings of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", default)]
pub struct EndpointSettings {
    /// The rules of censoring.
    pub preset: Preset,
    /// Longer than so many days without an adequate assessment is a gap (FDA-style).
    pub gap_days: u32,
    /// Whether clinical progression counts as progression (EMA-style and plain).
    pub clinical_progression: bool,
    /// Whether the first day counts: end − start + 1.
    pub count_first_day: bool,
    /// Data cut-off: what lies after it has not happened yet.
    pub cut_off: Option<NaiveDate>,
}

impl Default for EndpointSettings {
    /// FDA-style with a gap of 14 weeks: two assessments missed every six weeks, with a window of one
    /// week each.
    fn default() -> Self {
        Self {
            preset: Preset::Fda,
            gap_days: 98,
            clinical_progression: false,
            count_first_day: false,
            cut_off: None,
        }
    }
}

/// The dates of one patient.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// Start of treatment, or randomisation.
    pub start: NaiveDate,
    /// First documented progression.
    pub progression: Option<NaiveDate>,
    /// Progression that counts by iRECIST.
    pub ipfs_progression: Option<NaiveDate>,
    /// Progression that was not documented by an assessment.
    pub clinical_progression: Option<NaiveDate>,
    /// Progression on the next therapy.
    pub second_progression: Option<NaiveDate>,
    /// Death from any cause.
    pub death: Option<NaiveDate>,
    /// Last date known alive.
    pub last_contact: Option<NaiveDate>,
    /// Start of a new anticancer therapy.
    pub new_therapy: Option<NaiveDate>,
    /// End of treatment; `None` while it goes on.
    pub treatment_end: Option<NaiveDate>,
    /// First CR or PR.
    pub response: Option<NaiveDate>,
    /// First iCR or iPR.
    pub iresponse: Option<NaiveDate>,
    /// Dates of the assessments that say something, in order; `None` if no assessments are known.
    pub adequate: Option<Vec<NaiveDate>>,
    /// Whether the patient is known to have no baseline that can be compared with.
    pub no_baseline: bool,
}

impl Course {
    /// A patient of whom nothing but the start is known.
    pub fn from_start(start: NaiveDate) -> Self {
        Self {
            start,
            progression: None,
            ipfs_progression: None,
            clinical_progression: None,
            second_progression: None,
            death: None,
            last_contact: None,
            new_therapy: None,
            treatment_end: None,
            response: None,
            iresponse: None,
            adequate: None,
            no_baseline: false,
        }
    }

    /// The same patient with what the assessments say. A baseline that is not recorded counts as adequate.
    pub fn with(self, assessment: &Assessment) -> Self {
        Self {
            progression: assessment.progression,
            ipfs_progression: assessment.ipfs_date,
            response: assessment.first_response,
            iresponse: assessment.first_iresponse,
            adequate: Some(assessment.adequate_dates()),
            no_baseline: assessment.baseline == Baseline::Missing,
            ..self
        }
    }
}

/// What one patient contributes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Contribution {
    /// What the time is counted from.
    pub start: NaiveDate,
    /// What it is counted to.
    pub end: NaiveDate,
    /// Time in days.
    pub days: i64,
    /// Whether it ends with the event.
    pub event: bool,
    /// The row of the rules that decided.
    pub reason: EndReason,
}

/// The row of the rules that decided, with its dates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum EndReason {
    /// No adequate baseline: censored at the start.
    NoBaseline,
    /// No assessment after the baseline: censored at the start.
    NoAssessment,
    /// No progression, no death: censored at the last adequate assessment.
    LastAssessment,
    /// New therapy before progression or death: censored at the last adequate assessment up to it, else
    /// at the start.
    NewTherapy {
        /// When it began.
        on: NaiveDate,
    },
    /// Progression or death after missed assessments: censored at the last adequate one before them, else
    /// at the start.
    Gap {
        /// Date of the progression or death.
        event: NaiveDate,
        /// Days without an adequate assessment.
        days: i64,
    },
    /// Documented progression.
    Progressed,
    /// Clinical progression.
    ClinicallyProgressed,
    /// Progression on the next therapy.
    SecondProgression,
    /// Death.
    Died,
    /// Death without progression, which does not count: censored.
    DiedWithoutProgression {
        /// When.
        on: NaiveDate,
    },
    /// Censored at the last contact.
    LastContact,
    /// Censored at the data cut-off.
    CutOff,
    /// Response.
    Responded,
    /// Treatment ended.
    TreatmentEnded,
    /// An event of the person's own definition.
    Event {
        /// Place in the definition.
        place: usize,
    },
    /// Censored by a date of the person's own definition.
    Censored {
        /// Place in the definition.
        place: usize,
    },
}

/// Why a patient cannot contribute: dates that contradict each other, or are missing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Problem {
    /// The start is after the data cut-off.
    StartAfterCutOff {
        /// The start.
        start: NaiveDate,
        /// The cut-off.
        cut_off: NaiveDate,
    },
    /// A date before the start.
    BeforeStart {
        /// What it ends.
        end: End,
        /// The date.
        on: NaiveDate,
        /// The start.
        start: NaiveDate,
    },
    /// A death before the progression.
    DeathBeforeProgression {
        /// Date of death.
        death: NaiveDate,
        /// Date of progression.
        progression: NaiveDate,
    },
    /// A progression on the next therapy before the first progression.
    SecondBeforeFirst {
        /// Date of the second.
        second: NaiveDate,
        /// Date of the first.
        first: NaiveDate,
    },
    /// No event, and no date at which the patient was last seen.
    NoLastContact,
    /// The rules need dates of assessment, and none are known.
    NoAssessmentDates,
    /// The response is later than the end of PFS, as when a new therapy came first.
    ResponseAfterEnd {
        /// Date of response.
        response: NaiveDate,
        /// End of PFS.
        end: NaiveDate,
    },
}

/// What a date ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// Progression.
    Progression,
    /// Death.
    Death,
    /// Last contact.
    LastContact,
    /// New anticancer therapy.
    NewTherapy,
    /// Treatment.
    Treatment,
    /// Response.
    Response,
    /// An assessment.
    Assessment,
    /// A date of the person's own definition.
    Own,
}

/// What a patient contributes to an endpoint; `Ok(None)` for those that it does not concern (no
/// responder).
///
/// **Units.** Whole days, end − start (+ 1 if the first day counts).
/// **Conventions.** Order of tests, FDA-style: baseline, new therapy, gap, progression, death. A
/// progression, death or assessment on the day of the new therapy counts as before it. The gap runs from
/// the last adequate assessment before the event (the progression's own assessment aside), or from the
/// start; one of exactly `gap_days` is none. Events after the data cut-off have not happened; the
/// patient is then censored like one without event, in the plain rules at the cut-off.
/// **Errors.** [`Problem`]: contradictions that only a person can settle.
pub fn derive(
    course: &Course,
    endpoint: TimeEndpoint,
    settings: &EndpointSettings,
) -> Result<Option<Contribution>, Problem> {
    let frame = Frame { course, settings };
    frame.check()?;
    let progression = frame.counted(course.progression);
    let ipfs = frame.counted(course.ipfs_progression);
    match endpoint {
        TimeEndpoint::Os => frame.plain(None, Deaths::Count).map(Some),
        TimeEndpoint::Pfs => frame.progression_free(progression, Deaths::Count).map(Some),
        TimeEndpoint::Ipfs => frame.progression_free(ipfs, Deaths::Count).map(Some),
        TimeEndpoint::Ttp => frame
            .progression_free(progression, Deaths::Censor)
            .map(Some),
        TimeEndpoint::Ttr => frame.time_to_response(),
        TimeEndpoint::Dor => frame.duration(course.response, progression),
        TimeEndpoint::Idor => frame.duration(course.iresponse, ipfs),
        TimeEndpoint::Pfs2 => frame.second_progression().map(Some),
        TimeEndpoint::TimeOnTreatment => frame.time_on_treatment().map(Some),
    }
}

/// Whether deaths without progression are events.
#[derive(Clone, Copy, PartialEq)]
enum Deaths {
    Count,
    Censor,
}

/// An event of the course, and its row in the rules.
#[derive(Clone, Copy)]
struct Event {
    on: NaiveDate,
    reason: EndReason,
}

struct Frame<'a> {
    course: &'a Course,
    settings: &'a EndpointSettings,
}

impl Frame<'_> {
    /// A date unless it is after the cut-off.
    fn counted(&self, date: Option<NaiveDate>) -> Option<NaiveDate> {
        date.filter(|&date| self.settings.cut_off.is_none_or(|cut_off| date <= cut_off))
    }

    /// What contradicts itself whatever the endpoint.
    fn check(&self) -> Result<(), Problem> {
        let start = self.course.start;
        if let Some(cut_off) = self.settings.cut_off.filter(|&cut_off| start > cut_off) {
            return Err(Problem::StartAfterCutOff { start, cut_off });
        }
        match self.course.death {
            Some(on) if on < start => Err(self.before_start(End::Death, on)),
            Some(_) | None => Ok(()),
        }
    }

    fn before_start(&self, end: End, on: NaiveDate) -> Problem {
        Problem::BeforeStart {
            end,
            on,
            start: self.course.start,
        }
    }

    fn until(&self, end: NaiveDate, event: bool, reason: EndReason) -> Contribution {
        self.between(self.course.start, end, event, reason)
    }

    fn between(
        &self,
        start: NaiveDate,
        end: NaiveDate,
        event: bool,
        reason: EndReason,
    ) -> Contribution {
        Contribution {
            start,
            end,
            days: (end - start).num_days() + i64::from(self.settings.count_first_day),
            event,
            reason,
        }
    }

    /// The first of progression and death, as far as they count.
    fn first_event(
        &self,
        progression: Option<NaiveDate>,
        deaths: Deaths,
    ) -> Result<Option<Event>, Problem> {
        let clinical = match (self.settings.preset, self.settings.clinical_progression) {
            (Preset::Ema | Preset::Plain, true) => self.counted(self.course.clinical_progression),
            (Preset::Fda, _) | (_, false) => None,
        };
        let documented = progression.map(|on| (on, EndReason::Progressed));
        let clinical = clinical.map(|on| (on, EndReason::ClinicallyProgressed));
        // Of two on one date the documented one.
        let first = (documented.into_iter().chain(clinical)).min_by_key(|(on, _)| *on);
        let death = self.counted(self.course.death);
        if let Some((on, reason)) = first {
            if on < self.course.start {
                return Err(self.before_start(End::Progression, on));
            }
            if let Some(death) = death.filter(|&death| death < on) {
                let progression = on;
                return Err(Problem::DeathBeforeProgression { death, progression });
            }
            return Ok(Some(Event { on, reason }));
        }
        Ok(death.filter(|_| deaths == Deaths::Count).map(|on| {
            let reason = EndReason::Died;
            Event { on, reason }
        }))
    }

    /// PFS, iPFS and TTP.
    fn progression_free(
        &self,
        progression: Option<NaiveDate>,
        deaths: Deaths,
    ) -> Result<Contribution, Problem> {
        let event = self.first_event(progression, deaths)?;
        let Some(adequate) = (match self.settings.preset {
            Preset::Plain => return self.plain(event, deaths),
            Preset::Fda | Preset::Ema => self.course.adequate.as_deref(),
        }) else {
            return Err(Problem::NoAssessmentDates);
        };
        let start = self.course.start;
        if self.course.no_baseline {
            return Ok(self.until(start, false, EndReason::NoBaseline));
        }
        // Assessments that were done by the cut-off, and before a death that does not count.
        let death = self.counted(self.course.death);
        let last = (death.filter(|_| event.is_none())).or(self.settings.cut_off);
        let last_up_to = |limit: Option<NaiveDate>| {
            (adequate.iter().rev().copied())
                .find(|&date| {
                    date >= start
                        && limit.is_none_or(|limit| date <= limit)
                        && last.is_none_or(|last| date <= last)
                })
                .unwrap_or(start)
        };
        let therapy = self.counted(self.course.new_therapy);
        if self.settings.preset == Preset::Fda
            && let Some(on) = therapy.filter(|&on| event.is_none_or(|event| on < event.on))
        {
            if on < start {
                return Err(self.before_start(End::NewTherapy, on));
            }
            return Ok(self.until(last_up_to(Some(on)), false, EndReason::NewTherapy { on }));
        }
        let Some(event) = event else {
            let end = last_up_to(None);
            let reason = match death {
                Some(on) => EndReason::DiedWithoutProgression { on },
                None if end == start => EndReason::NoAssessment,
                None => EndReason::LastAssessment,
            };
            return Ok(self.until(end, false, reason));
        };
        if self.settings.preset == Preset::Fda {
            // The assessment that shows the progression is not one before it.
            let before = if event.reason == EndReason::Died {
                last_up_to(Some(event.on))
            } else {
                last_up_to(event.on.pred_opt())
            };
            let days = (event.on - before).num_days();
            if days > i64::from(self.settings.gap_days) {
                let event = event.on;
                return Ok(self.until(before, false, EndReason::Gap { event, days }));
            }
        }
        Ok(self.until(event.on, true, event.reason))
    }

    /// The event, else death where it counts, else the last contact or the cut-off.
    fn plain(&self, event: Option<Event>, deaths: Deaths) -> Result<Contribution, Problem> {
        if let Some(event) = event {
            return Ok(self.until(event.on, true, event.reason));
        }
        if let Some(on) = self.counted(self.course.death) {
            return Ok(match deaths {
                Deaths::Count => self.until(on, true, EndReason::Died),
                Deaths::Censor => self.until(on, false, EndReason::DiedWithoutProgression { on }),
            });
        }
        self.censored()
    }

    /// Censored at the last contact, or at the cut-off where follow-up is known to go on after it.
    fn censored(&self) -> Result<Contribution, Problem> {
        let later = [
            self.course.death,
            self.course.last_contact,
            self.course.progression,
            self.course.second_progression,
        ];
        if let Some(cut_off) = self.settings.cut_off
            && later.into_iter().flatten().any(|date| date > cut_off)
        {
            return Ok(self.until(cut_off, false, EndReason::CutOff));
        }
        match self.course.last_contact {
            None => Err(Problem::NoLastContact),
            Some(on) if on < self.course.start => Err(self.before_start(End::LastContact, on)),
            Some(on) => Ok(self.until(on, false, EndReason::LastContact)),
        }
    }

    fn time_to_response(&self) -> Result<Option<Contribution>, Problem> {
        let Some(on) = self.counted(self.course.response) else {
            return Ok(None);
        };
        if on < self.course.start {
            return Err(self.before_start(End::Response, on));
        }
        Ok(Some(self.until(on, true, EndReason::Responded)))
    }

    fn duration(
        &self,
        response: Option<NaiveDate>,
        progression: Option<NaiveDate>,
    ) -> Result<Option<Contribution>, Problem> {
        let Some(response) = self.counted(response) else {
            return Ok(None);
        };
        let pfs = self.progression_free(progression, Deaths::Count)?;
        let end = pfs.end;
        if end < response {
            return Err(Problem::ResponseAfterEnd { response, end });
        }
        Ok(Some(self.between(response, end, pfs.event, pfs.reason)))
    }

    fn second_progression(&self) -> Result<Contribution, Problem> {
        let second = self.counted(self.course.second_progression);
        if let (Some(second), Some(first)) = (second, self.counted(self.course.progression))
            && second < first
        {
            return Err(Problem::SecondBeforeFirst { second, first });
        }
        if let Some(on) = second {
            if on < self.course.start {
                return Err(self.before_start(End::Progression, on));
            }
            let death = self.counted(self.course.death);
            if let Some(death) = death.filter(|&death| death < on) {
                let progression = on;
                return Err(Problem::DeathBeforeProgression { death, progression });
            }
        }
        let reason = EndReason::SecondProgression;
        self.plain(second.map(|on| Event { on, reason }), Deaths::Count)
    }

    fn time_on_treatment(&self) -> Result<Contribution, Problem> {
        let end = self.counted(self.course.treatment_end);
        if let Some(on) = end.filter(|&on| on < self.course.start) {
            return Err(self.before_start(End::Treatment, on));
        }
        if end.is_none()
            && let Some(cut_off) = self.settings.cut_off
            && self.course.treatment_end.is_some()
        {
            return Ok(self.until(cut_off, false, EndReason::CutOff));
        }
        let reason = EndReason::TreatmentEnded;
        self.plain(end.map(|on| Event { on, reason }), Deaths::Count)
    }
}

/// An endpoint of the person's own: from a start to the first of some dates, censored at the first of
/// others that comes before, else at the last contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Custom {
    /// What the time is counted from.
    pub start: NaiveDate,
    /// Dates of the events; the first one counts.
    pub events: Vec<Option<NaiveDate>>,
    /// Dates that end the observation, such as a transplantation. An event on the same date counts.
    pub censoring: Vec<Option<NaiveDate>>,
    /// Last date known without event.
    pub last_contact: Option<NaiveDate>,
}

/// What a patient contributes to an endpoint of the person's own.
///
/// **Errors.** A date before the start, or no date at all.
pub fn custom(own: &Custom, settings: &EndpointSettings) -> Result<Contribution, Problem> {
    let course = Course {
        last_contact: own.last_contact,
        ..Course::from_start(own.start)
    };
    let frame = Frame {
        course: &course,
        settings,
    };
    frame.check()?;
    let all = || own.events.iter().chain(&own.censoring).copied().flatten();
    if let Some(on) = all().filter(|&on| on < own.start).min() {
        return Err(frame.before_start(End::Own, on));
    }
    let first = |dates: &[Option<NaiveDate>]| {
        (dates.iter().enumerate())
            .filter_map(|(place, &date)| Some((frame.counted(date)?, place)))
            .min()
    };
    match (first(&own.events), first(&own.censoring)) {
        (Some((on, place)), censoring) if censoring.is_none_or(|(other, _)| on <= other) => {
            Ok(frame.until(on, true, EndReason::Event { place }))
        }
        (_, Some((on, place))) => Ok(frame.until(on, false, EndReason::Censored { place })),
        (_, None) => match settings.cut_off {
            Some(cut_off) if all().any(|date| date > cut_off) => {
                Ok(frame.until(cut_off, false, EndReason::CutOff))
            }
            Some(_) | None => frame.censored(),
        },
    }
}

/// The same endpoint of a patient under two settings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sensitivity {
    /// Under the first.
    pub first: Result<Option<Contribution>, Problem>,
    /// Under the second.
    pub second: Result<Option<Contribution>, Problem>,
    /// What differs.
    pub change: Change,
}

/// How the contribution of a patient differs between two settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Neither time nor event; the reason may.
    None,
    /// The time only.
    Time,
    /// The event, and perhaps the time.
    Event,
    /// The patient contributes under one of them only.
    Contributes,
}

/// The same endpoint under two settings.
pub fn sensitivity(
    course: &Course,
    endpoint: TimeEndpoint,
    first: &EndpointSettings,
    second: &EndpointSettings,
) -> Sensitivity {
    let (first, second) = (
        derive(course, endpoint, first),
        derive(course, endpoint, second),
    );
    let value = |contribution: &Result<Option<Contribution>, Problem>| {
        (contribution.ok().flatten()).map(|contribution| (contribution.event, contribution.days))
    };
    let change = match (value(&first), value(&second)) {
        (None, None) => Change::None,
        (Some(_), None) | (None, Some(_)) => Change::Contributes,
        (Some((a, _)), Some((b, _))) if a != b => Change::Event,
        (Some((_, a)), Some((_, b))) if a != b => Change::Time,
        (Some(_), Some(_)) => Change::None,
    };
    Sensitivity {
        first,
        second,
        change,
    }
}
