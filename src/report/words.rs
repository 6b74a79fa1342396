//! What the sections say alike: units, groups, exclusions.

use super::Block;
use crate::analysis::{Exclusion, ExclusionReason};
use crate::cohort::{Subject, TimeUnit};
use crate::figure::reason_ids;
use crate::text::Text;

/// More patients than this are not named one by one.
const NAMED: usize = 100;

/// Parts of a sentence joined as the language joins them.
pub(super) fn clauses(parts: &[String], text: &Text) -> String {
    parts.join(&text.get("report-clause-join"))
}

/// Sentences joined as the language joins them.
pub(super) fn sentences(parts: &[String], text: &Text) -> String {
    parts.join(&text.get("report-sentence-space"))
}

/// `months`.
pub(super) fn unit(unit: TimeUnit, text: &Text) -> String {
    text.get(match unit {
        TimeUnit::Days => "report-unit-days",
        TimeUnit::Weeks => "report-unit-weeks",
        TimeUnit::Months => "report-unit-months",
        TimeUnit::Years => "report-unit-years",
    })
}

/// A column head for a group: `positive (n = 7)`; `All patients (n = 14)` without a label.
pub(super) fn column(label: Option<&str>, n: usize, text: &Text) -> String {
    let all;
    let label = match label {
        Some(label) => label,
        None => {
            all = text.get("report-all-patients");
            &all
        }
    };
    text.with("report-column", &[("label", label.into()), ("n", n.into())])
}

/// The text with a capital at its beginning.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    (letters.next().into_iter())
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

/// The arms, and all patients after them when there are several; all patients when there are none.
pub(super) fn with_overall<'a, A>(arms: &'a [A], overall: &'a A) -> Vec<&'a A> {
    let overall = (arms.len() != 1).then_some(overall);
    arms.iter().chain(overall).collect()
}

/// The note on groups without patients, if there are any.
pub(super) fn empty_groups(labels: &[String], text: &Text) -> Option<String> {
    (!labels.is_empty()).then(|| {
        let labels = clauses(labels, text);
        text.with("report-empty-groups", &[("groups", labels.into())])
    })
}

/// Who was left out and why, if anybody was.
pub(super) fn exclusions(exclusions: &[Exclusion], text: &Text) -> Option<Block> {
    left_out("report-excluded", exclusions, text)
}

/// The same where a row is not a patient.
pub(super) fn exclusions_of_rows(exclusions: &[Exclusion], text: &Text) -> Option<Block> {
    left_out("cox-intervals-excluded", exclusions, text)
}

fn left_out(id: &str, exclusions: &[Exclusion], text: &Text) -> Option<Block> {
    (!exclusions.is_empty()).then(|| Block::Exclusions {
        lines: (exclusions.iter())
            .map(|exclusion| exclusion_line(id, exclusion, text))
            .collect(),
    })
}

/// What a patient without an id is called: `row 12`.
pub(super) fn row(subject: &Subject, text: &Text) -> String {
    text.with("report-row", &[("row", subject.row.into())])
}

/// What a patient is called: the id with the row, or `row 12` without one.
pub(super) fn patient(subject: &Subject, text: &Text) -> String {
    match &subject.id {
        None => row(subject, text),
        Some(id) => text.with(
            "report-patient-and-row",
            &[("id", id.into()), ("row", subject.row.into())],
        ),
    }
}

fn exclusion_line(id: &str, exclusion: &Exclusion, text: &Text) -> String {
    let reason = match &exclusion.reason {
        ExclusionReason::NoGroup { column } => {
            text.with("report-excluded-no-group", &[("column", column.into())])
        }
        ExclusionReason::NotAtLandmark => text.get("report-excluded-not-at-landmark"),
        ExclusionReason::NotAssessed => text.get("course-excluded"),
        ExclusionReason::NoCovariate { column } => {
            text.with("cox-excluded", &[("column", column.into())])
        }
        ExclusionReason::NotAdjusted { column } => text.with(
            "comparison-excluded-not-adjusted",
            &[("column", column.into())],
        ),
        ExclusionReason::NoWeight { column } => {
            text.with("case-excluded-no-weight", &[("column", column.into())])
        }
        ExclusionReason::WeightNotPositive { column } => {
            text.with("case-excluded-weight", &[("column", column.into())])
        }
        ExclusionReason::NoEntry { column } => {
            text.with("case-excluded-no-entry", &[("column", column.into())])
        }
        ExclusionReason::EarlyEntry { column } => {
            text.with("case-excluded-early", &[("column", column.into())])
        }
        ExclusionReason::LateEntry { column } => {
            text.with("case-excluded-late", &[("column", column.into())])
        }
        ExclusionReason::NoNumber { column } => {
            text.with("cutpoint-excluded", &[("column", column.into())])
        }
        ExclusionReason::NotTreated => text.get("safety-excluded-not-treated"),
        ExclusionReason::NoExposure => text.get("safety-excluded-no-exposure"),
        ExclusionReason::NoOnset => text.get("safety-excluded-no-onset"),
        ExclusionReason::ByPerson => text.get("report-excluded-by-person"),
        ExclusionReason::Endpoint { reason } => text.get(reason_ids(*reason).1),
    };
    let n = exclusion.subjects.len();
    let mut names: Vec<String> = (exclusion.subjects.iter().take(NAMED))
        .map(|subject| patient(subject, text))
        .collect();
    if n > NAMED {
        names.push(text.with("report-and-more", &[("n", (n - NAMED).into())]));
    }
    text.with(
        id,
        &[
            ("reason", reason.into()),
            ("n", n.into()),
            ("patients", names.join(&text.get("report-list-join")).into()),
        ],
    )
}
