//! Every message that the code asks for exists, and every message is asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use oncurve::Error;
use oncurve::analysis::AnalysisError;
use oncurve::cohort::{CohortError, Endpoint, Mapping};
use oncurve::report::error_sentence;
use oncurve::study::RestoreError;
use oncurve::table::{Content, ReadError};
use oncurve::text::Text;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The English messages: id → file.
fn catalogue() -> BTreeMap<String, String> {
    let mut ids = BTreeMap::new();
    for entry in fs::read_dir(root().join("locales/en")).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        for line in fs::read_to_string(&path).unwrap().lines() {
            let is_id = line.starts_with(|first: char| first.is_ascii_lowercase());
            if let Some((id, _)) = line.split_once('=').filter(|_| is_id) {
                ids.insert(id.trim().to_owned(), file.clone());
            }
        }
    }
    ids
}

fn sources(folder: &Path, ending: &str, into: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, ending, into);
        } else if path.to_str().unwrap().ends_with(ending) {
            let text = fs::read_to_string(&path).unwrap();
            into.push((path, text));
        }
    }
}

/// Literals that look like a message: `"response-heading"`.
fn literals(source: &str) -> impl Iterator<Item = &str> {
    source.split('"').filter(|literal| {
        literal.contains('-')
            && !literal.ends_with('-')
            && literal.starts_with(|first: char| first.is_ascii_lowercase())
            && literal
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    })
}

/// Families of messages that these files own; the ids of a family start with its name.
const FAMILIES: [&str; 23] = [
    "case-",
    "baseline-column-",
    "baseline-heading-",
    "baseline-note-",
    "baseline-row-",
    "flow-",
    "safety-",
    "sensitivity-",
    "comparison-",
    "competing-",
    "cox-",
    "cutpoint-",
    "forest-",
    "subgroups-",
    "report-",
    "survival-",
    "response-",
    "methods-",
    "document-",
    "form-",
    "error-",
    "figure-",
    "groups-",
];

#[test]
fn every_message_in_the_code_is_in_the_catalogue() {
    let catalogue = catalogue();
    let mut files = Vec::new();
    sources(&root().join("src"), ".rs", &mut files);
    for (path, source) in &files {
        for id in literals(source) {
            let ours = FAMILIES.iter().any(|family| id.starts_with(family));
            // What is said of tumours and courses is named without its beginning.
            let known = ["", "tumour-", "course-"]
                .iter()
                .any(|beginning| catalogue.contains_key(&format!("{beginning}{id}")));
            assert!(!ours || known, "{id} in {}", path.display());
        }
    }
}

#[test]
fn every_message_of_these_catalogues_is_used() {
    let mut files = Vec::new();
    sources(&root().join("src"), ".rs", &mut files);
    let mut used: BTreeSet<String> = (files.iter())
        .flat_map(|(_, source)| literals(source))
        .map(str::to_owned)
        .collect();
    // Made by the code of the id: the field's key, and the codes of errors and endpoints.
    let mut whole = crate::study::example();
    let mapping = Mapping {
        excluded_rows: vec![2],
        ..whole.guess()
    };
    whole.assign(mapping).unwrap();
    for form in whole.forms() {
        used.extend(form.fields.iter().flat_map(|field| {
            [&field.label, &field.part]
                .into_iter()
                .chain(&field.help)
                .cloned()
        }));
    }
    used.extend(
        errors()
            .iter()
            .map(|error| format!("error-{}", code(error).replace('_', "-"))),
    );
    for endpoint in [Endpoint::Pfs, Endpoint::Os].map(Endpoint::code) {
        used.extend([
            format!("methods-{endpoint}"),
            format!("report-endpoint-{endpoint}"),
            format!("report-endpoint-{endpoint}-in-full"),
            format!("survival-event-{endpoint}"),
            format!("survival-events-{endpoint}"),
            format!("survival-heading-{endpoint}"),
        ]);
    }
    for (id, file) in catalogue() {
        let all_ours = [
            "report.ftl",
            "forms.ftl",
            "errors.ftl",
            "figure.ftl",
            "baseline.ftl",
            "case.ftl",
            "comparison.ftl",
            "cox.ftl",
            "cox_more.ftl",
            "cutpoint.ftl",
            "groups.ftl",
            "sensitivity.ftl",
        ];
        if all_ours.contains(&file.as_str()) || id.starts_with("competing-") {
            assert!(used.contains(&id), "{id} of {file} is not used");
        }
    }
}

fn forms() -> Vec<oncurve::analysis::AnalysisForm> {
    crate::study::example().forms()
}

