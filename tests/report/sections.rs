//! What the sections say of the example cohort, word for word.

use oncurve::analysis::{Analysis, ResponseOptions, SurvivalOptions};
use oncurve::format::{PValueStyle, Style};
use oncurve::report::{Block, Row, compose};
use oncurve::text::Text;

use crate::study;

fn blocks(analysis: &Analysis, style: &Style) -> Vec<Block> {
    let outcome = study::run(&study::example(), analysis);
    compose(&outcome, style, &Text::new("en"))
}

fn paragraph(blocks: &[Block]) -> &str {
    (blocks.iter())
        .find_map(|block| match block {
            Block::Paragraph { text } => Some(text.as_str()),
            _ => None,
        })
        .unwrap()
}

fn tables(blocks: &[Block]) -> Vec<(&[String], &[Row])> {
    (blocks.iter())
        .filter_map(|block| match block {
            Block::Table { columns, rows, .. } => Some((&columns[..], &rows[..])),
            _ => None,
        })
        .collect()
}

fn row<'a>(rows: &'a [Row], head: &str) -> &'a [String] {
    &(rows.iter().find(|row| row.head == head))
        .unwrap_or_else(|| panic!("no row {head} in {rows:?}"))
        .cells
}

fn methods(blocks: &[Block]) -> (&str, &[String]) {
    match blocks.last() {
        Some(Block::Methods { text, references }) => (text, references),
        other => panic!("{other:?}"),
    }
}

fn by_group() -> Analysis {
    Analysis::Survival(SurvivalOptions {
        group: Some("PD-L1".to_owned()),
        ..SurvivalOptions::default()
    })
}

#[test]
fn survival_is_told_in_plain_sentences() {
    let blocks = blocks(
        &Analysis::Survival(SurvivalOptions::default()),
        &Style::default(),
    );
    assert_eq!(
        blocks[0],
        Block::Heading {
            text: "Progression-free survival".to_owned()
        }
    );
    assert_eq!(paragraph(&blocks), "");
}

#[test]
fn groups_are_compared_by_both_tests_and_the_hazard_ratio() {
    let blocks = blocks(&by_group(), &Style::default());
    assert_eq!(paragraph(&blocks), "");
    let tables = tables(&blocks);
    assert_eq!(tables[0].0, [""]);
    assert_eq!(row(tables[0].1, "Median PFS, months (95 % CI)"), [""]);
    assert_eq!(tables[1].1, []);
}

#[test]
fn the_journal_style_reaches_every_number() {
    let style = Style {
        p_value: PValueStyle::Lancet,
        ..Style::default()
    };
    let blocks = blocks(&by_group(), &style);
    assert_eq!(paragraph(&blocks), "");
}

#[test]
fn the_methods_paragraph_names_every_option() {
    let blocks = blocks(&by_group(), &Style::default());
    let (text, references) = methods(&blocks);
    assert_eq!(text, "");
    assert_eq!(references.len(), 9);
}

#[test]
fn response_is_told_with_exact_intervals() {
    let blocks = blocks(
        &Analysis::Response(ResponseOptions::default()),
        &Style::default(),
    );
    assert_eq!(paragraph(&blocks), "");
}
