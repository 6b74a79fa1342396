//! Residuals of a model and the influence of its patients.

use serde::Serialize;

use super::NumberScale;
use super::covariate::{Covariate, Values};
use super::fit::Fit;
use crate::cohort::{Cohort, Subject};
use crate::stats::residual_smooth;

/// Patients with a deviance residual beyond this are named.
pub const OUTLYING: f64 = 2.5;

/// More patients than this are not named.
const NAMED: usize = 5;

/// Residuals of a model and the influence of its patients, in the order of the rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoxChecks {
    /// The patients of the model.
    pub subjects: Vec<Subject>,
    /// Events less those expected.
    pub martingale: Vec<f64>,
    /// The same made symmetric about 0.
    pub deviance: Vec<f64>,
    /// Martingale residuals against each number of the model.
    pub forms: Vec<FunctionalForm>,
    /// Influence on each coefficient; none for exact ties.
    pub influence: Vec<CoxInfluence>,
    /// How many deviance residuals are beyond ±[`OUTLYING`].
    pub n_outlying: usize,
    /// The largest of them, by place in `subjects`.
    pub outlying: Vec<usize>,
    /// Those who change a coefficient most.
    pub influential: Vec<InfluentialPatient>,
}

/// Martingale residuals against a number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FunctionalForm {
    /// Its characteristic.
    pub characteristic: usize,
    /// The number of each patient, as the column has it; logarithms (base 2) where the model has those.
    pub x: Vec<f64>,
    /// Smooth of the residuals, as (x, residual): a natural spline with 4 degrees of freedom. Empty when there are
    /// too few distinct numbers.
    pub smooth: Vec<(f64, f64)>,
}

/// Influence of the patients on a coefficient.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoxInfluence {
    /// Characteristic and row.
    pub place: (usize, usize),
    /// Change of the coefficient by each patient, in standard errors.
    pub dfbetas: Vec<f64>,
    /// Score residual of each patient.
    pub score: Vec<f64>,
}

/// A patient who changes a coefficient much.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct InfluentialPatient {
    /// Place in the subjects of the checks.
    pub patient: usize,
    /// Characteristic and row of the coefficient that changes most.
    pub place: (usize, usize),
    /// The change by this patient, in standard errors.
    pub dfbetas: f64,
    /// Hazard ratio of all patients.
    pub hazard_ratio: f64,
    /// About what it is without this patient.
    pub without: f64,
}

/// The checks of a fitted model; `None` under separation or after a penalised fit. `subjects` are those of the sample,
/// `complete` says which of them are in the model.
///
/// **Conventions.** Residuals are those of the model with all its covariates: where the smooth bends, the number does
/// not act in a straight line. What the ratio is without a patient is approximate (dfbeta, one step).
/// **Checked against** `residuals.coxph` and `splines::ns`, in `tests/report/cox_more.rs`.
pub(super) fn checks(
    fit: &Fit,
    covariates: &[Covariate<'_>],
    complete: &[bool],
    cohort: &Cohort,
    subjects: &[usize],
) -> Option<CoxChecks> {
    let model = fit.model.as_ref()?;
    let residuals = model.residuals()?;
    let taken: Vec<usize> = (0..complete.len()).filter(|&i| complete[i]).collect();
    let there = |of: usize| fit.columns.iter().any(|(place, _)| place.0 == of);
    let forms = (covariates.iter().enumerate())
        .filter(|(of, _)| there(*of))
        .filter_map(|(of, covariate)| form(of, covariate, &taken, &residuals.martingale))
        .collect();
    let coefficients = || (fit.columns.iter().zip(&model.fit.terms)).enumerate();
    let estimated = || coefficients().filter(|(_, (_, term))| term.coef.is_some());
    let dfbetas = residuals.dfbetas.unwrap_or_default();
    let score = residuals.score.unwrap_or_default();
    let dfbeta = residuals.dfbeta.unwrap_or_default();
    let influence: Vec<CoxInfluence> = estimated()
        .filter_map(|(j, ((place, _), _))| {
            Some(CoxInfluence {
                place: *place,
                dfbetas: dfbetas.get(j)?.clone(),
                score: score.get(j)?.clone(),
            })
        })
        .collect();
    let most = |patient: usize| -> Option<InfluentialPatient> {
        let size = |j: usize| dfbetas[j][patient].abs();
        let known = estimated().filter(|(j, _)| *j < dfbetas.len());
        let (j, ((place, _), term)) = known.max_by(|a, b| size(a.0).total_cmp(&size(b.0)))?;
        Some(InfluentialPatient {
            patient,
            place: *place,
            dfbetas: dfbetas[j][patient],
            hazard_ratio: term.hazard_ratio?,
            without: (term.coef? - dfbeta[j][patient]).exp(),
        })
    };
    let mut influential: Vec<InfluentialPatient> = (0..taken.len()).filter_map(most).collect();
    influential.sort_by(|a, b| b.dfbetas.abs().total_cmp(&a.dfbetas.abs()));
    influential.truncate(NAMED);
    let deviance = residuals.deviance;
    let mut outlying: Vec<usize> = (0..taken.len())
        .filter(|&i| deviance[i].abs() > OUTLYING)
        .collect();
    let n_outlying = outlying.len();
    outlying.sort_by(|&a, &b| deviance[b].abs().total_cmp(&deviance[a].abs()));
    outlying.truncate(NAMED);
    Some(CoxChecks {
        subjects: (taken.iter())
            .map(|&i| cohort.subjects()[subjects[i]].clone())
            .collect(),
        martingale: residuals.martingale,
        deviance,
        forms,
        influence,
        n_outlying,
        outlying,
        influential,
    })
}

fn form(
    characteristic: usize,
    covariate: &Covariate<'_>,
    taken: &[usize],
    martingale: &[f64],
) -> Option<FunctionalForm> {
    let Values::Numbers {
        scale, step, of, ..
    } = &covariate.values
    else {
        return None;
    };
    let shown = |number: f64| match scale {
        NumberScale::Step | NumberScale::Standardised => number * step,
        NumberScale::Log2 => number,
    };
    let x: Vec<f64> = (taken.iter())
        .map(|&i| of[i].map(shown))
        .collect::<Option<_>>()?;
    Some(FunctionalForm {
        characteristic,
        smooth: residual_smooth(&x, martingale).unwrap_or_default(),
        x,
    })
}
