//! What the XML formats share.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart};

use super::ReadError;

/// A reader of `text` that closes no gaps: a tag must be closed by its own.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    Reader::from_str(text)
}

/// The error of a part that is not what it should be.
pub(super) fn damaged(detail: impl std::fmt::Display) -> ReadError {
    ReadError::Corrupt {
        detail: detail.to_string(),
    }
}

/// The value of the attribute of that name, with its prefix or without; references are resolved.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| {
        attribute.key.local_name().as_ref() == name || attribute.key.as_ref() == name
    })?;
    Some(
        quick_xml::escape::unescape(&found.value)
            .map_or_else(|_| found.value.to_string(), |value| value.into_owned()),
    )
}

/// Appends what a reference stands for; unknown ones stand for nothing.
pub(super) fn resolve(reference: &BytesRef, into: &mut String) {
    match reference.resolve_char_ref() {
        Ok(Some(char)) => into.push(char),
        _ => into.push_str(match &*reference.xml10_content() {
            "lt" => "<",
            "gt" => ">",
            "amp" => "&",
            "quot" => "\"",
            "apos" => "'",
            _ => "",
        }),
    }
}

/// The text of a part, in UTF-8 or, by its mark, UTF-16.
pub(super) fn decode(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    encoding_rs::UTF_8.decode(bytes).0
}
