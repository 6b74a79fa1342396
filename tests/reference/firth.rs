//! Firth's penalised likelihood against `coxphf` and a direct Newton.

use oncurve::stats::{FirthFit, Ties, firth};
use serde_json::{Value, json};

use crate::compare::{Tally, number};
use crate::cox_case::Model;
use crate::data::{cases, expected, text};

/// The direct Newton stops at steps of 1e-8 or so.
const NEWTON: f64 = 1e-8;

/// coxphf stops where scores and steps are below 1e-8; its limits are good to about 1e-5.
const COXPHF: f64 = 1e-5;

#[test]
pub fn penalised_fits_equal_a_direct_newton() {
    let file = expected("firth");
    let beside = expected("firth_profile");
    let beside = cases(&beside);
    let mut tally = Tally::new("Firth’s penalised likelihood", &file, NEWTON);
    let newton = cases(&file)
        .iter()
        .filter(|case| case["warnings"].is_null());
    for case in newton {
        let theirs = &case["result"];
        let model = Model::of(case);
        let ours = match firth(&model.data(), model.settings) {
            Ok(fit) => fit,
            Err(error) => panic!("{}: {error}", case["id"]),
        };
        let at = |part: &str| format!("{} {part}", text(case, "id"));
        tally.close(Some(ours.n as f64), &theirs["n"], || at("n"));
        tally.close(Some(ours.n_event as f64), &theirs["nevent"], || {
            at("events")
        });
        let df = Some(ours.likelihood_ratio.df as f64);
        tally.close(df, &theirs["df"], || at("df"));
        let maximum = Some(ours.log_likelihood);
        tally.close(maximum, &theirs["penalised_loglik"], || at("maximum"));
        let null = Some(ours.log_likelihood_null);
        tally.close(null, &theirs["penalised_loglik_null"], || at("null"));
        let ratio = Some(ours.likelihood_ratio.statistic);
        tally.close(ratio, &theirs["lr_chisq"], || at("likelihood ratio"));
        tally.close_tail(Some(ours.likelihood_ratio.p_value), &theirs["lr_p"], || {
            at("p")
        });
        for (j, term) in ours.terms.iter().enumerate() {
            let limits = &theirs["pl_ci_log"];
            tally.close(term.coef, &theirs["coef"][j], || at("coef"));
            tally.close(term.std_err, &theirs["se"][j], || at("se"));
            let log = number(&theirs["hr"][j]).map(f64::ln);
            let ours = term.hazard_ratio.map(f64::ln);
            tally.close(ours, &json!(log), || at("hr"));
            // Left out of the larger models.
            if limits.is_object() {
                // The direct Newton does not get there; a search on a grid does.
                let searched = (beside.iter())
                    .find(|own| text(case, "id").starts_with(&format!("{}|", text(own, "id"))))
                    .filter(|own| own["column"] == j);
                let limit = |name: &str| match searched {
                    Some(own) if limits[name][j].is_null() => own[name].clone(),
                    _ => limits[name][j].clone(),
                };
                tally.close(term.coef_low, &limit("lower"), || at("lower"));
                tally.close(term.coef_high, &limit("upper"), || at("upper"));
                tally.close_tail(term.p_value, &theirs["pl_p"][j], || at("pl p"));
            }
        }
    }
    tally.finish(3_500);
}

#[test]
pub fn penalised_fits_equal_coxphf_where_it_converges() {
    let file = expected("firth");
    let mut tally = Tally::new(
        "Firth’s penalised likelihood where coxphf converges",
        &file,
        COXPHF,
    );
    for case in cases(&file)
        .iter()
        .filter(|case| case["warnings"].is_array())
    {
        if !case["warnings"].as_array().unwrap().is_empty() {
            continue;
        }
        let model = Model::of(case);
        assert_eq!(model.settings.ties, Ties::Breslow);
        if text(case, "id").ends_with("|firth") {
            let ours = firth(&model.data(), model.settings).unwrap();
            compare_coxphf(&mut tally, case, &ours);
        } else {
            compare_unpenalised(&mut tally, case, &model);
        }
    }
    tally.finish(2_000);
}

fn compare_coxphf(tally: &mut Tally, case: &Value, ours: &FirthFit) {
    let theirs = &case["result"];
    let at = |part: &str| format!("{} {part}", text(case, "id"));
    // Its likelihoods are those of standardised covariates: the ratio is the same.
    let ratio = Some(ours.likelihood_ratio.statistic);
    tally.close(ratio, &theirs["lr_chisq"], || at("likelihood ratio"));
    let df = Some(ours.likelihood_ratio.df as f64);
    tally.close(df, &theirs["df"], || at("df"));
    for (j, term) in ours.terms.iter().enumerate() {
        tally.close(term.coef, &theirs["coef"][j], || at("coef"));
        tally.close(term.std_err, &theirs["se"][j], || at("se"));
        tally.close(term.conf_low, &theirs["pl_ci_lower"][j], || at("lower"));
        tally.close(term.conf_high, &theirs["pl_ci_upper"][j], || at("upper"));
        tally.close(term.p_value, &theirs["pl_p"][j], || at("p"));
    }
}

/// Without the penalty it is the profile of the ordinary fit.
fn compare_unpenalised(tally: &mut Tally, case: &Value, model: &Model) {
    let theirs = &case["result"];
    let at = |part: &str| format!("{} {part}", text(case, "id"));
    let ours = model.fit().unwrap();
    let intervals = ours.profile_intervals().unwrap();
    let null = Some(ours.fit.log_likelihood_null);
    tally.close(null, &theirs["loglik_null"], || at("null"));
    let maximum = Some(ours.fit.log_likelihood);
    tally.close(maximum, &theirs["loglik"], || at("maximum"));
    let ratio = Some(ours.fit.likelihood_ratio.statistic);
    tally.close(ratio, &theirs["lr_chisq"], || at("likelihood ratio"));
    for (j, (term, interval)) in ours.fit.terms.iter().zip(intervals).enumerate() {
        let interval = interval.unwrap();
        tally.close(term.coef, &theirs["coef"][j], || at("coef"));
        tally.close(term.std_err, &theirs["se"][j], || at("se"));
        let wald = &theirs["wald"];
        tally.close(term.conf_low, &wald["lower"][j], || at("Wald lower"));
        tally.close(term.conf_high, &wald["upper"][j], || at("Wald upper"));
        tally.close(term.p_value, &wald["p"][j], || at("Wald p"));
        tally.close(interval.conf_low, &theirs["pl_ci_lower"][j], || at("lower"));
        tally.close(interval.conf_high, &theirs["pl_ci_upper"][j], || {
            at("upper")
        });
        tally.close(Some(interval.p_value), &theirs["pl_p"][j], || at("p"));
    }
}
