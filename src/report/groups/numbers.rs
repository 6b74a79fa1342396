//! A number between groups, in words and tables.

use super::super::words::{column, with_overall};
use super::super::{Block, Row};
use super::{Effects, Section};
use crate::analysis::{GroupEffect, NumberArm, NumberComparison};
use crate::figure::MOST_BOX_POINTS;
use crate::format::decimals_of;
use crate::text::Argument;

pub(super) fn blocks(section: Section<'_>, comparison: &NumberComparison) -> Vec<Block> {
    let numbers = Numbers {
        section,
        comparison,
        decimals: decimals_of(&comparison.overall.values),
    };
    let mut parts = vec![numbers.summary()];
    parts.extend(section.trend(comparison.trend.as_ref()));
    let head = if comparison.by_ranks {
        "groups-column-shift"
    } else {
        "groups-column-means"
    };
    let written = |effect: &GroupEffect| numbers.effect(effect);
    let effects = Effects {
        labels: (comparison.arms.iter())
            .map(|arm| arm.label.as_deref().unwrap_or_default())
            .collect(),
        effects: &comparison.effects,
        head: section.say(head, &[("level", section.level().into())]),
        written: &written,
        test: comparison.test.as_ref(),
        trend: comparison.trend.as_ref(),
        standardised: comparison.standardised,
    };
    let shows = |arm: &NumberArm| arm.values.len() <= MOST_BOX_POINTS;
    let all_points = comparison.arms.iter().all(shows);
    vec![
        section.heading(),
        section.paragraph(&parts),
        Block::Figure {
            scene: 0,
            caption: section.title(if all_points {
                "groups-figure-numbers"
            } else {
                "groups-figure-numbers-beyond"
            }),
        },
        numbers.table(),
        section.effects_table(&effects),
    ]
}

struct Numbers<'a> {
    section: Section<'a>,
    comparison: &'a NumberComparison,
    /// Of the values themselves.
    decimals: usize,
}

impl Numbers<'_> {
    /// As precise as the values.
    fn plain(&self, value: Option<f64>) -> String {
        self.section.style.measured(value, self.decimals)
    }

    /// One decimal more than the values.
    fn finer(&self, value: Option<f64>) -> String {
        self.section.style.averaged(value, self.decimals)
    }

    fn range(&self, low: Option<f64>, high: Option<f64>) -> String {
        (self.section.style).range(self.plain(low), self.plain(high))
    }

    /// "Age by sex: mean 63.3 (SD 9.1) in “male”; …; difference −2.3 (95 % CI −4.7 to 0.1); p = …"
    fn summary(&self) -> String {
        let section = self.section;
        let mut parts: Vec<String> = (self.comparison.arms.iter())
            .map(|arm| {
                let label = ("label", arm.label.clone().unwrap_or_default().into());
                if self.comparison.by_ranks {
                    let (median, range) = self.median(arm);
                    let arguments = [("median", median.into()), ("range", range.into()), label];
                    section.say("groups-median", &arguments)
                } else {
                    let (mean, sd) = self.mean(arm);
                    let arguments = [("mean", mean.into()), ("sd", sd.into()), label];
                    section.say("groups-mean", &arguments)
                }
            })
            .collect();
        if let [effect] = &self.comparison.effects[..] {
            let id = if self.comparison.by_ranks {
                "groups-shift"
            } else {
                "groups-means"
            };
            let arguments: [Argument<'_>; 3] = [
                ("estimate", self.finer(effect.estimate).into()),
                ("level", section.level().into()),
                ("range", self.limits(effect).into()),
            ];
            parts.push(section.say(id, &arguments));
        }
        parts.push(match &self.comparison.test {
            Some(test) => section.tested(test),
            None => section.text.get(self.not_tested()),
        });
        section.by_group(&parts)
    }

    /// Why there is no test.
    fn not_tested(&self) -> &'static str {
        let summary = &self.comparison.overall.summary;
        let vary = self.comparison.arms.len() > 1 && summary.min < summary.max;
        if vary && !self.comparison.by_ranks {
            "groups-not-varying"
        } else {
            "groups-not-compared"
        }
    }

    fn mean(&self, arm: &NumberArm) -> (String, String) {
        (
            self.finer(arm.summary.mean),
            self.finer(arm.summary.std_dev),
        )
    }

    fn median(&self, arm: &NumberArm) -> (String, String) {
        let summary = &arm.summary;
        (
            self.plain(summary.median),
            self.range(summary.lower_quartile, summary.upper_quartile),
        )
    }

    fn limits(&self, effect: &GroupEffect) -> String {
        (self.section.style).range(self.finer(effect.conf_low), self.finer(effect.conf_high))
    }

    fn effect(&self, effect: &GroupEffect) -> String {
        format!("{} ({})", self.finer(effect.estimate), self.limits(effect))
    }

    fn table(&self) -> Block {
        let section = self.section;
        let arms = with_overall(&self.comparison.arms, &self.comparison.overall);
        let heads =
            (arms.iter()).map(|arm| column(arm.label.as_deref(), arm.values.len(), section.text));
        let row = |id: &str, cell: &dyn Fn(&NumberArm) -> String| Row {
            head: section.text.get(id),
            cells: arms.iter().map(|arm| cell(arm)).collect(),
            indent: 0,
        };
        let in_brackets = |(value, spread): (String, String)| format!("{value} ({spread})");
        let rows = vec![
            row("groups-row-mean", &|arm| in_brackets(self.mean(arm))),
            row("groups-row-median", &|arm| in_brackets(self.median(arm))),
            row("groups-row-range", &|arm| {
                self.range(arm.summary.min, arm.summary.max)
            }),
        ];
        let column = &section.options().column;
        let column = match &self.comparison.unit {
            None => column.clone(),
            Some(unit) => section.say(
                "groups-column-unit",
                &[
                    ("column", column.as_str().into()),
                    ("unit", unit.as_str().into()),
                ],
            ),
        };
        let mut notes = vec![section.text.get("groups-note-numbers")];
        notes.extend(section.empty_groups());
        Block::Table {
            shared_heads: Vec::new(),
            caption: section.title("groups-table"),
            columns: std::iter::once(column).chain(heads).collect(),
            rows,
            notes,
        }
    }
}
