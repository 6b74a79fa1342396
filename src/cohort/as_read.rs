//! The sheets with several rows a patient as they are read, row by row: for a person to check.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::adverse_event::Grade;
use super::coding::Coded;
use super::records::{RecordTable, SheetMapping};
use super::view::{Read, View};
use super::wide::RoleColumns;
use super::{
    CohortError, Mapping, RecordHolds, RecordKind, RecordRole, StatusColumn, Subject, WidePart,
};
use crate::table::Table;

/// A sheet as it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordsAsRead {
    /// What a person calls the sheet.
    pub sheet: String,
    /// The roles that have a column, in the order of the values.
    pub roles: Vec<RecordRole>,
    /// How many records there are.
    pub n: usize,
    /// How many of them count.
    pub used: usize,
    /// How many of the sheet's rows have a patient who is not among the patients.
    pub unmatched: usize,
    /// Patients with a record that counts.
    pub patients: usize,
    /// All patients.
    pub of_patients: usize,
    /// The records asked for, in the order of the sheet.
    pub rows: Vec<RecordAsRead>,
}

/// A record as it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordAsRead {
    /// Spreadsheet row (1-based).
    pub row: u32,
    /// One value a role.
    pub values: Vec<ReadValue>,
    /// Whether it counts.
    pub usage: RecordUse,
}

/// A value as it is read.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadValue {
    /// None.
    Missing,
    /// A text, or a number as it is written.
    Text(String),
    /// A date.
    Date(NaiveDate),
    /// A grade.
    Grade(u8),
    /// Yes or no.
    YesNo(bool),
    /// A text that the role does not admit; it counts as missing.
    Unreadable(String),
}

/// Whether a record counts, or why not.
#[derive(Debug, Clone, PartialEq)]
pub enum RecordUse {
    /// It counts.
    Used,
    /// Its patient is not among the patients.
    UnknownPatient,
    /// It has no patient id.
    NoPatient,
    /// The person left the row or the patient out.
    LeftOut,
    /// A value is missing without which it says nothing.
    Incomplete {
        /// The role.
        role: RecordRole,
    },
}

/// The records of a kind from record `from` (0-based), at most `count`; `None` where no sheet of that
/// kind is mapped, or a column that it cannot do without is not chosen yet.
///
/// **Shape.** A wide sheet has a record for each visit or lesion of a row that has a value.
pub fn records_as_read(
    patients: &Table,
    others: &[Table],
    mapping: &Mapping,
    kind: RecordKind,
    from: usize,
    count: usize,
) -> Result<Option<RecordsAsRead>, CohortError> {
    let Some(sheet) = SheetMapping::of(mapping, kind).filter(|sheet| sheet.missing(kind).is_none())
    else {
        return Ok(None);
    };
    let people = People::new(patients, mapping)?;
    let patient = sheet.column("patient").unwrap_or_default();
    let records = RecordTable::open(patients, others, mapping, &sheet.table, patient)?;
    let joined = records.join(&people.subjects, &people.left_out);
    let statuses: Vec<Option<StatusColumn>> = (kind.roles().iter())
        .map(|role| {
            (role.holds == RecordHolds::YesNo)
                .then(|| sheet.status(role.id))
                .flatten()
        })
        .collect();
    let mut columns: Vec<Column<'_>> = Vec::new();
    for (role, status) in kind.roles().into_iter().zip(&statuses) {
        columns.extend(Column::open(&records, &sheet, role, status.as_ref())?);
    }
    let subjects: std::collections::HashMap<usize, usize> = joined.rows.iter().copied().collect();
    let all: Vec<usize> = (0..records.table.rows.len()).collect();
    let rows = records.long(&all, |row| row, &sheet.wide)?;
    let unmatched: HashSet<usize> = joined.unmatched.iter().copied().collect();
    let nameless: HashSet<usize> = joined.nameless.iter().copied().collect();
    let read = |&(row, part): &(usize, Option<&WidePart>)| {
        let start = subjects
            .get(&row)
            .and_then(|&subject| people.starts[subject]);
        let values: Vec<ReadValue> = (columns.iter())
            .map(|column| column.read(row, part, start))
            .collect();
        let lacks = || {
            let mut needed = columns.iter().zip(&values);
            let lack =
                |value: &ReadValue| matches!(value, ReadValue::Missing | ReadValue::Unreadable(_));
            needed.find(|(column, value)| column.role.required && lack(value))
        };
        let usage = if unmatched.contains(&row) {
            RecordUse::UnknownPatient
        } else if nameless.contains(&row) {
            RecordUse::NoPatient
        } else if !subjects.contains_key(&row) {
            RecordUse::LeftOut
        } else if let Some((column, _)) = lacks() {
            RecordUse::Incomplete { role: column.role }
        } else {
            RecordUse::Used
        };
        RecordAsRead {
            row: records.table.rows[row],
            values,
            usage,
        }
    };
    let used = || {
        let counts = |row: &&(usize, Option<&WidePart>)| read(row).usage == RecordUse::Used;
        rows.iter().filter(counts)
    };
    let patients: HashSet<&usize> = used().filter_map(|(row, _)| subjects.get(row)).collect();
    Ok(Some(RecordsAsRead {
        sheet: records.table.label().to_owned(),
        roles: columns.iter().map(|column| column.role).collect(),
        n: rows.len(),
        used: used().count(),
        unmatched: unmatched.len(),
        patients: patients.len(),
        of_patients: people.subjects.len(),
        rows: rows.iter().skip(from).take(count).map(read).collect(),
    }))
}

