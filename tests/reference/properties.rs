//! What must hold for every cohort, on random ones.

use oncurve::math::Rng;
use oncurve::stats::{
    Arrangements, ConfType, FollowUp, FollowUpOptions, GroupedFollowUp, MAX_COMBO, RiskTable, Ties,
    Weight, cox, kaplan_meier, log_rank, permutation_log_rank,
};

/// Rounding of the same sums in another order.
const TOLERANCE: f64 = 1e-12;

struct Cohort {
    time: Vec<f64>,
    event: Vec<bool>,
    group: Vec<usize>,
}

/// Cohorts of 2 to 80 subjects in `n_groups` groups; every other one has heavy ties.
fn cohorts(n_groups: usize) -> impl Iterator<Item = Cohort> {
    let mut rng = Rng::new(1972);
    (0..200).map(move |i| {
        let n = 2 + rng.below(79);
        let mut time = || {
            let time = -(1.0 - rng.uniform()).ln() * 10.0;
            if i % 2 == 0 { time } else { time.round() }
        };
        let time: Vec<f64> = (0..n).map(|_| time()).collect();
        let share = rng.uniform();
        let event = (0..n).map(|_| rng.uniform() < share).collect();
        let group = (0..n).map(|_| rng.below(n_groups)).collect();
        Cohort { time, event, group }
    })
}

fn permuted<T: Copy>(values: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|&i| values[i]).collect()
}

fn close(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= TOLERANCE * a.abs().max(b.abs()).max(1e-3),
        (None, None) => true,
        _ => false,
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let mut rng = Rng::new(3);
    for cohort in cohorts(3) {
        let mut order: Vec<usize> = (0..cohort.time.len()).collect();
        rng.shuffle(&mut order);
        let time = permuted(&cohort.time, &order);
        let event = permuted(&cohort.event, &order);
        let group = permuted(&cohort.group, &order);
        assert_eq!(
            FollowUp::new(&time, &event),
            FollowUp::new(&cohort.time, &cohort.event)
        );
        assert_eq!(
            log_rank(&time, &event, &group, 3),
            log_rank(&cohort.time, &cohort.event, &cohort.group, 3)
        );
    }
}

#[test]
fn the_unit_of_time_changes_times_only() {
    for cohort in cohorts(3) {
        // A power of two, so that the products are exact.
        let time: Vec<f64> = cohort.time.iter().map(|time| time * 32.0).collect();
        let curve = |time: &[f64]| {
            let data = FollowUp::new(time, &cohort.event).unwrap();
            kaplan_meier(&data, ConfType::LogLog, 0.95)
        };
        let (scaled, plain) = (curve(&time), curve(&cohort.time));
        for (a, b) in scaled.steps.iter().zip(&plain.steps) {
            assert_eq!((a.time, a.survival), (b.time * 32.0, b.survival));
            assert_eq!((a.conf_low, a.conf_high), (b.conf_low, b.conf_high));
        }
        let median = |curve: &oncurve::stats::SurvivalCurve| curve.quantile(0.5).estimate;
        assert_eq!(median(&scaled), median(&plain).map(|median| median * 32.0));
        assert_eq!(
            log_rank(&time, &cohort.event, &cohort.group, 3),
            log_rank(&cohort.time, &cohort.event, &cohort.group, 3)
        );
    }
}

#[test]
fn the_names_of_the_groups_change_nothing() {
    for cohort in cohorts(4) {
        let renamed: Vec<usize> = cohort.group.iter().map(|g| (g + 3) % 4).collect();
        let a = log_rank(&cohort.time, &cohort.event, &cohort.group, 4);
        let b = log_rank(&cohort.time, &cohort.event, &renamed, 4);
        assert!(close(a.statistic, b.statistic), "{a:?} {b:?}");
        assert_eq!((a.df, a.observed[0], a.n[1]), (b.df, b.observed[3], b.n[0]));
    }
}

#[test]
fn an_empty_third_group_changes_nothing() {
    for cohort in cohorts(2) {
        let two = log_rank(&cohort.time, &cohort.event, &cohort.group, 2);
        let three = log_rank(&cohort.time, &cohort.event, &cohort.group, 3);
        assert!(close(two.statistic, three.statistic), "{two:?} {three:?}");
        assert_eq!((two.df, two.observed[1]), (three.df, three.observed[1]));
    }
}

#[test]
fn doubled_rows_are_rows_of_weight_two() {
    for cohort in cohorts(2) {
        let twice = [&cohort.time[..], &cohort.time].concat();
        let events = [&cohort.event[..], &cohort.event].concat();
        let doubled = FollowUp::new(&twice, &events).unwrap();
        let options = FollowUpOptions {
            weights: Some(&vec![2.0; cohort.time.len()]),
            ..FollowUpOptions::default()
        };
        let weighted = FollowUp::with(&cohort.time, &cohort.event, options).unwrap();
        assert_eq!(doubled.ties(), weighted.ties());
    }
}

#[test]
fn entry_before_everything_is_no_entry() {
    for cohort in cohorts(2) {
        let time: Vec<f64> = cohort.time.iter().map(|time| time + 1.0).collect();
        let options = FollowUpOptions {
            entry: Some(&vec![0.5; time.len()]),
            ..FollowUpOptions::default()
        };
        let late = FollowUp::with(&time, &cohort.event, options).unwrap();
        assert_eq!(late, FollowUp::new(&time, &cohort.event).unwrap());
    }
}

