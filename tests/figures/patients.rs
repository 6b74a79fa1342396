//! Waterfall, spider and swimmer plot: of the example, and of many patients with groups.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, Criteria, FigureWidth, LaneOrder, ResponseFigure, ResponseOptions, ResponseSource,
    SwimmerOptions, TumoursOptions,
};
use oncurve::figure::{Scene, layout};
use oncurve::format::Style;
use oncurve::table::ReadOptions;
use oncurve::text::Text;

use crate::facts;

const EXAMPLE: &[u8] =
    include_bytes!("../../www/examples/oncurve-example-14-synthetic-patients.xlsx");

fn scenes(study: &Study, analysis: Analysis) -> Vec<Scene> {
    let outcome = study.run(&analysis, &mut |_| ()).expect("an outcome");
    layout(&outcome, &Style::default(), &Text::new("en"))
}

fn opened(study: Study) -> Study {
    let mut study = study;
    let mapping = study.guess();
    study.assign(mapping).expect("a cohort");
    study
}

fn example() -> Study {
    opened(Study::open(EXAMPLE, "example.xlsx", ReadOptions::default()).expect("a workbook"))
}

/// So many made-up patients in two arms, with sums from deep shrinkage to growth beyond the axis.
fn made_up(n: u32) -> Study {
    let mut patients = String::from("Patient id,Start date,Death date,Last contact,Arm\n");
    let mut visits = String::from("Patient id,Assessment date,Sum of diameters,New lesion\n");
    for i in 0..n {
        let arm = if i % 2 == 0 { "A" } else { "B" };
        let months = 4 + i * 7 % 9;
        let death = if i % 3 == 0 {
            format!("2023-{:02}-20", months)
        } else {
            String::new()
        };
        let contact = if i % 3 == 0 {
            death.clone()
        } else {
            "2024-01-15".to_owned()
        };
        patients.push_str(&format!("M{i:03},2023-01-10,{death},{contact},{arm}\n"));
        let base = 40 + i % 13 * 5;
        visits.push_str(&format!("M{i:03},2023-01-05,{base},no\n"));
        let change = f64::from(i * 37 % n) / f64::from(n) * 2.3 - 1.0;
        // Nobody is assessed after death.
        let until = if death.is_empty() { 12 } else { months };
        let seen = [(3, 0.6), (5, 1.0), (7, 1.1)].into_iter();
        for (visit, share) in seen.filter(|(visit, _)| *visit <= until) {
            let sum = (f64::from(base) * (1.0 + change * share)).max(0.0).round();
            let new = if i % 17 == 3 && visit == 7 {
                "yes"
            } else {
                "no"
            };
            visits.push_str(&format!("M{i:03},2023-{visit:02}-05,{sum},{new}\n"));
        }
    }
    let reading = ReadOptions::default;
    let mut study = Study::open(patients.as_bytes(), "patients.csv", reading()).unwrap();
    study
        .add(visits.as_bytes(), "visits.csv", reading())
        .unwrap();
    opened(study)
}

/// Twelve made-up patients whose bars reach both ends of the axis: half of them without any tumour left, some of these
/// with new lesions, and three that grow beyond the axis.
fn at_both_ends() -> Study {
    let mut patients = String::from("Patient id,Start date,Last contact,Arm\n");
    let mut visits = String::from("Patient id,Assessment date,Sum of diameters,New lesion\n");
    let sums = [0, 0, 0, 0, 0, 0, 20, 40, 55, 120, 130, 150];
    for (i, sum) in sums.into_iter().enumerate() {
        let (id, arm) = (format!("Patient-{i:02}"), ["A", "B"][i % 2]);
        let new = if i % 3 == 0 { "yes" } else { "no" };
        patients.push_str(&format!("{id},2023-01-10,2024-01-15,{arm}\n"));
        visits.push_str(&format!(
            "{id},2023-01-05,50,no\n{id},2023-03-05,{sum},{new}\n"
        ));
    }
    let reading = ReadOptions::default;
    let mut study = Study::open(patients.as_bytes(), "patients.csv", reading()).unwrap();
    study
        .add(visits.as_bytes(), "visits.csv", reading())
        .unwrap();
    opened(study)
}

