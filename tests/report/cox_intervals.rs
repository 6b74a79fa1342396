//! Cox models of start-stop data, whose rows are intervals of patients and not patients, in words.

use oncurve::Study;
use oncurve::analysis::{Analysis, CoxOptions, CoxOutcome, CoxPatients};
use oncurve::cohort::{Endpoint, Mapping};
use oncurve::figure::{Mark, Scene, layout};
use oncurve::format::Style;
use oncurve::report::{Block, ReportFormat};
use oncurve::text::Text;

use crate::cox::{cautions, cox, data, paragraph, table, texts};
use crate::documents::{sections, write};
use crate::study;

fn blocks(study: &Study, options: &CoxOptions) -> Vec<Block> {
    sections(study, &[Analysis::Cox(options.clone())])
        .remove(0)
        .blocks
}

/// Recurrences of bladder cancer, some patients with several: 178 intervals of 85 patients.
fn bladder() -> (Study, CoxOptions) {
    let study = data("bladder2", &["rx", "id"], &["number", "size", "start"]);
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: texts(&["rx", "number", "size"]),
        entry: Some("start".to_owned()),
        robust: true,
        cluster: Some("id".to_owned()),
        checks: true,
        ..CoxOptions::default()
    };
    (study, options)
}

fn notes(blocks: &[Block], of: usize) -> &[String] {
    let mut tables = blocks.iter().filter_map(|block| match block {
        Block::Table { notes, .. } => Some(notes),
        _ => None,
    });
    tables.nth(of).unwrap()
}

