//! Texts where dates should be: each is an issue with its row, column and value.

use oncurve::cohort::Endpoint::{Os, Pfs};
use oncurve::cohort::{IssueKind, Mapping, Reason, Severity, Wanted, guess};
use oncurve::report;
use oncurve::text::Text;

use crate::{build, by_dates, only, reasons, table, values};

const HEADINGS: &str = "id,start,progression,death,last contact\n";

/// Rows of patients without trouble.
fn others(n: usize) -> String {
    (0..n)
        .map(|patient| format!("P{patient},2023-01-01,2023-02-01,2023-03-02,2023-03-02\n"))
        .collect()
}

#[test]
fn a_text_for_the_last_contact_is_an_issue_whether_or_not_the_time_rests_on_it() {
    let text = format!(
        "{HEADINGS}A,2023-01-01,,,待查\nB,2023-01-01,2023-02-01,2023-03-02,pending\n{}",
        others(8)
    );
    let (cohort, issues) = build(&text, &by_dates());
    assert_eq!(reasons(&cohort, Os)[0], Reason::Unreadable);
    assert_eq!(values(&cohort, Os)[1], Some((60.0, true)));
    let found: Vec<_> = (issues.iter())
        .map(|issue| {
            assert_eq!(issue.kind, IssueKind::Unreadable);
            assert_eq!(issue.column.as_deref(), Some("last contact"));
            (
                issue.severity,
                issue.row,
                issue.value.as_deref(),
                &*issue.left_out,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (Severity::Warning, Some(2), Some("待查"), &[Pfs, Os][..]),
            (Severity::Note, Some(3), Some("pending"), &[][..]),
        ]
    );
    let assigned = report::assigned(&cohort, &issues, &Text::new("en"));
    let sentences: Vec<_> = (assigned.issues.iter())
        .map(|issue| &*issue.sentence)
        .collect();
    assert_eq!(
        sentences,
        [
            "Row 2, “last contact”: “待查” cannot be read. Correct it, or read “待查” as missing in the whole \
             column (“Also missing” in Data); until then the patient is left out of PFS and OS.",
            "Row 3, “last contact”: “pending” cannot be read. Nothing rests on it here; correct it, empty \
             the cell, or read “pending” as missing in the whole column (“Also missing” in Data)."
        ]
    );
}

#[test]
fn a_text_is_an_issue_in_every_column_of_dates() {
    for (row, column, left_out) in [
        (
            "A,待查,2023-02-01,2023-03-02,2023-03-02",
            "start",
            &[Pfs, Os][..],
        ),
        (
            "A,2023-01-01,待查,2023-03-02,2023-03-02",
            "progression",
            &[Pfs],
        ),
        ("A,2023-01-01,2023-02-01,待查,2023-03-02", "death", &[Os]),
        ("A,,待查,,", "progression", &[]),
    ] {
        let (_, issues) = build(&format!("{HEADINGS}{row}\n{}", others(8)), &by_dates());
        let issue = (issues
            .iter()
            .find(|issue| issue.kind == IssueKind::Unreadable))
        .expect(row);
        assert_eq!(
            (issue.row, issue.column.as_deref(), issue.value.as_deref()),
            (Some(2), Some(column), Some("待查"))
        );
        assert_eq!(issue.left_out, left_out, "{row}");
    }
}

#[test]
fn a_column_with_nothing_but_a_text_or_two_is_one_of_dates() {
    let text = "id,start,progression,death,last contact\n\
                A,2023-01-01,,,2023-04-11\n\
                B,2023-01-01,pending,,2023-04-11\n\
                C,2023-01-01,,,2023-01-31\n";
    let (cohort, issues) = build(text, &by_dates());
    assert_eq!(
        values(&cohort, Pfs),
        [Some((100.0, false)), None, Some((30.0, false))]
    );
    let issue = only(&issues, Severity::Warning);
    assert_eq!(
        (&issue.kind, issue.row, issue.value.as_deref()),
        (&IssueKind::Unreadable, Some(3), Some("pending"))
    );
    assert_eq!(issue.left_out, [Pfs]);
    assert_eq!(issues.len(), 1);
    // A column full of texts is the wrong one.
    let text = text.replace(",,,", ",pending,,");
    let (cohort, issues) = build(&text, &by_dates());
    assert!(cohort.endpoint(Pfs).is_none());
    let wanted = Wanted::Dates;
    assert_eq!(
        only(&issues, Severity::Error).kind,
        IssueKind::WrongType { wanted }
    );
    assert_eq!(issues.len(), 1);
}

#[test]
fn the_guess_takes_columns_of_dates_with_a_quarter_of_texts() {
    let text = "Patient,Start date,Progression date,Death date,Last contact\n\
                A,2023-01-01,2023-02-01,,2023-04-11\n\
                B,2023-01-01,2023-02-01,,待查\n\
                C,2023-01-01,2023-02-01,pending,2023-04-11\n\
                D,2023-01-01,pending,,2023-04-11\n\
                E,2023-01-01,,,2023-04-11\n";
    let mapping = guess(&table(text));
    assert_eq!(mapping.progression.as_deref(), Some("Progression date"));
    assert_eq!(mapping.death.as_deref(), Some("Death date"));
    assert_eq!(mapping.last_contact.as_deref(), Some("Last contact"));
    let (_, issues) = build(text, &mapping);
    let found: Vec<_> = (issues.iter())
        .map(|issue| (&issue.kind, issue.row, issue.value.as_deref()))
        .collect();
    let unreadable = &IssueKind::Unreadable;
    assert_eq!(
        found,
        [
            (unreadable, Some(3), Some("待查")),
            (unreadable, Some(4), Some("pending")),
            (unreadable, Some(5), Some("pending")),
        ]
    );
}

#[test]
fn a_note_on_a_few_patients_is_not_taken_for_a_date() {
    let text = "Patient,Start date,Progression\nA,2023-01-01,liver\nB,2023-01-01,\nC,2023-01-01,\n\
                D,2023-01-01,\nE,2023-01-01,\n";
    assert_eq!(guess(&table(text)).progression, None);
}

#[test]
fn dates_beside_ready_made_times_are_read_too() {
    let text = "start,death,time,dead\n2023-01-01,2023-02-01,5,1\n2023-01-01,待查,6,1\n\
                2023-01-01,2023-02-01,7,0\n";
    let mapping = Mapping {
        start: Some("start".to_owned()),
        death: Some("death".to_owned()),
        os: Some(crate::given("time", "dead", &["1"])),
        ..Mapping::default()
    };
    let (_, issues) = build(text, &mapping);
    let issue = (issues
        .iter()
        .find(|issue| issue.kind == IssueKind::Unreadable))
    .expect("an issue");
    assert_eq!((issue.severity, issue.row), (Severity::Note, Some(3)));
}
