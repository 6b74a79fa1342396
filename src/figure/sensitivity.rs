//! The Kaplan-Meier curves of one endpoint under several rules of censoring, one over the other.

use super::{Scene, survival};
use crate::analysis::{SensitivityOutcome, SurvivalArm, SurvivalOutcome};
use crate::format::Style;
use crate::recist::Preset;
use crate::text::Text;

/// The figure of all patients, then one of each group that has one.
pub(super) fn scenes(outcome: &SensitivityOutcome, style: &Style, text: &Text) -> Vec<Scene> {
    let all = overlaid(outcome, None, style, text);
    let of_groups = (outcome.drawn_groups().into_iter())
        .filter_map(|group| overlaid(outcome, Some(group), style, text));
    (all.into_iter().chain(of_groups))
        .map(|curves| survival::scene(&curves, style, text))
        .collect()
}

/// The curves as if each of the rules were a group.
fn overlaid(
    outcome: &SensitivityOutcome,
    group: Option<&str>,
    style: &Style,
    text: &Text,
) -> Option<SurvivalOutcome> {
    let arms: Vec<SurvivalArm> = (outcome.by.iter())
        .filter_map(|rule| {
            let arms = &rule.survival.arms;
            let of_group = arms.iter().find(|arm| arm.label.as_deref() == group);
            let arm = match group {
                None => &rule.survival.overall,
                Some(_) => of_group?,
            };
            Some(SurvivalArm {
                label: Some(preset(rule.preset, text)),
                ..arm.clone()
            })
        })
        .collect();
    let mut curves = outcome.by.first()?.survival.clone();
    curves.comparison = None;
    curves.overall = arms.iter().max_by_key(|arm| arm.n)?.clone();
    curves.arms = arms;
    curves.options.group = Some(text.get("sensitivity-figure-by"));
    if let Some((group, column)) = group.zip(outcome.options.group.as_deref()) {
        let title = survival::title(&curves, style, text);
        let arguments = [
            ("title", title.into()),
            ("column", column.into()),
            ("group", group.into()),
        ];
        curves.options.figure.title = Some(text.with("sensitivity-figure-of-group", &arguments));
    }
    Some(curves)
}

/// What the rules are called: `FDA-style`.
pub fn preset(preset: Preset, text: &Text) -> String {
    text.get(match preset {
        Preset::Fda => "sensitivity-fda",
        Preset::Ema => "sensitivity-ema",
        Preset::Plain => "sensitivity-plain",
    })
}
