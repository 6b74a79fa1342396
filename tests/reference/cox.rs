//! Cox models against `coxph`.

use oncurve::stats::{
    Concordance, CoxData, CoxError, CoxFit, CoxModel, CoxTermStatus, CoxTest, Ties, cox, cox_model,
    log_rank,
};
use serde_json::Value;

use crate::compare::{Tally, number, numbers};
use crate::cox_case::Model;
use crate::data::{cases, expected, text};
use crate::differences::{AskedOtherwise, Difference};

/// The figures of coxph stop when the likelihood moves by less than 1e-11 of itself: up to 6e-8 of a
/// coefficient from the maximum, in the collinear set.
const STOPPED: f64 = 1e-7;

/// Both at the maximum; what is left is the rounding of sums over 1,500 subjects.
const CONVERGED: f64 = 1e-9;

/// The search for the limits of R's profile stops at steps of 1e-8.
const SEARCHED: f64 = 1e-8;

#[test]
pub fn models_equal_coxph() {
    let file = expected("coxph");
    let mut tally = Tally::new("Cox model", &file, STOPPED).against("survival", "coxph");
    let otherwise = AskedOtherwise::load();
    for case in cases(&file) {
        let model = Model::of(case);
        let ours = match model.fit() {
            Ok(fitted) => fitted,
            Err(CoxError::NoEvents) => {
                let events = number(&case["result"]["nevent"]);
                assert_eq!(events, Some(0.0), "{}", case["id"]);
                continue;
            }
            Err(error) => panic!("{}: {error}", case["id"]),
        };
        let fit = &ours.fit;
        assert_eq!(fit.separation, case["diverges"] == true, "{}", case["id"]);
        compare_likelihoods(&mut tally, fit, case, &otherwise);
        compare_means(&mut tally, fit, case);
        if fit.separation {
            compare_separated(&mut tally, fit, case);
        } else {
            compare_terms(&mut tally, case, &model, fit);
            compare_covariances(&mut tally, case, &ours);
            compare_concordance(&mut tally, ours.concordance(), case);
        }
        compare_robust(&mut tally, case, &model, &otherwise);
    }
    tally.expect(Difference::Separation);
    tally.expect(Difference::WaldInMixedUnits);
    tally.expect(Difference::RobustScoreWithOffset);
    tally.finish(29_000);
}

fn compare_test(tally: &mut Tally, ours: CoxTest, theirs: &Value, what: impl Fn() -> String) {
    tally.close(Some(ours.statistic), &theirs["chisq"], &what);
    tally.close(Some(ours.df as f64), &theirs["df"], || what() + " df");
    tally.close(Some(ours.p_value), &theirs["p"], || what() + " p");
}

fn compare_likelihoods(tally: &mut Tally, ours: &CoxFit, case: &Value, otherwise: &AskedOtherwise) {
    let theirs = &case["result"];
    let at = |part: &str| format!("{} {part}", text(case, "id"));
    tally.close(Some(ours.n as f64), &theirs["n"], || at("n"));
    let n_event = Some(ours.n_event as f64);
    tally.close(n_event, &theirs["nevent"], || at("events"));
    let null = Some(ours.log_likelihood_null);
    tally.close(null, &theirs["loglik_null"], || at("null likelihood"));
    compare_test(tally, ours.score, &theirs["score_test"], || at("score"));
    if let Some(theirs) = theirs.get("robust_score_test") {
        let ours = ours.robust_score.unwrap();
        compare_test(tally, ours, theirs, || at("robust score"));
    }
    if !ours.separation {
        let maximum = Some(ours.log_likelihood);
        tally.close(maximum, &theirs["loglik"], || at("likelihood"));
        tally.close(Some(ours.aic), &theirs["aic"], || at("AIC"));
        tally.close(Some(ours.bic), &theirs["bic"], || at("BIC"));
        compare_test(tally, ours.likelihood_ratio, &theirs["lr_test"], || {
            at("likelihood ratio")
        });
        let instead = otherwise.of(text(case, "id"));
        let wald = ours.wald.map(|test| test.statistic);
        let theirs = &theirs["wald_test"];
        tally.close_or_instead(instead, wald, &theirs["chisq"], || at("Wald"));
        if instead.is_none() {
            let df = ours.wald.map(|test| test.df as f64);
            tally.close(df, &theirs["df"], || at("Wald df"));
            let p = ours.wald.map(|test| test.p_value);
            tally.close(p, &theirs["p"], || at("Wald p"));
        }
    }
}

