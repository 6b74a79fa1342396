//! The sentences that the page shows.

use std::time::{Duration, Instant};

use oncurve::cohort::{
    Endpoint, Event, EventRole, Issue, IssueKind, Mapping, MonthLength, PartialMatch, RecordKind,
    Severity, TimeUnit, Wanted,
};
use oncurve::format::Style;
use oncurve::report::{self, ISSUES_LISTED};
use oncurve::table::FindingKind;
use oncurve::text::Text;

use crate::{build, by_dates, day, texts};

const HEADINGS: &str = "id,start,progression,death,last contact\n";

/// Every sentence on a patient whose row stands third, so that every column has a date.
fn sentences(row: &str, mapping: &Mapping) -> Vec<String> {
    let text = format!("{HEADINGS}B,2023-01-01,2023-02-01,2023-03-01,2023-03-01\n{row}\n");
    let (cohort, issues) = build(&text, mapping);
    let assigned = report::assigned(&cohort, &issues, &Text::new("en"));
    assigned
        .issues
        .into_iter()
        .map(|issue| issue.sentence)
        .collect()
}

#[test]
fn an_issue_says_where_it_stands_what_is_wrong_and_what_to_do() {
    let cases = [
        (
            "A,2023-01-01,2023-06-09,2023-05-03,2023-05-03",
            "Row 3, “death”: the death (3 May 2023) is before the progression (9 June 2023). \
             Correct one of them; until then the patient is left out of PFS.",
        ),
        (
            "A,2023-01-01,,2022-12-31,",
            "Row 3, “death”: the death (31 December 2022) is before the start (1 January 2023). \
             Correct one of them; until then the patient is left out of PFS and OS.",
        ),
        (
            "A,,,,2023-05-03",
            "Row 3, “start”: the value is missing. \
             Enter it; until then the patient is left out of PFS and OS.",
        ),
        (
            "A,2023-01-01,2023-02-01,2023-03-01,2022-12-31",
            "Row 3, “last contact”: the last contact (31 December 2022) is before the start \
             (1 January 2023). Nothing rests on it here, but one of them is wrong.",
        ),
        (
            "B,2023-01-01,,,2023-05-03",
            "Row 3, “id”: patient “B” is already in row 2. \
             Correct the id, or leave one of the two rows out; until then both count.",
        ),
    ];
    for (row, sentence) in cases {
        assert_eq!(sentences(row, &by_dates()), [sentence]);
    }
}

#[test]
fn what_follows_the_cut_off_is_said_to_be_left_uncounted() {
    let mapping = Mapping {
        cut_off: Some(day("2023-04-30")),
        ..by_dates()
    };
    assert_eq!(
        sentences("A,2023-01-01,2023-05-03,,2023-04-30", &mapping),
        [
            "Row 3, “progression”: 3 May 2023 is after the data cut-off (30 April 2023). \
          What happened after the cut-off is not counted."
        ]
    );
}

#[test]
fn endpoints_are_summed_up_in_a_sentence() {
    let text = format!(
        "{HEADINGS}A,2023-01-01,2023-02-01,2023-03-01,2023-03-01\nB,2023-01-01,,,2023-03-01\nC,,,,\n"
    );
    let (cohort, issues) = build(&text, &by_dates());
    let assigned = report::assigned(&cohort, &issues, &Text::new("en"));
    assert_eq!(assigned.n, 3);
    let pfs = &assigned.endpoints[0];
    assert_eq!(pfs.label, "Progression-free survival (PFS)");
    assert_eq!(
        (pfs.n, pfs.n_event, pfs.n_censor, pfs.n_excluded),
        (2, 1, 1, 1)
    );
    assert_eq!(
        pfs.sentence,
        "PFS: 2 patients, 1 event, 1 censored; 1 more patient is left out."
    );
}

