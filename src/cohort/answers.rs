//! The values of a column that answers yes or no, as of a sheet of adverse events: `Y/N`, `related/unrelated`, `是/否` …

use super::coding::{MARKS, definitions};
use super::heading::{Heading, plain};

/// What the values of such a column say by themselves.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Answers {
    /// Those that mean yes.
    pub yes: Vec<String>,
    /// Those that mean no.
    pub no: Vec<String>,
    /// Those that a person must explain, such as `possible`.
    pub open: Vec<String>,
}

const YES: &[&str] = &[
    "yes",
    "y",
    "true",
    "t",
    "ja",
    "j",
    "oui",
    "si",
    "related",
    "definite",
    "definitely",
    "definitely related",
    "certain",
    "probable",
    "probably",
    "probably related",
    "probable likely",
    "likely",
    "likely related",
    "very likely",
    "serious",
    "sae",
    "fatal",
    "是",
    "有",
    "发生",
    "相关",
    "有关",
    "肯定",
    "肯定有关",
    "肯定相关",
    "很可能",
    "很可能有关",
    "很可能相关",
    "严重",
];

const NO: &[&str] = &[
    "no",
    "n",
    "false",
    "f",
    "none",
    "nein",
    "non",
    "unrelated",
    "not related",
    "non related",
    "definitely not related",
    "unlikely",
    "unlikely related",
    "not likely",
    "not serious",
    "non serious",
    "nonserious",
    "not fatal",
    "non fatal",
    "nonfatal",
    "否",
    "无",
    "没有",
    "未发生",
    "无关",
    "不相关",
    "肯定无关",
    "可能无关",
    "不可能",
    "非严重",
    "不严重",
];

/// Headings that ask for the opposite: yes is a no then, and a person must say so.
const NEGATED: &[&str] = &[
    "not",
    "no",
    "non",
    "without",
    "unrelated",
    "无关",
    "非",
    "不",
];

/// What the values of a column of that heading answer.
pub(super) fn answers(heading: &str, texts: &[&str]) -> Answers {
    let defined = definitions(heading);
    let mut answers = Answers::default();
    let asked = plain(heading);
    let asked = asked.split(['(', '[']).next().unwrap_or_default();
    let negated = Heading::new(asked).has_any(NEGATED);
    for text in texts {
        // A mark is a yes where nothing else stands beside it.
        let marked = texts.len() == 1 && MARKS.contains(&&*plain(text));
        let said = match defined.get(*text) {
            Some(definition) => answer(definition),
            None if marked => Some(true),
            None => answer(text),
        };
        let list = match said.filter(|_| !negated) {
            Some(true) => &mut answers.yes,
            Some(false) => &mut answers.no,
            None => &mut answers.open,
        };
        list.push((*text).to_owned());
    }
    answers
}

/// What one value says.
fn answer(text: &str) -> Option<bool> {
    if let Ok(number) = text.trim().parse::<f64>() {
        let codes = [(1.0, true), (0.0, false)];
        let known = codes.into_iter().find(|(code, _)| *code == number);
        return known.map(|(_, yes)| yes);
    }
    // `1: yes`, `0 = no`
    let text = text.trim_start_matches(|letter: char| {
        letter.is_ascii_digit() || [' ', ':', '=', '-', '.'].contains(&letter)
    });
    let words = Heading::new(text);
    let is = |names: &[&str]| names.iter().any(|name| words.is(name));
    if is(YES) {
        Some(true)
    } else if is(NO) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(heading: &str, yes: &[&str], no: &[&str], open: &[&str]) {
        let texts: Vec<&str> = [yes, no, open].concat();
        let found = answers(heading, &texts);
        assert_eq!(found.yes, yes, "{heading}");
        assert_eq!(found.no, no, "{heading}");
        assert_eq!(found.open, open, "{heading}");
    }

    #[test]
    fn yes_and_no_are_known_and_a_third_value_is_open() {
        check("Related", &["Yes"], &["No"], &["possible"]);
        check("Serious", &["Y", "y"], &["N"], &[]);
        check("related", &["1"], &["0"], &["2"]);
        check(
            "Causality",
            &["definite", "Probable", "related"],
            &["unlikely", "Not related"],
            &["possible", "Possibly related"],
        );
        check("相关性", &["是", "很可能有关"], &["否", "无关"], &["可能"]);
        check("SAE", &["TRUE"], &["FALSE"], &[]);
        check("Schwerwiegend", &["ja"], &["nein"], &[]);
        check("serious", &["x"], &[], &[]);
    }

    #[test]
    fn definitions_in_the_heading_decide() {
        check("Related (1=yes, 2=no)", &["1"], &["2"], &["3"]);
    }

    #[test]
    fn a_heading_that_asks_for_the_opposite_is_for_a_person_to_answer() {
        check("Not related", &[], &[], &["yes", "no"]);
    }
}
