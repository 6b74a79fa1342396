//! Where the names of the curves and the annotation stand.

use super::axis::Panel;
use super::curve;
use super::curves::{Curve, Curves};
use super::legend::{self, Entry};
use super::sheet::{Font, Sheet, paragraph_height};
use super::{Anchor, Rect, text_metrics, theme};
use crate::analysis::LegendPlace;

/// Where the names of the curves stand.
pub enum Naming {
    /// Beside each curve, at these places.
    Beside(Vec<(Entry, (f64, f64))>),
    /// Right of the panel, at the heights where the curves end.
    Margin(Vec<Entry>),
    /// Together, where there is room.
    Box(Vec<Entry>),
    /// In the table under the axis, with samples of the lines.
    Table,
    /// Nowhere.
    None,
}

impl Naming {
    /// Width that it takes right of the panel.
    pub fn margin(&self, font: Font) -> f64 {
        match self {
            Naming::Margin(entries) => legend::ends_width(entries, font),
            Naming::Beside(_) | Naming::Box(_) | Naming::Table | Naming::None => 0.0,
        }
    }
}

/// Names of curves, then lines of text, set as one.
pub struct Block {
    names: Vec<Entry>,
    /// How many names stand in a row.
    columns: usize,
    lines: Vec<String>,
}

/// Space between the names and the lines of a block, and between blocks.
const GAP: f64 = 6.0;

impl Block {
    fn new(names: Vec<Entry>, lines: Vec<String>) -> Self {
        Self {
            names,
            columns: 1,
            lines,
        }
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty() && self.lines.is_empty()
    }

    /// Height of the names with the space after them.
    fn names_height(&self, font: Font) -> f64 {
        let space = if self.names.is_empty() || self.lines.is_empty() {
            0.0
        } else {
            GAP
        };
        legend::block_size(&self.names, self.columns, font).1 + space
    }

    fn size(&self, font: Font) -> (f64, f64) {
        let lines = font.widest(self.lines.iter().map(String::as_str));
        (
            legend::block_size(&self.names, self.columns, font)
                .0
                .max(lines),
            self.names_height(font) + paragraph_height(self.lines.len(), font),
        )
    }

    /// Draws the block with its top left corner at that place; `line` is the width of a curve.
    pub fn draw(&self, sheet: &mut Sheet, (x, y): (f64, f64), font: Font, line: f64) {
        legend::draw_block(sheet, &self.names, self.columns, (x, y), font, line);
        let below = (x, y + self.names_height(font));
        sheet.paragraph(&self.lines, below, font, Anchor::Start);
    }
}

