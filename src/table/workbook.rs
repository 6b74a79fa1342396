//! Workbooks into a [`Table`], read by calamine: what is left here is which format, which sheet, and
//! how its cells become ours.

use std::io::{Cursor, Read};

use calamine::{
    DataType, Dimensions, ExcelDateTime, OdsError, Reader, SheetType, SheetVisible, Sheets, Xls,
    XlsError, XlsbError, XlsxError,
};
use chrono::NaiveDate;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::result::ZipError;

use super::grid::{Grid, Value};
use super::{
    Content, Finding, FindingKind, Format, MAX_BYTES, MAX_CELLS, ReadError, ReadOptions, Source,
    Table, csv, date, layout, too_many_bytes, too_many_cells,
};

/// The first bytes of a compound file (OLE), in which Excel 97–2003 keeps a workbook, and later ones
/// an encrypted one.
pub(super) const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

type Bytes<'a> = Cursor<&'a [u8]>;
type Book<'a> = Sheets<Bytes<'a>>;

/// An open workbook.
pub(super) struct Workbook<'a> {
    format: Format,
    book: Book<'a>,
    /// Whether any sheet may have merged cells, which calamine reads a sheet once more to find.
    may_be_merged: bool,
}

/// Opens a zipped workbook.
pub(super) fn open_package(bytes: &[u8]) -> Result<Workbook<'_>, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(zip_error)?;
    let format = package(&mut archive)?;
    let mut may_be_merged = false;
    unpack(&mut archive, |name, part| match format {
        Format::Xlsx if name.contains("worksheets/") => {
            may_be_merged |=
                std::str::from_utf8(part).map_or(true, |xml| xml.contains("mergeCell"));
            Ok(())
        }
        Format::Xlsb if name.contains("worksheets/sheet") => long_cells(part),
        Format::Ods if name == "content.xml" => closed(part),
        Format::Xlsx | Format::Xlsb | Format::Ods | Format::Xls | Format::Delimited => Ok(()),
    })?;
    let reader = Cursor::new(bytes);
    let book = match format {
        Format::Xlsb => Sheets::Xlsb(Reader::new(reader).map_err(refused::<XlsbError>)?),
        Format::Ods => Sheets::Ods(Reader::new(reader).map_err(refused::<OdsError>)?),
        Format::Xlsx | Format::Xls | Format::Delimited => {
            Sheets::Xlsx(Reader::new(reader).map_err(refused::<XlsxError>)?)
        }
    };
    Ok(Workbook {
        format,
        book,
        may_be_merged,
    })
}

/// Opens a workbook of Excel 97–2003.
pub(super) fn open_compound(bytes: &[u8]) -> Result<Workbook<'_>, ReadError> {
    let error = match Xls::new(Cursor::new(bytes)) {
        Ok(book) => {
            return Ok(Workbook {
                format: Format::Xls,
                book: Sheets::Xls(book),
                may_be_merged: true,
            });
        }
        Err(error) => refused(error),
    };
    // A compound file without a workbook: the names of its streams tell what it is.
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    Err(if has("EncryptedPackage") {
        ReadError::PasswordProtected
    } else if has("Workbook") {
        error
    } else if has("WordDocument") {
        not_a_spreadsheet(Content::Document)
    } else if has("PowerPoint Document") {
        not_a_spreadsheet(Content::Presentation)
    } else {
        error
    })
}

/// Tells a workbook from other archives by the names of its parts.
fn package(archive: &mut ZipArchive<Bytes>) -> Result<Format, ReadError> {
    let names: Vec<String> = archive
        .file_names()
        .flatten()
        .map(|name| name.replace('\\', "/").to_lowercase())
        .collect();
    let has = |end: &str| names.iter().any(|name| name.ends_with(end));
    let has_folder = |start: &str| names.iter().any(|name| name.starts_with(start));
    if has("workbook.bin") {
        return Ok(Format::Xlsb);
    }
    if has("workbook.xml") || has_folder("xl/") {
        return Ok(Format::Xlsx);
    }
    let mut kind = String::new();
    if let Ok(entry) = archive.by_name("mimetype") {
        // The kind only chooses a message: unreadable is the same as none.
        let _ = entry.take(100).read_to_string(&mut kind);
    }
    if kind.contains("opendocument.spreadsheet") {
        return if has("encrypted-package") {
            Err(ReadError::PasswordProtected)
        } else {
            Ok(Format::Ods)
        };
    }
    Err(not_a_spreadsheet(
        if has_folder("word/") || kind.contains("opendocument.text") {
            Content::Document
        } else if has_folder("ppt/") || kind.contains("opendocument.presentation") {
            Content::Presentation
        } else {
            Content::Archive
        },
    ))
}

