//! A table for pasting into Word or Excel with its formatting.

use serde::Serialize;

use super::csv::inert;
use super::heads::{Head, head_rows};
use super::html::escape;
use super::{Block, Row};

/// A table as the clipboard holds it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClipboardTable {
    /// For Word, and for Excel, which reads it too.
    pub html: String,
    /// For everything else: cells with tabs between.
    pub text: String,
}

const FONT: &str = "font-family:Calibri,Arial,sans-serif;font-size:10pt";
const CELL: &str = "text-align:left;vertical-align:top;padding:2pt 8pt 2pt 0";

/// A table in both forms; `None` for any other block.
///
/// No cell becomes a formula. Word and Excel only read styles written on the elements themselves.
pub fn table_for_clipboard(block: &Block) -> Option<ClipboardTable> {
    let Block::Table {
        caption,
        columns,
        shared_heads,
        rows,
        notes,
    } = block
    else {
        return None;
    };
    Some(ClipboardTable {
        html: html(caption, &head_rows(columns, shared_heads), rows, notes),
        text: text(caption, columns, rows, notes),
    })
}

fn html(caption: &str, heads: &[Vec<Head<'_>>], rows: &[Row], notes: &[String]) -> String {
    let mut html = format!("<table style=\"border-collapse:collapse;{FONT}\">");
    let width: usize = heads[0].iter().map(|head| head.columns).sum();
    let whole = |html: &mut String, style: &str, text: &str| {
        html.push_str(&format!(
            "<tr><td colspan=\"{width}\" style=\"{CELL};{style}\">{}</td></tr>",
            safe(text)
        ));
    };
    whole(&mut html, "font-weight:bold", caption);
    for (i, row) in heads.iter().enumerate() {
        html.push_str("<tr>");
        let rule = if i == 0 {
            ";border-top:1.5pt solid #000"
        } else {
            ""
        };
        for head in row {
            let spans = head.spans();
            html.push_str(&format!(
                "<th{spans} style=\"{CELL}{rule};border-bottom:0.75pt solid #000\">{}</th>",
                safe(head.text)
            ));
        }
        html.push_str("</tr>");
    }
    for (i, row) in rows.iter().enumerate() {
        let rule = match i + 1 == rows.len() {
            true => ";border-bottom:1.5pt solid #000",
            false => "",
        };
        let indent = match row.indent {
            0 => "",
            _ => ";padding-left:12pt",
        };
        html.push_str(&format!(
            "<tr><td style=\"{CELL}{indent}{rule}\">{}</td>",
            safe(&row.head)
        ));
        for cell in &row.cells {
            // Excel would read "4 of 14" or "1-2" as it likes; as text it stays.
            html.push_str(&format!(
                "<td style=\"{CELL}{rule};mso-number-format:'\\@'\">{}</td>",
                safe(cell)
            ));
        }
        html.push_str("</tr>");
    }
    for note in notes {
        whole(&mut html, "font-size:9pt", note);
    }
    html.push_str("</table>");
    html
}

fn text(caption: &str, columns: &[String], rows: &[Row], notes: &[String]) -> String {
    let line = |cells: Vec<&str>| -> String {
        let cells: Vec<String> = (cells.into_iter())
            .map(|cell| inert(&cell.replace(['\t', '\r', '\n'], " ")))
            .collect();
        cells.join("\t")
    };
    let mut lines = vec![
        line(vec![caption]),
        line(columns.iter().map(String::as_str).collect()),
    ];
    lines.extend(rows.iter().map(|row| {
        let cells = std::iter::once(&row.head).chain(&row.cells);
        line(cells.map(String::as_str).collect())
    }));
    lines.extend(notes.iter().map(|note| line(vec![note])));
    lines.join("\n")
}

fn safe(text: &str) -> String {
    escape(&inert(text))
}
