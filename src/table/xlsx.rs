//! Workbooks of Excel 2007 and later (xlsx, xlsm).
//!
//! Read here and not by calamine, whose 0.38 panics on `<c t="n"><v>+1</v></c>` and on a false count
//! of strings, and copies each number format for every style: on wasm none of that can be caught.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};

use super::ReadError;
use super::archive::Part;
use super::cell_format::{self, Format};
use super::grid::Span;
use super::sheet::{Merge, Sheet, SheetName};
use super::xml::{self, attribute, damaged};

/// An open workbook: its sheets are not read yet.
pub(super) struct Workbook {
    parts: Vec<Part>,
    /// Each sheet with the path of its part.
    sheets: Vec<(SheetName, String)>,
    strings: Vec<String>,
    styles: Vec<Format>,
    is_1904: bool,
}

/// A relation of a part: its id, the last word of its type, and the path of its target.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

/// Reads what the sheets share.
pub(super) fn open(parts: Vec<Part>) -> Result<Workbook, ReadError> {
    let root = relations(&parts, "")?;
    let document = root
        .into_iter()
        .find(|relation| relation.kind == "officeDocument");
    let path = document.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
    let relations = relations(&parts, &path)?;
    let (sheets, is_1904) = sheets(
        text(&parts, &path).ok_or_else(|| damaged("there is no workbook part"))?,
        &relations,
    )?;
    let shared = |kind: &str| {
        let relation = relations.iter().find(|relation| relation.kind == kind);
        relation
            .and_then(|relation| text(&parts, &relation.target))
            .unwrap_or_default()
    };
    let strings = strings(&shared("sharedStrings"))?;
    let styles = styles(&shared("styles"))?;
    Ok(Workbook {
        sheets,
        strings,
        styles,
        is_1904,
        parts,
    })
}

fn text<'a>(parts: &'a [Part], path: &str) -> Option<Cow<'a, str>> {
    let part = parts
        .iter()
        .find(|part| part.name.eq_ignore_ascii_case(path))?;
    Some(xml::decode(&part.bytes))
}