impl Curves<'_> {
    /// How the curves are named, so that every name can be read whole.
    pub fn naming(&self, top: f64) -> Naming {
        let table = self.risk_table(false);
        let in_table = || match table {
            Some(_) => Naming::Table,
            None => Naming::Box(self.entries(0.9 * self.sizes.width, 4)),
        };
        if self.curves.iter().all(|curve| !curve.named) {
            return Naming::None;
        }
        match self.legend {
            LegendPlace::None if table.is_none() => Naming::None,
            LegendPlace::None => Naming::Table,
            LegendPlace::Box => {
                let (panel, _) = self.frame(top, table.as_ref(), 0.0);
                let entries = self.entries(0.55 * (panel.right - panel.left), 3);
                if entries.iter().all(|entry| entry.whole) {
                    Naming::Box(entries)
                } else {
                    in_table()
                }
            }
            LegendPlace::Ends => {
                let (panel, _) = self.frame(top, table.as_ref(), 0.0);
                if let Some(beside) = self.beside(&panel) {
                    return beside;
                }
                let rows = (self.sizes.plot / (1.35 * self.small.leading())) as usize;
                let lines = (rows / self.curves.len()).clamp(1, 4);
                [0.22, 0.28, 0.34]
                    .iter()
                    .map(|share| self.entries(share * self.sizes.width, lines))
                    .find(|entries| entries.iter().all(|entry| entry.whole))
                    .map_or_else(in_table, Naming::Margin)
            }
        }
    }

    /// The names beside their curves, when there is room for all.
    fn beside(&self, panel: &Panel) -> Option<Naming> {
        const MOST: usize = 5;
        if self.curves.len() > MOST {
            return None;
        }
        let taken: Vec<Rect> = self
            .median_lines(panel)
            .iter()
            .flat_map(|line| curve::rectangles(line).collect::<Vec<_>>())
            .collect();
        let lines = self.lines(panel);
        [0.42, 0.3, 0.22].iter().find_map(|share| {
            let width = legend::SAMPLE_WIDTH + share * (panel.right - panel.left);
            let mut entries = self.entries(width, 2);
            entries.iter_mut().for_each(|entry| entry.sample = false);
            let whole = entries.iter().all(|entry| entry.whole);
            let sizes: Vec<(f64, f64)> = entries
                .iter()
                .map(|entry| Block::new(vec![entry.clone()], Vec::new()).size(self.small))
                .collect();
            let places = whole
                .then(|| legend::beside_curves(panel, &lines, &sizes, &taken))
                .flatten()?;
            Some(Naming::Beside(entries.into_iter().zip(places).collect()))
        })
    }

    /// The names of the groups in at most that width and number of lines.
    fn entries(&self, width: f64, lines: usize) -> Vec<Entry> {
        let entry = |curve: &Curve| {
            let room = width - legend::SAMPLE_WIDTH;
            let lines = self.small.wrap(&curve.label, room, lines);
            Entry {
                whole: text_metrics::is_whole(&curve.label, &lines),
                lines,
                sample: true,
                color: curve.color,
                text: theme::readable(curve.color),
                dash: curve.dash.clone(),
            }
        };
        self.curves.iter().map(entry).collect()
    }

    /// Finds room for the names and the lines of the annotation: inside the panel where no curve runs, else above the
    /// panel, which moves down.
    pub fn place_blocks(
        &self,
        panel: &mut Panel,
        naming: &Naming,
        lines: Vec<String>,
    ) -> Vec<(Block, (f64, f64))> {
        let mut taken = self.obstacles(panel);
        let mut placed: Vec<(Block, (f64, f64))> = Vec::new();
        let mut names = Vec::new();
        match naming {
            Naming::Box(entries) => names = entries.clone(),
            Naming::Beside(entries) => {
                for (entry, place) in entries {
                    let block = Block::new(vec![entry.clone()], Vec::new());
                    taken.take(Rect::sized(*place, block.size(self.small)));
                    placed.push((block, *place));
                }
            }
            Naming::Margin(_) | Naming::Table | Naming::None => {}
        }
        let together = Block::new(names.clone(), lines.clone());
        let apart = [Block::new(names, Vec::new()), Block::new(Vec::new(), lines)];
        let mut above: Vec<Block> = Vec::new();
        if let Some(place) = taken.free_place(panel, together.size(self.small)) {
            placed.push((together, place));
        } else {
            for block in apart.into_iter().filter(|block| !block.is_empty()) {
                let size = block.size(self.small);
                if let Some(place) = taken.free_place(panel, size) {
                    taken.take(Rect::sized(place, size));
                    placed.push((block, place));
                } else {
                    above.push(block);
                }
            }
        }
        self.place_above(panel, &mut placed, above);
        placed
    }

    /// Makes room above the panel and moves what is in it down.
    fn place_above(
        &self,
        panel: &mut Panel,
        placed: &mut Vec<(Block, (f64, f64))>,
        above: Vec<Block>,
    ) {
        let mut top = panel.top - self.small.cap_height() / 2.0;
        let before = top;
        let mut outside = Vec::new();
        for mut block in above {
            if !block.names.is_empty() {
                let available = self.sizes.width - 2.0 * theme::MARGIN;
                block.names = self.entries(available, 3);
                block.columns = legend::columns(&block.names, self.small, available);
            }
            let height = block.size(self.small).1;
            outside.push((block, (theme::MARGIN, top)));
            top += height + GAP;
        }
        let moved = top - before;
        panel.top += moved;
        panel.bottom += moved;
        placed.iter_mut().for_each(|(_, place)| place.1 += moved);
        placed.extend(outside);
    }

    /// What text should not cover.
    fn obstacles(&self, panel: &Panel) -> Obstacles {
        let mut lines: Vec<Rect> = Vec::new();
        for line in self.lines(panel).iter().chain(&self.median_lines(panel)) {
            lines.extend(curve::rectangles(line));
        }
        let mut bands = Vec::new();
        if self.band {
            for curve in &self.curves {
                bands.extend(curve::band_rectangles(&self.upright(panel), &curve.steps));
            }
        }
        Obstacles { lines, bands }
    }
}

/// The room that is taken in the panel.
struct Obstacles {
    /// By lines and text: never covered.
    lines: Vec<Rect>,
    /// By bands: covered when nothing else is free.
    bands: Vec<Rect>,
}

impl Obstacles {
    fn take(&mut self, rect: Rect) {
        self.lines.push(rect);
    }

    fn free_place(&self, panel: &Panel, size: (f64, f64)) -> Option<(f64, f64)> {
        let all = [self.lines.as_slice(), self.bands.as_slice()].concat();
        legend::free_place(panel, size, &all)
            .or_else(|| legend::free_place(panel, size, &self.lines))
    }
}
