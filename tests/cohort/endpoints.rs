//! The plain rules of OS and PFS, worked by hand: one patient a row, one rule a test.

use oncurve::cohort::Endpoint::{Os, Pfs};
use oncurve::cohort::{Event, IssueKind, Mapping, Reason, Severity, TimeRules, TimeUnit};

use crate::{build, by_dates, day, given, kinds, only, reasons, status, table, values};

const HEADINGS: &str = "id,start,progression,death,last contact\n";
/// A second patient, so that every column has a date in it.
const OTHER: &str = "B,2023-01-01,2023-02-01,2023-03-01,2023-03-01\n";

/// The values and reasons of PFS and OS of one patient, and the issues.
struct One {
    pfs: (Option<(f64, bool)>, Reason),
    os: (Option<(f64, bool)>, Reason),
    issues: Vec<oncurve::cohort::Issue>,
}

#[track_caller]
fn one(row: &str, mapping: &Mapping) -> One {
    let (cohort, issues) = build(&format!("{HEADINGS}{row}\n{OTHER}"), mapping);
    One {
        pfs: (values(&cohort, Pfs)[0], reasons(&cohort, Pfs)[0]),
        os: (values(&cohort, Os)[0], reasons(&cohort, Os)[0]),
        issues,
    }
}

fn cut_off(on: &str) -> Mapping {
    Mapping {
        cut_off: Some(day(on)),
        ..by_dates()
    }
}

#[test]
fn pfs_ends_with_the_progression_and_os_with_the_death() {
    let one = one("A,2023-01-01,2023-01-31,2023-03-02,2023-03-02", &by_dates());
    let (progression, death) = (day("2023-01-31"), day("2023-03-02"));
    assert_eq!(
        one.pfs,
        (Some((30.0, true)), Reason::Progressed { on: progression })
    );
    assert_eq!(one.os, (Some((60.0, true)), Reason::Died { on: death }));
    assert_eq!(one.issues, []);
}

#[test]
fn a_death_without_progression_is_an_event_of_both() {
    let one = one("A,2023-01-01,,2023-03-02,2023-03-02", &by_dates());
    let died = (
        Some((60.0, true)),
        Reason::Died {
            on: day("2023-03-02"),
        },
    );
    assert_eq!((one.pfs, one.os), (died, died));
    assert_eq!(one.issues, []);
}

#[test]
fn without_an_event_both_are_censored_at_the_last_contact() {
    let one = one("A,2023-01-01,,,2023-04-11", &by_dates());
    let censored = (
        Some((100.0, false)),
        Reason::LastContact {
            on: day("2023-04-11"),
        },
    );
    assert_eq!((one.pfs, one.os), (censored, censored));
    assert_eq!(one.issues, []);
}

#[test]
fn after_a_progression_the_living_are_censored_for_os_only() {
    let one = one("A,2023-01-01,2023-01-31,,2023-04-11", &by_dates());
    assert_eq!(one.pfs.0, Some((30.0, true)));
    assert_eq!(one.os.0, Some((100.0, false)));
}

#[test]
fn equal_dates_make_a_time_of_zero() {
    let event = one("A,2023-01-01,2023-01-01,2023-01-01,2023-01-01", &by_dates());
    assert_eq!(
        event.pfs,
        (
            Some((0.0, true)),
            Reason::Progressed {
                on: day("2023-01-01")
            }
        )
    );
    assert_eq!(
        event.os,
        (
            Some((0.0, true)),
            Reason::Died {
                on: day("2023-01-01")
            }
        )
    );
    assert_eq!(event.issues, []);
    let censored = one("A,2023-01-01,,,2023-01-01", &by_dates());
    assert_eq!(censored.os.0, Some((0.0, false)));
}

#[test]
fn a_progression_on_the_day_of_death_is_a_progression() {
    let one = one("A,2023-01-01,2023-03-02,2023-03-02,2023-03-02", &by_dates());
    assert_eq!(
        one.pfs.1,
        Reason::Progressed {
            on: day("2023-03-02")
        }
    );
}

#[test]
fn counting_the_first_day_adds_one_to_every_time() {
    let mapping = Mapping {
        rules: TimeRules {
            count_first_day: true,
            ..TimeRules::default()
        },
        ..by_dates()
    };
    let counted = one("A,2023-01-01,2023-01-31,,2023-04-11", &mapping);
    assert_eq!(counted.pfs.0, Some((31.0, true)));
    assert_eq!(counted.os.0, Some((101.0, false)));
    let same_day = one("A,2023-01-01,2023-01-01,,2023-01-01", &mapping);
    assert_eq!(same_day.pfs.0, Some((1.0, true)));
}

