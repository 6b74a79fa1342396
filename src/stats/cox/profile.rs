//! Profile likelihood intervals.

use super::{CoxError, CoxModel, ProfileInterval};

impl CoxModel {
    /// Profile likelihood interval and likelihood ratio test of each covariate, also under separation: one limit
    /// is missing then. `None` for collinear covariates.
    pub fn profile_intervals(&self) -> Result<Vec<Option<ProfileInterval>>, CoxError> {
        todo!()
    }
}
