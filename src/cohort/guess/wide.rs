//! Headings that name a visit or a lesion: `week 6`, `C3D1`, `6周`, `lesion 1`, `TL2 week 12 (mm)`.

use std::collections::BTreeMap;

use super::look::Look;
use crate::cohort::{RecordKind, WidePart};
use crate::table::{Column, Table};

/// Days of one unit, by the words for it. A letter alone counts only where the number follows at once.
const UNITS: &[(&[&str], f64)] = &[
    (&["week", "weeks", "wk", "wks", "w", "周", "第周"], 7.0),
    (
        &["month", "months", "mo", "mos", "m", "个月", "月"],
        30.4375,
    ),
    (&["day", "days", "d", "天", "日"], 1.0),
    (&["year", "years", "yr", "y", "年"], 365.25),
];

/// Visits that have a number and no time of their own.
const NUMBERED: &[&str] = &[
    "visit",
    "v",
    "scan",
    "assessment",
    "cycle",
    "c",
    "timepoint",
    "tp",
    "follow",
    "fu",
    "访视",
    "周期",
    "评估",
];

/// Visits that have a name only, and no time of their own: several words of a heading in their order.
const NAMED: &[(&[&str], &str)] = &[
    (&["eot"], "eot"),
    (&["end", "of", "treatment"], "eot"),
    (&["end", "of", "therapy"], "eot"),
    (&["治疗结束"], "eot"),
];

/// Those of them that are a cycle of treatment.
const CYCLE: &[&str] = &["cycle", "c", "周期"];

/// Visits without a number, all at the start.
const BASELINE: &[&str] = &["baseline", "bl", "screening", "scr", "基线", "筛选"];

/// What comes before the number of a lesion.
const LESION: &[&str] = &[
    "lesion",
    "target",
    "tl",
    "tumor",
    "tumour",
    "病灶",
    "靶病灶",
];

/// Words beside the label that say what a column holds.
const SUM: &[&str] = &["sum", "sod", "sld", "总和", "直径和"];
const RESPONSE: &[&str] = &["response", "resp", "recist", "overall", "疗效", "评价"];
const DATE: &[&str] = &["date", "dt", "日期"];
const DIAMETER: &[&str] = &["diameter", "size", "ld", "mm", "直径", "大小", "长径"];
const ORGAN: &[&str] = &["organ", "site", "location", "部位", "器官"];
const STATE: &[&str] = &["state", "status", "状态"];

/// What a heading says of a visit and of a lesion.
#[derive(Debug, Clone, Default, PartialEq)]
struct Label {
    visit: Option<String>,
    day: Option<i32>,
    lesion: Option<String>,
    /// The other words.
    rest: Vec<String>,
}

/// Runs of letters, of Chinese letters and of digits, in lower case.
fn tokens(heading: &str) -> Vec<String> {
    let kind = |letter: char| match letter {
        letter if letter.is_ascii_digit() => 1,
        letter if letter.is_ascii_alphabetic() => 2,
        letter if letter.is_alphabetic() => 3,
        _ => 0,
    };
    let mut tokens: Vec<String> = Vec::new();
    let mut last = 0;
    for letter in heading.to_lowercase().chars() {
        let this = kind(letter);
        if this == 0 {
            // Space is kept as a mark: letters alone must stand at their number.
            if last != 0 {
                tokens.push(String::new());
            }
        } else if this == last {
            tokens.last_mut().expect("one was pushed").push(letter);
        } else {
            tokens.push(letter.to_string());
        }
        last = this;
    }
    tokens
}

/// The tokens of a heading; a space between two is an empty one.
struct Words(Vec<String>);

impl Words {
    fn word(&self, at: usize) -> &str {
        self.0.get(at).map_or("", |token| token)
    }

    fn number(&self, at: usize) -> Option<u32> {
        self.word(at).parse().ok().filter(|number| *number < 1000)
    }

