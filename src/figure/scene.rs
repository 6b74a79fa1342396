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

/// A colour with its opacity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Color {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// 0 = transparent, 1 = opaque.
    pub alpha: f64,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Mark {
    /// A polyline.
    Line {
        /// Its corners.
        points: Vec<Point>,
        /// Width of the pen.
        width: f64,
        /// Colour of the pen.
        color: Color,
        /// Lengths of dashes and gaps in points; solid when empty.
        dash: Vec<f64>,
    },
    /// A filled polygon.
    Area {
        /// Its corners.
        points: Vec<Point>,
        /// Its fill.
        color: Color,
    },
    /// A line of text.
    Text {
        /// What it says.
        content: String,
        /// Where it is anchored, on the baseline.
        at: Point,
        /// Font size.
        size: f64,
        /// Bold or not.
        bold: bool,
        /// Italic or not.
        italic: bool,
        /// Which end of the text stands at `at`.
        anchor: Anchor,
        /// Turned by 90° anticlockwise (y-axis title).
        vertical: bool,
        /// Its colour.
        color: Color,
    },
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
