//! An R script that computes the same from the person's file.

use super::{Origin, Section};
use crate::text::Text;

pub(super) fn document(sections: &[Section], origin: Origin<'_>, text: &Text) -> String {
    todo!("{} {origin:?} {}", sections.len(), text.get("x"))
}
