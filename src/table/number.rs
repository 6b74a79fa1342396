//! Numbers written as text.

/// Whether `text` is a number, without working out which.
#[inline]
pub(super) fn is_number(text: &str, decimal_comma: bool) -> bool {
    let bytes = text.as_bytes();
    if !bytes
        .first()
        .is_some_and(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b',' | 0xE2))
    {
        return false;
    }
    plain(bytes) || (bytes.len() < 64 && parse(text, decimal_comma).is_some())
}

/// Digits with at most one point between or before them: most numbers of most files.
#[inline]
fn plain(bytes: &[u8]) -> bool {
    let mut digits = 0_usize;
    let mut points = 0_usize;
    for byte in bytes {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'.' => points += 1,
            _ => return false,
        }
    }
    // In a file with decimal commas "1.234" may be grouped: `parse` decides.
    digits > 0 && points == 0
}

/// The number that `text` writes: sign, digits in groups of three or in none, decimals, exponent.
///
/// With `decimal_comma` the comma is the decimal sign and the point groups digits, else the reverse.
/// A text that fits both ways ("1,234") is read as the file's other numbers are written.
pub(super) fn parse(text: &str, decimal_comma: bool) -> Option<f64> {
    let (point, group) = if decimal_comma {
        (b',', b'.')
    } else {
        (b'.', b',')
    };
    let (negative, digits) = match text.as_bytes() {
        [b'-', ..] => (true, &text[1..]),
        [b'+', ..] => (false, &text[1..]),
        _ => text
            .strip_prefix('\u{2212}')
            .map_or((false, text), |rest| (true, rest)),
    };
    let bytes = digits.as_bytes();
    if bytes.is_empty() || bytes.len() > 64 || !bytes.iter().any(u8::is_ascii_digit) {
        return None;
    }
    if !bytes[0].is_ascii_digit() && bytes[0] != point {
        return None;
    }
    let mut clean = [0_u8; 66];
    let mut len = 0;
    let whole_end = bytes
        .iter()
        .position(|b| !b.is_ascii_digit() && *b != group)
        .unwrap_or(bytes.len());
    let (whole, rest) = bytes.split_at(whole_end);
    if whole.contains(&group) && !is_grouped(whole, group) {
        return None;
    }
    for byte in whole.iter().filter(|b| **b != group) {
        clean[len] = *byte;
        len += 1;
    }
    let mut exponent = false;
    for (index, byte) in rest.iter().enumerate() {
        clean[len] = match *byte {
            b'0'..=b'9' => *byte,
            b if b == point && index == 0 => b'.',
            b'e' | b'E' if !exponent => {
                exponent = true;
                b'e'
            }
            b'+' | b'-' if index > 0 && matches!(rest[index - 1], b'e' | b'E') => *byte,
            _ => return None,
        };
        len += 1;
    }
    let number: f64 = std::str::from_utf8(&clean[..len]).ok()?.parse().ok()?;
    let number = if negative { -number } else { number };
    number.is_finite().then_some(number)
}

/// An age with its unit: `77 years`, `77岁`, `77 J.`.
pub(super) fn age(text: &str, decimal_comma: bool) -> Option<f64> {
    const YEARS: [&str; 16] = [
        "岁",
        "周岁",
        "years",
        "year",
        "yrs",
        "yr",
        "y",
        "yo",
        "y/o",
        "years old",
        "jahre",
        "j",
        "ans",
        "años",
        "anos",
        "anni",
    ];
    let end =
        text.find(|letter: char| !letter.is_ascii_digit() && !['.', ','].contains(&letter))?;
    let unit = text[end..].trim().trim_end_matches('.').to_lowercase();
    let number = parse(&text[..end], decimal_comma)?;
    YEARS.contains(&&*unit).then_some(number)
}

/// Whether a heading asks for an age in years.
pub(super) fn asks_age(heading: &str) -> bool {
    const WORDS: [&str; 7] = ["age", "alter", "âge", "edad", "età", "eta", "idade"];
    let heading = heading.to_lowercase();
    let mut words = heading.split(|letter: char| !letter.is_alphabetic());
    heading.contains("年龄") || words.any(|word| WORDS.contains(&word))
}

/// 1 to 3 digits, then groups of exactly three.
fn is_grouped(whole: &[u8], group: u8) -> bool {
    whole
        .split(|b| *b == group)
        .enumerate()
        .all(|(index, digits)| match index {
            0 => (1..=3).contains(&digits.len()) && digits != b"0",
            _ => digits.len() == 3,
        })
}

