//! Workbooks of Excel 97–2003 (BIFF8) and 95 (BIFF5).
//!
//! Read here and not by calamine, whose 0.38 indexes into records and sector chains unchecked: on
//! wasm the panic of a damaged file cannot be caught. Every read here is bounded by the bytes given.

use encoding_rs::Encoding;

use super::ReadError;
use super::cell_format::{self, Format, error_name, packed};
use super::compound;
use super::sheet::{Merge, Sheet, SheetName};

/// An open workbook: its globals read, its sheets not yet.
pub(super) struct Workbook {
    stream: Vec<u8>,
    globals: Globals,
}

struct Entry {
    offset: usize,
    name: SheetName,
}

/// What the sheets share.
struct Globals {
    sheets: Vec<Entry>,
    strings: Vec<String>,
    /// Format of each cell style.
    styles: Vec<Format>,
    is_1904: bool,
    is_biff8: bool,
    encoding: &'static Encoding,
}

/// One record and the continuations behind it.
struct Record<'a> {
    kind: u16,
    body: &'a [u8],
    continued: Vec<&'a [u8]>,
}

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;

/// Opens the workbook in a compound file.
pub(super) fn open(bytes: &[u8]) -> Result<Workbook, ReadError> {
    let stream = compound::workbook_stream(bytes)?;
    let globals = read_globals(&stream)?;
    Ok(Workbook { stream, globals })
}

fn damaged(detail: &str) -> ReadError {
    ReadError::Corrupt {
        detail: detail.to_owned(),
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

/// The records from `at` to the end of the stream or to where it is cut.
fn records(stream: &[u8], mut at: usize) -> impl Iterator<Item = Record<'_>> {
    let mut next = move || {
        let kind = u16_at(stream, at)?;
        let len = usize::from(u16_at(stream, at + 2)?);
        let body = stream.get(at + 4..at + 4 + len)?;
        at += 4 + len;
        Some((kind, body, at))
    };
    let mut waiting = next();
    std::iter::from_fn(move || {
        let (kind, body, _) = waiting.take()?;
        let mut continued = Vec::new();
        loop {
            waiting = next();
            match waiting {
                Some((CONTINUE, more, _)) => continued.push(more),
                _ => {
                    return Some(Record {
                        kind,
                        body,
                        continued,
                    });
                }
            }
        }
    })
}

fn read_globals(stream: &[u8]) -> Result<Globals, ReadError> {
    let mut globals = Globals {
        sheets: Vec::new(),
        strings: Vec::new(),
        styles: Vec::new(),
        is_1904: false,
        is_biff8: true,
        encoding: encoding_rs::WINDOWS_1252,
    };
    let mut formats: Vec<(u16, Format)> = Vec::new();
    let mut style_formats = Vec::new();
    for record in records(stream, 0) {
        let body = record.body;
        match record.kind {
            BOF => globals.is_biff8 = u16_at(body, 0) == Some(0x0600),
            EOF => break,
            // FilePass: the records behind it are encrypted.
            0x002F => return Err(ReadError::PasswordProtected),
            0x0042 => globals.encoding = code_page(u16_at(body, 0)),
            0x0022 => globals.is_1904 = u16_at(body, 0) == Some(1),
            // Format: number and code.
            0x041E => {
                if let (Some(number), Some(code)) = (
                    u16_at(body, 0),
                    body.get(2..).and_then(|rest| globals.text(rest, true)),
                ) {
                    formats.push((number, cell_format::of_code(&code)));
                }
            }
            // XF: the number of a format.
            0x00E0 => style_formats.push(u16_at(body, 2).unwrap_or(0)),
            // BoundSheet: where a sheet begins, whether it is seen, whether it is one of cells.
            0x0085 => {
                let name = body
                    .get(6..)
                    .and_then(|rest| globals.text(rest, false))
                    .unwrap_or_default();
                let offset =
                    u32_at(body, 0).ok_or_else(|| damaged("a sheet is not described"))? as usize;
                if body.get(5) == Some(&0) {
                    globals.sheets.push(Entry {
                        offset,
                        name: SheetName {
                            name,
                            visible: body[4] & 3 == 0,
                        },
                    });
                }
            }
            0x00FC => globals.strings = shared_strings(&record),
            _ => {}
        }
    }
    globals.styles = style_formats
        .iter()
        .map(|number| cell_format::of_style(*number, &formats))
        .collect();
    Ok(globals)
}

/// The encoding of byte strings by its Windows code page.
fn code_page(number: Option<u16>) -> &'static Encoding {
    let label = match number {
        Some(932) => "shift_jis",
        Some(936) => "gbk",
        Some(949) => "euc-kr",
        Some(950) => "big5",
        Some(1250) => "windows-1250",
        Some(1251) => "windows-1251",
        Some(1253) => "windows-1253",
        Some(1254) => "windows-1254",
        Some(10000) => "macintosh",
        _ => "windows-1252",
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252)
}

