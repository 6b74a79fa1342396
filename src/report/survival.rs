//! The survival section of the report.

use super::Block;
use crate::analysis::SurvivalOutcome;
use crate::format::Style;
use crate::text::Text;

/// Sentences, table, exclusions and Methods paragraph of a survival analysis.
pub(super) fn blocks(outcome: &SurvivalOutcome, style: &Style, text: &Text) -> Vec<Block> {
    todo!("{outcome:?} {style:?} {}", text.get("report"))
}
