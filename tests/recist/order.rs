//! Assessments in any order, twice, too early, without a baseline: each has a defined answer.

use oncurve::recist::BestResponse as Best;
use oncurve::recist::NonTarget as N;
use oncurve::recist::Response::{Cr, Ne, Pd, Pr, Sd};
use oncurve::recist::{
    Assessment, Baseline, History, Lesion, LesionKind, LesionState, Measurement, Reason, Settings,
    Visit, Warning, assess,
};

use super::{day, entered, history, overall, start, sum, with, with_new};

fn judged(visits: Vec<Visit>) -> Assessment {
    assess(&history(visits), &Settings::default())
}

#[test]
fn the_order_of_the_file_does_not_matter_and_is_reported() {
    let sorted = vec![sum(-7, 100.0), sum(42, 60.0), sum(84, 80.0)];
    let mut shuffled = sorted.clone();
    shuffled.swap(0, 2);
    shuffled.swap(1, 2);
    let (a, b) = (judged(sorted), judged(shuffled));
    assert_eq!(overall(&a), [Pr, Pd]);
    assert_eq!(overall(&a), overall(&b));
    assert_eq!(a.warnings, []);
    assert_eq!(b.warnings, [Warning::OutOfOrder]);
}

#[test]
fn of_two_assessments_on_one_date_the_worse_counts() {
    let assessment = judged(vec![
        sum(-7, 100.0),
        sum(42, 60.0),
        sum(42, 90.0),
        sum(84, 80.0),
    ]);
    // The sum of 60 is no nadir: 80 would be PD after it.
    assert_eq!(overall(&assessment), [Sd, Sd]);
    let date = day(42);
    let (kept, dropped) = (Sd, Pr);
    let expected = Warning::SameDate {
        date,
        kept,
        dropped,
    };
    assert_eq!(assessment.warnings, [expected]);
}

#[test]
fn of_two_equal_responses_on_one_date_the_larger_sum_counts() {
    for pair in [[80.0, 90.0], [90.0, 80.0]] {
        let [a, b] = pair.map(|mm| sum(42, mm));
        let assessment = judged(vec![sum(-7, 100.0), a, b, sum(84, 96.0)]);
        // 96 is 20 % above 80.
        assert_eq!(overall(&assessment), [Sd, Sd], "{pair:?}");
        assert_eq!(assessment.timepoints[0].sum, Some(90.0), "{pair:?}");
    }
}

#[test]
fn the_worst_on_one_date_is_pd_and_the_least_ne() {
    use oncurve::recist::Response::NonCrNonPd;
    let order = [Ne, Cr, Pr, Sd, NonCrNonPd, Pd];
    for (better, worse) in order.iter().zip(&order[1..]) {
        for pair in [[*better, *worse], [*worse, *better]] {
            let assessment = judged(pair.map(|response| entered(42, response)).to_vec());
            assert_eq!(overall(&assessment), [*worse], "{pair:?}");
        }
    }
}

#[test]
fn the_same_assessment_twice_counts_once() {
    let assessment = judged(vec![sum(-7, 100.0), sum(42, 60.0), sum(42, 60.0)]);
    assert_eq!(overall(&assessment), [Pr]);
    assert_eq!(assessment.warnings, [Warning::Duplicate { date: day(42) }]);
}

#[test]
fn the_latest_assessment_up_to_the_start_is_the_baseline() {
    let assessment = judged(vec![
        sum(-20, 50.0),
        sum(-7, 100.0),
        sum(0, 80.0),
        sum(42, 60.0),
    ]);
    let expected = Baseline::Adequate {
        date: start(),
        visit: 2,
        sum: Some(80.0),
    };
    assert_eq!(assessment.baseline, expected);
    assert_eq!(assessment.timepoints[0].change_from_baseline, Some(-0.25));
    let ignored = [-20, -7].map(|days| Warning::BeforeBaseline { date: day(days) });
    assert_eq!(assessment.warnings, ignored);
}

#[test]
fn the_window_and_the_grace_of_the_baseline_can_be_set() {
    let visits = || vec![sum(-40, 100.0), sum(5, 80.0), sum(42, 60.0)];
    let default = judged(visits());
    assert_eq!(default.baseline, Baseline::Missing);
    assert_eq!(overall(&default), [Ne, Ne]);
    let early = Warning::BaselineTooEarly {
        date: day(-40),
        days: 40,
    };
    assert!(default.warnings.contains(&early), "{:?}", default.warnings);
    assert!(default.warnings.contains(&Warning::NoBaseline));

    let sum_with = |settings: Settings| match assess(&history(visits()), &settings).baseline {
        Baseline::Adequate { sum, .. } => sum,
        Baseline::Missing | Baseline::NotRecorded => None,
    };
    let unlimited = Settings {
        baseline_window: None,
        ..Settings::default()
    };
    assert_eq!(sum_with(unlimited), Some(100.0));
    let exact = Settings {
        baseline_window: Some(40),
        ..Settings::default()
    };
    assert_eq!(sum_with(exact), Some(100.0));
    let grace = Settings {
        baseline_grace: 5,
        ..Settings::default()
    };
    assert_eq!(sum_with(grace), Some(80.0));
}

#[test]
fn without_a_baseline_targets_are_not_evaluable_but_new_lesions_are_progression() {
    let assessment = judged(vec![sum(42, 60.0), with_new(sum(84, 50.0))]);
    assert_eq!(assessment.baseline, Baseline::Missing);
    assert_eq!(overall(&assessment), [Ne, Pd]);
    assert_eq!(assessment.timepoints[0].reason, Reason::NoBaselineSum);
    assert_eq!(assessment.warnings, [Warning::NoBaseline]);
    assert_eq!(assessment.best_response.response, Best::Pd);
}

