//! Permutation tests against full enumeration, and score tests against coin.

use oncurve::stats::{
    ArrangementCounts, Arrangements, BLOCK, MAX_COMBO, Permutation, PermutationMethod,
    PermutationTest, RiskTable, Weight, merge_near_ties, permutation_log_rank, permuted_maximum,
};
use serde_json::Value;

use crate::compare::{Tally, number, numbers};
use crate::data::{Rows, cases, expected, text};
use crate::log_rank_weighted::{Groups, weight};

/// Permutation p values are ratios of counts, written with 15 digits.
const RATIO: f64 = 1e-14;

/// Sums of up to 1,500 terms, and coin's own: rounding.
const TOLERANCE: f64 = 1e-10;

fn of_kind<'a>(file: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    cases(file)
        .iter()
        .filter(move |case| text(case, "kind") == kind)
}

fn permutation(groups: &Groups, weights: &[Weight]) -> Permutation {
    let tests: Vec<&[Weight]> = weights.iter().map(std::slice::from_ref).collect();
    Permutation::new(&groups.follow_up(), &tests).unwrap()
}

#[test]
pub fn exact_permutation_tests_equal_full_enumeration() {
    let file = expected("log_rank_permuted");
    let mut tally = Tally::new("Exact permutation tests, 2 groups", &file, RATIO)
        .against("R", "every arrangement");
    let mut scores = Tally::new(
        "Scores and their variance over all arrangements",
        &file,
        TOLERANCE,
    )
    .against("R", "every arrangement");
    for case in of_kind(&file, "permutation_exact") {
        let groups = Groups::new(case, None);
        let mut names: Vec<&String> = case["result"].as_object().unwrap().keys().collect();
        names.retain(|name| *name != "n_permutations");
        let weights: Vec<Weight> = names.iter().map(|name| weight(name)).collect();
        let permutation = permutation(&groups, &weights);
        let (method, results) = permutation.run(400_000, 1, &mut Arrangements::count);
        for ((name, ours), score) in names.iter().zip(results).zip(permutation.score_tests()) {
            let theirs = &case["result"][name.as_str()];
            let at = || format!("{} {name}", text(case, "id"));
            // Nothing is compared where every event time has the weight 0; R has all arrangements as extreme.
            let (Some(ours), Some(score)) = (ours, score) else {
                assert_eq!(
                    (ours, number(&theirs["p_chisq"])),
                    (None, Some(1.0)),
                    "{}",
                    at()
                );
                continue;
            };
            let by_score = ours.by_score.unwrap();
            let (variance, size) = (score.variance[0], score.variance[0].sqrt());
            scores.close(Some(variance), &theirs["perm_var_U"], at);
            let observed = number(&theirs["U_obs"]).unwrap() / size;
            scores.close(Some(score.score[0] / size), &observed.into(), at);
            let pairs = [
                (ours.p_value, "p_chisq"),
                (by_score.p_value, "p_two_sided_absU"),
                (by_score.p_less, "p_less"),
                (by_score.p_greater, "p_greater"),
                (by_score.mid_p, "p_mid_two_sided"),
            ];
            match method {
                PermutationMethod::Exact { arrangements } => {
                    let all = &case["result"]["n_permutations"];
                    tally.close(Some(arrangements as f64), all, at);
                    for (ours, part) in pairs {
                        tally.close(Some(ours), &theirs[part], || format!("{} {part}", at()));
                    }
                }
                // More than 10⁶ arrangements: within four standard errors of the exact p.
                PermutationMethod::MonteCarlo { draws, .. } => {
                    for (ours, part) in pairs {
                        let p = number(&theirs[part]).unwrap();
                        let error = (p * (1.0 - p) / f64::from(draws)).sqrt();
                        assert!((ours - p).abs() < 4.0 * error, "{} {part} {ours}", at());
                    }
                }
            }
        }
    }
    tally.finish(100);
    scores.finish(60);
}

