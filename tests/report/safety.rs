//! The section on adverse events: its sentences, tables and R script.

use oncurve::Study;
use oncurve::analysis::{Analysis, Outcome, SafetyOptions, SafetyRowKind};
use oncurve::cohort::Mapping;
use oncurve::format::Style;
use oncurve::report::{Block, ReportFormat, Section};
use oncurve::table::ReadOptions;
use oncurve::text::Text;

use crate::documents::{PRINT, assert_close, numbers, run_r_with, sections, write};
use crate::study;

/// Fourteen synthetic patients, twelve of them with an event and one with one of grade 3.
const PATIENTS: &str = "Patient id,Arm,Start date,Death date,Last contact\n\
    P01,a,2023-01-10,2023-09-01,\nP02,a,2023-01-10,,2023-12-31\nP03,a,2023-01-10,,2023-12-31\n\
    P04,a,2023-01-10,,2023-12-31\nP05,a,2023-01-10,2023-10-02,\nP06,a,2023-01-10,,2023-12-31\n\
    P07,a,2023-01-10,,2023-12-31\nP08,b,2023-01-10,,2023-12-31\nP09,b,2023-01-10,2023-05-09,\n\
    P10,b,2023-01-10,,2023-12-31\nP11,b,2023-01-10,,2023-12-31\nP12,b,2023-01-10,,2023-12-31\n\
    P13,b,2023-01-10,,2023-12-31\nP14,b,2023-01-10,,2023-12-31\n";

const EVENTS: &str = "Subject ID,Adverse event,CTCAE grade,Related,Serious,Onset date\n\
    P01,Fatigue,1,Yes,No,2023-02-10\nP01,Fatigue,2,Yes,No,2023-03-10\nP02,fatigue,1,Yes,No,2023-02-10\n\
    P03,Hypertension,3,Yes,Yes,2023-03-11\nP04,Fatigue,1,No,No,2023-02-10\nP05,Nausea,2,Yes,No,2023-02-10\n\
    P06,Nausea,1,Yes,No,2023-02-10\nP07,Rash,1,No,No,2023-02-10\nP08,Fatigue,2,Yes,No,2023-02-10\n\
    P09,Nausea,1,Yes,No,2023-02-10\nP10,Rash,,Yes,No,2023-02-10\nP11,Fatigue,1,Yes,No,2023-02-10\n\
    P12,Nausea,2,Yes,No,2023-02-10\nP12,Fatigue,0,Yes,No,2023-02-10\n";

fn study() -> Study {
    let reading = ReadOptions::default;
    let mut study = Study::open(PATIENTS.as_bytes(), "patients.csv", reading()).unwrap();
    study
        .add(EVENTS.as_bytes(), "events.csv", reading())
        .unwrap();
    let mapping = Mapping {
        groups: vec![study::grouping("Arm")],
        ..study.guess()
    };
    study.assign(mapping).unwrap();
    study
}

fn options(group: Option<&str>) -> SafetyOptions {
    SafetyOptions {
        group: group.map(str::to_owned),
        landmarks: vec![6.0],
        ..SafetyOptions::default()
    }
}

fn blocks(options: SafetyOptions) -> Vec<Block> {
    let outcome = study::run(&study(), &Analysis::Safety(options));
    Section::new(None, &outcome, &Style::default(), &Text::new("en")).blocks
}

fn paragraphs(blocks: &[Block]) -> Vec<&str> {
    let paragraph = |block: &'_ Block| match block {
        Block::Paragraph { text } => Some(text.clone().leak() as &str),
        _ => None,
    };
    blocks.iter().filter_map(paragraph).collect()
}

/// Their numbers are those of `poisson.test`, `prop.test` and `survfit` on 14 patients and 13 events, 4523 days of
/// follow-up and 1111 to the first event.
#[test]
fn the_sentences_are_those_of_a_results_section() {
    let blocks = blocks(options(None));
    assert_eq!(
        paragraphs(&blocks),
        [
            "Any adverse event occurred in 12 of 14 patients (85.7 %); one of grade ≥ 3 in 1 (7.1 %); \
             a serious one in 1 (7.1 %); none led to death. \
             The commonest were Fatigue (5; 35.7 %), Nausea (4; 28.6 %), Rash (2; 14.3 %), \
             Hypertension (1; 7.1 %).",
            "A treatment-related event occurred in 10 of 14 patients (71.4 %); \
             one of grade ≥ 3 in 1 (7.1 %); a serious one in 1 (7.1 %); \
             there was no treatment-related death. \
             The commonest were Fatigue (4; 28.6 %), Nausea (4; 28.6 %), Hypertension (1; 7.1 %), \
             Rash (1; 7.1 %).",
            "There were 105.0 events (95 % CI 55.9–179.5) and 394.5 patients with a first event \
             (203.8–689.1) per 100 patient-years.",
            "Within 6 months, a first event of grade ≥ 3 came in 7.1 % of the patients (95 % CI 0.5–27.5).",
        ]
    );
}

