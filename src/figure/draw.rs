//! One painter for canvas and SVG.

use plotters_backend::{DrawingBackend, DrawingErrorKind};

use super::Scene;

/// Paints `scene` on a `backend` that has `scale` pixels to the point.
///
/// The one place that rounds to pixels. Nothing is measured, chosen or formatted here.
pub fn draw<B: DrawingBackend>(
    scene: &Scene,
    scale: f64,
    backend: &mut B,
) -> Result<(), DrawingErrorKind<B::ErrorType>> {
    todo!("{scene:?} {scale} {:?}", backend.get_size())
}
