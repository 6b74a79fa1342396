//! Waterfall, spider and swimmer plot: of the example, and of many patients with groups.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, Criteria, FigureWidth, ResponseFigure, ResponseOptions, ResponseSource,
    SwimmerOptions, TumoursOptions,
};
use oncurve::figure::{Scene, layout};
use oncurve::format::Style;
use oncurve::table::ReadOptions;
use oncurve::text::Text;

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

/// 90 made-up patients in two arms, with sums from deep shrinkage to growth beyond the axis.
fn many() -> Study {
    let mut patients = String::from("Patient id,Start date,Death date,Last contact,Arm\n");
    let mut visits = String::from("Patient id,Assessment date,Sum of diameters,New lesion\n");
    for i in 0..90_u32 {
        let arm = if i % 2 == 0 { "A" } else { "B" };
        let months = 2 + i * 7 % 11;
        let death = if i % 3 == 0 {
            format!("2023-{:02}-20", months.min(12))
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
        let change = f64::from(i * 37 % 90) / 90.0 * 2.3 - 1.0;
        for (visit, share) in [(3, 0.6), (5, 1.0), (7, 1.1)] {
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
    let many = many();
    let [many_waterfall, many_spider] = <[Scene; 2]>::try_from(by_group(&many, "Arm")).unwrap();
    let options = SwimmerOptions {
        group: Some("Arm".to_owned()),
        ..SwimmerOptions::default()
    };
    let many_swimmer = scenes(&many, Analysis::Swimmer(options)).remove(0);
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
        ("spider_example", spider),
        ("swimmer_example", swimmer),
        ("waterfall_many", many_waterfall),
        ("spider_many", many_spider),
        ("swimmer_many", many_swimmer),
    ]
}
