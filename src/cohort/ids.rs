//! Which ids of one sheet are which ids of another, when they are spelt differently.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::heading::plain;

/// How the patient ids of two sheets are compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdMatching {
    /// Letter by letter, but for case and width.
    Exact,
    /// The same first; then without punctuation, spaces and leading zeros, where that leaves no doubt:
    /// `ABC003` is `ABC-003`, `1` is `0001`.
    #[default]
    Loose,
    /// The same first; then a number alone is the id that ends in it, where that leaves no doubt: `3` is
    /// `ABC-003`.
    Number,
}

impl IdMatching {
    /// Whether it is the usual one.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// The patients' ids, to find those of another sheet among.
pub(super) struct KnownIds {
    /// As they are written, by their plain form.
    written: HashMap<String, String>,
    loose: HashMap<String, Vec<String>>,
    numbers: HashMap<String, Vec<String>>,
}

/// What the ids of a sheet are found to be.
#[derive(Debug, Default, PartialEq)]
pub(super) struct MatchedIds {
    /// The patient's id for each id of the sheet that has one, both in plain form.
    of: HashMap<String, String>,
    /// The ids that are spelt differently than the patient's, each with that one, as they are written.
    pub respelt: Vec<(String, String)>,
    /// The ids without a patient that their number alone would match, each with that patient's.
    pub numbered: Vec<(String, String)>,
    /// The ids that more than one patient could have, in plain form, with those of the patients.
    pub ambiguous: HashMap<String, Vec<String>>,
}

impl MatchedIds {
    /// The patient's id, in plain form, for one of the sheet's.
    pub fn find(&self, id: &str) -> Option<&str> {
        self.of.get(&plain(id)).map(String::as_str)
    }

    /// Whether the number alone would find the patient of that id.
    pub fn is_numbered(&self, id: &str) -> bool {
        let id = plain(id);
        self.numbered.iter().any(|(own, _)| plain(own) == id)
    }
}

impl KnownIds {
    /// The ids as they are written.
    pub fn new(ids: impl IntoIterator<Item = String>) -> Self {
        let mut known = Self {
            written: HashMap::new(),
            loose: HashMap::new(),
            numbers: HashMap::new(),
        };
        for id in ids {
            let key = plain(&id);
            if known.written.contains_key(&key) {
                continue;
            }
            known
                .loose
                .entry(loose(&key))
                .or_default()
                .push(key.clone());
            if let Some(number) = number(&key) {
                known.numbers.entry(number).or_default().push(key.clone());
            }
            known.written.insert(key, id);
        }
        known
    }

    /// One of them, to show.
    pub fn example(&self) -> Option<&str> {
        self.written.values().min().map(String::as_str)
    }

    /// Whether an id may be one of them, leaving aside how it is spelt.
    pub fn has_loosely(&self, id: &str) -> bool {
        let key = plain(id);
        self.written.contains_key(&key)
            || (has_letters(&key) && self.loose.contains_key(&loose(&key)))
    }

    /// Whether its number alone is that of exactly one of them.
    pub fn has_number(&self, id: &str) -> bool {
        self.of_number(&plain(id)).len() == 1
    }

    fn of_number(&self, key: &str) -> Vec<&String> {
        let found = number(key).and_then(|number| self.numbers.get(&number));
        let alone = |other: &&String| is_number(key) || is_number(other);
        found.into_iter().flatten().filter(alone).collect()
    }

    /// Finds the ids of a sheet among them.
    pub fn matched(&self, ids: impl IntoIterator<Item = String>, how: IdMatching) -> MatchedIds {
        let mut matched = MatchedIds::default();
        let mut rest: Vec<(String, String)> = Vec::new();
        let mut seen = HashSet::new();
        for id in ids {
            let key = plain(&id);
            if !seen.insert(key.clone()) {
                continue;
            }
            if self.written.contains_key(&key) {
                matched.of.insert(key.clone(), key);
                continue;
            }
            let loosely = match how {
                IdMatching::Exact => &[],
                IdMatching::Loose | IdMatching::Number => {
                    let found = self.loose.get(&loose(&key)).filter(|_| has_letters(&key));
                    found.map_or(&[][..], Vec::as_slice)
                }
            };
            match loosely {
                [] => rest.push((key, id)),
                [patient] => matched.respell(key, id, patient, self),
                several => {
                    matched.ambiguous.insert(key, self.as_written(several));
                }
            }
        }
        self.match_numbers(&mut matched, rest, how);
        matched
    }

