//! The form of a response analysis.

use super::form::{choice, group_field, level_field, method_field};
use super::{Analysis, AnalysisForm, Field, FieldKind, ResponseOptions};
use crate::cohort::Cohort;

/// The form of a response analysis. What needs assessments is offered where there are any.
pub(super) fn response_form(cohort: &Cohort) -> AnalysisForm {
    let assessed = cohort.tumours().is_some();
    let entered =
        (cohort.entered_responses().is_some()).then_some(("entered", "form-response-entered"));
    let computed = [
        ("recist", "form-criteria-recist"),
        ("irecist", "form-criteria-irecist"),
    ];
    let mut fields = Vec::new();
    if assessed {
        let sources = entered.into_iter().chain(computed);
        fields.push(Field::new("by", "data", choice(sources)));
    }
    fields.extend([group_field(cohort), method_field(), level_field()]);
    fields.push(Field::new("evaluable", "estimates", FieldKind::Switch).help());
    if assessed {
        let weeks = FieldKind::Number {
            min: 1.0,
            max: 520.0,
            step: 1.0,
            optional: false,
        };
        fields.push(Field::new("benefit_weeks", "estimates", weeks).help());
    }
    let width = choice([
        ("one", "form-width-one"),
        ("one_and_half", "form-width-one-and-half"),
        ("two", "form-width-two"),
    ]);
    fields.push(Field::new("figure.width", "figure", width));
    fields.push(Field::new("figure.title", "figure", FieldKind::Text));
    AnalysisForm {
        analysis: Analysis::Response(ResponseOptions::of(cohort)),
        label: "form-response".to_owned(),
        help: "form-response-help".to_owned(),
        missing: (cohort.responses().is_none()).then(|| "form-response-missing".to_owned()),
        fields,
    }
}
