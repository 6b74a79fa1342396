//! Comparison of the survival curves of groups: tests, restricted means, differences at fixed times.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::selection::{Exclusions, check, check_level};
use super::{
    AnalysisError, EndpointDefinition, Exclusion, ExclusionReason, FigureWidth, Rate, SEED,
    landmarks,
};
use crate::cohort::{Cohort, Endpoint, TimeRules, TimeUnit};
use crate::stats::{
    Adjustment, ConfType, Count, DifferenceStep, FollowUp, LogRankTrend, PermutationMethod,
    RiskTable, Rmst, RmstComparison, RmstContrast, SurvivalCurve, SurvivalDifference,
    restriction_limit,
};

mod adjusted;
mod sample;

use adjusted::Adjusting;
use sample::Sample;

/// Options of a comparison of curves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ComparisonOptions {
    /// Which endpoint.
    pub endpoint: Endpoint,
    /// Heading of the grouping column.
    pub group: String,
    /// The test that answers the question; pairs are compared by it.
    pub primary: CurveTest,
    /// Further tests.
    pub tests: Vec<CurveTest>,
    /// How much the Fleming-Harrington test counts early differences.
    pub p: f64,
    /// How much it counts late differences.
    pub q: f64,
    /// Heading of the column within whose groups the tests compare; not stratified when `None`.
    pub strata: Option<String>,
    /// Also test for a trend over the groups in their order.
    pub trend: bool,
    /// Correction of the p values of pairs.
    pub adjustment: Adjustment,
    /// Whether the tests are repeated with the patients dealt to the groups at random.
    pub permutation: PermutationChoice,
    /// Draws of Monte Carlo permutation tests.
    pub draws: u32,
    /// Seed of Monte Carlo permutation tests.
    pub seed: u64,
    /// Landmark analysis: only those still followed after this time, counted from it; in the display unit.
    pub restart: Option<f64>,
    /// Restriction time of the means, in the display unit; the longest possible when `None`.
    pub tau: Option<f64>,
    /// Headings of the covariates for which the restricted means are adjusted as well; not adjusted when empty.
    pub adjust: Vec<String>,
    /// Times at which survival is compared, in the display unit; chosen from the follow-up when empty.
    pub landmarks: Vec<f64>,
    /// Conditional survival of those who have got to these times, in the display unit.
    pub conditional: Vec<f64>,
    /// For how much longer; the first of `landmarks` when `None`.
    pub further: Option<f64>,
    /// Transform of confidence intervals and tests of survival.
    pub conf_type: ConfType,
    /// Confidence level, 0.5 to 0.999.
    pub conf_level: f64,
    /// How the figures look.
    pub figure: ComparisonFigure,
}

impl Default for ComparisonOptions {
    fn default() -> Self {
        Self {
            endpoint: Endpoint::Pfs,
            group: String::new(),
            primary: CurveTest::LogRank,
            tests: Vec::new(),
            p: 0.0,
            q: 1.0,
            strata: None,
            trend: false,
            adjustment: Adjustment::Holm,
            permutation: PermutationChoice::Small,
            draws: 100_000,
            seed: SEED,
            restart: None,
            tau: None,
            adjust: Vec::new(),
            landmarks: Vec::new(),
            conditional: Vec::new(),
            further: None,
            conf_type: ConfType::LogLog,
            conf_level: 0.95,
            figure: ComparisonFigure::default(),
        }
    }
}

/// What the figures of a comparison show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ComparisonFigure {
    /// Draw the difference of the curves.
    pub difference: bool,
    /// Draw the restricted means as areas.
    pub areas: bool,
    /// Width preset.
    pub width: FigureWidth,
    /// Distance of the ticks in the display unit; chosen when `None`.
    pub tick_step: Option<f64>,
    /// Title above the figures; none when `None`.
    pub title: Option<String>,
}

impl Default for ComparisonFigure {
    fn default() -> Self {
        Self {
            difference: true,
            areas: true,
            width: FigureWidth::OneAndHalf,
            tick_step: None,
            title: None,
        }
    }
}