#[test]
fn leap_days_and_years_are_counted() {
    let one = one("A,2023-03-01,2024-02-29,,2024-03-01", &by_dates());
    assert_eq!(one.pfs.0, Some((365.0, true)));
    assert_eq!(one.os.0, Some((366.0, false)));
}

#[test]
fn a_death_after_the_cut_off_is_censored_at_it() {
    let one = one(
        "A,2023-01-01,2023-01-31,2023-06-01,2023-06-01",
        &cut_off("2023-04-11"),
    );
    let at_cut_off = Reason::CutOff {
        on: day("2023-04-11"),
    };
    assert_eq!(one.pfs.0, Some((30.0, true)));
    assert_eq!(one.os, (Some((100.0, false)), at_cut_off));
    // Noted for both dates; nothing is left out.
    assert!(
        one.issues
            .iter()
            .all(|issue| issue.severity == Severity::Note)
    );
    let columns: Vec<_> = one
        .issues
        .iter()
        .map(|issue| issue.column.as_deref())
        .collect();
    assert_eq!(columns, [Some("death"), Some("last contact")]);
    let after = IssueKind::AfterCutOff {
        on: day("2023-06-01"),
        cut_off: day("2023-04-11"),
    };
    assert_eq!(kinds(&one.issues), [&after, &after]);
}

#[test]
fn a_progression_after_the_cut_off_is_censored_at_it() {
    let one = one(
        "A,2023-01-01,2023-05-01,,2023-06-01",
        &cut_off("2023-04-11"),
    );
    let censored = (
        Some((100.0, false)),
        Reason::CutOff {
            on: day("2023-04-11"),
        },
    );
    assert_eq!((one.pfs, one.os), (censored, censored));
}

#[test]
fn events_on_the_cut_off_itself_count() {
    let one = one(
        "A,2023-01-01,,2023-04-11,2023-04-11",
        &cut_off("2023-04-11"),
    );
    assert_eq!(
        one.os,
        (
            Some((100.0, true)),
            Reason::Died {
                on: day("2023-04-11")
            }
        )
    );
    assert_eq!(one.issues, []);
}

#[test]
fn a_last_contact_before_the_cut_off_is_not_stretched_to_it() {
    let one = one("A,2023-01-01,,,2023-01-31", &cut_off("2023-04-11"));
    assert_eq!(
        one.os,
        (
            Some((30.0, false)),
            Reason::LastContact {
                on: day("2023-01-31")
            }
        )
    );
}

#[test]
fn a_start_after_the_cut_off_leaves_the_patient_out_of_both() {
    let one = one("A,2023-05-01,,,2023-06-01", &cut_off("2023-04-11"));
    assert_eq!(one.pfs, (None, Reason::Contradiction));
    assert_eq!(one.os, (None, Reason::Contradiction));
    let issue = only(&one.issues, Severity::Warning);
    assert_eq!(issue.column.as_deref(), Some("start"));
    assert_eq!(issue.left_out, [Pfs, Os]);
}

#[test]
fn a_death_before_the_progression_leaves_the_patient_out_of_pfs_only() {
    let one = one("A,2023-01-01,2023-06-09,2023-05-03,2023-05-03", &by_dates());
    assert_eq!(one.pfs, (None, Reason::Contradiction));
    assert_eq!(
        one.os,
        (
            Some((122.0, true)),
            Reason::Died {
                on: day("2023-05-03")
            }
        )
    );
    let issue = only(&one.issues, Severity::Warning);
    assert_eq!(issue.row, Some(2));
    assert_eq!(issue.column.as_deref(), Some("death"));
    assert_eq!(issue.value.as_deref(), Some("2023-05-03"));
    assert_eq!(issue.left_out, [Pfs]);
    assert_eq!(
        issue.kind,
        IssueKind::DeathBeforeProgression {
            death: day("2023-05-03"),
            progression: day("2023-06-09")
        }
    );
}

#[test]
fn a_progression_before_the_start_leaves_the_patient_out_of_pfs_only() {
    let one = one("A,2023-01-01,2022-12-31,,2023-04-11", &by_dates());
    assert_eq!(one.pfs, (None, Reason::Negative));
    assert_eq!(one.os.0, Some((100.0, false)));
    let issue = only(&one.issues, Severity::Warning);
    assert_eq!(
        issue.kind,
        IssueKind::EndBeforeStart {
            end: Event::Progression,
            on: day("2022-12-31"),
            start: day("2023-01-01")
        }
    );
    assert_eq!(issue.left_out, [Pfs]);
}

