//! What the figures of curves over time share: survival falls from 1, incidence rises from 0.

use super::axis::{self, AxisType, Panel, TimeAxis};
use super::curve::{self, Step};
use super::legend;
use super::placement::Naming;
use super::risk_table::{RiskBlock, RiskTable};
use super::sheet::{Font, Sheet};
use super::theme::{self, INK, MARGIN, Sizes};
use super::{Color, Point, Scene, Series};
use crate::analysis::{FigureWidth, LegendPlace};
use crate::cohort::TimeUnit;
use crate::format::Style;

/// The most lines that the names of two groups take in the annotation.
const NAME_LINES: usize = 4;

/// Width of the strokes of censor marks.
const CENSOR_LINE: f64 = 0.6;

/// The curve of one group.
pub struct Curve {
    /// Name of the group.
    pub label: String,
    /// Whether that is a name among others, and not all patients.
    pub named: bool,
    pub color: Color,
    pub dash: Vec<f64>,
    /// Patients.
    pub n: usize,
    /// Times in the display unit; of a rising curve, 1 − its height.
    pub steps: Vec<Step>,
}

/// The time axis as it was asked for, times in the display unit.
pub struct Times {
    pub display: TimeUnit,
    /// End of the longest follow-up.
    pub last: f64,
    pub tick_step: Option<f64>,
    pub end: Option<f64>,
    /// Patients: the largest number under the axis.
    pub n: usize,
}

/// The table under the axis as it was asked for.
pub struct Table {
    pub heading: String,
    /// Heads of the rows of each group; none where its name stands for its only row.
    pub heads: Vec<Option<String>>,
}

/// The curves with how they are to be drawn.
pub struct Curves<'a> {
    pub style: &'a Style,
    pub sizes: Sizes,
    /// Numbers at ticks, table, legend, annotation.
    pub small: Font,
    pub curves: Vec<Curve>,
    /// Whether the curves rise from 0.
    pub rising: bool,
    pub band: bool,
    pub censor_marks: bool,
    /// Times down to which lines at one half are drawn, ascending.
    pub medians: Vec<f64>,
    /// Whether the annotation is written.
    pub annotation: bool,
    pub legend: LegendPlace,
    pub times: Times,
    pub table: Option<Table>,
}

/// The titles of the figure and its axes, and where the percent axis ends.
pub struct Titles {
    pub above: Option<String>,
    pub y: String,
    pub time: String,
    pub top: usize,
}

/// The white space at the foot of a figure, below `bottom`.
pub fn height(bottom: f64, small: Font) -> f64 {
    bottom + small.size * 0.25 + MARGIN
}

/// The type of a figure of that width.
pub fn sizes(width: FigureWidth) -> (Sizes, Font) {
    let sizes = Sizes::preset(width);
    (sizes, Font::new(sizes.small, INK))
}

impl<'a> Curves<'a> {
    /// Lays out the curves with the lines of `annotation`, which is told how a name is broken, and the table, whose counts just before the ticks are those of
    /// `count`: for each curve one number a row.
    pub fn scene(
        &self,
        titles: &Titles,
        (title, description): (String, String),
        annotation: impl FnOnce(&dyn Fn(&str) -> Vec<String>) -> Vec<String>,
        count: impl Fn(usize, f64) -> Vec<usize>,
        series: impl Fn(&Panel, usize) -> Series,
    ) -> Scene {
        let mut sheet = Sheet::default();
        let top = sheet.title(titles.above.as_deref(), self.small, &self.sizes);
        let naming = self.naming(top);
        let table = self.risk_table(matches!(naming, Naming::Table));
        let (mut panel, axis) = self.frame(top, table.as_ref(), naming.margin(self.small));
        let widest = 0.6 * (panel.right - panel.left);
        let lines = if self.annotation {
            annotation(&|names| self.small.wrap(names, widest, NAME_LINES))
        } else {
            Vec::new()
        };
        let blocks = self.place_blocks(&mut panel, &naming, lines);

        self.draw_medians(&mut sheet, &panel);
        self.draw(&mut sheet, &panel);
        let set = self.axis_type();
        axis::draw_y_axis_to(&mut sheet, &panel, &titles.y, set, titles.top);
        let mut bottom = axis::draw_time_axis(&mut sheet, &panel, &axis, &titles.time, set);
        if let Naming::Margin(entries) = &naming {
            let foot = self.upright(&panel).y(1.0);
            let end = |line: &Vec<Point>| line.last().map_or(foot, |end| end.y);
            let ends: Vec<f64> = self.lines(&panel).iter().map(end).collect();
            let (small, line) = (self.small, self.sizes.line);
            legend::draw_ends(&mut sheet, &panel, entries, &ends, small, line);
        }
        for (block, place) in &blocks {
            block.draw(&mut sheet, *place, self.small, self.sizes.line);
        }
        if let Some(mut table) = table {
            bottom = self.draw_table(&mut sheet, &mut table, (&panel, &axis), bottom, count);
        }
        let (width, height) = (self.sizes.width, height(bottom, self.small));
        Scene {
            title,
            description,
            width,
            height,
            marks: sheet.on_paper(width, height),
            series: (0..self.curves.len())
                .map(|curve| series(&panel, curve))
                .collect(),
        }
    }

