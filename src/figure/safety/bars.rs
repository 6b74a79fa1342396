//! Bars of the percentage of patients with each term, divided by worst grade: mirrored for two groups or causes,
//! else side by side.

use super::{Layout, PANELS, Panel, commonest, corners, rectangle};
use crate::analysis::GradeCounts;
use crate::figure::groups::ValueAxis;
use crate::figure::sheet::{Font, Sheet, paragraph_height};
use crate::figure::theme::{AXIS_LINE, INK, MARGIN, PAPER};
use crate::figure::{Anchor, Color, Point, Scene, Series, SeriesPoint};

/// Worst grades 1 to 5, then none: one hue that darkens, as ColorBrewer's OrRd, told apart by the colour-blind and
/// in grey.
const SHADES: [Color; 6] = [
    Color::opaque([0xFE, 0xE6, 0xC3]),
    Color::opaque([0xFD, 0xBB, 0x84]),
    Color::opaque([0xEF, 0x75, 0x58]),
    Color::opaque([0xB3, 0x00, 0x00]),
    Color::opaque([0x4A, 0x00, 0x0A]),
    Color::opaque([0xD0, 0xD0, 0xD0]),
];

/// From this shade on, numbers are written in the colour of the paper.
const DARK: [usize; 2] = [3, 4];

/// Height of a bar, in points.
const BAR: f64 = 9.4;

/// Width of the outline of bars.
const OUTLINE: f64 = 0.4;

/// Space between labels and bars, and between panels.
const GAP: f64 = 6.0;

/// Most of the width that the labels get.
const LABELS: f64 = 0.34;

/// Where the bars of a panel stand.
struct Place {
    /// Where they begin, and where the axis ends.
    zero: f64,
    end: f64,
}

impl Place {
    fn x(&self, axis: &ValueAxis, percent: f64) -> f64 {
        self.zero + (self.end - self.zero) * percent / axis.high
    }

    /// 1 where bars grow to the right, −1 to the left.
    fn side(&self) -> f64 {
        (self.end - self.zero).signum()
    }
}

pub(super) fn scene(layout: &Layout<'_>, panels: &[Panel<'_>]) -> Scene {
    let mut sheet = Sheet::default();
    let heads: Vec<String> = (commonest(layout.outcome).into_iter())
        .map(|row| layout.head(row))
        .collect();
    let label_width = layout.label_width(&heads, LABELS);
    let highest = (panels.iter())
        .flat_map(|panel| {
            panel
                .counts
                .iter()
                .flatten()
                .map(|c| percent(c.any, panel.n))
        })
        .fold(1.0, f64::max);
    let axis = ValueAxis::around(0.0, highest.min(100.0));
    let ends = (panels.iter()).flat_map(|panel| {
        panel
            .counts
            .iter()
            .flatten()
            .map(|c| end(layout, c, panel.n))
    });
    let ends: Vec<String> = ends.collect();
    let end_width = layout.small().widest(ends.iter().map(String::as_str)) + 3.0;
    let columns = panels.len().div_ceil(panels.len().div_ceil(PANELS));
    let (places, label_x) = places(layout, columns, label_width, end_width);

    let top = layout.draw_title(&mut sheet);
    let mut top = draw_legend(layout, &mut sheet, panels, top);
    let labels = layout.labels(&heads, label_width);
    let rows = Rows {
        layout,
        axis: &axis,
        heads: &heads,
        labels: &labels,
        label_x,
        mirrored: panels.len() == 2,
    };
    let (mut series, mut baseline) = (Vec::new(), top);
    for panels in panels.chunks(columns) {
        let (drawn, foot) = rows.draw(&mut sheet, panels, &places[..panels.len()], top);
        series.extend(drawn);
        baseline = foot;
        top = foot + 2.0 * layout.normal().leading();
    }
    let names = ["safety-figure-title-bars", "safety-figure-describe-bars"];
    layout.finish(sheet, baseline, names, series)
}

/// The rows of terms, as every row of panels has them.
struct Rows<'a> {
    layout: &'a Layout<'a>,
    axis: &'a ValueAxis,
    heads: &'a [String],
    labels: &'a [Vec<String>],
    label_x: f64,
    /// Whether the labels stand between two panels.
    mirrored: bool,
}

