//! Ready-made times with their event columns.

use super::{Look, NOT_VITAL, VITAL, documents_progression, event_values, only};
use crate::cohort::progression::{TTP, says_who_progressed_or_died};
use crate::cohort::{Endpoint, Mapping, MonthLength, TimeAndEvent, TimeUnit, unit};
use crate::table::Table;

const PFS: &[&str] = &[
    "pfs",
    "progression free",
    "progressionsfreies uberleben",
    "sans progression",
    "libre de progresion",
    "libera da progressione",
    "无进展",
];
const NOT_PFS: &[&str] = &["rate", "hr", "probability", "率", "rank"];
pub(super) const OS: &[&str] = &[
    "os",
    "overall survival",
    "survival",
    "surv",
    "survtime",
    "futime",
    "fustat",
    "gesamtuberleben",
    "survie globale",
    "supervivencia global",
    "sopravvivenza globale",
    "总生存",
    "生存时间",
    "生存期",
    "生存月数",
    "生存天数",
];
pub(super) const NOT_OS: &[&str] = &[
    "pfs",
    "progression",
    "dfs",
    "rfs",
    "efs",
    "free",
    "frei",
    "progressionsfreies",
    "krankheitsfreies",
    "sans",
    "libre",
    "libera",
    "specific",
    "rate",
    "hr",
    "probability",
    "无进展",
    "无病",
    "无复发",
    "无事件",
    "率",
    "rank",
];
pub(super) const EVENT: &[&str] = &[
    "event",
    "events",
    "evt",
    "status",
    "stat",
    "fustat",
    "censor",
    "censored",
    "censoring",
    "cens",
    "cnsr",
    "indicator",
    "ind",
    "flag",
    "code",
    "outcome",
    "ereignis",
    "zensiert",
    "zensierung",
    "evenement",
    "evento",
    "statut",
    "estado",
    "stato",
    "事件",
    "状态",
    "结局",
    "删失",
    "截尾",
];

/// Fills the ready-made endpoints.
pub(super) fn guess(table: &Table, columns: &[Look<'_>], mapping: &mut Mapping) {
    let pfs = |column: &&Look<'_>| column.words.has_any(PFS) && !column.words.has_any(NOT_PFS);
    let os = |column: &&Look<'_>| column.words.has_any(OS) && !column.words.has_any(NOT_OS);
    let pfs: Vec<&Look<'_>> = columns.iter().filter(pfs).collect();
    let os: Vec<&Look<'_>> = columns.iter().filter(os).collect();
    let pfs_time = time(&pfs, mapping);
    let os_time = time(&os, mapping);

    if let Some(time) = pfs_time {
        let both =
            |column: &&Look<'_>| says_who_progressed_or_died(&column.words) && column.is_coded();
        let event = event(&pfs, time)
            .or_else(|| only(columns.iter().filter(both)))
            .or_else(|| generic_event(columns, os_time.is_some() || progressed(columns).is_some()))
            .filter(|event| !event.values_speak_of_death() || event.values_speak_of_progression());
        mapping.pfs = event.and_then(|event| pair(table, Endpoint::Pfs, time, event, mapping));
    }
    if let Some(time) = os_time {
        let vital = |column: &&Look<'_>| {
            column.words.has_any(VITAL) && !column.words.has_any(NOT_VITAL) && !column.is_date()
        };
        let event = event(&os, time)
            .or_else(|| only(columns.iter().filter(vital)))
            .or_else(|| generic_event(columns, pfs_time.is_some()));
        mapping.os = event.and_then(|event| pair(table, Endpoint::Os, time, event, mapping));
    }
}

/// Takes a column of progressions alone for the event of PFS, or a time to progression for PFS, where
/// there is nothing better: the person is told.
pub(super) fn guess_without_deaths(table: &Table, columns: &[Look<'_>], mapping: &mut Mapping) {
    if mapping.pfs.is_some() || mapping.progression.is_some() {
        return;
    }
    let named = |names: &[&str]| -> Vec<&Look<'_>> {
        let of_it =
            |column: &&Look<'_>| column.words.has_any(names) && !column.words.has_any(NOT_PFS);
        columns.iter().filter(of_it).collect()
    };
    let (pfs, ttp) = (named(PFS), named(TTP));
    let times = if pfs.is_empty() { &ttp } else { &pfs };
    let generic = generic_event(columns, false);
    let Some(time) = time(times, mapping) else {
        return;
    };
    let event = match (event(times, time), progressed(columns), generic) {
        (Some(event), _, _) if pfs.is_empty() => Some(event),
        (None, Some(progressed), None) => Some(progressed),
        (None, None, Some(generic)) if pfs.is_empty() && mapping.os.is_none() => Some(generic),
        (Some(_), _, _) | (None, _, _) => None,
    };
    mapping.pfs = event
        .filter(|event| !mapping.uses(event.name))
        .and_then(|event| pair(table, Endpoint::Pfs, time, event, mapping));
}

