//! The figures of adverse events: bars by worst grade, differences between two groups, and the incidence of a first
//! severe one.

use super::groups::ValueAxis;
use super::sheet::{Font, Sheet, paragraph_height};
use super::theme::{AXIS_LINE, INK, MARGIN, Sizes, TICK};
use super::{Anchor, Color, Point, Scene, Series};
use crate::analysis::{Difference, GradeCounts, SafetyOutcome, SafetyRow, SafetyRowKind};
use crate::format::Style;
use crate::text::Text;

mod bars;
mod first;
mod tornado;

/// More groups than this have no room side by side: they stand in several rows.
const PANELS: usize = 4;

/// Lays out the bars, and with two groups their differences.
pub(super) fn scenes(outcome: &SafetyOutcome, style: &Style, text: &Text) -> Vec<Scene> {
    let layout = Layout {
        outcome,
        style,
        text,
        sizes: Sizes::preset(outcome.options.figure.width),
    };
    let panels = layout.panels();
    let mut scenes = Vec::new();
    if !commonest(outcome).is_empty() {
        scenes.push(bars::scene(&layout, &panels));
    }
    if !differences(outcome).is_empty() {
        scenes.push(tornado::scene(&layout));
    }
    if let Some(first) = (outcome.first.as_ref()).filter(|_| draws_first(outcome)) {
        scenes.push(first::scene(&layout, first));
    }
    scenes
}

/// Whether the last figure is that of the first severe event: none without one.
pub fn draws_first(outcome: &SafetyOutcome) -> bool {
    (outcome.first.as_ref()).is_some_and(|first| first.overall.n_event > 0)
}

/// The legends under the figures, in their order.
pub fn captions(outcome: &SafetyOutcome, style: &Style, text: &Text) -> Vec<String> {
    let layout = Layout {
        outcome,
        style,
        text,
        sizes: Sizes::preset(outcome.options.figure.width),
    };
    let mut captions = Vec::new();
    let terms = commonest(outcome).len();
    if terms > 0 {
        let panels = match (layout.panels().len(), layout.by_groups()) {
            (1, _) => "one",
            (_, true) => "groups",
            (_, false) => "causes",
        };
        let group = outcome.options.group.clone().unwrap_or_default();
        let arguments = [
            ("n", terms.into()),
            ("panels", panels.into()),
            (
                "graded",
                if outcome.mapped.grade { "yes" } else { "no" }.into(),
            ),
            ("group", group.into()),
        ];
        captions.push(text.with("safety-figure-bars", &arguments));
    }
    let differences = differences(outcome).len();
    if let ([first, second], true) = (&outcome.arms[..], differences > 0) {
        let arguments = [
            ("n", differences.into()),
            ("first", first.label.clone().unwrap_or_default().into()),
            ("second", second.label.clone().unwrap_or_default().into()),
            ("level", style.level(outcome.options.conf_level).into()),
        ];
        captions.push(text.with("safety-figure-differences", &arguments));
    }
    if let Some(first) = (outcome.first.as_ref()).filter(|_| draws_first(outcome)) {
        captions.push(first::caption(&layout, first));
    }
    captions
}

/// What a row is called in tables and figures.
pub fn row(kind: &SafetyRowKind, severe: u8, text: &Text) -> String {
    match kind {
        SafetyRowKind::Any => text.get("safety-row-any"),
        SafetyRowKind::Severe => text.with("safety-row-severe", &[("grade", severe.into())]),
        SafetyRowKind::Serious => text.get("safety-row-serious"),
        SafetyRowKind::Discontinued => text.get("safety-row-discontinued"),
        SafetyRowKind::DoseChanged => text.get("safety-row-dose-changed"),
        SafetyRowKind::Fatal => text.get("safety-row-fatal"),
        SafetyRowKind::System { system } => {
            (system.clone()).unwrap_or_else(|| text.get("safety-row-no-system"))
        }
        SafetyRowKind::Term { term, .. } => term.clone(),
    }
}

/// The terms that are drawn: the commonest of the first table.
fn commonest(outcome: &SafetyOutcome) -> Vec<&SafetyRow> {
    let is_term =
        |row: &&SafetyRow| matches!(row.kind, SafetyRowKind::Term { .. }) && row.overall.any > 0;
    let rows = (outcome.tables.first()).map_or(&[][..], |table| &table.rows);
    let mut rows: Vec<&SafetyRow> = rows.iter().filter(is_term).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.overall.any));
    rows.truncate(outcome.options.figure.terms as usize);
    rows
}

/// Those with a difference between two groups, the largest first.
fn differences(outcome: &SafetyOutcome) -> Vec<(&SafetyRow, Difference)> {
    let mut rows: Vec<(&SafetyRow, Difference)> = (commonest(outcome).into_iter())
        .filter_map(|row| Some((row, row.difference?)))
        .collect();
    rows.sort_by(|(_, a), (_, b)| b.estimate.abs().total_cmp(&a.estimate.abs()));
    rows
}

/// What both figures share.
struct Layout<'a> {
    outcome: &'a SafetyOutcome,
    style: &'a Style,
    text: &'a Text,
    sizes: Sizes,
}