#[test]
fn a_row_whose_column_is_not_mapped_is_left_out_and_zero_is_0() {
    let blocks = blocks(options(None));
    let Some(Block::Table { columns, rows, .. }) = blocks
        .iter()
        .find(|block| matches!(block, Block::Table { .. }))
    else {
        panic!("{blocks:?}");
    };
    assert_eq!(
        columns[1..5],
        [
            "All patients (n = 14): any grade",
            "All patients (n = 14): grade 1–2",
            "All patients (n = 14): grade ≥ 3",
            "All patients (n = 14): grade 1"
        ]
    );
    let heads: Vec<&str> = rows.iter().map(|row| &*row.head).collect();
    assert_eq!(
        heads,
        [
            "Any adverse event",
            "Grade ≥ 3",
            "Serious",
            "Led to death",
            "Fatigue",
            "Nausea",
            "Rash",
            "Hypertension"
        ]
    );
    assert_eq!(
        rows[0].cells,
        [
            "12 (85.7 %)",
            "10 (71.4 %)",
            "1 (7.1 %)",
            "6 (42.9 %)",
            "4 (28.6 %)",
            "1 (7.1 %)",
            "0",
            "0",
            "1 (7.1 %)"
        ]
    );
    assert!(rows[3].cells.iter().all(|cell| cell == "0"));
    let caution = "1 event has no grade: its patient counts among those with any grade, \
                   and without one only where no other event of the row has one.";
    let text = caution.to_owned();
    assert!(blocks.contains(&Block::Caution { text }));
}

#[test]
fn two_groups_have_their_difference_and_ratio() {
    let blocks = blocks(options(Some("Arm")));
    let first = paragraphs(&blocks)[0];
    let by = "By Arm: any event in 7 of 7 (100.0 %) in “a”, 5 of 7 (71.4 %) in “b”, \
              difference −28.6 percentage points (95 % CI −64.1 to 12.3); \
              grade ≥ 3 in 1 of 7 (14.3 %) in “a”, 0 of 7 (0.0 %) in “b”, \
              difference −14.3 percentage points (95 % CI −51.3 to 23.0).";
    assert!(first.contains(by), "{first}");
    let tables = (blocks.iter())
        .filter(|block| matches!(block, Block::Table { .. }))
        .count();
    // Two of each attribution, the first severe event, the rates.
    assert_eq!(tables, 6);
}

#[test]
fn the_r_script_counts_the_same() {
    let study = study();
    let analysis = Analysis::Safety(options(Some("Arm")));
    let sections = sections(&study, &[analysis]);
    let script = write(&study, &sections, ReportFormat::R)
        + PRINT
        + "for (term in rownames(counts1)) show(term, counts1[term, ])\n\
           for (term in rownames(related1)) show(paste(\"related\", term), related1[term, ])\n\
           show(\"differences\", differences1[1, ])\nshow(\"rates\", rates1)\n";
    let files = [
        ("patients.csv", PATIENTS.as_bytes()),
        ("events.csv", EVENTS.as_bytes()),
    ];
    let Some(output) = run_r_with(&study, &files, &script) else {
        return;
    };
    let Outcome::Safety(outcome) = &sections[0].outcome else {
        panic!("{:?}", sections[0].outcome);
    };
    let mut compared = 0;
    for (table, before) in outcome.tables.iter().zip(["", "related "]) {
        for row in &table.rows {
            let name = match &row.kind {
                SafetyRowKind::Any => "any adverse event",
                SafetyRowKind::Term { term, .. } => term,
                SafetyRowKind::Severe
                | SafetyRowKind::Serious
                | SafetyRowKind::Discontinued
                | SafetyRowKind::DoseChanged
                | SafetyRowKind::Fatal
                | SafetyRowKind::System { .. } => continue,
            };
            let each = |of: &dyn Fn(&oncurve::analysis::GradeCounts) -> usize| {
                row.arms
                    .iter()
                    .map(|arm| Some(of(arm) as f64))
                    .collect::<Vec<_>>()
            };
            let mut ours = each(&|arm| arm.any);
            ours.extend(each(&|arm| arm.ungraded));
            for grade in 0..5 {
                ours.extend(each(&|arm| arm.grades[grade]));
            }
            assert_close(&ours, &numbers(&output, &format!("{before}{name}")), name);
            compared += ours.len();
        }
    }
    assert_eq!(compared, 2 * 5 * 14);
    let any = outcome.tables[0].rows[0].difference.unwrap();
    let any = [any.estimate, any.conf_low, any.conf_high].map(Some);
    assert_close(&any, &numbers(&output, "differences"), "differences");
    let rates = &outcome.rates.as_ref().unwrap().rows[0];
    let rates: Vec<Option<f64>> = (rates.arms.iter())
        .flat_map(|arm| {
            let events = arm.events;
            [events.estimate, events.conf_low, events.conf_high]
        })
        .collect();
    assert_close(&rates, &numbers(&output, "rates"), "rates");
}
