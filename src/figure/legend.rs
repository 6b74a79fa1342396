//! Names of the curves at their ends or in a box, and where free text finds room between curves.

use super::axis::Panel;
use super::curve;
use super::risk_table::{SAMPLE, SAMPLE_GAP};
use super::sheet::{Font, Sheet, paragraph_height};
use super::{Anchor, Color, Point, Rect};

/// The name of a curve with a sample of its line.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The name in lines.
    pub lines: Vec<String>,
    /// Whether the lines hold all of it.
    pub whole: bool,
    /// Whether a sample of the line stands before it.
    pub sample: bool,
    /// Colour of the line.
    pub color: Color,
    /// Colour of the name.
    pub text: Color,
    /// Its dashes.
    pub dash: Vec<f64>,
}

/// Width of the line sample before a name.
pub const SAMPLE_WIDTH: f64 = SAMPLE + SAMPLE_GAP;

/// Space between the panel and the line samples at the ends of the curves.
const END_GAP: f64 = 5.0;

/// Space between names.
const ENTRY_GAP: f64 = 3.5;

/// Space between columns of names.
const COLUMN_GAP: f64 = 12.0;

/// Width that the names at the ends of the curves take right of the panel.
pub fn ends_width(entries: &[Entry], font: Font) -> f64 {
    END_GAP + entry_width(entries, font)
}

/// Width of the widest name with its sample.
fn entry_width(entries: &[Entry], font: Font) -> f64 {
    entries
        .iter()
        .map(|entry| {
            let sample = if entry.sample { SAMPLE_WIDTH } else { 0.0 };
            sample + font.widest(entry.lines.iter().map(String::as_str))
        })
        .fold(0.0, f64::max)
}

/// How many columns of names fit beside each other; no more than make the rows even.
pub fn columns(entries: &[Entry], font: Font, available: f64) -> usize {
    let column = entry_width(entries, font) + COLUMN_GAP;
    let fitting = (((available + COLUMN_GAP) / column) as usize).max(1);
    let rows = entries.len().div_ceil(fitting).max(1);
    entries.len().div_ceil(rows)
}

/// Width and height of the names in that many columns.
pub fn block_size(entries: &[Entry], columns: usize, font: Font) -> (f64, f64) {
    let width = (entry_width(entries, font) + COLUMN_GAP) * columns as f64 - COLUMN_GAP;
    let rows: Vec<f64> = row_heights(entries, columns, font).collect();
    let gaps = ENTRY_GAP * rows.len().saturating_sub(1) as f64;
    (width, rows.iter().sum::<f64>() + gaps)
}

fn row_heights(entries: &[Entry], columns: usize, font: Font) -> impl Iterator<Item = f64> {
    entries.chunks(columns.max(1)).map(move |row| {
        let lines = row.iter().map(|entry| entry.lines.len()).max();
        paragraph_height(lines.unwrap_or(0), font)
    })
}

/// Draws the names right of the panel, each as near to the height where its curve ends as others allow.
pub fn draw_ends(
    sheet: &mut Sheet,
    panel: &Panel,
    entries: &[Entry],
    ends: &[f64],
    font: Font,
    line: f64,
) {
    let heights: Vec<f64> = entries
        .iter()
        .map(|entry| paragraph_height(entry.lines.len(), font))
        .collect();
    let tops = spread(
        ends,
        &heights,
        panel.top - font.cap_height() / 2.0,
        panel.bottom + font.cap_height() / 2.0,
    );
    for (entry, top) in entries.iter().zip(tops) {
        draw_entry(sheet, entry, (panel.right + END_GAP, top), font, line);
    }
}

