//! What holds for every figure, and what single figures say.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use oncurve::analysis::{
    Drawn, EndpointDefinition, FigureWidth, LegendPlace, RiskTableKind, SurvivalFigure,
    SurvivalOptions,
};
use oncurve::cohort::{Endpoint, StartEvent, TimeUnit};
use oncurve::figure::{Anchor, LineMark, Mark, Point, Rect, Scene, TextMark, svg};

use crate::cohorts::{Patients, compared, exponential, fourteen, overall};
use crate::{figures, options, scene};

/// Curves are drawn in a wider pen than anything else.
const THINNEST_CURVE: f64 = 1.0;

fn texts(scene: &Scene) -> impl Iterator<Item = &TextMark> {
    scene.marks.iter().filter_map(|mark| match mark {
        Mark::Text(text) => Some(text),
        Mark::Line(_) | Mark::Area(_) => None,
    })
}

fn lines(scene: &Scene) -> impl Iterator<Item = &LineMark> {
    scene.marks.iter().filter_map(|mark| match mark {
        Mark::Line(line) => Some(line),
        Mark::Text(_) | Mark::Area(_) => None,
    })
}

/// The numbers that stand centred under the panel, by row: first those of the axis, then the table's.
fn rows(scene: &Scene) -> Vec<Vec<(f64, String)>> {
    let mut rows: BTreeMap<i64, Vec<(f64, String)>> = BTreeMap::new();
    for text in texts(scene).filter(|text| text.anchor == Anchor::Middle && !text.vertical) {
        if text.content.parse::<f64>().is_ok() {
            let row = rows.entry((text.at.y * 1000.0) as i64).or_default();
            row.push((text.at.x, text.content.clone()));
        }
    }
    rows.into_values().collect()
}

fn numbers(row: &[(f64, String)]) -> Vec<usize> {
    row.iter()
        .map(|(_, number)| number.parse().expect("a count"))
        .collect()
}

pub fn says(scene: &Scene, words: &str) -> bool {
    texts(scene).any(|text| text.content.contains(words))
}

/// The figures of the snapshots, and as many of cohorts and options at every turn of a dice.
fn many_figures() -> &'static [(String, Scene)] {
    static FIGURES: OnceLock<Vec<(String, Scene)>> = OnceLock::new();
    FIGURES.get_or_init(throw_figures)
}

fn throw_figures() -> Vec<(String, Scene)> {
    let named = figures()
        .into_iter()
        .map(|(name, scene)| (name.to_owned(), scene));
    let names = [
        "Arm 1",
        "PD-L1 ≥ 50 %",
        "Chemoimmunotherapy",
        "对照组",
        "Carboplatin, paclitaxel and bevacizumab",
    ];
    let random = (0..240usize).map(|turn| {
        let pick = |divisor: usize, n: usize| (turn / divisor) % n;
        let figure = SurvivalFigure {
            width: [FigureWidth::One, FigureWidth::OneAndHalf, FigureWidth::Two][pick(1, 3)],
            legend: [
                LegendPlace::Ends,
                LegendPlace::Box,
                LegendPlace::Ends,
                LegendPlace::None,
            ][pick(3, 4)],
            risk_table: [
                RiskTableKind::AtRisk,
                RiskTableKind::Kmunicate,
                RiskTableKind::None,
            ][pick(5, 3)],
            cut_axis: pick(7, 2) == 1,
            title: (pick(11, 2) == 1).then(|| "A title".to_owned()),
            tick_step: [None, None, Some(1.0), Some(7.5)][pick(13, 4)],
            ..SurvivalFigure::default()
        };
        let groups: Vec<(&str, Patients)> = (0..2 + pick(2, 4))
            .map(|group| {
                let seed = (turn * 10 + group) as u64;
                let n = [4, 15, 60, 250][(turn + group) % 4];
                let median = [40.0, 300.0, 900.0, 4000.0][(turn / 3 + group) % 4];
                (
                    names[(turn + group) % 5],
                    exponential(n, median, (0.0, 1200.0), seed),
                )
            })
            .collect();
        (
            format!("turn {turn}"),
            scene(compared(&groups, options(figure))),
        )
    });
    named.chain(random).collect()
}

/// Those, and the figures of comparisons and of the flow, which have no curves.
fn every_figure() -> impl Iterator<Item = (String, Scene)> {
    let comparisons = super::group_comparisons::figures().into_iter();
    let others = comparisons.chain(super::flow::figures());
    let others = others.map(|(name, scene)| (name.to_owned(), scene));
    many_figures().iter().cloned().chain(others)
}

/// The curves: nothing else is drawn in so wide a pen, but for samples of them.
fn curve_parts(scene: &Scene) -> impl Iterator<Item = Rect> {
    lines(scene)
        .filter(|line| line.width >= THINNEST_CURVE)
        .flat_map(|line| line.points.windows(2).map(|part| between(part[0], part[1])))
}

