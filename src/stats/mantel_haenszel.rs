//! Several 2 × 2 tables together: a common odds ratio, its test, and whether it is common.

use serde::Serialize;

use super::chi_square::ChiSquareTest;
use super::odds_ratio::{ConditionalOdds, expected_cells};
use super::risk::{Counts, Ratio};
use crate::math::normal_critical;

/// Cochran-Mantel-Haenszel analysis of two groups over strata.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MantelHaenszel {
    /// Mantel & Haenszel's common odds ratio with the interval of Robins, Breslow & Greenland.
    pub odds_ratio: Ratio,
    /// χ² with continuity correction, R's default.
    pub corrected: ChiSquareTest,
    /// χ² without.
    pub uncorrected: ChiSquareTest,
    /// Exact conditional test and odds ratio; `None` where the strata are too large for it.
    pub exact: Option<ExactStrata>,
    /// Breslow & Day's test that the odds ratio is the same in all strata, with Tarone's correction.
    pub homogeneity: Option<ChiSquareTest>,
}

/// Exact conditional analysis of two groups over strata.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ExactStrata {
    /// Two-sided p value: all sums no more probable than the observed one.
    pub p_value: f64,
    /// Conditional maximum likelihood estimate with its exact limits.
    pub odds_ratio: Ratio,
}

/// Steps of the exact distribution; more are not worth it.
const MAX_STEPS: usize = 20_000_000;

/// Mantel & Haenszel's analysis of strata, each with a first and a second group; `None` when no stratum has both
/// groups and both outcomes.
///
/// **Conventions.** Odds of the second group against the first. Strata that say nothing are left out, as in R.
/// **Source.** Mantel & Haenszel (1959), J Natl Cancer Inst 22:719; Robins, Breslow & Greenland (1986), Biometrics
/// 42:311; Breslow & Day (1980), 4.30; Tarone (1985), Biometrika 72:91.
/// **Checked against** `mantelhaen.test`, and the formulas in R, in `tests/reference/groups.rs`.
pub fn mantel_haenszel(strata: &[(Counts, Counts)], conf_level: f64) -> Option<MantelHaenszel> {
    let tells = |((x1, n1), (x2, n2)): &(Counts, Counts)| {
        let (with, n) = (x1 + x2, n1 + n2);
        *n1 > 0 && *n2 > 0 && with > 0 && with < n
    };
    let strata: Vec<(Counts, Counts)> = strata.iter().copied().filter(tells).collect();
    let (mut distance, mut variance) = (0.0, 0.0);
    // Sums of R, S, P R, P S + Q R and Q S of Robins, Breslow & Greenland.
    let (mut r, mut s, mut pr, mut mixed, mut qs) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for &((x1, n1), (x2, n2)) in &strata {
        let [x1, n1, x2, n2] = [x1, n1, x2, n2].map(|count| count as f64);
        let (n, with) = (n1 + n2, x1 + x2);
        distance += x2 - n2 * with / n;
        variance += n1 * n2 / n * (with / n) * ((n - with) / (n - 1.0));
        let (own_r, own_s) = (x2 * (n1 - x1) / n, x1 * (n2 - x2) / n);
        let (p, q) = ((x2 + n1 - x1) / n, (x1 + n2 - x2) / n);
        r += own_r;
        s += own_s;
        pr += p * own_r;
        mixed += p * own_s + q * own_r;
        qs += q * own_s;
    }
    // Also where there are no strata.
    if variance <= 0.0 {
        return None;
    }
    let spread = pr / (2.0 * r * r) + mixed / (2.0 * r * s) + qs / (2.0 * s * s);
    let step = (normal_critical(conf_level) * spread.sqrt()).exp();
    let estimate = (s > 0.0).then(|| r / s);
    let limits = estimate.filter(|_| r > 0.0);
    let chi_square = |d: f64| ChiSquareTest::new(d * d / variance, 1);
    // As R: none where it would be more than there is.
    let correction = if distance.abs() >= 0.5 { 0.5 } else { 0.0 };
    Some(MantelHaenszel {
        odds_ratio: Ratio {
            estimate,
            conf_low: limits.map(|ratio| ratio / step),
            conf_high: limits.map(|ratio| ratio * step),
        },
        corrected: chi_square(distance.abs() - correction),
        uncorrected: chi_square(distance),
        exact: exact(&strata, conf_level),
        homogeneity: limits.and_then(|ratio| homogeneity(&strata, ratio)),
    })
}

fn exact(strata: &[(Counts, Counts)], conf_level: f64) -> Option<ExactStrata> {
    let (mut places, mut steps) = (1, 0usize);
    for &((x1, n1), (x2, n2)) in strata {
        let with = x1 + x2;
        let own = with.min(n2) - with.saturating_sub(n1) + 1;
        steps = steps.saturating_add(places * own);
        places += own - 1;
    }
    (steps <= MAX_STEPS).then(|| {
        let odds = ConditionalOdds::new(strata);
        ExactStrata {
            p_value: odds.p_value(false),
            odds_ratio: odds.ratio(conf_level, false),
        }
    })
}

/// Breslow & Day's test with Tarone's correction; `None` for one stratum.
fn homogeneity(strata: &[(Counts, Counts)], ratio: f64) -> Option<ChiSquareTest> {
    let (mut statistic, mut distance, mut variance) = (0.0, 0.0, 0.0);
    for &((x1, n1), (x2, n2)) in strata {
        let [x1, n1, x2, n2] = [x1, n1, x2, n2].map(|count| count as f64);
        let cells = expected_cells(n1, n2, x1 + x2, ratio);
        let own = 1.0 / cells.iter().map(|cell| 1.0 / cell).sum::<f64>();
        statistic += (x2 - cells[2]).powi(2) / own;
        distance += x2 - cells[2];
        variance += own;
    }
    let statistic = statistic - distance * distance / variance;
    (strata.len() > 1 && statistic.is_finite())
        .then(|| ChiSquareTest::new(statistic.max(0.0), strata.len() - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stratum_is_its_own_odds_ratio() {
        let one = mantel_haenszel(&[((3, 10), (7, 10))], 0.95).unwrap();
        let ratio = one.odds_ratio.estimate.unwrap();
        assert!((ratio - 49.0 / 9.0).abs() < 1e-14);
        // Mantel's χ² is that of N − 1: 3.04.
        assert!((one.uncorrected.statistic - 3.04).abs() < 1e-13);
        assert_eq!(one.homogeneity, None);
        // Strata with one group or one outcome say nothing.
        let strata = [((3, 10), (7, 10)), ((0, 0), (4, 8)), ((5, 5), (2, 2))];
        assert_eq!(mantel_haenszel(&strata, 0.95), Some(one));
        assert_eq!(mantel_haenszel(&strata[1..], 0.95), None);
    }

    #[test]
    fn strata_with_the_same_odds_ratio_are_homogeneous() {
        let strata = [((3, 10), (7, 10)), ((6, 20), (14, 20))];
        let both = mantel_haenszel(&strata, 0.95).unwrap();
        assert!(both.homogeneity.unwrap().statistic.abs() < 1e-12);
    }
}
