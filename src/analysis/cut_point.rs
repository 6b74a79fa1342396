//! A number that divides the patients: at a median, at quartiles, at chosen values, or where it divides best.

use serde::{Deserialize, Serialize};

use super::follow_up::EndpointSample;
use super::selection::{GROUP_LIMIT, check, check_level};
use super::{
    AnalysisError, ConfType, CoxEffect, EndpointDefinition, Exclusion, ExclusionReason,
    FigureWidth, Quantile, SEED,
};
use crate::cohort::{Cohort, Endpoint, TimeRules, TimeUnit};
use crate::stats::{
    Count, CoxData, CoxSettings, FollowUp, LogRank, MaximalLogRank, PermutationTest, QuantileType,
    SplineEffect, cox_model, critical_maximum, kaplan_meier, log_rank, maximally_selected_log_rank,
    permuted_maximum, quantile, spline_effect, spline_knots,
};

/// Options of cut-points of a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CutPointOptions {
    /// Which endpoint.
    pub endpoint: Endpoint,
    /// Heading of the column of numbers.
    pub column: String,
    /// Where it is cut.
    pub rule: CutRule,
    /// The cut-points of [`CutRule::Given`]; each belongs to the group below it.
    pub cuts: Vec<f64>,
    /// Smallest share of the patients on each side of a cut-point of [`CutRule::Maximum`], 0.01 to 0.45.
    pub least: f64,
    /// Draws of the permutation test, 1000 to 10⁷.
    pub draws: u32,
    /// Seed of the permutation test.
    pub seed: u64,
    /// Knots of the spline.
    pub knots: Knots,
    /// Confidence level, 0.5 to 0.999.
    pub conf_level: f64,
    /// How the figures look.
    pub figure: CutPointFigure,
}

impl Default for CutPointOptions {
    fn default() -> Self {
        Self {
            endpoint: Endpoint::Pfs,
            column: String::new(),
            rule: CutRule::Median,
            cuts: Vec::new(),
            least: 0.1,
            draws: 10_000,
            seed: SEED,
            knots: Knots::Four,
            conf_level: 0.95,
            figure: CutPointFigure::default(),
        }
    }
}

/// Where a number is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CutRule {
    /// At its median.
    Median,
    /// At its quartiles.
    Quartiles,
    /// At chosen values.
    Given,
    /// Where the log-rank statistic is largest.
    Maximum,
}

/// Whether a spline is fitted, and with how many knots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Knots {
    /// No spline.
    None,
    /// Three knots.
    Three,
    /// Four knots.
    Four,
    /// Five knots.
    Five,
}

impl Knots {
    fn count(self) -> Option<usize> {
        match self {
            Self::None => None,
            Self::Three => Some(3),
            Self::Four => Some(4),
            Self::Five => Some(5),
        }
    }
}

/// What the figures show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CutPointFigure {
    /// Width preset.
    pub width: FigureWidth,
}

impl Default for CutPointFigure {
    fn default() -> Self {
        Self {
            width: FigureWidth::OneAndHalf,
        }
    }
}

/// Result of cut-points of a number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CutPointOutcome {
    /// The options that were used.
    pub options: CutPointOptions,
    /// How dates became times.
    pub rules: TimeRules,
    /// Unit of the times.
    pub unit: TimeUnit,
    /// Where times and events came from.
    pub definition: EndpointDefinition,
    /// Unit of the number, where the file has one.
    pub value_unit: Option<String>,
    /// Patients.
    pub n: usize,
    /// Their events.
    pub n_event: usize,
    /// The cut-points, rising; each belongs to the group below it.
    pub cuts: Vec<f64>,
    /// The groups, from the lowest values up: one more than `cuts`.
    pub groups: Vec<CutGroup>,
    /// Log-rank test of the groups as if the cut-points were known beforehand.
    pub log_rank: LogRank,
    /// The search for the largest statistic, if there was one.
    pub search: Option<CutSearch>,
    /// The spline; `None` when none was asked for, or when it cannot be estimated.
    pub spline: Option<SplineEffect>,
    /// The values of the patients, rising.
    pub values: Vec<f64>,
    /// Subjects left out.
    pub exclusions: Vec<Exclusion>,
}

