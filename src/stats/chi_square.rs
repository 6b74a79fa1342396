//! χ² tests of contingency tables, and tests of a trend over their ordered margins.

use serde::{Deserialize, Serialize};

use super::risk::{Counts, NormalTest};
use crate::math::chi_square_upper;

/// Variant of Pearson's χ² test of a 2 × 2 table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChiSquareVariant {
    /// Pearson's (1900). The default.
    #[default]
    Pearson,
    /// With Yates' (1934) continuity correction; only 2 × 2 tables are corrected, as in R.
    Yates,
    /// (N − 1) / N times Pearson's (E. S. Pearson 1947).
    NMinus1,
    /// Likelihood ratio (G²).
    LikelihoodRatio,
}

/// A χ² test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ChiSquareTest {
    /// χ².
    pub statistic: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// p value.
    pub p_value: f64,
}

impl ChiSquareTest {
    /// The p value of this χ².
    pub(super) fn new(statistic: f64, df: usize) -> Self {
        Self {
            statistic,
            df,
            p_value: chi_square_upper(statistic, df),
        }
    }
}

/// The counts that are expected when rows and columns are independent; empty when there are none.
pub fn expected_counts(table: &[Vec<usize>]) -> Vec<Vec<f64>> {
    let (rows, columns) = margins(table);
    let n: usize = rows.iter().sum();
    let cell = |row: usize, column: usize| row as f64 * column as f64 / n as f64;
    if n == 0 {
        return Vec::new();
    }
    rows.iter()
        .map(|&row| columns.iter().map(|&column| cell(row, column)).collect())
        .collect()
}

fn margins(table: &[Vec<usize>]) -> (Vec<usize>, Vec<usize>) {
    let width = table.first().map_or(0, Vec::len);
    let column = |j: usize| table.iter().map(|row| row[j]).sum();
    (
        table.iter().map(|row| row.iter().sum()).collect(),
        (0..width).map(column).collect(),
    )
}

/// χ² test of independence of an r × c table; `None` when a row or a column is empty, or there is only one.
///
/// **Source.** Pearson (1900); Yates (1934), J R Stat Soc Suppl 1:217; Campbell (2007), Stat Med 26:3661, for N − 1.
/// **Checked against** `chisq.test`, in `tests/reference/groups.rs`.
pub fn chi_square(table: &[Vec<usize>], variant: ChiSquareVariant) -> Option<ChiSquareTest> {
    let (rows, columns) = margins(table);
    let usable = |margin: &[usize]| margin.len() > 1 && !margin.contains(&0);
    if !usable(&rows) || !usable(&columns) {
        return None;
    }
    let n = rows.iter().sum::<usize>() as f64;
    let expected = expected_counts(table);
    let cells = || {
        let pairs = table.iter().flatten().zip(expected.iter().flatten());
        pairs.map(|(&observed, &expected)| (observed as f64, expected))
    };
    let sum = |correction: f64| {
        let term = |(observed, expected): (f64, f64)| {
            ((observed - expected).abs() - correction).powi(2) / expected
        };
        cells().map(term).sum::<f64>()
    };
    let statistic = match variant {
        ChiSquareVariant::Pearson => sum(0.0),
        ChiSquareVariant::Yates if (rows.len(), columns.len()) == (2, 2) => {
            let distance = |(observed, expected): (f64, f64)| (observed - expected).abs();
            sum(cells().map(distance).fold(0.5, f64::min))
        }
        ChiSquareVariant::Yates => sum(0.0),
        ChiSquareVariant::NMinus1 => sum(0.0) * (n - 1.0) / n,
        ChiSquareVariant::LikelihoodRatio => {
            let term = |(observed, expected): (f64, f64)| {
                if observed > 0.0 {
                    observed * (observed / expected).ln()
                } else {
                    0.0
                }
            };
            (2.0 * cells().map(term).sum::<f64>()).max(0.0)
        }
    };
    Some(ChiSquareTest::new(
        statistic,
        (rows.len() - 1) * (columns.len() - 1),
    ))
}

/// Cramér's V: 0 without association, 1 when one variable determines the other. `None` as for [`chi_square`].
///
/// **Source.** Cramér (1946), Mathematical methods of statistics, 21.9.
pub fn cramers_v(table: &[Vec<usize>]) -> Option<f64> {
    let test = chi_square(table, ChiSquareVariant::Pearson)?;
    let n: usize = table.iter().flatten().sum();
    let shorter = table.len().min(table[0].len()) - 1;
    Some((test.statistic / (n * shorter) as f64).sqrt())
}

