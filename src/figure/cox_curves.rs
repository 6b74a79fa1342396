//! Survival that a Cox model predicts, as curves with their bands.

use super::axis::{self, AxisType, Panel, TimeAxis};
use super::cox_words;
use super::curve::{self, Step};
use super::legend::{self, Entry};
use super::rising;
use super::sheet::{Font, Sheet};
use super::theme::{self, INK, MARGIN, Sizes};
use super::words::time_title;
use super::{Color, Scene, Series, SeriesPoint};
use crate::analysis::{CoxCurves, CoxOutcome, ProfileCurve};
use crate::format::Style;
use crate::text::Text;

/// Lines of a name at the end of a curve.
const NAME_LINES: usize = 3;

/// Share of the figure that the names may take.
const NAME_SHARE: f64 = 0.3;

/// Lays out the predicted curves, where there are some.
pub(super) fn scene(outcome: &CoxOutcome, style: &Style, text: &Text) -> Option<Scene> {
    let curves = outcome.curves.as_ref()?;
    let layout = Layout {
        outcome,
        curves,
        style,
        text,
        sizes: Sizes::preset(outcome.options.figure.width),
    };
    Some(layout.scene())
}

struct Layout<'a> {
    outcome: &'a CoxOutcome,
    curves: &'a CoxCurves,
    style: &'a Style,
    text: &'a Text,
    sizes: Sizes,
}

/// A curve with what is needed to draw it.
struct Drawn<'a> {
    curve: &'a ProfileCurve,
    name: String,
    color: Color,
    dash: Vec<f64>,
    steps: Vec<Step>,
}

