//! A column as the guess looks at it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use super::{IDS, PEOPLE, WHOLE_IDS};
use crate::cohort::answers::{Answers, answers};
use crate::cohort::coding::MAX_CODES;
use crate::cohort::heading::Heading;
use crate::cohort::response::response_code;
use crate::cohort::view::View;
use crate::cohort::{BestResponse, Mapping, TimeUnit, unit};
use crate::table::{Column, ColumnType, Table};

/// Rows that are looked at where a sample tells enough.
const SAMPLE: usize = 2000;

/// A column with its heading in words.
pub(super) struct Look<'a> {
    pub name: &'a str,
    pub words: Heading,
    pub column: &'a Column,
    rows: usize,
}

impl<'a> Look<'a> {
    pub fn new(table: &Table, column: &'a Column) -> Self {
        Self {
            name: &column.heading,
            words: Heading::new(&column.heading),
            column,
            rows: table.rows.len(),
        }
    }

    pub fn is_date(&self) -> bool {
        matches!(self.column.column_type, ColumnType::Date { .. })
    }

    pub fn is_empty(&self) -> bool {
        self.column.column_type == ColumnType::Empty
    }

    pub fn is_number(&self) -> bool {
        self.column.column_type == ColumnType::Number
    }

    /// Whether it is empty but for a text or two.
    pub fn is_hardly_filled_with_texts(&self, table: &Table) -> bool {
        let texts = match self.column.column_type {
            ColumnType::YesNo | ColumnType::Category | ColumnType::Text => true,
            ColumnType::Empty | ColumnType::Number | ColumnType::Date { .. } => false,
        };
        let nothing = Mapping::default();
        let rows: Vec<usize> = self.sample().collect();
        texts
            && View::new(table, &nothing, self.name).is_ok_and(|view| view.is_hardly_filled(&rows))
    }

    /// Evenly spaced rows: all of them in a small table.
    pub fn sample(&self) -> impl Iterator<Item = usize> + use<> {
        (0..self.rows).step_by(self.rows.div_ceil(SAMPLE).max(1))
    }

    /// How many rows of the sample have a value.
    pub fn n(&self) -> usize {
        self.sample()
            .filter(|&row| !self.column.is_missing(row))
            .count()
    }

    /// The distinct values of all rows; `None` when there are more than `limit`.
    pub fn distinct(&self, limit: usize) -> Option<Vec<Cow<'a, str>>> {
        let mut seen = HashSet::new();
        let mut distinct = Vec::new();
        for row in (0..self.rows).filter(|&row| !self.column.is_missing(row)) {
            let text = self.column.text(row);
            if !seen.contains(&text) {
                if distinct.len() == limit {
                    return None;
                }
                distinct.push(text.clone());
                seen.insert(text);
            }
        }
        distinct.sort();
        Some(distinct)
    }

    /// The unit of its values, if they were times.
    pub fn unit(&self, table: &Table) -> Option<TimeUnit> {
        let nothing = Mapping::default();
        let view = View::new(table, &nothing, self.name).ok()?;
        let rows: Vec<usize> = (0..self.rows).collect();
        unit::suggested_unit(&view, &rows)
    }

    /// What its texts mean, if they were best responses, and how many texts there are.
    pub fn responses(&self) -> (BTreeMap<String, BestResponse>, usize) {
        /// A column with more distinct texts than this does not hold responses.
        const MOST: usize = 30;
        let texts = self.distinct(MOST).unwrap_or_default();
        let codes = (texts.iter())
            .filter_map(|text| Some((text.to_string(), response_code(text)?)))
            .collect();
        (codes, texts.len())
    }

    /// What its values answer, if it were a column of yes and no; `None` where none of them does.
    pub fn answers(&self) -> Option<Answers> {
        let texts = self.distinct(MAX_CODES)?;
        let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
        let found = answers(self.name, &texts);
        (!found.yes.is_empty() || !found.no.is_empty()).then_some(found)
    }

    /// Whether its heading is one of patient ids.
    pub fn is_named_as_id(&self) -> bool {
        let whole = |names: &[&str]| names.iter().any(|name| self.words.is(name));
        self.words.has_any(IDS) || whole(WHOLE_IDS) || whole(PEOPLE) || self.is_named_in_parts()
    }

    /// Whether it has several names of patient ids and nothing else: `姓名/编号`.
    pub fn is_named_in_parts(&self) -> bool {
        let parts: Vec<Heading> = (self.name.split(['/', '／', '、', '(', '（']))
            .map(Heading::new)
            .collect();
        let names = |part: &Heading| {
            let mut names = WHOLE_IDS.iter().chain(PEOPLE);
            names.any(|name| part.is(name))
        };
        parts.len() > 1 && parts.iter().all(names)
    }

    /// Whether values hardly recur, as those of an identifier.
    pub fn mostly_distinct(&self) -> bool {
        let values: Vec<_> = self
            .sample()
            .filter(|&row| !self.column.is_missing(row))
            .map(|row| self.column.text(row))
            .collect();
        let distinct: HashSet<_> = values.iter().collect();
        !values.is_empty() && 2 * distinct.len() >= values.len()
    }
}
