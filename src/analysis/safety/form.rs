//! The form of an analysis of adverse events.

use super::SafetyOptions;
use crate::analysis::first::arm;
use crate::analysis::form::{choice, group_field, level_field};
use crate::analysis::{Analysis, AnalysisForm, Field, FieldKind};
use crate::cohort::{Cohort, MappedEvents};

/// What a person can choose; what the columns do not say cannot be chosen.
pub(in crate::analysis) fn safety_form(cohort: &Cohort) -> AnalysisForm {
    let data = cohort.safety();
    let mapped = data.map_or_else(MappedEvents::default, |data| data.mapped);
    let by_therapies = data.is_some_and(|data| data.by_therapies);
    let by_system = mapped.system;
    let fields = [
        (true, group_field(cohort)),
        (mapped.related, attribution()),
        (by_therapies, population()),
        (
            mapped.start,
            number("emergent_days", "data", (0.0, 3650.0), 1.0, true),
        ),
        (by_system, field("by_system", "data", FieldKind::Switch)),
        (true, number("threshold", "data", (0.0, 100.0), 1.0, false)),
        (
            mapped.grade,
            number("severe", "data", (2.0, 5.0), 1.0, false),
        ),
        (!cohort.factors().is_empty(), difference()),
        (true, rate_unit()),
        (
            mapped.start && mapped.related,
            field("first_related", "estimates", FieldKind::Switch),
        ),
        (mapped.start, landmarks()),
        (true, level_field()),
    ];
    let fields = (fields.into_iter())
        .filter_map(|(known, field)| known.then_some(field))
        .chain(figure_fields());
    AnalysisForm {
        analysis: Analysis::Safety(SafetyOptions {
            group: arm(cohort).map(|factor| factor.column.clone()),
            by_system,
            ..SafetyOptions::default()
        }),
        label: "form-safety".to_owned(),
        help: "form-safety-help".to_owned(),
        missing: data.is_none().then(|| "form-safety-missing".to_owned()),
        fields: fields.collect(),
    }
}

/// A field whose words are this analysis' own: `form-field-safety-<id>`.
fn field(id: &str, part: &str, kind: FieldKind) -> Field {
    let field = Field::new(&format!("safety.{id}"), part, kind).help();
    Field {
        id: id.to_owned(),
        ..field
    }
}

fn number(id: &str, part: &str, (min, max): (f64, f64), step: f64, optional: bool) -> Field {
    let kind = FieldKind::Number {
        min,
        max,
        step,
        optional,
    };
    field(id, part, kind)
}

fn attribution() -> Field {
    let kind = choice([
        ("both", "form-safety-attribution-both"),
        ("any_cause", "form-safety-attribution-any"),
        ("related", "form-safety-attribution-related"),
    ]);
    field("attribution", "data", kind)
}

fn population() -> Field {
    let kind = choice([
        ("treated", "form-safety-population-treated"),
        ("all", "form-safety-population-all"),
    ]);
    field("population", "data", kind)
}

fn difference() -> Field {
    let kind = choice([
        ("newcombe", "form-groups-difference-newcombe"),
        ("miettinen_nurminen", "form-groups-miettinen-nurminen"),
        ("agresti_caffo", "form-groups-difference-agresti-caffo"),
        ("wald", "form-groups-difference-wald"),
    ]);
    field("difference", "estimates", kind)
}

fn rate_unit() -> Field {
    let kind = choice([
        ("years", "form-safety-rate-years"),
        ("months", "form-safety-rate-months"),
    ]);
    field("rate_unit", "estimates", kind)
}

fn landmarks() -> Field {
    let kind = FieldKind::Numbers {
        min: 0.0,
        max: 100_000.0,
    };
    field("landmarks", "estimates", kind)
}

fn figure_fields() -> [Field; 3] {
    let width = choice([
        ("one", "form-width-one"),
        ("one_and_half", "form-width-one-and-half"),
        ("two", "form-width-two"),
    ]);
    let terms = FieldKind::Number {
        min: 1.0,
        max: 60.0,
        step: 1.0,
        optional: false,
    };
    let ours = field("terms", "figure", terms);
    [
        Field::new("figure.width", "figure", width),
        Field {
            id: "figure.terms".to_owned(),
            ..ours
        },
        Field::new("figure.title", "figure", FieldKind::Text),
    ]
}
