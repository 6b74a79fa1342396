//! An [`Outcome`] into [`Block`]s of finished text, and blocks into documents.

use serde::{Deserialize, Serialize};

use crate::analysis::{AnalysisForm, Choice, Field, FieldKind, Outcome};
use crate::cohort::{Cohort, JoinedColumn, Mapping};
use crate::figure;
use crate::format::Style;
use crate::table::{ReadOptions, Source};
use crate::text::Text;

mod assessed;
mod baseline;
mod clipboard;
mod cohort;
mod comparison;
mod competing;
mod cox;
mod csv;
mod cut_point;
mod endpoint;
mod event_problem;
mod flow;
mod frequency;
mod groups;
mod heads;
mod html;
mod issue_group;
mod methods;
mod patient_course;
mod r_script;
mod recist_settings;
mod records;
mod response;
mod response_source;
mod safety;
mod sensitivity;
mod shortened;
mod spoken;
mod subgroups;
mod survival;
mod tumours;
mod words;

pub use clipboard::*;
pub use cohort::*;
pub use records::*;
pub use shortened::{ROWS_SHOWN, shortened};

/// A piece of the results section. Every string is finished; nothing is decided after this.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Block {
    /// The title of the section.
    Heading {
        /// What it says.
        text: String,
    },
    /// A sentence or several.
    Paragraph {
        /// What it says.
        text: String,
    },
    /// A table.
    Table {
        /// Its caption.
        caption: String,
        /// Heads of the columns; the first stands over the row heads.
        columns: Vec<String>,
        /// Heads over several columns each, which a page shows in a row of their own; empty where there are none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        shared_heads: Vec<SharedHead>,
        /// Rows.
        rows: Vec<Row>,
        /// Notes under it (abbreviations, methods, exclusions).
        notes: Vec<String>,
    },
    /// The place of a figure: index into the scenes of the run.
    Figure {
        /// Index of the scene.
        scene: usize,
        /// The legend under it.
        caption: String,
    },
    /// Something the reader should beware of (separation, crossing curves, few events).
    Caution {
        /// What it says.
        text: String,
    },
    /// Patients left out: who and why.
    Exclusions {
        /// One line a reason, naming the patients and rows.
        lines: Vec<String>,
    },
    /// The paragraph for the Methods section, with every option used.
    Methods {
        /// What it says.
        text: String,
        /// The works cited, in order.
        references: Vec<String>,
    },
}

/// A head over several columns of a table.
///
/// The heads of the columns say it too, each for itself, for what has room for one row of heads only (csv, plain text).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SharedHead {
    /// What it says.
    pub head: String,
    /// The first column under it; that of the row heads is 0.
    pub from: usize,
    /// What is left to say of each column under it.
    pub columns: Vec<String>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Head of the row.
    pub head: String,
    /// One cell a column after the first.
    pub cells: Vec<String>,
    /// Depth of indentation: 0, or 1 for a row under a group's row.
    pub indent: u8,
}

/// The document formats that a report can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportFormat {
    /// A page that opens in any browser and in Word.
    Html,
    /// The tables, for a spreadsheet. No cell becomes a formula.
    Csv,
    /// An R script that computes the same from the person's file.
    R,
    /// What rules, assessments and other sheets come to, patient by patient: the file that the script reads beside the
    /// person's own. Empty where it reads none.
    Derived,
}

/// Composes the section of an outcome.
pub fn compose(outcome: &Outcome, style: &Style, text: &Text) -> Vec<Block> {
    match outcome {
        Outcome::Survival(outcome) => survival::blocks(outcome, style, text),
        Outcome::Response(outcome) => response::blocks(outcome, style, text),
        Outcome::Frequency(outcome) => frequency::blocks(outcome, style, text),
        Outcome::Competing(outcome) => competing::blocks(outcome, style, text),
        Outcome::Groups(outcome) => groups::blocks(outcome, style, text),
        Outcome::Comparison(outcome) => comparison::blocks(outcome, style, text),
        Outcome::Sensitivity(outcome) => sensitivity::blocks(outcome, style, text),
        Outcome::Cox(outcome) => cox::blocks(outcome, style, text),
        Outcome::Subgroups(outcome) => subgroups::blocks(outcome, style, text),
        Outcome::CutPoint(outcome) => cut_point::blocks(outcome, style, text),
        Outcome::Tumours(outcome) => patient_course::tumours(outcome, style, text),
        Outcome::Swimmer(outcome) => patient_course::swimmer(outcome, text),
        Outcome::Baseline(outcome) => baseline::blocks(outcome, style, text),
        Outcome::Flow(outcome) => flow::blocks(outcome, text),
        Outcome::Safety(outcome) => safety::blocks(outcome, style, text),
    }
}

