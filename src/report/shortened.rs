//! Long tables on a page: their beginning, and a sentence that says so.

use super::Block;
use crate::text::Text;

/// Tables with more rows than this are shortened to about as many.
pub const ROWS_SHOWN: usize = 200;

/// The blocks as a page shows them: of a long table the first rows, with a note on how many are not shown. The csv has
/// them all.
///
/// **Conventions.** Rows with the same head stay together, so that nobody's rows are cut apart, but no table has twice
/// [`ROWS_SHOWN`].
pub fn shortened(mut blocks: Vec<Block>, text: &Text) -> Vec<Block> {
    for block in &mut blocks {
        let Block::Table { rows, notes, .. } = block else {
            continue;
        };
        let all = rows.len();
        if all <= ROWS_SHOWN {
            continue;
        }
        let last = &rows[ROWS_SHOWN - 1].head;
        let same = (rows[ROWS_SHOWN..].iter())
            .take(ROWS_SHOWN)
            .take_while(|row| row.head == *last);
        let shown = ROWS_SHOWN + same.count();
        if shown == all {
            continue;
        }
        rows.truncate(shown);
        let said = [
            ("shown", shown.into()),
            ("all", all.into()),
            ("left", (all - shown).into()),
        ];
        notes.insert(0, text.with("report-rows-shown", &said));
    }
    blocks
}
