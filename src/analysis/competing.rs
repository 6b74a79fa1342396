//! Cumulative incidence of events that compete, overall or by group.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::case::{CaseChoice, CaseColumns, Cases, Copies, is_date, only};
use super::competing_models::{CompetingModels, Modelled};
use super::selection::{Exclusions, Groups, check, check_level, factor};
use super::steps::Steps;
use super::{
    AnalysisError, EndpointDefinition, Exclusion, ExclusionReason, FigureWidth, LegendPlace,
    NumberUse, Progress, Rate, WeightKind, landmarks,
};
use crate::cohort::{Cause, Cohort, TimeRules, TimeUnit};
use crate::stats::{
    CompetingRisks, ConfType, CoxFit, CumulativeIncidence, FineGrayFit, GrayOptions, GrayTest,
    IncidenceOptions, IncidenceVariance, Quantile, cause_specific, cumulative_incidence, gray_test,
    kaplan_meier, median_follow_up,
};

/// Options of an analysis of competing risks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CompetingOptions {
    /// The event of interest, by its [key](Cause::key); the first when `None`.
    pub cause: Option<String>,
    /// Heading of the grouping column; overall when `None`.
    pub group: Option<String>,
    /// Heading of the column within whose groups Gray's test compares; not stratified when `None`.
    pub strata: Option<String>,
    /// Headings of the covariates of the models, in the order of the table; no models when empty.
    pub covariates: Vec<String>,
    /// Those that make groups but are used as the numbers that they are.
    pub as_numbers: Vec<String>,
    /// How the numbers of a column are used; see [`NumberUse`] for those not named.
    pub numbers: BTreeMap<String, NumberUse>,
    /// The reference level of a grouping column; its first level for those not named.
    pub references: BTreeMap<String, String>,
    /// Column of numbers that says how much each patient counts; all alike when `None`.
    pub weights: Option<String>,
    /// What these numbers mean.
    pub weight_kind: WeightKind,
    /// Column of numbers with the time after the start at which each patient came under observation (delayed entry,
    /// left truncation), or of dates; everybody from the start when `None`.
    pub entry: Option<String>,
    /// Unit of the numbers; that of the times of the events when `None`.
    pub entry_unit: Option<TimeUnit>,
    /// Transform of the confidence intervals.
    pub conf_type: ConfType,
    /// Confidence level, 0.5 to 0.999.
    pub conf_level: f64,
    /// Times at which the incidence is given, in the display unit; chosen from the follow-up when empty.
    pub landmarks: Vec<f64>,
    /// Whose conventions the Fine-Gray model follows.
    pub convention: FineGrayWeights,
    /// How the figures look.
    pub figure: CompetingFigure,
}

impl Default for CompetingOptions {
    fn default() -> Self {
        Self {
            cause: None,
            group: None,
            strata: None,
            covariates: Vec::new(),
            as_numbers: Vec::new(),
            numbers: BTreeMap::new(),
            references: BTreeMap::new(),
            weights: None,
            weight_kind: WeightKind::Frequency,
            entry: None,
            entry_unit: None,
            conf_type: ConfType::LogLog,
            conf_level: 0.95,
            landmarks: Vec::new(),
            convention: FineGrayWeights::Survival,
            figure: CompetingFigure::default(),
        }
    }
}

/// Whose conventions the Fine-Gray model follows, see [`FineGrayConvention`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FineGrayWeights {
    /// `finegray` and `coxph` of R's survival, with Efron's ties.
    Survival,
    /// `crr` of R's cmprsk.
    Cmprsk,
}

/// What the figures of cumulative incidence show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CompetingFigure {
    /// Width preset.
    pub width: FigureWidth,
    /// Draw the confidence bands.
    pub band: bool,
    /// Write the p value of Gray's test and the ratio of subdistribution hazards.
    pub annotation: bool,
    /// Where the legend stands.
    pub legend: LegendPlace,
    /// Write the number at risk under the axis.
    pub risk_table: bool,
    /// End the percent axis above the curves instead of at 100 %.
    pub fit_axis: bool,
    /// Also draw all events stacked on one another.
    pub stacked: bool,
    /// Distance of the ticks in the display unit; chosen when `None`.
    pub tick_step: Option<f64>,
    /// End of the time axis in the display unit; chosen when `None`.
    pub axis_end: Option<f64>,
    /// Title above the figure; none when `None`.
    pub title: Option<String>,
}

