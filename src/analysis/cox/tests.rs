use super::super::sample;
use super::*;
use crate::cohort::NumericColumn;
use crate::stats::{CoxTermStatus, Ties};

/// Group B dies at 1, A at 2; one of each is censored later. The partial likelihood of the ratio θ of B over A is
/// θ / (2θ + 2) · 1 / (θ + 2), greatest where (θ + 1)(θ + 2) = θ(2θ + 3): at θ = √2.
fn four() -> Cohort {
    let rows = [
        (Some(1.0), true, Some(1)),
        (Some(2.0), true, Some(0)),
        (Some(3.0), false, Some(1)),
        (Some(4.0), false, Some(0)),
    ];
    sample::cohort(&rows, &["A", "B", "nobody"])
}

fn numbers(column: &str, values: &[Option<f64>]) -> NumericColumn {
    NumericColumn {
        column: column.to_owned(),
        unit: None,
        values: values.to_vec(),
    }
}

fn of(columns: &[&str]) -> CoxOptions {
    CoxOptions {
        covariates: columns.iter().map(|&column| column.to_owned()).collect(),
        ..CoxOptions::default()
    }
}

#[track_caller]
fn run(cohort: &Cohort, options: &CoxOptions) -> CoxOutcome {
    cox_models(cohort, options, &mut |_| ()).unwrap()
}

fn ratio(effect: &Option<CoxEffect>) -> f64 {
    effect.as_ref().unwrap().hazard_ratio.unwrap()
}

fn labels(of: &Characteristic) -> Vec<(&str, usize, usize, bool)> {
    (of.rows.iter())
        .map(|row| {
            (
                row.label.as_deref().unwrap(),
                row.n,
                row.n_event,
                row.reference,
            )
        })
        .collect()
}

#[test]
fn the_ratio_of_four_patients_is_the_root_of_two() {
    let outcome = run(&four(), &of(&["PD-L1"]));
    let of = &outcome.characteristics[0];
    assert_eq!(labels(of), [("A", 2, 1, true), ("B", 2, 1, false)]);
    assert!((ratio(&of.rows[1].model) - 2f64.sqrt()).abs() < 1e-12);
    assert_eq!(of.rows[1].model, of.rows[1].univariable);
    assert_eq!(of.rows[0].model, None);
    assert_eq!((outcome.model.parameters, outcome.model.failure), (1, None));
    assert_eq!(outcome.options.references["PD-L1"], "A");
}

#[test]
fn another_reference_turns_the_ratio_round() {
    let mut options = of(&["PD-L1"]);
    options
        .references
        .insert("PD-L1".to_owned(), "B".to_owned());
    let outcome = run(&four(), &options);
    let of = &outcome.characteristics[0];
    assert_eq!(labels(of), [("B", 2, 1, true), ("A", 2, 1, false)]);
    assert!((ratio(&of.rows[1].model) - 0.5f64.sqrt()).abs() < 1e-12);
}

/// Twelve patients in turn in groups A and B, with an age that one of them lacks and a copy of it.
fn twelve() -> Cohort {
    let rows: Vec<_> = (0..12)
        .map(|i| (Some(f64::from(i + 1)), i % 4 != 3, Some(i as usize % 2)))
        .collect();
    let mut cohort = sample::cohort(&rows, &["A", "B"]);
    let age = |i: usize| [61.0, 52.0, 70.0, 48.0, 66.0, 59.0, 73.0][i * 5 % 7] + i as f64;
    let ages: Vec<Option<f64>> = (0..12).map(|i| (i != 4).then(|| age(i))).collect();
    let twice = ages
        .iter()
        .map(|age| age.map(|age| 2.0 * age))
        .collect::<Vec<_>>();
    cohort.covariates = vec![numbers("Age", &ages), numbers("Twice", &twice)];
    cohort
}

#[test]
fn each_model_takes_those_who_have_its_covariates_and_the_others_are_listed() {
    let outcome = run(&twelve(), &of(&["PD-L1", "Age"]));
    let n = |of: &Characteristic| of.univariable.as_ref().map(|model| model.n);
    assert_eq!(n(&outcome.characteristics[0]), Some(12));
    assert_eq!(n(&outcome.characteristics[1]), Some(11));
    assert_eq!((outcome.n, outcome.model.n), (12, 11));
    let missing = MissingCovariate {
        column: "Age".to_owned(),
        n: 1,
    };
    assert_eq!(outcome.missing, [missing]);
    let [exclusion] = &outcome.exclusions[..] else {
        panic!("{:?}", outcome.exclusions);
    };
    let column = "Age".to_owned();
    assert_eq!(exclusion.reason, ExclusionReason::NoCovariate { column });
    assert_eq!(exclusion.subjects[0].row, 6);
}

