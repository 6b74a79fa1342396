//! Each setting of RECIST 1.1, iRECIST and the rules of censoring changes the patient that it is about, worked
//! by hand, and is said in the Methods where it is not the usual one.

use oncurve::Study;
use oncurve::analysis::{Analysis, ResponseOptions, ResponseSource, SurvivalOptions};
use oncurve::cohort::{BestResponse, Endpoint, Mapping};
use oncurve::format::Style;
use oncurve::recist::{Confirmation, IBestResponse, Preset};
use oncurve::report::{Block, compose};
use oncurve::table::ReadOptions;
use oncurve::text::Text;

use crate::study::run;

/// A patient who started on 10 January 2023 with these visits: date, sum of diameters, new lesion, response.
fn patient(visits: &str, change: impl FnOnce(&mut Mapping)) -> Study {
    let reading = ReadOptions::default;
    let patients = "Patient id,Start date,Last contact,New therapy,Clinical progression\n\
                    A,2023-01-10,2024-01-10,2023-04-01,2023-04-20\n";
    let mut sheet =
        "Patient id,Assessment date,Sum of diameters,New lesion,Overall response\n".to_owned();
    for visit in visits.lines() {
        sheet += &format!("A,{}\n", visit.trim());
    }
    let mut study = Study::open(patients.as_bytes(), "patients.csv", reading()).unwrap();
    study
        .add(sheet.as_bytes(), "visits.csv", reading())
        .unwrap();
    let mut mapping = Mapping {
        progression: None,
        new_therapy: None,
        clinical_progression: None,
        ..study.guess()
    };
    change(&mut mapping);
    study.assign(mapping).unwrap();
    study
}

fn best(study: &Study) -> (BestResponse, IBestResponse) {
    let tumours = study.cohort().unwrap().tumours().unwrap();
    let assessment = &tumours[0].as_ref().expect("an assessed patient").assessment;
    (
        assessment.best_response.response,
        assessment.irecist_best_response.response,
    )
}

fn methods(study: &Study, analysis: Analysis) -> String {
    let blocks = compose(&run(study, &analysis), &Style::default(), &Text::new("en"));
    let methods = blocks.into_iter().find_map(|block| match block {
        Block::Methods { text, .. } => Some(text),
        _ => None,
    });
    methods.expect("a Methods paragraph")
}

fn of_responses(study: &Study, by: ResponseSource) -> String {
    let options = ResponseOptions {
        by,
        ..ResponseOptions::default()
    };
    methods(study, Analysis::Response(options))
}

/// The best response with and without a setting, and the sentence that only the second has.
#[track_caller]
fn changes(
    visits: &str,
    usual: impl FnOnce(&mut Mapping),
    changed: impl FnOnce(&mut Mapping),
    best_responses: [BestResponse; 2],
    sentence: &str,
) {
    let [before, after] = [patient(visits, usual), patient(visits, changed)];
    assert_eq!([best(&before).0, best(&after).0], best_responses);
    let said = [&before, &after].map(|study| of_responses(study, ResponseSource::Recist));
    assert!(!said[0].contains(sentence), "{}", said[0]);
    assert!(said[1].contains(sentence), "{}", said[1]);
}

fn confirmed(confirmation: Confirmation) -> impl FnOnce(&mut Mapping) {
    move |mapping| mapping.recist.confirmation = Some(confirmation)
}

#[test]
fn an_early_baseline_needs_a_wider_window() {
    // 40 days before the start.
    let visits = "2022-12-01,100,no,\n2023-03-07,60,no,";
    let responses = [BestResponse::Ne, BestResponse::Pr];
    let sentence = "The baseline was an assessment at most 60 days before the start.";
    changes(
        visits,
        |_| (),
        |mapping| mapping.recist.baseline_window = Some(60),
        responses,
        sentence,
    );
    let sentence = "The baseline could lie any number of days before the start.";
    changes(
        visits,
        |_| (),
        |mapping| mapping.recist.baseline_window = None,
        responses,
        sentence,
    );
}

#[test]
fn a_late_baseline_needs_days_of_grace() {
    changes(
        "2023-01-14,100,no,\n2023-03-07,60,no,",
        |_| (),
        |mapping| mapping.recist.baseline_grace = 7,
        [BestResponse::Ne, BestResponse::Pr],
        "The baseline could lie up to 7 days after the start.",
    );
}

#[test]
fn a_response_is_confirmed_after_the_days_that_were_set() {
    let usual = Confirmation::default();
    // 24 days between the two.
    changes(
        "2023-01-05,100,no,\n2023-03-07,60,no,\n2023-03-31,60,no,",
        confirmed(usual),
        confirmed(Confirmation { days: 21, ..usual }),
        [BestResponse::Sd, BestResponse::Pr],
        "Complete and partial responses were confirmed at least 21 days later.",
    );
}

#[test]
fn so_many_assessments_before_the_confirmation_may_be_ne() {
    let usual = Confirmation::default();
    let two = Confirmation {
        not_evaluable: 2,
        ..usual
    };
    changes(
        "2023-01-05,100,no,\n2023-03-07,60,no,\n2023-03-28,,no,NE\n2023-04-18,,no,NE\n2023-05-09,60,no,",
        confirmed(usual),
        confirmed(two),
        [BestResponse::Sd, BestResponse::Pr],
        "Between a response and its confirmation up to 2 assessments could be not evaluable.",
    );
}

#[test]
fn one_sd_between_a_pr_and_its_confirmation_is_a_choice() {
    let usual = Confirmation::default();
    let one_stable = Confirmation {
        one_stable: true,
        ..usual
    };
    changes(
        "2023-03-07,,no,PR\n2023-04-18,,no,SD\n2023-05-30,,no,PR",
        confirmed(usual),
        confirmed(one_stable),
        [BestResponse::Sd, BestResponse::Pr],
        "One stable disease was allowed between a partial response and its confirmation.",
    );
}

