//! Restricted mean survival time against survRM2.

use oncurve::stats::{FollowUp, RmstContrast, compare_rmst, merge_near_ties, restriction_limit};

use crate::compare::Tally;
use crate::data::{DataSet, cases, expected, text};
use crate::differences::Difference;

/// Sums of up to 1,500 areas, and differences of them: rounding.
const TOLERANCE: f64 = 1e-10;

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
            let rmst = [arm.rmst, arm.std_err, arm.conf_low, arm.conf_high];
            let (low, high) = (tau - arm.conf_high, tau - arm.conf_low);
            let rmtl = [arm.rmtl, arm.std_err, low, high];
            for i in 0..4 {
                tally.close(Some(rmst[i]), &result[name]["rmst"][i], || at(name));
                tally.close(Some(rmtl[i]), &result[name]["rmtl"][i], || at(name));
            }
            let variance = Some(arm.std_err.powi(2));
            tally.close(variance, &result[name]["rmst_var"], || at(name));
        }
        let mut contrast = |name: &str, ours: Option<RmstContrast>| {
            let theirs = &result[name];
            let none = ours.is_none().then_some(Difference::NoRatioOfNothing);
            let mut close = |of: &str, value: Option<f64>| {
                tally.close_or(none, value, &theirs[of], || at(&format!("{name} {of}")));
            };
            close("est", ours.map(|ours| ours.estimate));
            close("lower", ours.map(|ours| ours.conf_low));
            close("upper", ours.map(|ours| ours.conf_high));
            close("p", ours.and_then(|ours| ours.p_value));
        };
        contrast("diff", Some(ours.difference));
        contrast("ratio", ours.ratio);
        contrast("rmtl_ratio", ours.rmtl_ratio);
    }
    tally.finish(6_000);
}
