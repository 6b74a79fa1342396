//! Comparisons by ranks: of groups, and of a trend over ordered groups.

use serde::{Deserialize, Serialize};

use crate::math::{chi_square_upper, normal_critical, normal_two_sided, normal_upper};

/// A test of ranks by χ².
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct KruskalWallis {
    /// H, corrected for ties.
    pub statistic: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// p value of the χ² approximation.
    pub p_value: f64,
}

/// Kruskal & Wallis' rank test of several groups; `None` when all values are equal or a group is empty.
///
/// **Source.** Kruskal & Wallis (1952), J Am Stat Assoc 47:583.
/// **Checked against** `kruskal.test`, in `tests/reference/comparison.rs`.
pub fn kruskal_wallis(groups: &[&[f64]]) -> Option<KruskalWallis> {
    if groups.len() < 2 || groups.iter().any(|group| group.is_empty()) {
        return None;
    }
    let ranks = Ranks::new(groups);
    let n = ranks.doubled.len() as f64;
    let share = |sum: &u64, group: &&[f64]| (*sum as f64 / 2.0).powi(2) / group.len() as f64;
    let rows = ranks.sums.iter().zip(groups);
    let raw: f64 = rows.map(|(sum, group)| share(sum, group)).sum();
    let untied = 1.0 - ranks.ties / (n * n * n - n);
    let df = groups.len() - 1;
    (untied > 0.0).then(|| {
        let statistic = (12.0 * raw / (n * (n + 1.0)) - 3.0 * (n + 1.0)) / untied;
        KruskalWallis {
            statistic,
            df,
            p_value: chi_square_upper(statistic, df),
        }
    })
}

/// How the p value of a rank test is found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum RankMethod {
    /// `Exact` where both groups have fewer than 50 values, else `Normal` with continuity correction. R does the
    /// same without ties and takes `Normal` with them.
    #[default]
    Automatic,
    /// All divisions of the values into two groups, tied or not; `Normal` beyond about 300 values in all.
    Exact,
    /// The normal approximation, with its variance corrected for ties.
    Normal {
        /// Whether the statistic is moved by ½ towards its mean.
        continuity: bool,
    },
}

/// Wilcoxon's rank sum test (Mann & Whitney's U test) with the shift between the groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RankSumTest {
    /// W as R prints it: pairs in which the first group is larger, ties counted half.
    pub statistic: f64,
    /// Two-sided p value.
    pub p_value: f64,
    /// One-sided p value: the first group tends to be smaller.
    pub p_less: f64,
    /// One-sided p value: the first group tends to be larger.
    pub p_greater: f64,
    /// Whether the p values are exact.
    pub exact: bool,
    /// Hodges & Lehmann's estimate of the shift: the median of all differences second minus first.
    pub shift: f64,
    /// Lower limit of `shift`.
    pub conf_low: f64,
    /// Upper limit of `shift`.
    pub conf_high: f64,
}

