//! Where we differ from R on purpose, and what we give instead. A difference that is gone, or that is
//! not what is said here, fails its test.

use std::collections::HashMap;

use oncurve::stats::SurvivalCurve;

use crate::compare::number;
use crate::data::{cases, expected, text};

/// A difference from R that is intended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// Reverse Kaplan-Meier curves where a death and a censoring tie.
    TiedDeathsStay,
    /// Limits of quantiles where the band rises again.
    BandNotMonotone,
    /// Quantiles where the curve stays at exactly the wanted level to the end.
    PlateauToTheEnd,
    /// Survival after the last follow-up.
    BeyondFollowUp,
    /// Limits before anything has happened.
    NoIntervalBeforeTheFirstStep,
    /// Covariates without a coefficient that R carries on to a very large number.
    Separation,
    /// The Wald statistic of covariates in very different units.
    WaldInMixedUnits,
    /// Limits of a probability of 0 or 1.
    NoIntervalOfCertainty,
    /// Intervals and tests of restricted means where no time of a group varies.
    NoIntervalWithoutVariance,
    /// Ratios of time lost where a group has lost none.
    NoRatioOfNothing,
    /// Tests of values that are all equal.
    NoVarianceOfConstants,
    /// Causes of a group in which not all of them occur.
    CausesByOccurrence,
    /// Censoring weights of subjects who leave at time 0.
    CensoredAtTimeZero,
    /// Standard errors after the last subject has had an event.
    NobodyLeft,
    /// Limits of a difference of proportions beyond ±1.
    PossibleDifferences,
    /// Tests of tables with an empty row or column.
    NothingToCompare,
    /// Barnard's test where other tables are exactly as extreme as the observed one.
    TiesInBarnard,
    /// Degrees of freedom of a test whose event times all have the weight 0.
    NoWeight,
    /// Deviance residuals of exact ties with entry times.
    DevianceOfExactEntries,
    /// Residuals of covariates without a coefficient.
    CollinearResiduals,
    /// The robust score test of a model with an offset.
    RobustScoreWithOffset,
}

/// Figures of the file on groups that nothing is held to, each with its reason. Of the figures that were not carried
/// over: those of Kolmogorov and Smirnov, Bartlett, Shapiro and Wilk and of two variances test the assumptions of
/// another test, and choosing a test by them spoils its error rate; sums of squares say what F and its degrees of
/// freedom say; the intervals of one proportion by Wald, by links and by Blaker are not offered.
pub const NOT_COMPARED: &[(&str, &str)] = &[
    ("two_proportions/fisher_two.sided/cmle_or", ROOT),
    ("two_proportions/fisher_two.sided/ci", ROOT),
    ("two_proportions/fisher_less/ci", ROOT),
    ("two_proportions/fisher_greater/ci", ROOT),
    ("two_proportions/ci/0/or/cmle", ROOT),
    ("two_proportions/ci/0/or/exact_fisher_R", ROOT),
    (
        "two_proportions/exact2x2_blaker/ci",
        "its root is good to 1e-4",
    ),
    (
        "two_proportions/exact2x2_blaker/p",
        "not offered: Fisher's test and mid-P are",
    ),
    (
        "two_proportions/ci/0/diffscoreci_PropCIs",
        "its root is good to 1e-7; the exact one is compared",
    ),
    (
        "two_proportions/ci/0/rr/koopman_score_PropCIs",
        "its root is good to 1e-7; the exact one is compared",
    ),
    (
        "two_proportions/ci/0/or/score_PropCIs",
        "its root is good to 1e-3; the exact one is compared",
    ),
    (
        "two_proportions/ci/0/newcombe_cc",
        "not offered; prop.test leaves its correction out at one half",
    ),
    (
        "two_proportions/ci/0/wald_cc",
        "not offered: prop.test's correction is, which is never more than the difference",
    ),
    (
        "two_proportions/ci/0/nnt",
        "the reciprocal of the difference",
    ),
    (
        "two_proportions_py/ci/0/odds_ratio/logit_smoothed",
        "not offered: ½ in every cell is",
    ),
    (
        "contingency/exact/or",
        "mantelhaen.test's root is good to 1e-4; the exact one is compared",
    ),
    (
        "contingency/exact/ci95",
        "mantelhaen.test's root is good to 1e-4; the exact one is compared",
    ),
];

const ROOT: &str = "fisher.test's root is good to 1e-4; the exact one is compared";

/// What we give where we differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Instead {
    /// This: usually nothing, as the value is not estimable.
    Always(Option<f64>),
    /// What the test works out from other figures of R.
    WorkedOut,
}

/// The values that R gives when it is asked otherwise (r/on_purpose.R), with the reason.
pub struct AskedOtherwise(HashMap<String, (Difference, Option<f64>)>);

impl AskedOtherwise {
    pub fn load() -> Self {
        let file = expected("on_purpose");
        let entry = |case| {
            let reason = match text(case, "reason") {
                "BandNotMonotone" => Difference::BandNotMonotone,
                "PlateauToTheEnd" => Difference::PlateauToTheEnd,
                "WaldInMixedUnits" => Difference::WaldInMixedUnits,
                "CensoredAtTimeZero" => Difference::CensoredAtTimeZero,
                "RobustScoreWithOffset" => Difference::RobustScoreWithOffset,
                other => panic!("no such difference: {other}"),
            };
            (
                text(case, "of").to_string(),
                (reason, number(&case["value"])),
            )
        };
        Self(cases(&file).iter().map(entry).collect())
    }

