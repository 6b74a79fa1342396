//! Summaries of a numeric column.

use serde::{Deserialize, Serialize};

use crate::math::Factor;

/// What a table of baseline characteristics says of a numeric column.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// How many values.
    pub n: usize,
    /// Arithmetic mean.
    pub mean: Option<f64>,
    /// Standard deviation with the divisor n − 1; `None` for one value.
    pub std_dev: Option<f64>,
    /// Smallest value.
    pub min: Option<f64>,
    /// First quartile.
    pub lower_quartile: Option<f64>,
    /// Median.
    pub median: Option<f64>,
    /// Third quartile.
    pub upper_quartile: Option<f64>,
    /// Largest value.
    pub max: Option<f64>,
}

/// The nine definitions of a sample quantile of Hyndman & Fan (1996), Am Stat 50:361.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuantileType {
    /// Inverse of the empirical distribution function.
    Type1,
    /// As type 1, averaged where it jumps: SAS's default.
    Type2,
    /// The nearest order statistic, the even one of two equally near.
    Type3,
    /// Linear interpolation of the empirical distribution function.
    Type4,
    /// Piecewise linear, knots midway through the steps (hydrology).
    Type5,
    /// Expected order statistics of a uniform variable: SPSS, Minitab, GraphPad.
    Type6,
    /// Modes of the order statistics: the default here, in R and in spreadsheets.
    #[default]
    Type7,
    /// Approximately median-unbiased, whatever the distribution.
    Type8,
    /// Approximately unbiased for a normal distribution.
    Type9,
}

/// Mean, standard deviation, range and quartiles.
///
/// **Conventions.** Quartiles by `quantile_type`; the mean and the squares are summed in two passes, so
/// that large values with small differences keep their digits.
/// **Checked against** `mean`, `sd`, `quantile`, in `tests/reference/comparison.rs`.
pub fn summary(values: &[f64], quantile_type: QuantileType) -> Summary {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let quartile = |probability| quantile(&sorted, probability, quantile_type);
    Summary {
        n: values.len(),
        mean: mean(values),
        std_dev: variance(values).map(f64::sqrt),
        min: sorted.first().copied(),
        lower_quartile: quartile(0.25),
        median: quartile(0.5),
        upper_quartile: quartile(0.75),
        max: sorted.last().copied(),
    }
}

/// The quantile of ascending values at `probability` in [0, 1]; `None` when there are no values.
///
/// **Source.** Hyndman & Fan (1996), Am Stat 50:361, as in R's `quantile`.
pub fn quantile(sorted: &[f64], probability: f64, quantile_type: QuantileType) -> Option<f64> {
    // R's allowance for the rounding of n p, which decides on which side of a jump it falls.
    const FUZZ: f64 = 4.0 * f64::EPSILON;
    let n = sorted.len() as f64;
    let interpolated = |a: f64, b: f64| a + probability * (n + 1.0 - a - b);
    let position = match quantile_type {
        QuantileType::Type1 | QuantileType::Type2 => n * probability,
        QuantileType::Type3 => n * probability - 0.5,
        QuantileType::Type4 => interpolated(0.0, 1.0),
        QuantileType::Type5 => interpolated(0.5, 0.5),
        QuantileType::Type6 => interpolated(0.0, 0.0),
        QuantileType::Type7 => interpolated(1.0, 1.0),
        QuantileType::Type8 => interpolated(1.0 / 3.0, 1.0 / 3.0),
        QuantileType::Type9 => interpolated(0.375, 0.375),
    };
    let below = (position + FUZZ).floor();
    let rest = position - below;
    let on_order_statistic = rest.abs() < FUZZ;
    let share = match quantile_type {
        QuantileType::Type1 if on_order_statistic => 0.0,
        QuantileType::Type2 if on_order_statistic => 0.5,
        QuantileType::Type3 if on_order_statistic && below % 2.0 == 0.0 => 0.0,
        QuantileType::Type1 | QuantileType::Type2 | QuantileType::Type3 => 1.0,
        _ if on_order_statistic => 0.0,
        _ => rest,
    };
    // Order statistics count from 1; beyond the ends stand the extremes.
    let order_statistic = |rank: f64| {
        let last = sorted.len().checked_sub(1)?;
        Some(sorted[((rank - 1.0).max(0.0) as usize).min(last)])
    };
    let (low, high) = (order_statistic(below)?, order_statistic(below + 1.0)?);
    Some(if share == 0.0 || low == high {
        low
    } else if share == 1.0 {
        high
    } else {
        (1.0 - share) * low + share * high
    })
}

