//! Small symmetric matrices, row by row in a slice.

use serde::{Deserialize, Serialize};

/// Factor L D Lᵀ of a positive semi-definite matrix.
///
/// **Conventions.** A row that depends on those before it gets the pivot 0: its unknown is set to 0
/// and its row of the inverse is 0, so that the last of several equivalent covariates is the one
/// that is given up, as in R.
/// **Source.** The generalised Cholesky decomposition of Therneau's `cholesky2.c`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Factor {
    size: usize,
    /// Unit lower triangle, row by row.
    lower: Vec<f64>,
    pivots: Vec<f64>,
}

impl Factor {
    /// Factors `matrix`, of which the lower triangle is read.
    ///
    /// A pivot below `tolerance` times its diagonal element counts as 0.
    pub fn new(matrix: &[f64], size: usize, tolerance: f64) -> Self {
        let mut lower = matrix.to_vec();
        let mut pivots = vec![0.0; size];
        for j in 0..size {
            let diagonal = matrix[j * size + j];
            let mut pivot = diagonal;
            for k in 0..j {
                pivot -= lower[j * size + k].powi(2) * pivots[k];
            }
            if pivot <= tolerance * diagonal {
                pivot = 0.0;
            }
            pivots[j] = pivot;
            for i in j + 1..size {
                let mut value = matrix[i * size + j];
                for k in 0..j {
                    value -= lower[i * size + k] * lower[j * size + k] * pivots[k];
                }
                lower[i * size + j] = if pivot > 0.0 { value / pivot } else { 0.0 };
            }
        }
        Self {
            size,
            lower,
            pivots,
        }
    }

    /// How many rows do not depend on those before them.
    pub fn rank(&self) -> usize {
        (0..self.size).filter(|&j| !self.is_dependent(j)).count()
    }

    /// Whether row `j` depends on those before it.
    pub fn is_dependent(&self, j: usize) -> bool {
        self.pivots[j] == 0.0
    }

    /// Logarithm of the determinant over the rows that do not depend on those before them.
    pub fn log_determinant(&self) -> f64 {
        let pivots = self.pivots.iter().filter(|&&pivot| pivot > 0.0);
        pivots.map(|pivot| pivot.ln()).sum()
    }

    /// The solution of A x = b.
    pub fn solve(&self, b: &[f64]) -> Vec<f64> {
        let size = self.size;
        let mut x = b.to_vec();
        for i in 0..size {
            for k in 0..i {
                x[i] -= self.lower[i * size + k] * x[k];
            }
        }
        for i in (0..size).rev() {
            if self.is_dependent(i) {
                x[i] = 0.0;
                continue;
            }
            x[i] /= self.pivots[i];
            for k in i + 1..size {
                x[i] -= self.lower[k * size + i] * x[k];
            }
        }
        x
    }

    /// The inverse, with zeros in the rows and columns of dependent rows.
    pub fn inverse(&self) -> Vec<f64> {
        let size = self.size;
        let mut inverse = vec![0.0; size * size];
        for j in (0..size).filter(|&j| !self.is_dependent(j)) {
            let mut unit = vec![0.0; size];
            unit[j] = 1.0;
            for (i, value) in self.solve(&unit).into_iter().enumerate() {
                inverse[i * size + j] = value;
            }
        }
        inverse
    }

    /// bᵀ A⁻¹ b.
    pub fn quadratic_form(&self, b: &[f64]) -> f64 {
        self.solve(b).iter().zip(b).map(|(x, b)| x * b).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependent_row_is_given_up() {
        // The third row is the sum of the first two.
        let matrix = [2.0, 1.0, 3.0, 1.0, 2.0, 3.0, 3.0, 3.0, 6.0];
        let factor = Factor::new(&matrix, 3, 1e-12);
        assert_eq!((factor.rank(), factor.is_dependent(2)), (2, true));
        let x = factor.solve(&[3.0, 3.0, 6.0]);
        assert!((x[0] - 1.0).abs() < 1e-15 && (x[1] - 1.0).abs() < 1e-15 && x[2] == 0.0);
        let inverse = factor.inverse();
        assert!((inverse[0] - 2.0 / 3.0).abs() < 1e-15 && inverse[8] == 0.0);
    }
}
