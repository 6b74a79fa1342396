//! The values of an event column into event and censored: `1/0`, `CNSR`, `dead/alive`, `死亡/存活` …

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::heading::{Heading, plain};
use super::view::{Read, View};
use super::{CodedValue, EventCoding, EventRole, IssueKind, StatusColumn, factor};
use crate::table::ColumnType;

/// A column with more distinct values than this does not tell events from censorings.
pub(super) const MAX_CODES: usize = 12;

/// A reading of the values of an event column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Coding {
    /// The texts that mean the event.
    pub event: Vec<String>,
    /// Whether words or a fixed convention say so; otherwise it is the commoner of two usages.
    pub certain: bool,
}

/// What a value says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Event,
    Censored,
    /// Yes to what the heading asks.
    Yes,
    /// No to what the heading asks.
    No,
}

/// How the values of a column of that heading are to be read; `None` where one of them is not known.
pub(super) fn event_coding(heading: &str, texts: &[&str]) -> Option<Coding> {
    if texts.is_empty() {
        return None;
    }
    let words = Heading::new(heading);
    let asks_for_censoring = words.has_any(CENSORING) || words.has_any(ALIVE);
    let defined = definitions(heading);
    let meanings = texts
        .iter()
        .map(|text| match defined.get(*text) {
            Some(definition) => meaning(definition),
            // A mark is a yes where nothing else stands beside it.
            None if texts.len() == 1 && MARKS.contains(&&*plain(text)) => Some(Meaning::Yes),
            None => meaning(text),
        })
        .collect::<Option<Vec<_>>>();
    if let Some(meanings) = meanings {
        let event = select(texts, |index| match meanings[index] {
            Meaning::Event => true,
            Meaning::Censored => false,
            Meaning::Yes => !asks_for_censoring,
            Meaning::No => asks_for_censoring,
        });
        return Some(Coding {
            event,
            certain: true,
        });
    }
    numeric_coding(&words, texts, asks_for_censoring)
}

/// Those of the values that mean the event by themselves, whatever the others mean.
pub(super) fn evident_events(heading: &str, texts: &[&str]) -> Vec<String> {
    let words = Heading::new(heading);
    let asks_for_censoring = words.has_any(CENSORING) || words.has_any(ALIVE);
    let defined = definitions(heading);
    select(texts, |index| {
        let text = defined
            .get(texts[index])
            .map_or(texts[index], String::as_str);
        match meaning(text) {
            Some(Meaning::Event) => true,
            Some(Meaning::Yes) => !asks_for_censoring,
            Some(Meaning::No) => asks_for_censoring,
            Some(Meaning::Censored) | None => false,
        }
    })
}

fn numeric_coding(words: &Heading, texts: &[&str], asks_for_censoring: bool) -> Option<Coding> {
    let numbers = texts
        .iter()
        .map(|text| text.parse::<f64>().ok())
        .collect::<Option<Vec<_>>>()?;
    let among = |allowed: &[f64]| numbers.iter().all(|number| allowed.contains(number));
    if words.has("cnsr")
        && numbers
            .iter()
            .all(|&number| number >= 0.0 && number.fract() == 0.0)
    {
        // CDISC ADaM: 0 is the event, every other number a kind of censoring.
        return Some(Coding {
            event: select(texts, |index| numbers[index] == 0.0),
            certain: true,
        });
    }
    if among(&[0.0, 1.0]) {
        let event = if asks_for_censoring { 0.0 } else { 1.0 };
        return Some(Coding {
            event: select(texts, |index| numbers[index] == event),
            // `status` or `censor` alone is used both ways; `death`, `event` or `alive` is not.
            certain: words.has_any(NAMES_THE_EVENT) || words.has_any(ALIVE),
        });
    }
    if among(&[1.0, 2.0]) && numbers.len() == 2 {
        return Some(Coding {
            event: select(texts, |index| numbers[index] == 2.0),
            certain: false,
        });
    }
    None
}

fn select(texts: &[&str], is_event: impl Fn(usize) -> bool) -> Vec<String> {
    (0..texts.len())
        .filter(|&index| is_event(index))
        .map(|index| texts[index].to_owned())
        .collect()
}