fn compare_means(tally: &mut Tally, ours: &CoxFit, case: &Value) {
    for (j, &mean) in ours.means.iter().enumerate() {
        tally.close(Some(mean), &case["result"]["means"][j], || {
            format!("{} mean {j}", case["id"])
        });
    }
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
        let up = term.status == CoxTermStatus::RunsUp;
        let down = term.status == CoxTermStatus::RunsDown;
        assert!(!up || number(theirs).unwrap() > 8.0, "{} {j}", case["id"]);
        assert!(
            !down || number(theirs).unwrap() < -8.0,
            "{} {j}",
            case["id"]
        );
    }
}

fn compare_terms(tally: &mut Tally, case: &Value, model: &Model, fit: &CoxFit) {
    let theirs = &case["result"];
    let at = |part: &str| format!("{} {part}", text(case, "id"));
    let size = numbers(&theirs["coef"]).len();
    assert_eq!(fit.terms.len(), size, "{}", at("terms"));
    let mut column = |part: &str, ours: &dyn Fn(usize) -> Option<f64>| {
        for j in 0..size {
            if let Some(theirs) = theirs.get(part) {
                tally.close_tail(ours(j), &theirs[j], || at(part));
            }
        }
    };
    column("coef", &|j| fit.terms[j].coef);
    // R gives the standard error 0 to a coefficient that it does not estimate.
    let of = |j: usize, std_err: Option<f64>| match fit.terms[j].status {
        CoxTermStatus::Collinear if theirs["se"][j] == 0 => Some(0.0),
        _ => std_err,
    };
    column("se", &|j| of(j, fit.terms[j].std_err));
    column("naive_se", &|j| of(j, fit.terms[j].naive_std_err));
    column("hr", &|j| fit.terms[j].hazard_ratio);
    column("z", &|j| fit.terms[j].statistic);
    column("p", &|j| fit.terms[j].p_value);
    for interval in theirs["ci"].as_array().unwrap() {
        let mut settings = model.settings;
        settings.conf_level = number(&interval["level"]).unwrap();
        let ours = cox_model(&model.data(), settings).unwrap();
        for (j, term) in ours.fit.terms.iter().enumerate() {
            tally.close_tail(term.conf_low, &interval["lower"][j], || at("lower"));
            tally.close_tail(term.conf_high, &interval["upper"][j], || at("upper"));
        }
    }
}

/// Covariances of coefficients, by the standard error of the sum or difference of two that are scaled to a variance of 1.
fn compare_covariances(tally: &mut Tally, case: &Value, ours: &CoxModel) {
    let size = ours.fit.terms.len();
    let theirs = |i: usize, j: usize| number(&case["result"]["var"][i][j]);
    for i in 0..size {
        for j in 0..i {
            let (a, b) = (theirs(i, i).unwrap_or(0.0), theirs(j, j).unwrap_or(0.0));
            if a == 0.0 || b == 0.0 {
                continue;
            }
            let correlation = theirs(i, j).unwrap() / (a * b).sqrt();
            let mut weights = vec![0.0; size];
            weights[i] = 1.0 / a.sqrt();
            weights[j] = correlation.signum() / b.sqrt();
            let ours = ours.contrast(&weights).map(|sum| sum.std_err);
            let theirs = (2.0 + 2.0 * correlation.abs()).sqrt();
            let at = || format!("{} covariance of {i} and {j}", text(case, "id"));
            tally.close(ours, &theirs.into(), at);
        }
    }
}

fn compare_concordance(tally: &mut Tally, ours: Option<Concordance>, case: &Value) {
    let theirs = &case["result"]["concordance"];
    let mut value = |part: &str, of: &dyn Fn(&Concordance) -> f64| {
        tally.close(ours.as_ref().map(of), &theirs[part], || {
            format!("{} {part}", case["id"])
        });
    };
    value("concordant", &|c| c.concordant);
    value("discordant", &|c| c.discordant);
    value("tied_x", &|c| c.tied_x);
    value("tied_y", &|c| c.tied_y);
    value("tied_xy", &|c| c.tied_xy);
    value("c", &|c| c.concordance);
    value("se", &|c| c.std_err);
}

