//! A fitted Cox model and what can be asked of it.

use super::{
    Concordance, CoxContrast, CoxData, CoxError, CoxFit, CoxResiduals, CoxSettings, CoxTest,
    FirthFit, PredictedCurve, ProfileInterval, ProportionalityTest, SchoenfeldResidual,
    TimeTransform,
};
use crate::stats::ConfType;

/// A fitted Cox model with its data, sorted.
///
/// What costs more than the fit is a method. All give `None` under separation unless they say otherwise.
#[derive(Debug, Clone)]
pub struct CoxModel {
    /// The fit.
    pub fit: CoxFit,
}

/// Fits a Cox model.
pub fn cox_model(_data: &CoxData<'_>, _settings: CoxSettings) -> Result<CoxModel, CoxError> {
    todo!()
}

/// Fits a Cox model by Firth's penalised likelihood: finite under separation too. Robust errors are not offered.
pub fn firth(_data: &CoxData<'_>, _settings: CoxSettings) -> Result<FirthFit, CoxError> {
    todo!()
}

impl CoxModel {
    /// Wald test of these covariates together; collinear ones do not count. `None` under separation of one of them.
    pub fn joint_test(&self, _columns: &[usize]) -> Option<CoxTest> {
        todo!()
    }

    /// Σ weights · coefficients, with its ratio: `weights` has one number a covariate.
    pub fn contrast(&self, _weights: &[f64]) -> Option<CoxContrast> {
        todo!()
    }

    /// Harrell's concordance of the linear predictor; `None` when no pair is comparable.
    pub fn concordance(&self) -> Option<Concordance> {
        todo!()
    }

    /// Predicted survival of one set of covariates, a curve a stratum; at zeros it is the baseline.
    pub fn predict(
        &self,
        _covariates: &[f64],
        _conf_type: ConfType,
    ) -> Option<Vec<PredictedCurve>> {
        todo!()
    }

    /// Martingale, deviance, score and dfbeta residuals.
    pub fn residuals(&self) -> Option<CoxResiduals> {
        todo!()
    }

    /// Schoenfeld's residuals by stratum and time; empty for exact ties.
    pub fn schoenfeld(&self) -> Option<Vec<SchoenfeldResidual>> {
        todo!()
    }

    /// Test of proportional hazards; `terms[k]` are the columns of term k.
    pub fn proportionality(
        &self,
        _transform: TimeTransform,
        _terms: &[Vec<usize>],
    ) -> Option<ProportionalityTest> {
        todo!()
    }

    /// Profile likelihood interval and likelihood ratio test of each covariate, also under separation: one limit
    /// is missing then. `None` for collinear covariates.
    pub fn profile_intervals(&self) -> Result<Vec<Option<ProfileInterval>>, CoxError> {
        todo!()
    }
}
