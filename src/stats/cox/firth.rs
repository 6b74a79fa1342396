//! Firth.

use super::{CoxData, CoxError, CoxSettings, FirthFit};

/// Fits a Cox model by Firth's penalised likelihood: finite under separation too. Robust errors are not offered.
pub fn firth(_data: &CoxData<'_>, _settings: CoxSettings) -> Result<FirthFit, CoxError> {
    todo!()
}
