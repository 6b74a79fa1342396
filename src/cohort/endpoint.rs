//! What one patient contributes to OS and PFS: the plain rules, on dates already read.
//!
//! OS: start → death; the living are censored at last contact. PFS: start → first of progression and
//! death; the others are censored at last contact. What lies after the data cut-off is not counted:
//! censored at the cut-off. Dates that contradict each other leave the patient out of the endpoint.

use chrono::{Datelike, Days, NaiveDate};

use super::view::Read;
use super::{Derived, Endpoint, Event, FollowUpValue, IssueKind, Reason, TimeRules};

/// The dates of one patient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Course {
    pub start: Read<NaiveDate>,
    pub progression: Happened,
    pub death: Happened,
    pub last_contact: Read<NaiveDate>,
}

/// Whether and when an event happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Happened {
    No,
    On(NaiveDate),
    /// It did, but the date is missing.
    Undated,
    /// It did not, but it has a date.
    Denied(NaiveDate),
    /// The date cannot be read.
    Unreadable,
    /// Nothing is said about it, and there is no date of it.
    Presumed,
    /// Nothing is said about it, and no column has its date.
    Unsaid,
}

impl Happened {
    /// From the cells of a date and of a yes/no column, where mapped. Without a date column the event
    /// happened on `otherwise`.
    pub fn new(
        date: Option<Read<NaiveDate>>,
        status: Option<Option<bool>>,
        otherwise: Read<NaiveDate>,
    ) -> Self {
        match (date, status) {
            (None, None) => Happened::No,
            (None, Some(Some(false))) => Happened::No,
            (None, Some(None)) => Happened::Unsaid,
            (None, Some(Some(true))) => match otherwise {
                Read::Known(on) => Happened::On(on),
                Read::Missing => Happened::Undated,
                Read::Unreadable => Happened::Unreadable,
            },
            (Some(Read::Unreadable), _) => Happened::Unreadable,
            (Some(Read::Missing), Some(Some(true))) => Happened::Undated,
            (Some(Read::Missing), Some(None)) => Happened::Presumed,
            (Some(Read::Missing), Some(Some(false)) | None) => Happened::No,
            (Some(Read::Known(on)), Some(Some(false))) => Happened::Denied(on),
            (Some(Read::Known(on)), _) => Happened::On(on),
        }
    }

    /// The date that the file gives, whether or not it can be used.
    fn date(self) -> Option<NaiveDate> {
        match self {
            Happened::On(on) | Happened::Denied(on) => Some(on),
            Happened::No
            | Happened::Undated
            | Happened::Unreadable
            | Happened::Presumed
            | Happened::Unsaid => None,
        }
    }
}

/// What holds for every patient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub cut_off: Option<NaiveDate>,
    pub rules: TimeRules,
}

/// A cell of the row that something is wrong with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Start,
    Progression,
    Progressed,
    /// The progression on the next therapy.
    SecondProgression,
    Death,
    Died,
    LastContact,
    /// The ready-made time.
    Time(Endpoint),
    /// The ready-made event.
    Event(Endpoint),
    /// A column without any of these roles, by its place in the table.
    Column(usize),
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fault {
    pub place: Place,
    pub kind: IssueKind,
}

/// A contribution, or why there is none.
pub(super) type Decision = Result<Derived, (Reason, Fault)>;

pub(super) fn fault<T>(
    reason: Reason,
    place: Place,
    kind: IssueKind,
) -> Result<T, (Reason, Fault)> {
    Err((reason, Fault { place, kind }))
}

impl Frame {
    pub(super) fn is_after_cut_off(&self, date: NaiveDate) -> bool {
        self.cut_off.is_some_and(|cut_off| date > cut_off)
    }

