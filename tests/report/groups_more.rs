//! Comparisons of groups where a group has one patient, and of a few numbers that also make groups.

use oncurve::analysis::{
    Analysis, CategoryTest, GroupsComparison, GroupsOptions, NumericTest, Outcome, TestName,
};
use oncurve::cohort::Mapping;
use oncurve::format::Style;
use oncurve::report::{Block, compose};
use oncurve::text::Text;

use crate::study;

/// `stage` both makes groups and is a number; the last group of `arm` has one patient.
fn groups(options: GroupsOptions) -> (GroupsComparison, String) {
    let rows = (0..41).map(|i| {
        let arm = if i == 40 { "C" } else { ["A", "B"][i % 2] };
        format!("{i},{arm},{},{}\n", (i * i) % 4, 50 + (i * 7) % 23)
    });
    let file = format!("id,arm,stage,age\n{}", rows.collect::<String>());
    let mapping = Mapping {
        patient: Some("id".to_owned()),
        groups: vec![study::grouping("arm"), study::grouping("stage")],
        covariates: vec!["stage".to_owned(), "age".to_owned()],
        ..Mapping::default()
    };
    let study = study::of_bytes(file.as_bytes(), "groups.csv", mapping);
    let options = GroupsOptions {
        group: "arm".to_owned(),
        ..options
    };
    let outcome = study::run(&study, &Analysis::Groups(options));
    let blocks = compose(&outcome, &Style::default(), &Text::new("en"));
    let told = blocks.iter().filter_map(|block| match block {
        Block::Paragraph { text } | Block::Methods { text, .. } => Some(text.clone()),
        _ => None,
    });
    let told = told.collect::<Vec<_>>().join("\n");
    match outcome {
        Outcome::Groups(outcome) => (outcome.comparison, told),
        other => panic!("{other:?}"),
    }
}

fn of(column: &str) -> GroupsOptions {
    GroupsOptions {
        column: column.to_owned(),
        ..GroupsOptions::default()
    }
}

#[test]
fn a_group_of_one_is_not_said_to_have_the_same_value_as_all() {
    let (_, told) = groups(GroupsOptions {
        numeric_test: NumericTest::Welch,
        ..of("age")
    });
    assert!(
        told.contains("no test, as a group has a single value"),
        "{told}"
    );
    assert!(!told.contains("nothing to compare"), "{told}");
}

#[test]
fn intervals_of_pairs_are_said_to_be_what_they_are() {
    let test = |numeric_test| {
        groups(GroupsOptions {
            numeric_test,
            ..of("age")
        })
        .1
    };
    assert!(test(NumericTest::Student).contains("with the variance pooled over all groups"));
    let ranks = test(NumericTest::Ranks);
    assert!(
        ranks.contains("Wilcoxon’s rank sum test of the two groups"),
        "{ranks}"
    );
}

#[test]
fn a_few_numbers_that_make_groups_are_categories_unless_a_test_of_numbers_is_chosen() {
    let fisher = groups(GroupsOptions {
        test: CategoryTest::Fisher,
        ..of("stage")
    });
    match fisher.0 {
        GroupsComparison::Categories(of) => assert_eq!(of.test.unwrap().name, TestName::Fisher),
        other => panic!("{other:?}"),
    }
    let ranks = groups(GroupsOptions {
        numeric_test: NumericTest::Ranks,
        ..of("stage")
    });
    match ranks.0 {
        GroupsComparison::Numbers(of) => {
            assert_eq!(of.test.unwrap().name, TestName::KruskalWallis);
        }
        other => panic!("{other:?}"),
    }
}
