//! Weights, delayed entry, several interactions, predicted survival, checks and choice by p values, from the csv to the
//! numbers of the page, against R.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, ConfType, CoxCurves, CoxEffect, CoxInterval, CoxOptions, CoxOutcome, CurveOptions,
    ExclusionReason, ForestFigure, NoCurves, NumberScale, NumberUse, ProfileCurve, SelectionMethod,
    SelectionOptions, TimeTransform, WeightKind,
};
use oncurve::cohort::{Endpoint, Grouping, TimeUnit};
use oncurve::format::Style;
use oncurve::report::Block;
use oncurve::text::Text;
use serde_json::Value;

use crate::cox::{Largest, case, cautions, cox, multivariable, paragraph, printed, texts};
use crate::documents::{assert_close, numbers, sections};
use crate::study;

type Limit = fn(&oncurve::analysis::PredictedStep) -> Option<f64>;

const FILE: &str = "tests/reference/data/lung_weighted.csv";

/// survival::lung with made-up weights and entries.
pub fn lung() -> Study {
    let together = ["2", "3"].map(|level| (level.to_owned(), "2".to_owned()));
    let ecog = Grouping {
        labels: together.into(),
        ..study::grouping("ph.ecog")
    };
    let covariates = [
        "age", "ph.karno", "wt.loss", "meal.cal", "copies", "ipw", "entry",
    ];
    let plain = crate::cox::data("lung_weighted", &["sex"], &covariates);
    let mut mapping = plain.mapping().clone();
    mapping.groups.push(ecog);
    study::open(FILE, mapping)
}

fn reference(id: &str) -> Value {
    case("cox_more", id)
}

fn number(scale: NumberScale, step: Option<f64>) -> NumberUse {
    NumberUse { scale, step }
}

/// A row stands for `copies` patients, who are at risk from `entry` months on; two interactions.
fn counted() -> CoxOptions {
    CoxOptions {
        endpoint: Endpoint::Os,
        covariates: texts(&["age", "sex", "ph.ecog"]),
        numbers: [("age".to_owned(), number(NumberScale::Step, Some(10.0)))].into(),
        references: [("sex".to_owned(), "male".to_owned())].into(),
        interactions: vec![
            ["age", "sex"].map(str::to_owned),
            ["sex", "ph.ecog"].map(str::to_owned),
        ],
        weights: Some("copies".to_owned()),
        entry: Some("entry".to_owned()),
        entry_unit: Some(TimeUnit::Months),
        curves: CurveOptions {
            show: true,
            by: Some("ph.ecog".to_owned()),
            landmarks: vec![6.0, 12.0, 18.0],
            ..CurveOptions::default()
        },
        checks: true,
        ..CoxOptions::default()
    }
}

/// Sampling weights, in strata, with curves at the quartiles of age.
fn sampled() -> CoxOptions {
    CoxOptions {
        endpoint: Endpoint::Os,
        covariates: texts(&["age", "ph.karno"]),
        numbers: [
            ("age".to_owned(), number(NumberScale::Step, Some(10.0))),
            ("ph.karno".to_owned(), number(NumberScale::Log2, None)),
        ]
        .into(),
        strata: texts(&["sex"]),
        weights: Some("ipw".to_owned()),
        weight_kind: WeightKind::Sampling,
        // Has no meaning with sampling weights, and is not used.
        interval: CoxInterval::Profile,
        transform: TimeTransform::Rank,
        curves: CurveOptions {
            show: true,
            landmarks: vec![6.0, 12.0, 18.0],
            conf_type: ConfType::Log,
            ..CurveOptions::default()
        },
        ..CoxOptions::default()
    }
}

fn floats(value: &Value) -> Vec<Option<f64>> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(Value::as_f64)
        .collect()
}

impl Largest {
    /// Relative to the largest of them: residuals pass through 0.
    fn all(&mut self, ours: &[Option<f64>], theirs: &Value, what: &str) {
        let theirs = floats(theirs);
        assert_eq!(ours.len(), theirs.len(), "{what}");
        let size = theirs
            .iter()
            .flatten()
            .fold(0.0, |size, x| f64::max(size, x.abs()));
        for (i, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
            match (ours, theirs) {
                (Some(ours), Some(theirs)) => {
                    let difference = (ours - theirs).abs() / size;
                    assert!(difference <= 1e-9, "{what} {i}: {ours} and {theirs}");
                    self.0 = self.0.max(difference);
                }
                (ours, theirs) => assert_eq!(ours, theirs, "{what} {i}"),
            }
        }
    }

