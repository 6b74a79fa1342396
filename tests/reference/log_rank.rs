//! Log-rank tests against `survdiff`, and permutation tests against full enumeration.

use oncurve::stats::{
    PermutationMethod, PermutationTest, holm, log_rank, pairwise_log_rank, permutation_log_rank,
};
use serde_json::Value;

use crate::compare::{Tally, number, numbers};
use crate::data::{DataSet, Rows, cases, expected, text};

/// Sums of up to 1,500 terms and a small linear system: rounding.
const TOLERANCE: f64 = 1e-10;

/// Permutation p values are ratios of counts, written with 15 digits.
const RATIO: f64 = 1e-14;

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
    let mut skipped = 0;
    for case in cases(&file) {
        if text(case, "kind") != "survdiff|0" {
            continue;
        }
        if text(case, "call").contains("strata(") {
            skipped += 1;
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
    println!("    {skipped} cases left out: stratified tests are not offered");
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
        let raw = numbers(&theirs["p_raw"]);
        for (i, ours) in holm(&raw).into_iter().enumerate() {
            tally.close_tail(ours, &theirs["holm"][i], || "holm".to_string());
        }
    }
    tally.finish(90);
}

fn permute(rows: &Rows, codes: &[usize], n_groups: usize, draws: u32) -> PermutationTest {
    let (time, event) = (&rows.time, &rows.event);
    permutation_log_rank(time, event, codes, n_groups, draws, 1, &mut |_| {}).unwrap()
}

#[test]
pub fn exact_permutation_tests_equal_full_enumeration() {
    let file = expected("logrank");
    let mut tally = Tally::new("Exact permutation log-rank test, 2 groups", &file, RATIO)
        .against("survival", "survdiff");
    for case in cases(&file) {
        if text(case, "kind") != "permutation_exact" {
            continue;
        }
        let (rows, codes, levels) = groups(case);
        let ours = permute(&rows, &codes, levels.len(), 400_000);
        let theirs = &case["result"]["logrank"]["p_chisq"];
        let at = || text(case, "id").to_string();
        match ours.method {
            PermutationMethod::Exact { arrangements } => {
                let all = &case["result"]["n_permutations"];
                tally.close(Some(arrangements as f64), all, at);
                tally.close(Some(ours.p_value), theirs, at);
            }
            // More than 10⁶ arrangements: within four standard errors of the exact p.
            PermutationMethod::MonteCarlo { draws, .. } => {
                let p = number(theirs).unwrap();
                let error = (p * (1.0 - p) / f64::from(draws)).sqrt();
                assert!((ours.p_value - p).abs() < 4.0 * error, "{}", ours.p_value);
            }
        }
    }
    tally.finish(10);
}

#[test]
pub fn exact_permutation_tests_of_several_groups_equal_full_enumeration() {
    let file = expected("permutation");
    let mut tally = Tally::new(
        "Exact permutation log-rank test, 3 and 4 groups",
        &file,
        RATIO,
    )
    .against("survival", "survdiff");
    for case in cases(&file) {
        let vector = |field: &str| numbers(&case[field]).into_iter().flatten();
        let rows = Rows {
            rows: Vec::new(),
            time: vector("time").collect(),
            event: vector("event").map(|event| event == 1.0).collect(),
            entry: None,
        };
        let codes: Vec<usize> = vector("group").map(|group| group as usize - 1).collect();
        let n_groups = codes.iter().max().unwrap() + 1;
        let ours = permute(&rows, &codes, n_groups, 100);
        let arrangements = number(&case["arrangements"]).unwrap() as u64;
        assert_eq!(ours.method, PermutationMethod::Exact { arrangements });
        tally.close(Some(ours.p_value), &case["p"], || "p".to_string());
    }
    tally.finish(3);
}
