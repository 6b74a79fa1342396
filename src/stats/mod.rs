//! Checked vectors into estimates: knows no column names, no labels, no people.

mod comparison;
mod competing;
mod contingency;
mod cox;
mod cut_point;
mod follow_up;
mod interval;
mod kaplan_meier;
mod log_rank;
mod multiplicity;
mod permutation;
mod proportion;
mod rank;
mod rmst;
mod spline_effect;
mod summary;

pub use comparison::*;
pub use competing::*;
pub use contingency::*;
pub use cox::*;
pub use cut_point::*;
pub use follow_up::*;
pub use interval::*;
pub use kaplan_meier::*;
pub use log_rank::*;
pub use multiplicity::*;
pub use permutation::*;
pub use proportion::*;
pub use rank::*;
pub use rmst::*;
pub use spline_effect::*;
pub use summary::*;
