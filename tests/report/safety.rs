//! The section on adverse events: its sentences, tables and R script.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, Difference, DifferenceMethod, FirstEventArm, GradeCounts, IncidenceRate, Outcome,
    Ratio, SafetyAttribution, SafetyOptions, SafetyOutcome, SafetyRowKind,
};
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

pub const EVENTS: &str = "Subject ID,Adverse event,CTCAE grade,Related,Serious,Onset date\n\
    P01,Fatigue,1,Yes,No,2023-02-10\nP01,Fatigue,2,Yes,No,2023-03-10\nP02,fatigue,1,Yes,No,2023-02-10\n\
    P03,Hypertension,3,Yes,Yes,2023-03-11\nP04,Fatigue,1,No,No,2023-02-10\nP05,Nausea,2,Yes,No,2023-02-10\n\
    P06,Nausea,1,Yes,No,2023-02-10\nP07,Rash,1,No,No,2023-02-10\nP08,Fatigue,2,Yes,No,2023-02-10\n\
    P09,Nausea,1,Yes,No,2023-02-10\nP10,Rash,,Yes,No,2023-02-10\nP11,Fatigue,1,Yes,No,2023-02-10\n\
    P12,Nausea,2,Yes,No,2023-02-10\nP12,Fatigue,0,Yes,No,2023-02-10\n";

