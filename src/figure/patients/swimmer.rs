//! Swimmer plot: a lane a patient, with phases of therapy, response, progression, death.

use std::ops::Range;

use super::{Event, Sample, Set, group_rows, patient, rectangle, response_color, unit};
use crate::analysis::{Lane, NAMED_PATIENTS, SwimmerOutcome};
use crate::figure::axis::{AxisType, OFFSET, Panel, TimeAxis, draw_time_axis, most_numbers};
use crate::figure::sheet::{Font, Sheet};
use crate::figure::theme::{self, AXIS_LINE, INK, MARGIN};
use crate::figure::{Anchor, Color, Point, Scene, Series, SeriesPoint};
use crate::format::Style;
use crate::text::Text;

/// Heights of a lane with a name and without, in points.
const NAMED: f64 = 11.0;
const UNNAMED: f64 = 5.0;

/// Lanes on a page are never higher together, so that a page of a journal holds them: more go to the next page.
const TALLEST: f64 = NAMED * NAMED_PATIENTS as f64;

/// There are never more pages; further lanes are not drawn.
const PAGES: usize = 5;

/// Width of the strip of a group, with its gap.
const STRIP: f64 = 4.5;

/// Lanes lower than this have no letters in them.
const LETTERED: f64 = 8.0;

/// The lanes of every page, in their order: as many pages as keep lanes readable, of about the same length.
pub fn pages(outcome: &SwimmerOutcome) -> Vec<Range<usize>> {
    let n = outcome.lanes.len();
    let named = outcome.options.figure.names(n);
    let fit = (TALLEST / lane_height(named)).floor() as usize;
    let count = n.div_ceil(fit).clamp(1, PAGES);
    let shown = n.min(count * fit);
    let length = shown.div_ceil(count).max(1);
    (0..count)
        .map(|page| (page * length).min(shown)..((page + 1) * length).min(shown))
        .collect()
}

/// A lane whose patient has no phase of therapy, and whose response is not known.
const PLAIN: Color = Color::opaque([0xB8, 0xC4, 0xCE]);

fn lane_height(named: bool) -> f64 {
    if named { NAMED } else { UNNAMED }
}

pub(super) fn scene(
    outcome: &SwimmerOutcome,
    page: Range<usize>,
    style: &Style,
    text: &Text,
) -> Scene {
    let set = Set::new(&outcome.options.figure, style, text);
    let all = outcome.lanes.len();
    let lanes = &outcome.lanes[page.clone()];
    let named = outcome.options.figure.names(all);
    let mut sheet = Sheet::default();
    let top = set.title(&mut sheet);
    let top = set.legend(&mut sheet, &legend(outcome, text), top) + 9.0;
    let height = lane_height(named);
    let font = Font::new(set.sizes.small.min(height * 0.85), INK);
    let names: Vec<String> = (lanes.iter())
        .map(|lane| {
            font.wrap(&patient(&lane.subject, text), 80.0, 1)
                .swap_remove(0)
        })
        .collect();
    let widest = if named {
        font.widest(names.iter().map(String::as_str))
    } else {
        0.0
    };
    let rows = group_rows(outcome.groups.len());
    let strip = rows.len() as f64 * STRIP + if rows.is_empty() { 0.0 } else { 2.0 };
    let left = MARGIN + widest + strip + OFFSET + 5.0;
    let right = set.sizes.width - MARGIN - 8.0;
    // The same axis on every page.
    let last = (outcome.lanes.iter())
        .map(|lane| lane.end)
        .fold(0.0, f64::max);
    let most = most_numbers(right - left, set.small(), 1000);
    let time = TimeAxis::new(outcome.rules.display, last, None, None, most);
    let panel = Panel {
        left,
        right,
        top,
        bottom: top + height * lanes.len() as f64,
        end: time.end,
    };
    let mut series = Vec::new();
    for (index, lane) in lanes.iter().enumerate() {
        let middle = top + (index as f64 + 0.5) * height;
        if named {
            let baseline = middle + font.cap_height() / 2.0;
            sheet.text(
                &names[index],
                (MARGIN + widest, baseline),
                font,
                Anchor::End,
            );
        }
        if let Some(group) = lane.group {
            let row = rows.iter().position(|row| row.contains(&group));
            let from = left - OFFSET - 3.0 - strip + 2.0 + row.unwrap_or(0) as f64 * STRIP;
            let sides = (from, from + STRIP - 1.0);
            let ends = (middle - height * 0.4, middle + height * 0.4);
            rectangle(&mut sheet, sides, ends, theme::group_color(group));
        }
        draw_lane(&mut sheet, &panel, &set, outcome, lane, (middle, height));
        series.push(Series {
            label: patient(&lane.subject, text),
            color: fill(lane),
            points: vec![SeriesPoint {
                // At its left end, so that pointing anywhere in the lane finds it.
                at: Point {
                    x: panel.left,
                    y: middle,
                },
                lines: lines(&set, outcome, lane),
            }],
        });
    }
    let x = panel.left - OFFSET;
    sheet.rule((x, panel.top), (x, panel.bottom + OFFSET), AXIS_LINE, INK);
    let title = text.with(
        "course-axis-time",
        &[("unit", unit(outcome.rules.display).into())],
    );
    let set_type = AxisType {
        style,
        numbers: set.small(),
        title: set.normal(),
    };
    let bottom = draw_time_axis(&mut sheet, &panel, &time, &title, set_type);
    let note = set.without_names(all, named);
    let bottom = set.notes(&mut sheet, note.as_slice(), bottom);
    let mut scene = set.finish(sheet, bottom, "swimmer", lanes.len(), series);
    if lanes.len() < all {
        let said = [
            ("from", (page.start + 1).into()),
            ("to", page.end.into()),
            ("n", all.into()),
        ];
        scene.description = text.with("swimmer-description-part", &said);
    }
    scene
}

