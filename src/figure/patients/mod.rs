//! Figures with a bar, a line or a lane a patient: waterfall, spider and swimmer plot.

use std::ops::Range;

use super::axis::OFFSET;
use super::sheet::{Font, Sheet, paragraph_height};
use super::theme::{self, AXIS_LINE, INK, MARGIN, Sizes, TICK};
use super::{Anchor, Color, Point, Scene, Series};
use crate::analysis::{
    CourseFigure, Criteria, Drawn, SwimmerOutcome, TumourCourse, TumoursOutcome,
};
use crate::cohort::{BestResponse, Subject, TimeUnit};
use crate::format::Style;
use crate::recist::IBestResponse;
use crate::text::Text;

mod spider;
mod swimmer;
mod waterfall;

pub use swimmer::pages as swimmer_pages;

/// Waterfall and spider plot; none where no sum could be compared with a baseline.
pub(super) fn tumours(outcome: &TumoursOutcome, style: &Style, text: &Text) -> Vec<Scene> {
    if outcome.best_change.is_none() {
        return Vec::new();
    }
    vec![
        waterfall::scene(outcome, style, text),
        spider::scene(outcome, style, text),
    ]
}

/// Swimmer plot, in as many pages as [`swimmer_pages`] says.
pub(super) fn swimmer(outcome: &SwimmerOutcome, style: &Style, text: &Text) -> Vec<Scene> {
    (swimmer_pages(outcome).into_iter())
        .map(|page| swimmer::scene(outcome, page, style, text))
        .collect()
}

/// Colours of responses from green-blue to orange-red, apart for every kind of colour blindness and in black and
/// white.
pub(super) fn response_color(best: BestResponse) -> Color {
    Color::opaque(match best {
        BestResponse::Cr => [0x00, 0x42, 0x4F],
        BestResponse::Pr => [0x2A, 0xA1, 0x98],
        BestResponse::Sd => [0xE9, 0xC4, 0x6A],
        BestResponse::NonCrNonPd => [0xF4, 0xA2, 0x61],
        BestResponse::Pd => [0xC0, 0x45, 0x2A],
        BestResponse::Ne => [0x9A, 0x9A, 0x9A],
        BestResponse::Missing => [0xCF, 0xCF, 0xCF],
    })
}

/// Unconfirmed progression, which only iRECIST has: purple (Tol 2021), whose lines are as dark as those of progression
/// but another colour for every kind of colour blindness. Its bars are lighter, and hatched where they are wide enough.
const UNCONFIRMED: Color = Color::opaque([0xAA, 0x44, 0x99]);

/// Dashes and gaps of its lines in widths of the line.
const UNCONFIRMED_DASH: [f64; 6] = [6.0, 2.0, 1.2, 2.0, 1.2, 2.0];

/// Bars narrower than this have no hatching.
const HATCHED: f64 = 4.0;

/// Distance of the lines of hatching.
const HATCHING: f64 = 3.0;

/// The response that a course is drawn by: its colour, texture and dashes are the same in every figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Called {
    best: BestResponse,
    unconfirmed: bool,
    name: &'static str,
}

impl Called {
    fn of(course: &TumourCourse, by: Criteria) -> Self {
        match by {
            Criteria::Recist => Self {
                best: course.best,
                unconfirmed: false,
                name: course.best.name(),
            },
            Criteria::Irecist => Self {
                best: course.immune_best.into(),
                unconfirmed: course.immune_best == IBestResponse::Iupd,
                name: course.immune_best.name(),
            },
        }
    }

    /// What its bars are filled with.
    fn fill(self) -> Color {
        match self.unconfirmed {
            true => UNCONFIRMED.at(0.45),
            false => response_color(self.best),
        }
    }

    /// The colour of its lines.
    fn line_color(self) -> Color {
        match self.unconfirmed {
            true => UNCONFIRMED,
            false => theme::readable(response_color(self.best)),
        }
    }

    /// Dashes and gaps of its lines, so that they are told apart in black and white.
    fn dash(self, line_width: f64) -> Vec<f64> {
        if self.unconfirmed {
            return UNCONFIRMED_DASH.map(|length| length * line_width).to_vec();
        }
        let place = match self.best {
            BestResponse::Cr => 0,
            BestResponse::Pr => 1,
            BestResponse::Sd | BestResponse::NonCrNonPd => 2,
            BestResponse::Pd => 3,
            BestResponse::Ne | BestResponse::Missing => 0,
        };
        theme::group_dash(place, line_width)
    }