#[test]
fn at_risk_censored_and_events_add_up_at_every_time() {
    for cohort in cohorts(2) {
        let data = FollowUp::new(&cohort.time, &cohort.event).unwrap();
        let curve = kaplan_meier(&data, ConfType::LogLog, 0.95);
        for time in (0..60).map(f64::from).chain(cohort.time.iter().copied()) {
            let sum = curve.n_risk(time) + curve.cum_event(time) + curve.cum_censor(time);
            assert_eq!(sum, cohort.time.len() as f64, "at {time}");
        }
    }
}

#[test]
fn the_score_test_of_a_cox_model_without_ties_is_the_log_rank_test() {
    let mut compared = 0;
    for cohort in cohorts(2).step_by(2) {
        let arm: Vec<f64> = cohort.group.iter().map(|&g| g as f64).collect();
        let test = log_rank(&cohort.time, &cohort.event, &cohort.group, 2);
        for ties in [Ties::Efron, Ties::Breslow] {
            if let (Ok(fit), Some(statistic)) = (
                cox(
                    &cohort.time,
                    &cohort.event,
                    std::slice::from_ref(&arm),
                    ties,
                    0.95,
                ),
                test.statistic,
            ) {
                assert!(
                    (fit.score.statistic - statistic).abs() <= 1e-10 * statistic.max(1.0),
                    "{fit:?} {test:?}"
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 150, "{compared}");
}

#[test]
fn exact_and_simulated_permutation_tests_agree() {
    let mut largest: f64 = 0.0;
    for cohort in cohorts(3).filter(|cohort| cohort.time.len() < 11) {
        let p = |time: &[f64], draws| {
            let (event, group) = (&cohort.event, &cohort.group);
            permutation_log_rank(time, event, group, 3, draws, 9, &mut Arrangements::count)
                .map(|t| t.p_value)
        };
        let Some(exact) = p(&cohort.time, 1) else {
            continue;
        };
        let mut rng = Rng::new(7);
        let mut labels = cohort.group.clone();
        let observed = log_rank(&cohort.time, &cohort.event, &labels, 3)
            .statistic
            .unwrap();
        let draws = 4_000;
        let mut extreme = 0.0;
        for _ in 0..draws {
            rng.shuffle(&mut labels);
            let drawn = log_rank(&cohort.time, &cohort.event, &labels, 3).statistic;
            extreme += f64::from(drawn.unwrap_or(0.0) >= observed * (1.0 - 1e-9));
        }
        largest = largest.max((exact - extreme / f64::from(draws)).abs());
    }
    // Four standard errors of a share of 4,000.
    assert!(
        largest > 0.0 && largest < 4.0 * (0.25f64 / 4_000.0).sqrt(),
        "{largest}"
    );
}

#[test]
fn the_weighted_tests_of_two_groups_are_those_of_three_with_an_empty_one() {
    for cohort in cohorts(2) {
        let test = |k| {
            let data = GroupedFollowUp::new(&cohort.time, &cohort.event, &cohort.group, k);
            RiskTable::new(&data).unwrap().test(Weight::TaroneWare)
        };
        let (two, three) = (test(2), test(3));
        assert!(close(two.statistic, three.statistic), "{two:?} {three:?}");
        assert_eq!(two.df, three.df);
        // And χ² of two groups is z² of either.
        let z = two.score[1] * two.score[1] / two.variance[3];
        assert!(close(two.statistic, two.statistic.map(|_| z)), "{two:?}");
        let log_rank = log_rank(&cohort.time, &cohort.event, &cohort.group, 2);
        let data = GroupedFollowUp::new(&cohort.time, &cohort.event, &cohort.group, 2);
        let same = RiskTable::new(&data).unwrap().test(Weight::LogRank);
        assert!(close(log_rank.statistic, same.statistic));
    }
}

#[test]
fn subjects_split_at_a_time_change_no_weighted_test() {
    for cohort in cohorts(3) {
        let data = GroupedFollowUp::new(&cohort.time, &cohort.event, &cohort.group, 3);
        // Everybody is split at 7: at risk until then, and from then on as another row.
        let (mut time, mut entry) = (Vec::new(), Vec::new());
        let (mut event, mut group) = (Vec::new(), Vec::new());
        for i in 0..cohort.time.len() {
            let mut add = |from: f64, to: f64, dies: bool| {
                entry.push(from);
                time.push(to);
                event.push(dies);
                group.push(cohort.group[i]);
            };
            if cohort.time[i] > 7.0 {
                add(-1.0, 7.0, false);
                add(7.0, cohort.time[i], cohort.event[i]);
            } else {
                add(-1.0, cohort.time[i], cohort.event[i]);
            }
        }
        let split = GroupedFollowUp {
            entry: Some(&entry),
            ..GroupedFollowUp::new(&time, &event, &group, 3)
        };
        let (whole, split) = (
            RiskTable::new(&data).unwrap(),
            RiskTable::new(&split).unwrap(),
        );
        for weight in MAX_COMBO
            .into_iter()
            .chain([Weight::GehanBreslow, Weight::PetoPeto])
        {
            let (whole, split) = (whole.test(weight), split.test(weight));
            assert!(
                close(whole.statistic, split.statistic),
                "{whole:?} {split:?}"
            );
        }
    }
}