/// Places for the names beside their curves: at the end of each, or above or below its last part.
///
/// `lines` are the curves, `sizes` those of the names, `taken` what no name may cover. `None` when a name
/// finds no place where it is nearer to its own curve than to any other.
pub fn beside_curves(
    panel: &Panel,
    lines: &[Vec<Point>],
    sizes: &[(f64, f64)],
    taken: &[Rect],
) -> Option<Vec<(f64, f64)>> {
    let mut places: Vec<(f64, f64)> = Vec::new();
    let mut taken = taken.to_vec();
    for (own, &(width, height)) in lines.iter().zip(sizes) {
        let free = |distance: f64| {
            places_beside(panel, own, (width, height)).find(|&(left, top)| {
                let place = Rect::sized((left, top), (width, height));
                let near = place.grown(distance);
                let others = lines.iter().filter(|line| !std::ptr::eq(*line, own));
                !curve::rectangles(own).any(|part| part.meets(&place.grown(OWN_DISTANCE - 0.5)))
                    && !others
                        .flat_map(|line| curve::rectangles(line))
                        .any(|part| part.meets(&near))
                    && !taken.iter().any(|rect| rect.meets(&place.grown(2.0)))
            })
        };
        let place = free(2.5 * OWN_DISTANCE).or_else(|| free(1.4 * OWN_DISTANCE))?;
        taken.push(Rect::sized(place, (width, height)));
        places.push(place);
    }
    Some(places)
}

/// Space between a curve and its name.
const OWN_DISTANCE: f64 = 4.5;

/// Places along the last part of a curve, the best first: right of its end, then above and below it.
fn places_beside(
    panel: &Panel,
    line: &[Point],
    (width, height): (f64, f64),
) -> impl Iterator<Item = (f64, f64)> {
    const STRIDE: f64 = 5.0;
    let end = line.last().copied().unwrap_or(Point {
        x: panel.left,
        y: panel.top,
    });
    // A curve that falls to 0 at its end is named at the height from which it falls.
    let level = curve::height_at(line, end.x - 1.0);
    let after = (end.x + OWN_DISTANCE, level - height / 2.0);
    let along = (0..)
        .map(move |step| end.x - f64::from(step) * STRIDE)
        .take_while(move |right| right - width > panel.left + 0.15 * (end.x - panel.left))
        .flat_map(move |right| {
            let left = right - width;
            [
                (left, curve::height_at(line, left) - OWN_DISTANCE - height),
                (left, curve::height_at(line, right - 1.0) + OWN_DISTANCE),
            ]
        });
    let inside = move |&(left, top): &(f64, f64)| {
        left + width <= panel.right && top >= panel.top && top + height <= panel.bottom - 2.0
    };
    [after].into_iter().chain(along).filter(inside)
}

/// Draws the names in rows of that many columns.
pub fn draw_block(
    sheet: &mut Sheet,
    entries: &[Entry],
    columns: usize,
    (x, mut y): (f64, f64),
    font: Font,
    line: f64,
) {
    let column = entry_width(entries, font) + COLUMN_GAP;
    let heights = row_heights(entries, columns, font);
    for (row, height) in entries.chunks(columns.max(1)).zip(heights) {
        for (index, entry) in row.iter().enumerate() {
            draw_entry(sheet, entry, (x + column * index as f64, y), font, line);
        }
        y += height + ENTRY_GAP;
    }
}

fn draw_entry(sheet: &mut Sheet, entry: &Entry, (mut x, top): (f64, f64), font: Font, line: f64) {
    if entry.sample {
        let middle = top + font.cap_height() / 2.0;
        let sample = [x, x + SAMPLE].map(|x| Point { x, y: middle }).to_vec();
        sheet.line(sample, line, entry.color, entry.dash.clone());
        x += SAMPLE_WIDTH;
    }
    let name = Font {
        color: entry.text,
        ..font
    };
    sheet.paragraph(&entry.lines, (x, top), name, Anchor::Start);
}

/// Tops of blocks of `heights` that want their first line at `wanted`: in that order, apart, and
/// between `top` and `bottom` as long as there is room.
fn spread(wanted: &[f64], heights: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut tops = vec![0.0; wanted.len()];
    let mut floor = bottom;
    let mut least = top;
    for &index in &order {
        tops[index] = f64::max(wanted[index] - heights[index] / 2.0, least);
        least = tops[index] + heights[index] + ENTRY_GAP;
    }
    for &index in order.iter().rev() {
        tops[index] = f64::min(tops[index], floor - heights[index]);
        floor = tops[index] - ENTRY_GAP;
    }
    tops
}