/// A section of the report with everything that a document needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The options that were used, for the R script.
    pub outcome: Outcome,
    /// Its text; a title of the person's own stands in the heading.
    pub blocks: Vec<Block>,
    /// Its figures as SVG documents.
    pub figures: Vec<String>,
}

impl Section {
    /// Composes the text and the figures of an outcome.
    pub fn new(title: Option<String>, outcome: &Outcome, style: &Style, text: &Text) -> Self {
        let mut blocks = compose(outcome, style, text);
        if let (Some(title), Some(Block::Heading { text })) = (title, blocks.first_mut()) {
            *text = title;
        }
        let scenes = figure::layout(outcome, style, text);
        Self {
            outcome: outcome.clone(),
            blocks,
            figures: scenes.iter().map(figure::svg).collect(),
        }
    }
}

/// What an analysis was made from: the R script makes the same of it again.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// What the columns mean.
    pub mapping: &'a Mapping,
    /// The file, and how it was read.
    pub source: &'a Source,
    /// The reader's decisions that the person changed.
    pub reading: &'a ReadOptions,
    /// The patients; `None` before columns are assigned.
    pub cohort: Option<&'a Cohort>,
    /// The columns of the sheets that are joined to the patients'.
    pub joined: &'a [JoinedColumn],
}

/// A whole document of several sections.
pub fn document(
    format: ReportFormat,
    sections: &[Section],
    origin: Origin<'_>,
    text: &Text,
) -> String {
    match format {
        ReportFormat::Html => html::document(sections, origin.source, text),
        ReportFormat::Csv => csv::document(sections),
        ReportFormat::R => r_script::document(sections, origin),
        ReportFormat::Derived => r_script::derived_values(sections, origin),
    }
}

/// The forms with their message ids replaced by words.
pub fn forms_in_words(forms: Vec<AnalysisForm>, text: &Text) -> Vec<AnalysisForm> {
    forms
        .into_iter()
        .map(|form| AnalysisForm {
            analysis: form.analysis,
            label: text.get(&form.label),
            help: text.get(&form.help),
            missing: form.missing.map(|id| text.get(&id)),
            fields: (form.fields.into_iter())
                .map(|field| field_in_words(field, text))
                .collect(),
        })
        .collect()
}

fn field_in_words(field: Field, text: &Text) -> Field {
    let in_words = |choice: Choice| Choice {
        label: if choice.literal {
            choice.label
        } else {
            text.get(&choice.label)
        },
        ..choice
    };
    let all_in_words =
        |choices: Vec<Choice>| -> Vec<Choice> { choices.into_iter().map(in_words).collect() };
    Field {
        label: match &field.about {
            Some(column) => text.with(&field.label, &[("column", column.as_str().into())]),
            None => text.get(&field.label),
        },
        help: field.help.map(|id| text.get(&id)),
        part: text.get(&field.part),
        kind: match field.kind {
            FieldKind::Choice { choices } => FieldKind::Choice {
                choices: all_in_words(choices),
            },
            FieldKind::Choices { choices } => FieldKind::Choices {
                choices: all_in_words(choices),
            },
            FieldKind::Ordered { choices } => FieldKind::Ordered {
                choices: all_in_words(choices),
            },
            FieldKind::Pairs { choices } => FieldKind::Pairs {
                choices: all_in_words(choices),
            },
            kind @ (FieldKind::Switch
            | FieldKind::Number { .. }
            | FieldKind::Numbers { .. }
            | FieldKind::Text) => kind,
        },
        ..field
    }
}

/// What to say of an error, from its serialised form `{code, …fields}`: message `error-<code>`.
///
/// The fields are the message's arguments, with hyphens for underscores.
pub fn error_sentence(cause: &serde_json::Value, text: &Text) -> String {
    let fields = cause.as_object();
    let code = (fields.and_then(|fields| fields.get("code")))
        .and_then(serde_json::Value::as_str)
        .unwrap_or("unknown");
    let arguments = (fields.into_iter().flatten())
        .map(|(name, value)| (name.replace('_', "-"), value.clone()))
        .collect();
    let id = format!("error-{}", code.replace('_', "-"));
    let sentence = text.with_json(&id, &arguments);
    if sentence == id {
        text.get("error-unknown")
    } else {
        sentence
    }
}
