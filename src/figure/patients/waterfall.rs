//! Waterfall plot: the best change of every patient, the largest growth first.

use super::{
    ChangeAxis, Event, Sample, Set, called, patient, rectangle, response_color, responses,
};
use crate::analysis::{TumourCourse, TumoursOutcome};
use crate::figure::sheet::{Font, Sheet};
use crate::figure::theme::{self, INK};
use crate::figure::{Anchor, Color, Point, Scene, Series, SeriesPoint};
use crate::format::Style;
use crate::text::Text;

/// Bars narrower than this have no letters.
const LETTERED: f64 = 9.0;

/// Bars beyond this are cut, and carry their number.
const MOST: f64 = 100.0;

/// Height of a strip under the bars.
const STRIP: f64 = 4.0;

/// Bars narrower than this have their new lesions in a strip, so that marks do not run into each other.
const MARKED: f64 = 5.0;

/// Bars narrower than this have no gaps between them.
const GAPPED: f64 = 1.0;

/// Bars narrower than this are thinner than the eye can tell apart.
const TOLD_APART: f64 = 0.5;

pub(super) fn scene(outcome: &TumoursOutcome, style: &Style, text: &Text) -> Scene {
    let set = Set::new(&outcome.options.figure, style, text);
    let mut courses: Vec<(&TumourCourse, f64)> = (outcome.patients.iter())
        .filter_map(|course| Some((course, 100.0 * course.best_change?)))
        .collect();
    courses.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut sheet = Sheet::default();
    let top = set.title(&mut sheet);
    let mut entries: Vec<(Sample, String)> = responses(&outcome.patients, outcome.options.by)
        .into_iter()
        .map(|(best, name)| (Sample::Bar(response_color(best)), name.to_owned()))
        .collect();
    // The legend stands above the plot, but the width does not depend on it.
    let slot = ChangeAxis::new(&set, std::iter::empty(), MOST, 0.0).width() / courses.len() as f64;
    if courses.iter().any(|(course, _)| course.new_lesion) {
        let sample = if slot < MARKED {
            Sample::Bar(INK)
        } else {
            Sample::Mark(Event::NewLesion)
        };
        entries.push((sample, text.get("course-new-lesion")));
    }
    for (index, label) in outcome.groups.iter().enumerate() {
        entries.push((Sample::Bar(theme::group_color(index)), label.clone()));
    }
    let top = set.legend(&mut sheet, &entries, top) + 12.0;
    let axis = ChangeAxis::new(&set, courses.iter().map(|(_, change)| *change), MOST, top);
    axis.draw(&mut sheet, &set, &text.get("course-axis-best"));
    let mut points = Vec::new();
    if slot < GAPPED {
        silhouette(&mut sheet, &axis, outcome, &courses, slot);
    }
    for (index, &(course, change)) in courses.iter().enumerate() {
        let left = axis.left + index as f64 * slot;
        if slot >= GAPPED {
            let place = (left + slot / 2.0, slot, change);
            bar(&mut sheet, &set, &axis, outcome, course, place);
        }
        points.push(SeriesPoint {
            // At its left edge: what is pointed at is the last point at or left of the pointer.
            at: Point {
                x: left,
                y: axis.y(change),
            },
            lines: lines(&set, outcome, course),
        });
    }
    axis.draw_limits(&mut sheet, &set);
    let bottom = below(&mut sheet, &set, &axis, outcome, &courses, slot);
    let n = courses.len();
    let mut notes: Vec<String> = set.without_names(n).into_iter().collect();
    if slot < TOLD_APART {
        notes.push(text.with("course-note-bars", &[("n", n.into())]));
    }
    let bottom = set.notes(&mut sheet, &notes, bottom);
    let series = vec![Series {
        label: text.get("waterfall-title"),
        color: INK,
        points,
    }];
    set.finish(sheet, bottom, "waterfall", courses.len(), series)
}

/// Bars too thin for gaps: neighbours of one colour as one area, whose edge is that of the bars. Drawn one by one they
/// would let the paper through.
fn silhouette(
    sheet: &mut Sheet,
    axis: &ChangeAxis,
    outcome: &TumoursOutcome,
    courses: &[(&TumourCourse, f64)],
    slot: f64,
) {
    let color = |course: &TumourCourse| response_color(called(course, outcome.options.by).0);
    let (mut x, zero) = (axis.left, axis.y(0.0));
    for run in courses
        .chunk_by(|(one, a), (other, b)| color(one) == color(other) && (*a > 0.0) == (*b > 0.0))
    {
        let mut corners = vec![Point { x, y: zero }];
        for (_, change) in run {
            let y = axis.y(*change);
            corners.push(Point { x, y });
            x += slot;
            corners.push(Point { x, y });
        }
        corners.push(Point { x, y: zero });
        sheet.area(corners, color(run[0].0));
    }
}

