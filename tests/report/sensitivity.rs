//! One endpoint under several rules of censoring, from the sheets to the section.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, AnalysisError, AnalysisForm, Change, FieldKind, Outcome, SensitivityOptions,
    SensitivityOutcome,
};
use oncurve::cohort::Endpoint;
use oncurve::format::Style;
use oncurve::recist::Preset;
use oncurve::report::{Block, ReportFormat, compose};
use oncurve::table::ReadOptions;
use oncurve::text::Text;

use crate::documents::{sections, write};
use crate::study::{file, grouping, run};

/// The twelve made-up patients of `tests/reference/r/sensitivity.R`.
fn twelve() -> Study {
    let sheet = |name: &str| file(&format!("tests/reference/data/sensitivity_{name}.csv"));
    let reading = ReadOptions::default;
    let mut study = Study::open(&sheet("patients"), "patients.csv", reading()).unwrap();
    study
        .add(&sheet("visits"), "visits.csv", reading())
        .unwrap();
    let mut mapping = study.guess();
    mapping.progression = None;
    mapping.new_therapy = Some("New therapy".to_owned());
    mapping.clinical_progression = Some("Clinical progression".to_owned());
    mapping.groups = vec![grouping("Arm")];
    study.assign(mapping).unwrap();
    study
}

fn outcome(study: &Study, options: SensitivityOptions) -> SensitivityOutcome {
    match run(study, &Analysis::Sensitivity(options)) {
        Outcome::Sensitivity(outcome) => *outcome,
        other => panic!("{other:?}"),
    }
}

fn blocks(study: &Study, options: SensitivityOptions) -> Vec<Block> {
    let outcome = Outcome::Sensitivity(Box::new(outcome(study, options)));
    compose(&outcome, &Style::default(), &Text::new("en"))
}

fn by_arm() -> SensitivityOptions {
    SensitivityOptions {
        group: Some("Arm".to_owned()),
        ..SensitivityOptions::default()
    }
}

/// Captions and rows of the tables.
fn tables(blocks: &[Block]) -> Vec<(&str, Vec<String>, Vec<String>)> {
    let row = |row: &oncurve::report::Row| {
        let indent = "  ".repeat(row.indent.into());
        format!("{indent}{} | {}", row.head, row.cells.join(" | "))
    };
    (blocks.iter())
        .filter_map(|block| match block {
            Block::Table {
                caption,
                columns,
                rows,
                ..
            } => Some((&**caption, columns.clone(), rows.iter().map(row).collect())),
            _ => None,
        })
        .collect()
}

#[test]
fn the_rules_stand_side_by_side_with_their_estimates() {
    let blocks = blocks(&twelve(), by_arm());
    let Block::Heading { text } = &blocks[0] else {
        panic!("{:?}", blocks[0]);
    };
    assert_eq!(
        text,
        "Progression-free survival by Arm under different rules of censoring"
    );
    let Block::Paragraph { text } = &blocks[1] else {
        panic!("{:?}", blocks[1]);
    };
    assert_eq!(
        text,
        "Median PFS: 4.6 months (95 % CI 2.0–NR) by the FDA-style rules (5 events in 12 patients); 4.6 months \
         (95 % CI 2.8–NR) by the EMA-style rules (8 events in 12 patients); 4.6 months (95 % CI 2.8–NR) by the \
         plain rules (8 events in 11 patients). Hazard in “B” relative to that in “A”: 3.13 times as high \
         (95 % CI 0.35–28.36; log-rank p = 0.284) by the FDA-style rules; 1.93 times as high (95 % CI \
         0.37–10.00; log-rank p = 0.411) by the EMA-style rules; 3.76 times as high (95 % CI 0.75–18.82; \
         log-rank p = 0.080) by the plain rules. Of 12 patients, 7 have another time or event under one of the \
         rules than under another (event: 3; time only: 3; left out under some: 1)."
    );
    let figures = blocks
        .iter()
        .filter(|block| matches!(block, Block::Figure { .. }));
    assert_eq!(figures.count(), 3);
    let (caption, columns, rows) = &tables(&blocks)[0];
    assert_eq!(
        *caption,
        "Estimates of progression-free survival by rules of censoring and Arm"
    );
    assert_eq!(
        columns[..],
        [
            "",
            "FDA-style (n = 12)",
            "EMA-style (n = 12)",
            "Plain (n = 11)"
        ]
    );
    assert_eq!(
        rows[..],
        [
            "Patients | 12 | 12 | 11",
            "  A | 6 | 6 | 5",
            "  B | 6 | 6 | 6",
            "Events | 5 (41.7 %) | 8 (66.7 %) | 8 (72.7 %)",
            "  A | 1 (16.7 %) | 2 (33.3 %) | 2 (40.0 %)",
            "  B | 4 (66.7 %) | 6 (100.0 %) | 6 (100.0 %)",
            "Median PFS, months (95 % CI) | 4.6 (2.0–NR) | 4.6 (2.8–NR) | 4.6 (2.8–NR)",
            "  A | 4.1 (4.1–NR) | 4.6 (4.1–NR) | NR (4.1–NR)",
            "  B | 4.6 (2.0–NR) | 4.4 (2.0–NR) | 4.4 (2.0–NR)",
            "6-month PFS (95 % CI) | NE | 23.4 % (3.6–53.0) | 36.4 % (11.2–62.7)",
            "  A | NE | NE | 60.0 % (12.6–88.2)",
            "  B | 0.0 % | 16.7 % (0.8–51.7) | 16.7 % (0.8–51.7)",
            "Hazard ratio, B v A (95 % CI) | 3.13 (0.35–28.36) | 1.93 (0.37–10.00) | 3.76 (0.75–18.82)",
            "p (log-rank) | 0.284 | 0.411 | 0.080",
            "p (permutation) | 0.340 | 0.433 | 0.091",
        ]
    );
}

