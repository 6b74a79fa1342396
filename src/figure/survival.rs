//! The Kaplan-Meier figure.

use super::axis::{self, AxisType, Panel, TimeAxis};
use super::curve::{self, Step};
use super::legend;
use super::placement::Naming;
use super::risk_table::{RiskBlock, RiskTable};
use super::sheet::{Font, Sheet};
use super::theme::{self, FAINT, INK, MARGIN, Sizes};
use super::words::Words;
use super::{Color, Point, Scene, Series, SeriesPoint};
use crate::analysis::{RiskTableKind, SurvivalArm, SurvivalOutcome};
use crate::format::Style;
use crate::text::Text;

/// Width of the strokes of censor marks.
const CENSOR_LINE: f64 = 0.6;

/// Under this share at risk the time axis can be cut (Pocock et al. 2002, Lancet 359:1686).
const CUT_SHARE: f64 = 0.1;

/// Lays out the Kaplan-Meier figure with its table of numbers at risk.
pub(super) fn scene(outcome: &SurvivalOutcome, style: &Style, text: &Text) -> Scene {
    Layout::new(outcome, style, text).scene()
}

/// An arm with what is needed to draw it.
pub struct Arm<'a> {
    pub arm: &'a SurvivalArm,
    pub label: String,
    pub color: Color,
    pub dash: Vec<f64>,
    /// Times in the display unit.
    pub steps: Vec<Step>,
}

/// Everything that the parts of the layout share.
pub struct Layout<'a> {
    pub outcome: &'a SurvivalOutcome,
    pub style: &'a Style,
    pub words: Words<'a>,
    pub sizes: Sizes,
    /// Numbers at ticks, table, legend, annotation.
    pub small: Font,
    pub arms: Vec<Arm<'a>>,
}

impl<'a> Layout<'a> {
    fn new(outcome: &'a SurvivalOutcome, style: &'a Style, text: &'a Text) -> Self {
        let sizes = Sizes::preset(outcome.options.figure.width);
        let words = Words {
            outcome,
            style,
            text,
        };
        let arms = outcome
            .arms
            .iter()
            .enumerate()
            .map(|(index, arm)| Arm {
                arm,
                label: words.label(arm),
                color: theme::group_color(index),
                dash: theme::group_dash(index, sizes.line),
                steps: steps(outcome, arm),
            })
            .collect();
        Self {
            outcome,
            style,
            words,
            sizes,
            small: Font::new(sizes.small, INK),
            arms,
        }
    }

    fn scene(self) -> Scene {
        let mut sheet = Sheet::default();
        let top = self.draw_title(&mut sheet);
        let naming = self.naming(top);
        let mut table = self.risk_table_heads(matches!(naming, Naming::Table));
        let (mut panel, axis) = self.frame(top, table.as_ref(), naming.margin(self.small));
        let blocks = self.place_blocks(&mut panel, &naming);

        self.draw_median_lines(&mut sheet, &panel);
        self.draw_curves(&mut sheet, &panel);
        let set = self.axis_type();
        axis::draw_y_axis(&mut sheet, &panel, &self.words.y_title(), set);
        let title = self.words.time_title();
        let mut bottom = axis::draw_time_axis(&mut sheet, &panel, &axis, &title, set);
        if let Naming::Margin(entries) = &naming {
            let ends: Vec<f64> = self
                .lines(&panel)
                .iter()
                .map(|line| line.last().map_or(panel.top, |end| end.y))
                .collect();
            legend::draw_ends(
                &mut sheet,
                &panel,
                entries,
                &ends,
                self.small,
                self.sizes.line,
            );
        }
        for (block, place) in &blocks {
            block.draw(&mut sheet, *place, self.small, self.sizes.line);
        }
        if let Some(table) = &mut table {
            let ticks: Vec<f64> = axis.numbered().collect();
            self.fill(table, &ticks);
            bottom = table.draw(
                &mut sheet,
                &panel,
                &ticks,
                bottom + 9.0,
                self.small,
                &self.sizes,
            );
        }
        self.finish(sheet, &panel, bottom)
    }

