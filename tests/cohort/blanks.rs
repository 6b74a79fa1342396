//! Empty cells of columns that say whether something happened: nothing is guessed of them in silence.

use oncurve::cohort::Endpoint::{Os, Pfs};
use oncurve::cohort::{CodedValue, Event, EventRole, IssueKind, Mapping, Reason, Severity, guess};
use oncurve::report;
use oncurve::text::Text;

use crate::{build, by_dates, day, given, kinds, only, reasons, status, table, values};

/// Deaths marked by `mark`, the living left blank: 2 of 5 patients died.
fn marked(mark: &str) -> String {
    format!("OS months,Dead\n1.5,{mark}\n2.5,\n3.5,{mark}\n4.5,\n5.5,\n")
}

fn os(mark: &str, blank_is_no_event: bool) -> Mapping {
    let mut os = given("OS months", "Dead", &[mark]);
    os.blank_is_no_event = blank_is_no_event;
    Mapping {
        os: Some(os),
        ..Mapping::default()
    }
}

fn sentences(text: &str, mapping: &Mapping) -> Vec<String> {
    let (cohort, issues) = build(text, mapping);
    let assigned = report::assigned(&cohort, &issues, &Text::new("en"));
    let sentences = assigned.issues.into_iter().map(|issue| issue.sentence);
    sentences.collect()
}

#[test]
fn where_one_value_and_blanks_stand_the_person_is_asked_what_blank_means() {
    for mark in ["1", "dead", "yes", "X", "√"] {
        let (cohort, issues) = build(&marked(mark), &os(mark, false));
        assert_eq!(
            values(&cohort, Os),
            [Some((1.5, true)), None, Some((3.5, true)), None, None]
        );
        let [issue] = &issues[..] else {
            panic!("{issues:#?}");
        };
        assert_eq!(
            issue.kind,
            IssueKind::BlankEvents {
                role: EventRole::Os,
                value: mark.to_owned(),
                patients: 3
            }
        );
        assert_eq!((issue.severity, issue.row), (Severity::Warning, None));
        assert_eq!(issue.column.as_deref(), Some("Dead"));
        assert_eq!(issue.left_out, [Os]);
    }
    assert_eq!(
        sentences(&marked("1"), &os("1", false)),
        [
            "Column “Dead”: “1” is the only value, and 3 patients have an empty cell. Say that empty \
             means no event, or fill in the cells; until then these patients are left out of OS."
        ]
    );
}

#[test]
fn once_blank_means_no_event_the_others_are_censored_and_counted() {
    let (cohort, issues) = build(&marked("1"), &os("1", true));
    assert_eq!(issues, []);
    assert_eq!(
        values(&cohort, Os),
        [
            Some((1.5, true)),
            Some((2.5, false)),
            Some((3.5, true)),
            Some((4.5, false)),
            Some((5.5, false))
        ]
    );
    let coding = &cohort.codings()[0];
    assert_eq!((coding.missing, coding.blank), (0, 3));
    let value = |text: &str, n, event| CodedValue {
        text: text.to_owned(),
        n,
        event,
    };
    assert_eq!(coding.values, [value("", 3, false), value("1", 2, true)]);
    let assigned = report::assigned(&cohort, &issues, &Text::new("en"));
    assert_eq!(
        assigned.codings[0].sentence,
        "empty = censored: 3 patients, 1 = event: 2 patients"
    );
    assert_eq!(assigned.codings[0].flipped, [""; 0]);
}

#[test]
fn a_code_for_unknown_is_not_blank() {
    let text = "OS months,Dead\n1.5,1\n2.5,unknown\n3.5,\n";
    let (cohort, issues) = build(text, &os("1", true));
    assert_eq!(
        values(&cohort, Os),
        [Some((1.5, true)), None, Some((3.5, false))]
    );
    assert_eq!(only(&issues, Severity::Warning).row, Some(3));
    let (_, issues) = build(text, &os("1", false));
    let asked = IssueKind::BlankEvents {
        role: EventRole::Os,
        value: "1".to_owned(),
        patients: 1,
    };
    assert_eq!(kinds(&issues), [&asked, &IssueKind::MissingValue]);
}

#[test]
fn blanks_beside_two_values_are_asked_about_one_by_one() {
    let text = "OS months,Dead\n1.5,1\n2.5,0\n3.5,\n";
    let (_, issues) = build(text, &os("1", false));
    assert_eq!(kinds(&issues), [&IssueKind::MissingValue]);
}

#[test]
fn blanks_beside_the_word_for_no_event_are_not_taken_for_it() {
    let text = "OS months,Vital status\n1.5,alive\n2.5,\n";
    let mapping = Mapping {
        os: Some(given("OS months", "Vital status", &["dead"])),
        ..Mapping::default()
    };
    let (_, issues) = build(text, &mapping);
    assert_eq!(
        only(&issues, Severity::Warning).kind,
        IssueKind::MissingValue
    );
}

const DATES: &str = "id,start,progression,death,last contact,died\n";

