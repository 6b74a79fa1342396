//! Where the names of the curves and the annotation stand.

use super::Layout;
use crate::analysis::LegendPlace;
use crate::figure::axis::Panel;
use crate::figure::curve;
use crate::figure::legend::{self, Entry};
use crate::figure::sheet::{Font, Sheet, paragraph_height};
use crate::figure::{Anchor, Rect, text_metrics, theme};

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

/// Names of curves or lines of text, with their place.
pub struct Placed {
    names: Vec<Entry>,
    columns: usize,
    lines: Vec<String>,
    at: (f64, f64),
}

/// Space between texts above the panel.
const GAP: f64 = 6.0;

impl Placed {
    fn names(names: Vec<Entry>) -> Self {
        Self {
            names,
            columns: 1,
            lines: Vec::new(),
            at: (0.0, 0.0),
        }
    }

    fn lines(lines: Vec<String>) -> Self {
        Self {
            names: Vec::new(),
            columns: 1,
            lines,
            at: (0.0, 0.0),
        }
    }

    fn size(&self, font: Font) -> (f64, f64) {
        let names = legend::block_size(&self.names, self.columns, font);
        if self.names.is_empty() {
            let width = font.widest(self.lines.iter().map(String::as_str));
            return (width, paragraph_height(self.lines.len(), font));
        }
        names
    }

    pub fn draw(&self, sheet: &mut Sheet, font: Font, line: f64) {
        legend::draw_block(sheet, &self.names, self.columns, self.at, font, line);
        sheet.paragraph(&self.lines, self.at, font, Anchor::Start);
    }
}