fn between(from: Point, to: Point) -> Rect {
    let point = |point: Point| Rect::sized((point.x, point.y), (0.0, 0.0));
    point(from).union(&point(to))
}

#[test]
fn nothing_is_drawn_outside_the_page() {
    for (name, scene) in &every_figure().collect::<Vec<_>>() {
        is_inside_the_page(name, scene);
    }
}

pub fn texts_are_apart(name: &str, scene: &Scene) {
    let all: Vec<_> = texts(scene).collect();
    for (i, one) in all.iter().enumerate() {
        for other in &all[i + 1..] {
            let (a, b) = (one.bounds(), other.bounds());
            let apart =
                a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            assert!(apart, "{name}: {} on {}", one.content, other.content);
        }
    }
}

pub fn is_inside_the_page(name: &str, scene: &Scene) {
    let inside = |at: &Rect| {
        at.left >= 0.0 && at.right <= scene.width && at.top >= 0.0 && at.bottom <= scene.height
    };
    for text in texts(scene) {
        assert!(
            inside(&text.bounds()),
            "{name}: {} at {:?}",
            text.content,
            text.bounds()
        );
    }
    for mark in &scene.marks {
        let points = match mark {
            Mark::Line(line) => line.points.as_slice(),
            Mark::Area(area) => area.points.as_slice(),
            Mark::Text(_) => &[],
        };
        for &point in points {
            assert!(inside(&between(point, point)), "{name}: {point:?}");
        }
    }
}

#[test]
fn no_text_covers_another_or_a_curve() {
    for (name, scene) in &every_figure().collect::<Vec<_>>() {
        has_free_text(name, scene);
    }
}

pub fn has_free_text(name: &str, scene: &Scene) {
    let all: Vec<&TextMark> = texts(scene).collect();
    for (index, first) in all.iter().enumerate() {
        let bounds = first.bounds();
        for second in &all[..index] {
            let apart = !bounds.meets(&second.bounds());
            assert!(
                apart,
                "{name}: {:?} and {:?}",
                first.content, second.content
            );
        }
    }
    for part in curve_parts(scene) {
        for text in &all {
            assert!(
                !text.bounds().meets(&part),
                "{name}: {:?} at {part:?}",
                text.content
            );
        }
    }
}

#[test]
fn type_is_7_points_or_more_and_every_name_is_written_whole_somewhere() {
    for (name, scene) in many_figures() {
        assert!(texts(scene).all(|text| text.size >= 7.0), "{name}");
        let written: String = texts(scene).map(|text| text.content.as_str()).collect();
        let written = written.replace(' ', "");
        // A figure without table and legend names nothing, as the person asked.
        let anonymous = !scene
            .series
            .iter()
            .any(|series| written.contains(&series.label.replace(' ', "")));
        for series in scene
            .series
            .iter()
            .filter(|_| scene.series.len() > 1 && !anonymous)
        {
            assert!(
                written.contains(&series.label.replace(' ', "")),
                "{name}: {}",
                series.label
            );
        }
    }
}

#[test]
fn columns_of_the_table_stand_under_the_ticks() {
    for (name, scene) in many_figures() {
        let rows = rows(scene);
        let ticks: Vec<f64> = rows[0].iter().map(|(x, _)| *x).collect();
        assert!(ticks.len() >= 2, "{name}: {ticks:?}");
        for row in &rows[1..] {
            let columns: Vec<f64> = row.iter().map(|(x, _)| *x).collect();
            assert_eq!(columns, ticks, "{name}");
        }
        for &tick in &ticks {
            let drawn = lines(scene).any(|line| {
                line.points.len() == 2
                    && line.points.iter().all(|point| point.x == tick)
                    && line.width == 0.6
            });
            assert!(drawn, "{name}: no tick at {tick}");
        }
    }
}

#[test]
fn at_risk_censored_and_events_add_up_to_all_patients() {
    for (name, sizes) in [
        ("two_arms_kmunicate", vec![90, 93]),
        ("overall_kmunicate", vec![120]),
    ] {
        let (_, scene) = figures()
            .into_iter()
            .find(|(other, _)| *other == name)
            .expect("a figure");
        let rows = rows(&scene);
        assert_eq!(rows.len(), 1 + 3 * sizes.len());
        for (block, n) in rows[1..].chunks(3).zip(sizes) {
            let [at_risk, censored, events] = [0, 1, 2].map(|row| numbers(&block[row]));
            assert_eq!((at_risk[0], censored[0], events[0]), (n, 0, 0), "{name}");
            for column in 0..at_risk.len() {
                assert_eq!(
                    at_risk[column] + censored[column] + events[column],
                    n,
                    "{name}"
                );
            }
        }
    }
}