/// Tests of the difference of curves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CurveTest {
    /// All times count alike.
    LogRank,
    /// Weighted by the number at risk.
    GehanBreslow,
    /// Weighted by its square root.
    TaroneWare,
    /// Weighted by survival.
    PetoPeto,
    /// The same, modified.
    ModifiedPetoPeto,
    /// Weighted as chosen.
    FlemingHarrington,
    /// The largest of four Fleming-Harrington tests, for two groups.
    MaxCombo,
}

/// When the tests are repeated with the patients dealt to the groups at random.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PermutationChoice {
    /// With at most [`SMALL_COMPARISON`] patients.
    Small,
    /// Whatever their number; it can take long.
    Always,
    /// Not at all.
    Never,
}

/// At most so many patients, the tests are repeated by permutation unless the person decides otherwise: the limit
/// of the survival analysis.
pub const SMALL_COMPARISON: usize = 50;

/// Result of a comparison of curves. Times are in `unit`; proportions in [0, 1].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparisonOutcome {
    /// The options that were used, landmarks and the further time filled in.
    pub options: ComparisonOptions,
    /// Unit of every time below.
    pub unit: TimeUnit,
    /// How times are displayed.
    pub rules: TimeRules,
    /// Analysed subjects.
    pub n: usize,
    /// Their events.
    pub n_event: usize,
    /// One arm a group, in display order.
    pub arms: Vec<ComparedArm>,
    /// The tests, the primary one first.
    pub tests: Vec<TestOutcome>,
    /// How permutation p values were found, if any were.
    pub permutation: Option<PermutationMethod>,
    /// Every pair of groups.
    pub pairs: Vec<PairOutcome>,
    /// Labels of the strata that have subjects; none when not stratified.
    pub strata: Vec<String>,
    /// The restriction time.
    pub tau: f64,
    /// The longest restriction time that the curves allow.
    pub tau_limit: f64,
    /// Subjects left out.
    pub exclusions: Vec<Exclusion>,
    /// Labels of the groups without analysed subjects.
    pub empty_groups: Vec<String>,
    /// Where times and events came from.
    pub definition: EndpointDefinition,
}

impl ComparisonOutcome {
    /// Whether the difference of the curves is drawn.
    pub fn shows_difference(&self) -> bool {
        self.options.figure.difference
    }

    /// Whether the restricted means are drawn, after the difference.
    pub fn shows_areas(&self) -> bool {
        self.options.figure.areas && self.arms.iter().all(|arm| arm.rmst.is_some())
    }
}

/// One group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedArm {
    /// Label of the level.
    pub label: String,
    /// Subjects.
    pub n: usize,
    /// Events.
    pub n_event: usize,
    /// Events expected if the groups do not differ (within strata).
    pub expected: f64,
    /// The Kaplan-Meier curve with its pointwise band.
    pub curve: Arc<SurvivalCurve>,
    /// Restricted mean; `None` when the restriction time is beyond the limit.
    pub rmst: Option<Rmst>,
    /// Survival at the landmarks.
    pub rates: Vec<Rate>,
    /// Survival for the further time of those who got to each of the conditional times.
    pub conditional: Vec<Rate>,
}

/// What one test found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TestOutcome {
    /// Which test.
    pub test: CurveTest,
    /// χ², or the largest |z| of MaxCombo; `None` when nothing is compared.
    pub statistic: Option<f64>,
    /// Degrees of freedom; `None` for MaxCombo.
    pub df: Option<usize>,
    /// Two-sided p value.
    pub p_value: Option<f64>,
    /// p value by permutation, when it was asked for.
    pub permutation: Option<f64>,
    /// The test for trend, when it was asked for.
    pub trend: Option<LogRankTrend>,
}

