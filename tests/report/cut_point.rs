//! Cut-points as the page runs them, from the csv to the section; the script finds the same in R.

use oncurve::Study;
use oncurve::analysis::{Analysis, CutPointOptions, CutPointOutcome, CutRule, Knots, Outcome};
use oncurve::cohort::{Endpoint, Mapping};
use oncurve::report::{Block, ReportFormat};

use crate::cox::{cautions, data, paragraph, table};
use crate::documents::{PRINT, assert_close, numbers, run_r, sections, write};
use crate::study;

fn options(column: &str, rule: CutRule) -> CutPointOptions {
    CutPointOptions {
        endpoint: Endpoint::Os,
        column: column.to_owned(),
        rule,
        draws: 1000,
        ..CutPointOptions::default()
    }
}

fn outcome(study: &Study, options: &CutPointOptions) -> CutPointOutcome {
    match study::run(study, &Analysis::CutPoint(options.clone())) {
        Outcome::CutPoint(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

fn blocks(study: &Study, options: CutPointOptions) -> Vec<Block> {
    sections(study, &[Analysis::CutPoint(options)])
        .remove(0)
        .blocks
}

/// Every word of a section.
fn words(blocks: &[Block]) -> String {
    serde_json::to_string(blocks).unwrap()
}

#[test]
fn a_searched_cut_point_comes_with_its_corrected_p_values() {
    let study = data("lung", &[], &["age"]);
    let blocks = blocks(&study, options("age", CutRule::Maximum));
    assert_eq!(
        paragraph(&blocks),
        "165 of 228 patients with a value of age had the event. Of 24 cut-points of age from 50 to \
         73, the one with the largest log-rank statistic is 70 (2.01, \
         standardised by its permutation variance). \
         Corrected for the search, p = 0.454 by the approximation of Lausen and Schumacher and \
         p = 0.302 by permutation; the log-rank test at this cut-point alone, with its usual variance and p = 0.031, \
         ignores the search and is not valid. The hazard above 70 was 1.49 times that at or below \
         it (hazard ratio; 95 % CI 1.03–2.14, not corrected for the search)."
    );
    assert_eq!(
        table(&blocks),
        [
            ["≤ 70", "182", "127", "11.3 (9.5–12.8)", "1 (reference)"],
            ["> 70", "46", "38", "9.3 (5.8–10.2)", "1.49 (1.03–2.14)"],
        ]
    );
    assert_eq!(
        cautions(&blocks),
        [
            "This cut-point was chosen because it divides these very patients best. Its hazard \
             ratio is too far from 1, its interval too narrow, and other patients would give \
             another cut-point. Confirm it in patients who had no part in the search, or keep age \
             a number."
        ]
    );
}

#[test]
fn the_uncorrected_p_value_of_a_search_stands_once_and_beside_the_corrected_ones() {
    let study = data("veteran", &[], &["age"]);
    let options = options("age", CutRule::Maximum);
    let outcome = outcome(&study, &options);
    let alone = outcome.log_rank.p_value.unwrap();
    let wald = outcome.groups[1].effect.as_ref().unwrap().p_value.unwrap();
    let style = oncurve::format::Style::default();
    let words = words(&blocks(&study, options));
    let shown = style.p_equals(Some(alone));
    assert_eq!(words.matches(&shown).count(), 1, "{shown}");
    let shown = style.p_equals(Some(wald));
    assert_eq!(words.matches(&shown).count(), 0, "{shown}");
}

#[test]
fn quartiles_make_four_groups_with_the_lowest_as_reference() {
    let study = data("veteran", &[], &["karno"]);
    let mut options = options("karno", CutRule::Quartiles);
    options.knots = Knots::Three;
    let blocks = blocks(&study, options);
    assert_eq!(
        paragraph(&blocks),
        "128 of 137 patients with a value of karno had the event. They were divided at the \
         quartiles of karno: 40, 60, 75. Difference between the groups: p < 0.001 (log-rank test)."
    );
    assert_eq!(
        table(&blocks),
        [
            ["≤ 40", "38", "37", "0.7 (0.5–0.8)", "1 (reference)"],
            [
                "> 40 to 60",
                "41",
                "39",
                "2.4 (1.4–3.6)",
                "0.36 (0.22–0.57)"
            ],
            [
                "> 60 to 75",
                "25",
                "23",
                "3.9 (2.0–5.4)",
                "0.24 (0.14–0.42)"
            ],
            ["> 75", "33", "29", "4.6 (3.6–6.6)", "0.21 (0.13–0.35)"],
        ]
    );
    assert_eq!(cautions(&blocks), [""; 0]);
}

#[test]
fn the_script_finds_the_cut_point_its_p_value_and_the_curve_in_r() {
    let study = data("lung", &[], &["wt.loss"]);
    let options = options("wt.loss", CutRule::Maximum);
    let outcome = outcome(&study, &options);
    let sections = sections(&study, &[Analysis::CutPoint(options)]);
    let script = write(&study, &sections, ReportFormat::R)
        + PRINT
        + "show(\"search\", search1$cut, search1$statistic, search1$p)\n\
           show(\"permuted\", search1$permuted(1000))\n\
           show(\"groups\", summary(cox1)$conf.int[c(1, 3, 4)], test1$chisq)\n\
           show(\"spline\", 2 * diff(curve1$loglik), wald1)\n";
    let bytes = study::file("tests/reference/data/lung.csv");
    let Some(output) = run_r(&study, &bytes, &script) else {
        return;
    };
    let search = outcome.search.as_ref().unwrap();
    let chosen = search.scan.points[search.scan.largest];
    let ours = [
        Some(chosen.cut),
        Some(chosen.statistic.abs()),
        Some(search.scan.p_value),
    ];
    assert_close(&ours, &numbers(&output, "search"), "search");
    // Two samples of 1000 arrangements: six standard errors of their difference at most.
    let permuted = numbers(&output, "permuted")[0].unwrap();
    assert!(
        (permuted - search.permutation.p_value).abs() < 0.13,
        "{permuted}"
    );
    let effect = outcome.groups[1].effect.as_ref().unwrap();
    let ours = [
        effect.hazard_ratio,
        effect.conf_low,
        effect.conf_high,
        outcome.log_rank.statistic,
    ];
    assert_close(&ours, &numbers(&output, "groups"), "groups");
    let spline = outcome.spline.as_ref().unwrap();
    let wald = spline.non_linearity_wald.map(|test| test.statistic);
    let ours = [Some(spline.effect.statistic), wald];
    assert_close(&ours, &numbers(&output, "spline"), "spline");
}

#[test]
fn a_spline_with_few_events_for_each_coefficient_has_a_caution() {
    let mut study = study::example();
    let mapping = Mapping {
        covariates: vec!["Age".to_owned()],
        ..study.mapping().clone()
    };
    study.assign(mapping).unwrap();
    let options = CutPointOptions {
        endpoint: Endpoint::Pfs,
        knots: Knots::Four,
        ..options("Age", CutRule::Median)
    };
    assert_eq!(
        cautions(&blocks(&study, options)),
        [
            "The spline has 4.0 events for each coefficient (12 for 3). With fewer than 10 its curve and p values are \
             unreliable: choose fewer knots, or no spline."
        ]
    );
}
