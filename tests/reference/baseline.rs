//! Tables of baseline characteristics from a csv through the mapping, held to base R.

use std::path::Path;

use oncurve::Study;
use oncurve::analysis::{
    Analysis, BaselineOptions, BaselineOutcome, BaselineValues, BaselineVariable, CategoryCounts,
    CategoryTest, NumberCounts, NumericTest, Outcome, PValues,
};
use oncurve::cohort::{Grouping, Mapping};
use oncurve::table::ReadOptions;
use serde_json::Value;

use crate::compare::Tally;
use crate::data::{QUANTILE_TYPES, cases, expected, text};

/// Sums of some hundred terms, and tails of distributions.
const TOLERANCE: f64 = 1e-11;

/// Fisher's test of larger tables adds up a million probabilities.
const TESTS: f64 = 1e-9;

fn list<'a>(case: &'a Value, field: &str) -> impl Iterator<Item = String> + 'a {
    let list = case[field].as_array().unwrap().iter();
    list.map(|text| text.as_str().unwrap().to_owned())
}

/// The file of a case with its columns mapped.
fn study(case: &Value) -> Study {
    let name = match text(case, "file") {
        "example" => "www/examples/oncurve-example-14-synthetic-patients.csv".to_owned(),
        name => format!("tests/reference/data/{name}.csv"),
    };
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(&name)).unwrap();
    let mut study = Study::open(&bytes, &name, ReadOptions::default()).unwrap();
    let grouping = |column: String| Grouping {
        column,
        ..Grouping::default()
    };
    let groups = list(case, "categories").chain([text(case, "group").to_owned()]);
    let mapping = Mapping {
        groups: groups.map(grouping).collect(),
        covariates: list(case, "measurements").collect(),
        ..Mapping::default()
    };
    study.assign(mapping).unwrap();
    study
}

fn options(case: &Value) -> BaselineOptions {
    BaselineOptions {
        columns: (list(case, "categories").chain(list(case, "measurements"))).collect(),
        group: Some(text(case, "group").to_owned()),
        p_values: PValues::Always,
        ..BaselineOptions::default()
    }
}

fn run(study: &Study, options: BaselineOptions) -> BaselineOutcome {
    match study.run(&Analysis::Baseline(options), &mut |_| ()) {
        Ok(Outcome::Baseline(outcome)) => outcome,
        other => panic!("{other:?}"),
    }
}

/// The columns of an outcome beside those of R.
fn columns<'a>(
    case: &'a Value,
    outcome: &'a BaselineOutcome,
) -> impl Iterator<Item = (&'a BaselineVariable, &'a Value)> {
    let theirs = case["columns"].as_array().unwrap();
    assert_eq!(theirs.len(), outcome.variables.len(), "{}", case["file"]);
    outcome
        .variables
        .iter()
        .zip(theirs)
        .inspect(|(ours, theirs)| {
            assert_eq!(ours.column, text(theirs, "column"));
        })
}

fn whole(tally: &mut Tally, ours: usize, theirs: &Value, at: &impl Fn() -> String) {
    tally.close(Some(ours as f64), theirs, at);
}

fn counts(
    tally: &mut Tally,
    levels: &[String],
    ours: &CategoryCounts,
    theirs: &Value,
    at: &impl Fn() -> String,
) {
    for (level, &count) in levels.iter().zip(&ours.counts) {
        whole(tally, count, &theirs["counts"][level], at);
    }
    whole(tally, ours.missing, &theirs["missing"], at);
    whole(tally, ours.of, &theirs["known"], at);
}

/// Everything but the quartiles of other definitions than that of the outcome.
fn summary(
    tally: &mut Tally,
    ours: &NumberCounts,
    theirs: &Value,
    of: usize,
    at: &impl Fn() -> String,
) {
    let summary = &ours.summary;
    // Whatever the definition of quartiles, the rest is the same.
    if of == 0 {
        whole(tally, summary.n, &theirs["n"], at);
        whole(tally, ours.missing, &theirs["missing"], at);
        tally.close(summary.mean, &theirs["mean"], at);
        tally.close(summary.std_dev, &theirs["sd"], at);
        tally.close(summary.min, &theirs["min"], at);
        tally.close(summary.max, &theirs["max"], at);
    }
    let quartiles = [
        summary.lower_quartile,
        summary.median,
        summary.upper_quartile,
    ];
    for (i, ours) in quartiles.into_iter().enumerate() {
        tally.close(ours, &theirs["quartiles"][of][i], at);
    }
}

