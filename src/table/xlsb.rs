//! The records of an xlsb workbook, sifted before they are read.
//!
//! calamine 0.38 indexes into records without asking how long they are, and parses every defined
//! name. What is left here are the records that hold cells, each long enough for what it claims.

use super::ReadError;
use super::archive::Part;
use super::sheet::Merge;

const ROW: u16 = 0x0000;
const CELL_RK: u16 = 0x0002;
const CELL_ERROR: u16 = 0x0003;
const CELL_BOOL: u16 = 0x0004;
const CELL_REAL: u16 = 0x0005;
const CELL_TEXT: u16 = 0x0006;
const CELL_SHARED: u16 = 0x0007;
const FORMULA_TEXT: u16 = 0x0008;
const FORMULA_NUMBER: u16 = 0x0009;
const FORMULA_BOOL: u16 = 0x000A;
const FORMULA_ERROR: u16 = 0x000B;
const SHARED_ITEM: u16 = 0x0013;
const FORMAT: u16 = 0x002C;
const STYLE: u16 = 0x002F;
const END_BOOK: u16 = 0x0084;
const END_SHEETS: u16 = 0x0090;
const BEGIN_DATA: u16 = 0x0091;
const END_DATA: u16 = 0x0092;
const DIMENSION: u16 = 0x0094;
const BOOK_PROPERTIES: u16 = 0x0099;
const SHEET: u16 = 0x009C;
const BEGIN_SHARED: u16 = 0x009F;
const MERGE: u16 = 0x00B0;
const BEGIN_FORMATS: u16 = 0x0267;
const BEGIN_STYLES: u16 = 0x0269;
const END_STYLES: u16 = 0x026A;

/// Sifts every part, and returns the merged cells by sheet name.
pub(super) fn keep_cells(parts: &mut [Part]) -> Result<Vec<(String, Merge)>, ReadError> {
    let relations = relations(parts);
    let mut shared = 0;
    let mut sheets = Vec::new();
    let mut merges = Vec::new();
    for part in parts.iter_mut() {
        match part.name.to_lowercase().as_str() {
            "xl/sharedstrings.bin" => {
                let mut counted = 0;
                part.bytes = sift(&part.bytes, |kind, body| match kind {
                    BEGIN_SHARED => body.len() >= 8,
                    SHARED_ITEM => {
                        counted += 1;
                        body.len() >= 5 && wide_text(body, 1).is_some()
                    }
                    _ => false,
                })?;
                shared = counted;
            }
            "xl/styles.bin" => {
                let mut inside = false;
                part.bytes = sift(&part.bytes, |kind, body| match kind {
                    BEGIN_FORMATS => body.len() >= 4,
                    FORMAT => body.len() >= 6,
                    BEGIN_STYLES => {
                        inside = true;
                        body.len() >= 4
                    }
                    STYLE => inside && body.len() >= 4,
                    END_STYLES => {
                        inside = false;
                        false
                    }
                    _ => false,
                })?;
            }
            "xl/workbook.bin" => {
                part.bytes = sift(&part.bytes, |kind, body| match kind {
                    BOOK_PROPERTIES => !body.is_empty(),
                    END_SHEETS | END_BOOK => true,
                    SHEET => match sheet_entry(body, &relations) {
                        Some(entry) => {
                            sheets.push(entry);
                            true
                        }
                        None => false,
                    },
                    _ => false,
                })?;
            }
            _ => {}
        }
    }
    for part in parts.iter_mut() {
        let name = part.name.to_lowercase();
        if name.starts_with("xl/worksheets/") && name.ends_with(".bin") {
            let sheet = sheets
                .iter()
                .find(|(_, path)| *path == name)
                .map(|(name, _)| name.clone());
            let mut has_dimension = false;
            part.bytes = sift(&part.bytes, |kind, body| match kind {
                DIMENSION => {
                    has_dimension = body.len() >= 16;
                    has_dimension
                }
                BEGIN_DATA | END_DATA => true,
                ROW => body.len() >= 4,
                CELL_RK => body.len() >= 12,
                CELL_ERROR | CELL_BOOL | FORMULA_BOOL | FORMULA_ERROR => body.len() >= 9,
                CELL_REAL | FORMULA_NUMBER => body.len() >= 16,
                CELL_TEXT | FORMULA_TEXT => wide_text(body, 8).is_some(),
                CELL_SHARED => word(body, 8).is_some_and(|index| (index as usize) < shared),
                MERGE => {
                    let words = [0, 4, 8, 12].map(|at| word(body, at));
                    if let ([Some(top), Some(bottom), Some(left), Some(right)], Some(sheet)) =
                        (words, &sheet)
                    {
                        merges.push((
                            sheet.clone(),
                            Merge {
                                first: (top, left),
                                last: (bottom, right),
                            },
                        ));
                    }
                    false
                }
                _ => false,
            })?;
            if !has_dimension {
                return Err(damaged());
            }
        }
    }
    parts.iter_mut().for_each(Part::seal);
    Ok(merges)
}

