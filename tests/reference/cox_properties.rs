//! What must hold for every Cox model, on random cohorts.

use oncurve::math::Rng;
use oncurve::stats::{
    ConfType, CoxData, CoxError, CoxModel, CoxSettings, CoxTermStatus, Ties, cox_model, log_rank,
    restricted_cubic_spline, spline_knots,
};

/// Both are at a maximum, up to the last Newton step.
const TOLERANCE: f64 = 1e-8;

struct Cohort {
    time: Vec<f64>,
    event: Vec<bool>,
    covariates: Vec<Vec<f64>>,
    group: Vec<usize>,
}

/// Cohorts of 30 to 110 subjects with a number and an indicator; every other one has heavy ties.
fn cohorts() -> impl Iterator<Item = Cohort> {
    let mut rng = Rng::new(1972);
    (0..60).map(move |i| {
        let n = 30 + rng.below(80);
        let age: Vec<f64> = (0..n).map(|_| rng.uniform() * 4.0 - 2.0).collect();
        let arm: Vec<f64> = (0..n).map(|_| rng.below(2) as f64).collect();
        let tied = i % 2 == 1;
        let mut time = |k: usize| {
            let rate = 0.1 * (0.5 * age[k] - 0.4 * arm[k]).exp();
            let time = -(1.0 - rng.uniform()).ln() / rate + 0.01;
            if tied { time.ceil() } else { time }
        };
        let time: Vec<f64> = (0..n).map(&mut time).collect();
        let event = (0..n).map(|_| rng.uniform() < 0.7).collect();
        let group = (0..n).map(|_| rng.below(3)).collect();
        let covariates = vec![age, arm];
        Cohort {
            time,
            event,
            covariates,
            group,
        }
    })
}

fn settings(ties: Ties) -> CoxSettings {
    CoxSettings {
        ties,
        ..CoxSettings::default()
    }
}

fn fit(data: CoxData<'_>, ties: Ties) -> CoxModel {
    cox_model(&data, settings(ties)).unwrap()
}

fn picked<T: Copy>(values: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|&i| values[i]).collect()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= TOLERANCE * a.abs().max(b.abs()).max(1.0)
}

/// Coefficients, their errors and the likelihoods are equal.
fn assert_same(a: &CoxModel, b: &CoxModel) {
    for (x, y) in a.fit.terms.iter().zip(&b.fit.terms) {
        assert!(near(x.coef.unwrap(), y.coef.unwrap()), "{x:?} {y:?}");
        assert!(near(x.std_err.unwrap(), y.std_err.unwrap()), "{x:?} {y:?}");
    }
    assert!(near(a.fit.log_likelihood, b.fit.log_likelihood));
    assert!(near(a.fit.score.statistic, b.fit.score.statistic));
}

const ALL_TIES: [Ties; 3] = [Ties::Efron, Ties::Breslow, Ties::Exact];

#[test]
fn splitting_an_interval_at_a_time_changes_nothing() {
    let mut rng = Rng::new(5);
    for cohort in cohorts() {
        let whole = CoxData::new(&cohort.time, &cohort.event, &cohort.covariates);
        // Each subject is cut at a time of its own; the first part ends without an event.
        let (mut start, mut time, mut event, mut row) = (vec![], vec![], vec![], vec![]);
        for (i, &end) in cohort.time.iter().enumerate() {
            let cut = end * rng.uniform();
            start.extend([-1.0, cut]);
            time.extend([cut, end]);
            event.extend([false, cohort.event[i]]);
            row.extend([i, i]);
        }
        let covariates: Vec<Vec<f64>> = cohort.covariates.iter().map(|x| picked(x, &row)).collect();
        let mut split = CoxData::new(&time, &event, &covariates);
        split.start = Some(&start);
        split.cluster = Some(&row);
        for ties in ALL_TIES {
            let (a, b) = (fit(whole, ties), fit(split, ties));
            assert_same(&a, &b);
            let robust = |data| {
                let settings = CoxSettings {
                    robust: true,
                    ..settings(ties)
                };
                cox_model(&data, settings).unwrap()
            };
            assert_same(&robust(whole), &robust(split));
            let c = (a.concordance().unwrap(), b.concordance().unwrap());
            assert!(near(c.0.concordance, c.1.concordance), "{c:?}");
        }
    }
}

#[test]
fn doubled_rows_are_rows_of_weight_two() {
    for cohort in cohorts() {
        let twice: Vec<usize> = (0..cohort.time.len()).flat_map(|i| [i, i]).collect();
        let time = picked(&cohort.time, &twice);
        let event = picked(&cohort.event, &twice);
        let covariates: Vec<Vec<f64>> = cohort
            .covariates
            .iter()
            .map(|x| picked(x, &twice))
            .collect();
        let weights = vec![2.0; cohort.time.len()];
        let mut weighted = CoxData::new(&cohort.time, &cohort.event, &cohort.covariates);
        weighted.weights = Some(&weights);
        let doubled = fit(CoxData::new(&time, &event, &covariates), Ties::Breslow);
        assert_same(&doubled, &fit(weighted, Ties::Breslow));
    }
}

