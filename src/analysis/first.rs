//! The analyses that a first look at a cohort begins with, and all of them, in the order of a paper's results.

use serde::Serialize;

use super::form_cox::first_covariates;
use super::{
    Analysis, ComparisonOptions, CoxOptions, FrequencyOptions, ResponseOptions, SensitivityOptions,
    SubgroupsOptions, SurvivalOptions, TumoursOptions, forms,
};
use crate::cohort::{Cause, Cohort, Endpoint, EndpointData, Factor};

/// More patients than this are not drawn as swimmers at first sight: their lanes would hardly be told apart.
const FIRST_SWIMMERS: usize = 60;

/// An analysis of a complete results section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Planned {
    /// What to compute.
    pub analysis: Analysis,
    /// Which of the analyses that were there it is; `None` for a new one.
    pub present: Option<usize>,
}

/// Table 1, the main endpoints overall and by group, responses, the courses that sheets tell of, given competing
/// events, adverse events, and the columns mapped to be counted.
pub fn first_analyses(cohort: &Cohort) -> Vec<Analysis> {
    let given = |cause: &Cause| matches!(cause, Cause::Given { .. });
    let is_first = |analysis: &Analysis| match analysis {
        Analysis::Survival(options) => is_main(options.endpoint),
        Analysis::Baseline(_)
        | Analysis::Response(_)
        | Analysis::Tumours(_)
        | Analysis::Frequency(_)
        | Analysis::Safety(_) => true,
        // Dates alone make a drawing of what the curves say already.
        Analysis::Swimmer(_) => {
            let told = cohort.tumours().is_some() || cohort.therapies().is_some();
            told && cohort.subjects().len() <= FIRST_SWIMMERS
        }
        // Dates are first looked at as PFS; a column of causes was mapped for this.
        Analysis::Competing(_) => {
            (cohort.competing()).is_some_and(|data| data.causes.iter().any(given))
        }
        Analysis::Groups(_)
        | Analysis::Comparison(_)
        | Analysis::Sensitivity(_)
        | Analysis::Cox(_)
        | Analysis::Subgroups(_)
        | Analysis::CutPoint(_)
        | Analysis::Flow(_) => false,
    };
    everything(cohort).into_iter().filter(is_first).collect()
}

/// Every analysis that the mapped columns allow, with its defaults, among those that are `present`.
///
/// **Conventions.** In the order of a paper's results: patients, endpoints, responses, comparisons and models, safety.
/// What is there of the same endpoint, columns and groups, with whatever options, is not planned again.
pub fn all_analyses(cohort: &Cohort, present: &[Analysis]) -> Vec<Planned> {
    let known: Vec<_> = present.iter().map(about).collect();
    let there = (present.iter().cloned().enumerate()).map(|(index, analysis)| Planned {
        analysis,
        present: Some(index),
    });
    let new = everything(cohort)
        .into_iter()
        .filter(|analysis| !known.contains(&about(analysis)))
        .map(|analysis| Planned {
            analysis,
            present: None,
        });
    let mut all: Vec<Planned> = there.chain(new).collect();
    all.sort_by_key(|planned| place(&planned.analysis));
    all
}

/// What an analysis is about, whatever its other options: endpoint, columns, groups.
fn about(analysis: &Analysis) -> (u8, Option<Endpoint>, Option<&str>, Option<&str>) {
    let (part, endpoint) = place(analysis);
    let (column, group) = match analysis {
        Analysis::Survival(options) => (None, options.group.as_deref()),
        Analysis::Response(options) => (None, options.group.as_deref()),
        Analysis::Frequency(options) => (Some(&*options.column), options.group.as_deref()),
        Analysis::Competing(options) => (options.cause.as_deref(), options.group.as_deref()),
        Analysis::Groups(options) => (Some(&*options.column), Some(&*options.group)),
        Analysis::Comparison(options) => (None, Some(&*options.group)),
        Analysis::Sensitivity(options) => (None, options.group.as_deref()),
        Analysis::Subgroups(options) => (None, Some(&*options.group)),
        Analysis::CutPoint(options) => (Some(&*options.column), None),
        Analysis::Tumours(options) => (None, options.group.as_deref()),
        Analysis::Baseline(options) => (None, options.group.as_deref()),
        Analysis::Flow(options) => (None, options.group.as_deref()),
        Analysis::Safety(options) => (None, options.group.as_deref()),
        Analysis::Cox(_) | Analysis::Swimmer(_) => (None, None),
    };
    (part, endpoint, column, group)
}

