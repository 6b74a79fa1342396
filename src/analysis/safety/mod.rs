//! Adverse events: how many patients had which, how bad, how soon and how often.

use std::iter::repeat;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::selection::{Exclusions, Groups, check, check_level, factor};
use super::{AnalysisError, Exclusion, ExclusionReason, FigureWidth};
use crate::cohort::{
    AdverseEvent, AdverseEvents, Cohort, MappedEvents, TimeUnit, TreatmentPeriod, Undecided,
};
use crate::stats::{ConfType, DifferenceMethod};

mod first_event;
mod form;
mod rates;
mod table;

pub use first_event::*;
pub(super) use form::safety_form;
pub use rates::*;
pub use table::*;

/// Options of an analysis of adverse events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SafetyOptions {
    /// Heading of the grouping column; overall only when `None`.
    pub group: Option<String>,
    /// Who is counted among the patients.
    pub population: SafetyPopulation,
    /// Which events are tabulated.
    pub attribution: SafetyAttribution,
    /// Only events that began on or after the first day of treatment and at most that many days after the last
    /// one; every event when `None`.
    pub emergent_days: Option<u32>,
    /// Whether terms stand under their system organ classes.
    pub by_system: bool,
    /// Terms are shown that at least that percentage of a group (of all patients, without groups) had.
    pub threshold: f64,
    /// The grade from which an event is severe, 2 to 5.
    pub severe: u8,
    /// Interval of the difference between two groups.
    pub difference: DifferenceMethod,
    /// Unit of the time of exposure: months or years.
    pub rate_unit: TimeUnit,
    /// Whether the first severe event is that of any cause, or the first one related to treatment.
    pub first_related: bool,
    /// Transform of the confidence intervals of the incidence of a severe event.
    pub conf_type: ConfType,
    /// Confidence level, 0.5 to 0.999.
    pub conf_level: f64,
    /// Times at which that incidence is given, in the display unit; chosen from the follow-up when empty.
    pub landmarks: Vec<f64>,
    /// Options of the figures.
    pub figure: SafetyFigure,
}

impl Default for SafetyOptions {
    fn default() -> Self {
        Self {
            group: None,
            population: SafetyPopulation::Treated,
            attribution: SafetyAttribution::Both,
            emergent_days: None,
            by_system: false,
            threshold: 0.0,
            severe: 3,
            difference: DifferenceMethod::Newcombe,
            rate_unit: TimeUnit::Years,
            first_related: false,
            conf_type: ConfType::LogLog,
            conf_level: 0.95,
            landmarks: Vec::new(),
            figure: SafetyFigure::default(),
        }
    }
}

/// Who is counted among the patients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SafetyPopulation {
    /// All treated patients: those with a therapy, where a sheet of therapies says so; else all.
    Treated,
    /// All patients.
    All,
}

/// Which events are tabulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SafetyAttribution {
    /// Those of any cause, then those related to treatment.
    Both,
    /// Those of any cause.
    AnyCause,
    /// Those related to treatment.
    Related,
}

/// Options of the figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SafetyFigure {
    /// Width preset.
    pub width: FigureWidth,
    /// Most terms that are drawn, the commonest first.
    pub terms: u32,
    /// A title over the figures.
    pub title: Option<String>,
}

impl Default for SafetyFigure {
    fn default() -> Self {
        Self {
            width: FigureWidth::Two,
            terms: 20,
            title: None,
        }
    }
}

/// Result of an analysis of adverse events.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SafetyOutcome {
    /// The options that were used, landmarks filled in.
    pub options: SafetyOptions,
    /// What the sheet says of each event; rows and columns that need more are left out.
    pub mapped: MappedEvents,
    /// Whether a sheet of therapies says who was treated, and when.
    pub by_therapies: bool,
    /// One arm a group in display order; empty when overall only.
    pub arms: Vec<SafetyArm>,
    /// All analysed patients.
    pub overall: SafetyArm,
    /// One table for every attribution that is asked for and known.
    pub tables: Vec<SafetyTable>,
    /// Terms that too few patients had to be shown.
    pub below_threshold: usize,
    /// The columns of yes and no with values that say neither: what they would say is not given.
    pub undecided: Vec<Undecided>,
    /// Values that are missing among the analysed events.
    pub missing: MissingValues,
    /// Events of the analysed patients that began before the treatment or too long after it, and are not counted.
    pub not_emergent: usize,
    /// Events of the analysed patients that began before the treatment. Where every event is tabulated they are in the
    /// tables; they are never in the rates, nor in the time to the first severe event.
    pub before_start: usize,
    /// Time to the first severe event; `None` without dates or grades.
    pub first: Option<FirstEvent>,
    /// Rates by exposure; `None` where no exposure is known.
    pub rates: Option<SafetyRates>,
    /// Subjects left out.
    pub exclusions: Vec<Exclusion>,
    /// Labels of the groups without analysed subjects: they have no arm.
    pub empty_groups: Vec<String>,
}

