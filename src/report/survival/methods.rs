//! The Methods paragraph of the survival section.

use super::{Section, label};
use crate::analysis::PermutationMethod;
use crate::report::methods::{Methods, Work};
use crate::report::{Block, endpoint};

impl Section<'_> {
    pub(super) fn methods(&self) -> Block {
        let mut methods = Methods::new(self.text);
        let (definition, rules) = (&self.outcome.definition, self.outcome.rules);
        let of = self.outcome.options.endpoint;
        endpoint::define(&mut methods, of, definition, self.text);
        methods.units(definition, self.outcome.unit, rules, self.style);
        self.estimation(&mut methods);
        self.tests(&mut methods);
        methods.into_block()
    }

    pub(in crate::report) fn estimation(&self, methods: &mut Methods<'_>) {
        let options = &self.outcome.options;
        let scale = methods.scale(options.conf_type);
        let arguments = [
            ("level", self.level().into()),
            ("scale", scale.into()),
            ("km", methods.cite(Work::KaplanMeier).into()),
            ("greenwood", methods.cite(Work::Greenwood).into()),
            ("scales", methods.cite(Work::KalbfleischPrentice).into()),
            ("bc", methods.cite(Work::BrookmeyerCrowley).into()),
        ];
        methods.say("methods-kaplan-meier", &arguments);
        if self.followed() {
            methods.say_after(Work::SchemperSmith, "methods-follow-up", &[]);
        }
    }

    /// The sentences on the comparison of the groups, if they can be compared.
    pub(in crate::report) fn tests(&self, methods: &mut Methods<'_>) {
        let comparison = match &self.outcome.comparison {
            Some(comparison) if comparison.log_rank.p_value.is_some() => comparison,
            Some(_) | None => return,
        };
        let group = self.group().unwrap_or_default();
        methods.say_after(Work::Mantel, "methods-log-rank", &[("group", group.into())]);
        if let Some(test) = &comparison.permutation {
            let small = self.small_sample(comparison);
            let (id, how) = match test.method {
                PermutationMethod::Exact { arrangements } => (
                    "methods-permutation-exact",
                    vec![("arrangements", arrangements.into())],
                ),
                PermutationMethod::MonteCarlo { draws, seed } => (
                    "methods-permutation-drawn",
                    vec![("draws", draws.into()), ("seed", seed.to_string().into())],
                ),
            };
            methods.say_after(Work::HeimannNeuhaus, id, &[&small[..], &how].concat());
        }
        if !comparison.pairwise.is_empty() {
            methods.say_after(Work::Holm, "methods-pairwise", &[]);
        }
        if let ([first, _], Some(_)) = (&self.outcome.arms[..], self.hazard_ratio(comparison)) {
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
