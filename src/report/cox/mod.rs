//! The section on Cox models.

use super::Block;
use super::spoken::Spoken;
use super::words::{clauses, exclusions, exclusions_of_rows, sentences};
use crate::analysis::{
    CharacteristicKind, CoxEffect, CoxFailure, CoxInterval, CoxOutcome, CoxTermStatus, CoxTest,
    EVENTS_PER_COEFFICIENT, ForestModel, SelectionMethod, SelectionStep, WeightKind,
};
use crate::figure::cox_words;
use crate::format::Style;
use crate::text::{Argument, Text};

mod checks;
mod curves;
mod methods;
mod tables;

pub(super) use methods::ties;

/// With more rows than this the ratios are left to the table.
const SPOKEN: usize = 8;

/// A change of a ratio over time is pointed out below this p value.
const CHANGES: f64 = 0.05;

/// Sentences, tables, figures, cautions, exclusions and Methods paragraph of Cox models.
pub(super) fn blocks(outcome: &CoxOutcome, style: &Style, text: &Text) -> Vec<Block> {
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
    blocks.extend(section.model_table());
    blocks.extend(section.proportionality());
    blocks.extend(section.curves());
    blocks.extend(section.checks());
    blocks.extend(section.cautions());
    blocks.extend(match outcome.patients {
        Some(_) => exclusions_of_rows(&outcome.exclusions, text),
        None => exclusions(&outcome.exclusions, text),
    });
    blocks.push(section.methods());
    blocks
}

type Section<'a> = Spoken<'a, CoxOutcome>;

