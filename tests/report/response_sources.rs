//! Responses as entered, by RECIST 1.1 and by iRECIST, with what only assessments tell.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, Outcome, ResponseOptions, ResponseOutcome, ResponseSource, SurvivalOptions, forms,
};
use oncurve::cohort::{BestResponse, Mapping};
use oncurve::format::Style;
use oncurve::recist::IBestResponse;
use oncurve::report::{Block, compose};
use oncurve::table::ReadOptions;
use oncurve::text::Text;

use crate::study::{file, grouping, run};

/// Days since the start on 10 January: 7 March is day 56, 26 and 27 June are 167 and 168.
const PATIENTS: &str = "\
Patient id,Start date,Last contact,Best response,Arm
A,2023-01-10,2024-01-10,PR,x
B,2023-01-10,2024-01-10,PR,x
C,2023-01-10,2024-01-10,SD,x
D,2023-01-10,2024-01-10,PD,y
E,2023-01-10,2024-01-10,,y
F,2023-01-10,2024-01-10,PD,y
";

/// A responds on day 50. B is stable to day 168, C progresses on day 167, D on day 41, F seems to on day
/// 56, but has a PR from the baseline on day 95. E is not assessed.
const VISITS: &str = "\
Patient id,Assessment date,Sum of diameters,New lesion
A,2023-01-05,100,no
A,2023-03-01,60,no
A,2023-09-01,50,no
B,2023-01-05,50,no
B,2023-03-07,50,no
B,2023-06-27,52,no
C,2023-01-05,40,no
C,2023-03-07,36,no
C,2023-06-26,60,no
D,2023-01-05,30,no
D,2023-02-20,45,no
F,2023-01-05,100,no
F,2023-03-07,130,no
F,2023-04-15,60,no
";

pub fn six(change: impl Fn(&mut Mapping)) -> Study {
    let reading = ReadOptions::default;
    let mut study = Study::open(PATIENTS.as_bytes(), "patients.csv", reading()).unwrap();
    study
        .add(VISITS.as_bytes(), "visits.csv", reading())
        .unwrap();
    let mut mapping = study.guess();
    mapping.groups = vec![grouping("Arm")];
    change(&mut mapping);
    study.assign(mapping).unwrap();
    study
}

fn options(by: ResponseSource) -> ResponseOptions {
    ResponseOptions {
        by,
        ..ResponseOptions::default()
    }
}

