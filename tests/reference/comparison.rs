//! Summaries and comparisons of a number between groups against R's own tests, coin and clinfun.

use oncurve::stats::{
    MeanDifference, QuantileType, RankMethod, TrendVariance, Variances, anova, jonckheere,
    kruskal_wallis, quantile, standardised_mean_difference, summary, t_test, wilcoxon_rank_sum,
};
use serde_json::Value;

use crate::compare::Tally;
use crate::data::{DataSet, QUANTILE_TYPES, cases, expected, text};
use crate::differences::Difference;

/// Sums of up to 800 values, and R's own distribution functions: rounding.
const TOLERANCE: f64 = 1e-11;

/// anova(lm()) loses digits to values that are large beside their differences.
const ANOVA_TOLERANCE: f64 = 1e-8;

/// uniroot in wilcox.test stops within 1e-4 of the difference that is the limit.
const UNIROOT: f64 = 1e-3;

/// The values of each group, in the order of the levels.
fn groups(case: &Value) -> Vec<Vec<f64>> {
    let levels = case["levels"].as_array().unwrap();
    if let Some(values) = case["values"].as_object() {
        let numbers = |level: &Value| values[level.as_str().unwrap()].as_array().unwrap();
        let group = |level| numbers(level).iter().map(|x| x.as_f64().unwrap()).collect();
        return levels.iter().map(group).collect();
    }
    let data = DataSet::load(text(case, "data"));
    let (variable, group) = (text(case, "variable"), text(case, "group"));
    let rows = data.complete(&[variable, group]);
    let values = data.model_matrix(variable, &rows).remove(0);
    let codes = data.codes(group, &rows);
    let members = |code| {
        let rows = codes.iter().zip(&values);
        rows.filter(move |(c, _)| **c == code)
            .map(|(_, value)| *value)
    };
    (0..levels.len())
        .map(|code| members(code).collect())
        .collect()
}

#[test]
pub fn summaries_equal_r() {
    let file = expected("table1");
    let mut tally = Tally::new("Mean, SD, quantiles of all nine types", &file, TOLERANCE)
        .against("R", "quantile");
    for case in cases(&file) {
        let groups = groups(case);
        let names = case["levels"].as_array().unwrap();
        let all = groups.concat();
        let rows = names
            .iter()
            .map(|name| &case["groups"][name.as_str().unwrap()]);
        let rows = rows.zip(groups.iter().map(Vec::as_slice));
        for (theirs, values) in std::iter::once((&case["overall"], &all[..])).chain(rows) {
            let at = |what: &str| format!("{} {what}", text(case, "id"));
            let ours = summary(values, QuantileType::Type7);
            tally.close(Some(ours.n as f64), &theirs["n"], || at("n"));
            tally.close(ours.mean, &theirs["mean"], || at("mean"));
            tally.close(ours.std_dev, &theirs["sd"], || at("sd"));
            tally.close(ours.min, &theirs["min"], || at("min"));
            tally.close(ours.max, &theirs["max"], || at("max"));
            let mut sorted = values.to_vec();
            sorted.sort_by(f64::total_cmp);
            for (i, quantile_type) in QUANTILE_TYPES.into_iter().enumerate() {
                let theirs = &theirs["quartiles"][format!("type{}", i + 1)];
                for (k, probability) in [0.25, 0.5, 0.75].into_iter().enumerate() {
                    let ours = quantile(&sorted, probability, quantile_type);
                    tally.close(ours, &theirs[k], || at(&format!("{quantile_type:?}")));
                }
            }
        }
    }
    tally.finish(3_000);
}

#[test]
pub fn t_tests_and_mean_differences_equal_r() {
    let file = expected("table1");
    let mut tally = Tally::new(
        "t test, Welch's t test, standardised difference",
        &file,
        TOLERANCE,
    )
    .against("R", "t.test");
    for case in cases(&file) {
        let groups = groups(case);
        let [first, second] = &groups[..] else {
            continue;
        };
        for (name, variances) in [
            ("t_student", Variances::Equal),
            ("t_welch", Variances::Unequal),
        ] {
            let ours = t_test(first, second, variances, 0.95);
            let theirs = &case[name];
            assert_eq!(
                ours.is_none(),
                theirs.is_null(),
                "{} {name}",
                text(case, "id")
            );
            let mut close = |of: Value, value: fn(MeanDifference) -> f64| {
                tally.close(ours.map(value), &of, || {
                    format!("{} {name}", text(case, "id"))
                });
            };
            close(theirs["t"].clone(), |ours| -ours.statistic);
            close(theirs["df"].clone(), |ours| ours.df);
            close(theirs["p"].clone(), |ours| ours.p_value);
            close(theirs["diff"].clone(), |ours| -ours.estimate);
            close(theirs["ci95"][0].clone(), |ours| -ours.conf_high);
            close(theirs["ci95"][1].clone(), |ours| -ours.conf_low);
        }
        let smd = standardised_mean_difference(first, second).map(|smd| -smd);
        let at = || format!("{} smd", text(case, "id"));
        tally.close(smd, &case["smd_pooled_var"], at);
    }
    tally.finish(240);
}

