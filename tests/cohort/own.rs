//! Endpoints of the person's own, worked by hand: one patient a row.

use oncurve::cohort::{
    self, CohortError, Endpoint, EndpointOrigin, Event, IssueKind, Mapping, OwnEndpoint, OwnName,
    Reason, Severity, StartEvent, TimeRules, Wanted,
};
use oncurve::format::Style;
use oncurve::recist::EndReason;
use oncurve::report;
use oncurve::text::Text;

use crate::{build, by_dates, day, kinds, only, reasons, table, texts, values};

const NAME: &str = "Relapse-free survival";
const SHEET: &str = "id,start,diagnosis,relapse,second cancer,transplant,last contact,seen\n\
    A,2023-01-01,2022-12-02,2023-01-31,,,2023-04-11,2023-05-01\n\
    B,2023-01-01,2022-12-02,,2023-02-10,,2023-04-11,2023-05-01\n\
    C,2023-01-01,2022-12-02,2023-02-20,,2023-01-21,2023-04-11,2023-05-01\n\
    D,2023-01-01,2022-12-02,2023-01-31,,2023-01-31,2023-04-11,2023-05-01\n\
    E,2023-01-01,2022-12-02,,,,2023-04-11,2023-05-01\n";

fn endpoint(name: &str) -> Endpoint {
    Endpoint::Own(OwnName::new(name))
}

fn own() -> OwnEndpoint {
    OwnEndpoint {
        name: NAME.to_owned(),
        start: None,
        events: texts(&["relapse", "second cancer"]),
        censoring: texts(&["transplant"]),
        last_contact: None,
    }
}

fn mapping(own: &[OwnEndpoint]) -> Mapping {
    Mapping {
        patient: Some("id".to_owned()),
        start: Some("start".to_owned()),
        last_contact: Some("last contact".to_owned()),
        own: own.to_vec(),
        ..Mapping::default()
    }
}

fn rule(by: EndReason, on: &str) -> Reason {
    Reason::Rule { by, on: day(on) }
}

#[test]
fn the_first_event_counts_unless_a_censoring_comes_before_it() {
    let (cohort, issues) = build(SHEET, &mapping(&[own()]));
    assert_eq!(issues, []);
    assert_eq!(
        values(&cohort, endpoint(NAME)),
        [
            Some((30.0, true)),
            Some((40.0, true)),
            Some((20.0, false)),
            Some((30.0, true)),
            Some((100.0, false)),
        ]
    );
    assert_eq!(
        reasons(&cohort, endpoint(NAME)),
        [
            rule(EndReason::Event { place: 0 }, "2023-01-31"),
            rule(EndReason::Event { place: 1 }, "2023-02-10"),
            rule(EndReason::Censored { place: 0 }, "2023-01-21"),
            rule(EndReason::Event { place: 0 }, "2023-01-31"),
            rule(EndReason::LastContact, "2023-04-11"),
        ]
    );
}

#[test]
fn start_and_last_contact_may_be_columns_of_its_own() {
    let own = OwnEndpoint {
        start: Some("diagnosis".to_owned()),
        last_contact: Some("seen".to_owned()),
        ..own()
    };
    // Neither is mapped for the other endpoints.
    let alone = Mapping {
        own: vec![own.clone()],
        ..Mapping::default()
    };
    let (cohort, issues) = build(SHEET, &alone);
    assert_eq!(issues, []);
    assert_eq!(
        values(&cohort, endpoint(NAME)),
        [
            Some((60.0, true)),
            Some((70.0, true)),
            Some((50.0, false)),
            Some((60.0, true)),
            Some((150.0, false)),
        ]
    );
    let data = cohort.endpoint(endpoint(NAME)).unwrap();
    assert_eq!(
        data.origin,
        EndpointOrigin::Own {
            start: StartEvent::Diagnosis,
            definition: own,
        }
    );
}

#[test]
fn the_rules_of_time_and_the_cut_off_hold_for_it() {
    let sheet = format!("{SHEET}F,2023-01-01,,2023-08-01,,,2023-09-01,\n");
    let mapping = Mapping {
        cut_off: Some(day("2023-06-30")),
        rules: TimeRules {
            count_first_day: true,
            ..TimeRules::default()
        },
        ..mapping(&[own()])
    };
    let (cohort, issues) = build(&sheet, &mapping);
    assert_eq!(
        values(&cohort, endpoint(NAME))[4..],
        [Some((101.0, false)), Some((181.0, false))]
    );
    assert_eq!(
        reasons(&cohort, endpoint(NAME))[5],
        rule(EndReason::CutOff, "2023-06-30")
    );
    let cut_off = day("2023-06-30");
    let on = day("2023-08-01");
    let found = (issues.iter())
        .find(|issue| issue.column.as_deref() == Some("relapse"))
        .unwrap();
    assert_eq!(
        (found.severity, &found.kind, found.row),
        (
            Severity::Note,
            &IssueKind::AfterCutOff { on, cut_off },
            Some(7)
        )
    );
}

