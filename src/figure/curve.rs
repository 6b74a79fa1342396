//! A survival curve as lines: steps, confidence band, censor marks.

use super::axis::Panel;
use super::{Point, Rect};

/// Points of a curve that the keyboard can walk; of a longer curve, those nearer than a quarter point are left out.
pub const MOST_POINTS: usize = 2000;

/// Opacity of the confidence bands; less where many lie on each other.
pub fn band_opacity(curves: usize) -> f64 {
    match curves {
        0..=3 => 0.13,
        4..=5 => 0.1,
        _ => 0.06,
    }
}

/// Half a pixel at 600 dpi, in points: what is nearer together cannot be told apart in print.
const INVISIBLE: f64 = 0.06;

/// Distance of censor marks that still read as single strokes.
const MARK_DISTANCE: f64 = 1.1;

/// Half the height of a censor mark.
const MARK_REACH: f64 = 2.3;

/// One step, times in the unit of the axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Where the curve steps.
    pub time: f64,
    /// Its height from there.
    pub survival: f64,
    /// The interval from there; `None` where it cannot be estimated.
    pub interval: Option<(f64, f64)>,
    /// Whether patients were censored there.
    pub censored: bool,
}

/// The steps up to the end of the axis.
pub fn visible(steps: &[Step], end: f64) -> &[Step] {
    &steps[..steps.partition_point(|step| step.time <= end)]
}

/// How far the curve is drawn: to its last time, or to the end of the axis.
fn reach(steps: &[Step], end: f64) -> f64 {
    match steps.last() {
        Some(step) if step.time < end => step.time,
        Some(_) => end,
        None => 0.0,
    }
}

/// The curve as a polyline of steps.
pub fn step_line(panel: &Panel, steps: &[Step]) -> Vec<Point> {
    let levels = visible(steps, panel.end)
        .iter()
        .map(|step| (step.time, step.survival));
    polyline(panel, levels, reach(steps, panel.end))
}

/// The confidence band as a polygon of steps; empty where no interval can be estimated.
///
/// It ends where the interval does (at S = 0).
pub fn band(panel: &Panel, steps: &[Step]) -> Vec<Point> {
    let shown = visible(steps, panel.end);
    let known = shown
        .iter()
        .position(|step| step.interval.is_none())
        .unwrap_or(shown.len());
    let to = shown
        .get(known)
        .map_or(reach(steps, panel.end), |step| step.time);
    let edge = |limit: fn((f64, f64)) -> f64| {
        let levels = shown[..known]
            .iter()
            .filter_map(|step| Some((step.time, limit(step.interval?))));
        polyline(panel, levels, to)
    };
    let (mut upper, lower) = (edge(|interval| interval.1), edge(|interval| interval.0));
    if upper == lower {
        return Vec::new();
    }
    upper.extend(lower.into_iter().rev());
    upper
}

/// A polyline of steps from (0, 1) through (time, level) to `end`; steps that nobody can see are merged.
fn polyline(panel: &Panel, levels: impl Iterator<Item = (f64, f64)>, end: f64) -> Vec<Point> {
    let mut points = vec![panel.point(0.0, 1.0)];
    let mut level = points[0].y;
    let mut wanted = level;
    for (time, proportion) in levels {
        let corner = panel.point(time, proportion);
        wanted = corner.y;
        if (corner.y - level).abs() < INVISIBLE {
            continue;
        }
        let risen = points.len() > 1;
        match points.last_mut() {
            // Straight on along the last riser.
            Some(last) if risen && corner.x - last.x < INVISIBLE => last.y = corner.y,
            _ => {
                points.push(Point {
                    x: corner.x,
                    y: level,
                });
                points.push(corner);
            }
        }
        level = corner.y;
    }
    let x = panel.x(end);
    points.push(Point { x, y: level });
    if wanted != level {
        points.push(Point { x, y: wanted });
    }
    points
}

/// The censor marks, each a vertical stroke; of those that would merge into a bar, some are left out.
pub fn censor_marks(panel: &Panel, steps: &[Step]) -> Vec<[Point; 2]> {
    let mut marks: Vec<[Point; 2]> = Vec::new();
    let mut last: Option<Point> = None;
    for step in visible(steps, panel.end)
        .iter()
        .filter(|step| step.censored)
    {
        let at = panel.point(step.time, step.survival);
        let apart =
            last.is_none_or(|last| at.x - last.x >= MARK_DISTANCE || at.y - last.y >= MARK_REACH);
        if apart {
            marks.push([-MARK_REACH, MARK_REACH].map(|by| Point {
                x: at.x,
                y: at.y + by,
            }));
            last = Some(at);
        }
    }
    marks
}

/// Height of a line of steps at `x`, after a step that stands there.
pub fn height_at(line: &[Point], x: f64) -> f64 {
    let passed = line.partition_point(|point| point.x <= x);
    line[..passed.max(1)].last().map_or(0.0, |point| point.y)
}

/// The room that a curve takes, as rectangles between its corners.
pub fn rectangles(line: &[Point]) -> impl Iterator<Item = Rect> {
    line.windows(2).map(|pair| Rect {
        left: pair[0].x.min(pair[1].x),
        top: pair[0].y.min(pair[1].y),
        right: pair[0].x.max(pair[1].x),
        bottom: pair[0].y.max(pair[1].y),
    })
}

