//! The section on adverse events: events before the treatment, heads over several columns, ids that are spelt differently.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, ExposureSource, Outcome, SafetyAttribution, SafetyOptions, SafetyOutcome,
    SafetyRowKind,
};
use oncurve::cohort::{EventProblem, IssueKind, Mapping, Severity, TimeAndEvent, TimeUnit};
use oncurve::format::Style;
use oncurve::report::{Block, ReportFormat, Section, SharedHead, assigned, table_for_clipboard};
use oncurve::table::ReadOptions;
use oncurve::text::Text;

use crate::documents::{PRINT, assert_close, numbers, run_r_with, sections, write};
use crate::safety::{EVENTS, compare_script, options, paragraphs, study as fourteen};
use crate::study;

/// Four patients, each followed for 100 days.
const FOUR: &str = "Patient id,Start date,Last contact\nA,2024-01-01,2024-04-10\nB,2024-01-01,2024-04-10\n\
    C,2024-01-01,2024-04-10\nD,2024-01-01,2024-04-10\n";

/// Two events before the start: one of A, who had a milder one on day 20, and the only one of B. C had one on day 40.
const EARLY: &str = "Patient id,Adverse event,CTCAE grade,Onset date\nA,Rash,3,2023-12-20\nA,Rash,1,2024-01-21\n\
    B,Pain,4,2023-12-25\nC,Pain,3,2024-02-10\n";

fn four() -> Study {
    let mut study = Study::open(FOUR.as_bytes(), "patients.csv", ReadOptions::default()).unwrap();
    study
        .add(EARLY.as_bytes(), "events.csv", ReadOptions::default())
        .unwrap();
    study.assign(study.guess()).unwrap();
    study
}

