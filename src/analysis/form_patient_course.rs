//! The forms of the figures patient by patient.

use super::form::{choice, group_field};
use super::{Analysis, AnalysisForm, Field, FieldKind, SwimmerOptions, TumoursOptions};
use crate::cohort::{Cohort, Endpoint};

/// The form of the tumour courses.
pub(super) fn tumours_form(cohort: &Cohort) -> AnalysisForm {
    let by = choice([
        ("recist", "form-criteria-recist"),
        ("irecist", "form-criteria-irecist"),
    ]);
    let mut fields = vec![Field::new("by", "data", by), group_field(cohort)];
    fields.extend(figure_fields());
    AnalysisForm {
        analysis: Analysis::Tumours(TumoursOptions::default()),
        label: "form-tumours".to_owned(),
        help: "form-tumours-help".to_owned(),
        missing: (cohort.tumours().is_none()).then(|| "form-tumours-missing".to_owned()),
        fields,
    }
}

/// The form of the swimmer plot.
pub(super) fn swimmer_form(cohort: &Cohort) -> AnalysisForm {
    let order = choice([
        ("duration", "form-order-duration"),
        ("response", "form-order-response"),
        ("group", "form-order-group"),
        ("sheet", "form-order-sheet"),
    ]);
    let mut fields = vec![Field::new("order", "figure", order), group_field(cohort)];
    fields.extend(figure_fields());
    let lasting = [Endpoint::Os, Endpoint::Pfs];
    let missing = lasting
        .iter()
        .all(|&endpoint| cohort.endpoint(endpoint).is_none());
    AnalysisForm {
        analysis: Analysis::Swimmer(SwimmerOptions::default()),
        label: "form-swimmer".to_owned(),
        help: "form-swimmer-help".to_owned(),
        missing: missing.then(|| "form-swimmer-missing".to_owned()),
        fields,
    }
}

fn figure_fields() -> [Field; 3] {
    let width = choice([
        ("one", "form-width-one"),
        ("one_and_half", "form-width-one-and-half"),
        ("two", "form-width-two"),
    ]);
    let names = choice([
        ("automatic", "form-names-automatic"),
        ("always", "form-drawn-always"),
        ("never", "form-drawn-never"),
    ]);
    [
        Field::new("figure.width", "figure", width),
        Field::new("figure.names", "figure", names),
        Field::new("figure.title", "figure", FieldKind::Text),
    ]
}
