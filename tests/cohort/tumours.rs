//! Sheets of assessments and measurements: read, judged, and turned into endpoints.

use oncurve::Study;
use oncurve::cohort::{BestResponse, Censoring, Endpoint, IssueKind, Mapping, Reason};
use oncurve::recist::{EndReason, LesionKind, NonTarget, Preset, Response, Warning};
use oncurve::table::ReadOptions;

use super::day;

const PATIENTS: &str = "Patient id,Start date,Death date,Last contact\n\
                        P01,2023-01-10,,2023-12-30\n\
                        P02,2023-01-10,2023-06-30,2023-06-30\n\
                        P03,2023-01-10,,2023-12-30\n";

/// P01: 60 mm, then 40 (PR), then 41 and a new lesion (PD). P02: 30 mm, then not assessed, then death.
/// P03 has no assessment.
const LESIONS: &str = "Subject ID,Scan date,Lesion,Type,Site,Diameter (mm),State\n\
                       P01,2023-01-05,T1,Target,Lung,40,\n\
                       P01,2023-01-05,T2,Target,Mediastinal lymph node,20,\n\
                       P01,2023-01-05,N1,Non-target,Pleura,,present\n\
                       P01,2023-03-05,T1,Target,Lung,31,\n\
                       P01,2023-03-05,T2,Target,Mediastinal lymph node,9,\n\
                       P01,2023-03-05,N1,Non-target,Pleura,,present\n\
                       P01,2023-05-05,T1,Target,Lung,32,\n\
                       P01,2023-05-05,T2,Target,Mediastinal lymph node,9,\n\
                       P01,2023-05-05,N1,Non-target,Pleura,,unclear shadow\n\
                       P02,2023-01-09,T1,Target,Liver,30,\n\
                       P02,2023-03-09,T1,Target,Liver,not assessed,\n";

const VISITS: &str = "Subject ID,Assessment date,New lesion,Overall response\n\
                      P01,2023-03-05,no,SD\n\
                      P01,2023-05-05,yes,PD\n";

fn study() -> Study {
    let reading = ReadOptions::default;
    let mut study = Study::open(PATIENTS.as_bytes(), "patients.csv", reading()).unwrap();
    study
        .add(LESIONS.as_bytes(), "lesions.csv", reading())
        .unwrap();
    study
        .add(VISITS.as_bytes(), "visits.csv", reading())
        .unwrap();
    study
}

#[test]
fn measurements_and_visits_become_responses_with_their_reasons() {
    let mut study = study();
    let mapping = study.guess();
    let lesions = mapping
        .lesions
        .clone()
        .expect("measurements are recognised");
    assert_eq!(lesions.lesion, "Lesion");
    assert_eq!(lesions.role.as_deref(), Some("Type"));
    assert_eq!(lesions.organ.as_deref(), Some("Site"));
    assert_eq!(lesions.diameter.as_deref(), Some("Diameter (mm)"));
    assert_eq!(lesions.state.as_deref(), Some("State"));
    let visits = mapping.assessments.clone().expect("visits are recognised");
    assert_eq!(visits.response.as_deref(), Some("Overall response"));
    assert_eq!(visits.new_lesion.unwrap().event_values, ["yes"]);

    let (cohort, issues) = study.assign(mapping).unwrap();
    let tumours = cohort.tumours().unwrap();
    let first = tumours[0].as_ref().unwrap();
    let kinds: Vec<(LesionKind, bool)> = (first.history.lesions.iter())
        .map(|lesion| (lesion.kind, lesion.nodal))
        .collect();
    assert_eq!(
        kinds,
        [
            (LesionKind::Target, false),
            (LesionKind::Target, true),
            (LesionKind::NonTarget, false)
        ]
    );
    let points = &first.assessment.timepoints;
    let seen: Vec<_> = (points.iter())
        .map(|point| (point.date, point.sum, point.overall))
        .collect();
    assert_eq!(
        seen,
        [
            (day("2023-03-05"), Some(40.0), Response::Pr),
            (day("2023-05-05"), Some(41.0), Response::Pd),
        ]
    );
    assert_eq!(points[0].change_from_baseline, Some(-1.0 / 3.0));
    assert_eq!(points[0].non_target, NonTarget::NonCrNonPd);
    assert!(points[1].new_lesion);
    assert_eq!(
        cohort.responses().unwrap(),
        [BestResponse::Pr, BestResponse::Ne, BestResponse::Missing]
    );
    let found: Vec<_> = (issues.iter())
        .filter_map(|issue| match &issue.kind {
            IssueKind::Tumour { warning } => Some((issue.row, warning.clone())),
            _ => None,
        })
        .collect();
    let discrepancy = Warning::Discrepancy {
        date: day("2023-03-05"),
        investigator: Response::Sd,
        computed: Response::Pr,
    };
    assert_eq!(found, [(Some(2), discrepancy)]);
    let unclear = issues
        .iter()
        .find(|issue| issue.kind == IssueKind::UnknownFinding);
    let unclear = unclear.expect("an unclear finding is an issue");
    assert_eq!(
        (unclear.row, unclear.value.as_deref()),
        (Some(10), Some("unclear shadow"))
    );
}

