//! The sheet of adverse events: what is read, what does not count, and what is said.

use oncurve::Study;
use oncurve::analysis::{Analysis, Outcome, SafetyOptions, SafetyRowKind};
use oncurve::cohort::{Cohort, EventProblem, Issue, IssueKind, Mapping, StatusColumn};
use oncurve::format::Style;
use oncurve::report::{self, Block};
use oncurve::table::{ReadOptions, TableName};
use oncurve::text::Text;

use super::day;

const PATIENTS: &str = "Patient id,Start date,Death date,Last contact\n\
                        P01,2023-01-13,2023-03-15,\n\
                        P02,2023-01-13,,2023-04-23\n";

const HEAD: &str = "Subject ID,Adverse event,CTCAE grade,Led to death,Onset date,End date\n";

fn study(rows: &str, cut_off: Option<&str>) -> (Cohort, Vec<Issue>) {
    let reading = ReadOptions::default;
    let mut study = Study::open(PATIENTS.as_bytes(), "patients.csv", reading()).unwrap();
    // A first row without any fault, so that every column has its type.
    let events = format!(
        "{HEAD}P01,Cough,1,No,2023-01-20,2023-01-22\nP01,Cold,1,Yes,2023-01-21,2023-01-22\n{rows}\n"
    );
    study
        .add(events.as_bytes(), "events.csv", reading())
        .unwrap();
    let mapping = Mapping {
        cut_off: cut_off.map(day),
        ..study.guess()
    };
    let fatal = mapping.adverse_events.as_ref().unwrap().fatal.as_ref();
    assert_eq!(fatal.unwrap().event_values, ["Yes"]);
    let (cohort, issues) = study.assign(mapping).unwrap();
    (cohort.clone(), issues.to_vec())
}

/// The problems of the third row on.
fn problems(rows: &str, cut_off: Option<&str>) -> Vec<EventProblem> {
    let (_, issues) = study(rows, cut_off);
    (issues.into_iter())
        .filter(|issue| issue.row > Some(3))
        .filter_map(|issue| match issue.kind {
            IssueKind::AdverseEvent { problem } => Some(problem),
            _ => None,
        })
        .collect()
}

fn terms(cohort: &Cohort, subject: usize) -> Vec<(&str, Option<u8>)> {
    (cohort.adverse_events().unwrap()[subject].iter())
        .map(|event| (&*event.term, event.grade))
        .collect()
}

#[test]
fn a_range_counts_at_its_higher_end_and_grade_0_is_no_event() {
    let rows =
        "P02,Rash,2-3,No,2023-02-01,\nP02,Nausea,0,No,2023-02-01,\nP02,Pain,IV,No,2023-02-01,";
    let (cohort, _) = study(rows, None);
    assert_eq!(terms(&cohort, 1), [("Rash", Some(3)), ("Pain", Some(4))]);
    assert_eq!(
        problems(rows, None),
        [
            EventProblem::GradeRange { grade: 3 },
            EventProblem::GradeZero
        ]
    );
}

#[test]
fn a_row_that_repeats_another_with_its_date_counts_once() {
    let rows = "P02,Rash,2,No,2023-02-01,2023-02-03\nP02,rash,2,No,2023-02-01,2023-02-03\n\
                P02,Rash,2,No,,\nP02,Rash,2,No,,";
    let (cohort, _) = study(rows, None);
    // Without a date the last two can be two events.
    assert_eq!(terms(&cohort, 1), [("Rash", Some(2)); 3]);
    let standard = "Rash".to_owned();
    assert_eq!(
        problems(rows, None),
        [
            EventProblem::Repeated { first_row: 4 },
            EventProblem::Respelled { standard, rows: 1 }
        ]
    );
}

#[test]
fn dates_that_contradict_each_other_are_said() {
    let rows = "P01,Rash,2,No,2023-01-01,2023-02-03\nP01,Pain,2,No,2023-03-20,2023-03-21\n\
                P02,Fever,2,No,2023-02-05,2023-02-03\nP02,Ache,1,No,2023-04-01,2023-04-02";
    let cut_off = Some("2023-03-25");
    assert_eq!(
        problems(rows, cut_off),
        [
            EventProblem::BeforeStart {
                on: day("2023-01-01"),
                start: day("2023-01-13")
            },
            EventProblem::AfterDeath {
                on: day("2023-03-20"),
                death: day("2023-03-15")
            },
            EventProblem::EndBeforeStart {
                end: day("2023-02-03"),
                start: day("2023-02-05")
            },
            EventProblem::AfterCutOff {
                on: day("2023-04-01"),
                cut_off: day("2023-03-25")
            },
        ]
    );
    let (cohort, _) = study(rows, cut_off);
    assert_eq!(terms(&cohort, 1), [("Fever", Some(2))]);
}