#[test]
fn a_covariate_of_the_univariable_table_only_takes_nobody_out_of_the_model() {
    let mut options = of(&["PD-L1", "Age"]);
    options.univariable_only = vec!["Age".to_owned()];
    let outcome = run(&twelve(), &options);
    assert_eq!(outcome.model.n, 12);
    let age = &outcome.characteristics[1];
    assert!(!age.in_model && age.rows[0].model.is_none());
    assert!(age.rows[0].univariable.is_some());
    assert_eq!(outcome.exclusions, []);
}

#[test]
fn steps_logarithms_and_deviations_scale_the_ratio() {
    let cohort = twelve();
    let with = |scale, step| {
        let mut options = of(&["Age"]);
        options
            .numbers
            .insert("Age".to_owned(), NumberUse { scale, step });
        run(&cohort, &options)
    };
    let coef = |outcome: &CoxOutcome| {
        let row = &outcome.characteristics[0].rows[0];
        row.model.as_ref().unwrap().coef.unwrap()
    };
    let per_unit = coef(&with(NumberScale::Step, Some(1.0)));
    assert!((coef(&with(NumberScale::Step, Some(7.0))) - 7.0 * per_unit).abs() < 1e-12);
    let automatic = with(NumberScale::Step, None);
    assert_eq!(automatic.options.numbers["Age"].step, Some(10.0));
    let standardised = with(NumberScale::Standardised, None);
    let CharacteristicKind::Numbers { step, .. } = standardised.characteristics[0].kind else {
        panic!("numbers");
    };
    assert!((coef(&standardised) - step * per_unit).abs() < 1e-12);
    assert_ne!(coef(&with(NumberScale::Log2, None)), per_unit);
}

#[test]
fn zero_has_no_logarithm() {
    let mut cohort = twelve();
    cohort.covariates[0].values[2] = Some(0.0);
    let mut options = of(&["Age"]);
    let scale = NumberScale::Log2;
    options
        .numbers
        .insert("Age".to_owned(), NumberUse { scale, step: None });
    let error = AnalysisError::NotPositive {
        column: "Age".to_owned(),
        value: "0".to_owned(),
    };
    assert_eq!(cox_models(&cohort, &options, &mut |_| ()), Err(error));
}

#[test]
fn a_column_that_others_determine_is_named() {
    let outcome = run(&twelve(), &of(&["Age", "Twice"]));
    assert_eq!(outcome.model.collinear, [(1, 0)]);
    assert_eq!(outcome.model.parameters, 1);
    let twice = outcome.characteristics[1].rows[0].model.as_ref().unwrap();
    assert_eq!(
        (twice.status, twice.hazard_ratio),
        (CoxTermStatus::Collinear, None)
    );
    assert!(ratio(&outcome.characteristics[1].rows[0].univariable) > 0.0);
}

/// All events in group B.
fn separated() -> Cohort {
    let rows: Vec<_> = (1..=14)
        .map(|i| (Some(f64::from(i)), i % 2 == 1, Some(i as usize % 2)))
        .collect();
    sample::cohort(&rows, &["A", "B"])
}

#[test]
fn separation_is_named_and_firths_likelihood_gives_a_finite_ratio() {
    let outcome = run(&separated(), &of(&["PD-L1"]));
    assert_eq!(outcome.model.separated, [(0, 1)]);
    assert!(outcome.model.penalised);
    let effect = outcome.characteristics[0].rows[1].model.as_ref().unwrap();
    let (low, high) = (effect.conf_low.unwrap(), effect.conf_high.unwrap());
    let ratio = effect.hazard_ratio.unwrap();
    assert!(1.0 < low && low < ratio && ratio < high && high < 1e5);
    assert_eq!(outcome.model.proportionality, None);
}

#[test]
fn without_firth_a_separated_ratio_is_not_estimated() {
    let mut options = of(&["PD-L1"]);
    options.firth = FirthUse::Never;
    let outcome = run(&separated(), &options);
    assert!(!outcome.model.penalised);
    let effect = outcome.characteristics[0].rows[1].model.as_ref().unwrap();
    assert_eq!(
        (effect.status, effect.hazard_ratio),
        (CoxTermStatus::RunsUp, None)
    );
}

#[test]
fn covariates_that_interact_join_the_model_with_their_products() {
    let mut options = of(&["PD-L1"]);
    options.interactions = vec![["PD-L1", "Age"].map(str::to_owned)];
    let outcome = run(&twelve(), &options);
    let columns: Vec<&str> = (outcome.characteristics.iter())
        .map(|of| &*of.column)
        .collect();
    assert_eq!(columns, ["PD-L1", "Age", "PD-L1"]);
    assert_eq!(outcome.model.parameters, 3);
    let product = &outcome.characteristics[2];
    assert!(product.univariable.is_none() && product.rows[0].model.is_some());
    assert_eq!(product.rows[0].label.as_deref(), Some("B"));
    assert_eq!(product.rows[0].second_label, None);
}

