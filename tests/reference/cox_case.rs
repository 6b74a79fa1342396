//! The models of the reference: from a formula of R to rows and columns.

use oncurve::stats::{CoxData, CoxError, CoxModel, CoxSettings, Ties, cox_model};
use serde_json::Value;

use crate::data::{DataSet, Rows, text};

/// One model with its data.
pub struct Model {
    source: DataSet,
    pub rows: Rows,
    pub covariates: Vec<Vec<f64>>,
    /// The columns of each term.
    pub terms: Vec<Vec<usize>>,
    pub strata: Option<Vec<usize>>,
    /// Names of the strata, by code.
    pub strata_names: Vec<String>,
    pub cluster: Option<Vec<usize>>,
    pub weights: Option<Vec<f64>>,
    pub offset: Option<Vec<f64>>,
    pub settings: CoxSettings,
}

impl Model {
    /// The model of a case with `formula`, `ties` and `weighted`.
    pub fn of(case: &Value) -> Self {
        let data = DataSet::load(text(case, "data"));
        let formula = text(case, "formula");
        let rows = data.rows(formula);
        let special = |name: &str| {
            let rest = formula.split_once(&format!("{name}("))?.1;
            Some(rest.split_once(')').unwrap().0)
        };
        let stratum = special("strata");
        // A stratum that interacts is a factor without an effect of its own.
        let interacts = formula.contains("*strata(");
        let text_of = |term: &str| match stratum {
            Some(column) => {
                term.replace(&format!("strata({column})"), &format!("factor({column})"))
            }
            None => term.to_string(),
        };
        let plain: Vec<String> = formula
            .split('+')
            .map(str::trim)
            .filter(|term| {
                !["strata(", "cluster(", "offset("]
                    .iter()
                    .any(|s| term.starts_with(s))
            })
            .map(text_of)
            .collect();
        let mut covariates = data.model_matrix(&plain.join(" + "), &rows.rows);
        let mut terms = terms_of(&data, &plain, &rows.rows);
        if interacts {
            let own = terms.remove(1);
            covariates.drain(own[0]..=own[own.len() - 1]);
            for column in terms.iter_mut().skip(1).flatten() {
                *column -= own.len();
            }
        }
        let labels = |column: &str| labels(&data, column, &rows.rows);
        let (strata, strata_names) = stratum.map(labels).unzip();
        let offset = special("offset").map(|offset| {
            let (factor, column) = offset.split_once('*').unwrap();
            let factor: f64 = factor.trim().parse().unwrap();
            let values = data.model_matrix(column.trim(), &rows.rows).remove(0);
            values.into_iter().map(|x| factor * x).collect()
        });
        let settings = CoxSettings {
            ties: match text(case, "ties") {
                "efron" => Ties::Efron,
                "breslow" => Ties::Breslow,
                "exact" => Ties::Exact,
                other => panic!("{other}"),
            },
            conf_level: 0.95,
            robust: case["result"]["robust"] == true,
        };
        Self {
            source: data.clone(),
            weights: (case["weighted"] == true).then(|| data.weights(&rows.rows)),
            cluster: special("cluster").map(labels).map(|(codes, _)| codes),
            strata_names: strata_names.unwrap_or_default(),
            covariates,
            rows,
            terms,
            strata,
            offset,
            settings,
        }
    }

    /// The codes of a column, by row.
    pub fn labels(&self, column: &str) -> Vec<usize> {
        labels(&self.source, column, &self.rows.rows).0
    }

    pub fn data(&self) -> CoxData<'_> {
        CoxData {
            time: &self.rows.time,
            event: &self.rows.event,
            covariates: &self.covariates,
            start: self.rows.entry.as_deref(),
            strata: self.strata.as_deref(),
            weights: self.weights.as_deref(),
            cluster: self.cluster.as_deref(),
            offset: self.offset.as_deref(),
        }
    }

    pub fn fit(&self) -> Result<CoxModel, CoxError> {
        cox_model(&self.data(), self.settings)
    }
}

/// The columns of each term, main effects before interactions.
fn terms_of(data: &DataSet, formula: &[String], rows: &[usize]) -> Vec<Vec<usize>> {
    let mut main: Vec<usize> = Vec::new();
    let mut interactions = Vec::new();
    for term in formula {
        let widths: Vec<usize> = term
            .split('*')
            .map(|factor| data.model_matrix(factor.trim(), rows).len())
            .collect();
        main.extend(&widths);
        if let [a, b] = widths[..] {
            interactions.push(a * b);
        }
    }
    let mut first = 0;
    let widths = main.into_iter().chain(interactions);
    widths
        .map(|width| {
            first += width;
            (first - width..first).collect()
        })
        .collect()
}

/// A code for each row, in the order of R's levels, with the names of the codes.
fn labels(data: &DataSet, column: &str, rows: &[usize]) -> (Vec<usize>, Vec<String>) {
    if let Some(levels) = data.levels(column) {
        let names = levels.into_iter().map(String::from).collect();
        return (data.codes(column, rows), names);
    }
    let numbers = data.model_matrix(column, rows).remove(0);
    let mut distinct = numbers.clone();
    distinct.sort_by(f64::total_cmp);
    distinct.dedup();
    let codes = numbers
        .iter()
        .map(|x| distinct.iter().position(|d| d == x).unwrap());
    let names = distinct.iter().map(|x| format!("{column}={x}")).collect();
    (codes.collect(), names)
}
