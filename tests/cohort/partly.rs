//! Sheets that match only some of the patients: what is said, and what endpoints make of the others.

use oncurve::Study;
use oncurve::cohort::{Endpoint, IssueKind, PartialMatch, RecordKind, Severity};
use oncurve::format::Style;
use oncurve::recist::Preset;
use oncurve::report;
use oncurve::table::ReadOptions;
use oncurve::text::Text;

const PATIENTS: &str = "Patient id,Start date,Progression date,Death date,Last contact\n\
                        A-one,2023-01-10,,,2023-12-30\nB-two,2023-01-10,,,2023-12-30\n\
                        C-three,2023-01-10,2023-06-30,,2023-12-30\nD-four,2023-01-10,,,2023-12-30\n\
                        E-five,2023-01-10,,,2023-12-30\n";

/// The ids of two patients are misspelt, one of them in two rows.
const VISITS: &str = "Subject ID,Assessment date,Overall response\n\
                      A-one,2023-03-05,SD\nA-one,2023-05-05,PD\nB-two,2023-03-05,SD\n\
                      C-tree,2023-03-05,SD\nD-four,2023-03-05,SD\nC-tree,2023-05-05,SD\n\
                      F-ive,2023-03-05,SD\n";

fn assigned(visits: &str, preset: Option<Preset>) -> Study {
    let reading = ReadOptions::default;
    let mut study = Study::open(PATIENTS.as_bytes(), "patients.csv", reading()).unwrap();
    study
        .add(visits.as_bytes(), "visits.csv", reading())
        .unwrap();
    let mut mapping = study.guess();
    mapping.rules.censoring.preset = preset;
    study.assign(mapping).unwrap();
    study
}

fn words(study: &mut Study) -> report::Assigned {
    let mapping = study.mapping().clone();
    let (cohort, issues) = study.assign(mapping).unwrap();
    report::assigned(cohort, &issues, &Text::new("en"))
}

#[test]
fn a_sheet_that_matches_some_patients_says_which_counts_rest_on_it() {
    let mut study = assigned(VISITS, None);
    let words = words(&mut study);
    let of_sheet = words
        .issues
        .iter()
        .find(|issue| matches!(issue.issue.kind, IssueKind::PartlyMatched(_)));
    let found = of_sheet.expect("it is said");
    assert_eq!(
        found.issue.kind,
        IssueKind::PartlyMatched(Box::new(PartialMatch {
            records: Some(RecordKind::Assessments),
            matched: 3,
            patients: 5,
            ids: 2,
            unknown: vec!["C-tree".to_owned(), "F-ive".to_owned()],
            without: vec!["C-three".to_owned(), "E-five".to_owned()],
        }))
    );
    assert_eq!(found.issue.severity, Severity::Warning);
    assert_eq!(
        found.sentence,
        "Sheet “visits.csv”, “Subject ID”: the assessments match 3 of the 5 patients. 2 ids belong to nobody: \
         “C-tree”, “F-ive”. 2 patients have no row: “C-three”, “E-five”. If they are the same people, correct the \
         ids; until then these patients have no assessments."
    );
    // Nothing of a row: it comes before the warnings of single rows.
    let first = words
        .issues
        .iter()
        .find(|issue| issue.issue.severity == Severity::Warning);
    assert_eq!(first, Some(found));
}

#[test]
fn a_sheet_without_unknown_ids_or_with_rows_of_everybody_needs_no_such_notice() {
    let known = VISITS
        .replace("C-tree", "C-three")
        .replace("F-ive", "E-five");
    let only_unknown = known.clone() + "X-ray,2023-03-05,SD\n";
    let only_without = known.replace("E-five,2023-03-05,SD\n", "");
    for visits in [known, only_unknown, only_without] {
        let words = words(&mut assigned(&visits, None));
        let partly =
            |issue: &report::IssueInWords| matches!(issue.issue.kind, IssueKind::PartlyMatched(_));
        assert!(!words.issues.iter().any(partly), "{visits}");
    }
}

