//! The partial likelihood with its derivatives.

use super::{Scaled, Ties};
use crate::math::Factor;
use crate::stats::merge_near_ties;

/// The data in the order of the summation: subjects by falling time.
pub(super) struct Likelihood {
    ties: Ties,
    size: usize,
    /// Covariates of subject after subject.
    rows: Vec<f64>,
    event: Vec<bool>,
    /// How many subjects leave at each distinct time.
    leaving: Vec<usize>,
}

/// Log partial likelihood at one set of coefficients.
#[derive(Debug, Clone)]
pub(in crate::stats) struct Point {
    pub(in crate::stats) log_likelihood: f64,
    pub(in crate::stats) gradient: Vec<f64>,
    /// Minus the second derivatives; the lower triangle is filled.
    information: Vec<f64>,
}

/// A pivot of the information below this share of its diagonal marks a dependent covariate.
const DEPENDENT: f64 = 1e-10;

/// Log risks may exceed the origin by this much before it follows them.
const RISE: f64 = 50.0;

impl Point {
    /// All sums at 0.
    pub(in crate::stats) fn new(size: usize) -> Self {
        Self {
            log_likelihood: 0.0,
            gradient: vec![0.0; size],
            information: vec![0.0; size * size],
        }
    }

    pub(in crate::stats) fn factor(&self) -> Factor {
        Factor::new(&self.information, self.gradient.len(), DEPENDENT)
    }

    /// βᵀ I β.
    pub(super) fn curvature(&self, beta: &[f64]) -> f64 {
        let size = beta.len();
        let cell = |i: usize, j: usize| self.information[i.max(j) * size + i.min(j)];
        (0..size * size)
            .map(|k| (k / size, k % size))
            .map(|(i, j)| beta[i] * cell(i, j) * beta[j])
            .sum()
    }
}

/// Σ r, Σ r x and Σ r x xᵀ (lower triangle) over a set of subjects with risks r.
#[derive(Debug, Clone)]
pub(in crate::stats) struct Moments {
    pub(in crate::stats) risk: f64,
    pub(in crate::stats) first: Vec<f64>,
    pub(in crate::stats) second: Vec<f64>,
}

impl Moments {
    pub(in crate::stats) fn new(size: usize) -> Self {
        Self {
            risk: 0.0,
            first: vec![0.0; size],
            second: vec![0.0; size * size],
        }
    }

    pub(in crate::stats) fn add(&mut self, risk: f64, row: &[f64]) {
        let size = row.len();
        self.risk += risk;
        for (i, &x) in row.iter().enumerate() {
            let weighted = risk * x;
            self.first[i] += weighted;
            for (cell, &y) in self.second[i * size..=i * size + i].iter_mut().zip(row) {
                *cell += weighted * y;
            }
        }
    }

    /// Adds `weight` times `other`.
    pub(in crate::stats) fn add_weighted(&mut self, weight: f64, other: &Moments) {
        self.risk += weight * other.risk;
        let add = |sum: &mut [f64], terms: &[f64]| {
            let cells = sum.iter_mut().zip(terms);
            cells.for_each(|(cell, term)| *cell += weight * term);
        };
        add(&mut self.first, &other.first);
        add(&mut self.second, &other.second);
    }

    fn scale(&mut self, factor: f64) {
        self.risk *= factor;
        self.first.iter_mut().for_each(|x| *x *= factor);
        self.second.iter_mut().for_each(|x| *x *= factor);
    }

    pub(in crate::stats) fn clear(&mut self) {
        self.risk = 0.0;
        self.first.fill(0.0);
        self.second.fill(0.0);
    }
}

impl Likelihood {
    pub(super) fn new(time: &[f64], event: &[bool], covariates: &[Scaled], ties: Ties) -> Self {
        let time = merge_near_ties(time);
        let mut order: Vec<usize> = (0..time.len()).collect();
        order.sort_unstable_by(|&a, &b| time[b].total_cmp(&time[a]).then(a.cmp(&b)));
        let row = |&i: &usize| covariates.iter().map(move |covariate| covariate.values[i]);
        Self {
            ties,
            size: covariates.len(),
            rows: order.iter().flat_map(row).collect(),
            event: order.iter().map(|&i| event[i]).collect(),
            leaving: order
                .chunk_by(|&a, &b| time[a] == time[b])
                .map(<[usize]>::len)
                .collect(),
        }
    }

    /// The largest change of a subject's linear predictor that `step` makes.
    pub(super) fn largest_move(&self, step: &[f64]) -> f64 {
        self.predictors(step)
            .fold(0.0, |largest, eta| largest.max(eta.abs()))
    }

    fn predictors(&self, beta: &[f64]) -> impl Iterator<Item = f64> {
        self.rows
            .chunks_exact(self.size)
            .map(move |row| row.iter().zip(beta).map(|(x, b)| x * b).sum())
    }

    /// Value, gradient and information at `beta`.
    pub(super) fn at(&self, beta: &[f64]) -> Point {
        let size = self.size;
        let mut point = Point::new(size);
        // Risks are relative to exp(origin), which follows the largest so far: a factor common to
        // a risk set cancels, and nothing overflows or vanishes however large the coefficients.
        let mut origin = self.predictors(beta).next().unwrap_or(0.0);
        let mut at_risk = Moments::new(size);
        let mut dying = Moments::new(size);
        let mut subjects = self
            .rows
            .chunks_exact(size)
            .zip(self.predictors(beta))
            .zip(&self.event);
        for &leaving in &self.leaving {
            let mut deaths = 0;
            for ((row, eta), &event) in subjects.by_ref().take(leaving) {
                if eta > origin + RISE {
                    let factor = (origin - eta).exp();
                    at_risk.scale(factor);
                    dying.scale(factor);
                    point.log_likelihood += f64::from(deaths) * (origin - eta);
                    origin = eta;
                }
                let eta = eta - origin;
                let risk = eta.exp();
                at_risk.add(risk, row);
                if event {
                    deaths += 1;
                    dying.add(risk, row);
                    point.log_likelihood += eta;
                    point
                        .gradient
                        .iter_mut()
                        .zip(row)
                        .for_each(|(g, x)| *g += x);
                }
            }
            if deaths > 0 {
                for tied in 0..deaths {
                    let share = self.ties.share_gone(tied, deaths);
                    point.subtract(&at_risk, &dying, share);
                }
                dying.clear();
            }
        }
        point
    }
}

impl Point {
    /// One death in a risk set from which `share` of the dying has gone.
    pub(in crate::stats) fn subtract(&mut self, at_risk: &Moments, dying: &Moments, share: f64) {
        let size = self.gradient.len();
        let risk = at_risk.risk - share * dying.risk;
        self.log_likelihood -= risk.ln();
        let mean = |i: usize| (at_risk.first[i] - share * dying.first[i]) / risk;
        for i in 0..size {
            let mean_i = mean(i);
            self.gradient[i] -= mean_i;
            for j in 0..=i {
                let cell = i * size + j;
                let second = (at_risk.second[cell] - share * dying.second[cell]) / risk;
                self.information[cell] += second - mean_i * mean(j);
            }
        }
    }
}
