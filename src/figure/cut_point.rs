//! The log-rank statistic over cut-points, and the spline of a number's log hazard.

use super::frame::{Frame, decimal_step, diamond};
use super::sheet::{Font, Sheet};
use super::theme::{self, AXIS_LINE, FAINT, INK, MARGIN, PAPER, Sizes, TICK};
use super::{Anchor, Point, Scene, Series, SeriesPoint};
use crate::analysis::{CutPointOutcome, CutSearch, SplineEffect};
use crate::format::Style;
use crate::text::{Argument, Text};

/// About so many numbers stand at an axis.
const TICKS: f64 = 6.0;

/// Marks nearer than this are drawn as one.
const NEAR: f64 = 0.35;

/// Height of the mark of the value that most patients have.
const RUG: f64 = 10.0;

/// Least height of the mark of a value.
const LOWEST_MARK: f64 = 1.5;

/// Hazard ratios at which the axis of a spline can have numbers, of one power of ten, denser ones first.
const RATIOS: [&[f64]; 5] = [
    &[
        1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2.0, 2.2, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 7.0, 8.0,
        9.0,
    ],
    &[1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0],
    &[1.0, 1.5, 2.0, 3.0, 5.0, 7.0],
    &[1.0, 2.0, 5.0],
    &[1.0],
];

/// More numbers than this do not stand at the axis of hazard ratios.
const MOST_RATIOS: usize = 8;

/// The band is cut so far beyond the curve (log hazard ratio).
const BAND: f64 = 1.2;

/// Lays out the statistic if there was a search, then the spline if there is one.
pub(super) fn scenes(outcome: &CutPointOutcome, style: &Style, text: &Text) -> Vec<Scene> {
    let layout = Layout {
        outcome,
        style,
        text,
        sizes: Sizes::preset(outcome.options.figure.width),
    };
    let search = outcome.search.as_ref().map(|search| layout.search(search));
    let spline = outcome.spline.as_ref().map(|spline| layout.spline(spline));
    search.into_iter().chain(spline).collect()
}

/// The column with its unit: `LDH (U/L)`.
pub fn quantity(outcome: &CutPointOutcome, text: &Text) -> String {
    let column = outcome.options.column.as_str();
    match &outcome.value_unit {
        None => column.to_owned(),
        Some(unit) => text.with(
            "cutpoint-quantity",
            &[("column", column.into()), ("unit", unit.as_str().into())],
        ),
    }
}

struct Layout<'a> {
    outcome: &'a CutPointOutcome,
    style: &'a Style,
    text: &'a Text,
    sizes: Sizes,
}