impl Section<'_> {
    /// Whether there are covariates beside each other, so that two columns of ratios differ.
    fn several(&self) -> bool {
        self.outcome.characteristics.len() > 1
    }

    fn heading(&self) -> Block {
        Block::Heading {
            text: self.say(
                "cox-heading",
                &[("endpoint", self.endpoint_in_full().into())],
            ),
        }
    }

    fn summary(&self) -> Block {
        let outcome = self.outcome;
        let mut parts = vec![self.patients()];
        parts.extend(self.weighted());
        if let Some(column) = &outcome.options.entry {
            let id = match outcome.patients {
                Some(_) => "cox-intervals-from",
                None => "case-delayed",
            };
            parts.push(self.say(id, &[("column", column.into())]));
        }
        if !outcome.missing.is_empty() {
            let missing: Vec<String> = (outcome.missing.iter())
                .map(|missing| {
                    let column = ("column", missing.column.as_str().into());
                    self.say("cox-missing-of", &[column, ("n", missing.n.into())])
                })
                .collect();
            let missing = missing.join(&self.text.get("report-list-join"));
            parts.push(self.say(
                "cox-missing",
                &[("missing", missing.into()), self.rows_are()],
            ));
        }
        parts.extend(self.selected());
        parts.extend(self.ratios());
        parts.extend(self.whole());
        parts.extend(self.proportional());
        Block::Paragraph {
            text: sentences(&parts, self.text),
        }
    }

    /// What messages call the rows of the data.
    fn rows_are(&self) -> Argument<'static> {
        cox_words::rows(self.outcome)
    }

    /// Who is analysed, with how many events, and who is in the model.
    fn patients(&self) -> String {
        let outcome = self.outcome;
        let mut arguments = vec![
            ("n", outcome.n.into()),
            ("events", outcome.n_event.into()),
            ("model", outcome.model.n.into()),
            ("modelevents", outcome.model.n_event.into()),
            ("complete", yes_no(outcome.model.n == outcome.n)),
            ("several", yes_no(self.several())),
        ];
        let Some(patients) = outcome.patients else {
            return self.say("cox-patients", &arguments);
        };
        arguments.extend([
            ("patients", patients.n.into()),
            ("modelpatients", patients.model_n.into()),
        ]);
        self.say("cox-intervals", &arguments)
    }

    /// The estimated ratios of the model, when they are few enough to be read.
    fn ratios(&self) -> Option<String> {
        let spoken: Vec<String> = (self.estimated())
            .map(|(place, effect)| {
                let name = cox_words::contrast(self.outcome, place, self.style, self.text);
                let range = self.style.ratio_range(effect.conf_low, effect.conf_high);
                self.say(
                    "cox-ratio",
                    &[
                        ("name", name.into()),
                        ("ratio", self.style.ratio(effect.hazard_ratio).into()),
                        ("level", self.level().into()),
                        ("range", range.into()),
                        ("p", self.style.p_equals(effect.p_value).into()),
                    ],
                )
            })
            .collect();
        (!spoken.is_empty() && spoken.len() <= SPOKEN).then(|| {
            let ratios = clauses(&spoken, self.text);
            let several = ("several", yes_no(self.several()));
            self.say("cox-ratios", &[("ratios", ratios.into()), several])
        })
    }

    fn estimated(&self) -> impl Iterator<Item = ((usize, usize), &CoxEffect)> {
        let rows = (self.outcome.characteristics.iter().enumerate()).flat_map(|(of, parent)| {
            (parent.rows.iter().enumerate()).map(move |(row, value)| ((of, row), value))
        });
        rows.filter_map(|(place, row)| {
            let effect = row.model.as_ref()?;
            effect.hazard_ratio?;
            Some((place, effect))
        })
    }

    /// What the weights mean, and what they add up to.
    fn weighted(&self) -> Option<String> {
        let options = &self.outcome.options;
        let (column, [patients, events]) = options.weights.as_ref().zip(self.outcome.weighted)?;
        let id = match options.weight_kind {
            WeightKind::Frequency => "cox-weighted-frequency",
            WeightKind::Sampling => "cox-weighted-sampling",
        };
        let sum = |sum: f64| -> String {
            let whole = sum.fract() == 0.0;
            self.style.number(sum, usize::from(!whole))
        };
        Some(self.say(
            id,
            &[
                ("column", column.into()),
                ("patients", sum(patients).into()),
                ("events", sum(events).into()),
                self.rows_are(),
            ],
        ))
    }

    /// What p values made of the covariates.
    fn selected(&self) -> Option<String> {
        let selection = self.outcome.selection.as_ref()?;
        let p = ("p", self.style.short(selection.p).into());
        let step = |step: &SelectionStep| {
            let arguments = [
                ("name", self.column(step.characteristic).into()),
                ("p", self.style.p_equals(step.p_value).into()),
            ];
            self.say("cox-step-of", &arguments)
        };
        let backward = selection.method == SelectionMethod::Backward;
        let named: Vec<String> = (selection.steps.iter())
            .filter(|step| step.kept != backward)
            .map(step)
            .collect();
        let list = clauses(&named, self.text);
        let all = ("all", selection.steps.len().into());
        Some(match (backward, named.is_empty()) {
            (true, true) => self.say("cox-backward-nothing", &[p]),
            (true, false) => self.say("cox-backward", &[p, ("left", list.into())]),
            (false, true) => self.say("cox-entered-nothing", &[p, all]),
            (false, false) => self.say("cox-entered", &[p, all, ("entered", list.into())]),
        })
    }

    /// The model as a whole: likelihood ratio test, or Wald's, and concordance.
    fn whole(&self) -> Option<String> {
        let model = &self.outcome.model;
        // It takes the rows for independent patients of the model, which robust errors do not.
        let robust = self.outcome.options.has_robust_errors();
        let likelihood = (model.likelihood_ratio.as_ref()).filter(|_| !robust);
        let test = likelihood.or(model.wald.as_ref())?;
        let p = ("p", self.style.p_equals(Some(test.p_value)).into());
        let ids = if likelihood.is_some() {
            ["cox-whole", "cox-whole-with-concordance"]
        } else {
            ["cox-whole-wald", "cox-whole-wald-with-concordance"]
        };
        Some(match &model.concordance {
            None => self.say(ids[0], &[p]),
            Some(concordance) => {
                let number = self.style.number(concordance.concordance, 2);
                self.say(ids[1], &[p, ("concordance", number.into())])
            }
        })
    }

    /// Characteristics whose ratios change over time.
    fn changing(&self) -> Vec<String> {
        let model = &self.outcome.model;
        let Some(test) = &model.proportionality else {
            return Vec::new();
        };
        (test.terms.iter().zip(&model.proportionality_of))
            .filter_map(|(term, &of)| {
                let p = term.test.as_ref()?.p_value;
                let column = self.name(of);
                let arguments = [
                    ("name", column.into()),
                    ("p", self.style.p_equals(Some(p)).into()),
                ];
                (p < CHANGES).then(|| self.say("cox-changes-of", &arguments))
            })
            .collect()
    }

    /// A characteristic without its step: `Age`, `Age × Sex`.
    fn column(&self, of: usize) -> String {
        let characteristic = &self.outcome.characteristics[of];
        match characteristic.kind {
            CharacteristicKind::Levels | CharacteristicKind::Numbers { .. } => {
                characteristic.column.clone()
            }
            CharacteristicKind::Interaction { .. } => self.name(of),
        }
    }

    fn name(&self, of: usize) -> String {
        cox_words::characteristic(&self.outcome.characteristics[of], self.style, self.text)
    }

    /// That no departure from proportional hazards was found; a departure is a caution.
    fn proportional(&self) -> Option<String> {
        let global = self.global()?;
        let p = self.style.p_equals(Some(global.p_value));
        let found = global.p_value < CHANGES || !self.changing().is_empty();
        (!found).then(|| self.say("cox-proportional", &[("p", p.into())]))
    }

    fn global(&self) -> Option<CoxTest> {
        let test = self.outcome.model.proportionality.as_ref()?;
        test.global.or_else(|| test.terms.first()?.test)
    }

    fn figure(&self) -> Block {
        let show = self.outcome.options.figure.show;
        let id = match show {
            ForestModel::Multivariable if self.several() => "cox-figure-model",
            ForestModel::Multivariable | ForestModel::Univariable => "cox-figure-univariable",
        };
        let arguments = [
            ("endpoint", self.endpoint_in_full().into()),
            ("level", self.level().into()),
        ];
        Block::Figure {
            scene: 0,
            caption: self.say(id, &arguments),
        }
    }

    fn cautions(&self) -> Vec<Block> {
        let outcome = self.outcome;
        let mut cautions = Vec::new();
        cautions.extend(
            outcome
                .model
                .failure
                .map(|failure| self.text.get(reason(failure))),
        );
        if !outcome.options.robust && outcome.patients.is_some_and(|patients| patients.recurrent) {
            cautions.push(self.text.get("cox-intervals-caution-recurrent"));
        }
        cautions.extend(self.own_strata());
        cautions.extend(self.few_events());
        cautions.extend(self.separation());
        cautions.extend(self.collinear());
        cautions.extend(self.not_proportional());
        if outcome.options.interval == CoxInterval::Profile && outcome.options.has_robust_errors() {
            cautions.push(self.text.get("cox-caution-no-profile"));
        }
        if outcome.broken_weights {
            cautions.push(self.text.get("cox-caution-broken-weights"));
        }
        if outcome.weighted.is_some() && outcome.options.weight_kind == WeightKind::Sampling {
            cautions.push(self.text.get("cox-caution-sampling"));
        }
        if outcome.selection.is_some() {
            cautions.push(self.text.get("cox-caution-selection"));
        }
        cautions.extend(self.not_predicted());
        if outcome.options.checks && outcome.checks.is_none() {
            cautions.push(self.text.get("cox-checks-none"));
        }
        if (outcome.characteristics.iter())
            .any(|of| of.in_model && matches!(of.kind, CharacteristicKind::Interaction { .. }))
        {
            cautions.push(self.text.get("cox-caution-interaction"));
        }
        cautions
            .into_iter()
            .map(|text| Block::Caution { text })
            .collect()
    }

    /// Covariates that have no ratio because they are strata.
    fn own_strata(&self) -> Option<String> {
        let names: Vec<String> = (self.outcome.characteristics.iter())
            .filter(|of| of.stratum)
            .map(|of| of.column.clone())
            .collect();
        (!names.is_empty()).then(|| {
            let arguments = [
                ("n", names.len().into()),
                ("names", clauses(&names, self.text).into()),
            ];
            self.say("cox-caution-stratum", &arguments)
        })
    }

    fn few_events(&self) -> Option<String> {
        let model = &self.outcome.model;
        let (events, coefficients) = (model.effective_events, model.parameters as f64);
        let few = model.failure.is_none() && events < coefficients * EVENTS_PER_COEFFICIENT as f64;
        few.then(|| {
            let each = self.style.number(events / coefficients, 1);
            self.say(
                "cox-caution-few-events",
                &[
                    ("events", self.style.short(events).into()),
                    ("coefficients", model.parameters.into()),
                    ("each", each.into()),
                    ("limit", EVENTS_PER_COEFFICIENT.into()),
                ],
            )
        })
    }

    /// What is separated, in the model or in a covariate's own, and what was done.
    fn separation(&self) -> Option<String> {
        let own = (self.outcome.characteristics.iter().enumerate()).flat_map(|(index, of)| {
            let separated = of.univariable.iter().flat_map(|model| &model.separated);
            separated.map(move |&(_, row)| (index, row))
        });
        let mut places: Vec<(usize, usize)> = (self.outcome.model.separated.iter().copied())
            .chain(own)
            .collect();
        places.sort_unstable();
        places.dedup();
        let names: Vec<String> = (places.iter())
            .map(|&place| cox_words::contrast(self.outcome, place, self.style, self.text))
            .collect();
        let penalised = self.outcome.model.penalised
            || (self.outcome.characteristics.iter())
                .filter_map(|of| of.univariable.as_ref())
                .any(|model| model.penalised);
        let sampled = self.outcome.weighted.is_some()
            && self.outcome.options.weight_kind == WeightKind::Sampling;
        let id = if penalised {
            "cox-caution-separation-firth"
        } else if sampled {
            "cox-caution-separation-weighted"
        } else {
            "cox-caution-separation"
        };
        let names_text = clauses(&names, self.text);
        (!names.is_empty()).then(|| self.say(id, &[("names", names_text.into())]))
    }

    fn collinear(&self) -> Option<String> {
        let collinear = |place: &(usize, usize)| {
            let effect = self.outcome.characteristics[place.0].rows[place.1]
                .model
                .as_ref();
            effect.is_some_and(|effect| effect.status == CoxTermStatus::Collinear)
        };
        let names: Vec<String> = (self.outcome.model.collinear.iter())
            .filter(|place| collinear(place))
            .map(|&place| cox_words::contrast(self.outcome, place, self.style, self.text))
            .collect();
        (!names.is_empty()).then(|| {
            let names = clauses(&names, self.text);
            self.say("cox-caution-collinear", &[("names", names.into())])
        })
    }

    fn not_proportional(&self) -> Option<String> {
        let changing = self.changing();
        if !changing.is_empty() {
            let names = clauses(&changing, self.text);
            return Some(self.say("cox-caution-changes", &[("names", names.into())]));
        }
        let global = self.global()?;
        let p = self.style.p_equals(Some(global.p_value));
        (global.p_value < CHANGES).then(|| self.say("cox-caution-global", &[("p", p.into())]))
    }
}

fn reason(failure: CoxFailure) -> &'static str {
    match failure {
        CoxFailure::NoSubjects => "cox-failure-no-subjects",
        CoxFailure::NoEvents => "cox-failure-no-events",
        CoxFailure::NothingVaries => "cox-failure-nothing-varies",
        CoxFailure::NoConvergence => "cox-failure-no-convergence",
        CoxFailure::TooManyTies => "cox-failure-too-many-ties",
        CoxFailure::PenalisedExact => "cox-failure-penalised-exact",
        CoxFailure::PenalisedRobust => "cox-failure-penalised-robust",
        CoxFailure::WeightedExact => "cox-failure-weighted-exact",
        CoxFailure::NoneSelected => "cox-failure-none-selected",
    }
}

fn yes_no<'a>(yes: bool) -> fluent_bundle::FluentValue<'a> {
    if yes { "yes" } else { "no" }.into()
}
