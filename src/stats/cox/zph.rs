//! Test of proportional hazards.

use super::{CoxModel, ProportionalityTest, TimeTransform};

impl CoxModel {
    /// Test of proportional hazards; `terms[k]` are the columns of term k.
    pub fn proportionality(
        &self,
        _transform: TimeTransform,
        _terms: &[Vec<usize>],
    ) -> Option<ProportionalityTest> {
        todo!()
    }
}
