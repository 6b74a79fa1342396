//! The analyses that a first look at a cohort begins with.

use super::{
    Analysis, CompetingOptions, FrequencyOptions, ResponseOptions, SafetyOptions, SurvivalOptions,
};
use crate::cohort::{Cause, Cohort, CompetingData, Endpoint, EndpointData, Factor};

/// Every endpoint overall and by a column of two groups (that of the treatment, else the most evenly
/// divided one), competing events, best response, and the columns mapped to be counted.
pub fn first_analyses(cohort: &Cohort) -> Vec<Analysis> {
    let two_groups = even_factor(cohort.factors()).map(|factor| factor.column.clone());
    let main = |data: &&EndpointData| {
        matches!(data.endpoint, Endpoint::Pfs | Endpoint::Os | Endpoint::Efs)
    };
    let survival = cohort.endpoints().iter().filter(main).flat_map(|data| {
        let by = |group| {
            Analysis::Survival(SurvivalOptions {
                endpoint: data.endpoint,
                group,
                ..SurvivalOptions::default()
            })
        };
        std::iter::once(by(None)).chain(two_groups.clone().map(|column| by(Some(column))))
    });
    // Dates are first looked at as PFS; a column of causes was mapped for this.
    let given = |data: &&CompetingData| {
        data.causes
            .iter()
            .any(|cause| matches!(cause, Cause::Given { .. }))
    };
    let competing = cohort.competing().filter(given).map(|_| {
        Analysis::Competing(CompetingOptions {
            group: two_groups.clone(),
            ..CompetingOptions::default()
        })
    });
    let response = (cohort.responses()).map(|_| Analysis::Response(ResponseOptions::of(cohort)));
    let counts = cohort.counted().iter().map(|factor| {
        Analysis::Frequency(FrequencyOptions {
            column: factor.column.clone(),
            ..FrequencyOptions::default()
        })
    });
    let safety = (cohort.safety()).map(|data| {
        Analysis::Safety(SafetyOptions {
            by_system: data.mapped.system,
            ..SafetyOptions::default()
        })
    });
    survival
        .chain(competing)
        .chain(response)
        .chain(counts)
        .chain(safety)
        .collect()
}

/// The column that a new section compares: of those with two groups that of the treatment, else the most evenly
/// divided one; else the first.
pub(super) fn usual_factor(cohort: &Cohort) -> Option<&Factor> {
    even_factor(cohort.factors()).or_else(|| cohort.factors().first())
}

/// Whether a heading names the treatment or the arm.
fn names_treatment(heading: &str) -> bool {
    const WORDS: [&str; 14] = [
        "arm",
        "arms",
        "treatment",
        "trt",
        "therapy",
        "regimen",
        "group",
        "armcd",
        "trt01p",
        "behandlung",
        "behandlungsarm",
        "therapiearm",
        "gruppe",
        "traitement",
    ];
    const CHINESE: [&str; 4] = ["治疗方案", "治疗组", "组别", "分组"];
    let heading = heading.to_lowercase();
    let mut words = heading.split(|letter: char| !letter.is_alphanumeric());
    // Prior therapy is a characteristic of the patient.
    let earlier = ["prior", "previous", "vorherige", "既往"];
    !earlier.iter().any(|word| heading.contains(word))
        && (words.any(|word| WORDS.contains(&word))
            || CHINESE.iter().any(|word| heading.contains(word)))
}

/// The column with two groups that names the treatment, else the one whose smaller group is largest; the first of
/// several.
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
        // A comparison of treatments comes first.
        .map(|(size, factor)| ((names_treatment(&factor.column), size), factor))
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
        assert_eq!(
            first_analyses(&cohort),
            [survival(None), survival(Some("even"))]
        );
    }

    #[test]
    fn treatments_are_compared_before_anything_else() {
        let factors = |headings: [&str; 2]| headings.map(|name| factor(name, &[0, 1, 0, 1]));
        for arm in ["Treatment arm", "治疗方案", "Behandlung", "group"] {
            let factors = factors(["sex", arm]);
            assert_eq!(even_factor(&factors).unwrap().column, arm);
        }
        let uneven = [factor("sex", &[0, 1, 0, 1]), factor("arm", &[0, 0, 0, 1])];
        assert_eq!(even_factor(&uneven).unwrap().column, "arm");
        let earlier = factors(["sex", "prior therapy"]);
        assert_eq!(even_factor(&earlier).unwrap().column, "sex");
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

    #[test]
    fn response_and_counted_columns_follow() {
        let mut cohort = sample::responses(&[(BestResponse::Pr, None)], &[]);
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
