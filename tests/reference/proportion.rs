//! Intervals of proportions against R's definitions, and Fisher's exact test.

use oncurve::stats::{ProportionMethod, fisher_exact, newcombe, proportion};

use crate::compare::{Tally, number, numbers};
use crate::data::{cases, expected};

/// Closed forms, and quantiles of the beta distribution that both sides find to rounding.
const TOLERANCE: f64 = 1e-11;

/// R sums the probabilities of tables in another order, each with the error of a log-gamma.
const FISHER: f64 = 1e-10;

/// The name in the file, ours, and what gave the figures.
const METHODS: [(&str, ProportionMethod, [&str; 3]); 5] = [
    (
        "clopper_pearson",
        ProportionMethod::ClopperPearson,
        ["Proportion, Clopper-Pearson", "R", "binom.test"],
    ),
    (
        "wilson",
        ProportionMethod::Wilson,
        ["Proportion, Wilson", "R", "prop.test"],
    ),
    (
        "agresti_coull_truncated",
        ProportionMethod::AgrestiCoull,
        ["Proportion, Agresti-Coull", "binom", "binom.confint"],
    ),
    // Equal-tailed Beta quantiles, 0 at x = 0 and 1 at x = n (Brown, Cai & DasGupta).
    (
        "jeffreys_bcd",
        ProportionMethod::Jeffreys,
        ["Proportion, Jeffreys", "R", "qbeta"],
    ),
    (
        "midp",
        ProportionMethod::MidP,
        ["Proportion, mid-P", "R", "pbinom"],
    ),
];

#[test]
pub fn intervals_equal_r() {
    let file = expected("binom_ci");
    for (name, method, [title, package, function]) in METHODS {
        let mut tally = Tally::new(title, &file, TOLERANCE).against(package, function);
        for case in cases(&file) {
            let field = |field: &str| number(&case[field]).unwrap();
            let (x, n) = (field("x") as usize, field("n") as usize);
            let ours = proportion(x, n, method, field("level"));
            let at = || format!("{name} {x}/{n} at {}", field("level"));
            tally.close(ours.estimate, &case["estimate"], at);
            tally.close(ours.conf_low, &case[name][0], at);
            tally.close(ours.conf_high, &case[name][1], at);
            if method == ProportionMethod::ClopperPearson {
                // The limits of the two one-sided intervals are those of an interval with the error of both.
                let ours = proportion(x, n, method, 2.0 * field("level") - 1.0);
                let theirs = &case["one_sided_cp"];
                tally.close(ours.conf_low, &theirs["lower"], at);
                tally.close(ours.conf_high, &theirs["upper"], at);
            }
        }
        tally.finish(1_284);
    }
}

#[test]
pub fn differences_equal_newcombe() {
    let file = expected("two_proportions");
    let mut tally = Tally::new(
        "Difference of proportions, Newcombe's method 10",
        &file,
        TOLERANCE,
    )
    .against("R", "its definition");
    for case in cases(&file) {
        let count = |field: &str| number(&case[field]).unwrap() as usize;
        let first = (count("x1"), count("n1"));
        let second = (count("x2"), count("n2"));
        for theirs in case["newcombe"].as_array().unwrap() {
            // R's difference is the first minus the second.
            let ours = newcombe(second, first, number(&theirs["level"]).unwrap()).unwrap();
            let at = || format!("{}", case["id"]);
            tally.close(Some(ours.estimate), &theirs["diff"], at);
            tally.close(Some(ours.conf_low), &theirs["newcombe"][0], at);
            tally.close(Some(ours.conf_high), &theirs["newcombe"][1], at);
        }
    }
    tally.finish(126);
}

#[test]
pub fn exact_tests_equal_fisher_test() {
    let file = expected("fisher");
    let mut tally =
        Tally::new("Fisher's exact test, 2 × k", &file, FISHER).against("R", "fisher.test");
    for case in cases(&file) {
        let rows = case["counts"].as_array().unwrap().iter().map(numbers);
        let counts: Vec<(usize, usize)> = rows
            .map(|row| (row[0].unwrap() as usize, row[1].unwrap() as usize))
            .collect();
        let ours = fisher_exact(&counts, 1);
        assert_eq!(ours.draws, None, "{counts:?} is enumerated");
        tally.close_tail(Some(ours.p_value), &case["p"], || format!("{counts:?}"));
    }
    for case in cases(&expected("two_proportions")) {
        let count = |field: &str| number(&case[field]).unwrap() as usize;
        let row = |x: &str, n: &str| (count(x), count(n) - count(x));
        let ours = fisher_exact(&[row("x1", "n1"), row("x2", "n2")], 1);
        tally.close_tail(Some(ours.p_value), &case["fisher_p"], || {
            format!("{}", case["id"])
        });
    }
    tally.finish(80);
}