#[test]
fn every_patient_to_whom_the_rules_matter_is_listed_with_what_each_gives() {
    let outcome = outcome(&twelve(), SensitivityOptions::default());
    let changes: Vec<(&str, Change)> = (outcome.changes.iter())
        .map(|one| (one.subject.id.as_deref().unwrap(), one.change))
        .collect();
    assert_eq!(
        changes,
        [
            ("H02", Change::Event),
            ("H03", Change::Event),
            ("H05", Change::Time),
            ("H06", Change::Event),
            ("H07", Change::Time),
            ("H09", Change::Time),
            ("H11", Change::Contributes),
        ]
    );
    assert_eq!(outcome.exclusions, []);
    let blocks = blocks(&twelve(), SensitivityOptions::default());
    let (caption, columns, rows) = &tables(&blocks)[1];
    assert_eq!(
        *caption,
        "Patients whose time or event depends on the rules"
    );
    assert_eq!(
        columns[..],
        ["Patient, rules", "Time, months", "Status", "Why"]
    );
    assert_eq!(
        rows[..8],
        [
            "H02 (row 3) |  |  | ",
            "  FDA-style | 2.8 | censored | Censored on 26 March 2023, 84 days after the start: last adequate \
             assessment before the new anticancer therapy of 11 April 2023",
            "  EMA-style | 4.1 | event | Progression on 7 May 2023, 126 days after the start",
            "  Plain | 4.1 | event | Progression on 7 May 2023, 126 days after the start",
            "H03 (row 4) |  |  | ",
            "  FDA-style | 1.4 | censored | Censored on 12 February 2023, 42 days after the start: the event of \
             22 May 2023 followed 99 days without an adequate assessment",
            "  EMA-style | 4.6 | event | Progression on 22 May 2023, 141 days after the start",
            "  Plain | 4.6 | event | Progression on 22 May 2023, 141 days after the start",
        ]
    );
    assert_eq!(
        rows[24..],
        [
            "H11 (row 12) |  |  | ",
            "  FDA-style | 2.8 | censored | No event by the last adequate assessment on 26 March 2023, 84 days \
             after the start",
            "  EMA-style | 2.8 | censored | No event by the last adequate assessment on 26 March 2023, 84 days \
             after the start",
            "  Plain | – | left out | Neither an event nor a date of last contact",
        ]
    );
}