fn permute(rows: &Rows, codes: &[usize], n_groups: usize, draws: u32) -> PermutationTest {
    let (time, event) = (&rows.time, &rows.event);
    permutation_log_rank(
        time,
        event,
        codes,
        n_groups,
        draws,
        1,
        &mut Arrangements::count,
    )
    .unwrap()
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

/// The weights of coin's types; its Tarone-Ware with rho = 1 is Gehan-Breslow. Without ties some are the same.
fn coin_weight(name: &str, tied: bool) -> Option<Weight> {
    match name {
        "logrank" => Some(Weight::LogRank),
        "Gehan-Breslow" | "Tarone-Ware" => Some(Weight::GehanBreslow),
        "Peto-Peto" => Some(Weight::FlemingHarrington { p: 1.0, q: 0.0 }),
        "Prentice-Marek" => Some(Weight::PetoPeto),
        "Fleming-Harrington" => Some(Weight::FlemingHarrington { p: 1.0, q: 1.0 }),
        "Prentice" | "Andersen-Borgan-Gill-Keiding" if !tied => Some(Weight::PetoPeto),
        _ => None,
    }
}

#[test]
pub fn score_tests_equal_coin() {
    let file = expected("log_rank_permuted");
    let mut tally = Tally::new("Score tests with permutation variance", &file, TOLERANCE)
        .against("coin", "logrank_test");
    let mut left_out = 0;
    for case in of_kind(&file, "coin") {
        let groups = Groups::new(case, None);
        let mut times = merge_near_ties(&groups.rows.time).into_owned();
        times.sort_by(f64::total_cmp);
        let tied = times.windows(2).any(|pair| pair[0] == pair[1]);
        for theirs in case["result"].as_array().unwrap() {
            let at = || {
                format!(
                    "{} {} {}",
                    text(case, "id"),
                    theirs["type"],
                    theirs["distribution"]
                )
            };
            let weight = coin_weight(text(theirs, "type"), tied);
            let ties = tied && text(theirs, "ties_method") != "mid-ranks";
            let (Some(weight), false, true) = (weight, ties, case["strata"].is_null()) else {
                left_out += 1;
                continue;
            };
            let permutation = permutation(&groups, &[weight]);
            let Some(ours) = permutation.score_tests()[0] else {
                assert_eq!(number(&theirs["p"]).filter(|p| *p < 1.0), None, "{}", at());
                continue;
            };
            let k = groups.levels.len();
            // coin's scores have the other sign, and two groups one of them.
            let linear = theirs["linear_statistic"].as_array().unwrap();
            for (g, (sum, mean)) in linear
                .iter()
                .zip(theirs["expectation"].as_array().unwrap())
                .enumerate()
            {
                let size = ours.variance[g * k + g].sqrt();
                let score = (number(&mean[0]).unwrap() - number(&sum[0]).unwrap()) / size;
                tally.close(Some(ours.score[g] / size), &score.into(), at);
            }
            let statistic = theirs["statistic"].as_f64().unwrap();
            let statistic = if k == 2 {
                statistic * statistic
            } else {
                statistic
            };
            tally.close(Some(ours.statistic), &statistic.into(), at);
            for (g, row) in theirs["covariance"].as_array().unwrap().iter().enumerate() {
                for (h, covariance) in row.as_array().unwrap().iter().enumerate() {
                    tally.close(Some(ours.variance[g * k + h]), covariance, at);
                }
            }
            if text(theirs, "distribution") == "asymptotic" {
                tally.close_tail(Some(ours.p_value), &theirs["p"], at);
            } else {
                let (_, results) = permutation.run(1, 1, &mut Arrangements::count);
                let by_score = results[0].unwrap().by_score.unwrap();
                if permutation.arrangements().is_some() {
                    tally.close(Some(by_score.p_value), &theirs["p"], at);
                    if !theirs["midp"].is_null() {
                        tally.close(Some(by_score.mid_p), &theirs["midp"], at);
                    }
                    tally.close(Some(by_score.p_less), &theirs["p_greater"], at);
                    tally.close(Some(by_score.p_greater), &theirs["p_less"], at);
                }
            }
        }
    }
    println!(
        "    {left_out} tests left out: tied times with ties scored one by one or averaged or with other weights, and strata that coin \
         only permutes within, with the scores of all patients together"
    );
    tally.finish(1_000);
}

#[test]
fn drawn_score_tests_are_in_the_interval_of_coins_draws() {
    let file = expected("log_rank_permuted");
    let mut compared = 0;
    for case in of_kind(&file, "coin_approximate") {
        let groups = Groups::new(case, None);
        let permutation = permutation(&groups, &[Weight::LogRank]);
        let (_, results) = permutation.run(200_000, 7, &mut Arrangements::count);
        let Some(ours) = results[0].and_then(|ours| ours.by_score) else {
            continue;
        };
        // Two samples of 200,000: their difference has √2 times the error of one.
        let (low, high) = (&case["result"]["ci99"][0], &case["result"]["ci99"][1]);
        let (low, high) = (low.as_f64().unwrap(), high.as_f64().unwrap());
        let margin = (high - low) / 2.0 * 1.5 + 1e-5;
        let centre = number(&case["result"]["p"]).unwrap();
        assert!(
            (ours.p_value - centre).abs() < margin,
            "{} {ours:?}",
            text(case, "id")
        );
        compared += 1;
    }
    assert!(compared >= 10, "{compared}");
}

/// What a permutation test asks to be counted, as a helper gets it and gives it back.
fn counted_in(parts: usize, work: &Arrangements) -> ArrangementCounts {
    let text = serde_json::to_string(work).unwrap();
    let mut counts: Vec<ArrangementCounts> = (0..parts)
        .map(|part| {
            let work: Arrangements = serde_json::from_str(&text).unwrap();
            let counts = serde_json::to_string(&work.part(part, parts, &mut |_| ())).unwrap();
            serde_json::from_str(&counts).unwrap()
        })
        .collect();
    counts.rotate_left(parts / 2);
    counts.iter().fold(work.none(), ArrangementCounts::merge)
}

/// Part counts from one to more than there are blocks.
const PARTS: [usize; 6] = [1, 2, 3, 4, 5, 40];

#[test]
fn any_split_of_the_draws_gives_the_same_p_values() {
    let (draws, seed) = (9 * BLOCK + 100, 5);
    for (data, group) in [("r_strata_a", "group"), ("veteran", "celltype")] {
        let case = serde_json::json!({"data": data, "group": group});
        for strata in [None, (data == "r_strata_a").then_some("site")] {
            let groups = Groups::new(&case, strata);
            let tests: [&[Weight]; 2] = [&[Weight::TaroneWare], &MAX_COMBO];
            let permutation = Permutation::new(&groups.follow_up(), &tests).unwrap();
            let (method, whole) = permutation.run(draws, seed, &mut Arrangements::count);
            assert_eq!(method, PermutationMethod::MonteCarlo { draws, seed });
            for parts in PARTS {
                let (_, split) = permutation.run(draws, seed, &mut |work| counted_in(parts, work));
                assert_eq!(split, whole, "{data} {parts}");
            }
        }
    }
}

#[test]
fn any_split_of_the_searches_gives_the_same_p_value() {
    let rows = Groups::new(
        &serde_json::json!({"data": "veteran", "group": "trt"}),
        None,
    )
    .rows;
    let value: Vec<f64> = (rows.time.iter()).map(|time| (time * 7.0) % 61.0).collect();
    let p = |count: oncurve::stats::Count<'_>| {
        permuted_maximum(&rows.time, &rows.event, &value, 0.1, 9_000, 3, count)
    };
    let whole = p(&mut Arrangements::count).unwrap();
    for parts in PARTS {
        assert_eq!(p(&mut |work| counted_in(parts, work)).unwrap(), whole);
    }
}