fn with_status() -> Mapping {
    Mapping {
        died: Some(status("died", &["1"])),
        ..by_dates()
    }
}

#[test]
fn a_patient_without_status_and_date_of_death_counts_as_alive_and_is_named() {
    let text = format!(
        "{DATES}A,2023-01-01,,,2023-04-11,0\nB,2023-01-01,,,2023-04-11,\n\
         C,2023-01-01,,2023-03-02,2023-03-02,1\nD,2023-01-01,,2023-03-02,2023-03-02,\n\
         E,2023-01-01,,,2023-04-11,unknown\n"
    );
    let (cohort, issues) = build(&text, &with_status());
    let alive = Some((100.0, false));
    let died = Some((60.0, true));
    assert_eq!(values(&cohort, Os), [alive, alive, died, died, alive]);
    assert_eq!(
        reasons(&cohort, Os)[1],
        Reason::LastContact {
            on: day("2023-04-11")
        }
    );
    let presumed = IssueKind::PresumedNoEvent {
        event: Event::Death,
    };
    let found: Vec<_> = (issues.iter())
        .map(|issue| (issue.severity, issue.row, &issue.kind, issue.left_out.len()))
        .collect();
    assert_eq!(
        found,
        [
            (Severity::Warning, Some(3), &presumed, 0),
            (Severity::Warning, Some(6), &presumed, 0)
        ]
    );
    assert_eq!(issues[1].value.as_deref(), Some("unknown"));
    assert_eq!(
        sentences(&text, &with_status())[0],
        "Row 3, “died”: nothing says whether the patient died, and there is no date of death, so the \
         patient counts as alive. Enter what is known, or let this stand."
    );
    let mut blank = with_status();
    blank.died.as_mut().expect("mapped").blank_is_no_event = true;
    let (_, issues) = build(&text, &blank);
    // The blank with a date of death now contradicts it.
    let contradiction = IssueKind::DateWithoutEvent {
        event: Event::Death,
        on: day("2023-03-02"),
    };
    assert_eq!(kinds(&issues), [&contradiction, &presumed]);
}

#[test]
fn a_patient_without_status_and_date_of_progression_counts_as_without_and_is_named() {
    let text = "id,start,progression,death,last contact,pd\n\
                A,2023-01-01,2023-01-31,,2023-04-11,1\n\
                B,2023-01-01,,,2023-04-11,0\n\
                C,2023-01-01,,,2023-04-11,\n";
    let mapping = Mapping {
        progressed: Some(status("pd", &["1"])),
        ..by_dates()
    };
    let (cohort, issues) = build(text, &mapping);
    assert_eq!(values(&cohort, Pfs)[2], Some((100.0, false)));
    let issue = only(&issues, Severity::Warning);
    assert_eq!(issue.row, Some(4));
    assert_eq!(
        issue.kind,
        IssueKind::PresumedNoEvent {
            event: Event::Progression
        }
    );
}

#[test]
fn deaths_marked_beside_their_dates_ask_once_and_not_row_by_row() {
    let text = format!(
        "{DATES}A,2023-01-01,,,2023-04-11,\nB,2023-01-01,,,2023-04-11,\n\
         C,2023-01-01,,2023-03-02,2023-03-02,1\n"
    );
    let (cohort, issues) = build(&text, &with_status());
    let alive = Some((100.0, false));
    assert_eq!(values(&cohort, Os), [alive, alive, Some((60.0, true))]);
    let issue = only(&issues, Severity::Warning);
    assert_eq!(
        issue.kind,
        IssueKind::BlankEvents {
            role: EventRole::Died,
            value: "1".to_owned(),
            patients: 2
        }
    );
    assert_eq!(
        sentences(&text, &with_status()),
        [
            "Column “died”: “1” is the only value, and 2 patients have an empty cell. They count as \
             without the event unless they have its date. Say that empty means no event, or fill in \
             the cells."
        ]
    );
}

#[test]
fn marks_are_recognised_and_blank_is_never_given_a_meaning_by_the_guess() {
    let text = "Patient,OS months,Dead\nP1,1.5,X\nP2,2.5,\nP3,3.5,X\nP4,4.5,\nP5,9.5,\n";
    let os = guess(&table(text)).os.expect("OS");
    assert_eq!(os.event_values, ["X"]);
    assert!(!os.blank_is_no_event);
}

#[test]
fn a_date_of_death_that_the_unmarked_have_too_is_no_date_of_death() {
    let text = "Patient,Start date,Death date,Dead\n\
                P1,2023-01-13,2023-08-23,1\nP2,2023-01-13,2023-09-24,\n\
                P3,2023-01-13,2023-08-25,1\nP4,2023-01-13,2023-10-26,\n";
    let mapping = guess(&table(text));
    assert_eq!(mapping.death, None);
    assert_eq!(mapping.last_contact.as_deref(), Some("Death date"));
    let (cohort, issues) = build(text, &mapping);
    assert_eq!(values(&cohort, Os)[1], None);
    assert_eq!(only(&issues, Severity::Warning).left_out, [Os]);
}
