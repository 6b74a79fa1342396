//! Patient by patient: how the tumour changed, and how long treatment and disease control lasted.

use chrono::Days;
use serde::{Deserialize, Serialize};

use super::selection::{Exclusions, Groups, factor};
use super::{AnalysisError, Drawn, Exclusion, ExclusionReason, FigureWidth};
use crate::cohort::{
    BestResponse, Cohort, Endpoint, FollowUpValue, Reason, Subject, Therapy, TimeRules, TimeUnit,
};
use crate::recist::{self, EndReason, IBestResponse, Timepoint};
use crate::stats::{QuantileType, Summary, summary};

/// Which rules responses follow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Criteria {
    /// RECIST 1.1.
    #[default]
    Recist,
    /// iRECIST.
    Irecist,
}

/// The order of the lanes of a swimmer plot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LaneOrder {
    /// The longest follow-up first.
    #[default]
    Duration,
    /// By best response, the longest first within each.
    Response,
    /// By group, the longest first within each.
    Group,
    /// As in the spreadsheet.
    Sheet,
}

/// How the figures look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CourseFigure {
    /// Their width.
    pub width: FigureWidth,
    /// Title above the first; none when `None`.
    pub title: Option<String>,
    /// Whether the names of patients stand at bars and lanes.
    pub names: Drawn,
}

impl Default for CourseFigure {
    fn default() -> Self {
        Self {
            width: FigureWidth::Two,
            title: None,
            names: Drawn::Automatic,
        }
    }
}

/// With more patients than this their names no longer fit at bars and lanes.
pub const NAMED_PATIENTS: usize = 60;

impl CourseFigure {
    /// Whether names are written with so many patients.
    pub fn names(&self, patients: usize) -> bool {
        match self.names {
            Drawn::Automatic => patients <= NAMED_PATIENTS,
            Drawn::Always => true,
            Drawn::Never => false,
        }
    }
}

/// Options of the tumour courses.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TumoursOptions {
    /// Which rules responses follow.
    pub by: Criteria,
    /// Heading of the grouping column; none when `None`.
    pub group: Option<String>,
    /// How the figures look.
    pub figure: CourseFigure,
}

/// Result of the tumour courses.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TumoursOutcome {
    /// The options that were used.
    pub options: TumoursOptions,
    /// How times are shown.
    pub rules: TimeRules,
    /// The settings of RECIST.
    pub settings: recist::Settings,
    /// Labels of the groups in display order; empty without groups.
    pub groups: Vec<String>,
    /// Every analysed patient, in the order of the sheet.
    pub patients: Vec<TumourCourse>,
    /// Best changes from the baseline as fractions, of the patients with one; `None` where none has one.
    pub best_change: Option<Summary>,
    /// How many of these have a sum below that of the baseline.
    pub shrunk: usize,
    /// How many patients have another best response by iRECIST than by RECIST 1.1.
    pub immune_differs: usize,
    /// Subjects left out.
    pub exclusions: Vec<Exclusion>,
}

/// The tumour of one patient.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TumourCourse {
    /// Who.
    pub subject: Subject,
    /// Index into the groups.
    pub group: Option<usize>,
    /// Best overall response by RECIST 1.1.
    pub best: BestResponse,
    /// Best overall response by iRECIST.
    pub immune_best: IBestResponse,
    /// Baseline sum in mm.
    pub baseline: Option<f64>,
    /// Best change from the baseline as a fraction; `None` where no sum could be compared.
    pub best_change: Option<f64>,
    /// Whether a new lesion was seen.
    pub new_lesion: bool,
    /// The assessments in order, with their days since the start.
    pub visits: Vec<CourseVisit>,
}

/// One assessment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CourseVisit {
    /// Days since the start.
    pub day: i64,
    /// Name of the visit.
    pub label: Option<String>,
    /// Sums, responses and why.
    pub point: Timepoint,
}

