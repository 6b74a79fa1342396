//! The rows of a Cox model.

/// Rows for a Cox model; `covariates[j][i]` is covariate j of row i.
#[derive(Debug, Clone, Copy)]
pub struct CoxData<'a> {
    /// End of follow-up of each row.
    pub time: &'a [f64],
    /// Whether it ends with an event.
    pub event: &'a [bool],
    /// One vector a covariate.
    pub covariates: &'a [Vec<f64>],
    /// When the row came under observation (left truncation, start-stop data): at risk at t if start < t ≤ time.
    pub start: Option<&'a [f64]>,
    /// The stratum of each row: those at risk are compared within it only.
    pub strata: Option<&'a [usize]>,
    /// Case weights, positive.
    pub weights: Option<&'a [f64]>,
    /// Rows that belong together (a subject, a centre), for robust errors; each row by itself when `None`.
    pub cluster: Option<&'a [usize]>,
    /// Added to the linear predictor with coefficient 1.
    pub offset: Option<&'a [f64]>,
}

impl<'a> CoxData<'a> {
    /// Right-censored data, one row a subject.
    pub fn new(time: &'a [f64], event: &'a [bool], covariates: &'a [Vec<f64>]) -> Self {
        Self {
            time,
            event,
            covariates,
            start: None,
            strata: None,
            weights: None,
            cluster: None,
            offset: None,
        }
    }
}

/// Choices for a Cox model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoxSettings {
    /// How tied events enter.
    pub ties: super::Ties,
    /// Confidence level in (0, 1).
    pub conf_level: f64,
    /// Whether standard errors are robust (Lin & Wei), summed within clusters.
    pub robust: bool,
}

impl Default for CoxSettings {
    fn default() -> Self {
        Self {
            ties: super::Ties::Efron,
            conf_level: 0.95,
            robust: false,
        }
    }
}
