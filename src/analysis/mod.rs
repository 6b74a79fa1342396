//! A [`Cohort`](crate::cohort::Cohort) and an [`Analysis`] into an [`Outcome`]: estimates with labels, counts and exclusions.
//!
//! No sentence is made here and nothing is rounded; what cannot be estimated is `None`.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use crate::cohort::{Cohort, Subject};
use crate::stats::Count;

mod baseline;
mod case;
mod comparison;
mod comparison_form;
mod competing;
mod competing_form;
mod competing_models;
mod cox;
mod cut_point;
mod first;
mod flow;
mod follow_up;
mod form;
mod form_cox;
mod form_cox_more;
mod form_cut_point;
mod form_patient_course;
mod form_response;
mod frequency;
mod groups;
mod landmarks;
mod patient_course;
mod response;
mod response_source;
mod safety;
#[cfg(test)]
pub(crate) mod sample;
mod selection;
mod sensitivity;
mod sensitivity_form;
mod steps;
mod subgroups;
mod survival;
mod survival_figure;

pub use baseline::*;
pub use comparison::*;
pub use competing::*;
pub use competing_models::*;
pub use cox::*;
pub use cut_point::*;
pub use first::{Planned, all_analyses, first_analyses};
pub use flow::*;
pub use form::*;
pub use frequency::*;
pub use groups::*;
pub use patient_course::*;
pub use response::*;
pub use response_source::*;
pub use safety::*;
pub use selection::GROUP_LIMIT;
pub use sensitivity::*;
pub use subgroups::*;
pub use survival::*;
pub use survival_figure::*;
// The estimates inside the outcomes.
pub use crate::stats::{
    Adjustment, ArrangementCounts, Arrangements, Concordance, ConfType, Counts, CoxTerm,
    CoxTermStatus, CoxTest, CumulativeIncidence, CutPointStatistic, Difference, DifferenceMethod,
    DifferenceStep, FisherTest, IncidenceRate, IncidenceStep, LogRank, LogRankTrend,
    MaximalLogRank, OddsMethod, PermutationMethod, PermutationTest, PredictedCurve, PredictedStep,
    Probability, Proportion, ProportionMethod, ProportionalityTerm, ProportionalityTest, Quantile,
    QuantileType, Ratio, RatioMethod, Rmst, RmstComparison, RmstContrast, SmoothPoint,
    SplineEffect, SplinePoint, Summary, SurvivalCurve, SurvivalDifference, Ties, TimeTransform,
};

/// What to compute, with every option. The saved study is a mapping and a list of these.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Analysis {
    /// Kaplan-Meier curves, medians, rates, log-rank tests and hazard ratio of one endpoint.
    Survival(SurvivalOptions),
    /// Counts of best response, ORR, DCR and CBR.
    Response(ResponseOptions),
    /// Counts and percentages of the values of a column.
    Frequency(FrequencyOptions),
    /// Cumulative incidence of events that compete, with Gray's test and the hazard ratios.
    Competing(CompetingOptions),
    /// A column compared between groups, or between two answers of the same patients.
    Groups(GroupsOptions),
    /// Weighted log-rank tests, restricted means and differences at fixed times between groups.
    Comparison(ComparisonOptions),
    /// One endpoint under several rules of censoring.
    Sensitivity(SensitivityOptions),
    /// Cox models: each covariate by itself and all together.
    Cox(CoxOptions),
    /// The effect of one two-level factor within the levels of others.
    Subgroups(SubgroupsOptions),
    /// Groups by the cut-points of a number, and the spline of its log hazard.
    CutPoint(CutPointOptions),
    /// How the tumours changed: waterfall and spider plot, every assessment with its reason.
    Tumours(TumoursOptions),
    /// Swimmer plot: treatment, response, progression and death patient by patient.
    Swimmer(SwimmerOptions),
    /// Table 1: who the patients are, overall and by group.
    Baseline(BaselineOptions),
    /// Patient flow: screened, left out with reasons, analysed.
    Flow(FlowOptions),
    /// Adverse events by worst grade, time to the first severe one and rates by exposure.
    Safety(SafetyOptions),
}

/// The result of one [`Analysis`], at full precision.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Outcome {
    /// See [`Analysis::Survival`].
    Survival(SurvivalOutcome),
    /// See [`Analysis::Response`].
    Response(ResponseOutcome),
    /// See [`Analysis::Frequency`].
    Frequency(FrequencyOutcome),
    /// See [`Analysis::Competing`].
    Competing(CompetingOutcome),
    /// See [`Analysis::Groups`].
    Groups(Box<GroupsOutcome>),
    /// See [`Analysis::Comparison`].
    Comparison(ComparisonOutcome),
    /// See [`Analysis::Sensitivity`].
    Sensitivity(Box<SensitivityOutcome>),
    /// See [`Analysis::Cox`].
    Cox(Box<CoxOutcome>),
    /// See [`Analysis::Subgroups`].
    Subgroups(SubgroupsOutcome),
    /// See [`Analysis::CutPoint`].
    CutPoint(CutPointOutcome),
    /// See [`Analysis::Tumours`].
    Tumours(TumoursOutcome),
    /// See [`Analysis::Swimmer`].
    Swimmer(SwimmerOutcome),
    /// See [`Analysis::Baseline`].
    Baseline(BaselineOutcome),
    /// See [`Analysis::Flow`].
    Flow(FlowOutcome),
    /// See [`Analysis::Safety`].
    Safety(SafetyOutcome),
}

