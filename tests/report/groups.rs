//! Comparisons of groups from a csv of synthetic patients, held to R's own tests and to the script of the report.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, CategoryComparison, CategoryTest, EffectMeasure, GroupEffect, GroupsComparison,
    GroupsOptions, GroupsOutcome, NumberComparison, NumericTest, OddsMethod, Outcome,
    PairedComparison, RatioMethod, TestName,
};
use oncurve::cohort::{Grouping, Mapping};
use oncurve::format::Style;
use oncurve::report::{Block, Section};
use oncurve::text::Text;
use serde_json::Value;

use crate::documents::{assert_close, numbers, run_r, write};
use crate::study;

/// Relative: both sides round sums of some hundred terms.
const TOLERANCE: f64 = 1e-9;

const FILE: &str = "tests/report/data/groups.csv";

fn patients() -> Study {
    let arm = Grouping {
        levels: ["Control", "Low dose", "High dose"]
            .map(str::to_owned)
            .to_vec(),
        ..study::grouping("Arm")
    };
    let mapping = Mapping {
        patient: Some("Patient".to_owned()),
        groups: vec![arm, study::grouping("Sex"), study::grouping("Centre")],
        counted: ["Nausea week 6", "Nausea week 12", "Grade"]
            .map(study::grouping)
            .to_vec(),
        covariates: ["Age", "LDH"].map(str::to_owned).to_vec(),
        ..Mapping::default()
    };
    study::open(FILE, mapping)
}

fn options(column: &str, group: &str) -> GroupsOptions {
    GroupsOptions {
        column: column.to_owned(),
        group: group.to_owned(),
        ..GroupsOptions::default()
    }
}

fn outcome(options: GroupsOptions) -> GroupsOutcome {
    match study::run(&patients(), &Analysis::Groups(options)) {
        Outcome::Groups(outcome) => *outcome,
        other => panic!("{other:?}"),
    }
}

fn categories(options: GroupsOptions) -> CategoryComparison {
    match outcome(options).comparison {
        GroupsComparison::Categories(comparison) => comparison,
        other => panic!("{other:?}"),
    }
}

fn numbers_of(options: GroupsOptions) -> NumberComparison {
    match outcome(options).comparison {
        GroupsComparison::Numbers(comparison) => comparison,
        other => panic!("{other:?}"),
    }
}

fn paired(options: GroupsOptions) -> PairedComparison {
    match outcome(options).comparison {
        GroupsComparison::Paired(comparison) => comparison,
        other => panic!("{other:?}"),
    }
}

fn reference() -> Value {
    serde_json::from_slice(&study::file("tests/report/expected/groups.json")).unwrap()
}

fn close(ours: Option<f64>, theirs: &Value, what: &str) {
    let (ours, theirs) = (ours.unwrap(), theirs.as_f64().unwrap());
    let close = (ours - theirs).abs() <= TOLERANCE * theirs.abs().max(1e-4);
    assert!(close, "{what}: {ours} and {theirs}");
}

fn effect(effect: &GroupEffect, theirs: &Value, what: &str) {
    close(effect.estimate, &theirs[0], what);
    close(effect.conf_low, &theirs[1], what);
    close(effect.conf_high, &theirs[2], what);
}

#[test]
fn two_proportions_equal_r() {
    let theirs = reference();
    let with = |change: &dyn Fn(&mut GroupsOptions)| {
        let mut options = options("Nausea week 6", "Sex");
        change(&mut options);
        categories(options)
    };
    let plain = with(&|_| ());
    for (i, arm) in plain.arms.iter().enumerate() {
        for (level, rate) in arm.counts.iter().enumerate() {
            assert_eq!(theirs["counts"][i][level], rate.count as u64);
        }
    }
    let test = plain.test.unwrap();
    assert_eq!(test.name, TestName::ChiSquare);
    close(Some(test.p_value), &theirs["chi_square"], "χ²");
    effect(&plain.effects[0], &theirs["newcombe"], "Newcombe");
    close(plain.standardised, &theirs["standardised"], "standardised");
    let yates = with(&|options| options.test = CategoryTest::Yates)
        .test
        .unwrap();
    close(Some(yates.p_value), &theirs["yates"], "Yates");
    let fisher = with(&|options| options.test = CategoryTest::Fisher)
        .test
        .unwrap();
    close(Some(fisher.p_value), &theirs["fisher"], "Fisher");
    let katz = with(&|options| {
        options.measure = EffectMeasure::Ratio;
        options.ratio = RatioMethod::Katz;
    });
    effect(&katz.effects[0], &theirs["katz"], "Katz");
    let woolf = with(&|options| {
        options.measure = EffectMeasure::Odds;
        options.odds = OddsMethod::Woolf;
    });
    effect(&woolf.effects[0], &theirs["woolf"], "Woolf");
}

