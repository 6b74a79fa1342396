//! Two answers of the same patients, in words and tables.

use super::super::{Block, Row};
use super::Section;
use crate::analysis::{PairedComparison, Proportion};
use crate::text::Argument;

pub(super) fn blocks(section: Section<'_>, comparison: &PairedComparison) -> Vec<Block> {
    let (first, second) = columns(section);
    let names = [("first", first.into()), ("second", second.into())];
    vec![
        Block::Heading {
            text: section.say("groups-paired-heading", &names),
        },
        section.paragraph(&summary(section, comparison)),
        table(section, comparison),
    ]
}

fn columns(section: Section<'_>) -> (&str, &str) {
    let options = &section.outcome.options;
    (
        &options.column,
        options.paired_with.as_deref().unwrap_or_default(),
    )
}

fn summary(section: Section<'_>, comparison: &PairedComparison) -> Vec<String> {
    let (first, second) = columns(section);
    let rate = |column: &str, rate: &Proportion| {
        let arguments: [Argument<'_>; 6] = [
            ("column", column.to_owned().into()),
            ("percent", section.style.percent(rate.estimate).into()),
            ("count", rate.count.into()),
            ("n", rate.n.into()),
            ("level", section.level().into()),
            (
                "range",
                section
                    .style
                    .percent_range(rate.conf_low, rate.conf_high)
                    .into(),
            ),
        ];
        section.say("groups-paired-rate", &arguments)
    };
    let clauses = super::clauses(
        &[
            rate(first, &comparison.first),
            rate(second, &comparison.second),
        ],
        section.text,
    );
    let mut parts = vec![section.say(
        "groups-paired-rates",
        &[
            ("value", comparison.levels[1].as_str().into()),
            ("clauses", clauses.into()),
        ],
    )];
    let [[_, gained], [lost, _]] = comparison.table;
    match (&comparison.test, &comparison.odds_ratio) {
        (Some(test), Some(ratio)) => {
            let range = section.style.ratio_range(ratio.conf_low, ratio.conf_high);
            parts.push(section.say(
                "groups-paired-changes",
                &[
                    ("value", comparison.levels[1].as_str().into()),
                    ("first", first.into()),
                    ("second", second.into()),
                    ("gained", gained.into()),
                    ("lost", lost.into()),
                    ("estimate", section.style.ratio(ratio.estimate).into()),
                    ("level", section.level().into()),
                    ("range", range.into()),
                    ("tested", section.tested(test).into()),
                ],
            ));
        }
        _ => parts.push(section.text.get("groups-paired-alike")),
    }
    parts
}

/// The first answer in rows, the second in columns.
fn table(section: Section<'_>, comparison: &PairedComparison) -> Block {
    let (first, second) = columns(section);
    let head = |id: &str, column: &str, value: &str| {
        let arguments = [
            ("column", column.to_owned().into()),
            ("value", value.to_owned().into()),
        ];
        section.say(id, &arguments)
    };
    let n: usize = comparison.table.concat().iter().sum();
    let rows = (comparison.levels.iter().zip(&comparison.table)).map(|(value, counts)| Row {
        head: head("groups-paired-answer", first, value),
        cells: counts
            .iter()
            .map(|&count| section.style.count_percent(count, n))
            .collect(),
        indent: 0,
    });
    let heads = (comparison.levels.iter()).map(|value| head("groups-paired-answer", second, value));
    Block::Table {
        shared_heads: Vec::new(),
        caption: section.say("groups-paired-table", &[("n", n.into())]),
        columns: std::iter::once(String::new()).chain(heads).collect(),
        rows: rows.collect(),
        notes: comparison
            .test
            .iter()
            .map(|test| section.test_note(test))
            .collect(),
    }
}
