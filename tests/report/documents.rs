//! The documents: nothing in them runs, and the R script gives the same numbers.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use oncurve::Study;
use oncurve::analysis::{Analysis, FrequencyOptions, Outcome, ResponseOptions, SurvivalOptions};
use oncurve::cohort::{
    Correction, Endpoint, Mapping, MonthLength, TimeAndEvent, TimeRules, TimeUnit,
};
use oncurve::format::Style;
use oncurve::report::{Block, Origin, ReportFormat, Row, Section, document, table_for_clipboard};
use oncurve::table::{DateOrder, ReadOptions};
use oncurve::text::Text;

use crate::study;

pub fn sections(study: &Study, analyses: &[Analysis]) -> Vec<Section> {
    let text = Text::new("en");
    (analyses.iter())
        .map(|analysis| Section::new(None, &study::run(study, analysis), &Style::default(), &text))
        .collect()
}

pub fn write(study: &Study, sections: &[Section], format: ReportFormat) -> String {
    let origin = Origin {
        mapping: study.mapping(),
        source: &study.table().source,
        reading: study.reading(),
        cohort: study.cohort(),
        joined: &study.joined_columns().unwrap(),
    };
    document(format, sections, origin, &Text::new("en"))
}

/// Patients and groups whose names are attacks on HTML, spreadsheets and R.
const HOSTILE: &str = "id,time,dead,\"<img src=x onerror=alert(1)>\"\n\
               =1+1,5,1,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\n\
               @b,,1,\"a\"\n\
               c,7,0,\"\"\"); system(\"\"echo hacked\"\"); c(\"\"\"\n\
               d,8,1,\"\"\"); system(\"\"echo hacked\"\"); c(\"\"\"\n\
               e,9,1,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\n";

fn hostile() -> Study {
    let mapping = Mapping {
        patient: Some("id".to_owned()),
        os: Some(study::in_months("dead")),
        groups: vec![study::grouping("<img src=x onerror=alert(1)>")],
        ..Mapping::default()
    };
    study::of_bytes(HOSTILE.as_bytes(), "<b>\n# a\";stop(\"x\").csv", mapping)
}

fn hostile_sections(study: &Study) -> Vec<Section> {
    let options = SurvivalOptions {
        endpoint: Endpoint::Os,
        group: Some("<img src=x onerror=alert(1)>".to_owned()),
        ..SurvivalOptions::default()
    };
    sections(study, &[Analysis::Survival(options)])
}

#[test]
fn names_stay_text_in_html() {
    let study = hostile();
    let html = write(&study, &hostile_sections(&study), ReportFormat::Html);
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"));
    for tag in ["<img", "<b>", "<script", "<a "] {
        assert!(!html.contains(tag), "{tag}");
    }
    assert!(html.contains("<svg"), "the figure is inside");
    for outside in ["http://www.w3.org/", "http://x"] {
        // A namespace, and the text of a group: neither is fetched.
        let fetched = ["src=\"", "href=\"", "url("].map(|before| format!("{before}{outside}"));
        assert!(!fetched.iter().any(|fetched| html.contains(fetched)));
    }
}

/// The cells of a line; every one is quoted.
fn cells_of(line: &str) -> Vec<String> {
    let inside = line
        .strip_prefix('"')
        .and_then(|line| line.strip_suffix('"'));
    match inside {
        None => Vec::new(),
        Some(inside) => (inside.split("\",\""))
            .map(|cell| cell.replace("\"\"", "\""))
            .collect(),
    }
}

#[test]
fn no_cell_of_the_csv_is_a_formula() {
    let study = hostile();
    let csv = write(&study, &hostile_sections(&study), ReportFormat::Csv);
    assert!(csv.starts_with('\u{feff}'));
    let mut cells = 0;
    for line in csv.trim_start_matches('\u{feff}').lines() {
        for cell in cells_of(line) {
            assert!(!cell.starts_with(['=', '+', '@', '\t', '\r']), "{cell}");
            assert!(
                !cell.starts_with('-') || cell.parse::<f64>().is_ok(),
                "{cell}"
            );
            cells += 1;
        }
    }
    assert!(cells > 30, "{cells} cells");
    assert!(csv.contains("'=HYPERLINK("), "the group is there, as text");
}

