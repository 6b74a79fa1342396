//! Firth's penalised likelihood with case weights: against its definition, and against rows that are written out.

use oncurve::stats::{CoxData, CoxSettings, FirthFit, Ties, firth};
use serde_json::Value;

use crate::compare::{Tally, numbers};
use crate::data::{cases, expected, text};

/// Both sides find the root of the same gradient; the limits are roots of the profile to 1e-12.
const TOLERANCE: f64 = 1e-9;

struct Weighted {
    time: Vec<f64>,
    event: Vec<bool>,
    covariates: Vec<Vec<f64>>,
    weights: Vec<f64>,
    settings: CoxSettings,
}

impl Weighted {
    fn of(case: &Value) -> Self {
        let column = |of: &Value| -> Vec<f64> {
            let values = numbers(of);
            values.into_iter().map(Option::unwrap).collect()
        };
        Self {
            time: column(&case["time"]),
            event: (case["event"].as_array().unwrap().iter())
                .map(|event| event == true)
                .collect(),
            covariates: case["x"].as_array().unwrap().iter().map(column).collect(),
            weights: column(&case["weight"]),
            settings: CoxSettings {
                ties: match text(case, "ties") {
                    "efron" => Ties::Efron,
                    _ => Ties::Breslow,
                },
                ..CoxSettings::default()
            },
        }
    }

    fn fit(&self) -> FirthFit {
        let data = CoxData {
            weights: Some(&self.weights),
            ..CoxData::new(&self.time, &self.event, &self.covariates)
        };
        firth(&data, self.settings).unwrap()
    }

    /// The fit of the rows written out as often as they count.
    fn written_out(&self) -> FirthFit {
        let rows: Vec<usize> = (self.weights.iter().enumerate())
            .flat_map(|(i, &weight)| vec![i; weight as usize])
            .collect();
        let of = |values: &[f64]| rows.iter().map(|&i| values[i]).collect::<Vec<f64>>();
        let event: Vec<bool> = rows.iter().map(|&i| self.event[i]).collect();
        let covariates: Vec<Vec<f64>> = self.covariates.iter().map(|x| of(x)).collect();
        let time = of(&self.time);
        firth(&CoxData::new(&time, &event, &covariates), self.settings).unwrap()
    }
}

#[test]
pub fn weighted_penalised_fits_equal_the_definition() {
    let file = expected("firth_weighted");
    let method = "Firth’s penalised likelihood with case weights";
    let mut tally = Tally::new(method, &file, TOLERANCE);
    for case in cases(&file) {
        let ours = Weighted::of(case).fit();
        let at = |part: &str| format!("{} {} {part}", case["id"], case["ties"]);
        let maximum = Some(ours.log_likelihood);
        tally.close(maximum, &case["penalised_loglik"], || at("maximum"));
        let null = Some(ours.log_likelihood_null);
        tally.close(null, &case["penalised_loglik_null"], || at("null"));
        for (j, term) in ours.terms.iter().enumerate() {
            tally.close(term.coef, &case["coef"][j], || at("coef"));
            tally.close(term.std_err, &case["std_err"][j], || at("std_err"));
            tally.close(term.statistic, &case["statistic"][j], || at("statistic"));
            tally.close(term.coef_low, &case["lower"][j], || at("lower"));
            tally.close(term.coef_high, &case["upper"][j], || at("upper"));
        }
    }
    tally.finish(80);
}

/// The terms and likelihoods of two fits to 1e-8: they take sums in another order.
fn same(one: &FirthFit, other: &FirthFit, what: &str) {
    let close =
        |a: f64, b: f64| assert!((a - b).abs() <= 1e-8 * b.abs().max(1.0), "{what}: {a} {b}");
    close(one.log_likelihood, other.log_likelihood);
    for (one, other) in one.terms.iter().zip(&other.terms) {
        for (a, b) in [
            (one.coef, other.coef),
            (one.std_err, other.std_err),
            (one.coef_low, other.coef_low),
            (one.coef_high, other.coef_high),
            (one.p_value, other.p_value),
        ] {
            match (a, b) {
                (Some(a), Some(b)) => close(a, b),
                (a, b) => assert_eq!(a, b, "{what}"),
            }
        }
    }
}

#[test]
fn a_weight_of_three_is_three_rows() {
    // Efron's method breaks the ties that rows written out make; Breslow's takes them as they are.
    let mut seed = 7u64;
    let mut next = |below: u64| {
        seed = seed
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (seed >> 33) % below
    };
    for cohort in 0..25 {
        let n = 20 + next(40) as usize;
        let x: Vec<f64> = (0..n).map(|_| next(2) as f64).collect();
        let weighted = Weighted {
            time: (0..n).map(|_| (1 + next(25)) as f64).collect(),
            // Every third cohort is separated: no event with x = 1.
            event: (0..n)
                .map(|i| next(3) > 0 && (cohort % 3 > 0 || x[i] == 0.0))
                .collect(),
            covariates: vec![x, (0..n).map(|_| next(50) as f64 / 10.0).collect()],
            weights: (0..n).map(|_| (1 + next(4)) as f64).collect(),
            settings: CoxSettings {
                ties: Ties::Breslow,
                ..CoxSettings::default()
            },
        };
        let what = format!("cohort {cohort}");
        same(&weighted.fit(), &weighted.written_out(), &what);
    }
}

#[test]
fn weights_of_one_change_nothing() {
    let file = expected("firth_weighted");
    for case in cases(&file) {
        let mut weighted = Weighted::of(case);
        weighted.weights = vec![1.0; weighted.time.len()];
        same(&weighted.fit(), &weighted.written_out(), text(case, "id"));
    }
}
