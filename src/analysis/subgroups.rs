//! The effect of one factor within the levels of others.

use serde::{Deserialize, Serialize};

use super::follow_up::EndpointSample;
use super::selection::check_level;
use super::steps::Steps;
use super::{
    AnalysisError, CoxEffect, EndpointDefinition, Exclusion, ExclusionReason, FigureWidth, Progress,
};
use crate::cohort::{Cohort, Endpoint, Factor, TimeRules};
use crate::stats::{CoxData, CoxFit, CoxSettings, CoxTest, Ties, cox_model_watched};

/// Options of effects in subgroups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SubgroupsOptions {
    /// Which endpoint.
    pub endpoint: Endpoint,
    /// Heading of the column with the two groups that are compared.
    pub group: String,
    /// Headings of the columns whose levels are the subgroups.
    pub subgroups: Vec<String>,
    /// Grouping columns with a baseline hazard for each combination of their levels.
    pub strata: Vec<String>,
    /// How tied event times enter.
    pub ties: Ties,
    /// Confidence level, 0.5 to 0.999.
    pub conf_level: f64,
    /// How the figure looks.
    pub figure: SubgroupsFigure,
}

impl Default for SubgroupsOptions {
    fn default() -> Self {
        Self {
            endpoint: Endpoint::Pfs,
            group: String::new(),
            subgroups: Vec::new(),
            strata: Vec::new(),
            ties: Ties::Efron,
            conf_level: 0.95,
            figure: SubgroupsFigure::default(),
        }
    }
}

/// What the forest figure of subgroups shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SubgroupsFigure {
    /// Width preset.
    pub width: FigureWidth,
    /// Title above the figure; none when `None`.
    pub title: Option<String>,
}

impl Default for SubgroupsFigure {
    fn default() -> Self {
        Self {
            width: FigureWidth::Two,
            title: None,
        }
    }
}

/// Result of effects in subgroups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SubgroupsOutcome {
    /// The options that were used.
    pub options: SubgroupsOptions,
    /// How dates became times.
    pub rules: TimeRules,
    /// Where times and events came from.
    pub definition: EndpointDefinition,
    /// The two groups; the ratio is that of the second over the first.
    pub arms: [String; 2],
    /// All patients with the endpoint and a group.
    pub overall: Subgroup,
    /// One a column, in order.
    pub factors: Vec<SubgroupFactor>,
    /// Subjects left out of everything.
    pub exclusions: Vec<Exclusion>,
}

/// A column with its subgroups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SubgroupFactor {
    /// Heading.
    pub column: String,
    /// Its levels that somebody has.
    pub subgroups: Vec<Subgroup>,
    /// Likelihood ratio test of the interaction; `None` when it cannot be found.
    pub interaction: Option<CoxTest>,
    /// Whether the ratio has no finite estimate in a subgroup, so that `interaction` is that of the limit.
    pub separation: bool,
    /// Patients without a value: in none of its subgroups.
    pub missing: usize,
}

/// Some patients, and the effect among them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Subgroup {
    /// Level; `None` for all patients.
    pub label: Option<String>,
    /// Patients of each group.
    pub n: [usize; 2],
    /// Their events.
    pub n_event: [usize; 2],
    /// The ratio; `None` when there is no model.
    pub effect: Option<CoxEffect>,
}

/// The rows of the sample, with what every model takes.
struct Rows {
    time: Vec<f64>,
    event: Vec<bool>,
    /// 0 or 1.
    arm: Vec<usize>,
    strata: Option<Vec<usize>>,
    settings: CoxSettings,
}