impl Globals {
    /// A text behind its length: of two bytes, or of one (`wide` false).
    fn text(&self, bytes: &[u8], wide: bool) -> Option<String> {
        let (len, rest) = if wide {
            (usize::from(u16_at(bytes, 0)?), bytes.get(2..)?)
        } else {
            (usize::from(*bytes.first()?), bytes.get(1..)?)
        };
        if !self.is_biff8 {
            return Some(
                self.encoding
                    .decode_without_bom_handling(rest.get(..len)?)
                    .0
                    .into_owned(),
            );
        }
        let mut text = String::new();
        let mut reader = Reader {
            body: rest.get(1..)?,
            continued: &[],
        };
        reader.chars(len, rest.first()? & 1 != 0, &mut text);
        Some(text)
    }
}

/// Reads across the continuations of a record.
struct Reader<'a, 'b> {
    body: &'a [u8],
    continued: &'b [&'a [u8]],
}

impl<'a> Reader<'a, '_> {
    fn turn(&mut self) -> bool {
        match self.continued.split_first() {
            Some((next, rest)) => {
                (self.body, self.continued) = (next, rest);
                true
            }
            None => false,
        }
    }

    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        while self.body.is_empty() && self.turn() {}
        let (taken, rest) = self.body.split_at_checked(len)?;
        self.body = rest;
        Some(taken)
    }

    fn skip(&mut self, mut len: usize) {
        loop {
            let here = len.min(self.body.len());
            self.body = &self.body[here..];
            len -= here;
            if len == 0 || !self.turn() {
                return;
            }
        }
    }

    /// `len` characters of one or two bytes; each continuation begins with a byte that says which.
    fn chars(&mut self, len: usize, mut wide: bool, into: &mut String) {
        let mut units = Vec::new();
        let mut missing = len;
        while missing > 0 {
            let size = if wide { 2 } else { 1 };
            let here = missing.min(self.body.len() / size);
            let (taken, rest) = self.body.split_at(here * size);
            self.body = rest;
            if wide {
                units.extend(
                    taken
                        .chunks_exact(2)
                        .map(|pair| u16::from_le_bytes([pair[0], pair[1]])),
                );
            } else {
                units.extend(taken.iter().map(|byte| u16::from(*byte)));
            }
            missing -= here;
            if missing > 0 {
                if !self.turn() {
                    break;
                }
                let Some((flag, rest)) = self.body.split_first() else {
                    break;
                };
                (wide, self.body) = (flag & 1 != 0, rest);
            }
        }
        into.extend(
            char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)),
        );
    }
}

/// The table of shared strings, as far as it is whole.
fn shared_strings(record: &Record) -> Vec<String> {
    let mut reader = Reader {
        body: record.body,
        continued: &record.continued,
    };
    let Some(head) = reader.take(8) else {
        return Vec::new();
    };
    let count = u32_at(head, 4).unwrap_or(0);
    let mut strings = Vec::new();
    for _ in 0..count {
        let Some((len, flags)) = reader
            .take(3)
            .and_then(|head| Some((u16_at(head, 0)?, head[2])))
        else {
            break;
        };
        let runs = if flags & 8 == 0 {
            0
        } else {
            reader.take(2).and_then(|b| u16_at(b, 0)).unwrap_or(0)
        };
        let extra = if flags & 4 == 0 {
            0
        } else {
            reader.take(4).and_then(|b| u32_at(b, 0)).unwrap_or(0)
        };
        let mut text = String::new();
        reader.chars(usize::from(len), flags & 1 != 0, &mut text);
        reader.skip(4 * usize::from(runs));
        reader.skip(extra as usize);
        strings.push(text);
    }
    strings
}

impl Workbook {
    pub fn sheets(&self) -> Vec<SheetName> {
        self.globals
            .sheets
            .iter()
            .map(|entry| entry.name.clone())
            .collect()
    }

