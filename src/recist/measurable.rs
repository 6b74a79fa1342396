//! The rules of the baseline: how many lesions are followed, and how large they are.

use std::collections::BTreeMap;

use super::lesion::{Length, Lesion, LesionKind, Site};
use super::target::measured;
use super::visit::Visit;
use super::warning::Warning;

/// At most so many target lesions in all.
const MOST_TARGETS: usize = 5;
/// At most so many target lesions an organ.
const MOST_IN_ORGAN: usize = 2;

/// Keeps of `lesions`, the most suitable first, as many as can be targets: five, two an organ. Organs
/// that are not named do not limit.
pub(super) fn selected<'a>(
    lesions: &[Lesion],
    candidates: impl Iterator<Item = &'a usize>,
) -> Vec<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    for &candidate in candidates {
        let site = lesions[candidate].site();
        let in_organ = (chosen.iter())
            .filter(|&&other| site.is_some() && lesions[other].site() == site)
            .count();
        if chosen.len() < MOST_TARGETS && in_organ < MOST_IN_ORGAN {
            chosen.push(candidate);
        }
    }
    chosen
}

/// Where the baseline departs from the rules. The lesions count all the same.
///
/// **Source.** Eisenhauer et al. (2009), Eur J Cancer 45:228, 3.1 and 4.1: targets of at least 10 mm on
/// CT with slices of at most 5 mm, nodes of 15 mm by the short axis; non-target nodes of 10 mm; at most
/// five targets, at most two an organ. All nodes are one organ (RECIST working group, clarification).
pub(super) fn check(lesions: &[Lesion], targets: &[usize], baseline: &Visit) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if targets.len() > MOST_TARGETS {
        warnings.push(Warning::TooManyTargets {
            targets: targets.len(),
        });
    }
    let mut organs: BTreeMap<Site, usize> = BTreeMap::new();
    for site in targets.iter().filter_map(|&index| lesions[index].site()) {
        *organs.entry(site).or_default() += 1;
    }
    for (site, targets) in organs.into_iter().filter(|(_, n)| *n > MOST_IN_ORGAN) {
        warnings.push(match site {
            Site::Nodes => Warning::TooManyNodes { targets },
            Site::Organ(organ) => Warning::TooManyInOrgan {
                organ: organ.to_owned(),
                targets,
            },
        });
    }
    for (index, lesion) in lesions.iter().enumerate() {
        let size = measured(baseline, lesion, index)
            .0
            .and_then(|measurement| lesion.size(measurement));
        let Some(size) = size else {
            continue;
        };
        let id = || lesion.id.clone();
        match lesion.kind {
            LesionKind::Target if size < lesion.measurable() => {
                warnings.push(Warning::TargetTooSmall {
                    lesion: id(),
                    mm: size.mm(),
                    smallest: lesion.measurable().mm(),
                });
            }
            LesionKind::NonTarget if lesion.nodal && size < Length::NORMAL_NODE => {
                warnings.push(Warning::NormalNode {
                    lesion: id(),
                    mm: size.mm(),
                });
            }
            LesionKind::Target | LesionKind::NonTarget | LesionKind::New => {}
        }
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recist::{LesionState, Measurement};
    use chrono::NaiveDate;

    fn lesion(id: &str, organ: &str, kind: LesionKind) -> Lesion {
        Lesion {
            id: id.to_owned(),
            organ: Some(organ.to_owned()),
            kind,
            nodal: organ == "node",
        }
    }

    fn checked(lesions: &[Lesion], sizes: &[f64]) -> Vec<Warning> {
        let date = NaiveDate::from_ymd_opt(2024, 1, 2).expect("a date");
        let mut baseline = Visit::on(date);
        baseline.measurements = (sizes.iter().enumerate())
            .map(|(lesion, &mm)| Measurement {
                lesion,
                diameter_mm: Some(mm),
                state: LesionState::Present,
            })
            .collect();
        let targets: Vec<usize> = (0..lesions.len())
            .filter(|&index| lesions[index].kind == LesionKind::Target)
            .collect();
        check(lesions, &targets, &baseline)
    }

    #[test]
    fn a_baseline_within_the_rules_has_no_warning() {
        let lesions = [
            lesion("T1", "liver", LesionKind::Target),
            lesion("T2", "liver", LesionKind::Target),
            lesion("T3", "node", LesionKind::Target),
            lesion("N1", "node", LesionKind::NonTarget),
            lesion("N2", "bone", LesionKind::NonTarget),
        ];
        assert_eq!(checked(&lesions, &[10.0, 44.0, 15.0, 10.0, 3.0]), []);
    }

    #[test]
    fn each_departure_from_the_rules_is_named_with_its_numbers() {
        let lesions = [
            lesion("T1", "liver", LesionKind::Target),
            lesion("T2", "liver", LesionKind::Target),
            lesion("T3", " liver", LesionKind::Target),
            lesion("T4", "node", LesionKind::Target),
            lesion("T5", "node", LesionKind::Target),
            lesion("T6", "node", LesionKind::Target),
            lesion("N1", "node", LesionKind::NonTarget),
        ];
        let found = checked(&lesions, &[9.9, 44.0, 15.0, 14.9, 15.0, 20.0, 9.0]);
        let expected = [
            Warning::TooManyTargets { targets: 6 },
            Warning::TooManyInOrgan {
                organ: "liver".to_owned(),
                targets: 3,
            },
            Warning::TooManyNodes { targets: 3 },
            Warning::TargetTooSmall {
                lesion: "T1".to_owned(),
                mm: 9.9,
                smallest: 10.0,
            },
            Warning::TargetTooSmall {
                lesion: "T4".to_owned(),
                mm: 14.9,
                smallest: 15.0,
            },
            Warning::NormalNode {
                lesion: "N1".to_owned(),
                mm: 9.0,
            },
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn five_lesions_are_selected_and_two_an_organ() {
        let organs = ["liver", "liver", "liver", "lung", "bone", "node", "skin"];
        let lesions: Vec<Lesion> = (organs.iter())
            .map(|organ| lesion("L", organ, LesionKind::New))
            .collect();
        let all: Vec<usize> = (0..lesions.len()).collect();
        assert_eq!(selected(&lesions, all.iter()), [0, 1, 3, 4, 5]);
    }
}