/// A place for a box of `size` in the panel that meets nothing of `taken`: a corner if one is free, else
/// anywhere; `None` when there is none.
pub fn free_place(
    panel: &Panel,
    (width, height): (f64, f64),
    taken: &[Rect],
) -> Option<(f64, f64)> {
    const INSET: f64 = 5.0;
    const COLUMNS: usize = 12;
    const ROWS: usize = 8;
    let (left, top) = (panel.left + INSET, panel.top + INSET / 2.0);
    let (right, bottom) = (
        panel.right - INSET / 2.0 - width,
        panel.bottom - INSET - height,
    );
    if right < left || bottom < top {
        return None;
    }
    let corners = [(left, bottom), (right, top), (right, bottom), (left, top)];
    let between = (0..=ROWS).rev().flat_map(|row| {
        (0..=COLUMNS).map(move |column| {
            (
                left + (right - left) * column as f64 / COLUMNS as f64,
                top + (bottom - top) * row as f64 / ROWS as f64,
            )
        })
    });
    corners.into_iter().chain(between).find(|&(x, y)| {
        let place = Rect::sized((x, y), (width, height)).grown(3.0);
        !taken.iter().any(|rect| rect.meets(&place))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_want_one_place_move_apart_and_stay_inside() {
        let tops = spread(&[50.0, 50.0, 100.0], &[8.0, 8.0, 8.0], 0.0, 100.0);
        assert_eq!(tops, [46.0, 57.5, 92.0]);
        let tops = spread(&[100.0, 100.0], &[8.0, 8.0], 0.0, 100.0);
        assert_eq!(tops, [80.5, 92.0]);
    }

    #[test]
    fn text_goes_to_the_free_corner_and_nowhere_when_there_is_none() {
        let panel = Panel {
            left: 0.0,
            right: 100.0,
            top: 0.0,
            bottom: 100.0,
            end: 1.0,
        };
        let lower_half = Rect {
            left: 0.0,
            top: 50.0,
            right: 100.0,
            bottom: 100.0,
        };
        assert_eq!(free_place(&panel, (40.0, 20.0), &[]), Some((5.0, 75.0)));
        assert_eq!(
            free_place(&panel, (40.0, 20.0), &[lower_half]),
            Some((57.5, 2.5))
        );
        assert_eq!(free_place(&panel, (40.0, 60.0), &[lower_half]), None);
        assert_eq!(free_place(&panel, (140.0, 20.0), &[]), None);
    }

    #[test]
    fn a_name_stands_nearer_to_its_own_curve_than_to_another() {
        let panel = Panel {
            left: 0.0,
            right: 200.0,
            top: 0.0,
            bottom: 100.0,
            end: 1.0,
        };
        let line = |points: &[(f64, f64)]| -> Vec<Point> {
            points.iter().map(|&(x, y)| Point { x, y }).collect()
        };
        let upper = line(&[(0.0, 0.0), (100.0, 0.0), (100.0, 30.0), (190.0, 30.0)]);
        let lower = line(&[(0.0, 0.0), (40.0, 0.0), (40.0, 80.0), (120.0, 80.0)]);
        let places = beside_curves(&panel, &[upper, lower], &[(40.0, 6.0); 2], &[]);
        // Above the end of the one, right of the end of the other.
        assert_eq!(places, Some(vec![(150.0, 19.5), (124.5, 77.0)]));
    }

    #[test]
    fn curves_too_close_for_names_get_none() {
        let panel = Panel {
            left: 0.0,
            right: 100.0,
            top: 0.0,
            bottom: 100.0,
            end: 1.0,
        };
        let flat = |y: f64| [0.0, 100.0].map(|x| Point { x, y }).to_vec();
        let lines = [flat(40.0), flat(50.0), flat(60.0)];
        assert_eq!(beside_curves(&panel, &lines, &[(30.0, 6.0); 3], &[]), None);
    }
}
