//! Every row of tables 1–3 of RECIST 1.1 (Eisenhauer et al. 2009, Eur J Cancer 45:228).

use oncurve::recist::BestResponse as Best;
use oncurve::recist::NonTarget as N;
use oncurve::recist::Response::{Cr, Ne, NonCrNonPd, Pd, Pr, Sd};
use oncurve::recist::TargetResponse as T;
use oncurve::recist::{Confirmation, Reason, Response, Settings, Visit, assess};

use super::{day, entered, history, sum, with, with_new};

/// An assessment at which the targets have that response, after a baseline of 100 mm.
fn targets(target: T) -> Visit {
    match target {
        T::Cr => sum(42, 0.0),
        T::Pr => sum(42, 60.0),
        T::Sd => sum(42, 90.0),
        T::Pd => sum(42, 130.0),
        T::Ne | T::None => Visit::on(day(42)),
    }
}

fn response(target: T, non_target: N, new_lesion: bool) -> (T, N, Response) {
    let mut visit = with(targets(target), non_target);
    visit.new_lesion = new_lesion;
    let base = if target == T::None {
        Visit::on(day(-7))
    } else {
        sum(-7, 100.0)
    };
    let base = match (target, non_target) {
        (_, N::None) => base,
        (_, N::Cr | N::NonCrNonPd | N::Pd | N::Ne) => with(base, N::NonCrNonPd),
    };
    let assessment = assess(&history(vec![base, visit]), &Settings::default());
    let point = &assessment.timepoints[0];
    assert_eq!(point.new_lesion, new_lesion);
    (point.target, point.non_target, point.overall)
}

const ALL_TARGETS: [T; 5] = [T::Cr, T::Pr, T::Sd, T::Pd, T::Ne];
const ALL_NON_TARGETS: [N; 5] = [N::None, N::Cr, N::NonCrNonPd, N::Pd, N::Ne];
const NOT_PROGRESSED: [N; 4] = [N::None, N::Cr, N::NonCrNonPd, N::Ne];

#[test]
fn table_1_holds_row_by_row() {
    let mut rows = vec![
        (T::Cr, N::Cr, false, Cr),
        (T::Cr, N::None, false, Cr),
        (T::Cr, N::NonCrNonPd, false, Pr),
        (T::Cr, N::Ne, false, Pr),
    ];
    for non_target in NOT_PROGRESSED {
        rows.push((T::Pr, non_target, false, Pr));
        rows.push((T::Sd, non_target, false, Sd));
        rows.push((T::Ne, non_target, false, Ne));
    }
    for non_target in ALL_NON_TARGETS {
        for new_lesion in [false, true] {
            rows.push((T::Pd, non_target, new_lesion, Pd));
        }
        for target in ALL_TARGETS {
            rows.push((target, non_target, true, Pd));
        }
    }
    for target in ALL_TARGETS {
        for new_lesion in [false, true] {
            rows.push((target, N::Pd, new_lesion, Pd));
        }
    }
    for (target, non_target, new_lesion, overall) in rows {
        let row = (target, non_target, new_lesion);
        assert_eq!(
            response(target, non_target, new_lesion),
            (target, non_target, overall),
            "{row:?}"
        );
    }
}

#[test]
fn table_2_holds_row_by_row_for_non_target_disease_only() {
    for (non_target, new_lesion, overall) in [
        (N::Cr, false, Cr),
        (N::NonCrNonPd, false, NonCrNonPd),
        (N::Ne, false, Ne),
        (N::Pd, false, Pd),
        (N::Cr, true, Pd),
        (N::NonCrNonPd, true, Pd),
        (N::Ne, true, Pd),
        (N::Pd, true, Pd),
    ] {
        assert_eq!(
            response(T::None, non_target, new_lesion),
            (T::None, non_target, overall),
            "{non_target:?}, new lesion {new_lesion}"
        );
    }
}

/// Best response of two assessments, confirmation asked for; SD counts from 42 days on.
fn confirmed(first: (i64, Response), second: (i64, Response)) -> Best {
    let settings = Settings {
        confirmation: Some(Confirmation::default()),
        ..Settings::default()
    };
    let visits = vec![entered(first.0, first.1), entered(second.0, second.1)];
    assess(&history(visits), &settings).best_response.response
}

#[test]
fn table_3_holds_row_by_row() {
    // First and later response; best when SD lasted long enough, and when it did not.
    for (first, second, lasted, short) in [
        (Cr, Cr, Best::Cr, Best::Cr),
        (Cr, Pr, Best::Sd, Best::Pd),
        (Cr, Sd, Best::Sd, Best::Pd),
        (Cr, Pd, Best::Sd, Best::Pd),
        (Cr, Ne, Best::Sd, Best::Ne),
        (Pr, Cr, Best::Pr, Best::Pr),
        (Pr, Pr, Best::Pr, Best::Pr),
        (Pr, Pd, Best::Sd, Best::Pd),
        (Pr, Ne, Best::Sd, Best::Ne),
        (Ne, Ne, Best::Ne, Best::Ne),
    ] {
        let row = format!("{first:?}, {second:?}");
        assert_eq!(confirmed((56, first), (84, second)), lasted, "{row}");
        assert_eq!(confirmed((10, first), (41, second)), short, "{row}, short");
    }
    assert_eq!(confirmed((10, Pr), (42, Sd)), Best::Sd);
}

#[test]
fn sd_before_its_minimum_is_pd_if_pd_follows_and_not_evaluable_without() {
    let best = |visits| {
        assess(&history(visits), &Settings::default())
            .best_response
            .response
    };
    assert_eq!(best(vec![entered(41, Sd), entered(60, Pd)]), Best::Pd);
    assert_eq!(best(vec![entered(41, Sd)]), Best::Ne);
    assert_eq!(best(vec![entered(42, Sd), entered(60, Pd)]), Best::Sd);
    assert_eq!(best(vec![entered(41, NonCrNonPd)]), Best::Ne);
    assert_eq!(best(vec![entered(42, NonCrNonPd)]), Best::NonCrNonPd);
    assert_eq!(best(vec![]), Best::Missing);
}

#[test]
fn the_reason_of_a_progression_names_all_its_causes() {
    let base = with(sum(-7, 100.0), N::NonCrNonPd);
    let visit = with_new(with(sum(42, 130.0), N::Pd));
    let assessment = assess(&history(vec![base, visit]), &Settings::default());
    let Reason::Progressed {
        growth,
        reappeared,
        non_target,
        new_lesion,
    } = assessment.timepoints[0].reason
    else {
        panic!("{:?}", assessment.timepoints[0].reason);
    };
    let growth = growth.expect("the targets have grown");
    assert_eq!(
        (growth.sum, growth.nadir, growth.missing),
        (130.0, 100.0, 0)
    );
    assert_eq!((reappeared, non_target, new_lesion), (false, true, true));
}
