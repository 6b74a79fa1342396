//! Dates in any order: of every odd course a defined answer, and what a person is told of it.

use oncurve::cohort::{Cohort, Endpoint, Issue, IssueKind, Reason, Severity};
use oncurve::recist::{End, EndReason, Preset, Problem, Response, Warning};

use crate::rules::{Given, assigned, by, ends, given, on, patients, visits};

const COLUMNS: [&str; 3] = ["Death date", "Last contact", "New therapy"];

/// PFS of one patient, A, by the rules, with all issues of the patient's row.
fn one(days: [Option<u64>; 3], scans: &[(&str, u64, &str)], preset: Preset) -> (Given, Vec<Issue>) {
    let sheet = patients(&COLUMNS, &[("A", &days)]);
    let (study, issues) = assigned(&sheet, &visits(scans), by(preset));
    (
        given(study.cohort().unwrap(), Endpoint::Pfs)[0],
        issues
            .into_iter()
            .filter(|issue| issue.row == Some(2))
            .collect(),
    )
}

fn warnings(issues: &[Issue]) -> Vec<(Severity, &Warning)> {
    (issues.iter())
        .filter_map(|issue| match &issue.kind {
            IssueKind::Tumour { warning } => Some((issue.severity, warning)),
            _ => None,
        })
        .collect()
}

fn problems(issues: &[Issue]) -> Vec<(Problem, &[Endpoint])> {
    (issues.iter())
        .filter_map(|issue| match issue.kind {
            IssueKind::Course { problem } => Some((problem, &issue.left_out[..])),
            _ => None,
        })
        .collect()
}

fn contact(cohort: &Cohort) -> Given {
    given(cohort, Endpoint::Os)[0]
}

const ALIVE: [Option<u64>; 3] = [None, Some(300), None];

// ---- visits ----

#[test]
fn visits_in_any_order_give_the_same_and_are_noted() {
    let sorted = [
        ("A", 42, "SD"),
        ("A", 84, "PR"),
        ("A", 126, "PD"),
        ("A", 168, "PD"),
    ];
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
        let scans = order.map(|place: usize| sorted[place]);
        for preset in [Preset::Fda, Preset::Ema, Preset::Plain] {
            let (pfs, issues) = one(ALIVE, &scans, preset);
            assert_eq!(pfs, ends(126, true, EndReason::Progressed), "{order:?}");
            let noted: &[_] = if order == [0, 1, 2, 3] {
                &[]
            } else {
                &[(Severity::Note, &Warning::OutOfOrder)]
            };
            assert_eq!(warnings(&issues), noted, "{order:?}");
        }
    }
}

#[test]
fn the_same_assessment_twice_counts_once_and_is_noted() {
    let (pfs, issues) = one(
        ALIVE,
        &[("A", 42, "SD"), ("A", 42, "SD"), ("A", 84, "SD")],
        Preset::Fda,
    );
    assert_eq!(pfs, ends(84, false, EndReason::LastAssessment));
    let twice = Warning::Duplicate { date: on(42) };
    assert_eq!(warnings(&issues), [(Severity::Note, &twice)]);
}

#[test]
fn of_two_assessments_on_one_day_the_worse_counts_with_a_warning() {
    for scans in [
        [("A", 42, "SD"), ("A", 84, "PD"), ("A", 84, "PR")],
        [("A", 42, "SD"), ("A", 84, "PR"), ("A", 84, "PD")],
    ] {
        let (pfs, issues) = one(ALIVE, &scans, Preset::Fda);
        assert_eq!(pfs, ends(84, true, EndReason::Progressed));
        let same_date = Warning::SameDate {
            date: on(84),
            kept: Response::Pd,
            dropped: Response::Pr,
        };
        assert_eq!(warnings(&issues), [(Severity::Warning, &same_date)]);
    }
}

#[test]
fn responses_before_the_start_are_not_used_and_noted() {
    let sheet = patients(&COLUMNS, &[("A", &ALIVE)]);
    let scans = format!(
        "{}A,2022-12-20,PD\n",
        visits(&[("A", 42, "SD"), ("A", 84, "SD")])
    );
    let (study, issues) = assigned(&sheet, &scans, by(Preset::Fda));
    assert_eq!(
        given(study.cohort().unwrap(), Endpoint::Pfs)[0],
        ends(84, false, EndReason::LastAssessment)
    );
    let date = "2022-12-20".parse().unwrap();
    let early = Warning::BeforeBaseline { date };
    assert!(
        warnings(&issues).contains(&(Severity::Note, &early)),
        "{issues:#?}"
    );
}

