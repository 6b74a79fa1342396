//! Two proportions, contingency tables and their strata against R, statsmodels and scipy.

use oncurve::stats::{
    ChiSquareTest, ChiSquareVariant, Counts, DifferenceMethod, NormalTest, OddsMethod, Ratio,
    RatioMethod, ScoreVariance, UnconditionalTest, binomial_test, chi_square, cochran_armitage,
    cramers_v, expected_counts, fisher_exact_table, fisher_tails, kruskal_wallis, linear_by_linear,
    mantel_haenszel, mcnemar, odds_ratio, risk_difference, risk_difference_test, risk_ratio,
    standardised_category_difference, standardised_residuals, unconditional_test,
};
use serde_json::Value;

use crate::compare::{Tally, number};
use crate::data::{cases, expected, text};
use crate::differences::Difference;

/// Closed forms, and roots that both sides find to rounding.
const TOLERANCE: f64 = 1e-11;

/// Limits by bisection, of probabilities that are sums of terms with the error of a log-gamma.
const ROOTS: f64 = 1e-9;

/// scipy looks for the least favourable proportion on a grid.
const GRID: f64 = 1e-4;

/// Both sides look for a maximum, R to 1e-10 of the proportion.
const OPTIMISED: f64 = 1e-8;

/// The cases of one family of the file.
fn of<'a>(file: &'a Value, family: &'a str) -> impl Iterator<Item = &'a Value> {
    cases(file)
        .iter()
        .filter(move |case| case["family"] == family)
}

fn count(value: &Value) -> usize {
    value.as_u64().unwrap() as usize
}

/// The two groups of a case. R's effects are those of the first against the second: ours are asked for the other
/// way round.
fn groups(case: &Value) -> (Counts, Counts) {
    let group = |x: &str, n: &str| (count(&case[x]), count(&case[n]));
    (group("x2", "n2"), group("x1", "n1"))
}

fn levels(case: &Value) -> impl Iterator<Item = (f64, &Value)> {
    let levels = case["ci"].as_array().unwrap().iter();
    levels.map(|level| (level["level"].as_f64().unwrap(), level))
}

fn table(value: &Value) -> Vec<Vec<usize>> {
    let rows = value.as_array().unwrap().iter();
    rows.map(|row| row.as_array().unwrap().iter().map(count).collect())
        .collect()
}

#[test]
pub fn differences_equal_r() {
    let file = expected("groups");
    let mut tally = Tally::new("Difference of proportions, six intervals", &file, ROOTS)
        .against("R", "prop.test, and the definitions by bisection");
    tally.expect(Difference::PossibleDifferences);
    let methods = [
        ("newcombe", DifferenceMethod::Newcombe),
        ("miettinen_nurminen", DifferenceMethod::MiettinenNurminen),
        ("mee_farrington_manning", DifferenceMethod::Mee),
        ("agresti_caffo", DifferenceMethod::AgrestiCaffo),
        ("wald", DifferenceMethod::Wald),
        ("prop_test", DifferenceMethod::Wald),
        ("prop_test_cc", DifferenceMethod::WaldContinuity),
    ];
    for case in of(&file, "two_proportions") {
        let (first, second) = groups(case);
        for (level, theirs) in levels(case) {
            for (name, method) in methods {
                let ours = risk_difference(first, second, method, level).unwrap();
                let at = || format!("{} {name} at {level}", case["id"]);
                if method == DifferenceMethod::Newcombe {
                    tally.close(Some(ours.estimate), &theirs["diff"], at);
                }
                let mut limit = |ours: f64, theirs: &Value| {
                    let cut = number(theirs).filter(|limit| limit.abs() > 1.0);
                    let instead = cut.map(|limit| {
                        (
                            Difference::PossibleDifferences,
                            Some(limit.clamp(-1.0, 1.0)),
                        )
                    });
                    tally.close_or_instead(instead, Some(ours), theirs, at);
                };
                limit(ours.conf_low, &theirs[name][0]);
                limit(ours.conf_high, &theirs[name][1]);
            }
        }
    }
    for case in of(&file, "two_proportions_py") {
        let (first, second) = groups(case);
        for (level, theirs) in levels(case) {
            for (name, method) in [
                ("newcombe", DifferenceMethod::Newcombe),
                ("agresti_caffo", DifferenceMethod::AgrestiCaffo),
                ("wald", DifferenceMethod::Wald),
            ] {
                let ours = risk_difference(first, second, method, level).unwrap();
                let at = || format!("{} python {name} at {level}", case["id"]);
                for (ours, theirs) in [ours.conf_low, ours.conf_high]
                    .into_iter()
                    .zip(theirs["diff"][name].as_array().unwrap())
                {
                    if number(theirs).is_some_and(|limit| limit.abs() <= 1.0) {
                        tally.close(Some(ours), theirs, at);
                    }
                }
            }
        }
    }
    tally.finish(800);
}

