//! The forms of Cox models and of effects in subgroups.

use std::collections::BTreeSet;

use serde_json::Value;

use super::case::case_fields;
use super::first::{arm, usual_factor};
use super::form::{
    AnalysisForm, Choice, Field, FieldKind, choice, choice_or_none, endpoint_field, level_field,
    literal, width_field,
};
use super::form_cox_more::{check_field, curve_fields, selection_fields};
use super::{Analysis, CoxOptions, EVENTS_PER_COEFFICIENT, SubgroupsOptions};
use crate::cohort::{Cohort, Endpoint, Factor};

/// More covariates than this are not chosen beforehand.
const FIRST_COVARIATES: usize = 5;

pub(super) fn cox_form(cohort: &Cohort) -> AnalysisForm {
    let columns = candidates(cohort);
    let endpoint = first_endpoint(cohort);
    let mut fields = vec![
        endpoint_field(cohort),
        several("covariates", "covariates", columns.iter().copied()).help(),
    ];
    fields.extend(covariate_fields(cohort));
    fields.extend(model_fields(cohort, &columns));
    fields.extend(selection_fields());
    fields.extend(estimate_fields(cohort));
    fields.extend(case_fields(cohort));
    fields.extend(curve_fields(cohort, &columns));
    fields.push(check_field());
    fields.extend([
        Field::new(
            "figure.show",
            "figure",
            choice([
                ("multivariable", "form-forest-multivariable"),
                ("univariable", "form-forest-univariable"),
            ]),
        ),
        width_field(),
        Field::new("figure.title", "figure", FieldKind::Text),
    ]);
    AnalysisForm {
        missing: (endpoint.is_none() || columns.is_empty()).then(|| "form-cox-missing".to_owned()),
        analysis: Analysis::Cox(CoxOptions {
            covariates: endpoint
                .map_or_else(Vec::new, |endpoint| first_covariates(cohort, endpoint)),
            endpoint: endpoint.unwrap_or(Endpoint::Pfs),
            ..CoxOptions::default()
        }),
        label: "form-cox".to_owned(),
        help: "form-cox-help".to_owned(),
        fields,
    }
}

pub(super) fn subgroups_form(cohort: &Cohort) -> AnalysisForm {
    let endpoint = first_endpoint(cohort);
    let arms: Vec<&str> = (cohort.factors().iter())
        .filter(|factor| factor.levels.len() == 2)
        .map(|factor| &*factor.column)
        .collect();
    let factors = || cohort.factors().iter().map(|factor| &*factor.column);
    let group = usual_factor(cohort)
        .map(|factor| &*factor.column)
        .filter(|column| arms.contains(column))
        .unwrap_or_default();
    let options = SubgroupsOptions {
        endpoint: endpoint.unwrap_or(Endpoint::Pfs),
        group: group.to_owned(),
        subgroups: (factors().filter(|column| *column != group))
            .map(str::to_owned)
            .collect(),
        ..SubgroupsOptions::default()
    };
    let choices = arms.iter().map(|column| literal(column)).collect();
    AnalysisForm {
        missing: (endpoint.is_none() || options.subgroups.is_empty() || arms.is_empty())
            .then(|| "form-subgroups-missing".to_owned()),
        analysis: Analysis::Subgroups(options),
        label: "form-subgroups".to_owned(),
        help: "form-subgroups-help".to_owned(),
        fields: vec![
            endpoint_field(cohort),
            Field {
                label: "form-field-subgroups-group".to_owned(),
                ..Field::new("group", "data", FieldKind::Choice { choices })
            },
            several("subgroups", "data", factors()),
            several("strata", "data", factors()).help(),
            ties_field(),
            level_field(),
            width_field(),
            Field::new("figure.title", "figure", FieldKind::Text),
        ],
    }
}

fn first_endpoint(cohort: &Cohort) -> Option<Endpoint> {
    cohort.endpoints().first().map(|data| data.endpoint)
}

/// The columns that can be covariates: numbers, then groups.
pub(super) fn candidates(cohort: &Cohort) -> Vec<&str> {
    let numbers = (cohort.covariates().iter()).map(|numbers| &*numbers.column);
    let groups = (cohort.factors().iter()).map(|factor| &*factor.column);
    let mut seen = BTreeSet::new();
    (numbers.chain(groups))
        .filter(|column| seen.insert(*column))
        .collect()
}

/// As many of the first columns as the events bear, at least one; the arms of a trial before all others.
pub(super) fn first_covariates(cohort: &Cohort, endpoint: Endpoint) -> Vec<String> {
    let data = cohort.endpoint(endpoint);
    let arm = arm(cohort).map(|factor| &*factor.column);
    let others = candidates(cohort).into_iter();
    let columns = (arm.into_iter()).chain(others.filter(|column| Some(*column) != arm));
    let derived = data.map_or(&[][..], |data| &data.derived);
    let events = derived
        .iter()
        .filter(|derived| derived.value.is_some_and(|value| value.event))
        .count();
    // Groups that none or only one of has times tell nothing.
    let divides = |column: &&str| {
        cohort.factor(column).is_none_or(|factor| {
            let known = derived.iter().zip(&factor.values);
            let mut levels = known.filter_map(|(derived, level)| derived.value.and(*level));
            let first = levels.next();
            levels.any(|level| Some(level) != first)
        })
    };
    let mut coefficients = 0;
    let bears = |column: &&str| {
        let levels = cohort
            .factor(column)
            .map_or(2, |factor| factor.levels.len());
        coefficients += levels.saturating_sub(1);
        coefficients == levels.saturating_sub(1) || events >= coefficients * EVENTS_PER_COEFFICIENT
    };
    (columns.filter(divides).take(FIRST_COVARIATES))
        .take_while(bears)
        .map(str::to_owned)
        .collect()
}

