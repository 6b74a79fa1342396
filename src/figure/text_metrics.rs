//! How wide a text is: one width table for canvas, SVG and PNG, so that the layout is the same in all.

use super::{Anchor, Point, Rect, TextMark};

/// Fonts in order of preference; all but the CJK one share the widths below.
pub const FONT_FAMILY: &str = "Helvetica, Arial, 'Liberation Sans', 'Noto Sans CJK SC', sans-serif";

/// Height of capitals and digits over the font size.
pub const CAP_HEIGHT: f64 = 0.72;

/// Depth of descenders over the font size.
const DESCENT: f64 = 0.21;

/// Widths of U+0020 to U+007E in thousandths of the font size (Adobe's Helvetica metrics).
#[rustfmt::skip]
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The same of Helvetica Bold.
#[rustfmt::skip]
const ASCII_BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

/// Widths of U+00A0 to U+00FF, regular; bold adds at most 55.
#[rustfmt::skip]
const LATIN_1: [u16; 96] = [
    278, 333, 556, 556, 556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737, 333,
    400, 584, 333, 333, 333, 556, 537, 278, 333, 333, 365, 556, 834, 834, 834, 611,
    667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
    722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
    556, 556, 556, 556, 556, 556, 889, 500, 556, 556, 556, 556, 278, 278, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 584, 611, 556, 556, 556, 556, 500, 556, 500,
];

/// Width of a line of text in the unit of `size`.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let thousandths: u32 = text
        .chars()
        .map(|character| u32::from(advance(character, bold)))
        .sum();
    f64::from(thousandths) * size / 1000.0
}

/// Advance of one character in thousandths of the font size.
fn advance(character: char, bold: bool) -> u16 {
    let code = character as u32;
    match code {
        0x20..=0x7E if bold => ASCII_BOLD[(code - 0x20) as usize],
        0x20..=0x7E => ASCII[(code - 0x20) as usize],
        0xA0..=0xFF => LATIN_1[(code - 0xA0) as usize] + if bold { 55 } else { 0 },
        // Combining marks, joiners and variation selectors stand on what is before them.
        0x300..=0x36F | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFE00..=0xFE0F => 0,
        0x2009 | 0x202F => 200,
        0x2018 | 0x2019 => 278,
        0x201C | 0x201D => 500,
        0x2013 => 556,
        0x2212 | 0x2264 | 0x2265 => 584,
        _ if is_wide(character) => 1000,
        0x2014 | 0x2026 => 1000,
        // Latin, Greek and Cyrillic beyond the table: wider than nearly all of their letters.
        _ => 700,
    }
}

/// Whether a character fills the whole em: CJK, kana, Hangul, full-width forms, emoji.
fn is_wide(character: char) -> bool {
    matches!(character as u32,
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F000..=0x1FAFF | 0x20000..=0x3FFFD)
}

/// The text, shortened with an ellipsis where it is wider than `available`.
pub fn fit(text: &str, size: f64, bold: bool, available: f64) -> String {
    if width(text, size, bold) <= available {
        return text.to_owned();
    }
    let room = available - width("…", size, bold);
    let mut end = 0;
    let mut used = 0.0;
    for (start, character) in text.char_indices() {
        used += f64::from(advance(character, bold)) * size / 1000.0;
        if used > room {
            break;
        }
        end = start + character.len_utf8();
    }
    format!("{}…", text[..end].trim_end())
}

/// The text in at most `limit` lines no wider than `available`; what does not fit ends in an ellipsis.
///
/// Breaks at spaces, after hyphens and slashes, and beside wide characters; elsewhere only in a word
/// that is wider than a line.
pub fn wrap(text: &str, size: f64, bold: bool, available: f64, limit: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if lines.len() + 1 >= limit.max(1) {
            lines.push(fit(rest, size, bold, available));
            break;
        }
        let end = line_end(rest, size, bold, available);
        lines.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    lines
}

/// Where the first line of `text` ends: the last allowed break that fits, in bytes, at least one character.
fn line_end(text: &str, size: f64, bold: bool, available: f64) -> usize {
    let mut used = 0.0;
    let mut allowed = 0;
    let mut forced = 0;
    let mut previous = None;
    for (start, character) in text.char_indices() {
        if previous.is_some_and(|previous| can_break(previous, character)) {
            allowed = start;
        }
        used += f64::from(advance(character, bold)) * size / 1000.0;
        if used > available && character != ' ' && start > 0 {
            return if allowed > 0 { allowed } else { forced };
        }
        forced = start + character.len_utf8();
        previous = Some(character);
    }
    text.len()
}

