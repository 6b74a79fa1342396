//! Restricted cubic splines.

/// Harrell's knots for `count` of 3 to 7 knots: quantiles of `values`. `None` when they are not distinct.
pub fn spline_knots(_values: &[f64], _count: usize) -> Option<Vec<f64>> {
    todo!()
}

/// Harrell's restricted cubic spline of `x` without its linear part: one column for each knot but two, in units
/// of the square of the range of knots. With `x` itself they are the covariates of a spline; the joint test of
/// these columns is the test of non-linearity.
pub fn restricted_cubic_spline(_x: f64, _knots: &[f64]) -> Vec<f64> {
    todo!()
}
