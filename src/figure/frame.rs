//! The rectangle of a plot of two numbers.

use super::Point;

/// Where a plot stands, and what it spans.
pub struct Frame {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub x: (f64, f64),
    pub y: (f64, f64),
}

impl Frame {
    /// Two numbers as a point; what lies beyond the plot is put to its edge.
    pub fn point(&self, x: f64, y: f64) -> Point {
        let share = |value: f64, (low, high): (f64, f64)| {
            if high > low {
                ((value - low) / (high - low)).clamp(0.0, 1.0)
            } else {
                0.5
            }
        };
        Point {
            x: self.left + (self.right - self.left) * share(x, self.x),
            y: self.bottom - (self.bottom - self.top) * share(y, self.y),
        }
    }
}

/// The corners of a mark of half that width about a point.
pub fn diamond(Point { x, y }: Point, half: f64) -> Vec<Point> {
    let corners = [(-half, 0.0), (0.0, -half), (half, 0.0), (0.0, half)];
    let at = |(dx, dy)| Point {
        x: x + dx,
        y: y + dy,
    };
    corners.map(at).to_vec()
}