    /// Time from `start` to `on` in whole days, or in calendar months. `on` is not before `start`.
    pub(super) fn at(
        &self,
        start: NaiveDate,
        on: NaiveDate,
        event: bool,
        reason: Reason,
    ) -> Derived {
        let end = on + Days::new(u64::from(self.rules.count_first_day));
        let time = elapsed(start, end, self.rules);
        Derived {
            value: Some(FollowUpValue { time, event }),
            reason,
        }
    }

    /// The same, or censored at the cut-off if `on` is after it.
    fn until(&self, start: NaiveDate, on: NaiveDate, event: bool, reason: Reason) -> Derived {
        match self.cut_off {
            Some(cut_off) if on > cut_off => {
                self.at(start, cut_off, false, Reason::CutOff { on: cut_off })
            }
            Some(_) | None => self.at(start, on, event, reason),
        }
    }

    pub(super) fn start(&self, start: Read<NaiveDate>) -> Result<NaiveDate, (Reason, Fault)> {
        self.start_at(Place::Start, start)
    }

    /// The same of a start that stands elsewhere.
    pub(super) fn start_at(
        &self,
        place: Place,
        start: Read<NaiveDate>,
    ) -> Result<NaiveDate, (Reason, Fault)> {
        match (start, self.cut_off) {
            (Read::Missing, _) => fault(Reason::NoStart, place, IssueKind::MissingValue),
            (Read::Unreadable, _) => fault(Reason::Unreadable, place, IssueKind::Unreadable),
            (Read::Known(on), Some(cut_off)) if on > cut_off => fault(
                Reason::Contradiction,
                place,
                IssueKind::AfterCutOff { on, cut_off },
            ),
            (Read::Known(on), _) => Ok(on),
        }
    }
}

/// Time from `start` to `end` in whole days, or in calendar months; negative where the end is first.
pub(super) fn elapsed(start: NaiveDate, end: NaiveDate, rules: TimeRules) -> f64 {
    match rules.counts_calendar_months() {
        true if end < start => -calendar_months(end, start),
        true => calendar_months(start, end),
        false => (end - start).num_days() as f64,
    }
}

/// The whole months from `start` to `end`, and the days left over as a share of their month.
fn calendar_months(start: NaiveDate, end: NaiveDate) -> f64 {
    let index = |date: NaiveDate| 12 * date.year() + date.month0() as i32;
    // The same day so many months later; the first of the next month where a month lacks it.
    let after = |months: i32| {
        let index = index(start) + months;
        let day = |index: i32, day| {
            let month = index.rem_euclid(12) as u32 + 1;
            NaiveDate::from_ymd_opt(index.div_euclid(12), month, day)
        };
        let date = day(index, start.day()).or_else(|| day(index + 1, 1));
        date.expect("every month has a first day")
    };
    let mut whole = index(end) - index(start);
    if after(whole) > end {
        whole -= 1;
    }
    let days = |from: NaiveDate, to: NaiveDate| (to - from).num_days() as f64;
    let last = after(whole);
    f64::from(whole) + days(last, end) / days(last, after(whole + 1))
}

fn before_start<T>(
    end: Event,
    place: Place,
    on: NaiveDate,
    start: NaiveDate,
) -> Result<T, (Reason, Fault)> {
    fault(
        Reason::Negative,
        place,
        IssueKind::EndBeforeStart { end, on, start },
    )
}

/// Overall survival.
pub(super) fn os(course: &Course, frame: &Frame) -> Decision {
    let start = frame.start(course.start)?;
    match course.death {
        Happened::On(on) if on < start => before_start(Event::Death, Place::Death, on, start),
        Happened::On(on) => Ok(frame.until(start, on, true, Reason::Died { on })),
        Happened::No | Happened::Presumed => censored(start, course, frame),
        Happened::Undated => fault(
            Reason::EventWithoutDate,
            Place::Died,
            IssueKind::EventWithoutDate {
                event: Event::Death,
            },
        ),
        Happened::Denied(on) => fault(
            Reason::Contradiction,
            Place::Death,
            IssueKind::DateWithoutEvent {
                event: Event::Death,
                on,
            },
        ),
        Happened::Unreadable => fault(Reason::Unreadable, Place::Death, IssueKind::Unreadable),
        Happened::Unsaid => fault(Reason::NoValue, Place::Died, IssueKind::MissingValue),
    }
}

