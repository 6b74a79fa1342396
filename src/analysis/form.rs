//! Analyses describe their own options, so that the page can draw any form.

use serde::Serialize;

use super::Analysis;
use crate::cohort::Cohort;

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
    /// Key in the serialised options; a dot separates nested keys (`figure.legend`).
    pub id: String,
    /// Message id of its label.
    pub label: String,
    /// Message id of its help, if it needs any.
    pub help: Option<String>,
    /// Message id of the part of the form that it stands in (`form-part-curve`, …).
    pub part: String,
    /// What kind of value it takes.
    pub kind: FieldKind,
    /// Show only while another field has one of these values.
    pub shown_if: Option<(String, Vec<serde_json::Value>)>,
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
    /// Any of a list.
    Choices {
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
    pub value: serde_json::Value,
    /// Message id of the label, or the text itself when `literal`.
    pub label: String,
    /// Whether `label` is text of the spreadsheet (a heading) instead of a message id.
    pub literal: bool,
}

/// The forms of all analyses for this cohort, in the order of the menu.
pub fn forms(cohort: &Cohort) -> Vec<AnalysisForm> {
    todo!("{}", cohort.subjects().len())
}