/// Both limits of a ratio.
fn limits(tally: &mut Tally, ours: Ratio, theirs: &Value, at: &impl Fn() -> String) {
    tally.close(ours.conf_low, &theirs[0], at);
    tally.close(ours.conf_high, &theirs[1], at);
}

#[test]
pub fn risk_ratios_equal_r() {
    let file = expected("groups");
    let mut tally = Tally::new("Risk ratio, four intervals", &file, ROOTS).against(
        "statsmodels",
        "confint_proportions_2indep, and the definitions in R",
    );
    let ratio = |case: &Value, method, level| {
        let (first, second) = groups(case);
        risk_ratio(first, second, method, level)
    };
    for case in of(&file, "two_proportions") {
        for (level, theirs) in levels(case) {
            let theirs = &theirs["rr"];
            for (name, method) in [
                ("katz_log", RatioMethod::Katz),
                ("koopman", RatioMethod::Koopman),
                ("miettinen_nurminen", RatioMethod::MiettinenNurminen),
            ] {
                let ours = ratio(case, method, level);
                let at = || format!("{} {name} at {level}", case["id"]);
                if method == RatioMethod::Katz {
                    tally.close(ours.estimate, &theirs["estimate"], at);
                }
                limits(&mut tally, ours, &theirs[name], &at);
            }
        }
    }
    for case in of(&file, "two_proportions_py") {
        for (level, theirs) in levels(case) {
            for (name, method) in [
                ("log", RatioMethod::Katz),
                ("log_adjusted", RatioMethod::KatzAdjusted),
                ("koopman_score", RatioMethod::Koopman),
                ("miettinen_nurminen_score", RatioMethod::MiettinenNurminen),
            ] {
                // The lower limit of statsmodels' score interval is spurious where all have it.
                if name.ends_with("score") && case["x1"] == case["n1"] {
                    continue;
                }
                let at = || format!("{} python {name} at {level}", case["id"]);
                limits(
                    &mut tally,
                    ratio(case, method, level),
                    &theirs["ratio"][name],
                    &at,
                );
            }
        }
    }
    tally.finish(500);
}

