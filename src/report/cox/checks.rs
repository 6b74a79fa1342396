//! The checks of a model in words, figures and a table.

use super::Section;
use crate::analysis::{CoxChecks, OUTLYING_RESIDUAL};
use crate::figure::{cox_checks, cox_words};
use crate::report::words::{clauses, patient, sentences};
use crate::report::{Block, Row};

impl Section<'_> {
    /// The sentence, the figures and the table of the checks.
    pub(super) fn checks(&self) -> Vec<Block> {
        let Some(checks) = &self.outcome.checks else {
            return Vec::new();
        };
        let mut parts = vec![self.outliers(checks)];
        parts.extend(self.influence(checks));
        let mut blocks = vec![Block::Paragraph {
            text: sentences(&parts, self.text),
        }];
        let first = self.first_curve_scene() + usize::from(self.outcome.curves.is_some());
        let limit = ("limit", self.style.short(OUTLYING_RESIDUAL).into());
        let rows = [self.rows_are()];
        for (index, kind) in cox_checks::kinds(checks).into_iter().enumerate() {
            let mut caption = match kind {
                cox_checks::Kind::Forms => self.say("cox-checks-forms-caption", &rows),
                cox_checks::Kind::Deviance => {
                    let arguments = [limit.clone(), self.rows_are()];
                    self.say("cox-checks-deviance-caption", &arguments)
                }
                cox_checks::Kind::Influence => self.say("cox-checks-influence-caption", &rows),
            };
            let every = cox_checks::every(checks);
            if every > 1 {
                let n = ("n", checks.subjects.len().into());
                let arguments = [n, ("every", every.into()), self.rows_are()];
                caption.push_str(&self.text.get("report-sentence-space"));
                caption.push_str(&self.say("cox-checks-thinned", &arguments));
            }
            blocks.push(Block::Figure {
                scene: first + index,
                caption,
            });
        }
        blocks.extend(self.influence_table(checks));
        blocks
    }

    fn outliers(&self, checks: &CoxChecks) -> String {
        let named: Vec<String> = (checks.outlying.iter())
            .map(|&i| {
                let residual = checks.deviance[i];
                let id = if residual > 0.0 {
                    "cox-checks-outlier-early"
                } else {
                    "cox-checks-outlier-late"
                };
                let arguments = [
                    ("patient", patient(&checks.subjects[i], self.text).into()),
                    ("residual", self.style.number(residual, 2).into()),
                ];
                self.say(id, &arguments)
            })
            .collect();
        let some = named.len() < checks.n_outlying;
        self.say(
            "cox-checks-deviance",
            &[
                ("n", checks.n_outlying.into()),
                ("limit", self.style.short(OUTLYING_RESIDUAL).into()),
                ("some", super::yes_no(some)),
                ("patients", clauses(&named, self.text).into()),
                self.rows_are(),
            ],
        )
    }

    fn influence(&self, checks: &CoxChecks) -> Option<String> {
        let most = checks.influential.first()?;
        let subject = &checks.subjects[most.patient];
        let name = cox_words::contrast(self.outcome, most.place, self.style, self.text);
        Some(self.say(
            "cox-checks-influence",
            &[
                ("patient", patient(subject, self.text).into()),
                ("name", name.into()),
                ("ratio", self.style.ratio(Some(most.hazard_ratio)).into()),
                ("without", self.style.ratio(Some(most.without)).into()),
                self.rows_are(),
            ],
        ))
    }

    fn influence_table(&self, checks: &CoxChecks) -> Option<Block> {
        let rows: Vec<Row> = (checks.influential.iter())
            .map(|most| Row {
                head: patient(&checks.subjects[most.patient], self.text),
                cells: vec![
                    cox_words::contrast(self.outcome, most.place, self.style, self.text),
                    self.style.number(most.dfbetas, 2),
                    self.style.ratio(Some(most.hazard_ratio)),
                    self.style.ratio(Some(most.without)),
                ],
                indent: 0,
            })
            .collect();
        let columns = [
            "cox-checks-column-patient",
            "cox-checks-column-of",
            "cox-checks-column-change",
            "cox-checks-column-all",
            "cox-checks-column-without",
        ];
        (!rows.is_empty()).then(|| Block::Table {
            shared_heads: Vec::new(),
            caption: self.say("cox-checks-table", &[self.rows_are()]),
            columns: columns.map(|id| self.say(id, &[self.rows_are()])).to_vec(),
            rows,
            notes: Vec::new(),
        })
    }
}
