//! An endpoint of the person's own through every analysis that takes one.

use std::fmt::Write;

use oncurve::Study;
use oncurve::analysis::{Analysis, FieldKind, Outcome, SurvivalOptions};
use oncurve::cohort::{Endpoint, Mapping, OwnEndpoint, OwnName};
use oncurve::figure;
use oncurve::format::Style;
use oncurve::report::{Block, ReportFormat};
use oncurve::text::Text;

use crate::documents::{PRINT, assert_close, numbers, run_r, sections, write};
use crate::study;

const NAME: &str = "Relapse-free survival";

/// 80 synthetic patients: a relapse, a second cancer or a transplantation, in days by a rule of their number.
fn sheet() -> String {
    let start = chrono::NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    let mut sheet =
        "id,Treatment start,Relapse,Second cancer,Transplant,Last contact,Arm,Sex,LDH\n".to_owned();
    for patient in 0..80_u64 {
        let day = |days: u64| (start + chrono::Days::new(days)).to_string();
        let when = |happens: bool, days: u64| if happens { day(days) } else { String::new() };
        let spread = (patient * 37) % 80;
        let arm = ["A", "B"][(patient % 2) as usize];
        let sex = ["F", "M"][(patient / 2 % 2) as usize];
        let _ = writeln!(
            sheet,
            "P{patient:02},{},{},{},{},{},{arm},{sex},{}",
            day(0),
            when(patient % 3 != 0, 40 + 9 * spread + 60 * (patient % 2)),
            when(patient % 7 == 0, 90 + 5 * spread),
            when(patient % 5 == 0, 200 + 3 * spread),
            day(900),
            150 + (patient * 53) % 400,
        );
    }
    sheet
}

fn open(cut_off: Option<&str>) -> Study {
    let mapping = Mapping {
        patient: Some("id".to_owned()),
        start: Some("Treatment start".to_owned()),
        last_contact: Some("Last contact".to_owned()),
        cut_off: cut_off.map(|date| date.parse().unwrap()),
        groups: vec![study::grouping("Arm"), study::grouping("Sex")],
        covariates: vec!["LDH".to_owned()],
        own: vec![OwnEndpoint {
            name: NAME.to_owned(),
            events: vec!["Relapse".to_owned(), "Second cancer".to_owned()],
            censoring: vec!["Transplant".to_owned()],
            ..OwnEndpoint::default()
        }],
        ..Mapping::default()
    };
    study::of_bytes(sheet().as_bytes(), "ward.csv", mapping)
}

fn survival(group: Option<&str>) -> Analysis {
    Analysis::Survival(SurvivalOptions {
        endpoint: Endpoint::Own(OwnName::new(NAME)),
        group: group.map(str::to_owned),
        ..SurvivalOptions::default()
    })
}

/// The analyses of an endpoint, as their forms propose them; each offers it by its name.
fn analyses(study: &Study) -> Vec<Analysis> {
    let mut analyses = Vec::new();
    // Rules of censoring do not touch it.
    let forms = study.forms().into_iter();
    for form in forms.filter(|form| form.label != "form-sensitivity") {
        let Some(field) = form.fields.iter().find(|field| field.id == "endpoint") else {
            continue;
        };
        let FieldKind::Choice { choices } = &field.kind else {
            panic!("{field:?}");
        };
        assert_eq!(form.missing, None, "{}", form.label);
        // The patient flow can do without any.
        let [choice, none @ ..] = choices.as_slice() else {
            panic!("{choices:?}");
        };
        assert!(none.iter().all(|choice| choice.value.is_null()));
        assert_eq!((choice.label.as_str(), choice.literal), (NAME, true));
        assert_eq!(choice.value, NAME);
        let json = serde_json::to_string(&form.analysis).unwrap();
        assert!(json.contains(&format!("\"endpoint\":\"{NAME}\"")), "{json}");
        analyses.push(form.analysis);
    }
    analyses
}