/// CLINICAL rules, golden values: times 6 (event), 6 (censored), 9 (event), 12 (censored).
#[test]
fn at_risk_means_just_before_the_tick() {
    let patients: Patients = vec![(6.0, true), (6.0, false), (9.0, true), (12.0, false)];
    let figure = SurvivalFigure {
        risk_table: RiskTableKind::Kmunicate,
        tick_step: Some(3.0),
        ..SurvivalFigure::default()
    };
    let mut outcome = overall(&patients, options(figure));
    outcome.unit = TimeUnit::Months;
    let rows = rows(&scene(outcome));
    assert_eq!(numbers(&rows[0]), [0, 3, 6, 9, 12]);
    assert_eq!(numbers(&rows[1]), [4, 4, 4, 2, 1]);
    assert_eq!(numbers(&rows[2]), [0, 0, 0, 1, 1]);
    assert_eq!(numbers(&rows[3]), [0, 0, 0, 1, 2]);
}

#[test]
fn no_two_curves_share_a_colour() {
    let (_, scene) = figures()
        .into_iter()
        .find(|(name, _)| *name == "ten_groups")
        .expect("a figure");
    assert_eq!(scene.series.len(), 10);
    for (index, first) in scene.series.iter().enumerate() {
        for second in &scene.series[..index] {
            assert_ne!(
                first.color, second.color,
                "{} and {}",
                first.label, second.label
            );
        }
    }
}

#[test]
fn curves_of_a_black_and_white_print_differ_by_their_dashes() {
    let (_, scene) = figures()
        .into_iter()
        .find(|(name, _)| *name == "long_names")
        .expect("a figure");
    let mut dashes: Vec<&[f64]> = lines(&scene)
        .filter(|line| line.width >= THINNEST_CURVE && line.points.len() > 2)
        .map(|line| line.dash.as_slice())
        .collect();
    assert_eq!(dashes.len(), 3);
    dashes.dedup();
    assert_eq!(dashes.len(), 3);
}

#[test]
fn widths_are_those_that_journals_ask_for() {
    for (name, width) in [
        ("two_arms", 120),
        ("two_arms_one_column", 85),
        ("two_arms_two_columns", 174),
    ] {
        let (_, scene) = figures()
            .into_iter()
            .find(|(other, _)| *other == name)
            .expect("a figure");
        assert!(
            svg(&scene).contains(&format!(" width=\"{width}mm\" ")),
            "{name}"
        );
    }
}

#[test]
fn an_svg_holds_no_script_no_style_and_no_markup_from_the_data() {
    for (name, scene) in figures() {
        let svg = svg(&scene);
        for forbidden in [
            "<script",
            "style=",
            "<style",
            "<img",
            "href",
            "url(",
            "<foreignObject",
        ] {
            assert!(!svg.contains(forbidden), "{name}: {forbidden}");
        }
        assert!(svg.contains("<title>") && svg.contains("<desc>"), "{name}");
    }
    let (_, hostile) = figures()
        .into_iter()
        .find(|(name, _)| *name == "hostile_names")
        .expect("a figure");
    assert!(svg(&hostile).contains("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;"));
}

#[test]
fn pointing_says_time_survival_with_interval_and_number_at_risk() {
    let pfs = SurvivalOptions {
        endpoint: Endpoint::Pfs,
        ..SurvivalOptions::default()
    };
    let scene = scene(compared(&fourteen(), pfs));
    let positive = &scene.series[0];
    assert_eq!(positive.label, "PD-L1 positive");
    // Eight patients at eight times, and time 0.
    assert_eq!(positive.points.len(), 9);
    assert_eq!(
        positive.points[0].lines,
        ["0.0 months", "PFS 100.0 %", "8 at risk"]
    );
    assert_eq!(
        positive.points[1].lines,
        ["5.2 months", "PFS 87.5 % (38.7–98.1)", "8 at risk"]
    );
    assert_eq!(
        positive.points[8].lines,
        ["26.8 months", "PFS 0.0 %", "1 at risk"]
    );
    let curve = lines(&scene)
        .find(|line| line.color == positive.color)
        .expect("a curve");
    for point in &positive.points {
        let on_curve = (curve.points.windows(2)).any(|pair| {
            between(pair[0], pair[1])
                .grown(1e-9)
                .meets(&between(point.at, point.at))
        });
        assert!(on_curve, "{point:?}");
    }
}

