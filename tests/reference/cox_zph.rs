//! The test of proportional hazards against `cox.zph`.

use oncurve::stats::TimeTransform;

use crate::compare::{Tally, number};
use crate::cox_case::Model;
use crate::data::{cases, expected, text};
use crate::differences::Difference;

/// R tests at coefficients up to 6e-8 from the maximum, see `cox.rs`.
const STOPPED: f64 = 1e-7;

#[test]
pub fn tests_of_proportional_hazards_equal_cox_zph() {
    let file = expected("cox_zph");
    let mut tally =
        Tally::new("Tests of proportional hazards", &file, STOPPED).against("survival", "cox.zph");
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
                let reason = test.is_none().then_some(Difference::NoVarianceOfConstants);
                let statistic = test.map(|t| t.statistic);
                tally.close_or(reason, statistic, &theirs["chisq"][row], || at(row));
                if test.is_some() {
                    tally.close(test.map(|t| t.df as f64), &theirs["df"][row], || at(row));
                    tally.close(test.map(|t| t.p_value), &theirs["p"][row], || at(row));
                }
            }
        }
    }
    tally.expect(Difference::NoVarianceOfConstants);
    tally.finish(10_000);
}

/// Rounding of the same sums and the last Newton step, in curves that cross 0.
const CONVERGED: f64 = 1e-8;

/// The rows that the script picks of `n`: twelve evenly spread ones.
fn some(n: usize) -> Vec<usize> {
    let step = (n - 1) as f64 / 11.0;
    (0..12)
        .map(|k| (k as f64 * step + 1.0).round_ties_even() as usize - 1)
        .collect()
}

#[test]
pub fn points_and_smooths_equal_plot_cox_zph() {
    let file = expected("cox_zph_smooth");
    let mut tally = Tally::new("Smoothed Schoenfeld residuals", &file, CONVERGED)
        .against("survival", "plot of cox.zph");
    for case in cases(&file) {
        let mut model = Model::of(case);
        // R's weights are robust without being asked for; errors of coefficients do not enter here.
        model.settings.robust = false;
        let transform = match text(case, "transform") {
            "km" => TimeTransform::KaplanMeier,
            _ => TimeTransform::Log,
        };
        let ours = model
            .fit()
            .unwrap()
            .proportionality(transform, &model.terms)
            .unwrap();
        let at = |part: &str| format!("{} {} {part}", text(case, "id"), case["transform"]);
        assert_eq!(
            Some(ours.x.len() as f64),
            number(&case["n"]),
            "{}",
            at("events")
        );
        for (k, row) in some(ours.x.len()).into_iter().enumerate() {
            tally.close(Some(ours.time[row]), &case["time"][k], || at("time"));
            tally.close(Some(ours.x[row]), &case["x"][k], || at("x"));
            for (term, theirs) in ours.terms.iter().zip(case["terms"].as_array().unwrap()) {
                // Tied events have the order of the rows here, and often the reverse in R.
                let theirs = &theirs["y"][k];
                let far =
                    |y: &Option<f64>| (y.unwrap_or(0.0) - number(theirs).unwrap_or(0.0)).abs();
                let tied = (0..ours.x.len()).filter(|&i| ours.x[i] == ours.x[row]);
                let y = tied
                    .map(|i| term.y[i])
                    .min_by(|a, b| far(a).total_cmp(&far(b)))
                    .unwrap();
                tally.close(y, theirs, || at("y"));
            }
        }
        for (term, theirs) in ours.terms.iter().zip(case["terms"].as_array().unwrap()) {
            for (k, point) in some(40).into_iter().enumerate() {
                let point = &term.smooth[point];
                tally.close(Some(point.estimate), &theirs["estimate"][k], || {
                    at("smooth")
                });
                tally.close(Some(point.std_err), &theirs["std_err"][k], || at("std_err"));
                assert!(point.conf_low < point.estimate && point.estimate < point.conf_high);
            }
        }
    }
    tally.finish(2_000);
}
