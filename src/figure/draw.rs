//! One painter for canvas and SVG.

use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontFamily, FontStyle, FontTransform,
};

use super::text_metrics::{self, FONT_FAMILY};
use super::{Anchor, Color, LineMark, Mark, Point, Scene, TextMark};

/// Paints `scene` on a `backend` that has `scale` pixels to the point.
///
/// The one place that rounds to pixels: the canvas and the SVG writer draw in fine units and divide
/// them out again. Nothing is measured, chosen or formatted here. A text stands on its baseline, which
/// `DrawingBackend` has no word for: backends take [`VPos::Bottom`] for it.
pub fn draw<B: DrawingBackend>(
    scene: &Scene,
    scale: f64,
    backend: &mut B,
) -> Result<(), DrawingErrorKind<B::ErrorType>> {
    let pixel = |point: &Point| pixel(point, scale);
    backend.ensure_prepared()?;
    for mark in &scene.marks {
        match mark {
            Mark::Line(line) => {
                let pen = Pen::new(line, scale);
                if line.dash.is_empty() {
                    backend.draw_path(line.points.iter().map(pixel), &pen)?;
                } else {
                    for dash in dashes(&line.points, &line.dash) {
                        backend.draw_path(dash.iter().map(pixel), &pen)?;
                    }
                }
            }
            Mark::Area(area) => {
                backend.fill_polygon(area.points.iter().map(pixel), &ink(area.color))?;
            }
            Mark::Text(text) => {
                backend.draw_text(&text.content, &Label { text, scale }, pixel(&text.at))?;
            }
        }
    }
    backend.present()
}

fn pixel(point: &Point, scale: f64) -> BackendCoord {
    (
        (point.x * scale).round() as i32,
        (point.y * scale).round() as i32,
    )
}

fn ink(color: Color) -> BackendColor {
    let [red, green, blue] = color.rgb;
    BackendColor {
        alpha: color.alpha,
        rgb: (red, green, blue),
    }
}

/// The pen of a line, in pixels.
struct Pen {
    color: BackendColor,
    width: u32,
}

impl Pen {
    fn new(line: &LineMark, scale: f64) -> Self {
        Self {
            color: ink(line.color),
            width: ((line.width * scale).round() as u32).max(1),
        }
    }
}

impl BackendStyle for Pen {
    fn color(&self) -> BackendColor {
        self.color
    }

    fn stroke_width(&self) -> u32 {
        self.width
    }
}

/// A text in pixels.
struct Label<'a> {
    text: &'a TextMark,
    scale: f64,
}

impl BackendTextStyle for Label<'_> {
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        ink(self.text.color)
    }

    fn size(&self) -> f64 {
        self.text.size * self.scale
    }

    fn transform(&self) -> FontTransform {
        if self.text.vertical {
            FontTransform::Rotate270
        } else {
            FontTransform::None
        }
    }

    fn style(&self) -> FontStyle {
        if self.text.bold {
            FontStyle::Bold
        } else if self.text.italic {
            FontStyle::Italic
        } else {
            FontStyle::Normal
        }
    }

    fn anchor(&self) -> Pos {
        let horizontal = match self.text.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        Pos::new(horizontal, VPos::Bottom)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(FONT_FAMILY)
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Infallible> {
        let width = text_metrics::width(text, self.size(), self.text.bold);
        let height = text_metrics::CAP_HEIGHT * self.size();
        Ok(((0, 0), (width.round() as i32, height.round() as i32)))
    }

    /// Backends without type of their own draw nothing: both of ours have it.
    fn draw<E, F: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _: &str,
        _: BackendCoord,
        _: F,
    ) -> Result<Result<(), E>, Infallible> {
        Ok(Ok(()))
    }
}

/// Cuts a polyline into its dashes. The pattern runs on around corners.
fn dashes(points: &[Point], pattern: &[f64]) -> Vec<Vec<Point>> {
    let mut pieces = Vec::new();
    if !pattern.iter().all(|&length| length > 0.0) {
        return vec![points.to_vec()];
    }
    let mut turn = 0;
    let mut left = pattern[0];
    let mut piece: Vec<Point> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = (to.x - from.x).hypot(to.y - from.y);
        let mut done = 0.0;
        while length - done > left {
            done += left;
            let share = done / length;
            let at = Point {
                x: from.x + (to.x - from.x) * share,
                y: from.y + (to.y - from.y) * share,
            };
            if turn % 2 == 0 {
                piece.push(at);
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece = vec![at];
            }
            turn += 1;
            left = pattern[turn % pattern.len()];
        }
        left -= length - done;
        if turn % 2 == 0 && length > 0.0 {
            piece.push(to);
        }
    }
    if turn % 2 == 0 && piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    #[test]
    fn dashes_run_around_corners_and_end_with_the_line() {
        let line = [point(0.0, 0.0), point(4.0, 0.0), point(4.0, 5.0)];
        assert_eq!(
            dashes(&line, &[3.0, 2.0]),
            [
                vec![point(0.0, 0.0), point(3.0, 0.0)],
                vec![point(4.0, 1.0), point(4.0, 4.0)],
            ]
        );
        assert_eq!(
            dashes(&line, &[5.0, 1.0]),
            [
                vec![point(0.0, 0.0), point(4.0, 0.0), point(4.0, 1.0)],
                vec![point(4.0, 2.0), point(4.0, 5.0)],
            ]
        );
    }

    #[test]
    fn a_pattern_of_dash_and_dot_returns_to_its_start() {
        let line = [point(0.0, 0.0), point(20.0, 0.0)];
        let lengths: Vec<f64> = dashes(&line, &[6.0, 2.0, 1.0, 2.0])
            .iter()
            .map(|dash| dash[dash.len() - 1].x - dash[0].x)
            .collect();
        assert_eq!(lengths, [6.0, 1.0, 6.0, 1.0]);
    }

    #[test]
    fn a_line_without_length_has_no_dash_and_a_pattern_without_length_is_solid() {
        assert!(dashes(&[point(1.0, 1.0)], &[3.0, 2.0]).is_empty());
        let line = [point(0.0, 0.0), point(4.0, 0.0)];
        assert_eq!(dashes(&line, &[0.0, 2.0]), [line.to_vec()]);
    }
}
