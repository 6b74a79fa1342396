//! Events that compete: whichever comes first prevents the others.
//!
//! They come from dates (progression, with death before any progression as the competing event), or from
//! a column of times with a column that says which event ended each of them. The latter is event-free
//! survival (any of the events) and, beside it, which event it was.

use serde::{Deserialize, Serialize};

use super::view::View;
use super::{
    Derived, Endpoint, EndpointData, EndpointOrigin, Issue, IssueKind, Mapping, Reason, Severity,
    TimeAndEvent, TimeUnit, coding,
};
use crate::recist::EndReason;
use crate::table::{ColumnType, Table};

/// Ready-made follow-up with several kinds of event: a column of times and a column of causes.
///
/// The times may also be dates: they are counted from the start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeAndCause {
    /// Heading of the times.
    pub time: String,
    /// Heading of the causes.
    pub cause: String,
    /// Unit of the times; dates need none.
    pub unit: TimeUnit,
    /// The events in display order; the first is of interest until another is chosen.
    pub causes: Vec<CauseCodes>,
    /// The value texts that mean "no event so far". A value that is neither here nor a cause is an issue.
    pub censored: Vec<String>,
}

/// One kind of event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CauseCodes {
    /// What results call it.
    pub label: String,
    /// The value texts that mean it.
    pub values: Vec<String>,
}

/// Competing events of every subject, in the order of the subjects.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompetingData {
    /// Unit of every `time` below: days (or calendar months) when derived from dates, else
    /// the unit of the column.
    pub unit: TimeUnit,
    /// Where the times come from.
    pub origin: EndpointOrigin,
    /// The events that compete, in display order.
    pub causes: Vec<Cause>,
    /// What each subject contributes.
    pub derived: Vec<DerivedCause>,
}

/// An event that others compete with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Cause {
    /// Progression, from its date.
    Progression,
    /// Death from any cause before any progression, from its date.
    Death,
    /// An event of the column of causes.
    Given {
        /// Its name.
        label: String,
    },
}

impl Cause {
    /// What an analysis calls it: the label, or the name of the event that dates say.
    pub fn key(&self) -> &str {
        match self {
            Cause::Progression => "progression",
            Cause::Death => "death",
            Cause::Given { label } => label,
        }
    }
}

/// What one subject contributes, and why.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DerivedCause {
    /// Time and cause; `None` when the subject is excluded.
    pub value: Option<CauseValue>,
    /// Which rule decided, with the dates that it used.
    pub reason: Reason,
}

/// A follow-up time and what ended it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CauseValue {
    /// In the unit of the data; finite and ≥ 0.
    pub time: f64,
    /// 0 for censored, else the position of the cause among `causes`, from 1.
    pub cause: usize,
}

/// What a value of the column of causes means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Censored,
    /// From 1.
    Cause(usize),
    Unknown,
}

impl TimeAndCause {
    /// The same with all events as one: event-free survival.
    pub fn any_event(&self) -> TimeAndEvent {
        let causes = self.causes.iter();
        TimeAndEvent {
            time: self.time.clone(),
            event: self.cause.clone(),
            unit: self.unit,
            event_values: causes.flat_map(|cause| cause.values.clone()).collect(),
            blank_is_no_event: false,
        }
    }
}

/// The column of causes as it is read.
struct Causes<'a> {
    given: &'a TimeAndCause,
    view: View<'a>,
}

impl Causes<'_> {
    /// `None` when missing.
    fn meaning(&self, row: usize) -> Option<Meaning> {
        if self.view.is_missing(row) {
            return None;
        }
        let text = self.view.text(row);
        let listed = |values: &[String]| values.iter().any(|value| self.same(value, &text));
        let causes = &self.given.causes;
        Some(if listed(&self.given.censored) {
            Meaning::Censored
        } else if let Some(cause) = causes.iter().position(|cause| listed(&cause.values)) {
            Meaning::Cause(cause + 1)
        } else {
            Meaning::Unknown
        })
    }

    /// In a column of numbers `1.0` is `1`.
    fn same(&self, value: &str, text: &str) -> bool {
        let number = |text: &str| text.parse::<f64>().ok();
        value == text
            || (self.view.column.column_type == ColumnType::Number
                && number(value).is_some()
                && number(value) == number(text))
    }
}