/// Estimates the effect of the group overall and in each subgroup, and tests each interaction.
///
/// **Conventions.** The interaction of a column is tested among the patients with a value of it, by the likelihood
/// ratio of the models with and without the products; both have the group and the column.
/// **Source.** Wang et al. (2007), N Engl J Med 357:2189.
pub fn subgroups(
    cohort: &Cohort,
    options: &SubgroupsOptions,
    progress: Progress<'_>,
) -> Result<SubgroupsOutcome, AnalysisError> {
    check_level(options.conf_level)?;
    let group = factor(cohort, &options.group)?;
    if options.strata.contains(&options.group) {
        let column = options.group.clone();
        return Err(AnalysisError::GroupIsStratum { column });
    }
    let strata: Vec<&Factor> = (options.strata.iter())
        .map(|column| factor(cohort, column))
        .collect::<Result<_, _>>()?;
    let columns: Vec<&Factor> = (options.subgroups.iter())
        .filter(|column| **column != options.group)
        .map(|column| factor(cohort, column))
        .collect::<Result<_, _>>()?;
    if columns.is_empty() {
        return Err(AnalysisError::NoCovariates);
    }
    let sample = EndpointSample::of(cohort, options.endpoint, |i| {
        let mut needed = std::iter::once(group).chain(strata.iter().copied());
        let column = needed
            .find(|factor| factor.values[i].is_none())?
            .column
            .clone();
        Some(ExclusionReason::NoGroup { column })
    })?;
    let level = |factor: &Factor, i: usize| factor.values[i].unwrap_or_default();
    let of_sample: Vec<usize> = sample.subjects.iter().map(|&i| level(group, i)).collect();
    let present: Vec<usize> = (0..group.levels.len())
        .filter(|level| of_sample.contains(level))
        .collect();
    let [first, second] = present[..] else {
        return Err(AnalysisError::NotTwoGroups {
            column: options.group.clone(),
            groups: present.len(),
        });
    };
    let combined = |&i: &usize| {
        (strata.iter()).fold(0, |of, factor| of * factor.levels.len() + level(factor, i))
    };
    let rows = Rows {
        arm: (of_sample.iter())
            .map(|&level| usize::from(level == second))
            .collect(),
        strata: (!strata.is_empty()).then(|| sample.subjects.iter().map(combined).collect()),
        time: sample.time,
        event: sample.event,
        settings: CoxSettings {
            ties: options.ties,
            conf_level: options.conf_level,
            robust: false,
        },
    };
    let everybody: Vec<usize> = (0..rows.time.len()).collect();
    // The models with and without the interaction, and one of each level.
    let fits = columns.iter().map(|factor| factor.levels.len() + 2);
    let mut steps = Steps::new(1 + fits.sum::<usize>(), progress);
    let overall = rows.subgroup(None, &everybody, &mut steps);
    let factors = (columns.iter())
        .map(|factor| {
            let of: Vec<_> = sample.subjects.iter().map(|&i| factor.values[i]).collect();
            rows.factor(factor, &of, &mut steps)
        })
        .collect();
    steps.finish();
    Ok(SubgroupsOutcome {
        rules: cohort.rules(),
        definition: sample.definition,
        arms: [first, second].map(|level| group.levels[level].clone()),
        overall,
        factors,
        exclusions: sample.exclusions,
        options: options.clone(),
    })
}

fn factor<'a>(cohort: &'a Cohort, column: &str) -> Result<&'a Factor, AnalysisError> {
    cohort.factor(column).ok_or_else(|| AnalysisError::NoGroup {
        column: column.to_owned(),
    })
}

impl Rows {
    fn subgroup(&self, label: Option<String>, taken: &[usize], steps: &mut Steps<'_>) -> Subgroup {
        let (mut n, mut n_event) = ([0, 0], [0, 0]);
        for &i in taken {
            n[self.arm[i]] += 1;
            n_event[self.arm[i]] += usize::from(self.event[i]);
        }
        let arm = taken.iter().map(|&i| self.arm[i] as f64).collect();
        let effect = (!n.contains(&0))
            .then(|| self.model(taken, &[arm], steps))
            .flatten()
            .map(|model| CoxEffect::from(&model.terms[0]));
        Subgroup {
            label,
            n,
            n_event,
            effect,
        }
    }

    fn factor(
        &self,
        factor: &Factor,
        of: &[Option<usize>],
        steps: &mut Steps<'_>,
    ) -> SubgroupFactor {
        let known: Vec<usize> = (0..of.len()).filter(|&i| of[i].is_some()).collect();
        let present: Vec<usize> = (0..factor.levels.len())
            .filter(|level| of.contains(&Some(*level)))
            .collect();
        let subgroups: Vec<Subgroup> = (present.iter())
            .map(|&level| {
                let taken: Vec<usize> = (known.iter().copied())
                    .filter(|&i| of[i] == Some(level))
                    .collect();
                self.subgroup(Some(factor.levels[level].clone()), &taken, steps)
            })
            .collect();
        let is = |level: usize, i: usize| f64::from(u8::from(of[i] == Some(level)));
        let arm = |i: usize| self.arm[i] as f64;
        let columns = |value: &dyn Fn(usize, usize) -> f64| -> Vec<Vec<f64>> {
            (present.iter().skip(1))
                .map(|&level| known.iter().map(|&i| value(level, i)).collect())
                .collect()
        };
        let mut without = vec![known.iter().map(|&i| arm(i)).collect()];
        without.extend(columns(&|level, i| is(level, i)));
        let mut with = without.clone();
        with.extend(columns(&|level, i| is(level, i) * arm(i)));
        let without = self.model(&known, &without, steps);
        let models = without.zip(self.model(&known, &with, steps));
        let separation = models.as_ref().is_some_and(|(_, with)| with.separation);
        let interaction = models.and_then(|(without, with)| {
            let df = with
                .likelihood_ratio
                .df
                .checked_sub(without.likelihood_ratio.df)?;
            let statistic = 2.0 * (with.log_likelihood - without.log_likelihood);
            (df > 0).then(|| CoxTest::new(statistic.max(0.0), df))
        });
        SubgroupFactor {
            column: factor.column.clone(),
            subgroups,
            interaction,
            separation,
            missing: of.len() - known.len(),
        }
    }