impl Layout<'_> {
    fn small(&self) -> Font {
        Font::new(self.sizes.small, INK)
    }

    fn normal(&self) -> Font {
        Font::new(self.sizes.normal, INK)
    }

    fn names(&self) -> [Argument<'_>; 2] {
        let endpoint = super::cox::endpoint(self.outcome.options.endpoint, self.text);
        [
            ("endpoint", endpoint.into()),
            ("column", self.outcome.options.column.as_str().into()),
        ]
    }

    /// The absolute statistic over cut-points, the critical value, and the chosen cut-point.
    fn search(&self, search: &CutSearch) -> Scene {
        let points = &search.scan.points;
        let chosen = points[search.scan.largest];
        let size = chosen.statistic.abs();
        let ends = (points[0].cut, points[points.len() - 1].cut);
        let frame = self.frame(ends, (0.0, 1.12 * size.max(search.critical)), 0.0);
        let mut sheet = self.paper();
        let color = theme::group_color(0);
        let (left, right) = (frame.left, frame.right);
        let critical = frame.point(ends.0, search.critical).y;
        let dash = vec![3.0, 2.0];
        let pair = |a: (f64, f64), b: (f64, f64)| [a, b].map(|(x, y)| Point { x, y }).to_vec();
        let line = pair((left, critical), (right, critical));
        sheet.line(line, 0.7, FAINT, dash.clone());
        let top = frame.point(chosen.cut, size);
        sheet.line(pair((top.x, top.y), (top.x, frame.bottom)), 0.7, INK, dash);
        let curve = points
            .iter()
            .map(|at| frame.point(at.cut, at.statistic.abs()));
        sheet.line(thinned(curve), self.sizes.line, color, Vec::new());
        sheet.area(diamond(top, 2.4), INK);
        self.search_words(&mut sheet, &frame, search, top);
        self.number_axis(&mut sheet, &frame);
        let (step, decimals) = decimal_step(frame.y.1 / 5.0);
        let last = (frame.y.1 / step).floor() as i64;
        let ticks = (0..=last).map(|tick| tick as f64 * step);
        let ticks = ticks.map(|at| (at, self.style.number(at, decimals)));
        self.y_axis(
            &mut sheet,
            &frame,
            ticks.collect(),
            "cutpoint-axis-statistic",
        );
        let series = (points.iter()).map(|at| SeriesPoint {
            at: frame.point(at.cut, at.statistic.abs()),
            lines: vec![
                self.text
                    .with("cutpoint-at", &[("cut", self.style.short(at.cut).into())]),
                self.text.with(
                    "cutpoint-statistic-of",
                    &[("statistic", self.style.number(at.statistic.abs(), 2).into())],
                ),
            ],
        });
        let title = self.text.with("cutpoint-title-search", &self.names());
        self.scene(sheet, title, series.collect())
    }

    /// The names of the two lines.
    fn search_words(&self, sheet: &mut Sheet, frame: &Frame, search: &CutSearch, top: Point) {
        let font = self.small();
        let chosen = search.scan.points[search.scan.largest];
        let cut = self.style.short(chosen.cut);
        let words = self.text.with("cutpoint-chosen", &[("cut", cut.into())]);
        let half = font.width(&words) / 2.0;
        let x = top.x.clamp(frame.left + half, frame.right - half);
        sheet.text(&words, (x, top.y - 5.0), font, Anchor::Middle);
        let p = self.style.short(1.0 - self.outcome.options.conf_level);
        let words = self.text.with("cutpoint-critical", &[("p", p.into())]);
        let y = frame.point(frame.x.0, search.critical).y;
        let (width, height) = (font.width(&words), font.cap_height());
        let curve: Vec<Point> = (search.scan.points.iter())
            .map(|at| frame.point(at.cut, at.statistic.abs()))
            .collect();
        let places = [frame.right - width, frame.left]
            .into_iter()
            .flat_map(|x| [(x, y - 2.5), (x, y + 2.5 + height)]);
        let room = |&(x, y): &(f64, f64)| {
            let crossed = (x - 3.0..x + width + 3.0).contains(&top.x);
            let room = distance(&curve, (x, x + width), y - height / 2.0);
            if crossed { 0.0 } else { room }
        };
        let place = places.max_by(|a, b| room(a).total_cmp(&room(b)));
        let font = Font::new(font.size, theme::readable(FAINT));
        let place = place.unwrap_or((frame.left, y));
        sheet.text(&words, place, font, Anchor::Start);
    }

    /// The hazard ratio over the median, its band, and the values of the patients.
    fn spline(&self, spline: &SplineEffect) -> Scene {
        let curve = &spline.curve;
        let estimates = || curve.iter().map(|at| at.estimate);
        let low = estimates().fold(0.0, f64::min) - BAND;
        let high = estimates().fold(0.0, f64::max) + BAND;
        let lowest = curve
            .iter()
            .map(|at| at.conf_low)
            .fold(0.0, f64::min)
            .max(low);
        let highest = curve
            .iter()
            .map(|at| at.conf_high)
            .fold(0.0, f64::max)
            .min(high);
        let room = 0.04 * (highest - lowest);
        let ends = (curve[0].value, curve[curve.len() - 1].value);
        let frame = self.frame(ends, (lowest - room, highest + room), RUG + 4.0);
        let mut sheet = self.paper();
        let color = theme::group_color(0);
        let level = [ends.0, ends.1].map(|x| frame.point(x, 0.0)).to_vec();
        sheet.line(level, 0.7, FAINT, vec![3.0, 2.0]);
        let upper = curve.iter().map(|at| frame.point(at.value, at.conf_high));
        let lower = curve
            .iter()
            .rev()
            .map(|at| frame.point(at.value, at.conf_low));
        sheet.area(upper.chain(lower).collect(), color.at(0.16));
        let line = curve.iter().map(|at| frame.point(at.value, at.estimate));
        sheet.line(line.collect(), self.sizes.line * 1.1, color, Vec::new());
        sheet.area(diamond(frame.point(spline.reference, 0.0), 2.4), INK);
        self.rug(&mut sheet, &frame);
        self.number_axis(&mut sheet, &frame);
        let ticks =
            (ratios(frame.y).into_iter()).map(|ratio| (ratio.ln(), self.style.short(ratio)));
        self.y_axis(&mut sheet, &frame, ticks.collect(), "cutpoint-axis-ratio");
        let series = (curve.iter()).map(|at| SeriesPoint {
            at: frame.point(at.value, at.estimate),
            lines: vec![
                self.text
                    .with("cutpoint-at", &[("cut", self.style.short(at.value).into())]),
                self.style.ratio_interval(
                    Some(at.estimate.exp()),
                    Some(at.conf_low.exp()),
                    Some(at.conf_high.exp()),
                ),
            ],
        });
        let title = self.text.with("cutpoint-title-spline", &self.names());
        self.scene(sheet, title, series.collect())
    }

    /// A mark at each value of the patients, the higher the more of them have it.
    fn rug(&self, sheet: &mut Sheet, frame: &Frame) {
        let within = |value: &&f64| (frame.x.0..=frame.x.1).contains(*value);
        let places: Vec<f64> = (self.outcome.values.iter().filter(within))
            .map(|&value| frame.point(value, frame.y.0).x)
            .collect();
        let marks: Vec<&[f64]> = places.chunk_by(|a, b| b - a <= NEAR).collect();
        let most = marks.iter().map(|mark| mark.len()).max().unwrap_or(1) as f64;
        let foot = frame.bottom + RUG + 2.0;
        for mark in marks {
            let height = (RUG * mark.len() as f64 / most).max(LOWEST_MARK);
            sheet.rule((mark[0], foot), (mark[0], foot - height), 0.7, INK.at(0.6));
        }
    }

    /// The plot of those ranges, with `below` between it and the axis of the number.
    fn frame(&self, x: (f64, f64), y: (f64, f64), below: f64) -> Frame {
        let left = MARGIN + self.normal().size + 6.0 + self.small().width("0.00") + TICK + 5.0;
        let right = self.sizes.width - MARGIN - 6.0;
        let top = MARGIN + 5.0;
        Frame {
            left,
            right,
            top,
            bottom: top + self.sizes.plot - below,
            x,
            y,
        }
    }

    fn paper(&self) -> Sheet {
        let mut sheet = Sheet::default();
        let (width, height) = (self.sizes.width, self.height());
        let corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
        sheet.area(corners.map(|(x, y)| Point { x, y }).to_vec(), PAPER);
        sheet
    }

    /// Height of the figure.
    fn height(&self) -> f64 {
        let axis = 3.0 + TICK + 2.5 + self.small().size + 5.0 + self.normal().size + MARGIN;
        MARGIN + 5.0 + self.sizes.plot + axis
    }

    fn y_axis(&self, sheet: &mut Sheet, frame: &Frame, ticks: Vec<(f64, String)>, title: &str) {
        let font = self.small();
        let x = frame.left - 3.0;
        sheet.rule((x, frame.top), (x, frame.bottom), AXIS_LINE, INK);
        for (at, number) in &ticks {
            let y = frame.point(frame.x.0, *at).y;
            sheet.rule((x - TICK, y), (x, y), AXIS_LINE, INK);
            let at = (x - TICK - 2.0, y + font.cap_height() / 2.0);
            sheet.text(number, at, font, Anchor::End);
        }
        let widest = font.widest(ticks.iter().map(|(_, number)| &**number));
        let at = (
            x - TICK - 2.0 - widest - 5.0,
            f64::midpoint(frame.top, frame.bottom),
        );
        sheet.vertical(&self.text.get(title), at, self.normal());
    }

    /// The axis of the number itself, at the foot of the plot.
    fn number_axis(&self, sheet: &mut Sheet, frame: &Frame) {
        let (font, title) = (self.small(), self.normal());
        let y = MARGIN + 5.0 + self.sizes.plot + 3.0;
        sheet.rule((frame.left - 3.0, y), (frame.right, y), AXIS_LINE, INK);
        let (low, high) = frame.x;
        let (step, decimals) = decimal_step((high - low) / TICKS);
        let baseline = y + TICK + 2.5 + font.cap_height();
        let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
        for tick in first..=last {
            let value = tick as f64 * step;
            let x = frame.point(value, frame.y.0).x;
            sheet.rule((x, y), (x, y + TICK), AXIS_LINE, INK);
            let number = self.style.number(value, decimals);
            sheet.text(&number, (x, baseline), font, Anchor::Middle);
        }
        let room = frame.right - frame.left;
        let words = quantity(self.outcome, self.text);
        let middle = f64::midpoint(frame.left, frame.right);
        let at = (middle, baseline + 5.0 + title.cap_height());
        for line in title.wrap(&words, room, 1) {
            sheet.text(&line, at, title, Anchor::Middle);
        }
    }

    fn scene(&self, sheet: Sheet, title: String, points: Vec<SeriesPoint>) -> Scene {
        Scene {
            description: title.clone(),
            width: self.sizes.width,
            height: self.height(),
            marks: sheet.marks,
            series: vec![Series {
                label: title.clone(),
                color: theme::group_color(0),
                points,
            }],
            title,
        }
    }
}

