//! A time and an event column that name no endpoint, as in many a teaching file: `time`, `status`.

use super::given::{EVENT, NOT_OS, OS, pair};
use super::{Look, NOT_VITAL, VITAL, only};
use crate::cohort::{Endpoint, Mapping};
use crate::table::Table;

/// What the times are then called, but for their unit.
const TIMES: &[&str] = &[
    "time",
    "times",
    "duration",
    "follow up",
    "followup",
    "follow up time",
    "followup time",
    "fu time",
    "fu",
    "time to event",
    "observation time",
    "时间",
    "随访",
    "随访时间",
];

/// Takes them for overall survival where nothing else is there to analyse. The cohort tells the person that this is a
/// guess ([`crate::cohort::IssueKind::EndpointAssumed`]).
pub(super) fn guess(table: &Table, columns: &[Look<'_>], mapping: &mut Mapping) {
    let taken = mapping.pfs.is_some() || mapping.os.is_some() || mapping.competing.is_some();
    if taken || mapping.start.is_some() {
        return;
    }
    let time = only(columns.iter().filter(|column| {
        column.is_number() && !column.is_coded() && column.words.is_without_unit(TIMES)
    }));
    let event = only(columns.iter().filter(|column| {
        let vital = column.words.has_any(VITAL) && !column.words.has_any(NOT_VITAL);
        let named = vital || EVENT.iter().any(|name| column.words.is(name));
        named && column.is_coded() && !column.values_speak_of_progression()
    }));
    mapping.os =
        (time.zip(event)).and_then(|(time, event)| pair(table, Endpoint::Os, time, event, mapping));
}

/// Whether the headings say that these are times and events of overall survival.
pub(in crate::cohort) fn says_survival(time: &str, event: &str) -> bool {
    use crate::cohort::heading::Heading;
    let (time, event) = (Heading::new(time), Heading::new(event));
    let named = |heading: &Heading| heading.has_any(OS) && !heading.has_any(NOT_OS);
    named(&time) || named(&event) || (event.has_any(VITAL) && !event.has_any(NOT_VITAL))
}
