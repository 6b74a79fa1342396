//! Survival of one endpoint, overall or by group.

use chrono::NaiveDate;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::follow_up::{EndpointSample, endpoint_data};
use super::selection::{Groups, check, check_level, factor};
use super::{AnalysisError, Exclusion, ExclusionReason, SEED, SurvivalFigure, landmarks};
use crate::cohort::{
    Cohort, Endpoint, EndpointData, EndpointOrigin, OwnEndpoint, StartEvent, TimeRules, TimeUnit,
};
use crate::recist::Preset;
use crate::stats::{
    ConfType, Count, CoxFit, FollowUp, LogRank, PairwiseTest, PermutationTest, Quantile,
    SurvivalCurve, Ties, cox, crossing, kaplan_meier, log_rank, median_follow_up,
    pairwise_log_rank, permutation_log_rank,
};

/// Options of a survival analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SurvivalOptions {
    /// Which endpoint.
    pub endpoint: Endpoint,
    /// Heading of the grouping column; overall when `None`.
    pub group: Option<String>,
    /// Transform of the confidence interval.
    pub conf_type: ConfType,
    /// Confidence level, 0.5 to 0.999.
    pub conf_level: f64,
    /// Times of the rates, in the display unit; chosen from the follow-up when empty.
    pub landmarks: Vec<f64>,
    /// Seed of the Monte Carlo permutation test.
    pub seed: u64,
    /// Draws of the Monte Carlo permutation test.
    pub draws: u32,
    /// How the figure looks.
    pub figure: SurvivalFigure,
}

impl Default for SurvivalOptions {
    fn default() -> Self {
        Self {
            endpoint: Endpoint::Pfs,
            group: None,
            conf_type: ConfType::LogLog,
            conf_level: 0.95,
            landmarks: Vec::new(),
            seed: SEED,
            draws: 100_000,
            figure: SurvivalFigure::default(),
        }
    }
}

/// Result of a survival analysis. Times are in `unit`; proportions in [0, 1].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SurvivalOutcome {
    /// The options that were used, defaults filled in (landmarks included).
    pub options: SurvivalOptions,
    /// Unit of every time below (that of the data: whole days when derived from dates).
    pub unit: TimeUnit,
    /// How times are displayed.
    pub rules: TimeRules,
    /// One arm a group, in display order; one arm without a label when overall.
    pub arms: Vec<SurvivalArm>,
    /// All analysed subjects together; equal to the only arm when overall.
    pub overall: SurvivalArm,
    /// Comparison of the groups, when there are two or more with subjects.
    pub comparison: Option<SurvivalComparison>,
    /// Subjects left out.
    pub exclusions: Vec<Exclusion>,
    /// Labels of the groups without analysed subjects: they have no arm.
    pub empty_groups: Vec<String>,
    /// Where times and events came from.
    pub definition: EndpointDefinition,
}

/// Where the times and events of an endpoint came from.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum EndpointDefinition {
    /// Columns of times and events.
    Given {
        /// Whether deaths are among the events, as far as the headings say. PFS without deaths is a
        /// time to progression.
        deaths_known: bool,
    },
    /// A start date, and columns of end dates and events.
    GivenDates {
        /// What the times begin with.
        start: StartEvent,
        /// The data cut-off, if it censored anybody.
        cut_off: Option<NaiveDate>,
        /// As for `Given`.
        deaths_known: bool,
    },
    /// Dates and assessments, by the rules of censoring.
    Rules {
        /// What the times begin with.
        start: StartEvent,
        /// The data cut-off, if it censored anybody.
        cut_off: Option<NaiveDate>,
        /// Whether the columns say who died.
        deaths_known: bool,
        /// Which rules.
        preset: Preset,
        /// Longer than so many days without an adequate assessment is a gap (FDA-style).
        gap_days: u32,
        /// Whether clinical progression counts as progression (EMA-style and plain).
        clinical_progression: bool,
        /// Whether the start of a new anticancer therapy is recorded of anybody.
        new_therapy: bool,
    },
    /// Dates, by the plain rules.
    Dates {
        /// What the times begin with.
        start: StartEvent,
        /// The data cut-off, if it censored anybody.
        cut_off: Option<NaiveDate>,
        /// Whether the columns say who died. PFS without deaths is a time to progression.
        deaths_known: bool,
    },
    /// Dates of the person's own definition.
    Own {
        /// What the times begin with.
        start: StartEvent,
        /// The data cut-off, if it censored anybody.
        cut_off: Option<NaiveDate>,
        /// The definition, with the columns that stand where it names none.
        definition: OwnEndpoint,
    },
}