#[test]
fn every_part_of_a_form_has_words() {
    let catalogue = catalogue();
    for form in forms() {
        assert!(catalogue.contains_key(&form.label) && catalogue.contains_key(&form.help));
        for field in &form.fields {
            assert!(catalogue.contains_key(&field.label), "{}", field.label);
            assert!(catalogue.contains_key(&field.part), "{}", field.part);
            if let Some(help) = &field.help {
                assert!(catalogue.contains_key(help), "{help}");
            }
        }
    }
}

#[test]
fn forms_come_in_words_with_headings_as_they_are() {
    let forms = oncurve::report::forms_in_words(forms(), &Text::new("en"));
    assert_eq!(forms[0].label, "Survival");
    let group = &forms[0].fields[1];
    assert_eq!(group.label, "Compare groups by");
    let oncurve::analysis::FieldKind::Choice { choices } = &group.kind else {
        panic!("{group:?}");
    };
    let labels: Vec<&str> = choices.iter().map(|choice| choice.label.as_str()).collect();
    assert_eq!(labels, ["No groups", "PD-L1", "Sex"]);
}

#[test]
fn every_choice_of_several_comes_in_words_or_as_it_is() {
    use oncurve::analysis::{Choice, FieldKind};
    let mut form = forms().swap_remove(0);
    let choice = |label: &str, literal: bool| Choice {
        value: label.into(),
        label: label.to_owned(),
        literal,
    };
    form.fields[0].kind = FieldKind::Choices {
        choices: vec![choice("form-endpoint-os", false), choice("Sex", true)],
    };
    let json = serde_json::to_value(&form.fields[0].kind).unwrap();
    assert_eq!(json["kind"], "choices");
    let forms = oncurve::report::forms_in_words(vec![form], &Text::new("en"));
    let FieldKind::Choices { choices } = &forms[0].fields[0].kind else {
        panic!("{:?}", forms[0].fields[0]);
    };
    let words: Vec<(&str, &str)> = (choices.iter())
        .map(|choice| (choice.value.as_str().unwrap(), choice.label.as_str()))
        .collect();
    assert_eq!(
        words,
        [
            ("form-endpoint-os", "Overall survival (OS)"),
            ("Sex", "Sex")
        ]
    );
}

const CONTENTS: [Content; 10] = [
    Content::Html,
    Content::Xml,
    Content::Json,
    Content::Pdf,
    Content::Image,
    Content::Document,
    Content::Presentation,
    Content::Archive,
    Content::StatisticalFile,
    Content::Binary,
];

/// One of every kind. A kind missing here does not compile below, in `is_listed`.
fn errors() -> Vec<Error> {
    let column = || "Arm".to_owned();
    let endpoint = Endpoint::Pfs;
    let mut errors: Vec<Error> = vec![
        ReadError::Empty.into(),
        ReadError::PasswordProtected.into(),
        ReadError::Corrupt { detail: column() }.into(),
        ReadError::OneColumn.into(),
        ReadError::NoRows.into(),
        ReadError::TooLarge {
            limit: 200,
            unit: "megabytes".to_owned(),
        }
        .into(),
        ReadError::NoSuchSheet { sheet: column() }.into(),
        ReadError::NoSuchEncoding { encoding: column() }.into(),
        ReadError::NoSuchRow { row: 3 }.into(),
        CohortError::NoSuchColumn { column: column() }.into(),
        CohortError::NoSuchTable { table: column() }.into(),
        CohortError::NoPatients.into(),
        AnalysisError::NoEndpoint { endpoint }.into(),
        AnalysisError::NoCompeting.into(),
        AnalysisError::NoCause { cause: column() }.into(),
        AnalysisError::NoResponse.into(),
        AnalysisError::NoAssessments.into(),
        AnalysisError::NoAdverseEvents.into(),
        AnalysisError::NoRules.into(),
        AnalysisError::OneRule { endpoint }.into(),
        AnalysisError::NoGroup { column: column() }.into(),
        AnalysisError::NotCounted { column: column() }.into(),
        AnalysisError::TooManyGroups {
            column: column(),
            groups: 11,
            limit: 10,
        }
        .into(),
        AnalysisError::NoSubjects.into(),
        AnalysisError::SameColumn { column: column() }.into(),
        AnalysisError::GroupIsStratum { column: column() }.into(),
        AnalysisError::NotPaired {
            first: column(),
            second: column(),
        }
        .into(),
        AnalysisError::NoCovariates.into(),
        AnalysisError::NoColumns.into(),
        AnalysisError::NotACovariate { column: column() }.into(),
        AnalysisError::NoCutPoint { column: column() }.into(),
        AnalysisError::NotPositive {
            column: column(),
            value: "0".to_owned(),
        }
        .into(),
        AnalysisError::NotTwoGroups {
            column: column(),
            groups: 3,
        }
        .into(),
        AnalysisError::OneGroup { column: column() }.into(),
    ];
    errors.extend(
        [
            "conf_level",
            "landmarks",
            "draws",
            "cuts",
            "least",
            "weights",
            "conditional",
            "restart",
            "tau",
            "further",
            "p",
            "q",
            "benefit_weeks",
            "statistics",
            "screened",
            "not_included",
        ]
        .map(|option| {
            let option = option.to_owned();
            AnalysisError::OutOfRange {
                option,
                value: "7".to_owned(),
            }
            .into()
        }),
    );
    errors.extend(CONTENTS.map(|found| ReadError::NotASpreadsheet { found }.into()));
    errors.push(RestoreError::NotAStudy { detail: column() }.into());
    errors.push(RestoreError::LaterVersion { version: 2 }.into());
    errors
}