/// A curve without what cannot be seen of it: of points in one place, the first, highest, lowest and last.
fn thinned(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    let mut near: Vec<Point> = Vec::new();
    let keep = |near: &mut Vec<Point>, kept: &mut Vec<Point>| {
        let places = 0..near.len();
        let high = places
            .clone()
            .min_by(|&a, &b| near[a].y.total_cmp(&near[b].y));
        let low = places.max_by(|&a, &b| near[a].y.total_cmp(&near[b].y));
        let mut taken = vec![0, near.len().saturating_sub(1)];
        taken.extend(high.into_iter().chain(low));
        taken.sort_unstable();
        taken.dedup();
        kept.extend(taken.into_iter().filter_map(|at| near.get(at).copied()));
        near.clear();
    };
    for point in points {
        if near.first().is_some_and(|first| point.x - first.x > NEAR) {
            keep(&mut near, &mut kept);
        }
        near.push(point);
    }
    keep(&mut near, &mut kept);
    kept
}

/// How far a curve of rising x stays from a height between two places.
fn distance(curve: &[Point], (from, to): (f64, f64), height: f64) -> f64 {
    const STEPS: u32 = 24;
    let at = |x: f64| {
        let after = curve.partition_point(|point| point.x < x).max(1);
        let a = curve[after - 1];
        let b = *curve.get(after).unwrap_or(&a);
        let share = if b.x > a.x {
            (x - a.x) / (b.x - a.x)
        } else {
            0.0
        };
        a.y + (b.y - a.y) * share.clamp(0.0, 1.0)
    };
    (0..=STEPS)
        .map(|step| from + (to - from) * f64::from(step) / f64::from(STEPS))
        .map(|x| (at(x) - height).abs())
        .fold(f64::INFINITY, f64::min)
}

