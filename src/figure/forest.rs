//! Forest figures: rows of text with a ratio and its interval on a logarithmic axis.

use super::sheet::{Font, Sheet, paragraph_height};
use super::theme::{self, AXIS_LINE, FAINT, INK, MARGIN, PAPER, Sizes, TICK};
use super::{Anchor, Color, Point, Scene, Series, SeriesPoint};
use crate::analysis::FigureWidth;
use crate::format::Style;

/// Everything that a forest figure shows, worded.
pub struct Forest {
    pub title: Option<String>,
    /// For the file name and the screen reader.
    pub name: String,
    pub description: String,
    pub width: FigureWidth,
    /// Heads of the first column, of those left and of those right of the plot.
    pub label_head: String,
    pub left_heads: Vec<String>,
    pub right_heads: Vec<String>,
    pub axis_title: String,
    /// What a ratio below and above 1 means.
    pub sides: [String; 2],
    pub rows: Vec<ForestRow>,
}

/// A row of text with its ratio.
pub struct ForestRow {
    pub label: String,
    /// Depth of indentation.
    pub indent: u8,
    /// Of the label.
    pub bold: bool,
    pub left: Vec<String>,
    pub right: Vec<String>,
    pub shape: Shape,
}

/// What stands on the axis.
pub enum Shape {
    Nothing,
    /// The level that the others are compared with: ratio 1.
    Reference,
    /// A square with whiskers; its area by `weight`, from 0 to 1.
    Square {
        ratio: Ratio,
        weight: f64,
    },
    /// A diamond from limit to limit, for all patients.
    Diamond {
        ratio: Ratio,
    },
}

/// A ratio with its limits; without a limit it is unbounded on that side.
#[derive(Debug, Clone, Copy)]
pub struct Ratio {
    pub estimate: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// Space between columns.
const GAP: f64 = 8.0;

/// Depth of one indentation.
const INDENT: f64 = 8.0;

/// Half the side of the largest and smallest square.
const SQUARE: (f64, f64) = (3.2, 1.5);

/// The least share of the width that is left to the plot, more where the figure is narrow.
const PLOT_SHARE: (f64, f64) = (0.24, 0.3);

/// The most lines of what a ratio below or above 1 means.
const SIDE_LINES: usize = 3;

/// Whiskers are cut where a limit is further from 1 than all estimates by this factor.
const CUT: f64 = 5.0;

/// The axis never reaches further than this from 1.
const FURTHEST: f64 = 100.0;

impl Forest {
    /// Lays the figure out.
    pub fn scene(self, style: &Style) -> Scene {
        Layout::new(self, style).scene()
    }

    fn ratios(&self) -> impl Iterator<Item = Ratio> {
        self.rows.iter().filter_map(|row| row.shape.ratio())
    }
}

impl Shape {
    fn ratio(&self) -> Option<Ratio> {
        match self {
            Shape::Nothing | Shape::Reference => None,
            Shape::Square { ratio, .. } | Shape::Diamond { ratio } => Some(*ratio),
        }
    }
}

/// A logarithmic axis.
#[derive(Debug, Clone, PartialEq)]
struct LogAxis {
    low: f64,
    high: f64,
    ticks: Vec<f64>,
}

impl LogAxis {
    /// The range of the ratios and of 1, whiskers cut by [`CUT`], out to the next ticks.
    fn new(ratios: impl Iterator<Item = Ratio>) -> Self {
        let ratios: Vec<Ratio> = ratios
            .filter(|ratio| ratio.estimate > 0.0 && ratio.estimate.is_finite())
            .collect();
        let estimates = || ratios.iter().map(|ratio| ratio.estimate);
        let (least, most) = (
            estimates().fold(1.0, f64::min),
            estimates().fold(1.0, f64::max),
        );
        let low = (ratios.iter())
            .map(|ratio| ratio.low.unwrap_or(0.0))
            .fold(least, f64::min)
            .max(least / CUT)
            .max(1.0 / FURTHEST);
        let high = (ratios.iter())
            .map(|ratio| ratio.high.unwrap_or(f64::INFINITY))
            .fold(most, f64::max)
            .min(most * CUT)
            .min(FURTHEST);
        let (low, high) = (low.min(1.0 / 1.25), high.max(1.25));
        let steps: &[f64] = match high / low {
            narrow if narrow <= 3.0 => &[
                0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0,
            ],
            middle if middle <= 40.0 => &[
                0.03125, 0.0625, 0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0,
            ],
            _ => &[0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0],
        };
        let first = steps.iter().rposition(|&step| step <= low).unwrap_or(0);
        let last = (steps.iter().position(|&step| step >= high)).unwrap_or(steps.len() - 1);
        Self {
            low: steps[first],
            high: steps[last],
            ticks: steps[first..=last].to_vec(),
        }
    }
}

/// Where the columns stand.
struct Layout<'a> {
    forest: Forest,
    style: &'a Style,
    sizes: Sizes,
    font: Font,
    axis: LogAxis,
    label_width: f64,
    /// Middle of each column left of the plot.
    left: Vec<f64>,
    plot: (f64, f64),
    /// Left edge of each column right of the plot.
    right: Vec<f64>,
}

