//! Every row of the table of iRECIST (Seymour et al. 2017, Lancet Oncol 18:e143, table 2), its scenarios of
//! best response (table 3), the rules of iPFS, and the working group's clarifications.

use oncurve::recist::IBestResponse as IBest;
use oncurve::recist::IResponse::{self, Icpd, Icr, Ipr, Isd, Iupd, Ne, NonIcrNonIupd};
use oncurve::recist::NonTarget as N;
use oncurve::recist::{
    Assessment, Further, History, IReason, Lesion, LesionKind, LesionState, Measurement, Response,
    Settings, Visit, assess,
};

use super::{day, entered, history, immune, mm, said, start, sum, with, with_new};

fn judged(visits: Vec<Visit>) -> Assessment {
    let mut all = vec![with(sum(-7, 100.0), N::NonCrNonPd)];
    all.extend(visits);
    assess(&history(all), &Settings::default())
}

fn responses(visits: Vec<Visit>) -> Vec<IResponse> {
    immune(&judged(visits))
}

/// Sum, non-target response and whether a new lesion is seen.
fn at(days: i64, mm: f64, non_target: N, new_lesion: bool) -> Visit {
    let visit = with(sum(days, mm), non_target);
    Visit {
        new_lesion,
        ..visit
    }
}

fn further(visit: Visit, further: Further) -> Visit {
    Visit { further, ..visit }
}

const NON_TARGET_GROWS: Further = Further {
    non_target: true,
    new_lesion: false,
    another_new_lesion: false,
    new_lesion_sum_mm: None,
};
const NEW_GROWS: Further = Further {
    new_lesion: true,
    non_target: false,
    ..NON_TARGET_GROWS
};
const ANOTHER: Further = Further {
    another_new_lesion: true,
    non_target: false,
    ..NON_TARGET_GROWS
};

// ---- table 2 ----

#[test]
fn without_progression_the_rows_are_those_of_recist_with_and_without_an_earlier_iupd() {
    for (mm, non_target, expected) in [
        (0.0, N::Cr, Icr),
        (0.0, N::NonCrNonPd, Ipr),
        (60.0, N::NonCrNonPd, Ipr),
        (90.0, N::NonCrNonPd, Isd),
    ] {
        let row = format!("{mm}, {non_target:?}");
        assert_eq!(
            responses(vec![at(42, mm, non_target, false)]),
            [expected],
            "{row}"
        );
        let after = responses(vec![
            at(42, 130.0, N::NonCrNonPd, false),
            at(84, mm, non_target, false),
        ]);
        assert_eq!(after, [Iupd, expected], "{row}");
    }
}

/// An assessment with an iUPD, then one that repeats it unchanged, and some that make it iCPD.
fn row(first: Visit, unchanged: Visit, confirming: &[Visit]) {
    assert_eq!(responses(vec![first.clone()]), [Iupd]);
    assert_eq!(
        responses(vec![first.clone(), unchanged.clone()]),
        [Iupd, Iupd],
        "{unchanged:?}"
    );
    for visit in confirming {
        let found = responses(vec![first.clone(), visit.clone()]);
        assert_eq!(found, [Iupd, Icpd], "{visit:?}");
    }
}

#[test]
fn new_lesions_are_confirmed_by_their_size_or_number() {
    // Targets and non-target unchanged or smaller.
    let first = at(42, 130.0, N::Pd, true);
    row(
        first,
        at(84, 128.0, N::Pd, true),
        &[
            further(at(84, 128.0, N::Pd, true), NEW_GROWS),
            further(at(84, 128.0, N::Pd, true), ANOTHER),
        ],
    );
}

#[test]
fn non_target_progression_is_confirmed_by_any_further_growth() {
    for mm in [90.0, 60.0, 0.0] {
        row(
            at(42, mm, N::Pd, false),
            at(84, mm, N::Pd, false),
            &[further(at(84, mm, N::Pd, false), NON_TARGET_GROWS)],
        );
    }
}

#[test]
fn target_progression_is_confirmed_by_five_millimetres() {
    for non_target in [N::NonCrNonPd, N::Cr] {
        row(
            at(42, 130.0, non_target, false),
            at(84, 134.9, non_target, false),
            &[at(84, 135.0, non_target, false)],
        );
    }
}

