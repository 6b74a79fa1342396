//! Scaled Schoenfeld residuals over time: whether hazards are proportional.

use super::axis::AxisType;
use super::cox_words;
use super::frame::{Frame, decimal_step, diamond};
use super::sheet::{Font, Sheet};
use super::theme::{self, AXIS_LINE, FAINT, INK, MARGIN, Sizes, TICK};
use super::words::{time_title, unit_key};
use super::{Anchor, Scene, Series, SeriesPoint};
use crate::analysis::{
    CoxOutcome, FigureWidth, ProportionalityTerm, ProportionalityTest, TimeTransform,
};
use crate::cohort::TimeUnit;
use crate::format::Style;
use crate::text::Text;

/// Height of a panel over its width.
const SHAPE: f64 = 0.62;

/// Half the side of the mark of a residual.
const DOT: f64 = 1.1;

/// More panels than this are left to the table.
const MOST_PANELS: usize = 12;

/// So many times are tried for numbers at the axis of time.
const MOST_TIMES: i64 = 60;

/// With so many round times no finer ones are tried.
const ENOUGH_TIMES: usize = 5;

/// Lays out a panel a term; nothing when no term has residuals.
pub(super) fn scene(outcome: &CoxOutcome, style: &Style, text: &Text) -> Option<Scene> {
    let test = outcome.model.proportionality.as_ref()?;
    let panels: Vec<Panel<'_>> = (test.terms.iter())
        .zip(&outcome.model.proportionality_of)
        .filter(|(term, _)| term.y.iter().any(Option::is_some))
        .map(|(term, &of)| Panel::new(outcome, test, term, of))
        .take(MOST_PANELS)
        .collect();
    (!panels.is_empty()).then(|| {
        Layout {
            outcome,
            test,
            style,
            text,
            panels,
            sizes: Sizes::preset(outcome.options.figure.width),
        }
        .scene()
    })
}

/// A term with the ranges that it is drawn in.
struct Panel<'a> {
    term: &'a ProportionalityTerm,
    /// Its characteristic.
    of: usize,
    /// The fitted coefficient; 1 for a term of several columns, whose residuals are in units of it.
    fitted: Option<f64>,
    low: f64,
    high: f64,
}

impl<'a> Panel<'a> {
    fn new(
        outcome: &CoxOutcome,
        _test: &ProportionalityTest,
        term: &'a ProportionalityTerm,
        of: usize,
    ) -> Self {
        let fitted = if term.columns.len() > 1 {
            Some(1.0)
        } else {
            (outcome.characteristics[of].rows.iter())
                .filter_map(|row| row.model.as_ref()?.coef)
                .next()
        };
        let limits = (term.smooth.iter()).flat_map(|point| [point.conf_low, point.conf_high]);
        let values = (term.y.iter().copied().flatten())
            .chain(limits)
            .chain(fitted);
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        let (low, high) = if low < high {
            (low, high)
        } else {
            (low - 1.0, low + 1.0)
        };
        let room = 0.04 * (high - low);
        Self {
            term,
            of,
            fitted,
            low: low - room,
            high: high + room,
        }
    }
}

struct Layout<'a> {
    outcome: &'a CoxOutcome,
    test: &'a ProportionalityTest,
    style: &'a Style,
    text: &'a Text,
    panels: Vec<Panel<'a>>,
    sizes: Sizes,
}

