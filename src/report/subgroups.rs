//! The section on the effect of a group in subgroups.

use super::cox::ties;
use super::methods::{Methods, Work};
use super::spoken::Spoken;
use super::words::{clauses, exclusions, sentences};
use super::{Block, Row};
use crate::analysis::{Subgroup, SubgroupFactor, SubgroupsOutcome};
use crate::figure::cox_words;
use crate::format::{NOT_ESTIMABLE, Style};
use crate::text::{Argument, Text};

/// An interaction is pointed out below this p value.
const DIFFERS: f64 = 0.05;

/// Sentences, figure, table, cautions, exclusions and Methods paragraph of effects in subgroups.
pub(super) fn blocks(outcome: &SubgroupsOutcome, style: &Style, text: &Text) -> Vec<Block> {
    let section = Section {
        outcome,
        style,
        text,
    };
    let mut blocks = vec![
        section.heading(),
        section.summary(),
        section.figure(),
        section.table(),
        Block::Caution {
            text: section.caution(),
        },
    ];
    blocks.extend(exclusions(&outcome.exclusions, text));
    blocks.push(section.methods());
    blocks
}

type Section<'a> = Spoken<'a, SubgroupsOutcome>;

impl Section<'_> {
    /// Endpoint, group and its two levels.
    fn names(&self) -> [Argument<'_>; 4] {
        let options = &self.outcome.options;
        let [first, second] = &self.outcome.arms;
        [
            ("endpoint", self.endpoint_in_full().into()),
            ("group", options.group.as_str().into()),
            ("first", first.as_str().into()),
            ("second", second.as_str().into()),
        ]
    }

    fn heading(&self) -> Block {
        Block::Heading {
            text: self.say("subgroups-heading", &self.names()),
        }
    }

    fn summary(&self) -> Block {
        let overall = &self.outcome.overall;
        let mut parts = vec![self.say(
            "subgroups-patients",
            &[
                ("n", overall.n.iter().sum::<usize>().into()),
                ("events", overall.n_event.iter().sum::<usize>().into()),
            ],
        )];
        if let Some(effect) = overall.effect.as_ref()
            && effect.hazard_ratio.is_some()
        {
            let range = self.style.ratio_range(effect.conf_low, effect.conf_high);
            let mut arguments = self.names().to_vec();
            arguments.extend([
                ("ratio", self.style.ratio(effect.hazard_ratio).into()),
                ("level", self.level().into()),
                ("range", range.into()),
                ("p", self.style.p_equals(effect.p_value).into()),
            ]);
            parts.push(self.say("subgroups-overall", &arguments));
        }
        let differs: Vec<String> = (self.outcome.factors.iter())
            .filter_map(|factor| {
                let p = factor.interaction.as_ref()?.p_value;
                let arguments = [
                    ("column", factor.column.as_str().into()),
                    ("p", self.style.p_equals(Some(p)).into()),
                ];
                (p < DIFFERS).then(|| self.say("subgroups-differs-by", &arguments))
            })
            .collect();
        let tested = (self.outcome.factors.iter())
            .filter(|factor| factor.interaction.is_some())
            .count();
        parts.push(match (tested, &differs[..]) {
            (0, _) => self.text.get("subgroups-not-tested"),
            (_, []) => self.say("subgroups-alike", &[("n", tested.into())]),
            (_, differs) => {
                let differs = clauses(differs, self.text);
                let arguments = [("differs", differs.into()), ("n", tested.into())];
                self.say("subgroups-differ", &arguments)
            }
        });
        Block::Paragraph {
            text: sentences(&parts, self.text),
        }
    }

    fn figure(&self) -> Block {
        let mut arguments = self.names().to_vec();
        arguments.push(("level", self.level().into()));
        Block::Figure {
            scene: 0,
            caption: self.say("subgroups-figure", &arguments),
        }
    }

    fn table(&self) -> Block {
        let [first, second] = &self.outcome.arms;
        let arm = |arm: &String| self.say("subgroups-column-arm", &[("arm", arm.into())]);
        let mut rows = vec![self.row(&self.outcome.overall, 0)];
        for factor in &self.outcome.factors {
            let [_, _, ratio, p] = [""; 4].map(str::to_owned);
            rows.push(Row {
                head: factor.column.clone(),
                cells: vec![
                    String::new(),
                    String::new(),
                    ratio,
                    p,
                    self.interaction(factor),
                ],
                indent: 0,
            });
            rows.extend(factor.subgroups.iter().map(|group| self.row(group, 1)));
        }
        let mut notes = vec![self.text.get("subgroups-note")];
        let missing: Vec<String> = (self.outcome.factors.iter())
            .filter(|factor| factor.missing > 0)
            .map(|factor| {
                let column = ("column", factor.column.as_str().into());
                self.say("cox-missing-of", &[column, ("n", factor.missing.into())])
            })
            .collect();
        if !missing.is_empty() {
            let missing = missing.join(&self.text.get("report-list-join"));
            notes.push(self.say("subgroups-note-missing", &[("missing", missing.into())]));
        }
        let lacks = |group: &Subgroup| {
            let effect = group.effect.as_ref();
            effect.and_then(|effect| effect.hazard_ratio).is_none()
        };
        let groups = || {
            self.outcome
                .factors
                .iter()
                .flat_map(|factor| &factor.subgroups)
        };
        if groups().chain([&self.outcome.overall]).any(lacks) {
            notes.push(self.text.get("subgroups-note-not-estimable"));
        }
        Block::Table {
            shared_heads: Vec::new(),
            caption: self.say("subgroups-table", &self.names()),
            columns: vec![
                self.text.get("forest-head-subgroup"),
                arm(first),
                arm(second),
                self.say("cox-column-ratio", &[("level", self.level().into())]),
                self.text.get("cox-column-p"),
                self.text.get("subgroups-column-interaction"),
            ],
            rows,
            notes,
        }
    }

    fn row(&self, group: &Subgroup, indent: u8) -> Row {
        let arm = |arm: usize| format!("{}/{}", group.n_event[arm], group.n[arm]);
        let effect = group.effect.as_ref();
        let all = || self.text.get("report-all-patients");
        Row {
            head: group.label.clone().unwrap_or_else(all),
            cells: vec![
                arm(0),
                arm(1),
                cox_words::ratio(effect, self.style),
                self.style.p_value(effect.and_then(|effect| effect.p_value)),
                String::new(),
            ],
            indent,
        }
    }

    fn interaction(&self, factor: &SubgroupFactor) -> String {
        match &factor.interaction {
            Some(test) => self.style.p_value(Some(test.p_value)),
            None => NOT_ESTIMABLE.to_owned(),
        }
    }

    /// That subgroups mislead, and where the ratio has no finite estimate.
    fn caution(&self) -> String {
        let mut parts = vec![self.text.get("subgroups-caution")];
        let separated: Vec<String> = (self.outcome.factors.iter())
            .filter(|factor| factor.separation)
            .map(|factor| factor.column.clone())
            .collect();
        if !separated.is_empty() {
            let columns = ("columns", clauses(&separated, self.text).into());
            parts.push(self.say("subgroups-caution-separation", &[columns]));
        }
        sentences(&parts, self.text)
    }

    fn methods(&self) -> Block {
        let outcome = self.outcome;
        let options = &outcome.options;
        let mut methods = Methods::of_endpoint(
            options.endpoint,
            &outcome.definition,
            outcome.rules,
            self.text,
        );
        let cox = methods.cite(Work::Cox);
        let ties = ties(options.ties, &mut methods, self.text);
        let mut arguments = self.names().to_vec();
        arguments.extend([
            ("cox", cox.into()),
            ("ties", ties.into()),
            ("level", self.level().into()),
        ]);
        methods.say("methods-subgroups", &arguments);
        if !options.strata.is_empty() {
            let columns = options.strata.join(&self.text.get("report-list-join"));
            methods.say("methods-cox-strata", &[("columns", columns.into())]);
        }
        methods.say_after(Work::Wang, "methods-subgroups-interaction", &[]);
        methods.into_block()
    }
}
