//! Boxes of numbers with the patients as points.

use super::{Frame, Layout, OFFSET, ValueAxis, rectangle};
use crate::analysis::{NumberArm, NumberComparison};
use crate::figure::sheet::Sheet;
use crate::figure::theme::{self, AXIS_LINE, INK};
use crate::figure::{Color, Point, Scene, Series, SeriesPoint};
use crate::format::decimals_of;

/// Share of a slot that its box fills, and the widest box in points.
const FILLED: f64 = 0.5;
const WIDEST: f64 = 40.0;

/// Whiskers end at the last value within this many box lengths (Tukey 1977).
const REACH: f64 = 1.5;

/// Radius of a point.
const RADIUS: f64 = 1.2;

/// Groups of more patients show only the points beyond the whiskers.
pub const MOST_BOX_POINTS: usize = 300;

pub(super) fn scene(layout: &Layout<'_>, comparison: &NumberComparison) -> Scene {
    let mut sheet = Sheet::default();
    let top = layout.draw_title(&mut sheet);
    let top = layout.draw_test(&mut sheet, comparison.test.as_ref(), top);
    let all = &comparison.overall.summary;
    let axis = ValueAxis::around(all.min.unwrap_or(0.0), all.max.unwrap_or(1.0));
    let frame = layout.panel(&axis, top);
    let column = &layout.outcome.options.column;
    let title = match &comparison.unit {
        None => column.clone(),
        Some(unit) => layout.text.with(
            "groups-column-unit",
            &[
                ("column", column.as_str().into()),
                ("unit", unit.as_str().into()),
            ],
        ),
    };
    layout.draw_axis(&mut sheet, &frame, &axis, &title);
    let (left, right) = (frame.left - OFFSET - AXIS_LINE / 2.0, frame.right);
    let y = frame.bottom + OFFSET;
    sheet.rule((left, y), (right, y), AXIS_LINE, INK);
    sheet.rule(
        (left + AXIS_LINE / 2.0, frame.bottom),
        (left + AXIS_LINE / 2.0, y),
        AXIS_LINE,
        INK,
    );
    let arms = &comparison.arms;
    let all_points = arms.iter().all(|arm| arm.values.len() <= MOST_BOX_POINTS);
    for (a, arm) in arms.iter().enumerate() {
        draw_arm(&mut sheet, &frame, arm, (a, arms.len()), all_points);
    }
    let labels: Vec<(String, Option<String>)> = (arms.iter())
        .map(|arm| {
            (
                arm.label.clone().unwrap_or_default(),
                Some(layout.n(arm.values.len())),
            )
        })
        .collect();
    let bottom = layout.draw_labels(&mut sheet, &frame, &labels);
    let precision = decimals_of(&comparison.overall.values);
    let series = (arms.iter().enumerate())
        .map(|(a, arm)| said(layout, &frame, arm, (a, arms.len()), precision));
    layout.finish(sheet, bottom, "groups-describe-numbers", series.collect())
}

fn draw_arm(
    sheet: &mut Sheet,
    frame: &Frame,
    arm: &NumberArm,
    (index, arms): (usize, usize),
    all_points: bool,
) {
    let color = theme::group_color(index);
    let summary = &arm.summary;
    let (Some(lower), Some(median), Some(upper)) = (
        summary.lower_quartile,
        summary.median,
        summary.upper_quartile,
    ) else {
        return;
    };
    let x = frame.middle(index, arms);
    let half = (frame.slot(arms) * FILLED).min(WIDEST) / 2.0;
    let reach = REACH * (upper - lower);
    let within = |value: &f64| (lower - reach..=upper + reach).contains(value);
    let inside = || arm.values.iter().filter(|value| within(value));
    let lowest = inside().copied().fold(lower, f64::min);
    let highest = inside().copied().fold(upper, f64::max);
    let (top, bottom) = (frame.y(upper), frame.y(lower));
    rectangle(sheet, (x - half, x + half), (top, bottom), color.at(0.18));
    draw_points(
        sheet,
        frame,
        arm,
        (x, half),
        |value| all_points || !within(value),
        color,
    );
    for (from, to) in [(upper, highest), (lower, lowest)] {
        sheet.rule((x, frame.y(from)), (x, frame.y(to)), 0.9, color);
        let cap = half * 0.5;
        sheet.rule((x - cap, frame.y(to)), (x + cap, frame.y(to)), 0.9, color);
    }
    let corners = [
        (-half, top),
        (half, top),
        (half, bottom),
        (-half, bottom),
        (-half, top),
    ];
    let outline = corners.map(|(dx, y)| Point { x: x + dx, y });
    sheet.line(outline.to_vec(), 0.9, color, Vec::new());
    let y = frame.y(median);
    sheet.rule((x - half, y), (x + half, y), 2.0, color);
}

/// Points side by side, spread evenly by the golden ratio: no randomness, and no rows.
fn draw_points(
    sheet: &mut Sheet,
    frame: &Frame,
    arm: &NumberArm,
    (x, half): (f64, f64),
    shown: impl Fn(&f64) -> bool,
    color: Color,
) {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let mut sorted: Vec<f64> = arm.values.iter().copied().filter(|v| shown(v)).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let spread = if sorted.len() > 1 { 1.5 * half } else { 0.0 };
    for (i, &value) in sorted.iter().enumerate() {
        let share = (i as f64 * GOLDEN).fract() - 0.5;
        let (x, y) = (x + share * spread, frame.y(value));
        let corner = |k: i32| {
            let angle = f64::from(k) * std::f64::consts::FRAC_PI_4;
            Point {
                x: x + RADIUS * angle.cos(),
                y: y + RADIUS * angle.sin(),
            }
        };
        sheet.area((0..8).map(corner).collect(), color.at(0.55));
    }
}

/// What pointing at a box says.
fn said(
    layout: &Layout<'_>,
    frame: &Frame,
    arm: &NumberArm,
    (index, arms): (usize, usize),
    decimals: usize,
) -> Series {
    let summary = &arm.summary;
    let number = |value: Option<f64>| layout.style.number(value.unwrap_or(f64::NAN), decimals + 1);
    let range = (layout.style).range(
        number(summary.lower_quartile),
        number(summary.upper_quartile),
    );
    let median = [
        ("median", number(summary.median).into()),
        ("range", range.into()),
    ];
    let n = [("n", arm.values.len().into())];
    Series {
        label: arm.label.clone().unwrap_or_default(),
        color: theme::group_color(index),
        points: vec![SeriesPoint {
            at: Point {
                x: frame.middle(index, arms),
                y: frame.y(summary.median.unwrap_or(frame.low)),
            },
            lines: vec![
                layout.text.with("groups-point-median", &median),
                layout.text.with("groups-point-n", &n),
            ],
        }],
    }
}
