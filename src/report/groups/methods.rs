//! The Methods paragraph of a comparison of groups.

use super::super::Block;
use super::super::methods::{Methods, Work};
use super::Section;
use crate::analysis::{
    CategoryComparison, CategoryTest, DifferenceMethod, EffectMeasure, GroupTest, GroupsComparison,
    NumberComparison, NumericTest, OddsMethod, PairedComparison, RatioMethod, SEED, SMALL_GROUP,
    STRONG_SKEWNESS, TestName,
};
use crate::format::Style;

/// A work that only this Methods paragraph cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum GroupsWork {
    Pearson,
    Yates,
    Campbell,
    Cochran,
    FreemanHalton,
    Boschloo,
    Armitage,
    Mantel,
    CochranMantelHaenszel,
    Robins,
    Tarone,
    MiettinenNurminen,
    ChanZhang,
    FarringtonManning,
    AgrestiCaffo,
    Koopman,
    Katz,
    Walter,
    Cornfield,
    Woolf,
    Haldane,
    Welch,
    WelchAnova,
    Lumley,
    Wilcoxon,
    HodgesLehmann,
    KruskalWallis,
    Jonckheere,
    McNemar,
    Fagerland,
    Austin,
    YangDalton,
}

impl GroupsWork {
    /// As a reference list prints it.
    pub fn citation(self) -> &'static str {
        match self {
            Self::Pearson => {
                "Pearson K. On the criterion that a given system of deviations from the probable in the case of a correlated system of variables is such that it can be reasonably supposed to have arisen from random sampling. Philos Mag 1900;50:157–75."
            }
            Self::Yates => {
                "Yates F. Contingency tables involving small numbers and the χ² test. J R Stat Soc Suppl 1934;1:217–35."
            }
            Self::Campbell => {
                "Campbell I. Chi-squared and Fisher-Irwin tests of two-by-two tables with small sample recommendations. Stat Med 2007;26:3661–75."
            }
            Self::Cochran => {
                "Cochran WG. Some methods for strengthening the common χ² tests. Biometrics 1954;10:417–51."
            }
            Self::FreemanHalton => {
                "Freeman GH, Halton JH. Note on an exact treatment of contingency, goodness of fit and other problems of significance. Biometrika 1951;38:141–9."
            }
            Self::Boschloo => {
                "Boschloo RD. Raised conditional level of significance for the 2 × 2-table when testing the equality of two probabilities. Stat Neerl 1970;24:1–9."
            }
            Self::Armitage => {
                "Armitage P. Tests for linear trends in proportions and frequencies. Biometrics 1955;11:375–86."
            }
            Self::Mantel => {
                "Mantel N. Chi-square tests with one degree of freedom; extensions of the Mantel-Haenszel procedure. J Am Stat Assoc 1963;58:690–700."
            }
            Self::CochranMantelHaenszel => {
                "Mantel N, Haenszel W. Statistical aspects of the analysis of data from retrospective studies of disease. J Natl Cancer Inst 1959;22:719–48."
            }
            Self::Robins => {
                "Robins J, Breslow N, Greenland S. Estimators of the Mantel-Haenszel variance consistent in both sparse data and large-strata limiting models. Biometrics 1986;42:311–23."
            }
            Self::Tarone => {
                "Tarone RE. On heterogeneity tests based on efficient scores. Biometrika 1985;72:91–5."
            }
            Self::MiettinenNurminen => {
                "Miettinen O, Nurminen M. Comparative analysis of two rates. Stat Med 1985;4:213–26."
            }
            Self::ChanZhang => {
                "Chan ISF, Zhang Z. Test-based exact confidence intervals for the difference of two binomial proportions. Biometrics 1999;55:1202–9."
            }
            Self::FarringtonManning => {
                "Farrington CP, Manning G. Test statistics and sample size formulae for comparative binomial trials with null hypothesis of non-zero risk difference or non-unity relative risk. Stat Med 1990;9:1447–54."
            }
            Self::AgrestiCaffo => {
                "Agresti A, Caffo B. Simple and effective confidence intervals for proportions and differences of proportions result from adding two successes and two failures. Am Stat 2000;54:280–8."
            }
            Self::Koopman => {
                "Koopman PAR. Confidence intervals for the ratio of two binomial proportions. Biometrics 1984;40:513–7."
            }
            Self::Katz => {
                "Katz D, Baptista J, Azen SP, Pike MC. Obtaining confidence intervals for the risk ratio in cohort studies. Biometrics 1978;34:469–74."
            }
            Self::Walter => {
                "Walter SD. The distribution of Levin’s measure of attributable risk. Biometrika 1975;62:371–4."
            }
            Self::Cornfield => {
                "Cornfield J. A statistical problem arising from retrospective studies. Proc Third Berkeley Symp Math Stat Probab 1956;4:135–48."
            }
            Self::Woolf => {
                "Woolf B. On estimating the relation between blood group and disease. Ann Hum Genet 1955;19:251–3."
            }
            Self::Haldane => {
                "Haldane JBS. The estimation and significance of the logarithm of a ratio of frequencies. Ann Hum Genet 1956;20:309–11."
            }
            Self::Welch => {
                "Welch BL. The generalization of ‘Student’s’ problem when several different population variances are involved. Biometrika 1947;34:28–35."
            }
            Self::WelchAnova => {
                "Welch BL. On the comparison of several mean values: an alternative approach. Biometrika 1951;38:330–6."
            }
            Self::Lumley => {
                "Lumley T, Diehr P, Emerson S, Chen L. The importance of the normality assumption in large public health data sets. Annu Rev Public Health 2002;23:151–69."
            }
            Self::Wilcoxon => {
                "Wilcoxon F. Individual comparisons by ranking methods. Biometrics Bull 1945;1:80–3."
            }
            Self::HodgesLehmann => {
                "Hodges JL, Lehmann EL. Estimates of location based on rank tests. Ann Math Stat 1963;34:598–611."
            }
            Self::KruskalWallis => {
                "Kruskal WH, Wallis WA. Use of ranks in one-criterion variance analysis. J Am Stat Assoc 1952;47:583–621."
            }
            Self::Jonckheere => {
                "Jonckheere AR. A distribution-free k-sample test against ordered alternatives. Biometrika 1954;41:133–45."
            }
            Self::McNemar => {
                "McNemar Q. Note on the sampling error of the difference between correlated proportions or percentages. Psychometrika 1947;12:153–7."
            }
            Self::Fagerland => {
                "Fagerland MW, Lydersen S, Laake P. The McNemar test for binary matched-pairs data: mid-p and asymptotic are better than exact conditional. BMC Med Res Methodol 2013;13:91."
            }
            Self::Austin => {
                "Austin PC. Balance diagnostics for comparing the distribution of baseline covariates between treatment groups in propensity-score matched samples. Stat Med 2009;28:3083–107."
            }
            Self::YangDalton => {
                "Yang D, Dalton JE. A unified approach to measuring the effect size between two groups using SAS. SAS Global Forum 2012; paper 335."
            }
        }
    }
}