#[test]
fn progression_of_both_is_confirmed_by_either() {
    row(
        at(42, 130.0, N::Pd, false),
        at(84, 134.0, N::Pd, false),
        &[
            at(84, 135.0, N::Pd, false),
            further(at(84, 130.0, N::Pd, false), NON_TARGET_GROWS),
        ],
    );
}

#[test]
fn progression_of_all_three_is_confirmed_by_any() {
    row(
        at(42, 130.0, N::Pd, true),
        at(84, 134.0, N::Pd, true),
        &[
            at(84, 135.0, N::Pd, true),
            further(at(84, 130.0, N::Pd, true), NON_TARGET_GROWS),
            further(at(84, 130.0, N::Pd, true), NEW_GROWS),
            further(at(84, 130.0, N::Pd, true), ANOTHER),
        ],
    );
}

#[test]
fn a_new_lesion_alone_is_confirmed_by_its_size_or_number() {
    let measured = |days, mm| {
        let further = Further {
            new_lesion_sum_mm: Some(mm),
            ..Further::default()
        };
        Visit {
            further,
            ..at(days, 90.0, N::NonCrNonPd, true)
        }
    };
    row(
        measured(42, 20.0),
        measured(84, 24.9),
        &[
            measured(84, 25.0),
            further(at(84, 90.0, N::NonCrNonPd, true), NEW_GROWS),
            further(at(84, 90.0, N::NonCrNonPd, true), ANOTHER),
        ],
    );
}

#[test]
fn progression_in_another_category_confirms() {
    let target = at(42, 130.0, N::NonCrNonPd, false);
    let non_target = at(42, 90.0, N::Pd, false);
    let new = at(42, 90.0, N::NonCrNonPd, true);
    for (first, second) in [
        (&target, at(84, 130.0, N::Pd, false)),
        (&target, at(84, 130.0, N::NonCrNonPd, true)),
        (&non_target, at(84, 130.0, N::Pd, false)),
        (&non_target, at(84, 90.0, N::Pd, true)),
        (&new, at(84, 130.0, N::NonCrNonPd, true)),
        (&new, at(84, 90.0, N::Pd, true)),
    ] {
        let found = responses(vec![first.clone(), second.clone()]);
        assert_eq!(found, [Iupd, Icpd], "{first:?} {second:?}");
    }
}

// ---- clarifications ----

#[test]
fn an_unchanged_progression_is_never_confirmed_however_often_it_is_seen() {
    let unchanged = |place: i64| at(42 * place, 130.0, N::NonCrNonPd, false);
    let found = judged((1..6).map(unchanged).collect());
    assert_eq!(immune(&found), [Iupd; 5]);
    let since = day(42);
    assert_eq!(
        found.timepoints[4].irecist_reason,
        IReason::Unchanged { since }
    );
    assert_eq!(found.ipfs_date, Some(since));
    // Nor is a response as entered that says no more than PD.
    let entered = judged(vec![entered(42, Response::Pd), entered(84, Response::Pd)]);
    assert_eq!(immune(&entered), [Iupd, Iupd]);
}

#[test]
fn growth_in_steps_adds_up() {
    let found = responses(vec![
        at(42, 130.0, N::NonCrNonPd, false),
        at(84, 134.0, N::NonCrNonPd, false),
        at(126, 136.0, N::NonCrNonPd, false),
    ]);
    assert_eq!(found, [Iupd, Iupd, Icpd]);
}

#[test]
fn growth_before_four_weeks_does_not_confirm_but_another_new_lesion_does() {
    let first = at(42, 130.0, N::NonCrNonPd, true);
    for (days, expected) in [(67, Iupd), (68, Icpd), (70, Icpd)] {
        let found = judged(vec![first.clone(), at(days, 150.0, N::NonCrNonPd, true)]);
        assert_eq!(immune(&found), [Iupd, expected], "{days}");
    }
    let early = judged(vec![first.clone(), at(56, 150.0, N::NonCrNonPd, true)]);
    let reason = early.timepoints[1].irecist_reason;
    let since = day(42);
    assert_eq!(reason, IReason::TooSoon { since, days: 14 });
    let another = further(at(56, 130.0, N::NonCrNonPd, true), ANOTHER);
    assert_eq!(responses(vec![first.clone(), another]), [Iupd, Icpd]);
    // What was too soon counts at the next assessment if it is still there.
    let later = vec![
        first,
        at(56, 150.0, N::NonCrNonPd, true),
        at(84, 150.0, N::NonCrNonPd, true),
    ];
    assert_eq!(responses(later), [Iupd, Iupd, Icpd]);
}

