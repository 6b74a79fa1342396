//! Spider plot: the change of every patient over time, from the baseline.

use super::{Called, ChangeAxis, Event, Sample, Set, patient, responses};
use crate::analysis::{CourseVisit, NAMED_PATIENTS, TumourCourse, TumoursOutcome};
use crate::cohort::TimeUnit;
use crate::figure::axis::{AxisType, Panel, TimeAxis, draw_time_axis, most_numbers};
use crate::figure::sheet::Sheet;
use crate::figure::{Point, Scene, Series, SeriesPoint};
use crate::format::Style;
use crate::text::Text;

/// Lines above this are cut.
const MOST: f64 = 200.0;

pub(super) fn scene(outcome: &TumoursOutcome, style: &Style, text: &Text) -> Scene {
    let set = Set::new(&outcome.options.figure, style, text);
    let shown = |day: i64| outcome.rules.shown(day.max(0) as f64, TimeUnit::Days);
    let courses: Vec<(&TumourCourse, Vec<(&CourseVisit, f64)>)> = (outcome.patients.iter())
        .map(|course| (course, compared(course)))
        .filter(|(_, visits)| !visits.is_empty())
        .collect();
    let visits = || courses.iter().flat_map(|(_, visits)| visits.iter());
    let mut sheet = Sheet::default();
    let top = set.title(&mut sheet);
    let pen = Pen::of(courses.len(), set.sizes.line);
    let mut entries: Vec<(Sample, String)> = responses(&outcome.patients, outcome.options.by)
        .into_iter()
        .map(|called| {
            let dashed = pen.dashed;
            (Sample::Line { called, dashed }, called.name.to_owned())
        })
        .collect();
    if visits().any(|(visit, _)| visit.point.new_lesion) {
        entries.push((
            Sample::Mark(Event::NewLesion),
            text.get("course-new-lesion"),
        ));
    }
    let top = set.legend(&mut sheet, &entries, top) + 10.0;
    let axis = ChangeAxis::new(&set, visits().map(|(_, change)| *change), MOST, top);
    axis.draw(&mut sheet, &set, &text.get("course-axis-change"));
    axis.draw_limits(&mut sheet, &set);
    let last = visits()
        .map(|(visit, _)| shown(visit.day))
        .fold(0.0, f64::max);
    let time = TimeAxis::new(
        outcome.rules.display,
        last,
        None,
        None,
        most_numbers(axis.right - axis.left, set.small(), 1000),
    );
    let panel = Panel {
        left: axis.left,
        right: axis.right,
        top: axis.top,
        bottom: axis.bottom,
        end: time.end,
    };
    let place = |day: i64, change: f64| Point {
        x: panel.x(shown(day)),
        y: axis.y(change),
    };
    let mut series = Vec::new();
    for (course, visits) in &courses {
        let called = Called::of(course, outcome.options.by);
        let color = called.line_color();
        let mut corners = vec![place(0, 0.0)];
        corners.extend(
            visits
                .iter()
                .map(|(visit, change)| place(visit.day, *change)),
        );
        let dash = if pen.dashed {
            called.dash(pen.width)
        } else {
            Vec::new()
        };
        sheet.line(corners, pen.width, color.at(pen.opacity), dash);
        draw_new_lesion(&mut sheet, visits, pen.mark, &place);
        series.push(Series {
            label: patient(&course.subject, text),
            color,
            points: points(&set, outcome, (called.name, visits), &place),
        });
    }
    let unit = super::unit(outcome.rules.display);
    let title = text.with("course-axis-time", &[("unit", unit.into())]);
    let set_type = AxisType {
        style,
        numbers: set.small(),
        title: set.normal(),
    };
    let bottom = draw_time_axis(&mut sheet, &panel, &time, &title, set_type);
    let n = courses.len();
    let note = (n > FOLLOWED).then(|| text.with("course-note-lines", &[("n", n.into())]));
    let bottom = set.notes(&mut sheet, note.as_slice(), bottom);
    set.finish(sheet, bottom, "spider", n, series)
}

/// With more patients than this single lines cannot be followed by the eye.
const FOLLOWED: usize = 150;

/// How the lines are drawn: the more there are, the thinner and the more transparent.
struct Pen {
    width: f64,
    opacity: f64,
    /// Whether dashes tell responses apart: among many lines they only blur.
    dashed: bool,
    /// Size of the marks of new lesions.
    mark: f64,
}

impl Pen {
    fn of(patients: usize, width: f64) -> Self {
        let crowd = (NAMED_PATIENTS as f64 / patients.max(1) as f64).min(1.0);
        Self {
            width: (width * crowd.sqrt()).max(0.5),
            opacity: (0.85 * crowd.sqrt()).max(0.15),
            dashed: patients <= NAMED_PATIENTS,
            mark: (2.6 * crowd.sqrt()).max(1.6),
        }
    }
}

/// The assessments with a change from the baseline, in percent.
fn compared(course: &TumourCourse) -> Vec<(&CourseVisit, f64)> {
    (course.visits.iter())
        .filter_map(|visit| Some((visit, 100.0 * visit.point.change_from_baseline?)))
        .collect()
}

/// The first assessment with a new lesion.
fn draw_new_lesion(
    sheet: &mut Sheet,
    visits: &[(&CourseVisit, f64)],
    size: f64,
    place: &impl Fn(i64, f64) -> Point,
) {
    if let Some((visit, change)) = visits.iter().find(|(visit, _)| visit.point.new_lesion) {
        let at = place(visit.day, *change);
        Event::NewLesion.draw(sheet, (at.x, at.y), size);
    }
}

fn points(
    set: &Set<'_>,
    outcome: &TumoursOutcome,
    (name, visits): (&str, &[(&CourseVisit, f64)]),
    place: &impl Fn(i64, f64) -> Point,
) -> Vec<SeriesPoint> {
    (visits.iter())
        .map(|(visit, change)| {
            let time = set
                .style
                .time(Some(visit.day as f64), TimeUnit::Days, outcome.rules);
            let said = [
                ("time", time.into()),
                ("unit", super::unit(outcome.rules.display).into()),
                (
                    "change",
                    set.style.change(visit.point.change_from_baseline).into(),
                ),
            ];
            let mut lines = vec![name.to_owned(), set.text.with("course-point-visit", &said)];
            if visit.point.new_lesion {
                lines.push(set.text.get("course-new-lesion"));
            }
            SeriesPoint {
                at: place(visit.day, *change),
                lines,
            }
        })
        .collect()
}
