//! Bars and boxes on synthetic patients.

use std::path::Path;

use oncurve::Study;
use oncurve::analysis::{Analysis, FigureWidth, GroupsFigure, GroupsOptions};
use oncurve::cohort::{Grouping, Mapping};
use oncurve::figure::{Scene, layout};
use oncurve::format::Style;
use oncurve::table::ReadOptions;
use oncurve::text::Text;

fn grouping(column: &str) -> Grouping {
    Grouping {
        column: column.to_owned(),
        ..Grouping::default()
    }
}

fn scene(csv: &[u8], mapping: Mapping, options: GroupsOptions) -> Scene {
    let mut study = Study::open(csv, "patients.csv", ReadOptions::default()).unwrap();
    study.assign(mapping).unwrap();
    let outcome = study.run(&Analysis::Groups(options), &mut |_| ()).unwrap();
    layout(&outcome, &Style::default(), &Text::new("en")).remove(0)
}

/// The patients of the report's tests.
fn patients(options: GroupsOptions) -> Scene {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report/data/groups.csv");
    let arm = Grouping {
        levels: ["Control", "Low dose", "High dose"]
            .map(str::to_owned)
            .to_vec(),
        ..grouping("Arm")
    };
    let mapping = Mapping {
        groups: vec![arm, grouping("Sex"), grouping("Centre")],
        counted: ["Nausea week 6", "Grade"].map(grouping).to_vec(),
        covariates: ["Age", "LDH"].map(str::to_owned).to_vec(),
        ..Mapping::default()
    };
    scene(&std::fs::read(path).unwrap(), mapping, options)
}

fn options(column: &str, group: &str, width: FigureWidth) -> GroupsOptions {
    GroupsOptions {
        column: column.to_owned(),
        group: group.to_owned(),
        figure: GroupsFigure { width, title: None },
        ..GroupsOptions::default()
    }
}

/// Patients without randomness: a value and a group each.
fn made(
    names: &[&str],
    n: usize,
    value: impl Fn(usize, usize) -> String,
    measured: bool,
    width: FigureWidth,
) -> Scene {
    let mut csv = String::from("Value,Group\n");
    for (g, name) in names.iter().enumerate() {
        for i in 0..n {
            csv += &format!("{},\"{}\"\n", value(g, i), name.replace('"', "\"\""));
        }
    }
    let mapping = Mapping {
        groups: vec![grouping("Group")],
        counted: if measured {
            Vec::new()
        } else {
            vec![grouping("Value")]
        },
        covariates: if measured {
            vec!["Value".to_owned()]
        } else {
            Vec::new()
        },
        ..Mapping::default()
    };
    scene(csv.as_bytes(), mapping, options("Value", "Group", width))
}

/// Every figure of a comparison that has a snapshot, by name.
pub fn figures() -> Vec<(&'static str, Scene)> {
    let (one, wide) = (FigureWidth::One, FigureWidth::OneAndHalf);
    let titled = GroupsOptions {
        figure: GroupsFigure {
            width: wide,
            title: Some("Worst grade of nausea in the first twelve weeks of treatment".to_owned()),
        },
        ..options("Grade", "Sex", wide)
    };
    let answer = |g: usize, i: usize| if (i * 7 + g) % 10 < g { "yes" } else { "no" }.to_owned();
    let skewed = |g: usize, i: usize| {
        let share = (i as f64 + 0.5) / 400.0;
        let value = 150.0 + 40.0 * g as f64 - 60.0 * (1.0 - share).ln() * (1.0 + g as f64);
        format!("{value:.1}")
    };
    vec![
        (
            "groups_two_values",
            patients(options("Nausea week 6", "Arm", one)),
        ),
        ("groups_grades", patients(options("Grade", "Arm", one))),
        ("groups_grades_titled", patients(titled)),
        ("groups_age", patients(options("Age", "Sex", one))),
        ("groups_ldh", patients(options("LDH", "Arm", wide))),
        (
            "groups_many_points",
            made(&["A", "B"], 400, skewed, true, one),
        ),
        ("groups_ten", made(&super::LETTERS, 40, answer, false, wide)),
        (
            "groups_long_names",
            made(&super::LONG, 30, answer, false, one),
        ),
        (
            "groups_chinese",
            made(&super::CHINESE, 30, skewed, true, one),
        ),
        (
            "groups_all_equal",
            made(&["A", "B"], 5, |_, _| "7".to_owned(), true, one),
        ),
    ]
}
