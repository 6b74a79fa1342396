//! A scene onto a canvas of the page.

use web_sys::HtmlCanvasElement;

use super::Scene;

/// Paints the scene with `scale` device pixels to the point; sets the size of the canvas.
pub fn paint(scene: &Scene, canvas: HtmlCanvasElement, scale: f64) -> Result<(), PaintError> {
    todo!("{scene:?} {canvas:?} {scale}")
}

/// Why a canvas cannot be painted.
#[derive(Debug, thiserror::Error)]
pub enum PaintError {
    /// The browser gives no 2d context.
    #[error("the browser gives no 2d context for a canvas")]
    NoContext,
    /// Drawing failed.
    #[error("{0}")]
    Drawing(String),
}