impl<'a> Layout<'a> {
    fn new(mut forest: Forest, style: &'a Style) -> Self {
        let sizes = Sizes::preset(forest.width);
        if forest.width == FigureWidth::One {
            // The counts stand in the table.
            forest.left_heads.clear();
            for row in &mut forest.rows {
                row.left.clear();
            }
        }
        let font = Font::new(sizes.small, INK);
        let widths = |heads: &[String], cells: &dyn Fn(&ForestRow) -> &[String]| -> Vec<f64> {
            (heads.iter().enumerate())
                .map(|(column, head)| {
                    let texts = forest.rows.iter().filter_map(|row| cells(row).get(column));
                    let bold = font.bold();
                    let head = bold.widest(head.split('\n'));
                    texts.fold(head, |widest, text| widest.max(bold.width(text)))
                })
                .collect()
        };
        let left_widths = widths(&forest.left_heads, &|row| &row.left);
        let right_widths = widths(&forest.right_heads, &|row| &row.right);
        let of = |widths: &[f64]| widths.iter().map(|width| width + GAP).sum::<f64>();
        let inner = sizes.width - 2.0 * MARGIN;
        let share = match forest.width {
            FigureWidth::One => PLOT_SHARE.1,
            FigureWidth::OneAndHalf | FigureWidth::Two => PLOT_SHARE.0,
        };
        let room = inner * (1.0 - share) - of(&left_widths) - of(&right_widths) - GAP;
        let label_width = (forest.rows.iter())
            .map(|row| f64::from(row.indent) * INDENT + set(font, row.bold).width(&row.label))
            .fold(font.bold().width(&forest.label_head), f64::max)
            .min(room.max(inner * 0.2))
            // Lines are measured letter by letter, which rounds otherwise.
            + 0.1;
        let mut x = MARGIN + label_width + GAP;
        let mut left = Vec::new();
        for width in &left_widths {
            left.push(x + width / 2.0);
            x += width + GAP;
        }
        let mut end = sizes.width - MARGIN;
        let mut right = Vec::new();
        for width in right_widths.iter().rev() {
            right.push(end - width);
            end -= width + GAP;
        }
        right.reverse();
        Self {
            axis: LogAxis::new(forest.ratios()),
            plot: (x + 4.0, (end - 4.0).max(x + 20.0)),
            forest,
            style,
            sizes,
            font,
            label_width,
            left,
            right,
        }
    }

    /// Position of a ratio.
    fn x(&self, ratio: f64) -> f64 {
        let (left, right) = self.plot;
        let share = (ratio / self.axis.low).ln() / (self.axis.high / self.axis.low).ln();
        left + (right - left) * share
    }