#[test]
fn a_death_before_the_start_leaves_the_patient_out_of_both() {
    for progression in ["", "2023-02-01"] {
        let row = format!("A,2023-01-01,{progression},2022-12-31,");
        let one = one(&row, &by_dates());
        assert_eq!((one.pfs.0, one.os.0), (None, None));
        let issue = only(&one.issues, Severity::Warning);
        assert_eq!(issue.left_out, [Pfs, Os]);
        assert_eq!(issue.column.as_deref(), Some("death"));
    }
}

#[test]
fn a_last_contact_before_the_start_counts_only_where_time_rests_on_it() {
    let living = one("A,2023-01-01,,,2022-12-31", &by_dates());
    assert_eq!((living.pfs.0, living.os.0), (None, None));
    assert_eq!(only(&living.issues, Severity::Warning).left_out, [Pfs, Os]);

    let progressed = one("A,2023-01-01,2023-01-31,,2022-12-31", &by_dates());
    assert_eq!(progressed.pfs.0, Some((30.0, true)));
    assert_eq!(only(&progressed.issues, Severity::Warning).left_out, [Os]);

    let dead = one("A,2023-01-01,2023-01-31,2023-03-02,2022-12-31", &by_dates());
    assert_eq!(
        (dead.pfs.0, dead.os.0),
        (Some((30.0, true)), Some((60.0, true)))
    );
    assert_eq!(only(&dead.issues, Severity::Note).left_out, []);
}

#[test]
fn a_progression_after_the_last_contact_of_a_living_patient_is_noted() {
    let one = one("A,2023-01-01,2023-03-02,,2023-01-31", &by_dates());
    assert_eq!(one.pfs.0, Some((60.0, true)));
    assert_eq!(one.os.0, Some((30.0, false)));
    assert_eq!(
        only(&one.issues, Severity::Note).kind,
        IssueKind::LastContactBeforeProgression {
            on: day("2023-01-31"),
            progression: day("2023-03-02")
        }
    );
}

#[test]
fn a_last_contact_after_the_death_is_noted_and_the_death_counts() {
    let one = one("A,2023-01-01,2023-01-31,2023-03-02,2023-03-03", &by_dates());
    assert_eq!(one.pfs.0, Some((30.0, true)));
    assert_eq!(one.os.0, Some((60.0, true)));
    let issue = only(&one.issues, Severity::Note);
    assert_eq!(issue.column.as_deref(), Some("last contact"));
    assert_eq!(issue.value.as_deref(), Some("2023-03-03"));
    assert!(issue.left_out.is_empty());
}

#[test]
fn without_a_start_there_is_no_time() {
    let one = one("A,,2023-01-31,2023-03-02,2023-03-02", &by_dates());
    assert_eq!(one.pfs, (None, Reason::NoStart));
    assert_eq!(one.os, (None, Reason::NoStart));
    let issue = only(&one.issues, Severity::Warning);
    assert_eq!(issue.kind, IssueKind::MissingValue);
    assert_eq!(
        (issue.column.as_deref(), &issue.value),
        (Some("start"), &None)
    );
    assert_eq!(issue.left_out, [Pfs, Os]);
}

#[test]
fn without_event_and_last_contact_there_is_no_end() {
    let one = one("A,2023-01-01,2023-01-31,,", &by_dates());
    assert_eq!(one.pfs.0, Some((30.0, true)));
    assert_eq!(one.os, (None, Reason::NoEnd));
    let issue = only(&one.issues, Severity::Warning);
    assert_eq!(issue.column.as_deref(), Some("last contact"));
    assert_eq!(issue.left_out, [Os]);
}

#[test]
fn without_a_column_of_last_contact_the_living_are_left_out_with_one_warning() {
    let mapping = Mapping {
        last_contact: None,
        ..by_dates()
    };
    let one = one("A,2023-01-01,2023-01-31,,2023-04-11", &mapping);
    assert_eq!(one.os, (None, Reason::NoEnd));
    let issue = only(&one.issues, Severity::Warning);
    assert_eq!(issue.kind, IssueKind::NoCensoringDate { patients: 1 });
    assert_eq!((issue.row, &*issue.left_out), (None, &[Os][..]));
}