/// Wilcoxon's rank sum test of two groups; `None` when a group is empty or all values are equal.
///
/// **Conventions.** The exact two-sided p value counts the divisions whose rank sum is at least as far from its
/// mean, as in R's coin. The interval is exact where the p value is and there are no ties, else that of the
/// normal approximation with continuity correction; it is made of differences that occur. Second minus first:
/// R's `wilcox.test(first, second)` has the other sign.
/// **Source.** Hollander, Wolfe & Chicken (2014), 4.1–4.3.
/// **Checked against** `wilcox.test` and `coin::wilcox_test`, in `tests/reference/comparison.rs`.
pub fn wilcoxon_rank_sum(
    first: &[f64],
    second: &[f64],
    method: RankMethod,
    conf_level: f64,
) -> Option<RankSumTest> {
    let ranks = Ranks::new(&[first, second]);
    let (m, n) = (first.len(), second.len());
    if m == 0 || n == 0 || ranks.all_equal() {
        return None;
    }
    let small = m < 50 && n < 50;
    let (wants_exact, continuity) = match method {
        RankMethod::Automatic => (small, 0.5),
        RankMethod::Exact => (true, 0.5),
        RankMethod::Normal { continuity } => (false, if continuity { 0.5 } else { 0.0 }),
    };
    let (m, n) = (m as f64, n as f64);
    let total = m + n;
    let pairs = m * n;
    let statistic = ranks.sums[0] as f64 / 2.0 - m * (m + 1.0) / 2.0;
    let exact = wants_exact.then(|| ranks.divisions(first.len())).flatten();
    let (p_less, p_greater, p_value) = match &exact {
        Some(divisions) => divisions.tails(ranks.sums[0]),
        None => {
            let ties = ranks.ties / (total * (total - 1.0));
            let std_err = (pairs / 12.0 * (total + 1.0 - ties)).sqrt();
            let z = |correction: f64| (statistic - pairs / 2.0 - correction) / std_err;
            let towards_mean = continuity * (statistic - pairs / 2.0).signum();
            let centred = statistic == pairs / 2.0;
            (
                normal_upper(-z(-continuity)),
                normal_upper(z(continuity)),
                if centred {
                    1.0
                } else {
                    normal_two_sided(z(towards_mean))
                },
            )
        }
    };
    let rank = match exact.as_ref().filter(|_| ranks.ties == 0.0) {
        Some(divisions) => divisions.lower_quantile((1.0 - conf_level) / 2.0).max(1),
        None => {
            // Within the groups alone: after a shift by a limit the groups have no ties with each other.
            let ties = (ties_of(first) + ties_of(second)) / (total * (total - 1.0));
            let std_err = (pairs / 12.0 * (total + 1.0 - ties)).sqrt();
            let beyond = (pairs / 2.0 - 0.5 - normal_critical(conf_level) * std_err).ceil();
            beyond.max(1.0) as usize
        }
    };
    let differences = Differences::new(first, second);
    let count = first.len() * second.len();
    Some(RankSumTest {
        statistic,
        p_value,
        p_less,
        p_greater,
        exact: exact.is_some(),
        shift: (differences.smallest(count.div_ceil(2)) + differences.smallest(count / 2 + 1))
            / 2.0,
        conf_low: differences.smallest(rank),
        conf_high: differences.smallest(count + 1 - rank),
    })
}

/// Variance of Jonckheere's statistic.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrendVariance {
    /// As if there were no ties: R's clinfun, the default. With ties its p value is a little too large.
    #[default]
    Untied,
    /// Corrected for ties, as in SAS.
    Tied,
}

/// Jonckheere & Terpstra's test of a trend over ordered groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TrendTest {
    /// J: pairs in which the later group has the larger value, ties counted half.
    pub statistic: f64,
    /// J without a trend.
    pub expected: f64,
    /// Two-sided p value.
    pub p_value: f64,
    /// One-sided p value: values rise from group to group.
    pub p_rising: f64,
    /// One-sided p value: values fall from group to group.
    pub p_falling: f64,
    /// Whether the p values are exact.
    pub exact: bool,
}

/// Largest number of values for the exact distribution of Jonckheere's statistic, as in R's clinfun 1.1.
const JONCKHEERE_EXACT: usize = 100;