pub(super) fn block(section: Section<'_>) -> Block {
    let mut methods = Methods::new(section.text);
    match &section.outcome.comparison {
        GroupsComparison::Categories(comparison) => categories(section, comparison, &mut methods),
        GroupsComparison::Numbers(comparison) => numbers(section, comparison, &mut methods),
        GroupsComparison::Paired(comparison) => paired(section, comparison, &mut methods),
    }
    methods.into_block()
}

fn categories(section: Section<'_>, comparison: &CategoryComparison, methods: &mut Methods<'_>) {
    let options = section.options();
    methods.say("methods-frequency", &[]);
    methods.intervals(options.method, &section.level());
    if let Some(test) = &comparison.test {
        say_test(&section.options().group, test, methods);
        if options.test == CategoryTest::Automatic {
            say_chosen_by_counts(methods);
        }
    }
    if !comparison.effects.is_empty() {
        let (work, id) = match options.measure {
            EffectMeasure::Difference => of_difference(options.difference),
            EffectMeasure::Ratio => of_ratio(options.ratio),
            EffectMeasure::Odds => of_odds(options.odds),
        };
        say_interval(section, work, id, methods);
    }
    if comparison.standardised.is_some() {
        let work = match comparison.levels.len() {
            2 => GroupsWork::Austin,
            _ => GroupsWork::YangDalton,
        };
        methods.say_after(Work::Groups(work), "methods-groups-standardised", &[]);
    }
    if let Some(trend) = &comparison.trend {
        say_test(&section.options().group, trend, methods);
    }
    if let Some(strata) = &comparison.strata {
        say_test(&section.options().group, &strata.test, methods);
        if strata.test.name == TestName::MantelHaenszel {
            let work = Some(Work::Groups(GroupsWork::Robins));
            say_interval(section, work, "methods-groups-robins", methods);
        }
        if let Some(homogeneity) = &strata.homogeneity {
            say_test(&section.options().group, homogeneity, methods);
        }
        if options.measure != EffectMeasure::Odds {
            let (work, id) = of_odds(options.odds);
            say_interval(section, work, id, methods);
        }
    }
}

