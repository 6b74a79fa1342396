//! The form of the analysis of competing risks.

use serde_json::Value;

use super::case::case_fields;
use super::form::{choice, estimate_fields, figure_fields, group_field, literal};
use super::form_cox::{candidates, covariate_fields, several};
use super::{Analysis, AnalysisForm, Choice, CompetingOptions, Field, FieldKind};
use crate::cohort::{Cause, Cohort};

/// Fields of the survival figure that these figures share.
const SHARED: [&str; 6] = [
    "figure.width",
    "figure.legend",
    "figure.band",
    "figure.tick_step",
    "figure.axis_end",
    "figure.title",
];

pub(super) fn competing_form(cohort: &Cohort) -> AnalysisForm {
    let causes = cohort.competing().map_or(&[][..], |data| &data.causes);
    let grouped: Vec<Value> = (cohort.factors().iter())
        .map(|factor| factor.column.clone().into())
        .collect();
    let with_groups = |field: Field| Field {
        shown_if: Some(("group".to_owned(), grouped.clone())),
        ..field
    };
    let strata = Field {
        id: "strata".to_owned(),
        label: "form-field-gray-strata".to_owned(),
        ..group_field(cohort)
    };
    let mut fields = vec![
        Field::new("cause", "data", causes_field(causes)),
        group_field(cohort),
        with_groups(without_strata(strata)).help(),
    ];
    let columns = candidates(cohort);
    if !columns.is_empty() {
        fields.push(
            Field {
                label: "form-field-competing-covariates".to_owned(),
                ..several("covariates", "covariates", columns.into_iter())
            }
            .help(),
        );
        fields.extend(covariate_fields(cohort));
    }
    fields.extend(case_fields(cohort));
    fields.extend(estimate_fields());
    fields.push(convention_field());
    fields.extend(
        figure_fields()
            .into_iter()
            .filter(|field| SHARED.contains(&&*field.id)),
    );
    fields.extend([
        Field {
            label: "form-field-figure-gray".to_owned(),
            ..Field::new("figure.annotation", "figure", FieldKind::Switch)
        },
        Field {
            label: "form-field-figure-at-risk".to_owned(),
            ..Field::new("figure.risk_table", "figure", FieldKind::Switch)
        },
        Field::new("figure.fit_axis", "figure", FieldKind::Switch).help(),
        Field::new("figure.stacked", "figure", FieldKind::Switch),
    ]);
    AnalysisForm {
        analysis: Analysis::Competing(CompetingOptions {
            cause: causes.first().map(|cause| cause.key().to_owned()),
            ..CompetingOptions::default()
        }),
        label: "form-competing".to_owned(),
        help: "form-competing-help".to_owned(),
        missing: (causes.is_empty()).then(|| "form-competing-missing".to_owned()),
        fields,
    }
}

/// The message of "no groups" becomes that of "no strata".
fn without_strata(field: Field) -> Field {
    let kind = match field.kind {
        FieldKind::Choice { mut choices } => {
            if let Some(none) = choices.first_mut() {
                none.label = "form-strata-none".to_owned();
            }
            FieldKind::Choice { choices }
        }
        kind => kind,
    };
    Field { kind, ..field }
}

fn causes_field(causes: &[Cause]) -> FieldKind {
    let named = |cause: &Cause, label: &str| Choice {
        value: cause.key().into(),
        label: label.to_owned(),
        literal: false,
    };
    let choices = causes.iter().map(|cause| match cause {
        Cause::Progression => named(cause, "form-cause-progression"),
        Cause::Death => named(cause, "form-cause-death"),
        Cause::Given { label } => literal(label),
    });
    FieldKind::Choice {
        choices: choices.collect(),
    }
}

fn convention_field() -> Field {
    let conventions = [
        ("survival", "form-convention-survival"),
        ("cmprsk", "form-convention-cmprsk"),
    ];
    Field::new("convention", "estimates", choice(conventions)).help()
}
