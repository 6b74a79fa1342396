//! Table 1 and the patient flow, word for word, and their part of the R script.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, BaselineOptions, BaselineOutcome, BaselineValues, BaselineVariable, CategoryTest,
    FieldKind, FlowOptions, NumberStatistic, NumericTest, Outcome, PValues, PercentOf,
    QuantileType,
};
use oncurve::cohort::{Endpoint, Mapping};
use oncurve::format::Style;
use oncurve::report::{Block, ReportFormat, Row, Section, compose, table_for_clipboard};
use oncurve::text::Text;

use crate::documents::{PRINT, assert_close, numbers, run_r, write};
use crate::study;

const PATIENTS: &str = "tests/report/data/groups.csv";

/// The 14 synthetic patients with everything that stood at the start.
fn example() -> Study {
    let mut study = study::example();
    let mapping = Mapping {
        groups: ["PD-L1", "Sex", "ECOG", "Stage"]
            .map(study::grouping)
            .to_vec(),
        covariates: vec!["Age".to_owned()],
        ..study.mapping().clone()
    };
    study.assign(mapping).unwrap();
    study
}

/// 96 synthetic patients in three arms, with values missing; every patient is a group of its own, too.
fn patients() -> Study {
    let mapping = Mapping {
        groups: ["Arm", "Sex", "Centre", "Patient"]
            .map(study::grouping)
            .to_vec(),
        counted: ["Nausea week 6", "Grade"].map(study::grouping).to_vec(),
        covariates: ["Age", "LDH"].map(str::to_owned).to_vec(),
        ..Mapping::default()
    };
    study::open(PATIENTS, mapping)
}

fn options(columns: &[&str], group: Option<&str>) -> BaselineOptions {
    BaselineOptions {
        columns: columns.iter().map(|&column| column.to_owned()).collect(),
        group: group.map(str::to_owned),
        ..BaselineOptions::default()
    }
}

