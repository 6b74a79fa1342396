//! The Kaplan-Meier figure.

use super::axis::{self, AxisType, Panel, TimeAxis};
use super::curve::{self, Step};
use super::legend::{self, Entry};
use super::risk_table::{RiskBlock, RiskTable};
use super::sheet::{Font, Sheet, paragraph_height};
use super::theme::{self, FAINT, INK, MARGIN, PAPER, Sizes};
use super::words::Words;
use super::{Anchor, Color, Millimetres, Point, Rect, Scene, Series, SeriesPoint};
use crate::analysis::{
    FigureWidth, LegendPlace, RiskTableKind, SurvivalArm, SurvivalOutcome, data_time,
};
use crate::format::{Style, display_time};
use crate::text::Text;

/// Opacity of the confidence bands.
const BAND: f64 = 0.13;

/// Width of the strokes of censor marks.
const CENSOR_LINE: f64 = 0.6;

/// Under this share at risk the time axis can be cut (Pocock et al. 2002, Lancet 359:1686).
const CUT_SHARE: f64 = 0.1;

/// Points of a curve that the keyboard can walk; of a longer curve, those nearer than a quarter point are left out.
const MOST_POINTS: usize = 2000;

/// Lays out the Kaplan-Meier figure with its table of numbers at risk.
pub(super) fn scene(outcome: &SurvivalOutcome, style: &Style, text: &Text) -> Scene {
    Layout::new(outcome, style, text).scene()
}

/// An arm with what is needed to draw it.
struct Arm<'a> {
    arm: &'a SurvivalArm,
    label: String,
    color: Color,
    dash: Vec<f64>,
    /// Times in the display unit.
    steps: Vec<Step>,
}

/// Everything that the parts of the layout share.
struct Layout<'a> {
    outcome: &'a SurvivalOutcome,
    style: &'a Style,
    words: Words<'a>,
    sizes: Sizes,
    /// Numbers at ticks, table, legend, annotation.
    small: Font,
    arms: Vec<Arm<'a>>,
}

