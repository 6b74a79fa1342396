//! A new anticancer therapy, clinical progression and new lesions, as sheets name them.

use oncurve::Study;
use oncurve::cohort::{Endpoint, Issue, IssueKind, Mapping, guess};
use oncurve::recist::{LesionKind, Response};
use oncurve::report;
use oncurve::table::ReadOptions;
use oncurve::text::Text;

use super::{build, table};

/// Patients with a start, a death, a last contact and one more column, whose values are these.
fn sheet(start: &str, heading: &str, values: [&str; 4]) -> String {
    let mut text = format!("Patient,{start},{heading},Death date,Last contact\n");
    for (row, value) in values.iter().enumerate() {
        text += &format!("P{row},2023-01-1{row},{value},,2023-12-0{}\n", row + 1);
    }
    text
}

const LATER: [&str; 4] = ["2023-06-01", "", "2023-08-01", ""];

fn guessed(start: &str, heading: &str) -> Mapping {
    guess(&table(&sheet(start, heading, LATER)))
}

#[test]
fn the_start_of_a_new_therapy_is_guessed_in_every_language_that_is_read() {
    for heading in [
        "New therapy date",
        "Subsequent therapy date",
        "Next line start",
        "New anticancer therapy",
        "Start of new anti-cancer treatment",
        "subsequent_treatment_start",
        "Beginn Folgetherapie",
        "Datum der nächsten Therapielinie",
        "Neue Therapie ab",
        "Début du nouveau traitement",
        "Date de la ligne suivante",
        "Inicio nuevo tratamiento",
        "Fecha de la siguiente línea",
        "Inizio nuova terapia",
        "Data linea successiva",
        "后续治疗开始日期",
        "新的抗肿瘤治疗日期",
    ] {
        let mapping = guessed("Treatment start", heading);
        assert_eq!(mapping.new_therapy.as_deref(), Some(heading));
        assert_eq!(mapping.start.as_deref(), Some("Treatment start"));
        assert_eq!(mapping.progression, None, "{heading}");
    }
}

#[test]
fn the_start_of_a_new_therapy_does_not_make_that_of_the_treatment_doubtful() {
    for (start, heading) in [
        ("Beginn der Therapie", "Beginn Folgetherapie"),
        ("Début du traitement", "Début nouveau traitement"),
        ("Inicio del tratamiento", "Inicio nueva terapia"),
        ("治疗开始日期", "后续治疗开始日期"),
    ] {
        let mapping = guessed(start, heading);
        assert_eq!(mapping.start.as_deref(), Some(start));
        assert_eq!(mapping.new_therapy.as_deref(), Some(heading));
    }
}

#[test]
fn dates_around_another_therapy_are_not_its_start() {
    for heading in [
        "Prior therapy date",
        "End of new therapy",
        "Progression on next therapy",
        "New lesion date",
        "Next visit date",
    ] {
        assert_eq!(
            guessed("Start date", heading).new_therapy,
            None,
            "{heading}"
        );
    }
}

#[test]
fn a_date_of_clinical_progression_has_its_own_role() {
    for heading in [
        "Clinical progression",
        "Clinical progression date",
        "Date of clinical PD",
        "Klinische Progression",
        "Datum klinischer Progress",
        "Progression clinique",
        "Progresión clínica",
        "Progressione clinica",
        "临床进展日期",
    ] {
        let mapping = guessed("Start date", heading);
        assert_eq!(mapping.clinical_progression.as_deref(), Some(heading));
        assert_eq!(mapping.progression, None, "{heading}");
    }
    let both = "Patient,Start date,Radiological progression,Clinical progression,Last contact\n\
                A,2023-01-10,2023-05-01,2023-04-20,2023-12-01\nB,2023-01-11,,2023-06-20,2023-12-01\n";
    let mapping = guess(&table(both));
    let of = |role: &Option<String>| role.clone().unwrap_or_default();
    assert_eq!(of(&mapping.progression), "Radiological progression");
    assert_eq!(of(&mapping.clinical_progression), "Clinical progression");
    // One column for either, and one of a trial, are progression as any.
    for heading in [
        "Progression (clinical/radiological)",
        "Clinical trial progression",
    ] {
        let mapping = guessed("Start date", heading);
        assert_eq!(mapping.progression.as_deref(), Some(heading));
        assert_eq!(mapping.clinical_progression, None);
    }
}