#[test]
fn deaths_and_grades_that_contradict_each_other_are_said() {
    let rows =
        "P01,Sepsis,4,Yes,2023-03-10,\nP01,Stroke,5,No,2023-03-11,\nP02,Bleed,5,Yes,2023-02-05,";
    assert_eq!(
        problems(rows, None),
        [
            EventProblem::FatalWithoutGrade5,
            EventProblem::Grade5NotFatal,
            EventProblem::FatalWithoutDeath
        ]
    );
}

#[test]
fn an_issue_says_what_counts_until_it_is_settled() {
    let rows = "P02,Rash,2-3,No,2023-02-01,2023-02-03\nP02,RASH,1,No,2023-02-02,\nP02,Rash,1,No,2023-02-09,";
    let (cohort, issues) = study(rows, None);
    let assigned = report::assigned(&cohort, &issues, &Text::new("en"));
    let said: Vec<&str> = (assigned.issues.iter())
        .filter(|issue| issue.issue.row > Some(3))
        .map(|issue| &*issue.sentence)
        .collect();
    assert_eq!(
        said,
        [
            "Sheet “events.csv”, row 4, “CTCAE grade”: “2-3” is more than one grade. \
             The higher (3) counts; correct it if that is wrong.",
            "Sheet “events.csv”, row 5, “Adverse event”: “RASH” (1 row) counts as “Rash”, from which it \
             differs by capitals and spaces only. Correct it if it is another one.",
        ]
    );
}

#[test]
fn treatment_is_that_of_the_therapies_and_follow_up_ends_at_the_cut_off() {
    let reading = ReadOptions::default;
    let mut study = Study::open(PATIENTS.as_bytes(), "patients.csv", reading()).unwrap();
    let events = format!("{HEAD}P01,Cough,1,No,2023-01-20,2023-01-22\n");
    let therapies = "patient,regimen,start date,end date,subsequent therapy\n\
                     P01,Docetaxel,2023-01-15,2023-02-01,no\n\
                     P01,Anlotinib,2023-03-01,,yes\n";
    study
        .add(events.as_bytes(), "events.csv", reading())
        .unwrap();
    study
        .add(therapies.as_bytes(), "therapies.csv", reading())
        .unwrap();
    let mapping = Mapping {
        cut_off: Some(day("2023-03-01")),
        ..study.guess()
    };
    let therapies = mapping.therapies.as_ref().expect("recognised");
    assert_eq!(
        therapies.table,
        TableName {
            file: Some("therapies.csv".to_owned()),
            sheet: None
        }
    );
    let (cohort, _) = study.assign(mapping).unwrap();
    let data = cohort.safety().unwrap();
    assert!(data.by_therapies && data.deaths_known);
    let [first, second] = data.periods[..] else {
        panic!("{:?}", data.periods);
    };
    assert_eq!(
        (first.start, first.last_dose, first.end),
        (
            Some(day("2023-01-15")),
            Some(day("2023-02-01")),
            Some(day("2023-03-01"))
        )
    );
    // The death came after the cut-off.
    assert!(!first.died());
    assert!(!second.treated);
    assert_eq!(second.start, Some(day("2023-01-13")));
}

/// A sheet whose columns of yes and no are `related` and `serious`.
fn answered(rows: &str) -> Study {
    let reading = ReadOptions::default;
    let mut study = Study::open(PATIENTS.as_bytes(), "patients.csv", reading()).unwrap();
    let events = format!("Subject ID,AE term,CTCAE grade,Related,Serious\n{rows}\n");
    study
        .add(events.as_bytes(), "events.csv", reading())
        .unwrap();
    study
}

fn related(cohort: &Cohort) -> Vec<Option<bool>> {
    let events = cohort.adverse_events().unwrap();
    events.iter().flatten().map(|event| event.related).collect()
}