/// What a text says about the decimal sign of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decimal {
    /// Nothing.
    Silent,
    /// "3.5": a point.
    Point,
    /// "3,5": a comma.
    Comma,
}

/// Reads the evidence of one text. "1,234" and "1.234" fit both ways and say nothing.
pub(super) fn decimal_evidence(text: &str) -> Decimal {
    let unsigned = text.strip_prefix(['-', '+', '\u{2212}']).unwrap_or(text);
    if unsigned.len() > 32
        || !unsigned
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
    {
        return Decimal::Silent;
    }
    let as_point = parse(unsigned, false).is_some() && unsigned.contains(['.', ',']);
    let as_comma = parse(unsigned, true).is_some() && unsigned.contains(['.', ',']);
    match (as_point, as_comma) {
        (true, false) => Decimal::Point,
        (false, true) => Decimal::Comma,
        _ => Decimal::Silent,
    }
}

/// A number as a spreadsheet shows it: at most 15 significant digits, as they store no more.
pub(super) fn show(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return "0".to_owned();
    }
    let magnitude = number.abs().log10().floor() as i32;
    let decimals = 14 - magnitude;
    if !(0..=300).contains(&decimals) {
        return number.to_string();
    }
    let scale = 10_f64.powi(decimals);
    let short = (number * scale).round() / scale;
    if short.is_finite() {
        short.to_string()
    } else {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_have_sign_groups_decimals_and_exponent() {
        for (text, value) in [
            ("7", 7.0),
            ("-3.25", -3.25),
            ("\u{2212}3.25", -3.25),
            (".5", 0.5),
            ("1,234", 1234.0),
            ("12,345,678.5", 12_345_678.5),
            ("1.5e-3", 0.0015),
            ("2E+2", 200.0),
        ] {
            assert_eq!(parse(text, false), Some(value), "{text}");
            assert!(is_number(text, false), "{text}");
        }
    }

    #[test]
    fn a_decimal_comma_swaps_comma_and_point() {
        assert_eq!(parse("3,5", true), Some(3.5));
        assert_eq!(parse("1.234,5", true), Some(1234.5));
        assert_eq!(parse("1.234", true), Some(1234.0));
        assert_eq!(parse("3.5", true), None);
    }

    #[test]
    fn an_age_may_have_its_unit() {
        for text in ["77岁", "77 years", "77 y", "77 J.", "77周岁", "77 yrs."] {
            assert_eq!(age(text, false), Some(77.0), "{text}");
        }
        assert_eq!(age("77,5 Jahre", true), Some(77.5));
        for text in ["8 months", "77", "years", "77 days", "77 kg"] {
            assert_eq!(age(text, false), None, "{text}");
        }
        assert!(asks_age("Age at diagnosis") && asks_age("年龄（岁）"));
        assert!(!asks_age("Stage") && !asks_age("OS (years)"));
    }

    #[test]
    fn what_only_resembles_a_number_is_none() {
        for text in [
            "", "-", ".", "e5", "1e", "1,23", "0,123", "1,2345", "12a", "1.2.3", "<5", "5%", "inf",
            "NaN", "1e999", "--3", "+-3",
        ] {
            assert_eq!(parse(text, false), None, "{text}");
            assert!(!is_number(text, false), "{text}");
        }
    }

    #[test]
    fn decimals_of_other_than_three_digits_prove_the_decimal_sign() {
        assert_eq!(decimal_evidence("3,5"), Decimal::Comma);
        assert_eq!(decimal_evidence("1.234,5"), Decimal::Comma);
        assert_eq!(decimal_evidence("0,125"), Decimal::Comma);
        assert_eq!(decimal_evidence("3.5"), Decimal::Point);
        assert_eq!(decimal_evidence("1,234.5"), Decimal::Point);
        assert_eq!(decimal_evidence("1,234"), Decimal::Silent);
        assert_eq!(decimal_evidence("12"), Decimal::Silent);
        assert_eq!(decimal_evidence("5.3.2024"), Decimal::Silent);
    }

    #[test]
    fn numbers_show_no_noise_beyond_the_fifteenth_digit() {
        assert_eq!(show(0.1 + 0.2), "0.3");
        assert_eq!(show(14.0), "14");
        assert_eq!(show(-2.5), "-2.5");
        assert_eq!(show(45356.0), "45356");
        assert_eq!(show(1e-9), "0.000000001");
    }
}
