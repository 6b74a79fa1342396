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
    let tests = order.len();
    let harmonic: f64 = (1..=tests).map(|i| 1.0 / i as f64).sum();
    let factor = |rank: usize| match adjustment {
        Adjustment::Holm | Adjustment::Hochberg => (tests - rank) as f64,
        Adjustment::Bonferroni => tests as f64,
        Adjustment::BenjaminiHochberg => tests as f64 / (rank + 1) as f64,
        Adjustment::BenjaminiYekutieli => harmonic * tests as f64 / (rank + 1) as f64,
        Adjustment::None => 1.0,
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
        Adjustment::Bonferroni | Adjustment::None => {}
    }
    let mut adjusted = vec![None; p_values.len()];
    for ((i, _), p) in order.into_iter().zip(scaled) {
        adjusted[i] = Some(p);
    }
    adjusted
}