#[test]
fn larger_tables_trends_and_strata_equal_r() {
    let theirs = reference();
    let grade = categories(options("Grade", "Arm"));
    let test = grade.test.unwrap();
    // More than a fifth of the expected counts are below 5.
    assert_eq!((test.name, test.draws), (TestName::Fisher, None));
    close(Some(test.p_value), &theirs["grade_fisher"], "grades");
    let ordered = categories(GroupsOptions {
        ordered: true,
        ..options("Nausea week 6", "Arm")
    });
    assert_eq!((ordered.effects.len(), ordered.standardised), (2, None));
    let trend = ordered.trend.unwrap();
    assert_eq!(trend.name, TestName::CochranArmitage);
    close(Some(trend.p_value), &theirs["trend"], "trend");
    let stratified = categories(GroupsOptions {
        strata: Some("Centre".to_owned()),
        ..options("Nausea week 6", "Sex")
    });
    let strata = stratified.strata.unwrap();
    assert_eq!(strata.strata.len(), 3);
    let ratio = strata.odds_ratio;
    close(ratio.estimate, &theirs["cmh"][0], "common odds ratio");
    close(ratio.conf_low, &theirs["cmh"][1], "its lower limit");
    close(ratio.conf_high, &theirs["cmh"][2], "its upper limit");
    close(
        Some(strata.test.p_value),
        &theirs["cmh"][3],
        "Mantel-Haenszel",
    );
}

#[test]
fn numbers_and_pairs_equal_r() {
    let theirs = reference();
    let age = numbers_of(options("Age", "Sex"));
    assert!(!age.by_ranks);
    let test = age.test.unwrap();
    assert_eq!(test.name, TestName::Welch);
    close(Some(test.p_value), &theirs["welch"][0], "Welch");
    for (part, i) in [
        age.effects[0].estimate,
        age.effects[0].conf_low,
        age.effects[0].conf_high,
    ]
    .into_iter()
    .zip(1..)
    {
        close(part, &theirs["welch"][i], "difference of means");
    }
    for (arm, mean) in age.arms.iter().zip(theirs["ages"].as_array().unwrap()) {
        close(arm.summary.mean, mean, "mean");
    }
    let ldh = numbers_of(options("LDH", "Arm"));
    let test = ldh.test.unwrap();
    assert_eq!((ldh.by_ranks, test.name), (true, TestName::KruskalWallis));
    close(Some(test.p_value), &theirs["kruskal"], "Kruskal-Wallis");
    let ldh = numbers_of(GroupsOptions {
        numeric_test: NumericTest::Ranks,
        ..options("LDH", "Sex")
    });
    let quartiles = theirs["quartiles"].as_array().unwrap();
    let summary = ldh.arms[0].summary;
    close(summary.lower_quartile, &quartiles[1], "first quartile");
    close(summary.upper_quartile, &quartiles[3], "third quartile");
    close(ldh.effects[0].estimate, &theirs["wilcoxon"][1], "shift");
    // One group has 50 values or more: normal, as in R.
    let test = ldh.test.unwrap();
    assert_eq!(test.name, TestName::RankSumCorrected);
    close(Some(test.p_value), &theirs["wilcoxon"][0], "Wilcoxon");
    let pairs = paired(GroupsOptions {
        paired_with: Some("Nausea week 12".to_owned()),
        ..options("Nausea week 6", "")
    });
    // R writes a table column by column.
    let [[a, b], [c, d]] = pairs.table;
    let theirs = theirs["paired"].as_array().unwrap();
    for (ours, theirs) in [a, c, b, d].into_iter().zip(theirs) {
        assert_eq!(theirs.as_u64(), Some(ours as u64));
    }
    close(pairs.test.map(|test| test.p_value), &theirs[4], "McNemar");
    let ratio = pairs.odds_ratio.unwrap();
    close(ratio.estimate, &theirs[5], "odds ratio");
    close(ratio.conf_low, &theirs[6], "its lower limit");
    close(ratio.conf_high, &theirs[7], "its upper limit");
}