    /// A bar of it; one without hatching where bars are too narrow for it.
    fn bar(
        self,
        sheet: &mut Sheet,
        (left, right): (f64, f64),
        (top, bottom): (f64, f64),
        hatched: bool,
    ) {
        rectangle(sheet, (left, right), (top, bottom), self.fill());
        let (width, height) = (right - left, bottom - top);
        if !(self.unconfirmed && hatched) {
            return;
        }
        let lines = ((width + height) / HATCHING).ceil() as usize;
        for line in 1..lines {
            // From the left or the lower edge up to the upper or the right one.
            let across = line as f64 * HATCHING;
            let (from, to) = ((across - height).max(0.0), across.min(width));
            let at = |x: f64| (left + x, top + across - x);
            sheet.rule(at(from), at(to), 0.6, UNCONFIRMED);
        }
    }
}

/// The patient's id, or the row that stands for it.
fn patient(subject: &Subject, text: &Text) -> String {
    (subject.id.clone()).unwrap_or_else(|| text.with("course-row", &[("row", subject.row.into())]))
}

/// The groups that share a row beside bars or lanes: each its own, in the order of the legend, so that they are told
/// apart in black and white; all one where there are many.
fn group_rows(groups: usize) -> Vec<Range<usize>> {
    if groups <= OWN_ROWS {
        (0..groups).map(|group| group..group + 1).collect()
    } else {
        std::iter::once(0..groups).collect()
    }
}

/// More groups than this share a row.
const OWN_ROWS: usize = 4;

/// What every figure of this kind is set with.
struct Set<'a> {
    sizes: Sizes,
    figure: &'a CourseFigure,
    style: &'a Style,
    text: &'a Text,
}

impl<'a> Set<'a> {
    fn new(figure: &'a CourseFigure, style: &'a Style, text: &'a Text) -> Self {
        Self {
            sizes: Sizes::preset(figure.width),
            figure,
            style,
            text,
        }
    }

    fn small(&self) -> Font {
        Font::new(self.sizes.small, INK)
    }

    fn normal(&self) -> Font {
        Font::new(self.sizes.normal, INK)
    }

    /// Draws the person's title, if there is one; returns where the plot can start.
    fn title(&self, sheet: &mut Sheet) -> f64 {
        sheet.title(self.figure.title.as_deref(), self.small(), &self.sizes)
    }

    /// Sentences under a figure that stay with it wherever it goes; returns where they end.
    fn notes(&self, sheet: &mut Sheet, notes: &[String], bottom: f64) -> f64 {
        let font = self.small();
        let most = self.sizes.width - 2.0 * MARGIN;
        let lines: Vec<String> = (notes.iter())
            .flat_map(|note| font.wrap(note, most, 3))
            .collect();
        if lines.is_empty() {
            return bottom;
        }
        let top = bottom + 6.0;
        sheet.paragraph(&lines, (MARGIN, top), font, Anchor::Start);
        top + paragraph_height(lines.len(), font)
    }

    /// That names are left out because there are too many, unless nobody wants them.
    fn without_names(&self, patients: usize, named: bool) -> Option<String> {
        let left_out = self.figure.names != Drawn::Never && !named;
        let n = [("n", patients.into())];
        left_out.then(|| self.text.with("course-note-names", &n))
    }

    fn finish(&self, sheet: Sheet, bottom: f64, id: &str, n: usize, series: Vec<Series>) -> Scene {
        let (width, height) = (self.sizes.width, bottom + self.small().size * 0.3 + MARGIN);
        let usual = || self.text.get(&format!("{id}-title"));
        Scene {
            title: self.figure.title.clone().unwrap_or_else(usual),
            description: (self.text).with(&format!("{id}-description"), &[("n", n.into())]),
            width,
            height,
            marks: sheet.on_paper(width, height),
            series,
        }
    }

    /// Names with their samples in as many rows as they need, from `top`; returns where they end.
    fn legend(&self, sheet: &mut Sheet, entries: &[(Sample, String)], top: f64) -> f64 {
        let font = self.small();
        let most = self.sizes.width - 2.0 * MARGIN;
        let (mut x, mut y) = (MARGIN, top);
        for (sample, name) in entries {
            let taken = match sample {
                Sample::Bar(_) | Sample::Response { .. } | Sample::Mark(_) => SAMPLE,
                Sample::Line { .. } => LINE_SAMPLE,
            };
            let width = taken + 3.0 + font.width(name);
            if x > MARGIN && x + width > MARGIN + most {
                (x, y) = (MARGIN, y + font.leading() + 1.0);
            }
            let middle = y + font.cap_height() / 2.0;
            let (sides, ends) = ((x, x + SAMPLE), (y - 0.5, y + font.cap_height() + 0.5));
            match *sample {
                Sample::Bar(color) => rectangle(sheet, sides, ends, color),
                Sample::Response { called, hatched } => called.bar(sheet, sides, ends, hatched),
                Sample::Line { called, dashed } => {
                    let points = [x, x + LINE_SAMPLE]
                        .map(|x| Point { x, y: middle })
                        .to_vec();
                    let width = self.sizes.line;
                    let dash = if dashed {
                        called.dash(width)
                    } else {
                        Vec::new()
                    };
                    sheet.line(points, width, called.line_color(), dash);
                }
                Sample::Mark(mark) => mark.draw(sheet, (x + SAMPLE / 2.0, middle), 2.6),
            }
            let baseline = y + font.cap_height();
            sheet.text(name, (x + taken + 3.0, baseline), font, Anchor::Start);
            x += width + 10.0;
        }
        y + font.cap_height()
    }
}