/// The patients, and when each of them started.
struct People {
    subjects: Vec<Subject>,
    left_out: Vec<Subject>,
    starts: Vec<Option<NaiveDate>>,
}

impl People {
    fn new(patients: &Table, mapping: &Mapping) -> Result<Self, CohortError> {
        let view = |heading: Option<&str>| {
            (heading.map(|heading| View::new(patients, mapping, heading))).transpose()
        };
        let ids = view(mapping.patient.as_deref())?;
        let start = view(mapping.start.as_deref())?;
        let mut people = Self {
            subjects: Vec::new(),
            left_out: Vec::new(),
            starts: Vec::new(),
        };
        for (row, &number) in patients.rows.iter().enumerate() {
            let id = ids.as_ref().filter(|ids| !ids.is_missing(row));
            let subject = Subject {
                id: id.map(|ids| ids.text(row).into_owned()),
                row: number,
            };
            if mapping.excluded_rows.contains(&number) {
                people.left_out.push(subject);
                continue;
            }
            people.subjects.push(subject);
            people
                .starts
                .push(match start.as_ref().map(|start| start.date(row)) {
                    Some(Read::Known(date)) => Some(date),
                    Some(Read::Missing | Read::Unreadable) | None => None,
                });
        }
        Ok(people)
    }
}

/// The columns of a role, open.
struct Column<'a> {
    role: RecordRole,
    columns: RoleColumns<'a>,
    coded: Option<Coded<'a>>,
}

impl<'a> Column<'a> {
    /// `None` where no column has the role.
    fn open(
        records: &RecordTable<'a>,
        sheet: &SheetMapping,
        role: RecordRole,
        status: Option<&'a StatusColumn>,
    ) -> Result<Option<Self>, CohortError> {
        let in_parts = |part: &WidePart| match role.id {
            "visit" => part.visit.is_some(),
            "lesion" => part.lesion.is_some(),
            "date" => part.day.is_some() || part.columns.contains_key("date"),
            id => part.columns.contains_key(id),
        };
        let own = sheet.column(role.id);
        if own.is_none() && !sheet.wide.iter().any(in_parts) {
            return Ok(None);
        }
        let coded = match status {
            Some(status) => {
                let view = View::new(records.table, records.mapping, &status.column)?;
                Some(Coded::of(view, status))
            }
            None => None,
        };
        Ok(Some(Self {
            role,
            columns: RoleColumns::new(records, role.id, own, &sheet.wide)?,
            coded,
        }))
    }

    fn read(&self, row: usize, part: Option<&WidePart>, start: Option<NaiveDate>) -> ReadValue {
        let named = match self.role.id {
            "visit" => part.and_then(|part| part.visit.clone()),
            "lesion" => part.and_then(|part| part.lesion.clone()),
            _ => None,
        };
        if let Some(name) = named {
            return ReadValue::Text(name);
        }
        if let Some(coded) = &self.coded {
            return match coded.happened(row) {
                Some(yes) => ReadValue::YesNo(yes),
                None if coded.view.is_missing(row) => ReadValue::Missing,
                None => ReadValue::Text(coded.view.text(row).into_owned()),
            };
        }
        let view = self.columns.of(part);
        if self.role.holds == RecordHolds::Date {
            return match (self.columns.date(part, row, start), view) {
                (Read::Known(date), _) => ReadValue::Date(date),
                (Read::Unreadable, Some(view)) => unreadable(view, row),
                (Read::Unreadable | Read::Missing, _) => ReadValue::Missing,
            };
        }
        let Some(view) = view.filter(|view| !view.is_missing(row)) else {
            return ReadValue::Missing;
        };
        let text = view.text(row).into_owned();
        match self.role.holds {
            RecordHolds::Number => match view.number(row) {
                Read::Known(_) => ReadValue::Text(text),
                Read::Missing | Read::Unreadable => ReadValue::Unreadable(text),
            },
            RecordHolds::Grade => match Grade::read(&text) {
                Grade::Known(grade) | Grade::UpTo(grade) => ReadValue::Grade(grade),
                Grade::Unknown => ReadValue::Unreadable(text),
            },
            RecordHolds::Text | RecordHolds::Date | RecordHolds::YesNo => ReadValue::Text(text),
        }
    }
}

fn unreadable(view: &View<'_>, row: usize) -> ReadValue {
    ReadValue::Unreadable(view.text(row).into_owned())
}