/// Every analysis with its defaults, in order.
fn everything(cohort: &Cohort) -> Vec<Analysis> {
    let mut all: Vec<Analysis> = (forms(cohort).into_iter())
        .filter(|form| form.missing.is_none())
        .flat_map(|form| variants(cohort, form.analysis))
        .collect();
    all.sort_by_key(place);
    all
}

/// Where an analysis stands in a paper: its part, and within that its endpoint.
fn place(analysis: &Analysis) -> (u8, Option<Endpoint>) {
    match analysis {
        Analysis::Flow(_) => (0, None),
        Analysis::Baseline(_) => (1, None),
        Analysis::Survival(options) => match options.endpoint {
            endpoint @ (Endpoint::Pfs | Endpoint::Os | Endpoint::Efs) => (2, Some(endpoint)),
            endpoint @ (Endpoint::Ttr | Endpoint::Dor | Endpoint::Idor) => (6, Some(endpoint)),
            endpoint @ (Endpoint::Ipfs | Endpoint::Ttp | Endpoint::Pfs2) => (7, Some(endpoint)),
            Endpoint::TimeOnTreatment => (15, None),
            endpoint @ Endpoint::Own(_) => (7, Some(endpoint)),
        },
        Analysis::Response(_) => (3, None),
        Analysis::Sensitivity(options) => (8, Some(options.endpoint)),
        Analysis::Tumours(_) => (4, None),
        Analysis::Swimmer(_) => (5, None),
        Analysis::Comparison(options) => (9, Some(options.endpoint)),
        Analysis::Cox(options) => (10, Some(options.endpoint)),
        Analysis::Subgroups(options) => (11, Some(options.endpoint)),
        Analysis::CutPoint(options) => (12, Some(options.endpoint)),
        Analysis::Competing(_) => (13, None),
        Analysis::Groups(_) => (14, None),
        Analysis::Safety(_) => (16, None),
        Analysis::Frequency(_) => (17, None),
    }
}

/// What a form's defaults are for every endpoint and column, and by group.
fn variants(cohort: &Cohort, analysis: Analysis) -> Vec<Analysis> {
    let column = |factor: &Factor| factor.column.clone();
    let group = usual_group(cohort).map(column);
    // Responses and safety are told apart by treatment, not by what a patient brings along.
    let arm = arm(cohort).map(column);
    let endpoints = || cohort.endpoints().iter().filter(|data| has_times(data));
    let main = || (endpoints().filter(|data| has_events(data))).map(|data| data.endpoint);
    let main = || main().filter(|&endpoint| is_main(endpoint));
    match analysis {
        Analysis::Survival(options) => {
            let by = |endpoint: Endpoint, group: Option<String>| {
                Analysis::Survival(SurvivalOptions {
                    endpoint,
                    group,
                    ..options.clone()
                })
            };
            let each = |data: &EndpointData| match is_main(data.endpoint) {
                true => std::iter::once(None)
                    .chain(group.clone().map(Some))
                    .map(|group| by(data.endpoint, group))
                    .collect(),
                false => vec![by(data.endpoint, arm.clone())],
            };
            endpoints().flat_map(each).collect()
        }
        Analysis::Response(options) => vec![Analysis::Response(ResponseOptions {
            group: arm,
            ..options
        })],
        Analysis::Frequency(options) => (cohort.counted().iter())
            .map(|factor| {
                Analysis::Frequency(FrequencyOptions {
                    column: factor.column.clone(),
                    ..options.clone()
                })
            })
            .collect(),
        Analysis::Competing(mut options) => {
            options.group = group;
            vec![Analysis::Competing(options)]
        }
        Analysis::Comparison(options) => (main())
            .map(|endpoint| {
                Analysis::Comparison(ComparisonOptions {
                    endpoint,
                    ..options.clone()
                })
            })
            .collect(),
        Analysis::Sensitivity(options) => vec![Analysis::Sensitivity(SensitivityOptions {
            group: arm,
            ..options
        })],
        Analysis::Cox(options) => (main())
            .map(|endpoint| {
                Analysis::Cox(CoxOptions {
                    endpoint,
                    covariates: first_covariates(cohort, endpoint),
                    ..options.clone()
                })
            })
            .collect(),
        Analysis::Subgroups(options) => (main())
            .map(|endpoint| {
                Analysis::Subgroups(SubgroupsOptions {
                    endpoint,
                    ..options.clone()
                })
            })
            .collect(),
        Analysis::Tumours(options) => vec![Analysis::Tumours(TumoursOptions {
            group: arm,
            ..options
        })],
        // The groups alone are no table.
        Analysis::Baseline(ref options)
            if (options.columns.iter()).all(|column| Some(column) == group.as_ref()) =>
        {
            vec![]
        }
        Analysis::Groups(ref options) if !meet(cohort, &options.column, &options.group) => vec![],
        Analysis::CutPoint(ref options) if !main().any(|main| main == options.endpoint) => vec![],
        Analysis::Groups(_)
        | Analysis::CutPoint(_)
        | Analysis::Swimmer(_)
        | Analysis::Baseline(_)
        | Analysis::Flow(_)
        | Analysis::Safety(_) => vec![analysis],
    }
}

