//! The comparison of curves: its section word for word, and its numbers in the R script.

use oncurve::analysis::{
    Analysis, ComparisonOptions, ComparisonOutcome, CurveTest, Outcome, PermutationChoice,
};
use oncurve::cohort::{Endpoint, Mapping, TimeAndEvent, TimeUnit};
use oncurve::format::Style;
use oncurve::report::{Block, ReportFormat, compose};
use oncurve::text::Text;

use crate::documents::{PRINT, assert_close, numbers, run_r, sections, write};
use crate::study;

fn veteran() -> oncurve::Study {
    let mapping = Mapping {
        os: Some(TimeAndEvent {
            time: "time".to_owned(),
            event: "status".to_owned(),
            unit: TimeUnit::Days,
            event_values: vec!["1".to_owned()],
            blank_is_no_event: false,
        }),
        groups: vec![study::grouping("trt"), study::grouping("celltype")],
        ..Mapping::default()
    };
    study::open("tests/reference/data/veteran.csv", mapping)
}

fn compare(study: &oncurve::Study, options: ComparisonOptions) -> (ComparisonOutcome, Vec<Block>) {
    let outcome = study::run(study, &Analysis::Comparison(options));
    let blocks = compose(&outcome, &Style::default(), &Text::new("en"));
    match outcome {
        Outcome::Comparison(outcome) => (outcome, blocks),
        other => panic!("{other:?}"),
    }
}

fn example(options: ComparisonOptions) -> Vec<Block> {
    let options = ComparisonOptions {
        group: "PD-L1".to_owned(),
        ..options
    };
    compare(&study::example(), options).1
}

fn texts(blocks: &[Block]) -> Vec<&str> {
    (blocks.iter())
        .filter_map(|block| match block {
            Block::Paragraph { text } | Block::Caution { text } | Block::Methods { text, .. } => {
                Some(text.as_str())
            }
            _ => None,
        })
        .collect()
}

/// The rows of the table with that number.
fn rows(blocks: &[Block], table: usize) -> Vec<Vec<&str>> {
    let tables = blocks.iter().filter_map(|block| match block {
        Block::Table { rows, .. } => Some(rows),
        _ => None,
    });
    (tables.collect::<Vec<_>>()[table].iter())
        .map(|row| {
            let cells = row.cells.iter().map(String::as_str);
            std::iter::once(row.head.as_str()).chain(cells).collect()
        })
        .collect()
}

#[test]
fn two_groups_are_compared_in_plain_sentences() {
    let blocks = example(ComparisonOptions::default());
    assert_eq!(
        blocks[0],
        Block::Heading {
            text: "Comparison of progression-free survival by PD-L1".to_owned()
        }
    );
    let texts = texts(&blocks);
    assert_eq!(
        texts[0],
        "12 of 14 patients had the event: 6 of 6 in “Negative or unknown”; 6 of 8 in “Positive”. The groups \
         compare with p = 0.048 (log-rank test, the primary test); p = 0.065 by its permutation version, \
         which holds its error rate with few patients. Counted up to 26.8 months, mean PFS was 16.5 months \
         in “Positive” and 9.3 months in “Negative or unknown”: difference 7.2 months (95 % CI 0.1–14.3; \
         p = 0.047). 6-month PFS was 87.5 % in “Positive” and 66.7 % in “Negative or unknown”: difference \
         20.8 percentage points (95 % CI −33.5 to 69.2; p = 0.366). 12-month PFS was 75.0 % in “Positive” and \
         16.7 % in “Negative or unknown”: difference 58.3 percentage points (95 % CI 2.5–82.4; p = 0.036)."
    );
    assert_eq!(
        texts[1],
        "Fewer than 10 events in a group (Negative or unknown: 6; Positive: 6): the intervals and p values \
         are approximate."
    );
    assert_eq!(
        texts[2],
        "Progression-free survival was the time from start to the first of progression or death from any \
         cause; patients with neither were censored at last contact. Times were counted in whole days (end − \
         start). Times are shown in months of 30.4375 days. The curves of the groups of PD-L1 were compared, \
         as the primary test, by the log-rank test [1]. The tests were repeated over all 3003 \
         arrangements of the patients (permutation test) [2]. Restricted mean times were compared up to 26.8 \
         months, the longest time up to which every curve is known, by their difference and their ratios with \
         95 % confidence intervals [3]. Kaplan-Meier estimates [4] with Greenwood’s variance [5] were \
         compared at fixed times: their difference has a 95 % confidence interval that combines those of the \
         groups on the log-log scale [6], and the test compares them on that scale [7]. All tests are \
         two-sided. Computed with oncurve 0.1.0."
    );
    assert_eq!(
        rows(&blocks, 0)[2],
        [
            "Mean PFS up to 26.8 months, months (95 % CI)",
            "9.3 (5.3–13.4)",
            "16.5 (10.7–22.4)"
        ]
    );
    assert_eq!(
        rows(&blocks, 1),
        [["Log-rank", "3.90 (1)", "0.048", "0.065"]]
    );
    assert_eq!(
        rows(&blocks, 2),
        [
            [
                "Mean PFS up to 26.8 months: difference, months",
                "7.2 (0.1–14.3)",
                "0.047"
            ],
            [
                "Mean PFS up to 26.8 months: ratio",
                "1.77 (1.01–3.10)",
                "0.044"
            ],
            [
                "Mean time lost up to 26.8 months: ratio",
                "0.59 (0.32–1.09)",
                "0.090"
            ],
            [
                "6-month PFS: difference, percentage points",
                "20.8 (−33.5 to 69.2)",
                "0.366"
            ],
            [
                "12-month PFS: difference, percentage points",
                "58.3 (2.5–82.4)",
                "0.036"
            ],
        ]
    );
    let figures = blocks
        .iter()
        .filter(|block| matches!(block, Block::Figure { .. }));
    assert_eq!(figures.count(), 2);
}

