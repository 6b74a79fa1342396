//! Where the times and events of an endpoint came from, for the Methods paragraph.

use super::methods::Methods;
use crate::analysis::EndpointDefinition;
use crate::cohort::{Endpoint, TimeRules};
use crate::recist::Preset;
use crate::text::Text;

/// `PFS`.
pub(super) fn name(endpoint: Endpoint, text: &Text) -> String {
    text.get(&format!("report-endpoint-{}", endpoint.code()))
}

/// `progression-free survival`.
pub(super) fn in_full(endpoint: Endpoint, text: &Text) -> String {
    text.get(&format!("report-endpoint-{}-in-full", endpoint.code()))
}

/// Whether deaths count as events.
pub(super) fn deaths_known(definition: EndpointDefinition) -> bool {
    match definition {
        EndpointDefinition::Given { deaths_known }
        | EndpointDefinition::GivenDates { deaths_known, .. }
        | EndpointDefinition::Rules { deaths_known, .. }
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
        EndpointDefinition::Rules { preset, .. } => {
            let id = match endpoint {
                // The plain definition says how it censors.
                Endpoint::Pfs => "methods-pfs-by-rules".to_owned(),
                endpoint => format!("methods-{}", endpoint.code()),
            };
            methods.say(&id, &[]);
            if matches!(
                endpoint,
                Endpoint::Pfs | Endpoint::Ipfs | Endpoint::Ttp | Endpoint::Dor | Endpoint::Idor
            ) {
                methods.say(preset_message(preset), &[]);
            }
        }
        EndpointDefinition::Dates { .. } => methods.say(
            &match endpoint {
                Endpoint::Pfs if !deaths_known(definition) => {
                    "methods-pfs-without-death".to_owned()
                }
                endpoint => format!("methods-{}", endpoint.code()),
            },
            &[],
        ),
    }
}

/// The message on how the rules censor.
pub(super) fn preset_message(preset: Preset) -> &'static str {
    match preset {
        Preset::Fda => "methods-preset-fda",
        Preset::Ema => "methods-preset-ema",
        Preset::Plain => "methods-preset-plain",
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
        | EndpointDefinition::Rules { cut_off, .. }
        | EndpointDefinition::Dates { cut_off, .. } => {
            if let Some(cut_off) = cut_off {
                methods.say("methods-cut-off", &[("date", cut_off.to_string().into())]);
            }
            count_time(methods, rules);
        }
    }
}

/// Adds the sentence on how days were counted.
pub(super) fn count_time(methods: &mut Methods<'_>, rules: TimeRules) {
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