    fn curve(&mut self, ours: &ProfileCurve, theirs: &Value, what: &str) {
        let steps = &ours.curve.steps;
        let of = |value: fn(&oncurve::analysis::PredictedStep) -> Option<f64>| -> Vec<_> {
            steps.iter().map(value).collect()
        };
        self.all(&of(|step| Some(step.time)), &theirs["time"], what);
        self.all(&of(|step| Some(step.survival)), &theirs["survival"], what);
        self.all(
            &of(|step| Some(step.cum_hazard)),
            &theirs["cum_hazard"],
            what,
        );
        // A survival of 1 has no interval here; R has 1 to 1, or none.
        let limits: [Limit; 2] = [|step| step.conf_low, |step| step.conf_high];
        for (limit, name) in limits.into_iter().zip(["conf_low", "conf_high"]) {
            for (step, theirs) in steps.iter().zip(floats(&theirs[name])) {
                if step.survival < 1.0 {
                    self.close(limit(step), &theirs.into(), what);
                }
            }
        }
        let median = [ours.median, ours.median_low, ours.median_high];
        self.all(&median, &theirs["median"], what);
        let at = |value: fn(&oncurve::analysis::PredictedStep) -> Option<f64>| -> Vec<_> {
            ours.at.iter().map(|at| value(at.as_ref()?)).collect()
        };
        self.all(&at(|at| Some(at.survival)), &theirs["at"]["survival"], what);
        self.all(&at(|at| at.conf_low), &theirs["at"]["conf_low"], what);
        self.all(&at(|at| at.conf_high), &theirs["at"]["conf_high"], what);
    }

    fn curves(&mut self, ours: &CoxCurves, theirs: &Value, what: &str) {
        let theirs = theirs.as_array().unwrap();
        assert_eq!(ours.curves.len(), theirs.len(), "{what}");
        let profiles = ours.curves.len() / ours.baseline.len();
        for (profile, ours) in ours.curves.chunks(ours.baseline.len()).enumerate() {
            let theirs = &theirs[profile * ours.len()..(profile + 1) * ours.len()];
            for ours in ours {
                let stratum = ours.stratum.join(", ");
                let theirs = theirs.iter().find(|curve| curve["stratum"] == stratum);
                let what = format!("{what}, profile {profile} of {profiles}, {stratum}");
                self.curve(ours, theirs.unwrap(), &what);
            }
        }
    }
}

#[test]
fn weights_entries_and_several_interactions_are_those_of_r() {
    let outcome = cox(&lung(), counted());
    let case = reference("frequency");
    let mut largest = Largest::default();
    largest.effects(multivariable(&outcome), &case["ratios"], "frequency");
    largest.model(&outcome.model, &case, "frequency");
    let sums = outcome.weighted.unwrap();
    assert_eq!(
        sums.map(Some),
        [case["sum"].as_f64(), case["events"].as_f64()]
    );
    println!("largest relative difference: {:e}", largest.0);
}

#[test]
fn patients_without_a_weight_or_follow_up_after_their_entry_are_left_out_by_name() {
    let outcome = cox(&lung(), counted());
    let case = reference("frequency");
    let rows = |reason: &ExclusionReason| -> Value {
        let exclusion = outcome.exclusions.iter().find(|of| of.reason == *reason);
        exclusion
            .unwrap()
            .subjects
            .iter()
            .map(|subject| subject.row)
            .collect()
    };
    let (copies, entry) = ("copies".to_owned(), "entry".to_owned());
    let left_out = &case["left_out"];
    let column = copies.clone();
    assert_eq!(
        rows(&ExclusionReason::NoWeight { column })[0],
        left_out["no_weight"]
    );
    let column = copies;
    assert_eq!(
        rows(&ExclusionReason::WeightNotPositive { column })[0],
        left_out["zero"]
    );
    let column = entry.clone();
    assert_eq!(
        rows(&ExclusionReason::NoEntry { column })[0],
        left_out["no_entry"]
    );
    let column = entry;
    assert_eq!(
        rows(&ExclusionReason::LateEntry { column }),
        left_out["late"]
    );
}

