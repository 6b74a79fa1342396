//! Patient flow of synthetic patients: the example, groups with losses, many groups.

use std::path::Path;

use oncurve::Study;
use oncurve::analysis::{Analysis, FigureWidth, FlowFigure, FlowOptions, Outcome};
use oncurve::cohort::{Endpoint, Grouping, Mapping, TimeAndEvent, TimeUnit};
use oncurve::figure::{Scene, layout};
use oncurve::format::Style;
use oncurve::table::ReadOptions;
use oncurve::text::Text;

fn run(study: &Study, options: FlowOptions) -> Outcome {
    study
        .run(&Analysis::Flow(options), &mut |_| ())
        .expect("the flow is counted")
}

fn scene(study: &Study, options: FlowOptions) -> Scene {
    let outcome = run(study, options);
    layout(&outcome, &Style::default(), &Text::new("en")).remove(0)
}

/// The 14 synthetic patients; whose guess has PFS from dates.
fn example() -> Study {
    let name = "oncurve-example-14-synthetic-patients.csv";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/examples");
    let bytes = std::fs::read(path.join(name)).unwrap();
    let mut study = Study::open(&bytes, name, ReadOptions::default()).unwrap();
    study.assign(study.guess()).unwrap();
    study
}

/// 30 patients a group, of whom every ninth has no time, every 17th no group, and two are left out.
fn made(groups: &[&str]) -> Study {
    let mut csv = String::from("id,time,dead,Arm\n");
    for i in 0..30 * groups.len() {
        let time = if i % 9 == 4 {
            String::new()
        } else {
            (i + 3).to_string()
        };
        let group = if i % 17 == 5 {
            ""
        } else {
            groups[i % groups.len()]
        };
        csv += &format!("{i},{time},{},\"{group}\"\n", i % 2);
    }
    let mut study = Study::open(csv.as_bytes(), "made.csv", ReadOptions::default()).unwrap();
    let mapping = Mapping {
        patient: Some("id".to_owned()),
        os: Some(TimeAndEvent {
            time: "time".to_owned(),
            event: "dead".to_owned(),
            unit: TimeUnit::Days,
            event_values: vec!["1".to_owned()],
            blank_is_no_event: false,
        }),
        groups: vec![Grouping {
            column: "Arm".to_owned(),
            ..Grouping::default()
        }],
        excluded_rows: vec![2, 3],
        ..Mapping::default()
    };
    study.assign(mapping).unwrap();
    study
}

fn options(width: FigureWidth, group: Option<&str>) -> FlowOptions {
    FlowOptions {
        endpoint: Some(Endpoint::Os),
        group: group.map(str::to_owned),
        figure: FlowFigure { width, title: None },
        ..FlowOptions::default()
    }
}

/// Every figure of the flow that has a snapshot, by name.
pub fn figures() -> Vec<(&'static str, Scene)> {
    let (one, wide, two) = (FigureWidth::One, FigureWidth::OneAndHalf, FigureWidth::Two);
    let screened = |screened, typed: &str, options: FlowOptions| FlowOptions {
        screened: Some(screened),
        not_included: Some(typed.to_owned()),
        ..options
    };
    let pfs = |options| FlowOptions {
        endpoint: Some(Endpoint::Pfs),
        ..options
    };
    let arm = Some("Arm");
    let long = "58 did not have measurable disease in the last scan before the start of treatment; 21 declined";
    let titled = FlowOptions {
        figure: FlowFigure {
            width: one,
            title: Some("Patients of the retrospective cohort".to_owned()),
        },
        ..screened(90, "20 not eligible", options(one, None))
    };
    let two_arms = made(&["Chemotherapy", "Chemoimmunotherapy"]);
    vec![
        (
            "flow_example",
            scene(
                &example(),
                pfs(screened(
                    40,
                    "12 not eligible; 8 declined",
                    options(wide, Some("PD-L1")),
                )),
            ),
        ),
        ("flow_plain", scene(&example(), pfs(options(one, None)))),
        (
            "flow_two_arms",
            scene(&two_arms, screened(160, long, options(wide, arm))),
        ),
        ("flow_one_column", scene(&two_arms, titled)),
        (
            "flow_three_long_names",
            scene(&made(&super::LONG), screened(200, long, options(two, arm))),
        ),
        (
            "flow_chinese",
            scene(&made(&super::CHINESE), options(one, arm)),
        ),
        (
            "flow_ten_groups",
            scene(&made(&super::LETTERS), options(wide, arm)),
        ),
    ]
}

/// What every box says: its series, with the lines below its head.
fn said(scene: &Scene) -> Vec<String> {
    (scene.series.iter())
        .map(|series| {
            let below = series.points[0].lines.join(" + ");
            let said = match below.is_empty() {
                true => series.label.clone(),
                false => format!("{}: {below}", series.label),
            };
            said.replace('\u{a0}', " ")
        })
        .collect()
}

/// Of rows 2 to 59, counted from 0: without a group 5, 22, 39, 56; without a time 4, 13, 22, 31, 40, 49, 58.
#[test]
fn the_boxes_hold_the_numbers_of_the_flow() {
    let study = made(&["A", "B"]);
    let typed = FlowOptions {
        screened: Some(100),
        not_included: Some("30 not eligible".to_owned()),
        ..options(FigureWidth::OneAndHalf, Some("Arm"))
    };
    assert_eq!(
        said(&scene(&study, typed)),
        [
            "Screened (n = 100)",
            "Not included (n = 40): not eligible (n = 30) + Reason not given (n = 10)",
            "Included (n = 60)",
            "Left out (n = 6): By choice (n = 2) + No value in “Arm” (n = 4)",
            "Divided by Arm (n = 54)",
            "A (n = 27)",
            "B (n = 27)",
            "Left out (n = 3): No time or no event (n = 3)",
            "Left out (n = 3): No time or no event (n = 3)",
            "Analysed for OS (n = 24)",
            "Analysed for OS (n = 24)",
        ]
    );
    assert_eq!(
        said(&scene(&study, options(FigureWidth::One, None))),
        [
            "Patients in the file (n = 60)",
            "Left out (n = 9): By choice (n = 2) + No time or no event (n = 7)",
            "Analysed for OS (n = 51)",
        ]
    );
}
