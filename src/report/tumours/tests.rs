//! The exact sentence of every finding. A variant without a sentence here does not compile, or fails.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::*;

/// The names of all variants, and the name of one of them.
macro_rules! variants {
    ($type:ident: $($variant:ident),+) => {
        (
            BTreeSet::from([$(stringify!($variant)),+]),
            |value: &$type| match value {
                $($type::$variant { .. } => stringify!($variant)),+
            },
        )
    };
}

/// Compares the sentences, and asks for one of every variant.
fn assert_said<T>(
    rows: &[(T, &str)],
    (all, name): (BTreeSet<&'static str>, impl Fn(&T) -> &'static str),
    say: impl Fn(&T, &Text) -> String,
) {
    let text = Text::new("en");
    for (value, expected) in rows {
        assert_eq!(say(value, &text), *expected);
    }
    assert_eq!(
        rows.iter()
            .map(|(value, _)| name(value))
            .collect::<BTreeSet<_>>(),
        all
    );
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, month, day).unwrap()
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn grown(sum: f64, nadir: f64, missing: usize) -> Reason {
    Reason::Progressed {
        growth: Some(Growth {
            sum,
            nadir,
            missing,
        }),
        reappeared: false,
        non_target: false,
        new_lesion: false,
    }
}

fn stable(sum: f64, baseline: f64, nadir: f64) -> Reason {
    Reason::Stable {
        sum,
        baseline,
        nadir,
    }
}

/// The response that goes with a reason.
fn called(reason: &Reason) -> Response {
    match reason {
        Reason::Complete { .. } => Response::Cr,
        Reason::TargetsComplete { .. } | Reason::Shrunk { .. } | Reason::ResponseKept { .. } => {
            Response::Pr
        }
        Reason::Stable { .. } => Response::Sd,
        Reason::Progressed { .. } => Response::Pd,
        Reason::NonTargetOnly {
            non_target: NonTarget::NonCrNonPd,
        } => Response::NonCrNonPd,
        Reason::Entered => Response::Sd,
        Reason::TargetsNotAssessed { .. }
        | Reason::NoBaselineSum
        | Reason::NonTargetOnly { .. }
        | Reason::NoData => Response::Ne,
    }
}

