//! Table 1 in words.

use super::groups::{GroupsWork, say_chosen_by_counts, say_means_or_ranks, say_test, test_message};
use super::methods::{Methods, Work};
use super::words::{clauses, column, empty_groups, exclusions, sentences};
use super::{Block, Row};
use crate::analysis::{
    BALANCED, BaselineOptions, BaselineOutcome, BaselineValues, BaselineVariable, CategoryCounts,
    CategoryTest, GroupTest, NumberCounts, NumberStatistic, NumericTest, PValues, PercentOf,
    QuantileType, SMALL_GROUP, TestName,
};
use crate::format::{NOT_ESTIMABLE, Style, decimals_of};
use crate::text::{Argument, Text};

/// A work that only these Methods paragraphs cite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum BaselineWork {
    HyndmanFan,
    Consort,
}

impl BaselineWork {
    /// As a reference list prints it.
    pub fn citation(self) -> &'static str {
        match self {
            Self::HyndmanFan => {
                "Hyndman RJ, Fan Y. Sample quantiles in statistical packages. Am Stat 1996;50:361–5."
            }
            Self::Consort => {
                "Schulz KF, Altman DG, Moher D. CONSORT 2010 statement: updated guidelines for reporting parallel group randomised trials. BMJ 2010;340:c332."
            }
        }
    }
}

/// At most so many columns are named in a sentence.
const NAMED: usize = 4;

/// Marks of the tests in the table, in the order of journals.
const MARKS: [&str; 6] = ["*", "†", "‡", "§", "¶", "‖"];

/// Sentences, table, exclusions and Methods paragraph.
pub(super) fn blocks(outcome: &BaselineOutcome, style: &Style, text: &Text) -> Vec<Block> {
    let section = Section {
        outcome,
        style,
        text,
    };
    let mut blocks = vec![
        Block::Heading {
            text: section.title("baseline-heading", "baseline-heading-by-group"),
        },
        section.summary(),
        section.table(),
    ];
    if outcome.tested {
        blocks.push(Block::Caution {
            text: text.get("baseline-caution-random"),
        });
    }
    blocks.extend(exclusions(&outcome.exclusions, text));
    blocks.push(section.methods());
    blocks
}

#[derive(Clone, Copy)]
struct Section<'a> {
    outcome: &'a BaselineOutcome,
    style: &'a Style,
    text: &'a Text,
}

