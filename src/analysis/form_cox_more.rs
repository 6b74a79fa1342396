//! What can be asked of Cox models beyond their ratios: weights, entries, choice by p values, predictions, checks.

use serde_json::Value;

use super::form::{Choice, Field, FieldKind, choice, choice_or_none, literal, none};
use super::form_cox::{about, key};
use crate::cohort::Cohort;

/// Whether p values choose the covariates.
pub(super) fn selection_fields() -> [Field; 2] {
    let methods = choice([
        ("none", "form-selection-none"),
        ("backward", "form-selection-backward"),
        ("univariable", "form-selection-univariable"),
    ]);
    let p = FieldKind::Number {
        min: 0.001,
        max: 0.999,
        step: 0.001,
        optional: false,
    };
    let used = ["backward", "univariable"].map(Value::from).to_vec();
    [
        Field::new("selection.method", "model", methods).help(),
        Field {
            shown_if: Some(("selection.method".to_owned(), used)),
            ..Field::new("selection.p", "model", p)
        },
    ]
}

/// The curves that are predicted.
pub(super) fn curve_fields(cohort: &Cohort, columns: &[&str]) -> Vec<Field> {
    let numbers = |min: f64| FieldKind::Numbers { min, max: 1e9 };
    let by = choice_or_none("form-curves-by-automatic", columns.iter().copied());
    let conf_types = choice([
        ("log_log", "form-conf-type-log-log"),
        ("log", "form-conf-type-log"),
        ("plain", "form-conf-type-plain"),
        ("logit", "form-conf-type-logit"),
        ("arcsine", "form-conf-type-arcsine"),
    ]);
    let mut fields = vec![
        Field::new("curves.show", "predicted", FieldKind::Switch).help(),
        Field::new("curves.by", "predicted", by),
        Field::new("curves.values", "predicted", numbers(-1e9)).help(),
        Field::new("curves.landmarks", "predicted", numbers(0.0)).help(),
        Field {
            label: "form-field-conf-type".to_owned(),
            ..Field::new("curves.conf_type", "predicted", conf_types)
        },
    ];
    for column in columns {
        let key = key(column);
        let (id, kind) = match (cohort.factor(column), cohort.covariate(column)) {
            (Some(factor), None) => (
                format!("curves.levels.{key}"),
                FieldKind::Choice {
                    choices: held_levels(&factor.levels),
                },
            ),
            (_, Some(_)) => (
                format!("curves.numbers.{key}"),
                FieldKind::Number {
                    min: -1e9,
                    max: 1e9,
                    step: 1e-9,
                    optional: true,
                },
            ),
            (None, None) => continue,
        };
        fields.push(Field {
            shown_if: Some(("covariates".to_owned(), vec![Value::from(*column)])),
            ..about(column, "predicted", &id, "held", kind)
        });
    }
    fields
}

fn held_levels(levels: &[String]) -> Vec<Choice> {
    let levels = levels.iter().map(|level| literal(level));
    std::iter::once(none("form-curves-reference"))
        .chain(levels)
        .collect()
}

/// Residuals and influence.
pub(super) fn check_field() -> Field {
    Field::new("checks", "checks", FieldKind::Switch).help()
}
