//! Tails and quantiles of the normal and the χ² distribution, and numbers of arrangements.

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_2_SQRT_PI, PI, TAU};

use statrs::function::erf::erfc_inv;

use super::double_double::Twofold;

/// Probability that a standard normal variable exceeds `z`.
pub fn normal_upper(z: f64) -> f64 {
    0.5 * erfc_over_sqrt_2(z)
}

/// Two-sided p value of a standard normal statistic.
pub fn normal_two_sided(z: f64) -> f64 {
    erfc_over_sqrt_2(z.abs())
}

/// erfc(z / √2). In the far tail the rounding of z / √2 would cost three digits.
fn erfc_over_sqrt_2(z: f64) -> f64 {
    // 1 / √2 less its double.
    const REST: f64 = -4.833_646_656_726_457e-17;
    let x = z * FRAC_1_SQRT_2;
    if x.is_infinite() {
        return libm::erfc(x);
    }
    let low = (Twofold::product(z, FRAC_1_SQRT_2) - x.into()).to_f64() + z * REST;
    erfc_of_sum(x, low)
}

/// erfc(x + low) for a `low` below the last digit of x: its tangent there.
///
/// Through `libm::erfc`, which is good to the last digits in both tails.
fn erfc_of_sum(x: f64, low: f64) -> f64 {
    libm::erfc(x) - FRAC_2_SQRT_PI * (-x * x).exp() * low
}

/// The z that a standard normal variable exceeds with probability `p`, 0 < p < 1.
pub fn normal_upper_quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -quantile_of(p - 0.5, 1.0 - p);
    }
    quantile_of(0.5 - p, p)
}

/// The same for p ≤ ½, with `centre` = ½ − p.
fn quantile_of(centre: f64, p: f64) -> f64 {
    let mut z = std::f64::consts::SQRT_2 * erfc_inv(2.0 * p);
    // Newton's method on the tail, or on the centre where that is smaller; statrs is good to about 1e-10, and
    // each step squares the error.
    for _ in 0..2 {
        let density = (-0.5 * z * z).exp() / TAU.sqrt();
        if density > 0.0 {
            z += if centre < p {
                (centre - 0.5 * libm::erf(z * FRAC_1_SQRT_2)) / density
            } else {
                (normal_upper(z) - p) / density
            };
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
    if x <= 0.0 {
        return 1.0;
    }
    if df == 0 || x.is_infinite() {
        return 0.0;
    }
    let half = x / 2.0;
    // e to the minus half in two factors: where it is less than any double, the sum may be more.
    let decay = (-half / 2.0).exp();
    let (first, mut term, mut k) = if df % 2 == 1 {
        let root = half.sqrt();
        let low = (Twofold::from(half) - Twofold::product(root, root)).to_f64() / (2.0 * root);
        (erfc_of_sum(root, low), 2.0 * (half / PI).sqrt() * decay, 1)
    } else {
        (0.0, decay, 0)
    };
    let mut sum = 0.0;
    while k < df {
        sum += term;
        k += 2;
        term *= x / k as f64;
    }
    (first + sum * decay).min(1.0)
}

/// Natural logarithm of n choose k; 0 for k > n.
///
/// **Source.** Loader (2000), Fast and accurate computation of binomial probabilities: no differences of large
/// logarithms.
pub fn ln_choose(n: usize, k: usize) -> f64 {
    let k = k.min(n.saturating_sub(k));
    if k < FEW {
        let ways = (0..k).map(|i| (n - i) as f64 / (i + 1) as f64);
        return ways.product::<f64>().ln();
    }
    let (whole, part, rest) = (n as f64, k as f64, (n - k) as f64);
    let share = part / whole;
    let entropy = -part * share.ln() - rest * (-share).ln_1p();
    entropy - 0.5 * (TAU * part * rest / whole).ln() + stirling_rest(whole)
        - stirling_rest(part)
        - stirling_rest(rest)
}

/// Natural logarithm of n!.
pub fn ln_factorial(n: usize) -> f64 {
    if n < FEW {
        return (1..=n).map(|i| i as f64).product::<f64>().ln();
    }
    let n = n as f64;
    n * n.ln() - n + 0.5 * (TAU * n).ln() + stirling_rest(n)
}

/// Below this products are exact, from it on Stirling's series is.
const FEW: usize = 16;

/// What Stirling's formula lacks of ln n!.
fn stirling_rest(n: f64) -> f64 {
    let square = n * n;
    let series = 1.0 / 1680.0 - (1.0 / 1188.0 - 691.0 / 360_360.0 / square) / square;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - series / square) / square) / square) / n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrangements_of_few_are_counted() {
        assert_eq!(ln_choose(14, 0), 0.0);
        assert_eq!(ln_choose(14, 7), 3432f64.ln());
        assert_eq!(ln_choose(3, 4), 0.0);
        let pascal = (ln_choose(40, 19).exp() + ln_choose(40, 20).exp()).ln();
        assert!((ln_choose(41, 20) - pascal).abs() < 1e-14);
        assert_eq!(ln_factorial(0), 0.0);
        let twenty = 2_432_902_008_176_640_000f64.ln();
        assert!((ln_factorial(20) - twenty).abs() < 1e-14);
    }
}
