//! What the figures and tables of Cox models call the same things.

use crate::analysis::{Characteristic, CharacteristicKind, CoxEffect, CoxOutcome, NumberScale};
use crate::format::Style;
use crate::text::Text;

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

/// A row where it stands alone: `Sex: Female v Male`, `Age (per 10 years)`.
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
        _ => label,
    }
}

/// `1.23 (0.98–1.55)`, NE where there is none.
pub fn ratio(effect: Option<&CoxEffect>, style: &Style) -> String {
    style.ratio_interval(
        effect.and_then(|effect| effect.hazard_ratio),
        effect.and_then(|effect| effect.conf_low),
        effect.and_then(|effect| effect.conf_high),
    )
}