#[test]
fn a_table_is_copied_with_its_formatting_and_without_formulas() {
    let block = Block::Table {
        shared_heads: Vec::new(),
        caption: "=1+1 <b>".to_owned(),
        columns: vec![String::new(), "@x (n = 7)".to_owned()],
        rows: vec![Row {
            head: "a\tb".to_owned(),
            cells: vec!["−5.1".to_owned()],
            indent: 1,
        }],
        notes: vec!["NR".to_owned()],
    };
    let table = table_for_clipboard(&block).unwrap();
    assert_eq!(table.text, "'=1+1 <b>\n\t'@x (n = 7)\na b\t-5.1\nNR");
    assert!(
        table
            .html
            .starts_with("<table style=\"border-collapse:collapse;")
    );
    for part in [
        ">&#39;=1+1 &lt;b&gt;</td>",
        ">&#39;@x (n = 7)</th>",
        "padding-left:12pt;border-bottom:1.5pt solid #000\">a\tb</td>",
        ">-5.1</td>",
    ] {
        assert!(table.html.contains(part), "{part} in {}", table.html);
    }
    let heading = Block::Heading {
        text: "x".to_owned(),
    };
    assert_eq!(table_for_clipboard(&heading), None);
}

#[test]
fn a_title_of_the_persons_own_stands_in_the_heading() {
    let outcome = study::run(
        &study::example(),
        &Analysis::Response(ResponseOptions::default()),
    );
    let title = Some("Our response".to_owned());
    let section = Section::new(title, &outcome, &Style::default(), &Text::new("en"));
    let text = "Our response".to_owned();
    assert_eq!(section.blocks[0], Block::Heading { text });
}

/// Runs a script after the report's own, in a folder with the file; `None` where there is no R.
pub fn run_r(study: &Study, bytes: &[u8], script: &str) -> Option<String> {
    run_r_with(study, &[(&study.table().source.file_name, bytes)], script)
}

/// The same in a folder with several files.
pub fn run_r_with(study: &Study, files: &[(&str, &[u8])], script: &str) -> Option<String> {
    static PRESENT: LazyLock<bool> = LazyLock::new(|| {
        Command::new("Rscript")
            .args(["-e", "library(survival)"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    });
    if !*PRESENT {
        eprintln!("no R with the package survival here: the script was not run");
        return None;
    }
    // A folder a test, as they run beside each other.
    let test = std::thread::current();
    let test = test.name().unwrap_or_default().replace("::", "-");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(test)
        .join(&study.table().source.file_name);
    fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    fs::write(folder.join("script.R"), script).unwrap();
    let output = Command::new("Rscript")
        .arg("script.R")
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}\n{script}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The numbers after `marker`, printed with all digits.
pub fn numbers(output: &str, marker: &str) -> Vec<Option<f64>> {
    let marker = format!("shown {marker} ");
    let line = (output.lines().find_map(|line| line.strip_prefix(&marker)))
        .unwrap_or_else(|| panic!("no {marker} in {output}"));
    line.split_whitespace()
        .map(|number| (number != "NA").then(|| number.parse().unwrap()))
        .collect()
}

pub fn assert_close(ours: &[Option<f64>], theirs: &[Option<f64>], what: &str) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (ours, theirs) in ours.iter().zip(theirs) {
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                // coxph stops at a change of 1e-9 in the log likelihood.
                let close = (ours - theirs).abs() <= 1e-6 * theirs.abs();
                assert!(close, "{what}: {ours} and {theirs}");
            }
            (ours, theirs) => assert_eq!(ours, theirs, "{what}"),
        }
    }
}

pub const PRINT: &str = r#"
show <- function(marker, ...) cat("shown", marker, sprintf("%.17g", c(...)), "\n")
"#;

/// The median with its limits, log-rank test and hazard ratio of section 1, two groups.
const PRINT_SURVIVAL: &str = r#"
for (i in 1:2) {
  q <- quantile(fit1[i], 0.5)
  show(paste0("median", i), q$quantile, q$lower, q$upper)
}
show("log-rank", test1$chisq)
show("cox", summary(cox1)$conf.int[c(1, 3, 4)])
"#;

fn compare_survival(outcome: &Outcome, output: &str) {
    let Outcome::Survival(outcome) = outcome else {
        panic!("{outcome:?}");
    };
    for (i, arm) in outcome.arms.iter().enumerate() {
        let median = &arm.quantiles[1];
        assert_close(
            &[median.estimate, median.conf_low, median.conf_high],
            &numbers(output, &format!("median{}", i + 1)),
            "median",
        );
    }
    let comparison = outcome.comparison.as_ref().unwrap();
    let statistic = comparison.log_rank.statistic;
    assert_close(&[statistic], &numbers(output, "log-rank"), "log-rank");
    let term = &comparison.cox.as_ref().unwrap().terms[0];
    assert_close(
        &[term.hazard_ratio, term.conf_low, term.conf_high],
        &numbers(output, "cox"),
        "hazard ratio",
    );
}

