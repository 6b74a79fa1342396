//! The form of a comparison of groups.

use serde_json::Value;

use super::GroupsOptions;
use crate::analysis::GROUP_LIMIT;
use crate::analysis::first::usual_factor;
use crate::analysis::form::{choice, level_field, literal, method_field};
use crate::analysis::{Analysis, AnalysisForm, Choice, Field, FieldKind};
use crate::cohort::Cohort;

/// The tests of columns of categories.
pub(in crate::analysis) const CATEGORY_TESTS: [(&str, &str); 6] = [
    ("automatic", "form-groups-test-automatic"),
    ("chi_square", "form-groups-test-chi-square"),
    ("yates", "form-groups-test-yates"),
    ("n_minus1", "form-groups-test-n-minus-1"),
    ("fisher", "form-groups-test-fisher"),
    ("boschloo", "form-groups-test-boschloo"),
];

/// The tests of columns of measurements.
pub(in crate::analysis) const NUMERIC_TESTS: [(&str, &str); 6] = [
    ("automatic", "form-groups-numeric-automatic"),
    ("welch", "form-groups-numeric-welch"),
    ("student", "form-groups-numeric-student"),
    ("ranks", "form-groups-numeric-ranks"),
    ("ranks_exact", "form-groups-numeric-ranks-exact"),
    ("ranks_normal", "form-groups-numeric-ranks-normal"),
];

/// What a person can choose: the column decides which of the tests and intervals are shown.
pub(in crate::analysis) fn groups_form(cohort: &Cohort) -> AnalysisForm {
    let numbers: Vec<&str> = (cohort.covariates().iter())
        .map(|column| &*column.column)
        .collect();
    let is_number = |column: &&str| numbers.contains(column);
    // A column that is measured and makes groups can be compared as either.
    let categories: Vec<&str> = (cohort.countable())
        .filter(|factor| !is_number(&&*factor.column) || factor.levels.len() <= GROUP_LIMIT)
        .map(|factor| &*factor.column)
        .collect();
    let groups: Vec<&str> = cohort
        .factors()
        .iter()
        .map(|factor| &*factor.column)
        .collect();
    let only_numbers = numbers.iter().filter(|column| !categories.contains(column));
    let columns: Vec<&str> = categories.iter().chain(only_numbers).copied().collect();
    let group = usual_factor(cohort).map_or("", |factor| &*factor.column);
    let column = columns.iter().find(|column| **column != group);
    let options = GroupsOptions {
        column: column.copied().unwrap_or_default().to_owned(),
        group: group.to_owned(),
        ..GroupsOptions::default()
    };
    let shown = |field: Field, columns: &[&str]| Field {
        shown_if: Some((
            "column".to_owned(),
            columns.iter().map(|&column| column.into()).collect(),
        )),
        ..field
    };
    let mut fields = vec![
        Field::new("column", "data", literals(&columns)),
        groups_field("group", "data", literals(&groups)),
        shown(
            groups_field(
                "paired_with",
                "data",
                or_none("form-groups-not-paired", &categories),
            )
            .help(),
            &categories,
        ),
        shown(
            groups_field("strata", "data", or_none("form-groups-no-strata", &groups)).help(),
            &categories,
        ),
        groups_field("ordered", "data", FieldKind::Switch).help(),
    ];
    fields.extend(category_fields().map(|field| shown(field, &categories)));
    fields.extend(interval_fields());
    fields.push(shown(numeric_field(), &numbers));
    fields.push(shown(method_field(), &categories));
    fields.push(level_field());
    fields.extend(figure_fields());
    AnalysisForm {
        analysis: Analysis::Groups(options),
        label: "form-groups".to_owned(),
        help: "form-groups-help".to_owned(),
        missing: column
            .filter(|_| !groups.is_empty())
            .map_or_else(|| Some("form-groups-missing".to_owned()), |_| None),
        fields,
    }
}

/// A field whose words are this analysis' own: `form-field-groups-<id>`.
fn groups_field(id: &str, part: &str, kind: FieldKind) -> Field {
    let field = Field::new(&format!("groups.{id}"), part, kind);
    Field {
        id: id.to_owned(),
        ..field
    }
}

fn category_fields() -> [Field; 3] {
    let paired = choice([
        ("exact", "form-groups-paired-exact"),
        ("mid_p", "form-groups-paired-mid-p"),
        ("corrected", "form-groups-paired-corrected"),
        ("uncorrected", "form-groups-paired-uncorrected"),
    ]);
    let measure = choice([
        ("difference", "form-groups-measure-difference"),
        ("ratio", "form-groups-measure-ratio"),
        ("odds", "form-groups-measure-odds"),
    ]);
    [
        groups_field("test", "estimates", choice(CATEGORY_TESTS)).help(),
        groups_field("paired_test", "estimates", paired).help(),
        groups_field("measure", "estimates", measure).help(),
    ]
}

/// Each shown with its measure.
fn interval_fields() -> [Field; 3] {
    let difference = choice([
        ("newcombe", "form-groups-difference-newcombe"),
        ("miettinen_nurminen", "form-groups-miettinen-nurminen"),
        ("exact", "form-groups-exact"),
        ("mee", "form-groups-difference-mee"),
        ("agresti_caffo", "form-groups-difference-agresti-caffo"),
        ("wald", "form-groups-difference-wald"),
        ("wald_continuity", "form-groups-difference-wald-continuity"),
    ]);
    let ratio = choice([
        ("miettinen_nurminen", "form-groups-miettinen-nurminen"),
        ("exact", "form-groups-exact"),
        ("koopman", "form-groups-ratio-koopman"),
        ("katz", "form-groups-ratio-katz"),
        ("katz_adjusted", "form-groups-ratio-katz-adjusted"),
    ]);
    let odds = choice([
        ("exact", "form-groups-odds-exact"),
        ("mid_p", "form-groups-odds-mid-p"),
        ("miettinen_nurminen", "form-groups-miettinen-nurminen"),
        ("score", "form-groups-odds-score"),
        ("woolf", "form-groups-odds-woolf"),
        ("haldane_anscombe", "form-groups-odds-haldane"),
    ]);
    [("difference", difference), ("ratio", ratio), ("odds", odds)].map(|(id, kind)| Field {
        shown_if: Some(("measure".to_owned(), vec![id.into()])),
        ..groups_field(id, "estimates", kind).help()
    })
}

fn numeric_field() -> Field {
    groups_field("numeric_test", "estimates", choice(NUMERIC_TESTS)).help()
}

fn figure_fields() -> [Field; 2] {
    let width = choice([
        ("one", "form-width-one"),
        ("one_and_half", "form-width-one-and-half"),
        ("two", "form-width-two"),
    ]);
    [
        Field::new("figure.width", "figure", width),
        Field::new("figure.title", "figure", FieldKind::Text),
    ]
}

fn literals(columns: &[&str]) -> FieldKind {
    FieldKind::Choice {
        choices: columns.iter().map(|column| literal(column)).collect(),
    }
}

fn or_none(none: &str, columns: &[&str]) -> FieldKind {
    let none = Choice {
        value: Value::Null,
        label: none.to_owned(),
        literal: false,
    };
    let columns = columns.iter().map(|column| literal(column));
    FieldKind::Choice {
        choices: std::iter::once(none).chain(columns).collect(),
    }
}