impl Rows<'_> {
    /// Draws panels side by side under `top`; returns what they say, and the baseline of their last line.
    fn draw(
        &self,
        sheet: &mut Sheet,
        panels: &[Panel<'_>],
        places: &[Place],
        top: f64,
    ) -> (Vec<Series>, f64) {
        let (layout, axis) = (self.layout, self.axis);
        let top = draw_heads(layout, sheet, panels, places, top);
        let (middles, bottom) = layout.middles(self.labels, top);
        let font = layout.small();
        for (lines, &middle) in self.labels.iter().zip(&middles) {
            let top = middle - paragraph_height(lines.len(), font) / 2.0;
            let anchor = if self.mirrored {
                Anchor::Middle
            } else {
                Anchor::End
            };
            sheet.paragraph(lines, (self.label_x, top), font, anchor);
        }
        let mut series = Vec::new();
        let mut lowest = bottom;
        for (panel, place) in panels.iter().zip(places) {
            let drawing = Drawing {
                layout,
                axis,
                place,
            };
            let points = (panel.counts.iter().zip(&middles).zip(self.heads))
                .map(|((counts, &middle), head)| drawing.bar(sheet, panel, *counts, middle, head));
            series.push(Series {
                label: panel.label.clone(),
                color: SHADES[2],
                points: points.collect(),
            });
            sheet.rule((place.zero, top), (place.zero, bottom), AXIS_LINE, INK);
            lowest = layout.draw_axis(sheet, axis, bottom, |value| place.x(axis, value));
        }
        let title = layout.text.get("safety-figure-percent");
        let baseline = lowest + layout.normal().leading() + 1.0;
        for place in places {
            let middle = f64::midpoint(place.zero, place.end);
            sheet.text(&title, (middle, baseline), layout.normal(), Anchor::Middle);
        }
        (series, baseline)
    }
}

fn percent(count: usize, n: usize) -> f64 {
    if n == 0 {
        return 0.0;
    }
    100.0 * count as f64 / n as f64
}

/// What stands at the end of a bar: the percentage of any grade, or a bare 0.
fn end(layout: &Layout<'_>, counts: &GradeCounts, n: usize) -> String {
    if counts.any == 0 {
        return "0".to_owned();
    }
    layout.style.percent_number(percent(counts.any, n) / 100.0)
}

/// Where the panels stand, and the labels: in the middle of two, else left of all.
fn places(
    layout: &Layout<'_>,
    panels: usize,
    label_width: f64,
    end_width: f64,
) -> (Vec<Place>, f64) {
    let (left, right) = (MARGIN, layout.sizes.width - MARGIN);
    // Half a number of the axis stands beyond its ends.
    let beyond = layout.small().width("100") / 2.0;
    if panels == 2 {
        let middle = f64::midpoint(left, right);
        let half = label_width / 2.0 + GAP;
        let edge = end_width.max(beyond);
        let places = [
            Place {
                zero: middle - half,
                end: left + edge,
            },
            Place {
                zero: middle + half,
                end: right - edge,
            },
        ];
        return (places.into(), middle);
    }
    let start = left + label_width + GAP;
    let width = (right - start) / panels as f64;
    let places = (0..panels).map(|index| {
        let zero = start + index as f64 * width;
        Place {
            zero,
            end: zero + width - end_width.max(beyond) - if panels > 1 { GAP } else { 0.0 },
        }
    });
    (places.collect(), left + label_width)
}

/// The worst grades that occur, as positions among the shades.
fn shades(panels: &[Panel<'_>]) -> Vec<usize> {
    let counts = || {
        panels
            .iter()
            .flat_map(|panel| panel.counts.iter().flatten())
    };
    (0..SHADES.len())
        .filter(|&shade| counts().any(|counts| at_shade(counts, shade) > 0))
        .collect()
}

fn at_shade(counts: &GradeCounts, shade: usize) -> usize {
    counts.grades.get(shade).copied().unwrap_or(counts.ungraded)
}

/// "Worst grade 1 2 3 none" with their boxes; nothing without grades. Returns where the panels can start.
fn draw_legend(layout: &Layout<'_>, sheet: &mut Sheet, panels: &[Panel<'_>], top: f64) -> f64 {
    if !layout.outcome.mapped.grade {
        return top;
    }
    let font = layout.small();
    let title = layout.text.get("safety-figure-legend");
    let none = layout.text.get("safety-figure-ungraded");
    let shades = shades(panels);
    let name = |shade: usize| match shade {
        5 => none.clone(),
        shade => (shade + 1).to_string(),
    };
    let size = font.cap_height() + 1.6;
    let entries = (shades.iter()).map(|&shade| size + 3.0 + font.width(&name(shade)) + 9.0);
    let width = font.width(&title) + 8.0 + entries.sum::<f64>() - 9.0;
    let mut x = (layout.sizes.width - width) / 2.0;
    let baseline = top + font.cap_height() / 2.0;
    sheet.text(&title, (x, baseline), font, Anchor::Start);
    x += font.width(&title) + 8.0;
    for shade in shades {
        let (box_top, box_bottom) = (baseline + 0.8 - size, baseline + 0.8);
        draw_box(sheet, (x, x + size), (box_top, box_bottom), SHADES[shade]);
        let name = name(shade);
        sheet.text(&name, (x + size + 3.0, baseline), font, Anchor::Start);
        x += size + 3.0 + font.width(&name) + 9.0;
    }
    baseline + 9.0
}

