//! The façade: holds table, mapping and cohort; opens, assigns, runs; reads and writes the saved study.

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::analysis::{
    self, Analysis, AnalysisForm, ArrangementCounts, Arrangements, Outcome, Planned, Progress,
};
use crate::cohort::{
    self, Cohort, Correction, Issue, JoinedColumn, Mapping, Proposal, RecordKind, RecordsAsRead,
    Suggestion,
};
use crate::format::Style;
use crate::table::{self, Column, ColumnType, ReadOptions, Source, Table, TableName, UnreadSheet};

/// An open spreadsheet, and the cohort made of it once columns are assigned.
#[derive(Debug)]
pub struct Study {
    table: Table,
    others: Vec<Table>,
    unread: Vec<UnreadSheet>,
    reading: ReadOptions,
    added: Vec<AddedFile>,
    mapping: Mapping,
    cohort: Option<Cohort>,
}

/// What a saved study holds: decisions, never data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedStudy {
    /// Version of this format.
    pub oncurve: u32,
    /// Name of the file that the study was made with, to remind the person of it.
    pub file_name: String,
    /// How the file was read.
    pub reading: ReadOptions,
    /// The files opened beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<AddedFile>,
    /// What the columns mean.
    pub mapping: Mapping,
    /// How numbers are written.
    pub style: Style,
    /// The sections of the results, in order.
    pub analyses: Vec<SavedAnalysis>,
}

/// A file opened beside the one that the study began with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddedFile {
    /// Its name.
    pub file_name: String,
    /// How it was read.
    pub reading: ReadOptions,
}

/// One section of the results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedAnalysis {
    /// The person's name for it; the usual one when `None`.
    pub title: Option<String>,
    /// What to compute.
    pub analysis: Analysis,
}

/// Why a saved study cannot be restored.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum RestoreError {
    /// Not a saved study.
    #[error("this is not a saved study: {detail}")]
    NotAStudy {
        /// Where reading it failed.
        detail: String,
    },
    /// Saved by a later version.
    #[error("this study was saved by a later version ({version})")]
    LaterVersion {
        /// Its version.
        version: u32,
    },
}

impl Study {
    /// Opens a file, or pasted cells as tab-separated text.
    pub fn open(bytes: &[u8], file_name: &str, reading: ReadOptions) -> Result<Self, Error> {
        let (table, others, unread) = table::read_all(bytes, file_name, &reading)?;
        Ok(Self {
            table,
            others,
            unread,
            reading,
            added: Vec::new(),
            mapping: Mapping::default(),
            cohort: None,
        })
    }

    /// Opens another file beside the first; one of the same name is replaced. Its sheets become tables of
    /// the study; columns must be assigned again.
    pub fn add(
        &mut self,
        bytes: &[u8],
        file_name: &str,
        reading: ReadOptions,
    ) -> Result<(), Error> {
        let (first, others, mut unread) = table::read_all(bytes, file_name, &reading)?;
        self.remove(file_name);
        for sheet in &mut unread {
            sheet.table.file = Some(file_name.to_owned());
        }
        let tables = std::iter::once(first).chain(others);
        self.others.extend(tables.map(|mut table| {
            table.name = Some(TableName {
                file: Some(file_name.to_owned()),
                sheet: table.source.sheet.clone(),
            });
            table
        }));
        self.unread.extend(unread);
        self.added.push(AddedFile {
            file_name: file_name.to_owned(),
            reading,
        });
        self.cohort = None;
        Ok(())
    }

    /// Closes a file that was opened beside the first.
    pub fn remove(&mut self, file_name: &str) {
        let of_file = |table: &Table| {
            let name = table.name.as_ref();
            name.is_some_and(|name| name.file.as_deref() == Some(file_name))
        };
        self.others.retain(|table| !of_file(table));
        (self.unread).retain(|sheet| sheet.table.file.as_deref() != Some(file_name));
        self.added.retain(|file| file.file_name != file_name);
        self.cohort = None;
    }

