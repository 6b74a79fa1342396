//! What bytes are, by their first few: so that the wrong file gets a helpful sentence.

use serde::Serialize;

use super::encoding;

/// What a file that is not a spreadsheet is instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// A web page, also one that an application has named `.xls`.
    Html,
    /// Other XML, such as Excel's XML spreadsheet of 2003.
    Xml,
    /// JSON.
    Json,
    /// PDF.
    Pdf,
    /// A picture.
    Image,
    /// A text document of Word, OpenDocument or RTF.
    Document,
    /// Slides.
    Presentation,
    /// An archive such as zip or gzip.
    Archive,
    /// A file of SPSS, SAS or Stata.
    StatisticalFile,
    /// Bytes that are not text.
    Binary,
}

/// Whether bytes may be text; else what they are.
pub(super) fn of(bytes: &[u8]) -> Result<(), Content> {
    let has_mark = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if let Some(content) = by_magic(bytes) {
        return Err(content);
    }
    if has_mark || encoding::utf_16(bytes).is_some() {
        return Ok(());
    }
    let head = &bytes[..bytes.len().min(4096)];
    let stray = |b: &&u8| matches!(**b, 0..=8 | 0x0B | 0x0E..=0x1A | 0x1C..=0x1F);
    if head.iter().filter(stray).count() * 50 > head.len() {
        return Err(Content::Binary);
    }
    let start = head
        .iter()
        .position(|b| !b.is_ascii_whitespace() && !matches!(b, 0xEF | 0xBB | 0xBF))
        .unwrap_or(head.len());
    let lower = head[start..]
        .iter()
        .take(512)
        .map(u8::to_ascii_lowercase)
        .collect::<Vec<_>>();
    let contains = |needle: &[u8]| lower.windows(needle.len()).any(|window| window == needle);
    if lower.starts_with(b"<!doctype html")
        || lower.starts_with(b"<html")
        || lower.starts_with(b"<table")
        || lower.starts_with(b"<meta")
        || (lower.starts_with(b"<") && (contains(b"<html") || contains(b"<table")))
    {
        Err(Content::Html)
    } else if lower.starts_with(b"<?xml") || lower.starts_with(b"<svg") {
        Err(Content::Xml)
    } else if lower.starts_with(b"{\"")
        || lower.starts_with(b"[{")
        || lower.starts_with(b"{\n")
        || lower.starts_with(b"{\r")
    {
        Err(Content::Json)
    } else {
        Ok(())
    }
}

fn by_magic(bytes: &[u8]) -> Option<Content> {
    const MAGIC: [(&[u8], Content); 20] = [
        (b"%PDF", Content::Pdf),
        (b"\x89PNG", Content::Image),
        (b"\xFF\xD8\xFF", Content::Image),
        (b"GIF8", Content::Image),
        (b"BM", Content::Image),
        (b"II*\0", Content::Image),
        (b"MM\0*", Content::Image),
        (b"{\\rtf", Content::Document),
        (b"PK\x03\x04", Content::Archive),
        (b"PK\x05\x06", Content::Archive),
        (b"\x1F\x8B", Content::Archive),
        (b"Rar!", Content::Archive),
        (b"7z\xBC\xAF", Content::Archive),
        (b"$FL2", Content::StatisticalFile),
        (b"$FL3", Content::StatisticalFile),
        (b"<stata_dta>", Content::StatisticalFile),
        (b"HEADER RECORD*******LIBRARY", Content::StatisticalFile),
        (b"SQLite format 3", Content::Binary),
        (b"PAR1", Content::Binary),
        (b"\x7FELF", Content::Binary),
    ];
    let found = MAGIC
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, content)| *content)?;
    // "BMI,age" is the heading of a table, not a bitmap.
    let is_bitmap = || bytes.get(6..10) == Some(&[0; 4]);
    (!bytes.starts_with(b"BM") || is_bitmap()).then_some(found)
}