#[test]
fn the_r_script_computes_the_example_from_its_dates() {
    let study = study::example();
    let survival = Analysis::Survival(SurvivalOptions {
        group: Some("PD-L1".to_owned()),
        ..SurvivalOptions::default()
    });
    let response = Analysis::Response(ResponseOptions {
        group: Some("PD-L1".to_owned()),
        ..ResponseOptions::default()
    });
    let frequency = Analysis::Frequency(FrequencyOptions {
        column: "Sex".to_owned(),
        group: Some("PD-L1".to_owned()),
        ..FrequencyOptions::default()
    });
    let sections = sections(&study, &[survival, response, frequency]);
    let script = write(&study, &sections, ReportFormat::R)
        + PRINT
        + PRINT_SURVIVAL
        + r#"show("permutation", permuted1)
show("counts", as.vector(counts3))
show("counts-fisher", fisher.test(counts3)$p.value)
show("orr", mean(objective2), interval(sum(objective2), length(objective2), 0.95))
show("dcr", mean(control2), interval(sum(control2), length(control2), 0.95))
show("fisher", fisher.test(table(objective2, cohort2$group))$p.value)
"#;
    let bytes = study::file("www/examples/oncurve-example-14-synthetic-patients.csv");
    let Some(output) = run_r(&study, &bytes, &script) else {
        return;
    };
    compare_survival(&sections[0].outcome, &output);
    if let Outcome::Survival(outcome) = &sections[0].outcome {
        let comparison = outcome.comparison.as_ref().unwrap();
        let permutation = comparison.permutation.as_ref().map(|test| test.p_value);
        assert_close(
            &[permutation],
            &numbers(&output, "permutation"),
            "permutation",
        );
    }
    let Outcome::Response(outcome) = &sections[1].outcome else {
        panic!("{:?}", sections[1].outcome);
    };
    for (rate, marker) in [(&outcome.overall.orr, "orr"), (&outcome.overall.dcr, "dcr")] {
        let ours = [rate.estimate, rate.conf_low, rate.conf_high];
        assert_close(&ours, &numbers(&output, marker), marker);
    }
    let fisher = outcome.comparison.as_ref().unwrap().orr_fisher.p_value;
    assert_close(&[Some(fisher)], &numbers(&output, "fisher"), "fisher");
    let Outcome::Frequency(outcome) = &sections[2].outcome else {
        panic!("{:?}", sections[2].outcome);
    };
    let counts: Vec<Option<f64>> = (outcome.arms.iter())
        .flat_map(|arm| arm.counts.iter().map(|count| Some(count.count as f64)))
        .collect();
    assert_close(&counts, &numbers(&output, "counts"), "counts");
    let fisher = outcome.fisher.as_ref().unwrap().p_value;
    assert_close(
        &[Some(fisher)],
        &numbers(&output, "counts-fisher"),
        "counts",
    );
}

