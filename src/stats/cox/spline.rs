//! Restricted cubic splines.

use crate::stats::{QuantileType, quantile};

/// Quantiles at which Harrell puts 3 to 7 knots.
const KNOTS: [&[f64]; 5] = [
    &[0.1, 0.5, 0.9],
    &[0.05, 0.35, 0.65, 0.95],
    &[0.05, 0.275, 0.5, 0.725, 0.95],
    &[0.05, 0.23, 0.41, 0.59, 0.77, 0.95],
    &[0.025, 0.1833, 0.3417, 0.5, 0.6583, 0.8167, 0.975],
];

/// Harrell's places for `count` knots, 3 to 7: quantiles of `values`. `None` for another count, and when they are
/// not distinct.
///
/// **Source.** Harrell (2015), Regression Modeling Strategies, 2.4.6; quantiles of type 7, as R's default.
/// **Checked against** `quantile` in R, in `tests/reference/cut_point.rs`.
pub fn spline_knots(values: &[f64], count: usize) -> Option<Vec<f64>> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let places = KNOTS.get(count.checked_sub(3)?)?;
    let knots = places
        .iter()
        .map(|&p| quantile(&sorted, p, QuantileType::Type7))
        .collect::<Option<Vec<f64>>>()?;
    let rising = knots.windows(2).all(|pair| pair[0] < pair[1]);
    rising.then_some(knots)
}

/// Harrell's restricted cubic spline of `x` without its linear part: one column for each knot but two, in units
/// of the square of the range of the knots. `knots` must rise and be 3 at least.
///
/// With `x` itself they are the covariates of a curve that is straight beyond the outer knots; the joint test of
/// these columns is the test of non-linearity.
///
/// **Source.** Harrell (2015), Regression Modeling Strategies, equations 2.25 and 2.26; as `Hmisc::rcspline.eval`.
pub fn restricted_cubic_spline(x: f64, knots: &[f64]) -> Vec<f64> {
    let [first, .., before, last] = *knots else {
        return Vec::new();
    };
    let cube = |knot: f64| (x - knot).max(0.0).powi(3);
    let column = |&knot: &f64| {
        let outer = cube(before) * (last - knot) - cube(last) * (before - knot);
        (cube(knot) - outer / (last - before)) / (last - first).powi(2)
    };
    knots[..knots.len() - 2].iter().map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restricted_spline_is_straight_beyond_its_knots() {
        let knots = [1.0, 2.0, 4.0, 7.0];
        let at = |x: f64| restricted_cubic_spline(x, &knots);
        assert_eq!(at(0.5), [0.0, 0.0]);
        for k in 0..2 {
            let bend = at(8.0)[k] - 2.0 * at(9.0)[k] + at(10.0)[k];
            assert!(bend.abs() < 1e-12, "{bend}");
        }
        // By hand at 3, between the second and the third knot: 8 / 36 and 1 / 36.
        let middle = at(3.0);
        assert!((middle[0] - 8.0 / 36.0).abs() < 1e-15 && (middle[1] - 1.0 / 36.0).abs() < 1e-15);
    }

    #[test]
    fn knots_that_are_not_distinct_are_refused() {
        let values: Vec<f64> = (0..=100).map(f64::from).collect();
        assert_eq!(spline_knots(&values, 3), Some(vec![10.0, 50.0, 90.0]));
        assert_eq!(spline_knots(&[0.0, 0.0, 0.0, 1.0], 3), None);
        assert_eq!(spline_knots(&values, 8), None);
    }
}
