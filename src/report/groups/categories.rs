//! Categories between groups, in words and tables.

use super::super::words::{column, with_overall};
use super::super::{Block, Row};
use super::{Effects, Section};
use crate::analysis::{
    CategoryComparison, Counts, EffectMeasure, GroupEffect, Proportion, StrataComparison,
};
use crate::text::Argument;

pub(super) fn blocks(section: Section<'_>, comparison: &CategoryComparison) -> Vec<Block> {
    let mut parts = vec![summary(section, comparison)];
    parts.extend(section.trend(comparison.trend.as_ref()));
    parts.extend(
        comparison
            .strata
            .as_ref()
            .map(|strata| combined(section, strata)),
    );
    let written = |effect: &GroupEffect| interval(section, effect);
    let effects = Effects {
        labels: labels(comparison),
        effects: &comparison.effects,
        head: section.say(
            match section.options().measure {
                EffectMeasure::Difference => "groups-column-difference",
                EffectMeasure::Ratio => "groups-column-ratio",
                EffectMeasure::Odds => "groups-column-odds",
            },
            &[
                ("level", section.level().into()),
                ("value", counted(comparison).into()),
            ],
        ),
        written: &written,
        test: comparison.test.as_ref(),
        trend: comparison.trend.as_ref(),
        standardised: comparison.standardised,
    };
    let mut blocks = vec![section.heading(), section.paragraph(&parts)];
    blocks.push(Block::Figure {
        scene: 0,
        caption: section.say(
            match comparison.levels.len() {
                2 => "groups-figure-rates",
                _ => "groups-figure-categories",
            },
            &[
                ("value", counted(comparison).into()),
                ("column", section.options().column.as_str().into()),
                ("group", section.options().group.as_str().into()),
                ("level", section.level().into()),
            ],
        ),
    });
    blocks.push(counts(section, comparison));
    blocks.push(section.effects_table(&effects));
    let few = comparison
        .smallest_expected
        .filter(|smallest| *smallest < 5.0);
    if let Some(smallest) = few.filter(|_| large_sample(comparison)) {
        blocks.push(Block::Caution {
            text: section.say(
                "groups-caution-expected",
                &[("smallest", section.style.number(smallest, 1).into())],
            ),
        });
    }
    match &comparison.strata {
        Some(strata) => blocks.push(strata_table(section, comparison, strata)),
        None if section.options().strata.is_some() => blocks.push(Block::Caution {
            text: section.text.get("groups-caution-strata"),
        }),
        None => {}
    }
    blocks
}

/// Whether the p value is that of an approximation.
fn large_sample(comparison: &CategoryComparison) -> bool {
    comparison.test.is_some_and(|test| test.statistic.is_some())
}

fn labels(comparison: &CategoryComparison) -> Vec<&str> {
    let label = |arm: &'_ crate::analysis::FrequencyArm| arm.label.is_some();
    debug_assert!(comparison.arms.iter().all(label));
    (comparison.arms.iter())
        .map(|arm| arm.label.as_deref().unwrap_or_default())
        .collect()
}

/// The value that effects are about.
fn counted(comparison: &CategoryComparison) -> &str {
    comparison.levels.last().map_or("", String::as_str)
}

/// "“yes” by arm: 30.0 % (12 of 40) in “A”; 50.0 % (20 of 40) in “B”; difference …; p = 0.07 (χ² test)."
fn summary(section: Section<'_>, comparison: &CategoryComparison) -> String {
    let mut parts = Vec::new();
    if let [_, _] = &comparison.levels[..] {
        for arm in &comparison.arms {
            let rate = &arm.counts[1];
            parts.push(section.say(
                "groups-rate",
                &[
                    ("value", counted(comparison).into()),
                    ("percent", section.style.percent(rate.estimate).into()),
                    ("count", rate.count.into()),
                    ("n", rate.n.into()),
                    ("label", arm.label.clone().unwrap_or_default().into()),
                ],
            ));
        }
    }
    if let [effect] = &comparison.effects[..] {
        parts.push(effect_in_words(section, effect));
    }
    parts.push(match &comparison.test {
        Some(test) => section.tested(test),
        None => section.text.get("groups-not-compared"),
    });
    section.by_group(&parts)
}

fn effect_in_words(section: Section<'_>, effect: &GroupEffect) -> String {
    let (id, estimate, range) = match section.options().measure {
        EffectMeasure::Difference => (
            "groups-difference",
            points(section, effect.estimate),
            section
                .style
                .percent_range(effect.conf_low, effect.conf_high),
        ),
        EffectMeasure::Ratio | EffectMeasure::Odds => (
            match section.options().measure {
                EffectMeasure::Odds => "groups-odds",
                EffectMeasure::Ratio | EffectMeasure::Difference => "groups-ratio",
            },
            section.style.ratio(effect.estimate),
            section.style.ratio_range(effect.conf_low, effect.conf_high),
        ),
    };
    let arguments: [Argument<'_>; 3] = [
        ("estimate", estimate.into()),
        ("level", section.level().into()),
        ("range", range.into()),
    ];
    section.say(id, &arguments)
}

