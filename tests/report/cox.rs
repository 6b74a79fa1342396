//! Cox models and subgroups as the page runs them, from the csv to the ratios, against R.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, CoxEffect, CoxFailure, CoxInterval, CoxModelOutcome, CoxOptions, CoxOutcome, CoxTest,
    FirthUse, NumberScale, NumberUse, Outcome, SubgroupsOptions, SubgroupsOutcome, Ties,
    TimeTransform,
};
use oncurve::cohort::{Endpoint, Grouping, Mapping};
use oncurve::report::{Block, ReportFormat};
use serde_json::Value;

use crate::documents::{PRINT, assert_close, numbers, run_r, sections, write};
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

pub fn cox(study: &Study, options: CoxOptions) -> CoxOutcome {
    match study::run(study, &Analysis::Cox(options)) {
        Outcome::Cox(outcome) => *outcome,
        other => panic!("{other:?}"),
    }
}

/// The largest relative difference seen; nothing is held to less than [`TOLERANCE`].
#[derive(Default)]
pub struct Largest(pub f64);

impl Largest {
    pub fn close(&mut self, ours: Option<f64>, theirs: &Value, what: &str) {
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

    pub fn effects<'a>(
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

    pub fn model(&mut self, ours: &CoxModelOutcome, theirs: &Value, what: &str) {
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

pub fn multivariable(outcome: &CoxOutcome) -> impl Iterator<Item = &CoxEffect> {
    let rows = outcome.characteristics.iter().flat_map(|of| &of.rows);
    rows.filter_map(|row| row.model.as_ref())
}

fn reference(id: &str) -> Value {
    case("cox_page", id)
}

/// A case of the expected values of that name.
pub fn case(name: &str, id: &str) -> Value {
    let path = &format!("tests/reference/expected/{name}.json");
    let reference: Value = serde_json::from_slice(&study::file(path)).unwrap();
    let cases = reference["cases"].as_array().unwrap();
    let case = cases.iter().find(|case| case["id"] == id);
    case.unwrap_or_else(|| panic!("no case {id}")).clone()
}

pub fn lung() -> (Study, CoxOptions) {
    let together = ["2", "3"].map(|level| (level.to_owned(), "2 or 3".to_owned()));
    let ecog = Grouping {
        labels: together.into(),
        ..study::grouping("ph.ecog")
    };
    let plain = data("lung", &["sex"], &["age", "ph.ecog", "wt.loss"]);
    let mut mapping = plain.mapping().clone();
    mapping.groups.push(ecog);
    let study = study::open("tests/reference/data/lung.csv", mapping);
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
fn a_level_with_one_patient_is_as_exact_as_the_others() {
    let study = data("lung", &["ph.ecog"], &["age"]);
    let one = NumberUse {
        step: Some(1.0),
        ..NumberUse::default()
    };
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: texts(&["age", "ph.ecog"]),
        numbers: [("age".to_owned(), one)].into(),
        ..CoxOptions::default()
    };
    let outcome = cox(&study, options);
    let mut largest = Largest::default();
    let case = reference("rare level");
    largest.effects(multivariable(&outcome), &case["ratios"], "rare level");
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
        interactions: vec![["trt", "prior"].map(str::to_owned)],
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

/// What the R script of the report prints of these sections.
pub fn printed(study: &Study, file: &str, analyses: &[Analysis], show: &str) -> Option<String> {
    let sections = sections(study, analyses);
    let script = write(study, &sections, ReportFormat::R) + PRINT + show;
    run_r(study, &study::file(file), &script)
}

#[test]
fn the_r_script_fits_the_same_models() {
    let (study, options) = lung();
    let outcome = cox(&study, options.clone());
    let show = "show(\"ratios\", summary(cox1)$conf.int[, c(1, 3, 4)])\n\
                show(\"global\", cox.zph(cox1)$table[\"GLOBAL\", 1])\n";
    let file = "tests/reference/data/lung.csv";
    let Some(output) = printed(&study, file, &[Analysis::Cox(options)], show) else {
        return;
    };
    let limits: [fn(&CoxEffect) -> Option<f64>; 3] =
        [|e| e.hazard_ratio, |e| e.conf_low, |e| e.conf_high];
    let ours: Vec<Option<f64>> = (limits.iter())
        .flat_map(|limit| multivariable(&outcome).map(limit))
        .collect();
    assert_close(&ours, &numbers(&output, "ratios"), "ratios");
    let global = outcome.model.proportionality.as_ref().unwrap().global;
    let global = global.map(|test| test.statistic);
    assert_close(&[global], &numbers(&output, "global"), "global");
}

#[test]
fn the_r_script_finds_the_same_effects_in_subgroups() {
    let (study, options) = subgroups();
    let analysis = Analysis::Subgroups(options);
    let Outcome::Subgroups(outcome) = study::run(&study, &analysis) else {
        panic!("subgroups");
    };
    let show = "show(\"overall\", effect(cohort1))\n\
                show(\"celltype\", sapply(split(cohort1, cohort1$x1), effect)[1, ])\n";
    let file = "tests/reference/data/veteran.csv";
    let Some(output) = printed(&study, file, &[analysis], show) else {
        return;
    };
    let effect = outcome.overall.effect.as_ref().unwrap();
    let overall = [effect.hazard_ratio, effect.conf_low, effect.conf_high];
    assert_close(&overall, &numbers(&output, "overall"), "overall");
    let celltype: Vec<Option<f64>> = (outcome.factors[0].subgroups.iter())
        .map(|group| group.effect.as_ref().unwrap().hazard_ratio)
        .collect();
    assert_close(&celltype, &numbers(&output, "celltype"), "celltype");
}

#[test]
fn strata_clusters_and_interactions_run_in_the_r_script() {
    let study = data("lung", &["sex", "inst", "ph.ecog"], &["age", "ph.karno"]);
    let log2 = NumberUse {
        scale: NumberScale::Log2,
        step: None,
    };
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: texts(&["age", "ph.karno"]),
        numbers: [("ph.karno".to_owned(), log2)].into(),
        strata: texts(&["ph.ecog"]),
        robust: true,
        cluster: Some("inst".to_owned()),
        interactions: vec![["sex", "age"].map(str::to_owned)],
        ..CoxOptions::default()
    };
    let outcome = cox(&study, options.clone());
    let show = "show(\"coef\", coef(cox1))\nshow(\"errors\", sqrt(diag(vcov(cox1))))\n";
    let file = "tests/reference/data/lung.csv";
    let Some(output) = printed(&study, file, &[Analysis::Cox(options)], show) else {
        return;
    };
    let coef: Vec<_> = multivariable(&outcome).map(|effect| effect.coef).collect();
    assert_close(&coef, &numbers(&output, "coef"), "coef");
    let errors: Vec<_> = multivariable(&outcome)
        .map(|effect| effect.std_err)
        .collect();
    assert_close(&errors, &numbers(&output, "errors"), "errors");
}

fn blocks(study: &Study, analysis: Analysis) -> Vec<Block> {
    sections(study, &[analysis]).remove(0).blocks
}

pub fn paragraph(blocks: &[Block]) -> &str {
    match &blocks[1] {
        Block::Paragraph { text } => text,
        other => panic!("{other:?}"),
    }
}

pub fn cautions(blocks: &[Block]) -> Vec<&str> {
    (blocks.iter())
        .filter_map(|block| match block {
            Block::Caution { text } => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

/// Head and cells of the rows of the first table.
pub fn table(blocks: &[Block]) -> Vec<Vec<&str>> {
    let rows = blocks.iter().find_map(|block| match block {
        Block::Table { rows, .. } => Some(rows),
        _ => None,
    });
    (rows.unwrap().iter())
        .map(|row| {
            let cells = row.cells.iter().map(String::as_str);
            std::iter::once(&*row.head).chain(cells).collect()
        })
        .collect()
}

#[test]
fn a_section_says_who_is_in_the_model_and_what_it_finds() {
    let (study, options) = lung();
    let blocks = blocks(&study, Analysis::Cox(options));
    assert_eq!(
        paragraph(&blocks),
        "165 of 228 patients had the event. The multivariable model has the 213 patients with a \
         value of every covariate (151 events). Without a value: ph.ecog (1), wt.loss (14). \
         Hazard ratios of the multivariable model, age (per 10): 1.14 (95 % CI 0.95–1.38; \
         p = 0.167); sex (female v male): 0.55 (95 % CI 0.39–0.78; p < 0.001); ph.ecog (1 v 0): \
         1.58 (95 % CI 1.05–2.38; p = 0.028); ph.ecog (2 or 3 v 0): 2.77 (95 % CI 1.69–4.53; \
         p < 0.001); wt.loss (per SD, 13.1): 0.89 (95 % CI 0.75–1.06; p = 0.179). The likelihood \
         ratio test of the whole model gives p < 0.001; its concordance is 0.65. No departure \
         from proportional hazards was found (p = 0.359)."
    );
    assert_eq!(cautions(&blocks), [""; 0]);
    let rows = table(&blocks);
    assert_eq!(
        rows[..5],
        [
            vec![
                "age (per 10)",
                "228",
                "165",
                "1.21 (1.01–1.44)",
                "0.042",
                "1.14 (0.95–1.38)",
                "0.167"
            ],
            vec!["sex", "228", "165", "", "", "", ""],
            vec![
                "male",
                "138",
                "112",
                "1 (reference)",
                "",
                "1 (reference)",
                ""
            ],
            vec![
                "female",
                "90",
                "53",
                "0.59 (0.42–0.82)",
                "0.001",
                "0.55 (0.39–0.78)",
                "< 0.001"
            ],
            vec!["ph.ecog", "227", "164", "", "< 0.001", "", "< 0.001"],
        ]
    );
}

#[test]
fn a_ratio_that_changes_over_time_is_a_caution() {
    let study = data("veteran", &[], &["karno"]);
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: texts(&["karno"]),
        ..CoxOptions::default()
    };
    let blocks = blocks(&study, Analysis::Cox(options));
    assert_eq!(
        paragraph(&blocks),
        "128 of 137 patients had the event. All of them are in the model. Hazard ratio, karno \
         (per 10): 0.72 (95 % CI 0.65–0.79; p < 0.001). The likelihood ratio test of the whole \
         model gives p < 0.001; its concordance is 0.71."
    );
    assert_eq!(
        cautions(&blocks),
        [
            "The hazard ratio changes over time for karno (per 10) (p < 0.001): one ratio is only \
             an average over the follow-up. Stratify by it where it is not of interest itself; \
             else compare restricted mean survival times (RMST), or early and late follow-up apart."
        ]
    );
}

#[test]
fn few_events_and_separation_are_cautions_that_say_what_was_done() {
    let study = data("r_nogrpev_a", &["group"], &[]);
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: texts(&["group"]),
        ..CoxOptions::default()
    };
    let blocks = blocks(&study, Analysis::Cox(options));
    assert_eq!(
        cautions(&blocks),
        [
            "The model has 5.0 events for each coefficient (5 for 1). With fewer than 10 its \
             estimates are unreliable: choose fewer covariates, or merge levels.",
            "Without a finite estimate by the ordinary likelihood: group (B v A). Events are so \
             divided that the ratio runs to infinity or 0 (separation). The model was fitted by \
             Firth’s penalised likelihood instead, which gives finite ratios; its intervals and p \
             values are those of the profile."
        ]
    );
    assert_eq!(
        table(&blocks)[2],
        ["B", "10", "0", "0.12 (< 0.01–1.08)", "0.060"]
    );
}

#[test]
fn robust_errors_have_neither_profile_limits_nor_firths_likelihood() {
    let veteran = veteran();
    let options = |interval: CoxInterval, firth: FirthUse| CoxOptions {
        endpoint: Endpoint::Os,
        covariates: texts(&["karno"]),
        robust: true,
        interval,
        firth,
        ..CoxOptions::default()
    };
    let by = |interval, firth| cox(&veteran, options(interval, firth));
    let wald = by(CoxInterval::Wald, FirthUse::Automatic);
    let profile = by(CoxInterval::Profile, FirthUse::Automatic);
    let limits = |of: &CoxOutcome| {
        let effect = of.characteristics[0].rows[0].model.clone().unwrap();
        (effect.conf_low.unwrap(), effect.conf_high.unwrap())
    };
    assert_eq!(limits(&profile), limits(&wald));
    let said = |firth| {
        let blocks = blocks(
            &veteran,
            Analysis::Cox(options(CoxInterval::Profile, firth)),
        );
        format!("{blocks:?}")
    };
    let automatic = said(FirthUse::Automatic);
    assert!(
        automatic.contains("there are no profile likelihood intervals"),
        "{automatic}"
    );
    assert!(
        !automatic.contains("those of the profile likelihood"),
        "{automatic}"
    );

    let whole = "The likelihood ratio test of the whole model";
    assert!(!automatic.contains(whole), "{automatic}");

    let penalised = by(CoxInterval::Wald, FirthUse::Always);
    assert_eq!(penalised.model.failure, Some(CoxFailure::PenalisedRobust));
    assert!(penalised.characteristics[0].rows[0].model.is_none());
    let always = said(FirthUse::Always);
    assert!(always.contains("has no robust standard errors"), "{always}");
    assert!(!always.contains("fitted by Firth"), "{always}");
}

#[test]
fn firths_likelihood_with_exact_ties_gives_no_ratio() {
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: texts(&["karno"]),
        ties: Ties::Exact,
        firth: FirthUse::Always,
        ..CoxOptions::default()
    };
    let found = cox(&veteran(), options);
    assert_eq!(found.model.failure, Some(CoxFailure::PenalisedExact));
    assert!(found.characteristics[0].rows[0].model.is_none());
}

#[test]
fn subgroups_say_which_interactions_there_are() {
    let (study, options) = subgroups();
    let blocks = blocks(&study, Analysis::Subgroups(options));
    assert_eq!(
        paragraph(&blocks),
        "128 of 137 patients had the event. Among all of them the hazard in “test” was 1.02 times \
         that in “standard” (hazard ratio; 95 % CI 0.71–1.45; p = 0.922). The ratio differs by \
         celltype (p = 0.042 for interaction), of 2 columns tested."
    );
    assert_eq!(
        table(&blocks)[..3],
        [
            vec![
                "All patients",
                "64/69",
                "64/68",
                "1.02 (0.71–1.45)",
                "0.922",
                ""
            ],
            vec!["celltype", "", "", "", "", "0.042"],
            vec!["adeno", "9/9", "17/18", "1.23 (0.53–2.87)", "0.633", ""],
        ]
    );
}

#[test]
fn the_forms_of_the_example_are_ready_to_run() {
    let mut study = study::example();
    study.assign(study.guess()).unwrap();
    let mut said = Vec::new();
    for form in study.forms() {
        // The csv of the example has neither adverse events nor assessments of their own.
        let lacks = ["form-safety", "form-tumours", "form-sensitivity"].contains(&&*form.label);
        let missing = lacks.then(|| format!("{}-missing", form.label));
        assert_eq!(form.missing, missing, "{}", form.label);
        if ["form-cox", "form-subgroups"].contains(&&*form.label) {
            said.push(paragraph(&blocks(&study, form.analysis)).to_owned());
        }
    }
    assert_eq!(
        said,
        [
            "12 of 14 patients had the event. All of them are in the model. Hazard ratio, Age (per \
             10): 6.71 (95 % CI 2.02–22.33; p = 0.002). The likelihood ratio test of the whole \
             model gives p < 0.001; its concordance is 0.89. No departure from proportional \
             hazards was found (p = 0.924).",
            "12 of 14 patients had the event. Among all of them the hazard in “Positive” was 0.29 \
             times that in “Negative or unknown” (hazard ratio; 95 % CI 0.08–1.06; p = 0.062). None \
             of the 3 tests of interaction shows that the ratio differs between subgroups (each p \
             0.05 or more)."
        ]
    );
}
