//! Corrections for several tests.

use serde::{Deserialize, Serialize};

/// How p values of several tests are corrected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Adjustment {
    /// Holm (1979), Scand J Stat 6:65: the chance of any false rejection.
    #[default]
    Holm,
    /// Bonferroni: the same, more cautiously.
    Bonferroni,
    /// Hochberg (1988), Biometrika 75:800: the same, for tests that are not negatively dependent.
    Hochberg,
    /// Hommel (1988), Biometrika 75:383: the same, a little less cautious than Hochberg's.
    Hommel,
    /// Benjamini & Hochberg (1995), J R Stat Soc B 57:289: the share of false rejections.
    BenjaminiHochberg,
    /// Benjamini & Yekutieli (2001), Ann Stat 29:1165: that share under any dependence.
    BenjaminiYekutieli,
    /// As they are.
    None,
}

/// Corrected p values in the order given; `None` stays `None` and does not count.
///
/// **Checked against** `p.adjust`, in `tests/reference/log_rank_weighted.rs`.
pub fn adjust(p_values: &[Option<f64>], adjustment: Adjustment) -> Vec<Option<f64>> {
    let mut order: Vec<(usize, f64)> = p_values
        .iter()
        .enumerate()
        .filter_map(|(i, p)| Some((i, (*p)?)))
        .collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    if adjustment == Adjustment::Hommel {
        let sorted: Vec<f64> = order.iter().map(|(_, p)| *p).collect();
        return placed(p_values.len(), &order, &hommel(&sorted));
    }
    let tests = order.len();
    let harmonic: f64 = (1..=tests).map(|i| 1.0 / i as f64).sum();
    let factor = |rank: usize| match adjustment {
        Adjustment::Holm | Adjustment::Hochberg => (tests - rank) as f64,
        Adjustment::Bonferroni => tests as f64,
        Adjustment::BenjaminiHochberg => tests as f64 / (rank + 1) as f64,
        Adjustment::BenjaminiYekutieli => harmonic * tests as f64 / (rank + 1) as f64,
        // Hommel's has gone its own way above.
        Adjustment::Hommel | Adjustment::None => 1.0,
    };
    let mut scaled: Vec<f64> = (order.iter().enumerate())
        .map(|(rank, (_, p))| (p * factor(rank)).min(1.0))
        .collect();
    // A smaller p value is never corrected to a larger one.
    match adjustment {
        Adjustment::Holm => (1..tests).for_each(|i| scaled[i] = scaled[i].max(scaled[i - 1])),
        Adjustment::Hochberg | Adjustment::BenjaminiHochberg | Adjustment::BenjaminiYekutieli => {
            (1..tests)
                .rev()
                .for_each(|i| scaled[i - 1] = scaled[i - 1].min(scaled[i]));
        }
        Adjustment::Bonferroni | Adjustment::Hommel | Adjustment::None => {}
    }
    placed(p_values.len(), &order, &scaled)
}

fn placed(n: usize, order: &[(usize, f64)], corrected: &[f64]) -> Vec<Option<f64>> {
    let mut adjusted = vec![None; n];
    for (&(i, _), &p) in order.iter().zip(corrected) {
        adjusted[i] = Some(p);
    }
    adjusted
}

/// Hommel's correction of ascending p values, by the algorithm of Wright (1992), Biometrics 48:1005. The closed test
/// over all subsets costs the square of their number.
fn hommel(sorted: &[f64]) -> Vec<f64> {
    let n = sorted.len();
    let simes = |ps: &[f64], of: usize, from: usize| {
        let scaled = ps
            .iter()
            .zip(from..)
            .map(|(p, rank)| of as f64 * p / rank as f64);
        scaled.fold(f64::INFINITY, f64::min)
    };
    let mut corrected = vec![simes(sorted, n, 1); n];
    for m in (2..n).rev() {
        let (small, large) = sorted.split_at(n - m + 1);
        let least = simes(large, m, 2);
        let mut last = least;
        for (corrected, p) in corrected.iter_mut().zip(small) {
            last = least.min(m as f64 * p);
            *corrected = corrected.max(last);
        }
        for corrected in &mut corrected[n - m + 1..] {
            *corrected = corrected.max(last);
        }
    }
    corrected
        .iter()
        .zip(sorted)
        .map(|(corrected, p)| corrected.max(*p))
        .collect()
}
