//! The form of cut-points of a number.

use super::form::{
    AnalysisForm, Field, FieldKind, choice, endpoint_field, level_field, literal, width_field,
};
use super::{Analysis, CutPointOptions};
use crate::cohort::{Cohort, Endpoint};

pub(super) fn cut_point_form(cohort: &Cohort) -> AnalysisForm {
    let endpoint = cohort.endpoints().first().map(|data| data.endpoint);
    let columns = || cohort.covariates().iter().map(|numbers| &*numbers.column);
    let column = columns().next();
    let options = CutPointOptions {
        endpoint: endpoint.unwrap_or(Endpoint::Pfs),
        column: column.unwrap_or_default().to_owned(),
        ..CutPointOptions::default()
    };
    let choices = columns().map(literal).collect();
    let mut fields = vec![
        endpoint_field(cohort),
        field("column", "data", FieldKind::Choice { choices }),
    ];
    fields.extend(rule_fields());
    fields.extend([
        field(
            "knots",
            "spline",
            choice([
                ("three", "form-cutpoint-knots-three"),
                ("four", "form-cutpoint-knots-four"),
                ("five", "form-cutpoint-knots-five"),
                ("none", "form-cutpoint-knots-none"),
            ]),
        )
        .help(),
        level_field(),
        width_field(),
    ]);
    AnalysisForm {
        missing: (endpoint.is_none() || column.is_none())
            .then(|| "form-cutpoint-missing".to_owned()),
        analysis: Analysis::CutPoint(options),
        label: "form-cutpoint".to_owned(),
        help: "form-cutpoint-help".to_owned(),
        fields,
    }
}

/// Where the number is cut, and what each way needs.
fn rule_fields() -> Vec<Field> {
    let shown = |rule: &str| Some(("rule".to_owned(), vec![rule.into()]));
    let number = |min, max, step| FieldKind::Number {
        min,
        max,
        step,
        optional: false,
    };
    let searched = |field: Field| Field {
        shown_if: shown("maximum"),
        ..field
    };
    vec![
        field(
            "rule",
            "cutpoints",
            choice([
                ("median", "form-cutpoint-rule-median"),
                ("quartiles", "form-cutpoint-rule-quartiles"),
                ("given", "form-cutpoint-rule-given"),
                ("maximum", "form-cutpoint-rule-maximum"),
            ]),
        )
        .help(),
        Field {
            shown_if: shown("given"),
            ..field(
                "cuts",
                "cutpoints",
                FieldKind::Numbers {
                    min: -1e12,
                    max: 1e12,
                },
            )
            .help()
        },
        searched(field("least", "cutpoints", number(0.01, 0.45, 0.01)).help()),
        searched(Field::new("draws", "permutation", number(1e3, 1e7, 1e3))),
        // Whole numbers up to here are exact in JavaScript.
        searched(
            Field::new(
                "seed",
                "permutation",
                number(0.0, 9_007_199_254_740_991.0, 1.0),
            )
            .help(),
        ),
    ]
}

/// A field whose label is the message `form-field-cutpoint-<id>`.
fn field(id: &str, part: &str, kind: FieldKind) -> Field {
    Field {
        label: format!("form-field-cutpoint-{id}"),
        ..Field::new(id, part, kind)
    }
}
