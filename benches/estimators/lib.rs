//! Estimators for `npm run bench`, compiled to wasm as the product is: typed arrays in, one number out.
#![cfg(target_arch = "wasm32")]

use oncurve::stats::{
    CompetingRisks, ConfType, CoxData, CoxSettings, FineGrayOptions, FollowUp, IncidenceOptions,
    cox_model, cumulative_incidence, fine_gray, kaplan_meier, log_rank,
};
use wasm_bindgen::prelude::wasm_bindgen;

/// The Kaplan-Meier curve with its band: its last survival.
#[wasm_bindgen]
pub fn bench_kaplan_meier(time: &[f64], event: &[u8]) -> Option<f64> {
    let data = FollowUp::new(time, &observed(event)).ok()?;
    let curve = kaplan_meier(&data, ConfType::Log, 0.95);
    curve.steps.last().map(|step| step.survival)
}

/// The log-rank test of two groups: its statistic.
#[wasm_bindgen]
pub fn bench_log_rank(time: &[f64], event: &[u8], group: &[u8]) -> Option<f64> {
    let group: Vec<usize> = group.iter().map(|&group| usize::from(group)).collect();
    log_rank(time, &observed(event), &group, 2).statistic
}

/// A Cox model: its likelihood ratio statistic. `covariates` holds one covariate after the other.
#[wasm_bindgen]
pub fn bench_cox(time: &[f64], event: &[u8], covariates: &[f64]) -> Option<f64> {
    let (event, covariates) = (observed(event), columns(covariates, time.len()));
    let data = CoxData::new(time, &event, &covariates);
    let fit = cox_model(&data, CoxSettings::default()).ok()?.fit;
    Some(fit.likelihood_ratio.statistic)
}

/// The cumulative incidence of two causes with its band: the last of the first cause.
#[wasm_bindgen]
pub fn bench_aalen_johansen(time: &[f64], cause: &[u8]) -> Option<f64> {
    let data = competing(time, cause)?;
    let curve = cumulative_incidence(&data, IncidenceOptions::default());
    Some(curve.steps.last()?.causes[0].cum_incidence.estimate)
}

/// The Fine-Gray model of the first cause: its first coefficient.
#[wasm_bindgen]
pub fn bench_fine_gray(time: &[f64], cause: &[u8], covariates: &[f64]) -> Option<f64> {
    let options = FineGrayOptions {
        cause: 1,
        convention: Default::default(),
        conf_level: 0.95,
    };
    let covariates = columns(covariates, time.len());
    fine_gray(&competing(time, cause)?, &covariates, options)
        .ok()?
        .terms[0]
        .coef
}

fn competing(time: &[f64], cause: &[u8]) -> Option<CompetingRisks> {
    let cause: Vec<usize> = cause.iter().map(|&cause| usize::from(cause)).collect();
    CompetingRisks::new(time, &cause, 2).ok()
}

fn columns(covariates: &[f64], n: usize) -> Vec<Vec<f64>> {
    covariates.chunks(n).map(<[f64]>::to_vec).collect()
}

fn observed(event: &[u8]) -> Vec<bool> {
    event.iter().map(|&event| event == 1).collect()
}