fn damaged() -> ReadError {
    ReadError::Corrupt {
        detail: "a record is cut short".to_owned(),
    }
}

/// The records that `keep` wants. A sheet ends with its data; merged cells come behind.
fn sift(bytes: &[u8], mut keep: impl FnMut(u16, &[u8]) -> bool) -> Result<Vec<u8>, ReadError> {
    let mut kept = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let (kind, kind_len) = varint(&bytes[at..], 2).ok_or_else(damaged)?;
        at += kind_len;
        let (len, len_len) = varint(&bytes[at..], 4).ok_or_else(damaged)?;
        at += len_len;
        let body = bytes.get(at..at + len).ok_or_else(damaged)?;
        at += len;
        if keep(kind as u16, body) {
            kept.extend(&bytes[start..at]);
        }
    }
    Ok(kept)
}

/// Seven bits a byte, the lowest first; the high bit says that another follows.
fn varint(bytes: &[u8], most: usize) -> Option<(usize, usize)> {
    let mut value = 0;
    for (index, byte) in bytes.iter().take(most).enumerate() {
        value |= usize::from(byte & 0x7F) << (7 * index);
        if byte & 0x80 == 0 || index + 1 == most {
            return Some((value, index + 1));
        }
    }
    None
}

fn word(body: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(body.get(at..at + 4)?.try_into().ok()?))
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

/// Name and path of a sheet whose relation is known.
fn sheet_entry(body: &[u8], relations: &[(String, String)]) -> Option<(String, String)> {
    let state = word(body, 0)?;
    let (relation, end) = wide_text(body, 8)?;
    let (name, _) = wide_text(body, end)?;
    let target = relations
        .iter()
        .find(|(id, _)| *id == relation)
        .map(|(_, target)| target)?;
    let known = ["worksheets/", "chartsheets/", "dialogsheets/"]
        .iter()
        .any(|folder| target.starts_with(folder));
    (state <= 2 && known).then(|| (name, format!("xl/{}", target.to_lowercase())))
}

/// Id and target of the relations of the workbook.
fn relations(parts: &[Part]) -> Vec<(String, String)> {
    let part = parts
        .iter()
        .find(|part| part.name.eq_ignore_ascii_case("xl/_rels/workbook.bin.rels"));
    let text = part
        .map(|part| String::from_utf8_lossy(&part.bytes).into_owned())
        .unwrap_or_default();
    let attribute = |element: &str, name: &str| {
        let start = element.find(&format!(" {name}=\""))? + name.len() + 3;
        let len = element[start..].find('"')?;
        Some(element[start..start + len].to_owned())
    };
    let elements = text
        .split('<')
        .filter(|element| element.starts_with("Relationship "));
    elements
        .filter_map(|element| Some((attribute(element, "Id")?, attribute(element, "Target")?)))
        .collect()
}
