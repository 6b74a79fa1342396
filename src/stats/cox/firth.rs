//! Firth's penalised likelihood.

use super::data::Rows;
use super::likelihood::{Likelihood, Point};
use super::model::null_point;
use super::newton::{maximise, ratio};
use super::profile::Profile;
use super::watch::{Passes, Watch};
use super::{CoxData, CoxError, CoxSettings, CoxTest, FirthFit, FirthTerm, Ties};
use crate::math::{chi_square_upper, normal_critical};

/// Distance, on the scale of the rows, over which the gradient is differenced.
const DIFFERENCE: f64 = 1e-4;

/// Events a covariate from which on the penalty bends the likelihood so little that its curvature is left out of
/// Newton's steps.
const MANY: usize = 200;

/// About half of the passes over the rows that it takes, for each pair of covariates.
const PASSES: f64 = 30.0;

/// The likelihood with Jeffreys' prior.
struct Penalised<'a> {
    rows: &'a Rows,
    passes: Passes<'a>,
    likelihood: Likelihood<'a>,
    /// What the scales of the covariates add to the penalty.
    units: f64,
    bend: bool,
}

/// Fits a Cox model by Firth's penalised likelihood: finite under separation too.
///
/// **Conventions.** Intervals are from the profile of the penalised likelihood, tests are penalised likelihood ratio
/// tests. Breslow's or Efron's ties; `robust` is not looked at.
/// **Errors.** As [`cox_model`](super::cox_model); exact ties are refused.
/// **Cost.** Twice as many passes over the rows an iteration as there are covariates, and twice.
/// **Source.** Firth (1993), Biometrika 80:27; Heinze & Schemper (2001), Biometrics 57:114.
/// **Checked against** `coxphf` and a direct Newton, in `tests/reference/firth.rs`.
pub fn firth(data: &CoxData<'_>, settings: CoxSettings) -> Result<FirthFit, CoxError> {
    firth_watched(data, settings, &mut |_| ())
}

/// The same, telling of every pass over the rows.
pub fn firth_watched(
    data: &CoxData<'_>,
    settings: CoxSettings,
    watch: Watch<'_>,
) -> Result<FirthFit, CoxError> {
    if settings.ties == Ties::Exact {
        return Err(CoxError::PenalisedExact);
    }
    let mut rows = Rows::new(data, settings.ties)?;
    let null = null_point(&mut rows);
    let size = rows.size;
    let factor = null.factor();
    let estimated: Vec<usize> = (0..size).filter(|&j| !factor.is_dependent(j)).collect();
    let n_event = rows.n_event();
    let penalised = Penalised {
        rows: &rows,
        passes: Passes::new(watch, PASSES * (1 + size * size) as f64),
        likelihood: Likelihood::new(&rows),
        units: estimated.iter().map(|&j| rows.scales[j].scale.ln()).sum(),
        bend: n_event < MANY * size,
    };
    let null = penalised.at(&vec![0.0; size]);
    let maximum = maximise(|beta| penalised.at(beta), |_| 0.0, &null)?;
    let naive = penalised.likelihood.at(&maximum.beta).factor().inverse();
    let profile = Profile {
        at: |beta: &[f64]| penalised.at(beta),
        largest_move: |step: &[f64]| penalised.likelihood.largest_move(step),
        beta: &maximum.beta,
        log_likelihood: maximum.point.log_likelihood,
    };
    let z = normal_critical(settings.conf_level);
    let term = |j: usize| {
        if !estimated.contains(&j) {
            return Ok(FirthTerm::collinear());
        }
        let scale = rows.scales[j].scale;
        let std_err = naive[j * size + j].sqrt();
        let statistic = profile.statistic(j)?;
        let limit = |direction: f64| {
            let limit = profile.limit(j, direction * z * std_err, z);
            limit.map(|b| b / scale)
        };
        let (coef_low, coef_high) = (limit(-1.0), limit(1.0));
        Ok(FirthTerm {
            coef: Some(maximum.beta[j] / scale),
            std_err: Some(std_err / scale),
            hazard_ratio: ratio(maximum.beta[j] / scale),
            coef_low,
            coef_high,
            conf_low: coef_low.and_then(ratio),
            conf_high: coef_high.and_then(ratio),
            statistic: Some(statistic),
            p_value: Some(chi_square_upper(statistic, 1)),
        })
    };
    let (low, high) = (null.log_likelihood, maximum.point.log_likelihood);
    Ok(FirthFit {
        n: rows.n(),
        n_event,
        terms: (0..size).map(term).collect::<Result<_, CoxError>>()?,
        log_likelihood_null: low,
        log_likelihood: high,
        likelihood_ratio: CoxTest::new(2.0 * (high - low), estimated.len()),
        iterations: maximum.iterations,
    })
}

