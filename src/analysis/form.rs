//! Analyses describe their own options, so that the page can draw any form.

use serde::Serialize;
use serde_json::Value;

use super::baseline::baseline_form;
use super::comparison_form::comparison_form;
use super::competing_form::competing_form;
use super::flow::flow_form;
use super::form_cox::{cox_form, subgroups_form};
use super::form_cut_point::cut_point_form;
use super::form_patient_course::{swimmer_form, tumours_form};
use super::form_response::response_form;
use super::groups::groups_form;
use super::safety::safety_form;
use super::sensitivity_form::sensitivity_form;
use super::{Analysis, FrequencyOptions, SurvivalOptions};
use crate::cohort::{Cohort, Endpoint};

/// What a person can choose for one kind of analysis. Labels are message ids: `text` makes words of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnalysisForm {
    /// The analysis with its defaults for this cohort, ready to run.
    pub analysis: Analysis,
    /// Message id of its name.
    pub label: String,
    /// Message id of one sentence on what it gives.
    pub help: String,
    /// Message id of what is missing to run it on this cohort; `None` when it can run.
    pub missing: Option<String>,
    /// Its options in display order.
    pub fields: Vec<Field>,
}

/// One option.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// Key in the serialised options; a dot separates nested keys (`figure.legend`), a backslash stands before
    /// a dot or backslash that belongs to a key.
    pub id: String,
    /// Message id of its label.
    pub label: String,
    /// The heading that it is about: the argument `column` of the label.
    pub about: Option<String>,
    /// Message id of its help, if it needs any.
    pub help: Option<String>,
    /// Message id of the part of the form that it stands in (`form-part-figure`, …).
    pub part: String,
    /// What kind of value it takes.
    pub kind: FieldKind,
    /// Show only while another field has one of these values, or holds one of them.
    pub shown_if: Option<(String, Vec<Value>)>,
}

/// The kinds of value that an option takes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum FieldKind {
    /// One of a list.
    Choice {
        /// The values with their labels.
        choices: Vec<Choice>,
    },
    /// Several of a list, or none: an array of values in the order of the list.
    Choices {
        /// The values with their labels.
        choices: Vec<Choice>,
    },
    /// Several of a list, or none, in an order of the person's own: an array of values in that order.
    Ordered {
        /// The values with their labels.
        choices: Vec<Choice>,
    },
    /// Pairs of a list, or none: an array of arrays of two different values.
    Pairs {
        /// The values with their labels.
        choices: Vec<Choice>,
    },
    /// On or off.
    Switch,
    /// A number, optional when `optional`.
    Number {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// Step of the spinner.
        step: f64,
        /// Whether it may be left empty (= chosen automatically).
        optional: bool,
    },
    /// A list of numbers, typed with spaces or semicolons between.
    Numbers {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
    },
    /// A line of text, optional.
    Text,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    /// The serialised value (`null` for "none").
    pub value: Value,
    /// Message id of the label, or the text itself when `literal`.
    pub label: String,
    /// Whether `label` is text of the spreadsheet (a heading) instead of a message id.
    pub literal: bool,
}

/// The forms of all analyses for this cohort, in the order of the menu.
pub fn forms(cohort: &Cohort) -> Vec<AnalysisForm> {
    vec![
        survival_form(cohort),
        response_form(cohort),
        frequency_form(cohort),
        competing_form(cohort),
        groups_form(cohort),
        comparison_form(cohort),
        sensitivity_form(cohort),
        cox_form(cohort),
        subgroups_form(cohort),
        cut_point_form(cohort),
        tumours_form(cohort),
        swimmer_form(cohort),
        baseline_form(cohort),
        flow_form(cohort),
        safety_form(cohort),
    ]
}

fn survival_form(cohort: &Cohort) -> AnalysisForm {
    let available: Vec<Endpoint> = (cohort.endpoints().iter())
        .map(|data| data.endpoint)
        .collect();
    let options = SurvivalOptions {
        endpoint: available.first().copied().unwrap_or(Endpoint::Pfs),
        ..SurvivalOptions::default()
    };
    let mut fields = vec![endpoint_field(cohort), group_field(cohort)];
    fields.extend(estimate_fields());
    fields.extend(permutation_fields(cohort));
    fields.extend(figure_fields());
    AnalysisForm {
        analysis: Analysis::Survival(options),
        label: "form-survival".to_owned(),
        help: "form-survival-help".to_owned(),
        missing: (available.is_empty()).then(|| "form-survival-missing".to_owned()),
        fields,
    }
}

