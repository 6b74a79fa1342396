//! Where we differ from R on purpose, and what we give instead, and which of its figures nothing is held to. A
//! difference that is gone, or that is not what is said here, fails its test; so does a figure that is neither
//! compared nor left out (`ledger.rs`).

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
    /// Survival after a start at which some have had the event.
    EventsAtTheStart,
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
            | Self::EventsAtTheStart
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
            Self::EventsAtTheStart => {
                "survival of those who are still followed after the start is S(t) / S(start); \
                 survfit(start.time) counts events at the start itself"
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

/// Figures by the names above them, and why they are left out. The names at the end are in one string; "…" stands for
/// all that is below.
pub type Reasons = &'static [(&'static str, &'static str, &'static str)];

const ASKED: &str = "what was asked, not an answer";
const ROOT: &str = "its root is good to 1e-4; the exact one is compared";
const ROOT_7: &str = "its root is good to 1e-7; the exact one is compared";
const RESTATED: &str = "follows from figures that are compared";
const OF_R: &str = "says how R got there";
const OF_ASSUMPTIONS: &str =
    "tests the assumptions of another test: choosing a test by it spoils its error rate";
const NOT_OFFERED: &str = "not offered";
const INFORMATIVE: &str = "informative: its variance has no correction for ties";
const CUMULATIVE: &str =
    "not offered: cumulative hazards are given of Cox models and causes, not of curves";

