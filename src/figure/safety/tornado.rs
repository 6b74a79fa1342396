//! Differences between two groups with their intervals, the largest first.

use super::{Layout, differences, rectangle};
use crate::analysis::{Difference, FigureWidth, GradeCounts};
use crate::figure::groups::ValueAxis;
use crate::figure::sheet::{Sheet, paragraph_height};
use crate::figure::theme::{self, AXIS_LINE, FAINT, INK, MARGIN};
use crate::figure::{Anchor, Point, Scene, Series, SeriesPoint};

/// Height of a bar, in points.
const BAR: f64 = 6.4;

/// Opacity of the bars, so that the intervals stand out.
const FILL: f64 = 0.6;

/// Width of the lines of intervals, and half the height of their ends.
const WHISKER: (f64, f64) = (0.8, 2.0);

/// Space between columns.
const GAP: f64 = 9.0;

/// A row with what stands beside its bar.
struct Line {
    head: String,
    /// Patients of the two groups.
    counts: [String; 2],
    difference: Difference,
    /// The difference with its interval.
    written: String,
}

/// Where the columns stand.
struct Columns {
    label: f64,
    /// Middles of the two groups; none where the figure is narrow.
    counts: Option<[f64; 2]>,
    plot: (f64, f64),
    written: f64,
}

pub(super) fn scene(layout: &Layout<'_>) -> Scene {
    let lines = lines(layout);
    let ends = || (lines.iter()).map(|line| line.difference);
    let low = ends().map(|d| 100.0 * d.conf_low).fold(0.0, f64::min);
    let high = ends().map(|d| 100.0 * d.conf_high).fold(0.0, f64::max);
    let axis = ValueAxis::around(low.max(-100.0), high.min(100.0));
    let heads = heads(layout);
    let columns = columns(layout, &lines, &heads);
    let (left, right) = columns.plot;
    let x = |value: f64| left + (right - left) * (value - axis.low) / (axis.high - axis.low);

    let mut sheet = Sheet::default();
    let top = layout.draw_title(&mut sheet);
    let top = draw_heads(layout, &mut sheet, &columns, &heads, top);
    let names: Vec<String> = lines.iter().map(|line| line.head.clone()).collect();
    let labels = layout.labels(&names, columns.label);
    let (middles, bottom) = layout.middles(&labels, top);
    sheet.rule((x(0.0), top), (x(0.0), bottom), AXIS_LINE, INK);
    let font = layout.small();
    let mut points = Vec::new();
    for ((line, label), &middle) in lines.iter().zip(&labels).zip(&middles) {
        let top = middle - paragraph_height(label.len(), font) / 2.0;
        sheet.paragraph(label, (MARGIN, top), font, Anchor::Start);
        let baseline = middle + font.cap_height() / 2.0;
        for (text, at) in line.counts.iter().zip(columns.counts.into_iter().flatten()) {
            sheet.text(text, (at, baseline), font, Anchor::Middle);
        }
        sheet.text(
            &line.written,
            (columns.written, baseline),
            font,
            Anchor::Start,
        );
        draw_bar(&mut sheet, &line.difference, middle, &x);
        let [first, second] = &line.counts;
        let label = |arm: usize| layout.outcome.arms[arm].label.clone().unwrap_or_default();
        points.push(SeriesPoint {
            at: Point {
                x: x(100.0 * line.difference.estimate),
                y: middle,
            },
            lines: vec![
                line.head.clone(),
                format!("{}: {first}", label(0)),
                format!("{}: {second}", label(1)),
                line.written.clone(),
            ],
        });
    }
    let baseline = layout.draw_axis(&mut sheet, &axis, bottom + 2.0, x);
    let bottom = draw_axis_words(layout, &mut sheet, &columns, baseline, x(0.0));
    let series = Series {
        label: layout.text.get("safety-figure-title-differences"),
        color: theme::group_color(1),
        points,
    };
    let names = [
        "safety-figure-title-differences",
        "safety-figure-describe-differences",
    ];
    layout.finish(sheet, bottom, names, vec![series])
}

fn lines(layout: &Layout<'_>) -> Vec<Line> {
    let style = layout.style;
    (differences(layout.outcome).into_iter())
        .map(|(row, difference)| {
            let count = |arm: usize| {
                let counts = row.arms.get(arm).copied().unwrap_or(GradeCounts::default());
                style.count_percent(counts.any, layout.outcome.arms[arm].n)
            };
            let range = style.percent_range(Some(difference.conf_low), Some(difference.conf_high));
            Line {
                head: layout.head(row),
                counts: [count(0), count(1)],
                written: format!("{} ({range})", style.percent_number(difference.estimate)),
                difference,
            }
        })
        .collect()
}

/// Heads of the two groups, and of the differences, in lines.
fn heads(layout: &Layout<'_>) -> [Vec<String>; 3] {
    let font = layout.small().bold();
    let arm = |index: usize| {
        let arm = &layout.outcome.arms[index];
        let mut lines = font.wrap(arm.label.as_deref().unwrap_or_default(), 70.0, 3);
        lines.push(layout.text.with("groups-axis-n", &[("n", arm.n.into())]));
        lines
    };
    let level = layout.style.level(layout.outcome.options.conf_level);
    let written = layout
        .text
        .with("safety-figure-difference-head", &[("level", level.into())]);
    [arm(0), arm(1), font.wrap(&written, 95.0, 3)]
}

