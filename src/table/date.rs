//! Dates: as spreadsheets store them, and as people write them. No time zone, ever.

use chrono::NaiveDate;

use super::DateOrder;

/// Years outside this range are slips of the pen, not dates of patients.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2200;

/// Two-digit years before this one are of the 2000s, from it on of the 1900s: Excel's own rule.
const PIVOT: i32 = 30;

/// A date as written, before the order of day and month is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// It can be read in one way only.
    Certain(NaiveDate),
    /// Three numbers whose order the column must decide.
    Numbers {
        /// The parts, left to right.
        parts: [i32; 3],
        /// Whether the year has two digits, and so may stand first as well as last.
        short_year: bool,
    },
}

impl Written {
    /// The date it means in that order.
    pub fn in_order(self, order: DateOrder) -> Option<NaiveDate> {
        match self {
            Self::Certain(date) => Some(date),
            Self::Numbers {
                parts: [a, b, c],
                short_year,
            } => {
                let (year, month, day) = match order {
                    DateOrder::YearMonthDay => (a, b, c),
                    DateOrder::DayMonthYear => (c, b, a),
                    DateOrder::MonthDayYear => (c, a, b),
                };
                match (short_year, order) {
                    (true, _) if (0..100).contains(&year) => calendar(full_year(year), month, day),
                    (false, DateOrder::DayMonthYear | DateOrder::MonthDayYear) => {
                        calendar(year, month, day)
                    }
                    _ => None,
                }
            }
        }
    }
}

/// The possible orders of a column, narrowed by each of its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Orders {
    /// Whether each of [`ORDERS`] fits every date so far.
    fits: [bool; 3],
    /// Whether any date needed an order.
    asked: bool,
}

const ORDERS: [DateOrder; 3] = [
    DateOrder::DayMonthYear,
    DateOrder::MonthDayYear,
    DateOrder::YearMonthDay,
];

impl Default for Orders {
    fn default() -> Self {
        Self {
            fits: [true; 3],
            asked: false,
        }
    }
}

impl Orders {
    /// Takes the evidence of one date.
    pub fn narrow(&mut self, written: Written) {
        if matches!(written, Written::Certain(_)) {
            return;
        }
        for (fits, order) in self.fits.iter_mut().zip(ORDERS) {
            *fits &= written.in_order(order).is_some();
        }
        self.asked = true;
    }

    /// The order that the dates prove; `None` where several fit, or none does.
    pub fn decided(&self) -> Option<DateOrder> {
        if !self.asked {
            return Some(DateOrder::YearMonthDay);
        }
        let mut fitting = ORDERS
            .iter()
            .zip(self.fits)
            .filter_map(|(order, fits)| fits.then_some(*order));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }
}

/// A date of the calendar within [`YEARS`].
pub(super) fn calendar(year: i32, month: i32, day: i32) -> Option<NaiveDate> {
    if !YEARS.contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

fn full_year(short: i32) -> i32 {
    if short < PIVOT {
        2000 + short
    } else {
        1900 + short
    }
}

/// The date that a number of eight digits writes, as 20240305.
pub(super) fn compact(number: f64) -> Option<NaiveDate> {
    if number.fract() != 0.0 || !(19_000_101.0..=21_001_231.0).contains(&number) {
        return None;
    }
    let digits = number as i32;
    calendar(digits / 10_000, digits / 100 % 100, digits % 100)
}

/// Whether the year of a date is written with two digits.
pub(super) fn has_short_year(text: &str) -> bool {
    let date = text.split([' ', 'T']).next().unwrap_or(text);
    let date = if date.len() < 6 { text } else { date };
    !date
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() >= 4)
}

/// Reads `text` as a date, with or without a time of day (which is left out).
#[inline]
pub(super) fn scan(text: &str) -> Option<Written> {
    let bytes = text.as_bytes();
    if !(6..=48).contains(&bytes.len()) || !bytes.iter().any(u8::is_ascii_digit) {
        return None;
    }
    if bytes[0].is_ascii_digit() {
        let (first, rest) = number(text)?;
        numeric(first, rest).or_else(|| day_first(first, rest))
    } else if bytes[0].is_ascii_alphabetic() {
        month_first(text)
    } else {
        None
    }
}