#[test]
pub fn odds_ratios_equal_r() {
    let file = expected("groups");
    let mut tally = Tally::new("Odds ratio, six intervals", &file, ROOTS)
        .against("R", "fisher.test by bisection, and the definitions");
    let ratio = |case: &Value, method, level| {
        let (first, second) = groups(case);
        odds_ratio(first, second, method, level)
    };
    for case in of(&file, "two_proportions") {
        for (level, theirs) in levels(case) {
            let theirs = &theirs["or"];
            let at = |name: &'static str| move || format!("{} {name} at {level}", case["id"]);
            let woolf = ratio(case, OddsMethod::Woolf, level);
            tally.close(woolf.estimate, &theirs["estimate"], at("cross product"));
            limits(&mut tally, woolf, &theirs["woolf"], &at("woolf"));
            let haldane = ratio(case, OddsMethod::HaldaneAnscombe, level);
            let half = &theirs["haldane_anscombe"];
            tally.close(haldane.estimate, &half["estimate"], at("haldane"));
            limits(&mut tally, haldane, &half["ci"], &at("haldane"));
            let exact = ratio(case, OddsMethod::Exact, level);
            tally.close(exact.estimate, &theirs["cmle_precise"], at("conditional"));
            limits(&mut tally, exact, &theirs["exact_precise"], &at("exact"));
            let mid = ratio(case, OddsMethod::MidP, level);
            limits(&mut tally, mid, &theirs["midp_exact_precise"], &at("mid-P"));
            for (name, method) in [
                ("score", OddsMethod::Score),
                ("miettinen_nurminen", OddsMethod::MiettinenNurminen),
            ] {
                let ours = ratio(case, method, level);
                // Where the script found no lower limit, statsmodels has one, see below.
                if !theirs[name][0].is_null() {
                    tally.close(ours.conf_low, &theirs[name][0], at(name));
                }
                tally.close(ours.conf_high, &theirs[name][1], at(name));
            }
        }
    }
    for case in of(&file, "two_proportions_py") {
        for (level, theirs) in levels(case) {
            for (name, method) in [
                ("logit", OddsMethod::Woolf),
                ("logit_adjusted", OddsMethod::HaldaneAnscombe),
                ("score", OddsMethod::Score),
                ("score_mn", OddsMethod::MiettinenNurminen),
            ] {
                // statsmodels divides by 0 where a cell is empty.
                if theirs["odds_ratio"][name]["error"].is_string() {
                    continue;
                }
                let at = || format!("{} python {name} at {level}", case["id"]);
                limits(
                    &mut tally,
                    ratio(case, method, level),
                    &theirs["odds_ratio"][name],
                    &at,
                );
            }
        }
    }
    tally.finish(700);
}

fn chi_squares(
    tally: &mut Tally,
    ours: Option<ChiSquareTest>,
    theirs: &Value,
    at: &impl Fn() -> String,
) {
    let nothing = ours.is_none().then_some(Difference::NothingToCompare);
    tally.close_or(
        nothing,
        ours.map(|test| test.statistic),
        &theirs["stat"],
        at,
    );
    tally.close_or(nothing, ours.map(|test| test.p_value), &theirs["p"], at);
    if !theirs["df"].is_null() {
        tally.close(ours.map(|test| test.df as f64), &theirs["df"], at);
    }
}

#[test]
pub fn tests_of_two_by_two_tables_equal_r() {
    let file = expected("groups");
    let mut tally = Tally::new(
        "χ², four variants, and Fisher’s test of 2 × 2 tables",
        &file,
        TOLERANCE,
    )
    .against("exact2x2", "chisq.test, fisher.test, exact2x2");
    tally.expect(Difference::NothingToCompare);
    for case in of(&file, "two_proportions") {
        let (first, second) = groups(case);
        let table = [second, first].map(|(x, n)| vec![x, n - x]);
        for (name, variant) in [
            ("chisq", ChiSquareVariant::Pearson),
            ("chisq_yates", ChiSquareVariant::Yates),
            ("chisq_n_minus_1", ChiSquareVariant::NMinus1),
            ("lr_chisq", ChiSquareVariant::LikelihoodRatio),
        ] {
            let at = || format!("{} {name}", case["id"]);
            chi_squares(&mut tally, chi_square(&table, variant), &case[name], &at);
        }
        let at = |name: &'static str| move || format!("{} {name}", case["id"]);
        for (i, row) in expected_counts(&table).iter().enumerate() {
            for (j, &ours) in row.iter().enumerate() {
                tally.close(Some(ours), &case["chisq"]["expected"][i][j], at("expected"));
            }
        }
        let fisher = fisher_tails(first, second, false);
        let mid = fisher_tails(first, second, true);
        for (name, ours, theirs) in [
            ("two-sided", fisher.p_value, &case["fisher_two.sided"]["p"]),
            ("less", fisher.p_less, &case["fisher_less"]["p"]),
            ("greater", fisher.p_greater, &case["fisher_greater"]["p"]),
        ] {
            tally.close_tail(Some(ours), theirs, at(name));
        }
        if case["fisher_midp_one"].is_null() {
            continue;
        }
        for (name, ours, theirs) in [
            ("central", fisher.p_central, &case["fisher_central_p"]),
            ("mid-P less", mid.p_less, &case["fisher_midp_one"]["less"]),
            (
                "mid-P greater",
                mid.p_greater,
                &case["fisher_midp_one"]["greater"],
            ),
            (
                "mid-P doubled",
                mid.p_central,
                &case["fisher_midp_two_doubled"],
            ),
            ("mid-P", mid.p_value, &case["fisher_midp_two_minlik"]),
        ] {
            tally.close_tail(Some(ours), theirs, at(name));
        }
    }
    tally.finish(190);
}

