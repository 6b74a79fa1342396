//! Restricted mean survival time and its comparison.

use serde::Serialize;

use super::FollowUp;
use crate::math::{normal_critical, normal_two_sided};

/// Restricted mean survival time of one group: the mean time lived up to `tau`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rmst {
    /// The restriction time.
    pub tau: f64,
    /// Area under the survival curve up to `tau`.
    pub rmst: f64,
    /// Restricted mean time lost: `tau` − `rmst`. It has the same standard error.
    pub rmtl: f64,
    /// Standard error of both: 0 where no time varies, as with one patient or without an event before `tau`.
    pub std_err: f64,
    /// Lower limit of `rmst`; `tau` minus it is the upper limit of `rmtl`. `None` when `std_err` is 0: that nothing
    /// varied among few does not make their mean certain.
    pub conf_low: Option<f64>,
    /// Upper limit of `rmst`; `tau` minus it is the lower limit of `rmtl`.
    pub conf_high: Option<f64>,
}

/// Restricted means of two groups, compared as second against first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RmstComparison {
    /// The first group: the reference.
    pub first: Rmst,
    /// The second group.
    pub second: Rmst,
    /// Second minus first, in the unit of time.
    pub difference: RmstContrast,
    /// Second over first; `None` when a mean is 0.
    pub ratio: Option<RmstContrast>,
    /// Time lost, second over first; `None` when a group lost none.
    pub rmtl_ratio: Option<RmstContrast>,
}

/// A comparison of two restricted means.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RmstContrast {
    /// Difference or ratio.
    pub estimate: f64,
    /// Lower limit; `None`, as the others, when a group has no variance.
    pub conf_low: Option<f64>,
    /// Upper limit.
    pub conf_high: Option<f64>,
    /// Two-sided p value.
    pub p_value: Option<f64>,
}

/// Why there is no restricted mean.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum RmstError {
    /// The curve is not known up to `tau`.
    #[error("the restriction time {tau} is beyond {limit}, up to which the curves are known")]
    BeyondFollowUp {
        /// The time asked for.
        tau: f64,
        /// The last one possible.
        limit: f64,
    },
    /// A restriction time that is not above 0.
    #[error("the restriction time {tau} is not above 0")]
    NotPositive {
        /// The time asked for.
        tau: f64,
    },
}

/// The longest restriction time that these groups allow: the end of the shortest follow-up that ends in a
/// censoring, for a curve that ends in events alone has reached 0 and is known for ever.
///
/// When all groups end so, the longest follow-up: nothing happens after it.
/// **Source.** The default of `survRM2::rmst2`; Tian et al. (2020), Biometrics 76:1157.
pub fn restriction_limit(groups: &[&FollowUp]) -> f64 {
    let last_ties = || groups.iter().filter_map(|group| group.ties().last());
    let censored = last_ties().filter(|tie| tie.n_censor > 0.0);
    let shortest = censored.map(|tie| tie.time).reduce(f64::min);
    let longest = last_ties().map(|tie| tie.time).reduce(f64::max);
    shortest.or(longest).unwrap_or(0.0)
}

/// Restricted mean survival time up to `tau`.
///
/// **Units.** All in the unit of the times in `data`.
/// **Conventions.** Greenwood's plug-in variance. The interval is symmetric and not cut to [0, `tau`]; there is none
/// where that variance is 0.
/// **Errors.** A `tau` beyond [`restriction_limit`], or not above 0.
/// **Source.** Irwin (1949), J Hyg 47:188; Uno et al. (2014), J Clin Oncol 32:2380.
/// **Checked against** `survRM2::rmst2`, in `tests/reference/rmst.rs`.
pub fn rmst(data: &FollowUp, tau: f64, conf_level: f64) -> Result<Rmst, RmstError> {
    check(tau, restriction_limit(&[data]))?;
    Ok(restricted_mean(data, tau, conf_level))
}

