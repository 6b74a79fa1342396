//! The report as one HTML page that opens in a browser and in Word.

use super::heads::{Head, head_rows};
use super::{Block, Row, Section, shortened};
use crate::table::Source;
use crate::text::Text;

/// Journal tables: rules above, below and under the heads; nothing else.
const STYLE: &str = "\
body{font:11pt/1.45 Calibri,Arial,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#000;background:#fff}
h1{font-size:20pt}h2{font-size:15pt;margin-top:2em}
table{border-collapse:collapse;margin:1em 0;font-size:10pt}
caption{text-align:left;font-weight:bold;padding-bottom:.3em}
th,td{text-align:left;vertical-align:top;padding:.2em .9em .2em 0;font-weight:normal}
td{white-space:nowrap}
thead th{font-weight:bold;vertical-align:bottom;border-bottom:.75pt solid #000}
thead tr:first-child th{border-top:1.5pt solid #000}
tbody tr:last-child th,tbody tr:last-child td{border-bottom:1.5pt solid #000}
th.indent{padding-left:1.5em}
figure{margin:1em 0}figure svg{max-width:100%;height:auto}
.note{font-size:9pt;margin:.3em 0}.caution{border-left:3pt solid #d55e00;padding-left:.7em}
";

/// The whole page: everything inside it, and nothing that runs.
pub(super) fn document(sections: &[Section], source: &Source, text: &Text) -> String {
    let title = text.with(
        "document-title",
        &[("file", source.file_name.as_str().into())],
    );
    let mut html = String::from("<!DOCTYPE html>\n<html lang=\"");
    html.push_str(&escape(&text.get("document-language")));
    html.push_str("\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.push_str("<meta name=\"viewport\" content=\"width=device-width\">\n");
    html.push_str(&element("title", &title));
    html.push_str(&format!("<style>\n{STYLE}</style>\n</head>\n<body>\n"));
    html.push_str(&element("h1", &title));
    for section in sections {
        for block in &shortened(section.blocks.clone(), text) {
            push(&mut html, block, section, text);
        }
    }
    html.push_str("</body>\n</html>\n");
    html
}

fn push(html: &mut String, block: &Block, section: &Section, text: &Text) {
    match block {
        Block::Heading { text } => html.push_str(&element("h2", text)),
        Block::Paragraph { text } => html.push_str(&element("p", text)),
        Block::Table {
            caption,
            columns,
            shared_heads,
            rows,
            notes,
        } => {
            push_table(html, caption, &head_rows(columns, shared_heads), rows);
            for note in notes {
                html.push_str(&format!("<p class=\"note\">{}</p>\n", safe(note)));
            }
        }
        Block::Figure { scene, caption } => {
            html.push_str("<figure>\n");
            if let Some(svg) = section.figures.get(*scene) {
                // An XML declaration is not allowed inside a page.
                html.push_str(svg.find("<svg").map_or("", |start| &svg[start..]));
                html.push('\n');
            }
            html.push_str(&element("figcaption", caption));
            html.push_str("</figure>\n");
        }
        Block::Caution { text } => {
            html.push_str(&format!("<p class=\"caution\">{}</p>\n", safe(text)));
        }
        Block::Exclusions { lines } => {
            html.push_str(&element("h3", &text.get("document-exclusions")));
            for line in lines {
                html.push_str(&element("p", line));
            }
        }
        Block::Methods {
            text: methods,
            references,
        } => {
            html.push_str(&element("h3", &text.get("document-methods")));
            html.push_str(&element("p", methods));
            for reference in references {
                html.push_str(&format!("<p class=\"note\">{}</p>\n", safe(reference)));
            }
        }
    }
}

fn push_table(html: &mut String, caption: &str, heads: &[Vec<Head<'_>>], rows: &[Row]) {
    html.push_str("<table>\n");
    html.push_str(&element("caption", caption));
    if heads.len() > 1 {
        // A head is that of a group of columns only where these are one.
        for Head { columns, .. } in &heads[0] {
            html.push_str(&format!("<colgroup span=\"{columns}\"></colgroup>"));
        }
        html.push('\n');
    }
    html.push_str("<thead>");
    for row in heads {
        html.push_str("<tr>");
        for head in row {
            let scope = if head.shared { "colgroup" } else { "col" };
            let (spans, text) = (head.spans(), safe(head.text));
            html.push_str(&format!("<th scope=\"{scope}\"{spans}>{text}</th>"));
        }
        html.push_str("</tr>");
    }
    html.push_str("</thead>\n<tbody>\n");
    for row in rows {
        let class = match row.indent {
            0 => "",
            _ => " class=\"indent\"",
        };
        html.push_str(&format!(
            "<tr><th scope=\"row\"{class}>{}</th>",
            safe(&row.head)
        ));
        for cell in &row.cells {
            html.push_str(&format!("<td>{}</td>", safe(cell)));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n");
}

fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>\n", safe(text))
}

fn safe(text: &str) -> String {
    escape(&unbroken(text))
}

/// Text in which no line ends between a number and what belongs to it: "95 % CI", "n = 7", "11.7 months".
///
/// Here and not where the words are made: in csv, on the clipboard and in R a space is what people
/// search for and programs split at.
fn unbroken(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let at = |i: usize| characters.get(i).copied().unwrap_or_default();
    let begins_number = |c: char| c.is_ascii_digit() || c == '.';
    let belongs = |i: usize| {
        let (before, after) = (at(i.wrapping_sub(1)), at(i + 1));
        let is_sign = |c| matches!(c, '=' | '<' | '>');
        after == '%'
            || (before == '%' || before.is_ascii_digit()) && after.is_alphabetic()
            || is_sign(after) && at(i + 2) == ' ' && begins_number(at(i + 3))
            || is_sign(before) && begins_number(after)
    };
    let character = |(i, &c): (usize, &char)| if c == ' ' && belongs(i) { '\u{a0}' } else { c };
    characters.iter().enumerate().map(character).collect()
}

/// Text that stays text wherever it stands in HTML.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_ends_between_a_number_and_what_belongs_to_it() {
        for (text, expected) in [
            ("28.6 % (95 % CI 8.4–58.1)", "28.6~% (95~%~CI 8.4–58.1)"),
            (
                "Median PFS was 11.7 months (n = 14)",
                "Median PFS was 11.7~months (n~=~14)",
            ),
            ("p < 0.001; P = .048", "p~<~0.001; P~=~.048"),
            ("if a < b, then c = d", "if a < b, then c = d"),
            ("% CI", "%~CI"),
            ("", ""),
        ] {
            assert_eq!(unbroken(text).replace('\u{a0}', "~"), expected);
        }
    }

    #[test]
    fn what_is_data_is_text_and_not_markup() {
        assert_eq!(
            safe("<b> & \"c\" = 1 %"),
            "&lt;b&gt; &amp; &quot;c&quot;\u{a0}=\u{a0}1\u{a0}%"
        );
    }
}