/// The relations of the part at `path`; of the package itself where that is empty.
fn relations(parts: &[Part], path: &str) -> Result<Vec<Relation>, ReadError> {
    let (folder, name) = path
        .rsplit_once('/')
        .map_or(("", path), |(folder, name)| (folder, name));
    let beside = if folder.is_empty() {
        format!("_rels/{name}.rels")
    } else {
        format!("{folder}/_rels/{name}.rels")
    };
    let mut found = Vec::new();
    let text = text(parts, &beside).unwrap_or_default();
    let mut reader = xml::reader(&text);
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == "Relationship" =>
            {
                let kind = attribute(&element, "Type").unwrap_or_default();
                found.push(Relation {
                    id: attribute(&element, "Id").unwrap_or_default(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: resolve(folder, &attribute(&element, "Target").unwrap_or_default()),
                });
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// A target as a path from the top of the package.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => {
                path.pop();
            }
            "." | "" => {}
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The sheets of cells, and whether dates count from 1904.
fn sheets(
    text: Cow<'_, str>,
    relations: &[Relation],
) -> Result<(Vec<(SheetName, String)>, bool), ReadError> {
    let (mut sheets, mut is_1904) = (Vec::new(), false);
    let mut reader = xml::reader(&text);
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "workbookPr" => {
                    is_1904 |= attribute(&element, "date1904")
                        .is_some_and(|flag| flag == "1" || flag == "true")
                }
                "sheet" => {
                    let id = attribute(&element, "id").unwrap_or_default();
                    let relation = relations
                        .iter()
                        .find(|relation| relation.id == id && relation.kind == "worksheet");
                    if let Some(relation) = relation {
                        let visible =
                            attribute(&element, "state").is_none_or(|state| state == "visible");
                        let name = attribute(&element, "name").unwrap_or_default();
                        sheets.push((SheetName { name, visible }, relation.target.clone()));
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok((sheets, is_1904)),
            _ => {}
        }
    }
}

/// The shared strings; of formatted ones the text, without what only helps to pronounce it.
fn strings(text: &str) -> Result<Vec<String>, ReadError> {
    let (mut strings, mut current) = (Vec::new(), String::new());
    let (mut in_text, mut phonetic) = (false, false);
    let mut reader = xml::reader(text);
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "t" => in_text = !phonetic,
                "rPh" => phonetic = true,
                _ => {}
            },
            Event::Empty(element) if element.local_name().as_ref() == "si" => {
                strings.push(String::new())
            }
            Event::End(element) => match element.local_name().as_ref() {
                "t" => in_text = false,
                "rPh" => phonetic = false,
                "si" => {
                    strings.push(unescape(&current).into_owned());
                    current.clear();
                }
                _ => {}
            },
            Event::Text(text) if in_text => current.push_str(&text.xml10_content()),
            Event::CData(text) if in_text => current.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if in_text => xml::resolve(&reference, &mut current),
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// Characters that XML cannot hold are written as `_x000D_`.
fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest
            .get(2..6)
            .filter(|_| rest.as_bytes().get(6) == Some(&b'_'));
        match code
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32)
        {
            Some(char) => {
                out.push(char);
                rest = &rest[7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The format of each cell style.
fn styles(text: &str) -> Result<Vec<Format>, ReadError> {
    let (mut formats, mut styles, mut inside) = (Vec::new(), Vec::new(), false);
    let mut reader = xml::reader(text);
    let number = |element: &BytesStart| {
        attribute(element, "numFmtId")
            .and_then(|id| id.parse().ok())
            .unwrap_or(0)
    };
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let code = attribute(&element, "formatCode").unwrap_or_default();
                    formats.push((number(&element), cell_format::of_code(&code)));
                }
                "cellXfs" => inside = true,
                "xf" if inside => styles.push(cell_format::of_style(number(&element), &formats)),
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => inside = false,
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

/// How the value of a cell is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Text,
    Bool,
    IsoDate,
}

/// The cell being read.
struct Cell {
    row: u32,
    column: u32,
    style: Option<usize>,
    kind: Kind,
}

impl Workbook {
    pub fn sheets(&self) -> Vec<SheetName> {
        self.sheets.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The cells of the sheet of that name.
    pub fn sheet(&self, name: &str) -> Result<Sheet, ReadError> {
        let path = self
            .sheets
            .iter()
            .find(|(known, _)| known.name == name)
            .map(|(_, path)| path);
        let text = path
            .and_then(|path| text(&self.parts, path))
            .ok_or_else(|| damaged("a sheet is not there"))?;
        let mut sheet = Sheet::default();
        let mut interned = vec![None; self.strings.len()];
        let mut cell = Cell {
            row: 0,
            column: 0,
            style: None,
            kind: Kind::Number,
        };
        let (mut value, mut in_value, mut phonetic, mut next_row, mut whole) =
            (String::new(), false, false, 0, false);
        let mut reader = xml::reader(&text);
        loop {
            match reader.read_event().map_err(damaged)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "c" => {
                        cell.open(&element);
                        value.clear();
                    }
                    "v" | "t" => in_value = !phonetic,
                    "rPh" => phonetic = true,
                    "row" => cell.open_row(&element, &mut next_row),
                    _ => {}
                },
                Event::Empty(element) => match element.local_name().as_ref() {
                    "c" => {
                        cell.open(&element);
                        cell.column = cell.column.saturating_add(1);
                    }
                    "row" => cell.open_row(&element, &mut next_row),
                    "mergeCell" => sheet
                        .merges
                        .extend(attribute(&element, "ref").as_deref().and_then(range)),
                    "sheetData" => whole = true,
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "c" => {
                        self.put(&mut sheet, &cell, &value, &mut interned)?;
                        cell.column = cell.column.saturating_add(1);
                    }
                    "v" | "t" => in_value = false,
                    "rPh" => phonetic = false,
                    "sheetData" => whole = true,
                    _ => {}
                },
                Event::Text(text) if in_value => value.push_str(&text.xml10_content()),
                Event::CData(text) if in_value => value.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) if in_value => xml::resolve(&reference, &mut value),
                Event::Eof if whole => return Ok(sheet),
                Event::Eof => return Err(damaged("a sheet is cut short")),
                _ => {}
            }
        }
    }

    fn put(
        &self,
        sheet: &mut Sheet,
        cell: &Cell,
        value: &str,
        interned: &mut [Option<Span>],
    ) -> Result<(), ReadError> {
        let (row, column) = (cell.row, cell.column);
        match cell.kind {
            _ if value.is_empty() => Ok(()),
            Kind::Number => match value.trim().parse() {
                Ok(number) => {
                    let format = cell
                        .style
                        .and_then(|style| self.styles.get(style))
                        .copied()
                        .unwrap_or(Format::Plain);
                    sheet.put_number(row, column, number, format, self.is_1904)
                }
                Err(_) => sheet.put_text(row, column, value),
            },
            Kind::Shared => {
                let index: usize = value.trim().parse().unwrap_or(usize::MAX);
                match self.strings.get(index).zip(interned.get_mut(index)) {
                    Some((text, span)) => sheet.put_shared(row, column, text, span),
                    None => Err(damaged("a shared string is not there")),
                }
            }
            Kind::Text => sheet.put_text(row, column, &unescape(value)),
            Kind::Bool => sheet.put_bool(
                row,
                column,
                !matches!(value.trim(), "0" | "false" | "FALSE"),
            ),
            Kind::IsoDate => sheet.put_iso_date(row, column, value),
        }
    }
}

impl Cell {
    fn open_row(&mut self, element: &BytesStart, next_row: &mut u32) {
        let given = attribute(element, "r")
            .and_then(|row| row.parse::<u32>().ok())
            .and_then(|row| row.checked_sub(1));
        self.row = given.unwrap_or(*next_row);
        self.column = 0;
        *next_row = self.row.saturating_add(1);
    }

    fn open(&mut self, element: &BytesStart) {
        (self.style, self.kind) = (None, Kind::Number);
        for attribute in element.attributes().with_checks(false).flatten() {
            let value = &*attribute.value;
            match attribute.key.as_ref() {
                "r" => {
                    if let Some((row, column)) = position(value) {
                        (self.row, self.column) = (row, column);
                    }
                }
                "s" => self.style = value.parse().ok(),
                "t" => {
                    self.kind = match value {
                        "s" => Kind::Shared,
                        "b" => Kind::Bool,
                        "d" => Kind::IsoDate,
                        "str" | "inlineStr" | "e" => Kind::Text,
                        _ => Kind::Number,
                    }
                }
                _ => {}
            }
        }
    }
}

/// Row and column of a reference such as `AB12`, from 0.
fn position(reference: &str) -> Option<(u32, u32)> {
    let (mut row, mut column) = (0_u32, 0_u32);
    for byte in reference.bytes() {
        match byte {
            b'A'..=b'Z' if row == 0 => {
                column = column
                    .checked_mul(26)?
                    .checked_add(u32::from(byte - b'A') + 1)?
            }
            b'0'..=b'9' => row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?,
            b'$' => {}
            _ => return None,
        }
    }
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// A range such as `A3:B4`.
fn range(reference: &str) -> Option<Merge> {
    let (first, last) = reference.split_once(':')?;
    Some(Merge {
        first: position(first)?,
        last: position(last)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_count_from_zero() {
        assert_eq!(position("A1"), Some((0, 0)));
        assert_eq!(position("XFD1048576"), Some((1_048_575, 16_383)));
        for bad in [
            "",
            "A",
            "1",
            "A0",
            "a1",
            "A1B",
            "ZZZZZZZZZZ1",
            "A99999999999",
        ] {
            assert_eq!(position(bad), None, "{bad}");
        }
    }

    #[test]
    fn targets_are_resolved_against_their_folder() {
        assert_eq!(
            resolve("xl", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(
            resolve("xl", "/xl/worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(resolve("xl/a", "../b.xml"), "xl/b.xml");
    }

    #[test]
    fn escaped_characters_are_put_back() {
        assert_eq!(unescape("two_x000D_\nlines"), "two\r\nlines");
        assert_eq!(unescape("max_x"), "max_x");
        assert_eq!(unescape("_xZZZZ_ _x00é"), "_xZZZZ_ _x00é");
    }
}
