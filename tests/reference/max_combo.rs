//! MaxCombo and the normal probabilities under it against mvtnorm and nested integrals in R.

use oncurve::math::normal_beyond;
use oncurve::stats::{MAX_COMBO, RiskTable};

use crate::compare::{Tally, numbers};
use crate::data::{cases, expected};
use crate::log_rank_weighted::Groups;

/// Nested adaptive integrals, theirs to a relative 1e-10.
const TOLERANCE: f64 = 1e-8;

/// Eight corners of a box, each good to 1e-14, add up to tails of a few thousandths.
const CORNERS: f64 = 1e-10;

#[test]
pub fn max_combo_equals_the_formula_with_nested_integrals() {
    let file = expected("max_combo");
    let mut tally = Tally::new("MaxCombo", &file, TOLERANCE).against("R", "nested integrals");
    let mut furthest: f64 = 0.0;
    for case in cases(&file).iter().filter(|case| case["box"].is_null()) {
        let groups = Groups::new(case, case["strata"].as_str());
        let ours = RiskTable::new(&groups.follow_up())
            .unwrap()
            .max_combo(&MAX_COMBO)
            .unwrap();
        let at = || format!("{} {}", case["data"], case["strata"]);
        for i in 0..4 {
            tally.close(ours.z[i], &case["z"][i], at);
            for j in 0..4 {
                tally.close(
                    Some(ours.correlation[4 * i + j]),
                    &case["correlation"][i][j],
                    at,
                );
            }
        }
        tally.close(Some(ours.statistic), &case["statistic"], at);
        tally.close_tail(Some(ours.p_value), &case["p"], at);
        furthest = furthest.max((ours.p_value - case["mvtnorm"].as_f64().unwrap()).abs());
    }
    println!("    mvtnorm (random lattice points) is within {furthest:.0e}");
    assert!(furthest < 2e-5);
    tally.finish(300);
}

#[test]
pub fn boxes_of_three_normals_equal_mvtnorm() {
    let file = expected("max_combo");
    let mut tally = Tally::new("Largest of three correlated normals", &file, CORNERS)
        .against("mvtnorm", "pmvnorm");
    for case in cases(&file).iter().filter(|case| !case["box"].is_null()) {
        let rows = case["correlation"].as_array().unwrap();
        let correlation: Vec<f64> = rows.iter().flat_map(numbers).flatten().collect();
        let ours = normal_beyond(&correlation, 3, case["limit"].as_f64().unwrap());
        tally.close_tail(Some(ours), &case["p"], || case["limit"].to_string());
    }
    tally.finish(48);
}