fn compare_robust(tally: &mut Tally, case: &Value, model: &Model, otherwise: &AskedOtherwise) {
    let theirs = &case["result"]["robust_refit"];
    if theirs.is_null() || case["diverges"] == true {
        return;
    }
    let at = |part: &str| format!("{} robust {part}", text(case, "id"));
    let cluster = text(theirs, "cluster");
    let cluster = (cluster != "row").then(|| model.labels(cluster));
    let data = CoxData {
        cluster: cluster.as_deref(),
        ..model.data()
    };
    let mut settings = model.settings;
    settings.robust = true;
    let ours = cox_model(&data, settings).unwrap();
    for (j, term) in ours.fit.terms.iter().enumerate() {
        let std_err = match term.status {
            CoxTermStatus::Collinear => Some(0.0),
            _ => term.std_err,
        };
        tally.close_tail(std_err, &theirs["se"][j], || at("se"));
    }
    let wald = ours.fit.wald.map(|test| test.statistic);
    let instead = otherwise.of(&at("Wald"));
    tally.close_or_instead(instead, wald, &theirs["wald"], || at("Wald"));
    let score = ours.fit.robust_score.map(|test| test.statistic);
    let instead = otherwise.of(&at("score"));
    tally.close_or_instead(instead, score, &theirs["robust_score"], || at("score"));
    let std_err = ours.concordance().map(|c| c.std_err);
    tally.close(std_err, &theirs["concordance_se"], || at("concordance"));
}

#[test]
pub fn profile_intervals_are_where_the_likelihood_has_dropped() {
    let file = expected("coxph");
    let mut tally = Tally::new(
        "Profile likelihood intervals of Cox models",
        &file,
        SEARCHED,
    )
    .against("R", "uniroot on the profile of coxph");
    for case in cases(&file) {
        let theirs = &case["result"]["profile_ci"];
        if theirs.is_null() || case["diverges"] == true {
            continue;
        }
        let ours = Model::of(case).fit().unwrap().profile_intervals().unwrap();
        for (j, interval) in ours.iter().enumerate() {
            let interval = interval.unwrap();
            let at = |part: &str| format!("{} {part}", text(case, "id"));
            tally.close(interval.coef_low, &theirs["lower_log"][j], || at("lower"));
            tally.close(interval.coef_high, &theirs["upper_log"][j], || at("upper"));
        }
    }
    tally.finish(500);
}

#[test]
pub fn models_equal_coxph_iterated_to_the_end() {
    let file = expected("coxph_converged");
    let mut tally =
        Tally::new("Cox model at the maximum", &file, CONVERGED).against("survival", "coxph");
    tally.expect(Difference::WaldInMixedUnits);
    let otherwise = AskedOtherwise::load();
    for case in cases(&file) {
        let ours = Model::of(case).fit().unwrap().fit;
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
        let instead = otherwise.of(text(case, "id"));
        let wald = ours.wald.map(|test| test.statistic);
        tally.close_or_instead(instead, wald, &case["wald"], || at("Wald"));
    }
    tally.finish(4_000);
}

#[test]
pub fn all_events_in_one_arm_is_separation() {
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
    let mut tally =
        Tally::new("Cox model under separation", &file, CONVERGED).against("survival", "coxph");
    let p = log_rank(&time, &event, &codes, 2).p_value;
    tally.close_tail(p, &case["log_rank_p"], || "log-rank p".to_string());
    let score = Some(fit.score.statistic);
    tally.close(score, &case["score"], || "score".to_string());
    let ratio = Some(fit.likelihood_ratio.statistic);
    tally.close(ratio, &case["likelihood_ratio"], || {
        "likelihood ratio".to_string()
    });
    assert!(fit.separation && fit.terms[0].hazard_ratio.is_none() && fit.wald.is_none());
    tally.finish(3);
}
