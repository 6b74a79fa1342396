//! Events that compete: from dates, and from a column of causes.

use oncurve::cohort::{
    Cause, CauseCodes, Cohort, Endpoint, IssueKind, Mapping, Reason, TimeAndCause, TimeUnit, guess,
    suggest,
};
use oncurve::format::Style;
use oncurve::report;
use oncurve::text::Text;

use crate::{build, by_dates, day, given, kinds, table, texts, values};

fn cause(label: &str, values: &[&str]) -> CauseCodes {
    CauseCodes {
        label: label.to_owned(),
        values: texts(values),
    }
}

fn competing(causes: Vec<CauseCodes>, censored: &[&str]) -> TimeAndCause {
    TimeAndCause {
        time: "months".to_owned(),
        cause: "first event".to_owned(),
        unit: TimeUnit::Months,
        causes,
        censored: texts(censored),
    }
}

/// Time and cause of every patient, or `None` when left out.
fn causes(cohort: &Cohort) -> Vec<Option<(f64, usize)>> {
    let data = cohort.competing().expect("competing events");
    let value = |derived: &oncurve::cohort::DerivedCause| derived.value.map(|v| (v.time, v.cause));
    data.derived.iter().map(value).collect()
}

fn relapse_and_death() -> Vec<CauseCodes> {
    vec![cause("relapse", &["1"]), cause("death", &["2", "3"])]
}

#[test]
fn death_competes_with_progression_where_dates_say_both() {
    let text = "id,start,progression,death,last contact\n\
                A,2023-01-01,2023-01-11,,2023-03-01\n\
                B,2023-01-01,,2023-01-21,2023-01-21\n\
                C,2023-01-01,2023-01-31,2023-02-10,2023-02-10\n\
                D,2023-01-01,,,2023-02-20\n\
                E,2023-01-01,,2023-12-01,2023-12-01\n\
                F,2023-01-01,2023-02-10,2023-02-01,2023-02-10\n";
    let mapping = Mapping {
        cut_off: Some(day("2023-06-30")),
        ..by_dates()
    };
    let (cohort, _) = build(text, &mapping);
    let data = cohort.competing().unwrap();
    assert_eq!(data.causes, [Cause::Progression, Cause::Death]);
    // E died after the cut-off; F died before progressing, which cannot be.
    let expected = [
        Some((10.0, 1)),
        Some((20.0, 2)),
        Some((30.0, 1)),
        Some((50.0, 0)),
        Some((180.0, 0)),
        None,
    ];
    assert_eq!(causes(&cohort), expected);
    let on = day("2023-06-30");
    assert_eq!(data.derived[4].reason, Reason::CutOff { on });
    assert_eq!(data.derived[5].reason, Reason::Contradiction);
    assert_eq!(cohort.endpoint(Endpoint::Efs), None);
}

#[test]
fn without_deaths_or_with_ready_made_pfs_nothing_competes() {
    let text =
        "id,start,progression,death,last contact,t,e\nA,2023-01-01,2023-01-11,,2023-03-01,1,1\n";
    let without = Mapping {
        death: None,
        ..by_dates()
    };
    assert_eq!(build(text, &without).0.competing(), None);
    let ready_made = Mapping {
        pfs: Some(given("t", "e", &["1"])),
        ..by_dates()
    };
    assert_eq!(build(text, &ready_made).0.competing(), None);
}

#[test]
fn a_column_of_causes_gives_causes_and_event_free_survival() {
    let text = "months,first event\n1,1\n2.5,2\n3,0\n4,3\n5,7\n6,\n-1,1\n";
    let mapping = Mapping {
        competing: Some(competing(relapse_and_death(), &["0"])),
        ..Mapping::default()
    };
    let (cohort, issues) = build(text, &mapping);
    let expected = [
        Some((1.0, 1)),
        Some((2.5, 2)),
        Some((3.0, 0)),
        Some((4.0, 2)),
        None,
        None,
        None,
    ];
    assert_eq!(causes(&cohort), expected);
    let any = expected.map(|value| value.map(|(time, cause)| (time, cause > 0)));
    assert_eq!(values(&cohort, Endpoint::Efs), any);
    assert_eq!(
        kinds(&issues),
        [
            &IssueKind::UnknownCause,
            &IssueKind::MissingValue,
            &IssueKind::NegativeTime,
            &IssueKind::CausesAssumed {
                censored: texts(&["0"])
            },
        ]
    );
    let text = Text::new("en");
    let assigned = report::assigned(&cohort, &issues, &text);
    assert_eq!(
        assigned.endpoints[0].sentence,
        "EFS: 4 patients, 3 events, 1 censored; 3 more patients are left out. \
         First event: relapse in 1, death in 2."
    );
    assert_eq!(
        assigned.issues[0].sentence,
        "Row 6, “first event”: “7” has no meaning yet. Say under Columns which event it is; \
         until then the patient is left out of EFS."
    );
    assert_eq!(
        assigned.issues[3].sentence,
        "Column “first event”: “0” is read as “nothing happened”, and every other value as an event of its own. \
         Say what each one means if that is wrong, and name the events."
    );
    let rows = report::derived(&cohort, Endpoint::Efs, 0, 4, &Style::default(), &text);
    let statuses: Vec<&str> = rows.iter().map(|row| &*row.status).collect();
    assert_eq!(statuses, ["relapse", "death", "censored", "death"]);
}

