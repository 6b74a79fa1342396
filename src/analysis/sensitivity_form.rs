//! The form of a sensitivity analysis.

use super::form::{
    AnalysisForm, Field, FieldKind, endpoint_choice, estimate_fields, figure_fields, group_field,
    in_words, permutation_fields,
};
use super::{Analysis, SensitivityOptions};
use crate::cohort::{Cohort, Endpoint};

pub(super) fn sensitivity_form(cohort: &Cohort) -> AnalysisForm {
    let available = cohort.sensitive_endpoints();
    let options = SensitivityOptions {
        endpoint: available.first().copied().unwrap_or(Endpoint::Pfs),
        ..SensitivityOptions::default()
    };
    let choices = in_words([
        ("fda", "form-sensitivity-fda"),
        ("ema", "form-sensitivity-ema"),
        ("plain", "form-sensitivity-plain"),
    ]);
    let endpoints = FieldKind::Choice {
        choices: available.iter().copied().map(endpoint_choice).collect(),
    };
    let mut fields = vec![
        Field::new("endpoint", "data", endpoints),
        Field {
            label: "form-field-sensitivity-presets".to_owned(),
            ..Field::new("presets", "data", FieldKind::Choices { choices })
        }
        .help(),
        group_field(cohort),
    ];
    fields.extend(estimate_fields());
    fields.extend(permutation_fields(cohort));
    // Several curves of the same patients are not compared by a test.
    fields.extend((figure_fields().into_iter()).filter(|field| field.id != "figure.annotation"));
    AnalysisForm {
        analysis: Analysis::Sensitivity(options),
        label: "form-sensitivity".to_owned(),
        help: "form-sensitivity-help".to_owned(),
        missing: (available.is_empty()).then(|| "form-sensitivity-missing".to_owned()),
        fields,
    }
}