/// What each column needs to be said of it, shown once it is chosen.
pub(super) fn covariate_fields(cohort: &Cohort) -> Vec<Field> {
    let shown = |field: &str, column: &str| Some((field.to_owned(), vec![Value::from(column)]));
    let both: Vec<&str> = (cohort.factors().iter())
        .map(|factor| &*factor.column)
        .filter(|column| cohort.covariate(column).is_some())
        .collect();
    let mut fields = Vec::new();
    if !both.is_empty() {
        fields.push(several("as_numbers", "covariates", both.iter().copied()).help());
    }
    for factor in cohort
        .factors()
        .iter()
        .filter(|factor| factor.levels.len() > 1)
    {
        fields.push(Field {
            shown_if: shown("covariates", &factor.column),
            ..reference_field(factor)
        });
    }
    for numbers in cohort.covariates() {
        let column = &numbers.column;
        let chooser = if both.contains(&&**column) {
            "as_numbers"
        } else {
            "covariates"
        };
        let scale = choice([
            ("step", "form-number-scale-step"),
            ("log2", "form-number-scale-log2"),
            ("standardised", "form-number-scale-standardised"),
        ]);
        let step = FieldKind::Number {
            min: 1e-9,
            max: 1e9,
            step: 1e-9,
            optional: true,
        };
        for (name, kind) in [("scale", scale), ("step", step)] {
            fields.push(Field {
                shown_if: shown(chooser, column),
                ..about(
                    column,
                    "covariates",
                    &format!("numbers.{}.{name}", key(column)),
                    name,
                    kind,
                )
            });
        }
    }
    fields
}

fn reference_field(factor: &Factor) -> Field {
    let choices = factor.levels.iter().map(|level| literal(level)).collect();
    let id = format!("references.{}", key(&factor.column));
    about(
        &factor.column,
        "covariates",
        &id,
        "reference",
        FieldKind::Choice { choices },
    )
}

/// A field about one column; its label is the message `form-field-cox-<name>` with the heading.
pub(super) fn about(column: &str, part: &str, id: &str, name: &str, kind: FieldKind) -> Field {
    Field {
        label: format!("form-field-cox-{name}"),
        about: Some(column.to_owned()),
        ..Field::new(id, part, kind)
    }
}

/// A heading as one key of a field's id: its dots do not separate keys.
pub(super) fn key(column: &str) -> String {
    column.replace('\\', "\\\\").replace('.', "\\.")
}

fn model_fields(cohort: &Cohort, columns: &[&str]) -> Vec<Field> {
    let choices = columns.iter().map(|column| literal(column)).collect();
    let factors = || cohort.factors().iter().map(|factor| &*factor.column);
    vec![
        several("univariable_only", "model", columns.iter().copied()).help(),
        Field::new("interactions", "model", FieldKind::Pairs { choices }).help(),
        several("strata", "model", factors()).help(),
        Field::new(
            "firth",
            "model",
            choice([
                ("automatic", "form-firth-automatic"),
                ("always", "form-firth-always"),
                ("never", "form-firth-never"),
            ]),
        )
        .help(),
        ties_field(),
    ]
}

fn estimate_fields(cohort: &Cohort) -> Vec<Field> {
    let factors = cohort.factors().iter().map(|factor| &*factor.column);
    vec![
        Field::new(
            "interval",
            "estimates",
            choice([
                ("wald", "form-cox-interval-wald"),
                ("profile", "form-cox-interval-profile"),
            ]),
        )
        .help(),
        level_field(),
        Field::new("robust", "estimates", FieldKind::Switch).help(),
        Field {
            shown_if: Some(("robust".to_owned(), vec![true.into()])),
            ..Field::new(
                "cluster",
                "estimates",
                choice_or_none("form-cluster-none", factors),
            )
        },
        Field::new(
            "transform",
            "estimates",
            choice([
                ("kaplan_meier", "form-transform-kaplan-meier"),
                ("rank", "form-transform-rank"),
                ("identity", "form-transform-identity"),
                ("log", "form-transform-log"),
            ]),
        )
        .help(),
    ]
}

fn ties_field() -> Field {
    Field::new(
        "ties",
        "model",
        choice([
            ("efron", "form-ties-efron"),
            ("breslow", "form-ties-breslow"),
            ("exact", "form-ties-exact"),
        ]),
    )
}

/// Several columns of a list.
pub(super) fn several<'a>(id: &str, part: &str, columns: impl Iterator<Item = &'a str>) -> Field {
    let choices: Vec<Choice> = columns.map(literal).collect();
    Field::new(id, part, FieldKind::Choices { choices })
}
