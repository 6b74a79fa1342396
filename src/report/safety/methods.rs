//! The Methods paragraph of the section on adverse events.

use super::Section;
use crate::analysis::{ExposureSource, SafetyPopulation};
use crate::report::Block;
use crate::report::groups::of_difference;
use crate::report::methods::{Methods, Work};

/// A work that only this Methods paragraph cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum SafetyWork {
    Ctcae,
    Garwood,
    Przyborowski,
}

impl SafetyWork {
    /// As a reference list prints it.
    pub(in crate::report) fn citation(self) -> &'static str {
        match self {
            Self::Ctcae => {
                "US Department of Health and Human Services. Common Terminology Criteria for Adverse Events (CTCAE), version 5.0. 2017."
            }
            Self::Garwood => {
                "Garwood F. Fiducial limits for the Poisson distribution. Biometrika 1936;28:437–42."
            }
            Self::Przyborowski => {
                "Przyborowski J, Wilenski H. Homogeneity of results in testing samples from Poisson series. Biometrika 1940;31:313–23."
            }
        }
    }
}

impl Section<'_> {
    pub(super) fn methods(&self) -> Block {
        let outcome = self.outcome;
        let mut methods = Methods::new(self.text);
        let level = self.level();
        if outcome.mapped.grade {
            let work = Work::Safety(SafetyWork::Ctcae);
            methods.say_after(work, "safety-methods-grades", &[]);
        } else {
            methods.say("safety-methods-counts", &[]);
        }
        methods.say(
            match (outcome.options.population, outcome.by_therapies) {
                (SafetyPopulation::Treated, true) => "safety-methods-treated",
                (SafetyPopulation::Treated, false) | (SafetyPopulation::All, _) => {
                    "safety-methods-all"
                }
            },
            &[],
        );
        let start = if outcome.by_therapies {
            "therapies"
        } else {
            "start"
        };
        match (outcome.options.emergent_days, self.without_early()) {
            (Some(days), _) => {
                let arguments = [("days", days.into()), ("start", start.into())];
                methods.say("safety-methods-emergent", &arguments);
            }
            (None, "none") => {}
            (None, without) if outcome.mapped.start => {
                let arguments = [("without", without.into()), ("start", start.into())];
                methods.say("safety-methods-before-start", &arguments);
            }
            (None, _) => {}
        }
        if outcome.arms.len() == 2 {
            let (work, id) = of_difference(outcome.options.difference);
            let level = ("level", level.as_str().into());
            match work {
                Some(work) => methods.say_after(work, id, &[level]),
                None => methods.say(id, &[level]),
            }
        }
        self.first_methods(&mut methods);
        self.rate_methods(&mut methods);
        methods.into_block()
    }

    fn first_methods(&self, methods: &mut Methods<'_>) {
        let Some(first) = &self.outcome.first else {
            return;
        };
        let id = if first.deaths {
            "safety-methods-first-deaths"
        } else {
            "safety-methods-first"
        };
        let arguments = [
            ("grade", self.severe().into()),
            ("level", self.level().into()),
            (
                "scale",
                methods.scale(self.outcome.options.conf_type).into(),
            ),
            ("aj", methods.cite(Work::AalenJohansen).into()),
        ];
        methods.say(id, &arguments);
        if first.gray.is_some() {
            methods.say_after(Work::Gray, "safety-methods-gray", &[]);
        }
    }

    fn rate_methods(&self, methods: &mut Methods<'_>) {
        let Some(rates) = &self.outcome.rates else {
            return;
        };
        let id = match rates.exposure {
            ExposureSource::Therapies => "safety-methods-exposure-therapies",
            ExposureSource::FollowUp => "safety-methods-exposure-follow-up",
            ExposureSource::Survival => "safety-methods-exposure-survival",
        };
        methods.say(id, &[]);
        let level = [("level", self.level().into())];
        let work = Work::Safety(SafetyWork::Garwood);
        methods.say_after(work, "safety-methods-rates", &level);
        if self.outcome.arms.len() == 2 {
            let work = Work::Safety(SafetyWork::Przyborowski);
            methods.say_after(work, "safety-methods-ratios", &level);
        }
    }
}
