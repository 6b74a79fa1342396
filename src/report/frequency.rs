//! The section on counts and percentages of a column.

use super::methods::Methods;
use super::spoken::Spoken;
use super::words::{clauses, column, empty_groups, exclusions, sentences, with_overall};
use super::{Block, Row};
use crate::analysis::{FrequencyOutcome, Proportion};
use crate::format::Style;
use crate::text::{Argument, Text};

/// Sentences, table, exclusions and Methods paragraph of a frequency analysis.
pub(super) fn blocks(outcome: &FrequencyOutcome, style: &Style, text: &Text) -> Vec<Block> {
    let section = Section {
        outcome,
        style,
        text,
    };
    let mut blocks = vec![
        Block::Heading {
            text: section.title("frequency-heading", "frequency-heading-by-group"),
        },
        section.summary(),
        section.table(),
    ];
    blocks.extend(exclusions(&outcome.exclusions, text));
    blocks.push(section.methods());
    blocks
}

type Section<'a> = Spoken<'a, FrequencyOutcome>;

impl Section<'_> {
    fn title(&self, overall: &str, by_group: &str) -> String {
        let options = &self.outcome.options;
        let column = ("column", options.column.as_str().into());
        match &options.group {
            None => self.text.with(overall, &[column]),
            Some(group) => {
                let group = ("group", group.as_str().into());
                self.text.with(by_group, &[column, group])
            }
        }
    }

    /// "“3” in 1 of 14 (7.1 %; 95 % CI 0.2–33.9); …".
    fn summary(&self) -> Block {
        let overall = &self.outcome.overall;
        let counts: Vec<String> = (self.outcome.levels.iter().zip(&overall.counts))
            .map(|(level, count)| self.count(level, count))
            .collect();
        let clauses = clauses(&counts, self.text);
        let mut parts = vec![
            self.text
                .with("report-sentence", &[("clauses", clauses.into())]),
        ];
        if let Some(fisher) = &self.outcome.fisher {
            let p = self.style.p_equals(Some(fisher.p_value));
            parts.push(self.text.with("frequency-fisher", &[("p", p.into())]));
        }
        Block::Paragraph {
            text: sentences(&parts, self.text),
        }
    }

    fn count(&self, level: &str, count: &Proportion) -> String {
        let range = self.style.percent_range(count.conf_low, count.conf_high);
        let arguments: [Argument<'_>; 6] = [
            ("level", level.into()),
            ("count", count.count.into()),
            ("n", count.n.into()),
            ("percent", self.style.percent(count.estimate).into()),
            ("conf", self.level().into()),
            ("range", range.into()),
        ];
        self.text.with("frequency-count", &arguments)
    }

    fn table(&self) -> Block {
        let arms = with_overall(&self.outcome.arms, &self.outcome.overall);
        let heads = (arms.iter()).map(|arm| column(arm.label.as_deref(), arm.n, self.text));
        let columns = std::iter::once(self.outcome.options.column.clone())
            .chain(heads)
            .collect();
        let rows = (self.outcome.levels.iter().enumerate())
            .map(|(index, level)| Row {
                head: level.clone(),
                cells: (arms.iter())
                    .map(|arm| self.cell(&arm.counts[index]))
                    .collect(),
                indent: 0,
            })
            .collect();
        let conf = ("conf", self.level().into());
        let mut notes = vec![self.text.with("frequency-note", &[conf])];
        notes.extend(empty_groups(&self.outcome.empty_groups, self.text));
        Block::Table {
            shared_heads: Vec::new(),
            caption: self.title("frequency-table", "frequency-table-by-group"),
            columns,
            rows,
            notes,
        }
    }

    /// `1; 7.1 % (0.2–33.9)`.
    fn cell(&self, count: &Proportion) -> String {
        let percent = self
            .style
            .percent_interval(count.estimate, count.conf_low, count.conf_high);
        format!("{}; {percent}", count.count)
    }

    fn methods(&self) -> Block {
        let options = &self.outcome.options;
        let mut methods = Methods::new(self.text);
        methods.say("methods-frequency", &[]);
        methods.intervals(options.method, &self.level());
        if let (Some(fisher), Some(group)) = (&self.outcome.fisher, &options.group) {
            methods.fisher(group, fisher.draws);
        }
        methods.into_block()
    }
}
