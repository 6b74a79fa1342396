//! Adverse events, one row each.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::StatusColumn;
use super::heading::plain;
use crate::table::TableName;

/// The sheet of adverse events and what its columns mean.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AdverseEventSheet {
    /// Which sheet.
    pub table: TableName,
    /// Patient id.
    pub patient: String,
    /// Term of the event.
    pub term: String,
    /// System organ class.
    pub system: Option<String>,
    /// CTCAE grade, 1 to 5.
    pub grade: Option<String>,
    /// Whether it was related to treatment.
    pub related: Option<StatusColumn>,
    /// Whether it was serious.
    pub serious: Option<StatusColumn>,
    /// Whether treatment was discontinued for it.
    pub discontinued: Option<StatusColumn>,
    /// Whether a dose was changed or interrupted for it.
    pub dose_changed: Option<StatusColumn>,
    /// Whether it led to death.
    pub fatal: Option<StatusColumn>,
    /// Date of onset.
    pub start: Option<String>,
    /// Date of resolution.
    pub end: Option<String>,
}

/// An adverse event of one patient. Yes and no are `None` where missing or not mapped.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AdverseEvent {
    /// Spreadsheet row (1-based).
    pub row: u32,
    /// Term, in the commonest of the spellings that differ by case and spaces only.
    pub term: String,
    /// System organ class, in the commonest spelling too.
    pub system: Option<String>,
    /// CTCAE grade, 1 to 5.
    pub grade: Option<u8>,
    /// Related to treatment.
    pub related: Option<bool>,
    /// Serious.
    pub serious: Option<bool>,
    /// Treatment discontinued.
    pub discontinued: Option<bool>,
    /// A dose changed or interrupted.
    pub dose_changed: Option<bool>,
    /// Led to death.
    pub fatal: Option<bool>,
    /// Onset.
    pub start: Option<NaiveDate>,
    /// Resolution.
    pub end: Option<NaiveDate>,
}

/// The adverse events of all patients, and what is known of the time in which they could happen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AdverseEvents {
    /// The events of each subject, in the order of the sheet: rows of grade 0, repeated rows and events that
    /// began after the data cut-off are not among them, and each has its [`EventProblem`] or issue.
    pub events: Vec<Vec<AdverseEvent>>,
    /// The ids of the sheet that differ from the patient's by more than capitals and spaces, each with the patient's.
    pub respelt_ids: Vec<(String, String)>,
    /// What the sheet says of each event; nothing that is undecided.
    pub mapped: MappedEvents,
    /// The columns of yes and no with values that say neither.
    pub undecided: Vec<Undecided>,
    /// Treatment and follow-up of each subject.
    pub periods: Vec<TreatmentPeriod>,
    /// Whether a sheet of therapies says who was treated, and when.
    pub by_therapies: bool,
    /// Whether the columns say who died.
    pub deaths_known: bool,
}

/// The columns of a sheet of adverse events that are mapped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct MappedEvents {
    /// System organ class.
    pub system: bool,
    /// CTCAE grade.
    pub grade: bool,
    /// Relation to treatment.
    pub related: bool,
    /// Seriousness.
    pub serious: bool,
    /// Discontinuation.
    pub discontinued: bool,
    /// Change of dose.
    pub dose_changed: bool,
    /// Death from it.
    pub fatal: bool,
    /// Date of onset.
    pub start: bool,
}

/// A column of yes and no of which not every value is decided: what it says is not counted until it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Undecided {
    /// The role of the column.
    pub role: String,
    /// Rows with a value that says neither.
    pub events: usize,
}

impl MappedEvents {
    /// The columns that are not undecided.
    pub(super) fn without(mut self, undecided: &[Undecided]) -> Self {
        for Undecided { role, .. } in undecided {
            match &**role {
                "related" => self.related = false,
                "serious" => self.serious = false,
                "discontinued" => self.discontinued = false,
                "dose_changed" => self.dose_changed = false,
                "fatal" => self.fatal = false,
                _ => {}
            }
        }
        self
    }
}

/// When a subject was treated and followed, by the dates of the patients' sheet and the therapies that are
/// not said to be subsequent ones; nothing reaches beyond the data cut-off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TreatmentPeriod {
    /// Whether the subject was treated; taken for granted without a sheet of therapies.
    pub treated: bool,
    /// First day of treatment: that of the first therapy, else the start of the patients' sheet.
    pub start: Option<NaiveDate>,
    /// Last day of treatment; `None` where it is not known or treatment goes on.
    pub last_dose: Option<NaiveDate>,
    /// End of follow-up: death, else last contact; not after the cut-off.
    pub end: Option<NaiveDate>,
    /// Date of death, even one after the cut-off.
    pub death: Option<NaiveDate>,
}

