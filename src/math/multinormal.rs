//! The largest of several correlated normal variables.

use super::normal_upper;

/// Probability that at least one of several standard normal variables is beyond ±`limit`.
///
/// **Shape.** `correlation` is row by row, `size` × `size`; it may be singular.
/// **Conventions.** The variables are written as sums of independent ones (Cholesky), and these integrated one
/// after the other by adaptive Gauss-Kronrod quadrature. Only tail areas are added, never 1 − p, so that the
/// relative error stays below 1e-8 however small the result.
/// **Source.** The transformation of Genz (1992), J Comput Graph Stat 1:141; for singular matrices Genz & Kwong
/// (2000), J Stat Comput Simul 68:1.
/// **Checked against** `mvtnorm::pmvnorm` and nested `integrate()` in R, in `tests/reference/max_combo.rs`.
pub fn normal_beyond(correlation: &[f64], size: usize, limit: f64) -> f64 {
    let latent = Latent::new(correlation, size);
    let mut values = vec![0.0; latent.rank];
    beyond(&latent, limit, 0, &mut values).min(1.0)
}

/// A pivot below this is rounding: the variable depends on those before it.
const DEPENDENT: f64 = 1e-12;

/// Relative error of each integral.
const TOLERANCE: f64 = 1e-9;

/// Halvings of an interval: kinks, where another variable takes over the bound, need some.
const DEPTH: usize = 40;

/// Variables as sums of independent ones.
struct Latent {
    rank: usize,
    /// For each independent variable, the rows that are known once it is: their coefficients up to it.
    rows: Vec<Vec<Vec<f64>>>,
}

impl Latent {
    fn new(correlation: &[f64], size: usize) -> Self {
        let mut factor: Vec<Vec<f64>> = Vec::with_capacity(size);
        let mut pivots: Vec<usize> = Vec::new();
        let mut rows: Vec<Vec<Vec<f64>>> = Vec::new();
        for i in 0..size {
            let mut row: Vec<f64> = Vec::with_capacity(pivots.len() + 1);
            for (column, &j) in pivots.iter().enumerate() {
                let known: f64 = row.iter().zip(&factor[j]).map(|(a, b)| a * b).sum();
                row.push((correlation[i * size + j] - known) / factor[j][column]);
            }
            let left = correlation[i * size + i] - row.iter().map(|a| a * a).sum::<f64>();
            if left > DEPENDENT {
                pivots.push(i);
                row.push(left.sqrt());
                rows.push(Vec::new());
            }
            factor.push(row.clone());
            // A dependent variable is known once the last of those that it contains is.
            while row.pop_if(|a| a.abs() <= DEPENDENT.sqrt()).is_some() {}
            if let Some(last) = row.len().checked_sub(1) {
                rows[last].push(row);
            }
        }
        Self {
            rank: pivots.len(),
            rows,
        }
    }

    /// Between which values of independent variable `j` all variables known with it are within ±`limit`.
    fn bounds(&self, limit: f64, j: usize, values: &[f64]) -> (f64, f64) {
        let mut bounds = (f64::NEG_INFINITY, f64::INFINITY);
        for row in &self.rows[j] {
            let known: f64 = row[..j].iter().zip(values).map(|(a, b)| a * b).sum();
            let (one, other) = ((-limit - known) / row[j], (limit - known) / row[j]);
            bounds.0 = bounds.0.max(one.min(other));
            bounds.1 = bounds.1.min(one.max(other));
        }
        bounds
    }
}

/// The probability given the independent variables before `j`.
fn beyond(latent: &Latent, limit: f64, j: usize, values: &mut [f64]) -> f64 {
    if j == latent.rank {
        return 0.0;
    }
    let (low, high) = latent.bounds(limit, j, values);
    if low >= high {
        return 1.0;
    }
    let outside = normal_upper(-low) + normal_upper(high);
    if j + 1 == latent.rank {
        return outside;
    }
    let mut density = |y: f64| {
        values[j] = y;
        let weight = (-0.5 * y * y).exp() / (2.0 * std::f64::consts::PI).sqrt();
        weight * beyond(latent, limit, j + 1, values)
    };
    outside + integrate(&mut density, low, high, outside)
}