/// Whether a patient has a value in both of two columns.
fn meet(cohort: &Cohort, column: &str, group: &str) -> bool {
    let known = |column: &str, patient: usize| {
        let level = (cohort.countable().find(|factor| factor.column == column))
            .and_then(|factor| factor.values[patient]);
        let number = cohort
            .covariate(column)
            .and_then(|numbers| numbers.values[patient]);
        level.is_some() || number.is_some()
    };
    (0..cohort.subjects().len()).any(|patient| known(column, patient) && known(group, patient))
}

/// The endpoints that a study is judged by; the others describe it.
fn is_main(endpoint: Endpoint) -> bool {
    matches!(endpoint, Endpoint::Pfs | Endpoint::Os | Endpoint::Efs)
}

/// Whether a patient has a time.
fn has_times(data: &EndpointData) -> bool {
    data.derived.iter().any(|derived| derived.value.is_some())
}

/// Whether a patient had the event.
fn has_events(data: &EndpointData) -> bool {
    let event = |value: &crate::cohort::FollowUpValue| value.event;
    (data.derived.iter()).any(|derived| derived.value.as_ref().is_some_and(event))
}

/// The column that a new section compares, as far as one is apparent; else the first.
pub(super) fn usual_factor(cohort: &Cohort) -> Option<&Factor> {
    usual_group(cohort).or_else(|| cohort.factors().first())
}

/// The arms of a trial, else the most evenly divided column of two groups.
pub(super) fn usual_group(cohort: &Cohort) -> Option<&Factor> {
    arm(cohort).or_else(|| even_factor(cohort.factors()))
}

