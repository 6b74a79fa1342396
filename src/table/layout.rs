//! Which row holds the headings, and which rows hold patients.

use super::grid::{Grid, Value};
use super::{Finding, FindingKind, ReadError, date, number};

/// The rows of a sheet by what they hold; indices into the rows of its [`Grid`].
pub(super) struct Layout {
    /// The row of headings.
    pub header: usize,
    /// A row of units below it.
    pub units: Option<usize>,
    /// Rows of data.
    pub data: Vec<u32>,
    /// Columns that have a heading or enough data: position in the sheet and heading.
    pub columns: Vec<(u32, String)>,
}

/// How many rows the search for the headings looks at.
const HEAD: usize = 30;

/// How many rows tell how wide the table is.
const SAMPLE: usize = 200;

/// Finds the headings, the units, the data and the footnotes.
pub(super) fn find(
    grid: &Grid,
    header_row: Option<u32>,
    findings: &mut Vec<Finding>,
) -> Result<Layout, ReadError> {
    let rows = grid.rows();
    if rows.is_empty() {
        return Err(ReadError::Empty);
    }
    let header = match header_row {
        Some(row) => rows
            .iter()
            .position(|candidate| candidate.number == row)
            .ok_or(ReadError::NoSuchRow { row })?,
        None => find_header(grid),
    };
    if header_row.is_none() {
        for index in 0..header {
            findings.push(at_row(grid, index, FindingKind::TitleRow));
        }
    }
    let units = (header + 1 < rows.len() && is_units_row(grid, header + 1)).then_some(header + 1);
    if let Some(index) = units {
        findings.push(at_row(grid, index, FindingKind::UnitsRow));
    }
    let first = units.unwrap_or(header) + 1;
    let end = first_footnote(grid, first);
    for index in end..rows.len() {
        findings.push(at_row(grid, index, FindingKind::Footnote));
    }
    let mut data: Vec<u32> = (first..end).map(|index| index as u32).collect();
    let columns = find_columns(grid, header, &data, findings);
    // A row may hold nothing but stray fields.
    data.retain(|row| {
        columns
            .iter()
            .any(|(position, _)| grid.value(*row as usize, *position as usize) != Value::Empty)
    });
    match columns.len() {
        0 => Err(ReadError::Empty),
        1 => Err(ReadError::OneColumn),
        _ if data.is_empty() => Err(ReadError::NoRows),
        _ => {
            if let Some(last) = data
                .last()
                .filter(|last| is_totals_row(grid, **last as usize))
            {
                findings.push(at_row(grid, *last as usize, FindingKind::TotalsRow));
            }
            Ok(Layout {
                header,
                units,
                data,
                columns,
            })
        }
    }
}

/// A finding about a whole row, shown by its first text.
fn at_row(grid: &Grid, index: usize, kind: FindingKind) -> Finding {
    let first = grid.row(index).iter().find(|value| **value != Value::Empty);
    Finding {
        row: Some(grid.rows()[index].number),
        column: None,
        value: first.map(|value| grid.cell(*value).text().into_owned()),
        kind,
    }
}

/// How many cells of a row hold something.
pub(super) fn filled(row: &[Value]) -> usize {
    row.iter().filter(|value| **value != Value::Empty).count()
}

/// The first row that spans most of the table and consists of words; failing words, the first that
/// spans it.
fn find_header(grid: &Grid) -> usize {
    let sampled = grid.rows().len().min(SAMPLE);
    let mut widths: Vec<usize> = (0..sampled).map(|index| filled(grid.row(index))).collect();
    let head = widths.clone();
    widths.sort_unstable();
    let typical = widths[(widths.len() - 1) * 3 / 4];
    let wide = |index: &usize| head[*index] >= 2 && head[*index] * 5 >= typical * 3;
    let mut candidates = (0..sampled.min(HEAD)).filter(wide);
    let Some(first) = candidates.next() else {
        return 0;
    };
    std::iter::once(first)
        .chain(candidates)
        .find(|index| is_of_words(grid, *index))
        .unwrap_or(first)
}

