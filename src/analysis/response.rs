//! Best response: counts, ORR, DCR and CBR, time to response and its depth.

use serde::{Deserialize, Serialize};

use super::response_source::{PatientResponse, agreement, patient_responses};
use super::selection::{Exclusions, Groups, check, check_level, factor};
use super::{
    AnalysisError, Exclusion, ExclusionReason, FigureWidth, ResponseAgreement, ResponseSource, SEED,
};
use crate::cohort::{BestResponse, Cohort, TimeRules};
use crate::recist;
use crate::stats::{
    Difference, FisherTest, Proportion, ProportionMethod, QuantileType, Summary, fisher_exact,
    newcombe, proportion, summary,
};

/// Options of a response analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ResponseOptions {
    /// Where best responses come from.
    pub by: ResponseSource,
    /// Heading of the grouping column; overall only when `None`.
    pub group: Option<String>,
    /// Interval of the rates.
    pub method: ProportionMethod,
    /// Confidence level, 0.5 to 0.999.
    pub conf_level: f64,
    /// Show the rates among evaluable patients beside those among all.
    pub evaluable: bool,
    /// SD is a clinical benefit when it lasts so many weeks, 1 to 520.
    pub benefit_weeks: u32,
    /// How the figures look.
    pub figure: ResponseFigure,
}

impl Default for ResponseOptions {
    fn default() -> Self {
        Self {
            by: ResponseSource::Entered,
            group: None,
            method: ProportionMethod::ClopperPearson,
            conf_level: 0.95,
            evaluable: false,
            benefit_weeks: 24,
            figure: ResponseFigure::default(),
        }
    }
}

impl ResponseOptions {
    /// The defaults for a cohort: responses as entered, or by RECIST where none are.
    pub fn of(cohort: &Cohort) -> Self {
        let by = if cohort.entered_responses().is_none() && cohort.tumours().is_some() {
            ResponseSource::Recist
        } else {
            ResponseSource::Entered
        };
        Self {
            by,
            ..Self::default()
        }
    }
}

/// How the figures of responses look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ResponseFigure {
    /// Their width.
    pub width: FigureWidth,
    /// Title above the first; none when `None`.
    pub title: Option<String>,
}

impl Default for ResponseFigure {
    fn default() -> Self {
        Self {
            width: FigureWidth::OneAndHalf,
            title: None,
        }
    }
}

/// Result of a response analysis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseOutcome {
    /// The options that were used.
    pub options: ResponseOptions,
    /// How times are shown.
    pub rules: TimeRules,
    /// The settings of RECIST, where there are assessments.
    pub settings: Option<recist::Settings>,
    /// One arm a group in display order; empty when overall only.
    pub arms: Vec<ResponseArm>,
    /// All analysed subjects.
    pub overall: Box<ResponseArm>,
    /// Comparison of the rates between the groups, when there are two or more.
    pub comparison: Option<ResponseComparison>,
    /// The responses as entered beside those that the assessments come to, where both are known.
    pub agreement: Option<ResponseAgreement>,
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
    /// Clinical benefit rate (CR + PR + SD that lasted long enough), where there are assessments.
    pub cbr: Option<Proportion>,
    /// CBR among evaluable subjects, if asked for and there are any.
    pub cbr_evaluable: Option<Proportion>,
    /// Days from the start to the first response, of the responders for whom it is known.
    pub time_to_response: Option<Summary>,
    /// Best changes from the baseline as fractions, of the subjects with one.
    pub depth: Option<Summary>,
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
    /// Fisher's exact test of CBR, where there are assessments.
    pub cbr_fisher: Option<FisherTest>,
    /// CBR of the second group minus the first, for two groups.
    pub cbr_difference: Option<Difference>,
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
/// SD lasts from the start to the progression that counts, else to the last adequate assessment; where no
/// assessment says how long it lasted, there is no benefit. Medians are those of a sorted list, the mean of
/// the middle two in one of even length. The best change is that of the assessments up to the
/// first PD; by iRECIST of those up to iCPD, and not after the day of a new anticancer therapy.
/// **Source.** Eisenhauer et al. (2009), Eur J Cancer 45:228, 4.7.
pub fn response(
    cohort: &Cohort,
    options: &ResponseOptions,
) -> Result<ResponseOutcome, AnalysisError> {
    check_level(options.conf_level)?;
    let weeks = options.benefit_weeks;
    check("benefit_weeks", weeks.into(), (1..=520).contains(&weeks))?;
    let members = patient_responses(cohort, options.by)?;
    let factor = factor(cohort, options.group.as_deref())?;
    let mut exclusions = Exclusions::of(cohort);
    let (mut counted, mut levels) = (Vec::with_capacity(members.len()), Vec::new());
    for (i, (subject, member)) in cohort.subjects().iter().zip(members).enumerate() {
        if let Some(factor) = factor {
            let Some(level) = factor.values[i] else {
                let column = factor.column.clone();
                exclusions.add(ExclusionReason::NoGroup { column }, subject);
                continue;
            };
            levels.push(level);
        }
        counted.push(member);
    }
    if counted.is_empty() {
        return Err(AnalysisError::NoSubjects);
    }
    let groups = factor
        .map(|factor| Groups::new(factor, levels))
        .transpose()?;
    let assessed = cohort.tumours().is_some();
    let maker = Maker { options, assessed };
    let (arms, empty_groups) = match groups {
        None => (Vec::new(), Vec::new()),
        Some(groups) => (maker.arms(&counted, &groups), groups.empty),
    };
    Ok(ResponseOutcome {
        options: options.clone(),
        rules: cohort.rules(),
        settings: assessed.then(|| cohort.recist()),
        comparison: (arms.len() > 1).then(|| compare(&arms, options.conf_level)),
        arms,
        overall: Box::new(maker.arm(None, &counted.iter().collect::<Vec<_>>())),
        agreement: agreement(cohort, options.by, &counted),
        exclusions: exclusions.into_vec(),
        empty_groups,
    })
}

