//! The figures of a comparison: the difference of the curves over time, and restricted means as areas.

use super::Scene;
use crate::analysis::ComparisonOutcome;
use crate::format::Style;
use crate::text::Text;

mod areas;
mod difference;
mod words;

use words::Words;

/// Lays out the figures that the options ask for.
pub(super) fn scenes(outcome: &ComparisonOutcome, style: &Style, text: &Text) -> Vec<Scene> {
    let words = Words {
        outcome,
        style,
        text,
    };
    let difference = outcome
        .shows_difference()
        .then(|| difference::scene(&words));
    let areas = outcome.shows_areas().then(|| areas::scene(&words));
    difference.into_iter().chain(areas).collect()
}
