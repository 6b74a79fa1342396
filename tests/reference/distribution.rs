//! Distribution functions against R's.

use oncurve::math::{beta_quantile, chi_square_upper, normal_upper, normal_upper_quantile};

use crate::compare::{Tally, number};
use crate::data::{cases, expected, text};

/// A few units in the last place of `erfc`; R writes 15 digits.
const TOLERANCE: f64 = 1e-13;

/// The incomplete beta function of statrs takes differences of log-gammas of thousands.
const BETA: f64 = 1e-10;

#[test]
pub fn tails_and_quantiles_equal_r() {
    let file = expected("distribution");
    let mut tails = Tally::new("Normal and χ² tails, normal quantile", &file, TOLERANCE)
        .against("R", "pnorm, pchisq, qnorm");
    let mut beta = Tally::new("Beta quantile", &file, BETA).against("R", "qbeta");
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
