//! Competing risks with covariates, weights and delayed entry: the page's numbers against its own R script.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, CauseRow, CompetingOptions, CompetingOutcome, CoxEffect, CoxTermStatus,
    ExclusionReason, FineGrayWeights, ModelFailure, NumberUse, Outcome, WeightKind,
};
use oncurve::cohort::{CauseCodes, Mapping, TimeAndCause, TimeUnit};
use oncurve::format::Style;
use oncurve::report::{Block, ReportFormat, compose};
use oncurve::table::ReadOptions;
use oncurve::text::Text;

use crate::documents::{numbers, run_r, sections, write};
use crate::study;

/// The data set of the reference in whole days, with a weight and an entry of each patient.
fn csv() -> String {
    let text = String::from_utf8(study::file("tests/reference/data/r_cr2_a.csv")).unwrap();
    let mut lines = text.lines();
    let mut csv = format!("{},w,seen\n", lines.next().unwrap());
    for (index, line) in lines.enumerate() {
        let weight = ["0.5", "1", "1.75", "2.25"][index % 4];
        let time: f64 = line.split(',').nth(6).unwrap().parse().unwrap();
        let entry = (index * 7 % 11) as f64 / 2.0;
        let entry = if entry < time { entry } else { 0.0 };
        csv += &format!("{line},{weight},{entry}\n");
    }
    csv
}

fn opened(csv: &str) -> Study {
    let code = |label: &str, value: &str| CauseCodes {
        label: label.to_owned(),
        values: vec![value.to_owned()],
    };
    let mut mapping = Mapping {
        competing: Some(TimeAndCause {
            time: "time".to_owned(),
            cause: "cause".to_owned(),
            unit: TimeUnit::Months,
            causes: vec![code("relapse", "1"), code("death", "2")],
            censored: vec!["0".to_owned()],
        }),
        groups: ["group", "x2"].map(study::grouping).to_vec(),
        covariates: ["x1", "w", "seen"].map(str::to_owned).to_vec(),
        ..Mapping::default()
    };
    mapping.rules.display = TimeUnit::Months;
    let mut study = Study::open(csv.as_bytes(), "cases.csv", ReadOptions::default()).unwrap();
    study.assign(mapping).unwrap();
    study
}

