//! The section that compares a column between groups.

use super::words::{clauses, empty_groups, exclusions, sentences};
use super::{Block, Row};
use crate::analysis::{
    GroupEffect, GroupTest, GroupsComparison, GroupsOptions, GroupsOutcome, TestName,
};
use crate::format::{NOT_ESTIMABLE, Style};
use crate::text::{Argument, Text};

mod categories;
mod methods;
mod numbers;
mod paired;

pub(super) use methods::{
    GroupsWork, of_difference, say_chosen_by_counts, say_means_or_ranks, say_test,
};

/// Sentences, tables, figure, exclusions and Methods paragraph of a comparison of groups.
pub(super) fn blocks(outcome: &GroupsOutcome, style: &Style, text: &Text) -> Vec<Block> {
    let section = Section {
        outcome,
        style,
        text,
    };
    let mut blocks = match &outcome.comparison {
        GroupsComparison::Categories(comparison) => categories::blocks(section, comparison),
        GroupsComparison::Numbers(comparison) => numbers::blocks(section, comparison),
        GroupsComparison::Paired(comparison) => paired::blocks(section, comparison),
    };
    blocks.extend(exclusions(&outcome.exclusions, text));
    blocks.push(methods::block(section));
    blocks
}

/// An outcome with the means to speak about it.
#[derive(Clone, Copy)]
struct Section<'a> {
    outcome: &'a GroupsOutcome,
    style: &'a Style,
    text: &'a Text,
}

/// What a table of effects needs to know.
struct Effects<'a> {
    /// Labels of the groups.
    labels: Vec<&'a str>,
    effects: &'a [GroupEffect],
    /// Head of the column of effects, and how one is written with its interval.
    head: String,
    written: &'a dyn Fn(&GroupEffect) -> String,
    test: Option<&'a GroupTest>,
    trend: Option<&'a GroupTest>,
    standardised: Option<f64>,
}

impl<'a> Section<'a> {
    fn options(self) -> &'a GroupsOptions {
        &self.outcome.options
    }

    fn say(self, id: &str, arguments: &[Argument<'_>]) -> String {
        self.text.with(id, arguments)
    }

    fn level(self) -> String {
        self.style.level(self.options().conf_level)
    }

    /// "Sex by PD-L1".
    fn heading(self) -> Block {
        Block::Heading {
            text: self.title("groups-heading"),
        }
    }

    fn title(self, id: &str) -> String {
        let options = self.options();
        self.say(
            id,
            &[
                ("column", options.column.as_str().into()),
                ("group", options.group.as_str().into()),
            ],
        )
    }

    fn paragraph(self, parts: &[String]) -> Block {
        Block::Paragraph {
            text: sentences(parts, self.text),
        }
    }

    /// "Sex by PD-L1: 42.9 % …; p = 0.559 (Fisher’s exact test)."
    fn by_group(self, parts: &[String]) -> String {
        let options = self.options();
        self.say(
            "groups-by-group",
            &[
                ("column", options.column.as_str().into()),
                ("group", options.group.as_str().into()),
                ("clauses", clauses(parts, self.text).into()),
            ],
        )
    }

    /// "p = 0.559 (Fisher’s exact test)"; that it was simulated, and how well.
    fn tested(self, test: &GroupTest) -> String {
        let name = self.text.get(test_message(test.name));
        let p = self.style.p_equals(Some(test.p_value));
        let mut arguments = vec![("p", p.into()), ("test", name.into())];
        match (test.draws, test.std_err) {
            (Some(draws), Some(std_err)) => {
                arguments.push(("draws", self.style.number(f64::from(draws), 0).into()));
                arguments.push(("error", self.style.number(std_err, 4).into()));
                self.say("groups-p-simulated", &arguments)
            }
            _ => self.say("groups-p", &arguments),
        }
    }

    /// "Trend over the groups …", if one was tested.
    fn trend(self, trend: Option<&GroupTest>) -> Option<String> {
        let tested = self.tested(trend?);
        Some(self.say("groups-trend", &[("tested", tested.into())]))
    }

    /// The effects of the groups against the first, and the tests.
    fn effects_table(self, of: &Effects<'_>) -> Block {
        let p = |test: Option<&GroupTest>| {
            test.map_or_else(String::new, |test| self.style.p_value(Some(test.p_value)))
        };
        let two = of.labels.len() == 2;
        let mut columns = vec![self.text.get("groups-column-comparison")];
        let with_effects = !of.effects.is_empty();
        if with_effects {
            columns.push(of.head.clone());
        }
        if two {
            columns.push(self.text.get("groups-column-standardised"));
        }
        columns.push(self.text.get("groups-column-p"));
        let width = columns.len() - 1;
        let row = |head: String, cells: Vec<String>| Row {
            head,
            cells: cells
                .into_iter()
                .chain(std::iter::repeat(String::new()))
                .take(width)
                .collect(),
            indent: 0,
        };
        // Where several groups are tested together their p value stands in a row of its own.
        let last = |p: String| {
            let before = std::iter::repeat_n(String::new(), width - 1);
            before.chain([p]).collect::<Vec<_>>()
        };
        let mut rows: Vec<Row> = Vec::new();
        for effect in of.effects {
            let head = self.say(
                "groups-pair",
                &[
                    ("other", of.labels[effect.arm].into()),
                    ("first", of.labels[0].into()),
                ],
            );
            let mut cells = vec![(of.written)(effect)];
            if two {
                cells.push(self.standardised(of.standardised));
                cells.push(p(of.test));
            }
            rows.push(row(head, cells));
        }
        if !(two && with_effects) {
            let mut cells = last(p(of.test));
            if two {
                cells[0] = self.standardised(of.standardised);
            }
            rows.push(row(self.text.get("groups-row-all"), cells));
        }
        if let Some(trend) = of.trend {
            rows.push(row(self.text.get("groups-row-trend"), last(p(Some(trend)))));
        }
        let mut notes = vec![self.text.get("groups-note-ci")];
        for test in of.test.into_iter().chain(of.trend) {
            notes.push(self.test_note(test));
        }
        if two {
            notes.push(self.text.get("groups-note-standardised"));
        }
        Block::Table {
            shared_heads: Vec::new(),
            caption: self.text.get("groups-comparison"),
            columns,
            rows,
            notes,
        }
    }

    /// "Welch’s t test: t = −2.1, 57.3 degrees of freedom, p = 0.040."
    fn test_note(self, test: &GroupTest) -> String {
        let mut parts = Vec::new();
        if let Some(statistic) = test.statistic {
            parts.push(self.say(
                "groups-statistic",
                &[
                    ("symbol", symbol(test.name).into()),
                    ("value", self.style.number(statistic, 2).into()),
                ],
            ));
        }
        let short = |df: f64| {
            let whole = df == df.round();
            self.style.number(df, if whole { 0 } else { 1 })
        };
        match (test.df, test.df_within) {
            (Some(df), Some(within)) => parts.push(self.say(
                "groups-df-two",
                &[("df", short(df).into()), ("within", short(within).into())],
            )),
            (Some(df), None) => parts.push(self.say(
                "groups-df",
                &[("count", df.into()), ("df", short(df).into())],
            )),
            (None, _) => {}
        }
        parts.push(self.style.p_equals(Some(test.p_value)));
        self.say(
            "groups-test-note",
            &[
                ("test", self.text.get(test_message(test.name)).into()),
                (
                    "result",
                    parts.join(&self.text.get("report-list-join")).into(),
                ),
            ],
        )
    }

    fn standardised(self, difference: Option<f64>) -> String {
        match difference {
            None => NOT_ESTIMABLE.to_owned(),
            Some(difference) => self.style.number(difference, 2),
        }
    }

    fn empty_groups(self) -> Option<String> {
        empty_groups(&self.outcome.empty_groups, self.text)
    }
}