    /// Every table: the patients' first, then the others in their order.
    pub fn tables(&self) -> Vec<TableSummary> {
        (std::iter::once(&self.table).chain(&self.others))
            .map(|table| TableSummary {
                name: table.name.clone(),
                label: table.label().to_owned(),
                file_name: table.source.file_name.clone(),
                source: table.source.clone(),
                n_rows: table.rows.len(),
                headings: (table.columns.iter())
                    .map(|column| column.heading.clone())
                    .collect(),
            })
            .collect()
    }

    /// The sheets that could not be read beside the chosen one.
    pub fn unread(&self) -> &[UnreadSheet] {
        &self.unread
    }

    /// The files opened beside the first.
    pub fn added(&self) -> &[AddedFile] {
        &self.added
    }

    /// The table of that name; the patients' for `None`.
    pub fn find(&self, name: Option<&TableName>) -> Result<&Table, Error> {
        let named = |table: &&Table| table.name.as_ref() == name;
        let found = std::iter::once(&self.table).chain(&self.others).find(named);
        Ok(found.ok_or_else(|| cohort::CohortError::NoSuchTable {
            table: name.map(TableName::to_string).unwrap_or_default(),
        })?)
    }

    /// The table as read.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// How the file was read.
    pub fn reading(&self) -> &ReadOptions {
        &self.reading
    }

    /// The cohort, once columns are assigned.
    pub fn cohort(&self) -> Option<&Cohort> {
        self.cohort.as_ref()
    }

    /// Every column of a table with its type and its commonest values.
    pub fn columns(&self, name: Option<&TableName>) -> Result<Vec<ColumnSummary>, Error> {
        let table = self.find(name)?;
        Ok((table.columns.iter())
            .map(|column| summarise(column, table.rows.len()))
            .collect())
    }

    /// The columns that the roles of `mapping` choose from: those of the patients' table, then those of
    /// the sheets joined to it.
    pub fn role_columns(&self, mapping: &Mapping) -> Result<Vec<ColumnSummary>, Error> {
        let table = cohort::patients_table(&self.table, &self.others, mapping)?;
        Ok((table.columns.iter())
            .map(|column| summarise(column, table.rows.len()))
            .collect())
    }

    /// The columns that the mapping in force joins to those of the patients' sheet.
    pub fn joined_columns(&self) -> Result<Vec<JoinedColumn>, Error> {
        let joined = cohort::joined_columns(&self.table, &self.others, &self.mapping);
        Ok(joined?)
    }

    /// How a column would be read in a role; of the patients' table and what is joined to it for `None`.
    pub fn suggest(&self, heading: &str, name: Option<&TableName>) -> Result<Suggestion, Error> {
        if name.is_some() {
            return Ok(cohort::suggest(self.find(name)?, heading));
        }
        let table = cohort::patients_table(&self.table, &self.others, &self.mapping)?;
        Ok(cohort::suggest(&table, heading))
    }

    /// The table of the patients, where that is evidently another than the present one.
    pub fn table_of_patients(&self) -> Option<TableName> {
        cohort::table_of_patients(&self.table, &self.others)
    }

    /// How a sheet would be read as one of a kind; `None` where there is no such sheet.
    pub fn propose(
        &self,
        mapping: &Mapping,
        kind: RecordKind,
        name: &TableName,
    ) -> Option<Proposal> {
        cohort::propose(&self.table, &self.others, mapping, kind, name)
    }

    /// The sheets in which one row holds several visits or lesions, as they would be read.
    pub fn wide_sheets(&self, mapping: &Mapping) -> Vec<Proposal> {
        cohort::wide_sheets(&self.table, &self.others, mapping)
    }

    /// The records of a kind as `mapping` reads them; `None` where it has no such sheet.
    pub fn records(
        &self,
        mapping: &Mapping,
        kind: RecordKind,
        from: usize,
        count: usize,
    ) -> Result<Option<RecordsAsRead>, Error> {
        let table = cohort::patients_table(&self.table, &self.others, mapping)?;
        let others = &self.others;
        Ok(cohort::records_as_read(
            &table, others, mapping, kind, from, count,
        )?)
    }

