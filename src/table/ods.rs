//! OpenDocument spreadsheets.
//!
//! Read here and not by calamine, whose 0.38 waits for ever on a table that is not closed, and gives
//! repeated cells more memory than a browser has.

use quick_xml::events::{BytesStart, Event};

use super::ReadError;
use super::archive::Part;
use super::sheet::{Merge, Sheet, SheetName};
use super::xml::{self, attribute, damaged};

/// The sheets of a document, in order.
pub(super) fn sheets(parts: &[Part]) -> Result<Vec<(SheetName, Sheet)>, ReadError> {
    let part = |name: &str| {
        parts
            .iter()
            .find(|part| part.name.eq_ignore_ascii_case(name))
    };
    let manifest = part("META-INF/manifest.xml").map(|part| String::from_utf8_lossy(&part.bytes));
    if manifest.is_some_and(|text| text.contains("encryption-data")) {
        return Err(ReadError::PasswordProtected);
    }
    let content = part("content.xml").ok_or_else(|| damaged("there is no content.xml"))?;
    let text = xml::decode(&content.bytes);
    let mut reader = xml::reader(&text);
    let mut parser = Parser::default();
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(element) => parser.start(&element)?,
            Event::Empty(element) => {
                parser.start(&element)?;
                parser.end(element.name().as_ref())?;
            }
            Event::End(element) => parser.end(element.name().as_ref())?,
            Event::Text(text) => parser.text(&text.xml10_content()),
            Event::CData(text) => parser.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let mut text = String::new();
                xml::resolve(&reference, &mut text);
                parser.text(&text);
            }
            Event::Eof if parser.in_table => return Err(damaged("a table is cut short")),
            Event::Eof => return Ok(parser.sheets),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// A count of repetitions or of cells spanned; 1 where there is none.
fn count(element: &BytesStart, name: &str) -> u32 {
    attribute(element, name)
        .and_then(|text| text.parse().ok())
        .unwrap_or(1)
        .max(1)
}

/// What a cell holds, by its attributes.
#[derive(Debug, Default)]
struct Cell {
    kind: String,
    value: Option<String>,
    text: String,
    paragraphs: usize,
    repeated: u32,
    spanned: (u32, u32),
}

/// Where the reader stands.
#[derive(Default)]
struct Parser {
    sheets: Vec<(SheetName, Sheet)>,
    /// Names of table styles that hide their table.
    hidden: Vec<String>,
    style: String,
    /// Tables within cells, and notes: nothing in them counts.
    aside: u32,
    in_table: bool,
    row: u32,
    row_repeated: u32,
    column: u32,
    cells: Vec<(u32, Cell)>,
    cell: Option<Cell>,
    in_paragraph: bool,
}

impl Parser {
    fn start(&mut self, element: &BytesStart) -> Result<(), ReadError> {
        let name = element.name();
        match name.as_ref() {
            "office:annotation" | "table:shapes" => self.aside += 1,
            _ if self.aside > 0 => {}
            "style:style" => self.style = attribute(element, "name").unwrap_or_default(),
            "style:table-properties"
                if attribute(element, "display").as_deref() == Some("false") =>
            {
                self.hidden.push(self.style.clone());
            }
            "table:table" if self.in_table => self.aside += 1,
            "table:table" => {
                let style = attribute(element, "style-name").unwrap_or_default();
                let name = attribute(element, "name").unwrap_or_default();
                self.sheets.push((
                    SheetName {
                        name,
                        visible: !self.hidden.contains(&style),
                    },
                    Sheet::default(),
                ));
                (self.in_table, self.row) = (true, 0);
            }
            "table:table-row" => {
                (self.column, self.row_repeated) = (0, count(element, "number-rows-repeated"));
                self.cells.clear();
            }
            "table:table-cell" | "table:covered-table-cell" if self.in_table => {
                let kind = attribute(element, "office:value-type").unwrap_or_default();
                let value = ["value", "date-value", "boolean-value", "string-value"]
                    .iter()
                    .find_map(|name| attribute(element, name));
                let spanned = (
                    count(element, "number-rows-spanned"),
                    count(element, "number-columns-spanned"),
                );
                let repeated = count(element, "number-columns-repeated");
                self.cell = Some(Cell {
                    kind,
                    value,
                    repeated,
                    spanned,
                    ..Cell::default()
                });
            }
            "text:p" => {
                self.in_paragraph = true;
                if let Some(cell) = &mut self.cell {
                    if cell.paragraphs > 0 {
                        cell.text.push('\n');
                    }
                    cell.paragraphs += 1;
                }
            }
            "text:s" => self.text(&" ".repeat(count(element, "c").min(100) as usize)),
            "text:tab" => self.text("\t"),
            "text:line-break" => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let (true, 0, Some(cell)) = (self.in_paragraph, self.aside, &mut self.cell) {
            cell.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "office:annotation" | "table:shapes" => self.aside = self.aside.saturating_sub(1),
            "table:table" if self.aside > 0 => self.aside -= 1,
            _ if self.aside > 0 => {}
            "table:table" => self.in_table = false,
            "text:p" => self.in_paragraph = false,
            "table:table-cell" | "table:covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    let column = self.column;
                    self.column = column.saturating_add(cell.repeated);
                    if cell.value.is_some() || !cell.text.is_empty() || cell.spanned != (1, 1) {
                        self.cells.push((column, cell));
                    }
                }
            }
            "table:table-row" => self.end_row()?,
            _ => {}
        }
        Ok(())
    }

    /// Stores the row as often as it is repeated. Sheets end, so repetition does, too.
    fn end_row(&mut self) -> Result<(), ReadError> {
        let rows = if self.cells.is_empty() {
            0
        } else {
            self.row_repeated.min((1 << 20) - self.row.min(1 << 20))
        };
        let Some((_, sheet)) = self.sheets.last_mut() else {
            return Ok(());
        };
        for row in (self.row..).take(rows as usize) {
            for (column, cell) in &self.cells {
                let (high, wide) = cell.spanned;
                if (high, wide) != (1, 1) {
                    let last = (
                        row.saturating_add(high - 1),
                        column.saturating_add(wide - 1),
                    );
                    sheet.merges.push(Merge {
                        first: (row, *column),
                        last,
                    });
                }
                for column in (*column..).take(cell.repeated.min(1 << 14) as usize) {
                    put(sheet, row, column, cell)?;
                }
            }
        }
        self.cells.clear();
        self.row = self.row.saturating_add(self.row_repeated);
        Ok(())
    }
}

fn put(sheet: &mut Sheet, row: u32, column: u32, cell: &Cell) -> Result<(), ReadError> {
    let value = cell.value.as_deref();
    match (cell.kind.as_str(), value) {
        ("float" | "percentage" | "currency", Some(value)) => match value.trim().parse() {
            Ok(number) => sheet.put_number(
                row,
                column,
                number,
                super::cell_format::Format::Plain,
                false,
            ),
            Err(_) => sheet.put_text(row, column, &cell.text),
        },
        ("date", Some(value)) => sheet.put_iso_date(row, column, value),
        ("boolean", Some(value)) => sheet.put_bool(row, column, value == "true"),
        ("string", Some(value)) if cell.text.is_empty() => sheet.put_text(row, column, value),
        _ => sheet.put_text(row, column, &cell.text),
    }
}
