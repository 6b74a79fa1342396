//! A fitted Cox model and what can be asked of it.

use super::data::Rows;
use super::likelihood::{DEPENDENT, Likelihood, Point};
use super::newton::{Maximum, maximise, ratio, terms_of};
use super::robust::Scores;
use super::watch::{Passes, Watch};
use super::{
    CoxContrast, CoxData, CoxError, CoxFit, CoxSettings, CoxTermStatus, CoxTest, Ties, exact,
};
use crate::math::{Factor, normal_critical, normal_two_sided};

/// A fitted Cox model with its data, sorted.
///
/// What costs more than the fit is a method. All give `None` under separation unless they say otherwise.
#[derive(Debug, Clone)]
pub struct CoxModel {
    /// The fit.
    pub fit: CoxFit,
    pub(super) settings: CoxSettings,
    pub(super) rows: Rows,
    pub(super) maximum: Maximum,
    /// Coefficients on the scale of the rows; 0 where there is none.
    pub(super) beta: Vec<f64>,
    /// Inverse information on the scale of the rows, 0 where there is no coefficient.
    pub(super) naive: Vec<f64>,
    /// The variance that counts: robust where that is asked for.
    pub(super) variance: Vec<f64>,
    pub(super) mean_offset: f64,
    /// Cluster at each place where robust errors are asked for.
    pub(super) cluster: Option<Vec<u32>>,
}

/// A covariate whose variance among those at risk together is below this share of its own is constant there.
const CONSTANT: f64 = 1e-12;

/// Fits a Cox model.
///
/// **Conventions.** Near ties are ties. A covariate that depends linearly on those before it, or does not vary among
/// those at risk together, has no coefficient, and its term says so. Under separation the likelihood has no maximum:
/// the coefficients that run to infinity are not given, the others are those of the limit, and the likelihood ratio
/// is that of the limit. Robust errors are Lin & Wei's, with each row a cluster where none is given; exact ties take
/// Breslow's influences for them.
/// **Cost.** Linear in the rows and quadratic in the covariates, after a sort; exact ties cost their number times
/// those at risk at each time.
/// **Source.** Cox (1972), J R Stat Soc B 34:187; Efron (1977), J Am Stat Assoc 72:557; Lin & Wei (1989), J Am Stat
/// Assoc 84:1074.
/// **Checked against** `coxph`, in `tests/reference/cox.rs`.
pub fn cox_model(data: &CoxData<'_>, settings: CoxSettings) -> Result<CoxModel, CoxError> {
    cox_model_watched(data, settings, &mut |_| ())
}

/// More passes over the rows than half of an ordinary fit takes.
const PASSES: f64 = 4.0;

/// The same, telling of every pass over the rows.
pub fn cox_model_watched(
    data: &CoxData<'_>,
    settings: CoxSettings,
    watch: Watch<'_>,
) -> Result<CoxModel, CoxError> {
    let passes = Passes::new(watch, PASSES);
    let mut rows = Rows::new(data, settings.ties)?;
    if settings.ties == Ties::Exact {
        exact::check(&rows)?;
    }
    let null = null_point(&mut rows);
    let likelihood = Likelihood::new(&rows);
    let maximum = maximise(
        |beta| {
            passes.pass();
            likelihood.at(beta)
        },
        |step| likelihood.largest_move(step),
        &null,
    )?;
    let statuses = maximum.statuses();
    let (mut point, mut beta) = (maximum.point.clone(), maximum.beta.clone());
    for (j, status) in statuses.iter().enumerate() {
        if *status != CoxTermStatus::Estimated {
            point.fix(j);
            beta[j] = 0.0;
        }
    }
    let naive = point.factor().inverse();
    passes.pass();
    let cluster = settings.robust.then(|| clusters(&rows, data.cluster));
    let robust = cluster.as_ref().map(|cluster| {
        let at = |beta: &[f64]| Scores::new(&rows, beta, cluster);
        (
            at(&maximum.beta).sandwich(&naive),
            at(&vec![0.0; rows.size]).statistic(),
        )
    });
    let scales: Vec<f64> = rows.scales.iter().map(|scale| scale.scale).collect();
    let variance = robust
        .as_ref()
        .map_or_else(|| naive.clone(), |(variance, _)| variance.clone());
    let df = null.factor().rank();
    let test = |statistic| CoxTest::new(statistic, df);
    let wald = match &robust {
        None => point.curvature(&beta),
        Some((variance, _)) => Factor::new(variance, rows.size, DEPENDENT).quadratic_form(&beta),
    };
    let log_likelihood = maximum.point.log_likelihood;
    let n_event = rows.n_event();
    let fit = CoxFit {
        n: rows.n(),
        n_event,
        terms: terms_of(&maximum, &scales, &naive, &variance, settings.conf_level),
        log_likelihood_null: null.log_likelihood,
        log_likelihood,
        likelihood_ratio: test(2.0 * (log_likelihood - null.log_likelihood)),
        wald: (!maximum.separation).then(|| test(wald)),
        score: test(null.factor().quadratic_form(&null.gradient)),
        robust_score: robust.map(|(_, statistic)| test(statistic)),
        aic: 2.0 * df as f64 - 2.0 * log_likelihood,
        bic: (n_event as f64).ln() * df as f64 - 2.0 * log_likelihood,
        iterations: maximum.iterations,
        separation: maximum.separation,
        means: means(data),
    };
    Ok(CoxModel {
        fit,
        settings,
        mean_offset: data
            .offset
            .map_or(0.0, |offset| weighted_mean(offset, data.weights)),
        rows,
        maximum,
        beta,
        naive,
        variance,
        cluster,
    })
}

