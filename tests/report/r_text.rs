//! Nothing of the data is code in the R script: it stands in strings and comments, whatever it is.

use std::iter::Peekable;
use std::str::Chars;

use oncurve::Study;
use oncurve::analysis::{Analysis, BaselineOptions, FlowOptions, SafetyOptions, SurvivalOptions};
use oncurve::cohort::{
    AdverseEventSheet, Correction, Endpoint, Grouping, JoinedSheet, Mapping, StatusColumn,
    TimeAndEvent, TimeUnit,
};
use oncurve::format::Style;
use oncurve::report::{Origin, ReportFormat, Section, document};
use oncurve::table::{ReadOptions, TableName};
use oncurve::text::Text;

use crate::study;

/// Names of columns, groups and files that try to end a string or a comment, or to look harmless.
const ATTACKS: [&str; 18] = [
    "\"); system(\"echo hacked\"); c(\"",
    "'); stop('",
    "`; stop(); `",
    "ends with a backslash \\",
    "\\\\\"); stop(\"",
    "\\\"; stop(\"",
    "two\nlines; stop()",
    "carriage\rreturn; stop()",
    "# comment",
    "r\"(raw)\"; stop(\"",
    ")---\"; stop(\"",
    "\u{202e}) (pots ;\u{2066}",
    "line\u{2028}separator\u{2029}; stop()",
    "=HYPERLINK(\"http://x\",\"y\")",
    "nul\0; stop()",
    "\\u{22}); stop(",
    "%s {x} ${y} \u{7f}\u{1b}[2J",
    "\u{feff}中文 é \u{1f600}",
];

/// An R program in two: its code with empty strings, and what the strings hold.
#[derive(Debug, PartialEq)]
struct Parsed {
    code: String,
    strings: Vec<String>,
}

/// Takes R apart as its lexer does: strings in either quote with escapes, names in backticks,
/// comments to the end of the line. Raw strings are not written by us: an `r"` is an error.
fn parse(script: &str) -> Parsed {
    let (mut code, mut strings) = (String::new(), Vec::new());
    let mut rest = script.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '#' => while rest.next_if(|&c| c != '\n').is_some() {},
            '"' | '\'' | '`' => {
                assert!(!code.ends_with(['r', 'R']), "a raw string after {code}");
                strings.push(string(&mut rest, character));
                code.extend([character, character]);
            }
            other => code.push(other),
        }
    }
    Parsed { code, strings }
}

/// The rest of a string up to its quote, read as R reads it.
fn string(rest: &mut Peekable<Chars<'_>>, quote: char) -> String {
    let mut text = String::new();
    loop {
        match rest.next().expect("a string that does not end") {
            '\\' => match rest.next().expect("a string that does not end") {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                'r' => text.push('\r'),
                'u' => {
                    let braces = rest.next_if_eq(&'{').is_some();
                    let mut digits = String::new();
                    while digits.len() < 4 || braces {
                        match rest.next_if(char::is_ascii_hexdigit) {
                            Some(digit) => digits.push(digit),
                            None => break,
                        }
                    }
                    assert!(!braces || rest.next() == Some('}'));
                    let code = u32::from_str_radix(&digits, 16).unwrap();
                    text.push(char::from_u32(code).unwrap());
                }
                same @ ('"' | '\\' | '\'' | '.' | '[' | ']') => text.push(same),
                other => panic!("R does not know \\{other}"),
            },
            end if end == quote => return text,
            other => text.push(other),
        }
    }
}

/// A sheet to join and one of adverse events, with that name in their own names, headings and values.
fn with_other_sheets(study: &mut Study, name: &str, mapping: Mapping) -> Mapping {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let table = |file: &str| TableName {
        file: Some(file.to_owned()),
        sheet: None,
    };
    let heading = |study: &Study, file: &str, place: usize| {
        let columns = study.columns(Some(&table(file))).unwrap();
        columns[place].heading.clone()
    };
    let commas = || ReadOptions {
        delimiter: Some(','),
        ..ReadOptions::default()
    };
    let (more, events) = (format!("{name} more.csv"), format!("{name} events.csv"));
    let mut sheet = format!("id,{}\n", cell(&format!("{name} more")));
    let rows = (0..5).map(|id| format!("{id},{}\n", cell(&format!("{name} {id}"))));
    sheet.extend(rows);
    study.add(sheet.as_bytes(), &more, commas()).unwrap();
    let heads = ["patient", "term", "grade", "serious"].map(|head| cell(&format!("{name} {head}")));
    let rows = (0..5).map(|id| format!("{id},{},3,{}\n", cell(name), cell(name)));
    let sheet = heads.join(",") + "\n" + &rows.collect::<String>();
    study.add(sheet.as_bytes(), &events, commas()).unwrap();
    let [patient, term, grade, serious] = [0, 1, 2, 3].map(|place| heading(study, &events, place));
    Mapping {
        joined: vec![JoinedSheet {
            table: table(&more),
            patient: "id".to_owned(),
        }],
        adverse_events: Some(AdverseEventSheet {
            table: table(&events),
            patient,
            term,
            grade: Some(grade),
            serious: Some(StatusColumn {
                column: serious,
                event_values: vec![name.to_owned()],
                blank_is_no_event: false,
                ..StatusColumn::default()
            }),
            ..AdverseEventSheet::default()
        }),
        ..mapping
    }
}