    /// The cells of the sheet of that name.
    pub fn sheet(&self, name: &str) -> Result<Sheet, ReadError> {
        let mut sheet = Sheet::default();
        let Some(entry) = self
            .globals
            .sheets
            .iter()
            .find(|entry| entry.name.name == name)
        else {
            return Ok(sheet);
        };
        let mut interned = vec![None; self.globals.strings.len()];
        let mut depth = 0;
        let mut result_at = (0, 0);
        for record in records(&self.stream, entry.offset) {
            let body = record.body;
            match record.kind {
                BOF => depth += 1,
                EOF if depth <= 1 => break,
                EOF => depth -= 1,
                // Charts within a sheet have cells of their own.
                _ if depth > 1 => {}
                // Merged cells: a count, then first and last row, first and last column.
                0x00E5 => {
                    for range in body.get(2..).unwrap_or_default().chunks_exact(8) {
                        let at = |at| u16_at(range, at).map_or(0, u32::from);
                        sheet.merges.push(Merge {
                            first: (at(0), at(4)),
                            last: (at(2), at(6)),
                        });
                    }
                }
                // The text that a formula gave.
                0x0207 => {
                    if let Some(text) = self.globals.record_text(&record, 0) {
                        sheet.put_text(result_at.0, result_at.1, &text)?;
                    }
                }
                _ => {
                    let (Some(row), Some(column)) = (u16_at(body, 0), u16_at(body, 2)) else {
                        continue;
                    };
                    let (row, column) = (u32::from(row), u32::from(column));
                    if record.kind == 0x0006 {
                        result_at = (row, column);
                    }
                    self.put(&mut sheet, &record, row, column, &mut interned)?;
                }
            }
        }
        Ok(sheet)
    }

    /// Stores what a record says about the cell at `row` and `column`.
    fn put(
        &self,
        sheet: &mut Sheet,
        record: &Record,
        row: u32,
        column: u32,
        interned: &mut [Option<super::grid::Span>],
    ) -> Result<(), ReadError> {
        let body = record.body;
        match record.kind {
            0x0203 => self.put_number(sheet, row, column, u16_at(body, 4), f64_at(body, 6)),
            0x027E => self.put_number(
                sheet,
                row,
                column,
                u16_at(body, 4),
                u32_at(body, 6).map(packed),
            ),
            0x00BD => {
                let cells = body
                    .get(4..body.len().saturating_sub(2))
                    .unwrap_or_default()
                    .chunks_exact(6);
                for (column, cell) in (column..).zip(cells) {
                    self.put_number(
                        sheet,
                        row,
                        column,
                        u16_at(cell, 0),
                        u32_at(cell, 2).map(packed),
                    )?;
                }
                Ok(())
            }
            0x00FD => {
                let index = u32_at(body, 6).map_or(usize::MAX, |index| index as usize);
                let Some((text, span)) =
                    self.globals.strings.get(index).zip(interned.get_mut(index))
                else {
                    return Ok(());
                };
                sheet.put_shared(row, column, text, span)
            }
            // Label, and the same with formatted parts.
            0x0204 | 0x00D6 => {
                let text = self.globals.record_text(record, 6);
                text.map_or(Ok(()), |text| sheet.put_text(row, column, &text))
            }
            0x0205 => self.put_bool_or_error(
                sheet,
                row,
                column,
                body.get(6).copied(),
                body.get(7) == Some(&1),
            ),
            // Formula: a number, or by its last two bytes something else.
            0x0006 => match (u16_at(body, 12), body.get(6)) {
                (Some(0xFFFF), Some(1)) => {
                    self.put_bool_or_error(sheet, row, column, body.get(8).copied(), false)
                }
                (Some(0xFFFF), Some(2)) => {
                    self.put_bool_or_error(sheet, row, column, body.get(8).copied(), true)
                }
                (Some(0xFFFF), _) => Ok(()),
                _ => self.put_number(sheet, row, column, u16_at(body, 4), f64_at(body, 6)),
            },
            _ => Ok(()),
        }
    }

    fn put_number(
        &self,
        sheet: &mut Sheet,
        row: u32,
        column: u32,
        style: Option<u16>,
        number: Option<f64>,
    ) -> Result<(), ReadError> {
        let format = style
            .and_then(|style| self.globals.styles.get(usize::from(style)))
            .copied()
            .unwrap_or(Format::Plain);
        number.map_or(Ok(()), |number| {
            sheet.put_number(row, column, number, format, self.globals.is_1904)
        })
    }

    fn put_bool_or_error(
        &self,
        sheet: &mut Sheet,
        row: u32,
        column: u32,
        code: Option<u8>,
        is_error: bool,
    ) -> Result<(), ReadError> {
        match code {
            Some(code) if is_error => sheet.put_text(row, column, error_name(code)),
            Some(code) => sheet.put_bool(row, column, code != 0),
            None => Ok(()),
        }
    }
}

impl Globals {
    /// The text of a record from `at` on, continued or not.
    fn record_text(&self, record: &Record, at: usize) -> Option<String> {
        let rest = record.body.get(at..)?;
        if !self.is_biff8 {
            return self.text(rest, true);
        }
        let len = usize::from(u16_at(rest, 0)?);
        let mut text = String::new();
        let mut reader = Reader {
            body: rest.get(3..)?,
            continued: &record.continued,
        };
        reader.chars(len, rest[2] & 1 != 0, &mut text);
        Some(text)
    }
}