fn points(section: Section<'_>, difference: Option<f64>) -> String {
    difference.map_or_else(
        || crate::format::NOT_ESTIMABLE.to_owned(),
        |difference| section.style.percent_number(difference),
    )
}

/// An effect with its interval, in a cell.
fn interval(section: Section<'_>, effect: &GroupEffect) -> String {
    let style = section.style;
    match section.options().measure {
        EffectMeasure::Difference => {
            let range = style.percent_range(effect.conf_low, effect.conf_high);
            format!("{} ({range})", points(section, effect.estimate))
        }
        EffectMeasure::Ratio | EffectMeasure::Odds => ratio(section, effect),
    }
}

/// A ratio with its limits, also where only one of them is finite.
fn ratio(section: Section<'_>, effect: &GroupEffect) -> String {
    let range = section.style.ratio_range(effect.conf_low, effect.conf_high);
    format!("{} ({range})", section.style.ratio(effect.estimate))
}

fn counts(section: Section<'_>, comparison: &CategoryComparison) -> Block {
    let arms = with_overall(&comparison.arms, &comparison.overall);
    let heads = (arms.iter()).map(|arm| column(arm.label.as_deref(), arm.n, section.text));
    let options = section.options();
    let cell = |rate: &Proportion| {
        let percent =
            (section.style).percent_interval(rate.estimate, rate.conf_low, rate.conf_high);
        format!("{}; {percent}", rate.count)
    };
    let rows = (comparison.levels.iter().enumerate()).map(|(level, label)| Row {
        head: label.clone(),
        cells: arms.iter().map(|arm| cell(&arm.counts[level])).collect(),
        indent: 0,
    });
    let mut notes = vec![section.say("groups-note-counts", &[("level", section.level().into())])];
    notes.extend(section.empty_groups());
    Block::Table {
        shared_heads: Vec::new(),
        caption: section.title("groups-table"),
        columns: std::iter::once(options.column.clone())
            .chain(heads)
            .collect(),
        rows: rows.collect(),
        notes,
    }
}

/// "Within centres: common odds ratio 1.59 (0.59–4.28); p = 0.47 (Cochran-Mantel-Haenszel test)."
fn combined(section: Section<'_>, strata: &StrataComparison) -> String {
    let ratio = &strata.odds_ratio;
    let arguments: [Argument<'_>; 5] = [
        (
            "strata",
            section.options().strata.clone().unwrap_or_default().into(),
        ),
        ("estimate", section.style.ratio(ratio.estimate).into()),
        ("level", section.level().into()),
        (
            "range",
            section
                .style
                .ratio_range(ratio.conf_low, ratio.conf_high)
                .into(),
        ),
        ("tested", section.tested(&strata.test).into()),
    ];
    section.say("groups-strata", &arguments)
}

fn strata_table(
    section: Section<'_>,
    comparison: &CategoryComparison,
    strata: &StrataComparison,
) -> Block {
    let options = section.options();
    let share = |(count, n): Counts| {
        let arguments = [("count", count.into()), ("n", n.into())];
        section.say("groups-fraction", &arguments)
    };
    let effect = |ratio: &crate::analysis::Ratio| GroupEffect {
        arm: 1,
        estimate: ratio.estimate,
        conf_low: ratio.conf_low,
        conf_high: ratio.conf_high,
    };
    let mut rows: Vec<Row> = (strata.strata.iter())
        .map(|stratum| Row {
            head: stratum.label.clone(),
            cells: vec![
                share(stratum.first),
                share(stratum.second),
                ratio(section, &effect(&stratum.odds_ratio)),
            ],
            indent: 0,
        })
        .collect();
    rows.push(Row {
        head: section.text.get("groups-row-common"),
        cells: vec![
            String::new(),
            String::new(),
            ratio(section, &effect(&strata.odds_ratio)),
        ],
        indent: 0,
    });
    let head = section.say(
        "groups-column-strata-odds",
        &[("level", section.level().into())],
    );
    let heads = labels(comparison).into_iter().map(str::to_owned);
    let mut notes = vec![section.test_note(&strata.test)];
    notes.extend(
        strata
            .homogeneity
            .as_ref()
            .map(|test| section.test_note(test)),
    );
    Block::Table {
        shared_heads: Vec::new(),
        caption: section.say(
            "groups-strata-table",
            &[
                ("value", counted(comparison).into()),
                ("strata", options.strata.clone().unwrap_or_default().into()),
            ],
        ),
        columns: std::iter::once(options.strata.clone().unwrap_or_default())
            .chain(heads)
            .chain([head])
            .collect(),
        rows,
        notes,
    }
}
