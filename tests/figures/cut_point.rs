//! Searches and splines of public-domain data sets.

use oncurve::analysis::{Analysis, CutPointFigure, CutPointOptions, CutRule, FigureWidth, Knots};
use oncurve::cohort::Endpoint;
use oncurve::figure::Scene;

use crate::cox::{scenes, study};

fn of(data: &str, column: &str, width: FigureWidth, knots: Knots) -> [Scene; 2] {
    let options = CutPointOptions {
        endpoint: Endpoint::Os,
        column: column.to_owned(),
        rule: CutRule::Maximum,
        draws: 1000,
        knots,
        figure: CutPointFigure { width },
        ..CutPointOptions::default()
    };
    let scenes = scenes(&study(data, &[], &[column]), &Analysis::CutPoint(options));
    <[Scene; 2]>::try_from(scenes).expect("a search and a spline")
}

/// Those that have a snapshot, by name.
pub fn figures() -> Vec<(&'static str, Scene)> {
    let [search, spline] = of("veteran", "karno", FigureWidth::OneAndHalf, Knots::Three);
    let [search_lung, spline_lung] = of("lung", "age", FigureWidth::Two, Knots::Four);
    let [narrow, narrow_spline] = of("lung", "wt.loss", FigureWidth::One, Knots::Five);
    vec![
        ("cut_point_veteran", search),
        ("spline_veteran", spline),
        ("cut_point_lung", search_lung),
        ("spline_lung", spline_lung),
        ("cut_point_one_column", narrow),
        ("spline_one_column", narrow_spline),
    ]
}