/// The patients between two cut-points.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CutGroup {
    /// Patients.
    pub n: usize,
    /// Their events.
    pub n_event: usize,
    /// Median survival with its log-log interval.
    pub median: Quantile,
    /// Hazard ratio over the lowest group; `None` for that group and when there is no model.
    pub effect: Option<CoxEffect>,
}

/// The search for the cut-point with the largest statistic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CutSearch {
    /// The statistic at every cut-point.
    pub scan: MaximalLogRank,
    /// The statistic that has a corrected p value of 1 − the confidence level.
    pub critical: f64,
    /// The p value by permutation of the whole search.
    pub permutation: PermutationTest,
}

/// So many values of the curve of a spline are drawn.
const CURVE: usize = 121;

/// With more patients than this the curve leaves out the outermost values.
const MANY: usize = 200;

/// So many values are left out at each end.
const OUTERMOST: usize = 10;

/// Divides the patients by a number and compares the groups; fits the spline of the same number.
///
/// **Conventions.** A cut-point belongs to the group below it. Median and quartiles are those of the analysed
/// patients, type 7. The spline has its knots at Harrell's quantiles, its reference at the median, Efron's ties,
/// and is drawn over all values; with more than 200 patients from the tenth smallest to the tenth largest, as rms.
pub fn cut_points(
    cohort: &Cohort,
    options: &CutPointOptions,
    count: Count<'_>,
) -> Result<CutPointOutcome, AnalysisError> {
    check_level(options.conf_level)?;
    check(
        "least",
        options.least,
        (0.01..=0.45).contains(&options.least),
    )?;
    check(
        "draws",
        f64::from(options.draws),
        (1_000..=10_000_000).contains(&options.draws),
    )?;
    let numbers =
        (cohort.covariate(&options.column)).ok_or_else(|| AnalysisError::NotACovariate {
            column: options.column.clone(),
        })?;
    let sample = EndpointSample::of(cohort, options.endpoint, |i| {
        let column = numbers.column.clone();
        (numbers.values[i].is_none()).then_some(ExclusionReason::NoNumber { column })
    })?;
    let value: Vec<f64> = (sample.subjects.iter())
        .filter_map(|&i| numbers.values[i])
        .collect();
    let data = Data::new(&sample.time, &sample.event, value, options.conf_level);
    let no_cut = || AnalysisError::NoCutPoint {
        column: options.column.clone(),
    };
    let search = match options.rule {
        CutRule::Maximum => Some(data.search(options, count).ok_or_else(no_cut)?),
        CutRule::Median | CutRule::Quartiles | CutRule::Given => None,
    };
    let cuts = match &search {
        Some(search) => vec![search.scan.points[search.scan.largest].cut],
        None => data.cuts(options)?,
    };
    if cuts.is_empty() {
        return Err(no_cut());
    }
    let group: Vec<usize> = (data.value.iter())
        .map(|value| cuts.partition_point(|cut| cut < value))
        .collect();
    let spline = options.knots.count().and_then(|knots| data.spline(knots));
    Ok(CutPointOutcome {
        rules: cohort.rules(),
        unit: sample.unit,
        definition: sample.definition,
        value_unit: numbers.unit.clone(),
        n: data.time.len(),
        n_event: data.event.iter().filter(|&&event| event).count(),
        groups: data.groups(&group, cuts.len() + 1),
        log_rank: log_rank(data.time, data.event, &group, cuts.len() + 1),
        cuts,
        search,
        spline,
        values: data.sorted,
        exclusions: sample.exclusions,
        options: options.clone(),
    })
}

/// The analysed patients.
struct Data<'a> {
    time: &'a [f64],
    event: &'a [bool],
    value: Vec<f64>,
    sorted: Vec<f64>,
    settings: CoxSettings,
}

impl<'a> Data<'a> {
    fn new(time: &'a [f64], event: &'a [bool], value: Vec<f64>, conf_level: f64) -> Self {
        let mut sorted = value.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        Self {
            time,
            event,
            value,
            sorted,
            settings: CoxSettings {
                conf_level,
                ..CoxSettings::default()
            },
        }
    }

    fn quantile(&self, probability: f64) -> Option<f64> {
        quantile(&self.sorted, probability, QuantileType::Type7)
    }

