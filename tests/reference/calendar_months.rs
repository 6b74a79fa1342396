//! Times in calendar months against lubridate.

use oncurve::cohort::{self, Endpoint, Mapping, MonthLength, TimeRules, TimeUnit};
use oncurve::table::{self, ReadOptions};

use crate::data::{cases, expected, text};

/// Absolute: a share of a month is one division.
const TOLERANCE: f64 = 1e-12;

/// OS of patients who died on the end date.
fn months(rows: &[(&str, &str)], count_first_day: bool) -> Vec<f64> {
    let mut csv = String::from("start,death,last contact\n");
    for (start, end) in rows {
        csv += &format!("{start},{end},{end}\n");
    }
    let table = table::read(csv.as_bytes(), "t.csv", &ReadOptions::default()).unwrap();
    let mapping = Mapping {
        start: Some("start".to_owned()),
        death: Some("death".to_owned()),
        last_contact: Some("last contact".to_owned()),
        rules: TimeRules {
            month: MonthLength::Calendar,
            count_first_day,
            ..TimeRules::default()
        },
        ..Mapping::default()
    };
    let (cohort, _) = cohort::build(&table, &mapping).unwrap();
    let os = cohort.endpoint(Endpoint::Os).unwrap();
    assert_eq!(os.unit, TimeUnit::Months);
    let value = |derived: &cohort::Derived| derived.value.unwrap().time;
    os.derived.iter().map(value).collect()
}

#[test]
fn calendar_months_equal_those_of_lubridate() {
    let file = expected("calendar_months");
    let cases = cases(&file);
    let rows: Vec<(&str, &str)> = (cases.iter())
        .map(|case| (text(case, "start"), text(case, "end")))
        .collect();
    let mut largest: f64 = 0.0;
    for (ours, case) in months(&rows, false).into_iter().zip(cases) {
        let difference = (ours - case["months"].as_f64().unwrap()).abs();
        assert!(difference <= TOLERANCE, "{ours} and {case}");
        largest = largest.max(difference);
    }
    assert_eq!(cases.len(), 300);
    println!(
        "calendar months: {} values, largest difference {largest:e}",
        cases.len()
    );
}

#[test]
fn the_first_of_the_next_month_stands_for_the_day_that_a_month_lacks() {
    let rows = [
        ("2023-01-31", "2023-02-28"),
        ("2023-01-31", "2023-03-01"),
        ("2024-01-15", "2024-02-29"),
        ("2023-01-15", "2023-01-15"),
        ("2023-01-15", "2023-12-14"),
    ];
    // 14 of the 29 days from 15 February to 15 March; 29 of the 30 from 15 November.
    let expected = [28.0 / 29.0, 1.0, 1.0 + 14.0 / 29.0, 0.0, 10.0 + 29.0 / 30.0];
    assert_eq!(months(&rows, false), expected);
    // With the first day counted, the year less a day is a year.
    assert_eq!(months(&[("2023-01-01", "2023-12-31")], true), [12.0]);
}
