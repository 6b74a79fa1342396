//! One endpoint under several rules of censoring at once.

use serde::{Deserialize, Serialize};

use super::selection::{Exclusions, factor};
use super::survival::{check_options, survival_of};
use super::{
    AnalysisError, Drawn, Exclusion, ExclusionReason, READABLE_CURVES, SEED, SurvivalFigure,
    SurvivalOptions, SurvivalOutcome, landmarks,
};
use crate::cohort::{Cohort, Derived, Endpoint, EndpointData, Subject, TimeRules, TimeUnit};
use crate::recist::{EndpointSettings, Preset};
use crate::stats::{ConfType, Count};

/// Options of a sensitivity analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SensitivityOptions {
    /// Which endpoint: one whose times depend on the rules.
    pub endpoint: Endpoint,
    /// The rules, in the order of the columns.
    pub presets: Vec<Preset>,
    /// Heading of the grouping column; overall when `None`.
    pub group: Option<String>,
    /// Times of the rates, in the display unit; chosen from the follow-up when empty.
    pub landmarks: Vec<f64>,
    /// Transform of the confidence interval.
    pub conf_type: ConfType,
    /// Confidence level, 0.5 to 0.999.
    pub conf_level: f64,
    /// Draws of the Monte Carlo permutation test.
    pub draws: u32,
    /// Seed of the Monte Carlo permutation test.
    pub seed: u64,
    /// How the figures look.
    pub figure: SurvivalFigure,
}

impl Default for SensitivityOptions {
    /// All rules. Curves of the same patients lie close together: without bands.
    fn default() -> Self {
        Self {
            endpoint: Endpoint::Pfs,
            presets: vec![Preset::Fda, Preset::Ema, Preset::Plain],
            group: None,
            landmarks: Vec::new(),
            conf_type: ConfType::LogLog,
            conf_level: 0.95,
            draws: 100_000,
            seed: SEED,
            figure: SurvivalFigure {
                band: Drawn::Never,
                ..SurvivalFigure::default()
            },
        }
    }
}

/// Result of a sensitivity analysis. Times are in `unit`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SensitivityOutcome {
    /// The options that were used, defaults filled in (landmarks included).
    pub options: SensitivityOptions,
    /// The settings of the rules, but for the preset.
    pub settings: EndpointSettings,
    /// Unit of every time below.
    pub unit: TimeUnit,
    /// How times are displayed.
    pub rules: TimeRules,
    /// Subjects who contribute under one of the rules at least.
    pub n: usize,
    /// The estimates under each of the rules that somebody contributes under, in the order of the options.
    pub by: Vec<RuleOutcome>,
    /// The rules under which nobody contributes.
    pub empty: Vec<Preset>,
    /// The subjects whose time or event is not the same under all rules.
    pub changes: Vec<ChangedSubject>,
    /// Subjects left out under all rules.
    pub exclusions: Vec<Exclusion>,
}

/// The estimates under one of the rules.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleOutcome {
    /// Which rules.
    pub preset: Preset,
    /// The survival analysis of the times that they give.
    pub survival: SurvivalOutcome,
}

/// A subject whose time or event depends on the rules.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangedSubject {
    /// Who.
    pub subject: Subject,
    /// The most that differs between any two of the rules.
    pub change: Change,
    /// What each of the rules gives, in the order of the options.
    pub derived: Vec<Derived>,
}

/// How contributions differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The time only.
    Time,
    /// The event, and perhaps the time.
    Event,
    /// The subject is left out under some of the rules.
    Contributes,
}

impl SensitivityOutcome {
    /// The groups with a figure of their own, beside that of all: none where they are many.
    pub fn drawn_groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = Vec::new();
        if self.options.group.is_some() {
            let arms = self.by.iter().flat_map(|rule| &rule.survival.arms);
            for label in arms.filter_map(|arm| arm.label.as_deref()) {
                if !groups.contains(&label) {
                    groups.push(label);
                }
            }
        }
        groups.truncate(if groups.len() > READABLE_CURVES {
            0
        } else {
            READABLE_CURVES
        });
        groups
    }
}

