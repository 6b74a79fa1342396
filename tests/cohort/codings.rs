//! How event columns are read, counted and flipped.

use oncurve::cohort::Endpoint::{Os, Pfs};
use oncurve::cohort::{CodedValue, EventRole, IssueKind, Mapping, Severity};
use oncurve::report;
use oncurve::text::Text;

use crate::{build, given, only, status, texts, values};

fn coded(text: &str, n: usize, event: bool) -> CodedValue {
    CodedValue {
        text: text.to_owned(),
        n,
        event,
    }
}

fn pfs(event_values: &[&str]) -> Mapping {
    Mapping {
        pfs: Some(given("PFS months", "PFS event", event_values)),
        ..Mapping::default()
    }
}

/// 14 patients, 11 events.
fn fourteen(event: &str, censored: &str) -> String {
    let mut text = String::from("PFS months,PFS event\n");
    for patient in 0..14 {
        let value = if patient < 11 { event } else { censored };
        text += &format!("{}.5,{value}\n", patient + 1);
    }
    text
}

#[test]
fn the_counts_stand_beside_the_meaning() {
    let (cohort, issues) = build(&fourteen("1", "0"), &pfs(&["1"]));
    let coding = &cohort.codings()[0];
    assert_eq!(coding.role, EventRole::Pfs);
    assert_eq!(coding.column, "PFS event");
    assert_eq!(coding.values, [coded("0", 3, false), coded("1", 11, true)]);
    assert_eq!(coding.missing, 0);
    assert_eq!(issues, []);
    let assigned = report::assigned(&cohort, &issues, &Text::new("en"));
    assert_eq!(
        assigned.codings[0].sentence,
        "0 = censored: 3 patients, 1 = event: 11 patients"
    );
}

#[test]
fn flipping_swaps_events_and_censorings() {
    let text = fourteen("1", "0");
    let (cohort, issues) = build(&text, &pfs(&["1"]));
    let assigned = report::assigned(&cohort, &issues, &Text::new("en"));
    let flipped = assigned.codings[0].flipped.clone();
    assert_eq!(flipped, ["0"]);
    let mapping = Mapping {
        pfs: Some(given("PFS months", "PFS event", &["0"])),
        ..Mapping::default()
    };
    let (other, _) = build(&text, &mapping);
    let (before, after) = (values(&cohort, Pfs), values(&other, Pfs));
    for (before, after) in before.into_iter().zip(after) {
        let (time, event) = before.expect("a value");
        assert_eq!(after, Some((time, !event)));
    }
}

#[test]
fn numbers_are_compared_as_numbers() {
    let (cohort, _) = build(&fourteen("1.0", "0.0"), &pfs(&["1"]));
    let events = values(&cohort, Pfs)
        .iter()
        .flatten()
        .filter(|(_, event)| *event)
        .count();
    assert_eq!(events, 11);
}

#[test]
fn words_are_compared_as_written() {
    let (cohort, issues) = build(&fourteen("progressed", "censored"), &pfs(&["progressed"]));
    assert_eq!(
        cohort.codings()[0].values,
        [coded("censored", 3, false), coded("progressed", 11, true)]
    );
    assert_eq!(issues, []);
}

#[test]
fn a_coding_that_could_be_either_is_noted() {
    let text = fourteen("2", "1").replace("PFS event", "status");
    let mapping = Mapping {
        pfs: Some(given("PFS months", "status", &["2"])),
        ..Mapping::default()
    };
    let (_, issues) = build(&text, &mapping);
    let note = only(&issues, Severity::Note);
    assert_eq!(
        note.kind,
        IssueKind::CodingAssumed {
            event: texts(&["2"])
        }
    );
    assert_eq!(note.column.as_deref(), Some("status"));
}

#[test]
fn dates_of_death_that_agree_settle_the_coding() {
    let text = "start,status,death date,last\n\
                2023-01-01,2,2023-03-02,2023-03-02\n\
                2023-01-01,1,,2023-04-11\n\
                2023-01-01,1,,2023-04-11\n";
    let mapping = Mapping {
        start: Some("start".to_owned()),
        death: Some("death date".to_owned()),
        last_contact: Some("last".to_owned()),
        died: Some(status("status", &["2"])),
        ..Mapping::default()
    };
    let (cohort, issues) = build(text, &mapping);
    assert_eq!(issues, []);
    assert_eq!(
        values(&cohort, Os),
        [
            Some((60.0, true)),
            Some((100.0, false)),
            Some((100.0, false))
        ]
    );
}