    fn scene(self) -> Scene {
        let mut sheet = Sheet::default();
        let top = self.draw_title(&mut sheet);
        let body = self.draw_heads(&mut sheet, top);
        let lines: Vec<Vec<String>> = (self.forest.rows.iter())
            .map(|row| {
                let room = self.label_width - f64::from(row.indent) * INDENT;
                set(self.font, row.bold).wrap(&row.label, room, 3)
            })
            .collect();
        let mut y = body;
        let mut before = 0;
        let middles: Vec<f64> = (self.forest.rows.iter().zip(&lines))
            .map(|(row, lines)| {
                let apart = row.indent == 0 && (before > 0 || row.left.is_empty()) && y > body;
                before = row.indent;
                let above = if apart { 2.5 } else { 0.0 };
                let height = paragraph_height(lines.len().max(1), self.font) + 5.6;
                let middle = y + above + height / 2.0;
                y += above + height;
                middle
            })
            .collect();
        let bottom = y + 3.0;
        self.draw_references(&mut sheet, body - 2.0, bottom);
        for ((row, lines), &middle) in self.forest.rows.iter().zip(&lines).zip(&middles) {
            self.draw_row(&mut sheet, row, lines, middle);
        }
        let bottom = self.draw_axis(&mut sheet, bottom);
        self.finish(sheet, &middles, bottom)
    }

    fn draw_title(&self, sheet: &mut Sheet) -> f64 {
        let Some(title) = &self.forest.title else {
            return MARGIN;
        };
        let font = Font::new(self.sizes.large, INK).bold();
        let lines = font.wrap(title, self.sizes.width - 2.0 * MARGIN, 3);
        sheet.paragraph(&lines, (MARGIN, MARGIN), font, Anchor::Start);
        MARGIN + paragraph_height(lines.len(), font) + 8.0
    }

    /// The heads on one foot, and a line under them; returns where the rows begin.
    fn draw_heads(&self, sheet: &mut Sheet, top: f64) -> f64 {
        let font = self.font.bold();
        let heads = || {
            let left = self.forest.left_heads.iter().zip(&self.left);
            let right = self.forest.right_heads.iter().zip(&self.right);
            (left.map(|(head, x)| (head, *x, Anchor::Middle)))
                .chain(right.map(|(head, x)| (head, *x, Anchor::Start)))
                .chain([(&self.forest.label_head, MARGIN, Anchor::Start)])
        };
        let most = heads().map(|(head, ..)| head.split('\n').count()).max();
        let height = paragraph_height(most.unwrap_or(1), font);
        for (head, x, anchor) in heads() {
            let lines: Vec<String> = head.split('\n').map(str::to_owned).collect();
            let y = top + height - paragraph_height(lines.len(), font);
            sheet.paragraph(&lines, (x, y), font, anchor);
        }
        let foot = top + height + 4.5;
        let right = self.sizes.width - MARGIN;
        sheet.rule((MARGIN, foot), (right, foot), AXIS_LINE, INK);
        foot + 3.0
    }

    /// The line at 1, and a thin one at the ratio of all patients.
    fn draw_references(&self, sheet: &mut Sheet, top: f64, bottom: f64) {
        let one = self.x(1.0);
        sheet.rule((one, top), (one, bottom), AXIS_LINE, INK);
        for row in &self.forest.rows {
            if let Shape::Diamond { ratio } = &row.shape
                && let Some(x) = self.inside(ratio.estimate)
            {
                let points = [(x, top), (x, bottom)].map(|(x, y)| Point { x, y });
                sheet.line(points.to_vec(), AXIS_LINE, FAINT, vec![2.0, 1.6]);
            }
        }
    }

    fn inside(&self, ratio: f64) -> Option<f64> {
        (self.axis.low..=self.axis.high)
            .contains(&ratio)
            .then(|| self.x(ratio))
    }