const CENSORING: &[&str] = &[
    "cnsr",
    "censor",
    "censored",
    "censoring",
    "cens",
    "zensiert",
    "删失",
    "截尾",
];
const ALIVE: &[&str] = &[
    "alive", "living", "survived", "lebt", "lebend", "存活", "健在", "在世",
];
const NAMES_THE_EVENT: &[&str] = &[
    "event",
    "evt",
    "events",
    "death",
    "dead",
    "died",
    "deceased",
    "progression",
    "progressed",
    "pd",
    "relapse",
    "relapsed",
    "recurrence",
    "recurred",
    "failure",
    "tod",
    "tot",
    "verstorben",
    "gestorben",
    "ereignis",
    "progress",
    "rezidiv",
    "deces",
    "evenement",
    "evento",
    "事件",
    "死亡",
    "进展",
    "复发",
    "censored",
];

/// Definitions written into a heading, such as `Death (1 = yes, 0 = no)`: code → word.
pub(super) fn definitions(heading: &str) -> HashMap<String, String> {
    let heading = plain(heading);
    let parts: Vec<&str> = heading.split(['=', ':']).collect();
    parts
        .windows(2)
        .filter_map(|pair| {
            let before = pair[0].trim_end();
            let digits = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
            let code = before[digits..].to_owned();
            let word: String = pair[1]
                .chars()
                .take_while(|letter| letter.is_alphabetic() || *letter == ' ')
                .collect();
            (!code.is_empty() && !word.trim().is_empty()).then(|| (code, word.trim().to_owned()))
        })
        .collect()
}

/// Whether a heading defines codes of an event: `Status (1=dead)`.
pub(super) fn defines_event(heading: &str) -> bool {
    let defined = definitions(heading);
    defined
        .values()
        .any(|word| matches!(meaning(word), Some(Meaning::Event | Meaning::Censored)))
}

/// Marks that people tick a cell with.
pub(super) const MARKS: &[&str] = &["x", "×", "✓", "✔", "√", "*", "●"];

/// Words that turn a value into its opposite.
const NEGATIONS: &[&str] = &[
    "no",
    "not",
    "non",
    "without",
    "free",
    "diseasefree",
    "未",
    "无",
    "没有",
];

/// Words of values without the event.
const CENSORED_WORDS: &[&str] = &[
    "alive",
    "living",
    "survived",
    "surviving",
    "censored",
    "censor",
    "ned",
    "awd",
    "lost",
    "ltfu",
    "ongoing",
    "withdrawn",
    "lebt",
    "lebend",
    "vivant",
    "vivo",
    "viva",
    "zensiert",
    "存活",
    "生存",
    "健在",
    "在世",
    "删失",
    "失访",
];

/// Words of values with the event.
const EVENT_WORDS: &[&str] = &[
    "event",
    "dead",
    "died",
    "death",
    "deceased",
    "expired",
    "dod",
    "progressed",
    "progression",
    "progressive",
    "pd",
    "relapse",
    "relapsed",
    "recurred",
    "recurrence",
    "tot",
    "tod",
    "verstorben",
    "gestorben",
    "progress",
    "progredient",
    "rezidiv",
    "ereignis",
    "decede",
    "deces",
    "fallecido",
    "muerto",
    "deceduto",
    "死亡",
    "去世",
    "病故",
    "进展",
    "复发",
    "事件",
];

/// What a value says by itself; `None` for numbers and unknown words.
fn meaning(text: &str) -> Option<Meaning> {
    let text = plain(text);
    // `0:LIVING`, `1 = dead`
    let text = text
        .trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ' ')
        .trim_start_matches([':', '=', '-', '.', ' ']);
    if text.is_empty() {
        return None;
    }
    match text {
        "yes" | "y" | "true" | "t" | "ja" | "j" | "oui" | "si" | "sí" | "是" | "有" | "发生" =>
        {
            return Some(Meaning::Yes);
        }
        "no" | "n" | "false" | "f" | "none" | "nein" | "non" | "否" | "无" | "没有" | "未发生" =>
        {
            return Some(Meaning::No);
        }
        _ => {}
    }
    let words = Heading::new(text);
    let negated = words.has_any(NEGATIONS);
    let censored = words.has_any(CENSORED_WORDS);
    let event = words.has_any(EVENT_WORDS);
    match (negated, censored, event) {
        (false, false, true) => Some(Meaning::Event),
        // 'no event', 'not dead', 'disease free'
        (true, false, true) => Some(Meaning::Censored),
        (true, false, false) if words.has_any(&["free", "diseasefree"]) => Some(Meaning::Censored),
        (false, true, false) => Some(Meaning::Censored),
        // 'progression-free, alive'
        (true, true, true) if !words.has_any(&["dead", "died", "death", "死亡"]) => {
            Some(Meaning::Censored)
        }
        _ => None,
    }
}

