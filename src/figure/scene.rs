//! A figure with everything decided: positions, sizes, colours, strings.

use serde::{Deserialize, Serialize};

/// A figure in points (1/72 inch), origin at the top left, y downwards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scene {
    /// Title for the file name and the screen reader.
    pub title: String,
    /// What the figure shows, in words, for the screen reader.
    pub description: String,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// What to draw, in painting order.
    pub marks: Vec<Mark>,
    /// What answers to pointing, in reading order for the keyboard.
    pub series: Vec<Series>,
}

/// A point of the figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// From the left, in points.
    pub x: f64,
    /// From the top, in points.
    pub y: f64,
}

/// A rectangle: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Rect {
    /// The rectangle with that top left corner and that width and height.
    pub fn sized((left, top): (f64, f64), (width, height): (f64, f64)) -> Self {
        Self {
            left,
            top,
            right: left + width,
            bottom: top + height,
        }
    }

    /// Whether two rectangles share a point.
    pub fn meets(&self, other: &Rect) -> bool {
        self.left <= other.right
            && other.left <= self.right
            && self.top <= other.bottom
            && other.top <= self.bottom
    }

    /// The smallest rectangle that holds both.
    pub fn union(&self, other: &Rect) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// The rectangle grown by `by` on every side.
    pub fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }
}

/// A colour with its opacity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Color {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// 0 = transparent, 1 = opaque.
    pub alpha: f64,
}

impl Color {
    /// An opaque colour.
    pub const fn opaque(rgb: [u8; 3]) -> Self {
        Self { rgb, alpha: 1.0 }
    }

    /// The same colour at another opacity.
    pub const fn at(self, alpha: f64) -> Self {
        Self { alpha, ..self }
    }
}

/// A length in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Millimetres(pub f64);

impl Millimetres {
    /// The length in points.
    pub fn points(self) -> f64 {
        self.0 * 72.0 / 25.4
    }

    /// A length given in points.
    pub fn from_points(points: f64) -> Self {
        Self(points * 25.4 / 72.0)
    }
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Mark {
    /// A polyline.
    Line(LineMark),
    /// A filled polygon.
    Area(AreaMark),
    /// A line of text.
    Text(TextMark),
}

/// A polyline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineMark {
    /// Its corners.
    pub points: Vec<Point>,
    /// Width of the pen.
    pub width: f64,
    /// Colour of the pen.
    pub color: Color,
    /// Lengths of dashes and gaps in points; solid when empty.
    pub dash: Vec<f64>,
}

/// A filled polygon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AreaMark {
    /// Its corners.
    pub points: Vec<Point>,
    /// Its fill.
    pub color: Color,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextMark {
    /// What it says.
    pub content: String,
    /// Where it is anchored, on the baseline.
    pub at: Point,
    /// Font size.
    pub size: f64,
    /// Bold or not.
    pub bold: bool,
    /// Italic or not.
    pub italic: bool,
    /// Which end of the text stands at `at`.
    pub anchor: Anchor,
    /// Turned by 90° anticlockwise (y-axis title).
    pub vertical: bool,
    /// Its colour.
    pub color: Color,
}

/// Which end of a text stands at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The start.
    Start,
    /// The middle.
    Middle,
    /// The end.
    End,
}

/// A curve (or row of bars) that answers to pointing; arrow keys walk its points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// What it is called.
    pub label: String,
    /// Its colour.
    pub color: Color,
    /// Points in order; the nearest at or left of the pointer answers.
    pub points: Vec<SeriesPoint>,
}

/// One point with its finished words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeriesPoint {
    /// Where it is.
    pub at: Point,
    /// What to say, a line each: time, survival with interval, number at risk.
    pub lines: Vec<String>,
}