/// The likelihood at 0. Collinear covariates are set to 0: they stay so at every other point.
pub(super) fn null_point(rows: &mut Rows) -> Point {
    let origin = vec![0.0; rows.size];
    let mut null = Likelihood::new(rows).at(&origin);
    let events: f64 = (0..rows.n())
        .filter(|&p| rows.event[p])
        .map(|p| rows.weight(p))
        .sum();
    let size = rows.size;
    for j in 0..size {
        if null.information[j * size + j] <= CONSTANT * events {
            null.fix(j);
        }
    }
    let factor = null.factor();
    for j in (0..size).filter(|&j| factor.is_dependent(j)) {
        null.fix(j);
        rows.values
            .iter_mut()
            .skip(j)
            .step_by(size)
            .for_each(|x| *x = 0.0);
    }
    null
}

/// The cluster at each place, counted from 0; each row its own where there are none.
fn clusters(rows: &Rows, labels: Option<&[usize]>) -> Vec<u32> {
    let Some(labels) = labels else {
        return (0..rows.n() as u32).collect();
    };
    let mut distinct = labels.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let number =
        |&row: &u32| distinct.partition_point(|&label| label < labels[row as usize]) as u32;
    rows.row.iter().map(number).collect()
}

fn weighted_mean(values: &[f64], weights: Option<&[f64]>) -> f64 {
    match weights {
        None => values.iter().sum::<f64>() / values.len() as f64,
        Some(weights) => {
            let products = values.iter().zip(weights).map(|(x, w)| x * w);
            products.sum::<f64>() / weights.iter().sum::<f64>()
        }
    }
}

/// See [`CoxFit::means`].
fn means(data: &CoxData<'_>) -> Vec<f64> {
    let weights = data.weights.filter(|_| data.start.is_none());
    let mean = |values: &Vec<f64>| {
        if values.iter().all(|x| [-1.0, 0.0, 1.0].contains(x)) {
            0.0
        } else {
            weighted_mean(values, weights)
        }
    };
    data.covariates.iter().map(mean).collect()
}

impl CoxModel {
    /// The linear predictor of these covariates without an offset.
    pub(super) fn predictor_at(&self, covariates: &[f64]) -> f64 {
        let scales = self.rows.scales.iter().zip(covariates).zip(&self.beta);
        scales.map(|((scale, &x), b)| scale.apply(x) * b).sum()
    }

    /// Wald test of these covariates together; collinear ones do not count. `None` when one of them runs to
    /// infinity or none has a coefficient.
    pub fn joint_test(&self, columns: &[usize]) -> Option<CoxTest> {
        let status = |&j: &usize| self.fit.terms[j].status;
        let known: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|j| status(j) != CoxTermStatus::Collinear)
            .collect();
        if known.is_empty() || known.iter().any(|j| status(j) != CoxTermStatus::Estimated) {
            return None;
        }
        let size = self.rows.size;
        let rows = known
            .iter()
            .flat_map(|&i| known.iter().map(move |&j| i * size + j));
        let variance: Vec<f64> = rows.map(|cell| self.variance[cell]).collect();
        let beta: Vec<f64> = known.iter().map(|&j| self.beta[j]).collect();
        let factor = Factor::new(&variance, known.len(), DEPENDENT);
        Some(CoxTest::new(factor.quadratic_form(&beta), factor.rank()))
    }

    /// Σ weights · coefficients, with its ratio: `weights` has one number a covariate. `None` when a covariate of
    /// weight other than 0 has no coefficient.
    pub fn contrast(&self, weights: &[f64]) -> Option<CoxContrast> {
        let estimated = |(term, weight): (&super::CoxTerm, &f64)| {
            *weight == 0.0 || term.status == CoxTermStatus::Estimated
        };
        if weights.len() != self.rows.size || !self.fit.terms.iter().zip(weights).all(estimated) {
            return None;
        }
        let scales = weights.iter().zip(&self.rows.scales);
        let scaled: Vec<f64> = scales.map(|(weight, scale)| weight / scale.scale).collect();
        let estimate = scaled
            .iter()
            .zip(&self.beta)
            .map(|(w, b)| w * b)
            .sum::<f64>();
        let std_err = super::baseline::quadratic(&self.variance, &scaled)
            .max(0.0)
            .sqrt();
        let z = normal_critical(self.settings.conf_level);
        Some(CoxContrast {
            estimate,
            std_err,
            hazard_ratio: ratio(estimate),
            conf_low: ratio(estimate - z * std_err),
            conf_high: ratio(estimate + z * std_err),
            p_value: (std_err > 0.0).then(|| normal_two_sided(estimate / std_err)),
        })
    }
}
