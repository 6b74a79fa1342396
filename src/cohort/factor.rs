//! A categorical column into the group of every subject.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use super::heading::{Heading, plain};
use super::view::View;
use super::{Factor, Grouping};

/// Headings of the treatment that patients were given.
const TREATMENT: [&str; 12] = [
    "arm",
    "treatment",
    "treatment group",
    "allocation",
    "allocated treatment",
    "assigned treatment",
    "regimen",
    "trt",
    "trt01p",
    "trt01a",
    "治疗组",
    "治疗方案",
];

impl Factor {
    /// Whether the heading says that the groups are treatments.
    pub fn names_treatment(&self) -> bool {
        let heading = Heading::new(&self.column);
        heading.has("arm") || TREATMENT.iter().any(|phrase| heading.is(phrase))
    }
}

/// The groups of the subjects in `rows`.
///
/// Levels stand as the person ordered them, then in natural order; texts with one label are one level.
pub(super) fn factor(view: &View<'_>, grouping: &Grouping, rows: &[usize]) -> Factor {
    let named: HashMap<&str, &str> = (grouping.levels.iter().map(|level| (&**level, &**level)))
        .chain(
            grouping
                .labels
                .iter()
                .map(|(text, label)| (&**text, &**label)),
        )
        .collect();
    let mut texts: HashMap<Cow<'_, str>, usize> = HashMap::new();
    let of_rows: Vec<Option<usize>> = rows
        .iter()
        .map(|&row| {
            let text = view.text(row);
            if !named.contains_key(&*text) && view.is_missing(row) {
                return None;
            }
            let next = texts.len();
            Some(*texts.entry(text).or_insert(next))
        })
        .collect();

    let mut ordered: Vec<(Cow<'_, str>, usize)> = texts.into_iter().collect();
    let place = |text: &str| {
        let place = grouping.levels.iter().position(|level| level == text);
        place.unwrap_or(grouping.levels.len())
    };
    ordered.sort_by(|(a, _), (b, _)| (place(a).cmp(&place(b))).then_with(|| natural_order(a, b)));

    let mut levels: Vec<String> = Vec::new();
    let mut index_of: HashMap<String, usize> = HashMap::new();
    let mut level_of_text = vec![0; ordered.len()];
    for (text, index) in ordered {
        let label = named.get(&*text).map_or(&*text, |label| label);
        level_of_text[index] = *index_of.entry(label.to_owned()).or_insert_with(|| {
            levels.push(label.to_owned());
            levels.len() - 1
        });
    }
    Factor {
        column: grouping.column.clone(),
        levels,
        values: of_rows
            .into_iter()
            .map(|text| text.map(|text| level_of_text[text]))
            .collect(),
    }
}

/// The order in which a person would list values: the negative one first, the unknown one last,
/// numbers by size (`II 2` before `II 10`), then by letter.
pub(super) fn natural_order(a: &str, b: &str) -> Ordering {
    let (plain_a, plain_b) = (plain(a), plain(b));
    rank(&plain_a)
        .cmp(&rank(&plain_b))
        .then_with(|| by_parts(&plain_a, &plain_b))
        .then_with(|| a.cmp(b))
}

fn rank(text: &str) -> u8 {
    const FIRST: [&str; 17] = [
        "no",
        "n",
        "negative",
        "neg",
        "absent",
        "wild type",
        "wild-type",
        "wildtype",
        "wt",
        "low",
        "never",
        "否",
        "无",
        "阴性",
        "野生型",
        "低",
        "未",
    ];
    const LAST: [&str; 8] = [
        "unknown", "missing", "other", "others", "不详", "未知", "其他", "其它",
    ];
    if FIRST.contains(&text) {
        0
    } else if LAST.contains(&text) {
        2
    } else {
        1
    }
}

fn by_parts(a: &str, b: &str) -> Ordering {
    if let (Ok(a), Ok(b)) = (a.parse::<f64>(), b.parse::<f64>()) {
        return a.total_cmp(&b);
    }
    let (mut a, mut b) = (parts(a), parts(b));
    loop {
        match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) => {
                let order = match (a.parse::<u64>(), b.parse::<u64>()) {
                    (Ok(a), Ok(b)) => a.cmp(&b),
                    (Ok(_), Err(_)) | (Err(_), Ok(_)) | (Err(_), Err(_)) => a.cmp(b),
                };
                if order.is_ne() {
                    return order;
                }
            }
        }
    }
}

/// Runs of digits and runs of everything else.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let mut rest = text;
    std::iter::from_fn(move || {
        let digits = is_digit(rest.chars().next()?);
        let end = rest
            .find(|letter| is_digit(letter) != digits)
            .unwrap_or(rest.len());
        let (part, tail) = rest.split_at(end);
        rest = tail;
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_listed_as_a_person_would() {
        let mut levels = [
            "unknown", "10", "2", "positive", "Grade 10", "Grade 2", "negative", "阴性", "阳性",
        ];
        levels.sort_by(|a, b| natural_order(a, b));
        assert_eq!(
            levels,
            [
                "negative", "阴性", "2", "10", "Grade 2", "Grade 10", "positive", "阳性", "unknown"
            ]
        );
    }
}
