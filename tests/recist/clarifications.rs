//! The examples of the RECIST working group's questions and clarifications (recist.eortc.org), and the
//! rules of sums that they rest on.

use oncurve::recist::BestResponse as Best;
use oncurve::recist::Response::{Cr, Ne, Pd, Pr, Sd};
use oncurve::recist::{
    Assessment, History, IResponse, Lesion, LesionKind, LesionState, Measurement, Reason, Settings,
    Visit, assess,
};

use super::{day, history, immune, mm, overall, said, start, sum, sums};

#[test]
fn a_partial_response_lasts_until_progression() {
    let assessment = sums(&[100.0, 70.0, 70.0, 80.0, 80.0, 80.0]);
    assert_eq!(overall(&assessment), [Pr; 5]);
    assert_eq!(immune(&assessment), [IResponse::Ipr; 5]);
    let kept = Reason::ResponseKept {
        sum: 80.0,
        baseline: 100.0,
        nadir: 70.0,
    };
    assert_eq!(assessment.timepoints[2].reason, kept);
}

#[test]
fn a_sum_just_above_the_nadir_continues_the_response() {
    let assessment = sums(&[165.0, 63.0, 65.0]);
    assert_eq!(overall(&assessment), [Pr, Pr]);
    let change = assessment.timepoints[1].change_from_nadir.expect("a nadir");
    assert!((change - 2.0 / 63.0).abs() < 1e-15, "{change}");
}

#[test]
fn progression_from_the_nadir_comes_before_shrinkage_from_the_baseline() {
    let assessment = sums(&[100.0, 40.0, 60.0]);
    assert_eq!(overall(&assessment), [Pr, Pd]);
    assert_eq!(assessment.timepoints[1].nadir, Some(40.0));
    assert_eq!(assessment.timepoints[1].change_from_baseline, Some(-0.4));
    assert_eq!(assessment.progression, Some(day(84)));
}

#[test]
fn the_reason_of_a_response_holds_its_sums() {
    let assessment = sums(&[67.0, 46.0]);
    let shrunk = Reason::Shrunk {
        sum: 46.0,
        baseline: 67.0,
    };
    assert_eq!(assessment.timepoints[0].reason, shrunk);
    assert_eq!(overall(&assessment), [Pr]);
    let depth = assessment.depth.expect("a change");
    assert_eq!((depth.date, depth.change), (day(42), -21.0 / 67.0));
}

#[test]
fn thirty_per_cent_below_and_twenty_above_are_reached_exactly() {
    for (list, response) in [
        (&[90.0, 63.0], Pr),
        (&[90.0, 63.1], Sd),
        (&[90.0, 108.0], Pd),
        (&[90.0, 107.9], Sd),
        (&[20.0, 24.9], Sd),
        (&[20.0, 25.0], Pd),
    ] {
        assert_eq!(overall(&sums(list)), [response], "{list:?}");
    }
}

#[test]
fn after_a_complete_response_any_disease_is_progression() {
    let assessment = sums(&[40.0, 0.0, 3.0]);
    assert_eq!(overall(&assessment), [Cr, Pd]);
    let Reason::Progressed {
        growth, reappeared, ..
    } = assessment.timepoints[1].reason
    else {
        panic!("{:?}", assessment.timepoints[1].reason);
    };
    assert_eq!((growth, reappeared), (None, true));
}

#[test]
fn the_smallest_change_is_the_depth_of_response_until_progression() {
    let assessment = sums(&[100.0, 90.0, 80.0, 100.0, 10.0]);
    assert_eq!(overall(&assessment), [Sd, Sd, Pd, Pr]);
    let depth = assessment.depth.expect("a change");
    assert_eq!((depth.date, depth.change), (day(84), -0.2));
    assert_eq!(assessment.best_response.response, Best::Sd);
}

#[test]
fn stable_disease_benefits_clinically_from_the_chosen_duration_on() {
    let stable = sums(&[100.0, 90.0, 90.0, 90.0, 130.0]);
    assert_eq!(stable.stable_days, Some(168));
    assert!(stable.has_clinical_benefit(168));
    assert!(!stable.has_clinical_benefit(169));
    assert!(sums(&[100.0, 60.0]).has_clinical_benefit(168));
    assert!(!sums(&[100.0, 130.0]).has_clinical_benefit(0));
    assert!(!sums(&[100.0]).has_clinical_benefit(0));
}

// ---- lesions ----

fn lesion(id: &str, kind: LesionKind, nodal: bool) -> Lesion {
    Lesion {
        id: id.to_owned(),
        organ: Some(if nodal { "node" } else { "liver" }.to_owned()),
        kind,
        nodal,
    }
}