/// Whether at least three in five of its cells are words: neither numbers nor dates.
fn is_of_words(grid: &Grid, index: usize) -> bool {
    let row = grid.row(index);
    let words = row.iter().filter(|value| match value {
        Value::Text(span) => {
            let text = grid.text(*span);
            !number::is_number(text, false)
                && !number::is_number(text, true)
                && date::scan(text).is_none()
        }
        Value::Empty | Value::Number(_) | Value::Date(_) | Value::Bool(_) => false,
    });
    words.count() * 5 >= filled(row) * 3
}

/// A row whose every text is a unit, below the headings.
fn is_units_row(grid: &Grid, index: usize) -> bool {
    let row = grid.row(index);
    filled(row) > 0
        && row.iter().all(|value| match value {
            Value::Empty => true,
            Value::Text(span) => is_unit(grid.text(*span)),
            Value::Number(_) | Value::Date(_) | Value::Bool(_) => false,
        })
}

/// Units that stand alone.
const UNITS: &[&str] = &[
    "d", "day", "days", "w", "wk", "wks", "week", "weeks", "mo", "mon", "mos", "month", "months",
    "y", "yr", "yrs", "year", "years", "h", "hr", "hrs", "hours", "min", "s", "date", "%", "mm",
    "cm", "m", "kg", "g", "mg", "µg", "ug", "ng", "l", "ml", "m2", "m²", "kg/m2", "kg/m²", "bpm",
    "mmhg", "°c", "gy", "cgy", "天", "日", "周", "月", "个月", "年", "岁", "公斤", "厘米", "毫米",
];

/// What stands before the slash of a ratio.
const AMOUNTS: &[&str] = &[
    "", "g", "mg", "µg", "ug", "ng", "pg", "u", "iu", "miu", "mmol", "µmol", "umol", "nmol",
    "pmol", "cells",
];

/// What stands behind it.
const VOLUMES: &[&str] = &[
    "l", "dl", "ml", "µl", "ul", "mm3", "mm³", "kg", "m2", "m²", "day", "d",
];

/// "(months)", "mg/dL", "yyyy-mm-dd", "岁".
fn is_unit(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '[', ']', '（', '）', '【', '】', ' ']);
    let lower = bare.to_lowercase();
    let known = UNITS.contains(&lower.as_str());
    let bracketed = bare.len() + 2 <= text.len() && text.starts_with(['(', '[', '（', '【']);
    let ratio = || {
        let (amount, volume) = lower.split_once('/')?;
        let amount = amount.trim_start_matches(|c: char| c.is_ascii_digit() || "×^x* ".contains(c));
        let known = AMOUNTS.contains(&amount);
        let over = VOLUMES.contains(&volume);
        Some(known && over)
    };
    let date_pattern = || {
        lower.len() >= 6
            && lower.contains("yy")
            && lower
                .bytes()
                .all(|b| matches!(b, b'y' | b'm' | b'd' | b'/' | b'-' | b'.' | b' '))
    };
    known || bracketed || ratio() == Some(true) || date_pattern()
}

/// Where the footnotes begin: rows at the end with one text that is no patient's.
fn first_footnote(grid: &Grid, first: usize) -> usize {
    let rows = grid.rows();
    let mut end = rows.len();
    while end > first
        && is_footnote(
            grid,
            end - 1,
            end >= 2 && rows[end - 2].number + 1 < rows[end - 1].number,
        )
    {
        end -= 1;
    }
    end
}

/// One cell only: a sentence, or a text that begins like a note. After a blank row several words do.
fn is_footnote(grid: &Grid, index: usize, after_blank: bool) -> bool {
    let mut cells = grid
        .row(index)
        .iter()
        .filter(|value| **value != Value::Empty);
    let (Some(Value::Text(span)), None) = (cells.next(), cells.next()) else {
        return false;
    };
    let text = grid.text(*span);
    let lower = text.to_lowercase();
    let marked = text.starts_with(['*', '†', '‡', '§', '¶', '#', '注', '※'])
        || [
            "note",
            "source",
            "abbreviation",
            "footnote",
            "legend",
            "备注",
            "说明",
            "来源",
            "缩写",
        ]
        .iter()
        .any(|word| lower.starts_with(word));
    marked || text.chars().count() > 40 || (after_blank && text.contains(' '))
}

