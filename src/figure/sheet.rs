//! What a layout writes on: marks, and short ways to make them.

use super::text_metrics;
use super::theme::{INK, MARGIN, PAPER, Sizes};
use super::{Anchor, AreaMark, Color, LineMark, Mark, Point, TextMark};

/// The marks of a figure while it is laid out.
#[derive(Debug, Default)]
pub struct Sheet {
    /// In painting order.
    pub marks: Vec<Mark>,
}

/// How text looks.
#[derive(Debug, Clone, Copy)]
pub struct Font {
    /// Font size.
    pub size: f64,
    /// Bold or not.
    pub bold: bool,
    /// Its colour.
    pub color: Color,
}

impl Font {
    /// Upright text of that size.
    pub const fn new(size: f64, color: Color) -> Self {
        Self {
            size,
            bold: false,
            color,
        }
    }

    /// The same in bold.
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// Distance of lines.
    pub fn leading(&self) -> f64 {
        self.size * 1.22
    }

    /// Height of its capitals and digits.
    pub fn cap_height(&self) -> f64 {
        self.size * text_metrics::CAP_HEIGHT
    }

    /// Width of a text.
    pub fn width(&self, text: &str) -> f64 {
        text_metrics::width(text, self.size, self.bold)
    }

    /// The widest of some texts; 0 when there are none.
    pub fn widest<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> f64 {
        texts
            .into_iter()
            .map(|text| self.width(text))
            .fold(0.0, f64::max)
    }

    /// A text in lines, see [`text_metrics::wrap`].
    pub fn wrap(&self, text: &str, available: f64, limit: usize) -> Vec<String> {
        text_metrics::wrap(text, self.size, self.bold, available, limit)
    }
}

impl Sheet {
    /// A polyline in one pen; none when there are fewer than two points.
    pub fn line(&mut self, points: Vec<Point>, width: f64, color: Color, dash: Vec<f64>) {
        if points.len() > 1 {
            self.marks.push(Mark::Line(LineMark {
                points,
                width,
                color,
                dash,
            }));
        }
    }

    /// A solid line between two points.
    pub fn rule(&mut self, from: (f64, f64), to: (f64, f64), width: f64, color: Color) {
        let points = [from, to].map(|(x, y)| Point { x, y }).to_vec();
        self.line(points, width, color, Vec::new());
    }

    /// A filled polygon.
    pub fn area(&mut self, points: Vec<Point>, color: Color) {
        self.marks.push(Mark::Area(AreaMark { points, color }));
    }

    /// A line of text with its baseline at `y`.
    pub fn text(&mut self, content: &str, (x, y): (f64, f64), font: Font, anchor: Anchor) {
        self.marks
            .push(Mark::Text(text_mark(content, (x, y), font, anchor)));
    }

    /// Lines of text below each other, the first with its capitals' top at `y`.
    pub fn paragraph(
        &mut self,
        lines: &[String],
        (x, mut y): (f64, f64),
        font: Font,
        anchor: Anchor,
    ) {
        y += font.cap_height();
        for line in lines {
            self.text(line, (x, y), font, anchor);
            y += font.leading();
        }
    }

    /// The title of a figure at its top, if there is one; returns where the panel can start.
    pub fn title(&mut self, title: Option<&str>, small: Font, sizes: &Sizes) -> f64 {
        let first = MARGIN + small.cap_height() / 2.0;
        let Some(title) = title else { return first };
        let font = Font::new(sizes.large, INK).bold();
        let lines = font.wrap(title, sizes.width - 2.0 * MARGIN, 3);
        self.paragraph(&lines, (MARGIN, MARGIN), font, Anchor::Start);
        first + paragraph_height(lines.len(), font) + 8.0
    }

    /// The marks on paper of that size.
    pub fn on_paper(self, width: f64, height: f64) -> Vec<Mark> {
        let mut page = Sheet::default();
        let corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
        page.area(corners.map(|(x, y)| Point { x, y }).to_vec(), PAPER);
        page.marks.extend(self.marks);
        page.marks
    }

    /// Text that reads upwards, its baseline at `x` and its middle at `y`.
    pub fn vertical(&mut self, content: &str, (x, y): (f64, f64), font: Font) {
        let mut mark = text_mark(content, (x, y), font, Anchor::Middle);
        mark.vertical = true;
        self.marks.push(Mark::Text(mark));
    }
}

fn text_mark(content: &str, (x, y): (f64, f64), font: Font, anchor: Anchor) -> TextMark {
    TextMark {
        content: content.to_owned(),
        at: Point { x, y },
        size: font.size,
        bold: font.bold,
        italic: false,
        anchor,
        vertical: false,
        color: font.color,
    }
}

/// Height from the top of the capitals of the first line to the foot of the last.
pub fn paragraph_height(lines: usize, font: Font) -> f64 {
    match lines {
        0 => 0.0,
        lines => (lines - 1) as f64 * font.leading() + font.cap_height(),
    }
}