impl EndpointDefinition {
    /// Of times of that origin.
    pub(super) fn new(
        origin: EndpointOrigin,
        cut_off: Option<NaiveDate>,
        deaths_known: bool,
    ) -> Self {
        match origin {
            EndpointOrigin::Times => Self::Given { deaths_known },
            EndpointOrigin::EndDates { start } => Self::GivenDates {
                start,
                cut_off,
                deaths_known,
            },
            EndpointOrigin::Rules {
                start,
                preset,
                gap_days,
                clinical_progression,
                new_therapy,
            } => Self::Rules {
                start,
                cut_off,
                deaths_known,
                preset,
                gap_days,
                clinical_progression,
                new_therapy,
            },
            EndpointOrigin::Course { start } => Self::Dates {
                start,
                cut_off,
                deaths_known,
            },
            EndpointOrigin::Own { start, definition } => Self::Own {
                start,
                cut_off,
                definition,
            },
        }
    }
}

/// The curve of one group and what is read off it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SurvivalArm {
    /// Label of the level; `None` when overall.
    pub label: Option<String>,
    /// Subjects.
    pub n: usize,
    /// Events.
    pub n_event: usize,
    /// Censored.
    pub n_censor: usize,
    /// The Kaplan-Meier curve with its pointwise band.
    pub curve: Arc<SurvivalCurve>,
    /// Median and quartiles of survival (probabilities 0.25, 0.5, 0.75).
    pub quantiles: Vec<Quantile>,
    /// Survival at the landmarks.
    pub rates: Vec<Rate>,
    /// Median follow-up by reverse Kaplan-Meier.
    pub follow_up: Quantile,
}

impl SurvivalArm {
    /// Median survival.
    pub fn median(&self) -> &Quantile {
        &self.quantiles[MEDIAN]
    }
}

/// The probabilities of [`SurvivalArm::quantiles`].
const PROBABILITIES: [f64; 3] = [0.25, 0.5, 0.75];

/// Where the median stands among them.
const MEDIAN: usize = 1;

/// Survival at a landmark.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rate {
    /// The landmark in the unit of the outcome.
    pub time: f64,
    /// Number at risk just before `time`.
    pub n_risk: usize,
    /// S(time); `None` (not estimable) beyond the last follow-up unless S has reached 0.
    pub estimate: Option<f64>,
    /// Lower confidence limit.
    pub conf_low: Option<f64>,
    /// Upper confidence limit.
    pub conf_high: Option<f64>,
}

/// Comparison of two or more groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SurvivalComparison {
    /// The log-rank test.
    pub log_rank: LogRank,
    /// Why the log-rank test is not enough, if it is not.
    pub small: Option<SmallSample>,
    /// The permutation log-rank test beside it, for small samples.
    pub permutation: Option<PermutationTest>,
    /// Every pair with Holm's correction, for three or more groups. Indices into `arms`.
    pub pairwise: Vec<PairwiseTest>,
    /// Cox model of the two-group comparison: hazard of the second group over the first.
    pub cox: Option<Box<CoxFit>>,
    /// Whether the curves cross, so that one hazard ratio does not describe them.
    pub curves_cross: bool,
}

/// What makes a sample too small for the log-rank test alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SmallSample {
    /// At most [`SMALL_SAMPLE`] patients.
    FewPatients,
    /// More patients, but fewer than [`FEW_EVENTS`] events in a group.
    FewEvents,
}

/// At most so many patients: the permutation test is shown beside the log-rank test.
///
/// The two limits are ours. At 7 v 7 the asymptotic test rejects a true null hypothesis at 0.05 in 6–8 % of
/// samples; Heimann & Neuhaus (1998), Biometrics 54:168, find the like for unequal groups with few events.
pub const SMALL_SAMPLE: usize = 50;