#[test]
fn a_patient_whose_dates_cannot_be_is_left_out_and_the_cell_named() {
    let start = day("2023-01-01");
    let cases = [
        (
            "F,2023-01-01,,2022-12-22,,,2023-09-01,",
            Reason::Negative,
            ("relapse", Some("2022-12-22")),
            IssueKind::EndBeforeStart {
                end: Event::Own,
                on: day("2022-12-22"),
                start,
            },
        ),
        (
            "F,2023-01-01,,,,soon,2023-09-01,",
            Reason::Unreadable,
            ("transplant", Some("soon")),
            IssueKind::Unreadable,
        ),
        (
            "F,2023-01-01,,,,,,",
            Reason::NoEnd,
            ("last contact", None),
            IssueKind::MissingValue,
        ),
        (
            "F,,,2023-02-01,,,2023-09-01,",
            Reason::NoStart,
            ("start", None),
            IssueKind::MissingValue,
        ),
        (
            "F,2023-01-01,,,,,2022-12-31,",
            Reason::Negative,
            ("last contact", Some("2022-12-31")),
            IssueKind::LastContactBeforeStart {
                on: day("2022-12-31"),
                start,
            },
        ),
    ];
    for (row, reason, (column, value), kind) in cases {
        let (cohort, issues) = build(&format!("{SHEET}{row}\n"), &mapping(&[own()]));
        assert_eq!(values(&cohort, endpoint(NAME))[5], None, "{row}");
        assert_eq!(reasons(&cohort, endpoint(NAME))[5], reason, "{row}");
        let issue = only(&issues, Severity::Warning);
        assert_eq!(issue.kind, kind, "{row}");
        assert_eq!(issue.left_out, [endpoint(NAME)], "{row}");
        assert_eq!(
            (issue.row, issue.column.as_deref(), issue.value.as_deref()),
            (Some(7), Some(column), value)
        );
    }
}

#[test]
fn one_issue_names_every_endpoint_that_a_shared_cell_leaves_a_patient_out_of() {
    let sheet = "id,start,progression,death,last contact\n\
        A,2023-01-01,2023-02-01,2023-03-01,2023-03-01\n\
        B,2023-01-01,,2022-12-01,2023-03-01\n\
        C,2023-01-01,,soon,2023-03-01\n";
    let own = OwnEndpoint {
        name: "Time to death".to_owned(),
        events: texts(&["death"]),
        ..OwnEndpoint::default()
    };
    let mapping = Mapping {
        own: vec![own],
        ..by_dates()
    };
    let (_, issues) = build(sheet, &mapping);
    let left_out = [Endpoint::Pfs, Endpoint::Os, endpoint("Time to death")];
    let warned = || {
        issues
            .iter()
            .filter(|issue| issue.severity == Severity::Warning)
    };
    assert_eq!(warned().count(), 2, "{issues:#?}");
    for issue in warned() {
        assert_eq!(issue.left_out, left_out);
        assert_eq!(issue.column.as_deref(), Some("death"));
    }
}

#[test]
fn without_any_last_contact_those_without_event_are_counted_once() {
    let mapping = Mapping {
        last_contact: None,
        ..mapping(&[own()])
    };
    let (cohort, issues) = build(SHEET, &mapping);
    assert_eq!(values(&cohort, endpoint(NAME))[4], None);
    let issue = only(&issues, Severity::Warning);
    assert_eq!(issue.kind, IssueKind::NoCensoringDate { patients: 1 });
    assert_eq!(issue.left_out, [endpoint(NAME)]);
}