fn frequency_form(cohort: &Cohort) -> AnalysisForm {
    let columns: Vec<&str> = (cohort.countable())
        .map(|factor| factor.column.as_str())
        .collect();
    let options = FrequencyOptions {
        column: columns.first().copied().unwrap_or_default().to_owned(),
        ..FrequencyOptions::default()
    };
    let choices = columns.iter().map(|column| literal(column)).collect();
    AnalysisForm {
        analysis: Analysis::Frequency(options),
        label: "form-frequency".to_owned(),
        help: "form-frequency-help".to_owned(),
        missing: (columns.is_empty()).then(|| "form-frequency-missing".to_owned()),
        fields: vec![
            Field::new("column", "data", FieldKind::Choice { choices }),
            group_field(cohort),
            method_field(),
            level_field(),
        ],
    }
}

pub(super) fn method_field() -> Field {
    Field::new(
        "method",
        "estimates",
        choice([
            ("clopper_pearson", "form-method-clopper-pearson"),
            ("wilson", "form-method-wilson"),
            ("agresti_coull", "form-method-agresti-coull"),
            ("jeffreys", "form-method-jeffreys"),
            ("mid_p", "form-method-mid-p"),
        ]),
    )
    .help()
}

pub(super) fn estimate_fields() -> [Field; 3] {
    [
        Field::new(
            "landmarks",
            "estimates",
            FieldKind::Numbers {
                min: 0.0,
                max: 100_000.0,
            },
        )
        .help(),
        Field::new(
            "conf_type",
            "estimates",
            choice([
                ("log_log", "form-conf-type-log-log"),
                ("log", "form-conf-type-log"),
                ("plain", "form-conf-type-plain"),
                ("logit", "form-conf-type-logit"),
                ("arcsine", "form-conf-type-arcsine"),
            ]),
        )
        .help(),
        level_field(),
    ]
}

/// Shown while there are groups to compare.
pub(super) fn permutation_fields(cohort: &Cohort) -> [Field; 2] {
    let grouped: Vec<Value> = (cohort.factors().iter())
        .map(|factor| factor.column.clone().into())
        .collect();
    let number = |min: f64, max: f64, step: f64| FieldKind::Number {
        min,
        max,
        step,
        optional: false,
    };
    [
        Field::new("draws", "permutation", number(1e3, 1e7, 1e3)).help(),
        // Whole numbers up to here are exact in JavaScript.
        Field::new(
            "seed",
            "permutation",
            number(0.0, 9_007_199_254_740_991.0, 1.0),
        )
        .help(),
    ]
    .map(|field| Field {
        shown_if: Some(("group".to_owned(), grouped.clone())),
        ..field
    })
}

pub(super) fn figure_fields() -> [Field; 11] {
    let optional = |min: f64| FieldKind::Number {
        min,
        max: 100_000.0,
        step: 1.0,
        optional: true,
    };
    [
        width_field(),
        Field::new(
            "figure.risk_table",
            "figure",
            choice([
                ("at_risk", "form-risk-table-at-risk"),
                ("kmunicate", "form-risk-table-kmunicate"),
                ("none", "form-risk-table-none"),
            ]),
        ),
        Field::new(
            "figure.legend",
            "figure",
            choice([
                ("ends", "form-legend-ends"),
                ("box", "form-legend-box"),
                ("none", "form-legend-none"),
            ]),
        ),
        Field::new("figure.band", "figure", drawn()),
        Field::new("figure.censor_marks", "figure", FieldKind::Switch),
        Field::new("figure.median_lines", "figure", drawn()),
        Field::new("figure.annotation", "figure", FieldKind::Switch),
        Field::new("figure.cut_axis", "figure", FieldKind::Switch).help(),
        Field::new("figure.tick_step", "figure", optional(0.01)).help(),
        Field::new("figure.axis_end", "figure", optional(0.01)).help(),
        Field::new("figure.title", "figure", FieldKind::Text),
    ]
}

