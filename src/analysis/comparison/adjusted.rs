//! Restricted means adjusted for covariates, pair by pair.

use super::sample::Sample;
use super::{AdjustedMeans, ComparisonOptions, PairOutcome};
use crate::analysis::cox::covariate;
use crate::analysis::{AnalysisError, CoxOptions};
use crate::cohort::Cohort;
use crate::stats::{
    AdjustedRmstError, FollowUp, RmstCoefficient, RmstContrast, RmstLink, adjust, adjusted_rmst,
    restricted_means,
};

/// The covariates of the sample.
pub(super) struct Adjusting {
    /// The first covariate that each subject lacks.
    pub lacking: Vec<Option<String>>,
    /// One vector a column of the model.
    columns: Vec<Vec<f64>>,
}

/// Two groups with all the covariates.
struct Pair {
    time: Vec<f64>,
    event: Vec<bool>,
    second: Vec<bool>,
    columns: Vec<Vec<f64>>,
}

impl Adjusting {
    /// The covariates that were asked for; `None` without any. `subjects` are positions in the cohort.
    pub fn of(
        cohort: &Cohort,
        options: &ComparisonOptions,
        subjects: &[usize],
    ) -> Result<Option<Self>, AnalysisError> {
        if options.adjust.is_empty() {
            return Ok(None);
        }
        let options = CoxOptions {
            covariates: options.adjust.clone(),
            ..CoxOptions::default()
        };
        let covariates = covariate::all(cohort, &options, subjects)?;
        let lacks = |i: usize| {
            let lacking = covariates.iter().find(|covariate| !covariate.has(i));
            lacking.map(|covariate| covariate.column.to_owned())
        };
        let columns = covariates.iter().flat_map(|covariate| covariate.columns(0));
        Ok(Some(Self {
            lacking: (0..subjects.len()).map(lacks).collect(),
            columns: columns.map(|column| column.values).collect(),
        }))
    }

    /// Adds the adjusted means to every pair.
    pub fn adjust(
        &self,
        sample: &Sample,
        options: &ComparisonOptions,
        tau: f64,
        pairs: &mut [PairOutcome],
    ) {
        for pair in pairs.iter_mut() {
            let of = self.pair(sample, pair.first, pair.second);
            pair.adjusted = Some(of.means(tau, options.conf_level));
        }
        let raw: Vec<Option<f64>> = (pairs.iter())
            .map(|pair| pair.adjusted?.difference?.p_value)
            .collect();
        for (pair, p) in pairs.iter_mut().zip(adjust(&raw, options.adjustment)) {
            if let Some(adjusted) = &mut pair.adjusted {
                adjusted.p_adjusted = p;
            }
        }
    }

    fn pair(&self, sample: &Sample, first: usize, second: usize) -> Pair {
        let of = &sample.groups.of;
        let members: Vec<usize> = (0..of.len())
            .filter(|&i| self.lacking[i].is_none() && (of[i] == first || of[i] == second))
            .collect();
        let values =
            |column: &Vec<f64>| -> Vec<f64> { members.iter().map(|&i| column[i]).collect() };
        Pair {
            time: values(&sample.time),
            event: members.iter().map(|&i| sample.event[i]).collect(),
            second: members.iter().map(|&i| of[i] == second).collect(),
            // What does not vary is in the intercept.
            columns: (self.columns.iter().map(values))
                .filter(|values| values.iter().any(|value| *value != values[0]))
                .collect(),
        }
    }
}

impl Pair {
    fn means(mut self, tau: f64, conf_level: f64) -> AdjustedMeans {
        let n = self.time.len();
        let mut of = |link: RmstLink| {
            let known = self.is_known(tau);
            known
                .then(|| self.coefficient(tau, link, conf_level))
                .flatten()
        };
        let plain = |of: RmstCoefficient| RmstContrast {
            estimate: of.coef,
            conf_low: Some(of.conf_low),
            conf_high: Some(of.conf_high),
            p_value: Some(of.p_value),
        };
        let ratio = |of: RmstCoefficient| RmstContrast {
            estimate: of.coef.exp(),
            conf_low: Some(of.conf_low.exp()),
            conf_high: Some(of.conf_high.exp()),
            p_value: Some(of.p_value),
        };
        AdjustedMeans {
            n,
            difference: of(RmstLink::Difference).map(plain),
            ratio: of(RmstLink::Ratio).map(ratio),
            rmtl_ratio: of(RmstLink::LossRatio).map(ratio),
            p_adjusted: None,
        }
    }

    /// Whether both groups have patients whose times vary, and their curves are known to `tau`.
    fn is_known(&self, tau: f64) -> bool {
        let follow_up = |wanted: bool| {
            let members: Vec<usize> = (0..self.time.len())
                .filter(|&i| self.second[i] == wanted)
                .collect();
            let time: Vec<f64> = members.iter().map(|&i| self.time[i]).collect();
            let event: Vec<bool> = members.iter().map(|&i| self.event[i]).collect();
            FollowUp::new(&time, &event).ok()
        };
        match (follow_up(false), follow_up(true)) {
            (Some(first), Some(second)) => {
                let means = restricted_means(&[&first, &second], tau, 0.95);
                means.is_ok_and(|means| means.iter().all(|mean| mean.std_err > 0.0))
            }
            _ => false,
        }
    }

    /// That of the arm. Covariates that depend on others add nothing and are dropped.
    fn coefficient(
        &mut self,
        tau: f64,
        link: RmstLink,
        conf_level: f64,
    ) -> Option<RmstCoefficient> {
        loop {
            let fit = adjusted_rmst(
                &self.time,
                &self.event,
                &self.second,
                &self.columns,
                tau,
                link,
                conf_level,
            );
            match fit {
                Ok(coefficients) => {
                    let arm = coefficients.get(1).copied()?;
                    let known = [
                        arm.coef,
                        arm.std_err,
                        arm.conf_low,
                        arm.conf_high,
                        arm.p_value,
                    ];
                    return known.iter().all(|value| value.is_finite()).then_some(arm);
                }
                // After intercept and arm.
                Err(AdjustedRmstError::Dependent { column }) if column >= 2 => {
                    self.columns.remove(column - 2);
                }
                Err(_) => return None,
            }
        }
    }
}
