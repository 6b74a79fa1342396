//! **oncurve** computes what an oncology cohort paper reports, from the raw spreadsheet.
//!
//! A spreadsheet of patients goes in; survival curves, tables and a report come out. The same code
//! runs as WebAssembly in the browser, in Node and natively. Read `ARCHITECTURE.md` for the layers.
//!
//! | from | to | by |
//! |---|---|---|
//! | bytes | [`table::Table`] | [`table::read`] |
//! | table + [`cohort::Mapping`] | [`cohort::Cohort`] + [`cohort::Issue`]s | [`cohort::build`] |
//! | cohort + [`analysis::Analysis`] | [`analysis::Outcome`] | [`analysis::run`] |
//! | outcome | [`figure::Scene`]s | [`figure::layout`] |
//! | outcome | [`report::Block`]s | [`report::compose`] |

pub mod analysis;
pub mod cohort;
pub mod figure;
pub mod format;
pub mod math;
pub mod recist;
pub mod report;
pub mod stats;
pub mod study;
pub mod table;
pub mod text;

mod error;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use error::Error;
pub use study::Study;
