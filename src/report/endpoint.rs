//! Where the times and events of an endpoint came from, for the Methods paragraph.

use super::methods::Methods;
use crate::analysis::EndpointDefinition;
use crate::cohort::{Endpoint, OwnEndpoint, TimeRules};
use crate::recist::Preset;
use crate::text::Text;

/// `PFS`.
pub(super) fn name(endpoint: Endpoint, text: &Text) -> String {
    worded(endpoint, "report-endpoint-", "", text)
}

/// `progression-free survival`.
pub(super) fn in_full(endpoint: Endpoint, text: &Text) -> String {
    worded(endpoint, "report-endpoint-", "-in-full", text)
}

/// The message of an endpoint between the beginning and the end of its id; the name of one of the person's own.
pub(super) fn worded(endpoint: Endpoint, before: &str, after: &str, text: &Text) -> String {
    match endpoint {
        Endpoint::Own(name) => name.as_str().to_owned(),
        endpoint => text.get(&format!("{before}{}{after}", endpoint.code())),
    }
}

/// `“Relapse” or “Death”`.
pub(super) fn first_of(columns: &[String], text: &Text) -> String {
    let quoted = |column: &String| text.with("own-column", &[("column", column.into())]);
    (columns.iter().map(quoted))
        .reduce(|first, second| {
            let pair = [("first", first.into()), ("second", second.into())];
            text.with("own-either", &pair)
        })
        .unwrap_or_default()
}

/// Whether deaths count as events.
pub(super) fn deaths_known(definition: &EndpointDefinition) -> bool {
    match definition {
        EndpointDefinition::Given { deaths_known }
        | EndpointDefinition::GivenDates { deaths_known, .. }
        | EndpointDefinition::Rules { deaths_known, .. }
        | EndpointDefinition::Dates { deaths_known, .. } => *deaths_known,
        EndpointDefinition::Own { .. } => false,
    }
}

/// Adds the sentences on what the endpoint is.
pub(super) fn define(
    methods: &mut Methods<'_>,
    endpoint: Endpoint,
    definition: &EndpointDefinition,
    text: &Text,
) {
    let name = || ("endpoint", in_full(endpoint, text).into());
    match definition {
        EndpointDefinition::Given { .. } => methods.say("methods-given", &[name()]),
        EndpointDefinition::GivenDates { .. } => methods.say("methods-given-dates", &[name()]),
        EndpointDefinition::Rules { .. } => {
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
                censoring(methods, definition);
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
        EndpointDefinition::Own { definition, .. } => define_own(methods, definition, text),
    }
}

fn define_own(methods: &mut Methods<'_>, own: &OwnEndpoint, text: &Text) {
    let OwnEndpoint {
        name,
        start,
        events,
        censoring,
        last_contact,
    } = own;
    methods.say(
        "methods-own",
        &[
            ("endpoint", name.into()),
            ("start", start.clone().unwrap_or_default().into()),
            (
                "several",
                if events.len() > 1 { "yes" } else { "no" }.into(),
            ),
            ("events", first_of(events, text).into()),
        ],
    );
    if !censoring.is_empty() {
        methods.say(
            "methods-own-censored",
            &[
                (
                    "several",
                    if censoring.len() > 1 { "yes" } else { "no" }.into(),
                ),
                ("columns", first_of(censoring, text).into()),
            ],
        );
    }
    if let Some(column) = last_contact {
        let id = match censoring.as_slice() {
            [] => "methods-own-last-contact",
            [..] => "methods-own-else-last-contact",
        };
        methods.say(id, &[("column", column.into())]);
    }
}

/// Adds the sentences on how the rules censor; none without rules.
pub(super) fn censoring(methods: &mut Methods<'_>, definition: &EndpointDefinition) {
    let EndpointDefinition::Rules {
        preset,
        gap_days,
        clinical_progression,
        new_therapy,
        ..
    } = definition
    else {
        return;
    };
    match preset {
        Preset::Fda => {
            let therapy = if *new_therapy { "known" } else { "unknown" };
            let facts = [("gap", (*gap_days).into()), ("therapy", therapy.into())];
            methods.say("methods-preset-fda", &facts);
        }
        Preset::Ema => methods.say("methods-preset-ema", &[]),
        Preset::Plain => methods.say("methods-preset-plain", &[]),
    }
    if *preset != Preset::Fda && *clinical_progression {
        methods.say("recist-methods-clinical", &[]);
    }
}

/// Adds the sentences on the cut-off and on how days were counted.
pub(super) fn count_days(
    methods: &mut Methods<'_>,
    definition: &EndpointDefinition,
    rules: TimeRules,
) {
    match definition {
        EndpointDefinition::Given { .. } => {}
        EndpointDefinition::GivenDates { cut_off, .. }
        | EndpointDefinition::Rules { cut_off, .. }
        | EndpointDefinition::Dates { cut_off, .. }
        | EndpointDefinition::Own { cut_off, .. } => {
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
