//! Residuals of Cox models against R.

use oncurve::stats::{CoxTermStatus, Ties};
use serde_json::Value;

use crate::compare::{Tally, number};
use crate::cox_case::Model;
use crate::data::{cases, expected, text};
use crate::differences::Difference;

/// R's coefficients are up to 6e-8 from the maximum, see `cox.rs`. Of the 724,074 values that `trim.py FOLDER all` carries
/// four are further off, to 5e-10 in all: residuals of the only patient of a level, 0 at the maximum.
const STOPPED: f64 = 2e-7;

#[test]
pub fn residuals_equal_those_of_coxph() {
    let file = expected("cox_residuals");
    let mut tally =
        Tally::new("Residuals of Cox models", &file, STOPPED).against("survival", "residuals");
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
            let instead = |j: usize| {
                let linear =
                    ["martingale", "deviance", "linear_predictor"].contains(&name.as_str());
                if linear {
                    let deviance = entries && name == "deviance";
                    return deviance.then(|| {
                        let residuals = ours.martingale.iter().zip(&model.rows.event);
                        let worked_out = residuals.map(|(&m, &event)| deviance_of(m, event));
                        (Difference::DevianceOfExactEntries, worked_out.collect())
                    });
                }
                let collinear = fitted.fit.terms[j].status == CoxTermStatus::Collinear;
                collinear.then(|| {
                    let n = number(&theirs["n"]).unwrap() as usize;
                    (Difference::CollinearResiduals, vec![0.0; n])
                })
            };
            let Some(ours) = by_name(name) else {
                panic!("{} {name}: none here", case["id"]);
            };
            compare(&mut tally, case, name, instead, &ours, theirs);
        }
    }
    tally.expect(Difference::DevianceOfExactEntries);
    tally.expect(Difference::CollinearResiduals);
    tally.finish(30_000);
}

/// A deviance residual by its definition.
fn deviance_of(martingale: f64, event: bool) -> f64 {
    let log = if event { (1.0 - martingale).ln() } else { 0.0 };
    martingale.signum() * (-2.0 * (martingale + log)).max(0.0).sqrt()
}

fn sum_of_squares(values: &[f64]) -> f64 {
    values.iter().map(|x| x * x).sum()
}

/// Values of some rows, and the sum of squares of all; `instead` has those of a column that differs.
fn compare(
    tally: &mut Tally,
    case: &Value,
    name: &str,
    instead: impl Fn(usize) -> Option<(Difference, Vec<f64>)>,
    ours: &[Vec<f64>],
    theirs: &Value,
) {
    let n = number(&theirs["n"]).unwrap() as usize;
    assert_eq!(ours[0].len(), n, "{} {name}", case["id"]);
    for (j, column) in ours.iter().enumerate() {
        let at = |row: &dyn std::fmt::Display| format!("{} {name} {j} {row}", text(case, "id"));
        // Relative to the size of the column: single residuals may be 0 but for rounding.
        let squares = sum_of_squares(column);
        let instead = instead(j);
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
            let instead = (instead.as_ref()).map(|(reason, all)| (*reason, Some(all[row] / size)));
            tally.close_or_instead(
                instead,
                Some(column[row] / size),
                &serde_json::json!(scaled),
                || at(&row),
            );
        }
        let instead = instead.map(|(reason, all)| (reason, Some(sum_of_squares(&all))));
        tally.close_or_instead(instead, Some(squares), &theirs["squares"][j], || {
            at(&"squares")
        });
    }
}
