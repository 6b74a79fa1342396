//! Generated histories: the implementation against `slow.rs`, under all settings.

use oncurve::math::Rng;
use oncurve::recist::{
    Assessment, BestResponse, Confirmation, Further, History, IBestResponse, ImmuneSettings,
    Lesion, LesionKind, LesionState, Measurement, NonTarget, Response, Settings, TargetResponse,
    Visit, assess,
};
use std::collections::BTreeMap;

use super::slow::{self, Slow};
use super::{day, entered, history, overall, start};

/// No, and with every combination of days, NE and SD that the rules name.
fn confirmations() -> Vec<Option<Confirmation>> {
    let mut all = vec![None];
    for days in [14, 28, 56] {
        for not_evaluable in [0, 1, 2] {
            for one_stable in [false, true] {
                all.push(Some(Confirmation {
                    days,
                    not_evaluable,
                    one_stable,
                }));
            }
        }
    }
    all
}

fn settings(confirmation: Option<Confirmation>, minimum_stable: u32) -> Settings {
    Settings {
        confirmation,
        minimum_stable,
        ..Settings::default()
    }
}

fn one_of<T: Copy>(rng: &mut Rng, choices: &[T]) -> T {
    choices[rng.below(choices.len())]
}

fn days(date: Option<chrono::NaiveDate>) -> Option<i64> {
    date.map(|date| (date - start()).num_days())
}

// ---- responses as entered ----

#[test]
fn best_responses_of_entered_histories_are_those_of_the_definitions() {
    use Response::{Cr, Ne, NonCrNonPd, Pd, Pr, Sd};
    let mut rng = Rng::new(20_090_228);
    let likely = [Cr, Cr, Pr, Pr, Pr, Sd, Sd, Sd, NonCrNonPd, Pd, Ne, Ne];
    let (mut found, mut confirmed) = (BTreeMap::new(), 0);
    let rules = confirmations();
    for _ in 0..20_000 {
        let mut at = rng.below(30) as i64;
        let list: Vec<(i64, Response)> = (0..rng.below(8))
            .map(|_| {
                at += 7 + rng.below(40) as i64;
                (at, one_of(&mut rng, &likely))
            })
            .collect();
        let rule = one_of(&mut rng, &rules);
        let minimum = one_of(&mut rng, &[28, 42, 56, 84]);
        let visits = list.iter().map(|&(day, response)| entered(day, response));
        let assessment = assess(&history(visits.collect()), &settings(rule, minimum));
        let best = assessment.best_response.response;
        let expected = slow::best(&list, rule.as_ref(), i64::from(minimum));
        let case = || format!("{list:?} {rule:?} {minimum}");
        assert_eq!(best, expected, "{}", case());
        let first = days(assessment.first_response)
            .map(|first| (first, days(assessment.response_confirmed)));
        assert_eq!(
            first,
            slow::first_response(&list, rule.as_ref()),
            "{}",
            case()
        );
        let pd = list.iter().find(|(_, response)| *response == Pd);
        assert_eq!(
            days(assessment.progression),
            pd.map(|(day, _)| *day),
            "{}",
            case()
        );
        *found.entry(best).or_insert(0) += 1;
        confirmed += usize::from(assessment.response_confirmed.is_some());
    }
    assert_eq!(found.len(), 7, "every response occurs: {found:?}");
    assert!(found.values().all(|&n| n > 200), "{found:?}");
    assert!(confirmed > 2_000, "{confirmed}");
}

// ---- sizes ----

/// A history of three targets, the last one a node, with everything that iRECIST asks for.
fn generate(rng: &mut Rng) -> Slow {
    let baseline = [
        100 + rng.below(300) as i64,
        100 + rng.below(200) as i64,
        150 + rng.below(150) as i64,
    ];
    let has_non_target = rng.below(2) == 0;
    let missing = one_of(rng, &[0, 12, 60]);
    let mut sizes = baseline;
    let mut day = 10 + rng.below(40) as i64;
    let mut flag = false;
    let mut new_sum = 0;
    let visits = (0..rng.below(7))
        .map(|_| {
            let course = rng.below(12);
            for size in &mut sizes {
                let factor = match course {
                    0 => 0.0,
                    1..=3 => 0.6,
                    4..=6 => 0.9,
                    7 | 8 => 1.0,
                    9 => 1.05,
                    _grows => 1.3,
                };
                *size = (*size as f64 * factor) as i64
                    + (rng.below(9) as i64 - 4) * i64::from(factor > 0.0);
                *size = if factor == 0.0 { 0 } else { (*size).max(0) };
                if *size == 0 && course >= 9 && rng.below(2) == 0 {
                    *size = 30 + rng.below(60) as i64;
                }
            }
            // Nodes seldom vanish.
            if sizes[2] == 0 && rng.below(2) == 0 {
                sizes[2] = 60 + rng.below(50) as i64;
            }
            flag = match rng.below(8) {
                0 => true,
                1 | 2 => false,
                _same => flag,
            };
            new_sum = (new_sum + one_of(rng, &[0, 0, 20, 49, 50, -30])).max(0);
            day += one_of(rng, &[14, 25, 26, 28, 42, 56]);
            let mut targets = sizes.map(Some);
            for target in &mut targets {
                if rng.below(100) < missing / 3 {
                    *target = None;
                }
            }
            let non_target = if has_non_target {
                use NonTarget::{Cr, Ne, NonCrNonPd, Pd};
                one_of(
                    rng,
                    &[
                        Cr, Cr, NonCrNonPd, NonCrNonPd, NonCrNonPd, NonCrNonPd, Ne, Pd,
                    ],
                )
            } else {
                NonTarget::None
            };
            slow::Visit {
                day,
                targets,
                non_target,
                flag,
                non_target_grows: rng.below(5) == 0,
                new_grows: flag && rng.below(6) == 0,
                another: flag && rng.below(10) == 0,
                new_sum: (flag && rng.below(3) > 0).then_some(120 + new_sum),
            }
        })
        .collect();
    Slow { baseline, visits }
}

