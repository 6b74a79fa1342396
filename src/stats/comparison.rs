//! Comparisons of means.

use serde::{Deserialize, Serialize};

use super::summary::{mean, squares, variance};
use crate::math::{f_upper, t_critical, t_two_sided};

/// Whether two groups share one variance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Variances {
    /// Each its own: Welch (1947), the default here and in R.
    #[default]
    Unequal,
    /// One: Student's test.
    Equal,
}

/// A difference of two means with its t test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MeanDifference {
    /// Second minus first.
    pub estimate: f64,
    /// Standard error of `estimate`.
    pub std_err: f64,
    /// Lower limit.
    pub conf_low: f64,
    /// Upper limit.
    pub conf_high: f64,
    /// t.
    pub statistic: f64,
    /// Degrees of freedom; not whole with unequal variances.
    pub df: f64,
    /// Two-sided p value.
    pub p_value: f64,
}

/// The t test of two independent groups; `None` when a variance cannot be estimated or both are 0.
///
/// **Conventions.** Second minus first: R's `t.test(first, second)` has the other sign. With unequal variances
/// the degrees of freedom of Satterthwaite (1946).
/// **Source.** Welch (1947), Biometrika 34:28.
/// **Checked against** `t.test`, in `tests/reference/comparison.rs`.
pub fn t_test(
    first: &[f64],
    second: &[f64],
    variances: Variances,
    conf_level: f64,
) -> Option<MeanDifference> {
    let estimate = mean(second)? - mean(first)?;
    let (n1, n2) = (first.len() as f64, second.len() as f64);
    let (std_err, df) = match variances {
        Variances::Equal => {
            let df = n1 + n2 - 2.0;
            let pooled = (squares(first) + squares(second)) / df;
            ((pooled * (1.0 / n1 + 1.0 / n2)).sqrt(), df)
        }
        Variances::Unequal => {
            let (v1, v2) = (variance(first)? / n1, variance(second)? / n2);
            let total = v1 + v2;
            (
                total.sqrt(),
                total * total / (v1 * v1 / (n1 - 1.0) + v2 * v2 / (n2 - 1.0)),
            )
        }
    };
    with_error(estimate, std_err, df, conf_level)
}

fn with_error(estimate: f64, std_err: f64, df: f64, conf_level: f64) -> Option<MeanDifference> {
    // Also false where the degrees of freedom are 0 or the variances 0 / 0.
    (std_err > 0.0 && df > 0.0).then(|| {
        let statistic = estimate / std_err;
        let margin = t_critical(conf_level, df) * std_err;
        MeanDifference {
            estimate,
            std_err,
            conf_low: estimate - margin,
            conf_high: estimate + margin,
            statistic,
            df,
            p_value: t_two_sided(statistic, df),
        }
    })
}

/// A one-way analysis of variance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Anova {
    /// F.
    pub statistic: f64,
    /// Degrees of freedom between the groups.
    pub df: f64,
    /// Degrees of freedom within the groups; not whole with unequal variances.
    pub df_within: f64,
    /// p value.
    pub p_value: f64,
}

/// The difference of the means of two groups among several, with the variance of all of them.
///
/// `None` when the variance within the groups cannot be estimated or is 0, or one of the two is empty.
///
/// **Conventions.** Second minus first, as in [`t_test`]; of two groups its result with equal variances.
/// **Source.** The linear model with one mean a group.
/// **Checked against** `confint(lm())`, in `tests/report/groups.rs`.
pub fn pooled_difference(
    groups: &[&[f64]],
    first: &[f64],
    second: &[f64],
    conf_level: f64,
) -> Option<MeanDifference> {
    let n: usize = groups.iter().map(|group| group.len()).sum();
    let within: f64 = groups.iter().map(|group| squares(group)).sum();
    let df = n as f64 - groups.len() as f64;
    let sizes = 1.0 / first.len() as f64 + 1.0 / second.len() as f64;
    let estimate = mean(second)? - mean(first)?;
    with_error(estimate, (within / df * sizes).sqrt(), df, conf_level)
}