/// A filled rectangle with a thin outline.
fn draw_box(sheet: &mut Sheet, sides: (f64, f64), ends: (f64, f64), fill: Color) {
    rectangle(sheet, sides, ends, fill);
    let mut outline = corners(sides, ends).to_vec();
    outline.push(outline[0]);
    sheet.line(outline, OUTLINE, INK, Vec::new());
}

/// The names of the panels with their numbers of patients, on one foot; returns where the rows start.
fn draw_heads(
    layout: &Layout<'_>,
    sheet: &mut Sheet,
    panels: &[Panel<'_>],
    places: &[Place],
    top: f64,
) -> f64 {
    let font: Font = layout.normal().bold();
    let heads: Vec<Vec<String>> = (panels.iter().zip(places))
        .map(|(panel, place)| {
            let mut lines = font.wrap(&panel.label, (place.end - place.zero).abs() + 8.0, 3);
            lines.push(layout.text.with("groups-axis-n", &[("n", panel.n.into())]));
            lines
        })
        .collect();
    let most = heads.iter().map(Vec::len).max().unwrap_or(0);
    let height = paragraph_height(most, font);
    for (lines, place) in heads.iter().zip(places) {
        let top = top + height - paragraph_height(lines.len(), font);
        let middle = f64::midpoint(place.zero, place.end);
        let (name, n) = lines.split_at(lines.len() - 1);
        sheet.paragraph(name, (middle, top), font, Anchor::Middle);
        let below = top + name.len() as f64 * font.leading();
        sheet.paragraph(n, (middle, below), layout.small(), Anchor::Middle);
    }
    top + height + 5.0
}

/// One panel while it is drawn.
struct Drawing<'a> {
    layout: &'a Layout<'a>,
    axis: &'a ValueAxis,
    place: &'a Place,
}

impl Drawing<'_> {
    /// Draws the bar of one term; returns what it says.
    fn bar(
        &self,
        sheet: &mut Sheet,
        panel: &Panel<'_>,
        counts: Option<&GradeCounts>,
        middle: f64,
        head: &str,
    ) -> SeriesPoint {
        let font = self.layout.small();
        let none = GradeCounts::default();
        let counts = counts.unwrap_or(&none);
        let ends = (middle - BAR / 2.0, middle + BAR / 2.0);
        let mut so_far = 0;
        for (shade, &fill) in SHADES.iter().enumerate() {
            let count = at_shade(counts, shade);
            if count == 0 {
                continue;
            }
            let x = |count: usize| self.place.x(self.axis, percent(count, panel.n));
            let (from, to) = (x(so_far), x(so_far + count));
            draw_box(sheet, (from, to), ends, fill);
            so_far += count;
            let number = (shade + 1).to_string();
            let fits = (to - from).abs() >= font.width(&number) + 3.0;
            if fits && shade < 5 && self.layout.outcome.mapped.grade {
                let color = if DARK.contains(&shade) { PAPER } else { INK };
                let baseline = middle + font.cap_height() / 2.0;
                let at = (f64::midpoint(from, to), baseline);
                sheet.text(&number, at, Font { color, ..font }, Anchor::Middle);
            }
        }
        let side = self.place.side();
        let x = self.place.x(self.axis, percent(counts.any, panel.n));
        let anchor = if side > 0.0 {
            Anchor::Start
        } else {
            Anchor::End
        };
        let baseline = middle + font.cap_height() / 2.0;
        let end = end(self.layout, counts, panel.n);
        sheet.text(&end, (x + 3.0 * side, baseline), font, anchor);
        SeriesPoint {
            at: Point {
                x: f64::midpoint(self.place.zero, x),
                y: middle,
            },
            lines: self.lines(panel, counts, head),
        }
    }

    fn lines(&self, panel: &Panel<'_>, counts: &GradeCounts, head: &str) -> Vec<String> {
        let text = self.layout.text;
        let share = (panel.n > 0).then(|| counts.any as f64 / panel.n as f64);
        let any = [
            ("count", counts.any.into()),
            ("n", panel.n.into()),
            ("percent", self.layout.style.percent(share).into()),
        ];
        let mut lines = vec![head.to_owned(), text.with("safety-figure-at-any", &any)];
        if self.layout.outcome.mapped.grade {
            for (shade, _) in SHADES.iter().enumerate() {
                let count = at_shade(counts, shade);
                if count > 0 {
                    let id = if shade < 5 {
                        "safety-figure-at-grade"
                    } else {
                        "safety-figure-at-ungraded"
                    };
                    let arguments = [("grade", (shade + 1).into()), ("count", count.into())];
                    lines.push(text.with(id, &arguments));
                }
            }
        }
        lines
    }
}