impl TreatmentPeriod {
    /// Whether follow-up ended in death.
    pub fn died(&self) -> bool {
        self.death.is_some() && self.death == self.end
    }
}

/// Something in a row of adverse events that a person should look at.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "problem")]
pub enum EventProblem {
    /// A range of grades, such as 3-4: the higher counts.
    GradeRange {
        /// The grade that counts.
        grade: u8,
    },
    /// Grade 0: there was no event, so the row is not used.
    GradeZero,
    /// All cells that are used equal those of an earlier row: it counts once.
    Repeated {
        /// The earlier row.
        first_row: u32,
    },
    /// Spellings that differ by case and spaces only are one.
    Respelled {
        /// The spelling that is used.
        standard: String,
        /// How many rows have the other one.
        rows: usize,
    },
    /// It began before the treatment did.
    BeforeStart {
        /// Onset.
        on: NaiveDate,
        /// First day of treatment.
        start: NaiveDate,
    },
    /// It began after the data cut-off: not used.
    AfterCutOff {
        /// Onset.
        on: NaiveDate,
        /// The cut-off.
        cut_off: NaiveDate,
    },
    /// It began after the death.
    AfterDeath {
        /// Onset.
        on: NaiveDate,
        /// Date of death.
        death: NaiveDate,
    },
    /// It ended before it began.
    EndBeforeStart {
        /// End.
        end: NaiveDate,
        /// Onset.
        start: NaiveDate,
    },
    /// It is said to have led to death, with another grade than 5.
    FatalWithoutGrade5,
    /// Grade 5, but it is said not to have led to death.
    Grade5NotFatal,
    /// It led to death, but the patient is not said to have died.
    FatalWithoutDeath,
}

/// What a text says of a grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grade {
    Known(u8),
    /// The higher end of a range.
    UpTo(u8),
    Unknown,
}

impl Grade {
    /// The only digit from 0 to 5 of a text (`3`, `G3`, `Grade 3`, `3级`), a Roman numeral (`III`, `grade IV`),
    /// or a range of two digits (`3-4`, `3/4`, `3 to 4`).
    pub(super) fn read(text: &str) -> Self {
        let text = plain(text);
        let digits: Vec<(usize, char)> = (text.char_indices())
            .filter(|(_, letter)| letter.is_ascii_digit())
            .collect();
        let grade = |letter: char| {
            let grade = letter.to_digit(10).filter(|grade| *grade <= 5)?;
            Some(grade as u8)
        };
        match digits[..] {
            [] => Self::roman(&text),
            [(_, digit)] => grade(digit).map_or(Self::Unknown, Self::Known),
            [(from, low), (to, high)] => {
                let between = text[from + 1..to].trim();
                let ranged = ["-", "–", "—", "/", "~", "to", "or"].contains(&between);
                match (grade(low), grade(high)) {
                    (Some(low), Some(high)) if ranged && low < high => Self::UpTo(high),
                    _ => Self::Unknown,
                }
            }
            _ => Self::Unknown,
        }
    }

    fn roman(text: &str) -> Self {
        const ROMAN: [&str; 5] = ["i", "ii", "iii", "iv", "v"];
        let last = text
            .rsplit(|letter: char| !letter.is_ascii_alphabetic())
            .next();
        let position = ROMAN.iter().position(|roman| last == Some(roman));
        position.map_or(Self::Unknown, |index| Self::Known(index as u8 + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_read_as_they_are_written() {
        for (text, grade) in [
            ("3", Grade::Known(3)),
            ("0", Grade::Known(0)),
            ("G4", Grade::Known(4)),
            ("Grade 2", Grade::Known(2)),
            ("３级", Grade::Known(3)),
            ("III", Grade::Known(3)),
            ("grade iv", Grade::Known(4)),
            ("3-4", Grade::UpTo(4)),
            ("1–2", Grade::UpTo(2)),
            ("2 to 3", Grade::UpTo(3)),
            ("CTCAE v5 grade 3", Grade::Unknown),
            ("4-3", Grade::Unknown),
            ("6", Grade::Unknown),
            ("10", Grade::Unknown),
            ("severe", Grade::Unknown),
        ] {
            assert_eq!(Grade::read(text), grade, "{text}");
        }
    }
}
