//! Counts the compared values and keeps the largest difference.

use serde_json::Value;

use crate::differences::Difference;

/// Comparison of one method with its reference.
pub struct Tally {
    method: &'static str,
    reference: String,
    tolerance: f64,
    compared: usize,
    largest: f64,
    failures: Vec<String>,
    /// Intended differences that were allowed, and those that were seen.
    expected: Vec<Difference>,
    seen: Vec<Difference>,
}

impl Tally {
    /// `tolerance` is relative; see [`Tally::close`].
    pub fn new(method: &'static str, reference: &Value, tolerance: f64) -> Self {
        Self {
            method,
            reference: reference["made_with"].as_str().unwrap().to_string(),
            tolerance,
            compared: 0,
            largest: 0.0,
            failures: Vec::new(),
            expected: Vec::new(),
            seen: Vec::new(),
        }
    }

    /// An intended difference that must still be there at the end.
    pub fn expect(&mut self, difference: Difference) {
        self.expected.push(difference);
    }

    /// One value that may differ for a reason of ours, if there is one.
    pub fn close_or(
        &mut self,
        reason: Option<Difference>,
        ours: Option<f64>,
        theirs: &Value,
        what: impl Fn() -> String,
    ) {
        let failures = self.failures.len();
        self.close(ours, theirs, what);
        if let (Some(reason), true) = (reason, self.failures.len() > failures) {
            self.failures.pop();
            self.compared -= 1;
            self.seen.push(reason);
        }
    }

    /// One value. Differences are relative, but those of values below 1 in 10,000 are taken
    /// relative to that: R itself loses those digits in 1 − (1 − x).
    pub fn close(&mut self, ours: Option<f64>, theirs: &Value, what: impl Fn() -> String) {
        self.relative(ours, theirs, 1e-4, what);
    }

    /// One p value or other number that is to be right however small it is.
    pub fn close_tail(&mut self, ours: Option<f64>, theirs: &Value, what: impl Fn() -> String) {
        self.relative(ours, theirs, f64::MIN_POSITIVE, what);
    }

    fn relative(
        &mut self,
        ours: Option<f64>,
        theirs: &Value,
        floor: f64,
        what: impl Fn() -> String,
    ) {
        self.compared += 1;
        match (ours, number(theirs)) {
            (None, None) => {}
            (Some(a), Some(b)) => {
                let difference = (a - b).abs() / b.abs().max(floor);
                if difference <= self.tolerance {
                    self.largest = self.largest.max(difference);
                } else {
                    self.failures
                        .push(format!("{}: {a:e}, R has {b:e} ({difference:e})", what()));
                }
            }
            (a, b) => self
                .failures
                .push(format!("{}: {a:?}, R has {b:?}", what())),
        }
    }

    /// Prints the line for the README; fails on any difference, or if less than `minimum` values
    /// were compared.
    pub fn finish(self, minimum: usize) {
        println!(
            "{} | {} | {} values | largest difference {:.0e}",
            self.method, self.reference, self.compared, self.largest
        );
        for difference in self.expected {
            let count = self.seen.iter().filter(|seen| **seen == difference).count();
            println!("    {count} differ on purpose: {}", difference.reason());
            assert!(
                count > 0,
                "the difference is gone: remove {difference:?} from differences.rs"
            );
        }
        assert!(
            self.failures.is_empty(),
            "{} of {} values differ:\n{}",
            self.failures.len(),
            self.compared,
            self.failures[..self.failures.len().min(40)].join("\n")
        );
        assert!(
            self.compared >= minimum,
            "only {} values compared",
            self.compared
        );
    }
}

/// A number of R: `null` and the infinite ones are `None` here.
pub fn number(value: &Value) -> Option<f64> {
    value.as_f64()
}

/// A vector of R; a missing one is empty.
pub fn numbers(value: &Value) -> Vec<Option<f64>> {
    value
        .as_array()
        .map_or_else(Vec::new, |items| items.iter().map(number).collect())
}
