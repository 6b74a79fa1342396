//! Sheets with any number of rows a patient: adverse events, tumour assessments, lines of therapy.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::heading::plain;
use super::ids::{KnownIds, MatchedIds};
use super::view::{Read, View};
use super::{CohortError, Mapping, StatusColumn, Subject, WidePart};
use crate::cohort::coding::Coded;
use crate::table::{Table, TableName};

/// The kinds of such sheets. Each is a field of that name of the [`Mapping`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// One row a visit: sum of diameters, non-target lesions, new lesions, response.
    Assessments,
    /// One row a lesion and visit.
    Lesions,
    /// One row an adverse event.
    AdverseEvents,
    /// One row a line of therapy, or a phase of it.
    Therapies,
}

/// What a column of such a sheet can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordRoleKind {
    /// A heading.
    Column,
    /// A [`StatusColumn`]: a heading, and the values that mean yes.
    Status,
}

/// What the cells of a role hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordHolds {
    /// Text.
    Text,
    /// Dates.
    Date,
    /// Numbers.
    Number,
    /// CTCAE grades.
    Grade,
    /// Yes and no.
    YesNo,
}

/// A role that a column of such a sheet can have: a field of that name of its part of the [`Mapping`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RecordRole {
    /// Name of the field.
    pub id: &'static str,
    /// What the field holds.
    pub kind: RecordRoleKind,
    /// What its cells hold.
    pub holds: RecordHolds,
    /// Whether nothing can be read without it.
    pub required: bool,
}

impl RecordHolds {
    /// What a column of that role holds: one role has one meaning in all kinds.
    fn of(role: &str) -> Self {
        match role {
            "date" | "start" | "end" => Self::Date,
            "sum" | "diameter" => Self::Number,
            "grade" => Self::Grade,
            _ => Self::Text,
        }
    }
}

impl RecordKind {
    /// Every kind, the most particular first.
    pub const ALL: [RecordKind; 4] = [
        RecordKind::Lesions,
        RecordKind::AdverseEvents,
        RecordKind::Assessments,
        RecordKind::Therapies,
    ];

    /// The roles of its columns, in the order of the page.
    pub fn roles(self) -> Vec<RecordRole> {
        let column = |id| RecordRole {
            id,
            kind: RecordRoleKind::Column,
            holds: RecordHolds::of(id),
            required: false,
        };
        let needed = |id| RecordRole {
            required: true,
            ..column(id)
        };
        let status = |id| RecordRole {
            kind: RecordRoleKind::Status,
            holds: RecordHolds::YesNo,
            ..column(id)
        };
        match self {
            RecordKind::Assessments => vec![
                needed("patient"),
                needed("date"),
                column("visit"),
                column("sum"),
                column("non_target"),
                status("new_lesion"),
                column("response"),
            ],
            RecordKind::Lesions => vec![
                needed("patient"),
                needed("date"),
                column("visit"),
                needed("lesion"),
                column("organ"),
                column("role"),
                status("nodal"),
                column("diameter"),
                column("state"),
            ],
            RecordKind::AdverseEvents => vec![
                needed("patient"),
                needed("term"),
                column("system"),
                column("grade"),
                status("related"),
                status("serious"),
                status("discontinued"),
                status("dose_changed"),
                status("fatal"),
                column("start"),
                column("end"),
            ],
            RecordKind::Therapies => vec![
                needed("patient"),
                column("name"),
                column("line"),
                needed("start"),
                column("end"),
                status("subsequent"),
            ],
        }
    }
}

/// The part of a mapping that is about one kind of sheet, whatever the kind: its columns by role.
pub(super) struct SheetMapping {
    pub table: TableName,
    /// The parts of a wide sheet; none of a long one.
    pub wide: Vec<WidePart>,
    fields: serde_json::Value,
}

impl SheetMapping {
    /// What `mapping` says of the sheets of that kind.
    pub fn of(mapping: &Mapping, kind: RecordKind) -> Option<Self> {
        let fields = match kind {
            RecordKind::Assessments => serde_json::to_value(mapping.assessments.as_ref()?),
            RecordKind::Lesions => serde_json::to_value(mapping.lesions.as_ref()?),
            RecordKind::AdverseEvents => serde_json::to_value(mapping.adverse_events.as_ref()?),
            RecordKind::Therapies => serde_json::to_value(mapping.therapies.as_ref()?),
        }
        .ok()?;
        let read = |name: &str| fields.get(name).cloned().unwrap_or_default();
        Some(Self {
            table: serde_json::from_value(read("table")).ok()?,
            wide: serde_json::from_value(read("wide")).unwrap_or_default(),
            fields,
        })
    }

    /// The heading of a role, if a column is chosen for it.
    pub fn column(&self, role: &str) -> Option<&str> {
        let field = self.fields.get(role)?;
        let heading = field.as_str().or_else(|| field.get("column")?.as_str())?;
        (!heading.is_empty()).then_some(heading)
    }

    /// The column of a role of yes and no, if one is chosen.
    pub fn status(&self, role: &str) -> Option<StatusColumn> {
        serde_json::from_value(self.fields.get(role)?.clone()).ok()
    }

