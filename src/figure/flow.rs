//! Patient flow: boxes with numbers of patients, and arrows between them.

use super::sheet::{Font, Sheet};
use super::theme::{AXIS_LINE, INK, MARGIN, Sizes};
use super::{Anchor, Point, Rect, Scene, Series, SeriesPoint};
use crate::analysis::{FlowArm, FlowLoss, FlowOutcome, FlowReason};
use crate::cohort::{Endpoint, Reason};
use crate::text::Text;

/// White space in a box.
const PADDING: f64 = 5.0;

/// Length of an arrow between two boxes with nothing beside it.
const ARROW: f64 = 16.0;

/// Length and half the width of the head of an arrow.
const HEAD: (f64, f64) = (5.0, 2.4);

/// From the vertical arrow to the boxes beside it.
const BRANCH: f64 = 14.0;

/// Space between the columns of groups.
const GUTTER: f64 = 10.0;

/// Columns narrower than this hold no legible box: the groups are then listed in one.
const NARROWEST: f64 = 70.0;

/// Most lines of a line of a box.
const LINES: usize = 4;

/// Indentation of lines below a bullet.
const BULLET: f64 = 6.0;

/// Lays out the flow.
pub(super) fn scene(outcome: &FlowOutcome, text: &Text) -> Scene {
    let sizes = Sizes::preset(outcome.options.figure.width);
    let mut flow = Flow {
        sheet: Sheet::default(),
        series: Vec::new(),
        head: Font::new(sizes.normal, INK),
        line: Font::new(sizes.small, INK),
        y: 0.0,
        right: sizes.width - MARGIN,
    };
    let title = outcome.options.figure.title.as_deref();
    let small = Font::new(sizes.small, INK);
    flow.y = match title {
        None => MARGIN,
        Some(_) => flow.sheet.title(title, small, &sizes),
    };
    let columns = outcome.arms.len();
    let width = |columns: usize| {
        let gutters = columns.saturating_sub(1) as f64 * GUTTER;
        (sizes.width - 2.0 * MARGIN - gutters) / columns.max(1) as f64
    };
    let in_columns = columns > 1 && width(columns) >= NARROWEST;
    let steps = steps(outcome, in_columns, text);
    flow.column(&steps, in_columns);
    if in_columns {
        flow.groups(outcome, width(columns), text);
    }
    let title = outcome
        .options
        .figure
        .title
        .clone()
        .unwrap_or_else(|| heading(outcome, text));
    let (width, height) = (sizes.width, flow.y + MARGIN);
    Scene {
        description: text.with("flow-describe", &[("title", title.as_str().into())]),
        title,
        width,
        height,
        marks: flow.sheet.on_paper(width, height),
        series: flow.series,
    }
}

fn heading(outcome: &FlowOutcome, text: &Text) -> String {
    match &outcome.options.group {
        None => text.get("flow-heading"),
        Some(group) => text.with("flow-heading-by-group", &[("group", group.into())]),
    }
}

/// What a step is called: `Analysed for PFS`.
pub fn analysed_words(endpoint: Option<Endpoint>, text: &Text) -> String {
    match endpoint {
        None => text.get("flow-analysed"),
        Some(endpoint) => {
            let name = [("endpoint", endpoint.code().into())];
            let name = text.with("figure-endpoint-short", &name);
            text.with("flow-analysed-for", &[("endpoint", name.into())])
        }
    }
}

/// Why patients are left out: `No start date`.
pub fn loss_words(reason: &FlowReason, text: &Text) -> String {
    text.get(match reason {
        FlowReason::ByPerson => "flow-loss-by-person",
        FlowReason::NoGroup { column } => {
            return text.with("flow-loss-no-group", &[("column", column.into())]);
        }
        FlowReason::Endpoint { reason } => reason_ids(*reason).0,
    })
}