/// A last row that begins with a word for a total.
fn is_totals_row(grid: &Grid, index: usize) -> bool {
    let Some(Value::Text(span)) = grid.row(index).iter().find(|value| **value != Value::Empty)
    else {
        return false;
    };
    let lower = grid.text(*span).to_lowercase();
    let word = lower.trim_end_matches([':', '：', ' ', '.']);
    matches!(
        word,
        "total"
            | "totals"
            | "sum"
            | "subtotal"
            | "grand total"
            | "mean"
            | "average"
            | "median"
            | "count"
            | "n"
            | "overall"
            | "合计"
            | "总计"
            | "小计"
            | "共计"
            | "总和"
            | "平均"
            | "平均值"
            | "均值"
            | "中位数"
            | "总数"
    ) || lower.starts_with("n=")
        || lower.starts_with("n =")
}

/// The columns, their headings made unique. Cells beyond the last heading are a column of their own
/// where at least half of the rows have one, else stray fields.
fn find_columns(
    grid: &Grid,
    header: usize,
    data: &[u32],
    findings: &mut Vec<Finding>,
) -> Vec<(u32, String)> {
    let head = grid.row(header);
    let width = data
        .iter()
        .map(|row| grid.row(*row as usize).len())
        .max()
        .unwrap_or(0)
        .max(head.len());
    let mut counts = vec![0_usize; width];
    for row in data {
        for (count, value) in counts.iter_mut().zip(grid.row(*row as usize)) {
            *count += usize::from(*value != Value::Empty);
        }
    }
    let mut columns: Vec<(u32, String)> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut stray = Vec::new();
    for (position, count) in counts.iter().enumerate() {
        let value = head.get(position).copied().unwrap_or(Value::Empty);
        let named = value != Value::Empty;
        if !named && *count == 0 {
            continue;
        }
        if position >= head.len() && count * 2 < data.len() {
            stray.push(position);
            continue;
        }
        let cell = grid.cell(value);
        let given = if named {
            squeeze(&cell.text())
        } else {
            format!("Column {}", letters(position))
        };
        let heading = unique(&given, &seen);
        let kind = match (named, heading == given) {
            (false, _) => Some(FindingKind::EmptyHeading),
            (true, false) => Some(FindingKind::DuplicateHeading),
            (true, true) => None,
        };
        if let Some(kind) = kind {
            let value = named.then_some(given);
            findings.push(Finding {
                row: Some(grid.rows()[header].number),
                column: Some(heading.clone()),
                value,
                kind,
            });
        }
        seen.insert(heading.clone());
        columns.push((position as u32, heading));
    }
    for row in data {
        for position in &stray {
            let value = grid.value(*row as usize, *position);
            if value != Value::Empty {
                let kind = FindingKind::ExtraFields;
                let value = Some(grid.cell(value).text().into_owned());
                findings.push(Finding {
                    row: Some(grid.rows()[*row as usize].number),
                    column: None,
                    value,
                    kind,
                });
            }
        }
    }
    columns
}

/// Line breaks and runs of blanks become one blank.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `given`, or with the first free number behind it.
fn unique(given: &str, seen: &std::collections::HashSet<String>) -> String {
    if !seen.contains(given) {
        return given.to_owned();
    }
    (2..)
        .map(|n| format!("{given} ({n})"))
        .find(|name| !seen.contains(name))
        .unwrap_or_default()
}

/// The name of a column in a spreadsheet: A, B, …, Z, AA, …
pub(super) fn letters(mut position: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + (position % 26) as u8));
        if position < 26 {
            return name;
        }
        position = position / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        assert_eq!(
            [0, 25, 26, 701, 702].map(letters),
            ["A", "Z", "AA", "ZZ", "AAA"]
        );
    }

    #[test]
    fn units_are_told_from_values() {
        for text in [
            "months",
            "(mm)",
            "mg/dL",
            "10^9/L",
            "yyyy-mm-dd",
            "岁",
            "%",
            "kg/m²",
            "U/L",
        ] {
            assert!(is_unit(text), "{text}");
        }
        for text in ["male", "PD", "2024-03-05", "N/A", "and/or", "1"] {
            assert!(!is_unit(text), "{text}");
        }
    }
}