/// 1 to 4 digits at the start: their value and how many they are, and what follows.
fn number(text: &str) -> Option<((i32, usize), &str)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=4).contains(&len) {
        return None;
    }
    Some(((text[..len].parse().ok()?, len), &text[len..]))
}

/// `2024-03-05`, `2024/3/5`, `2024.3.5`, `2024年3月5日`, `05/03/2024`, `5.3.24`.
fn numeric(first: (i32, usize), rest: &str) -> Option<Written> {
    let rest = Some(rest.trim_start())
        .filter(|rest| rest.starts_with('年'))
        .unwrap_or(rest);
    let separator = rest.chars().next()?;
    let (second_separator, chinese) = match separator {
        '-' | '/' | '.' => (separator, false),
        '年' => ('月', true),
        _ => return None,
    };
    let rest = rest[separator.len_utf8()..].trim_start();
    let (second, rest) = number(rest)?;
    let rest = rest
        .trim_start()
        .strip_prefix(second_separator)?
        .trim_start();
    let (third, mut rest) = number(rest)?;
    if chinese {
        rest = rest.trim_start();
        rest = rest.strip_prefix(['日', '号']).unwrap_or(rest);
    }
    if second.1 > 2 || !is_time(rest) {
        return None;
    }
    match (first.1, third.1) {
        (4, 1 | 2) => calendar(first.0, second.0, third.0).map(Written::Certain),
        (2, 1 | 2) if chinese => {
            calendar(full_year(first.0), second.0, third.0).map(Written::Certain)
        }
        (1 | 2, 4) => {
            let written = Written::Numbers {
                parts: [first.0, second.0, third.0],
                short_year: false,
            };
            sensible(written)
        }
        (1 | 2, 2) | (2, 1) => {
            let written = Written::Numbers {
                parts: [first.0, second.0, third.0],
                short_year: true,
            };
            sensible(written)
        }
        _ => None,
    }
}

/// Keeps what is a date in some order, and settles what is the same date in every order.
fn sensible(written: Written) -> Option<Written> {
    let mut readings = ORDERS.iter().filter_map(|order| written.in_order(*order));
    let first = readings.next()?;
    let mut count = 1;
    let mut same = true;
    for other in readings {
        count += 1;
        same &= other == first;
    }
    Some(if same && count > 1 {
        Written::Certain(first)
    } else {
        written
    })
}

/// `05-Mar-2024`, `5 March 2024`, `05MAR2024`, `5-Mar-24`, `2024-Mar-05`.
fn day_first(first: (i32, usize), rest: &str) -> Option<Written> {
    let rest = rest
        .strip_prefix("st")
        .or(rest.strip_prefix("nd"))
        .or(rest.strip_prefix("rd"))
        .or(rest.strip_prefix("th"))
        .unwrap_or(rest);
    let (month, rest) = month_name(skip_separators(rest))?;
    let (last, rest) = number(skip_separators(rest))?;
    if !is_time(rest) {
        return None;
    }
    match (first.1, last.1) {
        (4, 1 | 2) => calendar(first.0, month, last.0),
        (1 | 2, 4) => calendar(last.0, month, first.0),
        (1 | 2, 2) => calendar(full_year(last.0), month, first.0),
        _ => None,
    }
    .map(Written::Certain)
}

/// `March 5, 2024`, `Mar-05-2024`.
fn month_first(text: &str) -> Option<Written> {
    let (month, rest) = month_name(text)?;
    let (day, rest) = number(skip_separators(rest))?;
    let (year, rest) = number(skip_separators(rest))?;
    if day.1 > 2 || year.1 != 4 || !is_time(rest) {
        return None;
    }
    calendar(year.0, month, day.0).map(Written::Certain)
}

fn skip_separators(text: &str) -> &str {
    text.trim_start_matches(['-', '/', '.', ',', ' ', '\u{a0}'])
}

/// An English month name at the start, in full or by three letters (Sept also).
fn month_name(text: &str) -> Option<(i32, &str)> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let len = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = text.split_at(len);
    let fits = |name: &str| {
        word.eq_ignore_ascii_case(name)
            || (len == 3 && word.eq_ignore_ascii_case(&name[..3]))
            || (name == "september" && word.eq_ignore_ascii_case("sept"))
    };
    let month = NAMES.iter().position(|name| fits(name))?;
    Some((month as i32 + 1, rest))
}