#[test]
fn groups_that_are_numbers_can_be_used_as_such() {
    let mut cohort = twelve();
    let levels: Vec<Option<f64>> = (0..12).map(|i| Some(f64::from(i % 2))).collect();
    cohort.covariates.push(numbers("PD-L1", &levels));
    let mut options = of(&["PD-L1"]);
    assert_eq!(run(&cohort, &options).characteristics[0].rows.len(), 2);
    let as_groups = ratio(&run(&cohort, &options).characteristics[0].rows[1].model);
    options.as_numbers = vec!["PD-L1".to_owned()];
    let outcome = run(&cohort, &options);
    assert_eq!(outcome.characteristics[0].rows.len(), 1);
    assert!((ratio(&outcome.characteristics[0].rows[0].model) - as_groups).abs() < 1e-9);
}

#[test]
fn without_events_or_variation_there_is_no_model_and_the_reason() {
    let mut cohort = twelve();
    for derived in &mut cohort.endpoints[0].derived {
        if let Some(value) = &mut derived.value {
            value.event = false;
        }
    }
    let outcome = run(&cohort, &of(&["Age"]));
    assert_eq!(outcome.model.failure, Some(CoxFailure::NoEvents));
    let rows: Vec<_> = (1..=4)
        .map(|i| (Some(f64::from(i)), true, Some(0)))
        .collect();
    let outcome = run(&sample::cohort(&rows, &["A", "B"]), &of(&["PD-L1"]));
    assert_eq!(outcome.model.failure, Some(CoxFailure::NothingVaries));
    assert_eq!(labels(&outcome.characteristics[0]), [("A", 4, 4, true)]);
}

#[test]
fn columns_that_are_not_there_are_refused_by_name() {
    let column = "Stage".to_owned();
    let error = AnalysisError::NotACovariate {
        column: column.clone(),
    };
    assert_eq!(
        cox_models(&four(), &of(&["Stage"]), &mut |_| ()),
        Err(error)
    );
    assert_eq!(
        cox_models(&four(), &of(&[]), &mut |_| ()),
        Err(AnalysisError::NoCovariates)
    );
    let mut options = of(&["PD-L1"]);
    options.strata = vec![column.clone()];
    assert_eq!(
        cox_models(&four(), &options, &mut |_| ()),
        Err(AnalysisError::NoGroup { column })
    );
}

#[test]
fn a_row_that_counts_twice_is_two_rows_with_breslows_ties() {
    let single: Vec<_> = (0..12)
        .map(|i| (Some(f64::from(i + 1)), i % 4 != 3, Some(i as usize % 2)))
        .collect();
    let copies = |i: usize| 1 + i % 3;
    let twice: Vec<_> = (single.iter().enumerate())
        .flat_map(|(i, row)| vec![*row; copies(i)])
        .collect();
    let mut weighted = sample::cohort(&single, &["A", "B"]);
    let counts: Vec<Option<f64>> = (0..12).map(|i| Some(copies(i) as f64)).collect();
    weighted.covariates = vec![numbers("Copies", &counts)];
    let mut options = of(&["PD-L1"]);
    options.ties = Ties::Breslow;
    let long = run(&sample::cohort(&twice, &["A", "B"]), &options);
    options.weights = Some("Copies".to_owned());
    let short = run(&weighted, &options);
    let effect = |outcome: &CoxOutcome| {
        let effect = outcome.characteristics[0].rows[1].model.as_ref().unwrap();
        (effect.coef.unwrap(), effect.std_err.unwrap())
    };
    let ((a, b), (c, d)) = (effect(&short), effect(&long));
    assert!((a - c).abs() < 1e-12 && (b - d).abs() < 1e-12);
    assert_eq!(short.weighted, Some([long.n as f64, long.n_event as f64]));
    assert_eq!(short.model.effective_events, long.model.n_event as f64);
    options.weight_kind = WeightKind::Sampling;
    assert!(effect(&run(&weighted, &options)).1 != b);
}

#[test]
fn an_entry_at_the_end_of_follow_up_but_for_rounding_is_too_late() {
    let mut cohort = twelve();
    // 0.1 + 0.2 is not 0.3 to the last bit.
    let time = 0.1 + 0.2;
    cohort.endpoints[0].derived[0].value.as_mut().unwrap().time = time;
    let entries: Vec<Option<f64>> = (0..12)
        .map(|i| if i == 0 { Some(0.3 - 1e-17) } else { Some(0.0) })
        .collect();
    cohort.covariates.push(numbers("Entry", &entries));
    let mut options = of(&["PD-L1"]);
    options.entry = Some("Entry".to_owned());
    let outcome = run(&cohort, &options);
    assert_eq!((outcome.n, outcome.model.failure), (11, None));
    let column = "Entry".to_owned();
    assert_eq!(
        outcome.exclusions[0].reason,
        ExclusionReason::LateEntry { column }
    );
}