#[test]
fn every_reason_of_a_response_is_a_sentence_with_its_numbers() {
    let rows = [
        (
            Reason::Complete {
                sum: Some(0.0),
                baseline: Some(67.0),
            },
            "All target lesions are gone, and no non-target disease is left: CR.",
        ),
        (
            Reason::Complete {
                sum: Some(8.0),
                baseline: Some(67.0),
            },
            "All target lesions are gone or, as nodes, below 10 mm (sum 8 mm), and no non-target disease is left: CR.",
        ),
        (
            Reason::TargetsComplete {
                non_target: NonTarget::NonCrNonPd,
            },
            "All target lesions are gone, but non-target disease persists: PR.",
        ),
        (
            Reason::TargetsComplete {
                non_target: NonTarget::Ne,
            },
            "All target lesions are gone, but non-target disease was not assessed: PR.",
        ),
        (
            Reason::Shrunk {
                sum: 46.0,
                baseline: 67.0,
            },
            "The sum of 46 mm is 31 % below the baseline of 67 mm: PR.",
        ),
        (
            Reason::Shrunk {
                sum: 46.9,
                baseline: 67.0,
            },
            "The sum of 46.9 mm is 30 % below the baseline of 67 mm: PR.",
        ),
        (
            Reason::ResponseKept {
                sum: 80.0,
                baseline: 100.0,
                nadir: 70.0,
            },
            "The sum of 80 mm is no longer 30 % below the baseline of 100 mm, but not 20 % and 5 mm above the \
             smallest (70 mm): the response goes on, PR.",
        ),
        (
            stable(90.0, 100.0, 100.0),
            "The sum of 90 mm is 10 % below the baseline of 100 mm, less than 30 %: SD.",
        ),
        (
            stable(70.4, 100.0, 100.0),
            "The sum of 70.4 mm is 29.6 % below the baseline of 100 mm, less than 30 %: SD.",
        ),
        (
            stable(95.0, 100.0, 80.0),
            "The sum of 95 mm is 5 % below the baseline of 100 mm, less than 30 %, and not 20 % and 5 mm above \
             the smallest (80 mm): SD.",
        ),
        (
            stable(110.0, 100.0, 95.0),
            "The sum of 110 mm is neither 30 % below the baseline of 100 mm nor 20 % and 5 mm above the smallest \
             (95 mm): SD.",
        ),
        (
            grown(60.0, 40.0, 0),
            "PD: the sum of 60 mm is 50 % and 20 mm above the smallest (40 mm).",
        ),
        (
            grown(60.0, 50.0, 1),
            "PD: the sum of 60 mm is 20 % and 10 mm above the smallest (50 mm), although 1 target was not assessed.",
        ),
        (
            grown(8.0, 0.0, 2),
            "PD: the sum of 8 mm is 8 mm above the smallest (0 mm), although 2 targets were not assessed.",
        ),
        (
            Reason::Progressed {
                growth: None,
                reappeared: true,
                non_target: true,
                new_lesion: true,
            },
            "PD: a lesion has come back after a complete response; non-target disease has progressed; a new lesion.",
        ),
        (
            Reason::TargetsNotAssessed { missing: 1, of: 3 },
            "1 of 3 target lesions was not assessed: NE.",
        ),
        (
            Reason::TargetsNotAssessed { missing: 2, of: 3 },
            "2 of 3 target lesions were not assessed: NE.",
        ),
        (
            Reason::TargetsNotAssessed { missing: 3, of: 3 },
            "None of the 3 target lesions was assessed: NE.",
        ),
        // A sum that the file gives counts as one target.
        (
            Reason::TargetsNotAssessed { missing: 1, of: 1 },
            "The target lesions were not assessed: NE.",
        ),
        (
            Reason::NoBaselineSum,
            "There is no baseline sum to compare with: NE.",
        ),
        (
            Reason::NonTargetOnly {
                non_target: NonTarget::NonCrNonPd,
            },
            "There is non-target disease only, neither gone nor progressing: non-CR/non-PD.",
        ),
        (
            Reason::NonTargetOnly {
                non_target: NonTarget::Ne,
            },
            "There is non-target disease only, and not all of it was assessed: NE.",
        ),
        (Reason::Entered, "As called in the spreadsheet: SD."),
        (Reason::NoData, "Nothing was assessed: NE."),
    ];
    let all = variants!(Reason: Complete, TargetsComplete, Shrunk, ResponseKept, Stable, Progressed,
        TargetsNotAssessed, NoBaselineSum, NonTargetOnly, Entered, NoData);
    let style = Style::default();
    assert_said(&rows, all, |row, text| {
        reason(row, called(row), &style, text)
    });
}

