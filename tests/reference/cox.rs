//! Cox models against `coxph`.

use oncurve::stats::{CoxError, CoxFit, CoxTermStatus, Ties, cox, log_rank};
use serde_json::Value;

use crate::compare::{Tally, number, numbers};
use crate::data::{DataSet, cases, expected, text};
use crate::differences::{self, Difference};

/// The figures of coxph stop when the likelihood moves by less than 1e-11 of itself: up to 6e-8 of a
/// coefficient from the maximum, in the collinear set.
const STOPPED: f64 = 1e-7;

/// Both at the maximum; what is left is the rounding of sums over 1,500 subjects.
const CONVERGED: f64 = 1e-9;

/// Why a case of the reference does not apply, if it does not.
fn left_out(case: &Value, data: &DataSet) -> Option<&'static str> {
    let formula = text(case, "formula");
    if data.has_entry() {
        Some("delayed entry and start-stop data are not offered")
    } else if ["strata(", "cluster(", "offset("]
        .iter()
        .any(|term| formula.contains(term))
    {
        Some("strata, clusters and offsets are not offered")
    } else {
        None
    }
}

fn fit(case: &Value, data: &DataSet, level: f64) -> Result<CoxFit, CoxError> {
    let formula = text(case, "formula");
    let rows = data.rows(formula);
    let covariates = data.model_matrix(formula, &rows.rows);
    let ties = match text(case, "ties") {
        "efron" => Ties::Efron,
        _ => Ties::Breslow,
    };
    cox(&rows.time, &rows.event, &covariates, ties, level)
}

#[test]
fn models_equal_coxph() {
    let file = expected("coxph");
    let mut tally = Tally::new("Cox model", &file, STOPPED);
    let mut reasons: Vec<&str> = Vec::new();
    for case in cases(&file) {
        let data = DataSet::load(text(case, "data"));
        if let Some(reason) = left_out(case, &data) {
            reasons.push(reason);
            continue;
        }
        let ours = match fit(case, &data, 0.95) {
            Ok(fit) => fit,
            Err(CoxError::NoEvents) => {
                assert_eq!(
                    number(&case["result"]["nevent"]),
                    Some(0.0),
                    "{}",
                    case["id"]
                );
                continue;
            }
            Err(error) => panic!("{}: {error}", case["id"]),
        };
        assert_eq!(ours.separation, case["diverges"] == true, "{}", case["id"]);
        compare_likelihoods(&mut tally, &ours, case);
        if ours.separation {
            compare_separated(&mut tally, &ours, case);
        } else {
            compare_terms(&mut tally, case, &data);
        }
    }
    reasons.sort_unstable();
    for group in reasons.chunk_by(|a, b| a == b) {
        println!("    {} cases left out: {}", group.len(), group[0]);
    }
    tally.expect(Difference::Separation);
    tally.expect(Difference::WaldInMixedUnits);
    tally.finish(11_400);
}

fn compare_likelihoods(tally: &mut Tally, ours: &CoxFit, case: &Value) {
    let theirs = &case["result"];
    let at = |part: &str| format!("{} {part}", text(case, "id"));
    tally.close(Some(ours.n as f64), &theirs["n"], || at("n"));
    tally.close(Some(ours.n_event as f64), &theirs["nevent"], || {
        at("events")
    });
    let null = Some(ours.log_likelihood_null);
    tally.close(null, &theirs["loglik_null"], || at("null likelihood"));
    tally.close(
        Some(ours.score.statistic),
        &theirs["score_test"]["chisq"],
        || at("score"),
    );
    if !ours.separation {
        tally.close(Some(ours.log_likelihood), &theirs["loglik"], || {
            at("likelihood")
        });
        let ratio = Some(ours.likelihood_ratio.statistic);
        tally.close(ratio, &theirs["lr_test"]["chisq"], || {
            at("likelihood ratio")
        });
        let reason = wald_difference(ours);
        tally.close_or(
            reason,
            ours.wald.map(|test| test.statistic),
            &theirs["wald_test"]["chisq"],
            || at("Wald"),
        );
    }
}

fn wald_difference(ours: &CoxFit) -> Option<Difference> {
    differences::of_wald(ours.terms.iter().filter_map(|term| term.std_err))
}