    fn draw_row(&self, sheet: &mut Sheet, row: &ForestRow, lines: &[String], middle: f64) {
        let font = set(self.font, row.bold);
        let x = MARGIN + f64::from(row.indent) * INDENT;
        let top = middle - paragraph_height(lines.len(), font) / 2.0;
        sheet.paragraph(lines, (x, top), font, Anchor::Start);
        let baseline = middle + self.font.cap_height() / 2.0;
        let cells = set(self.font, matches!(row.shape, Shape::Diamond { .. }));
        for (text, &x) in row.left.iter().zip(&self.left) {
            sheet.text(text, (x, baseline), cells, Anchor::Middle);
        }
        for (text, &x) in row.right.iter().zip(&self.right) {
            sheet.text(text, (x, baseline), cells, Anchor::Start);
        }
        match &row.shape {
            Shape::Nothing => {}
            Shape::Reference => {
                let x = self.x(1.0);
                sheet.area(square(x, middle, SQUARE.1), PAPER);
                let mut outline = square(x, middle, SQUARE.1);
                outline.push(outline[0]);
                sheet.line(outline, AXIS_LINE, INK, Vec::new());
            }
            Shape::Square { ratio, weight } => {
                self.draw_whiskers(sheet, ratio, middle);
                if let Some(x) = self.inside(ratio.estimate) {
                    let (most, least) = SQUARE;
                    let half = least.max(most * weight.clamp(0.0, 1.0).sqrt());
                    sheet.area(square(x, middle, half), color());
                }
            }
            Shape::Diamond { ratio } => self.draw_diamond(sheet, ratio, middle),
        }
    }

    /// The limits within the axis; whether each is cut.
    fn limits(&self, ratio: &Ratio) -> [(f64, bool); 2] {
        let low = ratio.low.filter(|low| *low >= self.axis.low);
        let high = ratio.high.filter(|high| *high <= self.axis.high);
        [
            (self.x(low.unwrap_or(self.axis.low)), low.is_none()),
            (self.x(high.unwrap_or(self.axis.high)), high.is_none()),
        ]
    }

    fn draw_whiskers(&self, sheet: &mut Sheet, ratio: &Ratio, y: f64) {
        let [(low, cut_low), (high, cut_high)] = self.limits(ratio);
        sheet.rule((low, y), (high, y), 0.9, color());
        for (x, cut, side) in [(low, cut_low, -1.0), (high, cut_high, 1.0)] {
            if cut {
                let points = [
                    (x + 3.0 * side, y),
                    (x - side, y - 2.2),
                    (x - side, y + 2.2),
                ];
                let points = points.map(|(x, y)| Point { x, y }).to_vec();
                sheet.area(points, color());
            } else {
                sheet.rule((x, y - 1.6), (x, y + 1.6), 0.9, color());
            }
        }
    }

    fn draw_diamond(&self, sheet: &mut Sheet, ratio: &Ratio, y: f64) {
        let Some(x) = self.inside(ratio.estimate) else {
            return self.draw_whiskers(sheet, ratio, y);
        };
        let [(low, _), (high, _)] = self.limits(ratio);
        let corners = [(low, y), (x, y - 3.4), (high, y), (x, y + 3.4)];
        sheet.area(corners.map(|(x, y)| Point { x, y }).to_vec(), color());
    }

