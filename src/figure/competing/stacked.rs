//! All events on one another: at every time they and those without an event add up to 100 %.

use super::Layout;
use crate::analysis::IncidenceStep;
use crate::figure::axis::{self, Panel};
use crate::figure::curve::{self, Step};
use crate::figure::curves;
use crate::figure::legend::{self, Entry};
use crate::figure::risk_table::{RiskBlock, RiskTable};
use crate::figure::sheet::Sheet;
use crate::figure::theme::{self, INK};
use crate::figure::{Point, Scene, Series};

/// Opacity of the areas.
const FILL: f64 = 0.3;

/// Share of the width that the names take at most, and their lines.
const NAMES: f64 = 0.26;
const NAME_LINES: usize = 4;

impl Layout<'_> {
    /// The stacked figure of all patients.
    pub fn stacked(&self) -> Scene {
        let (outcome, curves) = (self.outcome, &self.curves);
        let mut sheet = Sheet::default();
        let top = sheet.title(
            outcome.options.figure.title.as_deref(),
            curves.small,
            &curves.sizes,
        );
        let entries = self.stack_names();
        let table = outcome.options.figure.risk_table.then(|| RiskTable {
            heading: self.words.risk_heading(),
            blocks: vec![RiskBlock {
                label: self.words.label(&outcome.overall),
                color: INK,
                sample: None,
                rows: vec![(None, vec![outcome.overall.n])],
            }],
        });
        let margin = legend::ends_width(&entries, curves.small);
        let (panel, axis) = curves.frame(top, table.as_ref(), margin);
        let edges = self.edges(&panel);
        let floor = [
            panel.left,
            edges.first().map_or(panel.left, |edge| right_of(edge)),
        ]
        .map(|x| Point { x, y: panel.bottom })
        .to_vec();
        let mut below = floor;
        for (index, edge) in edges.iter().enumerate() {
            let mut area = edge.clone();
            area.extend(below.iter().rev().copied());
            sheet.area(area, theme::group_color(index).at(FILL));
            below.clone_from(edge);
        }
        for (index, edge) in edges.iter().enumerate() {
            sheet.line(
                edge.clone(),
                curves.sizes.line,
                theme::group_color(index),
                Vec::new(),
            );
        }
        let set = curves.axis_type();
        axis::draw_y_axis(&mut sheet, &panel, &self.words.stacked_y_title(), set);
        let title = self.words.time_title();
        let mut bottom = axis::draw_time_axis(&mut sheet, &panel, &axis, &title, set);
        let middles = middles(&panel, &edges);
        legend::draw_ends(
            &mut sheet,
            &panel,
            &entries,
            &middles,
            curves.small,
            curves.sizes.line,
        );
        if let Some(mut table) = table {
            let counts = |_, tick| self.at_risk(&outcome.overall, tick);
            bottom = curves.draw_table(&mut sheet, &mut table, (&panel, &axis), bottom, counts);
        }
        let (width, height) = (curves.sizes.width, curves::height(bottom, curves.small));
        Scene {
            title: self.words.stacked_title(),
            description: self.words.stacked_description(),
            width,
            height,
            series: (0..outcome.causes.len())
                .map(|cause| self.stack_series(&panel, cause))
                .collect(),
            marks: sheet.on_paper(width, height),
        }
    }

    /// The upper edge of each event's area: its incidence on those of the events before it.
    fn edges(&self, panel: &Panel) -> Vec<Vec<Point>> {
        let outcome = self.outcome;
        let step = |cause: usize| {
            move |step: &IncidenceStep| Step {
                time: outcome.rules.shown(step.time, outcome.unit),
                survival: 1.0 - height(step, cause),
                interval: None,
                censored: false,
            }
        };
        (0..outcome.causes.len())
            .map(|cause| {
                let steps: Vec<Step> = (outcome.overall.curves.steps.iter())
                    .map(step(cause))
                    .collect();
                curve::step_line(&panel.flipped(), &steps)
            })
            .collect()
    }

    /// The names of the events, lowest first, then of those without one.
    fn stack_names(&self) -> Vec<Entry> {
        let causes = self.outcome.causes.iter().enumerate();
        let named = causes.map(|(index, cause)| {
            (
                self.words.cause(cause),
                theme::readable(theme::group_color(index)),
            )
        });
        let free = (self.words.event_free(), INK);
        named
            .chain([free])
            .map(|(name, color)| Entry {
                lines: (self.curves.small).wrap(&name, NAMES * self.curves.sizes.width, NAME_LINES),
                whole: true,
                sample: false,
                color,
                text: color,
                dash: Vec::new(),
            })
            .collect()
    }

    fn stack_series(&self, panel: &Panel, cause: usize) -> Series {
        let at = |step: &IncidenceStep| height(step, cause);
        let points = self.points(panel, &self.outcome.overall, at, |step| {
            let incidence = step.causes[cause].cum_incidence;
            self.words.point(step.time, cause, incidence, step.n_risk)
        });
        Series {
            label: self.words.cause(&self.outcome.causes[cause]),
            color: theme::group_color(cause),
            points,
        }
    }
}

/// Incidence of the events up to and with this one.
fn height(step: &IncidenceStep, cause: usize) -> f64 {
    let causes = step.causes[..=cause].iter();
    causes.map(|cause| cause.cum_incidence.estimate).sum()
}

fn right_of(edge: &[Point]) -> f64 {
    edge.last().map_or(0.0, |point| point.x)
}

/// Halfway up each area where it ends, and of what is left above them.
fn middles(panel: &Panel, edges: &[Vec<Point>]) -> Vec<f64> {
    let ends = edges
        .iter()
        .map(|edge| edge.last().map_or(panel.bottom, |point| point.y));
    let ends: Vec<f64> = [panel.bottom]
        .into_iter()
        .chain(ends)
        .chain([panel.top])
        .collect();
    ends.windows(2)
        .map(|pair| (pair[0] + pair[1]) / 2.0)
        .collect()
}