fn numbers(section: Section<'_>, comparison: &NumberComparison, methods: &mut Methods<'_>) {
    methods.say("methods-groups-numbers", &[]);
    if let Some(test) = &comparison.test {
        say_test(&section.options().group, test, methods);
        if section.options().numeric_test == NumericTest::Automatic {
            say_means_or_ranks(section.style, methods);
        }
        if comparison.by_ranks {
            let work = Some(Work::Groups(GroupsWork::HodgesLehmann));
            let id = match test.name {
                TestName::KruskalWallis => "methods-groups-shift-pairs",
                _ => "methods-groups-shift",
            };
            say_interval(section, work, id, methods);
        } else {
            let (work, id) = match test.name {
                TestName::Anova => (None, "methods-groups-means-pooled"),
                TestName::WelchAnova => (Some(GroupsWork::Welch), "methods-groups-means-pairs"),
                _ => (None, "methods-groups-means"),
            };
            say_interval(section, work.map(Work::Groups), id, methods);
        }
    }
    if comparison.standardised.is_some() {
        let work = Work::Groups(GroupsWork::Austin);
        methods.say_after(work, "methods-groups-standardised-mean", &[]);
    }
    if let Some(trend) = &comparison.trend {
        say_test(&section.options().group, trend, methods);
    }
}

fn paired(section: Section<'_>, comparison: &PairedComparison, methods: &mut Methods<'_>) {
    methods.say("methods-groups-paired", &[]);
    methods.intervals(section.options().method, &section.level());
    if let Some(test) = &comparison.test {
        say_test(&section.options().group, test, methods);
        say_interval(section, None, "methods-groups-paired-odds", methods);
    }
}

/// The sentence on how the test of categories was chosen.
pub(in crate::report) fn say_chosen_by_counts(methods: &mut Methods<'_>) {
    let work = Work::Groups(GroupsWork::Cochran);
    methods.say_after(work, "methods-groups-automatic", &[]);
}

/// The sentence on how the test of numbers was chosen.
pub(in crate::report) fn say_means_or_ranks(style: &Style, methods: &mut Methods<'_>) {
    let arguments = [
        ("n", SMALL_GROUP.into()),
        ("skewness", style.number(STRONG_SKEWNESS, 0).into()),
    ];
    let work = Work::Groups(GroupsWork::Lumley);
    methods.say_after(work, "methods-groups-automatic-numeric", &arguments);
}

/// The sentence on a test, and on its simulation.
pub(in crate::report) fn say_test(group: &str, test: &GroupTest, methods: &mut Methods<'_>) {
    let (work, id) = of_test(test.name);
    let group = ("group", group.into());
    match work {
        Some(work) => methods.say_after(work, id, &[group]),
        None => methods.say(id, &[group]),
    }
    if let Some(draws) = test.draws {
        let arguments = [
            ("draws", draws.to_string().into()),
            ("seed", SEED.to_string().into()),
        ];
        methods.say("methods-fisher-drawn", &arguments);
    }
}

fn say_interval(section: Section<'_>, work: Option<Work>, id: &str, methods: &mut Methods<'_>) {
    let level = ("level", section.level().into());
    match work {
        Some(work) => methods.say_after(work, id, &[level]),
        None => methods.say(id, &[level]),
    }
}

