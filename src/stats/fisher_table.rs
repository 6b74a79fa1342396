//! Fisher's exact test of tables with more than two rows and columns.

use std::collections::{BTreeMap, HashMap};

use super::contingency::{FisherTest, fisher_exact, share_of_draws};
use crate::math::{Rng, ln_factorial};

/// Relative difference up to which probabilities of tables are equal (`fisher.test` of R).
const EQUAL: f64 = 1e-7;

/// Steps of the enumeration before giving up on it; about two seconds.
const MAX_STEPS: usize = 20_000_000;

/// Subjects placed in all simulated tables together; about half a second.
const MAX_PLACED: usize = 50_000_000;

/// Tables simulated when there are too many to enumerate, and never fewer than the second.
const DRAWS: (usize, usize) = (100_000, 1_000);

/// Fisher's exact test of an r × c table, by Freeman & Halton: rows of counts.
///
/// **Conventions.** Empty rows and columns say nothing and are left out. Probabilities within 1e-7 of the observed
/// one are equal to it, as in R. Tables that cannot be enumerated in about two seconds are simulated.
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
        _ => Levels::new(&table).enumerate().unwrap_or_else(|| simulate(&table, seed)),
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

/// What is left of the rows, in ascending order: the order does not matter to what can follow.
type Node = Vec<u32>;

/// The network of Mehta & Patel: one level a column.
struct Levels {
    rows: Node,
    columns: Vec<u32>,
    /// Σ −ln n! over the observed cells.
    observed: f64,
    /// ln of the sum of the weights of all tables.
    all: f64,
    ln_factorials: Vec<f64>,
    /// Largest and smallest weight of what can follow a node at a level.
    bounds: HashMap<(usize, Node), (f64, f64)>,
    steps: usize,
}

impl Levels {
    fn new(table: &[Vec<usize>]) -> Self {
        let mut rows: Node = table.iter().map(|row| row.iter().sum::<usize>() as u32).collect();
        rows.sort_unstable();
        let mut columns: Vec<u32> = (0..table[0].len())
            .map(|j| table.iter().map(|row| row[j] as u32).sum())
            .collect();
        // The largest first: the most is decided early.
        columns.sort_unstable_by(|a, b| b.cmp(a));
        let n: u32 = rows.iter().sum();
        let ln_factorials: Vec<f64> = (0..=n as usize).map(ln_factorial).collect();
        let cells = table.iter().flatten();
        let mut levels = Self {
            observed: -cells.map(|&count| ln_factorials[count]).sum::<f64>(),
            all: 0.0,
            bounds: HashMap::new(),
            steps: 0,
            rows,
            columns,
            ln_factorials,
        };
        levels.all = levels.total(0, &levels.rows);
        levels
    }

    /// ln of the sum of the weights of all that can follow a node.
    fn total(&self, level: usize, node: &[u32]) -> f64 {
        let ln = |count: &u32| self.ln_factorials[*count as usize];
        let n: u32 = node.iter().sum();
        ln(&n) - node.iter().map(ln).sum::<f64>() - self.columns[level..].iter().map(ln).sum::<f64>()
    }

    /// `None` when the steps run out.
    fn enumerate(mut self) -> Option<FisherTest> {
        let limit = self.observed + EQUAL;
        let mut p_value = 0.0;
        // Beginnings with the same rest and the same weight are one, counted so often. The weight is a key to 1e-10.
        let mut beginnings = BTreeMap::from([((self.rows.clone(), 0i64), (0.0, 1.0))]);
        for level in 0..self.columns.len() {
            let mut next: BTreeMap<(Node, i64), (f64, f64)> = BTreeMap::new();
            for ((node, _), (past, times)) in beginnings {
                let (longest, shortest) = self.bounds(level, &node)?;
                if past + longest <= limit {
                    p_value += times * (past + self.total(level, &node) - self.all).exp();
                } else if past + shortest <= limit {
                    for (rest, weight) in self.splits(level, &node)? {
                        let weight = past + weight;
                        let key = (rest, (weight * 1e10).round() as i64);
                        next.entry(key).or_insert((weight, 0.0)).1 += times;
                    }
                }
            }
            beginnings = next;
        }
        // What is left are whole tables; those of the last level have been counted through their bounds.
        for (weight, times) in beginnings.into_values() {
            if weight <= limit {
                p_value += times * (weight - self.all).exp();
            }
        }
        Some(FisherTest {
            p_value: p_value.min(1.0),
            ..FisherTest::certain()
        })
    }

    /// All ways to fill the column of this level: what is left of the rows, and the weight.
    fn splits(&mut self, level: usize, node: &Node) -> Option<Vec<(Node, f64)>> {
        let mut found = Vec::new();
        let mut rest = node.clone();
        self.fill(0, self.columns[level], 0.0, &mut rest, &mut found)?;
        Some(found)
    }

    fn fill(
        &mut self,
        row: usize,
        left: u32,
        weight: f64,
        rest: &mut Node,
        found: &mut Vec<(Node, f64)>,
    ) -> Option<()> {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return None;
        }
        if row + 1 == rest.len() {
            let mut node = rest.clone();
            node[row] -= left;
            node.sort_unstable();
            found.push((node, weight - self.ln_factorials[left as usize]));
            return Some(());
        }
        let after: u32 = rest[row + 1..].iter().sum();
        let own = rest[row];
        for count in left.saturating_sub(after)..=own.min(left) {
            rest[row] = own - count;
            let weight = weight - self.ln_factorials[count as usize];
            self.fill(row + 1, left - count, weight, rest, found)?;
        }
        rest[row] = own;
        Some(())
    }

    fn bounds(&mut self, level: usize, node: &Node) -> Option<(f64, f64)> {
        if level + 1 == self.columns.len() {
            let weight = -node.iter().map(|&count| self.ln_factorials[count as usize]).sum::<f64>();
            return Some((weight, weight));
        }
        let key = (level, node.clone());
        if let Some(&known) = self.bounds.get(&key) {
            return Some(known);
        }
        let (mut longest, mut shortest) = (f64::NEG_INFINITY, f64::INFINITY);
        for (rest, weight) in self.splits(level, node)? {
            let (high, low) = self.bounds(level + 1, &rest)?;
            longest = longest.max(weight + high);
            shortest = shortest.min(weight + low);
        }
        self.bounds.insert(key, (longest, shortest));
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
        let exact = Levels::new(&table).enumerate().unwrap().p_value;
        let drawn = simulate(&table, 7);
        let std_err = drawn.std_err.unwrap();
        assert!((drawn.p_value - exact).abs() < 4.0 * std_err);
        assert!((std_err - (exact * (1.0 - exact) / 1e5).sqrt()).abs() < 0.2 * std_err);
    }

    #[test]
    fn too_large_a_table_is_simulated_and_says_so() {
        let table: Vec<Vec<usize>> = (0..6).map(|i| (0..6).map(|j| 40 + i * j).collect()).collect();
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
