//! What the times of a study begin with, as the heading of the start column says.

use serde::Serialize;

use super::heading::Heading;

/// What happened on the start date, as far as its heading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StartEvent {
    /// The first treatment.
    Treatment,
    /// Randomisation.
    Randomisation,
    /// Enrolment.
    Enrolment,
    /// Diagnosis.
    Diagnosis,
    /// Surgery.
    Surgery,
    /// The heading does not say, or names several.
    Unnamed,
}

const NAMES: [(StartEvent, &[&str]); 5] = [
    (
        StartEvent::Treatment,
        &[
            "treatment",
            "therapy",
            "chemotherapy",
            "immunotherapy",
            "radiotherapy",
            "dose",
            "trt",
            "trtsdt",
            "c1d1",
            "cycle 1 day 1",
            "用药",
            "给药",
            "治疗",
        ],
    ),
    (
        StartEvent::Randomisation,
        &[
            "randomisation",
            "randomization",
            "randomised",
            "randomized",
            "rand",
            "randdt",
            "随机",
        ],
    ),
    (
        StartEvent::Enrolment,
        &[
            "enrolment",
            "enrollment",
            "enrolled",
            "inclusion",
            "registration",
            "入组",
            "入选",
        ],
    ),
    (
        StartEvent::Diagnosis,
        &["diagnosis", "diagnosed", "dx", "确诊", "诊断"],
    ),
    (
        StartEvent::Surgery,
        &["surgery", "operation", "resection", "手术"],
    ),
];

impl StartEvent {
    /// What the heading of a start column names.
    pub(super) fn named(heading: &str) -> Self {
        let words = Heading::new(heading);
        let mut named = (NAMES.iter())
            .filter(|(_, names)| words.has_any(names))
            .map(|(event, _)| *event);
        match (named.next(), named.next()) {
            (Some(event), None) => event,
            (Some(_), Some(_)) | (None, _) => StartEvent::Unnamed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_names_what_the_times_begin_with() {
        let cases = [
            ("Treatment start", StartEvent::Treatment),
            ("Date of first dose", StartEvent::Treatment),
            ("TRTSDT", StartEvent::Treatment),
            ("首次用药日期", StartEvent::Treatment),
            ("Date of randomization", StartEvent::Randomisation),
            ("RANDDT", StartEvent::Randomisation),
            ("入组日期", StartEvent::Enrolment),
            ("Enrolment date", StartEvent::Enrolment),
            ("diagnosis_date", StartEvent::Diagnosis),
            ("确诊日期", StartEvent::Diagnosis),
            ("Surgery", StartEvent::Surgery),
            ("Start date", StartEvent::Unnamed),
            (
                "Date of diagnosis or start of treatment",
                StartEvent::Unnamed,
            ),
        ];
        for (heading, event) in cases {
            assert_eq!(StartEvent::named(heading), event, "{heading}");
        }
    }
}
