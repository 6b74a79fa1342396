//! The incomplete beta function, and the distributions that are made of it: beta, binomial, Student's t and F.

use statrs::function::beta::inv_beta_reg;

use super::double_double::Twofold;
use super::normal_critical;

/// I_x(a, b), the probability that a Beta(a, b) variable is below x, with y = 1 − x.
///
/// In twice the digits of a double: a and b are degrees of freedom or patients, up to millions, and x to
/// the power of them loses as many digits as they have.
/// **Source.** The continued fraction DLMF 8.17.22, evaluated after Lentz (1976), Appl Opt 15:668.
fn incomplete_beta(a: f64, b: f64, x: Twofold, y: Twofold) -> Twofold {
    if x.to_f64() <= 0.0 || y.to_f64() <= 0.0 {
        return Twofold::from(f64::from(y.to_f64() <= 0.0));
    }
    // The fraction converges fast below the mean.
    if x.to_f64() * (a + b + 2.0) > a + 1.0 {
        Twofold::from(1.0) - below_the_mean(b, a, y, x)
    } else {
        below_the_mean(a, b, x, y)
    }
}

fn below_the_mean(a: f64, b: f64, x: Twofold, y: Twofold) -> Twofold {
    let gamma = |z: f64| Twofold::from(z).ln_gamma();
    let log_beta = gamma(a) + gamma(b) - Twofold::sum(a, b).ln_gamma();
    let log_height = x.ln() * a.into() + y.ln() * b.into() - log_beta;
    // What is smaller is less than any double.
    if log_height.to_f64() < -745.0 {
        return 0.0.into();
    }
    // In two halves, so that neither is out of range.
    let half = (log_height * 0.5.into()).exp();
    half * (half / (fraction(a, b, x) * a.into()))
}

/// 1 + d₁ / (1 + d₂ / (1 + …)) of DLMF 8.17.22.
fn fraction(a: f64, b: f64, x: Twofold) -> Twofold {
    const DIGITS: f64 = 1e-22;
    // Some multiples of √(a + b) are needed.
    const MOST_TERMS: usize = 1_000_000;
    let one = Twofold::from(1.0);
    let sum = Twofold::sum(a, b);
    let (mut value, mut c, mut d) = (one, one, Twofold::from(0.0));
    for term in 1..MOST_TERMS {
        let m = (term / 2) as f64;
        let below = Twofold::sum(a, term as f64);
        let below = below * (below - one);
        let above = if term % 2 == 0 {
            Twofold::sum(b, -m) * m.into()
        } else {
            -(Twofold::sum(a, m) * (sum + m.into()))
        };
        let coefficient = above * x / below;
        d = one / (one + coefficient * d);
        c = one + coefficient / c;
        value = value * c * d;
        let change = (c * d - one).to_f64().abs();
        if change < DIGITS || change.is_nan() {
            break;
        }
    }
    value
}

/// I_x(a, b) for x = 1 / (1 + ratio).
fn beta_of_ratio(a: f64, b: f64, ratio: Twofold) -> f64 {
    let x = Twofold::from(1.0) / (ratio + 1.0.into());
    incomplete_beta(a, b, x, ratio * x).to_f64()
}

/// Probability that a Beta(a, b) variable is below `x`.
fn beta_lower(x: f64, a: f64, b: f64) -> f64 {
    incomplete_beta(a, b, x.into(), Twofold::sum(1.0, -x)).to_f64()
}

/// Quantile of the Beta(a, b) distribution, 0 < p < 1.
///
/// The start is that of statrs; Newton's method on the distribution function, kept between bounds, makes it
/// exact to rounding.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let sum = Twofold::sum(a, b).ln_gamma();
    let log_beta = (Twofold::from(a).ln_gamma() + Twofold::from(b).ln_gamma() - sum).to_f64();
    let (mut low, mut high) = (0.0, 1.0);
    let start = inv_beta_reg(a, b, p);
    let mut x = if start > 0.0 && start < 1.0 {
        start
    } else {
        a / (a + b)
    };
    for _ in 0..200 {
        let excess = beta_lower(x, a, b) - p;
        if excess > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let log_density = (a - 1.0) * x.ln() + (b - 1.0) * (-x).ln_1p() - log_beta;
        let newton = x - excess * (-log_density).exp();
        if (newton - x).abs() <= 2.0 * f64::EPSILON * x {
            return newton;
        }
        let inside = newton > low && newton < high;
        x = if inside { newton } else { (low + high) / 2.0 };
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
        beta_lower(p, count as f64, (n - count + 1) as f64)
    }
}

/// Two-sided p value of Student's t.
pub fn t_two_sided(t: f64, df: f64) -> f64 {
    const FAR: f64 = 1e100;
    let t = t.abs();
    if t > FAR {
        // There the tail is a power of t.
        return t_two_sided(FAR, df) * (FAR / t).powf(df);
    }
    beta_of_ratio(df / 2.0, 0.5, Twofold::product(t, t) / df.into())
}

/// The t of a two-sided interval: 2.228139 for a `conf_level` of 0.95 and 10 degrees of freedom.
pub fn t_critical(conf_level: f64, df: f64) -> f64 {
    let alpha = 1.0 - conf_level;
    let log_beta = {
        let sum = Twofold::sum(df / 2.0, 0.5).ln_gamma();
        (Twofold::from(df / 2.0).ln_gamma() + Twofold::from(0.5).ln_gamma() - sum).to_f64()
    };
    // Newton's method on ln p as a function of ln t, which is concave: it comes down from one side.
    let mut t = normal_critical(conf_level);
    for _ in 0..200 {
        let p = t_two_sided(t, df);
        let log_density = -(df + 1.0) / 2.0 * (t * t / df).ln_1p() - log_beta - 0.5 * df.ln();
        let slope = 2.0 * t * log_density.exp() / p;
        let step = (p / alpha).ln() / slope;
        t *= step.exp();
        if step.abs() <= 2.0 * f64::EPSILON {
            break;
        }
    }
    t
}

/// Probability that F with `df1` and `df2` degrees of freedom exceeds `f`.
pub fn f_upper(f: f64, df1: f64, df2: f64) -> f64 {
    if f <= 0.0 {
        return 1.0;
    }
    beta_of_ratio(df2 / 2.0, df1 / 2.0, Twofold::product(df1, f) / df2.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_end_where_they_should() {
        assert_eq!(t_two_sided(0.0, 7.0), 1.0);
        assert_eq!(t_two_sided(f64::INFINITY, 7.0), 0.0);
        assert_eq!(f_upper(0.0, 2.0, 7.0), 1.0);
        assert_eq!(f_upper(1e300, 20.0, 700.0), 0.0);
        assert_eq!(binomial_upper(0, 3, 0.5), 1.0);
        assert_eq!(binomial_upper(4, 3, 0.5), 0.0);
        assert_eq!(binomial_upper(3, 3, 0.5), 0.125);
    }

    #[test]
    fn with_one_degree_of_freedom_t_is_cauchy() {
        for t in [1e-3_f64, 1.0, 40.0, 1e9, 1e120] {
            let expected = 2.0 * (1.0 / t).atan() / std::f64::consts::PI;
            let gap = t_two_sided(t, 1.0) / expected - 1.0;
            assert!(gap.abs() < 1e-15, "{t}: {gap:e}");
        }
    }

    #[test]
    fn what_is_no_number_has_no_p_value_and_ends() {
        assert!(t_two_sided(f64::NAN, 3.0).is_nan());
    }
}