    /// The number after a word, past one space: how many tokens both take, and whether it touches.
    fn after(&self, at: usize) -> Option<(u32, usize, bool)> {
        let touching = self.number(at + 1).map(|number| (number, 2, true));
        let apart =
            || Some((self.number(at + 2)?, 3, false)).filter(|_| self.word(at + 1).is_empty());
        touching.or_else(apart)
    }

    /// The number before a unit, past one space, and where the unit stands.
    fn before(&self, at: usize) -> Option<(u32, usize)> {
        let space = usize::from(self.word(at + 1).is_empty());
        Some((self.number(at)?, at + 1 + space))
    }

    /// Whether these words stand there, spaces aside: how many tokens they take.
    fn says(&self, at: usize, words: &[&str]) -> Option<usize> {
        let mut next = at;
        for said in words {
            next += usize::from(next > at && self.word(next).is_empty());
            if self.word(next) != *said {
                return None;
            }
            next += 1;
        }
        Some(next - at)
    }

    /// A visit that is named, or known by a unit of time or a number: what it is, and how many tokens that takes.
    fn visit(&self, at: usize) -> Option<(String, Option<i32>, usize)> {
        let this = self.word(at);
        if BASELINE.contains(&this) {
            return Some((this.to_owned(), Some(0), 1));
        }
        let named = |(words, name): &(&[&str], &str)| {
            Some(((*name).to_owned(), None, self.says(at, words)?))
        };
        if let Some(found) = NAMED.iter().find_map(named) {
            return Some(found);
        }
        let timed = |n: u32, (words, days): &(&[&str], f64), taken: usize| {
            let day = (f64::from(n) * days).round() as i32;
            Some((format!("{} {n}", words[0]), Some(day), taken))
        };
        // "Follow-up 2" is "follow 2".
        let up = self
            .says(at, &["follow", "up"])
            .map_or(0, |taken| taken - 1);
        if let Some((n, taken, touches)) = self.after(at + up) {
            let stands = |words: &[&str]| words.contains(&this) && (touches || this.len() > 1);
            if let Some(unit) = UNITS.iter().find(|(words, _)| stands(words)) {
                return timed(n, unit, taken);
            }
            if stands(NUMBERED) {
                return Some(self.numbered(at, n, up + taken));
            }
        }
        let (n, next) = self.before(at)?;
        let unit = |(words, _): &&(&[&str], f64)| {
            words.contains(&self.word(next)) && self.word(next).len() > 1
        };
        timed(n, UNITS.iter().find(unit)?, next + 1 - at)
    }

    /// A visit with a number. Of a cycle the day too (C3D1), which tells in the first one the day from the start.
    fn numbered(&self, at: usize, n: u32, taken: usize) -> (String, Option<i32>, usize) {
        let this = self.word(at);
        let next = at + taken + usize::from(self.word(at + taken).is_empty());
        let of_cycle = CYCLE.contains(&this) && ["d", "day"].contains(&self.word(next));
        match self.after(next).filter(|_| of_cycle) {
            Some((day, more, _)) => (
                format!("c{n}d{day}"),
                (n == 1 && day > 0).then(|| i32::try_from(day - 1).expect("it is below 1000")),
                next + more - at,
            ),
            None => (format!("{this} {n}"), None, taken),
        }
    }
}

fn label(heading: &str) -> Label {
    let words = Words(tokens(heading));
    let mut label = Label::default();
    let mut at = 0;
    while at < words.0.len() {
        let visit = words.visit(at).filter(|_| label.visit.is_none());
        if let Some((visit, day, taken)) = visit {
            (label.visit, label.day) = (Some(visit), day);
            at += taken;
            continue;
        }
        let this = words.word(at);
        let lesion = words.after(at).filter(|(_, _, touches)| {
            LESION.contains(&this) && (*touches || this.len() > 1) && label.lesion.is_none()
        });
        if let Some((n, taken, _)) = lesion {
            label.lesion = Some(format!("{} {n}", LESION[0]));
            at += taken;
            continue;
        }
        if !this.is_empty() {
            label.rest.push(this.to_owned());
        }
        at += 1;
    }
    label
}