/// R stops on its way to infinity, with a likelihood below the limit.
fn compare_separated(tally: &mut Tally, ours: &CoxFit, case: &Value) {
    let theirs = number(&case["result"]["loglik"]).unwrap();
    assert!(ours.log_likelihood > theirs - 1e-8, "{}", case["id"]);
    assert_eq!(ours.wald, None);
    for (j, term) in ours.terms.iter().enumerate() {
        let theirs = &case["result"]["coef"][j];
        let reason = Some(Difference::Separation);
        tally.close_or(reason, term.coef, theirs, || case["id"].to_string());
        let estimated = term.status == CoxTermStatus::Estimated;
        assert_eq!(term.hazard_ratio.is_some(), estimated, "{}", case["id"]);
        assert_eq!(term.p_value.is_some(), estimated, "{}", case["id"]);
    }
}

fn compare_terms(tally: &mut Tally, case: &Value, data: &DataSet) {
    let theirs = &case["result"];
    let at = |part: &str| format!("{} {part}", text(case, "id"));
    for (i, interval) in theirs["ci"].as_array().unwrap().iter().enumerate() {
        let level = number(&interval["level"]).unwrap();
        let ours = fit(case, data, level).unwrap();
        assert_eq!(
            ours.terms.len(),
            numbers(&theirs["coef"]).len(),
            "{}",
            at("terms")
        );
        for (j, term) in ours.terms.iter().enumerate() {
            if i == 0 {
                tally.close_tail(term.coef, &theirs["coef"][j], || at("coef"));
                tally.close_tail(term.std_err, &theirs["se"][j], || at("se"));
                tally.close_tail(term.hazard_ratio, &theirs["hr"][j], || at("hr"));
                tally.close_tail(term.statistic, &theirs["z"][j], || at("z"));
                tally.close_tail(term.p_value, &theirs["p"][j], || at("p"));
            }
            tally.close_tail(term.conf_low, &interval["lower"][j], || at("lower"));
            tally.close_tail(term.conf_high, &interval["upper"][j], || at("upper"));
        }
    }
}

#[test]
fn models_equal_coxph_iterated_to_the_end() {
    let file = expected("coxph_converged");
    let mut tally = Tally::new("Cox model at the maximum", &file, CONVERGED);
    for case in cases(&file) {
        let ours = fit(case, &DataSet::load(text(case, "data")), 0.95).unwrap();
        let at = |part: &str| format!("{} {part}", text(case, "id"));
        for (j, term) in ours.terms.iter().enumerate() {
            tally.close_tail(term.coef, &case["coef"][j], || at("coef"));
            // R gives the standard error 0 to a coefficient that it does not estimate.
            let std_err = term.std_err.or(Some(0.0));
            tally.close_tail(std_err, &case["std_err"][j], || at("std_err"));
        }
        let null = Some(ours.log_likelihood_null);
        tally.close(null, &case["log_likelihood"][0], || at("null likelihood"));
        let maximum = Some(ours.log_likelihood);
        tally.close(maximum, &case["log_likelihood"][1], || at("likelihood"));
        tally.close(Some(ours.score.statistic), &case["score"], || at("score"));
        let reason = wald_difference(&ours);
        tally.close_or(
            reason,
            ours.wald.map(|test| test.statistic),
            &case["wald"],
            || at("Wald"),
        );
    }
    tally.finish(2_600);
}

#[test]
fn all_events_in_one_arm_is_separation() {
    let file = expected("golden");
    let case = cases(&file)
        .iter()
        .find(|c| text(c, "kind") == "separation")
        .unwrap();
    let vector = |field: &str| numbers(&case[field]).into_iter().flatten();
    let time: Vec<f64> = vector("time").collect();
    let event: Vec<bool> = vector("event").map(|e| e == 1.0).collect();
    let group: Vec<f64> = vector("group").collect();
    let codes: Vec<usize> = group.iter().map(|&g| g as usize).collect();
    let fit = cox(&time, &event, &[group], Ties::Efron, 0.95).unwrap();
    let mut tally = Tally::new("separation, 7 v 7", &file, CONVERGED);
    let p = log_rank(&time, &event, &codes, 2).p_value;
    tally.close_tail(p, &case["log_rank_p"], || "log-rank p".to_string());
    tally.close(Some(fit.score.statistic), &case["score"], || {
        "score".to_string()
    });
    let ratio = Some(fit.likelihood_ratio.statistic);
    tally.close(ratio, &case["likelihood_ratio"], || {
        "likelihood ratio".to_string()
    });
    assert!(fit.separation && fit.terms[0].hazard_ratio.is_none() && fit.wald.is_none());
    tally.finish(3);
}
