//! Workbooks into a [`Sheet`]: which sheet, and from what format.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsb, XlsbError, Xlsx, XlsxError};

use super::archive::{self, Package, Part};
use super::grid::Grid;
use super::sheet::{Format as CellFormat, Merge, Sheet, SheetName};
use super::{
    Finding, FindingKind, Format, ReadError, ReadOptions, Source, Table, layout, ods, xls, xlsb,
};

/// An open workbook.
enum Workbook {
    Xlsx {
        book: Box<Xlsx<Cursor<Vec<u8>>>>,
        has_merges: bool,
    },
    Xlsb {
        book: Box<Xlsb<Cursor<Vec<u8>>>>,
        merges: Vec<(String, Merge)>,
    },
    Xls(xls::Workbook),
    Ods(Vec<(SheetName, Sheet)>),
}

/// Reads a zipped workbook.
pub(super) fn read_package(
    bytes: &[u8],
    file_name: &str,
    options: &ReadOptions,
) -> Result<Table, ReadError> {
    let (package, mut parts) = archive::unpack(bytes)?;
    match package {
        Package::Xlsx => {
            defuse_xlsx(&mut parts)?;
            let has_merges = parts.iter().any(|part| has_merged_cells(&part.bytes));
            let book = Xlsx::new(Cursor::new(archive::pack(&parts))).map_err(xlsx_error)?;
            drop(parts);
            read_workbook(
                Workbook::Xlsx {
                    book: Box::new(book),
                    has_merges,
                },
                Format::Xlsx,
                file_name,
                options,
            )
        }
        Package::Xlsb => {
            let merges = xlsb::keep_cells(&mut parts)?;
            let book = Xlsb::new(Cursor::new(archive::pack(&parts))).map_err(xlsb_error)?;
            drop(parts);
            read_workbook(
                Workbook::Xlsb {
                    book: Box::new(book),
                    merges,
                },
                Format::Xlsb,
                file_name,
                options,
            )
        }
        Package::Ods => read_workbook(
            Workbook::Ods(ods::sheets(&parts)?),
            Format::Ods,
            file_name,
            options,
        ),
    }
}

/// Reads a workbook of Excel 97–2003.
pub(super) fn read_compound(
    bytes: &[u8],
    file_name: &str,
    options: &ReadOptions,
) -> Result<Table, ReadError> {
    read_workbook(
        Workbook::Xls(xls::open(bytes)?),
        Format::Xls,
        file_name,
        options,
    )
}

/// Takes out of the parts what would make calamine 0.38 panic or run out of memory: a count of
/// strings that it would reserve, numbers with a plus sign, and endless number formats, which it
/// copies for every style.
fn defuse_xlsx(parts: &mut [Part]) -> Result<(), ReadError> {
    for part in parts {
        let name = part.name.to_lowercase();
        if name.ends_with("sharedstrings.xml") {
            let mut from = 0;
            while let Some(at) = find(&part.bytes[from..], b"uniqueCount") {
                part.bytes[from + at..from + at + 11].copy_from_slice(b"uniquecount");
                from += at + 11;
            }
            part.seal();
        } else if name.ends_with("styles.xml") {
            let mut rest = &part.bytes[..];
            while let Some(at) = find(rest, b"formatCode=") {
                rest = &rest[at + 12..];
                if rest
                    .iter()
                    .take(LONGEST_FORMAT)
                    .all(|b| !matches!(b, b'"' | b'\''))
                {
                    return Err(ReadError::Corrupt {
                        detail: "a number format is too long".to_owned(),
                    });
                }
            }
        } else if name.contains("/worksheets/") {
            let mut from = 0;
            while let Some(at) = find(&part.bytes[from..], b"<v>+") {
                let tag = part.bytes[..from + at]
                    .iter()
                    .rposition(|b| *b == b'<')
                    .unwrap_or(0);
                if find(&part.bytes[tag..from + at], b"t=\"n\"").is_some() {
                    part.bytes[from + at + 3] = b'0';
                }
                from += at + 4;
            }
            if from > 0 {
                part.seal();
            }
        }
    }
    Ok(())
}