/// Width of a sample in a legend.
const SAMPLE: f64 = 9.0;

/// The same of a line, long enough for its dashes.
const LINE_SAMPLE: f64 = 18.0;

/// What stands before a name in a legend.
#[derive(Clone, Copy)]
enum Sample {
    Bar(Color),
    /// A bar of a response.
    Response {
        called: Called,
        /// Whether the bars of the figure are wide enough for it.
        hatched: bool,
    },
    /// A line of a response.
    Line {
        called: Called,
        dashed: bool,
    },
    Mark(Event),
}

/// What a mark on a bar, line or lane says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    Response,
    Progression,
    Death,
    Ongoing,
    NewLesion,
}

impl Event {
    fn draw(self, sheet: &mut Sheet, (x, y): (f64, f64), size: f64) {
        let at = |dx: f64, dy: f64| Point {
            x: x + dx * size,
            y: y + dy * size,
        };
        // Small crosses in a thinner pen, so that they stay crosses.
        let pen = |width: f64| width * (size / 2.4).clamp(0.5, 1.0);
        match self {
            Event::Response => {
                let corners = vec![at(-1.0, 0.9), at(1.0, 0.9), at(0.0, -1.0)];
                outlined(sheet, corners, (theme::PAPER, INK));
            }
            Event::Progression => {
                let corners = vec![at(0.0, -1.15), at(1.15, 0.0), at(0.0, 1.15), at(-1.15, 0.0)];
                outlined(sheet, corners, (INK, theme::PAPER));
            }
            Event::Death => {
                for (from, to) in [((-1.0, -1.0), (1.0, 1.0)), ((-1.0, 1.0), (1.0, -1.0))] {
                    let (from, to) = (at(from.0, from.1), at(to.0, to.1));
                    sheet.rule((from.x, from.y), (to.x, to.y), pen(1.3), INK);
                }
            }
            Event::Ongoing => {
                sheet.rule((x - size, y), (x + size * 0.4, y), 1.0, INK);
                sheet.area(vec![at(0.2, -0.9), at(1.5, 0.0), at(0.2, 0.9)], INK);
            }
            Event::NewLesion => {
                for (from, to) in [((-1.0, 0.0), (1.0, 0.0)), ((0.0, -1.0), (0.0, 1.0))] {
                    let (from, to) = (at(from.0, from.1), at(to.0, to.1));
                    sheet.rule((from.x, from.y), (to.x, to.y), pen(1.2), INK);
                }
            }
        }
    }
}

/// A filled polygon with a thin edge; light on dark or dark on light, it shows on the colour of any response.
fn outlined(sheet: &mut Sheet, corners: Vec<Point>, (fill, edge): (Color, Color)) {
    let mut around = corners.clone();
    around.extend_from_slice(&corners[..2]);
    sheet.area(corners, fill);
    sheet.line(around, 0.6, edge, Vec::new());
}

pub(super) fn rectangle(
    sheet: &mut Sheet,
    (left, right): (f64, f64),
    (top, bottom): (f64, f64),
    color: Color,
) {
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    sheet.area(corners.map(|(x, y)| Point { x, y }).to_vec(), color);
}

