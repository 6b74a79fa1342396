//! The options of a comparison of curves.

use serde_json::Value;

use super::first::usual_factor;
use super::form::{choice, endpoint_choice, level_field, literal, width_field};
use super::form_cox::{candidates, several};
use super::{Analysis, AnalysisForm, Choice, ComparisonOptions, Field, FieldKind};
use crate::cohort::{Cohort, Endpoint};

/// The form of a comparison of curves.
pub(super) fn comparison_form(cohort: &Cohort) -> AnalysisForm {
    let endpoints: Vec<Endpoint> = (cohort.endpoints().iter())
        .map(|data| data.endpoint)
        .collect();
    let columns: Vec<&str> = (cohort.factors().iter())
        .map(|factor| factor.column.as_str())
        .collect();
    let options = ComparisonOptions {
        endpoint: endpoints.first().copied().unwrap_or(Endpoint::Pfs),
        group: usual_factor(cohort).map_or_else(String::new, |factor| factor.column.clone()),
        ..ComparisonOptions::default()
    };
    let missing = match (endpoints.is_empty(), columns.is_empty()) {
        (true, _) => Some("form-comparison-missing-endpoint"),
        (false, true) => Some("form-comparison-missing"),
        (false, false) => None,
    };
    let mut fields = data_fields(&endpoints, &columns);
    fields.extend(test_fields(&columns));
    fields.extend(estimate_fields(cohort));
    fields.extend(figure_fields());
    AnalysisForm {
        analysis: Analysis::Comparison(options),
        label: "form-comparison".to_owned(),
        help: "form-comparison-help".to_owned(),
        missing: missing.map(str::to_owned),
        fields,
    }
}

fn data_fields(endpoints: &[Endpoint], columns: &[&str]) -> Vec<Field> {
    let choices = columns.iter().map(|column| literal(column)).collect();
    vec![
        Field::new(
            "endpoint",
            "data",
            FieldKind::Choice {
                choices: endpoints.iter().copied().map(endpoint_choice).collect(),
            },
        ),
        field("group", "data", FieldKind::Choice { choices }),
        field("restart", "data", time(0.0)).help(),
    ]
}

const TESTS: [(&str, &str); 7] = [
    ("log_rank", "form-comparison-test-log-rank"),
    ("gehan_breslow", "form-comparison-test-gehan-breslow"),
    ("tarone_ware", "form-comparison-test-tarone-ware"),
    ("peto_peto", "form-comparison-test-peto-peto"),
    (
        "modified_peto_peto",
        "form-comparison-test-modified-peto-peto",
    ),
    (
        "fleming_harrington",
        "form-comparison-test-fleming-harrington",
    ),
    ("max_combo", "form-comparison-test-max-combo"),
];

fn test_fields(columns: &[&str]) -> Vec<Field> {
    let tests = match choice(TESTS) {
        FieldKind::Choice { choices } => FieldKind::Choices { choices },
        other => other,
    };
    let none = Choice {
        value: Value::Null,
        label: "form-comparison-strata-none".to_owned(),
        literal: false,
    };
    let strata = std::iter::once(none)
        .chain(columns.iter().map(|column| literal(column)))
        .collect();
    let weight = || number(0.0, 10.0, 0.5);
    let drawn = Some((
        "permutation".to_owned(),
        vec!["small".into(), "always".into()],
    ));
    vec![
        field("primary", "tests", choice(TESTS)).help(),
        field("tests", "tests", tests).help(),
        field("p", "tests", weight()).help(),
        field("q", "tests", weight()).help(),
        field("strata", "tests", FieldKind::Choice { choices: strata }).help(),
        field("trend", "tests", FieldKind::Switch).help(),
        field(
            "adjustment",
            "tests",
            choice([
                ("holm", "form-comparison-holm"),
                ("bonferroni", "form-comparison-bonferroni"),
                ("hochberg", "form-comparison-hochberg"),
                ("hommel", "form-comparison-hommel"),
                ("benjamini_hochberg", "form-comparison-benjamini-hochberg"),
                ("benjamini_yekutieli", "form-comparison-benjamini-yekutieli"),
                ("none", "form-comparison-uncorrected"),
            ]),
        )
        .help(),
        field(
            "permutation",
            "permutation",
            choice([
                ("small", "form-comparison-permutation-small"),
                ("always", "form-comparison-permutation-always"),
                ("never", "form-comparison-permutation-never"),
            ]),
        ),
        Field {
            shown_if: drawn.clone(),
            ..field("draws", "permutation", number(1e3, 1e7, 1e3)).help()
        },
        Field {
            shown_if: drawn,
            // Whole numbers up to here are exact in JavaScript.
            ..field(
                "seed",
                "permutation",
                number(0.0, 9_007_199_254_740_991.0, 1.0),
            )
            .help()
        },
    ]
}

fn estimate_fields(cohort: &Cohort) -> Vec<Field> {
    let times = || FieldKind::Numbers {
        min: 0.0,
        max: LATEST,
    };
    let [_, conf_type, _] = super::form::estimate_fields();
    let adjust = match several("adjust", "estimates", candidates(cohort).into_iter()).kind {
        FieldKind::Choices { choices } if choices.is_empty() => None,
        kind => Some(field("adjust", "estimates", kind).help()),
    };
    let mut fields = vec![field("tau", "estimates", time(0.01)).help()];
    fields.extend(adjust);
    fields.extend([
        field("landmarks", "estimates", times()).help(),
        field("conditional", "estimates", times()).help(),
        field("further", "estimates", time(0.01)).help(),
        conf_type,
        level_field(),
    ]);
    fields
}

fn figure_fields() -> Vec<Field> {
    vec![
        field("figure.difference", "figure", FieldKind::Switch),
        field("figure.areas", "figure", FieldKind::Switch),
        width_field(),
        Field::new("figure.tick_step", "figure", time(0.01)).help(),
        Field::new("figure.title", "figure", FieldKind::Text),
    ]
}

/// The latest time that can be typed.
const LATEST: f64 = 100_000.0;

fn time(min: f64) -> FieldKind {
    FieldKind::Number {
        min,
        max: LATEST,
        step: 1.0,
        optional: true,
    }
}

fn number(min: f64, max: f64, step: f64) -> FieldKind {
    FieldKind::Number {
        min,
        max,
        step,
        optional: false,
    }
}

/// A field whose label is of this analysis alone.
fn field(id: &str, part: &str, kind: FieldKind) -> Field {
    Field {
        label: format!("form-comparison-{}", id.replace(['.', '_'], "-")),
        ..Field::new(id, part, kind)
    }
}