    fn model(
        &self,
        taken: &[usize],
        columns: &[Vec<f64>],
        steps: &mut Steps<'_>,
    ) -> Option<CoxFit> {
        let time: Vec<f64> = taken.iter().map(|&i| self.time[i]).collect();
        let event: Vec<bool> = taken.iter().map(|&i| self.event[i]).collect();
        let strata: Option<Vec<usize>> =
            (self.strata.as_ref()).map(|strata| taken.iter().map(|&i| strata[i]).collect());
        let data = CoxData {
            strata: strata.as_deref(),
            ..CoxData::new(&time, &event, columns)
        };
        // No events, or nothing that varies: no estimate, and the counts say why.
        let model = steps.next(|part| cox_model_watched(&data, self.settings, part));
        model.ok().map(|model| model.fit)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    /// Sixteen patients in two arms, half of them of each sex; one has no sex.
    fn sixteen() -> Cohort {
        let rows: Vec<_> = (0..16)
            .map(|i| {
                (
                    Some(f64::from(i * 7 % 16 + 1)),
                    i % 5 != 0,
                    Some(i as usize % 2),
                )
            })
            .collect();
        let mut cohort = sample::cohort(&rows, &["A", "B"]);
        cohort.factors.push(Factor {
            column: "Sex".to_owned(),
            levels: vec!["F".to_owned(), "M".to_owned(), "nobody".to_owned()],
            values: (0..16).map(|i| (i != 3).then_some(i / 2 % 2)).collect(),
        });
        cohort
    }

    fn options() -> SubgroupsOptions {
        SubgroupsOptions {
            group: "PD-L1".to_owned(),
            subgroups: vec!["Sex".to_owned()],
            ..SubgroupsOptions::default()
        }
    }

    #[test]
    fn the_share_of_the_models_that_are_done_rises_to_1() {
        let mut told = Vec::new();
        subgroups(&sixteen(), &options(), &mut |share| told.push(share)).unwrap();
        assert!(told.is_sorted(), "{told:?}");
        // Of six: all patients, three levels (one without patients), with and without the interaction.
        for done in [1.0, 2.0, 3.0, 4.0, 5.0, 6.0] {
            assert!(told.contains(&(done / 6.0)), "{done}: {told:?}");
        }
        assert_eq!(told.last(), Some(&1.0));
    }

    #[test]
    fn every_patient_with_a_value_is_in_one_subgroup_and_the_others_are_counted() {
        let outcome = subgroups(&sixteen(), &options(), &mut |_| ()).unwrap();
        assert_eq!(outcome.arms, ["A", "B"]);
        assert_eq!(outcome.overall.n, [8, 8]);
        let factor = &outcome.factors[0];
        assert_eq!(factor.missing, 1);
        let counts: Vec<_> = (factor.subgroups.iter())
            .map(|group| (group.label.as_deref().unwrap(), group.n))
            .collect();
        assert_eq!(counts, [("F", [4, 4]), ("M", [4, 3])]);
        assert_eq!(factor.interaction.unwrap().df, 1);
    }

    #[test]
    fn a_subgroup_without_one_of_the_groups_has_counts_but_no_ratio() {
        let mut cohort = sixteen();
        for i in 0..16 {
            cohort.factors[1].values[i] = Some(usize::from(i % 2 == 1 && i < 4));
        }
        let outcome = subgroups(&cohort, &options(), &mut |_| ()).unwrap();
        let small = &outcome.factors[0].subgroups[1];
        assert_eq!((small.n, small.effect.clone()), ([0, 2], None));
        assert!(outcome.overall.effect.unwrap().hazard_ratio.is_some());
    }

    #[test]
    fn an_effect_needs_two_groups_and_another_column() {
        let mut cohort = sixteen();
        cohort.factors[0].values = vec![Some(0); 16];
        let error = AnalysisError::NotTwoGroups {
            column: "PD-L1".to_owned(),
            groups: 1,
        };
        assert_eq!(subgroups(&cohort, &options(), &mut |_| ()), Err(error));
        let mut only_itself = options();
        only_itself.subgroups = vec!["PD-L1".to_owned()];
        let error = subgroups(&sixteen(), &only_itself, &mut |_| ());
        assert_eq!(error, Err(AnalysisError::NoCovariates));
    }
}
