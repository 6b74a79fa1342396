//! The form of a table of baseline characteristics.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{BaselineOptions, Variable};
use crate::analysis::first::usual_group;
use crate::analysis::form::{choice, group_field, in_words, literal};
use crate::analysis::form_cox::key;
use crate::analysis::groups::{CATEGORY_TESTS, NUMERIC_TESTS};
use crate::analysis::{Analysis, AnalysisForm, Choice, Field, FieldKind};
use crate::cohort::{Cohort, Unmapped};

/// Every column that can be described can be chosen; those of groups and of measurements are chosen beforehand.
pub(in crate::analysis) fn baseline_form(cohort: &Cohort) -> AnalysisForm {
    let numbers = cohort.covariates().iter().map(|column| &*column.column);
    let groups = cohort.factors().iter().map(|factor| &*factor.column);
    let first = in_order(cohort, numbers.chain(groups));
    let later = cohort.counted().iter().map(|factor| &*factor.column);
    let Unmapped { factors, numbers } = cohort.unmapped();
    let unmapped = (factors.iter().map(|factor| &*factor.column))
        .chain(numbers.iter().map(|column| &*column.column));
    let all = in_order(cohort, first.iter().copied().chain(later).chain(unmapped));
    // The groups are compared, not described, unless nothing else is there.
    let group = (usual_group(cohort).map(|factor| &*factor.column))
        .filter(|group| first.iter().any(|column| column != group));
    let described = first.iter().filter(|column| Some(**column) != group);
    let options = BaselineOptions {
        columns: described.map(|column| (*column).to_owned()).collect(),
        group: group.map(str::to_owned),
        ..BaselineOptions::default()
    };
    let mut fields = vec![
        baseline_field(
            "columns",
            "data",
            FieldKind::Ordered {
                choices: all.iter().map(|column| literal(column)).collect(),
            },
        )
        .help(),
        group_field(cohort),
        with_groups(cohort, baseline_field("overall", "data", FieldKind::Switch)),
    ];
    fields.extend(as_numbers_field(cohort, &all));
    fields.extend(shown_fields());
    fields.extend(difference_fields(cohort));
    fields.extend(column_fields(cohort, &all, &options));
    AnalysisForm {
        analysis: Analysis::Baseline(options),
        label: "form-baseline".to_owned(),
        help: "form-baseline-help".to_owned(),
        missing: (all.is_empty()).then(|| "form-baseline-missing".to_owned()),
        fields,
    }
}

/// Headings in the order of the sheet, each once.
fn in_order<'a>(cohort: &'a Cohort, columns: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let columns: BTreeSet<&str> = columns.collect();
    let place = |column: &str| cohort.headings().iter().position(|other| other == column);
    let mut columns: Vec<&str> = columns.into_iter().collect();
    columns.sort_by_key(|column| place(column));
    columns
}

/// A field whose words are this analysis' own: `form-field-baseline-<id>`.
fn baseline_field(id: &str, part: &str, kind: FieldKind) -> Field {
    let field = Field::new(&format!("baseline.{id}"), part, kind);
    Field {
        id: id.to_owned(),
        ..field
    }
}

/// Shown while there are groups.
fn with_groups(cohort: &Cohort, field: Field) -> Field {
    let groups = (cohort.factors().iter()).map(|factor| Value::from(&*factor.column));
    Field {
        shown_if: Some(("group".to_owned(), groups.collect())),
        ..field
    }
}

/// The columns that could be counted or measured, where there are any.
fn as_numbers_field(cohort: &Cohort, columns: &[&str]) -> Option<Field> {
    let plain = BaselineOptions::default();
    let both = |column: &&str| {
        let counted = matches!(
            Variable::find(cohort, column, &plain),
            Ok(Variable::Categories(_))
        );
        let mut numbers = (cohort.covariates().iter()).chain(&cohort.unmapped().numbers);
        counted && numbers.any(|numbers| numbers.column == **column)
    };
    let both = columns.iter().copied().filter(both);
    let choices: Vec<Choice> = both.map(literal).collect();
    let shown = !choices.is_empty();
    let field = baseline_field("as_numbers", "data", FieldKind::Choices { choices });
    shown.then(|| field.help())
}

fn shown_fields() -> [Field; 3] {
    let choices = in_words([
        ("mean_sd", "form-baseline-mean-sd"),
        ("median_quartiles", "form-baseline-median-quartiles"),
        ("median_range", "form-baseline-median-range"),
        ("range", "form-baseline-range"),
    ]);
    [
        baseline_field("statistics", "estimates", FieldKind::Choices { choices }),
        baseline_field(
            "quantiles",
            "estimates",
            choice([
                ("type7", "form-baseline-type7"),
                ("type6", "form-baseline-type6"),
                ("type2", "form-baseline-type2"),
                ("type1", "form-baseline-type1"),
                ("type3", "form-baseline-type3"),
                ("type4", "form-baseline-type4"),
                ("type5", "form-baseline-type5"),
                ("type8", "form-baseline-type8"),
                ("type9", "form-baseline-type9"),
            ]),
        )
        .help(),
        baseline_field(
            "percent_of",
            "estimates",
            choice([
                ("known", "form-baseline-percent-of-known"),
                ("all", "form-baseline-percent-of-all"),
            ]),
        ),
    ]
}

/// Shown while there are groups to compare.
fn difference_fields(cohort: &Cohort) -> [Field; 4] {
    let p_values = choice([
        ("automatic", "form-baseline-p-automatic"),
        ("always", "form-baseline-p-always"),
        ("never", "form-baseline-p-never"),
    ]);
    let tested = |id: &str, tests| Field {
        shown_if: Some(tested()),
        ..baseline_field(id, "differences", choice(tests)).help()
    };
    let standardised = baseline_field("standardised", "differences", FieldKind::Switch);
    let p_values = baseline_field("p_values", "differences", p_values);
    [
        with_groups(cohort, standardised.help()),
        with_groups(cohort, p_values.help()),
        tested("category_test", CATEGORY_TESTS),
        tested("numeric_test", NUMERIC_TESTS),
    ]
}

fn tested() -> (String, Vec<Value>) {
    let when = ["automatic", "always"].map(Value::from).to_vec();
    ("p_values".to_owned(), when)
}

/// The test of each column, where it should differ from that of the others.
fn column_fields(cohort: &Cohort, columns: &[&str], options: &BaselineOptions) -> Vec<Field> {
    let as_others = |tests: [(&'static str, &'static str); 6]| {
        let mut choices = in_words(tests);
        let none = Choice {
            value: Value::Null,
            label: "form-baseline-as-others".to_owned(),
            literal: false,
        };
        choices.insert(0, none);
        FieldKind::Choice { choices }
    };
    let field = |column: &&str| {
        let (tests, choices) = match Variable::find(cohort, column, options).ok()? {
            Variable::Categories(_) => ("category_tests", CATEGORY_TESTS),
            Variable::Numbers(_) => ("numeric_tests", NUMERIC_TESTS),
        };
        Some(Field {
            id: format!("{tests}.{}", key(column)),
            about: Some((*column).to_owned()),
            shown_if: Some(("columns".to_owned(), vec![Value::from(*column)])),
            ..baseline_field("column_test", "column-tests", as_others(choices))
        })
    };
    columns.iter().filter_map(field).collect()
}