impl Layout<'_> {
    /// How the curves are named, so that every name can be read whole.
    pub fn naming(&self, top: f64) -> Naming {
        let table = self.risk_table(false);
        if self.curves.iter().all(|curve| curve.arm.label.is_none()) {
            return Naming::None;
        }
        let in_table = || match table {
            Some(_) => Naming::Table,
            None => Naming::Box(self.entries(0.9 * self.sizes.width, 4)),
        };
        let whole = |entries: &Vec<Entry>| entries.iter().all(|entry| entry.whole);
        let (panel, _) = self.frame(top, table.as_ref(), 0.0);
        match self.outcome.options.figure.legend {
            LegendPlace::None if table.is_none() => Naming::None,
            LegendPlace::None => Naming::Table,
            LegendPlace::Box => {
                let entries = self.entries(0.55 * (panel.right - panel.left), 3);
                Some(entries)
                    .filter(whole)
                    .map_or_else(in_table, Naming::Box)
            }
            LegendPlace::Ends => self.beside(&panel).unwrap_or_else(|| {
                let rows = (self.sizes.plot / (1.35 * self.small.leading())) as usize;
                let lines = (rows / self.curves.len()).clamp(1, 4);
                [0.22, 0.28, 0.34]
                    .iter()
                    .map(|share| self.entries(share * self.sizes.width, lines))
                    .find(whole)
                    .map_or_else(in_table, Naming::Margin)
            }),
        }
    }

    /// The names beside their curves, when there is room for all.
    fn beside(&self, panel: &Panel) -> Option<Naming> {
        const MOST: usize = 5;
        if self.curves.len() > MOST {
            return None;
        }
        let lines = self.lines(panel);
        [0.42, 0.3, 0.22].iter().find_map(|share| {
            let width = legend::SAMPLE_WIDTH + share * (panel.right - panel.left);
            let mut entries = self.entries(width, 2);
            entries.iter_mut().for_each(|entry| entry.sample = false);
            if !entries.iter().all(|entry| entry.whole) {
                return None;
            }
            let sizes: Vec<(f64, f64)> = (entries.iter())
                .map(|entry| Placed::names(vec![entry.clone()]).size(self.small))
                .collect();
            let places = legend::beside_curves(panel, &lines, &sizes, &[])?;
            Some(Naming::Beside(entries.into_iter().zip(places).collect()))
        })
    }

    /// The names of the groups in at most that width and number of lines.
    fn entries(&self, width: f64, lines: usize) -> Vec<Entry> {
        let entry = |curve: &super::Curve<'_>| {
            let wrapped = self
                .small
                .wrap(&curve.label, width - legend::SAMPLE_WIDTH, lines);
            Entry {
                whole: text_metrics::is_whole(&curve.label, &wrapped),
                lines: wrapped,
                sample: true,
                color: curve.color,
                text: theme::readable(curve.color),
                dash: curve.dash.clone(),
            }
        };
        self.curves.iter().map(entry).collect()
    }

    /// Finds room for the names and the annotation: inside the panel where no curve runs, else above the
    /// panel, which moves down.
    pub fn place_texts(&self, panel: &mut Panel, naming: &Naming) -> Vec<Placed> {
        let mut placed: Vec<Placed> = Vec::new();
        let mut waiting = Vec::new();
        match naming {
            Naming::Box(entries) => waiting.push(Placed::names(entries.clone())),
            Naming::Beside(entries) => placed.extend(entries.iter().map(|(entry, at)| Placed {
                at: *at,
                ..Placed::names(vec![entry.clone()])
            })),
            Naming::Margin(_) | Naming::Table | Naming::None => {}
        }
        if self.outcome.options.figure.annotation {
            let widest = 0.6 * (panel.right - panel.left);
            let fits = |line: &str| self.small.width(line) <= widest;
            waiting.push(Placed::lines(self.words.annotation(fits)));
        }
        waiting.retain(|text| !(text.names.is_empty() && text.lines.is_empty()));
        let mut lines: Vec<Rect> = (self.lines(panel).iter())
            .flat_map(|line| curve::rectangles(line).collect::<Vec<_>>())
            .collect();
        let rect = |text: &Placed| Rect::sized(text.at, text.size(self.small));
        lines.extend(placed.iter().map(rect));
        let bands = self.band_rectangles(panel);
        let mut above = Vec::new();
        for mut text in waiting {
            let size = text.size(self.small);
            let all = [&lines[..], &bands].concat();
            let place = legend::free_place(panel, size, &all)
                .or_else(|| legend::free_place(panel, size, &lines));
            match place {
                Some(at) => {
                    text.at = at;
                    lines.push(rect(&text));
                    placed.push(text);
                }
                None => above.push(text),
            }
        }
        self.place_above(panel, &mut placed, above);
        placed
    }

    /// Makes room above the panel and moves what is in it down.
    fn place_above(&self, panel: &mut Panel, placed: &mut Vec<Placed>, above: Vec<Placed>) {
        let mut top = panel.top - self.small.cap_height() / 2.0;
        let before = top;
        let mut outside = Vec::new();
        for mut text in above {
            if !text.names.is_empty() {
                let available = self.sizes.width - 2.0 * theme::MARGIN;
                text.names = self.entries(available, 3);
                text.columns = legend::columns(&text.names, self.small, available);
            }
            text.at = (theme::MARGIN, top);
            top += text.size(self.small).1 + GAP;
            outside.push(text);
        }
        let moved = top - before;
        panel.top += moved;
        panel.bottom += moved;
        placed.iter_mut().for_each(|text| text.at.1 += moved);
        placed.extend(outside);
    }

    /// The room that the bands take.
    fn band_rectangles(&self, panel: &Panel) -> Vec<Rect> {
        if !self.outcome.options.figure.band {
            return Vec::new();
        }
        let flipped = panel.flipped();
        let mut rectangles = Vec::new();
        for curve in &self.curves {
            for pair in curve::visible(&curve.steps, panel.end).windows(2) {
                if let Some((low, high)) = pair[0].interval {
                    rectangles.push(Rect {
                        left: panel.x(pair[0].time),
                        // Upside down the lower level is the higher incidence.
                        top: flipped.y(low),
                        right: panel.x(pair[1].time),
                        bottom: flipped.y(high),
                    });
                }
            }
        }
        rectangles
    }
}