/// Subjects that an analysis leaves out, with the reason; printed under its table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exclusion {
    /// Why.
    pub reason: ExclusionReason,
    /// Who.
    pub subjects: Vec<Subject>,
}

/// Why a subject is not analysed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum ExclusionReason {
    /// The endpoint could not be derived.
    Endpoint {
        /// The rule that says why.
        reason: crate::cohort::Reason,
    },
    /// The grouping column is missing.
    NoGroup {
        /// Its heading.
        column: String,
    },
    /// The subject was not followed beyond the landmark from which times count.
    NotAtLandmark,
    /// No assessment of the tumour, or no start to count from.
    NotAssessed,
    /// A covariate of the multivariable model is missing.
    NoCovariate {
        /// Its heading.
        column: String,
    },
    /// A covariate of the adjusted restricted means is missing.
    NotAdjusted {
        /// Its heading.
        column: String,
    },
    /// The weight is missing.
    NoWeight {
        /// Heading of its column.
        column: String,
    },
    /// The weight is 0 or less.
    WeightNotPositive {
        /// Heading of its column.
        column: String,
    },
    /// The time of coming under observation is missing.
    NoEntry {
        /// Heading of its column.
        column: String,
    },
    /// The subject came under observation before the start.
    EarlyEntry {
        /// Heading of the column of entries.
        column: String,
    },
    /// The subject came under observation when its follow-up had ended.
    LateEntry {
        /// Heading of the column of entries.
        column: String,
    },
    /// The number that is cut is missing.
    NoNumber {
        /// Heading of its column.
        column: String,
    },
    /// The person left the row out of everything.
    ByPerson,
    /// The sheet of therapies has no therapy of the subject.
    NotTreated,
    /// How long the subject was exposed to the treatment is not known.
    NoExposure,
    /// The adverse event that is looked for has no date.
    NoOnset,
}

/// Why an analysis cannot be run.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum AnalysisError {
    /// The endpoint's columns are not mapped.
    #[error("the columns of {endpoint:?} are not mapped")]
    NoEndpoint {
        /// The endpoint.
        endpoint: crate::cohort::Endpoint,
    },
    /// Neither dates of progression and death nor a column of causes are mapped.
    #[error("no events that compete are mapped")]
    NoCompeting,
    /// The event of interest is not among those that compete.
    #[error("{cause} is not one of the competing events")]
    NoCause {
        /// What was asked for.
        cause: String,
    },
    /// No sheet of adverse events is mapped.
    #[error("no adverse events are mapped")]
    NoAdverseEvents,
    /// No column is mapped to best response.
    #[error("no column is mapped to best response")]
    NoResponse,
    /// No sheet of tumour assessments is mapped.
    #[error("no sheet of tumour assessments is mapped")]
    NoAssessments,
    /// No rules of censoring are chosen.
    #[error("no rules of censoring are chosen")]
    NoRules,
    /// The times of the endpoint do not depend on the rules of censoring.
    #[error("{endpoint:?} is the same by all rules of censoring")]
    OneRule {
        /// The endpoint.
        endpoint: crate::cohort::Endpoint,
    },
    /// The grouping column is not mapped.
    #[error("{column} is not a grouping column")]
    NoGroup {
        /// Its heading.
        column: String,
    },
    /// Fewer than two groups have subjects.
    #[error("{column} has patients in one group only")]
    OneGroup {
        /// Its heading.
        column: String,
    },
    /// The column is not mapped to be counted.
    #[error("{column} is not a column to count")]
    NotCounted {
        /// Its heading.
        column: String,
    },
    /// The same column makes the groups and the strata, within which nothing is left to compare.
    #[error("{column} makes both the groups and the strata")]
    GroupIsStratum {
        /// Its heading.
        column: String,
    },
    /// A column is asked to be compared with itself.
    #[error("{column} cannot be compared with itself")]
    SameColumn {
        /// Its heading.
        column: String,
    },
    /// Two columns that are to be paired do not share the same two values.
    #[error("{first} and {second} do not have the same two values")]
    NotPaired {
        /// Heading of the first.
        first: String,
        /// Heading of the second.
        second: String,
    },
    /// A column that does not divide the patients in two.
    #[error("{column} has {groups} groups; an effect needs two")]
    NotTwoGroups {
        /// Heading.
        column: String,
        /// How many it has.
        groups: usize,
    },
    /// No covariate was chosen.
    #[error("no covariate is chosen")]
    NoCovariates,
    /// No column was chosen to describe the patients by.
    #[error("no column is chosen")]
    NoColumns,
    /// The column is mapped neither to groups nor to numbers at the start.
    #[error("{column} is not a covariate")]
    NotACovariate {
        /// Its heading.
        column: String,
    },
    /// No value divides the patients.
    #[error("no value of {column} divides the patients")]
    NoCutPoint {
        /// Heading.
        column: String,
    },
    /// A number that has no logarithm.
    #[error("{column} has the value {value}, which has no logarithm")]
    NotPositive {
        /// Heading.
        column: String,
        /// The value.
        value: String,
    },
    /// More groups than a figure or a test can hold.
    #[error("{column} has {groups} groups; at most {limit} can be compared")]
    TooManyGroups {
        /// Heading.
        column: String,
        /// How many it has.
        groups: usize,
        /// The limit.
        limit: usize,
    },
    /// Every subject was excluded.
    #[error("no patients are left to analyse")]
    NoSubjects,
    /// An option out of its range.
    #[error("{option} = {value} is out of range")]
    OutOfRange {
        /// Name of the option.
        option: String,
        /// Its value.
        value: String,
    },
}

