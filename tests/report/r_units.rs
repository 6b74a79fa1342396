//! The times that the R script prints are in the unit of the page.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, ComparisonOptions, CompetingOptions, CoxOptions, CurveOptions, CutPointOptions,
    CutRule, Outcome, SurvivalOptions,
};
use oncurve::cohort::{Endpoint, Mapping};
use oncurve::report::ReportFormat;

use crate::documents::{run_r, sections, write};
use crate::study;

const EXAMPLE: &str = "www/examples/oncurve-example-14-synthetic-patients.csv";

/// R prints three figures and more.
const PRINTED: f64 = 0.05;

/// The numbers of the first line after that with `before` that begins with `start`.
fn printed(output: &str, before: &str, start: &str) -> Vec<f64> {
    let (_, after) = (output.split_once(before)).unwrap_or_else(|| panic!("{before}: {output}"));
    let line = (after.lines().skip(1).map(str::trim)).find_map(|line| line.strip_prefix(start));
    let line = line.unwrap_or_else(|| panic!("{start} in {after}"));
    (line.split_whitespace())
        .filter_map(|number| number.parse().ok())
        .collect()
}

fn close(ours: f64, theirs: f64, what: &str) {
    assert!(
        (ours - theirs).abs() < PRINTED,
        "{what}: {ours} and {theirs}"
    );
}

/// Days into the months of the page.
fn months(days: f64) -> f64 {
    days / 30.4375
}

fn example() -> Study {
    let mut study = study::example();
    let mapping = Mapping {
        covariates: vec!["Age".to_owned()],
        ..study.mapping().clone()
    };
    study.assign(mapping).unwrap();
    study
}

#[test]
fn medians_and_means_are_printed_in_months() {
    let study = example();
    let survival = Analysis::Survival(SurvivalOptions {
        landmarks: vec![6.0, 12.0],
        ..SurvivalOptions::default()
    });
    let comparison = Analysis::Comparison(ComparisonOptions {
        group: "PD-L1".to_owned(),
        ..ComparisonOptions::default()
    });
    let sections = sections(&study, &[survival, comparison]);
    let script = write(&study, &sections, ReportFormat::R);
    assert!(
        script.contains(
            "# Times are in days. The report shows months: printed times are divided by the days of \
             a month.\nmonth <- 30.4375\nprint(fit1 <- survfit(Surv(time, event) ~ 1, data = cohort1, \
             conf.type = \"log-log\", conf.int = 0.95), scale = month)\nprint(quantile(fit1, c(0.25, \
             0.5, 0.75), scale = month))\n"
        ),
        "{script}"
    );
    let Some(output) = run_r(&study, &study::file(EXAMPLE), &script) else {
        return;
    };
    let Outcome::Survival(survival) = &sections[0].outcome else {
        panic!("{:?}", sections[0].outcome);
    };
    let arm = &survival.overall;
    let of = |time: Option<f64>| months(time.unwrap());
    // Patients, events, median, limits.
    let fit = printed(&output, "n events median", "[1,]");
    assert_eq!(fit[..2], [14.0, 12.0]);
    close(of(arm.quantiles[1].estimate), fit[2], "median");
    close(of(arm.quantiles[1].conf_low), fit[3], "lower limit");
    let quantiles = printed(&output, "$quantile", "");
    assert_eq!(quantiles, [25.0, 50.0, 75.0]);
    close(
        6.0,
        printed(&output, "time n.risk n.event", "")[0],
        "time of a rate",
    );
    let (_, follow_up) = output.split_once("time n.risk n.event").unwrap();
    let follow_up = printed(follow_up, "n events median", "[1,]");
    close(of(arm.follow_up.estimate), follow_up[2], "follow-up");
    let Outcome::Comparison(comparison) = &sections[1].outcome else {
        panic!("{:?}", sections[1].outcome);
    };
    let means = printed(&output, "Negative or unknown", "mean");
    assert_eq!(means.len(), 2);
    for (arm, mean) in comparison.arms.iter().zip(means) {
        close(months(arm.rmst.unwrap().rmst), mean, &arm.label);
    }
}

#[test]
fn incidences_predictions_and_groups_by_a_cut_point_have_their_times_in_months() {
    let study = example();
    let competing = Analysis::Competing(CompetingOptions {
        landmarks: vec![9.0],
        ..CompetingOptions::default()
    });
    let cox = Analysis::Cox(CoxOptions {
        covariates: vec!["Sex".to_owned()],
        curves: CurveOptions {
            show: true,
            landmarks: vec![7.0],
            ..CurveOptions::default()
        },
        ..CoxOptions::default()
    });
    let cut = Analysis::CutPoint(CutPointOptions {
        column: "Age".to_owned(),
        rule: CutRule::Median,
        ..CutPointOptions::default()
    });
    let sections = sections(&study, &[competing, cox, cut]);
    let script = write(&study, &sections, ReportFormat::R);
    let Some(output) = run_r(&study, &study::file(EXAMPLE), &script) else {
        return;
    };
    close(
        9.0,
        printed(&output, "time n.risk n.event", "")[0],
        "competing risks",
    );
    let (_, cox) = output.split_once("coxph(formula").unwrap();
    close(
        7.0,
        printed(cox, "time n.risk n.event", "")[0],
        "prediction",
    );
    let Outcome::CutPoint(outcome) = &sections[2].outcome else {
        panic!("{:?}", sections[2].outcome);
    };
    // The groups, with patients, events and medians.
    let group = printed(&output, "median 0.95LCL", "group=");
    let median = months(outcome.groups[0].median.estimate.unwrap());
    assert!(
        group.iter().any(|number| (number - median).abs() < PRINTED),
        "{group:?}, {median}"
    );
}

#[test]
fn times_in_the_unit_of_the_page_are_printed_as_they_are() {
    let mapping = Mapping {
        os: Some(study::in_months("status")),
        ..Mapping::default()
    };
    let study = study::open("tests/reference/data/aml.csv", mapping);
    let options = SurvivalOptions {
        endpoint: Endpoint::Os,
        ..SurvivalOptions::default()
    };
    let sections = sections(&study, &[Analysis::Survival(options)]);
    let script = write(&study, &sections, ReportFormat::R);
    assert!(!script.contains("scale"), "{script}");
    assert!(!script.contains("printed times"), "{script}");
}
