//! Fisher's exact test of tables with more than two rows and columns.

use std::collections::{BTreeMap, HashMap};

use super::contingency::{FisherTest, fisher_exact, share_of_draws};
use crate::math::{Rng, ln_factorial};

/// Relative difference up to which probabilities of tables are equal (`fisher.test` of R).
const EQUAL: f64 = 1e-7;

/// Steps of the enumeration before giving up on it; about two seconds.
const MAX_STEPS: usize = 10_000_000;

/// Most rows, of the shorter side, and subjects that a [`Node`] can hold.
const MAX_ROWS: usize = 8;
const MAX_SUBJECTS: usize = u16::MAX as usize;

/// Subjects placed in all simulated tables together; about half a second.
const MAX_PLACED: usize = 50_000_000;

/// Tables simulated when there are too many to enumerate, and never fewer than the second.
const DRAWS: (usize, usize) = (100_000, 1_000);

/// Fisher's exact test of an r × c table, by Freeman & Halton: rows of counts.
///
/// **Conventions.** Empty rows and columns say nothing and are left out. Probabilities within 1e-7 of the observed
/// one are equal to it, as in R. Tables with more than 10 million steps of enumeration
/// (about two seconds) or eight rows on their shorter side are simulated.
/// **Source.** Freeman & Halton (1951), Biometrika 38:141; Mehta & Patel (1983), J Am Stat Assoc 78:427.
/// **Checked against** `fisher.test`, in `tests/reference/groups.rs`.
pub fn fisher_exact_table(table: &[Vec<usize>], seed: u64) -> FisherTest {
    let table = without_empty(table);
    match (table.len(), table.first().map_or(0, Vec::len)) {
        (0 | 1, _) | (_, 0 | 1) => FisherTest::certain(),
        (_, 2) => {
            let pairs: Vec<(usize, usize)> = table.iter().map(|row| (row[0], row[1])).collect();
            fisher_exact(&pairs, seed)
        }
        (2, _) => {
            let pairs = table[0].iter().zip(&table[1]);
            fisher_exact(&pairs.map(|(&a, &b)| (a, b)).collect::<Vec<_>>(), seed)
        }
        _ => Levels::new(&table)
            .and_then(Levels::enumerate)
            .unwrap_or_else(|| simulate(&table, seed)),
    }
}

/// The table without its empty rows and columns, the shorter side in rows.
fn without_empty(table: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let width = table.first().map_or(0, Vec::len);
    let kept: Vec<usize> = (0..width)
        .filter(|&j| table.iter().any(|row| row[j] > 0))
        .collect();
    let rows: Vec<Vec<usize>> = (table.iter())
        .filter(|row| row.iter().any(|&count| count > 0))
        .map(|row| kept.iter().map(|&j| row[j]).collect())
        .collect();
    if rows.len() <= kept.len() {
        return rows;
    }
    (0..kept.len())
        .map(|j| rows.iter().map(|row| row[j]).collect())
        .collect()
}

/// What is left of the rows, in ascending order after zeros: the order does not matter to what can follow.
type Node = [u16; MAX_ROWS];

/// The network of Mehta & Patel: one level a column.
struct Levels {
    rows: Node,
    columns: Vec<u16>,
    /// Σ −ln n! over the observed cells.
    observed: f64,
    ln_factorials: Vec<f64>,
    /// Largest and smallest weight of what can follow a node at a level.
    bounds: Vec<HashMap<Node, (f64, f64)>>,
    steps: usize,
}