#[test]
fn endpoints_follow_the_rules_of_censoring() {
    let mut study = study();
    let mapping = study.guess();
    let of = |study: &mut Study, preset: Option<Preset>, endpoint: Endpoint| {
        let mut mapping = mapping.clone();
        mapping.rules.censoring = Censoring {
            preset,
            ..Censoring::default()
        };
        let (cohort, _) = study.assign(mapping).unwrap();
        let data = cohort.endpoint(endpoint).expect("the endpoint is provided");
        (data.derived.iter())
            .map(|derived| {
                (
                    derived.value.map(|value| (value.time, value.event)),
                    derived.reason,
                )
            })
            .collect::<Vec<_>>()
    };
    let rule = |by, on: &str| Reason::Rule { by, on: day(on) };
    // FDA-style: the death of P02 follows 171 days without an adequate assessment; P03 has none at all.
    let pfs = of(&mut study, None, Endpoint::Pfs);
    let gap = EndReason::Gap {
        event: day("2023-06-30"),
        days: 171,
    };
    assert_eq!(
        pfs,
        [
            (
                Some((115.0, true)),
                rule(EndReason::Progressed, "2023-05-05")
            ),
            (Some((0.0, false)), rule(gap, "2023-01-10")),
            (
                Some((0.0, false)),
                rule(EndReason::NoAssessment, "2023-01-10")
            ),
        ]
    );
    let ema = of(&mut study, Some(Preset::Ema), Endpoint::Pfs);
    assert_eq!(
        ema[1],
        (Some((171.0, true)), rule(EndReason::Died, "2023-06-30"))
    );
    let plain = of(&mut study, Some(Preset::Plain), Endpoint::Pfs);
    assert_eq!(
        plain[2],
        (
            Some((354.0, false)),
            rule(EndReason::LastContact, "2023-12-30")
        )
    );
    let dor = of(&mut study, None, Endpoint::Dor);
    assert_eq!(
        dor[0],
        (
            Some((61.0, true)),
            rule(EndReason::Progressed, "2023-05-05")
        )
    );
    assert_eq!(dor[1], (None, Reason::NoResponse));
    let ttr = of(&mut study, None, Endpoint::Ttr);
    assert_eq!(
        ttr[0],
        (Some((54.0, true)), rule(EndReason::Responded, "2023-03-05"))
    );
}

#[test]
fn a_column_of_best_responses_stands_before_the_computed_ones() {
    let patients = "Patient id,Start date,Last contact,Best response\n\
                    P01,2023-01-10,2023-12-30,SD\nP02,2023-01-10,2023-12-30,PD\n\
                    P03,2023-01-10,2023-12-30,PR\n";
    let reading = ReadOptions::default;
    let mut study = Study::open(patients.as_bytes(), "patients.csv", reading()).unwrap();
    study
        .add(LESIONS.as_bytes(), "lesions.csv", reading())
        .unwrap();
    let mapping = study.guess();
    assert!(mapping.response.is_some());
    let (cohort, _) = study.assign(mapping.clone()).unwrap();
    assert_eq!(
        cohort.responses().unwrap(),
        [BestResponse::Sd, BestResponse::Pd, BestResponse::Pr]
    );
    let computed = Mapping {
        response: None,
        ..mapping
    };
    let (cohort, _) = study.assign(computed).unwrap();
    assert_eq!(
        cohort.responses().unwrap(),
        [BestResponse::Pr, BestResponse::Ne, BestResponse::Missing]
    );
}