/// The messages on why a patient is left out of an endpoint: in the flow, and in a list of those left out.
pub fn reason_ids(reason: Reason) -> (&'static str, &'static str) {
    match reason {
        Reason::NoStart => ("flow-loss-no-start", "report-excluded-no-start"),
        Reason::NoEnd => ("flow-loss-no-end", "report-excluded-no-end"),
        Reason::EventWithoutDate => (
            "flow-loss-event-without-date",
            "report-excluded-event-without-date",
        ),
        Reason::Unreadable => ("flow-loss-unreadable", "report-excluded-unreadable"),
        Reason::Negative => ("flow-loss-negative", "report-excluded-negative"),
        Reason::Contradiction => ("flow-loss-contradiction", "report-excluded-contradiction"),
        Reason::NoResponse => ("flow-loss-no-response", "report-excluded-no-response"),
        // The other rules give a value; a cohort never excludes by them.
        Reason::NoValue
        | Reason::GivenEvent
        | Reason::GivenCensored
        | Reason::GivenEventOn { .. }
        | Reason::GivenCensoredOn { .. }
        | Reason::Progressed { .. }
        | Reason::Died { .. }
        | Reason::Rule { .. }
        | Reason::LastContact { .. }
        | Reason::CutOff { .. } => ("flow-loss-no-value", "report-excluded-no-value"),
    }
}

/// `Left out`, with the reasons below: `No start date (n = 1)`.
fn left_out_words(losses: &[&FlowLoss], text: &Text) -> Words {
    let n = losses.iter().map(|loss| loss.n).sum();
    let lines = (losses.iter()).map(|loss| counted(&loss_words(&loss.reason, text), loss.n, text));
    Words {
        head: counted(&text.get("flow-left-out"), n, text),
        lines: lines.collect(),
        centred: false,
    }
}

/// `Included (n = 14)`.
fn counted(words: &str, n: usize, text: &Text) -> String {
    text.with("flow-box", &[("words", words.into()), ("n", n.into())])
}

/// What stands in a box.
#[derive(Debug, Clone)]
struct Words {
    head: String,
    /// Lines with bullets below.
    lines: Vec<String>,
    /// Whether the head stands in the middle of the box.
    centred: bool,
}

/// A line of a box; those below its head have a bullet before their first line.
struct Line {
    content: String,
    font: Font,
    bullet: Option<bool>,
}

/// A box of the middle column, and the box beside the arrow that leads away from it.
struct Step {
    main: Words,
    beside: Option<Words>,
}

/// The middle column: all patients.
fn steps(outcome: &FlowOutcome, in_columns: bool, text: &Text) -> Vec<Step> {
    let head = |words: String, n: usize| Words {
        head: counted(&words, n, text),
        lines: Vec::new(),
        centred: true,
    };
    let mut steps = Vec::new();
    if let Some(screening) = &outcome.screening {
        let reasons = screening.reasons.iter();
        let mut lines: Vec<String> = reasons.map(|of| counted(&of.reason, of.n, text)).collect();
        if !lines.is_empty() && screening.without_reason > 0 {
            let words = text.get("flow-without-reason");
            lines.push(counted(&words, screening.without_reason, text));
        }
        let beside = Words {
            lines,
            centred: false,
            ..head(text.get("flow-not-in-file"), screening.not_included)
        };
        steps.push(Step {
            main: head(text.get("flow-screened"), screening.n),
            beside: Some(beside),
        });
    }
    let in_file = match outcome.screening {
        None => "flow-in-file",
        Some(_) => "flow-included",
    };
    let early = outcome.left_out.iter();
    let losses: Vec<&FlowLoss> = match in_columns {
        true => early.collect(),
        false => early.chain(&outcome.overall.left_out).collect(),
    };
    steps.push(Step {
        main: head(text.get(in_file), outcome.in_file),
        beside: (!losses.is_empty()).then(|| left_out_words(&losses, text)),
    });
    if in_columns {
        // Divided without a box of its own, unless somebody was left out before.
        if !losses.is_empty() {
            let group = outcome.options.group.as_deref().unwrap_or_default();
            let words = text.with("flow-divided", &[("group", group.into())]);
            steps.push(Step {
                main: head(words, outcome.overall.n),
                beside: None,
            });
        }
    } else {
        let words = analysed_words(outcome.options.endpoint, text);
        let line = |arm: &FlowArm| {
            let label = arm.label.as_deref().unwrap_or_default();
            let analysed = [
                ("label", label.into()),
                ("analysed", arm.analysed.into()),
                ("n", arm.n.into()),
            ];
            text.with("flow-group-analysed", &analysed)
        };
        steps.push(Step {
            main: Words {
                lines: outcome.arms.iter().map(line).collect(),
                centred: outcome.arms.is_empty(),
                ..head(words, outcome.overall.analysed)
            },
            beside: None,
        });
    }
    steps
}

