//! Tails and quantiles of the distributions that tests and intervals use.

use statrs::function::beta::{beta_reg, inv_beta_reg};
use statrs::function::erf::erfc_inv;
use statrs::function::gamma::ln_gamma;

/// Probability that a standard normal variable exceeds `z`.
///
/// Through `libm::erfc`, which is good to the last digits in both tails.
pub fn normal_upper(z: f64) -> f64 {
    0.5 * libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2)
}

/// Two-sided p value of a standard normal statistic.
pub fn normal_two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() * std::f64::consts::FRAC_1_SQRT_2)
}

/// The z that a standard normal variable exceeds with probability `p`, 0 < p < 1.
pub fn normal_upper_quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -normal_upper_quantile(1.0 - p);
    }
    let mut z = std::f64::consts::SQRT_2 * erfc_inv(2.0 * p);
    // Newton's method on the tail; statrs is good to about 1e-10, and each step squares the error.
    for _ in 0..2 {
        let density = (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
        if density > 0.0 {
            z += (normal_upper(z) - p) / density;
        }
    }
    z
}

/// The z of a two-sided interval: 1.959964 for a `conf_level` of 0.95.
pub fn normal_critical(conf_level: f64) -> f64 {
    normal_upper_quantile((1.0 - conf_level) / 2.0)
}

/// Probability that χ² with `df` degrees of freedom exceeds `x`.
///
/// The closed form for whole `df`: a sum of positive terms, exact to rounding in the far tail too.
/// **Source.** Abramowitz & Stegun (1964), 26.4.4 and 26.4.5.
pub fn chi_square_upper(x: f64, df: usize) -> f64 {
    if df == 0 || x <= 0.0 {
        return if x > 0.0 { 0.0 } else { 1.0 };
    }
    let half = x / 2.0;
    let (mut tail, mut term, mut k) = if df % 2 == 1 {
        let first = 2.0 * (half / std::f64::consts::PI).sqrt() * (-half).exp();
        (libm::erfc(half.sqrt()), first, 1)
    } else {
        ((-half).exp(), half * (-half).exp(), 2)
    };
    while k < df {
        tail += term;
        k += 2;
        term *= x / k as f64;
    }
    tail.min(1.0)
}

/// Quantile of the Beta(a, b) distribution.
///
/// The start is that of statrs; Newton's method on the distribution function makes it exact to
/// rounding.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let mut x = inv_beta_reg(a, b, p);
    let log_beta = ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    for _ in 0..3 {
        let log_density = (a - 1.0) * x.ln() + (b - 1.0) * (-x).ln_1p() - log_beta;
        let next = x - (beta_reg(a, b, x) - p) * (-log_density).exp();
        if !(next > 0.0 && next < 1.0) {
            break;
        }
        x = next;
    }
    x
}

/// Probability that a binomial variable of `n` trials is ≥ `count`, 0 < `p` < 1.
pub fn binomial_upper(count: usize, n: usize, p: f64) -> f64 {
    if count == 0 {
        1.0
    } else if count > n {
        0.0
    } else {
        beta_reg(count as f64, (n - count + 1) as f64, p)
    }
}

/// Natural logarithm of n choose k.
pub fn ln_choose(n: usize, k: usize) -> f64 {
    statrs::function::factorial::ln_binomial(n as u64, k as u64)
}

/// Natural logarithm of n!.
pub fn ln_factorial(n: usize) -> f64 {
    statrs::function::factorial::ln_factorial(n as u64)
}