/// Whether a text that stands for a date says that the event did not happen: `未死亡`, `alive`, `none`.
pub(super) fn says_no_event(text: &str) -> bool {
    matches!(meaning(text), Some(Meaning::No | Meaning::Censored)) && !names_loss(text)
}

/// Somebody lost to follow-up may have had the event.
fn names_loss(text: &str) -> bool {
    Heading::new(text).has_any(&["lost", "ltfu", "withdrawn", "失访", "ned", "awd"])
}

/// An event column and the values that mean the event.
pub(super) struct Coded<'a> {
    pub view: View<'a>,
    texts: &'a [String],
    /// The texts that mean the opposite, where every other text means neither.
    others: Option<&'a Vec<String>>,
    /// Both as numbers, and whether they mean the event, for a column of numbers: `1.0` is `1`.
    numbers: Vec<(f64, bool)>,
    blank_is_no_event: bool,
}

impl<'a> Coded<'a> {
    pub fn new(view: View<'a>, texts: &'a [String], blank_is_no_event: bool) -> Self {
        Self {
            numbers: numbers(&view, texts, true),
            view,
            texts,
            others: None,
            blank_is_no_event,
        }
    }

    /// The same with the values that mean no, where the column has them.
    pub fn of(view: View<'a>, status: &'a StatusColumn) -> Self {
        let others = status.no_values.as_ref();
        let mut coded = Self::new(view, &status.event_values, status.blank_is_no_event);
        let no = others.map(|others| numbers(&coded.view, others, false));
        coded.numbers.extend(no.into_iter().flatten());
        Self { others, ..coded }
    }

    /// Whether the row has the event; `None` when missing.
    pub fn happened(&self, row: usize) -> Option<bool> {
        if self.view.is_blank(row) {
            return self.blank_is_no_event.then_some(false);
        }
        if !self.numbers.is_empty() {
            return match self.view.number(row) {
                Read::Known(number) => {
                    let mut known = self.numbers.iter();
                    let said = known.find(|(code, _)| *code == number);
                    let other = self.others.is_none().then_some(false);
                    said.map(|(_, event)| *event).or(other)
                }
                Read::Missing | Read::Unreadable => None,
            };
        }
        if self.view.is_missing(row) {
            return None;
        }
        let text = self.view.text(row);
        if self.texts.iter().any(|code| *code == text) {
            return Some(true);
        }
        let mut others = self.others.into_iter().flatten();
        (self.others.is_none() || others.any(|code| *code == text)).then_some(false)
    }

    /// The distinct values with their counts; `None` when there are more than an event column has.
    pub fn count(&self, role: EventRole, rows: &[usize]) -> Option<EventCoding> {
        let mut counts: HashMap<Cow<'_, str>, (usize, bool)> = HashMap::new();
        let (mut missing, mut blank) = (0, 0);
        for &row in rows {
            blank += usize::from(self.view.is_blank(row));
            let Some(event) = self.happened(row) else {
                missing += 1;
                continue;
            };
            let text = self.view.text(row);
            let known = counts.len();
            match counts.entry(text) {
                Entry::Occupied(entry) => entry.into_mut().0 += 1,
                Entry::Vacant(_) if known == MAX_CODES => return None,
                Entry::Vacant(entry) => {
                    entry.insert((1, event));
                }
            }
        }
        let mut values: Vec<CodedValue> = counts
            .into_iter()
            .map(|(text, (n, event))| CodedValue {
                text: text.into_owned(),
                n,
                event,
            })
            .collect();
        values.sort_by(|a, b| factor::natural_order(&a.text, &b.text));
        Some(EventCoding {
            role,
            column: self.view.column.heading.clone(),
            values,
            missing,
            blank,
        })
    }

    /// The question what an empty cell means, where the event is the only value beside it.
    pub fn unexplained_blanks(&self, coding: &EventCoding) -> Option<IssueKind> {
        match &coding.values[..] {
            [value] if value.event && coding.blank > 0 && !self.blank_is_no_event => {
                Some(IssueKind::BlankEvents {
                    role: coding.role,
                    value: value.text.clone(),
                    patients: coding.blank,
                })
            }
            _ => None,
        }
    }

    /// The texts that are to mean the event, but that no value equals.
    pub fn without_rows(&self, coding: &EventCoding) -> Vec<String> {
        let number = |text: &str| text.parse::<f64>().ok();
        let same = |code: &str, text: &str| {
            code == text
                || (!self.numbers.is_empty()
                    && number(code).is_some()
                    && number(code) == number(text))
        };
        self.texts
            .iter()
            .filter(|code| !coding.values.iter().any(|value| same(code, &value.text)))
            .cloned()
            .collect()
    }

