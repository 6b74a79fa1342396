//! A scene as an SVG document.

use std::convert::Infallible;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle, FontTransform,
};

use super::text_metrics::FONT_FAMILY;
use super::{Millimetres, Scene, draw};

/// Fine units to the point: coordinates keep two decimals.
const FINE: i32 = 100;

/// The scene as SVG text, sizes in millimetres.
///
/// Presentation attributes only: no style attribute, no script, nothing fetched. Paths that follow each
/// other in one pen become one element.
pub fn svg(scene: &Scene) -> String {
    let mut backend = SvgBackend::new(scene);
    match draw(scene, f64::from(FINE), &mut backend) {
        Ok(()) => backend.finish(),
        Err(DrawingErrorKind::DrawingError(never)) => match never {},
        Err(DrawingErrorKind::FontError(error)) => {
            unreachable!("text is written, not rasterised: {error}")
        }
    }
}

/// Collects what is drawn as SVG elements.
struct SvgBackend {
    document: String,
    size: (u32, u32),
    /// The attributes and the path of the stroke that is being continued.
    stroke: Option<(String, String)>,
}

impl SvgBackend {
    fn new(scene: &Scene) -> Self {
        let fine = |length: f64| (length * f64::from(FINE)).round() as i32;
        let (width, height) = (fine(scene.width), fine(scene.height));
        let document = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{}mm\" height=\"{}mm\" \
             viewBox=\"0 0 {} {}\" font-family=\"{FONT_FAMILY}\">\n<title>{}</title>\n<desc>{}</desc>\n",
            millimetres(scene.width),
            millimetres(scene.height),
            decimal(width),
            decimal(height),
            escape(&scene.title),
            escape(&scene.description),
        );
        Self {
            document,
            size: (width.max(0) as u32, height.max(0) as u32),
            stroke: None,
        }
    }

    fn end_stroke(&mut self) {
        if let Some((attributes, path)) = self.stroke.take() {
            self.document
                .push_str(&format!("<path {attributes} d=\"{path}\"/>\n"));
        }
    }

    fn finish(mut self) -> String {
        self.end_stroke();
        self.document.push_str("</svg>\n");
        self.document
    }
}

impl DrawingBackend for SvgBackend {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn draw_pixel(
        &mut self,
        point: BackendCoord,
        color: BackendColor,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let (x, y) = point;
        self.fill_polygon([(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)], &color)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let attributes = format!(
            "fill=\"none\" {} stroke-width=\"{}\"",
            paint("stroke", style.color()),
            decimal(style.stroke_width() as i32),
        );
        let data = path_data(path);
        match &mut self.stroke {
            // A translucent stroke would darken where it crosses itself in a joined path.
            Some((current, path)) if *current == attributes => path.push_str(&data),
            _ => {
                self.end_stroke();
                self.stroke = Some((attributes, data));
            }
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.end_stroke();
        let data = path_data(corners);
        self.document.push_str(&format!(
            "<path {} d=\"{data}Z\"/>\n",
            paint("fill", style.color())
        ));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        position: BackendCoord,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.end_stroke();
        let (x, y) = (decimal(position.0), decimal(position.1));
        let mut attributes = match style.transform() {
            FontTransform::None => format!("x=\"{x}\" y=\"{y}\""),
            FontTransform::Rotate90 => format!("transform=\"translate({x} {y}) rotate(90)\""),
            FontTransform::Rotate180 => format!("transform=\"translate({x} {y}) rotate(180)\""),
            FontTransform::Rotate270 => format!("transform=\"translate({x} {y}) rotate(-90)\""),
        };
        match style.anchor().h_pos {
            HPos::Left => {}
            HPos::Center => attributes.push_str(" text-anchor=\"middle\""),
            HPos::Right => attributes.push_str(" text-anchor=\"end\""),
        }
        match style.style() {
            FontStyle::Normal => {}
            FontStyle::Bold => attributes.push_str(" font-weight=\"bold\""),
            FontStyle::Italic | FontStyle::Oblique => {
                attributes.push_str(" font-style=\"italic\"");
            }
        }
        self.document.push_str(&format!(
            "<text {attributes} font-size=\"{}\" {}>{}</text>\n",
            decimal(style.size().round() as i32),
            paint("fill", style.color()),
            escape(text),
        ));
        Ok(())
    }
}

/// `fill="#rrggbb"`, with its opacity when it is not opaque.
fn paint(name: &str, color: BackendColor) -> String {
    let (red, green, blue) = color.rgb;
    let hex = u32::from(red) << 16 | u32::from(green) << 8 | u32::from(blue);
    if color.alpha < 1.0 {
        format!("{name}=\"#{hex:06x}\" {name}-opacity=\"{}\"", color.alpha)
    } else {
        format!("{name}=\"#{hex:06x}\"")
    }
}

/// `M…H…V…L…` through the corners.
fn path_data(corners: impl IntoIterator<Item = BackendCoord>) -> String {
    let mut data = String::new();
    let mut last = None;
    for (x, y) in corners {
        match last {
            None => data.push_str(&format!("M{} {}", decimal(x), decimal(y))),
            Some((last_x, last_y)) if (last_x, last_y) == (x, y) => {}
            Some((_, last_y)) if last_y == y => data.push_str(&format!("H{}", decimal(x))),
            Some((last_x, _)) if last_x == x => data.push_str(&format!("V{}", decimal(y))),
            Some(_) => data.push_str(&format!("L{} {}", decimal(x), decimal(y))),
        }
        last = Some((x, y));
    }
    data
}

/// Fine units as a decimal number of points.
fn decimal(fine: i32) -> String {
    (f64::from(fine) / f64::from(FINE)).to_string()
}

/// Points as millimetres, to the micrometre.
fn millimetres(points: f64) -> f64 {
    (Millimetres::from_points(points).0 * 1000.0).round() / 1000.0
}

/// Text that is safe between tags: markup escaped, characters that XML forbids left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_text_is_escaped_and_control_characters_vanish() {
        assert_eq!(
            escape("<img src=x onerror=\"a()\">&\u{7}\n"),
            "&lt;img src=x onerror=&quot;a()&quot;&gt;&amp; "
        );
    }

    #[test]
    fn steps_are_written_with_one_coordinate_each() {
        assert_eq!(
            path_data([(0, 150), (1025, 150), (1025, 2000), (1025, 2000), (0, 0)]),
            "M0 1.5H10.25V20L0 0"
        );
    }

    #[test]
    fn colours_are_hexadecimal_and_only_translucent_ones_have_an_opacity() {
        let color = BackendColor {
            alpha: 1.0,
            rgb: (0, 114, 178),
        };
        assert_eq!(paint("fill", color), "fill=\"#0072b2\"");
        assert_eq!(
            paint("fill", color.mix(0.15)),
            "fill=\"#0072b2\" fill-opacity=\"0.15\""
        );
    }
}
