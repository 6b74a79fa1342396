//! Workbooks into a [`Table`]: which format, which sheet.

use super::archive::{self, Package};
use super::grid::Grid;
use super::sheet::{Merge, Sheet, SheetName};
use super::{
    Finding, FindingKind, Format, ReadError, ReadOptions, Source, Table, layout, ods, xls, xlsb,
    xlsx,
};

/// An open workbook.
enum Workbook {
    Xlsx(xlsx::Workbook),
    Xlsb(xlsb::Workbook),
    Xls(xls::Workbook),
    Ods(Vec<(SheetName, Sheet)>),
}

/// Reads a zipped workbook.
pub(super) fn read_package(
    bytes: &[u8],
    file_name: &str,
    options: &ReadOptions,
) -> Result<Table, ReadError> {
    let (package, parts) = archive::unpack(bytes)?;
    let book = match package {
        Package::Xlsx => Workbook::Xlsx(xlsx::open(parts)?),
        Package::Xlsb => Workbook::Xlsb(xlsb::open(parts)?),
        Package::Ods => Workbook::Ods(ods::sheets(&parts)?),
    };
    read_workbook(book, file_name, options)
}

/// Reads a workbook of Excel 97–2003.
pub(super) fn read_compound(
    bytes: &[u8],
    file_name: &str,
    options: &ReadOptions,
) -> Result<Table, ReadError> {
    read_workbook(Workbook::Xls(xls::open(bytes)?), file_name, options)
}

impl Workbook {
    fn format(&self) -> Format {
        match self {
            Self::Xlsx(_) => Format::Xlsx,
            Self::Xlsb(_) => Format::Xlsb,
            Self::Xls(_) => Format::Xls,
            Self::Ods(_) => Format::Ods,
        }
    }

    fn sheets(&self) -> Vec<SheetName> {
        match self {
            Self::Xlsx(book) => book.sheets(),
            Self::Xlsb(book) => book.sheets(),
            Self::Xls(book) => book.sheets(),
            Self::Ods(sheets) => sheets.iter().map(|(name, _)| name.clone()).collect(),
        }
    }

    fn sheet(&mut self, name: &str) -> Result<(Grid, Vec<Merge>), ReadError> {
        match self {
            Self::Xlsx(book) => book.sheet(name)?,
            Self::Xlsb(book) => book.sheet(name)?,
            Self::Xls(book) => book.sheet(name)?,
            Self::Ods(sheets) => {
                let sheet = sheets.iter_mut().find(|(known, _)| known.name == name);
                sheet
                    .map(|(_, sheet)| std::mem::take(sheet))
                    .unwrap_or_default()
            }
        }
        .into_grid()
    }
}

fn read_workbook(
    mut book: Workbook,
    file_name: &str,
    options: &ReadOptions,
) -> Result<Table, ReadError> {
    let format = book.format();
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
