//! Choosing the covariates of the model by their p values.

use serde::Serialize;

use super::fit::{Column, Fit, Rows};
use super::{Characteristic, CharacteristicKind, SelectionMethod, SelectionOptions};
use crate::analysis::Progress;

/// How p values chose the covariates of a model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoxSelection {
    /// How.
    pub method: SelectionMethod,
    /// Covariates with a p value below this were kept.
    pub p: f64,
    /// What was decided, in order.
    pub steps: Vec<SelectionStep>,
}

/// A covariate that left the model, or that was looked at to enter it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SelectionStep {
    /// Which characteristic.
    pub characteristic: usize,
    /// Its p value then; `None` when it had none.
    pub p_value: Option<f64>,
    /// Whether it is in the model.
    pub kept: bool,
}

/// p value of a characteristic in its own model.
fn own_p(characteristic: &Characteristic) -> Option<f64> {
    match characteristic.univariable_test {
        Some(test) => Some(test.p_value),
        None => {
            let mut effects =
                (characteristic.rows.iter()).filter_map(|row| row.univariable.as_ref());
            match (effects.next(), effects.next()) {
                (Some(effect), None) => effect.p_value,
                _ => None,
            }
        }
    }
}

/// Which of the `candidates` have a small p value by themselves.
pub(super) fn univariable(
    characteristics: &[Characteristic],
    candidates: &[usize],
    p: f64,
) -> CoxSelection {
    let step = |&characteristic: &usize| {
        let p_value = own_p(&characteristics[characteristic]);
        SelectionStep {
            characteristic,
            p_value,
            kept: p_value.is_some_and(|own| own < p),
        }
    };
    CoxSelection {
        method: SelectionMethod::Univariable,
        p,
        steps: candidates.iter().map(step).collect(),
    }
}

/// Takes the covariate with the largest p value out, one after another, until each is below `p`.
///
/// **Conventions.** All models have the patients who have every candidate. p values are those of the table: Wald's
/// for a covariate as a whole. A covariate stays while an interaction with it does; one without a p value stays.
/// **Checked against** `coxph` refitted step by step, in `tests/report/cox_more.rs`.
pub(super) fn backward(
    rows: &Rows<'_>,
    mut columns: Vec<Column>,
    complete: &[bool],
    characteristics: &[Characteristic],
    options: SelectionOptions,
    progress: Progress<'_>,
) -> (Fit, CoxSelection) {
    let mut steps = Vec::new();
    // How many fits there will be is not known: each is half of what is left.
    let mut done = 0.0;
    loop {
        let half = (1.0 - done) / 2.0;
        let fit = rows.fit(&columns, complete, &mut |share| {
            progress(done + half * share)
        });
        done += half;
        let mut there: Vec<usize> = columns.iter().map(|column| column.place.0).collect();
        there.dedup();
        let held = |of: usize| {
            let own = &characteristics[of];
            !matches!(own.kind, CharacteristicKind::Interaction { .. })
                && (there.iter()).any(|&other| match &characteristics[other].kind {
                    CharacteristicKind::Interaction { second } => {
                        characteristics[other].column == own.column || *second == own.column
                    }
                    CharacteristicKind::Levels | CharacteristicKind::Numbers { .. } => false,
                })
        };
        let worst = (there.iter())
            .filter(|&&of| !held(of))
            .filter_map(|&of| Some((of, fit.p_value(of)?)))
            .filter(|(_, p)| *p >= options.p)
            .max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((of, p)) = worst else {
            let selection = CoxSelection {
                method: SelectionMethod::Backward,
                p: options.p,
                steps,
            };
            return (fit, selection);
        };
        steps.push(SelectionStep {
            characteristic: of,
            p_value: Some(p),
            kept: false,
        });
        columns.retain(|column| column.place.0 != of);
    }
}