#[test]
fn a_joined_sheet_says_the_same() {
    let reading = ReadOptions::default;
    let patients = "Patient id,Sex\nA-one,f\nB-two,m\nC-three,m\nD-four,f\nE-five,f\n";
    let outcome = "Subject ID,OS (months),Dead\nA-one,8.5,yes\nB-two,25.6,no\nC-three,18.7,no\nD-flour,9.1,yes\n";
    let mut study = Study::open(patients.as_bytes(), "patients.csv", reading()).unwrap();
    study
        .add(outcome.as_bytes(), "outcome.csv", reading())
        .unwrap();
    let mapping = study.guess();
    study.assign(mapping).unwrap();
    let words = words(&mut study);
    let found: Vec<&str> = (words.issues.iter())
        .filter(|issue| matches!(issue.issue.kind, IssueKind::PartlyMatched(_)))
        .map(|issue| &*issue.sentence)
        .collect();
    assert_eq!(
        found,
        [
            "Sheet “outcome.csv”, “Subject ID”: the rows match 3 of the 5 patients. 1 id belongs to nobody: \
             “D-flour”. 2 patients have no row: “D-four”, “E-five”. If they are the same people, correct the ids; \
             until then these patients have no values from this sheet."
        ]
    );
}

#[test]
fn derived_endpoints_say_of_whom_no_assessments_are_known() {
    let study = assigned(VISITS, None);
    let reasons = |endpoint| -> Vec<String> {
        let (style, text) = (Style::default(), Text::new("en"));
        let rows = report::derived(study.cohort().unwrap(), endpoint, 0, 9, &style, &text);
        rows.into_iter().map(|row| row.reason).collect()
    };
    assert_eq!(
        reasons(Endpoint::Pfs),
        [
            "No event by the last adequate assessment on 5 May 2023, 115 days after the start",
            "No event by the last adequate assessment on 5 March 2023, 54 days after the start",
            "Censored on 10 January 2023, 0 days after the start: the event of 30 June 2023 followed 171 days \
             without an adequate assessment (no assessments of this patient are known)",
            "No event by the last adequate assessment on 5 March 2023, 54 days after the start",
            "Censored at the start, 10 January 2023: no assessments of this patient are known",
        ]
    );
    assert_eq!(
        reasons(Endpoint::Ttr)[4],
        "No response: not concerned (no assessments of this patient are known)"
    );
    // Nothing of OS rests on them.
    assert_eq!(
        reasons(Endpoint::Os)[4],
        "No event by the last contact on 30 December 2023, 354 days after the start"
    );
}

#[test]
fn the_rules_that_assessments_bring_are_said_where_they_hold_and_whether_they_were_chosen() {
    let rules = |preset: Option<Preset>, endpoint: Endpoint| -> Option<String> {
        let words = words(&mut assigned(VISITS, preset));
        let summary = words
            .endpoints
            .into_iter()
            .find(|of| of.endpoint == endpoint);
        summary.expect("the endpoint").rules
    };
    assert_eq!(
        rules(None, Endpoint::Pfs).as_deref(),
        Some(
            "Because assessments are there, the FDA-style rules of censoring hold: a patient without an event, or \
             with one after a new therapy or after more than 98 days without an assessment, is censored at the last \
             adequate assessment before."
        )
    );
    assert_eq!(
        rules(Some(Preset::Ema), Endpoint::Dor).as_deref(),
        Some(
            "As chosen, the EMA-style rules of censoring hold: an event counts whatever came before it; a patient \
             without one is censored at the last adequate assessment."
        )
    );
    assert_eq!(
        rules(Some(Preset::Plain), Endpoint::Pfs).as_deref(),
        Some(
            "As chosen, the plain rules of censoring hold: progression or death counts whatever came before it; a \
             patient without either is censored at the last contact."
        )
    );
    assert_eq!(rules(None, Endpoint::Os), None);
}

#[test]
fn an_issue_of_an_id_knows_every_row_that_has_it() {
    let mut study = assigned(VISITS, None);
    let words = words(&mut study);
    let unmatched: Vec<(Option<u32>, &[u32])> = (words.issues.iter())
        .filter(|issue| matches!(issue.issue.kind, IssueKind::UnmatchedRecord { .. }))
        .map(|issue| (issue.issue.row, &*issue.issue.also))
        .collect();
    assert_eq!(unmatched, [(Some(5), &[7][..]), (Some(8), &[][..])]);
}

#[test]
fn issues_of_one_kind_and_sheet_have_a_name_in_common() {
    let mut study = assigned(VISITS, None);
    let words = words(&mut study);
    let of = |row: u32| {
        let mut found = words
            .issues
            .iter()
            .filter(|issue| issue.issue.row == Some(row));
        found.next().map(|issue| &*issue.group)
    };
    assert_eq!(of(8), Some("Unknown patient in “visits.csv”"));
    assert_eq!(
        of(6),
        Some("Patients without a tumour assessment in “visits.csv”")
    );
}