/// Progression-free survival by the plain rule.
pub(super) fn pfs(course: &Course, frame: &Frame) -> Decision {
    let start = frame.start(course.start)?;
    match course.progression {
        // Without a progression, the rules are those of OS.
        Happened::No | Happened::Presumed | Happened::Unsaid => os(course, frame),
        Happened::On(on) if on < start => {
            before_start(Event::Progression, Place::Progression, on, start)
        }
        Happened::On(on) => match course.death {
            Happened::On(death) if death < start => {
                before_start(Event::Death, Place::Death, death, start)
            }
            Happened::On(death) if death < on && !frame.is_after_cut_off(death) => fault(
                Reason::Contradiction,
                Place::Death,
                IssueKind::DeathBeforeProgression {
                    death,
                    progression: on,
                },
            ),
            Happened::On(_)
            | Happened::No
            | Happened::Presumed
            | Happened::Undated
            | Happened::Denied(_)
            | Happened::Unreadable
            | Happened::Unsaid => Ok(frame.until(start, on, true, Reason::Progressed { on })),
        },
        Happened::Undated => fault(
            Reason::EventWithoutDate,
            Place::Progressed,
            IssueKind::EventWithoutDate {
                event: Event::Progression,
            },
        ),
        Happened::Denied(on) => fault(
            Reason::Contradiction,
            Place::Progression,
            IssueKind::DateWithoutEvent {
                event: Event::Progression,
                on,
            },
        ),
        Happened::Unreadable => fault(
            Reason::Unreadable,
            Place::Progression,
            IssueKind::Unreadable,
        ),
    }
}

fn censored(start: NaiveDate, course: &Course, frame: &Frame) -> Decision {
    match course.last_contact {
        Read::Missing => fault(Reason::NoEnd, Place::LastContact, IssueKind::MissingValue),
        Read::Unreadable => fault(
            Reason::Unreadable,
            Place::LastContact,
            IssueKind::Unreadable,
        ),
        Read::Known(on) if on < start => fault(
            Reason::Negative,
            Place::LastContact,
            IssueKind::LastContactBeforeStart { on, start },
        ),
        Read::Known(on) => Ok(frame.until(start, on, false, Reason::LastContact { on })),
    }
}

/// A remark, no contradiction: many sheets give everybody the date of the last look at the records as
/// last contact, and leaving out those who died would leave out the events.
fn contact_after_death(course: &Course) -> Option<Fault> {
    let (Read::Known(on), Happened::On(death)) = (course.last_contact, course.death) else {
        return None;
    };
    (on > death).then_some(Fault {
        place: Place::LastContact,
        kind: IssueKind::ContactAfterDeath { on, death },
    })
}

/// A ready-made time in its own unit.
pub(super) fn given(endpoint: Endpoint, time: Read<f64>, event: Option<bool>) -> Decision {
    let place = Place::Time(endpoint);
    match (time, event) {
        (Read::Missing, _) => fault(Reason::NoValue, place, IssueKind::MissingValue),
        (Read::Unreadable, _) => fault(Reason::Unreadable, place, IssueKind::Unreadable),
        (Read::Known(time), _) if time < 0.0 => {
            fault(Reason::Negative, place, IssueKind::NegativeTime)
        }
        (Read::Known(_), None) => fault(
            Reason::NoValue,
            Place::Event(endpoint),
            IssueKind::MissingValue,
        ),
        (Read::Known(time), Some(event)) => Ok(Derived {
            // Adding zero makes a negative zero positive.
            value: Some(FollowUpValue {
                time: time + 0.0,
                event,
            }),
            reason: if event {
                Reason::GivenEvent
            } else {
                Reason::GivenCensored
            },
        }),
    }
}

