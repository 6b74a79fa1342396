//! Best response: counts, ORR and DCR.

use serde::{Deserialize, Serialize};

use super::selection::{Exclusions, Groups, check_level, factor};
use super::{AnalysisError, Exclusion, ExclusionReason, SEED};
use crate::cohort::{BestResponse, Cohort};
use crate::stats::{
    Difference, FisherTest, Proportion, ProportionMethod, fisher_exact, newcombe, proportion,
};

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
    /// Labels of the groups without analysed subjects: they have no arm.
    pub empty_groups: Vec<String>,
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

/// Every best response in the order of the reporting tables.
const RESPONSES: [BestResponse; 7] = [
    BestResponse::Cr,
    BestResponse::Pr,
    BestResponse::Sd,
    BestResponse::NonCrNonPd,
    BestResponse::Pd,
    BestResponse::Ne,
    BestResponse::Missing,
];

/// Runs a response analysis.
///
/// **Conventions.** The denominator is all subjects: not evaluable and missing count as non-responders.
/// Evaluable are those with another response than these two. Differences are second group minus first.
pub fn response(
    cohort: &Cohort,
    options: &ResponseOptions,
) -> Result<ResponseOutcome, AnalysisError> {
    check_level(options.conf_level)?;
    let responses = cohort.responses().ok_or(AnalysisError::NoResponse)?;
    let factor = factor(cohort, options.group.as_deref())?;
    let mut exclusions = Exclusions::of(cohort);
    let (mut counted, mut levels) = (Vec::with_capacity(responses.len()), Vec::new());
    for (i, (subject, &best)) in cohort.subjects().iter().zip(responses).enumerate() {
        if let Some(factor) = factor {
            let Some(level) = factor.values[i] else {
                let column = factor.column.clone();
                exclusions.add(ExclusionReason::NoGroup { column }, subject);
                continue;
            };
            levels.push(level);
        }
        counted.push(best);
    }
    if counted.is_empty() {
        return Err(AnalysisError::NoSubjects);
    }
    let groups = factor
        .map(|factor| Groups::new(factor, levels))
        .transpose()?;
    let (arms, empty_groups) = match groups {
        None => (Vec::new(), Vec::new()),
        Some(groups) => (arms(&counted, &groups, options), groups.empty),
    };
    Ok(ResponseOutcome {
        options: options.clone(),
        comparison: (arms.len() > 1).then(|| compare(&arms, options.conf_level)),
        arms,
        overall: arm(None, counted.into_iter(), options),
        exclusions: exclusions.into_vec(),
        empty_groups,
    })
}

fn arms(
    responses: &[BestResponse],
    groups: &Groups,
    options: &ResponseOptions,
) -> Vec<ResponseArm> {
    (groups.labels.iter().enumerate())
        .map(|(group, label)| {
            let members = (responses.iter().zip(&groups.of))
                .filter_map(|(&best, &of)| (of == group).then_some(best));
            arm(Some(label), members, options)
        })
        .collect()
}

fn arm(
    label: Option<&String>,
    responses: impl Iterator<Item = BestResponse>,
    options: &ResponseOptions,
) -> ResponseArm {
    let mut counts: Vec<(BestResponse, usize)> = RESPONSES.iter().map(|&best| (best, 0)).collect();
    for best in responses {
        if let Some(count) = counts.iter_mut().find(|count| count.0 == best) {
            count.1 += 1;
        }
    }
    let total = |is: fn(BestResponse) -> bool| -> usize {
        (counts.iter())
            .filter_map(|&(best, count)| is(best).then_some(count))
            .sum()
    };
    let (n, evaluable) = (total(|_| true), total(is_evaluable));
    let rate = |count, n| proportion(count, n, options.method, options.conf_level);
    let among_evaluable = options.evaluable && evaluable > 0;
    let (responders, controlled) = (total(is_response), total(is_control));
    ResponseArm {
        label: label.cloned(),
        n,
        orr: rate(responders, n),
        dcr: rate(controlled, n),
        orr_evaluable: among_evaluable.then(|| rate(responders, evaluable)),
        dcr_evaluable: among_evaluable.then(|| rate(controlled, evaluable)),
        counts,
    }
}

