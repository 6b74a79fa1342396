//! The type of each column, by all of its values.

use std::sync::Arc;

use super::date::{self, Orders, Written};
use super::grid::{Grid, Value};
use super::missing::{self, Code};
use super::number::{self, Decimal};
use super::{Codes, Column, ColumnReading, ColumnType, Finding, FindingKind, ReadOptions};

/// More distinct texts than this are no categories.
const MANY: usize = 50;

/// How many rows are asked for the decimal sign.
const DECIMAL_SAMPLE: usize = 5000;

/// What all columns of a table share.
pub(super) struct Body {
    pub grid: Arc<Grid>,
    /// Rows of data, as indices into those of the grid.
    pub rows: Arc<[u32]>,
    pub decimal_comma: bool,
}

/// Whether the texts of the table use a decimal comma: more of them prove it than prove a point, or
/// nothing proves either and the delimiter is the semicolon of decimal-comma countries.
pub(super) fn decimal_comma(grid: &Grid, rows: &[u32], delimiter: Option<u8>) -> bool {
    let (mut comma, mut point) = (0_usize, 0_usize);
    for row in rows.iter().take(DECIMAL_SAMPLE) {
        for value in grid.row(*row as usize) {
            if let Value::Text(span) = value {
                let text = grid.text(*span);
                if text.as_bytes()[0].is_ascii_alphabetic() || text.len() > 32 {
                    continue;
                }
                match number::decimal_evidence(text) {
                    Decimal::Silent => {}
                    Decimal::Point => point += 1,
                    Decimal::Comma => comma += 1,
                }
            }
        }
    }
    if comma == point {
        comma == 0 && delimiter == Some(b';')
    } else {
        comma > point
    }
}

/// Makes the columns at `positions` of the sheet, with what was noticed in them.
pub(super) fn columns(
    body: &Body,
    positions: Vec<(u32, String)>,
    options: &ReadOptions,
    findings: &mut Vec<Finding>,
) -> Vec<Column> {
    let unread = ColumnReading::default();
    let readings: Vec<&ColumnReading> = positions
        .iter()
        .map(|(_, heading)| options.columns.get(heading).unwrap_or(&unread))
        .collect();
    let mut profiles: Vec<Profile> = (positions.iter().zip(&readings))
        .map(|((_, heading), reading)| Profile::new(body, heading, reading))
        .collect();
    for row in body.rows.iter() {
        let cells = body.grid.row(*row as usize);
        for (profile, (position, _)) in profiles.iter_mut().zip(&positions) {
            profile.take(
                cells
                    .get(*position as usize)
                    .copied()
                    .unwrap_or(Value::Empty),
            );
        }
    }
    let mut columns = Vec::with_capacity(positions.len());
    for ((profile, (position, heading)), reading) in
        profiles.into_iter().zip(positions).zip(readings)
    {
        let column = profile.finish(position, heading, reading, findings);
        columns.push(column);
    }
    columns
}

/// What one value can be.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Class {
    Empty,
    Missing,
    Code(Code),
    Number(NumberForm),
    Date(Written),
    YesNo,
    Plus,
    Other,
}

/// What the form of a number says beside its value.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct NumberForm {
    /// "007": more likely a name than an amount.
    leading_zero: bool,
    /// It may stand for a missing value.
    may_be_code: bool,
    /// "20240305": it reads as a date, too.
    compact_date: bool,
}

fn classify(value: Value, body: &Body, codes: &Codes) -> Class {
    let text = match value {
        Value::Empty => return Class::Empty,
        Value::Date(date) => return Class::Date(Written::Certain(date)),
        Value::Bool(_) => return Class::YesNo,
        Value::Number(value) => {
            return match codes {
                Codes::Chosen { numbers, .. } if numbers.contains(&value) => Class::Missing,
                Codes::Chosen { .. } => Class::Number(NumberForm {
                    may_be_code: false,
                    ..form_of(value)
                }),
                Codes::Recognised => Class::Number(form_of(value)),
            };
        }
        Value::Text(span) => body.grid.text(span),
    };
    if let Codes::Chosen { texts, .. } = codes
        && texts.iter().any(|code| same(code, text))
    {
        return Class::Missing;
    }
    if number::is_number(text, body.decimal_comma) {
        let mut form = text_form(text);
        if codes != &Codes::Recognised {
            form.may_be_code = false;
        }
        return Class::Number(form);
    }
    if let Some(written) = date::scan(text) {
        return Class::Date(written);
    }
    if codes == &Codes::Recognised
        && let Some(code) = missing::code(text)
    {
        return Class::Code(code);
    }
    match text {
        "+" | "++" | "+++" => Class::Plus,
        _ if is_yes_no(text) => Class::YesNo,
        _ => Class::Other,
    }
}

