//! Colours, line types and sizes of figures.

use super::{Color, Millimetres};
use crate::analysis::FigureWidth;

/// Text and axes.
pub const INK: Color = Color::opaque([0x1A, 0x1A, 0x1A]);

/// Lines that help reading and should not be looked at.
pub const FAINT: Color = Color::opaque([0x80, 0x80, 0x80]);

/// The paper.
pub const PAPER: Color = Color::opaque([0xFF, 0xFF, 0xFF]);

/// Colours of groups, safe for the colour-blind: Okabe & Ito (2008), whose yellow is too light for a line
/// on paper, then three of Tol (2021) for the eighth to tenth group.
const GROUPS: [[u8; 3]; 10] = [
    [0x00, 0x72, 0xB2],
    [0xD5, 0x5E, 0x00],
    [0x00, 0x9E, 0x73],
    [0xCC, 0x79, 0xA7],
    [0xE6, 0x9F, 0x00],
    [0x56, 0xB4, 0xE9],
    [0x00, 0x00, 0x00],
    [0x88, 0x22, 0x55],
    [0x99, 0x99, 0x33],
    [0x88, 0x88, 0x88],
];

/// Dashes and gaps in widths of the line: solid, dashed, dotted, dash-dot.
const DASHES: [&[f64]; 4] = [&[], &[5.0, 2.5], &[1.2, 1.6], &[6.0, 2.0, 1.2, 2.0]];

/// Colour of a group by its position.
pub fn group_color(index: usize) -> Color {
    Color::opaque(GROUPS[index % GROUPS.len()])
}

/// Dashes and gaps of a group's line in points; none for a solid line.
pub fn group_dash(index: usize, line_width: f64) -> Vec<f64> {
    DASHES[index % DASHES.len()]
        .iter()
        .map(|length| length * line_width)
        .collect()
}

/// The colour, darkened until text in it reads on paper: contrast 4.5 : 1 (WCAG 2, 1.4.3).
pub fn readable(color: Color) -> Color {
    let mut rgb = color.rgb;
    while 1.05 / (luminance(rgb) + 0.05) < 4.5 {
        rgb = rgb.map(|channel| (f64::from(channel) * 0.95) as u8);
    }
    Color { rgb, ..color }
}

/// What text on the colour is written in: paper on dark colours, ink on light ones.
pub fn ink_on(color: Color) -> Color {
    if readable(color) == color { PAPER } else { INK }
}

/// Contrast of two colours, 1 to 21 (WCAG 2): how far apart they are in black and white.
#[cfg(test)]
pub fn contrast(first: Color, second: Color) -> f64 {
    let (first, second) = (luminance(first.rgb) + 0.05, luminance(second.rgb) + 0.05);
    first.max(second) / first.min(second)
}

/// Relative luminance of sRGB (WCAG 2).
fn luminance(rgb: [u8; 3]) -> f64 {
    let [red, green, blue] = rgb.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// Sizes in points that depend on the width of a figure.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Width of the figure.
    pub width: f64,
    /// Height of the plot, without axes, table and title.
    pub plot: f64,
    /// Numbers at ticks, table, legend, annotation.
    pub small: f64,
    /// Titles of axes and table.
    pub normal: f64,
    /// Title of the figure.
    pub large: f64,
    /// Width of a curve.
    pub line: f64,
}

impl Sizes {
    /// Sizes for a preset.
    pub fn preset(width: FigureWidth) -> Self {
        Self::new(Millimetres(match width {
            FigureWidth::One => 85.0,
            FigureWidth::OneAndHalf => 120.0,
            FigureWidth::Two => 174.0,
        }))
    }

    /// Sizes for a width; journals ask for type of 7 points or more.
    pub fn new(width: Millimetres) -> Self {
        let points = width.points();
        let wide = points > 300.0;
        Self {
            width: points,
            plot: (points * 0.46).clamp(125.0, 215.0),
            small: if wide { 7.5 } else { 7.0 },
            normal: if wide { 8.0 } else { 7.5 },
            large: if wide { 9.0 } else { 8.5 },
            line: if wide { 1.15 } else { 1.0 },
        }
    }
}

/// Width of the lines of axes.
pub const AXIS_LINE: f64 = 0.6;

/// Length of ticks.
pub const TICK: f64 = 3.0;

/// White space at the edge of the page.
pub const MARGIN: f64 = 3.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_of_ten_groups_share_a_colour_and_none_is_the_paper() {
        for first in 0..GROUPS.len() {
            assert_ne!(group_color(first), PAPER);
            for second in 0..first {
                assert_ne!(
                    group_color(first),
                    group_color(second),
                    "{first} and {second}"
                );
            }
        }
    }

    #[test]
    fn neighbouring_groups_differ_in_line_type_too() {
        for index in 0..GROUPS.len() - 1 {
            assert_ne!(group_dash(index, 1.0), group_dash(index + 1, 1.0));
        }
    }

    #[test]
    fn dark_colours_stay_and_light_ones_are_darkened_for_text() {
        assert_eq!(readable(group_color(0)), group_color(0));
        let orange = readable(group_color(4));
        assert!(1.05 / (luminance(orange.rgb) + 0.05) >= 4.5);
        assert!(orange.rgb[0] > orange.rgb[1] && orange.rgb[2] == 0);
    }
}