#[test]
fn yes_is_yes_and_a_third_value_is_asked_about_and_counts_as_neither() {
    let rows = "P01,Cough,1,Yes,Y\nP01,Rash,1,possible,N\nP02,Pain,2,No,N\nP02,Cold,2,possible,Y";
    let mut study = answered(rows);
    let mut mapping = study.guess();
    let sheet = mapping.adverse_events.as_mut().expect("recognised");
    let status = sheet.related.clone().expect("recognised");
    assert_eq!(status.event_values, ["Yes"]);
    assert_eq!(status.no_values, Some(vec!["No".to_owned()]));
    let serious = sheet.serious.clone().unwrap();
    assert_eq!(serious.event_values, ["Y"]);
    // The same for a person who chooses the column.
    let suggested = study
        .suggest("Related", Some(&sheet.table.clone()))
        .unwrap();
    assert_eq!(suggested.yes_values, status.event_values);
    assert_eq!(suggested.no_values, ["No"]);

    let (cohort, issues) = study.assign(mapping.clone()).unwrap();
    assert_eq!(
        related(cohort),
        [Some(true), None, Some(false), None],
        "`possible` is neither"
    );
    let asked: Vec<&Issue> = (issues.iter())
        .filter(|issue| matches!(issue.kind, IssueKind::UnclearAnswer { .. }))
        .collect();
    assert_eq!(asked.len(), 1);
    let IssueKind::UnclearAnswer { role, rows, .. } = &asked[0].kind else {
        unreachable!();
    };
    assert_eq!((&**role, *rows), ("related", 2));
    assert_eq!(asked[0].value.as_deref(), Some("possible"));
    let words = report::assigned(cohort, &issues, &Text::new("en"));
    let sentences: Vec<&str> = (words.issues.iter())
        .map(|issue| &*issue.sentence)
        .collect();
    let sentence = "Sheet “events.csv”, “Related”: “possible” (2 rows) says neither yes nor no to \
                    “Related to treatment”. Say which it means; until then it counts as neither.";
    assert!(sentences.contains(&sentence), "{sentences:?}");

    let said = &mut mapping.adverse_events.as_mut().unwrap().related;
    let said = said.as_mut().unwrap().no_values.as_mut().unwrap();
    said.push("possible".to_owned());
    let (cohort, issues) = study.assign(mapping).unwrap();
    assert_eq!(
        related(cohort),
        [Some(true), Some(false), Some(false), Some(false)]
    );
    let asks = |issue: &Issue| matches!(issue.kind, IssueKind::UnclearAnswer { .. });
    assert!(!issues.iter().any(asks));
}

/// Of a column with a value that means neither, nothing is given: not "none led to discontinuation".
#[test]
fn what_is_undecided_is_given_once_every_value_is_decided() {
    let events = "Subject ID,AE term,CTCAE grade,Serious,Led to discontinuation\n\
                  P01,Cough,1,Y,Drug withdrawn\nP01,Rash,1,N,Dose reduced\nP02,Pain,2,N,Dose reduced\n";
    let reading = ReadOptions::default;
    let mut study = Study::open(PATIENTS.as_bytes(), "patients.csv", reading()).unwrap();
    (study.add(events.as_bytes(), "events.csv", reading())).unwrap();
    let mut mapping = study.guess();
    let led = StatusColumn {
        column: "Led to discontinuation".to_owned(),
        event_values: Vec::new(),
        no_values: Some(Vec::new()),
        ..StatusColumn::default()
    };
    mapping.adverse_events.as_mut().unwrap().discontinued = Some(led);
    let safety = |study: &mut Study, mapping: Mapping| {
        study.assign(mapping).unwrap();
        let options = SafetyOptions::default();
        let Ok(Outcome::Safety(outcome)) = study.run(&Analysis::Safety(options), &mut |_| ())
        else {
            unreachable!();
        };
        let kind = SafetyRowKind::Discontinued;
        let row = (outcome.tables[0].rows.iter()).find(|row| row.kind == kind);
        let counted = row.map(|row| row.overall.any);
        let said: Vec<String> = report::compose(
            &Outcome::Safety(outcome),
            &Style::default(),
            &Text::new("en"),
        )
        .into_iter()
        .filter_map(|block| match block {
            Block::Paragraph { text } | Block::Caution { text } => Some(text),
            _ => None,
        })
        .collect();
        (counted, said.join("\n"))
    };
    let (counted, said) = safety(&mut study, mapping.clone());
    assert_eq!(counted, None);
    let caution = "“Led to discontinuation” is not counted yet: the values of 3 events say neither yes nor no. Say in \
                   Columns what each of them means, and the figures appear.";
    assert!(said.contains(caution), "{said}");
    assert!(!said.contains("none led to discontinuation"), "{said}");

    let led = &mut mapping.adverse_events.as_mut().unwrap().discontinued;
    let led = led.as_mut().unwrap();
    led.event_values.push("Drug withdrawn".to_owned());
    led.no_values = Some(vec!["Dose reduced".to_owned()]);
    let (counted, said) = safety(&mut study, mapping);
    assert_eq!(counted, Some(1));
    assert!(!said.contains("not counted yet"), "{said}");
}
