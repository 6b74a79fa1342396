//! The exact partial likelihood of tied events.

use super::CoxError;
use super::data::{Rows, Step, Tie};
use super::likelihood::{Moments, Point};

/// Steps of the recursion beyond which a fit would take minutes: each costs one pass over the covariates squared.
const LONGEST: usize = 20_000_000;

/// Whether the recursion over every time with tied events is bearable.
pub(super) fn check(rows: &Rows) -> Result<(), CoxError> {
    let weighted = rows.weights.as_ref();
    if weighted.is_some_and(|weights| weights.iter().any(|&weight| weight != 1.0)) {
        return Err(CoxError::WeightedExact);
    }
    let mut steps = 0;
    for step in rows.walk() {
        let Step::Tie(tie) = step else { continue };
        if tie.deaths > 1 {
            let at_risk = rows.at_risk(&tie).count();
            steps += at_risk * tie.deaths;
            if steps > LONGEST {
                return Err(CoxError::TooManyTies {
                    time: rows.time[tie.places.start],
                    events: tie.deaths,
                    at_risk,
                });
            }
        }
    }
    Ok(())
}

/// The denominator of d tied events: the sum over all sets of d of those at risk of the product of their risks.
///
/// Up to a constant it is the probability that d of independent events happen, each with odds θ times its risk, and
/// its derivatives are the mean and the variance of Σ x over those that happen. θ makes d the expected number, so
/// that nothing underflows.
///
/// **Source.** Cox (1972), J R Stat Soc B 34:187, section 6; the recursion is that of Gail, Lubin & Rubinstein
/// (1981), Biometrika 68:703, on the scale of probabilities.
pub(super) fn subtract(point: &mut Point, rows: &Rows, tie: &Tie, beta: &[f64]) {
    let size = beta.len();
    let places: Vec<usize> = rows.at_risk(tie).collect();
    let etas: Vec<f64> = places
        .iter()
        .map(|&place| rows.predictor(place, beta))
        .collect();
    let n = places.len();
    if tie.deaths == n {
        // All of them: there is one set only.
        point.log_likelihood -= etas.iter().sum::<f64>();
        for &place in &places {
            let cells = point.gradient.iter_mut().zip(rows.values(place));
            cells.for_each(|(cell, x)| *cell -= x);
        }
        return;
    }
    let log_odds = level(&etas, tie.deaths as f64);
    // State k: k of the rows so far happen, with its probability, and Σ x and its square over them.
    let mut states: Vec<Moments> = (0..=tie.deaths).map(|_| Moments::new(size)).collect();
    states[0].risk = 1.0;
    for (seen, (&place, eta)) in places.iter().zip(&etas).enumerate() {
        let odds = eta + log_odds;
        let (yes, no) = (1.0 / (1.0 + (-odds).exp()), 1.0 / (1.0 + odds.exp()));
        point.log_likelihood -= odds.max(0.0) + (-odds.abs()).exp().ln_1p();
        let fewest = tie.deaths.saturating_sub(n - seen - 1);
        let most = tie.deaths.min(seen + 1);
        for k in (fewest..=most).rev() {
            let (before, after) = states.split_at_mut(k);
            let state = &mut after[0];
            state.scale(no);
            if let Some(previous) = before.last() {
                state.add_shifted(yes, previous, rows.values(place));
            }
        }
    }
    let last = &states[tie.deaths];
    point.log_likelihood -= last.risk.ln() - tie.deaths as f64 * log_odds;
    let mean = |i: usize| last.first[i] / last.risk;
    for i in 0..size {
        point.gradient[i] -= mean(i);
        for j in 0..=i {
            let cell = i * size + j;
            point.information[cell] += last.second[cell] / last.risk - mean(i) * mean(j);
        }
    }
}

/// The log odds at which `expected` of independent events happen, with these log risks.
fn level(etas: &[f64], expected: f64) -> f64 {
    let number = |log_odds: f64| -> f64 {
        etas.iter()
            .map(|eta| 1.0 / (1.0 + (-eta - log_odds).exp()))
            .sum()
    };
    let highest = etas.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
    let lowest = etas.iter().fold(f64::INFINITY, |a, &b| a.min(b));
    let typical = (expected / (etas.len() as f64 - expected)).ln();
    let (mut low, mut high) = (typical - highest, typical - lowest);
    // Near enough: the level cancels out of the result.
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if number(middle) < expected {
            low = middle;
        } else {
            high = middle;
        }
        if high - low < 1e-3 {
            break;
        }
    }
    (low + high) / 2.0
}
