//! Residuals of a Cox model and the influence of its patients, a mark a patient.

use super::axis::AxisType;
use super::cox_words;
use super::frame::{Frame, diamond, ticks};
use super::sheet::{Font, Sheet};
use super::theme::{self, AXIS_LINE, FAINT, INK, MARGIN, Sizes, TICK};
use super::{Anchor, Point, Rect, Scene, Series, SeriesPoint};
use crate::analysis::{CoxChecks, CoxOutcome, FigureWidth, OUTLYING_RESIDUAL};
use crate::cohort::Subject;
use crate::format::Style;
use crate::text::Text;

/// Half the side of the mark of a patient.
const DOT: f64 = 1.1;

/// The same of one who is named.
const NAMED_DOT: f64 = 1.7;

/// About so many marks are drawn of many patients.
const MOST_MARKS: usize = 3000;

/// More panels than this are left to the table.
const MOST_PANELS: usize = 12;

/// What answers to pointing is divided into so many bands of height.
const BANDS: usize = 10;

/// What a figure of the checks shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Martingale residuals against each number.
    Forms,
    /// Deviance residuals in the order of the rows.
    Deviance,
    /// Influence on each coefficient.
    Influence,
}

/// The figures that there are, in order.
pub fn kinds(checks: &CoxChecks) -> Vec<Kind> {
    let mut kinds = Vec::new();
    if !checks.forms.is_empty() {
        kinds.push(Kind::Forms);
    }
    kinds.push(Kind::Deviance);
    if !checks.influence.is_empty() {
        kinds.push(Kind::Influence);
    }
    kinds
}

/// Every how many patients one is drawn.
pub fn every(checks: &CoxChecks) -> usize {
    checks.subjects.len().div_ceil(MOST_MARKS).max(1)
}

/// Lays out the figures of the checks, where there are some.
pub(super) fn scenes(outcome: &CoxOutcome, style: &Style, text: &Text) -> Vec<Scene> {
    let Some(checks) = &outcome.checks else {
        return Vec::new();
    };
    let layout = Layout {
        outcome,
        checks,
        style,
        text,
        sizes: Sizes::preset(outcome.options.figure.width),
    };
    kinds(checks)
        .into_iter()
        .map(|kind| layout.scene(kind))
        .collect()
}

struct Layout<'a> {
    outcome: &'a CoxOutcome,
    checks: &'a CoxChecks,
    style: &'a Style,
    text: &'a Text,
    sizes: Sizes,
}

/// A panel: a mark a patient.
struct Panel {
    /// Above it; none where the title of the axis says it all.
    heading: Option<String>,
    /// Under its axis.
    x_title: String,
    y_title: String,
    x: Vec<f64>,
    y: Vec<f64>,
    smooth: Vec<(f64, f64)>,
    /// Dashed lines across.
    levels: Vec<f64>,
    /// The patients who are named.
    named: Vec<usize>,
    /// Whether x counts the rows.
    ordered: bool,
}

