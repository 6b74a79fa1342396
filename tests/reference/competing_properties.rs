//! What holds of competing risks whatever the data: on random cohorts.

use oncurve::stats::{
    CompetingRisks, FineGrayConvention, FineGrayFit, FineGrayOptions, FollowUpOptions, GrayOptions,
    IncidenceOptions, Ties, cumulative_incidence, fine_gray, gray_test,
};

struct Cohort {
    time: Vec<f64>,
    cause: Vec<usize>,
    group: Vec<usize>,
    x: Vec<f64>,
}

/// Thirty cohorts of 30 to 80 subjects with ties, two causes and two groups.
fn cohorts() -> impl Iterator<Item = Cohort> {
    let mut seed = 20_261_122_u64;
    let mut next = move |below: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    (0..30).map(move |_| {
        let n = 30 + next(50) as usize;
        Cohort {
            time: (0..n).map(|_| (1 + next(40)) as f64).collect(),
            cause: (0..n).map(|_| next(3) as usize).collect(),
            group: (0..n).map(|_| next(2) as usize).collect(),
            x: (0..n).map(|_| next(100) as f64 / 10.0).collect(),
        }
    })
}

impl Cohort {
    fn data(&self) -> CompetingRisks {
        CompetingRisks::new(&self.time, &self.cause, 2).unwrap()
    }

    fn rows(&self, rows: &[usize]) -> Self {
        Self {
            time: rows.iter().map(|&i| self.time[i]).collect(),
            cause: rows.iter().map(|&i| self.cause[i]).collect(),
            group: rows.iter().map(|&i| self.group[i]).collect(),
            x: rows.iter().map(|&i| self.x[i]).collect(),
        }
    }

    /// Estimates and errors of both causes at every time.
    fn incidence(&self) -> Vec<f64> {
        let curves = cumulative_incidence(&self.data(), IncidenceOptions::default());
        let steps = curves.steps.iter().flat_map(|step| &step.causes);
        steps
            .flat_map(|cause| [cause.cum_incidence.estimate, cause.cum_incidence.std_err])
            .collect()
    }

    fn gray(&self) -> [f64; 2] {
        [1, 2].map(|cause| {
            let options = GrayOptions {
                cause,
                rho: 0.0,
                stratum: None,
            };
            let test = gray_test(&self.data(), &self.group, 2, options);
            test.statistic.unwrap()
        })
    }

    fn fine_gray(&self, ties: Ties) -> Vec<f64> {
        numbers(&fit(&self.data(), std::slice::from_ref(&self.x), ties))
    }
}

fn fit(data: &CompetingRisks, covariates: &[Vec<f64>], ties: Ties) -> FineGrayFit {
    let options = FineGrayOptions {
        cause: 1,
        convention: FineGrayConvention::Survival { ties },
        conf_level: 0.95,
    };
    fine_gray(data, covariates, options).unwrap()
}

fn numbers(fit: &FineGrayFit) -> Vec<f64> {
    let term = &fit.terms[0];
    vec![
        term.coef.unwrap(),
        term.std_err.unwrap(),
        fit.log_likelihood,
    ]
}

fn same(one: &[f64], other: &[f64], tolerance: f64) {
    assert_eq!(one.len(), other.len());
    for (a, b) in one.iter().zip(other) {
        assert!((a - b).abs() <= tolerance * b.abs().max(1.0), "{a} {b}");
    }
}

#[test]
fn the_order_of_rows_and_the_unit_of_time_change_nothing() {
    for cohort in cohorts() {
        let n = cohort.time.len();
        let mut other = cohort.rows(&(0..n).rev().collect::<Vec<_>>());
        other.time.iter_mut().for_each(|time| *time *= 30.4375);
        same(&cohort.incidence(), &other.incidence(), 1e-12);
        same(&cohort.gray(), &other.gray(), 1e-9);
        let ties = Ties::Efron;
        same(&cohort.fine_gray(ties), &other.fine_gray(ties), 1e-9);
    }
}

#[test]
fn the_names_of_the_causes_and_groups_change_nothing() {
    for cohort in cohorts() {
        let swapped = Cohort {
            cause: cohort.cause.iter().map(|&cause| [0, 2, 1][cause]).collect(),
            group: cohort.group.iter().map(|&group| 1 - group).collect(),
            ..cohort.rows(&(0..cohort.time.len()).collect::<Vec<_>>())
        };
        let pairs = |all: Vec<f64>| -> Vec<f64> {
            let steps = all.chunks(4);
            steps.flat_map(|s| [s[2], s[3], s[0], s[1]]).collect()
        };
        same(&cohort.incidence(), &pairs(swapped.incidence()), 1e-12);
        let [first, second] = swapped.gray();
        same(&cohort.gray(), &[second, first], 1e-9);
    }
}

#[test]
fn doubled_rows_are_rows_of_weight_two() {
    for cohort in cohorts() {
        let n = cohort.time.len();
        let doubled = cohort.rows(&(0..2 * n).map(|i| i / 2).collect::<Vec<_>>());
        let two = vec![2.0; n];
        let weights = FollowUpOptions {
            weights: Some(&two),
            ..FollowUpOptions::default()
        };
        let weighted = CompetingRisks::with(&cohort.time, &cohort.cause, 2, weights).unwrap();
        let estimates = |all: Vec<f64>| all.into_iter().step_by(2).collect::<Vec<f64>>();
        let curves = cumulative_incidence(&weighted, IncidenceOptions::default());
        let steps = curves.steps.iter().flat_map(|step| &step.causes);
        let ours: Vec<f64> = steps.map(|cause| cause.cum_incidence.estimate).collect();
        same(&ours, &estimates(doubled.incidence()), 1e-12);
        // Equal weights do not bend the censoring, which is estimated without them.
        let x = [cohort.x.clone()];
        let one = fit(&weighted, &x, Ties::Breslow);
        let other = fit(
            &doubled.data(),
            std::slice::from_ref(&doubled.x),
            Ties::Breslow,
        );
        same(
            &[one.terms[0].coef.unwrap()],
            &[other.terms[0].coef.unwrap()],
            1e-9,
        );
        same(
            &[one.naive_std_err[0].unwrap()],
            &[other.naive_std_err[0].unwrap()],
            1e-9,
        );
    }
}

#[test]
fn what_is_left_and_all_incidences_add_up_to_one() {
    for cohort in cohorts() {
        let curves = cumulative_incidence(&cohort.data(), IncidenceOptions::default());
        for step in &curves.steps {
            let causes = step.causes.iter().map(|cause| cause.cum_incidence.estimate);
            assert!((step.survival.estimate + causes.sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }
}