/// Compares the restricted means of two groups up to the same `tau`.
///
/// **Conventions.** Second against first. Ratios have their intervals and tests on the log scale. Where a group has no
/// variance there is neither: the other's alone would understate the error.
/// **Errors.** A `tau` beyond [`restriction_limit`] of the two, or not above 0.
/// **Source.** Uno et al. (2014), J Clin Oncol 32:2380.
/// **Checked against** `survRM2::rmst2`, in `tests/reference/rmst.rs`.
pub fn compare_rmst(
    first: &FollowUp,
    second: &FollowUp,
    tau: f64,
    conf_level: f64,
) -> Result<RmstComparison, RmstError> {
    let means = restricted_means(&[first, second], tau, conf_level)?;
    Ok(contrast_means(means[0], means[1], conf_level))
}

/// Restricted means of several groups up to the same `tau`.
///
/// **Errors.** A `tau` beyond [`restriction_limit`] of all of them, or not above 0.
pub fn restricted_means(
    groups: &[&FollowUp],
    tau: f64,
    conf_level: f64,
) -> Result<Vec<Rmst>, RmstError> {
    check(tau, restriction_limit(groups))?;
    let mean = |data: &&FollowUp| restricted_mean(data, tau, conf_level);
    Ok(groups.iter().map(mean).collect())
}

/// Compares two restricted means up to the same time, second against first; see [`compare_rmst`].
pub fn contrast_means(first: Rmst, second: Rmst, conf_level: f64) -> RmstComparison {
    let z = normal_critical(conf_level);
    let varying =
        (first.std_err > 0.0 && second.std_err > 0.0).then_some((first.std_err, second.std_err));
    let ratio = |first_mean: f64, second_mean: f64| {
        let log_std_err =
            varying.map(|(one, other)| f64::hypot(one / first_mean, other / second_mean));
        let log = contrast((second_mean / first_mean).ln(), log_std_err, z);
        let positive = first_mean > 0.0 && second_mean > 0.0;
        positive.then(|| RmstContrast {
            estimate: second_mean / first_mean,
            conf_low: log.conf_low.map(f64::exp),
            conf_high: log.conf_high.map(f64::exp),
            p_value: log.p_value,
        })
    };
    let std_err = varying.map(|(one, other)| f64::hypot(one, other));
    RmstComparison {
        first,
        second,
        difference: contrast(second.rmst - first.rmst, std_err, z),
        ratio: ratio(first.rmst, second.rmst),
        rmtl_ratio: ratio(first.rmtl, second.rmtl),
    }
}

fn check(tau: f64, limit: f64) -> Result<(), RmstError> {
    if tau <= 0.0 || tau.is_nan() {
        Err(RmstError::NotPositive { tau })
    } else if tau > limit {
        Err(RmstError::BeyondFollowUp { tau, limit })
    } else {
        Ok(())
    }
}

fn contrast(estimate: f64, std_err: Option<f64>, z: f64) -> RmstContrast {
    RmstContrast {
        estimate,
        conf_low: std_err.map(|std_err| estimate - z * std_err),
        conf_high: std_err.map(|std_err| estimate + z * std_err),
        p_value: std_err.map(|std_err| normal_two_sided(estimate / std_err)),
    }
}

