//! Bars and differences of adverse events, of the synthetic patients of the reference tests.

use std::path::Path;

use oncurve::Study;
use oncurve::analysis::{Analysis, FigureWidth, SafetyFigure, SafetyOptions};
use oncurve::cohort::{Grouping, Mapping, TherapySheet};
use oncurve::figure::{Scene, layout};
use oncurve::format::Style;
use oncurve::table::{ReadOptions, TableName};
use oncurve::text::Text;

fn file(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/data");
    std::fs::read(folder.join(format!("safety_{name}.csv"))).unwrap()
}

/// The patients in turn at one of six sites.
fn with_sites(patients: &str) -> String {
    let sites = ["Aarhus", "Bergen", "Cork", "Delft", "Espoo", "Faro"];
    let site = |line: usize| match line {
        0 => "site",
        line => sites[line % sites.len()],
    };
    let lines = patients.lines().enumerate();
    lines
        .map(|(i, line)| format!("{line},{}\n", site(i)))
        .collect()
}

fn scenes(options: SafetyOptions, events: &[u8], group: &str) -> Vec<Scene> {
    let reading = ReadOptions::default;
    let patients = with_sites(&String::from_utf8(file("patients")).unwrap());
    let mut study = Study::open(patients.as_bytes(), "patients.csv", reading()).unwrap();
    study
        .add(&file("therapies"), "therapies.csv", reading())
        .unwrap();
    study.add(events, "events.csv", reading()).unwrap();
    let guessed = study.guess();
    let mapping = Mapping {
        groups: vec![Grouping {
            column: group.to_owned(),
            ..Grouping::default()
        }],
        therapies: Some(TherapySheet {
            table: TableName {
                file: Some("therapies.csv".to_owned()),
                sheet: None,
            },
            patient: "id".to_owned(),
            start: "first".to_owned(),
            end: Some("last".to_owned()),
            ..TherapySheet::default()
        }),
        ..guessed
    };
    study.assign(mapping).unwrap();
    let outcome = study.run(&Analysis::Safety(options), &mut |_| ()).unwrap();
    layout(&outcome, &Style::default(), &Text::new("en"))
}

fn options(group: Option<&str>, width: FigureWidth) -> SafetyOptions {
    SafetyOptions {
        group: group.map(str::to_owned),
        figure: SafetyFigure {
            width,
            ..SafetyFigure::default()
        },
        ..SafetyOptions::default()
    }
}

/// Names that need room, and none of them graded.
fn long_and_ungraded() -> Vec<u8> {
    let text = String::from_utf8(file("events")).unwrap();
    let text = text
        .replace("Fatigue", "Palmar-plantar erythrodysaesthesia syndrome")
        .replace("Nausea", "Alanine aminotransferase increased");
    let text = text.replacen("grade", "ungraded", 1);
    text.into_bytes()
}

/// Every figure that has a snapshot, by name.
pub fn figures() -> Vec<(&'static str, Scene)> {
    let events = file("events");
    let two = |width| scenes(options(Some("arm"), width), &events, "arm");
    let [bars, differences, first] = two(FigureWidth::Two).try_into().unwrap();
    let [narrow_bars, narrow_differences, narrow_first] = two(FigureWidth::One).try_into().unwrap();
    let six = scenes(options(Some("site"), FigureWidth::Two), &events, "site");
    let [six_bars, six_first] = six.try_into().unwrap();
    let causes = scenes(options(None, FigureWidth::OneAndHalf), &events, "arm").remove(0);
    let mut titled = options(Some("arm"), FigureWidth::OneAndHalf);
    titled.figure.title = Some("Adverse events of a fifth of the patients or more".to_owned());
    titled.threshold = 20.0;
    let plain = scenes(titled, &long_and_ungraded(), "arm");
    let [plain_bars, plain_differences] = plain.try_into().unwrap();
    vec![
        ("safety_bars", bars),
        ("safety_differences", differences),
        ("safety_bars_one_column", narrow_bars),
        ("safety_differences_one_column", narrow_differences),
        ("safety_causes", causes),
        ("safety_bars_without_grades", plain_bars),
        ("safety_differences_titled", plain_differences),
        ("safety_first", first),
        ("safety_first_one_column", narrow_first),
        ("safety_bars_six_groups", six_bars),
        ("safety_first_six_groups", six_first),
    ]
}

#[test]
fn every_bar_answers_to_pointing_with_its_counts() {
    let scenes = scenes(
        options(Some("arm"), FigureWidth::Two),
        &file("events"),
        "arm",
    );
    let bars = &scenes[0];
    let labels: Vec<&str> = bars.series.iter().map(|series| &*series.label).collect();
    assert_eq!(labels, ["Chemotherapy", "Combination"]);
    // The bars of the first group grow to the left of those of the second.
    let (left, right) = (&bars.series[0].points, &bars.series[1].points);
    assert_eq!((left.len(), right.len()), (12, 12));
    for (left, right) in left.iter().zip(right) {
        assert!(left.at.x < right.at.x);
        assert_eq!(left.at.y, right.at.y);
        assert_eq!(left.lines[0], right.lines[0]);
        assert!(left.lines[1].contains(" of 2"), "{:?}", left.lines);
    }
    for scene in &scenes {
        for point in scene.series.iter().flat_map(|series| &series.points) {
            assert!((0.0..=scene.width).contains(&point.at.x));
            assert!((0.0..=scene.height).contains(&point.at.y));
        }
    }
}
