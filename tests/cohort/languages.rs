//! Headings and values in German and Chinese, as clinics write them.

use oncurve::Study;
use oncurve::analysis::Analysis;
use oncurve::cohort::{Endpoint, IssueKind, Severity, TimeUnit};
use oncurve::report;
use oncurve::table::{FindingKind, ReadOptions};
use oncurve::text::Text;

use super::{build, table};

fn open(text: &str) -> Study {
    Study::open(text.as_bytes(), "t.csv", ReadOptions::default()).unwrap()
}

#[test]
fn german_times_and_events_are_guessed() {
    let text = "ID;Geschlecht;Alter;OS (Monate);Status (1=tot);PFS (Monate);PFS-Ereignis;Bestes Ansprechen\n\
                1;w;77;8,5;1;4,4;1;SD\n2;m;69;25,6;1;12,0;1;CR\n3;m;48;18,7;0;4,1;0;PR\n\
                4;w;60;32,0;1;11,7;1;PR\n5;m;52;18,2;0;3,2;1;PD\n6;w;50;12,5;1;6,0;0;SD\n";
    let mapping = oncurve::cohort::guess(&table(text));
    let os = mapping.os.unwrap();
    assert_eq!((&*os.time, &*os.event), ("OS (Monate)", "Status (1=tot)"));
    assert_eq!(
        (os.unit, &os.event_values[..]),
        (TimeUnit::Months, &["1".to_owned()][..])
    );
    let pfs = mapping.pfs.unwrap();
    assert_eq!((&*pfs.time, &*pfs.event), ("PFS (Monate)", "PFS-Ereignis"));
    assert_eq!(mapping.response.unwrap().column, "Bestes Ansprechen");
    let groups: Vec<&str> = mapping.groups.iter().map(|group| &*group.column).collect();
    assert_eq!(groups, ["Geschlecht"]);
    assert_eq!(mapping.covariates, ["Alter"]);
}

#[test]
fn german_dates_are_guessed() {
    let text = "Patientennummer;Therapiebeginn;Progress;Todesdatum;letzter Kontakt\n\
                1;01.02.2021;13.08.2021;24.12.2021;24.12.2021\n2;15.02.2021;;;30.11.2022\n\
                3;20.03.2021;14.09.2021;;31.10.2022\n";
    let mapping = oncurve::cohort::guess(&table(text));
    assert_eq!(mapping.patient.as_deref(), Some("Patientennummer"));
    assert_eq!(mapping.start.as_deref(), Some("Therapiebeginn"));
    assert_eq!(mapping.progression.as_deref(), Some("Progress"));
    assert_eq!(mapping.death.as_deref(), Some("Todesdatum"));
    assert_eq!(mapping.last_contact.as_deref(), Some("letzter Kontakt"));
    for (start, death) in [
        ("Beginn der Therapie", "Tod"),
        ("Beginn", "Sterbedatum"),
        ("Début du traitement", "Date de décès"),
        ("Inicio del tratamiento", "Fecha de fallecimiento"),
        ("Inizio terapia", "Data del decesso"),
    ] {
        let text = text
            .replace("Therapiebeginn", start)
            .replace("Todesdatum", death);
        let mapping = oncurve::cohort::guess(&table(&text));
        assert_eq!(mapping.start.as_deref(), Some(start));
        assert_eq!(mapping.death.as_deref(), Some(death));
    }
}

#[test]
fn a_status_that_defines_its_codes_is_no_group() {
    let text = "id,arm,Status (1=tot),Zustand (1=lebt)\n1,A,1,0\n2,B,0,1\n3,A,1,0\n4,B,0,1\n";
    let mapping = oncurve::cohort::guess(&table(text));
    let groups: Vec<&str> = mapping.groups.iter().map(|group| &*group.column).collect();
    assert_eq!(groups, ["arm"]);
}

const CHINESE: &str = "姓名/编号,性别,年龄,入组日期,进展日期,死亡日期,末次随访,治疗方案\n\
    王某01,男,70,2020-12-01,2023-01-28,2023-06-17,2023-06-17,免疫+化疗\n\
    李某02,女,77岁,2020-04-02,未进展,2020-10-19,2020-10-19,免疫单药\n\
    张某03,男,74,2020-02-24,2022-11-12,健在,2022-12-08,免疫+化疗\n\
    刘某04,女,66岁,2020-04-19,2020-12-21,未死亡,2021-09-16,免疫单药\n\
    陈某05,男,59,2020-05-19,2020-12-21,2021-05-02,2021-05-02,免疫+化疗\n\
    赵某06,男,62,2020-06-19,2020-11-21,2021-09-16,2021-09-16,免疫单药\n";