fn waterfall_at_both_ends(width: FigureWidth) -> Scene {
    let mut options = TumoursOptions {
        group: Some("Arm".to_owned()),
        by: Criteria::Irecist,
        ..TumoursOptions::default()
    };
    options.figure.width = width;
    scenes(&at_both_ends(), Analysis::Tumours(options)).remove(0)
}

/// Responses of so many groups by a column: of the first everybody responds, of the second nobody.
fn rates_of(groups: usize, width: FigureWidth) -> Scene {
    let mut patients = String::from("Patient id,Start date,Last contact,Best response,Site\n");
    for group in 0..groups {
        for i in 0..6 {
            let best = match group {
                0 => "PR",
                1 => "PD",
                _ => ["PR", "SD", "PD"][(i + group) % 3],
            };
            let id = group * 6 + i;
            let line = format!("R{id:02},2023-01-10,2024-01-15,{best},Site {group}\n");
            patients.push_str(&line);
        }
    }
    let study = Study::open(patients.as_bytes(), "patients.csv", ReadOptions::default());
    let options = ResponseOptions {
        group: Some("Site".to_owned()),
        figure: ResponseFigure { width, title: None },
        ..ResponseOptions::default()
    };
    scenes(&opened(study.unwrap()), Analysis::Response(options)).remove(0)
}

#[test]
fn numbers_and_letters_stand_beside_each_other() {
    let widths = [FigureWidth::One, FigureWidth::OneAndHalf, FigureWidth::Two];
    for width in widths {
        let waterfall = waterfall_at_both_ends(width);
        for letters in ["iCR", "iUPD", "200", "Patient-00", "Patient-11"] {
            assert!(facts::says(&waterfall, letters), "{letters} {width:?}");
        }
        facts::texts_are_apart("waterfall", &waterfall);
        for groups in [2, 5, 8] {
            let rates = rates_of(groups, width);
            for number in ["0.0 %", "100.0 %"] {
                assert!(facts::says(&rates, number), "{number} {groups} {width:?}");
            }
            facts::texts_are_apart("rates", &rates);
        }
    }
}

/// What is pointed at is the last point at or left of the pointer, the nearest in height: so a lane answers over its
/// whole length, and a bar from its left edge on.
#[test]
fn pointing_finds_every_lane_and_every_bar() {
    let study = made_up(300);
    let pages = scenes(&study, Analysis::Swimmer(SwimmerOptions::default()));
    let lanes: Vec<_> = pages.iter().flat_map(|page| &page.series).collect();
    assert_eq!((pages.len(), lanes.len()), (3, 300));
    for page in &pages {
        let place = |lane: usize| page.series[lane].points[0].at;
        for lane in 1..page.series.len() {
            assert_eq!(place(lane).x, place(0).x);
            assert!(
                place(lane).y > place(lane - 1).y + 4.0,
                "lanes are 4 points apart"
            );
        }
    }
    let waterfall = &scenes(&study, Analysis::Tumours(TumoursOptions::default()))[0];
    let bars = &waterfall.series[0].points;
    let slot = bars[1].at.x - bars[0].at.x;
    assert_eq!(bars.len(), 300);
    for pair in bars.windows(2) {
        assert!(
            (pair[1].at.x - pair[0].at.x - slot).abs() < 1e-9,
            "bars stand side by side"
        );
        assert!(pair[1].at.y >= pair[0].at.y, "the largest growth first");
    }
}

