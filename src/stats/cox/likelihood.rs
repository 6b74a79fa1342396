//! The partial likelihood with its derivatives.

use super::data::{Rows, Step, Tie};
use super::{Ties, exact};
use crate::math::Factor;

/// Log partial likelihood at one set of coefficients.
#[derive(Debug, Clone)]
pub(in crate::stats) struct Point {
    pub(in crate::stats) log_likelihood: f64,
    pub(in crate::stats) gradient: Vec<f64>,
    /// Minus the second derivatives; the lower triangle is filled.
    pub(in crate::stats) information: Vec<f64>,
}

/// A pivot of the information below this share of its diagonal marks a dependent covariate.
pub(super) const DEPENDENT: f64 = 1e-10;

/// Log risks may exceed the origin by this much before it follows them.
const RISE: f64 = 50.0;

/// Sums over those at risk are made anew when so little of them is left that what was taken off blurs them.
const WORN: f64 = 1e-6;

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

    /// Forgets covariate `j`.
    pub(super) fn fix(&mut self, j: usize) {
        let size = self.gradient.len();
        self.gradient[j] = 0.0;
        for k in 0..size {
            self.information[j * size + k] = 0.0;
            self.information[k * size + j] = 0.0;
        }
    }

    /// Deaths of this `weight` together in a risk set from which none of them has gone.
    #[inline(always)]
    fn subtract_all(&mut self, size: usize, weight: f64, at_risk: &Moments) {
        self.log_likelihood -= weight * at_risk.risk.ln();
        let inverse = 1.0 / at_risk.risk;
        let share = weight * inverse;
        let (first, second) = (&at_risk.first[..size], &at_risk.second[..size * size]);
        let sum = |j: usize| first[j];
        let gradient = &mut self.gradient[..size];
        let information = &mut self.information[..size * size];
        for (i, slope) in gradient.iter_mut().enumerate() {
            let mean = sum(i) * inverse;
            *slope -= weight * mean;
            for j in 0..=i {
                let cell = i * size + j;
                information[cell] += share * (second[cell] - mean * sum(j));
            }
        }
    }

    /// One death of this `weight` in a risk set from which `share` of the dying has gone.
    #[inline(always)]
    pub(in crate::stats) fn subtract_weighted(
        &mut self,
        weight: f64,
        at_risk: &Moments,
        dying: &Moments,
        share: f64,
    ) {
        let size = self.gradient.len();
        let risk = at_risk.risk - share * dying.risk;
        self.log_likelihood -= weight * risk.ln();
        let inverse = 1.0 / risk;
        let mean = |i: usize| (at_risk.first[i] - share * dying.first[i]) * inverse;
        for i in 0..size {
            let mean_i = mean(i);
            self.gradient[i] -= weight * mean_i;
            for j in 0..=i {
                let cell = i * size + j;
                let second = (at_risk.second[cell] - share * dying.second[cell]) * inverse;
                self.information[cell] += weight * (second - mean_i * mean(j));
            }
        }
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

    #[inline(always)]
    pub(in crate::stats) fn add(&mut self, risk: f64, row: &[f64]) {
        let size = row.len();
        self.risk += risk;
        let (first, second) = (&mut self.first[..size], &mut self.second[..size * size]);
        for (i, &x) in row.iter().enumerate() {
            let weighted = risk * x;
            first[i] += weighted;
            for (cell, &y) in second[i * size..=i * size + i].iter_mut().zip(row) {
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

    /// Adds `weight` times `other` after `row` has joined every sum of it.
    pub(super) fn add_shifted(&mut self, weight: f64, other: &Moments, row: &[f64]) {
        let size = row.len();
        let risk = weight * other.risk;
        self.risk += risk;
        for (i, &x) in row.iter().enumerate() {
            let first = weight * other.first[i];
            self.first[i] += first + risk * x;
            for (j, &y) in row[..=i].iter().enumerate() {
                let cell = i * size + j;
                let mixed = x * other.first[j] * weight + first * y;
                self.second[cell] += weight * other.second[cell] + mixed + risk * x * y;
            }
        }
    }

    pub(super) fn scale(&mut self, factor: f64) {
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

/// Those at risk at one time with events.
#[derive(Debug)]
pub(super) struct RiskSet {
    /// Risks are relative to exp(origin), which follows the largest so far: a factor common to a risk set cancels,
    /// and nothing overflows or vanishes however large the coefficients.
    pub(super) origin: f64,
    pub(super) at_risk: Moments,
    /// Those who have the event; empty unless they are tied by Efron's method.
    pub(super) dying: Moments,
    /// Highest risk since the sums were made.
    peak: f64,
}

impl RiskSet {
    fn new(size: usize) -> Self {
        Self {
            origin: 0.0,
            at_risk: Moments::new(size),
            dying: Moments::new(size),
            peak: 0.0,
        }
    }

    #[inline(always)]
    fn rise(&mut self, eta: f64) {
        let factor = if self.at_risk.risk > 0.0 {
            (self.origin - eta).exp()
        } else {
            0.0
        };
        self.at_risk.scale(factor);
        self.dying.scale(factor);
        self.peak *= factor;
        self.origin = eta;
    }
}

impl Rows {
    /// Visits every time with events, with the sums over those at risk and over those who have the event.
    #[inline(always)]
    pub(super) fn risk_sets(
        &self,
        size: usize,
        values: &[f64],
        beta: &[f64],
        mut visit: impl FnMut(&Tie, &RiskSet),
    ) {
        let null = self.offset.is_none() && beta.iter().all(|&b| b == 0.0);
        let beta = &beta[..beta.len().min(size)];
        let predictor = |place: usize, row: &[f64]| {
            if null {
                return 0.0;
            }
            let terms = row.iter().zip(beta).map(|(x, b)| x * b);
            terms.sum::<f64>() + self.offset(place)
        };
        let risk_of = |place: usize, eta: f64| {
            if null {
                self.weight(place)
            } else {
                self.weight(place) * eta.exp()
            }
        };
        let mut set = RiskSet::new(size);
        for step in self.walk() {
            let tie = match step {
                Step::Empty => {
                    set.at_risk.clear();
                    set.peak = 0.0;
                    set.origin = f64::NEG_INFINITY;
                    continue;
                }
                Step::Leave(place) => {
                    let row = &values[place * size..(place + 1) * size];
                    let risk = risk_of(place, predictor(place, row) - set.origin);
                    set.at_risk.add(-risk, row);
                    continue;
                }
                Step::Tie(tie) => tie,
            };
            // Only Efron's ties tell those who have the event from the others.
            let separate = match self.ties {
                Ties::Efron if tie.deaths > 1 => tie.dying().end,
                Ties::Efron | Ties::Breslow | Ties::Exact => tie.places.start,
            };
            let rows = &values[tie.places.start * size..tie.places.end * size];
            for (place, row) in tie.places.clone().zip(rows.chunks_exact(size)) {
                let eta = predictor(place, row);
                if eta > set.origin + RISE {
                    set.rise(eta);
                }
                let risk = risk_of(place, eta - set.origin);
                set.at_risk.add(risk, row);
                if place < separate {
                    set.dying.add(risk, row);
                }
            }
            if self.entries.is_some() {
                set.peak = set.peak.max(set.at_risk.risk);
            }
            if tie.deaths > 0 {
                if set.at_risk.risk < WORN * set.peak {
                    self.renew(&mut set, &tie, size, values, &predictor);
                }
                visit(&tie, &set);
                if separate > tie.places.start {
                    set.dying.clear();
                }
            }
        }
    }

    /// Makes the sums over those at risk anew.
    #[cold]
    fn renew(
        &self,
        set: &mut RiskSet,
        tie: &Tie,
        size: usize,
        values: &[f64],
        predictor: &impl Fn(usize, &[f64]) -> f64,
    ) {
        let row = |place: usize| &values[place * size..(place + 1) * size];
        let etas = self.at_risk(tie).map(|place| predictor(place, row(place)));
        let highest = etas.fold(f64::NEG_INFINITY, f64::max);
        set.rise(highest);
        set.at_risk.clear();
        set.dying.clear();
        for place in self.at_risk(tie) {
            let risk = self.weight(place) * (predictor(place, row(place)) - highest).exp();
            set.at_risk.add(risk, row(place));
            if self.ties == Ties::Efron && tie.deaths > 1 && tie.dying().contains(&place) {
                set.dying.add(risk, row(place));
            }
        }
        set.peak = set.at_risk.risk;
    }
}

/// The likelihood of some rows.
pub(super) struct Likelihood<'a> {
    rows: &'a Rows,
    /// Σ w x over the events.
    event_sum: Vec<f64>,
    /// Σ w · offset over the events.
    event_offset: f64,
}

impl<'a> Likelihood<'a> {
    pub(super) fn new(rows: &'a Rows) -> Self {
        let mut event_sum = vec![0.0; rows.size];
        let mut event_offset = 0.0;
        for place in (0..rows.n()).filter(|&place| rows.event[place]) {
            let weight = rows.weight(place);
            event_offset += weight * rows.offset(place);
            let cells = event_sum.iter_mut().zip(rows.values(place));
            cells.for_each(|(sum, x)| *sum += weight * x);
        }
        Self {
            rows,
            event_sum,
            event_offset,
        }
    }

    /// The largest change of a row's linear predictor that `step` makes.
    pub(super) fn largest_move(&self, step: &[f64]) -> f64 {
        let rows = self.rows.values.chunks_exact(self.rows.size);
        let moves = rows.map(|row| row.iter().zip(step).map(|(x, s)| x * s).sum::<f64>());
        moves.fold(0.0, |largest, eta| largest.max(eta.abs()))
    }

    /// Value, gradient and information at `beta`.
    pub(super) fn at(&self, beta: &[f64]) -> Point {
        // The usual numbers of covariates, so that the compiler unrolls the sums.
        match beta.len() {
            1 => self.sum(beta, 1),
            2 => self.sum(beta, 2),
            3 => self.sum(beta, 3),
            4 => self.sum(beta, 4),
            5 => self.sum(beta, 5),
            6 => self.sum(beta, 6),
            size => self.sum(beta, size),
        }
    }

    #[inline(always)]
    fn sum(&self, beta: &[f64], size: usize) -> Point {
        let rows = self.rows;
        let mut point = Point::new(size);
        let events = self.event_sum.iter().zip(beta).map(|(x, b)| x * b);
        point.log_likelihood = events.sum::<f64>() + self.event_offset;
        point.gradient.copy_from_slice(&self.event_sum);
        rows.risk_sets(size, &rows.values, beta, |tie, set| {
            let weight = rows.weight_of(tie.dying());
            match rows.ties {
                Ties::Exact if tie.deaths > 1 => {
                    exact::subtract(&mut point, rows, tie, beta);
                    return;
                }
                Ties::Breslow | Ties::Exact => point.subtract_all(size, weight, &set.at_risk),
                Ties::Efron if tie.deaths == 1 => point.subtract_all(size, weight, &set.at_risk),
                Ties::Efron => {
                    for tied in 0..tie.deaths {
                        let share = tied as f64 / tie.deaths as f64;
                        let weight = weight / tie.deaths as f64;
                        point.subtract_weighted(weight, &set.at_risk, &set.dying, share);
                    }
                }
            }
            point.log_likelihood -= weight * set.origin;
        });
        point
    }
}
