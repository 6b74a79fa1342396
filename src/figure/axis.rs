//! Axes: where ticks stand, and drawing them.

use super::sheet::{Font, Sheet};
use super::theme::{AXIS_LINE, INK, TICK};
use super::{Anchor, Point};
use crate::cohort::TimeUnit;
use crate::format::Style;

/// Space between the data and the axes, so that a curve at 0 does not lie on the axis.
pub const OFFSET: f64 = 3.0;

/// More ticks than this are thinned: a step typed too small must not make a black bar.
const MOST_TICKS: f64 = 200.0;

/// The ticks of a time axis, in its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeAxis {
    /// Where the axis ends.
    pub end: f64,
    /// Where ticks stand, from 0.
    pub ticks: Vec<f64>,
    /// Every how many ticks a number (and a column of the table) stands.
    pub stride: usize,
    /// Decimals that tell the ticks apart.
    pub decimals: usize,
}

impl TimeAxis {
    /// Ticks up to about `last`, at most `most` of them with numbers.
    ///
    /// **Conventions.** Steps are those that calendars have: months by 1, 2, 3, 6, 12, 24 …; a `step` or
    /// `end` that the person chose is kept. The axis ends at `last` when the next tick is far, else there.
    pub fn new(
        unit: TimeUnit,
        last: f64,
        step: Option<f64>,
        end: Option<f64>,
        most: usize,
    ) -> Self {
        let positive = |value: &f64| value.is_finite() && *value > 0.0;
        let (step, end) = (step.filter(positive), end.filter(positive));
        let span = end.unwrap_or(last);
        let chosen = step
            .filter(|step| span / step <= MOST_TICKS)
            .unwrap_or_else(|| nice_step(unit, span, most));
        let (digits, decimals) = decimal_fraction(chosen);
        let scale = 10f64.powi(decimals as i32);
        let tick = |index: usize| index as f64 * digits / scale;
        let floor = (span / chosen + 1e-9).floor();
        let end = end.unwrap_or_else(|| {
            if span <= 0.0 {
                chosen
            } else if span / chosen - floor < 0.3 && floor > 2.0 {
                span.max(tick(floor as usize))
            } else {
                tick((span / chosen - 1e-9).ceil() as usize)
            }
        });
        let count = (end / chosen + 1e-9).floor() as usize;
        Self {
            end,
            ticks: (0..=count).map(tick).collect(),
            stride: count.div_ceil(most.max(1)).max(1),
            decimals,
        }
    }

    /// The ticks that have numbers.
    pub fn numbered(&self) -> impl Iterator<Item = f64> {
        self.ticks.iter().copied().step_by(self.stride)
    }
}

/// The smallest usual step that gives at most `most` intervals.
fn nice_step(unit: TimeUnit, span: f64, most: usize) -> f64 {
    let steps: &[f64] = match unit {
        TimeUnit::Days => &[1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 90.0, 180.0],
        TimeUnit::Weeks => &[1.0, 2.0, 4.0, 8.0, 12.0, 24.0, 52.0],
        TimeUnit::Months => &[1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 36.0, 60.0],
        TimeUnit::Years => &[0.25, 0.5, 1.0, 2.0, 5.0, 10.0],
    };
    let enough = |step: &f64| span / step <= most.max(1) as f64;
    let rounder = [1.0, 2.0, 2.5, 5.0];
    let finer = (1..=9)
        .rev()
        .flat_map(|power| rounder.map(|digit| (digit, 10f64.powi(power))));
    let coarser = (1..=15).flat_map(|power| rounder.map(|digit| digit * 10f64.powi(power)));
    // Follow-up shorter than the smallest step of the calendar (a cohort of minutes) gets decimal steps.
    if span > 0.0 && span < steps[0] {
        return finer
            .map(|(digit, scale)| digit / scale)
            .find(enough)
            .unwrap_or(steps[0]);
    }
    let largest = steps[steps.len() - 1];
    steps
        .iter()
        .copied()
        .chain(coarser.filter(|step| *step > largest))
        .find(enough)
        .unwrap_or(span)
}

