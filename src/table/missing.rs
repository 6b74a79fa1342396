//! Texts that stand for a missing value.

/// In which columns a code is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    /// Everywhere: `NA`, `unknown`, `不详`.
    Always,
    /// Among numbers and dates; among words it is one of them: `none`, `无`.
    Quantity,
    /// Everywhere but beside a plus: `-`.
    Sign,
}

/// The longest code, in bytes.
const LONGEST: usize = 16;

/// Recognises a code, whatever its case.
pub(super) fn code(text: &str) -> Option<Code> {
    if text.len() > LONGEST {
        return None;
    }
    let mut lower = [0_u8; LONGEST];
    let lower = &mut lower[..text.len()];
    lower.copy_from_slice(text.as_bytes());
    lower.make_ascii_lowercase();
    match std::str::from_utf8(lower).ok()? {
        "na" | "n/a" | "n.a." | "n.a" | "#n/a" | "nan" | "null" | "#null!" | "#ref!"
        | "#value!" | "#div/0!" | "#name?" | "#num!" | "." | ".." | "..." | "?" | "??" | "/"
        | "--" | "---" | "–" | "—" | "unknown" | "unk" | "unk." | "not known" | "not available"
        | "not applicable" | "not done" | "n.d." | "no data" | "not tested" | "missing"
        | "n.k." | "<na>" | "不详" | "未知" | "缺失" | "不明" | "未查" | "未测" | "不清楚"
        | "不适用" => Some(Code::Always),
        "none" | "nil" | "无" => Some(Code::Quantity),
        "-" | "\u{2212}" => Some(Code::Sign),
        _ => None,
    }
}

/// Whether `text` is an error of a spreadsheet.
pub(super) fn is_cell_error(text: &str) -> bool {
    matches!(
        text,
        "#N/A"
            | "#NULL!"
            | "#REF!"
            | "#VALUE!"
            | "#DIV/0!"
            | "#NAME?"
            | "#NUM!"
            | "#SPILL!"
            | "#CALC!"
            | "#GETTING_DATA"
    )
}

/// Numbers that people enter for "missing".
const NUMBERS: [f64; 8] = [-9.0, -99.0, -999.0, -9999.0, 99.0, 999.0, 9999.0, 99999.0];

/// Whether a number can be a code at all.
#[inline]
pub(super) fn may_be_code(number: f64) -> bool {
    NUMBERS.contains(&number)
}

/// How many times the largest other value a positive code must be.
const OUTLYING: f64 = 5.0;

/// Of the numbers that may be codes, those that lie clearly outside `others`: below zero where
/// nothing else is, or at least five times the largest other value. An age of 99 among ages stays one.
pub(super) fn outlying(candidates: &[f64], others: impl Iterator<Item = f64>) -> Vec<f64> {
    let (mut low, mut high, mut any) = (0.0_f64, 0.0_f64, false);
    for value in others.filter(|value| !may_be_code(*value)) {
        low = low.min(value);
        high = high.max(value);
        any = true;
    }
    let outside = |code: &f64| {
        any && if *code < 0.0 {
            low >= 0.0
        } else {
            *code >= OUTLYING * high
        }
    };
    candidates.iter().copied().filter(outside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_known_in_any_case() {
        for text in ["NA", "n/a", ".", "Unknown", "不详", "未知", "#N/A", "—"] {
            assert_eq!(code(text), Some(Code::Always), "{text}");
        }
        assert_eq!(code("无"), Some(Code::Quantity));
        assert_eq!(code("-"), Some(Code::Sign));
        for text in ["no", "0", "Nathan", "PD", "a text longer than every code"] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_a_code_only_where_it_outlies() {
        let ages = [61.0, 85.0, 48.0];
        assert_eq!(
            outlying(&[999.0, 99.0, -9.0], ages.into_iter()),
            [999.0, -9.0]
        );
        assert_eq!(
            outlying(&[999.0], [250.0, 1400.0].into_iter()),
            Vec::<f64>::new()
        );
        assert_eq!(
            outlying(&[-9.0], [-3.5, 12.0].into_iter()),
            Vec::<f64>::new()
        );
        assert_eq!(outlying(&[999.0], std::iter::empty()), Vec::<f64>::new());
        assert_eq!(outlying(&[99.0], [0.0, 1.0, 2.0].into_iter()), [99.0]);
    }
}
