//! An [`Outcome`] into [`Scene`]s, and a scene onto any `DrawingBackend`.

use crate::analysis::Outcome;
use crate::format::Style;
use crate::text::Text;

mod axis;
#[cfg(target_arch = "wasm32")]
pub mod canvas;
mod comparison;
mod competing;
mod cox;
pub mod cox_checks;
mod cox_curves;
pub mod cox_words;
mod curve;
mod curves;
pub mod cut_point;
mod draw;
mod flow;
mod forest;
mod frame;
mod groups;
mod legend;
mod patients;
mod placement;
mod proportionality;
mod response;
pub mod rising;
mod risk_table;
mod safety;
mod scene;
pub mod sensitivity;
mod sheet;
mod survival;
mod svg;
mod text_metrics;
mod theme;
mod words;

pub use draw::draw;
pub use flow::{analysed_words, loss_words, reason_ids};
pub use groups::MOST_BOX_POINTS;
pub use patients::swimmer_pages;
pub use safety::{
    captions as safety_captions, draws_first as safety_draws_first, row as safety_row,
};
pub use scene::*;
pub use svg::svg;

/// Lays out the figures of an outcome. Everything is placed, measured and worded here.
pub fn layout(outcome: &Outcome, style: &Style, text: &Text) -> Vec<Scene> {
    match outcome {
        Outcome::Survival(outcome) => vec![survival::scene(outcome, style, text)],
        Outcome::Competing(outcome) => competing::scenes(outcome, style, text),
        Outcome::Groups(outcome) => groups::scenes(outcome, style, text),
        Outcome::Comparison(outcome) => comparison::scenes(outcome, style, text),
        Outcome::Sensitivity(outcome) => sensitivity::scenes(outcome, style, text),
        Outcome::Cox(outcome) => cox::scenes(outcome, style, text),
        Outcome::Subgroups(outcome) => vec![cox::subgroups(outcome, style, text)],
        Outcome::CutPoint(outcome) => cut_point::scenes(outcome, style, text),
        Outcome::Tumours(outcome) => patients::tumours(outcome, style, text),
        Outcome::Swimmer(outcome) => patients::swimmer(outcome, style, text),
        Outcome::Response(outcome) => response::scenes(outcome, style, text),
        Outcome::Flow(outcome) => vec![flow::scene(outcome, text)],
        Outcome::Safety(outcome) => safety::scenes(outcome, style, text),
        Outcome::Frequency(_) | Outcome::Baseline(_) => Vec::new(),
    }
}