#[test]
fn without_a_baseline_the_rules_censor_at_the_start_and_the_plain_ones_do_not() {
    let sheet = patients(&COLUMNS, &[("A", &ALIVE)]);
    let sums = "Patient id,Assessment date,Sum of diameters,New lesion\n\
                A,2023-02-12,60,no\nA,2023-03-26,50,no\n";
    for (preset, expected) in [
        (Preset::Fda, ends(0, false, EndReason::NoBaseline)),
        (Preset::Ema, ends(0, false, EndReason::NoBaseline)),
        (Preset::Plain, ends(300, false, EndReason::LastContact)),
    ] {
        let (study, issues) = assigned(&sheet, sums, by(preset));
        let cohort = study.cohort().unwrap();
        assert_eq!(given(cohort, Endpoint::Pfs)[0], expected);
        assert_eq!(given(cohort, Endpoint::Dor)[0], (None, Reason::NoResponse));
        let missing = (Severity::Warning, &Warning::NoBaseline);
        assert_eq!(warnings(&issues), [missing]);
    }
}

// ---- two events on one day ----

#[test]
fn progression_and_death_on_one_day_are_progression() {
    for preset in [Preset::Fda, Preset::Ema, Preset::Plain] {
        let scans = [("A", 42, "SD"), ("A", 84, "PD")];
        let (pfs, issues) = one([Some(84), Some(84), None], &scans, preset);
        assert_eq!(pfs, ends(84, true, EndReason::Progressed));
        assert_eq!(issues, []);
    }
}

#[test]
fn a_new_therapy_on_the_day_of_an_event_comes_after_it() {
    let progressed = one(
        [None, Some(300), Some(84)],
        &[("A", 42, "SD"), ("A", 84, "PD")],
        Preset::Fda,
    );
    assert_eq!(progressed, (ends(84, true, EndReason::Progressed), vec![]));
    let died = one(
        [Some(84), Some(84), Some(84)],
        &[("A", 42, "SD")],
        Preset::Fda,
    );
    assert_eq!(died, (ends(84, true, EndReason::Died), vec![]));
}

#[test]
fn events_on_the_day_of_the_start_have_time_zero() {
    let died = one([Some(0), Some(0), None], &[("A", 42, "SD")], Preset::Fda).0;
    assert_eq!(died, ends(0, true, EndReason::Died));
    let progressed = one(ALIVE, &[("A", 0, "PD")], Preset::Fda).0;
    assert_eq!(progressed, ends(0, true, EndReason::Progressed));
    let treated = one([None, Some(9), Some(0)], &[("A", 42, "SD")], Preset::Fda).0;
    let therapy = EndReason::NewTherapy { on: on(0) };
    assert_eq!(treated, ends(0, false, therapy));
}

// ---- contradictions ----

#[test]
fn a_death_before_the_progression_leaves_the_patient_out_of_what_rests_on_both() {
    let sheet = patients(&COLUMNS, &[("A", &[Some(60), Some(60), None])]);
    let scans = visits(&[("A", 42, "PR"), ("A", 84, "PD")]);
    for preset in [Preset::Fda, Preset::Ema, Preset::Plain] {
        let (study, issues) = assigned(&sheet, &scans, by(preset));
        let cohort = study.cohort().unwrap();
        for endpoint in [Endpoint::Pfs, Endpoint::Ipfs, Endpoint::Ttp, Endpoint::Dor] {
            assert_eq!(
                given(cohort, endpoint),
                [(None, Reason::Contradiction)],
                "{endpoint:?}"
            );
        }
        let died = Reason::Died { on: on(60) };
        assert_eq!(contact(cohort), (Some((60.0, true)), died));
        let problem = Problem::DeathBeforeProgression {
            death: on(60),
            progression: on(84),
        };
        let left_out = [
            Endpoint::Pfs,
            Endpoint::Ipfs,
            Endpoint::Ttp,
            Endpoint::Dor,
            Endpoint::Idor,
        ];
        assert_eq!(problems(&issues), [(problem, &left_out[..])]);
    }
}

