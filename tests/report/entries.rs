//! Delayed entry from a column of dates, rows that count patients, and a covariate that is a stratum: the page against R.

use std::fmt::Write;

use oncurve::Study;
use oncurve::analysis::{
    Analysis, AnalysisError, CompetingOptions, CompetingOutcome, CoxEffect, CoxOptions, CoxOutcome,
    ExclusionReason, FieldKind, Outcome, SubgroupsOptions, WeightKind,
};
use oncurve::cohort::{CauseCodes, Endpoint, Mapping, MonthLength, TimeAndCause, TimeUnit};
use oncurve::report::ReportFormat;

use crate::cox::cautions;
use crate::documents::{PRINT, assert_close, numbers, run_r, sections, write};
use crate::study;

/// Sixty made-up patients, some of whom were registered long after the start of treatment: row 4 before it, row 5 after
/// the death, row 6 on the last day, and row 7 never.
fn csv() -> String {
    let mut csv = String::from("id,start,death,last,registered,age,arm,cause,copies\n");
    let day = |days: u64| {
        let first = chrono::NaiveDate::from_ymd_opt(2020, 1, 15).unwrap();
        (first + chrono::Days::new(days)).to_string()
    };
    for i in 0..60u64 {
        let start = i * 11 % 300;
        let end = start + 40 + i * i * 7 % 900;
        let entry = match i {
            2 => start - 3,
            3 => end + 1,
            4 => end,
            _ => start + i * 13 % 30,
        };
        let entry = if i == 5 { String::new() } else { day(entry) };
        let death = if i % 3 == 2 { String::new() } else { day(end) };
        let age = 40 + i * 17 % 37;
        let arm = if i * 5 % 7 < 3 { "A" } else { "B" };
        let cause = [1, 2, 0][i as usize % 3];
        let copies = i % 3 + 1;
        writeln!(
            csv,
            "P{i},{},{death},{},{entry},{age},{arm},{cause},{copies}",
            day(start),
            day(end)
        )
        .unwrap();
    }
    csv
}

fn mapping() -> Mapping {
    let heading = |heading: &str| Some(heading.to_owned());
    let code = |label: &str, value: &str| CauseCodes {
        label: label.to_owned(),
        values: vec![value.to_owned()],
    };
    Mapping {
        patient: heading("id"),
        start: heading("start"),
        death: heading("death"),
        last_contact: heading("last"),
        competing: Some(TimeAndCause {
            time: "last".to_owned(),
            cause: "cause".to_owned(),
            unit: TimeUnit::Days,
            causes: vec![code("relapse", "1"), code("death", "2")],
            censored: vec!["0".to_owned()],
        }),
        groups: vec![study::grouping("arm")],
        covariates: ["age", "copies"].map(str::to_owned).to_vec(),
        ..Mapping::default()
    }
}

fn opened(change: impl FnOnce(&mut Mapping)) -> Study {
    let mut mapping = mapping();
    change(&mut mapping);
    study::of_bytes(csv().as_bytes(), "entries.csv", mapping)
}

fn options() -> CoxOptions {
    CoxOptions {
        endpoint: Endpoint::Os,
        covariates: ["age", "arm"].map(str::to_owned).to_vec(),
        entry: Some("registered".to_owned()),
        ..CoxOptions::default()
    }
}

fn cox(study: &Study, options: CoxOptions) -> CoxOutcome {
    match study::run(study, &Analysis::Cox(options)) {
        Outcome::Cox(outcome) => *outcome,
        other => panic!("{other:?}"),
    }
}

