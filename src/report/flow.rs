//! The patient flow in words and its table.

use super::baseline::BaselineWork;
use super::methods::{Methods, Work};
use super::words::{clauses, column, empty_groups, exclusions, sentences};
use super::{Block, Row};
use crate::analysis::{FlowArm, FlowLoss, FlowOutcome, FlowReason};
use crate::figure::{analysed_words, loss_words};
use crate::text::Text;

/// Sentences, figure, table, exclusions and Methods sentence.
pub(super) fn blocks(outcome: &FlowOutcome, text: &Text) -> Vec<Block> {
    let section = Section { outcome, text };
    let mut blocks = vec![
        Block::Heading {
            text: section.title("flow-heading", "flow-heading-by-group"),
        },
        section.summary(),
        Block::Figure {
            scene: 0,
            caption: section.title("flow-caption", "flow-caption-by-group"),
        },
        section.table(),
    ];
    blocks.extend(exclusions(&outcome.exclusions, text));
    let mut methods = Methods::new(text);
    methods.say_after(Work::Baseline(BaselineWork::Consort), "methods-flow", &[]);
    blocks.push(methods.into_block());
    blocks
}

struct Section<'a> {
    outcome: &'a FlowOutcome,
    text: &'a Text,
}

impl Section<'_> {
    /// With "by PD-L1" where there are groups.
    fn title(&self, overall: &str, by_group: &str) -> String {
        match &self.outcome.options.group {
            None => self.text.get(overall),
            Some(group) => self.text.with(by_group, &[("group", group.into())]),
        }
    }

    /// All who are in the file and not analysed.
    fn losses(&self) -> impl Iterator<Item = &FlowLoss> {
        (self.outcome.left_out.iter()).chain(&self.outcome.overall.left_out)
    }

    fn listed(&self, reasons: impl Iterator<Item = (String, usize)>) -> String {
        let reason = |(reason, n): (String, usize)| {
            let arguments = [("reason", reason.into()), ("n", n.into())];
            self.text.with("flow-reason", &arguments)
        };
        clauses(&reasons.map(reason).collect::<Vec<_>>(), self.text)
    }

    /// "Of 40 patients screened, 26 were not included: …. Of 14 in the file, 1 was left out: …. Analysed for PFS: …"
    fn summary(&self) -> Block {
        let mut parts = Vec::new();
        if let Some(screening) = &self.outcome.screening {
            let reasons = screening.reasons.iter();
            let reasons = self.listed(reasons.map(|of| (of.reason.clone(), of.n)));
            let given = if reasons.is_empty() { "no" } else { "yes" };
            let arguments = [
                ("n", screening.n.into()),
                ("out", screening.not_included.into()),
                ("given", given.into()),
                ("reasons", reasons.into()),
            ];
            parts.push(self.text.with("flow-sentence-screened", &arguments));
        }
        let out: usize = self.losses().map(|loss| loss.n).sum();
        let words = |loss: &FlowLoss| (loss_words(&loss.reason, self.text), loss.n);
        let arguments = [
            ("n", self.outcome.in_file.into()),
            ("out", out.into()),
            ("reasons", self.listed(self.losses().map(words)).into()),
        ];
        parts.push(self.text.with("flow-sentence-left-out", &arguments));
        let groups: Vec<String> = (self.outcome.arms.iter())
            .map(|arm| {
                let label = arm.label.as_deref().unwrap_or_default();
                let arguments = [("n", arm.analysed.into()), ("label", label.into())];
                self.text.with("flow-group", &arguments)
            })
            .collect();
        let grouped = if groups.is_empty() { "no" } else { "yes" };
        let analysed = analysed_words(self.outcome.options.endpoint, self.text);
        let arguments = [
            ("words", analysed.into()),
            ("n", self.outcome.overall.analysed.into()),
            ("grouped", grouped.into()),
            ("groups", clauses(&groups, self.text).into()),
        ];
        parts.push(self.text.with("flow-sentence-analysed", &arguments));
        Block::Paragraph {
            text: sentences(&parts, self.text),
        }
    }

    fn table(&self) -> Block {
        let arms = &self.outcome.arms;
        let heads = (arms.iter()).map(|arm| column(arm.label.as_deref(), arm.n, self.text));
        let columns = std::iter::once(self.text.get("flow-column-step"))
            .chain(heads)
            .chain([self.text.get("report-all-patients")]);
        // The groups are only known from the file on.
        let row = |head: String, cells: Option<&dyn Fn(&FlowArm) -> usize>, n: usize, indent| Row {
            head,
            cells: (arms.iter())
                .map(|arm| cells.map_or_else(String::new, |cell| cell(arm).to_string()))
                .chain([n.to_string()])
                .collect(),
            indent,
        };
        let plain = |id: &str, n: usize| row(self.text.get(id), None, n, 0);
        let mut rows = Vec::new();
        if let Some(screening) = &self.outcome.screening {
            rows.push(plain("flow-screened", screening.n));
            rows.push(plain("flow-not-in-file", screening.not_included));
            for of in &screening.reasons {
                rows.push(row(of.reason.clone(), None, of.n, 1));
            }
            if !screening.reasons.is_empty() && screening.without_reason > 0 {
                let words = self.text.get("flow-without-reason");
                rows.push(row(words, None, screening.without_reason, 1));
            }
        }
        rows.push(plain("flow-in-file", self.outcome.in_file));
        for loss in &self.outcome.left_out {
            rows.push(row(loss_words(&loss.reason, self.text), None, loss.n, 1));
        }
        for loss in &self.outcome.overall.left_out {
            let of = |arm: &FlowArm| lost(arm, &loss.reason);
            let words = loss_words(&loss.reason, self.text);
            rows.push(row(words, Some(&of), loss.n, 1));
        }
        let words = analysed_words(self.outcome.options.endpoint, self.text);
        let analysed = |arm: &FlowArm| arm.analysed;
        rows.push(row(
            words,
            Some(&analysed),
            self.outcome.overall.analysed,
            0,
        ));
        Block::Table {
            shared_heads: Vec::new(),
            caption: self.text.get("flow-table"),
            columns: columns.collect(),
            rows,
            notes: empty_groups(&self.outcome.empty_groups, self.text)
                .into_iter()
                .collect(),
        }
    }
}

/// How many of a group are left out for that reason.
fn lost(arm: &FlowArm, reason: &FlowReason) -> usize {
    let same = arm.left_out.iter().find(|loss| loss.reason == *reason);
    same.map_or(0, |loss| loss.n)
}