#[test]
pub fn score_tests_equal_r() {
    let file = expected("groups");
    let mut tally = Tally::new("Score test of a difference, non-inferiority", &file, ROOTS)
        .against(
            "statsmodels",
            "test_proportions_2indep, and the definitions in R",
        );
    for case in of(&file, "two_proportions") {
        let (first, second) = groups(case);
        for theirs in case["noninferiority"].as_array().unwrap() {
            let null = theirs["delta0"].as_f64().unwrap();
            for (z, p, variance) in [
                ("z_fm", "p_greater_fm", ScoreVariance::Plain),
                ("z_mn", "p_greater_mn", ScoreVariance::Unbiased),
            ] {
                let ours = risk_difference_test(first, second, null, variance);
                let at = || format!("{} {z} {null}", case["id"]);
                tally.close(ours.map(|test| test.statistic), &theirs[z], at);
                tally.close(ours.map(|test| test.p_greater), &theirs[p], at);
            }
        }
    }
    for case in of(&file, "two_proportions_py") {
        let (first, second) = groups(case);
        for theirs in case["score_test"].as_array().unwrap() {
            let variance = match theirs["correction"].as_bool().unwrap() {
                true => ScoreVariance::Unbiased,
                false => ScoreVariance::Plain,
            };
            let p: fn(NormalTest) -> f64 = match text(theirs, "alternative") {
                "larger" => |test| test.p_greater,
                "smaller" => |test| test.p_less,
                _ => |test| test.p_value,
            };
            let ours = risk_difference_test(first, second, 0.0, variance);
            let at = || format!("{} python", case["id"]);
            tally.close(ours.map(|test| test.statistic), &theirs["stat"], at);
            tally.close(ours.map(p), &theirs["p"], at);
        }
    }
    tally.finish(400);
}

#[test]
pub fn unconditional_tests_equal_scipy() {
    let file = expected("groups");
    let mut tally = Tally::new("Boschloo’s and Barnard’s tests", &file, GRID)
        .against("scipy", "boschloo_exact, barnard_exact");
    tally.expect(Difference::TiesInBarnard);
    let summed = expected("groups_r");
    for case in of(&file, "two_proportions_py") {
        let (first, second) = groups(case);
        for (name, test) in [
            ("boschloo", UnconditionalTest::Boschloo),
            ("barnard_pooled", UnconditionalTest::Barnard),
            ("barnard_unpooled", UnconditionalTest::BarnardUnpooled),
        ] {
            if case[name].is_null() {
                continue;
            }
            let ours = unconditional_test(first, second, test).unwrap();
            let at = |side: &'static str| move || format!("{} {name} {side}", case["id"]);
            for (side, ours) in [
                ("two-sided", ours.p_value),
                ("less", ours.p_less),
                ("greater", ours.p_greater),
            ] {
                let theirs = &case[name][side];
                if theirs.is_null() {
                    continue;
                }
                let instead = barnard(&summed, case, name == "barnard_pooled")
                    .filter(|_| name != "boschloo")
                    .map(|case| {
                        (
                            Difference::TiesInBarnard,
                            number(&case[side.replace('-', "_")]),
                        )
                    });
                tally.close_or_instead(instead, Some(ours), &theirs["p"], at(side));
            }
        }
    }
    tally.finish(50);
}

