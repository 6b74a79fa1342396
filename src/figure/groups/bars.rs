//! Bars of percentages with their intervals.

use super::{Frame, Layout, OFFSET, ValueAxis, rectangle};
use crate::analysis::{CategoryComparison, FrequencyArm, Proportion};
use crate::figure::sheet::{Sheet, paragraph_height};
use crate::figure::theme::{self, AXIS_LINE, INK, MARGIN, PAPER};
use crate::figure::{Anchor, Point, Scene, Series, SeriesPoint};

/// Share of a slot that its bars fill; one bar is never wider than [`WIDEST`].
const FILLED: f64 = 0.72;

/// Width of the widest bar, in points.
const WIDEST: f64 = 42.0;

/// Half the width of the ends of an interval.
const CAP: f64 = 3.0;

/// Width of the lines of intervals.
const WHISKER: f64 = 0.8;

/// Opacity of the bars, so that the intervals stand out.
const FILL: f64 = 0.75;

pub(super) fn scene(layout: &Layout<'_>, comparison: &CategoryComparison) -> Scene {
    let mut sheet = Sheet::default();
    let several = comparison.levels.len() != 2;
    let top = layout.draw_title(&mut sheet);
    let top = layout.draw_test(&mut sheet, comparison.test.as_ref(), top);
    let top = if several {
        draw_legend(layout, &mut sheet, &comparison.arms, top)
    } else {
        top
    };
    let shown = |arm: &'_ FrequencyArm| if several { 0..arm.counts.len() } else { 1..2 };
    let highest = (comparison.arms.iter())
        .flat_map(|arm| arm.counts[shown(arm)].iter())
        .filter_map(|rate| rate.conf_high)
        .fold(0.0, f64::max);
    let axis = ValueAxis::around(0.0, (100.0 * highest).max(1.0));
    let frame = layout.panel(&axis, top);
    let title = if several {
        layout.text.get("groups-axis-percent")
    } else {
        let value = ("value", comparison.levels[1].as_str().into());
        layout.text.with("groups-axis-percent-value", &[value])
    };
    layout.draw_axis(&mut sheet, &frame, &axis, &title);
    let series = draw_bars(layout, &mut sheet, &frame, comparison, several);
    // Over the bars, which stand on it.
    let (left, right) = (frame.left - OFFSET - AXIS_LINE / 2.0, frame.right);
    sheet.rule((left, frame.bottom), (right, frame.bottom), AXIS_LINE, INK);
    let labels: Vec<(String, Option<String>)> = if several {
        comparison
            .levels
            .iter()
            .map(|level| (level.clone(), None))
            .collect()
    } else {
        let label = |arm: &FrequencyArm| arm.label.clone().unwrap_or_default();
        (comparison.arms.iter())
            .map(|arm| (label(arm), Some(layout.n(arm.n))))
            .collect()
    };
    let mut bottom = layout.draw_labels(&mut sheet, &frame, &labels);
    if several {
        let font = layout.normal();
        bottom += 6.0 + font.cap_height();
        let middle = (frame.left + frame.right) / 2.0;
        sheet.text(
            &layout.outcome.options.column,
            (middle, bottom),
            font,
            Anchor::Middle,
        );
    }
    layout.finish(sheet, bottom, "groups-describe-rates", series)
}

/// Draws the bars of every arm; returns what they say.
fn draw_bars(
    layout: &Layout<'_>,
    sheet: &mut Sheet,
    frame: &Frame,
    comparison: &CategoryComparison,
    several: bool,
) -> Vec<Series> {
    let arms = comparison.arms.len();
    let slots = if several {
        comparison.levels.len()
    } else {
        arms
    };
    let beside = if several { arms } else { 1 };
    let width = (frame.slot(slots) * FILLED / beside as f64).min(WIDEST);
    let mut series = Vec::new();
    for (a, arm) in comparison.arms.iter().enumerate() {
        let color = theme::group_color(a);
        let mut points = Vec::new();
        for (level, rate) in arm.counts.iter().enumerate() {
            if !several && level == 0 {
                continue;
            }
            let middle = if several {
                let shift = a as f64 - (arms as f64 - 1.0) / 2.0;
                frame.middle(level, slots) + shift * width
            } else {
                frame.middle(a, slots)
            };
            let top = frame.y(100.0 * rate.estimate.unwrap_or(0.0));
            let half = width / 2.0 - if several { 0.5 } else { 0.0 };
            let sides = (middle - half, middle + half);
            rectangle(sheet, sides, (top, frame.bottom), color.at(FILL));
            draw_interval(sheet, frame, rate, middle, half);
            points.push(SeriesPoint {
                at: Point { x: middle, y: top },
                lines: words(layout, &comparison.levels[level], rate),
            });
        }
        series.push(Series {
            label: arm.label.clone().unwrap_or_default(),
            color,
            points,
        });
    }
    series
}

fn draw_interval(sheet: &mut Sheet, frame: &Frame, rate: &Proportion, x: f64, half: f64) {
    let (Some(low), Some(high)) = (rate.conf_low, rate.conf_high) else {
        return;
    };
    let (low, high) = (frame.y(100.0 * low), frame.y(100.0 * high));
    let cap = CAP.min(half);
    // On paper first, so that it shows on dark bars too.
    for (width, color) in [(3.0 * WHISKER, PAPER), (WHISKER, INK)] {
        sheet.rule((x, low), (x, high), width, color);
        for y in [low, high] {
            sheet.rule((x - cap, y), (x + cap, y), width, color);
        }
    }
}

/// What pointing at a bar says.
fn words(layout: &Layout<'_>, level: &str, rate: &Proportion) -> Vec<String> {
    let style = layout.style;
    let percent = style.percent_interval(rate.estimate, rate.conf_low, rate.conf_high);
    let said = [
        ("percent", percent.into()),
        ("count", rate.count.into()),
        ("n", rate.n.into()),
    ];
    vec![
        level.to_owned(),
        layout.text.with("groups-point-rate", &said),
    ]
}

/// Draws the names of the groups with their colours over the plot; returns where the plot can start.
fn draw_legend(layout: &Layout<'_>, sheet: &mut Sheet, arms: &[FrequencyArm], top: f64) -> f64 {
    let font = layout.small();
    let swatch = font.cap_height() + 1.0;
    let gap = 10.0;
    let most = layout.sizes.width - 2.0 * MARGIN;
    let (mut x, mut y) = (MARGIN, top - font.cap_height() / 2.0);
    for (a, arm) in arms.iter().enumerate() {
        let name = format!(
            "{} ({})",
            arm.label.clone().unwrap_or_default(),
            layout.n(arm.n)
        );
        let lines = font.wrap(&name, most - swatch - 3.0, 2);
        let width = swatch + 3.0 + font.widest(lines.iter().map(String::as_str));
        if x > MARGIN && x + width > MARGIN + most {
            (x, y) = (MARGIN, y + font.leading());
        }
        let color = theme::group_color(a).at(FILL);
        rectangle(sheet, (x, x + swatch), (y - 0.5, y + swatch - 0.5), color);
        sheet.paragraph(&lines, (x + swatch + 3.0, y), font, Anchor::Start);
        x += width + gap;
        if lines.len() > 1 {
            (x, y) = (
                MARGIN,
                y + paragraph_height(lines.len(), font) + font.leading() - font.cap_height(),
            );
        }
    }
    y + font.cap_height() + 9.0
}