#[test]
fn words_for_no_event_in_a_column_of_dates_are_read_as_such_and_said_once() {
    let mut study = open(CHINESE);
    let mapping = study.guess();
    assert_eq!(mapping.patient.as_deref(), Some("姓名/编号"));
    assert_eq!(mapping.progression.as_deref(), Some("进展日期"));
    assert_eq!(mapping.death.as_deref(), Some("死亡日期"));
    let (cohort, issues) = study.assign(mapping).unwrap();
    let events = |endpoint: Endpoint| -> Vec<bool> {
        let mut all = cohort.endpoints().iter();
        let data = all.find(|data| data.endpoint == endpoint).unwrap();
        let value = |derived: &oncurve::cohort::Derived| derived.value.unwrap().event;
        data.derived.iter().map(value).collect()
    };
    assert_eq!(events(Endpoint::Os), [true, true, false, false, true, true]);
    assert_eq!(events(Endpoint::Pfs), [true; 6]);
    let notes: Vec<(Severity, &IssueKind)> = (issues.iter())
        .filter(|issue| !matches!(issue.kind, IssueKind::Reading { .. }))
        .map(|issue| (issue.severity, &issue.kind))
        .collect();
    let denied = |words: &[&str]| IssueKind::DatesDenied {
        words: words.iter().map(|&word| word.to_owned()).collect(),
        patients: words.len(),
    };
    assert_eq!(
        notes,
        [
            (Severity::Note, &denied(&["未进展"])),
            (Severity::Note, &denied(&["健在", "未死亡"])),
        ]
    );
    let words = report::assigned(cohort, &issues, &Text::new("en"));
    let sentences: Vec<&str> = words.issues.iter().map(|issue| &*issue.sentence).collect();
    let sentence = "Column “死亡日期”: “健在”, “未死亡” (2 patients) is no date and is read as “it did not \
                    happen”. Correct the cells if that is wrong.";
    assert!(sentences.contains(&sentence), "{sentences:?}");
}

#[test]
fn an_unknown_word_in_a_column_of_dates_names_the_setting_that_reads_it_as_missing() {
    let text = CHINESE.replace("健在", "待查");
    let mut study = open(&text);
    let (cohort, issues) = study.assign(study.guess()).unwrap();
    let words = report::assigned(cohort, &issues, &Text::new("en"));
    let sentences: Vec<&str> = words.issues.iter().map(|issue| &*issue.sentence).collect();
    let sentence = "Row 4, “死亡日期”: “待查” cannot be read. Correct it, or read “待查” as missing in the \
                    whole column (“Also missing” in Data); until then the patient is left out of OS.";
    assert!(sentences.contains(&sentence), "{sentences:?}");
}

#[test]
fn ages_with_their_unit_are_numbers_with_a_note() {
    let table = table(CHINESE);
    let ages = table.column("年龄").unwrap();
    let numbers: Vec<Option<f64>> = (0..6).map(|row| ages.number(row)).collect();
    assert_eq!(numbers, [70.0, 77.0, 74.0, 66.0, 59.0, 62.0].map(Some));
    let findings: Vec<(FindingKind, Option<&str>)> = (table.findings.iter())
        .filter(|finding| finding.column.as_deref() == Some("年龄"))
        .map(|finding| (finding.kind, finding.value.as_deref()))
        .collect();
    assert_eq!(findings, [(FindingKind::AgeWithUnit, Some("77岁"))]);
    // Of other columns a unit may be another one than that of the rest.
    let sizes =
        super::table("id,size (mm)\n1,30\n2,25\n3,3 cm\n4,77 years\n5,20\n6,21\n7,22\n8,24\n");
    assert_eq!(sizes.column("size (mm)").unwrap().number(3), None);
}

#[test]
fn treatments_are_compared_before_anything_else() {
    // Sex is divided as evenly, and comes first.
    let mut study = open(&CHINESE.replace("张某03,男", "张某03,女"));
    study.assign(study.guess()).unwrap();
    let compared: Vec<String> = (study.first_analyses().into_iter())
        .filter_map(|analysis| match analysis {
            Analysis::Survival(options) => options.group,
            _ => None,
        })
        .collect();
    assert_eq!(compared, ["治疗方案"; 2]);
}

#[test]
fn an_issue_of_a_death_before_progression_stands_at_the_death() {
    let (_, issues) = {
        let text = "id,First dose,Progression,Death,Last contact\nA,2022-01-10,2022-09-01,2022-08-16,2022-08-16\n\
                    B,2022-01-10,2022-03-01,,2022-08-16\n";
        let mapping = oncurve::cohort::guess(&table(text));
        build(text, &mapping)
    };
    let issue = (issues.iter())
        .find(|issue| matches!(issue.kind, IssueKind::DeathBeforeProgression { .. }))
        .unwrap();
    assert_eq!(
        (issue.row, issue.column.as_deref()),
        (Some(2), Some("Death"))
    );

    // The same by the rules of censoring, which need assessments.
    let mut study = open(
        "Patient,First dose,Progression,Death,Last contact\nA,2022-01-10,2022-09-01,2022-08-16,2022-08-16\n\
         B,2022-01-10,2022-03-01,,2022-08-16\n",
    );
    let scans = "Patient,Scan date,Sum\nA,2022-01-03,40\nA,2022-03-01,30\nB,2022-01-03,50\nB,2022-03-01,70\n";
    study
        .add(scans.as_bytes(), "scans.csv", ReadOptions::default())
        .unwrap();
    let mapping = study.guess();
    assert!(mapping.assessments.is_some());
    let (_, issues) = study.assign(mapping).unwrap();
    let issue = (issues.iter())
        .find(|issue| matches!(issue.kind, IssueKind::Course { .. }))
        .unwrap();
    assert_eq!(
        (issue.row, issue.column.as_deref()),
        (Some(2), Some("Death"))
    );
}