    pub fn axis_type(&self) -> AxisType<'a> {
        AxisType {
            style: self.style,
            numbers: self.small,
            title: Font::new(self.sizes.normal, INK),
        }
    }

    /// The panel and its time axis, with room for row heads on the left and names on the right.
    pub fn frame(&self, top: f64, table: Option<&RiskTable>, margin: f64) -> (Panel, TimeAxis) {
        let set = self.axis_type();
        let axis_width = axis::y_axis_width(set.numbers, set.title);
        let heads = table.map_or(0.0, |table| table.head_width(self.small, &self.sizes));
        let left = MARGIN + axis_width.max(heads);
        let overhang = self.small.width("0000") / 2.0;
        let right = self.sizes.width - MARGIN - margin.max(overhang);
        let times = &self.times;
        let most = axis::most_numbers(right - left, self.small, times.n);
        let axis = TimeAxis::new(times.display, times.last, times.tick_step, times.end, most);
        let panel = Panel {
            left,
            right,
            top,
            bottom: top + self.sizes.plot,
            end: axis.end,
        };
        (panel, axis)
    }

    /// The panel in which the steps of the curves stand.
    pub fn upright(&self, panel: &Panel) -> Panel {
        if self.rising { panel.flipped() } else { *panel }
    }

    /// The curves as polylines.
    pub fn lines(&self, panel: &Panel) -> Vec<Vec<Point>> {
        let panel = self.upright(panel);
        (self.curves.iter())
            .map(|curve| curve::step_line(&panel, &curve.steps))
            .collect()
    }

    fn draw(&self, sheet: &mut Sheet, panel: &Panel) {
        let upright = self.upright(panel);
        if self.band {
            for curve in &self.curves {
                let band = curve::band(&upright, &curve.steps);
                if !band.is_empty() {
                    let opacity = curve::band_opacity(self.curves.len());
                    sheet.area(band, curve.color.at(opacity));
                }
            }
        }
        for (curve, line) in self.curves.iter().zip(self.lines(panel)) {
            sheet.line(line, self.sizes.line, curve.color, curve.dash.clone());
            if self.censor_marks {
                for mark in curve::censor_marks(&upright, &curve.steps) {
                    sheet.line(mark.to_vec(), CENSOR_LINE, curve.color, Vec::new());
                }
            }
        }
    }

    /// From the y axis along one half to the last median, and down from each.
    pub fn median_lines(&self, panel: &Panel) -> Vec<Vec<Point>> {
        let shown = self.medians.partition_point(|&time| time <= panel.end);
        let medians = &self.medians[..shown];
        let across =
            (medians.last()).map(|&last| vec![panel.point(0.0, 0.5), panel.point(last, 0.5)]);
        let down =
            (medians.iter()).map(|&time| vec![panel.point(time, 0.5), panel.point(time, 0.0)]);
        across.into_iter().chain(down).collect()
    }

    fn draw_medians(&self, sheet: &mut Sheet, panel: &Panel) {
        for line in self.median_lines(panel) {
            sheet.line(line, 0.5, theme::FAINT, vec![2.0, 1.6]);
        }
    }

    /// The table without its numbers, which need the ticks.
    pub fn risk_table(&self, samples: bool) -> Option<RiskTable> {
        let table = self.table.as_ref()?;
        let blocks = self.curves.iter().map(|curve| RiskBlock {
            label: curve.label.clone(),
            color: if curve.named {
                theme::readable(curve.color)
            } else {
                INK
            },
            sample: samples.then(|| (curve.color, curve.dash.clone())),
            rows: (table.heads.iter())
                .map(|head| (head.clone(), vec![curve.n]))
                .collect(),
        });
        Some(RiskTable {
            heading: table.heading.clone(),
            blocks: blocks.collect(),
        })
    }

    /// Fills in the counts just before each tick and draws the table; returns its lowest point.
    pub fn draw_table(
        &self,
        sheet: &mut Sheet,
        table: &mut RiskTable,
        (panel, axis): (&Panel, &TimeAxis),
        bottom: f64,
        count: impl Fn(usize, f64) -> Vec<usize>,
    ) -> f64 {
        let ticks: Vec<f64> = axis.numbered().collect();
        for (index, block) in table.blocks.iter_mut().enumerate() {
            let counts: Vec<Vec<usize>> = ticks.iter().map(|&tick| count(index, tick)).collect();
            for (row, (_, numbers)) in block.rows.iter_mut().enumerate() {
                *numbers = counts.iter().map(|count| count[row]).collect();
            }
        }
        table.draw(sheet, panel, &ticks, bottom + 9.0, self.small, &self.sizes)
    }
}

/// Of so many points those that answer to pointing: where there are very many, those a quarter point apart.
pub fn spaced<T>(
    count: usize,
    points: impl Iterator<Item = (Point, T)>,
) -> impl Iterator<Item = (Point, T)> {
    let apart = if count > curve::MOST_POINTS {
        0.25
    } else {
        0.0
    };
    let mut last = f64::NEG_INFINITY;
    points.filter(move |(at, _)| {
        let kept = at.x - last >= apart;
        if kept {
            last = at.x;
        }
        kept
    })
}