    /// Of several ids of the sheet that end in the number of one patient, those that are not found otherwise are none.
    fn match_numbers(
        &self,
        matched: &mut MatchedIds,
        rest: Vec<(String, String)>,
        how: IdMatching,
    ) {
        let mut of_patient: BTreeMap<String, HashSet<String>> = BTreeMap::new();
        for (key, patient) in &matched.of {
            let ids = of_patient.entry(patient.clone()).or_default();
            ids.insert(loose(key));
        }
        let candidates: Vec<Vec<&String>> =
            rest.iter().map(|(key, _)| self.of_number(key)).collect();
        for ((key, _), found) in rest.iter().zip(&candidates) {
            if let [patient] = found[..] {
                let ids = of_patient.entry(patient.clone()).or_default();
                ids.insert(loose(key));
            }
        }
        for ((key, id), found) in rest.into_iter().zip(candidates) {
            match (&found[..], how) {
                (_, IdMatching::Exact) | ([], _) => {}
                ([patient], IdMatching::Number) if of_patient[*patient].len() == 1 => {
                    matched.respell(key, id, patient, self)
                }
                ([patient], IdMatching::Loose) if of_patient[*patient].len() == 1 => {
                    let patient = self.written[*patient].clone();
                    matched.numbered.push((id, patient));
                }
                (several, IdMatching::Number) => {
                    let several: Vec<String> = several.iter().map(|key| (*key).clone()).collect();
                    matched.ambiguous.insert(key, self.as_written(&several));
                }
                (_, IdMatching::Loose) => {}
            }
        }
    }

    fn as_written(&self, keys: &[String]) -> Vec<String> {
        keys.iter().map(|key| self.written[key].clone()).collect()
    }
}

impl MatchedIds {
    fn respell(&mut self, key: String, id: String, patient: &str, known: &KnownIds) {
        self.respelt.push((id, known.written[patient].clone()));
        self.of.insert(key, patient.to_owned());
    }
}

/// An id as loose matching compares it.
pub(super) fn loose_key(id: &str) -> String {
    loose(&plain(id))
}

/// Letters and digits only, without leading zeros. Two numbers stay two: `1-12` is not `11-2`.
fn loose(plain: &str) -> String {
    let mut key = String::new();
    for part in parts(plain) {
        let is_digits = part.starts_with(|letter: char| letter.is_ascii_digit());
        if is_digits && key.ends_with(|letter: char| letter.is_ascii_digit()) {
            key.push('.');
        }
        key += if is_digits { without_zeros(part) } else { part };
    }
    key
}

/// Runs of digits, and runs of other letters.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for run in text.split(|letter: char| !letter.is_alphanumeric()) {
        let mut from = 0;
        let mut last = None;
        for (at, letter) in run.char_indices() {
            let digit = letter.is_ascii_digit();
            if last.is_some_and(|last| last != digit) {
                parts.push(&run[from..at]);
                from = at;
            }
            last = Some(digit);
        }
        if from < run.len() {
            parts.push(&run[from..]);
        }
    }
    parts
}

/// A run of digits without the zeros before it; `0` stays.
fn without_zeros(digits: &str) -> &str {
    let short = digits.trim_start_matches('0');
    if short.is_empty() { "0" } else { short }
}

/// The number that an id ends in.
fn number(plain: &str) -> Option<String> {
    let last = parts(plain).pop()?;
    let digits = last.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| without_zeros(last).to_owned())
}