#[test]
fn predicted_survival_is_that_of_r() {
    let outcome = cox(&lung(), counted());
    let curves = outcome.curves.unwrap();
    let levels: Vec<_> = curves
        .curves
        .iter()
        .map(|curve| curve.level.as_deref())
        .collect();
    assert_eq!(levels, [Some("0"), Some("1"), Some("2")]);
    let mut largest = Largest::default();
    largest.curves(&curves, &reference("frequency")["curves"], "frequency");
    // Factors at their reference, numbers at their mean: the first of the curves.
    assert_eq!(curves.baseline, curves.curves[..1]);
    println!("largest relative difference: {:e}", largest.0);
}

#[test]
fn residuals_influence_and_their_smooth_are_those_of_r() {
    let outcome = cox(&lung(), counted());
    let checks = outcome.checks.as_ref().unwrap();
    let case = reference("frequency");
    let mut largest = Largest::default();
    let some = |values: &[f64]| -> Vec<Option<f64>> { values.iter().copied().map(Some).collect() };
    largest.all(&some(&checks.martingale), &case["martingale"], "martingale");
    largest.all(&some(&checks.deviance), &case["deviance"], "deviance");
    let theirs = case["dfbetas"].as_array().unwrap();
    assert_eq!(checks.influence.len(), theirs.len());
    for (ours, theirs) in checks.influence.iter().zip(theirs) {
        largest.all(&some(&ours.dfbetas), theirs, "dfbetas");
    }
    let (x, y): (Vec<f64>, Vec<f64>) = checks.forms[0].smooth.iter().copied().unzip();
    largest.all(&some(&x), &case["smooth"]["x"], "smooth, x");
    largest.all(&some(&y), &case["smooth"]["y"], "smooth");
    // The most influential patient, and the ratio without them, from R's own residuals.
    let size = |j: usize, i: usize| theirs[j][i].as_f64().unwrap().abs();
    let n = checks.subjects.len();
    let all = (0..theirs.len()).flat_map(|j| (0..n).map(move |i| (j, i)));
    let (j, i) = all
        .max_by(|a, b| size(a.0, a.1).total_cmp(&size(b.0, b.1)))
        .unwrap();
    let most = checks.influential[0];
    assert_eq!((most.patient, most.place), (i, checks.influence[j].place));
    let coef = case["ratios"][j]["coef"].as_f64().unwrap();
    let without = (coef - case["dfbeta"][j][i].as_f64().unwrap()).exp();
    largest.close(Some(most.without), &without.into(), "without");
    println!("largest relative difference: {:e}", largest.0);
}

#[test]
fn sampling_weights_have_robust_errors_and_no_likelihood() {
    let outcome = cox(&lung(), sampled());
    let mut case = reference("sampling");
    let mut largest = Largest::default();
    largest.effects(multivariable(&outcome), &case["ratios"], "sampling");
    assert_eq!(
        (outcome.model.likelihood_ratio, outcome.model.aic),
        (None, None)
    );
    assert!(outcome.options.robust && outcome.options.interval == CoxInterval::Wald);
    // Those two are not given, the rest is R's.
    let mut model = outcome.model.clone();
    model.aic = case["aic"].as_f64();
    model.likelihood_ratio = model.score;
    case["likelihood_ratio"] = case["score"].clone();
    largest.model(&model, &case, "sampling");
    let curves = outcome.curves.unwrap();
    assert_eq!(outcome.characteristics[curves.by].column, "age");
    largest.curves(&curves, &case["curves"], "sampling");
    println!("largest relative difference: {:e}", largest.0);
}

fn selected(method: SelectionMethod, p: f64) -> CoxOutcome {
    let options = CoxOptions {
        covariates: texts(&["age", "sex", "ph.ecog", "ph.karno", "wt.loss", "meal.cal"]),
        numbers: ["ph.karno", "wt.loss", "meal.cal"]
            .map(|column| (column.to_owned(), number(NumberScale::Step, Some(1.0))))
            .into(),
        selection: SelectionOptions { method, p },
        weights: None,
        entry: None,
        interactions: Vec::new(),
        checks: false,
        curves: CurveOptions::default(),
        ..counted()
    };
    cox(&lung(), options)
}

/// What R calls the columns.
fn column(term: &Value) -> &str {
    match term.as_str().unwrap() {
        "age10" => "age",
        "ecog" => "ph.ecog",
        other => other,
    }
}

