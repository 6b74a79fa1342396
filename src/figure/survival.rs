//! The Kaplan-Meier figure.

use super::Scene;
use crate::analysis::SurvivalOutcome;
use crate::format::Style;
use crate::text::Text;

/// Lays out the Kaplan-Meier figure with its table of numbers at risk.
pub(super) fn scene(outcome: &SurvivalOutcome, style: &Style, text: &Text) -> Scene {
    todo!("{outcome:?} {style:?} {}", text.get("figure"))
}