    /// `count` rows of a table from data row `from` (0-based) as text, corrections applied.
    pub fn rows(
        &self,
        name: Option<&TableName>,
        from: usize,
        count: usize,
    ) -> Result<Vec<GridRow>, Error> {
        let table = self.find(name)?;
        let end = table.rows.len().min(from.saturating_add(count));
        let shown = from.min(end)..end;
        let mut rows: Vec<GridRow> = (shown.clone())
            .map(|row| GridRow {
                row: table.rows[row],
                cells: (table.columns.iter())
                    .map(|column| column.text(row).into_owned())
                    .collect(),
            })
            .collect();
        let concerned = |correction: &&Correction| correction.table == table.name;
        for correction in self.mapping.corrections.iter().filter(concerned) {
            let row = table.rows[shown.clone()].binary_search(&correction.row);
            let heading = |column: &Column| column.heading == correction.column;
            if let (Ok(row), Some(column)) = (row, table.columns.iter().position(heading)) {
                rows[row].cells[column] = correction.value.trim().to_owned();
            }
        }
        Ok(rows)
    }

    /// The study as it is saved.
    pub fn save(&self, style: Style, analyses: Vec<SavedAnalysis>) -> SavedStudy {
        SavedStudy {
            oncurve: SavedStudy::VERSION,
            file_name: self.table.source.file_name.clone(),
            reading: self.reading.clone(),
            added: self.added.clone(),
            mapping: self.mapping.clone(),
            style,
            analyses,
        }
    }

    /// A proposal for the mapping.
    pub fn guess(&self) -> Mapping {
        cohort::guess_workbook(&self.table, &self.others)
    }

    /// The mapping in force.
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// Builds the cohort; returns what a person should know about it.
    pub fn assign(&mut self, mapping: Mapping) -> Result<(&Cohort, Vec<Issue>), Error> {
        self.cohort = None;
        let (cohort, issues) = cohort::build_workbook(&self.table, &self.others, &mapping)?;
        self.mapping = mapping;
        Ok((self.cohort.insert(cohort), issues))
    }

    /// The forms of the analyses that this cohort allows; none before `assign`.
    pub fn forms(&self) -> Vec<AnalysisForm> {
        self.cohort
            .as_ref()
            .map(analysis::forms)
            .unwrap_or_default()
    }

    /// The analyses that a first look begins with; none before `assign`.
    pub fn first_analyses(&self) -> Vec<Analysis> {
        (self.cohort.as_ref())
            .map(analysis::first_analyses)
            .unwrap_or_default()
    }

    /// Every analysis that the cohort allows, among those present: see [`analysis::all_analyses`]; none before `assign`.
    pub fn all_analyses(&self, present: &[Analysis]) -> Vec<Planned> {
        (self.cohort.as_ref())
            .map(|cohort| analysis::all_analyses(cohort, present))
            .unwrap_or_default()
    }

    /// Runs one analysis.
    pub fn run(&self, analysis: &Analysis, progress: Progress<'_>) -> Result<Outcome, Error> {
        let cohort = self
            .cohort
            .as_ref()
            .ok_or(cohort::CohortError::NoPatients)?;
        Ok(analysis::run(cohort, analysis, progress)?)
    }

    /// Runs one analysis whose long counts are shared out: see [`analysis::run_shared`].
    pub fn run_shared(
        &self,
        analysis: &Analysis,
        parts: &[Vec<ArrangementCounts>],
        progress: Progress<'_>,
    ) -> Result<(Outcome, Vec<Arrangements>), Error> {
        let cohort = (self.cohort.as_ref()).ok_or(cohort::CohortError::NoPatients)?;
        Ok(analysis::run_shared(cohort, analysis, parts, progress)?)
    }
}