/// Seed of whatever is drawn, until the person chooses another; that of simulated tables always.
pub const SEED: u64 = 20240630;

/// Arrangements of fewer steps are counted here: in a fifth of a second, about twice what helpers take to start.
const WORTH_SHARING: f64 = 6e7;

/// Called with the share done (0 to 1) by analyses that can take more than a second.
pub type Progress<'a> = &'a mut dyn FnMut(f64);

/// Runs one analysis on a cohort.
pub fn run(
    cohort: &Cohort,
    analysis: &Analysis,
    progress: Progress<'_>,
) -> Result<Outcome, AnalysisError> {
    // Counts and models report to the same listener, never at once.
    let listener = RefCell::new(progress);
    let mut count = |work: &Arrangements| work.part(0, 1, &mut **listener.borrow_mut());
    let mut tell = |share| listener.borrow_mut()(share);
    run_counting(cohort, analysis, &mut count, &mut tell)
}

/// Runs one analysis whose long counts may be shared out.
///
/// Without `parts`, gives back what is worth sharing; the outcome means nothing then. Each of the `parts` holds the
/// counts of every one of these, in their order. All others are counted here.
pub fn run_shared(
    cohort: &Cohort,
    analysis: &Analysis,
    parts: &[Vec<ArrangementCounts>],
    progress: Progress<'_>,
) -> Result<(Outcome, Vec<Arrangements>), AnalysisError> {
    let listener = RefCell::new(progress);
    let (mut wanted, mut at) = (Vec::new(), 0);
    let mut count = |work: &Arrangements| {
        if work.steps() < WORTH_SHARING {
            return work.part(0, 1, &mut **listener.borrow_mut());
        }
        if parts.is_empty() {
            wanted.push(work.clone());
        }
        at += 1;
        (parts.iter().filter_map(|part| part.get(at - 1)))
            .fold(work.none(), ArrangementCounts::merge)
    };
    let mut tell = |share| listener.borrow_mut()(share);
    let outcome = run_counting(cohort, analysis, &mut count, &mut tell)?;
    Ok((outcome, wanted))
}

/// Runs one analysis; `count` counts the arrangements of permutation tests.
fn run_counting(
    cohort: &Cohort,
    analysis: &Analysis,
    count: Count<'_>,
    progress: Progress<'_>,
) -> Result<Outcome, AnalysisError> {
    match analysis {
        Analysis::Survival(options) => survival(cohort, options, count).map(Outcome::Survival),
        Analysis::Response(options) => response(cohort, options).map(Outcome::Response),
        Analysis::Frequency(options) => frequency(cohort, options).map(Outcome::Frequency),
        Analysis::Competing(options) => {
            competing(cohort, options, progress).map(Outcome::Competing)
        }
        Analysis::Groups(options) => {
            groups(cohort, options).map(|outcome| Outcome::Groups(Box::new(outcome)))
        }
        Analysis::Comparison(options) => {
            comparison(cohort, options, count).map(Outcome::Comparison)
        }
        Analysis::Sensitivity(options) => {
            let outcome = sensitivity(cohort, options, count)?;
            Ok(Outcome::Sensitivity(Box::new(outcome)))
        }
        Analysis::Cox(options) => {
            cox_models(cohort, options, progress).map(|outcome| Outcome::Cox(Box::new(outcome)))
        }
        Analysis::Subgroups(options) => {
            subgroups(cohort, options, progress).map(Outcome::Subgroups)
        }
        Analysis::Tumours(options) => tumours(cohort, options).map(Outcome::Tumours),
        Analysis::Swimmer(options) => swimmer(cohort, options).map(Outcome::Swimmer),
        Analysis::CutPoint(options) => cut_points(cohort, options, count).map(Outcome::CutPoint),
        Analysis::Baseline(options) => baseline(cohort, options).map(Outcome::Baseline),
        Analysis::Flow(options) => flow(cohort, options).map(Outcome::Flow),
        Analysis::Safety(options) => safety(cohort, options).map(Outcome::Safety),
    }
}
