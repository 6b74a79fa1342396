//! Cox models and subgroups as the page runs them, from the csv to the ratios, against R.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, CoxEffect, CoxModelOutcome, CoxOptions, CoxOutcome, CoxTest, Interaction,
    NumberScale, NumberUse, Outcome, SubgroupsOptions, SubgroupsOutcome, Ties, TimeTransform,
};
use oncurve::cohort::{Endpoint, Mapping};
use serde_json::Value;

use crate::study;

/// Relative: both sides solve the same equations to the last bits but a few.
const TOLERANCE: f64 = 1e-9;

/// The data set with OS in days, these columns as groups and those as numbers.
pub fn data(name: &str, groups: &[&str], covariates: &[&str]) -> Study {
    let mapping = Mapping {
        groups: groups.iter().copied().map(study::grouping).collect(),
        covariates: covariates.iter().map(|&column| column.to_owned()).collect(),
        ..study::reference(name, None).mapping().clone()
    };
    study::open(&format!("tests/reference/data/{name}.csv"), mapping)
}

pub fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn cox(study: &Study, options: CoxOptions) -> CoxOutcome {
    match study::run(study, &Analysis::Cox(options)) {
        Outcome::Cox(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

/// The largest relative difference seen; nothing is held to less than [`TOLERANCE`].
#[derive(Default)]
struct Largest(f64);

impl Largest {
    fn close(&mut self, ours: Option<f64>, theirs: &Value, what: &str) {
        let theirs = theirs
            .as_f64()
            .unwrap_or_else(|| panic!("{what}: {theirs}"));
        let ours = ours.unwrap_or_else(|| panic!("{what}: not estimated"));
        let difference = (ours - theirs).abs() / theirs.abs().max(1e-12);
        assert!(difference <= TOLERANCE, "{what}: {ours} and {theirs}");
        self.0 = self.0.max(difference);
    }

    fn test(&mut self, ours: Option<CoxTest>, theirs: &Value, what: &str) {
        let ours = ours.unwrap_or_else(|| panic!("{what}: no test"));
        assert_eq!(
            ours.df as u64,
            theirs["df"].as_f64().unwrap() as u64,
            "{what}"
        );
        self.close(Some(ours.statistic), &theirs["statistic"], what);
        self.close(Some(ours.p_value), &theirs["p_value"], what);
    }

    fn effect(&mut self, ours: &CoxEffect, theirs: &Value, what: &str) {
        let what = format!("{what}: {}", theirs["name"]);
        self.close(ours.coef, &theirs["coef"], &what);
        self.close(ours.std_err, &theirs["std_err"], &what);
        self.close(ours.hazard_ratio, &theirs["hazard_ratio"], &what);
        self.close(ours.conf_low, &theirs["conf_low"], &what);
        self.close(ours.conf_high, &theirs["conf_high"], &what);
        self.close(ours.p_value, &theirs["p_value"], &what);
    }

    fn effects<'a>(
        &mut self,
        ours: impl Iterator<Item = &'a CoxEffect>,
        theirs: &Value,
        what: &str,
    ) {
        let ours: Vec<&CoxEffect> = ours.collect();
        let theirs = theirs.as_array().unwrap();
        assert_eq!(ours.len(), theirs.len(), "{what}");
        for (ours, theirs) in ours.into_iter().zip(theirs) {
            self.effect(ours, theirs, what);
        }
    }

    fn model(&mut self, ours: &CoxModelOutcome, theirs: &Value, what: &str) {
        assert_eq!(ours.n as u64, theirs["n"], "{what}");
        assert_eq!(
            ours.n_event as f64,
            theirs["n_event"].as_f64().unwrap(),
            "{what}"
        );
        self.test(ours.likelihood_ratio, &theirs["likelihood_ratio"], what);
        self.close(ours.wald.map(|test| test.statistic), &theirs["wald"], what);
        self.test(ours.score, &theirs["score"], what);
        let concordance = ours.concordance.as_ref();
        self.close(
            concordance.map(|c| c.concordance),
            &theirs["concordance"],
            what,
        );
        self.close(
            concordance.map(|c| c.std_err),
            &theirs["concordance_std_err"],
            what,
        );
        self.close(ours.aic, &theirs["aic"], what);
        let rows = theirs["proportionality"].as_array().unwrap();
        let test = ours.proportionality.as_ref().unwrap();
        let terms = test.terms.iter().map(|term| term.test).chain([test.global]);
        let terms: Vec<_> = terms.collect();
        assert_eq!(terms.len(), rows.len(), "{what}");
        for (ours, theirs) in terms.into_iter().zip(rows) {
            self.test(
                ours,
                theirs,
                &format!("{what}, proportional: {}", theirs["name"]),
            );
        }
    }
}

fn multivariable(outcome: &CoxOutcome) -> impl Iterator<Item = &CoxEffect> {
    let rows = outcome.characteristics.iter().flat_map(|of| &of.rows);
    rows.filter_map(|row| row.model.as_ref())
}

fn reference(id: &str) -> Value {
    let path = "tests/reference/expected/cox_page.json";
    let reference: Value = serde_json::from_slice(&study::file(path)).unwrap();
    let cases = reference["cases"].as_array().unwrap();
    let case = cases.iter().find(|case| case["id"] == id);
    case.unwrap_or_else(|| panic!("no case {id}")).clone()
}

pub fn lung() -> (Study, CoxOptions) {
    let study = data("lung", &["sex", "ph.ecog"], &["age", "ph.ecog", "wt.loss"]);
    let standardised = NumberUse {
        scale: NumberScale::Standardised,
        step: None,
    };
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: texts(&["age", "sex", "ph.ecog", "wt.loss"]),
        numbers: [("wt.loss".to_owned(), standardised)].into(),
        references: [("sex".to_owned(), "male".to_owned())].into(),
        ..CoxOptions::default()
    };
    (study, options)
}

#[test]
fn a_table_of_covariates_equals_that_of_r() {
    let (study, options) = lung();
    let outcome = cox(&study, options);
    let case = reference("lung");
    let mut largest = Largest::default();
    largest.effects(multivariable(&outcome), &case["ratios"], "model");
    largest.model(&outcome.model, &case, "model");
    let own = case["own"].as_array().unwrap();
    assert_eq!(outcome.characteristics.len(), own.len());
    for (of, theirs) in outcome.characteristics.iter().zip(own) {
        let model = of.univariable.as_ref().unwrap();
        assert_eq!(
            (model.n as u64, of.n as u64),
            (theirs["n"].as_u64().unwrap(), theirs["n"].as_u64().unwrap())
        );
        let effects = of.rows.iter().filter_map(|row| row.univariable.as_ref());
        largest.effects(effects, &theirs["ratios"], &of.column);
    }
    largest.test(
        outcome.characteristics[2].model_test,
        &case["joint"],
        "joint",
    );
    assert_eq!(outcome.options.numbers["age"].step, Some(10.0));
    println!("largest relative difference: {:e}", largest.0);
}

#[test]
fn strata_clusters_logarithms_and_levels_are_those_of_r() {
    let study = data("lung", &["sex", "inst"], &["age", "ph.karno"]);
    let number = |scale, step| NumberUse { scale, step };
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: texts(&["age", "ph.karno"]),
        numbers: [
            ("age".to_owned(), number(NumberScale::Step, Some(5.0))),
            ("ph.karno".to_owned(), number(NumberScale::Log2, None)),
        ]
        .into(),
        strata: texts(&["sex"]),
        ties: Ties::Breslow,
        robust: true,
        cluster: Some("inst".to_owned()),
        conf_level: 0.9,
        transform: TimeTransform::Rank,
        ..CoxOptions::default()
    };
    let outcome = cox(&study, options);
    let case = reference("lung, robust");
    let mut largest = Largest::default();
    largest.effects(multivariable(&outcome), &case["ratios"], "robust");
    largest.model(&outcome.model, &case, "robust");
    println!("largest relative difference: {:e}", largest.0);
}

