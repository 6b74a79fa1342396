//! A number into text. The only rounding in the product.

use serde::{Deserialize, Serialize};

use crate::cohort::{TimeRules, TimeUnit};

/// How numbers are written. One setting for the whole study.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Style {
    /// Journal convention of p values.
    pub p_value: PValueStyle,
    /// Decimals of percentages: 0, 1 or 2.
    pub percent_decimals: PercentDecimals,
}

/// Journal conventions of p values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PValueStyle {
    /// Three decimals, then < 0.001.
    #[default]
    Default,
    /// > .01 two decimals, .001–.01 three, then < 0.001.
    Nejm,
    /// No leading zero, three decimals where rounding would cross .05, then < .001.
    Jama,
    /// Raised dot, < 0·0001.
    Lancet,
}

/// Decimals of percentages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PercentDecimals(pub u8);

impl Default for PercentDecimals {
    fn default() -> Self {
        Self(1)
    }
}

impl Style {
    /// A p value without its letter: `0.048`, `< 0.001`.
    pub fn p_value(&self, p: Option<f64>) -> String {
        todo!("{p:?}")
    }

    /// The same with its letter: `p = 0.048`, `p < 0.001`.
    pub fn p_equals(&self, p: Option<f64>) -> String {
        todo!("{p:?}")
    }

    /// A proportion as `28.6 %`; NE for `None`.
    pub fn percent(&self, proportion: Option<f64>) -> String {
        todo!("{proportion:?}")
    }

    /// A proportion with its interval: `28.6 % (8.4–58.1)`.
    pub fn percent_interval(
        &self,
        estimate: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
    ) -> String {
        todo!("{estimate:?} {low:?} {high:?}")
    }

    /// A time of the data in the display unit, one decimal: `11.7`; NR for `None`.
    pub fn time(&self, time: Option<f64>, unit: TimeUnit, rules: TimeRules) -> String {
        todo!("{time:?} {unit:?} {rules:?}")
    }

    /// A ratio with its interval: `0.71 (0.55–0.93)`; NE for `None`.
    pub fn ratio_interval(
        &self,
        estimate: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
    ) -> String {
        todo!("{estimate:?} {low:?} {high:?}")
    }
}
