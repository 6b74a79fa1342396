//! Fine and Gray's regression on the cumulative incidence of one cause.

use serde::Serialize;

use super::CompetingRisks;
use super::weighted::{Weighted, sandwich};
use crate::stats::cox::{Scaled, maximise, terms};
use crate::stats::summary::mean;
use crate::stats::{CoxError, CoxTerm, Ties};

/// A fitted Fine-Gray model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FineGrayFit {
    /// Subjects.
    pub n: usize,
    /// Events of the cause of interest.
    pub n_event: usize,
    /// Events of the other causes.
    pub n_competing: usize,
    /// One row a covariate; the ratios are of subdistribution hazards.
    pub terms: Vec<CoxTerm>,
    /// Standard errors that take the weights as known and the rows as independent; `None` as in `terms`.
    pub naive_std_err: Vec<Option<f64>>,
    /// Log partial likelihood at 0.
    pub log_likelihood_null: f64,
    /// Log partial likelihood at the estimate.
    pub log_likelihood: f64,
    /// Iterations used.
    pub iterations: usize,
    /// Whether a coefficient runs to infinity (separation): no ratio may be printed then.
    pub separation: bool,
    /// Cumulative subdistribution hazard at the `means`; empty under separation.
    pub baseline: Vec<BaselineStep>,
    /// Mean of each covariate.
    pub means: Vec<f64>,
}

/// One step of a cumulative hazard.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BaselineStep {
    /// A time with events of the cause of interest.
    pub time: f64,
    /// Cumulative hazard at `time`.
    pub cum_hazard: f64,
}

/// Why a Fine-Gray model cannot be fitted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FineGrayError {
    /// As a Cox model.
    #[error(transparent)]
    Cox(#[from] CoxError),
    /// cmprsk's conventions, which know neither case weights nor delayed entry.
    #[error("crr knows neither case weights nor delayed entry")]
    NotInCmprsk,
    /// Nobody who entered before was under observation at a time at which others entered: how likely entry is to
    /// come that late cannot be said of those who had another event by then.
    #[error("nobody is under observation just before {time}, when others enter")]
    Gap {
        /// The time.
        time: f64,
    },
}

/// Choices for [`fine_gray`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FineGrayOptions {
    /// The cause of interest, from 1.
    pub cause: usize,
    /// Whose conventions.
    pub convention: FineGrayConvention,
    /// Confidence level in (0, 1).
    pub conf_level: f64,
}

/// Where two implementations of the same model differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum FineGrayConvention {
    /// R's survival: events leave before tied censorings when the weights are estimated; the robust
    /// standard errors take the weights as known.
    Survival {
        /// Tied events of the cause of interest.
        ties: Ties,
    },
    /// R's cmprsk: those with an event at t can still be censored at t; Breslow's ties; the standard errors
    /// of Fine & Gray (1999), which include the estimation of the weights.
    Cmprsk,
}

impl Default for FineGrayConvention {
    fn default() -> Self {
        Self::Survival { ties: Ties::Efron }
    }
}

/// Fits the Fine-Gray model; `covariates[j][i]` is covariate j of subject i.
///
/// Its ratio is that of subdistribution hazards: above 1, the covariate raises the cumulative incidence. Those
/// who had another event stay at risk with the weight G(t−) / G(T−), the probability not to be censored up to t
/// given T, so that a pass over the sorted subjects per iteration suffices. With delayed entry the weight is that of
/// G H, with the probability H(t) to have entered by t.
///
/// **Conventions.** [`FineGrayConvention`]. Separation and dependent covariates as in [`cox`](crate::stats::cox()).
/// G and H are estimated without case weights, as `finegray` does; robust standard errors take each subject as a
/// cluster.
/// **Errors.** [`FineGrayError`].
/// **Source.** Fine & Gray (1999), J Am Stat Assoc 94:496; Geskus (2011), Biometrics 67:39.
/// **Checked against** `coxph` on `finegray` data and `cmprsk::crr`, in `tests/reference/competing.rs`; with weights
/// and delayed entry in `tests/reference/competing_cases.rs`.
pub fn fine_gray(
    data: &CompetingRisks,
    covariates: &[Vec<f64>],
    options: FineGrayOptions,
) -> Result<FineGrayFit, FineGrayError> {
    if options.convention == FineGrayConvention::Cmprsk && !data.is_plain() {
        return Err(FineGrayError::NotInCmprsk);
    }
    let count = |wanted: &dyn Fn(usize) -> bool| {
        let exits = data.exits.iter();
        exits.filter(|exit| wanted(exit.cause)).count()
    };
    let n_event = count(&|cause| cause == options.cause);
    let n_competing = count(&|cause| cause > 0 && cause != options.cause);
    if n_event == 0 {
        return Err(CoxError::NoEvents.into());
    }
    if covariates.is_empty() {
        return Err(CoxError::NoCovariates.into());
    }
    let scaled = covariates
        .iter()
        .enumerate()
        .map(|(j, values)| Scaled::new(j, values, data.n()))
        .collect::<Result<Vec<_>, _>>()?;
    let weighted = Weighted::new(data, &scaled, options)?;
    let null = weighted.at(&vec![0.0; scaled.len()]);
    let maximum = maximise(
        |beta| weighted.at(beta),
        |step| weighted.largest_move(step),
        &null,
    )?;
    let naive = maximum.point.factor().inverse();
    let steps = weighted.event_steps(&maximum.beta);
    let variance = sandwich(&naive, &weighted.influences(&maximum.beta, &steps, options));
    let naive_terms = terms(&maximum, &scaled, &naive, options.conf_level);
    Ok(FineGrayFit {
        n: data.n(),
        n_event,
        n_competing,
        terms: terms(&maximum, &scaled, &variance, options.conf_level),
        naive_std_err: naive_terms.iter().map(|term| term.std_err).collect(),
        log_likelihood_null: null.log_likelihood,
        log_likelihood: maximum.point.log_likelihood,
        iterations: maximum.iterations,
        separation: maximum.separation,
        baseline: weighted.baseline(&maximum, &steps),
        means: covariates
            .iter()
            .filter_map(|values| mean(values))
            .collect(),
    })
}