/// The parts of a wide sheet and the kind that it is of, if its headings name at least two visits or
/// lesions; `used` are the columns that have another role.
pub(super) fn parts(table: &Table, used: &[&str]) -> Option<(RecordKind, Vec<WidePart>)> {
    let mut parts: Vec<WidePart> = Vec::new();
    let mut kinds: Vec<RecordKind> = Vec::new();
    for column in &table.columns {
        if used.contains(&&*column.heading) {
            continue;
        }
        let label = label(&column.heading);
        let Some((role, kind)) = role(table, column, &label) else {
            continue;
        };
        let same = |part: &&mut WidePart| part.visit == label.visit && part.lesion == label.lesion;
        match parts.iter_mut().find(same) {
            Some(part) if part.columns.contains_key(role) => continue,
            Some(part) => {
                part.columns.insert(role.to_owned(), column.heading.clone());
            }
            None => parts.push(WidePart {
                visit: label.visit,
                day: label.day,
                lesion: label.lesion,
                columns: BTreeMap::from([(role.to_owned(), column.heading.clone())]),
            }),
        }
        kinds.extend(kind);
    }
    let lesions = kinds.contains(&RecordKind::Lesions);
    let kind = if lesions {
        RecordKind::Lesions
    } else {
        RecordKind::Assessments
    };
    parts.retain(|part| {
        let values = part.columns.keys().any(|role| role != "date");
        values && part.lesion.is_some() == lesions
    });
    for part in &mut parts {
        if part.columns.contains_key("date") {
            part.day = None;
        }
    }
    (parts.len() >= 2).then_some((kind, parts))
}

/// Of a sheet whose rows are lesions: what stands in the columns of the visits is their diameter.
pub(super) fn measure_lesions(parts: &mut Vec<WidePart>) {
    for part in parts.iter_mut() {
        part.columns.remove("response");
        if let Some(heading) = part.columns.remove("sum") {
            part.columns.insert("diameter".to_owned(), heading);
        }
    }
    parts.retain(|part| part.columns.contains_key("diameter"));
}