/// ∫ f over [`low`, `high`], f ≥ 0, to [`TOLERANCE`] of it plus `other`.
fn integrate(f: &mut dyn FnMut(f64) -> f64, low: f64, high: f64, other: f64) -> f64 {
    let middle = low + (high - low) / 2.0;
    let mut open = vec![
        (low, middle, gauss_kronrod(f, low, middle), 0),
        (middle, high, gauss_kronrod(f, middle, high), 0),
    ];
    let mut total: f64 = open.iter().map(|part| part.2.0).sum();
    let mut done = 0.0;
    while let Some((a, b, (whole, error), depth)) = open.pop() {
        // Each part may have its share by length, and a thousandth of what it is itself.
        let allowed = TOLERANCE * (total + other) * (b - a) / (high - low);
        if error <= allowed || error <= TOLERANCE * 1e-3 * whole || depth == DEPTH {
            done += whole;
            continue;
        }
        let middle = a + (b - a) / 2.0;
        let (first, second) = (gauss_kronrod(f, a, middle), gauss_kronrod(f, middle, b));
        total += first.0 + second.0 - whole;
        open.push((a, middle, first, depth + 1));
        open.push((middle, b, second, depth + 1));
    }
    done
}

/// Nodes in (0, 1) of the Kronrod rule with 15 points, and its weights; the middle is last.
///
/// **Source.** Kronrod (1965); the digits of QUADPACK's `qk15`, Piessens et al. (1983).
const NODES: [(f64, f64); 8] = [
    (0.991_455_371_120_812_6, 0.022_935_322_010_529_224),
    (0.949_107_912_342_758_5, 0.063_092_092_629_978_56),
    (0.864_864_423_359_769_1, 0.104_790_010_322_250_19),
    (0.741_531_185_599_394_5, 0.140_653_259_715_525_92),
    (0.586_087_235_467_691_1, 0.169_004_726_639_267_9),
    (0.405_845_151_377_397_2, 0.190_350_578_064_785_4),
    (0.207_784_955_007_898_46, 0.204_432_940_075_298_89),
    (0.0, 0.209_482_141_084_727_82),
];

/// Weights of the Gauss rule with 7 points, at every second of those nodes.
const GAUSS: [f64; 4] = [
    0.129_484_966_168_869_7,
    0.279_705_391_489_276_64,
    0.381_830_050_505_118_9,
    0.417_959_183_673_469_4,
];

/// The integral by the Kronrod rule, and its distance from the Gauss rule.
fn gauss_kronrod(f: &mut dyn FnMut(f64) -> f64, low: f64, high: f64) -> (f64, f64) {
    let (centre, half) = (low + (high - low) / 2.0, (high - low) / 2.0);
    let (mut kronrod, mut gauss) = (0.0, 0.0);
    for (i, (node, weight)) in NODES.into_iter().enumerate() {
        let value = if node == 0.0 {
            f(centre)
        } else {
            f(centre - half * node) + f(centre + half * node)
        };
        kronrod += weight * value;
        if i % 2 == 1 {
            gauss += GAUSS[i / 2] * value;
        }
    }
    (kronrod * half, (kronrod - gauss).abs() * half)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::normal_two_sided;

    fn close(value: f64, expected: f64) {
        let error = (value - expected).abs() / expected;
        assert!(error < 1e-9, "{value:e} is not {expected:e} ({error:e})");
    }

    #[test]
    fn one_variable_and_its_copies_have_the_two_sided_tail() {
        for limit in [0.3, 1.96, 7.0, 30.0] {
            close(normal_beyond(&[1.0], 1, limit), normal_two_sided(limit));
            close(normal_beyond(&[1.0; 9], 3, limit), normal_two_sided(limit));
            let mirrored = [1.0, -1.0, -1.0, 1.0];
            close(normal_beyond(&mirrored, 2, limit), normal_two_sided(limit));
        }
    }

    #[test]
    fn independent_variables_multiply() {
        let independent = |size: usize| -> Vec<f64> {
            (0..size * size)
                .map(|i| f64::from(u8::from(i % (size + 1) == 0)))
                .collect()
        };
        for limit in [0.5f64, 2.0, 4.0, 9.0] {
            let one = normal_two_sided(limit);
            for size in 2..=4 {
                let expected = -f64::exp_m1(size as f64 * f64::ln_1p(-one));
                close(normal_beyond(&independent(size), size, limit), expected);
            }
        }
    }
}
