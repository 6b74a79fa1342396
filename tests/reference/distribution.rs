//! Distribution functions against mpmath's and R's.

use oncurve::math::{
    beta_quantile, binomial_upper, chi_square_upper, f_upper, ln_choose, normal_upper,
    normal_upper_quantile, t_critical, t_two_sided,
};

use crate::compare::{Tally, number, numbers};
use crate::data::{cases, expected, text};

/// A few units in the last place; the R figures have 15 digits.
const TOLERANCE: f64 = 1e-13;

/// What is compared with mpmath: the name in the file, in the README, and ours.
type Function = fn(&[f64]) -> f64;
const FUNCTIONS: [(&str, &str, Function); 9] = [
    ("normal_upper", "Normal tail to 10⁻³⁰⁰", |x| {
        normal_upper(x[0])
    }),
    ("normal_upper_quantile", "Normal quantile", |x| {
        normal_upper_quantile(x[0])
    }),
    ("chi_square_upper", "χ² tail to 10⁻³⁰⁰", |x| {
        chi_square_upper(x[0], x[1] as usize)
    }),
    ("t_two_sided", "Student's t tail to 10⁻³⁰⁰", |x| {
        t_two_sided(x[0], x[1])
    }),
    ("t_critical", "Student's t quantile", |x| {
        t_critical(x[0], x[1])
    }),
    ("f_upper", "F tail to 10⁻³⁰⁰", |x| {
        f_upper(x[0], x[1], x[2])
    }),
    ("beta_quantile", "Beta quantile", |x| {
        beta_quantile(x[0], x[1], x[2])
    }),
    ("binomial_upper", "Binomial tail to 10⁻³⁰⁰", |x| {
        binomial_upper(x[0] as usize, x[1] as usize, x[2])
    }),
    ("ln_choose", "Logarithm of a binomial coefficient", |x| {
        ln_choose(x[0] as usize, x[1] as usize)
    }),
];

#[test]
pub fn distributions_equal_mpmath_to_the_far_tails() {
    let file = expected("distribution_mpmath");
    for (kind, title, function) in FUNCTIONS {
        let mut tally = Tally::new(title, &file, TOLERANCE);
        for case in cases(&file)
            .iter()
            .filter(|case| text(case, "kind") == kind)
        {
            let of: Vec<f64> = numbers(&case["of"]).into_iter().flatten().collect();
            tally.close_tail(Some(function(&of)), &case["value"], || case.to_string());
        }
        tally.finish(40);
    }
}

#[test]
pub fn tails_and_quantiles_equal_r() {
    let file = expected("distribution");
    let mut tails = Tally::new("Normal and χ² tails, normal quantile", &file, TOLERANCE)
        .against("R", "pnorm, pchisq, qnorm");
    let mut beta = Tally::new("Beta quantile", &file, TOLERANCE).against("R", "qbeta");
    for case in cases(&file) {
        let field = |field: &str| number(&case[field]).unwrap();
        let (ours, theirs) = match text(case, "kind") {
            "normal" => (normal_upper_quantile(field("p")), &case["z"]),
            "tail" => (normal_upper(field("z")), &case["p"]),
            "chi_square" => (
                chi_square_upper(field("x"), field("df") as usize),
                &case["p"],
            ),
            _ => {
                let ours = beta_quantile(field("p"), field("a"), field("b"));
                beta.close_tail(Some(ours), &case["x"], || case.to_string());
                continue;
            }
        };
        tails.close_tail(Some(ours), theirs, || case.to_string());
    }
    tails.finish(160);
    beta.finish(290);
}
