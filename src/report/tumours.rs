//! What the rules of RECIST and of censoring found, in words.

use fluent_bundle::FluentValue;

use super::date;
use crate::format::Style;
use crate::recist::{End, EndReason, Problem, Response, Warning};
use crate::text::{Argument, Text};

/// A response as every paper writes it.
pub(super) fn response(response: Response) -> &'static str {
    match response {
        Response::Cr => "CR",
        Response::Pr => "PR",
        Response::Sd => "SD",
        Response::NonCrNonPd => "non-CR/non-PD",
        Response::Pd => "PD",
        Response::Ne => "NE",
    }
}

/// What a person should look at in the assessments of a patient.
pub(super) fn warning(warning: &Warning, text: &Text) -> String {
    let style = Style::default();
    let on = |on: &chrono::NaiveDate| FluentValue::from(date(*on, text));
    let mm = |mm: f64| FluentValue::from(style.short(mm));
    let (id, arguments): (&str, Vec<Argument<'_>>) = match warning {
        Warning::OutOfOrder => ("out-of-order", vec![]),
        Warning::BeforeBaseline { date } => ("before-baseline", vec![("on", on(date))]),
        Warning::NoBaseline => ("no-baseline", vec![]),
        Warning::BaselineTooEarly { date, days } => (
            "baseline-too-early",
            vec![("on", on(date)), ("days", (*days).into())],
        ),
        Warning::NoBaselineSum { date } => ("no-baseline-sum", vec![("on", on(date))]),
        Warning::BaselineSumZero { date } => ("baseline-sum-zero", vec![("on", on(date))]),
        Warning::TwoBaselines { date } => ("two-baselines", vec![("on", on(date))]),
        Warning::Duplicate { date } => ("duplicate", vec![("on", on(date))]),
        Warning::SameDate {
            date,
            kept,
            dropped,
        } => (
            "same-date",
            vec![
                ("on", on(date)),
                ("kept", response(*kept).into()),
                ("dropped", response(*dropped).into()),
            ],
        ),
        Warning::InvalidSize {
            date,
            lesion,
            mm: size,
        } => (
            "invalid-size",
            vec![
                ("on", on(date)),
                ("lesion", lesion.as_deref().unwrap_or("none").into()),
                (
                    "mm",
                    size.map_or("none".to_owned(), |size| style.short(size))
                        .into(),
                ),
            ],
        ),
        Warning::UnknownLesion { date } => ("unknown-lesion", vec![("on", on(date))]),
        Warning::MeasuredTwice { date, lesion } => (
            "measured-twice",
            vec![("on", on(date)), ("lesion", lesion.into())],
        ),
        Warning::TargetNotAtBaseline { lesion } => {
            ("target-not-at-baseline", vec![("lesion", lesion.into())])
        }
        Warning::TooManyTargets { targets } => {
            ("too-many-targets", vec![("targets", (*targets).into())])
        }
        Warning::TooManyInOrgan { organ, targets } => (
            "too-many-in-organ",
            vec![("organ", organ.into()), ("targets", (*targets).into())],
        ),
        Warning::TooManyNodes { targets } => {
            ("too-many-nodes", vec![("targets", (*targets).into())])
        }
        Warning::TargetTooSmall {
            lesion,
            mm: size,
            smallest,
        } => (
            "target-too-small",
            vec![
                ("lesion", lesion.into()),
                ("mm", mm(*size)),
                ("smallest", mm(*smallest)),
            ],
        ),
        Warning::NormalNode { lesion, mm: size } => (
            "normal-node",
            vec![("lesion", lesion.into()), ("mm", mm(*size))],
        ),
        Warning::DiseaseAfterComplete {
            complete,
            date,
            response: later,
        } => (
            "disease-after-complete",
            vec![
                ("complete", on(complete)),
                ("on", on(date)),
                ("response", response(*later).into()),
            ],
        ),
        Warning::Discrepancy {
            date,
            investigator,
            computed,
        } => (
            "discrepancy",
            vec![
                ("on", on(date)),
                ("investigator", response(*investigator).into()),
                ("computed", response(*computed).into()),
            ],
        ),
    };
    text.with(&format!("tumour-{id}"), &arguments)
}

/// Why the rules of censoring cannot decide.
pub(super) fn problem(problem: &Problem, text: &Text) -> String {
    let on = |on: &chrono::NaiveDate| FluentValue::from(date(*on, text));
    let (id, arguments): (&str, Vec<Argument<'_>>) = match problem {
        Problem::StartAfterCutOff { start, cut_off } => (
            "start-after-cut-off",
            vec![("start", on(start)), ("cutoff", on(cut_off))],
        ),
        Problem::BeforeStart {
            end,
            on: date,
            start,
        } => (
            "before-start",
            vec![
                ("end", self::end(*end).into()),
                ("on", on(date)),
                ("start", on(start)),
            ],
        ),
        Problem::DeathBeforeProgression { death, progression } => (
            "death-before-progression",
            vec![("death", on(death)), ("progression", on(progression))],
        ),
        Problem::SecondBeforeFirst { second, first } => (
            "second-before-first",
            vec![("second", on(second)), ("first", on(first))],
        ),
        Problem::NoLastContact => ("no-last-contact", vec![]),
        Problem::NoAssessmentDates => ("no-assessment-dates", vec![]),
        Problem::ResponseAfterEnd { response, end } => (
            "response-after-end",
            vec![("response", on(response)), ("end", on(end))],
        ),
    };
    text.with(&format!("course-{id}"), &arguments)
}

fn end(end: End) -> &'static str {
    match end {
        End::Progression => "progression",
        End::Death => "death",
        End::LastContact => "last_contact",
        End::NewTherapy => "new_therapy",
        End::Treatment => "treatment",
        End::Response => "response",
        End::Assessment => "assessment",
        End::Own => "own",
    }
}

/// The row of the rules that decided: the end of the message id, and the facts of its sentence.
pub(super) fn rule(by: EndReason, text: &Text) -> (&'static str, Vec<Argument<'static>>) {
    let on = |on: chrono::NaiveDate| FluentValue::from(date(on, text));
    match by {
        EndReason::NoBaseline => ("no-baseline", vec![]),
        EndReason::NoAssessment => ("no-assessment", vec![]),
        EndReason::LastAssessment => ("last-assessment", vec![]),
        EndReason::NewTherapy { on: date } => ("new-therapy", vec![("therapy", on(date))]),
        EndReason::Gap { event, days } => {
            ("gap", vec![("event", on(event)), ("days", days.into())])
        }
        EndReason::Progressed => ("progressed", vec![]),
        EndReason::ClinicallyProgressed => ("clinically-progressed", vec![]),
        EndReason::SecondProgression => ("second-progression", vec![]),
        EndReason::Died => ("died", vec![]),
        EndReason::DiedWithoutProgression { on: date } => {
            ("died-without-progression", vec![("death", on(date))])
        }
        EndReason::LastContact => ("last-contact", vec![]),
        EndReason::CutOff => ("cut-off", vec![]),
        EndReason::Responded => ("responded", vec![]),
        EndReason::TreatmentEnded => ("treatment-ended", vec![]),
        EndReason::Event { .. } => ("own-event", vec![]),
        EndReason::Censored { .. } => ("own-censored", vec![]),
    }
}