/// Runs a sensitivity analysis: the same endpoint of the same patients under each of the rules.
///
/// **Conventions.** All rules share the landmarks, which the longest follow-up of any decides. Subjects who
/// contribute under none of the rules, or lack the group, are left out and listed; those who contribute
/// under some only are among the changes.
pub fn sensitivity(
    cohort: &Cohort,
    options: &SensitivityOptions,
    count: Count<'_>,
) -> Result<SensitivityOutcome, AnalysisError> {
    let settings = cohort.censoring().ok_or(AnalysisError::NoAssessments)?;
    let endpoint = options.endpoint;
    if options.presets.is_empty() {
        return Err(AnalysisError::NoRules);
    }
    let under: Vec<EndpointData> = (options.presets.iter())
        .map(|&preset| cohort.by_rules(endpoint, preset))
        .collect::<Option<_>>()
        .ok_or(AnalysisError::OneRule { endpoint })?;
    let (unit, rules) = (under[0].unit, cohort.rules());
    let mut options = options.clone();
    check_options(&of_survival(&options))?;
    let longest = (under.iter().flat_map(|data| &data.derived))
        .filter_map(|derived| Some(derived.value?.time))
        .fold(0.0, f64::max);
    landmarks::fill(&mut options.landmarks, longest, unit, rules);
    let Compared {
        n,
        changes,
        exclusions,
    } = compare(cohort, &under, options.group.as_deref())?;
    let (mut by, mut empty) = (Vec::new(), Vec::new());
    for (&preset, data) in options.presets.iter().zip(&under) {
        match survival_of(cohort, data, &of_survival(&options), count) {
            Ok(survival) => by.push(RuleOutcome { preset, survival }),
            Err(AnalysisError::NoSubjects) => empty.push(preset),
            Err(error) => return Err(error),
        }
    }
    if by.is_empty() {
        return Err(AnalysisError::NoSubjects);
    }
    Ok(SensitivityOutcome {
        options,
        settings,
        unit,
        rules,
        n,
        by,
        empty,
        changes,
        exclusions,
    })
}

fn of_survival(options: &SensitivityOptions) -> SurvivalOptions {
    SurvivalOptions {
        endpoint: options.endpoint,
        group: options.group.clone(),
        conf_type: options.conf_type,
        conf_level: options.conf_level,
        landmarks: options.landmarks.clone(),
        seed: options.seed,
        draws: options.draws,
        figure: options.figure.clone(),
    }
}

/// The subjects, each with all that the rules give.
struct Compared {
    n: usize,
    changes: Vec<ChangedSubject>,
    exclusions: Vec<Exclusion>,
}

fn compare(
    cohort: &Cohort,
    under: &[EndpointData],
    group: Option<&str>,
) -> Result<Compared, AnalysisError> {
    let factor = factor(cohort, group)?;
    let mut exclusions = Exclusions::of(cohort);
    let (mut n, mut changes) = (0, Vec::new());
    for (i, subject) in cohort.subjects().iter().enumerate() {
        let derived: Vec<Derived> = under.iter().map(|data| data.derived[i]).collect();
        if derived.iter().all(|derived| derived.value.is_none()) {
            let reason = derived[0].reason;
            exclusions.add(ExclusionReason::Endpoint { reason }, subject);
            continue;
        }
        if let Some(factor) = factor.filter(|factor| factor.values[i].is_none()) {
            let column = factor.column.clone();
            exclusions.add(ExclusionReason::NoGroup { column }, subject);
            continue;
        }
        n += 1;
        if let Some(change) = change(&derived) {
            changes.push(ChangedSubject {
                subject: subject.clone(),
                change,
                derived,
            });
        }
    }
    Ok(Compared {
        n,
        changes,
        exclusions: exclusions.into_vec(),
    })
}

/// The most that differs between any two; `None` where only the reasons do.
fn change(derived: &[Derived]) -> Option<Change> {
    let pairs = derived
        .windows(2)
        .map(|pair| (pair[0].value, pair[1].value));
    pairs
        .filter_map(|pair| match pair {
            (Some(a), Some(b)) if a.event != b.event => Some(Change::Event),
            (Some(a), Some(b)) if a.time != b.time => Some(Change::Time),
            (Some(_), Some(_)) | (None, None) => None,
            (Some(_), None) | (None, Some(_)) => Some(Change::Contributes),
        })
        .max()
}