impl Levels {
    /// `None` when the table is too large to begin with.
    fn new(table: &[Vec<usize>]) -> Option<Self> {
        let n: usize = table.iter().flatten().sum();
        if table.len() > MAX_ROWS || n > MAX_SUBJECTS {
            return None;
        }
        let mut rows: Node = [0; MAX_ROWS];
        for (left, row) in rows.iter_mut().zip(table) {
            *left = row.iter().sum::<usize>() as u16;
        }
        rows.sort_unstable();
        let column = |j: usize| table.iter().map(|row| row[j] as u16).sum();
        let mut columns: Vec<u16> = (0..table[0].len()).map(column).collect();
        // The largest first: the most is decided early.
        columns.sort_unstable_by(|a, b| b.cmp(a));
        let ln_factorials: Vec<f64> = (0..=n).map(ln_factorial).collect();
        let cells = table.iter().flatten();
        Some(Self {
            observed: -cells.map(|&count| ln_factorials[count]).sum::<f64>(),
            bounds: vec![HashMap::new(); columns.len()],
            steps: 0,
            rows,
            columns,
            ln_factorials,
        })
    }

    fn ln(&self, count: u16) -> f64 {
        self.ln_factorials[usize::from(count)]
    }

    /// ln of the sum of the weights of all that can follow a node.
    fn total(&self, level: usize, node: &Node) -> f64 {
        let n: u16 = node.iter().sum();
        let sum = |counts: &[u16]| counts.iter().map(|&count| self.ln(count)).sum::<f64>();
        self.ln(n) - sum(node) - sum(&self.columns[level..])
    }

    /// `None` when the steps run out.
    fn enumerate(mut self) -> Option<FisherTest> {
        let limit = self.observed + EQUAL;
        let all = self.total(0, &self.rows);
        let mut p_value = 0.0;
        // Beginnings with the same rest and the same weight (to 1e-10) are one, counted so often.
        let mut beginnings = BTreeMap::from([((self.rows, 0i64), (0.0, 1.0))]);
        for level in 0..self.columns.len() {
            let mut next: BTreeMap<(Node, i64), (f64, f64)> = BTreeMap::new();
            for ((node, _), (past, times)) in beginnings {
                let (longest, shortest) = self.bounds(level, node)?;
                if past + longest <= limit {
                    p_value += times * (past + self.total(level, &node) - all).exp();
                } else if past + shortest <= limit {
                    for (rest, weight) in self.splits(level, node)? {
                        let weight = past + weight;
                        let key = (rest, (weight * 1e10).round() as i64);
                        next.entry(key).or_insert((weight, 0.0)).1 += times;
                    }
                }
            }
            beginnings = next;
        }
        Some(FisherTest {
            p_value: p_value.min(1.0),
            ..FisherTest::certain()
        })
    }

    /// All ways to fill the column of this level: what is left of the rows, and the weight.
    fn splits(&mut self, level: usize, node: Node) -> Option<Vec<(Node, f64)>> {
        let mut found = Vec::new();
        self.fill(0, self.columns[level], 0.0, node, &mut found)?;
        Some(found)
    }

    fn fill(
        &mut self,
        row: usize,
        left: u16,
        weight: f64,
        mut rest: Node,
        found: &mut Vec<(Node, f64)>,
    ) -> Option<()> {
        let own = rest[row];
        if row + 1 == MAX_ROWS {
            self.steps += 1;
            rest[row] = own - left;
            rest.sort_unstable();
            found.push((rest, weight - self.ln(left)));
            return (self.steps <= MAX_STEPS).then_some(());
        }
        let after: u16 = rest[row + 1..].iter().sum();
        for count in left.saturating_sub(after)..=own.min(left) {
            rest[row] = own - count;
            self.fill(row + 1, left - count, weight - self.ln(count), rest, found)?;
        }
        Some(())
    }

    fn bounds(&mut self, level: usize, node: Node) -> Option<(f64, f64)> {
        if level + 1 == self.columns.len() {
            let weight = -node.iter().map(|&count| self.ln(count)).sum::<f64>();
            return Some((weight, weight));
        }
        if let Some(&known) = self.bounds[level].get(&node) {
            return Some(known);
        }
        let (mut longest, mut shortest) = (f64::NEG_INFINITY, f64::INFINITY);
        for (rest, weight) in self.splits(level, node)? {
            let (high, low) = self.bounds(level + 1, rest)?;
            longest = longest.max(weight + high);
            shortest = shortest.min(weight + low);
        }
        self.bounds[level].insert(node, (longest, shortest));
        Some((longest, shortest))
    }
}

