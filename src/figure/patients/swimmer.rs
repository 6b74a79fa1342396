//! Swimmer plot: a lane a patient, with phases of therapy, response, progression, death.

use super::{Event, Sample, Set, patient, rectangle, response_color, unit};
use crate::analysis::{Lane, SwimmerOutcome};
use crate::figure::axis::{AxisType, OFFSET, Panel, TimeAxis, draw_time_axis, most_numbers};
use crate::figure::sheet::{Font, Sheet};
use crate::figure::theme::{self, AXIS_LINE, INK, MARGIN};
use crate::figure::{Anchor, Color, Point, Scene, Series, SeriesPoint};
use crate::format::Style;
use crate::text::Text;

/// Heights of a lane with a name and without, in points.
const NAMED: f64 = 11.0;
const UNNAMED: f64 = 5.0;

/// The page is never higher: more lanes are thinner.
const TALLEST: f64 = 620.0;

/// A lane whose patient has no phase of therapy, and whose response is not known.
const PLAIN: Color = Color::opaque([0xB8, 0xC4, 0xCE]);

pub(super) fn scene(outcome: &SwimmerOutcome, style: &Style, text: &Text) -> Scene {
    let set = Set::new(&outcome.options.figure, style, text);
    let lanes = &outcome.lanes;
    let named = outcome.options.figure.names(lanes.len());
    let mut sheet = Sheet::default();
    let top = set.title(&mut sheet);
    let top = set.legend(&mut sheet, &legend(outcome, text), top) + 9.0;
    let height = if named { NAMED } else { UNNAMED };
    let height = height.min(TALLEST / lanes.len() as f64);
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
    let strip = if outcome.groups.is_empty() { 0.0 } else { 6.0 };
    let left = MARGIN + widest + strip + OFFSET + 5.0;
    let right = set.sizes.width - MARGIN - 8.0;
    let last = lanes.iter().map(|lane| lane.end).fold(0.0, f64::max);
    let most = most_numbers(right - left, set.small(), 1000);
    let time = TimeAxis::new(outcome.rules.display, last, None, None, most);
    let panel = Panel {
        left,
        right,
        top,
        bottom: top + height * lanes.len() as f64,
        end: time.end,
    };
    let mut points = Vec::new();
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
            let sides = (left - OFFSET - 7.0, left - OFFSET - 3.0);
            let ends = (middle - height * 0.4, middle + height * 0.4);
            rectangle(&mut sheet, sides, ends, theme::group_color(group));
        }
        draw_lane(&mut sheet, &panel, outcome, lane, (middle, height));
        points.push(SeriesPoint {
            at: Point {
                x: panel.x(lane.end),
                y: middle,
            },
            lines: lines(&set, outcome, lane),
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
    let series = vec![Series {
        label: text.get("swimmer-title"),
        color: INK,
        points,
    }];
    set.finish(sheet, bottom, "swimmer", lanes.len(), series)
}

/// What a lane is coloured by: its therapies, else its best response.
fn fill(lane: &Lane) -> Color {
    lane.best.map_or(PLAIN, response_color)
}

fn draw_lane(
    sheet: &mut Sheet,
    panel: &Panel,
    outcome: &SwimmerOutcome,
    lane: &Lane,
    (middle, height): (f64, f64),
) {
    let half = height * 0.33;
    let ends = (middle - half, middle + half);
    let by_therapy = !outcome.therapies.is_empty();
    let base = if by_therapy {
        PLAIN.at(0.55)
    } else {
        fill(lane)
    };
    rectangle(sheet, (panel.left, panel.x(lane.end)), ends, base);
    for phase in &lane.phases {
        let color = theme::group_color(phase.therapy.unwrap_or(outcome.therapies.len()));
        rectangle(
            sheet,
            (panel.x(phase.from), panel.x(phase.to)),
            ends,
            color.at(0.8),
        );
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
            entries.push((
                Sample::Bar(theme::group_color(index).at(0.8)),
                therapy.clone(),
            ));
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
    let mut lines = vec![patient(&lane.subject, set.text)];
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
