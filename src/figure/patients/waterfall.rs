//! Waterfall plot: the best change of every patient, the largest growth first.

use super::{
    ChangeAxis, Event, Sample, Set, called, patient, rectangle, response_color, response_legend,
};
use crate::analysis::{TumourCourse, TumoursOutcome};
use crate::figure::sheet::{Font, Sheet};
use crate::figure::theme::{self, INK};
use crate::figure::{Anchor, Point, Scene, Series, SeriesPoint};
use crate::format::Style;
use crate::text::Text;

/// Bars narrower than this have no letters.
const LETTERED: f64 = 9.0;

/// Bars beyond this are cut, and carry their number.
const MOST: f64 = 100.0;

/// Height of the strip of groups.
const STRIP: f64 = 5.0;

pub(super) fn scene(outcome: &TumoursOutcome, style: &Style, text: &Text) -> Scene {
    let set = Set::new(&outcome.options.figure, style, text);
    let mut courses: Vec<(&TumourCourse, f64)> = (outcome.patients.iter())
        .filter_map(|course| Some((course, 100.0 * course.best_change?)))
        .collect();
    courses.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut sheet = Sheet::default();
    let top = set.title(&mut sheet);
    let mut entries = response_legend(&outcome.patients, outcome.options.by);
    if courses.iter().any(|(course, _)| course.new_lesion) {
        entries.push((
            Sample::Mark(Event::NewLesion),
            text.get("course-new-lesion"),
        ));
    }
    for (index, label) in outcome.groups.iter().enumerate() {
        entries.push((Sample::Bar(theme::group_color(index)), label.clone()));
    }
    let top = set.legend(&mut sheet, &entries, top) + 12.0;
    let axis = ChangeAxis::new(&set, courses.iter().map(|(_, change)| *change), MOST, top);
    axis.draw(&mut sheet, &set, &text.get("course-axis-best"));
    let slot = (axis.right - axis.left) / courses.len() as f64;
    let mut points = Vec::new();
    for (index, &(course, change)) in courses.iter().enumerate() {
        let middle = axis.left + (index as f64 + 0.5) * slot;
        bar(
            &mut sheet,
            &set,
            &axis,
            outcome,
            course,
            (middle, slot, change),
        );
        points.push(SeriesPoint {
            at: Point {
                x: middle,
                y: axis.y(change),
            },
            lines: lines(&set, outcome, course, change),
        });
    }
    axis.draw_limits(&mut sheet, &set);
    let bottom = below(&mut sheet, &set, &axis, outcome, &courses, slot);
    let series = vec![Series {
        label: text.get("waterfall-title"),
        color: INK,
        points,
    }];
    set.finish(sheet, bottom, "waterfall", courses.len(), series)
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
    let half = (slot * 0.4).min(14.0);
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
    if change > axis.high {
        let number = set.style.number(change, 0);
        sheet.text(&number, (middle, beyond), font, Anchor::Middle);
        beyond += step;
    }
    if 2.0 * half >= LETTERED && font.width(name) <= slot {
        sheet.text(name, (middle, beyond), font, Anchor::Middle);
        beyond += step;
    }
    if course.new_lesion {
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
    if !outcome.groups.is_empty() {
        for (index, (course, _)) in courses.iter().enumerate() {
            let Some(group) = course.group else { continue };
            let sides = (middle(index) - slot * 0.4, middle(index) + slot * 0.4);
            rectangle(
                sheet,
                sides,
                (bottom, bottom + STRIP),
                theme::group_color(group),
            );
        }
        bottom += STRIP + 4.0;
    }
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

/// What pointing at a bar says.
fn lines(
    set: &Set<'_>,
    outcome: &TumoursOutcome,
    course: &TumourCourse,
    change: f64,
) -> Vec<String> {
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
