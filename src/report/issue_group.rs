//! Issues that belong together: how those of one kind are called, and how many patients a sheet matches.

use super::cohort::{kind_of, quoted_list};
use crate::cohort::{Issue, IssueKind, PartialMatch};
use crate::text::{Argument, Text};

/// What the issues of one kind in one sheet are called when they are shown together.
pub(super) fn name(issue: &Issue, kind: &str, text: &Text) -> String {
    if let IssueKind::PatientWithoutRecords { records, sheet } = &issue.kind {
        let arguments = [("records", kind_of(*records)), ("sheet", sheet.into())];
        return text.with("issue-group-patient-without-records", &arguments);
    }
    let label = text.get(kind);
    match (&issue.table, &issue.sheet) {
        (Some(_), Some(sheet)) => text.with(
            "issue-group-in-sheet",
            &[("kind", label.into()), ("sheet", sheet.into())],
        ),
        _ => label,
    }
}

/// What is said of a sheet some of whose ids belong to nobody.
pub(super) fn matches<'a>(found: &'a PartialMatch, text: &Text, arguments: &mut Vec<Argument<'a>>) {
    let PartialMatch {
        records,
        matched,
        patients,
        ids,
        unknown,
        without,
    } = found;
    let listed = |shown: &[String], all: usize| {
        let arguments = [
            ("listed", quoted_list(shown, text).into()),
            ("more", if all > shown.len() { "yes" } else { "no" }.into()),
        ];
        text.with("issue-first-few", &arguments)
    };
    let lacking = patients - matched;
    arguments.push(("records", records.map_or("joined".into(), kind_of)));
    arguments.push(("matched", (*matched).into()));
    arguments.push(("patients", (*patients).into()));
    arguments.push(("ids", (*ids).into()));
    arguments.push(("unknown", listed(unknown, *ids).into()));
    arguments.push(("lacking", lacking.into()));
    arguments.push(("without", listed(without, lacking).into()));
}

/// Whether the text of a cell is a limit, such as "<1 %", and not a number.
pub(super) fn is_limit(value: Option<&str>) -> bool {
    value.is_some_and(|value| {
        value
            .trim_start()
            .starts_with(['<', '>', '≤', '≥', '＜', '＞'])
            && value.contains(|c: char| c.is_ascii_digit())
    })
}