#[test]
fn backward_elimination_takes_the_steps_of_r() {
    let outcome = selected(SelectionMethod::Backward, 0.05);
    let case = reference("backward");
    let mut largest = Largest::default();
    let steps = &outcome.selection.as_ref().unwrap().steps;
    let theirs = case["steps"].as_array().unwrap();
    assert_eq!(steps.len(), theirs.len());
    for (step, theirs) in steps.iter().zip(theirs) {
        let ours = &outcome.characteristics[step.characteristic];
        assert_eq!(ours.column, column(&theirs["term"]));
        assert!(!ours.in_model && !step.kept);
        largest.close(step.p_value, &theirs["p_value"], &ours.column);
    }
    assert_eq!(Value::from(outcome.model.n), case["n"]);
    largest.effects(multivariable(&outcome), &case["ratios"], "backward");
    println!("largest relative difference: {:e}", largest.0);
}

#[test]
fn those_with_a_small_p_value_by_themselves_enter() {
    let outcome = selected(SelectionMethod::Univariable, 0.1);
    let case = reference("univariable");
    let mut largest = Largest::default();
    let steps = &outcome.selection.as_ref().unwrap().steps;
    for (step, theirs) in steps.iter().zip(case["steps"].as_array().unwrap()) {
        let ours = &outcome.characteristics[step.characteristic];
        assert_eq!(ours.column, column(&theirs["term"]));
        largest.close(step.p_value, &theirs["p_value"], &ours.column);
        let entered = case["entered"]
            .as_array()
            .unwrap()
            .contains(&theirs["term"]);
        assert_eq!((step.kept, ours.in_model), (entered, entered));
    }
    assert_eq!(Value::from(outcome.model.n), case["n"]);
    largest.effects(multivariable(&outcome), &case["ratios"], "univariable");
    println!("largest relative difference: {:e}", largest.0);
}

#[test]
fn where_no_p_value_is_small_there_is_no_model_and_the_reason() {
    let study = lung();
    let options = CoxOptions {
        covariates: texts(&["wt.loss", "meal.cal"]),
        selection: SelectionOptions {
            method: SelectionMethod::Backward,
            p: 0.001,
        },
        curves: CurveOptions {
            show: true,
            ..CurveOptions::default()
        },
        endpoint: Endpoint::Os,
        ..CoxOptions::default()
    };
    let blocks = sections(&study, &[Analysis::Cox(options)]).remove(0).blocks;
    let said = cautions(&blocks);
    assert_eq!(
        said[0],
        "There is no model of all covariates: no covariate had a small enough p value."
    );
    assert!(
        said.contains(&"Survival was not predicted: there is no model by the ordinary likelihood.")
    );
}

#[test]
fn curves_by_a_covariate_that_is_not_in_the_model_are_not_made_of_another() {
    let mut options = counted();
    options.curves.by = Some("wt.loss".to_owned());
    let outcome = cox(&lung(), options);
    let column = "wt.loss".to_owned();
    assert_eq!(
        (outcome.curves, outcome.no_curves),
        (None, Some(NoCurves::NotInModel { column }))
    );
}

#[test]
fn others_are_held_where_the_person_says() {
    let mut options = counted();
    options.curves.numbers = [("age".to_owned(), Some(50.0))].into();
    options.curves.levels = [("sex".to_owned(), Some("female".to_owned()))].into();
    let outcome = cox(&lung(), options);
    let curves = outcome.curves.unwrap();
    let held: Vec<_> = (curves.held.iter())
        .map(|held| (held.level.as_deref(), held.number, held.mean))
        .collect();
    assert_eq!(
        held,
        [(None, Some(50.0), false), (Some("female"), None, false)]
    );
    // ln S of the second profile over the first is the hazard ratio between them.
    let last = |curve: &ProfileCurve| curve.curve.steps.last().unwrap().cum_hazard;
    let ratio = last(&curves.curves[1]) / last(&curves.curves[0]);
    let coef = |of: usize, row: usize| {
        outcome.characteristics[of].rows[row]
            .model
            .as_ref()
            .unwrap()
            .coef
            .unwrap()
    };
    assert!((ratio.ln() - coef(2, 1) - coef(4, 0)).abs() < 1e-12);
}