#[test]
fn every_warning_says_what_is_odd_and_what_becomes_of_it() {
    let (date, later) = (day(3, 7), day(5, 9));
    let rows = [
        (
            Warning::OutOfOrder,
            "the assessments are not in the order of their dates. They were sorted.",
        ),
        (
            Warning::BeforeBaseline { date },
            "the assessment of 7 March 2023 is not used: only assessments after the start and after the baseline count.",
        ),
        (
            Warning::NoBaseline,
            "no assessment can be the baseline, so that the target lesions cannot be evaluated. Add it, or correct \
             the start.",
        ),
        (
            Warning::BaselineTooEarly { date, days: 63 },
            "the last assessment before the start (7 March 2023) is 63 days before it, too early for a baseline. \
             Correct the date, or widen the window for the baseline.",
        ),
        (
            Warning::NoBaselineSum { date },
            "the baseline of 7 March 2023 has no measured target lesion, but later assessments have. Add the \
             measurement.",
        ),
        (
            Warning::BaselineSumZero { date },
            "the target lesions measure 0 mm at the baseline of 7 March 2023. The patient counts as one without \
             target lesions.",
        ),
        (
            Warning::TwoBaselines { date },
            "there are two assessments on the date of the baseline, 7 March 2023. The smaller sum is taken.",
        ),
        (
            Warning::Duplicate { date },
            "the assessment of 7 March 2023 is entered twice. One of them counts.",
        ),
        (
            Warning::SameDate {
                date,
                kept: Response::Pd,
                dropped: Response::NonCrNonPd,
            },
            "there are two assessments on 7 March 2023. The worse one counts (PD), the other (non-CR/non-PD) does not.",
        ),
        (
            Warning::InvalidSize {
                date,
                lesion: None,
                mm: None,
            },
            "the sum on 7 March 2023 has a size that cannot be read. It counts as not assessed.",
        ),
        (
            Warning::InvalidSize {
                date,
                lesion: Some(text("L1")),
                mm: Some(-5.0),
            },
            "lesion “L1” on 7 March 2023 has the size −5 mm, which cannot be. It counts as not assessed.",
        ),
        (
            Warning::UnknownLesion { date },
            "a measurement of 7 March 2023 is of a lesion that is not listed. It is not used.",
        ),
        (
            Warning::MeasuredTwice {
                date,
                lesion: text("L1"),
            },
            "lesion “L1” has two sizes on 7 March 2023. The larger one counts.",
        ),
        (
            Warning::TargetNotAtBaseline { lesion: text("L1") },
            "target lesion “L1” has no size at the baseline. It is in no sum; if it appeared later, call it a new \
             lesion.",
        ),
        (
            Warning::TooManyTargets { targets: 6 },
            "there are 6 target lesions; RECIST 1.1 follows at most five.",
        ),
        (
            Warning::TooManyInOrgan {
                organ: text("liver"),
                targets: 3,
            },
            "there are 3 target lesions in liver; RECIST 1.1 follows at most two in one organ.",
        ),
        (
            Warning::TooManyNodes { targets: 3 },
            "there are 3 target lymph nodes; all nodes count as one organ, of which RECIST 1.1 follows at most two.",
        ),
        (
            Warning::TargetTooSmall {
                lesion: text("N1"),
                mm: 14.9,
                smallest: 15.0,
            },
            "target lesion “N1” measures 14.9 mm at the baseline; a target measures at least 15 mm.",
        ),
        (
            Warning::NormalNode {
                lesion: text("N1"),
                mm: 9.5,
            },
            "lymph node “N1” measures 9.5 mm at the baseline; nodes below 10 mm are normal.",
        ),
        (
            Warning::DiseaseAfterComplete {
                complete: date,
                date: later,
                response: Response::Sd,
            },
            "SD on 9 May 2023 follows the CR of 7 March 2023. Disease that comes back after CR is PD; check both.",
        ),
        (
            Warning::Discrepancy {
                date,
                investigator: Response::Pr,
                computed: Response::Sd,
            },
            "on 7 March 2023 the response was called PR, but the measurements make it SD.",
        ),
    ];
    let all = variants!(Warning: OutOfOrder, BeforeBaseline, NoBaseline, BaselineTooEarly, NoBaselineSum,
        BaselineSumZero, TwoBaselines, Duplicate, SameDate, InvalidSize, UnknownLesion, MeasuredTwice,
        TargetNotAtBaseline, TooManyTargets, TooManyInOrgan, TooManyNodes, TargetTooSmall, NormalNode,
        DiseaseAfterComplete, Discrepancy);
    assert_said(&rows, all, warning);
}

