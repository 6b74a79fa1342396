//! Rates by exposure: events, and patients with one, over the time at risk.

use serde::Serialize;

use super::{SafetyRowKind, SafetyTable, Sample};
use crate::analysis::selection::Exclusions;
use crate::analysis::{Exclusion, ExclusionReason};
use crate::cohort::{AdverseEvent, Cohort, Endpoint};
use crate::stats::{IncidenceRate, Ratio, incidence_rate, rate_ratio};

/// Rates per unit of exposure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SafetyRates {
    /// Where the exposure comes from.
    pub exposure: ExposureSource,
    /// One a group; empty when overall only.
    pub arms: Vec<Exposure>,
    /// All patients with a known exposure.
    pub overall: Exposure,
    /// One a row of the first table.
    pub rows: Vec<RateRow>,
    /// Events of the first table that are not counted, as they began before the treatment.
    pub before_start: usize,
    /// Subjects whose exposure is not known.
    pub exclusions: Vec<Exclusion>,
}

/// Where the exposure comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExposureSource {
    /// First to last day of the therapies, both counted; to the end of follow-up where one goes on.
    Therapies,
    /// Start of treatment to the end of follow-up.
    FollowUp,
    /// The time of overall survival.
    Survival,
}

/// Exposure of a group, in the unit of the rates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Exposure {
    /// Patients with a known exposure.
    pub n: usize,
    /// Their exposure together.
    pub time: f64,
}

/// Rates of one row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RateRow {
    /// Which event.
    #[serde(flatten)]
    pub kind: SafetyRowKind,
    /// One a group; empty when overall only.
    pub arms: Vec<EventRates>,
    /// All patients.
    pub overall: EventRates,
    /// Second group over first, of events; `None` unless there are two groups.
    pub event_ratio: Option<Ratio>,
    /// Second group over first, of patients with an event.
    pub patient_ratio: Option<Ratio>,
}

/// Rates of one row and group, per unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct EventRates {
    /// Events over the whole exposure.
    pub events: IncidenceRate,
    /// Patients with an event over the exposure up to the first one.
    pub patients: IncidenceRate,
}

/// The rates of the rows of the first table; `None` where nobody's exposure is known. What began before the treatment is
/// not counted: no exposure belongs to it, and the patient is at risk of a first event from the start on.
pub(super) fn rates(
    cohort: &Cohort,
    sample: &Sample<'_>,
    tables: &[SafetyTable],
) -> Option<SafetyRates> {
    let (source, days) = exposures(cohort, sample)?;
    let unit = sample.options.rate_unit.days(cohort.rules().month);
    let mut exclusions = Exclusions::default();
    for (i, days) in days.iter().enumerate() {
        if days.is_none() {
            let subject = &cohort.subjects()[sample.subjects[i]];
            exclusions.add(ExclusionReason::NoExposure, subject);
        }
    }
    let counted = match source {
        ExposureSource::Therapies => 1,
        ExposureSource::FollowUp | ExposureSource::Survival => {
            i64::from(cohort.rules().count_first_day)
        }
    };
    let at_risk = AtRisk {
        sample,
        days: &days,
        unit,
        counted,
    };
    let (arms, all) = sample.members();
    let table = tables.first()?;
    let rows = (table.rows.iter())
        .map(|row| {
            let holders = sample.holders(&row.kind, table.related);
            let mut of: Vec<Vec<&AdverseEvent>> = vec![Vec::new(); days.len()];
            for (i, mut events) in holders {
                events.retain(|event| !sample.is_before_start(i, event));
                of[i] = events;
            }
            let rates: Vec<EventRates> = arms.iter().map(|arm| at_risk.rates(arm, &of)).collect();
            let ratio = |rate: fn(&EventRates) -> IncidenceRate| match &rates[..] {
                [first, second] => {
                    let [first, second] = [rate(first), rate(second)].map(|r| (r.count, r.time));
                    Some(rate_ratio(first, second, sample.options.conf_level))
                }
                _ => None,
            };
            RateRow {
                kind: row.kind.clone(),
                event_ratio: ratio(|rates| rates.events),
                patient_ratio: ratio(|rates| rates.patients),
                overall: at_risk.rates(&all, &of),
                arms: rates,
            }
        })
        .collect();
    let before_start = (sample.holders(&SafetyRowKind::Any, table.related).iter())
        .filter(|(i, _)| days[*i].is_some())
        .flat_map(|(i, events)| (events.iter()).filter(|event| sample.is_before_start(*i, event)))
        .count();
    Some(SafetyRates {
        exposure: source,
        arms: arms.iter().map(|arm| at_risk.exposure(arm)).collect(),
        overall: at_risk.exposure(&all),
        rows,
        before_start,
        exclusions: exclusions.into_vec(),
    })
}