#[test]
fn shrinkage_resets_the_bar() {
    let found = judged(vec![
        at(42, 130.0, N::NonCrNonPd, false),
        at(84, 65.0, N::NonCrNonPd, false),
        at(126, 80.0, N::NonCrNonPd, false),
        at(168, 80.0, N::NonCrNonPd, false),
        at(210, 86.0, N::NonCrNonPd, false),
    ]);
    assert_eq!(immune(&found), [Iupd, Ipr, Iupd, Iupd, Icpd]);
    let since = day(42);
    assert_eq!(found.timepoints[1].irecist_reason, IReason::Reset { since });
    // The second block ends in iCPD, and its first iUPD is from the nadir of 65.
    assert_eq!(found.ipfs_date, Some(day(126)));
    assert_eq!(found.progression, Some(day(42)));
    assert_eq!(found.irecist_best_response.response, IBest::Ipr);
    assert_eq!(found.first_iresponse, Some(day(84)));
}

#[test]
fn a_sum_below_the_baseline_but_above_the_nadir_is_no_reset() {
    let found = responses(vec![
        at(42, 50.0, N::NonCrNonPd, false),
        at(84, 80.0, N::NonCrNonPd, false),
        at(126, 65.0, N::NonCrNonPd, false),
        at(168, 59.0, N::NonCrNonPd, false),
    ]);
    assert_eq!(found, [Ipr, Iupd, Iupd, Ipr]);
}

/// Scenarios B and F of the clarification "must new lesions resolve completely".
#[test]
fn a_new_lesion_that_persists_does_not_preclude_a_response_that_follows_it() {
    let scenario_b = judged(vec![
        at(42, 90.0, N::NonCrNonPd, true),
        at(84, 60.0, N::NonCrNonPd, true),
        at(126, 60.0, N::NonCrNonPd, true),
    ]);
    assert_eq!(immune(&scenario_b), [Iupd, Ipr, Ipr]);
    assert_eq!(
        scenario_b.timepoints[2].irecist_reason,
        IReason::NewLesionPersists
    );
    assert_eq!(scenario_b.ipfs_date, None);
    let scenario_f = responses(vec![
        at(42, 60.0, N::NonCrNonPd, false),
        at(84, 60.0, N::NonCrNonPd, true),
        at(126, 60.0, N::NonCrNonPd, true),
    ]);
    assert_eq!(scenario_f, [Ipr, Iupd, Iupd]);
    // Once it is gone, the targets decide.
    let gone = responses(vec![
        at(42, 60.0, N::NonCrNonPd, false),
        at(84, 60.0, N::NonCrNonPd, true),
        at(126, 60.0, N::NonCrNonPd, false),
    ]);
    assert_eq!(gone, [Ipr, Iupd, Ipr]);
    // iCR only without any lesion.
    let complete = responses(vec![
        at(42, 90.0, N::NonCrNonPd, true),
        at(84, 0.0, N::Cr, true),
        at(126, 0.0, N::Cr, false),
    ]);
    assert_eq!(complete, [Iupd, Ipr, Icr]);
}

#[test]
fn after_a_reset_another_new_lesion_or_growth_of_the_old_is_a_new_iupd() {
    let measured = |days, mm, new_mm| {
        let further = Further {
            new_lesion_sum_mm: Some(new_mm),
            ..Further::default()
        };
        Visit {
            further,
            ..at(days, mm, N::NonCrNonPd, true)
        }
    };
    let begin = || vec![measured(42, 90.0, 20.0), measured(84, 60.0, 20.0)];
    for (third, expected) in [
        (measured(126, 60.0, 24.0), Ipr),
        (measured(126, 60.0, 25.0), Iupd),
        (further(at(126, 60.0, N::NonCrNonPd, true), ANOTHER), Iupd),
    ] {
        let mut visits = begin();
        visits.push(third.clone());
        assert_eq!(responses(visits), [Iupd, Ipr, expected], "{third:?}");
    }
}