fn form_of(value: f64) -> NumberForm {
    NumberForm {
        leading_zero: false,
        may_be_code: missing::may_be_code(value),
        compact_date: date::compact(value).is_some(),
    }
}

fn text_form(text: &str) -> NumberForm {
    let bytes = text.as_bytes();
    NumberForm {
        leading_zero: bytes.len() > 1 && bytes[0] == b'0' && bytes.iter().all(u8::is_ascii_digit),
        may_be_code: matches!(bytes.first(), Some(b'9' | b'-'))
            && bytes.len() <= 8
            && number::parse(text, false).is_some_and(missing::may_be_code),
        compact_date: bytes.len() == 8
            && number::parse(text, false).and_then(date::compact).is_some(),
    }
}

/// Equal but for case and the blanks around.
pub(super) fn same(a: &str, b: &str) -> bool {
    a == b || a.eq_ignore_ascii_case(b) || a.to_lowercase() == b.to_lowercase()
}

/// Words for yes and no.
fn is_yes_no(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "yes", "no", "y", "n", "true", "false", "ja", "nein", "oui", "non", "是", "否", "有",
        "没有", "t", "f",
    ];
    text.len() <= 6 && WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// How many values of a column are of each class.
#[derive(Debug, Default)]
struct Counts {
    empty: usize,
    missing: usize,
    quantity_codes: usize,
    quantity_words: usize,
    sign_codes: usize,
    numbers: usize,
    leading_zeros: usize,
    may_be_codes: usize,
    compact_dates: usize,
    dates: usize,
    short_years: Option<String>,
    /// An age with its unit, as the first is written.
    age: Option<String>,
    yes_no: usize,
    pluses: usize,
    other: usize,
}

/// What is gathered about one column in the one pass over its values.
struct Profile<'a> {
    body: &'a Body,
    codes: Codes,
    distinct: Distinct,
    counts: Counts,
    orders: Orders,
    /// Distinct texts that may stand for missing values, with their counts.
    found: Vec<(Value, Class, usize)>,
    /// Whether the person chose the order of day and month, so that dates of another order are misfits.
    order_chosen: bool,
    /// Whether the heading asks for an age.
    of_ages: bool,
}

impl<'a> Profile<'a> {
    fn new(body: &'a Body, heading: &str, reading: &ColumnReading) -> Self {
        Self {
            body,
            codes: Codes::new(reading, body.decimal_comma),
            distinct: Distinct::default(),
            counts: Counts::default(),
            orders: Orders::default(),
            found: Vec::new(),
            order_chosen: reading.date_order.is_some(),
            of_ages: number::asks_age(heading),
        }
    }

    #[inline]
    fn take(&mut self, value: Value) {
        if value == Value::Empty {
            self.counts.empty += 1;
        } else if !self.distinct.count(value, &self.body.grid) {
            self.fold(value, 1);
        }
    }

    /// Counts `times` occurrences of a value.
    fn fold(&mut self, value: Value, times: usize) -> Class {
        let class = match classify(value, self.body, &self.codes) {
            Class::Other => self.age(value).unwrap_or(Class::Other),
            class => class,
        };
        let counts = &mut self.counts;
        match class {
            Class::Empty => counts.empty += times,
            Class::Missing | Class::Code(Code::Always) => counts.missing += times,
            Class::Code(Code::Quantity) => {
                counts.quantity_codes += times;
                if self.body.grid.cell(value).text() == "无" {
                    counts.quantity_words += times;
                }
            }
            Class::Code(Code::Sign) => counts.sign_codes += times,
            Class::Number(form) => {
                counts.numbers += times;
                counts.leading_zeros += times * usize::from(form.leading_zero);
                counts.may_be_codes += times * usize::from(form.may_be_code);
                counts.compact_dates += times * usize::from(form.compact_date);
            }
            Class::Date(written) => {
                counts.dates += times;
                self.orders.narrow(written);
                if let Value::Text(span) = value {
                    let text = self.body.grid.text(span);
                    if counts.short_years.is_none() && date::has_short_year(text) {
                        counts.short_years = Some(text.to_owned());
                    }
                }
            }
            Class::YesNo => counts.yes_no += times,
            Class::Plus => counts.pluses += times,
            Class::Other => counts.other += times,
        }
        let may_be_missing = match class {
            Class::Missing | Class::Code(_) => true,
            Class::Number(form) => form.may_be_code,
            Class::Empty | Class::Date(_) | Class::YesNo | Class::Plus | Class::Other => false,
        };
        if may_be_missing {
            let grid = &self.body.grid;
            match self
                .found
                .iter_mut()
                .find(|(known, ..)| grid.same(*known, value))
            {
                Some((.., count)) => *count += times,
                None => self.found.push((value, class, times)),
            }
        }
        class
    }