    fn search(&self, options: &CutPointOptions, count: Count<'_>) -> Option<CutSearch> {
        let (time, event, value, least) = (self.time, self.event, &self.value, options.least);
        Some(CutSearch {
            scan: maximally_selected_log_rank(time, event, value, least)?,
            critical: critical_maximum(1.0 - options.conf_level, least),
            permutation: permuted_maximum(
                time,
                event,
                value,
                least,
                options.draws,
                options.seed,
                count,
            )?,
        })
    }

    /// The cut-points of a rule without a search, rising and with patients on each side.
    fn cuts(&self, options: &CutPointOptions) -> Result<Vec<f64>, AnalysisError> {
        let at = |probabilities: &[f64]| -> Vec<f64> {
            (probabilities.iter())
                .filter_map(|&p| self.quantile(p))
                .collect()
        };
        let mut cuts = match options.rule {
            CutRule::Median | CutRule::Maximum => at(&[0.5]),
            CutRule::Quartiles => at(&[0.25, 0.5, 0.75]),
            CutRule::Given => options.cuts.clone(),
        };
        cuts.sort_unstable_by(f64::total_cmp);
        let (first, last) = (self.sorted[0], self.sorted[self.sorted.len() - 1]);
        let divides = |cut: f64| first <= cut && cut < last;
        if options.rule == CutRule::Given {
            for &cut in &cuts {
                check("cuts", cut, divides(cut))?;
            }
        }
        cuts.retain(|&cut| divides(cut));
        // Two cut-points with nobody between them divide as one.
        cuts.dedup_by_key(|cut| self.sorted.partition_point(|value| value <= cut));
        if cuts.len() >= GROUP_LIMIT {
            return Err(AnalysisError::TooManyGroups {
                column: options.column.clone(),
                groups: cuts.len() + 1,
                limit: GROUP_LIMIT,
            });
        }
        Ok(cuts)
    }

    fn groups(&self, group: &[usize], count: usize) -> Vec<CutGroup> {
        let columns: Vec<Vec<f64>> = (1..count)
            .map(|of| {
                let is = |&at: &usize| f64::from(u8::from(at == of));
                group.iter().map(is).collect()
            })
            .collect();
        let data = CoxData::new(self.time, self.event, &columns);
        // No events: no ratio, and the counts say why.
        let fit = cox_model(&data, self.settings).ok().map(|model| model.fit);
        (0..count)
            .map(|of| {
                let rows = || (0..group.len()).filter(|&i| group[i] == of);
                let time: Vec<f64> = rows().map(|i| self.time[i]).collect();
                let event: Vec<bool> = rows().map(|i| self.event[i]).collect();
                let follow_up = FollowUp::new(&time, &event)
                    .expect("a cohort's times are finite and not negative, and no group is empty");
                let level = self.settings.conf_level;
                CutGroup {
                    n: time.len(),
                    n_event: event.iter().filter(|&&event| event).count(),
                    median: kaplan_meier(&follow_up, ConfType::LogLog, level).quantile(0.5),
                    effect: (of.checked_sub(1).zip(fit.as_ref()))
                        .map(|(term, fit)| CoxEffect::from(&fit.terms[term])),
                }
            })
            .collect()
    }