/// Figures that no test looks at.
pub const LEFT_OUT: Reasons = &[
    ("binom_ci", "x n level", ASKED),
    (
        "binom_ci",
        "wald wald_cc binom_asymptotic",
        "not offered: Wald's interval covers too little",
    ),
    (
        "binom_ci",
        "binom_logit binom_cloglog binom_probit blaker wilson_cc",
        NOT_OFFERED,
    ),
    (
        "binom_ci",
        "agresti_coull",
        "goes beyond 0 and 1; the one that is cut there is compared",
    ),
    (
        "binom_ci",
        "jeffreys_plain",
        "not 0 at none and 1 at all; Brown, Cai and DasGupta's is compared",
    ),
    ("binom_test", "x n p0", ASKED),
    ("competing/AJ", "curves/*/landmark/times sojourn/tau", ASKED),
    ("competing/AJ", "curves/*/std_chaz", "R has none"),
    ("competing/etm", "times", ASKED),
    ("competing/prodlim", "times", ASKED),
    ("competing/cuminc", "timepoints/times", ASKED),
    ("competing/finegray", "expanded_rows", OF_R),
    (
        "competing/finegray",
        "breslow/model_se efron/model_se",
        "robust by row of the expanded data; those of subjects and of the model are compared",
    ),
    ("competing/crr", "score", "0 but for where crr stopped"),
    (
        "contingency",
        "mcnemar/table rxc/table mantel_haenszel/table_k_r_c",
        ASKED,
    ),
    ("contingency/cochran_armitage", "x n scores", ASKED),
    ("contingency/mantel_haenszel", "exact/or exact/ci95", ROOT),
    ("coxph/fit", "na_omitted iter", OF_R),
    (
        "coxph/fit",
        "ci/level profile_ci/level profile_ci/tol",
        ASKED,
    ),
    (
        "coxph/fit",
        "basehaz/strata basehaz_sample/strata",
        "R has none",
    ),
    (
        "coxph/fit",
        "survfit_at_means/times survfit_newdata/times survfit_newdata/at_rows",
        ASKED,
    ),
    ("coxph/diverges", "na_omitted iter", OF_R),
    (
        "coxph/diverges",
        "se naive_se hr z p ci/level ci/lower ci/upper var aic bic lr_test/chisq lr_test/df lr_test/p \
         wald_test/chisq wald_test/df wald_test/p concordance/… basehaz/… cox_zph/… residuals/… robust_refit/…",
        "where R stopped on its way to infinity",
    ),
    ("coxph/firth", "n iter", OF_R),
    (
        "coxph/firth",
        "loglik_null loglik",
        "of standardised covariates: their ratio is compared",
    ),
    (
        "coxph/firth",
        "wald/lower wald/upper wald/p",
        "not offered: the profile's are",
    ),
    ("coxph/coxphf-nofirth", "n iter df", OF_R),
    (
        "firth",
        "loglik_at_estimate",
        "not offered: the penalised one is",
    ),
    ("firth", "wald_p", "not offered: the profile's is"),
    ("firth", "pl_ci_log/level", ASKED),
    ("logrank/survMisc", "…", INFORMATIVE),
    ("logrank/weighted", "*/trend/scores", ASKED),
    ("logrank/weighted", "*/trend/U */trend/var", RESTATED),
    ("logrank/coin_approximate", "nresample", ASKED),
    ("logrank/permutation_exact", "*/chisq_obs", RESTATED),
    (
        "rmst/two arms",
        "formula_check/…",
        "the same again by the formula, to 3e-13 of survRM2's",
    ),
    ("rmst/adjusted", "tau", ASKED),
    ("survfit/model", "na_omitted", OF_R),
    (
        "survfit/model",
        "curves/*/records curves/*/n_events_total",
        RESTATED,
    ),
    ("survfit/model", "curves/*/n_enter", "R has none"),
    ("survfit/model", "curves/*/std_err_raw", RESTATED),
    (
        "survfit/model",
        "curves/*/cumhaz curves/*/std_chaz landmark/strata/*/cumhaz",
        CUMULATIVE,
    ),
    (
        "survfit/model",
        "quantiles/*/*/probs landmark/times landmark/strata/*/time rmean/tau",
        ASKED,
    ),
    ("survfit/reverseKM", "quantiles95/*/*/probs", ASKED),
    ("survfit/stype1_ctype2", "…", CUMULATIVE),
    (
        "survfit/stype2_ctype1",
        "…",
        "not offered: survival as the exponential of a cumulative hazard",
    ),
    (
        "survfit/stype2_ctype2",
        "…",
        "not offered: survival as the exponential of a cumulative hazard",
    ),
    (
        "survfit/conf.lower=peto",
        "…",
        "not offered: limits with the number at risk at each censoring",
    ),
    (
        "survfit/conf.lower=modified",
        "…",
        "not offered: limits with the number at risk at each censoring",
    ),
    (
        "survfit/start.time",
        "n",
        "R counts those who left before the start too",
    ),
    (
        "survfit/robust",
        "…",
        "not offered: errors of curves by the infinitesimal jackknife; Greenwood's are compared",
    ),
    (
        "survfit/timefix=FALSE",
        "curves/*/records curves/*/n_events_total curves/*/std_err_raw",
        RESTATED,
    ),
    ("survfit/timefix=FALSE", "curves/*/n_enter", "R has none"),
    (
        "survfit/timefix=FALSE",
        "curves/*/cumhaz curves/*/std_chaz",
        CUMULATIVE,
    ),
    ("table1/continuous", "missing", ASKED),
    ("table1/categorical", "missing table", ASKED),
    ("table1/continuous", "values/*", ASKED),
    (
        "table1/continuous",
        "anova/ss_between anova/ss_within",
        "F and its degrees of freedom say it",
    ),
    (
        "table1/continuous",
        "bartlett/stat bartlett/p shapiro_all/W shapiro_all/p f_variance/F f_variance/p",
        OF_ASSUMPTIONS,
    ),
    ("table1/continuous", "ks/D ks/p_asymptotic", NOT_OFFERED),
    (
        "table1/continuous",
        "wilcoxon/coin_z",
        "its p value is that without continuity correction",
    ),
    ("table1/continuous", "wilcoxon/hl_normal/estimate", ROOT),
    (
        "two_proportions",
        "x1 n1 x2 n2 ci/level noninferiority/delta0",
        ASKED,
    ),
    (
        "two_proportions",
        "fisher_two.sided/cmle_or fisher_two.sided/ci fisher_less/cmle_or fisher_less/ci",
        ROOT,
    ),
    (
        "two_proportions",
        "fisher_greater/cmle_or fisher_greater/ci ci/or/cmle ci/or/exact_fisher_R",
        ROOT,
    ),
    ("two_proportions", "exact2x2_blaker/ci", ROOT),
    (
        "two_proportions",
        "exact2x2_blaker/p",
        "not offered: Fisher's test and mid-P are",
    ),
    (
        "two_proportions",
        "ci/diffscoreci_PropCIs ci/rr/koopman_score_PropCIs",
        ROOT_7,
    ),
    (
        "two_proportions",
        "ci/or/score_PropCIs",
        "its root is good to 1e-3; the exact one is compared",
    ),
    (
        "two_proportions",
        "ci/newcombe_cc",
        "not offered; prop.test leaves its correction out at one half",
    ),
    (
        "two_proportions",
        "ci/wald_cc",
        "not offered: prop.test's correction is, which is never more than the difference",
    ),
    (
        "two_proportions",
        "ci/nnt",
        "the reciprocal of the difference",
    ),
    (
        "two_proportions_py",
        "x1 n1 x2 n2 ci/level score_test/value",
        ASKED,
    ),
    (
        "two_proportions_py",
        "ci/odds_ratio/logit_smoothed",
        "not offered: ½ in every cell is",
    ),
    (
        "two_proportions_py",
        "boschloo/two-sided/stat boschloo/less/stat boschloo/greater/stat",
        OF_R,
    ),
    (
        "two_proportions_py",
        "barnard_pooled/two-sided/wald barnard_pooled/less/wald barnard_pooled/greater/wald \
         barnard_unpooled/two-sided/wald",
        OF_R,
    ),
];

