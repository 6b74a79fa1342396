//! Endpoints of the person's own: from a start to the first of some dates.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Endpoint;

/// An endpoint that the person defines by columns of dates.
///
/// **Conventions.** The first of the events counts; one on the day of a censoring counts before it.
/// Without an event the time ends at the first of the censorings, else at the last contact. What lies
/// after the data cut-off is not counted, see [`custom`](crate::recist::custom).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OwnEndpoint {
    /// What it is called, wherever it is written.
    pub name: String,
    /// Heading of what the times begin with; the start of the other endpoints when `None`.
    pub start: Option<String>,
    /// Headings of the dates of which the first is the event.
    pub events: Vec<String>,
    /// Headings of the dates that end the time without event.
    pub censoring: Vec<String>,
    /// Heading of the last contact; that of the other endpoints when `None`.
    pub last_contact: Option<String>,
}

impl OwnEndpoint {
    /// Every heading that it names.
    pub(super) fn columns(&self) -> impl Iterator<Item = &String> {
        (self.start.iter())
            .chain(&self.events)
            .chain(&self.censoring)
            .chain(&self.last_contact)
    }
}

/// The name of an endpoint of the person's own.
///
/// A name is kept once, for as long as the program runs: so an [`Endpoint`] stays a value that is copied.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnName(&'static str);

/// The names so far.
static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

impl OwnName {
    /// Of that text, without the space around it.
    pub fn new(name: &str) -> Self {
        let name = name.trim();
        let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = names.get(name) {
            return Self(known);
        }
        let kept: &'static str = Box::leak(name.into());
        names.insert(kept);
        Self(kept)
    }

    /// Its text.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Debug for OwnName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0, formatter)
    }
}

impl Serialize for OwnName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for OwnName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::new(&String::deserialize(deserializer)?))
    }
}

/// What the derived endpoints are called in sheets and papers, beside their codes.
const KNOWN: [&str; 10] = [
    "overall survival",
    "progression-free survival",
    "progression free survival",
    "event-free survival",
    "event free survival",
    "time to progression",
    "time to response",
    "duration of response",
    "time on treatment",
    "tot",
];

/// Whether a name is that of an endpoint that is derived by rule.
pub fn is_taken_by_rule(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    KNOWN.contains(&name.as_str()) || Endpoint::BUILT_IN.iter().any(|known| known.code() == name)
}