/// What arms are made with.
struct Maker<'a> {
    options: &'a ResponseOptions,
    /// Whether assessments are known.
    assessed: bool,
}

impl Maker<'_> {
    fn arms(&self, members: &[PatientResponse], groups: &Groups) -> Vec<ResponseArm> {
        (groups.labels.iter().enumerate())
            .map(|(group, label)| {
                let of_group: Vec<&PatientResponse> = (members.iter().zip(&groups.of))
                    .filter_map(|(member, &of)| (of == group).then_some(member))
                    .collect();
                self.arm(Some(label), &of_group)
            })
            .collect()
    }

    fn arm(&self, label: Option<&String>, members: &[&PatientResponse]) -> ResponseArm {
        let options = self.options;
        let number = |is: &dyn Fn(&PatientResponse) -> bool| {
            members.iter().filter(|member| is(member)).count()
        };
        let counts = RESPONSES.map(|best| (best, number(&|member| member.best == best)));
        let evaluable = number(&|member| is_evaluable(member.best));
        let rate = |count, n| proportion(count, n, options.method, options.conf_level);
        let among_evaluable = options.evaluable && evaluable > 0;
        let responders = number(&|member| is_response(member.best));
        let controlled = number(&|member| is_control(member.best));
        let days = i64::from(options.benefit_weeks) * 7;
        let benefited = (self.assessed).then(|| number(&|member| member.benefits(days)));
        let spread = |value: &dyn Fn(&PatientResponse) -> Option<f64>| {
            let values: Vec<f64> = members.iter().filter_map(|member| value(member)).collect();
            (self.assessed && !values.is_empty()).then(|| summary(&values, QuantileType::default()))
        };
        ResponseArm {
            label: label.cloned(),
            n: members.len(),
            orr: rate(responders, members.len()),
            dcr: rate(controlled, members.len()),
            orr_evaluable: among_evaluable.then(|| rate(responders, evaluable)),
            dcr_evaluable: among_evaluable.then(|| rate(controlled, evaluable)),
            cbr: benefited.map(|count| rate(count, members.len())),
            cbr_evaluable: (benefited.filter(|_| among_evaluable))
                .map(|count| rate(count, evaluable)),
            time_to_response: spread(&|member| {
                member.response_days.filter(|_| is_response(member.best))
            }),
            depth: spread(&|member| member.depth),
            counts: counts.to_vec(),
        }
    }
}

pub(super) fn is_response(best: BestResponse) -> bool {
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
    let fisher = |rates: &[&Proportion]| {
        let table: Vec<(usize, usize)> = (rates.iter())
            .map(|rate| (rate.count, rate.n - rate.count))
            .collect();
        fisher_exact(&table, SEED)
    };
    let difference = |rate: fn(&ResponseArm) -> Option<&Proportion>| match arms {
        [first, second] => {
            let (first, second) = (rate(first)?, rate(second)?);
            newcombe((first.count, first.n), (second.count, second.n), conf_level)
        }
        _ => None,
    };
    let orr: Vec<&Proportion> = arms.iter().map(|arm| &arm.orr).collect();
    let dcr: Vec<&Proportion> = arms.iter().map(|arm| &arm.dcr).collect();
    let cbr: Option<Vec<&Proportion>> = arms.iter().map(|arm| arm.cbr.as_ref()).collect();
    ResponseComparison {
        orr_fisher: fisher(&orr),
        dcr_fisher: fisher(&dcr),
        orr_difference: difference(|arm| Some(&arm.orr)),
        dcr_difference: difference(|arm| Some(&arm.dcr)),
        cbr_fisher: cbr.map(|rates| fisher(&rates)),
        cbr_difference: difference(|arm| arm.cbr.as_ref()),
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