/// The column of the treatment that patients were given, where they were given different ones.
pub(super) fn arm(cohort: &Cohort) -> Option<&Factor> {
    let divides = |factor: &&Factor| {
        let mut seen = factor.values.iter().flatten();
        let first = seen.next();
        seen.any(|level| Some(level) != first)
    };
    (cohort.factors().iter())
        .filter(|factor| factor.names_treatment())
        .find(divides)
}
/// The column with two groups whose smaller one is largest; the first of several.
fn even_factor(factors: &[Factor]) -> Option<&Factor> {
    (factors.iter())
        .filter(|factor| factor.levels.len() == 2)
        .map(|factor| {
            let of = |level| {
                factor
                    .values
                    .iter()
                    .filter(|value| **value == Some(level))
                    .count()
            };
            (of(0).min(of(1)), factor)
        })
        .filter(|(size, _)| *size > 0)
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, factor)| factor)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::cohort::{BestResponse, Endpoint};

    fn factor(column: &str, values: &[usize]) -> Factor {
        Factor {
            column: column.to_owned(),
            levels: vec!["no".to_owned(), "yes".to_owned()],
            values: values.iter().map(|&value| Some(value)).collect(),
        }
    }

    #[test]
    fn survival_is_compared_by_the_most_evenly_divided_column() {
        let mut cohort = sample::cohort(&[(Some(1.0), true, None); 4], &[]);
        cohort.factors = vec![
            factor("uneven", &[0, 0, 0, 1]),
            factor("even", &[0, 1, 0, 1]),
            factor("also even", &[1, 1, 0, 0]),
        ];
        let survival = |group: Option<&str>| {
            Analysis::Survival(SurvivalOptions {
                endpoint: Endpoint::Pfs,
                group: group.map(str::to_owned),
                ..SurvivalOptions::default()
            })
        };
        let first = first_analyses(&cohort);
        assert_eq!(first[1..], [survival(None), survival(Some("even"))]);
        let Analysis::Baseline(table) = &first[0] else {
            panic!("Table 1 is first");
        };
        assert_eq!(table.group.as_deref(), Some("even"));
        assert_eq!(table.columns, ["also even", "uneven"]);
    }

    #[test]
    fn every_new_section_compares_the_same_column() {
        let mut cohort = sample::cohort(&[(Some(1.0), true, None); 4], &[]);
        cohort.factors = vec![
            factor("uneven", &[0, 0, 0, 1]),
            factor("even", &[0, 1, 0, 1]),
        ];
        cohort.responses = Some(vec![BestResponse::Pr; 4]);
        let group = |analysis: Analysis| match analysis {
            Analysis::Groups(options) => Some(options.group),
            Analysis::Comparison(options) => Some(options.group),
            Analysis::Subgroups(options) => Some(options.group),
            _ => None,
        };
        let forms = super::super::forms(&cohort);
        let groups: Vec<String> = (forms.into_iter())
            .filter_map(|form| group(form.analysis))
            .collect();
        assert_eq!(groups, ["even"; 3]);
    }

    /// A cohort with times of PFS, two arms, a column more and a number.
    fn trial() -> Cohort {
        let mut cohort = sample::cohort(&[(Some(1.0), true, None); 4], &[]);
        cohort.factors = vec![factor("Sex", &[0, 1, 0, 1]), factor("Arm", &[0, 0, 0, 1])];
        cohort.responses = Some(vec![BestResponse::Pr; 4]);
        cohort.responses_entered = true;
        cohort
    }

    /// The serialised names of what is planned, with their groups.
    fn names(planned: &[Planned]) -> Vec<(String, Option<String>)> {
        (planned.iter())
            .map(|planned| {
                let value = serde_json::to_value(&planned.analysis).unwrap();
                let text = |key: &str| value[key].as_str().map(str::to_owned);
                (text("kind").unwrap(), text("group"))
            })
            .collect()
    }

    #[test]
    fn a_section_added_alone_has_the_groups_of_all_analyses() {
        let mut cohort = trial();
        let added = |cohort: &Cohort| -> Vec<Analysis> {
            let alone = |analysis: &Analysis| {
                use Analysis::{Baseline, Flow, Safety};
                matches!(analysis, Baseline(_) | Flow(_) | Safety(_))
            };
            let forms = super::super::forms(cohort).into_iter();
            forms.map(|form| form.analysis).filter(alone).collect()
        };
        let groups = |cohort: &Cohort| -> Vec<Option<String>> {
            let group = |analysis: &Analysis| about(analysis).3.map(str::to_owned);
            added(cohort).iter().map(group).collect()
        };
        // Without a sheet of adverse events their section is not planned, but it has its groups.
        assert_eq!(groups(&cohort), vec![Some("Arm".to_owned()); 3]);
        let planned = everything(&cohort);
        for analysis in &added(&cohort)[..2] {
            assert!(planned.contains(analysis), "{analysis:?}");
        }
        // One treatment only: Table 1 compares what divides the patients, the others nothing.
        cohort.factors[1].column = "Site".to_owned();
        assert_eq!(groups(&cohort), [Some("Sex".to_owned()), None, None]);
        // Nothing else to describe: it is described.
        cohort.factors.truncate(1);
        let Analysis::Baseline(table) = added(&cohort).remove(0) else {
            panic!("Table 1 is first");
        };
        assert_eq!((table.columns, table.group), (vec!["Sex".to_owned()], None));
    }

    #[test]
    fn all_analyses_stand_in_the_order_of_a_paper_and_compare_the_arms() {
        let planned = all_analyses(&trial(), &[]);
        let arm = Some("Arm".to_owned());
        let expected = [
            ("flow", arm.clone()),
            ("baseline", arm.clone()),
            ("survival", None),
            ("survival", arm.clone()),
            ("response", arm.clone()),
            ("swimmer", None),
            ("comparison", arm.clone()),
            ("cox", None),
            ("subgroups", arm.clone()),
            ("groups", arm),
        ];
        let expected = expected.map(|(kind, group)| (kind.to_owned(), group));
        assert_eq!(names(&planned), expected);
        assert!(planned.iter().all(|planned| planned.present.is_none()));
        let Analysis::Baseline(table) = &planned[1].analysis else {
            panic!("Table 1 is second");
        };
        assert_eq!(table.columns, ["Sex"]);
        let Analysis::Cox(cox) = &planned[7].analysis else {
            panic!("the models are eighth");
        };
        assert_eq!(cox.covariates, ["Arm"]);
    }

    #[test]
    fn what_is_there_is_kept_with_its_options_and_not_planned_again() {
        let cohort = trial();
        let own = Analysis::Survival(SurvivalOptions {
            conf_level: 0.9,
            ..SurvivalOptions::default()
        });
        let by_sex = Analysis::Response(ResponseOptions {
            group: Some("Sex".to_owned()),
            ..ResponseOptions::default()
        });
        let present = [by_sex.clone(), own.clone()];
        let planned = all_analyses(&cohort, &present);
        let without = all_analyses(&cohort, &[]);
        assert_eq!(planned.len(), without.len() + 1);
        let (at, kept) = (planned.iter().enumerate())
            .find(|(_, planned)| planned.present == Some(1))
            .unwrap();
        assert_eq!((at, &kept.analysis), (2, &own));
        let responses: Vec<_> = (planned.iter())
            .filter(|planned| matches!(planned.analysis, Analysis::Response(_)))
            .map(|planned| planned.present)
            .collect();
        assert_eq!(responses, [Some(0), None]);
        let everything: Vec<Analysis> = (planned.into_iter())
            .map(|planned| planned.analysis)
            .collect();
        let again = all_analyses(&cohort, &everything);
        let places: Vec<_> = again.iter().map(|planned| planned.present).collect();
        assert_eq!(places, (0..everything.len()).map(Some).collect::<Vec<_>>());
    }

    #[test]
    fn what_needs_events_is_not_planned_without_any() {
        let mut cohort = sample::cohort(&[(Some(1.0), false, None); 4], &[]);
        cohort.factors = vec![factor("Arm", &[0, 1, 0, 1])];
        let kinds: Vec<String> = (names(&all_analyses(&cohort, &[])).into_iter())
            .map(|(kind, _)| kind)
            .collect();
        assert_eq!(kinds, ["flow", "survival", "survival", "swimmer"]);
    }

    #[test]
    fn response_and_counted_columns_follow() {
        let mut cohort = sample::responses(&[(BestResponse::Pr, None)], &[]);
        cohort.factors.clear();
        cohort.counted = vec![factor("AE", &[0])];
        let counts = FrequencyOptions {
            column: "AE".to_owned(),
            ..FrequencyOptions::default()
        };
        assert_eq!(
            first_analyses(&cohort),
            [
                Analysis::Response(ResponseOptions::default()),
                Analysis::Frequency(counts)
            ]
        );
    }
}
