//! Checked vectors into estimates: knows no column names, no labels, no people.

mod comparison;
mod competing;
mod contingency;
mod cox;
mod follow_up;
mod interval;
mod kaplan_meier;
mod log_rank;
mod max_combo;
mod multiplicity;
mod permutation;
mod proportion;
mod rank;
mod risk_table;
mod rmst;
mod summary;
mod weighted_log_rank;

pub use comparison::*;
pub use competing::*;
pub use contingency::*;
pub use cox::*;
pub use follow_up::*;
pub use interval::*;
pub use kaplan_meier::*;
pub use log_rank::*;
pub use max_combo::*;
pub use multiplicity::*;
pub use permutation::*;
pub use proportion::*;
pub use rank::*;
pub use risk_table::{GroupedFollowUp, RiskTable};
pub use rmst::*;
pub use summary::*;
pub use weighted_log_rank::*;
