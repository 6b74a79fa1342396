//! Zip archives, unpacked once and within bounds.
//!
//! Every byte is counted as it appears, so that no bomb goes off, whatever the directory of the file
//! claims. Pictures, charts and the like are left packed.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Content, MAX_BYTES, ReadError, too_many_bytes};

/// What kind of workbook an archive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Package {
    Xlsx,
    Xlsb,
    Ods,
}

/// One unpacked file.
pub(super) struct Part {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// More entries than this are no workbook.
const MAX_ENTRIES: usize = 100_000;

/// Folders whose parts hold no cells.
const WITHOUT_CELLS: [&str; 14] = [
    "docprops/",
    "customxml/",
    "xl/media/",
    "xl/drawings/",
    "xl/charts/",
    "xl/pivotcache/",
    "xl/pivottables/",
    "xl/embeddings/",
    "xl/externallinks/",
    "xl/theme/",
    "xl/printersettings/",
    "xl/worksheets/_rels/",
    "xl/ctrlprops/",
    "xl/activex/",
];

/// Unpacks the parts of a workbook that hold cells.
pub(super) fn unpack(bytes: &[u8]) -> Result<(Package, Vec<Part>), ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MAX_ENTRIES {
        return Err(too_many_bytes());
    }
    let names: Vec<String> = archive
        .file_names()
        .flatten()
        .map(|name| plain_name(&name).to_lowercase())
        .collect();
    let package = package(&names, &mut archive)?;
    let (mut room, mut parts) = (MAX_BYTES, Vec::new());
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(damaged)?;
        let name = plain_name(&entry.name().map_err(damaged)?);
        if entry.is_dir() || !holds_cells(&name.to_lowercase(), package) {
            continue;
        }
        if entry.size() > room {
            return Err(too_many_bytes());
        }
        let mut unpacked = Vec::new();
        let read = entry.by_ref().take(room + 1).read_to_end(&mut unpacked);
        room = room
            .checked_sub(unpacked.len() as u64)
            .ok_or_else(too_many_bytes)?;
        read.map_err(|error| ReadError::Corrupt {
            detail: error.to_string(),
        })?;
        parts.push(Part {
            name,
            bytes: unpacked,
        });
    }
    Ok((package, parts))
}

/// A path with slashes, from the top of the archive.
fn plain_name(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_owned()
}

fn damaged(error: ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::PasswordProtected
        }
        error => ReadError::Corrupt {
            detail: error.to_string(),
        },
    }
}

/// Tells a workbook from other archives by the names of its parts.
fn package(
    names: &[String],
    archive: &mut ZipArchive<Cursor<&[u8]>>,
) -> Result<Package, ReadError> {
    let has = |name: &str| names.iter().any(|known| known == name);
    let has_folder = |folder: &str| names.iter().any(|known| known.starts_with(folder));
    if has("xl/workbook.bin") {
        return Ok(Package::Xlsb);
    }
    if has_folder("xl/worksheets/") || names.iter().any(|name| name.ends_with("workbook.xml")) {
        return Ok(Package::Xlsx);
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
            Ok(Package::Ods)
        };
    }
    let found = if has_folder("word/") || kind.contains("opendocument.text") {
        Content::Document
    } else if has_folder("ppt/") || kind.contains("opendocument.presentation") {
        Content::Presentation
    } else {
        Content::Archive
    };
    Err(ReadError::NotASpreadsheet { found })
}

fn holds_cells(name: &str, package: Package) -> bool {
    match package {
        Package::Ods => matches!(name, "content.xml" | "meta-inf/manifest.xml"),
        Package::Xlsx | Package::Xlsb => {
            let kind = [".xml", ".rels", ".bin"]
                .iter()
                .any(|end| name.ends_with(end));
            let aside = [
                "xl/calcchain.",
                "xl/vbaproject",
                "xl/comments",
                "xl/persons",
                "xl/threadedcomments",
            ];
            kind && !WITHOUT_CELLS
                .iter()
                .chain(&aside)
                .any(|start| name.starts_with(start))
        }
    }
}