/// Barnard's test of the same groups by summing up in R.
fn barnard<'a>(summed: &'a Value, case: &Value, pooled: bool) -> Option<&'a Value> {
    let same = |summed: &&Value| {
        let groups = ["x1", "n1", "x2", "n2"]
            .iter()
            .all(|field| summed[field] == case[field]);
        summed["kind"] == "barnard" && groups && summed["pooled"] == pooled
    };
    cases(summed).iter().find(same)
}

#[test]
pub fn barnards_test_equals_r() {
    let file = expected("groups_r");
    let mut tally =
        Tally::new("Barnard’s test", &file, OPTIMISED).against("R", "dbinom and optimize");
    for case in cases(&file).iter().filter(|case| case["kind"] == "barnard") {
        let (first, second) = groups(case);
        let test = match case["pooled"].as_bool().unwrap() {
            true => UnconditionalTest::Barnard,
            false => UnconditionalTest::BarnardUnpooled,
        };
        let ours = unconditional_test(first, second, test).unwrap();
        let at = || format!("{first:?} {second:?} {test:?}");
        tally.close(Some(ours.p_value), &case["two_sided"], at);
        tally.close(Some(ours.p_less), &case["less"], at);
        tally.close(Some(ours.p_greater), &case["greater"], at);
    }
    tally.finish(60);
}

#[test]
pub fn exact_intervals_equal_r() {
    let file = expected("groups_r");
    let mut tally = Tally::new(
        "Exact unconditional intervals of difference and ratio",
        &file,
        OPTIMISED,
    )
    .against("R", "the definition by dbinom and optimize");
    for case in cases(&file).iter().filter(|case| case["kind"] == "exact") {
        let (first, second) = groups(case);
        let ours = risk_difference(first, second, DifferenceMethod::Exact, 0.95);
        let at = || format!("{first:?} {second:?}");
        tally.close(ours.map(|of| of.conf_low), &case["difference"][0], at);
        tally.close(ours.map(|of| of.conf_high), &case["difference"][1], at);
        let ours = risk_ratio(first, second, RatioMethod::Exact, 0.95);
        limits(&mut tally, ours, &case["ratio"], &at);
    }
    tally.finish(20);
}

#[test]
pub fn paired_proportions_equal_mcnemar_test() {
    let file = expected("groups");
    let mut tally = Tally::new("McNemar’s test, exact, mid-P and χ²", &file, TOLERANCE)
        .against("R", "mcnemar.test, binom.test");
    for case in of(&file, "contingency").filter(|case| case["kind"] == "mcnemar") {
        let table = table(&case["table"]);
        // R's odds ratio is b / c.
        let ours = mcnemar(table[1][0], table[0][1], 0.95);
        let at = || text(case, "id").to_string();
        chi_squares(
            &mut tally,
            ours.map(|test| test.corrected),
            &case["cc"],
            &at,
        );
        chi_squares(
            &mut tally,
            ours.map(|test| test.uncorrected),
            &case["nocc"],
            &at,
        );
        tally.close_tail(ours.map(|test| test.p_exact), &case["exact_p"], at);
        tally.close_tail(ours.map(|test| test.p_mid), &case["midp"], at);
        let odds = |part: fn(Ratio) -> Option<f64>| ours.and_then(|test| part(test.odds_ratio));
        tally.close(odds(|ratio| ratio.estimate), &case["or"], at);
        tally.close(odds(|ratio| ratio.conf_low), &case["or_exact_ci"][0], at);
        tally.close(odds(|ratio| ratio.conf_high), &case["or_exact_ci"][1], at);
    }
    tally.finish(43);
}