#[test]
fn times_may_be_the_dates_on_which_follow_up_ended() {
    let text = "start,months,first event\n2023-01-01,2023-01-11,1\n2023-01-01,2023-03-01,2\n";
    let mapping = Mapping {
        start: Some("start".to_owned()),
        cut_off: Some(day("2023-02-01")),
        competing: Some(competing(relapse_and_death(), &["0"])),
        ..Mapping::default()
    };
    let (cohort, _) = build(text, &mapping);
    assert_eq!(causes(&cohort), [Some((10.0, 1)), Some((31.0, 0))]);
    assert_eq!(cohort.competing().unwrap().unit, TimeUnit::Days);
}

#[test]
fn words_and_codes_are_proposed_with_their_column_of_times() {
    let sheet = |headings: &str, events: &[&str]| {
        let rows = (0..12).map(|i| format!("P{i},{}.5,{}\n", i + 1, events[i % events.len()]));
        guess(&table(&format!(
            "id,{headings}\n{}",
            rows.collect::<String>()
        )))
    };
    let proposed = sheet("time (months),event type", &["relapse", "alive", "death"]);
    let expected = TimeAndCause {
        time: "time (months)".to_owned(),
        cause: "event type".to_owned(),
        unit: TimeUnit::Months,
        causes: vec![cause("relapse", &["relapse"]), cause("death", &["death"])],
        censored: texts(&["alive"]),
    };
    assert_eq!(proposed.competing, Some(expected));

    let codes = sheet("ftime,cause", &["0", "1", "2", "3"])
        .competing
        .unwrap();
    let labels: Vec<&str> = codes.causes.iter().map(|cause| &*cause.label).collect();
    assert_eq!(
        (labels, codes.censored),
        (vec!["1", "2", "3"], texts(&["0"]))
    );

    let defined = sheet(
        "time,status (0 = censored; 1 = relapse; 2 = death)",
        &["0", "1", "2"],
    );
    let labels: Vec<String> = (defined.competing.unwrap().causes.into_iter())
        .map(|cause| cause.label)
        .collect();
    assert_eq!(labels, ["relapse", "death"]);

    // Two values are an event and its absence; ECOG is no event; without times there is nothing to end.
    assert_eq!(sheet("time,status", &["0", "1"]).competing, None);
    assert_eq!(
        sheet("time,ECOG performance status", &["0", "1", "2"]).competing,
        None
    );
    assert_eq!(sheet("weight,cause", &["0", "1", "2"]).competing, None);
}

#[test]
fn a_chosen_column_suggests_its_causes() {
    let table = table("months,first event\n1,relapse\n2,censored\n3,died in remission\n");
    let suggestion = suggest(&table, "first event");
    let labels: Vec<&str> = suggestion
        .causes
        .iter()
        .map(|cause| &*cause.label)
        .collect();
    assert_eq!(labels, ["relapse", "died in remission"]);
    assert_eq!(suggestion.censored, ["censored"]);
}

#[test]
fn a_mapping_saved_before_there_were_causes_opens() {
    let mapping: Mapping = serde_json::from_str(r#"{"patient": "id"}"#).unwrap();
    assert_eq!(mapping.competing, None);
    let mapping = Mapping {
        competing: Some(competing(relapse_and_death(), &["0"])),
        ..Mapping::default()
    };
    let text = serde_json::to_string(&mapping).unwrap();
    assert_eq!(serde_json::from_str::<Mapping>(&text).unwrap(), mapping);
}
