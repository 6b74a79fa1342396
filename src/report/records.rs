//! The kinds of sheets with several rows a patient, in words.

use serde::Serialize;

use crate::cohort::{RecordKind, RecordRole};
use crate::text::Text;

/// A kind of sheet, as the page offers it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordKindInWords {
    /// Which kind: the name of its field in the mapping.
    pub kind: RecordKind,
    /// Its name.
    pub label: String,
    /// What such a sheet looks like.
    pub help: String,
    /// What its columns can be.
    pub roles: Vec<RecordRoleInWords>,
}

/// A role, as the page offers it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordRoleInWords {
    /// The role.
    #[serde(flatten)]
    pub role: RecordRole,
    /// Its name.
    pub label: String,
}

/// Every kind in words.
pub fn record_kinds(text: &Text) -> Vec<RecordKindInWords> {
    RecordKind::ALL
        .into_iter()
        .map(|kind| {
            let name = match kind {
                RecordKind::Assessments => "assessments",
                RecordKind::Lesions => "lesions",
                RecordKind::AdverseEvents => "adverse-events",
                RecordKind::Therapies => "therapies",
            };
            let role = |role: RecordRole| RecordRoleInWords {
                label: text.get(&format!("records-role-{name}-{}", role.id)),
                role,
            };
            RecordKindInWords {
                kind,
                label: text.get(&format!("records-{name}")),
                help: text.get(&format!("records-{name}-help")),
                roles: kind.roles().into_iter().map(role).collect(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_role_has_words() {
        for kind in record_kinds(&Text::new("en")) {
            let words =
                (kind.roles.iter().map(|role| &role.label)).chain([&kind.label, &kind.help]);
            for word in words {
                assert!(!word.starts_with("records-"), "{word} has no message");
            }
        }
    }
}