/// The width of the figure.
pub(super) fn width_field() -> Field {
    Field::new(
        "figure.width",
        "figure",
        choice([
            ("one", "form-width-one"),
            ("one_and_half", "form-width-one-and-half"),
            ("two", "form-width-two"),
        ]),
    )
}

/// What only few curves leave readable.
fn drawn() -> FieldKind {
    choice([
        ("automatic", "form-drawn-automatic"),
        ("always", "form-drawn-always"),
        ("never", "form-drawn-never"),
    ])
}

pub(super) fn endpoint_field(cohort: &Cohort) -> Field {
    let endpoints = cohort.endpoints().iter();
    let choices = endpoints
        .map(|data| endpoint_choice(data.endpoint))
        .collect();
    Field::new("endpoint", "data", FieldKind::Choice { choices })
}

/// The choice of an endpoint, with its message.
pub(super) fn endpoint_choice(endpoint: Endpoint) -> Choice {
    let message = match endpoint {
        Endpoint::Pfs => "form-endpoint-pfs",
        Endpoint::Os => "form-endpoint-os",
        Endpoint::Efs => "form-endpoint-efs",
        Endpoint::Ipfs => "form-endpoint-ipfs",
        Endpoint::Ttp => "form-endpoint-ttp",
        Endpoint::Ttr => "form-endpoint-ttr",
        Endpoint::Dor => "form-endpoint-dor",
        Endpoint::Idor => "form-endpoint-idor",
        Endpoint::Pfs2 => "form-endpoint-pfs2",
        Endpoint::TimeOnTreatment => "form-endpoint-time-on-treatment",
        Endpoint::Own(name) => return literal(name.as_str()),
    };
    Choice {
        value: endpoint.code().into(),
        label: message.to_owned(),
        literal: false,
    }
}

pub(super) fn level_field() -> Field {
    let kind = FieldKind::Number {
        min: 0.5,
        max: 0.999,
        step: 0.01,
        optional: false,
    };
    Field::new("conf_level", "estimates", kind).help()
}

pub(super) fn group_field(cohort: &Cohort) -> Field {
    let columns = (cohort.factors().iter()).map(|factor| &*factor.column);
    Field::new("group", "data", choice_or_none("form-group-none", columns))
}

/// One of some headings, or none of them.
pub(super) fn choice_or_none<'a>(none: &str, columns: impl Iterator<Item = &'a str>) -> FieldKind {
    let choices = std::iter::once(self::none(none))
        .chain(columns.map(literal))
        .collect();
    FieldKind::Choice { choices }
}

/// The choice of none of what the others are.
pub(super) fn none(label: &str) -> Choice {
    Choice {
        value: Value::Null,
        label: label.to_owned(),
        literal: false,
    }
}

/// A heading of the spreadsheet as a choice.
pub(super) fn literal(column: &str) -> Choice {
    Choice {
        value: column.into(),
        label: column.to_owned(),
        literal: true,
    }
}

pub(super) fn choice(choices: impl IntoIterator<Item = (&'static str, &'static str)>) -> FieldKind {
    FieldKind::Choice {
        choices: in_words(choices),
    }
}

/// Values with the message ids of their labels.
pub(super) fn in_words(
    choices: impl IntoIterator<Item = (&'static str, &'static str)>,
) -> Vec<Choice> {
    (choices.into_iter())
        .map(|(value, label)| Choice {
            value: value.into(),
            label: label.to_owned(),
            literal: false,
        })
        .collect()
}

impl Field {
    /// Its label is the message `form-field-<id>`, with hyphens for dots and underscores.
    pub(super) fn new(id: &str, part: &str, kind: FieldKind) -> Self {
        Self {
            id: id.to_owned(),
            label: format!("form-field-{}", id.replace(['.', '_'], "-")),
            about: None,
            help: None,
            part: format!("form-part-{part}"),
            kind,
            shown_if: None,
        }
    }

    /// With a help text: the message `form-field-<id>-help`.
    pub(super) fn help(self) -> Self {
        let help = Some(format!("{}-help", self.label));
        Self { help, ..self }
    }
}
