//! Best response: counts, ORR and DCR.

use serde::{Deserialize, Serialize};

use super::{AnalysisError, Exclusion};
use crate::cohort::{BestResponse, Cohort};
use crate::stats::{Difference, FisherTest, Proportion, ProportionMethod};

/// Options of a response analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ResponseOptions {
    /// Heading of the grouping column; overall only when `None`.
    pub group: Option<String>,
    /// Interval of the rates.
    pub method: ProportionMethod,
    /// Confidence level, 0.5 to 0.999.
    pub conf_level: f64,
    /// Show the rates among evaluable patients beside those among all.
    pub evaluable: bool,
}

impl Default for ResponseOptions {
    fn default() -> Self {
        Self {
            group: None,
            method: ProportionMethod::ClopperPearson,
            conf_level: 0.95,
            evaluable: false,
        }
    }
}

/// Result of a response analysis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseOutcome {
    /// The options that were used.
    pub options: ResponseOptions,
    /// One arm a group in display order; empty when overall only.
    pub arms: Vec<ResponseArm>,
    /// All analysed subjects.
    pub overall: ResponseArm,
    /// Comparison of ORR and DCR between the groups, when there are two or more.
    pub comparison: Option<ResponseComparison>,
    /// Subjects left out.
    pub exclusions: Vec<Exclusion>,
}

/// Counts and rates of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseArm {
    /// Label of the level; `None` when overall.
    pub label: Option<String>,
    /// Subjects: all treated, missing and NE included.
    pub n: usize,
    /// How many had each best response, in the order of [`BestResponse`].
    pub counts: Vec<(BestResponse, usize)>,
    /// Objective response rate (CR + PR).
    pub orr: Proportion,
    /// Disease control rate (CR + PR + SD + non-CR/non-PD).
    pub dcr: Proportion,
    /// ORR among evaluable subjects, if asked for and there are any.
    pub orr_evaluable: Option<Proportion>,
    /// DCR among evaluable subjects, if asked for and there are any.
    pub dcr_evaluable: Option<Proportion>,
}

/// Comparison of response rates between groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseComparison {
    /// Fisher's exact test of ORR.
    pub orr_fisher: FisherTest,
    /// Fisher's exact test of DCR.
    pub dcr_fisher: FisherTest,
    /// ORR of the second group minus the first, for two groups.
    pub orr_difference: Option<Difference>,
    /// DCR of the second group minus the first, for two groups.
    pub dcr_difference: Option<Difference>,
}

/// Runs a response analysis.
pub fn response(
    cohort: &Cohort,
    options: &ResponseOptions,
) -> Result<ResponseOutcome, AnalysisError> {
    todo!("{} {options:?}", cohort.subjects().len())
}
