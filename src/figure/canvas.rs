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
    let mut backend = SharpCanvas {
        shapes,
        context,
        hairline: (HAIRLINE * scale * FINE) as u32,
    };
    draw(scene, scale * FINE, &mut backend).map_err(|error| PaintError::Drawing(error.to_string()))
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

/// Straight lines thinner than this many points lie on whole pixels.
const HAIRLINE: f64 = 0.8;

/// plotters' canvas, with two things mended. Text stands on its baseline: plotters only knows top, middle
/// and bottom of the font's box, which differ between fonts and browsers by more than a line's width.
/// Axes, ticks and censor marks lie on whole pixels: on a plain screen they would else blur over two.
struct SharpCanvas {
    shapes: CanvasBackend,
    context: CanvasRenderingContext2d,
    /// Widest hairline in fine units.
    hairline: u32,
}

/// A pen of whole pixels.
struct WholePen {
    color: BackendColor,
    width: u32,
}

impl BackendStyle for WholePen {
    fn color(&self) -> BackendColor {
        self.color
    }

    fn stroke_width(&self) -> u32 {
        self.width
    }
}

/// The middle of a line of whole `pixels` nearest to `middle`, in fine units.
fn on_pixels(middle: i32, pixels: f64) -> i32 {
    let edge = f64::from(middle) / FINE - pixels / 2.0;
    ((edge.round() + pixels / 2.0) * FINE) as i32
}

type CanvasError = <CanvasBackend as DrawingBackend>::ErrorType;

impl DrawingBackend for SharpCanvas {
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
        let mut corners: Vec<BackendCoord> = path.into_iter().collect();
        if style.stroke_width() <= self.hairline
            && let [from, to] = corners.as_mut_slice()
        {
            let pixels = (f64::from(style.stroke_width()) / FINE).round().max(1.0);
            if from.0 == to.0 {
                from.0 = on_pixels(from.0, pixels);
                to.0 = from.0;
            } else if from.1 == to.1 {
                from.1 = on_pixels(from.1, pixels);
                to.1 = from.1;
            }
            let pen = WholePen {
                color: style.color(),
                width: (pixels * FINE) as u32,
            };
            return self.shapes.draw_path(corners, &pen);
        }
        self.shapes.draw_path(corners, style)
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
