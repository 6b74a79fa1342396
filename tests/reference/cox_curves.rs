//! Baseline hazards and predicted survival of Cox models against R.

use oncurve::stats::{ConfType, PredictedCurve, PredictedStep};
use serde_json::Value;

use crate::compare::{Tally, number, numbers};
use crate::cox_case::Model;
use crate::data::{cases, expected, text};

/// R's coefficients are up to 6e-8 from the maximum, see `cox.rs`.
const STOPPED: f64 = 1e-8;

/// The step of a curve at `time`.
fn at(curve: &PredictedCurve, time: f64) -> Option<&PredictedStep> {
    let after = curve
        .steps
        .partition_point(|step| step.time <= time * (1.0 + 1e-9));
    curve.steps.get(after.checked_sub(1)?)
}

#[test]
pub fn baseline_hazards_equal_basehaz() {
    let file = expected("cox_curves");
    let mut tally =
        Tally::new("Baseline hazard of Cox models", &file, STOPPED).against("survival", "basehaz");
    for case in cases(&file)
        .iter()
        .filter(|case| !case["basehaz"].is_null())
    {
        let model = Model::of(case);
        let fitted = model.fit().unwrap();
        let size = model.covariates.len();
        let theirs = &case["basehaz"];
        let means: Vec<f64> = numbers(&case["means"]).into_iter().flatten().collect();
        for (profile, field) in [
            (vec![0.0; size], "hazard_uncentered"),
            (means, "hazard_centered"),
        ] {
            let Some(curves) = fitted.predict(&profile, ConfType::Log) else {
                // At 0 the risk may be beyond numbers.
                assert!(
                    numbers(&theirs[field])
                        .iter()
                        .any(|h| h.is_none_or(|h| h < 1e-300))
                );
                continue;
            };
            for (row, time) in numbers(&theirs["time"]).into_iter().enumerate() {
                let name = theirs["strata"][row].as_str();
                let code = name.map_or(0, |name| {
                    model.strata_names.iter().position(|n| n == name).unwrap()
                });
                let curve = curves.iter().find(|curve| curve.stratum == code).unwrap();
                let hazard = at(curve, time.unwrap()).map(|step| step.cum_hazard);
                tally.close(hazard, &theirs[field][row], || {
                    format!("{} {field} {row}", text(case, "id"))
                });
            }
        }
    }
    tally.finish(10_000);
}

#[test]
pub fn predicted_curves_equal_survfit() {
    let file = expected("cox_curves");
    let mut tally = Tally::new("Survival predicted by Cox models", &file, STOPPED)
        .against("survival", "survfit");
    for case in cases(&file)
        .iter()
        .filter(|case| !case["survfit_newdata"].is_null())
    {
        let model = Model::of(case);
        let fitted = model.fit().unwrap();
        let means: Vec<f64> = numbers(&case["means"]).into_iter().flatten().collect();
        let curve = &fitted.predict(&means, ConfType::Log).unwrap()[0];
        let theirs = &case["survfit_at_means"];
        for (row, time) in numbers(&theirs["times"]).into_iter().enumerate() {
            let of = |field: &str| theirs[field][row].clone();
            compare(&mut tally, case, at(curve, time.unwrap()), of);
        }
        let theirs = &case["survfit_newdata"];
        for (k, row) in numbers(&theirs["at_rows"]).into_iter().enumerate() {
            let row = row.unwrap() as usize - 1;
            let place = model.rows.rows.iter().position(|&r| r == row).unwrap();
            let profile: Vec<f64> = model.covariates.iter().map(|x| x[place]).collect();
            let curve = &fitted.predict(&profile, ConfType::LogLog).unwrap()[0];
            for (row, time) in numbers(&theirs["times"]).into_iter().enumerate() {
                let of = |field: &str| theirs[field][row][k].clone();
                compare(&mut tally, case, at(curve, time.unwrap()), of);
            }
        }
    }
    tally.finish(5_000);
}

fn compare(
    tally: &mut Tally,
    case: &Value,
    ours: Option<&PredictedStep>,
    of: impl Fn(&str) -> Value,
) {
    let what = |field: &str| format!("{} {field}", text(case, "id"));
    let survival = ours.map_or(Some(1.0), |step| Some(step.survival));
    tally.close(survival, &of("surv"), || what("survival"));
    let std_err = ours.map_or(Some(0.0), |step| Some(step.std_err));
    tally.close(std_err, &of("se"), || what("se"));
    if survival != Some(1.0) && number(&of("lower")).is_some() {
        tally.close(ours.and_then(|step| step.conf_low), &of("lower"), || {
            what("lower")
        });
        tally.close(ours.and_then(|step| step.conf_high), &of("upper"), || {
            what("upper")
        });
    }
}
