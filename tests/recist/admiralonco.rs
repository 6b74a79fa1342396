//! The nine synthetic patients of the tests of the R package admiralonco (Apache-2.0;
//! `tests/testthat/test-derive_param_confirmed_bor.R` and its neighbours), with their dates.

use oncurve::recist::BestResponse as Best;
use oncurve::recist::Response::{self, Cr, Ne, NonCrNonPd, Pd, Pr, Sd};
use oncurve::recist::{Confirmation, History, Settings, Visit, Warning, assess};

use super::date;

type Patient = (&'static str, &'static [(&'static str, Response)]);

/// Start and assessments of the patients 1–9.
const PATIENTS: [Patient; 9] = [
    (
        "2020-01-01",
        &[
            ("2020-01-01", Pr),
            ("2020-02-01", Cr),
            ("2020-02-16", Ne),
            ("2020-03-01", Cr),
            ("2020-04-01", Sd),
        ],
    ),
    (
        "2019-12-12",
        &[
            ("2020-01-01", Sd),
            ("2020-02-01", Pr),
            ("2020-03-01", Sd),
            ("2020-03-13", Cr),
        ],
    ),
    (
        "2019-11-11",
        &[("2019-11-12", Cr), ("2019-12-02", Cr), ("2020-01-01", Sd)],
    ),
    (
        "2019-12-30",
        &[
            ("2020-01-01", Pr),
            ("2020-03-01", Sd),
            ("2020-04-01", Sd),
            ("2020-05-01", Pr),
            ("2020-05-15", NonCrNonPd),
        ],
    ),
    (
        "2020-01-01",
        &[
            ("2020-01-01", Pr),
            ("2020-01-10", Sd),
            ("2020-01-20", Pr),
            ("2020-05-15", NonCrNonPd),
        ],
    ),
    (
        "2020-02-02",
        &[("2020-02-06", Pr), ("2020-02-16", Cr), ("2020-03-30", Pr)],
    ),
    (
        "2020-02-02",
        &[("2020-02-06", Pr), ("2020-02-16", Cr), ("2020-04-01", Ne)],
    ),
    ("2020-04-01", &[]),
    ("2020-02-01", &[("2020-02-16", Pd), ("2020-03-06", Sd)]),
];

fn patient(number: usize) -> History {
    let (start, visits) = PATIENTS[number - 1];
    History {
        start: date(start),
        lesions: Vec::new(),
        visits: (visits.iter())
            .map(|&(on, response)| Visit {
                investigator: Some(response),
                ..Visit::on(date(on))
            })
            .collect(),
        new_therapy: None,
    }
}

fn settings(confirmation: Option<Confirmation>) -> Settings {
    Settings {
        minimum_stable: 28,
        confirmation,
        ..Settings::default()
    }
}

/// Number, best response, its date, and the date of the first response that counts.
type Expected = (usize, Best, Option<&'static str>, Option<&'static str>);

fn hold(expected: &[Expected], settings: &Settings) {
    for &(number, best, on, response) in expected {
        let assessment = assess(&patient(number), settings);
        let found = assessment.best_response;
        assert_eq!(found.response, best, "patient {number}");
        assert_eq!(found.date, on.map(date), "patient {number}");
        assert_eq!(
            assessment.first_response,
            response.map(date),
            "patient {number}"
        );
    }
}

#[test]
fn the_nine_confirmed_best_responses_and_their_dates_are_those_of_admiralonco() {
    let rule = Confirmation {
        days: 28,
        not_evaluable: 1,
        one_stable: false,
    };
    let expected = [
        (1, Best::Cr, Some("2020-02-01"), Some("2020-01-01")),
        (2, Best::Sd, Some("2020-02-01"), None),
        (3, Best::Sd, Some("2020-01-01"), None),
        (4, Best::Sd, Some("2020-03-01"), None),
        (5, Best::NonCrNonPd, Some("2020-05-15"), None),
        (6, Best::Sd, Some("2020-03-30"), None),
        (7, Best::Ne, Some("2020-02-06"), None),
        (8, Best::Missing, None, None),
        (9, Best::Pd, Some("2020-02-16"), None),
    ];
    hold(&expected, &settings(Some(rule)));
    let confirmed = assess(&patient(1), &settings(Some(rule))).response_confirmed;
    assert_eq!(confirmed, Some(date("2020-02-01")));
}

/// Its patient 7 has a single assessment "not done" in this test, which is no response here.
#[test]
fn with_fourteen_days_one_sd_and_no_ne_they_are_those_of_its_second_test() {
    let rule = Confirmation {
        days: 14,
        not_evaluable: 0,
        one_stable: true,
    };
    let expected = [
        (1, Best::Pr, Some("2020-01-01"), Some("2020-01-01")),
        (2, Best::Pr, Some("2020-02-01"), Some("2020-02-01")),
        (3, Best::Cr, Some("2019-11-12"), Some("2019-11-12")),
        (4, Best::Sd, Some("2020-03-01"), None),
        (5, Best::Pr, Some("2020-01-01"), Some("2020-01-01")),
        (6, Best::Sd, Some("2020-03-30"), None),
        (8, Best::Missing, None, None),
        (9, Best::Pd, Some("2020-02-16"), None),
    ];
    hold(&expected, &settings(Some(rule)));
}

#[test]
fn without_confirmation_they_are_those_of_its_unconfirmed_best_response() {
    let expected = [
        (1, Best::Cr, Some("2020-02-01"), Some("2020-01-01")),
        (2, Best::Cr, Some("2020-03-13"), Some("2020-02-01")),
        (3, Best::Cr, Some("2019-11-12"), Some("2019-11-12")),
        (4, Best::Pr, Some("2020-01-01"), Some("2020-01-01")),
        (5, Best::Pr, Some("2020-01-01"), Some("2020-01-01")),
        (6, Best::Cr, Some("2020-02-16"), Some("2020-02-06")),
        (7, Best::Cr, Some("2020-02-16"), Some("2020-02-06")),
        (8, Best::Missing, None, None),
    ];
    hold(&expected, &settings(None));
}

#[test]
fn a_pr_after_a_cr_is_reported() {
    let warnings = assess(&patient(6), &settings(None)).warnings;
    let expected = Warning::DiseaseAfterComplete {
        complete: date("2020-02-16"),
        date: date("2020-03-30"),
        response: Pr,
    };
    assert_eq!(warnings, [expected]);
}