pub fn study() -> Study {
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

pub fn options(group: Option<&str>) -> SafetyOptions {
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

pub fn paragraphs(blocks: &[Block]) -> Vec<&str> {
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
            "Adverse events came at 105.0 per 100 patient-years of exposure (95 % CI 55.9–179.5); \
             a first one at 394.5 per 100 patient-years at risk (95 % CI 203.8–689.1); \
             a first one of grade ≥ 3 at 8.6 per 100 patient-years at risk (95 % CI 0.2–48.1).",
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
fn many_groups_have_a_table_for_any_lower_and_severe_grades() {
    let patients = (PATIENTS.lines().enumerate())
        .map(|(i, line)| match i {
            0 => format!("{line},Site\n"),
            i => format!("{line},site {}\n", i % 5),
        })
        .collect::<String>();
    let reading = ReadOptions::default;
    let mut study = Study::open(patients.as_bytes(), "patients.csv", reading()).unwrap();
    study
        .add(EVENTS.as_bytes(), "events.csv", reading())
        .unwrap();
    let mapping = Mapping {
        groups: vec![study::grouping("Site")],
        ..study.guess()
    };
    study.assign(mapping).unwrap();
    let analysis = Analysis::Safety(SafetyOptions {
        attribution: SafetyAttribution::AnyCause,
        ..options(Some("Site"))
    });
    let section = sections(&study, &[analysis]).remove(0);
    let tables: Vec<(&str, usize)> = (section.blocks.iter())
        .filter_map(|block| match block {
            Block::Table {
                caption, columns, ..
            } => Some((&**caption, columns.len())),
            _ => None,
        })
        .collect();
    // Five sites and all patients; five grades and none of all patients.
    assert_eq!(
        tables[..4],
        [
            (
                "Adverse events of any cause by Site, patients (%): any grade",
                7
            ),
            (
                "Adverse events of any cause by Site, patients (%): grade 1–2",
                7
            ),
            (
                "Adverse events of any cause by Site, patients (%): grade ≥ 3",
                7
            ),
            (
                "Adverse events of any cause at each worst grade, patients (%)",
                7
            ),
        ]
    );
}

/// Everything of section `i`, row by row; the names of its rows stand after `row`.
pub fn print_safety(i: usize) -> String {
    r#"
for (what in c("counts", "related")) if (exists(paste0(what, "@"))) {
  of <- get(paste0(what, "@"))
  for (k in seq_len(nrow(of))) {
    cat("row", what, k, trimws(rownames(of)[k]), "\n")
    show(paste(what, k), of[k, ])
    if (exists(paste0(what, "_differences@"))) show(paste(what, "difference", k), get(paste0(what, "_differences@"))[k, ])
  }
}
for (k in seq_along(rates@)) show(paste("rates", k), rates@[[k]])
if (exists("rate_ratios@")) for (k in seq_len(nrow(rate_ratios@))) show(paste("ratios", k), rate_ratios@[k, ])
show("counted", table(first@$group, first@$state))
show("first", with(first_rates@, rbind(pstate[, 2], lower[, 2], upper[, 2])))
if (exists("first_gray@")) show("gray", first_gray@[1, 1:2])
"#
    .replace('@', &i.to_string())
}

/// Compares what [`print_safety`] printed; returns how many numbers that were.
pub fn compare_safety(outcome: &SafetyOutcome, output: &str) -> usize {
    let mut compared = 0;
    let mut same = |ours: &[Option<f64>], marker: &str| {
        assert_close(ours, &numbers(output, marker), marker);
        compared += ours.len();
    };
    for table in &outcome.tables {
        let what = if table.related { "related" } else { "counts" };
        for (k, row) in (1..).zip(&table.rows) {
            let name = match &row.kind {
                SafetyRowKind::Any => "any adverse event",
                SafetyRowKind::Severe => "severe",
                SafetyRowKind::Serious => "serious",
                SafetyRowKind::Discontinued => "led to discontinuation",
                SafetyRowKind::DoseChanged => "led to a change of dose",
                SafetyRowKind::Fatal => "led to death",
                SafetyRowKind::System { system } => {
                    system.as_deref().unwrap_or("no system organ class")
                }
                SafetyRowKind::Term { term, .. } => term,
            };
            let line = format!("row {what} {k} {name}");
            assert!(
                output.lines().any(|of| of.trim_end() == line.trim_end()),
                "{line}"
            );
            let arms = match &row.arms[..] {
                [] => std::slice::from_ref(&row.overall),
                arms => arms,
            };
            let each = |of: &dyn Fn(&GradeCounts) -> usize| {
                (arms.iter())
                    .map(|arm| Some(of(arm) as f64))
                    .collect::<Vec<_>>()
            };
            let mut ours = each(&|arm| arm.any);
            ours.extend(each(&|arm| arm.ungraded));
            for grade in 0..5 {
                ours.extend(each(&|arm| arm.grades[grade]));
            }
            same(&ours, &format!("{what} {k}"));
            if let (Some(any), Some(severe)) = (row.difference, row.severe_difference) {
                let of = |d: Difference| [d.estimate, d.conf_low, d.conf_high].map(Some);
                same(
                    &[of(any), of(severe)].concat(),
                    &format!("{what} difference {k}"),
                );
            }
        }
    }
    for (k, row) in (1..).zip(&outcome.rates.as_ref().unwrap().rows) {
        let arms = match &row.arms[..] {
            [] => std::slice::from_ref(&row.overall),
            arms => arms,
        };
        let of = |rate: &IncidenceRate| {
            let count = Some(rate.count as f64);
            [
                count,
                Some(rate.time),
                rate.estimate,
                rate.conf_low,
                rate.conf_high,
            ]
        };
        let ours: Vec<_> = (arms.iter())
            .flat_map(|arm| [of(&arm.events), of(&arm.patients)].concat())
            .collect();
        same(&ours, &format!("rates {k}"));
        if let (Some(events), Some(patients)) = (row.event_ratio, row.patient_ratio) {
            // R writes an infinite limit as Inf, and what is 0 / 0 as NA.
            let theirs: Vec<Option<f64>> = (numbers(output, &format!("ratios {k}")).into_iter())
                .map(|number| number.filter(|number| number.is_finite()))
                .collect();
            let of = |ratio: Ratio| [ratio.estimate, ratio.conf_low, ratio.conf_high];
            assert_close(&[of(events), of(patients)].concat(), &theirs, "ratios");
        }
    }
    let first = outcome.first.as_ref().unwrap();
    let arms = match &first.arms[..] {
        [] => std::slice::from_ref(&first.overall),
        arms => arms,
    };
    let count = |of: &dyn Fn(&FirstEventArm) -> usize| {
        arms.iter().map(|arm| Some(of(arm) as f64)).collect()
    };
    let counts: [Vec<_>; 3] = [
        count(&|arm| arm.n - arm.n_event - arm.n_death),
        count(&|arm| arm.n_event),
        count(&|arm| arm.n_death),
    ];
    same(&counts.concat(), "counted");
    let theirs = numbers(output, "first");
    let rates = arms.iter().flat_map(|arm| &arm.rates);
    for (ours, theirs) in rates.zip(theirs.chunks(3)) {
        let ours = [ours.estimate, ours.conf_low, ours.conf_high];
        for (ours, theirs) in ours.iter().zip(theirs).filter(|(ours, _)| ours.is_some()) {
            assert_close(&[*ours], &[*theirs], "first severe event");
        }
    }
    if let (Some(gray), true) = (&first.gray, output.contains("shown gray")) {
        let ours = [gray.statistic, gray.p_value];
        assert_close(&ours, &numbers(output, "gray"), "Gray's test");
    }
    compared
}

/// With systems, other flags, a repeated row, ranges and Roman numerals, and events outside of the treatment.
const MORE_EVENTS: &str = "Subject ID,Adverse event,System organ class,CTCAE grade,Related,Serious,Led to discontinuation,Onset date\n\
    P01,Fatigue,General,1,Yes,No,No,2023-02-10\nP01,Fatigue,general,2,Yes,No,No,2023-03-10\n\
    P01,Fatigue,General,2,Yes,No,No,2023-03-10\nP02,fatigue,General,I,Yes,No,Yes,2023-02-10\n\
    P03,Hypertension,Vascular,3-4,Yes,Yes,No,2023-03-11\nP03,Headache,,1,No,No,No,2023-01-05\n\
    P04,Fatigue,General,1,No,No,No,2023-02-10\nP05,Nausea,Gastrointestinal,2,Yes,No,No,2023-02-10\n\
    P06,Nausea,Gastrointestinal,1,Yes,No,No,2023-02-10\nP07,Rash,Skin,1,No,No,No,2023-12-10\n\
    P08,Fatigue,General,2,Yes,No,No,2023-02-10\nP09,Nausea,Gastrointestinal,1,Yes,No,No,2023-02-10\n\
    P10,Rash,Skin,,Yes,No,No,2023-02-10\nP11,Fatigue,General,3,Yes,No,,2023-04-10\n\
    P12,Nausea,Gastrointestinal,2,Yes,No,No,2023-02-10\nP12,Fatigue,General,0,Yes,No,No,2023-02-10\n\
    P13,Hypertension,Vascular,grade III,Yes,No,No,\nP14,Fatigue,General,5,No,Yes,No,2023-06-01\n";

const THERAPIES: &str = "Patient id,Therapy,Start date,End date\nP01,x,2023-01-11,2023-05-01\n\
    P02,x,2023-01-10,2023-06-01\nP03,x,2023-01-10,2023-07-01\nP04,x,2023-01-10,2023-02-01\n\
    P05,x,2023-01-10,2023-02-01\nP06,x,2023-01-10,2023-02-01\nP07,x,2023-01-10,2023-02-01\n\
    P08,x,2023-01-10,\nP09,x,2023-01-10,2023-02-01\nP10,x,2023-01-10,2023-02-01\n\
    P11,x,2023-01-10,2023-02-01\nP12,x,2023-01-10,2023-02-01\nP14,x,2023-01-10,2023-12-01\n";

/// Runs the script of `options` in a folder with its files, and compares every number.
pub fn compare_script(
    events: &str,
    therapies: Option<&str>,
    options: SafetyOptions,
) -> Option<usize> {
    let reading = ReadOptions::default;
    let mut study = Study::open(PATIENTS.as_bytes(), "patients.csv", reading()).unwrap();
    study
        .add(events.as_bytes(), "events.csv", reading())
        .unwrap();
    if let Some(therapies) = therapies {
        study
            .add(therapies.as_bytes(), "therapies.csv", reading())
            .unwrap();
    }
    let mapping = Mapping {
        groups: vec![study::grouping("Arm")],
        ..study.guess()
    };
    study.assign(mapping).unwrap();
    let sections = sections(&study, &[Analysis::Safety(options)]);
    let script = write(&study, &sections, ReportFormat::R) + PRINT + &print_safety(1);
    let derived = write(&study, &sections, ReportFormat::Derived);
    let files = [
        ("patients.csv", PATIENTS.as_bytes()),
        ("events.csv", events.as_bytes()),
        ("patients-derived.csv", derived.as_bytes()),
    ];
    let output = run_r_with(&study, &files, &script)?;
    let Outcome::Safety(outcome) = &sections[0].outcome else {
        panic!("{:?}", sections[0].outcome);
    };
    Some(compare_safety(outcome, &output))
}

#[test]
fn the_r_script_prints_the_times_to_the_first_severe_event_in_months() {
    let study = study();
    let sections = sections(&study, &[Analysis::Safety(options(None))]);
    let script = write(&study, &sections, ReportFormat::R);
    for line in [
        "month <- 30.4375\n",
        "conf.type = \"log-log\", conf.int = 0.95), scale = month)\n",
        "summary(incidence1, times = c(182.625), extend = TRUE, scale = month))\n",
    ] {
        assert!(script.contains(line), "{line}: {script}");
    }
}

#[test]
fn the_r_script_counts_the_same() {
    let compared = compare_script(EVENTS, None, options(Some("Arm")));
    // Two tables of 8 rows with 14 counts and 6 limits, 8 rows of 20 rates, 6 ends of follow-up.
    assert!(
        compared.is_none_or(|n| n == 2 * 8 * 20 + 8 * 20 + 6),
        "{compared:?}"
    );
}

#[test]
fn the_r_script_has_systems_the_window_of_treatment_and_score_intervals() {
    let options = SafetyOptions {
        by_system: true,
        emergent_days: Some(30),
        difference: DifferenceMethod::MiettinenNurminen,
        threshold: 10.0,
        first_related: true,
        landmarks: vec![2.0, 6.0],
        ..options(Some("Arm"))
    };
    let compared = compare_script(MORE_EVENTS, Some(THERAPIES), options);
    assert!(compared.is_none_or(|n| n > 200), "{compared:?}");
    let overall = SafetyOptions {
        attribution: SafetyAttribution::Related,
        severe: 2,
        ..self::options(None)
    };
    let compared = compare_script(MORE_EVENTS, Some(THERAPIES), overall);
    assert!(compared.is_none_or(|n| n > 100), "{compared:?}");
}

#[test]
fn where_only_related_events_are_tabulated_the_first_severe_one_is_related_too() {
    let related = SafetyOptions {
        attribution: SafetyAttribution::Related,
        ..options(None)
    };
    let blocks = blocks(related);
    let said = paragraphs(&blocks).join(" ");
    assert!(said.contains("a first treatment-related event"), "{said}");
}
