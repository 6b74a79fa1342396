//! Counts the compared values and keeps the largest difference.

use std::cell::RefCell;
use std::panic::Location;

use serde_json::Value;

use crate::differences::Difference;

/// One method and how it compares: a row of the README's table.
#[derive(Clone)]
pub struct Row {
    pub method: &'static str,
    /// The implementation with its version.
    pub reference: String,
    /// Values that are equal within the tolerance.
    pub compared: usize,
    /// Values that differ on purpose.
    pub on_purpose: usize,
    /// The largest relative difference of the equal ones.
    pub largest: f64,
    /// The largest that is allowed.
    pub tolerance: f64,
    /// The line with its `Tally::new`.
    pub made_at: &'static Location<'static>,
}

thread_local! {
    static FINISHED: RefCell<Vec<Row>> = const { RefCell::new(Vec::new()) };
}

/// Runs a test function and hands back the rows of its tallies.
pub fn rows_of(comparison: fn()) -> Vec<Row> {
    FINISHED.take();
    comparison();
    FINISHED.take()
}

/// Comparison of one method with its reference.
pub struct Tally {
    row: Row,
    made_with: String,
    failures: Vec<String>,
    /// Intended differences that were allowed, and those that were seen.
    expected: Vec<Difference>,
    seen: Vec<Difference>,
}

impl Tally {
    /// `tolerance` is relative; see [`Tally::close`].
    #[track_caller]
    pub fn new(method: &'static str, reference: &Value, tolerance: f64) -> Self {
        let made_with = reference["made_with"].as_str().unwrap();
        let made_with = made_with.replace("R version", "R");
        Self {
            row: Row {
                method,
                reference: made_with.clone(),
                compared: 0,
                on_purpose: 0,
                largest: 0.0,
                tolerance,
                made_at: Location::caller(),
            },
            made_with,
            failures: Vec::new(),
            expected: Vec::new(),
            seen: Vec::new(),
        }
    }

    /// What gives the reference values: a function of one of the packages (or of "R") that made the
    /// file. Without it the row names all that made the file.
    pub fn against(mut self, package: &str, function: &str) -> Self {
        let mut made_with = self.made_with.split(", ");
        let version = made_with.find(|made| made.split(' ').next() == Some(package));
        let version = version.unwrap_or_else(|| panic!("{package} is not in {}", self.made_with));
        self.row.reference = format!("{function}, {version}");
        self
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
            self.row.compared -= 1;
            self.row.on_purpose += 1;
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
        self.row.compared += 1;
        match (ours, number(theirs)) {
            (None, None) => {}
            (Some(a), Some(b)) => {
                let difference = (a - b).abs() / b.abs().max(floor);
                if difference <= self.row.tolerance {
                    self.row.largest = self.row.largest.max(difference);
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

    /// Prints the row of the README's table; fails on any difference, or if less than `minimum`
    /// values were compared.
    pub fn finish(self, minimum: usize) {
        let row = self.row;
        println!(
            "{} | {} | {} values | largest difference {:.0e}",
            row.method, row.reference, row.compared, row.largest
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
            row.compared,
            self.failures[..self.failures.len().min(40)].join("\n")
        );
        assert!(
            row.compared >= minimum,
            "only {} values compared",
            row.compared
        );
        FINISHED.with_borrow_mut(|finished| finished.push(row));
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