/// Jonckheere & Terpstra's test of a trend over groups in their order; `None` for fewer than two groups with
/// values, or when all values are equal.
///
/// **Conventions.** Exact without ties up to 100 values, else normal. The two-sided p value is twice the smaller
/// one.
/// **Source.** Hollander, Wolfe & Chicken (2014), 6.2.
/// **Checked against** `clinfun::jonckheere.test`, in `tests/reference/comparison.rs`.
pub fn jonckheere(groups: &[&[f64]], variance: TrendVariance) -> Option<TrendTest> {
    let groups: Vec<&[f64]> = groups.iter().copied().filter(|g| !g.is_empty()).collect();
    let ranks = Ranks::new(&groups);
    if groups.len() < 2 || ranks.all_equal() {
        return None;
    }
    let mut pairs = 0;
    // Twice J, so that it is whole.
    let mut doubled = 0;
    for (i, earlier) in groups.iter().enumerate() {
        for later in &groups[i + 1..] {
            let sum = Ranks::new(&[earlier, later]).sums[1];
            let own = (later.len() * (later.len() + 1)) as u64;
            doubled += sum - own;
            pairs += earlier.len() * later.len();
        }
    }
    let statistic = doubled as f64 / 2.0;
    let expected = pairs as f64 / 2.0;
    let sizes: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let exact = ranks.ties == 0.0 && ranks.doubled.len() <= JONCKHEERE_EXACT;
    let (p_falling, p_rising) = if exact {
        let counts = inversions(&sizes);
        let total: f64 = counts.iter().sum();
        let observed = doubled as usize / 2;
        let upto: f64 = counts[..=observed].iter().sum();
        let from: f64 = counts[observed..].iter().sum();
        (upto / total, from / total)
    } else {
        let tied = match variance {
            TrendVariance::Untied => None,
            TrendVariance::Tied => Some(&ranks),
        };
        let z = (statistic - expected) / jonckheere_variance(&sizes, tied).sqrt();
        (normal_upper(-z), normal_upper(z))
    };
    Some(TrendTest {
        statistic,
        expected,
        p_value: (2.0 * f64::min(p_rising, p_falling)).min(1.0),
        p_rising,
        p_falling,
        exact,
    })
}

/// Variance of J, corrected for the ties among `tied`.
///
/// **Source.** Hollander, Wolfe & Chicken (2014), 6.19.
fn jonckheere_variance(sizes: &[usize], tied: Option<&Ranks>) -> f64 {
    let ties = tied.map_or(&[][..], |ranks| &ranks.tied);
    let n: usize = sizes.iter().sum();
    let sum = |of: &[usize], f: fn(f64) -> f64| of.iter().map(|&t| f(t as f64)).sum::<f64>();
    let n = n as f64;
    let first = |t: f64| t * (t - 1.0) * (2.0 * t + 5.0);
    let second = |t: f64| t * (t - 1.0) * (t - 2.0);
    let third = |t: f64| t * (t - 1.0);
    let mut variance = (first(n) - sum(sizes, first) - sum(ties, first)) / 72.0;
    if n > 2.0 {
        variance += sum(sizes, second) * sum(ties, second) / (36.0 * n * (n - 1.0) * (n - 2.0));
    }
    variance + sum(sizes, third) * sum(ties, third) / (8.0 * n * (n - 1.0))
}

/// In how many divisions into groups of these sizes J has each value from 0: the coefficients of the Gaussian
/// multinomial n! / ∏ sizes!, every factorial a product of (1 − xⁱ), in proportion.
fn inversions(sizes: &[usize]) -> Vec<f64> {
    let mut counts = vec![1.0];
    let mut before = sizes[0];
    for &size in &sizes[1..] {
        let length = counts.len() + before * size;
        counts.resize(length, 0.0);
        // The Gaussian binomial (before + size over size): ∏ (1 − x^(before + i)) / (1 − xⁱ).
        for i in 1..=size {
            for at in (before + i..length).rev() {
                counts[at] -= counts[at - before - i];
            }
            for at in i..length {
                counts[at] += counts[at - i];
            }
        }
        // The differences lose digits in the upper half, which is the lower one mirrored.
        for at in 0..length / 2 {
            counts[length - 1 - at] = counts[at];
        }
        before += size;
    }
    counts
}

/// Midranks of all values together, doubled so that they are whole.
struct Ranks {
    /// Of each value, group after group.
    doubled: Vec<u64>,
    /// Sum of each group.
    sums: Vec<u64>,
    /// How many values share each value that occurs more than once.
    tied: Vec<usize>,
    /// Σ t³ − t over them.
    ties: f64,
}

