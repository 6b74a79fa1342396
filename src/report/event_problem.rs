//! Issues of the sheet of adverse events, in words.

use fluent_bundle::FluentValue;

use super::cohort::date;
use crate::cohort::EventProblem;
use crate::text::{Argument, Text};

/// The end of the ids of its messages: `issue-…` and `issue-kind-…`.
pub(super) fn code(problem: &EventProblem) -> &'static str {
    match problem {
        EventProblem::GradeRange { .. } => "event-grade-range",
        EventProblem::GradeZero => "event-grade-zero",
        EventProblem::Repeated { .. } => "event-repeated",
        EventProblem::Respelled { .. } => "event-respelled",
        EventProblem::BeforeStart { .. } => "event-before-start",
        EventProblem::AfterCutOff { .. } => "event-after-cut-off",
        EventProblem::AfterDeath { .. } => "event-after-death",
        EventProblem::EndBeforeStart { .. } => "event-end-before-start",
        EventProblem::FatalWithoutGrade5 => "event-fatal-without-grade-5",
        EventProblem::Grade5NotFatal => "event-grade-5-not-fatal",
        EventProblem::FatalWithoutDeath => "event-fatal-without-death",
    }
}

/// The facts that its sentence needs.
pub(super) fn facts<'a>(problem: &'a EventProblem, text: &Text, arguments: &mut Vec<Argument<'a>>) {
    let day = |on| FluentValue::from(date(on, text));
    match *problem {
        EventProblem::GradeRange { grade } => arguments.push(("grade", grade.into())),
        EventProblem::Repeated { first_row } => arguments.push(("firstrow", first_row.into())),
        EventProblem::Respelled { ref standard, rows } => {
            arguments.push(("standard", standard.into()));
            arguments.push(("rows", rows.into()));
        }
        EventProblem::BeforeStart { on, start } => {
            arguments.extend([("on", day(on)), ("start", day(start))]);
        }
        EventProblem::AfterCutOff { on, cut_off } => {
            arguments.extend([("on", day(on)), ("cutoff", day(cut_off))]);
        }
        EventProblem::AfterDeath { on, death } => {
            arguments.extend([("on", day(on)), ("death", day(death))]);
        }
        EventProblem::EndBeforeStart { end, start } => {
            arguments.extend([("end", day(end)), ("start", day(start))]);
        }
        EventProblem::GradeZero
        | EventProblem::FatalWithoutGrade5
        | EventProblem::Grade5NotFatal
        | EventProblem::FatalWithoutDeath => {}
    }
}