#[test]
fn the_description_says_what_a_sighted_reader_sees() {
    let options = SurvivalOptions {
        endpoint: Endpoint::Pfs,
        group: Some("PD-L1".to_owned()),
        ..SurvivalOptions::default()
    };
    let scene = scene(compared(&fourteen(), options));
    assert_eq!(scene.title, "Progression-free survival by PD-L1");
    assert_eq!(
        scene.description,
        "Kaplan-Meier curves. Progression-free survival by PD-L1. \
         PD-L1 positive: 8 patients, 6 events, median 13.0 months (95 % CI 5.2–NR). \
         PD-L1 negative or unknown: 6 patients, 6 events, median 10.3 months (95 % CI 1.4–NR). \
         Log-rank p = 0.048. Permutation p = 0.065. HR (95 % CI) 3.42 (0.94–12.46). \
         PD-L1 negative or unknown v PD-L1 positive."
    );
}

#[test]
fn no_hazard_ratio_is_written_under_separation() {
    let events: Patients = (1..=7).map(|i| (f64::from(i) * 30.0, true)).collect();
    let none: Patients = (1..=7).map(|i| (f64::from(i) * 40.0, false)).collect();
    let scene = scene(compared(
        &[("Events", events), ("None", none)],
        options(SurvivalFigure::default()),
    ));
    assert!(says(&scene, "Log-rank p"));
    assert!(!says(&scene, "HR"));
    assert!(!scene.description.contains("HR"));
}

#[test]
fn bands_and_median_lines_of_many_groups_are_drawn_only_when_asked_for() {
    let names = ["A", "B", "C", "D", "E"];
    let bands = |groups: usize, drawn: Drawn| {
        let cohort: Vec<(&str, Patients)> = (0..groups)
            .map(|i| {
                (
                    names[i],
                    exponential(20, 300.0, (300.0, 900.0), 5 + i as u64),
                )
            })
            .collect();
        let figure = SurvivalFigure {
            band: drawn,
            median_lines: drawn,
            ..SurvivalFigure::default()
        };
        let scene = scene(compared(&cohort, options(figure)));
        let areas = scene
            .marks
            .iter()
            .filter(|mark| matches!(mark, Mark::Area(_)));
        let faint = lines(&scene).filter(|line| line.color.rgb == [0x80, 0x80, 0x80]);
        // One area is the paper; one line goes across to the last median.
        (areas.count() - 1, faint.count().saturating_sub(1))
    };
    assert_eq!(bands(4, Drawn::Automatic), (4, 4));
    assert_eq!(bands(5, Drawn::Automatic), (0, 0));
    assert_eq!(bands(5, Drawn::Always), (5, 5));
    assert_eq!(bands(2, Drawn::Never), (0, 0));
}

#[test]
fn five_thousand_patients_stay_a_light_figure_with_single_censor_marks() {
    let (_, scene) = figures()
        .into_iter()
        .find(|(name, _)| *name == "five_thousand")
        .expect("a figure");
    assert!(svg(&scene).len() < 120_000);
    for series in &scene.series {
        let marks: Vec<f64> = lines(&scene)
            .filter(|line| line.width == 0.6 && line.color == series.color)
            .map(|line| line.points[0].x)
            .collect();
        assert!(marks.len() > 50);
        assert!(
            marks.windows(2).all(|pair| pair[1] - pair[0] >= 1.0),
            "{}",
            series.label
        );
    }
}

#[test]
fn the_axis_is_cut_where_fewer_than_a_tenth_remain_at_risk() {
    let patients = exponential(100, 300.0, (200.0, 2000.0), 21);
    let cut = SurvivalFigure {
        cut_axis: true,
        ..SurvivalFigure::default()
    };
    let whole = rows(&scene(overall(
        &patients,
        options(SurvivalFigure::default()),
    )));
    let cut = rows(&scene(overall(&patients, options(cut))));
    assert!(numbers(&whole[1]).iter().any(|&at_risk| at_risk < 10));
    assert!(
        numbers(&cut[1]).iter().all(|&at_risk| at_risk >= 10),
        "{cut:?}"
    );
}

#[test]
fn the_time_axis_names_the_start_only_where_it_is_known() {
    let dates = |start| EndpointDefinition::Dates {
        start,
        cut_off: None,
        deaths_known: true,
    };
    let cases = [
        (
            EndpointDefinition::Given { deaths_known: true },
            "Time (months)",
        ),
        (dates(StartEvent::Unnamed), "Months since start"),
        (dates(StartEvent::Diagnosis), "Months since diagnosis"),
        (
            EndpointDefinition::GivenDates {
                start: StartEvent::Randomisation,
                cut_off: None,
                deaths_known: true,
            },
            "Months since randomisation",
        ),
    ];
    for (definition, title) in cases {
        let mut outcome = overall(&fourteen()[0].1, SurvivalOptions::default());
        outcome.definition = definition;
        let scene = scene(outcome);
        assert!(texts(&scene).any(|text| text.content == title), "{title}");
    }
}