#[test]
fn the_order_of_rows_and_the_unit_of_time_change_nothing() {
    let mut rng = Rng::new(3);
    for cohort in cohorts() {
        let mut order: Vec<usize> = (0..cohort.time.len()).collect();
        rng.shuffle(&mut order);
        let time: Vec<f64> = picked(&cohort.time, &order)
            .iter()
            .map(|t| t * 32.0)
            .collect();
        let event = picked(&cohort.event, &order);
        let covariates: Vec<Vec<f64>> = cohort
            .covariates
            .iter()
            .map(|x| picked(x, &order))
            .collect();
        let group = picked(&cohort.group, &order);
        for ties in ALL_TIES {
            let mut a = CoxData::new(&cohort.time, &cohort.event, &cohort.covariates);
            a.strata = Some(&cohort.group);
            let mut b = CoxData::new(&time, &event, &covariates);
            b.strata = Some(&group);
            assert_same(&fit(a, ties), &fit(b, ties));
        }
    }
}

#[test]
fn the_unit_of_a_covariate_changes_its_coefficient_only() {
    for cohort in cohorts() {
        let scaled: Vec<Vec<f64>> = vec![
            cohort.covariates[0].iter().map(|x| 1e9 + x * 1e4).collect(),
            cohort.covariates[1].clone(),
        ];
        let plain = fit(
            CoxData::new(&cohort.time, &cohort.event, &cohort.covariates),
            Ties::Efron,
        );
        let other = fit(
            CoxData::new(&cohort.time, &cohort.event, &scaled),
            Ties::Efron,
        );
        let coef = |model: &CoxModel, j: usize| model.fit.terms[j].coef.unwrap();
        assert!(near(coef(&plain, 0), coef(&other, 0) * 1e4));
        assert!(near(coef(&plain, 1), coef(&other, 1)));
        assert!(near(
            plain.fit.wald.unwrap().statistic,
            other.fit.wald.unwrap().statistic
        ));
    }
}

#[test]
fn the_score_test_of_the_exact_likelihood_is_the_log_rank_test_with_ties_too() {
    for cohort in cohorts() {
        let arm = &cohort.covariates[1..];
        let codes: Vec<usize> = arm[0].iter().map(|&x| x as usize).collect();
        let test = log_rank(&cohort.time, &cohort.event, &codes, 2);
        let exact = fit(CoxData::new(&cohort.time, &cohort.event, arm), Ties::Exact);
        assert!(near(exact.fit.score.statistic, test.statistic.unwrap()));
    }
}

#[test]
fn without_ties_all_three_likelihoods_are_one() {
    for cohort in cohorts().step_by(2) {
        let data = CoxData::new(&cohort.time, &cohort.event, &cohort.covariates);
        assert_same(&fit(data, Ties::Efron), &fit(data, Ties::Breslow));
        assert_same(&fit(data, Ties::Efron), &fit(data, Ties::Exact));
    }
}

#[test]
fn residuals_add_up() {
    for cohort in cohorts() {
        let data = CoxData::new(&cohort.time, &cohort.event, &cohort.covariates);
        let model = fit(data, Ties::Efron);
        let residuals = model.residuals().unwrap();
        assert!(residuals.martingale.iter().sum::<f64>().abs() < TOLERANCE);
        for (j, score) in residuals.score.unwrap().iter().enumerate() {
            assert!(score.iter().sum::<f64>().abs() < 1e-7);
            let schoenfeld = model.schoenfeld().unwrap();
            assert!(schoenfeld.iter().map(|r| r.residual[j]).sum::<f64>().abs() < 1e-7);
        }
    }
}

#[test]
fn a_contrast_of_one_covariate_is_its_coefficient() {
    for cohort in cohorts() {
        let model = fit(
            CoxData::new(&cohort.time, &cohort.event, &cohort.covariates),
            Ties::Efron,
        );
        let contrast = model.contrast(&[0.0, 2.0]).unwrap();
        let term = &model.fit.terms[1];
        assert!(near(contrast.estimate, 2.0 * term.coef.unwrap()));
        assert!(near(contrast.std_err, 2.0 * term.std_err.unwrap()));
        let all = model.joint_test(&[0, 1]).unwrap();
        assert!(near(all.statistic, model.fit.wald.unwrap().statistic));
        let one = model.joint_test(&[1]).unwrap();
        assert!(near(one.statistic, term.statistic.unwrap().powi(2)));
    }
}