/// A group of patients.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SafetyArm {
    /// Label of the level; `None` when overall.
    pub label: Option<String>,
    /// Patients.
    pub n: usize,
    /// Their events.
    pub events: usize,
}

/// Events that lack a value of a column that is mapped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct MissingValues {
    /// Without a grade.
    pub grade: usize,
    /// Nothing says whether related: not counted among the related ones.
    pub related: usize,
    /// Nothing says whether serious: not counted among those.
    pub serious: usize,
    /// Nothing says whether it led to discontinuation.
    pub discontinued: usize,
    /// Nothing says whether it led to a change of dose.
    pub dose_changed: usize,
    /// Without a date of onset.
    pub onset: usize,
}

/// The analysed patients with the events that count.
struct Sample<'a> {
    data: &'a AdverseEvents,
    options: &'a SafetyOptions,
    /// Positions among the subjects of the cohort.
    subjects: Vec<usize>,
    /// The events of each of them.
    events: Vec<Vec<&'a AdverseEvent>>,
    groups: Option<Groups>,
}

impl Sample<'_> {
    /// Whether an event of the patient at that position began before the treatment.
    fn is_before_start(&self, i: usize, event: &AdverseEvent) -> bool {
        is_before_start(event, &self.data.periods[self.subjects[i]])
    }

    /// The members of every arm and of all, by their position in the sample; without groups only all.
    fn members(&self) -> (Vec<Vec<usize>>, Vec<usize>) {
        let all: Vec<usize> = (0..self.subjects.len()).collect();
        let arms = self.groups.as_ref().map_or_else(Vec::new, |groups| {
            let of = |group: usize| all.iter().copied().filter(move |&i| groups.of[i] == group);
            (0..groups.labels.len())
                .map(|group| of(group).collect())
                .collect()
        });
        (arms, all)
    }

    fn labels(&self) -> impl Iterator<Item = &String> {
        self.groups.iter().flat_map(|groups| &groups.labels)
    }
}

/// Runs an analysis of adverse events.
///
/// **Conventions.** A patient counts once a row, at the highest grade; one whose events of that row have no grade
/// counts as ungraded. Percentages are of all treated patients. What nothing is said about counts as no. Rows and
/// columns whose column is not mapped are left out. An event that began before the treatment is not
/// treatment-emergent: the tables have it where every event is tabulated, rates and the time to the first severe event
/// never do, as there is no exposure before the treatment.
/// **Source.** CTCAE v5.0; ICH E3, 12.2; ICH E9, glossary (treatment emergent).
/// **Checked against** base R, in `tests/reference/safety.rs`.
pub fn safety(cohort: &Cohort, options: &SafetyOptions) -> Result<SafetyOutcome, AnalysisError> {
    check_level(options.conf_level)?;
    let threshold = options.threshold;
    check("threshold", threshold, (0.0..=100.0).contains(&threshold))?;
    let severe = f64::from(options.severe);
    check("severe", severe, (2..=5).contains(&options.severe))?;
    for &landmark in &options.landmarks {
        let fits = landmark.is_finite() && landmark >= 0.0;
        check("landmarks", landmark, fits)?;
    }
    let data = cohort.safety().ok_or(AnalysisError::NoAdverseEvents)?;
    let mut exclusions = Exclusions::of(cohort);
    let sample = sample(cohort, data, options, &mut exclusions)?;
    let all_events = || {
        (sample.subjects.iter()).flat_map(|&i| data.events[i].iter().zip(repeat(&data.periods[i])))
    };
    let (arms, all) = sample.members();
    let arm = |label: Option<&String>, members: &[usize]| SafetyArm {
        label: label.cloned(),
        n: members.len(),
        events: members.iter().map(|&i| sample.events[i].len()).sum(),
    };
    let (tables, below_threshold) = tables(&sample);
    let first = first_event(cohort, &sample);
    let rates = rates(cohort, &sample, &tables);
    let mut used = options.clone();
    if let Some(first) = &first {
        used.landmarks.clone_from(&first.landmarks);
    }
    Ok(SafetyOutcome {
        options: used,
        mapped: data.mapped,
        by_therapies: data.by_therapies,
        arms: (sample.labels().zip(&arms))
            .map(|(label, members)| arm(Some(label), members))
            .collect(),
        overall: arm(None, &all),
        tables,
        below_threshold,
        undecided: data.undecided.clone(),
        missing: missing(&sample),
        not_emergent: all_events().count() - sample.events.iter().map(Vec::len).sum::<usize>(),
        before_start: all_events()
            .filter(|(event, period)| is_before_start(event, period))
            .count(),
        first,
        rates,
        exclusions: exclusions.into_vec(),
        empty_groups: sample.groups.map(|groups| groups.empty).unwrap_or_default(),
    })
}