fn methods(blocks: &[Block]) -> &str {
    match blocks.last() {
        Some(Block::Methods { text, .. }) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn start_stop_rows_are_counted_as_intervals_of_patients() {
    let (study, options) = bladder();
    let blocks = blocks(&study, &options);
    let told = paragraph(&blocks);
    assert!(
        told.starts_with(
            "There were 112 events in 178 intervals of 85 patients (start-stop data). All of the \
             intervals are in the multivariable model. Each interval is at risk from its “start” \
             on. Hazard ratios of the multivariable model, rx (2 v 1): 0.63 (95 % CI 0.37–1.06; \
             p = 0.080); number (per 1): 1.19 (95 % CI 1.05–1.35; p = 0.006); size (per 1): 0.96 \
             (95 % CI 0.82–1.11; p = 0.574). "
        ),
        "{told}"
    );
    assert_eq!(cautions(&blocks), [""; 0]);
    let rows: Vec<Vec<&str>> = (table(&blocks).into_iter())
        .map(|cells| cells[..3].to_vec())
        .collect();
    assert_eq!(
        rows,
        [
            ["rx", "178", "112"],
            ["1", "106", "72"],
            ["2", "72", "40"],
            ["number (per 1)", "178", "112"],
            ["size (per 1)", "178", "112"]
        ]
    );
    assert_eq!(
        notes(&blocks, 0)[1],
        "Intervals and events are those with the endpoint and a value; the multivariable model \
         has those with a value of every covariate. A patient can have several intervals and \
         several events."
    );
    let tables = || {
        blocks.iter().filter_map(|block| match block {
            Block::Table { columns, rows, .. } => Some((columns, rows)),
            _ => None,
        })
    };
    let (columns, _) = tables().next().unwrap();
    assert_eq!(columns[1..3], ["Intervals", "Events"]);
    let (_, rows) = tables().nth(1).unwrap();
    let counts: Vec<(&str, &str)> = (rows.iter())
        .map(|row| (&*row.head, &*row.cells[0]))
        .collect();
    assert_eq!(
        counts[..3],
        [("Patients", "85"), ("Intervals", "178"), ("Events", "112")]
    );
    let methods = methods(&blocks);
    for said in [
        "Each covariate was first modelled by itself, among the intervals with a value of it; then \
         all chosen covariates together, among the intervals with a value of each.",
        "Each row is an interval at risk, from start to its end; a patient has one or more of them \
         (start-stop data).",
        "Standard errors are robust (sandwich), with clusters by id",
    ] {
        assert!(methods.contains(said), "{said}: {methods}");
    }
}

#[test]
fn checks_and_figures_of_intervals_name_no_patients() {
    let (study, options) = bladder();
    let blocks = blocks(&study, &options);
    for block in &blocks {
        let text = match block {
            Block::Paragraph { text } | Block::Figure { caption: text, .. } => text,
            Block::Table {
                caption, columns, ..
            } => &format!("{caption} {}", columns.concat()),
            _ => continue,
        };
        let text = text.replace("of 85 patients", "");
        assert!(!text.to_lowercase().contains("patient"), "{text}");
    }
    let outcome = study::run(&study, &Analysis::Cox(options));
    let scenes = layout(&outcome, &Style::default(), &Text::new("en"));
    let says = |scene: &Scene, words: &str| {
        let texts = scene.marks.iter().filter_map(|mark| match mark {
            Mark::Text(text) => Some(&text.content),
            _ => None,
        });
        texts.into_iter().any(|text| text == words)
    };
    assert!(says(&scenes[0], "Intervals"));
    assert!(!says(&scenes[0], "Patients"));
    let last = &scenes[scenes.len() - 1];
    assert!(says(last, "Interval, in the order of the rows"));
}

/// The Stanford heart transplants, by patient id instead of clusters.
fn heart() -> (Study, CoxOptions) {
    let plain = data("heart", &["surgery", "transplant"], &["age", "start"]);
    let mapping = Mapping {
        patient: Some("id".to_owned()),
        ..plain.mapping().clone()
    };
    let study = study::open("tests/reference/data/heart.csv", mapping);
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: texts(&["transplant"]),
        entry: Some("start".to_owned()),
        ..CoxOptions::default()
    };
    (study, options)
}

#[test]
fn patient_ids_say_whose_the_intervals_are() {
    let (study, options) = heart();
    let blocks = blocks(&study, &options);
    let told = paragraph(&blocks);
    assert!(
        told.starts_with(
            "There were 75 events in 172 intervals of 103 patients (start-stop data). All of the \
             intervals are in the model."
        ),
        "{told}"
    );
    // Nobody died twice.
    assert_eq!(cautions(&blocks), [""; 0]);
}

#[test]
fn several_events_of_a_patient_without_clusters_are_a_caution() {
    let (study, options) = bladder();
    let mapping = Mapping {
        patient: Some("id".to_owned()),
        ..study.mapping().clone()
    };
    let study = study::open("tests/reference/data/bladder2.csv", mapping);
    let options = CoxOptions {
        robust: false,
        cluster: None,
        ..options
    };
    let caution = "Some patients had the event more than once, and the standard errors take each \
                   of their intervals for another patient. Choose robust standard errors.";
    assert_eq!(cautions(&blocks(&study, &options)), [caution]);
}

#[test]
fn robust_errors_take_the_intervals_of_a_patient_as_a_cluster() {
    let (study, options) = bladder();
    let asked = cox(&study, options.clone());
    let mapping = Mapping {
        patient: Some("id".to_owned()),
        ..study.mapping().clone()
    };
    let study = study::open("tests/reference/data/bladder2.csv", mapping);
    let options = CoxOptions {
        cluster: None,
        ..options
    };
    let by_patient = cox(&study, options.clone());
    assert!(by_patient.options.robust);
    assert_eq!(by_patient.model, asked.model);
    let errors = |outcome: &CoxOutcome| -> Vec<_> {
        (outcome.characteristics.iter())
            .flat_map(|of| of.rows.iter().map(|row| row.model.clone()))
            .collect()
    };
    assert_eq!(errors(&by_patient), errors(&asked));
    let by_row = CoxOptions {
        robust: false,
        ..options.clone()
    };
    assert_ne!(errors(&by_patient), errors(&cox(&study, by_row)));
    let sections = sections(&study, &[Analysis::Cox(options)]);
    assert_eq!(cautions(&sections[0].blocks), [""; 0]);
    assert!(
        methods(&sections[0].blocks).contains("with the intervals of each patient as a cluster")
    );
    let script = write(&study, &sections, ReportFormat::R);
    assert!(script.contains("data$cluster <- ifelse(id == \"\", paste(\"row\", row), id)"));
    assert!(script.contains(", cluster = cluster"));
}

#[test]
fn several_times_of_a_patient_are_intervals_where_the_errors_are_clustered_by_patient() {
    let plain = data("kidney", &["sex", "id"], &["age"]);
    let mapping = Mapping {
        patient: Some("id".to_owned()),
        ..plain.mapping().clone()
    };
    let study = study::open("tests/reference/data/kidney.csv", mapping);
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: texts(&["sex"]),
        robust: true,
        cluster: Some("id".to_owned()),
        ..CoxOptions::default()
    };
    let outcome = cox(&study, options.clone());
    let patients = CoxPatients {
        n: 38,
        model_n: 38,
        recurrent: true,
    };
    assert_eq!(outcome.patients, Some(patients));
    let blocks = blocks(&study, &options);
    assert!(
        paragraph(&blocks).starts_with("There were 58 events in 76 intervals of 38 patients"),
        "{}",
        paragraph(&blocks)
    );
    assert!(
        methods(&blocks)
            .contains("Each row is an interval at risk; a patient has one or more of them.")
    );
}