fn outcome(study: &Study, emergent_days: Option<u32>) -> SafetyOutcome {
    let options = SafetyOptions {
        emergent_days,
        landmarks: vec![2.0],
        ..SafetyOptions::default()
    };
    match study::run(study, &Analysis::Safety(options)) {
        Outcome::Safety(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

fn said(outcome: &SafetyOutcome) -> Vec<Block> {
    let outcome = Outcome::Safety(outcome.clone());
    Section::new(None, &outcome, &Style::default(), &Text::new("en")).blocks
}

/// Patients with an event of a row, and with a severe one.
fn patients(outcome: &SafetyOutcome) -> (usize, usize) {
    let any = &outcome.tables[0].rows[0];
    assert_eq!(any.kind, SafetyRowKind::Any);
    (any.overall.any, any.overall.from_grade(3))
}

/// Of any event 2 in 400 days, and a first one of 2 patients in 20 + 100 + 40 + 100 days; of a severe one 1 in 400 days,
/// and in 100 + 100 + 40 + 100 days. Counted without exposure they were 4 events, and 3 patients in 140 days.
#[test]
fn an_event_before_the_start_is_tabulated_but_not_in_rates_and_times() {
    let outcome = outcome(&four(), None);
    assert_eq!(patients(&outcome), (3, 3));
    assert_eq!((outcome.before_start, outcome.not_emergent), (2, 0));
    let rates = outcome.rates.as_ref().unwrap();
    assert_eq!(rates.before_start, 2);
    let found = |row: usize| {
        let rates = &rates.rows[row].overall;
        [rates.events, rates.patients].map(|rate| (rate.count, rate.time * 365.25))
    };
    for (row, expected) in [(0, [(2, 400.0), (2, 260.0)]), (1, [(1, 400.0), (1, 340.0)])] {
        for (found, expected) in found(row).into_iter().zip(expected) {
            assert_eq!(found.0, expected.0, "row {row}");
            assert!((found.1 - expected.1).abs() < 1e-9, "row {row}: {found:?}");
        }
    }
    let first = outcome.first.as_ref().unwrap();
    assert_eq!((first.overall.n, first.overall.n_event), (4, 1));
    assert_eq!(first.before_start, 2);
    // On day 40 one of four.
    let rate = first.overall.rates[0].estimate.unwrap();
    assert!((rate - 0.25).abs() < 1e-12, "{rate}");
}

/// `poisson.test(2, 400 / 365.25)` and so on, times 100.
#[test]
fn events_before_the_start_are_said_with_their_number() {
    let blocks = said(&outcome(&four(), None));
    assert_eq!(
        paragraphs(&blocks)[1],
        "Adverse events came at 182.6 per 100 patient-years of exposure (95 % CI 22.1–659.7); \
         a first one at 281.0 per 100 patient-years at risk (95 % CI 34.0–1014.9); \
         a first one of grade ≥ 3 at 107.4 per 100 patient-years at risk (95 % CI 2.7–598.5)."
    );
    let caution = "2 events began before the start of treatment and are not treatment-emergent. They are in the \
                   tables of patients, but neither in the rates by exposure nor in the time to the first severe event.";
    let text = caution.to_owned();
    assert!(blocks.contains(&Block::Caution { text }), "{blocks:?}");
    let note = "2 events that began before the start of treatment are not counted.";
    assert_eq!(tables_with(&blocks, note), [false, true, true]);
    let methods = "Events that began before the start date were tabulated, but not counted in rates by exposure and \
                   in the time to the first event.";
    assert!(methods_of(&blocks).contains(methods), "{blocks:?}");
}

#[test]
fn where_only_treatment_emergent_events_are_tabulated_they_are_nowhere() {
    let outcome = outcome(&four(), Some(30));
    assert_eq!(patients(&outcome), (2, 1));
    assert_eq!((outcome.before_start, outcome.not_emergent), (2, 2));
    assert_eq!(outcome.rates.as_ref().unwrap().before_start, 0);
    let blocks = said(&outcome);
    let note = "2 events outside the time of treatment not counted, 2 of them before its start.";
    assert_eq!(tables_with(&blocks, note), [true, false, false]);
    assert!(!(blocks.iter()).any(|block| matches!(block, Block::Caution { .. })));
    assert!(!methods_of(&blocks).contains("were tabulated, but"));
}

#[test]
fn an_event_before_the_start_is_listed_with_sheet_row_and_value() {
    let mut study = four();
    let mapping = study.mapping().clone();
    let (cohort, issues) = study.assign(mapping).unwrap();
    let early: Vec<_> = (issues.iter())
        .filter(|issue| {
            let problem =
                |problem: &EventProblem| matches!(problem, EventProblem::BeforeStart { .. });
            matches!(&issue.kind, IssueKind::AdverseEvent { problem: of } if problem(of))
        })
        .map(|issue| {
            assert_eq!(issue.severity, Severity::Warning);
            assert_eq!(issue.sheet.as_deref(), Some("events.csv"));
            assert_eq!(issue.column.as_deref(), Some("Onset date"));
            (issue.row, issue.value.as_deref())
        })
        .collect();
    assert_eq!(
        early,
        [(Some(2), Some("2023-12-20")), (Some(4), Some("2023-12-25"))]
    );
    let words = assigned(cohort, &issues, &Text::new("en")).issues;
    let expected = "It is not treatment-emergent: the tables of adverse events have it unless they are limited to the \
                    time of treatment; rates by exposure and the time to the first severe event leave it out.";
    let found = words
        .iter()
        .filter(|issue| issue.sentence.contains(expected));
    assert_eq!(found.count(), 2);
}

/// Which tables have that note.
fn tables_with(blocks: &[Block], note: &str) -> Vec<bool> {
    (blocks.iter())
        .filter_map(|block| match block {
            Block::Table { notes, .. } => Some(notes.iter().any(|of| of == note)),
            _ => None,
        })
        .collect()
}

fn methods_of(blocks: &[Block]) -> &str {
    let methods = blocks.iter().find_map(|block| match block {
        Block::Methods { text, .. } => Some(&**text),
        _ => None,
    });
    methods.expect("a paragraph")
}

#[test]
fn rates_of_groups_are_a_sentence_each_and_their_ratio() {
    let outcome = study::run(&fourteen(), &Analysis::Safety(options(Some("Arm"))));
    let blocks = Section::new(None, &outcome, &Style::default(), &Text::new("en")).blocks;
    assert_eq!(
        paragraphs(&blocks)[2],
        "In “a”, adverse events came at 128.5 per 100 patient-years of exposure (95 % CI 55.5–253.2); \
         a first one at 1039.3 per 100 patient-years at risk (95 % CI 417.9–2141.4); \
         a first one of grade ≥ 3 at 18.5 per 100 patient-years at risk (95 % CI 0.5–102.8). \
         In “b”, adverse events came at 81.2 per 100 patient-years of exposure (95 % CI 26.4–189.5); \
         a first one at 211.1 per 100 patient-years at risk (95 % CI 68.6–492.7); \
         a first one of grade ≥ 3 at 0.0 per 100 patient-years at risk (95 % CI 0.0–59.9). \
         The rate of events in “b” is 0.63 times that in “a” (95 % CI 0.16–2.19)."
    );
    let related = SafetyOptions {
        attribution: SafetyAttribution::Related,
        ..options(None)
    };
    let outcome = study::run(&fourteen(), &Analysis::Safety(related));
    let blocks = Section::new(None, &outcome, &Style::default(), &Text::new("en")).blocks;
    let rates = paragraphs(&blocks)[1];
    assert!(
        rates.starts_with("Treatment-related events came at 88.8 per 100 patient-years"),
        "{rates}"
    );
}

#[test]
fn the_name_of_a_group_stands_once_over_its_columns() {
    let study = fourteen();
    let outcome = study::run(&study, &Analysis::Safety(options(Some("Arm"))));
    let section = Section::new(None, &outcome, &Style::default(), &Text::new("en"));
    let tables: Vec<_> = (section.blocks.iter())
        .filter_map(|block| match block {
            Block::Table {
                columns,
                shared_heads,
                ..
            } => Some((columns, shared_heads)),
            _ => None,
        })
        .collect();
    let (columns, heads) = tables[0];
    let head = |head: &str, from: usize| SharedHead {
        head: head.to_owned(),
        from,
        columns: ["Any grade", "Grade 1–2", "Grade ≥ 3"]
            .map(str::to_owned)
            .to_vec(),
    };
    let three = [
        head("a (n = 7)", 1),
        head("b (n = 7)", 4),
        head("All patients (n = 14)", 7),
    ];
    assert_eq!(heads[..], three);
    assert_eq!(columns[4], "b (n = 7): any grade");
    assert_eq!(columns.len(), 1 + 3 * 3 + 2);
    // Six grades a group; of the first event one column, of the rates two.
    let widths: Vec<Vec<usize>> = (tables.iter())
        .map(|(_, heads)| heads.iter().map(|head| head.columns.len()).collect())
        .collect();
    assert_eq!(
        widths,
        [
            vec![3; 3],
            vec![6; 3],
            vec![3; 3],
            vec![6; 3],
            vec![],
            vec![2; 3]
        ]
    );
    let html =
        write(&study, std::slice::from_ref(&section), ReportFormat::Html).replace('\u{a0}', " ");
    let heads = "<colgroup span=\"1\"></colgroup><colgroup span=\"3\"></colgroup><colgroup span=\"3\"></colgroup>\
                 <colgroup span=\"3\"></colgroup><colgroup span=\"1\"></colgroup><colgroup span=\"1\"></colgroup>\n\
                 <thead><tr><th scope=\"col\" rowspan=\"2\">Adverse event</th>\
                 <th scope=\"colgroup\" colspan=\"3\">a (n = 7)</th>\
                 <th scope=\"colgroup\" colspan=\"3\">b (n = 7)</th>\
                 <th scope=\"colgroup\" colspan=\"3\">All patients (n = 14)</th>\
                 <th scope=\"col\" rowspan=\"2\">Difference, any grade (95 % CI)</th>\
                 <th scope=\"col\" rowspan=\"2\">Difference, grade ≥ 3 (95 % CI)</th></tr>\
                 <tr><th scope=\"col\">Any grade</th>";
    assert!(html.contains(heads), "{html}");
    let first = (section.blocks.iter())
        .find_map(table_for_clipboard)
        .unwrap();
    let start = |html: &str| {
        html.find("<th colspan=\"3\"")
            .map(|at| html[at..].to_owned())
    };
    let pasted = start(&first.html).unwrap();
    assert!(
        pasted.contains(">a (n = 7)</th><th colspan=\"3\""),
        "{pasted}"
    );
    assert!(
        first
            .text
            .contains("Adverse event\ta (n = 7): any grade\ta (n = 7): grade 1–2")
    );
    let csv = write(&study, &[section], ReportFormat::Csv);
    let flat = "\"Adverse event\",\"a (n = 7): any grade\",\"a (n = 7): grade 1–2\",\"a (n = 7): grade ≥ 3\",\"b (n = 7): any";
    assert!(csv.contains(flat), "{csv}");
}

/// Two events before the start, and ids as `p-1`, `P 02` and `03` beside `P01`, `P02` and `P03`.
#[test]
fn the_r_script_counts_what_is_before_the_start_and_ids_that_are_spelt_differently_as_the_page_does()
 {
    let events = (EVENTS.replace(
        "P01,Fatigue,1,Yes,No,2023-02-10",
        "p-1,Fatigue,1,Yes,No,2023-01-02",
    ))
    .replace("P08,Fatigue,2", "P 08,Fatigue,2")
    .replace("P09,Nausea", "p_9,Nausea")
    .replace(
        "P11,Fatigue,1,Yes,No,2023-02-10",
        "P-011,Fatigue,3,Yes,No,2022-12-31",
    );
    let compared = compare_script(&events, None, options(Some("Arm")));
    assert!(
        compared.is_none_or(|n| n == 2 * 8 * 20 + 8 * 20 + 6),
        "{compared:?}"
    );
    let overall = compare_script(&events, None, options(None));
    assert!(overall.is_none_or(|n| n > 100), "{overall:?}");
}

/// Overall survival as dates counts days, whatever unit the mapping names for times.
#[test]
fn the_r_script_has_the_exposure_of_dates_of_survival_in_days() {
    let patients = "Patient id,Start date,OS date,OS event\nP01,2023-01-10,2023-09-01,1\n\
        P02,2023-01-10,2023-12-31,0\nP03,2023-01-10,2023-12-31,0\nP04,2023-01-10,2023-11-20,1\n";
    let events = "Subject ID,Adverse event,CTCAE grade\nP01,Fatigue,1\nP02,Nausea,3\n";
    let reading = oncurve::table::ReadOptions::default;
    let mut study = Study::open(patients.as_bytes(), "patients.csv", reading()).unwrap();
    study
        .add(events.as_bytes(), "events.csv", reading())
        .unwrap();
    let mapping = Mapping {
        os: Some(TimeAndEvent {
            time: "OS date".to_owned(),
            event: "OS event".to_owned(),
            unit: TimeUnit::Months,
            event_values: vec!["1".to_owned()],
            blank_is_no_event: false,
        }),
        death: None,
        last_contact: None,
        died: None,
        ..study.guess()
    };
    study.assign(mapping).unwrap();
    let analysis = Analysis::Safety(SafetyOptions::default());
    let sections = sections(&study, &[analysis]);
    let Outcome::Safety(outcome) = &sections[0].outcome else {
        panic!("{:?}", sections[0].outcome);
    };
    let rates = outcome.rates.as_ref().expect("rates");
    assert_eq!(rates.exposure, ExposureSource::Survival);
    let script = write(&study, &sections, ReportFormat::R) + PRINT + "show(\"any\", rates1[[1]])\n";
    let derived = write(&study, &sections, ReportFormat::Derived);
    let files = [
        ("patients.csv", patients.as_bytes()),
        ("events.csv", events.as_bytes()),
        ("patients-derived.csv", derived.as_bytes()),
    ];
    let Some(output) = run_r_with(&study, &files, &script) else {
        return;
    };
    let rate = &rates.rows[0].overall.events;
    let ours = [Some(rate.count as f64), Some(rate.time), rate.estimate];
    assert_close(&ours, &numbers(&output, "any")[..3], "rates");
}