/// Whole days of exposure of every analysed patient, from the first source that has any.
fn exposures(cohort: &Cohort, sample: &Sample<'_>) -> Option<(ExposureSource, Vec<Option<f64>>)> {
    let data = sample.data;
    let dated =
        |first_day: i64, last: fn(&crate::cohort::TreatmentPeriod) -> Option<chrono::NaiveDate>| {
            let periods = sample
                .subjects
                .iter()
                .map(|&subject| &data.periods[subject]);
            let days = periods.map(|period| {
                let days = (last(period)? - period.start?).num_days() + first_day;
                (days >= 0).then_some(days as f64)
            });
            days.collect::<Vec<Option<f64>>>()
        };
    let known = |days: &[Option<f64>]| days.iter().any(Option::is_some);
    if data.by_therapies {
        let days = dated(1, |period| period.last_dose.or(period.end));
        if known(&days) {
            return Some((ExposureSource::Therapies, days));
        }
    }
    let first_day = i64::from(cohort.rules().count_first_day);
    let days = dated(first_day, |period| period.end);
    if known(&days) {
        return Some((ExposureSource::FollowUp, days));
    }
    let survival = cohort.endpoint(Endpoint::Os)?;
    let unit = survival.unit.days(cohort.rules().month);
    let days: Vec<Option<f64>> = (sample.subjects.iter())
        .map(|&subject| {
            let value = survival.derived[subject].value;
            value.map(|value| value.time * unit)
        })
        .collect();
    known(&days).then_some((ExposureSource::Survival, days))
}

/// Sums of exposure.
struct AtRisk<'a> {
    sample: &'a Sample<'a>,
    days: &'a [Option<f64>],
    /// Days in a unit of the rates.
    unit: f64,
    /// Whether the day of onset itself counts.
    counted: i64,
}

impl AtRisk<'_> {
    fn exposure(&self, members: &[usize]) -> Exposure {
        let days = || members.iter().filter_map(|&i| self.days[i]);
        Exposure {
            n: days().count(),
            time: days().sum::<f64>() / self.unit,
        }
    }

    fn rates(&self, members: &[usize], of: &[Vec<&AdverseEvent>]) -> EventRates {
        let (mut events, mut patients) = (0, 0);
        let (mut whole, mut to_first) = (0.0, 0.0);
        for &i in members {
            let Some(days) = self.days[i] else { continue };
            events += of[i].len();
            patients += usize::from(!of[i].is_empty());
            whole += days;
            to_first += self.until_first(i, days, &of[i]);
        }
        let level = self.sample.options.conf_level;
        EventRates {
            events: incidence_rate(events, whole / self.unit, level),
            patients: incidence_rate(patients, to_first / self.unit, level),
        }
    }

    /// Days at risk of a first event: up to its onset where that is known, never beyond the exposure.
    fn until_first(&self, i: usize, days: f64, events: &[&AdverseEvent]) -> f64 {
        let start = self.sample.data.periods[self.sample.subjects[i]].start;
        let onset = events.iter().filter_map(|event| event.start).min();
        match (start, onset) {
            (Some(start), Some(onset)) => {
                let until = (onset - start).num_days() + self.counted;
                days.min(until as f64)
            }
            (None, _) | (_, None) => days,
        }
    }
}