#[test]
fn arrangements_that_are_all_looked_at_are_counted_once_however_they_are_split() {
    let (time, event) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [true; 6]);
    let group = [0, 0, 0, 1, 1, 1];
    for parts in PARTS {
        let count = &mut |work: &Arrangements| counted_in(parts, work);
        let test = permutation_log_rank(&time, &event, &group, 2, 100, 1, count).unwrap();
        assert_eq!(test.method, PermutationMethod::Exact { arrangements: 20 });
        assert_eq!(test.p_value, 2.0 / 20.0, "{parts}");
    }
}

#[test]
fn drawn_max_combo_and_stratified_tests_agree_with_their_normal_p_values() {
    // 300 patients: the normal approximation is good, and 40,000 draws are good to 0.001 at p = 0.04.
    let case = serde_json::json!({"data": "r_cross_a", "group": "group"});
    let groups = Groups::new(&case, None);
    let permutation = Permutation::new(&groups.follow_up(), &[&MAX_COMBO]).unwrap();
    let (_, drawn) = permutation.run(40_000, 3, &mut Arrangements::count);
    let normal = RiskTable::new(&groups.follow_up())
        .unwrap()
        .max_combo(&MAX_COMBO)
        .unwrap();
    let drawn = drawn[0].unwrap();
    assert_eq!(drawn.by_score, None);
    assert!(
        (drawn.p_value - normal.p_value).abs() < 0.01,
        "{drawn:?} {}",
        normal.p_value
    );

    let case = serde_json::json!({"data": "veteran", "group": "trt"});
    let groups = Groups::new(&case, Some("celltype"));
    let weights = [Weight::LogRank, Weight::GehanBreslow];
    let table = RiskTable::new(&groups.follow_up()).unwrap();
    let (_, drawn) = self::permutation(&groups, &weights).run(40_000, 3, &mut Arrangements::count);
    for (weight, drawn) in weights.into_iter().zip(drawn) {
        let (drawn, normal) = (drawn.unwrap().p_value, table.test(weight).p_value.unwrap());
        assert!((drawn - normal).abs() < 0.02, "{drawn} {normal}");
    }
}
