//! The follow-up of an endpoint: who has it, and where times and events came from.

use super::selection::Exclusions;
use super::{AnalysisError, EndpointDefinition, Exclusion, ExclusionReason};
use crate::cohort::{Cohort, Endpoint, EndpointData, Subject, TimeUnit};

/// The analysed subjects as vectors, and who is not among them.
pub(super) struct EndpointSample {
    /// Index of each into the subjects of the cohort.
    pub subjects: Vec<usize>,
    /// Time of each, in `unit`.
    pub time: Vec<f64>,
    /// Whether it ended in the event.
    pub event: Vec<bool>,
    pub unit: TimeUnit,
    pub exclusions: Vec<Exclusion>,
    pub definition: EndpointDefinition,
}

/// The data of an endpoint.
pub(super) fn endpoint_data(
    cohort: &Cohort,
    endpoint: Endpoint,
) -> Result<&EndpointData, AnalysisError> {
    (cohort.endpoint(endpoint)).ok_or(AnalysisError::NoEndpoint { endpoint })
}

impl EndpointSample {
    /// The subjects that have the endpoint and that `lacks` finds nothing missing of (by index).
    pub fn of(
        cohort: &Cohort,
        endpoint: Endpoint,
        lacks: impl Fn(usize) -> Option<ExclusionReason>,
    ) -> Result<Self, AnalysisError> {
        Self::from(cohort, endpoint_data(cohort, endpoint)?, lacks)
    }

    /// The same of an endpoint that need not be the cohort's own, with one contribution a subject.
    pub fn from(
        cohort: &Cohort,
        data: &EndpointData,
        lacks: impl Fn(usize) -> Option<ExclusionReason>,
    ) -> Result<Self, AnalysisError> {
        let n = cohort.subjects().len();
        let mut subjects = Vec::with_capacity(n);
        let (mut time, mut event) = (Vec::with_capacity(n), Vec::with_capacity(n));
        let mut exclusions = Exclusions::of(cohort);
        let mut cut_off = None;
        let all: &[Subject] = cohort.subjects();
        for (i, (subject, derived)) in all.iter().zip(&data.derived).enumerate() {
            let Some(value) = derived.value else {
                let reason = derived.reason;
                exclusions.add(ExclusionReason::Endpoint { reason }, subject);
                continue;
            };
            if let Some(reason) = lacks(i) {
                exclusions.add(reason, subject);
                continue;
            }
            subjects.push(i);
            time.push(value.time);
            event.push(value.event);
            cut_off = cut_off.or(derived.reason.cut_off());
        }
        if time.is_empty() {
            return Err(AnalysisError::NoSubjects);
        }
        Ok(Self {
            subjects,
            time,
            event,
            unit: data.unit,
            exclusions: exclusions.into_vec(),
            definition: EndpointDefinition::new(data.origin.clone(), cut_off, data.deaths_known),
        })
    }
}
