//! The table of numbers at risk under the time axis.

use super::axis::Panel;
use super::sheet::{Font, Sheet, paragraph_height};
use super::theme::{MARGIN, Sizes};
use super::{Anchor, Color};

/// A table ready to be placed: a block an arm.
#[derive(Debug)]
pub struct RiskTable {
    /// Over all of it.
    pub heading: String,
    /// One an arm.
    pub blocks: Vec<RiskBlock>,
}

/// The rows of one arm.
#[derive(Debug)]
pub struct RiskBlock {
    /// Name of the arm.
    pub label: String,
    /// Colour of the name.
    pub color: Color,
    /// Line of the arm, drawn before its name where no other legend explains it.
    pub sample: Option<(Color, Vec<f64>)>,
    /// Name (none when the arm's own name stands for it) and one number a tick.
    pub rows: Vec<(Option<String>, Vec<usize>)>,
}

/// Length of a line sample.
pub const SAMPLE: f64 = 14.0;

/// Space after a line sample.
pub const SAMPLE_GAP: f64 = 3.5;

/// Space between row heads and the first number.
const GAP: f64 = 6.0;

impl RiskTable {
    /// Whether the names of the arms stand in front of their rows; else on lines of their own.
    fn beside(&self, font: Font, sizes: &Sizes) -> bool {
        let own_rows = self
            .blocks
            .iter()
            .all(|block| block.rows.iter().all(|(name, _)| name.is_none()));
        own_rows && self.label_width(font) <= 0.17 * sizes.width
    }

    fn label_width(&self, font: Font) -> f64 {
        self.blocks
            .iter()
            .map(|block| sample_width(block) + font.width(&block.label))
            .fold(0.0, f64::max)
    }

    /// Width that the row heads need left of the panel.
    pub fn head_width(&self, font: Font, sizes: &Sizes) -> f64 {
        let heads = if self.beside(font, sizes) {
            self.label_width(font)
        } else {
            font.widest(
                self.blocks
                    .iter()
                    .flat_map(|block| &block.rows)
                    .filter_map(|(name, _)| name.as_deref()),
            )
        };
        let first = self
            .blocks
            .iter()
            .flat_map(|block| &block.rows)
            .filter_map(|(_, numbers)| numbers.first())
            .map(|number| font.width(&number.to_string()))
            .fold(0.0, f64::max);
        heads + GAP + first / 2.0
    }

    /// Draws the table with its top at `top` and its columns at `ticks`; returns its lowest point.
    pub fn draw(
        &self,
        sheet: &mut Sheet,
        panel: &Panel,
        ticks: &[f64],
        top: f64,
        font: Font,
        sizes: &Sizes,
    ) -> f64 {
        let mut y = top + font.cap_height();
        sheet.text(&self.heading, (MARGIN, y), font.bold(), Anchor::Start);
        let beside = self.beside(font, sizes);
        for block in &self.blocks {
            let name = Font {
                color: block.color,
                ..font
            };
            let start = MARGIN + sample_width(block);
            y += font.leading() * if beside { 1.0 } else { 1.35 };
            if let Some((color, dash)) = &block.sample {
                let middle = y - font.cap_height() / 2.0;
                let points = [MARGIN, MARGIN + SAMPLE]
                    .map(|x| super::Point { x, y: middle })
                    .to_vec();
                sheet.line(points, sizes.line, *color, dash.clone());
            }
            if beside {
                sheet.text(&block.label, (start, y), name, Anchor::Start);
            } else {
                let lines = name.wrap(&block.label, sizes.width - start - MARGIN, 2);
                sheet.paragraph(&lines, (start, y - font.cap_height()), name, Anchor::Start);
                y += paragraph_height(lines.len(), font) - font.cap_height();
                y += font.leading();
            }
            for (index, (head, numbers)) in block.rows.iter().enumerate() {
                if index > 0 {
                    y += font.leading();
                }
                if let Some(head) = head {
                    sheet.text(head, (MARGIN, y), font, Anchor::Start);
                }
                for (&time, number) in ticks.iter().zip(numbers) {
                    sheet.text(
                        &number.to_string(),
                        (panel.x(time), y),
                        font,
                        Anchor::Middle,
                    );
                }
            }
        }
        y
    }
}

fn sample_width(block: &RiskBlock) -> f64 {
    block.sample.as_ref().map_or(0.0, |_| SAMPLE + SAMPLE_GAP)
}