/// Gathers the tumour courses.
///
/// **Conventions.** Patients without a start or without an assessment are left out and listed. The best change
/// is that of the assessments that count for the best response by the chosen rules: up to the first PD, or by
/// iRECIST up to iCPD and not after the day of a new anticancer therapy. The median of an even number of changes is
/// the mean of the middle two.
pub fn tumours(cohort: &Cohort, options: &TumoursOptions) -> Result<TumoursOutcome, AnalysisError> {
    let found = cohort.tumours().ok_or(AnalysisError::NoAssessments)?;
    let mut chosen = Chosen::new(cohort, options.group.as_deref(), |index| {
        found[index]
            .is_none()
            .then_some(ExclusionReason::NotAssessed)
    })?;
    let patients: Vec<TumourCourse> = (chosen.subjects.iter())
        .filter_map(|&index| {
            let tumour = found[index].as_ref()?;
            let assessment = &tumour.assessment;
            let start = tumour.history.start;
            Some(TumourCourse {
                subject: cohort.subjects()[index].clone(),
                group: chosen.group_of(index),
                best: assessment.best_response.response,
                immune_best: assessment.irecist_best_response.response,
                baseline: match assessment.baseline {
                    recist::Baseline::Adequate { sum, .. } => sum,
                    recist::Baseline::Missing | recist::Baseline::NotRecorded => None,
                },
                best_change: match options.by {
                    Criteria::Recist => assessment.depth,
                    Criteria::Irecist => assessment.irecist_depth,
                }
                .map(|depth| depth.change),
                new_lesion: assessment.timepoints.iter().any(|point| point.new_lesion),
                visits: (assessment.timepoints.iter())
                    .map(|point| CourseVisit {
                        day: (point.date - start).num_days(),
                        label: tumour.history.visits[point.visit].label.clone(),
                        point: point.clone(),
                    })
                    .collect(),
            })
        })
        .collect();
    let changes: Vec<f64> = (patients.iter())
        .filter_map(|course| course.best_change)
        .collect();
    let differs = |course: &&TumourCourse| course.best != BestResponse::from(course.immune_best);
    Ok(TumoursOutcome {
        options: options.clone(),
        rules: cohort.rules(),
        settings: cohort.recist(),
        groups: std::mem::take(&mut chosen.labels),
        best_change: (!changes.is_empty()).then(|| summary(&changes, QuantileType::default())),
        shrunk: changes.iter().filter(|change| **change < 0.0).count(),
        immune_differs: patients.iter().filter(differs).count(),
        patients,
        exclusions: chosen.exclusions.into_vec(),
    })
}

/// Options of a swimmer plot.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SwimmerOptions {
    /// Heading of the grouping column; none when `None`.
    pub group: Option<String>,
    /// The order of the lanes.
    pub order: LaneOrder,
    /// How the figure looks.
    pub figure: CourseFigure,
}

/// Result of a swimmer plot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SwimmerOutcome {
    /// The options that were used.
    pub options: SwimmerOptions,
    /// How times are shown.
    pub rules: TimeRules,
    /// Labels of the groups in display order; empty without groups.
    pub groups: Vec<String>,
    /// The names of therapies, by first appearance.
    pub therapies: Vec<String>,
    /// The lanes in their order.
    pub lanes: Vec<Lane>,
    /// Subjects left out.
    pub exclusions: Vec<Exclusion>,
}

/// The lane of one patient. Times are in the unit of display, from the start.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lane {
    /// Who.
    pub subject: Subject,
    /// Index into the groups.
    pub group: Option<usize>,
    /// Best overall response, if known.
    pub best: Option<BestResponse>,
    /// Until death, or until the patient was last known alive.
    pub end: f64,
    /// Whether the lane ends with death.
    pub died: bool,
    /// First response.
    pub response: Option<f64>,
    /// Progression.
    pub progression: Option<f64>,
    /// Phases of therapy.
    pub phases: Vec<Phase>,
    /// Whether the studied treatment goes on.
    pub on_treatment: bool,
}

/// A phase of therapy.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Phase {
    /// Index into the therapies; `None` for an unnamed one.
    pub therapy: Option<usize>,
    /// First day.
    pub from: f64,
    /// Last day, of a single day the next one; the end of the lane while it goes on.
    pub to: f64,
    /// Whether it goes on.
    pub ongoing: bool,
}

/// Gathers the lanes of a swimmer plot.
///
/// **Conventions.** A lane lasts as overall survival does: to death or to the last date known alive, and where
/// overall survival is not mapped, as progression-free survival. Phases of therapy are cut to it.
pub fn swimmer(cohort: &Cohort, options: &SwimmerOptions) -> Result<SwimmerOutcome, AnalysisError> {
    let lasting = (cohort.endpoint(Endpoint::Os))
        .or_else(|| cohort.endpoint(Endpoint::Pfs))
        .ok_or(AnalysisError::NoEndpoint {
            endpoint: Endpoint::Os,
        })?;
    let mut chosen = Chosen::new(cohort, options.group.as_deref(), |index| {
        let derived = &lasting.derived[index];
        let reason = derived.reason;
        (derived.value.is_none()).then_some(ExclusionReason::Endpoint { reason })
    })?;
    let mut therapies: Vec<String> = Vec::new();
    let mut lanes: Vec<Lane> = (chosen.subjects.iter())
        .filter_map(|&index| {
            let FollowUpValue { time, event } = lasting.derived[index].value?;
            let rules = cohort.rules();
            let end = rules.shown(time, lasting.unit);
            let mut phases = phases(cohort, index, end, &mut therapies);
            let died = event && lasting.endpoint == Endpoint::Os;
            // A therapy without an end ended with the patient.
            for phase in phases.iter_mut().filter(|_| died) {
                phase.ongoing = false;
            }
            Some(Lane {
                subject: cohort.subjects()[index].clone(),
                group: chosen.group_of(index),
                best: cohort.responses().map(|responses| responses[index]),
                end,
                died,
                response: time_of(cohort, Endpoint::Ttr, index),
                progression: progression(cohort, index),
                on_treatment: !died && studied_goes_on(cohort, index),
                phases,
            })
        })
        .collect();
    match options.order {
        LaneOrder::Duration => lanes.sort_by(|a, b| b.end.total_cmp(&a.end)),
        LaneOrder::Response => {
            lanes.sort_by(|a, b| (a.best.cmp(&b.best)).then(b.end.total_cmp(&a.end)))
        }
        LaneOrder::Group => {
            lanes.sort_by(|a, b| (a.group.cmp(&b.group)).then(b.end.total_cmp(&a.end)))
        }
        LaneOrder::Sheet => {}
    }
    Ok(SwimmerOutcome {
        options: options.clone(),
        rules: cohort.rules(),
        groups: std::mem::take(&mut chosen.labels),
        therapies,
        lanes,
        exclusions: chosen.exclusions.into_vec(),
    })
}