/// Whether a line may end between two characters.
fn can_break(before: char, after: char) -> bool {
    const OPENING: &str = "（「『《〈【([";
    const CLOSING: &str = "）」』》〉】)]、，。；：！？";
    if CLOSING.contains(after) || OPENING.contains(before) {
        return false;
    }
    matches!(before, ' ' | '-' | '–' | '/') || after == ' ' || is_wide(before) || is_wide(after)
}

/// Whether `lines` are all of `text`, with no word broken.
pub fn is_whole(text: &str, lines: &[String]) -> bool {
    let mut rest = text.trim();
    lines.iter().all(|line| {
        let Some(after) = rest.strip_prefix(line.as_str()) else {
            return false;
        };
        let fair = match (line.chars().last(), after.chars().next()) {
            (Some(before), Some(after)) => can_break(before, after),
            _ => true,
        };
        rest = after.trim_start();
        fair
    }) && rest.is_empty()
}

impl TextMark {
    /// The box that the text takes: left, top, right, bottom.
    pub fn bounds(&self) -> Rect {
        let length = width(&self.content, self.size, self.bold);
        let before = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => length / 2.0,
            Anchor::End => length,
        };
        let (rise, fall) = (CAP_HEIGHT * self.size, DESCENT * self.size);
        let Point { x, y } = self.at;
        if self.vertical {
            Rect {
                left: x - rise,
                top: y + before - length,
                right: x + fall,
                bottom: y + before,
            }
        } else {
            Rect {
                left: x - before,
                top: y - rise,
                right: x - before + length,
                bottom: y + fall,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_capitals_have_the_widths_of_helvetica() {
        assert_eq!(width("0.048", 1000.0, false), 4.0 * 556.0 + 278.0);
        assert_eq!(width("HR", 1000.0, false), 722.0 + 722.0);
        assert_eq!(width("HR", 1000.0, true), 722.0 + 722.0);
        assert_eq!(width("i", 1000.0, true), 278.0);
    }

    #[test]
    fn a_chinese_character_is_as_wide_as_it_is_high() {
        assert_eq!(width("免疫治疗", 8.0, false), 32.0);
    }

    #[test]
    fn text_that_is_too_wide_ends_in_an_ellipsis() {
        assert_eq!(fit("PD-L1 positive", 10.0, false, 1000.0), "PD-L1 positive");
        let short = fit("PD-L1 positive", 10.0, false, 50.0);
        assert_eq!(short, "PD-L1 p…");
        assert!(width(&short, 10.0, false) <= 50.0);
    }

    #[test]
    fn lines_break_at_spaces_slashes_and_between_chinese_characters() {
        assert_eq!(
            wrap("PD-L1 negative/unknown", 10.0, false, 60.0, 3),
            ["PD-L1", "negative/", "unknown"]
        );
        assert_eq!(
            wrap("免疫联合化疗组", 10.0, false, 40.0, 3),
            ["免疫联合", "化疗组"]
        );
        assert_eq!(
            wrap("化疗组（帕）", 10.0, false, 50.0, 3),
            ["化疗组", "（帕）"]
        );
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_and_the_last_line_shortened() {
        assert_eq!(
            wrap("nnnnnnnnnnnn", 10.0, false, 28.0, 2),
            ["nnnnn", "nnn…"]
        );
    }

    #[test]
    fn a_shortened_text_or_a_broken_word_is_not_whole() {
        let whole =
            |text, available, limit| is_whole(text, &wrap(text, 10.0, false, available, limit));
        assert!(whole("PD-L1 negative/unknown", 60.0, 3));
        assert!(!whole("PD-L1 negative/unknown", 60.0, 2));
        assert!(whole("免疫联合化疗组", 40.0, 2));
        assert!(!whole("nnnnnnnn", 28.0, 2));
    }

    #[test]
    fn nothing_gives_no_line() {
        assert!(wrap("  ", 10.0, false, 28.0, 2).is_empty());
    }
}
