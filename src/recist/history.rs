//! The assessments of one patient brought into order: which is the baseline, which count.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Settings;
use super::lesion::{Length, Lesion, LesionKind};
use super::measurable;
use super::response::NonTarget;
use super::target::{burden, measured};
use super::visit::{Frame, Visit};
use super::warning::Warning;

/// What is known of the tumour of one patient.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// Start of treatment, or randomisation.
    pub start: NaiveDate,
    /// The lesions that measurements refer to.
    pub lesions: Vec<Lesion>,
    /// The assessments, in any order.
    pub visits: Vec<Visit>,
    /// Start of a new anticancer therapy.
    pub new_therapy: Option<NaiveDate>,
}

/// What the changes are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Baseline {
    /// An assessment that can be compared with.
    Adequate {
        /// Its date.
        date: NaiveDate,
        /// Place among [`History::visits`].
        visit: usize,
        /// Sum of the target lesions in mm; `None` with non-target disease only.
        sum: Option<f64>,
    },
    /// There are assessments, but none that can be compared with.
    Missing,
    /// Only responses are entered, or there are no assessments: nothing is said about a baseline.
    NotRecorded,
}

/// The assessments in order, and what they are judged by.
pub(super) struct Ordered<'a> {
    pub frame: Frame<'a>,
    pub baseline: Baseline,
    /// Places of the assessments after the baseline, by date.
    pub after: Vec<usize>,
    pub warnings: Vec<Warning>,
}

pub(super) fn order<'a>(history: &'a History, settings: &Settings) -> Ordered<'a> {
    let mut warnings = Vec::new();
    let visits = &history.visits;
    let mut sorted: Vec<usize> = (0..visits.len()).collect();
    if !visits.is_sorted_by_key(|visit| visit.date) {
        warnings.push(Warning::OutOfOrder);
        sorted.sort_by_key(|&index| visits[index].date);
    }
    check_sizes(history, &sorted, &mut warnings);

    let listed = (history.lesions.iter()).any(|lesion| lesion.kind == LesionKind::Target);
    let window = Window::new(history, settings);
    let chosen = baseline_visit(history, &sorted, listed, &window, &mut warnings);
    let only_entered = visits.iter().all(Visit::is_bare);
    if chosen.is_none() && !only_entered {
        warnings.push(Warning::NoBaseline);
    }

    let mut frame = Frame {
        lesions: &history.lesions,
        followed: listed.then(|| targets(&history.lesions).collect()),
        has_targets: listed || visits.iter().any(|visit| visit.sum_mm.is_some()),
        has_non_target: (history.lesions.iter()).any(|lesion| lesion.kind == LesionKind::NonTarget)
            || (visits.iter()).any(|visit| visit.non_target != NonTarget::None),
        baseline: None,
    };
    if let Some(index) = chosen {
        compare_with(&mut frame, &visits[index], &mut warnings);
    }
    let baseline = match chosen {
        Some(index) => Baseline::Adequate {
            date: visits[index].date,
            visit: index,
            sum: frame.baseline.map(Length::mm),
        },
        None if only_entered => Baseline::NotRecorded,
        None => Baseline::Missing,
    };
    let after = after(history, &sorted, chosen, &mut warnings);
    Ordered {
        frame,
        baseline,
        after,
        warnings,
    }
}

/// The dates on which an assessment can be the baseline.
struct Window {
    first: Option<NaiveDate>,
    last: NaiveDate,
}

impl Window {
    fn new(history: &History, settings: &Settings) -> Self {
        let days = |days: u32| Days::new(u64::from(days));
        Self {
            first: (settings.baseline_window)
                .and_then(|window| history.start.checked_sub_days(days(window))),
            last: (history.start)
                .checked_add_days(days(settings.baseline_grace))
                .unwrap_or(history.start),
        }
    }

    fn is_too_early(&self, date: NaiveDate) -> bool {
        self.first.is_some_and(|first| date < first)
    }
}

fn targets(lesions: &[Lesion]) -> impl Iterator<Item = usize> + '_ {
    (lesions.iter().enumerate())
        .filter(|(_, lesion)| lesion.kind == LesionKind::Target)
        .map(|(index, _)| index)
}

/// The sum that an assessment would be as the baseline: of the targets that have a size there.
fn sum_as_baseline(history: &History, listed: bool, visit: &Visit) -> Option<Length> {
    let followed: Option<Vec<usize>> = listed.then(|| targets(&history.lesions).collect());
    let burden = burden(&history.lesions, followed.as_deref(), visit);
    (burden.assessed > 0).then_some(burden.sum)
}

fn has_non_target(history: &History, visit: &Visit) -> bool {
    let stated = !matches!(visit.non_target, NonTarget::None | NonTarget::Ne);
    let is_seen = |(index, lesion): (usize, &Lesion)| {
        lesion.kind == LesionKind::NonTarget
            && measured(visit, lesion, index)
                .0
                .and_then(|measurement| lesion.is_seen(measurement))
                .is_some()
    };
    stated || history.lesions.iter().enumerate().any(is_seen)
}