impl Default for CompetingFigure {
    fn default() -> Self {
        Self {
            width: FigureWidth::OneAndHalf,
            band: true,
            annotation: true,
            legend: LegendPlace::Ends,
            risk_table: true,
            fit_axis: false,
            stacked: true,
            tick_step: None,
            axis_end: None,
            title: None,
        }
    }
}

/// Result of an analysis of competing risks. Times are in `unit`; proportions in [0, 1].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompetingOutcome {
    /// The options that were used, defaults filled in (cause and landmarks included).
    pub options: CompetingOptions,
    /// Unit of every time below (that of the data: whole days when derived from dates).
    pub unit: TimeUnit,
    /// How times are displayed.
    pub rules: TimeRules,
    /// The events that compete, in display order.
    pub causes: Vec<Cause>,
    /// Position of the event of interest among them, from 0.
    pub cause: usize,
    /// One arm a group, in display order; one arm without a label when overall.
    pub arms: Vec<CompetingArm>,
    /// All analysed subjects together; equal to the only arm when overall.
    pub overall: CompetingArm,
    /// One comparison of the groups for each cause, when there are two or more groups with subjects.
    pub comparisons: Vec<CauseComparison>,
    /// Models of every cause with the covariates, when there are some.
    pub models: Option<CompetingModels>,
    /// How far 1 − Kaplan-Meier would be from the incidence of the event of interest; `None` where no
    /// other event happened.
    pub overstatement: Option<Overstatement>,
    /// Whether weights that count patients are not all whole numbers: then they are used as sampling weights.
    pub broken_weights: bool,
    /// Whether delayed entries are dates.
    pub entry_is_date: bool,
    /// Subjects left out.
    pub exclusions: Vec<Exclusion>,
    /// Labels of the groups without analysed subjects: they have no arm.
    pub empty_groups: Vec<String>,
    /// Where times and events came from.
    pub definition: EndpointDefinition,
}

/// The curves of one group and what is read off them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompetingArm {
    /// Label of the level; `None` when overall.
    pub label: Option<String>,
    /// Subjects.
    pub n: usize,
    /// Events of each cause.
    pub n_event: Vec<usize>,
    /// Censored.
    pub n_censor: usize,
    /// Cumulative incidence of every cause.
    pub curves: Arc<CumulativeIncidence>,
    /// Incidence at the landmarks: for each cause one rate a landmark.
    pub rates: Vec<Vec<Rate>>,
    /// Median follow-up by reverse Kaplan-Meier.
    pub follow_up: Quantile,
}

/// Comparison of two or more groups in one cause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CauseComparison {
    /// Gray's test; not estimable with weights or delayed entry, which it does not know.
    pub gray: GrayTest,
    /// Cox model of the cause-specific hazard: one term for each group after the first, which is the
    /// reference. `None` without events of this cause.
    pub cause_specific: Option<CoxFit>,
    /// Fine-Gray model of the subdistribution hazard, with the same terms.
    pub subdistribution: Option<FineGrayFit>,
}

/// Incidence of the event of interest beside 1 − Kaplan-Meier with the other events censored.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Overstatement {
    /// The time at which they are read, in the unit of the outcome.
    pub time: f64,
    /// The same in the display unit.
    pub shown: f64,
    /// Events of the other causes up to then.
    pub n_competing: usize,
    /// The Aalen-Johansen estimate.
    pub cum_incidence: f64,
    /// 1 − the Kaplan-Meier estimate.
    pub one_minus_kaplan_meier: f64,
}