/// What a column of a visit or lesion holds, and the kind of sheet that has it.
fn role(
    table: &Table,
    column: &Column,
    label: &Label,
) -> Option<(&'static str, Option<RecordKind>)> {
    let look = Look::new(table, column);
    let says = |words: &[&str]| label.rest.iter().any(|word| words.contains(&&**word));
    let of_lesion = label.lesion.is_some();
    if !of_lesion && label.visit.is_none() {
        return None;
    }
    let lesions = Some(RecordKind::Lesions);
    let assessments = Some(RecordKind::Assessments);
    if look.is_date() && (label.rest.is_empty() || says(DATE)) {
        return Some(("date", None));
    }
    if of_lesion {
        return if look.is_number() && (label.rest.is_empty() || says(DIAMETER)) {
            Some(("diameter", lesions))
        } else if says(ORGAN) {
            Some(("organ", None))
        } else if says(STATE) {
            Some(("state", None))
        } else {
            None
        };
    }
    let sums = label.rest.is_empty() || says(SUM) || says(DIAMETER);
    if look.is_number() && sums {
        return Some(("sum", assessments));
    }
    let (codes, texts) = look.responses();
    let called = label.rest.is_empty() || says(RESPONSE);
    (called && texts > 0 && 2 * codes.len() > texts).then_some(("response", assessments))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{ReadOptions, read};

    fn of(heading: &str) -> (Option<String>, Option<i32>, Option<String>, String) {
        let Label {
            visit,
            day,
            lesion,
            rest,
        } = label(heading);
        (visit, day, lesion, rest.join(" "))
    }

    #[test]
    fn headings_name_visits_and_lesions() {
        let text = |text: &str| Some(text.to_owned());
        let cases = [
            ("week 6", text("week 6"), Some(42), None, ""),
            ("Wk12 SLD", text("week 12"), Some(84), None, "sld"),
            ("w6", text("week 6"), Some(42), None, ""),
            (
                "6-week response",
                text("week 6"),
                Some(42),
                None,
                "response",
            ),
            ("第6周", text("week 6"), Some(42), None, "第"),
            ("month 3 date", text("month 3"), Some(91), None, "date"),
            ("C3D1", text("c3d1"), None, None, ""),
            ("C3D1 SLD", text("c3d1"), None, None, "sld"),
            ("Cycle 3 day 8 sum", text("c3d8"), None, None, "sum"),
            // The first day of the first cycle is the start.
            ("C1D1", text("c1d1"), Some(0), None, ""),
            ("Cycle 1 Day 15", text("c1d15"), Some(14), None, ""),
            ("Cycle 2", text("cycle 2"), None, None, ""),
            ("FU1", text("fu 1"), None, None, ""),
            (
                "Follow-up 2 response",
                text("follow 2"),
                None,
                None,
                "response",
            ),
            ("Response at EOT", text("eot"), None, None, "response at"),
            ("End of treatment", text("eot"), None, None, ""),
            ("Visit 3 day 4", text("visit 3"), None, None, "day 4"),
            ("Baseline", text("baseline"), Some(0), None, ""),
            ("lesion 1 (mm)", None, None, text("lesion 1"), "mm"),
            (
                "TL2 week 12",
                text("week 12"),
                Some(84),
                text("lesion 2"),
                "",
            ),
            ("PD-L1", None, None, None, "pd l 1"),
            ("CD8", None, None, None, "cd 8"),
            ("Vitamin D 3", None, None, None, "vitamin d 3"),
        ];
        for (heading, visit, day, lesion, rest) in cases {
            assert_eq!(
                of(heading),
                (visit, day, lesion, rest.to_owned()),
                "{heading}"
            );
        }
    }

    fn found(text: &str, used: &[&str]) -> Option<(RecordKind, Vec<WidePart>)> {
        let table = read(text.as_bytes(), "wide.csv", &ReadOptions::default()).unwrap();
        parts(&table, used)
    }

    #[test]
    fn visits_in_columns_are_assessments_with_their_days_or_dates() {
        let text = "id,Baseline SLD,Week 6 SLD,Week 6 date,Week 6 response,age\n\
                    A,67,46,2024-02-01,PR,60\nB,50,55,2024-03-01,SD,61\n";
        let (kind, parts) = found(text, &["id"]).unwrap();
        assert_eq!(kind, RecordKind::Assessments);
        let shown: Vec<_> = (parts.iter())
            .map(|part| {
                let columns: Vec<_> = (part.columns.iter())
                    .map(|(role, heading)| (&**role, &**heading))
                    .collect();
                (part.visit.as_deref(), part.day, columns)
            })
            .collect();
        assert_eq!(
            shown,
            [
                (Some("baseline"), Some(0), vec![("sum", "Baseline SLD")]),
                (
                    Some("week 6"),
                    None,
                    vec![
                        ("date", "Week 6 date"),
                        ("response", "Week 6 response"),
                        ("sum", "Week 6 SLD"),
                    ]
                ),
            ]
        );
    }

    #[test]
    fn lesions_in_columns_are_measurements() {
        let text = "id,scan date,lesion 1,lesion 2,lesion 2 site\n\
                    A,2024-02-01,30,16,liver\nA,2024-03-14,25,10,liver\n";
        let (kind, parts) = found(text, &["id", "scan date"]).unwrap();
        assert_eq!(kind, RecordKind::Lesions);
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[1].lesion.as_deref(), Some("lesion 2"));
        assert_eq!(parts[1].columns["diameter"], "lesion 2");
        assert_eq!(parts[1].columns["organ"], "lesion 2 site");
    }

    #[test]
    fn one_visit_or_a_column_of_another_matter_makes_no_wide_sheet() {
        assert_eq!(found("id,week 6\nA,3\nB,4\n", &["id"]), None);
        assert_eq!(
            found("id,CD4,CD8,month 6 PFS\nA,3,4,1\nB,4,5,0\n", &["id"]),
            None
        );
    }
}