/// Fails to compile when a kind of error is added: list it in `errors` then.
fn is_listed(error: &Error) -> bool {
    match error {
        Error::Read(
            ReadError::Empty
            | ReadError::NotASpreadsheet { .. }
            | ReadError::PasswordProtected
            | ReadError::Corrupt { .. }
            | ReadError::OneColumn
            | ReadError::NoRows
            | ReadError::TooLarge { .. }
            | ReadError::NoSuchSheet { .. }
            | ReadError::NoSuchEncoding { .. }
            | ReadError::NoSuchRow { .. },
        )
        | Error::Cohort(
            CohortError::NoSuchColumn { .. }
            | CohortError::NoSuchTable { .. }
            | CohortError::NoPatients,
        )
        | Error::Analysis(
            AnalysisError::NoEndpoint { .. }
            | AnalysisError::NoCompeting
            | AnalysisError::NoCause { .. }
            | AnalysisError::NoResponse
            | AnalysisError::NoAssessments
            | AnalysisError::NoAdverseEvents
            | AnalysisError::NoRules
            | AnalysisError::OneRule { .. }
            | AnalysisError::NoGroup { .. }
            | AnalysisError::NotCounted { .. }
            | AnalysisError::TooManyGroups { .. }
            | AnalysisError::NoSubjects
            | AnalysisError::GroupIsStratum { .. }
            | AnalysisError::SameColumn { .. }
            | AnalysisError::NotPaired { .. }
            | AnalysisError::OneGroup { .. }
            | AnalysisError::NoCovariates
            | AnalysisError::NoColumns
            | AnalysisError::NotACovariate { .. }
            | AnalysisError::NoCutPoint { .. }
            | AnalysisError::NotPositive { .. }
            | AnalysisError::NotTwoGroups { .. }
            | AnalysisError::OutOfRange { .. },
        )
        | Error::Restore(RestoreError::NotAStudy { .. } | RestoreError::LaterVersion { .. }) => {
            true
        }
    }
}

fn code(error: &Error) -> String {
    let cause = serde_json::to_value(error).unwrap();
    cause["code"].as_str().unwrap().to_owned()
}

#[test]
fn every_error_says_what_is_wrong_and_what_to_do() {
    let text = Text::new("en");
    let catalogue = catalogue();
    for error in errors() {
        assert!(is_listed(&error));
        let id = format!("error-{}", code(&error).replace('_', "-"));
        assert!(catalogue.contains_key(&id), "{id}");
        let sentence = error_sentence(&serde_json::to_value(&error).unwrap(), &text);
        let complete = sentence.ends_with('.') && !sentence.contains('{') && sentence != id;
        assert!(complete, "{sentence}");
    }
    let of = |error: Error| error_sentence(&serde_json::to_value(&error).unwrap(), &text);
    assert_eq!(
        of(AnalysisError::TooManyGroups {
            column: "Arm".to_owned(),
            groups: 11,
            limit: 10
        }
        .into()),
        "“Arm” has 11 groups; at most 10 can be compared. \
         Give some of them the same label under Columns."
    );
    assert_eq!(
        of(AnalysisError::NoEndpoint {
            endpoint: Endpoint::Os
        }
        .into()),
        "Overall survival (OS) cannot be derived yet. \
         Under Columns, choose its dates, or its time and event."
    );
    assert_eq!(
        error_sentence(&serde_json::json!({"code": "never heard of"}), &text),
        "Something went wrong. Choose the file again; your data stay on this computer."
    );
}
