//! The figures of a comparison of groups: bars of percentages, boxes of numbers.

use super::sheet::{Font, Sheet, paragraph_height};
use super::theme::{AXIS_LINE, INK, MARGIN, Sizes, TICK};
use super::{Anchor, Color, Point, Scene, Series};
use crate::analysis::{GroupTest, GroupsComparison, GroupsOutcome};
use crate::format::Style;
use crate::text::Text;

mod bars;
mod boxes;

pub use boxes::MOST_BOX_POINTS;

/// Lays out the figure of a comparison; paired answers have none.
pub(super) fn scenes(outcome: &GroupsOutcome, style: &Style, text: &Text) -> Vec<Scene> {
    let layout = Layout {
        outcome,
        style,
        text,
        sizes: Sizes::preset(outcome.options.figure.width),
    };
    match &outcome.comparison {
        GroupsComparison::Categories(comparison) => vec![bars::scene(&layout, comparison)],
        GroupsComparison::Numbers(comparison) => vec![boxes::scene(&layout, comparison)],
        GroupsComparison::Paired(_) => Vec::new(),
    }
}

/// What both figures share.
struct Layout<'a> {
    outcome: &'a GroupsOutcome,
    style: &'a Style,
    text: &'a Text,
    sizes: Sizes,
}

/// Most lines of a label under the axis.
const LABEL_LINES: usize = 4;

/// Space between the axes and what stands between them.
const OFFSET: f64 = 3.0;

impl Layout<'_> {
    fn small(&self) -> Font {
        Font::new(self.sizes.small, INK)
    }

    fn normal(&self) -> Font {
        Font::new(self.sizes.normal, INK)
    }

    fn title(&self) -> String {
        let options = &self.outcome.options;
        let by = || {
            self.text.with(
                "groups-heading",
                &[
                    ("column", options.column.as_str().into()),
                    ("group", options.group.as_str().into()),
                ],
            )
        };
        options.figure.title.clone().unwrap_or_else(by)
    }

    fn describe(&self, id: &str) -> String {
        self.text.with(id, &[("title", self.title().into())])
    }

    /// Draws the title of the person's own, if there is one; returns where the plot can start.
    fn draw_title(&self, sheet: &mut Sheet) -> f64 {
        let title = self.outcome.options.figure.title.as_deref();
        sheet.title(title, self.small(), &self.sizes)
    }

    /// "p = 0.04" over the plot; returns where the plot can start.
    fn draw_test(&self, sheet: &mut Sheet, test: Option<&GroupTest>, top: f64) -> f64 {
        let Some(test) = test else { return top };
        let p = self.style.p_equals(Some(test.p_value));
        let font = self.small();
        let right = self.sizes.width - MARGIN;
        sheet.text(
            &p,
            (right, top + font.cap_height() / 2.0),
            font,
            Anchor::End,
        );
        top + font.cap_height() / 2.0 + 7.0
    }

    /// The panel right of an axis with these numbers.
    fn panel(&self, axis: &ValueAxis, top: f64) -> Frame {
        let numbers = self.small();
        let widest = numbers.widest(axis.numbers(self.style).iter().map(|(_, n)| &**n));
        let title = widest + TICK + 2.0 + OFFSET + 5.0;
        Frame {
            left: MARGIN + title + self.normal().size,
            right: self.sizes.width - MARGIN,
            top,
            bottom: top + self.sizes.plot,
            low: axis.low,
            high: axis.high,
            title,
        }
    }

    /// Draws the vertical axis with its title.
    fn draw_axis(&self, sheet: &mut Sheet, frame: &Frame, axis: &ValueAxis, title: &str) {
        let numbers = self.small();
        let x = frame.left - OFFSET;
        let ends = (frame.top - AXIS_LINE / 2.0, frame.bottom + AXIS_LINE / 2.0);
        sheet.rule((x, ends.0), (x, ends.1), AXIS_LINE, INK);
        for (value, number) in axis.numbers(self.style) {
            let y = frame.y(value);
            sheet.rule((x - TICK, y), (x, y), AXIS_LINE, INK);
            let at = (x - TICK - 2.0, y + numbers.cap_height() / 2.0);
            sheet.text(&number, at, numbers, Anchor::End);
        }
        let middle = (frame.top + frame.bottom) / 2.0;
        let font = self.normal();
        // A title longer than the axis is cut to it, with an ellipsis.
        let title = &font.wrap(title, self.sizes.plot, 1)[..];
        let title = title.first().map_or("", String::as_str);
        sheet.vertical(title, (frame.left - frame.title, middle), font);
    }

    /// Draws labels under their slots, each with lines of its own below; returns the lowest point.
    fn draw_labels(
        &self,
        sheet: &mut Sheet,
        frame: &Frame,
        labels: &[(String, Option<String>)],
    ) -> f64 {
        let font = self.small();
        let width = frame.slot(labels.len());
        let wrapped: Vec<Vec<String>> = (labels.iter())
            .map(|(label, _)| font.wrap(label, width - 4.0, LABEL_LINES))
            .collect();
        let top = frame.bottom + 6.0;
        let lines = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        let mut bottom = top + paragraph_height(lines, font);
        for (i, lines) in wrapped.iter().enumerate() {
            let x = frame.middle(i, labels.len());
            sheet.paragraph(lines, (x, top), font, Anchor::Middle);
        }
        if labels.iter().any(|(_, below)| below.is_some()) {
            bottom += font.leading();
            for (i, (_, below)) in labels.iter().enumerate() {
                let below = below.as_deref().unwrap_or_default();
                let at = (frame.middle(i, labels.len()), bottom);
                sheet.text(below, at, font, Anchor::Middle);
            }
        }
        bottom
    }

    fn n(&self, n: usize) -> String {
        self.text.with("groups-axis-n", &[("n", n.into())])
    }

    /// The marks on their paper, with what is said about them.
    fn finish(&self, sheet: Sheet, bottom: f64, description: &str, series: Vec<Series>) -> Scene {
        let (width, height) = (self.sizes.width, bottom + self.small().size * 0.3 + MARGIN);
        Scene {
            title: self.title(),
            description: self.describe(description),
            width,
            height,
            marks: sheet.on_paper(width, height),
            series,
        }
    }
}

