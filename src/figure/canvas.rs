//! A scene onto a canvas of the page.

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontTransform,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::{Scene, draw};

/// Fine units to the device pixel: `DrawingBackend` counts in whole ones.
const FINE: f64 = 32.0;

/// Paints the scene with `scale` device pixels to the point; sets the size of the canvas.
pub fn paint(scene: &Scene, canvas: HtmlCanvasElement, scale: f64) -> Result<(), PaintError> {
    canvas.set_width((scene.width * scale).ceil() as u32);
    canvas.set_height((scene.height * scale).ceil() as u32);
    let context: CanvasRenderingContext2d = canvas
        .get_context("2d")
        .ok()
        .flatten()
        .and_then(|context| context.dyn_into().ok())
        .ok_or(PaintError::NoContext)?;
    context
        .set_transform(1.0 / FINE, 0.0, 0.0, 1.0 / FINE, 0.0, 0.0)
        .map_err(|error| PaintError::Drawing(format!("{error:?}")))?;
    let shapes = CanvasBackend::with_canvas_object(canvas).ok_or(PaintError::NoContext)?;
    draw(scene, scale * FINE, &mut BaselineCanvas { shapes, context })
        .map_err(|error| PaintError::Drawing(error.to_string()))
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

/// plotters' canvas, with text on its baseline: plotters only knows top, middle and bottom of the font's
/// box, which differ between fonts and browsers by more than a line's width.
struct BaselineCanvas {
    shapes: CanvasBackend,
    context: CanvasRenderingContext2d,
}

type CanvasError = <CanvasBackend as DrawingBackend>::ErrorType;

impl DrawingBackend for BaselineCanvas {
    type ErrorType = CanvasError;

    fn get_size(&self) -> (u32, u32) {
        self.shapes.get_size()
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<CanvasError>> {
        self.shapes.ensure_prepared()
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<CanvasError>> {
        self.shapes.present()
    }

    fn draw_pixel(
        &mut self,
        point: BackendCoord,
        color: BackendColor,
    ) -> Result<(), DrawingErrorKind<CanvasError>> {
        self.shapes.draw_pixel(point, color)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<CanvasError>> {
        self.shapes.draw_path(path, style)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<CanvasError>> {
        self.shapes.fill_polygon(corners, style)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        position: BackendCoord,
    ) -> Result<(), DrawingErrorKind<CanvasError>> {
        let quarter_turns = match style.transform() {
            FontTransform::None => 0.0,
            FontTransform::Rotate90 => 1.0,
            FontTransform::Rotate180 => 2.0,
            FontTransform::Rotate270 => 3.0,
        };
        let (red, green, blue) = style.color().rgb;
        let context = &self.context;
        context.save();
        context.set_text_baseline("alphabetic");
        context.set_text_align(match style.anchor().h_pos {
            HPos::Left => "left",
            HPos::Center => "center",
            HPos::Right => "right",
        });
        context.set_font(&format!(
            "{} {}px {}",
            style.style().as_str(),
            style.size(),
            style.family().as_str()
        ));
        context.set_fill_style_str(&format!("rgb({red},{green},{blue})"));
        let drawn = context
            .translate(f64::from(position.0), f64::from(position.1))
            .and_then(|()| context.rotate(quarter_turns * std::f64::consts::FRAC_PI_2))
            .and_then(|()| context.fill_text(text, 0.0, 0.0));
        context.restore();
        drawn.map_err(|error| DrawingErrorKind::FontError(format!("{error:?}").into()))
    }
}