#[test]
fn the_r_script_reads_what_the_reader_reads() {
    // Title row, semicolons, decimal commas, day before month, a correction, a row left out, a code.
    let csv = "Our patients;;;\n\
               Nr;Start;Ende;Status;Arm\n\
               1;05/03/2020;17/09/2021;1;a\n\
               2;13/04/2020;01/12/2020;1;a\n\
               3;02-May-2020;30/11/2021;0;a\n\
               4;2020-06-01;11/03/2021;1;b\n\
               5;07/07/2020;08/08/2021;1;b\n\
               6;08/08/2020;09/09/2019;0;b\n\
               7;09/09/2020;n/a;1;b\n\
               8;10/10/2020;12/12/2021;1;unknown\n\
               9;11/11/2020;31/12/2020;1;a\n\
               10;12/12/2020;30/04/2022;0;b\n";
    let mut reading = ReadOptions::default();
    for column in ["Start", "Ende"] {
        reading
            .columns
            .entry(column.to_owned())
            .or_default()
            .date_order = Some(DateOrder::DayMonthYear);
    }
    let mut study = Study::open(csv.as_bytes(), "awkward.csv", reading).unwrap();
    let mapping = Mapping {
        patient: Some("Nr".to_owned()),
        start: Some("Start".to_owned()),
        os: Some(TimeAndEvent {
            time: "Ende".to_owned(),
            event: "Status".to_owned(),
            unit: TimeUnit::Days,
            event_values: vec!["1".to_owned()],
            blank_is_no_event: false,
        }),
        groups: vec![oncurve::cohort::Grouping {
            column: "Arm".to_owned(),
            labels: [("a".to_owned(), "Arm \"A\"".to_owned())].into(),
            ..Default::default()
        }],
        corrections: vec![Correction {
            table: None,
            row: 4,
            column: "Ende".to_owned(),
            value: "02/12/2020".to_owned(),
        }],
        excluded_rows: vec![11],
        ..Mapping::default()
    };
    study.assign(mapping).unwrap();
    let options = SurvivalOptions {
        endpoint: Endpoint::Os,
        group: Some("Arm".to_owned()),
        ..SurvivalOptions::default()
    };
    let sections = sections(&study, &[Analysis::Survival(options)]);
    let script = write(&study, &sections, ReportFormat::R) + PRINT + PRINT_SURVIVAL;
    if let Outcome::Survival(outcome) = &sections[0].outcome {
        assert_eq!((outcome.overall.n, outcome.overall.n_event), (6, 4));
    }
    if let Some(output) = run_r(&study, csv.as_bytes(), &script) {
        compare_survival(&sections[0].outcome, &output);
    }
}

