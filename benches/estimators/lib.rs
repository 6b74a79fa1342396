//! Two estimators for `npm run bench`, compiled to wasm as the product is: typed arrays in, one number out.
#![cfg(target_arch = "wasm32")]

use oncurve::stats::{ConfType, FollowUp, kaplan_meier, log_rank};
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

fn observed(event: &[u8]) -> Vec<bool> {
    event.iter().map(|&event| event == 1).collect()
}