/// Targets 0 (liver) and 1 (node), non-target 2 (bone), new lesion 3.
fn by_lesions(visits: &[&[Measurement]]) -> Assessment {
    let history = History {
        start: start(),
        lesions: vec![
            lesion("T1", LesionKind::Target, false),
            lesion("T2", LesionKind::Target, true),
            lesion("N1", LesionKind::NonTarget, false),
            lesion("X1", LesionKind::New, false),
        ],
        visits: (visits.iter().zip(0..))
            .map(|(measurements, place)| Visit {
                measurements: measurements.to_vec(),
                ..Visit::on(day(if place == 0 { -7 } else { 42 * place }))
            })
            .collect(),
        new_therapy: None,
    };
    assess(&history, &Settings::default())
}

use LesionState::{Gone, NotAssessed, Present, Progressed, TooSmall};

#[test]
fn with_nodes_a_complete_response_has_a_sum_above_zero() {
    let assessment = by_lesions(&[
        &[mm(0, 30.0), mm(1, 20.0), said(2, Present)],
        &[said(0, Gone), mm(1, 9.9), said(2, Gone)],
        &[said(0, Gone), mm(1, 10.0), said(2, Gone)],
    ]);
    assert_eq!(assessment.timepoints[0].sum, Some(9.9));
    // A node counts as back from 10 mm on.
    assert_eq!(overall(&assessment), [Cr, Pd]);
}

#[test]
fn too_small_to_measure_counts_five_and_is_not_gone() {
    let assessment = by_lesions(&[
        &[mm(0, 30.0), mm(1, 20.0), said(2, Present)],
        &[said(0, TooSmall), mm(1, 8.0), said(2, Gone)],
        &[mm(0, 3.0), mm(1, 8.0), said(2, Gone)],
    ]);
    assert_eq!(assessment.timepoints[0].sum, Some(13.0));
    assert_eq!(assessment.timepoints[1].sum, Some(11.0));
    assert_eq!(overall(&assessment), [Pr, Pr]);
}

#[test]
fn a_target_that_was_not_assessed_leaves_the_rest_to_make_progression() {
    let assessment = by_lesions(&[
        &[mm(0, 30.0), mm(1, 20.0), said(2, Present)],
        &[mm(0, 30.0), said(1, NotAssessed), said(2, Present)],
        &[mm(0, 60.0), said(2, Present)],
    ]);
    assert_eq!(overall(&assessment), [Ne, Pd]);
    assert_eq!(assessment.timepoints[1].sum, None);
    let Reason::Progressed { growth, .. } = assessment.timepoints[1].reason else {
        panic!("{:?}", assessment.timepoints[1].reason);
    };
    let growth = growth.expect("the targets have grown");
    assert_eq!((growth.sum, growth.nadir, growth.missing), (60.0, 50.0, 1));
}

#[test]
fn non_target_and_new_lesions_decide_from_their_states() {
    let base: &[Measurement] = &[mm(0, 30.0), mm(1, 20.0), said(2, Present)];
    for (non_target, new, expected) in [
        (said(2, Present), None, Sd),
        (said(2, NotAssessed), None, Sd),
        (said(2, Progressed), None, Pd),
        (said(2, Present), Some(said(3, Present)), Pd),
        (said(2, Present), Some(mm(3, 12.0)), Pd),
        (said(2, Present), Some(said(3, Gone)), Sd),
    ] {
        let mut visit = vec![mm(0, 28.0), mm(1, 20.0), non_target];
        visit.extend(new);
        let assessment = by_lesions(&[base, &visit]);
        assert_eq!(overall(&assessment), [expected], "{visit:?}");
    }
}

#[test]
fn a_lesion_that_comes_back_is_progression_only_after_a_complete_response() {
    let gone: &[Measurement] = &[said(0, Gone), mm(1, 12.0), said(2, Present)];
    let back: &[Measurement] = &[mm(0, 4.0), mm(1, 12.0), said(2, Present)];
    let base: &[Measurement] = &[mm(0, 30.0), mm(1, 20.0), said(2, Present)];
    assert_eq!(overall(&by_lesions(&[base, gone, back])), [Pr, Pr]);
    let complete: &[Measurement] = &[said(0, Gone), mm(1, 8.0), said(2, Gone)];
    let bone_back: &[Measurement] = &[said(0, Gone), mm(1, 8.0), said(2, Present)];
    assert_eq!(overall(&by_lesions(&[base, complete, bone_back])), [Cr, Pd]);
}

#[test]
fn sums_and_lesions_give_the_same_responses() {
    let lesions = by_lesions(&[
        &[mm(0, 30.0), mm(1, 20.0), said(2, Present)],
        &[mm(0, 20.0), mm(1, 14.0), said(2, Present)],
        &[mm(0, 34.0), mm(1, 16.0), said(2, Present)],
    ]);
    let non_target = |visit| super::with(visit, oncurve::recist::NonTarget::NonCrNonPd);
    let by_sums = [sum(-7, 50.0), sum(42, 34.0), sum(84, 50.0)].map(non_target);
    let by_sums = assess(&history(by_sums.to_vec()), &Settings::default());
    assert_eq!(overall(&lesions), [Pr, Pd]);
    assert_eq!(lesions.timepoints, by_sums.timepoints);
}
