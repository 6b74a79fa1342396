//! Cumulative incidence of a first severe event by group, with the numbers at risk.

use super::Layout;
use crate::analysis::{FirstEvent, FirstEventArm, LegendPlace};
use crate::cohort::TimeUnit;
use crate::figure::axis::Panel;
use crate::figure::competing::{fitting_top, rising_steps};
use crate::figure::curves::{self, Curve, Curves, Table, Times, Titles, spaced};
use crate::figure::words::unit_key;
use crate::figure::{Scene, Series, SeriesPoint, theme};
use crate::text::Argument;

/// A severe event among those that compete; death is the other.
const SEVERE: usize = 0;

/// More curves than this have no bands: they would cover each other.
const BANDS: usize = 2;

pub(super) fn scene(layout: &Layout<'_>, first: &FirstEvent) -> Scene {
    let arms = arms(first);
    let band = arms.len() <= BANDS;
    let top = fitting_top(arms.iter().map(|arm| &*arm.curves), SEVERE, band);
    let (sizes, small) = curves::sizes(layout.outcome.options.figure.width);
    let (rules, text) = (first.rules, layout.text);
    let shown = |days: f64| rules.shown(days, TimeUnit::Days);
    let drawn = arms.iter().enumerate().map(|(index, arm)| Curve {
        label: label(layout, arm),
        named: arm.label.is_some(),
        color: theme::group_color(index),
        dash: theme::group_dash(index, sizes.line),
        n: arm.n,
        steps: rising_steps(&arm.curves, SEVERE, top, shown),
    });
    let curves = Curves {
        style: layout.style,
        sizes,
        small,
        curves: drawn.collect(),
        rising: true,
        band,
        censor_marks: false,
        medians: Vec::new(),
        annotation: true,
        legend: LegendPlace::Ends,
        times: Times {
            display: rules.display,
            last: shown(first.overall.curves.last_time()),
            tick_step: None,
            end: None,
            n: first.overall.n,
        },
        table: Some(Table {
            heading: text.get("figure-risk-heading"),
            heads: vec![None],
        }),
    };
    let unit = ("unit", unit_key(rules.display).into());
    let start = ("start", "treatment".into());
    let titles = Titles {
        above: layout.outcome.options.figure.title.clone(),
        y: text.with(
            "figure-axis-survival",
            &[("name", name(layout, first).into())],
        ),
        time: text.with("figure-axis-time", &[unit, start]),
        top,
    };
    let counts = |arm: usize, tick: f64| {
        let days = rules.in_unit(tick, TimeUnit::Days);
        vec![arms[arm].curves.n_risk(days)]
    };
    let gray = gray(layout, first);
    curves.scene(
        &titles,
        (title(layout, first), description(layout, first)),
        |_| gray.iter().cloned().collect(),
        counts,
        |panel, index| Series {
            label: curves.curves[index].label.clone(),
            color: curves.curves[index].color,
            points: points(layout, first, panel, arms[index], top),
        },
    )
}

/// The legend under the figure.
pub(super) fn caption(layout: &Layout<'_>, first: &FirstEvent) -> String {
    let mut arguments = event(layout, first);
    let deaths = if first.deaths { "yes" } else { "no" };
    let band = if arms(first).len() <= BANDS {
        "yes"
    } else {
        "no"
    };
    arguments.push(("deaths", deaths.into()));
    arguments.push(("band", band.into()));
    let level = layout.style.level(layout.outcome.options.conf_level);
    arguments.push(("level", level.into()));
    layout.text.with("safety-figure-first", &arguments)
}

fn arms(first: &FirstEvent) -> Vec<&FirstEventArm> {
    match first.arms.is_empty() {
        true => vec![&first.overall],
        false => first.arms.iter().collect(),
    }
}

fn label(layout: &Layout<'_>, arm: &FirstEventArm) -> String {
    let all = || layout.text.get("figure-all-patients");
    arm.label.clone().unwrap_or_else(all)
}

/// Which event it is, as arguments of messages.
fn event(layout: &Layout<'_>, first: &FirstEvent) -> Vec<Argument<'static>> {
    let cause = if first.related { "related" } else { "any" };
    vec![
        ("cause", cause.into()),
        ("grade", layout.outcome.options.severe.into()),
    ]
}

fn name(layout: &Layout<'_>, first: &FirstEvent) -> String {
    let arguments = event(layout, first);
    layout.text.with("safety-figure-first-name", &arguments)
}

fn title(layout: &Layout<'_>, first: &FirstEvent) -> String {
    let own = layout.outcome.options.figure.title.clone();
    own.unwrap_or_else(|| name(layout, first))
}

/// The p value of Gray's test.
fn gray(layout: &Layout<'_>, first: &FirstEvent) -> Option<String> {
    let p = first.gray.as_ref()?.p_value?;
    let p = layout.style.p_equals(Some(p));
    let said = layout
        .text
        .with("competing-figure-gray", &[("p", p.into())]);
    Some(said)
}

/// What the points of a curve say: time, incidence with its interval, number at risk.
fn points(
    layout: &Layout<'_>,
    first: &FirstEvent,
    panel: &Panel,
    arm: &FirstEventArm,
    top: usize,
) -> Vec<SeriesPoint> {
    let (rules, text) = (first.rules, layout.text);
    let shown = |days: f64| rules.shown(days, TimeUnit::Days);
    let steps = &arm.curves.steps;
    let within = (steps.iter()).take_while(|step| shown(step.time) <= panel.end);
    let placed = within.map(|step| {
        let at = step.causes[SEVERE].cum_incidence;
        let height = 100.0 * at.estimate / top as f64;
        (panel.point(shown(step.time), height), step)
    });
    spaced(steps.len(), placed)
        .map(|(place, step)| {
            let at = step.causes[SEVERE].cum_incidence;
            let incidence = match at.conf_low {
                None => layout.style.percent(Some(at.estimate)),
                Some(_) => {
                    layout
                        .style
                        .percent_interval(Some(at.estimate), at.conf_low, at.conf_high)
                }
            };
            let time = layout.style.time(Some(step.time), TimeUnit::Days, rules);
            let unit = ("unit", unit_key(rules.display).into());
            let event = text.with("safety-figure-first-short", &event(layout, first));
            let incidence = [("name", event.into()), ("survival", incidence.into())];
            SeriesPoint {
                at: place,
                lines: vec![
                    text.with("figure-time", &[unit, ("time", time.into())]),
                    text.with("figure-point-survival", &incidence),
                    text.with("figure-point-at-risk", &[("n", step.n_risk.into())]),
                ],
            }
        })
        .collect()
}

/// The figure in words.
fn description(layout: &Layout<'_>, first: &FirstEvent) -> String {
    let text = layout.text;
    let title = title(layout, first);
    let mut sentences = vec![text.with("competing-figure-describe", &[("title", title.into())])];
    sentences.extend(arms(first).into_iter().map(|arm| {
        let arguments = [
            ("label", label(layout, arm).into()),
            ("n", arm.n.into()),
            ("events", arm.n_event.into()),
        ];
        text.with("competing-figure-describe-arm", &arguments)
    }));
    sentences.extend(
        gray(layout, first).map(|line| text.with("report-sentence", &[("clauses", line.into())])),
    );
    sentences.join(&text.get("report-sentence-space"))
}
