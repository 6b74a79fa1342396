//! Small cohorts for the tests of `analysis` and `report`.

use crate::cohort::{
    BestResponse, Cohort, Derived, Endpoint, EndpointData, EndpointOrigin, Factor, FollowUpValue,
    Reason, Subject, TimeRules, TimeUnit,
};

/// A cohort with ready-made PFS in days: `(time, event, group)`, a subject without a time excluded.
pub(crate) fn cohort(rows: &[(Option<f64>, bool, Option<usize>)], levels: &[&str]) -> Cohort {
    let derived = rows.iter().map(|&(time, event, _)| Derived {
        value: time.map(|time| FollowUpValue { time, event }),
        reason: match (time, event) {
            (None, _) => Reason::NoValue,
            (Some(_), true) => Reason::GivenEvent,
            (Some(_), false) => Reason::GivenCensored,
        },
    });
    Cohort {
        subjects: subjects(rows.len()),
        endpoints: vec![EndpointData {
            endpoint: Endpoint::Pfs,
            unit: TimeUnit::Days,
            origin: EndpointOrigin::Times,
            deaths_known: true,
            derived: derived.collect(),
        }],
        factors: vec![factor(rows.iter().map(|row| row.2).collect(), levels)],
        counted: Vec::new(),
        competing: None,
        covariates: Vec::new(),
        unmapped: Default::default(),
        adverse_events: None,
        therapies: None,
        starts: vec![None; rows.len()],
        dates: Vec::new(),
        tumours: None,
        courses: None,
        recist: Default::default(),
        responses: None,
        responses_entered: false,
        rules: TimeRules::default(),
        codings: Vec::new(),
        left_out: Vec::new(),
        headings: Vec::new(),
    }
}

/// A cohort with best responses and groups.
pub(crate) fn responses(rows: &[(BestResponse, Option<usize>)], levels: &[&str]) -> Cohort {
    Cohort {
        subjects: subjects(rows.len()),
        endpoints: Vec::new(),
        factors: vec![factor(rows.iter().map(|row| row.1).collect(), levels)],
        counted: Vec::new(),
        competing: None,
        covariates: Vec::new(),
        unmapped: Default::default(),
        adverse_events: None,
        therapies: None,
        starts: vec![None; rows.len()],
        dates: Vec::new(),
        tumours: None,
        courses: None,
        recist: Default::default(),
        responses_entered: true,
        responses: Some(rows.iter().map(|row| row.0).collect()),
        rules: TimeRules::default(),
        codings: Vec::new(),
        left_out: Vec::new(),
        headings: Vec::new(),
    }
}

fn subjects(n: usize) -> Vec<Subject> {
    (1..=n as u32)
        .map(|i| Subject {
            id: Some(format!("P{i:02}")),
            row: i + 1,
        })
        .collect()
}

fn factor(values: Vec<Option<usize>>, levels: &[&str]) -> Factor {
    Factor {
        column: "PD-L1".to_owned(),
        levels: levels.iter().map(|&level| level.to_owned()).collect(),
        values,
    }
}
