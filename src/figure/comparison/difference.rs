//! The difference of the curves over time with its pointwise band.

use super::words::Words;
use crate::analysis::{DifferenceStep, PairOutcome};
use crate::figure::axis::{self, AxisType, OFFSET, Panel, TimeAxis};
use crate::figure::legend::{self, Entry};
use crate::figure::risk_table::{RiskBlock, RiskTable};
use crate::figure::sheet::{Font, Sheet, paragraph_height};
use crate::figure::theme::{self, AXIS_LINE, FAINT, INK, MARGIN, Sizes, TICK};
use crate::figure::{Anchor, Color, Point, Scene, Series, SeriesPoint};

/// Opacity of the bands; less where several lie on each other, and none where nobody could tell them apart.
fn band_opacity(pairs: usize) -> Option<f64> {
    match pairs {
        1 => Some(0.14),
        2 | 3 => Some(0.1),
        _ => None,
    }
}

/// The colour of a difference: that of the second group, where the first is the same for several.
fn color(pair: &PairOutcome, pairs: usize) -> Color {
    if pairs == 1 {
        INK
    } else {
        theme::group_color(pair.second)
    }
}

/// Half a pixel at 600 dpi, in points: what is nearer together cannot be told apart in print.
const INVISIBLE: f64 = 0.06;

/// The scale of the y axis in percentage points.
struct Scale {
    low: i32,
    high: i32,
    step: i32,
}

impl Scale {
    /// Round numbers around 0 and all limits, at most nine of them.
    fn of(pairs: &[&PairOutcome]) -> Self {
        let banded = band_opacity(pairs.len()).is_some();
        let values = pairs
            .iter()
            .flat_map(|pair| &pair.over_time)
            .flat_map(|step| {
                let limits = [step.conf_low, step.conf_high];
                let limits = limits.into_iter().flatten().filter(|_| banded);
                std::iter::once(step.estimate).chain(limits)
            });
        let (low, high) = values.fold((0.0, 0.0), |(low, high): (f64, f64), value| {
            (low.min(value), high.max(value))
        });
        let steps = [5, 10, 20, 25, 50];
        let round = |step: i32| {
            let of = |value: f64| 100.0 * value / f64::from(step);
            (of(low).floor() as i32 * step, of(high).ceil() as i32 * step)
        };
        let fits = |&step: &i32| {
            let (low, high) = round(step);
            (high - low) / step <= 8
        };
        let step = steps.into_iter().find(fits).unwrap_or(50);
        let (low, high) = round(step);
        // Without any difference there is still an axis.
        let (low, high) = if low == high {
            (-step, step)
        } else {
            (low, high)
        };
        Self { low, high, step }
    }

    /// The difference as a share of the panel's height.
    fn share(&self, difference: f64) -> f64 {
        (100.0 * difference - f64::from(self.low)) / f64::from(self.high - self.low)
    }
}

/// Lays out the figure.
pub(super) fn scene(words: &Words<'_>) -> Scene {
    let outcome = words.outcome;
    let figure = &outcome.options.figure;
    let sizes = Sizes::preset(figure.width);
    let small = Font::new(sizes.small, INK);
    let mut sheet = Sheet::default();
    let top = sheet.title(figure.title.as_deref(), small, &sizes);
    let pairs: Vec<&PairOutcome> = outcome
        .pairs
        .iter()
        .filter(|pair| pair.first == 0)
        .collect();
    let scale = Scale::of(&pairs);
    let entries = entries(words, &pairs, &sizes);
    let mut table = risk_table(words);
    let ends = if entries.is_empty() {
        0.0
    } else {
        legend::ends_width(&entries, small)
    };
    let (panel, axis) = frame(words, &pairs, &table, &sizes, small, top, ends);
    draw_differences(&mut sheet, &panel, &scale, &pairs, &sizes, words);
    let set = AxisType {
        style: words.style,
        numbers: small,
        title: Font::new(sizes.normal, INK),
    };
    draw_y_axis(&mut sheet, &panel, &scale, words, set);
    let bottom = axis::draw_time_axis(&mut sheet, &panel, &axis, &words.time_title(), set);
    if entries.is_empty() {
        draw_sides(&mut sheet, &panel, &scale, words, small);
    } else {
        let reference = small.wrap(&words.each_minus(), 0.7 * (panel.right - panel.left), 2);
        sheet.paragraph(
            &reference,
            (panel.left + 4.0, panel.top + 1.0),
            small,
            Anchor::Start,
        );
        let ends: Vec<f64> = (pairs.iter())
            .map(|pair| pair.over_time.last().map_or(0.0, |step| step.estimate))
            .map(|difference| panel.y(scale.share(difference)))
            .collect();
        legend::draw_ends(&mut sheet, &panel, &entries, &ends, small, sizes.line);
    }
    let ticks: Vec<f64> = axis.numbered().collect();
    fill(&mut table, words, &ticks);
    let bottom = table.draw(&mut sheet, &panel, &ticks, bottom + 9.0, small, &sizes);
    let (width, height) = (sizes.width, bottom + small.size * 0.25 + MARGIN);
    Scene {
        title: words.title("comparison-figure-difference-title"),
        description: words.describe_difference(),
        width,
        height,
        marks: sheet.on_paper(width, height),
        series: pairs
            .iter()
            .map(|pair| series(words, &panel, &scale, pair, color(pair, pairs.len())))
            .collect(),
    }
}