/// The script of five patients whose column, groups, labels, correction and file have these names.
fn script(name: &str) -> String {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    // A file with NUL is refused as none of text; a name of a label or a correction may hold it.
    let shown = name.replace('\0', "");
    let (one, two) = (format!("{shown} one"), format!("{shown} two"));
    let groups = [&one, &two, &one, &two, &one];
    let mut csv = format!("id,time,dead,{},note\n", cell(&shown));
    for (i, group) in groups.into_iter().enumerate() {
        csv.push_str(&format!("{i},{},1,{},none\n", i + 4, cell(group)));
    }
    let file = format!("{name}.csv");
    let opened = oncurve::Study::open(csv.as_bytes(), &file, Default::default()).unwrap();
    // As the reader tidies it.
    let heading = opened.columns(None).unwrap()[3].heading.clone();
    let mapping = Mapping {
        patient: Some("id".to_owned()),
        os: Some(TimeAndEvent {
            time: "time".to_owned(),
            event: "dead".to_owned(),
            unit: TimeUnit::Months,
            blank_is_no_event: false,
            event_values: vec!["1".to_owned(), name.to_owned()],
        }),
        groups: vec![Grouping {
            column: heading.clone(),
            labels: [(one.clone(), format!("Label {name}"))].into(),
            ..Grouping::default()
        }],
        corrections: vec![Correction {
            table: None,
            row: 3,
            column: "note".to_owned(),
            value: format!("{name} one"),
        }],
        ..Mapping::default()
    };
    let mut study = study::of_bytes(csv.as_bytes(), &file, mapping.clone());
    let mapping = with_other_sheets(&mut study, &shown, mapping);
    study.assign(mapping).unwrap();
    let survival = SurvivalOptions {
        endpoint: Endpoint::Os,
        group: Some(heading.clone()),
        ..SurvivalOptions::default()
    };
    let baseline = BaselineOptions {
        columns: vec![heading.clone()],
        ..BaselineOptions::default()
    };
    let flow = FlowOptions {
        group: Some(heading),
        ..FlowOptions::default()
    };
    let text = Text::new("en");
    let sections = [
        Analysis::Survival(survival),
        Analysis::Baseline(baseline),
        Analysis::Flow(flow),
        Analysis::Safety(SafetyOptions::default()),
    ]
    .map(|analysis| {
        let outcome = study::run(&study, &analysis);
        Section::new(None, &outcome, &Style::default(), &text)
    });
    let origin = Origin {
        mapping: study.mapping(),
        source: &study.table().source,
        reading: study.reading(),
        cohort: study.cohort(),
        joined: &study.joined_columns().unwrap(),
    };
    document(ReportFormat::R, &sections, origin, &text)
}

#[test]
fn whatever_names_hold_the_code_of_the_r_script_is_the_same() {
    let plain = parse(&script("plain"));
    for attack in ATTACKS {
        let script = script(attack);
        let hostile = parse(&script);
        assert_eq!(hostile.code, plain.code, "{attack:?}");
        assert_eq!(hostile.strings.len(), plain.strings.len(), "{attack:?}");
        // R has no NUL; everything else comes back.
        let correction = format!("{attack} one").replace('\0', " ");
        assert!(
            hostile.strings.contains(&correction),
            "{attack:?}: {script}"
        );
    }
}

#[test]
fn no_line_of_the_r_script_reads_backwards() {
    for attack in ATTACKS {
        let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let script = script(attack);
        assert!(!script.contains(turns), "{attack:?}: {script}");
    }
}

#[test]
fn the_reader_of_these_tests_sees_what_gets_out() {
    assert_eq!(
        parse("x <- c(\"a\\\"b\", 'c') # \"no\nstop(`y`)"),
        Parsed {
            code: "x <- c(\"\", '') \nstop(``)".to_owned(),
            strings: ["a\"b", "c", "y"].map(str::to_owned).to_vec(),
        }
    );
    assert_eq!(parse("\"a\"; stop(\"b\")").code, "\"\"; stop(\"\")");
}