#[test]
fn every_analysis_of_an_endpoint_takes_it_and_writes_its_name() {
    let study = open(None);
    let analyses = analyses(&study);
    assert_eq!(analyses.len(), 6);
    let text = Text::new("en");
    for (section, analysis) in sections(&study, &analyses).iter().zip(&analyses) {
        let words = serde_json::to_string(&section.blocks).unwrap();
        assert!(words.contains(NAME), "{analysis:?}: {words}");
        let scenes = figure::layout(&section.outcome, &Style::default(), &text);
        assert!(!scenes.is_empty(), "{analysis:?}");
        let drawn = serde_json::to_string(&scenes).unwrap();
        assert!(drawn.contains(NAME), "{analysis:?}");
        for wrong in ["Overall survival", "overall survival", "PFS"] {
            assert!(!words.contains(wrong), "{wrong} in {words}");
            assert!(!drawn.contains(wrong), "{wrong} in {analysis:?}");
        }
    }
}

#[test]
fn the_section_says_what_it_is_and_the_methods_by_which_columns() {
    let study = open(Some("2021-06-30"));
    let section = sections(&study, &[survival(None)]).remove(0);
    let Block::Heading { text } = &section.blocks[0] else {
        panic!("{:?}", section.blocks[0]);
    };
    assert_eq!(text, NAME);
    let words = serde_json::to_string(&section.blocks).unwrap();
    for sentence in [
        "Relapse-free survival was the time from “Treatment start” to the first of “Relapse” or \
         “Second cancer”. Patients without the event before were censored at “Transplant”. The \
         others were censored at “Last contact”.",
        "Events (“Relapse” or “Second cancer”)",
        "Median Relapse-free survival",
        "2021-06-30",
    ] {
        assert!(words.contains(sentence), "{sentence} not in {words}");
    }
    let scenes = figure::layout(&section.outcome, &Style::default(), &Text::new("en"));
    let drawn = serde_json::to_string(&scenes).unwrap();
    for title in [
        "Relapse-free survival (%)",
        "Months since start of treatment",
    ] {
        assert!(drawn.contains(title), "{title}");
    }
}

#[test]
fn the_r_script_derives_it_from_its_columns() {
    for cut_off in [None, Some("2021-06-30")] {
        let study = open(cut_off);
        let sections = sections(&study, &analyses(&study));
        let [first, ..] = sections.as_slice() else {
            panic!("no section");
        };
        let Outcome::Survival(outcome) = &first.outcome else {
            panic!("{:?}", first.outcome);
        };
        let script = write(&study, &sections, ReportFormat::R)
            + PRINT
            + "show(\"counts\", nrow(cohort1), sum(cohort1$event), sum(cohort1$time))\n\
               q <- quantile(fit1, 0.5)\n\
               show(\"median\", q$quantile, q$lower, q$upper)\n";
        let Some(output) = run_r(&study, sheet().as_bytes(), &script) else {
            return;
        };
        let data = (study.cohort().unwrap()).endpoint(Endpoint::Own(OwnName::new(NAME)));
        let values = data.unwrap().derived.iter().filter_map(|one| one.value);
        let (mut n, mut events, mut sum) = (0.0, 0.0, 0.0);
        for value in values {
            n += 1.0;
            events += f64::from(u8::from(value.event));
            sum += value.time;
        }
        let counts = [Some(n), Some(events), Some(sum)];
        assert_close(&counts, &numbers(&output, "counts"), "counts");
        let median = &outcome.overall.quantiles[1];
        let ours = [median.estimate, median.conf_low, median.conf_high];
        assert_close(&ours, &numbers(&output, "median"), "median");
    }
}

#[test]
fn an_endpoint_that_is_gone_is_named_in_the_error() {
    let mut study = open(None);
    let mapping = Mapping {
        own: Vec::new(),
        ..study.mapping().clone()
    };
    study.assign(mapping).unwrap();
    let error = study.run(&survival(None), &mut |_| ()).unwrap_err();
    let cause = serde_json::to_value(&error).unwrap();
    assert_eq!(
        oncurve::report::error_sentence(&cause, &Text::new("en")),
        "“Relapse-free survival” cannot be derived yet. Under Columns, choose its dates, or its \
         time and event."
    );
}