/// Bars side by side: of a group, or of a cause.
struct Panel<'a> {
    label: String,
    n: usize,
    /// Counts of the terms that are drawn; none where the panel's table has no such row.
    counts: Vec<Option<&'a GradeCounts>>,
}

impl<'a> Layout<'a> {
    fn small(&self) -> Font {
        Font::new(self.sizes.small, INK)
    }

    fn normal(&self) -> Font {
        Font::new(self.sizes.normal, INK)
    }

    /// Whether every group has its panel.
    fn by_groups(&self) -> bool {
        self.outcome.arms.len() > 1
    }

    fn panels(&self) -> Vec<Panel<'a>> {
        let rows = commonest(self.outcome);
        let of_all = |label: &str, related: bool| {
            let table = self
                .outcome
                .tables
                .iter()
                .find(|table| table.related == related);
            let counts = |kind: &SafetyRowKind| {
                let row = table?.rows.iter().find(|row| row.kind == *kind)?;
                Some(&row.overall)
            };
            Panel {
                label: self.text.get(label),
                n: self.outcome.overall.n,
                counts: rows.iter().map(|row| counts(&row.kind)).collect(),
            }
        };
        if self.by_groups() {
            let arms = self.outcome.arms.iter().enumerate();
            return arms
                .map(|(index, arm)| Panel {
                    label: arm.label.clone().unwrap_or_default(),
                    n: arm.n,
                    counts: rows.iter().map(|row| row.arms.get(index)).collect(),
                })
                .collect();
        }
        match &self.outcome.tables[..] {
            [_, _] => vec![
                of_all("safety-figure-any-cause", false),
                of_all("safety-figure-related", true),
            ],
            [table] if table.related => vec![of_all("safety-figure-related", true)],
            _ => vec![of_all("safety-figure-all", false)],
        }
    }

    fn head(&self, row: &SafetyRow) -> String {
        self::row(&row.kind, self.outcome.options.severe, self.text)
    }

    /// The labels of the rows in at most two lines of that width.
    fn labels(&self, rows: &[String], available: f64) -> Vec<Vec<String>> {
        let wrap = |label: &String| self.small().wrap(label, available, 2);
        rows.iter().map(wrap).collect()
    }

    /// Width that the labels get: what they need, at most a share of the figure.
    fn label_width(&self, rows: &[String], share: f64) -> f64 {
        // Lines are measured letter by letter, which rounds otherwise.
        let widest = self.small().widest(rows.iter().map(String::as_str)) + 0.1;
        widest.min(self.sizes.width * share)
    }

    /// The middle of each row under `top`, and the foot of the last.
    fn middles(&self, labels: &[Vec<String>], top: f64) -> (Vec<f64>, f64) {
        let mut y = top;
        let middles = labels.iter().map(|lines| {
            let height = paragraph_height(lines.len().max(1), self.small()) + 6.6;
            y += height;
            y - height / 2.0
        });
        (middles.collect(), y)
    }

    fn draw_title(&self, sheet: &mut Sheet) -> f64 {
        let title = self.outcome.options.figure.title.as_deref();
        sheet.title(title, self.small(), &self.sizes)
    }

    /// Draws a horizontal axis with its numbers; returns the baseline of the numbers.
    fn draw_axis(
        &self,
        sheet: &mut Sheet,
        axis: &ValueAxis,
        y: f64,
        x: impl Fn(f64) -> f64,
    ) -> f64 {
        let font = self.small();
        let half = AXIS_LINE / 2.0;
        let (low, high) = (x(axis.low), x(axis.high));
        let (left, right) = (low.min(high), low.max(high));
        sheet.rule((left - half, y), (right + half, y), AXIS_LINE, INK);
        let baseline = y + TICK + 2.5 + font.cap_height();
        let mut free = f64::NEG_INFINITY;
        let mut numbers = axis.numbers(self.style);
        numbers.sort_by(|(a, _), (b, _)| x(*a).total_cmp(&x(*b)));
        for (value, number) in numbers {
            let (at, width) = (x(value), font.width(&number));
            sheet.rule((at, y), (at, y + TICK), AXIS_LINE, INK);
            if at - width / 2.0 > free {
                sheet.text(&number, (at, baseline), font, Anchor::Middle);
                free = at + width / 2.0 + 3.0;
            }
        }
        baseline
    }

    /// The marks on their paper, with what is said about them.
    fn finish(&self, sheet: Sheet, bottom: f64, names: [&str; 2], series: Vec<Series>) -> Scene {
        let [title, description] = names;
        let own = self.outcome.options.figure.title.clone();
        let title = own.unwrap_or_else(|| self.text.get(title));
        let (width, height) = (self.sizes.width, bottom + self.small().size * 0.3 + MARGIN);
        Scene {
            description: self
                .text
                .with(description, &[("title", title.as_str().into())]),
            title,
            width,
            height,
            marks: sheet.on_paper(width, height),
            series,
        }
    }
}

/// A filled rectangle, wherever its sides begin.
fn rectangle(sheet: &mut Sheet, (from, to): (f64, f64), (top, bottom): (f64, f64), fill: Color) {
    sheet.area(corners((from, to), (top, bottom)).to_vec(), fill);
}

fn corners((left, right): (f64, f64), (top, bottom): (f64, f64)) -> [Point; 4] {
    [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| Point { x, y })
}
