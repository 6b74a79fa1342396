//! The tables for a spreadsheet. No cell becomes a formula.

use super::{Block, Section};

/// The byte order mark by which Excel knows UTF-8.
pub(super) const BOM: char = '\u{feff}';

/// The tables of all sections, one under the other, with their headings, captions and notes.
pub(super) fn document(sections: &[Section]) -> String {
    let mut lines = String::from(BOM);
    for section in sections {
        for block in &section.blocks {
            match block {
                Block::Heading { text } => push_line(&mut lines, &[text]),
                Block::Table {
                    caption,
                    columns,
                    shared_heads: _,
                    rows,
                    notes,
                } => {
                    push_line(&mut lines, &[caption]);
                    push_line(&mut lines, columns);
                    for row in rows {
                        let cells = std::iter::once(&row.head).chain(&row.cells);
                        push_line(&mut lines, &cells.collect::<Vec<_>>());
                    }
                    for note in notes {
                        push_line(&mut lines, &[note]);
                    }
                    lines.push_str("\r\n");
                }
                // A spreadsheet holds tables; the words and figures are in the page.
                Block::Paragraph { .. }
                | Block::Figure { .. }
                | Block::Caution { .. }
                | Block::Exclusions { .. }
                | Block::Methods { .. } => {}
            }
        }
    }
    lines
}

pub(super) fn push_line<T: AsRef<str>>(lines: &mut String, cells: &[T]) {
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            lines.push(',');
        }
        let cell = inert(cell.as_ref());
        lines.push('"');
        lines.push_str(&cell.replace('"', "\"\""));
        lines.push('"');
    }
    lines.push_str("\r\n");
}

/// Text that a spreadsheet takes for text: what could start a formula gets an apostrophe before it.
///
/// A number of ours stays a number: its true minus becomes the minus that spreadsheets read.
pub(super) fn inert(cell: &str) -> String {
    if let Some(digits) = cell.strip_prefix('−')
        && digits.parse::<f64>().is_ok()
    {
        return format!("-{digits}");
    }
    let is_number = || cell.parse::<f64>().is_ok_and(f64::is_finite) && !cell.starts_with('+');
    let starts_formula = || {
        let leading = |character: char| {
            character.is_whitespace()
                || character.is_control()
                || matches!(character, '"' | '\'' | '\u{feff}' | '\u{200b}')
        };
        // Excel takes the full-width forms too, where such keyboards are used.
        let opening = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
        cell.starts_with(['\t', '\r', '\n'])
            || cell.trim_start_matches(leading).starts_with(opening)
    };
    if !is_number() && starts_formula() {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_start_a_formula_gets_an_apostrophe() {
        for cell in [
            "=HYPERLINK(\"http://x\")",
            "+1+1",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\tplain",
            " =1",
            "\"=1",
            "' =1",
            "\u{feff}=1",
            "＝1+1",
            "-1|cmd",
            "+5",
        ] {
            assert_eq!(inert(cell), format!("'{cell}"));
        }
    }

    #[test]
    fn numbers_and_plain_text_stay_as_they_are() {
        for cell in [
            "-5.1",
            "0.048",
            "12",
            "28.6 % (8.4–58.1)",
            "PD-L1",
            "",
            "a=b",
            "< 0.001",
        ] {
            assert_eq!(inert(cell), cell);
        }
        assert_eq!(inert("−5.1"), "-5.1");
        assert_eq!(inert("−20.0 (−51.0 to 12.0)"), "−20.0 (−51.0 to 12.0)");
    }

    #[test]
    fn spaces_stay_plain_spaces() {
        let mut lines = String::new();
        push_line(&mut lines, &["28.6 % (95 % CI 8.4–58.1)"]);
        assert_eq!(lines, "\"28.6 % (95 % CI 8.4–58.1)\"\r\n");
    }

    #[test]
    fn quotes_and_commas_stay_inside_their_cell() {
        let mut lines = String::new();
        push_line(&mut lines, &["a,\"b\"", "c\nd"]);
        assert_eq!(lines, "\"a,\"\"b\"\"\",\"c\nd\"\r\n");
    }
}