#[test]
fn a_date_that_cannot_be_read_leaves_the_patient_out() {
    let mut text = format!("{HEADINGS}A,2023-01-01,spring,2023-03-02,2023-03-02\n");
    for patient in 0..20 {
        text += &format!("P{patient},2023-01-01,2023-02-01,2023-03-02,2023-03-02\n");
    }
    let (cohort, issues) = build(&text, &by_dates());
    assert_eq!(reasons(&cohort, Pfs)[0], Reason::Unreadable);
    assert_eq!(values(&cohort, Os)[0], Some((60.0, true)));
    let issue = only(&issues, Severity::Warning);
    assert_eq!(issue.kind, IssueKind::Unreadable);
    assert_eq!(issue.value.as_deref(), Some("spring"));
}

#[test]
fn nobody_progressed_or_died_in_empty_columns() {
    let text = "id,start,progression,death,last contact\nA,2023-01-01,,,2023-04-11\nB,2023-01-01,,,2023-01-31\n";
    let (cohort, issues) = build(text, &by_dates());
    let expected = [Some((100.0, false)), Some((30.0, false))];
    assert_eq!(values(&cohort, Pfs), expected);
    assert_eq!(values(&cohort, Os), expected);
    assert_eq!(issues, []);
}

#[test]
fn pfs_without_any_word_on_deaths_says_so() {
    let mapping = Mapping {
        death: None,
        ..by_dates()
    };
    let (cohort, issues) = build(&format!("{HEADINGS}{OTHER}"), &mapping);
    assert_eq!(values(&cohort, Pfs), [Some((31.0, true))]);
    assert!(cohort.endpoint(Os).is_none());
    assert_eq!(
        only(&issues, Severity::Note).kind,
        IssueKind::PfsWithoutDeath
    );
}

// ---- Whether somebody died or progressed, in a column of its own -----------------------------------

#[test]
fn with_a_vital_status_alone_the_last_contact_is_the_date_of_death() {
    let text = "start,progression,status,last\n\
                2023-01-01,2023-01-31,dead,2023-03-02\n\
                2023-01-01,,dead,2023-04-11\n\
                2023-01-01,,alive,2023-04-11\n\
                2023-01-01,,,2023-04-11\n\
                2023-01-01,,dead,\n\
                2023-01-01,,dead,2022-12-31\n";
    let mapping = Mapping {
        start: Some("start".to_owned()),
        progression: Some("progression".to_owned()),
        died: Some(status("status", &["dead"])),
        last_contact: Some("last".to_owned()),
        ..Mapping::default()
    };
    let (cohort, issues) = build(text, &mapping);
    let died = Some((100.0, true));
    let alive = Some((100.0, false));
    assert_eq!(
        values(&cohort, Os),
        [Some((60.0, true)), died, alive, None, None, None]
    );
    assert_eq!(
        values(&cohort, Pfs),
        [Some((30.0, true)), died, alive, None, None, None]
    );
    assert_eq!(
        reasons(&cohort, Os)[3..],
        [Reason::NoValue, Reason::EventWithoutDate, Reason::Negative]
    );
    let warnings: Vec<_> = issues
        .iter()
        .map(|issue| (issue.row, issue.column.as_deref(), &*issue.left_out))
        .collect();
    assert_eq!(
        warnings,
        [
            (Some(5), Some("status"), &[Pfs, Os][..]),
            (Some(6), Some("status"), &[Pfs, Os][..]),
            (Some(7), Some("last"), &[Pfs, Os][..]),
        ]
    );
}

#[test]
fn a_status_must_agree_with_its_date() {
    let text = "start,pd,pd date,died,death,last\n\
                2023-01-01,1,2023-01-31,1,2023-03-02,2023-03-02\n\
                2023-01-01,1,,0,,2023-04-11\n\
                2023-01-01,0,2023-01-31,0,,2023-04-11\n\
                2023-01-01,0,,1,,2023-04-11\n\
                2023-01-01,0,,0,2023-03-02,2023-03-02\n\
                2023-01-01,,2023-01-31,,2023-03-02,2023-03-02\n";
    let mapping = Mapping {
        start: Some("start".to_owned()),
        progressed: Some(status("pd", &["1"])),
        progression: Some("pd date".to_owned()),
        died: Some(status("died", &["1"])),
        death: Some("death".to_owned()),
        last_contact: Some("last".to_owned()),
        ..Mapping::default()
    };
    let (cohort, issues) = build(text, &mapping);
    let (progressed, died) = (Some((30.0, true)), Some((60.0, true)));
    let alive = Some((100.0, false));
    assert_eq!(
        values(&cohort, Pfs),
        [progressed, None, None, None, None, progressed]
    );
    assert_eq!(values(&cohort, Os), [died, alive, alive, None, None, died]);
    let found: Vec<_> = issues
        .iter()
        .map(|issue| (issue.row, issue.kind.clone(), issue.left_out.clone()))
        .collect();
    assert_eq!(
        found,
        [
            (
                Some(3),
                IssueKind::EventWithoutDate {
                    event: Event::Progression
                },
                vec![Pfs]
            ),
            (
                Some(4),
                IssueKind::DateWithoutEvent {
                    event: Event::Progression,
                    on: day("2023-01-31")
                },
                vec![Pfs]
            ),
            (
                Some(5),
                IssueKind::EventWithoutDate {
                    event: Event::Death
                },
                vec![Pfs, Os]
            ),
            (
                Some(6),
                IssueKind::DateWithoutEvent {
                    event: Event::Death,
                    on: day("2023-03-02")
                },
                vec![Pfs, Os]
            ),
        ]
    );
}