fn outcome(study: &Study, options: BaselineOptions) -> BaselineOutcome {
    match study::run(study, &Analysis::Baseline(options)) {
        Outcome::Baseline(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

fn blocks(study: &Study, analysis: &Analysis) -> Vec<Block> {
    let outcome = study::run(study, analysis);
    compose(&outcome, &Style::default(), &Text::new("en"))
}

fn described(study: &Study, options: BaselineOptions) -> Vec<Block> {
    blocks(study, &Analysis::Baseline(options))
}

fn paragraph(blocks: &[Block]) -> &str {
    let text = blocks.iter().find_map(|block| match block {
        Block::Paragraph { text } => Some(text.as_str()),
        _ => None,
    });
    text.unwrap()
}

/// The table as a person sees it: head and rows with bars between the cells, and the notes.
fn table(blocks: &[Block]) -> (Vec<String>, Vec<String>) {
    let found = blocks.iter().find_map(|block| match block {
        Block::Table {
            columns,
            rows,
            notes,
            ..
        } => Some((columns, rows, notes)),
        _ => None,
    });
    let (columns, rows, notes) = found.unwrap();
    let line = |row: &Row| {
        assert_eq!(row.cells.len() + 1, columns.len(), "{row:?}");
        let indent = "  ".repeat(row.indent.into());
        format!("{indent}{} | {}", row.head, row.cells.join(" | "))
    };
    let lines = std::iter::once(columns.join(" | ")).chain(rows.iter().map(line));
    (lines.collect(), notes.clone())
}

fn methods(blocks: &[Block]) -> (&str, &[String]) {
    match blocks.last() {
        Some(Block::Methods { text, references }) => (text, references),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_table_of_the_example_reads_like_that_of_a_journal() {
    let columns = ["Age", "Sex", "ECOG", "PD-L1", "Stage"];
    let blocks = described(&example(), options(&columns, Some("PD-L1")));
    assert_eq!(
        blocks[0],
        Block::Heading {
            text: "Baseline characteristics by PD-L1".to_owned()
        }
    );
    assert_eq!(
        paragraph(&blocks),
        "The table describes 14 patients: 6 in “Negative or unknown”; 8 in “Positive”. No value is missing. \
         Standardised differences are above 0.1 in Age (1.30), ECOG (1.00), Sex (0.76), Stage (0.63)."
    );
    let (lines, notes) = table(&blocks);
    assert_eq!(
        lines,
        [
            "Characteristic | Negative or unknown (n = 6) | Positive (n = 8) | All patients (n = 14) | Standardised difference",
            "Age |  |  |  | 1.30",
            "  Median (quartiles) | 67.5 (64.5–70.5) | 59 (55.8–61.5) | 62 (57.2–66.8) | ",
            "  Range | 55–74 | 49–67 | 49–74 | ",
            "Sex, n (%) |  |  |  | 0.76",
            "  Female | 1 (16.7) | 4 (50.0) | 5 (35.7) | ",
            "  Male | 5 (83.3) | 4 (50.0) | 9 (64.3) | ",
            "ECOG, n (%) |  |  |  | 1.00",
            "  0 | 1 (16.7) | 2 (25.0) | 3 (21.4) | ",
            "  1 | 3 (50.0) | 6 (75.0) | 9 (64.3) | ",
            "  2 | 2 (33.3) | 0 | 2 (14.3) | ",
            "Stage, n (%) |  |  |  | 0.63",
            "  IIIC | 1 (16.7) | 1 (12.5) | 2 (14.3) | ",
            "  IVA | 2 (33.3) | 5 (62.5) | 7 (50.0) | ",
            "  IVB | 3 (50.0) | 2 (25.0) | 5 (35.7) | ",
        ]
    );
    assert_eq!(
        notes,
        [
            "n (%): patients and their percentage of those with a known value.",
            "Quartiles: type 7, as in R and Excel.",
            "Standardised difference: in standard deviations, without its sign; up to 0.1 is commonly taken as balanced.",
            "p values are left out, as a group has fewer than 30 patients.",
        ]
    );
    let (text, references) = methods(&blocks);
    assert!(text.starts_with(
        "Categories are given as numbers of patients with percentages of those with a known value. \
         Measurements are given as median with quartiles, range, of the patients with a known value. \
         Quartiles follow the definition of Hyndman and Fan, type 7, as in R and Excel [1]."
    ));
    assert_eq!(references.len(), 3);
}

#[test]
fn one_statistic_stands_beside_its_column_and_p_values_are_marked_with_their_test() {
    let chosen = BaselineOptions {
        statistics: vec![NumberStatistic::MeanSd],
        numeric_test: NumericTest::Welch,
        p_values: PValues::Always,
        overall: false,
        category_tests: [("Centre".to_owned(), Some(CategoryTest::Fisher))].into(),
        numeric_tests: [("LDH".to_owned(), Some(NumericTest::Ranks))].into(),
        ..options(&["Age", "LDH", "Sex", "Centre", "Patient"], Some("Arm"))
    };
    let blocks = described(&patients(), chosen);
    let (lines, notes) = table(&blocks);
    assert!(
        lines[0].ends_with("| Standardised difference | p"),
        "{}",
        lines[0]
    );
    assert!(lines[1].starts_with("Age, Mean (SD) | "), "{}", lines[1]);
    let marks: Vec<char> = lines
        .iter()
        .filter_map(|line| line.chars().last())
        .collect();
    let marks: Vec<&char> = marks
        .iter()
        .filter(|mark| "*†‡§".contains(**mark))
        .collect();
    assert_eq!(marks, [&'*', &'†', &'‡', &'§']);
    assert_eq!(
        notes[3..],
        [
            "* Welch’s analysis of variance.",
            "† Kruskal-Wallis test.",
            "‡ χ² test.",
            "§ Fisher’s exact test.",
            "Patient is left out: it has 96 values. Give some of them the same label under Columns.",
        ]
    );
    let caution = |block: &Block| matches!(block, Block::Caution { text } if text.starts_with("If the groups were drawn"));
    assert!(blocks.iter().any(caution));
    let (text, _) = methods(&blocks);
    for part in [
        "The groups of Arm were compared by the Kruskal-Wallis test",
        "The groups of Arm were compared by Fisher’s exact test",
        "the largest standardised difference of all pairs is given",
        "not corrected for their number",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn missing_values_have_a_row_and_count_in_percentages_where_asked() {
    let known = options(&["LDH", "Grade"], None);
    let all = BaselineOptions {
        percent_of: PercentOf::All,
        ..known.clone()
    };
    let study = patients();
    let outcome = outcome(&study, known.clone());
    let BaselineValues::Numbers { overall, .. } = &outcome.variables[0].values else {
        panic!("{outcome:?}");
    };
    assert!(overall.missing > 0);
    let missing = format!("  Missing | {}", overall.missing);
    let (lines, _) = table(&described(&study, known));
    assert_eq!(lines[4], missing);
    let mut cleared = study.mapping().clone();
    cleared.corrections = (2..6)
        .map(|row| oncurve::cohort::Correction {
            table: None,
            row,
            column: "Grade".to_owned(),
            value: String::new(),
        })
        .collect();
    let mut study = study;
    study.assign(cleared).unwrap();
    let (lines, notes) = table(&described(&study, all));
    assert_eq!(
        lines.last().map(String::as_str),
        Some("  Missing | 4 (4.2)")
    );
    assert_eq!(
        notes[0],
        "n (%): patients and their percentage of all patients in the column."
    );
}

#[test]
fn a_table_is_pasted_with_its_indentation_and_marks() {
    let columns = ["Age", "Sex"];
    let blocks = described(&example(), options(&columns, Some("PD-L1")));
    let pasted = blocks.iter().find_map(table_for_clipboard).unwrap();
    assert!(pasted.html.contains("padding-left:12pt"));
    assert!(
        pasted
            .text
            .contains("Female\t1 (16.7)\t4 (50.0)\t5 (35.7)\t\n")
    );
}

#[test]
fn the_form_lists_the_columns_in_the_order_of_the_sheet() {
    let forms = example().forms();
    let form = forms
        .iter()
        .find(|form| form.label == "form-baseline")
        .unwrap();
    let Analysis::Baseline(options) = &form.analysis else {
        panic!("{form:?}");
    };
    assert_eq!(options.columns, ["Age", "Sex", "ECOG", "Stage"]);
    assert_eq!(
        options.group.as_deref(),
        Some("PD-L1"),
        "compared, not described"
    );
    let FieldKind::Ordered { choices } = &form.fields[0].kind else {
        panic!("{form:?}");
    };
    let listed: Vec<&str> = choices.iter().map(|choice| &*choice.label).collect();
    assert_eq!(listed[..3], ["Age", "Sex", "ECOG"]);
    assert!(
        listed.contains(&"Worst AE grade"),
        "what is counted can be chosen: {listed:?}"
    );
}

#[test]
fn columns_without_a_role_can_be_rows_as_categories_or_numbers() {
    let text = "id,start,last contact,Age,ECOG,Site,Comment\n\
        a,2023-01-01,2023-05-01,61,0,Lung,first\n\
        b,2023-01-01,2023-05-01,55,1,Liver,second visit\n\
        c,2023-01-01,2023-05-01,47,1,Lung,third\n\
        d,2023-01-01,2023-05-01,72.5,0,Lung,\n";
    let mapping = Mapping {
        patient: Some("id".to_owned()),
        start: Some("start".to_owned()),
        last_contact: Some("last contact".to_owned()),
        groups: vec![study::grouping("Site")],
        ..Mapping::default()
    };
    let study = study::of_bytes(text.as_bytes(), "ward.csv", mapping);
    let forms = study.forms();
    let form = (forms.iter()).find(|form| form.label == "form-baseline");
    let form = form.unwrap();
    let FieldKind::Ordered { choices } = &form.fields[0].kind else {
        panic!("{form:?}");
    };
    let listed: Vec<&str> = choices.iter().map(|choice| &*choice.label).collect();
    // Neither the patients nor dates nor comments.
    assert_eq!(listed, ["Age", "ECOG", "Site"]);
    let Analysis::Baseline(defaults) = &form.analysis else {
        panic!("{form:?}");
    };
    assert_eq!(defaults.columns, ["Site"]);

    let found = outcome(&study, options(&["Age", "ECOG"], None));
    let BaselineValues::Categories {
        levels, overall, ..
    } = &found.variables[1].values
    else {
        panic!("{:?}", found.variables[1]);
    };
    assert_eq!(
        (&levels[..], &overall.counts[..]),
        (&["0".to_owned(), "1".to_owned()][..], &[2, 2][..])
    );
    let as_numbers = BaselineOptions {
        as_numbers: vec!["Age".to_owned()],
        ..options(&["Age"], None)
    };
    let found = outcome(&study, as_numbers);
    let BaselineValues::Numbers { overall, .. } = &found.variables[0].values else {
        panic!("{:?}", found.variables[0]);
    };
    assert_eq!((overall.summary.n, overall.summary.median), (4, Some(58.0)));
    let dates = study.run(&Analysis::Baseline(options(&["start"], None)), &mut |_| ());
    assert!(dates.is_err());
}

fn flow() -> FlowOptions {
    FlowOptions {
        endpoint: Some(Endpoint::Pfs),
        group: Some("PD-L1".to_owned()),
        screened: Some(40),
        not_included: Some("12 not eligible; 8 declined".to_owned()),
        ..FlowOptions::default()
    }
}

#[test]
fn the_flow_is_told_and_tabled() {
    let blocks = blocks(&example(), &Analysis::Flow(flow()));
    assert_eq!(
        paragraph(&blocks),
        "Of 40 patients screened, 26 were not included: not eligible (12); declined (8). \
         Of 14 patients in the file, none was left out. \
         Analysed for PFS: 14 patients, 6 in “Negative or unknown”; 8 in “Positive”."
    );
    let (lines, _) = table(&blocks);
    assert_eq!(
        lines,
        [
            "Step | Negative or unknown (n = 6) | Positive (n = 8) | All patients",
            "Screened |  |  | 40",
            "Not included |  |  | 26",
            "  not eligible |  |  | 12",
            "  declined |  |  | 8",
            "  Reason not given |  |  | 6",
            "Patients in the file |  |  | 14",
            "Analysed for PFS | 6 | 8 | 14",
        ]
    );
}

#[test]
fn the_flow_names_why_patients_are_left_out() {
    let mut study = example();
    let mut mapping = study.mapping().clone();
    mapping.excluded_rows = vec![2];
    let cleared = |row: u32, column: &str| oncurve::cohort::Correction {
        table: None,
        row,
        column: column.to_owned(),
        value: String::new(),
    };
    mapping.corrections = vec![cleared(3, "Start date"), cleared(4, "PD-L1")];
    study.assign(mapping).unwrap();
    let options = FlowOptions {
        screened: None,
        not_included: None,
        ..flow()
    };
    let blocks = blocks(&study, &Analysis::Flow(options));
    assert_eq!(
        paragraph(&blocks),
        "Of 14 patients in the file, 3 were left out: By choice (1); No value in “PD-L1” (1); No start date (1). \
         Analysed for PFS: 11 patients, 5 in “Negative or unknown”; 6 in “Positive”."
    );
    let (lines, _) = table(&blocks);
    assert_eq!(
        lines[1..],
        [
            "Patients in the file |  |  | 14",
            "  By choice |  |  | 1",
            "  No value in “PD-L1” |  |  | 1",
            "  No start date | 1 | 0 | 1",
            "Analysed for PFS | 5 | 6 | 11",
        ]
    );
    let excluded = blocks.iter().find_map(|block| match block {
        Block::Exclusions { lines } => Some(lines.len()),
        _ => None,
    });
    assert_eq!(excluded, Some(3));
}

/// Tables of every kind.
fn every_kind() -> Vec<BaselineOptions> {
    let columns = ["Age", "LDH", "Sex", "Centre", "Grade", "Nausea week 6"];
    let tested = |category_test, numeric_test, group: &str| BaselineOptions {
        category_test,
        numeric_test,
        p_values: PValues::Always,
        ..options(&columns, Some(group))
    };
    vec![
        options(&columns, None),
        BaselineOptions {
            quantiles: QuantileType::Type6,
            percent_of: PercentOf::All,
            ..tested(CategoryTest::Automatic, NumericTest::Automatic, "Arm")
        },
        tested(CategoryTest::Yates, NumericTest::RanksExact, "Sex"),
        tested(CategoryTest::NMinus1, NumericTest::Student, "Arm"),
        tested(CategoryTest::Fisher, NumericTest::Ranks, "Arm"),
        tested(CategoryTest::ChiSquare, NumericTest::Welch, "Sex"),
        tested(CategoryTest::Boschloo, NumericTest::RanksNormal, "Sex"),
    ]
}

/// What the script calls a number, the expression for it, and ours.
type Shown = (String, String, Vec<Option<f64>>);

/// The numbers of one column of a table; `of` is how the script numbers it.
fn of_variable(variable: &BaselineVariable, of: &str) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    let mut show = |name: &str, expression: String, ours: Vec<Option<f64>>| {
        shown.push((format!("{name}{of}"), expression, ours));
    };
    match &variable.values {
        BaselineValues::Categories { arms, overall, .. } => {
            let all = || arms.iter().chain([overall]);
            let counts = all().flat_map(|arm| arm.counts.iter().chain([&arm.missing]));
            let counts = counts.map(|&count| Some(count as f64)).collect();
            show("counts", format!("c(counts{of}$n)"), counts);
            let percent = all().map(|arm| Some(100.0 * arm.counts[0] as f64 / arm.of as f64));
            let first = format!("counts{of}$percent[1, ]");
            show("percent", first, percent.collect());
        }
        BaselineValues::Numbers { arms, overall, .. } => {
            let all = arms.iter().chain([overall]).map(|arm| arm.summary);
            let ours = all.flat_map(|s| {
                let (n, lower, upper) = (Some(s.n as f64), s.lower_quartile, s.upper_quartile);
                [n, s.mean, s.std_dev, s.min, lower, s.median, upper, s.max]
            });
            show("summary", format!("c(summary{of})"), ours.collect());
        }
    }
    if variable.standardised.is_some() {
        let ours = vec![variable.standardised];
        show("difference", format!("difference{of}"), ours);
    }
    if let Some(test) = variable.test {
        show("p", format!("p{of}"), vec![Some(test.p_value)]);
    }
    shown
}

/// The numbers of a section.
fn of_section(outcome: &Outcome, i: usize) -> Vec<Shown> {
    match outcome {
        Outcome::Baseline(outcome) => (1..)
            .zip(&outcome.variables)
            .flat_map(|(j, variable)| of_variable(variable, &format!("{i}_{j}")))
            .collect(),
        Outcome::Flow(outcome) => {
            let analysed = outcome.arms.iter().map(|arm| Some(arm.analysed as f64));
            let expression = format!("c(flow{i}[, \"analysed\"])");
            vec![(format!("flow{i}"), expression, analysed.collect())]
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_r_script_gives_the_same_tables() {
    let study = patients();
    let flow = Analysis::Flow(FlowOptions {
        group: Some("Arm".to_owned()),
        ..FlowOptions::default()
    });
    let analyses = every_kind().into_iter().map(Analysis::Baseline);
    let sections: Vec<Section> = (analyses.chain([flow]))
        .map(|analysis| {
            let outcome = study::run(&study, &analysis);
            Section::new(None, &outcome, &Style::default(), &Text::new("en"))
        })
        .collect();
    let shown: Vec<Shown> = (1..)
        .zip(&sections)
        .flat_map(|(i, section)| of_section(&section.outcome, i))
        .collect();
    assert!(shown.len() > 100, "{}", shown.len());
    let mut script = write(&study, &sections, ReportFormat::R) + PRINT;
    for (name, expression, _) in &shown {
        script += &format!("show(\"{name}\", {expression})\n");
    }
    let Some(output) = run_r(&study, &study::file(PATIENTS), &script) else {
        return;
    };
    for (name, _, ours) in &shown {
        assert_close(ours, &numbers(&output, name), name);
    }
}
