//! Where we differ from R on purpose. A difference that is gone fails its test.

use oncurve::stats::SurvivalCurve;

/// A difference from R that is intended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
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
    /// Deviance residuals of exact ties with entry times.
    DevianceOfExactEntries,
    /// Residuals of covariates without a coefficient.
    CollinearResiduals,
    /// Limits of the penalised profile beside a covariate that separates.
    ProfileBesideSeparation,
    /// The robust score test of a model with an offset.
    RobustScoreWithOffset,
}

impl Difference {
    /// Why, for those who compare.
    pub fn reason(self) -> &'static str {
        match self {
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
            Self::DevianceOfExactEntries => {
                "deviance residuals of exact ties with entry times follow their definition; R gives \
                 martingale residuals in their place"
            }
            Self::CollinearResiduals => {
                "a covariate that depends on those before it has residuals of 0; R gives those of a \
                 coefficient of 0, or divides 0 by 0"
            }
            Self::ProfileBesideSeparation => {
                "the limits of a covariate beside one that separates are where the penalised \
                 likelihood has dropped by 1.92, far out; the direct Newton does not get there"
            }
            Self::RobustScoreWithOffset => {
                "the robust score test is taken at coefficients of 0 with the offset; coxph leaves the \
                 offset out there"
            }
            Self::NobodyLeft => {
                "an incidence keeps its standard error when nobody is left; prodlim divides 0 by 0"
            }
        }
    }
}

/// Why the crossing of `level` by these values (a curve or a limit of its band) may differ.
pub fn of_quantile(values: &[f64], level: f64) -> Option<Difference> {
    let last = *values.last()?;
    if values.windows(2).any(|pair| pair[1] > pair[0]) {
        Some(Difference::BandNotMonotone)
    } else if (last - level).abs() < f64::EPSILON.sqrt() {
        Some(Difference::PlateauToTheEnd)
    } else {
        None
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

/// Why the Wald statistic of a model with these standard errors may differ.
pub fn of_wald(std_errs: impl Iterator<Item = f64>) -> Option<Difference> {
    let (low, high) = std_errs.fold((f64::INFINITY, 0.0), |(low, high), std_err| {
        (f64::min(low, std_err), f64::max(high, std_err))
    });
    (high / low > 1e6).then_some(Difference::WaldInMixedUnits)
}
