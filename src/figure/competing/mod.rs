//! The figures of cumulative incidence: one event by group, and all events stacked.

use super::axis::Panel;
use super::curve::Step;
use super::curves::{self, Curve, Curves, Table, Times, Titles, spaced};
use super::theme;
use super::{Scene, Series, SeriesPoint};
use crate::analysis::{CompetingArm, CompetingOutcome, CumulativeIncidence, IncidenceStep};
use crate::format::Style;
use crate::text::Text;

mod stacked;
mod words;

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

/// What the parts of the layout share.
struct Layout<'a> {
    outcome: &'a CompetingOutcome,
    words: Words<'a>,
    /// Where the percent axis of the event of interest ends.
    top: usize,
    curves: Curves<'a>,
}

impl<'a> Layout<'a> {
    fn new(outcome: &'a CompetingOutcome, style: &'a Style, text: &'a Text) -> Self {
        let figure = &outcome.options.figure;
        let (sizes, small) = curves::sizes(figure.width);
        let words = Words {
            outcome,
            style,
            text,
        };
        let top = axis_top(outcome);
        let arms = outcome.arms.iter().enumerate().map(|(index, arm)| Curve {
            label: words.label(arm),
            named: arm.label.is_some(),
            // A single curve has the colour of its event in the stacked figure.
            color: theme::group_color(arm.label.as_ref().map_or(outcome.cause, |_| index)),
            dash: theme::group_dash(index, sizes.line),
            n: arm.n,
            steps: rising_steps(&arm.curves, outcome.cause, top, |time| {
                outcome.rules.shown(time, outcome.unit)
            }),
        });
        let last = outcome.overall.curves.last_time();
        let times = Times {
            display: outcome.rules.display,
            last: outcome.rules.shown(last, outcome.unit),
            tick_step: figure.tick_step,
            end: figure.axis_end,
            n: outcome.overall.n,
        };
        let curves = Curves {
            style,
            sizes,
            small,
            curves: arms.collect(),
            rising: true,
            band: figure.band,
            censor_marks: false,
            medians: Vec::new(),
            annotation: figure.annotation,
            legend: figure.legend,
            times,
            table: figure.risk_table.then(|| Table {
                heading: words.risk_heading(),
                heads: vec![None],
            }),
        };
        Self {
            outcome,
            words,
            top,
            curves,
        }
    }

    fn scene(&self) -> Scene {
        let figure = &self.outcome.options.figure;
        let titles = Titles {
            above: figure.title.clone(),
            y: self.words.y_title(),
            time: self.words.time_title(),
            top: self.top,
        };
        self.curves.scene(
            &titles,
            (self.words.title(), self.words.description()),
            |broken| self.words.annotation(broken),
            |arm, tick| self.at_risk(&self.outcome.arms[arm], tick),
            |panel, arm| self.series(panel, arm),
        )
    }

    /// The number at risk just before a tick.
    fn at_risk(&self, arm: &CompetingArm, tick: f64) -> Vec<usize> {
        let time = self.outcome.rules.in_unit(tick, self.outcome.unit);
        vec![arm.curves.n_risk(time)]
    }

    /// What answers to pointing at a curve.
    fn series(&self, panel: &Panel, arm: usize) -> Series {
        let curve = &self.curves.curves[arm];
        let of_interest = self.outcome.cause;
        let at = |step: &IncidenceStep| step.causes[of_interest].cum_incidence;
        let height = |step: &IncidenceStep| 100.0 * at(step).estimate / self.top as f64;
        let points = self.points(panel, &self.outcome.arms[arm], height, |step| {
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
        let steps = &arm.curves.steps;
        let shown = |step: &IncidenceStep| self.outcome.rules.shown(step.time, self.outcome.unit);
        let within = steps.iter().take_while(|step| shown(step) <= panel.end);
        let placed = within.map(|step| (panel.point(shown(step), height(step)), step));
        spaced(steps.len(), placed)
            .map(|(at, step)| SeriesPoint {
                at,
                lines: words(step),
            })
            .collect()
    }
}

/// Where the percent axis ends: at 100, or above the curves and their bands.
fn axis_top(outcome: &CompetingOutcome) -> usize {
    let figure = &outcome.options.figure;
    if !figure.fit_axis {
        return 100;
    }
    let curves = outcome.arms.iter().map(|arm| &*arm.curves);
    fitting_top(curves, outcome.cause, figure.band)
}

/// The first end of the percent axis above the curves of one event and their bands.
pub(super) fn fitting_top<'a>(
    curves: impl Iterator<Item = &'a CumulativeIncidence>,
    cause: usize,
    band: bool,
) -> usize {
    let highest = curves
        .flat_map(|curves| &curves.steps)
        .map(|step| step.causes[cause].cum_incidence)
        .map(|at| match at.conf_high {
            Some(high) if band => high,
            Some(_) | None => at.estimate,
        })
        .fold(0.0, f64::max);
    let fits = |end: &&usize| **end as f64 >= 100.0 * highest;
    ENDS.iter().find(fits).copied().unwrap_or(100)
}

/// The curve of one event under the end `top` of the percent axis; `shown` brings times into the display unit.
pub(super) fn rising_steps(
    curves: &CumulativeIncidence,
    cause: usize,
    top: usize,
    shown: impl Fn(f64) -> f64,
) -> Vec<Step> {
    let level = |incidence: f64| 1.0 - 100.0 * incidence / top as f64;
    let step = |step: &IncidenceStep| {
        let at = step.causes[cause].cum_incidence;
        Step {
            time: shown(step.time),
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
    curves.steps.iter().map(step).collect()
}
