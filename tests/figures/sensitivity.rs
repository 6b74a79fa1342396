//! The curves of one endpoint under three rules of censoring: of twelve patients, and of many with groups.

use oncurve::Study;
use oncurve::analysis::{Analysis, SensitivityOptions};
use oncurve::cohort::Grouping;
use oncurve::figure::{Scene, layout};
use oncurve::format::Style;
use oncurve::table::ReadOptions;
use oncurve::text::Text;

/// 120 made-up patients in two arms: seen every eight weeks until they progress, take another therapy or miss visits.
fn many() -> Study {
    let day = |days: u32| {
        let start = chrono::NaiveDate::from_ymd_opt(2023, 1, 9).expect("a date");
        (start + chrono::Days::new(days.into())).to_string()
    };
    let mut patients =
        String::from("Patient id,Start date,Death date,Last contact,Other therapy,Arm\n");
    let mut visits = String::from("Patient id,Assessment date,Overall response\n");
    for i in 0..120_u32 {
        let arm = if i % 2 == 0 {
            "Control"
        } else {
            "Experimental"
        };
        // Spread evenly by steps that have no common factor with 120.
        let progressed = 60 + (i * 77 % 120) * if i % 2 == 0 { 5 } else { 8 };
        let therapy = match i % 5 {
            0 => day(progressed * 2 / 3),
            _ => String::new(),
        };
        let died = i % 4 == 1;
        let last = progressed + 40;
        let death = if died { day(last) } else { String::new() };
        patients.push_str(&format!(
            "M{i:03},{},{death},{},{therapy},{arm}\n",
            day(0),
            day(last)
        ));
        let missed = i % 7 == 3;
        for visit in (1..20)
            .map(|visit| 56 * visit)
            .filter(|day| *day < progressed)
        {
            if !(missed && visit > progressed / 3) {
                visits.push_str(&format!("M{i:03},{},SD\n", day(visit)));
            }
        }
        if !died && i % 6 != 2 {
            visits.push_str(&format!("M{i:03},{},PD\n", day(progressed)));
        }
    }
    let reading = ReadOptions::default;
    let mut study = Study::open(patients.as_bytes(), "patients.csv", reading()).unwrap();
    study
        .add(visits.as_bytes(), "visits.csv", reading())
        .unwrap();
    let mut mapping = study.guess();
    mapping.new_therapy = Some("Other therapy".to_owned());
    mapping.groups = vec![Grouping {
        column: "Arm".to_owned(),
        ..Grouping::default()
    }];
    study.assign(mapping).expect("a cohort");
    study
}

pub fn figures() -> Vec<(&'static str, Scene)> {
    let options = SensitivityOptions {
        group: Some("Arm".to_owned()),
        ..SensitivityOptions::default()
    };
    let outcome = many().run(&Analysis::Sensitivity(options), &mut |_| ());
    let scenes = layout(
        &outcome.expect("an outcome"),
        &Style::default(),
        &Text::new("en"),
    );
    let [all, control, experimental] = <[Scene; 3]>::try_from(scenes).unwrap();
    vec![
        ("sensitivity_all", all),
        ("sensitivity_control", control),
        ("sensitivity_experimental", experimental),
    ]
}