#[test]
fn the_best_response_can_end_with_a_new_therapy() {
    let mapped = |mapping: &mut Mapping| mapping.new_therapy = Some("New therapy".to_owned());
    changes(
        "2023-01-05,100,no,\n2023-03-07,90,no,\n2023-05-09,60,no,",
        mapped,
        |mapping| {
            mapped(mapping);
            mapping.recist.before_new_therapy = true;
        },
        [BestResponse::Pr, BestResponse::Sd],
        "For the best response and the best change, assessments after the start of a new anticancer therapy were not counted.",
    );
}

#[test]
fn stable_disease_counts_from_the_day_that_was_set() {
    // 56 days after the start.
    changes(
        "2023-01-05,100,no,\n2023-03-07,90,no,",
        |_| (),
        |mapping| mapping.recist.minimum_stable = 60,
        [BestResponse::Sd, BestResponse::Ne],
        "Stable disease was counted from 60 days after the start.",
    );
}

/// The same of iRECIST, in the section by iRECIST only.
#[track_caller]
fn changes_immune(visits: &str, changed: impl FnOnce(&mut Mapping), sentence: &str) {
    let [before, after] = [patient(visits, |_| ()), patient(visits, changed)];
    assert_eq!(
        [best(&before).1, best(&after).1],
        [IBestResponse::Iupd, IBestResponse::Icpd]
    );
    let said = [&before, &after].map(|study| of_responses(study, ResponseSource::Irecist));
    assert!(!said[0].contains(sentence), "{}", said[0]);
    assert!(said[1].contains(sentence), "{}", said[1]);
    let plain = of_responses(&after, ResponseSource::Recist);
    assert!(!plain.contains(sentence), "{plain}");
}

#[test]
fn a_progression_by_irecist_is_confirmed_in_the_window_that_was_set() {
    // 100 → 130 mm (iUPD), and 10 mm more 20 and 25 days later.
    let after = |date: &str| format!("2023-01-05,100,no,\n2023-03-07,130,no,\n{date},140,no,");
    changes_immune(
        &after("2023-03-27"),
        |mapping| mapping.recist.immune.confirm_after = 20,
        "Growth confirmed a progression from 20 days after it on, or up to 2 days earlier.",
    );
    changes_immune(
        &after("2023-04-01"),
        |mapping| mapping.recist.immune.tolerance = 3,
        "Growth confirmed a progression from 28 days after it on, or up to 3 days earlier.",
    );
}

#[test]
fn a_new_lesion_noted_again_can_be_another_one() {
    changes_immune(
        "2023-01-05,100,no,\n2023-03-07,100,yes,\n2023-05-09,100,yes,",
        |mapping| mapping.recist.immune.repeated_flag_is_another = true,
        "A new lesion noted at a further assessment counted as another new lesion.",
    );
}

/// PFS in days, whether the event was observed, and the Methods of its section.
fn pfs(study: &Study) -> (f64, bool, String) {
    let data = study.cohort().unwrap().endpoint(Endpoint::Pfs).unwrap();
    let value = data.derived[0].value.expect("a time");
    let analysis = Analysis::Survival(SurvivalOptions::default());
    (value.time, value.event, methods(study, analysis))
}

#[test]
fn a_gap_is_as_long_as_was_set() {
    // PD on 1 July, 116 days after the assessment of 7 March (day 56); day 172.
    let visits = "2023-01-05,100,no,\n2023-03-07,90,no,\n2023-07-01,150,no,";
    let sentence =
        |days: u32| format!("after more than {days} days without an adequate assessment");
    let (time, event, said) = pfs(&patient(visits, |_| ()));
    assert_eq!((time, event), (56.0, false));
    assert!(said.contains(&sentence(98)), "{said}");
    let wider = patient(visits, |mapping| mapping.rules.censoring.gap_days = 120);
    let (time, event, said) = pfs(&wider);
    assert_eq!((time, event), (172.0, true));
    assert!(said.contains(&sentence(120)), "{said}");
}

#[test]
fn clinical_progression_counts_where_that_was_chosen() {
    let visits = "2023-01-05,100,no,\n2023-03-07,90,no,\n2023-05-02,90,no,";
    let by = |clinical_progression: bool| {
        patient(visits, |mapping| {
            mapping.clinical_progression = Some("Clinical progression".to_owned());
            mapping.rules.censoring.preset = Some(Preset::Ema);
            mapping.rules.censoring.clinical_progression = clinical_progression;
        })
    };
    let sentence = "Clinical progression counted as progression.";
    // The last assessment is on day 112, the clinical progression on day 100.
    let (time, event, said) = pfs(&by(false));
    assert_eq!((time, event), (112.0, false));
    assert!(!said.contains(sentence), "{said}");
    let (time, event, said) = pfs(&by(true));
    assert_eq!((time, event), (100.0, true));
    assert!(said.contains(sentence), "{said}");
}

#[test]
fn the_cut_off_that_censored_by_the_rules_is_said() {
    let visits = "2023-01-05,100,no,\n2023-03-07,90,no,";
    let study = patient(visits, |mapping| {
        mapping.cut_off = Some("2023-06-30".parse().unwrap());
        mapping.rules.censoring.preset = Some(Preset::Plain);
    });
    let (time, event, said) = pfs(&study);
    assert_eq!((time, event), (171.0, false));
    assert!(
        said.contains("What followed the data cut-off of 2023-06-30 was not counted."),
        "{said}"
    );
}