/// A ready-made date of event or censoring, counted from the start.
pub(super) fn given_date(
    endpoint: Endpoint,
    start: Read<NaiveDate>,
    end: Read<NaiveDate>,
    event: Option<bool>,
    frame: &Frame,
) -> Decision {
    let start = frame.start(start)?;
    let place = Place::Time(endpoint);
    match (end, event) {
        (Read::Missing, _) => fault(Reason::NoValue, place, IssueKind::MissingValue),
        (Read::Unreadable, _) => fault(Reason::Unreadable, place, IssueKind::Unreadable),
        (Read::Known(on), _) if on < start => before_start(Event::EndOfFollowUp, place, on, start),
        (Read::Known(_), None) => fault(
            Reason::NoValue,
            Place::Event(endpoint),
            IssueKind::MissingValue,
        ),
        (Read::Known(on), Some(true)) => {
            Ok(frame.until(start, on, true, Reason::GivenEventOn { on }))
        }
        (Read::Known(on), Some(false)) => {
            Ok(frame.until(start, on, false, Reason::GivenCensoredOn { on }))
        }
    }
}

/// The dates that cannot be read, whether or not an endpoint rests on them.
pub(super) fn unreadable(course: &Course) -> impl Iterator<Item = Fault> + use<> {
    let is = |date: Read<NaiveDate>| date == Read::Unreadable;
    let places = [
        (Place::Start, is(course.start)),
        (
            Place::Progression,
            course.progression == Happened::Unreadable,
        ),
        (Place::Death, course.death == Happened::Unreadable),
        (Place::LastContact, is(course.last_contact)),
    ];
    (places.into_iter())
        .filter(|(_, unreadable)| *unreadable)
        .map(|(place, _)| Fault {
            place,
            kind: IssueKind::Unreadable,
        })
}

/// Everything about the dates that a person should look at, whether or not an endpoint rests on it.
pub(super) fn remarks(course: &Course, frame: &Frame) -> Vec<Fault> {
    let last_contact = match course.last_contact {
        Read::Known(on) => Some(on),
        Read::Missing | Read::Unreadable => None,
    };
    let mut remarks: Vec<Fault> = contact_after_death(course).into_iter().collect();
    if let (Some(on), Read::Known(start)) = (last_contact, course.start)
        && on < start
    {
        remarks.push(Fault {
            place: Place::LastContact,
            kind: IssueKind::LastContactBeforeStart { on, start },
        });
    }
    let presumed = [
        (Place::Progressed, Event::Progression, course.progression),
        (Place::Died, Event::Death, course.death),
    ];
    remarks.extend(
        (presumed.into_iter())
            .filter(|(.., happened)| *happened == Happened::Presumed)
            .map(|(place, event, _)| Fault {
                place,
                kind: IssueKind::PresumedNoEvent { event },
            }),
    );
    if let (Some(on), Happened::On(progression), Happened::No | Happened::Presumed) =
        (last_contact, course.progression, course.death)
        && on < progression
        && !frame.is_after_cut_off(progression)
    {
        remarks.push(Fault {
            place: Place::LastContact,
            kind: IssueKind::LastContactBeforeProgression { on, progression },
        });
    }
    let dates = [
        (Place::Progression, course.progression.date()),
        (Place::Death, course.death.date()),
        (Place::LastContact, last_contact),
    ];
    remarks.extend(
        dates
            .into_iter()
            .filter_map(|(place, date)| after_cut_off(place, date?, frame)),
    );
    remarks
}

/// The remark on a date after the cut-off.
pub(super) fn after_cut_off(place: Place, on: NaiveDate, frame: &Frame) -> Option<Fault> {
    let cut_off = frame.cut_off.filter(|&cut_off| on > cut_off)?;
    Some(Fault {
        place,
        kind: IssueKind::AfterCutOff { on, cut_off },
    })
}
