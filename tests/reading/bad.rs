//! Files that cannot be read: each has its one error.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

fn error(bytes: &[u8]) -> ReadError {
    table::read(bytes, "cohort.xlsx", &ReadOptions::default()).expect_err("an unreadable file")
}

fn not_a_spreadsheet(found: Content) -> ReadError {
    ReadError::NotASpreadsheet { found }
}

/// A workbook whose one sheet has these bytes as its rows.
fn workbook(rows: &[u8]) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"{id}\" Target=\"{target}\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\"/></Relationships>"
        )
    };
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, parts: &[&[u8]]| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        parts.iter().for_each(|part| zip.write_all(part).unwrap());
    };
    add(
        "_rels/.rels",
        &[relation("a", "officeDocument", "xl/workbook.xml").as_bytes()],
    );
    add(
        "xl/_rels/workbook.xml.rels",
        &[relation("b", "worksheet", "worksheets/sheet1.xml").as_bytes()],
    );
    add(
        "xl/workbook.xml",
        &[b"<workbook><sheets><sheet name=\"S\" r:id=\"b\"/></sheets></workbook>"],
    );
    add(
        "xl/worksheets/sheet1.xml",
        &[b"<worksheet><sheetData>", rows, b"</sheetData></worksheet>"],
    );
    zip.finish().unwrap().into_inner()
}

#[test]
fn nothing_and_blanks_are_empty() {
    for bytes in [
        &b""[..],
        b"\n\n",
        b"  \r\n\t",
        b"\xEF\xBB\xBF",
        b",,,\n,,\n",
    ] {
        assert_eq!(error(bytes), ReadError::Empty, "{bytes:?}");
    }
    assert_eq!(error(&file("empty.xlsx")), ReadError::Empty);
}

#[test]
fn headings_alone_are_no_rows() {
    assert_eq!(error(b"id,age\n"), ReadError::NoRows);
    assert_eq!(error(&file("headings_only.xlsx")), ReadError::NoRows);
}

#[test]
fn a_single_column_is_one_column() {
    assert_eq!(error(b"id\nP1\nP2\n"), ReadError::OneColumn);
    assert_eq!(
        error(&workbook(
            b"<row><c><v>1</v></c></row><row><c><v>2</v></c></row>"
        )),
        ReadError::OneColumn
    );
}

#[test]
fn passwords_are_told() {
    for name in ["password.xlsx", "password.ods"] {
        assert_eq!(error(&file(name)), ReadError::PasswordProtected, "{name}");
    }
    // The record that opens an encrypted workbook, in place of the one for its window.
    let mut xls = file("every_kind.xls");
    let at = xls
        .windows(4)
        .position(|four| four == [0x3D, 0, 0x12, 0])
        .unwrap();
    xls[at] = 0x2F;
    assert_eq!(error(&xls), ReadError::PasswordProtected);
}

#[test]
fn other_files_are_named() {
    for (bytes, found) in [
        (&b"%PDF-1.7\n"[..], Content::Pdf),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Content::Image),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF", Content::Image),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", Content::Html),
        (b"\xEF\xBB\xBF<!DOCTYPE html>\n<html>", Content::Html),
        (b"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">", Content::Html),
        (b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", Content::Xml),
        (b"{\\rtf1 text}", Content::Document),
        (b"[{\"id\": 1}]", Content::Json),
        (b"$FL2@(#) SPSS DATA FILE", Content::StatisticalFile),
        (b"\x1F\x8B\x08\0\0", Content::Archive),
        (b"\x01\x02\x03\x04\x05\x06\0\0\0", Content::Binary),
    ] {
        assert_eq!(error(bytes), not_a_spreadsheet(found), "{:?}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(
        error(&file("letter.docx")),
        not_a_spreadsheet(Content::Document)
    );
}

#[test]
fn a_heading_that_begins_like_a_picture_is_text() {
    assert_eq!(headings(&read_text("BMI,age\n22,61\n")), ["BMI", "age"]);
}

#[test]
fn damaged_workbooks_are_corrupt() {
    for name in [
        "every_kind.xlsx",
        "every_kind.xlsb",
        "every_kind.xls",
        "every_kind.ods",
    ] {
        let whole = file(name);
        let half = error(&whole[..whole.len() / 2]);
        assert!(
            matches!(half, ReadError::Corrupt { .. }),
            "{name}: {half:?}"
        );
    }
    let open = error(&workbook(b"<row><c><v>1</v></c><c>"));
    assert!(matches!(open, ReadError::Corrupt { .. }), "{open:?}");
}

fn is_too_large(bytes: &[u8], of: &str) -> bool {
    matches!(error(bytes), ReadError::TooLarge { unit, .. } if unit == of)
}

#[test]
fn a_bomb_does_not_go_off_even_where_the_directory_lies() {
    let bomb = workbook(&vec![b' '; 210_000_000]);
    assert!(bomb.len() < 1_000_000);
    assert!(is_too_large(&bomb, "megabytes"));
    let size = (210_000_000_u32 + 22 + 24).to_le_bytes();
    let mut lying = bomb.clone();
    let mut found = 0;
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == size {
            lying[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
            found += 1;
        }
    }
    assert!(found > 0, "the directory states the size");
    let error = error(&lying);
    assert!(
        matches!(
            error,
            ReadError::TooLarge { .. } | ReadError::Corrupt { .. }
        ),
        "{error:?}"
    );
}

#[test]
fn more_than_five_million_cells_are_refused() {
    let mut rows = b"a,b,c,d,e,f,g,h,i,j\n".to_vec();
    rows.extend(b"1,2,3,4,5,6,7,8,9,0\n".repeat(500_001));
    assert!(is_too_large(&rows, "cells"));
    // Few cells that claim the whole width of many rows.
    let far: String = (1..400)
        .map(|row| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>"))
        .collect();
    assert!(is_too_large(&workbook(far.as_bytes()), "cells"));
}

/// What calamine 0.38 would read wrongly or for ever.
#[test]
fn what_calamine_cannot_read_is_refused() {
    let short = error(&file("short_cells.xlsb"));
    assert!(
        matches!(&short, ReadError::Corrupt { detail } if detail.contains("short records")),
        "{short:?}"
    );
    let nowhere = workbook(b"<row><c r=\"A1\" t=\"s\"><v>7</v></c></row>");
    assert!(matches!(error(&nowhere), ReadError::Corrupt { .. }));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", "<content><table:table table:name=\"S\">"),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let endless = error(&zip.finish().unwrap().into_inner());
    assert!(matches!(endless, ReadError::Corrupt { .. }), "{endless:?}");
}