/// Fewer events than this in a group: the permutation test is shown beside the log-rank test.
pub const FEW_EVENTS: usize = 10;

/// With more patients than this a Monte Carlo permutation test takes too long for a page.
const PERMUTATION_LIMIT: usize = 1000;

/// Runs a survival analysis.
///
/// **Conventions.** Subjects without the endpoint or the group are left out and listed. Groups without
/// subjects have no arm. Rates beyond the last follow-up are `None` unless the curve has reached 0.
pub fn survival(
    cohort: &Cohort,
    options: &SurvivalOptions,
    count: Count<'_>,
) -> Result<SurvivalOutcome, AnalysisError> {
    survival_of(
        cohort,
        endpoint_data(cohort, options.endpoint)?,
        options,
        count,
    )
}

/// The same of an endpoint that need not be the cohort's own.
pub(super) fn survival_of(
    cohort: &Cohort,
    data: &EndpointData,
    options: &SurvivalOptions,
    count: Count<'_>,
) -> Result<SurvivalOutcome, AnalysisError> {
    check_options(options)?;
    let sample = Sample::of(cohort, data, options)?;
    let rules = cohort.rules();
    let mut options = options.clone();
    let longest = sample.time.iter().copied().fold(0.0, f64::max);
    landmarks::fill(&mut options.landmarks, longest, sample.unit, rules);
    let times: Vec<f64> = (options.landmarks.iter())
        .map(|&shown| rules.in_unit(shown, sample.unit))
        .collect();
    let overall = arm(None, &sample.time, &sample.event, &times, &options);
    let (arms, comparison) = match &sample.groups {
        None => (vec![overall.clone()], None),
        Some(groups) => {
            let arms = arms(&sample, groups, &times, &options);
            let comparison =
                (arms.len() > 1).then(|| compare(&sample, groups, &arms, &options, count));
            (arms, comparison)
        }
    };
    Ok(SurvivalOutcome {
        options,
        unit: sample.unit,
        rules,
        arms,
        overall,
        comparison,
        exclusions: sample.exclusions,
        empty_groups: sample.groups.map(|groups| groups.empty).unwrap_or_default(),
        definition: sample.definition,
    })
}

pub(super) fn check_options(options: &SurvivalOptions) -> Result<(), AnalysisError> {
    check_level(options.conf_level)?;
    for &landmark in &options.landmarks {
        check(
            "landmarks",
            landmark,
            landmark.is_finite() && landmark >= 0.0,
        )?;
    }
    check(
        "draws",
        options.draws.into(),
        (1_000..=10_000_000).contains(&options.draws),
    )
}

/// The analysed subjects as vectors, and who is not among them.
struct Sample {
    time: Vec<f64>,
    event: Vec<bool>,
    groups: Option<Groups>,
    unit: TimeUnit,
    exclusions: Vec<Exclusion>,
    definition: EndpointDefinition,
}

impl Sample {
    fn of(
        cohort: &Cohort,
        data: &EndpointData,
        options: &SurvivalOptions,
    ) -> Result<Self, AnalysisError> {
        let factor = factor(cohort, options.group.as_deref())?;
        let level = |i: usize| factor.and_then(|factor| factor.values[i]);
        let sample = EndpointSample::from(cohort, data, |i| {
            let column = factor.filter(|_| level(i).is_none())?.column.clone();
            Some(ExclusionReason::NoGroup { column })
        })?;
        let levels = sample.subjects.iter().filter_map(|&i| level(i)).collect();
        Ok(Self {
            groups: factor
                .map(|factor| Groups::new(factor, levels))
                .transpose()?,
            time: sample.time,
            event: sample.event,
            unit: sample.unit,
            exclusions: sample.exclusions,
            definition: sample.definition,
        })
    }
}

fn arms(
    sample: &Sample,
    groups: &Groups,
    landmarks: &[f64],
    options: &SurvivalOptions,
) -> Vec<SurvivalArm> {
    let mut parts = vec![(Vec::new(), Vec::new()); groups.labels.len()];
    for (i, &group) in groups.of.iter().enumerate() {
        parts[group].0.push(sample.time[i]);
        parts[group].1.push(sample.event[i]);
    }
    (groups.labels.iter().zip(&parts))
        .map(|(label, (time, event))| arm(Some(label), time, event, landmarks, options))
        .collect()
}