fn outcome(study: &Study, options: ResponseOptions) -> ResponseOutcome {
    match run(study, &Analysis::Response(options)) {
        Outcome::Response(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

/// Counts of ORR, DCR and CBR.
fn counts(outcome: &ResponseOutcome) -> [usize; 3] {
    let arm = &outcome.overall;
    [&arm.orr, &arm.dcr, arm.cbr.as_ref().unwrap()].map(|rate| {
        assert_eq!(rate.n, 6);
        rate.count
    })
}

#[test]
fn the_assessments_give_rates_time_and_depth() {
    let found = outcome(&six(|_| ()), options(ResponseSource::Recist));
    assert_eq!(counts(&found), [1, 3, 2]);
    let time = found.overall.time_to_response.unwrap();
    assert_eq!((time.n, time.median), (1, Some(50.0)));
    // −50 % (A), −10 % (C), 0 (B), +30 % (F, until its PD), +50 % (D).
    let depth = found.overall.depth.unwrap();
    assert_eq!((depth.n, depth.median), (5, Some(0.0)));
    assert_eq!((depth.min, depth.max), (Some(-0.5), Some(0.5)));
    let agreement = found.agreement.unwrap();
    assert_eq!((agreement.compared, agreement.differing.len()), (5, 1));
    let b = &agreement.differing[0];
    assert_eq!(b.subject.id.as_deref(), Some("B"));
    assert_eq!(
        (b.entered, b.recist, b.irecist),
        (BestResponse::Pr, BestResponse::Sd, IBestResponse::Isd)
    );
}

#[test]
fn benefit_begins_with_the_day_that_was_set() {
    let study = six(|_| ());
    let weeks = |benefit_weeks| {
        let options = ResponseOptions {
            benefit_weeks,
            ..options(ResponseSource::Recist)
        };
        counts(&outcome(&study, options))[2]
    };
    // B is stable for 168 days = 24 weeks, C for 167.
    assert_eq!([weeks(23), weeks(24), weeks(25)], [3, 2, 1]);
    let refused = ResponseOptions {
        benefit_weeks: 0,
        ..options(ResponseSource::Recist)
    };
    let refused = study.run(&Analysis::Response(refused), &mut |_| ());
    assert!(refused.is_err());
}

#[test]
fn irecist_counts_a_response_after_an_unconfirmed_progression() {
    let found = outcome(&six(|_| ()), options(ResponseSource::Irecist));
    assert_eq!(counts(&found), [2, 4, 3]);
    let time = found.overall.time_to_response.unwrap();
    assert_eq!((time.n, time.median), (2, Some(72.5)));
    let differing = found.agreement.unwrap().differing;
    let ids: Vec<_> = (differing.iter())
        .filter_map(|one| one.subject.id.as_deref())
        .collect();
    assert_eq!(ids, ["B", "F"]);
}

#[test]
fn responses_as_entered_are_the_default_and_benefit_needs_their_assessments() {
    let study = six(|_| ());
    let found = outcome(&study, ResponseOptions::default());
    assert_eq!(counts(&found), [2, 3, 2]);
    // B has no day of response: none of its assessments is one.
    assert_eq!(found.overall.time_to_response.unwrap().n, 1);
    let offered = forms(study.cohort().unwrap());
    let form = offered.iter().find(|form| form.label == "form-response");
    let Some(Analysis::Response(defaults)) = form.map(|form| &form.analysis) else {
        panic!("{form:?}");
    };
    assert_eq!(defaults.by, ResponseSource::Entered);
}

#[test]
fn without_an_entered_column_the_assessments_are_the_default() {
    let study = six(|mapping| mapping.response = None);
    let cohort = study.cohort().unwrap();
    let defaults = ResponseOptions::of(cohort);
    assert_eq!(defaults.by, ResponseSource::Recist);
    let found = outcome(&study, defaults);
    assert_eq!(found.agreement, None);
    let entered = study.run(&Analysis::Response(ResponseOptions::default()), &mut |_| ());
    assert!(entered.is_err());
}

#[test]
fn groups_are_compared_by_benefit_too() {
    let by_arm = ResponseOptions {
        group: Some("Arm".to_owned()),
        ..options(ResponseSource::Recist)
    };
    let found = outcome(&six(|_| ()), by_arm);
    let benefits: Vec<(usize, usize)> = (found.arms.iter())
        .filter_map(|arm| arm.cbr.as_ref())
        .map(|rate| (rate.count, rate.n))
        .collect();
    assert_eq!(benefits, [(2, 3), (0, 3)]);
    let comparison = found.comparison.unwrap();
    let difference = comparison.cbr_difference.unwrap().estimate;
    assert!((difference + 2.0 / 3.0).abs() < 1e-12);
    // Of the 15 ways to place 2 among 6, 3 + 3 put both in one arm: p = 6/15.
    assert!((comparison.cbr_fisher.unwrap().p_value - 0.4).abs() < 1e-12);
}

fn blocks(study: &Study, options: ResponseOptions) -> Vec<Block> {
    let outcome = run(study, &Analysis::Response(options));
    compose(&outcome, &Style::default(), &Text::new("en"))
}

#[test]
fn the_report_says_it_all_and_lists_who_differs() {
    let blocks = blocks(&six(|_| ()), options(ResponseSource::Recist));
    let said = blocks.iter().find_map(|block| match block {
        Block::Paragraph { text } => Some(text.as_str()),
        _ => None,
    });
    let said = said.unwrap();
    for part in [
        "There was a clinical benefit (CR, PR, or SD for at least 24 weeks) in 2 of 6: clinical benefit rate (CBR) 33.3 % (95 % CI 4.3–77.7).",
        "The median time to response was 1.6 months (range 1.6–1.6).",
        "The best change of the sum of target lesions was 0.0 % in the median (range −50.0 % to +50.0 %; 5 patients).",
        "The best responses as entered are those of the assessments in 4 of 5 patients.",
    ] {
        assert!(said.contains(part), "{said}");
    }
    let listed = blocks.iter().find_map(|block| match block {
        Block::Table { caption, rows, .. } if caption == "Entered v computed" => Some(rows),
        _ => None,
    });
    let listed = listed.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].head, "B");
    assert_eq!(listed[0].cells, ["PR", "SD", "iSD"]);
}

#[test]
fn the_example_has_its_published_rates_from_measurements() {
    let path = "www/examples/oncurve-example-14-synthetic-patients.xlsx";
    let mut study = Study::open(&file(path), "example.xlsx", ReadOptions::default()).unwrap();
    let mapping = Mapping {
        response: None,
        ..study.guess()
    };
    study.assign(mapping).unwrap();
    let found = outcome(&study, options(ResponseSource::Recist));
    let style = Style::default();
    let arm = &found.overall;
    assert_eq!(style.percent(arm.orr.estimate), "28.6 %");
    assert_eq!(style.percent(arm.dcr.estimate), "92.9 %");
    assert_eq!((arm.orr.count, arm.dcr.count, arm.dcr.n), (4, 13, 14));
    // Without benefit: SYN-02 (PD), SYN-06 and SYN-10, whose SD lasted 153 and 159 days.
    assert_eq!(arm.cbr.as_ref().map(|rate| rate.count), Some(11));
}

#[test]
fn the_methods_say_how_the_rules_of_censoring_censor_and_nothing_against_it() {
    let path = "www/examples/oncurve-example-14-synthetic-patients.xlsx";
    let mut study = Study::open(&file(path), "example.xlsx", ReadOptions::default()).unwrap();
    study.assign(study.guess()).unwrap();
    let analysis = Analysis::Survival(SurvivalOptions::default());
    let outcome = study.run(&analysis, &mut |_| ()).unwrap();
    let blocks = compose(&outcome, &Style::default(), &Text::new("en"));
    let methods = blocks.iter().find_map(|block| match block {
        Block::Methods { text, .. } => Some(text),
        _ => None,
    });
    let methods = methods.expect("a Methods paragraph");
    assert!(
        methods.contains(
            "last adequate assessment before, or at the start where there was none (FDA 2018)."
        ),
        "{methods}"
    );
    assert!(!methods.contains("last contact"), "{methods}");
}