/// Whether what follows a date is nothing, or a time of day.
fn is_time(rest: &str) -> bool {
    if rest.is_empty() {
        return true;
    }
    let time = rest.strip_prefix('T').unwrap_or_else(|| rest.trim_start());
    if time.len() == rest.len() {
        return false;
    }
    let (clock, suffix) = time.split_at(
        time.bytes()
            .take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'))
            .count(),
    );
    let suffix = suffix.trim();
    let zone = suffix
        .strip_prefix(['+', '-'])
        .is_some_and(|z| z.bytes().all(|b| b.is_ascii_digit() || b == b':'));
    let clock_ok = clock.bytes().next().is_some_and(|b| b.is_ascii_digit()) && clock.contains(':');
    clock_ok
        && (suffix.is_empty()
            || zone
            || ["Z", "AM", "PM"]
                .iter()
                .any(|s| suffix.eq_ignore_ascii_case(s)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn orders(texts: &[&str]) -> Option<DateOrder> {
        let mut orders = Orders::default();
        for text in texts {
            orders.narrow(scan(text).unwrap());
        }
        orders.decided()
    }

    #[test]
    fn every_certain_form_of_5_march_2024_is_read() {
        for text in [
            "2024-03-05",
            "2024/3/5",
            "2024.3.5",
            "2024年3月5日",
            "2024年03月05号",
            "2024 年 3 月 5 日",
            "24年3月5日",
            "05-Mar-2024",
            "5 March 2024",
            "5th March 2024",
            "05MAR2024",
            "5-Mar-24",
            "March 5, 2024",
            "Mar 5 2024",
            "2024-Mar-05",
            "2024-03-05 14:30",
            "2024-03-05T14:30:00Z",
            "2024-03-05T14:30:00.000+08:00",
            "2024/3/5 2:30 PM",
            "5 Mar 2024 09:00",
        ] {
            assert_eq!(
                scan(text),
                Some(Written::Certain(day(2024, 3, 5))),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_not_a_whole_date_is_none() {
        for text in [
            "",
            "2024",
            "2024-03",
            "March 2024",
            "5-Mar",
            "2024-02-30",
            "31/04/2024",
            "32/01/2024",
            "2024-13-01",
            "13/13/2024",
            "1.5",
            "12345678",
            "2024-03-05x",
            "2024-03-05 lunch",
            "1/2",
            "1/2/3",
            "0024-03-05",
            "9999-12-31",
            "05/03/202",
        ] {
            assert_eq!(scan(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_beyond_12_decides_the_column() {
        assert_eq!(
            orders(&["05/03/2024", "25/03/2024"]),
            Some(DateOrder::DayMonthYear)
        );
        assert_eq!(
            orders(&["05/03/2024", "03/25/2024"]),
            Some(DateOrder::MonthDayYear)
        );
    }

    #[test]
    fn without_or_with_contrary_evidence_nothing_is_decided() {
        assert_eq!(orders(&["05/03/2024", "04/06/2024"]), None);
        assert_eq!(orders(&["25/03/2024", "03/25/2024"]), None);
    }

    #[test]
    fn equal_day_and_month_need_no_decision() {
        assert_eq!(scan("05/05/2024"), Some(Written::Certain(day(2024, 5, 5))));
        assert_eq!(orders(&["05/05/2024"]), Some(DateOrder::YearMonthDay));
    }

    #[test]
    fn two_digit_years_count_only_once_one_order_is_left() {
        assert_eq!(orders(&["05/03/24"]), None);
        assert_eq!(orders(&["25/03/24"]), None, "2025-03-24 fits as well");
        assert_eq!(
            orders(&["31/03/85", "05/04/62"]),
            Some(DateOrder::DayMonthYear)
        );
        assert_eq!(
            scan("31/03/85").unwrap().in_order(DateOrder::DayMonthYear),
            Some(day(1985, 3, 31))
        );
        assert_eq!(
            scan("31/03/29").unwrap().in_order(DateOrder::DayMonthYear),
            Some(day(2029, 3, 31))
        );
    }
}