/// Unpacks each part in turn, with its name in lower case, and refuses what unpacks to too much: by
/// the directory of the archive, and as that may lie, by what appears.
fn unpack(
    archive: &mut ZipArchive<Bytes>,
    mut take: impl FnMut(&str, &[u8]) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut room = MAX_BYTES;
    if archive.decompressed_size().unwrap_or(0) > room.into() {
        return Err(too_many_bytes());
    }
    let mut part = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(zip_error)?;
        let name = entry.name().map_err(zip_error)?.to_lowercase();
        part.clear();
        entry
            .take(room + 1)
            .read_to_end(&mut part)
            .map_err(corrupt)?;
        room = room
            .checked_sub(part.len() as u64)
            .ok_or_else(too_many_bytes)?;
        take(&name, &part)?;
    }
    Ok(())
}

/// Refuses OpenDocument in which an element is not closed: calamine 0.38 would wait for its end for
/// ever. What else is wrong calamine says.
fn closed(content: &[u8]) -> Result<(), ReadError> {
    let mut reader = quick_xml::Reader::from_reader(content);
    let (mut open, mut buffer) = (0_usize, Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(_)) => open += 1,
            Ok(Event::End(_)) => open = open.saturating_sub(1),
            Ok(Event::Eof) if open > 0 => return Err(corrupt("an element is not closed")),
            Err(error @ quick_xml::Error::IllFormed(_)) => return Err(corrupt(error)),
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

/// Refuses a sheet with cells in short records, which calamine 0.38 would leave out; Excel writes none.
fn long_cells(sheet: &[u8]) -> Result<(), ReadError> {
    const SHORT: std::ops::RangeInclusive<u8> = 0x0C..=0x12;
    // A record: its kind in one or two bytes, its length in up to four, seven bits in each.
    let mut rest = sheet;
    while let [kind, tail @ ..] = rest {
        if SHORT.contains(kind) {
            return Err(corrupt("its cells are in short records"));
        }
        rest = tail.get(usize::from(*kind >= 0x80)..).unwrap_or_default();
        let mut length = 0;
        for shift in [0, 7, 14, 21] {
            let [byte, tail @ ..] = rest else { break };
            (length, rest) = (length | usize::from(byte & 0x7F) << shift, tail);
            if *byte < 0x80 {
                break;
            }
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(())
}

fn not_a_spreadsheet(found: Content) -> ReadError {
    ReadError::NotASpreadsheet { found }
}

fn corrupt(error: impl ToString) -> ReadError {
    ReadError::Corrupt {
        detail: error.to_string(),
    }
}

fn zip_error(error: ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::PasswordProtected
        }
        error => corrupt(error),
    }
}

fn refused<E: Into<calamine::Error>>(error: E) -> ReadError {
    use calamine::Error;
    match error.into() {
        Error::Xlsx(XlsxError::Password)
        | Error::Xlsb(XlsbError::Password)
        | Error::Xls(XlsError::Password)
        | Error::Ods(OdsError::Password) => ReadError::PasswordProtected,
        Error::Ods(OdsError::CellLimitExceeded { .. }) => too_many_cells(),
        error => corrupt(error),
    }
}

impl Workbook<'_> {
    /// Reads the chosen sheet, or the first with data.
    pub fn read(&mut self, file_name: &str, options: &ReadOptions) -> Result<Table, ReadError> {
        let book = &mut self.book;
        let listed = book.sheets_metadata().iter();
        let listed = listed.filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let (sheets, visible): (Vec<String>, Vec<bool>) = listed
            .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
            .unzip();
        let (sheet, grid) = match &options.sheet {
            Some(name) if !sheets.contains(name) => {
                return Err(ReadError::NoSuchSheet {
                    sheet: name.clone(),
                });
            }
            Some(name) => (name.clone(), cells(book, name)?),
            None => first_with_data(book, &sheets, &visible)?,
        };
        let merges = if self.may_be_merged {
            merges(book, &sheet)?
        } else {
            Vec::new()
        };
        let source = Source {
            file_name: file_name.to_owned(),
            format: self.format,
            sheet: Some(sheet),
            sheets,
            encoding: None,
            delimiter: None,
            header_row: 0,
            decimal_comma: false,
        };
        let mut table = super::build(grid, source, options, Vec::new())?;
        note_merges(&mut table, &merges);
        Ok(table)
    }
}