/// Excel allows 255 characters; entities and foreign letters take more bytes.
const LONGEST_FORMAT: usize = 2048;

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = needle[0];
    let mut from = 0;
    while let Some(at) = haystack[from..].iter().position(|b| *b == first) {
        if haystack[from + at..].starts_with(needle) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// Whether a sheet has merged cells: they stand behind its data.
fn has_merged_cells(bytes: &[u8]) -> bool {
    let end = bytes
        .windows(9)
        .rposition(|window| window == b"sheetData")
        .unwrap_or(bytes.len());
    find(&bytes[end..], b"mergeCell ").is_some()
}

impl Workbook {
    fn sheets(&self) -> Vec<SheetName> {
        let listed = |sheets: &[calamine::Sheet]| {
            let sheets = sheets
                .iter()
                .filter(|sheet| sheet.typ == SheetType::WorkSheet);
            sheets
                .map(|sheet| SheetName {
                    name: sheet.name.clone(),
                    visible: sheet.visible == SheetVisible::Visible,
                })
                .collect()
        };
        match self {
            Self::Xlsx { book, .. } => listed(book.sheets_metadata()),
            Self::Xlsb { book, .. } => listed(book.sheets_metadata()),
            Self::Xls(book) => book.sheets(),
            Self::Ods(sheets) => sheets.iter().map(|(name, _)| name.clone()).collect(),
        }
    }

    fn sheet(&mut self, name: &str) -> Result<(Grid, Vec<Merge>), ReadError> {
        match self {
            Self::Xlsx { book, has_merges } => xlsx_sheet(book, name, *has_merges),
            Self::Xlsb { book, merges } => xlsb_sheet(book, name, merges),
            Self::Xls(book) => book.sheet(name)?.into_grid(),
            Self::Ods(sheets) => {
                let sheet = sheets.iter_mut().find(|(known, _)| known.name == name);
                sheet
                    .map(|(_, sheet)| std::mem::take(sheet))
                    .unwrap_or_default()
                    .into_grid()
            }
        }
    }
}

fn xlsx_sheet(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    has_merges: bool,
) -> Result<(Grid, Vec<Merge>), ReadError> {
    let mut sheet = Sheet::default();
    let is_1904 = book.has_1904_epoch();
    {
        let mut reader = book.worksheet_cells_reader(name).map_err(xlsx_error)?;
        let mut shared = HashMap::new();
        while let Some(cell) = reader.next_cell().map_err(xlsx_error)? {
            put(
                &mut sheet,
                cell.get_position(),
                cell.get_value(),
                is_1904,
                &mut shared,
            )?;
        }
    }
    if has_merges {
        let merges = book.merge_cells_by_sheet_name(name).map_err(xlsx_error)?;
        sheet.merges = merges
            .iter()
            .map(|merge| Merge {
                first: merge.start,
                last: merge.end,
            })
            .collect();
    }
    sheet.into_grid()
}

fn xlsb_sheet(
    book: &mut Xlsb<Cursor<Vec<u8>>>,
    name: &str,
    merges: &[(String, Merge)],
) -> Result<(Grid, Vec<Merge>), ReadError> {
    let mut sheet = Sheet::default();
    let is_1904 = book.has_1904_epoch();
    let mut reader = book.worksheet_cells_reader(name).map_err(xlsb_error)?;
    let mut shared = HashMap::new();
    while let Some(cell) = reader.next_cell().map_err(xlsb_error)? {
        put(
            &mut sheet,
            cell.get_position(),
            cell.get_value(),
            is_1904,
            &mut shared,
        )?;
    }
    sheet.merges = merges
        .iter()
        .filter(|(sheet, _)| sheet == name)
        .map(|(_, merge)| *merge)
        .collect();
    sheet.into_grid()
}

/// Texts of the shared table are stored once, known by where they lie.
type Shared = HashMap<usize, Option<super::grid::Span>>;

fn put(
    sheet: &mut Sheet,
    (row, column): (u32, u32),
    value: &DataRef,
    is_1904: bool,
    shared: &mut Shared,
) -> Result<(), ReadError> {
    match value {
        DataRef::Empty => Ok(()),
        DataRef::Int(number) => {
            sheet.put_number(row, column, *number as f64, CellFormat::Plain, is_1904)
        }
        DataRef::Float(number) => {
            sheet.put_number(row, column, *number, CellFormat::Plain, is_1904)
        }
        DataRef::String(text) | DataRef::DurationIso(text) => sheet.put_text(row, column, text),
        DataRef::SharedString(text) => {
            let span = match shared.get(&(text.as_ptr() as usize)) {
                Some(span) => *span,
                None => {
                    let span = sheet.intern(text)?;
                    shared.insert(text.as_ptr() as usize, span);
                    span
                }
            };
            sheet.put_span(row, column, span)
        }
        DataRef::Bool(value) => sheet.put_bool(row, column, *value),
        DataRef::DateTime(time) => {
            let format = if time.is_duration() {
                CellFormat::Duration
            } else {
                CellFormat::Date
            };
            sheet.put_number(row, column, time.as_f64(), format, is_1904)
        }
        DataRef::DateTimeIso(text) => sheet.put_iso_date(row, column, text),
        DataRef::Error(error) => sheet.put_text(row, column, &error.to_string()),
    }
}

fn xlsx_error(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::PasswordProtected,
        error => ReadError::Corrupt {
            detail: error.to_string(),
        },
    }
}

