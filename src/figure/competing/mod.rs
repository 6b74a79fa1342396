//! The figures of cumulative incidence: one event by group, and all events stacked.

use super::axis::{self, AxisType, Panel, TimeAxis};
use super::curve::{self, Step};
use super::legend;
use super::risk_table::{RiskBlock, RiskTable};
use super::sheet::{Font, Sheet};
use super::theme::{self, INK, MARGIN, Sizes};
use super::{Color, Point, Scene, Series, SeriesPoint};
use crate::analysis::{CompetingArm, CompetingOutcome, IncidenceStep};
use crate::format::Style;
use crate::text::Text;

mod naming;
mod stacked;
mod words;

use naming::Naming;
use words::Words;

/// Ends of the percent axis when it is to fit the curves.
const ENDS: [usize; 5] = [20, 40, 60, 80, 100];

/// The event of interest by group, and all events stacked if that is wanted.
pub(super) fn scenes(outcome: &CompetingOutcome, style: &Style, text: &Text) -> Vec<Scene> {
    let layout = Layout::new(outcome, style, text);
    let mut scenes = vec![layout.scene()];
    if outcome.options.figure.stacked {
        scenes.push(layout.stacked());
    }
    scenes
}

/// The curve of one group.
struct Curve<'a> {
    arm: &'a CompetingArm,
    label: String,
    color: Color,
    dash: Vec<f64>,
    /// 1 − incidence as a share of the axis, for a panel upside down; times in the display unit.
    steps: Vec<Step>,
}

/// What the parts of the layout share.
struct Layout<'a> {
    outcome: &'a CompetingOutcome,
    style: &'a Style,
    words: Words<'a>,
    sizes: Sizes,
    /// Numbers at ticks, table, legend, annotation.
    small: Font,
    /// Where the percent axis of the event of interest ends.
    top: usize,
    curves: Vec<Curve<'a>>,
}

impl<'a> Layout<'a> {
    fn new(outcome: &'a CompetingOutcome, style: &'a Style, text: &'a Text) -> Self {
        let sizes = Sizes::preset(outcome.options.figure.width);
        let words = Words {
            outcome,
            style,
            text,
        };
        let top = axis_top(outcome);
        let curves = outcome.arms.iter().enumerate().map(|(index, arm)| Curve {
            arm,
            label: words.label(arm),
            // A single curve has the colour of its event in the stacked figure.
            color: theme::group_color(arm.label.as_ref().map_or(outcome.cause, |_| index)),
            dash: theme::group_dash(index, sizes.line),
            steps: steps(outcome, arm, top),
        });
        Self {
            curves: curves.collect(),
            outcome,
            style,
            words,
            small: Font::new(sizes.small, INK),
            sizes,
            top,
        }
    }

    fn scene(&self) -> Scene {
        let figure = &self.outcome.options.figure;
        let mut sheet = Sheet::default();
        let top = sheet.title(figure.title.as_deref(), self.small, &self.sizes);
        let naming = self.naming(top);
        let table = self.risk_table(matches!(naming, Naming::Table));
        let (mut panel, axis) = self.frame(top, table.as_ref(), naming.margin(self.small));
        let texts = self.place_texts(&mut panel, &naming);
        let set = self.axis_type();

        self.draw_curves(&mut sheet, &panel);
        axis::draw_y_axis_to(&mut sheet, &panel, &self.words.y_title(), set, self.top);
        let title = self.words.time_title();
        let mut bottom = axis::draw_time_axis(&mut sheet, &panel, &axis, &title, set);
        if let Naming::Margin(entries) = &naming {
            let end = |line: &Vec<Point>| line.last().map_or(panel.bottom, |end| end.y);
            let ends: Vec<f64> = self.lines(&panel).iter().map(end).collect();
            legend::draw_ends(
                &mut sheet,
                &panel,
                entries,
                &ends,
                self.small,
                self.sizes.line,
            );
        }
        for text in &texts {
            text.draw(&mut sheet, self.small, self.sizes.line);
        }
        if let Some(mut table) = table {
            let arms: Vec<&CompetingArm> = self.curves.iter().map(|curve| curve.arm).collect();
            bottom = self.draw_risk_table(&mut sheet, &mut table, &arms, &panel, &axis, bottom);
        }
        Scene {
            title: self.words.title(),
            description: self.words.description(),
            width: self.sizes.width,
            height: self.height(bottom),
            series: (self.curves.iter())
                .map(|curve| self.series(&panel, curve))
                .collect(),
            marks: sheet.on_paper(self.sizes.width, self.height(bottom)),
        }
    }

    fn height(&self, bottom: f64) -> f64 {
        bottom + self.small.size * 0.25 + MARGIN
    }

