//! Every estimate held to R, case by case.
//!
//! `expected/` holds the figures with the versions that made them: those carried over by `trim.py`
//! and those of the scripts in `r/` and `py/`. The number of values compared and the largest difference
//! of each method are in the README, written by `readme.rs`.

mod baseline;
mod calendar_months;
mod compare;
mod comparison;
mod competing;
mod competing_cases;
mod competing_properties;
mod cox;
mod cox_case;
mod cox_curves;
mod cox_properties;
mod cox_residuals;
mod cox_zph;
mod cut_point;
mod data;
mod differences;
mod distribution;
mod edge;
mod firth;
mod firth_weighted;
mod fixed_time;
mod groups;
mod ledger;
mod log_rank;
mod log_rank_weighted;
mod max_combo;
mod permutation;
mod properties;
mod proportion;
mod readme;
mod rmst;
mod safety;
mod sensitivity;
mod survival;
mod survival_more;