impl<'a> Layout<'a> {
    fn new(outcome: &'a SurvivalOutcome, style: &'a Style, text: &'a Text) -> Self {
        let sizes = Sizes::new(Millimetres(match outcome.options.figure.width {
            FigureWidth::One => 85.0,
            FigureWidth::OneAndHalf => 120.0,
            FigureWidth::Two => 174.0,
        }));
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
        let figure = &self.outcome.options.figure;
        let set = AxisType {
            style: self.style,
            numbers: self.small,
            title: Font::new(self.sizes.normal, INK),
        };
        let mut sheet = Sheet::default();
        let title = Font::new(self.sizes.large, INK).bold();
        let title_lines = figure
            .title
            .as_deref()
            .map(|words| title.wrap(words, self.sizes.width - 2.0 * MARGIN, 3))
            .unwrap_or_default();
        sheet.paragraph(&title_lines, (MARGIN, MARGIN), title, Anchor::Start);
        let mut top = MARGIN + self.small.cap_height() / 2.0;
        if !title_lines.is_empty() {
            top += paragraph_height(title_lines.len(), title) + 8.0;
        }

        let table = self.risk_table_heads();
        let ends = match figure.legend {
            LegendPlace::Ends => self.entries(0.27 * self.sizes.width, self.most_lines()),
            LegendPlace::Box | LegendPlace::None => Vec::new(),
        };
        let left = MARGIN
            + axis::y_axis_width(set.numbers, set.title).max(
                table
                    .as_ref()
                    .map_or(0.0, |table| table.head_width(self.small, &self.sizes)),
            );
        let right = if ends.is_empty() {
            self.sizes.width - MARGIN - self.small.width("0000") / 2.0
        } else {
            self.sizes.width - MARGIN - legend::ends_width(&ends, self.small)
        };
        let axis = self.time_axis(right - left);
        let mut panel = Panel {
            left,
            right,
            top,
            bottom: top + self.sizes.plot,
            end: axis.end,
        };
        let blocks = self.place_blocks(&mut panel);

        self.draw_median_lines(&mut sheet, &panel);
        self.draw_curves(&mut sheet, &panel);
        axis::draw_y_axis(&mut sheet, &panel, &self.words.y_title(), set);
        let mut bottom =
            axis::draw_time_axis(&mut sheet, &panel, &axis, &self.words.time_title(), set);
        let heights: Vec<f64> = self
            .arms
            .iter()
            .take(ends.len())
            .map(|arm| {
                curve::step_line(&panel, &arm.steps)
                    .last()
                    .map_or(panel.top, |end| end.y)
            })
            .collect();
        legend::draw_ends(
            &mut sheet,
            &panel,
            &ends,
            &heights,
            self.small,
            self.sizes.line,
        );
        for (block, place) in &blocks {
            match block {
                Block::Legend(entries) => {
                    legend::draw_block(&mut sheet, entries, *place, self.small, self.sizes.line);
                }
                Block::Annotation(lines) => {
                    sheet.paragraph(lines, *place, self.small, Anchor::Start);
                }
            }
        }
        if let Some(mut table) = table {
            let ticks: Vec<f64> = axis.numbered().collect();
            self.fill(&mut table, &ticks);
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

    /// The marks on their paper, with what is said about them.
    fn finish(&self, sheet: Sheet, panel: &Panel, bottom: f64) -> Scene {
        let (width, height) = (self.sizes.width, bottom + self.small.size * 0.25 + MARGIN);
        let mut page = Sheet::default();
        let corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
        page.area(corners.map(|(x, y)| Point { x, y }).to_vec(), PAPER);
        page.marks.extend(sheet.marks);
        Scene {
            title: self.words.title(),
            description: self.words.description(),
            width,
            height,
            marks: page.marks,
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
        let widest = self.outcome.overall.n.to_string();
        let pitch = (self.small.width(&widest) + 7.0).max(24.0);
        let most = ((width / pitch) as usize).clamp(2, 10);
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
            .map(|step| display_time(step.time, self.outcome.unit, self.outcome.rules))
    }

    /// How many lines a name at the end of a curve can have.
    fn most_lines(&self) -> usize {
        let lines = self.sizes.plot / self.small.leading();
        (lines as usize / self.arms.len().max(1)).clamp(1, 4)
    }

    /// The names of the arms; none when there is one without a name.
    fn entries(&self, width: f64, lines: usize) -> Vec<Entry> {
        self.arms
            .iter()
            .filter(|arm| arm.arm.label.is_some())
            .map(|arm| Entry {
                lines: self
                    .small
                    .wrap(&arm.label, width - legend::SAMPLE_WIDTH, lines),
                color: arm.color,
                text: theme::readable(arm.color),
                dash: arm.dash.clone(),
            })
            .collect()
    }

    /// Finds room for the legend box and the annotation: inside the panel where no curve runs, else
    /// above the panel, which moves down.
    fn place_blocks(&self, panel: &mut Panel) -> Vec<(Block, (f64, f64))> {
        let mut blocks = Vec::new();
        if self.outcome.options.figure.legend == LegendPlace::Box {
            blocks.push(Block::Legend(
                self.entries(0.62 * (panel.right - panel.left), 2),
            ));
        }
        if self.outcome.options.figure.annotation {
            blocks.push(Block::Annotation(self.words.annotation()));
        }
        blocks.retain(|block| block.size(self.small).1 > 0.0);
        let mut inside = self.obstacles(panel);
        let mut above = 0.0;
        let placed: Vec<(Block, Option<(f64, f64)>)> = blocks
            .into_iter()
            .map(|block| {
                let (width, height) = block.size(self.small);
                let place = inside
                    .iter()
                    .find_map(|taken| legend::free_place(panel, (width, height), taken));
                if let Some((left, top)) = place {
                    let taken = Rect {
                        left,
                        top,
                        right: left + width,
                        bottom: top + height,
                    };
                    inside.iter_mut().for_each(|all| all.push(taken));
                } else {
                    above += height + 6.0;
                }
                (block, place)
            })
            .collect();
        let mut strip = panel.top - self.small.cap_height() / 2.0;
        panel.top += above;
        panel.bottom += above;
        placed
            .into_iter()
            .map(|(block, place)| {
                let at = match place {
                    Some((x, y)) => (x, y + above),
                    None => {
                        let y = strip;
                        strip += block.size(self.small).1 + 6.0;
                        (panel.left, y)
                    }
                };
                (block, at)
            })
            .collect()
    }

    /// What text must not cover: everything at first, then all but the bands.
    fn obstacles(&self, panel: &Panel) -> [Vec<Rect>; 2] {
        let mut lines: Vec<Rect> = self
            .arms
            .iter()
            .flat_map(|arm| {
                let line = curve::step_line(panel, &arm.steps);
                curve::rectangles(&line).collect::<Vec<_>>()
            })
            .collect();
        for line in self.median_lines(panel) {
            lines.extend(curve::rectangles(&line));
        }
        let mut all = lines.clone();
        if self.outcome.options.figure.band {
            for arm in &self.arms {
                all.extend(curve::band_rectangles(panel, &arm.steps));
            }
        }
        [all, lines]
    }

    fn draw_curves(&self, sheet: &mut Sheet, panel: &Panel) {
        let figure = &self.outcome.options.figure;
        if figure.band {
            for arm in &self.arms {
                let band = curve::band(panel, &arm.steps);
                if !band.is_empty() {
                    sheet.area(band, arm.color.at(BAND));
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
    fn median_lines(&self, panel: &Panel) -> Vec<Vec<Point>> {
        if !self.outcome.options.figure.median_lines {
            return Vec::new();
        }
        let mut medians: Vec<f64> = self
            .arms
            .iter()
            .filter_map(|arm| self.median(arm.arm))
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

    /// The median of an arm in the display unit.
    fn median(&self, arm: &SurvivalArm) -> Option<f64> {
        let median = arm
            .quantiles
            .iter()
            .find(|quantile| quantile.probability == 0.5)?;
        Some(display_time(
            median.estimate?,
            self.outcome.unit,
            self.outcome.rules,
        ))
    }

    fn draw_median_lines(&self, sheet: &mut Sheet, panel: &Panel) {
        for line in self.median_lines(panel) {
            sheet.line(line, 0.5, FAINT, vec![2.0, 1.6]);
        }
    }

    /// The table without its numbers, which need the ticks.
    fn risk_table_heads(&self) -> Option<RiskTable> {
        let figure = &self.outcome.options.figure;
        let heads = match figure.risk_table {
            RiskTableKind::None => return None,
            RiskTableKind::AtRisk => vec![None],
            RiskTableKind::Kmunicate => self.words.kmunicate_heads().map(Some).to_vec(),
        };
        let unexplained = figure.legend == LegendPlace::None && self.arms.len() > 1;
        let blocks = self.arms.iter().map(|arm| RiskBlock {
            label: arm.label.clone(),
            color: if arm.arm.label.is_some() {
                theme::readable(arm.color)
            } else {
                INK
            },
            sample: unexplained.then(|| (arm.color, arm.dash.clone())),
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
                .map(|&tick| data_time(tick, self.outcome.unit, self.outcome.rules))
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
            lines: self.words.point(0.0, Some(1.0), None, arm.arm.n),
        }];
        let shown = curve::visible(&arm.steps, panel.end);
        let apart = if shown.len() > MOST_POINTS { 0.25 } else { 0.0 };
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
                    .point(source.time, Some(source.survival), step.interval, at_risk),
            });
        }
        Series {
            label: arm.label.clone(),
            color: arm.color,
            points,
        }
    }
}

/// Free text in the panel.
enum Block {
    Legend(Vec<Entry>),
    Annotation(Vec<String>),
}

impl Block {
    fn size(&self, font: Font) -> (f64, f64) {
        match self {
            Block::Legend(entries) if entries.is_empty() => (0.0, 0.0),
            Block::Legend(entries) => legend::block_size(entries, font),
            Block::Annotation(lines) => (
                font.widest(lines.iter().map(String::as_str)),
                paragraph_height(lines.len(), font),
            ),
        }
    }
}

/// The curve with times in the display unit. Before the first event the interval is S = 1 itself.
fn steps(outcome: &SurvivalOutcome, arm: &SurvivalArm) -> Vec<Step> {
    arm.curve
        .steps
        .iter()
        .map(|step| Step {
            time: display_time(step.time, outcome.unit, outcome.rules),
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
