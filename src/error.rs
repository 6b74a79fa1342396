//! The errors of every layer, gathered for `study` and `wasm`.

use serde::Serialize;

/// Whatever can go wrong between a file and a result.
///
/// The page branches on `code` and shows the sentence that `text` makes of it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum Error {
    /// The bytes could not be read as a table.
    #[error(transparent)]
    Read(#[from] crate::table::ReadError),
    /// The columns could not be turned into a cohort.
    #[error(transparent)]
    Cohort(#[from] crate::cohort::CohortError),
    /// The analysis cannot be run on this cohort.
    #[error(transparent)]
    Analysis(#[from] crate::analysis::AnalysisError),
    /// The saved study could not be restored.
    #[error(transparent)]
    Restore(#[from] crate::study::RestoreError),
}