/// The nearest number to digit · 10^power: 7 / 10, and not 7 · 0.1.
fn scaled(digit: f64, power: i32) -> f64 {
    match power {
        0.. => digit * 10f64.powi(power),
        _ => digit / 10f64.powi(-power),
    }
}

/// Round hazard ratios between two logarithms, ascending: as many as stand at an axis.
fn ratios((low, high): (f64, f64)) -> Vec<f64> {
    let powers = (low / std::f64::consts::LN_10).floor() as i32
        ..=(high / std::f64::consts::LN_10).floor() as i32;
    let of = |digits: &[f64]| -> Vec<f64> {
        (powers.clone())
            .flat_map(|power| digits.iter().map(move |digit| scaled(*digit, power)))
            .filter(|ratio| (low..=high).contains(&ratio.ln()))
            .collect()
    };
    let sets = RATIOS.iter().map(|digits| of(digits));
    let mut fits = sets.filter(|ratios| ratios.len() <= MOST_RATIOS);
    fits.next().unwrap_or_else(|| vec![1.0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_of_ratios_has_round_numbers_of_both_sides_of_1() {
        assert_eq!(ratios((-0.75, 1.7)), [0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0]);
        assert_eq!(ratios((-0.25, 0.25)), [0.8, 0.9, 1.0, 1.1, 1.2]);
        let wide = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0];
        assert_eq!(ratios((-2.5, 2.5)), wide);
    }

    #[test]
    fn the_distance_of_a_label_from_the_curve_counts_what_lies_between_its_points() {
        let curve = [(0.0, 0.0), (10.0, 10.0)].map(|(x, y)| Point { x, y });
        assert_eq!(distance(&curve, (4.0, 6.0), 5.0), 0.0);
        assert_eq!(distance(&curve, (0.0, 2.0), 5.0), 3.0);
    }

    #[test]
    fn a_thinned_curve_keeps_its_peaks() {
        let points = (0..10_000).map(|i| Point {
            x: f64::from(i) / 1000.0,
            y: if i == 5432 { -7.0 } else { f64::from(i % 3) },
        });
        let kept = thinned(points);
        assert!(kept.len() < 130, "{}", kept.len());
        assert!(kept.contains(&Point { x: 5.432, y: -7.0 }));
        assert_eq!(kept.first().map(|p| p.x), Some(0.0));
        assert_eq!(kept.last().map(|p| p.x), Some(9.999));
    }
}