/// Skewness, the third moment about the mean in standard deviations with the divisor n; `None` when nothing varies.
///
/// **Source.** Joanes & Gill (1998), Statistician 47:183, g₁.
pub fn skewness(values: &[f64]) -> Option<f64> {
    let (n, mean) = (values.len() as f64, mean(values)?);
    let second = squares(values) / n;
    let third = values
        .iter()
        .map(|value| (value - mean).powi(3))
        .sum::<f64>()
        / n;
    (second > 0.0).then(|| third / second.powf(1.5))
}

/// Standardised mean difference, second minus first, over the root of the mean of the two variances.
///
/// `None` when a group has fewer than two values or both do not vary.
/// **Source.** Austin (2009), Stat Med 28:3083, equation 1.
pub fn standardised_mean_difference(first: &[f64], second: &[f64]) -> Option<f64> {
    let pooled = (variance(first)? + variance(second)?) / 2.0;
    (pooled > 0.0).then_some((mean(second)? - mean(first)?) / pooled.sqrt())
}

/// Standardised difference of two proportions in [0, 1], second minus first.
///
/// `None` when both are 0 or both are 1.
/// **Source.** Austin (2009), Stat Med 28:3083, equation 2.
pub fn standardised_proportion_difference(first: f64, second: f64) -> Option<f64> {
    let pooled = (first * (1.0 - first) + second * (1.0 - second)) / 2.0;
    (pooled > 0.0).then_some((second - first) / pooled.sqrt())
}

/// Standardised difference of two groups over several categories: Mahalanobis' distance of their proportions.
///
/// Counts of the same categories in each group. Without a sign; with two categories it is the absolute value of
/// [`standardised_proportion_difference`]. `None` when a group is empty or the groups have no category in common.
/// **Source.** Yang & Dalton (2012), SAS Global Forum 335.
/// **Checked against** the formula in R, in `tests/reference/groups.rs`.
pub fn standardised_category_difference(first: &[usize], second: &[usize]) -> Option<f64> {
    // A category that nobody has says nothing; the last of the others follows from the rest.
    let used: Vec<(usize, usize)> = (first.iter().copied().zip(second.iter().copied()))
        .filter(|(a, b)| a + b > 0)
        .collect();
    let size = used.len().checked_sub(1)?;
    let total = |of: fn(&(usize, usize)) -> usize| used.iter().map(of).sum::<usize>() as f64;
    let (n1, n2) = (total(|counts| counts.0), total(|counts| counts.1));
    if n1 == 0.0 || n2 == 0.0 {
        return None;
    }
    let p1: Vec<f64> = used[..size]
        .iter()
        .map(|counts| counts.0 as f64 / n1)
        .collect();
    let p2: Vec<f64> = used[..size]
        .iter()
        .map(|counts| counts.1 as f64 / n2)
        .collect();
    let mut covariance = vec![0.0; size * size];
    for i in 0..size {
        for j in 0..size {
            let of = |p: &[f64]| {
                if i == j {
                    p[i] * (1.0 - p[i])
                } else {
                    -p[i] * p[j]
                }
            };
            covariance[i * size + j] = (of(&p1) + of(&p2)) / 2.0;
        }
    }
    let differences: Vec<f64> = p1.iter().zip(&p2).map(|(a, b)| b - a).collect();
    let factor = Factor::new(&covariance, size, 1e-10);
    (factor.rank() == size).then(|| factor.quadratic_form(&differences).max(0.0).sqrt())
}