#[test]
fn every_patient_has_a_time_and_a_reason() {
    let text = format!(
        "{HEADINGS}A,2022-10-01,2023-05-03,,2023-05-04\n\
         B,2022-10-01,,2022-10-02,2022-10-02\n\
         C,2022-10-01,,,2023-05-03\n\
         D,,,,2023-05-03\n"
    );
    let words = |mapping: &Mapping, from, count| {
        let (cohort, _) = build(&text, mapping);
        let (style, text) = (Style::default(), Text::new("en"));
        let rows = report::derived(&cohort, Endpoint::Pfs, from, count, &style, &text);
        let words = rows
            .into_iter()
            .map(|row| [row.id, row.time, row.status, row.reason].join(" | "));
        words.collect::<Vec<_>>()
    };
    assert_eq!(
        words(&by_dates(), 0, 10),
        [
            "A | 7.0 | event | Progression on 3 May 2023, 214 days after the start",
            "B | 0.0 | event | Death on 2 October 2022, 1 day after the start",
            "C | 7.0 | censored | No event by the last contact on 3 May 2023, 214 days after the start",
            "D |  | left out | No start date",
        ]
    );
    let mut mapping = by_dates();
    mapping.rules.count_first_day = true;
    mapping.rules.display = TimeUnit::Days;
    mapping.cut_off = Some(day("2022-12-31"));
    assert_eq!(
        words(&mapping, 0, 2),
        [
            "A | 92 | censored | No event by the data cut-off on 31 December 2022, day 92 counting the first",
            "B | 2 | event | Death on 2 October 2022, day 2 counting the first",
        ]
    );
    let mut mapping = by_dates();
    mapping.rules.month = MonthLength::Calendar;
    assert_eq!(
        words(&mapping, 0, 2),
        [
            "A | 7.1 | event | Progression on 3 May 2023, 7.1 calendar months after the start",
            "B | 0.0 | event | Death on 2 October 2022, 0.0 calendar months after the start",
        ]
    );
    // Only times shown in months are counted in them.
    mapping.rules.display = TimeUnit::Days;
    assert_eq!(
        words(&mapping, 0, 1),
        ["A | 214 | event | Progression on 3 May 2023, 214 days after the start"]
    );
    assert_eq!(words(&by_dates(), 3, 1).len(), 1);
    assert_eq!(words(&by_dates(), 9, 1).len(), 0);
}

const FINDINGS: [FindingKind; 15] = [
    FindingKind::TitleRow,
    FindingKind::UnitsRow,
    FindingKind::Footnote,
    FindingKind::EmptyHeading,
    FindingKind::DuplicateHeading,
    FindingKind::TotalsRow,
    FindingKind::MergedCells,
    FindingKind::AmbiguousDateOrder,
    FindingKind::TwoDigitYears,
    FindingKind::AgeWithUnit,
    FindingKind::NotANumber,
    FindingKind::NotADate,
    FindingKind::CellError,
    FindingKind::ExtraFields,
    FindingKind::Undecodable,
];

/// One issue of every kind.
fn every_kind() -> Vec<IssueKind> {
    let (a, b) = (day("2023-05-03"), day("2023-06-09"));
    let mut kinds: Vec<IssueKind> = FINDINGS
        .into_iter()
        .map(|finding| IssueKind::Reading { finding })
        .collect();
    kinds.extend([
        IssueKind::WrongType {
            wanted: Wanted::Events,
        },
        IssueKind::UnitAssumed {
            unit: TimeUnit::Months,
            suggested: None,
        },
        IssueKind::EndpointAssumed,
        IssueKind::UnclearAnswer {
            records: RecordKind::AdverseEvents,
            role: "related".to_owned(),
            rows: 2,
        },
        IssueKind::AmbiguousId {
            rows: 2,
            patients: texts(&["A-3", "B-3"]),
        },
        IssueKind::NoIdMatches {
            rows: 2,
            patients: "Patients".to_owned(),
            known: "A-3".to_owned(),
            numbered: 1,
        },
        IssueKind::IdsRespelt {
            ids: 1,
            examples: vec![("A3".to_owned(), "A-3".to_owned())],
        },
        IssueKind::IdsByNumber {
            ids: 1,
            rows: 1,
            examples: vec![("3".to_owned(), "A-3".to_owned())],
        },
        IssueKind::NoJoinedId,
        IssueKind::DatesDenied {
            words: texts(&["alive"]),
            patients: 2,
        },
        IssueKind::CodingAssumed {
            event: texts(&["1"]),
        },
        IssueKind::CausesAssumed {
            censored: texts(&["0"]),
        },
        IssueKind::UnknownCause,
        IssueKind::CodeWithoutRows {
            missing: "dead".to_owned(),
        },
        IssueKind::BlankEvents {
            role: EventRole::Os,
            value: "1".to_owned(),
            patients: 3,
        },
        IssueKind::PresumedNoEvent {
            event: Event::Progression,
        },
        IssueKind::OwnUnnamed { position: 2 },
        IssueKind::OwnNameTaken {
            name: "PFS".to_owned(),
        },
        IssueKind::OwnWithoutStart {
            name: "Relapse".to_owned(),
        },
        IssueKind::OwnWithoutEvents {
            name: "Relapse".to_owned(),
        },
        IssueKind::NoStartMapped,
        IssueKind::PfsWithoutDeath,
        IssueKind::EventsWithoutDeaths,
        IssueKind::NoCensoringDate { patients: 3 },
        IssueKind::DuplicatePatient { first_row: 2 },
        IssueKind::NoPatientId,
        IssueKind::MissingValue,
        IssueKind::NegativeTime,
        IssueKind::EndBeforeStart {
            end: Event::EndOfFollowUp,
            on: a,
            start: b,
        },
        IssueKind::EventWithoutDate {
            event: Event::Progression,
        },
        IssueKind::DateWithoutEvent {
            event: Event::Death,
            on: a,
        },
        IssueKind::AfterCutOff { on: b, cut_off: a },
        IssueKind::DeathBeforeProgression {
            death: a,
            progression: b,
        },
        IssueKind::LastContactBeforeStart { on: a, start: b },
        IssueKind::LastContactBeforeProgression {
            on: a,
            progression: b,
        },
        IssueKind::ContactAfterDeath { on: b, death: a },
        IssueKind::TherapyAfterDeath { on: b, death: a },
        IssueKind::ProgressionDiffers {
            entered: Some(a),
            computed: Some(b),
            because: Some(oncurve::recist::Reason::Entered),
        },
        IssueKind::UnknownResponse,
        IssueKind::NotMeasured,
        IssueKind::SheetNotRead {
            records: RecordKind::Lesions,
        },
        IssueKind::Unreadable,
        IssueKind::CorrectionWithoutCell,
        IssueKind::ClinicalProgressionOnly,
        IssueKind::PartlyMatched(Box::new(PartialMatch {
            records: None,
            matched: 9,
            patients: 14,
            ids: 1,
            unknown: vec!["x".to_owned()],
            without: vec!["A".to_owned()],
        })),
    ]);
    kinds
}