/// One-way analysis of variance; `None` for fewer than two groups or without variation within them.
///
/// **Conventions.** `Unequal` is Welch's (1951) test, which needs two values and variation in every group.
/// **Source.** Welch (1951), Biometrika 38:330.
/// **Checked against** `anova(lm())` and `oneway.test`, in `tests/reference/comparison.rs`.
pub fn anova(groups: &[&[f64]], variances: Variances) -> Option<Anova> {
    let k = groups.len() as f64;
    let df = k - 1.0;
    let means = groups
        .iter()
        .map(|group| mean(group))
        .collect::<Option<Vec<_>>>()?;
    let weighted = |weights: &[f64]| {
        let total: f64 = weights.iter().sum();
        let products = weights
            .iter()
            .zip(&means)
            .map(|(weight, mean)| weight * mean);
        let centre = products.sum::<f64>() / total;
        let distances = weights.iter().zip(&means);
        let between: f64 = distances
            .map(|(weight, mean)| weight * (mean - centre).powi(2))
            .sum();
        (total, between)
    };
    let sizes: Vec<f64> = groups.iter().map(|group| group.len() as f64).collect();
    let (statistic, df_within) = match variances {
        Variances::Equal => {
            let (n, between) = weighted(&sizes);
            let within: f64 = groups.iter().map(|group| squares(group)).sum();
            (between / df / (within / (n - k)), n - k)
        }
        Variances::Unequal => {
            let precision = |group: &&[f64]| Some(group.len() as f64 / variance(group)?);
            let weights = groups.iter().map(precision).collect::<Option<Vec<_>>>()?;
            let (total, between) = weighted(&weights);
            let rows = weights.iter().zip(&sizes);
            let spread: f64 = rows
                .map(|(w, n)| (1.0 - w / total).powi(2) / (n - 1.0))
                .sum();
            let spread = spread / (k * k - 1.0);
            (
                between / df / (1.0 + 2.0 * (k - 2.0) * spread),
                1.0 / (3.0 * spread),
            )
        }
    };
    let estimable = statistic.is_finite() && df > 0.0 && df_within > 0.0;
    estimable.then(|| Anova {
        statistic,
        df,
        df_within,
        p_value: f_upper(statistic, df, df_within),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: f64, expected: f64) {
        let scale = expected.abs().max(1e-300);
        assert!(
            (value - expected).abs() <= 1e-14 * scale,
            "{value} is not {expected}"
        );
    }

    #[test]
    fn the_t_test_of_two_pairs_by_hand() {
        // Means 2 and 5, squares 2 + 2 over 2 degrees of freedom: standard error √2.
        let test = t_test(&[1.0, 3.0], &[4.0, 6.0], Variances::Equal, 0.95).unwrap();
        close(test.estimate, 3.0);
        close(test.std_err, 2f64.sqrt());
        // With 2 degrees of freedom P(|T| > t) = 1 − t / √(2 + t²), here t² = 9 / 2.
        close(test.p_value, 1.0 - (4.5f64 / 6.5).sqrt());
        // And t = √2 (2 p − 1) / √(1 − (2 p − 1)²) at p = 0.975.
        close(
            test.conf_high - 3.0,
            2f64.sqrt() * 2f64.sqrt() * 0.95 / (1.0 - 0.95f64.powi(2)).sqrt(),
        );
        assert_eq!(t_test(&[1.0], &[2.0], Variances::Equal, 0.95), None);
        assert_eq!(
            t_test(&[1.0, 1.0], &[2.0, 2.0], Variances::Unequal, 0.95),
            None
        );
    }

    #[test]
    fn the_analysis_of_variance_of_two_groups_is_the_t_test() {
        let (first, second) = ([1.0, 3.0, 4.0], [4.0, 6.0, 9.0, 9.5]);
        for variances in [Variances::Equal, Variances::Unequal] {
            let test = t_test(&first, &second, variances, 0.95).unwrap();
            let anova = anova(&[&first, &second], variances).unwrap();
            close(anova.statistic, test.statistic.powi(2));
            close(anova.df_within, test.df);
            close(anova.p_value, test.p_value);
        }
        assert_eq!(anova(&[&[1.0, 1.0], &[2.0, 2.0]], Variances::Equal), None);
    }
}
