//! Endpoints by the rules of censoring, from sheets of text: what each patient contributes, what competes, and
//! what a person is told. Every study starts on 1 January 2023, day 0.

use chrono::{Days, NaiveDate};
use oncurve::Study;
use oncurve::analysis::{Analysis, CompetingOptions, Outcome};
use oncurve::cohort::{Cause, Cohort, Endpoint, Issue, IssueKind, Mapping, Reason, Severity};
use oncurve::format::Style;
use oncurve::recist::{EndReason, Preset, Reason as Call};
use oncurve::report::{self, Block};
use oncurve::table::ReadOptions;
use oncurve::text::Text;

use super::day;

/// A date so many days after the start.
pub fn on(days: u64) -> NaiveDate {
    day("2023-01-01") + Days::new(days)
}

/// A sheet of patients with start on day 0, by rows of an id and days (or nothing) under `columns`.
pub fn patients(columns: &[&str], rows: &[(&str, &[Option<u64>])]) -> String {
    let mut text = format!("Patient id,Start date,{}\n", columns.join(","));
    for (id, days) in rows {
        let cells: Vec<String> = (days.iter())
            .map(|days| days.map(|days| on(days).to_string()).unwrap_or_default())
            .collect();
        text.push_str(&format!("{id},2023-01-01,{}\n", cells.join(",")));
    }
    text
}

/// A sheet of assessments with the responses as entered, in the order given.
pub fn visits(rows: &[(&str, u64, &str)]) -> String {
    let mut text = String::from("Patient id,Assessment date,Overall response\n");
    for (id, days, response) in rows {
        text.push_str(&format!("{id},{},{response}\n", on(*days)));
    }
    text
}

/// Both sheets, assigned; every column has the role of its heading.
pub fn assigned(
    patients: &str,
    visits: &str,
    change: impl FnOnce(&mut Mapping),
) -> (Study, Vec<Issue>) {
    let reading = ReadOptions::default;
    let mut study = Study::open(patients.as_bytes(), "patients.csv", reading()).unwrap();
    study
        .add(visits.as_bytes(), "visits.csv", reading())
        .unwrap();
    let headings = study.tables()[0].headings.clone();
    let has = |heading: &str| {
        let found = headings.iter().find(|known| *known == heading);
        found.cloned()
    };
    let mut mapping = study.guess();
    mapping.progression = has("Progression date");
    mapping.death = has("Death date");
    mapping.last_contact = has("Last contact");
    mapping.new_therapy = has("New therapy");
    mapping.clinical_progression = has("Clinical progression");
    change(&mut mapping);
    let (_, issues) = study.assign(mapping).unwrap();
    let issues = issues.to_vec();
    (study, issues)
}

pub fn by(preset: Preset) -> impl Fn(&mut Mapping) {
    move |mapping| mapping.rules.censoring.preset = Some(preset)
}

/// Time, event and reason of every patient.
pub type Given = (Option<(f64, bool)>, Reason);

pub fn given(cohort: &Cohort, endpoint: Endpoint) -> Vec<Given> {
    let data = cohort.endpoint(endpoint).expect("the endpoint");
    (data.derived.iter())
        .map(|derived| {
            let value = derived.value.map(|value| (value.time, value.event));
            (value, derived.reason)
        })
        .collect()
}

pub fn ends(days: u64, event: bool, by: EndReason) -> Given {
    let reason = Reason::Rule { by, on: on(days) };
    (Some((days as f64, event)), reason)
}

// ---- clinical progression ----

/// A stops for clinical progression on day 100 and has a new therapy on day 110; a scan on day 126 shows PD.
/// B likewise, with a scan on day 105. C has nothing after the clinical progression. D progresses by a scan later.
fn stopped() -> (String, String) {
    let columns = [
        "Death date",
        "Last contact",
        "New therapy",
        "Clinical progression",
    ];
    let sheet = patients(
        &columns,
        &[
            ("A", &[None, Some(300), Some(110), Some(100)]),
            ("B", &[None, Some(300), Some(110), Some(100)]),
            ("C", &[None, Some(300), None, Some(100)]),
            ("D", &[None, Some(300), None, Some(100)]),
        ],
    );
    let scans = visits(&[
        ("A", 42, "SD"),
        ("A", 84, "SD"),
        ("A", 126, "PD"),
        ("B", 42, "SD"),
        ("B", 84, "SD"),
        ("B", 105, "SD"),
        ("C", 42, "SD"),
        ("C", 84, "SD"),
        ("D", 42, "SD"),
        ("D", 84, "SD"),
        ("D", 126, "PD"),
    ]);
    (sheet, scans)
}