#[test]
fn a_baseline_without_a_sum_leaves_targets_not_evaluable() {
    let assessment = judged(vec![
        with(Visit::on(day(-7)), N::NonCrNonPd),
        with(sum(42, 60.0), N::NonCrNonPd),
    ]);
    assert_eq!(overall(&assessment), [Ne]);
    let date = day(-7);
    assert_eq!(assessment.warnings, [Warning::NoBaselineSum { date }]);
}

#[test]
fn a_baseline_sum_of_zero_means_non_target_disease_only() {
    let assessment = judged(vec![
        with(sum(-7, 0.0), N::NonCrNonPd),
        with(sum(42, 0.0), N::NonCrNonPd),
        with(sum(84, 0.0), N::Cr),
    ]);
    assert_eq!(
        overall(&assessment),
        [oncurve::recist::Response::NonCrNonPd, Cr]
    );
    let date = day(-7);
    assert_eq!(assessment.warnings, [Warning::BaselineSumZero { date }]);
}

#[test]
fn of_two_baselines_on_one_date_the_smaller_sum_counts() {
    let assessment = judged(vec![sum(-7, 100.0), sum(-7, 90.0), sum(42, 65.0)]);
    assert_eq!(overall(&assessment), [Sd]);
    let date = day(-7);
    assert_eq!(assessment.warnings, [Warning::TwoBaselines { date }]);
}

#[test]
fn responses_as_entered_count_from_the_start_on_and_need_no_baseline() {
    let assessment = judged(vec![entered(-1, Pr), entered(0, Sd), entered(50, Sd)]);
    assert_eq!(assessment.baseline, Baseline::NotRecorded);
    assert_eq!(overall(&assessment), [Sd, Sd]);
    let date = day(-1);
    assert_eq!(assessment.warnings, [Warning::BeforeBaseline { date }]);
    assert_eq!(judged(vec![]).baseline, Baseline::NotRecorded);
}

#[test]
fn a_size_that_is_no_length_counts_as_not_assessed() {
    let assessment = judged(vec![sum(-7, 100.0), sum(42, -60.0), sum(84, f64::NAN)]);
    assert_eq!(overall(&assessment), [Ne, Ne]);
    let wrong = |days, mm| Warning::InvalidSize {
        date: day(days),
        lesion: None,
        mm,
    };
    assert_eq!(
        assessment.warnings,
        [wrong(42, Some(-60.0)), wrong(84, None)]
    );
}

#[test]
fn a_computed_response_that_is_not_the_entered_one_is_listed() {
    let mut visit = sum(42, 60.0);
    visit.investigator = Some(Sd);
    let mut agrees = sum(84, 60.0);
    agrees.investigator = Some(Pr);
    let assessment = judged(vec![sum(-7, 100.0), visit, agrees]);
    assert_eq!(overall(&assessment), [Pr, Pr]);
    let expected = Warning::Discrepancy {
        date: day(42),
        investigator: Sd,
        computed: Pr,
    };
    assert_eq!(assessment.warnings, [expected]);
}

#[test]
fn assessments_after_a_new_therapy_count_only_if_they_are_to() {
    let mut patient = history(vec![sum(-7, 100.0), sum(50, 90.0), sum(90, 60.0)]);
    patient.new_therapy = Some(day(60));
    let best = |before_new_therapy| {
        let settings = Settings {
            before_new_therapy,
            ..Settings::default()
        };
        let assessment = assess(&patient, &settings);
        (
            assessment.best_response.response,
            assessment.depth.expect("a change").change,
        )
    };
    assert_eq!(best(false), (Best::Pr, -0.4));
    assert_eq!(best(true), (Best::Sd, -0.1));
    patient.new_therapy = Some(day(90));
    let settings = Settings {
        before_new_therapy: true,
        ..Settings::default()
    };
    let on_the_day = assess(&patient, &settings).best_response.response;
    assert_eq!(on_the_day, Best::Pr);
}

#[test]
fn odd_measurements_are_reported_and_the_largest_counts() {
    let lesion = |id: &str| Lesion {
        id: id.to_owned(),
        organ: None,
        kind: LesionKind::Target,
        nodal: false,
    };
    let mm = |lesion, diameter| Measurement {
        lesion,
        diameter_mm: Some(diameter),
        state: LesionState::Present,
    };
    let visit = |days, measurements| Visit {
        measurements,
        ..Visit::on(day(days))
    };
    let patient = History {
        start: start(),
        lesions: vec![lesion("T1"), lesion("T2")],
        visits: vec![
            visit(-7, vec![mm(0, 30.0)]),
            visit(42, vec![mm(0, 20.0), mm(0, 22.0), mm(7, 5.0), mm(1, 90.0)]),
        ],
        new_therapy: None,
    };
    let assessment = assess(&patient, &Settings::default());
    let (date, lesion) = (day(42), "T1".to_owned());
    let expected = [
        Warning::MeasuredTwice { date, lesion },
        Warning::UnknownLesion { date },
        Warning::TargetNotAtBaseline {
            lesion: "T2".to_owned(),
        },
    ];
    assert_eq!(assessment.warnings, expected);
    assert_eq!(assessment.timepoints[0].sum, Some(22.0));
    assert_eq!(overall(&assessment), [Sd]);
}