fn mm(tenths: i64) -> f64 {
    tenths as f64 / 10.0
}

/// The history as the file has it, in a random order.
fn as_read(slow: &Slow, rng: &mut Rng) -> History {
    let lesion = |kind, nodal| Lesion {
        id: "L".to_owned(),
        organ: None,
        kind,
        nodal,
    };
    let measure = |place: usize, size: Option<i64>, rng: &mut Rng| {
        let (diameter_mm, state) = match size {
            None => (None, LesionState::NotAssessed),
            Some(0) if rng.below(2) == 0 => (None, LesionState::Gone),
            Some(50) if rng.below(2) == 0 => (None, LesionState::TooSmall),
            Some(size) => (Some(mm(size)), LesionState::Present),
        };
        Measurement {
            lesion: place,
            diameter_mm,
            state,
        }
    };
    let mut visits: Vec<Visit> = (slow.visits.iter())
        .map(|visit| Visit {
            measurements: (visit.targets.iter().enumerate())
                .map(|(place, &size)| measure(place, size, rng))
                .collect(),
            non_target: visit.non_target,
            new_lesion: visit.flag,
            further: Further {
                non_target: visit.non_target_grows,
                new_lesion: visit.new_grows,
                another_new_lesion: visit.another,
                new_lesion_sum_mm: visit.new_sum.map(mm),
            },
            ..Visit::on(day(visit.day))
        })
        .collect();
    visits.push(Visit {
        measurements: (slow.baseline.iter().enumerate())
            .map(|(place, &size)| measure(place, Some(size), rng))
            .collect(),
        ..Visit::on(day(-(rng.below(29) as i64)))
    });
    rng.shuffle(&mut visits);
    History {
        start: start(),
        lesions: vec![
            lesion(LesionKind::Target, false),
            lesion(LesionKind::Target, false),
            lesion(LesionKind::Target, true),
        ],
        visits,
        new_therapy: None,
    }
}

fn as_target(response: Response) -> TargetResponse {
    match response {
        Response::Cr => TargetResponse::Cr,
        Response::Pr => TargetResponse::Pr,
        Response::Sd => TargetResponse::Sd,
        Response::Pd => TargetResponse::Pd,
        Response::Ne | Response::NonCrNonPd => TargetResponse::Ne,
    }
}

/// What must be equal about a history; gives the assessment back to be counted.
fn compare(slow: &Slow, rng: &mut Rng, settings: &Settings) -> Assessment {
    let patient = as_read(slow, rng);
    let assessment = assess(&patient, settings);
    let (rule, minimum) = (
        settings.confirmation.as_ref(),
        i64::from(settings.minimum_stable),
    );
    assert_eq!(assessment.timepoints.len(), slow.visits.len());
    let at: Vec<i64> = slow.visits.iter().map(|visit| visit.day).collect();
    let irecist = slow.irecist_all();
    for (k, point) in assessment.timepoints.iter().enumerate() {
        let case = || format!("assessment {k} of {slow:#?}\n{point:#?}\n{irecist:?}");
        assert_eq!(point.sum, slow.sum(k).map(mm), "{}", case());
        assert_eq!(point.nadir, Some(mm(slow.nadir(k))), "{}", case());
        assert_eq!(point.target, as_target(slow.target(k)), "{}", case());
        assert_eq!(point.overall, slow.overall(k), "{}", case());
        assert_eq!(point.irecist, irecist[k], "{}", case());
    }
    let overall: Vec<(i64, Response)> = (0..at.len()).map(|k| (at[k], slow.overall(k))).collect();
    let case = || format!("{slow:#?} {settings:?}\n{overall:?}\n{irecist:?}");
    let best = slow::best(&overall, rule, minimum);
    assert_eq!(assessment.best_response.response, best, "{}", case());
    let ibest = slow::ibest(&at, &irecist, rule, minimum);
    assert_eq!(
        assessment.irecist_best_response.response,
        ibest,
        "{}",
        case()
    );
    assert_eq!(
        days(assessment.ipfs_date),
        slow::ipfs(&at, &irecist),
        "{}",
        case()
    );
    assessment
}

