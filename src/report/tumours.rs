//! What the rules of RECIST and of censoring found, in words.

use fluent_bundle::FluentValue;

use super::date;
use crate::cohort::{Derived, Endpoint, TimeRules};
use crate::format::Style;
use crate::recist::{
    Confirmed, End, EndReason, Growth, IReason, NonTarget, Problem, Reason, Response, Warning,
};
use crate::text::{Argument, Text};

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
                ("kept", kept.name().into()),
                ("dropped", dropped.name().into()),
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
                ("response", later.name().into()),
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
                ("investigator", investigator.name().into()),
                ("computed", computed.name().into()),
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
        End::SecondProgression => "second_progression",
        End::Death => "death",
        End::LastContact => "last_contact",
        End::NewTherapy => "new_therapy",
        End::Treatment => "treatment",
        End::Response => "response",
        End::Assessment => "assessment",
        End::Own => "own",
    }
}

/// Whether no assessment came between the start, at which the rules then censor, and the new therapy.
pub(super) fn is_unassessed(
    by: EndReason,
    endpoint: Endpoint,
    derived: &Derived,
    rules: TimeRules,
) -> bool {
    let at_start = f64::from(u8::from(rules.count_first_day));
    matches!(by, EndReason::NewTherapy { .. })
        && !matches!(endpoint, Endpoint::Dor | Endpoint::Idor)
        && derived.value.is_some_and(|value| value.time <= at_start)
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

/// Why an assessment has its response, with its numbers: "the sum of 46 mm is 31 % below the baseline of 67 mm: PR".
pub(super) fn reason(reason: &Reason, called: Response, style: &Style, text: &Text) -> String {
    let mm = |mm: f64| FluentValue::from(style.short(mm));
    let share = |part: f64, whole: f64| {
        let change = 100.0 * (part - whole).abs() / whole;
        FluentValue::from(style.number(change, 0))
    };
    let called = ("response", FluentValue::from(called.name()));
    let (id, mut arguments): (&str, Vec<Argument<'_>>) = match *reason {
        Reason::Complete { sum: Some(sum), .. } if sum > 0.0 => {
            ("complete-nodes", vec![("sum", mm(sum))])
        }
        Reason::Complete { .. } => ("complete", vec![]),
        Reason::TargetsComplete { non_target } => {
            let id = match non_target {
                NonTarget::Ne | NonTarget::None => "targets-complete-not-assessed",
                NonTarget::Cr | NonTarget::NonCrNonPd | NonTarget::Pd => "targets-complete",
            };
            (id, vec![])
        }
        Reason::Shrunk { sum, baseline } => (
            "shrunk",
            vec![
                ("sum", mm(sum)),
                ("baseline", mm(baseline)),
                ("percent", share(sum, baseline)),
            ],
        ),
        Reason::ResponseKept {
            sum,
            baseline,
            nadir,
        } => (
            "kept",
            vec![
                ("sum", mm(sum)),
                ("baseline", mm(baseline)),
                ("nadir", mm(nadir)),
            ],
        ),
        Reason::Stable {
            sum,
            baseline,
            nadir,
        } if sum < baseline => (
            "stable-smaller",
            vec![
                ("sum", mm(sum)),
                ("baseline", mm(baseline)),
                ("nadir", mm(nadir)),
                ("grown", if sum > nadir { "yes" } else { "no" }.into()),
                (
                    "percent",
                    style.percent_below((baseline - sum) / baseline, 0.3).into(),
                ),
            ],
        ),
        Reason::Stable {
            sum,
            baseline,
            nadir,
        } => (
            "stable",
            vec![
                ("sum", mm(sum)),
                ("baseline", mm(baseline)),
                ("nadir", mm(nadir)),
            ],
        ),
        Reason::Progressed {
            growth,
            reappeared,
            non_target,
            new_lesion,
        } => {
            return progressed(growth, reappeared, non_target, new_lesion, style, text);
        }
        Reason::TargetsNotAssessed { missing, of } => (
            "targets-not-assessed",
            vec![
                ("assessed", (of - missing).into()),
                ("missing", missing.into()),
                ("of", of.into()),
            ],
        ),
        Reason::NoBaselineSum => ("no-baseline-sum", vec![]),
        Reason::NonTargetOnly { non_target } => {
            let id = match non_target {
                NonTarget::Ne | NonTarget::None => "non-target-only-not-assessed",
                NonTarget::Cr | NonTarget::NonCrNonPd | NonTarget::Pd => "non-target-only",
            };
            (id, vec![])
        }
        Reason::Entered => ("entered", vec![]),
        Reason::NoData => ("no-data", vec![]),
    };
    arguments.push(called);
    text.with(&format!("tumour-reason-{id}"), &arguments)
}

/// Every cause of a PD in one sentence.
fn progressed(
    growth: Option<Growth>,
    reappeared: bool,
    non_target: bool,
    new_lesion: bool,
    style: &Style,
    text: &Text,
) -> String {
    let mut causes = Vec::new();
    if let Some(Growth {
        sum,
        nadir,
        missing,
    }) = growth
    {
        let mm = |mm: f64| FluentValue::from(style.short(mm));
        let percent = if nadir > 0.0 {
            style.number(100.0 * (sum - nadir) / nadir, 0)
        } else {
            "none".to_owned()
        };
        let said = [
            ("sum", mm(sum)),
            ("nadir", mm(nadir)),
            ("rise", mm(sum - nadir)),
            ("percent", percent.into()),
            ("missing", missing.into()),
        ];
        causes.push(text.with("tumour-cause-growth", &said));
    }
    for (holds, id) in [
        (reappeared, "tumour-cause-reappeared"),
        (non_target, "tumour-cause-non-target"),
        (new_lesion, "tumour-cause-new-lesion"),
    ] {
        if holds {
            causes.push(text.get(id));
        }
    }
    let causes = causes.join(&text.get("tumour-cause-join"));
    text.with("tumour-reason-progressed", &[("causes", causes.into())])
}

/// Everything that confirmed a progression.
fn confirmed(by: &Confirmed, style: &Style, text: &Text) -> String {
    let grown = |id: &str, sizes: Option<(f64, f64)>| {
        let (from, to) = sizes?;
        let mm = |mm: f64| FluentValue::from(style.short(mm));
        let said = [("from", mm(from)), ("to", mm(to)), ("rise", mm(to - from))];
        Some(text.with(id, &said))
    };
    let mut causes: Vec<String> = [
        grown("tumour-confirmed-targets", by.targets),
        grown("tumour-confirmed-new-targets", by.new_targets),
    ]
    .into_iter()
    .flatten()
    .collect();
    let others = [
        (by.non_target, "tumour-confirmed-non-target"),
        (by.new_non_target, "tumour-confirmed-new-non-target"),
        (by.another_new_lesion, "tumour-confirmed-another-new-lesion"),
        (by.targets_now, "tumour-confirmed-targets-now"),
        (by.non_target_now, "tumour-confirmed-non-target-now"),
        (by.new_lesions_now, "tumour-confirmed-new-lesions-now"),
        (by.entered, "tumour-confirmed-entered"),
    ];
    let holding = others.into_iter().filter(|(holds, _)| *holds);
    causes.extend(holding.map(|(_, id)| text.get(id)));
    causes.join(&text.get("tumour-cause-join"))
}

/// Why iRECIST calls an assessment as it does, where that differs from RECIST 1.1.
pub(super) fn immune_reason(reason: &IReason, style: &Style, text: &Text) -> Option<String> {
    let on = |on: chrono::NaiveDate| FluentValue::from(date(on, text));
    let (id, arguments): (&str, Vec<Argument<'_>>) = match *reason {
        IReason::AsRecist | IReason::Entered => return None,
        IReason::NewLesionPersists => ("new-lesion-persists", vec![]),
        IReason::FirstProgression => ("first-progression", vec![]),
        IReason::Unchanged { since } => ("unchanged", vec![("since", on(since))]),
        IReason::TooSoon { since, days } => (
            "too-soon",
            vec![("since", on(since)), ("days", days.into())],
        ),
        IReason::Reset { since } => ("reset", vec![("since", on(since))]),
        IReason::Confirmed { since, by } => (
            "confirmed",
            vec![
                ("since", on(since)),
                ("causes", confirmed(&by, style, text).into()),
            ],
        ),
        IReason::AfterConfirmed { on: date } => ("after-confirmed", vec![("since", on(date))]),
    };
    Some(text.with(&format!("tumour-ireason-{id}"), &arguments))
}

#[cfg(test)]
mod tests;