/// Fisher's test: R's p value, or, where ours is simulated, within four of its standard errors.
fn fisher(tally: &mut Tally, table: &[Vec<usize>], theirs: &Value, at: &impl Fn() -> String) {
    let ours = fisher_exact_table(table, 1);
    match ours.std_err {
        None => tally.close_tail(Some(ours.p_value), theirs, at),
        Some(std_err) => {
            println!("{} is simulated", at());
            let theirs = theirs.as_f64().unwrap();
            assert!((ours.p_value - theirs).abs() < 4.0 * std_err, "{}", at());
        }
    }
}

#[test]
pub fn tests_of_larger_tables_equal_r() {
    let file = expected("groups");
    let mut tally = Tally::new(
        "χ², Fisher’s test, residuals, Cramér’s V of r × c tables",
        &file,
        ROOTS,
    )
    .against("coin", "chisq.test, fisher.test, lbl_test");
    for case in of(&file, "contingency").filter(|case| case["kind"] == "rxc") {
        let table = table(&case["table"]);
        let at = || text(case, "id").to_string();
        let pearson = chi_square(&table, ChiSquareVariant::Pearson);
        chi_squares(&mut tally, pearson, &case["chisq"], &at);
        let likelihood = chi_square(&table, ChiSquareVariant::LikelihoodRatio);
        chi_squares(&mut tally, likelihood, &case["lr_chisq"], &at);
        fisher(&mut tally, &table, &case["fisher_p"], &at);
        tally.close(cramers_v(&table), &case["cramer_v"], at);
        let (expected, residuals) = (expected_counts(&table), standardised_residuals(&table));
        for (i, row) in expected.iter().enumerate() {
            for (j, &ours) in row.iter().enumerate() {
                tally.close(Some(ours), &case["chisq"]["expected"][i][j], at);
                tally.close(residuals[i][j], &case["chisq"]["std_residuals"][i][j], at);
            }
        }
        if !case["linear_by_linear"].is_null() {
            let scores = |n: usize| (1..=n).map(|score| score as f64).collect::<Vec<_>>();
            let (rows, columns) = (scores(table.len()), scores(table[0].len()));
            let ours = linear_by_linear(&table, &rows, &columns);
            let theirs = &case["linear_by_linear"];
            // coin turns the sign around where there are two rows.
            let sign = if table.len() == 2 { -1.0 } else { 1.0 };
            tally.close(ours.map(|test| sign * test.statistic), &theirs["z"], at);
            tally.close(ours.map(|test| test.p_value), &theirs["p"], at);
        }
        let values: Vec<Vec<f64>> = (table.iter())
            .map(|row| {
                let cells = row.iter().enumerate();
                cells
                    .flat_map(|(j, &n)| std::iter::repeat_n(j as f64, n))
                    .collect()
            })
            .collect();
        let slices: Vec<&[f64]> = values.iter().map(Vec::as_slice).collect();
        let kruskal = kruskal_wallis(&slices);
        let theirs = &case["kruskal_cols_by_row"];
        tally.close(kruskal.map(|test| test.statistic), &theirs["stat"], at);
        tally.close(kruskal.map(|test| test.df as f64), &theirs["df"], at);
        tally.close(kruskal.map(|test| test.p_value), &theirs["p"], at);
    }
    for case in of(&file, "table1") {
        let table = table(&case["table"]);
        let at = || text(case, "id").to_string();
        let pearson = chi_square(&table, ChiSquareVariant::Pearson);
        chi_squares(&mut tally, pearson, &case["chisq"], &at);
        if pearson.is_none() {
            continue;
        }
        if !case["chisq_yates"].is_null() {
            let yates = chi_square(&table, ChiSquareVariant::Yates);
            chi_squares(&mut tally, yates, &case["chisq_yates"], &at);
        }
        let smallest = |least: f64, cell: &f64| f64::min(least, *cell);
        let expected = expected_counts(&table).concat();
        let least = expected.iter().fold(f64::INFINITY, smallest);
        tally.close(Some(least), &case["chisq"]["min_expected"], at);
        fisher(&mut tally, &table, &case["fisher_p"], &at);
        if !case["trend"].is_null() {
            let groups = table[0].iter().zip(&table[1]);
            let groups: Vec<Counts> = groups.map(|(&x, &rest)| (x, x + rest)).collect();
            let scores: Vec<f64> = (1..=groups.len()).map(|score| score as f64).collect();
            let ours = cochran_armitage(&groups, &scores);
            let theirs = &case["trend"];
            tally.close(
                ours.map(|test| test.statistic.powi(2)),
                &theirs["chisq"],
                at,
            );
            tally.close(ours.map(|test| test.p_value), &theirs["p"], at);
        }
    }
    tally.finish(200);
}

