//! The Methods paragraph of the survival section.

use super::{Section, label};
use crate::analysis::{ConfType, EndpointDefinition, PermutationMethod, SurvivalComparison};
use crate::cohort::{Endpoint, TimeUnit};
use crate::report::Block;
use crate::report::methods::{Methods, Work};
use crate::report::words::unit;

impl Section<'_> {
    pub(super) fn methods(&self) -> Block {
        let mut methods = Methods::new(self.text);
        self.definition(&mut methods);
        self.units(&mut methods);
        self.estimation(&mut methods);
        if let Some(comparison) = &self.outcome.comparison
            && comparison.log_rank.p_value.is_some()
        {
            self.tests(comparison, &mut methods);
        }
        methods.into_block()
    }

    fn definition(&self, methods: &mut Methods<'_>) {
        match self.outcome.definition {
            EndpointDefinition::Given => methods.say(
                "methods-given",
                &[("endpoint", self.endpoint_in_full().into())],
            ),
            EndpointDefinition::GivenDates { .. } => methods.say(
                "methods-given-dates",
                &[("endpoint", self.endpoint_in_full().into())],
            ),
            EndpointDefinition::Dates { .. } => methods.say(
                match self.outcome.options.endpoint {
                    Endpoint::Pfs if !self.deaths_known() => "methods-pfs-without-death",
                    Endpoint::Pfs => "methods-pfs",
                    Endpoint::Os => "methods-os",
                },
                &[],
            ),
        }
    }

    /// How days became months.
    fn units(&self, methods: &mut Methods<'_>) {
        let rules = self.outcome.rules;
        match self.outcome.definition {
            EndpointDefinition::Given => {}
            EndpointDefinition::GivenDates { cut_off }
            | EndpointDefinition::Dates { cut_off, .. } => {
                if let Some(cut_off) = cut_off {
                    methods.say("methods-cut-off", &[("date", cut_off.to_string().into())]);
                }
                methods.say(
                    if rules.count_first_day {
                        "methods-days-with-first"
                    } else {
                        "methods-days"
                    },
                    &[],
                );
            }
        }
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
