//! Forest figures and residuals of public-domain data sets.

use std::path::Path;

use oncurve::Study;
use oncurve::analysis::{
    Analysis, CoxOptions, CurveOptions, FigureWidth, ForestFigure, ForestModel, NumberScale,
    NumberUse, SubgroupsFigure, SubgroupsOptions,
};
use oncurve::cohort::{Endpoint, Grouping, Mapping, TimeAndEvent, TimeUnit};
use oncurve::figure::{Scene, layout};
use oncurve::format::Style;
use oncurve::table::ReadOptions;
use oncurve::text::Text;

pub fn study(name: &str, groups: &[(&str, &[(&str, &str)])], covariates: &[&str]) -> Study {
    let path = format!("tests/reference/data/{name}.csv");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let bytes = std::fs::read(path).expect("the data are there");
    let mut study = Study::open(&bytes, "data.csv", ReadOptions::default()).expect("a table");
    let text = |&text: &&str| text.to_owned();
    let mapping = Mapping {
        os: Some(TimeAndEvent {
            time: "time".to_owned(),
            event: "status".to_owned(),
            unit: TimeUnit::Days,
            event_values: vec!["1".to_owned()],
            blank_is_no_event: false,
        }),
        groups: (groups.iter())
            .map(|(column, labels)| Grouping {
                column: text(column),
                levels: Vec::new(),
                labels: (labels.iter())
                    .map(|(from, to)| (text(from), text(to)))
                    .collect(),
            })
            .collect(),
        covariates: covariates.iter().map(text).collect(),
        ..Mapping::default()
    };
    study.assign(mapping).expect("a cohort");
    study
}

pub fn scenes(study: &Study, analysis: &Analysis) -> Vec<Scene> {
    let outcome = study.run(analysis, &mut |_| ()).expect("an outcome");
    layout(&outcome, &Style::default(), &Text::new("en"))
}

const ECOG: (&str, &[(&str, &str)]) = (
    "ph.ecog",
    &[
        ("0", "ECOG 0"),
        ("1", "ECOG 1"),
        ("2", "ECOG 2 or 3"),
        ("3", "ECOG 2 or 3"),
    ],
);

fn lung(figure: ForestFigure) -> Vec<Scene> {
    let study = study(
        "lung",
        &[("sex", &[]), ECOG],
        &["age", "wt.loss", "meal.cal"],
    );
    let covariates = ["age", "sex", "ph.ecog", "wt.loss", "meal.cal"];
    let standardised = NumberUse {
        scale: NumberScale::Standardised,
        step: None,
    };
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: covariates.map(str::to_owned).to_vec(),
        numbers: [("meal.cal".to_owned(), standardised)].into(),
        references: [("sex".to_owned(), "male".to_owned())].into(),
        figure,
        ..CoxOptions::default()
    };
    scenes(&study, &Analysis::Cox(options))
}

fn veteran() -> Study {
    let long = "squamous cell carcinoma, a name that is too long for its column";
    let cells = [("squamous", long), ("smallcell", "small cell")];
    study(
        "veteran",
        &[("trt", &[]), ("celltype", &cells), ("prior", &[])],
        &["karno", "age"],
    )
}

/// Few patients: wide intervals, an interaction, a title.
fn interaction() -> Vec<Scene> {
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: vec!["karno".to_owned(), "celltype".to_owned()],
        interactions: vec![["trt", "celltype"].map(str::to_owned)],
        figure: ForestFigure {
            title: Some("Survival of lung cancer by cell type and treatment".to_owned()),
            ..ForestFigure::default()
        },
        ..CoxOptions::default()
    };
    scenes(&veteran(), &Analysis::Cox(options))
}

fn subgroups(width: FigureWidth) -> Scene {
    let options = SubgroupsOptions {
        endpoint: Endpoint::Os,
        group: "trt".to_owned(),
        subgroups: vec!["celltype".to_owned(), "prior".to_owned()],
        figure: SubgroupsFigure { width, title: None },
        ..SubgroupsOptions::default()
    };
    scenes(&veteran(), &Analysis::Subgroups(options)).remove(0)
}

/// Predicted curves and checks.
fn more(by: Option<&str>, strata: &[&str], width: FigureWidth) -> Vec<Scene> {
    let covariates = ["age", "sex", "ph.ecog", "wt.loss"];
    let study = study("lung", &[("sex", &[]), ECOG], &["age", "wt.loss"]);
    let options = CoxOptions {
        endpoint: Endpoint::Os,
        covariates: (covariates.iter())
            .filter(|column| !strata.contains(column))
            .map(|&column| column.to_owned())
            .collect(),
        strata: strata.iter().map(|&column| column.to_owned()).collect(),
        curves: CurveOptions {
            show: true,
            by: by.map(str::to_owned),
            ..CurveOptions::default()
        },
        checks: true,
        figure: ForestFigure {
            width,
            ..ForestFigure::default()
        },
        ..CoxOptions::default()
    };
    scenes(&study, &Analysis::Cox(options))
}

/// Those that have a snapshot, by name.
pub fn figures() -> Vec<(&'static str, Scene)> {
    let of = |width, show| ForestFigure {
        width,
        show,
        title: None,
    };
    let both = lung(ForestFigure::default());
    let [forest, residuals] = <[Scene; 2]>::try_from(both).expect("a forest and residuals");
    let univariable = of(FigureWidth::OneAndHalf, ForestModel::Univariable);
    let narrow = || lung(of(FigureWidth::One, ForestModel::Multivariable));
    let ecog = more(Some("ph.ecog"), &[], FigureWidth::Two);
    let [.., curves, forms, deviance, influence] = &ecog[..] else {
        panic!("{} figures", ecog.len());
    };
    let strata = || more(None, &["sex"], FigureWidth::Two).swap_remove(2);
    let one_column = more(Some("age"), &[], FigureWidth::One);
    vec![
        ("cox_curves_lung", curves.clone()),
        ("cox_martingale_lung", forms.clone()),
        ("cox_deviance_lung", deviance.clone()),
        ("cox_dfbeta_lung", influence.clone()),
        ("cox_curves_lung_strata", strata()),
        ("cox_curves_lung_one_column", one_column[2].clone()),
        ("cox_martingale_lung_one_column", one_column[3].clone()),
        ("cox_deviance_lung_one_column", one_column[4].clone()),
        ("forest_lung", forest),
        ("schoenfeld_lung", residuals),
        ("forest_lung_univariable", lung(univariable).remove(0)),
        ("forest_lung_one_column", narrow().remove(0)),
        ("schoenfeld_lung_one_column", narrow().remove(1)),
        ("forest_interaction", interaction().remove(0)),
        ("subgroups_veteran", subgroups(FigureWidth::Two)),
        ("subgroups_veteran_one_column", subgroups(FigureWidth::One)),
    ]
}
