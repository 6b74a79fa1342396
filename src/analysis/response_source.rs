//! Where best responses come from: the column, or the assessments by RECIST 1.1 or iRECIST.

use serde::{Deserialize, Serialize};

use super::AnalysisError;
use super::response::is_response;
use crate::cohort::{BestResponse, Cohort, Subject, Tumour};
use crate::recist::IBestResponse;

/// Where best responses come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseSource {
    /// The column that is mapped to best response.
    #[default]
    Entered,
    /// The assessments, by RECIST 1.1.
    Recist,
    /// The assessments, by iRECIST.
    Irecist,
}

/// The responses as entered beside those that the assessments come to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseAgreement {
    /// Subjects with assessments.
    pub compared: usize,
    /// Those of them whose responses differ.
    pub differing: Vec<ResponseDiscrepancy>,
}

/// A subject whose response as entered is another one than that of the assessments.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseDiscrepancy {
    /// Who.
    pub subject: Subject,
    /// As entered.
    pub entered: BestResponse,
    /// By RECIST 1.1.
    pub recist: BestResponse,
    /// By iRECIST.
    pub irecist: IBestResponse,
}

/// What is known of the response of one subject.
#[derive(Debug, Clone, PartialEq)]
pub struct PatientResponse {
    /// Place among the subjects.
    pub index: usize,
    /// The best response; missing where nothing says it.
    pub best: BestResponse,
    /// Days from the start to the first response.
    pub response_days: Option<f64>,
    /// How many days the disease was stable at least.
    pub stable_days: Option<i64>,
    /// Best change from the baseline as a fraction.
    pub depth: Option<f64>,
}

impl PatientResponse {
    /// Whether there is a response, or SD for at least so many days.
    pub fn benefits(&self, days: i64) -> bool {
        let stable =
            || self.best == BestResponse::Sd && self.stable_days.is_some_and(|for_| for_ >= days);
        is_response(self.best) || stable()
    }
}

/// The response of every subject, in their order.
pub fn patient_responses(
    cohort: &Cohort,
    by: ResponseSource,
) -> Result<Vec<PatientResponse>, AnalysisError> {
    let entered = cohort.entered_responses();
    let tumours = cohort.tumours();
    match by {
        ResponseSource::Entered if entered.is_none() => return Err(AnalysisError::NoResponse),
        ResponseSource::Recist | ResponseSource::Irecist if tumours.is_none() => {
            return Err(AnalysisError::NoAssessments);
        }
        ResponseSource::Entered | ResponseSource::Recist | ResponseSource::Irecist => {}
    }
    let first_day = i64::from(cohort.rules().count_first_day);
    let member = |index: usize| {
        let tumour = tumours.and_then(|tumours| tumours[index].as_ref());
        let best = match by {
            ResponseSource::Entered => entered.map(|entered| entered[index]),
            ResponseSource::Recist => tumour.map(|tumour| tumour.assessment.best_response.response),
            ResponseSource::Irecist => {
                tumour.map(|tumour| tumour.assessment.irecist_best_response.response.into())
            }
        };
        let depth = |tumour: &Tumour| match by {
            ResponseSource::Entered | ResponseSource::Recist => tumour.assessment.depth,
            ResponseSource::Irecist => tumour.assessment.irecist_depth,
        };
        let days = |tumour: &Tumour| {
            let first = match by {
                ResponseSource::Entered | ResponseSource::Recist => {
                    tumour.assessment.first_response
                }
                ResponseSource::Irecist => tumour.assessment.first_iresponse,
            };
            Some(((first? - tumour.history.start).num_days() + first_day) as f64)
        };
        PatientResponse {
            index,
            best: best.unwrap_or(BestResponse::Missing),
            response_days: tumour.and_then(days),
            stable_days: tumour.and_then(|tumour| stable_days(tumour, by)),
            depth: tumour.and_then(|tumour| Some(depth(tumour)?.change)),
        }
    };
    Ok((0..cohort.subjects().len()).map(member).collect())
}

/// Days from the start to the progression that counts, or to the last adequate assessment without one.
fn stable_days(tumour: &Tumour, by: ResponseSource) -> Option<i64> {
    let assessment = &tumour.assessment;
    match by {
        ResponseSource::Entered | ResponseSource::Recist => assessment.stable_days,
        ResponseSource::Irecist => {
            let last = || assessment.adequate_dates().last().copied();
            let until = assessment.ipfs_date.or_else(last)?;
            Some((until - tumour.history.start).num_days())
        }
    }
}

/// Compares the responses as entered with those by iRECIST where these are asked for, else by RECIST 1.1.
pub(super) fn agreement(
    cohort: &Cohort,
    by: ResponseSource,
    members: &[PatientResponse],
) -> Option<ResponseAgreement> {
    let (entered, tumours) = (cohort.entered_responses()?, cohort.tumours()?);
    let compared: Vec<ResponseDiscrepancy> = (members.iter())
        .filter_map(|member| {
            let assessment = &tumours[member.index].as_ref()?.assessment;
            Some(ResponseDiscrepancy {
                subject: cohort.subjects()[member.index].clone(),
                entered: entered[member.index],
                recist: assessment.best_response.response,
                irecist: assessment.irecist_best_response.response,
            })
        })
        .collect();
    let differs = |one: &ResponseDiscrepancy| match by {
        ResponseSource::Entered | ResponseSource::Recist => one.entered != one.recist,
        ResponseSource::Irecist => one.entered != BestResponse::from(one.irecist),
    };
    Some(ResponseAgreement {
        compared: compared.len(),
        differing: compared.into_iter().filter(differs).collect(),
    })
}