    /// The value at this place, if it is not R's default one.
    pub fn of(&self, place: &str) -> Option<(Difference, Option<f64>)> {
        self.0.get(place).copied()
    }
}

impl Difference {
    /// What we give instead.
    pub fn instead(self) -> Instead {
        match self {
            Self::BeyondFollowUp
            | Self::NoIntervalBeforeTheFirstStep
            | Self::Separation
            | Self::NoIntervalOfCertainty
            | Self::NoIntervalWithoutVariance
            | Self::NoRatioOfNothing
            | Self::NoVarianceOfConstants
            | Self::NothingToCompare => Instead::Always(None),
            Self::NoWeight | Self::CollinearResiduals => Instead::Always(Some(0.0)),
            Self::TiedDeathsStay
            | Self::BandNotMonotone
            | Self::PlateauToTheEnd
            | Self::WaldInMixedUnits
            | Self::CausesByOccurrence
            | Self::CensoredAtTimeZero
            | Self::NobodyLeft
            | Self::PossibleDifferences
            | Self::TiesInBarnard
            | Self::DevianceOfExactEntries
            | Self::RobustScoreWithOffset => Instead::WorkedOut,
        }
    }

    /// Why, for those who compare.
    pub fn reason(self) -> &'static str {
        match self {
            Self::TiedDeathsStay => {
                "who dies at t is still at risk of being censored at t, as in survfit of 1 − status; \
                 prodlim(reverse = TRUE) takes the deaths out first"
            }
            Self::BandNotMonotone => {
                "limits of a quantile are where the band first crosses, as print(survfit) has it; \
                 quantile(survfit) sorts a band that rises again"
            }
            Self::PlateauToTheEnd => {
                "a quantile on a plateau to the end is where it was reached, as print(survfit) has \
                 it; quantile(survfit) goes halfway to the last follow-up"
            }
            Self::BeyondFollowUp => {
                "survival beyond the last follow-up is not estimable; summary(extend = TRUE) \
                 carries the last value on"
            }
            Self::NoIntervalBeforeTheFirstStep => {
                "survival of 1 before the first step has no interval; R gives 1 to 1 there, and \
                 for three of the transforms nothing a step later"
            }
            Self::Separation => {
                "no coefficient is given when it runs to infinity; coxph stops at a large number"
            }
            Self::WaldInMixedUnits => {
                "the Wald statistic does not depend on units; coxph drops a covariate whose \
                 variance is tiny beside another's, and changes when it is rescaled"
            }
            Self::NoIntervalOfCertainty => {
                "a probability without an error has no interval; R gives it itself as its limits \
                 on some scales and nothing on others"
            }
            Self::NoIntervalWithoutVariance => {
                "a restricted mean of one patient, or without an event before its end, has a standard \
                 error of 0, which says nothing of how sure it is: no interval and no test; survRM2 gives \
                 intervals of no width and p values of 0"
            }
            Self::NoRatioOfNothing => {
                "there is no ratio of time lost where a group has lost none; survRM2 gives 0, \
                 infinity or nothing"
            }
            Self::NoVarianceOfConstants => {
                "values that are all equal are not tested; R divides what rounding leaves of their \
                 variance, or gives one-sided p values of 1"
            }
            Self::CausesByOccurrence => {
                "a cause that does not occur in a group has incidence 0; the figures of etm and \
                 prodlim number the causes that occur"
            }
            Self::CensoredAtTimeZero => {
                "nobody is censored before time 0; crr interpolates between 1 and the probability \
                 after time 0"
            }
            Self::NoWeight => {
                "a weighted test that gives every event time the weight 0 has no degree of freedom; the \
                 formula in R counts groups"
            }
            Self::DevianceOfExactEntries => {
                "deviance residuals of exact ties with entry times follow their definition; R gives \
                 martingale residuals in their place"
            }
            Self::CollinearResiduals => {
                "a covariate that depends on those before it has residuals of 0; R gives those of a \
                 coefficient of 0, or divides 0 by 0"
            }
            Self::RobustScoreWithOffset => {
                "the robust score test is taken at coefficients of 0 with the offset; coxph leaves the \
                 offset out there"
            }
            Self::NobodyLeft => {
                "an incidence keeps its standard error when nobody is left; prodlim divides 0 by 0"
            }
            Self::PossibleDifferences => {
                "limits of a difference of proportions are cut to ±1, as prop.test cuts them; \
                 Wald's formula goes beyond"
            }
            Self::TiesInBarnard => {
                "tables as extreme as the observed one count, as summing up in R has it; scipy \
                 loses some of them to rounding"
            }
            Self::NothingToCompare => {
                "a table in which all have the same is not tested; the likelihood ratio test \
                 gives a p value of 1"
            }
        }
    }
}

/// Why survival at `time` may differ.
pub fn of_landmark(curve: &SurvivalCurve, time: f64) -> Option<Difference> {
    if curve.at(time).is_none() {
        Some(Difference::NoIntervalBeforeTheFirstStep)
    } else if time > curve.last_time() {
        Some(Difference::BeyondFollowUp)
    } else {
        None
    }
}
