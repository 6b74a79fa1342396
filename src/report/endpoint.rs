//! Where the times and events of an endpoint came from, for the Methods paragraph.

use super::methods::Methods;
use crate::analysis::EndpointDefinition;
use crate::cohort::{Endpoint, TimeRules};
use crate::text::Text;

/// `progression-free survival`.
pub(super) fn in_full(endpoint: Endpoint, text: &Text) -> String {
    text.get(match endpoint {
        Endpoint::Pfs => "report-endpoint-pfs-in-full",
        Endpoint::Os => "report-endpoint-os-in-full",
        Endpoint::Efs => "report-endpoint-efs-in-full",
    })
}

/// Whether deaths count as events.
pub(super) fn deaths_known(definition: EndpointDefinition) -> bool {
    match definition {
        EndpointDefinition::Given { deaths_known }
        | EndpointDefinition::GivenDates { deaths_known, .. }
        | EndpointDefinition::Dates { deaths_known, .. } => deaths_known,
    }
}

/// Adds the sentences on what the endpoint is.
pub(super) fn define(
    methods: &mut Methods<'_>,
    endpoint: Endpoint,
    definition: EndpointDefinition,
    text: &Text,
) {
    let name = || ("endpoint", in_full(endpoint, text).into());
    match definition {
        EndpointDefinition::Given { .. } => methods.say("methods-given", &[name()]),
        EndpointDefinition::GivenDates { .. } => methods.say("methods-given-dates", &[name()]),
        EndpointDefinition::Dates { .. } => methods.say(
            match endpoint {
                Endpoint::Pfs if !deaths_known(definition) => "methods-pfs-without-death",
                Endpoint::Pfs => "methods-pfs",
                Endpoint::Os => "methods-os",
                Endpoint::Efs => "methods-efs",
            },
            &[],
        ),
    }
}

/// Adds the sentences on the cut-off and on how days were counted.
pub(super) fn count_days(
    methods: &mut Methods<'_>,
    definition: EndpointDefinition,
    rules: TimeRules,
) {
    match definition {
        EndpointDefinition::Given { .. } => {}
        EndpointDefinition::GivenDates { cut_off, .. }
        | EndpointDefinition::Dates { cut_off, .. } => {
            if let Some(cut_off) = cut_off {
                methods.say("methods-cut-off", &[("date", cut_off.to_string().into())]);
            }
            methods.say(
                match (rules.counts_calendar_months(), rules.count_first_day) {
                    (false, false) => "methods-days",
                    (false, true) => "methods-days-with-first",
                    (true, false) => "methods-calendar-months",
                    (true, true) => "methods-calendar-months-with-first",
                },
                &[],
            );
        }
    }
}