/// The competing events of the mapping: those of the column of causes, else those of the dates that PFS
/// rests on, where they say who died. Values without a meaning leave their rows out of event-free
/// survival too.
pub(super) fn competing(
    table: &Table,
    mapping: &Mapping,
    rows: &[usize],
    endpoints: &mut [EndpointData],
    issues: &mut Vec<Issue>,
) -> Option<CompetingData> {
    let Some(given) = &mapping.competing else {
        let of_dates = |data: &&EndpointData| {
            data.endpoint == Endpoint::Pfs && mapping.pfs.is_none() && data.deaths_known
        };
        return endpoints.iter().find(of_dates).map(from_dates);
    };
    let data = endpoints
        .iter_mut()
        .find(|data| data.endpoint == Endpoint::Efs)?;
    let view = View::new(table, mapping, &given.cause).ok()?;
    let causes = Causes { given, view };
    let mut derived = Vec::with_capacity(rows.len());
    for (&row, of_any) in rows.iter().zip(&mut data.derived) {
        let meaning = causes.meaning(row);
        if meaning == Some(Meaning::Unknown) && of_any.value.is_some() {
            issues.push(unknown(table, &causes.view, row));
            *of_any = Derived {
                value: None,
                reason: Reason::Unreadable,
            };
        }
        derived.push(DerivedCause {
            value: of_any.value.map(|value| CauseValue {
                time: value.time,
                cause: match meaning {
                    // After the cut-off it is not counted.
                    Some(Meaning::Cause(cause)) if value.event => cause,
                    Some(Meaning::Cause(_) | Meaning::Censored | Meaning::Unknown) | None => 0,
                },
            }),
            reason: of_any.reason,
        });
    }
    Some(CompetingData {
        unit: data.unit,
        origin: data.origin.clone(),
        causes: (given.causes.iter())
            .map(|cause| Cause::Given {
                label: cause.label.clone(),
            })
            .collect(),
        derived,
    })
}

fn unknown(table: &Table, view: &View<'_>, row: usize) -> Issue {
    Issue {
        severity: Severity::Warning,
        sheet: table.source.sheet.clone(),
        table: None,
        row: Some(table.rows[row]),
        column: Some(view.column.heading.clone()),
        value: Some(view.text(row).into_owned()),
        kind: IssueKind::UnknownCause,
        left_out: vec![Endpoint::Efs],
        also: Vec::new(),
    }
}

/// Progression and death, whichever PFS says came first. What PFS censors is censored for both.
fn from_dates(pfs: &EndpointData) -> CompetingData {
    let cause = |derived: &Derived| match derived.reason {
        Reason::Progressed { .. } => 1,
        Reason::Died { .. } => 2,
        Reason::Rule { by, .. } => by_rule(by),
        Reason::GivenEvent
        | Reason::GivenCensored
        | Reason::GivenEventOn { .. }
        | Reason::GivenCensoredOn { .. }
        | Reason::LastContact { .. }
        | Reason::CutOff { .. }
        | Reason::NoResponse
        | Reason::NoStart
        | Reason::NoEnd
        | Reason::EventWithoutDate
        | Reason::Unreadable
        | Reason::Negative
        | Reason::Contradiction
        | Reason::NoValue => 0,
    };
    let derived = |derived: &Derived| DerivedCause {
        value: derived.value.map(|value| CauseValue {
            time: value.time,
            cause: cause(derived),
        }),
        reason: derived.reason,
    };
    CompetingData {
        unit: pfs.unit,
        origin: pfs.origin.clone(),
        causes: vec![Cause::Progression, Cause::Death],
        derived: pfs.derived.iter().map(derived).collect(),
    }
}

/// The cause that a row of the rules of censoring means.
fn by_rule(by: EndReason) -> usize {
    match by {
        EndReason::Progressed | EndReason::ClinicallyProgressed => 1,
        EndReason::Died => 2,
        EndReason::NoBaseline
        | EndReason::NoAssessment
        | EndReason::LastAssessment
        | EndReason::NewTherapy { .. }
        | EndReason::Gap { .. }
        | EndReason::DiedWithoutProgression { .. }
        | EndReason::LastContact
        | EndReason::CutOff
        // Of other endpoints than PFS.
        | EndReason::SecondProgression
        | EndReason::Responded
        | EndReason::TreatmentEnded
        | EndReason::Event { .. }
        | EndReason::Censored { .. } => 0,
    }
}

/// How the values of a column of causes are to be read.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct CauseCoding {
    pub causes: Vec<CauseCodes>,
    pub censored: Vec<String>,
    /// Whether words say which values mean no event.
    pub certain: bool,
}