/// The first sheet with a table of at least two rows and columns, visible ones first; failing that
/// the first that holds anything.
fn first_with_data(
    book: &mut Book,
    sheets: &[String],
    visible: &[bool],
) -> Result<(String, Grid), ReadError> {
    let mut order: Vec<usize> = (0..sheets.len()).collect();
    order.sort_by_key(|index| !visible[*index]);
    let mut fallback = None;
    for index in order {
        let grid = cells(book, &sheets[index])?;
        let wide = (0..grid.rows().len()).filter(|row| layout::filled(grid.row(*row)) > 1);
        if wide.take(2).count() == 2 {
            return Ok((sheets[index].clone(), grid));
        }
        if fallback.is_none() && !grid.rows().is_empty() {
            fallback = Some((sheets[index].clone(), grid));
        }
    }
    fallback.ok_or(ReadError::Empty)
}

/// The cells of a sheet, streamed where calamine can, so that a far cell costs no empty ones.
fn cells(book: &mut Book, name: &str) -> Result<Grid, ReadError> {
    let mut sheet = Sheet::default();
    match book {
        Sheets::Xlsx(book) => {
            let mut reader = book.worksheet_cells_reader(name).map_err(refused)?;
            while let Some(cell) = reader.next_cell().map_err(refused)? {
                sheet.put(cell.get_position(), cell.get_value())?;
            }
        }
        Sheets::Xlsb(book) => {
            let mut reader = book.worksheet_cells_reader(name).map_err(refused)?;
            while let Some(cell) = reader.next_cell().map_err(refused)? {
                sheet.put(cell.get_position(), cell.get_value())?;
            }
        }
        Sheets::Xls(_) | Sheets::Ods(_) => {
            let range = book.worksheet_range(name).map_err(refused)?;
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, cell) in range.used_cells() {
                sheet.put((top + row as u32, left + column as u32), cell)?;
            }
        }
    }
    sheet.into_grid()
}

/// The merged cells of a sheet; calamine 0.38 does not tell those of xlsb and OpenDocument.
fn merges(book: &mut Book, name: &str) -> Result<Vec<Dimensions>, ReadError> {
    match book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(name).map_err(refused),
        Sheets::Xls(book) => book.merge_cells_by_sheet_name(name).map_err(refused),
        Sheets::Xlsb(_) | Sheets::Ods(_) => Ok(Vec::new()),
    }
}

/// Notes the merged cells that touch headings or data.
fn note_merges(table: &mut Table, merges: &[Dimensions]) {
    let first = table.source.header_row;
    let last = table.rows.last().copied().unwrap_or(first);
    for Dimensions { start, end } in merges {
        let (top, bottom) = (start.0.saturating_add(1), end.0.saturating_add(1));
        let column = table
            .columns
            .iter()
            .find(|column| (start.1..=end.1).contains(&column.position));
        if let (Some(column), true) = (column, bottom >= first && top <= last) {
            let name = |column: u32, row: u32| format!("{}{row}", layout::letters(column as usize));
            table.findings.push(Finding {
                row: Some(top),
                column: Some(column.heading.clone()),
                value: Some(format!("{}:{}", name(start.1, top), name(end.1, bottom))),
                kind: FindingKind::MergedCells,
            });
        }
    }
}

