//! The Methods paragraph of the survival section.

use super::{Section, label};
use crate::analysis::{ConfType, PermutationMethod, SurvivalComparison};
use crate::cohort::TimeUnit;
use crate::report::methods::{Methods, Work};
use crate::report::words::unit;
use crate::report::{Block, endpoint};

impl Section<'_> {
    pub(super) fn methods(&self) -> Block {
        let mut methods = Methods::new(self.text);
        let options = &self.outcome.options;
        endpoint::define(
            &mut methods,
            options.endpoint,
            self.outcome.definition,
            self.text,
        );
        self.units(&mut methods);
        self.estimation(&mut methods);
        if let Some(comparison) = &self.outcome.comparison
            && comparison.log_rank.p_value.is_some()
        {
            self.tests(comparison, &mut methods);
        }
        methods.into_block()
    }

    /// How days became months.
    fn units(&self, methods: &mut Methods<'_>) {
        let rules = self.outcome.rules;
        endpoint::count_days(methods, self.outcome.definition, rules);
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