fn competing(study: &Study, options: CompetingOptions) -> CompetingOutcome {
    match study::run(study, &Analysis::Competing(options)) {
        Outcome::Competing(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

fn numbers_of<'a>(effects: impl Iterator<Item = &'a CoxEffect>) -> Vec<Option<f64>> {
    let effects: Vec<&CoxEffect> = effects.collect();
    let coefs = effects.iter().map(|effect| effect.coef);
    coefs
        .chain(effects.iter().map(|effect| effect.std_err))
        .collect()
}

fn multivariable(outcome: &CoxOutcome) -> Vec<Option<f64>> {
    let rows = outcome.characteristics.iter().flat_map(|of| &of.rows);
    numbers_of(rows.filter_map(|row| row.model.as_ref()))
}

/// R's own reading of the file: nothing of the script of the report.
const PLAIN: &str = r#"
d <- read.csv("entries.csv", na.strings = "")
for (x in c("start", "death", "last", "registered")) d[[x]] <- as.Date(d[[x]])
d$exit <- as.numeric(ifelse(is.na(d$death), d$last, d$death)) - as.numeric(d$start)
d$entry <- as.numeric(d$registered) - as.numeric(d$start)
d$event <- !is.na(d$death)
d <- d[!is.na(d$entry) & d$entry >= 0 & d$entry < d$exit, ]
plain <- survival::coxph(survival::Surv(entry, exit, event) ~ I(age / 10) + arm, d)
"#;

#[test]
fn a_date_of_entry_counts_from_the_start_as_in_r() {
    let study = opened(|_| ());
    let mut options = options();
    options.numbers.insert(
        "age".to_owned(),
        oncurve::analysis::NumberUse {
            step: Some(10.0),
            ..Default::default()
        },
    );
    let outcome = cox(&study, options.clone());
    let row = |reason: ExclusionReason| {
        let found = outcome.exclusions.iter().find(|of| of.reason == reason);
        let rows = found.unwrap().subjects.iter().map(|subject| subject.row);
        rows.collect::<Vec<u32>>()
    };
    let column = || "registered".to_owned();
    assert_eq!(row(ExclusionReason::EarlyEntry { column: column() }), [4]);
    assert_eq!(row(ExclusionReason::LateEntry { column: column() }), [5, 6]);
    assert_eq!(row(ExclusionReason::NoEntry { column: column() }), [7]);
    assert!(outcome.entry_is_date && outcome.n == 56);
    let sections = sections(&study, &[Analysis::Cox(options)]);
    let html = write(&study, &sections, ReportFormat::Html);
    assert!(html.contains("Left out, “registered” is before the start"));
    let script = write(&study, &sections, ReportFormat::R)
        + PLAIN
        + PRINT
        + r#"show("own", coef(cox1), sqrt(diag(vcov(cox1))))
show("plain", coef(plain), sqrt(diag(vcov(plain))), plain$n)
"#;
    let Some(output) = run_r(&study, csv().as_bytes(), &script) else {
        return;
    };
    let ours = multivariable(&outcome);
    assert_close(&ours, &numbers(&output, "own"), "script");
    let with_n: Vec<_> = ours.into_iter().chain([Some(56.0)]).collect();
    assert_close(&with_n, &numbers(&output, "plain"), "plain R");
}

#[test]
fn dates_of_entry_count_in_calendar_months_and_with_a_first_day_as_times_do() {
    for (change, patients) in [
        (
            (|mapping: &mut Mapping| mapping.rules.month = MonthLength::Calendar)
                as fn(&mut Mapping),
            56,
        ),
        // Who came on the last day was there on that day.
        (|mapping| mapping.rules.count_first_day = true, 57),
    ] {
        let study = opened(change);
        let outcome = cox(&study, options());
        assert_eq!(outcome.n, patients);
        let sections = sections(&study, &[Analysis::Cox(options())]);
        let script = write(&study, &sections, ReportFormat::R)
            + PRINT
            + r#"show("own", coef(cox1), sqrt(diag(vcov(cox1))))"#;
        if let Some(output) = run_r(&study, csv().as_bytes(), &script) {
            assert_close(&multivariable(&outcome), &numbers(&output, "own"), "script");
        }
    }
}

#[test]
fn columns_of_dates_are_offered_as_entries_where_there_is_a_start() {
    let offered = |study: &Study| -> Vec<String> {
        let forms = study.forms();
        let form = forms.iter().find(|form| form.label == "form-cox").unwrap();
        let entry = form
            .fields
            .iter()
            .find(|field| field.id == "entry")
            .unwrap();
        let FieldKind::Choice { choices } = &entry.kind else {
            panic!("{entry:?}");
        };
        let literal = choices.iter().filter(|choice| choice.literal);
        literal.map(|choice| choice.label.clone()).collect()
    };
    let dates = ["age", "copies", "death", "last", "registered"];
    assert_eq!(offered(&opened(|_| ())), dates);
    assert_eq!(offered(&opened(|mapping| mapping.start = None)), dates[..2]);
}

fn specific(outcome: &CompetingOutcome) -> Vec<Option<f64>> {
    let rows = outcome.models.as_ref().unwrap().causes[0].rows.iter();
    numbers_of(rows.flatten().filter_map(|row| row.specific.as_ref()))
}

fn subdistribution(outcome: &CompetingOutcome) -> Vec<Option<f64>> {
    let rows = outcome.models.as_ref().unwrap().causes[0].rows.iter();
    numbers_of(
        rows.flatten()
            .filter_map(|row| row.subdistribution.as_ref()),
    )
}

#[test]
fn weights_of_competing_risks_count_patients_or_are_sampling_weights_as_in_r() {
    let study = opened(|_| ());
    let options = |weight_kind| CompetingOptions {
        group: Some("arm".to_owned()),
        covariates: ["arm", "age"].map(str::to_owned).to_vec(),
        weights: Some("copies".to_owned()),
        weight_kind,
        landmarks: vec![6.0, 12.0],
        ..CompetingOptions::default()
    };
    let counted = competing(&study, options(WeightKind::Frequency));
    let sampled = competing(&study, options(WeightKind::Sampling));
    assert_eq!((counted.overall.n, sampled.overall.n), (120, 60));
    assert!(counted.comparisons[0].gray.statistic.is_some());
    assert_eq!(sampled.comparisons[0].gray.statistic, None);
    for (outcome, kind) in [
        (&counted, WeightKind::Frequency),
        (&sampled, WeightKind::Sampling),
    ] {
        let sections = sections(&study, &[Analysis::Competing(options(kind))]);
        let script = write(&study, &sections, ReportFormat::R)
            + PRINT
            + r#"fit <- specific_adjusted1[[1]]
show("specific", coef(fit), sqrt(diag(vcov(fit))))
fit <- subdistribution_adjusted1[[1]]
show("subdistribution", coef(fit), sqrt(diag(vcov(fit))))
show("rates", rates1$pstate[, 2], rates1$std.err[, 2])
"#;
        let Some(output) = run_r(&study, csv().as_bytes(), &script) else {
            return;
        };
        assert_close(
            &specific(outcome),
            &numbers(&output, "specific"),
            "specific",
        );
        let theirs = numbers(&output, "subdistribution");
        assert_close(&subdistribution(outcome), &theirs, "subdistribution");
        let steps: Vec<_> = (outcome.arms.iter())
            .flat_map(|arm| {
                arm.rates[0].iter().map(|rate| {
                    let step = arm.curves.at(rate.time).unwrap();
                    step.causes[0].cum_incidence
                })
            })
            .collect();
        let ours: Vec<Option<f64>> = (steps.iter().map(|step| Some(step.estimate)))
            .chain(steps.iter().map(|step| Some(step.std_err)))
            .collect();
        assert_close(&ours, &numbers(&output, "rates"), "rates");
    }
}

#[test]
fn a_row_that_counts_three_patients_is_three_rows() {
    let text = csv();
    let mut lines = text.lines();
    let mut long = format!("{}\n", lines.next().unwrap());
    for line in lines {
        let copies: usize = line.rsplit(',').next().unwrap().parse().unwrap();
        (0..copies).for_each(|copy| long += &format!("{copy}{line}\n"));
    }
    let options = CompetingOptions {
        group: Some("arm".to_owned()),
        covariates: ["arm", "age"].map(str::to_owned).to_vec(),
        ..CompetingOptions::default()
    };
    let repeated = competing(
        &study::of_bytes(long.as_bytes(), "long.csv", mapping()),
        options.clone(),
    );
    let counted = competing(
        &opened(|_| ()),
        CompetingOptions {
            weights: Some("copies".to_owned()),
            ..options
        },
    );
    assert_eq!(counted.arms, repeated.arms);
    assert_eq!(counted.comparisons, repeated.comparisons);
    assert_eq!(counted.models, repeated.models);
}

#[test]
fn counts_that_are_not_whole_are_used_as_sampling_weights_and_that_is_said() {
    let half = csv().replace(",1\n", ",1.5\n");
    let study = study::of_bytes(half.as_bytes(), "half.csv", mapping());
    let options = CompetingOptions {
        weights: Some("copies".to_owned()),
        ..CompetingOptions::default()
    };
    let outcome = competing(&study, options.clone());
    assert!(outcome.broken_weights);
    assert_eq!(outcome.options.weight_kind, WeightKind::Sampling);
    let sections = sections(&study, &[Analysis::Competing(options)]);
    let html = write(&study, &sections, ReportFormat::Html);
    assert!(html.contains("they are used as sampling weights"), "{html}");
}

#[test]
fn a_covariate_that_is_a_stratum_is_said_to_have_no_ratio() {
    let study = opened(|_| ());
    let options = CoxOptions {
        strata: vec!["arm".to_owned()],
        interactions: vec![["age", "arm"].map(str::to_owned)],
        ..options()
    };
    let outcome = cox(&study, options.clone());
    let sections = sections(&study, &[Analysis::Cox(options)]);
    let said = cautions(&sections[0].blocks);
    let caution = "Without a hazard ratio, because it is among the strata, where each level has a \
                   baseline hazard of its own: arm.";
    assert!(
        said.iter().any(|said| said.starts_with(caution)),
        "{said:?}"
    );
    assert!(!said.iter().any(|said| said.contains("already determine")));
    let html = write(&study, &sections, ReportFormat::Html);
    assert!(!html.contains("NE"), "not estimable is no answer");
    let script = write(&study, &sections, ReportFormat::R)
        + PRINT
        + r#"known <- !is.na(coef(cox1))
show("own", coef(cox1)[known], sqrt(diag(vcov(cox1)))[known])"#;
    if let Some(output) = run_r(&study, csv().as_bytes(), &script) {
        assert_close(&multivariable(&outcome), &numbers(&output, "own"), "script");
    }
}

#[test]
fn groups_cannot_be_the_strata_too() {
    let study = opened(|_| ());
    let arm = || "arm".to_owned();
    let subgroups = Analysis::Subgroups(SubgroupsOptions {
        endpoint: Endpoint::Os,
        group: arm(),
        subgroups: vec![arm()],
        strata: vec![arm()],
        ..SubgroupsOptions::default()
    });
    let competing = Analysis::Competing(CompetingOptions {
        group: Some(arm()),
        strata: Some(arm()),
        ..CompetingOptions::default()
    });
    for analysis in [subgroups, competing] {
        let error = study.run(&analysis, &mut |_| ()).unwrap_err();
        let expected = AnalysisError::GroupIsStratum { column: arm() };
        assert_eq!(error, expected.into());
    }
}
