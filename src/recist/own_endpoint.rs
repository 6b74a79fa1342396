//! Endpoints of a person's own definition.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::censoring::Frame;
use super::endpoint::{Contribution, Course, End, EndReason, EndpointSettings, Problem};

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