/// Two groups compared: second against first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairOutcome {
    /// Index of the reference.
    pub first: usize,
    /// Index of the other group.
    pub second: usize,
    /// p value of the primary test on these two groups.
    pub p_value: Option<f64>,
    /// The same, corrected for the number of pairs.
    pub p_adjusted: Option<f64>,
    /// When the curves cross, each being shown to be above the other at some time.
    pub crossing: Option<f64>,
    /// Restricted means.
    pub rmst: Option<RmstComparison>,
    /// p value of their difference, corrected for the number of pairs.
    pub rmst_p_adjusted: Option<f64>,
    /// Restricted means adjusted for covariates, when that was asked for and the restriction time allows it.
    pub adjusted: Option<AdjustedMeans>,
    /// Differences of survival at the landmarks.
    pub differences: Vec<SurvivalDifference>,
    /// The difference over time, for pairs with the first group.
    pub over_time: Vec<DifferenceStep>,
}

/// Restricted means of two groups, adjusted for covariates: second against first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AdjustedMeans {
    /// Patients of the two groups with a value of every covariate.
    pub n: usize,
    /// Difference of the means; `None` here and below where it cannot be estimated.
    pub difference: Option<RmstContrast>,
    /// Ratio of the means.
    pub ratio: Option<RmstContrast>,
    /// Ratio of the times lost.
    pub rmtl_ratio: Option<RmstContrast>,
    /// p value of the difference, corrected for the number of pairs.
    pub p_adjusted: Option<f64>,
}

/// Compares the curves of the groups of a column.
///
/// **Conventions.** Subjects without the endpoint, the group or the stratum are left out and listed; so are, in a
/// landmark analysis, those not followed beyond the landmark. Only tests are stratified. Those without a covariate are
/// listed, and missing from the adjusted means alone.
pub fn comparison(
    cohort: &Cohort,
    options: &ComparisonOptions,
    count: Count<'_>,
) -> Result<ComparisonOutcome, AnalysisError> {
    check_options(options)?;
    let sample = Sample::of(cohort, options)?;
    let (rules, unit) = (cohort.rules(), sample.unit);
    let days = |shown: f64| rules.in_unit(shown, unit);
    let mut options = options.clone();
    landmarks::fill(&mut options.landmarks, sample.shortest(), unit, rules);
    options.further = options.further.or(options.landmarks.first().copied());
    let follow_up: Vec<&FollowUp> = sample.arms.iter().map(|arm| &arm.follow_up).collect();
    let tau_limit = restriction_limit(&follow_up);
    let tau = options.tau.map_or(tau_limit, |shown| {
        let tau = days(shown);
        // A limit that was shown and typed again misses itself by rounding.
        if (tau - tau_limit).abs() <= 1e-9 * tau_limit {
            tau_limit
        } else {
            tau
        }
    });
    let table = RiskTable::new(&sample.grouped())
        .expect("a cohort's times are finite and not negative, and no sample is empty");
    let arms = sample.compared_arms(&table, &options, tau, days);
    let (tests, permutation) = sample.tests(&table, &options, count);
    let mut pairs = sample.pairs(&arms, &options, days);
    let mut exclusions = Exclusions::from(sample.exclusions.clone());
    if let Some(adjusting) = Adjusting::of(cohort, &options, &sample.subjects)? {
        for (column, &i) in adjusting.lacking.iter().zip(&sample.subjects) {
            if let Some(column) = column.clone() {
                let reason = ExclusionReason::NotAdjusted { column };
                exclusions.add(reason, &cohort.subjects()[i]);
            }
        }
        if tau <= tau_limit {
            adjusting.adjust(&sample, &options, tau, &mut pairs);
        }
    }
    Ok(ComparisonOutcome {
        n: sample.time.len(),
        n_event: sample.event.iter().filter(|&&event| event).count(),
        pairs,
        strata: sample.strata_labels,
        arms,
        tests,
        permutation,
        tau,
        tau_limit,
        unit,
        rules,
        options,
        exclusions: exclusions.into_vec(),
        empty_groups: sample.groups.empty,
        definition: sample.definition,
    })
}