    fn axis_type(&self) -> AxisType<'a> {
        AxisType {
            style: self.style,
            numbers: self.small,
            title: Font::new(self.sizes.normal, INK),
        }
    }

    /// The panel and its time axis, with room for row heads on the left and names on the right.
    fn frame(&self, top: f64, table: Option<&RiskTable>, margin: f64) -> (Panel, TimeAxis) {
        let figure = &self.outcome.options.figure;
        let set = self.axis_type();
        let axis_width = axis::y_axis_width(set.numbers, set.title);
        let heads = table.map_or(0.0, |table| table.head_width(self.small, &self.sizes));
        let left = MARGIN + axis_width.max(heads);
        let overhang = self.small.width("0000") / 2.0;
        let right = self.sizes.width - MARGIN - margin.max(overhang);
        let last = self.outcome.overall.curves.last_time();
        let axis = TimeAxis::new(
            self.outcome.rules.display,
            self.outcome.rules.shown(last, self.outcome.unit),
            figure.tick_step,
            figure.axis_end,
            axis::most_numbers(right - left, self.small, self.outcome.overall.n),
        );
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
    fn lines(&self, panel: &Panel) -> Vec<Vec<Point>> {
        (self.curves.iter())
            .map(|curve| curve::step_line(&panel.flipped(), &curve.steps))
            .collect()
    }

    fn draw_curves(&self, sheet: &mut Sheet, panel: &Panel) {
        if self.outcome.options.figure.band {
            for curve in &self.curves {
                let band = curve::band(&panel.flipped(), &curve.steps);
                if !band.is_empty() {
                    sheet.area(band, curve.color.at(curve::band_opacity(self.curves.len())));
                }
            }
        }
        for (curve, line) in self.curves.iter().zip(self.lines(panel)) {
            sheet.line(line, self.sizes.line, curve.color, curve.dash.clone());
        }
    }

    /// The table without its numbers, which need the ticks.
    fn risk_table(&self, samples: bool) -> Option<RiskTable> {
        if !self.outcome.options.figure.risk_table {
            return None;
        }
        let blocks = self.curves.iter().map(|curve| RiskBlock {
            label: curve.label.clone(),
            color: match curve.arm.label {
                Some(_) => theme::readable(curve.color),
                None => INK,
            },
            sample: samples.then(|| (curve.color, curve.dash.clone())),
            rows: vec![(None, vec![curve.arm.n])],
        });
        Some(RiskTable {
            heading: self.words.risk_heading(),
            blocks: blocks.collect(),
        })
    }

    /// Fills in the numbers just before each tick, one arm a block, and draws it; returns its lowest point.
    fn draw_risk_table(
        &self,
        sheet: &mut Sheet,
        table: &mut RiskTable,
        arms: &[&CompetingArm],
        panel: &Panel,
        axis: &TimeAxis,
        bottom: f64,
    ) -> f64 {
        let ticks: Vec<f64> = axis.numbered().collect();
        for (block, arm) in table.blocks.iter_mut().zip(arms) {
            let at_risk = ticks.iter().map(|&tick| {
                let time = self.outcome.rules.in_unit(tick, self.outcome.unit);
                arm.curves.n_risk(time)
            });
            block.rows = vec![(None, at_risk.collect())];
        }
        table.draw(sheet, panel, &ticks, bottom + 9.0, self.small, &self.sizes)
    }

    /// What answers to pointing at a curve.
    fn series(&self, panel: &Panel, curve: &Curve<'_>) -> Series {
        let of_interest = self.outcome.cause;
        let at = |step: &IncidenceStep| step.causes[of_interest].cum_incidence;
        let height = |step: &IncidenceStep| 100.0 * at(step).estimate / self.top as f64;
        let points = self.points(panel, curve.arm, height, |step| {
            self.words
                .point(step.time, of_interest, at(step), step.n_risk)
        });
        Series {
            label: curve.label.clone(),
            color: curve.color,
            points,
        }
    }

    /// A point for every step in the panel, at the height and with the words that the step has.
    fn points(
        &self,
        panel: &Panel,
        arm: &CompetingArm,
        height: impl Fn(&IncidenceStep) -> f64,
        words: impl Fn(&IncidenceStep) -> Vec<String>,
    ) -> Vec<SeriesPoint> {
        let mut points: Vec<SeriesPoint> = Vec::new();
        let steps = &arm.curves.steps;
        let apart = if steps.len() > curve::MOST_POINTS {
            0.25
        } else {
            0.0
        };
        for step in steps {
            let time = self.outcome.rules.shown(step.time, self.outcome.unit);
            if time > panel.end {
                break;
            }
            let at = panel.point(time, height(step));
            let before = points.last().map_or(f64::NEG_INFINITY, |point| point.at.x);
            if at.x - before >= apart {
                points.push(SeriesPoint {
                    at,
                    lines: words(step),
                });
            }
        }
        points
    }
}

/// Where the percent axis ends: at 100, or above the curves and their bands.
fn axis_top(outcome: &CompetingOutcome) -> usize {
    let figure = &outcome.options.figure;
    if !figure.fit_axis {
        return 100;
    }
    let highest = (outcome.arms.iter())
        .flat_map(|arm| &arm.curves.steps)
        .map(|step| step.causes[outcome.cause].cum_incidence)
        .map(|at| match at.conf_high {
            Some(high) if figure.band => high,
            Some(_) | None => at.estimate,
        })
        .fold(0.0, f64::max);
    let fits = |end: &&usize| **end as f64 >= 100.0 * highest;
    ENDS.iter().find(fits).copied().unwrap_or(100)
}

fn steps(outcome: &CompetingOutcome, arm: &CompetingArm, top: usize) -> Vec<Step> {
    let level = |incidence: f64| 1.0 - 100.0 * incidence / top as f64;
    let step = |step: &IncidenceStep| {
        let at = step.causes[outcome.cause].cum_incidence;
        Step {
            time: outcome.rules.shown(step.time, outcome.unit),
            survival: level(at.estimate),
            // Before the first event there is no interval: the band starts with it.
            interval: if at.estimate == 0.0 {
                Some((1.0, 1.0))
            } else {
                at.conf_high
                    .zip(at.conf_low)
                    .map(|(high, low)| (level(high), level(low)))
            },
            censored: step.n_censor > 0,
        }
    };
    arm.curves.steps.iter().map(step).collect()
}