#[test]
fn by_the_fda_rules_clinical_progression_is_no_event_and_the_therapy_after_it_censors() {
    let (sheet, scans) = stopped();
    for counts in [false, true] {
        let (study, _) = assigned(&sheet, &scans, |mapping| {
            by(Preset::Fda)(mapping);
            mapping.rules.censoring.clinical_progression = counts;
        });
        let therapy = EndReason::NewTherapy { on: on(110) };
        assert_eq!(
            given(study.cohort().unwrap(), Endpoint::Pfs),
            [
                ends(84, false, therapy),
                ends(105, false, therapy),
                ends(84, false, EndReason::LastAssessment),
                ends(126, true, EndReason::Progressed),
            ]
        );
    }
}

#[test]
fn by_the_other_rules_clinical_progression_counts_if_it_is_to() {
    let (sheet, scans) = stopped();
    let pfs = |preset, counts| {
        let (study, _) = assigned(&sheet, &scans, |mapping| {
            by(preset)(mapping);
            mapping.rules.censoring.clinical_progression = counts;
        });
        given(study.cohort().unwrap(), Endpoint::Pfs)
    };
    let documented = ends(126, true, EndReason::Progressed);
    let last = |days| ends(days, false, EndReason::LastAssessment);
    assert_eq!(
        pfs(Preset::Ema, false),
        [documented, last(105), last(84), documented]
    );
    let clinical = ends(100, true, EndReason::ClinicallyProgressed);
    assert_eq!(pfs(Preset::Ema, true), [clinical; 4]);
    assert_eq!(pfs(Preset::Plain, true), [clinical; 4]);
    let contact = ends(300, false, EndReason::LastContact);
    assert_eq!(
        pfs(Preset::Plain, false),
        [documented, contact, contact, documented]
    );
}

// ---- events that compete ----

/// A progresses; B dies closely followed; C has a new therapy, then PD; D dies after missed visits; E lives; F
/// progresses and dies on one day; G has no assessment; H dies after a new therapy.
fn competing() -> (String, String) {
    let columns = ["Death date", "Last contact", "New therapy"];
    let sheet = patients(
        &columns,
        &[
            ("A", &[Some(200), Some(200), None]),
            ("B", &[Some(150), Some(150), None]),
            ("C", &[None, Some(200), Some(100)]),
            ("D", &[Some(300), Some(300), None]),
            ("E", &[None, Some(200), None]),
            ("F", &[Some(84), Some(84), None]),
            ("G", &[None, Some(50), None]),
            ("H", &[Some(120), Some(120), Some(90)]),
        ],
    );
    let scans = visits(&[
        ("A", 42, "SD"),
        ("A", 126, "PD"),
        ("B", 84, "SD"),
        ("C", 84, "SD"),
        ("C", 126, "PD"),
        ("D", 84, "SD"),
        ("E", 84, "SD"),
        ("E", 168, "SD"),
        ("F", 42, "SD"),
        ("F", 84, "PD"),
        ("H", 84, "SD"),
    ]);
    (sheet, scans)
}

fn causes(cohort: &Cohort) -> Vec<(f64, usize)> {
    let data = cohort.competing().expect("competing events");
    assert_eq!(data.causes, [Cause::Progression, Cause::Death]);
    (data.derived.iter())
        .map(|derived| derived.value.map(|value| (value.time, value.cause)))
        .collect::<Option<_>>()
        .expect("everybody contributes")
}