fn check_options(options: &ComparisonOptions) -> Result<(), AnalysisError> {
    check_level(options.conf_level)?;
    for (name, weight) in [("p", options.p), ("q", options.q)] {
        check(name, weight, (0.0..=10.0).contains(&weight))?;
    }
    let times = (options.landmarks.iter()).map(|&time| ("landmarks", time));
    let times = times.chain(
        options
            .conditional
            .iter()
            .map(|&time| ("conditional", time)),
    );
    for (name, time) in times.chain(options.restart.map(|time| ("restart", time))) {
        check(name, time, time.is_finite() && time >= 0.0)?;
    }
    let positive = [("tau", options.tau), ("further", options.further)];
    for (name, time) in positive {
        let time = time.unwrap_or(1.0);
        check(name, time, time.is_finite() && time > 0.0)?;
    }
    let fits = (1_000..=10_000_000).contains(&options.draws);
    check("draws", options.draws.into(), fits)
}

#[cfg(test)]
mod tests {
    use super::super::sample::cohort;
    use super::*;
    use crate::analysis::ExclusionReason;
    use crate::stats::Arrangements;

    fn run(
        cohort: &Cohort,
        options: ComparisonOptions,
    ) -> Result<ComparisonOutcome, AnalysisError> {
        let options = ComparisonOptions {
            group: "PD-L1".to_owned(),
            ..options
        };
        comparison(cohort, &options, &mut Arrangements::count)
    }

    /// Times 10, 20, … in `k` groups in turn; every third subject is censored.
    fn in_turn(n: usize, k: usize) -> Cohort {
        let rows: Vec<_> = (0..n)
            .map(|i| (Some(10.0 * (i + 1) as f64), i % 3 > 0, Some(i % k)))
            .collect();
        cohort(&rows, &["A", "B", "C", "D"][..k])
    }

    #[test]
    fn the_primary_test_comes_first_and_each_test_once() {
        let options = ComparisonOptions {
            primary: CurveTest::MaxCombo,
            tests: vec![CurveTest::LogRank, CurveTest::MaxCombo, CurveTest::PetoPeto],
            ..ComparisonOptions::default()
        };
        let outcome = run(&in_turn(12, 2), options).unwrap();
        let tests: Vec<CurveTest> = outcome.tests.iter().map(|test| test.test).collect();
        let expected = [CurveTest::MaxCombo, CurveTest::LogRank, CurveTest::PetoPeto];
        assert_eq!(tests, expected);
        assert_eq!(outcome.tests[0].df, None);
        assert_eq!(outcome.pairs[0].p_value, outcome.tests[0].p_value);
        // 12 patients in two groups of 6.
        let exact = PermutationMethod::Exact { arrangements: 924 };
        assert_eq!(outcome.permutation, Some(exact));
        assert!(outcome.tests.iter().all(|test| test.permutation.is_some()));
    }

    #[test]
    fn a_landmark_analysis_leaves_out_those_not_followed_beyond_it() {
        // Days 10 to 120; the display unit is the month of 30.4375 days.
        let options = ComparisonOptions {
            restart: Some(1.0),
            permutation: PermutationChoice::Never,
            ..ComparisonOptions::default()
        };
        let outcome = run(&in_turn(12, 2), options).unwrap();
        assert_eq!((outcome.n, outcome.permutation), (9, None));
        let left_out = &outcome.exclusions[0];
        assert_eq!(left_out.reason, ExclusionReason::NotAtLandmark);
        let rows: Vec<u32> = left_out
            .subjects
            .iter()
            .map(|subject| subject.row)
            .collect();
        assert_eq!(rows, [2, 3, 4]);
        assert_eq!(outcome.arms[1].curve.steps[0].time, 40.0 - 30.4375);
    }

    #[test]
    fn conditional_survival_is_that_of_those_who_are_left() {
        let options = ComparisonOptions {
            conditional: vec![1.0, 9.0],
            further: Some(1.0),
            ..ComparisonOptions::default()
        };
        let outcome = run(&in_turn(12, 2), options).unwrap();
        // Group A: 10c 30e 50e 70c 90e 110e; after day 30.4 four are left, and one of them dies by day 60.9.
        let after = &outcome.arms[0].conditional[0];
        assert_eq!((after.n_risk, after.estimate), (4, Some(0.75)));
        let nobody = &outcome.arms[0].conditional[1];
        assert_eq!((nobody.n_risk, nobody.estimate), (0, None));
    }