impl FineGrayFit {
    /// Predicted cumulative incidence of a subject with these covariates: (time, incidence), one row for each
    /// time with events. `None` under separation.
    pub fn predict(&self, covariates: &[f64]) -> Option<Vec<(f64, f64)>> {
        let rows = self.terms.iter().zip(covariates).zip(&self.means);
        let predictor: f64 = rows
            // A covariate that depends on the others has no coefficient and adds nothing.
            .map(|((term, x), mean)| term.coef.unwrap_or(0.0) * (x - mean))
            .sum();
        let incidence = |step: &BaselineStep| -(-step.cum_hazard * predictor.exp()).exp_m1();
        let steps = self.baseline.iter();
        (!self.separation).then(|| steps.map(|step| (step.time, incidence(step))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::cox;

    fn fit(
        time: &[f64],
        cause: &[usize],
        x: &[f64],
        convention: FineGrayConvention,
    ) -> FineGrayFit {
        let data = CompetingRisks::new(time, cause, 2).unwrap();
        let options = FineGrayOptions {
            cause: 1,
            convention,
            conf_level: 0.95,
        };
        fine_gray(&data, &[x.to_vec()], options).unwrap()
    }

    fn close(value: Option<f64>, expected: Option<f64>) {
        let difference = value.unwrap() - expected.unwrap();
        assert!(difference.abs() < 1e-12, "{value:?} is not {expected:?}");
    }

    const TIME: [f64; 8] = [1.0, 2.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.0];
    const X: [f64; 8] = [1.0, 0.0, 1.0, 0.5, 2.0, 0.0, 1.5, 0.0];

    #[test]
    fn without_competing_events_it_is_the_cox_model() {
        let cause = [1, 1, 0, 0, 1, 1, 0, 1];
        let event = cause.map(|cause| cause == 1);
        for ties in [Ties::Efron, Ties::Breslow] {
            let fit = fit(&TIME, &cause, &X, FineGrayConvention::Survival { ties });
            let cox = cox(&TIME, &event, &[X.to_vec()], ties, 0.95).unwrap();
            close(fit.terms[0].coef, cox.terms[0].coef);
            close(fit.naive_std_err[0], cox.terms[0].std_err);
            close(Some(fit.log_likelihood), Some(cox.log_likelihood));
        }
    }

    #[test]
    fn without_censoring_those_with_another_event_stay_at_risk_for_ever() {
        // All weights are 1: as if they had been censored at the end.
        let cause = [1, 2, 1, 1, 2, 1, 2, 1];
        let convention = FineGrayConvention::default();
        let fitted = fit(&TIME, &cause, &X, convention);
        let time: Vec<f64> = TIME
            .iter()
            .zip(cause)
            .map(|(&time, cause)| if cause == 2 { 9.0 } else { time })
            .collect();
        let event = cause.map(|cause| cause == 1);
        let cox = cox(&time, &event, &[X.to_vec()], Ties::Efron, 0.95).unwrap();
        close(fitted.terms[0].coef, cox.terms[0].coef);
        close(fitted.naive_std_err[0], cox.terms[0].std_err);
    }

    #[test]
    fn the_weights_of_the_last_event_follow_from_the_censoring() {
        // A competing event at 1, a censoring at 2 of 2 at risk, an event at 3: the risk set of the event at 3
        // is itself and half of the first subject. At β = 0 the likelihood is 1 / 1.5.
        let fitted = fit(
            &[1.0, 2.0, 3.0],
            &[2, 0, 1],
            &[0.0, 1.0, 2.0],
            FineGrayConvention::default(),
        );
        close(Some(fitted.log_likelihood_null), Some(-1.5f64.ln()));
        assert!(fitted.separation);
        assert_eq!(fitted.predict(&[1.0]), None);
    }

    #[test]
    fn a_tied_event_can_still_be_censored_or_not_by_convention() {
        // At 2 an event and a censoring: G falls to 0 of 1, or to 1 of 2, before the event at 3.
        let (time, cause) = ([1.0, 2.0, 2.0, 3.0, 4.0], [2, 0, 1, 1, 0]);
        let x = [0.0, 1.0, 0.5, 2.0, 3.0];
        let null = |convention| fit(&time, &cause, &x, convention).log_likelihood_null;
        // Risk sets: 4 and the first; 2 and the first at G = 2/3 or 3/4.
        let survival = null(FineGrayConvention::Survival {
            ties: Ties::Breslow,
        });
        close(Some(survival), Some(-(5.0f64 * (2.0 + 2.0 / 3.0)).ln()));
        let cmprsk = null(FineGrayConvention::Cmprsk);
        close(Some(cmprsk), Some(-(5.0f64 * (2.0 + 3.0 / 4.0)).ln()));
    }

    #[test]
    fn the_prediction_at_the_means_is_the_baseline() {
        let fit = fit(
            &TIME,
            &[1, 2, 0, 1, 2, 1, 0, 1],
            &X,
            FineGrayConvention::default(),
        );
        let (time, incidence) = fit.predict(&fit.means).unwrap()[1];
        assert_eq!(time, fit.baseline[1].time);
        close(
            Some(incidence),
            Some(1.0 - (-fit.baseline[1].cum_hazard).exp()),
        );
    }
}
