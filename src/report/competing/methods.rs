//! The Methods paragraph of the section on competing risks.

use super::models::several;
use super::{Section, label};
use crate::analysis::{EndpointDefinition, FineGrayWeights, WeightKind};
use crate::report::methods::{Methods, Work};
use crate::report::{Block, endpoint};
use crate::text::Argument;

impl Section<'_> {
    pub(super) fn methods(&self) -> Block {
        let outcome = self.outcome;
        let mut methods = Methods::new(self.text);
        self.definition(&mut methods);
        methods.units(&outcome.definition, outcome.unit, outcome.rules, self.style);
        let arguments = [
            ("level", self.level().into()),
            ("scale", methods.scale(outcome.options.conf_type).into()),
            ("aj", methods.cite(Work::AalenJohansen).into()),
            ("variance", methods.cite(Work::Marubini).into()),
        ];
        methods.say("competing-methods-incidence", &arguments);
        if outcome.overstatement.is_some() {
            methods.say_after(Work::Gooley, "competing-methods-kaplan-meier", &[]);
        }
        methods.say_after(Work::SchemperSmith, "methods-follow-up", &[]);
        self.told(&mut methods);
        if let (Some(group), [reference, _, ..]) = (self.group(), &outcome.arms[..]) {
            self.tests(group, &label(reference), &mut methods);
        } else if outcome.models.is_some() {
            let arguments = self.models_cited(&mut methods);
            methods.say("competing-methods-ratios-alone", &arguments);
        }
        if let Some(models) = &outcome.models {
            let covariates = self.covariate_names(models);
            let arguments = [
                ("covariates", covariates.into()),
                ("several", several(models).into()),
            ];
            methods.say("competing-methods-models", &arguments);
        }
        if outcome.models.is_some() || !outcome.comparisons.is_empty() {
            let convention = match outcome.options.convention {
                FineGrayWeights::Cmprsk if self.cases().is_none() => "competing-methods-cmprsk",
                FineGrayWeights::Cmprsk | FineGrayWeights::Survival => "competing-methods-survival",
            };
            methods.say(convention, &[]);
            methods.say("methods-two-sided", &[]);
        }
        methods.into_block()
    }

    fn definition(&self, methods: &mut Methods<'_>) {
        match &self.outcome.definition {
            EndpointDefinition::Given { .. } => methods.say("competing-methods-given", &[]),
            EndpointDefinition::GivenDates { .. } => {
                methods.say("competing-methods-given-dates", &[]);
            }
            definition @ EndpointDefinition::Rules { .. } => {
                methods.say("competing-methods-rules", &[]);
                endpoint::censoring(methods, definition);
            }
            EndpointDefinition::Dates { .. } | EndpointDefinition::Own { .. } => {
                methods.say("competing-methods-dates", &[])
            }
        }
    }

    /// Weights and delayed entry.
    fn told(&self, methods: &mut Methods<'_>) {
        let options = &self.outcome.options;
        if let Some(column) = &options.weights {
            let id = match options.weight_kind {
                WeightKind::Frequency => "competing-methods-counts",
                WeightKind::Sampling => "competing-methods-weights",
            };
            methods.say(id, &[("column", column.into())]);
        }
        if let Some(column) = &options.entry {
            let column = [("column", column.into())];
            methods.say_after(Work::Geskus, "competing-methods-entry", &column);
        }
    }

    fn tests(&self, group: &str, reference: &str, methods: &mut Methods<'_>) {
        let options = &self.outcome.options;
        let mut arguments = vec![("group", group.into())];
        match (self.cases(), &options.strata) {
            (Some(_), _) => {}
            (None, None) => methods.say_after(Work::Gray, "competing-methods-gray", &arguments),
            (None, Some(strata)) => {
                arguments.push(("strata", strata.into()));
                methods.say_after(Work::Gray, "competing-methods-gray-stratified", &arguments);
            }
        }
        let mut arguments = vec![("reference", reference.into())];
        arguments.extend(self.models_cited(methods));
        methods.say("competing-methods-ratios", &arguments);
    }

    fn models_cited(&self, methods: &mut Methods<'_>) -> Vec<Argument<'static>> {
        vec![
            ("cox", methods.cite(Work::Cox).into()),
            ("efron", methods.cite(Work::Efron).into()),
            ("finegray", methods.cite(Work::FineGray).into()),
            ("both", methods.cite(Work::Latouche).into()),
            ("level", self.level().into()),
        ]
    }
}
