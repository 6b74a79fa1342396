//! Profile likelihood intervals.

use super::likelihood::{Likelihood, Point};
use super::newton::{MAX_ITERATIONS, ratio};
use super::watch::{Passes, Watch};
use super::{CoxError, CoxModel, CoxTermStatus, ProfileInterval};
use crate::math::{chi_square_upper, normal_critical};

/// A constrained Newton step below this is the last one: the likelihood is then right to its square.
const LAST_STEP: f64 = 1e-9;

/// A constrained step that promises less than this share of the likelihood is not taken.
const LAST_GAIN: f64 = 1e-13;

/// Largest share by which a limit may miss the drop of the likelihood that defines it.
const ACCURACY: f64 = 1e-11;

/// What rounding may do to the likelihood, as a share of it.
const ROUNDING: f64 = 2e-13;

/// A linear predictor that has moved by this much without the likelihood falling has no limit.
const UNBOUNDED: f64 = 600.0;

/// About half of the passes over the rows that an interval takes.
const PASSES: f64 = 8.0;

/// A maximised likelihood of which profiles are taken; coefficients are scaled.
pub(super) struct Profile<'a, At: Fn(&[f64]) -> Point, Move: Fn(&[f64]) -> f64> {
    pub(super) at: At,
    pub(super) largest_move: Move,
    pub(super) beta: &'a [f64],
    pub(super) log_likelihood: f64,
}

impl CoxModel {
    /// Profile likelihood interval and likelihood ratio test of each covariate, also under separation: one limit
    /// is missing then. `None` for collinear covariates.
    ///
    /// **Source.** Venzon & Moolgavkar (1988), Appl Stat 37:87, for the definition.
    /// **Checked against** a direct search on `coxph` with offsets, in `tests/reference/cox.rs`.
    pub fn profile_intervals(&self) -> Result<Vec<Option<ProfileInterval>>, CoxError> {
        (0..self.rows.size)
            .map(|j| self.profile_interval(j))
            .collect()
    }

    /// The same of covariate `j` alone.
    pub fn profile_interval(&self, j: usize) -> Result<Option<ProfileInterval>, CoxError> {
        self.profile_interval_watched(j, &mut |_| ())
    }

    /// The same, telling of every pass over the rows.
    pub fn profile_interval_watched(
        &self,
        j: usize,
        watch: Watch<'_>,
    ) -> Result<Option<ProfileInterval>, CoxError> {
        let passes = Passes::new(watch, PASSES);
        let status = self.fit.terms[j].status;
        if status == CoxTermStatus::Collinear {
            return Ok(None);
        }
        let likelihood = Likelihood::new(&self.rows);
        let profile = Profile {
            at: |beta: &[f64]| {
                passes.pass();
                likelihood.at(beta)
            },
            largest_move: |step: &[f64]| likelihood.largest_move(step),
            beta: &self.maximum.beta,
            log_likelihood: self.fit.log_likelihood,
        };
        let z = normal_critical(self.settings.conf_level);
        let std_err = self.naive[j * self.rows.size + j].sqrt();
        let limit = |direction: f64, unbounded: CoxTermStatus| {
            if status == unbounded {
                return None;
            }
            let step = if std_err > 0.0 { z * std_err } else { 1.0 };
            profile.limit(j, direction * step, z)
        };
        let scale = self.rows.scales[j].scale;
        let coef_low = limit(-1.0, CoxTermStatus::RunsDown).map(|b| b / scale);
        let coef_high = limit(1.0, CoxTermStatus::RunsUp).map(|b| b / scale);
        Ok(Some(ProfileInterval {
            coef_low,
            coef_high,
            conf_low: coef_low.and_then(ratio),
            conf_high: coef_high.and_then(ratio),
            p_value: chi_square_upper(profile.statistic(j)?, 1),
        }))
    }
}

impl<At: Fn(&[f64]) -> Point, Move: Fn(&[f64]) -> f64> Profile<'_, At, Move> {
    /// Likelihood ratio statistic of coefficient `j`.
    pub(super) fn statistic(&self, j: usize) -> Result<f64, CoxError> {
        let mut beta = self.beta.to_vec();
        beta[j] = 0.0;
        let point = self.constrained(&mut beta, j)?;
        Ok((2.0 * (self.log_likelihood - point.log_likelihood)).max(0.0))
    }

    /// Where the signed root of the likelihood ratio of coefficient `j` is `z`, in the direction of the first
    /// `step`; `None` when it never is, or when the search does not settle.
    pub(super) fn limit(&self, j: usize, step: f64, z: f64) -> Option<f64> {
        let origin = self.beta[j];
        let mut beta = self.beta.to_vec();
        let mut inside = origin;
        let mut outside: Option<f64> = None;
        let mut b = origin + step;
        for _ in 0..MAX_ITERATIONS {
            beta[j] = b;
            let point = self.constrained(&mut beta, j).ok()?;
            let root = (2.0 * (self.log_likelihood - point.log_likelihood))
                .max(0.0)
                .sqrt();
            let rounding = ROUNDING * self.log_likelihood.abs();
            if (root * root - z * z).abs() < ACCURACY * z * z + rounding {
                return Some(b);
            }
            if root < z {
                inside = b;
            } else {
                outside = Some(b);
            }
            // The root is nearly a straight line in b: Newton's step, unless it leaves the bracket.
            let newton = b + (z - root) * root / -point.gradient[j];
            let next = match outside {
                Some(outside) => {
                    let within = (newton - inside) * (newton - outside) < 0.0;
                    if within {
                        newton
                    } else {
                        (inside + outside) / 2.0
                    }
                }
                None => {
                    let furthest = origin + 3.0 * (b - origin);
                    let within = (newton - b) * (newton - furthest) < 0.0;
                    if within { newton } else { furthest }
                }
            };
            if outside.is_none() {
                let mut moved = vec![0.0; beta.len()];
                moved[j] = next - origin;
                if (self.largest_move)(&moved) > UNBOUNDED {
                    return None;
                }
            }
            if (next - b).abs() <= 4.0 * f64::EPSILON * b.abs() {
                return Some(next);
            }
            b = next;
        }
        None
    }

    /// The maximum over all coefficients but `j`, with the gradient of `j` there; `beta` is moved to it.
    fn constrained(&self, beta: &mut Vec<f64>, j: usize) -> Result<Point, CoxError> {
        let mut point = (self.at)(beta);
        for _ in 0..MAX_ITERATIONS {
            let mut free = point.clone();
            free.fix(j);
            let mut step = free.factor().solve(&free.gradient);
            let gain = step
                .iter()
                .zip(&free.gradient)
                .map(|(s, g)| s * g)
                .sum::<f64>()
                / 2.0;
            let length = step.iter().fold(0.0, |length, s| f64::max(length, s.abs()));
            if length < LAST_STEP || gain < LAST_GAIN * (point.log_likelihood.abs() + 1.0) {
                point.log_likelihood += gain;
                return Ok(point);
            }
            for _ in 0..30 {
                let next: Vec<f64> = beta.iter().zip(&step).map(|(b, s)| b + s).collect();
                let there = (self.at)(&next);
                if there.log_likelihood > point.log_likelihood - gain {
                    (*beta, point) = (next, there);
                    break;
                }
                step.iter_mut().for_each(|s| *s /= 2.0);
            }
        }
        Err(CoxError::NoConvergence(MAX_ITERATIONS))
    }
}
