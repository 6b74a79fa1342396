//! Cox models: each covariate by itself, and all together.

use super::case::{CaseChoice, Followed, is_date};
use super::selection::{Exclusions, check, check_level};
use super::{AnalysisError, Exclusion, ExclusionReason, Progress};
use crate::cohort::{Cohort, Factor};

mod checks;
pub(super) mod covariate;
mod curves;
pub(super) mod fit;
mod intervals;
mod options;
mod outcome;
mod selection;

pub use checks::{
    CoxChecks, CoxInfluence, FunctionalForm, InfluentialPatient, OUTLYING as OUTLYING_RESIDUAL,
};
pub use curves::{CoxCurves, HeldCovariate, NoCurves, ProfileCurve};
pub use intervals::CoxPatients;
pub use options::*;
pub use outcome::*;
pub use selection::{CoxSelection, SelectionStep};

use covariate::Covariate;
use curves::Prediction;
use fit::{Column, Fit, Rows};

/// Fewer events than this for each coefficient are said (Peduzzi et al. 1995).
pub const EVENTS_PER_COEFFICIENT: usize = 10;

/// Fits the Cox model of each covariate by itself, and of all together.
///
/// **Conventions.** Each model takes the patients who have all its covariates; strata, weights, entries and robust
/// errors are those of every model. Covariates that are to interact are in the model, whether chosen or not. A level
/// that nobody has is left out. With sampling weights errors are robust, and nothing rests on the likelihood.
pub fn cox_models(
    cohort: &Cohort,
    options: &CoxOptions,
    progress: Progress<'_>,
) -> Result<CoxOutcome, AnalysisError> {
    check_level(options.conf_level)?;
    let p = options.selection.p;
    check("selection.p", p, (0.0..=1.0).contains(&p))?;
    let options = &effective(options);
    let strata = factors(cohort, &options.strata)?;
    let robust_by = options.cluster.as_ref().filter(|_| options.robust);
    let cluster = factors(cohort, robust_by)?;
    let needed: Vec<&Factor> = strata.iter().chain(&cluster).copied().collect();
    let choice = CaseChoice {
        weights: &options.weights,
        entry: &options.entry,
        entry_unit: options.entry_unit,
    };
    let followed = Followed::of(cohort, options.endpoint, choice, |i| {
        let lacking = needed.iter().find(|factor| factor.values[i].is_none())?;
        let column = lacking.column.clone();
        Some(ExclusionReason::NoGroup { column })
    })?;
    let sample = &followed.sample;
    let owners = intervals::owners(cohort, &followed, cluster.first().copied());
    let mut covariates = covariate::all(cohort, options, &sample.subjects)?;
    let clusters = match cluster.first() {
        Some(factor) => Some(intervals::numbered(
            (sample.subjects.iter()).map(|&i| factor.values[i]),
        )),
        // The intervals of a patient are not independent of each other.
        None => owners.clone().filter(|_| options.robust),
    };
    let rows = Rows::new(&followed, &strata, clusters, options);

    let mut characteristics: Vec<Characteristic> = (covariates.iter())
        .map(|covariate| covariate.characteristic(&sample.event))
        .collect();
    let fits = (covariates.len() + 1) as f64;
    for (index, covariate) in covariates.iter().enumerate() {
        let mut part = |share: f64| progress((index as f64 + share) / fits);
        if covariate.stratum {
            part(1.0);
            continue;
        }
        let fit = rows.fit(&covariate.columns(index), &covariate.complete(), &mut part);
        part(1.0);
        let characteristic = &mut characteristics[index];
        for (place, effect) in &fit.effects {
            characteristic.rows[place.1].univariable = Some(effect.clone());
        }
        characteristic.univariable_test = fit.joint(index);
        characteristic.univariable = Some(fit.outcome);
    }
    let entered = enter(options, &mut covariates, &mut characteristics);
    let mut part = |share: f64| progress((fits - 1.0 + share) / fits);
    let mut model = model(&rows, &covariates, options, &mut characteristics, &mut part);
    for (place, effect) in &model.fit.effects {
        characteristics[place.0].rows[place.1].model = Some(effect.clone());
    }
    for (index, characteristic) in characteristics.iter_mut().enumerate() {
        characteristic.model_test = model.fit.joint(index);
    }
    let selection = entered.or(model.selection);
    if selection.is_some() && model.fit.outcome.failure == Some(CoxFailure::NothingVaries) {
        model.fit.outcome.failure = Some(CoxFailure::NoneSelected);
    }
    let prediction = Prediction {
        fit: &model.fit,
        covariates: &covariates,
        complete: &model.complete,
        weights: rows.weights(),
        strata: &strata,
        options,
        unit: sample.unit,
        rules: cohort.rules(),
    };
    let curves = (options.curves.show)
        .then(|| prediction.curves())
        .transpose()?;
    let checks = (options.checks)
        .then(|| {
            let subjects = &sample.subjects;
            checks::checks(&model.fit, &covariates, &model.complete, cohort, subjects)
        })
        .flatten();
    progress(1.0);
    let whole = |weight: &f64| weight.fract() == 0.0;
    Ok(CoxOutcome {
        options: covariate::filled(options, &covariates),
        unit: sample.unit,
        rules: cohort.rules(),
        definition: sample.definition.clone(),
        n: sample.time.len(),
        n_event: sample.event.iter().filter(|&&event| event).count(),
        patients: (owners.as_ref())
            .map(|owners| CoxPatients::of(owners, &sample.event, &model.complete)),
        weighted: followed.weighted(),
        broken_weights: options.weight_kind == WeightKind::Frequency
            && !(followed.cases.weights.iter().flatten()).all(whole),
        entry_is_date: is_date(cohort, &options.entry),
        exclusions: exclusions(cohort, &followed, &covariates),
        characteristics,
        selection,
        no_curves: curves
            .as_ref()
            .and_then(|curves| curves.as_ref().err().cloned()),
        curves: curves.and_then(Result::ok),
        checks,
        model: model.fit.outcome,
        missing: model.missing,
    })
}

