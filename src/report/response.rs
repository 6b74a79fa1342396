//! The response section of the report.

use super::Block;
use crate::analysis::ResponseOutcome;
use crate::format::Style;
use crate::text::Text;

/// Sentences, table, exclusions and Methods paragraph of a response analysis.
pub(super) fn blocks(outcome: &ResponseOutcome, style: &Style, text: &Text) -> Vec<Block> {
    todo!("{outcome:?} {style:?} {}", text.get("report"))
}
