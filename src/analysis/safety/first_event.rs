//! Time from the start of treatment to the first severe event; death is a competing event where it is known.

use std::sync::Arc;

use serde::Serialize;

use super::{SafetyAttribution, Sample};
use crate::analysis::competing::rate;
use crate::analysis::selection::Exclusions;
use crate::analysis::{Exclusion, ExclusionReason, Rate, landmarks};
use crate::cohort::{AdverseEvent, Cohort, Reason, TimeRules, TimeUnit};
use crate::stats::{
    CompetingRisks, CumulativeIncidence, GrayOptions, GrayTest, IncidenceOptions,
    IncidenceVariance, cumulative_incidence, gray_test,
};

/// Time to the first severe event, in days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FirstEvent {
    /// How times are displayed.
    pub rules: TimeRules,
    /// Whether death is a competing event; else nothing says who died, and follow-up ends at last contact.
    pub deaths: bool,
    /// Whether only events related to treatment count.
    pub related: bool,
    /// Times at which the incidence is given, in the display unit.
    pub landmarks: Vec<f64>,
    /// One a group in display order; empty when overall only.
    pub arms: Vec<FirstEventArm>,
    /// All patients.
    pub overall: FirstEventArm,
    /// Gray's test between the groups, when there are two or more.
    pub gray: Option<GrayTest>,
    /// Severe events that are not looked at, as they began before the treatment.
    pub before_start: usize,
    /// Subjects that are not followed from their start, or whose severe event has no date.
    pub exclusions: Vec<Exclusion>,
}

/// The curve of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FirstEventArm {
    /// Label of the level; `None` when overall.
    pub label: Option<String>,
    /// Patients.
    pub n: usize,
    /// Patients with a severe event.
    pub n_event: usize,
    /// Patients who died before one.
    pub n_death: usize,
    /// Cumulative incidence of a severe event (first cause) and of death before one (second).
    pub curves: Arc<CumulativeIncidence>,
    /// Incidence at the landmarks.
    pub rates: Vec<Rate>,
}

/// Where follow-up ended, and how.
struct Exit {
    days: f64,
    /// 0 censored, 1 severe event, 2 death.
    cause: usize,
}

/// Time to the first severe event; `None` without grades, dates of onset, or anybody followed from a start.
pub(super) fn first_event(cohort: &Cohort, sample: &Sample<'_>) -> Option<FirstEvent> {
    let mapped = sample.data.mapped;
    if !(mapped.grade && mapped.start) {
        return None;
    }
    // Where only related events are tabulated, it is the first of those.
    let only_related = sample.options.attribution == SafetyAttribution::Related;
    let related = (sample.options.first_related || only_related) && mapped.related;
    let mut exclusions = Exclusions::default();
    let (mut time, mut cause, mut group) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..sample.subjects.len() {
        match exit(cohort, sample, i, related) {
            Ok(exit) => {
                time.push(exit.days);
                cause.push(exit.cause);
                group.extend(sample.groups.as_ref().map(|groups| groups.of[i]));
            }
            Err(reason) => exclusions.add(reason, &cohort.subjects()[sample.subjects[i]]),
        }
    }
    let longest = time.iter().copied().reduce(f64::max)?;
    let rules = cohort.rules();
    let mut landmarks = sample.options.landmarks.clone();
    landmarks::fill(&mut landmarks, longest, TimeUnit::Days, rules);
    let at: Vec<f64> = (landmarks.iter())
        .map(|&shown| rules.in_unit(shown, TimeUnit::Days))
        .collect();
    let arm = |label: Option<&String>, of: Option<usize>| {
        let members = (0..time.len()).filter(|&i| of.is_none_or(|of| group[i] == of));
        let (time, cause): (Vec<f64>, Vec<usize>) = members.map(|i| (time[i], cause[i])).unzip();
        first_event_arm(label, &time, &cause, &at, sample)
    };
    let arms: Vec<FirstEventArm> = (sample.labels().enumerate())
        .filter_map(|(g, label)| arm(Some(label), Some(g)))
        .collect();
    let gray = (arms.len() > 1 && arms.len() == sample.labels().count()).then(|| {
        let data = CompetingRisks::new(&time, &cause, 2).expect("days are finite and ≥ 0");
        let options = GrayOptions {
            cause: 1,
            rho: 0.0,
            stratum: None,
        };
        gray_test(&data, &group, arms.len(), options)
    });
    let before_start = |i: usize| {
        (severe_events(sample, i, related)).filter(move |event| sample.is_before_start(i, event))
    };
    Some(FirstEvent {
        rules,
        deaths: sample.data.deaths_known,
        related,
        landmarks,
        overall: arm(None, None)?,
        arms,
        gray,
        before_start: (0..sample.subjects.len()).flat_map(before_start).count(),
        exclusions: exclusions.into_vec(),
    })
}