/// The panel with its time axis.
fn frame(
    words: &Words<'_>,
    pairs: &[&PairOutcome],
    table: &RiskTable,
    sizes: &Sizes,
    small: Font,
    top: f64,
    margin: f64,
) -> (Panel, TimeAxis) {
    let outcome = words.outcome;
    let numbers = OFFSET + TICK + 2.0 + small.width("−100") + 5.0 + sizes.normal;
    let left = MARGIN + numbers.max(table.head_width(small, sizes));
    let right = sizes.width - MARGIN - margin.max(small.width("0000") / 2.0);
    let last = (pairs.iter())
        .filter_map(|pair| pair.over_time.last())
        .map(|step| outcome.rules.shown(step.time, outcome.unit))
        .fold(0.0, f64::max);
    let axis = TimeAxis::new(
        outcome.rules.display,
        last,
        outcome.options.figure.tick_step,
        None,
        axis::most_numbers(right - left, small, outcome.n),
    );
    let panel = Panel {
        left,
        right,
        top,
        bottom: top + 0.85 * sizes.plot,
        end: axis.end,
    };
    (panel, axis)
}

/// The names at the ends, for several lines.
fn entries(words: &Words<'_>, pairs: &[&PairOutcome], sizes: &Sizes) -> Vec<Entry> {
    if pairs.len() < 2 {
        return Vec::new();
    }
    let entry = |pair: &&PairOutcome| {
        let color = theme::group_color(pair.second);
        Entry {
            lines: Font::new(sizes.small, INK).wrap(
                words.label(pair.second),
                0.22 * sizes.width,
                3,
            ),
            whole: true,
            sample: true,
            color,
            text: theme::readable(color),
            dash: theme::group_dash(pair.second, sizes.line),
        }
    };
    pairs.iter().map(entry).collect()
}

fn draw_differences(
    sheet: &mut Sheet,
    panel: &Panel,
    scale: &Scale,
    pairs: &[&PairOutcome],
    sizes: &Sizes,
    words: &Words<'_>,
) {
    let at = |time: f64| words.outcome.rules.shown(time, words.outcome.unit);
    for pair in pairs {
        let Some(opacity) = band_opacity(pairs.len()) else {
            break;
        };
        let color = color(pair, pairs.len()).at(opacity);
        let known = pair
            .over_time
            .iter()
            .take_while(|step| step.conf_low.is_some());
        let known: Vec<&DifferenceStep> = known.collect();
        // The band ends where a curve has come to 0, or at the last step.
        let end = pair.over_time.get(known.len()).or(pair.over_time.last());
        let end = end.map_or(0.0, |step| at(step.time));
        let edge = |limit: fn(&DifferenceStep) -> Option<f64>| {
            let levels = known
                .iter()
                .filter_map(|step| Some((at(step.time), limit(step)?)));
            steps(panel, scale, levels, end)
        };
        let (mut upper, lower) = (edge(|step| step.conf_high), edge(|step| step.conf_low));
        upper.extend(lower.into_iter().rev());
        sheet.area(upper, color);
    }
    let zero = panel.y(scale.share(0.0));
    sheet.line(
        [panel.left - OFFSET, panel.right]
            .map(|x| Point { x, y: zero })
            .to_vec(),
        0.5,
        FAINT,
        Vec::new(),
    );
    for pair in pairs {
        let levels = (pair.over_time.iter()).map(|step| (at(step.time), step.estimate));
        let end = pair.over_time.last().map_or(0.0, |step| at(step.time));
        let line = steps(panel, scale, levels, end);
        let dash = if pairs.len() > 1 {
            theme::group_dash(pair.second, sizes.line)
        } else {
            Vec::new()
        };
        sheet.line(line, sizes.line, color(pair, pairs.len()), dash);
    }
}

