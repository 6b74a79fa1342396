//! The data sets, and as much of R's formulas as the cases use.

use std::collections::HashMap;
use std::path::PathBuf;

use oncurve::stats::QuantileType;
use serde_json::Value;

/// R's definitions of a quantile, in its order.
pub const QUANTILE_TYPES: [QuantileType; 9] = [
    QuantileType::Type1,
    QuantileType::Type2,
    QuantileType::Type3,
    QuantileType::Type4,
    QuantileType::Type5,
    QuantileType::Type6,
    QuantileType::Type7,
    QuantileType::Type8,
    QuantileType::Type9,
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference")
}

/// A file of `expected/`.
pub fn expected(name: &str) -> Value {
    let path = folder().join("expected").join(format!("{name}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
    serde_json::from_str(&text).unwrap()
}

/// Its cases.
pub fn cases(file: &Value) -> &[Value] {
    file["cases"].as_array().unwrap()
}

/// A string field of a case.
pub fn text<'a>(case: &'a Value, field: &str) -> &'a str {
    case[field].as_str().unwrap()
}

/// A data set with the roles and factor levels of its columns.
#[derive(Clone)]
pub struct DataSet {
    columns: HashMap<String, Vec<String>>,
    n: usize,
    about: Value,
}

/// The follow-up of the rows that a case uses.
pub struct Rows {
    /// Positions in the data set.
    pub rows: Vec<usize>,
    pub time: Vec<f64>,
    pub event: Vec<bool>,
    pub entry: Option<Vec<f64>>,
}

impl DataSet {
    pub fn load(name: &str) -> Self {
        let folder = folder().join("data");
        let roles = std::fs::read_to_string(folder.join("roles.json")).unwrap();
        let mut roles: Value = serde_json::from_str(&roles).unwrap();
        let csv = std::fs::read_to_string(folder.join(format!("{name}.csv"))).unwrap();
        let mut lines = csv.lines().map(|line| line.split(','));
        let headings: Vec<&str> = lines.next().unwrap().collect();
        let mut columns: HashMap<String, Vec<String>> = HashMap::new();
        for line in lines {
            for (heading, cell) in headings.iter().zip(line) {
                let column = columns.entry(heading.to_string()).or_default();
                column.push(cell.to_string());
            }
        }
        Self {
            n: columns[headings[0]].len(),
            columns,
            about: roles[name].take(),
        }
    }

    fn role(&self, role: &str) -> Option<&str> {
        self.about["roles"][role].as_str()
    }

    fn number(&self, column: &str, row: usize) -> f64 {
        let cell = &self.columns[column][row];
        cell.parse().unwrap_or_else(|_| panic!("{column}: {cell}"))
    }

    /// The rows that have a value in every column of `formula`.
    pub fn rows(&self, formula: &str) -> Rows {
        let (time, status) = (self.role("time").unwrap(), self.role("status").unwrap());
        let start = self.role("start");
        let mut used = self.variables(formula);
        used.extend([time, status]);
        used.extend(start);
        let rows = self.complete(&used);
        let numbers = |column: &str| rows.iter().map(|&i| self.number(column, i)).collect();
        let status: Vec<f64> = numbers(status);
        Rows {
            time: numbers(time),
            event: status.iter().map(|&status| status == 1.0).collect(),
            entry: start.map(numbers),
            rows,
        }
    }

    /// The rows that have a value in all these columns.
    pub fn complete(&self, columns: &[&str]) -> Vec<usize> {
        let complete = |&row: &usize| columns.iter().all(|&c| !self.columns[c][row].is_empty());
        (0..self.n).filter(complete).collect()
    }

    fn variables<'a>(&self, formula: &'a str) -> Vec<&'a str> {
        formula
            .split([' ', '+', '*', '(', ')'])
            .filter(|word| self.columns.contains_key(*word))
            .collect()
    }

    /// Weights of these rows.
    pub fn weights(&self, rows: &[usize]) -> Vec<f64> {
        let weight = self.role("weight").unwrap();
        rows.iter().map(|&i| self.number(weight, i)).collect()
    }

    /// Levels of a factor, in order.
    pub fn levels(&self, factor: &str) -> Option<Vec<&str>> {
        let levels = self.about["factors"][factor].as_array()?;
        Some(levels.iter().map(|level| level.as_str().unwrap()).collect())
    }

    /// Level of each of these rows, counted from 0.
    pub fn codes(&self, factor: &str, rows: &[usize]) -> Vec<usize> {
        let levels = self.levels(factor).unwrap();
        let code = |&i: &usize| levels.iter().position(|l| *l == self.columns[factor][i]);
        rows.iter().map(|i| code(i).unwrap()).collect()
    }

    /// R's name of the stratum of each row: "group=A, site=s1", or "all" for the formula "1".
    pub fn strata(&self, formula: &str, rows: &[usize]) -> Vec<String> {
        let variables = self.variables(formula);
        let name = |&i: &usize| {
            let parts = variables
                .iter()
                .map(|v| format!("{v}={}", self.columns[*v][i]));
            parts.collect::<Vec<_>>().join(", ")
        };
        if variables.is_empty() {
            return vec!["all".to_string(); rows.len()];
        }
        rows.iter().map(name).collect()
    }

    /// The model matrix of `formula`, without the intercept, in R's order: treatment contrasts,
    /// main effects before interactions.
    pub fn model_matrix(&self, formula: &str, rows: &[usize]) -> Vec<Vec<f64>> {
        let mut main: Vec<&str> = Vec::new();
        let mut interactions = Vec::new();
        for term in formula.split('+').map(str::trim) {
            let factors: Vec<&str> = term.split('*').map(str::trim).collect();
            main.extend(&factors);
            if let [a, b] = factors[..] {
                interactions.push((a, b));
            }
        }
        let mut matrix: Vec<Vec<f64>> = main
            .iter()
            .flat_map(|term| self.columns_of(term, rows))
            .collect();
        for (a, b) in interactions {
            let a = self.columns_of(a, rows);
            for b in self.columns_of(b, rows) {
                let products = a
                    .iter()
                    .map(|a| a.iter().zip(&b).map(|(a, b)| a * b).collect());
                matrix.extend(products.collect::<Vec<Vec<f64>>>());
            }
        }
        matrix
    }

    fn columns_of(&self, term: &str, rows: &[usize]) -> Vec<Vec<f64>> {
        let argument = |function: &str| {
            let rest = term.strip_prefix(function)?.strip_prefix('(')?;
            rest.strip_suffix(')')
        };
        let numbers =
            |column: &str| -> Vec<f64> { rows.iter().map(|&i| self.number(column, i)).collect() };
        if let Some(column) = argument("log") {
            return vec![numbers(column).into_iter().map(f64::ln).collect()];
        }
        if let Some(column) = argument("factor") {
            let values = numbers(column);
            let mut levels = values.clone();
            levels.sort_by(f64::total_cmp);
            levels.dedup();
            let dummy = |&level: &f64| values.iter().map(|&x| f64::from(x == level)).collect();
            return levels[1..].iter().map(dummy).collect();
        }
        match self.levels(term) {
            Some(levels) => {
                let codes = self.codes(term, rows);
                let dummy = |level| codes.iter().map(|&c| f64::from(c == level)).collect();
                (1..levels.len()).map(dummy).collect()
            }
            None => vec![numbers(term)],
        }
    }
}