#[test]
fn a_covariate_that_is_a_stratum_has_no_ratio_and_is_not_in_the_model() {
    let mut options = of(&["PD-L1", "Age"]);
    options.strata = vec!["PD-L1".to_owned()];
    let outcome = run(&twelve(), &options);
    let [own, age] = &outcome.characteristics[..] else {
        panic!("{:?}", outcome.characteristics);
    };
    assert!(own.stratum && !own.in_model && own.univariable.is_none());
    assert!((own.rows.iter()).all(|row| row.univariable.is_none() && row.model.is_none()));
    assert!(!age.stratum && age.in_model);
    let alone = CoxOptions {
        covariates: vec!["Age".to_owned()],
        ..options
    };
    let alone = run(&twelve(), &alone);
    assert_eq!(age.rows[0].model, alone.characteristics[0].rows[0].model);
    assert_eq!(
        outcome.model,
        CoxModelOutcome {
            proportionality_of: vec![1],
            ..alone.model
        }
    );
}

#[test]
fn an_interaction_with_a_stratum_is_the_difference_of_the_effects_in_the_strata() {
    let mut options = of(&["Age"]);
    options.strata = vec!["PD-L1".to_owned()];
    options.interactions = vec![["Age", "PD-L1"].map(str::to_owned)];
    let both = run(&twelve(), &options);
    let coef = |outcome: &CoxOutcome, of: usize| {
        let effect = outcome.characteristics[of].rows[0].model.as_ref().unwrap();
        effect.coef.unwrap()
    };
    let in_level = |level: usize| {
        let rows: Vec<_> = (0..12)
            .map(|i| {
                let time = (i % 2 == level).then(|| (i + 1) as f64);
                (time, i % 4 != 3, Some(i % 2))
            })
            .collect();
        let mut cohort = sample::cohort(&rows, &["A", "B"]);
        cohort.covariates = twelve().covariates;
        let mut options = of(&["Age"]);
        options.numbers = both.options.numbers.clone();
        coef(&run(&cohort, &options), 0)
    };
    let (first, second) = (in_level(0), in_level(1));
    assert!((coef(&both, 0) - first).abs() < 1e-9);
    assert!((coef(&both, 2) - (second - first)).abs() < 1e-9);
}

#[test]
fn exact_ties_have_no_weights_and_the_reason_is_said() {
    let mut cohort = twelve();
    cohort.covariates.push(numbers("Two", &[Some(2.0); 12]));
    let mut options = of(&["PD-L1"]);
    options.weights = Some("Two".to_owned());
    options.ties = Ties::Exact;
    let outcome = run(&cohort, &options);
    assert_eq!(outcome.model.failure, Some(CoxFailure::WeightedExact));
}

#[test]
fn progress_rises_to_the_end() {
    let mut shares = Vec::new();
    let mut options = of(&["PD-L1", "Age"]);
    options.interval = CoxInterval::Profile;
    cox_models(&twelve(), &options, &mut |share| shares.push(share)).unwrap();
    assert!(
        shares.windows(2).all(|pair| pair[0] <= pair[1]),
        "{shares:?}"
    );
    assert_eq!(shares.last(), Some(&1.0));
}

/// Profile intervals of a hundred thousand patients take seconds: whoever waits hears of every pass over them.
#[test]
fn a_long_fit_tells_of_every_pass_over_the_patients() {
    let n = 100_000;
    let rows: Vec<_> = (0..n)
        .map(|i| (Some((i * 7919 % 100_003) as f64), i % 3 > 0, Some(i % 2)))
        .collect();
    let mut cohort = sample::cohort(&rows, &["A", "B"]);
    let ages: Vec<Option<f64>> = (0..n).map(|i| Some((i * 31 % 61) as f64)).collect();
    cohort.covariates = vec![numbers("Age", &ages)];
    let mut options = of(&["PD-L1", "Age"]);
    options.interval = CoxInterval::Profile;
    let mut shares = vec![0.0];
    let begun = std::time::Instant::now();
    let (mut last, mut longest) = (begun, std::time::Duration::ZERO);
    cox_models(&cohort, &options, &mut |share| {
        shares.push(share);
        longest = longest.max(last.elapsed());
        last = std::time::Instant::now();
    })
    .unwrap();
    println!(
        "{} calls in {:?}, {longest:?} between two",
        shares.len(),
        begun.elapsed()
    );
    let steps: Vec<f64> = shares.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(steps.iter().all(|step| *step >= 0.0), "{shares:?}");
    assert!(shares.len() >= 60, "{}", shares.len());
    assert!(steps.iter().all(|step| *step < 0.15), "{shares:?}");
}
