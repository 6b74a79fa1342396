//! Adverse events of synthetic patients, from their three sheets to the tables, against base R.

use oncurve::Study;
use oncurve::analysis::{
    Analysis, Difference, EventRates, FirstEventArm, GradeCounts, IncidenceRate, Outcome, RateRow,
    Ratio, SafetyOptions, SafetyOutcome, SafetyRow, SafetyRowKind,
};
use oncurve::cohort::{
    AdverseEventSheet, Grouping, Mapping, StatusColumn, TherapySheet, TimeRules, TimeUnit,
};
use oncurve::table::{ReadOptions, TableName};
use serde_json::Value;

use crate::compare::Tally;
use crate::data::{cases, expected};

/// Closed forms, and limits that both sides find to rounding.
const TOLERANCE: f64 = 1e-10;

fn sheet(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/data");
    std::fs::read(folder.join(format!("safety_{name}.csv"))).unwrap()
}

fn name(file: &str) -> TableName {
    TableName {
        file: Some(file.to_owned()),
        sheet: None,
    }
}

fn yes(column: &str) -> Option<StatusColumn> {
    Some(StatusColumn {
        column: column.to_owned(),
        event_values: vec!["yes".to_owned()],
        ..StatusColumn::default()
    })
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn mapping() -> Mapping {
    Mapping {
        patient: text("id"),
        start: text("start"),
        death: text("death"),
        last_contact: text("last"),
        cut_off: "2025-12-31".parse().ok(),
        groups: vec![Grouping {
            column: "arm".to_owned(),
            ..Grouping::default()
        }],
        adverse_events: Some(AdverseEventSheet {
            table: name("events.csv"),
            patient: "id".to_owned(),
            term: "term".to_owned(),
            system: text("soc"),
            grade: text("grade"),
            related: yes("related"),
            serious: yes("serious"),
            discontinued: yes("stopped"),
            dose_changed: yes("dose"),
            fatal: yes("fatal"),
            start: text("onset"),
            end: text("end"),
        }),
        therapies: Some(TherapySheet {
            table: name("therapies.csv"),
            patient: "id".to_owned(),
            name: text("therapy"),
            line: None,
            start: "first".to_owned(),
            end: text("last"),
            subsequent: yes("later"),
        }),
        rules: TimeRules {
            display: TimeUnit::Days,
            ..TimeRules::default()
        },
        ..Mapping::default()
    }
}

/// The outcome, with the rows of the events sheet as `events` has them.
fn outcome(events: &[u8], options: SafetyOptions) -> SafetyOutcome {
    let reading = ReadOptions::default;
    let mut study = Study::open(&sheet("patients"), "patients.csv", reading()).unwrap();
    for (file, bytes) in [
        ("therapies.csv", &sheet("therapies")[..]),
        ("events.csv", events),
    ] {
        study.add(bytes, file, reading()).unwrap();
    }
    study.assign(mapping()).unwrap();
    match study.run(&Analysis::Safety(options), &mut |_| ()).unwrap() {
        Outcome::Safety(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

fn options(case: &Value) -> SafetyOptions {
    SafetyOptions {
        group: case["by_arm"].as_bool().unwrap().then(|| "arm".to_owned()),
        by_system: case["by_system"].as_bool().unwrap(),
        emergent_days: case["emergent"].as_u64().map(|days| days as u32),
        landmarks: vec![60.0, 120.0, 240.0],
        ..SafetyOptions::default()
    }
}

/// What R calls a row.
fn is_row(kind: &SafetyRowKind, theirs: &Value) -> bool {
    let says = |name: &str| theirs["row"] == name;
    let system_is = |system: &Option<String>| theirs["system"].as_str() == system.as_deref();
    match kind {
        SafetyRowKind::Any => says("any"),
        SafetyRowKind::Severe => says("severe"),
        SafetyRowKind::Serious => says("serious"),
        SafetyRowKind::Discontinued => says("discontinued"),
        SafetyRowKind::DoseChanged => says("dose_changed"),
        SafetyRowKind::Fatal => says("fatal"),
        SafetyRowKind::System { system } => says("system") && system_is(system),
        SafetyRowKind::Term { system, term } => {
            says("term") && theirs["term"] == term.as_str() && system_is(system)
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn counts(tally: &mut Tally, ours: &GradeCounts, theirs: &Value, at: &impl Fn() -> String) {
    let mut same = |ours: usize, theirs: &Value| tally.close(Some(ours as f64), theirs, at);
    same(ours.any, &theirs["any"]);
    same(ours.ungraded, &theirs["ungraded"]);
    same(ours.events, &theirs["events"]);
    for (ours, theirs) in ours.grades.iter().zip(list(&theirs["grades"])) {
        same(*ours, theirs);
    }
}

fn difference(
    tally: &mut Tally,
    ours: Option<Difference>,
    theirs: &Value,
    at: &impl Fn() -> String,
) {
    let ours = ours.map(|ours| [ours.estimate, ours.conf_low, ours.conf_high]);
    for (i, theirs) in list(theirs).iter().enumerate() {
        tally.close(ours.map(|ours| ours[i]), theirs, at);
    }
}

fn table_of<'a>(outcome: &'a SafetyOutcome, theirs: &Value) -> &'a [SafetyRow] {
    let table = (outcome.tables.iter()).find(|table| theirs["related"] == table.related);
    &table.expect("both attributions").rows
}

#[test]
pub fn tables_of_adverse_events_equal_base_r() {
    let file = expected("safety");
    let mut tally = Tally::new("Adverse events by worst grade", &file, TOLERANCE)
        .against("R", "aggregation in base R, prop.test");
    for case in cases(&file) {
        let outcome = outcome(&sheet("events"), options(case));
        let mut same = |ours: usize, theirs: &Value, what: &str| {
            let at = || format!("{} {what}", case["id"]);
            tally.close(Some(ours as f64), theirs, at);
        };
        same(outcome.overall.n, &case["n"], "n");
        same(outcome.missing.grade, &case["missing_grade"], "grade");
        same(outcome.missing.related, &case["missing_related"], "related");
        same(outcome.missing.onset, &case["missing_onset"], "onset");
        same(outcome.not_emergent, &case["not_emergent"], "emergent");
        same(outcome.before_start, &case["before_start"], "before");
        for (arm, theirs) in outcome.arms.iter().zip(list(&case["sizes"])) {
            same(arm.n, theirs, "arm");
        }
        for theirs in list(&case["tables"]) {
            let rows = table_of(&outcome, theirs);
            assert_eq!(rows.len(), list(&theirs["rows"]).len(), "{}", case["id"]);
            for theirs in list(&theirs["rows"]) {
                let row = (rows.iter()).find(|row| is_row(&row.kind, theirs)).unwrap();
                let at = || format!("{} {:?}", case["id"], row.kind);
                counts(&mut tally, &row.overall, &theirs["overall"], &at);
                assert_eq!(row.arms.len(), list(&theirs["arms"]).len());
                for (ours, theirs) in row.arms.iter().zip(list(&theirs["arms"])) {
                    counts(&mut tally, ours, theirs, &at);
                }
                difference(&mut tally, row.difference, &theirs["difference"], &at);
                let severe = &theirs["severe_difference"];
                difference(&mut tally, row.severe_difference, severe, &at);
            }
        }
    }
    tally.finish(3_000);
}

fn rate(tally: &mut Tally, ours: &IncidenceRate, theirs: &Value, at: &impl Fn() -> String) {
    let ours = [
        Some(ours.count as f64),
        Some(ours.time),
        ours.estimate,
        ours.conf_low,
        ours.conf_high,
    ];
    for (ours, theirs) in ours.into_iter().zip(list(theirs)) {
        tally.close(ours, theirs, at);
    }
}

fn rates(tally: &mut Tally, ours: &EventRates, theirs: &Value, at: &impl Fn() -> String) {
    rate(tally, &ours.events, &theirs["events"], at);
    rate(tally, &ours.patients, &theirs["patients"], at);
}

fn ratio(tally: &mut Tally, ours: Option<Ratio>, theirs: &Value, at: &impl Fn() -> String) {
    let Some(ours) = ours else {
        assert!(theirs.is_null());
        return;
    };
    for (ours, theirs) in [ours.estimate, ours.conf_low, ours.conf_high]
        .into_iter()
        .zip(list(theirs))
    {
        tally.close(ours, theirs, at);
    }
}

/// `poisson.test` finds the limits of a count by `qgamma`, and those of a ratio by `qbeta`, to 1e-12 or so.
#[test]
pub fn rates_by_exposure_equal_poisson_test() {
    let file = expected("safety");
    let mut tally =
        Tally::new("Rates of adverse events by exposure", &file, 1e-9).against("R", "poisson.test");
    for case in cases(&file) {
        let with_rates = |row: &&Value| !row["rates"].is_null();
        let theirs: Vec<&Value> = (list(&case["tables"]).iter())
            .flat_map(|table| list(&table["rows"]))
            .filter(with_rates)
            .collect();
        if theirs.is_empty() {
            continue;
        }
        let outcome = outcome(&sheet("events"), options(case));
        let ours = outcome.rates.expect("therapies say how long");
        assert_eq!(ours.rows.len(), theirs.len());
        for theirs in theirs {
            let found = |row: &&RateRow| is_row(&row.kind, theirs);
            let row = ours.rows.iter().find(found).unwrap();
            let at = || format!("{} {:?}", case["id"], row.kind);
            rates(&mut tally, &row.overall, &theirs["rates"]["overall"], &at);
            for (ours, theirs) in row.arms.iter().zip(list(&theirs["rates"]["arms"])) {
                rates(&mut tally, ours, theirs, &at);
            }
            ratio(&mut tally, row.event_ratio, &theirs["event_ratio"], &at);
            ratio(&mut tally, row.patient_ratio, &theirs["patient_ratio"], &at);
        }
    }
    tally.finish(600);
}

#[test]
pub fn the_first_severe_event_equals_survfit() {
    let file = expected("safety");
    let mut tally = Tally::new("Time to the first severe adverse event", &file, TOLERANCE)
        .against("survival", "survfit of states, cuminc");
    for case in cases(&file).iter().filter(|case| !case["first"].is_null()) {
        let outcome = outcome(&sheet("events"), options(case));
        let ours = outcome.first.expect("there are dates and grades");
        let theirs = &case["first"];
        let mut arm = |ours: &FirstEventArm, theirs: &Value| {
            let at = || format!("{} {:?}", case["id"], ours.label);
            tally.close(Some(ours.n as f64), &theirs["n"], at);
            tally.close(Some(ours.n_event as f64), &theirs["n_event"], at);
            tally.close(Some(ours.n_death as f64), &theirs["n_death"], at);
            for (rate, theirs) in ours.rates.iter().zip(list(&theirs["pstate"])) {
                tally.close(rate.estimate, theirs, at);
            }
        };
        arm(&ours.overall, &theirs["overall"]);
        assert_eq!(ours.arms.len(), list(&theirs["arms"]).len());
        for (ours, theirs) in ours.arms.iter().zip(list(&theirs["arms"])) {
            arm(ours, theirs);
        }
        if let Some(gray) = &ours.gray {
            let at = || format!("{} Gray", case["id"]);
            tally.close(gray.statistic, &theirs["gray"][0], at);
            tally.close(gray.p_value, &theirs["gray"][1], at);
        }
    }
    tally.finish(30);
}

fn by_arm() -> SafetyOptions {
    SafetyOptions {
        group: text("arm"),
        by_system: true,
        ..SafetyOptions::default()
    }
}

#[test]
fn the_order_of_the_events_does_not_matter() {
    let csv = String::from_utf8(sheet("events")).unwrap();
    let (head, rows) = csv.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    let ours = outcome(csv.as_bytes(), by_arm());
    let turned = outcome(
        format!("{head}\n{}\n", rows.join("\n")).as_bytes(),
        by_arm(),
    );
    assert_eq!(ours, turned);
    rows.sort_unstable();
    let sorted = outcome(
        format!("{head}\n{}\n", rows.join("\n")).as_bytes(),
        by_arm(),
    );
    assert_eq!(ours, sorted);
}

#[test]
fn a_repeated_event_changes_no_count_of_patients() {
    let csv = String::from_utf8(sheet("events")).unwrap();
    let (_, rows) = csv.split_once('\n').unwrap();
    let once = outcome(csv.as_bytes(), by_arm());
    let twice = outcome(format!("{csv}{rows}").as_bytes(), by_arm());
    for (once, twice) in once.tables.iter().zip(&twice.tables) {
        assert_eq!(once.rows.len(), twice.rows.len());
        for (once, twice) in once.rows.iter().zip(&twice.rows) {
            let patients = |counts: &GradeCounts| (counts.any, counts.grades, counts.ungraded);
            assert_eq!(once.kind, twice.kind);
            assert_eq!(patients(&once.overall), patients(&twice.overall));
            assert_eq!(once.difference, twice.difference);
        }
    }
    assert_eq!(once.first, twice.first);
}

#[test]
fn groups_and_grades_add_up_to_all_patients() {
    let outcome = outcome(&sheet("events"), by_arm());
    let mut rows = 0;
    for row in outcome.tables.iter().flat_map(|table| &table.rows) {
        let counts = &row.overall;
        assert_eq!(
            counts.any,
            counts.grades.iter().sum::<usize>() + counts.ungraded
        );
        assert_eq!(
            counts.below_grade(3) + counts.from_grade(3) + counts.ungraded,
            counts.any
        );
        let sum = |of: fn(&GradeCounts) -> usize| row.arms.iter().map(of).sum::<usize>();
        assert_eq!(sum(|arm| arm.any), counts.any);
        assert_eq!(sum(|arm| arm.events), counts.events);
        for grade in 0..5 {
            let arms = row.arms.iter().map(|arm| arm.grades[grade]).sum::<usize>();
            assert_eq!(arms, counts.grades[grade]);
        }
        rows += 1;
    }
    assert!(rows >= 60, "{rows}");
    let n: usize = outcome.arms.iter().map(|arm| arm.n).sum();
    assert_eq!(n, outcome.overall.n);
}