    /// The first role that a column must have and none has.
    pub fn missing(&self, kind: RecordKind) -> Option<RecordRole> {
        let in_parts = |role: &str, part: &WidePart| match role {
            "date" => part.day.is_some() || part.columns.contains_key(role),
            "lesion" => part.lesion.is_some() || part.columns.contains_key(role),
            _ => part.columns.contains_key(role),
        };
        let given = |role: &RecordRole| {
            let wide = &self.wide;
            self.column(role.id).is_some()
                || (!wide.is_empty() && wide.iter().all(|part| in_parts(role.id, part)))
        };
        let mut roles = kind.roles().into_iter();
        roles.find(|role| role.required && !given(role))
    }
}

/// Where each row of a sheet belongs.
pub(super) struct Joined {
    /// Data row (0-based) and subject of every row that belongs to one, in the order of the sheet.
    pub rows: Vec<(usize, usize)>,
    /// Data rows whose patient is not among the patients, nor left out by the person.
    pub unmatched: Vec<usize>,
    /// Data rows without a patient id.
    pub nameless: Vec<usize>,
    /// Subjects without a row.
    pub without: Vec<usize>,
    /// How many rows have a patient id.
    pub n_named: usize,
    /// How the ids were found.
    pub ids: MatchedIds,
    /// An id of the patients, to show.
    pub example: Option<String>,
}

/// An open sheet of records.
pub(super) struct RecordTable<'a> {
    pub table: &'a Table,
    pub mapping: &'a Mapping,
    pub patient: View<'a>,
}

impl Joined {
    /// Whether the sheet has ids, and none of them is a patient's.
    pub fn is_of_nobody(&self) -> bool {
        self.n_named > 0 && self.unmatched.len() == self.n_named
    }
}

impl<'a> RecordTable<'a> {
    /// The sheet of that name among the `others`; the patients' own for the name without file and sheet.
    pub fn open(
        patients: &'a Table,
        others: &'a [Table],
        mapping: &'a Mapping,
        name: &TableName,
        patient: &str,
    ) -> Result<Self, CohortError> {
        let own = (*name == TableName::default()).then_some(patients);
        let table = (others.iter())
            .find(|table| table.name.as_ref() == Some(name))
            .or(own)
            .ok_or_else(|| CohortError::NoSuchTable {
                table: name.to_string(),
            })?;
        let patient = View::new(table, mapping, patient)?;
        Ok(Self {
            table,
            mapping,
            patient,
        })
    }

    /// A column of it, where one is mapped.
    pub fn view(&self, heading: Option<&str>) -> Result<Option<View<'a>>, CohortError> {
        heading
            .map(|heading| View::new(self.table, self.mapping, heading))
            .transpose()
    }

    /// A column of yes and no, where one is mapped.
    pub fn coded(
        &self,
        status: Option<&'a StatusColumn>,
    ) -> Result<Option<Coded<'a>>, CohortError> {
        let Some(status) = status else {
            return Ok(None);
        };
        let view = View::new(self.table, self.mapping, &status.column)?;
        Ok(Some(Coded::of(view, status)))
    }

    /// Finds the subject of every row by the patient id. Of two subjects with one id the first has the
    /// records; an [`super::Issue`] says that there are two.
    pub fn join(&self, subjects: &[Subject], left_out: &[Subject]) -> Joined {
        let mut of: HashMap<String, Option<usize>> = HashMap::new();
        let ids = |subject: &Subject| subject.id.as_deref().map(plain);
        for id in left_out.iter().filter_map(ids) {
            of.insert(id, None);
        }
        for (index, id) in subjects.iter().map(ids).enumerate().rev() {
            of.extend(id.map(|id| (id, Some(index))));
        }
        let people = subjects.iter().chain(left_out);
        let known = KnownIds::new(people.filter_map(|subject| subject.id.clone()));
        let rows = || {
            let all = 0..self.table.rows.len();
            all.filter(|&row| !self.mapping.leaves_out(self.table, row))
        };
        let named = || rows().filter(|&row| !self.patient.is_missing(row));
        let texts = named().map(|row| self.patient.text(row).into_owned());
        let mut joined = Joined {
            rows: Vec::new(),
            unmatched: Vec::new(),
            nameless: Vec::new(),
            without: Vec::new(),
            n_named: named().count(),
            ids: known.matched(texts, self.mapping.ids),
            example: known.example().map(str::to_owned),
        };
        let mut has = vec![false; subjects.len()];
        for row in rows() {
            if self.patient.is_missing(row) {
                joined.nameless.push(row);
                continue;
            }
            let found = joined.ids.find(&self.patient.text(row));
            match found.and_then(|id| of.get(id)) {
                Some(&Some(subject)) => {
                    has[subject] = true;
                    joined.rows.push((row, subject));
                }
                Some(None) => {}
                None => joined.unmatched.push(row),
            }
        }
        joined.without = (0..has.len()).filter(|&subject| !has[subject]).collect();
        joined
    }
}

/// A text cell, `None` when missing or not mapped.
pub(super) fn text(view: Option<&View<'_>>, row: usize) -> Option<String> {
    let view = view.filter(|view| !view.is_missing(row))?;
    Some(view.text(row).into_owned())
}

/// A date cell; missing when not mapped.
pub(super) fn date(view: Option<&View<'_>>, row: usize) -> Read<NaiveDate> {
    view.map_or(Read::Missing, |view| view.date(row))
}