#[test]
fn the_flag_of_a_new_lesion_can_mean_another_one_each_time() {
    let visits = || {
        vec![
            with(sum(-7, 100.0), N::NonCrNonPd),
            at(42, 90.0, N::NonCrNonPd, true),
            at(84, 90.0, N::NonCrNonPd, true),
        ]
    };
    let mut settings = Settings::default();
    let same = assess(&history(visits()), &settings);
    assert_eq!(immune(&same), [Iupd, Iupd]);
    settings.immune.repeated_flag_is_another = true;
    let another = assess(&history(visits()), &settings);
    assert_eq!(immune(&another), [Iupd, Icpd]);
}

// ---- iPFS ----

/// From 100 mm: 130 mm on day 56 (iUPD), 60 mm on day 98 (iPR), 140 mm on day 140 (iUPD), 150 mm on day 182 (iCPD),
/// 40 mm on day 224.
fn pseudoprogression(new_therapy: Option<i64>, settings: &Settings) -> Assessment {
    let sums = [
        (-7, 100.0),
        (56, 130.0),
        (98, 60.0),
        (140, 140.0),
        (182, 150.0),
        (224, 40.0),
    ];
    let history = History {
        new_therapy: new_therapy.map(day),
        ..history(sums.into_iter().map(|(days, mm)| sum(days, mm)).collect())
    };
    assess(&history, settings)
}

#[test]
fn the_depth_of_a_response_goes_past_an_unconfirmed_progression_up_to_a_confirmed_one() {
    let assessment = pseudoprogression(None, &Settings::default());
    let depth = assessment.irecist_depth.map(|depth| depth.change);
    assert_eq!(immune(&assessment), [Iupd, Ipr, Iupd, Icpd, Icpd]);
    assert_eq!(
        assessment.depth.map(|depth| depth.change),
        Some(0.3),
        "by RECIST 1.1"
    );
    assert_eq!(depth, Some(-0.4));
}

/// As by RECIST 1.1: only if they are not to count.
#[test]
fn the_depth_of_a_response_by_irecist_ends_with_a_new_therapy_if_that_is_asked_for() {
    let before = |new_therapy, before_new_therapy| {
        let settings = Settings {
            before_new_therapy,
            ..Settings::default()
        };
        let assessment = pseudoprogression(new_therapy, &settings);
        let change = |depth: Option<oncurve::recist::Depth>| depth.map(|depth| depth.change);
        (change(assessment.depth), change(assessment.irecist_depth))
    };
    assert_eq!(
        before(Some(98), true),
        (Some(0.3), Some(-0.4)),
        "on its day"
    );
    assert_eq!(before(Some(97), true), (Some(0.3), Some(0.3)));
    assert_eq!(before(Some(30), true), (None, None));
    assert_eq!(before(Some(30), false), (Some(0.3), Some(-0.4)));
}

#[test]
fn ipfs_ends_at_the_first_iupd_of_the_block_that_is_confirmed() {
    let found = judged(vec![
        at(42, 130.0, N::NonCrNonPd, false),
        Visit::on(day(84)),
        at(126, 140.0, N::NonCrNonPd, false),
    ]);
    assert_eq!(immune(&found), [Iupd, Ne, Icpd]);
    assert_eq!(found.ipfs_date, Some(day(42)));
}

#[test]
fn ipfs_ends_at_an_iupd_that_nothing_followed() {
    let last = judged(vec![
        at(42, 90.0, N::NonCrNonPd, false),
        at(84, 130.0, N::NonCrNonPd, false),
    ]);
    assert_eq!(last.ipfs_date, Some(day(84)));
    let then_missed = judged(vec![
        at(42, 130.0, N::NonCrNonPd, false),
        Visit::on(day(84)),
    ]);
    assert_eq!(then_missed.ipfs_date, Some(day(42)));
    let undone = judged(vec![
        at(42, 130.0, N::NonCrNonPd, false),
        at(84, 90.0, N::NonCrNonPd, false),
    ]);
    assert_eq!(undone.ipfs_date, None);
}

// ---- best response ----

/// Responses as entered, every six weeks.
fn as_entered(list: &[IResponse]) -> Assessment {
    let visits = (list.iter().zip(1..)).map(|(&response, place)| Visit {
        investigator_irecist: Some(response),
        ..Visit::on(day(42 * place))
    });
    assess(&history(visits.collect()), &Settings::default())
}

