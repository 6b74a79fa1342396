//! The survival section of the report.

use super::methods::{Methods, Work};
use super::words::{clauses, column, empty_groups, exclusions, sentences, unit};
use super::{Block, Row};
use crate::analysis::{
    ConfType, EndpointDefinition, FEW_EVENTS, PermutationMethod, Quantile, Rate, RiskTableKind,
    SurvivalArm, SurvivalComparison, SurvivalOutcome,
};
use crate::cohort::{Endpoint, TimeUnit};
use crate::format::Style;
use crate::text::{Argument, Text};

/// Sentences, tables, cautions, exclusions and Methods paragraph of a survival analysis.
pub(super) fn blocks(outcome: &SurvivalOutcome, style: &Style, text: &Text) -> Vec<Block> {
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
    ];
    if let Some(comparison) = &outcome.comparison {
        blocks.push(section.comparison_table(comparison));
    }
    blocks.extend(section.cautions());
    blocks.extend(exclusions(&outcome.exclusions, text));
    blocks.push(section.methods());
    blocks
}

struct Section<'a> {
    outcome: &'a SurvivalOutcome,
    style: &'a Style,
    text: &'a Text,
}

impl Section<'_> {
    fn say(&self, id: &str, arguments: &[Argument<'_>]) -> String {
        self.text.with(id, arguments)
    }

    /// `PFS`.
    fn endpoint(&self) -> String {
        self.text.get(match self.outcome.options.endpoint {
            Endpoint::Pfs => "report-endpoint-pfs",
            Endpoint::Os => "report-endpoint-os",
        })
    }

    /// `progression-free survival`.
    fn endpoint_in_full(&self) -> String {
        self.text.get(match self.outcome.options.endpoint {
            Endpoint::Pfs => "report-endpoint-pfs-in-full",
            Endpoint::Os => "report-endpoint-os-in-full",
        })
    }

    fn unit(&self) -> String {
        unit(self.outcome.rules.display, self.text)
    }

    fn level(&self) -> String {
        self.style.level(self.outcome.options.conf_level)
    }

    fn time(&self, time: Option<f64>) -> String {
        self.style.time(time, self.outcome.unit, self.outcome.rules)
    }

    fn time_range(&self, quantile: &Quantile) -> String {
        self.style.time_range(
            quantile.conf_low,
            quantile.conf_high,
            self.outcome.unit,
            self.outcome.rules,
        )
    }

    /// `6-month`.
    fn landmark(&self, index: usize) -> String {
        let time = self.style.short(self.outcome.options.landmarks[index]);
        let id = match self.outcome.rules.display {
            TimeUnit::Days => "survival-landmark-days",
            TimeUnit::Weeks => "survival-landmark-weeks",
            TimeUnit::Months => "survival-landmark-months",
            TimeUnit::Years => "survival-landmark-years",
        };
        self.say(id, &[("time", time.into())])
    }

    /// The grouping column, when there is one.
    fn group(&self) -> Option<&str> {
        self.outcome.options.group.as_deref()
    }

    fn heading(&self) -> Block {
        let heading = self.text.get(match self.outcome.options.endpoint {
            Endpoint::Pfs => "survival-heading-pfs",
            Endpoint::Os => "survival-heading-os",
        });
        Block::Heading {
            text: match self.group() {
                None => heading,
                Some(group) => self.say(
                    "survival-heading-by-group",
                    &[("heading", heading.into()), ("group", group.into())],
                ),
            },
        }
    }

    fn summary(&self) -> Block {
        let mut parts = vec![self.events()];
        match self.group() {
            None => parts.push(self.estimates()),
            Some(group) => {
                parts.push(self.medians_by_group(group));
                parts.extend(self.outcome.comparison.as_ref().map(|c| self.compared(c)));
            }
        }
        parts.push(self.follow_up());
        Block::Paragraph {
            text: sentences(&parts, self.text),
        }
    }

    fn events(&self) -> String {
        let arm = &self.outcome.overall;
        let id = match self.outcome.options.endpoint {
            Endpoint::Pfs => "survival-events-pfs",
            Endpoint::Os => "survival-events-os",
        };
        let share = self.style.percent(Some(arm.n_event as f64 / arm.n as f64));
        self.say(
            id,
            &[
                ("event", arm.n_event.into()),
                ("n", arm.n.into()),
                ("percent", share.into()),
                ("censored", arm.n_censor.into()),
            ],
        )
    }

    /// "Median PFS was 11.7 months (95 % CI 9.1–13.0); 6-month PFS was …".
    fn estimates(&self) -> String {
        let arm = &self.outcome.overall;
        let median = median(arm);
        let id = match median.estimate {
            Some(_) => "survival-median",
            None => "survival-median-not-reached",
        };
        let mut parts = vec![self.say(
            id,
            &[
                ("endpoint", self.endpoint().into()),
                ("median", self.time(median.estimate).into()),
                ("unit", self.unit().into()),
                ("level", self.level().into()),
                ("range", self.time_range(median).into()),
            ],
        )];
        parts.extend((arm.rates.iter().enumerate()).filter_map(|(index, rate)| {
            rate.estimate?;
            Some(self.say(
                "survival-rate",
                &[
                    ("landmark", self.landmark(index).into()),
                    ("endpoint", self.endpoint().into()),
                    ("rate", self.style.percent(rate.estimate).into()),
                    ("level", self.level().into()),
                    ("range", self.rate_range(rate).into()),
                ],
            ))
        }));
        let parts = clauses(&parts, self.text);
        self.say("report-sentence", &[("clauses", parts.into())])
    }

    fn medians_by_group(&self, group: &str) -> String {
        let parts: Vec<String> = (self.outcome.arms.iter())
            .map(|arm| {
                let median = median(arm);
                let id = match median.estimate {
                    Some(_) => "survival-median-of-group",
                    None => "survival-median-of-group-not-reached",
                };
                self.say(
                    id,
                    &[
                        ("label", label(arm).into()),
                        ("median", self.time(median.estimate).into()),
                        ("unit", self.unit().into()),
                        ("level", self.level().into()),
                        ("range", self.time_range(median).into()),
                    ],
                )
            })
            .collect();
        self.say(
            "survival-medians-by-group",
            &[
                ("endpoint", self.endpoint().into()),
                ("group", group.into()),
                ("medians", clauses(&parts, self.text).into()),
            ],
        )
    }

    fn compared(&self, comparison: &SurvivalComparison) -> String {
        if comparison.log_rank.p_value.is_none() {
            return self.text.get("survival-not-compared");
        }
        let p = self.style.p_equals(comparison.log_rank.p_value);
        let mut parts = vec![match &comparison.permutation {
            None => self.say("survival-log-rank", &[("p", p.into())]),
            Some(test) => self.say(
                "survival-log-rank-and-permutation",
                &[
                    ("p", p.into()),
                    (
                        "permutation",
                        self.style.p_equals(Some(test.p_value)).into(),
                    ),
                ],
            ),
        }];
        if let (Some(hazard_ratio), [first, second]) =
            (self.hazard_ratio(comparison), &self.outcome.arms[..])
        {
            parts.push(self.say(
                "survival-hazard-ratio",
                &[
                    ("second", label(second).into()),
                    ("first", label(first).into()),
                    ("ratio", hazard_ratio.0.into()),
                    ("level", self.level().into()),
                    ("range", hazard_ratio.1.into()),
                ],
            ));
        }
        sentences(&parts, self.text)
    }

    /// The hazard ratio and its interval, when it can be estimated.
    fn hazard_ratio(&self, comparison: &SurvivalComparison) -> Option<(String, String)> {
        let term = comparison.cox.as_ref()?.terms.first()?;
        term.hazard_ratio?;
        Some((
            self.style.ratio(term.hazard_ratio),
            self.style.ratio_range(term.conf_low, term.conf_high),
        ))
    }

    fn follow_up(&self) -> String {
        let follow_up = &self.outcome.overall.follow_up;
        let id = match follow_up.estimate {
            Some(_) => "survival-follow-up",
            None => "survival-follow-up-not-reached",
        };
        self.say(
            id,
            &[
                ("median", self.time(follow_up.estimate).into()),
                ("unit", self.unit().into()),
                ("level", self.level().into()),
                ("range", self.time_range(follow_up).into()),
            ],
        )
    }

    fn figure(&self) -> Block {
        let figure = &self.outcome.options.figure;
        let endpoint = self.endpoint_in_full();
        let mut parts = vec![match self.group() {
            None => self.say("survival-figure", &[("endpoint", endpoint.into())]),
            Some(group) => self.say(
                "survival-figure-by-group",
                &[("endpoint", endpoint.into()), ("group", group.into())],
            ),
        }];
        if figure.censor_marks {
            parts.push(self.text.get("survival-figure-censor-marks"));
        }
        if figure.band {
            parts.push(self.say("survival-figure-band", &[("level", self.level().into())]));
        }
        if figure.median_lines {
            parts.push(self.text.get("survival-figure-median-lines"));
        }
        match figure.risk_table {
            RiskTableKind::AtRisk => parts.push(self.text.get("survival-figure-at-risk")),
            RiskTableKind::Kmunicate => parts.push(self.text.get("survival-figure-kmunicate")),
            RiskTableKind::None => {}
        }
        Block::Figure {
            scene: 0,
            caption: sentences(&parts, self.text),
        }
    }

    /// The arms, and all patients after them when there are several.
    fn columns(&self) -> Vec<&SurvivalArm> {
        let mut arms: Vec<&SurvivalArm> = self.outcome.arms.iter().collect();
        if arms.len() > 1 {
            arms.push(&self.outcome.overall);
        }
        arms
    }

    fn table(&self) -> Block {
        let arms = self.columns();
        let heads = (arms.iter()).map(|arm| column(arm.label.as_deref(), arm.n, self.text));
        let endpoint = self.endpoint_in_full();
        Block::Table {
            caption: match self.group() {
                None => self.say("survival-table", &[("endpoint", endpoint.into())]),
                Some(group) => self.say(
                    "survival-table-by-group",
                    &[("endpoint", endpoint.into()), ("group", group.into())],
                ),
            },
            columns: std::iter::once(String::new()).chain(heads).collect(),
            rows: self.rows(&arms),
            notes: self.notes(),
        }
    }

    fn rows(&self, arms: &[&SurvivalArm]) -> Vec<Row> {
        let row = |head: String, indent: u8, cell: &dyn Fn(&SurvivalArm) -> String| Row {
            head,
            cells: arms.iter().map(|arm| cell(arm)).collect(),
            indent,
        };
        let in_unit = [
            ("endpoint", self.endpoint().into()),
            ("unit", self.unit().into()),
            ("level", self.level().into()),
        ];
        let share = |count: usize, arm: &SurvivalArm| self.style.count_percent(count, arm.n);
        let quantile = |index: usize| {
            move |arm: &SurvivalArm| {
                let quantile = &arm.quantiles[index];
                let (time, range) = (self.time(quantile.estimate), self.time_range(quantile));
                format!("{time} ({range})")
            }
        };
        let event = self.text.get(match self.outcome.options.endpoint {
            Endpoint::Pfs => "survival-event-pfs",
            Endpoint::Os => "survival-event-os",
        });
        let mut rows = vec![
            row(
                self.say("survival-row-events", &[("event", event.into())]),
                0,
                &|arm| share(arm.n_event, arm),
            ),
            row(self.text.get("survival-row-censored"), 0, &|arm| {
                share(arm.n_censor, arm)
            }),
            row(self.say("survival-row-median", &in_unit), 0, &quantile(1)),
            row(
                self.say("survival-row-first-quartile", &in_unit),
                1,
                &quantile(0),
            ),
            row(
                self.say("survival-row-third-quartile", &in_unit),
                1,
                &quantile(2),
            ),
        ];
        for index in 0..self.outcome.options.landmarks.len() {
            let landmark = [
                ("landmark", self.landmark(index).into()),
                ("endpoint", self.endpoint().into()),
                ("level", self.level().into()),
            ];
            rows.push(row(self.say("survival-row-rate", &landmark), 0, &|arm| {
                self.rate(&arm.rates[index])
            }));
            rows.push(row(self.text.get("survival-row-at-risk"), 1, &|arm| {
                arm.rates[index].n_risk.to_string()
            }));
        }
        rows.push(row(
            self.say("survival-row-follow-up", &in_unit),
            0,
            &|arm| {
                let (time, range) = (
                    self.time(arm.follow_up.estimate),
                    self.time_range(&arm.follow_up),
                );
                format!("{time} ({range})")
            },
        ));
        if let Some(comparison) = &self.outcome.comparison {
            let expected = (comparison.log_rank.expected.iter())
                .map(|&expected| self.style.number(expected, 1));
            rows.push(Row {
                head: self.text.get("survival-row-expected"),
                // Nothing is expected of all patients together.
                cells: expected.chain([String::new()]).collect(),
                indent: 0,
            });
        }
        rows
    }

    /// A rate with its interval; a curve that has ended at 0 has none.
    fn rate(&self, rate: &Rate) -> String {
        match (rate.conf_low, rate.conf_high) {
            (None, None) => self.style.percent(rate.estimate),
            (low, high) => self.style.percent_interval(rate.estimate, low, high),
        }
    }

    fn rate_range(&self, rate: &Rate) -> String {
        self.style.percent_range(rate.conf_low, rate.conf_high)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec![self.text.get("survival-note-ci")];
        let arms = self.columns();
        let quantiles = |arm: &&SurvivalArm| {
            arm.quantiles
                .iter()
                .chain([&arm.follow_up])
                .copied()
                .collect::<Vec<_>>()
        };
        let not_reached = arms.iter().flat_map(quantiles).any(|quantile| {
            [quantile.estimate, quantile.conf_low, quantile.conf_high].contains(&None)
        });
        if not_reached {
            notes.push(self.text.get("survival-note-not-reached"));
        }
        let not_estimable =
            (arms.iter().flat_map(|arm| &arm.rates)).any(|rate| rate.estimate.is_none());
        if not_estimable {
            notes.push(self.text.get("survival-note-not-estimable"));
        }
        notes.extend(empty_groups(&self.outcome.empty_groups, self.text));
        notes
    }

    fn comparison_table(&self, comparison: &SurvivalComparison) -> Block {
        let (columns, rows) = match &self.outcome.arms[..] {
            [first, second] => self.two_groups(comparison, first, second),
            arms => self.many_groups(comparison, arms),
        };
        let mut notes = Vec::new();
        if comparison.permutation.is_some() {
            notes.push(self.text.get("survival-note-permutation"));
        }
        Block::Table {
            caption: self.say(
                "survival-comparison",
                &[
                    ("n", self.outcome.overall.n.into()),
                    ("events", self.outcome.overall.n_event.into()),
                ],
            ),
            columns: columns
                .iter()
                .map(|id| self.say(id, &[("level", self.level().into())]))
                .collect(),
            rows,
            notes,
        }
    }

    /// One row: hazard ratio and tests.
    fn two_groups(
        &self,
        comparison: &SurvivalComparison,
        first: &SurvivalArm,
        second: &SurvivalArm,
    ) -> (Vec<&'static str>, Vec<Row>) {
        let term = comparison.cox.as_ref().and_then(|cox| cox.terms.first());
        let mut columns = vec![
            "survival-column-comparison",
            "survival-column-hazard-ratio",
            "survival-column-wald",
            "survival-column-statistic",
            "survival-column-log-rank",
        ];
        let mut cells = vec![
            self.style.ratio_interval(
                term.and_then(|term| term.hazard_ratio),
                term.and_then(|term| term.conf_low),
                term.and_then(|term| term.conf_high),
            ),
            self.style.p_value(term.and_then(|term| term.p_value)),
            self.statistic(comparison),
            self.style.p_value(comparison.log_rank.p_value),
        ];
        if let Some(test) = &comparison.permutation {
            columns.push("survival-column-permutation");
            cells.push(self.style.p_value(Some(test.p_value)));
        }
        let row = Row {
            head: self.pair(second, first),
            cells,
            indent: 0,
        };
        (columns, vec![row])
    }

    /// All groups at once, then every pair.
    fn many_groups(
        &self,
        comparison: &SurvivalComparison,
        arms: &[SurvivalArm],
    ) -> (Vec<&'static str>, Vec<Row>) {
        let mut columns = vec![
            "survival-column-comparison",
            "survival-column-statistic",
            "survival-column-log-rank",
            "survival-column-holm",
        ];
        let mut all = vec![
            self.statistic(comparison),
            self.style.p_value(comparison.log_rank.p_value),
            String::new(),
        ];
        let permutation = comparison.permutation.as_ref();
        if let Some(test) = permutation {
            columns.push("survival-column-permutation");
            all.push(self.style.p_value(Some(test.p_value)));
        }
        let mut rows = vec![Row {
            head: self.text.get("survival-row-all-groups"),
            cells: all,
            indent: 0,
        }];
        rows.extend(comparison.pairwise.iter().map(|pair| {
            let mut cells = vec![
                String::new(),
                self.style.p_value(pair.p_value),
                self.style.p_value(pair.p_adjusted),
            ];
            cells.extend(permutation.map(|_| String::new()));
            Row {
                head: self.pair(&arms[pair.second], &arms[pair.first]),
                cells,
                indent: 1,
            }
        }));
        (columns, rows)
    }

    fn pair(&self, one: &SurvivalArm, other: &SurvivalArm) -> String {
        self.say(
            "survival-pair",
            &[("one", label(one).into()), ("other", label(other).into())],
        )
    }

    /// χ² with its degrees of freedom.
    fn statistic(&self, comparison: &SurvivalComparison) -> String {
        match comparison.log_rank.statistic {
            Some(statistic) => {
                let statistic = self.style.number(statistic, 2);
                format!("{statistic} ({})", comparison.log_rank.df)
            }
            None => crate::format::NOT_ESTIMABLE.to_owned(),
        }
    }

    fn cautions(&self) -> Vec<Block> {
        let mut cautions = Vec::new();
        if self.outcome.overall.n_event == 0 {
            cautions.push(self.text.get("survival-caution-no-events"));
        }
        if let Some(comparison) = &self.outcome.comparison {
            if comparison.cox.as_ref().is_some_and(|cox| cox.separation) {
                cautions.push(self.text.get("survival-caution-separation"));
            }
            if comparison.curves_cross {
                cautions.push(self.text.get("survival-caution-crossing"));
            }
        }
        let few: Vec<String> = (self.outcome.arms.iter())
            .filter(|arm| arm.n_event > 0 || self.outcome.overall.n_event > 0)
            .filter(|arm| arm.n_event < FEW_EVENTS)
            .map(|arm| match &arm.label {
                Some(label) => self.say(
                    "survival-events-of-group",
                    &[("label", label.into()), ("n", arm.n_event.into())],
                ),
                None => arm.n_event.to_string(),
            })
            .collect();
        if !few.is_empty() {
            let id = match self.group() {
                Some(_) => "survival-caution-few-events-by-group",
                None => "survival-caution-few-events",
            };
            let few = clauses(&few, self.text);
            let arguments = [("limit", FEW_EVENTS.into()), ("events", few.into())];
            cautions.push(self.say(id, &arguments));
        }
        cautions
            .into_iter()
            .map(|text| Block::Caution { text })
            .collect()
    }

    fn methods(&self) -> Block {
        let mut methods = Methods::new(self.text);
        self.definition(&mut methods);
        self.units(&mut methods);
        self.estimation(&mut methods);
        if let Some(comparison) = &self.outcome.comparison {
            self.tests(comparison, &mut methods);
        }
        methods.into_block()
    }

    fn definition(&self, methods: &mut Methods<'_>) {
        let endpoint = self.outcome.options.endpoint;
        match self.outcome.definition {
            EndpointDefinition::Given => methods.say(
                "methods-given",
                &[("endpoint", self.endpoint_in_full().into())],
            ),
            EndpointDefinition::Dates { cut_off } => {
                methods.say(
                    match endpoint {
                        Endpoint::Pfs => "methods-pfs",
                        Endpoint::Os => "methods-os",
                    },
                    &[],
                );
                if let Some(cut_off) = cut_off {
                    methods.say("methods-cut-off", &[("date", cut_off.to_string().into())]);
                }
            }
        }
    }

    /// How days became months.
    fn units(&self, methods: &mut Methods<'_>) {
        let rules = self.outcome.rules;
        if matches!(self.outcome.definition, EndpointDefinition::Dates { .. }) {
            methods.say(
                if rules.count_first_day {
                    "methods-days-with-first"
                } else {
                    "methods-days"
                },
                &[],
            );
        }
        if self.outcome.unit != rules.display {
            let days = |unit: TimeUnit| self.style.short(unit.days(rules.month));
            let id = match (self.outcome.unit, rules.display) {
                (TimeUnit::Days, _) => "methods-display-from-days",
                (_, TimeUnit::Days) => "methods-display-in-days",
                _ => "methods-display",
            };
            methods.say(
                id,
                &[
                    ("from", unit(self.outcome.unit, self.text).into()),
                    ("fromdays", days(self.outcome.unit).into()),
                    ("unit", self.unit().into()),
                    ("days", days(rules.display).into()),
                ],
            );
        }
    }

    fn estimation(&self, methods: &mut Methods<'_>) {
        let options = &self.outcome.options;
        let scale = self.text.get(match options.conf_type {
            ConfType::Log => "methods-scale-log",
            ConfType::LogLog => "methods-scale-log-log",
            ConfType::Plain => "methods-scale-plain",
            ConfType::Logit => "methods-scale-logit",
            ConfType::Arcsine => "methods-scale-arcsine",
        });
        let arguments = [
            ("level", self.level().into()),
            ("scale", scale.into()),
            ("km", methods.cite(Work::KaplanMeier).into()),
            ("greenwood", methods.cite(Work::Greenwood).into()),
            ("scales", methods.cite(Work::KalbfleischPrentice).into()),
            ("bc", methods.cite(Work::BrookmeyerCrowley).into()),
        ];
        methods.say("methods-kaplan-meier", &arguments);
        methods.say_after(Work::SchemperSmith, "methods-follow-up", &[]);
    }

    fn tests(&self, comparison: &SurvivalComparison, methods: &mut Methods<'_>) {
        let group = self.group().unwrap_or_default();
        methods.say_after(Work::Mantel, "methods-log-rank", &[("group", group.into())]);
        if let Some(test) = &comparison.permutation {
            match test.method {
                PermutationMethod::Exact { arrangements } => methods.say_after(
                    Work::HeimannNeuhaus,
                    "methods-permutation-exact",
                    &[("arrangements", arrangements.into())],
                ),
                PermutationMethod::MonteCarlo { draws, seed } => methods.say_after(
                    Work::HeimannNeuhaus,
                    "methods-permutation-drawn",
                    &[("draws", draws.into()), ("seed", seed.to_string().into())],
                ),
            }
        }
        if !comparison.pairwise.is_empty() {
            methods.say_after(Work::Holm, "methods-pairwise", &[]);
        }
        if let [first, _] = &self.outcome.arms[..] {
            let arguments = [
                ("reference", label(first).into()),
                ("cox", methods.cite(Work::Cox).into()),
                ("efron", methods.cite(Work::Efron).into()),
                ("level", self.level().into()),
            ];
            methods.say("methods-cox", &arguments);
        }
    }
}

fn label(arm: &SurvivalArm) -> String {
    arm.label.clone().unwrap_or_default()
}

fn median(arm: &SurvivalArm) -> &Quantile {
    &arm.quantiles[1]
}