#[test]
fn names_stay_text_in_the_r_script() {
    let study = hostile();
    let sections = hostile_sections(&study);
    let script = write(&study, &sections, ReportFormat::R) + PRINT + PRINT_SURVIVAL;
    assert!(script.contains(r#""\"); system(\"echo hacked\"); c(\"""#));
    if let Some(output) = run_r(&study, HOSTILE.as_bytes(), &script) {
        assert!(!output.lines().any(|line| line == "hacked"), "{output}");
        compare_survival(&sections[0].outcome, &output);
    }
}

/// The times and events of section 1.
const PRINT_FOLLOW_UP: &str = r#"
show("times", cohort1$time)
show("events", cohort1$event)
"#;

/// Compares what the cohort and the script make of every patient who is analysed.
fn compare_follow_up(study: &Study, endpoint: Endpoint, output: &str) {
    let data = study.cohort().unwrap().endpoint(endpoint).unwrap();
    let values = || data.derived.iter().filter_map(|derived| derived.value);
    let times: Vec<Option<f64>> = values().map(|value| Some(value.time)).collect();
    let events: Vec<Option<f64>> = values()
        .map(|value| Some(f64::from(u8::from(value.event))))
        .collect();
    assert_close(&times, &numbers(output, "times"), "times");
    assert_close(&events, &numbers(output, "events"), "events");
}

/// The Methods paragraph of a section.
fn methods(section: &Section) -> &str {
    let paragraph = (section.blocks.iter()).find_map(|block| match block {
        Block::Methods { text, .. } => Some(text.as_str()),
        _ => None,
    });
    paragraph.unwrap()
}

#[test]
fn end_dates_that_all_lie_after_the_cut_off_are_still_ready_made() {
    let csv = "start,PFS date,PFS event,progression,seen\n\
               2023-01-13,2023-09-13,1,2023-04-13,2023-09-13\n\
               2023-02-14,2023-08-23,0,,2023-05-05\n\
               2023-03-15,2023-10-13,1,2023-10-13,2023-10-13\n";
    let mapping = Mapping {
        start: Some("start".to_owned()),
        progression: Some("progression".to_owned()),
        last_contact: Some("seen".to_owned()),
        pfs: Some(TimeAndEvent {
            time: "PFS date".to_owned(),
            event: "PFS event".to_owned(),
            unit: TimeUnit::Days,
            event_values: vec!["1".to_owned()],
            blank_is_no_event: false,
        }),
        cut_off: Some("2023-06-30".parse().unwrap()),
        ..Mapping::default()
    };
    let study = study::of_bytes(csv.as_bytes(), "all-cut.csv", mapping);
    let sections = sections(&study, &[Analysis::Survival(SurvivalOptions::default())]);
    let methods = methods(&sections[0]);
    assert!(
        methods.starts_with(
            "Dates of event or censoring of progression-free survival were taken from the data as \
             recorded, and counted from the start. What followed the data cut-off of 2023-06-30 was \
             not counted."
        ),
        "{methods}"
    );
    let script = write(&study, &sections, ReportFormat::R) + PRINT + PRINT_FOLLOW_UP;
    if let Some(output) = run_r(&study, csv.as_bytes(), &script) {
        compare_follow_up(&study, Endpoint::Pfs, &output);
    }
}

#[test]
fn the_r_script_gives_empty_cells_the_meaning_that_the_person_gave_them() {
    let csv = "OS months,Dead\n1.5,1\n2.5,\n3.5,unknown\n4.5,1\n5.5,\n";
    for blank_is_no_event in [true, false] {
        let mapping = Mapping {
            os: Some(TimeAndEvent {
                time: "OS months".to_owned(),
                event: "Dead".to_owned(),
                unit: TimeUnit::Months,
                event_values: vec!["1".to_owned()],
                blank_is_no_event,
            }),
            ..Mapping::default()
        };
        let name = format!("blank-{blank_is_no_event}.csv");
        let study = study::of_bytes(csv.as_bytes(), &name, mapping);
        let options = SurvivalOptions {
            endpoint: Endpoint::Os,
            ..SurvivalOptions::default()
        };
        let sections = sections(&study, &[Analysis::Survival(options)]);
        let script = write(&study, &sections, ReportFormat::R) + PRINT + PRINT_FOLLOW_UP;
        if let Some(output) = run_r(&study, csv.as_bytes(), &script) {
            compare_follow_up(&study, Endpoint::Os, &output);
            let analysed = if blank_is_no_event { 4 } else { 2 };
            assert_eq!(numbers(&output, "times").len(), analysed);
        }
    }
}

#[test]
fn the_r_script_leaves_out_whose_dates_cannot_be_read_and_no_columns_that_do_not_matter() {
    // Nothing tells day from month in the progressions, which OS does not rest on.
    let csv = "id,start,progression,death,seen\n\
               a,2023-01-13,03/04/2023,2023-09-13,2023-09-13\n\
               b,2023-01-13,,,pending\n\
               c,2023-01-13,,,2023-08-23\n\
               d,2023-01-13,05/04/2023,2023-10-13,pending\n\
               e,2023-01-13,,,2023-08-29\n";
    let mapping = Mapping {
        start: Some("start".to_owned()),
        progression: Some("progression".to_owned()),
        death: Some("death".to_owned()),
        last_contact: Some("seen".to_owned()),
        ..Mapping::default()
    };
    let study = study::of_bytes(csv.as_bytes(), "unreadable.csv", mapping);
    let options = SurvivalOptions {
        endpoint: Endpoint::Os,
        ..SurvivalOptions::default()
    };
    let sections = sections(&study, &[Analysis::Survival(options)]);
    let script = write(&study, &sections, ReportFormat::R) + PRINT + PRINT_FOLLOW_UP;
    if let Some(output) = run_r(&study, csv.as_bytes(), &script) {
        compare_follow_up(&study, Endpoint::Os, &output);
        assert_eq!(numbers(&output, "times").len(), 4);
    }
}

#[test]
fn the_r_script_counts_calendar_months_as_the_report_does() {
    let csv = "start,death,seen\n\
               2023-01-31,2023-03-01,2023-03-01\n\
               2024-01-30,,2024-12-29\n\
               2023-12-15,2024-02-29,2024-02-29\n\
               2024-02-29,,2025-02-28\n\
               2023-05-17,2024-08-03,2024-08-03\n";
    for count_first_day in [false, true] {
        let mapping = Mapping {
            start: Some("start".to_owned()),
            death: Some("death".to_owned()),
            last_contact: Some("seen".to_owned()),
            cut_off: Some("2024-11-30".parse().unwrap()),
            rules: TimeRules {
                month: MonthLength::Calendar,
                count_first_day,
                ..TimeRules::default()
            },
            ..Mapping::default()
        };
        let name = format!("calendar-{count_first_day}.csv");
        let study = study::of_bytes(csv.as_bytes(), &name, mapping);
        let options = SurvivalOptions {
            endpoint: Endpoint::Os,
            ..SurvivalOptions::default()
        };
        let sections = sections(&study, &[Analysis::Survival(options)]);
        assert!(methods(&sections[0]).contains("Times were counted in calendar months"));
        let script = write(&study, &sections, ReportFormat::R) + PRINT + PRINT_FOLLOW_UP;
        if let Some(output) = run_r(&study, csv.as_bytes(), &script) {
            compare_follow_up(&study, Endpoint::Os, &output);
        }
    }
}
