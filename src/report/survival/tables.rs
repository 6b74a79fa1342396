//! The tables of the survival section.

use super::{Section, label};
use crate::analysis::{EndpointDefinition, Quantile, Rate, SurvivalArm, SurvivalComparison};
use crate::cohort::Endpoint;
use crate::format::NOT_ESTIMABLE;
use crate::report::words::{column, empty_groups, with_overall};
use crate::report::{Block, Row, endpoint};

impl Section<'_> {
    pub(super) fn table(&self) -> Block {
        let arms = with_overall(&self.outcome.arms, &self.outcome.overall);
        let heads = (arms.iter()).map(|arm| column(arm.label.as_deref(), arm.n, self.text));
        let endpoint = self.endpoint_in_full();
        Block::Table {
            shared_heads: Vec::new(),
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
        let quantile =
            |index: usize| move |arm: &SurvivalArm| self.time_interval(&arm.quantiles[index]);
        let event = match (self.outcome.options.endpoint, &self.outcome.definition) {
            (_, EndpointDefinition::Own { definition, .. }) => {
                endpoint::first_of(&definition.events, self.text)
            }
            (Endpoint::Pfs, _) if !self.deaths_known() => {
                self.text.get("survival-event-pfs-without-death")
            }
            (of, _) => endpoint::worded(of, "survival-event-", "", self.text),
        };
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
                ("endpoint", self.share_name().into()),
                ("level", self.level().into()),
            ];
            rows.push(row(self.say("survival-row-rate", &landmark), 0, &|arm| {
                self.rate(&arm.rates[index])
            }));
            rows.push(row(self.text.get("survival-row-at-risk"), 1, &|arm| {
                arm.rates[index].n_risk.to_string()
            }));
        }
        if self.followed() {
            rows.push(row(
                self.say("survival-row-follow-up", &in_unit),
                0,
                &|arm| self.time_interval(&arm.follow_up),
            ));
        }
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

    /// `11.7 (9.1–13.0)`.
    pub(in crate::report) fn time_interval(&self, quantile: &Quantile) -> String {
        let (time, range) = (self.time(quantile.estimate), self.quantile_range(quantile));
        format!("{time} ({range})")
    }

    /// A rate with its interval; a curve that is still at 1, or has ended at 0, has none.
    pub(in crate::report) fn rate(&self, rate: &Rate) -> String {
        match self.share([rate.estimate, rate.conf_low, rate.conf_high]) {
            [share, None, None] => self.style.percent(share),
            [share, low, high] => self.style.percent_interval(share, low, high),
        }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec![self.text.get("survival-note-ci")];
        notes.extend(self.notes_on_estimates());
        notes.extend(empty_groups(&self.outcome.empty_groups, self.text));
        notes
    }

    /// What NR and NE mean, where they stand.
    pub(in crate::report) fn notes_on_estimates(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let arms = with_overall(&self.outcome.arms, &self.outcome.overall);
        let quantiles = |arm: &&SurvivalArm| {
            arm.quantiles
                .iter()
                .chain(self.followed().then_some(&arm.follow_up))
                .copied()
                .collect::<Vec<_>>()
        };
        let not_reached = arms.iter().flat_map(quantiles).any(|quantile| {
            [quantile.estimate, quantile.conf_low, quantile.conf_high].contains(&None)
        });
        let without_limits =
            |quantile: Quantile| quantile.estimate.is_some() && quantile.conf_low.is_none();
        if arms.iter().flat_map(quantiles).any(without_limits) {
            notes.push(self.text.get("survival-note-no-limits"));
        }
        if not_reached {
            notes.push(self.text.get("survival-note-not-reached"));
        }
        let not_estimable =
            (arms.iter().flat_map(|arm| &arm.rates)).any(|rate| rate.estimate.is_none());
        if not_estimable {
            notes.push(self.text.get("survival-note-not-estimable"));
        }
        notes
    }

    pub(super) fn comparison_table(&self, comparison: &SurvivalComparison) -> Block {
        let (columns, rows) = match &self.outcome.arms[..] {
            [first, second] => self.two_groups(comparison, first, second),
            arms => self.many_groups(comparison, arms),
        };
        let mut notes = Vec::new();
        if comparison.permutation.is_some() {
            notes.push(self.text.get("survival-note-permutation"));
        }
        Block::Table {
            shared_heads: Vec::new(),
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
            None => NOT_ESTIMABLE.to_owned(),
        }
    }
}