/// The figure while it is laid out, from the top down.
struct Flow {
    sheet: Sheet,
    series: Vec<Series>,
    head: Font,
    line: Font,
    /// Where the next thing can start.
    y: f64,
    right: f64,
}

impl Flow {
    /// The lines of a box of that width.
    fn lines(&self, words: &Words, width: f64) -> Vec<Line> {
        let room = width - 2.0 * PADDING;
        let line = |content: String, font: Font, bullet: Option<bool>| Line {
            content,
            font,
            bullet,
        };
        let heads = self.head.wrap(&words.head, room, LINES).into_iter();
        let mut lines: Vec<Line> = heads.map(|words| line(words, self.head, None)).collect();
        for words in &words.lines {
            let wrapped = self.line.wrap(words, room - BULLET, LINES);
            let wrapped = wrapped.into_iter().enumerate();
            lines.extend(wrapped.map(|(i, words)| line(words, self.line, Some(i == 0))));
        }
        lines
    }

    fn height(&self, words: &Words, width: f64) -> f64 {
        let lines = self.lines(words, width);
        let first = lines.first().map_or(0.0, |line| line.font.cap_height());
        let rest: f64 = (lines.iter().skip(1)).map(|line| line.font.leading()).sum();
        first + rest + 2.0 * PADDING + self.line.size * 0.2
    }

    /// The width that a box needs for its text, at most `most`.
    fn width(&self, words: &Words, most: f64) -> f64 {
        let lines = words
            .lines
            .iter()
            .map(|line| self.line.width(line) + BULLET);
        let widest = lines.fold(self.head.width(&words.head), f64::max);
        (widest + 2.0 * PADDING + 1.0).min(most)
    }

    /// Draws a box with its words and says it to who points at it.
    fn draw(&mut self, words: &Words, place: Rect) {
        let Rect {
            left,
            top,
            right,
            bottom,
        } = place;
        let corners = [
            (left, top),
            (right, top),
            (right, bottom),
            (left, bottom),
            (left, top),
        ];
        let corners = corners.map(|(x, y)| Point { x, y }).to_vec();
        self.sheet.line(corners, AXIS_LINE, INK, Vec::new());
        let lines = self.lines(words, right - left);
        let spare = match words.centred {
            true => bottom - top - self.height(words, right - left),
            false => 0.0,
        };
        let mut y = top + PADDING + spare / 2.0;
        for (i, line) in lines.iter().enumerate() {
            y += if i == 0 {
                line.font.cap_height()
            } else {
                line.font.leading()
            };
            let start = left + PADDING;
            let (x, anchor) = match line.bullet {
                None if words.centred => ((left + right) / 2.0, Anchor::Middle),
                None => (start, Anchor::Start),
                Some(_) => (start + BULLET, Anchor::Start),
            };
            if line.bullet == Some(true) {
                self.sheet.text("•", (start, y), line.font, Anchor::Start);
            }
            self.sheet.text(&line.content, (x, y), line.font, anchor);
        }
        self.series.push(Series {
            label: words.head.clone(),
            color: INK,
            points: vec![SeriesPoint {
                at: Point {
                    x: left,
                    y: (top + bottom) / 2.0,
                },
                lines: words.lines.clone(),
            }],
        });
    }

    /// A line that ends in the head of an arrow, down or to the right.
    fn arrow(&mut self, from: (f64, f64), to: (f64, f64)) {
        let (length, half) = HEAD;
        let down = from.0 == to.0;
        let (foot, sides) = match down {
            true => {
                let y = to.1 - length;
                ((to.0, y), [(to.0 - half, y), (to.0 + half, y)])
            }
            false => {
                let x = to.0 - length;
                ((x, to.1), [(x, to.1 - half), (x, to.1 + half)])
            }
        };
        self.sheet.rule(from, foot, AXIS_LINE, INK);
        let corners = [to, sides[0], sides[1]].map(|(x, y)| Point { x, y });
        self.sheet.area(corners.to_vec(), INK);
    }

