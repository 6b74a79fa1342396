//! Waterfall plot: the best change of every patient, the largest growth first.

use super::{Called, ChangeAxis, Event, HATCHED, Sample, Set, patient, rectangle, responses};
use crate::analysis::{TumourCourse, TumoursOutcome};
use crate::figure::sheet::{Font, Sheet};
use crate::figure::theme::{self, INK, PAPER};
use crate::figure::{Anchor, Color, Point, Scene, Series, SeriesPoint};
use crate::format::Style;
use crate::text::Text;

/// Bars narrower than this have no letters.
const LETTERED: f64 = 9.0;

/// Bars beyond this are cut, and carry their number.
const MOST: f64 = 100.0;

/// Height of a strip under the bars.
const STRIP: f64 = 4.0;

/// Space between the legend and the plot.
const FREE: f64 = 12.0;

/// Space between what stands beyond the longest bars and what is below the plot; twice that is over it, where the legend
/// has such marks too.
const GAP: f64 = 5.0;

/// Space between the end of a bar and what stands beyond it, and between such things.
const CLEAR: f64 = 2.2;

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
    let called = |course: &TumourCourse| Called::of(course, outcome.options.by);
    courses.sort_by(|(one, a), (other, b)| {
        (b.total_cmp(a)).then_with(|| called(other).cmp(&called(one)))
    });
    let mut sheet = Sheet::default();
    let top = set.title(&mut sheet);
    // The legend stands above the plot, but the width does not depend on it.
    let slot = ChangeAxis::new(&set, std::iter::empty(), MOST, 0.0).width() / courses.len() as f64;
    let entries = legend(outcome, slot, text);
    let top = set.legend(&mut sheet, &entries, top) + FREE;
    let changes = || courses.iter().map(|(_, change)| *change);
    let flat = ChangeAxis::new(&set, changes(), MOST, 0.0);
    let bars: Vec<Bar<'_>> = (courses.iter().enumerate())
        .map(|(index, &(course, change))| Bar {
            course,
            called: called(course),
            change,
            middle: axis_middle(&flat, index, slot),
            slot,
            beyond: Beyond::of(&set, &flat, outcome, course, (slot, change)),
        })
        .collect();
    // What stands beyond the longest bars needs room above and below the plot.
    let over = |bar: &Bar<'_>| bar.span(&set, &flat);
    let above = bars.iter().map(|bar| -over(bar).0).fold(0.0, f64::max);
    let below_plot = (bars.iter())
        .map(|bar| over(bar).1 - flat.bottom)
        .fold(0.0, f64::max);
    let axis = ChangeAxis::new(
        &set,
        changes(),
        MOST,
        top + (above - FREE + 2.0 * GAP).max(0.0),
    );
    axis.draw(&mut sheet, &set, &text.get("course-axis-best"));
    if slot < GAPPED {
        silhouette(&mut sheet, &axis, &bars);
    } else {
        bars.iter().for_each(|bar| bar.draw(&mut sheet, &axis));
    }
    axis.draw_limits(&mut sheet, &set);
    if slot >= GAPPED {
        (bars.iter()).for_each(|bar| bar.draw_beyond(&mut sheet, &set, &axis));
    }
    let points = (bars.iter())
        .map(|bar| SeriesPoint {
            // At its left edge: what is pointed at is the last point at or left of the pointer.
            at: Point {
                x: bar.middle - slot / 2.0,
                y: axis.y(bar.change),
            },
            lines: lines(&set, outcome, bar.course),
        })
        .collect();
    let bottom = axis.bottom + (below_plot + GAP).max(6.0);
    let (bottom, named) = below(&mut sheet, &set, outcome, &bars, (bottom, slot));
    let n = courses.len();
    let mut notes: Vec<String> = set.without_names(n, named).into_iter().collect();
    if slot < TOLD_APART {
        notes.push(text.with("course-note-bars", &[("n", n.into())]));
    }
    let bottom = set.notes(&mut sheet, &notes, bottom);
    let series = vec![Series {
        label: text.get("waterfall-title"),
        color: INK,
        points,
    }];
    set.finish(sheet, bottom, "waterfall", n, series)
}

