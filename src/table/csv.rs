//! Delimited text into a [`Grid`]: split by the csv crate, the delimiter found by evidence.

use ::csv::{ReaderBuilder, StringRecord};

use super::grid::{Grid, Span, Value};
use super::{Finding, FindingKind, MAX_CELLS, ReadError, too_many_cells};

/// The delimiters that are tried, the commonest first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// How much of the text the search for the delimiter reads.
const SAMPLE: usize = 64 * 1024;

/// Splits `text` into cells. Rows are counted as a spreadsheet counts them: a quoted line break
/// does not end a row, and a blank line is one.
pub(super) fn parse(text: &str, delimiter: u8) -> Result<Grid, ReadError> {
    let mut grid = Grid::default();
    split(text, delimiter, |number, record| {
        push(&mut grid, record);
        grid.end_row(number);
        if grid.len() > MAX_CELLS {
            return Err(too_many_cells());
        }
        Ok(())
    })?;
    Ok(grid)
}

/// Appends the fields of a record, trimmed.
fn push(grid: &mut Grid, record: &StringRecord) {
    let (base, whole) = (grid.arena().len(), record.as_slice());
    let is_stored = grid.store(whole).is_some();
    for field in record {
        let field = match field.as_bytes() {
            [0x21..0x7F] | [0x21..0x7F, .., 0x21..0x7F] => field,
            _ => trim(field),
        };
        let value = if field.is_empty() || !is_stored {
            None
        } else {
            let offset = field.as_ptr() as usize - whole.as_ptr() as usize;
            Span::new(base + offset, field.len()).map(Value::Text)
        };
        grid.push(value.unwrap_or(Value::Empty));
    }
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
        if let Some(score) = evenness(sample, delimiter)
            && best.is_none_or(|(_, top)| score > top)
        {
            best = Some((delimiter, score));
        }
    }
    best.map(|(delimiter, _)| delimiter)
}

/// The share of the records that have the commonest number of fields, weighted by the logarithm
/// of that number; halved where the first record has another. `None` for single fields.
fn evenness(text: &str, delimiter: u8) -> Option<f64> {
    let mut counts = Vec::new();
    split(text, delimiter, |_, record| {
        counts.push(record.len());
        Ok(())
    })
    .ok()?;
    let first = *counts.first()?;
    counts.sort_unstable();
    let runs = counts.chunk_by(|a, b| a == b).filter(|run| run[0] > 1);
    let commonest = runs.max_by_key(|run| (run.len(), run[0]))?;
    let share = commonest.len() as f64 / counts.len() as f64;
    let header = if first == commonest[0] { 1.0 } else { 0.5 };
    Some(share * (commonest[0] as f64).ln() * header)
}

/// Gives each record of `text` that is not blank, with its row as a spreadsheet counts it. From a
/// quote that is never closed on, quotes are letters.
fn split(
    text: &str,
    delimiter: u8,
    mut take: impl FnMut(u32, &StringRecord) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let (mut text, mut quoting, mut row) = (text, true, 0);
    'text: loop {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .quoting(quoting)
            .from_reader(text.as_bytes());
        let mut record = StringRecord::new();
        loop {
            let (blank, start) = blank_lines(text.as_bytes(), reader.position().byte() as usize);
            let more = reader
                .read_record(&mut record)
                .map_err(|error| ReadError::Corrupt {
                    detail: error.to_string(),
                })?;
            if !more {
                return Ok(());
            }
            row += blank;
            let is_last = reader.position().byte() as usize == text.len();
            if quoting && is_last && is_unclosed(&text[start..], &record) {
                (text, quoting) = (&text[start..], false);
                continue 'text;
            }
            row += 1;
            take(row, &record)?;
        }
    }
}

/// How many blank lines there are from `at`, where a record ended, and where they end.
fn blank_lines(text: &[u8], at: usize) -> (u32, usize) {
    let is_within_line_end = at > 0 && text[at - 1] == b'\r' && text.get(at) == Some(&b'\n');
    let (mut count, mut at) = (0, at + usize::from(is_within_line_end));
    while let Some(b'\r' | b'\n') = text.get(at) {
        at += if text[at..].starts_with(b"\r\n") {
            2
        } else {
            1
        };
        count += 1;
    }
    (count, at)
}

/// Whether the last record has run over line breaks to the end, its quotes unpaired.
fn is_unclosed(text: &str, record: &StringRecord) -> bool {
    record.as_slice().contains(['\n', '\r']) && text.matches('"').count() % 2 == 1
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

/// `text` without the white space around it, invisible marks included.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\0')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, delimiter: u8) -> Vec<(u32, Vec<String>)> {
        let grid = parse(text, delimiter).unwrap();
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
        let numbers = |text| -> Vec<u32> { rows(text, b',').iter().map(|row| row.0).collect() };
        assert_eq!(numbers("\r\n\r\na\r\nb\r\n\r\nc\r\n"), [3, 4, 6]);
        assert_eq!(numbers("a\rb\r\rc\r"), [1, 2, 4]);
        assert_eq!(numbers("a\n\n\nb\n,\nc"), [1, 4, 6]);
        assert_eq!(numbers("\"a\r\n\r\nb\"\r\n\r\nc"), [1, 3]);
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
