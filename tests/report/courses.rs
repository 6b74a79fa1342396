//! Waterfall, spider and swimmer plot in words: what is counted, and every assessment with its reason.

use oncurve::Study;
use oncurve::analysis::{Analysis, Outcome, TumoursOptions, TumoursOutcome};
use oncurve::format::Style;
use oncurve::report::{Block, compose};
use oncurve::text::Text;

use crate::response_sources::six;
use crate::study::run;

/// At most five numbers with one digit behind the point: rounding alone separates them from the hand-worked ones.
const TOLERANCE: f64 = 1e-12;

fn courses(study: &Study, options: TumoursOptions) -> TumoursOutcome {
    match run(study, &Analysis::Tumours(options)) {
        Outcome::Tumours(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

fn finding(outcome: &TumoursOutcome) -> String {
    let outcome = Outcome::Tumours(outcome.clone());
    let blocks = compose(&outcome, &Style::default(), &Text::new("en"));
    let found = blocks.into_iter().find_map(|block| match block {
        Block::Paragraph { text } => Some(text),
        _ => None,
    });
    found.expect("a paragraph")
}

fn assert_changes(outcome: &TumoursOutcome, expected: [f64; 3], shrunk: usize, n: usize) {
    let changes = outcome.best_change.expect("a summary");
    let found = [changes.min, changes.median, changes.max].map(|change| change.expect("a number"));
    for (found, expected) in found.into_iter().zip(expected) {
        assert!((found - expected).abs() < TOLERANCE, "{found} {expected}");
    }
    assert_eq!((outcome.shrunk, changes.n), (shrunk, n));
}

/// Best changes of A, B, C, D and F: −50 %, 0 %, −10 %, +50 %, +30 %; E is not assessed. The middle one is 0.
#[test]
fn the_best_changes_are_counted_and_their_middle_is_the_median() {
    let outcome = courses(&six(|_| ()), TumoursOptions::default());
    assert_changes(&outcome, [-0.5, 0.0, 0.5], 2, 5);
    assert_eq!(outcome.immune_differs, 1, "F: iPR after iUPD");
    assert_eq!(
        finding(&outcome),
        "The sum of target lesions could be compared with the baseline in 5 of 5 patients. The best change was \
         0.0 % in the median (range −50.0 % to +50.0 %); in 2 of 5 patients (40.0 %) the sum shrank. In 1 patient \
         the best response by iRECIST is another one than by RECIST 1.1."
    );
}

/// Without A: −10 %, 0 %, +30 %, +50 %. The mean of the middle two is 15 %.
#[test]
fn the_median_of_an_even_number_of_changes_is_the_mean_of_the_middle_two() {
    let study = six(|mapping| mapping.excluded_rows = vec![2]);
    let outcome = courses(&study, TumoursOptions::default());
    assert_changes(&outcome, [-0.1, 0.15, 0.5], 1, 4);
    let said = finding(&outcome);
    assert!(
        said.contains("+15.0 % in the median (range −10.0 % to +50.0 %)"),
        "{said}"
    );
}