/// A polyline of steps from 0; steps that nobody can see are merged.
fn steps(
    panel: &Panel,
    scale: &Scale,
    levels: impl Iterator<Item = (f64, f64)>,
    end: f64,
) -> Vec<Point> {
    let mut points = vec![panel.point(0.0, scale.share(0.0))];
    let mut y = points[0].y;
    for (time, difference) in levels {
        let corner = panel.point(time, scale.share(difference));
        if (corner.y - y).abs() < INVISIBLE {
            continue;
        }
        points.push(Point { x: corner.x, y });
        points.push(corner);
        y = corner.y;
    }
    points.push(Point { x: panel.x(end), y });
    points
}

fn draw_y_axis(
    sheet: &mut Sheet,
    panel: &Panel,
    scale: &Scale,
    words: &Words<'_>,
    set: AxisType<'_>,
) {
    let numbers = set.numbers;
    let x = panel.left - OFFSET;
    sheet.rule((x, panel.top), (x, panel.bottom + OFFSET), AXIS_LINE, INK);
    for percent in (scale.low..=scale.high).step_by(scale.step as usize) {
        let y = panel.y(scale.share(f64::from(percent) / 100.0));
        sheet.rule((x - TICK, y), (x, y), AXIS_LINE, INK);
        sheet.text(
            &set.style.number(f64::from(percent), 0),
            (x - TICK - 2.0, y + numbers.cap_height() / 2.0),
            numbers,
            Anchor::End,
        );
    }
    let title = words.text.get("comparison-figure-difference-axis");
    let x = panel.left - OFFSET - TICK - 2.0 - numbers.width("−100") - 5.0;
    sheet.vertical(&title, (x, (panel.top + panel.bottom) / 2.0), set.title);
}

/// Which group is better above and below 0, in the corners that the band, which starts at 0, leaves free.
fn draw_sides(sheet: &mut Sheet, panel: &Panel, scale: &Scale, words: &Words<'_>, small: Font) {
    let (x, zero) = (panel.left + 4.0, panel.y(scale.share(0.0)));
    let room = 0.65 * (panel.right - panel.left);
    for (arm, above) in [(1, true), (0, false)] {
        let font = Font {
            color: theme::readable(theme::group_color(arm)),
            ..small
        };
        let lines = font.wrap(&words.better(arm), room, 2);
        let height = paragraph_height(lines.len(), font);
        let (space, y) = if above {
            (zero - panel.top, panel.top + 1.0)
        } else {
            (panel.bottom - zero, panel.bottom - 2.0 - height)
        };
        if space > height + 4.0 {
            sheet.paragraph(&lines, (x, y), font, Anchor::Start);
        }
    }
}

fn risk_table(words: &Words<'_>) -> RiskTable {
    let blocks = (words.outcome.arms.iter().enumerate()).map(|(index, arm)| RiskBlock {
        label: arm.label.clone(),
        color: theme::readable(theme::group_color(index)),
        sample: None,
        rows: vec![(None, vec![arm.n])],
    });
    RiskTable {
        heading: words.text.get("figure-risk-heading"),
        blocks: blocks.collect(),
    }
}

/// Fills in the counts just before each tick.
fn fill(table: &mut RiskTable, words: &Words<'_>, ticks: &[f64]) {
    let outcome = words.outcome;
    for (block, arm) in table.blocks.iter_mut().zip(&outcome.arms) {
        let counts = (ticks.iter()).map(|&tick| {
            let time = outcome.rules.in_unit(tick, outcome.unit);
            arm.curve.n_risk(time).round() as usize
        });
        block.rows = vec![(None, counts.collect())];
    }
}

fn series(
    words: &Words<'_>,
    panel: &Panel,
    scale: &Scale,
    pair: &PairOutcome,
    color: Color,
) -> Series {
    let outcome = words.outcome;
    let point = |step: &DifferenceStep| SeriesPoint {
        at: panel.point(
            outcome.rules.shown(step.time, outcome.unit),
            scale.share(step.estimate),
        ),
        lines: words.point(step),
    };
    Series {
        label: words.minus(pair),
        color,
        points: pair.over_time.iter().map(point).collect(),
    }
}
