//! Residuals of Cox models against R.

use oncurve::stats::{CoxTermStatus, Ties};
use serde_json::Value;

use crate::compare::{Tally, number};
use crate::cox_case::Model;
use crate::data::{cases, expected, text};
use crate::differences::Difference;

/// R's coefficients are up to 6e-8 from the maximum, see `cox.rs`.
const STOPPED: f64 = 2e-7;

#[test]
fn residuals_equal_those_of_coxph() {
    let file = expected("cox_residuals");
    let mut tally = Tally::new("residuals of Cox models", &file, STOPPED);
    for case in cases(&file) {
        let model = Model::of(case);
        let fitted = model.fit().unwrap();
        let ours = fitted.residuals().unwrap();
        let schoenfeld = fitted.schoenfeld().unwrap();
        let columns = |of: &dyn Fn(usize) -> Vec<f64>| -> Vec<Vec<f64>> {
            (0..fitted.fit.terms.len()).map(of).collect()
        };
        let by_name = |name: &str| match name {
            "martingale" => Some(vec![ours.martingale.clone()]),
            "deviance" => Some(vec![ours.deviance.clone()]),
            "linear_predictor" => Some(vec![ours.linear_predictor.clone()]),
            "score" => ours.score.clone(),
            "dfbeta" => ours.dfbeta.clone(),
            "dfbetas" => ours.dfbetas.clone(),
            "schoenfeld" => Some(columns(&|j| {
                schoenfeld.iter().map(|r| r.residual[j]).collect()
            })),
            "scaledsch" => Some(columns(&|j| {
                schoenfeld.iter().map(|r| r.scaled[j]).collect()
            })),
            other => panic!("{other}"),
        };
        for (name, theirs) in case["residuals"].as_object().unwrap() {
            let entries = model.rows.entry.is_some() && model.settings.ties == Ties::Exact;
            let reason = |j: usize| {
                let linear =
                    ["martingale", "deviance", "linear_predictor"].contains(&name.as_str());
                if linear {
                    let deviance = entries && name == "deviance";
                    return deviance.then_some(Difference::DevianceOfExactEntries);
                }
                let collinear = fitted.fit.terms[j].status == CoxTermStatus::Collinear;
                collinear.then_some(Difference::CollinearResiduals)
            };
            let Some(ours) = by_name(name) else {
                panic!("{} {name}: none here", case["id"]);
            };
            compare(&mut tally, case, name, reason, &ours, theirs);
        }
    }
    tally.expect(Difference::DevianceOfExactEntries);
    tally.expect(Difference::CollinearResiduals);
    tally.finish(30_000);
}

/// Values of some rows, and the sum of squares of all.
fn compare(
    tally: &mut Tally,
    case: &Value,
    name: &str,
    reason: impl Fn(usize) -> Option<Difference>,
    ours: &[Vec<f64>],
    theirs: &Value,
) {
    let n = number(&theirs["n"]).unwrap() as usize;
    assert_eq!(ours[0].len(), n, "{} {name}", case["id"]);
    for (j, column) in ours.iter().enumerate() {
        let at = |row: &dyn std::fmt::Display| format!("{} {name} {j} {row}", text(case, "id"));
        // Relative to the size of the column: single residuals may be 0 but for rounding.
        let squares: f64 = column.iter().map(|x| x * x).sum();
        let size = if squares > 1e-12 * n as f64 {
            (squares / n as f64).sqrt()
        } else {
            1.0
        };
        for (row, values) in theirs["rows"]
            .as_array()
            .unwrap()
            .iter()
            .zip(theirs["values"].as_array().unwrap())
        {
            let row = row.as_u64().unwrap() as usize;
            let scaled = number(&values[j]).map(|x| x / size);
            tally.close_or(
                reason(j),
                Some(column[row] / size),
                &serde_json::json!(scaled),
                || at(&row),
            );
        }
        tally.close_or(reason(j), Some(squares), &theirs["squares"][j], || {
            at(&"squares")
        });
    }
}