/// Arithmetic mean; `None` when there are no values.
pub(super) fn mean(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let rough = values.iter().sum::<f64>() / n;
    // The second pass takes out the rounding of the first, as R does.
    let rest = values.iter().map(|value| value - rough).sum::<f64>() / n;
    (!values.is_empty()).then_some(rough + rest)
}

/// Sum of the squared deviations from the mean.
pub(super) fn squares(values: &[f64]) -> f64 {
    let mean = mean(values).unwrap_or(0.0);
    values.iter().map(|value| (value - mean).powi(2)).sum()
}

/// Variance with the divisor n − 1; `None` for fewer than two values.
pub(super) fn variance(values: &[f64]) -> Option<f64> {
    (values.len() > 1).then(|| squares(values) / (values.len() - 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_count_is_midway_or_the_lower_by_definition() {
        let sorted = [1.0, 2.0, 4.0, 8.0];
        let median = |of| quantile(&sorted, 0.5, of);
        assert_eq!(median(QuantileType::Type1), Some(2.0));
        assert_eq!(median(QuantileType::Type2), Some(3.0));
        assert_eq!(median(QuantileType::Type3), Some(2.0));
        assert_eq!(median(QuantileType::Type7), Some(3.0));
        assert_eq!(quantile(&[], 0.5, QuantileType::Type7), None);
    }

    #[test]
    fn the_extreme_quantiles_are_the_extremes() {
        let sorted = [1.0, 2.0, 4.0];
        for of in [
            QuantileType::Type1,
            QuantileType::Type4,
            QuantileType::Type8,
        ] {
            assert_eq!(quantile(&sorted, 0.0, of), Some(1.0), "{of:?}");
            assert_eq!(quantile(&sorted, 1.0, of), Some(4.0), "{of:?}");
        }
    }

    #[test]
    fn large_values_with_small_differences_keep_their_spread() {
        let summary = summary(&[1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0], QuantileType::Type7);
        assert_eq!(
            (summary.mean, summary.std_dev),
            (Some(1e9 + 2.0), Some(1.0))
        );
    }

    #[test]
    fn one_far_value_in_three_has_the_skewness_of_one_over_root_two() {
        // Deviations −1, −1, 2: moments 2 and 2, so 2 / √8.
        let skewed = skewness(&[0.0, 0.0, 3.0]).unwrap();
        assert!((skewed - 0.5f64.sqrt()).abs() < 1e-15);
        assert_eq!(skewness(&[1.0, 2.0, 3.0]), Some(0.0));
        assert_eq!(skewness(&[1.0, 1.0]), None);
    }

    #[test]
    fn two_categories_differ_as_two_proportions() {
        let several = standardised_category_difference(&[3, 7, 0], &[6, 4, 0]).unwrap();
        let two = standardised_proportion_difference(0.3, 0.6).unwrap();
        assert!((several - two).abs() < 1e-12);
        assert_eq!(standardised_category_difference(&[3, 0], &[0, 4]), None);
        assert_eq!(standardised_category_difference(&[3], &[4]), Some(0.0));
    }

    #[test]
    fn one_standard_deviation_apart_is_a_standardised_difference_of_1() {
        let first = [1.0, 2.0, 3.0];
        let second = [2.0, 3.0, 4.0];
        assert_eq!(standardised_mean_difference(&first, &second), Some(1.0));
        assert_eq!(standardised_mean_difference(&[5.0], &second), None);
        assert_eq!(standardised_proportion_difference(0.5, 0.5), Some(0.0));
        assert_eq!(standardised_proportion_difference(0.0, 0.0), None);
    }
}