#[test]
fn a_death_or_a_therapy_before_the_start_is_a_contradiction() {
    let sheet = "Patient id,Start date,Death date,Last contact,New therapy\n\
                 A,2023-01-01,2022-12-01,,\n\
                 B,2023-01-01,,2023-10-28,2022-12-01\n";
    let scans = visits(&[("A", 42, "SD"), ("B", 42, "SD"), ("B", 84, "PD")]);
    let before = |end| Problem::BeforeStart {
        end,
        on: "2022-12-01".parse().unwrap(),
        start: on(0),
    };
    let (study, issues) = assigned(sheet, &scans, by(Preset::Fda));
    let pfs = given(study.cohort().unwrap(), Endpoint::Pfs);
    assert_eq!(pfs, [(None, Reason::Contradiction); 2]);
    let found: Vec<Problem> = problems(&issues).into_iter().map(|found| found.0).collect();
    assert_eq!(found, [before(End::Death), before(End::NewTherapy)]);
    // The EMA-style rules do not look at the therapy.
    let (study, issues) = assigned(sheet, &scans, by(Preset::Ema));
    let pfs = given(study.cohort().unwrap(), Endpoint::Pfs);
    assert_eq!(pfs[1], ends(84, true, EndReason::Progressed));
    assert_eq!(problems(&issues).len(), 1);
}

#[test]
fn an_assessment_after_the_death_is_not_what_censors() {
    let scans = [("A", 42, "SD"), ("A", 126, "SD")];
    let (pfs, _) = one([Some(100), Some(100), None], &scans, Preset::Fda);
    assert_eq!(pfs, ends(100, true, EndReason::Died));
    let sheet = patients(&COLUMNS, &[("A", &[Some(100), Some(100), None])]);
    let (study, _) = assigned(&sheet, &visits(&scans), by(Preset::Fda));
    let died = EndReason::DiedWithoutProgression { on: on(100) };
    assert_eq!(
        given(study.cohort().unwrap(), Endpoint::Ttp)[0],
        ends(42, false, died)
    );
}

// ---- columns that hold something else ----

#[test]
fn a_start_that_is_no_date_leaves_out_every_endpoint_and_says_so() {
    let sheet = "Patient id,Start date,Death date,Last contact,New therapy\n\
                 A,soon,,2023-10-28,\nB,later,,2023-10-28,\nC,now,,2023-10-28,\n\
                 D,today,,2023-10-28,\nE,once,,2023-10-28,\nF,then,,2023-10-28,\n";
    let scans = visits(&[("A", 42, "SD"), ("B", 42, "SD")]);
    let start = Some("Start date".to_owned());
    let (study, issues) = assigned(sheet, &scans, |mapping| mapping.start = start);
    assert_eq!(study.cohort().unwrap().endpoints(), []);
    assert!(study.cohort().unwrap().sensitive_endpoints().is_empty());
    let error = issues
        .iter()
        .find(|issue| issue.severity == Severity::Error);
    let error = error.expect("an error");
    assert_eq!(error.column.as_deref(), Some("Start date"));
    assert!(error.left_out.contains(&Endpoint::Pfs), "{error:?}");
}

#[test]
fn a_therapy_without_a_readable_date_counts_as_none_and_is_said() {
    let mut sheet = String::from("Patient id,Start date,Death date,Last contact,New therapy\n");
    let mut rows = Vec::new();
    let names: Vec<String> = (0..9).map(|i| format!("P{i}")).collect();
    for name in &names {
        let therapy = if name == "P3" { "spring" } else { "2023-04-11" };
        sheet.push_str(&format!("{name},2023-01-01,,2023-10-28,{therapy}\n"));
        rows.extend([
            (&**name, 42, "SD"),
            (&**name, 84, "SD"),
            (&**name, 126, "PD"),
        ]);
    }
    let (study, issues) = assigned(&sheet, &visits(&rows), by(Preset::Fda));
    let pfs = given(study.cohort().unwrap(), Endpoint::Pfs);
    let therapy = EndReason::NewTherapy { on: on(100) };
    assert_eq!(pfs[2], ends(84, false, therapy));
    assert_eq!(pfs[3], ends(126, true, EndReason::Progressed));
    let said: Vec<_> = (issues.iter())
        .filter(|issue| issue.column.as_deref() == Some("New therapy"))
        .map(|issue| (issue.severity, issue.row, issue.value.as_deref()))
        .collect();
    assert_eq!(said, [(Severity::Warning, Some(5), Some("spring"))]);
}
