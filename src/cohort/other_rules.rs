//! Endpoints by the rules of censoring: those of the mapping, and others for a comparison of rules.

use super::endpoint::{Decision, Frame, Place, fault};
use super::{
    Cohort, Derived, Endpoint, EndpointData, EndpointOrigin, IssueKind, Reason, StartEvent,
    TimeUnit,
};
use crate::recist::{self, EndpointSettings, Preset, Problem, TimeEndpoint};

/// The endpoints whose times depend on the rules of censoring.
const SENSITIVE: [Endpoint; 5] = [
    Endpoint::Pfs,
    Endpoint::Ipfs,
    Endpoint::Ttp,
    Endpoint::Dor,
    Endpoint::Idor,
];

/// The dates of every subject, as the rules of censoring need them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Courses {
    pub(super) settings: EndpointSettings,
    pub(super) start: StartEvent,
    pub(super) deaths_known: bool,
    pub(super) frame: Frame,
    /// One a subject, or why the subject has no endpoint.
    pub(super) of: Vec<Result<recist::Course, Reason>>,
}

impl Cohort {
    /// The endpoints that [`Cohort::by_rules`] gives.
    pub fn sensitive_endpoints(&self) -> Vec<Endpoint> {
        // A ready-made PFS is what its columns say, whatever the rules.
        let by_rules = |endpoint: &Endpoint| {
            (self.endpoint(*endpoint))
                .is_some_and(|data| matches!(data.origin, EndpointOrigin::Rules { .. }))
        };
        (SENSITIVE.into_iter())
            .filter(|_| self.courses.is_some())
            .filter(by_rules)
            .collect()
    }

    /// An endpoint as it would be by other rules of censoring than those of the mapping; `None` where it
    /// does not depend on them, or no assessments are known.
    pub fn by_rules(&self, endpoint: Endpoint, preset: Preset) -> Option<EndpointData> {
        let courses = self.courses.as_ref()?;
        if !self.sensitive_endpoints().contains(&endpoint) {
            return None;
        }
        let settings = EndpointSettings {
            preset,
            ..courses.settings
        };
        let derived = |course: &Result<recist::Course, Reason>| {
            let decision = match course {
                Ok(course) => contribution(course, endpoint, &settings, &courses.frame)
                    .map_err(|(reason, _)| reason),
                Err(reason) => Err(*reason),
            };
            decision.unwrap_or_else(|reason| Derived {
                value: None,
                reason,
            })
        };
        Some(EndpointData {
            endpoint,
            unit: if courses.frame.rules.counts_calendar_months() {
                TimeUnit::Months
            } else {
                TimeUnit::Days
            },
            origin: EndpointOrigin::Rules {
                start: courses.start,
                preset,
                gap_days: settings.gap_days,
                clinical_progression: settings.clinical_progression,
                new_therapy: (courses.of.iter().flatten()).any(|of| of.new_therapy.is_some()),
            },
            deaths_known: courses.deaths_known,
            derived: courses.of.iter().map(derived).collect(),
        })
    }

    /// The settings of the rules of censoring, where assessments are known.
    pub fn censoring(&self) -> Option<EndpointSettings> {
        self.courses.as_ref().map(|courses| courses.settings)
    }
}

/// What a subject of these dates contributes.
pub(super) fn contribution(
    course: &recist::Course,
    endpoint: Endpoint,
    settings: &EndpointSettings,
    frame: &Frame,
) -> Decision {
    match recist::derive(course, time_endpoint(endpoint), settings) {
        Ok(Some(found)) => {
            let reason = Reason::Rule {
                by: found.reason,
                on: found.end,
            };
            Ok(frame.at(found.start, found.end, found.event, reason))
        }
        Ok(None) => Ok(Derived {
            value: None,
            reason: Reason::NoResponse,
        }),
        Err(Problem::NoLastContact) => {
            fault(Reason::NoEnd, Place::LastContact, IssueKind::MissingValue)
        }
        Err(problem) => fault(
            Reason::Contradiction,
            Place::Start,
            IssueKind::Course { problem },
        ),
    }
}

fn time_endpoint(endpoint: Endpoint) -> TimeEndpoint {
    match endpoint {
        Endpoint::Ipfs => TimeEndpoint::Ipfs,
        Endpoint::Ttp => TimeEndpoint::Ttp,
        Endpoint::Ttr => TimeEndpoint::Ttr,
        Endpoint::Dor => TimeEndpoint::Dor,
        Endpoint::Idor => TimeEndpoint::Idor,
        Endpoint::Pfs2 => TimeEndpoint::Pfs2,
        Endpoint::TimeOnTreatment => TimeEndpoint::TimeOnTreatment,
        Endpoint::Pfs | Endpoint::Efs => TimeEndpoint::Pfs,
        Endpoint::Os | Endpoint::Own(_) => TimeEndpoint::Os,
    }
}
