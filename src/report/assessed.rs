//! What rests on the assessments, in words: by which rules endpoints are censored, and for whom none is known.

use crate::cohort::{Cohort, Derived, Endpoint, EndpointData, EndpointOrigin, Reason};
use crate::recist::{EndReason, Preset};
use crate::text::Text;

/// Which rules of censoring made the times of an endpoint, and whether a person chose them; `None` of one that
/// does not rest on assessments.
pub(super) fn rules(data: &EndpointData, cohort: &Cohort, text: &Text) -> Option<String> {
    if !rests_on_assessments(data, cohort) {
        return None;
    }
    let settings = cohort.censoring()?;
    let preset = match settings.preset {
        Preset::Fda => "fda",
        Preset::Ema => "ema",
        Preset::Plain => "plain",
    };
    let chosen = match cohort.rules().censoring.preset {
        Some(_) => "yes",
        None => "no",
    };
    Some(text.with(
        "cohort-rules-of-censoring",
        &[
            ("preset", preset.into()),
            ("chosen", chosen.into()),
            ("days", settings.gap_days.into()),
        ],
    ))
}

/// Why a patient contributes what it does, where no assessment of the patient is known: `reason` with that fact.
pub(super) fn without_any(
    (data, index): (&EndpointData, usize),
    cohort: &Cohort,
    reason: String,
    text: &Text,
) -> String {
    let unknown = || {
        cohort
            .tumours()
            .is_some_and(|tumours| tumours[index].is_none())
    };
    if !rests_on_assessments(data, cohort) || !unknown() {
        return reason;
    }
    let of: Derived = data.derived[index];
    match of.reason {
        Reason::Rule {
            by: EndReason::NoAssessment,
            on,
        } => text.with(
            "cohort-rule-not-assessed",
            &[("on", super::cohort::date(on, text).into())],
        ),
        Reason::Rule { .. } | Reason::NoResponse => {
            text.with("cohort-rule-none-known", &[("reason", reason.into())])
        }
        _ => reason,
    }
}

fn rests_on_assessments(data: &EndpointData, cohort: &Cohort) -> bool {
    let by_rules = matches!(data.origin, EndpointOrigin::Rules { .. });
    let assessed = match data.endpoint {
        Endpoint::Pfs
        | Endpoint::Ipfs
        | Endpoint::Ttp
        | Endpoint::Ttr
        | Endpoint::Dor
        | Endpoint::Idor => true,
        Endpoint::Os
        | Endpoint::Efs
        | Endpoint::Pfs2
        | Endpoint::TimeOnTreatment
        | Endpoint::Own(_) => false,
    };
    by_rules && assessed && cohort.tumours().is_some()
}