/// Observed less expected in standard errors of that difference (`chisq.test(x)$stdres`); `None` where nothing can
/// differ.
pub fn standardised_residuals(table: &[Vec<usize>]) -> Vec<Vec<Option<f64>>> {
    let (rows, columns) = margins(table);
    let n = rows.iter().sum::<usize>() as f64;
    let residual = |i: usize, j: usize, expected: f64| {
        let free = (1.0 - rows[i] as f64 / n) * (1.0 - columns[j] as f64 / n);
        let variance = expected * free;
        (variance > 0.0).then(|| (table[i][j] as f64 - expected) / variance.sqrt())
    };
    let of_row = |(i, row): (usize, &Vec<f64>)| {
        let cells = row.iter().enumerate();
        cells
            .map(|(j, &expected)| residual(i, j, expected))
            .collect()
    };
    expected_counts(table)
        .iter()
        .enumerate()
        .map(of_row)
        .collect()
}

/// Cochran & Armitage's test of a trend of proportions over groups with these scores; `None` when the scores or the
/// outcomes do not vary.
///
/// **Conventions.** The variance has the divisor N, as in `prop.trend.test`. z > 0: proportions rise with the score.
/// **Source.** Cochran (1954), Biometrics 10:417; Armitage (1955), Biometrics 11:375.
/// **Checked against** `prop.trend.test`, in `tests/reference/groups.rs`.
pub fn cochran_armitage(groups: &[Counts], scores: &[f64]) -> Option<NormalTest> {
    let table: Vec<Vec<usize>> = groups.iter().map(|&(x, n)| vec![n - x, x]).collect();
    let n: usize = groups.iter().map(|group| group.1).sum();
    correlation(&table, scores, &[0.0, 1.0]).map(|r| NormalTest::new(r * (n as f64).sqrt()))
}

/// The linear-by-linear association test of a table whose rows and columns have scores; `None` when either do not
/// vary.
///
/// **Source.** Mantel (1963), J Am Stat Assoc 58:690: z² = (N − 1) r².
/// **Checked against** `coin::lbl_test`, in `tests/reference/groups.rs`.
pub fn linear_by_linear(
    table: &[Vec<usize>],
    row_scores: &[f64],
    column_scores: &[f64],
) -> Option<NormalTest> {
    let n: usize = table.iter().flatten().sum();
    let r = correlation(table, row_scores, column_scores)?;
    Some(NormalTest::new(r * (n as f64 - 1.0).sqrt()))
}

/// Pearson's correlation of the scores of rows and columns.
fn correlation(table: &[Vec<usize>], row_scores: &[f64], column_scores: &[f64]) -> Option<f64> {
    let (rows, columns) = margins(table);
    let n = rows.iter().sum::<usize>() as f64;
    let centred = |scores: &[f64], margin: &[usize]| {
        let sum: f64 = scores.iter().zip(margin).map(|(s, &m)| s * m as f64).sum();
        scores
            .iter()
            .map(|score| score - sum / n)
            .collect::<Vec<_>>()
    };
    let squares = |scores: &[f64], margin: &[usize]| {
        scores
            .iter()
            .zip(margin)
            .map(|(s, &m)| s * s * m as f64)
            .sum::<f64>()
    };
    let (a, b) = (centred(row_scores, &rows), centred(column_scores, &columns));
    let (aa, bb) = (squares(&a, &rows), squares(&b, &columns));
    let mut ab = 0.0;
    for (a, row) in a.iter().zip(table) {
        ab += a * row
            .iter()
            .zip(&b)
            .map(|(&count, b)| count as f64 * b)
            .sum::<f64>();
    }
    let r = ab / (aa * bb).sqrt();
    (aa > 0.0 && bb > 0.0 && r.is_finite()).then_some(r)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: f64, expected: f64) {
        assert!(
            (value - expected).abs() <= 1e-12 * expected,
            "{value} is not {expected}"
        );
    }

    #[test]
    fn four_variants_of_chi_square_by_hand() {
        // 7 of 10 and 3 of 10, 5 expected everywhere.
        let table = [vec![7, 3], vec![3, 7]];
        let statistic = |variant| chi_square(&table, variant).unwrap().statistic;
        close(statistic(ChiSquareVariant::Pearson), 4.0 * 4.0 / 5.0);
        close(statistic(ChiSquareVariant::Yates), 4.0 * 2.25 / 5.0);
        close(statistic(ChiSquareVariant::NMinus1), 3.2 * 19.0 / 20.0);
        let g = 2.0 * (14.0 * 1.4f64.ln() + 6.0 * 0.6f64.ln());
        close(statistic(ChiSquareVariant::LikelihoodRatio), g);
        close(cramers_v(&table).unwrap(), 0.4);
        assert_eq!(
            chi_square(&[vec![7, 0], vec![3, 0]], ChiSquareVariant::Pearson),
            None
        );
    }

    #[test]
    fn a_trend_over_two_groups_is_the_chi_square_test() {
        let trend = cochran_armitage(&[(3, 10), (7, 10)], &[0.0, 1.0]).unwrap();
        close(trend.statistic.powi(2), 3.2);
        assert_eq!(cochran_armitage(&[(0, 10), (0, 10)], &[0.0, 1.0]), None);
        assert_eq!(cochran_armitage(&[(3, 10), (7, 10)], &[1.0, 1.0]), None);
    }
}
