//! A scene as an SVG document.

use super::Scene;

/// The scene as SVG text, sizes in millimetres.
pub fn svg(scene: &Scene) -> String {
    todo!("{scene:?}")
}