impl Section<'_> {
    fn options(&self) -> &BaselineOptions {
        &self.outcome.options
    }

    fn say(&self, id: &str, arguments: &[Argument<'_>]) -> String {
        self.text.with(id, arguments)
    }

    /// With "by PD-L1" where there are groups.
    fn title(&self, overall: &str, by_group: &str) -> String {
        match &self.options().group {
            None => self.text.get(overall),
            Some(group) => self.say(by_group, &[("group", group.into())]),
        }
    }

    /// Who is described, what is missing, and what differs most.
    fn summary(&self) -> Block {
        let n = ("n", self.outcome.n.into());
        let mut parts = vec![if self.outcome.arms.is_empty() {
            self.say("baseline-patients", &[n])
        } else {
            let arms: Vec<String> = (self.outcome.arms.iter())
                .map(|arm| {
                    let arguments = [("n", arm.n.into()), ("label", arm.label.as_str().into())];
                    self.say("baseline-patients-of-group", &arguments)
                })
                .collect();
            self.say(
                "baseline-patients-by-group",
                &[n, ("groups", clauses(&arms, self.text).into())],
            )
        }];
        let missing = self.outcome.variables.iter().filter_map(|variable| {
            let missing = overall_missing(variable);
            (missing > 0).then(|| (variable, self.style.number(missing as f64, 0)))
        });
        parts.push(match self.named(missing.collect()) {
            None => self.text.get("baseline-complete"),
            Some(columns) => self.say("baseline-missing", &[("columns", columns.into())]),
        });
        if self.options().standardised && self.outcome.arms.len() > 1 {
            let above = |variable: &&BaselineVariable| variable.standardised > Some(BALANCED);
            let mut unlike: Vec<&BaselineVariable> =
                self.outcome.variables.iter().filter(above).collect();
            unlike.sort_by(|a, b| {
                b.standardised
                    .partial_cmp(&a.standardised)
                    .unwrap_or(std::cmp::Ordering::Equal)
            });
            let unlike = unlike.into_iter();
            let unlike = unlike.map(|variable| (variable, self.difference(variable.standardised)));
            let limit = ("limit", self.style.number(BALANCED, 1).into());
            parts.push(match self.named(unlike.collect()) {
                None if (self.outcome.variables.iter()).any(|of| of.standardised.is_none()) => {
                    self.say("baseline-alike-where-known", &[limit])
                }
                None => self.say("baseline-alike", &[limit]),
                Some(columns) => self.say("baseline-unlike", &[limit, ("columns", columns.into())]),
            });
        }
        Block::Paragraph {
            text: sentences(&parts, self.text),
        }
    }

    /// "Age (0.53), Sex (0.34) and 2 more"; `None` when there are none.
    fn named(&self, columns: Vec<(&BaselineVariable, String)>) -> Option<String> {
        let named = columns.iter().take(NAMED).map(|(variable, value)| {
            let column = variable.column.as_str().into();
            let arguments = [("column", column), ("value", value.as_str().into())];
            self.say("baseline-named", &arguments)
        });
        let mut list: Vec<String> = named.collect();
        if columns.len() > NAMED {
            let more = ("n", (columns.len() - NAMED).into());
            list.push(self.say("report-and-more", &[more]));
        }
        (!list.is_empty()).then(|| list.join(&self.text.get("report-list-join")))
    }

    fn difference(&self, standardised: Option<f64>) -> String {
        standardised.map_or_else(
            || NOT_ESTIMABLE.to_owned(),
            |difference| self.style.number(difference, 2),
        )
    }

    fn shows_overall(&self) -> bool {
        self.outcome.arms.is_empty() || self.options().overall
    }

    fn shows_difference(&self) -> bool {
        self.options().standardised && self.outcome.arms.len() > 1
    }

    fn table(&self) -> Block {
        let mut columns = vec![self.text.get("baseline-column-characteristic")];
        let heads = self.outcome.arms.iter();
        columns.extend(heads.map(|arm| column(Some(&arm.label), arm.n, self.text)));
        if self.shows_overall() {
            columns.push(column(None, self.outcome.n, self.text));
        }
        if self.shows_difference() {
            columns.push(self.text.get("baseline-column-standardised"));
        }
        if self.outcome.tested {
            columns.push(self.text.get("groups-column-p"));
        }
        let tests = self.tests();
        let mut rows = Vec::new();
        for variable in &self.outcome.variables {
            rows.extend(self.rows(variable, &tests));
        }
        Block::Table {
            shared_heads: Vec::new(),
            caption: self.title("baseline-table", "baseline-table-by-group"),
            columns,
            rows,
            notes: self.notes(&tests),
        }
    }

    /// The tests of the table, each once, in the order of their first use.
    fn tests(&self) -> Vec<TestName> {
        let mut names = Vec::new();
        for test in self.outcome.variables.iter().filter_map(|of| of.test) {
            if !names.contains(&test.name) {
                names.push(test.name);
            }
        }
        names
    }

    /// `0.048†`.
    fn p(&self, test: Option<&GroupTest>, tests: &[TestName]) -> String {
        match test {
            None => NOT_ESTIMABLE.to_owned(),
            Some(test) => {
                let p = self.style.p_value(Some(test.p_value));
                format!("{p}{}", mark(test.name, tests))
            }
        }
    }

    /// The rows of a column: its heading with difference and test, its values below, and those without one.
    fn rows(&self, variable: &BaselineVariable, tests: &[TestName]) -> Vec<Row> {
        let mut rows = match &variable.values {
            BaselineValues::Categories {
                levels,
                arms,
                overall,
            } => self.category_rows(&variable.column, levels, &self.beside(arms, overall)),
            BaselineValues::Numbers {
                unit,
                arms,
                overall,
                values,
            } => {
                let head = self.with_unit(&variable.column, unit.as_deref());
                self.number_rows(head, decimals_of(values), &self.beside(arms, overall))
            }
        };
        // Only those of all patients say whether somebody has none.
        if overall_missing(variable) == 0 {
            rows.pop();
        }
        let mut ends = Vec::new();
        if self.shows_difference() {
            ends.push(self.difference(variable.standardised));
        }
        if self.outcome.tested {
            ends.push(self.p(variable.test.as_ref(), tests));
        }
        for row in &mut rows {
            let blank = vec![String::new(); ends.len()];
            row.cells.extend(std::mem::replace(&mut ends, blank));
        }
        rows
    }

    /// The last row is that of the patients without a value.
    fn category_rows(&self, column: &str, levels: &[String], arms: &[&CategoryCounts]) -> Vec<Row> {
        let head = self.say("baseline-row-counts", &[("column", column.into())]);
        let mut rows = vec![row(head, vec![String::new(); arms.len()], 0)];
        for (level, label) in levels.iter().enumerate() {
            let cells = arms.iter().map(|of| self.share(of.counts[level], of.of));
            rows.push(row(label.clone(), cells.collect(), 1));
        }
        let missing = arms.iter().map(|of| match self.options().percent_of {
            PercentOf::Known => of.missing.to_string(),
            PercentOf::All => self.share(of.missing, of.of),
        });
        rows.push(self.missing_row(missing.collect()));
        rows
    }

    /// The last row is that of the patients without a value.
    fn number_rows(&self, head: String, decimals: usize, arms: &[&NumberCounts]) -> Vec<Row> {
        let cells = |statistic: NumberStatistic| -> Vec<String> {
            let cell = |of: &&NumberCounts| self.statistic(of, statistic, decimals);
            arms.iter().map(cell).collect()
        };
        let name = |statistic| self.text.get(statistic_message(statistic));
        let mut rows = match &self.statistics()[..] {
            [only] => {
                let arguments = [("column", head.into()), ("statistic", name(*only).into())];
                let head = self.say("baseline-row-statistic", &arguments);
                vec![row(head, cells(*only), 0)]
            }
            several => {
                let below = (several.iter()).map(|&of| row(name(of), cells(of), 1));
                std::iter::once(row(head, vec![String::new(); arms.len()], 0))
                    .chain(below)
                    .collect()
            }
        };
        let missing = arms.iter().map(|of| of.missing.to_string());
        rows.push(self.missing_row(missing.collect()));
        rows
    }

    fn missing_row(&self, cells: Vec<String>) -> Row {
        row(self.text.get("baseline-row-missing"), cells, 1)
    }

    /// The groups, and all patients beside them.
    fn beside<'b, T>(&self, arms: &'b [T], overall: &'b T) -> Vec<&'b T> {
        let overall = self.shows_overall().then_some(overall);
        arms.iter().chain(overall).collect()
    }

    fn statistics(&self) -> Vec<NumberStatistic> {
        let mut statistics = self.options().statistics.clone();
        statistics.sort_unstable();
        statistics.dedup();
        statistics
    }

    fn with_unit(&self, column: &str, unit: Option<&str>) -> String {
        let arguments = |unit| [("column", column.into()), ("unit", Into::into(unit))];
        unit.map_or_else(
            || column.to_owned(),
            |unit: &str| self.say("groups-column-unit", &arguments(unit)),
        )
    }

    /// `4 (28.6)`.
    fn share(&self, count: usize, of: usize) -> String {
        if count == 0 || of == 0 {
            return count.to_string();
        }
        let percent = self.style.percent_number(count as f64 / of as f64);
        format!("{count} ({percent})")
    }

    fn statistic(&self, of: &NumberCounts, statistic: NumberStatistic, decimals: usize) -> String {
        let summary = &of.summary;
        if summary.n == 0 {
            return NOT_ESTIMABLE.to_owned();
        }
        let measured = |value| self.style.measured(value, decimals);
        let averaged = |value| self.style.averaged(value, decimals);
        let range = |low, high| self.style.range(measured(low), measured(high));
        match statistic {
            NumberStatistic::MeanSd => {
                format!("{} ({})", averaged(summary.mean), averaged(summary.std_dev))
            }
            NumberStatistic::MedianQuartiles => {
                let quartiles = range(summary.lower_quartile, summary.upper_quartile);
                format!("{} ({quartiles})", measured(summary.median))
            }
            NumberStatistic::MedianRange => {
                let range = range(summary.min, summary.max);
                format!("{} ({range})", measured(summary.median))
            }
            NumberStatistic::Range => range(summary.min, summary.max),
        }
    }

    fn holds_categories(&self) -> bool {
        let categories =
            |of: &BaselineVariable| matches!(of.values, BaselineValues::Categories { .. });
        self.outcome.variables.iter().any(categories)
    }

    fn holds_numbers(&self) -> bool {
        let numbers = |of: &BaselineVariable| matches!(of.values, BaselineValues::Numbers { .. });
        self.outcome.variables.iter().any(numbers)
    }

    fn holds_quartiles(&self) -> bool {
        self.holds_numbers()
            && self
                .statistics()
                .contains(&NumberStatistic::MedianQuartiles)
    }

    /// What the numbers are, and which test each p value is of.
    fn notes(&self, tests: &[TestName]) -> Vec<String> {
        let mut notes = Vec::new();
        if self.holds_categories() {
            notes.push(self.text.get(match self.options().percent_of {
                PercentOf::Known => "baseline-note-known",
                PercentOf::All => "baseline-note-all",
            }));
        }
        if self.holds_numbers() && self.statistics().contains(&NumberStatistic::MeanSd) {
            notes.push(self.text.get("baseline-note-sd"));
        }
        if self.holds_quartiles() {
            let definition = quantile_message(self.options().quantiles);
            let definition = ("definition", self.text.get(definition).into());
            notes.push(self.say("baseline-note-quartiles", &[definition]));
        }
        if self.shows_difference() {
            notes.push(self.text.get(match self.outcome.arms.len() {
                2 => "baseline-note-standardised",
                _ => "baseline-note-largest",
            }));
        }
        if self.outcome.tested {
            for name in tests {
                let test = self.text.get(test_message(*name)).into();
                let arguments = [("mark", mark(*name, tests).into()), ("test", test)];
                let of_means = matches!(
                    name,
                    TestName::Welch | TestName::Student | TestName::WelchAnova | TestName::Anova
                );
                let shows_means = self.statistics().contains(&NumberStatistic::MeanSd);
                notes.push(self.say(
                    match of_means && !shows_means {
                        true => "baseline-note-test-of-means",
                        false => "baseline-note-test",
                    },
                    &arguments,
                ));
            }
        } else if self.outcome.arms.len() > 1 && self.options().p_values == PValues::Automatic {
            let few = ("n", SMALL_GROUP.into());
            notes.push(self.say("baseline-note-few", &[few]));
        }
        for column in &self.outcome.too_many {
            let arguments = [
                ("column", column.column.as_str().into()),
                ("values", column.values.into()),
            ];
            notes.push(self.say("baseline-note-too-many", &arguments));
        }
        if self.says_not_estimable() {
            notes.push(self.text.get("baseline-note-ne"));
        }
        notes.extend(empty_groups(&self.outcome.empty_groups, self.text));
        notes
    }

    fn says_not_estimable(&self) -> bool {
        let nothing = |of: &NumberCounts| of.summary.std_dev.is_none();
        self.outcome.variables.iter().any(|variable| {
            let unknown = match &variable.values {
                BaselineValues::Categories { .. } => false,
                BaselineValues::Numbers { arms, overall, .. } => {
                    arms.iter().any(nothing) || nothing(overall)
                }
            };
            unknown
                || self.shows_difference() && variable.standardised.is_none()
                || self.outcome.tested && variable.test.is_none()
        })
    }

    fn methods(&self) -> Block {
        let mut methods = Methods::new(self.text);
        if self.holds_categories() {
            let id = match self.options().percent_of {
                PercentOf::Known => "methods-baseline-known",
                PercentOf::All => "methods-baseline-all",
            };
            methods.say(id, &[]);
        }
        if self.holds_numbers() {
            let names: Vec<String> = (self.statistics().into_iter())
                .map(|statistic| self.text.get(statistic_in_words(statistic)))
                .collect();
            let names = names.join(&self.text.get("report-list-join"));
            methods.say("methods-baseline-numbers", &[("statistics", names.into())]);
        }
        if self.holds_quartiles() {
            let definition = quantile_message(self.options().quantiles);
            let definition = ("definition", self.text.get(definition).into());
            let work = Work::Baseline(BaselineWork::HyndmanFan);
            methods.say_after(work, "methods-baseline-quartiles", &[definition]);
        }
        if self.shows_difference() {
            self.say_differences(&mut methods);
        }
        if self.outcome.tested {
            self.say_tests(&mut methods);
        }
        methods.into_block()
    }

    fn say_differences(&self, methods: &mut Methods<'_>) {
        let austin = Work::Groups(GroupsWork::Austin);
        if self.holds_numbers() {
            methods.say_after(austin, "methods-groups-standardised-mean", &[]);
        }
        let levels = |wanted: &dyn Fn(usize) -> bool| {
            let found = |of: &BaselineVariable| match &of.values {
                BaselineValues::Categories { levels, .. } => wanted(levels.len()),
                BaselineValues::Numbers { .. } => false,
            };
            self.outcome.variables.iter().any(found)
        };
        if levels(&|levels| levels == 2) {
            methods.say_after(austin, "methods-groups-standardised", &[]);
        }
        if levels(&|levels| levels != 2) {
            let work = Work::Groups(GroupsWork::YangDalton);
            methods.say_after(work, "methods-baseline-standardised", &[]);
        }
        if self.outcome.arms.len() > 2 {
            methods.say("methods-baseline-largest", &[]);
        }
    }

    fn say_tests(&self, methods: &mut Methods<'_>) {
        let options = self.options();
        let group = options.group.as_deref().unwrap_or_default();
        for name in self.tests() {
            let of = |variable: &BaselineVariable| variable.test.filter(|test| test.name == name);
            // One that was simulated is said to be.
            let tests = || self.outcome.variables.iter().filter_map(of);
            let test = tests()
                .find(|test| test.draws.is_some())
                .or_else(|| tests().next());
            if let Some(test) = test {
                say_test(group, &test, methods);
            }
        }
        let chosen = |variable: &BaselineVariable| match &variable.values {
            BaselineValues::Categories { .. } => {
                let own = options
                    .category_tests
                    .get(&variable.column)
                    .copied()
                    .flatten();
                (
                    own.unwrap_or(options.category_test) == CategoryTest::Automatic,
                    false,
                )
            }
            BaselineValues::Numbers { .. } => {
                let own = options
                    .numeric_tests
                    .get(&variable.column)
                    .copied()
                    .flatten();
                (
                    false,
                    own.unwrap_or(options.numeric_test) == NumericTest::Automatic,
                )
            }
        };
        let chosen: Vec<(bool, bool)> = self.outcome.variables.iter().map(chosen).collect();
        if chosen.iter().any(|(by_counts, _)| *by_counts) {
            say_chosen_by_counts(methods);
        }
        if chosen.iter().any(|(_, by_shape)| *by_shape) {
            say_means_or_ranks(self.style, methods);
        }
        methods.say("methods-baseline-uncorrected", &[]);
    }
}