fn is_response(best: BestResponse) -> bool {
    match best {
        BestResponse::Cr | BestResponse::Pr => true,
        BestResponse::Sd
        | BestResponse::NonCrNonPd
        | BestResponse::Pd
        | BestResponse::Ne
        | BestResponse::Missing => false,
    }
}

fn is_control(best: BestResponse) -> bool {
    match best {
        BestResponse::Cr | BestResponse::Pr | BestResponse::Sd | BestResponse::NonCrNonPd => true,
        BestResponse::Pd | BestResponse::Ne | BestResponse::Missing => false,
    }
}

fn is_evaluable(best: BestResponse) -> bool {
    match best {
        BestResponse::Cr
        | BestResponse::Pr
        | BestResponse::Sd
        | BestResponse::NonCrNonPd
        | BestResponse::Pd => true,
        BestResponse::Ne | BestResponse::Missing => false,
    }
}

fn compare(arms: &[ResponseArm], conf_level: f64) -> ResponseComparison {
    let fisher = |rate: fn(&ResponseArm) -> &Proportion| {
        let table: Vec<(usize, usize)> = (arms.iter().map(rate))
            .map(|rate| (rate.count, rate.n - rate.count))
            .collect();
        fisher_exact(&table, SEED)
    };
    let difference = |rate: fn(&ResponseArm) -> &Proportion| match arms {
        [first, second] => {
            let (first, second) = (rate(first), rate(second));
            newcombe((first.count, first.n), (second.count, second.n), conf_level)
        }
        _ => None,
    };
    ResponseComparison {
        orr_fisher: fisher(|arm| &arm.orr),
        dcr_fisher: fisher(|arm| &arm.dcr),
        orr_difference: difference(|arm| &arm.orr),
        dcr_difference: difference(|arm| &arm.dcr),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::responses;
    use super::*;

    use BestResponse::{Cr, Missing, Ne, NonCrNonPd, Pd, Pr, Sd};

    #[test]
    fn everybody_is_in_the_denominator_and_evaluable_patients_are_told_apart() {
        let rows = [Cr, Pr, Pr, Sd, NonCrNonPd, Pd, Ne, Missing].map(|best| (best, None));
        let options = ResponseOptions {
            evaluable: true,
            ..ResponseOptions::default()
        };
        let outcome = response(&responses(&rows, &[]), &options).unwrap();
        let arm = &outcome.overall;
        let counts: Vec<usize> = arm.counts.iter().map(|count| count.1).collect();
        assert_eq!(counts, [1, 2, 1, 1, 1, 1, 1]);
        assert_eq!((arm.orr.count, arm.orr.n), (3, 8));
        assert_eq!((arm.dcr.count, arm.dcr.n), (5, 8));
        let evaluable = arm.orr_evaluable.unwrap();
        assert_eq!((evaluable.count, evaluable.n), (3, 6));
        assert!(outcome.arms.is_empty());
    }

    #[test]
    fn two_groups_are_compared_second_minus_first() {
        let rows = [
            (Cr, Some(0)),
            (Sd, Some(0)),
            (Pr, Some(2)),
            (Pr, Some(2)),
            (Pd, None),
        ];
        let options = ResponseOptions {
            group: Some("PD-L1".to_owned()),
            ..ResponseOptions::default()
        };
        let cohort = responses(&rows, &["A", "B", "C"]);
        let outcome = response(&cohort, &options).unwrap();
        assert_eq!(outcome.empty_groups, ["B"]);
        let left_out = &outcome.exclusions[0].subjects[..];
        assert_eq!(left_out, &cohort.subjects()[4..=4]);
        let comparison = outcome.comparison.unwrap();
        assert_eq!(comparison.orr_difference.unwrap().estimate, 0.5);
        // Both tables with these margins have the probability 1/2.
        assert!((comparison.orr_fisher.p_value - 1.0).abs() < 1e-12);
    }

    #[test]
    fn without_a_response_column_there_is_no_analysis() {
        let mut cohort = responses(&[(Cr, None)], &[]);
        cohort.responses = None;
        assert_eq!(
            response(&cohort, &ResponseOptions::default()),
            Err(AnalysisError::NoResponse)
        );
    }
}
