//! The figures of Cox models and of effects in subgroups.

use super::forest::{Forest, ForestRow, Ratio, Shape};
use super::proportionality;
use super::sheet::Font;
use super::theme::{INK, Sizes};
use super::{Scene, cox_checks, cox_curves, cox_words};
use crate::analysis::{
    CharacteristicKind, CoxEffect, CoxOutcome, ForestModel, Subgroup, SubgroupsOutcome,
};
use crate::cohort::Endpoint;
use crate::format::{NOT_ESTIMABLE, Style};
use crate::text::Text;

/// Width of the name of an arm over its column of counts, in points.
const HEAD_WIDTH: f64 = 76.0;

/// The forest of the ratios, then the test of proportional hazards, the predicted curves and the checks, where there
/// are some.
pub(super) fn scenes(outcome: &CoxOutcome, style: &Style, text: &Text) -> Vec<Scene> {
    let mut scenes = vec![model(outcome, style, text).scene(style)];
    scenes.extend(proportionality::scene(outcome, style, text));
    scenes.extend(cox_curves::scene(outcome, style, text));
    scenes.extend(cox_checks::scenes(outcome, style, text));
    scenes
}

pub(super) fn endpoint(endpoint: Endpoint, text: &Text) -> String {
    text.with(
        "figure-endpoint-timed",
        &[("endpoint", endpoint.code().into())],
    )
}

fn ratio(effect: &CoxEffect) -> Option<Ratio> {
    Some(Ratio {
        estimate: effect.hazard_ratio?,
        low: effect.conf_low,
        high: effect.conf_high,
    })
}

fn model(outcome: &CoxOutcome, style: &Style, text: &Text) -> Forest {
    let show = outcome.options.figure.show;
    let shown = |in_model: bool| show == ForestModel::Univariable || in_model;
    let mut rows = Vec::new();
    for (of, characteristic) in outcome.characteristics.iter().enumerate() {
        let interaction = matches!(characteristic.kind, CharacteristicKind::Interaction { .. });
        if !shown(characteristic.in_model) || (interaction && show == ForestModel::Univariable) {
            continue;
        }
        let numbers = matches!(characteristic.kind, CharacteristicKind::Numbers { .. });
        if !numbers {
            rows.push(ForestRow {
                label: cox_words::characteristic(characteristic, style, text),
                indent: 0,
                bold: true,
                left: Vec::new(),
                right: Vec::new(),
                shape: Shape::Nothing,
            });
        }
        for (index, row) in characteristic.rows.iter().enumerate() {
            let effect = match show {
                ForestModel::Multivariable => row.model.as_ref(),
                ForestModel::Univariable => row.univariable.as_ref(),
            };
            let counts = match show {
                ForestModel::Multivariable => [row.model_n, row.model_n_event],
                ForestModel::Univariable => [row.n, row.n_event],
            };
            let square = effect
                .and_then(ratio)
                .map(|ratio| Shape::Square { ratio, weight: 0.6 });
            let (shape, right) = if row.reference {
                (Shape::Reference, vec![text.get("cox-reference")])
            } else {
                let p = effect.and_then(|effect| effect.p_value);
                let right = vec![cox_words::ratio(effect, style), style.p_value(p)];
                (square.unwrap_or(Shape::Nothing), right)
            };
            rows.push(ForestRow {
                label: cox_words::row(outcome, (of, index), style, text),
                indent: u8::from(!numbers),
                bold: numbers,
                left: counts.map(|count| count.to_string()).to_vec(),
                right,
                shape,
            });
        }
    }
    let level = style.level(outcome.options.conf_level);
    let name = text.with(
        match show {
            ForestModel::Multivariable => "forest-title-model",
            ForestModel::Univariable => "forest-title-univariable",
        },
        &[("endpoint", endpoint(outcome.options.endpoint, text).into())],
    );
    Forest {
        title: outcome.options.figure.title.clone(),
        description: describe(&name, &rows, text),
        name,
        width: outcome.options.figure.width,
        label_head: text.get("forest-head-characteristic"),
        left_heads: vec![
            cox_words::rows_head(outcome, text),
            text.get("cox-column-events"),
        ],
        right_heads: vec![
            text.with("forest-head-ratio", &[("level", level.into())]),
            text.get("cox-column-p"),
        ],
        axis_title: text.get("forest-axis"),
        sides: [text.get("forest-lower"), text.get("forest-higher")],
        rows,
    }
}