/// `value` as an integer over a power of ten, so that ticks are exact multiples: 3 × 0.1 is 0.3.
fn decimal_fraction(value: f64) -> (f64, usize) {
    (0..=12)
        .map(|decimals| ((value * 10f64.powi(decimals)).round(), decimals))
        .find(|(digits, decimals)| digits / 10f64.powi(*decimals) == value)
        .map_or((value, 0), |(digits, decimals)| (digits, decimals as usize))
}

/// The rectangle of the data: time 0 to the end, survival 1 to 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Panel {
    /// Where time is 0.
    pub left: f64,
    /// Where the time axis ends.
    pub right: f64,
    /// Where the proportion is 1.
    pub top: f64,
    /// Where the proportion is 0.
    pub bottom: f64,
    /// Time at `right`.
    pub end: f64,
}

impl Panel {
    /// A time and a proportion as a point.
    pub fn point(&self, time: f64, proportion: f64) -> Point {
        Point {
            x: self.x(time),
            y: self.y(proportion),
        }
    }

    /// The same upside down, for curves that rise from 0: they are steps of 1 − the proportion in it.
    pub fn flipped(&self) -> Self {
        Self {
            top: self.bottom,
            bottom: self.top,
            ..*self
        }
    }

    /// Position of a time.
    pub fn x(&self, time: f64) -> f64 {
        self.left + (self.right - self.left) * time / self.end
    }

    /// Position of a proportion.
    pub fn y(&self, proportion: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * proportion
    }
}

/// Widest number at the y axis, in percent.
const FULL: &str = "100";

/// Width that the numbers, ticks and title of the y axis take left of the panel.
pub fn y_axis_width(numbers: Font, title: Font) -> f64 {
    y_title_distance(numbers) + title.size
}

/// From the panel to the baseline of the y axis' title.
fn y_title_distance(numbers: Font) -> f64 {
    OFFSET + TICK + 2.0 + numbers.width(FULL) + 5.0
}

/// How many numbers fit under a time axis of that width, if each may be as long as `widest`.
pub fn most_numbers(width: f64, font: Font, widest: usize) -> usize {
    let pitch = (font.width(&widest.to_string()) + 7.0).max(24.0);
    ((width / pitch) as usize).clamp(2, 10)
}

/// How the text of axes is set.
#[derive(Clone, Copy)]
pub struct AxisType<'a> {
    /// How numbers are written.
    pub style: &'a Style,
    /// Type of the numbers.
    pub numbers: Font,
    /// Type of the titles.
    pub title: Font,
}

/// Draws the y axis of a proportion, in percent.
pub fn draw_y_axis(sheet: &mut Sheet, panel: &Panel, title: &str, set: AxisType<'_>) {
    draw_y_axis_to(sheet, panel, title, set, 100);
}

/// The same, ending at `top` percent where the panel has 1.
pub fn draw_y_axis_to(
    sheet: &mut Sheet,
    panel: &Panel,
    title: &str,
    set: AxisType<'_>,
    top: usize,
) {
    let numbers = set.numbers;
    let x = panel.left - OFFSET;
    sheet.rule(
        (x, panel.top - AXIS_LINE / 2.0),
        (x, panel.bottom + OFFSET),
        AXIS_LINE,
        INK,
    );
    let step = match top {
        0..=20 => 5,
        21..=50 => 10,
        _ => 20,
    };
    for percent in (0..=top).step_by(step) {
        let y = panel.y(percent as f64 / top as f64);
        sheet.rule((x - TICK, y), (x, y), AXIS_LINE, INK);
        sheet.text(
            &set.style.number(percent as f64, 0),
            (x - TICK - 2.0, y + numbers.cap_height() / 2.0),
            numbers,
            Anchor::End,
        );
    }
    sheet.vertical(
        title,
        (
            panel.left - y_title_distance(numbers),
            (panel.top + panel.bottom) / 2.0,
        ),
        set.title,
    );
}