    /// A number, where the value is an age with its unit in a column of ages.
    fn age(&mut self, value: Value) -> Option<Class> {
        let Value::Text(span) = value else {
            return None;
        };
        let text = self.body.grid.text(span);
        number::age(text, self.body.decimal_comma).filter(|_| self.of_ages)?;
        self.counts.age.get_or_insert_with(|| text.to_owned());
        Some(Class::Number(NumberForm::default()))
    }

    fn finish(
        mut self,
        position: u32,
        heading: String,
        reading: &ColumnReading,
        findings: &mut Vec<Finding>,
    ) -> Column {
        let few = !self.distinct.overflown;
        let mut distinct = 0;
        for (value, count) in std::mem::take(&mut self.distinct.entries) {
            let class = self.fold(value, count);
            distinct += usize::from(!matches!(class, Class::Missing | Class::Code(Code::Always)));
        }
        let column_type = self.column_type(few.then_some(distinct), reading);
        let kept = self.kept_codes(column_type);
        let mut column = Column {
            heading,
            position,
            column_type,
            missing: Vec::new(),
            unit: None,
            joined_from: None,
            grid: Arc::clone(&self.body.grid),
            rows: Arc::clone(&self.body.rows),
            decimal_comma: self.body.decimal_comma,
            codes: self.codes.clone(),
            missing_numbers: Vec::new(),
        };
        let outlying = self.outlying(&column);
        if self.counts.empty > 0 {
            column.missing.push((String::new(), self.counts.empty));
        }
        for (value, class, count) in &self.found {
            let number = match (class, value) {
                (Class::Number(_), Value::Number(number)) => Some(*number),
                (Class::Number(_), Value::Text(span)) => {
                    number::parse(self.body.grid.text(*span), self.body.decimal_comma)
                }
                _ => None,
            };
            let is_missing = match class {
                Class::Missing => true,
                Class::Code(code) => kept.contains(code),
                _ => number.is_some_and(|number| outlying.contains(&number)),
            };
            if is_missing {
                column
                    .missing
                    .push((self.body.grid.cell(*value).text().into_owned(), *count));
                if let Value::Number(number) = value {
                    column.missing_numbers.push(*number);
                }
            }
        }
        self.report(&column, findings);
        column
    }

    /// The type that at least four in five of the values have, if they are numbers or dates; words
    /// need all to be yes or no, or few distinct ones. Written dates are like nothing else: more than
    /// half of the values are enough.
    fn column_type(&self, distinct: Option<usize>, reading: &ColumnReading) -> ColumnType {
        let counts = &self.counts;
        let values = counts.numbers + counts.dates + counts.yes_no + counts.pluses + counts.other;
        let words = values
            + counts.quantity_words
            + if counts.pluses > 0 {
                counts.sign_codes
            } else {
                0
            };
        let most =
            |part: usize| part > 0 && (part == values || (part * 5 >= values * 4 && part > 1));
        if values == 0 {
            return ColumnType::Empty;
        }
        let mostly_written = counts.dates > 1 && 2 * counts.dates > values;
        if mostly_written || most(counts.dates + self.compact_dates()) {
            let order = reading.date_order.or_else(|| self.orders.decided());
            return ColumnType::Date { order };
        }
        if most(counts.numbers)
            && (counts.leading_zeros == 0 || counts.leading_zeros * 2 < counts.numbers)
        {
            return ColumnType::Number;
        }
        if counts.yes_no == values && counts.quantity_words == counts.quantity_codes {
            return ColumnType::YesNo;
        }
        match distinct {
            Some(distinct) if distinct * 3 <= words * 2 => ColumnType::Category,
            _ => ColumnType::Text,
        }
    }

    /// Numbers that are dates: all of the column, or none.
    fn compact_dates(&self) -> usize {
        if self.counts.compact_dates == self.counts.numbers {
            self.counts.numbers
        } else {
            0
        }
    }