/// Runs an analysis of competing risks.
///
/// **Conventions.** Subjects without the endpoint, the group or the stratum are left out and listed. Groups
/// without subjects have no arm. Incidences beyond the last follow-up are `None` unless nobody was left
/// without an event. Only Gray's test is stratified. The models with covariates take those who have all of them; the
/// others are listed, and are in the rest. A row whose weight counts patients is in the data so many times. With
/// sampling weights errors are robust; with these or delayed entry Fine-Gray follows R's survival.
pub fn competing(
    cohort: &Cohort,
    options: &CompetingOptions,
    progress: Progress<'_>,
) -> Result<CompetingOutcome, AnalysisError> {
    check_level(options.conf_level)?;
    for &landmark in &options.landmarks {
        let fits = landmark.is_finite() && landmark >= 0.0;
        check("landmarks", landmark, fits)?;
    }
    let sample = Sample::of(cohort, options)?;
    let cause = sample.position(options.cause.as_deref())?;
    let rules = cohort.rules();
    let mut options = options.clone();
    options.cause = Some(sample.causes[cause].key().to_owned());
    if sample.broken_weights {
        options.weight_kind = WeightKind::Sampling;
    }
    let longest = sample.time.iter().copied().fold(0.0, f64::max);
    landmarks::fill(&mut options.landmarks, longest, sample.unit, rules);
    let times: Vec<f64> = (options.landmarks.iter())
        .map(|&shown| rules.in_unit(shown, sample.unit))
        .collect();
    let overall = sample.arm(None, |_| true, &times, &options);
    let arms = match &sample.groups {
        None => vec![overall.clone()],
        Some(groups) => (groups.labels.iter().enumerate())
            .map(|(g, label)| sample.arm(Some(label), |i| groups.of[i] == g, &times, &options))
            .collect(),
    };
    let modelled = sample.modelled(&options);
    // Of each cause Gray's test and two models of the groups, and two of the covariates.
    let fits = 3 * usize::from(arms.len() > 1) + 2 * usize::from(!options.covariates.is_empty());
    let mut steps = Steps::new(fits * sample.causes.len(), progress);
    let comparisons = match &sample.groups {
        Some(groups) if arms.len() > 1 => sample.compare(groups, &modelled, &mut steps),
        Some(_) | None => Vec::new(),
    };
    let mut exclusions = Exclusions::from(sample.exclusions.clone());
    let models = modelled
        .models(cohort, &sample.subjects, &mut steps)?
        .map(|(models, lacking)| {
            let mut last = None;
            for (column, &i) in lacking.into_iter().zip(&sample.subjects) {
                // One who is there several times is named once.
                if last.replace(i) == Some(i) {
                    continue;
                }
                if let Some(column) = column {
                    let reason = ExclusionReason::NoCovariate { column };
                    exclusions.add(reason, &cohort.subjects()[i]);
                }
            }
            models
        });
    steps.finish();
    Ok(CompetingOutcome {
        broken_weights: sample.broken_weights,
        entry_is_date: is_date(cohort, &options.entry),
        unit: sample.unit,
        rules,
        cause,
        overstatement: sample.overstatement(cause, &overall.curves, &times, rules),
        arms,
        overall,
        comparisons,
        models,
        options,
        causes: sample.causes,
        exclusions: exclusions.into_vec(),
        empty_groups: sample.groups.map(|groups| groups.empty).unwrap_or_default(),
        definition: sample.definition,
    })
}

/// The analysed subjects as vectors, and who is not among them.
struct Sample {
    /// Positions in the cohort.
    subjects: Vec<usize>,
    broken_weights: bool,
    cases: Cases,
    time: Vec<f64>,
    cause: Vec<usize>,
    causes: Vec<Cause>,
    groups: Option<Groups>,
    strata: Option<Vec<usize>>,
    unit: TimeUnit,
    exclusions: Vec<Exclusion>,
    definition: EndpointDefinition,
}