    /// The axis with its numbers and titles; returns the lowest baseline.
    fn draw_axis(&self, sheet: &mut Sheet, y: f64) -> f64 {
        let (left, right) = self.plot;
        sheet.rule((left, y), (right, y), AXIS_LINE, INK);
        let baseline = y + TICK + 2.5 + self.font.cap_height();
        // The number at 1 first, then those that leave room beside the ones written.
        let mut order: Vec<f64> = self.axis.ticks.clone();
        order.sort_by(|a, b| a.ln().abs().total_cmp(&b.ln().abs()));
        let mut taken: Vec<(f64, f64)> = Vec::new();
        for tick in order {
            let x = self.x(tick);
            sheet.rule((x, y), (x, y + TICK), AXIS_LINE, INK);
            let number = self.style.short(tick);
            let half = self.font.width(&number) / 2.0 + 2.5;
            if taken
                .iter()
                .all(|&(from, to)| x + half <= from || x - half >= to)
            {
                taken.push((x - half, x + half));
                sheet.text(&number, (x, baseline), self.font, Anchor::Middle);
            }
        }
        let one = self.x(1.0);
        let mut baseline = baseline;
        let [lower, higher] = &self.forest.sides;
        let leading = self.font.leading();
        let (room_left, room_right) = (one - 4.0 - MARGIN, self.sizes.width - MARGIN - one - 4.0);
        let mut most = 1;
        for (words, x, anchor, room) in [
            (format!("← {lower}"), one - 4.0, Anchor::End, room_left),
            (format!("{higher} →"), one + 4.0, Anchor::Start, room_right),
        ] {
            let lines = self.font.wrap(&words, room, SIDE_LINES);
            most = most.max(lines.len());
            let top = baseline + leading + 2.0 - self.font.cap_height();
            sheet.paragraph(&lines, (x, top), self.font, anchor);
        }
        baseline += (1 + most) as f64 * leading + 5.0;
        let title = Font::new(self.sizes.normal, INK);
        let lines = title.wrap(&self.forest.axis_title, self.sizes.width - 2.0 * MARGIN, 3);
        let half = title.widest(lines.iter().map(String::as_str)) / 2.0;
        let middle = f64::midpoint(left, right)
            .min(self.sizes.width - MARGIN - half)
            .max(MARGIN + half);
        let top = (middle, baseline - title.cap_height());
        sheet.paragraph(&lines, top, title, Anchor::Middle);
        baseline + (lines.len() - 1) as f64 * title.leading()
    }

    fn finish(self, sheet: Sheet, middles: &[f64], bottom: f64) -> Scene {
        let (width, height) = (self.sizes.width, bottom + self.sizes.normal * 0.25 + MARGIN);
        let mut page = Sheet::default();
        let corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
        page.area(corners.map(|(x, y)| Point { x, y }).to_vec(), PAPER);
        page.marks.extend(sheet.marks);
        let points = (self.forest.rows.iter().zip(middles))
            .filter_map(|(row, &y)| {
                let x = self.x(row
                    .shape
                    .ratio()?
                    .estimate
                    .clamp(self.axis.low, self.axis.high));
                let mut lines = vec![row.label.clone()];
                lines.extend(row.right.iter().filter(|text| !text.is_empty()).cloned());
                Some(SeriesPoint {
                    at: Point { x, y },
                    lines,
                })
            })
            .collect();
        Scene {
            title: self.forest.name.clone(),
            description: self.forest.description.clone(),
            width,
            height,
            marks: page.marks,
            series: vec![Series {
                label: self.forest.axis_title.clone(),
                color: color(),
                points,
            }],
        }
    }
}

fn set(font: Font, bold: bool) -> Font {
    if bold { font.bold() } else { font }
}

fn color() -> Color {
    theme::group_color(0)
}

fn square(x: f64, y: f64, half: f64) -> Vec<Point> {
    [(-half, -half), (half, -half), (half, half), (-half, half)]
        .map(|(dx, dy)| Point {
            x: x + dx,
            y: y + dy,
        })
        .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(ratios: &[(f64, Option<f64>, Option<f64>)]) -> LogAxis {
        LogAxis::new(ratios.iter().map(|&(estimate, low, high)| Ratio {
            estimate,
            low,
            high,
        }))
    }

    #[test]
    fn the_axis_holds_one_and_every_limit_by_doublings() {
        let ticks = axis(&[(0.6, Some(0.3), Some(1.1)), (1.8, Some(0.9), Some(3.5))]).ticks;
        assert_eq!(ticks, [0.25, 0.5, 1.0, 2.0, 4.0]);
    }

    #[test]
    fn narrow_ranges_have_finer_ticks() {
        let axis = axis(&[(1.1, Some(0.95), Some(1.3))]);
        assert_eq!(axis.ticks, [0.8, 0.9, 1.0, 1.1, 1.25, 1.5]);
    }

    #[test]
    fn an_unbounded_or_wild_limit_is_cut() {
        let cut = axis(&[(2.0, Some(0.5), None), (3.0, Some(1e-4), Some(1e6))]);
        assert_eq!((cut.low, cut.high), (0.1, 30.0));
        let none = axis(&[]);
        assert_eq!((none.low, none.high), (0.8, 1.25));
    }
}