    /// The codes that stand for a missing value in a column of that type.
    fn kept_codes(&self, column_type: ColumnType) -> Vec<Code> {
        let mut kept = vec![Code::Always];
        match column_type {
            ColumnType::Number | ColumnType::Date { .. } | ColumnType::Empty => {
                kept.extend([Code::Quantity, Code::Sign])
            }
            ColumnType::YesNo | ColumnType::Category | ColumnType::Text => {
                if self.counts.pluses == 0 {
                    kept.push(Code::Sign);
                }
            }
        }
        kept
    }

    /// The numbers taken for missing values, of those that may be.
    fn outlying(&self, column: &Column) -> Vec<f64> {
        if self.counts.may_be_codes == 0 || column.column_type != ColumnType::Number {
            return Vec::new();
        }
        let others = (0..self.body.rows.len()).filter_map(|row| column.number(row));
        let mut candidates: Vec<f64> = others
            .clone()
            .filter(|value| missing::may_be_code(*value))
            .collect();
        candidates.sort_unstable_by(f64::total_cmp);
        candidates.dedup();
        missing::outlying(&candidates, others)
    }

    /// Notes what does not fit the type.
    fn report(&self, column: &Column, findings: &mut Vec<Finding>) {
        let counts = &self.counts;
        let about = |kind, value: Option<String>| Finding {
            row: None,
            column: Some(column.heading.clone()),
            value,
            kind,
        };
        if let Some(text) = counts
            .age
            .as_ref()
            .filter(|_| column.column_type == ColumnType::Number)
        {
            findings.push(about(FindingKind::AgeWithUnit, Some(text.clone())));
        }
        let misfit = match column.column_type {
            ColumnType::Number => (counts.dates + counts.yes_no + counts.pluses + counts.other > 0)
                .then_some(FindingKind::NotANumber),
            ColumnType::Date { order } => {
                if let Some(text) = &counts.short_years {
                    findings.push(about(FindingKind::TwoDigitYears, Some(text.clone())));
                }
                if order.is_none() {
                    findings.push(about(FindingKind::AmbiguousDateOrder, None));
                }
                let others = counts.yes_no + counts.pluses + counts.other + counts.numbers
                    - self.compact_dates();
                (others > 0 || self.order_chosen).then_some(FindingKind::NotADate)
            }
            ColumnType::Empty | ColumnType::YesNo | ColumnType::Category | ColumnType::Text => None,
        };
        let errors = self
            .found
            .iter()
            .any(|(value, ..)| missing::is_cell_error(&self.body.grid.cell(*value).text()));
        if misfit.is_none() && !errors {
            return;
        }
        for row in 0..self.body.rows.len() {
            let cell = column.cell(row);
            let kind = if errors && missing::is_cell_error(&cell.text()) {
                FindingKind::CellError
            } else if let Some(kind) =
                misfit.filter(|_| !column.is_missing(row) && !column.fits(row))
            {
                kind
            } else {
                continue;
            };
            let value = Some(cell.text().into_owned());
            findings.push(Finding {
                row: column.sheet_row(row),
                column: Some(column.heading.clone()),
                value,
                kind,
            });
        }
    }
}

/// Counts distinct values until there are too many.
#[derive(Default)]
struct Distinct {
    entries: Vec<(Value, usize)>,
    /// Open addressing; 0 is free, else the index of an entry, from 1.
    slots: Vec<u8>,
    overflown: bool,
}

/// A power of two that leaves [`MANY`] entries far apart.
const SLOTS: usize = 256;

impl Distinct {
    /// Counts a value; `false` where it is new and there is no room left.
    #[inline]
    fn count(&mut self, value: Value, grid: &Grid) -> bool {
        if self.overflown {
            return false;
        }
        if self.slots.is_empty() {
            self.slots.resize(SLOTS, 0);
        }
        let mut slot = grid.hash(value) as usize % SLOTS;
        loop {
            match self.slots[slot] {
                0 => break,
                index => {
                    let entry = &mut self.entries[index as usize - 1];
                    if grid.same(entry.0, value) {
                        entry.1 += 1;
                        return true;
                    }
                }
            }
            slot = (slot + 1) % SLOTS;
        }
        if self.entries.len() == MANY {
            self.overflown = true;
            return false;
        }
        self.entries.push((value, 1));
        self.slots[slot] = self.entries.len() as u8;
        true
    }
}
