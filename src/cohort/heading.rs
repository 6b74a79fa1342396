//! Headings as words, so that `PFS_months`, `pfs.time` and `无进展生存期（月）` can be looked up in one way.

use super::TimeUnit;

/// A heading split into lower-case words.
pub(super) struct Heading {
    /// The words, each with a space before and after.
    words: String,
    /// The same without spaces: Chinese is written without them.
    joined: String,
}

/// Abbreviations that headings run together with what follows: `PFSmonths`, `OSTIM`.
const STEMS: [&str; 3] = ["pfs", "os", "dth"];

/// What may follow them.
const ENDINGS: [&str; 25] = [
    "time", "tim", "event", "evt", "status", "stat", "censor", "cens", "cnsr", "months", "month",
    "mo", "m", "days", "day", "dy", "d", "weeks", "years", "year", "y", "date", "dt", "ind", "e",
];

impl Heading {
    pub fn new(heading: &str) -> Self {
        let mut words = String::from(" ");
        let mut previous = ' ';
        for letter in heading.chars().map(half_width).map(without_accent) {
            let boundary = !letter.is_alphanumeric()
                || (previous.is_lowercase() && letter.is_uppercase())
                || (previous.is_alphanumeric() && previous.is_ascii() != letter.is_ascii());
            if boundary && !words.ends_with(' ') {
                words.push(' ');
            }
            if letter.is_alphanumeric() {
                words.extend(letter.to_lowercase());
            }
            previous = letter;
        }
        if !words.ends_with(' ') {
            words.push(' ');
        }
        let words = words
            .split(' ')
            .flat_map(|word| {
                let parts = STEMS.iter().find_map(|stem| {
                    let ending = word.strip_prefix(stem)?;
                    ENDINGS.contains(&ending).then_some([*stem, ending])
                });
                parts.unwrap_or([word, ""])
            })
            .filter(|word| !word.is_empty())
            .fold(String::from(" "), |all, word| all + word + " ");
        Self {
            joined: words.replace(' ', ""),
            words,
        }
    }

    /// Whether the phrase occurs: as whole words in English, anywhere in Chinese.
    pub fn has(&self, phrase: &str) -> bool {
        if phrase.is_ascii() {
            self.words.contains(&format!(" {phrase} "))
        } else {
            self.joined.contains(phrase)
        }
    }

    pub fn has_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.has(phrase))
    }

    /// Whether the heading is that phrase and nothing else.
    pub fn is(&self, phrase: &str) -> bool {
        self.words.trim() == phrase || self.joined == phrase
    }

    /// The same with one of these phrases, but for a unit after it.
    pub fn is_without_unit(&self, phrases: &[&str]) -> bool {
        let whole = self.words.trim();
        let unit = |rest: &str| {
            rest.is_empty() || (rest.starts_with(' ') && Heading::new(rest).unit().is_some())
        };
        (phrases.iter())
            .any(|phrase| whole.strip_prefix(phrase).is_some_and(unit) || self.is(phrase))
    }

    /// Whether one of its words is a number: `6-month PFS`, `ORR 2`.
    pub fn has_number(&self) -> bool {
        self.words
            .split(' ')
            .any(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// The unit of time that it names.
    pub fn unit(&self) -> Option<TimeUnit> {
        const UNITS: [(TimeUnit, &[&str], &[&str]); 4] = [
            (
                TimeUnit::Days,
                &[
                    "days", "day", "d", "dy", "tage", "tagen", "jours", "dias", "giorni",
                ],
                &["天", "日"],
            ),
            (
                TimeUnit::Weeks,
                &[
                    "weeks",
                    "week",
                    "wks",
                    "wk",
                    "w",
                    "wochen",
                    "semaines",
                    "semanas",
                    "settimane",
                ],
                &["周"],
            ),
            (
                TimeUnit::Months,
                &[
                    "months", "month", "mos", "mo", "mths", "mth", "m", "monate", "monaten",
                    "mois", "meses", "mesi",
                ],
                &["月"],
            ),
            (
                TimeUnit::Years,
                &[
                    "years", "year", "yrs", "yr", "y", "jahre", "jahren", "ans", "annees", "anos",
                    "anni",
                ],
                &["年"],
            ),
        ];
        UNITS.into_iter().find_map(|(unit, english, chinese)| {
            let named = self.has_any(english)
                || chinese.iter().any(|name| {
                    self.joined.ends_with(name) || self.joined.contains(&format!("{name}数"))
                });
            named.then_some(unit)
        })
    }
}

/// Full-width letters, digits and signs as the ordinary ones.
fn half_width(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        other => other,
    }
}

/// A Latin letter without its accent, so that headings of other languages are words of plain letters.
fn without_accent(letter: char) -> char {
    match letter {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'ß' => 's',
        'À'..='Å' => 'A',
        'Ç' => 'C',
        'È'..='Ë' => 'E',
        'Ì'..='Ï' => 'I',
        'Ñ' => 'N',
        'Ò'..='Ö' => 'O',
        'Ù'..='Ü' => 'U',
        other => other,
    }
}

/// Text in half-width, lower-case letters, trimmed.
pub(super) fn plain(text: &str) -> String {
    text.trim()
        .chars()
        .map(half_width)
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_split_from_what_they_are_run_together_with() {
        for heading in [
            "PFS_months",
            "pfs.months",
            "PFSmonths",
            "PFS (months)",
            "ＰＦＳ（months）",
        ] {
            assert_eq!(Heading::new(heading).words, " pfs months ", "{heading}");
        }
        assert_eq!(Heading::new("OSTime").words, " os time ");
        assert_eq!(Heading::new("lastContact").words, " last contact ");
        assert_eq!(Heading::new("PD日期").words, " pd 日期 ");
        assert_eq!(Heading::new("osteoporosis").words, " osteoporosis ");
    }

    #[test]
    fn words_are_found_whole_and_chinese_anywhere() {
        assert!(Heading::new("Date of PD").has("pd"));
        assert!(!Heading::new("PDL1").has("pd"));
        assert!(Heading::new("末次随访日期").has("随访"));
    }

    #[test]
    fn the_unit_is_read_from_the_heading() {
        let cases = [
            ("PFS_months", Some(TimeUnit::Months)),
            ("OS (d)", Some(TimeUnit::Days)),
            ("OS.time", None),
            ("总生存期（月）", Some(TimeUnit::Months)),
            ("PFS天数", Some(TimeUnit::Days)),
            ("Overall survival, yrs", Some(TimeUnit::Years)),
            ("PFS weeks", Some(TimeUnit::Weeks)),
            ("生存时间", None),
        ];
        for (heading, unit) in cases {
            assert_eq!(Heading::new(heading).unit(), unit, "{heading}");
        }
    }
}