fn row(head: String, cells: Vec<String>, indent: u8) -> Row {
    Row {
        head,
        cells,
        indent,
    }
}

fn overall_missing(variable: &BaselineVariable) -> usize {
    match &variable.values {
        BaselineValues::Categories {
            overall: CategoryCounts { missing, .. },
            ..
        }
        | BaselineValues::Numbers {
            overall: NumberCounts { missing, .. },
            ..
        } => *missing,
    }
}

/// The mark of a test; the marks are doubled where there are more tests than marks.
fn mark(name: TestName, tests: &[TestName]) -> String {
    let index = tests.iter().position(|&test| test == name).unwrap_or(0);
    MARKS[index % MARKS.len()].repeat(1 + index / MARKS.len())
}

/// As the head of a row.
fn statistic_message(statistic: NumberStatistic) -> &'static str {
    match statistic {
        NumberStatistic::MeanSd => "form-baseline-mean-sd",
        NumberStatistic::MedianQuartiles => "form-baseline-median-quartiles",
        NumberStatistic::MedianRange => "form-baseline-median-range",
        NumberStatistic::Range => "form-baseline-range",
    }
}

/// As part of a sentence.
fn statistic_in_words(statistic: NumberStatistic) -> &'static str {
    match statistic {
        NumberStatistic::MeanSd => "methods-baseline-mean-sd",
        NumberStatistic::MedianQuartiles => "methods-baseline-median-quartiles",
        NumberStatistic::MedianRange => "methods-baseline-median-range",
        NumberStatistic::Range => "methods-baseline-range",
    }
}

fn quantile_message(quantiles: QuantileType) -> &'static str {
    match quantiles {
        QuantileType::Type1 => "form-baseline-type1",
        QuantileType::Type2 => "form-baseline-type2",
        QuantileType::Type3 => "form-baseline-type3",
        QuantileType::Type4 => "form-baseline-type4",
        QuantileType::Type5 => "form-baseline-type5",
        QuantileType::Type6 => "form-baseline-type6",
        QuantileType::Type7 => "form-baseline-type7",
        QuantileType::Type8 => "form-baseline-type8",
        QuantileType::Type9 => "form-baseline-type9",
    }
}