fn issue(kind: IssueKind, row: Option<u32>) -> Issue {
    Issue {
        table: None,
        severity: Severity::Warning,
        sheet: None,
        row,
        column: Some("PFS".to_owned()),
        value: Some("x".to_owned()),
        kind,
        also: Vec::new(),
        left_out: vec![Endpoint::Pfs, Endpoint::Os],
    }
}

#[test]
fn every_kind_has_a_name_and_a_sentence() {
    let (cohort, _) = build(
        &format!("{HEADINGS}A,2023-01-01,,,2023-03-01\n"),
        &by_dates(),
    );
    let issues: Vec<Issue> = every_kind()
        .into_iter()
        .flat_map(|kind| {
            let row = issue(kind.clone(), Some(12));
            let left_out = match kind {
                // These may also stand where no endpoint rests on them.
                IssueKind::Reading { .. }
                | IssueKind::BlankEvents { .. }
                | IssueKind::WrongType { .. }
                | IssueKind::AfterCutOff { .. }
                | IssueKind::LastContactBeforeStart { .. }
                | IssueKind::ContactAfterDeath { .. }
                | IssueKind::TherapyAfterDeath { .. }
                | IssueKind::Unreadable => Vec::new(),
                _ => row.left_out.clone(),
            };
            let column = Issue {
                left_out,
                ..issue(kind, None)
            };
            [row, column]
        })
        .collect();
    let assigned = report::assigned(&cohort, &issues, &Text::new("en"));
    for issue in &assigned.issues {
        // An id that the catalogue lacks comes back as itself, an argument as its name in braces.
        assert!(!issue.kind_label.starts_with("issue-"), "{issue:?}");
        assert!(!issue.sentence.starts_with("issue-"), "{issue:?}");
        assert!(!issue.sentence.contains(['{', '}', '$']), "{issue:?}");
        assert!(issue.sentence.ends_with('.'), "{issue:?}");
        assert!(!issue.sentence.contains("  "), "{issue:?}");
        assert!(!issue.sentence.contains(" ."), "{issue:?}");
        assert!(!issue.sentence.contains(" ,"), "{issue:?}");
    }
    let names: std::collections::BTreeSet<_> = assigned
        .issue_counts
        .iter()
        .map(|count| &count.kind_label)
        .collect();
    assert_eq!(names.len(), every_kind().len());
}

#[test]
fn thousands_of_issues_are_worded_at_once_and_more_are_counted() {
    /// Far more than a page needs; what matters is that it is not seconds.
    const PATIENCE: Duration = Duration::from_millis(500);
    let (cohort, _) = build(
        &format!("{HEADINGS}A,2023-01-01,,,2023-03-01\n"),
        &by_dates(),
    );
    let (a, b) = (day("2023-05-03"), day("2023-06-09"));
    let issues: Vec<Issue> = (0..20_000)
        .map(|row| issue(IssueKind::ContactAfterDeath { on: b, death: a }, Some(row)))
        .collect();
    let text = Text::new("en");
    let begun = Instant::now();
    let assigned = report::assigned(&cohort, &issues[..3000], &text);
    let taken = begun.elapsed();
    assert_eq!(assigned.issues.len(), 3000);
    assert!(taken < PATIENCE, "{taken:?}");
    let assigned = report::assigned(&cohort, &issues, &text);
    assert_eq!(assigned.issues.len(), ISSUES_LISTED);
    assert_eq!(assigned.issue_counts[0].n, 20_000);
}