/// The share of random tables no more probable than the observed one, itself counted among them.
fn simulate(table: &[Vec<usize>], seed: u64) -> FisherTest {
    let width = table[0].len();
    let n: usize = table.iter().flatten().sum();
    let ln_factorials: Vec<f64> = (0..=n).map(ln_factorial).collect();
    let weight = |cells: &[usize]| -cells.iter().map(|&count| ln_factorials[count]).sum::<f64>();
    let limit = weight(&table.concat()) + EQUAL;
    let rows: Vec<usize> = table.iter().map(|row| row.iter().sum()).collect();
    let mut members: Vec<usize> = (0..width)
        .flat_map(|j| {
            let size = table.iter().map(|row| row[j]).sum();
            std::iter::repeat_n(j, size)
        })
        .collect();
    let draws = (MAX_PLACED / n.max(1)).clamp(DRAWS.1, DRAWS.0);
    let mut rng = Rng::new(seed);
    let mut extreme = 0;
    let mut cells = vec![0; rows.len() * width];
    for _ in 0..draws {
        rng.shuffle(&mut members);
        cells.fill(0);
        let mut dealt = members.iter();
        for (i, &size) in rows.iter().enumerate() {
            for &j in dealt.by_ref().take(size) {
                cells[i * width + j] += 1;
            }
        }
        extreme += usize::from(weight(&cells) <= limit);
    }
    share_of_draws(extreme, draws)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_alone_is_one_of_six_tables() {
        // Each of three subjects in a row and a column of its own: 3! tables, all as probable.
        let diagonal = [vec![1, 0, 0], vec![0, 1, 0], vec![0, 0, 1]];
        assert!((fisher_exact_table(&diagonal, 1).p_value - 1.0).abs() < 1e-12);
        // Two each: 6! / 8 … 90 deals of the columns to the rows, 6 of them the diagonal or a rearrangement.
        let diagonal = [vec![2, 0, 0], vec![0, 2, 0], vec![0, 0, 2]];
        let p_value = fisher_exact_table(&diagonal, 1).p_value;
        assert!((p_value - 6.0 / 90.0).abs() < 1e-12, "{p_value}");
    }

    #[test]
    fn simulated_tables_come_near_the_enumerated_ones() {
        let table = [vec![3, 0, 6], vec![1, 4, 1], vec![2, 5, 0]];
        let exact = Levels::new(&table)
            .and_then(Levels::enumerate)
            .unwrap()
            .p_value;
        let drawn = simulate(&table, 7);
        let std_err = drawn.std_err.unwrap();
        assert!((drawn.p_value - exact).abs() < 4.0 * std_err);
        assert!((std_err - (exact * (1.0 - exact) / 1e5).sqrt()).abs() < 0.2 * std_err);
    }

    #[test]
    fn too_large_a_table_is_simulated_and_says_so() {
        let table: Vec<Vec<usize>> = (0..6)
            .map(|i| (0..6).map(|j| 40 + i * j).collect())
            .collect();
        let test = fisher_exact_table(&table, 7);
        assert!(test.draws.is_some() && test.std_err.is_some());
    }

    #[test]
    fn empty_rows_and_columns_say_nothing() {
        let table = [vec![3, 0, 1], vec![0, 0, 0], vec![1, 0, 3]];
        let pair = fisher_exact(&[(3, 1), (1, 3)], 1);
        assert_eq!(fisher_exact_table(&table, 1), pair);
        assert_eq!(fisher_exact_table(&[vec![3, 4]], 1).p_value, 1.0);
    }
}
