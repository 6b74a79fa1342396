//! Response rates as bars with intervals, and best responses as stacked bars.

use super::axis::OFFSET;
use super::patients::{rectangle, response_color};
use super::sheet::{Font, Sheet, paragraph_height};
use super::theme::{self, AXIS_LINE, INK, MARGIN, PAPER, Sizes, TICK};
use super::{Anchor, Color, Point, Scene, Series, SeriesPoint};
use crate::analysis::{Proportion, ResponseArm, ResponseOutcome};
use crate::format::Style;
use crate::text::Text;

/// Share of a slot that its bars fill; one bar is never wider than [`WIDEST`].
const FILLED: f64 = 0.72;

/// Width of the widest bar, in points.
const WIDEST: f64 = 46.0;

/// Half the width of the ends of an interval.
const CAP: f64 = 3.0;

/// Width of the lines of intervals.
const WHISKER: f64 = 0.8;

/// Opacity of bars with intervals, so that these stand out: dark and light in turn by group, so that groups are told
/// apart in black and white; none of ten is as another.
const FILLS: [f64; 10] = [0.85, 0.4, 0.65, 0.25, 0.85, 0.4, 0.65, 0.55, 0.85, 0.4];

/// Most lines of a label under the axis.
const LABEL_LINES: usize = 4;

/// The rates, then the distribution of best responses.
pub(super) fn scenes(outcome: &ResponseOutcome, style: &Style, text: &Text) -> Vec<Scene> {
    let plot = Plot {
        outcome,
        style,
        text,
        sizes: Sizes::preset(outcome.options.figure.width),
    };
    vec![plot.rates(), plot.best()]
}

struct Plot<'a> {
    outcome: &'a ResponseOutcome,
    style: &'a Style,
    text: &'a Text,
    sizes: Sizes,
}

/// The rectangle of the data, from 0 to 100 %.
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Frame {
    fn y(&self, share: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * share
    }

    fn slot(&self, n: usize) -> f64 {
        (self.right - self.left) / n.max(1) as f64
    }

    fn middle(&self, index: usize, n: usize) -> f64 {
        self.left + (index as f64 + 0.5) * self.slot(n)
    }
}