/// What a lane without therapies is coloured by.
fn fill(lane: &Lane) -> Color {
    lane.best.map_or(PLAIN, response_color)
}

fn draw_lane(
    sheet: &mut Sheet,
    panel: &Panel,
    set: &Set<'_>,
    outcome: &SwimmerOutcome,
    lane: &Lane,
    (middle, height): (f64, f64),
) {
    // Told apart in black and white: the best response by its letters, therapies by their number in the legend.
    let letters = |sheet: &mut Sheet, said: &str, (from, to): (f64, f64), color: Color| {
        let font = Font::new(set.sizes.small - 1.5, theme::ink_on(color));
        if height >= LETTERED && font.width(said) + 4.0 <= to - from {
            let baseline = middle + font.cap_height() / 2.0;
            sheet.text(said, (from + 2.0, baseline), font, Anchor::Start);
        }
    };
    let half = height * 0.33;
    let ends = (middle - half, middle + half);
    let by_therapy = !outcome.therapies.is_empty();
    let base = if by_therapy {
        PLAIN.at(0.55)
    } else {
        fill(lane)
    };
    let whole = (panel.left, panel.x(lane.end));
    rectangle(sheet, whole, ends, base);
    for phase in &lane.phases {
        let color = theme::group_color(phase.therapy.unwrap_or(outcome.therapies.len()));
        let sides = (panel.x(phase.from), panel.x(phase.to));
        rectangle(sheet, sides, ends, color.at(0.8));
        if let Some(therapy) = phase.therapy {
            letters(sheet, &(therapy + 1).to_string(), sides, color);
        }
    }
    if let Some(best) = lane.best.filter(|_| !by_therapy) {
        letters(sheet, best.name(), whole, base);
    }
    let size = (height * 0.3).clamp(1.4, 2.8);
    let mut mark = |event: Event, time: f64| event.draw(sheet, (panel.x(time), middle), size);
    if let Some(time) = lane.response {
        mark(Event::Response, time);
    }
    if let Some(time) = lane.progression {
        mark(Event::Progression, time);
    }
    let beyond = panel.x(lane.end) + size + 1.5;
    if lane.died {
        Event::Death.draw(sheet, (beyond, middle), size * 0.8);
    } else {
        Event::Ongoing.draw(sheet, (beyond, middle), size * 0.9);
    }
}

fn legend(outcome: &SwimmerOutcome, text: &Text) -> Vec<(Sample, String)> {
    let lanes = &outcome.lanes;
    let mut entries = Vec::new();
    if outcome.therapies.is_empty() {
        let mut found: Vec<_> = lanes.iter().filter_map(|lane| lane.best).collect();
        found.sort();
        found.dedup();
        entries.extend(
            (found.into_iter())
                .map(|best| (Sample::Bar(response_color(best)), best.name().to_owned())),
        );
    } else {
        for (index, therapy) in outcome.therapies.iter().enumerate() {
            let color = theme::group_color(index).at(0.8);
            entries.push((Sample::Bar(color), format!("{} {therapy}", index + 1)));
        }
        entries.push((Sample::Bar(PLAIN.at(0.55)), text.get("course-followed")));
    }
    for (event, occurs, id) in [
        (
            Event::Response,
            lanes.iter().any(|lane| lane.response.is_some()),
            "course-event-response",
        ),
        (
            Event::Progression,
            lanes.iter().any(|lane| lane.progression.is_some()),
            "course-event-progression",
        ),
        (
            Event::Death,
            lanes.iter().any(|lane| lane.died),
            "course-event-death",
        ),
        (
            Event::Ongoing,
            lanes.iter().any(|lane| !lane.died),
            "course-event-alive",
        ),
    ] {
        if occurs {
            entries.push((Sample::Mark(event), text.get(id)));
        }
    }
    for (index, label) in outcome.groups.iter().enumerate() {
        entries.push((Sample::Bar(theme::group_color(index)), label.clone()));
    }
    entries
}

/// What pointing at a lane says.
fn lines(set: &Set<'_>, outcome: &SwimmerOutcome, lane: &Lane) -> Vec<String> {
    let display = outcome.rules.display;
    let say = |id: &str, time: f64| {
        let time = set.style.time(Some(time), display, outcome.rules);
        let said = [("time", time.into()), ("unit", unit(display).into())];
        set.text.with(id, &said)
    };
    let mut lines = Vec::new();
    if let Some(best) = lane.best {
        lines.push(best.name().to_owned());
    }
    lines.extend(lane.response.map(|time| say("course-point-response", time)));
    lines.extend(
        lane.progression
            .map(|time| say("course-point-progression", time)),
    );
    let end = if lane.died {
        "course-point-death"
    } else {
        "course-point-alive"
    };
    lines.push(say(end, lane.end));
    lines.extend(lane.group.map(|group| outcome.groups[group].clone()));
    lines
}