#[test]
fn several_tests_bring_a_caution_and_their_works() {
    let blocks = example(ComparisonOptions {
        primary: CurveTest::FlemingHarrington,
        tests: vec![CurveTest::LogRank, CurveTest::MaxCombo],
        strata: Some("Sex".to_owned()),
        trend: true,
        permutation: PermutationChoice::Never,
        conditional: vec![6.0],
        further: Some(6.0),
        tau: Some(24.0),
        ..ComparisonOptions::default()
    });
    let texts = texts(&blocks);
    let said = |part: &str| {
        assert!(
            texts.iter().any(|text| text.contains(part)),
            "{part}\n{texts:#?}"
        )
    };
    said("(Fleming-Harrington test (0, 1) stratified by Sex, the primary test)");
    said("Only the primary test (Fleming-Harrington test (0, 1)) answers the question");
    said("Further tests were: log-rank test [2]; MaxCombo test [1][3].");
    said("The tests were stratified by Sex (2 strata).");
    said("Restricted mean times were compared up to 24.0 months by their difference");
    said(
        "Conditional survival is that for a further 6 months of the patients still followed at a time",
    );
    let tests = rows(&blocks, 1);
    assert_eq!(tests[0][0], "Fleming-Harrington (0, 1) (primary)");
    assert_eq!((tests[2][0], tests[2].len()), ("MaxCombo", 4));
    // 6 of 8 and 4 of 6 are left at six months; by twelve one of 7 and three of 4 have had the event.
    let conditional = rows(&blocks, 0)
        .into_iter()
        .find(|row| row[0].contains("further"))
        .unwrap();
    assert_eq!(
        conditional[0],
        "PFS for a further 6 months after 6 months (95 % CI); patients left"
    );
    assert!(
        conditional[1].starts_with("25.0 % (") && conditional[1].ends_with("; 4"),
        "{conditional:?}"
    );
    assert!(
        conditional[2].starts_with("85.7 % (") && conditional[2].ends_with("; 7"),
        "{conditional:?}"
    );
}

#[test]
fn three_groups_and_more_are_compared_in_pairs() {
    let options = ComparisonOptions {
        endpoint: Endpoint::Os,
        group: "celltype".to_owned(),
        landmarks: vec![6.0],
        ..ComparisonOptions::default()
    };
    let (outcome, blocks) = compare(&veteran(), options);
    let pairs = rows(&blocks, 2);
    assert_eq!(pairs.len(), 6);
    assert_eq!(
        pairs[0][0],
        format!("{} v {}", outcome.arms[1].label, outcome.arms[0].label)
    );
    let differences = rows(&blocks, 3);
    // A head and four measures for each pair.
    assert_eq!(differences.len(), 6 * 5);
    let text = texts(&blocks)[0];
    assert!(
        text.contains("(log-rank test, the primary test)") && !text.contains("mean OS"),
        "{text}"
    );
    let methods = texts(&blocks).pop().unwrap();
    assert!(
        methods.contains("with Holm’s correction of the p values"),
        "{methods}"
    );
}