impl Layout<'_> {
    fn scene(&self) -> Scene {
        let small = Font::new(self.sizes.small, INK);
        let mut sheet = Sheet::default();
        let drawn: Vec<Drawn<'_>> = (cox_words::drawn(self.curves).iter().enumerate())
            .map(|(index, curve)| self.drawn(index, curve))
            .collect();
        let entries: Vec<Entry> = drawn.iter().map(|one| self.entry(one, small)).collect();
        let set = AxisType {
            style: self.style,
            numbers: small,
            title: Font::new(self.sizes.normal, INK),
        };
        let top = MARGIN + small.cap_height() / 2.0;
        let left = MARGIN + axis::y_axis_width(set.numbers, set.title);
        let right = self.sizes.width - MARGIN - legend::ends_width(&entries, small);
        let time_axis = self.time_axis(&drawn, right - left, small);
        let panel = Panel {
            left,
            right,
            top,
            bottom: top + self.sizes.plot,
            end: time_axis.end,
        };
        let upright = if self.rises() { panel.flipped() } else { panel };
        if cox_words::banded(self.curves) {
            for one in &drawn {
                let band = curve::band(&upright, &one.steps);
                if !band.is_empty() {
                    sheet.area(band, one.color.at(curve::band_opacity(drawn.len())));
                }
            }
        }
        let mut ends = Vec::new();
        for one in &drawn {
            let line = curve::step_line(&upright, &one.steps);
            ends.push(line.last().map_or(upright.top, |end| end.y));
            sheet.line(line, self.sizes.line, one.color, one.dash.clone());
        }
        let y_title = self.y_title();
        axis::draw_y_axis(&mut sheet, &panel, &y_title, set);
        let unit = cox_words::unit(self.outcome);
        let title = time_title(&self.outcome.definition, unit, self.text);
        let bottom = axis::draw_time_axis(&mut sheet, &panel, &time_axis, &title, set);
        legend::draw_ends(&mut sheet, &panel, &entries, &ends, small, self.sizes.line);
        let endpoint = super::cox::endpoint(self.outcome.options.endpoint, self.text);
        let rises = if self.rises() { "yes" } else { "no" };
        let arguments = [("endpoint", endpoint.into()), ("rises", rises.into())];
        let title = self.text.with("cox-curves-title", &arguments);
        let (width, height) = (self.sizes.width, bottom + small.size * 0.25 + MARGIN);
        Scene {
            description: self.description(&title, &drawn),
            title,
            width,
            height,
            marks: sheet.on_paper(width, height),
            series: drawn.iter().map(|one| self.series(&upright, one)).collect(),
        }
    }

    fn drawn<'b>(&self, index: usize, curve: &'b ProfileCurve) -> Drawn<'b> {
        let (rules, unit) = (self.outcome.rules, self.outcome.unit);
        let steps = curve.curve.steps.iter().map(|step| Step {
            time: rules.shown(step.time, unit),
            survival: step.survival,
            interval: if step.survival == 1.0 {
                Some((1.0, 1.0))
            } else {
                step.conf_low.zip(step.conf_high)
            },
            censored: false,
        });
        Drawn {
            name: cox_words::profile(self.outcome, curve, self.style, self.text),
            color: theme::group_color(index),
            dash: theme::group_dash(index, self.sizes.line),
            steps: steps.collect(),
            curve,
        }
    }

    fn entry(&self, one: &Drawn<'_>, font: Font) -> Entry {
        let room = self.sizes.width * NAME_SHARE - legend::SAMPLE_WIDTH;
        Entry {
            lines: font.wrap(&one.name, room, NAME_LINES),
            whole: true,
            sample: true,
            color: one.color,
            text: theme::readable(one.color),
            dash: one.dash.clone(),
        }
    }

    fn time_axis(&self, drawn: &[Drawn<'_>], width: f64, small: Font) -> TimeAxis {
        let lasts = drawn.iter().filter_map(|one| one.steps.last());
        let last = lasts.map(|step| step.time).fold(0.0, f64::max);
        let most = axis::most_numbers(width, small, 1000);
        TimeAxis::new(self.outcome.rules.display, last, None, None, most)
    }

    fn name(&self) -> String {
        let endpoint = self.outcome.options.endpoint.code();
        (self.text).with("figure-endpoint-level", &[("endpoint", endpoint.into())])
    }

    fn rises(&self) -> bool {
        rising::rises(self.outcome.options.endpoint)
    }

    /// What is shown of a survival with its limits.
    fn share(&self, survival: [Option<f64>; 3]) -> [Option<f64>; 3] {
        rising::share(self.outcome.options.endpoint, survival)
    }

    fn y_title(&self) -> String {
        let name = ("name", self.name().into());
        self.text.with("figure-axis-survival", &[name])
    }

    /// Survival at the landmarks, curve by curve.
    fn description(&self, title: &str, drawn: &[Drawn<'_>]) -> String {
        let curve = |one: &Drawn<'_>| {
            let at: Vec<String> = (self.curves.landmarks.iter().zip(&one.curve.at))
                .filter_map(|(&landmark, at)| {
                    let time = cox_words::shown_time(self.outcome, landmark, self.style, self.text);
                    let [share, ..] = self.share([Some((*at)?.survival), None, None]);
                    Some(format!("{time} {}", self.style.percent(share)))
                })
                .collect();
            format!("{}: {}", one.name, at.join(", "))
        };
        let mut sentences = vec![title.to_owned()];
        sentences.extend(drawn.iter().map(curve));
        let sentences: Vec<String> = (sentences.into_iter())
            .map(|clauses| (self.text).with("report-sentence", &[("clauses", clauses.into())]))
            .collect();
        sentences.join(&self.text.get("report-sentence-space"))
    }

    fn series(&self, panel: &Panel, one: &Drawn<'_>) -> Series {
        let mut points: Vec<SeriesPoint> = Vec::new();
        let shown = curve::visible(&one.steps, panel.end);
        let apart = if shown.len() > curve::MOST_POINTS {
            0.25
        } else {
            0.0
        };
        for step in shown {
            let at = panel.point(step.time, step.survival);
            let before = points.last().map_or(f64::NEG_INFINITY, |point| point.at.x);
            if at.x - before < apart {
                continue;
            }
            let known = step.interval.filter(|_| step.survival < 1.0);
            let (low, high) = known.unzip();
            let [share, low, high] = self.share([Some(step.survival), low, high]);
            let survival = match known {
                Some(_) => self.style.percent_interval(share, low, high),
                None => self.style.percent(share),
            };
            let time = self.style.time(
                Some(step.time),
                self.outcome.rules.display,
                self.outcome.rules,
            );
            let unit = cox_words::unit(self.outcome);
            let arguments = [("name", self.name().into()), ("survival", survival.into())];
            points.push(SeriesPoint {
                at,
                lines: vec![
                    (self.text).with(
                        "figure-time",
                        &[("unit", unit.into()), ("time", time.into())],
                    ),
                    self.text.with("figure-point-survival", &arguments),
                ],
            });
        }
        Series {
            label: one.name.clone(),
            color: one.color,
            points,
        }
    }
}