/// The options with what they entail: sampling weights have robust errors and no likelihood to profile or penalise.
fn effective(options: &CoxOptions) -> CoxOptions {
    let mut options = options.clone();
    if options.weights.is_some() && options.weight_kind == WeightKind::Sampling {
        options.cluster = options.cluster.filter(|_| options.robust);
        options.robust = true;
        options.interval = CoxInterval::Wald;
        options.firth = FirthUse::Never;
    }
    options
}

/// Where small p values by themselves are asked for, leaves out of the model who have none.
fn enter(
    options: &CoxOptions,
    covariates: &mut [Covariate<'_>],
    characteristics: &mut [Characteristic],
) -> Option<CoxSelection> {
    if options.selection.method != SelectionMethod::Univariable {
        return None;
    }
    let held: Vec<&String> = covariate::pairs(options).flatten().collect();
    let candidates: Vec<usize> = (0..covariates.len())
        .filter(|&of| covariates[of].in_model)
        .filter(|&of| !held.iter().any(|column| *column == covariates[of].column))
        .collect();
    let selection = selection::univariable(characteristics, &candidates, options.selection.p);
    for step in &selection.steps {
        covariates[step.characteristic].in_model = step.kept;
        characteristics[step.characteristic].in_model = step.kept;
    }
    Some(selection)
}

/// The model of all covariates.
struct Model {
    fit: Fit,
    /// Who is in it.
    complete: Vec<bool>,
    missing: Vec<MissingCovariate>,
    selection: Option<CoxSelection>,
}

/// The model of all covariates, with the interactions as more characteristics.
fn model(
    rows: &Rows<'_>,
    covariates: &[Covariate<'_>],
    options: &CoxOptions,
    characteristics: &mut Vec<Characteristic>,
    progress: Progress<'_>,
) -> Model {
    let needed = |covariate: &&Covariate<'_>| covariate.is_needed();
    let complete: Vec<bool> = (0..rows.n())
        .map(|i| (covariates.iter().filter(needed)).all(|covariate| covariate.has(i)))
        .collect();
    for (covariate, characteristic) in covariates.iter().zip(characteristics.iter_mut()) {
        if covariate.in_model {
            let counts = covariate.counts(rows.event(), &complete);
            for (row, (n, n_event)) in characteristic.rows.iter_mut().zip(counts) {
                (row.model_n, row.model_n_event) = (n, n_event);
            }
        }
    }
    let mut columns: Vec<Column> = (covariates.iter().enumerate())
        .filter(|(_, covariate)| covariate.in_model)
        .flat_map(|(index, covariate)| covariate.columns(index))
        .collect();
    for [first, second] in covariate::pairs(options) {
        let of = |column: &str| {
            (covariates.iter().enumerate()).find(|(_, covariate)| covariate.column == column)
        };
        let (Some(first), Some(second)) = (of(first), of(second)) else {
            continue;
        };
        let index = characteristics.len();
        let (characteristic, products) =
            covariate::interaction(first, second, index, &complete, rows.event());
        characteristics.push(characteristic);
        columns.extend(products);
    }
    let missing = (covariates.iter().filter(needed))
        .map(|covariate| MissingCovariate {
            column: covariate.column.to_owned(),
            n: (0..rows.n()).filter(|&i| !covariate.has(i)).count(),
        })
        .filter(|missing| missing.n > 0)
        .collect();
    let (fit, selection) = match options.selection.method {
        SelectionMethod::None | SelectionMethod::Univariable => {
            (rows.fit(&columns, &complete, progress), None)
        }
        SelectionMethod::Backward => {
            let (chosen, known) = (options.selection, &*characteristics);
            let (fit, selection) =
                selection::backward(rows, columns, &complete, known, chosen, progress);
            for step in &selection.steps {
                characteristics[step.characteristic].in_model = false;
            }
            (fit, Some(selection))
        }
    };
    Model {
        fit,
        complete,
        missing,
        selection,
    }
}

fn factors<'a, 'b>(
    cohort: &'a Cohort,
    columns: impl IntoIterator<Item = &'b String>,
) -> Result<Vec<&'a Factor>, AnalysisError> {
    (columns.into_iter())
        .map(|column| {
            cohort.factor(column).ok_or_else(|| AnalysisError::NoGroup {
                column: column.clone(),
            })
        })
        .collect()
}

/// Those of the sample, then those who lack a covariate of the model, each by the first that they lack.
fn exclusions(
    cohort: &Cohort,
    followed: &Followed,
    covariates: &[Covariate<'_>],
) -> Vec<Exclusion> {
    let sample = &followed.sample;
    let mut exclusions = Exclusions::from(sample.exclusions.clone());
    for covariate in covariates.iter().filter(|covariate| covariate.is_needed()) {
        for (i, &subject) in sample.subjects.iter().enumerate() {
            let before = (covariates.iter())
                .filter(|covariate| covariate.is_needed())
                .find(|covariate| !covariate.has(i));
            if before.is_some_and(|before| before.column == covariate.column) {
                let column = covariate.column.to_owned();
                exclusions.add(
                    ExclusionReason::NoCovariate { column },
                    &cohort.subjects()[subject],
                );
            }
        }
    }
    exclusions.into_vec()
}

#[cfg(test)]
mod tests;
