//! The tables of the section on competing risks.

use super::{Section, cause_specific, label, subdistribution};
use crate::analysis::{CauseComparison, CompetingArm, CoxTerm, Rate};
use crate::format::NOT_ESTIMABLE;
use crate::report::words::{column, empty_groups, with_overall};
use crate::report::{Block, Row};

impl Section<'_> {
    pub(super) fn table(&self) -> Block {
        let arms = with_overall(&self.outcome.arms, &self.outcome.overall);
        let heads = (arms.iter()).map(|arm| column(arm.label.as_deref(), arm.n, self.text));
        let mut notes = vec![self.text.get("survival-note-ci")];
        let rates = (arms.iter()).flat_map(|arm| arm.rates.iter().flatten());
        if rates.clone().any(|rate| rate.estimate.is_none()) {
            notes.push(self.text.get("survival-note-not-estimable"));
        }
        if self.sampling().is_some() {
            notes.push(self.text.get("competing-note-unweighted"));
        }
        notes.extend(empty_groups(&self.outcome.empty_groups, self.text));
        Block::Table {
            shared_heads: Vec::new(),
            caption: match self.group() {
                None => self.text.get("competing-table"),
                Some(group) => self.say("competing-table-by-group", &[("group", group.into())]),
            },
            columns: std::iter::once(String::new()).chain(heads).collect(),
            rows: self.rows(&arms),
            notes,
        }
    }

    fn rows(&self, arms: &[&CompetingArm]) -> Vec<Row> {
        let row = |head: String, indent: u8, cell: &dyn Fn(&CompetingArm) -> String| Row {
            head,
            cells: arms.iter().map(|arm| cell(arm)).collect(),
            indent,
        };
        let nothing = |_: &CompetingArm| String::new();
        let causes: Vec<(usize, String)> = (self.order())
            .map(|k| (k, self.cause(&self.outcome.causes[k])))
            .collect();
        let landmarks = 0..self.outcome.options.landmarks.len();
        let at =
            |index: usize| self.say("competing-row-at", &[("time", self.landmark(index).into())]);
        let mut rows = vec![row(self.text.get("competing-row-events"), 0, &nothing)];
        for (k, cause) in &causes {
            rows.push(row(cause.clone(), 1, &|arm| {
                self.style.count_percent(arm.n_event[*k], arm.n)
            }));
        }
        rows.push(row(self.text.get("survival-row-censored"), 1, &|arm| {
            self.style.count_percent(arm.n_censor, arm.n)
        }));
        for (k, cause) in causes.iter().filter(|_| !landmarks.is_empty()) {
            let head = [("cause", cause.into()), ("level", self.level().into())];
            rows.push(row(self.say("competing-row-incidence", &head), 0, &nothing));
            for index in landmarks.clone() {
                rows.push(row(at(index), 1, &|arm| {
                    self.interval(&arm.rates[*k][index])
                }));
            }
        }
        if !landmarks.is_empty() {
            rows.push(row(self.text.get("competing-row-at-risk"), 0, &nothing));
        }
        for index in landmarks {
            let n_risk = |arm: &CompetingArm| arm.rates[0][index].n_risk.to_string();
            rows.push(row(at(index), 1, &n_risk));
        }
        rows
    }

    /// `27.1 % (20.9–33.7)`; an incidence that is still 0 has no interval.
    fn interval(&self, rate: &Rate) -> String {
        match (rate.conf_low, rate.conf_high) {
            (None, None) => self.style.percent(rate.estimate),
            (low, high) => self.style.percent_interval(rate.estimate, low, high),
        }
    }

    pub(super) fn comparison_table(&self) -> Block {
        let columns = [
            "competing-column-event",
            "competing-column-statistic",
            "competing-column-gray",
            "competing-column-specific",
            "competing-column-wald",
            "competing-column-subdistribution",
            "competing-column-wald",
        ];
        let level = [("level", self.level().into())];
        let mut notes = vec![self.text.get("competing-note-ratios")];
        if let Some(what) = self.cases() {
            notes.push(self.say("competing-note-no-gray", &[("what", what.into())]));
        } else if let Some(strata) = &self.outcome.options.strata {
            notes.push(self.say("competing-note-strata", &[("strata", strata.into())]));
        }
        let caption = match &self.outcome.arms[..] {
            [first, second] => {
                let arms = [
                    ("one", label(second).into()),
                    ("other", label(first).into()),
                ];
                self.say("competing-comparison-of-two", &arms)
            }
            _ => self.text.get("competing-comparison"),
        };
        Block::Table {
            shared_heads: Vec::new(),
            caption,
            columns: columns.iter().map(|id| self.say(id, &level)).collect(),
            rows: self.order().flat_map(|k| self.compared_cause(k)).collect(),
            notes,
        }
    }

    /// One row for two groups; else Gray's test, and a row for each group against the first.
    fn compared_cause(&self, k: usize) -> Vec<Row> {
        let comparison = &self.outcome.comparisons[k];
        let cause = self.cause(&self.outcome.causes[k]);
        let [first, others @ ..] = &self.outcome.arms[..] else {
            return Vec::new();
        };
        let mut rows = vec![Row {
            head: cause,
            cells: self.gray(comparison).to_vec(),
            indent: 0,
        }];
        if others.len() == 1 {
            rows[0].cells.extend(self.ratios(comparison, 0));
            return rows;
        }
        rows[0].cells.extend(std::iter::repeat_n(String::new(), 4));
        rows.extend(others.iter().enumerate().map(|(index, arm)| {
            let arms = [("one", label(arm).into()), ("other", label(first).into())];
            let mut cells = vec![String::new(); 2];
            cells.extend(self.ratios(comparison, index));
            Row {
                head: self.say("survival-pair", &arms),
                cells,
                indent: 1,
            }
        }));
        rows
    }

    /// χ² with its degrees of freedom, and p.
    fn gray(&self, comparison: &CauseComparison) -> [String; 2] {
        let statistic = match comparison.gray.statistic {
            Some(statistic) => {
                let statistic = self.style.number(statistic, 2);
                format!("{statistic} ({})", comparison.gray.df)
            }
            None => NOT_ESTIMABLE.to_owned(),
        };
        [statistic, self.style.p_value(comparison.gray.p_value)]
    }

    fn ratios(&self, comparison: &CauseComparison, index: usize) -> [String; 4] {
        let ratio = |term: Option<&CoxTerm>| {
            let part = |part: fn(&CoxTerm) -> Option<f64>| term.and_then(part);
            self.style.ratio_interval(
                part(|term| term.hazard_ratio),
                part(|term| term.conf_low),
                part(|term| term.conf_high),
            )
        };
        let p = |term: Option<&CoxTerm>| self.style.p_value(term.and_then(|term| term.p_value));
        let specific = cause_specific(comparison, index);
        let subdistribution = subdistribution(comparison, index);
        [
            ratio(specific),
            p(specific),
            ratio(subdistribution),
            p(subdistribution),
        ]
    }
}
