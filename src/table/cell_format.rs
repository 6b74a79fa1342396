//! How the formats of Excel show and pack their cells.

/// How a number is formatted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// As a number.
    Plain,
    /// As a date or a time of day.
    Date,
    /// As a stretch of time.
    Duration,
}

/// Formats that every workbook has.
fn of_number(number: u16) -> Format {
    match number {
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Format::Date,
        18..=21 | 32..=35 | 55 | 56 => Format::Date,
        45..=47 => Format::Duration,
        _ => Format::Plain,
    }
}

/// Whether a format code shows a date, a duration or a number: by its first section, without quoted
/// texts, escaped letters, colours and conditions.
pub(super) fn of_code(code: &str) -> Format {
    let (mut quoted, mut bracket) = (false, None::<String>);
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match (letter.to_ascii_lowercase(), &mut bracket) {
            ('"', _) => quoted = !quoted,
            (_, _) if quoted => {}
            (']', Some(inside)) => {
                if !inside.is_empty() && inside.chars().all(|c| matches!(c, 'h' | 'm' | 's')) {
                    return Format::Duration;
                }
                bracket = None;
            }
            (letter, Some(inside)) => inside.push(letter),
            ('[', None) => bracket = Some(String::new()),
            ('\\' | '_' | '*', None) => {
                letters.next();
            }
            (';', None) => return Format::Plain,
            ('d' | 'm' | 'y' | 'h' | 's', None) => return Format::Date,
            ('g' | 'e', None) if code.eq_ignore_ascii_case("general") => return Format::Plain,
            _ => {}
        }
    }
    Format::Plain
}

/// The format of a cell style by its number: one of the workbook's own, else one that all have.
pub(super) fn of_style(number: u16, own: &[(u16, Format)]) -> Format {
    let own = own.iter().rev().find(|(known, _)| *known == number);
    own.map_or_else(|| of_number(number), |(_, format)| *format)
}

/// A number packed into 30 bits: an integer or the upper bits of a float, perhaps in hundredths.
pub(super) fn packed(bits: u32) -> f64 {
    let number = if bits & 2 != 0 {
        f64::from((bits as i32) >> 2)
    } else {
        f64::from_bits(u64::from(bits & !3) << 32)
    };
    if bits & 1 != 0 {
        number / 100.0
    } else {
        number
    }
}

/// The name of an error by its number in the binary formats.
pub(super) fn error_name(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_codes_of_dates_are_told_from_those_of_numbers() {
        for code in [
            "yyyy-mm-dd",
            "dd/mm/yy",
            "[$-409]d-mmm-yy;@",
            "m/d/yyyy h:mm",
            "yyyy\"年\"m\"月\"d\"日\"",
            "mmm-yy",
            "h:mm",
        ] {
            assert_eq!(of_code(code), Format::Date, "{code}");
        }
        for code in [
            "General",
            "0.00",
            "#,##0",
            "0%",
            "0.00E+00",
            "[Red]0;[Blue]-0",
            "\"days\" 0",
            "0\\d",
            "@",
            "_-* #,##0_-",
        ] {
            assert_eq!(of_code(code), Format::Plain, "{code}");
        }
        assert_eq!(of_code("[h]:mm:ss"), Format::Duration);
    }

    #[test]
    fn packed_numbers_are_integers_floats_or_hundredths() {
        assert_eq!(packed(61 << 2 | 2), 61.0);
        assert_eq!(packed(350 << 2 | 3), 3.5);
        assert_eq!(packed((1.5_f64.to_bits() >> 32) as u32), 1.5);
        assert_eq!(packed((-7_i32 << 2) as u32 | 2), -7.0);
    }
}
