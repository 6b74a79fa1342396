//! Every figure on fixed synthetic cohorts, as SVG text under `snapshots/`.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test figures` writes them anew: look at the pictures before committing.

mod cohorts;
mod comparisons;
mod competing;
mod cox;
mod cut_point;
mod facts;
mod flow;
mod group_comparisons;
mod patients;
mod rising;
mod safety;
mod sensitivity;

use std::path::PathBuf;

use cohorts::{Patients, compared, exponential, fourteen, overall};
use oncurve::analysis::{
    Drawn, FigureWidth, LegendPlace, Outcome, RiskTableKind, SurvivalFigure, SurvivalOptions,
    SurvivalOutcome,
};
use oncurve::cohort::Endpoint;
use oncurve::figure::{Scene, layout, svg};
use oncurve::format::Style;
use oncurve::text::Text;

fn scene(outcome: SurvivalOutcome) -> Scene {
    layout(
        &Outcome::Survival(outcome),
        &Style::default(),
        &Text::new("en"),
    )
    .remove(0)
}

fn options(figure: SurvivalFigure) -> SurvivalOptions {
    SurvivalOptions {
        endpoint: Endpoint::Os,
        figure,
        ..SurvivalOptions::default()
    }
}

fn two_arms() -> Vec<(&'static str, Patients)> {
    vec![
        ("Chemotherapy", exponential(90, 300.0, (300.0, 1300.0), 1)),
        (
            "Chemoimmunotherapy",
            exponential(93, 520.0, (300.0, 1300.0), 2),
        ),
    ]
}

fn groups(n: usize, name: impl Fn(usize) -> &'static str) -> Vec<(&'static str, Patients)> {
    (0..n)
        .map(|i| {
            (
                name(i),
                exponential(30, 250.0 + 90.0 * i as f64, (200.0, 1500.0), 40 + i as u64),
            )
        })
        .collect()
}

const LETTERS: [&str; 10] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"];

/// Names of exactly 60 characters.
const LONG: [&str; 3] = [
    "Carboplatin, pemetrexed and pembrolizumab every three weeks.",
    "Carboplatin, paclitaxel and bevacizumab, then maintenance bv",
    "Best supportive care, or single-agent docetaxel as preferred",
];

const CHINESE: [&str; 2] = ["免疫联合化疗组（帕博利珠单抗）", "化疗组"];

