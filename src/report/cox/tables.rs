//! The tables of the section on Cox models.

use super::Section;
use crate::analysis::{
    Characteristic, CharacteristicKind, CoxEffect, CoxModelOutcome, CoxRow, CoxTest,
};
use crate::figure::cox_words;
use crate::format::NOT_ESTIMABLE;
use crate::report::{Block, Row};

impl Section<'_> {
    /// Each covariate by itself and in the model, side by side.
    pub(super) fn table(&self) -> Block {
        let level = || ("level", self.level().into());
        let p = || self.text.get("cox-column-p");
        let mut columns = vec![
            self.text.get("cox-column-characteristic"),
            cox_words::rows_head(self.outcome, self.text),
            self.text.get("cox-column-events"),
        ];
        if self.several() {
            columns.push(self.say("cox-column-univariable", &[level()]));
            columns.push(p());
            columns.push(self.say("cox-column-multivariable", &[level()]));
        } else {
            columns.push(self.say("cox-column-ratio", &[level()]));
        }
        columns.push(p());
        Block::Table {
            shared_heads: Vec::new(),
            caption: self.say("cox-table", &[("endpoint", self.endpoint_in_full().into())]),
            columns,
            rows: (self.outcome.characteristics.iter().enumerate())
                .flat_map(|(of, characteristic)| self.rows(of, characteristic))
                .collect(),
            notes: self.notes(),
        }
    }

    fn rows(&self, of: usize, characteristic: &Characteristic) -> Vec<Row> {
        let numbers = matches!(characteristic.kind, CharacteristicKind::Numbers { .. });
        let single = characteristic.rows.len() == 1;
        let mut rows = Vec::new();
        if !numbers {
            let mut cells = vec![
                characteristic.n.to_string(),
                characteristic.n_event.to_string(),
            ];
            let joint = |test: &Option<CoxTest>| match test {
                Some(test) => self.style.p_value(Some(test.p_value)),
                None => String::new(),
            };
            if self.several() {
                cells.extend([String::new(), joint(&characteristic.univariable_test)]);
            }
            cells.extend([String::new(), joint(&characteristic.model_test)]);
            rows.push(Row {
                head: self.name(of),
                cells,
                indent: 0,
            });
        }
        debug_assert!(!numbers || single, "numbers have one row");
        rows.extend(
            (characteristic.rows.iter().enumerate()).map(|(index, row)| {
                let mut cells = vec![row.n.to_string(), row.n_event.to_string()];
                if self.several() {
                    cells.extend(self.cells(
                        row,
                        row.univariable.as_ref(),
                        self.has_own(characteristic),
                    ));
                }
                cells.extend(self.cells(row, row.model.as_ref(), characteristic.in_model));
                Row {
                    head: cox_words::row(self.outcome, (of, index), self.style, self.text),
                    cells,
                    indent: u8::from(!numbers),
                }
            }),
        );
        rows
    }

    fn has_own(&self, characteristic: &Characteristic) -> bool {
        match characteristic.kind {
            CharacteristicKind::Levels | CharacteristicKind::Numbers { .. } => {
                !characteristic.stratum
            }
            CharacteristicKind::Interaction { .. } => false,
        }
    }

    /// The ratio and its p value; "1 (reference)"; a dash where the row has no part in the model.
    fn cells(&self, row: &CoxRow, effect: Option<&CoxEffect>, part: bool) -> [String; 2] {
        if !part {
            return ["–", "–"].map(str::to_owned);
        }
        if row.reference {
            return [self.text.get("cox-reference"), String::new()];
        }
        [
            cox_words::ratio(effect, self.style),
            self.style.p_value(effect.and_then(|effect| effect.p_value)),
        ]
    }

    fn notes(&self) -> Vec<String> {
        let outcome = self.outcome;
        let mut notes = vec![self.text.get("cox-note-ratio")];
        if self.several() {
            notes.push(self.say("cox-note-counts", &[self.rows_are()]));
        }
        if outcome.weighted.is_some() {
            notes.push(self.say("cox-note-weighted", &[self.rows_are()]));
        }
        let out = |of: &Characteristic| !of.in_model || !self.has_own(of);
        let stratum = |of: &Characteristic| of.stratum;
        if (self.several() && outcome.characteristics.iter().any(out))
            || outcome.characteristics.iter().any(stratum)
        {
            notes.push(self.text.get("cox-note-dash"));
        }
        if (outcome.characteristics.iter()).any(|of| of.rows.len() > 2) {
            notes.push(self.text.get("cox-note-joint"));
        }
        let missing = |row: &CoxRow| {
            let lacks = |effect: &Option<CoxEffect>| {
                effect
                    .as_ref()
                    .is_some_and(|effect| effect.hazard_ratio.is_none())
            };
            lacks(&row.model) || lacks(&row.univariable)
        };
        if (outcome.characteristics.iter().flat_map(|of| &of.rows)).any(missing) {
            notes.push(self.text.get("cox-note-not-estimable"));
        }
        notes
    }

    /// Size, tests and concordance of the model.
    pub(super) fn model_table(&self) -> Option<Block> {
        let model = &self.outcome.model;
        if model.failure.is_some() {
            return None;
        }
        let row = |id: &str, cell: String| Row {
            head: self.text.get(id),
            cells: vec![cell],
            indent: 0,
        };
        let mut rows = match self.outcome.patients {
            None => vec![row("cox-row-patients", model.n.to_string())],
            Some(patients) => vec![
                row("cox-row-patients", patients.model_n.to_string()),
                row("cox-row-intervals", model.n.to_string()),
            ],
        };
        rows.extend([
            row("cox-row-events", model.n_event.to_string()),
            row("cox-row-coefficients", self.coefficients(model)),
        ]);
        for (id, test) in [
            ("cox-row-likelihood-ratio", &model.likelihood_ratio),
            ("cox-row-wald", &model.wald),
            ("cox-row-score", &model.score),
        ] {
            rows.extend(test.as_ref().map(|test| row(id, self.test(test))));
        }
        if let Some(concordance) = &model.concordance {
            let (c, error) = (concordance.concordance, concordance.std_err);
            let cell = format!(
                "{} ({})",
                self.style.number(c, 3),
                self.style.number(error, 3)
            );
            rows.push(row("cox-row-concordance", cell));
        }
        rows.extend(
            model
                .aic
                .map(|aic| row("cox-row-aic", self.style.number(aic, 1))),
        );
        rows.extend(
            model
                .bic
                .map(|bic| row("cox-row-bic", self.style.number(bic, 1))),
        );
        Some(Block::Table {
            shared_heads: Vec::new(),
            caption: self.text.get(if self.several() {
                "cox-model-table"
            } else {
                "cox-model-table-single"
            }),
            columns: vec![String::new(), self.text.get("cox-column-value")],
            rows,
            notes: Vec::new(),
        })
    }

    /// `4 (36.2 events each)`.
    fn coefficients(&self, model: &CoxModelOutcome) -> String {
        let each = model.effective_events / model.parameters.max(1) as f64;
        self.say(
            "cox-coefficients",
            &[
                ("n", model.parameters.into()),
                ("each", self.style.number(each, 1).into()),
            ],
        )
    }

    /// `30.53 (4); p < 0.001`.
    fn test(&self, test: &CoxTest) -> String {
        let statistic = self.style.number(test.statistic, 2);
        let p = self.style.p_equals(Some(test.p_value));
        format!("{statistic} ({}); {p}", test.df)
    }

    /// The test of proportional hazards with its figure.
    pub(super) fn proportionality(&self) -> Vec<Block> {
        let model = &self.outcome.model;
        let Some(test) = &model.proportionality else {
            return Vec::new();
        };
        let row = |head: String, test: Option<&CoxTest>| Row {
            head,
            cells: match test {
                Some(test) => vec![
                    format!("{} ({})", self.style.number(test.statistic, 2), test.df),
                    self.style.p_value(Some(test.p_value)),
                ],
                None => vec![NOT_ESTIMABLE.to_owned(), NOT_ESTIMABLE.to_owned()],
            },
            indent: 0,
        };
        let mut rows: Vec<Row> = (test.terms.iter().zip(&model.proportionality_of))
            .map(|(term, &of)| row(self.name(of), term.test.as_ref()))
            .collect();
        if rows.len() > 1 {
            rows.push(row(self.text.get("cox-row-global"), test.global.as_ref()));
        }
        let mut blocks = vec![Block::Table {
            shared_heads: Vec::new(),
            caption: self.text.get("cox-proportionality-table"),
            columns: [
                "cox-column-characteristic",
                "cox-column-statistic",
                "cox-column-p",
            ]
            .map(|id| self.text.get(id))
            .to_vec(),
            rows,
            notes: vec![self.text.get("cox-note-proportionality")],
        }];
        if test
            .terms
            .iter()
            .any(|term| term.y.iter().any(Option::is_some))
        {
            blocks.push(Block::Figure {
                scene: 1,
                caption: self.say("cox-schoenfeld-caption", &[("level", self.level().into())]),
            });
        }
        blocks
    }
}
