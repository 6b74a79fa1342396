//! Delimited text into a [`Grid`]: the delimiter found by evidence, the fields left where they stand.

use super::grid::{Grid, Span, Value};
use super::{Finding, FindingKind, MAX_CELLS, ReadError, too_many_cells};

/// The delimiters that are tried, the commonest first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// How much of the text the search for the delimiter reads.
const SAMPLE: usize = 64 * 1024;

/// Splits `text` into cells. Rows are counted as a spreadsheet counts them: a quoted line break
/// does not end a row, and a blank line is one.
pub(super) fn parse(text: String, delimiter: u8) -> Result<Grid, ReadError> {
    let mut filler = Filler {
        grid: Grid::default(),
        extra: String::new(),
        base: text.len(),
        records: 0,
    };
    split(&text, delimiter, &mut filler);
    if filler.grid.len() > MAX_CELLS {
        return Err(too_many_cells());
    }
    let mut arena = text;
    arena.push_str(&filler.extra);
    Ok(filler.grid.with_arena(arena))
}

/// The delimiter that splits most records of `text` into the same number of fields, most fields
/// winning; `None` when nothing splits it.
pub(super) fn sniff(text: &str) -> Option<u8> {
    let sample = match text.char_indices().nth(SAMPLE) {
        // The last record may be cut: leave it out, unless it is all there is.
        Some((end, _)) => text[..end]
            .rfind(['\n', '\r'])
            .map_or(&text[..end], |line| &text[..line]),
        None => text,
    };
    let mut best = None;
    for delimiter in DELIMITERS {
        let mut widths = Widths::default();
        split(sample, delimiter, &mut widths);
        if let Some(score) = widths.score() {
            if best.is_none_or(|(_, top)| score > top) {
                best = Some((delimiter, score));
            }
        }
    }
    best.map(|(delimiter, _)| delimiter)
}

/// How many undecodable cells are listed: enough to see what is wrong with the encoding.
const UNDECODABLE_LISTED: usize = 100;

/// Notes the cells that hold bytes which the encoding cannot decode.
pub(super) fn undecodable(grid: &Grid, findings: &mut Vec<Finding>) {
    let rows = grid.rows().iter().enumerate();
    let cells =
        rows.flat_map(|(index, row)| grid.row(index).iter().map(|value| (row.number, *value)));
    let texts = cells.filter_map(|(row, value)| match value {
        Value::Text(span) => {
            Some((row, grid.text(span))).filter(|(_, text)| text.contains('\u{fffd}'))
        }
        Value::Empty | Value::Number(_) | Value::Date(_) | Value::Bool(_) => None,
    });
    findings.extend(texts.take(UNDECODABLE_LISTED).map(|(row, text)| Finding {
        row: Some(row),
        column: None,
        value: Some(text.to_owned()),
        kind: FindingKind::Undecodable,
    }));
}

/// Takes the first line `sep=;` off, which Excel obeys and does not show.
pub(super) fn take_hint(text: &mut String) -> Option<u8> {
    let line = text.split(['\r', '\n']).next().unwrap_or_default();
    let hint = match line.as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', hint]
            if hint.is_ascii_punctuation() || *hint == b'\t' =>
        {
            *hint
        }
        _ => return None,
    };
    let rest = &text[line.len()..];
    let end = rest
        .strip_prefix("\r\n")
        .or(rest.strip_prefix(['\r', '\n']))
        .unwrap_or(rest);
    text.replace_range(..text.len() - end.len(), "");
    Some(hint)
}

/// What takes the fields as they are found.
trait Fields {
    /// A field that stands in the text as it is, quotes left off.
    fn plain(&mut self, text: &str, start: usize, end: usize);
    /// A field that had to be put together, because it holds doubled quotes.
    fn joined(&mut self, field: &str);
    /// The end of a record; `false` stops.
    fn end(&mut self) -> bool;
}

/// Finds the fields of `text`. A quote opens only at the start of a field, and one that is never
/// closed counts as a letter.
fn split<F: Fields>(text: &str, delimiter: u8, fields: &mut F) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'"' {
            if let Some(next) = quoted(text, at, delimiter, fields) {
                at = next;
            } else {
                at = unquoted(text, at, delimiter, fields);
            }
        } else {
            at = unquoted(text, at, delimiter, fields);
        }
        match bytes.get(at) {
            Some(b) if *b == delimiter => {
                at += 1;
                if at == bytes.len() {
                    fields.plain(text, at, at);
                    fields.end();
                }
            }
            Some(b) => {
                at += 1;
                if *b == b'\r' && bytes.get(at) == Some(&b'\n') {
                    at += 1;
                }
                if !fields.end() {
                    return;
                }
            }
            None => {
                fields.end();
            }
        }
    }
}

/// A field without quotes from `start`; returns where its delimiter or line end stands.
#[inline]
fn unquoted<F: Fields>(text: &str, start: usize, delimiter: u8, fields: &mut F) -> usize {
    let bytes = &text.as_bytes()[start..];
    let len = bytes
        .iter()
        .position(|b| *b == delimiter || *b == b'\n' || *b == b'\r')
        .unwrap_or(bytes.len());
    fields.plain(text, start, start + len);
    start + len
}

