//! Waterfall, spider and swimmer plot in words: what is counted, and every assessment with its reason.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, Criteria, Outcome, ResponseOptions, ResponseSource, SwimmerOptions, TumoursOptions,
    TumoursOutcome,
};
use oncurve::figure::{Mark, layout};
use oncurve::format::Style;
use oncurve::report::{Block, Origin, ReportFormat, Section, compose, document, shortened};
use oncurve::table::ReadOptions;
use oncurve::text::Text;

use crate::response_sources::six;
use crate::study::run;

/// At most five numbers with one digit behind the point: rounding alone separates them from the hand-worked ones.
const TOLERANCE: f64 = 1e-12;

fn courses(study: &Study, options: TumoursOptions) -> TumoursOutcome {
    match run(study, &Analysis::Tumours(options)) {
        Outcome::Tumours(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

fn finding(outcome: &TumoursOutcome) -> String {
    let outcome = Outcome::Tumours(outcome.clone());
    let blocks = compose(&outcome, &Style::default(), &Text::new("en"));
    let found = blocks.into_iter().find_map(|block| match block {
        Block::Paragraph { text } => Some(text),
        _ => None,
    });
    found.expect("a paragraph")
}

fn assert_changes(outcome: &TumoursOutcome, expected: [f64; 3], shrunk: usize, n: usize) {
    let changes = outcome.best_change.expect("a summary");
    let found = [changes.min, changes.median, changes.max].map(|change| change.expect("a number"));
    for (found, expected) in found.into_iter().zip(expected) {
        assert!((found - expected).abs() < TOLERANCE, "{found} {expected}");
    }
    assert_eq!((outcome.shrunk, changes.n), (shrunk, n));
}

/// Best changes of A, B, C, D and F: −50 %, 0 %, −10 %, +50 %, +30 %; E is not assessed. The middle one is 0.
#[test]
fn the_best_changes_are_counted_and_their_middle_is_the_median() {
    let outcome = courses(&six(|_| ()), TumoursOptions::default());
    assert_changes(&outcome, [-0.5, 0.0, 0.5], 2, 5);
    assert_eq!(outcome.immune_differs, 1, "F: iPR after iUPD");
    assert_eq!(
        finding(&outcome),
        "The sum of target lesions could be compared with the baseline in 5 of 5 patients. The best change was \
         0.0 % in the median (range −50.0 % to +50.0 %); in 2 of 5 patients (40.0 %) the sum shrank. In 1 patient \
         the best response by iRECIST is another one than by RECIST 1.1."
    );
}

/// Without A: −10 %, 0 %, +30 %, +50 %. The mean of the middle two is 15 %.
#[test]
fn the_median_of_an_even_number_of_changes_is_the_mean_of_the_middle_two() {
    let study = six(|mapping| mapping.excluded_rows = vec![2]);
    let outcome = courses(&study, TumoursOptions::default());
    assert_changes(&outcome, [-0.1, 0.15, 0.5], 1, 4);
    let said = finding(&outcome);
    assert!(
        said.contains("+15.0 % in the median (range −10.0 % to +50.0 %)"),
        "{said}"
    );
}

/// By iRECIST the iUPD of F does not end what counts, so that its 60 mm of 100 mm do: −40 % instead of +30 %.
#[test]
fn by_irecist_the_best_change_goes_past_an_unconfirmed_progression() {
    let options = TumoursOptions {
        by: Criteria::Irecist,
        ..TumoursOptions::default()
    };
    let study = six(|_| ());
    assert_changes(&courses(&study, options), [-0.5, -0.1, 0.5], 3, 5);
    for (by, median) in [
        (ResponseSource::Recist, 0.0),
        (ResponseSource::Irecist, -0.1),
    ] {
        let options = ResponseOptions {
            by,
            ..ResponseOptions::default()
        };
        let Outcome::Response(outcome) = run(&study, &Analysis::Response(options)) else {
            panic!("another outcome");
        };
        let depth = outcome.overall.depth.expect("a depth");
        assert!(
            (depth.median.expect("a median") - median).abs() < TOLERANCE,
            "{depth:?}"
        );
    }
}

/// 30 patients with 9 assessments after the baseline: 270 rows, of which 200 end within the 23rd patient.
#[test]
fn a_long_table_is_shortened_between_patients_and_the_csv_holds_it_whole() {
    let mut patients = String::from("Patient id,Start date,Last contact\n");
    let mut visits = String::from("Patient id,Assessment date,Sum of diameters\n");
    for i in 0..30 {
        patients.push_str(&format!("P{i:02},2023-01-10,2024-01-10\n"));
        for month in 1..=10 {
            visits.push_str(&format!("P{i:02},2023-{month:02}-05,{}\n", 50 - month));
        }
    }
    let mut study =
        Study::open(patients.as_bytes(), "patients.csv", ReadOptions::default()).unwrap();
    study
        .add(visits.as_bytes(), "visits.csv", ReadOptions::default())
        .unwrap();
    study.assign(study.guess()).unwrap();
    let (style, text) = (Style::default(), Text::new("en"));
    let outcome = run(&study, &Analysis::Tumours(TumoursOptions::default()));
    let table = |blocks: Vec<Block>| {
        let table = blocks.into_iter().find_map(|block| match block {
            Block::Table { rows, notes, .. } => Some((rows, notes)),
            _ => None,
        });
        table.expect("a table")
    };
    let (whole, _) = table(compose(&outcome, &style, &text));
    let (rows, notes) = table(shortened(compose(&outcome, &style, &text), &text));
    assert_eq!((whole.len(), rows.len()), (270, 207));
    assert_eq!(rows[..], whole[..207]);
    assert_eq!((&*rows[206].head, &*whole[207].head), ("P22", "P23"));
    assert_eq!(
        notes[0],
        "The first 207 of 270 rows are shown; 63 rows are not. The csv of this section holds them all."
    );
    let section = Section::new(None, &outcome, &style, &text);
    let written = |format| {
        document(
            format,
            std::slice::from_ref(&section),
            origin(&study),
            &text,
        )
    };
    let csv = written(ReportFormat::Csv);
    assert_eq!(
        csv.lines().filter(|line| line.starts_with("\"P")).count(),
        271,
        "rows and heads"
    );
    let html = written(ReportFormat::Html);
    assert_eq!(html.matches("<th scope=\"row\">P").count(), 207);
    let spaces = html.replace('\u{a0}', " ");
    assert!(spaces.contains("63 rows are not."), "the note");
}

/// 132 lanes without names fit on a page, and there are at most five pages.
#[test]
fn a_swimmer_plot_of_many_patients_has_pages_and_says_whom_it_leaves_out() {
    let captions = |n: usize| {
        let mut patients = String::from("Patient id,Start date,Last contact,Death date\n");
        for i in 0..n {
            patients.push_str(&format!("P{i:03},2023-01-10,2024-01-10,\n"));
        }
        let mut study =
            Study::open(patients.as_bytes(), "patients.csv", ReadOptions::default()).unwrap();
        study.assign(study.guess()).unwrap();
        let outcome = run(&study, &Analysis::Swimmer(SwimmerOptions::default()));
        let blocks = compose(&outcome, &Style::default(), &Text::new("en"));
        let mut captions = Vec::new();
        let mut said = String::new();
        for block in blocks {
            match block {
                Block::Paragraph { text } => said = text,
                Block::Figure { scene, caption } => {
                    assert_eq!(scene, captions.len());
                    captions.push(caption);
                }
                _ => {}
            }
        }
        (said, captions)
    };
    let lane = "Each lane is a patient, from start to death or last contact.";
    let (said, few) = captions(60);
    assert_eq!(few, [format!("Swimmer plot. {lane}")]);
    assert_eq!(
        said,
        "0 of 60 patients died; 60 were alive at last contact."
    );
    let (said, pages) = captions(700);
    assert_eq!(pages.len(), 5);
    assert_eq!(
        pages[4],
        format!("Swimmer plot, patients 529 to 660 of 700. {lane}")
    );
    assert!(
        said.ends_with(
            "The swimmer plot shows the first 660 of 700 patients in the chosen order; the other 40 are not drawn, as \
             their lanes would be too thin to read."
        ),
        "{said}"
    );
    let pages = captions(200).1;
    assert_eq!(
        pages,
        [
            format!("Swimmer plot, patients 1 to 100 of 200. {lane}"),
            format!("Swimmer plot, patients 101 to 200 of 200. {lane}"),
        ]
    );
}

/// A died during a therapy without an end, B is alive in one, C is alive after one, D died after one.
#[test]
fn who_died_is_no_longer_on_treatment_and_has_no_arrow() {
    let patients = "Patient id,Start date,Last contact,Death date\n\
        A,2023-01-10,2023-06-10,2023-06-10\nB,2023-01-10,2024-01-10,\n\
        C,2023-01-10,2023-10-10,\nD,2023-01-10,2023-03-10,2023-03-10\n";
    let therapies = "Patient id,Therapy,Start date,End date\n\
        A,Docetaxel,2023-01-10,\nB,Docetaxel,2023-01-10,\n\
        C,Docetaxel,2023-01-10,2023-05-10\nD,Docetaxel,2023-01-10,2023-02-10\n";
    let mut study =
        Study::open(patients.as_bytes(), "patients.csv", ReadOptions::default()).unwrap();
    study
        .add(
            therapies.as_bytes(),
            "therapies.csv",
            ReadOptions::default(),
        )
        .unwrap();
    study.assign(study.guess()).unwrap();
    let outcome = run(&study, &Analysis::Swimmer(SwimmerOptions::default()));
    let blocks = compose(&outcome, &Style::default(), &Text::new("en"));
    let said = blocks.iter().find_map(|block| match block {
        Block::Paragraph { text } => Some(&**text),
        _ => None,
    });
    assert_eq!(
        said,
        Some(
            "2 of 4 patients died; 2 were alive at last contact. 1 patient was still on treatment."
        )
    );
    let Outcome::Swimmer(swimmer) = &outcome else {
        panic!("{outcome:?}");
    };
    let lanes: Vec<_> = (swimmer.lanes.iter())
        .map(|lane| {
            let ongoing = lane.phases.iter().any(|phase| phase.ongoing);
            let whole = lane.phases.last().is_some_and(|phase| phase.to == lane.end);
            (
                lane.subject.id.as_deref(),
                ongoing,
                whole,
                lane.on_treatment,
            )
        })
        .collect();
    assert_eq!(
        lanes,
        [
            (Some("B"), true, true, true),
            (Some("C"), false, false, false),
            (Some("A"), false, true, false),
            (Some("D"), false, false, false),
        ]
    );
    // An arrow head is a triangle at the end of the lane; the legend has one more.
    let scene = layout(&outcome, &Style::default(), &Text::new("en")).remove(0);
    let arrows = (scene.marks.iter())
        .filter(|mark| matches!(mark, Mark::Area(area) if area.points.len() == 3))
        .count();
    assert_eq!(arrows, 2 + 1);
    let ends: Vec<_> = (scene.series.iter())
        .map(|lane| (&*lane.label, lane.points[0].lines.last().unwrap().clone()))
        .collect();
    assert_eq!(
        ends,
        [
            ("B", "Followed for 12.0 months"),
            ("C", "Followed for 9.0 months"),
            ("A", "Died at 5.0 months"),
            ("D", "Died at 1.9 months"),
        ]
        .map(|(label, end)| (label, end.to_owned()))
    );
}

/// A has only a subsequent therapy that goes on, B a subsequent one after a studied one that goes on, C a single day.
#[test]
fn on_treatment_means_the_studied_one_and_a_single_day_is_shown() {
    let patients = "Patient id,Start date,Last contact,Death date\n\
        A,2023-01-10,2024-01-10,\nB,2023-01-10,2023-12-10,\nC,2023-01-10,2023-10-10,\n";
    let therapies = "Patient id,Therapy,Start date,End date,Subsequent therapy\n\
        A,Docetaxel,2023-01-10,2023-05-10,no\nA,Erlotinib,2023-06-10,,yes\n\
        B,Docetaxel,2023-01-10,,no\nB,Radiotherapy,2023-06-10,2023-07-10,yes\n\
        C,Docetaxel,2023-01-20,2023-01-20,no\n";
    let mut study =
        Study::open(patients.as_bytes(), "patients.csv", ReadOptions::default()).unwrap();
    let reading = ReadOptions::default();
    study
        .add(therapies.as_bytes(), "therapies.csv", reading)
        .unwrap();
    study.assign(study.guess()).unwrap();
    let outcome = run(&study, &Analysis::Swimmer(SwimmerOptions::default()));
    let Outcome::Swimmer(swimmer) = &outcome else {
        panic!("{outcome:?}");
    };
    let lanes: Vec<_> = (swimmer.lanes.iter())
        .map(|lane| (lane.subject.id.as_deref(), lane.on_treatment))
        .collect();
    assert_eq!(
        lanes,
        [(Some("A"), false), (Some("B"), true), (Some("C"), false)]
    );
    let [phase] = swimmer.lanes[2].phases[..] else {
        panic!("{:?}", swimmer.lanes[2]);
    };
    let day = 1.0 / 30.4375;
    assert!((phase.from - 10.0 * day).abs() < TOLERANCE);
    assert!((phase.to - 11.0 * day).abs() < TOLERANCE);
}

fn origin(study: &Study) -> Origin<'_> {
    Origin {
        mapping: study.mapping(),
        source: &study.table().source,
        reading: study.reading(),
        cohort: study.cohort(),
        joined: &[],
    }
}
