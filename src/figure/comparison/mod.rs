//! The figures of a comparison: the difference of the curves over time, and restricted means as areas.

use super::Scene;
use super::rising::{self, rises};
use crate::analysis::ComparisonOutcome;
use crate::format::Style;
use crate::text::Text;

mod areas;
mod difference;
mod words;

use words::Words;

/// Lays out the figures that the options ask for.
pub(super) fn scenes(outcome: &ComparisonOutcome, style: &Style, text: &Text) -> Vec<Scene> {
    let risen = rises(outcome.options.endpoint).then(|| risen(outcome));
    let words = Words {
        outcome: risen.as_ref().unwrap_or(outcome),
        style,
        text,
    };
    let difference = outcome
        .shows_difference()
        .then(|| difference::scene(&words));
    let areas = outcome.shows_areas().then(|| areas::scene(&words));
    difference.into_iter().chain(areas).collect()
}

/// The outcome with the differences of shares that have had the event, in place of those of survival.
fn risen(outcome: &ComparisonOutcome) -> ComparisonOutcome {
    let endpoint = outcome.options.endpoint;
    let mut risen = outcome.clone();
    for pair in &mut risen.pairs {
        for at in &mut pair.differences {
            let shown = [at.estimate, at.conf_low, at.conf_high];
            [at.estimate, at.conf_low, at.conf_high] = rising::difference(endpoint, shown);
        }
        for step in &mut pair.over_time {
            step.estimate = -step.estimate;
            [_, step.conf_low, step.conf_high] =
                rising::difference(endpoint, [None, step.conf_low, step.conf_high]);
        }
    }
    risen
}
