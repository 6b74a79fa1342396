//! The encoding of a text file, by evidence.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::ReadError;

/// A text and the encoding that it was written in.
pub(super) struct Decoded {
    pub text: String,
    pub encoding: &'static Encoding,
    /// Whether some bytes mean nothing in that encoding and became U+FFFD.
    pub undecodable: bool,
}

/// Decodes `bytes` from the encoding of that WHATWG label, or from the one that fits them best.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> Result<Decoded, ReadError> {
    let encoding = match label {
        Some(label) => Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| {
            ReadError::NoSuchEncoding {
                encoding: label.to_owned(),
            }
        })?,
        None => guess(bytes),
    };
    let (text, undecodable) = encoding.decode_with_bom_removal(bytes);
    Ok(Decoded {
        text: text.into_owned(),
        encoding,
        undecodable,
    })
}

/// A byte order mark decides; then zero bytes betray UTF-16; then what is valid UTF-8 is UTF-8;
/// the rest is Chinese if its high bytes come in the pairs of GB18030, else Western.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf_16(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    if is_chinese(bytes) {
        GB18030
    } else {
        WINDOWS_1252
    }
}

/// Text in UTF-16 without its mark: its delimiters, digits and line ends are ASCII beside a zero.
pub(super) fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let is_ascii = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let pairs = bytes[..bytes.len().min(4096)].chunks_exact(2);
    let count = pairs.len();
    let (mut little, mut big) = (0, 0);
    for pair in pairs {
        little += usize::from(is_ascii(pair[0]) && pair[1] == 0);
        big += usize::from(pair[0] == 0 && is_ascii(pair[1]));
    }
    // In Chinese text only some characters are ASCII; in others nearly all.
    if little * 10 >= count && little > 5 * big {
        Some(UTF_16LE)
    } else if big * 10 >= count && big > 5 * little {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether the high bytes form characters of GB18030, most of them common ones.
///
/// A Western accent stands alone between ASCII letters; a Chinese character is two high bytes, and
/// in running text nearly all are of the first level of GB 2312 (lead B0–D7) or its marks (A1–A3).
fn is_chinese(bytes: &[u8]) -> bool {
    let (mut common, mut rare, mut broken) = (0_usize, 0_usize, 0_usize);
    let mut at = 0;
    while let Some(&lead) = bytes.get(at) {
        if lead < 0x80 {
            at += 1;
            continue;
        }
        match (lead, bytes.get(at + 1)) {
            (0xA1..=0xA3 | 0xB0..=0xD7, Some(0xA1..=0xFE)) => {
                common += 1;
                at += 2;
            }
            (0x81..=0xFE, Some(0x30..=0x39)) if is_four_byte(&bytes[at..]) => {
                rare += 1;
                at += 4;
            }
            (0x81..=0xFE, Some(0x40..=0x7E | 0x80..=0xFE)) => {
                rare += 1;
                at += 2;
            }
            _ => {
                broken += 1;
                at += 1;
            }
        }
    }
    common > 2 * rare && common > 20 * broken
}

fn is_four_byte(bytes: &[u8]) -> bool {
    matches!(bytes, [_, _, 0x81..=0xFE, 0x30..=0x39, ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(bytes: &[u8]) -> &'static str {
        guess(bytes).name()
    }

    #[test]
    fn each_encoding_is_told_by_its_bytes() {
        assert_eq!(guessed(b"id,time\n1,2\n"), "UTF-8");
        assert_eq!(guessed("id,Größe\n".as_bytes()), "UTF-8");
        assert_eq!(guessed(b"\xEF\xBB\xBFid,time\n"), "UTF-8");
        assert_eq!(guessed(b"\xFF\xFEi\0d\0"), "UTF-16LE");
        assert_eq!(guessed(b"\xFE\xFF\0i\0d"), "UTF-16BE");
        assert_eq!(guessed(b"i\0d\0,\0t\0"), "UTF-16LE");
        assert_eq!(guessed(b"\0i\0d\0,\0t"), "UTF-16BE");
        assert_eq!(
            guessed(&GB18030.encode("编号,性别,年龄\n1,男,63\n2,女,58\n").0),
            "gb18030"
        );
        assert_eq!(
            guessed(&GB18030.encode("编号,姓名\n1,喆囍\n2,张三\n").0),
            "gb18030"
        );
        assert_eq!(
            guessed(&WINDOWS_1252.encode("Größe,Müller,è à œ\n").0),
            "windows-1252"
        );
        assert_eq!(
            guessed(&WINDOWS_1252.encode("id;décès;sexe\n1;non;féminin\n").0),
            "windows-1252"
        );
    }

    #[test]
    fn a_label_overrules_the_evidence() {
        let bytes = WINDOWS_1252.encode("né").0;
        assert_eq!(decode(&bytes, Some("latin1")).unwrap().text, "né");
        assert!(decode(&bytes, Some("utf-8")).unwrap().undecodable);
        assert_eq!(
            decode(&bytes, Some("klingon")).err(),
            Some(ReadError::NoSuchEncoding {
                encoding: "klingon".to_owned()
            })
        );
    }
}