/// The room that a band takes, as rectangles between its steps.
pub fn band_rectangles(panel: &Panel, steps: &[Step]) -> Vec<Rect> {
    let shown = visible(steps, panel.end);
    let ends = shown
        .iter()
        .map(|step| step.time)
        .chain([reach(steps, panel.end)]);
    let starts = [0.0].into_iter().chain(shown.iter().map(|step| step.time));
    let intervals = [Some((1.0, 1.0))]
        .into_iter()
        .chain(shown.iter().map(|step| step.interval));
    let mut rectangles: Vec<Rect> = Vec::new();
    for ((from, to), interval) in starts.zip(ends).zip(intervals) {
        let Some((low, high)) = interval else { break };
        let next = Rect {
            left: panel.x(from),
            // Upside down the lower level is the higher one.
            top: panel.y(high).min(panel.y(low)),
            right: panel.x(to),
            bottom: panel.y(low).max(panel.y(high)),
        };
        match rectangles.last_mut() {
            // Rectangles a point wide are fine enough for placing text.
            Some(last) if last.right - last.left < 1.0 => *last = last.union(&next),
            _ => rectangles.push(next),
        }
    }
    rectangles
}

#[cfg(test)]
mod tests {
    use super::*;

    const PANEL: Panel = Panel {
        left: 0.0,
        right: 100.0,
        top: 0.0,
        bottom: 100.0,
        end: 10.0,
    };

    fn step(time: f64, survival: f64, interval: Option<(f64, f64)>, censored: bool) -> Step {
        Step {
            time,
            survival,
            interval,
            censored,
        }
    }

    fn points(line: &[Point]) -> Vec<(f64, f64)> {
        line.iter().map(|point| (point.x, point.y)).collect()
    }

    #[test]
    fn the_curve_starts_at_1_steps_at_events_and_ends_at_the_last_time() {
        let steps = [
            step(2.0, 0.75, None, false),
            step(3.0, 0.75, None, true),
            step(5.0, 0.5, None, false),
            step(8.0, 0.5, None, true),
        ];
        assert_eq!(
            points(&step_line(&PANEL, &steps)),
            [
                (0.0, 0.0),
                (20.0, 0.0),
                (20.0, 25.0),
                (50.0, 25.0),
                (50.0, 50.0),
                (80.0, 50.0)
            ]
        );
    }

    #[test]
    fn the_curve_stops_at_the_end_of_a_cut_axis() {
        let steps = [step(4.0, 0.5, None, false), step(12.0, 0.0, None, false)];
        assert_eq!(
            points(&step_line(&PANEL, &steps)),
            [(0.0, 0.0), (40.0, 0.0), (40.0, 50.0), (100.0, 50.0)]
        );
    }

    #[test]
    fn events_at_time_0_drop_on_the_axis() {
        let steps = [step(0.0, 0.5, None, false)];
        assert_eq!(
            points(&step_line(&PANEL, &steps))[..3],
            [(0.0, 0.0), (0.0, 0.0), (0.0, 50.0)]
        );
    }

    #[test]
    fn steps_too_small_to_see_are_merged_and_the_height_at_the_end_is_exact() {
        let steps: Vec<Step> = (1..=100_000)
            .map(|i| {
                step(
                    f64::from(i) / 10_000.0,
                    1.0 - f64::from(i) / 100_000.0,
                    None,
                    false,
                )
            })
            .collect();
        let line = step_line(&PANEL, &steps);
        assert!(line.len() < 4000, "{}", line.len());
        assert_eq!(line.last(), Some(&Point { x: 100.0, y: 100.0 }));
        let worst = line
            .iter()
            .map(|point| (point.x - point.y).abs())
            .fold(0.0, f64::max);
        assert!(worst < 2.0 * INVISIBLE, "{worst}");
    }

    #[test]
    fn the_band_is_a_polygon_of_steps_that_ends_where_no_interval_is_known() {
        let steps = [
            step(2.0, 0.5, Some((0.25, 0.75)), false),
            step(6.0, 0.0, None, false),
        ];
        assert_eq!(
            points(&band(&PANEL, &steps)),
            [
                (0.0, 0.0),
                (20.0, 0.0),
                (20.0, 25.0),
                (60.0, 25.0),
                (60.0, 75.0),
                (20.0, 75.0),
                (20.0, 0.0),
                (0.0, 0.0),
            ]
        );
        assert_eq!(
            band_rectangles(&PANEL, &steps)[1],
            Rect {
                left: 20.0,
                top: 25.0,
                right: 60.0,
                bottom: 75.0
            }
        );
    }

    #[test]
    fn without_events_there_is_no_band() {
        let steps = [step(5.0, 1.0, Some((1.0, 1.0)), true)];
        assert!(band(&PANEL, &steps).is_empty());
        assert!(band(&PANEL, &[]).is_empty());
    }

    #[test]
    fn censor_marks_that_would_merge_are_thinned_but_not_across_a_drop() {
        let steps = [
            step(2.0, 1.0, None, true),
            step(2.05, 1.0, None, true),
            step(2.1, 0.5, None, true),
            step(4.0, 0.5, None, true),
        ];
        let marks: Vec<f64> = censor_marks(&PANEL, &steps)
            .iter()
            .map(|mark| mark[0].x)
            .collect();
        assert_eq!(marks, [20.0, 21.0, 40.0]);
    }
}