#[test]
fn what_the_rules_censor_is_censored_for_both_of_the_events_that_compete() {
    let (sheet, scans) = competing();
    let of = |preset| {
        let (study, _) = assigned(&sheet, &scans, by(preset));
        causes(study.cohort().unwrap())
    };
    let (progressed, died, censored) = (1, 2, 0);
    assert_eq!(
        of(Preset::Fda),
        [
            (126.0, progressed),
            (150.0, died),
            (84.0, censored),
            (84.0, censored),
            (168.0, censored),
            (84.0, progressed),
            (0.0, censored),
            (84.0, censored),
        ]
    );
    assert_eq!(
        of(Preset::Ema),
        [
            (126.0, progressed),
            (150.0, died),
            (126.0, progressed),
            (300.0, died),
            (168.0, censored),
            (84.0, progressed),
            (0.0, censored),
            (120.0, died),
        ]
    );
    assert_eq!(of(Preset::Plain)[4..7], [(200.0, 0), (84.0, 1), (50.0, 0)]);
}

#[test]
fn clinical_progression_that_counts_competes_as_progression() {
    let (sheet, scans) = stopped();
    let (study, _) = assigned(&sheet, &scans, |mapping| {
        by(Preset::Ema)(mapping);
        mapping.rules.censoring.clinical_progression = true;
    });
    assert_eq!(causes(study.cohort().unwrap()), [(100.0, 1); 4]);
}

#[test]
fn the_analysis_of_competing_events_counts_and_names_the_rules() {
    let (sheet, scans) = competing();
    let (study, _) = assigned(&sheet, &scans, by(Preset::Fda));
    let analysis = Analysis::Competing(CompetingOptions::default());
    let outcome = study.run(&analysis, &mut |_| ()).unwrap();
    let Outcome::Competing(found) = &outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!((found.overall.n, found.overall.n_censor), (8, 5));
    assert_eq!(found.overall.n_event, [2, 1]);
    let blocks = report::compose(&outcome, &Style::default(), &Text::new("en"));
    let Some(Block::Methods { text, .. }) = blocks.last() else {
        panic!("{blocks:?}");
    };
    let beginning = "Time was counted from start to the first of progression and death from any cause; death \
         without progression was a competing event. Patients without the event, and those with an event after a new \
         anticancer therapy or after more than 98 days without an adequate assessment, were censored at their last \
         adequate assessment before, or at the start where there was none (FDA 2018).";
    assert!(text.starts_with(beginning), "{text}");
}

// ---- progression as entered ----

#[test]
fn a_progression_entered_otherwise_than_the_assessments_show_it_counts_and_is_listed() {
    let columns = ["Progression date", "Death date", "Last contact"];
    let rows: [(&str, &[Option<u64>]); 6] = [
        ("same", &[Some(84), None, Some(200)]),
        ("earlier", &[Some(70), None, Some(200)]),
        ("unseen", &[Some(90), None, Some(200)]),
        ("unentered", &[None, None, Some(200)]),
        ("neither", &[None, None, Some(200)]),
        ("unassessed", &[Some(60), None, Some(200)]),
    ];
    let scans = visits(&[
        ("same", 42, "SD"),
        ("same", 84, "PD"),
        ("earlier", 42, "SD"),
        ("earlier", 84, "PD"),
        ("unseen", 42, "SD"),
        ("unseen", 84, "SD"),
        ("unentered", 42, "SD"),
        ("unentered", 84, "PD"),
        ("neither", 84, "SD"),
    ]);
    let (study, issues) = assigned(&patients(&columns, &rows), &scans, |_| {});
    let cohort = study.cohort().unwrap();
    assert_eq!(
        given(cohort, Endpoint::Pfs),
        [
            ends(84, true, EndReason::Progressed),
            ends(70, true, EndReason::Progressed),
            ends(90, true, EndReason::Progressed),
            ends(84, false, EndReason::LastAssessment),
            ends(84, false, EndReason::LastAssessment),
            ends(60, true, EndReason::Progressed),
        ]
    );
    // iPFS rests on the assessments alone.
    assert_eq!(
        given(cohort, Endpoint::Ipfs)[1],
        ends(84, true, EndReason::Progressed)
    );
    let listed: Vec<_> = (issues.iter())
        .filter_map(|issue| match issue.kind {
            IssueKind::ProgressionDiffers {
                entered,
                computed,
                because,
            } => Some((issue.row, issue.severity, entered, computed, because)),
            _ => None,
        })
        .collect();
    let (warning, called) = (Severity::Warning, Some(Call::Entered));
    assert_eq!(
        listed,
        [
            (Some(3), warning, Some(on(70)), Some(on(84)), called),
            (Some(4), warning, Some(on(90)), None, None),
            (Some(5), warning, None, Some(on(84)), called),
        ]
    );
    let text = Text::new("en");
    let sentences: Vec<String> = (report::assigned(cohort, &issues, &text).issues.into_iter())
        .filter(|issue| matches!(issue.issue.kind, IssueKind::ProgressionDiffers { .. }))
        .map(|issue| issue.sentence)
        .collect();
    assert_eq!(
        sentences,
        [
            "Row 3, “Progression date”: the progression is entered on 12 March 2023, but the assessments show it \
             on 26 March 2023. As called in the spreadsheet: PD. The entered date counts.",
            "Row 4, “Progression date”: the progression is entered on 1 April 2023, but no assessment shows one. \
             The entered date counts; if the progression was clinical only, give it a column of its own.",
            "Row 5, “Progression date”: no progression is entered, but the assessments show one on 26 March 2023. \
             As called in the spreadsheet: PD. It does not count until it is entered; or leave the column out, so \
             that the assessments decide.",
        ]
    );
}