/// The latest assessment in the window with a sum; without any, the latest one that says something of
/// non-target disease. Of two sums on one date the smaller one, from which less response follows.
fn baseline_visit(
    history: &History,
    sorted: &[usize],
    listed: bool,
    window: &Window,
    warnings: &mut Vec<Warning>,
) -> Option<usize> {
    let visits = &history.visits;
    let candidates: Vec<(usize, Option<Length>)> = (sorted.iter())
        .filter(|&&index| visits[index].date <= window.last && !visits[index].is_bare())
        .map(|&index| (index, sum_as_baseline(history, listed, &visits[index])))
        .filter(|(index, sum)| sum.is_some() || has_non_target(history, &visits[*index]))
        .collect();
    let in_window =
        || (candidates.iter()).filter(|(index, _)| !window.is_too_early(visits[*index].date));
    let Some(latest) = in_window()
        .rfind(|(_, sum)| sum.is_some())
        .or_else(|| in_window().next_back())
    else {
        if let Some((index, _)) = candidates.last() {
            let date = visits[*index].date;
            let days = (history.start - date).num_days();
            warnings.push(Warning::BaselineTooEarly { date, days });
        }
        return None;
    };
    let date = visits[latest.0].date;
    let mut same_day: Vec<&(usize, Option<Length>)> = in_window()
        .filter(|(index, sum)| visits[*index].date == date && sum.is_some() == latest.1.is_some())
        .collect();
    same_day.sort_by_key(|(_, sum)| *sum);
    if same_day.len() > 1 {
        warnings.push(Warning::TwoBaselines { date });
    }
    same_day.first().map(|(index, _)| *index)
}

/// Sets what later assessments are compared with.
fn compare_with(frame: &mut Frame, baseline: &Visit, warnings: &mut Vec<Warning>) {
    let date = baseline.date;
    if let Some(followed) = &mut frame.followed {
        followed.retain(|&index| {
            let lesion = &frame.lesions[index];
            let size = measured(baseline, lesion, index)
                .0
                .and_then(|measurement| lesion.size(measurement));
            if size.is_none() {
                let lesion = lesion.id.clone();
                warnings.push(Warning::TargetNotAtBaseline { lesion });
            }
            size.is_some()
        });
        warnings.extend(measurable::check(frame.lesions, followed, baseline));
    }
    frame.baseline = burden(frame.lesions, frame.followed.as_deref(), baseline).whole();
    match frame.baseline {
        Some(Length::ZERO) => {
            frame.baseline = None;
            frame.has_targets = false;
            warnings.push(Warning::BaselineSumZero { date });
        }
        None if frame.has_targets => warnings.push(Warning::NoBaselineSum { date }),
        Some(_) | None => {}
    }
}

/// The assessments that come after the baseline; responses as entered count from the start on.
fn after(
    history: &History,
    sorted: &[usize],
    baseline: Option<usize>,
    warnings: &mut Vec<Warning>,
) -> Vec<usize> {
    let visits = &history.visits;
    let baseline_date = baseline.map(|index| visits[index].date);
    let mut after = Vec::with_capacity(sorted.len());
    for &index in sorted {
        let date = visits[index].date;
        let counts = if visits[index].is_bare() {
            date >= history.start && baseline_date.is_none_or(|baseline| date >= baseline)
        } else {
            date > history.start && baseline_date.is_none_or(|baseline| date > baseline)
        };
        if counts {
            after.push(index);
        } else if baseline_date != Some(date) {
            warnings.push(Warning::BeforeBaseline { date });
        }
    }
    after
}

/// Numbers that are no lengths, and lesions that are unknown or measured twice.
fn check_sizes(history: &History, sorted: &[usize], warnings: &mut Vec<Warning>) {
    let wrong = |mm: Option<f64>| mm.is_some_and(|mm| Length::from_mm(mm).is_none());
    let number = |mm: Option<f64>| mm.filter(|mm| mm.is_finite());
    for visit in sorted.iter().map(|&index| &history.visits[index]) {
        let date = visit.date;
        for mm in [visit.sum_mm, visit.further.new_lesion_sum_mm] {
            if wrong(mm) {
                let (lesion, mm) = (None, number(mm));
                warnings.push(Warning::InvalidSize { date, lesion, mm });
            }
        }
        for (place, measurement) in visit.measurements.iter().enumerate() {
            let Some(lesion) = history.lesions.get(measurement.lesion) else {
                warnings.push(Warning::UnknownLesion { date });
                continue;
            };
            if wrong(measurement.diameter_mm) {
                let (lesion, mm) = (Some(lesion.id.clone()), number(measurement.diameter_mm));
                warnings.push(Warning::InvalidSize { date, lesion, mm });
            }
            let before = &visit.measurements[..place];
            if before
                .iter()
                .filter(|other| other.lesion == measurement.lesion)
                .count()
                == 1
            {
                let lesion = lesion.id.clone();
                warnings.push(Warning::MeasuredTwice { date, lesion });
            }
        }
    }
}