    fn spline(&self, count: usize) -> Option<SplineEffect> {
        let knots = spline_knots(&self.value, count)?;
        let reference = self.quantile(0.5)?;
        let n = self.sorted.len();
        let left_out = if n > MANY { OUTERMOST - 1 } else { 0 };
        let (from, to) = (self.sorted[left_out], self.sorted[n - 1 - left_out]);
        let step = (to - from) / (CURVE - 1) as f64;
        let mut grid: Vec<f64> = (0..CURVE).map(|i| from + i as f64 * step).collect();
        // The curve meets 0 exactly where the reference is.
        let at = grid.partition_point(|&x| x < reference);
        grid.insert(at, reference);
        let places = (reference, &*grid);
        spline_effect(
            self.time,
            self.event,
            &self.value,
            &knots,
            places,
            self.settings,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::cohort::NumericColumn;
    use crate::stats::Arrangements;

    /// Forty patients whose hazard is higher above 20; one has no number.
    fn forty() -> Cohort {
        let rows: Vec<_> = (0..40)
            .map(|i| {
                let late = f64::from(i * 7 % 40 + 10);
                let time = if i > 20 { late / 3.0 } else { late };
                (Some(time), i % 6 != 0, Some(0))
            })
            .collect();
        let mut cohort = sample::cohort(&rows, &["A"]);
        cohort.covariates.push(NumericColumn {
            column: "LDH".to_owned(),
            unit: Some("U/L".to_owned()),
            values: (0..40).map(|i| (i != 3).then_some(f64::from(i))).collect(),
        });
        cohort
    }

    fn options(rule: CutRule) -> CutPointOptions {
        CutPointOptions {
            column: "LDH".to_owned(),
            rule,
            draws: 1000,
            ..CutPointOptions::default()
        }
    }

    fn run(options: &CutPointOptions) -> Result<CutPointOutcome, AnalysisError> {
        cut_points(&forty(), options, &mut Arrangements::count)
    }

    #[test]
    fn a_cut_point_belongs_to_the_group_below_it() {
        let mut given = options(CutRule::Given);
        given.cuts = vec![30.0, 10.0];
        let outcome = run(&given).unwrap();
        assert_eq!(outcome.cuts, [10.0, 30.0]);
        let n: Vec<usize> = outcome.groups.iter().map(|group| group.n).collect();
        // 0 to 10 without 3; 11 to 30; 31 to 39.
        assert_eq!(n, [10, 20, 9]);
        assert_eq!(outcome.log_rank.df, 2);
        assert_eq!(outcome.groups[0].effect, None);
        assert_eq!(outcome.exclusions[0].subjects.len(), 1);
    }

    #[test]
    fn median_and_quartiles_are_those_of_the_analysed_patients() {
        assert_eq!(run(&options(CutRule::Median)).unwrap().cuts, [20.0]);
        let quartiles = run(&options(CutRule::Quartiles)).unwrap();
        assert_eq!(quartiles.cuts, [10.5, 20.0, 29.5]);
    }

    #[test]
    fn the_search_finds_the_step_and_its_p_value_is_larger_than_that_of_the_step_alone() {
        let outcome = run(&options(CutRule::Maximum)).unwrap();
        assert_eq!(outcome.cuts, [20.0]);
        let search = outcome.search.unwrap();
        let alone = outcome.log_rank.p_value.unwrap();
        assert!(
            search.scan.p_value > alone,
            "{} {alone}",
            search.scan.p_value
        );
        let largest = search.scan.points[search.scan.largest].statistic.abs();
        assert!(largest > search.critical);
        // One arrangement of 1000 reaches it.
        assert_eq!(search.permutation.p_value, 2.0 / 1001.0);
    }

    #[test]
    fn the_curve_of_the_spline_is_0_at_the_median() {
        let outcome = run(&options(CutRule::Median)).unwrap();
        let spline = outcome.spline.unwrap();
        let at = spline.curve.iter().find(|point| point.value == 20.0);
        assert_eq!(at.map(|p| (p.estimate, p.std_err)), Some((0.0, 0.0)));
        assert_eq!(spline.curve.len(), CURVE + 1);
        assert_eq!((spline.effect.df, spline.non_linearity.df), (3, 2));
        let mut none = options(CutRule::Median);
        none.knots = Knots::None;
        assert_eq!(run(&none).unwrap().spline, None);
    }

    #[test]
    fn cut_points_outside_the_data_and_columns_without_variation_are_refused() {
        let mut given = options(CutRule::Given);
        given.cuts = vec![39.0];
        let outside = AnalysisError::OutOfRange {
            option: "cuts".to_owned(),
            value: "39".to_owned(),
        };
        assert_eq!(run(&given), Err(outside));
        let mut cohort = forty();
        cohort.covariates[0].values = vec![Some(1.0); 40];
        for rule in [CutRule::Median, CutRule::Quartiles, CutRule::Maximum] {
            let error = cut_points(&cohort, &options(rule), &mut Arrangements::count);
            let column = "LDH".to_owned();
            assert_eq!(error, Err(AnalysisError::NoCutPoint { column }));
        }
        let mut other = options(CutRule::Median);
        other.column = "PD-L1".to_owned();
        let column = "PD-L1".to_owned();
        assert_eq!(run(&other), Err(AnalysisError::NotACovariate { column }));
    }
}