impl Sample {
    fn of(cohort: &Cohort, options: &CompetingOptions) -> Result<Self, AnalysisError> {
        let data = (cohort.competing())
            .filter(|data| !data.causes.is_empty())
            .ok_or(AnalysisError::NoCompeting)?;
        let group = factor(cohort, options.group.as_deref())?;
        let stratum = factor(cohort, options.strata.as_deref())?;
        if let Some(column) = (options.strata.as_ref()).filter(|_| options.strata == options.group)
        {
            let column = column.clone();
            return Err(AnalysisError::GroupIsStratum { column });
        }
        let choice = CaseChoice {
            weights: &options.weights,
            entry: &options.entry,
            entry_unit: options.entry_unit,
        };
        let columns = CaseColumns::of(cohort, choice, data.unit)?;
        let mut exclusions = Exclusions::of(cohort);
        let mut subjects = Vec::new();
        let (mut time, mut cause) = (Vec::new(), Vec::new());
        let (mut levels, mut strata) = (Vec::new(), Vec::new());
        let mut cut_off = None;
        for (i, (subject, derived)) in cohort.subjects().iter().zip(&data.derived).enumerate() {
            let Some(value) = derived.value else {
                let reason = derived.reason;
                exclusions.add(ExclusionReason::Endpoint { reason }, subject);
                continue;
            };
            let of = [group, stratum].map(|factor| factor.map(|factor| (factor, factor.values[i])));
            if let Some((factor, None)) =
                of.into_iter().flatten().find(|(_, level)| level.is_none())
            {
                let column = factor.column.clone();
                exclusions.add(ExclusionReason::NoGroup { column }, subject);
                continue;
            }
            if let Some(reason) = columns.lacking(i) {
                exclusions.add(reason, subject);
                continue;
            }
            subjects.push(i);
            let level = |index: usize| of[index].and_then(|(_, level)| level);
            levels.extend(level(0));
            strata.extend(level(1));
            time.push(value.time);
            cause.push(value.cause);
            cut_off = cut_off.or(derived.reason.cut_off());
        }
        let (mut cases, mut kept) = columns.cases(cohort, &subjects, &mut time, &mut exclusions);
        let mut broken_weights = false;
        if options.weight_kind == WeightKind::Frequency {
            match cases.copies()? {
                Copies::None => {}
                Copies::Broken => broken_weights = true,
                Copies::Of(copies) => {
                    kept = only(&kept, &copies);
                    cases = cases.only(&copies);
                    cases.weights = None;
                }
            }
        }
        if kept.len() != time.len() {
            (time, cause) = (only(&time, &kept), only(&cause, &kept));
            if group.is_some() {
                levels = only(&levels, &kept);
            }
            if stratum.is_some() {
                strata = only(&strata, &kept);
            }
            subjects = only(&subjects, &kept);
        }
        if time.is_empty() {
            return Err(AnalysisError::NoSubjects);
        }
        Ok(Self {
            subjects,
            broken_weights,
            cases,
            time,
            cause,
            causes: data.causes.clone(),
            groups: group
                .map(|factor| Groups::new(factor, levels))
                .transpose()?,
            strata: stratum.map(|_| strata),
            unit: data.unit,
            exclusions: exclusions.into_vec(),
            definition: EndpointDefinition::new(data.origin.clone(), cut_off, true),
        })
    }

    /// Position of the event of interest.
    fn position(&self, key: Option<&str>) -> Result<usize, AnalysisError> {
        let Some(key) = key else { return Ok(0) };
        let found = self.causes.iter().position(|cause| cause.key() == key);
        found.ok_or_else(|| AnalysisError::NoCause {
            cause: key.to_owned(),
        })
    }

