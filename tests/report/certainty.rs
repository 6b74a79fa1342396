//! What is said where there is little to say: one patient in a group, nobody left without a response.

use oncurve::analysis::{Analysis, ComparisonOptions, Outcome, SurvivalOptions};
use oncurve::cohort::Endpoint;
use oncurve::format::Style;
use oncurve::report::{Block, compose};
use oncurve::text::Text;

use crate::study;

/// Paragraphs, and rows of tables.
fn told(outcome: &Outcome) -> String {
    let blocks = compose(outcome, &Style::default(), &Text::new("en"));
    let told = blocks.iter().map(|block| match block {
        Block::Paragraph { text } => text.clone(),
        Block::Table { rows, .. } => (rows.iter())
            .map(|row| format!("{} | {}\n", row.head, row.cells.join(" | ")))
            .collect(),
        _ => String::new(),
    });
    told.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_mean_of_one_patient_has_neither_interval_nor_test() {
    let study = study::reference("lung", Some("ph.ecog"));
    let options = ComparisonOptions {
        endpoint: Endpoint::Os,
        group: "ph.ecog".to_owned(),
        tau: Some(3.0),
        ..ComparisonOptions::default()
    };
    let outcome = study::run(&study, &Analysis::Comparison(options));
    let Outcome::Comparison(comparison) = &outcome else {
        panic!("{outcome:?}");
    };
    let alone = comparison.arms.iter().position(|arm| arm.n == 1).unwrap();
    let mean = comparison.arms[alone].rmst.unwrap();
    assert_eq!(
        (mean.std_err, mean.conf_low, mean.conf_high),
        (0.0, None, None)
    );
    for pair in &comparison.pairs {
        let difference = pair.rmst.unwrap().difference;
        let tested = pair.first != alone && pair.second != alone;
        assert_eq!(difference.p_value.is_some(), tested);
        assert_eq!(difference.conf_low.is_some(), tested);
    }
    let told = told(&outcome);
    assert!(told.contains("3.0 (NE–NE)"), "{told}");
}

#[test]
fn of_time_to_response_the_share_that_has_responded_is_told() {
    let study = study::reference("lung", None);
    let options = SurvivalOptions {
        endpoint: Endpoint::Os,
        landmarks: vec![6.0],
        ..SurvivalOptions::default()
    };
    let mut outcome = study::run(&study, &Analysis::Survival(options));
    let Outcome::Survival(survival) = &mut outcome else {
        panic!("{outcome:?}");
    };
    let rate = survival.overall.rates[0].clone();
    let percent = |share: Option<f64>| Style::default().percent_number(share.unwrap());
    let left = |share: Option<f64>| percent(share.map(|share| 1.0 - share));
    survival.options.endpoint = Endpoint::Ttr;
    let caption = compose(&outcome, &Style::default(), &Text::new("en"))
        .into_iter()
        .find_map(|block| match block {
            Block::Figure { caption, .. } => Some(caption),
            _ => None,
        });
    let rises = "Kaplan-Meier estimate of time to response. It rises with the responses (1 − \
                 Kaplan-Meier), to 100 % because only responders are in it. ";
    let caption = caption.unwrap();
    assert!(caption.starts_with(rises), "{caption}");
    let told = told(&outcome);
    let expected = format!(
        "6-month share with response was {} % (95 % CI {}–{})",
        left(rate.estimate),
        left(rate.conf_high),
        left(rate.conf_low)
    );
    assert!(told.contains(&expected), "{expected}: {told}");
    assert!(
        told.contains("6-month share with response (95 % CI) |"),
        "{told}"
    );
    assert!(!told.contains("ollow-up"), "{told}");
}
