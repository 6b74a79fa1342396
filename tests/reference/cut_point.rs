//! Maximally selected log-rank statistics and splines of one covariate against their definitions in R.

use oncurve::stats::{
    Arrangements, CoxSettings, log_rank_scores, maximally_selected_log_rank, permuted_maximum,
    spline_effect, spline_knots,
};
use serde_json::Value;

use crate::compare::Tally;
use crate::data::{cases, expected, text};

/// Rounding of sums over a few hundred subjects.
const TOLERANCE: f64 = 1e-9;

/// Time, event and value of a case.
fn sample(case: &Value) -> (Vec<f64>, Vec<bool>, Vec<f64>) {
    let event = numbers(&case["event"]).iter().map(|&e| e == 1.0).collect();
    (numbers(&case["time"]), event, numbers(&case["value"]))
}

fn numbers(list: &Value) -> Vec<f64> {
    let list = list.as_array().unwrap();
    list.iter().map(|number| number.as_f64().unwrap()).collect()
}

fn of_kind<'a>(file: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    cases(file)
        .iter()
        .filter(move |case| text(case, "kind") == kind)
}

#[test]
pub fn the_largest_log_rank_statistic_equals_its_definition() {
    let file = expected("cut_point");
    let mut tally = Tally::new("Maximally selected log-rank statistic", &file, TOLERANCE)
        .against("survival", "survdiff");
    for case in of_kind(&file, "search") {
        let (time, event, value) = sample(case);
        let least = case["least"].as_f64().unwrap();
        let ours = maximally_selected_log_rank(&time, &event, &value, least).unwrap();
        let theirs = case["cuts"].as_array().unwrap();
        assert_eq!(ours.points.len(), theirs.len());
        let at = |what: &str| format!("{} {} {least} {what}", case["data"], case["x"]);
        for (i, point) in ours.points.iter().enumerate() {
            tally.close(Some(point.cut), &theirs[i], || at("cut"));
            let statistic = &case["statistics"][i];
            tally.close(Some(point.statistic), statistic, || at("statistic"));
        }
        let cut = ours.points[ours.largest].cut;
        tally.close(Some(cut), &case["cut"], || at("largest"));
        tally.close_tail(Some(ours.p_value), &case["p"], || at("p"));
    }
    tally.finish(800);
}

#[test]
pub fn splines_of_one_covariate_equal_coxph_with_their_basis() {
    let file = expected("cut_point");
    let mut tally = Tally::new("Restricted cubic spline of a covariate", &file, TOLERANCE)
        .against("survival", "coxph");
    for case in of_kind(&file, "spline") {
        let (time, event, value) = sample(case);
        let count = case["count"].as_u64().unwrap() as usize;
        let knots = spline_knots(&value, count).unwrap();
        let at = |what: &str| format!("{} {} {count} {what}", case["data"], case["x"]);
        for (ours, theirs) in knots.iter().zip(case["knots"].as_array().unwrap()) {
            tally.close(Some(*ours), theirs, || at("knot"));
        }
        let reference = case["reference"].as_f64().unwrap();
        let grid = numbers(&case["grid"]);
        let places = (reference, &*grid);
        let settings = CoxSettings::default();
        let ours = spline_effect(&time, &event, &value, &knots, places, settings).unwrap();
        for (i, point) in ours.curve.iter().enumerate() {
            tally.close(Some(point.estimate), &case["estimate"][i], || at("curve"));
            tally.close(Some(point.std_err), &case["std_err"][i], || at("error"));
        }
        let wald = ours.non_linearity_wald.unwrap();
        for (value, name) in [
            (ours.effect.statistic, "effect"),
            (ours.non_linearity.statistic, "non_linearity"),
            (wald.statistic, "wald"),
            (ours.non_linearity.p_value, "p"),
            (wald.p_value, "p_wald"),
        ] {
            tally.close(Some(value), &case[name], || at(name));
        }
        assert_eq!((ours.non_linearity.df, wald.df), (count - 2, count - 2));
    }
    tally.finish(400);
}

/// Three standard errors of 40,000 draws around the p value of all arrangements.
#[test]
fn the_permuted_maximum_approaches_the_p_value_of_all_arrangements() {
    let file = expected("cut_point");
    let mut seen = 0;
    for case in of_kind(&file, "permutation") {
        let (time, event, value) = sample(case);
        let least = case["least"].as_f64().unwrap();
        let draws = 40_000;
        let test = permuted_maximum(
            &time,
            &event,
            &value,
            least,
            draws,
            1,
            &mut Arrangements::count,
        )
        .unwrap();
        let exact = case["p"].as_f64().unwrap();
        let error = (exact * (1.0 - exact) / f64::from(draws)).sqrt();
        assert!(
            (test.p_value - exact).abs() < 3.0 * error,
            "{} {exact}",
            test.p_value
        );
        seen += 1;
    }
    assert_eq!(seen, 2);
}

#[test]
fn the_statistics_of_a_cut_do_not_depend_on_order_units_or_a_rising_transform() {
    let file = expected("cut_point");
    let case = of_kind(&file, "search").next().unwrap();
    let (time, event, value) = sample(case);
    let of = |time: &[f64], event: &[bool], value: &[f64]| {
        let found = maximally_selected_log_rank(time, event, value, 0.1).unwrap();
        let statistics = found.points.iter().map(|point| point.statistic);
        statistics.collect::<Vec<_>>()
    };
    let plain = of(&time, &event, &value);
    let longer: Vec<f64> = time.iter().map(|t| t * 30.4375).collect();
    let log: Vec<f64> = value.iter().map(|x| x.ln()).collect();
    let back = |list: &[f64]| list.iter().rev().copied().collect::<Vec<_>>();
    let events: Vec<bool> = event.iter().rev().copied().collect();
    let others = [
        of(&longer, &event, &value),
        of(&time, &event, &log),
        of(&back(&time), &events, &back(&value)),
    ];
    for other in others {
        assert_eq!(plain.len(), other.len());
        for (a, b) in plain.iter().zip(&other) {
            assert!((a - b).abs() < TOLERANCE, "{a} {b}");
        }
    }
    let sum: f64 = log_rank_scores(&time, &event).iter().sum();
    assert!(sum.abs() < TOLERANCE, "{sum}");
}