/// What the R script of the report prints of one section.
fn script(options: CoxOptions, show: &str) -> Option<String> {
    printed(&lung(), FILE, &[Analysis::Cox(options)], show)
}

#[test]
fn the_r_script_weights_enters_predicts_and_checks_as_the_report_does() {
    let outcome = cox(&lung(), counted());
    let show = "show(\"coef\", coef(cox1))\nshow(\"errors\", sqrt(diag(vcov(cox1))))\n\
                show(\"curves\", summary(curves1, times = c(6, 12) * 365.25 / 12)$surv)\n\
                show(\"low\", summary(curves1, times = c(6, 12) * 365.25 / 12)$lower)\n\
                show(\"deviance\", deviance1)\nshow(\"dfbetas\", dfbetas1[, 3])\n";
    let Some(output) = script(counted(), show) else {
        return;
    };
    let of = |value: fn(&CoxEffect) -> Option<f64>| -> Vec<_> {
        multivariable(&outcome).map(value).collect()
    };
    assert_close(&of(|e| e.coef), &numbers(&output, "coef"), "coef");
    assert_close(&of(|e| e.std_err), &numbers(&output, "errors"), "errors");
    let curves = outcome.curves.as_ref().unwrap();
    let at = |value: fn(&oncurve::analysis::PredictedStep) -> Option<f64>| -> Vec<_> {
        let first_two = curves.curves.iter().flat_map(|curve| &curve.at[..2]);
        first_two.map(|at| value(at.as_ref()?)).collect()
    };
    assert_close(
        &at(|at| Some(at.survival)),
        &numbers(&output, "curves"),
        "curves",
    );
    assert_close(&at(|at| at.conf_low), &numbers(&output, "low"), "low");
    let checks = outcome.checks.as_ref().unwrap();
    let some = |values: &[f64]| -> Vec<Option<f64>> { values.iter().copied().map(Some).collect() };
    let deviance = numbers(&output, "deviance");
    assert_close(&some(&checks.deviance), &deviance, "deviance");
    let dfbetas = numbers(&output, "dfbetas");
    assert_close(&some(&checks.influence[2].dfbetas), &dfbetas, "dfbetas");
}

#[test]
fn the_r_script_weights_samples_within_strata() {
    let outcome = cox(&lung(), sampled());
    let show = "show(\"errors\", sqrt(diag(vcov(cox1))))\n\
                show(\"median\", unique(summary(curves1)$table[, \"median\"]))\n";
    let Some(output) = script(sampled(), show) else {
        return;
    };
    let errors: Vec<_> = multivariable(&outcome)
        .map(|effect| effect.std_err)
        .collect();
    assert_close(&errors, &numbers(&output, "errors"), "errors");
    let theirs = numbers(&output, "median");
    for curve in &outcome.curves.unwrap().curves {
        assert!(
            theirs.contains(&curve.median),
            "{:?} of {theirs:?}",
            curve.median
        );
    }
}

#[test]
fn the_r_script_takes_the_same_steps_back() {
    let outcome = selected(SelectionMethod::Backward, 0.05);
    let show = "show(\"coef\", coef(cox1))\n";
    let Some(output) = script(outcome.options.clone(), show) else {
        return;
    };
    let coef: Vec<_> = multivariable(&outcome).map(|effect| effect.coef).collect();
    assert_close(&coef, &numbers(&output, "coef"), "coef");
}

#[test]
fn the_r_script_finds_the_profile_limits() {
    for strata in [texts(&[]), texts(&["sex"])] {
        let options = CoxOptions {
            covariates: texts(&["age", "ph.ecog"]),
            strata,
            interval: CoxInterval::Profile,
            conf_level: 0.9,
            interactions: Vec::new(),
            curves: CurveOptions::default(),
            checks: false,
            ..counted()
        };
        let outcome = cox(&lung(), options.clone());
        let Some(output) = script(options, "show(\"limits\", limits)\n") else {
            return;
        };
        let columns: [fn(&CoxEffect) -> Option<f64>; 4] = [
            |e| e.hazard_ratio,
            |e| e.conf_low,
            |e| e.conf_high,
            |e| e.p_value,
        ];
        let ours: Vec<Option<f64>> = (columns.iter())
            .flat_map(|column| multivariable(&outcome).map(column))
            .collect();
        assert_close(&ours, &numbers(&output, "limits"), "limits");
    }
}