impl Plot<'_> {
    fn small(&self) -> Font {
        Font::new(self.sizes.small, INK)
    }

    /// The groups, or all patients without any.
    fn arms(&self) -> Vec<&ResponseArm> {
        let outcome = self.outcome;
        if outcome.arms.is_empty() {
            return vec![&*outcome.overall];
        }
        outcome.arms.iter().collect()
    }

    fn label(&self, arm: &ResponseArm) -> String {
        let all = || self.text.get("response-figure-all");
        arm.label.clone().unwrap_or_else(all)
    }

    /// Bars of ORR, DCR and, where it is known, CBR, side by side for every group.
    fn rates(&self) -> Scene {
        let mut sheet = Sheet::default();
        let figure = &self.outcome.options.figure;
        let top = sheet.title(figure.title.as_deref(), self.small(), &self.sizes);
        let arms = self.arms();
        let entries: Vec<(Color, String)> = (arms.iter().enumerate())
            .filter(|(_, arm)| arm.label.is_some())
            .map(|(a, arm)| (fill(a), self.label_with_n(arm)))
            .collect();
        let top = self.legend(&mut sheet, &entries, top);
        let frame = self.frame(top);
        self.axis(&mut sheet, &frame);
        let mut names = vec!["response-name-orr", "response-name-dcr"];
        if self.outcome.overall.cbr.is_some() {
            names.push("response-name-cbr");
        }
        let names: Vec<String> = names.into_iter().map(|id| self.text.get(id)).collect();
        let width = (frame.slot(names.len()) * FILLED / arms.len() as f64).min(WIDEST);
        let (mut series, mut numbers) = (Vec::new(), Vec::new());
        for (a, arm) in arms.iter().enumerate() {
            let color = theme::group_color(a);
            let rates = [Some(&arm.orr), Some(&arm.dcr), arm.cbr.as_ref()];
            let mut points = Vec::new();
            for (rate, found) in rates.into_iter().flatten().enumerate() {
                let shift = (a as f64 - (arms.len() as f64 - 1.0) / 2.0) * width;
                let middle = frame.middle(rate, names.len()) + shift;
                let y = bar(&mut sheet, &frame, found, (middle, width), fill(a));
                numbers.push((middle, self.style.percent(found.estimate)));
                points.push(SeriesPoint {
                    at: Point { x: middle, y },
                    lines: vec![names[rate].clone(), self.said(found)],
                });
            }
            series.push(Series {
                label: self.label(arm),
                color,
                points,
            });
        }
        self.base(&mut sheet, &frame);
        let top = self.numbers(&mut sheet, frame.bottom + 6.0, &numbers, width);
        let bottom = self.labels(&mut sheet, &frame, &names, top);
        self.finish(sheet, bottom, "response-figure-rates", series)
    }

    /// The number of each bar under it, where no interval is and none can be taken for a limit: beside each other, or
    /// upright under narrow bars. Returns where what stands below can begin.
    fn numbers(&self, sheet: &mut Sheet, top: f64, numbers: &[(f64, String)], width: f64) -> f64 {
        let font = self.small();
        let widest = font.widest(numbers.iter().map(|(_, number)| &**number));
        let height = if widest <= width - 1.0 {
            for (middle, number) in numbers {
                let baseline = top + font.cap_height();
                sheet.text(number, (*middle, baseline), font, Anchor::Middle);
            }
            font.cap_height()
        } else if font.cap_height() <= width {
            for (middle, number) in numbers {
                let at = (middle + font.cap_height() / 2.0, top + widest / 2.0);
                sheet.vertical(number, at, font);
            }
            widest
        } else {
            return top;
        };
        top + height + 5.0
    }

    fn said(&self, rate: &Proportion) -> String {
        let percent = self
            .style
            .percent_interval(rate.estimate, rate.conf_low, rate.conf_high);
        self.count(percent, rate.count, rate.n)
    }

    fn count(&self, percent: String, count: usize, n: usize) -> String {
        let arguments = [
            ("percent", percent.into()),
            ("count", count.into()),
            ("n", n.into()),
        ];
        self.text.with("response-figure-point", &arguments)
    }

    /// A stacked bar of best responses for every group and for all patients, the best at the bottom.
    fn best(&self) -> Scene {
        let mut sheet = Sheet::default();
        let mut arms = self.arms();
        if !self.outcome.arms.is_empty() {
            arms.push(&self.outcome.overall);
        }
        let occurring: Vec<usize> = (self.outcome.overall.counts.iter().enumerate())
            .filter_map(|(index, count)| (count.1 > 0).then_some(index))
            .collect();
        let best = |index: usize| self.outcome.overall.counts[index].0;
        let entries: Vec<(Color, String)> = (occurring.iter())
            .map(|&index| (response_color(best(index)), self.named(best(index))))
            .collect();
        let top = MARGIN + self.small().cap_height() / 2.0;
        let top = self.legend(&mut sheet, &entries, top);
        let frame = self.frame(top);
        self.axis(&mut sheet, &frame);
        let width = (frame.slot(arms.len()) * FILLED).min(1.5 * WIDEST);
        let mut below = vec![0; arms.len()];
        let mut series = Vec::new();
        for index in occurring {
            let color = response_color(best(index));
            let mut points = Vec::new();
            for (a, arm) in arms.iter().enumerate() {
                let count = arm.counts[index].1;
                if count == 0 {
                    continue;
                }
                let share = |count: usize| count as f64 / arm.n as f64;
                let ends = (frame.y(share(below[a] + count)), frame.y(share(below[a])));
                below[a] += count;
                let middle = frame.middle(a, arms.len());
                let sides = (middle - width / 2.0, middle + width / 2.0);
                rectangle(&mut sheet, sides, ends, color);
                // A thin line apart from what follows above.
                sheet.rule((sides.0, ends.0), (sides.1, ends.0), 0.5, PAPER);
                let percent = self.style.percent(Some(share(count)));
                // With its name, so that it is told apart in black and white too.
                let said = [format!("{} {percent}", best(index).name()), percent.clone()];
                self.inside(&mut sheet, &said, (middle, width), ends, color);
                points.push(SeriesPoint {
                    at: Point {
                        x: middle,
                        y: (ends.0 + ends.1) / 2.0,
                    },
                    lines: vec![self.label(arm), self.count(percent, count, arm.n)],
                });
            }
            series.push(Series {
                label: self.named(best(index)),
                color,
                points,
            });
        }
        self.base(&mut sheet, &frame);
        let labels: Vec<String> = arms.iter().map(|arm| self.label_with_n(arm)).collect();
        let bottom = self.labels(&mut sheet, &frame, &labels, frame.bottom + 6.0);
        self.finish(sheet, bottom, "response-figure-best", series)
    }

    fn named(&self, best: crate::cohort::BestResponse) -> String {
        match best {
            crate::cohort::BestResponse::Missing => self.text.get("response-missing"),
            best => best.name().to_owned(),
        }
    }

    /// The first text that fits in the middle of a part of a bar.
    fn inside(
        &self,
        sheet: &mut Sheet,
        said: &[String],
        (middle, width): (f64, f64),
        (top, bottom): (f64, f64),
        color: Color,
    ) {
        let font = Font::new(self.sizes.small, theme::ink_on(color));
        if bottom - top < font.cap_height() + 4.0 {
            return;
        }
        let fits = |said: &&String| font.width(said) <= width - 4.0;
        if let Some(said) = said.iter().find(fits) {
            let baseline = (top + bottom + font.cap_height()) / 2.0;
            sheet.text(said, (middle, baseline), font, Anchor::Middle);
        }
    }

    fn label_with_n(&self, arm: &ResponseArm) -> String {
        let n = self.text.with("groups-axis-n", &[("n", arm.n.into())]);
        format!("{} ({n})", self.label(arm))
    }

    /// Names with their colours in as many rows as they need; returns where the plot can start.
    fn legend(&self, sheet: &mut Sheet, entries: &[(Color, String)], top: f64) -> f64 {
        if entries.is_empty() {
            return top;
        }
        let font = self.small();
        let swatch = font.cap_height() + 1.0;
        let most = self.sizes.width - 2.0 * MARGIN;
        let (mut x, mut y) = (MARGIN, top - font.cap_height() / 2.0);
        for (color, name) in entries {
            let lines = font.wrap(name, most - swatch - 3.0, 1);
            let name = lines.first().map_or("", String::as_str);
            let width = swatch + 3.0 + font.width(name);
            if x > MARGIN && x + width > MARGIN + most {
                (x, y) = (MARGIN, y + font.leading());
            }
            rectangle(sheet, (x, x + swatch), (y - 0.5, y + swatch - 0.5), *color);
            let at = (x + swatch + 3.0, y + font.cap_height());
            sheet.text(name, at, font, Anchor::Start);
            x += width + 10.0;
        }
        y + font.cap_height() + 9.0
    }

    fn frame(&self, top: f64) -> Frame {
        let numbers = self.small().width("100") + TICK + 2.0 + OFFSET + 5.0;
        Frame {
            left: MARGIN + numbers + self.sizes.normal,
            right: self.sizes.width - MARGIN,
            top,
            bottom: top + self.sizes.plot,
        }
    }

    fn axis(&self, sheet: &mut Sheet, frame: &Frame) {
        let (numbers, x) = (self.small(), frame.left - OFFSET);
        let ends = (frame.top - AXIS_LINE / 2.0, frame.bottom + AXIS_LINE / 2.0);
        sheet.rule((x, ends.0), (x, ends.1), AXIS_LINE, INK);
        for percent in (0..=100).step_by(20) {
            let y = frame.y(f64::from(percent) / 100.0);
            sheet.rule((x - TICK, y), (x, y), AXIS_LINE, INK);
            let at = (x - TICK - 2.0, y + numbers.cap_height() / 2.0);
            sheet.text(&percent.to_string(), at, numbers, Anchor::End);
        }
        let title = self.text.get("response-figure-axis");
        let middle = (frame.top + frame.bottom) / 2.0;
        let font = Font::new(self.sizes.normal, INK);
        sheet.vertical(&title, (MARGIN + self.sizes.normal, middle), font);
    }

    /// The line that bars stand on; over them.
    fn base(&self, sheet: &mut Sheet, frame: &Frame) {
        let (left, right) = (frame.left - OFFSET - AXIS_LINE / 2.0, frame.right);
        sheet.rule((left, frame.bottom), (right, frame.bottom), AXIS_LINE, INK);
    }

    /// Labels under their slots, from `top`; returns the lowest point.
    fn labels(&self, sheet: &mut Sheet, frame: &Frame, labels: &[String], top: f64) -> f64 {
        let font = self.small();
        let width = frame.slot(labels.len());
        let mut bottom = top;
        for (i, label) in labels.iter().enumerate() {
            let lines = font.wrap(label, width - 4.0, LABEL_LINES);
            bottom = f64::max(bottom, top + paragraph_height(lines.len(), font));
            let x = frame.middle(i, labels.len());
            sheet.paragraph(&lines, (x, top), font, Anchor::Middle);
        }
        bottom
    }

    fn finish(&self, sheet: Sheet, bottom: f64, id: &str, series: Vec<Series>) -> Scene {
        let (width, height) = (self.sizes.width, bottom + self.sizes.small * 0.3 + MARGIN);
        let title = self.outcome.options.figure.title.clone();
        let n = ("n", self.outcome.overall.n.into());
        Scene {
            title: title.unwrap_or_else(|| self.text.get(id)),
            description: self.text.with(&format!("{id}-description"), &[n]),
            width,
            height,
            marks: sheet.on_paper(width, height),
            series,
        }
    }
}

/// A bar with its interval; returns the height that it reaches.
fn bar(
    sheet: &mut Sheet,
    frame: &Frame,
    rate: &Proportion,
    (middle, width): (f64, f64),
    color: Color,
) -> f64 {
    let half = width / 2.0 - 0.5;
    let top = frame.y(rate.estimate.unwrap_or(0.0));
    let sides = (middle - half, middle + half);
    // A rate of 0 is seen as a thin bar.
    let seen = top.min(frame.bottom - 1.2);
    rectangle(sheet, sides, (seen, frame.bottom), color);
    if let (Some(low), Some(high)) = (rate.conf_low, rate.conf_high) {
        let (low, high) = (frame.y(low), frame.y(high));
        let cap = CAP.min(half);
        // On paper first, so that it shows on dark bars too.
        for (width, color) in [(3.0 * WHISKER, PAPER), (WHISKER, INK)] {
            sheet.rule((middle, low), (middle, high), width, color);
            for y in [low, high] {
                sheet.rule((middle - cap, y), (middle + cap, y), width, color);
            }
        }
    }
    top
}

/// What the bars of a group are filled with.
fn fill(group: usize) -> Color {
    theme::group_color(group).at(FILLS[group % FILLS.len()])
}