/// The area under the curve up to `tau`; the curve stays where it is after its last step.
fn restricted_mean(data: &FollowUp, tau: f64, conf_level: f64) -> Rmst {
    let ties = data.ties();
    let ties = &ties[..ties.partition_point(|tie| tie.time <= tau)];
    let left = |tie: &super::Tie| (tie.n_risk - tie.n_event) / tie.n_risk;
    let mut survival = 1.0;
    let after: Vec<f64> = ties
        .iter()
        .map(|tie| {
            survival *= left(tie);
            survival
        })
        .collect();
    // Backwards, so that the area that is still to come is at hand for the variance.
    let (mut to_come, mut lost, mut variance, mut until) = (0.0, 0.0, 0.0, tau);
    for (tie, survival) in ties.iter().zip(after).rev() {
        to_come += survival * (until - tie.time);
        lost += (1.0 - survival) * (until - tie.time);
        until = tie.time;
        if tie.n_risk > tie.n_event {
            variance += to_come * to_come * tie.n_event / (tie.n_risk * (tie.n_risk - tie.n_event));
        }
    }
    let rmst = to_come + until;
    let std_err = f64::sqrt(variance);
    let limit =
        |sign: f64| (std_err > 0.0).then(|| rmst + sign * normal_critical(conf_level) * std_err);
    Rmst {
        tau,
        rmst,
        rmtl: lost,
        std_err,
        conf_low: limit(-1.0),
        conf_high: limit(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(time: &[f64], event: &[bool]) -> FollowUp {
        FollowUp::new(time, event).unwrap()
    }

    #[test]
    fn the_restricted_mean_is_the_area_under_the_curve() {
        // S is 3/4 from 1, 1/2 from 2, and 0 from 4; up to 3: 1 + 3/4 + 1/2.
        let data = group(&[1.0, 2.0, 3.0, 4.0], &[true, true, false, true]);
        let mean = rmst(&data, 3.0, 0.95).unwrap();
        assert_eq!((mean.rmst, mean.rmtl), (2.25, 0.75));
        // (5/4)² × 1/12 at 1, (1/2)² × 1/6 at 2.
        let variance: f64 = 25.0 / 16.0 / 12.0 + 1.0 / 24.0;
        assert!((mean.std_err - variance.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn a_curve_is_known_up_to_its_last_censoring_and_for_ever_once_at_0() {
        let censored = group(&[1.0, 5.0], &[true, false]);
        let dead = group(&[1.0, 3.0], &[true, true]);
        let longer = group(&[1.0, 9.0], &[true, true]);
        assert_eq!(restriction_limit(&[&censored]), 5.0);
        assert_eq!(restriction_limit(&[&censored, &dead]), 5.0);
        assert_eq!(restriction_limit(&[&censored, &longer]), 5.0);
        assert_eq!(restriction_limit(&[&dead, &longer]), 9.0);
        let beyond = RmstError::BeyondFollowUp {
            tau: 6.0,
            limit: 5.0,
        };
        assert_eq!(compare_rmst(&censored, &dead, 6.0, 0.95), Err(beyond));
        assert_eq!(
            rmst(&dead, 0.0, 0.95),
            Err(RmstError::NotPositive { tau: 0.0 })
        );
    }

    #[test]
    fn a_group_that_loses_no_time_has_no_ratio_of_time_lost() {
        let nobody_dies = group(&[4.0, 5.0], &[false, false]);
        let some_die = group(&[1.0, 5.0], &[true, false]);
        let comparison = compare_rmst(&nobody_dies, &some_die, 4.0, 0.95).unwrap();
        assert_eq!(comparison.difference.estimate, -1.5);
        assert_eq!(comparison.rmtl_ratio, None);
        assert_eq!(comparison.first.std_err, 0.0);
    }

    #[test]
    fn a_group_in_which_no_time_varies_has_neither_interval_nor_test() {
        let nobody_dies = group(&[4.0, 5.0], &[false, false]);
        let alone = group(&[3.0], &[true]);
        let together = group(&[2.0, 2.0, 6.0], &[true, true, false]);
        for (arm, mean) in [(&nobody_dies, 4.0), (&alone, 3.0)] {
            let comparison = compare_rmst(arm, &together, 4.0, 0.95).unwrap();
            let (first, second) = (comparison.first, comparison.second);
            assert_eq!((first.rmst, first.std_err), (mean, 0.0));
            assert_eq!((first.conf_low, first.conf_high), (None, None));
            assert!(second.std_err > 0.0 && second.conf_low.is_some());
            let difference = comparison.difference;
            assert!((difference.estimate - (2.0 + 2.0 / 3.0 - mean)).abs() < 1e-15);
            for of in [difference, comparison.ratio.unwrap()] {
                let claims = [of.conf_low, of.conf_high, of.p_value];
                assert_eq!(claims, [None; 3]);
            }
        }
    }
}
