//! Compound files (OLE), in which Excel 97–2003 keeps a workbook, and later ones an encrypted one.

use super::{Content, ReadError};

pub(super) const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Sector numbers from here on are marks, not sectors.
const MARKS: u32 = 0xFFFF_FFFA;

/// Streams shorter than this lie in small sectors.
const SMALL_STREAM: u64 = 4096;

const SMALL_SECTOR: usize = 64;

/// The stream of the workbook in a compound file.
pub(super) fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let file = Compound::open(bytes).ok_or_else(damaged)?;
    let has = |name: &str| file.find(name).is_some();
    if has("EncryptedPackage") {
        return Err(ReadError::PasswordProtected);
    }
    let Some(entry) = file.find("Workbook").or_else(|| file.find("Book")) else {
        let found = if has("WordDocument") {
            Content::Document
        } else if has("PowerPoint Document") {
            Content::Presentation
        } else {
            Content::Binary
        };
        return Err(ReadError::NotASpreadsheet { found });
    };
    file.stream(entry).ok_or_else(damaged)
}

fn damaged() -> ReadError {
    ReadError::Corrupt {
        detail: "its sectors do not hold together".to_owned(),
    }
}

struct Entry {
    name: String,
    start: u32,
    len: u64,
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// The sector that follows each sector.
    next: Vec<u32>,
    next_small: Vec<u32>,
    small: Vec<u8>,
    entries: Vec<Entry>,
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes
        .chunks_exact(4)
        .map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match bytes.get(30..32)? {
            [9, 0] => 512,
            [12, 0] => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            sector,
            next: Vec::new(),
            next_small: Vec::new(),
            small: Vec::new(),
            entries: Vec::new(),
        };
        let mut tables: Vec<u32> = words(bytes.get(76..512)?).collect();
        let mut more = word(bytes, 68)?;
        // No file has more sectors than bytes: a chain that does is a circle.
        for _ in 0..=bytes.len() / sector {
            if more >= MARKS {
                break;
            }
            let list: Vec<u32> = words(file.sector_bytes(more)?).collect();
            let (last, list) = list.split_last()?;
            tables.extend(list);
            more = *last;
        }
        for table in tables
            .into_iter()
            .filter(|table| *table < MARKS)
            .take(bytes.len() / sector + 1)
        {
            let sectors: Vec<u32> = words(file.sector_bytes(table)?).collect();
            file.next.extend(sectors);
        }
        let directory = file.chain(word(bytes, 48)?, None)?;
        file.entries = directory
            .chunks_exact(128)
            .filter_map(|entry| file.entry(entry))
            .collect();
        file.next_small = words(&file.chain(word(bytes, 60)?, None)?).collect();
        let root = file.entries.first()?;
        file.small = file.chain(root.start, Some(root.len))?;
        Some(file)
    }

    fn entry(&self, entry: &[u8]) -> Option<Entry> {
        let name_len = usize::from(u16::from_le_bytes([entry[64], entry[65]])).clamp(2, 64) - 2;
        let name = encoding_rs::UTF_16LE
            .decode_without_bom_handling(&entry[..name_len])
            .0
            .into_owned();
        let high = if self.sector == 512 {
            0
        } else {
            u64::from(word(entry, 124)?)
        };
        Some(Entry {
            name,
            start: word(entry, 116)?,
            len: u64::from(word(entry, 120)?) | high << 32,
        })
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn sector_bytes(&self, sector: u32) -> Option<&'a [u8]> {
        let start = (sector as usize).checked_add(1)?.checked_mul(self.sector)?;
        // The last sector of a file is sometimes cut short.
        self.bytes
            .get(start..self.bytes.len().min(start.checked_add(self.sector)?))
    }

    /// The bytes of the sectors from `start` on, at most `len`; `None` where the chain is broken.
    fn chain(&self, start: u32, len: Option<u64>) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut sector = start;
        let most = self.bytes.len() / self.sector + 1;
        for _ in 0..=most {
            if sector >= MARKS || len.is_some_and(|len| out.len() as u64 >= len) {
                out.truncate(
                    len.map_or(usize::MAX, |len| usize::try_from(len).unwrap_or(usize::MAX)),
                );
                return Some(out);
            }
            out.extend(self.sector_bytes(sector)?);
            sector = *self.next.get(sector as usize)?;
        }
        None
    }

    fn stream(&self, entry: &Entry) -> Option<Vec<u8>> {
        if entry.len >= SMALL_STREAM {
            return self.chain(entry.start, Some(entry.len));
        }
        let mut out = Vec::new();
        let mut sector = entry.start;
        while sector < MARKS && (out.len() as u64) < entry.len {
            let start = sector as usize * SMALL_SECTOR;
            out.extend(
                self.small
                    .get(start..self.small.len().min(start + SMALL_SECTOR))?,
            );
            sector = *self.next_small.get(sector as usize)?;
        }
        out.truncate(entry.len as usize);
        Some(out)
    }
}