fn arm(
    label: Option<&String>,
    time: &[f64],
    event: &[bool],
    landmarks: &[f64],
    options: &SurvivalOptions,
) -> SurvivalArm {
    let data = FollowUp::new(time, event)
        .expect("a cohort's times are finite and not negative, and no arm is empty");
    let curve = kaplan_meier(&data, options.conf_type, options.conf_level);
    let n_event = event.iter().filter(|&&event| event).count();
    SurvivalArm {
        label: label.cloned(),
        n: time.len(),
        n_event,
        n_censor: time.len() - n_event,
        quantiles: PROBABILITIES.map(|p| curve.quantile(p)).to_vec(),
        rates: landmarks.iter().map(|&time| rate(&curve, time)).collect(),
        follow_up: median_follow_up(&data, options.conf_type, options.conf_level),
        curve: Arc::new(curve),
    }
}

pub(super) fn rate(curve: &SurvivalCurve, time: f64) -> Rate {
    let at = curve.landmark(time);
    Rate {
        time,
        n_risk: at.n_risk.round() as usize,
        estimate: at.survival,
        conf_low: at.conf_low,
        conf_high: at.conf_high,
    }
}

fn compare(
    sample: &Sample,
    groups: &Groups,
    arms: &[SurvivalArm],
    options: &SurvivalOptions,
    count: Count<'_>,
) -> SurvivalComparison {
    let (time, event, of, k) = (&sample.time, &sample.event, &groups.of, arms.len());
    let small = small_sample(time.len(), arms);
    SurvivalComparison {
        log_rank: log_rank(time, event, of, k),
        small,
        permutation: small.and_then(|_| {
            permutation_log_rank(time, event, of, k, options.draws, options.seed, count)
        }),
        pairwise: if k > 2 {
            pairwise_log_rank(time, event, of, k)
        } else {
            Vec::new()
        },
        cox: (k == 2)
            .then(|| {
                let covariate = of.iter().map(|&group| group as f64).collect();
                let fit = cox(time, event, &[covariate], Ties::Efron, options.conf_level);
                fit.ok().map(Box::new)
            })
            .flatten(),
        curves_cross: (0..k)
            .any(|i| (0..i).any(|j| crossing(&arms[i].curve, &arms[j].curve).is_some())),
    }
}