fn first_event_arm(
    label: Option<&String>,
    time: &[f64],
    cause: &[usize],
    at: &[f64],
    sample: &Sample<'_>,
) -> Option<FirstEventArm> {
    let data = CompetingRisks::new(time, cause, 2).ok()?;
    let options = IncidenceOptions {
        conf_type: sample.options.conf_type,
        conf_level: sample.options.conf_level,
        variance: IncidenceVariance::Greenwood,
    };
    let curves = cumulative_incidence(&data, options);
    let count = |of: usize| cause.iter().filter(|&&cause| cause == of).count();
    Some(FirstEventArm {
        label: label.cloned(),
        n: time.len(),
        n_event: count(1),
        n_death: count(2),
        rates: at.iter().map(|&time| rate(&curves, 0, time)).collect(),
        curves: Arc::new(curves),
    })
}

/// The severe events of the patient at that position of the sample.
fn severe_events<'s>(
    sample: &'s Sample<'_>,
    i: usize,
    related: bool,
) -> impl Iterator<Item = &'s AdverseEvent> {
    let severe = move |event: &&AdverseEvent| {
        let grade = event.grade;
        grade.is_some_and(|grade| grade >= sample.options.severe)
            && (!related || event.related == Some(true))
    };
    sample.events[i].iter().copied().filter(severe)
}

/// How the time of one patient ends, or why there is none.
///
/// Events before the start are not looked at. Follow-up ends at death or last contact, and where only
/// treatment-emergent events count, at the end of their window. A severe event after the last contact counts: the
/// patient was seen then.
fn exit(
    cohort: &Cohort,
    sample: &Sample<'_>,
    i: usize,
    related: bool,
) -> Result<Exit, ExclusionReason> {
    let period = &sample.data.periods[sample.subjects[i]];
    let endpoint = |reason| ExclusionReason::Endpoint { reason };
    let start = period.start.ok_or(endpoint(Reason::NoStart))?;
    let events = || severe_events(sample, i, related);
    let onset = events()
        .filter(|event| !sample.is_before_start(i, event))
        .filter_map(|event| event.start)
        .min();
    if onset.is_none() && events().any(|event| event.start.is_none()) {
        return Err(ExclusionReason::NoOnset);
    }
    let counted = i64::from(cohort.rules().count_first_day);
    let days = |date: chrono::NaiveDate| ((date - start).num_days() + counted) as f64;
    let window = (sample.options.emergent_days).and_then(|days| {
        period
            .last_dose?
            .checked_add_days(chrono::Days::new(days.into()))
    });
    let died_in_time = period.died() && window.is_none_or(|window| period.end <= Some(window));
    // Who died before the onset cannot have had it; the issue says so.
    let onset = onset.filter(|&onset| !period.died() || Some(onset) <= period.end);
    if let Some(onset) = onset {
        return Ok(Exit {
            days: days(onset),
            cause: 1,
        });
    }
    let end = period.end.ok_or(endpoint(Reason::NoEnd))?;
    let end = window.map_or(end, |window| end.min(window));
    if end < start {
        return Err(endpoint(Reason::Negative));
    }
    Ok(Exit {
        days: days(end),
        cause: if died_in_time { 2 } else { 0 },
    })
}
