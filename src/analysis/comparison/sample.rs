//! The patients of a comparison, and what is estimated of them.

use std::sync::Arc;

use super::{
    ComparedArm, ComparisonOptions, CurveTest, PairOutcome, PermutationChoice, SMALL_COMPARISON,
    TestOutcome,
};
use crate::analysis::follow_up::EndpointSample;
use crate::analysis::selection::{Exclusions, Groups, factor};
use crate::analysis::survival::rate;
use crate::analysis::{AnalysisError, EndpointDefinition, Exclusion, ExclusionReason, Rate};
use crate::cohort::{Cohort, TimeUnit};
use crate::stats::{
    Count, FollowUp, GroupedFollowUp, MAX_COMBO, Permutation, PermutationMethod, RiskTable, Weight,
    adjust, conditional_survival, contrast_means, crossing, difference_curve, kaplan_meier,
    restricted_means, rounding, survival_difference,
};

/// The analysed subjects as vectors, and who is not among them.
pub(super) struct Sample {
    /// Positions in the cohort.
    pub subjects: Vec<usize>,
    pub time: Vec<f64>,
    pub event: Vec<bool>,
    pub groups: Groups,
    pub strata: Option<Vec<usize>>,
    pub strata_labels: Vec<String>,
    pub arms: Vec<Arm>,
    pub unit: TimeUnit,
    pub exclusions: Vec<Exclusion>,
    pub definition: EndpointDefinition,
}

/// The follow-up of one group.
pub(super) struct Arm {
    pub time: Vec<f64>,
    pub event: Vec<bool>,
    pub follow_up: FollowUp,
}

impl Sample {
    pub fn of(cohort: &Cohort, options: &ComparisonOptions) -> Result<Self, AnalysisError> {
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
        let mut subjects = Vec::new();
        let (mut time, mut event) = (Vec::new(), Vec::new());
        let (mut levels, mut strata) = (Vec::new(), Vec::new());
        for (position, &i) in sample.subjects.iter().enumerate() {
            let left = sample.time[position] - start.unwrap_or(0.0);
            if start.is_some_and(|start| left <= rounding(start)) {
                exclusions.add(ExclusionReason::NotAtLandmark, &cohort.subjects()[i]);
                continue;
            }
            subjects.push(i);
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
            subjects,
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
    pub fn shortest(&self) -> f64 {
        let ends = self
            .arms
            .iter()
            .filter_map(|arm| arm.follow_up.ties().last());
        ends.map(|tie| tie.time).fold(f64::INFINITY, f64::min)
    }

    pub fn grouped(&self) -> GroupedFollowUp<'_> {
        GroupedFollowUp {
            strata: self.strata.as_deref(),
            ..GroupedFollowUp::new(&self.time, &self.event, &self.groups.of, self.arms.len())
        }
    }

    pub fn compared_arms(
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
        let follow_up: Vec<&FollowUp> = self.arms.iter().map(|arm| &arm.follow_up).collect();
        let means = restricted_means(&follow_up, tau, level).ok();
        let arms = self.arms.iter().zip(&self.groups.labels);
        (arms.zip(table.expected()).enumerate())
            .map(|(g, ((arm, label), expected))| {
                let curve = kaplan_meier(&arm.follow_up, conf_type, level);
                ComparedArm {
                    label: label.clone(),
                    n: arm.time.len(),
                    n_event: arm.follow_up.n_event(),
                    expected,
                    rmst: means.as_ref().map(|means| means[g]),
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
    pub fn tests(
        &self,
        table: &RiskTable,
        options: &ComparisonOptions,
        count: Count<'_>,
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
            .map(|permutation| permutation.run(options.draws, options.seed, count));
        let scores: Vec<f64> = (0..self.arms.len()).map(|g| g as f64).collect();
        let mut tests: Vec<TestOutcome> = (chosen.iter())
            .map(|&test| outcome_of(table, test, options, &scores))
            .collect();
        if let Some((_, results)) = &permuted {
            for (test, permuted) in tests.iter_mut().zip(results) {
                // MaxCombo of several groups is not a test that is offered.
                let permuted = permuted.filter(|_| test.statistic.is_some());
                test.permutation = permuted.map(|permuted| permuted.p_value);
            }
        }
        (tests, permuted.map(|(method, _)| method))
    }

    pub fn pairs(
        &self,
        arms: &[ComparedArm],
        options: &ComparisonOptions,
        days: impl Fn(f64) -> f64,
    ) -> Vec<PairOutcome> {
        let mut pairs: Vec<PairOutcome> = (0..arms.len())
            .flat_map(|second| (0..second).map(move |first| (first, second)))
            .map(|(first, second)| {
                let (a, b) = (&arms[first].curve, &arms[second].curve);
                let level = options.conf_level;
                PairOutcome {
                    first,
                    second,
                    p_value: self.pair_p_value(first, second, options),
                    p_adjusted: None,
                    crossing: crossing(a, b),
                    rmst: (arms[first].rmst.zip(arms[second].rmst))
                        .map(|(first, second)| contrast_means(first, second, level)),
                    rmst_p_adjusted: None,
                    adjusted: None,
                    differences: (options.landmarks.iter())
                        .map(|&shown| survival_difference(a, b, days(shown), options.conf_type))
                        .collect(),
                    over_time: if first == 0 {
                        difference_curve(a, b, level)
                    } else {
                        Vec::new()
                    },
                }
            })
            .collect();
        let raw: Vec<Option<f64>> = pairs.iter().map(|pair| pair.p_value).collect();
        for (pair, p) in pairs.iter_mut().zip(adjust(&raw, options.adjustment)) {
            pair.p_adjusted = p;
        }
        let mean = |pair: &PairOutcome| pair.rmst.and_then(|rmst| rmst.difference.p_value);
        let raw: Vec<Option<f64>> = pairs.iter().map(mean).collect();
        for (pair, p) in pairs.iter_mut().zip(adjust(&raw, options.adjustment)) {
            pair.rmst_p_adjusted = p;
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