/// When the event of an endpoint happened to a subject, in the unit of display.
fn time_of(cohort: &Cohort, endpoint: Endpoint, index: usize) -> Option<f64> {
    let data = cohort.endpoint(endpoint)?;
    let value = data.derived[index].value.filter(|value| value.event)?;
    Some(cohort.rules().shown(value.time, data.unit))
}

/// When an event of PFS was a progression: by its rule, or by coming before the death.
fn progression(cohort: &Cohort, index: usize) -> Option<f64> {
    let time = time_of(cohort, Endpoint::Pfs, index)?;
    let counts = match cohort.endpoint(Endpoint::Pfs)?.derived[index].reason {
        Reason::Progressed { .. }
        | Reason::Rule {
            by: EndReason::Progressed | EndReason::ClinicallyProgressed,
            ..
        } => true,
        // Ready-made: a death of the same time is the event.
        Reason::GivenEvent | Reason::GivenEventOn { .. } => {
            time_of(cohort, Endpoint::Os, index).is_none_or(|death| death > time)
        }
        _ => false,
    };
    counts.then_some(time)
}

/// Whether a phase of the treatment that is studied goes on.
fn studied_goes_on(cohort: &Cohort, index: usize) -> bool {
    let goes_on = |therapy: &Therapy| therapy.studied && therapy.end.is_none();
    (cohort.therapies()).is_some_and(|therapies| therapies[index].iter().any(goes_on))
}

fn phases(cohort: &Cohort, index: usize, end: f64, names: &mut Vec<String>) -> Vec<Phase> {
    let (Some(therapies), Some(start)) = (cohort.therapies(), cohort.starts()[index]) else {
        return Vec::new();
    };
    let shown = |date: chrono::NaiveDate| {
        let days = (date - start).num_days() as f64;
        cohort.rules().shown(days, TimeUnit::Days).clamp(0.0, end)
    };
    let named = |therapy: &Therapy| therapy.name.clone().or_else(|| therapy.line.clone());
    (therapies[index].iter())
        .map(|therapy| Phase {
            therapy: named(therapy).map(|name| {
                names
                    .iter()
                    .position(|known| *known == name)
                    .unwrap_or_else(|| {
                        names.push(name);
                        names.len() - 1
                    })
            }),
            from: shown(therapy.start),
            to: therapy
                .end
                .map_or(end, |last| shown(last.max(therapy.start + Days::new(1)))),
            ongoing: therapy.end.is_none(),
        })
        .filter(|phase| phase.to > phase.from)
        .collect()
}

/// The subjects that are shown, with their groups.
struct Chosen {
    subjects: Vec<usize>,
    labels: Vec<String>,
    of: Vec<Option<usize>>,
    exclusions: Exclusions,
}

impl Chosen {
    fn new(
        cohort: &Cohort,
        group: Option<&str>,
        excluded: impl Fn(usize) -> Option<ExclusionReason>,
    ) -> Result<Self, AnalysisError> {
        let factor = factor(cohort, group)?;
        let mut exclusions = Exclusions::of(cohort);
        let (mut subjects, mut levels) = (Vec::new(), Vec::new());
        for (index, subject) in cohort.subjects().iter().enumerate() {
            if let Some(reason) = excluded(index) {
                exclusions.add(reason, subject);
                continue;
            }
            if let Some(factor) = factor {
                let Some(level) = factor.values[index] else {
                    let column = factor.column.clone();
                    exclusions.add(ExclusionReason::NoGroup { column }, subject);
                    continue;
                };
                levels.push(level);
            }
            subjects.push(index);
        }
        if subjects.is_empty() {
            return Err(AnalysisError::NoSubjects);
        }
        let mut of = vec![None; cohort.subjects().len()];
        let mut labels = Vec::new();
        if let Some(factor) = factor {
            let groups = Groups::new(factor, levels)?;
            for (&index, group) in subjects.iter().zip(&groups.of) {
                of[index] = Some(*group);
            }
            labels = groups.labels;
        }
        Ok(Self {
            subjects,
            labels,
            of,
            exclusions,
        })
    }

    fn group_of(&self, index: usize) -> Option<usize> {
        self.of[index]
    }
}
