//! Comparison of the survival curves of groups: tests, restricted means, differences at fixed times.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::follow_up::EndpointSample;
use super::selection::{Exclusions, Groups, check, check_level, factor};
use super::survival::rate;
use super::{
    AnalysisError, EndpointDefinition, Exclusion, ExclusionReason, FigureWidth, Progress, Rate,
    SEED, landmarks,
};
use crate::cohort::{Cohort, Endpoint, TimeRules, TimeUnit};
use crate::stats::{
    Adjustment, ConfType, FollowUp, GroupedFollowUp, LogRankTrend, MAX_COMBO, Permutation,
    PermutationMethod, RiskTable, Rmst, RmstComparison, SurvivalCurve, SurvivalDifference, Weight,
    adjust, compare_rmst, conditional_survival, crossing, kaplan_meier, restriction_limit, rmst,
    survival_difference,
};

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
    /// When the curves cross, each being clearly above the other at some time.
    pub crossing: Option<f64>,
    /// Restricted means.
    pub rmst: Option<RmstComparison>,
    /// Differences of survival at the landmarks.
    pub differences: Vec<SurvivalDifference>,
}

/// Compares the curves of the groups of a column.
///
/// **Conventions.** Subjects without the endpoint, the group or the stratum are left out and listed; so are, in a
/// landmark analysis, those not followed beyond the landmark. Only tests are stratified.
pub fn comparison(
    cohort: &Cohort,
    options: &ComparisonOptions,
    progress: Progress<'_>,
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
    let (tests, permutation) = sample.tests(&table, &options, progress);
    Ok(ComparisonOutcome {
        n: sample.time.len(),
        n_event: sample.event.iter().filter(|&&event| event).count(),
        pairs: sample.pairs(&arms, &options, tau, days),
        strata: sample.strata_labels,
        arms,
        tests,
        permutation,
        tau,
        tau_limit,
        unit,
        rules,
        options,
        exclusions: sample.exclusions,
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

/// The analysed subjects as vectors, and who is not among them.
struct Sample {
    time: Vec<f64>,
    event: Vec<bool>,
    groups: Groups,
    strata: Option<Vec<usize>>,
    strata_labels: Vec<String>,
    arms: Vec<Arm>,
    unit: TimeUnit,
    exclusions: Vec<Exclusion>,
    definition: EndpointDefinition,
}

/// The follow-up of one group.
struct Arm {
    time: Vec<f64>,
    event: Vec<bool>,
    follow_up: FollowUp,
}

impl Sample {
    fn of(cohort: &Cohort, options: &ComparisonOptions) -> Result<Self, AnalysisError> {
        let column = || options.group.clone();
        let group = cohort.factor(&options.group);
        let group = group.ok_or_else(|| AnalysisError::NoGroup { column: column() })?;
        let stratum = factor(cohort, options.strata.as_deref())?;
        let sample = EndpointSample::of(cohort, options.endpoint, |i| {
            let mut factors = std::iter::once(group).chain(stratum);
            let factor = factors.find(|factor| factor.values[i].is_none())?;
            let column = factor.column.clone();
            Some(ExclusionReason::NoGroup { column })
        })?;
        let start = options
            .restart
            .map(|shown| cohort.rules().in_unit(shown, sample.unit));
        let mut exclusions = Exclusions::from(sample.exclusions);
        let (mut time, mut event) = (Vec::new(), Vec::new());
        let (mut levels, mut strata) = (Vec::new(), Vec::new());
        for (position, &i) in sample.subjects.iter().enumerate() {
            let left = sample.time[position] - start.unwrap_or(0.0);
            if start.is_some() && left <= 0.0 {
                exclusions.add(ExclusionReason::NotAtLandmark, &cohort.subjects()[i]);
                continue;
            }
            time.push(left);
            event.push(sample.event[position]);
            levels.extend(group.values[i]);
            strata.extend(stratum.and_then(|factor| factor.values[i]));
        }
        if time.is_empty() {
            return Err(AnalysisError::NoSubjects);
        }
        let groups = Groups::new(group, levels)?;
        if groups.labels.len() < 2 {
            return Err(AnalysisError::OneGroup { column: column() });
        }
        let mut distinct = strata.clone();
        distinct.sort_unstable();
        distinct.dedup();
        Ok(Self {
            arms: arms(&time, &event, &groups),
            time,
            event,
            groups,
            strata_labels: (stratum.into_iter())
                .flat_map(|factor| distinct.iter().map(|&level| factor.levels[level].clone()))
                .collect(),
            strata: stratum.map(|_| strata),
            unit: sample.unit,
            exclusions: exclusions.into_vec(),
            definition: sample.definition,
        })
    }

    /// The end of the shortest follow-up of the groups.
    fn shortest(&self) -> f64 {
        let ends = self
            .arms
            .iter()
            .filter_map(|arm| arm.follow_up.ties().last());
        ends.map(|tie| tie.time).fold(f64::INFINITY, f64::min)
    }

    fn grouped(&self) -> GroupedFollowUp<'_> {
        GroupedFollowUp {
            strata: self.strata.as_deref(),
            ..GroupedFollowUp::new(&self.time, &self.event, &self.groups.of, self.arms.len())
        }
    }

    fn compared_arms(
        &self,
        table: &RiskTable,
        options: &ComparisonOptions,
        tau: f64,
        days: impl Fn(f64) -> f64,
    ) -> Vec<ComparedArm> {
        let (conf_type, level) = (options.conf_type, options.conf_level);
        let further = options.further.map_or(0.0, &days);
        let conditional = |arm: &Arm, shown: f64| {
            let start = days(shown);
            let left = conditional_survival(&arm.time, &arm.event, start, conf_type, level);
            // Where nobody is left, nothing is known of the time after it.
            let known = left.map(|left| (left.n, rate(&left, start + further)));
            let (n_risk, at) = known.ok().unzip();
            Rate {
                time: start,
                n_risk: n_risk.unwrap_or(0),
                estimate: at.as_ref().and_then(|at| at.estimate),
                conf_low: at.as_ref().and_then(|at| at.conf_low),
                conf_high: at.as_ref().and_then(|at| at.conf_high),
            }
        };
        (self
            .arms
            .iter()
            .zip(&self.groups.labels)
            .zip(table.expected()))
        .map(|((arm, label), expected)| {
            let curve = kaplan_meier(&arm.follow_up, conf_type, level);
            ComparedArm {
                label: label.clone(),
                n: arm.time.len(),
                n_event: arm.follow_up.n_event(),
                expected,
                rmst: rmst(&arm.follow_up, tau, level).ok(),
                rates: (options.landmarks.iter())
                    .map(|&shown| rate(&curve, days(shown)))
                    .collect(),
                conditional: (options.conditional.iter())
                    .map(|&shown| conditional(arm, shown))
                    .collect(),
                curve: Arc::new(curve),
            }
        })
        .collect()
    }

    /// Every test that was asked for, each once, the primary one first.
    fn tests(
        &self,
        table: &RiskTable,
        options: &ComparisonOptions,
        progress: Progress<'_>,
    ) -> (Vec<TestOutcome>, Option<PermutationMethod>) {
        let mut chosen = vec![options.primary];
        for &test in &options.tests {
            if !chosen.contains(&test) {
                chosen.push(test);
            }
        }
        let permute = match options.permutation {
            PermutationChoice::Small => self.time.len() <= SMALL_COMPARISON,
            PermutationChoice::Always => true,
            PermutationChoice::Never => false,
        };
        let weights: Vec<Vec<Weight>> = chosen.iter().map(|&test| weights(test, options)).collect();
        let slices: Vec<&[Weight]> = weights.iter().map(Vec::as_slice).collect();
        let permuted = permute
            .then(|| Permutation::new(&self.grouped(), &slices))
            .flatten()
            .map(|permutation| permutation.run(options.draws, options.seed, progress));
        let scores: Vec<f64> = (0..self.arms.len()).map(|g| g as f64).collect();
        let mut tests: Vec<TestOutcome> = (chosen.iter())
            .map(|&test| outcome_of(table, test, options, &scores))
            .collect();
        if let Some((_, results)) = &permuted {
            for (test, permuted) in tests.iter_mut().zip(results) {
                test.permutation = permuted.map(|permuted| permuted.p_value);
            }
        }
        (tests, permuted.map(|(method, _)| method))
    }

    fn pairs(
        &self,
        arms: &[ComparedArm],
        options: &ComparisonOptions,
        tau: f64,
        days: impl Fn(f64) -> f64,
    ) -> Vec<PairOutcome> {
        let mut pairs: Vec<PairOutcome> = (0..arms.len())
            .flat_map(|second| (0..second).map(move |first| (first, second)))
            .map(|(first, second)| {
                let (a, b) = (&arms[first].curve, &arms[second].curve);
                let follow_up = |g: usize| &self.arms[g].follow_up;
                let level = options.conf_level;
                PairOutcome {
                    first,
                    second,
                    p_value: self.pair_p_value(first, second, options),
                    p_adjusted: None,
                    crossing: crossing(a, b),
                    // Every pair up to the time that all groups allow.
                    rmst: (arms.iter().all(|arm| arm.rmst.is_some()))
                        .then(|| compare_rmst(follow_up(first), follow_up(second), tau, level).ok())
                        .flatten(),
                    differences: (options.landmarks.iter())
                        .map(|&shown| survival_difference(a, b, days(shown), options.conf_type))
                        .collect(),
                }
            })
            .collect();
        let raw: Vec<Option<f64>> = pairs.iter().map(|pair| pair.p_value).collect();
        for (pair, p) in pairs.iter_mut().zip(adjust(&raw, options.adjustment)) {
            pair.p_adjusted = p;
        }
        pairs
    }

    /// The primary test on two of the groups.
    fn pair_p_value(
        &self,
        first: usize,
        second: usize,
        options: &ComparisonOptions,
    ) -> Option<f64> {
        let of = &self.groups.of;
        let members = || (0..of.len()).filter(|&i| of[i] == first || of[i] == second);
        let time: Vec<f64> = members().map(|i| self.time[i]).collect();
        let event: Vec<bool> = members().map(|i| self.event[i]).collect();
        let group: Vec<usize> = members().map(|i| usize::from(of[i] == second)).collect();
        let strata: Option<Vec<usize>> =
            (self.strata.as_ref()).map(|strata| members().map(|i| strata[i]).collect());
        let data = GroupedFollowUp {
            strata: strata.as_deref(),
            ..GroupedFollowUp::new(&time, &event, &group, 2)
        };
        let table = RiskTable::new(&data).ok()?;
        outcome_of(&table, options.primary, options, &[0.0, 1.0]).p_value
    }
}

fn arms(time: &[f64], event: &[bool], groups: &Groups) -> Vec<Arm> {
    (0..groups.labels.len())
        .map(|g| {
            let members = || (0..time.len()).filter(|&i| groups.of[i] == g);
            let time: Vec<f64> = members().map(|i| time[i]).collect();
            let event: Vec<bool> = members().map(|i| event[i]).collect();
            Arm {
                follow_up: FollowUp::new(&time, &event)
                    .expect("a cohort's times are finite and not negative, and no arm is empty"),
                time,
                event,
            }
        })
        .collect()
}

/// The weights whose largest statistic a test takes.
fn weights(test: CurveTest, options: &ComparisonOptions) -> Vec<Weight> {
    let (p, q) = (options.p, options.q);
    match test {
        CurveTest::LogRank => vec![Weight::LogRank],
        CurveTest::GehanBreslow => vec![Weight::GehanBreslow],
        CurveTest::TaroneWare => vec![Weight::TaroneWare],
        CurveTest::PetoPeto => vec![Weight::PetoPeto],
        CurveTest::ModifiedPetoPeto => vec![Weight::ModifiedPetoPeto],
        CurveTest::FlemingHarrington => vec![Weight::FlemingHarrington { p, q }],
        CurveTest::MaxCombo => MAX_COMBO.to_vec(),
    }
}

fn outcome_of(
    table: &RiskTable,
    test: CurveTest,
    options: &ComparisonOptions,
    scores: &[f64],
) -> TestOutcome {
    let none = TestOutcome {
        test,
        statistic: None,
        df: None,
        p_value: None,
        permutation: None,
        trend: None,
    };
    match weights(test, options)[..] {
        [weight] => {
            let result = table.test(weight);
            TestOutcome {
                statistic: result.statistic,
                df: Some(result.df),
                p_value: result.p_value,
                trend: options.trend.then(|| result.trend(scores)).flatten(),
                ..none
            }
        }
        ref several => {
            let result = table.max_combo(several);
            TestOutcome {
                statistic: result.as_ref().map(|result| result.statistic),
                p_value: result.as_ref().map(|result| result.p_value),
                ..none
            }
        }
    }
}
