//! Columns of one table beside the rows of another.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Table, TableName};

/// Stands for a row that a joined table does not have.
pub(super) const NO_ROW: u32 = u32::MAX;

/// Where a joined column stands.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinedFrom {
    /// Its table.
    pub table: TableName,
    /// What a person calls the table.
    pub label: String,
    /// Its heading there.
    pub heading: String,
}

impl Table {
    /// Adds the columns of `other`, but for the one called `without`. `rows` has for each data row of
    /// this table that of the other (0-based), if there is one.
    ///
    /// **Conventions.** Values are read as their own table reads them. A heading that this table has
    /// already gets the label of the other table in brackets.
    pub fn join(&mut self, other: &Table, name: &TableName, rows: &[Option<usize>], without: &str) {
        let mut taken: HashSet<String> = (self.columns.iter())
            .map(|column| column.heading.clone())
            .collect();
        let Some(first) = other.columns.first() else {
            return;
        };
        let index = |row: Option<usize>| Some(first.rows[row?]);
        let rows: Arc<[u32]> = (rows.iter())
            .map(|&row| index(row).unwrap_or(NO_ROW))
            .collect();
        for column in &other.columns {
            if column.heading == without {
                continue;
            }
            let bracketed = || format!("{} ({})", column.heading, other.label());
            let numbered = (2..).map(|n| format!("{} {n}", bracketed()));
            let heading = [column.heading.clone(), bracketed()]
                .into_iter()
                .chain(numbered)
                .find(|heading| !taken.contains(heading))
                .expect("there are more numbers than headings");
            taken.insert(heading.clone());
            let mut joined = column.clone();
            joined.joined_from = Some(Arc::new(JoinedFrom {
                table: name.clone(),
                label: other.label().to_owned(),
                heading: std::mem::replace(&mut joined.heading, heading),
            }));
            joined.rows = rows.clone();
            self.columns.push(joined);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::table::{ReadOptions, Table, TableName, read};

    fn table(text: &str, name: &str) -> Table {
        read(text.as_bytes(), name, &ReadOptions::default()).unwrap()
    }

    #[test]
    fn joined_columns_stand_beside_their_rows_and_know_where_they_are_from() {
        let mut people = table("id,age\nA,60\nB,70\nC,50\n", "people.csv");
        let ends = table("id,age,death\nC,51,2024-01-02\nA,61,\n", "ends.csv");
        let name = TableName {
            file: Some("ends.csv".to_owned()),
            sheet: None,
        };
        people.join(&ends, &name, &[Some(1), None, Some(0)], "id");
        let headings: Vec<&str> = (people.columns.iter())
            .map(|column| &*column.heading)
            .collect();
        assert_eq!(headings, ["id", "age", "age (ends.csv)", "death"]);
        let death = people.column("death").unwrap();
        let texts: Vec<_> = (0..3).map(|row| death.text(row)).collect();
        assert_eq!(texts, ["", "", "2024-01-02"]);
        assert_eq!(
            [0, 1, 2].map(|row| death.sheet_row(row)),
            [Some(3), None, Some(2)]
        );
        let age = people.column("age (ends.csv)").unwrap();
        assert_eq!(
            [0, 1, 2].map(|row| age.number(row)),
            [Some(61.0), None, Some(51.0)]
        );
        let from = age.joined_from.as_ref().unwrap();
        assert_eq!((&from.table, &*from.heading), (&name, "age"));
    }
}
