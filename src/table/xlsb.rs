//! Binary workbooks of Excel (BIFF12).
//!
//! Read here and not by calamine, whose 0.38 indexes into records unchecked and passes over the short
//! cell records that some writers use. Texts that are cut short are left out.

use super::ReadError;
use super::archive::Part;
use super::cell_format::{self, Format, error_name, packed};
use super::grid::Span;
use super::sheet::{Merge, Sheet, SheetName};

const ROW: u16 = 0x0000;
/// Full cell records begin here, and short ones, which have no column, stand this much higher.
const SHORT: std::ops::RangeInclusive<u16> = 0x000C..=0x0012;
const SHORT_OFFSET: u16 = 0x000B;
const SHARED_ITEM: u16 = 0x0013;
const FORMAT: u16 = 0x002C;
const STYLE: u16 = 0x002F;
const BOOK_PROPERTIES: u16 = 0x0099;
const SHEET: u16 = 0x009C;
const MERGE: u16 = 0x00B0;
const BEGIN_STYLES: u16 = 0x0269;
const END_STYLES: u16 = 0x026A;

/// An open workbook: its sheets are not read yet.
pub(super) struct Workbook {
    parts: Vec<Part>,
    /// Each sheet with the path of its part.
    sheets: Vec<(SheetName, String)>,
    strings: Vec<String>,
    styles: Vec<Format>,
    is_1904: bool,
}

/// Reads what the sheets share.
pub(super) fn open(parts: Vec<Part>) -> Result<Workbook, ReadError> {
    let mut book = Workbook {
        parts: Vec::new(),
        sheets: Vec::new(),
        strings: Vec::new(),
        styles: Vec::new(),
        is_1904: false,
    };
    let part = |name: &str| {
        let part = parts
            .iter()
            .find(|part| part.name.eq_ignore_ascii_case(name));
        part.map_or(&[][..], |part| &part.bytes)
    };
    for record in records(part("xl/sharedStrings.bin")) {
        let (kind, body) = record?;
        if kind == SHARED_ITEM {
            book.strings
                .push(wide_text(body, 1).map(|(text, _)| text).unwrap_or_default());
        }
    }
    book.styles = styles(part("xl/styles.bin"))?;
    let relations = relations(&String::from_utf8_lossy(part("xl/_rels/workbook.bin.rels")));
    for record in records(part("xl/workbook.bin")) {
        let (kind, body) = record?;
        match kind {
            BOOK_PROPERTIES => book.is_1904 = body.first().is_some_and(|flags| flags & 1 != 0),
            SHEET => book.sheets.extend(sheet_entry(body, &relations)),
            _ => {}
        }
    }
    book.parts = parts;
    Ok(book)
}

fn damaged() -> ReadError {
    ReadError::Corrupt {
        detail: "a record is cut short".to_owned(),
    }
}

/// The records of a part: kind and body.
fn records(bytes: &[u8]) -> impl Iterator<Item = Result<(u16, &[u8]), ReadError>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let record = (|| {
            let (kind, after) = varint(rest, 2)?;
            let (len, after) = varint(after, 4)?;
            let (body, after) = after.split_at_checked(len)?;
            rest = after;
            Some((kind as u16, body))
        })();
        if record.is_none() {
            rest = &[];
        }
        Some(record.ok_or_else(damaged))
    })
}

/// Seven bits a byte, the lowest first; the high bit says that another follows.
fn varint(bytes: &[u8], most: usize) -> Option<(usize, &[u8])> {
    let mut value = 0;
    for (index, byte) in bytes.iter().take(most).enumerate() {
        value |= usize::from(byte & 0x7F) << (7 * index);
        if byte & 0x80 == 0 || index + 1 == most {
            return Some((value, &bytes[index + 1..]));
        }
    }
    None
}

fn word(body: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(body.get(at..at + 4)?.try_into().ok()?))
}

fn half_word(body: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(body.get(at..at + 2)?.try_into().ok()?))
}

/// A text in UTF-16 behind its length in characters, and where it ends.
fn wide_text(body: &[u8], at: usize) -> Option<(String, usize)> {
    let len = word(body, at)? as usize;
    let end = len.checked_mul(2)?.checked_add(at + 4)?;
    let text = body.get(at + 4..end)?;
    Some((
        encoding_rs::UTF_16LE
            .decode_without_bom_handling(text)
            .0
            .into_owned(),
        end,
    ))
}

/// The format of each cell style.
fn styles(bytes: &[u8]) -> Result<Vec<Format>, ReadError> {
    let (mut formats, mut styles, mut inside) = (Vec::new(), Vec::new(), false);
    for record in records(bytes) {
        let (kind, body) = record?;
        match kind {
            FORMAT => {
                if let (Some(number), Some((code, _))) = (half_word(body, 0), wide_text(body, 2)) {
                    formats.push((number, cell_format::of_code(&code)));
                }
            }
            BEGIN_STYLES => inside = true,
            END_STYLES => inside = false,
            STYLE if inside => styles.push(cell_format::of_style(
                half_word(body, 2).unwrap_or(0),
                &formats,
            )),
            _ => {}
        }
    }
    Ok(styles)
}

