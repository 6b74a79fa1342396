//! Sheets in which one row holds several visits or several lesions: `week 6`, `week 12`, `lesion 1` …
//!
//! Nothing is moved: a wide row is read once for each of its parts, and each part says in which
//! columns it stands, so that issues and corrections keep the cells of the sheet.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::CohortError;
use super::records::RecordTable;
use super::view::{Read, View};

/// What a row of a wide sheet says of one visit, of one lesion, or of one lesion at one visit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WidePart {
    /// The visit, as the headings call it; `None` where a column holds it.
    pub visit: Option<String>,
    /// The lesion, as the headings call it; `None` where a column holds it.
    pub lesion: Option<String>,
    /// Days from the start of treatment to the visit, where no column holds its date.
    pub day: Option<i32>,
    /// Headings by role (see [`RecordKind::roles`](super::RecordKind::roles)); other roles are those of
    /// the sheet.
    pub columns: BTreeMap<String, String>,
}

/// Each row once for each of its parts that holds a value; as they are where there are no parts.
///
/// **Shape.** `rows` are data rows (0-based), with whatever belongs to each. A date alone is no value:
/// visits are often planned that never took place.
fn long<'p, T: Copy>(
    rows: &[T],
    parts: &'p [WidePart],
    is_filled: impl Fn(T, &str) -> bool,
) -> Vec<(T, Option<&'p WidePart>)> {
    if parts.is_empty() {
        return rows.iter().map(|&row| (row, None)).collect();
    }
    let says = |row: T, part: &WidePart| {
        let mut values = part.columns.iter().filter(|(role, _)| *role != "date");
        values.any(|(_, heading)| is_filled(row, heading))
    };
    (rows.iter())
        .flat_map(|&row| parts.iter().map(move |part| (row, part)))
        .filter(|&(row, part)| says(row, part))
        .map(|(row, part)| (row, Some(part)))
        .collect()
}

impl<'a> RecordTable<'a> {
    /// [`long`] for the cells of this sheet; `row_of` tells the data row.
    pub fn long<'p, T: Copy>(
        &self,
        rows: &[T],
        row_of: impl Fn(T) -> usize,
        parts: &'p [WidePart],
    ) -> Result<Vec<(T, Option<&'p WidePart>)>, CohortError> {
        let mut views: Vec<(&str, View<'a>)> = Vec::new();
        for heading in parts.iter().flat_map(|part| part.columns.values()) {
            if !views.iter().any(|(known, _)| known == heading) {
                views.extend(self.view(Some(heading))?.map(|view| (&**heading, view)));
            }
        }
        let is_filled = |row: T, heading: &str| {
            let mut views = views.iter();
            views.any(|(known, view)| *known == heading && !view.is_missing(row_of(row)))
        };
        Ok(long(rows, parts, is_filled))
    }
}

/// The columns of one role: that of the sheet itself, and those of the parts of a wide one.
pub(super) struct RoleColumns<'a> {
    role: String,
    own: Option<View<'a>>,
    of_parts: Vec<(String, View<'a>)>,
}

impl<'a> RoleColumns<'a> {
    /// The columns of `role`; `own` is the heading that the sheet itself has for it.
    pub fn new(
        records: &RecordTable<'a>,
        role: &str,
        own: Option<&str>,
        parts: &[WidePart],
    ) -> Result<Self, CohortError> {
        let mut of_parts: Vec<(String, View<'a>)> = Vec::new();
        for heading in parts.iter().filter_map(|part| part.columns.get(role)) {
            if !of_parts.iter().any(|(known, _)| known == heading) {
                let view = records.view(Some(heading))?;
                of_parts.extend(view.map(|view| (heading.clone(), view)));
            }
        }
        Ok(Self {
            role: role.to_owned(),
            own: records.view(own.filter(|heading| !heading.is_empty()))?,
            of_parts,
        })
    }

    /// The column of a part of a row; that of the sheet itself where the part has none.
    pub fn of(&self, part: Option<&WidePart>) -> Option<&View<'a>> {
        let heading = part.and_then(|part| part.columns.get(&self.role));
        let found = heading.and_then(|heading| {
            let mut columns = self.of_parts.iter();
            columns.find(|(known, _)| known == heading)
        });
        found.map(|(_, view)| view).or(self.own.as_ref())
    }

    /// The date of a visit: that of its column, else the days of its part after `start`.
    pub fn date(
        &self,
        part: Option<&WidePart>,
        row: usize,
        start: Option<NaiveDate>,
    ) -> Read<NaiveDate> {
        if let Some(view) = self.of(part) {
            return view.date(row);
        }
        let counted = || {
            let days = Days::new(u64::from(part?.day?.unsigned_abs()));
            let start = start?;
            if part?.day? < 0 {
                start.checked_sub_days(days)
            } else {
                start.checked_add_days(days)
            }
        };
        counted().map_or(Read::Missing, Read::Known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(visit: &str, columns: &[(&str, &str)]) -> WidePart {
        let text = |text: &str| text.to_owned();
        WidePart {
            visit: Some(text(visit)),
            columns: (columns.iter())
                .map(|(role, heading)| (text(role), text(heading)))
                .collect(),
            ..WidePart::default()
        }
    }

    #[test]
    fn a_wide_row_is_one_record_for_each_visit_that_has_a_value() {
        let parts = [
            part("week 6", &[("sum", "w6"), ("date", "w6 date")]),
            part("week 12", &[("sum", "w12")]),
        ];
        let empty = [(1, "w6"), (2, "w12")];
        let filled = |row: usize, heading: &str| !empty.contains(&(row, heading));
        let rows = long(&[0, 1, 2], &parts, filled);
        let found: Vec<(usize, &str)> = (rows.into_iter())
            .map(|(row, part)| (row, part.unwrap().visit.as_deref().unwrap()))
            .collect();
        assert_eq!(
            found,
            [(0, "week 6"), (0, "week 12"), (1, "week 12"), (2, "week 6")]
        );
    }

    #[test]
    fn a_long_sheet_stays_as_it_is() {
        assert_eq!(long(&[3, 1], &[], |_, _| false), [(3, None), (1, None)]);
    }
}