impl Layout<'_> {
    fn font(&self) -> Font {
        Font::new(self.sizes.small, INK)
    }

    fn scene(self) -> Scene {
        let columns = match self.outcome.options.figure.width {
            _ if self.panels.len() == 1 => 1,
            FigureWidth::One => 1,
            FigureWidth::OneAndHalf | FigureWidth::Two => 2,
        };
        let font = self.font();
        let title = Font::new(self.sizes.normal, INK);
        let axis_width = font.width("−0.00") + TICK + 8.0 + title.size;
        let inner = self.sizes.width - 2.0 * MARGIN;
        let cell = inner / columns as f64;
        let width = (cell - axis_width - 8.0).min(260.0);
        let height = width * SHAPE;
        let head = title.leading() + 6.0;
        let foot = TICK + 2.5 + font.size + 5.0 + title.size + 9.0;
        let mut sheet = Sheet::default();
        let mut series = Vec::new();
        for (index, panel) in self.panels.iter().enumerate() {
            let (row, column) = (index / columns, index % columns);
            let top = MARGIN + head + row as f64 * (head + height + foot);
            let left = MARGIN + column as f64 * cell + axis_width;
            let frame = Frame {
                left,
                right: left + width,
                top,
                bottom: top + height,
                x: range(&self.test.x),
                y: (panel.low, panel.high),
            };
            series.push(self.draw(&mut sheet, panel, &frame));
        }
        let rows = self.panels.len().div_ceil(columns) as f64;
        let height = MARGIN + rows * (head + height + foot);
        let width = self.sizes.width;
        let name = self.text.get("cox-schoenfeld-title");
        Scene {
            description: self
                .text
                .with("forest-describe", &[("title", name.as_str().into())]),
            title: name,
            width,
            height,
            marks: sheet.on_paper(width, height),
            series,
        }
    }

    fn draw(&self, sheet: &mut Sheet, panel: &Panel<'_>, frame: &Frame) -> Series {
        let characteristic = &self.outcome.characteristics[panel.of];
        let name = cox_words::characteristic(characteristic, self.style, self.text);
        let test = panel.term.test.map(|test| test.p_value);
        let heading = self.text.with(
            "cox-schoenfeld-panel",
            &[
                ("name", name.as_str().into()),
                ("p", self.style.p_equals(test).into()),
            ],
        );
        let title = Font::new(self.sizes.normal, INK).bold();
        let room = frame.right - frame.left + 6.0;
        for line in title.wrap(&heading, room, 1) {
            sheet.text(&line, (frame.left, frame.top - 6.0), title, Anchor::Start);
        }
        self.draw_data(sheet, panel, frame);
        let id = if panel.term.columns.len() > 1 {
            "cox-schoenfeld-relative"
        } else {
            "cox-schoenfeld-axis"
        };
        let set = AxisType {
            style: self.style,
            numbers: self.font(),
            title: Font::new(self.sizes.normal, INK),
        };
        frame.draw_y_axis(sheet, &self.text.get(id), set);
        self.draw_x_axis(sheet, frame);
        let points = (panel.term.smooth.iter())
            .map(|point| SeriesPoint {
                at: frame.point(point.x, point.estimate),
                lines: vec![self.time(point.time), self.style.number(point.estimate, 2)],
            })
            .collect();
        Series {
            label: name,
            color: theme::group_color(0),
            points,
        }
    }

    fn time(&self, time: f64) -> String {
        let shown = self.outcome.rules.shown(time, self.outcome.unit);
        let unit = unit_key(self.outcome.rules.display);
        let time = self.style.number(shown, 1);
        self.text.with(
            "figure-time",
            &[("unit", unit.into()), ("time", time.into())],
        )
    }

    fn draw_data(&self, sheet: &mut Sheet, panel: &Panel<'_>, frame: &Frame) {
        let color = theme::group_color(0);
        if let Some(fitted) = panel.fitted {
            let (low, high) = frame.x;
            let points = [low, high].map(|x| frame.point(x, fitted)).to_vec();
            sheet.line(points, 0.7, FAINT, vec![3.0, 2.0]);
        }
        for (&x, y) in self.test.x.iter().zip(&panel.term.y) {
            if let Some(y) = y {
                sheet.area(diamond(frame.point(x, *y), DOT), INK.at(0.38));
            }
        }
        let smooth = &panel.term.smooth;
        if smooth.len() > 1 {
            let upper = smooth.iter().map(|at| frame.point(at.x, at.conf_high));
            let lower = smooth.iter().rev().map(|at| frame.point(at.x, at.conf_low));
            sheet.area(upper.chain(lower).collect(), color.at(0.16));
            let line = smooth.iter().map(|at| frame.point(at.x, at.estimate));
            sheet.line(line.collect(), self.sizes.line * 1.1, color, Vec::new());
        }
    }

    /// Numbers are times at their places on the transformed scale.
    fn draw_x_axis(&self, sheet: &mut Sheet, frame: &Frame) {
        let (font, title) = (self.font(), Font::new(self.sizes.normal, INK));
        let y = frame.bottom + 3.0;
        sheet.rule((frame.left - 3.0, y), (frame.right, y), AXIS_LINE, INK);
        let baseline = y + TICK + 2.5 + font.cap_height();
        let mut taken: Vec<(f64, f64)> = Vec::new();
        for (shown, place) in self.time_ticks() {
            let x = frame.point(place, frame.y.0).x;
            let number = self.style.short(shown);
            let half = font.width(&number) / 2.0 + 3.5;
            let covered = taken
                .iter()
                .any(|&(from, to)| x - half < to && from < x + half);
            if covered || x < frame.left - 0.5 || x > frame.right + 0.5 {
                continue;
            }
            taken.push((x - half, x + half));
            sheet.rule((x, y), (x, y + TICK), AXIS_LINE, INK);
            sheet.text(&number, (x, baseline), font, Anchor::Middle);
        }
        let unit = unit_key(self.outcome.rules.display);
        let words = time_title(&self.outcome.definition, unit, self.text);
        let middle = f64::midpoint(frame.left, frame.right);
        let at = (middle, baseline + 5.0 + title.cap_height());
        sheet.text(&words, at, title, Anchor::Middle);
    }

    /// Round times of the display unit with their places, the rounder ones first where there are too many.
    fn time_ticks(&self) -> Vec<(f64, f64)> {
        let known = places(&self.test.time, &self.test.x);
        let (Some(first), Some(last)) = (known.first(), known.last()) else {
            return Vec::new();
        };
        let rules = self.outcome.rules;
        let shown = |time: f64| rules.shown(time, self.outcome.unit);
        let (from, to) = (shown(first.0), shown(last.0));
        // From the roundest times to finer ones, which stand only where there is room.
        let steps: [f64; 5] = match rules.display {
            TimeUnit::Months => [24.0, 12.0, 6.0, 3.0, 1.0],
            TimeUnit::Days | TimeUnit::Weeks | TimeUnit::Years => {
                let (finest, _) = decimal_step((to - from) / 50.0);
                [50.0, 20.0, 10.0, 5.0, 1.0].map(|times| times * finest)
            }
        };
        let steps = match self.test.transform {
            // Equal distances, so that the axis reads as one.
            TimeTransform::Identity => {
                let enough = |step: &&f64| (to - from) / **step <= 7.0;
                vec![*steps.iter().rev().find(enough).unwrap_or(&steps[0])]
            }
            TimeTransform::KaplanMeier | TimeTransform::Rank | TimeTransform::Log => steps.to_vec(),
        };
        let mut ticks: Vec<f64> = Vec::new();
        for step in steps {
            if ticks.len() >= ENOUGH_TIMES {
                break;
            }
            let first = (from / step).ceil() as i64;
            let last = ((to / step).floor() as i64).min(first + MOST_TIMES);
            for tick in (first..=last).map(|tick| tick as f64 * step) {
                if !ticks.contains(&tick) {
                    ticks.push(tick);
                }
            }
        }
        let at = |tick: f64| place(&known, rules.in_unit(tick, self.outcome.unit));
        ticks.into_iter().map(|tick| (tick, at(tick))).collect()
    }
}

fn range(values: &[f64]) -> (f64, f64) {
    (values.iter()).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &value| {
        (low.min(value), high.max(value))
    })
}

/// Times with their places, ascending, each once.
fn places(time: &[f64], x: &[f64]) -> Vec<(f64, f64)> {
    let mut known: Vec<(f64, f64)> = time.iter().copied().zip(x.iter().copied()).collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    known.dedup_by(|a, b| a.0 == b.0);
    known
}

/// The place of a time between those known.
fn place(known: &[(f64, f64)], time: f64) -> f64 {
    let after = known.partition_point(|&(at, _)| at < time);
    match (after.checked_sub(1).map(|i| known[i]), known.get(after)) {
        (Some((t0, x0)), Some(&(t1, x1))) => x0 + (x1 - x0) * (time - t0) / (t1 - t0),
        (Some((_, x)), None) | (None, Some(&(_, x))) => x,
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_between_two_events_stands_between_their_places() {
        let known = places(&[10.0, 20.0, 20.0], &[0.1, 0.4, 0.4]);
        assert!((place(&known, 15.0) - 0.25).abs() < 1e-12);
        assert_eq!(place(&known, 5.0), 0.1);
        assert_eq!(place(&known, 50.0), 0.4);
    }
}
