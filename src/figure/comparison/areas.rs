//! Restricted means as areas under the curves, one panel a group.

use super::words::Words;
use crate::analysis::ComparedArm;
use crate::figure::axis::{self, AxisType, OFFSET, Panel, TimeAxis};
use crate::figure::curve::{self, Step};
use crate::figure::rising::rises;
use crate::figure::sheet::{Font, Sheet, paragraph_height};
use crate::figure::theme::{self, AXIS_LINE, FAINT, INK, MARGIN, Sizes};
use crate::figure::{Anchor, Point, Scene, Series, SeriesPoint};

/// Opacity of the areas.
const OPACITY: f64 = 0.2;

/// Space between panels.
const GUTTER: f64 = 12.0;

/// Lays out the figure.
pub(super) fn scene(words: &Words<'_>) -> Scene {
    let outcome = words.outcome;
    let figure = &outcome.options.figure;
    let sizes = Sizes::preset(figure.width);
    let small = Font::new(sizes.small, INK);
    let mut sheet = Sheet::default();
    let mut top = sheet.title(figure.title.as_deref(), small, &sizes);
    let set = AxisType {
        style: words.style,
        numbers: small,
        title: Font::new(sizes.normal, INK),
    };
    let columns = columns(outcome.arms.len(), &sizes);
    let left = MARGIN + axis::y_axis_width(set.numbers, set.title);
    let room = sizes.width - MARGIN - small.width("0000") / 2.0 - left;
    let width = (room - GUTTER * (columns - 1) as f64) / columns as f64;
    let time_axis = time_axis(words, width, small);
    let rows = outcome.arms.len().div_ceil(columns);
    let mut series = Vec::new();
    let mut bottom = top;
    for (row, arms) in outcome.arms.chunks(columns).enumerate() {
        let heads: Vec<[Vec<String>; 2]> = (arms.iter())
            .map(|arm| {
                let mean = words.mean(arm).unwrap_or_default();
                let line = mean.join(" ");
                let mean = if small.width(&line) <= width {
                    vec![line]
                } else {
                    mean.to_vec()
                };
                [small.bold().wrap(&arm.label, width, 3), mean]
            })
            .collect();
        let tallest = |part: usize| heads.iter().map(|head| head[part].len()).max().unwrap_or(0);
        let (names, means) = (tallest(0), tallest(1));
        let panel_top = top + paragraph_height(names + means, small) + 6.0;
        for (column, (arm, [name, mean])) in arms.iter().zip(&heads).enumerate() {
            let index = row * columns + column;
            let start = left + (width + GUTTER) * column as f64;
            let panel = Panel {
                left: start,
                right: start + width,
                top: panel_top,
                bottom: panel_top + (0.75 * width).clamp(70.0, 150.0),
                end: time_axis.end,
            };
            let color = theme::readable(theme::group_color(index));
            let font = Font { color, ..small }.bold();
            sheet.paragraph(name, (panel.left, top), font, Anchor::Start);
            let below = top + names as f64 * small.leading();
            sheet.paragraph(mean, (panel.left, below), small, Anchor::Start);
            series.push(draw_arm(&mut sheet, &panel, words, arm, index, &sizes));
            if column == 0 {
                let name = words.endpoint("figure-endpoint-level");
                let title = words
                    .text
                    .with("figure-axis-survival", &[("name", name.into())]);
                axis::draw_y_axis(&mut sheet, &panel, &title, set);
            } else {
                let x = panel.left - OFFSET;
                let top = panel.top - AXIS_LINE / 2.0;
                sheet.rule((x, top), (x, panel.bottom + OFFSET), AXIS_LINE, INK);
            }
            // One title under all columns of the last row.
            bottom = axis::draw_time_axis(&mut sheet, &panel, &time_axis, "", set);
        }
        top = bottom + 6.0;
        if row + 1 == rows {
            let middle = left + room / 2.0;
            let title = words.time_title();
            sheet.text(&title, (middle, bottom), set.title, Anchor::Middle);
        }
    }
    let height = bottom + small.size * 0.25 + MARGIN;
    Scene {
        title: words.title("comparison-figure-areas-title"),
        description: words.describe_areas(),
        width: sizes.width,
        height,
        marks: sheet.on_paper(sizes.width, height),
        series,
    }
}

/// How many panels stand beside each other: rows as even as they fit.
fn columns(arms: usize, sizes: &Sizes) -> usize {
    let fitting = ((sizes.width / 110.0) as usize).clamp(1, 4);
    let rows = arms.div_ceil(fitting).max(1);
    arms.div_ceil(rows)
}

fn time_axis(words: &Words<'_>, width: f64, small: Font) -> TimeAxis {
    let outcome = words.outcome;
    let ends = outcome.arms.iter().map(|arm| arm.curve.last_time());
    let last = outcome.rules.shown(ends.fold(0.0, f64::max), outcome.unit);
    TimeAxis::new(
        outcome.rules.display,
        last,
        outcome.options.figure.tick_step,
        None,
        axis::most_numbers(width, small, 1000).min(6),
    )
}

/// The area, the curve and the mean of one group.
fn draw_arm(
    sheet: &mut Sheet,
    panel: &Panel,
    words: &Words<'_>,
    arm: &ComparedArm,
    index: usize,
    sizes: &Sizes,
) -> Series {
    let outcome = words.outcome;
    let (color, tau) = (
        theme::group_color(index),
        outcome.rules.shown(outcome.tau, outcome.unit),
    );
    let steps: Vec<Step> = (arm.curve.steps.iter())
        .map(|step| Step {
            time: outcome.rules.shown(step.time, outcome.unit),
            survival: step.survival,
            interval: None,
            censored: step.n_censor > 0.0,
        })
        .collect();
    let counted = &steps[..steps.partition_point(|step| step.time <= tau)];
    // The area of a rising curve is that above it.
    let panel = &if rises(outcome.options.endpoint) {
        panel.flipped()
    } else {
        *panel
    };
    let mut area = curve::step_line(
        &Panel {
            end: tau,
            right: panel.x(tau),
            ..*panel
        },
        counted,
    );
    let level = area.last().map_or(panel.top, |end| end.y);
    area.push(Point {
        x: panel.x(tau),
        y: level,
    });
    area.extend([tau, 0.0].map(|time| panel.point(time, 0.0)));
    sheet.area(area, color.at(OPACITY));
    let line = [1.0, 0.0].map(|share| panel.point(tau, share)).to_vec();
    sheet.line(line, 0.5, FAINT, vec![2.0, 1.6]);
    sheet.line(
        curve::step_line(panel, &steps),
        sizes.line,
        color,
        Vec::new(),
    );
    let points = (arm.curve.steps.iter().zip(&steps)).map(|(step, shown)| SeriesPoint {
        at: panel.point(shown.time, shown.survival),
        lines: words.survival(step.time, step.survival, step.n_risk.round() as usize),
    });
    Series {
        label: arm.label.clone(),
        color,
        points: points.collect(),
    }
}