#[test]
pub fn fishers_test_of_larger_tables_equals_r() {
    let file = expected("fisher_table");
    let mut tally =
        Tally::new("Fisher’s exact test, r × c", &file, ROOTS).against("R", "fisher.test");
    for case in cases(&file) {
        let table = table(&case["table"]);
        fisher(&mut tally, &table, &case["p"], &|| format!("{table:?}"));
    }
    tally.finish(25);
}

#[test]
pub fn trends_equal_prop_trend_test() {
    let file = expected("groups");
    let mut tally = Tally::new("Cochran-Armitage test of trend", &file, TOLERANCE)
        .against("R", "prop.trend.test");
    for case in of(&file, "contingency").filter(|case| case["kind"] == "cochran_armitage") {
        let list = |field: &str| case[field].as_array().unwrap().iter();
        let groups: Vec<Counts> = list("x").map(count).zip(list("n").map(count)).collect();
        let scores: Vec<f64> = list("scores")
            .map(|score| score.as_f64().unwrap())
            .collect();
        let ours = cochran_armitage(&groups, &scores);
        let at = || text(case, "id").to_string();
        tally.close(ours.map(|test| test.statistic), &case["z"], at);
        tally.close(ours.map(|test| test.statistic.powi(2)), &case["chisq"], at);
        tally.close_tail(ours.map(|test| test.p_value), &case["p"], at);
        let table: Vec<Vec<usize>> = groups.iter().map(|&(x, n)| vec![n - x, x]).collect();
        let ours = linear_by_linear(&table, &scores, &[0.0, 1.0]);
        tally.close(ours.map(|test| test.statistic), &case["z_n_minus_1"], at);
        tally.close_tail(ours.map(|test| test.p_value), &case["p_n_minus_1"], at);
    }
    tally.finish(20);
}

/// Strata whose first row is the second group, as R's odds ratios are those of the first row.
fn strata(value: &Value) -> Vec<(Counts, Counts)> {
    let group = |row: &Value| (count(&row[0]), count(&row[0]) + count(&row[1]));
    let tables = value.as_array().unwrap().iter();
    tables
        .map(|table| (group(&table[1]), group(&table[0])))
        .collect()
}