#[test]
fn a_covariate_that_follows_from_others_is_named() {
    for cohort in cohorts().take(5) {
        let mut covariates = cohort.covariates.clone();
        let sum = |(a, b): (&f64, &f64)| 3.0 * a - b + 7.0;
        covariates.insert(
            2,
            covariates[0].iter().zip(&covariates[1]).map(sum).collect(),
        );
        let model = fit(
            CoxData::new(&cohort.time, &cohort.event, &covariates),
            Ties::Efron,
        );
        let statuses: Vec<CoxTermStatus> = model.fit.terms.iter().map(|t| t.status).collect();
        use CoxTermStatus::{Collinear, Estimated};
        assert_eq!(statuses, [Estimated, Estimated, Collinear]);
        assert_eq!(
            (model.fit.terms[2].coef, model.fit.likelihood_ratio.df),
            (None, 2)
        );
        // A stratum's own indicator does not vary within it.
        let mut data = CoxData::new(&cohort.time, &cohort.event, &cohort.covariates);
        let arm: Vec<usize> = cohort.covariates[1].iter().map(|&x| x as usize).collect();
        data.strata = Some(&arm);
        let model = fit(data, Ties::Efron);
        assert_eq!(model.fit.terms[1].status, Collinear);
    }
}

#[test]
fn separation_names_the_covariate_and_leaves_the_others() {
    for cohort in cohorts().take(5) {
        let mut covariates = cohort.covariates.clone();
        // An indicator of those who have no event.
        let free = cohort.event.iter().enumerate();
        covariates.push(free.map(|(i, &e)| f64::from(!e && i % 2 == 0)).collect());
        let data = CoxData::new(&cohort.time, &cohort.event, &covariates);
        let model = fit(data, Ties::Efron);
        assert!(model.fit.separation);
        assert_eq!(model.fit.terms[2].status, CoxTermStatus::RunsDown);
        // In the limit those subjects are not at risk at all.
        let kept: Vec<usize> = (0..cohort.time.len())
            .filter(|&i| covariates[2][i] == 0.0)
            .collect();
        let (time, event) = (picked(&cohort.time, &kept), picked(&cohort.event, &kept));
        let rest: Vec<Vec<f64>> = cohort.covariates.iter().map(|x| picked(x, &kept)).collect();
        let limit = fit(CoxData::new(&time, &event, &rest), Ties::Efron);
        for (a, b) in model.fit.terms.iter().zip(&limit.fit.terms) {
            assert!(
                (a.coef.unwrap() - b.coef.unwrap()).abs() < 1e-5,
                "{a:?} {b:?}"
            );
            assert!(
                (a.std_err.unwrap() - b.std_err.unwrap()).abs() < 1e-5,
                "{a:?} {b:?}"
            );
        }
        let intervals = model.profile_intervals().unwrap();
        let bounded = intervals[2].unwrap();
        assert!(
            bounded.conf_low.is_none() && bounded.conf_high.is_some(),
            "{bounded:?}"
        );
        assert_eq!(model.predict(&[0.0; 3], ConfType::Log), None);
    }
}

#[test]
fn a_straight_effect_is_not_found_curved() {
    let cohort = cohorts().nth(2).unwrap();
    let age = &cohort.covariates[0];
    let knots = spline_knots(age, 4).unwrap();
    let columns: Vec<Vec<f64>> = age
        .iter()
        .map(|&x| restricted_cubic_spline(x, &knots))
        .collect();
    let column = |k: usize| columns.iter().map(|row| row[k]).collect::<Vec<f64>>();
    let covariates = vec![age.clone(), column(0), column(1)];
    let spline = fit(
        CoxData::new(&cohort.time, &cohort.event, &covariates),
        Ties::Efron,
    );
    let bend = spline.joint_test(&[1, 2]).unwrap();
    assert_eq!(bend.df, 2);
    assert!(bend.p_value > 0.05, "{bend:?}");
    // As great a drop of the likelihood, to first order.
    let line = fit(
        CoxData::new(&cohort.time, &cohort.event, &cohort.covariates[..1]),
        Ties::Efron,
    );
    let ratio = 2.0 * (spline.fit.log_likelihood - line.fit.log_likelihood);
    assert!(
        ratio >= 0.0 && (ratio - bend.statistic).abs() < 0.5,
        "{ratio} {bend:?}"
    );
}

#[test]
fn what_cannot_be_fitted_says_why() {
    let (time, event) = ([1.0, 2.0, 3.0], [true, false, true]);
    let covariates = [vec![1.0, 2.0, 4.0]];
    let plain = CoxData::new(&time, &event, &covariates);
    let refused = |data: CoxData<'_>, ties: Ties| cox_model(&data, settings(ties)).unwrap_err();
    let mut data = plain;
    data.weights = Some(&[1.0, 2.0, 1.0]);
    assert_eq!(refused(data, Ties::Exact), CoxError::WeightedExact);
    data.weights = Some(&[1.0, 0.0, 1.0]);
    assert_eq!(
        refused(data, Ties::Efron).to_string(),
        "subject 1 has weight 0, which is not a finite number > 0"
    );
    let mut data = plain;
    data.start = Some(&[0.0, 2.0, 1.0]);
    assert_eq!(
        refused(data, Ties::Efron).to_string(),
        "subject 1 enters at 2, not before the end of follow-up at 2"
    );
    let mut data = plain;
    data.offset = Some(&[0.0, f64::NAN, 0.0]);
    assert_eq!(refused(data, Ties::Efron), CoxError::InvalidOffset(1));
}
