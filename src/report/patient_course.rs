//! The sections with a row, a bar or a lane a patient.

use std::ops::Range;

use super::methods::{Methods, Work};
use super::recist_settings::{self, Immune};
use super::tumours::{immune_reason, reason};
use super::words::{exclusions, sentences};
use super::{Block, Row, date};
use crate::analysis::{CourseVisit, Criteria, SwimmerOutcome, TumoursOutcome};
use crate::cohort::Subject;
use crate::figure::swimmer_pages;
use crate::format::Style;
use crate::text::Text;

/// Sentences, figures, table and Methods paragraph of the tumour courses.
pub(super) fn tumours(outcome: &TumoursOutcome, style: &Style, text: &Text) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading {
            text: text.get("tumours-heading"),
        },
        Block::Paragraph {
            text: summary(outcome, style, text),
        },
    ];
    if outcome.best_change.is_some() {
        for (scene, id) in ["waterfall-caption", "spider-caption"].iter().enumerate() {
            blocks.push(Block::Figure {
                scene,
                caption: text.get(id),
            });
        }
    }
    blocks.push(visits(outcome, style, text));
    blocks.extend(exclusions(&outcome.exclusions, text));
    blocks.push(methods(outcome, text));
    blocks
}

/// "The sum of the target lesions could be compared with the baseline in 13 of 14 patients; …".
fn summary(outcome: &TumoursOutcome, style: &Style, text: &Text) -> String {
    let compared = outcome.best_change.map_or(0, |changes| changes.n);
    let n = outcome.patients.len();
    let counts = [("compared", compared.into()), ("n", n.into())];
    let mut parts = vec![text.with("tumours-compared", &counts)];
    if let Some(changes) = &outcome.best_change {
        let share = outcome.shrunk as f64 / changes.n as f64;
        let arguments = [
            ("median", style.change(changes.median).into()),
            ("low", style.change(changes.min).into()),
            ("high", style.change(changes.max).into()),
            ("shrunk", outcome.shrunk.into()),
            ("compared", compared.into()),
            ("share", style.percent(Some(share)).into()),
        ];
        parts.push(text.with("tumours-best-change", &arguments));
    }
    if outcome.immune_differs > 0 {
        let n = [("n", outcome.immune_differs.into())];
        parts.push(text.with("tumours-immune-differs", &n));
    }
    sentences(&parts, text)
}

/// One row an assessment: what it was called and why first, then the numbers behind it.
fn visits(outcome: &TumoursOutcome, style: &Style, text: &Text) -> Block {
    let columns = [
        "patient",
        "date",
        "sum",
        "recist",
        "irecist",
        "reason",
        "day",
        "baseline",
        "nadir",
        "target",
        "non-target",
        "new",
    ];
    let rows = (outcome.patients.iter())
        .flat_map(|course| course.visits.iter().map(move |visit| (course, visit)))
        .map(|(course, visit)| Row {
            head: patient(&course.subject, text),
            cells: cells(visit, style, text),
            indent: 0,
        })
        .collect();
    Block::Table {
        shared_heads: Vec::new(),
        caption: text.get("tumours-table"),
        columns: (columns.iter())
            .map(|column| text.get(&format!("tumours-column-{column}")))
            .collect(),
        rows,
        notes: vec![text.get("tumours-note")],
    }
}

fn patient(subject: &Subject, text: &Text) -> String {
    (subject.id.clone()).unwrap_or_else(|| super::words::row(subject, text))
}

fn cells(visit: &CourseVisit, style: &Style, text: &Text) -> Vec<String> {
    let point = &visit.point;
    let change =
        |change: Option<f64>| change.map_or("–".to_owned(), |change| style.change(Some(change)));
    let mut why = vec![reason(&point.reason, point.overall, style, text)];
    why.extend(immune_reason(&point.irecist_reason, style, text));
    if let Some(entered) = point
        .investigator
        .filter(|entered| *entered != point.overall)
    {
        why.push(text.with("tumours-entered", &[("response", entered.name().into())]));
    }
    vec![
        date(point.date, text),
        point.sum.map_or("–".to_owned(), |sum| style.short(sum)),
        point.overall.name().to_owned(),
        point.irecist.name().to_owned(),
        sentences(&why, text),
        visit.day.to_string(),
        change(point.change_from_baseline),
        change(point.change_from_nadir),
        point.target.name().to_owned(),
        point.non_target.name().to_owned(),
        text.get(if point.new_lesion {
            "tumours-yes"
        } else {
            "tumours-no"
        }),
    ]
}

fn methods(outcome: &TumoursOutcome, text: &Text) -> Block {
    let mut methods = Methods::new(text);
    methods.say_after(Work::Eisenhauer, "tumours-methods", &[]);
    recist_settings::say(&mut methods, outcome.settings, Immune::Used);
    methods.say_after(Work::Seymour, "tumours-methods-immune", &[]);
    let best_change = match outcome.options.by {
        Criteria::Recist => "tumours-methods-best-change",
        Criteria::Irecist => "tumours-methods-by-immune",
    };
    methods.say(best_change, &[]);
    methods.into_block()
}

/// Sentence, figure and Methods paragraph of the swimmer plot.
pub(super) fn swimmer(outcome: &SwimmerOutcome, text: &Text) -> Vec<Block> {
    let lanes = &outcome.lanes;
    let died = lanes.iter().filter(|lane| lane.died).count();
    let on_treatment = lanes.iter().filter(|lane| lane.on_treatment).count();
    let mut parts = vec![text.with(
        "swimmer-summary",
        &[
            ("n", lanes.len().into()),
            ("died", died.into()),
            ("alive", (lanes.len() - died).into()),
        ],
    )];
    if !outcome.therapies.is_empty() {
        parts.push(text.with("swimmer-on-treatment", &[("n", on_treatment.into())]));
    }
    let (pages, n) = (swimmer_pages(outcome), lanes.len());
    let shown = pages.last().map_or(0, |page| page.end);
    if shown < n {
        let said = [
            ("shown", shown.into()),
            ("n", n.into()),
            ("left", (n - shown).into()),
        ];
        parts.push(text.with("swimmer-cut", &said));
    }
    let mut blocks = vec![
        Block::Heading {
            text: text.get("swimmer-heading"),
        },
        Block::Paragraph {
            text: sentences(&parts, text),
        },
    ];
    blocks.extend(swimmer_figures(outcome, &pages, text));
    blocks.extend(exclusions(&outcome.exclusions, text));
    let mut methods = Methods::new(text);
    methods.say("swimmer-methods", &[]);
    blocks.push(methods.into_block());
    blocks
}

/// A figure a page; with several, each says whose lanes it has.
fn swimmer_figures<'a>(
    outcome: &'a SwimmerOutcome,
    pages: &'a [Range<usize>],
    text: &'a Text,
) -> impl Iterator<Item = Block> + 'a {
    let n = outcome.lanes.len();
    pages.iter().enumerate().map(move |(scene, page)| {
        let what = if pages.len() == 1 {
            text.get("swimmer-caption")
        } else {
            let said = [
                ("from", (page.start + 1).into()),
                ("to", page.end.into()),
                ("n", n.into()),
            ];
            text.with("swimmer-caption-part", &said)
        };
        let treated = !outcome.therapies.is_empty();
        let therapies = treated.then(|| text.get("swimmer-caption-therapies"));
        let caption = sentences(
            &[Some(what), therapies]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>(),
            text,
        );
        Block::Figure { scene, caption }
    })
}
