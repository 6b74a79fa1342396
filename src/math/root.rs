//! Roots of monotone functions.

/// The root of `f` in [`low`, `high`], where it changes its sign, to the last digit.
///
/// Bisection: never more than about a hundred evaluations, whatever the shape of `f`.
pub fn bisect(mut low: f64, mut high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let rising = f(high) > 0.0;
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if (f(middle) > 0.0) == rising {
            high = middle;
        } else {
            low = middle;
        }
    }
}
