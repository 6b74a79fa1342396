//! The smallest and emptiest cohorts: an answer or a reason, never a number that is none.

use oncurve::stats::{
    Adjustment, Arrangements, ConfType, CoxError, FisherTest, FollowUp, FollowUpError,
    FollowUpOptions, Proportion, ProportionMethod, Ties, adjust, cox, fisher_exact, kaplan_meier,
    log_rank, newcombe, pairwise_log_rank, permutation_log_rank, proportion, reverse_kaplan_meier,
};

use crate::survival::TYPES;

fn follow_up(time: &[f64], event: &[bool]) -> FollowUp {
    FollowUp::new(time, event).unwrap()
}

#[test]
fn what_cannot_be_analysed_is_refused_with_the_subject() {
    assert_eq!(FollowUp::new(&[], &[]), Err(FollowUpError::Empty));
    let lengths = FollowUp::new(&[1.0, 2.0], &[true]);
    assert_eq!(lengths, Err(FollowUpError::UnequalLengths(2, 1)));
    for bad in [-1.0, f64::INFINITY] {
        let refused = FollowUp::new(&[3.0, bad], &[true, false]);
        let (subject, time) = (1, bad);
        assert_eq!(refused, Err(FollowUpError::InvalidTime { subject, time }));
    }
    let nan = FollowUp::new(&[f64::NAN], &[true]);
    assert!(matches!(
        nan,
        Err(FollowUpError::InvalidTime { subject: 0, .. })
    ));
    let options = FollowUpOptions {
        entry: Some(&[0.0, 4.0]),
        ..FollowUpOptions::default()
    };
    let (subject, entry, time) = (1, 4.0, 4.0);
    assert_eq!(
        FollowUp::with(&[3.0, 4.0], &[true, true], options),
        Err(FollowUpError::InvalidEntry {
            subject,
            entry,
            time
        })
    );
    let options = FollowUpOptions {
        weights: Some(&[0.0]),
        ..FollowUpOptions::default()
    };
    let (subject, weight) = (0, 0.0);
    assert_eq!(
        FollowUp::with(&[3.0], &[true], options),
        Err(FollowUpError::InvalidWeight { subject, weight })
    );
}

#[test]
fn one_patient_who_dies_has_a_median_without_limits() {
    for (_, conf_type) in TYPES {
        let curve = kaplan_meier(&follow_up(&[5.0], &[true]), conf_type, 0.95);
        let step = curve.steps[0];
        assert_eq!(
            (step.survival, step.std_err, step.conf_low),
            (0.0, None, None)
        );
        let median = curve.quantile(0.5);
        assert_eq!(
            (median.estimate, median.conf_low, median.conf_high),
            (Some(5.0), None, None)
        );
        // Nobody survived: known for ever.
        assert_eq!(curve.landmark(9.0).survival, Some(0.0));
    }
}

#[test]
fn without_events_nothing_is_reached() {
    let curve = kaplan_meier(
        &follow_up(&[0.0, 3.0, 3.0], &[false; 3]),
        ConfType::LogLog,
        0.95,
    );
    assert!(
        curve
            .steps
            .iter()
            .all(|step| step.survival == 1.0 && step.conf_low.is_none())
    );
    assert_eq!(curve.quantile(0.5).estimate, None);
    assert_eq!(curve.landmark(3.0).survival, Some(1.0));
    assert_eq!(curve.landmark(3.1).survival, None);
    let follow_up = reverse_kaplan_meier(
        &follow_up(&[0.0, 3.0, 3.0], &[false; 3]),
        ConfType::LogLog,
        0.95,
    );
    assert_eq!(follow_up.quantile(0.5).estimate, Some(3.0));
}

#[test]
fn an_event_at_time_zero_counts() {
    let curve = kaplan_meier(
        &follow_up(&[0.0, -0.0, 2.0, 2.0], &[true, false, true, false]),
        ConfType::Plain,
        0.95,
    );
    assert_eq!(curve.steps.len(), 2);
    assert_eq!(
        (curve.n_risk(0.0), curve.at(0.0).unwrap().survival),
        (4.0, 0.75)
    );
    assert_eq!(
        (curve.at(2.0).unwrap().survival, curve.n_risk(2.1)),
        (0.375, 0.0)
    );
}

#[test]
fn a_landmark_that_misses_a_time_by_rounding_is_that_time() {
    let times = [0.1 + 0.2, 1.0];
    let curve = kaplan_meier(&follow_up(&times, &[true, false]), ConfType::LogLog, 0.95);
    assert_eq!(
        (curve.at(0.3).unwrap().survival, curve.n_risk(0.3)),
        (0.5, 2.0)
    );
    let curve = kaplan_meier(
        &follow_up(&[0.3, 1.0], &[true, false]),
        ConfType::LogLog,
        0.95,
    );
    assert_eq!(curve.n_risk(0.1 + 0.2), 2.0);
}