/// The rectangle of the data.
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// Values at the bottom and the top.
    low: f64,
    high: f64,
    /// From `left` to the baseline of the axis' title.
    title: f64,
}

impl Frame {
    fn y(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        self.bottom - (self.bottom - self.top) * share
    }

    /// Width of one of `n` slots.
    fn slot(&self, n: usize) -> f64 {
        (self.right - self.left) / n.max(1) as f64
    }

    fn middle(&self, index: usize, n: usize) -> f64 {
        self.left + (index as f64 + 0.5) * self.slot(n)
    }
}

/// An axis of round numbers.
pub(super) struct ValueAxis {
    pub(super) low: f64,
    pub(super) high: f64,
    ticks: Vec<f64>,
    decimals: usize,
}

/// Most intervals between the ticks of an axis.
const MOST_INTERVALS: f64 = 6.0;

impl ValueAxis {
    /// The round numbers around these two, from one to the other.
    pub(super) fn around(low: f64, high: f64) -> Self {
        let span = if high > low {
            high - low
        } else {
            high.abs().max(1.0)
        };
        let power = (span / MOST_INTERVALS).log10().floor() as i32;
        // Whole multiples over a power of ten, so that ticks are the doubles nearest to their numbers.
        let (digits, power) = [
            (1.0, power),
            (2.0, power),
            (5.0, power),
            (10.0, power),
            (20.0, power),
        ]
        .into_iter()
        .find(|(digits, power)| span / (digits * 10f64.powi(*power)) <= MOST_INTERVALS)
        .unwrap_or((10.0, power));
        let at = |index: f64| {
            if power < 0 {
                index * digits / 10f64.powi(-power)
            } else {
                index * digits * 10f64.powi(power)
            }
        };
        let step = at(1.0);
        let (first, mut last) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
        if last <= first {
            last = first + 1.0;
        }
        let count = (last - first) as usize;
        Self {
            low: at(first),
            high: at(last),
            ticks: (0..=count).map(|i| at(first + i as f64)).collect(),
            decimals: if digits >= 10.0 {
                (-power - 1).max(0)
            } else {
                (-power).max(0)
            } as usize,
        }
    }

    pub(super) fn numbers(&self, style: &Style) -> Vec<(f64, String)> {
        (self.ticks.iter())
            .map(|&tick| (tick, style.number(tick, self.decimals)))
            .collect()
    }
}

/// A filled rectangle.
fn rectangle(sheet: &mut Sheet, (left, right): (f64, f64), (top, bottom): (f64, f64), fill: Color) {
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    sheet.area(corners.map(|(x, y)| Point { x, y }).to_vec(), fill);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_round_numbers() {
        let axis = ValueAxis::around(39.0, 82.0);
        assert_eq!((axis.low, axis.high, axis.decimals), (30.0, 90.0, 0));
        assert_eq!(axis.ticks.len(), 7);
        let axis = ValueAxis::around(0.12, 0.47);
        assert_eq!((axis.low, axis.high, axis.decimals), (0.1, 0.5, 1));
        let axis = ValueAxis::around(-24.0, 68.0);
        assert_eq!((axis.low, axis.high), (-40.0, 80.0));
        let same = ValueAxis::around(5.0, 5.0);
        assert!(same.low <= 5.0 && same.high >= 5.0 && same.high > same.low);
    }
}