#[test]
fn every_reason_of_irecist_is_a_sentence_and_confirmation_says_by_what() {
    let since = day(3, 7);
    let confirmed = |by: Confirmed| IReason::Confirmed { since, by };
    let rows = [
        (IReason::AsRecist, ""),
        (IReason::Entered, ""),
        (
            IReason::NewLesionPersists,
            "iRECIST: a new lesion is still seen, but its progression was undone by a later assessment.",
        ),
        (
            IReason::FirstProgression,
            "iRECIST: to be confirmed at the next assessment.",
        ),
        (
            IReason::Unchanged { since },
            "iRECIST: no further growth since the progression of 7 March 2023.",
        ),
        (
            IReason::TooSoon { since, days: 21 },
            "iRECIST: further growth, but only 21 days after the progression of 7 March 2023, too soon to confirm it.",
        ),
        (
            IReason::Reset { since },
            "iRECIST: no longer progressive, so that the progression of 7 March 2023 does not count.",
        ),
        (
            confirmed(Confirmed {
                targets: Some((60.0, 68.5)),
                new_targets: Some((12.0, 17.0)),
                ..Confirmed::default()
            }),
            "iRECIST: the progression of 7 March 2023 is confirmed: the target lesions have grown by 8.5 mm since \
             (60 to 68.5 mm); the measured new lesions have grown by 5 mm since (12 to 17 mm).",
        ),
        (
            confirmed(Confirmed {
                non_target: true,
                new_non_target: true,
                another_new_lesion: true,
                ..Confirmed::default()
            }),
            "iRECIST: the progression of 7 March 2023 is confirmed: non-target disease has grown further; an \
             unmeasured new lesion has grown; a new lesion that was not seen before.",
        ),
        (
            confirmed(Confirmed {
                targets_now: true,
                non_target_now: true,
                new_lesions_now: true,
                entered: true,
                ..Confirmed::default()
            }),
            "iRECIST: the progression of 7 March 2023 is confirmed: now the target lesions progress too; now \
             non-target disease progresses too; now new lesions seen before progress too; as called in the \
             spreadsheet.",
        ),
        (
            IReason::AfterConfirmed { on: since },
            "iRECIST: progression was confirmed on 7 March 2023.",
        ),
    ];
    let all = variants!(IReason: AsRecist, Entered, NewLesionPersists, FirstProgression, Unchanged, TooSoon, Reset,
        Confirmed, AfterConfirmed);
    let style = Style::default();
    assert_said(&rows, all, |row, text| {
        immune_reason(row, &style, text).unwrap_or_default()
    });
}

#[test]
fn every_contradiction_of_dates_names_them() {
    let (on, start) = (day(3, 7), day(5, 9));
    let before = |end| Problem::BeforeStart { end, on, start };
    let rows = [
        (
            Problem::StartAfterCutOff { start, cut_off: on },
            "the start (9 May 2023) is after the data cut-off (7 March 2023).",
        ),
        (
            before(End::NewTherapy),
            "the new anticancer therapy (7 March 2023) is before the start (9 May 2023). Correct one of them.",
        ),
        (
            before(End::Own),
            "the date (7 March 2023) is before the start (9 May 2023). Correct one of them.",
        ),
        (
            Problem::DeathBeforeProgression {
                death: on,
                progression: start,
            },
            "the death (7 March 2023) is before the progression (9 May 2023). Correct one of them.",
        ),
        (
            Problem::SecondBeforeFirst {
                second: on,
                first: start,
            },
            "the progression on the next therapy (7 March 2023) is before the first progression (9 May 2023). Correct \
             one of them.",
        ),
        (
            Problem::NoLastContact,
            "there is neither an event nor a date of last contact.",
        ),
        (
            Problem::NoAssessmentDates,
            "the chosen rules of censoring need dates of assessment, and there are none.",
        ),
        (
            Problem::ResponseAfterEnd {
                response: start,
                end: on,
            },
            "the response (9 May 2023) is after the end of progression-free survival (7 March 2023), as when a new \
             therapy came first. Check both.",
        ),
    ];
    let all = variants!(Problem: StartAfterCutOff, BeforeStart, DeathBeforeProgression, SecondBeforeFirst,
        NoLastContact, NoAssessmentDates, ResponseAfterEnd);
    assert_said(&rows, all, problem);
}
