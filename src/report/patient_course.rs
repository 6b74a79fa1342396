//! The sections with a row, a bar or a lane a patient.

use super::methods::{Methods, Work};
use super::recist_settings::{self, Immune};
use super::tumours::{immune_reason, reason, response};
use super::words::{exclusions, sentences};
use super::{Block, Row, date};
use crate::analysis::{CourseVisit, Criteria, SwimmerOutcome, TumourCourse, TumoursOutcome};
use crate::cohort::{BestResponse, Subject};
use crate::format::Style;
use crate::recist::{IResponse, NonTarget};
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
    let compared = (outcome.patients.iter()).filter(|course| course.best_change.is_some());
    if compared.clone().next().is_some() {
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
    let mut changes: Vec<f64> = (outcome.patients.iter())
        .filter_map(|course| course.best_change)
        .collect();
    changes.sort_by(f64::total_cmp);
    let n = outcome.patients.len();
    let counts = [("compared", changes.len().into()), ("n", n.into())];
    let mut parts = vec![text.with("tumours-compared", &counts)];
    if let (Some(first), Some(last)) = (changes.first(), changes.last()) {
        let half = changes.len() / 2;
        let median = if changes.len() % 2 == 1 {
            changes[half]
        } else {
            (changes[half - 1] + changes[half]) / 2.0
        };
        let shrunk = changes.iter().filter(|change| **change < 0.0).count();
        parts.push(
            text.with(
                "tumours-best-change",
                &[
                    ("median", percent(median, style).into()),
                    ("low", percent(*first, style).into()),
                    ("high", percent(*last, style).into()),
                    ("shrunk", shrunk.into()),
                    ("compared", changes.len().into()),
                    (
                        "share",
                        style
                            .percent(Some(shrunk as f64 / changes.len() as f64))
                            .into(),
                    ),
                ],
            ),
        );
    }
    let differing = (outcome.patients.iter())
        .filter(|course| differs(course))
        .count();
    if differing > 0 {
        parts.push(text.with("tumours-immune-differs", &[("n", differing.into())]));
    }
    sentences(&parts, text)
}

/// Whether iRECIST calls the best response of the patient otherwise than RECIST 1.1.
fn differs(course: &TumourCourse) -> bool {
    use crate::recist::IBestResponse as Immune;
    let same = match course.immune_best {
        Immune::Icr => BestResponse::Cr,
        Immune::Ipr => BestResponse::Pr,
        Immune::Isd => BestResponse::Sd,
        Immune::NonIcrNonIupd => BestResponse::NonCrNonPd,
        Immune::Icpd | Immune::Iupd => BestResponse::Pd,
        Immune::Ne => BestResponse::Ne,
        Immune::Missing => BestResponse::Missing,
    };
    same != course.best
}

fn percent(change: f64, style: &Style) -> String {
    let sign = if change > 0.0 { "+" } else { "" };
    format!("{sign}{} %", style.number(100.0 * change, 1))
}

/// One row an assessment, with every number and the reason in words.
fn visits(outcome: &TumoursOutcome, style: &Style, text: &Text) -> Block {
    let columns = [
        "patient",
        "date",
        "day",
        "sum",
        "baseline",
        "nadir",
        "target",
        "non-target",
        "new",
        "recist",
        "irecist",
        "reason",
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
        |change: Option<f64>| change.map_or("–".to_owned(), |change| percent(change, style));
    let mut why = vec![reason(&point.reason, point.overall, style, text)];
    why.extend(immune_reason(&point.irecist_reason, text));
    if let Some(entered) = point
        .investigator
        .filter(|entered| *entered != point.overall)
    {
        why.push(text.with("tumours-entered", &[("response", response(entered).into())]));
    }
    vec![
        date(point.date, text),
        visit.day.to_string(),
        point.sum.map_or("–".to_owned(), |sum| style.short(sum)),
        change(point.change_from_baseline),
        change(point.change_from_nadir),
        target(point.target).to_owned(),
        non_target(point.non_target).to_owned(),
        text.get(if point.new_lesion {
            "tumours-yes"
        } else {
            "tumours-no"
        }),
        response(point.overall).to_owned(),
        immune(point.irecist).to_owned(),
        sentences(&why, text),
    ]
}

fn target(response: crate::recist::TargetResponse) -> &'static str {
    use crate::recist::TargetResponse as Target;
    match response {
        Target::None => "–",
        Target::Cr => "CR",
        Target::Pr => "PR",
        Target::Sd => "SD",
        Target::Pd => "PD",
        Target::Ne => "NE",
    }
}

fn non_target(response: NonTarget) -> &'static str {
    match response {
        NonTarget::None => "–",
        NonTarget::Cr => "CR",
        NonTarget::NonCrNonPd => "non-CR/non-PD",
        NonTarget::Pd => "PD",
        NonTarget::Ne => "NE",
    }
}

fn immune(response: IResponse) -> &'static str {
    match response {
        IResponse::Icr => "iCR",
        IResponse::Ipr => "iPR",
        IResponse::Isd => "iSD",
        IResponse::NonIcrNonIupd => "non-iCR/non-iUPD",
        IResponse::Iupd => "iUPD",
        IResponse::Icpd => "iCPD",
        IResponse::Ne => "iNE",
    }
}

fn methods(outcome: &TumoursOutcome, text: &Text) -> Block {
    let mut methods = Methods::new(text);
    methods.say_after(Work::Eisenhauer, "tumours-methods", &[]);
    recist_settings::say(&mut methods, outcome.settings, Immune::Used);
    methods.say_after(Work::Seymour, "tumours-methods-immune", &[]);
    if outcome.options.by == Criteria::Irecist {
        methods.say("tumours-methods-by-immune", &[]);
    }
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
    let mut blocks = vec![
        Block::Heading {
            text: text.get("swimmer-heading"),
        },
        Block::Paragraph {
            text: sentences(&parts, text),
        },
        Block::Figure {
            scene: 0,
            caption: text.get("swimmer-caption"),
        },
    ];
    blocks.extend(exclusions(&outcome.exclusions, text));
    let mut methods = Methods::new(text);
    methods.say("swimmer-methods", &[]);
    blocks.push(methods.into_block());
    blocks
}
