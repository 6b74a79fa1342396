//! The heads over a table, in one row or, where some are shared, in two.

use super::SharedHead;

/// A cell of these rows.
#[derive(Debug, PartialEq)]
pub(super) struct Head<'a> {
    /// What it says.
    pub text: &'a str,
    /// Over how many columns it stands.
    pub columns: usize,
    /// How many rows it reaches down.
    pub rows: usize,
    /// Whether heads of single columns stand under it.
    pub shared: bool,
}

impl Head<'_> {
    /// The attributes of a cell of more than one column or row.
    pub fn spans(&self) -> String {
        let attribute = |name: &str, n: usize| match n {
            0 | 1 => String::new(),
            n => format!(" {name}=\"{n}\""),
        };
        attribute("colspan", self.columns) + &attribute("rowspan", self.rows)
    }
}

/// The rows of heads. A shared head that reaches beyond the columns is cut.
pub(super) fn head_rows<'a>(columns: &'a [String], shared: &'a [SharedHead]) -> Vec<Vec<Head<'a>>> {
    let mut rows = vec![Vec::new(), Vec::new()];
    let mut at = 0;
    while at < columns.len() {
        let over = (shared.iter()).find(|over| over.from == at && !over.columns.is_empty());
        let under = over.map_or(&[][..], |over| {
            &over.columns[..over.columns.len().min(columns.len() - at)]
        });
        rows[0].push(Head {
            text: over.map_or(&columns[at], |over| &over.head),
            columns: under.len().max(1),
            rows: if over.is_some() { 1 } else { 2 },
            shared: over.is_some(),
        });
        rows[1].extend(under.iter().map(|text| Head {
            text,
            columns: 1,
            rows: 1,
            shared: false,
        }));
        at += under.len().max(1);
    }
    if rows[1].is_empty() {
        rows.truncate(1);
        rows[0].iter_mut().for_each(|head| head.rows = 1);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    fn head(text: &str, columns: usize, rows: usize, shared: bool) -> Head<'_> {
        Head {
            text,
            columns,
            rows,
            shared,
        }
    }

    #[test]
    fn without_shared_heads_there_is_one_row() {
        let columns = texts(&["", "a", "b"]);
        let row = ["", "a", "b"].map(|text| head(text, 1, 1, false));
        assert_eq!(head_rows(&columns, &[]), [row]);
    }

    #[test]
    fn a_shared_head_stands_over_its_columns_and_the_others_reach_down() {
        let columns = texts(&["event", "A: any", "A: severe", "difference"]);
        let shared = |from, heads: &[&str]| SharedHead {
            head: "A".to_owned(),
            from,
            columns: texts(heads),
        };
        let rows = head_rows(
            &columns,
            std::slice::from_ref(&shared(1, &["any", "severe"])),
        )
        .into_iter()
        .map(|row| {
            row.iter()
                .map(|head| format!("{head:?}"))
                .collect::<Vec<_>>()
        })
        .collect::<Vec<_>>();
        let expected = [
            vec![
                head("event", 1, 2, false),
                head("A", 2, 1, true),
                head("difference", 1, 2, false),
            ],
            vec![head("any", 1, 1, false), head("severe", 1, 1, false)],
        ];
        let expected = expected.map(|row| {
            row.iter()
                .map(|head| format!("{head:?}"))
                .collect::<Vec<_>>()
        });
        assert_eq!(rows, expected);
        // Whatever a page hands back, every column has one head.
        let beyond = [
            shared(3, &["any", "severe"]),
            shared(9, &["any"]),
            shared(1, &[]),
        ];
        let rows = head_rows(&columns, &beyond);
        let wide = |row: &[Head<'_>]| row.iter().map(|head| head.columns).sum::<usize>();
        assert_eq!((wide(&rows[0]), wide(&rows[1])), (4, 1));
    }
}