fn blocks(options: CoxOptions) -> Vec<Block> {
    sections(&lung(), &[Analysis::Cox(options)])
        .remove(0)
        .blocks
}

#[test]
fn a_section_with_everything_reads_as_a_text() {
    let mut options = counted();
    options.figure = ForestFigure::default();
    let blocks = blocks(options);
    let paragraphs: Vec<&str> = (blocks.iter())
        .filter_map(|block| match block {
            Block::Paragraph { text } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert!(
        paragraph(&blocks).contains(
            "Each row counts as many patients as “copies” says: 416 patients with 285 events. \
             Patients are at risk from their “entry” on (delayed entry)."
        ),
        "{}",
        paragraph(&blocks)
    );
    assert!(
        paragraph(&blocks).contains("sex female × ph.ecog 2: 2.76 (95 % CI 1.21–6.27; p = 0.016)"),
        "{}",
        paragraph(&blocks)
    );
    assert_eq!(
        paragraphs[1..],
        [
            "Predicted overall survival by ph.ecog, with age 62.2 (mean), sex male: 0: 74.1 % at 6 \
             months (95 % CI 64.4–81.6); 1: 62.4 % at 6 months (95 % CI 52.6–70.8); 2: 51.5 % at 6 \
             months (95 % CI 37.4–63.8).",
            "6 patients have a deviance residual beyond ±2.5, the largest of them: row 202 (3.24; \
             event sooner than the model expects); row 7 (−2.98; followed longer than the model \
             expects); row 65 (2.93; event sooner than the model expects); row 128 (2.68; event \
             sooner than the model expects); row 57 (2.66; event sooner than the model expects). \
             The most influential patient is row 38: without this patient the hazard ratio of \
             ph.ecog (2 v 0) would be about 2.75 instead of 2.22."
        ]
    );
    let figures: Vec<usize> = (blocks.iter())
        .filter_map(|block| match block {
            Block::Figure { scene, .. } => Some(*scene),
            _ => None,
        })
        .collect();
    assert_eq!(figures, [0, 1, 2, 3, 4, 5]);
    let outcome = study::run(&lung(), &Analysis::Cox(counted()));
    let scenes = oncurve::figure::layout(&outcome, &Style::default(), &Text::new("en"));
    let titles: Vec<&str> = scenes.iter().map(|scene| &*scene.title).collect();
    assert_eq!(
        titles[2..],
        [
            "Overall survival: survival predicted by the Cox model",
            "Martingale residuals",
            "Deviance residuals",
            "Standardised dfbeta"
        ]
    );
    let Some(Block::Methods { text, references }) = blocks.last() else {
        panic!("methods");
    };
    for said in [
        "Rows are weighted by copies, as so many patients each.",
        "Patients enter the risk set at entry after the start (left truncation).",
        "None was selected by its p value.",
        "the products of age and sex; sex and ph.ecog (interaction)",
        "95 % intervals on the log-log scale",
        "martingale and deviance residuals",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(references.iter().any(|work| work.contains("Tsiatis")));
}

#[test]
fn sampling_weights_and_selection_are_said_with_their_cautions() {
    let mut options = sampled();
    options.covariates.push("wt.loss".to_owned());
    options.selection.method = SelectionMethod::Backward;
    let blocks = blocks(options);
    let said = cautions(&blocks);
    let with = |start: &str| said.iter().any(|caution| caution.starts_with(start));
    assert!(with("Sampling weights give no likelihood"), "{said:?}");
    assert!(with(
        "The covariates of the model were chosen by their p values."
    ));
    assert!(
        paragraph(&blocks).contains("Backward elimination (p of 0.05 or more leaves): "),
        "{}",
        paragraph(&blocks)
    );
    let Some(Block::Methods { text, .. }) = blocks.last() else {
        panic!("methods");
    };
    assert!(text.contains("selected by backward elimination (Wald tests, p below 0.05 to stay)"));
    assert!(!text.contains("None was selected"));
}

#[test]
fn weights_that_are_no_numbers_of_patients_are_a_caution() {
    let options = CoxOptions {
        weights: Some("ipw".to_owned()),
        entry: None,
        ..counted()
    };
    let blocks = blocks(options);
    let said = cautions(&blocks);
    let caution = "Some weights are not whole numbers";
    assert!(
        said.iter().any(|said| said.starts_with(caution)),
        "{said:?}"
    );
}