/// Whether anything but punctuation is in it.
fn has_letters(plain: &str) -> bool {
    plain.contains(char::is_alphanumeric)
}

fn is_number(plain: &str) -> bool {
    plain.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matched(known: &[&str], ids: &[&str], how: IdMatching) -> MatchedIds {
        let owned = |ids: &[&str]| -> Vec<String> { ids.iter().map(|&id| id.to_owned()).collect() };
        KnownIds::new(owned(known)).matched(owned(ids), how)
    }

    fn pairs(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
        (pairs.iter()).map(|(own, of)| (&**own, &**of)).collect()
    }

    const KNOWN: &[&str] = &["ABC-001", "ABC-002", "ABC-003"];

    #[test]
    fn punctuation_spaces_and_leading_zeros_do_not_matter() {
        let ids = ["abc-001", "ABC003", "abc 02", "ABC-009"];
        let found = matched(KNOWN, &ids, IdMatching::Loose);
        assert_eq!(found.find("abc-001"), Some("abc-001"));
        assert_eq!(found.find("ABC003"), Some("abc-003"));
        assert_eq!(found.find("ABC-009"), None);
        assert_eq!(
            pairs(&found.respelt),
            [("ABC003", "ABC-003"), ("abc 02", "ABC-002")]
        );
        let zeros = matched(&["0001", "0002"], &["1", "2.0"], IdMatching::Loose);
        assert_eq!(pairs(&zeros.respelt), [("1", "0001")]);
    }

    #[test]
    fn exact_matching_leaves_spellings_apart() {
        let found = matched(KNOWN, &["ABC003", "Abc-003", "3"], IdMatching::Exact);
        assert_eq!(found.find("ABC003"), None);
        assert_eq!(found.find("ABC-003"), Some("abc-003"));
        assert_eq!((found.respelt.len(), found.numbered.len()), (0, 0));
    }

    #[test]
    fn a_number_alone_matches_only_where_the_person_says_so() {
        let found = matched(KNOWN, &["003", "1"], IdMatching::Loose);
        assert_eq!(found.find("003"), None);
        assert_eq!(
            pairs(&found.numbered),
            [("003", "ABC-003"), ("1", "ABC-001")]
        );
        assert!(found.is_numbered("003"));
        let found = matched(KNOWN, &["003", "1"], IdMatching::Number);
        assert_eq!(found.find("1"), Some("abc-001"));
        assert_eq!(
            pairs(&found.respelt),
            [("003", "ABC-003"), ("1", "ABC-001")]
        );
    }

    #[test]
    fn doubtful_matches_are_refused() {
        let found = matched(&["A-01", "A1", "B-3"], &["a 1"], IdMatching::Loose);
        assert_eq!(found.find("a 1"), None);
        assert_eq!(found.ambiguous["a 1"], ["A-01", "A1"]);
        assert_eq!(
            matched(&["1-12"], &["11-2", "112"], IdMatching::Loose).respelt,
            []
        );
        // Two sites have a patient 3.
        let found = matched(&["A-003", "B-003"], &["3"], IdMatching::Number);
        assert_eq!(found.ambiguous["3"], ["A-003", "B-003"]);
        // Two ids of the sheet end in the number of one patient.
        let found = matched(&["3"], &["A-003", "B-003"], IdMatching::Number);
        assert_eq!((found.find("A-003"), found.respelt.len()), (None, 0));
        assert_eq!(found.ambiguous["b-003"], ["3"]);
        // One of them is the patient's as it is written, or but for its spelling.
        for ids in [["3", "A-003"], ["A-003", "003"]] {
            let found = matched(&["3"], &ids, IdMatching::Number);
            assert_eq!(found.find("A-003"), None);
            assert_eq!(found.ambiguous["a-003"], ["3"]);
            assert!(ids.iter().any(|id| found.find(id) == Some("3")));
            let found = matched(&["3"], &ids, IdMatching::Loose);
            assert_eq!(found.numbered, []);
        }
    }
}