#[test]
fn table_3_of_irecist_holds_row_by_row() {
    let any: &[IResponse] = &[Icr, Ipr, Isd, Iupd, Icpd, Ne];
    let rows: [(&[&[IResponse]], IBest); 8] = [
        (
            &[
                &[Icr],
                &[Icr, Ipr, Iupd, Ne],
                &[Icr, Ipr, Iupd, Ne],
                &[Iupd],
                &[Icpd],
            ],
            IBest::Icr,
        ),
        (
            &[&[Iupd], &[Ipr, Isd, Ne], &[Icr], &[Icr, Iupd, Ne], any],
            IBest::Icr,
        ),
        (
            &[
                &[Iupd],
                &[Ipr],
                &[Ipr, Isd, Iupd, Ne],
                &[Ipr, Isd, Iupd, Ne, Icpd],
                &[Ipr, Isd, Iupd, Ne, Icpd],
            ],
            IBest::Ipr,
        ),
        (
            &[
                &[Iupd],
                &[Isd, Ne],
                &[Ipr],
                &[Ipr, Isd, Iupd, Ne],
                &[Ipr, Isd, Iupd, Icpd, Ne],
            ],
            IBest::Ipr,
        ),
        (
            &[
                &[Iupd],
                &[Isd],
                &[Isd, Iupd, Ne],
                &[Isd, Iupd, Icpd, Ne],
                &[Isd, Iupd, Icpd, Ne],
            ],
            IBest::Isd,
        ),
        (&[&[Iupd], &[Icpd], any, any, any], IBest::Icpd),
        (&[&[Iupd], &[Iupd], &[Icpd], any, any], IBest::Icpd),
        (&[&[Iupd], &[Ne], &[Ne], &[Ne], &[Ne]], IBest::Iupd),
    ];
    for (columns, expected) in rows {
        let combinations: usize = columns.iter().map(|column| column.len()).product();
        for combination in 0..combinations {
            let mut rest = combination;
            let list: Vec<IResponse> = (columns.iter())
                .map(|column| {
                    let choice = column[rest % column.len()];
                    rest /= column.len();
                    choice
                })
                .collect();
            let best = as_entered(&list).irecist_best_response.response;
            assert_eq!(best, expected, "{list:?}");
        }
    }
}

#[test]
fn non_target_disease_only_has_its_own_response() {
    let visits = vec![
        with(Visit::on(day(-7)), N::NonCrNonPd),
        with(Visit::on(day(42)), N::NonCrNonPd),
        with(Visit::on(day(84)), N::Pd),
        with(Visit::on(day(126)), N::NonCrNonPd),
        with(Visit::on(day(168)), N::Cr),
    ];
    let found = assess(&history(visits), &Settings::default());
    assert_eq!(immune(&found), [NonIcrNonIupd, Iupd, NonIcrNonIupd, Icr]);
}

#[test]
fn a_new_lesion_at_the_first_assessment_is_iupd() {
    assert_eq!(responses(vec![with_new(sum(42, 90.0))]), [Iupd]);
}

// ---- lesions ----

/// Target 0 as given, 50 mm at the baseline; new lesions 1 and 2 (liver), 3 (node), 4–6 (lung).
fn by_lesions(visits: &[(f64, &[Measurement])]) -> Vec<IResponse> {
    let lesion = |organ: &str, kind, nodal| Lesion {
        id: "L".to_owned(),
        organ: Some(organ.to_owned()),
        kind,
        nodal,
    };
    let new = |organ, nodal| lesion(organ, LesionKind::New, nodal);
    let visits = (visits.iter().zip(1..)).map(|(&(target, new), place)| Visit {
        measurements: [&[mm(0, target)], new].concat(),
        ..Visit::on(day(42 * place))
    });
    let base = Visit {
        measurements: vec![mm(0, 50.0)],
        ..Visit::on(day(-7))
    };
    let patient = History {
        start: start(),
        lesions: vec![
            lesion("liver", LesionKind::Target, false),
            new("liver", false),
            new("liver", false),
            new("node", true),
            new("lung", false),
            new("lung", false),
            new("lung", false),
        ],
        visits: std::iter::once(base).chain(visits).collect(),
        new_therapy: None,
    };
    immune(&assess(&patient, &Settings::default()))
}