/// How long 5000 patients take: `cargo test --test figures -- --ignored --nocapture patients`.
#[test]
#[ignore = "a measurement"]
fn thousands_of_patients_are_drawn_in_time() {
    use oncurve::report::{Section, shortened};
    use std::time::Instant;
    for n in [300, 2000, 5000] {
        let study = made_up(n);
        let group = Some("Arm".to_owned());
        let tumours = TumoursOptions {
            group: group.clone(),
            ..TumoursOptions::default()
        };
        let swimmer = SwimmerOptions {
            group,
            ..SwimmerOptions::default()
        };
        for (name, analysis) in [
            ("tumours", Analysis::Tumours(tumours)),
            ("swimmer", Analysis::Swimmer(swimmer)),
        ] {
            let text = Text::new("en");
            let begun = Instant::now();
            let outcome = study.run(&analysis, &mut |_| ()).unwrap();
            let computed = begun.elapsed();
            let blocks = oncurve::report::compose(&outcome, &Style::default(), &text);
            let composed = begun.elapsed();
            let blocks = shortened(blocks, &text);
            let scenes = layout(&outcome, &Style::default(), &text);
            let drawn = begun.elapsed();
            println!(
                "{name} {n}: outcome {:?}, blocks {:?}, figures {:?}; {} blocks, {} figures",
                computed,
                composed - computed,
                drawn - composed,
                blocks.len(),
                scenes.len()
            );
            let section = Section::new(None, &outcome, &Style::default(), &text);
            for (i, svg) in section.figures.iter().enumerate() {
                let folder = std::env::var("ONCURVE_FIGURES").unwrap_or_default();
                if !folder.is_empty() {
                    std::fs::write(format!("{folder}/{name}_{n}_{i}.svg"), svg).unwrap();
                }
            }
        }
    }
}

pub fn figures() -> Vec<(&'static str, Scene)> {
    let example = example();
    let by_group = |study: &Study, group: &str| {
        let options = TumoursOptions {
            group: Some(group.to_owned()),
            by: Criteria::Irecist,
            ..TumoursOptions::default()
        };
        scenes(study, Analysis::Tumours(options))
    };
    let [waterfall, spider] = <[Scene; 2]>::try_from(by_group(&example, "PD-L1")).unwrap();
    let swimmer = scenes(&example, Analysis::Swimmer(SwimmerOptions::default())).remove(0);
    let (many, hundreds) = (made_up(90), made_up(300));
    let [many_waterfall, many_spider] = <[Scene; 2]>::try_from(by_group(&many, "Arm")).unwrap();
    let options = SwimmerOptions {
        group: Some("Arm".to_owned()),
        ..SwimmerOptions::default()
    };
    let many_swimmer = scenes(&many, Analysis::Swimmer(options)).remove(0);
    let [hundreds_waterfall, hundreds_spider] =
        <[Scene; 2]>::try_from(by_group(&hundreds, "Arm")).unwrap();
    let options = SwimmerOptions {
        group: Some("Arm".to_owned()),
        order: LaneOrder::Group,
        ..SwimmerOptions::default()
    };
    let [hundreds_swimmer, _, last_swimmer] =
        <[Scene; 3]>::try_from(scenes(&hundreds, Analysis::Swimmer(options))).unwrap();
    let responses = |study: &Study, group: Option<&str>, width: FigureWidth| {
        let options = ResponseOptions {
            by: ResponseSource::Recist,
            group: group.map(str::to_owned),
            figure: ResponseFigure { width, title: None },
            ..ResponseOptions::default()
        };
        <[Scene; 2]>::try_from(scenes(study, Analysis::Response(options))).unwrap()
    };
    let one_and_half = FigureWidth::OneAndHalf;
    let [rates, best] = responses(&example, Some("PD-L1"), one_and_half);
    let [rates_overall, best_overall] = responses(&example, None, FigureWidth::One);
    let [rates_many, best_many] = responses(&many, Some("Arm"), one_and_half);
    vec![
        ("response_rates_example", rates),
        ("response_best_example", best),
        ("response_rates_overall", rates_overall),
        ("response_best_overall", best_overall),
        ("response_rates_many", rates_many),
        ("response_best_many", best_many),
        ("waterfall_example", waterfall),
        ("waterfall_ends", waterfall_at_both_ends(FigureWidth::Two)),
        ("response_rates_sites", rates_of(8, one_and_half)),
        ("spider_example", spider),
        ("swimmer_example", swimmer),
        ("waterfall_many", many_waterfall),
        ("spider_many", many_spider),
        ("swimmer_many", many_swimmer),
        ("waterfall_hundreds", hundreds_waterfall),
        ("spider_hundreds", hundreds_spider),
        ("swimmer_hundreds", hundreds_swimmer),
        ("swimmer_hundreds_last", last_swimmer),
    ]
}