#[test]
fn patients_without_a_value_are_listed() {
    let outcome = outcome(options("LDH", "Sex"));
    let left_out: usize = outcome.exclusions.iter().map(|of| of.subjects.len()).sum();
    let GroupsComparison::Numbers(comparison) = &outcome.comparison else {
        panic!("{:?}", outcome.comparison);
    };
    assert!(left_out > 0);
    assert_eq!(left_out + comparison.overall.values.len(), 96);
}

#[test]
fn a_comparison_reads_as_a_sentence() {
    let blocks = |options| {
        let outcome = Outcome::Groups(Box::new(outcome(options)));
        Section::new(None, &outcome, &Style::default(), &Text::new("en")).blocks
    };
    let paragraph = |options| {
        let find = |block: Block| match block {
            Block::Paragraph { text } => Some(text),
            _ => None,
        };
        blocks(options).into_iter().find_map(find).unwrap()
    };
    assert_eq!(
        paragraph(options("Nausea week 6", "Sex")),
        "Nausea week 6 by Sex: “yes” in 37.7 % (20 of 53) of “female”; “yes” in 33.3 % (14 of 42) of “male”; \
         difference −4.4 percentage points (95 % CI −22.6 to 14.8); p = 0.657 (χ² test)."
    );
    assert_eq!(
        paragraph(options("Age", "Sex")),
        "Age by Sex: mean 62.2 (SD 8.1) in “female”; mean 60.9 (SD 8.1) in “male”; \
         difference of means −1.3 (95 % CI −4.6 to 2.0); p = 0.448 (Welch’s t test)."
    );
    assert_eq!(
        paragraph(GroupsOptions {
            paired_with: Some("Nausea week 12".to_owned()),
            ..options("Nausea week 6", "")
        }),
        "“yes”: 36.2 % (34 of 94; 95 % CI 26.5–46.7) by Nausea week 6; 41.5 % (39 of 94; 95 % CI 31.4–52.1) by \
         Nausea week 12. 7 patients had “yes” only by Nausea week 12, 2 only by Nausea week 6: odds ratio 3.50 \
         (95 % CI 0.67–34.53); p = 0.180 (McNemar’s exact test)."
    );
    let notes = |options| {
        let of_table = |block: Block| match block {
            Block::Table { notes, .. } => notes,
            _ => Vec::new(),
        };
        blocks(options)
            .into_iter()
            .flat_map(of_table)
            .collect::<Vec<_>>()
    };
    let has =
        |notes: Vec<String>, note: &str| assert!(notes.contains(&note.to_owned()), "{notes:?}");
    has(
        notes(options("Nausea week 6", "Sex")),
        "χ² test: χ² = 0.20, 1 degree of freedom, p = 0.657.",
    );
    has(
        notes(options("LDH", "Arm")),
        "Kruskal-Wallis test: H = 6.48, 2 degrees of freedom, p = 0.039.",
    );
    let strata = blocks(GroupsOptions {
        strata: Some("Centre".to_owned()),
        ..options("Grade", "Sex")
    });
    let caution = |block: &Block| matches!(block, Block::Caution { .. });
    assert!(
        strata.iter().any(caution),
        "strata of four grades are not combined"
    );
}

