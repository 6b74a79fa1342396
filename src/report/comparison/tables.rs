//! The tables of the section on the comparison of curves.

use super::{Block, Row, Section};
use crate::analysis::{Adjustment, ComparedArm, CurveTest, PairOutcome, RmstContrast};
use crate::format::NOT_ESTIMABLE;
use crate::report::words::{column, empty_groups};

impl Section<'_> {
    /// One column a group: events, restricted mean, survival at the landmarks, conditional survival.
    pub(super) fn groups_table(&self) -> Block {
        let outcome = self.outcome;
        let heads = (outcome.arms.iter()).map(|arm| column(Some(&arm.label), arm.n, self.text));
        let mut notes = vec![self.text.get("comparison-note-ci")];
        if outcome.tau <= outcome.tau_limit {
            let arguments = [
                ("tau", self.time(outcome.tau).into()),
                ("limit", self.time(outcome.tau_limit).into()),
                ("unit", self.unit().into()),
            ];
            notes.push(self.say(
                if outcome.options.tau.is_none() {
                    "comparison-note-tau-chosen"
                } else {
                    "comparison-note-tau"
                },
                &arguments,
            ));
        }
        notes.extend(empty_groups(&outcome.empty_groups, self.text));
        Block::Table {
            shared_heads: Vec::new(),
            caption: self.say(
                "comparison-groups",
                &[("endpoint", self.endpoint_in_full().into())],
            ),
            columns: std::iter::once(String::new()).chain(heads).collect(),
            rows: self.group_rows(),
            notes,
        }
    }

    fn group_rows(&self) -> Vec<Row> {
        let (outcome, options) = (self.outcome, &self.outcome.options);
        let row = |head: String, cell: &dyn Fn(&ComparedArm) -> String| Row {
            head,
            cells: outcome.arms.iter().map(cell).collect(),
            indent: 0,
        };
        let mut rows = vec![
            row(self.text.get("comparison-row-events"), &|arm| {
                self.style.count_percent(arm.n_event, arm.n)
            }),
            row(self.text.get("survival-row-expected"), &|arm| {
                self.style.number(arm.expected, 1)
            }),
        ];
        if outcome.tau <= outcome.tau_limit {
            let arguments = [
                ("endpoint", self.endpoint().into()),
                ("tau", self.time(outcome.tau).into()),
                ("unit", self.unit().into()),
                ("level", self.level().into()),
            ];
            rows.push(row(self.say("comparison-row-mean", &arguments), &|arm| {
                arm.rmst.map_or_else(
                    || NOT_ESTIMABLE.to_owned(),
                    |mean| self.times(mean.rmst, mean.conf_low, mean.conf_high),
                )
            }));
        }
        for (index, &shown) in options.landmarks.iter().enumerate() {
            let arguments = [
                ("landmark", self.landmark_time(shown).into()),
                ("endpoint", self.share_name().into()),
                ("level", self.level().into()),
            ];
            rows.push(row(self.say("survival-row-rate", &arguments), &|arm| {
                let rate = &arm.rates[index];
                self.percent([rate.estimate, rate.conf_low, rate.conf_high])
            }));
        }
        for (index, &shown) in options.conditional.iter().enumerate() {
            let Some(further) = options.further else {
                break;
            };
            let arguments = [
                ("start", self.shown(shown).into()),
                ("further", self.shown(further).into()),
                ("endpoint", self.share_name().into()),
                ("level", self.level().into()),
            ];
            rows.push(row(
                self.say("comparison-row-conditional", &arguments),
                &|arm| {
                    let rate = &arm.conditional[index];
                    let percent = self.percent([rate.estimate, rate.conf_low, rate.conf_high]);
                    let arguments = [("percent", percent.into()), ("n", rate.n_risk.into())];
                    self.say("comparison-conditional", &arguments)
                },
            ));
        }
        rows
    }

    /// `11.7 (9.1–13.0)`.
    fn times(&self, estimate: f64, low: Option<f64>, high: Option<f64>) -> String {
        format!("{} ({})", self.time(estimate), self.mean_range(low, high))
    }

    /// A probability with its interval; one of 0 or 1 has none.
    fn percent(&self, survival: [Option<f64>; 3]) -> String {
        match self.share(survival) {
            [share, None, None] => self.style.percent(share),
            [share, low, high] => self.style.percent_interval(share, low, high),
        }
    }

    /// One row a test.
    pub(super) fn tests_table(&self) -> Block {
        let (outcome, options) = (self.outcome, &self.outcome.options);
        let mut columns = vec![
            "comparison-column-test",
            match outcome.tests.iter().any(|test| test.df.is_none()) {
                false => "comparison-column-statistic",
                true => "comparison-column-statistics",
            },
            "comparison-column-p",
        ];
        let permuted = outcome.permutation.is_some();
        columns.extend(permuted.then_some("survival-column-permutation"));
        columns.extend(options.trend.then_some("comparison-column-trend"));
        let rows = (outcome.tests.iter().enumerate())
            .map(|(index, test)| {
                let name = self.row_name(test.test);
                let statistic = test.statistic.map_or_else(
                    || NOT_ESTIMABLE.to_owned(),
                    |statistic| {
                        let number = self.style.number(statistic, 2);
                        match test.df {
                            Some(df) => format!("{number} ({df})"),
                            None => number,
                        }
                    },
                );
                let mut cells = vec![statistic, self.style.p_value(test.p_value)];
                cells.extend(permuted.then(|| self.style.p_value(test.permutation)));
                cells.extend(options.trend.then(|| {
                    let trend = test.trend;
                    let z = trend.map_or(NOT_ESTIMABLE.to_owned(), |trend| {
                        self.style.number(trend.z, 2)
                    });
                    format!(
                        "{z} ({})",
                        self.style.p_value(trend.map(|trend| trend.p_value))
                    )
                }));
                let primary = index == 0 && outcome.tests.len() > 1;
                Row {
                    head: if primary {
                        self.say("comparison-row-primary", &[("test", name.into())])
                    } else {
                        name
                    },
                    cells,
                    indent: 0,
                }
            })
            .collect();
        let mut notes = Vec::new();
        if (outcome.tests.iter()).any(|test| test.df.is_none()) {
            notes.push(self.text.get("comparison-note-max-combo"));
        }
        if permuted {
            notes.push(self.text.get(match options.strata {
                None => "comparison-note-permutation",
                Some(_) => "comparison-note-permutation-within-strata",
            }));
        }
        if options.trend {
            notes.push(self.text.get("comparison-note-trend"));
        }
        Block::Table {
            shared_heads: Vec::new(),
            caption: self.say(
                "survival-comparison",
                &[("n", outcome.n.into()), ("events", outcome.n_event.into())],
            ),
            columns: columns.into_iter().map(|id| self.text.get(id)).collect(),
            rows,
            notes,
        }
    }

    /// The name of a test at the head of its row.
    fn row_name(&self, test: CurveTest) -> String {
        let options = &self.outcome.options;
        let id = match test {
            CurveTest::LogRank => "form-comparison-test-log-rank",
            CurveTest::GehanBreslow => "form-comparison-test-gehan-breslow",
            CurveTest::TaroneWare => "form-comparison-test-tarone-ware",
            CurveTest::PetoPeto => "form-comparison-test-peto-peto",
            CurveTest::ModifiedPetoPeto => "form-comparison-test-modified-peto-peto",
            CurveTest::FlemingHarrington => "comparison-row-fleming-harrington",
            CurveTest::MaxCombo => "comparison-row-max-combo",
        };
        let (p, q) = (self.style.short(options.p), self.style.short(options.q));
        self.say(id, &[("p", p.into()), ("q", q.into())])
    }

    /// The primary test and the restricted means of every pair of three or more groups.
    pub(super) fn pairs_table(&self) -> Option<Block> {
        let (outcome, options) = (self.outcome, &self.outcome.options);
        if self.two().is_some() {
            return None;
        }
        let corrected = options.adjustment != Adjustment::None;
        let means = outcome.pairs.iter().any(|pair| pair.rmst.is_some());
        let p = || {
            let correction = || {
                let name = self.adjustment_name();
                self.say("comparison-column-corrected", &[("method", name.into())])
            };
            let mut columns = vec![self.text.get("comparison-column-p")];
            columns.extend(corrected.then(correction));
            columns
        };
        let mut columns = vec![self.text.get("survival-column-comparison")];
        columns.extend(p());
        if means {
            let arguments = [
                ("tau", self.time(outcome.tau).into()),
                ("unit", self.unit().into()),
                ("level", self.level().into()),
            ];
            columns.push(self.say("comparison-column-mean-difference", &arguments));
            columns.extend(p());
        }
        let p_values = |raw: Option<f64>, adjusted: Option<f64>| {
            let adjusted = corrected.then(|| self.style.p_value(adjusted));
            [self.style.p_value(raw)].into_iter().chain(adjusted)
        };
        let rows = (outcome.pairs.iter())
            .map(|pair| {
                let mut cells: Vec<String> = p_values(pair.p_value, pair.p_adjusted).collect();
                if means {
                    let difference = pair.rmst.map(|rmst| rmst.difference);
                    cells.push(self.mean_difference(difference));
                    let raw = difference.and_then(|difference| difference.p_value);
                    cells.extend(p_values(raw, pair.rmst_p_adjusted));
                }
                Row {
                    head: self.pair(pair),
                    cells,
                    indent: 0,
                }
            })
            .collect();
        let name = self.test_name(options.primary);
        let id = if means {
            "comparison-pairs-and-means"
        } else {
            "comparison-pairs"
        };
        Some(Block::Table {
            shared_heads: Vec::new(),
            caption: self.say(id, &[("test", name.into())]),
            columns,
            rows,
            notes: Vec::new(),
        })
    }

    /// `3.1 (0.2–6.0)`.
    fn mean_difference(&self, difference: Option<RmstContrast>) -> String {
        difference.map_or_else(
            || NOT_ESTIMABLE.to_owned(),
            |of| self.times(of.estimate, of.conf_low, of.conf_high),
        )
    }

    /// Restricted means adjusted for covariates, where they were asked for.
    pub(super) fn adjusted_table(&self) -> Option<Block> {
        let two = self.two().is_some();
        let corrected = !two && self.outcome.options.adjustment != Adjustment::None;
        let in_unit = [
            ("endpoint", self.endpoint().into()),
            ("tau", self.time(self.outcome.tau).into()),
            ("unit", self.unit().into()),
        ];
        let mut rows = Vec::new();
        for pair in &self.outcome.pairs {
            let Some(adjusted) = pair.adjusted else {
                continue;
            };
            let of = ("pair", self.pair(pair).into());
            rows.push(Row {
                head: self.say("comparison-adjusted-pair", &[of, ("n", adjusted.n.into())]),
                cells: vec![String::new(); 2 + usize::from(corrected)],
                indent: 0,
            });
            let ratio = |of: Option<RmstContrast>| {
                let part = |part: fn(RmstContrast) -> Option<f64>| of.and_then(part);
                self.style.ratio_interval(
                    part(|of| Some(of.estimate)),
                    part(|of| of.conf_low),
                    part(|of| of.conf_high),
                )
            };
            for (id, estimate, of) in [
                (
                    "comparison-row-mean-difference",
                    self.mean_difference(adjusted.difference),
                    adjusted.difference,
                ),
                (
                    "comparison-row-mean-ratio",
                    ratio(adjusted.ratio),
                    adjusted.ratio,
                ),
                (
                    "comparison-row-lost-ratio",
                    ratio(adjusted.rmtl_ratio),
                    adjusted.rmtl_ratio,
                ),
            ] {
                let p = of.and_then(|of| of.p_value);
                let mut cells = vec![estimate, self.style.p_value(p)];
                let difference = id == "comparison-row-mean-difference";
                cells.extend(corrected.then(|| match difference {
                    true => self.style.p_value(adjusted.p_adjusted),
                    false => String::new(),
                }));
                rows.push(Row {
                    head: self.say(id, &in_unit),
                    cells,
                    indent: 1,
                });
            }
        }
        let level = ("level", self.level().into());
        let mut columns = vec![
            String::new(),
            self.say("comparison-column-estimate", &[level]),
            self.text.get("comparison-column-p"),
        ];
        columns.extend(corrected.then(|| {
            let name = self.adjustment_name();
            self.say("comparison-column-corrected", &[("method", name.into())])
        }));
        let covariates = ("covariates", self.adjusted_for().into());
        (!rows.is_empty()).then(|| Block::Table {
            shared_heads: Vec::new(),
            caption: self.say("comparison-adjusted-table", &[covariates]),
            columns,
            rows,
            notes: vec![self.text.get("comparison-note-adjusted")],
        })
    }

    fn adjustment_name(&self) -> String {
        self.text.get(match self.outcome.options.adjustment {
            Adjustment::Holm => "comparison-holm",
            Adjustment::Bonferroni => "comparison-bonferroni",
            Adjustment::Hochberg => "comparison-hochberg",
            Adjustment::Hommel => "comparison-hommel",
            Adjustment::BenjaminiHochberg => "comparison-benjamini-hochberg",
            Adjustment::BenjaminiYekutieli => "comparison-benjamini-yekutieli",
            Adjustment::None => "comparison-uncorrected",
        })
    }

    /// `B v A`.
    fn pair(&self, pair: &PairOutcome) -> String {
        let arguments = [
            ("one", self.label(pair.second).into()),
            ("other", self.label(pair.first).into()),
        ];
        self.say("survival-pair", &arguments)
    }

    /// Restricted means and survival at the landmarks, second group against first.
    pub(super) fn differences_table(&self) -> Block {
        let two = self.two().is_some();
        let mut rows = Vec::new();
        for pair in &self.outcome.pairs {
            if !two {
                rows.push(Row {
                    head: self.pair(pair),
                    cells: vec![String::new(); 2],
                    indent: 0,
                });
            }
            rows.extend(self.pair_rows(pair, u8::from(!two)));
        }
        let mut notes = vec![self.text.get("comparison-note-contrast")];
        if !two {
            notes.push(self.text.get("comparison-note-uncorrected"));
        }
        if self.outcome.options.strata.is_some() {
            notes.push(self.text.get("comparison-note-not-stratified"));
        }
        let caption = match self.two() {
            Some((_, _, pair)) => {
                let pair = ("pair", self.pair(pair).into());
                self.say("comparison-differences-of", &[pair])
            }
            None => self.text.get("comparison-differences"),
        };
        let level = ("level", self.level().into());
        Block::Table {
            shared_heads: Vec::new(),
            caption,
            columns: vec![
                String::new(),
                self.say("comparison-column-estimate", &[level]),
                self.text.get("comparison-column-p"),
            ],
            rows,
            notes,
        }
    }

    fn pair_rows(&self, pair: &PairOutcome, indent: u8) -> Vec<Row> {
        let in_unit = [
            ("endpoint", self.endpoint().into()),
            ("tau", self.time(self.outcome.tau).into()),
            ("unit", self.unit().into()),
        ];
        let row = |head: String, estimate: String, p: Option<f64>| Row {
            head,
            cells: vec![estimate, self.style.p_value(p)],
            indent,
        };
        let mut rows = Vec::new();
        if let Some(rmst) = pair.rmst {
            let difference = rmst.difference;
            let (low, high) = (difference.conf_low, difference.conf_high);
            let times = self.times(difference.estimate, low, high);
            rows.push(row(
                self.say("comparison-row-mean-difference", &in_unit),
                times,
                difference.p_value,
            ));
            let ratio = |id: &str, ratio: Option<RmstContrast>| {
                let part = |part: fn(RmstContrast) -> Option<f64>| ratio.and_then(part);
                let shown = self.style.ratio_interval(
                    part(|ratio| Some(ratio.estimate)),
                    part(|ratio| ratio.conf_low),
                    part(|ratio| ratio.conf_high),
                );
                row(
                    self.say(id, &in_unit),
                    shown,
                    ratio.and_then(|ratio| ratio.p_value),
                )
            };
            rows.push(ratio("comparison-row-mean-ratio", rmst.ratio));
            rows.push(ratio("comparison-row-lost-ratio", rmst.rmtl_ratio));
        }
        for (index, at) in pair.differences.iter().enumerate() {
            let shown = self.outcome.options.landmarks[index];
            let arguments = [
                ("landmark", self.landmark_time(shown).into()),
                ("endpoint", self.share_name().into()),
            ];
            let [estimate, low, high] =
                self.share_difference([at.estimate, at.conf_low, at.conf_high]);
            let estimate = estimate.map_or_else(
                || NOT_ESTIMABLE.to_owned(),
                |estimate| {
                    let range = self.style.percent_range(low, high);
                    format!("{} ({range})", self.style.percent_number(estimate))
                },
            );
            rows.push(row(
                self.say("comparison-row-difference", &arguments),
                estimate,
                at.p_value,
            ));
        }
        rows
    }
}
