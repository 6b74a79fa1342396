//! What one patient contributes to an endpoint, by which rule, and why.
//!
//! **Source.** FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics (2018),
//! appendix 3; EMA, Appendix 1 to the guideline on the evaluation of anticancer medicinal products in man,
//! EMA/CHMP/27994/2008 Rev. 1; time to progression and PFS2 likewise.

use chrono::NaiveDate;

use super::endpoint::{
    Contribution, Course, End, EndReason, EndpointSettings, Preset, Problem, TimeEndpoint,
};

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

/// The dates of a patient and the rules that they are judged by.
pub(super) struct Frame<'a> {
    pub course: &'a Course,
    pub settings: &'a EndpointSettings,
}

impl Frame<'_> {
    /// A date unless it is after the cut-off.
    pub fn counted(&self, date: Option<NaiveDate>) -> Option<NaiveDate> {
        date.filter(|&date| self.settings.cut_off.is_none_or(|cut_off| date <= cut_off))
    }

    /// What contradicts itself whatever the endpoint.
    pub fn check(&self) -> Result<(), Problem> {
        let start = self.course.start;
        if let Some(cut_off) = self.settings.cut_off.filter(|&cut_off| start > cut_off) {
            return Err(Problem::StartAfterCutOff { start, cut_off });
        }
        match self.course.death {
            Some(on) if on < start => Err(self.before_start(End::Death, on)),
            Some(_) | None => Ok(()),
        }
    }

    pub fn before_start(&self, end: End, on: NaiveDate) -> Problem {
        Problem::BeforeStart {
            end,
            on,
            start: self.course.start,
        }
    }

    pub fn until(&self, end: NaiveDate, event: bool, reason: EndReason) -> Contribution {
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
    pub fn censored(&self) -> Result<Contribution, Problem> {
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
                return Err(self.before_start(End::SecondProgression, on));
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
        let death = self.counted(self.course.death);
        // Nobody is treated after the death.
        let end = end.filter(|&end| death.is_none_or(|death| end <= death));
        if end.is_none()
            && death.is_none()
            && let Some(cut_off) = self.settings.cut_off
            && self.course.treatment_end.is_some()
        {
            return Ok(self.until(cut_off, false, EndReason::CutOff));
        }
        let reason = EndReason::TreatmentEnded;
        self.plain(end.map(|on| Event { on, reason }), Deaths::Count)
    }
}