/// Fewer values than these do not tell causes apart: no event, and two events.
const FEWEST: usize = 3;

/// How the values of a column of that heading are to be read; `None` where none of them means that
/// nothing happened, or fewer than two events are left.
pub(super) fn cause_coding(heading: &str, texts: &[&str]) -> Option<CauseCoding> {
    if texts.len() < FEWEST {
        return None;
    }
    let defined = coding::definitions(heading);
    let word = |text: &str| {
        defined
            .get(text)
            .cloned()
            .unwrap_or_else(|| text.to_owned())
    };
    let number = |text: &str| text.parse::<f64>().ok();
    // `event_coding` knows the numbers 0 and 1 in twos; here every number above 0 is an event of its own.
    let nothing = |text: &str| {
        let word = word(text);
        match number(&word) {
            Some(number) => number == 0.0,
            None => {
                coding::event_coding("", &[&word]).is_some_and(|coding| coding.event.is_empty())
            }
        }
    };
    let whole = |text: &&&str| {
        number(text).is_none_or(|number| (0.0..10.0).contains(&number) && number.fract() == 0.0)
    };
    if !texts.iter().all(|text| whole(&text)) {
        return None;
    }
    let (censored, events): (Vec<&str>, Vec<&str>) = texts.iter().partition(|text| nothing(text));
    if censored.is_empty() || events.len() < 2 {
        return None;
    }
    let mut causes: Vec<CauseCodes> = Vec::new();
    for text in &events {
        let label = word(text);
        match causes.iter_mut().find(|cause| cause.label == label) {
            Some(cause) => cause.values.push((*text).to_owned()),
            None => causes.push(CauseCodes {
                label,
                values: vec![(*text).to_owned()],
            }),
        }
    }
    // What a study asks for comes before the death that forestalls it.
    causes.sort_by(|a, b| {
        let of_death =
            |cause: &CauseCodes| number(&cause.label).is_none() && speaks_of_death(&cause.label);
        let by_code = || super::factor::natural_order(&a.values[0], &b.values[0]);
        (of_death(a).cmp(&of_death(b))).then_with(by_code)
    });
    Some(CauseCoding {
        certain: texts.iter().all(|text| number(&word(text)).is_none()),
        causes,
        censored: censored.into_iter().map(str::to_owned).collect(),
    })
}

fn speaks_of_death(label: &str) -> bool {
    super::heading::Heading::new(label).has_any(&[
        "death",
        "dead",
        "died",
        "deceased",
        "mortality",
        "死亡",
        "去世",
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(heading: &str, texts: &[&str], causes: &[(&str, &[&str])], censored: &[&str]) {
        let coding = cause_coding(heading, texts).expect("a known coding");
        let found: Vec<(&str, Vec<&str>)> = (coding.causes.iter())
            .map(|cause| {
                (
                    &*cause.label,
                    cause.values.iter().map(String::as_str).collect(),
                )
            })
            .collect();
        let expected: Vec<(&str, Vec<&str>)> = causes
            .iter()
            .map(|(label, values)| (*label, values.to_vec()))
            .collect();
        assert_eq!(found, expected);
        assert_eq!(coding.censored, censored);
    }

    #[test]
    fn every_number_above_zero_is_an_event_of_its_own() {
        check(
            "cause",
            &["0", "1", "2"],
            &[("1", &["1"]), ("2", &["2"])],
            &["0"],
        );
        assert_eq!(cause_coding("cause", &["1", "2", "3"]), None);
        assert_eq!(cause_coding("cause", &["0", "1"]), None);
        assert_eq!(cause_coding("age", &["0", "41", "72"]), None);
    }

    #[test]
    fn definitions_in_the_heading_name_the_events() {
        check(
            "Status (0=censored, 1=relapse, 2=death)",
            &["0", "1", "2"],
            &[("relapse", &["1"]), ("death", &["2"])],
            &["0"],
        );
    }

    #[test]
    fn words_name_themselves_and_death_comes_last() {
        check(
            "first event",
            &["alive", "death", "relapse"],
            &[("relapse", &["relapse"]), ("death", &["death"])],
            &["alive"],
        );
        check(
            "event",
            &["GVHD", "censored", "death in remission", "none"],
            &[
                ("GVHD", &["GVHD"]),
                ("death in remission", &["death in remission"]),
            ],
            &["censored", "none"],
        );
        // Nothing says that nothing happened.
        assert_eq!(
            cause_coding("cause of death", &["cancer", "heart", "other"]),
            None
        );
    }
}
