//! What is said where there is little to say: one patient in a group, nobody left without a response.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, ComparisonOptions, CompetingOptions, CoxOptions, CurveOptions, Outcome,
    SurvivalOptions,
};
use oncurve::cohort::{CauseCodes, Endpoint, Mapping, TimeAndCause, TimeUnit};
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
    assert!(
        told.contains("responders responded after 0.2–29.0 months. Median TTR was"),
        "{told}"
    );
    assert!(!told.contains("response was"), "{told}");
    let expected = format!(
        "6-month share of responders with response (95 % CI) | {} % ({}–{})",
        left(rate.estimate),
        left(rate.conf_high),
        left(rate.conf_low)
    );
    assert!(told.contains(&expected), "{expected}: {told}");
    assert!(!told.contains("ollow-up"), "{told}");
}

/// Times in months with causes: 1 relapse, 2 death, 0 censored.
fn causes(file: &str) -> Study {
    let code = |label: &str, value: &str| CauseCodes {
        label: label.to_owned(),
        values: vec![value.to_owned()],
    };
    let mapping = Mapping {
        competing: Some(TimeAndCause {
            time: "time".to_owned(),
            cause: "cause".to_owned(),
            unit: TimeUnit::Months,
            causes: vec![code("relapse", "1"), code("death", "2")],
            censored: vec!["0".to_owned()],
        }),
        ..Mapping::default()
    };
    study::of_bytes(file.as_bytes(), "causes.csv", mapping)
}

#[test]
fn a_follow_up_without_limits_has_no_empty_interval() {
    let told_of = |file: &str| {
        let options = CompetingOptions::default();
        told(&study::run(&causes(file), &Analysis::Competing(options)))
    };
    let nobody_censored = told_of("time,cause\n3,1\n4,2\n6,1\n");
    let said =
        "Median follow-up was not reached (reverse Kaplan-Meier): most patients had the event.";
    assert!(nobody_censored.contains(said), "{nobody_censored}");
    let one_censored = told_of("time,cause\n3,1\n4,2\n6,0\n");
    let said = "Median follow-up was 6.0 months (reverse Kaplan-Meier).";
    assert!(one_censored.contains(said), "{one_censored}");
    let several = told_of("time,cause\n3,1\n4,0\n6,0\n7,0\n8,0\n9,0\n10,0\n11,0\n");
    let said = "Median follow-up was 8.0 months (95 % CI 4.0–10.0; reverse Kaplan-Meier).";
    assert!(several.contains(said), "{several}");
}

#[test]
fn a_predicted_median_that_nothing_is_known_of_has_no_bracket() {
    let mut file = String::from("time,dead,arm\n");
    for i in 1..=60 {
        let arm = if i % 2 == 0 { "A" } else { "B" };
        file.push_str(&format!(
            "{i},{},{arm}\n",
            u8::from(matches!(i, 1 | 22 | 41))
        ));
    }
    let mapping = Mapping {
        os: Some(study::in_months("dead")),
        groups: vec![study::grouping("arm")],
        ..Mapping::default()
    };
    let study = study::of_bytes(file.as_bytes(), "few.csv", mapping);
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: vec!["arm".to_owned()],
        references: [("arm".to_owned(), "B".to_owned())].into(),
        curves: CurveOptions {
            show: true,
            ..CurveOptions::default()
        },
        ..CoxOptions::default()
    };
    let told = told(&study::run(&study, &Analysis::Cox(options)));
    assert!(!told.contains("NR–NR"), "{told}");
    assert!(told.contains("B | NR | "), "{told}");
}