// ---- Ready-made times ------------------------------------------------------------------------------

#[test]
fn ready_made_times_keep_their_unit_and_win_over_the_dates() {
    let text = "start,progression,death,PFS (months),PFS event\n\
                2023-01-01,2023-01-31,,2.5,1\n\
                2023-01-01,2023-01-31,,0,0\n\
                2023-01-01,2023-01-31,,-0.1,1\n\
                2023-01-01,2023-01-31,,,1\n\
                2023-01-01,2023-01-31,2023-01-30,3.0,\n";
    let mapping = Mapping {
        start: Some("start".to_owned()),
        progression: Some("progression".to_owned()),
        pfs: Some(given("PFS (months)", "PFS event", &["1"])),
        ..Mapping::default()
    };
    let (cohort, issues) = build(text, &mapping);
    let data = cohort.endpoint(Pfs).expect("PFS is mapped");
    assert_eq!(data.unit, TimeUnit::Months);
    assert_eq!(
        values(&cohort, Pfs),
        [Some((2.5, true)), Some((0.0, false)), None, None, None]
    );
    assert_eq!(
        reasons(&cohort, Pfs),
        [
            Reason::GivenEvent,
            Reason::GivenCensored,
            Reason::Negative,
            Reason::NoValue,
            Reason::NoValue
        ]
    );
    let found: Vec<_> = issues
        .iter()
        .map(|issue| {
            (
                issue.row,
                issue.column.as_deref(),
                issue.value.as_deref(),
                &issue.kind,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (
                Some(4),
                Some("PFS (months)"),
                Some("-0.1"),
                &IssueKind::NegativeTime
            ),
            (
                Some(5),
                Some("PFS (months)"),
                None,
                &IssueKind::MissingValue
            ),
            (Some(6), Some("PFS event"), None, &IssueKind::MissingValue),
        ]
    );
}

#[test]
fn ready_made_dates_are_counted_from_the_start() {
    let text = "start,PFS date,PFS event\n\
                2023-01-01,2023-01-31,1\n\
                2023-01-01,2023-03-02,0\n\
                2023-01-01,2023-06-01,1\n\
                2023-01-01,2022-12-31,1\n";
    let mapping = Mapping {
        start: Some("start".to_owned()),
        pfs: Some(given("PFS date", "PFS event", &["1"])),
        cut_off: Some(day("2023-04-11")),
        ..Mapping::default()
    };
    let (cohort, issues) = build(text, &mapping);
    let data = cohort.endpoint(Pfs).expect("PFS is mapped");
    assert_eq!(data.unit, TimeUnit::Days);
    assert_eq!(
        values(&cohort, Pfs),
        [
            Some((30.0, true)),
            Some((60.0, false)),
            Some((100.0, false)),
            None
        ]
    );
    assert_eq!(
        reasons(&cohort, Pfs),
        [
            Reason::GivenEventOn {
                on: day("2023-01-31")
            },
            Reason::GivenCensoredOn {
                on: day("2023-03-02")
            },
            Reason::CutOff {
                on: day("2023-04-11")
            },
            Reason::Negative
        ]
    );
    assert_eq!(only(&issues, Severity::Warning).row, Some(5));
    let note = only(&issues, Severity::Note);
    assert_eq!(
        (note.row, note.column.as_deref()),
        (Some(4), Some("PFS date"))
    );
}

#[test]
fn an_endpoint_without_its_columns_is_not_there() {
    let text = format!("{HEADINGS}{OTHER}");
    let no_start = Mapping {
        start: None,
        ..by_dates()
    };
    let (cohort, issues) = build(&text, &no_start);
    assert_eq!(cohort.endpoints(), []);
    assert_eq!(issues, []);
    assert_eq!(table(&text).rows, [2]);
}