fn run(study: &Study, options: CompetingOptions) -> CompetingOutcome {
    match study::run(study, &Analysis::Competing(options)) {
        Outcome::Competing(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

/// Whoever needs them, weights and entries.
fn options(weighted: bool, late: bool) -> CompetingOptions {
    CompetingOptions {
        group: Some("group".to_owned()),
        covariates: ["group", "x1", "x2"].map(str::to_owned).to_vec(),
        numbers: [(
            "x1".to_owned(),
            NumberUse {
                step: Some(2.0),
                ..NumberUse::default()
            },
        )]
        .into(),
        weights: weighted.then(|| "w".to_owned()),
        weight_kind: WeightKind::Sampling,
        entry: late.then(|| "seen".to_owned()),
        landmarks: vec![6.0, 12.0],
        ..CompetingOptions::default()
    }
}

/// Coefficient and standard error of every row that has them.
fn effects(
    outcome: &CompetingOutcome,
    k: usize,
    of: fn(&CauseRow) -> &Option<CoxEffect>,
) -> Vec<f64> {
    let rows = outcome.models.as_ref().unwrap().causes[k]
        .rows
        .iter()
        .flatten();
    let effects: Vec<&CoxEffect> = rows.filter_map(|row| of(row).as_ref()).collect();
    let coefs = effects.iter().map(|effect| effect.coef.unwrap());
    coefs
        .chain(effects.iter().map(|effect| effect.std_err.unwrap()))
        .collect()
}

fn told(outcome: &CompetingOutcome) -> String {
    let blocks = compose(
        &Outcome::Competing(outcome.clone()),
        &Style::default(),
        &Text::new("en"),
    );
    let told = blocks.iter().map(|block| match block {
        Block::Heading { text } | Block::Paragraph { text } | Block::Caution { text } => {
            text.clone()
        }
        Block::Table {
            caption,
            columns,
            rows,
            notes,
            ..
        } => {
            let rows = rows
                .iter()
                .map(|row| format!("{} | {}", row.head, row.cells.join(" | ")));
            let rows: Vec<String> = rows.collect();
            format!(
                "{caption}\n{}\n{}\n{}",
                columns.join(" | "),
                rows.join("\n"),
                notes.join(" ")
            )
        }
        Block::Figure { caption, .. } => caption.clone(),
        Block::Exclusions { lines } => lines.join("\n"),
        Block::Methods { text, references } => format!("{text}\n{}", references.join("\n")),
    });
    told.collect::<Vec<_>>().join("\n\n")
}

#[test]
fn the_r_script_fits_the_same_models_with_weights_and_delayed_entry() {
    const PRINT: &str = r#"
show <- function(marker, ...) cat("shown", marker, sprintf("%.17g", c(...)), "\n")
for (k in 1:2) {
  fit <- specific_adjusted1[[k]]
  show(paste0("specific", k), coef(fit), sqrt(diag(vcov(fit))))
  fit <- subdistribution_adjusted1[[k]]
  show(paste0("subdistribution", k), if (inherits(fit, "crr")) c(fit$coef, sqrt(diag(fit$var)))
       else c(coef(fit), sqrt(diag(vcov(fit)))))
  if (inherits(subdistribution1[[k]], "coxph"))
    show(paste0("group", k), coef(specific1[[k]]), coef(subdistribution1[[k]]))
}
show("rates", rates1$pstate[, 2], rates1$std.err[, 2])
show("km", 1 - summary(overstated1, times = 12, extend = TRUE)$surv)
"#;
    let csv = csv();
    let study = opened(&csv);
    let cmprsk = CompetingOptions {
        convention: FineGrayWeights::Cmprsk,
        ..options(false, false)
    };
    for (options, tolerance) in [
        (options(false, false), 1e-6),
        (options(true, false), 1e-6),
        (options(false, true), 1e-6),
        (options(true, true), 1e-6),
        // crr stops when its score is near 0.
        (cmprsk, 1e-5),
    ] {
        let outcome = run(&study, options.clone());
        let named = format!(
            "{:?} {:?} {:?}",
            options.weights, options.entry, options.convention
        );
        let sections = sections(&study, &[Analysis::Competing(options)]);
        let script = write(&study, &sections, ReportFormat::R) + PRINT;
        let Some(output) = run_r(&study, csv.as_bytes(), &script) else {
            return;
        };
        let same = |ours: &[f64], marker: &str| {
            let theirs = numbers(&output, marker);
            assert_eq!(ours.len(), theirs.len(), "{named} {marker}");
            for (ours, theirs) in ours.iter().zip(theirs) {
                let theirs = theirs.unwrap();
                assert!(
                    (ours - theirs).abs() <= tolerance * theirs.abs(),
                    "{named} {marker}: {ours} {theirs}"
                );
            }
        };
        for k in 0..2 {
            same(
                &effects(&outcome, k, |row| &row.specific),
                &format!("specific{}", k + 1),
            );
            let marker = format!("subdistribution{}", k + 1);
            same(&effects(&outcome, k, |row| &row.subdistribution), &marker);
            if outcome.options.convention == FineGrayWeights::Survival {
                let comparison = &outcome.comparisons[k];
                let specific = &comparison.cause_specific.as_ref().unwrap().terms[0];
                let subdistribution = &comparison.subdistribution.as_ref().unwrap().terms[0];
                let coefs = [specific.coef.unwrap(), subdistribution.coef.unwrap()];
                same(&coefs, &format!("group{}", k + 1));
            }
        }
        let steps = |time: f64| {
            outcome
                .arms
                .iter()
                .map(move |arm| arm.curves.at(time).unwrap().causes[0].cum_incidence)
        };
        let arms = outcome.arms.len();
        let (six, twelve): (Vec<_>, Vec<_>) = (steps(6.0).collect(), steps(12.0).collect());
        let by_arm = (0..arms).flat_map(|arm| [six[arm], twelve[arm]]);
        let estimates = by_arm.clone().map(|at| at.estimate);
        let rates: Vec<f64> = estimates.chain(by_arm.map(|at| at.std_err)).collect();
        same(&rates, "rates");
        same(
            &[outcome.overstatement.unwrap().one_minus_kaplan_meier],
            "km",
        );
    }
}

#[test]
fn the_section_tells_of_covariates_weights_and_entries() {
    let study = opened(&csv());
    let outcome = run(&study, options(true, true));
    let comparison = &outcome.comparisons[0];
    assert_eq!(
        (comparison.gray.statistic, comparison.gray.p_value),
        (None, None)
    );
    let told = told(&outcome);
    for words in [
        "Patients are weighted by “w” (sampling weights); numbers of patients and events are without weights.",
        "Patients are at risk from their “seen” on (delayed entry).",
        "Gray’s test knows neither weights nor delayed entry, so only the models compare the groups.",
        "There is no Gray’s test with weights and delayed entry.",
        "200 of 200 patients have a value of each of group, x1, x2 and are in the models.",
        "Subdistribution hazard ratios of “relapse”, each adjusted for the others (95 % CI): group (B v A) ",
        "Models of “relapse”: ",
        "Models of “death”: ",
        "x1 (per 2)",
        "1 (reference)",
        "Patients were weighted by w (sampling weights); standard errors are robust",
        "Patients entered the risk set at seen after the start (left truncation)",
        "Geskus RB.",
        "The models of the covariates group, x1, x2 have all of them together",
        "The Fine-Gray model follows finegray and coxph of R’s survival",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    assert!(!told.contains("Gray RJ. A class"), "{told}");
}

#[test]
fn who_has_no_weight_or_entered_too_late_is_left_out_and_listed() {
    let mut lines: Vec<String> = csv().lines().map(str::to_owned).collect();
    let change = |line: &mut String, weight: &str, entry: &str| {
        let mut cells: Vec<&str> = line.split(',').collect();
        let n = cells.len();
        (cells[n - 2], cells[n - 1]) = (weight, entry);
        *line = cells.join(",");
    };
    change(&mut lines[1], "", "0");
    change(&mut lines[2], "0", "0");
    change(&mut lines[3], "1", "");
    change(&mut lines[4], "1", "900");
    let outcome = run(&opened(&(lines.join("\n") + "\n")), options(true, true));
    let column = |column: &str| column.to_owned();
    let reasons: Vec<(&ExclusionReason, u32)> = (outcome.exclusions.iter())
        .filter(|exclusion| !matches!(exclusion.reason, ExclusionReason::NoCovariate { .. }))
        .map(|exclusion| (&exclusion.reason, exclusion.subjects[0].row))
        .collect();
    assert_eq!(
        reasons,
        [
            (
                &ExclusionReason::NoWeight {
                    column: column("w")
                },
                2
            ),
            (
                &ExclusionReason::WeightNotPositive {
                    column: column("w")
                },
                3
            ),
            (
                &ExclusionReason::NoEntry {
                    column: column("seen")
                },
                4
            ),
            (
                &ExclusionReason::LateEntry {
                    column: column("seen")
                },
                5
            ),
        ]
    );
    assert_eq!(outcome.overall.n, lines.len() - 5);
}

#[test]
fn separation_and_want_of_events_are_told_for_each_event() {
    // Nobody without the marker relapses, and nobody dies.
    let mut csv = String::from("time,cause,group,x2,x1,w,seen\n");
    for i in 0..24 {
        let (cause, marker) = match i % 4 {
            0 => (1, "yes"),
            1 => (0, "yes"),
            _ => (0, "no"),
        };
        csv += &format!("{},{cause},{marker},{},{},1,0\n", i + 1, i % 2, i % 5);
    }
    let outcome = run(
        &opened(&csv),
        CompetingOptions {
            covariates: ["group", "x1"].map(str::to_owned).to_vec(),
            ..CompetingOptions::default()
        },
    );
    let models = outcome.models.as_ref().unwrap();
    let row = &models.causes[0].rows[0][1];
    for effect in [&row.specific, &row.subdistribution] {
        let effect = effect.as_ref().unwrap();
        assert_eq!(effect.hazard_ratio, None);
        assert_ne!(effect.status, CoxTermStatus::Estimated);
    }
    assert_eq!(
        models.causes[1].specific_failure,
        Some(ModelFailure::NoEvents)
    );
    assert_eq!(
        models.causes[1].subdistribution_failure,
        Some(ModelFailure::NoEvents)
    );
    let told = told(&outcome);
    for words in [
        "Without a finite estimate in the models of “relapse”: group (yes v no).",
        "There are no models of “death”: no patient with a value of every covariate had it.",
        "The models of “relapse” have 3.0 events for each coefficient (6 for 2).",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
}

#[test]
fn the_r_script_goes_on_where_nobody_has_one_of_the_events() {
    let csv = csv();
    let mut mapping = opened(&csv).mapping().clone();
    let given = mapping.competing.as_mut().unwrap();
    given.causes.push(CauseCodes {
        label: "never".to_owned(),
        values: vec!["9".to_owned()],
    });
    let study = study::of_bytes(csv.as_bytes(), "r_cr2_a.csv", mapping);
    for convention in [FineGrayWeights::Survival, FineGrayWeights::Cmprsk] {
        let options = CompetingOptions {
            convention,
            ..options(false, false)
        };
        let sections = sections(&study, &[Analysis::Competing(options)]);
        let script = write(&study, &sections, ReportFormat::R) + "cat(\"to the end\\n\")\n";
        if let Some(output) = run_r(&study, csv.as_bytes(), &script) {
            assert!(output.contains("to the end"), "{output}");
        }
    }
}