#[test]
pub fn analyses_of_variance_equal_r() {
    let file = expected("table1");
    let mut tally =
        Tally::new("ANOVA, Welch's ANOVA", &file, ANOVA_TOLERANCE).against("R", "oneway.test");
    tally.expect(Difference::NoVarianceOfConstants);
    for case in cases(&file) {
        let groups = groups(case);
        let slices: Vec<&[f64]> = groups.iter().map(Vec::as_slice).collect();
        for (name, variances) in [
            ("anova", Variances::Equal),
            ("welch_anova", Variances::Unequal),
        ] {
            let ours = anova(&slices, variances);
            let theirs = &case[name];
            let constant = ours.is_none().then_some(Difference::NoVarianceOfConstants);
            let at = || format!("{} {name}", text(case, "id"));
            tally.close_or(constant, ours.map(|ours| ours.statistic), &theirs["F"], at);
            tally.close_or(constant, ours.map(|ours| ours.df), &theirs["df1"], at);
            tally.close_or(
                constant,
                ours.map(|ours| ours.df_within),
                &theirs["df2"],
                at,
            );
            tally.close_or(constant, ours.map(|ours| ours.p_value), &theirs["p"], at);
        }
    }
    tally.finish(240);
}

#[test]
pub fn rank_tests_equal_r() {
    let file = expected("table1");
    let mut tally = Tally::new("Wilcoxon, Kruskal-Wallis, Jonckheere", &file, TOLERANCE);
    tally.expect(Difference::NoVarianceOfConstants);
    for case in cases(&file) {
        let groups = groups(case);
        let slices: Vec<&[f64]> = groups.iter().map(Vec::as_slice).collect();
        let at = |what: &str| format!("{} {what}", text(case, "id"));
        let kruskal = kruskal_wallis(&slices);
        let theirs = &case["kruskal"];
        let constant = kruskal
            .is_none()
            .then_some(Difference::NoVarianceOfConstants);
        tally.close(kruskal.map(|test| test.statistic), &theirs["H"], || at("H"));
        tally.close(kruskal.map(|test| test.p_value), &theirs["p"], || {
            at("Kruskal")
        });
        let df = kruskal.map(|test| test.df as f64);
        tally.close_or(constant, df, &theirs["df"], || at("df"));
        let trend = jonckheere(&slices, TrendVariance::Untied);
        let theirs = &case["jonckheere"];
        let statistic = trend.map(|test| test.statistic);
        tally.close_or(constant, statistic, &theirs["JT"], || at("JT"));
        let p_value = trend.map(|test| test.p_value);
        tally.close_or(constant, p_value, &theirs["p"], || at("Jonckheere"));
        if let [first, second] = slices[..] {
            compare_rank_sums(&mut tally, first, second, case);
        }
    }
    tally.finish(280);
}

fn compare_rank_sums(tally: &mut Tally, first: &[f64], second: &[f64], case: &Value) {
    let test = |method| wilcoxon_rank_sum(first, second, method, 0.95);
    let theirs = &case["wilcoxon"];
    let at = |what: &str| format!("{} {what}", text(case, "id"));
    let corrected = test(RankMethod::Normal { continuity: true });
    let plain = test(RankMethod::Normal { continuity: false });
    let exact = test(RankMethod::Exact);
    let constant = corrected
        .is_none()
        .then_some(Difference::NoVarianceOfConstants);
    let mut close = |of: &str, ours: Option<f64>| {
        tally.close_or(constant, ours, &theirs[of], || at(of));
    };
    close("W", corrected.map(|test| test.statistic));
    close("p_normal_cc", corrected.map(|test| test.p_value));
    close("p_less_cc", corrected.map(|test| test.p_less));
    close("p_greater_cc", corrected.map(|test| test.p_greater));
    close("p_normal", plain.map(|test| test.p_value));
    if !theirs["coin_p_exact_with_ties"].is_null() {
        assert!(exact.unwrap().exact, "{}", at("exact"));
        close("coin_p_exact_with_ties", exact.map(|test| test.p_value));
    }
    if !theirs["p_exact"].is_null() {
        close("p_exact", exact.map(|test| test.p_value));
        close("p_exact_less", exact.map(|test| test.p_less));
    }
    let shift = corrected.map(|test| -test.shift);
    close("hl_median_of_differences", shift);
    if !theirs["hl_estimate"].is_null() {
        let exact = exact.unwrap();
        close("hl_estimate", Some(-exact.shift));
        let limits = &theirs["hl_ci95_exact"];
        tally.close(Some(-exact.conf_high), &limits[0], || at("exact lower"));
        tally.close(Some(-exact.conf_low), &limits[1], || at("exact upper"));
    }
    if let (Some(ours), Some(limits)) = (corrected, theirs["hl_normal"]["ci95"].as_array()) {
        for (ours, theirs) in [-ours.conf_high, -ours.conf_low].into_iter().zip(limits) {
            let theirs = theirs.as_f64().unwrap();
            assert!(
                (ours - theirs).abs() < UNIROOT,
                "{}: {ours} {theirs}",
                at("limits")
            );
        }
    }
}