impl Layout<'_> {
    fn small(&self) -> Font {
        Font::new(self.sizes.small, INK)
    }

    fn panels(&self, kind: Kind) -> Vec<Panel> {
        let checks = self.checks;
        let order: Vec<f64> = (1..=checks.subjects.len()).map(|i| i as f64).collect();
        let in_order = |y: &[f64], y_title: &str| Panel {
            heading: None,
            x_title: (self.text).with("cox-checks-axis-order", &[cox_words::rows(self.outcome)]),
            y_title: self.text.get(y_title),
            x: order.clone(),
            y: y.to_vec(),
            smooth: Vec::new(),
            levels: Vec::new(),
            named: Vec::new(),
            ordered: true,
        };
        match kind {
            Kind::Forms => (checks.forms.iter())
                .map(|form| Panel {
                    x_title: self.form_name(form.characteristic),
                    x: form.x.clone(),
                    smooth: form.smooth.clone(),
                    ordered: false,
                    ..in_order(&checks.martingale, "cox-checks-axis-martingale")
                })
                .collect(),
            Kind::Deviance => vec![Panel {
                levels: vec![-OUTLYING_RESIDUAL, OUTLYING_RESIDUAL],
                named: checks.outlying.clone(),
                ..in_order(&checks.deviance, "cox-checks-axis-deviance")
            }],
            Kind::Influence => (checks.influence.iter())
                .map(|influence| Panel {
                    heading: Some(cox_words::contrast(
                        self.outcome,
                        influence.place,
                        self.style,
                        self.text,
                    )),
                    named: largest(&influence.dfbetas),
                    ..in_order(&influence.dfbetas, "cox-checks-axis-influence")
                })
                .collect(),
        }
    }

    /// A number as its axis has it: its column, or the logarithm of it.
    fn form_name(&self, characteristic: usize) -> String {
        let of = &self.outcome.characteristics[characteristic];
        match &of.kind {
            crate::analysis::CharacteristicKind::Numbers {
                scale: crate::analysis::NumberScale::Log2,
                ..
            } => (self.text).with("cox-checks-log2", &[("column", (&of.column).into())]),
            _ => of.column.clone(),
        }
    }

    fn scene(&self, kind: Kind) -> Scene {
        let panels: Vec<Panel> = self.panels(kind).into_iter().take(MOST_PANELS).collect();
        let columns = match self.outcome.options.figure.width {
            _ if panels.len() == 1 => 1,
            FigureWidth::One => 1,
            FigureWidth::OneAndHalf | FigureWidth::Two => 2,
        };
        let (font, title) = (self.small(), Font::new(self.sizes.normal, INK));
        let axis_width = font.width("−0.00") + TICK + 9.0 + title.size;
        let cell = (self.sizes.width - 2.0 * MARGIN) / columns as f64;
        let width = cell - axis_width - 8.0;
        let share = if columns == 1 && self.sizes.width > 300.0 {
            0.38
        } else {
            0.6
        };
        let height = width * share;
        let headed = panels.iter().any(|panel| panel.heading.is_some());
        let head = if headed { title.leading() + 6.0 } else { 5.0 };
        let foot = 3.0 + TICK + 2.5 + font.size + 5.0 + title.size + 7.0;
        let mut sheet = Sheet::default();
        let mut series = Vec::new();
        for (index, panel) in panels.iter().enumerate() {
            let (row, column) = (index / columns, index % columns);
            let top = MARGIN + head + row as f64 * (head + height + foot);
            let left = MARGIN + column as f64 * cell + axis_width;
            let frame = Frame {
                left,
                right: left + width,
                top,
                bottom: top + height,
                x: spread(panel.x.iter().copied(), 0.02),
                y: spread(
                    (panel.y.iter().copied())
                        .chain(panel.levels.iter().copied())
                        .chain([0.0]),
                    0.05,
                ),
            };
            series.extend(self.draw(&mut sheet, panel, &frame));
        }
        let rows = panels.len().div_ceil(columns) as f64;
        let height = MARGIN + rows * (head + height + foot);
        let name = self.text.get(match kind {
            Kind::Forms => "cox-checks-forms-title",
            Kind::Deviance => "cox-checks-deviance-title",
            Kind::Influence => "cox-checks-influence-title",
        });
        let mut parts = vec![name.clone()];
        parts.extend(panels.iter().map(|panel| self.describe(panel)));
        let sentences: Vec<String> = (parts.into_iter())
            .map(|clauses| (self.text).with("report-sentence", &[("clauses", clauses.into())]))
            .collect();
        Scene {
            description: sentences.join(&self.text.get("report-sentence-space")),
            title: name,
            width: self.sizes.width,
            height,
            marks: sheet.on_paper(self.sizes.width, height),
            series,
        }
    }

    /// What a panel is of, and who is named in it.
    fn describe(&self, panel: &Panel) -> String {
        let of = panel.heading.as_ref().unwrap_or(&panel.x_title);
        let named: Vec<String> = (panel.named.iter())
            .map(|&i| {
                let number = self.style.number(panel.y[i], 2);
                format!("{} {number}", self.short_name(i))
            })
            .collect();
        if named.is_empty() {
            return of.clone();
        }
        format!("{of}: {}", named.join(&self.text.get("report-list-join")))
    }

    fn draw(&self, sheet: &mut Sheet, panel: &Panel, frame: &Frame) -> Vec<Series> {
        if let Some(heading) = &panel.heading {
            let title = Font::new(self.sizes.normal, INK).bold();
            let room = frame.right - frame.left + 6.0;
            for line in title.wrap(heading, room, 1) {
                sheet.text(&line, (frame.left, frame.top - 6.0), title, Anchor::Start);
            }
        }
        let across = |y: f64| [frame.x.0, frame.x.1].map(|x| frame.point(x, y)).to_vec();
        sheet.line(across(0.0), 0.6, FAINT, Vec::new());
        for &level in &panel.levels {
            sheet.line(across(level), 0.6, FAINT, vec![3.0, 2.0]);
        }
        let shown: Vec<usize> = (0..panel.x.len())
            .filter(|i| i % every(self.checks) == 0 || panel.named.contains(i))
            .collect();
        let at = |i: usize| frame.point(panel.x[i], panel.y[i]);
        for &i in shown.iter().filter(|i| !panel.named.contains(i)) {
            sheet.area(diamond(at(i), DOT), INK.at(0.38));
        }
        let color = theme::group_color(0);
        let line = panel.smooth.iter().map(|&(x, y)| frame.point(x, y));
        sheet.line(line.collect(), self.sizes.line * 1.1, color, Vec::new());
        self.names(sheet, panel, frame, &at);
        let set = AxisType {
            style: self.style,
            numbers: self.small(),
            title: Font::new(self.sizes.normal, INK),
        };
        frame.draw_y_axis(sheet, &panel.y_title, set);
        self.x_axis(sheet, panel, frame);
        self.series(panel, frame, &shown, &at)
    }

    /// The named patients, each name where it covers no other.
    fn names(&self, sheet: &mut Sheet, panel: &Panel, frame: &Frame, at: &dyn Fn(usize) -> Point) {
        let accent = theme::group_color(1);
        let font = Font::new(self.sizes.small, theme::readable(accent));
        let mut taken: Vec<Rect> = (panel.named.iter())
            .map(|&i| {
                let Point { x, y } = at(i);
                let half = NAMED_DOT + 0.5;
                Rect::sized((x - half, y - half), (2.0 * half, 2.0 * half))
            })
            .collect();
        taken.extend(panel.levels.iter().map(|&level| {
            let y = frame.point(frame.x.0, level).y;
            Rect::sized((frame.left, y - 0.5), (frame.right - frame.left, 1.0))
        }));
        for &i in &panel.named {
            let point = at(i);
            sheet.area(diamond(point, NAMED_DOT), accent);
            let name = self.short_name(i);
            let (width, height) = (font.width(&name), font.cap_height());
            let beside = NAMED_DOT + 2.0;
            let raised = point.y - height + 1.0;
            let places = [
                (point.x + beside, point.y - height / 2.0),
                (point.x - beside - width, point.y - height / 2.0),
                (point.x + beside, raised),
                (point.x - beside - width, raised),
                (point.x - width / 2.0, point.y - beside - height),
                (point.x - width / 2.0, point.y + beside),
            ];
            let free = |&(left, top): &(f64, f64)| {
                let place = Rect::sized((left, top), (width, height));
                let inside = left >= frame.left - 2.0 && left + width <= frame.right + 6.0;
                inside && !taken.iter().any(|other| other.meets(&place))
            };
            // Where there is no room the pointer tells the name.
            if let Some((left, top)) = places.into_iter().find(free) {
                sheet.text(&name, (left, top + height), font, Anchor::Start);
                taken.push(Rect::sized((left, top), (width, height)));
            }
        }
    }

    fn x_axis(&self, sheet: &mut Sheet, panel: &Panel, frame: &Frame) {
        let (font, title) = (self.small(), Font::new(self.sizes.normal, INK));
        let y = frame.bottom + 3.0;
        sheet.rule((frame.left - 3.0, y), (frame.right, y), AXIS_LINE, INK);
        let baseline = y + TICK + 2.5 + font.cap_height();
        for (value, number) in ticks(frame.x, self.style) {
            if panel.ordered && (value < 1.0 || value > panel.x.len() as f64) {
                continue;
            }
            let x = frame.point(value, frame.y.0).x;
            sheet.rule((x, y), (x, y + TICK), AXIS_LINE, INK);
            sheet.text(&number, (x, baseline), font, Anchor::Middle);
        }
        let middle = f64::midpoint(frame.left, frame.right);
        let at = (middle, baseline + 5.0 + title.cap_height());
        for line in title.wrap(&panel.x_title, frame.right - frame.left, 1) {
            sheet.text(&line, at, title, Anchor::Middle);
        }
    }

    /// Who stands where: bands of height, so that pointing finds the nearest patient.
    fn series(
        &self,
        panel: &Panel,
        frame: &Frame,
        shown: &[usize],
        at: &dyn Fn(usize) -> Point,
    ) -> Vec<Series> {
        let mut bands: Vec<Vec<(usize, Point)>> = vec![Vec::new(); BANDS];
        let height = (frame.bottom - frame.top) / BANDS as f64;
        for &i in shown {
            let point = at(i);
            let band = ((point.y - frame.top) / height).max(0.0) as usize;
            bands[band.min(BANDS - 1)].push((i, point));
        }
        let color = theme::group_color(0);
        (bands.into_iter())
            .filter(|band| !band.is_empty())
            .map(|mut band| {
                band.sort_by(|a, b| a.1.x.total_cmp(&b.1.x));
                let point = |&(i, at): &(usize, Point)| SeriesPoint {
                    at,
                    lines: self.lines(panel, i),
                };
                Series {
                    label: String::new(),
                    color,
                    points: band.iter().map(point).collect(),
                }
            })
            .collect()
    }

    fn lines(&self, panel: &Panel, i: usize) -> Vec<String> {
        let subject = &self.checks.subjects[i];
        let number = |name: &str, number: String| {
            let arguments = [("column", name.into()), ("number", number.into())];
            self.text.with("cox-profile-number", &arguments)
        };
        let mut lines = vec![self.name(subject)];
        if !panel.ordered {
            lines.push(number(
                &panel.x_title,
                cox_words::value(panel.x[i], self.style),
            ));
        }
        lines.push(number(&panel.y_title, self.style.number(panel.y[i], 2)));
        lines
    }

    /// The id with the row.
    fn name(&self, subject: &Subject) -> String {
        let row = ("row", subject.row.into());
        match &subject.id {
            Some(id) => (self.text).with("report-patient-and-row", &[("id", id.into()), row]),
            None => self.text.with("report-row", &[row]),
        }
    }

    /// The id, or the row without one.
    fn short_name(&self, i: usize) -> String {
        let subject = &self.checks.subjects[i];
        subject.id.clone().unwrap_or_else(|| self.name(subject))
    }
}

/// The three largest in size.
fn largest(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].abs().total_cmp(&values[a].abs()));
    order.truncate(3);
    order
}

/// The range of some values, with room at both ends.
fn spread(values: impl Iterator<Item = f64>, room: f64) -> (f64, f64) {
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    if low < high {
        let room = room * (high - low);
        (low - room, high + room)
    } else {
        (low - 1.0, low + 1.0)
    }
}