type Named = Vec<(&'static str, Scene)>;

fn plain() -> SurvivalOptions {
    options(SurvivalFigure::default())
}

fn width(width: FigureWidth) -> SurvivalOptions {
    options(SurvivalFigure {
        width,
        ..SurvivalFigure::default()
    })
}

fn legend(legend: LegendPlace) -> SurvivalOptions {
    options(SurvivalFigure {
        legend,
        ..SurvivalFigure::default()
    })
}

fn kmunicate() -> SurvivalOptions {
    options(SurvivalFigure {
        risk_table: RiskTableKind::Kmunicate,
        ..SurvivalFigure::default()
    })
}

/// Every figure that has a snapshot, by name.
fn figures() -> Named {
    [
        of_two_arms(),
        of_one_group(),
        of_groups(),
        of_few_and_many(),
        competing::figures(),
    ]
    .concat()
}

/// The options of the figure, on one comparison.
fn of_two_arms() -> Named {
    let bare = SurvivalFigure {
        band: Drawn::Never,
        censor_marks: false,
        median_lines: Drawn::Never,
        annotation: false,
        risk_table: RiskTableKind::None,
        title: Some("Only the curves, and a title that is long enough to run over two lines of the figure at this width".to_owned()),
        ..SurvivalFigure::default()
    };
    let axis = SurvivalFigure {
        tick_step: Some(4.0),
        axis_end: Some(26.0),
        ..SurvivalFigure::default()
    };
    let cut = SurvivalFigure {
        cut_axis: true,
        ..SurvivalFigure::default()
    };
    [
        ("two_arms", plain()),
        ("two_arms_one_column", width(FigureWidth::One)),
        ("two_arms_two_columns", width(FigureWidth::Two)),
        ("two_arms_box", legend(LegendPlace::Box)),
        ("two_arms_no_legend", legend(LegendPlace::None)),
        ("two_arms_kmunicate", kmunicate()),
        ("two_arms_bare", options(bare)),
        ("two_arms_chosen_axis", options(axis)),
        ("two_arms_cut_axis", options(cut)),
    ]
    .map(|(name, options)| (name, scene(compared(&two_arms(), options))))
    .to_vec()
}

fn of_one_group() -> Named {
    let all = exponential(120, 400.0, (300.0, 1500.0), 3);
    let censored: Patients = (1..=40).map(|i| (f64::from(i) * 20.0, false)).collect();
    let zero = vec![(0.0, true), (0.0, false), (30.0, true), (60.0, false)];
    vec![
        ("overall", scene(overall(&all, plain()))),
        ("overall_kmunicate", scene(overall(&all, kmunicate()))),
        ("one_event", scene(overall(&vec![(100.0, true)], plain()))),
        (
            "one_censored",
            scene(overall(&vec![(100.0, false)], plain())),
        ),
        (
            "one_at_time_zero",
            scene(overall(&vec![(0.0, true)], plain())),
        ),
        ("all_censored", scene(overall(&censored, plain()))),
        ("times_of_zero", scene(overall(&zero, plain()))),
    ]
}

/// Many groups, and names that need room.
fn of_groups() -> Named {
    let ten = groups(10, |i| LETTERS[i]);
    let ten_long = groups(10, |i| LONG[i % 3]);
    let long = groups(3, |i| LONG[i]);
    let chinese = groups(2, |i| CHINESE[i]);
    let hostile = vec![
        (
            "<img src=x onerror=\"alert(1)\">",
            exponential(20, 300.0, (300.0, 900.0), 8),
        ),
        (
            "=HYPERLINK(\"http://example.org\",\"&\")",
            exponential(20, 200.0, (300.0, 900.0), 9),
        ),
    ];
    let narrow_box = options(SurvivalFigure {
        width: FigureWidth::One,
        legend: LegendPlace::Box,
        ..SurvivalFigure::default()
    });
    vec![
        ("ten_groups", scene(compared(&ten, plain()))),
        (
            "ten_groups_box",
            scene(compared(&ten, legend(LegendPlace::Box))),
        ),
        (
            "ten_long_names_one_column",
            scene(compared(&ten_long, width(FigureWidth::One))),
        ),
        ("long_names", scene(compared(&long, plain()))),
        (
            "long_names_one_column_box",
            scene(compared(&long, narrow_box)),
        ),
        ("chinese", scene(compared(&chinese, plain()))),
        ("hostile_names", scene(compared(&hostile, plain()))),
    ]
}

/// The example, a group without events, and a cohort of thousands.
fn of_few_and_many() -> Named {
    let pfs = SurvivalOptions {
        endpoint: Endpoint::Pfs,
        group: Some("PD-L1".to_owned()),
        ..SurvivalOptions::default()
    };
    let no_event = vec![
        (
            "No event",
            vec![(200.0, false), (300.0, false), (420.0, false)],
        ),
        ("Events", vec![(90.0, true), (150.0, true), (300.0, false)]),
    ];
    let many = vec![
        ("Control", exponential(2500, 700.0, (400.0, 2600.0), 11)),
        ("Treatment", exponential(2500, 1000.0, (400.0, 2600.0), 12)),
    ];
    vec![
        ("fourteen_patients", scene(compared(&fourteen(), pfs))),
        (
            "no_events_in_one_group",
            scene(compared(&no_event, plain())),
        ),
        ("five_thousand", scene(compared(&many, plain()))),
    ]
}

#[test]
fn figures_are_drawn_as_in_their_snapshots() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/figures/snapshots");
    let update = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    let mut changed = Vec::new();
    for (name, scene) in (figures().into_iter())
        .chain(group_comparisons::figures())
        .chain(comparisons::figures())
        .chain(cox::figures())
        .chain(cut_point::figures())
        .chain(patients::figures())
        .chain(flow::figures())
        .chain(safety::figures())
        .chain(sensitivity::figures())
        .chain(rising::figures())
    {
        let path = folder.join(name).with_extension("svg");
        let drawn = svg(&scene);
        if update {
            std::fs::write(&path, drawn).expect("the folder of snapshots can be written");
        } else if std::fs::read_to_string(&path).ok().as_deref() != Some(&drawn) {
            changed.push(name);
        }
    }
    assert!(
        changed.is_empty(),
        "{changed:?} differ from tests/figures/snapshots. If they should: \
         UPDATE_SNAPSHOTS=1 cargo test --test figures, then look at the pictures"
    );
}