/// A table as the page lists it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableSummary {
    /// Which table; `None` for the patients'.
    pub name: Option<TableName>,
    /// What a person calls it.
    pub label: String,
    /// The file that it is from.
    pub file_name: String,
    /// How it was read.
    pub source: Source,
    /// How many data rows it has.
    pub n_rows: usize,
    /// The headings of its columns.
    pub headings: Vec<String>,
}

/// A column as the page lists it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnSummary {
    /// Heading.
    pub heading: String,
    /// Position in the sheet, 0 = A.
    pub position: u32,
    /// What its values are.
    pub column_type: ColumnType,
    /// How many values are not missing.
    pub n: usize,
    /// The texts taken for missing values, with their counts.
    pub missing: Vec<(String, usize)>,
    /// How many distinct values there are, counted up to [`DISTINCT_LIMIT`].
    pub distinct: usize,
    /// The distinct values by falling count, at most [`VALUES_SHOWN`].
    pub values: Vec<(String, usize)>,
    /// The first and the last date (`2024-06-30`), or the smallest and the largest number.
    pub range: Option<(String, String)>,
}

/// A row of the grid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GridRow {
    /// Spreadsheet row (1-based).
    pub row: u32,
    /// The cells as text.
    pub cells: Vec<String>,
}

/// More distinct values than this are not told apart: no grouping column has so many.
pub const DISTINCT_LIMIT: usize = 1000;

/// How many values the page shows of a column.
pub const VALUES_SHOWN: usize = 30;

fn summarise(column: &Column, rows: usize) -> ColumnSummary {
    let mut counts: std::collections::HashMap<std::borrow::Cow<'_, str>, usize> =
        Default::default();
    let mut n = 0;
    for row in (0..rows).filter(|&row| !column.is_missing(row)) {
        n += 1;
        let value = column.text(row);
        if let Some(count) = counts.get_mut(&value) {
            *count += 1;
        } else if counts.len() < DISTINCT_LIMIT {
            counts.insert(value, 1);
        }
    }
    let mut values: Vec<(String, usize)> = counts
        .into_iter()
        .map(|(value, count)| (value.into_owned(), count))
        .collect();
    let distinct = values.len();
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    values.truncate(VALUES_SHOWN);
    ColumnSummary {
        heading: column.heading.clone(),
        position: column.position,
        column_type: column.column_type,
        n,
        missing: column.missing.clone(),
        distinct,
        values,
        range: range(column, rows),
    }
}

/// The first and the last date of a column of dates, the smallest and the largest of one of numbers.
fn range(column: &Column, rows: usize) -> Option<(String, String)> {
    let present = || (0..rows).filter(|&row| !column.is_missing(row));
    match column.column_type {
        ColumnType::Date { .. } => {
            let dates = || present().filter_map(|row| column.date(row));
            Some((dates().min()?.to_string(), dates().max()?.to_string()))
        }
        ColumnType::Number => {
            let numbers = || present().filter_map(|row| Some((column.number(row)?, row)));
            let text = |row| column.text(row).into_owned();
            let smallest = numbers().min_by(|a, b| a.0.total_cmp(&b.0))?;
            let largest = numbers().max_by(|a, b| a.0.total_cmp(&b.0))?;
            Some((text(smallest.1), text(largest.1)))
        }
        _ => None,
    }
}

impl SavedStudy {
    /// The version that this program writes.
    pub const VERSION: u32 = 1;

    /// As text for a file.
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(self).expect("plain data always serialises")
    }

    /// From the text of a file.
    pub fn from_text(text: &str) -> Result<Self, RestoreError> {
        #[derive(Deserialize)]
        struct Version {
            oncurve: u32,
        }
        let not_a_study = |error: serde_json::Error| RestoreError::NotAStudy {
            detail: error.to_string(),
        };
        let Version { oncurve } = serde_json::from_str(text).map_err(not_a_study)?;
        if oncurve > Self::VERSION {
            return Err(RestoreError::LaterVersion { version: oncurve });
        }
        serde_json::from_str(text).map_err(not_a_study)
    }
}