/// The responses that occur among the courses that are drawn, best first.
fn responses(courses: &[TumourCourse], by: Criteria) -> Vec<Called> {
    let mut found: Vec<_> = (courses.iter())
        .filter(|course| course.best_change.is_some())
        .map(|course| Called::of(course, by))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The axis of changes, in percent of the baseline.
struct ChangeAxis {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    high: f64,
    step: f64,
}

impl ChangeAxis {
    /// From −100 % to the next tick above the largest change, at most `most`; what is above is cut.
    fn new(set: &Set<'_>, changes: impl Iterator<Item = f64>, most: f64, top: f64) -> Self {
        let largest = changes.fold(20.0, f64::max).min(most);
        let step = if largest > 60.0 { 50.0 } else { 20.0 };
        let high = ((largest / step).ceil() * step).max(2.0 * step).min(most);
        let numbers = set.small();
        let left = MARGIN + set.normal().size + 5.0 + numbers.width("−100") + TICK + 2.0 + OFFSET;
        Self {
            left,
            // The numbers of the limits stand right of them.
            right: set.sizes.width - MARGIN - 3.0 - numbers.width("−30 %"),
            top,
            bottom: top + set.sizes.plot,
            high,
            step,
        }
    }

    fn width(&self) -> f64 {
        self.right - self.left
    }

    fn y(&self, percent: f64) -> f64 {
        let share = (percent.min(self.high) + 100.0) / (self.high + 100.0);
        self.bottom - (self.bottom - self.top) * share
    }

    /// The axis, its title, the zero line and those of PR and PD.
    fn draw(&self, sheet: &mut Sheet, set: &Set<'_>, title: &str) {
        let (numbers, x) = (set.small(), self.left - OFFSET);
        sheet.rule((x, self.top), (x, self.bottom), AXIS_LINE, INK);
        let mut percent = -100.0;
        while percent <= self.high + 1e-9 {
            let y = self.y(percent);
            sheet.rule((x - TICK, y), (x, y), AXIS_LINE, INK);
            let number = set.style.number(percent, 0);
            let at = (x - TICK - 2.0, y + numbers.cap_height() / 2.0);
            sheet.text(&number, at, numbers, Anchor::End);
            percent += self.step;
        }
        let middle = (self.top + self.bottom) / 2.0;
        let title = &set.normal().wrap(title, set.sizes.plot, 1)[..];
        let title = title.first().map_or("", String::as_str);
        sheet.vertical(title, (MARGIN + set.normal().size, middle), set.normal());
    }

    /// The dashed lines of PR and PD with their numbers; over the bars, so that they are seen.
    fn draw_limits(&self, sheet: &mut Sheet, set: &Set<'_>) {
        for percent in [20.0, -30.0] {
            let y = self.y(percent);
            let points = vec![
                Point {
                    x: self.left - OFFSET,
                    y,
                },
                Point { x: self.right, y },
            ];
            sheet.line(points, 0.6, theme::FAINT, vec![2.5, 2.0]);
            let number = set.style.whole_change(percent / 100.0);
            let font = Font::new(set.sizes.small, theme::readable(theme::FAINT));
            let baseline = y + font.cap_height() / 2.0;
            sheet.text(&number, (self.right + 3.0, baseline), font, Anchor::Start);
        }
        let y = self.y(0.0);
        sheet.rule((self.left - OFFSET, y), (self.right, y), AXIS_LINE, INK);
    }
}

/// The name of a unit of time for the messages.
fn unit(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Days => "days",
        TimeUnit::Weeks => "weeks",
        TimeUnit::Months => "months",
        TimeUnit::Years => "years",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn responses_are_told_apart_in_black_and_white() {
        let all = [
            BestResponse::Cr,
            BestResponse::Pd,
            BestResponse::Pr,
            BestResponse::Sd,
        ]
        .map(response_color);
        for (place, first) in all.iter().enumerate() {
            for second in &all[place + 1..] {
                let contrast = theme::contrast(*first, *second);
                assert!(contrast > 1.5, "{first:?} {second:?} {contrast}");
            }
        }
    }

    #[test]
    fn every_response_has_its_own_colour_and_dashes() {
        let called = |best: BestResponse, unconfirmed| Called {
            best,
            unconfirmed,
            name: "",
        };
        let all = [
            called(BestResponse::Cr, false),
            called(BestResponse::Pr, false),
            called(BestResponse::Sd, false),
            called(BestResponse::Pd, false),
            called(BestResponse::Pd, true),
        ];
        for (place, first) in all.iter().enumerate() {
            for second in &all[place + 1..] {
                assert_ne!(first.fill(), second.fill());
                assert_ne!(first.line_color(), second.line_color());
                assert_ne!(first.dash(1.0), second.dash(1.0));
            }
        }
        // In black and white confirmed progression is dark, and unconfirmed progression light with dark lines.
        let on_paper = UNCONFIRMED
            .rgb
            .map(|c| (255.0 - 0.45 * (255.0 - f64::from(c))) as u8);
        let contrast = theme::contrast(Color::opaque(on_paper), all[3].fill());
        assert!(contrast > 2.0, "{contrast}");
        assert!(theme::contrast(Color::opaque(on_paper), UNCONFIRMED) > 2.0);
        let mut sheet = Sheet::default();
        all[4].bar(&mut sheet, (0.0, 9.0), (0.0, 6.0), true);
        // Every 3 points of 9 + 6: at 3, 6, 9 and 12.
        assert_eq!(sheet.marks.len(), 1 + 4);
        all[3].bar(&mut sheet, (0.0, 9.0), (0.0, 6.0), true);
        assert_eq!(
            sheet.marks.len(),
            6,
            "only unconfirmed progression is hatched"
        );
    }
}
