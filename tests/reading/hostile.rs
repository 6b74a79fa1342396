//! Whatever the bytes, reading returns or, in calamine, panics: no hang, bounded. Seeded, so that a
//! failure repeats.

use std::cell::RefCell;
use std::io::{Cursor, Read, Write};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

/// xorshift64*: enough to choose bytes.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit.max(1)
    }
}

const PACKAGES: [&str; 5] = [
    "every_kind.xlsx",
    "every_kind.xlsb",
    "every_kind.ods",
    "repeated.ods",
    "merged_cells.xlsx",
];

/// Calamine takes as much memory as these claim to need, so they are cut but not mutated.
const COMPOUND: [&str; 4] = [
    "every_kind.xls",
    "every_kind_95.xls",
    "long_strings.xls",
    "password.xlsx",
];

thread_local! {
    /// The source file of the last panic of this thread.
    static PANICKED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Reads; `None` where calamine panics, whose source stands outside this crate. Only a crafted file
/// makes it, and the page then starts the engine anew.
fn read_or_panic(bytes: &[u8]) -> Option<Result<Table, ReadError>> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let file = info.location().map_or("", |location| location.file());
            PANICKED.with_borrow_mut(|panicked| file.clone_into(panicked));
            if !file.contains("calamine-") {
                loud(info);
            }
        }));
    });
    let read = || table::read(bytes, "x", &ReadOptions::default());
    let result = panic::catch_unwind(AssertUnwindSafe(read)).ok();
    if result.is_none() {
        PANICKED.with_borrow(|file| assert!(file.contains("calamine-"), "a panic in {file}"));
    }
    result
}

/// Reads, and asks every cell for everything if there is a table.
fn survive(bytes: &[u8]) {
    if let Some(Ok(table)) = read_or_panic(bytes) {
        assert!(!table.rows.is_empty() && table.columns.len() > 1);
        for column in &table.columns {
            for row in 0..table.rows.len().min(50) {
                let text = column.text(row);
                assert!(!(column.is_missing(row) && column.number(row).is_some()));
                assert!(column.number(row).is_none_or(f64::is_finite));
                let _ = (
                    column.date(row),
                    column.parse_date(&text),
                    column.parse_number(&text),
                );
            }
            assert!(column.cell(usize::MAX) == Cell::Empty);
        }
    }
}

/// Changes, copies, cuts or stretches a few bytes.
fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(6) {
        if bytes.is_empty() {
            return;
        }
        let at = dice.below(bytes.len());
        match dice.below(6) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF][dice.below(6)],
            2 => bytes.truncate(at),
            3 => {
                let piece = bytes[at..bytes.len().min(at + 1 + dice.below(40))].to_vec();
                let to = dice.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            4 => {
                bytes.drain(at..bytes.len().min(at + 1 + dice.below(20)));
            }
            _ => {
                let number =
                    [0_u32, 1, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF][dice.below(5)].to_le_bytes();
                let end = bytes.len().min(at + 4);
                bytes[at..end].copy_from_slice(&number[..end - at]);
            }
        }
    }
}

#[test]
fn mutated_files_are_read_or_refused() {
    let mut dice = Dice(20_260_301);
    for name in PACKAGES {
        let whole = file(name);
        for _ in 0..400 {
            let mut bytes = whole.clone();
            mutate(&mut bytes, &mut dice);
            survive(&bytes);
        }
    }
}

#[test]
fn cut_files_are_read_or_refused() {
    for name in PACKAGES.into_iter().chain(COMPOUND) {
        let whole = file(name);
        for end in (0..whole.len()).step_by(whole.len() / 400 + 1) {
            survive(&whole[..end]);
        }
    }
}

/// Packing hides most mutations behind a checksum: mutate the parts and pack them anew.
#[test]
fn workbooks_with_mutated_parts_are_read_or_refused() {
    let mut dice = Dice(20_260_302);
    for name in PACKAGES {
        let bytes = file(name);
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let mut part = Vec::new();
            entry.read_to_end(&mut part).unwrap();
            parts.push((entry.name().unwrap().into_owned(), part));
        }
        for _ in 0..300 {
            let chosen = dice.below(parts.len());
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            let stored =
                SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            for (index, (name, part)) in parts.iter().enumerate() {
                let mut part = part.clone();
                if index == chosen {
                    mutate(&mut part, &mut dice);
                }
                zip.start_file(name.as_str(), stored).unwrap();
                zip.write_all(&part).unwrap();
            }
            survive(&zip.finish().unwrap().into_inner());
        }
    }
}

#[test]
fn random_bytes_and_texts_are_read_or_refused() {
    let mut dice = Dice(20_260_303);
    const PIECES: [&str; 24] = [
        ",",
        ";",
        "\t",
        "|",
        "\n",
        "\r\n",
        "\"",
        "\"\"",
        "id",
        "NA",
        "-",
        "+",
        "1",
        "999",
        "1,5",
        "05/03/2024",
        "31.12.99",
        "2024年3月5日",
        "\u{feff}",
        "\u{0}",
        "é",
        "无",
        "Total",
        "<html>",
    ];
    for _ in 0..2000 {
        let length = dice.below(80);
        let text: String = (0..length)
            .map(|_| PIECES[dice.below(PIECES.len())])
            .collect();
        survive(text.as_bytes());
        let mut bytes: Vec<u8> = (0..length).map(|_| dice.below(256) as u8).collect();
        survive(&bytes);
        for magic in [
            &b"PK\x03\x04"[..],
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            b"\xFF\xFE",
        ] {
            bytes.splice(0..0, magic.iter().copied());
            survive(&bytes);
        }
    }
}