/// The responses, the mark of a new lesion as it is drawn at that width of bars, and the groups.
fn legend(outcome: &TumoursOutcome, slot: f64, text: &Text) -> Vec<(Sample, String)> {
    let mut entries: Vec<(Sample, String)> = responses(&outcome.patients, outcome.options.by)
        .into_iter()
        .map(|called| {
            let hatched = 2.0 * half(slot) >= HATCHED;
            let sample = Sample::Response { called, hatched };
            (sample, called.name.to_owned())
        })
        .collect();
    let drawn = |course: &&TumourCourse| course.best_change.is_some();
    if (outcome.patients.iter().filter(drawn)).any(|course| course.new_lesion) {
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
    entries
}

fn axis_middle(axis: &ChangeAxis, index: usize, slot: f64) -> f64 {
    axis.left + (index as f64 + 0.5) * slot
}

/// A bar with what stands beyond its end.
struct Bar<'a> {
    course: &'a TumourCourse,
    called: Called,
    change: f64,
    middle: f64,
    slot: f64,
    beyond: Vec<Beyond>,
}

/// What stands beyond the end of a bar.
enum Beyond {
    Text(String),
    /// Letters that read upwards need less room beside each other.
    Upright(String),
    NewLesion,
}

impl Beyond {
    /// From the bar outwards: its number where it is cut, its response, the mark of a new lesion.
    fn of(
        set: &Set<'_>,
        axis: &ChangeAxis,
        outcome: &TumoursOutcome,
        course: &TumourCourse,
        (slot, change): (f64, f64),
    ) -> Vec<Self> {
        let font = font(set);
        let mut beyond = Vec::new();
        let number = set.style.number(change, 0);
        if change > axis.high && font.width(&number) <= slot {
            beyond.push(Self::Text(number));
        }
        let name = Called::of(course, outcome.options.by).name;
        if 2.0 * half(slot) >= LETTERED && font.width(name) <= slot {
            beyond.push(Self::Text(name.to_owned()));
        } else if font.cap_height() <= slot {
            beyond.push(Self::Upright(name.to_owned()));
        }
        if course.new_lesion && slot >= MARKED {
            beyond.push(Self::NewLesion);
        }
        beyond
    }

    fn height(&self, font: Font, slot: f64) -> f64 {
        match self {
            Self::Text(_) => font.cap_height(),
            Self::Upright(text) => font.width(text),
            Self::NewLesion => 2.0 * lesion(slot),
        }
    }

    fn width(&self, font: Font, slot: f64) -> f64 {
        match self {
            Self::Text(text) => font.width(text),
            Self::Upright(_) => font.cap_height(),
            Self::NewLesion => 2.0 * lesion(slot),
        }
    }
}

impl Bar<'_> {
    /// A change of 0 is seen as a thin bar.
    fn ends(&self, axis: &ChangeAxis) -> (f64, f64) {
        let (zero, end) = (axis.y(0.0), axis.y(self.change));
        (zero.min(end) - 0.4, zero.max(end) + 0.4)
    }

    /// How far it reaches up and down with what stands beyond it.
    fn span(&self, set: &Set<'_>, axis: &ChangeAxis) -> (f64, f64) {
        let (top, bottom) = self.ends(axis);
        let reach: f64 = (self.beyond.iter())
            .map(|beyond| CLEAR + beyond.height(font(set), self.slot))
            .sum();
        match self.change > 0.0 {
            true => (top - reach, bottom),
            false => (top, bottom + reach),
        }
    }

    fn draw(&self, sheet: &mut Sheet, axis: &ChangeAxis) {
        let half = half(self.slot);
        let sides = (self.middle - half, self.middle + half);
        (self.called).bar(sheet, sides, self.ends(axis), 2.0 * half >= HATCHED);
    }

    /// On paper, so that no dashed line runs through letters.
    fn draw_beyond(&self, sheet: &mut Sheet, set: &Set<'_>, axis: &ChangeAxis) {
        let font = font(set);
        let (top, bottom) = self.ends(axis);
        let grows = self.change > 0.0;
        let mut away = 0.0;
        for beyond in &self.beyond {
            let height = beyond.height(font, self.slot);
            away += CLEAR + height;
            let (upper, lower) = match grows {
                true => (top - away, top - away + height),
                false => (bottom + away - height, bottom + away),
            };
            let half = beyond.width(font, self.slot) / 2.0 + 0.6;
            let sides = (self.middle - half, self.middle + half);
            rectangle(sheet, sides, (upper - 0.8, lower + 0.8), PAPER);
            let middle = (upper + lower) / 2.0;
            match beyond {
                Beyond::Text(text) => sheet.text(text, (self.middle, lower), font, Anchor::Middle),
                Beyond::Upright(text) => {
                    sheet.vertical(text, (self.middle + font.cap_height() / 2.0, middle), font);
                }
                Beyond::NewLesion => {
                    Event::NewLesion.draw(sheet, (self.middle, middle), lesion(self.slot));
                }
            }
        }
    }
}