#[test]
pub fn counts_and_summaries_of_whole_tables_equal_r() {
    let file = expected("baseline");
    let mut tally = Tally::new("Baseline table: counts, means, quantiles", &file, TOLERANCE)
        .against("R", "table, mean, sd, quantile");
    for case in cases(&file) {
        let study = study(case);
        for (of, quantiles) in QUANTILE_TYPES.into_iter().enumerate() {
            let outcome = run(
                &study,
                BaselineOptions {
                    quantiles,
                    ..options(case)
                },
            );
            for arm in &outcome.arms {
                assert_eq!(case["n"][&arm.label], arm.n as u64, "{}", case["file"]);
            }
            for (ours, theirs) in columns(case, &outcome) {
                let at = || format!("{} by {}: {}", case["file"], case["group"], ours.column);
                let of_arm = |index: usize| &theirs["arms"][&outcome.arms[index].label];
                match &ours.values {
                    BaselineValues::Categories {
                        levels,
                        arms,
                        overall,
                    } if of == 0 => {
                        for (index, arm) in arms.iter().enumerate() {
                            counts(&mut tally, levels, arm, of_arm(index), &at);
                        }
                        counts(&mut tally, levels, overall, &theirs["overall"], &at);
                    }
                    BaselineValues::Categories { .. } => {}
                    BaselineValues::Numbers { arms, overall, .. } => {
                        for (index, arm) in arms.iter().enumerate() {
                            summary(&mut tally, arm, of_arm(index), of, &at);
                        }
                        summary(&mut tally, overall, &theirs["overall"], of, &at);
                    }
                }
            }
        }
    }
    tally.finish(1_500);
}

#[test]
pub fn standardised_differences_of_whole_tables_equal_r() {
    let file = expected("baseline");
    let mut tally = Tally::new(
        "Baseline table: largest standardised difference",
        &file,
        TOLERANCE,
    )
    .against("R", "the definitions by solve");
    for case in cases(&file) {
        let outcome = run(&study(case), options(case));
        for (ours, theirs) in columns(case, &outcome) {
            let at = || format!("{} by {}: {}", case["file"], case["group"], ours.column);
            tally.close(ours.standardised, &theirs["difference"], at);
        }
    }
    tally.finish(30);
}

/// The rules for all columns, or one for each.
fn tests(case: &Value, category: CategoryTest, numeric: NumericTest) -> [BaselineOptions; 2] {
    let all = BaselineOptions {
        category_test: category,
        numeric_test: numeric,
        ..options(case)
    };
    let single = BaselineOptions {
        category_tests: list(case, "categories")
            .map(|column| (column, Some(category)))
            .collect(),
        numeric_tests: list(case, "measurements")
            .map(|column| (column, Some(numeric)))
            .collect(),
        category_test: CategoryTest::Boschloo,
        numeric_test: NumericTest::RanksExact,
        ..options(case)
    };
    [all, single]
}

#[test]
pub fn tests_of_whole_tables_equal_r() {
    let file = expected("baseline");
    let mut tally = Tally::new("Baseline table: tests by rule and by column", &file, TESTS)
        .against(
            "R",
            "chisq.test, fisher.test, t.test, oneway.test, wilcox.test, kruskal.test",
        );
    let rules = [
        (
            "chi_square",
            CategoryTest::ChiSquare,
            "welch",
            NumericTest::Welch,
        ),
        (
            "yates",
            CategoryTest::Yates,
            "student",
            NumericTest::Student,
        ),
        (
            "n_minus1",
            CategoryTest::NMinus1,
            "ranks_normal",
            NumericTest::RanksNormal,
        ),
        ("fisher", CategoryTest::Fisher, "ranks", NumericTest::Ranks),
        (
            "automatic",
            CategoryTest::Automatic,
            "automatic",
            NumericTest::Automatic,
        ),
    ];
    for case in cases(&file) {
        let study = study(case);
        for (of_counts, category, of_numbers, numeric) in rules {
            for options in tests(case, category, numeric) {
                let outcome = run(&study, options);
                for (ours, theirs) in columns(case, &outcome) {
                    let rule = match &ours.values {
                        BaselineValues::Categories { .. } => of_counts,
                        BaselineValues::Numbers { .. } => of_numbers,
                    };
                    let at = || format!("{}: {} {rule}", case["file"], ours.column);
                    let p = &theirs["p"][rule];
                    match ours
                        .test
                        .and_then(|test| Some((test.p_value, test.std_err?)))
                    {
                        Some((simulated, std_err)) => {
                            let apart = (simulated - p.as_f64().unwrap()).abs();
                            assert!(apart < 4.0 * std_err, "{}", at());
                        }
                        None => tally.close_tail(ours.test.map(|test| test.p_value), p, at),
                    }
                }
            }
        }
    }
    tally.finish(250);
}