#[test]
fn max_combo_of_three_groups_is_given_for_pairs_only() {
    let options = ComparisonOptions {
        endpoint: Endpoint::Os,
        group: "celltype".to_owned(),
        primary: CurveTest::MaxCombo,
        ..ComparisonOptions::default()
    };
    let (outcome, blocks) = compare(&veteran(), options);
    let said = "MaxCombo, the primary test, compares two groups at a time: see the pairs.";
    assert!(texts(&blocks)[0].contains(said), "{:?}", texts(&blocks)[0]);
    assert_eq!(rows(&blocks, 1), [["MaxCombo", "NE", "NE"]]);
    assert_eq!(outcome.tests[0].permutation, None);
    assert!(outcome.pairs.iter().all(|pair| pair.p_value.is_some()));
}

#[test]
fn crossing_curves_and_a_restriction_time_too_late_are_pointed_out() {
    // Half of A die early and the rest live long; nobody of B dies early, and everybody in the middle.
    let rows = (0..20).map(|i| {
        let (time, status) = if i < 10 { (10 + i, 1) } else { (500, 0) };
        format!("{time},{status},A\n{},1,B\n", 200 + i)
    });
    let file = format!("time,status,group\n{}", rows.collect::<String>());
    let mapping = study::reference("r_cross_a", Some("group"))
        .mapping()
        .clone();
    let study = study::of_bytes(file.as_bytes(), "crossing.csv", mapping);
    let options = ComparisonOptions {
        endpoint: Endpoint::Os,
        group: "group".to_owned(),
        tau: Some(9_000.0),
        ..ComparisonOptions::default()
    };
    let (outcome, blocks) = compare(&study, options);
    let texts = texts(&blocks);
    let said = |part: &str| {
        assert!(
            texts.iter().any(|text| text.contains(part)),
            "{part}\n{texts:#?}"
        )
    };
    assert!(outcome.pairs[0].crossing.is_some());
    said("The curves of “A” and “B” cross at about");
    said("The restriction time of 9000.0 months lies beyond");
    let figures = blocks
        .iter()
        .filter(|block| matches!(block, Block::Figure { .. }));
    assert_eq!(figures.count(), 1);
}

#[test]
fn the_r_script_computes_the_same_comparison() {
    let study = veteran();
    let options = ComparisonOptions {
        endpoint: Endpoint::Os,
        group: "trt".to_owned(),
        tests: vec![
            CurveTest::LogRank,
            CurveTest::GehanBreslow,
            CurveTest::TaroneWare,
            CurveTest::PetoPeto,
            CurveTest::ModifiedPetoPeto,
            CurveTest::FlemingHarrington,
            CurveTest::MaxCombo,
        ],
        strata: Some("celltype".to_owned()),
        permutation: PermutationChoice::Never,
        restart: Some(0.5),
        tau: Some(10.0),
        landmarks: vec![6.0],
        conditional: vec![3.0],
        further: Some(3.0),
        ..ComparisonOptions::default()
    };
    let sections = sections(&study, &[Analysis::Comparison(options)]);
    let Outcome::Comparison(outcome) = &sections[0].outcome else {
        panic!("{:?}", sections[0].outcome);
    };
    let script = write(&study, &sections, ReportFormat::R)
        + PRINT
        + "for (t in 1:6) show(paste0(\"test\", t), get(paste0(\"test1_\", t)))\n\
           show(\"combo\", test1_7[1:4])\n\
           show(\"means\", means1)\n\
           show(\"rates\", rates1$surv, rates1$lower, rates1$upper)\n";
    let bytes = study::file("tests/reference/data/veteran.csv");
    let Some(output) = run_r(&study, &bytes, &script) else {
        return;
    };
    assert_eq!(outcome.tests.len(), 7);
    for (t, test) in outcome.tests[..6].iter().enumerate() {
        let ours = [test.statistic, test.df.map(|df| df as f64), test.p_value];
        let marker = format!("test{}", t + 1);
        assert_close(&ours, &numbers(&output, &marker), &marker);
    }
    let z = numbers(&output, "combo")
        .into_iter()
        .flatten()
        .map(f64::abs);
    let largest = z.fold(0.0, f64::max);
    assert_close(&[outcome.tests[6].statistic], &[Some(largest)], "MaxCombo");
    let means: Vec<Option<f64>> = (outcome.arms.iter())
        .filter_map(|arm| arm.rmst)
        .flat_map(|mean| [Some(mean.rmst), Some(mean.std_err)])
        .collect();
    assert_close(&means, &numbers(&output, "means"), "means");
    let rates = outcome.arms.iter().map(|arm| &arm.rates[0]);
    let part = |part: fn(&oncurve::analysis::Rate) -> Option<f64>| rates.clone().map(part);
    let rates: Vec<Option<f64>> = part(|rate| rate.estimate)
        .chain(part(|rate| rate.conf_low))
        .chain(part(|rate| rate.conf_high))
        .collect();
    assert_close(&rates, &numbers(&output, "rates"), "rates");
}