    #[test]
    fn means_go_to_the_longest_time_that_all_curves_allow_and_no_further() {
        // A ends in an event on day 50, B in a censoring on day 80.
        let rows = [
            (Some(50.0), true, Some(0)),
            (Some(20.0), true, Some(0)),
            (Some(40.0), true, Some(1)),
            (Some(80.0), false, Some(1)),
        ];
        let cohort = cohort(&rows, &["A", "B"]);
        let outcome = run(&cohort, ComparisonOptions::default()).unwrap();
        assert_eq!((outcome.tau, outcome.tau_limit), (80.0, 80.0));
        assert_eq!(outcome.arms[0].rmst.unwrap().rmst, 35.0);
        assert_eq!(
            outcome.pairs[0].rmst.unwrap().difference.estimate,
            60.0 - 35.0
        );
        assert!(outcome.shows_areas());
        let beyond = ComparisonOptions {
            tau: Some(3.0),
            ..ComparisonOptions::default()
        };
        let outcome = run(&cohort, beyond).unwrap();
        assert_eq!((outcome.tau, outcome.arms[0].rmst), (91.3125, None));
        assert!(!outcome.shows_areas());
    }

    #[test]
    fn pairs_of_three_groups_are_corrected_as_chosen() {
        let options = |adjustment| ComparisonOptions {
            adjustment,
            trend: true,
            ..ComparisonOptions::default()
        };
        let outcome = run(&in_turn(60, 3), options(Adjustment::Bonferroni)).unwrap();
        assert_eq!(outcome.pairs.len(), 3);
        for pair in &outcome.pairs {
            let expected = pair.p_value.map(|p| (3.0 * p).min(1.0));
            assert_eq!(pair.p_adjusted, expected);
            assert_eq!(pair.over_time.is_empty(), pair.first != 0);
        }
        assert!(outcome.tests[0].trend.is_some());
        assert_eq!(outcome.permutation, None);
    }

    #[test]
    fn strata_are_named_and_those_without_one_left_out() {
        let mut cohort = in_turn(12, 2);
        let mut stage = cohort.factors[0].clone();
        stage.column = "Stage".to_owned();
        stage.levels = vec!["I".to_owned(), "II".to_owned(), "III".to_owned()];
        stage.values = (0..12).map(|i| (i != 4).then_some(2 * (i / 6))).collect();
        cohort.factors.push(stage);
        let options = ComparisonOptions {
            strata: Some("Stage".to_owned()),
            ..ComparisonOptions::default()
        };
        let outcome = run(&cohort, options).unwrap();
        assert_eq!(
            (outcome.n, outcome.strata),
            (11, vec!["I".to_owned(), "III".to_owned()])
        );
        let column = "Stage".to_owned();
        assert_eq!(
            outcome.exclusions[0].reason,
            ExclusionReason::NoGroup { column }
        );
        // Strata are permuted within: too many ways to look at all is not the reason.
        assert!(matches!(
            outcome.permutation,
            Some(PermutationMethod::MonteCarlo { .. })
        ));
    }

    #[test]
    fn what_cannot_be_compared_is_refused_with_the_reason() {
        let one = cohort(
            &[(Some(5.0), true, Some(1)), (Some(7.0), true, Some(1))],
            &["A", "B"],
        );
        let column = "PD-L1".to_owned();
        let error = run(&one, ComparisonOptions::default());
        assert_eq!(error, Err(AnalysisError::OneGroup { column }));
        let late = ComparisonOptions {
            restart: Some(50.0),
            ..ComparisonOptions::default()
        };
        assert_eq!(run(&in_turn(12, 2), late), Err(AnalysisError::NoSubjects));
        let refused = |options| match run(&in_turn(12, 2), options) {
            Err(AnalysisError::OutOfRange { option, value }) => (option, value),
            other => panic!("{other:?}"),
        };
        let tau = ComparisonOptions {
            tau: Some(0.0),
            ..ComparisonOptions::default()
        };
        assert_eq!(refused(tau), ("tau".to_owned(), "0".to_owned()));
        let weight = ComparisonOptions {
            q: -1.0,
            ..ComparisonOptions::default()
        };
        assert_eq!(refused(weight), ("q".to_owned(), "-1".to_owned()));
    }
}
