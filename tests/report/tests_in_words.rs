//! What the sections say of their tests, word for word: their sides, strata, permutations, what they compare.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, BaselineOptions, ComparisonOptions, CompetingOptions, CoxOptions, CurveTest,
    CutPointOptions, CutRule, NumberStatistic, NumericTest, PValues, PermutationChoice,
    SubgroupsOptions,
};
use oncurve::cohort::Mapping;
use oncurve::report::Block;

use crate::cox::{paragraph, texts};
use crate::documents::sections;
use crate::study;

/// The 14 synthetic patients with age as a number.
fn example() -> Study {
    let mut study = study::example();
    let mapping = Mapping {
        covariates: texts(&["Age"]),
        ..study.mapping().clone()
    };
    study.assign(mapping).unwrap();
    study
}

fn blocks(analysis: Analysis) -> Vec<Block> {
    sections(&example(), &[analysis]).remove(0).blocks
}

fn methods(blocks: &[Block]) -> &str {
    match blocks.last() {
        Some(Block::Methods { text, .. }) => text,
        other => panic!("{other:?}"),
    }
}

fn notes(blocks: &[Block]) -> Vec<&str> {
    (blocks.iter())
        .filter_map(|block| match block {
            Block::Table { notes, .. } => Some(notes),
            _ => None,
        })
        .flatten()
        .map(String::as_str)
        .collect()
}

#[test]
fn methods_say_that_tests_are_two_sided() {
    let cox = CoxOptions {
        covariates: texts(&["Age", "Sex"]),
        ..CoxOptions::default()
    };
    let cut_point = CutPointOptions {
        column: "Age".to_owned(),
        rule: CutRule::Median,
        ..CutPointOptions::default()
    };
    let competing = CompetingOptions {
        group: Some("PD-L1".to_owned()),
        ..CompetingOptions::default()
    };
    let adjusted = CompetingOptions {
        covariates: texts(&["Age"]),
        ..CompetingOptions::default()
    };
    let comparison = ComparisonOptions {
        group: "PD-L1".to_owned(),
        ..ComparisonOptions::default()
    };
    for analysis in [
        Analysis::Cox(cox),
        Analysis::CutPoint(cut_point),
        Analysis::Competing(competing),
        Analysis::Competing(adjusted),
        Analysis::Comparison(comparison),
    ] {
        let blocks = blocks(analysis);
        let text = methods(&blocks);
        let last = " All tests are two-sided. Computed with oncurve 0.1.0.";
        assert!(text.ends_with(last), "{text}");
        assert_eq!(text.matches("two-sided").count(), 1, "{text}");
    }
    let subgroups = SubgroupsOptions {
        group: "PD-L1".to_owned(),
        subgroups: texts(&["Sex"]),
        ..SubgroupsOptions::default()
    };
    let blocks = blocks(Analysis::Subgroups(subgroups));
    let text = methods(&blocks);
    let said = "Whether it differs between the levels of a column was tested by the likelihood ratio \
                of the models with and without their interaction [3]; tests are two-sided, and p \
                values not adjusted for their number. Computed with oncurve 0.1.0.";
    assert!(text.ends_with(said), "{text}");
}

#[test]
fn without_a_test_no_sides_are_told() {
    let blocks = blocks(Analysis::Competing(CompetingOptions::default()));
    assert!(!methods(&blocks).contains("two-sided"));
}

/// PFS of the example by PD-L1, within the strata of sex.
fn stratified(primary: CurveTest, permutation: PermutationChoice) -> Vec<Block> {
    blocks(Analysis::Comparison(ComparisonOptions {
        group: "PD-L1".to_owned(),
        strata: Some("Sex".to_owned()),
        primary,
        permutation,
        ..ComparisonOptions::default()
    }))
}

#[test]
fn a_stratified_test_and_its_permutations_are_within_the_strata() {
    let blocks = stratified(CurveTest::LogRank, PermutationChoice::Always);
    let told = paragraph(&blocks);
    assert!(
        told.contains(
            "The groups compare with p = 0.103 (log-rank test stratified by Sex, the primary test); \
             p = 0.125 by its permutation version, which holds its error rate with few patients."
        ),
        "{told}"
    );
    let text = methods(&blocks);
    assert!(
        text.contains(
            "The curves of the groups of PD-L1 were compared, as the primary test, by the log-rank \
             test [1]. The tests were stratified by Sex (2 strata). The tests were repeated over \
             100000 random arrangements of the patients within the strata (permutation test, seed \
             20240630) [2]."
        ),
        "{text}"
    );
    let notes = notes(&blocks);
    for note in [
        "p (permutation): the statistic compared with its values when the patients are dealt to the \
         groups at random within the strata.",
        "Means and differences are not stratified.",
    ] {
        assert!(notes.contains(&note), "{note}: {notes:?}");
    }
}

#[test]
fn without_strata_the_patients_are_dealt_to_the_groups_at_random() {
    let blocks = blocks(Analysis::Comparison(ComparisonOptions {
        group: "PD-L1".to_owned(),
        permutation: PermutationChoice::Always,
        ..ComparisonOptions::default()
    }));
    let notes = notes(&blocks);
    let note = "p (permutation): the statistic compared with its values when the patients are dealt \
                to the groups at random.";
    assert!(notes.contains(&note), "{notes:?}");
    assert!(!notes.contains(&"Means and differences are not stratified."));
}

#[test]
fn max_combo_of_two_groups_says_what_its_p_value_is_of() {
    let blocks = blocks(Analysis::Comparison(ComparisonOptions {
        group: "PD-L1".to_owned(),
        primary: CurveTest::MaxCombo,
        permutation: PermutationChoice::Never,
        ..ComparisonOptions::default()
    }));
    let told = paragraph(&blocks);
    assert!(
        told.contains("The groups compare with p = 0.093 (MaxCombo test, the primary test)."),
        "{told}"
    );
    let notes = notes(&blocks);
    let note = "MaxCombo: the largest |z| of the Fleming-Harrington tests (0, 0), (1, 0), (0, 1) and \
                (1, 1), with the p value of that largest one. It compares two groups.";
    assert!(notes.contains(&note), "{notes:?}");
    let text = methods(&blocks);
    let said = "The curves of the groups of PD-L1 were compared, as the primary test, by the MaxCombo \
                test [1][2].";
    assert!(text.contains(said), "{text}");
}

#[test]
fn medians_beside_a_test_of_means_are_said_to_be_another_thing() {
    let described = |statistics: Vec<NumberStatistic>| {
        blocks(Analysis::Baseline(BaselineOptions {
            columns: texts(&["Age"]),
            group: Some("PD-L1".to_owned()),
            statistics,
            numeric_test: NumericTest::Welch,
            p_values: PValues::Always,
            ..BaselineOptions::default()
        }))
    };
    let medians = described(vec![NumberStatistic::MedianQuartiles]);
    let of_means = "* Welch’s t test: it compares the means, which are not shown.";
    assert!(notes(&medians).contains(&of_means), "{:?}", notes(&medians));
    let both = described(vec![
        NumberStatistic::MeanSd,
        NumberStatistic::MedianQuartiles,
    ]);
    assert!(
        notes(&both).contains(&"* Welch’s t test."),
        "{:?}",
        notes(&both)
    );
    assert!(
        methods(&medians).contains(
            "Tests are two-sided, of the known values, and not corrected for their number."
        )
    );
}
