//! What the figures and tables of Cox models call the same things.

use crate::analysis::{
    Characteristic, CharacteristicKind, CoxCurves, CoxEffect, CoxOutcome, GROUP_LIMIT, NumberScale,
    ProfileCurve,
};
use crate::cohort::TimeUnit;
use crate::format::Style;
use crate::text::{Argument, Text};

/// `Age (per 10 years)`, `Sex`, `Age × Sex`.
pub fn characteristic(characteristic: &Characteristic, style: &Style, text: &Text) -> String {
    let column = ("column", characteristic.column.as_str().into());
    match &characteristic.kind {
        CharacteristicKind::Levels => characteristic.column.clone(),
        CharacteristicKind::Numbers { scale, step, unit } => {
            let id = match scale {
                NumberScale::Step => "cox-per-step",
                NumberScale::Log2 => "cox-per-doubling",
                NumberScale::Standardised => "cox-per-deviation",
            };
            let brackets = |letter| matches!(letter, '(' | ')' | '[' | ']');
            let unit = unit.as_deref().unwrap_or_default().trim_matches(brackets);
            let step = match (scale, unit) {
                (NumberScale::Standardised, _) => significant(*step, style),
                _ => style.short(*step),
            };
            let step = format!("{step} {unit}");
            text.with(id, &[column, ("step", step.trim().into())])
        }
        CharacteristicKind::Interaction { second } => {
            text.with("cox-interaction", &[column, ("second", second.into())])
        }
    }
}

/// About three figures, as much as a standard deviation needs.
fn significant(number: f64, style: &Style) -> String {
    match number.abs() {
        large if large >= 100.0 => style.number(number, 0),
        middle if middle >= 10.0 => style.number(number, 1),
        small if small >= 0.1 => style.number(number, 2),
        _ => style.short(number),
    }
}

/// The words of one row: its level; the whole name for numbers.
pub fn row(outcome: &CoxOutcome, (of, row): (usize, usize), style: &Style, text: &Text) -> String {
    let parent = &outcome.characteristics[of];
    let row = &parent.rows[row];
    match &parent.kind {
        CharacteristicKind::Levels => row.label.clone().unwrap_or_default(),
        CharacteristicKind::Numbers { .. } => characteristic(parent, style, text),
        CharacteristicKind::Interaction { second } => {
            let part = |label: &Option<String>, column: &str| {
                label.clone().unwrap_or_else(|| column.to_owned())
            };
            text.with(
                "cox-interaction",
                &[
                    ("column", part(&row.label, &parent.column).into()),
                    ("second", part(&row.second_label, second).into()),
                ],
            )
        }
    }
}

/// A row where it stands alone: `Sex (Female v Male)`, `Age (per 10 years)`, `Age × Sex Female`.
pub fn contrast(outcome: &CoxOutcome, place: (usize, usize), style: &Style, text: &Text) -> String {
    let parent = &outcome.characteristics[place.0];
    let label = row(outcome, place, style, text);
    match (&parent.kind, parent.rows.first()) {
        (CharacteristicKind::Levels, Some(reference)) => text.with(
            "cox-contrast",
            &[
                ("column", parent.column.as_str().into()),
                ("level", label.into()),
                (
                    "reference",
                    reference.label.clone().unwrap_or_default().into(),
                ),
            ],
        ),
        (CharacteristicKind::Interaction { second }, _) => {
            let row = &parent.rows[place.1];
            let part = |label: &Option<String>, column: &str| match label {
                None => column.to_owned(),
                Some(level) => text.with(
                    "cox-held-level",
                    &[("column", column.into()), ("level", level.into())],
                ),
            };
            text.with(
                "cox-interaction",
                &[
                    ("column", part(&row.label, &parent.column).into()),
                    ("second", part(&row.second_label, second).into()),
                ],
            )
        }
        (CharacteristicKind::Levels | CharacteristicKind::Numbers { .. }, _) => label,
    }
}