/// Rows and columns beyond these exist in no spreadsheet.
const MAX_ROW: u32 = 1 << 20;
const MAX_COLUMN: u32 = 1 << 14;

/// The first serial number beyond the year 9999.
const END_OF_DATES: f64 = 2_958_466.0;

/// Collects the cells of one sheet, in any order.
#[derive(Default)]
struct Sheet {
    grid: Grid,
    cells: Vec<(u32, u32, Value)>,
}

impl Sheet {
    fn put<T: DataType>(&mut self, (row, column): (u32, u32), cell: &T) -> Result<(), ReadError> {
        let value = self.value(cell)?;
        if value == Value::Empty || row >= MAX_ROW || column >= MAX_COLUMN {
            return Ok(());
        }
        if self.cells.len() == MAX_CELLS {
            return Err(too_many_cells());
        }
        self.cells.push((row, column, value));
        Ok(())
    }

    fn value<T: DataType>(&mut self, cell: &T) -> Result<Value, ReadError> {
        if let Some(text) = cell.get_string() {
            self.text(text)
        } else if let Some(number) = cell.get_float().or(cell.get_int().map(|int| int as f64)) {
            Ok(finite(number))
        } else if let Some(value) = cell.get_bool() {
            Ok(Value::Bool(value))
        } else if let Some(time) = cell.get_datetime() {
            self.time(time)
        } else if let Some(text) = cell.get_datetime_iso() {
            match date::scan(text) {
                Some(date::Written::Certain(date)) => Ok(Value::Date(date)),
                _ => self.text(text),
            }
        } else if let Some(text) = cell.get_duration_iso() {
            // PT14H30M00S
            let clock = text.trim_start_matches("PT").trim_end_matches('S');
            self.text(&clock.replace(['H', 'M'], ":"))
        } else if let Some(error) = cell.get_error() {
            self.text(&error.to_string())
        } else {
            Ok(Value::Empty)
        }
    }

    fn text(&mut self, text: &str) -> Result<Value, ReadError> {
        let text = csv::trim(text);
        if text.is_empty() {
            return Ok(Value::Empty);
        }
        if (self.grid.arena().len() + text.len()) as u64 > MAX_BYTES {
            return Err(too_many_bytes());
        }
        let span = self.grid.store(text).ok_or_else(too_many_bytes)?;
        Ok(Value::Text(span))
    }

    /// A number formatted as a date, its time of day left out; as a time of day or a duration a text
    /// such as 14:30. The 29 February 1900, which never was but has a number, is a text.
    fn time(&mut self, time: ExcelDateTime) -> Result<Value, ReadError> {
        let serial = time.as_f64();
        let (year, month, day, ..) = time.to_ymd_hms_milli();
        if !(0.0..END_OF_DATES).contains(&serial) {
            Ok(finite(serial))
        } else if time.is_duration() || (serial < 1.0 && (serial, year) != (0.0, 1904)) {
            self.text(&clock(serial))
        } else {
            match NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()) {
                Some(date) => Ok(Value::Date(date)),
                None => self.text(&format!("{year:04}-{month:02}-{day:02}")),
            }
        }
    }

    /// The cells in the order of the sheet; of two in one place the later counts.
    fn into_grid(mut self) -> Result<Grid, ReadError> {
        self.cells.sort_by_key(|(row, column, _)| (*row, *column));
        let mut grid = self.grid;
        for row in self.cells.chunk_by(|a, b| a.0 == b.0) {
            for cell in row.chunk_by(|a, b| a.1 == b.1) {
                let (_, column, value) = cell[cell.len() - 1];
                while grid.open_len() < column as usize {
                    grid.push(Value::Empty);
                }
                grid.push(value);
            }
            if grid.len() > MAX_CELLS {
                return Err(too_many_cells());
            }
            grid.end_row(row[0].0 + 1);
        }
        Ok(grid)
    }
}

fn finite(number: f64) -> Value {
    if number.is_finite() {
        Value::Number(number)
    } else {
        Value::Empty
    }
}

/// Hours and minutes, and seconds where there are any.
fn clock(days: f64) -> String {
    let seconds = (days * 86_400.0).round() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if seconds == 0 {
        format!("{hours:02}:{minutes:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    }
}
