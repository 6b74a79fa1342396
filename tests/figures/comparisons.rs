//! The figures of comparisons of curves, on the same cohorts.

use oncurve::Study;
use oncurve::analysis::{Analysis, ComparisonFigure, ComparisonOptions, FigureWidth};
use oncurve::cohort::{Endpoint, Grouping, Mapping, TimeAndEvent, TimeUnit};
use oncurve::figure::{Scene, layout};
use oncurve::format::Style;
use oncurve::table::ReadOptions;
use oncurve::text::Text;

use crate::cohorts::{Patients, exponential, fourteen};
use crate::{CHINESE, LETTERS, LONG, facts, groups, two_arms};

/// The scenes of a comparison of these groups, times in days.
fn scenes(groups: &[(&str, Patients)], options: ComparisonOptions) -> Vec<Scene> {
    let mut csv = "Group,Time,Event\n".to_owned();
    for (label, patients) in groups {
        for (time, event) in patients {
            csv += &format!("\"{label}\",{time},{}\n", u8::from(*event));
        }
    }
    let mut study = Study::open(csv.as_bytes(), "synthetic.csv", ReadOptions::default()).unwrap();
    let mapping = Mapping {
        os: Some(TimeAndEvent {
            time: "Time".to_owned(),
            event: "Event".to_owned(),
            unit: TimeUnit::Days,
            event_values: vec!["1".to_owned()],
            blank_is_no_event: false,
        }),
        groups: vec![Grouping {
            column: "Group".to_owned(),
            ..Grouping::default()
        }],
        ..Mapping::default()
    };
    study.assign(mapping).unwrap();
    let options = ComparisonOptions {
        endpoint: Endpoint::Os,
        group: "Group".to_owned(),
        ..options
    };
    let outcome = study
        .run(&Analysis::Comparison(options), &mut |_| ())
        .unwrap();
    layout(&outcome, &Style::default(), &Text::new("en"))
}

fn crossing() -> Vec<(&'static str, Patients)> {
    let late = exponential(60, 700.0, (500.0, 1400.0), 22);
    let fast = exponential(60, 60.0, (500.0, 1400.0), 21);
    // Some respond for long, the others fail at once.
    let mixed = (late.iter().skip(20)).chain(fast.iter().take(40)).copied();
    vec![
        ("Chemotherapy", exponential(85, 260.0, (500.0, 1400.0), 23)),
        ("Immunotherapy", mixed.collect()),
    ]
}

/// Every figure that has a snapshot, by name.
pub fn figures() -> Vec<(&'static str, Scene)> {
    let figure = |figure: ComparisonFigure| ComparisonOptions {
        figure,
        ..ComparisonOptions::default()
    };
    let wide = || {
        figure(ComparisonFigure {
            width: FigureWidth::Two,
            title: Some("Overall survival".to_owned()),
            ..ComparisonFigure::default()
        })
    };
    let narrow = || {
        figure(ComparisonFigure {
            width: FigureWidth::One,
            ..ComparisonFigure::default()
        })
    };
    let landmark = ComparisonOptions {
        restart: Some(6.0),
        tau: Some(18.0),
        ..ComparisonOptions::default()
    };
    let plain = ComparisonOptions::default;
    let sets: [([&'static str; 2], Vec<Scene>); 8] = [
        (
            ["difference_two_arms", "areas_two_arms"],
            scenes(&two_arms(), plain()),
        ),
        (
            ["difference_crossing", "areas_crossing"],
            scenes(&crossing(), wide()),
        ),
        (
            ["difference_fourteen", "areas_fourteen"],
            scenes(&fourteen(), narrow()),
        ),
        (
            ["difference_landmark", "areas_landmark"],
            scenes(&two_arms(), landmark),
        ),
        (
            ["difference_three_long_names", "areas_three_long_names"],
            scenes(&groups(3, |i| LONG[i]), plain()),
        ),
        (
            ["difference_chinese", "areas_chinese"],
            scenes(&groups(2, |i| CHINESE[i]), narrow()),
        ),
        (
            ["difference_ten_groups", "areas_ten_groups"],
            scenes(&groups(10, |i| LETTERS[i]), plain()),
        ),
        (
            ["difference_no_events", "areas_no_events"],
            scenes(
                &[
                    (
                        "No event",
                        vec![(200.0, false), (300.0, false), (420.0, false)],
                    ),
                    ("Nor here", vec![(100.0, false), (310.0, false)]),
                ],
                plain(),
            ),
        ),
    ];
    sets.into_iter()
        .flat_map(|(names, scenes)| names.into_iter().zip(scenes))
        .collect()
}

#[test]
fn figures_of_comparisons_keep_to_the_page_and_their_text_apart() {
    for (name, scene) in figures() {
        facts::is_inside_the_page(name, &scene);
        facts::has_free_text(name, &scene);
    }
}

#[test]
fn pointing_at_a_difference_says_time_and_difference_with_its_interval() {
    let scenes = scenes(&fourteen(), ComparisonOptions::default());
    let series = &scenes[0].series[0];
    assert_eq!(
        series.label,
        "PD-L1 positive minus PD-L1 negative or unknown"
    );
    // One of six without PD-L1 has the event on day 43: 1/6, with 1.96 √(5/216) to each side.
    assert_eq!(
        series.points[0].lines,
        ["1.4 months", "Difference 16.7 (−13.2 to 46.5)"]
    );
    assert!(
        scenes[0]
            .description
            .contains("PD-L1 positive minus PD-L1 negative or unknown: 20.8 ("),
        "{}",
        scenes[0].description
    );
    let areas = &scenes[1];
    assert!(
        areas
            .description
            .contains("PD-L1 positive: mean 16.5 months (95 % CI 10.7–22.4) up to 26.8 months."),
        "{}",
        areas.description
    );
}
