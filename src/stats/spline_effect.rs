//! The log hazard as a smooth curve of one number.

use serde::Serialize;

use super::{CoxData, CoxSettings, CoxTest, cox_model, restricted_cubic_spline};
use crate::math::normal_critical;

/// Cox model of a restricted cubic spline of one covariate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SplineEffect {
    /// The knots, rising.
    pub knots: Vec<f64>,
    /// Where the log hazard ratio is 0.
    pub reference: f64,
    /// Likelihood ratio test of the whole curve.
    pub effect: CoxTest,
    /// Likelihood ratio test of the curve against a straight line.
    pub non_linearity: CoxTest,
    /// The same by Wald's test; `None` when it cannot be found.
    pub non_linearity_wald: Option<CoxTest>,
    /// One point for each value asked for.
    pub curve: Vec<SplinePoint>,
}

/// A point of the curve: a log hazard ratio over the reference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SplinePoint {
    /// The value of the covariate.
    pub value: f64,
    /// Log hazard ratio.
    pub estimate: f64,
    /// Its standard error; 0 at the reference.
    pub std_err: f64,
    /// Lower limit of the log hazard ratio, pointwise.
    pub conf_low: f64,
    /// Upper limit of the log hazard ratio, pointwise.
    pub conf_high: f64,
}

/// Fits a Cox model of a restricted cubic spline of `value`, and reads its curve at the values of `grid`.
///
/// `None` when there is no model (no events, no variation) or no finite estimate (separation).
///
/// **Conventions.** The basis is [`restricted_cubic_spline`]'s; the tests and the curve do not depend on it.
/// **Source.** Harrell (2015), Regression Modeling Strategies, 2.4.5; Durrleman & Simon (1989), Stat Med 8:551.
/// **Checked against** `coxph` with the same basis, in `tests/reference/cut_point.rs`.
pub fn spline_effect(
    time: &[f64],
    event: &[bool],
    value: &[f64],
    knots: &[f64],
    (reference, grid): (f64, &[f64]),
    settings: CoxSettings,
) -> Option<SplineEffect> {
    let basis = |x: f64| -> Vec<f64> {
        let curved = restricted_cubic_spline(x, knots);
        std::iter::once(x).chain(curved).collect()
    };
    let origin = basis(reference);
    let mut columns = vec![Vec::with_capacity(value.len()); origin.len()];
    for &x in value {
        for (column, of) in columns.iter_mut().zip(basis(x)) {
            column.push(of);
        }
    }
    let fit = |columns: &[Vec<f64>]| {
        let model = cox_model(&CoxData::new(time, event, columns), settings).ok()?;
        (!model.fit.separation).then_some(model)
    };
    let (straight, curved) = (fit(&columns[..1])?, fit(&columns)?);
    let bends: Vec<usize> = (1..columns.len()).collect();
    let (with, without) = (
        curved.fit.likelihood_ratio,
        straight.fit.likelihood_ratio.df,
    );
    let df = with.df.checked_sub(without).filter(|&df| df > 0)?;
    let gained = 2.0 * (curved.fit.log_likelihood - straight.fit.log_likelihood);
    let z = normal_critical(settings.conf_level);
    let curve = (grid.iter())
        .map(|&x| {
            let weights: Vec<f64> = basis(x).iter().zip(&origin).map(|(a, b)| a - b).collect();
            let contrast = curved.contrast(&weights)?;
            Some(SplinePoint {
                value: x,
                estimate: contrast.estimate,
                std_err: contrast.std_err,
                conf_low: contrast.estimate - z * contrast.std_err,
                conf_high: contrast.estimate + z * contrast.std_err,
            })
        })
        .collect::<Option<Vec<_>>>()?;
    Some(SplineEffect {
        knots: knots.to_vec(),
        reference,
        effect: with,
        non_linearity: CoxTest::new(gained.max(0.0), df),
        non_linearity_wald: curved.joint_test(&bends),
        curve,
    })
}