fn veteran() -> Study {
    data("veteran", &["trt", "celltype", "prior"], &["karno"])
}

#[test]
fn an_interaction_is_that_of_r() {
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: texts(&["karno", "trt"]),
        numbers: [(
            "karno".to_owned(),
            NumberUse {
                step: Some(10.0),
                ..NumberUse::default()
            },
        )]
        .into(),
        interaction: Interaction {
            first: Some("trt".to_owned()),
            second: Some("prior".to_owned()),
        },
        transform: TimeTransform::Identity,
        ..CoxOptions::default()
    };
    let outcome = cox(&veteran(), options);
    let case = reference("veteran, interaction");
    let mut largest = Largest::default();
    largest.effects(multivariable(&outcome), &case["ratios"], "interaction");
    largest.model(&outcome.model, &case, "interaction");
    println!("largest relative difference: {:e}", largest.0);
}

pub fn subgroups() -> (Study, SubgroupsOptions) {
    let options = SubgroupsOptions {
        endpoint: Endpoint::Os,
        group: "trt".to_owned(),
        subgroups: texts(&["celltype", "prior"]),
        ..SubgroupsOptions::default()
    };
    (veteran(), options)
}

#[test]
fn effects_in_subgroups_and_their_interactions_are_those_of_r() {
    let (study, options) = subgroups();
    let outcome: SubgroupsOutcome = match study::run(&study, &Analysis::Subgroups(options)) {
        Outcome::Subgroups(outcome) => outcome,
        other => panic!("{other:?}"),
    };
    let case = reference("subgroups");
    let mut largest = Largest::default();
    largest.effect(
        outcome.overall.effect.as_ref().unwrap(),
        &case["overall"],
        "overall",
    );
    for factor in &outcome.factors {
        let theirs = &case["factors"][&factor.column];
        let labels: Vec<&str> = (factor.subgroups.iter())
            .map(|group| group.label.as_deref().unwrap())
            .collect();
        assert_eq!(serde_json::json!(labels), theirs["levels"]);
        let effects = factor
            .subgroups
            .iter()
            .map(|group| group.effect.as_ref().unwrap());
        largest.effects(effects, &theirs["effects"], &factor.column);
        largest.test(factor.interaction, &theirs["interaction"], &factor.column);
    }
    let events: usize = outcome.overall.n_event.iter().sum();
    assert_eq!((outcome.overall.n, events), ([69, 68], 128));
    println!("largest relative difference: {:e}", largest.0);
}
