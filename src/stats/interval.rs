//! Pointwise confidence intervals of a survival probability.

use serde::{Deserialize, Serialize};

/// Scale on which the interval is symmetric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfType {
    /// log S.
    Log,
    /// log(−log S): the default.
    LogLog,
    /// S itself.
    Plain,
    /// log(S / (1 − S)).
    Logit,
    /// arcsin √S.
    Arcsine,
}