/// Centres of two patients, who are at risk at the same time.
const CENTRES: &str = "centre,entry,time,dead,age\n1,0,5,1,60\n1,2,9,0,70\n2,0,7,1,55\n2,3,8,1,\n";

/// One patient after the other: the same times as intervals.
const INTERVALS: &str =
    "centre,entry,time,dead,age\n1,0,5,0,60\n1,5,9,1,70\n2,0,7,1,55\n2,7,8,1,\n";

fn small(file: &str) -> (Study, CoxOptions) {
    let mapping = Mapping {
        os: Some(study::in_months("dead")),
        groups: vec![study::grouping("centre")],
        covariates: texts(&["age", "entry"]),
        ..Mapping::default()
    };
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: texts(&["age"]),
        entry: Some("entry".to_owned()),
        robust: true,
        cluster: Some("centre".to_owned()),
        ..CoxOptions::default()
    };
    (
        study::of_bytes(file.as_bytes(), "small.csv", mapping),
        options,
    )
}

#[test]
fn clusters_whose_rows_overlap_are_no_patients() {
    let (study, options) = small(CENTRES);
    assert_eq!(cox(&study, options.clone()).patients, None);
    let blocks = blocks(&study, &options);
    let told = paragraph(&blocks);
    assert!(
        told.starts_with(
            "3 of 4 patients had the event. The model has the 3 patients with a value of every \
             covariate (2 events). Patients are at risk from their “entry” on (delayed entry). \
             Without a value: age (1)."
        ),
        "{told}"
    );
}

#[test]
fn intervals_without_a_value_are_left_out_as_rows() {
    let (study, options) = small(INTERVALS);
    let blocks = blocks(&study, &options);
    let told = paragraph(&blocks);
    assert!(
        told.starts_with(
            "There were 3 events in 4 intervals of 2 patients (start-stop data). The model has the \
             3 intervals of 2 patients with a value of every covariate (2 events). Each interval \
             is at risk from its “entry” on. Intervals without a value: age (1)."
        ),
        "{told}"
    );
    let lines = blocks.iter().find_map(|block| match block {
        Block::Exclusions { lines } => Some(lines),
        _ => None,
    });
    assert_eq!(
        lines.unwrap()[..],
        ["Left out of the multivariable model, no value in “age” (1 row): row 5."]
    );
}