fn small_sample(patients: usize, arms: &[SurvivalArm]) -> Option<SmallSample> {
    if patients <= SMALL_SAMPLE {
        Some(SmallSample::FewPatients)
    } else if patients <= PERMUTATION_LIMIT && arms.iter().any(|arm| arm.n_event < FEW_EVENTS) {
        Some(SmallSample::FewEvents)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::cohort;
    use super::*;
    use crate::cohort::{MonthLength, Reason, Subject};
    use crate::stats::Arrangements;

    fn run(cohort: &Cohort, options: SurvivalOptions) -> Result<SurvivalOutcome, AnalysisError> {
        survival(cohort, &options, &mut Arrangements::count)
    }

    fn by_group() -> SurvivalOptions {
        SurvivalOptions {
            group: Some("PD-L1".to_owned()),
            ..SurvivalOptions::default()
        }
    }

    /// Times 1, 2, … in two groups in turn, all events.
    fn alternating(n: usize) -> Cohort {
        let rows: Vec<_> = (0..n)
            .map(|i| (Some((i + 1) as f64), true, Some(i % 2)))
            .collect();
        cohort(&rows, &["A", "B"])
    }

    #[test]
    fn subjects_without_endpoint_or_group_are_left_out_and_named() {
        let cohort = cohort(
            &[
                (Some(5.0), true, Some(0)),
                (None, false, Some(0)),
                (Some(7.0), false, None),
                (None, false, None),
                (Some(9.0), true, Some(2)),
            ],
            &["A", "B", "C"],
        );
        let outcome = run(&cohort, by_group()).unwrap();
        let who = |id: &str, row| Subject {
            id: Some(id.to_owned()),
            row,
        };
        assert_eq!(
            outcome.exclusions,
            [
                Exclusion {
                    reason: ExclusionReason::Endpoint {
                        reason: Reason::NoValue
                    },
                    subjects: vec![who("P02", 3), who("P04", 5)],
                },
                Exclusion {
                    reason: ExclusionReason::NoGroup {
                        column: "PD-L1".to_owned()
                    },
                    subjects: vec![who("P03", 4)],
                },
            ]
        );
        assert_eq!(outcome.empty_groups, ["B"]);
        let arms: Vec<_> = (outcome.arms.iter())
            .map(|arm| (arm.label.as_deref(), arm.n))
            .collect();
        assert_eq!(arms, [(Some("A"), 1), (Some("C"), 1)]);
        assert_eq!(outcome.overall.n, 2);
        assert_eq!(
            outcome.definition,
            EndpointDefinition::Given { deaths_known: true }
        );
    }

    #[test]
    fn one_group_with_patients_is_not_compared() {
        let cohort = cohort(&[(Some(5.0), true, Some(1))], &["A", "B"]);
        let outcome = run(&cohort, by_group()).unwrap();
        assert_eq!(outcome.arms.len(), 1);
        assert_eq!(outcome.comparison, None);
    }

    #[test]
    fn landmarks_in_months_are_read_at_their_exact_day() {
        // Six months are 182.625 days: an event on day 182 counts, one on day 183 does not.
        let cohort = cohort(
            &[
                (Some(182.0), true, None),
                (Some(183.0), true, None),
                (Some(400.0), false, None),
                (Some(500.0), false, None),
            ],
            &[],
        );
        let options = SurvivalOptions {
            landmarks: vec![24.0, 6.0],
            ..SurvivalOptions::default()
        };
        let outcome = run(&cohort, options).unwrap();
        assert_eq!(outcome.options.landmarks, [6.0, 24.0]);
        let rates = &outcome.overall.rates;
        assert_eq!(rates[0].time, 182.625);
        assert_eq!((rates[0].estimate, rates[0].n_risk), (Some(0.75), 3));
        assert_eq!((rates[1].estimate, rates[1].n_risk), (None, 0));
    }

    #[test]
    fn a_landmark_converted_to_the_unit_of_the_data_meets_its_time() {
        let days_of_months = TimeRules {
            display: TimeUnit::Days,
            month: MonthLength::Average,
            ..TimeRules::default()
        };
        for month in [1.1, 2.3, 5.9, 6.0, 7.7] {
            let mut cohort = cohort(&[(Some(month), true, None), (Some(9.0), true, None)], &[]);
            cohort.rules = days_of_months;
            cohort.endpoints[0].unit = TimeUnit::Months;
            let options = SurvivalOptions {
                landmarks: vec![month * 30.4375],
                ..SurvivalOptions::default()
            };
            let rate = run(&cohort, options).unwrap().overall.rates[0].clone();
            assert_eq!((rate.estimate, rate.n_risk), (Some(0.5), 2), "{month}");
        }
    }

    #[test]
    fn a_curve_that_has_reached_zero_is_zero_ever_after() {
        let cohort = cohort(&[(Some(40.0), true, None), (Some(50.0), true, None)], &[]);
        let options = SurvivalOptions {
            landmarks: vec![0.0, 1.0, 24.0],
            ..SurvivalOptions::default()
        };
        let rates = run(&cohort, options).unwrap().overall.rates;
        let estimates: Vec<_> = rates.iter().map(|rate| rate.estimate).collect();
        assert_eq!(estimates, [Some(1.0), Some(1.0), Some(0.0)]);
        assert_eq!(rates[0].conf_low, None);
    }

    #[test]
    fn the_permutation_test_stands_beside_the_log_rank_test_of_small_samples_only() {
        let patients = Some(SmallSample::FewPatients);
        for (n, expected) in [(14, patients), (50, patients), (52, None)] {
            let comparison = run(&alternating(n), by_group()).unwrap().comparison;
            let comparison = comparison.unwrap();
            assert_eq!(comparison.small, expected, "{n}");
            assert_eq!(comparison.permutation.is_some(), expected.is_some(), "{n}");
        }
        // 60 patients, 9 events in the second group.
        let rows: Vec<_> = (0..60)
            .map(|i| (Some(i as f64), i < 40 || i % 2 == 0 || i == 41, Some(i % 2)))
            .map(|(time, event, group)| {
                (
                    time,
                    event && !(group == Some(1) && time > Some(17.0)),
                    group,
                )
            })
            .collect();
        let few = run(&cohort(&rows, &["A", "B"]), by_group()).unwrap();
        assert_eq!(few.arms[1].n_event, 9);
        let comparison = few.comparison.unwrap();
        assert_eq!(comparison.small, Some(SmallSample::FewEvents));
        assert!(comparison.permutation.is_some());
    }

    #[test]
    fn seven_against_seven_are_looked_at_in_every_arrangement() {
        let comparison = run(&alternating(14), by_group()).unwrap().comparison;
        assert_eq!(
            comparison.unwrap().permutation.unwrap().method,
            crate::stats::PermutationMethod::Exact { arrangements: 3432 }
        );
    }

    #[test]
    fn separation_is_said_and_gives_no_hazard_ratio() {
        let rows: Vec<_> = (1..=14)
            .map(|i| (Some(f64::from(i)), i <= 7, Some(usize::from(i > 7))))
            .collect();
        let comparison = run(&cohort(&rows, &["A", "B"]), by_group())
            .unwrap()
            .comparison
            .unwrap();
        let cox = comparison.cox.unwrap();
        assert!(cox.separation);
        assert_eq!(cox.terms[0].hazard_ratio, None);
        assert!(comparison.log_rank.p_value.unwrap() < 2e-4);
    }

    #[test]
    fn curves_that_trade_places_clearly_cross_and_others_do_not() {
        // A: half die early, the rest live long; B: nobody dies early, everybody in the middle.
        let mut rows = Vec::new();
        for i in 0..20 {
            let a = if i < 10 { 10.0 + f64::from(i) } else { 500.0 };
            rows.push((Some(a), i < 10, Some(0)));
            rows.push((Some(200.0 + f64::from(i)), true, Some(1)));
        }
        let crossing = run(&cohort(&rows, &["A", "B"]), by_group()).unwrap();
        assert!(crossing.comparison.unwrap().curves_cross);
        let alike = run(&alternating(60), by_group()).unwrap();
        assert!(!alike.comparison.unwrap().curves_cross);
    }

    #[test]
    fn eleven_groups_are_refused_and_ten_compared() {
        let labels: Vec<String> = (0..11).map(|i| i.to_string()).collect();
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        let rows = |k: usize| -> Vec<_> {
            (0..2 * k)
                .map(|i| (Some(i as f64), true, Some(i % k)))
                .collect()
        };
        assert_eq!(
            run(&cohort(&rows(11), &labels), by_group()),
            Err(AnalysisError::TooManyGroups {
                column: "PD-L1".to_owned(),
                groups: 11,
                limit: 10
            })
        );
        let ten = run(&cohort(&rows(10), &labels), by_group()).unwrap();
        assert_eq!(ten.comparison.unwrap().pairwise.len(), 45);
    }

    #[test]
    fn options_out_of_range_are_refused_with_their_value() {
        let cohort = alternating(4);
        let refused = |options| match run(&cohort, options) {
            Err(AnalysisError::OutOfRange { option, value }) => (option, value),
            other => panic!("{other:?}"),
        };
        let level = SurvivalOptions {
            conf_level: 95.0,
            ..SurvivalOptions::default()
        };
        assert_eq!(refused(level), ("conf_level".to_owned(), "95".to_owned()));
        let landmark = SurvivalOptions {
            landmarks: vec![6.0, -1.0],
            ..SurvivalOptions::default()
        };
        assert_eq!(refused(landmark), ("landmarks".to_owned(), "-1".to_owned()));
    }

    #[test]
    fn nobody_left_is_an_error() {
        let cohort = cohort(&[(None, false, None)], &[]);
        assert_eq!(
            run(&cohort, SurvivalOptions::default()),
            Err(AnalysisError::NoSubjects)
        );
        let os = SurvivalOptions {
            endpoint: Endpoint::Os,
            ..SurvivalOptions::default()
        };
        assert_eq!(
            run(&cohort, os),
            Err(AnalysisError::NoEndpoint {
                endpoint: Endpoint::Os
            })
        );
    }
}
