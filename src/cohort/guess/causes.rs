//! A ready-made time with several kinds of event.

use super::{Look, only};
use crate::cohort::competing::cause_coding;
use crate::cohort::{Mapping, TimeAndCause, coding};
use crate::table::Table;

/// Headings of a column that says which event came first.
const CAUSES: &[&str] = &[
    "cause",
    "event",
    "events",
    "event type",
    "eventtype",
    "failure type",
    "ftype",
    "etype",
    "fstatus",
    "status",
    "state",
    "outcome",
    "competing",
    "failure",
    "结局",
    "事件",
    "状态",
];

/// What such a column says instead of that.
const NOT_CAUSES: &[&str] = &[
    "pfs",
    "os",
    "ecog",
    "performance",
    "smoking",
    "mutation",
    "response",
    "hpv",
    "pd l1",
    "receptor",
    "marital",
    "adverse",
    "吸烟",
    "婚姻",
];

/// Headings of the times.
const TIMES: &[&str] = &[
    "time",
    "ftime",
    "futime",
    "duration",
    "follow up",
    "followup",
    "fu",
    "time to event",
    "时间",
    "随访时间",
];

/// A column of causes and the time that it ends, where there is one of each.
pub(super) fn guess(
    table: &Table,
    columns: &[Look<'_>],
    mapping: &Mapping,
) -> Option<TimeAndCause> {
    let coded = columns
        .iter()
        .filter(|column| !column.is_date() && !mapping.uses(column.name))
        .filter(|column| column.words.has_any(CAUSES) && !column.words.has_any(NOT_CAUSES))
        .filter_map(|column| Some((column, coding_of(column)?)));
    let (cause, coding) = only(coded)?;
    let times = columns
        .iter()
        .filter(|column| column.name != cause.name && column.is_number() && !column.is_coded())
        .filter(|column| column.words.has_any(TIMES) && !column.words.has_number());
    let ready_made = || {
        let of = |heading: &str| columns.iter().find(|column| column.name == heading);
        only([&mapping.pfs, &mapping.os].into_iter().flatten()).and_then(|given| of(&given.time))
    };
    let time = only(times).or_else(ready_made)?;
    Some(TimeAndCause {
        time: time.name.to_owned(),
        cause: cause.name.to_owned(),
        unit: time.unit(table).unwrap_or_default(),
        causes: coding.causes,
        censored: coding.censored,
    })
}

/// How the column would be read, if it were one of causes.
pub(super) fn coding_of(column: &Look<'_>) -> Option<crate::cohort::competing::CauseCoding> {
    let texts = column.distinct(coding::MAX_CODES)?;
    let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
    cause_coding(column.name, &texts)
}