    fn axis_type(&self) -> AxisType<'a> {
        AxisType {
            style: self.style,
            numbers: self.small,
            title: Font::new(self.sizes.normal, INK),
        }
    }

    /// Draws the title, if there is one; returns where the panel can start.
    fn draw_title(&self, sheet: &mut Sheet) -> f64 {
        let title = self.outcome.options.figure.title.as_deref();
        sheet.title(title, self.small, &self.sizes)
    }

    /// The panel and its time axis, with room for row heads on the left and names on the right.
    pub fn frame(&self, top: f64, table: Option<&RiskTable>, margin: f64) -> (Panel, TimeAxis) {
        let set = self.axis_type();
        let axis_width = axis::y_axis_width(set.numbers, set.title);
        let heads = table.map_or(0.0, |table| table.head_width(self.small, &self.sizes));
        let left = MARGIN + axis_width.max(heads);
        let overhang = self.small.width("0000") / 2.0;
        let right = self.sizes.width - MARGIN - margin.max(overhang);
        let axis = self.time_axis(right - left);
        let panel = Panel {
            left,
            right,
            top,
            bottom: top + self.sizes.plot,
            end: axis.end,
        };
        (panel, axis)
    }

    /// The curves as polylines.
    pub fn lines(&self, panel: &Panel) -> Vec<Vec<Point>> {
        self.arms
            .iter()
            .map(|arm| curve::step_line(panel, &arm.steps))
            .collect()
    }

    /// The marks on their paper, with what is said about them.
    fn finish(&self, sheet: Sheet, panel: &Panel, bottom: f64) -> Scene {
        let (width, height) = (self.sizes.width, bottom + self.small.size * 0.25 + MARGIN);
        Scene {
            title: self.words.title(),
            description: self.words.description(),
            width,
            height,
            marks: sheet.on_paper(width, height),
            series: self
                .arms
                .iter()
                .map(|arm| self.series(panel, arm))
                .collect(),
        }
    }

    /// The time axis for a panel of that width.
    fn time_axis(&self, width: f64) -> TimeAxis {
        let figure = &self.outcome.options.figure;
        let last = self
            .arms
            .iter()
            .filter_map(|arm| arm.steps.last())
            .map(|step| step.time)
            .fold(0.0, f64::max);
        let cut = figure.cut_axis.then(|| self.cut()).flatten();
        let most = axis::most_numbers(width, self.small, self.outcome.overall.n);
        TimeAxis::new(
            self.outcome.rules.display,
            last,
            figure.tick_step,
            figure.axis_end.or(cut),
            most,
        )
    }

    /// Where fewer than a tenth of all remain at risk.
    fn cut(&self) -> Option<f64> {
        let overall = &self.outcome.overall;
        overall
            .curve
            .steps
            .iter()
            .find(|step| step.n_risk < CUT_SHARE * overall.n as f64)
            .map(|step| self.outcome.rules.shown(step.time, self.outcome.unit))
    }

    fn draw_curves(&self, sheet: &mut Sheet, panel: &Panel) {
        let figure = &self.outcome.options.figure;
        if figure.band.with(self.arms.len()) {
            for arm in &self.arms {
                let band = curve::band(panel, &arm.steps);
                if !band.is_empty() {
                    sheet.area(band, arm.color.at(curve::band_opacity(self.arms.len())));
                }
            }
        }
        for arm in &self.arms {
            let line = curve::step_line(panel, &arm.steps);
            sheet.line(line, self.sizes.line, arm.color, arm.dash.clone());
            if figure.censor_marks {
                for mark in curve::censor_marks(panel, &arm.steps) {
                    sheet.line(mark.to_vec(), CENSOR_LINE, arm.color, Vec::new());
                }
            }
        }
    }

    /// From the y axis along S = 0.5 to the last median, and down from each.
    pub fn median_lines(&self, panel: &Panel) -> Vec<Vec<Point>> {
        if !(self.outcome.options.figure.median_lines).with(self.arms.len()) {
            return Vec::new();
        }
        let mut medians: Vec<f64> = self
            .arms
            .iter()
            .filter_map(|arm| arm.arm.median().estimate)
            .map(|time| self.outcome.rules.shown(time, self.outcome.unit))
            .filter(|&time| time <= panel.end)
            .collect();
        medians.sort_by(f64::total_cmp);
        medians.dedup();
        let across = medians
            .last()
            .map(|&last| vec![panel.point(0.0, 0.5), panel.point(last, 0.5)]);
        let down = medians
            .iter()
            .map(|&time| vec![panel.point(time, 0.5), panel.point(time, 0.0)]);
        across.into_iter().chain(down).collect()
    }

    fn draw_median_lines(&self, sheet: &mut Sheet, panel: &Panel) {
        for line in self.median_lines(panel) {
            sheet.line(line, 0.5, FAINT, vec![2.0, 1.6]);
        }
    }

    /// The table without its numbers, which need the ticks.
    pub fn risk_table_heads(&self, samples: bool) -> Option<RiskTable> {
        let figure = &self.outcome.options.figure;
        let heads = match figure.risk_table {
            RiskTableKind::None => return None,
            RiskTableKind::AtRisk => vec![None],
            RiskTableKind::Kmunicate => self.words.kmunicate_heads().map(Some).to_vec(),
        };
        let blocks = self.arms.iter().map(|arm| RiskBlock {
            label: arm.label.clone(),
            color: if arm.arm.label.is_some() {
                theme::readable(arm.color)
            } else {
                INK
            },
            sample: samples.then(|| (arm.color, arm.dash.clone())),
            rows: heads
                .iter()
                .map(|head| (head.clone(), vec![arm.arm.n]))
                .collect(),
        });
        Some(RiskTable {
            heading: self.words.risk_heading(),
            blocks: blocks.collect(),
        })
    }

    /// Fills in the counts just before each tick.
    fn fill(&self, table: &mut RiskTable, ticks: &[f64]) {
        for (block, arm) in table.blocks.iter_mut().zip(&self.arms) {
            // At risk, censored and events, cumulative before the tick: they add up to all patients.
            let counts: Vec<[f64; 3]> = ticks
                .iter()
                .map(|&tick| self.outcome.rules.in_unit(tick, self.outcome.unit))
                .map(|time| {
                    let curve = &arm.arm.curve;
                    [
                        curve.n_risk(time),
                        curve.cum_censor(time),
                        curve.cum_event(time),
                    ]
                })
                .collect();
            for (row, (_, numbers)) in block.rows.iter_mut().enumerate() {
                *numbers = counts
                    .iter()
                    .map(|count| count[row].round() as usize)
                    .collect();
            }
        }
    }

    /// What answers to pointing at a curve.
    fn series(&self, panel: &Panel, arm: &Arm<'_>) -> Series {
        let mut points = vec![SeriesPoint {
            at: panel.point(0.0, 1.0),
            lines: self.words.point(0.0, 1.0, None, arm.arm.n),
        }];
        let shown = curve::visible(&arm.steps, panel.end);
        let apart = if shown.len() > curve::MOST_POINTS {
            0.25
        } else {
            0.0
        };
        for (step, source) in shown.iter().zip(&arm.arm.curve.steps) {
            let at = panel.point(step.time, step.survival);
            let before = points.last().map_or(panel.left, |point| point.at.x);
            if at.x - before < apart {
                continue;
            }
            let at_risk = source.n_risk.round() as usize;
            points.push(SeriesPoint {
                at,
                lines: self
                    .words
                    .point(source.time, source.survival, step.interval, at_risk),
            });
        }
        Series {
            label: arm.label.clone(),
            color: arm.color,
            points,
        }
    }
}

/// The curve with times in the display unit. Before the first event the interval is S = 1 itself.
fn steps(outcome: &SurvivalOutcome, arm: &SurvivalArm) -> Vec<Step> {
    arm.curve
        .steps
        .iter()
        .map(|step| Step {
            time: outcome.rules.shown(step.time, outcome.unit),
            survival: step.survival,
            interval: if step.survival == 1.0 {
                Some((1.0, 1.0))
            } else {
                step.conf_low.zip(step.conf_high)
            },
            censored: step.n_censor > 0.0,
        })
        .collect()
}