fn font(set: &Set<'_>) -> Font {
    Font::new(set.sizes.small - 0.5, INK)
}

/// Half the size of the mark of a new lesion.
fn lesion(slot: f64) -> f64 {
    half(slot).min(2.4)
}

/// Bars too thin for gaps: neighbours of one colour as one area, whose edge is that of the bars. Drawn one by one they
/// would let the paper through.
fn silhouette(sheet: &mut Sheet, axis: &ChangeAxis, bars: &[Bar<'_>]) {
    let zero = axis.y(0.0);
    for run in bars.chunk_by(|a, b| a.called == b.called && (a.change > 0.0) == (b.change > 0.0)) {
        let edges = |bar: &Bar<'_>| (bar.middle - bar.slot / 2.0, bar.middle + bar.slot / 2.0);
        let mut corners = vec![Point {
            x: edges(&run[0]).0,
            y: zero,
        }];
        for bar in run {
            let y = axis.y(bar.change);
            let (left, right) = edges(bar);
            corners.extend([Point { x: left, y }, Point { x: right, y }]);
        }
        corners.push(Point {
            x: edges(&run[run.len() - 1]).1,
            y: zero,
        });
        sheet.area(corners, run[0].called.fill());
    }
}

/// The strip of groups and the names of patients under the plot, from `bottom`; returns where they end, and whether the
/// names are there.
fn below(
    sheet: &mut Sheet,
    set: &Set<'_>,
    outcome: &TumoursOutcome,
    bars: &[Bar<'_>],
    (mut bottom, slot): (f64, f64),
) -> (f64, bool) {
    let strip = |sheet: &mut Sheet, top: f64, color: &dyn Fn(&TumourCourse) -> Option<Color>| {
        let mut left = bars.first().map_or(0.0, |bar| bar.middle - slot / 2.0);
        // Without gaps, neighbours of one colour are one rectangle: no paper shows between them.
        let together = |one: &Bar<'_>, other: &Bar<'_>| {
            slot < GAPPED && color(one.course) == color(other.course)
        };
        for run in bars.chunk_by(together) {
            let right = left + run.len() as f64 * slot;
            if let Some(color) = color(run[0].course) {
                let inset = slot / 2.0 - half(slot);
                let sides = (left + inset, right - inset);
                rectangle(sheet, sides, (top, top + STRIP), color);
            }
            left = right;
        }
    };
    if slot < MARKED && bars.iter().any(|bar| bar.course.new_lesion) {
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
    let named = outcome.options.figure.names(bars.len()) && font.size >= 4.5;
    if named {
        let names: Vec<String> = (bars.iter())
            .map(|bar| patient(&bar.course.subject, set.text))
            .map(|name| font.wrap(&name, 60.0, 1).swap_remove(0))
            .collect();
        let widest = font.widest(names.iter().map(String::as_str));
        for (bar, name) in bars.iter().zip(&names) {
            let x = bar.middle + font.cap_height() / 2.0;
            sheet.vertical(name, (x, bottom + widest - font.width(name) / 2.0), font);
        }
        bottom += widest + 2.0;
    }
    (bottom, named)
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
    let name = Called::of(course, outcome.options.by).name;
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