    /// Draws the middle column; `centred` where groups follow below.
    fn column(&mut self, steps: &[Step], centred: bool) {
        let whole = self.right - MARGIN;
        // Beside the arrow there must be room for what is left out.
        let most = match centred {
            true => whole,
            false => 0.62 * whole,
        };
        let width = (steps.iter()).map(|step| self.width(&step.main, most));
        let width = width.fold(0.0, f64::max);
        // Without groups below, everything together stands in the middle.
        let beside = |step: &Step| {
            let room = whole - width / 2.0 - BRANCH;
            let words = step.beside.as_ref()?;
            Some(width / 2.0 + BRANCH + self.width(words, room))
        };
        let extent = steps.iter().filter_map(beside).fold(width, f64::max);
        let middle = match centred {
            true => (MARGIN + self.right) / 2.0,
            false => MARGIN + (whole - extent) / 2.0 + width / 2.0,
        };
        for (i, step) in steps.iter().enumerate() {
            let height = self.height(&step.main, width);
            let place = Rect::sized((middle - width / 2.0, self.y), (width, height));
            self.draw(&step.main, place);
            self.y += height;
            let last = i + 1 == steps.len();
            let from = self.y;
            if let Some(words) = &step.beside {
                let left = middle + BRANCH;
                let width = self.width(words, self.right - left);
                let height = self.height(words, width);
                let place = Rect::sized((left, self.y + ARROW / 2.0), (width, height));
                let at = (place.top + place.bottom) / 2.0;
                self.draw(words, place);
                self.arrow((middle, at), (left, at));
                self.y += height + ARROW;
            } else if !last {
                self.y += ARROW;
            }
            if !last {
                self.arrow((middle, from), (middle, self.y));
            } else if step.beside.is_some() {
                self.sheet
                    .rule((middle, from), (middle, self.y), AXIS_LINE, INK);
            }
        }
    }

    /// Draws the groups beside each other, under the middle column.
    fn groups(&mut self, outcome: &FlowOutcome, width: f64, text: &Text) {
        let middle = (MARGIN + self.right) / 2.0;
        let left = |column: usize| MARGIN + column as f64 * (width + GUTTER);
        let centre = |column: usize| left(column) + width / 2.0;
        let bar = self.y + ARROW / 2.0;
        self.sheet
            .rule((middle, self.y), (middle, bar), AXIS_LINE, INK);
        let ends = (centre(0), centre(outcome.arms.len() - 1));
        self.sheet
            .rule((ends.0, bar), (ends.1, bar), AXIS_LINE, INK);
        self.y = bar;
        let lost = outcome.arms.iter().any(|arm| !arm.left_out.is_empty());
        let words = |arm: &FlowArm| {
            let plain = |head: String| Words {
                head,
                lines: Vec::new(),
                centred: true,
            };
            let label = arm.label.as_deref().unwrap_or_default();
            let losses: Vec<&FlowLoss> = arm.left_out.iter().collect();
            let analysed = analysed_words(outcome.options.endpoint, text);
            [
                Some(plain(counted(label, arm.n, text))),
                lost.then(|| left_out_words(&losses, text)),
                Some(plain(counted(&analysed, arm.analysed, text))),
            ]
        };
        let columns: Vec<[Option<Words>; 3]> = outcome.arms.iter().map(words).collect();
        let mut gap = ARROW - ARROW / 2.0;
        for row in 0..3 {
            let boxes: Vec<(usize, &Words)> = (columns.iter().enumerate())
                .filter_map(|(column, words)| Some((column, words[row].as_ref()?)))
                .collect();
            let heights = boxes.iter().map(|(_, words)| self.height(words, width));
            let height = heights.fold(0.0, f64::max);
            if boxes.is_empty() {
                continue;
            }
            for (column, words) in boxes {
                let top = self.y + gap;
                self.arrow((centre(column), self.y), (centre(column), top));
                self.draw(words, Rect::sized((left(column), top), (width, height)));
            }
            self.y += gap + height;
            gap = ARROW;
        }
    }
}