#[test]
fn a_column_without_dates_is_an_error_that_names_the_endpoint() {
    let sheet = "id,start,relapse,last contact\nA,2023-01-01,yes,2023-04-11\n\
                 B,2023-01-01,no,2023-04-11\nC,2023-01-01,yes,2023-04-11\n\
                 D,2023-01-01,no,2023-04-11\nE,2023-01-01,no,2023-04-11\n";
    let own = OwnEndpoint {
        events: texts(&["relapse"]),
        censoring: Vec::new(),
        ..own()
    };
    let (cohort, issues) = build(sheet, &mapping(&[own]));
    assert_eq!(cohort.endpoint(endpoint(NAME)), None);
    let issue = only(&issues, Severity::Error);
    let wanted = Wanted::Dates;
    assert_eq!(issue.kind, IssueKind::WrongType { wanted });
    assert_eq!(issue.left_out, [endpoint(NAME)]);
    let assigned = report::assigned(&cohort, &issues, &Text::new("en"));
    assert_eq!(
        assigned.issues[0].sentence,
        "Column “relapse”: these are not dates, so Relapse-free survival has no result. \
         Choose another column."
    );
}

#[test]
fn what_a_definition_lacks_is_an_error_and_the_others_stand() {
    let named = |name: &str| OwnEndpoint {
        name: name.to_owned(),
        ..own()
    };
    let taken = |name: &str| IssueKind::OwnNameTaken {
        name: name.to_owned(),
    };
    let cases = [
        (named(" "), IssueKind::OwnUnnamed { position: 2 }),
        (
            named("relapse-free SURVIVAL "),
            taken("relapse-free SURVIVAL"),
        ),
        (named("PFS"), taken("PFS")),
        (named("Overall survival"), taken("Overall survival")),
        (
            OwnEndpoint {
                events: Vec::new(),
                ..named("Other")
            },
            IssueKind::OwnWithoutEvents {
                name: "Other".to_owned(),
            },
        ),
    ];
    for (second, kind) in cases {
        let (cohort, issues) = build(SHEET, &mapping(&[own(), second]));
        assert_eq!(kinds(&issues), [&kind]);
        assert_eq!(issues[0].severity, Severity::Error);
        assert_eq!(cohort.endpoints().len(), 1);
    }
    let without = Mapping {
        start: None,
        ..mapping(&[own()])
    };
    let (cohort, issues) = build(SHEET, &without);
    assert_eq!(cohort.endpoints().len(), 0);
    let name = NAME.to_owned();
    assert_eq!(kinds(&issues), [&IssueKind::OwnWithoutStart { name }]);
}

#[test]
fn a_column_that_is_gone_is_refused_by_name() {
    let own = OwnEndpoint {
        censoring: texts(&["graft"]),
        ..own()
    };
    assert_eq!(
        cohort::build(&table(SHEET), &mapping(&[own])).unwrap_err(),
        CohortError::NoSuchColumn {
            column: "graft".to_owned()
        }
    );
}

#[test]
fn each_patient_has_the_column_that_decided_among_the_reasons() {
    let (cohort, issues) = build(SHEET, &mapping(&[own()]));
    let text = Text::new("en");
    let rows = report::derived(&cohort, endpoint(NAME), 0, 9, &Style::default(), &text);
    let reasons: Vec<&str> = rows.iter().map(|row| row.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "“relapse” on 31 January 2023, 30 days after the start",
            "“second cancer” on 10 February 2023, 40 days after the start",
            "Censored by “transplant” on 21 January 2023, 20 days after the start",
            "“relapse” on 31 January 2023, 30 days after the start",
            "No event by the last contact on 11 April 2023, 100 days after the start",
        ]
    );
    let assigned = report::assigned(&cohort, &issues, &text);
    assert_eq!(assigned.endpoints[0].label, NAME);
    assert_eq!(
        assigned.endpoints[0].sentence,
        "Relapse-free survival: 5 patients, 3 events, 2 censored."
    );
}

#[test]
fn its_name_is_its_code_on_the_wire() {
    let json = serde_json::to_value(endpoint(NAME)).unwrap();
    assert_eq!(json, NAME);
    let back: Endpoint = serde_json::from_value(json).unwrap();
    assert_eq!(back, endpoint(NAME));
    for known in Endpoint::BUILT_IN {
        let json = serde_json::to_value(known).unwrap();
        assert_eq!(json, known.code());
        assert_eq!(serde_json::from_value::<Endpoint>(json).unwrap(), known);
    }
}

#[test]
fn a_saved_study_keeps_it_and_one_without_opens() {
    let with = mapping(&[own()]);
    let json = serde_json::to_value(&with).unwrap();
    assert_eq!(json["own"][0]["name"], NAME);
    assert_eq!(serde_json::from_value::<Mapping>(json).unwrap(), with);
    let json = serde_json::to_value(mapping(&[])).unwrap();
    assert_eq!(json.get("own"), None);
    assert_eq!(serde_json::from_value::<Mapping>(json).unwrap().own, []);
}