#[test]
fn progressions_after_the_cut_off_do_not_differ() {
    let columns = ["Progression date", "Death date", "Last contact"];
    let sheet = patients(&columns, &[("A", &[None, None, Some(200)])]);
    let scans = visits(&[("A", 42, "SD"), ("A", 84, "PD")]);
    let differs = |cut_off: u64| {
        let (_, issues) = assigned(&sheet, &scans, |mapping| {
            mapping.cut_off = Some(on(cut_off));
        });
        let is = |issue: &&Issue| matches!(issue.kind, IssueKind::ProgressionDiffers { .. });
        issues.iter().filter(is).count()
    };
    assert_eq!((differs(83), differs(84)), (0, 1));
}

#[test]
fn the_reason_of_the_computed_progression_has_its_numbers() {
    let columns = ["Progression date", "Death date", "Last contact"];
    let sheet = patients(&columns, &[("A", &[Some(100), None, Some(200)])]);
    let sums = "Patient id,Assessment date,Sum of diameters,New lesion\n\
                A,2023-01-01,50,no\nA,2023-02-12,40,no\nA,2023-03-26,60,no\n";
    let (study, issues) = assigned(&sheet, sums, |_| {});
    let text = Text::new("en");
    let told = report::assigned(study.cohort().unwrap(), &issues, &text).issues;
    let ours = |issue: &&report::IssueInWords| {
        matches!(issue.issue.kind, IssueKind::ProgressionDiffers { .. })
    };
    assert_eq!(
        told.iter().find(ours).unwrap().sentence,
        "Row 2, “Progression date”: the progression is entered on 11 April 2023, but the assessments show it on \
         26 March 2023. PD: the sum of 60 mm is 50 % and 20 mm above the smallest (40 mm). The entered date counts."
    );
}

/// A new therapy on day 20 and the first scan on day 36: there is no last adequate assessment to speak of.
#[test]
fn a_new_therapy_before_any_assessment_censors_at_the_start_and_says_why() {
    let columns = ["Last contact", "New therapy"];
    let sheet = patients(&columns, &[("A", &[Some(60), Some(20)])]);
    let scans = visits(&[("A", 36, "PD")]);
    let (study, _) = assigned(&sheet, &scans, by(Preset::Fda));
    let cohort = study.cohort().unwrap();
    let therapy = EndReason::NewTherapy { on: on(20) };
    assert_eq!(given(cohort, Endpoint::Pfs), [ends(0, false, therapy)]);
    let text = Text::new("en");
    let shown = report::derived(cohort, Endpoint::Pfs, 0, 1, &Style::default(), &text);
    assert_eq!(
        shown[0].reason,
        "Censored at the start (1 January 2023): no adequate assessment between it and the new anticancer therapy of \
         21 January 2023"
    );
    assert_eq!(
        text.get("survival-event-ipfs"),
        "progression by iRECIST or death"
    );
    assert_eq!(
        text.get("survival-event-idor"),
        "progression by iRECIST or death"
    );
}
