//! The test of proportional hazards against `cox.zph`.

use oncurve::stats::TimeTransform;

use crate::compare::Tally;
use crate::cox_case::Model;
use crate::data::{cases, expected, text};

/// R tests at coefficients up to 6e-8 from the maximum, see `cox.rs`.
const STOPPED: f64 = 1e-6;

#[test]
fn tests_of_proportional_hazards_equal_cox_zph() {
    let file = expected("cox_zph");
    let mut tally = Tally::new("proportional hazards", &file, STOPPED);
    for case in cases(&file) {
        let model = Model::of(case);
        let fitted = model.fit().unwrap();
        let columns: Vec<Vec<usize>> = (0..model.covariates.len()).map(|j| vec![j]).collect();
        for theirs in case["tests"].as_array().unwrap() {
            let terms = if theirs["terms"] == true {
                &model.terms
            } else {
                &columns
            };
            let transform = match text(theirs, "transform") {
                "km" => TimeTransform::KaplanMeier,
                "rank" => TimeTransform::Rank,
                "identity" => TimeTransform::Identity,
                "log" => TimeTransform::Log,
                other => panic!("{other}"),
            };
            let ours = fitted.proportionality(transform, terms);
            let at = |row: usize| format!("{} {} {row}", text(case, "id"), theirs["transform"]);
            let tests = ours.iter().flat_map(|ours| {
                // A collinear covariate has no row in R.
                let terms = ours.terms.iter().filter(|term| !term.columns.is_empty());
                let rows = terms.map(|term| term.test);
                rows.chain([ours.global])
            });
            let tests: Vec<_> = tests.collect();
            let known = theirs["chisq"].as_array().unwrap().len();
            for row in 0..known {
                let test = tests.get(row).copied().flatten();
                tally.close(test.map(|t| t.statistic), &theirs["chisq"][row], || at(row));
                if test.is_some() {
                    tally.close(test.map(|t| t.df as f64), &theirs["df"][row], || at(row));
                }
            }
        }
    }
    tally.finish(10_000);
}
