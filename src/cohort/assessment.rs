//! Tumour assessments: a sheet with one row a visit, a sheet with one row a lesion and visit, or both.

use serde::{Deserialize, Serialize};

use super::heading::{Heading, plain};
use super::response::response_code;
use super::{BestResponse, StatusColumn, WidePart};
use crate::recist::{IResponse, LesionKind, LesionState, NonTarget, Response};
use crate::table::TableName;

/// The sheet with one row a visit and what its columns mean.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AssessmentSheet {
    /// Which sheet.
    pub table: TableName,
    /// Patient id.
    pub patient: String,
    /// Date of the visit; empty where the parts of a wide sheet have their own.
    pub date: String,
    /// Name of the visit.
    pub visit: Option<String>,
    /// Sum of the diameters of the target lesions, mm.
    pub sum: Option<String>,
    /// Response of the non-target lesions.
    pub non_target: Option<String>,
    /// Whether there was a new lesion.
    pub new_lesion: Option<StatusColumn>,
    /// Response of the visit as the investigator called it.
    pub response: Option<String>,
    /// The visits, where one row holds several of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wide: Vec<WidePart>,
}

/// The sheet with one row a lesion and visit and what its columns mean.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LesionSheet {
    /// Which sheet.
    pub table: TableName,
    /// Patient id.
    pub patient: String,
    /// Date of the visit; empty where the parts of a wide sheet have their own.
    pub date: String,
    /// Name of the visit.
    pub visit: Option<String>,
    /// Name of the lesion, the same at every visit; empty where the parts of a wide sheet have theirs.
    pub lesion: String,
    /// Organ that it is in.
    pub organ: Option<String>,
    /// Target, non-target or new; target when no column says.
    pub role: Option<String>,
    /// Whether it is a lymph node.
    pub nodal: Option<StatusColumn>,
    /// Longest diameter (short axis of a node), mm.
    pub diameter: Option<String>,
    /// What is said of it instead of a diameter: absent, too small to measure, not assessed, growth.
    pub state: Option<String>,
    /// The visits or lesions, where one row holds several of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wide: Vec<WidePart>,
}

/// What people write for a response of a visit: as entered, and by iRECIST where it has the prefix i.
pub(super) fn response(text: &str) -> Option<(Option<Response>, Option<IResponse>)> {
    let immune = match plain(text).replace([' ', '-', '/'], "").as_str() {
        "icr" => Some(IResponse::Icr),
        "ipr" => Some(IResponse::Ipr),
        "isd" => Some(IResponse::Isd),
        "iupd" => Some(IResponse::Iupd),
        "icpd" => Some(IResponse::Icpd),
        "noniicrnoniupd" | "nonicrnoniupd" => Some(IResponse::NonIcrNonIupd),
        _ => None,
    };
    if immune.is_some() {
        return Some((None, immune));
    }
    let response = match response_code(text)? {
        BestResponse::Cr => Response::Cr,
        BestResponse::Pr => Response::Pr,
        BestResponse::Sd => Response::Sd,
        BestResponse::NonCrNonPd => Response::NonCrNonPd,
        BestResponse::Pd => Response::Pd,
        BestResponse::Ne => Response::Ne,
        BestResponse::Missing => return None,
    };
    Some((Some(response), None))
}

/// What people write for the non-target lesions of a visit.
pub(super) fn non_target(text: &str) -> Option<NonTarget> {
    let words = Heading::new(text);
    if ["none", "no", "not applicable", "n a", "na", "无"]
        .iter()
        .any(|name| words.is(name))
    {
        return Some(NonTarget::None);
    }
    if let Some((Some(response), _)) = response(text) {
        return Some(match response {
            Response::Cr => NonTarget::Cr,
            Response::Pr | Response::Sd | Response::NonCrNonPd => NonTarget::NonCrNonPd,
            Response::Pd => NonTarget::Pd,
            Response::Ne => NonTarget::Ne,
        });
    }
    Some(match lesion_state(text)? {
        LesionState::Gone => NonTarget::Cr,
        LesionState::Present | LesionState::TooSmall => NonTarget::NonCrNonPd,
        LesionState::Progressed => NonTarget::Pd,
        LesionState::NotAssessed => NonTarget::Ne,
    })
}

