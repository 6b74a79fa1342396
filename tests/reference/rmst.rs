//! Restricted mean survival time against survRM2.

use oncurve::stats::{
    FollowUp, Rmst, RmstContrast, RmstLink, adjusted_rmst, compare_rmst, merge_near_ties,
    restriction_limit,
};

use crate::compare::Tally;
use crate::data::{DataSet, cases, expected, text};
use crate::differences::Difference;

/// Sums of up to 1,500 areas, and differences of them: rounding.
const TOLERANCE: f64 = 1e-10;

/// glm() stops at a relative change of the deviance of 1e-8: coefficients near 0 have lost digits.
const GLM: f64 = 5e-6;

/// Why means may have no interval.
fn without_variance(arms: &[Rmst]) -> Option<Difference> {
    let none = arms.iter().any(|arm| arm.std_err == 0.0);
    none.then_some(Difference::NoIntervalWithoutVariance)
}

#[test]
pub fn restricted_means_equal_survrm2() {
    let file = expected("rmst");
    let mut tally = Tally::new(
        "Restricted mean survival time: difference, ratios",
        &file,
        TOLERANCE,
    )
    .against("survRM2", "rmst2");
    tally.expect(Difference::NoRatioOfNothing);
    tally.expect(Difference::NoIntervalWithoutVariance);
    for case in cases(&file) {
        if text(case, "id").ends_with("adjusted") {
            continue;
        }
        let options = &case["options"];
        let data = DataSet::load(text(case, "data"));
        let rows = data.rows(text(case, "group"));
        let time = merge_near_ties(&rows.time);
        let levels = data.levels(text(case, "group")).unwrap();
        let codes = data.codes(text(case, "group"), &rows.rows);
        let arm = |name: &str| {
            let members = || (0..codes.len()).filter(|&i| levels[codes[i]] == name);
            let time: Vec<f64> = members().map(|i| time[i]).collect();
            let event: Vec<bool> = members().map(|i| rows.event[i]).collect();
            FollowUp::new(&time, &event).unwrap()
        };
        let (first, second) = (arm(text(options, "arm0")), arm(text(options, "arm1")));
        let tau = options["tau_given"].as_f64();
        let tau = tau.unwrap_or_else(|| restriction_limit(&[&first, &second]));
        let conf_level = 1.0 - options["alpha"].as_f64().unwrap();
        let ours = compare_rmst(&first, &second, tau, conf_level);
        let result = &case["result"];
        if result.is_null() {
            assert!(ours.is_err(), "{}: R refuses", text(case, "id"));
            continue;
        }
        let ours = ours.unwrap();
        let at = |what: &str| format!("{} {what}", text(case, "id"));
        tally.close(Some(tau), &result["tau"], || at("tau"));
        for (name, arm) in [("arm0", ours.first), ("arm1", ours.second)] {
            let (low, high) = (arm.conf_low, arm.conf_high);
            let rmst = [Some(arm.rmst), Some(arm.std_err), low, high];
            let lost = |limit: Option<f64>| limit.map(|limit| tau - limit);
            let rmtl = [Some(arm.rmtl), Some(arm.std_err), lost(high), lost(low)];
            for i in 0..4 {
                let none = (i > 1).then(|| without_variance(&[arm])).flatten();
                tally.close_or(none, rmst[i], &result[name]["rmst"][i], || at(name));
                tally.close_or(none, rmtl[i], &result[name]["rmtl"][i], || at(name));
            }
            let variance = Some(arm.std_err.powi(2));
            tally.close(variance, &result[name]["rmst_var"], || at(name));
        }
        let varying = without_variance(&[ours.first, ours.second]);
        let mut contrast = |name: &str, ours: Option<RmstContrast>| {
            let theirs = &result[name];
            let none = ours.is_none().then_some(Difference::NoRatioOfNothing);
            let limits = none.or(varying);
            let mut close = |none: Option<Difference>, of: &str, value: Option<f64>| {
                tally.close_or(none, value, &theirs[of], || at(&format!("{name} {of}")));
            };
            close(none, "est", ours.map(|ours| ours.estimate));
            close(limits, "lower", ours.and_then(|ours| ours.conf_low));
            close(limits, "upper", ours.and_then(|ours| ours.conf_high));
            close(limits, "p", ours.and_then(|ours| ours.p_value));
        };
        contrast("diff", Some(ours.difference));
        contrast("ratio", ours.ratio);
        contrast("rmtl_ratio", ours.rmtl_ratio);
    }
    tally.finish(6_000);
}

#[test]
pub fn adjusted_restricted_means_equal_survrm2() {
    let file = expected("rmst");
    let mut difference = Tally::new("RMST difference adjusted for covariates", &file, TOLERANCE)
        .against("survRM2", "rmst2");
    let mut ratios = Tally::new("RMST and RMTL ratio adjusted for covariates", &file, GLM)
        .against("survRM2", "rmst2");
    for case in cases(&file) {
        if !text(case, "id").ends_with("adjusted") {
            continue;
        }
        let options = &case["options"];
        let data = DataSet::load(text(case, "data"));
        let group = text(case, "group");
        let covariates = options["covariates"].as_array().unwrap();
        let covariates: Vec<&str> = covariates
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect();
        let mut rows = data.rows(&format!("{group} + {}", covariates.join(" + ")));
        let levels = data.levels(group).unwrap();
        let codes = data.codes(group, &rows.rows);
        let code = |name: &str| levels.iter().position(|level| *level == name).unwrap();
        let (first, second) = (code(text(options, "arm0")), code(text(options, "arm1")));
        let used: Vec<usize> = (0..codes.len())
            .filter(|&i| codes[i] == first || codes[i] == second)
            .collect();
        rows.rows = used.iter().map(|&i| rows.rows[i]).collect();
        let time: Vec<f64> = used.iter().map(|&i| rows.time[i]).collect();
        let event: Vec<bool> = used.iter().map(|&i| rows.event[i]).collect();
        let arm: Vec<bool> = used.iter().map(|&i| codes[i] == second).collect();
        let matrix = data.model_matrix(&covariates.join(" + "), &rows.rows);
        let tau = options["tau_given"].as_f64().unwrap();
        let level = 1.0 - options["alpha"].as_f64().unwrap();
        for (name, link) in [
            ("diff", RmstLink::Difference),
            ("log_ratio", RmstLink::Ratio),
            ("log_rmtl_ratio", RmstLink::LossRatio),
        ] {
            let ours = adjusted_rmst(&time, &event, &arm, &matrix, tau, link, level).unwrap();
            for (j, ours) in ours.iter().enumerate() {
                let theirs = &case["result"][name][j];
                let at = || format!("{} {name} {j}", text(case, "id"));
                let ratio = usize::from(link != RmstLink::Difference);
                let tally = if ratio == 1 {
                    &mut ratios
                } else {
                    &mut difference
                };
                let shown = |value: f64| if ratio == 1 { value.exp() } else { value };
                tally.close(Some(ours.coef), &theirs[0], at);
                tally.close(Some(ours.std_err), &theirs[1], at);
                tally.close(Some(ours.z), &theirs[2], at);
                tally.close(Some(ours.p_value), &theirs[3], at);
                tally.close(Some(shown(ours.conf_low)), &theirs[4 + ratio], at);
                tally.close(Some(shown(ours.conf_high)), &theirs[5 + ratio], at);
            }
        }
    }
    difference.finish(180);
    ratios.finish(370);
}
