//! How one column would be read, for a person who chooses it for a role.

use std::collections::BTreeMap;

use serde::Serialize;

use super::look::Look;
use super::{causes, event_values};
use crate::cohort::coding::{MAX_CODES, evident_events};
use crate::cohort::{BestResponse, CauseCodes, TimeUnit};
use crate::table::Table;

/// What a column's heading and values say by themselves.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Suggestion {
    /// The values that mean the event, if it were an event column; empty where they do not say.
    pub event_values: Vec<String>,
    /// The values that mean yes, if it were a column of yes and no in a sheet of records.
    pub yes_values: Vec<String>,
    /// Those that mean no then; the others are for a person to explain.
    pub no_values: Vec<String>,
    /// The unit, if they were times.
    pub unit: TimeUnit,
    /// What the texts mean, if they were best responses.
    pub codes: BTreeMap<String, BestResponse>,
    /// The events that its values mean, if it were a column of causes; empty where they do not say.
    pub causes: Vec<CauseCodes>,
    /// Those of its values that mean no event then.
    pub censored: Vec<String>,
}

/// How the column of that heading would be read; nothing when there is none.
pub fn suggest(table: &Table, heading: &str) -> Suggestion {
    let Some(column) = table.column(heading) else {
        return Suggestion::default();
    };
    let look = Look::new(table, column);
    let causes = causes::coding_of(&look).unwrap_or_default();
    let answers = look.answers().unwrap_or_default();
    let evident = || {
        let texts = look.distinct(MAX_CODES)?;
        let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
        Some(evident_events(heading, &texts))
    };
    Suggestion {
        causes: causes.causes,
        censored: causes.censored,
        event_values: event_values(table, &look, None)
            .or_else(evident)
            .unwrap_or_default(),
        yes_values: answers.yes,
        no_values: answers.no,
        unit: look.unit(table).unwrap_or_default(),
        codes: look.responses().0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{ReadOptions, read};

    fn suggested(column: &str, heading: &str) -> Suggestion {
        let text = format!("id,{heading}\n{column}");
        let table = read(text.as_bytes(), "t.csv", &ReadOptions::default()).unwrap();
        suggest(&table, heading)
    }

    #[test]
    fn the_values_of_an_event_column_say_which_is_the_event() {
        let suggestion = suggested("a,dead\nb,alive\nc,dead\n", "vital status");
        assert_eq!(suggestion.event_values, ["dead"]);
    }

    #[test]
    fn the_heading_of_times_says_their_unit() {
        assert_eq!(suggested("a,30\nb,70\n", "os (days)").unit, TimeUnit::Days);
    }

    #[test]
    fn known_responses_have_their_codes_and_others_none() {
        let codes = suggested("a,PR\nb,unclear\nc,SD\n", "best").codes;
        let expected = [("PR", BestResponse::Pr), ("SD", BestResponse::Sd)];
        assert_eq!(
            codes,
            expected.map(|(text, code)| (text.to_owned(), code)).into()
        );
    }

    #[test]
    fn a_heading_that_is_not_there_suggests_nothing() {
        let table = read(b"id,x\na,1\n", "t.csv", &ReadOptions::default()).unwrap();
        assert_eq!(suggest(&table, "y"), Suggestion::default());
    }
}