/// What messages call the rows of the data: patients, or intervals of them.
pub fn rows(outcome: &CoxOutcome) -> Argument<'static> {
    let rows = match outcome.patients {
        Some(_) => "intervals",
        None => "patients",
    };
    ("rows", rows.into())
}

/// The head of a column with the number of rows: `Patients`.
pub fn rows_head(outcome: &CoxOutcome, text: &Text) -> String {
    text.get(match outcome.patients {
        Some(_) => "cox-column-intervals",
        None => "cox-column-patients",
    })
}

/// `1.23 (0.98–1.55)`, NE where there is none.
pub fn ratio(effect: Option<&CoxEffect>, style: &Style) -> String {
    style.ratio_interval(
        effect.and_then(|effect| effect.hazard_ratio),
        effect.and_then(|effect| effect.conf_low),
        effect.and_then(|effect| effect.conf_high),
    )
}

/// A number as a table needs it: exact where it has few decimals, else about three figures.
pub fn value(number: f64, style: &Style) -> String {
    let short = style.short(number);
    let decimals = short.chars().rev().take_while(char::is_ascii_digit).count();
    if short.contains(['.', '·']) && decimals > 2 {
        significant(number, style)
    } else {
        short
    }
}

/// The name of a predicted curve: its level or number, and its stratum.
pub fn profile(outcome: &CoxOutcome, curve: &ProfileCurve, style: &Style, text: &Text) -> String {
    let by = outcome.curves.as_ref().map_or(0, |curves| curves.by);
    let name = match (&curve.level, curve.number) {
        (Some(level), _) => level.clone(),
        (None, Some(number)) => text.with(
            "cox-profile-number",
            &[
                ("column", (&outcome.characteristics[by].column).into()),
                ("number", value(number, style).into()),
            ],
        ),
        (None, None) => String::new(),
    };
    if curve.stratum.is_empty() {
        return name;
    }
    let stratum = curve.stratum.join(&text.get("report-list-join"));
    let arguments = [("name", name.into()), ("stratum", stratum.into())];
    text.with("cox-profile-in-stratum", &arguments)
}

/// Where the other covariates are held; empty when there are none.
pub fn held(outcome: &CoxOutcome, curves: &CoxCurves, style: &Style, text: &Text) -> String {
    let held: Vec<String> = (curves.held.iter())
        .map(|held| {
            let column = (
                "column",
                (&outcome.characteristics[held.characteristic].column).into(),
            );
            match (&held.level, held.number) {
                (Some(level), _) => text.with("cox-held-level", &[column, ("level", level.into())]),
                (None, number) => {
                    let id = if held.mean {
                        "cox-held-mean"
                    } else {
                        "cox-held-number"
                    };
                    let number = value(number.unwrap_or_default(), style);
                    text.with(id, &[column, ("number", number.into())])
                }
            }
        })
        .collect();
    held.join(&text.get("report-list-join"))
}

/// A time in the unit of display: `12 months`.
pub fn shown_time(outcome: &CoxOutcome, shown: f64, style: &Style, text: &Text) -> String {
    let time = ("time", style.short(shown).into());
    text.with("figure-time", &[("unit", unit(outcome).into()), time])
}

/// The unit of display as messages name it.
pub fn unit(outcome: &CoxOutcome) -> &'static str {
    match outcome.rules.display {
        TimeUnit::Days => "days",
        TimeUnit::Weeks => "weeks",
        TimeUnit::Months => "months",
        TimeUnit::Years => "years",
    }
}

/// Curves that a figure can hold; more are left to the table.
pub fn drawn(curves: &CoxCurves) -> &[ProfileCurve] {
    &curves.curves[..curves.curves.len().min(GROUP_LIMIT)]
}

/// Whether the figure shows confidence bands.
pub fn banded(curves: &CoxCurves) -> bool {
    curves.curves.len() <= MOST_BANDS
}

/// With more curves than this the bands hide them.
const MOST_BANDS: usize = 4;