/// A sheet of cells and the path of its part.
fn sheet_entry(body: &[u8], relations: &[(String, String)]) -> Option<(SheetName, String)> {
    let visible = word(body, 0)? == 0;
    let (relation, end) = wide_text(body, 8)?;
    let (name, _) = wide_text(body, end)?;
    let target = relations
        .iter()
        .find(|(id, _)| *id == relation)
        .map(|(_, target)| target)?;
    target
        .starts_with("worksheets/")
        .then(|| (SheetName { name, visible }, format!("xl/{target}")))
}

/// Id and target of the relations of the workbook.
fn relations(xml: &str) -> Vec<(String, String)> {
    let attribute = |element: &str, name: &str| {
        let start = element.find(&format!(" {name}=\""))? + name.len() + 3;
        let len = element[start..].find('"')?;
        Some(
            element[start..start + len]
                .trim_start_matches("/xl/")
                .to_owned(),
        )
    };
    let elements = xml
        .split('<')
        .filter(|element| element.starts_with("Relationship "));
    elements
        .filter_map(|element| Some((attribute(element, "Id")?, attribute(element, "Target")?)))
        .collect()
}

impl Workbook {
    pub fn sheets(&self) -> Vec<SheetName> {
        self.sheets.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The cells of the sheet of that name.
    pub fn sheet(&self, name: &str) -> Result<Sheet, ReadError> {
        let mut sheet = Sheet::default();
        let path = self
            .sheets
            .iter()
            .find(|(known, _)| known.name == name)
            .map(|(_, path)| path);
        let part = path.and_then(|path| {
            self.parts
                .iter()
                .find(|part| part.name.eq_ignore_ascii_case(path))
        });
        let mut interned = vec![None; self.strings.len()];
        let (mut row, mut column) = (0, 0_u32);
        for record in records(part.map_or(&[][..], |part| &part.bytes)) {
            let (kind, body) = record?;
            match kind {
                ROW => (row, column) = (word(body, 0).unwrap_or(row), 0),
                0x0001..=0x000B => {
                    column = word(body, 0).unwrap_or(column);
                    let body = body.get(4..).unwrap_or_default();
                    self.put(&mut sheet, kind, body, (row, column), &mut interned)?;
                    column = column.saturating_add(1);
                }
                _ if SHORT.contains(&kind) => {
                    self.put(
                        &mut sheet,
                        kind - SHORT_OFFSET,
                        body,
                        (row, column),
                        &mut interned,
                    )?;
                    column = column.saturating_add(1);
                }
                MERGE => {
                    if let [Some(top), Some(bottom), Some(left), Some(right)] =
                        [0, 4, 8, 12].map(|at| word(body, at))
                    {
                        sheet.merges.push(Merge {
                            first: (top, left),
                            last: (bottom, right),
                        });
                    }
                }
                _ => {}
            }
        }
        Ok(sheet)
    }

    /// Stores a cell: its style, then its value.
    fn put(
        &self,
        sheet: &mut Sheet,
        kind: u16,
        body: &[u8],
        (row, column): (u32, u32),
        interned: &mut [Option<Span>],
    ) -> Result<(), ReadError> {
        let style = word(body, 0).map_or(0, |style| style & 0x00FF_FFFF);
        let format = self
            .styles
            .get(style as usize)
            .copied()
            .unwrap_or(Format::Plain);
        match kind {
            0x0002 => match word(body, 4) {
                Some(bits) => sheet.put_number(row, column, packed(bits), format, self.is_1904),
                None => Ok(()),
            },
            0x0005 | 0x0009 => match body.get(4..12).and_then(|bytes| bytes.try_into().ok()) {
                Some(bytes) => {
                    sheet.put_number(row, column, f64::from_le_bytes(bytes), format, self.is_1904)
                }
                None => Ok(()),
            },
            0x0003 | 0x000B => match body.get(4) {
                Some(code) => sheet.put_text(row, column, error_name(*code)),
                None => Ok(()),
            },
            0x0004 | 0x000A => match body.get(4) {
                Some(value) => sheet.put_bool(row, column, *value != 0),
                None => Ok(()),
            },
            0x0006 | 0x0008 => match wide_text(body, 4) {
                Some((text, _)) => sheet.put_text(row, column, &text),
                None => Ok(()),
            },
            0x0007 => {
                let index = word(body, 4).map_or(usize::MAX, |index| index as usize);
                match self.strings.get(index).zip(interned.get_mut(index)) {
                    Some((text, span)) => sheet.put_shared(row, column, text, span),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }
}