fn columns(layout: &Layout<'_>, lines: &[Line], heads: &[Vec<String>; 3]) -> Columns {
    let font = layout.small();
    let wide = |head: &[String], texts: &mut dyn Iterator<Item = &str>| {
        let head = font.bold().widest(head.iter().map(String::as_str));
        font.widest(texts).max(head) + 0.1
    };
    let names: Vec<String> = lines.iter().map(|line| line.head.clone()).collect();
    let narrow = layout.outcome.options.figure.width == FigureWidth::One;
    let label = layout.label_width(&names, if narrow { 0.3 } else { 0.26 });
    let right = layout.sizes.width - MARGIN;
    let written = right - wide(&heads[2], &mut lines.iter().map(|line| &*line.written));
    let mut x = MARGIN + label + GAP;
    let counts = (!narrow).then(|| {
        [0, 1].map(|arm| {
            let width = wide(
                &heads[arm],
                &mut lines.iter().map(|line| &*line.counts[arm]),
            );
            x += width + GAP;
            x - GAP - width / 2.0
        })
    });
    Columns {
        label,
        counts,
        plot: (x + 2.0, (written - GAP - 2.0).max(x + 30.0)),
        written,
    }
}

/// The heads on one foot and a line under them; returns where the rows start.
fn draw_heads(
    layout: &Layout<'_>,
    sheet: &mut Sheet,
    columns: &Columns,
    heads: &[Vec<String>; 3],
    top: f64,
) -> f64 {
    let font = layout.small().bold();
    let [first, second, written] = heads;
    let counts = columns.counts.into_iter().flatten().zip([first, second]);
    let placed = counts.map(|(x, lines)| (x, lines, Anchor::Middle)).chain([(
        columns.written,
        written,
        Anchor::Start,
    )]);
    let placed: Vec<_> = placed.collect();
    let most = placed
        .iter()
        .map(|(_, lines, _)| lines.len())
        .max()
        .unwrap_or(1);
    let height = paragraph_height(most, font);
    for (x, lines, anchor) in placed {
        let y = top + height - paragraph_height(lines.len(), font);
        sheet.paragraph(lines, (x, y), font, anchor);
    }
    let foot = top + height + 4.5;
    let right = layout.sizes.width - MARGIN;
    sheet.rule((MARGIN, foot), (right, foot), AXIS_LINE, INK);
    foot + 2.0
}

/// A bar from 0 in the colour of the group that had more, and the interval over it.
fn draw_bar(sheet: &mut Sheet, difference: &Difference, y: f64, x: &impl Fn(f64) -> f64) {
    let [estimate, low, high] = [
        difference.estimate,
        difference.conf_low,
        difference.conf_high,
    ]
    .map(|share| x(100.0 * share));
    let color = theme::group_color(usize::from(difference.estimate > 0.0));
    let ends = (y - BAR / 2.0, y + BAR / 2.0);
    rectangle(sheet, (x(0.0), estimate), ends, color.at(FILL));
    let (width, half) = WHISKER;
    sheet.rule((low, y), (high, y), width, INK);
    for end in [low, high] {
        sheet.rule((end, y - half), (end, y + half), width, INK);
    }
}

/// The title of the axis, and what its sides mean; returns the lowest baseline.
fn draw_axis_words(
    layout: &Layout<'_>,
    sheet: &mut Sheet,
    columns: &Columns,
    baseline: f64,
    zero: f64,
) -> f64 {
    let font = layout.small();
    let name = |arm: usize| layout.outcome.arms[arm].label.clone().unwrap_or_default();
    let less = layout
        .text
        .with("safety-figure-more", &[("first", name(0).into())]);
    let more = layout
        .text
        .with("safety-figure-more-second", &[("second", name(1).into())]);
    let below = baseline + font.leading() + 2.0;
    let room = (
        zero - 4.0 - MARGIN,
        layout.sizes.width - MARGIN - zero - 4.0,
    );
    for line in font.wrap(&less, room.0, 1) {
        sheet.text(&line, (zero - 4.0, below), font, Anchor::End);
    }
    for line in font.wrap(&more, room.1, 1) {
        sheet.text(&line, (zero + 4.0, below), font, Anchor::Start);
    }
    let tick = (below - font.cap_height() - 1.0, below + 1.0);
    sheet.rule((zero, tick.0), (zero, tick.1), AXIS_LINE, FAINT);
    let title = layout.text.get("safety-figure-points");
    let font = layout.normal();
    let half = font.width(&title) / 2.0;
    let middle = f64::midpoint(columns.plot.0, columns.plot.1)
        .min(layout.sizes.width - MARGIN - half)
        .max(MARGIN + half);
    let bottom = below + font.leading() + 2.0;
    sheet.text(&title, (middle, bottom), font, Anchor::Middle);
    bottom
}