    fn arm(
        &self,
        label: Option<&String>,
        belongs: impl Fn(usize) -> bool,
        landmarks: &[f64],
        options: &CompetingOptions,
    ) -> CompetingArm {
        let members: Vec<usize> = (0..self.time.len()).filter(|&i| belongs(i)).collect();
        let time: Vec<f64> = members.iter().map(|&i| self.time[i]).collect();
        let cause: Vec<usize> = members.iter().map(|&i| self.cause[i]).collect();
        let event: Vec<bool> = cause.iter().map(|&cause| cause > 0).collect();
        let cases = self.cases.only(&members);
        let data = CompetingRisks::with(&time, &cause, self.causes.len(), cases.options())
            .expect("a cohort's times are finite, not negative and after their entries, and no arm is empty");
        let curves = cumulative_incidence(
            &data,
            IncidenceOptions {
                conf_type: options.conf_type,
                conf_level: options.conf_level,
                variance: IncidenceVariance::Greenwood,
            },
        );
        let follow_up = cases.follow_up(&time, &event).expect("as above");
        let count = |of: usize| cause.iter().filter(|&&cause| cause == of).count();
        CompetingArm {
            label: label.cloned(),
            n: members.len(),
            n_event: (1..=self.causes.len()).map(count).collect(),
            n_censor: count(0),
            rates: (0..self.causes.len())
                .map(|k| {
                    landmarks
                        .iter()
                        .map(|&time| rate(&curves, k, time))
                        .collect()
                })
                .collect(),
            follow_up: median_follow_up(&follow_up, options.conf_type, options.conf_level),
            curves: Arc::new(curves),
        }
    }

    fn modelled<'a>(&'a self, options: &'a CompetingOptions) -> Modelled<'a> {
        Modelled {
            time: &self.time,
            cause: &self.cause,
            n_causes: self.causes.len(),
            cases: &self.cases,
            options,
        }
    }

    /// Every cause in turn.
    fn compare(
        &self,
        groups: &Groups,
        modelled: &Modelled<'_>,
        steps: &mut Steps<'_>,
    ) -> Vec<CauseComparison> {
        let data = modelled.data();
        let k = groups.labels.len();
        // The first group is the reference.
        let covariates: Vec<Vec<f64>> = (1..k)
            .map(|g| {
                (groups.of.iter())
                    .map(|&of| f64::from(u8::from(of == g)))
                    .collect()
            })
            .collect();
        (1..=self.causes.len())
            .map(|cause| {
                let gray = GrayOptions {
                    cause,
                    rho: 0.0,
                    stratum: self.strata.as_deref(),
                };
                CauseComparison {
                    gray: steps.next(|_| gray_test(&data, &groups.of, k, gray)),
                    cause_specific: modelled.specific(cause, &covariates, steps).ok(),
                    subdistribution: steps
                        .next(|_| modelled.subdistribution(&data, cause, &covariates))
                        .ok(),
                }
            })
            .collect()
    }

    /// 1 − Kaplan-Meier beside the incidence, at the last landmark within the follow-up or its end.
    fn overstatement(
        &self,
        cause: usize,
        curves: &CumulativeIncidence,
        landmarks: &[f64],
        rules: TimeRules,
    ) -> Option<Overstatement> {
        let within = landmarks.iter().rev().find(|&&time| curves.covers(time));
        let time = within.copied().unwrap_or_else(|| curves.last_time());
        let step = curves.at(time)?;
        let competing = |of: usize| of > 0 && of != cause + 1;
        let before = self.time.iter().zip(&self.cause);
        let n_competing = before
            .filter(|&(&at, &of)| at <= step.time && competing(of))
            .count();
        if n_competing == 0 {
            return None;
        }
        let event = cause_specific(&self.cause, cause + 1);
        let data = self.cases.follow_up(&self.time, &event).ok()?;
        // Its interval is not used.
        let curve = kaplan_meier(&data, ConfType::Plain, 0.95);
        Some(Overstatement {
            time,
            shown: rules.shown(time, self.unit),
            n_competing,
            cum_incidence: step.causes[cause].cum_incidence.estimate,
            one_minus_kaplan_meier: 1.0 - curve.at(time).map_or(1.0, |step| step.survival),
        })
    }
}

/// Incidence of cause `k` (from 0) at a landmark.
pub(super) fn rate(curves: &CumulativeIncidence, k: usize, time: f64) -> Rate {
    let known = curves.covers(time);
    let at = curves.at(time).filter(|_| known);
    let at = at.map(|step| step.causes[k].cum_incidence);
    Rate {
        time,
        n_risk: curves.n_risk(time),
        estimate: known.then(|| at.map_or(0.0, |at| at.estimate)),
        conf_low: at.and_then(|at| at.conf_low),
        conf_high: at.and_then(|at| at.conf_high),
    }
}
