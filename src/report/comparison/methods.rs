//! The Methods paragraph of the section on the comparison of curves.

use super::Section;
use crate::analysis::{Adjustment, CurveTest, PermutationMethod};
use crate::report::methods::{Methods, Work};
use crate::report::words::clauses;
use crate::report::{Block, endpoint};

impl Section<'_> {
    pub(super) fn methods(&self) -> Block {
        let (outcome, options) = (self.outcome, &self.outcome.options);
        let mut methods = Methods::new(self.text);
        endpoint::define(
            &mut methods,
            options.endpoint,
            &outcome.definition,
            self.text,
        );
        methods.units(&outcome.definition, outcome.unit, outcome.rules, self.style);
        if let Some(shown) = options.restart {
            let landmark = ("landmark", self.shown(shown).into());
            methods.say_after(
                Work::AndersonCain,
                "comparison-methods-landmark",
                &[landmark],
            );
        }
        self.tests(&mut methods);
        self.pairs(&mut methods);
        self.estimates(&mut methods);
        methods.say("methods-two-sided", &[]);
        methods.into_block()
    }

    fn tests(&self, methods: &mut Methods<'_>) {
        let (outcome, options) = (self.outcome, &self.outcome.options);
        let mut names = (outcome.tests.iter())
            .map(|test| {
                let works: Vec<String> = works(test.test)
                    .iter()
                    .map(|&work| methods.cite(work))
                    .collect();
                format!("{} {}", self.test_name(test.test), works.concat())
            })
            .collect::<Vec<_>>()
            .into_iter();
        let group = || ("group", options.group.as_str().into());
        let primary = names.next().unwrap_or_default();
        methods.say(
            "comparison-methods-primary",
            &[group(), ("test", primary.into())],
        );
        let others: Vec<String> = names.collect();
        if !others.is_empty() {
            let others = clauses(&others, self.text);
            methods.say("comparison-methods-others", &[("tests", others.into())]);
        }
        if let Some(strata) = &options.strata {
            let arguments = [
                ("strata", strata.as_str().into()),
                ("n", outcome.strata.len().into()),
            ];
            methods.say("comparison-methods-strata", &arguments);
        }
        if options.trend {
            methods.say_after(Work::Tarone, "comparison-methods-trend", &[]);
        }
        match outcome.permutation {
            Some(PermutationMethod::Exact { arrangements }) => methods.say_after(
                Work::HeimannNeuhaus,
                match options.strata {
                    None => "comparison-methods-exact",
                    Some(_) => "comparison-methods-exact-within-strata",
                },
                &[("arrangements", arrangements.into())],
            ),
            Some(PermutationMethod::MonteCarlo { draws, seed }) => methods.say_after(
                Work::HeimannNeuhaus,
                match options.strata {
                    None => "comparison-methods-drawn",
                    Some(_) => "comparison-methods-drawn-within-strata",
                },
                &[("draws", draws.into()), ("seed", seed.to_string().into())],
            ),
            None => {}
        }
    }

    fn pairs(&self, methods: &mut Methods<'_>) {
        if self.two().is_some() {
            return;
        }
        let (work, id) = match self.outcome.options.adjustment {
            Adjustment::Holm => (Some(Work::Holm), "comparison-methods-holm"),
            Adjustment::Bonferroni => (None, "comparison-methods-bonferroni"),
            Adjustment::Hochberg => (Some(Work::Hochberg), "comparison-methods-hochberg"),
            Adjustment::Hommel => (Some(Work::Hommel), "comparison-methods-hommel"),
            Adjustment::BenjaminiHochberg => (
                Some(Work::BenjaminiHochberg),
                "comparison-methods-benjamini-hochberg",
            ),
            Adjustment::BenjaminiYekutieli => (
                Some(Work::BenjaminiYekutieli),
                "comparison-methods-benjamini-yekutieli",
            ),
            Adjustment::None => (None, "comparison-methods-uncorrected"),
        };
        match work {
            Some(work) => methods.say_after(work, id, &[]),
            None => methods.say(id, &[]),
        }
        let means = self.outcome.pairs.iter().any(|pair| pair.rmst.is_some());
        if means && self.outcome.options.adjustment != Adjustment::None {
            methods.say("comparison-methods-means-corrected", &[]);
        }
    }

    fn estimates(&self, methods: &mut Methods<'_>) {
        let (outcome, options) = (self.outcome, &self.outcome.options);
        if outcome.tau <= outcome.tau_limit {
            let id = match options.tau {
                None => "comparison-methods-mean-to-the-limit",
                Some(_) => "comparison-methods-mean",
            };
            let arguments = [
                ("tau", self.time(outcome.tau).into()),
                ("unit", self.unit().into()),
                ("level", self.level().into()),
            ];
            methods.say_after(Work::Uno, id, &arguments);
        }
        if outcome.pairs.iter().any(|pair| pair.adjusted.is_some()) {
            let adjust = options.adjust.join(&self.text.get("report-list-join"));
            let arguments = [("covariates", adjust.into())];
            methods.say_after(Work::Tian, "comparison-methods-adjusted", &arguments);
        }
        let arguments = [
            ("scale", methods.scale(options.conf_type).into()),
            ("level", self.level().into()),
            ("km", methods.cite(Work::KaplanMeier).into()),
            ("greenwood", methods.cite(Work::Greenwood).into()),
            ("interval", methods.cite(Work::ZouDonner).into()),
            ("test", methods.cite(Work::Klein).into()),
        ];
        methods.say("comparison-methods-difference", &arguments);
        if let (false, Some(further)) = (options.conditional.is_empty(), options.further) {
            let further = ("further", self.shown(further).into());
            methods.say_after(Work::Hieke, "comparison-methods-conditional", &[further]);
        }
    }
}

/// The works to cite for a test.
fn works(test: CurveTest) -> &'static [Work] {
    match test {
        CurveTest::LogRank => &[Work::Mantel],
        CurveTest::GehanBreslow => &[Work::Gehan],
        CurveTest::TaroneWare => &[Work::TaroneWare],
        CurveTest::PetoPeto => &[Work::PetoPeto],
        CurveTest::ModifiedPetoPeto => &[Work::PetoPeto, Work::Andersen],
        CurveTest::FlemingHarrington => &[Work::FlemingHarrington],
        CurveTest::MaxCombo => &[Work::FlemingHarrington, Work::Lee],
    }
}