/// The forest of effects in subgroups.
pub(super) fn subgroups(outcome: &SubgroupsOutcome, style: &Style, text: &Text) -> Scene {
    let most = (outcome.overall.n_event.iter()).sum::<usize>().max(1) as f64;
    let cell = |group: &Subgroup, arm: usize| format!("{}/{}", group.n_event[arm], group.n[arm]);
    let row = |group: &Subgroup, label: String, overall: bool| {
        let effect = group.effect.as_ref();
        let events = group.n_event.iter().sum::<usize>() as f64;
        let shape = match effect.and_then(ratio) {
            None => Shape::Nothing,
            Some(ratio) if overall => Shape::Diamond { ratio },
            Some(ratio) => Shape::Square {
                ratio,
                weight: events / most,
            },
        };
        ForestRow {
            label,
            indent: u8::from(!overall),
            bold: overall,
            left: vec![cell(group, 0), cell(group, 1)],
            right: vec![cox_words::ratio(effect, style)],
            shape,
        }
    };
    let mut rows = vec![row(&outcome.overall, text.get("report-all-patients"), true)];
    for factor in &outcome.factors {
        let p = match &factor.interaction {
            Some(test) => style.p_value(Some(test.p_value)),
            None => NOT_ESTIMABLE.to_owned(),
        };
        rows.push(ForestRow {
            label: factor.column.clone(),
            indent: 0,
            bold: true,
            left: Vec::new(),
            right: vec![String::new(), p],
            shape: Shape::Nothing,
        });
        rows.extend(
            (factor.subgroups.iter())
                .map(|group| row(group, group.label.clone().unwrap_or_default(), false)),
        );
    }
    let level = style.level(outcome.options.conf_level);
    let [first, second] = &outcome.arms;
    let name = text.with(
        "forest-title-subgroups",
        &[
            ("endpoint", endpoint(outcome.options.endpoint, text).into()),
            ("group", outcome.options.group.as_str().into()),
        ],
    );
    let font = Font::new(Sizes::preset(outcome.options.figure.width).small, INK).bold();
    let head = |arm: &String| {
        let lines = font.wrap(arm, HEAD_WIDTH, 3).join("\n");
        let arguments = [("arm", lines.into())];
        text.with("forest-head-arm", &arguments).replace('|', "\n")
    };
    let side = |arm: &String| text.with("forest-better", &[("arm", arm.into())]);
    Forest {
        title: outcome.options.figure.title.clone(),
        description: describe(&name, &rows, text),
        name,
        width: outcome.options.figure.width,
        label_head: text.get("forest-head-subgroup"),
        left_heads: vec![head(first), head(second)],
        right_heads: vec![
            text.with("forest-head-ratio", &[("level", level.into())]),
            text.get("forest-head-interaction").replace('|', "\n"),
        ],
        axis_title: text.with(
            "forest-axis-subgroups",
            &[("first", first.into()), ("second", second.into())],
        ),
        sides: [side(second), side(first)],
        rows,
    }
    .scene(style)
}

/// The figure in words: its name, then a sentence a row.
fn describe(name: &str, rows: &[ForestRow], text: &Text) -> String {
    let mut sentences = vec![text.with("forest-describe", &[("title", name.into())])];
    sentences.extend(rows.iter().map(|row| {
        let cells: Vec<&str> = (row.right.iter())
            .map(String::as_str)
            .filter(|cell| !cell.is_empty())
            .collect();
        let clause = match &cells[..] {
            [] => row.label.clone(),
            cells => format!("{}: {}", row.label, cells.join(", ")),
        };
        text.with("report-sentence", &[("clauses", clause.into())])
    }));
    sentences.join(&text.get("report-sentence-space"))
}
