//! What holds for every cohort.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use oncurve::cohort::Endpoint::{Os, Pfs};
use oncurve::cohort::{Cohort, Endpoint, IssueKind, Mapping, Severity};

use crate::{build, by_dates, day, reasons, status, values};

/// A small generator of repeatable numbers: Knuth's multiplier, the high bits.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// A date in the `days` from a day on, or nothing one time in four.
    fn date(&mut self, from: u64, days: u64) -> String {
        let date = day("2021-01-20").checked_add_days(Days::new(from + self.below(days)));
        match self.below(4) {
            0 => String::new(),
            _ => date.expect("in range").to_string(),
        }
    }
}

/// Patients with every kind of trouble: what is missing and what contradicts is left to chance.
fn rows(n: usize) -> Vec<String> {
    let mut random = Random(20_240_630);
    (0..n)
        .map(|patient| {
            let dates: Vec<String> = [(0, 300), (200, 500), (500, 400), (400, 500)]
                .map(|(from, days)| random.date(from, days))
                .into();
            let died = ["1", "0", ""][random.below(3) as usize];
            format!("P{patient:03},{},{died}", dates.join(","))
        })
        .collect()
}

const HEADINGS: &str = "id,start,progression,death,last contact,died";

fn text(rows: &[String]) -> String {
    format!("{HEADINGS}\n{}\n", rows.join("\n"))
}

fn mappings() -> [Mapping; 3] {
    let cut_off = Some(day("2023-03-01"));
    [
        by_dates(),
        Mapping {
            cut_off,
            died: Some(status("died", &["1"])),
            ..by_dates()
        },
        Mapping {
            death: None,
            died: Some(status("died", &["1"])),
            ..by_dates()
        },
    ]
}

/// Who contributes what, and why.
fn contributions(cohort: &Cohort, endpoint: Endpoint) -> BTreeSet<String> {
    let ids = cohort.subjects().iter().map(|subject| &subject.id);
    ids.zip(values(cohort, endpoint))
        .zip(reasons(cohort, endpoint))
        .map(|contribution| format!("{contribution:?}"))
        .collect()
}

#[test]
fn the_order_of_the_rows_does_not_matter() {
    let mut rows = rows(400);
    for mapping in mappings() {
        let (cohort, issues) = build(&text(&rows), &mapping);
        rows.reverse();
        rows.rotate_left(123);
        let (shuffled, others) = build(&text(&rows), &mapping);
        for endpoint in [Pfs, Os] {
            assert_eq!(
                contributions(&cohort, endpoint),
                contributions(&shuffled, endpoint)
            );
        }
        assert_eq!(issues.len(), others.len());
    }
}

#[test]
fn whoever_is_left_out_is_listed_and_nobody_else() {
    for mapping in mappings() {
        let (cohort, issues) = build(&text(&rows(400)), &mapping);
        for endpoint in [Pfs, Os] {
            let left_out: BTreeSet<u32> = (cohort.subjects().iter())
                .zip(values(&cohort, endpoint))
                .filter(|(_, value)| value.is_none())
                .map(|(subject, _)| subject.row)
                .collect();
            let listed: BTreeSet<u32> = (issues.iter())
                .filter(|issue| issue.left_out.contains(&endpoint))
                .filter_map(|issue| issue.row)
                .collect();
            assert!(!left_out.is_empty());
            assert_eq!(left_out, listed);
        }
        let warned = issues
            .iter()
            .filter(|issue| issue.severity == Severity::Warning);
        assert!(warned.clone().all(|issue| !issue.left_out.is_empty()
            || matches!(issue.kind, IssueKind::PresumedNoEvent { .. })));
    }
}

#[test]
fn pfs_is_never_longer_than_os_and_both_are_whole_days() {
    for mapping in mappings() {
        let (cohort, _) = build(&text(&rows(400)), &mapping);
        let mut compared = 0;
        for (pfs, os) in values(&cohort, Pfs).into_iter().zip(values(&cohort, Os)) {
            for (time, _) in [pfs, os].into_iter().flatten() {
                assert!(time >= 0.0 && time.fract() == 0.0);
            }
            if let (Some((pfs, _)), Some((os, died))) = (pfs, os) {
                compared += 1;
                // Only where the last contact of a living patient is before the progression.
                assert!(pfs <= os || !died);
            }
        }
        assert!(compared > 50);
    }
}

#[test]
fn moving_every_date_changes_nothing_but_the_dates() {
    let rows = rows(400);
    let moved: Vec<String> = (rows.iter())
        .map(|row| {
            let cells = row.split(',').map(|cell| match cell.parse::<NaiveDate>() {
                Ok(date) => (date + Days::new(777)).to_string(),
                Err(_) => cell.to_owned(),
            });
            cells.collect::<Vec<_>>().join(",")
        })
        .collect();
    let (cohort, _) = build(&text(&rows), &by_dates());
    let (later, _) = build(&text(&moved), &by_dates());
    for endpoint in [Pfs, Os] {
        assert_eq!(values(&cohort, endpoint), values(&later, endpoint));
    }
}