#[test]
fn groups_that_cannot_be_compared_have_no_p_value() {
    // No events; one group; groups that are never at risk together.
    for (time, event, group) in [
        ([1.0, 2.0, 3.0], [false; 3], [0, 1, 1]),
        ([1.0, 2.0, 3.0], [true; 3], [1, 1, 1]),
        ([1.0, 2.0, 3.0], [false, false, true], [0, 0, 1]),
    ] {
        let test = log_rank(&time, &event, &group, 2);
        assert_eq!((test.statistic, test.p_value, test.df), (None, None, 0));
        assert_eq!(
            pairwise_log_rank(&time, &event, &group, 2)[0].p_adjusted,
            None
        );
        let permuted =
            permutation_log_rank(&time, &event, &group, 2, 10, 1, &mut Arrangements::count);
        assert_eq!(permuted, None);
    }
    assert_eq!(log_rank(&[1.0], &[true], &[0], 1).statistic, None);
    assert_eq!(
        adjust(&[Some(0.02), None, Some(0.03)], Adjustment::Holm),
        [Some(0.04), None, Some(0.04)]
    );
}

#[test]
fn models_that_cannot_be_fitted_say_why() {
    let time = [1.0, 2.0, 3.0, 4.0];
    let fit = |event: &[bool], x: &[f64]| cox(&time, event, &[x.to_vec()], Ties::Efron, 0.95);
    let x = [0.0, 1.0, 0.0, 1.0];
    assert_eq!(fit(&[false; 4], &x), Err(CoxError::NoEvents));
    assert_eq!(fit(&[true; 4], &[2.0; 4]), Err(CoxError::Constant(0)));
    assert_eq!(
        fit(&[true; 4], &x[..3]),
        Err(CoxError::UnequalLengths(0, 3))
    );
    let nan = [0.0, 1.0, f64::NAN, 1.0];
    assert_eq!(fit(&[true; 4], &nan), Err(CoxError::InvalidValue(0, 2)));
    assert_eq!(
        cox(&time, &[true; 4], &[], Ties::Efron, 0.95),
        Err(CoxError::NoCovariates)
    );
    // The only event is the last to leave: nobody to compare with.
    let alone = fit(&[false, false, false, true], &x).unwrap();
    assert_eq!(
        (alone.terms[0].coef, alone.likelihood_ratio.statistic),
        (None, 0.0)
    );
    assert!(!alone.separation);
}

#[test]
fn proportions_of_nobody_and_of_all() {
    let nobody = proportion(0, 0, ProportionMethod::Wilson, 0.95);
    let none = Proportion {
        count: 0,
        n: 0,
        estimate: None,
        conf_low: None,
        conf_high: None,
    };
    assert_eq!(nobody, none);
    assert_eq!(newcombe((0, 0), (1, 2), 0.95), None);
    let certain = FisherTest {
        p_value: 1.0,
        draws: None,
        std_err: None,
    };
    for counts in [&[][..], &[(3, 4)], &[(0, 3), (0, 4)], &[(0, 0), (2, 1)]] {
        assert_eq!(fisher_exact(counts, 1), certain, "{counts:?}");
    }
}

#[test]
fn too_many_tables_are_simulated_with_the_seed() {
    let counts: Vec<(usize, usize)> = (0..10).map(|g| (30 + 2 * g, 60 - g)).collect();
    let test = fisher_exact(&counts, 5);
    assert_eq!(test, fisher_exact(&counts, 5));
    assert!(
        test.draws.is_some() && test.p_value > 0.0 && test.p_value < 1.0,
        "{test:?}"
    );
}

#[test]
fn a_table_of_very_many_patients_is_tested_in_a_moment() {
    let two = fisher_exact(&[(50_000, 50_000), (50_500, 49_500)], 1);
    assert!(
        two.draws.is_none() && two.p_value > 0.02 && two.p_value < 0.03,
        "{two:?}"
    );
    let three = fisher_exact(&[(9_000, 9_000), (9_100, 8_900), (9_000, 9_000)], 1);
    assert!(
        three.draws.is_some_and(|draws| draws < 100_000),
        "{three:?}"
    );
}

#[test]
fn an_interval_of_a_million_patients_is_found_in_a_moment() {
    for method in [ProportionMethod::ClopperPearson, ProportionMethod::MidP] {
        let exact = proportion(300_000, 1_000_000, method, 0.95);
        let score = proportion(300_000, 1_000_000, ProportionMethod::Wilson, 0.95);
        let apart = (exact.conf_low.unwrap() - score.conf_low.unwrap()).abs();
        assert!(apart < 2e-6, "{exact:?}");
    }
}

#[test]
fn results_are_plain_json() {
    let curve = kaplan_meier(
        &follow_up(&[1.0, 2.0], &[true, false]),
        ConfType::LogLog,
        0.95,
    );
    let json = serde_json::to_value(&curve).unwrap();
    assert_eq!(json["steps"][0]["survival"], 0.5);
    let test = log_rank(&[1.0, 2.0], &[false; 2], &[0, 1], 2);
    assert_eq!(
        serde_json::to_value(&test).unwrap()["p_value"],
        serde_json::Value::Null
    );
}