fn of_test(name: TestName) -> (Option<Work>, &'static str) {
    let (work, id) = match name {
        TestName::Fisher => (GroupsWork::FreemanHalton, "methods-groups-fisher"),
        TestName::ChiSquare => (GroupsWork::Pearson, "methods-groups-chi-square"),
        TestName::Yates => (GroupsWork::Yates, "methods-groups-yates"),
        TestName::NMinus1 => (GroupsWork::Campbell, "methods-groups-n-minus-1"),
        TestName::Boschloo => (GroupsWork::Boschloo, "methods-groups-boschloo"),
        TestName::CochranArmitage => (GroupsWork::Armitage, "methods-groups-cochran-armitage"),
        TestName::LinearByLinear => (GroupsWork::Mantel, "methods-groups-linear-by-linear"),
        TestName::MantelHaenszel => (
            GroupsWork::CochranMantelHaenszel,
            "methods-groups-mantel-haenszel",
        ),
        TestName::ExactStrata => (
            GroupsWork::CochranMantelHaenszel,
            "methods-groups-exact-strata",
        ),
        TestName::BreslowDay => (GroupsWork::Tarone, "methods-groups-breslow-day"),
        TestName::Welch => (GroupsWork::Welch, "methods-groups-welch"),
        TestName::WelchAnova => (GroupsWork::WelchAnova, "methods-groups-welch-anova"),
        TestName::Student => return (None, "methods-groups-student"),
        TestName::Anova => return (None, "methods-groups-anova"),
        TestName::RankSumExact => (GroupsWork::Wilcoxon, "methods-groups-rank-sum-exact"),
        TestName::RankSumCorrected => (GroupsWork::Wilcoxon, "methods-groups-rank-sum-corrected"),
        TestName::RankSum => (GroupsWork::Wilcoxon, "methods-groups-rank-sum"),
        TestName::KruskalWallis => (GroupsWork::KruskalWallis, "methods-groups-kruskal-wallis"),
        TestName::Jonckheere => (GroupsWork::Jonckheere, "methods-groups-jonckheere"),
        TestName::McNemarExact => (GroupsWork::McNemar, "methods-groups-mcnemar-exact"),
        TestName::McNemarMidP => (GroupsWork::Fagerland, "methods-groups-mcnemar-mid-p"),
        TestName::McNemarCorrected => (GroupsWork::McNemar, "methods-groups-mcnemar-corrected"),
        TestName::McNemar => (GroupsWork::McNemar, "methods-groups-mcnemar"),
    };
    (Some(Work::Groups(work)), id)
}

pub(in crate::report) fn of_difference(method: DifferenceMethod) -> (Option<Work>, &'static str) {
    match method {
        DifferenceMethod::Newcombe => (Some(Work::Newcombe), "methods-newcombe"),
        DifferenceMethod::MiettinenNurminen => (
            Some(Work::Groups(GroupsWork::MiettinenNurminen)),
            "methods-groups-difference-miettinen-nurminen",
        ),
        DifferenceMethod::Exact => (
            Some(Work::Groups(GroupsWork::ChanZhang)),
            "methods-groups-difference-exact",
        ),
        DifferenceMethod::Mee => (
            Some(Work::Groups(GroupsWork::FarringtonManning)),
            "methods-groups-difference-mee",
        ),
        DifferenceMethod::AgrestiCaffo => (
            Some(Work::Groups(GroupsWork::AgrestiCaffo)),
            "methods-groups-difference-agresti-caffo",
        ),
        DifferenceMethod::Wald => (None, "methods-groups-difference-wald"),
        DifferenceMethod::WaldContinuity => (None, "methods-groups-difference-wald-continuity"),
    }
}

fn of_ratio(method: RatioMethod) -> (Option<Work>, &'static str) {
    let (work, id) = match method {
        RatioMethod::MiettinenNurminen => (
            GroupsWork::MiettinenNurminen,
            "methods-groups-ratio-miettinen-nurminen",
        ),
        RatioMethod::Exact => (GroupsWork::ChanZhang, "methods-groups-ratio-exact"),
        RatioMethod::Koopman => (GroupsWork::Koopman, "methods-groups-ratio-koopman"),
        RatioMethod::Katz => (GroupsWork::Katz, "methods-groups-ratio-katz"),
        RatioMethod::KatzAdjusted => (GroupsWork::Walter, "methods-groups-ratio-katz-adjusted"),
    };
    (Some(Work::Groups(work)), id)
}

fn of_odds(method: OddsMethod) -> (Option<Work>, &'static str) {
    let (work, id) = match method {
        OddsMethod::Exact => (GroupsWork::Cornfield, "methods-groups-odds-exact"),
        OddsMethod::MidP => (GroupsWork::Cornfield, "methods-groups-odds-mid-p"),
        OddsMethod::MiettinenNurminen => (
            GroupsWork::MiettinenNurminen,
            "methods-groups-odds-miettinen-nurminen",
        ),
        OddsMethod::Score => (GroupsWork::Cornfield, "methods-groups-odds-score"),
        OddsMethod::Woolf => (GroupsWork::Woolf, "methods-groups-odds-woolf"),
        OddsMethod::HaldaneAnscombe => (GroupsWork::Haldane, "methods-groups-odds-haldane"),
    };
    (Some(Work::Groups(work)), id)
}