impl Ranks {
    fn new(groups: &[&[f64]]) -> Self {
        let values: Vec<f64> = groups.concat();
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_unstable_by(|&a, &b| values[a].total_cmp(&values[b]));
        let mut doubled = vec![0; values.len()];
        let mut tied = Vec::new();
        let mut before = 0;
        for tie in order.chunk_by(|&a, &b| values[a] == values[b]) {
            for &i in tie {
                doubled[i] = (2 * before + tie.len() + 1) as u64;
            }
            if tie.len() > 1 {
                tied.push(tie.len());
            }
            before += tie.len();
        }
        let mut rest = &doubled[..];
        let mut sums = Vec::with_capacity(groups.len());
        for group in groups {
            let (own, others) = rest.split_at(group.len());
            sums.push(own.iter().sum());
            rest = others;
        }
        Self {
            ties: cubes(&tied),
            doubled,
            sums,
            tied,
        }
    }

    fn all_equal(&self) -> bool {
        self.tied.first() == Some(&self.doubled.len()) || self.doubled.len() < 2
    }

    /// In how many divisions with `size` values in one group it has each rank sum; `None` where that is too
    /// much to count.
    fn divisions(&self, size: usize) -> Option<Divisions> {
        /// About a second of additions.
        const MOST_STEPS: usize = 2_000_000_000;
        // The smaller group, whose sum falls as the other's rises.
        let n = self.doubled.len();
        let counted = size.min(n - size);
        // Ranks from the smallest of the possible sums: what each is above the smallest rank, in the largest
        // unit of which all are multiples.
        let lowest = *self.doubled.iter().min()?;
        let unit = self
            .doubled
            .iter()
            .fold(0, |unit, rank| gcd(unit, rank - lowest));
        let scores: Vec<usize> = self
            .doubled
            .iter()
            .map(|rank| ((rank - lowest) / unit.max(1)) as usize)
            .collect();
        let mut ascending = scores.clone();
        ascending.sort_unstable();
        let largest: usize = ascending[n - counted..].iter().sum();
        let steps = n.checked_mul(counted)?.checked_mul(largest + 1)?;
        // Beyond 1e308 divisions the counts overflow.
        if steps > MOST_STEPS || n > 1000 {
            return None;
        }
        // counts[k][s]: choices of k values with score sum s.
        let mut counts = vec![vec![0.0; largest + 1]; counted + 1];
        counts[0][0] = 1.0;
        let mut reach = 0;
        for (taken, &score) in ascending.iter().enumerate() {
            reach = (reach + score).min(largest);
            for k in (1..=counted.min(taken + 1)).rev() {
                let (fewer, more) = counts.split_at_mut(k);
                let from = &fewer[k - 1][..=reach - score.min(reach)];
                let to = &mut more[0][score.min(reach)..=reach];
                for (to, from) in to.iter_mut().zip(from) {
                    *to += from;
                }
            }
        }
        let counts = counts.pop()?;
        let offset = counted as u64 * lowest;
        let mirrored = (counted != size).then(|| self.doubled.iter().sum::<u64>());
        Some(Divisions {
            counts,
            offset,
            unit: unit.max(1),
            mirrored,
        })
    }
}

/// The distribution of a rank sum over all divisions.
struct Divisions {
    /// Of the sums `offset`, `offset + unit`, …
    counts: Vec<f64>,
    offset: u64,
    unit: u64,
    /// The sum of all ranks, when the counts are of the other group.
    mirrored: Option<u64>,
}

impl Divisions {
    /// P(sum ≤ observed), P(sum ≥ observed), and P of a sum at least as far from the mean.
    fn tails(&self, observed: u64) -> (f64, f64, f64) {
        let counted = self.mirrored.map_or(observed, |all| all - observed);
        let at = ((counted - self.offset) / self.unit) as usize;
        let total: f64 = self.counts.iter().sum();
        let moment: f64 = self
            .counts
            .iter()
            .enumerate()
            .map(|(s, c)| s as f64 * c)
            .sum();
        let mean = moment / total;
        let distance = (at as f64 - mean).abs();
        // The mean is a sum of many terms; sums lie on whole or half numbers or thereabouts.
        let tolerance = 1e-9 * (mean + 1.0);
        let share = |wanted: &dyn Fn(usize) -> bool| {
            let counts = self.counts.iter().enumerate();
            let counted = counts.filter(|(s, _)| wanted(*s)).map(|(_, count)| count);
            (counted.sum::<f64>() / total).min(1.0)
        };
        let upto = share(&|s| s <= at);
        let from = share(&|s| s >= at);
        let both = share(&|s| (s as f64 - mean).abs() >= distance - tolerance);
        match self.mirrored {
            None => (upto, from, both),
            Some(_) => (from, upto, both),
        }
    }

