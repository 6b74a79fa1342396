//! An endpoint of the person's own in R.

use super::{Script, quote};
use crate::cohort::OwnEndpoint;

impl Script {
    /// From the start to the first of some dates, unless the first of others comes before.
    pub(super) fn own(&mut self, own: &OwnEndpoint) {
        self.date("start", &own.start);
        self.first("occurred", &own.events);
        self.first("stopped", &own.censoring);
        self.date("last_contact", &own.last_contact);
        self.line("event <- !is.na(occurred) & (is.na(stopped) | occurred <= stopped)");
        self.line("end <- ifelse(is.na(stopped), last_contact, stopped)");
        self.line("end <- ifelse(event, occurred, end)");
        self.line("data <- follow_up(start, end, event)");
    }

    /// The first of the dates of each row.
    fn first(&mut self, name: &str, headings: &[String]) {
        match headings {
            [] => self.date(name, &None),
            [heading] => self.date(name, &Some(heading.clone())),
            [..] => {
                let days: Vec<String> = (headings.iter())
                    .map(|heading| format!("as_day({})", quote(heading)))
                    .collect();
                self.set(name, &format!("pmin({}, na.rm = TRUE)", days.join(", ")));
            }
        }
    }
}