    /// Whether the dates of the event bear the coding out: nearly all events have one and hardly any
    /// other row does. `Some(false)` when it is the other way round.
    pub fn agrees_with(&self, dates: &View<'_>, rows: &[usize]) -> Option<bool> {
        /// Share of rows that may disagree, for cells that were forgotten.
        const TOLERATED: f64 = 0.1;
        let mut n = [0.0; 2];
        let mut dated = [0.0; 2];
        for &row in rows {
            if let Some(event) = self.happened(row) {
                n[usize::from(event)] += 1.0;
                dated[usize::from(event)] += f64::from(u8::from(!dates.is_missing(row)));
            }
        }
        let mostly = |group: usize| dated[group] >= (1.0 - TOLERATED) * n[group];
        let hardly = |group: usize| dated[group] <= TOLERATED * n[group];
        if n.contains(&0.0) {
            None
        } else if mostly(1) && hardly(0) {
            Some(true)
        } else if mostly(0) && hardly(1) {
            Some(false)
        } else {
            None
        }
    }
}

/// The texts as numbers that mean the event or not, for a column of numbers.
fn numbers(view: &View<'_>, texts: &[String], event: bool) -> Vec<(f64, bool)> {
    match view.column.column_type {
        ColumnType::Number => {
            let numbers = texts.iter().filter_map(|text| text.parse().ok());
            numbers.map(|number| (number, event)).collect()
        }
        ColumnType::Empty
        | ColumnType::Date { .. }
        | ColumnType::YesNo
        | ColumnType::Category
        | ColumnType::Text => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(heading: &str, texts: &[&str], event: &[&str], certain: bool) {
        let coding = event_coding(heading, texts).expect("a known coding");
        assert_eq!(coding.event, event, "{heading} {texts:?}");
        assert_eq!(coding.certain, certain, "{heading} {texts:?}");
    }

    #[test]
    fn numbers_mean_what_the_heading_asks() {
        check("OS_event", &["0", "1"], &["1"], true);
        check("死亡", &["0", "1"], &["1"], true);
        check("alive", &["0", "1"], &["0"], true);
        check("censored", &["0", "1"], &["0"], true);
        check("PFS.status", &["0", "1"], &["1"], false);
        check("Death", &["0.0", "1.0"], &["1.0"], true);
    }

    #[test]
    fn cnsr_zero_is_the_event() {
        check("CNSR", &["0", "1"], &["0"], true);
        check("PFS_CNSR", &["0", "1", "3"], &["0"], true);
    }

    #[test]
    fn one_and_two_are_read_as_r_does_and_not_with_certainty() {
        check("status", &["1", "2"], &["2"], false);
        assert_eq!(event_coding("status", &["0", "1", "2"]), None);
        assert_eq!(event_coding("status", &["1", "2", "3"]), None);
    }

    #[test]
    fn definitions_in_the_heading_decide() {
        check("Death (1=yes, 2=no)", &["1", "2"], &["1"], true);
        check("状态（1：死亡，0：存活）", &["0", "1"], &["1"], true);
        check("status [0 = dead; 1 = alive]", &["0", "1"], &["0"], true);
    }

    #[test]
    fn words_are_known_in_both_languages() {
        check("Status", &["Alive", "Dead"], &["Dead"], true);
        check("vital", &["0:LIVING", "1:DECEASED"], &["1:DECEASED"], true);
        check(
            "PFS_STATUS",
            &["0:CENSORED", "1:PROGRESSION"],
            &["1:PROGRESSION"],
            true,
        );
        check(
            "DFS",
            &["0:DiseaseFree", "1:Recurred/Progressed"],
            &["1:Recurred/Progressed"],
            true,
        );
        check("结局", &["存活", "死亡", "失访"], &["死亡"], true);
        check("进展", &["未进展", "已进展"], &["已进展"], true);
        check("是否死亡", &["否", "是"], &["是"], true);
        check("Alive?", &["no", "yes"], &["no"], true);
        check("event", &["FALSE", "TRUE"], &["TRUE"], true);
        check("outcome", &["no event", "event"], &["event"], true);
        check(
            "x",
            &["not dead", "dead of disease"],
            &["dead of disease"],
            true,
        );
    }

    #[test]
    fn an_unknown_word_leaves_the_coding_open() {
        assert_eq!(event_coding("Status", &["Alive", "Dead", "moved"]), None);
        assert_eq!(event_coding("Status", &["A", "B"]), None);
        assert_eq!(event_coding("Status", &[]), None);
    }
}
