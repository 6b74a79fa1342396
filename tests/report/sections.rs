//! What the sections say of the example cohort, word for word.

use oncurve::analysis::{Analysis, Drawn, FrequencyOptions, ResponseOptions, SurvivalOptions};
use oncurve::cohort::{Endpoint, Mapping, TimeAndEvent, TimeUnit};
use oncurve::figure::layout;
use oncurve::format::{PValueStyle, Style};
use oncurve::report::{Block, Row, compose};
use oncurve::text::Text;

use crate::study;

fn blocks(analysis: &Analysis, style: &Style) -> Vec<Block> {
    let outcome = study::run(&study::example(), analysis);
    compose(&outcome, style, &Text::new("en"))
}

fn paragraph(blocks: &[Block]) -> &str {
    (blocks.iter())
        .find_map(|block| match block {
            Block::Paragraph { text } => Some(text.as_str()),
            _ => None,
        })
        .unwrap()
}

fn tables(blocks: &[Block]) -> Vec<(&[String], &[Row])> {
    (blocks.iter())
        .filter_map(|block| match block {
            Block::Table { columns, rows, .. } => Some((&columns[..], &rows[..])),
            _ => None,
        })
        .collect()
}

fn row<'a>(rows: &'a [Row], head: &str) -> &'a [String] {
    &(rows.iter().find(|row| row.head == head))
        .unwrap_or_else(|| panic!("no row {head} in {rows:?}"))
        .cells
}

fn methods(blocks: &[Block]) -> (&str, &[String]) {
    match blocks.last() {
        Some(Block::Methods { text, references }) => (text, references),
        other => panic!("{other:?}"),
    }
}

fn by_group() -> Analysis {
    Analysis::Survival(SurvivalOptions {
        group: Some("PD-L1".to_owned()),
        ..SurvivalOptions::default()
    })
}

#[test]
fn survival_is_told_in_plain_sentences() {
    let blocks = blocks(
        &Analysis::Survival(SurvivalOptions::default()),
        &Style::default(),
    );
    assert_eq!(
        blocks[0],
        Block::Heading {
            text: "Progression-free survival".to_owned()
        }
    );
    assert_eq!(
        paragraph(&blocks),
        "12 of 14 patients (85.7 %) progressed or died; 2 were censored. \
         Median PFS was 11.7 months (95 % CI 5.2–17.3); \
         6-month PFS was 78.6 % (95 % CI 47.2–92.5); \
         12-month PFS was 49.0 % (95 % CI 21.6–71.7); \
         24-month PFS was 16.3 % (95 % CI 2.7–40.4). \
         Median follow-up was 21.2 months (95 % CI 11.3–NR; reverse Kaplan-Meier)."
    );
}

#[test]
fn groups_are_compared_by_both_tests_and_the_hazard_ratio() {
    let blocks = blocks(&by_group(), &Style::default());
    assert_eq!(
        paragraph(&blocks),
        "12 of 14 patients (85.7 %) progressed or died; 2 were censored. \
         Median PFS by PD-L1: 10.3 months (95 % CI 1.4–NR) in “Negative or unknown”; \
         13.0 months (95 % CI 5.2–NR) in “Positive”. \
         Difference between the groups: p = 0.048 (log-rank test); p = 0.065 by the permutation \
         test, which holds its error rate with few patients. \
         The hazard in “Positive” was 0.29 times that in “Negative or unknown” \
         (hazard ratio; 95 % CI 0.08–1.06). \
         Median follow-up was 21.2 months (95 % CI 11.3–NR; reverse Kaplan-Meier)."
    );
    let tables = tables(&blocks);
    assert_eq!(
        tables[0].0,
        [
            "",
            "Negative or unknown (n = 6)",
            "Positive (n = 8)",
            "All patients (n = 14)"
        ]
    );
    assert_eq!(
        row(tables[0].1, "Median PFS, months (95 % CI)"),
        ["10.3 (1.4–NR)", "13.0 (5.2–NR)", "11.7 (5.2–17.3)"]
    );
    assert_eq!(
        row(tables[0].1, "Censored"),
        ["0", "2 (25.0 %)", "2 (14.3 %)"]
    );
    assert_eq!(
        tables[1].0,
        [
            "Comparison",
            "Hazard ratio (95 % CI)",
            "p (Wald)",
            "Log-rank χ² (df)",
            "p (log-rank)",
            "p (permutation)"
        ]
    );
    assert_eq!(
        row(tables[1].1, "Positive v Negative or unknown"),
        ["0.29 (0.08–1.06)", "0.062", "3.90 (1)", "0.048", "0.065"]
    );
}