/// The letter of a statistic.
fn symbol(name: TestName) -> &'static str {
    match name {
        TestName::ChiSquare
        | TestName::Yates
        | TestName::NMinus1
        | TestName::MantelHaenszel
        | TestName::BreslowDay
        | TestName::McNemar
        | TestName::McNemarCorrected => "χ²",
        TestName::Welch | TestName::Student => "t",
        TestName::WelchAnova | TestName::Anova => "F",
        TestName::RankSumExact | TestName::RankSumCorrected | TestName::RankSum => "W",
        TestName::KruskalWallis => "H",
        TestName::Jonckheere => "J",
        TestName::CochranArmitage | TestName::LinearByLinear => "z",
        // These have only a p value.
        TestName::Fisher
        | TestName::Boschloo
        | TestName::ExactStrata
        | TestName::McNemarExact
        | TestName::McNemarMidP => "",
    }
}

pub(super) fn test_message(name: TestName) -> &'static str {
    match name {
        TestName::Fisher => "groups-name-fisher",
        TestName::ChiSquare => "groups-name-chi-square",
        TestName::Yates => "groups-name-yates",
        TestName::NMinus1 => "groups-name-n-minus-1",
        TestName::Boschloo => "groups-name-boschloo",
        TestName::CochranArmitage => "groups-name-cochran-armitage",
        TestName::LinearByLinear => "groups-name-linear-by-linear",
        TestName::MantelHaenszel => "groups-name-mantel-haenszel",
        TestName::ExactStrata => "groups-name-exact-strata",
        TestName::BreslowDay => "groups-name-breslow-day",
        TestName::Welch => "groups-name-welch",
        TestName::Student => "groups-name-student",
        TestName::WelchAnova => "groups-name-welch-anova",
        TestName::Anova => "groups-name-anova",
        TestName::RankSumExact => "groups-name-rank-sum-exact",
        TestName::RankSumCorrected => "groups-name-rank-sum-corrected",
        TestName::RankSum => "groups-name-rank-sum",
        TestName::KruskalWallis => "groups-name-kruskal-wallis",
        TestName::Jonckheere => "groups-name-jonckheere",
        TestName::McNemarExact => "groups-name-mcnemar-exact",
        TestName::McNemarMidP => "groups-name-mcnemar-mid-p",
        TestName::McNemarCorrected => "groups-name-mcnemar-corrected",
        TestName::McNemar => "groups-name-mcnemar",
    }
}
