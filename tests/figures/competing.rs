//! The figures of cumulative incidence, on generated cohorts of the reference.

use std::path::Path;

use oncurve::Study;
use oncurve::analysis::{Analysis, CompetingFigure, CompetingOptions, FigureWidth, LegendPlace};
use oncurve::cohort::{CauseCodes, Grouping, Mapping, TimeAndCause, TimeUnit};
use oncurve::figure::{Scene, layout};
use oncurve::format::Style;
use oncurve::table::ReadOptions;
use oncurve::text::Text;

/// A cohort of `tests/reference/data`, its causes under these names.
fn study(name: &str, causes: &[&str], labels: &[(&str, &str)]) -> Study {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/data");
    let bytes = std::fs::read(path.join(name).with_extension("csv")).unwrap();
    let mut study = Study::open(&bytes, name, ReadOptions::default()).unwrap();
    let code = |(index, label): (usize, &&str)| CauseCodes {
        label: (*label).to_owned(),
        values: vec![(index + 1).to_string()],
    };
    let mapping = Mapping {
        competing: Some(TimeAndCause {
            time: "time".to_owned(),
            cause: "cause".to_owned(),
            unit: TimeUnit::Months,
            causes: causes.iter().enumerate().map(code).collect(),
            censored: vec!["0".to_owned()],
        }),
        groups: vec![Grouping {
            column: "group".to_owned(),
            labels: (labels.iter())
                .map(|(text, label)| ((*text).to_owned(), (*label).to_owned()))
                .collect(),
            ..Grouping::default()
        }],
        ..Mapping::default()
    };
    study.assign(mapping).unwrap();
    study
}

fn scenes(study: &Study, group: bool, figure: CompetingFigure) -> Vec<Scene> {
    let options = CompetingOptions {
        group: group.then(|| "group".to_owned()),
        figure,
        ..CompetingOptions::default()
    };
    let outcome = study
        .run(&Analysis::Competing(options), &mut |_| ())
        .unwrap();
    layout(&outcome, &Style::default(), &Text::new("en"))
}

/// Every figure that has a snapshot, by name.
pub fn figures() -> Vec<(&'static str, Scene)> {
    let plain = CompetingFigure::default();
    let arms = [("A", "Reduced intensity"), ("B", "Myeloablative")];
    let two = study("r_cr2_a", &["Relapse", "Death in remission"], &arms);
    let three = study(
        "r_cr3_a",
        &[
            "Progression",
            "Death from another cause",
            "Second primary tumour of any organ",
        ],
        &[],
    );
    let one = |scenes: Vec<Scene>, index: usize| scenes.into_iter().nth(index).unwrap();
    let narrow = CompetingFigure {
        width: FigureWidth::One,
        fit_axis: true,
        ..plain.clone()
    };
    let boxed = CompetingFigure {
        legend: LegendPlace::Box,
        width: FigureWidth::Two,
        ..plain.clone()
    };
    let bare = CompetingFigure {
        band: false,
        annotation: false,
        risk_table: false,
        legend: LegendPlace::None,
        title: Some("Relapse, and nothing else".to_owned()),
        ..plain.clone()
    };
    vec![
        (
            "competing_two_groups",
            one(scenes(&two, true, plain.clone()), 0),
        ),
        (
            "competing_two_groups_fitted",
            one(scenes(&two, true, narrow.clone()), 0),
        ),
        (
            "competing_two_groups_box",
            one(scenes(&two, true, boxed), 0),
        ),
        ("competing_bare", one(scenes(&two, true, bare), 0)),
        (
            "competing_overall",
            one(scenes(&two, false, plain.clone()), 0),
        ),
        (
            "competing_stacked",
            one(scenes(&two, false, plain.clone()), 1),
        ),
        (
            "competing_three_causes",
            one(scenes(&three, true, plain.clone()), 0),
        ),
        (
            "competing_three_causes_stacked",
            one(scenes(&three, false, plain), 1),
        ),
        (
            "competing_three_causes_stacked_narrow",
            one(scenes(&three, false, narrow), 1),
        ),
    ]
}

#[test]
fn the_stacked_areas_end_at_the_incidences() {
    let study = study("r_cr2_a", &["Relapse", "Death in remission"], &[]);
    let scene = scenes(&study, false, CompetingFigure::default()).remove(1);
    let last = |index: usize| scene.series[index].points.last().unwrap();
    assert_eq!(scene.series.len(), 2);
    // cmprsk::cuminc: 39.3 % and 47.8 % at the end of follow-up (tests/reference/expected/competing.json).
    assert!(last(0).lines[1].starts_with("Relapse 39.3 % ("));
    let bottom = scene.series[0].points[0].at.y;
    let (first, both) = (bottom - last(0).at.y, bottom - last(1).at.y);
    assert!(
        (both / first - (0.393_122_074_654_604 + 0.478_016_495_995_401) / 0.393_122_074_654_604)
            .abs()
            < 1e-9
    );
}