#[test]
fn a_value_that_no_row_has_is_noted() {
    let (cohort, issues) = build(&fourteen("Dead", "Alive"), &pfs(&["dead"]));
    let note = only(&issues, Severity::Note);
    assert_eq!(
        note.kind,
        IssueKind::CodeWithoutRows {
            missing: "dead".to_owned()
        }
    );
    assert_eq!(cohort.codings()[0].values[1], coded("Dead", 11, false));
}

#[test]
fn missing_events_are_counted_apart() {
    let text = "PFS months,PFS event\n1.5,1\n2.5,0\n3.5,\n4.5,NA\n";
    let (cohort, _) = build(text, &pfs(&["1"]));
    assert_eq!(cohort.codings()[0].missing, 2);
    assert_eq!(values(&cohort, Pfs)[2..], [None, None]);
}

#[test]
fn a_column_of_many_values_is_no_event_column() {
    let text = fourteen("1", "0");
    let mapping = Mapping {
        pfs: Some(given("PFS months", "PFS months", &["1"])),
        ..Mapping::default()
    };
    let (cohort, issues) = build(&text, &mapping);
    assert!(cohort.endpoint(Pfs).is_none());
    assert_eq!(only(&issues, Severity::Error).left_out, [Pfs]);
}

#[test]
fn the_unit_is_noted_unless_the_column_shows_it() {
    let noted = |heading: &str, factor: f64| {
        let mut text = format!("{heading},event\n");
        for patient in 1..=14 {
            text += &format!("{},1\n", f64::from(patient) * factor);
        }
        let mapping = Mapping {
            pfs: Some(given(heading, "event", &["1"])),
            ..Mapping::default()
        };
        let (_, issues) = build(&text, &mapping);
        issues.into_iter().next().map(|issue| issue.kind)
    };
    use oncurve::cohort::TimeUnit::{Days, Months};
    assert_eq!(noted("PFS (months)", 1.5), None);
    let assumed = |suggested| {
        Some(IssueKind::UnitAssumed {
            unit: Months,
            suggested,
        })
    };
    assert_eq!(noted("PFS", 1.5), assumed(None));
    assert_eq!(noted("PFS", 100.0), assumed(Some(Days)));
    assert_eq!(noted("PFS (days)", 1.5), assumed(Some(Days)));
}

#[test]
fn a_pfs_whose_event_says_only_progression_is_noted() {
    let noted = |time: &str, event: &str, values: [&str; 2]| {
        let [yes, no] = values;
        let text = format!("{time},{event}\n1.5,{yes}\n2.5,{no}\n");
        let mapping = Mapping {
            pfs: Some(given(time, event, &[yes])),
            ..Mapping::default()
        };
        let (cohort, issues) = build(&text, &mapping);
        let noted = (issues.iter()).any(|issue| issue.kind == IssueKind::EventsWithoutDeaths);
        let data = cohort.endpoint(Pfs).expect("PFS");
        assert_eq!(data.deaths_known, !noted);
        noted
    };
    let yes_no = ["yes", "no"];
    assert!(noted("PFS (months)", "Progressed", yes_no));
    assert!(noted("PFS (months)", "进展", ["是", "否"]));
    assert!(noted("TTP (months)", "event", yes_no));
    assert!(!noted("PFS (months)", "PFS event", yes_no));
    assert!(!noted("PFS (months)", "Progression or death", yes_no));
    assert!(!noted("PFS (months)", "event", yes_no));
    assert!(!noted(
        "PFS (months)",
        "Progression",
        ["PD or died", "none yet"]
    ));
    let text = "PFS (months),Progressed\n1.5,yes\n2.5,no\n";
    let mapping = Mapping {
        pfs: Some(given("PFS (months)", "Progressed", &["yes"])),
        ..Mapping::default()
    };
    let (cohort, issues) = build(text, &mapping);
    let assigned = report::assigned(&cohort, &issues, &Text::new("en"));
    assert_eq!(
        assigned.issues[0].sentence,
        "Column “Progressed”: this says who progressed, not who died. If deaths are not among its \
         events, this PFS is a time to progression. Choose a column that counts deaths, too, if there \
         is one."
    );
}