/// The same with sizes only, the target unchanged.
fn new_lesions(visits: &[&[(usize, f64)]]) -> Vec<IResponse> {
    let measured: Vec<Vec<Measurement>> = (visits.iter())
        .map(|sizes| {
            sizes
                .iter()
                .map(|&(lesion, size)| mm(lesion, size))
                .collect()
        })
        .collect();
    let visits: Vec<(f64, &[Measurement])> =
        measured.iter().map(|new| (50.0, new.as_slice())).collect();
    by_lesions(&visits)
}

#[test]
fn a_new_lesion_without_a_number_confirms_when_it_is_said_to_be_worse() {
    use LesionState::{NotAssessed, Present, Progressed};
    for (state, expected) in [(Present, Iupd), (NotAssessed, Iupd), (Progressed, Icpd)] {
        let found = by_lesions(&[(50.0, &[said(1, Present)]), (50.0, &[said(1, state)])]);
        assert_eq!(found, [Iupd, expected], "{state:?}");
    }
}

#[test]
fn a_new_lesion_that_persists_after_a_reset_counts_again_when_it_is_said_to_be_worse() {
    use LesionState::{Present, Progressed};
    let begin = [(50.0, said(1, Present)), (30.0, said(1, Present))];
    for (state, expected) in [(Present, Ipr), (Progressed, Iupd)] {
        let third = (30.0, said(1, state));
        let visits: Vec<(f64, &[Measurement])> = (begin.iter().chain([&third]))
            .map(|(target, new)| (*target, std::slice::from_ref(new)))
            .collect();
        assert_eq!(by_lesions(&visits), [Iupd, Ipr, expected], "{state:?}");
    }
}

#[test]
fn two_new_lesions_an_organ_are_measured_and_the_others_confirm_by_any_growth() {
    // The smallest of three in the lung is not in the sum: growth of 1 mm is enough.
    let first: &[(usize, f64)] = &[(4, 30.0), (5, 12.0), (6, 20.0)];
    assert_eq!(
        new_lesions(&[first, &[(4, 32.0), (5, 12.0), (6, 22.0)]]),
        [Iupd, Iupd]
    );
    assert_eq!(
        new_lesions(&[first, &[(4, 30.0), (5, 13.0), (6, 20.0)]]),
        [Iupd, Icpd]
    );
}

#[test]
fn measured_new_lesions_confirm_by_five_millimetres_of_their_sum() {
    assert_eq!(
        new_lesions(&[&[(1, 12.0), (2, 11.0)], &[(1, 14.0), (2, 13.9)]]),
        [Iupd, Iupd]
    );
    assert_eq!(
        new_lesions(&[&[(1, 12.0), (2, 11.0)], &[(1, 14.0), (2, 14.0)]]),
        [Iupd, Icpd]
    );
}

#[test]
fn small_new_lesions_confirm_by_any_growth() {
    assert_eq!(new_lesions(&[&[(1, 8.0)], &[(1, 8.0)]]), [Iupd, Iupd]);
    assert_eq!(new_lesions(&[&[(1, 8.0)], &[(1, 8.1)]]), [Iupd, Icpd]);
}

#[test]
fn another_new_lesion_confirms_and_a_normal_node_is_none() {
    assert_eq!(
        new_lesions(&[&[(1, 12.0)], &[(1, 12.0), (2, 4.0)]]),
        [Iupd, Icpd]
    );
    assert_eq!(
        new_lesions(&[&[(1, 12.0)], &[(1, 12.0), (3, 9.0)]]),
        [Iupd, Iupd]
    );
    assert_eq!(new_lesions(&[&[(3, 9.0)]]), [Isd]);
    assert_eq!(
        new_lesions(&[&[(1, 12.0)], &[(1, 12.0), (3, 10.0)]]),
        [Iupd, Icpd]
    );
}

#[test]
fn a_new_lesion_that_is_gone_lets_the_targets_decide() {
    assert_eq!(new_lesions(&[&[(1, 12.0)], &[(1, 0.0)]]), [Iupd, Isd]);
    // One that was not looked at is still there.
    assert_eq!(new_lesions(&[&[(1, 12.0)], &[]]), [Iupd, Iupd]);
}