#[test]
pub fn stratified_tables_equal_mantelhaen_test() {
    let file = expected("groups");
    let mut tally = Tally::new(
        "Cochran-Mantel-Haenszel test and common odds ratio",
        &file,
        TOLERANCE,
    )
    .against("R", "mantelhaen.test");
    for case in of(&file, "contingency").filter(|case| case["kind"] == "mantel_haenszel") {
        let ours = mantel_haenszel(&strata(&case["table_k_r_c"]), 0.95).unwrap();
        let at = || text(case, "id").to_string();
        tally.close(ours.odds_ratio.estimate, &case["mh_or"], at);
        limits(&mut tally, ours.odds_ratio, &case["ci95"], &at);
        chi_squares(&mut tally, Some(ours.corrected), &case["cc"], &at);
        chi_squares(&mut tally, Some(ours.uncorrected), &case["nocc"], &at);
        tally.close(
            ours.exact.map(|exact| exact.p_value),
            &case["exact"]["p"],
            at,
        );
    }
    let drawn = expected("groups_r");
    for (i, case) in (cases(&drawn).iter().filter(|case| case["kind"] == "strata")).enumerate() {
        let ours = mantel_haenszel(&strata(&case["tables"]), 0.95).unwrap();
        let at = || format!("strata {i}");
        tally.close(ours.odds_ratio.estimate, &case["or"], at);
        limits(&mut tally, ours.odds_ratio, &case["ci"], &at);
        tally.close(Some(ours.corrected.statistic), &case["corrected"], at);
        tally.close_tail(Some(ours.corrected.p_value), &case["corrected_p"], at);
        tally.close(Some(ours.uncorrected.statistic), &case["uncorrected"], at);
        tally.close_tail(Some(ours.uncorrected.p_value), &case["uncorrected_p"], at);
    }
    tally.finish(170);
}

#[test]
pub fn exact_strata_equal_r() {
    let file = expected("groups_r");
    let mut tally = Tally::new(
        "Strata: exact odds ratio, Breslow-Day test with Tarone’s correction",
        &file,
        ROOTS,
    )
    .against("R", "the definitions by uniroot");
    for (i, case) in (cases(&file).iter().filter(|case| case["kind"] == "strata")).enumerate() {
        let ours = mantel_haenszel(&strata(&case["tables"]), 0.95).unwrap();
        let at = || format!("strata {i}");
        let exact = ours.exact.unwrap();
        tally.close_tail(Some(exact.p_value), &case["exact"]["p"], at);
        tally.close(exact.odds_ratio.estimate, &case["exact"]["or"], at);
        tally.close(exact.odds_ratio.conf_low, &case["exact"]["lower"], at);
        tally.close(exact.odds_ratio.conf_high, &case["exact"]["upper"], at);
        chi_squares(&mut tally, ours.homogeneity, &case["breslow_day"], &at);
    }
    tally.finish(130);
}

#[test]
pub fn binomial_tests_equal_r() {
    let file = expected("groups");
    let mut tally = Tally::new(
        "Binomial and score test of one proportion",
        &file,
        TOLERANCE,
    )
    .against("R", "binom.test, prop.test");
    for case in of(&file, "binom_test") {
        let (x, n) = (count(&case["x"]), count(&case["n"]));
        let ours = binomial_test(x, n, case["p0"].as_f64().unwrap()).unwrap();
        let at = || format!("{x} of {n} at {}", case["p0"]);
        tally.close_tail(Some(ours.p_value), &case["two_sided"], at);
        tally.close_tail(Some(ours.p_less), &case["less"], at);
        tally.close_tail(Some(ours.p_greater), &case["greater"], at);
        tally.close(Some(ours.score.statistic), &case["score_chisq"], at);
        tally.close(Some(ours.score.p_value), &case["score_p"], at);
        tally.close(Some(ours.score_corrected.p_value), &case["score_cc_p"], at);
    }
    tally.finish(1_080);
}

#[test]
pub fn differences_of_categories_equal_r() {
    let file = expected("groups_r");
    let mut tally = Tally::new("Standardised difference of categories", &file, TOLERANCE)
        .against("R", "the definition by solve");
    for case in cases(&file).iter().filter(|case| case["kind"] == "smd") {
        let counts = table(&case["counts"]);
        let ours = standardised_category_difference(&counts[0], &counts[1]);
        tally.close(ours, &case["smd"], || format!("{counts:?}"));
    }
    tally.finish(15);
}