/// What people write for a lesion instead of a diameter.
pub(super) fn lesion_state(text: &str) -> Option<LesionState> {
    const STATES: [(LesionState, &[&str]); 5] = [
        (
            LesionState::NotAssessed,
            &[
                "not assessed",
                "not evaluable",
                "not evaluated",
                "not done",
                "not imaged",
                "ne",
                "nd",
                "未评估",
                "未评价",
                "未查",
            ],
        ),
        (
            LesionState::TooSmall,
            &[
                "too small",
                "tstm",
                "tsm",
                "below 5",
                "小于 5",
                "过小",
                "太小",
            ],
        ),
        (
            LesionState::Gone,
            &[
                "absent",
                "gone",
                "disappeared",
                "resolved",
                "not seen",
                "no longer",
                "complete response",
                "cr",
                "消失",
                "未见",
            ],
        ),
        (
            LesionState::Progressed,
            &[
                "progressed",
                "progression",
                "progressive",
                "pd",
                "unequivocal",
                "worse",
                "increased",
                "grown",
                "进展",
                "增大",
            ],
        ),
        (
            LesionState::Present,
            &[
                "present",
                "persistent",
                "persists",
                "stable",
                "unchanged",
                "decreased",
                "smaller",
                "seen",
                "non cr non pd",
                "sd",
                "pr",
                "存在",
                "稳定",
                "缩小",
            ],
        ),
    ];
    let small = plain(text).replace(' ', "");
    if ["<5", "<5mm", "＜5", "≤5", "<=5"].contains(&small.as_str()) {
        return Some(LesionState::TooSmall);
    }
    let words = Heading::new(text);
    // "non CR/non PD" before the "CR" and the "PD" in it.
    if words.has("non cr non pd") {
        return Some(LesionState::Present);
    }
    (STATES.iter())
        .find(|(_, names)| words.has_any(names))
        .map(|(state, _)| *state)
}

/// Words for a lesion that was not there before.
const NEW: &[&str] = &[
    "new",
    "newly",
    "neu",
    "neue",
    "neuer",
    "nouveau",
    "nouvelle",
    "nuevo",
    "nueva",
    "nuovo",
    "nuova",
    "新发",
    "新病灶",
];

/// Whether the state of a lesion says that it is a new one.
pub(super) fn says_new(text: &str) -> bool {
    const NOT: &[&str] = &[
        "no", "not", "none", "without", "kein", "keine", "nicht", "pas", "sans", "sin", "non",
        "senza", "无", "未",
    ];
    let words = Heading::new(text);
    words.has_any(NEW) && !words.has_any(NOT)
}

/// What people write for how a lesion is followed.
pub(super) fn lesion_kind(text: &str) -> Option<LesionKind> {
    let words = Heading::new(text);
    if words.has_any(NEW) {
        Some(LesionKind::New)
    } else if words.has_any(&["non target", "nontarget", "non", "nt", "非靶"]) {
        Some(LesionKind::NonTarget)
    } else if words.has_any(&["target", "t", "yes", "靶"]) {
        Some(LesionKind::Target)
    } else {
        None
    }
}

/// Whether the name of a lesion or its organ says that it is a lymph node.
pub(super) fn says_node(text: &str) -> bool {
    Heading::new(text).has_any(&[
        "node",
        "nodes",
        "nodal",
        "ln",
        "lymph",
        "lymphatic",
        "淋巴结",
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn responses_are_read_with_their_prefix() {
        assert_eq!(response("PR"), Some((Some(Response::Pr), None)));
        assert_eq!(response("iUPD"), Some((None, Some(IResponse::Iupd))));
        assert_eq!(response("疾病进展"), Some((Some(Response::Pd), None)));
        assert_eq!(response("who knows"), None);
    }

    #[test]
    fn findings_are_read_in_words() {
        let cases = [
            ("Absent", LesionState::Gone),
            ("not seen any more", LesionState::Gone),
            ("TSTM", LesionState::TooSmall),
            ("< 5 mm", LesionState::TooSmall),
            ("not assessed", LesionState::NotAssessed),
            ("non-CR/non-PD", LesionState::Present),
            ("unequivocal progression", LesionState::Progressed),
            ("消失", LesionState::Gone),
        ];
        for (text, state) in cases {
            assert_eq!(lesion_state(text), Some(state), "{text}");
        }
        assert_eq!(lesion_state("see report"), None);
        assert_eq!(non_target("Non-CR/Non-PD"), Some(NonTarget::NonCrNonPd));
        assert_eq!(non_target("none"), Some(NonTarget::None));
        assert_eq!(lesion_kind("Non-target"), Some(LesionKind::NonTarget));
        assert_eq!(lesion_kind("New lesion"), Some(LesionKind::New));
        assert_eq!(lesion_kind("Target"), Some(LesionKind::Target));
        for text in [
            "New",
            "new lesion",
            "Neu",
            "nouvelle lésion",
            "新发",
            "present, new",
        ] {
            assert!(says_new(text), "{text}");
        }
        for text in ["no new lesion", "stable", "keine neue", "无新发"] {
            assert!(!says_new(text), "{text}");
        }
        assert!(says_node("Mediastinal LN") && !says_node("Lung"));
    }
}