    /// How many steps above the least sum the sums first have at least this probability. Without ties, when the
    /// distribution is symmetric, this is R's `qwilcox`.
    fn lower_quantile(&self, probability: f64) -> usize {
        let total: f64 = self.counts.iter().sum();
        let least = self
            .counts
            .iter()
            .take_while(|&&count| count == 0.0)
            .count();
        // R's allowance for the rounding of the probability.
        let wanted = (probability - 10.0 * f64::EPSILON) * total;
        let mut below = 0.0;
        let steps = self.counts[least..].iter().take_while(|&count| {
            below += count;
            below < wanted
        });
        steps.count()
    }
}

/// All differences second minus first, without writing them down.
struct Differences {
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Differences {
    fn new(first: &[f64], second: &[f64]) -> Self {
        let sorted = |values: &[f64]| {
            let mut values = values.to_vec();
            values.sort_unstable_by(f64::total_cmp);
            values
        };
        Self {
            first: sorted(first),
            second: sorted(second),
        }
    }

    /// The difference of this rank, from 1: found by halving the bits of a number, each time counting the
    /// differences that are not larger, in one pass.
    fn smallest(&self, rank: usize) -> f64 {
        let (mut low, mut high) = (i64::MIN, i64::MAX);
        while low < high {
            // Rounded down, unlike `midpoint`, or it would stand still at 0.
            let middle = low + (high.wrapping_sub(low) as u64 / 2) as i64;
            if self.count_up_to(from_order(middle)) >= rank {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        from_order(low)
    }

    fn count_up_to(&self, limit: f64) -> usize {
        if limit.is_nan() {
            // The two ends of the order: below and above all numbers.
            return if limit.is_sign_negative() {
                0
            } else {
                usize::MAX
            };
        }
        let mut upto = self.second.len();
        let mut count = 0;
        // The larger the first, the more of the second are near enough.
        for first in self.first.iter().rev() {
            while upto > 0 && self.second[upto - 1] - first > limit {
                upto -= 1;
            }
            count += upto;
        }
        count
    }
}

/// The number at this place in the order of `f64::total_cmp`.
fn from_order(place: i64) -> f64 {
    // The bits of negative numbers sort backwards.
    f64::from_bits((place ^ (((place >> 63) as u64) >> 1) as i64) as u64)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Σ t³ − t over the sizes of ties.
fn cubes(tied: &[usize]) -> f64 {
    let term = |&t: &usize| (t as f64).powi(3) - t as f64;
    tied.iter().map(term).sum()
}

fn ties_of(values: &[f64]) -> f64 {
    Ranks::new(&[values]).ties
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
    fn ranks_kruskal_and_wallis_by_hand() {
        // Ranks 1 2 | 3 4: H = 12 / 20 × (9 / 2 + 49 / 2) − 15 = 2.4.
        let test = kruskal_wallis(&[&[1.0, 2.0], &[3.0, 4.0]]).unwrap();
        assert!((test.statistic - 2.4).abs() < 1e-14);
        assert_eq!(kruskal_wallis(&[&[1.0, 1.0], &[1.0]]), None);
    }

    #[test]
    fn the_exact_rank_sum_test_counts_the_divisions() {
        let test = |first: &[f64], second: &[f64]| {
            wilcoxon_rank_sum(first, second, RankMethod::Automatic, 0.95).unwrap()
        };
        // The lowest of the 10 divisions, and the highest as far away.
        let lowest = test(&[1.0, 2.0], &[3.0, 4.0, 5.0]);
        close(lowest.p_less, 0.1);
        close(lowest.p_greater, 1.0);
        close(lowest.p_value, 0.2);
        assert_eq!((lowest.statistic, lowest.shift), (0.0, 2.5));
        assert_eq!((lowest.conf_low, lowest.conf_high), (1.0, 4.0));
        // Ranks 1½ 1½ 3 4: 2 of the 6 pairs of them contain … {1½, 1½} is one of 6, {3, 4} as far away.
        let tied = test(&[1.0, 1.0], &[2.0, 3.0]);
        close(tied.p_less, 1.0 / 6.0);
        close(tied.p_value, 1.0 / 3.0);
        // One value against four: the group that is counted is the smaller one, either way round.
        close(test(&[1.0, 2.0, 3.0, 4.0], &[5.0]).p_less, 0.2);
        close(test(&[5.0], &[1.0, 2.0, 3.0, 4.0]).p_greater, 0.2);
    }

    #[test]
    fn the_shift_is_the_median_of_the_differences() {
        // 3 4 6 less 1: 2 3 5; less 2½: ½ 1½ 3½.
        let differences = Differences::new(&[2.5, 1.0], &[3.0, 6.0, 4.0]);
        let sorted: Vec<f64> = (1..=6).map(|rank| differences.smallest(rank)).collect();
        assert_eq!(sorted, [0.5, 1.5, 2.0, 3.0, 3.5, 5.0]);
        let signs = Differences::new(&[0.0, 1.0], &[0.0, -1.0]);
        let sorted: Vec<f64> = (1..=4).map(|rank| signs.smallest(rank)).collect();
        assert_eq!(sorted, [-2.0, -1.0, -1.0, 0.0]);
    }

    #[test]
    fn a_perfect_trend_is_one_of_all_divisions() {
        // 6! / (2! 2! 2!) = 90 divisions; all 12 pairs rise.
        let groups: [&[f64]; 3] = [&[1.0, 2.0], &[3.0, 4.0], &[5.0, 6.0]];
        let test = jonckheere(&groups, TrendVariance::Untied).unwrap();
        assert_eq!((test.statistic, test.expected), (12.0, 6.0));
        close(test.p_rising, 1.0 / 90.0);
        close(test.p_value, 2.0 / 90.0);
        close(test.p_falling, 1.0);
    }

    #[test]
    fn the_tied_variance_of_the_trend_is_that_of_all_divisions() {
        // Values 1 1 2 in groups of 1 and 2: J is 1½, 1½ or 0 with the 2 alone: variance ½.
        let ranks = Ranks::new(&[&[1.0], &[1.0, 2.0]]);
        close(jonckheere_variance(&[1, 2], Some(&ranks)), 0.5);
        // Values 1 2 3: J is 2, 1 or 0: variance 2/3.
        close(jonckheere_variance(&[1, 2], None), 2.0 / 3.0);
    }

    #[test]
    fn the_tied_variance_of_three_groups_is_that_of_all_divisions() {
        let (values, sizes) = ([1.0, 1.0, 2.0, 2.0, 2.0, 4.0, 5.0], [2, 2, 3]);
        let mut statistics = Vec::new();
        for code in 0..3_usize.pow(7) {
            let mut groups = [const { Vec::new() }; 3];
            for (place, value) in (0..).zip(values) {
                groups[code / 3_usize.pow(place) % 3].push(value);
            }
            if groups.each_ref().map(Vec::len) == sizes {
                let slices = groups.each_ref().map(Vec::as_slice);
                let test = jonckheere(&slices, TrendVariance::Tied).unwrap();
                statistics.push(test.statistic);
            }
        }
        assert_eq!(statistics.len(), 210);
        let mean = statistics.iter().sum::<f64>() / 210.0;
        let squares: f64 = statistics.iter().map(|j| (j - mean).powi(2)).sum();
        let slices: [&[f64]; 3] = [&values[..2], &values[2..4], &values[4..]];
        let ranks = Ranks::new(&slices);
        close(jonckheere_variance(&sizes, Some(&ranks)), squares / 210.0);
    }
}
