//! What only assessments tell of responses: time, depth, and whether the responses as entered agree.

use super::words::unit;
use super::{Block, Row};
use crate::analysis::{ResponseArm, ResponseOutcome, ResponseSource, Summary};
use crate::cohort::TimeUnit;
use crate::format::{NOT_ESTIMABLE, Style};
use crate::text::Text;

/// "The median time to response was 1.6 months (range 1.4–2.8).", and what follows it.
pub(super) fn depth_sentences(
    outcome: &ResponseOutcome,
    style: &Style,
    text: &Text,
) -> Vec<String> {
    let overall = &outcome.overall;
    let mut parts = Vec::new();
    if let Some(time) = &overall.time_to_response {
        let arguments = [
            (
                "median",
                style
                    .time(time.median, TimeUnit::Days, outcome.rules)
                    .into(),
            ),
            ("unit", unit(outcome.rules.display, text).into()),
            (
                "range",
                style
                    .time_range(time.min, time.max, TimeUnit::Days, outcome.rules)
                    .into(),
            ),
        ];
        parts.push(text.with("response-time", &arguments));
    }
    if let Some(depth) = &overall.depth {
        let arguments = [
            ("median", style.change(depth.median).into()),
            ("low", style.change(depth.min).into()),
            ("high", style.change(depth.max).into()),
            ("n", depth.n.into()),
        ];
        parts.push(text.with("response-depth", &arguments));
    }
    if let Some(agreement) = &outcome.agreement {
        let same = agreement.compared - agreement.differing.len();
        let arguments = [("same", same.into()), ("n", agreement.compared.into())];
        parts.push(text.with("response-agrees", &arguments));
    }
    parts
}

/// The rows of time to response and depth; none without assessments.
pub(super) fn rows(
    outcome: &ResponseOutcome,
    arms: &[&ResponseArm],
    style: &Style,
    text: &Text,
) -> Vec<Row> {
    if outcome.settings.is_none() {
        return Vec::new();
    }
    let row = |head: String, indent: u8, cell: &dyn Fn(&ResponseArm) -> String| Row {
        head,
        cells: arms.iter().map(|arm| cell(arm)).collect(),
        indent,
    };
    let n = |of: Option<&Summary>| of.map_or(0, |of| of.n).to_string();
    let time = |arm: &ResponseArm| {
        arm.time_to_response
            .as_ref()
            .map_or_else(not_estimable, |time| {
                let median = style.time(time.median, TimeUnit::Days, outcome.rules);
                let range = style.time_range(time.min, time.max, TimeUnit::Days, outcome.rules);
                format!("{median} ({range})")
            })
    };
    let depth = |arm: &ResponseArm| {
        arm.depth.as_ref().map_or_else(not_estimable, |depth| {
            let (low, high) = (style.change(depth.min), style.change(depth.max));
            format!(
                "{} ({})",
                style.change(depth.median),
                style.range(low, high)
            )
        })
    };
    let shown = ("unit", unit(outcome.rules.display, text).into());
    vec![
        row(text.with("response-row-time", &[shown]), 0, &time),
        row(text.get("response-row-time-n"), 1, &|arm| {
            n(arm.time_to_response.as_ref())
        }),
        row(text.get("response-row-depth"), 0, &depth),
        row(text.get("response-row-depth-n"), 1, &|arm| {
            n(arm.depth.as_ref())
        }),
    ]
}

fn not_estimable() -> String {
    NOT_ESTIMABLE.to_owned()
}

/// The patients whose best response as entered is another one than that of the assessments.
pub(super) fn differing(outcome: &ResponseOutcome, text: &Text) -> Option<Block> {
    let differing = &outcome.agreement.as_ref()?.differing;
    if differing.is_empty() {
        return None;
    }
    let criteria = text.get(match outcome.options.by {
        ResponseSource::Entered | ResponseSource::Recist => "response-criteria-recist",
        ResponseSource::Irecist => "response-criteria-irecist",
    });
    let rows = (differing.iter())
        .map(|one| Row {
            head: (one.subject.id.clone()).unwrap_or_else(|| super::words::row(&one.subject, text)),
            cells: vec![
                one.entered.name().to_owned(),
                one.recist.name().to_owned(),
                one.irecist.name().to_owned(),
            ],
            indent: 0,
        })
        .collect();
    Some(Block::Table {
        shared_heads: Vec::new(),
        caption: text.get("response-differing"),
        columns: [
            "response-column-patient",
            "response-column-entered",
            "response-column-recist",
            "response-column-irecist",
        ]
        .map(|id| text.get(id))
        .to_vec(),
        rows,
        notes: vec![text.with("response-note-differing", &[("criteria", criteria.into())])],
    })
}