/// A field whose opening quote stands at `open`; `None` when the quote is never closed.
fn quoted<F: Fields>(text: &str, open: usize, delimiter: u8, fields: &mut F) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut joined = String::new();
    let mut from = open + 1;
    loop {
        let close = from + text[from..].find('"')?;
        if bytes.get(close + 1) == Some(&b'"') {
            joined.push_str(&text[from..=close]);
            from = close + 2;
            continue;
        }
        let after = close + 1;
        let rest = &bytes[after..];
        let tail = rest
            .iter()
            .position(|b| *b == delimiter || *b == b'\n' || *b == b'\r')
            .unwrap_or(rest.len());
        if joined.is_empty() && tail == 0 {
            fields.plain(text, from, close);
        } else {
            joined.push_str(&text[from..close]);
            joined.push_str(&text[after..after + tail]);
            fields.joined(&joined);
        }
        return Some(after + tail);
    }
}

/// Stores the fields as cells. Joined fields go behind the text, where their spans already point.
struct Filler {
    grid: Grid,
    extra: String,
    base: usize,
    records: u32,
}

impl Fields for Filler {
    #[inline]
    fn plain(&mut self, text: &str, start: usize, end: usize) {
        let field = &text.as_bytes()[start..end];
        let clean = match (field.first(), field.last()) {
            (Some(first), Some(last)) => {
                (0x21..0x7F).contains(first) && (0x21..0x7F).contains(last)
            }
            _ => {
                self.grid.push(Value::Empty);
                return;
            }
        };
        let (start, len) = if clean {
            (start, end - start)
        } else {
            let trimmed = trim(&text[start..end]);
            (
                start + (trimmed.as_ptr() as usize - field.as_ptr() as usize),
                trimmed.len(),
            )
        };
        self.grid.push(match Span::new(start, len) {
            Some(span) if len > 0 => Value::Text(span),
            _ => Value::Empty,
        });
    }

    fn joined(&mut self, field: &str) {
        let trimmed = trim(field);
        let start = self.base + self.extra.len();
        self.extra.push_str(trimmed);
        self.grid.push(match Span::new(start, trimmed.len()) {
            Some(span) if !trimmed.is_empty() => Value::Text(span),
            _ => Value::Empty,
        });
    }

    fn end(&mut self) -> bool {
        self.records += 1;
        self.grid.end_row(self.records);
        self.grid.len() <= MAX_CELLS
    }
}

/// `text` without the white space around it, invisible marks included.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\0')
    })
}

/// Counts the fields of each record.
#[derive(Default)]
struct Widths {
    counts: Vec<u32>,
    open: u32,
    blank: bool,
}

impl Widths {
    /// The share of the records that have the commonest number of fields, weighted by the logarithm
    /// of that number; halved where the first record has another. `None` for single fields.
    fn score(&self) -> Option<f64> {
        let mut sorted: Vec<u32> = self.counts.clone();
        sorted.sort_unstable();
        let runs = sorted.chunk_by(|a, b| a == b).filter(|run| run[0] > 1);
        let commonest = runs.max_by_key(|run| (run.len(), run[0]))?;
        let share = commonest.len() as f64 / self.counts.len() as f64;
        let header = if self.counts.first() == Some(&commonest[0]) {
            1.0
        } else {
            0.5
        };
        Some(share * f64::from(commonest[0]).ln() * header)
    }
}

impl Fields for Widths {
    fn plain(&mut self, _: &str, start: usize, end: usize) {
        self.blank = self.open == 0 && start == end;
        self.open += 1;
    }

    fn joined(&mut self, _: &str) {
        self.blank = false;
        self.open += 1;
    }

    fn end(&mut self) -> bool {
        if !(self.blank && self.open == 1) {
            self.counts.push(self.open);
        }
        self.open = 0;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, delimiter: u8) -> Vec<(u32, Vec<String>)> {
        let grid = parse(text.to_owned(), delimiter).unwrap();
        (0..grid.rows().len())
            .map(|row| {
                let texts = grid.row(row).iter().map(|value| match value {
                    Value::Text(span) => grid.text(*span).to_owned(),
                    _ => String::new(),
                });
                (grid.rows()[row].number, texts.collect())
            })
            .collect()
    }

    fn row(number: u32, texts: &[&str]) -> (u32, Vec<String>) {
        (
            number,
            texts.iter().map(|text| (*text).to_owned()).collect(),
        )
    }

    #[test]
    fn quotes_hold_delimiters_line_breaks_and_doubled_quotes() {
        assert_eq!(
            rows("a,\"b,\nc\",\"say \"\"hi\"\"\"\r\n\r\n 1 ,,3,\n", b','),
            [
                row(1, &["a", "b,\nc", "say \"hi\""]),
                row(3, &["1", "", "3"])
            ]
        );
    }

    #[test]
    fn a_quote_that_never_closes_is_a_letter() {
        assert_eq!(
            rows("\"a,b\nc,d", b','),
            [row(1, &["\"a", "b"]), row(2, &["c", "d"])]
        );
        assert_eq!(
            rows("5\" tumour,b\n\"x\"y,z", b','),
            [row(1, &["5\" tumour", "b"]), row(2, &["xy", "z"])]
        );
    }

    #[test]
    fn line_ends_of_every_system_end_a_row() {
        assert_eq!(rows("a,b\rc,d\r\ne,f\ng,h", b',').len(), 4);
    }

    #[test]
    fn the_delimiter_is_the_one_that_splits_evenly() {
        assert_eq!(sniff("id,time\n1,2\n"), Some(b','));
        assert_eq!(sniff("id;time\n1;2,5\n2;3,5\n"), Some(b';'));
        assert_eq!(sniff("id\tnote\n1\ta,b,c\n2\td;e\n"), Some(b'\t'));
        assert_eq!(sniff("id|time|event\n1|2|0\n"), Some(b'|'));
        assert_eq!(sniff("id,note\n1,\"a;b;c\"\n2,\"d;e;f\"\n"), Some(b','));
        assert_eq!(sniff("one\ntwo\n"), None);
    }
}
