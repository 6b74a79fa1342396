//! What the section on competing risks says of the models with covariates, of weights and of delayed entry.

use super::Section;
use crate::analysis::{
    CauseModels, CauseRow, Characteristic, CharacteristicKind, CompetingModels, CoxEffect,
    CoxTermStatus, EVENTS_PER_COEFFICIENT, ModelFailure, WeightKind,
};
use crate::figure::cox_words;
use crate::report::words::{clauses, sentences};
use crate::report::{Block, Row};

/// With more rows than this the ratios are left to the table.
const SPOKEN: usize = 8;

impl Section<'_> {
    /// The column of sampling weights.
    pub(super) fn sampling(&self) -> Option<&str> {
        let options = &self.outcome.options;
        let sampled = options.weight_kind == WeightKind::Sampling;
        options.weights.as_deref().filter(|_| sampled)
    }

    /// What neither Gray's test nor crr knows, as messages name it; `None` where there is nothing of it.
    pub(super) fn cases(&self) -> Option<&'static str> {
        match (self.sampling(), &self.outcome.options.entry) {
            (None, None) => None,
            (Some(_), None) => Some("weights"),
            (None, Some(_)) => Some("entry"),
            (Some(_), Some(_)) => Some("both"),
        }
    }

    /// How the patients are weighted, and when they enter.
    pub(super) fn told_cases(&self) -> Vec<String> {
        let options = &self.outcome.options;
        let weighted = match options.weight_kind {
            WeightKind::Frequency => "competing-counted",
            WeightKind::Sampling => "competing-weighted",
        };
        let told = [
            (weighted, &options.weights),
            ("case-delayed", &options.entry),
        ];
        (told.into_iter())
            .filter_map(|(id, column)| Some(self.say(id, &[("column", column.as_ref()?.into())])))
            .collect()
    }

    /// The paragraph and a table for each event.
    pub(super) fn models(&self) -> Vec<Block> {
        let Some(models) = &self.outcome.models else {
            return Vec::new();
        };
        let mut blocks = vec![Block::Paragraph {
            text: sentences(&self.told_models(models), self.text),
        }];
        blocks.extend(self.order().map(|k| self.models_table(models, k)));
        blocks
    }

    pub(super) fn covariate_names(&self, models: &CompetingModels) -> String {
        let names = models.covariates.iter().map(|of| of.column.clone());
        names
            .collect::<Vec<_>>()
            .join(&self.text.get("report-list-join"))
    }

    fn told_models(&self, models: &CompetingModels) -> Vec<String> {
        let several = several(models);
        let mut parts = vec![self.say(
            "competing-models-patients",
            &[
                ("covariates", self.covariate_names(models).into()),
                ("n", models.n.into()),
                ("all", self.outcome.overall.n.into()),
                ("several", several.into()),
            ],
        )];
        if !models.missing.is_empty() {
            let missing: Vec<String> = (models.missing.iter())
                .map(|missing| {
                    let column = missing.column.as_str().into();
                    self.say(
                        "cox-missing-of",
                        &[("column", column), ("n", missing.n.into())],
                    )
                })
                .collect();
            let missing = missing.join(&self.text.get("report-list-join"));
            parts.push(self.say("competing-models-missing", &[("missing", missing.into())]));
        }
        let of = &models.causes[self.outcome.cause];
        let ratios: Vec<String> = rows(models, of)
            .filter(|(_, _, row)| known(row.subdistribution.as_ref()))
            .map(|(parent, index, row)| {
                let ratio = cox_words::ratio(row.subdistribution.as_ref(), self.style);
                let name = self.contrast(parent, index).into();
                self.say(
                    "competing-models-ratio",
                    &[("name", name), ("ratio", ratio.into())],
                )
            })
            .collect();
        if (1..=SPOKEN).contains(&ratios.len()) {
            parts.push(self.say(
                "competing-models-ratios",
                &[
                    ("cause", self.of_interest().into()),
                    ("several", several.into()),
                    ("level", self.level().into()),
                    ("ratios", clauses(&ratios, self.text).into()),
                ],
            ));
        }
        parts
    }

    /// `Sex: Female v Male`, `Age (per 10 years)`.
    fn contrast(&self, parent: &Characteristic, index: usize) -> String {
        let label = |row: usize| parent.rows[row].label.clone().unwrap_or_default();
        match parent.kind {
            CharacteristicKind::Levels => self.say(
                "cox-contrast",
                &[
                    ("column", parent.column.as_str().into()),
                    ("level", label(index).into()),
                    ("reference", label(0).into()),
                ],
            ),
            CharacteristicKind::Numbers { .. } | CharacteristicKind::Interaction { .. } => {
                cox_words::characteristic(parent, self.style, self.text)
            }
        }
    }

    fn models_table(&self, models: &CompetingModels, k: usize) -> Block {
        let columns = [
            "cox-column-characteristic",
            "cox-column-patients",
            "cox-column-events",
            "competing-column-specific",
            "competing-column-wald",
            "competing-column-subdistribution",
            "competing-column-wald",
        ];
        let level = [("level", self.level().into())];
        let of = &models.causes[k];
        let mut table = Vec::new();
        for (parent, rows) in models.covariates.iter().zip(&of.rows) {
            let levels = match parent.kind {
                CharacteristicKind::Levels => true,
                CharacteristicKind::Numbers { .. } | CharacteristicKind::Interaction { .. } => {
                    false
                }
            };
            let name = cox_words::characteristic(parent, self.style, self.text);
            if levels {
                table.push(Row {
                    head: name.clone(),
                    cells: vec![String::new(); 6],
                    indent: 0,
                });
            }
            for (row, modelled) in parent.rows.iter().zip(rows) {
                let mut cells = vec![row.n.to_string(), modelled.n_event.to_string()];
                cells.extend(self.effect(row.reference, modelled.specific.as_ref()));
                cells.extend(self.effect(row.reference, modelled.subdistribution.as_ref()));
                table.push(Row {
                    head: row.label.clone().unwrap_or_else(|| name.clone()),
                    cells,
                    indent: u8::from(levels),
                });
            }
        }
        let mut notes = vec![self.text.get("competing-note-ratios")];
        let lacks = |row: &CauseRow| {
            let effects = [&row.specific, &row.subdistribution];
            effects.iter().any(|effect| !known(effect.as_ref()))
        };
        if rows(models, of).any(|(parent, index, row)| !parent.rows[index].reference && lacks(row))
        {
            notes.push(self.text.get("cox-note-not-estimable"));
        }
        Block::Table {
            shared_heads: Vec::new(),
            caption: self.say(
                "competing-models-table",
                &[
                    ("cause", self.cause(&self.outcome.causes[k]).into()),
                    ("n", models.n.into()),
                    ("events", of.n_event.into()),
                ],
            ),
            columns: columns.iter().map(|id| self.say(id, &level)).collect(),
            rows: table,
            notes,
        }
    }

    /// The ratio and its p value; "1 (reference)".
    fn effect(&self, reference: bool, effect: Option<&CoxEffect>) -> [String; 2] {
        if reference {
            return [self.text.get("cox-reference"), String::new()];
        }
        [
            cox_words::ratio(effect, self.style),
            self.style.p_value(effect.and_then(|effect| effect.p_value)),
        ]
    }

    /// What is wrong with the models of each event.
    pub(super) fn model_cautions(&self) -> Vec<String> {
        let Some(models) = &self.outcome.models else {
            return Vec::new();
        };
        let mut cautions: Vec<String> = self
            .order()
            .flat_map(|k| self.cautions_of(models, k))
            .collect();
        // A covariate that depends on others does so in every model.
        let collinear: Vec<String> = rows(models, &models.causes[self.outcome.cause])
            .filter(|(_, _, row)| {
                let effects = [&row.specific, &row.subdistribution];
                (effects.into_iter().flatten()).any(|of| of.status == CoxTermStatus::Collinear)
            })
            .map(|(parent, index, _)| self.contrast(parent, index))
            .collect();
        if !collinear.is_empty() {
            let names = clauses(&collinear, self.text);
            let id = "competing-caution-models-collinear";
            cautions.push(self.say(id, &[("names", names.into())]));
        }
        cautions
    }

    fn cautions_of(&self, models: &CompetingModels, k: usize) -> Vec<String> {
        let of = &models.causes[k];
        let cause = ("cause", self.cause(&self.outcome.causes[k]).into());
        let mut cautions = self.failures(of, k);
        if of.specific_failure.is_none() && of.n_event < EVENTS_PER_COEFFICIENT * of.parameters {
            let each = self
                .style
                .number(of.n_event as f64 / of.parameters as f64, 1);
            cautions.push(self.say(
                "competing-caution-models-few",
                &[
                    cause.clone(),
                    ("each", each.into()),
                    ("events", of.n_event.into()),
                    ("coefficients", of.parameters.into()),
                    ("limit", EVENTS_PER_COEFFICIENT.into()),
                ],
            ));
        }
        let runs = |effect: &CoxEffect| match effect.status {
            CoxTermStatus::RunsUp | CoxTermStatus::RunsDown | CoxTermStatus::Undetermined => true,
            CoxTermStatus::Estimated | CoxTermStatus::Collinear => false,
        };
        let separated: Vec<String> = rows(models, of)
            .filter(|(_, _, row)| {
                let effects = [&row.specific, &row.subdistribution];
                effects.into_iter().flatten().any(runs)
            })
            .map(|(parent, index, _)| self.contrast(parent, index))
            .collect();
        if !separated.is_empty() {
            let names = ("names", clauses(&separated, self.text).into());
            cautions.push(self.say("competing-caution-models-separation", &[cause, names]));
        }
        cautions
    }

    /// Why there is no model.
    fn failures(&self, of: &CauseModels, k: usize) -> Vec<String> {
        let cause = self.cause(&self.outcome.causes[k]);
        let told = |failure: ModelFailure, model: &str| {
            let cause = ("cause", cause.as_str().into());
            let model = ("model", self.text.get(model).into());
            match failure {
                ModelFailure::NoEvents => self.say("competing-failure-no-events", &[cause]),
                ModelFailure::NothingVaries => {
                    self.say("competing-failure-nothing-varies", &[cause])
                }
                ModelFailure::NoConvergence => {
                    self.say("competing-failure-no-convergence", &[cause, model])
                }
                ModelFailure::Gap { time } => {
                    let unit = self.unit();
                    let time = [("time", self.time(time).into()), ("unit", unit.into())];
                    let time = ("time", self.say("competing-time", &time).into());
                    self.say("competing-failure-gap", &[cause, model, time])
                }
            }
        };
        if let (Some(one), Some(other)) = (of.specific_failure, of.subdistribution_failure)
            && one == other
        {
            return vec![told(one, "competing-model-both")];
        }
        let failures = [
            (of.specific_failure, "competing-model-specific"),
            (
                of.subdistribution_failure,
                "competing-model-subdistribution",
            ),
        ];
        (failures.into_iter())
            .filter_map(|(failure, model)| Some(told(failure?, model)))
            .collect()
    }
}

/// Whether there is more than one covariate.
pub(super) fn several(models: &CompetingModels) -> &'static str {
    if models.covariates.len() > 1 {
        "yes"
    } else {
        "no"
    }
}

/// The rows of one cause, each with its covariate and its number there.
fn rows<'a>(
    models: &'a CompetingModels,
    of: &'a CauseModels,
) -> impl Iterator<Item = (&'a Characteristic, usize, &'a CauseRow)> {
    let parents = models.covariates.iter().zip(&of.rows);
    parents.flat_map(|(parent, rows)| {
        let rows = rows.iter().enumerate();
        rows.map(move |(index, row)| (parent, index, row))
    })
}

fn known(effect: Option<&CoxEffect>) -> bool {
    effect.is_some_and(|effect| effect.hazard_ratio.is_some())
}
