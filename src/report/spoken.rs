//! An outcome with the means to speak about it, and what sections say of one alike.

use super::{endpoint, words};
use crate::analysis::{
    ComparisonOutcome, CompetingOutcome, CoxOutcome, CutPointOutcome, FrequencyOutcome, Quantile,
    ResponseOutcome, SafetyOutcome, SensitivityOutcome, SubgroupsOutcome, SurvivalOutcome,
};
use crate::cohort::{Endpoint, TimeRules, TimeUnit};
use crate::figure::rising;
use crate::format::Style;
use crate::text::{Argument, Text};

/// What a section is made of. A section names its own, `type Section<'a> = Spoken<'a, SurvivalOutcome>`, and adds to
/// it what it alone says.
pub(super) struct Spoken<'a, O> {
    /// What is spoken about.
    pub outcome: &'a O,
    /// How numbers are written.
    pub style: &'a Style,
    /// The language.
    pub text: &'a Text,
}

/// An outcome with confidence intervals.
pub(super) trait Confident {
    /// Their level.
    fn conf_level(&self) -> f64;
}

/// An outcome with times.
pub(super) trait Timed {
    /// The unit of its times, and how they are displayed.
    fn times(&self) -> (TimeUnit, TimeRules);
}

/// An outcome of one endpoint.
pub(super) trait OfEndpoint {
    /// Which.
    fn endpoint(&self) -> Endpoint;
}

macro_rules! confident {
    ($($outcome:ty),*) => {$(
        impl Confident for $outcome {
            fn conf_level(&self) -> f64 {
                self.options.conf_level
            }
        }
    )*};
}

macro_rules! timed {
    ($($outcome:ty),*) => {$(
        impl Timed for $outcome {
            fn times(&self) -> (TimeUnit, TimeRules) {
                (self.unit, self.rules)
            }
        }
    )*};
}

macro_rules! of_endpoint {
    ($($outcome:ty),*) => {$(
        impl OfEndpoint for $outcome {
            fn endpoint(&self) -> Endpoint {
                self.options.endpoint
            }
        }
    )*};
}

confident!(
    ComparisonOutcome,
    CompetingOutcome,
    CoxOutcome,
    CutPointOutcome,
    FrequencyOutcome,
    ResponseOutcome,
    SensitivityOutcome,
    SafetyOutcome,
    SubgroupsOutcome,
    SurvivalOutcome
);
timed!(
    ComparisonOutcome,
    CompetingOutcome,
    CoxOutcome,
    CutPointOutcome,
    SensitivityOutcome,
    SurvivalOutcome
);
of_endpoint!(
    ComparisonOutcome,
    CoxOutcome,
    CutPointOutcome,
    SensitivityOutcome,
    SubgroupsOutcome,
    SurvivalOutcome
);

impl<O> Spoken<'_, O> {
    /// A message with its arguments.
    pub fn say(&self, id: &str, arguments: &[Argument<'_>]) -> String {
        self.text.with(id, arguments)
    }
}

impl<O: Confident> Spoken<'_, O> {
    /// `95 %`.
    pub fn level(&self) -> String {
        self.style.level(self.outcome.conf_level())
    }
}

impl<O: OfEndpoint> Spoken<'_, O> {
    /// `PFS`.
    pub fn endpoint(&self) -> String {
        endpoint::name(self.outcome.endpoint(), self.text)
    }

    /// What is said of a share at a time: `PFS`. Of time to response it is the share that has responded.
    pub fn share_name(&self) -> String {
        self.risen_share().unwrap_or_else(|| self.endpoint())
    }

    /// The same in full: `progression-free survival`.
    pub fn share_in_full(&self) -> String {
        self.risen_share()
            .unwrap_or_else(|| self.endpoint_in_full())
    }

    fn risen_share(&self) -> Option<String> {
        self.rises().then(|| self.text.get("report-share-ttr"))
    }

    /// Whether its curves rise.
    pub fn rises(&self) -> bool {
        rising::rises(self.outcome.endpoint())
    }

    /// What is told of a survival with its limits.
    pub fn share(&self, survival: [Option<f64>; 3]) -> [Option<f64>; 3] {
        rising::share(self.outcome.endpoint(), survival)
    }

    /// What is told of a difference of two survivals with its limits.
    pub fn share_difference(&self, difference: [Option<f64>; 3]) -> [Option<f64>; 3] {
        rising::difference(self.outcome.endpoint(), difference)
    }

    /// `progression-free survival`.
    pub fn endpoint_in_full(&self) -> String {
        endpoint::in_full(self.outcome.endpoint(), self.text)
    }
}

impl<O: Timed> Spoken<'_, O> {
    /// `months`.
    pub fn unit(&self) -> String {
        words::unit(self.outcome.times().1.display, self.text)
    }

    /// A time of the data without its unit.
    pub fn time(&self, time: impl Into<Option<f64>>) -> String {
        let (unit, rules) = self.outcome.times();
        self.style.time(time.into(), unit, rules)
    }

    /// The interval of a quantile of a curve: estimate and limits.
    pub fn quantile_limits(&self, quantile: [Option<f64>; 3]) -> String {
        let (unit, rules) = self.outcome.times();
        self.style.quantile_range(quantile, unit, rules)
    }

    /// "Median follow-up was 11.7 months (95 % CI 9.1–13.0; reverse Kaplan-Meier)"; without limits where none is known.
    pub fn follow_up(&self, follow_up: &Quantile) -> String
    where
        O: Confident,
    {
        let id = match follow_up.estimate {
            Some(_) => "survival-follow-up",
            None => "survival-follow-up-not-reached",
        };
        let limits = [follow_up.conf_low, follow_up.conf_high];
        let known = limits.iter().any(Option::is_some);
        let range = self.quantile_limits([follow_up.estimate, limits[0], limits[1]]);
        self.say(
            id,
            &[
                ("median", self.time(follow_up.estimate).into()),
                ("unit", self.unit().into()),
                ("level", self.level().into()),
                ("limits", if known { "yes" } else { "no" }.into()),
                ("range", range.into()),
            ],
        )
    }

    /// The interval of a mean of times of the data.
    pub fn mean_range(&self, low: Option<f64>, high: Option<f64>) -> String {
        let (unit, rules) = self.outcome.times();
        self.style.mean_range(low, high, unit, rules)
    }

    /// `6-month`, of a time in the display unit.
    pub fn landmark_time(&self, shown: f64) -> String {
        let id = match self.outcome.times().1.display {
            TimeUnit::Days => "survival-landmark-days",
            TimeUnit::Weeks => "survival-landmark-weeks",
            TimeUnit::Months => "survival-landmark-months",
            TimeUnit::Years => "survival-landmark-years",
        };
        self.say(id, &[("time", self.style.short(shown).into())])
    }
}
