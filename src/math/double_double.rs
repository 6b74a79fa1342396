//! Numbers of twice the digits, for what cancels or is raised to a large power on its way to a double.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// The sum of two doubles, the second below the last digit of the first: about 31 digits.
///
/// **Source.** Dekker (1971), Numer Math 18:224; Hida, Li & Bailey (2001), 15th IEEE Symp Comput Arith.
#[derive(Debug, Clone, Copy)]
pub(super) struct Twofold {
    high: f64,
    low: f64,
}

const LN_2: Twofold = Twofold {
    high: std::f64::consts::LN_2,
    low: 2.319_046_813_846_299_6e-17,
};

/// Half the logarithm of 2π.
const HALF_LN_TAU: Twofold = Twofold {
    high: 0.918_938_533_204_672_8,
    low: -3.878_294_158_067_242e-17,
};

/// Stirling's series for ln Γ: numerators and denominators of B₂ₖ / (2k (2k − 1)).
const STIRLING: [(f64, f64); 13] = [
    (1.0, 12.0),
    (-1.0, 360.0),
    (1.0, 1260.0),
    (-1.0, 1680.0),
    (1.0, 1188.0),
    (-691.0, 360_360.0),
    (1.0, 156.0),
    (-3617.0, 122_400.0),
    (43_867.0, 244_188.0),
    (-174_611.0, 125_400.0),
    (77_683.0, 5_796.0),
    (-236_364_091.0, 1_506_960.0),
    (657_931.0, 300.0),
];

/// From here on that series is good to 30 digits.
const STIRLING_FROM: f64 = 32.0;

impl Twofold {
    /// The sum of two doubles, exact.
    pub(super) fn sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let other = high - a;
        Self {
            high,
            low: (a - (high - other)) + (b - other),
        }
    }

    /// The product of two doubles, exact below 1e290.
    pub(super) fn product(a: f64, b: f64) -> Self {
        let ((a1, a2), (b1, b2)) = (halves(a), halves(b));
        let high = a * b;
        Self {
            high,
            low: ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2,
        }
    }

    /// To the nearest double.
    pub(super) fn to_f64(self) -> f64 {
        self.high + self.low
    }

    /// Where |a| ≥ |b|.
    fn ordered_sum(a: f64, b: f64) -> Self {
        let high = a + b;
        Self {
            high,
            low: b - (high - a),
        }
    }

    /// e to this; between about 1e-290 and 1e290.
    pub(super) fn exp(self) -> Self {
        const HALVINGS: i32 = 9;
        let twos = (self.high / LN_2.high).round();
        let rest = (self - LN_2 * twos.into()) * 0.5f64.powi(HALVINGS).into();
        // eʳ − 1 by its series, then (1 + x)² − 1 as often as it was halved.
        let mut less_one = rest * (1.0 / 10.0).into();
        for k in (2..=9).rev() {
            less_one = (less_one + 1.0.into()) * rest / f64::from(k).into();
        }
        less_one = (less_one + 1.0.into()) * rest;
        for _ in 0..HALVINGS {
            less_one = less_one + less_one + less_one * less_one;
        }
        let scale = 2f64.powi(twos as i32);
        let sum = less_one + 1.0.into();
        Self {
            high: sum.high * scale,
            low: sum.low * scale,
        }
    }

    /// Natural logarithm of a positive number.
    pub(super) fn ln(self) -> Self {
        let near = Self::from(self.high.ln());
        // ln x = y + ln(x e⁻ʸ), and ln(1 + d) is 2 d / (2 + d) to the third order.
        let ratio = (-near).exp() * self;
        let less_one = ratio - 1.0.into();
        near + (less_one + less_one) / (ratio + 1.0.into())
    }

    /// ln Γ of a positive number.
    pub(super) fn ln_gamma(self) -> Self {
        let (mut z, mut passed) = (self, Self::from(1.0));
        while z.high < STIRLING_FROM {
            passed = passed * z;
            z = z + 1.0.into();
        }
        let inverse = Self::from(1.0) / z;
        let square = inverse * inverse;
        let series = STIRLING.iter().rev().fold(Self::from(0.0), |sum, &(n, d)| {
            sum * square + Self::from(n) / d.into()
        });
        (z - 0.5.into()) * z.ln() - z + HALF_LN_TAU + series * inverse - passed.ln()
    }
}

/// A double as the sum of two with half its digits each.
fn halves(a: f64) -> (f64, f64) {
    let shifted = 134_217_729.0 * a;
    let high = shifted - (shifted - a);
    (high, a - high)
}

impl From<f64> for Twofold {
    fn from(high: f64) -> Self {
        Self { high, low: 0.0 }
    }
}

impl Add for Twofold {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let (high, low) = (
            Self::sum(self.high, other.high),
            Self::sum(self.low, other.low),
        );
        let sum = Self::ordered_sum(high.high, high.low + low.high);
        Self::ordered_sum(sum.high, sum.low + low.low)
    }
}

impl Neg for Twofold {
    type Output = Self;

    fn neg(self) -> Self {
        Self {
            high: -self.high,
            low: -self.low,
        }
    }
}

impl Sub for Twofold {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Twofold {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let product = Self::product(self.high, other.high);
        let low = product.low + (self.high * other.low + self.low * other.high);
        Self::ordered_sum(product.high, low)
    }
}

impl Div for Twofold {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        let first = self.high / other.high;
        let rest = self - other * first.into();
        let second = rest.high / other.high;
        let rest = rest - other * second.into();
        Self::ordered_sum(first, second) + (rest.high / other.high).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Agreement to 29 digits.
    fn close(a: Twofold, b: Twofold) -> bool {
        (a - b).to_f64().abs() <= 1e-29 * b.high.abs()
    }

    #[test]
    fn a_third_three_times_is_one() {
        let third = Twofold::from(1.0) / 3.0.into();
        assert!(close(third + third + third, 1.0.into()));
        assert_eq!(Twofold::product(1e8 + 1.0, 1e8 - 1.0).low, -1.0 + 0.0);
    }

    #[test]
    fn logarithm_and_exponential_undo_each_other() {
        for x in [1e-200, 3e-7, 0.5, 1.0, 2.0, 17.25, 6e50] {
            let x = Twofold::sum(x, x * 1e-17);
            assert!(close(x.ln().exp(), x), "{x:?}");
        }
        assert!(close(LN_2 + LN_2, Twofold::from(4.0).ln()));
    }

    #[test]
    fn the_gamma_function_is_the_factorial() {
        for (z, factorial) in [
            (1.0, 1.0),
            (2.0, 1.0),
            (5.0, 24.0),
            (19.0, 6_402_373_705_728_000.0),
        ] {
            let gap = Twofold::from(z).ln_gamma() - Twofold::from(factorial).ln();
            assert!(gap.to_f64().abs() < 1e-28, "{z}");
        }
        // Γ(½)² = π.
        let half = Twofold::from(0.5).ln_gamma();
        let pi = LN_2 - HALF_LN_TAU - HALF_LN_TAU + half + half;
        assert!(pi.to_f64().abs() < 1e-29);
    }
}