const LONG: &str = "long: of each curve some rows, the first and the last among them (all with `trim.py FOLDER all`)";
const CONVERGED: &str = "where coxphf converges";

/// Figures that are compared in part.
pub const PARTLY: Reasons = &[
    ("competing/AJ", "curves/*/lower curves/*/upper", LONG),
    (
        "competing/AJ",
        "curves/*/n curves/*/time curves/*/n_risk curves/*/n_event curves/*/n_censor curves/*/pstate curves/*/std_err \
         curves/*/cumhaz curves/*/landmark/pstate curves/*/landmark/se curves/*/landmark/cumhaz",
        "once, not again with the limits of each type and level",
    ),
    (
        "competing/cuminc",
        "curves/*/time curves/*/est curves/*/var",
        "once, not twice as for drawing",
    ),
    (
        "competing/cuminc",
        "timepoints/est timepoints/var",
        "R has none after the last follow-up",
    ),
    (
        "competing/crr",
        "uftime bfitj predict_first2/time predict_first2/cif",
        "but for models that diverge, and time 0",
    ),
    (
        "competing/crr",
        "var inv_information",
        "the variances; covariances are not given",
    ),
    (
        "coxph/fit",
        "basehaz/time basehaz/hazard_uncentered basehaz/hazard_centered",
        LONG,
    ),
    (
        "coxph/fit",
        "basehaz_sample/time basehaz_sample/hazard_uncentered basehaz_sample/hazard_centered",
        LONG,
    ),
    (
        "coxph/fit",
        "residuals/martingale residuals/deviance residuals/score residuals/schoenfeld residuals/scaledsch \
         residuals/dfbeta residuals/dfbetas residuals/linear_predictor",
        "long: of each column five rows and the sum of squares of all (all rows with `trim.py FOLDER all`)",
    ),
    (
        "coxph/fit",
        "cox_zph/chisq cox_zph/df cox_zph/p",
        "once where terms and columns are the same",
    ),
    (
        "coxph/firth",
        "coef se pl_ci_lower pl_ci_upper pl_p lr_chisq df",
        CONVERGED,
    ),
    (
        "coxph/coxphf-nofirth",
        "coef se pl_ci_lower pl_ci_upper pl_p lr_chisq loglik loglik_null wald/lower wald/upper wald/p",
        CONVERGED,
    ),
    (
        "logrank/coin",
        "tests/statistic tests/p tests/midp tests/linear_statistic tests/expectation tests/covariance tests/p_less \
         tests/p_greater",
        "tests with mid-ranks, without strata (coin's scores are those of all strata together), and with our weights",
    ),
    (
        "logrank/permutation_exact",
        "*/p_two_sided_absU */p_less */p_greater */p_mid_two_sided */p_chisq",
        "of more than a million arrangements ours are drawn: within four of their errors",
    ),
    (
        "survfit/model",
        "ci/*/*/lower ci/*/*/upper",
        "95 %, and 90 and 99 % of curves of up to 60 steps",
    ),
    (
        "survfit/model",
        "table/rows",
        "the medians with their limits; the rest follows from the curve",
    ),
    (
        "survfit/reverseKM_prodlim",
        "size_strata time surv n_risk n_lost",
        "curves of up to 150 steps; survfit's are compared in full. By group and site, prodlim has that of all patients",
    ),
    (
        "two_proportions_py",
        "ci/diff/wald ci/diff/agresti_caffo ci/diff/newcombe",
        "between -1 and 1",
    ),
    (
        "two_proportions_py",
        "ci/ratio/miettinen_nurminen_score ci/ratio/koopman_score",
        "spurious in statsmodels where all of the first group have it",
    ),
    (
        "table1/continuous",
        "wilcoxon/hl_normal/ci95",
        "to the 1e-3 of uniroot",
    ),
];
