//! Log-rank tests against `survdiff`.

use oncurve::stats::{log_rank, pairwise_log_rank};
use serde_json::Value;

use crate::compare::{Tally, number};
use crate::data::{DataSet, Rows, cases, expected, text};

/// Sums of up to 1,500 terms and a small linear system: rounding.
const TOLERANCE: f64 = 1e-10;

fn groups(case: &Value) -> (Rows, Vec<usize>, Vec<String>) {
    let data = DataSet::load(text(case, "data"));
    let factor = text(case, "group");
    let rows = data.rows(factor);
    let codes = data.codes(factor, &rows.rows);
    let levels = data.levels(factor).unwrap();
    (rows, codes, levels.into_iter().map(String::from).collect())
}

#[test]
pub fn statistics_equal_survdiff() {
    let file = expected("logrank");
    let mut tally = Tally::new("Log-rank test", &file, TOLERANCE).against("survival", "survdiff");
    for case in cases(&file) {
        if text(case, "kind") != "survdiff|0" {
            continue;
        }
        // Stratified tests are compared in `log_rank_weighted`.
        if text(case, "call").contains("strata(") {
            continue;
        }
        let (rows, codes, levels) = groups(case);
        let ours = log_rank(&rows.time, &rows.event, &codes, levels.len());
        let theirs = &case["result"];
        let at = |part: &str| format!("{} {part}", text(case, "id"));
        for g in 0..levels.len() {
            tally.close(Some(ours.n[g] as f64), &theirs["n"][g], || at("n"));
            tally.close(Some(ours.observed[g]), &theirs["observed"][g], || {
                at("observed")
            });
            tally.close(Some(ours.expected[g]), &theirs["expected"][g], || {
                at("expected")
            });
        }
        // Without any event R prints χ² = 0 on −1 degrees of freedom; there is no statistic.
        if number(&theirs["df"]) == Some(-1.0) {
            assert_eq!((ours.statistic, ours.df, ours.p_value), (None, 0, None));
            continue;
        }
        tally.close(ours.statistic, &theirs["chisq"], || at("chisq"));
        tally.close(Some(ours.df as f64), &theirs["df"], || at("df"));
        tally.close_tail(ours.p_value, &theirs["p"], || at("p"));
    }
    tally.finish(300);
}

#[test]
pub fn pairwise_tests_equal_survdiff_with_holm() {
    let file = expected("logrank");
    let mut tally = Tally::new(
        "Pairwise log-rank tests, Holm's correction",
        &file,
        TOLERANCE,
    )
    .against("survival", "survdiff");
    for case in cases(&file) {
        if text(case, "kind") != "pairwise" {
            continue;
        }
        let (rows, codes, levels) = groups(case);
        let theirs = &case["result"];
        for ours in pairwise_log_rank(&rows.time, &rows.event, &codes, levels.len()) {
            let pair = format!("{} vs {}", levels[ours.second], levels[ours.first]);
            let pairs = theirs["pairs"].as_array().unwrap();
            let i = pairs
                .iter()
                .position(|name| *name == pair.as_str())
                .unwrap();
            let at = || format!("{} {pair}", text(case, "id"));
            tally.close_tail(ours.p_value, &theirs["p_raw"][i], at);
            tally.close_tail(ours.p_adjusted, &theirs["holm"][i], at);
        }
    }
    tally.finish(40);
}
