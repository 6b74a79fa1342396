//! The example workbook: everything from raw measurements, and the same as the columns say.

use oncurve::Study;
use oncurve::cohort::{Endpoint, IssueKind, Mapping};
use oncurve::table::ReadOptions;

const EXAMPLE: &[u8] =
    include_bytes!("../../www/examples/oncurve-example-14-synthetic-patients.xlsx");

fn study() -> Study {
    Study::open(EXAMPLE, "example.xlsx", ReadOptions::default()).expect("a readable workbook")
}

#[test]
fn the_sheets_are_recognised() {
    let study = study();
    let labels: Vec<String> = study
        .tables()
        .into_iter()
        .map(|table| table.label)
        .collect();
    assert_eq!(
        labels,
        [
            "Synthetic patients",
            "Synthetic measurements",
            "Synthetic adverse events",
            "Synthetic therapies"
        ]
    );
    let mapping = study.guess();
    let lesions = mapping.lesions.expect("measurements");
    assert_eq!(
        lesions.table.sheet.as_deref(),
        Some("Synthetic measurements")
    );
    assert_eq!(lesions.role.as_deref(), Some("Role"));
    assert_eq!(lesions.visit.as_deref(), Some("Visit"));
    let events = mapping.adverse_events.expect("adverse events");
    assert_eq!(events.term, "Adverse event");
    assert_eq!(events.system.as_deref(), Some("System organ class"));
    assert_eq!(events.grade.as_deref(), Some("Grade"));
    assert_eq!(
        events.discontinued.unwrap().column,
        "Led to discontinuation"
    );
    let therapies = mapping.therapies.expect("therapies");
    assert_eq!(therapies.name.as_deref(), Some("Therapy"));
    assert_eq!(
        therapies.subsequent.unwrap().column,
        "New anticancer therapy"
    );
}

#[test]
fn measurements_give_the_progressions_and_responses_that_the_columns_say() {
    let mut study = study();
    let entered = study.guess();
    assert!(entered.progression.is_some() && entered.response.is_some());
    let computed = Mapping {
        progression: None,
        response: None,
        ..entered.clone()
    };
    let flat = Mapping {
        lesions: None,
        adverse_events: None,
        therapies: None,
        ..entered.clone()
    };
    let found = [entered, computed, flat].map(|mapping| {
        let (cohort, issues) = study.assign(mapping).expect("a cohort");
        let pfs = cohort.endpoint(Endpoint::Pfs).expect("PFS");
        let values: Vec<_> = pfs.derived.iter().map(|derived| derived.value).collect();
        let unusual = issues
            .iter()
            .filter(|issue| matches!(issue.kind, IssueKind::Tumour { .. }));
        assert_eq!(unusual.count(), 0);
        (values, cohort.responses().map(<[_]>::to_vec))
    });
    assert_eq!(found[0], found[2]);
    assert_eq!(found[1], found[2]);
}
