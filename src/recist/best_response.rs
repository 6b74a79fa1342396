//! Best overall response, with and without confirmation.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Settings;
use super::response::{BestResponse, Response};

/// What a response needs to be confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", default)]
pub struct Confirmation {
    /// At least so many days between the response and its confirmation.
    pub days: u32,
    /// At most so many assessments between them that are not evaluable.
    pub not_evaluable: u32,
    /// Whether one SD may lie between a PR and its confirmation.
    pub one_stable: bool,
}

impl Default for Confirmation {
    fn default() -> Self {
        Self {
            days: 28,
            not_evaluable: 1,
            one_stable: false,
        }
    }
}

/// A best response with the assessments that it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Best<R> {
    /// The response.
    pub response: R,
    /// Date of the assessment that decided; `None` without assessments.
    pub date: Option<NaiveDate>,
    /// Why.
    pub reason: BestReason,
}

/// Why a best response is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum BestReason {
    /// The best of the assessments; no confirmation is asked for.
    Seen,
    /// The response was confirmed.
    Confirmed {
        /// Date of the confirmation.
        on: NaiveDate,
    },
    /// SD or non-CR/non-PD that lasted.
    Lasted {
        /// Days from the start to the assessment.
        days: i64,
    },
    /// Progression is all that counts.
    Progressed,
    /// CR was not confirmed and disease seen again before SD could count (RECIST 1.1, table 3).
    DiseaseAfterComplete,
    /// What there was came too early to count as SD, and no progression followed.
    TooEarly,
    /// No assessment was evaluable.
    NotEvaluable,
    /// There is no assessment.
    NoAssessment,
}

/// The response at an assessment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Call {
    pub date: NaiveDate,
    pub response: Response,
}

/// The date from which CR or PR holds, and that of its confirmation, if one is asked for.
pub(super) type Responded = (NaiveDate, Option<NaiveDate>);

/// The best response among assessments that end with the first progression.
///
/// **Conventions.** Without confirmation the best of CR > PR > SD > non-CR/non-PD > PD > NE. With it, CR
/// and PR need theirs; an unconfirmed CR or PR counts as SD. SD and non-CR/non-PD need `minimum_stable`
/// days from the start; what comes earlier counts as PD if one follows, else as NE.
/// **Source.** Eisenhauer et al. (2009), Eur J Cancer 45:228, 4.4–4.6 and table 3.
/// **Checked against** the confirmed responses of the tests of the R package admiralonco.
pub(super) fn best_response(
    calls: &[Call],
    start: NaiveDate,
    settings: &Settings,
) -> Best<BestResponse> {
    let found = |response, call: &Call, reason| Best {
        response,
        date: Some(call.date),
        reason,
    };
    if let Some(best) = favourable(calls, start, settings) {
        return best;
    }
    if let Some(call) = (calls.iter()).find(|call| call.response == Response::Pd) {
        return found(BestResponse::Pd, call, BestReason::Progressed);
    }
    if let Some(call) = disease_after_complete(calls) {
        return found(BestResponse::Pd, call, BestReason::DiseaseAfterComplete);
    }
    not_evaluable(calls, BestResponse::Ne, BestResponse::Missing)
}

/// NE, or no assessment at all.
pub(super) fn not_evaluable<R>(calls: &[Call], ne: R, missing: R) -> Best<R> {
    let Some(first) = calls.first() else {
        return Best {
            response: missing,
            date: None,
            reason: BestReason::NoAssessment,
        };
    };
    let early =
        (calls.iter()).any(|call| call.response != Response::Ne && call.response != Response::Pd);
    Best {
        response: ne,
        date: Some(first.date),
        reason: if early {
            BestReason::TooEarly
        } else {
            BestReason::NotEvaluable
        },
    }
}

/// CR, PR, SD or non-CR/non-PD, if the assessments make one of them.
pub(super) fn favourable(
    calls: &[Call],
    start: NaiveDate,
    settings: &Settings,
) -> Option<Best<BestResponse>> {
    for (response, best) in [
        (Response::Cr, BestResponse::Cr),
        (Response::Pr, BestResponse::Pr),
    ] {
        let first = (0..calls.len())
            .filter(|&place| calls[place].response == response)
            .find_map(|place| holds(calls, place, settings));
        if let Some((date, confirmed)) = first {
            return Some(Best {
                response: best,
                date: Some(date),
                reason: confirmed.map_or(BestReason::Seen, |on| BestReason::Confirmed { on }),
            });
        }
    }
    let lasted = |is: fn(Response) -> bool, best| {
        let days = |call: &Call| (call.date - start).num_days();
        (calls.iter())
            .find(|call| is(call.response) && days(call) >= i64::from(settings.minimum_stable))
            .map(|call| Best {
                response: best,
                date: Some(call.date),
                reason: BestReason::Lasted { days: days(call) },
            })
    };
    let at_least_stable = |response| response == Response::Sd || Response::is_response(response);
    lasted(at_least_stable, BestResponse::Sd).or_else(|| {
        lasted(
            |response| response == Response::NonCrNonPd,
            BestResponse::NonCrNonPd,
        )
    })
}

/// The first CR or PR that holds.
pub(super) fn first_response(calls: &[Call], settings: &Settings) -> Option<Responded> {
    (0..calls.len())
        .filter(|&place| calls[place].response.is_response())
        .find_map(|place| holds(calls, place, settings))
}

/// Whether the CR or PR at `place` counts: always, or only with its confirmation.
fn holds(calls: &[Call], place: usize, settings: &Settings) -> Option<Responded> {
    let date = calls[place].date;
    match &settings.confirmation {
        None => Some((date, None)),
        Some(rule) => confirmation(&calls[place..], rule).map(|on| (date, Some(on))),
    }
}

/// The date on which the first of `calls`, a CR or a PR, is confirmed.
///
/// A CR is confirmed by a CR, with CR and NE between; a PR by a CR or PR, with CR, PR and NE between, and
/// no PR after a CR.
fn confirmation(calls: &[Call], rule: &Confirmation) -> Option<NaiveDate> {
    let (first, later) = calls.split_first()?;
    let complete = first.response == Response::Cr;
    let (mut not_evaluable, mut stable, mut seen_complete) = (0, 0, false);
    for call in later {
        match call.response {
            Response::Cr => seen_complete = true,
            Response::Pr if complete || seen_complete => return None,
            Response::Pr => {}
            Response::Ne => not_evaluable += 1,
            Response::Sd if !complete && rule.one_stable => stable += 1,
            Response::Sd | Response::NonCrNonPd | Response::Pd => return None,
        }
        if not_evaluable > rule.not_evaluable || stable > 1 {
            return None;
        }
        let late_enough = (call.date - first.date).num_days() >= i64::from(rule.days);
        if late_enough && call.response.is_response() {
            return Some(call.date);
        }
    }
    None
}

/// The first assessment with disease after a CR that was entered.
fn disease_after_complete(calls: &[Call]) -> Option<&Call> {
    (calls.iter())
        .skip_while(|call| call.response != Response::Cr)
        .find(|call| {
            matches!(
                call.response,
                Response::Pr | Response::Sd | Response::NonCrNonPd
            )
        })
}