#[test]
fn years_have_two_decimals_in_sentences_tables_and_the_figure() {
    let mut study = study::example();
    let mut mapping = study.mapping().clone();
    mapping.rules.display = TimeUnit::Years;
    study.assign(mapping).unwrap();
    let options = SurvivalOptions {
        landmarks: vec![0.5],
        ..SurvivalOptions::default()
    };
    let outcome = study::run(&study, &Analysis::Survival(options));
    let blocks = compose(&outcome, &Style::default(), &Text::new("en"));
    let said = paragraph(&blocks);
    let median = "Median PFS was 0.97 years (95 % CI 0.44–1.44)";
    assert!(said.contains(median), "{said}");
    let rows = tables(&blocks)[0].1;
    assert_eq!(
        row(rows, "Median PFS, years (95 % CI)"),
        ["0.97 (0.44–1.44)"]
    );
    let scenes = layout(&outcome, &Style::default(), &Text::new("en"));
    let first = &scenes[0].series[0].points[1].lines;
    assert_eq!(first[0], "0.12 years", "{first:?}");
}

#[test]
fn the_journal_style_reaches_every_number() {
    let style = Style {
        p_value: PValueStyle::Lancet,
        ..Style::default()
    };
    let blocks = blocks(&by_group(), &style);
    let said = paragraph(&blocks);
    for part in [
        "(85·7 %)",
        "10·3 months (95 % CI 1·4–NR)",
        "p = 0·048 (log-rank test); p = 0·065 by",
        "was 0·29 times",
        "95 % CI 0·08–1·06",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(!said.contains("0.") && !said.contains(".3"), "{said}");
}

#[test]
fn the_methods_paragraph_names_every_option() {
    let blocks = blocks(&by_group(), &Style::default());
    let (text, references) = methods(&blocks);
    assert_eq!(
        text,
        format!(
            "Progression-free survival was the time from start to the first of progression or death \
             from any cause; patients with neither were censored at last contact. \
             Times were counted in whole days (end − start). \
             Times are shown in months of 30.4375 days. \
             Survival was estimated by the Kaplan-Meier method [1] with Greenwood’s variance [2] and \
             pointwise 95 % confidence intervals on the log-log scale [3]; intervals of medians and \
             quartiles are those of Brookmeyer and Crowley on the same scale [4]. \
             Follow-up was summarised by the reverse Kaplan-Meier method [5]. \
             The groups of PD-L1 were compared by the two-sided log-rank test [6]. \
             Because there were at most 50 patients, its permutation version is given beside it, over \
             all 3003 arrangements of the patients [7]. \
             The hazard ratio, with Negative or unknown as reference, is that of Cox’s proportional \
             hazards model [8] with Efron’s treatment of ties [9] and Wald’s 95 % confidence interval \
             and test. Computed with oncurve {}.",
            env!("CARGO_PKG_VERSION")
        )
    );
    assert!(references[0].starts_with("1. Kaplan EL, Meier P."));
    assert!(references[8].starts_with("9. Efron B."));
    assert_eq!(references.len(), 9);
}

/// 60 patients in two groups; so many of the second one die.
fn two_groups(deaths: usize) -> Vec<Block> {
    let row = |i: usize| {
        let dies = i.is_multiple_of(2) || i / 2 < deaths;
        format!("{i},{},{}\n", u8::from(dies), ["A", "B"][i % 2])
    };
    let csv = format!("time,dead,arm\n{}", (0..60).map(row).collect::<String>());
    let mapping = Mapping {
        os: Some(TimeAndEvent {
            time: "time".to_owned(),
            event: "dead".to_owned(),
            unit: TimeUnit::Days,
            blank_is_no_event: false,
            event_values: vec!["1".to_owned()],
        }),
        groups: vec![study::grouping("arm")],
        ..Mapping::default()
    };
    let study = study::of_bytes(csv.as_bytes(), "arms.csv", mapping);
    let options = SurvivalOptions {
        endpoint: Endpoint::Os,
        group: Some("arm".to_owned()),
        draws: 1_000,
        ..SurvivalOptions::default()
    };
    let outcome = study::run(&study, &Analysis::Survival(options));
    compose(&outcome, &Style::default(), &Text::new("en"))
}

#[test]
fn the_permutation_test_of_a_larger_sample_is_explained_by_its_few_events() {
    let blocks = two_groups(9);
    let said = paragraph(&blocks);
    let reason = "by the permutation test, which holds its error rate with few events.";
    assert!(said.contains(reason), "{said}");
    let (text, _) = methods(&blocks);
    let reason = "Because a group had fewer than 10 events, its permutation version is given beside \
                  it, from 1000 random arrangements of the patients (seed ";
    assert!(text.contains(reason), "{text}");
    let ten = two_groups(10);
    assert!(!methods(&ten).0.contains("permutation"));
}

fn caption(blocks: &[Block]) -> &str {
    (blocks.iter())
        .find_map(|block| match block {
            Block::Figure { caption, .. } => Some(caption.as_str()),
            _ => None,
        })
        .unwrap()
}

#[test]
fn five_groups_are_told_by_the_first_and_the_last_median_and_drawn_without_bands() {
    let study = study::reference("r_grp5_a", Some("group"));
    let mut options = SurvivalOptions {
        endpoint: Endpoint::Os,
        group: Some("group".to_owned()),
        ..SurvivalOptions::default()
    };
    let say = |options: &SurvivalOptions| {
        let outcome = study::run(&study, &Analysis::Survival(options.clone()));
        compose(&outcome, &Style::default(), &Text::new("en"))
    };
    let blocks = say(&options);
    let said = paragraph(&blocks);
    let medians = "Median OS in the 5 groups of group was between 0.3 months (“C”) and 0.6 months \
                   (“D”); each stands in the table with its interval. Difference";
    assert!(said.contains(medians), "{said}");
    assert!(!caption(&blocks).contains("Shaded"), "{}", caption(&blocks));
    assert!(!caption(&blocks).contains("Thin lines"));
    options.figure.band = Drawn::Always;
    let drawn = "Shaded: pointwise 95 % confidence interval.";
    assert!(caption(&say(&options)).contains(drawn));
}

#[test]
fn response_is_told_with_exact_intervals() {
    let blocks = blocks(
        &Analysis::Response(ResponseOptions::default()),
        &Style::default(),
    );
    assert_eq!(
        paragraph(&blocks),
        "The cancer responded (CR or PR) in 4 of 14 patients: objective response rate (ORR) 28.6 % \
         (95 % CI 8.4–58.1). It was controlled (CR, PR or SD) in 13 of 14: \
         disease control rate (DCR) 92.9 % (95 % CI 66.1–99.8)."
    );
    let rows = tables(&blocks)[0].1;
    assert_eq!(row(rows, "Complete response (CR)"), ["0"]);
    assert_eq!(row(rows, "Partial response (PR)"), ["4 (28.6 %)"]);
}

#[test]
fn response_by_group_gives_the_difference_and_fishers_test() {
    let options = ResponseOptions {
        group: Some("PD-L1".to_owned()),
        evaluable: true,
        ..ResponseOptions::default()
    };
    let blocks = blocks(&Analysis::Response(options), &Style::default());
    let tables = tables(&blocks);
    assert_eq!(
        row(tables[0].1, "ORR among evaluable patients (95 % CI)"),
        [
            "16.7 % (0.4–64.1)",
            "37.5 % (8.5–75.5)",
            "28.6 % (8.4–58.1)"
        ]
    );
    assert_eq!(
        tables[1].0,
        [
            "Rate",
            "Positive minus Negative or unknown, percentage points (95 % CI)",
            "p (Fisher)"
        ]
    );
    assert_eq!(row(tables[1].1, "ORR"), ["20.8 (−25.4 to 55.6)", "0.580"]);
    let (text, references) = methods(&blocks);
    assert!(
        text.contains("Newcombe’s hybrid score 95 % confidence interval (method 10) [4]"),
        "{text}"
    );
    assert_eq!(references.len(), 4);
}

#[test]
fn patients_left_out_are_named_with_row_and_reason() {
    let csv = "id,time,dead,arm\nA,5,1,x\nB,,1,x\nC,7,0,\nD,-1,1,y\nE,9,1,y\n";
    let mapping = oncurve::cohort::Mapping {
        patient: Some("id".to_owned()),
        os: Some(oncurve::cohort::TimeAndEvent {
            time: "time".to_owned(),
            event: "dead".to_owned(),
            unit: oncurve::cohort::TimeUnit::Months,
            event_values: vec!["1".to_owned()],
            blank_is_no_event: false,
        }),
        groups: vec![study::grouping("arm")],
        ..Default::default()
    };
    let study = study::of_bytes(csv.as_bytes(), "left-out.csv", mapping);
    let analysis = Analysis::Survival(SurvivalOptions {
        endpoint: oncurve::cohort::Endpoint::Os,
        group: Some("arm".to_owned()),
        ..SurvivalOptions::default()
    });
    let outcome = study::run(&study, &analysis);
    let blocks = compose(&outcome, &Style::default(), &Text::new("en"));
    let lines = (blocks.iter())
        .find_map(|block| match block {
            Block::Exclusions { lines } => Some(lines),
            _ => None,
        })
        .unwrap();
    assert_eq!(
        lines[..],
        [
            "Left out, no time or no event (1 patient): B (row 3).",
            "Left out, no value in “arm” (1 patient): C (row 4).",
            "Left out, the end is before the start (1 patient): D (row 5).",
        ]
    );
}

#[test]
fn the_grades_of_adverse_events_are_counted() {
    let analysis = Analysis::Frequency(FrequencyOptions {
        column: "Worst AE grade".to_owned(),
        ..FrequencyOptions::default()
    });
    let blocks = blocks(&analysis, &Style::default());
    assert_eq!(
        blocks[0],
        Block::Heading {
            text: "Worst AE grade".to_owned()
        }
    );
    let (columns, rows) = tables(&blocks)[0];
    assert_eq!(columns, ["Worst AE grade", "All patients (n = 14)"]);
    // tests/reference/expected/example.json: 1 of 14, 0.18–33.87 %.
    assert_eq!(row(rows, "3"), ["1; 7.1 % (0.2–33.9)"]);
    assert!(paragraph(&blocks).ends_with("; “3” in 1 of 14 (7.1 %; 95 % CI 0.2–33.9)."));
}

#[test]
fn a_column_in_which_nothing_happened_is_counted() {
    let analysis = Analysis::Frequency(FrequencyOptions {
        column: "Treatment-related death".to_owned(),
        group: Some("PD-L1".to_owned()),
        ..FrequencyOptions::default()
    });
    let blocks = blocks(&analysis, &Style::default());
    let (columns, rows) = tables(&blocks)[0];
    assert_eq!(columns.len(), 4);
    assert_eq!(rows.len(), 1);
    assert_eq!(row(rows, "No")[2], "14; 100.0 % (76.8–100.0)");
}

/// Sections of a small cohort of dates, `Progression` and perhaps `Death`, by `arm`.
fn of_dates(csv: &str, mapping: oncurve::cohort::Mapping) -> Vec<Block> {
    let mapping = oncurve::cohort::Mapping {
        start: Some("start".to_owned()),
        progression: Some("progression".to_owned()),
        last_contact: Some("seen".to_owned()),
        groups: vec![study::grouping("arm")],
        ..mapping
    };
    let study = study::of_bytes(csv.as_bytes(), "dates.csv", mapping);
    let analysis = Analysis::Survival(SurvivalOptions {
        group: Some("arm".to_owned()),
        ..SurvivalOptions::default()
    });
    let outcome = study::run(&study, &analysis);
    compose(&outcome, &Style::default(), &Text::new("en"))
}

const DATES: &str = "start,progression,death,seen,arm\n\
                     2023-01-13,2023-04-13,,2023-09-13,x\n\
                     2023-01-13,,,2023-08-23,x\n\
                     2023-01-13,2023-07-13,,2023-10-13,x\n";

#[test]
fn deaths_are_not_spoken_of_where_no_column_says_who_died() {
    let without = of_dates(DATES, oncurve::cohort::Mapping::default());
    let (text, _) = methods(&without);
    assert!(
        paragraph(&without).starts_with("2 of 3 patients (66.7 %) progressed; 1 was censored.")
    );
    assert!(
        text.contains("from start to progression; deaths were not recorded"),
        "{text}"
    );
    assert!(!text.contains("death from any cause"), "{text}");
    row(tables(&without)[0].1, "Events (progression)");

    let with = of_dates(
        DATES,
        oncurve::cohort::Mapping {
            death: Some("death".to_owned()),
            ..Default::default()
        },
    );
    assert!(paragraph(&with).starts_with("2 of 3 patients (66.7 %) progressed or died;"));
    assert!(methods(&with).0.contains("death from any cause"));
}

#[test]
fn no_p_value_is_spoken_of_where_there_is_one_group() {
    let blocks = of_dates(DATES, oncurve::cohort::Mapping::default());
    let cautions: Vec<&str> = (blocks.iter())
        .filter_map(|block| match block {
            Block::Caution { text } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(
        cautions,
        [
            "There are fewer than 10 events (x: 2): the estimates are uncertain, and the intervals \
          approximate."
        ]
    );
}

#[test]
fn no_test_is_described_that_could_not_be_made() {
    let csv = "start,progression,death,seen,arm\n\
               2023-01-13,,,2023-09-13,x\n\
               2023-01-13,,,2023-08-23,y\n";
    let blocks = of_dates(csv, oncurve::cohort::Mapping::default());
    assert!(paragraph(&blocks).contains("the groups cannot be compared"));
    let (text, references) = methods(&blocks);
    assert!(!text.contains("log-rank"), "{text}");
    assert_eq!(references.len(), 5);
}