#[test]
fn methods_name_each_of_the_chosen_rules_with_its_settings() {
    let options = SensitivityOptions {
        presets: vec![Preset::Ema, Preset::Fda],
        ..SensitivityOptions::default()
    };
    let blocks = blocks(&twelve(), options);
    let Some(Block::Methods { text, .. }) = blocks.last() else {
        panic!("{blocks:?}");
    };
    let beginning = "Progression-free survival was the time from start to the first of progression or death from \
         any cause. It was derived from the same data under each of these rules of censoring. EMA-style \
         (EMA/CHMP/27994/2008): progressions and deaths counted whether or not a new anticancer therapy or missed \
         assessments came before; patients without an event were censored at their last adequate assessment. \
         FDA-style (FDA 2018): patients without the event, and those with an event after a new anticancer therapy \
         or after more than 98 days without an adequate assessment, were censored at their last adequate assessment \
         before. Times were counted in whole days (end − start).";
    assert!(text.starts_with(beginning), "{text}");
    assert!(!text.contains("Plain"), "{text}");
    let (_, columns, _) = &tables(&blocks)[0];
    assert_eq!(columns[1..], ["EMA-style (n = 12)", "FDA-style (n = 12)"]);
}

#[test]
fn a_duration_counts_from_the_response_and_says_so() {
    let options = SensitivityOptions {
        endpoint: Endpoint::Dor,
        ..SensitivityOptions::default()
    };
    let blocks = blocks(&twelve(), options);
    let (_, columns, rows) = &tables(&blocks)[0];
    assert_eq!(columns[1], "FDA-style (n = 4)");
    assert_eq!(rows[0], "Events | 1 (25.0 %) | 3 (75.0 %) | 3 (75.0 %)");
    let (.., rows) = &tables(&blocks)[1];
    assert_eq!(
        rows[2],
        "  EMA-style | 2.8 | event | Progression on 7 May 2023, 84 days after the response"
    );
    let left_out = (blocks.iter()).find_map(|block| match block {
        Block::Exclusions { lines } => Some(lines),
        _ => None,
    });
    assert_eq!(
        left_out.unwrap()[0],
        "No response, not concerned (8 patients): H04 (row 5), H05 (row 6), H06 (row 7), H08 (row 9), \
         H09 (row 10), H10 (row 11), H11 (row 12), H12 (row 13)."
    );
}

#[test]
fn nothing_to_compare_is_said() {
    let study = twelve();
    let refused = |options| {
        study
            .run(&Analysis::Sensitivity(options), &mut |_| ())
            .unwrap_err()
    };
    let none = SensitivityOptions {
        presets: Vec::new(),
        ..SensitivityOptions::default()
    };
    assert_eq!(refused(none), AnalysisError::NoRules.into());
    let endpoint = Endpoint::Os;
    let os = SensitivityOptions {
        endpoint,
        ..SensitivityOptions::default()
    };
    assert_eq!(refused(os), AnalysisError::OneRule { endpoint }.into());

    // The example's csv has no assessments.
    let without = crate::study::example();
    let form = |study: &Study| {
        let forms = study.forms();
        let is_ours = |form: &&AnalysisForm| matches!(form.analysis, Analysis::Sensitivity(_));
        forms.iter().find(is_ours).unwrap().clone()
    };
    assert_eq!(
        form(&without).missing.as_deref(),
        Some("form-sensitivity-missing")
    );
    let options = SensitivityOptions::default();
    let error = without.run(&Analysis::Sensitivity(options), &mut |_| ());
    assert_eq!(error.unwrap_err(), AnalysisError::NoAssessments.into());
    let form = form(&study);
    assert_eq!(form.missing, None);
    let FieldKind::Choice { choices } = &form.fields[0].kind else {
        panic!("{:?}", form.fields[0]);
    };
    let offered: Vec<_> = choices.iter().map(|choice| &choice.value).collect();
    assert_eq!(offered, ["pfs", "ipfs", "ttp", "dor", "idor"]);
}

#[test]
fn the_script_estimates_under_each_of_the_rules() {
    let study = twelve();
    let sections = sections(&study, &[Analysis::Sensitivity(by_arm())]);
    let script = write(&study, &sections, ReportFormat::R);
    assert!(
        script.contains("# ---- Section 1: PFS, fda rules by Arm"),
        "{script}"
    );
    for rules in ["fda", "ema", "plain"] {
        let data = format!("derived_number(\"pfs_{rules}_time\")");
        assert!(script.contains(&data), "{script}");
    }
}