/// The analysed patients with the events that count.
fn sample<'a>(
    cohort: &'a Cohort,
    data: &'a AdverseEvents,
    options: &'a SafetyOptions,
    exclusions: &mut Exclusions,
) -> Result<Sample<'a>, AnalysisError> {
    let grouping = factor(cohort, options.group.as_deref())?;
    let (mut subjects, mut events, mut levels) = (Vec::new(), Vec::new(), Vec::new());
    for (i, subject) in cohort.subjects().iter().enumerate() {
        if options.population == SafetyPopulation::Treated && !data.periods[i].treated {
            exclusions.add(ExclusionReason::NotTreated, subject);
            continue;
        }
        if let Some(grouping) = grouping {
            let Some(level) = grouping.values[i] else {
                let column = grouping.column.clone();
                exclusions.add(ExclusionReason::NoGroup { column }, subject);
                continue;
            };
            levels.push(level);
        }
        let counted = |event: &&AdverseEvent| counts(event, &data.periods[i], options);
        subjects.push(i);
        events.push(data.events[i].iter().filter(counted).collect());
    }
    if subjects.is_empty() {
        return Err(AnalysisError::NoSubjects);
    }
    let groups = grouping
        .map(|grouping| Groups::new(grouping, levels))
        .transpose()?;
    Ok(Sample {
        data,
        options,
        subjects,
        events,
        groups,
    })
}

/// Whether an event began in the window of treatment, where only such are tabulated; what has no date counts.
fn counts(event: &AdverseEvent, period: &TreatmentPeriod, options: &SafetyOptions) -> bool {
    let (Some(days), Some(onset)) = (options.emergent_days, event.start) else {
        return true;
    };
    let in_time = |last: NaiveDate| (onset - last).num_days() <= i64::from(days);
    !is_before_start(event, period) && period.last_dose.is_none_or(in_time)
}

/// Whether an event began before the treatment did.
fn is_before_start(event: &AdverseEvent, period: &TreatmentPeriod) -> bool {
    matches!((event.start, period.start), (Some(onset), Some(start)) if onset < start)
}

fn missing(sample: &Sample<'_>) -> MissingValues {
    let mapped = sample.data.mapped;
    let count = |is_mapped: bool, is_missing: fn(&AdverseEvent) -> bool| {
        let events = sample.events.iter().flatten();
        usize::from(is_mapped) * events.filter(|event| is_missing(event)).count()
    };
    MissingValues {
        grade: count(mapped.grade, |event| event.grade.is_none()),
        related: count(mapped.related, |event| event.related.is_none()),
        serious: count(mapped.serious, |event| event.serious.is_none()),
        discontinued: count(mapped.discontinued, |event| event.discontinued.is_none()),
        dose_changed: count(mapped.dose_changed, |event| event.dose_changed.is_none()),
        onset: count(mapped.start, |event| event.start.is_none()),
    }
}