impl FirthTerm {
    fn collinear() -> Self {
        Self {
            coef: None,
            std_err: None,
            coef_low: None,
            coef_high: None,
            hazard_ratio: None,
            conf_low: None,
            conf_high: None,
            statistic: None,
            p_value: None,
        }
    }
}

impl Penalised<'_> {
    /// Value, gradient and minus the second derivatives at `beta`.
    fn at(&self, beta: &[f64]) -> Point {
        let mut point = self.slope(beta);
        if !self.bend {
            return point;
        }
        let size = beta.len();
        let mut bent = point.clone();
        let mut moved = beta.to_vec();
        let mut slope_at = |j: usize, distance: f64| {
            moved[j] = beta[j] + distance;
            let slope = self.slope(&moved).gradient;
            moved[j] = beta[j];
            slope
        };
        let slopes: Vec<(Vec<f64>, Vec<f64>)> = (0..size)
            .map(|j| (slope_at(j, DIFFERENCE), slope_at(j, -DIFFERENCE)))
            .collect();
        for i in 0..size {
            for j in 0..=i {
                let fall = |i: usize, j: usize| slopes[j].1[i] - slopes[j].0[i];
                bent.information[i * size + j] = (fall(i, j) + fall(j, i)) / (4.0 * DIFFERENCE);
            }
        }
        // Far from the maximum it may bend the wrong way: the information alone never does.
        if bent.factor().rank() == point.factor().rank() {
            point = bent;
        }
        point
    }

    /// Value and gradient; the information is that of the likelihood alone.
    ///
    /// With V the inverse information and q = xᵀ V x, the gradient of ½ log |I| needs the third central moments of
    /// x in each risk set summed against V, which are moments of x and of q x.
    fn slope(&self, beta: &[f64]) -> Point {
        self.passes.pass();
        let (rows, size) = (self.rows, beta.len());
        let mut point = self.likelihood.at(beta);
        let factor = point.factor();
        point.log_likelihood += factor.log_determinant() / 2.0 + self.units;
        let inverse = factor.inverse();
        let product = |x: &[f64]| -> Vec<f64> {
            let rows = inverse.chunks_exact(size);
            rows.map(|row| row.iter().zip(x).map(|(v, x)| v * x).sum())
                .collect()
        };
        let wide = size + 1;
        let mut values = Vec::with_capacity(rows.n() * wide);
        for row in rows.values.chunks_exact(size) {
            values.extend_from_slice(row);
            values.push(product(row).iter().zip(row).map(|(v, x)| v * x).sum());
        }
        rows.risk_sets(wide, &values, beta, |tie, set| {
            let deaths = tie.deaths as f64;
            let weight = rows.weight_of(tie.dying()) / deaths;
            for tied in 0..tie.deaths {
                let share = match rows.ties {
                    Ties::Efron => tied as f64 / deaths,
                    Ties::Breslow | Ties::Exact => 0.0,
                };
                let risk = set.at_risk.risk - share * set.dying.risk;
                let first = |i: usize| (set.at_risk.first[i] - share * set.dying.first[i]) / risk;
                let second = |i: usize, j: usize| {
                    let cell = i.max(j) * wide + i.min(j);
                    (set.at_risk.second[cell] - share * set.dying.second[cell]) / risk
                };
                let mean: Vec<f64> = (0..size).map(first).collect();
                let turned = product(&mean);
                for l in 0..size {
                    let covariances = turned.iter().enumerate();
                    let sum: f64 = covariances
                        .map(|(k, v)| v * (second(k, l) - mean[k] * mean[l]))
                        .sum();
                    let third = second(size, l) - mean[l] * first(size) - 2.0 * sum;
                    point.gradient[l] += weight * third / 2.0;
                }
            }
        });
        point
    }
}
