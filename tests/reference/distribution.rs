//! Distribution functions against R's.

use oncurve::math::{beta_quantile, chi_square_upper, normal_upper, normal_upper_quantile};

use crate::compare::{Tally, number};
use crate::data::{cases, expected, text};

/// A few units in the last place of `erfc` and of the incomplete beta function; R writes 15 digits.
const TOLERANCE: f64 = 1e-12;

#[test]
fn tails_and_quantiles_equal_r() {
    let file = expected("distribution");
    let mut tally = Tally::new("normal, χ² and beta", &file, TOLERANCE);
    for case in cases(&file) {
        let field = |field: &str| number(&case[field]).unwrap();
        let (ours, theirs) = match text(case, "kind") {
            "normal" => (normal_upper_quantile(field("p")), &case["z"]),
            "tail" => (normal_upper(field("z")), &case["p"]),
            "chi_square" => (
                chi_square_upper(field("x"), field("df") as usize),
                &case["p"],
            ),
            _ => (
                beta_quantile(field("p"), field("a"), field("b")),
                &case["x"],
            ),
        };
        tally.close_tail(Some(ours), theirs, || case.to_string());
    }
    tally.finish(460);
}