#[test]
fn responses_of_measured_histories_are_those_of_the_definitions() {
    let mut rng = Rng::new(20_170_302);
    let rules = confirmations();
    let (mut overall_found, mut immune_found) = (BTreeMap::new(), BTreeMap::new());
    let (mut best_found, mut ibest_found) = (BTreeMap::new(), BTreeMap::new());
    for _ in 0..30_000 {
        let slow = generate(&mut rng);
        let rule = if rng.below(2) == 0 {
            None
        } else {
            one_of(&mut rng, &rules)
        };
        let settings = settings(rule, one_of(&mut rng, &[28, 42, 56, 84]));
        let assessment = compare(&slow, &mut rng, &settings);
        for point in &assessment.timepoints {
            *overall_found.entry(point.overall).or_insert(0) += 1;
            *immune_found.entry(point.irecist).or_insert(0) += 1;
        }
        *best_found
            .entry(assessment.best_response.response)
            .or_insert(0) += 1;
        *ibest_found
            .entry(assessment.irecist_best_response.response)
            .or_insert(0) += 1;
    }
    // Every response that measured disease can have occurs often.
    let many = |counts: Vec<usize>, kinds: usize| {
        assert_eq!(counts.len(), kinds, "{counts:?}");
        assert!(counts.iter().all(|&n| n > 100), "{counts:?}");
    };
    assert!(!best_found.contains_key(&BestResponse::NonCrNonPd));
    assert!(!ibest_found.contains_key(&IBestResponse::NonIcrNonIupd));
    many(overall_found.into_values().collect(), 5);
    many(immune_found.into_values().collect(), 6);
    many(best_found.into_values().collect(), 6);
    many(ibest_found.into_values().collect(), 7);
}

#[test]
fn sums_alone_give_what_the_lesions_give() {
    let mut rng = Rng::new(7);
    for _ in 0..5_000 {
        let slow = generate(&mut rng);
        let lesions = as_read(&slow, &mut rng);
        let mut sums = lesions.clone();
        sums.lesions.clear();
        for visit in &mut sums.visits {
            let sizes = visit.measurements.drain(..).map(|measurement| {
                match (measurement.diameter_mm, measurement.state) {
                    (None, LesionState::Gone) => Some(0.0),
                    (None, LesionState::TooSmall) => Some(5.0),
                    (diameter, _) => diameter,
                }
            });
            let sizes: Vec<Option<f64>> = sizes.collect();
            visit.sum_mm =
                (sizes.iter().copied().sum::<Option<f64>>()).map(|sum| (sum * 10.0).round() / 10.0);
            visit.targets_gone = sizes[0] == Some(0.0)
                && sizes[1] == Some(0.0)
                && sizes[2].is_some_and(|node| node < 10.0);
        }
        let settings = Settings::default();
        let (a, b) = (assess(&lesions, &settings), assess(&sums, &settings));
        // What was not measured makes no progression where only the sum is known.
        if slow
            .visits
            .iter()
            .all(|visit| visit.targets.iter().all(Option::is_some))
        {
            assert_eq!(a.timepoints, b.timepoints);
            assert_eq!(a.best_response, b.best_response);
            assert_eq!(a.ipfs_date, b.ipfs_date);
        }
    }
}

#[test]
fn the_settings_of_irecist_move_the_earliest_confirmation() {
    let mut rng = Rng::new(11);
    let mut differ = 0;
    for _ in 0..3_000 {
        let slow = generate(&mut rng);
        let patient = as_read(&slow, &mut rng);
        let strict = Settings {
            immune: ImmuneSettings {
                tolerance: 0,
                ..ImmuneSettings::default()
            },
            ..Settings::default()
        };
        let lax = assess(&patient, &Settings::default());
        let strict = assess(&patient, &strict);
        let confirmed = |assessment: &Assessment| {
            (assessment.timepoints.iter())
                .position(|point| point.irecist == oncurve::recist::IResponse::Icpd)
        };
        match (confirmed(&lax), confirmed(&strict)) {
            (Some(lax), Some(strict)) => assert!(lax <= strict),
            (Some(_), None) | (None, None) => {}
            (None, Some(_)) => panic!("stricter settings confirmed what laxer ones did not"),
        }
        differ += usize::from(confirmed(&lax) != confirmed(&strict));
        assert_eq!(overall(&lax), overall(&strict));
    }
    assert!(differ > 20, "{differ}");
}

/// Ten thousand patients with five assessments of ten lesions each are a moment's work.
#[test]
fn thousands_of_patients_take_milliseconds() {
    let mut rng = Rng::new(13);
    let patients: Vec<History> = (0..10_000)
        .map(|_| {
            let slow = generate(&mut rng);
            as_read(&slow, &mut rng)
        })
        .collect();
    let before = std::time::Instant::now();
    let settings = Settings::default();
    let assessed: usize = (patients.iter())
        .map(|patient| assess(patient, &settings).timepoints.len())
        .sum();
    let took = before.elapsed();
    assert!(assessed > 20_000, "{assessed}");
    // Some fifty times what it takes, for slow machines.
    assert!(took.as_millis() < 2_000, "{took:?}");
}