/// The column that says who progressed, where one does.
fn progressed<'c, 'a>(columns: &'c [Look<'a>]) -> Option<&'c Look<'a>> {
    let named = |column: &&Look<'_>| {
        documents_progression(column) && !column.is_date() && column.is_coded()
    };
    only(columns.iter().filter(named))
}

/// The column of times among those of an endpoint. The same times in two units: the finer one.
fn time<'c, 'a>(columns: &[&'c Look<'a>], mapping: &Mapping) -> Option<&'c Look<'a>> {
    let times: Vec<&Look<'_>> = columns
        .iter()
        .copied()
        .filter(|column| !column.words.has_any(EVENT) && !column.words.has_number())
        .filter(|column| {
            (column.is_number() && !column.is_coded())
                || (column.is_date() && mapping.start.is_some() && !mapping.uses(column.name))
        })
        .collect();
    if let Some(time) = only(times.iter().copied()) {
        return Some(time);
    }
    let named = |time: &&Look<'_>| unit::named_unit(time.column);
    let units: Vec<TimeUnit> = times.iter().filter_map(named).collect();
    let one_each = (0..units.len()).all(|index| !units[..index].contains(&units[index]));
    if units.len() != times.len() || !one_each {
        return None;
    }
    let days = |time: &&&Look<'_>| {
        let unit = named(time).unwrap_or_default();
        unit.days(MonthLength::Average)
    };
    times
        .iter()
        .min_by(|a, b| days(a).total_cmp(&days(b)))
        .copied()
}

/// The event column among those of an endpoint: named as one, or the only coded one.
fn event<'c, 'a>(columns: &[&'c Look<'a>], time: &Look<'_>) -> Option<&'c Look<'a>> {
    let others = || {
        columns
            .iter()
            .copied()
            .filter(|column| column.name != time.name && !column.is_date())
            .filter(|column| !column.words.has_number())
    };
    let mut named = others()
        .filter(|column| column.words.has_any(EVENT))
        .peekable();
    if named.peek().is_some() {
        return only(named);
    }
    only(others().filter(|column| column.is_coded()))
}

/// A column that is called `status` or the like and nothing else, where it can only belong to one
/// endpoint.
fn generic_event<'c, 'a>(columns: &'c [Look<'a>], other_endpoint: bool) -> Option<&'c Look<'a>> {
    if other_endpoint {
        return None;
    }
    only(
        columns
            .iter()
            .filter(|column| EVENT.iter().any(|name| column.words.is(name)) && column.is_coded()),
    )
}

pub(super) fn pair(
    table: &Table,
    endpoint: Endpoint,
    time: &Look<'_>,
    event: &Look<'_>,
    mapping: &Mapping,
) -> Option<TimeAndEvent> {
    let dates = match endpoint {
        Endpoint::Os => mapping.death.as_deref(),
        _ => None,
    };
    let event_values = event_values(table, event, dates)?;
    Some(TimeAndEvent {
        time: time.name.to_owned(),
        event: event.name.to_owned(),
        unit: time.unit(table).unwrap_or_default(),
        event_values,
        blank_is_no_event: false,
    })
}

impl Look<'_> {
    /// Whether the values are a few codes rather than measurements.
    pub(super) fn is_coded(&self) -> bool {
        /// 0, 1 and a code or two for what else can happen.
        const MOST: usize = 4;
        self.distinct(MOST).is_some_and(|texts| {
            let whole = |text: &str| {
                text.parse::<f64>()
                    .is_ok_and(|number| number < 10.0 && number.fract() == 0.0)
            };
            !texts.is_empty() && (!self.is_number() || texts.iter().all(|text| whole(text)))
        })
    }
}
