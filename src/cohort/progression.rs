//! Whether columns speak of progression, of death, or of both.

use super::TimeAndEvent;
use super::heading::Heading;

/// Headings of a column that says whether the disease progressed.
const PROGRESSED: &[&str] = &[
    "progression",
    "progressed",
    "pd",
    "relapse",
    "relapsed",
    "recurrence",
    "recurred",
    "progress",
    "progredienz",
    "progresion",
    "progressione",
    "rezidiv",
    "recidive",
    "recidiva",
    "进展",
    "复发",
];

/// What such a column says instead of that.
const NOT_PROGRESSED: &[&str] = &[
    "l1",
    "pd 1",
    "pfs",
    "free",
    "survival",
    "best",
    "response",
    "site",
    "type",
    "pattern",
    "cause",
    "datum",
    "部位",
    "类型",
    "方式",
    "原因",
    "无进展",
    "生存",
];

const DEATH: &[&str] = &[
    "death", "dead", "died", "deceased", "tod", "tot", "deces", "muerte", "decesso", "死亡",
];

/// Headings of a time to progression, which deaths censor.
pub(super) const TTP: &[&str] = &["ttp", "time to progression", "至进展时间"];

/// Whether the words name progression, and nothing else.
pub(super) fn says_who_progressed(words: &Heading) -> bool {
    names_progression(words) && !words.has_any(DEATH)
}

/// Whether the words name both events of PFS.
pub(super) fn says_who_progressed_or_died(words: &Heading) -> bool {
    names_progression(words) && words.has_any(DEATH)
}

/// Whether the words name a progression that a clinician saw and no scan documents.
pub(super) fn says_clinical_progression(words: &Heading) -> bool {
    const CLINICAL: &[&str] = &[
        "clinical",
        "clinically",
        "symptomatic",
        "klinisch",
        "klinische",
        "klinischer",
        "klinischen",
        "clinique",
        "clinica",
        "clinico",
        "临床",
    ];
    const BOTH: &[&str] = &[
        "radiological",
        "radiologic",
        "radiographic",
        "imaging",
        "or",
        "and",
        "oder",
        "und",
        "ou",
        "et",
        "o",
        "y",
        "e",
        "影像",
        "或",
        "和",
        // Of a trial, not of the clinic.
        "trial",
        "study",
        "studie",
        "试验",
        "研究",
    ];
    let of_progression = words.has_any(PROGRESSED) && !words.has_any(DEATH);
    let of_survival = words.has_any(&["pfs", "free", "survival", "无进展", "生存"]);
    of_progression && !of_survival && words.has_any(CLINICAL) && !words.has_any(BOTH)
}

fn names_progression(words: &Heading) -> bool {
    words.has_any(PROGRESSED) && !words.has_any(NOT_PROGRESSED)
}

/// Whether ready-made PFS is, by its headings and values, a time to progression.
pub(super) fn is_without_deaths(given: &TimeAndEvent) -> bool {
    let (time, event) = (Heading::new(&given.time), Heading::new(&given.event));
    let counts_deaths = (given.event_values.iter()).any(|value| Heading::new(value).has_any(DEATH));
    (time.has_any(TTP) || says_who_progressed(&event)) && !counts_deaths
}