fn xlsb_error(error: XlsbError) -> ReadError {
    match error {
        XlsbError::Password => ReadError::PasswordProtected,
        error => ReadError::Corrupt {
            detail: error.to_string(),
        },
    }
}

fn read_workbook(
    mut book: Workbook,
    format: Format,
    file_name: &str,
    options: &ReadOptions,
) -> Result<Table, ReadError> {
    let sheets = book.sheets();
    let (sheet, grid, merges) = match &options.sheet {
        Some(name) if sheets.iter().all(|sheet| sheet.name != *name) => {
            return Err(ReadError::NoSuchSheet {
                sheet: name.clone(),
            });
        }
        Some(name) => {
            let (grid, merges) = book.sheet(name)?;
            (name.clone(), grid, merges)
        }
        None => first_with_data(&mut book, &sheets)?,
    };
    let source = Source {
        file_name: file_name.to_owned(),
        format,
        sheet: Some(sheet),
        sheets: sheets.into_iter().map(|sheet| sheet.name).collect(),
        encoding: None,
        delimiter: None,
        header_row: 0,
        decimal_comma: false,
    };
    let mut table = super::build(grid, source, options, Vec::new())?;
    note_merges(&mut table, &merges);
    Ok(table)
}

/// The first sheet with a table of at least two rows and columns, visible ones first; failing that
/// the first that holds anything.
fn first_with_data(
    book: &mut Workbook,
    sheets: &[SheetName],
) -> Result<(String, Grid, Vec<Merge>), ReadError> {
    let (visible, hidden): (Vec<_>, Vec<_>) = sheets.iter().partition(|sheet| sheet.visible);
    let mut fallback = None;
    for sheet in visible.into_iter().chain(hidden) {
        let (grid, merges) = book.sheet(&sheet.name)?;
        let wide = (0..grid.rows().len()).filter(|row| layout::filled(grid.row(*row)) > 1);
        if wide.take(2).count() == 2 {
            return Ok((sheet.name.clone(), grid, merges));
        }
        if fallback.is_none() && !grid.rows().is_empty() {
            fallback = Some((sheet.name.clone(), grid, merges));
        }
    }
    fallback.ok_or(ReadError::Empty)
}

/// Notes the merged cells that touch headings or data.
fn note_merges(table: &mut Table, merges: &[Merge]) {
    let first = table.source.header_row;
    let last = table.rows.last().copied().unwrap_or(first);
    for merge in merges {
        let (top, bottom) = (
            merge.first.0.saturating_add(1),
            merge.last.0.saturating_add(1),
        );
        let column = table
            .columns
            .iter()
            .find(|column| (merge.first.1..=merge.last.1).contains(&column.position));
        if let (Some(column), true) = (column, bottom >= first && top <= last) {
            let name = |column: u32, row: u32| format!("{}{row}", layout::letters(column as usize));
            table.findings.push(Finding {
                row: Some(top),
                column: Some(column.heading.clone()),
                value: Some(format!(
                    "{}:{}",
                    name(merge.first.1, top),
                    name(merge.last.1, bottom)
                )),
                kind: FindingKind::MergedCells,
            });
        }
    }
}
