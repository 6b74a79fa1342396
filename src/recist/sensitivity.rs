//! The same endpoint under two settings.

use serde::Serialize;

use super::censoring::derive;
use super::endpoint::{Contribution, Course, EndpointSettings, Problem, TimeEndpoint};

/// The same endpoint of a patient under two settings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sensitivity {
    /// Under the first.
    pub first: Result<Option<Contribution>, Problem>,
    /// Under the second.
    pub second: Result<Option<Contribution>, Problem>,
    /// What differs.
    pub change: Change,
}

/// How the contribution of a patient differs between two settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Neither time nor event; the reason may.
    None,
    /// The time only.
    Time,
    /// The event, and perhaps the time.
    Event,
    /// The patient contributes under one of them only.
    Contributes,
}

/// The same endpoint under two settings.
pub fn sensitivity(
    course: &Course,
    endpoint: TimeEndpoint,
    first: &EndpointSettings,
    second: &EndpointSettings,
) -> Sensitivity {
    let (first, second) = (
        derive(course, endpoint, first),
        derive(course, endpoint, second),
    );
    let value = |contribution: &Result<Option<Contribution>, Problem>| {
        (contribution.ok().flatten()).map(|contribution| (contribution.event, contribution.days))
    };
    let change = match (value(&first), value(&second)) {
        (None, None) => Change::None,
        (Some(_), None) | (None, Some(_)) => Change::Contributes,
        (Some((a, _)), Some((b, _))) if a != b => Change::Event,
        (Some((_, a)), Some((_, b))) if a != b => Change::Time,
        (Some(_), Some(_)) => Change::None,
    };
    Sensitivity {
        first,
        second,
        change,
    }
}
