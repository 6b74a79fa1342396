//! Counts the compared values and keeps the largest difference.

use std::cell::RefCell;
use std::panic::Location;

use serde_json::{Value, json};

use crate::differences::{Difference, Instead};

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

/// Differences of values below this are taken relative to it.
const FLOOR: f64 = 1e-4;

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
    /// Of the compared values, those that neither side has.
    nothing: usize,
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
            nothing: 0,
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

    /// One value that may differ for a reason of ours, if there is one: it is R's, or what the
    /// reason says that we give instead.
    pub fn close_or(
        &mut self,
        reason: Option<Difference>,
        ours: Option<f64>,
        theirs: &Value,
        what: impl Fn() -> String,
    ) {
        match reason {
            Some(reason) if !self.equal(ours, number(theirs)) => {
                let Instead::Always(instead) = reason.instead() else {
                    panic!("{}: use close_or_instead for {reason:?}", what());
                };
                self.close_or_instead(Some((reason, instead)), ours, theirs, what);
            }
            _ => self.close(ours, theirs, what),
        }
    }

    /// One value that, for a reason of ours, is `instead`, worked out by someone else.
    pub fn close_or_instead(
        &mut self,
        instead: Option<(Difference, Option<f64>)>,
        ours: Option<f64>,
        theirs: &Value,
        what: impl Fn() -> String,
    ) {
        match instead {
            Some((reason, instead)) if !self.equal(instead, number(theirs)) => {
                self.row.on_purpose += 1;
                self.seen.push(reason);
                if !self.equal(ours, instead) {
                    self.failures.push(format!(
                        "{}: {ours:?}, on purpose it is {instead:?} ({reason:?})",
                        what()
                    ));
                }
            }
            _ => self.close(ours, theirs, what),
        }
    }

    /// Whether [`Tally::close`] would take `ours` for `theirs`.
    fn equal(&self, ours: Option<f64>, theirs: Option<f64>) -> bool {
        match (ours, theirs) {
            (Some(a), Some(b)) => (a - b).abs() / b.abs().max(FLOOR) <= self.row.tolerance,
            (a, b) => a == b,
        }
    }

    /// One value. Differences are relative, but those of values below 1 in 10,000 are taken
    /// relative to that: R itself loses those digits in 1 − (1 − x).
    pub fn close(&mut self, ours: Option<f64>, theirs: &Value, what: impl Fn() -> String) {
        self.relative(ours, theirs, FLOOR, what);
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
        // A name that the file does not have is no value, though ours is none either.
        if ours.is_none() && std::ptr::eq(theirs, &Value::Null["no such name"]) {
            return;
        }
        self.row.compared += 1;
        match (ours, number(theirs)) {
            (None, None) => self.nothing += 1,
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
            "{} | {} | {} values, {} of them nothing on both sides | largest difference {:.0e}",
            row.method, row.reference, row.compared, self.nothing, row.largest
        );
        for difference in &self.seen {
            assert!(
                self.expected.contains(difference),
                "{difference:?} is not expected here"
            );
        }
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

fn tally_of_one(ours: Option<f64>, instead: Option<f64>, theirs: f64) {
    let mut tally = Tally::new("test", &json!({"made_with": "R 4"}), 1e-9);
    tally.expect(Difference::PlateauToTheEnd);
    let instead = Some((Difference::PlateauToTheEnd, instead));
    tally.close_or_instead(instead, ours, &json!(theirs), || "here".to_string());
    tally.finish(0);
}

#[test]
fn a_difference_is_what_it_is_said_to_be() {
    tally_of_one(Some(8.0), Some(8.0), 11.5);
}

#[test]
#[should_panic(expected = "here: Some(9.0), on purpose it is Some(8.0)")]
fn a_difference_that_is_something_else_fails() {
    tally_of_one(Some(9.0), Some(8.0), 11.5);
}

#[test]
#[should_panic(expected = "here: Some(11.5), on purpose it is Some(8.0)")]
fn a_difference_that_we_no_longer_make_fails() {
    tally_of_one(Some(11.5), Some(8.0), 11.5);
}

#[test]
#[should_panic(expected = "the difference is gone")]
fn a_difference_that_r_no_longer_makes_fails() {
    tally_of_one(Some(8.0), Some(8.0), 8.0);
}

#[test]
#[should_panic(expected = "here: Some(7.0), on purpose it is None")]
fn what_is_said_not_to_be_estimable_is_not_estimated() {
    let mut tally = Tally::new("test", &json!({"made_with": "R 4"}), 1e-9);
    tally.expect(Difference::BeyondFollowUp);
    let reason = Some(Difference::BeyondFollowUp);
    tally.close_or(reason, Some(7.0), &json!(5.0), || "here".to_string());
    tally.finish(0);
}
