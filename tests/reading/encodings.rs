//! One text in every encoding.

use encoding_rs::{Encoding, GB18030, WINDOWS_1252};

use super::*;

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn read_bytes(bytes: &[u8]) -> Table {
    table::read(bytes, "cohort.csv", &ReadOptions::default()).expect("a readable table")
}

#[test]
fn chinese_text_reads_the_same_in_every_encoding() {
    let text = "编号,性别,开始日期\n患者1,男,2024年3月5日\n患者2,女,2024年3月15日\n";
    let mark = "\u{feff}".to_owned() + text;
    let gb = GB18030.encode(text).0.into_owned();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), "UTF-8"),
        (mark.as_bytes().to_vec(), "UTF-8"),
        (utf_16(&mark, u16::to_le_bytes), "UTF-16LE"),
        (utf_16(&mark, u16::to_be_bytes), "UTF-16BE"),
        (utf_16(text, u16::to_le_bytes), "UTF-16LE"),
        (utf_16(text, u16::to_be_bytes), "UTF-16BE"),
        (gb, "gb18030"),
    ] {
        let table = read_bytes(&bytes);
        assert_eq!(table.source.encoding.as_deref(), Some(encoding));
        assert_eq!(headings(&table), ["编号", "性别", "开始日期"], "{encoding}");
        assert_eq!(texts(&table, "性别"), ["男", "女"], "{encoding}");
        assert_eq!(
            dates(&table, "开始日期"),
            [Some("2024-03-05".into()), Some("2024-03-15".into())]
        );
        assert_eq!(table.findings, []);
    }
}

#[test]
fn western_text_without_a_mark_is_windows_1252() {
    let text = "Nom;Décédé;Début\nMüller;oui;05/03/2024\nGarçon;non;25/03/2024\n";
    let table = read_bytes(&WINDOWS_1252.encode(text).0);
    assert_eq!(table.source.encoding.as_deref(), Some("windows-1252"));
    assert_eq!(headings(&table), ["Nom", "Décédé", "Début"]);
    assert_eq!(texts(&table, "Nom"), ["Müller", "Garçon"]);
    assert_eq!(column_type(&table, "Décédé"), ColumnType::YesNo);
}

#[test]
fn a_chosen_encoding_overrules_the_evidence() {
    let encoding = Encoding::for_label(b"windows-1251").unwrap();
    let bytes = encoding.encode("имя;возраст\nИван;61\nПётр;48\n").0;
    let options = ReadOptions {
        encoding: Some("windows-1251".to_owned()),
        ..ReadOptions::default()
    };
    let table = table::read(&bytes, "cohort.csv", &options).unwrap();
    assert_eq!(table.source.encoding.as_deref(), Some("windows-1251"));
    assert_eq!(texts(&table, "имя"), ["Иван", "Пётр"]);
}

#[test]
fn bytes_that_the_encoding_cannot_decode_are_listed() {
    let options = ReadOptions {
        encoding: Some("utf-8".to_owned()),
        ..ReadOptions::default()
    };
    let table = table::read(b"id,name\nP1,M\xFCller\nP2,Smith\n", "cohort.csv", &options).unwrap();
    assert_eq!(
        table.findings,
        [finding(
            Some(2),
            None,
            Some("M\u{fffd}ller"),
            FindingKind::Undecodable
        )]
    );
}

#[test]
fn an_unknown_encoding_is_an_error() {
    let options = ReadOptions {
        encoding: Some("klingon".to_owned()),
        ..ReadOptions::default()
    };
    assert_eq!(
        table::read(b"a,b\n1,2\n", "cohort.csv", &options),
        Err(ReadError::NoSuchEncoding {
            encoding: "klingon".to_owned()
        })
    );
}
