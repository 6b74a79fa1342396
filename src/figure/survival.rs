//! The Kaplan-Meier figure.

use super::axis::Panel;
use super::curve::{self, Step};
use super::curves::{self, Curve, Curves, Table, Times, Titles, spaced};
use super::rising::rises;
use super::theme;
use super::words::Words;
use super::{Scene, Series, SeriesPoint};
use crate::analysis::{RiskTableKind, SurvivalArm, SurvivalOutcome};
use crate::format::Style;
use crate::text::Text;

/// Under this share at risk the time axis can be cut (Pocock et al. 2002, Lancet 359:1686).
const CUT_SHARE: f64 = 0.1;

/// Lays out the Kaplan-Meier figure with its table of numbers at risk.
pub(super) fn scene(outcome: &SurvivalOutcome, style: &Style, text: &Text) -> Scene {
    Layout::new(outcome, style, text).scene()
}

/// What the figure is called.
pub(super) fn title(outcome: &SurvivalOutcome, style: &Style, text: &Text) -> String {
    let words = Words {
        outcome,
        style,
        text,
    };
    words.title()
}

/// The outcome with its words and curves.
struct Layout<'a> {
    outcome: &'a SurvivalOutcome,
    words: Words<'a>,
    curves: Curves<'a>,
}

impl<'a> Layout<'a> {
    fn new(outcome: &'a SurvivalOutcome, style: &'a Style, text: &'a Text) -> Self {
        let figure = &outcome.options.figure;
        let (sizes, small) = curves::sizes(figure.width);
        let words = Words {
            outcome,
            style,
            text,
        };
        let arms = outcome.arms.iter().enumerate().map(|(index, arm)| Curve {
            label: words.label(arm),
            named: arm.label.is_some(),
            color: theme::group_color(index),
            dash: theme::group_dash(index, sizes.line),
            n: arm.n,
            steps: steps(outcome, arm),
        });
        let curves: Vec<Curve> = arms.collect();
        let heads = match figure.risk_table {
            RiskTableKind::None => None,
            RiskTableKind::AtRisk => Some(vec![None]),
            RiskTableKind::Kmunicate => Some(words.kmunicate_heads().map(Some).to_vec()),
        };
        let last = curves.iter().filter_map(|curve| curve.steps.last());
        let times = Times {
            display: outcome.rules.display,
            last: last.map(|step| step.time).fold(0.0, f64::max),
            tick_step: figure.tick_step,
            end: figure
                .axis_end
                .or_else(|| figure.cut_axis.then(|| cut(outcome)).flatten()),
            n: outcome.overall.n,
        };
        let curves = Curves {
            style,
            sizes,
            small,
            rising: rises(outcome.options.endpoint),
            band: figure.band.with(curves.len()),
            censor_marks: figure.censor_marks,
            medians: medians(outcome),
            annotation: figure.annotation,
            legend: figure.legend,
            times,
            table: heads.map(|heads| Table {
                heading: words.risk_heading(),
                heads,
            }),
            curves,
        };
        Self {
            outcome,
            words,
            curves,
        }
    }

    fn scene(&self) -> Scene {
        let figure = &self.outcome.options.figure;
        let titles = Titles {
            above: figure.title.clone(),
            y: self.words.y_title(),
            time: self.words.time_title(),
            top: 100,
        };
        self.curves.scene(
            &titles,
            (self.words.title(), self.words.description()),
            |broken| self.words.annotation(broken),
            |arm, tick| self.counts(arm, tick),
            |panel, arm| self.series(panel, arm),
        )
    }

    /// At risk, censored and events, cumulative before the tick: they add up to all patients.
    fn counts(&self, arm: usize, tick: f64) -> Vec<usize> {
        let time = self.outcome.rules.in_unit(tick, self.outcome.unit);
        let curve = &self.outcome.arms[arm].curve;
        let counts = [
            curve.n_risk(time),
            curve.cum_censor(time),
            curve.cum_event(time),
        ];
        counts.map(|count| count.round() as usize).to_vec()
    }

    /// What answers to pointing at a curve.
    fn series(&self, panel: &Panel, arm: usize) -> Series {
        let (curve, arm) = (&self.curves.curves[arm], &self.outcome.arms[arm]);
        let shown = curve::visible(&curve.steps, panel.end);
        let panel = self.curves.upright(panel);
        let steps = (shown.iter().zip(&arm.curve.steps))
            .map(|pair| (panel.point(pair.0.time, pair.0.survival), Some(pair)));
        let start = std::iter::once((panel.point(0.0, 1.0), None));
        let points = spaced(shown.len(), start.chain(steps)).map(|(at, step)| SeriesPoint {
            at,
            lines: match step {
                None => self.words.point(0.0, 1.0, None, arm.n),
                Some((step, source)) => self.words.point(
                    source.time,
                    source.survival,
                    step.interval,
                    source.n_risk.round() as usize,
                ),
            },
        });
        Series {
            label: curve.label.clone(),
            color: curve.color,
            points: points.collect(),
        }
    }
}

/// Where fewer than a tenth of all remain at risk.
fn cut(outcome: &SurvivalOutcome) -> Option<f64> {
    let overall = &outcome.overall;
    let few = CUT_SHARE * overall.n as f64;
    let step = (overall.curve.steps.iter()).find(|step| step.n_risk < few)?;
    Some(outcome.rules.shown(step.time, outcome.unit))
}

/// The medians to which lines are drawn.
fn medians(outcome: &SurvivalOutcome) -> Vec<f64> {
    if !(outcome.options.figure.median_lines).with(outcome.arms.len()) {
        return Vec::new();
    }
    let known = (outcome.arms.iter()).filter_map(|arm| arm.median().estimate);
    let mut medians: Vec<f64> = known
        .map(|time| outcome.rules.shown(time, outcome.unit))
        .collect();
    medians.sort_by(f64::total_cmp);
    medians.dedup();
    medians
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