/// Draws the time axis, with its title unless that is empty; returns the y of its lowest point.
pub fn draw_time_axis(
    sheet: &mut Sheet,
    panel: &Panel,
    axis: &TimeAxis,
    title: &str,
    set: AxisType<'_>,
) -> f64 {
    let numbers = set.numbers;
    let y = panel.bottom + OFFSET;
    let end = panel.right + AXIS_LINE / 2.0;
    sheet.rule(
        (panel.left - OFFSET - AXIS_LINE / 2.0, y),
        (end, y),
        AXIS_LINE,
        INK,
    );
    let baseline = y + TICK + 2.5 + numbers.cap_height();
    for (index, &time) in axis.ticks.iter().enumerate() {
        let x = panel.x(time);
        let numbered = index % axis.stride == 0;
        let length = if numbered { TICK } else { TICK * 0.6 };
        sheet.rule((x, y), (x, y + length), AXIS_LINE, INK);
        if numbered {
            let number = set.style.number(time, axis.decimals);
            sheet.text(&number, (x, baseline), numbers, Anchor::Middle);
        }
    }
    let baseline = baseline + 5.0 + set.title.cap_height();
    let middle = (panel.left + panel.right) / 2.0;
    if !title.is_empty() {
        sheet.text(title, (middle, baseline), set.title, Anchor::Middle);
    }
    baseline
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(last: f64, most: usize) -> TimeAxis {
        TimeAxis::new(TimeUnit::Months, last, None, None, most)
    }

    #[test]
    fn months_go_by_threes_sixes_and_twelves() {
        assert_eq!(
            months(17.4, 7).ticks,
            [0.0, 3.0, 6.0, 9.0, 12.0, 15.0, 18.0]
        );
        assert_eq!(
            months(33.6, 7).ticks,
            [0.0, 6.0, 12.0, 18.0, 24.0, 30.0, 36.0]
        );
        assert_eq!(
            months(71.0, 7).ticks,
            [0.0, 12.0, 24.0, 36.0, 48.0, 60.0, 72.0]
        );
    }

    #[test]
    fn the_axis_ends_at_the_last_time_when_the_next_tick_is_far() {
        let axis = months(61.0, 7);
        assert_eq!(axis.ticks, [0.0, 12.0, 24.0, 36.0, 48.0, 60.0]);
        assert_eq!(axis.end, 61.0);
    }

    #[test]
    fn a_chosen_step_and_end_are_kept() {
        let axis = TimeAxis::new(TimeUnit::Months, 33.6, Some(10.0), Some(25.0), 8);
        assert_eq!(
            (axis.ticks.as_slice(), axis.end),
            ([0.0, 10.0, 20.0].as_slice(), 25.0)
        );
        let axis = TimeAxis::new(TimeUnit::Years, 1.0, Some(0.1), Some(0.5), 8);
        assert_eq!(axis.ticks, [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    }

    #[test]
    fn ticks_too_close_for_their_numbers_are_numbered_every_other_one() {
        let axis = TimeAxis::new(TimeUnit::Months, 24.0, Some(1.0), None, 8);
        assert_eq!((axis.ticks.len(), axis.stride), (25, 3));
        assert_eq!(axis.numbered().collect::<Vec<_>>()[..3], [0.0, 3.0, 6.0]);
    }

    #[test]
    fn a_step_that_would_blacken_the_axis_is_not_taken() {
        let axis = TimeAxis::new(TimeUnit::Months, 24.0, Some(1e-9), None, 8);
        assert_eq!(
            axis.ticks,
            [0.0, 3.0, 6.0, 9.0, 12.0, 15.0, 18.0, 21.0, 24.0]
        );
    }

    #[test]
    fn there_is_an_axis_when_every_time_is_zero_tiny_or_huge() {
        assert_eq!(months(0.0, 8).ticks, [0.0, 1.0]);
        assert_eq!(months(0.004, 8).ticks[..3], [0.0, 0.0005, 0.001]);
        assert_eq!(months(80_000.0, 8).ticks.len(), 9);
    }
}
