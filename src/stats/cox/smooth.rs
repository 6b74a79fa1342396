//! The smooth of scaled Schoenfeld residuals.

use super::{SmoothPoint, restricted_cubic_spline};
use crate::stats::{QuantileType, quantile};

/// Points of a smooth.
const POINTS: usize = 40;

/// A smooth of residuals against a number, as 40 points (x, residual): the least squares fit of a natural spline with
/// 4 degrees of freedom. `None` when there are too few distinct numbers.
///
/// **Checked against** `splines::ns` in R, in `tests/report/cox_more.rs`.
pub fn residual_smooth(x: &[f64], residual: &[f64]) -> Option<Vec<(f64, f64)>> {
    let y: Vec<Option<f64>> = residual.iter().copied().map(Some).collect();
    let points = Smoother::new(x, x)?.fit(&y, 0.0, 0.0)?;
    Some(
        points
            .iter()
            .map(|point| (point.x, point.estimate))
            .collect(),
    )
}

/// A natural spline with 4 degrees of freedom over fixed points.
///
/// **Source.** `plot.cox.zph` of R's survival: knots at the thirds of the points and of those that are drawn.
pub(super) struct Smoother {
    /// Columns of the basis at the data and then at the drawn points.
    basis: Vec<Vec<f64>>,
    /// Drawn points with their times.
    drawn: Vec<(f64, f64)>,
}

impl Smoother {
    /// For points at `x` with these times; `None` when all are at one `x`.
    pub(super) fn new(x: &[f64], time: &[f64]) -> Option<Self> {
        let mut curve: Vec<(f64, f64)> = x.iter().copied().zip(time.iter().copied()).collect();
        curve.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        curve.dedup_by_key(|point| point.0);
        let (low, high) = (curve.first()?.0, curve.last()?.0);
        if low >= high {
            return None;
        }
        let step = (high - low) / (POINTS - 1) as f64;
        let drawn: Vec<f64> = (0..POINTS).map(|k| low + step * k as f64).collect();
        let mut all: Vec<f64> = x.iter().chain(&drawn).copied().collect();
        let unit = |x: f64| (x - low) / (high - low);
        let rows: Vec<f64> = all.iter().map(|&x| unit(x)).collect();
        all.sort_unstable_by(f64::total_cmp);
        let third = |p: f64| quantile(&all, p, QuantileType::Type7).map(unit);
        let knots = [0.0, third(1.0 / 3.0)?, third(2.0 / 3.0)?, 1.0];
        if knots.windows(2).any(|pair| pair[0] >= pair[1]) {
            return None;
        }
        let column = |k: usize| -> Vec<f64> {
            let cell = |&x: &f64| match k {
                0 => 1.0,
                1 => x,
                k => restricted_cubic_spline(x, &knots)[k - 2],
            };
            rows.iter().map(cell).collect()
        };
        Some(Self {
            basis: (0..4).map(column).collect(),
            drawn: drawn.into_iter().map(|x| (x, between(&curve, x))).collect(),
        })
    }

    /// The least squares fit of `y`, whose values have this `variance`; `None` when there are too few.
    pub(super) fn fit(&self, y: &[Option<f64>], variance: f64, z: f64) -> Option<Vec<SmoothPoint>> {
        let known: Vec<usize> = (0..y.len()).filter(|&i| y[i].is_some()).collect();
        let values: Vec<f64> = y.iter().copied().flatten().collect();
        let drawn = y.len()..y.len() + self.drawn.len();
        // Each column orthonormal over the data; the same is done to it at the drawn points.
        let mut columns: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
        for column in &self.basis {
            let mut at: Vec<f64> = known.iter().map(|&i| column[i]).collect();
            let mut there = column[drawn.clone()].to_vec();
            let length = dot(&at, &at).sqrt();
            // Twice, so that rounding is removed as well.
            for _ in 0..2 {
                for (other, other_there) in &columns {
                    let part = dot(&at, other);
                    at.iter_mut().zip(other).for_each(|(a, b)| *a -= part * b);
                    there
                        .iter_mut()
                        .zip(other_there)
                        .for_each(|(a, b)| *a -= part * b);
                }
            }
            let left = dot(&at, &at).sqrt();
            if left <= 1e-7 * length {
                return None;
            }
            at.iter_mut().chain(&mut there).for_each(|x| *x /= left);
            columns.push((at, there));
        }
        let parts: Vec<f64> = columns.iter().map(|(at, _)| dot(at, &values)).collect();
        let point = |(k, &(x, time)): (usize, &(f64, f64))| {
            let there = columns.iter().zip(&parts);
            let estimate = there.map(|((_, there), part)| there[k] * part).sum::<f64>();
            let spread: f64 = columns.iter().map(|(_, there)| there[k] * there[k]).sum();
            let std_err = (variance * spread).sqrt();
            SmoothPoint {
                x,
                time,
                estimate,
                std_err,
                conf_low: estimate - z * std_err,
                conf_high: estimate + z * std_err,
            }
        };
        Some(self.drawn.iter().enumerate().map(point).collect())
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Linear interpolation between points of rising x.
fn between(curve: &[(f64, f64)], x: f64) -> f64 {
    let k = curve.partition_point(|point| point.0 < x);
    match (k.checked_sub(1).map(|k| curve[k]), curve.get(k)) {
        (Some(low), Some(high)) => low.1 + (high.1 - low.1) * (x - low.0) / (high.0 - low.0),
        (Some(only), None) => only.1,
        (None, first) => first.map_or(0.0, |first| first.1),
    }
}
