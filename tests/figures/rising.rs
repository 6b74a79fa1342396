//! Curves that rise: time to response of the synthetic trial, by arm.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, ComparisonFigure, ComparisonOptions, CoxOptions, CurveOptions, PermutationChoice,
    SurvivalOptions,
};
use oncurve::cohort::Endpoint;
use oncurve::figure::{Mark, Scene, layout};
use oncurve::format::Style;
use oncurve::table::ReadOptions;
use oncurve::text::Text;

const TRIAL: &[u8] =
    include_bytes!("../../www/examples/oncurve-example-300-synthetic-patients.xlsx");

fn trial() -> Study {
    let mut study = Study::open(TRIAL, "trial.xlsx", ReadOptions::default()).expect("a workbook");
    let mapping = study.guess();
    study.assign(mapping).expect("a cohort");
    study
}

fn survival(group: Option<&str>) -> Analysis {
    Analysis::Survival(SurvivalOptions {
        endpoint: Endpoint::Ttr,
        group: group.map(str::to_owned),
        ..SurvivalOptions::default()
    })
}

fn compared() -> Analysis {
    Analysis::Comparison(ComparisonOptions {
        endpoint: Endpoint::Ttr,
        group: "Arm".to_owned(),
        permutation: PermutationChoice::Never,
        figure: ComparisonFigure {
            difference: true,
            areas: true,
            ..ComparisonFigure::default()
        },
        ..ComparisonOptions::default()
    })
}

fn predicted() -> Analysis {
    Analysis::Cox(CoxOptions {
        endpoint: Endpoint::Ttr,
        covariates: vec!["Arm".to_owned()],
        curves: CurveOptions {
            show: true,
            ..CurveOptions::default()
        },
        ..CoxOptions::default()
    })
}

fn scenes(study: &Study, analysis: &Analysis) -> Vec<Scene> {
    let outcome = study.run(analysis, &mut |_| ()).expect("an outcome");
    layout(&outcome, &Style::default(), &Text::new("en"))
}

/// Those that have a snapshot, by name.
pub fn figures() -> Vec<(&'static str, Scene)> {
    let study = trial();
    let [difference, areas] = <[Scene; 2]>::try_from(scenes(&study, &compared())).expect("two");
    let predicted = scenes(&study, &predicted());
    let curves = predicted.last().expect("curves").clone();
    vec![
        ("ttr_trial", scenes(&study, &survival(None)).remove(0)),
        (
            "ttr_trial_by_arm",
            scenes(&study, &survival(Some("Arm"))).remove(0),
        ),
        ("ttr_trial_difference", difference),
        ("ttr_trial_areas", areas),
        ("ttr_trial_cox_curves", curves),
    ]
}

fn says(scene: &Scene, words: &str) -> bool {
    scene.marks.iter().any(|mark| match mark {
        Mark::Text(text) => text.content == words,
        _ => false,
    })
}

#[test]
fn time_to_response_rises_and_says_so() {
    let study = trial();
    let by_arm = scenes(&study, &survival(Some("Arm"))).remove(0);
    assert!(says(&by_arm, "Cumulative response of responders (%)"));
    assert_eq!(by_arm.title, "Cumulative response of responders by Arm");
    for series in &by_arm.series {
        let heights: Vec<f64> = series.points.iter().map(|point| point.at.y).collect();
        // Downwards is the positive direction.
        assert!(
            heights.windows(2).all(|pair| pair[1] <= pair[0]),
            "{}",
            series.label
        );
        let first = &series.points[0].lines;
        assert_eq!(first[1], "With response 0.0 %");
        let last = series.points.last().expect("points");
        assert_eq!(last.lines[1], "With response 100.0 %");
    }
}

#[test]
fn predicted_response_rises_as_well() {
    let curves = scenes(&trial(), &predicted()).pop().expect("curves");
    assert_eq!(
        curves.title,
        "Time to response, as the Cox model predicts it"
    );
    assert!(says(&curves, "With response (%)"));
    for series in &curves.series {
        let heights: Vec<f64> = series.points.iter().map(|point| point.at.y).collect();
        assert!(
            heights.windows(2).all(|pair| pair[1] <= pair[0]),
            "{}",
            series.label
        );
    }
}