#[test]
fn a_flag_of_clinical_progression_is_not_taken_for_progression() {
    let flag = "Patient,Start date,Progression date,Clinical progression,Last contact\n\
                A,2023-01-10,2023-05-01,yes,2023-12-01\nB,2023-01-11,,no,2023-12-01\n\
                C,2023-01-12,2023-05-07,no,2023-12-01\nD,2023-01-12,,no,2023-12-01\n";
    let mapping = guess(&table(flag));
    assert_eq!(mapping.progression.as_deref(), Some("Progression date"));
    assert_eq!(
        (&mapping.progressed, &mapping.clinical_progression),
        (&None, &None)
    );
    assert_eq!(mapping.groups, []);
    let timed = "Patient,PFS (months),Clinical progression,OS (months),Dead\n\
                 A,3.1,yes,9.2,yes\nB,4.2,no,5.5,no\nC,6.3,no,7.1,no\nD,7.9,yes,8.8,yes\n";
    let mapping = guess(&table(timed));
    assert_eq!(mapping.pfs, None);
    assert_eq!(mapping.os.unwrap().event, "Dead");
}

#[test]
fn clinical_progression_alone_gives_no_pfs_and_that_is_asked_about() {
    let text = sheet("Start date", "Clinical progression date", LATER);
    let mapping = guess(&table(&text));
    let (cohort, issues) = build(&text, &mapping);
    assert_eq!(cohort.endpoint(Endpoint::Pfs), None);
    let words = report::assigned(&cohort, &issues, &Text::new("en"));
    let asked =
        |issue: &&report::IssueInWords| issue.issue.kind == IssueKind::ClinicalProgressionOnly;
    let found: Vec<&str> = (words.issues.iter().filter(asked))
        .map(|issue| &*issue.sentence)
        .collect();
    assert_eq!(
        found,
        [
            "Column “Clinical progression date”: this is read as clinical progression, and nothing else says when \
             the disease progressed, so there is no PFS. Choose it as the progression, too, if it is to count as \
             that."
        ]
    );
    let chosen = Mapping {
        progression: mapping.clinical_progression.clone(),
        ..mapping
    };
    let (cohort, issues) = build(&text, &chosen);
    assert!(cohort.endpoint(Endpoint::Pfs).is_some());
    let asks = |issue: &Issue| issue.kind == IssueKind::ClinicalProgressionOnly;
    assert!(!issues.iter().any(asks));
}

// ---- new lesions ----

const PATIENTS: &str =
    "Patient id,Start date,Last contact\nA,2023-01-10,2023-12-30\nB,2023-01-10,2023-12-30\n";

fn lesions(rows: &str) -> (Study, Vec<Issue>) {
    let reading = ReadOptions::default;
    let mut study = Study::open(PATIENTS.as_bytes(), "patients.csv", reading()).unwrap();
    let text = format!("Patient id,Scan date,Lesion,Diameter (mm),Status\n{rows}");
    study
        .add(text.as_bytes(), "lesions.csv", reading())
        .unwrap();
    let mapping = study.guess();
    let sheet = mapping.lesions.clone().expect("recognised");
    assert_eq!(sheet.state.as_deref(), Some("Status"));
    let (_, issues) = study.assign(mapping).unwrap();
    let issues = issues.to_vec();
    (study, issues)
}

