//! The rectangle of a plot of two numbers.

use super::axis::AxisType;
use super::sheet::Sheet;
use super::theme::{AXIS_LINE, INK, TICK};
use super::{Anchor, Point};
use crate::format::Style;

/// About so many numbers stand at an axis.
const TICKS: f64 = 5.0;

/// Where a plot stands, and what it spans.
pub struct Frame {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub x: (f64, f64),
    pub y: (f64, f64),
}

impl Frame {
    /// Two numbers as a point; what lies beyond the plot is put to its edge.
    pub fn point(&self, x: f64, y: f64) -> Point {
        let share = |value: f64, (low, high): (f64, f64)| {
            if high > low {
                ((value - low) / (high - low)).clamp(0.0, 1.0)
            } else {
                0.5
            }
        };
        Point {
            x: self.left + (self.right - self.left) * share(x, self.x),
            y: self.bottom - (self.bottom - self.top) * share(y, self.y),
        }
    }

    /// The axis of y with its numbers and title.
    pub fn draw_y_axis(&self, sheet: &mut Sheet, title: &str, set: AxisType<'_>) {
        let font = set.numbers;
        let x = self.left - 3.0;
        sheet.rule((x, self.top), (x, self.bottom + 3.0), AXIS_LINE, INK);
        let mut widest = 0.0f64;
        for (value, number) in ticks(self.y, set.style) {
            let y = self.point(self.x.0, value).y;
            widest = widest.max(font.width(&number));
            sheet.rule((x - TICK, y), (x, y), AXIS_LINE, INK);
            let at = (x - TICK - 2.0, y + font.cap_height() / 2.0);
            sheet.text(&number, at, font, Anchor::End);
        }
        let middle = f64::midpoint(self.top, self.bottom);
        sheet.vertical(title, (x - TICK - 2.0 - widest - 4.0, middle), set.title);
    }
}

/// Round numbers within a range, with their words.
pub fn ticks((low, high): (f64, f64), style: &Style) -> Vec<(f64, String)> {
    let (step, decimals) = decimal_step((high - low) / TICKS);
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    (first..=last)
        .map(|tick| tick as f64 * step)
        .map(|value| (value, style.number(value, decimals)))
        .collect()
}

/// The corners of a mark of half that width about a point.
pub fn diamond(Point { x, y }: Point, half: f64) -> Vec<Point> {
    let corners = [(-half, 0.0), (0.0, -half), (half, 0.0), (0.0, half)];
    let at = |(dx, dy)| Point {
        x: x + dx,
        y: y + dy,
    };
    corners.map(at).to_vec()
}

/// 1, 2 or 5 times a power of ten, at least `least`, and the decimals that it needs.
pub fn decimal_step(least: f64) -> (f64, usize) {
    if !(least.is_finite() && least > 0.0) {
        return (1.0, 0);
    }
    let power = least.log10().floor() as i32;
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|digit| digit * 10f64.powi(power))
        .find(|&step| step >= least * (1.0 - 1e-9))
        .unwrap_or(10f64.powi(power + 1));
    let decimals = (-step.log10().floor()).max(0.0) as usize;
    (step, decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_one_two_or_five() {
        assert_eq!(decimal_step(0.3), (0.5, 1));
        assert_eq!(decimal_step(2.0), (2.0, 0));
        assert_eq!(decimal_step(60.0), (100.0, 0));
        assert_eq!(decimal_step(0.0), (1.0, 0));
    }
}
