//! Texts into best responses: `PR`, `partial response`, `部分缓解`.

use std::collections::BTreeMap;

use super::BestResponse;
use super::heading::Heading;
use super::view::View;

/// What people call the responses.
const CODES: [(BestResponse, &[&str]); 6] = [
    (
        BestResponse::NonCrNonPd,
        &[
            "non cr non pd",
            "noncr nonpd",
            "noncrnonpd",
            "nn",
            "非 cr 非 pd",
        ],
    ),
    (
        BestResponse::Cr,
        &["cr", "complete response", "complete remission", "完全缓解"],
    ),
    (
        BestResponse::Pr,
        &["pr", "partial response", "partial remission", "部分缓解"],
    ),
    (
        BestResponse::Sd,
        &[
            "sd",
            "stable disease",
            "stable",
            "疾病稳定",
            "病情稳定",
            "稳定",
        ],
    ),
    (
        BestResponse::Pd,
        &[
            "pd",
            "progressive disease",
            "disease progression",
            "progression",
            "progressed",
            "疾病进展",
            "病情进展",
            "进展",
        ],
    ),
    (
        BestResponse::Ne,
        &[
            "ne",
            "not evaluable",
            "not evaluated",
            "not assessable",
            "non evaluable",
            "inevaluable",
            "unevaluable",
            "无法评价",
            "不可评价",
            "无法评估",
            "不可评估",
            "未评价",
            "未评估",
        ],
    ),
];

/// The response that a text names, if it is beyond doubt.
pub(super) fn response_code(text: &str) -> Option<BestResponse> {
    let words = Heading::new(text);
    let exact = CODES
        .iter()
        .find(|(_, names)| names.iter().any(|name| words.is(name)));
    if let Some((response, _)) = exact {
        return Some(*response);
    }
    // 'Partial response (PR)': the names of one response and of no other.
    if words.has_any(&["no", "not", "non", "or", "u", "未", "非", "无"]) {
        return None;
    }
    let mut named = CODES
        .iter()
        .filter(|(_, names)| names.iter().any(|name| words.has(name)));
    match (named.next(), named.next()) {
        (Some((response, _)), None) => Some(*response),
        (Some(_), Some(_)) | (None, _) => None,
    }
}

/// What the row's text means: `Missing` for a missing value, `None` for a text without a meaning.
pub(super) fn response(
    view: &View<'_>,
    codes: &BTreeMap<String, BestResponse>,
    row: usize,
) -> Option<BestResponse> {
    let text = view.text(row);
    match codes.get(text.as_ref()) {
        Some(response) => Some(*response),
        None => view.is_missing(row).then_some(BestResponse::Missing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_words_are_known_in_both_languages() {
        let cases = [
            ("CR", BestResponse::Cr),
            (" pr ", BestResponse::Pr),
            ("Stable disease", BestResponse::Sd),
            ("Partial response (PR)", BestResponse::Pr),
            ("PD（疾病进展）", BestResponse::Pd),
            ("完全缓解", BestResponse::Cr),
            ("部分缓解", BestResponse::Pr),
            ("疾病稳定", BestResponse::Sd),
            ("疾病进展", BestResponse::Pd),
            ("NE", BestResponse::Ne),
            ("not evaluable", BestResponse::Ne),
            ("non-CR/non-PD", BestResponse::NonCrNonPd),
            ("Non-CR/Non-PD", BestResponse::NonCrNonPd),
        ];
        for (text, response) in cases {
            assert_eq!(response_code(text), Some(response), "{text}");
        }
    }

    #[test]
    fn what_could_mean_two_things_is_left_open() {
        for text in [
            "no CR",
            "PR or SD",
            "SD then PD",
            "uPR",
            "3",
            "responder",
            "未缓解",
        ] {
            assert_eq!(response_code(text), None, "{text}");
        }
    }
}