#[test]
fn a_lesion_whose_status_is_new_is_a_new_lesion() {
    for new in ["New", "new lesion", "Neu", "nouvelle", "新发"] {
        // Its later visit comes first in the sheet, and its status is another one by then.
        let (study, issues) = lesions(&format!(
            "A,2023-01-05,L1,40,Present\nA,2023-05-05,L2,14,Stable\nA,2023-03-05,L1,39,Present\n\
             A,2023-03-05,L2,12,{new}\nB,2023-01-05,L1,30,Present\nB,2023-03-05,L1,30,Present\n"
        ));
        let tumour = study.cohort().unwrap().tumours().unwrap()[0]
            .clone()
            .unwrap();
        let kinds: Vec<(&str, LesionKind)> = (tumour.history.lesions.iter())
            .map(|lesion| (&*lesion.id, lesion.kind))
            .collect();
        assert_eq!(kinds, [("L1", LesionKind::Target), ("L2", LesionKind::New)]);
        let first = &tumour.assessment.timepoints[0];
        assert_eq!(
            (first.sum, first.new_lesion, first.overall),
            (Some(39.0), true, Response::Pd)
        );
        let unknown = |issue: &Issue| issue.kind == IssueKind::UnknownFinding;
        assert!(!issues.iter().any(unknown), "{new}");
    }
}

#[test]
fn a_lesion_that_was_there_before_is_not_new_and_that_is_asked_about() {
    let (study, issues) = lesions(
        "A,2023-01-05,L1,40,New\nA,2023-03-05,L1,39,Present\n\
         B,2023-01-05,L1,30,Present\nB,2023-03-05,L1,30,New\nB,2023-05-05,L1,30,no new lesion\n",
    );
    for tumour in study.cohort().unwrap().tumours().unwrap() {
        let tumour = tumour.as_ref().unwrap();
        assert_eq!(tumour.history.lesions[0].kind, LesionKind::Target);
        assert_eq!(tumour.assessment.timepoints[0].overall, Response::Sd);
    }
    let asked: Vec<(Option<u32>, Option<&str>)> = (issues.iter())
        .filter(|issue| issue.kind == IssueKind::UnknownFinding)
        .map(|issue| (issue.row, issue.value.as_deref()))
        .collect();
    assert_eq!(
        asked,
        [
            (Some(2), Some("New")),
            (Some(5), Some("New")),
            (Some(6), Some("no new lesion"))
        ]
    );
}

/// The only issue about dates of a course that contradict each other: its column, value and sentence.
#[track_caller]
fn contradiction(progressions: [&str; 3]) -> (String, String, String) {
    let mut text = "id,start,progression,second,death,last contact\n".to_owned();
    for (row, (progression, second)) in progressions
        .iter()
        .zip(["2022-12-01", "2023-08-01", ""])
        .enumerate()
    {
        text += &format!("P{row},2023-01-10,{progression},{second},,2023-12-01\n");
    }
    let mapping = Mapping {
        second_progression: Some("second".to_owned()),
        ..super::by_dates()
    };
    let (cohort, issues) = build(&text, &mapping);
    let times = super::values(&cohort, Endpoint::Pfs2);
    assert_eq!(
        times,
        [None, Some((203.0, true)), Some((325.0, false))],
        "{issues:#?}"
    );
    let of_course: Vec<&Issue> = (issues.iter())
        .filter(|issue| matches!(issue.kind, IssueKind::Course { .. }))
        .collect();
    let [issue] = of_course[..] else {
        panic!("{issues:#?}");
    };
    let words = report::assigned(&cohort, &issues, &Text::new("en"));
    let said = words.issues.iter().find(|said| said.issue == *issue);
    (
        issue.column.clone().unwrap_or_default(),
        issue.value.clone().unwrap_or_default(),
        said.expect("words").sentence.clone(),
    )
}

#[test]
fn a_second_progression_before_the_start_is_blamed_on_its_own_cell() {
    for progressions in [
        ["early", "late", "unsure"],
        ["01.02.2023", "03.04.2023", "05.06.2023"],
        ["", "2023-06-01", "2023-07-01"],
    ] {
        let (column, value, said) = contradiction(progressions);
        assert_eq!((&*column, &*value), ("second", "2022-12-01"));
        assert!(
            said.contains(
                "the progression on the next therapy (1 December 2022) is before the start (10 January 2023)"
            ),
            "{said}"
        );
    }
}

#[test]
fn a_second_progression_before_the_first_is_blamed_on_its_own_cell() {
    let (column, value, _) = contradiction(["2023-05-01", "2023-06-01", ""]);
    assert_eq!((&*column, &*value), ("second", "2022-12-01"));
}