/// A bar with its letters, a number where it is cut, and the mark of a new lesion.
fn bar(
    sheet: &mut Sheet,
    set: &Set<'_>,
    axis: &ChangeAxis,
    outcome: &TumoursOutcome,
    course: &TumourCourse,
    (middle, slot, change): (f64, f64, f64),
) {
    let (best, name) = called(course, outcome.options.by);
    let half = half(slot);
    let (zero, end) = (axis.y(0.0), axis.y(change));
    // A change of 0 is seen as a thin bar.
    let (top, bottom) = (zero.min(end) - 0.4, zero.max(end) + 0.4);
    rectangle(
        sheet,
        (middle - half, middle + half),
        (top, bottom),
        response_color(best),
    );
    let font = Font::new(set.sizes.small - 0.5, INK);
    let grows = change > 0.0;
    let mut beyond = if grows {
        top - 2.0
    } else {
        bottom + 2.0 + font.cap_height()
    };
    let step = if grows {
        -font.leading()
    } else {
        font.leading()
    };
    if change > axis.high && font.width(&set.style.number(change, 0)) <= slot {
        let number = set.style.number(change, 0);
        sheet.text(&number, (middle, beyond), font, Anchor::Middle);
        beyond += step;
    }
    if 2.0 * half >= LETTERED && font.width(name) <= slot {
        sheet.text(name, (middle, beyond), font, Anchor::Middle);
        beyond += step;
    } else if font.cap_height() <= slot {
        // Letters that read upwards need less room.
        let width = font.width(name);
        let (x, y) = (
            middle + font.cap_height() / 2.0,
            if grows {
                top - 2.0 - width / 2.0
            } else {
                bottom + 2.0 + width / 2.0
            },
        );
        sheet.vertical(name, (x, y), font);
        beyond = if grows {
            top - 4.0 - width
        } else {
            bottom + 4.0 + width + font.cap_height()
        };
    }
    if course.new_lesion && slot >= MARKED {
        let size = half.min(2.4);
        Event::NewLesion.draw(sheet, (middle, beyond - font.cap_height() / 2.0), size);
    }
}

/// The strip of groups and the names of patients under the plot; returns where they end.
fn below(
    sheet: &mut Sheet,
    set: &Set<'_>,
    axis: &ChangeAxis,
    outcome: &TumoursOutcome,
    courses: &[(&TumourCourse, f64)],
    slot: f64,
) -> f64 {
    let mut bottom = axis.bottom + 6.0;
    let middle = |index: usize| axis.left + (index as f64 + 0.5) * slot;
    let strip = |sheet: &mut Sheet, top: f64, color: &dyn Fn(&TumourCourse) -> Option<Color>| {
        let mut left = axis.left;
        // Without gaps, neighbours of one colour are one rectangle: no paper shows between them.
        let together =
            |one: &TumourCourse, other: &TumourCourse| slot < GAPPED && color(one) == color(other);
        for run in courses.chunk_by(|(one, _), (other, _)| together(one, other)) {
            let right = left + run.len() as f64 * slot;
            if let Some(color) = color(run[0].0) {
                let inset = slot / 2.0 - half(slot);
                rectangle(
                    sheet,
                    (left + inset, right - inset),
                    (top, top + STRIP),
                    color,
                );
            }
            left = right;
        }
    };
    if slot < MARKED && courses.iter().any(|(course, _)| course.new_lesion) {
        strip(sheet, bottom, &|course| course.new_lesion.then_some(INK));
        bottom += STRIP + 2.0;
    }
    for rows in super::group_rows(outcome.groups.len()) {
        strip(sheet, bottom, &|course| {
            (course.group.filter(|group| rows.contains(group))).map(theme::group_color)
        });
        bottom += STRIP + 1.0;
    }
    bottom += if outcome.groups.is_empty() { 0.0 } else { 3.0 };
    let font = Font::new((set.sizes.small - 0.5).min(slot * 0.95), INK);
    if outcome.options.figure.names(courses.len()) && font.size >= 4.5 {
        let names: Vec<String> = (courses.iter())
            .map(|(course, _)| patient(&course.subject, set.text))
            .map(|name| font.wrap(&name, 60.0, 1).swap_remove(0))
            .collect();
        let widest = font.widest(names.iter().map(String::as_str));
        for (index, name) in names.iter().enumerate() {
            let x = middle(index) + font.cap_height() / 2.0;
            sheet.vertical(name, (x, bottom + widest - font.width(name) / 2.0), font);
        }
        bottom += widest + 2.0;
    }
    bottom
}

/// Half the width of a bar.
fn half(slot: f64) -> f64 {
    if slot < GAPPED {
        slot / 2.0
    } else {
        (slot * 0.4).min(14.0)
    }
}

/// What pointing at a bar says.
fn lines(set: &Set<'_>, outcome: &TumoursOutcome, course: &TumourCourse) -> Vec<String> {
    let (_, name) = called(course, outcome.options.by);
    let mut lines = vec![
        patient(&course.subject, set.text),
        set.text.with(
            "course-point-best",
            &[
                ("change", set.style.change(course.best_change).into()),
                ("response", name.into()),
            ],
        ),
    ];
    if course.new_lesion {
        lines.push(set.text.get("course-new-lesion"));
    }
    lines.extend(course.group.map(|group| outcome.groups[group].clone()));
    lines
}