/// Section of a column between groups of a csv with the columns Value and Group.
fn section_of(csv: &str, measured: bool) -> (GroupsOutcome, Section) {
    let mapping = Mapping {
        groups: vec![study::grouping("Group")],
        counted: if measured {
            Vec::new()
        } else {
            vec![study::grouping("Value")]
        },
        covariates: if measured {
            vec!["Value".to_owned()]
        } else {
            Vec::new()
        },
        ..Mapping::default()
    };
    let study = study::of_bytes(csv.as_bytes(), "few.csv", mapping);
    let outcome = study::run(&study, &Analysis::Groups(options("Value", "Group")));
    let section = Section::new(None, &outcome, &Style::default(), &Text::new("en"));
    match outcome {
        Outcome::Groups(outcome) => (*outcome, section),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_cannot_be_compared_is_said_and_not_tested() {
    let one_group = "Value,Group\n1,a\n2,a\n3,a\n";
    let all_equal = "Value,Group\n7,a\n7,a\n7,b\n7,b\n";
    for (csv, measured) in [
        (one_group, true),
        (all_equal, true),
        (one_group, false),
        (all_equal, false),
    ] {
        let (outcome, section) = section_of(csv, measured);
        let test = match outcome.comparison {
            GroupsComparison::Categories(comparison) => comparison.test,
            GroupsComparison::Numbers(comparison) => comparison.test,
            GroupsComparison::Paired(comparison) => comparison.test,
        };
        assert_eq!(test, None, "{csv}");
        let says = |block: &Block| match block {
            Block::Paragraph { text } => text.ends_with("or are in one group."),
            _ => false,
        };
        assert!(
            section.blocks.iter().any(says),
            "{csv}: {:?}",
            section.blocks
        );
    }
}

#[test]
fn nobody_with_it_in_one_group_leaves_a_difference_and_no_upper_limit_of_the_ratio() {
    let csv = "Value,Group\nno,a\nno,a\nno,a\nno,b\nyes,b\nyes,b\n";
    let (outcome, _) = section_of(csv, false);
    let GroupsComparison::Categories(comparison) = outcome.comparison else {
        panic!("{:?}", outcome.comparison);
    };
    assert_eq!(comparison.test.unwrap().name, TestName::Fisher);
    let effect = comparison.effects[0];
    assert_eq!((effect.arm, effect.estimate), (1, Some(2.0 / 3.0)));
    // Fisher: 3 of the 15 ways put both into b, 3 both into a.
    assert!((comparison.test.unwrap().p_value - 0.4).abs() < 1e-12);
}

#[test]
fn columns_that_cannot_be_compared_are_refused() {
    let study = patients();
    let code = |options| {
        let error = study
            .run(&Analysis::Groups(options), &mut |_| ())
            .unwrap_err();
        let cause = serde_json::to_value(&error).unwrap();
        cause["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(code(options("Sex", "Sex")), "same_column");
    assert_eq!(code(options("Patient", "Sex")), "not_counted");
    assert_eq!(code(options("Age", "Grade")), "no_group");
    let paired = GroupsOptions {
        paired_with: Some("Grade".to_owned()),
        ..options("Nausea week 6", "Sex")
    };
    assert_eq!(code(paired), "not_paired");
}

/// Sections of every kind, and what the script calls their numbers.
fn every_kind() -> Vec<(GroupsOptions, &'static str)> {
    let nausea = || options("Nausea week 6", "Sex");
    let measure = |measure: EffectMeasure| GroupsOptions {
        measure,
        ..nausea()
    };
    let test = |test: CategoryTest| GroupsOptions { test, ..nausea() };
    let numeric = |column: &str, group: &str, numeric_test| GroupsOptions {
        numeric_test,
        ..options(column, group)
    };
    let effects = "p effects";
    vec![
        (nausea(), effects),
        (
            GroupsOptions {
                difference: oncurve::analysis::DifferenceMethod::MiettinenNurminen,
                test: CategoryTest::Yates,
                ..nausea()
            },
            effects,
        ),
        (measure(EffectMeasure::Ratio), effects),
        (measure(EffectMeasure::Odds), effects),
        (
            GroupsOptions {
                odds: OddsMethod::MiettinenNurminen,
                ..measure(EffectMeasure::Odds)
            },
            effects,
        ),
        (test(CategoryTest::Fisher), "p"),
        (test(CategoryTest::Boschloo), "p"),
        (test(CategoryTest::NMinus1), "p"),
        (options("Grade", "Arm"), "p"),
        (
            GroupsOptions {
                ordered: true,
                ..options("Nausea week 6", "Arm")
            },
            "p trend",
        ),
        (
            GroupsOptions {
                ordered: true,
                ..options("Grade", "Arm")
            },
            "p trend",
        ),
        (
            GroupsOptions {
                strata: Some("Centre".to_owned()),
                ..nausea()
            },
            "strata",
        ),
        (numeric("Age", "Sex", NumericTest::Automatic), effects),
        (numeric("Age", "Arm", NumericTest::Student), "p pairs"),
        (numeric("LDH", "Sex", NumericTest::Ranks), effects),
        (numeric("Age", "Sex", NumericTest::RanksExact), effects),
        (numeric("LDH", "Sex", NumericTest::RanksNormal), effects),
        (
            GroupsOptions {
                ordered: true,
                ..numeric("LDH", "Arm", NumericTest::Automatic)
            },
            "p trend",
        ),
        (
            GroupsOptions {
                paired_with: Some("Nausea week 12".to_owned()),
                ..options("Nausea week 6", "")
            },
            "p odds",
        ),
    ]
}

/// The numbers of a section by the names of the script.
fn ours(outcome: &GroupsOutcome, name: &str) -> Vec<Option<f64>> {
    let (test, trend, effects) = match &outcome.comparison {
        GroupsComparison::Categories(of) => (of.test, of.trend, &of.effects[..]),
        GroupsComparison::Numbers(of) => (of.test, of.trend, &of.effects[..]),
        GroupsComparison::Paired(of) => (of.test, None, &[][..]),
    };
    match (name, &outcome.comparison) {
        ("p", _) => vec![test.map(|test| test.p_value)],
        ("trend", _) => vec![trend.map(|test| test.p_value)],
        ("effects" | "pairs", _) => (effects.iter())
            .flat_map(|effect| [effect.estimate, effect.conf_low, effect.conf_high])
            .collect(),
        ("odds", GroupsComparison::Paired(of)) => {
            let ratio = of.odds_ratio.unwrap();
            vec![ratio.estimate, ratio.conf_low, ratio.conf_high]
        }
        ("strata", GroupsComparison::Categories(of)) => {
            let strata = of.strata.as_ref().unwrap();
            let ratio = strata.odds_ratio;
            vec![
                Some(strata.test.p_value),
                ratio.estimate,
                ratio.conf_low,
                ratio.conf_high,
            ]
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_r_script_gives_the_same_comparisons() {
    let study = patients();
    let kinds = every_kind();
    let text = Text::new("en");
    let sections: Vec<Section> = (kinds.iter())
        .map(|(options, _)| {
            let outcome = study::run(&study, &Analysis::Groups(options.clone()));
            Section::new(None, &outcome, &Style::default(), &text)
        })
        .collect();
    let mut script = write(&study, &sections, oncurve::report::ReportFormat::R);
    script += "\nshow <- function(marker, ...) cat(\"shown\", marker, sprintf(\"%.17g\", c(...)), \"\\n\")\n";
    for (i, (_, names)) in (1..).zip(&kinds) {
        for name in names.split(' ') {
            // Tests of numbers have their statistic and p value before the effect.
            let value = match name {
                "strata" => format!("with(strata{i}, c(p.value, estimate, conf.int))"),
                "effects" => format!("tail(c(effects{i}), 3)"),
                "pairs" => format!("c(effects{i}[3:5, ])"),
                name => format!("{name}{i}"),
            };
            script += &format!("show(\"{name}{i}\", {value})\n");
        }
    }
    let Some(output) = run_r(&study, &study::file(FILE), &script) else {
        return;
    };
    for (i, ((_, names), section)) in (1..).zip(kinds.iter().zip(&sections)) {
        let Outcome::Groups(outcome) = &section.outcome else {
            panic!("{:?}", section.outcome);
        };
        for name in names.split(' ') {
            let marker = format!("{name}{i}");
            assert_close(&ours(outcome, name), &numbers(&output, &marker), &marker);
        }
    }
}
